//! `scorecard pack`: the whole committee pack, in a folder.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::{ArgGroup, Args, ValueEnum};

use super::edition::{Assessors, must_name_edition};
use super::inputs::{ReportInputs, ReportRequest, read_definition_about, read_template};
use super::outputs::{refuse, render_pages, tell_warnings};
use super::report;
use super::report::ReportOptions;
use super::safe::keep_inputs_safe_from;
use crate::assess::Assessor;
use crate::check;
use crate::cli::{
    AboutOptions, AreaOptions, EditionOptions, Format, MonthOptions, OutputOptions, ProductOptions,
    ProjectOptions, spelling,
};
use crate::definition::Definition;
use crate::diagnostic::Findings;
use crate::history::Reach;
use crate::input::Keep;
use crate::layout::{Document, TableName, add_workings, pack};
use crate::month::{Month, NamedMonth};
use crate::pack::{self as folder, Files, MANIFEST};
use crate::record::PUBLIC;
use crate::render;
use crate::scope::Scope;
use crate::scorecard::{Depth, Scorecard};
use crate::stderr::say;
use crate::text;

/// The options of `pack`: it has every table, so none can be chosen.
#[derive(Args, Clone, Debug)]
#[command(
    group = ArgGroup::new("what").args(["dir", "format", "output"]).required(true).multiple(true)
)]
#[command(after_help = "\
Examples:
  scorecard pack packs/2016-01 -m 2016-01         the whole pack, in a folder
  scorecard pack -m 2016-01 -o scorecard.docx     one document of it
  scorecard pack qpr --product qpr -m 2015/16-Q3  a paper that shows a part")]
pub struct PackOptions {
    /// The folder of the pack; a pack that is there is replaced. Without it, --output or --format
    /// says which document of the pack to write
    #[arg(conflicts_with_all = ["format", "output"])]
    dir: Option<PathBuf>,

    #[command(flatten)]
    project: ProjectOptions,

    /// The month: it has to be named, as the latest may not be the one that is meant
    #[arg(short, long, value_name = "YYYY-MM", value_parser = spelling::month)]
    month: NamedMonth,

    #[command(flatten)]
    areas: AreaOptions,

    #[command(flatten)]
    product: ProductOptions,

    #[command(flatten)]
    edition: EditionOptions,

    #[command(flatten)]
    output: OutputOptions<Format>,
}

pub(super) fn run(options: &PackOptions) -> Result<ExitCode> {
    let about = AboutOptions {
        project: options.project.clone(),
        month: MonthOptions { month: Some(options.month.clone()) },
        areas: options.areas.clone(),
        product: options.product.clone(),
        edition: options.edition.clone(),
    };
    match &options.dir {
        Some(dir) => write_pack(&about, dir),
        None => write_document(about, options.output.clone()),
    }
}

/// Writes one document of the pack: a report with every table.
fn write_document(about: AboutOptions, output: OutputOptions<Format>) -> Result<ExitCode> {
    let edition = about.edition.clone();
    let report =
        ReportOptions { about, tables: Vec::new(), marks: false, statistics: false, output };
    report::write(&report, |definition| must_name_edition(definition, &edition))
}

