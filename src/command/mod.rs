//! The commands, a file each: the stages in order, and what the exit code is.

mod check;
mod completions;
mod diff;
mod edition;
mod email;
mod explain;
mod extract;
mod find;
mod indicator;
mod init;
mod man;
mod new;
mod pack;
mod pager;
mod publish;
mod report;
mod reproduce;
mod revisions;
mod safe;
mod schema;
mod site;
mod source;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::{self, ExitCode};
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use edition::choose_edition;

use crate::cli::{
    AboutOptions, CommandFormat, EditionOptions, Format, ListingFormat, Mistake, OutputOptions,
    put_command_first,
};
use crate::definition::Definition;
use crate::diagnostic::{Code, Finding, Findings, Place, Severity};
use crate::history::{History, Plan, Project, Reach};
use crate::layout::Document;
use crate::month::{Month, NamedMonth};
use crate::output::Output;
use crate::render;
use crate::scope::{Scope, unknown_area};
use crate::stderr::{self, say};
use crate::text::{did_you_mean, escaped, is_unprintable, quote};
use crate::threads;

/// The data or the definitions have errors.
const DATA_ERRORS: u8 = 1;

/// Turns indicator definitions and monthly extracts into the performance scorecard that the
/// committee reads.
///
/// Without a command it prints the report of the latest month, with the options of report. The
/// options of a command may stand before it as well as after it.
#[derive(Debug, Parser)]
#[command(name = "scorecard", bin_name = "scorecard", version, about, long_about)]
#[command(max_term_width = 100, after_help = AFTER_HELP)]
pub struct Cli {
    /// What to do; report unless said.
    #[command(subcommand)]
    command: Option<Command>,

    /// The options of report, which need no command.
    #[command(flatten)]
    report: report::ReportOptions,
}

const AFTER_HELP: &str = "\
Examples:
  scorecard                            the latest month, in the terminal
  scorecard -m 2016-01 -o report.xlsx  another month, as an Excel workbook
  scorecard check                      what is wrong with the data
  scorecard help publish               the options of a command

Exit codes: 0 fine (warnings are on stderr), 1 the data or definitions have errors, 2 a mistake on the \
command line.";

/// A command, with its options.
#[derive(Debug, Subcommand)]
enum Command {
    /// Print or write the dashboard (the default)
    Report(report::ReportOptions),
    /// Validate definitions and extracts: every finding, with place and remedy
    Check(check::CheckOptions),
    /// Show the working behind one figure, from file and line to rating and arrow
    Explain(explain::ExplainOptions),
    /// Show all there is to say of an indicator: chart, periods, bandings, working, commentary, uses
    Indicator(indicator::IndicatorOptions),
    /// Write a month's figures as an extract in the standard form, each with where it comes from
    Extract(extract::ExtractOptions),
    /// Describe a file that a system exports: the [[source]] to start from
    Source(source::SourceOptions),
    /// Write the summary for an e-mail, to be pasted into Outlook
    Email(email::EmailOptions),
    /// Make a month's folder to be filled in, or list what is still to be filled in
    New(new::NewOptions),
    /// Write the whole committee pack of a month, for members, directors and other programs
    Pack(pack::PackOptions),
    /// Freeze a month as it goes to committee: its results, and all that they were made from
    Publish(publish::PublishOptions),
    /// Write every published month as pages for a web server: a folder, with an index
    Site(site::SiteOptions),
    /// Make what was published again from what was frozen with it, and compare
    Reproduce(reproduce::ReproduceOptions),
    /// List what was published and would be different today, and what was published again and why
    Revisions(revisions::RevisionsOptions),
    /// Compare two months, publications or projects: results, ratings, arrows, targets, definitions
    Diff(diff::DiffOptions),
    /// Start a project that runs at once, for a fictional council
    Init(init::InitOptions),
    /// Print the JSON Schema of indicators.toml, for editors
    Schema(schema::SchemaOptions),
    /// Print completions for a shell
    Completions(completions::CompletionsOptions),
    /// Print the manual pages, or write them into a folder
    Man(man::ManOptions),
}

