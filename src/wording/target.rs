//! Targets and floors in the words of the papers.

use super::benchmark as words;
use super::{amount, distance, period_end, with_unit};
use crate::assess::{Comparison, NoTarget, WhyNoTarget};
use crate::definition::{
    AtFloor, Band, Bands, Definition, Due, Indicator, LaterTarget, Relative, RelativeStandard,
    Standard, Starts, TargetChange, TargetWorking, Threshold,
};
use crate::figure::{Decimal, Ratio};
use crate::month::{FinancialYear, Month};
use crate::statistics::Side;

/// What is shown for a target that is to be confirmed.
pub const TO_BE_CONFIRMED: &str = "tbc";

/// A target or floor in running text, as it is written in the definitions: `76.5%`, `225`.
#[must_use]
pub fn limit(limit: &Threshold, indicator: &Indicator) -> String {
    with_unit(&limit.shown().clone().trimmed().grouped(), indicator)
}

/// A target or a floor that may be a range: `85%`, `15% to 20%`.
#[must_use]
pub fn limits(low: &Threshold, high: &Threshold, indicator: &Indicator) -> String {
    if low == high {
        limit(low, indicator)
    } else {
        format!("{} to {}", limit(low, indicator), limit(high, indicator))
    }
}

/// A target in running text: `85%`, `24.5 by Q1 (98 for the year)`.
#[must_use]
pub fn target(standard: &Standard, indicator: &Indicator) -> String {
    let (low, high) = standard.bands.target();
    let text = limits(low, high, indicator);
    match &standard.due {
        Some(due) => super::due(&text, due, indicator),
        None => text,
    }
}

/// What is green, amber and red, without a value that is two of them: `Green: 85% or more. Amber:
/// 76.5% up to but not including 85%. Red: under 76.5%.`
#[must_use]
pub fn bandings(standard: &Standard, indicator: &Indicator) -> String {
    let text = |value: &Threshold| limit(value, indicator);
    let beyond = |side: Side, green: &Threshold, floor: Option<&Threshold>| {
        // Where floor and green meet there is no amber, and the shared limit is green.
        let floor = floor.filter(|floor| *floor != green).map(text);
        amber_and_red(side, &text(green), floor.as_deref(), standard.at_floor == AtFloor::Red)
    };
    let (green, amber, red) = match &standard.bands {
        Bands::Higher { target, floor } => {
            let (amber, red) = beyond(Side::Low, target, floor.as_ref());
            (format!("{} or more", text(target)), amber, red)
        }
        Bands::Lower { target, floor } => {
            let (amber, red) = beyond(Side::High, target, floor.as_ref());
            (format!("{} or less", text(target)), amber, red)
        }
        Bands::Near { green, floor, .. } => {
            let in_green = limits(&green.low, &green.high, indicator);
            let Some(floor) = floor.as_ref().filter(|floor| *floor != green) else {
                return format!("Green: {in_green}. Red: anything else.");
            };
            let (amber_below, red_below) = beyond(Side::Low, &green.low, Some(&floor.low));
            let (amber_above, red_above) = beyond(Side::High, &green.high, Some(&floor.high));
            let amber: Vec<_> = amber_below.into_iter().chain(amber_above).collect();
            (in_green, Some(amber.join(", or ")), format!("{red_below}, or {red_above}"))
        }
    };
    let amber = amber.map_or_else(String::new, |amber| format!(" Amber: {amber}."));
    format!("Green: {green}.{amber} Red: {red}.")
}

/// What is amber and what is red on one side of what is green. Without a floor nothing is amber.
fn amber_and_red(
    side: Side,
    green: &str,
    floor: Option<&str>,
    floor_is_red: bool,
) -> (Option<String>, String) {
    let (amber, red) = match (side, floor) {
        (Side::Low, None) => return (None, format!("under {green}")),
        (Side::High, None) => return (None, format!("over {green}")),
        (Side::Low, Some(floor)) if floor_is_red => {
            (format!("over {floor} up to but not including {green}"), format!("{floor} or less"))
        }
        (Side::Low, Some(floor)) => {
            (format!("{floor} up to but not including {green}"), format!("under {floor}"))
        }
        (Side::High, Some(floor)) if floor_is_red => {
            (format!("over {green} up to but not including {floor}"), format!("{floor} or more"))
        }
        (Side::High, Some(floor)) => {
            (format!("over {green} up to and including {floor}"), format!("over {floor}"))
        }
    };
    (Some(amber), red)
}

