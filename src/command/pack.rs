//! `scorecard pack`: the whole committee pack, in a folder.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{ArgGroup, Args, ValueEnum};

use super::report::ReportOptions;
use super::{
    is_readable, keep_inputs_safe_from, refuse, render_pages, report, tell, while_checking,
    with_project,
};
use crate::cli::{AreaOptions, Format, MonthOptions, OutputOptions, ProjectOptions};
use crate::definition::AreaKind;
use crate::diagnostic::Severity;
use crate::input::Keep;
use crate::layout::{Document, TableName, add_workings, pack};
use crate::month::Month;
use crate::pack::{self as folder, Files, MANIFEST};
use crate::render;
use crate::scorecard::Scorecard;

/// The options of `pack`: it has every table, so none can be chosen.
#[derive(Args, Clone, Debug)]
#[command(
    group = ArgGroup::new("what").args(["dir", "format", "output"]).required(true).multiple(true)
)]
#[command(after_help = "\
Examples:
  scorecard pack packs/2016-01 --month 2016-01      the whole pack, in a folder
  scorecard pack --month 2016-01 -o scorecard.docx  one document of it")]
pub struct PackOptions {
    /// The folder of the pack; a pack that is there is replaced. Without it, --output or --format
    /// says which document of the pack to write
    #[arg(conflicts_with_all = ["format", "output"])]
    dir: Option<PathBuf>,

    #[command(flatten)]
    project: ProjectOptions,

    /// The month: it has to be named, as the latest may not be the one that is meant
    #[arg(short, long, value_name = "YYYY-MM")]
    month: Month,

    #[command(flatten)]
    areas: AreaOptions,

    #[command(flatten)]
    output: OutputOptions<Format>,
}

pub(super) fn run(options: &PackOptions) -> Result<ExitCode> {
    let Some(dir) = options.dir.as_deref() else {
        return report::run(&ReportOptions {
            project: options.project.clone(),
            month: MonthOptions { month: Some(options.month) },
            areas: options.areas.clone(),
            tables: Vec::new(),
            marks: false,
            output: options.output.clone(),
        });
    };
    keep_inputs_safe_from(&options.project, dir, "folder")?;
    folder::may_replace(dir)?;
    with_project(
        &options.project,
        Some(options.month),
        Keep::Digests,
        |archive, month, mut findings| {
            let scorecard = Scorecard::new(&archive, month, &options.areas.areas, &mut findings);
            if !is_readable(&scorecard, &mut findings) {
                return refuse(&findings);
            }
            // The documents are about the areas asked for; other programs get all that they are made up
            // of as well.
            let within = scorecard
                .within()
                .map(|area| archive.definition().area(area))
                .filter(|area| area.kind == AreaKind::Area);
            let names: Vec<_> = within.map(|area| area.name.clone()).collect();
            let everything = Scorecard::new(&archive, month, &names, &mut findings);
            let mut files = Files::new();
            let laid_out = while_checking(&scorecard, Keep::Digests, &mut findings, || {
                complete(&everything, &mut files)?;
                let mut document = pack(&scorecard);
                add_workings(&scorecard, &mut document);
                anyhow::Ok(document)
            });
            let mut document = laid_out?;
            if findings.has_errors() {
                return refuse(&findings);
            }
            document.tell(&findings);
            documents(&document, month, &mut files)?;
            tables(&document, month, &mut files)?;
            let areas = scorecard
                .areas
                .iter()
                .map(|area| scorecard.definition.area(*area).name.clone())
                .collect();
            files.insert(
                MANIFEST.to_owned(),
                folder::manifest(
                    month,
                    &document.title,
                    areas,
                    &archive.ledger().inputs(),
                    &files,
                )?,
            );
            folder::write(dir, &files)?;
            tell(&findings, |finding| finding.severity == Severity::Warning)?;
            Ok(ExitCode::SUCCESS)
        },
    )
}

/// The formats for other programs.
fn complete(scorecard: &Scorecard<'_>, files: &mut Files) -> Result<()> {
    let mut tidy = Vec::new();
    render::tidy::write(scorecard, &mut tidy)?;
    files.insert(format!("tidy-{}.csv", scorecard.month), tidy);
    let mut json = Vec::new();
    render::json::write(scorecard, &mut json)?;
    files.insert(format!("scorecard-{}.json", scorecard.month), json);
    Ok(())
}

/// The documents for readers.
fn documents(document: &Document, month: Month, files: &mut Files) -> Result<()> {
    for format in Format::value_variants().iter().filter(|format| format.is_document()) {
        let mut bytes = Vec::new();
        render_pages(document, *format, render::text::Style::default(), &mut bytes)?;
        let ending = format.endings().first().copied().unwrap_or_default();
        files.insert(format!("scorecard-{month}.{ending}"), bytes);
    }
    Ok(())
}

/// Each table as CSV.
fn tables(document: &Document, month: Month, files: &mut Files) -> Result<()> {
    for table in TableName::value_variants() {
        let pages: Vec<_> =
            document.pages.iter().filter(|page| page.table == Some(*table)).collect();
        if let (Some(name), false) = (table.to_possible_value(), pages.is_empty()) {
            let mut bytes = Vec::new();
            render::csv::write_pages(&pages, &mut bytes)?;
            files.insert(format!("csv/{}-{month}.csv", name.get_name()), bytes);
        }
    }
    Ok(())
}
