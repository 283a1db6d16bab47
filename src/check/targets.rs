//! Targets that figures cannot be rated against: of another financial year, worked out from a
//! figure that is not there, of a benchmark without one, or stepping where there is no figure.

use std::sync::Arc;

use super::{Collected, Context};
use crate::assess::{Against, NoTarget, SeriesKey, WhyNoTarget};
use crate::definition::{AreaId, AreaKind, IndicatorId};
use crate::diagnostic::{Code, Finding, Place};
use crate::month::Month;
use crate::population::Population;
use crate::text::{list, plural};
use crate::wording;

/// How many areas are named before the rest are counted.
const NAMED: usize = 3;

/// Looks at the targets of the month.
pub(super) fn check(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    of_another_year(context, collected);
    let definition = context.definition;
    for id in definition.indicators_in_force(context.month) {
        if definition.indicator(id).standards.has_relative() {
            worked_out(context, id, collected);
        }
        steps(context, id, collected);
    }
}

/// Indicators that lose their rating because the year has changed: most often nobody has set the
/// new targets yet.
fn of_another_year(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let definition = context.definition;
    let year = definition.financial_year(context.month);
    let in_force = definition.indicators_in_force(context.month);
    let of_another: Vec<_> = in_force
        .filter_map(|id| {
            Some((id, definition.indicator(id).standards.of_another_year(year, context.month)?))
        })
        .collect();
    // `targets_for` is one year for all of them.
    let Some((_, theirs)) = of_another.first() else { return };
    collected.add(Code::TargetsOfAnotherYear, || {
        let ids: Vec<_> = of_another.iter().map(|(id, _)| *id).collect();
        let count = ids.len();
        let found = format!(
            "the {} of {count} {} {} for {theirs}, so {} not rated in {}: {}",
            plural(count, "target", "targets"),
            plural(count, "indicator", "indicators"),
            plural(count, "is", "are"),
            plural(count, "it is", "they are"),
            context.month.long(),
            context.list(&ids),
        );
        let remedy = format!(
            "give each a table [indicator.targets.\"{year}\"]; in a new year move the old targets \
                to such tables, write the new ones, and change `targets_for`"
        );
        Finding::new(Code::TargetsOfAnotherYear, Place::file(&definition.path), found, remedy)
            .about(context.definition.subject_indicators(None, &ids))
    });
}

/// Figures that are not rated because their target cannot be worked out, or that cannot be red
/// because its floor is beyond what there can be.
fn worked_out(context: Context<'_, '_>, id: IndicatorId, collected: &mut Collected<'_>) {
    let definition = context.definition;
    let scale = definition.indicator(id).scale();
    let areas = context.areas().filter(|area| definition.area(*area).kind == AreaKind::Area);
    let (mut not_rated, mut never_red) = (Vec::new(), None);
    for area in areas {
        let including = context.assessor.including(area, id);
        let excluding = context.assessor.excluding(area, id, including.as_ref());
        let excluding = excluding
            .map(|excluding| (Population::Excluding(excluding.cohort), excluding.assessed));
        let without: Vec<_> = excluding.collect();
        let all = including.map(|assessed| (Population::Everyone, assessed));
        for (population, assessed) in all.into_iter().chain(without) {
            if assessed.outcome.is_none() {
                continue;
            }
            match assessed.against {
                Against::NoTarget(no_target) => not_rated.push((area, population, no_target)),
                Against::WorkedOut(standard) if never_red.is_none() => {
                    let floor = scale.floor_out_of_reach(&standard.bands);
                    never_red = floor.map(|(floor, beyond)| {
                        let found = format!(
                            "the floor {} {beyond}, so that nothing can be red in {}",
                            floor.shown(),
                            context.name(area, id),
                        );
                        (standard.place.clone(), found)
                    });
                }
                _ => {}
            }
        }
    }
    if let Some((place, found)) = never_red {
        collected.add(Code::TargetScale, || {
            let remedy = "write a smaller distance, or floor = \"none\" for green or red only";
            Finding::new(Code::TargetScale, place, found, remedy)
                .about(definition.subject_indicators(None, &[id]))
        });
    }
    report_not_rated(context, id, &not_rated, collected);
}

