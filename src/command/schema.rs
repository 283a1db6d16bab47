//! `scorecard schema`: the JSON Schema of indicators.toml.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::outputs::finish;
use super::safe::keep_projects_safe;
use crate::cli::FileOptions;
use crate::definition::keys;
use crate::toml_file::schema::json_schema;

/// The options of `schema`.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  scorecard schema --output indicators.schema.json")]
pub struct SchemaOptions {
    #[command(flatten)]
    file: FileOptions,
}

pub(super) fn run(options: &SchemaOptions) -> Result<ExitCode> {
    keep_projects_safe(&options.file)?;
    options.file.must_end_in(&["json"])?;
    let mut output = options.file.open()?;
    serde_json::to_writer_pretty(&mut output, &json_schema(keys::FILE))?;
    writeln!(output)?;
    finish(output)?;
    Ok(ExitCode::SUCCESS)
}
