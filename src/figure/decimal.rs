//! Decimal numbers, exactly as they are written.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;

use dashu_int::IBig;
use dashu_int::ops::Abs;

use super::digits::{self, Places};
use super::powers::{ten_to, word_ten_to};
use super::short::{NotADecimal, ShortDecimal};

/// A decimal number that keeps the number of decimal places it is written with: `98.10` has two.
///
/// Decimals compare by value: `98.1` and `98.10` are equal.
#[derive(Clone, Debug)]
pub struct Decimal(Digits);

/// The digits as a whole number, and how many of them come after the point.
#[derive(Clone, Debug)]
enum Digits {
    Word {
        mantissa: i64,
        scale: u8,
    },
    /// Only for a mantissa that does not fit in 64 bits.
    Wide(Box<(IBig, u8)>),
}

/// Kept small, because figures are created, moved and compared by the million.
const _: () = assert!(size_of::<Decimal>() == 16);

impl Decimal {
    /// `mantissa` divided by 10 to the power of `scale`.
    #[inline]
    #[must_use]
    pub const fn new(mantissa: i64, scale: u8) -> Self {
        Self(Digits::Word { mantissa, scale })
    }

    #[cold]
    pub(super) fn of_wide(mantissa: IBig, scale: u8) -> Self {
        match i64::try_from(&mantissa) {
            Ok(mantissa) => Self::new(mantissa, scale),
            Err(_) => Self(Digits::Wide(Box::new((mantissa, scale)))),
        }
    }

    /// The number of decimal places it is written with.
    #[inline]
    #[must_use]
    pub fn scale(&self) -> u8 {
        match &self.0 {
            Digits::Word { scale, .. } => *scale,
            Digits::Wide(wide) => wide.1,
        }
    }

    /// The digits as a whole number. `None` if they do not fit in 64 bits.
    #[inline]
    #[must_use]
    pub fn mantissa(&self) -> Option<i64> {
        if let Digits::Word { mantissa, .. } = self.0 { Some(mantissa) } else { None }
    }

    /// The digits as a whole number of any size.
    #[cold]
    pub(super) fn wide(&self) -> IBig {
        match &self.0 {
            Digits::Word { mantissa, .. } => IBig::from(*mantissa),
            Digits::Wide(wide) => wide.0.clone(),
        }
    }

    /// How it compares with 0.
    #[inline]
    fn sign(&self) -> Ordering {
        match &self.0 {
            Digits::Word { mantissa, .. } => mantissa.cmp(&0),
            Digits::Wide(wide) => wide.0.cmp(&IBig::ZERO),
        }
    }

    /// Whether it is 0.
    #[inline]
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.sign().is_eq()
    }

    /// Whether it is below 0.
    #[inline]
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.sign().is_lt()
    }

    /// Whether it is above 0.
    #[inline]
    #[must_use]
    pub fn is_positive(&self) -> bool {
        self.sign().is_gt()
    }

    /// The same number without trailing zeros after the point: `76.50` becomes `76.5`.
    #[inline]
    #[must_use]
    pub fn trimmed(self) -> Self {
        match self.0 {
            Digits::Word { mut mantissa, mut scale } => {
                while scale > 0 && mantissa % 10 == 0 {
                    mantissa /= 10;
                    scale -= 1;
                }
                Self::new(mantissa, scale)
            }
            Digits::Wide(wide) => {
                let (mut mantissa, mut scale) = *wide;
                while scale > 0 && &mantissa % 10i64 == 0 {
                    mantissa /= 10i64;
                    scale -= 1;
                }
                Self::of_wide(mantissa, scale)
            }
        }
    }

    /// The same number written with at least `places` decimal places.
    #[must_use]
    pub fn padded(self, places: u8) -> Self {
        if self.scale() >= places { self } else { &self + &Self::new(0, places) }
    }

    /// Appends the number to `bytes`: plain digits with all the decimal places, and never a minus
    /// sign before 0.
    #[inline]
    pub fn write_to(&self, bytes: &mut Vec<u8>) {
        self.write(bytes, false);
    }

    /// Like [`write_to`](Self::write_to), without trailing zeros after the point.
    #[inline]
    pub fn write_trimmed_to(&self, bytes: &mut Vec<u8>) {
        self.write(bytes, true);
    }

    #[inline]
    fn write(&self, bytes: &mut Vec<u8>, is_trimmed: bool) {
        let Digits::Word { mantissa, scale } = self.0 else {
            return self.write_any(bytes, is_trimmed);
        };
        let Some([whole, millionths]) = halves(mantissa, scale) else {
            return self.write_any(bytes, is_trimmed);
        };
        if mantissa < 0 {
            bytes.push(b'-');
        }
        digits::write(whole, bytes);
        if scale > 0 {
            let places = Places::of(millionths);
            let count =
                if is_trimmed { places.without_trailing_zeros() } else { usize::from(scale) };
            places.write_first(count, bytes);
        }
    }

    /// Appends a number of any size.
    #[cold]
    fn write_any(&self, bytes: &mut Vec<u8>, is_trimmed: bool) {
        if self.is_negative() {
            bytes.push(b'-');
        }
        let places = usize::from(self.scale());
        let digits = self.wide().abs().to_string();
        // One digit stands before the point.
        let mut digits = format!("{digits:0>least$}", least = places + 1);
        digits.insert(digits.len() - places, '.');
        let zeros: &[_] = if is_trimmed { &['0'] } else { &[] };
        let shown = digits.trim_end_matches(zeros).trim_end_matches('.');
        bytes.extend_from_slice(shown.as_bytes());
    }

    /// The digits with a comma between groups of three: `12,542`, `-1,234.50`.
    #[must_use]
    pub fn grouped(&self) -> String {
        let text = self.to_string();
        let (sign, digits) =
            text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
        let (whole, fraction) =
            digits.find('.').map_or((digits, ""), |point| digits.split_at(point));
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

    /// Both mantissas at the finer of the two scales, and that scale. `None` if a mantissa does not
    /// fit in 64 bits.
    #[inline]
    pub(super) fn aligned(&self, other: &Self) -> Option<(i64, i64, u8)> {
        let (
            &Digits::Word { mantissa: one, scale },
            &Digits::Word { mantissa: another, scale: other_scale },
        ) = (&self.0, &other.0)
        else {
            return None;
        };
        if scale == other_scale {
            return Some((one, another, scale));
        }
        let finer = scale.max(other_scale);
        let at = |mantissa: i64, scale: u8| mantissa.checked_mul(word_ten_to(finer - scale)?);
        Some((at(one, scale)?, at(another, other_scale)?, finer))
    }

    /// Like [`aligned`](Self::aligned), for mantissas of any size.
    #[cold]
    pub(super) fn aligned_wide(&self, other: &Self) -> (IBig, IBig, u8) {
        let finer = self.scale().max(other.scale());
        let at = |decimal: &Self| decimal.wide() * ten_to(finer - decimal.scale());
        (at(self), at(other), finer)
    }

    /// The result of an operation on both mantissas, in 64 bits if it fits.
    #[inline]
    fn combined(
        &self,
        other: &Self,
        in_words: impl FnOnce(i64, i64) -> Option<i64>,
        wide: impl FnOnce(IBig, IBig) -> IBig,
    ) -> Self {
        if let Some((one, another, scale)) = self.aligned(other)
            && let Some(mantissa) = in_words(one, another)
        {
            return Self::new(mantissa, scale);
        }
        let (one, another, scale) = self.aligned_wide(other);
        Self::of_wide(wide(one, another), scale)
    }
}

