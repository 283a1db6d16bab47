//! Why a sum of areas is withheld: the parts that have nothing to add.

use super::{Assessor, SeriesKey};
use crate::definition::{AreaId, IndicatorId, Rollup, Unit};
use crate::extract::has_own;
use crate::figure::{Amount, Reason};
use crate::month::Month;

/// What keeps an area without a row of its own from being the sum of its parts. At least one part
/// has a figure, or says why it has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WithheldSum {
    /// The parts that have something to add.
    pub there: Vec<AreaId>,
    /// Those without a figure.
    pub missing: Vec<AreaId>,
    /// Those that say why they have none.
    pub reasons: Vec<(AreaId, Reason)>,
    /// Those with a bare value where the others, or any sum, need a numerator and a denominator.
    pub bare: Vec<AreaId>,
    /// Those whose figure rounds to 0 and is not 0.
    pub low: Vec<AreaId>,
}

impl Assessor<'_> {
    /// Why an area that is to be the sum of its parts has no sum, where some of them have a figure.
    #[must_use]
    pub fn withheld_sum(
        &self,
        area: AreaId,
        indicator: IndicatorId,
        month: Month,
    ) -> Option<WithheldSum> {
        let definition = self.definition.indicator(indicator);
        let results = &self.history.extract(month)?.results;
        let is_summed = definition.rollup == Rollup::Sum
            && !self.definition.area(area).parts.is_empty()
            && !has_own(results.of(area, indicator));
        if !is_summed || self.sum_of_parts(area, indicator, month).is_some() {
            return None;
        }
        let parts = self.definition.parts_of_sum(area, indicator, month);
        let amount = |part| self.amount_of_part(SeriesKey::everyone(part, indicator), month);
        WithheldSum::of(parts.map(|part| (part, amount(part))), definition.unit)
    }
}

impl WithheldSum {
    /// Sorts the parts by what they have to add; nothing, where no part has a figure or says why it
    /// has none.
    fn of(parts: impl Iterator<Item = (AreaId, Option<Amount>)>, unit: Unit) -> Option<Self> {
        let parts: Vec<_> = parts.collect();
        let has_counts = |amount: &Amount| matches!(amount, Amount::Ratio { .. });
        // Values of a number add up with one another, and with nothing else.
        let values_add_up = unit == Unit::Number
            && !parts.iter().any(|(_, amount)| amount.as_ref().is_some_and(has_counts));
        let mut sum = Self::default();
        for (part, amount) in parts {
            let kind = match amount {
                None => &mut sum.missing,
                Some(Amount::NoFigure(reason)) => {
                    sum.reasons.push((part, reason));
                    continue;
                }
                Some(Amount::Low) => &mut sum.low,
                Some(Amount::Value(_)) if !values_add_up => &mut sum.bare,
                Some(_) => &mut sum.there,
            };
            kind.push(part);
        }
        let has_any = [&sum.there, &sum.bare, &sum.low].iter().any(|parts| !parts.is_empty());
        (has_any || !sum.reasons.is_empty()).then_some(sum)
    }

    /// The first part that has a row to point at: a figure, whether or not it can be added, or the
    /// reason why there is none.
    #[must_use]
    pub fn first_there(&self) -> Option<AreaId> {
        let says_why = self.reasons.iter().map(|(part, _)| part);
        self.there.iter().chain(&self.bare).chain(&self.low).chain(says_why).min().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Decimal;

    fn ratio() -> Amount {
        Amount::Ratio { numerator: Decimal::new(1, 0), denominator: Decimal::new(2, 0) }
    }

    fn value() -> Amount {
        Amount::Value(Decimal::new(50, 0))
    }

    fn of(amounts: Vec<Option<Amount>>, unit: Unit) -> Option<[Vec<usize>; 4]> {
        let parts = amounts.into_iter().enumerate().map(|(i, amount)| (AreaId::new(i), amount));
        let sum = WithheldSum::of(parts, unit)?;
        Some(
            [sum.there, sum.missing, sum.bare, sum.low]
                .map(|parts| parts.into_iter().map(AreaId::index).collect()),
        )
    }

    #[test]
    fn parts_are_sorted_by_what_they_have_to_add() {
        let parts = vec![Some(ratio()), None, Some(value()), Some(Amount::Low)];
        assert_eq!(of(parts, Unit::Percent), Some([vec![0], vec![1], vec![2], vec![3]]));
    }

    #[test]
    fn a_part_that_says_why_it_has_no_figure_is_named_with_its_reason() {
        let parts = [Some(ratio()), Some(Amount::NoFigure(Reason::NotReported))];
        let parts = parts.into_iter().enumerate().map(|(i, amount)| (AreaId::new(i), amount));
        let sum = WithheldSum::of(parts, Unit::Percent).expect("a sum that is withheld");
        assert_eq!(sum.reasons, [(AreaId::new(1), Reason::NotReported)]);
        assert!(sum.missing.is_empty());
    }

    #[test]
    fn values_of_a_number_add_up_where_all_are_values() {
        assert_eq!(
            of(vec![Some(value()), None], Unit::Number),
            Some([vec![0], vec![1], vec![], vec![]])
        );
        let mixed = vec![Some(value()), Some(ratio())];
        assert_eq!(of(mixed, Unit::Number), Some([vec![1], vec![], vec![0], vec![]]));
    }

    #[test]
    fn where_no_part_has_a_figure_there_is_no_sum_to_withhold() {
        assert_eq!(of(vec![None, None], Unit::Percent), None);
        assert_eq!(of(vec![], Unit::Percent), None);
    }
}
