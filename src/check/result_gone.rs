//! Results that were worked out in the period before and cannot be worked out now.

use super::moved::Moved;
use super::{Collected, Context, Rows, written};
use crate::assess::{Figure, Origin, SeriesKey, outcome};
use crate::definition::{AreaId, Frequency, IndicatorId, Rollup};
use crate::diagnostic::{Code, Finding, Place};
use crate::extract::{Observation, has_own};
use crate::figure::Decimal;
use crate::population::Population;
use crate::wording;

/// Below this many, that there is nobody to count among is chance.
const LEAST: i64 = 10;

/// A row that is gone, from which a result was worked out.
pub(super) fn row(
    context: Context<'_, '_>,
    rows: &Rows<'_, '_>,
    before: &Figure<'_>,
    row: &Observation,
    collected: &mut Collected<'_>,
) {
    let (Population::Cohort(cohort) | Population::Excluding(cohort)) = row.population() else {
        return;
    };
    let place = context.history.extract(before.month).map(|extract| extract.results.place(row));
    let who = Population::Excluding(cohort);
    let remedy = format!(
        "add the row of {} to this month's extract; if there will be no more, end the indicator \
            or the area with `until`",
        context.definition.population_name(row.population())
    );
    add(context, (rows.area, rows.id, who), before, place, &remedy, collected);
}

/// An area whose figure was the sum of its parts, and has none.
pub(super) fn sum(
    context: Context<'_, '_>,
    area: AreaId,
    id: IndicatorId,
    collected: &mut Collected<'_>,
) {
    let definition = context.definition;
    let indicator = definition.indicator(id);
    if indicator.rollup != Rollup::Sum
        || definition.area(area).parts.is_empty()
        || has_own(context.this.results.of(area, id))
    {
        return;
    }
    // A month without any results has a finding of its own.
    if context.this.results.is_empty() || context.is_outstanding(area, id) {
        return;
    }
    // Where a part says why it has no figure, that is what keeps the sum from being made.
    let withheld = context.assessor.withheld_sum(area, id, context.month);
    if withheld.is_some_and(|sum| !sum.reasons.is_empty()) {
        return;
    }
    let due = context.month.before(indicator.frequency.months());
    for who in definition.populations().filter(|who| !matches!(who, Population::Cohort(_))) {
        let key = SeriesKey::everyone(area, id).about(who);
        let latest = |month| context.assessor.latest(key, month);
        if latest(context.month).is_some() {
            continue;
        }
        let Some(before) = latest(due).filter(|before| matches!(before.origin, Origin::Sum)) else {
            continue;
        };
        let results = context.history.extract(before.month).map(|extract| &extract.results);
        let place = results.and_then(|results| {
            let mut parts = definition.parts_of_sum(area, id, before.month);
            parts.find_map(|part| results.of(part, id).first().map(|row| results.place(row)))
        });
        let remedy = "add what is missing of its parts, or give the area a row of its own";
        add(context, (area, id, who), &before, place, remedy, collected);
        // What everyone's figure says, those without cohorts need not say again.
        return;
    }
}

/// A figure that has nobody to be counted among any more. Says whether there is a finding.
pub(super) fn look(
    context: Context<'_, '_>,
    moved: &Moved<'_>,
    collected: &mut Collected<'_>,
) -> bool {
    let Some(before) = moved.before.amount.denominator() else { return false };
    let is_gone = moved.now.amount.denominator().is_some_and(Decimal::is_zero);
    let is_season = moved.indicator.frequency != Frequency::Annual
        && moved
            .figure(context, context.month.before(12))
            .is_some_and(|then| outcome(&then.amount, moved.indicator).is_none());
    if !is_gone
        || *before < Decimal::new(LEAST, 0)
        || is_season
        || moved.starts_again(context, moved.before.month, moved.now.month)
    {
        return false;
    }
    let remedy = "check that it has been counted: a blank or a failed query is often sent as 0";
    let who = (moved.area, moved.id, moved.who);
    add(context, who, &moved.before, moved.place(context), remedy, collected);
    true
}

fn add(
    context: Context<'_, '_>,
    (area, id, who): (AreaId, IndicatorId, Population),
    before: &Figure<'_>,
    place: Option<Place>,
    remedy: &str,
    collected: &mut Collected<'_>,
) {
    let indicator = context.definition.indicator(id);
    collected.add(Code::ResultGone, || {
        let was = outcome(&before.amount, indicator).map_or_else(
            || written(&before.amount, indicator.unit),
            |result| wording::outcome(&result, indicator),
        );
        let found = format!(
            "{} has no result in {}; that of {} was {was}",
            context.name_of(area, id, who),
            context.month.long(),
            before.month.long(),
        );
        Finding::new(Code::ResultGone, place, found, remedy)
    });
}
