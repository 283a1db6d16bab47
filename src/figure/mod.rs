//! Exact figures: decimals as they are written, ratios as they are compared, and the one rounding rule.
//!
//! There are no floating point numbers in this program. A figure in an extract or a target in the definitions is a
//! [`Decimal`]; a result is a [`Ratio`] of two of them, compared by cross-multiplying and never divided until it is
//! shown. [`Ratio::round`] is the only place where a digit is lost.

mod int;

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;

use int::Int;

/// The most significant digits that a figure may have: what a spreadsheet keeps of a number.
pub const MAX_DIGITS: usize = 15;

/// The most decimal places that a figure may have.
pub const MAX_SCALE: u8 = 15;

/// A decimal number with the decimal places that it is written with: `98.10` has two.
///
/// Two decimals are equal when their values are, however many places they are written with.
#[derive(Clone, Debug)]
pub struct Decimal {
    mantissa: Int,
    scale: u8,
}

impl Decimal {
    /// `mantissa` divided by ten to the power of `scale`.
    #[must_use]
    pub fn new(mantissa: i64, scale: u8) -> Self {
        Self { mantissa: mantissa.into(), scale }
    }

    /// The decimal places it is written with.
    #[must_use]
    pub fn scale(&self) -> u8 {
        self.scale
    }

    /// The digits as one whole number, where they fit: what a compact store keeps beside [`scale`](Self::scale).
    #[must_use]
    pub fn mantissa(&self) -> Option<i64> {
        self.mantissa.small()
    }

    /// Whether it is nought.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.mantissa.is_zero()
    }

    /// Whether it is below nought.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.mantissa.is_negative()
    }

    /// Whether it is above nought.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        !self.mantissa.is_zero() && !self.mantissa.is_negative()
    }

    /// The same number without trailing zeros after the point: `76.50` is `76.5`.
    #[must_use]
    pub fn trimmed(mut self) -> Self {
        if let Int::Small(small) = &mut self.mantissa {
            while self.scale > 0 && *small % 10 == 0 {
                *small /= 10;
                self.scale -= 1;
            }
            return self;
        }
        let ten = Int::ten_to(1);
        while self.scale > 0 {
            let tenth = self.mantissa.div_floor(&ten);
            if &tenth * &ten != self.mantissa {
                break;
            }
            self.mantissa = tenth;
            self.scale -= 1;
        }
        self
    }

    /// The same number written with at least `places` decimal places.
    #[must_use]
    pub fn padded(self, places: u8) -> Self {
        if self.scale >= places {
            return self;
        }
        Self { mantissa: &self.mantissa * &Int::ten_to(places - self.scale), scale: places }
    }

    /// Writes it behind what is there already: plain digits with all the decimal places, and never a minus sign before
    /// nought.
    pub fn write_to(&self, bytes: &mut Vec<u8>) {
        if self.is_negative() {
            bytes.push(b'-');
        }
        let mut word = itoa::Buffer::new();
        let wide;
        let digits = match &self.mantissa {
            Int::Small(small) => word.format(small.unsigned_abs()),
            Int::Big(_) => {
                wide = self.mantissa.abs().to_string();
                wide.as_str()
            }
        };
        let places = usize::from(self.scale);
        if places == 0 {
            bytes.extend_from_slice(digits.as_bytes());
            return;
        }
        let (whole, fraction) = digits.as_bytes().split_at(digits.len().saturating_sub(places));
        bytes.extend_from_slice(if whole.is_empty() { b"0" } else { whole });
        bytes.push(b'.');
        for _ in fraction.len()..places {
            bytes.push(b'0');
        }
        bytes.extend_from_slice(fraction);
    }

    /// The digits with a comma between groups of three: `12,542`, `-1,234.50`.
    #[must_use]
    pub fn grouped(&self) -> String {
        let text = self.to_string();
        let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
        let (whole, fraction) = digits.find('.').map_or((digits, ""), |point| digits.split_at(point));
        let mut grouped = String::with_capacity(text.len() + whole.len() / 3);
        grouped.push_str(sign);
        for (index, digit) in whole.char_indices() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        grouped.push_str(fraction);
        grouped
    }

    /// Both mantissas at the finer of the two scales.
    #[inline]
    fn aligned(&self, other: &Self) -> (Int, Int, u8) {
        if self.scale == other.scale {
            return (self.mantissa.clone(), other.mantissa.clone(), self.scale);
        }
        let scale = self.scale.max(other.scale);
        let at = |decimal: &Self| {
            if decimal.scale == scale { decimal.mantissa.clone() } else { &decimal.mantissa * &Int::ten_to(scale - decimal.scale) }
        };
        (at(self), at(other), scale)
    }
}

