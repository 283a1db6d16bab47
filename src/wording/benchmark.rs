//! Benchmarks in words: what they have beside a result, and how the result stands to them.

use super::{name_of_period, said, short_name_of_period, with_unit};
use crate::assess::BenchmarkFigure;
use crate::definition::{
    CompareWith, Definition, Indicator, Period, Polarity, RatedAgainst, Similar, Unit,
};
use crate::figure::{Decimal, Ratio};
use crate::month::Month;
use crate::rating::Verdict;

/// `Better`, `Similar`, `Worse`, `Higher`, `Lower`.
#[must_use]
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Better => "Better",
        Verdict::Similar => "Similar",
        Verdict::Worse => "Worse",
        Verdict::Higher => "Higher",
        Verdict::Lower => "Lower",
    }
}

/// How a result stands to a benchmark, in a sentence: `better than England`.
#[must_use]
pub fn stands(verdict: Verdict, name: &str) -> String {
    match verdict {
        Verdict::Better => format!("better than {name}"),
        Verdict::Similar => format!("similar to {name}"),
        Verdict::Worse => format!("worse than {name}"),
        Verdict::Higher => format!("higher than {name}"),
        Verdict::Lower => format!("lower than {name}"),
    }
}

/// The name of the benchmark that a figure is of.
#[must_use]
pub fn name<'d>(definition: &'d Definition, figure: &BenchmarkFigure<'_>) -> &'d str {
    &definition.benchmark(figure.benchmark).name
}

/// The result of a benchmark's figure: `10.5%`.
#[must_use]
pub fn result(figure: &BenchmarkFigure<'_>, indicator: &Indicator) -> String {
    super::outcome(&figure.outcome, indicator)
}

/// The period of a benchmark's figure: `Q2 2015/16`.
#[must_use]
pub fn period(
    definition: &Definition,
    indicator: &Indicator,
    figure: &BenchmarkFigure<'_>,
) -> String {
    name_of_period(definition, indicator, figure.period, figure.month)
}

/// The same in a sentence: `Q2 2015/16`, `the 2014/15 school year`.
#[must_use]
pub fn period_said(
    definition: &Definition,
    indicator: &Indicator,
    period: Period,
    month: Month,
) -> String {
    said(definition, indicator, period, month, name_of_period)
}

/// The same where there is little room.
#[must_use]
pub fn period_short(
    definition: &Definition,
    indicator: &Indicator,
    figure: &BenchmarkFigure<'_>,
) -> String {
    short_name_of_period(definition, indicator, figure.period, figure.month)
}

/// What a benchmark has: `England, Q2 2015/16: 10.5%`.
#[must_use]
pub fn figure(
    definition: &Definition,
    indicator: &Indicator,
    figure: &BenchmarkFigure<'_>,
) -> String {
    let period = period(definition, indicator, figure);
    format!("{}, {period}: {}", name(definition, figure), result(figure, indicator))
}

/// That a benchmark's figure is not compared with a result, and why.
#[must_use]
pub fn not_comparable(
    definition: &Definition,
    indicator: &Indicator,
    figure: &BenchmarkFigure<'_>,
) -> String {
    format!(
        "{}: the figure is of {}, a period of another length, and is not compared",
        name(definition, figure),
        period_said(definition, indicator, figure.period, figure.month)
    )
}

/// What a benchmark's earlier figure is compared as: `the previous result`.
#[must_use]
pub fn earlier(with: CompareWith) -> &'static str {
    match with {
        CompareWith::Previous => "the period before",
        CompareWith::Outturn => "the outturn",
        CompareWith::LastYear => "the year before",
    }
}

/// What is green, amber and red for an indicator that is rated against a benchmark: `Green: below
/// England. Amber: within 0.1 percentage points of it. Red: above it.`
#[must_use]
pub fn bandings(definition: &Definition, indicator: &Indicator, rated: &RatedAgainst) -> String {
    let name = &definition.benchmark(rated.benchmark).name;
    let (worse, better) = match indicator.polarity {
        Polarity::Lower => ("above", "below"),
        _ => ("below", "above"),
    };
    let similar = match &rated.similar {
        Similar::Points(points) if points.is_zero() => "the same".to_owned(),
        Similar::Points(points) => format!("within {} of it", distance(points, indicator)),
        Similar::Interval => "no further from it than chance alone could be".to_owned(),
    };
    format!("Green: {better} {name}. Amber: {similar}. Red: {worse} it.")
}

/// A distance between results: `0.1 percentage points`, `12`.
fn distance(points: &Decimal, indicator: &Indicator) -> String {
    let number = points.clone().trimmed().grouped();
    match indicator.unit {
        Unit::Percent if number == "1" => "1 percentage point".to_owned(),
        Unit::Percent => format!("{number} percentage points"),
        _ => number,
    }
}

/// How far a result is from a benchmark: `1.8 percentage points above England`.
#[must_use]
pub fn difference(
    definition: &Definition,
    indicator: &Indicator,
    figure: &BenchmarkFigure<'_>,
    difference: &Ratio,
) -> String {
    let name = name(definition, figure);
    if *difference == Ratio::ZERO {
        return format!("the same as {name}");
    }
    let side = if *difference > Ratio::ZERO { "above" } else { "below" };
    let size = difference.size().round(indicator.decimals);
    format!("{} {side} {name}", distance(&size, indicator))
}

/// A result that is held against a benchmark: `22.0% against 21.9% for England`.
#[must_use]
pub fn against(
    definition: &Definition,
    indicator: &Indicator,
    figure: &BenchmarkFigure<'_>,
) -> String {
    let result = with_unit(&figure.outcome.displayed(indicator).grouped(), indicator);
    format!("{result} for {}", name(definition, figure))
}
