//! The upright axis of a chart: the same on a page, in a Word document and in a workbook.

use super::{Number, Point, Sign};
use crate::figure::{Decimal, Ratio};

/// The upright axis of a [`Chart`](super::Chart): round numbers at equal steps.
#[derive(Clone, Debug)]
pub struct Axis {
    /// From one tick to the next.
    pub step: Number,
    /// Two or more, from the bottom to the top.
    ticks: Vec<Number>,
}

/// The most steps that an axis has.
const MOST_STEPS: i64 = 5;

impl Axis {
    /// The number at the bottom.
    #[must_use]
    pub fn low(&self) -> &Number {
        &self.ticks[0]
    }

    /// The number at the top.
    #[must_use]
    pub fn high(&self) -> &Number {
        &self.ticks[self.ticks.len() - 1]
    }

    /// From the bottom to the top.
    #[must_use]
    pub fn height(&self) -> Number {
        let (low, high) = (self.low(), self.high());
        let (exact, shown) = (&high.exact - &low.exact, &high.shown - &low.shown);
        Number { exact, shown, ..high.clone() }
    }

    /// Its ticks from the bottom to the top, each as it is labelled.
    #[must_use]
    pub fn ticks(&self) -> &[Number] {
        &self.ticks
    }

    /// The axis with the smallest steps of which a few hold every number of the points, both exact
    /// and as it is shown. No step is finer than the numbers are shown. `None` where the points
    /// have no number.
    pub(super) fn of(points: &[Point]) -> Option<Self> {
        let numbers = || points.iter().flat_map(Point::numbers);
        let unit = &numbers().next()?.unit;
        let places = numbers().map(|number| number.shown.scale()).max()?;
        let values =
            || numbers().flat_map(|number| [number.exact.clone(), Ratio::from(&number.shown)]);
        let (least, most) = (values().min()?, values().max()?);
        round_steps(places).find_map(|step| Self::in_steps_of(step, &least, &most, unit))
    }

    /// The axis in steps of `step`, unless that takes too many.
    fn in_steps_of(step: Decimal, least: &Ratio, most: &Ratio, unit: &Sign) -> Option<Self> {
        let (first, last) = (least.over(&step).floor(0), most.over(&step).ceiling(0));
        // A line needs some height even where nothing varies.
        let last = if first == last { &last + &Decimal::new(1, 0) } else { last };
        let steps = (&last - &first).mantissa().filter(|steps| *steps <= MOST_STEPS)?;
        let number = |shown: Decimal| Number {
            exact: Ratio::from(&shown),
            shown,
            unit: unit.clone(),
            signed: false,
        };
        let times = |count: &Decimal| Ratio::from(count).scaled(&step, 1).round(step.scale());
        let tick = |index: i64| number(times(&(&first + &Decimal::new(index, 0))));
        Some(Self { ticks: (0..=steps).map(tick).collect(), step: number(step) })
    }
}

/// Steps that are easy to read, with the digits 1, 2 and 5, from the smallest that has so many
/// decimal places.
fn round_steps(places: u8) -> impl Iterator<Item = Decimal> {
    let below_one = (1..=places).rev().map(|places| (1, places));
    let powers = below_one.chain((0..=15).map(|power| (10_i64.pow(power), 0)));
    powers.flat_map(|(power, places)| [1, 2, 5].map(|digit| Decimal::new(digit * power, places)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(exact: &str, places: u8) -> Number {
        let exact = Ratio::from(exact.parse::<Decimal>().expect("a decimal"));
        Number { shown: exact.round(places), exact, unit: Sign::Percent, signed: false }
    }

    fn point(result: Number) -> Point {
        Point { label: String::new(), result: Some(result), ..Point::default() }
    }

    /// The ticks of an axis for results that are shown with so many decimal places.
    fn ticks(results: &[&str], places: u8) -> Vec<String> {
        let points: Vec<_> = results.iter().map(|exact| point(number(exact, places))).collect();
        let axis = Axis::of(&points).expect("an axis");
        assert_eq!(&axis.high().exact - &axis.low().exact, {
            let steps = i64::try_from(axis.ticks.len() - 1).expect("a few");
            axis.step.exact.scaled(&Decimal::new(steps, 0), 1)
        });
        axis.ticks.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_axis_holds_everything_in_few_round_steps() {
        assert_eq!(ticks(&["68.4", "90.7"], 1), ["60%", "70%", "80%", "90%", "100%"]);
        assert_eq!(ticks(&["-1.5", "3"], 1), ["-2%", "-1%", "0%", "1%", "2%", "3%"]);
        assert_eq!(
            ticks(&["0", "123456789012345"], 0),
            ["0%", "50,000,000,000,000%", "100,000,000,000,000%", "150,000,000,000,000%"]
        );
    }

    #[test]
    fn its_labels_have_the_decimal_places_of_its_steps() {
        assert_eq!(ticks(&["98", "100"], 1), ["98.0%", "98.5%", "99.0%", "99.5%", "100.0%"]);
        assert_eq!(ticks(&["98", "100"], 0), ["98%", "99%", "100%"]);
    }

    #[test]
    fn it_has_some_height_where_nothing_varies() {
        assert_eq!(ticks(&["5", "5"], 0), ["5%", "6%"]);
    }

    #[test]
    fn it_holds_results_that_are_exact_and_those_that_are_shown() {
        // 100.04 is shown as 100.0, and drawn above it by a program that draws exact numbers.
        assert_eq!(ticks(&["90", "100.04"], 1), ["90%", "95%", "100%", "105%"]);
        // 99.96 is shown as 100.0.
        assert_eq!(ticks(&["99.95", "99.96"], 1), ["99.9%", "100.0%"]);
    }

    #[test]
    fn without_numbers_there_is_no_axis() {
        assert!(Axis::of(&[]).is_none());
        assert!(Axis::of(&[Point { result: None, ..point(number("1", 0)) }]).is_none());
    }
}
