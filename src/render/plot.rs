//! The lines in the charts of documents: result, target, floor, the usual range, and where it starts
//! again. There is no legend: each line is named at its right end.

use crate::figure::Decimal;
use crate::layout::{Axis, Chart, Number, Point, PointLimits};
use crate::render::palette::{self, Rgb};

/// A line of a chart.
pub struct Line {
    /// Its name above its numbers.
    pub heading: &'static str,
    /// Its name at its right end, before its last number.
    pub end: &'static str,
    /// Its number at the point of a chart with this index. `None` if there is none.
    of: for<'c> fn(&'c Chart, usize) -> Option<&'c Number>,
    /// Its colour.
    pub colour: Rgb,
    /// How it is drawn, so that colour is not the only difference.
    pub stroke: Stroke,
}

impl Line {
    /// Its number at each point of a chart. `None` where there is none.
    pub fn numbers<'c>(&self, chart: &'c Chart) -> impl Iterator<Item = Option<&'c Number>> {
        let of = self.of;
        (0..chart.points.len()).map(move |index| of(chart, index))
    }
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// Solid, with a mark and a label at each point.
    Marked,
    /// Dashed.
    Dashed,
    /// Dotted.
    Dotted,
    /// From each of its points down to the axis, with a label there.
    Upright,
}

/// The lines, starting with the result. A missing number is a gap, never 0.
///
/// A line of such a chart goes on from each point to the next, and the usual range must not where it
/// starts again: it is two lines in turn, each with a gap where the other is drawn.
pub const LINES: [Line; 12] = [
    Line {
        heading: "Result",
        end: "",
        of: |chart, index| chart.points[index].result.as_ref(),
        colour: palette::RESULT,
        stroke: Stroke::Marked,
    },
    Line {
        heading: "Target",
        end: "Target",
        of: |chart, index| chart.points[index].target.as_ref().map(|[low, _]| low),
        colour: palette::TARGET,
        stroke: Stroke::Dashed,
    },
    // The ends of a target differ only if it is a range.
    Line {
        heading: "Target (upper end)",
        end: "Target",
        of: |chart, index| {
            chart.points[index]
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
        end: "Floor",
        of: |chart, index| {
            let point = &chart.points[index];
            point.floor_low.as_ref().or(point.floor_high.as_ref())
        },
        colour: palette::FLOOR,
        stroke: Stroke::Dotted,
    },
    Line {
        heading: "Floor (upper end)",
        end: "Floor",
        of: |chart, index| {
            let point = &chart.points[index];
            point.floor_low.as_ref().and(point.floor_high.as_ref())
        },
        colour: palette::FLOOR,
        stroke: Stroke::Dotted,
    },
    Line {
        heading: "Average",
        end: "Average",
        of: |chart, index| usual(chart, index, Turn::First).map(|limits| &limits.mean),
        colour: palette::USUAL,
        stroke: Stroke::Dashed,
    },
    Line {
        heading: "Average (2)",
        end: "Average",
        of: |chart, index| usual(chart, index, Turn::Second).map(|limits| &limits.mean),
        colour: palette::USUAL,
        stroke: Stroke::Dashed,
    },
    Line {
        heading: "Usually from",
        end: "Usual min",
        of: |chart, index| usual(chart, index, Turn::First).map(|limits| &limits.low),
        colour: palette::USUAL,
        stroke: Stroke::Dotted,
    },
    Line {
        heading: "Usually from (2)",
        end: "Usual min",
        of: |chart, index| usual(chart, index, Turn::Second).map(|limits| &limits.low),
        colour: palette::USUAL,
        stroke: Stroke::Dotted,
    },
    Line {
        heading: "Usually to",
        end: "Usual max",
        of: |chart, index| usual(chart, index, Turn::First).map(|limits| &limits.high),
        colour: palette::USUAL,
        stroke: Stroke::Dotted,
    },
    Line {
        heading: "Usually to (2)",
        end: "Usual max",
        of: |chart, index| usual(chart, index, Turn::Second).map(|limits| &limits.high),
        colour: palette::USUAL,
        stroke: Stroke::Dotted,
    },
    // As far up as the axis goes.
    Line {
        heading: "Usual range starts again",
        end: "",
        of: |chart, index| {
            chart.points[index].rebased.as_ref().and(chart.axis.as_ref()).map(Axis::high)
        },
        colour: palette::USUAL,
        stroke: Stroke::Upright,
    },
];

/// Which of two lines has the usual range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    First,
    Second,
}

