//! Sums that cannot be made because a part has no figure that can be added.

use super::{Collected, Context};
use crate::definition::{AreaId, AreaKind, IndicatorId, Rollup};
use crate::diagnostic::{Code, Finding};
use crate::extract::{find, has_own};
use crate::population::Population;
use crate::wording;

/// Areas without a row of their own, for indicators that are rolled up, where some of the parts
/// have a figure and others have none, or only a bare percentage, average or rate.
pub(super) fn check(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let definition = context.definition;
    let summed: Vec<_> = definition
        .indicators_in_force(context.month)
        .filter(|id| definition.indicator(*id).rollup == Rollup::Sum)
        .collect();
    let areas = context.areas().filter(|area| {
        definition.area(*area).kind == AreaKind::Area && !definition.area(*area).parts.is_empty()
    });
    for area in areas {
        for &indicator in &summed {
            if !has_own(context.this.results.of(area, indicator)) {
                look(context, area, indicator, collected);
            }
        }
    }
}

fn look(
    context: Context<'_, '_>,
    area: AreaId,
    indicator: IndicatorId,
    collected: &mut Collected<'_>,
) {
    // Where no part has a figure there is nothing to add up, which is said of them.
    let Some(sum) = context.assessor.withheld_sum(area, indicator, context.month) else { return };
    let is_outstanding = |part: &AreaId| context.is_outstanding(*part, indicator);
    let is_else = !sum.reasons.is_empty() || !sum.bare.is_empty() || !sum.low.is_empty();
    if !is_else && sum.missing.iter().all(is_outstanding) {
        return;
    }
    collected.add(Code::SumIncomplete, || {
        let found = format!(
            "{} cannot be added up: {}",
            context.name(area, indicator),
            wording::withheld(context.definition, &sum)
        );
        let remedy = "add what is missing to the extract, including for a part that has ended since; or \
            give the area a row of its own";
        let row = sum.first_there().and_then(|there| {
            find(context.this.results.of(there, indicator), Population::Everyone)
        });
        let place = row.map(|row| context.this.results.place(row));
        let subject = context.definition.subject(area, indicator);
        Finding::new(Code::SumIncomplete, place, found, remedy).about(subject)
    });
}