impl Add for &Decimal {
    type Output = Decimal;

    fn add(self, other: Self) -> Decimal {
        let (left, right, scale) = self.aligned(other);
        Decimal { mantissa: &left + &right, scale }
    }
}

impl Sub for &Decimal {
    type Output = Decimal;

    fn sub(self, other: Self) -> Decimal {
        let (left, right, scale) = self.aligned(other);
        Decimal { mantissa: &left - &right, scale }
    }
}

impl Ord for Decimal {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        if let (Int::Small(one), Int::Small(other_one)) = (&self.mantissa, &other.mantissa)
            && self.scale == other.scale
        {
            return one.cmp(other_one);
        }
        let (left, right, _) = self.aligned(other);
        left.cmp(&right)
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl fmt::Display for Decimal {
    /// As [`write_to`](Self::write_to) writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = Vec::new();
        self.write_to(&mut digits);
        f.write_str(std::str::from_utf8(&digits).unwrap_or_default())
    }
}

/// Why a text is not a decimal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotADecimal {
    /// It has anything but digits, one decimal point and a sign in front.
    NotANumber,
    /// It has more than [`MAX_DIGITS`] significant digits or [`MAX_SCALE`] decimal places.
    TooManyDigits,
}

impl FromStr for Decimal {
    type Err = NotADecimal;

    /// Reads digits, at most one decimal point and a sign in front; no separators, no exponent.
    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        let (negative, digits) = match text.as_bytes() {
            [b'-', ..] => (true, &text[1..]),
            [b'+', ..] => (false, &text[1..]),
            _ => (false, text),
        };
        let (mut mantissa, mut significant, mut seen, mut point) = (0i64, 0usize, false, None);
        for (index, byte) in digits.bytes().enumerate() {
            match byte {
                b'0'..=b'9' => {
                    seen = true;
                    if significant > 0 || byte != b'0' {
                        significant += 1;
                    }
                    if significant <= MAX_DIGITS {
                        mantissa = mantissa * 10 + i64::from(byte - b'0');
                    }
                }
                b'.' if point.is_none() => point = Some(index),
                _ => return Err(NotADecimal::NotANumber),
            }
        }
        if !seen {
            return Err(NotADecimal::NotANumber);
        }
        let places = point.map_or(0, |index| digits.len() - index - 1);
        match u8::try_from(places) {
            Ok(scale) if scale <= MAX_SCALE && significant <= MAX_DIGITS => {
                Ok(Self::new(if negative { -mantissa } else { mantissa }, scale))
            }
            _ => Err(NotADecimal::TooManyDigits),
        }
    }
}

/// An exact fraction. The denominator is above nought; it is not kept in lowest terms.
#[derive(Clone, Debug)]
pub struct Ratio {
    numerator: Int,
    denominator: Int,
}

impl Ratio {
    /// Nought.
    pub const ZERO: Self = Self { numerator: Int::ZERO, denominator: Int::Small(1) };

    /// `numerator / denominator × times`; nothing when the denominator is nought.
    #[inline]
    #[must_use]
    pub fn new(numerator: &Decimal, denominator: &Decimal, times: u32) -> Option<Self> {
        // Nearly every figure is two counts.
        if let (Int::Small(top), Int::Small(bottom @ 1..)) = (&numerator.mantissa, &denominator.mantissa)
            && numerator.scale == denominator.scale
            && let Some(top) = top.checked_mul(i64::from(times))
        {
            return Some(Self { numerator: Int::Small(top), denominator: Int::Small(*bottom) });
        }
        if denominator.is_zero() {
            return None;
        }
        let (mut top, mut bottom, _) = numerator.aligned(denominator);
        if bottom.is_negative() {
            (top, bottom) = (-&top, -&bottom);
        }
        Some(Self { numerator: &top * &Int::from(i64::from(times)), denominator: bottom })
    }

