//! The difference of two percentages.

use super::{Amount, Decimal, Ratio};

/// The difference of two percentages, in percentage points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PercentGap {
    /// The difference, not rounded.
    pub exact: Ratio,
    /// The number of decimal places that it is known to. `None` if it is exact.
    pub known: Option<u8>,
}

impl PercentGap {
    /// The first percentage minus the second. `None` if either has no result.
    ///
    /// It is known as well as the one of the two that is known least.
    #[must_use]
    pub fn of(from: &Amount, to: &Amount) -> Option<Self> {
        let ((from, one), (to, other)) = (percent(from)?, percent(to)?);
        let known = [one, other].into_iter().flatten().min();
        Some(Self { exact: &from - &to, known })
    }
}

/// A percentage, and the decimal places that it is known to.
fn percent(amount: &Amount) -> Option<(Ratio, Option<u8>)> {
    match amount {
        Amount::Ratio { numerator, denominator } => {
            Some((Ratio::new(numerator, denominator, 100)?, None))
        }
        Amount::Value(value) => Some((Ratio::from(value), Some(Decimal::scale(value)))),
        Amount::Suppressed | Amount::Low | Amount::NoFigure(_) | Amount::Gap(_) => None,
    }
}
