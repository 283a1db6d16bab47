//! `scorecard completions SHELL`.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, CommandFactory, ValueEnum};
use clap_complete::Shell;

use super::Cli;
use super::outputs::finish;
use super::safe::keep_projects_safe;
use crate::cli::{FileOptions, ProjectOptions};
use crate::definition::{AreaKind, Definition};
use crate::diagnostic::Findings;
use crate::input::Keep;
use crate::text::printable;

/// The options of `completions`.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  scorecard completions bash -o scorecard.bash  then: source scorecard.bash
  scorecard completions powershell >> $PROFILE
  scorecard completions --values areas          the names of the areas")]
pub struct CompletionsOptions {
    /// The shell
    #[arg(required_unless_present = "values")]
    shell: Option<Shell>,

    /// Instead of completions, the names of a kind in the project, a line each
    #[arg(long, value_name = "KIND")]
    values: Option<Kind>,

    #[command(flatten)]
    project: ProjectOptions,

    #[command(flatten)]
    file: FileOptions,
}

/// A kind of names that a project has.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// Ids of indicators
    Ids,
    /// Ids of indicators and activities
    Figures,
    /// Names of areas
    Areas,
    /// Names of areas and teams
    AreasAndTeams,
    /// Months
    Months,
    /// Ids of products
    Products,
}

pub(super) fn run(options: &CompletionsOptions) -> Result<ExitCode> {
    keep_projects_safe(&options.file)?;
    let mut output = options.file.open()?;
    if let Some(kind) = options.values {
        for value in values(&options.project, kind) {
            writeln!(output, "{}", printable(&value))?;
        }
    } else if let Some(shell) = options.shell {
        output.write_all(script(shell).as_bytes())?;
    }
    finish(output)?;
    Ok(ExitCode::SUCCESS)
}

/// The completions of a shell. Those of bash, zsh and fish complete what a project has, too.
fn script(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "scorecard", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    match shell {
        Shell::Bash => script + BASH,
        Shell::Zsh => zsh(&script),
        Shell::Fish => script + FISH,
        _ => script,
    }
}

/// What bash completes from the project, before what it completes from the options.
const BASH: &str = r#"
# Ids, areas, months and products of the project in this folder.
_scorecard_values() {
    local cur="${COMP_WORDS[COMP_CWORD]}" kind="" value
    case "${COMP_WORDS[COMP_CWORD-1]}" in
        -a | --area) if [[ " ${COMP_WORDS[*]} " == *" explain "* ]]; then kind=areas-and-teams; else kind=areas; fi ;;
        -m | --month | new | reproduce | diff) kind=months ;;
        --product) kind=products ;;
        explain) kind=figures ;;
        indicator) kind=ids ;;
    esac
    if [[ -z $kind || $cur == -* ]]; then
        _scorecard "$@"
        return
    fi
    COMPREPLY=()
    while IFS= read -r value; do
        if [[ $value == "$cur"* ]]; then
            COMPREPLY+=("$(printf '%q' "$value")")
        fi
    done < <(scorecard completions --values "$kind" 2>/dev/null)
}
complete -F _scorecard_values -o bashdefault -o default scorecard
"#;

/// The same for fish, which adds it to what it completes anyway.
const FISH: &str = r"
# Ids, areas, months and products of the project in this folder.
complete -c scorecard -n 'not __fish_seen_subcommand_from explain' -s a -l area -x -a '(scorecard completions --values areas 2>/dev/null)'
complete -c scorecard -n '__fish_seen_subcommand_from explain' -s a -l area -x -a '(scorecard completions --values areas-and-teams 2>/dev/null)'
complete -c scorecard -s m -l month -x -a '(scorecard completions --values months 2>/dev/null)'
complete -c scorecard -l product -x -a '(scorecard completions --values products 2>/dev/null)'
complete -c scorecard -n '__fish_seen_subcommand_from explain' -f -a '(scorecard completions --values figures 2>/dev/null)'
complete -c scorecard -n '__fish_seen_subcommand_from indicator' -f -a '(scorecard completions --values ids 2>/dev/null)'
complete -c scorecard -n '__fish_seen_subcommand_from new reproduce diff' -f -a '(scorecard completions --values months 2>/dev/null)'
";

/// The same for zsh, in which each option names the function that completes its value.
fn zsh(script: &str) -> String {
    let mut is_explain = false;
    let by_kind = |line: &str| {
        // `(explain)` begins the arguments of that command.
        if line.starts_with('(') && line.ends_with(')') {
            is_explain = line == "(explain)";
        }
        let of = |options: &[&str]| options.iter().any(|option| line.contains(option));
        let kind = if of(&["-a+[", "--area=["]) {
            if is_explain { "areas-and-teams" } else { "areas" }
        } else if of(&["-m+[", "--month=["]) {
            "months"
        } else if of(&["--product=["]) {
            "products"
        } else if line.starts_with("':id -- ") {
            "figures"
        } else if line.starts_with("'*::ids -- ") {
            "ids"
        } else if line.starts_with("':month -- ") || line.starts_with("':before -- ") {
            "months"
        } else {
            return line.to_owned();
        };
        line.replace(":_default'", &format!(":_scorecard_{kind}'"))
    };
    let lines: Vec<_> = script.lines().map(by_kind).collect();
    let function = |kind: &str| {
        format!(
            "(( $+functions[_scorecard_{kind}] )) ||\n_scorecard_{kind}() {{\n    \
             compadd -- ${{(f)\"$(scorecard completions --values {kind} 2>/dev/null)\"}}\n}}\n"
        )
    };
    let functions =
        ["areas", "areas-and-teams", "months", "products", "ids", "figures"].map(function).concat();
    // The line that says what the script completes has to be the first.
    let (first, rest) = lines.split_first().map_or(("", &[][..]), |(first, rest)| (first, rest));
    format!("{first}\n\n{functions}\n{}\n", rest.join("\n"))
}

/// The names of a kind that a project has. What cannot be read has none: a completion is no place
/// for findings.
fn values(options: &ProjectOptions, kind: Kind) -> Vec<String> {
    let project = options.open(Keep::Nothing);
    let mut findings = Findings::default();
    let Some(definition) = project.definition(&mut findings) else { return Vec::new() };
    let ids = || definition.indicators.iter().map(|one| one.shown_id().to_owned());
    match kind {
        Kind::Ids => ids().collect(),
        Kind::Figures => {
            ids().chain(definition.activities.iter().map(|one| one.id.clone())).collect()
        }
        Kind::Areas => areas(&definition, |kind| kind == AreaKind::Area),
        Kind::AreasAndTeams => areas(&definition, |_| true),
        Kind::Months => {
            let calendar = project.calendar(&definition, &mut findings);
            calendar.months().map(|month| month.to_string()).collect()
        }
        Kind::Products => definition.products.iter().map(|product| product.id.clone()).collect(),
    }
}

/// The areas of some kinds, and the word for all of them.
fn areas(definition: &Definition, is_of_kind: impl Fn(AreaKind) -> bool) -> Vec<String> {
    let areas = definition.area_ids().map(|area| definition.area(area));
    let of_kind = areas.filter(|area| is_of_kind(area.kind));
    of_kind.map(|area| area.name.clone()).chain(["all".to_owned()]).collect()
}
