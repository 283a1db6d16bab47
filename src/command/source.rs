//! `scorecard source FILE`: the `[[source]]` that a file looks like, to be corrected.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::{Args, ValueHint};

use super::outputs::{finish, refuse, tell_warnings};
use super::safe::keep_inputs_safe;
use crate::cli::{FileOptions, ProjectOptions};
use crate::diagnostic::Findings;
use crate::extract::suggest::{self, SuggestOptions};
use crate::input::Keep;

/// The options of `source`.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  scorecard source pivot.xlsx                  the first sheet with figures
  scorecard source pivot.xlsx --sheet Summary  another sheet
  scorecard source cic.csv --records           a list with a row a child")]
pub struct SourceOptions {
    /// The file, as the system exports it
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file_to_describe: PathBuf,

    #[command(flatten)]
    project: ProjectOptions,

    /// The sheet of a workbook
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,

    /// It is a list with a row a child or case
    #[arg(long)]
    records: bool,

    /// The line of its headings, where a list has none that are certain
    #[arg(long, value_name = "N")]
    headings: Option<u32>,

    #[command(flatten)]
    file: FileOptions,
}

pub(super) fn run(options: &SourceOptions) -> Result<ExitCode> {
    keep_inputs_safe(&options.project, &options.file)?;
    let described = &options.file_to_describe;
    let is_described = |output: &Path| {
        output.canonicalize().is_ok_and(|output| described.canonicalize().ok() == Some(output))
    };
    if options.file.path().is_some_and(is_described) {
        bail!("--output is {}, the file that is described", described.display());
    }
    options.file.must_end_in(&["toml", "txt"])?;
    let project = options.project.open(Keep::Nothing);
    let mut findings = Findings::default();
    let Some(definition) = project.definition(&mut findings) else { return refuse(&findings) };
    let suggest_options = SuggestOptions {
        sheet: options.sheet.clone(),
        is_records: options.records,
        headings: options.headings,
    };
    let file = project.ledger().file(described);
    let suggested = suggest::suggest(&definition, &file, &suggest_options, &mut findings);
    let Some(suggested) = suggested else { return refuse(&findings) };
    let mut output = options.file.open()?;
    output.write_all(suggested.as_bytes())?;
    finish(output)?;
    tell_warnings(&findings);
    Ok(ExitCode::SUCCESS)
}
