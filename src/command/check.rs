//! `scorecard check`: every finding, with place and remedy; the findings are the report.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::safe::keep_inputs_safe;
use super::{DATA_ERRORS, ReportInputs, has_colour};
use crate::assess::Assessor;
use crate::check::{self, Depth};
use crate::cli::{AreaOptions, Format, MonthOptions, OutputOptions, ProjectOptions};
use crate::diagnostic::{Findings, Severity};
use crate::history::{Project, Reach};
use crate::input::Keep;
use crate::output::Output;
use crate::render;
use crate::text;

/// The options of `check`.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  scorecard check                            the latest month, and those before it
  scorecard check --month 2016-01 --strict   another month; warnings count as errors
  scorecard check --format json              for a pipeline")]
pub struct CheckOptions {
    #[command(flatten)]
    project: ProjectOptions,

    #[command(flatten)]
    month: MonthOptions,

    #[command(flatten)]
    areas: AreaOptions,

    /// Fail on warnings too
    #[arg(long)]
    strict: bool,

    #[command(flatten)]
    output: OutputOptions<CheckFormat>,
}

/// A format of the findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// For reading
    #[default]
    Text,
    /// For other programs
    Json,
}

impl From<CheckFormat> for Format {
    fn from(format: CheckFormat) -> Self {
        match format {
            CheckFormat::Text => Self::Text,
            CheckFormat::Json => Self::Json,
        }
    }
}

pub(super) fn run(options: &CheckOptions) -> Result<ExitCode> {
    let format = options.output.format()?;
    keep_inputs_safe(&options.project, &options.output.file)?;
    let mut findings = Findings::default();
    let looked_at = look(options, &mut findings);
    let mut output = options.output.file.open()?;
    let colour = matches!(output, Output::Stdout(_)) && has_colour(&std::io::stdout());
    if format == CheckFormat::Json {
        render::diagnostics::write_json(&findings, &mut output)?;
    } else {
        output.write_all(render::diagnostics::findings(&findings.sorted(), colour).as_bytes())?;
        let counts = render::diagnostics::count(&findings, &Severity::ALL);
        writeln!(output, "{counts}{}", text::escaped(&looked_at))?;
    }
    let warned = options.strict && !findings.has_errors() && findings.count(Severity::Warning) > 0;
    if warned && format == CheckFormat::Text {
        writeln!(output, "--strict: warnings count as errors")?;
    }
    output.finish()?;
    let fails = findings.has_errors() || warned;
    Ok(if fails { ExitCode::from(DATA_ERRORS) } else { ExitCode::SUCCESS })
}

/// Finds everything, and says what was looked at.
fn look(options: &CheckOptions, findings: &mut Findings) -> String {
    let project =
        Project::new(options.project.definitions.clone(), options.project.data(), Keep::Nothing);
    let Some(definition) = project.definition(findings) else { return String::new() };
    let (month, areas) = (options.month.month, &options.areas.areas);
    let report = ReportInputs::read_with_errors(
        &project,
        &definition,
        month,
        areas,
        Reach::Checks,
        findings,
    );
    let Some(ReportInputs { history, month, scope }) = report else { return String::new() };
    check::run(&Assessor::new(&history, month), &scope, Depth::Check, findings);
    findings.change_severities(&definition.severities);
    let months = check::looked_at(&history, month).count();
    format!(
        " in {} and {months} {} up to {}",
        definition.path,
        text::plural(months, "month", "months"),
        month.long()
    )
}
