//! Charts of a result over time: the result with its rating at each point, the target and the
//! floor. Each line is named at its right end, so that no name lies on a line.
//!
//! Positions are calculated exactly, in tenths of a unit of the drawing, so that the same figures
//! always give the same picture.

use std::fmt;

use askama::Template;

use crate::figure::{Decimal, Ratio};
use crate::layout::{Axis, Chart, Number, Point};
use crate::rating::Rag;
use crate::render::plot;

/// A chart.
#[derive(Debug, Template)]
#[template(path = "chart.html")]
pub(super) struct ChartView<'d> {
    /// A description for people who cannot see the chart.
    label: String,
    /// What it says.
    title: &'d str,
    /// Whether it has so many points that it needs the width of the page.
    pub(super) is_wide: bool,
    drawing: Drawing<'d>,
}

/// What is drawn of a chart.
#[derive(Debug, Template)]
#[template(path = "drawing.html")]
struct Drawing<'d> {
    width: Px,
    height: Px,
    /// The left and right edges of the plot.
    left: Px,
    right: Px,
    /// The regions of the plot in which a result would be red, for each period.
    zones: Vec<Zone>,
    ticks: Vec<Tick>,
    /// The target and the floors, drawn as steps.
    lines: Vec<ChartLine>,
    /// Where limits start again, each with the reason above it.
    rebases: Vec<Rebase>,
    /// The lower edge of the plot.
    bottom: Px,
    /// The names of the lines, at their right ends.
    ends: Vec<End<'d>>,
    /// The line that connects the results.
    result: String,
    marks: Vec<PointMark>,
    months: Vec<Label>,
}

impl askama::filters::HtmlSafe for Drawing<'_> {}

impl askama::filters::HtmlSafe for ChartView<'_> {}

/// A length in the drawing, in tenths of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Px(pub(super) i64);

impl fmt::Display for Px {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Decimal::new(self.0, 1).trimmed())
    }
}

impl askama::filters::HtmlSafe for Px {}

#[derive(Debug, PartialEq, Eq)]
struct Zone {
    x: Px,
    y: Px,
    width: Px,
    height: Px,
}

#[derive(Debug)]
struct Tick {
    x: Px,
    y: Px,
    text_y: Px,
    text: String,
}

#[derive(Debug)]
struct ChartLine {
    class: &'static str,
    path: String,
}

#[derive(Debug)]
struct End<'d> {
    class: &'static str,
    x: Px,
    y: Px,
    what: &'d str,
    value: String,
}

#[derive(Debug)]
struct PointMark {
    class: &'static str,
    path: String,
    x: Px,
    letter_y: Px,
    letter: &'static str,
}

/// A line at which limits start again.
#[derive(Debug)]
struct Rebase {
    label: Label,
    /// Whether its reason stands to the left of it, because there is no room up to the next line or
    /// the edge.
    is_late: bool,
}

#[derive(Debug)]
struct Label {
    x: Px,
    y: Px,
    text: String,
}

/// The height of the drawing, and of the space above and below the plot.
const HEIGHT: i64 = 2400;
const ABOVE: i64 = 220;
const BELOW: i64 = 320;
/// The width of the drawing.
const WIDTH: i64 = 3800;
/// The width of a drawing of more than a year of months.
const WIDE: i64 = 6200;
/// The width of a point below which its mark is small and has no letter.
const LETTER_SLOT: i64 = 210;
/// The least width of a point.
const LEAST_SLOT: i64 = 2 * SMALL_MARK;
/// The space to the right of the plot, for the names of the lines.
const AFTER: i64 = 620;
/// The approximate width of a letter.
const LETTER: i64 = 68;
/// The approximate width of a bold letter.
const BOLD: i64 = 78;
/// Half the height of a mark, and that of the smallest.
const MARK: i64 = 100;
const SMALL_MARK: i64 = 35;
/// The minimum vertical distance between two names of lines.
const APART: i64 = 300;

impl End<'_> {
    /// How many letters its longer line has.
    fn letters(&self) -> usize {
        self.what.chars().count().max(self.value.chars().count())
    }
}

