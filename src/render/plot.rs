//! The lines in the charts of documents: result, target, floor, the usual range, and where it starts
//! again. There is no legend: each line is named at its right end.

use crate::figure::{Decimal, Ratio};
use crate::layout::{Axis, Chart, Number, Point};
use crate::render::palette::{self, Rgb};

/// A line of a chart.
pub struct Line {
    /// Its name above its numbers.
    pub heading: &'static str,
    /// Its name at its right end, before its last number.
    pub end: &'static str,
    /// Its colour.
    pub colour: Rgb,
    /// How it is drawn, so that colour is not the only difference.
    pub stroke: Stroke,
    /// Which part of it this is.
    part: Part,
    /// Its number at a point of a chart. `None` if there is none.
    of: for<'c> fn(&'c Chart, &'c Point) -> Option<&'c Number>,
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

/// A line of such a chart goes on from each point to the next. One that changes by a step is two lines
/// in turn, each with a gap where the other is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// All of it.
    Whole,
    /// Of what results are rated against, which changes with the year.
    Standard(Turn),
    /// Of the usual range, which may start again.
    Usual(Turn),
}

/// Which of the two lines it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    First,
    Second,
}

type Look = (Rgb, Stroke);
const RESULT: Look = (palette::RESULT, Stroke::Marked);
const TARGET: Look = (palette::TARGET, Stroke::Dashed);
const FLOOR: Look = (palette::FLOOR, Stroke::Dotted);
const AVERAGE: Look = (palette::USUAL, Stroke::Dashed);
const LIMIT: Look = (palette::USUAL, Stroke::Dotted);
const START: Look = (palette::USUAL, Stroke::Upright);
const STANDARD: Part = Part::Standard(Turn::First);
const STANDARD_2: Part = Part::Standard(Turn::Second);
const USUAL: Part = Part::Usual(Turn::First);
const USUAL_2: Part = Part::Usual(Turn::Second);

/// The lines, starting with the result. A missing number is a gap, never 0.
pub const LINES: [Line; 16] = [
    line(["Result", ""], RESULT, Part::Whole, |_, point| point.result.as_ref()),
    line(["Target", "Target"], TARGET, STANDARD, target_low),
    line(["Target (2)", "Target"], TARGET, STANDARD_2, target_low),
    line(["Target (upper end)", "Target"], TARGET, STANDARD, target_high),
    line(["Target (upper end, 2)", "Target"], TARGET, STANDARD_2, target_high),
    line(["Floor", "Floor"], FLOOR, STANDARD, floor),
    line(["Floor (2)", "Floor"], FLOOR, STANDARD_2, floor),
    line(["Floor (upper end)", "Floor"], FLOOR, STANDARD, other_floor),
    line(["Floor (upper end, 2)", "Floor"], FLOOR, STANDARD_2, other_floor),
    line(["Average", "Average"], AVERAGE, USUAL, average),
    line(["Average (2)", "Average"], AVERAGE, USUAL_2, average),
    line(["Usually from", "Usual min"], LIMIT, USUAL, usual_low),
    line(["Usually from (2)", "Usual min"], LIMIT, USUAL_2, usual_low),
    line(["Usually to", "Usual max"], LIMIT, USUAL, usual_high),
    line(["Usually to (2)", "Usual max"], LIMIT, USUAL_2, usual_high),
    // As far up as the axis goes.
    line(["Usual range starts again", ""], START, Part::Whole, |chart, point| {
        point.rebased.as_ref().and(chart.axis.as_ref()).map(Axis::high)
    }),
];

