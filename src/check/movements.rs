//! The pass over the figures of the month that have one in the period before.

use std::collections::HashSet;

use super::moved::Moved;
use super::{Collected, Context, fell_to_zero, result_gone, result_jump};
use crate::definition::{AreaId, AreaKind, IndicatorId};
use crate::extract::Observation;
use crate::population::Population;

/// Every figure of the month that has one before it, area by area. Gives those of which something
/// has been said.
pub(super) fn check(
    context: Context<'_, '_>,
    collected: &mut Collected<'_>,
) -> HashSet<(AreaId, IndicatorId)> {
    let definition = context.definition;
    let mut said = HashSet::new();
    let indicators: Vec<_> = definition.indicators_in_force(context.month).collect();
    for area in context.areas().filter(|area| definition.area(*area).kind == AreaKind::Area) {
        for &id in &indicators {
            collected.about(
                || definition.subject(area, id),
                |collected| {
                    if look(context, area, id, collected) {
                        said.insert((area, id));
                    }
                },
            );
        }
    }
    fell_to_zero::activities(context, collected);
    said
}

/// Everyone and cohorts, and whether anything is said of their figures. What everyone's figure says,
/// those of cohorts need not say again.
fn look(
    context: Context<'_, '_>,
    area: AreaId,
    id: IndicatorId,
    collected: &mut Collected<'_>,
) -> bool {
    if context.is_whole {
        result_gone::sum(context, area, id, collected);
    }
    populations(context, area, id).any(|who| {
        Moved::of(context, area, id, who).is_some_and(|moved| {
            result_gone::look(context, &moved, collected)
                || fell_to_zero::look(context, &moved, collected)
                || result_jump::look(context, &moved, collected)
        })
    })
}

/// Everyone, and whoever the area has a row of.
fn populations(
    context: Context<'_, '_>,
    area: AreaId,
    id: IndicatorId,
) -> impl Iterator<Item = Population> {
    let rows = context.this.results.of(area, id).iter().map(Observation::population);
    let cohorts = rows.filter(|who| *who != Population::Everyone);
    std::iter::once(Population::Everyone).chain(cohorts)
}
