//! Series that cannot have the limits that are asked for, or would have better ones.

use super::{Collected, Context};
use crate::assess::{Chart, Entry, Refusal};
use crate::definition::{ChartWord, IndicatorId, Unit};
use crate::diagnostic::{Code, Finding};
use crate::figure::Ratio;
use crate::statistics::Point;

/// How many of the last figures have their denominators compared.
const LAST: usize = 12;

/// How many times the smallest of them the largest may be.
const UNEVEN: i64 = 4;

/// The indicators of the top area.
pub(super) fn check(context: Context<'_, '_>, top: &[Entry<'_>], collected: &mut Collected<'_>) {
    for entry in top {
        let Some(asked) = entry.statistics.as_ref().and_then(|one| one.chart.as_ref()) else {
            continue;
        };
        match asked {
            Ok(chart) => {
                short_segments(context, entry.indicator, chart, collected);
                uneven(context, entry.indicator, chart, collected);
            }
            Err(why) => refused(context, entry.indicator, *why, collected),
        }
    }
}

/// A segment after a rebase that has too few figures for limits.
fn short_segments(
    context: Context<'_, '_>,
    id: IndicatorId,
    chart: &Chart<'_>,
    collected: &mut Collected<'_>,
) {
    let least = chart.rules.minimum;
    for (start, rebase) in &chart.rebases {
        let segment = chart.control.segments.iter().find(|segment| segment.start == *start);
        let Some(segment) = segment.filter(|segment| segment.figures < least) else { continue };
        collected.add(Code::ShortSegment, || {
            let found = format!(
                "the limits of {} start again in {}, from when on there are {} figures: it has no \
                 limits before there are {least}",
                context.name(context.definition.top, id),
                rebase.from.long(),
                segment.figures
            );
            let remedy = "wait, or leave the limits as they were if little has changed";
            Finding::nowhere(Code::ShortSegment, found, remedy)
        });
    }
}

/// Denominators so uneven that limits from the figures alone call chance news.
fn uneven(
    context: Context<'_, '_>,
    id: IndicatorId,
    chart: &Chart<'_>,
    collected: &mut Collected<'_>,
) {
    let indicator = context.definition.indicator(id);
    let word = match (indicator.spc.chart, indicator.unit) {
        (Some(ChartWord::Xmr), Unit::Percent) => ChartWord::P,
        (Some(ChartWord::Xmr), Unit::Rate { .. }) => ChartWord::U,
        _ => return,
    };
    let points = &chart.series.points;
    let last = &points[points.len().saturating_sub(LAST)..];
    let of = |point: &Point| Some(point.counts.as_ref()?.denominator.clone());
    let denominators: Vec<_> = last.iter().flatten().filter_map(of).collect();
    let (Some(least), Some(most)) = (denominators.iter().min(), denominators.iter().max()) else {
        return;
    };
    if *most <= least * &Ratio::whole(UNEVEN) {
        return;
    }
    collected.add(Code::UnevenDenominators, || {
        let found = format!(
            "the denominators of {} were from {} to {} in its last {LAST} periods, and its limits \
             take no account of that",
            context.name(context.definition.top, id),
            least.round(0),
            most.round(0)
        );
        let remedy = format!("spc = \"{}\" makes limits wider with fewer cases", word.as_str());
        Finding::nowhere(Code::UnevenDenominators, found, remedy)
    });
}

/// An indicator that asks for limits itself and whose figures cannot have them.
fn refused(context: Context<'_, '_>, id: IndicatorId, why: Refusal, collected: &mut Collected<'_>) {
    if !context.definition.indicator(id).spc.is_own || why == Refusal::Hidden {
        return;
    }
    collected.add(Code::NoLimits, || {
        let name = context.name(context.definition.top, id);
        let (found, remedy) = match why {
            Refusal::YearToDate => (
                format!(
                    "{name} asks for limits, and its figures for the year to date do not say what \
                     each period added"
                ),
                "give the numerator and the denominator, or take `spc` out",
            ),
            _ => (
                format!("{name} asks for limits, and its figures overlap one another"),
                "take `spc` out, or give figures of single periods",
            ),
        };
        Finding::nowhere(Code::NoLimits, found, remedy)
    });
}