impl<'d> ChartView<'d> {
    /// The chart. `None` if there is nothing to draw.
    pub(super) fn of(chart: &'d Chart) -> Option<Self> {
        let axis = chart.axis.as_ref()?;
        let labels = || axis.ticks().iter().map(ToString::to_string);
        let widest = labels().map(|label| label.chars().count()).max().unwrap_or(0);
        let left = LETTER * i64::try_from(widest).unwrap_or(0) + 140;
        let count = i64::try_from(chart.points.len()).unwrap_or(1).max(1);
        let is_wide = plot::is_wide(chart);
        let width = if is_wide { WIDE } else { WIDTH };
        let mut plot = Plot { points: &chart.points, axis, left, slot: 0 };
        let letters = plot.line_ends().iter().map(End::letters).max().unwrap_or(0);
        let after = AFTER.max(BOLD * i64::try_from(letters).unwrap_or(0) + 100);
        // Where names and numbers leave too little room, the drawing is wider.
        plot.slot = ((width - left - after) / count).max(LEAST_SLOT);
        let (slot, right) = (plot.slot, plot.slot_start(chart.points.len()));
        // Label only every few months if they are too close together.
        let periods = chart.points.iter().map(|point| point.label.chars().count());
        let label = LETTER * i64::try_from(periods.max().unwrap_or(0)).unwrap_or(0) + 80;
        let every = usize::try_from(label / slot + 1).unwrap_or(1);
        let last = chart.points.len() - 1;
        let is_named = |index: usize| (last - index).is_multiple_of(every);
        let months = chart.points.iter().enumerate().filter(|(index, _)| is_named(*index));
        let month = |(index, point): (usize, &Point)| Label {
            x: plot.x(index),
            y: Px(HEIGHT - 60),
            text: point.label.clone(),
        };
        let tick = |(number, text): (&Number, String)| {
            let y = plot.y(number);
            Tick { x: Px(left - 80), y: Px(y), text_y: Px(y + 42), text }
        };
        let drawing = Drawing {
            width: Px(right.0 + after),
            height: Px(HEIGHT),
            left: Px(left),
            right,
            zones: plot.zones(),
            lines: plot.lines(),
            rebases: plot.rebases(),
            bottom: Px(HEIGHT - BELOW),
            ends: plot.ends(right),
            result: plot.result(),
            marks: plot.marks(),
            months: months.map(month).collect(),
            ticks: axis.ticks().iter().zip(labels()).map(tick).collect(),
        };
        let label = format!("Chart of {}. {}", chart.name, chart.summary);
        Some(Self { label, title: &chart.title, is_wide, drawing })
    }
}

/// A chart as a picture of its own, with the colours and letters that a style sheet gives it. `None`
/// if there is nothing to draw.
#[cfg(feature = "pdf")]
pub(in crate::render) fn picture(chart: &Chart, style: &str) -> Option<String> {
    let drawing = ChartView::of(chart)?.drawing;
    let (width, height) = (drawing.width, drawing.height);
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\"><style>{style}</style>{drawing}</svg>"
    ))
}

/// The position of a result, its number, and its rating.
type Placed<'d> = (Px, Px, &'d Number, Option<Rag>);

/// The points and the geometry of the plot.
#[derive(Debug)]
struct Plot<'d> {
    points: &'d [Point],
    axis: &'d Axis,
    left: i64,
    slot: i64,
}

impl<'d> Plot<'d> {
    /// The vertical position of a number as it is shown, in tenths of a unit from the top of the
    /// drawing.
    fn y(&self, number: &Number) -> i64 {
        let height = HEIGHT - ABOVE - BELOW;
        let (low, high) = (&self.axis.low().shown, &self.axis.high().shown);
        let part = Ratio::new(&(&number.shown - low), &(high - low), 1);
        let up = part.and_then(|part| part.scaled(&Decimal::new(height, 0), 1).round(0).mantissa());
        ABOVE + height - up.unwrap_or(0)
    }

    fn x(&self, index: usize) -> Px {
        Px(self.slot_start(index).0 + self.slot / 2)
    }

    fn slot_start(&self, index: usize) -> Px {
        Px(self.left + self.slot * i64::try_from(index).unwrap_or(0))
    }

