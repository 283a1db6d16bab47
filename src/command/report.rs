//! `scorecard report`: print or write the dashboard.

use std::io::Write;
use std::mem::ManuallyDrop;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;

use super::edition::Assessors;
use super::inputs::{ReportInputs, ReportRequest, read_definition_about, read_template};
use super::outputs::{print, refuse, render_pages, tell_warnings, text_style};
use super::safe::keep_inputs_safe;
use crate::check;
use crate::cli::{AboutOptions, Format, Mistake, OutputOptions};
use crate::definition::Definition;
use crate::diagnostic::Findings;
use crate::history::Reach;
use crate::input::Keep;
use crate::layout::{TableName, add_workings, lay_out, pack};
use crate::render;
use crate::scorecard::{Depth, Scorecard};

/// The options of `report`.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  scorecard                             the latest month, in the terminal
  scorecard -m 2015-12 -a \"North Kent\"  another month and area
  scorecard -t exceptions               another table
  scorecard -o scorecard.html           a web page; or .xlsx, .docx
  scorecard -a all -f tidy -o all.csv   every figure, for other programs
  scorecard --product quarterly-report  a paper that shows a part of it
  scorecard --edition public            without what could identify somebody")]
pub struct ReportOptions {
    #[command(flatten)]
    pub(super) about: AboutOptions,

    /// A table to print; again or with commas for more [default: summary and scorecard on a screen, else all but
    /// trend, definitions and notes]
    #[arg(short, long = "table", value_name = "NAME", value_delimiter = ',')]
    pub(super) tables: Vec<TableName>,

    #[command(flatten)]
    pub(super) output: OutputOptions<Format>,

    /// With tidy: three more columns at the end, for figures that are provisional or revised
    #[arg(long)]
    pub(super) marks: bool,

    /// With tidy: ten more columns at the end, for intervals, limits and what they show
    #[arg(long)]
    pub(super) statistics: bool,
}

