//! Rows of totals, as control figures: they are not read, and compared with the sum of those above.

use std::collections::HashMap;

use crate::figure::Decimal;

/// The sums of the figures that have been read, by their columns: since the last total and in all.
#[derive(Default)]
pub(super) struct Sums {
    since: HashMap<usize, Decimal>,
    all: HashMap<usize, Decimal>,
}

impl Sums {
    pub(super) fn add(&mut self, position: usize, number: &Decimal) {
        for sums in [&mut self.since, &mut self.all] {
            let sum = sums.entry(position).or_insert_with(|| Decimal::new(0, 0));
            *sum = &*sum + number;
        }
    }

    /// The sum that a total differs from; nothing, where it is that since the last total or that of
    /// all, or where nothing has been read.
    pub(super) fn other_than(&self, position: usize, total: &Decimal) -> Option<&Decimal> {
        let [since, all] = [&self.since, &self.all].map(|sums| sums.get(&position));
        (all? != total && since != Some(total)).then_some(since.or(all)?)
    }

    /// Starts anew, below a row of totals.
    pub(super) fn end(&mut self) {
        self.since.clear();
    }
}
