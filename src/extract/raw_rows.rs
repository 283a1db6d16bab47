//! The rows of a table, and its first ones, among which its headings are looked for.

use std::sync::Arc;

use super::delimited::{Delimited, DelimitedRow, Unclosed};
use super::header::HEADER_ROWS;
use super::punctuation::trim;
use super::table;
use super::workbook::{self, Sheet};
use crate::diagnostic::Findings;
use crate::source::TopRow;

/// The rows of a table, whichever file it is in, cell by cell from the first column.
pub(super) enum RawRows<'t> {
    Text(Delimited<'t>),
    Runs(RunRows<'t>),
    Sheet(workbook::Rows<'t>, Vec<u32>),
}

/// Rows of a month that follow one another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    /// The byte of the text that the first begins at.
    pub(super) at: usize,
    /// The line of the first.
    pub(super) line: u32,
    /// How many there are.
    pub(super) rows: u32,
}

/// The rows of a month in a text that has many.
pub(super) struct RunRows<'t> {
    rows: Delimited<'t>,
    runs: std::slice::Iter<'t, Run>,
    left: u32,
}

impl<'t> RunRows<'t> {
    pub(super) fn new(rows: Delimited<'t>, runs: std::slice::Iter<'t, Run>) -> Self {
        Self { rows, runs, left: 0 }
    }

    fn next(&mut self, record: &mut DelimitedRow<'t>) -> Option<Result<(), Unclosed>> {
        if self.left == 0 {
            let run = self.runs.next()?;
            self.rows.go_to(run.at, run.line);
            self.left = run.rows;
        }
        self.left -= 1;
        self.rows.next(record)
    }
}

impl<'t> RawRows<'t> {
    /// How far the text of a cell of a sheet is indented.
    pub(super) fn indent(&self, row: u32, position: usize) -> usize {
        match self {
            Self::Sheet(rows, _) => rows.indent(row, u32::try_from(position).unwrap_or(u32::MAX)),
            Self::Text(_) | Self::Runs(_) => 0,
        }
    }

    /// The number that the row after this one has, if none is blank between them.
    pub(super) fn number_after(&self, record: &DelimitedRow<'_>) -> u32 {
        match self {
            Self::Text(rows) => rows.line(),
            Self::Runs(rows) => rows.rows.line(),
            Self::Sheet(..) => record.number + 1,
        }
    }

    /// Reads the next row; says whether there is one and, where quotation marks are left open, why
    /// not.
    pub(super) fn next(
        &mut self,
        record: &mut DelimitedRow<'t>,
        path: &Arc<str>,
        findings: &mut Findings,
    ) -> bool {
        let (read, text) = match self {
            Self::Sheet(rows, picked) => return rows.next(record, Some(picked)),
            Self::Text(rows) => (rows.next(record), rows.text()),
            Self::Runs(rows) => (rows.next(record), rows.rows.text()),
        };
        match read {
            None => false,
            Some(Ok(())) => true,
            Some(Err(unclosed)) => {
                findings.push(table::unclosed_quote(path, text, unclosed));
                false
            }
        }
    }
}

/// The first rows of a table that are not blank, with their numbers.
pub(super) struct Top {
    pub(super) rows: Vec<TopRow>,
    pub(super) numbers: Vec<u32>,
}

impl Top {
    pub(super) fn of_text(mut rows: Delimited<'_>) -> Self {
        let mut record = DelimitedRow::default();
        Self::of(|| {
            let read = rows.next(&mut record)?.ok();
            read.map(|()| {
                (record.number, record.iter().map(|cell| trim(cell).to_owned()).collect())
            })
        })
    }

    pub(super) fn of_sheet(sheet: &Sheet) -> Self {
        let (mut rows, mut record) = (sheet.rows(), DelimitedRow::default());
        Self::of(|| {
            if !rows.next(&mut record, None) {
                return None;
            }
            let mut cells = TopRow::new();
            for (index, cell) in record.iter().enumerate() {
                cells.resize(record.position(index).unwrap_or(index), String::new());
                cells.push(trim(cell).to_owned());
            }
            Some((record.number, cells))
        })
    }

    fn of(mut next: impl FnMut() -> Option<(u32, TopRow)>) -> Self {
        let mut top = Self { rows: Vec::new(), numbers: Vec::new() };
        while top.rows.len() < HEADER_ROWS {
            let Some((number, cells)) = next() else { break };
            if cells.iter().any(|cell| !cell.is_empty()) {
                top.rows.push(cells);
                top.numbers.push(number);
            }
        }
        top
    }

    /// The rows of headings, so many from `start`, as far as there are any.
    pub(super) fn headings(&self, start: usize, count: usize) -> &[TopRow] {
        &self.rows[start..(start + count).min(self.rows.len())]
    }

    /// The number of the lowest row of headings.
    pub(super) fn lowest(&self, start: usize, count: usize) -> u32 {
        self.numbers[start + self.headings(start, count).len() - 1]
    }
}
