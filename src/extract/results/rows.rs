//! Rows while they are read.

use super::observation::Observation;

/// How many rows a text has, by how long its first ones are. There is an end to that, 32 MB of rows:
/// what a file says of itself may be wrong.
pub(super) fn likely_rows(text: &[u8]) -> usize {
    const MOST: usize = 1 << 20;
    let start = &text[..text.len().min(4096)];
    // Lines that are shorter say nothing.
    let line_length =
        (start.len() / (1 + start.iter().filter(|byte| **byte == b'\n').count())).max(10);
    (text.len() / line_length).min(MOST)
}

/// Rows while they are read, and whether they come in order, as they mostly do.
#[derive(Debug, Default)]
pub(super) struct RowCollector {
    list: Vec<Observation>,
    are_out_of_order: bool,
}

impl RowCollector {
    /// Makes room for the rows of a text, once for all of them.
    pub(super) fn make_room(&mut self, text: &[u8]) {
        self.list.reserve_exact(likely_rows(text));
    }

    /// Adds a row.
    #[inline]
    pub(super) fn push(&mut self, row: Observation) {
        self.are_out_of_order |= self.list.last().is_some_and(|last| last.key() >= row.key());
        self.list.push(row);
    }

    /// The line of the last row, counted on from the files before its own.
    pub(super) fn last_line(&self) -> u32 {
        self.list.last().map_or(0, Observation::line)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Those from a place on.
    pub(super) fn from(&self, start: usize) -> &[Observation] {
        &self.list[start..]
    }

    /// The rows in order, each area, indicator and population once; `repeated` is given each row
    /// that is left out, with the first that is about the same; it may exchange the two.
    pub(super) fn in_order(
        mut self,
        mut repeated: impl FnMut(&mut Observation, &mut Observation),
    ) -> Vec<Observation> {
        if self.are_out_of_order {
            self.list.sort_by_key(Observation::key);
            self.list.dedup_by(|row, first| {
                let is_same = row.key() == first.key();
                if is_same {
                    repeated(row, first);
                }
                is_same
            });
        }
        self.list.shrink_to_fit();
        self.list
    }
}
