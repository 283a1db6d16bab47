//! What a careful officer looks for in a month's figures before a member does: a file for each kind of check.
//!
//! Checks read what has been assessed and change nothing. Whatever one finds is a [`Finding`](crate::diagnostic::Finding)
//! with a place and a remedy, and never an error: an error is what the extracts and definitions themselves show to be
//! impossible.

mod flow;
mod parts;

use crate::definition::Definition;
use crate::diagnostic::Findings;
use crate::month::Month;
use crate::scorecard::Scorecard;

/// How far a run of the checks goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// With a report: what the months that a report reads show.
    Report,
    /// On its own: also what the history of two years shows, and what is said of no month in particular.
    Check,
}

/// What a check looks at.
#[derive(Clone, Copy)]
struct Context<'c, 'e> {
    scorecard: &'c Scorecard<'e>,
    definition: &'e Definition,
    month: Month,
    depth: Depth,
}

/// Makes every check of a month.
pub fn run(scorecard: &Scorecard<'_>, depth: Depth, findings: &mut Findings) {
    let context = Context { scorecard, definition: scorecard.definition, month: scorecard.month, depth };
    parts::check(context, findings);
    flow::check(context, findings);
    let _ = context.depth;
}
