//! The rows of a file as they stand.

use std::sync::Arc;

use super::super::contents::Contents;
use super::super::delimited::{Delimited, DelimitedRow};
use super::super::header::HEADER_ROWS;
use super::super::punctuation::trim;
use super::super::workbook::Sheet;
use crate::definition::StandardColumn;
use crate::diagnostic::{Finding, Findings};
use crate::input::File;
use crate::source::pattern;
use crate::text::name_key;

/// How many rows are looked at: what a file is, is seen in them.
const MOST_ROWS: usize = 5_000;

/// How many of them are looked at to find what stands between cells.
const ROWS_TO_TRY: usize = 200;

/// A row that is not blank.
#[derive(Clone, Debug)]
pub struct RawRow {
    /// Its line, or its row in a sheet.
    pub number: u32,
    /// Its cells from the first column, without the spaces around them.
    pub cells: Vec<String>,
}

impl RawRow {
    /// A cell; nothing, where there is none.
    pub(super) fn cell(&self, position: usize) -> &str {
        self.cells.get(position).map_or("", String::as_str)
    }

    /// How many of its cells say anything.
    pub(super) fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_empty()).count()
    }
}

/// A table: a text, or a sheet.
#[derive(Clone, Debug)]
pub struct RawTable {
    /// The name of the sheet.
    pub sheet: Option<Arc<str>>,
    /// Its first rows.
    pub rows: Vec<RawRow>,
}

impl RawTable {
    /// Whether one of its first rows has the headings of a results file.
    pub(super) fn is_of_results(&self) -> bool {
        let is_header = |row: &RawRow| {
            let has = |column: StandardColumn| {
                row.cells.iter().any(|cell| name_key(cell) == column.as_str())
            };
            has(StandardColumn::Indicator)
                && has(StandardColumn::Area)
                && (has(StandardColumn::Value)
                    || has(StandardColumn::Numerator) && has(StandardColumn::Denominator))
        };
        self.rows.iter().take(HEADER_ROWS).any(is_header)
    }
}

/// Reads the tables of a file, and the names of its sheets. Nothing that is found shows a line of
/// it.
pub(super) fn read(
    file: &File,
    sheet: Option<&str>,
    findings: &mut Findings,
) -> Option<(Vec<RawTable>, Vec<Arc<str>>)> {
    let mut found = Findings::default();
    let choose =
        |one: &Sheet| sheet.is_none_or(|wanted| pattern::captures(wanted, one.name()).is_some());
    let read = Contents::of_source(file, choose, false, &mut found);
    findings.extend(found.iter().map(|finding| Finding { excerpt: None, ..finding.clone() }));
    let (contents, sheets) = read?;
    let tables = contents.iter().map(|contents| match contents {
        Contents::Text(text) => RawTable { sheet: None, rows: of_text(text) },
        Contents::Sheet(sheet) => {
            RawTable { sheet: Some(Arc::clone(sheet.name())), rows: of_sheet(sheet) }
        }
    });
    Some((tables.filter(|table| !table.rows.is_empty()).collect(), sheets))
}

/// The rows of a text, with whatever makes most cells of it between them.
fn of_text(text: &str) -> Vec<RawRow> {
    let ways = match Delimited::as_told(text) {
        Some(told) => vec![told],
        None => Delimited::ways(text).collect(),
    };
    let cells = |rows: &Delimited<'_>| -> usize {
        let rows = first_rows(rows.clone(), ROWS_TO_TRY);
        rows.iter().map(|row| row.cells.len()).sum()
    };
    let best = ways.into_iter().rev().max_by_key(cells);
    best.map_or_else(Vec::new, |best| first_rows(best, MOST_ROWS))
}

fn first_rows(mut rows: Delimited<'_>, most: usize) -> Vec<RawRow> {
    let (mut record, mut found) = (DelimitedRow::default(), Vec::new());
    while found.len() < most && rows.next(&mut record).is_some_and(|read| read.is_ok()) {
        let cells: Vec<_> = record.iter().map(|cell| trim(cell).to_owned()).collect();
        push(&mut found, record.number, cells);
    }
    found
}

fn of_sheet(sheet: &Sheet) -> Vec<RawRow> {
    let (mut rows, mut record, mut found) = (sheet.rows(), DelimitedRow::default(), Vec::new());
    while found.len() < MOST_ROWS && rows.next(&mut record, None) {
        let mut cells: Vec<String> = Vec::new();
        for (index, cell) in record.iter().enumerate() {
            cells.resize(record.position(index).unwrap_or(index), String::new());
            cells.push(trim(cell).to_owned());
        }
        push(&mut found, record.number, cells);
    }
    found
}

fn push(rows: &mut Vec<RawRow>, number: u32, cells: Vec<String>) {
    if cells.iter().any(|cell| !cell.is_empty()) {
        rows.push(RawRow { number, cells });
    }
}
