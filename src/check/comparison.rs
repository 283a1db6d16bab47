//! What a result is compared with: months that are not there, results that are not in them, years
//! that are not alike.

use std::collections::{BTreeMap, BTreeSet};

use super::{Collected, Context};
use crate::assess::{Assessed, Earlier, Entry, Figure, SeriesKey};
use crate::definition::{ActivityId, CompareWith, Frequency, IndicatorId, Period};
use crate::diagnostic::{Code, Finding, Place, Subject};
use crate::month::Month;
use crate::text::plural;

/// As few earlier months as make a history.
const FEW: usize = 4;

/// The folders that something is compared with: of the period before, and of the outturn.
pub(super) fn folders(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let before = previous_months(context);
    let missing = || before.iter().filter(|month| !context.has_folder(**month));
    for &month in missing() {
        collected.add(Code::NoPrevious, || {
            let found =
                format!("there is no month {month} to compare {} with", context.month.long());
            let remedy = format!(
                "make the folder {month} with its results.csv, even if only with values; {}",
                off(Code::NoPrevious)
            );
            Finding::nowhere(Code::NoPrevious, found, remedy)
        });
    }
    let outturn = context.assessor.outturn_month();
    // In the first month of a year they are the same.
    let is_said = missing().any(|month| *month == outturn);
    if needs_outturn(context) && !is_said && !context.has_folder(outturn) {
        collected.add(Code::NoOutturn, || {
            let found =
                format!("there is no month {outturn} to give {} its outturn", context.month.long());
            let remedy = format!(
                "make the folder {outturn} with its results.csv, even if only with values; {}",
                off(Code::NoOutturn)
            );
            Finding::nowhere(Code::NoOutturn, found, remedy)
        });
    }
}

/// The months of the periods before: of figures of the report month, of those that are due, and of
/// last month's activity. What is carried forward has been compared when it was new.
fn previous_months(context: Context<'_, '_>) -> BTreeSet<Month> {
    let (definition, month) = (context.definition, context.month);
    let mut months = BTreeSet::new();
    if !definition.activities.is_empty() {
        months.insert(month.before(1));
    }
    for id in definition.indicators_in_force(month) {
        let indicator = definition.indicator(id);
        let before = month.before(indicator.frequency.months());
        let is_new = || {
            let latest = context.assessor.latest(SeriesKey::everyone(definition.top, id), month);
            latest.is_some_and(|figure| figure.month == month)
        };
        if indicator.compare.has(CompareWith::Previous)
            && indicator.in_force.covers(before)
            && (indicator.frequency == Frequency::Monthly || is_new())
        {
            months.insert(before);
        }
    }
    months
}

/// Whether a figure of the report month, or one that is due, is compared with an outturn that is
/// not there.
fn needs_outturn(context: Context<'_, '_>) -> bool {
    let (definition, month) = (context.definition, context.month);
    let outturn = context.assessor.outturn_month();
    let mut in_force = definition.indicators_in_force(month);
    in_force.any(|id| {
        let indicator = definition.indicator(id);
        let key = SeriesKey::everyone(definition.top, id);
        let latest = |month| context.assessor.latest(key, month);
        let is_new = || latest(month).is_some_and(|figure| figure.month == month);
        indicator.compare.has(CompareWith::Outturn)
            && indicator.in_force.covers(outturn)
            && (indicator.frequency == Frequency::Monthly
                || (is_new() && latest(outturn).is_none()))
    })
}

fn off(code: Code) -> String {
    format!("in a first year, write {} = \"off\" under [findings]", code.as_str())
}

/// What cannot be seen because there are few months, said once. What a project of its first months
/// lacks is said by the folders that are not there.
pub(super) fn short_history(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let earlier = context.months().count().saturating_sub(1);
    let last_year = context.month.before(12);
    let mut unseen = Vec::new();
    if earlier < super::limits::LEAST {
        unseen.push(format!("what is far outside ({} months are needed)", super::limits::LEAST));
    }
    if !context.has_folder(last_year) {
        unseen.push(format!("what is usual for the season ({last_year} is needed)"));
    }
    if earlier < FEW || unseen.is_empty() {
        return;
    }
    collected.add(Code::ShortHistory, || {
        let found = format!(
            "with {earlier} months before {}, it cannot be seen {}",
            context.month.long(),
            unseen.join(", nor ")
        );
        let remedy = "nothing to do: it comes with time, or with the folders of earlier months";
        Finding::nowhere(Code::ShortHistory, found, remedy)
    });
}