/// Parses the command line, which begins with the name of the program, and runs the command. Help
/// and mistakes are printed here, and end the program.
///
/// # Errors
///
/// Those of the machine, such as a full disk; what is wrong with the data is reported and becomes
/// the exit code.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Result<ExitCode> {
    let args: Vec<_> = args.into_iter().collect();
    let (cli, mut command) = parse(args.clone()).unwrap_or_else(|mistake| exit(&mistake, &args));
    threads::start();
    run_command(cli).map_err(|error| match error.downcast::<Mistake>() {
        Ok(Mistake(mistake)) => {
            command.error(ErrorKind::ArgumentConflict, escaped(&mistake)).exit()
        }
        Err(error) => error,
    })
}

/// The command line, and the command that it is about, for its usage.
fn parse(
    args: impl IntoIterator<Item = OsString>,
) -> std::result::Result<(Cli, clap::Command), clap::Error> {
    let args: Vec<_> = args.into_iter().collect();
    let mut root = Cli::command();
    if !are_printable(&args) {
        // Then what the parser says has nothing of its own in it that cannot be printed.
        root = root.styles(clap::builder::Styles::plain());
    }
    root.build();
    let args = put_command_first(&root, args);
    let name = args.get(1).cloned();
    let cli = root
        .try_get_matches_from_mut(args)
        .and_then(|mut matches| Cli::from_arg_matches_mut(&mut matches));
    // Where there is no such command, the mistake is one of the program itself.
    let command = match name.and_then(|name| root.find_subcommand_mut(name)) {
        Some(command) => std::mem::take(command),
        None => root,
    };
    match cli {
        Ok(cli) => Ok((cli, command)),
        Err(error) => Err(with_usage(error, command)),
    }
}

/// Shows help or a mistake, and ends the program.
fn exit(mistake: &clap::Error, args: &[OsString]) -> ! {
    if are_printable(args) {
        mistake.exit()
    }
    // The parser repeats arguments as they are.
    stderr::say(mistake.render().ansi().to_string().trim_end());
    process::exit(mistake.exit_code())
}

fn are_printable(args: &[OsString]) -> bool {
    !args.iter().any(|arg| arg.to_string_lossy().contains(is_unprintable))
}

/// A mistake with the usage of the command that it was made with, which the parser leaves out of
/// some and shortens in others.
fn with_usage(mut error: clap::Error, mut command: clap::Command) -> clap::Error {
    if error.use_stderr() {
        let usage = ContextValue::StyledStr(command.render_usage());
        error.insert(ContextKind::Usage, usage);
    }
    error
}

fn run_command(cli: Cli) -> Result<ExitCode> {
    match cli.command.unwrap_or(Command::Report(cli.report)) {
        Command::Report(options) => report::run(&options),
        Command::Check(options) => check::run(&options),
        Command::Explain(options) => explain::run(&options),
        Command::Indicator(options) => indicator::run(&options),
        Command::Extract(options) => extract::run(&options),
        Command::Source(options) => source::run(&options),
        Command::Email(options) => email::run(&options),
        Command::New(options) => new::run(&options),
        Command::Pack(options) => pack::run(&options),
        Command::Publish(options) => publish::run(&options),
        Command::Site(options) => site::run(&options),
        Command::Reproduce(options) => reproduce::run(&options),
        Command::Revisions(options) => revisions::run(&options),
        Command::Diff(options) => diff::run(&options),
        Command::Init(options) => init::run(&options),
        Command::Schema(options) => schema::run(&options),
        Command::Completions(options) => completions::run(&options),
        Command::Man(options) => man::run(&options),
    }
}

/// Says on stderr what stops the report; nothing has been written.
#[expect(clippy::unnecessary_wraps, reason = "it is what a command that it stops returns")]
fn refuse(findings: &Findings) -> Result<ExitCode> {
    tell(findings, |finding| finding.severity < Severity::Note);
    let counts = render::diagnostics::count(findings, &[Severity::Error, Severity::Warning]);
    say(&format!("{counts}: nothing was written"));
    Ok(ExitCode::from(DATA_ERRORS))
}

/// Tells the warnings on stderr, after what a command has written.
fn tell_warnings(findings: &Findings) {
    tell(findings, |finding| finding.severity == Severity::Warning);
}

