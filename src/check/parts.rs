//! Totals that are not the sum of their parts.

use super::Context;
use crate::definition::{ActivityId, AreaId, Rollup};
use crate::diagnostic::{Code, Finding, Findings};
use crate::extract::{Activities, Said, Who};
use crate::figure::{Amount, Decimal};

/// An area's own figure against the sum of its parts, where every part has one: results of indicators that are rolled
/// up, and activity. Other results need not add up: not everything is done by an area.
pub(super) fn check(context: Context<'_, '_>, findings: &mut Findings) {
    let Some(extract) = context.scorecard.extract() else { return };
    for area in context.definition.area_ids() {
        results(context, area, findings);
        for activity in context.definition.activity_ids() {
            activities(context, &extract.activities, area, activity, findings);
        }
    }
}

fn results(context: Context<'_, '_>, area: AreaId, findings: &mut Findings) {
    let definition = context.definition;
    let Some(extract) = context.scorecard.extract() else { return };
    for indicator in definition.indicator_ids().filter(|id| definition.indicator(*id).rollup == Rollup::Sum) {
        let Some(row) = extract.results.row(area, indicator, Who::All) else { continue };
        let Said::Amount(own) = &row.said else { continue };
        let Some(sum) = context.scorecard.assessor.sum_of_parts(area, indicator, context.month) else { continue };
        if *own == sum || *own == Amount::Suppressed || sum == Amount::Suppressed {
            continue;
        }
        let found = format!(
            "indicator {} of {} is {} and its parts add up to {}",
            definition.indicator(indicator).id,
            definition.area(area).name,
            written(own),
            written(&sum)
        );
        findings.push(Finding::new(Code::PartsDiffer, extract.results.place(row), found, REMEDY));
    }
}

const REMEDY: &str =
    "find what no part holds or two parts share, and mend the figure or say so in the paper; the area's own figure is the one shown";

fn activities(context: Context<'_, '_>, activities: &Activities, area: AreaId, activity: ActivityId, findings: &mut Findings) {
    let definition = context.definition;
    let Some(entry) = activities.of(area, activity) else { return };
    let Said::Amount(Amount::Value(own)) = &entry.said else { return };
    // Teams are parts too: what a team did, its area did.
    let teams = definition.area(area).teams.iter().copied().filter(|team| definition.area(*team).in_force.covers(context.month));
    let mut parts = definition.parts(area, context.month).chain(teams).peekable();
    if parts.peek().is_none() {
        return;
    }
    let sum = parts.try_fold(Decimal::new(0, 0), |sum, part| match &activities.of(part, activity)?.said {
        Said::Amount(Amount::Value(count)) => Some(&sum + count),
        Said::Amount(_) | Said::Missing => None,
    });
    if let Some(sum) = sum.filter(|sum| sum != own) {
        let (name, area) = (&definition.activity(activity).name, &definition.area(area).name);
        let found = format!("{name:?} of {area} is {} and its parts add up to {}", own.grouped(), sum.grouped());
        findings.push(Finding::new(Code::PartsDiffer, entry.place.clone(), found, REMEDY));
    }
}

fn written(amount: &Amount) -> String {
    match amount {
        Amount::Ratio { numerator, denominator } => format!("{} of {}", numerator.grouped(), denominator.grouped()),
        Amount::Value(value) => value.grouped(),
        Amount::Suppressed => crate::wording::SUPPRESSED.to_owned(),
    }
}
