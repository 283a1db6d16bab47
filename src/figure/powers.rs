//! Powers of ten.

use dashu_int::IBig;

/// 10 to a power. `None` if it does not fit in 64 bits.
#[inline]
pub(super) fn word_ten_to(power: u8) -> Option<i64> {
    const POWERS: [i64; 19] = {
        let mut powers = [1; 19];
        let mut index = 1;
        while index < powers.len() {
            powers[index] = powers[index - 1] * 10;
            index += 1;
        }
        powers
    };
    POWERS.get(usize::from(power)).copied()
}

/// 10 to any power.
#[cold]
pub(super) fn ten_to(power: u8) -> IBig {
    IBig::from(10u8).pow(usize::from(power))
}