    /// The regions in which a result would be red: below a lower floor and above an upper one.
    fn zones(&self) -> Vec<Zone> {
        let (top, bottom) = (ABOVE, HEIGHT - BELOW);
        let mut zones: Vec<Zone> = Vec::new();
        for (index, point) in self.points.iter().enumerate() {
            let mut zone = |from: i64, to: i64| {
                if to <= from {
                    return;
                }
                let (x, y, height) = (self.slot_start(index), Px(from), Px(to - from));
                // One with that of the period before, or a line would be seen between them.
                let before = zones.iter_mut().find(|zone| {
                    zone.x.0 + zone.width.0 == x.0 && zone.y == y && zone.height == height
                });
                match before {
                    Some(zone) => zone.width.0 += self.slot,
                    None => zones.push(Zone { x, y, width: Px(self.slot), height }),
                }
            };
            if let Some(floor) = &point.floor_low {
                zone(self.y(floor), bottom);
            }
            if let Some(floor) = &point.floor_high {
                zone(top, self.y(floor));
            }
        }
        zones
    }

    /// The target, or both ends of it, and the floors.
    fn limits(&self) -> [(&'static str, &'d str, Vec<Option<&'d Number>>); 7] {
        let each = |of: fn(&'d Point) -> Option<&'d Number>| {
            self.points.iter().map(of).collect::<Vec<_>>()
        };
        [
            ("target", "Target", each(|point| point.target.as_ref().map(|[low, _]| low))),
            (
                "target",
                "Target",
                each(|point| {
                    point
                        .target
                        .as_ref()
                        .map(|[_, high]| high)
                        .filter(|high| Some(&high.shown) != low_of(point))
                }),
            ),
            ("floor", "Floor", each(|point| point.floor_low.as_ref())),
            ("floor", "Floor", each(|point| point.floor_high.as_ref())),
            ("mean", "Average", each(|point| point.limits.as_ref().map(|limits| &limits.mean))),
            ("usual", "Usual min", each(|point| point.limits.as_ref().map(|limits| &limits.low))),
            ("usual", "Usual max", each(|point| point.limits.as_ref().map(|limits| &limits.high))),
        ]
    }

    /// Where limits start again, with the reason.
    fn rebases(&self) -> Vec<Rebase> {
        let rebased = self.points.iter().enumerate();
        let rebased = rebased.filter_map(|(index, point)| Some((index, point.rebased.as_ref()?)));
        let rebased: Vec<_> = rebased.collect();
        let place = |(number, (index, text)): (usize, &(usize, &String))| {
            let x = self.slot_start(*index);
            let next = rebased.get(number + 1).map_or(self.points.len(), |(next, _)| *next);
            let room = self.slot_start(next).0 - x.0;
            let width = LETTER * i64::try_from(text.chars().count()).unwrap_or(0);
            let label = Label { x, y: Px(ABOVE - 80), text: (*text).clone() };
            Rebase { label, is_late: width > room }
        };
        rebased.iter().enumerate().map(place).collect()
    }

    fn lines(&self) -> Vec<ChartLine> {
        let line = |(class, _, limits): (&'static str, &str, Vec<Option<&Number>>)| {
            let mut path = String::new();
            let mut is_drawn = false;
            for (index, limit) in limits.iter().enumerate() {
                // The usual range starts again; the target does not.
                is_drawn &= class == "target" || self.points[index].rebased.is_none();
                if let Some(limit) = limit {
                    let (start, y, end) =
                        (self.slot_start(index), Px(self.y(limit)), self.slot_start(index + 1));
                    path += &if is_drawn {
                        format!("V{y}H{end}")
                    } else {
                        format!("M{start} {y}H{end}")
                    };
                }
                is_drawn = limit.is_some();
            }
            ChartLine { class, path }
        };
        self.limits().into_iter().map(line).filter(|line| !line.path.is_empty()).collect()
    }

    /// The names of the lines and their last values. That of the result is its period.
    fn line_ends(&self) -> Vec<End<'d>> {
        let last = self.points.last();
        let result = last.and_then(|point| Some(("result", &*point.label, point.result.as_ref()?)));
        let limits = self.limits().into_iter().filter_map(|(class, what, limits)| {
            limits.last().copied().flatten().map(|number| (class, what, number))
        });
        let end = |(class, what, number): (&'static str, &'d str, &Number)| End {
            class,
            x: Px(0),
            y: Px(self.y(number) - 20),
            what,
            value: number.to_string(),
        };
        result.into_iter().chain(limits).map(end).collect()
    }

    /// The names of the lines, next to their right ends, moved apart so that they do not overlap.
    fn ends(&self, right: Px) -> Vec<End<'d>> {
        let mut ends = self.line_ends();
        for end in &mut ends {
            end.x = Px(right.0 + 50);
        }
        ends.sort_by_key(|end| end.y);
        let lowest = HEIGHT - BELOW - 100;
        for index in 1..ends.len() {
            ends[index].y = ends[index].y.max(Px(ends[index - 1].y.0 + APART));
        }
        for index in (0..ends.len()).rev() {
            let most = ends.get(index + 1).map_or(lowest, |below| below.y.0 - APART);
            ends[index].y = ends[index].y.min(Px(most));
        }
        ends
    }

