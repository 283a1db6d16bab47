//! `scorecard completions SHELL`.

use std::process::ExitCode;

use anyhow::Result;
use clap::CommandFactory;

use crate::cli::{Cli, Options};
use crate::output::Output;

pub(super) fn run(options: &Options, shell: clap_complete::Shell) -> Result<ExitCode> {
    let mut output = Output::open(options.output.as_deref())?;
    clap_complete::generate(shell, &mut Cli::command(), "scorecard", &mut output);
    output.finish()?;
    Ok(ExitCode::SUCCESS)
}
