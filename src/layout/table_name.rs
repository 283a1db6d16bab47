//! The tables of the dashboard by their names.

use clap::ValueEnum;

use crate::scorecard::Depth;

/// A table of the dashboard, in the order of the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum TableName {
    /// How many are rated what, what moved, what changed rating, and what is red since when
    Summary,
    /// Every indicator: result, rating, target, previous result, outturn and direction of travel
    Scorecard,
    /// Indicators down, areas across
    Areas,
    /// What each area and team did
    Activity,
    /// The results with a cohort left out, and the variance
    Impact,
    /// A report on each red indicator
    Exceptions,
    /// Every indicator over the last periods: result and rating
    Trend,
    /// What each indicator is, its target and floor, and how it is rated
    Definitions,
    /// What ratings, arrows, letters and shorthand mean
    Notes,
}

impl TableName {
    /// The tables of a report that names none, in order. The pack has the others too.
    pub const REPORT: &[Self] = &[
        Self::Summary,
        Self::Scorecard,
        Self::Areas,
        Self::Activity,
        Self::Impact,
        Self::Exceptions,
    ];

    /// Which areas the pages of a table are about: those of the report, or their parts too.
    #[must_use]
    pub fn depth(self) -> Depth {
        match self {
            Self::Areas | Self::Impact => Depth::WithParts,
            _ => Depth::Chosen,
        }
    }
}
