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

    #[cold]
    fn big(&self) -> IBig {
        match self {
            Self::Small(small) => IBig::from(*small),
            Self::Big(big) => IBig::clone(big),
        }
    }

    /// Ten to a power.
    #[inline]
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

    #[inline]
    pub(super) fn is_zero(&self) -> bool {
        matches!(self, Self::Small(0))
    }

    #[inline]
    pub(super) fn is_negative(&self) -> bool {
        match self {
            Self::Small(small) => *small < 0,
            Self::Big(big) => **big < IBig::ZERO,
        }
    }

    pub(super) fn abs(&self) -> Self {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// As a machine word, where it fits one.
    pub(super) fn small(&self) -> Option<i64> {
        if let Self::Small(small) = self { Some(*small) } else { None }
    }

    /// How the products of two pairs compare, without the products where they do not fit.
    #[inline]
    pub(super) fn cmp_products([a, b]: [&Self; 2], [c, d]: [&Self; 2]) -> Ordering {
        match (a, b, c, d) {
            (Self::Small(a), Self::Small(b), Self::Small(c), Self::Small(d)) => {
                (i128::from(*a) * i128::from(*b)).cmp(&(i128::from(*c) * i128::from(*d)))
            }
            _ => (a * b).cmp(&(c * d)),
        }
    }

    /// Times ten to a power, divided, and rounded half away from nought; the divisor is above nought.
    pub(super) fn div_round(&self, power: u8, divisor: &Self) -> Self {
        // floor(|n| × 10^power / d + 1/2), in whole numbers.
        if let (Self::Small(small), Self::Small(times), Self::Small(divisor)) = (self, Self::ten_to(power), divisor) {
            let (divisor, times) = (divisor.unsigned_abs(), times.unsigned_abs());
            let doubled = small.unsigned_abs().checked_mul(times).and_then(|product| product.checked_mul(2));
            let quotient = doubled.and_then(|doubled| Some(doubled.checked_add(divisor)? / divisor.checked_mul(2)?));
            if let Some(quotient) = quotient.and_then(|quotient| i64::try_from(quotient).ok()) {
                return Self::Small(if *small < 0 { -quotient } else { quotient });
            }
        }
        let two = Self::Small(2);
        let doubled = &(&self.abs() * &Self::ten_to(power)) * &two;
        let quotient = (&doubled + divisor).div_floor(&(divisor * &two));
        if self.is_negative() { -&quotient } else { quotient }
    }

    /// Divided and rounded down; the divisor is above nought.
    #[inline]
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

            #[inline]
            fn $method(self, other: Self) -> Int {
                #[cold]
                fn wide(one: &Int, other: &Int) -> Int {
                    one.big().$method(other.big()).into()
                }
                match (self, other) {
                    (Int::Small(a), Int::Small(b)) => a.$checked(*b).map_or_else(|| wide(self, other), Int::Small),
                    _ => wide(self, other),
                }
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
    #[inline]
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
                let half_up = (a.abs() * 200 + b) / (2 * b);
                prop_assert_eq!(int(a).div_round(2, &int(b)), int(if a < 0 { -half_up } else { half_up }));
            }
        }
    }
}
