//! Cells and columns that more than one table has.

use super::notes::Notes;
use super::{Cell, Column, Number, Sign};
use crate::assess::{Against, Assessed, Comparison, Earlier, Excluding, TrendPoint, Variance};
use crate::definition::{Definition, Indicator, IndicatorId, Standard, Target, Threshold, Unit};
use crate::figure::{Amount, Decimal, Ratio};
use crate::month::Month;
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
    let period = assessed.and_then(|assessed| notes.period(scorecard, assessed, indicator));
    let turned =
        assessed.and_then(|assessed| notes.gap_turned(scorecard.definition, assessed, indicator));
    let figure = assessed.map(|assessed| &assessed.figure);
    let cell =
        notes.firmness(scorecard.definition, result_cell(assessed, indicator), figure, indicator);
    cell.noted(period).noted(turned)
}

/// A rating, with a footnote where the displayed result would not have had it.
pub(super) fn rating_cell(
    definition: &Definition,
    assessed: Option<&Assessed<'_>>,
    indicator: &Indicator,
    notes: &Notes,
) -> Cell {
    if let Some(position) = assessed.and_then(|assessed| assessed.range) {
        return Cell::text(wording::range_position(position));
    }
    let tie = assessed.and_then(|assessed| notes.rating_tie(definition, assessed, indicator));
    Cell::rag(assessed.and_then(|assessed| assessed.rag)).noted(tie)
}