/// A figure that is not rated because its target cannot be worked out.
type NotRated<'e> = (AreaId, Population, Arc<NoTarget<'e>>);

fn report_not_rated(
    context: Context<'_, '_>,
    id: IndicatorId,
    not_rated: &[NotRated<'_>],
    collected: &mut Collected<'_>,
) {
    let definition = context.definition;
    let indicator = definition.indicator(id);
    let Some((first, _, no_target)) = not_rated.first() else { return };
    let is_of_one_area = not_rated.iter().all(|(area, ..)| area == first);
    let (code, remedy) = match no_target.why {
        WhyNoTarget::NoFigure(_) | WhyNoTarget::NoResult(_) => (
            Code::NoBaseline,
            "add the figure that it is worked out from to the folder of its month, as it was \
                then, or write the target as a number",
        ),
        WhyNoTarget::NotBefore(_) => (
            Code::NoBaseline,
            "name a month before those that the target is for, or write it as a number",
        ),
        WhyNoTarget::NoBenchmark(..) | WhyNoTarget::OtherLength(_) => (
            Code::NoBenchmark,
            "add its figure to benchmarks.csv in the data folder; one that was released after \
                the month's figures were extracted does not count",
        ),
        WhyNoTarget::DoesNotFit(_) => (
            Code::NoBaseline,
            "write the floor by its distance from the target, such as floor = { points = 5 }",
        ),
    };
    collected.add(code, || {
        let name = |(area, population, _): &NotRated<'_>| {
            let area = &definition.area(*area).name;
            match population {
                Population::Everyone => area.clone(),
                other => format!("{area}, {}", definition.population_name(*other)),
            }
        };
        let mut names: Vec<_> = not_rated.iter().take(NAMED).map(name).collect();
        let more = not_rated.len() - names.len();
        if more > 0 {
            names.push(format!("{more} more"));
        }
        let found = format!(
            "indicator {} is not rated for {}: its target is {}, and {}",
            indicator.id,
            list(&names.iter().map(String::as_str).collect::<Vec<_>>()),
            wording::relative(definition, indicator, &no_target.relative.relative),
            wording::why_no_target(definition, indicator, &no_target.why),
        );
        Finding::new(code, no_target.relative.place.clone(), found, remedy)
            .about(definition.subject_indicators(is_of_one_area.then_some(*first), &[id]))
    });
}

/// Steps in months that a quarterly or annual indicator has no figure for, by the rhythm of its
/// latest figure.
fn steps(context: Context<'_, '_>, id: IndicatorId, collected: &mut Collected<'_>) {
    let definition = context.definition;
    let indicator = definition.indicator(id);
    let every = i32::from(indicator.frequency.months());
    let year = definition.financial_year(context.month);
    let in_year = |(step, _): &(Month, &Place)| definition.financial_year(*step) == year;
    for (step, place) in indicator.standards.steps().filter(in_year) {
        if every == 1 {
            return;
        }
        let latest = context
            .areas()
            .find_map(|area| context.assessor.latest(SeriesKey::everyone(area, id), context.month));
        let end = latest.map_or(year.previous_outturn(), |figure| figure.month);
        let late = (end.since(step)).rem_euclid(every);
        let Ok(late) = u16::try_from(late) else { continue };
        if late == 0 {
            continue;
        }
        let next = step.after(late);
        collected.add(Code::StepMonth, || {
            let found = format!(
                "the target of indicator {} steps in {}, which it has no figure for: its next \
                    figure is that of {}",
                indicator.id,
                step.long(),
                next.long(),
            );
            let remedy = format!(
                "name the month that its first period with the new target ends with: \
                    [indicator.targets.\"{next}\"]"
            );
            Finding::new(Code::StepMonth, place.clone(), found, remedy)
                .about(definition.subject_indicators(None, &[id]))
        });
    }
}
