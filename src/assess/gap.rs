//! The difference between two groups in a percentage.

use super::{Assessor, Figure, Origin, SeriesKey};
use crate::definition::{AreaId, Gap};
use crate::figure::{Amount, Decimal, PercentGap, Ratio};
use crate::month::Month;
use crate::population::Population;

/// The figures of the two groups that a gap is between.
#[derive(Clone, Debug)]
pub struct GapSides<'e> {
    /// The gap.
    pub gap: Gap,
    /// The month of the figures.
    pub month: Month,
    /// Whose result comes first.
    pub from: Option<Figure<'e>>,
    /// Whose result is taken from it.
    pub to: Option<Figure<'e>>,
}

impl<'e> Assessor<'e> {
    /// The figure of a gap: suppressed if either group's is. `None` if either group has no result.
    pub(super) fn gap_figure(&self, area: AreaId, gap: Gap, month: Month) -> Option<Figure<'e>> {
        let GapSides { from, to, .. } = self.gap_sides(area, gap, month);
        let (from, to) = (from?, to?);
        Some(Figure {
            amount: difference(&from.amount, &to.amount)?,
            month,
            origin: Origin::Gap,
            mark: [from.mark, to.mark].into_iter().flatten().min(),
            published: None,
            revised: None,
            covered: None,
        })
    }

    /// The figures of the two groups.
    pub(super) fn gap_sides(&self, area: AreaId, gap: Gap, month: Month) -> GapSides<'e> {
        let key = SeriesKey::everyone(area, gap.indicator);
        let figure = |population| self.figure(key.about(population), month);
        GapSides { gap, month, from: figure(gap.from), to: figure(gap.to) }
    }
}

fn difference(from: &Amount, to: &Amount) -> Option<Amount> {
    let sides = [from, to];
    if sides.iter().any(|amount| amount.reason().is_some()) {
        return None;
    }
    if sides.contains(&&Amount::Suppressed) {
        return Some(Amount::Suppressed);
    }
    PercentGap::of(from, to).map(|gap| Amount::Gap(Box::new(gap)))
}

impl GapSides<'_> {
    /// How many more in the numerator of the second group would close the gap, and out of how many;
    /// below 0 if it is fewer. `None` where the counts are not known.
    ///
    /// Who is in the second group is in everyone too: a gap from everyone closes when the group is
    /// as good as everyone else.
    #[must_use]
    pub fn to_close(&self) -> Option<(Decimal, Decimal)> {
        let (from, to) = (&self.from.as_ref()?.amount, &self.to.as_ref()?.amount);
        let Amount::Ratio { numerator, denominator } = to else { return None };
        let Amount::Ratio { numerator: from_n, denominator: from_d } = from else { return None };
        let share = if self.gap.from == Population::Everyone {
            Ratio::new(&(from_n - numerator), &(from_d - denominator), 1)?
        } else {
            Ratio::new(from_n, from_d, 1)?
        };
        let places = numerator.scale();
        let more = &share.scaled(denominator, 1) - &Ratio::from(numerator);
        let more = if more < Ratio::ZERO { more.floor(places) } else { more.ceiling(places) };
        Some((more, denominator.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::IndicatorId;
    use crate::population::CohortId;

    fn ratio(numerator: i64, denominator: i64) -> Amount {
        Amount::Ratio {
            numerator: Decimal::new(numerator, 0),
            denominator: Decimal::new(denominator, 0),
        }
    }

    fn figure(amount: Amount) -> Figure<'static> {
        let month = "2016-01".parse().expect("a month");
        let (mark, published, revised, covered) = (None, None, None, None);
        Figure { amount, month, origin: Origin::Gap, mark, published, revised, covered }
    }

    fn to_close(from: Population, amounts: [Amount; 2]) -> Option<(String, String)> {
        let to = Population::Cohort(CohortId::new(0));
        let gap = Gap { indicator: IndicatorId::new(0), from, to };
        let month = "2016-01".parse().expect("a month");
        let [from, to] = amounts.map(|amount| Some(figure(amount)));
        let (more, of) = GapSides { gap, month, from, to }.to_close()?;
        Some((more.to_string(), of.to_string()))
    }

    /// January 2016, placement stability: 291 of 2,374 for everyone and 160 of 1,465 without UASC,
    /// so 131 of 909 of UASC (published in the impact of UASC). 160/1,465 of 909 is 99.28: to close
    /// the gap 31.7 fewer would have to have moved, so 32, from everyone as from everyone else.
    #[test]
    fn what_closes_a_gap_is_counted_in_whole_children() {
        let without = Population::Excluding(CohortId::new(0));
        let fewer = Some(("-32".to_owned(), "909".to_owned()));
        assert_eq!(to_close(without, [ratio(160, 1465), ratio(131, 909)]), fewer);
        assert_eq!(to_close(Population::Everyone, [ratio(291, 2374), ratio(131, 909)]), fewer);
        let more = Some(("25".to_owned(), "100".to_owned()));
        assert_eq!(to_close(without, [ratio(650, 1000), ratio(40, 100)]), more);
        assert_eq!(to_close(without, [Amount::Suppressed, ratio(40, 100)]), None);
    }

    /// 160 of 1,465 is 10.92% and 131 of 909 is 14.41%: a gap of -3.49 points.
    #[test]
    fn a_gap_is_one_percentage_minus_the_other() {
        let Some(Amount::Gap(gap)) = difference(&ratio(160, 1465), &ratio(131, 909)) else {
            panic!("a gap")
        };
        assert_eq!((gap.exact.round(2).to_string(), gap.known), ("-3.49".to_owned(), None));
        let value = Amount::Value(Decimal::new(145, 1));
        let Some(Amount::Gap(gap)) = difference(&value, &ratio(1, 8)) else { panic!("a gap") };
        assert_eq!((gap.exact.round(2).to_string(), gap.known), ("2.00".to_owned(), Some(1)));
        assert_eq!(difference(&Amount::Suppressed, &ratio(1, 8)), Some(Amount::Suppressed));
        for other in [Amount::Low, ratio(0, 0), Amount::NoFigure(crate::figure::Reason::Tbc)] {
            assert_eq!(difference(&other, &ratio(1, 8)), None);
        }
    }
}
