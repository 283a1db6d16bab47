//! Whether a short series has a trend.

use crate::figure::{Decimal, Ratio};

use super::{Confidence, Interval, Side};

/// How many years a trend of annual figures is of.
pub const YEARS: usize = 5;
/// How many periods a trend of other figures is of at most.
pub const PERIODS: usize = 12;
/// How many figures it needs.
pub const FIGURES: usize = 8;

/// What a test finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    /// The figures fall or rise, more than chance makes them.
    Moves(Side),
    /// They do not.
    NoChange,
    /// They would, but without one of the years they would not, or the other way.
    OneYear,
}

/// What a test finds, and what it finds it from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tested {
    /// The answer.
    pub trend: Trend,
    /// The test statistic: chi-squared, or for Mann-Kendall the probability of so much or more.
    pub statistic: Ratio,
    /// By how much a period the figures rise; not for shares, whose test has no slope.
    pub slope: Option<Ratio>,
}

/// A year's share of cases.
#[derive(Clone, Debug)]
pub struct YearOfCases {
    /// The year.
    pub year: i64,
    /// How many.
    pub cases: Ratio,
    /// Out of how many, above 0.
    pub of: Ratio,
}

/// A year's figure with its interval.
#[derive(Clone, Debug)]
pub struct YearOfValues {
    /// The year.
    pub year: i64,
    /// The figure.
    pub value: Ratio,
    /// Its interval.
    pub interval: Interval,
}

/// A trend in annual figures is one that chance gives in one of 500 series: the chi-squared value
/// of one degree of freedom.
fn significant() -> Ratio {
    Decimal::new(95_495, 4).into()
}

/// A trend in other figures is one that chance gives in less than one of 20 series.
fn improbable() -> Ratio {
    Decimal::new(5, 2).into()
}

/// The sums over years that the test for a trend in shares is made of.
struct Sums {
    cases: Ratio,
    of: Ratio,
    of_by_year: Ratio,
    of_by_square: Ratio,
    cases_by_year: Ratio,
}

impl Sums {
    fn of(years: &[YearOfCases]) -> Self {
        let sum = |of: &dyn Fn(&YearOfCases) -> Ratio| {
            Ratio::sum(&years.iter().map(of).collect::<Vec<_>>())
        };
        let by_year = |number: &Ratio, year: i64| number * &Ratio::whole(year);
        Self {
            cases: sum(&|year| year.cases.clone()),
            of: sum(&|year| year.of.clone()),
            of_by_year: sum(&|year| by_year(&year.of, year.year)),
            of_by_square: sum(&|year| by_year(&year.of, year.year * year.year)),
            cases_by_year: sum(&|year| by_year(&year.cases, year.year)),
        }
    }

    /// Which way the shares go, and how far: cases by year times all, less all cases times that of
    /// all.
    fn direction(&self) -> Ratio {
        &(&self.of * &self.cases_by_year) - &(&self.cases * &self.of_by_year)
    }
}

/// The chi-squared value for a trend in shares (Armitage 1955); nothing where there are no cases,
/// nothing but cases, or only one year.
#[must_use]
pub fn chi_squared(years: &[YearOfCases]) -> Option<Ratio> {
    let sums = Sums::of(years);
    let direction = sums.direction();
    let spread = &(&sums.of * &sums.of_by_square) - &(&sums.of_by_year * &sums.of_by_year);
    let bottom = &(&sums.cases * &(&sums.of - &sums.cases)) * &spread;
    (bottom > Ratio::ZERO).then(|| (&sums.of * &(&direction * &direction)).divided(&bottom))
}

/// Tests the shares of some years for a trend.
#[must_use]
pub fn of_shares(years: &[YearOfCases]) -> Tested {
    let statistic = chi_squared(years).unwrap_or(Ratio::ZERO);
    let direction = |years: &[YearOfCases]| Sums::of(years).direction();
    let trend = decided(years, &statistic, direction);
    Tested { trend, statistic, slope: None }
}

