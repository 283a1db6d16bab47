//! Cohorts that do not fit the whole that they are part of.

use super::{Collected, Context, Rows, written};
use crate::definition::Unit;
use crate::diagnostic::{Code, Finding};
use crate::extract::Observation;
use crate::figure::{Amount, Decimal};
use crate::population::Population;

/// A cohort and everyone else, where all three rows are given, and a cohort beside the whole.
pub(super) fn look(context: Context<'_, '_>, rows: &Rows<'_, '_>, collected: &mut Collected<'_>) {
    // Most figures are everyone's alone.
    if rows.now.rows.len() < 2 {
        return;
    }
    let Some((whole, all)) = rows.of(Population::Everyone) else { return };
    // What an indicator leaves out already is not part of its whole.
    for cohort in
        context.definition.cohort_ids().filter(|cohort| !rows.indicator.excludes.contains(cohort))
    {
        let (part, rest) =
            (rows.of(Population::Cohort(cohort)), rows.of(Population::Excluding(cohort)));
        if let (Some((part, row)), Some((rest, rest_row))) = (part, rest) {
            adds_up(context, rows, (whole, all), (part, row), (rest, rest_row), collected);
        }
        let suspect = match (part, rest) {
            (Some((part, row)), _)
                if part == whole && is_above_zero(whole, rows.indicator.unit) =>
            {
                row
            }
            (None, Some((rest, row)))
                if is_zero(rest, rows.indicator.unit)
                    && is_above_zero(whole, rows.indicator.unit) =>
            {
                row
            }
            _ => continue,
        };
        collected.add(Code::CohortIsWhole, || {
            let found = format!(
                "{} is all of {}: {}",
                context.definition.cohort(cohort).id,
                context.name(rows.area, rows.id),
                written(whole, rows.indicator.unit),
            );
            let remedy = "check that a row of everyone has not been used for the cohort; a cohort \
                is rarely everyone";
            Finding::new(Code::CohortIsWhole, rows.place(suspect), found, remedy)
                .with_related(rows.place(all), "all is here")
        });
    }
}

type Row<'e> = (&'e Amount, &'e Observation);

fn adds_up(
    context: Context<'_, '_>,
    rows: &Rows<'_, '_>,
    whole: Row<'_>,
    part: Row<'_>,
    rest: Row<'_>,
    collected: &mut Collected<'_>,
) {
    let (what, all, sum) = match (whole.0, part.0, rest.0) {
        (
            Amount::Ratio { numerator: all_n, denominator: all_d },
            Amount::Ratio { numerator: n, denominator: d },
            Amount::Ratio { numerator: rest_n, denominator: rest_d },
        ) => {
            let (sum_n, sum_d) = (n + rest_n, d + rest_d);
            // A rate is per head of one population, whoever is counted.
            let is_split = !matches!(rows.indicator.unit, Unit::Rate { .. });
            if sum_n != *all_n {
                ("numerator", all_n, sum_n)
            } else if is_split && sum_d != *all_d {
                ("denominator", all_d, sum_d)
            } else {
                return;
            }
        }
        (Amount::Value(all), Amount::Value(part), Amount::Value(rest))
            if rows.indicator.unit == Unit::Number =>
        {
            let sum = part + rest;
            if sum == *all {
                return;
            }
            ("number", all, sum)
        }
        _ => return,
    };
    collected.add(Code::PartsOfWhole, || {
        let found = format!(
            "the {what} of {} is {}, and that of the cohort and of everyone else add up to {}",
            context.name(rows.area, rows.id),
            all.grouped(),
            sum.grouped()
        );
        let remedy = "correct whichever of the three rows is wrong, or leave out the row of the \
            cohort or of everyone else: it follows from the other two";
        Finding::new(Code::PartsOfWhole, rows.place(whole.1), found, remedy)
            .with_related(rows.place(part.1), "the cohort is here")
            .with_related(rows.place(rest.1), "everyone else is here")
    });
}

fn is_above_zero(amount: &Amount, unit: Unit) -> bool {
    size(amount, unit).is_some_and(Decimal::is_positive)
}

fn is_zero(amount: &Amount, unit: Unit) -> bool {
    size(amount, unit).is_some_and(Decimal::is_zero)
}

/// How many there are; a bare percentage, average or rate does not say.
fn size(amount: &Amount, unit: Unit) -> Option<&Decimal> {
    match amount {
        // A rate is per head of everyone: only what is above the line is the cohort's.
        Amount::Ratio { numerator, .. } if matches!(unit, Unit::Rate { .. }) => Some(numerator),
        Amount::Ratio { denominator, .. } => Some(denominator),
        Amount::Value(value) if unit == Unit::Number => Some(value),
        Amount::Value(_)
        | Amount::Suppressed
        | Amount::Low
        | Amount::NoFigure(_)
        | Amount::Gap(_) => None,
    }
}
