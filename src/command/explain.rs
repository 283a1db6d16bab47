//! `scorecard explain ID`: the working behind one figure.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::edition::Assessors;
use super::find::{self, Meant, Named};
use super::inputs::{ReportInputs, ReportRequest, read_definition_about};
use super::outputs::{refuse, tell_warnings, write_pages};
use super::safe::keep_inputs_safe;
use crate::cli::{AboutOptions, Format, OutputOptions};
use crate::diagnostic::Findings;
use crate::history::Reach;
use crate::input::Keep;
use crate::layout::{explain, explain_activity, why_hidden, why_hidden_activity};
use crate::scope::Scope;
use crate::scorecard::{Depth, Scorecard};

/// The options of `explain`.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  scorecard explain 19                     the latest month, the top area
  scorecard explain 19 -a \"North Kent\"     another area; or month, with -m
  scorecard explain \"placement stability\"  by words of its name
  scorecard explain referrals              the counts of an activity
  scorecard explain 20 --edition public    why the public is not shown it

The report has the same evidence for every figure: scorecard --format json")]
pub struct ExplainOptions {
    /// The id of an indicator or an activity, an indicator's reference, or words of a name
    id: String,

    #[command(flatten)]
    about: AboutOptions,

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
    let format = options.output.format()?;
    keep_inputs_safe(&options.about.project, &options.output.file)?;
    let project = options.about.project.open(Keep::Nothing);
    let mut findings = Findings::default();
    let definition = read_definition_about(&project, &options.about, &mut findings);
    let Some(definition) = definition else { return refuse(&findings) };
    let meant = find::indicator_or_activity(&definition, &options.id, &mut findings);
    let is_activity = matches!(meant, Some(Meant { named: Named::Activity(_), .. }));
    let mut request = ReportRequest::of(&options.about, Reach::Trends);
    let asked = request.areas;
    if is_activity {
        request.areas = &[];
    }
    let report = ReportInputs::read_with_errors(&project, &definition, request, &mut findings);
    let (Some(ReportInputs { history, month, mut scope }), Some(Meant { named, others })) =
        (report, meant)
    else {
        return refuse(&findings);
    };
    if is_activity && !asked.is_empty() {
        scope = Scope::with_teams(&definition, month, asked, &mut findings);
    }
    if findings.has_errors() {
        return refuse(&findings);
    }
    let Assessors { shown, public, .. } = Assessors::of(&history, month, &mut findings);
    let document = match (&public, named) {
        // Why it hides what it hides is for the officer alone.
        (Some(public), Named::Indicator(id)) => why_hidden(&definition, public, month, &scope, id),
        (Some(public), Named::Activity(id)) => {
            why_hidden_activity(&definition, public, month, &scope, id)
        }
        (None, Named::Indicator(id)) => explain(&Scorecard::with_parts_of(&shown, scope, id), id),
        (None, Named::Activity(id)) => {
            explain_activity(&Scorecard::assess(&shown, scope, Depth::Chosen), id)
        }
    };
    write_pages(&document, format, &options.output)?;
    find::tell_others(&definition, &options.id, &others);
    tell_warnings(&findings);
    Ok(ExitCode::SUCCESS)
}
