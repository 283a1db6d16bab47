//! Sums, products, quotients and square roots of ratios, which statistics are made of.

use std::ops::{Add, Mul};

use dashu_int::ops::{Abs, Gcd, SquareRoot};
use dashu_int::{IBig, UBig};

use super::Ratio;
use super::powers::ten_to;

/// The decimal places of a square root that is no fraction.
const ROOT_PLACES: u8 = 40;

impl Ratio {
    /// A whole number.
    #[must_use]
    pub fn whole(number: i64) -> Self {
        Self::of_words(number, 1).expect("one is above 0")
    }

    /// In lowest terms, so that sums of many stay short. The second is not 0.
    #[cold]
    fn reduced(numerator: IBig, denominator: IBig) -> Self {
        let common = IBig::from((&numerator).gcd(&denominator));
        let (top, bottom) = (numerator / &common, denominator / common);
        if bottom < IBig::ZERO { Self::of_wide(-top, -bottom) } else { Self::of_wide(top, bottom) }
    }

    /// Divided by another, which is not 0.
    #[must_use]
    pub fn divided(&self, by: &Self) -> Self {
        let ((a, b), (c, d)) = (self.wide(), by.wide());
        assert!(c != IBig::ZERO, "nothing is divided by 0");
        Self::reduced(a * d, b * c)
    }

    /// Without its sign.
    #[must_use]
    pub fn size(&self) -> Self {
        self.distance(&Self::ZERO)
    }

    /// What some of them add up to.
    #[must_use]
    pub fn sum<'r>(ratios: impl IntoIterator<Item = &'r Self>) -> Self {
        ratios.into_iter().fold(Self::ZERO, |sum, ratio| &sum + ratio)
    }

    /// Their mean; nothing where there are none.
    #[must_use]
    pub fn mean(ratios: &[Self]) -> Option<Self> {
        let count = i64::try_from(ratios.len()).ok().filter(|count| *count > 0)?;
        Some(Self::sum(ratios).divided(&Self::whole(count)))
    }

    /// Whether it has no fraction.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let (numerator, denominator) = self.wide();
        numerator % denominator == IBig::ZERO
    }

    /// The square root of a ratio that is not below 0: exact where it is a fraction, else cut off
    /// after forty places.
    #[must_use]
    pub fn root(&self) -> Self {
        let (numerator, denominator) = self.wide();
        let common = IBig::from((&numerator).gcd(&denominator));
        let lowest = |part: IBig| UBig::try_from(part / &common).expect("it is not below 0");
        let (top, bottom) = (lowest(numerator), lowest(denominator));
        let (top_root, bottom_root) = (top.sqrt(), bottom.sqrt());
        if &top_root * &top_root == top && &bottom_root * &bottom_root == bottom {
            return Self::of_wide(top_root.into(), bottom_root.into());
        }
        let places = ten_to(ROOT_PLACES);
        let scaled = UBig::try_from((&places * &places).abs()).expect("it is above 0");
        let root = (top * &bottom * scaled).sqrt();
        Self::reduced(root.into(), IBig::from(bottom) * places)
    }
}

impl Add for &Ratio {
    type Output = Ratio;

    fn add(self, other: Self) -> Ratio {
        let in_words = || {
            let ((a, b), (c, d)) = (self.words()?, other.words()?);
            if b == d {
                return Ratio::of_words(a.checked_add(c)?, b);
            }
            Ratio::of_words(a.checked_mul(d)?.checked_add(c.checked_mul(b)?)?, b.checked_mul(d)?)
        };
        in_words().unwrap_or_else(|| {
            let ((a, b), (c, d)) = (self.wide(), other.wide());
            Ratio::reduced(a * &d + c * &b, b * d)
        })
    }
}

impl Mul for &Ratio {
    type Output = Ratio;

    fn mul(self, other: Self) -> Ratio {
        let in_words = || {
            let ((a, b), (c, d)) = (self.words()?, other.words()?);
            Ratio::of_words(a.checked_mul(c)?, b.checked_mul(d)?)
        };
        in_words().unwrap_or_else(|| {
            let ((a, b), (c, d)) = (self.wide(), other.wide());
            Ratio::reduced(a * c, b * d)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Decimal;

    fn ratio(top: i64, bottom: i64) -> Ratio {
        Ratio::whole(top).divided(&Ratio::whole(bottom))
    }

    #[test]
    fn sums_products_and_quotients_are_exact() {
        assert_eq!(&ratio(1, 3) + &ratio(1, 6), ratio(1, 2));
        assert_eq!(&ratio(2, 3) * &ratio(-3, 4), ratio(-1, 2));
        assert_eq!(ratio(2, 3).divided(&ratio(-4, 9)), ratio(-3, 2));
        let big = ratio(i64::MAX, 3);
        assert_eq!(&(&big + &big) - &big, big);
        assert_eq!((&big * &big).divided(&big), big);
        assert_eq!(Ratio::mean(&[ratio(1, 1), ratio(2, 1), ratio(4, 1)]), Some(ratio(7, 3)));
        assert_eq!(Ratio::mean(&[]), None);
        assert!(ratio(6, 3).is_whole() && !ratio(7, 3).is_whole());
    }

    #[test]
    fn a_root_that_is_a_fraction_is_exact() {
        assert_eq!(ratio(8, 18).root(), ratio(2, 3));
        assert_eq!(Ratio::ZERO.root(), Ratio::ZERO);
        let z = Ratio::from(Decimal::new(1_959_963_984_540_054, 15));
        assert_eq!((&z * &z).root(), z);
    }

    /// The first digits of the square root of 2, as any table has them.
    #[test]
    fn another_root_is_cut_off_after_forty_places() {
        let root = ratio(2, 1).root();
        assert_eq!(root.floor(30).to_string(), "1.414213562373095048801688724209");
        assert!(&root * &root < ratio(2, 1));
    }
}
