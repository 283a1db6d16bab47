//! Benchmarks in words: what they have beside a result, and how the result stands to them.

use super::period::{in_a_sentence, name_of_period, short_name_of_period};
use super::{distance, told_apart, with_unit};
use crate::assess::{BenchmarkFigure, Outcome};
use crate::definition::{
    CompareWith, Definition, Indicator, Period, Polarity, RatedAgainst, Similar,
};
use crate::figure::Ratio;
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
pub fn stands(how: Verdict, name: &str) -> String {
    format!("{} {} {name}", verdict(how).to_lowercase(), preposition(how))
}

/// The same where it stands alone: `Better than England`.
#[must_use]
pub fn stands_alone(how: Verdict, name: &str) -> String {
    format!("{} {} {name}", verdict(how), preposition(how))
}

fn preposition(how: Verdict) -> &'static str {
    match how {
        Verdict::Similar => "to",
        Verdict::Better | Verdict::Worse | Verdict::Higher | Verdict::Lower => "than",
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
    in_a_sentence(definition, indicator, period, month, name_of_period)
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

/// The result of a benchmark beside another: `21.9%`. Where the two are shown as the same and are
/// not, with as many decimals as tell them apart.
#[must_use]
pub fn result_beside(
    indicator: &Indicator,
    result: &Outcome,
    figure: &BenchmarkFigure<'_>,
) -> String {
    if are_shown_alike(indicator, result, figure) {
        apart(&figure.outcome, result, indicator)
    } else {
        self::result(figure, indicator)
    }
}

/// Whether a result and that of a benchmark are shown as the same and are not.
fn are_shown_alike(indicator: &Indicator, result: &Outcome, figure: &BenchmarkFigure<'_>) -> bool {
    result.exact != figure.outcome.exact
        && result.displayed(indicator) == figure.outcome.displayed(indicator)
}

/// A result as far as it is known, or with as many decimals as tell it from another.
fn apart(one: &Outcome, other: &Outcome, indicator: &Indicator) -> String {
    match one.known {
        Some(known) => {
            let shown = one.exact.round(known.max(indicator.decimals));
            with_unit(&shown.grouped(), indicator)
        }
        None => told_apart(one, &other.exact, indicator),
    }
}

/// That a result is rated against a benchmark, and how it stands to it: `Rated against England,
/// 2014/15: 22%: worse on the unrounded results, 22.1% against 21.9%`.
#[must_use]
pub fn rated(
    definition: &Definition,
    indicator: &Indicator,
    result: &Outcome,
    figure: &BenchmarkFigure<'_>,
    stands: Verdict,
) -> String {
    let tie = if stands != Verdict::Similar && are_shown_alike(indicator, result, figure) {
        format!(
            " on the unrounded results, {} against {}",
            apart(result, &figure.outcome, indicator),
            apart(&figure.outcome, result, indicator)
        )
    } else {
        String::new()
    };
    format!(
        "Rated against {}: {}{tie}",
        self::figure(definition, indicator, figure),
        verdict(stands).to_lowercase()
    )
}