/// The usual range at a point of a chart, if it is the turn of this line.
fn usual(chart: &Chart, index: usize, turn: Turn) -> Option<&PointLimits> {
    let started = chart.points[..=index].iter().filter(|point| point.rebased.is_some()).count();
    let now = if started.is_multiple_of(2) { Turn::First } else { Turn::Second };
    chart.points[index].limits.as_ref().filter(|_| now == turn)
}

/// The most points of a chart that is as wide as half a page.
const MOST_NARROW: usize = 13;

/// Whether a chart has so many points that it needs the width of the page.
pub fn is_wide(chart: &Chart) -> bool {
    chart.points.len() > MOST_NARROW
}

/// Every how many points one has its period below it, so that periods have room.
pub fn label_interval(chart: &Chart) -> u16 {
    u16::try_from(chart.points.len() / 9 + 1).unwrap_or(1)
}

/// What stands to the right of the last point of each line: its name and last number. The name of
/// the result is its period. Of lines that end close to one another, one has it for all, the highest
/// first.
pub fn end_labels(chart: &Chart) -> [Option<String>; LINES.len()] {
    let mut labels = [const { None }; LINES.len()];
    let (Some(last), Some(axis)) = (chart.points.last(), &chart.axis) else { return labels };
    let at_end = chart.points.len() - 1;
    let numbered = |(index, line): (usize, &Line)| {
        let is_named = index == 0 || !line.end.is_empty();
        Some((index, (line.of)(chart, at_end).filter(|_| is_named)?))
    };
    let mut ends: Vec<(usize, &Number)> = LINES.iter().enumerate().filter_map(numbered).collect();
    ends.sort_by(|(_, one), (_, other)| other.exact.cmp(&one.exact));
    let near = axis.height().exact.over(&CLOSE);
    let is_close =
        |above: &(usize, &Number), below: &(usize, &Number)| &above.1.exact - &below.1.exact < near;
    for close in ends.chunk_by(is_close) {
        let said = |(index, number): &(usize, &Number)| {
            let name = if *index == 0 { &last.label } else { LINES[*index].end };
            format!("{name} {number}")
        };
        let text = close.iter().map(said).collect::<Vec<_>>().join(", ");
        // That of the result is the one to be read.
        let of_result = close.iter().find(|(index, _)| *index == 0);
        if let Some((index, _)) = of_result.or(close.first()) {
            labels[*index] = Some(text);
        }
    }
    labels
}

/// The height of a chart in lines of text: what is closer to one another would overlap.
const CLOSE: Decimal = Decimal::new(14, 0);

/// What stands at an upright line: from when on, and why.
pub fn upright_label(point: &Point) -> Option<String> {
    point.rebased.as_ref().map(|reason| format!("{}: {reason}", point.label))
}

/// Where the plot lies in a chart, in parts of its width and height: below the title, beside the
/// numbers of the axis and the names of the lines.
pub struct Inner {
    /// From the left edge of the chart.
    pub left: f64,
    /// From its upper edge.
    pub top: f64,
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
}

