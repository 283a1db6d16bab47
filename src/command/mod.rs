//! The commands, a file each: the stages in order, and what the exit code is.
//!
//! What they share is in files of its own: what they read in `inputs` and `find`, for whom in
//! `edition`, what they print and write in `outputs` and `pager`, and what they never write over in
//! `safe`. Which files made a month different is in `changed_files`.

mod changed_files;
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
mod inputs;
mod man;
mod new;
mod outputs;
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
use std::process::{self, ExitCode};

use anyhow::Result;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::cli::{Mistake, put_command_first, spelling, tip_for_stray_word};
use crate::stderr;
use crate::text::{escaped, is_unprintable};
use crate::threads;

/// The data or the definitions have errors, or a file cannot be read or written.
const DATA_ERRORS: u8 = 1;

/// A mistake on the command line; the parser's own end the program with the same.
const MISTAKE: u8 = 2;

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

Exit codes: 0 fine (warnings are on stderr), 1 the definitions or the data have errors, or a file cannot \
be read or written, 2 a mistake on the command line.";

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
    let typed: Vec<_> = args.into_iter().collect();
    let mut root = spelling::in_any_case(Cli::command());
    if !are_printable(&typed) {
        // Then what the parser says has nothing of its own in it that cannot be printed.
        root = root.styles(clap::builder::Styles::plain());
    }
    // What is not built yet are the help and the usage of all commands; the parser builds those of
    // the one that it meets.
    let args = put_command_first(&root, typed.iter().cloned());
    let name = args.get(1).cloned();
    let cli = root
        .try_get_matches_from_mut(args)
        .and_then(|mut matches| Cli::from_arg_matches_mut(&mut matches));
    let tip = cli.as_ref().err().and_then(stray_word);
    let tip = tip.and_then(|word| tip_for_stray_word(&root, &typed, &word));
    // Where there is no such command, the mistake is one of the program itself.
    let command = match name.and_then(|name| root.find_subcommand_mut(name)) {
        Some(command) => std::mem::take(command),
        None => root,
    };
    match cli {
        Ok(cli) => Ok((cli, command)),
        Err(error) => Err(with_usage(with_tip(error, tip), command)),
    }
}

/// The word that a command line is refused for, if it is one that belongs to nothing.
fn stray_word(error: &clap::Error) -> Option<String> {
    let word = match error.kind() {
        ErrorKind::InvalidSubcommand => error.get(ContextKind::InvalidSubcommand),
        ErrorKind::UnknownArgument => error.get(ContextKind::InvalidArg),
        _ => None,
    };
    match word {
        Some(ContextValue::String(word)) => Some(word.clone()),
        _ => None,
    }
}

/// A mistake with what to write instead.
fn with_tip(mut error: clap::Error, tip: Option<String>) -> clap::Error {
    if let Some(tip) = tip {
        // A command with nearly the same name was not meant.
        error.remove(ContextKind::SuggestedSubcommand);
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
    error
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

    /// A command line with `value` for `arg` of a command.
    fn with(
        command: &clap::Command,
        arg: &Arg,
        value: &str,
    ) -> std::result::Result<String, String> {
        let mut line = vec![command.get_name().to_owned()];
        line.extend(rest(command, arg));
        line.extend(arg.get_long().map(|long| format!("--{long}")));
        line.push(value.to_owned());
        let line: Vec<_> = line.iter().map(String::as_str).collect();
        parse_line(&line).map(|cli| format!("{cli:?}")).map_err(|error| error.to_string())
    }

    #[test]
    fn every_argument_of_a_kind_is_taken_in_the_same_spellings() {
        let root = built();
        let (mut months, mut words) = (0, 0);
        for command in commands(&root) {
            for arg in command.get_arguments().filter(|arg| !is_help(arg)) {
                let takes = |value: &str, as_value: &str| {
                    let taken = with(command, arg, as_value).expect("it is one of them");
                    assert_eq!(with(command, arg, value), Ok(taken), "{value} of {arg}");
                };
                let of = arg.get_value_names().map(|names| names[0].as_str());
                if of == Some("YYYY-MM") {
                    for value in ["January 2016", "Jan-16", "1/2016"] {
                        takes(value, "2016-01");
                    }
                    let refused = with(command, arg, "26-Oct").expect_err("it may be a day");
                    assert!(refused.contains("write 2026-10 for October 2026"), "{refused}");
                    months += 1;
                } else if of == Some("YYYY-MM-DD") {
                    for value in ["22/03/2016", "22 March 2016"] {
                        takes(value, "2016-03-22");
                    }
                }
                if !arg.get_action().takes_values() {
                    continue;
                }
                for word in arg.get_possible_values() {
                    takes(&word.get_name().to_uppercase(), word.get_name());
                    words += 1;
                }
            }
        }
        assert!(months > 10 && words > 50, "{months} months, {words} words");
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
                assert!(line.len() <= 80, "wider than a terminal: {line}");
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
