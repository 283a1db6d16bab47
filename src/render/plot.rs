//! What the line charts of documents draw: result, target and floor, on a scale of round steps.

use crate::figure::{Decimal, Ratio};
use crate::layout::{Number, Point};
use crate::render::palette::{self, Rgb};

/// A line of a chart.
pub struct Line {
    /// What it is of.
    pub heading: &'static str,
    /// Its number at a point, where there is one.
    pub of: fn(&Point) -> Option<&Number>,
    /// Its colour.
    pub colour: Rgb,
    /// How it is drawn, so that colour is not the only difference.
    pub stroke: Stroke,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// Whole, with a mark and a label at each point.
    Marked,
    /// In dashes.
    Dashed,
    /// In dots.
    Dotted,
}

/// The lines, the result first. What is not there is a gap, never nought.
pub const LINES: [Line; 5] = [
    Line {
        heading: "Result",
        of: |point| point.result.as_ref(),
        colour: palette::RESULT,
        stroke: Stroke::Marked,
    },
    Line {
        heading: "Target",
        of: |point| point.target.as_ref().map(|[low, _]| low),
        colour: palette::TARGET,
        stroke: Stroke::Dashed,
    },
    // Both ends of a target are the same unless it is a range.
    Line {
        heading: "Target (upper end)",
        of: |point| {
            point
                .target
                .as_ref()
                .filter(|[low, high]| low.exact != high.exact)
                .map(|[_, high]| high)
        },
        colour: palette::TARGET,
        stroke: Stroke::Dashed,
    },
    Line {
        heading: "Floor",
        of: |point| point.floor_low.as_ref().or(point.floor_high.as_ref()),
        colour: palette::FLOOR,
        stroke: Stroke::Dotted,
    },
    Line {
        heading: "Floor (upper end)",
        of: |point| point.floor_low.as_ref().and(point.floor_high.as_ref()),
        colour: palette::FLOOR,
        stroke: Stroke::Dotted,
    },
];

/// The scale of the upright axis of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    /// Where it begins.
    pub low: Decimal,
    /// Where it ends.
    pub high: Decimal,
    /// From one line to the next.
    pub step: Decimal,
    /// Whether they are percentages.
    pub percent: bool,
}

/// The most steps that an axis has.
const MOST_STEPS: i64 = 6;

impl Axis {
    /// A number of it, as it is shown.
    #[must_use]
    pub fn number(&self, shown: &Decimal) -> Number {
        Number { exact: shown.into(), shown: shown.clone(), percent: self.percent, signed: false }
    }

    /// The scale for everything that the points have, with some room above and below; a percentage
    /// is not drawn beyond a hundred nor anything below nought, unless it is there. Nothing where
    /// nothing is to be drawn.
    #[must_use]
    pub fn of(points: &[Point]) -> Option<Self> {
        let numbers = points.iter().flat_map(Point::numbers);
        let percent = numbers.clone().any(|number| number.percent);
        let places = numbers.clone().map(|number| number.shown.scale()).max()?;
        let (low, high) = (
            numbers.clone().map(|number| &number.exact).min()?,
            numbers.map(|number| &number.exact).max()?,
        );
        let (zero, hundred) = (Ratio::from(Decimal::new(0, 0)), Ratio::from(Decimal::new(100, 0)));
        // Each step that can be shown is tried, from the smallest, until few enough of them hold
        // all of it.
        for step in round_steps(places) {
            let in_steps = |number: &Ratio| number.over(&step);
            // A step below the lowest and one above the highest, so that no line runs along the
            // edge.
            let (mut first, mut last) =
                (&in_steps(low).ceiling(0) - &one(), &in_steps(high).floor(0) + &one());
            if *low >= zero && first.is_negative() {
                first = Decimal::new(0, 0);
            }
            if percent && *high <= hundred && Ratio::from(&last).scaled(&step, 1) > hundred {
                last = in_steps(&hundred).floor(0);
            }
            if &last - &first <= Decimal::new(MOST_STEPS, 0) {
                let at = |steps: &Decimal| Ratio::from(steps).scaled(&step, 1).round(step.scale());
                return Some(Self { low: at(&first), high: at(&last), step, percent });
            }
        }
        None
    }
}

/// Steps that are read easily, of 1, 2 and 5, from the smallest that has so many decimal places.
pub fn round_steps(places: u8) -> impl Iterator<Item = Decimal> {
    let below_one = (1..=places).rev().map(|places| (1, places));
    let powers = below_one.chain((0..=15).map(|power| (10_i64.pow(power), 0)));
    powers.flat_map(|(power, places)| [1, 2, 5].map(|digit| Decimal::new(digit * power, places)))
}

fn one() -> Decimal {
    Decimal::new(1, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(percent: bool, values: &[&str]) -> [String; 3] {
        let number = |text: &str| {
            let shown: Decimal = text.parse().expect("a decimal");
            Number { exact: Ratio::from(&shown), shown, percent, signed: false }
        };
        let point = |text: &&str| Point {
            label: String::new(),
            result: Some(number(text)),
            rag: None,
            target: None,
            floor_low: None,
            floor_high: None,
        };
        let axis = Axis::of(&values.iter().map(point).collect::<Vec<_>>()).expect("an axis");
        [axis.low.to_string(), axis.high.to_string(), axis.step.to_string()]
    }

    #[test]
    fn a_scale_holds_everything_in_round_steps() {
        assert_eq!(
            axis(true, &["90.7", "68.4", "85", "76.5"]),
            ["65", "95", "5"].map(str::to_owned)
        );
        assert_eq!(axis(false, &["0", "3"]), ["0", "4", "1"].map(str::to_owned));
        assert_eq!(axis(false, &["121", "241.5", "225"]), ["100", "250", "50"].map(str::to_owned));
        assert_eq!(axis(false, &["-3", "3"]), ["-4", "4", "2"].map(str::to_owned));
        assert_eq!(axis(false, &["5"]), ["4", "6", "1"].map(str::to_owned));
        assert_eq!(axis(true, &["98.0", "100.0"]), ["97.5", "100.0", "0.5"].map(str::to_owned));
    }

    #[test]
    fn nothing_has_no_scale() {
        assert_eq!(Axis::of(&[]), None);
    }
}
