//! Charts of a result over time.

use super::axis::Axis;
use super::number::Number;
use crate::rating::Rag;

/// What a chart of a result over time shows.
#[derive(Clone, Debug)]
pub struct Chart {
    /// Of what it is.
    pub title: String,
    /// What can be seen in it, in a sentence, for those who cannot see it.
    pub summary: String,
    /// Its points, the oldest first.
    pub points: Vec<Point>,
    /// Its upright axis; `None` where there is nothing to draw.
    pub axis: Option<Axis>,
}

impl Chart {
    /// A chart of the points, with the axis that holds them.
    #[must_use]
    pub fn new(title: String, summary: String, points: Vec<Point>) -> Self {
        let axis = Axis::holding(&points.iter().flat_map(Point::numbers).collect::<Vec<_>>());
        Self { title, summary, points, axis }
    }
}

/// A period of a [`Chart`].
#[derive(Clone, Debug)]
pub struct Point {
    /// The period.
    pub label: String,
    /// The result, where there is one.
    pub result: Option<Number>,
    /// How it is rated.
    pub rag: Option<Rag>,
    /// The target: two ends where it is a range, else twice the same.
    pub target: Option<[Number; 2]>,
    /// The floor below the results that are not red, where there is one.
    pub floor_low: Option<Number>,
    /// The floor above the results that are not red, where there is one.
    pub floor_high: Option<Number>,
}

impl Point {
    /// Every number that a chart draws of it: its result, both ends of its target, and its floors.
    pub fn numbers(&self) -> impl Iterator<Item = &Number> + Clone {
        self.result
            .iter()
            .chain(self.target.iter().flatten())
            .chain(&self.floor_low)
            .chain(&self.floor_high)
    }
}
