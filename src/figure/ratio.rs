//! Ratios as they are compared, and the one rounding rule.

use std::cmp::Ordering;
use std::num::NonZeroI64;
use std::ops::Sub;

use dashu_int::IBig;
use dashu_int::ops::{Abs, DivEuclid};

use super::Decimal;
use super::powers::{ten_to, word_ten_to};

/// An exact fraction, not kept in lowest terms. The denominator is above 0.
#[derive(Clone, Debug)]
pub struct Ratio(Parts);

/// The numerator and the denominator.
#[derive(Clone, Debug)]
enum Parts {
    Words(i64, NonZeroI64),
    /// Only if one of them does not fit in 64 bits.
    Wide(Box<(IBig, IBig)>),
}

/// Kept small, because results are created, moved and compared by the million.
const _: () = assert!(size_of::<Ratio>() == 16);

impl Ratio {
    /// Zero.
    pub const ZERO: Self = Self(Parts::Words(0, NonZeroI64::new(1).expect("one is not 0")));

    /// `numerator / denominator × times`. `None` if the denominator is 0.
    #[inline]
    #[must_use]
    pub fn new(numerator: &Decimal, denominator: &Decimal, times: u32) -> Option<Self> {
        let in_words = || {
            let (top, bottom, _) = numerator.aligned(denominator)?;
            Self::of_words(top.checked_mul(i64::from(times))?, bottom)
        };
        in_words().or_else(|| Self::new_wide(numerator, denominator, times))
    }

    #[cold]
    fn new_wide(numerator: &Decimal, denominator: &Decimal, times: u32) -> Option<Self> {
        if denominator.is_zero() {
            return None;
        }
        let (top, bottom, _) = numerator.aligned_wide(denominator);
        let (top, bottom) = if denominator.is_negative() { (-top, -bottom) } else { (top, bottom) };
        Some(Self::of_wide(top * IBig::from(times), bottom))
    }

    /// From 64-bit numbers. `None` if the denominator is not above 0.
    #[inline]
    pub(super) fn of_words(numerator: i64, denominator: i64) -> Option<Self> {
        NonZeroI64::new(denominator)
            .filter(|denominator| denominator.is_positive())
            .map(|denominator| Self(Parts::Words(numerator, denominator)))
    }

    #[cold]
    pub(super) fn of_wide(numerator: IBig, denominator: IBig) -> Self {
        let words = i64::try_from(&numerator).ok().zip(i64::try_from(&denominator).ok());
        let words =
            words.and_then(|(numerator, denominator)| Self::of_words(numerator, denominator));
        words.unwrap_or_else(|| Self(Parts::Wide(Box::new((numerator, denominator)))))
    }

    #[inline]
    pub(super) fn words(&self) -> Option<(i64, i64)> {
        if let Parts::Words(numerator, denominator) = self.0 {
            Some((numerator, denominator.get()))
        } else {
            None
        }
    }

    #[cold]
    pub(super) fn wide(&self) -> (IBig, IBig) {
        match &self.0 {
            Parts::Words(numerator, denominator) => {
                (IBig::from(*numerator), IBig::from(denominator.get()))
            }
            Parts::Wide(wide) => (**wide).clone(),
        }
    }

    /// How far apart two ratios are, never below 0.
    #[must_use]
    pub fn distance(&self, other: &Self) -> Self {
        if self < other { other - self } else { self - other }
    }

    /// Rounds to `places` decimal places, **half away from zero**: at one place, 0.05 becomes 0.1
    /// and -0.05 becomes -0.1.
    ///
    /// This is how schools and the ROUND function of spreadsheets round, and it is the only
    /// rounding in this program.
    #[inline]
    #[must_use]
    pub fn round(&self, places: u8) -> Decimal {
        // floor(|n| × 10^places / d + 1/2), in whole numbers
        let in_words = || {
            let (numerator, denominator) = self.words()?;
            let (size, times, denominator) = (
                numerator.unsigned_abs(),
                word_ten_to(places)?.unsigned_abs(),
                denominator.unsigned_abs(),
            );
            let doubled = size.checked_mul(times)?.checked_mul(2)?;
            let quotient =
                i64::try_from(doubled.checked_add(denominator)? / denominator.checked_mul(2)?)
                    .ok()?;
            Some(Decimal::new(if numerator < 0 { -quotient } else { quotient }, places))
        };
        in_words().unwrap_or_else(|| self.round_wide(places))
    }

