//! The commands, a file each: the stages in order, and what the exit code is.

mod check;
mod completions;
mod diff;
mod explain;
mod init;
mod new;
mod pack;
mod publish;
mod report;
mod reproduce;
mod revisions;
mod schema;

use std::io::{self, IsTerminal, Write};
use std::mem::ManuallyDrop;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::CommandFactory;
use clap::error::ErrorKind;

use crate::check::Depth;
use crate::cli::{Cli, Command, Format, Options};
use crate::definition::Definition;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::input::Keep;
use crate::layout::Document;
use crate::month::Month;
use crate::months::Archive;
use crate::output::Output;
use crate::project::Project;
use crate::record;
use crate::render;
use crate::scorecard::{Scorecard, unknown_area};

/// The data or the definitions have errors.
const DATA_ERRORS: u8 = 1;

/// Runs a command.
///
/// # Errors
///
/// Those of the machine, such as a full disk; what is wrong with the data is reported and becomes
/// the exit code.
pub fn run(cli: Cli) -> Result<ExitCode> {
    let options = &cli.options;
    match cli.command.unwrap_or(Command::Report) {
        Command::Report => report::run(options),
        Command::Check { strict } => check::run(options, strict),
        Command::Explain { id } => explain::run(options, &id),
        Command::Pack { dir } => pack::run(options, dir.as_deref()),
        Command::Publish { meeting, reason } => publish::run(options, meeting, reason.as_deref()),
        Command::Reproduce { month, revision } => reproduce::run(options, month, revision),
        Command::Revisions => revisions::run(options),
        Command::Diff { from, to } => diff::run(options, &from, &to),
        Command::Init { dir } => init::run(&dir),
        Command::New { month } => new::run(options, month),
        Command::Schema => schema::run(options),
        Command::Completions { shell } => completions::run(options, shell),
    }
}

/// Says on stderr what stops the report; nothing has been written.
fn refuse(findings: &Findings) -> Result<ExitCode> {
    tell(findings, |finding| finding.severity < Severity::Note)?;
    let summary = format!(
        "{}: nothing was written",
        render::diagnostics::count(findings, &[Severity::Error, Severity::Warning])
    );
    writeln!(anstream::stderr(), "{summary}")?;
    Ok(ExitCode::from(DATA_ERRORS))
}

/// Tells the findings on stderr that `which` picks.
fn tell(findings: &Findings, which: impl Fn(&Finding) -> bool) -> Result<()> {
    let colour = has_colour(&std::io::stderr());
    let told: Vec<_> = findings.sorted().into_iter().filter(|finding| which(finding)).collect();
    let text = render::diagnostics::findings(&told, colour);
    Ok(anstream::stderr().write_all(text.as_bytes())?)
}

fn has_colour(stream: &impl anstream::stream::RawStream) -> bool {
    anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never
}

/// Refuses a combination of options as the argument parser does.
fn usage(message: &str) -> ! {
    Cli::command().error(ErrorKind::ArgumentConflict, message).exit()
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

/// Reads the month of a report and what is known of its publication, so that what cannot be read is
/// known before anything is made of it; says whether it can be gone on with.
fn is_readable(scorecard: &Scorecard<'_>, findings: &mut Findings) -> bool {
    scorecard.extract();
    scorecard.archive().record().figures(scorecard.definition, scorecard.month);
    findings.append(scorecard.archive().take_findings());
    !findings.has_errors()
}

/// Does `work` with a scorecard while its figures are checked, and adds what was found.
fn while_checking<T: Send>(
    scorecard: &Scorecard<'_>,
    keep: Keep,
    findings: &mut Findings,
    work: impl FnOnce() -> T + Send,
) -> T {
    let check = || {
        let mut found = Findings::default();
        crate::check::run(scorecard, Depth::Report, &mut found);
        found
    };
    let (done, checked) = match keep {
        Keep::Nothing => rayon::join(work, check),
        // What is kept is what the work was made from, and nothing that only a check has read.
        _ => (work(), check()),
    };
    // Months that turned out to be needed on the way may have errors too: then what was made of
    // them is dropped unseen, and so is what was found in figures that could not all be read.
    let of_months = scorecard.archive().take_findings();
    if !of_months.has_errors() {
        findings.append(checked);
    }
    findings.append(of_months);
    findings.change_severities(&scorecard.definition.severities);
    done
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
        Format::Docx => render::docx::write(document, out),
        Format::Tidy | Format::Json => {
            unreachable!("complete formats are written from the scorecard")
        }
    }
}

