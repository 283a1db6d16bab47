//! Results far from where their earlier results have been: natural process limits.
//!
//! The limits are those of a chart of individual values and moving ranges, worked out from the
//! earlier results alone.
//!
//! A year to date is left out: each result has all the earlier ones of its year in it, swings in
//! spring and hardly moves in winter, so that what it did then says nothing about what it should do
//! now. So are rolling twelve months, which drift.

use std::collections::HashSet;

use super::{Collected, Context};
use crate::assess::{Figure, Outcome, SeriesKey};
use crate::definition::{AreaId, ChartWord, Frequency, Indicator, IndicatorId, Period, Unit};
use crate::diagnostic::{Code, Finding};
use crate::figure::{Amount, Decimal, Ratio};
use crate::history::RED_LOOK_BACK;
use crate::month::Month;
use crate::statistics::Limits;
use crate::wording;

/// As few earlier results as limits can be worked out from.
pub(super) const LEAST: usize = 8;

/// The results of the report's areas, once an indicator. Of more than were asked for, many would be
/// outside by chance; of those in `said` another check has spoken.
pub(super) fn check(
    context: Context<'_, '_>,
    said: &HashSet<(AreaId, IndicatorId)>,
    collected: &mut Collected<'_>,
) {
    let definition = context.definition;
    let months = context.history.months();
    if months
        .filter(|month| (context.month.before(RED_LOOK_BACK)..context.month).contains(month))
        .count()
        < LEAST
    {
        return;
    }
    // Limits from counts know how few cases a month had, which these do not, and are on the pages.
    let is_left =
        |indicator: &Indicator| matches!(indicator.spc.chart, Some(ChartWord::P | ChartWord::U));
    let is_checked = |id: &IndicatorId| {
        let indicator = definition.indicator(*id);
        can_have_limits(indicator) && !is_left(indicator)
    };
    for id in definition.indicators_in_force(context.month).filter(is_checked) {
        let areas = context.scope.areas.iter().filter(|area| !said.contains(&(**area, id)));
        let mut outside = areas.filter_map(|area| outside(context, *area, id));
        let Some(first) = outside.next() else { continue };
        let more: Vec<_> = outside.map(|outside| outside.area).collect();
        collected.add(Code::FarOutside, || finding(context, id, &first, &more));
    }
}

/// Whether limits say something of its results: what has earlier months in it drifts.
pub(super) fn can_have_limits(indicator: &Indicator) -> bool {
    !matches!(indicator.period, Period::YearToDate | Period::Rolling12Months)
}

/// A result outside the limits of those before it.
struct Outside<'e> {
    area: AreaId,
    figure: Figure<'e>,
    latest: Ratio,
    limits: Limits,
    /// How many results the limits are of.
    earlier: usize,
    /// Since when results have been outside on that side.
    since: Month,
}

fn outside<'e>(context: Context<'_, 'e>, area: AreaId, id: IndicatorId) -> Option<Outside<'e>> {
    let indicator = context.definition.indicator(id);
    let step = indicator.frequency.months();
    let assessor = &context.assessor;
    let figure = assessor.figure(SeriesKey::everyone(area, id), context.month)?;
    let mut trend = assessor.trend(area, id, context.month, RED_LOOK_BACK / step + 1);
    let latest = trend.pop()?.outcome?.exact;
    let points: Vec<(Month, Ratio)> =
        trend.into_iter().filter_map(|point| Some((point.month, point.outcome?.exact))).collect();
    let earlier: Vec<_> = points.iter().map(|(_, result)| result.clone()).collect();
    if earlier.len() < LEAST {
        return None;
    }
    let limits = Limits::of(&earlier, indicator.unit == Unit::Percent)?;
    if (&limits.low..=&limits.high).contains(&&latest)
        || &limits.high - &limits.low <= one_case(&figure.amount, indicator.unit)
    {
        return None;
    }
    // The same month of last year says whether it is the season.
    let is_alike = |(month, result): &&(Month, Ratio)| {
        *month == context.month.before(12) && is_as_far(&limits, result, &latest)
    };
    if indicator.frequency != Frequency::Annual && points.iter().any(|point| is_alike(&point)) {
        return None;
    }
    let run = points.iter().rev().take_while(|point| are_both_outside(&limits, &latest, &point.1));
    let before = points.len() - run.count();
    let since = points.get(before).map_or(context.month, |(month, _)| *month);
    // It was said when it happened, and is said again where it has gone on.
    let when_said = points.get(before.max(LEAST)..).unwrap_or_default();
    if when_said.iter().any(|(_, result)| !is_further(&limits, &latest, result)) {
        return None;
    }
    let moves: Vec<_> = [&earlier[..], std::slice::from_ref(&latest)].concat();
    let moves: Vec<_> = moves.windows(2).map(|pair| pair[0].distance(&pair[1])).collect();
    // What drifts gets outside step by step, and has not changed at any one of them.
    let step = moves.get(before.checked_sub(1)?)?;
    if moves[..before - 1].iter().any(|earlier| earlier >= step) {
        return None;
    }
    Some(Outside { area, figure, latest, limits, earlier: earlier.len(), since })
}