/// The results of the top area.
fn results<'t, 'e>(top: &'t [Entry<'e>]) -> impl Iterator<Item = (IndicatorId, &'t Assessed<'e>)> {
    let figures = top.iter().filter_map(|entry| Some((entry.indicator, entry.including.as_ref()?)));
    figures.filter(|(_, assessed)| assessed.outcome.is_some())
}

/// A year to date beside one of the year before: after one month of a year, a twelfth beside a
/// whole. A count of the year to date has no arrow that could mislead.
pub(super) fn across_years(
    context: Context<'_, '_>,
    top: &[Entry<'_>],
    collected: &mut Collected<'_>,
) {
    let year = |month| context.definition.financial_year(month);
    let mut across: BTreeMap<(Month, Month), Vec<IndicatorId>> = BTreeMap::new();
    for (id, assessed) in results(top) {
        let Some(previous) = assessed.previous.result() else { continue };
        let (now, before) = (assessed.figure.month, previous.figure.month);
        if context.definition.indicator(id).period == Period::YearToDate
            && previous.direction.is_some()
            && year(now) != year(before)
        {
            across.entry((now, before)).or_default().push(id);
        }
    }
    for ((now, before), ids) in across {
        collected.add(Code::AcrossYear, || {
            let found = format!(
                "the {} {} {} compared with {} of the year before: {} with {}",
                plural(
                    ids.len(),
                    "year to date of indicator",
                    "results of the year to date of indicators"
                ),
                context.list(&ids),
                plural(ids.len(), "is", "are"),
                plural(ids.len(), "that", "those"),
                now.long(),
                before.long(),
            );
            let remedy = "say so in the paper: the arrow from the previous result compares the start \
                of a year with a whole one";
            Finding::new(Code::AcrossYear, Place::file(&context.definition.path), found, remedy)
                .about(context.definition.subject_indicators(Some(context.definition.top), &ids))
        });
    }
}

/// Earlier figures that are not what was published any more: one finding for each month, as they
/// often have one cause.
pub(super) fn revised(context: Context<'_, '_>, top: &[Entry<'_>], collected: &mut Collected<'_>) {
    let definition = context.definition;
    let mut by_month: BTreeMap<Month, Vec<IndicatorId>> = BTreeMap::new();
    for entry in top {
        let Some(assessed) = &entry.including else { continue };
        let compared = assessed.earlier().into_iter();
        let compared = compared.filter_map(|earlier| Some(&earlier.result()?.figure));
        for figure in compared.chain([&assessed.figure]).filter(|figure| figure.revised.is_some()) {
            let ids = by_month.entry(figure.month).or_default();
            if ids.last() != Some(&entry.indicator) {
                ids.push(entry.indicator);
            }
        }
    }
    for (month, ids) in by_month {
        collected.add(Code::FiguresRevised, || {
            let found = format!(
                "{} of {} in {} {} not what was published: indicator{} {}",
                plural(ids.len(), "a figure", "figures"),
                definition.area(definition.top).name,
                month.long(),
                plural(ids.len(), "is", "are"),
                plural(ids.len(), "", "s"),
                context.list(&ids),
            );
            let place = context.history.folder(month).map(Place::of_path);
            let subject = context.definition.subject_indicators(Some(definition.top), &ids);
            Finding::new(Code::FiguresRevised, place, found, REVISED).about(subject)
        });
    }
}

/// Counts of activity of last month that are not what was published any more, which often have one
/// cause.
pub(super) fn activity_revised(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let (definition, before) = (context.definition, context.month.before(1));
    let mut revised = Vec::new();
    for &area in context.scope.within() {
        let is_revised =
            |id: &ActivityId| context.assessor.reported_activity(area, *id, before).1.is_some();
        revised.extend(definition.activity_ids().filter(is_revised).map(|id| (area, id)));
    }
    let Some(&(area, id)) = revised.first() else { return };
    collected.add(Code::FiguresRevised, || {
        let (name, more) = (&definition.activity(id).id, revised.len() - 1);
        let and_more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let found = format!(
            "{} of activity in {} {} not what was published: {name} of {}{and_more}",
            plural(revised.len(), "a count", "counts"),
            before.long(),
            plural(revised.len(), "is", "are"),
            definition.area(area).name,
        );
        let place = context.history.folder(before).map(Place::of_path);
        let subject =
            if more == 0 { definition.subject_activity(area, id) } else { Subject::default() };
        Finding::new(Code::FiguresRevised, place, found, REVISED).about(subject)
    });
}

/// What to do about what is not what was published.
const REVISED: &str = "`scorecard revisions` lists what has changed: publish that month again \
    with --reason, or correct its folder";

/// Results without a previous one or without an outturn, where the month is there: one finding for
/// each month, as they often have one cause.
pub(super) fn uncompared(
    context: Context<'_, '_>,
    top: &[Entry<'_>],
    collected: &mut Collected<'_>,
) {
    let definition = context.definition;
    let outturn = context.assessor.outturn_month();
    let mut without: BTreeMap<(Code, Month), Vec<(IndicatorId, &Assessed<'_>)>> = BTreeMap::new();
    for (id, assessed) in results(top) {
        let indicator = definition.indicator(id);
        // What a gap is between is missed, and not the gap.
        if indicator.gap.is_some() {
            continue;
        }
        let was_there = |month| {
            indicator.in_force.covers(month)
                && definition.area(definition.top).in_force.covers(month)
                && context.has_folder(month)
        };
        let previous = assessed.figure.month.before(indicator.frequency.months());
        let is_asked = |with| indicator.compare.has(with);
        if is_asked(CompareWith::Previous)
            && is_unanswered(&assessed.previous)
            && was_there(previous)
        {
            without.entry((Code::NoPreviousResult, previous)).or_default().push((id, assessed));
        }
        if is_asked(CompareWith::Outturn)
            && assessed.figure.month > outturn
            && is_unanswered(&assessed.outturn)
            && was_there(outturn)
        {
            without.entry((Code::NoOutturnResult, outturn)).or_default().push((id, assessed));
        }
    }
    for ((code, month), entries) in without {
        collected.add(code, || {
            let ids: Vec<_> = entries.iter().map(|(id, _)| *id).collect();
            let found = format!(
                "{} {} of {} {} no result in {}, so {} no arrow from {}",
                plural(ids.len(), "indicator", "indicators"),
                context.list(&ids),
                definition.area(definition.top).name,
                plural(ids.len(), "has", "have"),
                month.long(),
                plural(ids.len(), "it has", "they have"),
                if code == Code::NoPreviousResult { "the previous result" } else { "the outturn" },
            );
            let remedy = format!("add it to the extract of {month}, even if only as a value");
            let place = entries.iter().find_map(|(_, assessed)| context.place(&assessed.figure));
            let subject = context.definition.subject_indicators(Some(definition.top), &ids);
            Finding::new(code, place, found, remedy).about(subject)
        });
    }
}

/// Whether there is no earlier result, and nothing that says why there is none.
fn is_unanswered(earlier: &Earlier<'_>) -> bool {
    let says_why = |figure: &Figure<'_>| figure.says_why();
    earlier.result().is_none() && !earlier.figure().is_some_and(says_why)
}

/// Figures of the report's areas that are not of its month.
pub(super) fn carried_forward(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let definition = context.definition;
    let seldom = definition
        .indicator_ids()
        .filter(|id| definition.indicator(*id).frequency != Frequency::Monthly);
    for id in seldom.filter(|id| definition.indicator(*id).in_force.covers(context.month)) {
        let mut figures = context.scope.areas.iter().filter_map(|&area| {
            let key = SeriesKey::everyone(area, id);
            let figure = context.assessor.latest(key, context.month)?;
            // What is said of an earlier period instead of a figure is no figure.
            let is_figure = figure.amount.reason().is_none();
            (figure.month != context.month && is_figure).then_some((area, figure))
        });
        let Some((area, figure)) = figures.next() else { continue };
        let more = figures.count();
        collected.add(Code::CarriedForward, || {
            let and_more = if more > 0 {
                format!(" and {more} more {}", plural(more, "area", "areas"))
            } else {
                String::new()
            };
            let found = format!(
                "{}{and_more} is carried forward from {}",
                context.name(area, id),
                figure.month.long()
            );
            let remedy =
                "nothing to do, unless there is a newer figure; the report shows which month it \
                    is from";
            let subject =
                context.definition.subject_indicators((more == 0).then_some(area), &[id]);
            Finding::new(Code::CarriedForward, context.place(&figure), found, remedy).about(subject)
        });
    }
}