    fn results(&self) -> impl Iterator<Item = Option<Placed<'d>>> {
        self.points.iter().enumerate().map(|(index, point)| {
            let number = point.result.as_ref()?;
            Some((self.x(index), Px(self.y(number)), number, point.rag))
        })
    }

    /// The line that connects the results, with a gap where one is missing.
    fn result(&self) -> String {
        let mut path = String::new();
        let mut is_drawn = false;
        for point in self.results() {
            if let Some((x, y, ..)) = point {
                path += &format!("{}{x} {y}", if is_drawn { "L" } else { "M" });
            }
            is_drawn = point.is_some();
        }
        path
    }

    /// A shape and a letter for each result: a disc for green, a diamond for amber, a square for
    /// red, a small disc for one without a rating. Where there are many, only the last is large and
    /// has its letter.
    fn marks(&self) -> Vec<PointMark> {
        let last = self.points.len().saturating_sub(1);
        let mark = |(index, (x, y, _, rag)): (usize, Placed<'_>)| {
            let is_large = self.slot >= LETTER_SLOT || index == last;
            let half = if is_large { MARK } else { (self.slot * 2 / 5).clamp(SMALL_MARK, MARK) };
            let (side, corner) = (Px(half * 9 / 5), Px(half * 13 / 10));
            let (small, half) = (Px(half / 2), Px(half));
            let disc = |radius: Px| {
                format!(
                    "M{} {y}a{radius} {radius} 0 1 0 {} 0a{radius} {radius} 0 1 0 -{} 0z",
                    Px(x.0 - radius.0),
                    Px(radius.0 * 2),
                    Px(radius.0 * 2)
                )
            };
            let (class, letter, path) = match rag {
                Some(Rag::Green) => ("green", "G", disc(half)),
                Some(Rag::Amber) => (
                    "amber",
                    "A",
                    format!(
                        "M{x} {}l{corner} {corner} -{corner} {corner} -{corner} -{corner}z",
                        Px(y.0 - corner.0)
                    ),
                ),
                Some(Rag::Red) => (
                    "red",
                    "R",
                    format!(
                        "M{} {}h{side}v{side}h-{side}z",
                        Px(x.0 - side.0 / 2),
                        Px(y.0 - side.0 / 2),
                    ),
                ),
                None => ("none", "", disc(small)),
            };
            let letter = if is_large { letter } else { "" };
            PointMark { class, path, x, letter_y: Px(y.0 + 39), letter }
        };
        let placed = self.results().enumerate();
        placed.filter_map(|(index, result)| Some((index, result?))).map(mark).collect()
    }
}

