//! `scorecard explain ID`: the working behind one figure.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::edition::Assessors;
use super::find_indicator::shown;
use super::safe::keep_inputs_safe;
use super::{ReportInputs, print, read_definition, refuse, render_pages, tell, text_style};
use crate::cli::{AboutOptions, EditionOptions, Format, OutputOptions};
use crate::diagnostic::{Findings, Severity};
use crate::history::Reach;
use crate::input::Keep;
use crate::layout::{explain, why_hidden};
use crate::scorecard::Scorecard;

/// The options of `explain`.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  scorecard explain 19                       the latest month, the top area
  scorecard explain 19 -m 2015-12 -a Thanet  another month and area
  scorecard explain \"placement stability\"    by words of its name
  scorecard explain 20 --edition public      why the public is not shown it, and why that is enough

The report has the same evidence for every figure: scorecard --format json")]
pub struct ExplainOptions {
    /// The indicator's id or reference, or words of its name
    id: String,

    #[command(flatten)]
    about: AboutOptions,

    #[command(flatten)]
    edition: EditionOptions,

    #[command(flatten)]
    output: OutputOptions<ExplainFormat>,
}

/// A format of the working.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum ExplainFormat {
    /// For the terminal
    #[default]
    Text,
    /// For a wiki or an issue
    Markdown,
}

impl From<ExplainFormat> for Format {
    fn from(format: ExplainFormat) -> Self {
        match format {
            ExplainFormat::Text => Self::Text,
            ExplainFormat::Markdown => Self::Markdown,
        }
    }
}

pub(super) fn run(options: &ExplainOptions) -> Result<ExitCode> {
    let format = options.output.format()?.into();
    keep_inputs_safe(&options.about.project, &options.output.file)?;
    let project = options.about.project.open(Keep::Nothing);
    let mut findings = Findings::default();
    let definition =
        read_definition(&project, &options.about.product, &options.edition, &mut findings);
    let Some(definition) = definition else { return refuse(&findings) };
    let indicator = shown(&definition, &options.id, &mut findings);
    let (month, areas) = (options.about.month(), options.about.areas());
    let report =
        ReportInputs::read(&project, &definition, month, areas, Reach::Trends, &mut findings);
    let (Some(ReportInputs { history, month, scope }), Some(indicator)) = (report, indicator)
    else {
        return refuse(&findings);
    };
    let assessors = Assessors::of(&history, month, &mut findings);
    let document = if let Some(public) = &assessors.public {
        // Why it hides what it hides is for the officer alone.
        why_hidden(&definition, public, month, &scope, indicator)
    } else {
        let scorecard = Scorecard::with_parts_of(&assessors.shown, scope, indicator);
        explain(&scorecard, indicator)
    };
    let mut output = options.output.file.open()?;
    render_pages(&document, format, text_style(&output), &mut output)?;
    print(output, options.output.no_pager)?;
    tell(&findings, |finding| finding.severity == Severity::Warning);
    Ok(ExitCode::SUCCESS)
}
