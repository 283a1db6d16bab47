//! The lines in the charts of documents: result, target and floor.

use crate::layout::{Number, Point};
use crate::render::palette::{self, Rgb};

/// A line of a chart.
pub struct Line {
    /// Its name in the legend.
    pub heading: &'static str,
    /// Its number at a point. `None` if there is none.
    pub of: fn(&Point) -> Option<&Number>,
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
}

/// The lines, starting with the result. A missing number is a gap, never 0.
pub const LINES: [Line; 8] = [
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
    // The ends of a target differ only if it is a range.
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
    Line {
        heading: "Average",
        of: |point| point.limits.as_ref().map(|limits| &limits.mean),
        colour: palette::USUAL,
        stroke: Stroke::Dashed,
    },
    Line {
        heading: "Usually from",
        of: |point| point.limits.as_ref().map(|limits| &limits.low),
        colour: palette::USUAL,
        stroke: Stroke::Dotted,
    },
    Line {
        heading: "Usually to",
        of: |point| point.limits.as_ref().map(|limits| &limits.high),
        colour: palette::USUAL,
        stroke: Stroke::Dotted,
    },
];
