//! How many indicators are rated what and moved which way, and which changed rating: for the
//! summary and the covering report.

use crate::rating::{Direction, Rag};

use crate::assess::{Assessed, Comparison, Entry};

/// How many entries have each of three answers, best first, and how many have none.
pub(super) type Counts = [usize; 4];

/// What there is to count of an area's indicators.
pub(super) struct Tally {
    /// How they are rated.
    pub ratings: Counts,
    /// How they moved from the previous result.
    pub previous: Counts,
    /// How they moved from the outturn.
    pub outturn: Counts,
}

impl Tally {
    pub(super) fn of<'a, 'e: 'a>(entries: impl IntoIterator<Item = &'a Entry<'e>>) -> Self {
        let mut tally = Self { ratings: [0; 4], previous: [0; 4], outturn: [0; 4] };
        for entry in entries {
            let assessed = entry.including.as_ref();
            let direction = |comparison: Option<&Comparison<'_>>| {
                comparison.and_then(|comparison| comparison.direction)
            };
            count(&mut tally.ratings, &Rag::ALL, assessed.and_then(|assessed| assessed.rag));
            count(
                &mut tally.previous,
                &Direction::ALL,
                assessed.and_then(|assessed| direction(assessed.previous.result())),
            );
            count(
                &mut tally.outturn,
                &Direction::ALL,
                assessed.and_then(|assessed| direction(assessed.outturn.result())),
            );
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
/// order of the definitions.
pub(super) fn changes<'a, 'e>(entries: &'a [Entry<'e>]) -> Vec<Change<'a, 'e>> {
    let change = |entry: &'a Entry<'e>| {
        let assessed = entry.including.as_ref()?;
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