    #[cold]
    fn round_wide(&self, places: u8) -> Decimal {
        let (numerator, denominator) = self.wide();
        let doubled = (&numerator).abs() * ten_to(places) * IBig::from(2);
        let quotient = (doubled + &denominator).div_euclid(denominator * IBig::from(2));
        Decimal::of_wide(if numerator < IBig::ZERO { -quotient } else { quotient }, places)
    }

    /// The largest decimal with `places` places that is not above the ratio.
    #[must_use]
    pub fn floor(&self, places: u8) -> Decimal {
        let (numerator, denominator) = self.wide();
        Decimal::of_wide((numerator * ten_to(places)).div_euclid(denominator), places)
    }

    /// The smallest decimal with `places` places that is not below the ratio.
    #[must_use]
    pub fn ceiling(&self, places: u8) -> Decimal {
        let (numerator, denominator) = self.wide();
        Decimal::of_wide(-(-numerator * ten_to(places)).div_euclid(denominator), places)
    }

    /// The ratio divided by a decimal, which must be above 0.
    #[must_use]
    pub fn over(&self, by: &Decimal) -> Self {
        let (numerator, denominator) = self.wide();
        Self::of_wide(numerator * ten_to(by.scale()), denominator * by.wide())
    }

    /// The ratio times a decimal, divided by a whole number, which must not be 0.
    #[must_use]
    pub fn scaled(&self, by: &Decimal, divided: u32) -> Self {
        let (numerator, denominator) = self.wide();
        Self::of_wide(numerator * by.wide(), denominator * ten_to(by.scale()) * IBig::from(divided))
    }
}

impl From<&Decimal> for Ratio {
    #[inline]
    fn from(decimal: &Decimal) -> Self {
        let in_words = || Self::of_words(decimal.mantissa()?, word_ten_to(decimal.scale())?);
        in_words().unwrap_or_else(|| Self::of_wide(decimal.wide(), ten_to(decimal.scale())))
    }
}

impl From<Decimal> for Ratio {
    fn from(decimal: Decimal) -> Self {
        Self::from(&decimal)
    }
}

impl Sub for &Ratio {
    type Output = Ratio;

    #[inline]
    fn sub(self, other: Self) -> Ratio {
        let in_words = || {
            let ((a, b), (c, d)) = (self.words()?, other.words()?);
            Ratio::of_words(a.checked_mul(d)?.checked_sub(c.checked_mul(b)?)?, b.checked_mul(d)?)
        };
        in_words().unwrap_or_else(|| {
            let ((a, b), (c, d)) = (self.wide(), other.wide());
            Ratio::of_wide(a * &d - c * &b, b * d)
        })
    }
}

impl Ord for Ratio {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        if let (Some((a, b)), Some((c, d))) = (self.words(), other.words()) {
            return product(a, d).cmp(&product(c, b));
        }
        let ((a, b), (c, d)) = (self.wide(), other.wide());
        (a * d).cmp(&(c * b))
    }
}

/// The product, which always fits in 128 bits.
#[inline]
fn product(one: i64, other: i64) -> i128 {
    i128::from(one) * i128::from(other)
}

impl PartialOrd for Ratio {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialOrd<Decimal> for Ratio {
    #[inline]
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        self.partial_cmp(&Self::from(other))
    }
}

impl PartialEq<Decimal> for Ratio {
    #[inline]
    fn eq(&self, other: &Decimal) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialEq for Ratio {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ratio {}