fn low_of(point: &Point) -> Option<&Decimal> {
    point.target.as_ref().map(|[low, _]| &low.shown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Sign;

    fn number(text: &str) -> Number {
        let shown: Decimal = text.parse().expect("a number");
        Number { exact: Ratio::from(&shown), shown, unit: Sign::Percent, signed: false }
    }

    fn point(result: &str, rag: Option<Rag>, target: &str, floor: &str) -> Point {
        Point {
            label: "Jan 16".to_owned(),
            result: (!result.is_empty()).then(|| number(result)),
            rag,
            target: Some([number(target), number(target)]),
            floor_low: Some(number(floor)),
            ..Point::default()
        }
    }

    fn chart(points: Vec<Point>) -> Chart {
        let [name, title, summary] = ["9: Visits", "Visits: 68.4%", "Jan 16 68.4%, Red"];
        Chart::new(name.to_owned(), title.to_owned(), summary.to_owned(), points)
    }

    /// Two points with different floors. 0% is at the bottom of the plot and 100% at the top.
    #[test]
    fn results_and_limits_are_drawn_at_their_positions() {
        let chart = chart(vec![
            point("50", Some(Rag::Amber), "100", "0"),
            point("100", Some(Rag::Green), "100", "50"),
        ]);
        let view = ChartView::of(&chart).expect("a chart");
        let [bottom, middle, top] =
            [Px(HEIGHT - BELOW), Px(i64::midpoint(HEIGHT - BELOW, ABOVE)), Px(ABOVE)];
        let (one, two) = ((view.drawing.right.0 - view.drawing.left.0) / 2, view.drawing.right);
        let (left, between) = (view.drawing.left, Px(view.drawing.left.0 + one));
        assert_eq!(
            view.drawing.ticks.iter().map(|tick| tick.text.as_str()).collect::<Vec<_>>(),
            ["0%", "20%", "40%", "60%", "80%", "100%"]
        );
        assert_eq!((view.drawing.ticks[0].y, view.drawing.ticks[5].y), (bottom, top));
        assert_eq!(
            view.drawing.result,
            format!("M{} {middle}L{} {top}", Px(left.0 + one / 2), Px(between.0 + one / 2))
        );
        let lines: Vec<_> =
            view.drawing.lines.iter().map(|line| (line.class, line.path.as_str())).collect();
        let floor = format!("M{left} {bottom}H{between}V{middle}H{two}");
        assert_eq!(
            lines,
            [
                ("target", format!("M{left} {top}H{between}V{top}H{two}").as_str()),
                ("floor", floor.as_str())
            ]
        );
        // The first floor is 0%, so nothing is red below it.
        assert_eq!(
            view.drawing.zones,
            [Zone { x: between, y: middle, width: Px(one), height: Px(bottom.0 - middle.0) }]
        );
        assert_eq!(
            view.drawing.marks.iter().map(|mark| (mark.class, mark.letter)).collect::<Vec<_>>(),
            [("amber", "A"), ("green", "G")]
        );
    }

    #[test]
    fn a_period_without_a_result_breaks_the_line() {
        let some = |result: &str| point(result, None, "50", "10");
        let chart = chart(vec![some("20"), some(""), some("30"), some("40")]);
        let view = ChartView::of(&chart).expect("a chart");
        assert_eq!(
            (view.drawing.result.matches('M').count(), view.drawing.result.matches('L').count()),
            (2, 1)
        );
        assert_eq!((view.drawing.marks.len(), view.drawing.months.len()), (3, 4));
    }

    #[test]
    fn names_of_lines_do_not_overlap() {
        for (target, floor) in [("50", "49"), ("1", "0"), ("90", "89.9"), ("50", "50")] {
            let chart =
                chart(vec![point("90", None, target, floor), point("0", None, target, floor)]);
            let view = ChartView::of(&chart).expect("a chart");
            // That of the result, 0, is the lowest.
            assert_eq!(view.drawing.ends.len(), 3);
            assert_eq!(view.drawing.ends[2].value, "0%");
            let heights: Vec<_> = view.drawing.ends.iter().map(|end| end.y.0).collect();
            let is_apart = heights.windows(2).all(|pair| pair[1] - pair[0] >= APART);
            let is_inside = heights[0] > 0 && heights[2] <= HEIGHT - BELOW;
            assert!(is_apart && is_inside, "{target}, {floor}: {heights:?}");
        }
    }

    #[test]
    fn marks_have_room_however_many_there_are() {
        let many = chart((0..60).map(|_| point("50", Some(Rag::Red), "60", "55")).collect());
        let view = ChartView::of(&many).expect("a chart");
        let apart = |pair: &[PointMark]| pair[1].x.0 - pair[0].x.0;
        assert!(view.drawing.marks.windows(2).all(|pair| apart(pair) > 2 * SMALL_MARK));
        // Only the last is large enough for its letter.
        let letters: Vec<_> = view.drawing.marks.iter().map(|mark| mark.letter).collect();
        assert_eq!((letters[58], letters[59]), ("", "R"));
        assert!(view.is_wide && view.drawing.months.len() < 30);
        assert!(ChartView::of(&chart(Vec::new())).is_none());
    }
}
