//! `scorecard report`: print or write the dashboard.

use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;

use super::{
    is_readable, keep_inputs_safe, refuse, render_pages, tell, text_style, while_checking,
    with_project,
};
use crate::cli::{AreaOptions, Format, Mistake, MonthOptions, OutputOptions, ProjectOptions};
use crate::diagnostic::Severity;
use crate::input::Keep;
use crate::layout::{TableName, add_workings, lay_out, pack};
use crate::render;
use crate::scorecard::Scorecard;

/// The options of `report`.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  scorecard                                     the latest month, in the terminal
  scorecard -m 2015-12 -a Thanet -t exceptions  one table of another month and area
  scorecard -m 2016-01 -o scorecard.html        a web page; .xlsx and .docx are documents too
  scorecard -a all -f tidy -o scorecard.csv     every figure, for other programs")]
pub struct ReportOptions {
    #[command(flatten)]
    pub(super) project: ProjectOptions,

    #[command(flatten)]
    pub(super) month: MonthOptions,

    #[command(flatten)]
    pub(super) areas: AreaOptions,

    /// A table to print; again for more [default: all but trend, definitions and notes]
    #[arg(short, long = "table", value_name = "NAME")]
    pub(super) tables: Vec<TableName>,

    #[command(flatten)]
    pub(super) output: OutputOptions<Format>,

    /// With tidy: three more columns at the end, for figures that are provisional or revised
    #[arg(long)]
    pub(super) marks: bool,
}

impl ReportOptions {
    /// The tables to lay out for `format`, each once.
    fn tables(&self, format: Format) -> Result<Vec<TableName>, Mistake> {
        if self.marks && format != Format::Tidy {
            return Err(Mistake(format!(
                "--marks is for --format tidy; --format {} has them where there are any",
                format.name()
            )));
        }
        if format.is_complete() && !self.tables.is_empty() {
            return Err(Mistake(format!(
                "--table cannot be used with --format {}, which is always complete",
                format.name()
            )));
        }
        let mut tables = Vec::new();
        for table in &self.tables {
            if !tables.contains(table) {
                tables.push(*table);
            }
        }
        match (format, tables.len()) {
            (Format::Csv, 0) => Ok(vec![TableName::Scorecard]),
            (Format::Csv, 2..) => {
                Err(Mistake("--format csv is one table: name one --table".to_owned()))
            }
            (_, 0) => Ok(TableName::REPORT.to_vec()),
            _ => Ok(tables),
        }
    }
}

pub(super) fn run(options: &ReportOptions) -> Result<ExitCode> {
    let format = options.output.format()?;
    let tables = options.tables(format)?;
    keep_inputs_safe(&options.project, &options.output.file)?;
    // Only JSON says what it was made from.
    let keep = if format == Format::Json { Keep::Digests } else { Keep::Nothing };
    let chosen = options.month.month;
    with_project(&options.project, chosen, keep, |archive, month, mut findings| {
        let scorecard = Scorecard::new(&archive, month, &options.areas.areas, &mut findings);
        if !is_readable(&scorecard, &mut findings) {
            return refuse(&findings);
        }
        let mut output = options.output.file.open()?;
        let lay_out = || {
            let whole = format.is_document() && options.tables.is_empty();
            let mut document = if whole { pack(&scorecard) } else { lay_out(&scorecard, &tables) };
            if format == Format::Html {
                add_workings(&scorecard, &mut document);
            }
            document
        };
        let written = while_checking(&scorecard, keep, &mut findings, || match format {
            Format::Tidy if options.marks => {
                render::tidy::write_marked(&scorecard, &mut output).map(|()| None)
            }
            Format::Tidy => render::tidy::write(&scorecard, &mut output).map(|()| None),
            Format::Json => render::json::write(&scorecard, &mut output).map(|()| None),
            _ => Ok(Some(lay_out())),
        });
        let mut document = written.with_context(|| output.cannot_write())?;
        if findings.has_errors() {
            return refuse(&findings);
        }
        if let Some(document) = &mut document {
            document.tell(&findings);
            render_pages(document, format, text_style(&output), &mut output)
                .with_context(|| output.cannot_write())?;
        }
        drop(scorecard);
        output.finish_beside(move || {
            tell(&findings, |finding| finding.severity == Severity::Warning)?;
            // A nation's months take a while to be given back.
            drop(archive);
            Ok(())
        })?;
        Ok(ExitCode::SUCCESS)
    })
}