/// The format asked for; none that a terminal cannot show is written to one.
fn format(options: &Options) -> Format {
    let format = options.format().unwrap_or_else(|wrong| usage(&wrong));
    if format.is_binary() && options.output.is_none() && io::stdout().is_terminal() {
        usage(&format!(
            "--format {} is nothing that a terminal can show: name a file with --output",
            format.name()
        ));
    }
    format
}

/// The format of a list that a command prints.
fn listing_format(options: &Options, command: &str) -> Result<Format> {
    let format = format(options);
    if format == Format::Tidy {
        usage(&format!(
            "--format tidy cannot be used with {command}, which has no figures of a month alone"
        ));
    }
    if !options.tables.is_empty() {
        usage(&format!(
            "--table cannot be used with {command}, which has no tables to choose from"
        ));
    }
    keep_inputs_safe(options)?;
    Ok(format)
}

/// The names of the areas asked for; nothing where it is all of them, or none was named.
fn chosen_areas(
    options: &Options,
    definition: &Definition,
    findings: &mut Findings,
) -> Option<Vec<String>> {
    if options.areas.is_empty()
        || options.areas.iter().any(|area| area.trim().eq_ignore_ascii_case("all"))
    {
        return None;
    }
    let mut names = Vec::new();
    for name in &options.areas {
        match definition.find_area(name.trim()) {
            Some(area) => names.push(definition.area(area).name.clone()),
            None => findings.push(unknown_area(definition, name)),
        }
    }
    Some(names)
}

/// Prints or writes a list.
fn write_listing(document: &Document, format: Format, options: &Options) -> Result<()> {
    let mut output = Output::open(options.output.as_deref())?;
    let written = match format {
        Format::Json => render::listing::write(document, &mut output),
        _ => render_pages(document, format, text_style(&output), &mut output),
    };
    written.with_context(|| output.cannot_write())?;
    output.finish()
}

/// Says on stderr what has been done.
fn say(what: &str) -> Result<()> {
    Ok(writeln!(anstream::stderr(), "{what}")?)
}

/// Refuses to write over what the report is made from.
fn keep_inputs_safe(options: &Options) -> Result<()> {
    options
        .output
        .as_deref()
        .map_or(Ok(()), |output| keep_inputs_safe_from(options, output, "--output"))
}

/// Refuses to write to `output`, as the option `named` says, over what the report is made from.
fn keep_inputs_safe_from(options: &Options, output: &Path, named: &str) -> Result<()> {
    // A file that is not there yet would be read as an extract the next time.
    let folder =
        output.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let is = |input: &Path| {
        input
            .canonicalize()
            .is_ok_and(|input| output.canonicalize().is_ok_and(|output| output == input))
    };
    let is_within = |data: &Path| {
        data.canonicalize()
            .is_ok_and(|data| folder.canonicalize().is_ok_and(|folder| folder.starts_with(data)))
    };
    if is(&options.definitions) || is_within(&options.data()) {
        bail!("{} is where the report is made from: name another {named}", output.display());
    }
    if is_within(&options.definitions.with_file_name(record::FOLDER)) {
        bail!(
            "{} is in the record of what was published, which is not to be changed: name another {named}",
            output.display()
        );
    }
    Ok(())
}

/// Loads the definitions, lists the months and chooses the one to report, then does `work`; says
/// what is wrong if it cannot.
fn with_project(
    options: &Options,
    keep: Keep,
    work: impl FnOnce(Archive<'_>, Month, Findings) -> Result<ExitCode>,
) -> Result<ExitCode> {
    let mut findings = Findings::default();
    let project = Project::new(options.definitions.clone(), options.data(), keep);
    let (definition, ()) =
        rayon::join(|| project.definition(&mut findings), || project.fetch(options.month));
    // Its many small pieces are given back with all the rest when the program ends.
    let Some(definition) = definition.map(ManuallyDrop::new) else { return refuse(&findings) };
    let archive = project.archive(&definition, &mut findings);
    match archive.choose(options.month, &mut findings) {
        Some(month) if !findings.has_errors() => work(archive, month, findings),
        _ => refuse(&findings),
    }
}
