//! Numbers with the way they are shown.

use std::fmt;

use crate::figure::{Decimal, Ratio};

/// A number with the way it is shown.
#[derive(Clone, Debug)]
pub struct Number {
    /// The number itself, not rounded.
    pub exact: Ratio,
    /// As it is shown.
    pub shown: Decimal,
    /// Whether it is a percentage.
    pub percent: bool,
    /// Whether a plus sign is shown: a change or a variance.
    pub signed: bool,
}

impl fmt::Display for Number {
    /// As it is shown: with thousands separators, and a sign or a `%` where it has one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.signed && self.shown.is_positive() { "+" } else { "" };
        let percent = if self.percent { "%" } else { "" };
        write!(f, "{sign}{}{percent}", self.shown.grouped())
    }
}