fn finding(
    context: Context<'_, '_>,
    id: IndicatorId,
    outside: &Outside<'_>,
    more: &[AreaId],
) -> Finding {
    let indicator = context.definition.indicator(id);
    let [latest, low, high] = shown(outside, indicator);
    let areas: Vec<_> =
        more.iter().map(|area| context.definition.area(*area).name.as_str()).collect();
    let and_more =
        if areas.is_empty() { String::new() } else { format!("; so is {}", super::list(&areas)) };
    let found = format!(
        "{} has changed since {}: it is {latest}, outside {low} to {high}, the natural limits of \
            its {} results before{and_more}",
        context.name(outside.area, id),
        outside.since.long(),
        outside.earlier,
    );
    let remedy = "check the figure first; if it is right, the paper should say what has changed";
    let place = context.place(&outside.figure);
    let area = more.is_empty().then_some(outside.area);
    let subject = context.definition.subject_indicators(area, &[id]);
    Finding::new(Code::FarOutside, place, found, remedy).about(subject)
}

/// The result and the limits, with as many decimals as show that it is outside.
fn shown(outside: &Outside<'_>, indicator: &Indicator) -> [String; 3] {
    let Outside { latest, limits, .. } = outside;
    let nearer = if *latest < limits.low { &limits.low } else { &limits.high };
    let rounded = |exact: &Ratio| exact.round(indicator.decimals);
    let show = |exact: &Ratio| {
        let outcome = Outcome { exact: exact.clone(), known: None };
        // A whole number of cases is outside 30.4, not 30.0 of them.
        if rounded(latest) != rounded(nearer) || *exact == rounded(exact) {
            wording::outcome(&outcome, indicator)
        } else {
            let other = if exact == latest { nearer } else { latest };
            wording::told_apart(&outcome, other, indicator)
        }
    };
    [show(latest), show(&limits.shown_low), show(&limits.shown_high)]
}

/// How far one case more or less moves a result: limits that are no wider say nothing.
fn one_case(amount: &Amount, unit: Unit) -> Ratio {
    let one = Decimal::new(1, 0);
    match amount {
        Amount::Ratio { denominator, .. } => {
            Ratio::new(&one, denominator, unit.times()).unwrap_or(Ratio::ZERO)
        }
        _ if unit == Unit::Number => Ratio::from(one),
        _ => Ratio::ZERO,
    }
}

/// Whether two results are outside on the same side.
fn are_both_outside(limits: &Limits, one: &Ratio, other: &Ratio) -> bool {
    *one < limits.low && *other < limits.low || *one > limits.high && *other > limits.high
}

/// Whether one that is outside is further out than another by so much that it would be outside
/// beside it too.
fn is_further(limits: &Limits, one: &Ratio, other: &Ratio) -> bool {
    let out = if *one < limits.low { other - one } else { one - other };
    out > &limits.high - &limits.mean
}

/// Whether one is outside on the side of the other, and at least half as far from the mean.
fn is_as_far(limits: &Limits, one: &Ratio, other: &Ratio) -> bool {
    let from_mean = |result: &Ratio| result.distance(&limits.mean);
    are_both_outside(limits, one, other)
        && from_mean(one).scaled(&Decimal::new(2, 0), 1) >= from_mean(other)
}
