//! The digits of a number, eight at a time: found all at once, and not one after another.

/// How many there are.
pub(super) const COUNT: u8 = 8;

/// What has too many digits: a hundred million.
pub(super) const END: u64 = 100_000_000;

/// The eight digits of a number, in bytes: the first is in the lowest byte.
#[derive(Clone, Copy, Debug)]
pub(super) struct EightDigits(u64);

impl EightDigits {
    /// The digits of a number below [`END`].
    ///
    /// The number is cut in two of four digits each, these in four of two, and these in eight. Each
    /// time all of them are divided at once, by a multiplication that is exact for so few digits.
    #[inline]
    pub(super) const fn of(number: u64) -> Self {
        let fours = (number / 10_000) | ((number % 10_000) << 32);
        let hundreds = ((fours * 10_486) >> 20) & 0x0000_007f_0000_007f;
        let twos = hundreds | ((fours - hundreds * 100) << 16);
        let tens = ((twos * 103) >> 10) & 0x000f_000f_000f_000f;
        Self(tens | ((twos - tens * 10) << 8))
    }

    /// How many there are from the first that is not 0; one, where all are.
    #[inline]
    pub(super) const fn without_leading_zeros(self) -> usize {
        8 - if self.0 == 0 { 7 } else { self.0.trailing_zeros() as usize / 8 }
    }

    /// How many there are up to the last that is not 0.
    #[inline]
    pub(super) const fn without_trailing_zeros(self) -> usize {
        8 - self.0.leading_zeros() as usize / 8
    }

    /// Appends the first so many of them.
    #[inline]
    pub(super) fn write_first(self, count: usize, bytes: &mut Vec<u8>) {
        let end = bytes.len() + count;
        // To append all eight and to cut off what is too many is faster than to append `count`.
        bytes.extend_from_slice(&(self.0 | u64::from_le_bytes([b'0'; 8])).to_le_bytes());
        bytes.truncate(end);
    }

    /// Appends the last so many of them; one at least.
    #[inline]
    pub(super) fn write_last(self, count: usize, bytes: &mut Vec<u8>) {
        Self(self.0 >> (8 * (8 - count))).write_first(count, bytes);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut bytes = b"1,".to_vec();
        write(&mut bytes);
        String::from_utf8(bytes).expect("digits")
    }

    proptest! {
        #[test]
        fn all_digits_are_those_of_the_number(number in prop_oneof![0..END, 0_u64..10_000]) {
            let (digits, expected) = (EightDigits::of(number), format!("{number:08}"));
            prop_assert_eq!(written(|bytes| digits.write_first(8, bytes)), format!("1,{expected}"));
            let count = digits.without_leading_zeros();
            prop_assert_eq!(written(|bytes| digits.write_last(count, bytes)), format!("1,{number}"));
            let count = digits.without_trailing_zeros();
            let trimmed = expected.trim_end_matches('0');
            prop_assert_eq!(written(|bytes| digits.write_first(count, bytes)), format!("1,{trimmed}"));
        }
    }

    #[test]
    fn every_four_digits_are_right_on_either_side() {
        for number in 0..10_000 {
            for number in [number, number * 10_000] {
                let digits = EightDigits::of(number);
                let expected = format!("1,{number:08}");
                assert_eq!(written(|bytes| digits.write_first(8, bytes)), expected);
            }
        }
    }
}
