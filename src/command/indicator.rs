//! `scorecard indicator ID`: all there is to say of an indicator, on a page.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::edition::Assessors;
use super::find;
use super::inputs::{ReportInputs, ReportRequest, read_definition_about};
use super::outputs::{refuse, tell_warnings, write_pages};
use super::safe::keep_inputs_safe;
use crate::check;
use crate::cli::{AboutOptions, Format, Mistake, OutputOptions};
use crate::diagnostic::Findings;
use crate::history::Reach;
use crate::input::Keep;
use crate::layout::{TableName, indicators};
use crate::scorecard::{Depth, Scorecard};

/// The options of `indicator`.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  scorecard indicator 9                    its page, in the terminal
  scorecard indicator 9 31 -o visits.docx  two of them, as a Word document
  scorecard indicator -o indicators.html   a page for each of the scorecard
  scorecard indicator 9 --edition public   as everyone may see it

A chart shows as many periods as `trend` in indicators.toml says; with limits it shows up to 36.")]
pub struct IndicatorOptions {
    /// An indicator's id or reference, or words of its name; again for more [default: every one]
    #[arg(value_name = "ID")]
    ids: Vec<String>,

    #[command(flatten)]
    about: AboutOptions,

    #[command(flatten)]
    output: OutputOptions<IndicatorFormat>,
}

/// A format of the pages: any that has prose and charts.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum IndicatorFormat {
    /// For the terminal
    #[default]
    Text,
    /// For a wiki or an issue
    Markdown,
    /// A web page of its own, for everyone
    Html,
    /// An Excel workbook
    Xlsx,
    /// The same workbook as an OpenDocument spreadsheet
    Ods,
    /// A Word document
    Docx,
    /// The same document as an accessible PDF, if the program was built with it
    Pdf,
}

impl From<IndicatorFormat> for Format {
    fn from(format: IndicatorFormat) -> Self {
        match format {
            IndicatorFormat::Text => Self::Text,
            IndicatorFormat::Markdown => Self::Markdown,
            IndicatorFormat::Html => Self::Html,
            IndicatorFormat::Xlsx => Self::Xlsx,
            IndicatorFormat::Ods => Self::Ods,
            IndicatorFormat::Docx => Self::Docx,
            IndicatorFormat::Pdf => Self::Pdf,
        }
    }
}

pub(super) fn run(options: &IndicatorOptions) -> Result<ExitCode> {
    let format = options.output.format()?;
    keep_inputs_safe(&options.about.project, &options.output.file)?;
    let project = options.about.project.open(Keep::Nothing);
    let mut findings = Findings::default();
    let definition = read_definition_about(&project, &options.about, &mut findings);
    let Some(definition) = definition else { return refuse(&findings) };
    if !definition.has_table(TableName::Scorecard) {
        let mistake = "the page of an indicator is a part of the scorecard, which is not in the \
            public edition: `public_tables` of [disclosure] says which tables are";
        return Err(Mistake(mistake.to_owned()).into());
    }
    let asked: Option<Vec<_>> =
        options.ids.iter().map(|id| find::indicator(&definition, id, &mut findings)).collect();
    let request = ReportRequest::of(&options.about, Reach::Commentaries);
    let report = ReportInputs::read(&project, &definition, request, &mut findings);
    let (Some(ReportInputs { history, month, scope }), Some(asked)) = (report, asked) else {
        return refuse(&findings);
    };
    let (ids, others): (Vec<_>, Vec<_>) = match asked.as_slice() {
        [] => definition.indicators_shown(month).map(|id| (id, Vec::new())).unzip(),
        _ => asked.into_iter().unzip(),
    };
    let Assessors { shown, whole, public } = Assessors::of(&history, month, &mut findings);
    if let Some(public) = &public {
        check::public_earlier_commentary(&whole, public, &mut findings);
    }
    if findings.has_errors() {
        return refuse(&findings);
    }
    let scorecard = Scorecard::assess(&shown, scope, Depth::WithParts);
    let document = indicators(&scorecard, &ids);
    write_pages(&document, format, &options.output)?;
    for (text, others) in options.ids.iter().zip(&others) {
        find::tell_others(&definition, text, others);
    }
    tell_warnings(&findings);
    Ok(ExitCode::SUCCESS)
}
