//! Areas whose figures are the sum of their parts.

use crate::population::Population;

use super::SeriesKey;
use super::cohort::{difference, own_figure};
use crate::definition::{AreaId, AreaKind, Definition, Rollup, Unit};
use crate::extract::{Results, find, has_own};
use crate::figure::Amount;
use crate::month::Month;
use std::collections::HashMap;

/// The figures of a month that are sums of other areas.
#[derive(Debug, Default)]
pub struct Sums {
    figures: HashMap<SeriesKey, SummedFigure>,
}

/// A figure of an area that has no row for everyone.
#[derive(Clone, Debug)]
pub struct SummedFigure {
    /// Its numbers.
    pub amount: Amount,
    /// How it was calculated.
    pub how: How,
}

/// How a figure of an area without a row for everyone was calculated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The sum of the parts.
    Sum,
    /// The area's own row.
    Row,
    /// The sum of the parts minus the area's own row of the cohort.
    SumMinusCohort,
}

impl Sums {
    /// The figure of an area that has no row for everyone. `None` if its parts do not give one.
    #[must_use]
    pub fn of(&self, key: SeriesKey) -> Option<&SummedFigure> {
        self.figures.get(&key)
    }

    /// Calculates every sum of a month, from the bottom of the tree upwards.
    ///
    /// An area with a row for everyone uses only its own rows. Without one, if the indicator is
    /// rolled up, everyone's figure is the sum of its parts, provided that each of them has a
    /// figure, from its own rows or as a sum. The figure without a cohort is the area's own row, if
    /// there is one; else everyone's figure, if the indicator leaves the cohort out; else, if the
    /// area has a row of the cohort, everyone's figure minus that row; else the sum of its parts
    /// without the cohort. That of a cohort alone is the area's own row, else the sum of its parts'.
    /// The parts are those in force in any month that the figure covers.
    #[must_use]
    pub fn of_month(definition: &Definition, month: Month, results: &Results) -> Self {
        let mut sums = Self::default();
        let summed: Vec<_> = definition
            .indicators_in_force(month)
            .filter(|id| definition.indicator(*id).rollup == Rollup::Sum)
            .collect();
        if summed.is_empty() {
            return sums;
        }
        let populations = definition.summed_populations();
        let from = SumsFrom { definition, results, month };
        for area in bottom_up(definition) {
            let has_parts = !definition.area(area).parts.is_empty();
            if definition.area(area).kind != AreaKind::Area || !has_parts {
                continue;
            }
            for &indicator in &summed {
                if has_own(results.of(area, indicator)) {
                    continue;
                }
                // Everyone comes first, because the other figures may be calculated from it.
                for &population in &populations {
                    let key = SeriesKey { area, indicator, population };
                    if let Some(figure) = sums.work_out(from, key) {
                        sums.figures.insert(key, figure);
                    }
                }
            }
        }
        sums
    }

    fn work_out(&self, from: SumsFrom<'_>, key: SeriesKey) -> Option<SummedFigure> {
        let SeriesKey { area, indicator: id, population } = key;
        let indicator = from.definition.indicator(id);
        let rows = from.results.of(area, id);
        let everyone = || self.of(key.about(Population::Everyone));
        if population != Population::Everyone
            && let Some(row) = find(rows, population)
        {
            return Some(SummedFigure { amount: row.answer()?, how: How::Row });
        }
        if let Population::Excluding(cohort) = population {
            if indicator.excludes.contains(&cohort) {
                return everyone().cloned();
            }
            if let Some(row) = find(rows, Population::Cohort(cohort)) {
                let amount = difference(&everyone()?.amount, &row.amount()?, indicator.unit)?;
                return Some(SummedFigure { amount, how: How::SumMinusCohort });
            }
        }
        let parts = from.definition.parts_of_sum(area, id, from.month);
        let parts = parts.map(|part| self.amount_of_part(from, key.in_area(part)));
        Some(SummedFigure { amount: sum(parts, indicator.unit)?, how: How::Sum })
    }

    fn amount_of_part(&self, from: SumsFrom<'_>, part: SeriesKey) -> Option<Amount> {
        let rows = from.results.of(part.area, part.indicator);
        let has_parts = !from.definition.area(part.area).parts.is_empty();
        if has_parts && !has_own(rows) {
            return Some(self.of(part)?.amount.clone());
        }
        own_figure(rows, from.definition.indicator(part.indicator), part.population)
            .map(|(amount, _)| amount)
    }
}

/// What the sums of a month are calculated from.
#[derive(Clone, Copy)]
struct SumsFrom<'d> {
    definition: &'d Definition,
    results: &'d Results,
    month: Month,
}

