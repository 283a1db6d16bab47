//! Areas that are the sum of their parts.

use crate::population::Population;

use super::cohort::own_figure;
use crate::definition::{AreaId, AreaKind, Definition, IndicatorId, Rollup, Unit};
use crate::extract::Results;
use crate::figure::Amount;
use crate::month::Month;
use std::collections::HashMap;

/// The figures of a month that are sums of areas.
#[derive(Debug, Default)]
pub struct Sums {
    amounts: HashMap<(AreaId, IndicatorId, Population), Amount>,
}

impl Sums {
    /// The sum for an area without rows of its own, where its parts give one.
    #[must_use]
    pub fn of(
        &self,
        area: AreaId,
        indicator: IndicatorId,
        population: Population,
    ) -> Option<&Amount> {
        self.amounts.get(&(area, indicator, population))
    }

    /// Works out every sum of a month, from the bottom of the tree upwards.
    ///
    /// An area with any row for the indicator uses its own rows alone. One without, for an
    /// indicator that is rolled up, is the sum of its parts in force that month, when every one of
    /// them has the figure, however it came by it.
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
        let populations: Vec<_> = definition.populations().collect();
        for area in bottom_up(definition) {
            let is_whole = definition.area(area).kind == AreaKind::Area
                && definition.area(area).in_force.covers(month);
            if !is_whole || definition.parts(area, month).next().is_none() {
                continue;
            }
            for &indicator in
                summed.iter().filter(|indicator| results.of(area, **indicator).is_empty())
            {
                for &population in &populations {
                    let parts = definition
                        .parts(area, month)
                        .map(|part| sums.figure(definition, results, part, indicator, population));
                    if let Some(sum) = sum(parts, definition.indicator(indicator).unit) {
                        sums.amounts.insert((area, indicator, population), sum);
                    }
                }
            }
        }
        sums
    }

    fn figure(
        &self,
        definition: &Definition,
        results: &Results,
        area: AreaId,
        indicator: IndicatorId,
        population: Population,
    ) -> Option<Amount> {
        let rows = results.of(area, indicator);
        if rows.is_empty() {
            return self.of(area, indicator, population).cloned();
        }
        own_figure(rows, definition.indicator(indicator), population).map(|(amount, _)| amount)
    }
}

/// Every area after all that is below it.
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

/// Numerators and denominators, or values for a number, added up; nothing unless every part has
/// them. A suppressed part makes a suppressed sum, whatever the others are.
pub(super) fn sum(parts: impl Iterator<Item = Option<Amount>>, unit: Unit) -> Option<Amount> {
    let amounts: Vec<_> = parts.collect::<Option<_>>()?;
    if amounts.contains(&Amount::Suppressed) {
        return Some(Amount::Suppressed);
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
    use crate::figure::Decimal;
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
    fn a_part_without_a_figure_is_not_nought() {
        assert_eq!(sum([Some(ratio(1, 2)), None].into_iter(), Unit::Percent), None);
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
    }

    proptest! {
        /// The sum of sums is the sum, in whichever order.
        #[test]
        fn roll_up_adds(mut parts in proptest::collection::vec((0i64..9999, 0i64..9999), 2..9), split in 1usize..8) {
            let amounts = |parts: &[(i64, i64)]| parts.iter().map(|(n, d)| Some(ratio(*n, *d))).collect::<Vec<_>>();
            let whole = sum(amounts(&parts).into_iter(), Unit::Percent);
            let (left, right) = parts.split_at(split.min(parts.len() - 1));
            let halves = [sum(amounts(left).into_iter(), Unit::Percent), sum(amounts(right).into_iter(), Unit::Percent)];
            prop_assert_eq!(&sum(halves.into_iter(), Unit::Percent), &whole);
            parts.reverse();
            prop_assert_eq!(sum(amounts(&parts).into_iter(), Unit::Percent), whole);
        }
    }
}
