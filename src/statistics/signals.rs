//! The rules that tell a signal from the usual variation.
//!
//! Each looks at neighbouring periods of one segment; a period without a figure ends every run.

use std::cmp::Reverse;

use super::control::Point;
use super::limits::Limits;
use super::{Rules, Side};

/// A rule, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Beyond a limit. On it is inside.
    Outside,
    /// So many figures, each higher, or each lower, than the one before.
    Trend,
    /// Two of three neighbours on one side of the mean are beyond the near-limit there.
    TwoOfThree,
    /// So many figures on one side of the mean.
    Shift,
}

impl Rule {
    /// All of them, the strongest first.
    pub const ALL: [Self; 4] = [Self::Outside, Self::Trend, Self::TwoOfThree, Self::Shift];

    /// Its name for other programs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Outside => "outside",
            Self::Trend => "trend",
            Self::TwoOfThree => "two_of_three",
            Self::Shift => "shift",
        }
    }
}

/// A rule that a figure meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signal {
    /// Which rule.
    pub rule: Rule,
    /// Which way it points.
    pub side: Side,
}

/// Whether some of the rules that a figure meets point up and some down.
#[must_use]
pub fn has_conflict(signals: &[Signal]) -> bool {
    signals.iter().any(|signal| signal.side != signals[0].side)
}

/// A figure with its limits.
#[derive(Clone, Copy)]
struct Placed<'p> {
    point: &'p Point,
    limits: &'p Limits,
}

impl Placed<'_> {
    /// Whether it is strictly on a side of the mean.
    fn is_on(self, side: Side) -> bool {
        side.is_beyond(&self.point.value, &self.limits.mean)
    }

    fn is_outside(self, side: Side) -> bool {
        side.is_beyond(&self.point.value, self.limits.limit(side))
    }

    fn is_near(self, side: Side) -> bool {
        side.is_beyond(&self.point.value, self.limits.near(side))
    }
}

/// A signal of a period, and where the run starts that it is part of.
struct Found {
    period: usize,
    start: usize,
    signal: Signal,
}

/// The signals of each period of a segment, the strongest first; between two trends the later
/// first.
pub(super) fn signals(
    points: &[Option<&Point>],
    limits: &[Option<Limits>],
    rules: Rules,
) -> Vec<Vec<Signal>> {
    let placed: Vec<_> = points
        .iter()
        .zip(limits)
        .map(|(point, limits)| Some(Placed { point: (*point)?, limits: limits.as_ref()? }))
        .collect();
    let mut found = Vec::new();
    for stretch in runs(0..points.len(), |_, index| placed[index].is_some()) {
        let neighbours: Vec<_> = placed[stretch.clone()].iter().copied().flatten().collect();
        for side in Side::BOTH {
            for (rule, start, period) in of_stretch(&neighbours, side, rules) {
                let period = stretch.start + period;
                found.push(Found { period, start, signal: Signal { rule, side } });
            }
        }
    }
    found.sort_by_key(|found| (found.period, found.signal.rule, Reverse(found.start)));
    let mut by_period = vec![Vec::new(); points.len()];
    for Found { period, signal, .. } in found {
        if !by_period[period].contains(&signal) {
            by_period[period].push(signal);
        }
    }
    by_period
}

/// What the rules find on one side among figures without a gap: the rule, where its run starts, and
/// the figure.
fn of_stretch(placed: &[Placed<'_>], side: Side, rules: Rules) -> Vec<(Rule, usize, usize)> {
    let all = 0..placed.len();
    let mut found = Vec::new();
    let outside = all.clone().filter(|index| placed[*index].is_outside(side));
    found.extend(outside.map(|index| (Rule::Outside, index, index)));
    let moves_on = |start: usize, index: usize| {
        let value = |index: usize| &placed[index].point.value;
        index == start || side.is_beyond(value(index), value(index - 1))
    };
    for run in runs(all.clone(), moves_on).filter(|run| run.len() >= rules.trend) {
        found.extend(run.clone().map(|index| (Rule::Trend, run.start, index)));
    }
    for (start, three) in placed.windows(3).enumerate() {
        let near: Vec<_> = (0..3).filter(|index| three[*index].is_near(side)).collect();
        if near.len() >= 2 && three.iter().all(|placed| placed.is_on(side)) {
            found.extend(near.iter().map(|index| (Rule::TwoOfThree, start, start + index)));
        }
    }
    for run in runs(all, |_, index| placed[index].is_on(side)) {
        if run.len() >= rules.shift {
            found.extend(run.clone().map(|index| (Rule::Shift, run.start, index)));
        }
    }
    found
}

/// The longest runs of indices that each go on from the start of theirs.
fn runs(
    all: std::ops::Range<usize>,
    goes_on: impl Fn(usize, usize) -> bool,
) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut next = all.start;
    std::iter::from_fn(move || {
        let start = (next..all.end).find(|index| goes_on(*index, *index))?;
        let end = (start..all.end).find(|index| !goes_on(start, *index)).unwrap_or(all.end);
        next = end;
        Some(start..end)
    })
}