/// The slope through figures, those with narrower intervals weighing more, and what its square is
/// divided by its variance. Nothing where the intervals have no width.
fn weighted_slope(years: &[YearOfValues], confidence: Confidence) -> Option<(Ratio, Ratio)> {
    let twice_z = &Ratio::whole(2) * &confidence.z();
    let mut weights = Vec::with_capacity(years.len());
    for year in years {
        let error = (&year.interval.high - &year.interval.low).divided(&twice_z);
        if error == Ratio::ZERO {
            return None;
        }
        weights.push(Ratio::whole(1).divided(&(&error * &error)));
    }
    let sum = |of: &dyn Fn(&YearOfValues) -> Ratio| {
        let weighted = years.iter().zip(&weights).map(|(year, weight)| &of(year) * weight);
        Ratio::sum(&weighted.collect::<Vec<_>>())
    };
    let all = Ratio::sum(&weights);
    let middle = sum(&|year| Ratio::whole(year.year)).divided(&all);
    let from_middle = |year: &YearOfValues| &Ratio::whole(year.year) - &middle;
    let spread = sum(&|year| &from_middle(year) * &from_middle(year));
    let moved = sum(&|year| &from_middle(year) * &year.value);
    if spread == Ratio::ZERO {
        return None;
    }
    let slope = moved.divided(&spread);
    let statistic = &(&slope * &slope) * &spread;
    Some((slope, statistic))
}

/// Tests figures with intervals for a trend.
#[must_use]
pub fn of_values(years: &[YearOfValues], confidence: Confidence) -> Option<Tested> {
    let (slope, statistic) = weighted_slope(years, confidence)?;
    let direction = |years: &[YearOfValues]| {
        weighted_slope(years, confidence).map_or(Ratio::ZERO, |(slope, _)| slope)
    };
    let trend = decided(years, &statistic, direction);
    Some(Tested { trend, statistic, slope: Some(slope) })
}

/// The answer of a test of annual figures: a trend has to point the same way without any one of the
/// years.
fn decided<Y: Clone>(years: &[Y], statistic: &Ratio, direction: impl Fn(&[Y]) -> Ratio) -> Trend {
    if *statistic <= significant() {
        return Trend::NoChange;
    }
    let way = |years: &[Y]| direction(years).cmp(&Ratio::ZERO);
    let all = way(years);
    let without = |index: usize| {
        let others = years.iter().enumerate().filter(|(other, _)| *other != index);
        others.map(|(_, year)| year.clone()).collect::<Vec<_>>()
    };
    if (0..years.len()).any(|index| way(&without(index)) != all) {
        return Trend::OneYear;
    }
    Trend::Moves(if all.is_gt() { Side::High } else { Side::Low })
}

/// Tests figures for a trend after Mann and Kendall, with the exact probability of theirs, and says
/// its size after Theil and Sen. Each figure stands with the number of its period.
#[must_use]
pub fn of_figures(figures: &[(i64, Ratio)]) -> Tested {
    let values: Vec<_> = figures.iter().map(|(_, value)| value.clone()).collect();
    let (score, statistic) = mann_kendall(&values);
    let trend = match score {
        score if score != 0 && statistic < improbable() => {
            Trend::Moves(if score > 0 { Side::High } else { Side::Low })
        }
        _ => Trend::NoChange,
    };
    Tested { trend, statistic, slope: theil_sen(figures) }
}

/// The score of a series, how many pairs rise less how many fall, and how probable a score so far
/// from 0 is where all orders of its values are alike.
#[must_use]
pub fn mann_kendall(values: &[Ratio]) -> (i64, Ratio) {
    let pairs = || (0..values.len()).flat_map(|i| (0..i).map(move |j| (j, i)));
    let score: i64 =
        pairs().map(|(earlier, later)| values[later].cmp(&values[earlier]) as i64).sum();
    let unequal = pairs().filter(|(i, j)| values[*i] != values[*j]).count();
    let falls = falling_pairs(&tie_sizes(values));
    let is_as_far = |falling: usize| {
        let other = i64::try_from(unequal).unwrap_or(0) - 2 * i64::try_from(falling).unwrap_or(0);
        other.abs() >= score.abs()
    };
    let as_far = falls.iter().enumerate().filter(|(falling, _)| is_as_far(*falling));
    let count = |orders: u64| Ratio::whole(i64::try_from(orders).expect("far fewer orders"));
    let all: u64 = falls.iter().sum();
    (score, count(as_far.map(|(_, orders)| orders).sum()).divided(&count(all)))
}

