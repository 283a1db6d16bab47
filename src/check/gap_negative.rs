//! Gaps that are the other way round than they are defined.

use super::{Collected, Context};
use crate::definition::{AreaId, AreaKind, Gap, IndicatorId};
use crate::diagnostic::{Code, Finding};
use crate::wording;

/// Every gap of the areas of the report.
pub(super) fn check(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let definition = context.definition;
    let indicators = definition.indicators_in_force(context.month);
    let gaps: Vec<_> =
        indicators.filter_map(|id| Some((id, definition.indicator(id).gap?))).collect();
    let areas = context.areas().filter(|area| definition.area(*area).kind == AreaKind::Area);
    for area in areas {
        for &(id, gap) in &gaps {
            look(context, (area, id), gap, collected);
        }
    }
}

fn look(
    context: Context<'_, '_>,
    (area, id): (AreaId, IndicatorId),
    gap: Gap,
    collected: &mut Collected<'_>,
) {
    let definition = context.definition;
    let Some(latest) = context.assessor.including(area, id) else { return };
    let indicator = definition.indicator(id);
    let (Some(outcome), Some(turned)) =
        (&latest.outcome, wording::gap_turned(definition, gap, &latest.figure.amount))
    else {
        return;
    };
    collected.add(Code::GapNegative, || {
        let found = format!(
            "{} is {} percentage points. {turned}",
            context.name(area, id),
            outcome.displayed(indicator).grouped()
        );
        let remedy = "say so in the paper: lower is no longer better. If the gap is meant the \
            other way round, exchange `from` and `to`";
        Finding::new(Code::GapNegative, indicator.place.clone(), found, remedy)
            .about(definition.subject(area, id))
    });
}
