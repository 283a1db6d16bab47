//! `scorecard revisions`: what was published and would be different today, and what was published
//! again and why.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::changed_files::ChangedFiles;
use super::inputs::{chosen_areas, find_product, named_month};
use super::outputs::{refuse, tell_warnings, write_listing};
use super::safe::keep_inputs_safe;
use crate::assess::Assessor;
use crate::cli::{ListingFormat, OutputOptions, ProductOptions, ProjectOptions, spelling};
use crate::diagnostic::Findings;
use crate::history::{Plan, Project};
use crate::input::Keep;
use crate::layout::{Step, revisions};
use crate::month::{Month, NamedMonth};
use crate::publish;
use crate::record::results::Results;
use crate::record::{Changes, Manifest, Publication, Record, SuppressedFigures};
use crate::render;
use crate::scope::Scope;
use crate::wording;

/// The options of `revisions`.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  scorecard revisions
  scorecard revisions --month 2015-12 --area Kent
  scorecard revisions --product quarterly
  scorecard revisions --output revisions.csv")]
pub struct RevisionsOptions {
    #[command(flatten)]
    project: ProjectOptions,

    /// The only month to list, or the quarter that it ends [default: every one that was published]
    #[arg(short, long, value_name = "YYYY-MM", value_parser = spelling::month)]
    month: Option<NamedMonth>,

    /// An area to list; again or with commas for more [default: every one]
    #[arg(short, long = "area", value_name = "NAME")]
    areas: Vec<String>,

    #[command(flatten)]
    product: ProductOptions,

    #[command(flatten)]
    output: OutputOptions<ListingFormat>,
}

pub(super) fn run(options: &RevisionsOptions) -> Result<ExitCode> {
    let format = options.output.format()?;
    keep_inputs_safe(&options.project, &options.output.file)?;
    let project =
        Project::within(options.project.definitions.clone(), options.project.data(), Keep::Digests);
    let mut findings = Findings::default();
    let Some(definition) = project.definition(&mut findings) else { return refuse(&findings) };
    let only = match &options.month {
        Some(named) => match named_month(named, &definition, &mut findings) {
            Some(month) => Some(month),
            None => return refuse(&findings),
        },
        None => None,
    };
    let calendar = project.calendar(&definition, &mut findings);
    let product = match &options.product.product {
        Some(id) => match find_product(&definition, id, &mut findings) {
            Some(index) => Some(&definition.products[index]),
            None => return refuse(&findings),
        },
        None => None,
    };
    let asked = match product {
        Some(product) if options.areas.is_empty() => &product.areas,
        _ => &options.areas,
    };
    let areas = chosen_areas(asked, &definition, &mut findings);
    let record = project.record(&mut findings);
    if let Some(month) = only.filter(|month| record.latest(*month).is_none()) {
        findings.push(record.not_published(month));
        return refuse(&findings);
    }
    record.audit(only, &mut findings);
    let wanted = |month: &Month| only.is_none_or(|only| only == *month);
    let months: Vec<_> = record.months().filter(wanted).collect();
    let plans = months.iter().map(|month| publish::plan(&definition, *month));
    let plan = plans.fold(Plan::default(), Plan::and);
    let show = |results: &mut Results| {
        if let Some(product) = product {
            results.show(&definition, product);
        }
    };
    let mut published: Vec<_> =
        months.iter().map(|month| published(&record, *month, &mut findings)).collect();
    for (_, results) in published.iter_mut().flatten() {
        show(results);
    }
    let history = project.read(&definition, calendar, plan, &mut findings);
    if findings.has_errors() {
        return refuse(&findings);
    }
    // Where its folder is gone, a month would be nothing today.
    let today = |month: &Month| {
        history.folder(*month)?;
        let assessor = Assessor::new(&history, *month);
        let mut results = render::json::results(&assessor, &Scope::everywhere(&definition, *month));
        show(&mut results);
        Some(results)
    };
    let today: Vec<_> = months.iter().map(today).collect();
    let is_wanted =
        |area: &str| areas.as_ref().is_none_or(|areas| areas.iter().any(|wanted| wanted == area));
    let steps: Vec<_> = months
        .iter()
        .zip(published.iter().zip(&today))
        .flat_map(|(month, (published, today))| {
            steps_of(*month, published, today.as_ref(), &is_wanted)
        })
        .collect();
    let title = product.map_or(&definition.title, |product| &product.title);
    let document = revisions(title, &steps).for_directors(&definition);
    write_listing(&document, format, &options.output)?;
    tell_warnings(&findings);
    Ok(ExitCode::SUCCESS)
}

/// Every publication of a month, with its results.
fn published(record: &Record, month: Month, findings: &mut Findings) -> Vec<(Manifest, Results)> {
    let mut read = |publication: &Publication| {
        let manifest = record.manifest(publication, findings)?;
        let results = record.results(publication, &manifest, findings)?;
        Some((manifest, results))
    };
    record.publications(month).filter_map(&mut read).collect()
}

/// From each publication of a month to the next, and from the latest to today.
fn steps_of<'s>(
    month: Month,
    published: &'s [(Manifest, Results)],
    today: Option<&'s Results>,
    is_wanted: &impl Fn(&str) -> bool,
) -> Vec<Step<'s>> {
    let mut steps = Vec::new();
    // What may not be shown today is not shown as it was published either.
    let mut suppressed = SuppressedFigures::default();
    let latest = today.or_else(|| published.last().map(|(_, latest)| latest));
    if let Some(latest) = latest {
        suppressed.add(latest);
    }
    let step = |from: &'s (Manifest, Results), to, now, definitions: &str, reason| {
        let (manifest, was) = from;
        let mut changes = Changes::between(was, now, is_wanted);
        changes.hide(&suppressed);
        let changed = ChangedFiles::between(was, now);
        let of_figure = |change| changed.of_figure(change, definitions);
        Step {
            month,
            from: named(manifest),
            to,
            reason,
            files: changes.figures.iter().map(of_figure).collect(),
            activity_files: changed.of_activity(),
            changes,
            remark: None,
        }
    };
    for pair in published.windows(2) {
        let [before, (after, now)] = pair else { continue };
        steps.push(step(before, named(after), now, &after.definitions, after.reason.clone()));
    }
    let today_in_words = "today".to_owned();
    match (published.last(), today) {
        (Some(latest @ (manifest, _)), Some(now)) => {
            steps.push(step(latest, today_in_words, now, &manifest.definitions, None));
        }
        (Some((manifest, _)), None) => steps.push(Step {
            month,
            from: named(manifest),
            to: today_in_words,
            reason: None,
            changes: Changes::default(),
            files: Vec::new(),
            activity_files: String::new(),
            remark: Some(
                "its folder is no longer there, so there is nothing to compare with.".to_owned(),
            ),
        }),
        (None, _) => {}
    }
    steps
}

/// `publication 1 of 1 March 2016`.
fn named(manifest: &Manifest) -> String {
    format!("publication {} of {}", manifest.revision, wording::published_day(manifest))
}
