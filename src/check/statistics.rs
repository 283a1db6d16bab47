//! Series that cannot have the limits that are asked for, or would have better ones.

use super::{Collected, Context, place};
use crate::assess::{Assessor, Chart, Entry, Refusal};
use crate::definition::{ChartWord, IndicatorId, Unit};
use crate::diagnostic::{Code, Finding, Findings};
use crate::figure::Ratio;
use crate::statistics::Point;

/// How many of the last figures have their denominators compared.
const LAST: usize = 12;

/// How many times the smallest of them the largest may be.
const UNEVEN: i64 = 4;

/// The indicators of the top area.
pub(super) fn check(context: Context<'_, '_>, top: &[Entry<'_>], collected: &mut Collected<'_>) {
    for entry in top {
        // Why there is no chart is said of indicators that ask for one before anything is checked.
        let asked = entry.statistics.as_ref().and_then(|one| one.chart.as_ref());
        if let Some(Ok(chart)) = asked {
            short_segments(context, entry.indicator, chart, collected);
            uneven(context, entry.indicator, chart, collected);
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

/// Indicators that ask for limits themselves, and whose figures cannot have them: an error before
/// anything is written, since the definitions and the extracts contradict each other.
pub fn refused_limits(assessor: &Assessor<'_>, findings: &mut Findings) {
    let history = assessor.history();
    let definition = history.definition();
    let (top, month) = (definition.top, assessor.month());
    let own =
        definition.indicators_in_force(month).filter(|id| definition.indicator(*id).spc.is_own);
    for id in own {
        let Some((figure, why)) = assessor.refused_limits(top, id) else { continue };
        let indicator = definition.indicator(id);
        let name = format!("indicator {} of {}", indicator.id, definition.area(top).name);
        let (found, remedy) = match why {
            Refusal::YearToDate => (
                format!(
                    "{name} asks for limits, and its figures for the year to date do not say what \
                     each period added"
                ),
                "give the numerator and the denominator, or take `spc` out",
            ),
            Refusal::Rolling => (
                format!("{name} asks for limits, and its figures overlap one another"),
                "take `spc` out, or give figures of single periods",
            ),
            Refusal::Hidden => continue,
        };
        let place = place(history, &figure).unwrap_or_else(|| indicator.place.clone());
        let finding = Finding::new(Code::NoLimits, place, found, remedy);
        findings.push(finding.about(definition.subject_indicators(Some(top), &[id])));
    }
}
