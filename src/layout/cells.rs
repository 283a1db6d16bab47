//! Cells that more than one table has.

use super::block::Cell;
use super::notes::Notes;
use super::number::Number;
use crate::assess::{Assessed, Comparison, Earlier, Excluding, TrendPoint, Variance};
use crate::definition::{Definition, Indicator, Standard, Unit};
use crate::figure::{Amount, Decimal, Ratio};
use crate::scorecard::Scorecard;
use crate::wording;

/// A result, or what stands for one.
pub(super) fn result_cell(assessed: Option<&Assessed<'_>>, indicator: &Indicator) -> Cell {
    match assessed {
        None => Cell::missing(),
        Some(assessed) => match &assessed.outcome {
            Some(outcome) => outcome_cell(&outcome.exact, indicator),
            None => Cell::text(wording::no_result(&assessed.figure.amount)),
        },
    }
}

/// The latest result in a table of a report month: marked where it was carried forward, is
/// provisional or was revised.
pub(super) fn latest_cell(
    scorecard: &Scorecard<'_>,
    assessed: Option<&Assessed<'_>>,
    indicator: &Indicator,
    notes: &Notes,
) -> Cell {
    let carried = assessed.and_then(|assessed| {
        notes.carried_forward(scorecard.definition, assessed, scorecard.month)
    });
    let figure = assessed.map(|assessed| &assessed.figure);
    notes.firmness(result_cell(assessed, indicator), figure, indicator).noted(carried)
}

/// A rating, with a footnote where the displayed result would not have had it.
pub(super) fn rating_cell(
    definition: &Definition,
    assessed: Option<&Assessed<'_>>,
    indicator: &Indicator,
    notes: &Notes,
) -> Cell {
    let tie = assessed.and_then(|assessed| notes.rating_tie(definition, assessed, indicator));
    Cell::rag(assessed.and_then(|assessed| assessed.rag)).noted(tie)
}

/// An earlier result that a figure is compared with, or what stands for it.
pub(super) fn earlier_cell(
    earlier: Option<&Earlier<'_>>,
    indicator: &Indicator,
    notes: &Notes,
) -> Cell {
    match earlier {
        None | Some(Earlier::Missing) => Cell::missing(),
        Some(Earlier::NoResult(figure)) => Cell::text(wording::no_result(&figure.amount)),
        Some(Earlier::Result(comparison)) => {
            let cell = outcome_cell(&comparison.outcome.exact, indicator);
            notes.firmness(cell, Some(&comparison.figure), indicator)
        }
    }
}

/// How a result moved from an earlier one, with a footnote where the displayed results would not
/// have shown it.
pub(super) fn direction_cell(
    definition: &Definition,
    assessed: Option<&Assessed<'_>>,
    earlier: Option<&Comparison<'_>>,
    indicator: &Indicator,
    notes: &Notes,
) -> Cell {
    let Some(earlier) = earlier else { return Cell::missing() };
    let tie =
        assessed.and_then(|assessed| notes.direction_tie(definition, assessed, earlier, indicator));
    Cell::direction(earlier.direction).noted(tie)
}

/// What leaving a cohort out changes, or what stands for it.
pub(super) fn excluding_cell(
    excluding: &Excluding<'_>,
    including: Option<&Assessed<'_>>,
    indicator: &Indicator,
) -> Cell {
    match &excluding.variance {
        Variance::Of(difference) => variance_cell(difference, indicator),
        Variance::NotApplicable | Variance::DifferentMonths => Cell::missing(),
        Variance::Unknown => {
            let amounts = [
                including.map(|including| &including.figure.amount),
                Some(&excluding.assessed.figure.amount),
            ];
            match amounts {
                [Some(Amount::Suppressed), _] | [_, Some(Amount::Suppressed)] => {
                    Cell::text(wording::SUPPRESSED)
                }
                [Some(amount), _] => Cell::text(wording::no_result(amount)),
                [None, _] => Cell::missing(),
            }
        }
    }
}

