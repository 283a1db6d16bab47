//! Targets and floors that cannot be wrong: a standard is only made from values that fit each
//! other.

use crate::diagnostic::Place;
use crate::figure::Decimal;
use crate::month::FinancialYear;

use super::words::AtFloor;

/// A range of values, both ends in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// The lower end.
    pub low: Decimal,
    /// The upper end, at or above the lower.
    pub high: Decimal,
}

/// The target of a financial year with its floor: what a result is rated against.
#[derive(Clone, Debug)]
pub struct Standard {
    /// The financial year that it is for; nothing when it is for every year without one of its own.
    pub year: Option<FinancialYear>,
    /// The bands.
    pub bands: Bands,
    /// What a result exactly on the floor is rated.
    pub at_floor: AtFloor,
    /// Where the target is defined.
    pub place: Place,
}

/// What is green, amber and red.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bands {
    /// Higher is better: the floor is at or below the target.
    Higher {
        /// Green at or above.
        target: Decimal,
        /// Amber at or above; nothing when there is no amber.
        floor: Option<Decimal>,
    },
    /// Lower is better: the floor is at or above the target.
    Lower {
        /// Green at or below.
        target: Decimal,
        /// Amber at or below; nothing when there is no amber.
        floor: Option<Decimal>,
    },
    /// The nearer the better: the target is within the green band, and that within the floor pair.
    Near {
        /// What should be reached; both ends are the same for a single target.
        target: Range,
        /// Green within.
        green: Range,
        /// Amber within; nothing when there is no amber.
        floor: Option<Range>,
    },
}

impl Bands {
    /// The target, as a range of one value for a single target.
    #[must_use]
    pub fn target(&self) -> (&Decimal, &Decimal) {
        match self {
            Self::Higher { target, .. } | Self::Lower { target, .. } => (target, target),
            Self::Near { target, .. } => (&target.low, &target.high),
        }
    }

    /// The floor below which a result is red, where there is one.
    #[must_use]
    pub fn floor_low(&self) -> Option<&Decimal> {
        match self {
            Self::Higher { floor, .. } => floor.as_ref(),
            Self::Lower { .. } => None,
            Self::Near { floor, .. } => floor.as_ref().map(|floor| &floor.low),
        }
    }

    /// The floor above which a result is red, where there is one.
    #[must_use]
    pub fn floor_high(&self) -> Option<&Decimal> {
        match self {
            Self::Higher { .. } => None,
            Self::Lower { floor, .. } => floor.as_ref(),
            Self::Near { floor, .. } => floor.as_ref().map(|floor| &floor.high),
        }
    }
}
