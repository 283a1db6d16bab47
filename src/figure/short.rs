//! Decimals as they are read from files, which have few digits.

use super::{MAX_DIGITS, MAX_SCALE};

/// A decimal number with at most [`MAX_DIGITS`] digits, which keeps the number of decimal places it
/// is written with.
///
/// Millions of them are read and moved, so it is `Copy`; a [`Decimal`](super::Decimal) may own
/// memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShortDecimal {
    mantissa: i64,
    scale: u8,
}

/// Why a text is not a decimal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotADecimal {
    /// It contains something other than digits, one decimal point and a leading sign.
    NotANumber,
    /// It has more than [`MAX_DIGITS`] significant digits or [`MAX_SCALE`] decimal places.
    TooManyDigits,
}

impl ShortDecimal {
    /// The number 0.
    pub const ZERO: Self = Self { mantissa: 0, scale: 0 };

    /// Parses digits, with at most one decimal point and an optional sign; no separators, no
    /// exponent.
    ///
    /// # Errors
    ///
    /// If the text is anything else.
    #[inline]
    pub fn parse(text: &[u8]) -> Result<Self, NotADecimal> {
        let (is_negative, digits) = match text {
            [sign @ (b'-' | b'+'), digits @ ..] => (*sign == b'-', digits),
            digits => (false, digits),
        };
        let (mut mantissa, mut point) = (0i64, None);
        for (index, byte) in digits.iter().enumerate() {
            let digit = byte.wrapping_sub(b'0');
            if digit <= 9 {
                // May overflow if there are too many digits; that is an error below.
                mantissa = mantissa.wrapping_mul(10).wrapping_add(i64::from(digit));
            } else if *byte == b'.' && point.is_none() {
                point = Some(index);
            } else {
                return Err(NotADecimal::NotANumber);
            }
        }
        let count = digits.len() - usize::from(point.is_some());
        if count == 0 {
            return Err(NotADecimal::NotANumber);
        }
        let places = point.map_or(0, |point| digits.len() - point - 1);
        if count > MAX_DIGITS && significant(digits) > MAX_DIGITS {
            return Err(NotADecimal::TooManyDigits);
        }
        let scale = u8::try_from(places).ok().filter(|scale| *scale <= MAX_SCALE);
        let scale = scale.ok_or(NotADecimal::TooManyDigits)?;
        Ok(Self { mantissa: if is_negative { -mantissa } else { mantissa }, scale })
    }

    /// The number with this mantissa, of `digits` digits, and `places` decimal places. `None` if it
    /// has too many digits.
    #[inline]
    #[must_use]
    pub fn of_digits(mantissa: i64, digits: usize, places: usize) -> Option<Self> {
        let scale = u8::try_from(places).ok().filter(|_| digits <= MAX_DIGITS)?;
        Some(Self { mantissa, scale })
    }

    /// Its digits as one whole number.
    #[inline]
    #[must_use]
    pub fn mantissa(self) -> i64 {
        self.mantissa
    }

    /// The number of decimal places it is written with.
    #[inline]
    #[must_use]
    pub fn scale(self) -> u8 {
        self.scale
    }

    /// Whether it is below 0.
    #[inline]
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.mantissa < 0
    }
}

/// The number of digits, not counting leading zeros.
#[cold]
fn significant(digits: &[u8]) -> usize {
    let is_significant = |byte: &&u8| byte.is_ascii_digit();
    digits.iter().skip_while(|byte| matches!(byte, b'0' | b'.')).filter(is_significant).count()
}