const fn line(
    [heading, end]: [&'static str; 2],
    (colour, stroke): Look,
    part: Part,
    of: for<'c> fn(&'c Chart, &'c Point) -> Option<&'c Number>,
) -> Line {
    Line { heading, end, colour, stroke, part, of }
}

fn target_low<'c>(_: &'c Chart, point: &'c Point) -> Option<&'c Number> {
    point.target.as_ref().map(|[low, _]| low)
}

/// The ends of a target differ only if it is a range.
fn target_high<'c>(_: &'c Chart, point: &'c Point) -> Option<&'c Number> {
    let [low, high] = point.target.as_ref()?;
    (low.exact != high.exact).then_some(high)
}

fn floor<'c>(_: &'c Chart, point: &'c Point) -> Option<&'c Number> {
    point.floor_low.as_ref().or(point.floor_high.as_ref())
}

fn other_floor<'c>(_: &'c Chart, point: &'c Point) -> Option<&'c Number> {
    point.floor_low.as_ref().and(point.floor_high.as_ref())
}

fn average<'c>(_: &'c Chart, point: &'c Point) -> Option<&'c Number> {
    point.limits.as_ref().map(|limits| &limits.mean)
}

fn usual_low<'c>(_: &'c Chart, point: &'c Point) -> Option<&'c Number> {
    point.limits.as_ref().map(|limits| &limits.low)
}

fn usual_high<'c>(_: &'c Chart, point: &'c Point) -> Option<&'c Number> {
    point.limits.as_ref().map(|limits| &limits.high)
}

impl Line {
    /// Its number at each point of a chart. `None` where there is none, or where it is the turn of the
    /// other line.
    pub fn numbers<'c>(&self, chart: &'c Chart) -> impl Iterator<Item = Option<&'c Number>> {
        let (of, part) = (self.of, self.part);
        let mut steps = 0_usize;
        chart.points.iter().enumerate().map(move |(index, point)| {
            let (is_step, turn) = match part {
                Part::Whole => (false, Turn::First),
                Part::Standard(turn) => (has_standard_step(chart, index), turn),
                Part::Usual(turn) => (point.rebased.is_some(), turn),
            };
            steps += usize::from(is_step);
            let now = if steps.is_multiple_of(2) { Turn::First } else { Turn::Second };
            of(chart, point).filter(|_| now == turn)
        })
    }
}

/// Whether what results are rated against changes with this point. A line needs two points to be seen:
/// where there is only one on a side, it goes on instead.
fn has_standard_step(chart: &Chart, index: usize) -> bool {
    let at = |index: Option<usize>| chart.points.get(index?).map(standard);
    let [before, last, this, next] =
        [index.checked_sub(2), index.checked_sub(1), Some(index), Some(index + 1)].map(at);
    last.is_some() && this != last && before == last && next == this
}

/// What results are rated against.
fn standard(point: &Point) -> [Option<&Ratio>; 4] {
    let [low, high] = match &point.target {
        Some([low, high]) => [Some(low), Some(high)],
        None => [None, None],
    };
    [low, high, point.floor_low.as_ref(), point.floor_high.as_ref()]
        .map(|number| number.map(|number| &number.exact))
}

/// The most points of a chart that is as wide as half a page.
const MOST_NARROW: usize = 13;

/// Whether a chart has so many points that it needs the width of the page.
pub fn is_wide(chart: &Chart) -> bool {
    chart.points.len() > MOST_NARROW
}

/// What is said of a chart to those who cannot see it.
pub fn description(chart: &Chart) -> String {
    format!("Line chart. {}. {}", chart.title, chart.summary)
}

/// How many pixels a chart is wide and high beside a table of a sheet.
pub fn size_on_sheet(chart: &Chart) -> [u32; 2] {
    if is_wide(chart) { [900, 340] } else { [560, 300] }
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
    let numbered = |(index, line): (usize, &Line)| {
        let is_named = index == 0 || !line.end.is_empty();
        Some((index, line.numbers(chart).last().flatten().filter(|_| is_named)?))
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
    use crate::layout::{PointLimits, Sign};

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
        assert_eq!(drawn(&chart, "Average"), ["60%", "60%", "-", "80%", "80%"]);
        assert_eq!(drawn(&chart, "Average (2)"), ["-", "-", "70%", "-", "-"]);
    }

    fn drawn(chart: &Chart, heading: &str) -> Vec<String> {
        let line = LINES.iter().find(|line| line.heading == heading).expect("a line");
        let numbers = line.numbers(chart);
        numbers.map(|one| one.map_or("-".to_owned(), ToString::to_string)).collect()
    }

    /// A target steps from one year to the next, where both have room for a line.
    #[test]
    fn a_target_steps_where_both_sides_can_be_seen() {
        let drawn = |targets: &[&str]| {
            let point = |target: &&str| Point {
                target: Some([number(target), number(target)]),
                ..Point::default()
            };
            let points = targets.iter().map(point).collect();
            let chart = Chart::new(String::new(), String::new(), String::new(), points);
            ["Target", "Target (2)"].map(|heading| drawn(&chart, heading).join(" "))
        };
        assert_eq!(drawn(&["85", "85", "87", "87"]), ["85% 85% - -", "- - 87% 87%"]);
        assert_eq!(drawn(&["85", "85", "87"]), ["85% 85% 87%", "- - -"]);
        assert_eq!(drawn(&["85", "87", "87"]), ["85% 87% 87%", "- - -"]);
        assert_eq!(drawn(&["1", "2", "3", "4"]), ["1% 2% 3% 4%", "- - - -"]);
    }
}