impl ReportOptions {
    /// The tables asked for, each once.
    fn tables(&self, format: Format) -> Result<Vec<TableName>, Mistake> {
        if self.marks && format != Format::Tidy {
            return Err(Mistake(format!(
                "--marks is for --format tidy; --format {} has them where there are any",
                format.name()
            )));
        }
        if self.statistics && format != Format::Tidy {
            return Err(Mistake(format!(
                "--statistics is for --format tidy; --format {} has what the definitions ask for",
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
        if format == Format::Csv && tables.len() > 1 {
            return Err(Mistake("--format csv is one table: name one --table".to_owned()));
        }
        Ok(tables)
    }

    /// The tables to lay out where none is asked for: those of the product that is shown, or of
    /// every report. A screen has what there is to know first; CSV is one table.
    fn usual_tables(&self, definition: &Definition, format: Format) -> Vec<TableName> {
        let of_product = definition.product().map(|product| product.tables.as_slice());
        let of_product = of_product.filter(|tables| !tables.is_empty());
        let tables = of_product.unwrap_or(TableName::REPORT);
        match format {
            Format::Text if of_product.is_none() && self.output.file.path().is_none() => {
                TableName::SCREEN.to_vec()
            }
            Format::Csv if tables.contains(&TableName::Scorecard) => vec![TableName::Scorecard],
            Format::Csv => tables.iter().copied().take(1).collect(),
            _ => tables.to_vec(),
        }
    }
}

/// How to see what a screen does not show: the month before, where this one has no figures.
fn more(scorecard: &Scorecard<'_>) -> String {
    let mut months = scorecard.history.months();
    let before = months.rfind(|month| *month < scorecard.month && !scorecard.has_figures());
    let before = before.map_or_else(String::new, |before| {
        format!("  scorecard -m {before}        the month before, as this one has no figures yet\n")
    });
    format!("\nMore:\n{before}{MORE}")
}

const MORE: &str = "  scorecard -t exceptions     another table: scorecard --help names them all
  scorecard explain ID        the working behind a figure
  scorecard -o report.html    all of it for a browser; or .docx, .xlsx, .txt
";

pub(super) fn run(options: &ReportOptions) -> Result<ExitCode> {
    write(options, |_| Ok(()))
}

/// Writes a report of definitions that `may_be_used`.
pub(super) fn write(
    options: &ReportOptions,
    may_be_used: impl Fn(&Definition) -> Result<(), Mistake>,
) -> Result<ExitCode> {
    let format = options.output.format()?;
    let asked = options.tables(format)?;
    keep_inputs_safe(&options.about.project, &options.output.file)?;
    // Only JSON lists what it was made from.
    let keep = if format == Format::Json { Keep::Digests } else { Keep::Nothing };
    let project = options.about.project.open(keep);
    let reach = match format {
        Format::Tidy if options.statistics => Reach::Statistics,
        Format::Tidy => Reach::Comparisons,
        _ => Reach::Trends,
    };
    let request = ReportRequest::of(&options.about, reach);
    let mut findings = Findings::default();
    let (definition, ()) = rayon::join(
        || read_definition_about(&project, &options.about, &mut findings),
        || project.read_ahead(request.month),
    );
    // Leaked on purpose: freeing a large definition is slower than exiting.
    let Some(definition) = definition.map(ManuallyDrop::new) else { return refuse(&findings) };
    may_be_used(&definition)?;
    if let Some(table) = asked.iter().find(|table| !definition.has_table(**table)) {
        let mistake = format!(
            "--table {} is not in the public edition: `public_tables` of [disclosure] says which are",
            table.as_str()
        );
        return Err(Mistake(mistake).into());
    }
    let is_first_look = asked.is_empty() && format == Format::Text;
    let tables = match asked.as_slice() {
        [] => options.usual_tables(&definition, format),
        _ => asked,
    };
    let template = (format == Format::Docx)
        .then(|| read_template(&project, &definition, &mut findings))
        .flatten();
    let report = ReportInputs::read(&project, &definition, request, &mut findings);
    let Some(ReportInputs { history, month, scope }) = report else { return refuse(&findings) };

    let assessors = Assessors::of(&history, month, &mut findings);
    if findings.has_errors() {
        return refuse(&findings);
    }
    let mut output = options.output.file.open()?;
    if format.is_complete() {
        // Each area is written as soon as it is assessed; the checks run beside it.
        let optional =
            render::tidy::Optional { marks: options.marks, statistics: options.statistics };
        let write = || match format {
            Format::Json => render::json::write(&assessors.shown, &scope, &mut output),
            _ => render::tidy::write_with(&assessors.shown, &scope, optional, &mut output),
        };
        let check = || check::run(&assessors.whole, &scope, check::Depth::Report, &mut findings);
        let (written, ()) = rayon::join(write, check);
        written.with_context(|| output.cannot_write())?;
        check::settle(&history, month, &mut findings);
    } else {
        let is_whole = format.is_document() && options.tables.is_empty();
        // The working of a figure names the rows that it comes from, which are not public.
        let has_workings = format == Format::Html && assessors.public.is_none();
        let has_parts = tables.iter().any(|table| table.depth() == Depth::WithParts);
        let depth =
            if is_whole || has_workings || has_parts { Depth::WithParts } else { Depth::Chosen };
        let scorecard = Scorecard::assess(&assessors.shown, scope, depth);
        check::run(&assessors.whole, &scorecard.scope, check::Depth::Report, &mut findings);
        let mut document = if is_whole { pack(&scorecard) } else { lay_out(&scorecard, &tables) };
        document.template = template;
        if has_workings {
            add_workings(&scorecard, &mut document);
        }
        check::settle(&history, month, &mut findings);
        if assessors.public.is_none() {
            document.tell(&definition, &findings);
        }
        render_pages(&document, format, text_style(&output), &mut output)
            .with_context(|| output.cannot_write())?;
        if is_first_look && tables == TableName::SCREEN {
            output.write_all(more(&scorecard).as_bytes())?;
        }
    }
    // A nation's months are given back while the disk takes the report.
    drop(assessors);
    rayon::join(|| print(output, options.output.no_pager), || drop(history)).0?;
    tell_warnings(&findings);
    Ok(ExitCode::SUCCESS)
}
