//! Sums that cannot be made because a part has no figure that can be added.

use super::{Collected, Context};
use crate::definition::{AreaId, AreaKind, IndicatorId, Rollup, Unit};
use crate::diagnostic::{Code, Finding};
use crate::extract::{find, has_own};
use crate::figure::Amount;
use crate::population::Population;
use crate::text::plural;

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
    let (definition, month) = (context.definition, context.month);
    let unit = definition.indicator(indicator).unit;
    let (mut there, mut missing, mut bare) = (None, Vec::new(), Vec::new());
    for part in definition.parts_of_sum(area, indicator, month) {
        let name = definition.area(part).name.as_str();
        match context.assessor.amount_of_part(part, indicator, month) {
            None => missing.push(name),
            Some(Amount::Value(_)) if unit != Unit::Number => bare.push(name),
            Some(_) => {
                there = there.or(Some(part));
                continue;
            }
        }
        if !bare.is_empty() {
            there = there.or(Some(part));
        }
    }
    // Where no part has a figure there is nothing to add up, which is said of them.
    let (Some(there), false) = (there, missing.is_empty() && bare.is_empty()) else { return };
    collected.add(Code::SumIncomplete, || {
        let mut reasons = Vec::new();
        if !missing.is_empty() {
            let has = plural(missing.len(), "has no figure", "have no figure");
            reasons.push(format!("{} {has}", super::list(&missing)));
        }
        if !bare.is_empty() {
            let has = plural(bare.len(), "has a value", "have values");
            reasons.push(format!("{} {has} without numerator and denominator", super::list(&bare)));
        }
        let found = format!(
            "{} cannot be added up: {}",
            context.name(area, indicator),
            reasons.join(", and ")
        );
        let remedy = "add what is missing to the extract, also of a part that has ended since; or give the area a row of its own";
        let row = find(context.this.results.of(there, indicator), Population::Everyone);
        let place = row.map(|row| context.this.results.place(row));
        Finding { place, ..Finding::nowhere(Code::SumIncomplete, found, remedy) }
    });
}