/// What is due of a target, so shown, by when: `24.5 by Q1 (98 for the year)`. By the end of the
/// year it is the target itself.
#[must_use]
pub fn due(shown: &str, due: &Due, indicator: &Indicator) -> String {
    if due.is_whole {
        return shown.to_owned();
    }
    let [low, high] = &due.of_year;
    format!("{shown} by {} ({} for the year)", due.by, limits(low, high, indicator))
}

/// What a target is worked out from: `30% less than in August 2012`, `the figure of England`.
#[must_use]
pub fn relative(definition: &Definition, indicator: &Indicator, relative: &Relative) -> String {
    match relative {
        Relative::Since { month, by } => {
            let period = period_end(definition, indicator, *month);
            match change(by, indicator) {
                Some(change) => format!("{change} than in {period}"),
                None => format!("the same as in {period}"),
            }
        }
        Relative::Benchmark(benchmark) => {
            format!("the figure of {}", definition.benchmark(*benchmark).name)
        }
    }
}

/// The floor of a target that is worked out: `76%`, `5 percentage points from the target`. `None`
/// if it has none.
#[must_use]
pub fn relative_floor(standard: &RelativeStandard, indicator: &Indicator) -> Option<String> {
    let written = |number: &Decimal| limit(&Threshold::from(number.clone()), indicator);
    Some(match standard.floor.as_ref()? {
        Band::Number(number) => written(number),
        Band::Pair(low, high) => format!("{} to {}", written(low), written(high)),
        Band::Points(points) => {
            format!("{} from the target", distance(points, indicator))
        }
        Band::PercentOfTarget(percent) => {
            format!("{}% of the target away", percent.clone().trimmed().grouped())
        }
        Band::Relative(_) | Band::None | Band::ToBeConfirmed => return None,
    })
}

/// How a target was worked out: `30% less than 21.2% (33 of 156) in August 2012`, `the figure of
/// England for Q2 2015/16, 10.5%`.
#[must_use]
pub fn working(definition: &Definition, indicator: &Indicator, working: &TargetWorking) -> String {
    match working {
        TargetWorking::Since { month, by, figure } => {
            let from = amount(figure, indicator);
            let period = period_end(definition, indicator, *month);
            match change(by, indicator) {
                Some(change) => format!("{change} than {from} in {period}"),
                None => format!("the same as {from} in {period}"),
            }
        }
        TargetWorking::Benchmark { benchmark, period, month, result, figure } => {
            let result = match figure {
                Some(figure) => amount(figure, indicator),
                None => with_unit(&result.round(indicator.decimals).grouped(), indicator),
            };
            let name = &definition.benchmark(*benchmark).name;
            let period = words::period_said(definition, indicator, *period, *month);
            format!("the figure of {name} for {period}, {result}")
        }
    }
}

/// How much is added to a result: `30% less`, `5 percentage points more`. `None` if nothing is.
fn change(by: &TargetChange, indicator: &Indicator) -> Option<String> {
    let size = by.size();
    if size.is_zero() {
        return None;
    }
    let way = if size.is_negative() { "less" } else { "more" };
    let zero = Decimal::new(0, 0);
    let size = if size.is_negative() { &zero - size } else { size.clone() };
    Some(match by {
        TargetChange::Percent(_) => format!("{}% {way}", size.trimmed().grouped()),
        TargetChange::Points(_) => format!("{} {way}", distance(&size, indicator)),
    })
}