/// Tells the findings on stderr that `which` picks.
fn tell(findings: &Findings, which: impl Fn(&Finding) -> bool) {
    let colour = has_colour(&std::io::stderr());
    let told: Vec<_> = findings.sorted().into_iter().filter(|finding| which(finding)).collect();
    stderr::say_styled(&render::diagnostics::findings(&told, colour));
}

fn has_colour(stream: &impl anstream::stream::RawStream) -> bool {
    anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never
}

/// The style of text on its way to `output`.
fn text_style(output: &Output) -> render::text::Style {
    let from_environment = || std::env::var("COLUMNS").ok()?.parse().ok();
    // A pager behind a pipe shows the report in the terminal that stderr is still on.
    let from_terminal = || {
        terminal_size::terminal_size_of(std::io::stdout())
            .or_else(|| terminal_size::terminal_size_of(std::io::stderr()))
    };
    let is_stdout = matches!(output, Output::Stdout(_));
    let of_stdout = || from_terminal().filter(|_| is_stdout).map(|(width, _)| usize::from(width.0));
    let width =
        from_environment().or_else(of_stdout).unwrap_or(render::text::Style::default().width);
    render::text::Style {
        width: width.clamp(40, 1000),
        colour: is_stdout && has_colour(&std::io::stdout()),
    }
}

/// Renders pages in a format that has pages; `style` is that of text.
fn render_pages(
    document: &Document,
    format: Format,
    style: render::text::Style,
    out: &mut impl Write,
) -> io::Result<()> {
    match format {
        Format::Text => render::text::write(document, style, out),
        Format::Csv => render::csv::write(document, out),
        Format::Markdown => render::markdown::write(document, out),
        Format::Html => render::html::write(document, out),
        Format::Xlsx => render::xlsx::write(document, out),
        Format::Ods => render::ods::write(document, out),
        Format::Docx => render::docx::write(document, out),
        #[cfg(feature = "pdf")]
        Format::Pdf => render::pdf::write(document, out),
        #[cfg(not(feature = "pdf"))]
        Format::Pdf => unreachable!("a format that was not built has been refused"),
        Format::Tidy | Format::Json => {
            unreachable!("complete formats are written from the scorecard")
        }
    }
}

/// Reads the council's own document, where the definitions name one. What is wrong with it is
/// reported.
fn read_template(
    project: &Project,
    definition: &Definition,
    findings: &mut Findings,
) -> Option<Arc<[u8]>> {
    const WHAT: &str = "a Word document (.docx) with the council's styles, headers and footers";
    let file = project.template(definition)?;
    let bytes = file.read_bytes(WHAT, findings)?;
    let checked = render::docx::check_template(&bytes);
    let checked = checked.map_err(|found| {
        let remedy = format!("this should be {WHAT}");
        findings.push(Finding::new(Code::CannotRead, Place::file(&file.name), found, remedy));
    });
    checked.is_ok().then(|| bytes.into())
}

/// The names of the areas asked for; nothing where it is all of them, or none was named.
fn chosen_areas(
    areas: &[String],
    definition: &Definition,
    findings: &mut Findings,
) -> Option<Vec<String>> {
    if areas.is_empty() || areas.iter().any(|area| area.trim().eq_ignore_ascii_case("all")) {
        return None;
    }
    let mut names = Vec::new();
    for name in areas {
        match definition.look_up_area(name.trim()).one() {
            Some(area) => names.push(definition.area(area).name.clone()),
            None => findings.push(unknown_area(definition, name)),
        }
    }
    Some(names)
}

/// Reads the definitions, as those of the edition that is asked for.
fn read_definition(
    project: &Project,
    edition: &EditionOptions,
    findings: &mut Findings,
) -> Option<Definition> {
    let mut definition = project.definition(findings)?;
    choose_edition(&mut definition, edition.edition.unwrap_or_default(), findings)?;
    Some(definition)
}

/// The same for a report, which shows the product that is asked for.
fn read_definition_about(
    project: &Project,
    about: &AboutOptions,
    findings: &mut Findings,
) -> Option<Definition> {
    let mut definition = read_definition(project, &about.edition, findings)?;
    if let Some(id) = &about.product.product {
        let index = find_product(&definition, id, findings)?;
        definition.show(index);
    }
    Some(definition)
}

