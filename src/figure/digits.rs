//! The digits of a number, three at a time: looked up, and not found one after another.

/// All numbers of up to three digits as texts: `000` to `999`, the first digit in the lowest byte. In
/// the highest is how many digits there are without the zeros before them.
static THREE_DIGITS: [u32; 1000] = {
    let mut all = [0; 1000];
    let mut number = 0;
    while number < 1000 {
        let [first, second, third] = [number / 100, number / 10 % 10, number % 10];
        let count = 1 + (number >= 10) as u32 + (number >= 100) as u32;
        all[number as usize] = (first | second << 8 | third << 16 | 0x30_3030) | count << 24;
        number += 1;
    }
    all
};

/// Three digits as text, and how many there are without the zeros before them.
#[inline]
fn three_digits(number: u64) -> (u32, usize) {
    let found = THREE_DIGITS[usize::try_from(number).expect("below a thousand")];
    (found & 0xff_ffff, (found >> 24) as usize)
}

/// Appends a whole number.
#[inline]
pub(super) fn write(number: u64, bytes: &mut Vec<u8>) {
    if number >= 1000 {
        return write_long(number, bytes);
    }
    let (text, count) = three_digits(number);
    append(u64::from(text >> (8 * (3 - count))), count, bytes);
}

/// Appends a whole number of any size.
fn write_long(number: u64, bytes: &mut Vec<u8>) {
    let mut thousands = 1;
    while number / thousands >= 1000 {
        thousands *= 1000;
    }
    write(number / thousands, bytes);
    while thousands > 1 {
        thousands /= 1000;
        append(u64::from(three_digits(number / thousands % 1000).0), 3, bytes);
    }
}

/// The digits behind the point of a number, as text, the first in the lowest byte.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places(u64);

impl Places {
    /// How many there are.
    pub(super) const COUNT: u8 = 6;

    /// How many numbers there are of so many digits.
    pub(super) const MILLION: u64 = 1_000_000;

    /// So many millionths.
    #[inline]
    pub(super) fn of(millionths: u64) -> Self {
        let [first, last] = [millionths / 1000, millionths % 1000].map(|half| three_digits(half).0);
        Self(u64::from(first) | u64::from(last) << 24)
    }

    /// How many there are up to the last that is not 0.
    #[inline]
    pub(super) fn without_trailing_zeros(self) -> usize {
        8 - (self.0 & 0x0f0f_0f0f_0f0f).leading_zeros() as usize / 8
    }

    /// Appends a point and the first so many of them; nothing, if that is none.
    #[inline]
    pub(super) fn write_first(self, count: usize, bytes: &mut Vec<u8>) {
        if count > 0 {
            append(self.0 << 8 | u64::from(b'.'), 1 + count, bytes);
        }
    }
}

/// Appends the first so many bytes of a text.
#[inline]
fn append(text: u64, count: usize, bytes: &mut Vec<u8>) {
    let end = bytes.len() + count;
    // To append all eight and to cut off what is too many is faster than to append `count`.
    bytes.extend_from_slice(&text.to_le_bytes());
    bytes.truncate(end);
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
        fn all_digits_of_a_whole_number_are_written(
            number in prop_oneof![any::<u64>(), 0_u64..10_000_000],
        ) {
            prop_assert_eq!(written(|bytes| write(number, bytes)), format!("1,{number}"));
        }

        #[test]
        fn as_many_places_are_written_as_are_asked_for(
            millionths in 0..Places::MILLION,
            count in 0..=usize::from(Places::COUNT),
        ) {
            let (places, expected) = (Places::of(millionths), format!("{millionths:06}"));
            let point = if count > 0 { "." } else { "" };
            prop_assert_eq!(
                written(|bytes| places.write_first(count, bytes)),
                format!("1,{point}{}", &expected[..count])
            );
        }
    }

    #[test]
    fn every_three_digits_are_right_on_either_side_of_the_point() {
        for number in 0..1000 {
            assert_eq!(written(|bytes| write(number, bytes)), format!("1,{number}"));
            for millionths in [number, number * 1000] {
                let (places, text) = (Places::of(millionths), format!(".{millionths:06}"));
                assert_eq!(written(|bytes| places.write_first(6, bytes)), format!("1,{text}"));
                let count = text.trim_end_matches('0').len() - 1;
                assert_eq!(places.without_trailing_zeros(), count, "{text}");
            }
        }
    }
}
