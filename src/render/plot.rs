//! The lines in the charts of documents: result, target, floor, the usual range, and where it starts
//! again.

use crate::layout::{Axis, Chart, Number, Point};
use crate::render::palette::{self, Rgb};

/// A line of a chart.
pub struct Line {
    /// Its name in the legend.
    pub heading: &'static str,
    /// Its number at a point of a chart. `None` if there is none.
    pub of: for<'c> fn(&'c Chart, &'c Point) -> Option<&'c Number>,
    /// Its colour.
    pub colour: Rgb,
    /// How it is drawn, so that colour is not the only difference.
    pub stroke: Stroke,
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
pub const LINES: [Line; 9] = [
    Line {
        heading: "Result",
        of: |_, point| point.result.as_ref(),
        colour: palette::RESULT,
        stroke: Stroke::Marked,
    },
    Line {
        heading: "Target",
        of: |_, point| point.target.as_ref().map(|[low, _]| low),
        colour: palette::TARGET,
        stroke: Stroke::Dashed,
    },
    // The ends of a target differ only if it is a range.
    Line {
        heading: "Target (upper end)",
        of: |_, point| {
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
        of: |_, point| point.floor_low.as_ref().or(point.floor_high.as_ref()),
        colour: palette::FLOOR,
        stroke: Stroke::Dotted,
    },
    Line {
        heading: "Floor (upper end)",
        of: |_, point| point.floor_low.as_ref().and(point.floor_high.as_ref()),
        colour: palette::FLOOR,
        stroke: Stroke::Dotted,
    },
    Line {
        heading: "Average",
        of: |_, point| point.limits.as_ref().map(|limits| &limits.mean),
        colour: palette::USUAL,
        stroke: Stroke::Dashed,
    },
    Line {
        heading: "Usually from",
        of: |_, point| point.limits.as_ref().map(|limits| &limits.low),
        colour: palette::USUAL,
        stroke: Stroke::Dotted,
    },
    Line {
        heading: "Usually to",
        of: |_, point| point.limits.as_ref().map(|limits| &limits.high),
        colour: palette::USUAL,
        stroke: Stroke::Dotted,
    },
    // As far up as the axis goes.
    Line {
        heading: "Usual range starts again",
        of: |chart, point| point.rebased.as_ref().and(chart.axis.as_ref()).map(Axis::high),
        colour: palette::USUAL,
        stroke: Stroke::Upright,
    },
];

/// The most points of which each has its value beside it; of more, only the last has.
const MOST_LABELLED: usize = 12;

/// Whether the value of a point stands beside it.
pub fn is_labelled(chart: &Chart, index: usize) -> bool {
    chart.points.len() <= MOST_LABELLED || index + 1 == chart.points.len()
}

/// What stands at an upright line: from when on, and why.
pub fn upright_label(point: &Point) -> Option<String> {
    point.rebased.as_ref().map(|reason| format!("{}: {reason}", point.label))
}