/// An earlier result that a figure is compared with, or what stands for it.
pub(super) fn earlier_cell(
    definition: &Definition,
    earlier: Option<&Earlier<'_>>,
    indicator: &Indicator,
    notes: &Notes,
) -> Cell {
    match earlier {
        None | Some(Earlier::Missing) => Cell::missing(),
        Some(Earlier::NoResult(figure)) => Cell::text(wording::no_result(&figure.amount)),
        Some(Earlier::Result(comparison)) => {
            let cell = outcome_cell(&comparison.outcome.exact, indicator);
            notes.firmness(definition, cell, Some(&comparison.figure), indicator)
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
    let Some(assessed) = assessed else { return Cell::direction(earlier.direction) };
    Cell::direction(earlier.direction)
        .noted(notes.across_years(definition, assessed, earlier, indicator))
        .noted(notes.direction_tie(definition, assessed, earlier, indicator))
}

/// What leaving a cohort out changes, or what stands for it.
pub(super) fn excluding_cell(
    excluding: &Excluding<'_>,
    including: Option<&Assessed<'_>>,
    indicator: &Indicator,
) -> Cell {
    difference_cell(&excluding.variance, &excluding.assessed, including, indicator)
}

/// The difference between a figure and everyone's, or what stands for it.
pub(super) fn difference_cell(
    difference: &Variance,
    of: &Assessed<'_>,
    including: Option<&Assessed<'_>>,
    indicator: &Indicator,
) -> Cell {
    match difference {
        Variance::Of(difference) => variance_cell(difference, indicator),
        Variance::NotApplicable | Variance::DifferentMonths => Cell::missing(),
        Variance::Unknown => {
            let amounts =
                [including.map(|including| &including.figure.amount), Some(&of.figure.amount)];
            match amounts {
                [Some(Amount::NoFigure(_)), _] | [_, Some(Amount::NoFigure(_))] => Cell::missing(),
                [Some(Amount::Suppressed), _] | [_, Some(Amount::Suppressed)] => {
                    Cell::text(wording::SUPPRESSED)
                }
                // There is no difference from a figure of which no more is known.
                [Some(Amount::Low) | None, _] | [_, Some(Amount::Low)] => Cell::missing(),
                [Some(amount), _] => Cell::text(wording::no_result(amount)),
            }
        }
    }
}

/// A result that there is.
pub(super) fn outcome_cell(exact: &Ratio, indicator: &Indicator) -> Cell {
    Cell::number(result_number(exact, indicator))
}

/// The result of a period, or what stands for one.
pub(super) fn trend_cell(
    definition: &Definition,
    point: &TrendPoint<'_>,
    indicator: &Indicator,
    notes: &Notes,
) -> Cell {
    let result = match (&point.outcome, &point.figure) {
        (Some(outcome), _) => outcome_cell(&outcome.exact, indicator),
        (None, Some(figure)) => Cell::text(wording::no_result(&figure.amount)),
        (None, None) => Cell::missing(),
    };
    notes.firmness(definition, result, point.figure.as_ref(), indicator)
}

/// A column of differences: in percentage points where they are of percentages.
pub(super) fn difference_column(what: &str, short: &str, has_percentages: bool) -> Column {
    if has_percentages {
        Column::number(format!("{what} (percentage points)"))
            .in_csv(format!("{what} (pp: percentage points)"))
            .in_short(short)
    } else {
        Column::number(what).in_short(short)
    }
}

/// The column of numerators.
pub(super) fn numerator_column() -> Column {
    Column::number("Number").in_csv("Num")
}

/// The column of denominators.
pub(super) fn denominator_column() -> Column {
    Column::number("Out of").in_csv("Denom")
}

/// A variance in the indicator's unit, with its sign: percentage points where that is percent.
fn variance_cell(difference: &Ratio, indicator: &Indicator) -> Cell {
    let unit =
        Sign::of_differences(indicator.unit == Unit::Percent, indicator.labels.affixes.as_ref());
    Cell::number(Number { signed: true, unit, ..result_number(difference, indicator) })
}

/// A result as a number.
pub(super) fn result_number(exact: &Ratio, indicator: &Indicator) -> Number {
    Number {
        exact: exact.clone(),
        shown: exact.round(indicator.decimals),
        unit: Sign::of_results(indicator.unit == Unit::Percent, indicator.labels.affixes.as_ref()),
        signed: false,
    }
}

/// A count as it was given.
pub(super) fn count_cell(count: &Decimal) -> Cell {
    Cell::number(Number {
        exact: count.into(),
        shown: count.clone().trimmed(),
        unit: Sign::None,
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
        Some(Amount::Value(_) | Amount::Low | Amount::NoFigure(_) | Amount::Gap(_)) | None => {
            Cell::missing()
        }
    }
}

/// The target that a figure is rated against: a number, or the words for a pair.
pub(super) fn target_cell(standard: Option<&Standard>, indicator: &Indicator) -> Cell {
    let Some(standard) = standard else { return Cell::missing() };
    let [low, high] = target_numbers(standard, indicator);
    let cell = if low.exact == high.exact { Cell::number(low) } else { Cell::pair(low, high) };
    match &standard.due {
        Some(due) if !due.is_whole => {
            let text = wording::due(&cell.text, due, indicator);
            cell.worded(text)
        }
        _ => cell,
    }
}

/// What a figure of a month is rated against: the target, the expected range, that the target is
/// to be confirmed, or what it would be worked out from.
pub(super) fn against_cell(
    definition: &Definition,
    against: &Against<'_>,
    indicator: &Indicator,
    month: Month,
    notes: &Notes,
) -> Cell {
    let cell = match against {
        Against::Nothing => untargeted_cell(definition, indicator, month),
        Against::NoTarget(no_target) => {
            let relative = &no_target.relative.relative;
            Cell::text(wording::relative(definition, indicator, relative))
        }
        Against::Defined(_) | Against::WorkedOut(_) => target_cell(against.standard(), indicator),
    };
    cell.noted(notes.worked_out(definition, against, indicator))
}

/// The target of an indicator as the definitions have it, whatever its figures are.
pub(super) fn defined_cell(definition: &Definition, id: IndicatorId, month: Month) -> Cell {
    let indicator = definition.indicator(id);
    match definition.target(id, month) {
        None => untargeted_cell(definition, indicator, month),
        Some(Target::Standard(standard)) => target_cell(Some(standard), indicator),
        Some(Target::Relative(standard)) => {
            Cell::text(wording::relative(definition, indicator, &standard.relative))
        }
    }
}

/// The expected range of an indicator without a target, or that its target is to be confirmed.
fn untargeted_cell(definition: &Definition, indicator: &Indicator, month: Month) -> Cell {
    let year = definition.financial_year(month);
    match indicator.standards.expected(year, month) {
        Some(expected) => Cell::pair(
            limit_number(&expected.low, indicator),
            limit_number(&expected.high, indicator),
        ),
        None if indicator.standards.is_to_be_confirmed(year, month) => {
            Cell::text(wording::TO_BE_CONFIRMED)
        }
        None => Cell::missing(),
    }
}

/// Both ends of a target; of a single one, twice the same.
pub(super) fn target_numbers(standard: &Standard, indicator: &Indicator) -> [Number; 2] {
    let (low, high) = standard.bands.target();
    [limit_number(low, indicator), limit_number(high, indicator)]
}

/// The floor that a figure is rated against: a number, or a pair for T.
pub(super) fn floor_cell(standard: Option<&Standard>, indicator: &Indicator) -> Cell {
    let Some(bands) = standard.map(|standard| &standard.bands) else { return Cell::missing() };
    match (bands.floor_low(), bands.floor_high()) {
        (Some(low), Some(high)) => {
            Cell::pair(limit_number(low, indicator), limit_number(high, indicator))
        }
        (Some(floor), None) | (None, Some(floor)) => Cell::number(limit_number(floor, indicator)),
        (None, None) => Cell::missing(),
    }
}

/// A target or a floor, with at least the displayed decimals.
pub(super) fn limit_number(limit: &Threshold, indicator: &Indicator) -> Number {
    let shown = limit.shown().clone().trimmed().padded(indicator.decimals);
    Number {
        exact: limit.into(),
        shown,
        unit: Sign::of_results(indicator.unit == Unit::Percent, indicator.labels.affixes.as_ref()),
        signed: false,
    }
}
