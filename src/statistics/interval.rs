//! Between what a figure could lie by chance alone.
//!
//! A share of cases has the interval of Wilson (1927). A count has that of Byar, as Breslow and Day
//! (1987) give it, and below 10 the exact one of the Poisson distribution, whose ends are in every
//! table of it.

use crate::figure::{Decimal, Ratio};

/// How sure an interval is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// 95%.
    NinetyFive,
    /// 99.8%.
    NinetyNinePointEight,
}

/// Two ends with everything between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The lower end.
    pub low: Ratio,
    /// The upper end.
    pub high: Ratio,
}

/// The ends of a count from 0 to 9, in billionths: the lower, then the upper.
type ExactEnds = [[i64; 10]; 2];

const ENDS_95: ExactEnds = [
    [
        0,
        25_317_808,
        242_209_279,
        618_672_123,
        1_089_865_374,
        1_623_486_390,
        2_201_894_253,
        2_814_363_052,
        3_453_832_177,
        4_115_373_097,
    ],
    [
        3_688_879_454,
        5_571_643_391,
        7_224_687_668,
        8_767_273_070,
        10_241_588_675,
        11_668_332_079,
        13_059_474_023,
        14_422_675_362,
        15_763_189_220,
        17_084_803_451,
    ],
];

const ENDS_99_8: ExactEnds = [
    [
        0,
        1_000_500,
        45_402_018,
        190_533_378,
        428_552_414,
        739_371_732,
        1_107_104_660,
        1_520_336_260,
        1_970_813_922,
        2_452_424_404,
    ],
    [
        6_907_755_279,
        9_233_413_476,
        11_228_872_242,
        13_062_240_779,
        14_794_149_223,
        16_454_745_204,
        18_061_636_840,
        19_626_177_395,
        21_156_198_166,
        22_657_373_309,
    ],
];

impl Confidence {
    /// How many standard deviations an interval has on each side, from tables of the normal
    /// distribution.
    #[must_use]
    pub fn z(self) -> Ratio {
        let digits = match self {
            Self::NinetyFive => 1_959_963_984_540_054,
            Self::NinetyNinePointEight => 3_090_232_306_167_813,
        };
        Decimal::new(digits, 15).into()
    }

    fn exact_ends(self) -> &'static ExactEnds {
        match self {
            Self::NinetyFive => &ENDS_95,
            Self::NinetyNinePointEight => &ENDS_99_8,
        }
    }

    /// `95` or `99.8`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NinetyFive => "95",
            Self::NinetyNinePointEight => "99.8",
        }
    }
}

impl Interval {
    /// Both ends, times a number above 0.
    #[must_use]
    pub fn times(&self, by: &Ratio) -> Self {
        Self { low: &self.low * by, high: &self.high * by }
    }

    /// Whether a value is within it, ends included.
    #[must_use]
    pub fn holds(&self, value: &Ratio) -> bool {
        self.low <= *value && *value <= self.high
    }
}

/// The interval of so many of so many cases, as a share; nothing where they are not whole cases, or
/// more than there are.
#[must_use]
pub fn share_interval(cases: &Ratio, of: &Ratio, confidence: Confidence) -> Option<Interval> {
    let are_cases = cases.is_whole()
        && of.is_whole()
        && *of > Ratio::ZERO
        && (Ratio::ZERO..=of.clone()).contains(cases);
    if !are_cases {
        return None;
    }
    let z = confidence.z();
    let z_squared = &z * &z;
    let without = of - cases;
    let spread = (&(&Ratio::whole(4) * cases) * &without).divided(of);
    let reach = &z * &(&z_squared + &spread).root();
    let middle = &(&Ratio::whole(2) * cases) + &z_squared;
    let width = &Ratio::whole(2) * &(of + &z_squared);
    Some(Interval {
        low: (&middle - &reach).divided(&width),
        high: (&middle + &reach).divided(&width),
    })
}

