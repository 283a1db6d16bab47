//! How many indicators are rated what and moved which way, and which changed rating: for the
//! summary and the covering report.

use std::collections::BTreeMap;

use crate::assess::{Assessed, Comparison, Entry};
use crate::month::Month;
use crate::rating::{Direction, Rag};

/// How many entries have each of three answers, best first, and how many have none.
pub(super) type Counts = [usize; 4];

/// What there is to count of an area's indicators.
pub(super) struct Tally {
    /// How they are rated.
    pub ratings: Counts,
    /// How they moved from the previous result.
    pub previous: Movement,
    /// How they moved from the outturn.
    pub outturn: Movement,
    /// How many figures are carried forward from an earlier month. They have not moved.
    pub carried_forward: usize,
}

/// How indicators moved from earlier results.
#[derive(Default)]
pub(super) struct Movement {
    /// How many improved, stayed the same, worsened and cannot be compared.
    pub counts: Counts,
    /// How many are compared with a result of which month.
    pub months: BTreeMap<Month, usize>,
}

impl Movement {
    fn add(&mut self, comparison: Option<&Comparison<'_>>) {
        let direction = comparison.and_then(|comparison| comparison.direction);
        count(&mut self.counts, &Direction::ALL, direction);
        if let Some(comparison) = comparison.filter(|_| direction.is_some()) {
            *self.months.entry(comparison.figure.month).or_default() += 1;
        }
    }

    /// `December 2015`; of several months `their previous figure (38 since December 2015, 6 since
    /// September 2015)`. `none` and `several` are what stands for none and for several.
    fn compared_with(&self, none: &str, several: &str, each: &str) -> String {
        let months: Vec<_> = self.months.iter().rev().collect();
        match &months[..] {
            [] => none.to_owned(),
            [(month, _)] => month.long(),
            months => {
                let each: Vec<_> = months
                    .iter()
                    .map(|(month, count)| format!("{count} {each} {}", month.long()))
                    .collect();
                format!("{several} ({})", each.join(", "))
            }
        }
    }

    /// What previous results are of.
    pub(super) fn previous(&self) -> String {
        self.compared_with("the period before", "their previous figure", "since")
    }

    /// What outturns are of.
    pub(super) fn outturn(&self) -> String {
        match self.months.len() {
            1 => format!("the outturn of {}", self.compared_with("", "", "")),
            _ => self.compared_with("the outturn", "their outturn", "of"),
        }
    }
}

impl Tally {
    /// Counts the indicators of a report.
    pub(super) fn of<'a, 'e: 'a>(
        report: Month,
        entries: impl IntoIterator<Item = &'a Entry<'e>>,
    ) -> Self {
        let mut tally = Self {
            ratings: [0; 4],
            previous: Movement::default(),
            outturn: Movement::default(),
            carried_forward: 0,
        };
        for entry in entries {
            let assessed = entry.including.as_ref();
            count(&mut tally.ratings, &Rag::ALL, assessed.and_then(|assessed| assessed.rag));
            if assessed.is_some_and(|assessed| assessed.figure.month != report) {
                tally.carried_forward += 1;
                continue;
            }
            tally.previous.add(assessed.and_then(|assessed| assessed.previous.result()));
            tally.outturn.add(assessed.and_then(|assessed| assessed.outturn.result()));
        }
        tally
    }
}

fn count<T: PartialEq>(counts: &mut Counts, answers: &[T; 3], given: Option<T>) {
    let index = given.and_then(|given| answers.iter().position(|answer| *answer == given));
    counts[index.unwrap_or(answers.len())] += 1;
}

/// An indicator whose rating is not what it was in the period before.
pub(super) struct Change<'a, 'e> {
    pub entry: &'a Entry<'e>,
    pub assessed: &'a Assessed<'e>,
    /// The result of the period before.
    pub previous: &'a Comparison<'e>,
    pub was: Rag,
    pub is: Rag,
}

/// Which indicators changed rating since the period before: worsened before improved, each in the
/// order of the definitions. A figure that is carried forward has changed nothing.
pub(super) fn changes<'a, 'e>(report: Month, entries: &'a [Entry<'e>]) -> Vec<Change<'a, 'e>> {
    let change = |entry: &'a Entry<'e>| {
        let latest = entry.including.as_ref();
        let assessed = latest.filter(|assessed| assessed.figure.month == report)?;
        let previous = assessed.previous.result()?;
        let (was, is) = (previous.rag()?, assessed.rag?);
        (was != is).then_some(Change { entry, assessed, previous, was, is })
    };
    let mut changed: Vec<_> = entries.iter().filter_map(change).collect();
    changed.sort_by_key(|change| change.is < change.was);
    changed
}

/// The entries that are rated so, each with what is said of its latest figure.
pub(super) fn rated<'a, 'e>(
    entries: &'a [Entry<'e>],
    rag: Rag,
) -> impl Iterator<Item = (&'a Entry<'e>, &'a Assessed<'e>)> {
    entries.iter().filter_map(move |entry| {
        Some((entry, entry.including.as_ref().filter(|assessed| assessed.rag == Some(rag))?))
    })
}

/// The indicators without a latest figure that were red in the period before.
pub(super) fn gone_red<'a, 'e>(
    entries: &'a [Entry<'e>],
) -> impl Iterator<Item = (&'a Entry<'e>, &'a Comparison<'e>)> {
    entries.iter().filter_map(|entry| {
        let [previous, _] = entry.without_latest.as_ref()?;
        Some((entry, previous.result().filter(|previous| previous.rag() == Some(Rag::Red))?))
    })
}
