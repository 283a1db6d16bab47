//! Holes in the trends of exception reports.

use std::collections::BTreeMap;

use super::{Collected, Context, Depth};
use crate::assess::Entry;
use crate::definition::IndicatorId;
use crate::diagnostic::{Code, Finding};
use crate::month::Month;
use crate::rating::Rag;
use crate::text;

/// The periods of the trend of each red indicator of the top area: a month that is not there, or
/// has no figure, between others that have.
pub(super) fn check(context: Context<'_, '_>, top: &[Entry<'_>], collected: &mut Collected<'_>) {
    let mut missing: BTreeMap<Month, Vec<IndicatorId>> = BTreeMap::new();
    for entry in top {
        let Some(red) = entry.including.as_ref().filter(|assessed| assessed.rag == Some(Rag::Red))
        else {
            continue;
        };
        let step = context.definition.indicator(entry.indicator).frequency.months();
        let periods: Vec<_> = (1..context.definition.trend)
            .map(|back| red.figure.month.before(back * step))
            .collect();
        for (index, &month) in periods.iter().enumerate() {
            let goes_on = periods[index + 1..].iter().any(|earlier| context.has_folder(*earlier));
            // That there is no month before the report's is said once for all of it.
            if goes_on && !context.has_folder(month) && month != context.month.before(1) {
                missing.entry(month).or_default().push(entry.indicator);
            }
        }
        if context.depth == Depth::Check && context.is_whole {
            without_figures(context, entry, collected);
        }
    }
    for (month, ids) in missing {
        collected.add(Code::TrendGap, || {
            let found = format!(
                "there is no month {month}, within the trend of {} {}",
                plural(&ids),
                context.list(&ids)
            );
            let remedy =
                format!("make the folder {month} with its results.csv, even if only with values");
            Finding::nowhere(Code::TrendGap, found, remedy)
                .about(context.definition.subject_indicators(Some(context.definition.top), &ids))
        });
    }
}

fn plural(ids: &[IndicatorId]) -> &'static str {
    text::plural(ids.len(), "indicator", "indicators")
}

/// A month of the trend that is there, without a figure of the indicator.
fn without_figures(context: Context<'_, '_>, entry: &Entry<'_>, collected: &mut Collected<'_>) {
    let (definition, id, trend) = (context.definition, entry.indicator, &entry.trend);
    // What a gap is between is missed, and not the gap.
    if definition.indicator(id).gap.is_some() {
        return;
    }
    let Some(start) = trend.iter().position(|point| point.figure.is_some()) else { return };
    let holes = trend[start..]
        .iter()
        .filter(|point| point.figure.is_none() && context.has_folder(point.month));
    for hole in holes.filter(|hole| definition.indicator(id).in_force.covers(hole.month)) {
        collected.add(Code::TrendGap, || {
            let found = format!(
                "{} has no figure in {}, within its trend",
                context.name(definition.top, id),
                hole.month.long()
            );
            let remedy =
                format!("add it to the extract of {}, even if only as a value", hole.month);
            Finding::nowhere(Code::TrendGap, found, remedy)
                .about(context.definition.subject(definition.top, id))
        });
    }
}