/// Where the plot lies in a chart that is so many pixels wide and high.
pub fn inner<'l>(
    chart: &Chart,
    ends: impl Iterator<Item = &'l String>,
    width: u32,
    height: u32,
) -> Inner {
    /// About as wide as a letter, as high as two lines, and as half of one, in pixels.
    const LETTER: u32 = 7;
    const LINES: u32 = 44;
    const HALF_A_LINE: u32 = 10;
    let room = |letters: usize| u32::try_from(letters).unwrap_or(0) * LETTER;
    let ticks = chart.axis.iter().flat_map(Axis::ticks);
    let widest = ticks.map(|tick| tick.to_string().chars().count()).max().unwrap_or(0);
    let longest = ends.map(|text| text.chars().count()).max().unwrap_or(0);
    let left = (room(widest) + 24).min(width / 3);
    let right = (room(longest) + 16).min(width / 3);
    // Why the usual range starts again stands on the upper edge of the plot.
    let is_labelled = chart.points.iter().any(|point| point.rebased.is_some());
    let top = if is_labelled { LINES + HALF_A_LINE } else { LINES };
    let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole);
    Inner {
        left: share(left, width),
        top: share(top, height),
        width: share(width - left - right, width),
        height: share(height.saturating_sub(top + LINES), height),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Ratio;
    use crate::layout::Sign;

    fn number(text: &str) -> Number {
        let shown: Decimal = text.parse().expect("a number");
        Number { exact: Ratio::from(&shown), shown, unit: Sign::Percent, signed: false }
    }

    fn labels(result: &str, target: &str, floor: &str) -> Vec<(&'static str, String)> {
        let point = |result| Point {
            label: "Jan 2016".to_owned(),
            result: Some(number(result)),
            target: Some([number(target), number(target)]),
            floor_low: Some(number(floor)),
            ..Point::default()
        };
        // The axis is from 0% to 100%, so that lines less than 7.1% apart are close.
        let points = vec![point("0"), point("100"), point(result)];
        let chart = Chart::new(String::new(), String::new(), String::new(), points);
        let labels = end_labels(&chart).into_iter().zip(&LINES);
        labels.filter_map(|(label, line)| Some((line.heading, label?))).collect()
    }

    #[test]
    fn each_line_is_named_at_its_end() {
        assert_eq!(
            labels("50", "90", "80"),
            [
                ("Result", "Jan 2016 50%".to_owned()),
                ("Target", "Target 90%".to_owned()),
                ("Floor", "Floor 80%".to_owned())
            ]
        );
    }

    #[test]
    fn names_of_lines_that_end_together_stand_together() {
        assert_eq!(
            labels("50", "90", "85"),
            [("Result", "Jan 2016 50%".to_owned()), ("Target", "Target 90%, Floor 85%".to_owned())]
        );
        let together = "Target 90%, Jan 2016 87%, Floor 85%".to_owned();
        assert_eq!(labels("87", "90", "85"), [("Result", together)]);
    }

    /// Limits that start again are not joined with those before.
    #[test]
    fn the_usual_range_breaks_where_it_starts_again() {
        let point = |mean: &str, rebased: bool| Point {
            result: Some(number(mean)),
            limits: Some(PointLimits { mean: number(mean), low: number("0"), high: number("100") }),
            rebased: rebased.then(|| "New form".to_owned()),
            ..Point::default()
        };
        let points = [("60", false), ("60", false), ("70", true), ("80", true), ("80", false)];
        let points = points.map(|(mean, rebased)| point(mean, rebased)).to_vec();
        let chart = Chart::new(String::new(), String::new(), String::new(), points);
        let drawn = |heading: &str| {
            let line = LINES.iter().find(|line| line.heading == heading).expect("a line");
            let numbers = line.numbers(&chart);
            numbers.map(|one| one.map_or("-".to_owned(), ToString::to_string)).collect::<Vec<_>>()
        };
        assert_eq!(drawn("Average"), ["60%", "60%", "-", "80%", "80%"]);
        assert_eq!(drawn("Average (2)"), ["-", "-", "70%", "-", "-"]);
    }
}
