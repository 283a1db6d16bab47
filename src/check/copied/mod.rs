//! Figures that are all those of another month or area.

pub(super) mod areas;
pub(super) mod files;

use crate::figure::Amount;

/// Figures beside those of another month.
#[derive(Clone, Copy, Debug, Default)]
struct Overlap {
    /// How many both have, up to the first that differs.
    shared: usize,
    /// How many of them are not 0: 0 is what many small figures are every month.
    above_0: usize,
    /// How many of these have a numerator: a bare value stays the same more easily.
    ratios: usize,
    differs: bool,
}

impl Overlap {
    /// Compares one more. Once one differs there is nothing more to learn: they are no copy, as nearly
    /// all are none.
    fn compare(&mut self, now: &Amount, before: &Amount) {
        if self.differs {
            return;
        }
        self.shared += 1;
        self.differs = now != before;
        self.above_0 += usize::from(is_above_0(now));
        self.ratios += usize::from(is_ratio_above_0(now));
    }

    /// What is in both.
    fn and(self, other: Self) -> Self {
        Self {
            shared: self.shared + other.shared,
            above_0: self.above_0 + other.above_0,
            ratios: self.ratios + other.ratios,
            differs: self.differs || other.differs,
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