/// A result that there is.
pub(super) fn outcome_cell(exact: &Ratio, indicator: &Indicator) -> Cell {
    Cell::number(result_number(exact, indicator))
}

/// The result of a period, or what stands for one.
pub(super) fn trend_cell(point: &TrendPoint<'_>, indicator: &Indicator, notes: &Notes) -> Cell {
    let result = match (&point.outcome, &point.figure) {
        (Some(outcome), _) => outcome_cell(&outcome.exact, indicator),
        (None, Some(figure)) => Cell::text(wording::no_result(&figure.amount)),
        (None, None) => Cell::missing(),
    };
    notes.firmness(result, point.figure.as_ref(), indicator)
}

/// A variance in the indicator's unit, with its sign.
pub(super) fn variance_cell(difference: &Ratio, indicator: &Indicator) -> Cell {
    Cell::number(Number { signed: true, ..result_number(difference, indicator) })
}

/// A result as a number.
pub(super) fn result_number(exact: &Ratio, indicator: &Indicator) -> Number {
    Number {
        exact: exact.clone(),
        shown: exact.round(indicator.decimals),
        percent: indicator.unit == Unit::Percent,
        signed: false,
    }
}

/// A count as it was given.
pub(super) fn count_cell(count: &Decimal) -> Cell {
    Cell::number(Number {
        exact: count.into(),
        shown: count.clone().trimmed(),
        percent: false,
        signed: false,
    })
}

/// How many there are of something.
pub(super) fn whole_cell(count: usize) -> Cell {
    count_cell(&Decimal::new(i64::try_from(count).unwrap_or(i64::MAX), 0))
}

/// The numerator that a result is worked out from, where there is one.
pub(super) fn numerator_cell(amount: Option<&Amount>) -> Cell {
    ratio_part_cell(amount, |numerator, _| numerator)
}

/// The denominator that a result is worked out from, where there is one.
pub(super) fn denominator_cell(amount: Option<&Amount>) -> Cell {
    ratio_part_cell(amount, |_, denominator| denominator)
}

fn ratio_part_cell(
    amount: Option<&Amount>,
    part: for<'a> fn(&'a Decimal, &'a Decimal) -> &'a Decimal,
) -> Cell {
    match amount {
        Some(Amount::Ratio { numerator, denominator }) => count_cell(part(numerator, denominator)),
        Some(Amount::Suppressed) => Cell::text(wording::SUPPRESSED),
        Some(Amount::Value(_)) | None => Cell::missing(),
    }
}

/// The target that a figure is rated against: a number, or the words for a pair.
pub(super) fn target_cell(standard: Option<&Standard>, indicator: &Indicator) -> Cell {
    let Some([low, high]) = standard.map(|standard| target(standard, indicator)) else {
        return Cell::missing();
    };
    if low.exact == high.exact { Cell::number(low) } else { Cell::pair(low, high) }
}

/// Both ends of a target; of a single one, twice the same.
pub(super) fn target(standard: &Standard, indicator: &Indicator) -> [Number; 2] {
    let (low, high) = standard.bands.target();
    [limit(low, indicator), limit(high, indicator)]
}

/// The floor that a figure is rated against: a number, or a pair for T.
pub(super) fn floor_cell(standard: Option<&Standard>, indicator: &Indicator) -> Cell {
    let Some(bands) = standard.map(|standard| &standard.bands) else { return Cell::missing() };
    match (bands.floor_low(), bands.floor_high()) {
        (Some(low), Some(high)) => Cell::pair(limit(low, indicator), limit(high, indicator)),
        (Some(floor), None) | (None, Some(floor)) => Cell::number(limit(floor, indicator)),
        (None, None) => Cell::missing(),
    }
}

/// A target or a floor, with at least the displayed decimals and never rounded.
pub(super) fn limit(limit: &Decimal, indicator: &Indicator) -> Number {
    let shown = limit.clone().trimmed().padded(indicator.decimals);
    Number { exact: limit.into(), shown, percent: indicator.unit == Unit::Percent, signed: false }
}
