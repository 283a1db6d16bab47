//! Exact figures: decimals as they are written, ratios as they are compared, and the one rounding
//! rule.
//!
//! There are no floating point numbers in this program. A figure in an extract or a target in the
//! definitions is a [`Decimal`]; a result is a [`Ratio`] of two of them, compared by
//! cross-multiplying and never divided until it is shown. [`Ratio::round`] is the only place where
//! a digit is lost, but for square roots: [`Ratio::root`] gives those that are no fraction to forty
//! places.
//!
//! Nearly every figure fits in 64 bits, and so do the numbers calculated from it. Because a
//! nation's month is a few million such operations, they are done in `i64` ("words") where possible
//! and in whole numbers of any size otherwise. A result that fits in an `i64` is always stored as
//! one.

mod arithmetic;
mod decimal;
mod digits;
mod gap;
mod powers;
mod ratio;
mod reason;
mod short;

pub use decimal::Decimal;
pub use gap::PercentGap;
pub use ratio::Ratio;
pub use reason::Reason;
pub use short::{NotADecimal, ShortDecimal};

/// The most significant digits that a figure may have, which is how many a spreadsheet keeps.
pub const MAX_DIGITS: usize = 15;

/// How many decimal places are written in output for other programs.
pub const PLACES: u8 = 6;

/// The most decimal places that a figure may have.
pub const MAX_SCALE: u8 = 15;

/// The numbers of a figure, or that it is suppressed or low, or why there are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amount {
    /// There is a figure, but it may not be shown.
    Suppressed,
    /// It rounds to 0 but is not 0; nothing more is known.
    Low,
    /// A numerator and a denominator.
    Ratio {
        /// What is counted.
        numerator: Decimal,
        /// Out of what.
        denominator: Decimal,
    },
    /// A bare value.
    Value(Decimal),
    /// There is no figure, and an extract says why.
    NoFigure(Reason),
    /// The difference of two percentages.
    Gap(Box<PercentGap>),
}

impl Amount {
    /// Why there is no figure, where that is what is said.
    #[must_use]
    pub fn reason(&self) -> Option<Reason> {
        if let Self::NoFigure(reason) = self { Some(*reason) } else { None }
    }

    /// Out of what it is, where it has a denominator.
    #[must_use]
    pub fn denominator(&self) -> Option<&Decimal> {
        if let Self::Ratio { denominator, .. } = self { Some(denominator) } else { None }
    }
}

/// No larger than the two numbers of a ratio.
const _: () = assert!(size_of::<Amount>() == 32);

