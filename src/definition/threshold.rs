//! A target or a floor: exactly, as results are rated against it, and as it is shown.

use std::cmp::Ordering;

use crate::figure::{Decimal, PLACES, Ratio};
use crate::rating::RangePosition;

/// How many more decimals than results a threshold that has been worked out is shown with.
const MORE_DECIMALS: u8 = 2;

/// A target or a floor.
#[derive(Clone, Debug)]
pub struct Threshold {
    exact: Ratio,
    shown: Decimal,
}

impl Threshold {
    /// One that has been worked out, for results with so many decimals: a third of 100 is shown as
    /// 33.33 beside whole numbers, and results are rated against the third.
    #[must_use]
    pub fn worked_out(exact: Ratio, decimals: u8) -> Self {
        let shown = exact.round(decimals + MORE_DECIMALS).trimmed();
        Self { exact, shown }
    }

    /// What results are rated against.
    #[must_use]
    pub fn exact(&self) -> &Ratio {
        &self.exact
    }

    /// What is shown: what is written in the definitions, or what has been worked out, rounded.
    #[must_use]
    pub fn shown(&self) -> &Decimal {
        &self.shown
    }

    /// What other programs are given: at most six decimal places.
    #[must_use]
    pub fn plain(&self) -> Decimal {
        self.exact.round(PLACES).trimmed()
    }
}

impl From<Decimal> for Threshold {
    /// One as it is written in the definitions.
    fn from(written: Decimal) -> Self {
        Self { exact: Ratio::from(&written), shown: written }
    }
}

impl From<&Threshold> for Ratio {
    fn from(threshold: &Threshold) -> Self {
        threshold.exact.clone()
    }
}

impl PartialEq for Threshold {
    fn eq(&self, other: &Self) -> bool {
        self.exact == other.exact
    }
}

impl Eq for Threshold {}

impl PartialOrd for Threshold {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Threshold {
    fn cmp(&self, other: &Self) -> Ordering {
        self.exact.cmp(&other.exact)
    }
}

impl PartialEq<Threshold> for Ratio {
    #[inline]
    fn eq(&self, threshold: &Threshold) -> bool {
        *self == threshold.exact
    }
}

impl PartialOrd<Threshold> for Ratio {
    #[inline]
    fn partial_cmp(&self, threshold: &Threshold) -> Option<Ordering> {
        self.partial_cmp(&threshold.exact)
    }
}

impl PartialEq<Decimal> for Threshold {
    fn eq(&self, other: &Decimal) -> bool {
        self.exact == *other
    }
}

impl PartialOrd<Decimal> for Threshold {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        self.exact.partial_cmp(other)
    }
}

/// A range of values, both ends in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueRange {
    /// The lower end.
    pub low: Threshold,
    /// The upper end, at or above the lower.
    pub high: Threshold,
}

impl ValueRange {
    /// Where a result is, seen from it.
    #[must_use]
    pub fn position(&self, result: &Ratio) -> RangePosition {
        if *result < self.low {
            RangePosition::Below
        } else if *result > self.high {
            RangePosition::Above
        } else {
            RangePosition::Within
        }
    }

    /// Whether all of it is in another.
    pub(super) fn is_within(&self, outer: &Self) -> bool {
        outer.low <= self.low && self.high <= outer.high
    }
}

impl From<(Decimal, Decimal)> for ValueRange {
    fn from((low, high): (Decimal, Decimal)) -> Self {
        Self { low: low.into(), high: high.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 100 a year is 8⅓ a month: 8.333 is short of it, and 8.334 is not.
    #[test]
    fn results_are_rated_against_what_it_is_not_what_is_shown() {
        let third = Ratio::whole(100).divided(&Ratio::whole(12));
        let due = Threshold::worked_out(third, 0);
        assert_eq!(due.shown().to_string(), "8.33");
        assert_eq!(due.plain().to_string(), "8.333333");
        let result = |text: &str| Ratio::from(text.parse::<Decimal>().expect("a decimal"));
        assert!(result("8.333333") < due && result("8.333334") > due);
        assert!(Ratio::whole(25).divided(&Ratio::whole(3)) == due);
    }

    #[test]
    fn what_is_written_is_shown_as_it_is_written() {
        let written = Threshold::from("76.123".parse::<Decimal>().expect("a decimal"));
        assert_eq!(written.shown().to_string(), "76.123");
    }
}