/// The product with this id. `None`, with a finding, if there is none.
fn find_product(definition: &Definition, id: &str, findings: &mut Findings) -> Option<usize> {
    let id = id.trim();
    let index = definition.find_product(id);
    if index.is_none() {
        findings.push(unknown_product(definition, id));
    }
    index
}

/// The finding that there is no product with an id: which there are.
fn unknown_product(definition: &Definition, id: &str) -> Finding {
    let ids: Vec<_> = definition.products.iter().map(|product| product.id.as_str()).collect();
    let remedy = if ids.is_empty() {
        format!("{} has none: define it with a [[product]]", definition.path)
    } else {
        let guess = did_you_mean(id, ids.iter().copied());
        format!("{guess}the products of {} are {}", definition.path, ids.join(", "))
    };
    Finding::nowhere(Code::UnknownProduct, format!("there is no product {}", quote(id)), remedy)
}

/// The finding that the product that is shown has no indicator in force in the report month.
fn empty_product(definition: &Definition, month: Month) -> Option<Finding> {
    let product = definition.product()?;
    let is_empty = definition.indicators_shown(month).next().is_none();
    is_empty.then(|| {
        let found = format!(
            "no indicator of the product {} is in force in {}",
            quote(&product.id),
            month.long()
        );
        let remedy = "name another month, or indicators that are reported then";
        Finding::new(Code::EmptyProduct, product.place.clone(), found, remedy)
    })
}

/// Prints or writes a list, which may be JSON.
fn write_listing(
    document: &Document,
    format: ListingFormat,
    options: &OutputOptions<ListingFormat>,
) -> Result<()> {
    let Format::Json = format.into() else { return write_pages(document, format, options) };
    let mut output = options.file.open()?;
    render::listing::write(document, &mut output).with_context(|| output.cannot_write())?;
    print(output, options.no_pager)
}

/// Prints or writes pages, in a format that has pages.
fn write_pages<F: CommandFormat>(
    document: &Document,
    format: F,
    options: &OutputOptions<F>,
) -> Result<()> {
    let mut output = options.file.open()?;
    render_pages(document, format.into(), text_style(&output), &mut output)
        .with_context(|| output.cannot_write())?;
    print(output, options.no_pager)
}

/// Prints what is for the terminal, through a pager where it is longer than the screen and one is
/// wanted; makes a file appear, and says so.
fn print(output: Output, no_pager: bool) -> Result<()> {
    match &output {
        Output::Stdout(text)
            if !no_pager && pager::show(text).context("cannot use the pager")? =>
        {
            Ok(())
        }
        _ => finish(output),
    }
}

/// Makes an output appear, and says which file has been written.
fn finish(output: Output) -> Result<()> {
    let written = output.name();
    output.finish()?;
    if let Some(written) = written {
        say(&format!("wrote {written}"));
    }
    Ok(())
}

/// What a report is about, and all that it needs, read.
struct ReportInputs<'d> {
    history: History<'d>,
    month: Month,
    scope: Scope,
}

impl<'d> ReportInputs<'d> {
    /// Plans the report of a month, the latest unless one is named, and reads what the plan says;
    /// nothing, where something is wrong that stops it.
    fn read(
        project: &Project,
        definition: &'d Definition,
        month: Option<&NamedMonth>,
        areas: &[String],
        reach: Reach,
        findings: &mut Findings,
    ) -> Option<Self> {
        let report = Self::read_with_errors(project, definition, month, areas, reach, findings)?;
        (!findings.has_errors()).then_some(report)
    }

    /// The same, whatever is wrong with what has been read.
    fn read_with_errors(
        project: &Project,
        definition: &'d Definition,
        month: Option<&NamedMonth>,
        areas: &[String],
        reach: Reach,
        findings: &mut Findings,
    ) -> Option<Self> {
        let calendar = project.calendar(definition, findings);
        let month = match month {
            Some(named) => Some(named_month(named, definition, findings)?),
            None => None,
        };
        let month = calendar.choose(month, findings)?;
        findings.extend(empty_product(definition, month));
        let of_product = definition.shown_areas(month);
        let areas = if areas.is_empty() { &of_product } else { areas };
        let scope = Scope::new(definition, month, areas, findings);
        let plan = Plan::report(definition, month, &scope, reach);
        let plan = if definition.public().is_some() { plan.public(month) } else { plan };
        let history = project.read(definition, calendar, plan, findings);
        Some(Self { history, month, scope })
    }
}