#[cfg(test)]
mod tests {
    use super::*;
    use dashu_int::IBig;
    use dashu_int::ops::DivEuclid;
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    fn ratio(numerator: &str, denominator: &str, times: u32) -> Ratio {
        Ratio::new(&decimal(numerator), &decimal(denominator), times)
            .expect("a denominator that is not 0")
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
            assert_eq!(
                Ratio::from(decimal(exact)).round(places).to_string(),
                rounded,
                "{exact} to {places}"
            );
        }
    }

    /// Indicator 40 of January 2016: 333.6 / 444.3 is published as 75.1% and misses a target of
    /// 75.1.
    #[test]
    fn what_shows_as_the_target_may_still_miss_it() {
        let result = ratio("333.6", "444.3", 100);
        assert_eq!(result.round(1).to_string(), "75.1");
        assert!(result < decimal("75.1"));
    }

    #[test]
    fn a_denominator_of_zero_gives_no_ratio() {
        assert!(Ratio::new(&decimal("1"), &decimal("0.0"), 100).is_none());
    }

    #[test]
    fn reads_only_what_is_certainly_a_number() {
        for (text, shown) in
            [("0", "0"), ("-0", "0"), ("+7", "7"), ("007.50", "7.50"), (".5", "0.5"), ("5.", "5")]
        {
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
        for text in
            ["1234567890123456", "1.000000000000000", "0.0000000000000001", &"9".repeat(300)]
        {
            assert_eq!(text.parse::<Decimal>(), Err(NotADecimal::TooManyDigits), "{text}");
        }
    }

    #[test]
    fn floor_and_ceiling_lose_nothing_but_what_they_say() {
        let third = ratio("-1", "3", 1);
        assert_eq!(
            (third.floor(1).to_string(), third.ceiling(1).to_string()),
            ("-0.4".into(), "-0.3".into())
        );
        assert_eq!(third.over(&decimal("0.25")).round(4).to_string(), "-1.3333");
        let exact = ratio("284.88", "1", 1);
        assert_eq!(
            (
                exact.floor(0).to_string(),
                exact.ceiling(0).to_string(),
                exact.ceiling(2).to_string()
            ),
            ("284".into(), "285".into(), "284.88".into())
        );
    }

    #[test]
    fn groups_thousands() {
        for (text, grouped) in
            [("1", "1"), ("123", "123"), ("1234", "1,234"), ("-1234567.80", "-1,234,567.80")]
        {
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
        fn rounding_is_within_half_a_unit_and_mirrors(
            n in -10_i64.pow(15)..10_i64.pow(15),
            d in 1..10_i64.pow(15),
            places in 0u8..7,
        ) {
            let exact = Ratio::new(&Decimal::new(n, 0), &Decimal::new(d, 3), 100).expect("above 0");
            let rounded = exact.round(places);
            prop_assert!(exact.distance(&Ratio::from(&rounded)) <= Decimal::new(5, places + 1));
            let mirrored = Ratio::new(&Decimal::new(-n, 0), &Decimal::new(d, 3), 100);
            let mirrored = mirrored.expect("above 0");
            prop_assert_eq!(mirrored.round(places), &Decimal::new(0, 0) - &rounded);
        }

        #[test]
        fn comparing_ratios_agrees_with_cross_multiplying(
            a in -9999i64..9999,
            b in 1i64..9999,
            c in -9999i64..9999,
            d in 1i64..9999,
        ) {
            let left = Ratio::new(&Decimal::new(a, 0), &Decimal::new(b, 0), 1).expect("above 0");
            let right = Ratio::new(&Decimal::new(c, 0), &Decimal::new(d, 0), 1).expect("above 0");
            prop_assert_eq!(left.cmp(&right), (a * d).cmp(&(c * b)));
        }

        #[test]
        fn what_is_written_is_read_back(
            mantissa in -10_i64.pow(15) + 1..10_i64.pow(15),
            scale in 0u8..16,
        ) {
            let written = Decimal::new(mantissa, scale);
            prop_assert_eq!(written.to_string().parse::<Decimal>(), Ok(written));
        }

        #[test]
        fn decimals_of_any_size_calculate_alike(
            a in any_size(),
            b in any_size(),
            places in 0u8..4,
            other_places in 0u8..4,
        ) {
            let one = Decimal::of_wide(a.into(), places);
            let other = Decimal::of_wide(b.into(), other_places);
            let in_thousandths = |number: i128, places: u8| {
                IBig::from(number) * IBig::from(10).pow(usize::from(3 - places))
            };
            let (a, b) = (in_thousandths(a, places), in_thousandths(b, other_places));
            prop_assert_eq!(&one + &other, Decimal::of_wide(&a + &b, 3));
            prop_assert_eq!(&one - &other, Decimal::of_wide(&a - &b, 3));
            prop_assert_eq!(one.cmp(&other), a.cmp(&b));
            prop_assert_eq!((one.is_negative(), one.is_zero()), (a < 0.into(), a == 0.into()));
            let padded = one.clone().padded(3);
            prop_assert_eq!(padded.to_string().replace('.', "").parse::<IBig>(), Ok(a));
            prop_assert_eq!(padded.trimmed().to_string(), one.trimmed().to_string());
        }

        #[test]
        fn ratios_of_any_size_calculate_alike(
            a in any_size(),
            b in any_size(),
            c in any_size(),
            d in any_size(),
            places in 0u8..4,
        ) {
            let (b, d) = (b.abs() + 1, d.abs() + 1);
            let one = Ratio::of_wide(a.into(), b.into());
            let other = Ratio::of_wide(c.into(), d.into());
            let [a, b, c, d] = [a, b, c, d].map(IBig::from);
            prop_assert_eq!(one.cmp(&other), (&a * &d).cmp(&(&c * &b)));
            prop_assert_eq!(&one - &other, Ratio::of_wide(&a * &d - &c * &b, &b * &d));
            let times = IBig::from(10).pow(usize::from(places));
            let floor = Decimal::of_wide((&a * &times).div_euclid(&b), places);
            prop_assert_eq!(one.floor(places), floor);
            // Half away from zero: halves round up above zero and down below it.
            let twice = IBig::from(2);
            let up = (&a * &times * &twice + &b).div_euclid(&b * &twice);
            let down = -(-&a * &times * &twice + &b).div_euclid(&b * &twice);
            let rounded = Decimal::of_wide(if a < 0.into() { down } else { up }, places);
            prop_assert_eq!(one.round(places), rounded);
            let decimal = Decimal::of_wide(c.clone(), places);
            prop_assert_eq!(one.partial_cmp(&decimal), Some((&a * &times).cmp(&(&c * &b))));
            let quotient = Ratio::new(&decimal, &Decimal::of_wide(d.clone(), 0), 100);
            prop_assert_eq!(quotient, Some(Ratio::of_wide(c * 100, d * times)));
        }
    }

    /// Numbers on both sides of the limits of an `i64`.
    fn any_size() -> impl Strategy<Value = i128> {
        prop_oneof![
            -1000i128..1000,
            any::<i64>().prop_map(i128::from),
            -(1i128 << 63) - 3..-(1i128 << 63) + 3,
            (1i128 << 63) - 3..(1i128 << 63) + 3,
            -(1i128 << 90)..1i128 << 90,
        ]
    }
}
