//! Reads the rows of a file, a long one with two threads.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use memchr::memchr;

use super::super::mark::Mark;
use super::super::plain::PlainRowReader;
use super::super::table::ExtractTable;
use super::blank_areas::BlankAreas;
use super::columns::ResultsColumn;
use super::reader::About;
use super::row::{ParsedRow, RowReader};
use super::rows::{RowCollector, likely_rows};
use super::unused::UnusedColumns;
use crate::diagnostic::Findings;

/// The second half of a long text, from the start of a line. `None` if the text is so short that
/// handing half of it to another thread would cost more than it saves.
pub(super) fn second_half(text: &[u8]) -> Option<&[u8]> {
    const LONG: usize = 1 << 20;
    let half = text.get(text.len() / 2..).filter(|_| text.len() >= LONG)?;
    half.get(memchr(b'\n', half)? + 1..)
}

/// The rows of a file while they are read.
pub(super) struct FileRows<'r, 'n, 'd> {
    /// Reads rows from their cells.
    pub(super) reader: RowReader<'n, 'd>,
    /// Where rows can be plain.
    pub(super) plain: Option<PlainRowReader<'n, 'd>>,
    /// The line of the last row before the file.
    pub(super) above: u32,
    /// Where they go.
    pub(super) rows: &'r mut RowCollector,
    /// How firm their figures are, by their lines.
    pub(super) marks: &'r mut BTreeMap<u32, (About, Mark)>,
    /// Those that do not name an area.
    pub(super) blank_areas: BlankAreas,
    /// What else is in the file.
    pub(super) unused: UnusedColumns,
}

impl FileRows<'_, '_, '_> {
    /// Reads all rows. If a thread has nothing else to do, it reads the plain rows that the second
    /// half of a long text begins with, while this one reads the first half.
    pub(super) fn read(
        &mut self,
        table: &mut ExtractTable<'_, ResultsColumn>,
        findings: &mut Findings,
    ) {
        let (Some(mut plain), Some(half)) = (self.plain, second_half(table.rest())) else {
            self.read_until(0, table, findings);
            return;
        };
        let (mut ahead, is_wanted) = (None, AtomicBool::new(true));
        let may_have_more = rayon::in_place_scope(|scope| {
            scope.spawn(|_| {
                ahead = is_wanted.load(Ordering::Relaxed).then(|| {
                    let mut rows = Vec::with_capacity(likely_rows(half));
                    (plain.run(half, |row| rows.push(row)), rows)
                });
            });
            let may_have_more = self.read_until(half.len(), table, findings);
            is_wanted.store(false, Ordering::Relaxed);
            may_have_more
        });
        // If a row goes on from the first half into the second, that does not begin with a row.
        if let Some((run, rows)) = ahead.filter(|_| table.rest().len() == half.len()) {
            let above = self.above.saturating_add(table.line());
            for row in rows {
                self.blank_areas.row(&row, true);
                self.rows.push(row.below(above));
            }
            table.skip_run(run, findings);
        }
        if may_have_more {
            self.read_until(0, table, findings);
        }
    }

    /// Reads rows until the rest of the text is `left` bytes or fewer, and says whether there may be
    /// more of them. So many bytes before its end a line begins.
    fn read_until(
        &mut self,
        left: usize,
        table: &mut ExtractTable<'_, ResultsColumn>,
        findings: &mut Findings,
    ) -> bool {
        loop {
            self.read_plain(left, table, findings);
            if left > 0 && table.rest().len() <= left {
                return true;
            }
            let Some(row) = self.reader.next(table, findings) else { return false };
            let ParsedRow { observation, mark, names_area } = row;
            self.blank_areas.row(&observation, names_area);
            self.unused.row(&observation, table);
            let observation = observation.below(self.above);
            if let Some(mark) = mark {
                self.marks.insert(observation.line(), (observation.about(), mark));
            }
            self.rows.push(observation);
        }
    }

    /// Reads the plain rows that come next.
    fn read_plain(
        &mut self,
        left: usize,
        table: &mut ExtractTable<'_, ResultsColumn>,
        findings: &mut Findings,
    ) {
        let Some(plain) = &mut self.plain else { return };
        let rest = table.rest();
        let above = self.above.saturating_add(table.line());
        let run = plain.run(&rest[..rest.len().saturating_sub(left)], |row| {
            self.blank_areas.row(&row, true);
            self.rows.push(row.below(above));
        });
        table.skip_run(run, findings);
    }
}
