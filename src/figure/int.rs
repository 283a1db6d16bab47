//! Whole numbers that are exact however large they grow, and fast while they are small.
//!
//! Nearly every figure of a scorecard fits a machine word, and so does what is worked out from it; a nation's month is a
//! few million such operations. Where a result does not fit, it becomes an integer of any size, and one that fits again
//! becomes small again, so that a number has one representation.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

use dashu_int::IBig;
use dashu_int::ops::DivEuclid;

/// A whole number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Int {
    Small(i64),
    /// Only what does not fit an `i64`.
    Big(Box<IBig>),
}

impl Int {
    pub(super) const ZERO: Self = Self::Small(0);

    fn big(&self) -> IBig {
        match self {
            Self::Small(small) => IBig::from(*small),
            Self::Big(big) => IBig::clone(big),
        }
    }

    /// Ten to a power.
    pub(super) fn ten_to(power: u8) -> Self {
        const POWERS: [i64; 19] = {
            let mut powers = [1i64; 19];
            let mut index = 1;
            while index < 19 {
                powers[index] = powers[index - 1] * 10;
                index += 1;
            }
            powers
        };
        POWERS.get(usize::from(power)).map_or_else(|| IBig::from(10u8).pow(usize::from(power)).into(), |power| Self::Small(*power))
    }

    pub(super) fn is_zero(&self) -> bool {
        *self == Self::ZERO
    }

    pub(super) fn is_negative(&self) -> bool {
        *self < Self::ZERO
    }

    pub(super) fn abs(&self) -> Self {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// As a machine word, where it fits one.
    pub(super) fn small(&self) -> Option<i64> {
        if let Self::Small(small) = self { Some(*small) } else { None }
    }

    /// Divided and rounded down; the divisor is above nought.
    pub(super) fn div_floor(&self, divisor: &Self) -> Self {
        match (self, divisor) {
            (Self::Small(small), Self::Small(divisor)) => Self::Small(small.div_euclid(*divisor)),
            _ => self.big().div_euclid(divisor.big()).into(),
        }
    }
}

impl From<IBig> for Int {
    fn from(big: IBig) -> Self {
        i64::try_from(&big).map_or_else(|_| Self::Big(Box::new(big)), Self::Small)
    }
}

impl From<i64> for Int {
    fn from(small: i64) -> Self {
        Self::Small(small)
    }
}

/// An operation that is done in machine words where it fits, and in any size where it does not.
macro_rules! operation {
    ($trait:ident $method:ident $checked:ident) => {
        impl $trait for &Int {
            type Output = Int;

            fn $method(self, other: Self) -> Int {
                if let (Int::Small(a), Int::Small(b)) = (self, other)
                    && let Some(small) = a.$checked(*b)
                {
                    return Int::Small(small);
                }
                self.big().$method(other.big()).into()
            }
        }
    };
}

operation!(Add add checked_add);
operation!(Sub sub checked_sub);
operation!(Mul mul checked_mul);

impl Neg for &Int {
    type Output = Int;

    fn neg(self) -> Int {
        &Int::ZERO - self
    }
}

impl Ord for Int {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Small(a), Self::Small(b)) => a.cmp(b),
            _ => self.big().cmp(&other.big()),
        }
    }
}

impl PartialOrd for Int {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Int {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Small(small) => small.fmt(f),
            Self::Big(big) => big.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Numbers on both sides of what a machine word holds.
    fn any_int() -> impl Strategy<Value = i128> {
        prop_oneof![
            -1000i128..1000,
            any::<i64>().prop_map(i128::from),
            -(1i128 << 63) - 3..-(1i128 << 63) + 3,
            (1i128 << 63) - 3..(1i128 << 63) + 3
        ]
    }

    fn int(number: i128) -> Int {
        IBig::from(number).into()
    }

    proptest! {
        #[test]
        fn it_reckons_as_wide_integers_do(a in any_int(), b in any_int()) {
            prop_assert_eq!(&int(a) + &int(b), int(a + b));
            prop_assert_eq!(&int(a) - &int(b), int(a - b));
            prop_assert_eq!(&int(a) * &int(b), (IBig::from(a) * IBig::from(b)).into());
            prop_assert_eq!(int(a).cmp(&int(b)), a.cmp(&b));
            prop_assert_eq!(int(a).abs(), int(a.abs()));
            prop_assert_eq!(int(a).to_string(), a.to_string());
            if b > 0 {
                prop_assert_eq!(int(a).div_floor(&int(b)), int(a.div_euclid(b)));
            }
        }
    }
}