/// That a target could not be worked out, and why: `The target is 30% less than in August 2012,
/// and cannot be worked out: August 2012 has no figure`.
#[must_use]
pub fn no_target(
    definition: &Definition,
    indicator: &Indicator,
    no_target: &NoTarget<'_>,
) -> String {
    let target = relative(definition, indicator, &no_target.relative.relative);
    let why = why_no_target(definition, indicator, &no_target.why);
    format!("The target is {target}, and cannot be worked out: {why}")
}

/// `August 2012 has no figure`.
#[must_use]
pub fn why_no_target(
    definition: &Definition,
    indicator: &Indicator,
    why: &WhyNoTarget<'_>,
) -> String {
    let name = |month: Month| period_end(definition, indicator, month);
    match why {
        WhyNoTarget::NoFigure(month) => format!("{} has no figure", name(*month)),
        WhyNoTarget::NoResult(month) => {
            format!("the figure of {} has no result", name(*month))
        }
        WhyNoTarget::NotBefore(month) => format!("{} is not before the figure's", name(*month)),
        WhyNoTarget::NoBenchmark(benchmark, month) => format!(
            "{} has no figure at or before {} that could stand beside it",
            definition.benchmark(*benchmark).name,
            month.long()
        ),
        WhyNoTarget::OtherLength(figure) => format!(
            "the figure of {} is of {}, a period of another length",
            words::name(definition, figure),
            words::period_said(definition, indicator, figure.period, figure.month)
        ),
        WhyNoTarget::DoesNotFit(target) => {
            let target = Threshold::worked_out(target.clone(), indicator.decimals);
            format!("that is {}, beyond its floor or green band", limit(&target, indicator))
        }
    }
}

/// When a target counts: `for 2015/16`, `from July 2013`.
#[must_use]
pub fn target_period(standard: &Standard, year: FinancialYear) -> String {
    standard.from.map_or_else(|| format!("for {year}"), |from| format!("from {}", from.long()))
}

/// The targets that count later: `2016/17: 87% (floor 80%); from July 2017: tbc`.
#[must_use]
pub fn later_targets(definition: &Definition, indicator: &Indicator, month: Month) -> String {
    let later = indicator.standards.later(definition.financial_year(month), month);
    let later = later.map(|(starts, target)| {
        let when = match starts {
            Starts::Year(year) => year.to_string(),
            Starts::Month(month) => format!("from {}", month.long()),
        };
        let target = match target {
            LaterTarget::Standard(standard) => with_floor(&standard.bands, indicator),
            LaterTarget::Relative(later) => relative(definition, indicator, &later.relative),
            LaterTarget::Expected(range) => {
                format!("{} expected", limits(&range.low, &range.high, indicator))
            }
            LaterTarget::ToBeConfirmed => TO_BE_CONFIRMED.to_owned(),
        };
        format!("{when}: {target}")
    });
    later.collect::<Vec<_>>().join("; ")
}

/// `87% (floor 80%)`.
fn with_floor(bands: &Bands, indicator: &Indicator) -> String {
    let floor = match (bands.floor_low(), bands.floor_high()) {
        (Some(low), Some(high)) => format!(" (floor {})", limits(low, high, indicator)),
        (Some(floor), None) | (None, Some(floor)) => {
            format!(" (floor {})", limit(floor, indicator))
        }
        (None, None) => String::new(),
    };
    let (low, high) = bands.target();
    format!("{}{floor}", limits(low, high, indicator))
}

