//! News or noise: what a figure's own past, its number of cases and a benchmark say of it.
//!
//! - [`control`] draws control limits from a series and finds the signals in it: figures that vary
//!   more than they usually do, or that have shifted or drifted.
//! - [`assurance`] says whether limits lie where the target is met.
//! - `interval` says between what a figure could lie by chance alone, and `benchmark` compares
//!   that with a fixed value.
//! - [`trend`] tests a short series for a trend.
//!
//! Everything here is a pure function of numbers. What is a fraction stays one: limits, rules and
//! tests are exact. Square roots are in the intervals of percentages and large counts, and in the
//! limits of shares with uneven denominators; one that is no fraction is cut off after forty
//! places, which no figure comes near enough for to change an answer.

mod assurance;
mod benchmark;
mod control;
mod interval;
mod limits;
mod signals;
pub mod trend;

pub use assurance::{Assurance, Green, assurance};
pub use benchmark::{verdict_by_interval, verdict_by_points};
pub use control::{Control, Counts, Method, Options, Point, Segment, control};
pub use interval::{Confidence, Interval, count_interval, share_interval};
pub use limits::{Basis, Limits};
pub use signals::{Rule, Signal, has_conflict};

use crate::figure::Ratio;

/// Which side of the average a figure is on, or which way figures move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Below it, or falling.
    Low,
    /// Above it, or rising.
    High,
}

impl Side {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::High, Self::Low];

    /// Whether one number is further to this side than another.
    #[must_use]
    pub fn is_beyond(self, one: &Ratio, other: &Ratio) -> bool {
        match self {
            Self::Low => one < other,
            Self::High => one > other,
        }
    }
}

/// What counts as a signal: one set for the whole organisation, since what is news must not differ
/// from one indicator to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// How many figures in a row on one side of the average are a shift.
    pub shift: usize,
    /// How many figures in a row, each higher (or lower) than the one before, are a trend.
    pub trend: usize,
    /// How many figures limits need.
    pub minimum: usize,
    /// Whether the largest moving ranges are left out, once.
    pub screen: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self { shift: 7, trend: 7, minimum: 12, screen: false }
    }
}

/// With fewer figures than this limits are provisional.
pub const FIRM: usize = 20;