/// How many values are equal to each other, for each of them once.
fn tie_sizes(values: &[Ratio]) -> Vec<usize> {
    let mut sorted = values.to_vec();
    sorted.sort();
    sorted.chunk_by(|one, other| one == other).map(<[Ratio]>::len).collect()
}

/// How many orders of values have each number of falling pairs: the values of each size are added
/// one after another, and each of them falls below so many of those that are there already.
fn falling_pairs(ties: &[usize]) -> Vec<u64> {
    let mut there = 0;
    let mut orders = vec![1];
    for tie in ties {
        let places = places_among(there, *tie);
        let mut more = vec![0; orders.len() + places.len() - 1];
        for (one, count) in orders.iter().enumerate() {
            for (other, places) in places.iter().enumerate() {
                more[one + other] += count * places;
            }
        }
        orders = more;
        there += tie;
    }
    orders
}

/// In how many ways `added` equal values can stand among `there` smaller ones, by the number of
/// pairs that fall.
fn places_among(there: usize, added: usize) -> Vec<u64> {
    if there == 0 || added == 0 {
        return vec![1];
    }
    // The last of all is one of the smaller, below which all that are added fall, or is not.
    let mut ways = vec![0; there * added + 1];
    for (falling, count) in places_among(there - 1, added).into_iter().enumerate() {
        ways[falling + added] += count;
    }
    for (falling, count) in places_among(there, added - 1).into_iter().enumerate() {
        ways[falling] += count;
    }
    ways
}

