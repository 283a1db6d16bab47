//! Figures that the table of a cohort compares, with nothing there to compare them with.

use super::{Collected, Context, Rows};
use crate::assess::SeriesKey;
use crate::definition::{AreaId, Cohort, IndicatorId};
use crate::diagnostic::{Code, Finding, Place};
use crate::extract::{self, Observation};
use crate::population::{CohortId, Population};

/// A figure of a cohort, or of everyone else, in an area that has none for everyone. One that was
/// there in the period before is said to be gone.
pub(super) fn look(context: Context<'_, '_>, rows: &Rows<'_, '_>, collected: &mut Collected<'_>) {
    let says_why = |row: &Observation| row.reason().is_some();
    if extract::find(rows.now.rows, Population::Everyone).is_some_and(says_why) {
        return;
    }
    if rows.of(Population::Everyone).is_some() || rows.before.of(Population::Everyone).is_some() {
        return;
    }
    let Some((_, row)) =
        rows.now.figures.iter().find(|(_, row)| !row.is_about(Population::Everyone))
    else {
        return;
    };
    collected.add(Code::CohortGap, || {
        let found = format!(
            "there is a figure for {}, and none for everyone to compare it with",
            context.name_of(rows.area, rows.id, row.population())
        );
        let finding = Finding::new(
            Code::CohortGap,
            rows.place(row),
            found,
            "add the row of everyone, with the cohort `all`",
        );
        let blank = extract::find(rows.now.rows, Population::Everyone);
        let place = blank.map(|blank| rows.place(blank));
        finding.with_related(place, "the row of everyone says that there is none")
    });
}

/// The rows that the definitions give a table: a group that names its areas and its indicators has
/// one for each.
pub(super) fn check(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    for id in context.definition.cohort_ids() {
        let cohort = context.definition.cohort(id);
        for group in &cohort.groups {
            let (Some(areas), Some(indicators)) = (&group.areas, &group.indicators) else {
                continue;
            };
            let pairs = areas
                .iter()
                .flat_map(|area| indicators.iter().map(move |indicator| (*area, *indicator)));
            for (area, indicator) in pairs {
                if let Some((is_empty, place)) = gap(context, id, area, indicator) {
                    collected.add(Code::CohortGap, || {
                        finding(context, cohort, (area, indicator), is_empty, place)
                    });
                }
            }
        }
    }
}

/// Whether a row of a table is without any figure or without the one that leaves the cohort out,
/// and where the other stands.
fn gap(
    context: Context<'_, '_>,
    cohort: CohortId,
    area: AreaId,
    indicator: IndicatorId,
) -> Option<(bool, Option<Place>)> {
    let is_in_force = context.definition.indicator(indicator).in_force.covers(context.month)
        && context.definition.area(area).in_force.covers(context.month);
    let everyone = SeriesKey::everyone(area, indicator);
    let has = |who, month| context.assessor.latest(everyone.about(who), month);
    let without = Population::Excluding(cohort);
    // What was there in the period before is said to be gone.
    let was_there = |population| has(population, context.month.before(1)).is_some();
    let rows = context.this.results.of(area, indicator);
    let says_why =
        |population| extract::find(rows, population).is_some_and(|row| row.reason().is_some());
    if !is_in_force
        || has(without, context.month).is_some()
        || says_why(Population::Everyone)
        || says_why(Population::Cohort(cohort))
    {
        return None;
    }
    match has(Population::Everyone, context.month) {
        Some(all) if !was_there(without) => Some((false, context.place(&all))),
        None if !was_there(without) && !was_there(Population::Everyone) => Some((true, None)),
        _ => None,
    }
}

fn finding(
    context: Context<'_, '_>,
    cohort: &Cohort,
    (area, indicator): (AreaId, IndicatorId),
    is_empty: bool,
    place: Option<Place>,
) -> Finding {
    let name = context.name(area, indicator);
    let without = if is_empty { String::new() } else { format!(" without {}", cohort.name) };
    let found = format!(
        "the table of {} has a row for {name}, and there is no figure{without}",
        cohort.name
    );
    let remedy = format!(
        "add the row with the cohort excluding-{0} or {0}; or take the area or the indicator out \
            of the [[cohort.group]]",
        cohort.id
    );
    Finding::new(Code::CohortGap, place.or_else(|| Some(cohort.place.clone())), found, remedy)
        .about(context.definition.subject(area, indicator))
}