    /// How far apart two ratios are, never below nought.
    #[must_use]
    pub fn distance(&self, other: &Self) -> Self {
        let difference = self - other;
        Self { numerator: difference.numerator.abs(), denominator: difference.denominator }
    }

    /// Rounds to `places` decimal places, **half away from zero**: 0.05 is 0.1 and -0.05 is -0.1 at one place.
    ///
    /// It is the rule of schools and of spreadsheets' ROUND, and the only rounding in this program.
    #[must_use]
    pub fn round(&self, places: u8) -> Decimal {
        Decimal { mantissa: self.numerator.div_round(places, &self.denominator), scale: places }
    }
}

impl Ratio {
    /// The largest decimal of `places` places that is not above it.
    #[must_use]
    pub fn floor(&self, places: u8) -> Decimal {
        Decimal { mantissa: (&self.numerator * &Int::ten_to(places)).div_floor(&self.denominator), scale: places }
    }

    /// The smallest decimal of `places` places that is not below it.
    #[must_use]
    pub fn ceiling(&self, places: u8) -> Decimal {
        Decimal { mantissa: -&(&-&self.numerator * &Int::ten_to(places)).div_floor(&self.denominator), scale: places }
    }

    /// Divided by a decimal that is above nought.
    #[must_use]
    pub fn over(&self, by: &Decimal) -> Self {
        Self { numerator: &self.numerator * &Int::ten_to(by.scale), denominator: &self.denominator * &by.mantissa }
    }

    /// Times a decimal, divided by a whole number that is not nought.
    #[must_use]
    pub fn scaled(&self, by: &Decimal, divided: u32) -> Self {
        let denominator = &(&self.denominator * &Int::ten_to(by.scale)) * &Int::from(i64::from(divided));
        Self { numerator: &self.numerator * &by.mantissa, denominator }
    }
}

impl From<&Decimal> for Ratio {
    fn from(decimal: &Decimal) -> Self {
        Self { numerator: decimal.mantissa.clone(), denominator: Int::ten_to(decimal.scale) }
    }
}

impl From<Decimal> for Ratio {
    fn from(decimal: Decimal) -> Self {
        Self { numerator: decimal.mantissa, denominator: Int::ten_to(decimal.scale) }
    }
}

impl Sub for &Ratio {
    type Output = Ratio;

    fn sub(self, other: Self) -> Ratio {
        Ratio {
            numerator: &(&self.numerator * &other.denominator) - &(&other.numerator * &self.denominator),
            denominator: &self.denominator * &other.denominator,
        }
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        Int::cmp_products([&self.numerator, &other.denominator], [&other.numerator, &self.denominator])
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialOrd<Decimal> for Ratio {
    #[inline]
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(Int::cmp_products([&self.numerator, &Int::ten_to(other.scale)], [&other.mantissa, &self.denominator]))
    }
}

impl PartialEq<Decimal> for Ratio {
    #[inline]
    fn eq(&self, other: &Decimal) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ratio {}

/// What an extract says of a figure that there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amount {
    /// It may not be shown.
    Suppressed,
    /// A numerator and a denominator.
    Ratio {
        /// What is counted.
        numerator: Decimal,
        /// Out of what.
        denominator: Decimal,
    },
    /// A bare value.
    Value(Decimal),
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    fn ratio(numerator: &str, denominator: &str, times: u32) -> Ratio {
        Ratio::new(&decimal(numerator), &decimal(denominator), times).expect("a denominator that is not nought")
    }

    #[test]
    fn rounds_half_away_from_zero() {
        for (exact, places, rounded) in [
            ("0.05", 1, "0.1"),
            ("-0.05", 1, "-0.1"),
            ("0.049999999999999", 1, "0.0"),
            ("-0.04", 1, "0.0"),
            ("2.5", 0, "3"),
            ("-2.5", 0, "-3"),
            ("1.005", 2, "1.01"),
        ] {
            assert_eq!(Ratio::from(decimal(exact)).round(places).to_string(), rounded, "{exact} to {places}");
        }
    }

    /// Indicator 40 of January 2016: 333.6 / 444.3 is published as 75.1% and misses a target of 75.1.
    #[test]
    fn what_shows_as_the_target_may_still_miss_it() {
        let result = ratio("333.6", "444.3", 100);
        assert_eq!(result.round(1).to_string(), "75.1");
        assert!(result < decimal("75.1"));
    }