/// The month that is named. `None`, with a finding, if its year is not a financial year.
fn named_month(
    named: &NamedMonth,
    definition: &Definition,
    findings: &mut Findings,
) -> Option<Month> {
    let month = named.month(definition.year_start);
    if month.is_none() {
        let example = if definition.year_start == 1 { "Q3 2015" } else { "Q3 2015/16" };
        let found = format!("{} names no quarter", quote(&named.to_string()));
        let remedy = format!("write it as {example}, or name the month that it ends with, YYYY-MM");
        findings.push(Finding::nowhere(Code::NoMonth, found, remedy));
    }
    month
}

/// The same for a command that may do without the definitions: they are read only to know when the
/// years of a named quarter start.
fn month_of_project(
    named: &NamedMonth,
    project: &Project,
    findings: &mut Findings,
) -> Option<Month> {
    if let NamedMonth::Month(month) = named {
        return Some(*month);
    }
    named_month(named, &project.definition(findings)?, findings)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::iter;

    use clap::Arg;

    use super::*;

    fn parse_line(args: &[&str]) -> std::result::Result<Cli, clap::Error> {
        parse(iter::once("scorecard").chain(args.iter().copied()).map(OsString::from))
            .map(|(cli, _)| cli)
    }

    fn built() -> clap::Command {
        let mut root = Cli::command();
        root.build();
        root
    }

    /// Every command but `help`, which is the parser's.
    fn commands(root: &clap::Command) -> impl Iterator<Item = &clap::Command> {
        root.get_subcommands().filter(|command| command.get_name() != "help")
    }

    fn is_help(arg: &Arg) -> bool {
        matches!(arg.get_id().as_str(), "help" | "version")
    }

    /// The options of a command, as users write them.
    fn options(command: &clap::Command) -> impl Iterator<Item = &Arg> {
        command.get_arguments().filter(|arg| !arg.is_positional() && !is_help(arg))
    }

    /// Something that may stand for an argument.
    fn sample(arg: &Arg) -> String {
        if let Some(value) = arg.get_possible_values().first() {
            return value.get_name().to_owned();
        }
        let names = arg.get_value_names().expect("an argument with a value has a name for it");
        match names[0].as_str() {
            "YYYY-MM" => "2016-01",
            "YYYY-MM-DD" => "2016-03-22",
            "N" => "1",
            _ => "something",
        }
        .to_owned()
    }

    /// The ways to write an option, each with a value if it takes one.
    fn spellings(arg: &Arg) -> Vec<Vec<String>> {
        let long = format!("--{}", arg.get_long().expect("every option has a long name"));
        let short = arg.get_short().map(|short| format!("-{short}"));
        if !arg.get_action().takes_values() {
            return iter::once(long).chain(short).map(|name| vec![name]).collect();
        }
        let value = sample(arg);
        let mut spellings = vec![vec![format!("{long}={value}")], vec![long, value.clone()]];
        if let Some(short) = short {
            spellings.extend([vec![format!("{short}{value}")], vec![short, value]]);
        }
        spellings
    }

    /// What a command needs beside `option`: its positional arguments, and what else is required.
    fn rest(command: &clap::Command, option: &Arg) -> Vec<String> {
        let mut rest = Vec::new();
        for arg in command.get_arguments() {
            let conflicts = command.get_arg_conflicts_with(arg);
            if arg.get_id() == option.get_id()
                || conflicts.iter().any(|other| other.get_id() == option.get_id())
            {
                continue;
            }
            if arg.is_positional() {
                rest.push(sample(arg));
            } else if arg.is_required_set() {
                rest.extend(spellings(arg).swap_remove(0));
            }
        }
        rest
    }

    #[test]
    fn an_option_is_accepted_before_and_after_its_commands_and_refused_with_others() {
        let root = built();
        let (mut accepted, mut refused) = (0, 0);
        let every: BTreeMap<_, _> =
            commands(&root).flat_map(options).map(|option| (option.get_long(), option)).collect();
        for command in commands(&root) {
            let name = command.get_name();
            for option in every.values() {
                let own = options(command).find(|own| own.get_long() == option.get_long());
                // A format of one command may be none of another.
                let option = own.unwrap_or(option);
                let rest = rest(command, option);
                for spelling in spellings(option) {
                    let line = |parts: [&[String]; 3]| {
                        parse_line(&parts.concat().iter().map(String::as_str).collect::<Vec<_>>())
                    };
                    let command_name = [name.to_owned()];
                    let before = line([&spelling, &command_name, &rest]);
                    let after = line([&command_name, &rest, &spelling]);
                    let what = format!("{spelling:?} of {name} {rest:?}");
                    if own.is_some() {
                        let before = before.unwrap_or_else(|error| panic!("{what}: {error}"));
                        let after = after.unwrap_or_else(|error| panic!("{what}: {error}"));
                        assert_eq!(format!("{before:?}"), format!("{after:?}"), "{what}");
                        accepted += 1;
                        continue;
                    }
                    for found in [before, after] {
                        let error = found.expect_err(&what);
                        assert_eq!(error.kind(), ErrorKind::UnknownArgument, "{what}: {error}");
                        assert_eq!(error.exit_code(), 2, "{what}");
                        let usage = command.clone().render_usage().to_string();
                        assert!(usage.starts_with(&format!("Usage: scorecard {name} ")), "{usage}");
                        assert!(error.to_string().contains(&usage), "{what}: {error}");
                    }
                    refused += 1;
                }
            }
        }
        assert!(accepted > 150 && refused > 150, "{accepted} accepted, {refused} refused");
    }

    /// Otherwise an option before the command could not be told from its value.
    #[test]
    fn an_option_is_the_same_wherever_it_is() {
        let root = built();
        let every: Vec<&Arg> = commands(&root).flat_map(options).collect();
        for option in &every {
            for other in &every {
                let is_same = option.get_long() == other.get_long();
                let has_value = |arg: &Arg| arg.get_action().takes_values();
                if is_same {
                    assert_eq!(option.get_short(), other.get_short(), "{option} and {other}");
                    assert_eq!(has_value(option), has_value(other), "{option} and {other}");
                } else if option.get_short().is_some() {
                    assert_ne!(option.get_short(), other.get_short(), "{option} and {other}");
                }
            }
        }
    }

    #[test]
    fn without_a_command_the_options_are_those_of_report() {
        let root = built();
        let report = root.find_subcommand("report").expect("a command");
        let names = |command| options(command).map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(names(&root), names(report));
        let bare = parse_line(&["-a", "Thanet", "--marks"]).expect("options of report");
        assert!(bare.command.is_none());
        let report = parse_line(&["report", "-a", "Thanet", "--marks"]).expect("a report");
        let Some(Command::Report(report)) = report.command else { panic!("{report:?}") };
        assert_eq!(format!("{:?}", bare.report), format!("{report:?}"));
    }

    /// The words of a line of a shell, up to a pipe or the name of a file.
    fn words(line: &str) -> Vec<String> {
        let mut words = Vec::new();
        for (index, part) in line.split('"').enumerate() {
            if index % 2 == 1 {
                words.push(part.to_owned());
            } else {
                words.extend(part.split_whitespace().map(str::to_owned));
            }
        }
        let end = words.iter().position(|word| word.starts_with(['|', '>']));
        words.truncate(end.unwrap_or(words.len()));
        words
    }

    #[test]
    fn every_command_has_examples_and_they_are_right() {
        let root = built();
        for command in iter::once(&root).chain(commands(&root)) {
            let name = command.get_name();
            let help = command.get_after_help().expect(name).to_string();
            let examples = help.split_once("Examples:\n").expect(name).1;
            let examples = examples.split("\n\n").next().expect("text has a first part");
            for line in examples.lines() {
                let line = line.strip_prefix("  ").expect("examples are indented");
                // What it does follows after a gap.
                let words = words(line.split("  ").next().expect("text has a first part"));
                let mistake = parse(words.iter().map(OsString::from)).err();
                let is_mistake =
                    mistake.is_some_and(|error| error.kind() != ErrorKind::DisplayHelp);
                assert!(words[0] == "scorecard" && !is_mistake, "{line}");
                let is_own = words.get(1).is_some_and(|word| word == name);
                assert!(is_own || ["scorecard", "report"].contains(&name), "{line}");
            }
        }
    }
}
