//! Leaving a cohort out: an area's own figure for everyone, or for everyone but a cohort.

use super::Origin;
use crate::definition::{Indicator, Unit};
use crate::extract::{Observation, find};
use crate::figure::Amount;
use crate::population::{CohortId, Population};

/// The figure from an area's own rows.
///
/// For everyone, or for a cohort alone, it is that row. Without a cohort it is the `excluding-`
/// row; else, for an indicator that already leaves the cohort out, the `all` row; else `all` minus
/// the cohort's row. A row that says why there is no figure gives that reason, and a difference
/// cannot be made from one. `None` if a row that is needed is missing or says that there is no
/// figure.
#[inline]
#[must_use]
pub fn own_figure<'e>(
    rows: &'e [Observation],
    indicator: &Indicator,
    population: Population,
) -> Option<(Amount, Origin<'e>)> {
    let row = |who: Population| find(rows, who);
    let (amount, answer) = (Observation::amount, Observation::answer);
    let cohort = match population {
        Population::Everyone | Population::Cohort(_) => {
            return row(population).and_then(|row| Some((answer(row)?, Origin::Row(row))));
        }
        Population::Excluding(cohort) => cohort,
    };
    if let Some(rest) = row(Population::Excluding(cohort)) {
        return Some((answer(rest)?, Origin::Row(rest)));
    }
    let all = row(Population::Everyone)?;
    if indicator.excludes.contains(&cohort) {
        return Some((answer(all)?, Origin::AlreadyExcluded(all)));
    }
    let part = row(Population::Cohort(cohort))?;
    Some((
        difference(&amount(all)?, &amount(part)?, indicator.unit)?,
        Origin::Difference { all, cohort: part },
    ))
}

/// Whether an area's own rows could give a figure without the cohort. They cannot if the only row,
/// as usual, is everyone's and that includes the cohort.
#[inline]
#[must_use]
pub fn may_leave_out(rows: &[Observation], indicator: &Indicator, cohort: CohortId) -> bool {
    !matches!(rows, [row] if row.is_about(Population::Everyone))
        || indicator.excludes.contains(&cohort)
}

/// The whole minus a part: of numerators and denominators, or of the values of a number. `None` for
/// other bare values, which cannot be subtracted.
#[must_use]
pub fn difference(whole: &Amount, part: &Amount, unit: Unit) -> Option<Amount> {
    match (whole, part) {
        (Amount::Suppressed, _) | (_, Amount::Suppressed) => Some(Amount::Suppressed),
        (
            Amount::Ratio { numerator, denominator },
            Amount::Ratio { numerator: part_n, denominator: part_d },
        ) => {
            Some(Amount::Ratio { numerator: numerator - part_n, denominator: denominator - part_d })
        }
        (Amount::Value(whole), Amount::Value(part)) if unit == Unit::Number => {
            Some(Amount::Value(whole - part))
        }
        _ => None,
    }
}