/// That the target that a change of rating comes with was another: `its target was 15%`. What is
/// due of the same target by another month is no other.
#[must_use]
pub fn target_was(
    earlier: &Comparison<'_>,
    now: Option<&Standard>,
    indicator: &Indicator,
) -> Option<String> {
    let now = now?;
    let was = earlier.standard();
    let of_year = |standard: &Standard| Some(standard.due.as_ref()?.of_year.clone());
    if of_year(now).is_some_and(|now| was.and_then(of_year) == Some(now)) {
        return None;
    }
    let [low, high] = earlier.target()?;
    let (low_now, high_now) = now.bands.target();
    if low != low_now.plain() || high != high_now.plain() {
        // One that was published is known to six places, and is shown as today's are.
        let shown = |end: Decimal| Threshold::worked_out(Ratio::from(end), indicator.decimals);
        let shown = match was.map(|was| was.bands.target()) {
            Some((was_low, was_high)) if was_low.plain() == low && was_high.plain() == high => {
                limits(was_low, was_high, indicator)
            }
            _ => limits(&shown(low), &shown(high), indicator),
        };
        return Some(format!("its target was {shown}"));
    }
    let floors = |bands: &Bands| (bands.floor_low().cloned(), bands.floor_high().cloned());
    let was = &was?.bands;
    if floors(was) == floors(&now.bands) {
        return None;
    }
    match floors(was) {
        (Some(low), Some(high)) => {
            Some(format!("its floor was {}", limits(&low, &high, indicator)))
        }
        (Some(floor), None) | (None, Some(floor)) => {
            Some(format!("its floor was {}", limit(&floor, indicator)))
        }
        (None, None) => Some("it had no floor".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bandings of an indicator with these keys.
    fn bandings_of(keys: &str) -> String {
        let definition = Definition::for_test(&format!(
            "[scorecard]\ntitle = 'T'\narea = 'Kent'\n[[indicator]]\nid = '1'\nsection = 'S'\n\
             name = 'N'\nperiod = 'SS'\n{keys}\n"
        ));
        let january: Month = "2016-01".parse().expect("a month");
        let indicator = &definition.indicators[0];
        let standard =
            indicator.standards.of(definition.financial_year(january), january).expect("a target");
        bandings(standard, indicator)
    }

    /// The exception reports of January 2016 for indicators 9, 19 and 30, and the like for the
    /// other cases.
    #[test]
    fn bandings_say_of_every_value_what_it_is() {
        for (keys, words) in [
            (
                "polarity = 'H'\nunit = 'percent'\ntarget = 85.0\nfloor = 76.5",
                "Green: 85% or more. Amber: 76.5% up to but not including 85%. Red: under 76.5%.",
            ),
            (
                "polarity = 'L'\nunit = 'percent'\ntarget = 9\nfloor = 12",
                "Green: 9% or less. Amber: over 9% up to and including 12%. Red: over 12%.",
            ),
            (
                "polarity = 'L'\nunit = 'average'\ntarget = 121\nfloor = 225\nat_floor = 'red'",
                "Green: 121 or less. Amber: over 121 up to but not including 225. Red: 225 or more.",
            ),
            (
                "polarity = 'H'\nunit = 'number'\ntarget = 1200\nfloor = 1000\nat_floor = 'red'",
                "Green: 1,200 or more. Amber: over 1,000 up to but not including 1,200. Red: 1,000 or less.",
            ),
            (
                "polarity = 'H'\nunit = 'percent'\ntarget = 60\nfloor = 'none'",
                "Green: 60% or more. Red: under 60%.",
            ),
            (
                "polarity = 'L'\nunit = 'number'\ntarget = 0\nfloor = 0",
                "Green: 0 or less. Red: over 0.",
            ),
            (
                "polarity = 'T'\nunit = 'percent'\ntarget = 7.5\ngreen = [5, 10]\nfloor = [2.5, 12.5]",
                "Green: 5% to 10%. Amber: 2.5% up to but not including 5%, or over 10% up to and including 12.5%. Red: under 2.5%, or over 12.5%.",
            ),
            (
                "polarity = 'T'\nunit = 'percent'\ntarget = [15, 20]\nfloor = [10, 25]\nat_floor = 'red'",
                "Green: 15% to 20%. Amber: over 10% up to but not including 15%, or over 20% up to but not including 25%. Red: 10% or less, or 25% or more.",
            ),
            (
                "polarity = 'T'\nunit = 'number'\ntarget = 5\nfloor = [5, 8]",
                "Green: 5. Amber: over 5 up to and including 8. Red: under 5, or over 8.",
            ),
            (
                "polarity = 'T'\nunit = 'number'\ntarget = 5\nfloor = 'none'",
                "Green: 5. Red: anything else.",
            ),
        ] {
            assert_eq!(bandings_of(keys), words, "{keys}");
        }
    }
}