/// What is before the point of a number, and the millionths behind it. `None` if it has more places
/// than these, or too many digits.
#[inline]
fn halves(mantissa: i64, scale: u8) -> Option<[u64; 2]> {
    if scale == 0 {
        return Some([mantissa.unsigned_abs(), 0]);
    }
    let ten_to = word_ten_to(Places::COUNT.checked_sub(scale)?)?.unsigned_abs();
    let millionths = mantissa.unsigned_abs().checked_mul(ten_to)?;
    Some([millionths / Places::MILLION, millionths % Places::MILLION])
}

impl Add for &Decimal {
    type Output = Decimal;

    #[inline]
    fn add(self, other: Self) -> Decimal {
        self.combined(other, i64::checked_add, IBig::add)
    }
}

impl Sub for &Decimal {
    type Output = Decimal;

    #[inline]
    fn sub(self, other: Self) -> Decimal {
        self.combined(other, i64::checked_sub, IBig::sub)
    }
}

impl Ord for Decimal {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        if let Some((one, another, _)) = self.aligned(other) {
            return one.cmp(&another);
        }
        let (one, another, _) = self.aligned_wide(other);
        one.cmp(&another)
    }
}

impl PartialOrd for Decimal {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl fmt::Display for Decimal {
    /// Written as by [`write_to`](Self::write_to).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = Vec::new();
        self.write_to(&mut digits);
        f.write_str(std::str::from_utf8(&digits).unwrap_or_default())
    }
}

impl FromStr for Decimal {
    type Err = NotADecimal;

    /// Parses digits, with at most one decimal point and an optional sign; no separators, no
    /// exponent.
    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        ShortDecimal::parse(text.as_bytes()).map(Self::from)
    }
}

impl From<ShortDecimal> for Decimal {
    #[inline]
    fn from(short: ShortDecimal) -> Self {
        Self::new(short.mantissa(), short.scale())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut bytes = Vec::new();
        write(&mut bytes);
        String::from_utf8(bytes).expect("digits")
    }

    #[test]
    fn places_are_written_or_trimmed() {
        for (mantissa, scale, whole, trimmed) in [
            (0, 0, "0", "0"),
            (0, 2, "0.00", "0"),
            (-5, 2, "-0.05", "-0.05"),
            (7_650, 2, "76.50", "76.5"),
            (-1_200, 2, "-12.00", "-12"),
            (1_200, 0, "1200", "1200"),
            (1_200, 9, "0.000001200", "0.0000012"),
        ] {
            let decimal = Decimal::new(mantissa, scale);
            assert_eq!(written(|bytes| decimal.write_to(bytes)), whole);
            assert_eq!(written(|bytes| decimal.write_trimmed_to(bytes)), trimmed);
        }
    }

    proptest! {
        #[test]
        fn few_places_are_written_as_those_of_any_number(
            mantissa in prop_oneof![-10_000_i64..10_000, any::<i64>(), Just(i64::MIN)],
            scale in 0_u8..10,
            is_trimmed: bool,
        ) {
            let decimal = Decimal::new(mantissa, scale);
            let short = written(|bytes| decimal.write(bytes, is_trimmed));
            prop_assert_eq!(short, written(|bytes| decimal.write_any(bytes, is_trimmed)));
        }
    }
}
