//! `scorecard schema`: the JSON Schema of indicators.toml.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;

use crate::cli::Options;
use crate::definition::keys;
use crate::output::Output;
use crate::toml_file::schema::json_schema;

pub(super) fn run(options: &Options) -> Result<ExitCode> {
    let mut output = Output::open(options.output.as_deref())?;
    serde_json::to_writer_pretty(&mut output, &json_schema(keys::FILE))?;
    writeln!(output)?;
    output.finish()?;
    Ok(ExitCode::SUCCESS)
}
