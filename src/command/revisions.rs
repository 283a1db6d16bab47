//! `scorecard revisions`: what was published and would be different today, and what was published
//! again and why.

use std::collections::{BTreeSet, HashMap};
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::inputs::{chosen_areas, find_product, named_month};
use super::outputs::{refuse, tell_warnings, write_listing};
use super::safe::keep_inputs_safe;
use crate::assess::Assessor;
use crate::cli::{ListingFormat, OutputOptions, ProductOptions, ProjectOptions};
use crate::diagnostic::Findings;
use crate::history::{Plan, Project};
use crate::input::Keep;
use crate::layout::{Step, revisions};
use crate::month::{Month, NamedMonth};
use crate::publish;
use crate::record::results::Results;
use crate::record::{Change, Changes, Manifest, Publication, Record, SuppressedFigures, What};
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
    #[arg(short, long, value_name = "YYYY-MM")]
    month: Option<NamedMonth>,

    /// An area to list; again for more [default: every one]
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
    let between = |was, now| {
        let mut changes = Changes::between(was, now, is_wanted);
        changes.hide(&suppressed);
        changes
    };
    for pair in published.windows(2) {
        let [(before, was), (after, now)] = pair else { continue };
        let changes = between(was, now);
        let files = changes
            .figures
            .iter()
            .map(|change| files(change, was, now, &after.definitions))
            .collect();
        let activity_files = activity_files(was, now);
        let (from, to) = (named(before), named(after));
        steps.push(Step {
            month,
            from,
            to,
            reason: after.reason.clone(),
            changes,
            files,
            activity_files,
            remark: None,
        });
    }
    if let Some((manifest, was)) = published.last() {
        let (changes, remark) = match today {
            Some(now) => (between(was, now), None),
            None => (
                Changes::default(),
                Some(
                    "its folder is no longer there, so there is nothing to compare with."
                        .to_owned(),
                ),
            ),
        };
        let files = |now| {
            changes
                .figures
                .iter()
                .map(|change| files(change, was, now, &manifest.definitions))
                .collect()
        };
        let files = today.map_or_else(Vec::new, files);
        let activity_files = today.map_or_else(String::new, |now| activity_files(was, now));
        steps.push(Step {
            month,
            from: named(manifest),
            to: "today".to_owned(),
            reason: None,
            changes,
            files,
            activity_files,
            remark,
        });
    }
    steps
}

/// `publication 1 of 1 March 2016`.
fn named(manifest: &Manifest) -> String {
    format!("publication {} of {}", manifest.revision, wording::published_day(manifest))
}

/// The files that results were made from, by their paths, each with its digest.
fn digests(results: &Results) -> HashMap<&str, &str> {
    let inputs = results.inputs.iter();
    inputs.map(|input| (input.path.as_str(), input.sha256.as_str())).collect()
}

/// The files of the month that are different: those of activity, where any is.
fn activity_files(was: &Results, now: &Results) -> String {
    let (before, after) = (digests(was), digests(now));
    let folder = now.month.to_string();
    let changed: BTreeSet<_> = before
        .keys()
        .chain(after.keys())
        .copied()
        .filter(|path| path.split('/').any(|part| part == folder))
        .filter(|path| before.get(path) != after.get(path))
        .collect();
    let is_activity = |path: &&str| {
        path.rsplit('/').next().is_some_and(|name| name.to_lowercase().starts_with("activity"))
    };
    let of_activity: Vec<_> = changed.iter().copied().filter(is_activity).collect();
    let files = if of_activity.is_empty() { changed.into_iter().collect() } else { of_activity };
    files.join(", ")
}

/// Which files made a figure different: those that it comes from and that have changed, else the
/// definitions or the extract of its month; where no file has, the program.
fn files(change: &Change<'_>, was: &Results, now: &Results, definitions: &str) -> String {
    let (before, after) = (digests(was), digests(now));
    let is_changed = |path: &str| before.get(path) != after.get(path);
    let figures = [change.was, change.now].into_iter().flatten();
    let mut places: BTreeSet<&str> = BTreeSet::new();
    for figure in figures.clone() {
        places.extend(figure.from.places.iter().map(String::as_str));
        let earlier = match change.what {
            What::Previous => &figure.previous,
            What::Outturn => &figure.outturn,
            What::LastYear => &figure.last_year,
            What::Result | What::Rating | What::Target | What::Variance => continue,
        };
        places.extend(earlier.iter().flat_map(|earlier| &earlier.from.places).map(String::as_str));
    }
    // A place is a path with a line, or with a cell, after it.
    let paths: BTreeSet<_> = places
        .into_iter()
        .filter_map(|place| place.split(':').next())
        .filter(|path| is_changed(path))
        .collect();
    let list = |paths: &mut dyn Iterator<Item = &str>| paths.collect::<Vec<_>>().join(", ");
    if !paths.is_empty() && !matches!(change.what, What::Target) {
        return list(&mut paths.into_iter());
    }
    let months: BTreeSet<_> = figures.map(|figure| figure.data_month.to_string()).collect();
    let of_month =
        |path: &str| months.iter().any(|month| path.split('/').rev().nth(1) == Some(month));
    let extracts: BTreeSet<_> = before
        .keys()
        .chain(after.keys())
        .copied()
        .filter(|path| is_changed(path) && of_month(path))
        .collect();
    match () {
        () if is_changed(definitions)
            && (extracts.is_empty() || matches!(change.what, What::Rating | What::Target)) =>
        {
            definitions.to_owned()
        }
        () if !extracts.is_empty() => list(&mut extracts.into_iter()),
        () if was.program.version != now.program.version => {
            format!("the program, from version {} to {}", was.program.version, now.program.version)
        }
        () => list(
            &mut before
                .keys()
                .copied()
                .filter(|path| is_changed(path))
                .collect::<BTreeSet<_>>()
                .into_iter(),
        ),
    }
}