/// Writes the whole pack into a folder.
fn write_pack(about: &AboutOptions, dir: &Path) -> Result<ExitCode> {
    keep_inputs_safe_from(&about.project, dir, "folder")?;
    folder::may_replace(dir)?;
    let project = about.project.open(Keep::Digests);
    let mut findings = Findings::default();
    let definition = read_definition_about(&project, about, &mut findings);
    let Some(definition) = definition else { return refuse(&findings) };
    must_name_edition(&definition, &about.edition)?;
    let template = read_template(&project, &definition, &mut findings);
    let request = ReportRequest::of(about, Reach::TrendsOfParts);
    let report = ReportInputs::read(&project, &definition, request, &mut findings);
    let Some(ReportInputs { history, month, scope }) = report else { return refuse(&findings) };
    let assessors = Assessors::of(&history, month, &mut findings);
    if findings.has_errors() {
        return refuse(&findings);
    }
    let scorecard = Scorecard::assess(&assessors.shown, scope.clone(), Depth::WithParts);
    let mut document = whole_document(&assessors, &scorecard, &mut findings);
    document.template = template;
    // The documents are about the areas asked for; other programs get their parts as well.
    let name = file_name(&definition, month);
    let mut files = complete(&assessors.shown, &scope.with_parts(&definition), &name)?;
    documents(&document, &name, &mut files)?;
    tables(&document, &name, &mut files)?;
    let areas = scope.areas.iter().map(|area| definition.area(*area).name.clone()).collect();
    let product = definition.product().map(|product| product.id.as_str());
    // The hash of an extract would tell whether a guess of a hidden figure is right.
    let (inputs, sources) = match assessors.public {
        Some(_) => (Vec::new(), Vec::new()),
        None => (history.inputs(), history.source_inputs()),
    };
    let about = folder::PackOf {
        month,
        title: &document.title,
        product,
        edition: assessors.public.as_ref().map(|_| PUBLIC),
        areas,
        sources,
    };
    let manifest = folder::manifest(about, &inputs, &files)?;
    files.insert(MANIFEST.to_owned(), manifest);
    folder::write(dir, &files)?;
    say(&wrote(dir, &files));
    tell_warnings(&findings);
    Ok(ExitCode::SUCCESS)
}

/// Every table of a scorecard; unless it is public, with the workings and what the checks find.
pub(super) fn whole_document(
    assessors: &Assessors<'_>,
    scorecard: &Scorecard<'_>,
    findings: &mut Findings,
) -> Document {
    check::run(&assessors.whole, &scorecard.scope, check::Depth::Report, findings);
    check::settle(scorecard.history, scorecard.month, findings);
    let mut document = pack(scorecard);
    // The working of a figure names the rows that it comes from, and findings have their numbers.
    if assessors.public.is_none() {
        add_workings(scorecard, &mut document);
        document.tell(scorecard.definition, findings);
    }
    document
}

/// What has been written: the folder, its documents, and how much beside them.
fn wrote(dir: &Path, files: &Files) -> String {
    let (tables, others): (Vec<_>, Vec<_>) =
        files.keys().map(String::as_str).partition(|name| name.starts_with("csv/"));
    let count = tables.len();
    let tables = text::plural(count, "table", "tables");
    format!("wrote {}: {}, and {count} {tables} in csv", dir.display(), others.join(", "))
}

/// What the names of files end with: the month, after the product where one is shown.
fn file_name(definition: &Definition, month: Month) -> String {
    let edition = if definition.public().is_some() { "public-" } else { "" };
    match definition.product() {
        Some(product) => format!("{edition}{}-{month}", product.id),
        None => format!("{edition}{month}"),
    }
}

/// The formats for other programs.
fn complete(assessor: &Assessor<'_>, scope: &Scope, name: &str) -> Result<Files> {
    let (mut tidy, mut json) = (Vec::new(), Vec::new());
    render::tidy::write(assessor, scope, &mut tidy)?;
    render::json::write(assessor, scope, &mut json)?;
    Ok(Files::from([(format!("tidy-{name}.csv"), tidy), (format!("scorecard-{name}.json"), json)]))
}

/// The documents for readers.
fn documents(document: &Document, name: &str, files: &mut Files) -> Result<()> {
    for format in Format::value_variants().iter().filter(|format| format.is_in_pack()) {
        let mut bytes = Vec::new();
        render_pages(document, *format, render::text::Style::default(), &mut bytes)?;
        let ending = format.endings().first().copied().unwrap_or_default();
        files.insert(format!("scorecard-{name}.{ending}"), bytes);
    }
    Ok(())
}

/// Each table as CSV.
fn tables(document: &Document, name: &str, files: &mut Files) -> Result<()> {
    for table in TableName::value_variants() {
        let pages: Vec<_> =
            document.pages.iter().filter(|page| page.table == Some(*table)).collect();
        if !pages.is_empty() {
            let mut bytes = Vec::new();
            render::csv::write_pages(&pages, &mut bytes)?;
            files.insert(format!("csv/{}-{name}.csv", table.as_str()), bytes);
        }
    }
    Ok(())
}