/// The median of the slopes between any two figures (Theil 1950, Sen 1968).
#[must_use]
pub fn theil_sen(figures: &[(i64, Ratio)]) -> Option<Ratio> {
    let mut slopes = Vec::new();
    for (index, (later, high)) in figures.iter().enumerate() {
        for (earlier, low) in &figures[..index] {
            slopes.push((high - low).divided(&Ratio::whole(later - earlier)));
        }
    }
    slopes.sort();
    let middle = slopes.len() / 2;
    match slopes.len() {
        0 => None,
        length if length % 2 == 1 => Some(slopes.swap_remove(middle)),
        _ => Ratio::mean(&slopes[middle - 1..=middle]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(numbers: &[i64]) -> Vec<Ratio> {
        numbers.iter().copied().map(Ratio::whole).collect()
    }

    fn shares(cases: &[i64]) -> Vec<YearOfCases> {
        let year = |(year, cases): (i64, &i64)| YearOfCases {
            year,
            cases: Ratio::whole(*cases),
            of: Ratio::whole(100),
        };
        (2011..).zip(cases).map(year).collect()
    }

    /// 2x5 table by hand: D = 500, C = 300, sum of xt 940, of nt 1500, of nt² 5500 for the years 1
    /// to 5, so 500 × 20000² ÷ (300 × 200 × 500000) = 6.6667.
    #[test]
    fn chi_squared_is_that_of_a_trend() {
        let of = |cases: &[i64]| chi_squared(&shares(cases)).expect("a value").round(4).to_string();
        assert_eq!(of(&[52, 56, 60, 64, 68]), "6.6667");
        assert_eq!(of(&[60, 60, 60, 60, 60]), "0.0000");
        assert!(chi_squared(&shares(&[0, 0, 0, 0, 0])).is_none());
        assert!(chi_squared(&shares(&[100; 5])).is_none());
    }

    #[test]
    fn a_trend_does_not_hang_on_one_year() {
        let of = |cases: &[i64]| of_shares(&shares(cases)).trend;
        assert_eq!(of(&[52, 56, 60, 64, 68]), Trend::NoChange);
        assert_eq!(of(&[50, 56, 62, 68, 74]), Trend::Moves(Side::High));
        assert_eq!(of(&[74, 68, 62, 56, 50]), Trend::Moves(Side::Low));
        assert_eq!(of(&[50, 50, 50, 50, 90]), Trend::OneYear);
    }

    /// Straight lines: 10, 12, ... 18 with intervals of one standard error on each side times z.
    #[test]
    fn figures_with_intervals_are_weighed_by_them() {
        let confidence = Confidence::NinetyFive;
        let year = |(year, value): (i64, i64)| {
            let (value, z) = (Ratio::whole(value), confidence.z());
            YearOfValues { year, interval: Interval { low: &value - &z, high: &value + &z }, value }
        };
        let years: Vec<_> =
            [10, 12, 14, 16, 18].into_iter().zip(2011..).map(|(v, y)| year((y, v))).collect();
        let tested = of_values(&years, confidence).expect("a test");
        assert_eq!(tested.slope, Some(Ratio::whole(2)));
        // With a standard error of 1 the variance of the slope is 1/10.
        assert_eq!(tested.statistic, Ratio::whole(40));
        assert_eq!(tested.trend, Trend::Moves(Side::High));
    }

    /// All 120 orders of five values: the two that only rise or only fall are 1 in 60.
    #[test]
    fn five_figures_in_order_are_one_in_sixty() {
        let (score, probability) = mann_kendall(&numbers(&[1, 2, 3, 4, 5]));
        assert_eq!(score, 10);
        assert_eq!(probability, Ratio::whole(1).divided(&Ratio::whole(60)));
    }

    /// Counted by hand: 1 1 2 has the orders 112, 121 and 211 with the scores 2, 0 and -2.
    #[test]
    fn equal_figures_have_fewer_orders() {
        let (score, probability) = mann_kendall(&numbers(&[1, 1, 2]));
        assert_eq!(score, 2);
        assert_eq!(probability, Ratio::whole(2).divided(&Ratio::whole(3)));
        assert_eq!(mann_kendall(&numbers(&[4, 4, 4])), (0, Ratio::whole(1)));
    }

    /// Every order of a few values, one by one.
    #[test]
    fn probabilities_are_those_of_counting() {
        for values in
            [[1, 2, 3, 4, 5, 6], [1, 1, 2, 3, 3, 3], [2, 7, 2, 7, 5, 1], [1, 1, 1, 1, 1, 9]]
        {
            let score = |values: &[i64]| mann_kendall(&numbers(values)).0.abs();
            let mut orders = Vec::new();
            permute(&mut values.clone(), 0, &mut orders);
            let as_far = orders.iter().filter(|order| score(*order) >= score(&values)).count();
            let whole = |count: usize| Ratio::whole(i64::try_from(count).expect("few"));
            let counted = whole(as_far).divided(&whole(orders.len()));
            assert_eq!(mann_kendall(&numbers(&values)).1, counted, "{values:?}");
        }
    }

    fn permute(values: &mut [i64; 6], from: usize, orders: &mut Vec<[i64; 6]>) {
        if from == values.len() {
            orders.push(*values);
            return;
        }
        for index in from..values.len() {
            values.swap(from, index);
            permute(values, from + 1, orders);
            values.swap(from, index);
        }
    }

    #[test]
    fn the_size_of_a_trend_is_the_median_slope() {
        let figures = |values: &[i64]| -> Vec<_> { (0..).zip(numbers(values)).collect() };
        assert_eq!(theil_sen(&figures(&[1, 3, 5, 7])), Some(Ratio::whole(2)));
        // One that stands out changes little: the slopes are 1, 1, 1, 1, 1, 1, 25/4, ...
        assert_eq!(theil_sen(&figures(&[1, 2, 3, 4, 26])), Some(Ratio::whole(1)));
        // A gap is a period all the same.
        let gap = [(0, Ratio::whole(0)), (4, Ratio::whole(2))];
        assert_eq!(theil_sen(&gap), Some(Ratio::whole(1).divided(&Ratio::whole(2))));
        assert_eq!(theil_sen(&figures(&[1])), None);
    }

    #[test]
    fn a_short_series_has_a_trend_where_chance_seldom_makes_one() {
        let of = |values: &[i64]| {
            let figures: Vec<_> = (0..).zip(numbers(values)).collect();
            of_figures(&figures).trend
        };
        assert_eq!(of(&[1, 2, 3, 4, 5, 6, 7, 8]), Trend::Moves(Side::High));
        assert_eq!(of(&[8, 7, 6, 5, 4, 3, 2, 1]), Trend::Moves(Side::Low));
        assert_eq!(of(&[1, 5, 2, 8, 3, 1, 7, 4]), Trend::NoChange);
        assert_eq!(of(&[3; 8]), Trend::NoChange);
    }
}