/// The areas in an order in which each comes after all areas below it.
fn bottom_up(definition: &Definition) -> Vec<AreaId> {
    let mut order: Vec<_> =
        definition.area_ids().filter(|area| definition.area(*area).parent.is_none()).collect();
    let mut next = 0;
    while let Some(&area) = order.get(next) {
        order.extend(&definition.area(area).parts);
        next += 1;
    }
    order.reverse();
    order
}

/// The sum of numerators and denominators, or of the values of a number. A suppressed part makes
/// the sum suppressed. `None` if there are no parts, or if one has no figure, whether or not it
/// says why, is low, or has a value that cannot be added.
#[must_use]
pub fn sum(parts: impl Iterator<Item = Option<Amount>>, unit: Unit) -> Option<Amount> {
    let parts = parts.map(|part| part.filter(|amount| amount.reason().is_none()));
    let amounts: Vec<_> = parts.collect::<Option<_>>()?;
    if amounts.contains(&Amount::Suppressed) {
        return Some(Amount::Suppressed);
    }
    // It is not known how much a low part would add.
    if amounts.contains(&Amount::Low) {
        return None;
    }
    if unit != Unit::Number && amounts.iter().any(|amount| matches!(amount, Amount::Value(_))) {
        return None;
    }
    let mut amounts = amounts.into_iter();
    let first = amounts.next()?;
    amounts.try_fold(first, |total, part| match (total, part) {
        (
            Amount::Ratio { numerator, denominator },
            Amount::Ratio { numerator: part_n, denominator: part_d },
        ) => Some(Amount::Ratio {
            numerator: &numerator + &part_n,
            denominator: &denominator + &part_d,
        }),
        (Amount::Value(total), Amount::Value(part)) => Some(Amount::Value(&total + &part)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Decimal, Reason};
    use proptest::prelude::*;

    fn ratio(numerator: i64, denominator: i64) -> Amount {
        Amount::Ratio {
            numerator: Decimal::new(numerator, 0),
            denominator: Decimal::new(denominator, 0),
        }
    }

    fn value(value: i64) -> Amount {
        Amount::Value(Decimal::new(value, 0))
    }

    #[test]
    fn adds_numerators_and_denominators() {
        assert_eq!(
            sum([Some(ratio(1, 2)), Some(ratio(3, 4))].into_iter(), Unit::Percent),
            Some(ratio(4, 6))
        );
        assert_eq!(sum([Some(value(1)), Some(value(3))].into_iter(), Unit::Number), Some(value(4)));
    }

    #[test]
    fn a_part_without_a_figure_is_not_zero() {
        assert_eq!(sum([Some(ratio(1, 2)), None].into_iter(), Unit::Percent), None);
        for reason in Reason::ALL {
            let parts = [Some(ratio(1, 2)), Some(Amount::NoFigure(reason))];
            assert_eq!(sum(parts.into_iter(), Unit::Percent), None);
            let parts = [Some(Amount::Suppressed), Some(Amount::NoFigure(reason))];
            assert_eq!(sum(parts.into_iter(), Unit::Percent), None);
        }
    }

    #[test]
    fn percentages_without_their_counts_do_not_add_up() {
        assert_eq!(sum([Some(value(50)), Some(value(60))].into_iter(), Unit::Percent), None);
        assert_eq!(sum([Some(ratio(1, 2)), Some(value(60))].into_iter(), Unit::Number), None);
    }

    #[test]
    fn a_suppressed_part_makes_a_suppressed_sum() {
        assert_eq!(
            sum([Some(ratio(1, 2)), Some(Amount::Suppressed)].into_iter(), Unit::Percent),
            Some(Amount::Suppressed)
        );
        assert_eq!(sum([Some(Amount::Suppressed), None].into_iter(), Unit::Percent), None);
        assert_eq!(
            sum([Some(Amount::Low), Some(Amount::Suppressed)].into_iter(), Unit::Percent),
            Some(Amount::Suppressed)
        );
        for parts in [vec![Some(Amount::Low)], vec![Some(ratio(1, 2)), Some(Amount::Low)]] {
            assert_eq!(sum(parts.into_iter(), Unit::Percent), None);
        }
    }

    proptest! {
        /// The sum of sums is the sum, in any order.
        #[test]
        fn roll_up_adds(
            mut parts in proptest::collection::vec((0i64..9999, 0i64..9999), 2..9),
            split in 1usize..8,
        ) {
            let summed = |parts: &[(i64, i64)]| {
                sum(parts.iter().map(|(n, d)| Some(ratio(*n, *d))), Unit::Percent)
            };
            let whole = summed(&parts);
            let (left, right) = parts.split_at(split.min(parts.len() - 1));
            let halves = [summed(left), summed(right)];
            prop_assert_eq!(&sum(halves.into_iter(), Unit::Percent), &whole);
            parts.reverse();
            prop_assert_eq!(summed(&parts), whole);
        }
    }
}
