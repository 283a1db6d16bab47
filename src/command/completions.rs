//! `scorecard completions SHELL`.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, CommandFactory};

use super::Cli;
use super::safe::keep_projects_safe;
use crate::cli::FileOptions;

/// The options of `completions`.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  scorecard completions bash > ~/.local/share/bash-completion/completions/scorecard
  scorecard completions powershell >> $PROFILE")]
pub struct CompletionsOptions {
    /// The shell
    shell: clap_complete::Shell,

    #[command(flatten)]
    file: FileOptions,
}

pub(super) fn run(options: &CompletionsOptions) -> Result<ExitCode> {
    keep_projects_safe(&options.file)?;
    let mut output = options.file.open()?;
    clap_complete::generate(options.shell, &mut Cli::command(), "scorecard", &mut output);
    output.finish()?;
    Ok(ExitCode::SUCCESS)
}
