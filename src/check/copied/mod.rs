//! Figures that are all those of another month or area.

pub(super) mod areas;
pub(super) mod files;

use crate::figure::{Amount, Decimal};

/// As many numerators as cannot all stay the same by chance.
const NUMERATORS: usize = 5;
/// A count below 10 stays the same easily.
const LEAST: Decimal = Decimal::new(10, 0);

/// Figures beside those of another month.
#[derive(Clone, Copy, Debug, Default)]
struct Overlap {
    /// How many both have, up to the first that differs.
    shared: usize,
    /// How many of them are not 0: 0 is what many small figures are every month.
    above_0: usize,
    /// How many of these have a numerator: a bare value stays the same more easily.
    ratios: usize,
    /// How many of those that are the same are counts of activity of 10 or more, and how many digits
    /// these have.
    counts: usize,
    digits: usize,
    differs: bool,
    /// How many numerators are the same and 10 or more, whatever their denominators are.
    numerators: usize,
    numerators_differ: bool,
}

impl Overlap {
    /// Compares one more. Once one differs, in its numerator too, there is nothing more to learn:
    /// they are no copy, as nearly all are none.
    fn compare(&mut self, now: &Amount, before: &Amount) {
        if let (Amount::Ratio { numerator: now, .. }, Amount::Ratio { numerator: before, .. }) =
            (now, before)
            && !self.numerators_differ
        {
            self.numerators_differ = now != before;
            self.numerators += usize::from(now == before && *now >= LEAST);
        }
        if self.differs {
            return;
        }
        self.shared += 1;
        self.differs = now != before;
        self.above_0 += usize::from(is_above_0(now));
        self.ratios += usize::from(is_ratio_above_0(now));
    }

    /// Compares a count of activity.
    fn compare_count(&mut self, now: &Amount, before: &Amount) {
        self.compare(now, before);
        if let Amount::Value(count) = now
            && !self.differs
            && *count >= LEAST
        {
            self.counts += 1;
            self.digits += count.clone().trimmed().to_string().len();
        }
    }

    /// Whether the numerators alone are the same, and enough of them for that not to be chance.
    fn has_copied_numerators(self) -> bool {
        self.differs && !self.numerators_differ && self.numerators >= NUMERATORS
    }

    /// What is in both.
    fn and(self, other: Self) -> Self {
        Self {
            shared: self.shared + other.shared,
            above_0: self.above_0 + other.above_0,
            ratios: self.ratios + other.ratios,
            counts: self.counts + other.counts,
            digits: self.digits + other.digits,
            differs: self.differs || other.differs,
            numerators: self.numerators + other.numerators,
            numerators_differ: self.numerators_differ || other.numerators_differ,
        }
    }
}

fn is_above_0(amount: &Amount) -> bool {
    match amount {
        Amount::Ratio { numerator: count, .. } | Amount::Value(count) => !count.is_zero(),
        Amount::Suppressed | Amount::Low | Amount::NoFigure(_) | Amount::Gap(_) => false,
    }
}

fn is_ratio_above_0(amount: &Amount) -> bool {
    is_above_0(amount) && matches!(amount, Amount::Ratio { .. })
}