    #[test]
    fn a_denominator_of_nought_gives_no_ratio() {
        assert!(Ratio::new(&decimal("1"), &decimal("0.0"), 100).is_none());
    }

    #[test]
    fn reads_what_is_certainly_a_number_and_nothing_else() {
        for (text, shown) in [("0", "0"), ("-0", "0"), ("+7", "7"), ("007.50", "7.50"), (".5", "0.5"), ("5.", "5")] {
            assert_eq!(decimal(text).to_string(), shown);
        }
        for text in ["", "-", ".", "1.2.3", "1e3", "1_000", "1,000", "٣", "--1", "NaN"] {
            assert_eq!(text.parse::<Decimal>(), Err(NotADecimal::NotANumber), "{text:?}");
        }
    }

    #[test]
    fn takes_fifteen_significant_digits_and_no_more() {
        assert!("123456789012345".parse::<Decimal>().is_ok());
        assert!("0.000000000000001".parse::<Decimal>().is_ok());
        assert!("0000000000000000001".parse::<Decimal>().is_ok());
        for text in ["1234567890123456", "1.000000000000000", "0.0000000000000001", &"9".repeat(300)] {
            assert_eq!(text.parse::<Decimal>(), Err(NotADecimal::TooManyDigits), "{text}");
        }
    }

    #[test]
    fn floor_and_ceiling_lose_nothing_but_what_they_say() {
        let third = ratio("-1", "3", 1);
        assert_eq!((third.floor(1).to_string(), third.ceiling(1).to_string()), ("-0.4".into(), "-0.3".into()));
        assert_eq!(third.over(&decimal("0.25")).round(4).to_string(), "-1.3333");
        let exact = ratio("284.88", "1", 1);
        assert_eq!(
            (exact.floor(0).to_string(), exact.ceiling(0).to_string(), exact.ceiling(2).to_string()),
            ("284".into(), "285".into(), "284.88".into())
        );
    }

    #[test]
    fn groups_thousands() {
        for (text, grouped) in [("1", "1"), ("123", "123"), ("1234", "1,234"), ("-1234567.80", "-1,234,567.80")] {
            assert_eq!(decimal(text).grouped(), grouped);
        }
    }

    #[test]
    fn trims_and_pads_without_changing_the_number() {
        assert_eq!(decimal("76.50").trimmed().to_string(), "76.5");
        assert_eq!(decimal("100").trimmed().to_string(), "100");
        assert_eq!(decimal("76.5").padded(3).to_string(), "76.500");
        assert_eq!(decimal("76.55").padded(1).to_string(), "76.55");
    }

    proptest! {
        #[test]
        fn rounding_is_within_half_a_unit_and_mirrors(n in -10_i64.pow(15)..10_i64.pow(15), d in 1..10_i64.pow(15), places in 0u8..7) {
            let exact = Ratio::new(&Decimal::new(n, 0), &Decimal::new(d, 3), 100).expect("above nought");
            let rounded = exact.round(places);
            prop_assert!(exact.distance(&Ratio::from(&rounded)) <= Decimal::new(5, places + 1));
            let mirrored = Ratio::new(&Decimal::new(-n, 0), &Decimal::new(d, 3), 100).expect("above nought");
            prop_assert_eq!(mirrored.round(places), &Decimal::new(0, 0) - &rounded);
        }

        #[test]
        fn comparing_ratios_agrees_with_cross_multiplying(a in -9999i64..9999, b in 1i64..9999, c in -9999i64..9999, d in 1i64..9999) {
            let left = Ratio::new(&Decimal::new(a, 0), &Decimal::new(b, 0), 1).expect("above nought");
            let right = Ratio::new(&Decimal::new(c, 0), &Decimal::new(d, 0), 1).expect("above nought");
            prop_assert_eq!(left.cmp(&right), (a * d).cmp(&(c * b)));
        }

        #[test]
        fn what_is_written_is_read_back(mantissa in -10_i64.pow(15) + 1..10_i64.pow(15), scale in 0u8..16) {
            let written = Decimal::new(mantissa, scale);
            prop_assert_eq!(written.to_string().parse::<Decimal>(), Ok(written));
        }
    }
}