/// The interval of a count; nothing where it is not a whole number from 0.
#[must_use]
pub fn count_interval(count: &Ratio, confidence: Confidence) -> Option<Interval> {
    if !count.is_whole() || *count < Ratio::ZERO {
        return None;
    }
    let small = (0..10).position(|small| *count == Ratio::whole(small));
    if let Some(count) = small {
        let [low, high] = confidence.exact_ends().map(|ends| Decimal::new(ends[count], 9).into());
        return Some(Interval { low, high });
    }
    let z = confidence.z();
    let above = count + &Ratio::whole(1);
    Some(Interval { low: byar(count, &(&Ratio::ZERO - &z)), high: byar(&above, &z) })
}

/// x(1 - 1/9x + z/3sqrt(x)) to the third power, x times the bracket.
fn byar(x: &Ratio, z: &Ratio) -> Ratio {
    let ninth = Ratio::whole(1).divided(&(&Ratio::whole(9) * x));
    let third = z.divided(&(&Ratio::whole(3) * &x.root()));
    let bracket = &(&Ratio::whole(1) - &ninth) + &third;
    &(x * &bracket) * &(&bracket * &bracket)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEVELS: [Confidence; 2] = [Confidence::NinetyFive, Confidence::NinetyNinePointEight];

    fn ratio(text: &str) -> Ratio {
        text.parse::<Decimal>().expect("a decimal").into()
    }

    fn shown(interval: Option<Interval>, places: u8) -> [String; 2] {
        let Interval { low, high } = interval.expect("an interval");
        [low, high].map(|end| end.round(places).to_string())
    }

    fn percent(cases: i64, of: i64) -> [String; 2] {
        let share = share_interval(&Ratio::whole(cases), &Ratio::whole(of), LEVELS[0]);
        shown(share.map(|share| share.times(&Ratio::whole(100))), 1)
    }

    /// Kent, January 2016: indicators 9, 19 and 13.
    #[test]
    fn shares_have_wilson_intervals() {
        assert_eq!(percent(39, 57), ["55.5", "79.0"]);
        assert_eq!(percent(291, 2374), ["11.0", "13.6"]);
        assert_eq!(percent(760, 760), ["99.5", "100.0"]);
        assert_eq!(percent(60, 100), ["50.2", "69.1"]);
        assert_eq!(percent(45, 100), ["35.6", "54.8"]);
    }

    #[test]
    fn nothing_is_below_none_of_them_or_above_all_of_them() {
        for level in LEVELS {
            let of = |cases| {
                share_interval(&Ratio::whole(cases), &Ratio::whole(7), level).expect("an interval")
            };
            assert_eq!((of(0).low, of(7).high), (Ratio::ZERO, Ratio::whole(1)));
        }
    }

    #[test]
    fn what_is_not_a_share_of_whole_cases_has_no_interval() {
        for (cases, of) in [("333.6", "444.3"), ("3", "444.3"), ("8", "7"), ("-1", "7"), ("0", "0")]
        {
            assert_eq!(share_interval(&ratio(cases), &ratio(of), LEVELS[0]), None, "{cases}");
        }
        for count in ["2.5", "-1"] {
            assert_eq!(count_interval(&ratio(count), LEVELS[0]), None, "{count}");
        }
    }

    /// Kent, January 2016: indicator 7, two unallocated cases.
    #[test]
    fn small_counts_have_exact_intervals() {
        let of = |count, level| shown(count_interval(&Ratio::whole(count), level), 6);
        assert_eq!(shown(count_interval(&Ratio::whole(2), LEVELS[0]), 1), ["0.2", "7.2"]);
        assert_eq!(of(0, LEVELS[0]), ["0.000000", "3.688879"]);
        assert_eq!(of(9, LEVELS[1]), ["2.452424", "22.657373"]);
    }

    /// With 10 cases Byar's interval is 4.787 to 18.391 where the exact one is 4.795 to 18.390.
    #[test]
    fn larger_counts_have_byar_intervals() {
        let ends = shown(count_interval(&Ratio::whole(10), LEVELS[0]), 2);
        assert_eq!(ends, ["4.79", "18.39"]);
    }

    #[test]
    fn intervals_grow_with_the_count() {
        for level in LEVELS {
            let ends: Vec<_> = (0..30)
                .map(|count| count_interval(&Ratio::whole(count), level).expect("an interval"))
                .collect();
            assert!(ends.windows(2).all(|pair| pair[0].low < pair[1].low));
            assert!(ends.windows(2).all(|pair| pair[0].high < pair[1].high));
        }
    }
}
