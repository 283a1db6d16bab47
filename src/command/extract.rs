//! `scorecard extract`: a month's figures as an extract in the standard form.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::inputs::{ReportInputs, ReportRequest};
use super::outputs::{finish, refuse, tell_warnings};
use super::safe::keep_inputs_safe;
use crate::cli::{FileOptions, MonthOptions, ProjectOptions};
use crate::definition::SourceKind;
use crate::diagnostic::known::Known;
use crate::diagnostic::{Code, Findings};
use crate::extract::{GivenSource, standard};
use crate::history::Reach;
use crate::input::Keep;

/// The options of `extract`.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  scorecard extract -m 2016-01               every result, with where it is from
  scorecard extract --source cic -o cic.csv  what one source gave
  scorecard extract --activity               the activity instead of the results")]
pub struct ExtractOptions {
    #[command(flatten)]
    project: ProjectOptions,

    #[command(flatten)]
    month: MonthOptions,

    /// The figures of one source alone
    #[arg(long, value_name = "ID")]
    source: Option<String>,

    /// The activity instead of the results
    #[arg(long)]
    activity: bool,

    #[command(flatten)]
    file: FileOptions,
}

pub(super) fn run(options: &ExtractOptions) -> Result<ExitCode> {
    keep_inputs_safe(&options.project, &options.file)?;
    options.file.must_end_in(&["csv"])?;
    let project = options.project.open(Keep::Nothing);
    let mut findings = Findings::default();
    let Some(definition) = project.definition(&mut findings) else { return refuse(&findings) };
    let month = options.month.month.as_ref();
    let request = ReportRequest { month, areas: &[], reach: Reach::Comparisons };
    let report = ReportInputs::read(&project, &definition, request, &mut findings);
    let Some(ReportInputs { history, month, .. }) = report else { return refuse(&findings) };
    let Some(extract) = history.extract(month) else { return refuse(&findings) };
    let sources = extract.sources.iter().chain(history.benchmarks().sources());
    let given = sources.clone().find(|given| Some(&given.id) == options.source.as_ref());
    if let (Some(id), None) = (&options.source, given) {
        let ids = definition.sources.iter().map(|source| source.id.as_str());
        let sources = Known::names("source", "sources", ids)
            .if_none(format!("describe it with a [[source]] in {}", definition.path));
        findings.push(sources.unknown(Code::UnknownName, id));
        return refuse(&findings);
    }
    let written = match given {
        Some(given) if given.kind == SourceKind::Benchmarks => {
            history.benchmarks().standard(&definition, Some(&given.id))?
        }
        Some(GivenSource { kind: SourceKind::Activity, .. }) => {
            standard::activity(&definition, extract, given)?
        }
        _ if options.activity => standard::activity(&definition, extract, given)?,
        _ => standard::results(&definition, extract, given)?,
    };
    let mut output = options.file.open()?;
    output.write_all(&written)?;
    finish(output)?;
    tell_warnings(&findings);
    Ok(ExitCode::SUCCESS)
}
