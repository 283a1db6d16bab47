//! Finding the header of a table: officers put titles above it, and other programs put other things
//! between the cells.

use std::collections::HashSet;

use super::aside::CellRole;
use super::delimited::{Delimited, DelimitedRow, Unclosed};
use super::punctuation::trim;
use super::workbook::Sheet;
use crate::diagnostic::floor_boundary;
use crate::text::nearest;

/// How many rows are looked at for a header, blank ones not counted.
pub(super) const HEADER_ROWS: usize = 20;

/// The columns of a kind of extract.
pub(super) trait Columns {
    /// What a column is.
    type Column: Copy;

    /// The column with this heading, in lower case.
    fn named(&self, heading: &str) -> Option<Self::Column>;

    /// The headings that there can be.
    fn known(&self) -> Vec<&str>;

    /// The required columns that are missing of a header with these columns and headings, or
    /// nothing if it is complete.
    fn missing(&self, found: &[(usize, Self::Column)], headings: &[String]) -> Option<String>;

    /// Whether a column has figures.
    fn is_figure(&self, column: Self::Column) -> bool;

    /// What a header looks like, for a remedy.
    fn remedy(&self) -> &'static str;

    /// Whether a row has figures in it: one that does is not a title.
    fn has_figures(&self, row: &[(Self::Column, &str)]) -> bool;

    /// Whether a cell is a heading, or nearly, or names something that is defined.
    fn mentions(&self, cell: &str) -> bool;

    /// Whether a cell names something that is defined.
    fn is_name(&self, column: Self::Column, cell: &str) -> bool;

    /// What a cell is of a row that may be a footer.
    fn role(&self, column: Self::Column, cell: &str) -> CellRole {
        if self.is_figure(column) {
            CellRole::Figure
        } else if self.is_name(column, cell) {
            CellRole::Name
        } else {
            CellRole::Text
        }
    }
}

/// Whether a heading may be meant as a column: it is misspelt or shortened, or has more in it.
pub(super) fn may_mean(heading: &str, column: &str) -> bool {
    nearest(heading, [column]).is_some()
        || heading.len() >= 3 && column.starts_with(heading)
        || heading.starts_with(column)
}

/// A header, or what comes nearest to one.
pub(super) struct Header<'t, T> {
    /// The rows above it.
    pub(super) above: Vec<DelimitedRow<'t>>,
    /// The row that it is.
    pub(super) record: DelimitedRow<'t>,
    /// Its columns, each once, and which of its cells they are.
    pub(super) columns: Vec<(usize, T)>,
    /// What it is without, where it is none.
    pub(super) missing: Option<String>,
    /// Its headings: trimmed and in lower case.
    pub(super) headings: Vec<String>,
}

/// What a row is as a header.
struct Shape<T> {
    columns: Vec<(usize, T)>,
    headings: Vec<String>,
}

impl<T: Copy> Shape<T> {
    fn of<C: Columns<Column = T>>(record: &DelimitedRow<'_>, columns: &C) -> Self {
        let headings: Vec<_> = record.iter().map(heading).collect();
        let mut seen = HashSet::new();
        let first =
            headings.iter().enumerate().filter(|(_, heading)| seen.insert(heading.as_str()));
        let found: Vec<_> =
            first.filter_map(|(index, heading)| Some((index, columns.named(heading)?))).collect();
        Self { columns: found, headings }
    }
}

/// A cell as a heading. One that is longer than any is not copied whole: it may be all of a file.
fn heading(cell: &str) -> String {
    /// Far more than a heading has.
    const LONGEST: usize = 1000;
    let cell = trim(cell);
    cell[..floor_boundary(cell, LONGEST)].to_lowercase()
}

/// Looks for a header among the first rows that `next` gives: the first that has all that it needs,
/// else the first of those that have most of it.
fn search<'t, C: Columns>(
    columns: &C,
    mut next: impl FnMut(&mut DelimitedRow<'t>) -> Option<Result<(), Unclosed>>,
) -> Result<Option<Header<'t, C::Column>>, Unclosed> {
    let mut rows: Vec<DelimitedRow<'t>> = Vec::new();
    let mut nearest: Option<(usize, Shape<C::Column>)> = None;
    let mut is_complete = false;
    while rows.len() < HEADER_ROWS && !is_complete {
        let mut record = DelimitedRow::default();
        match next(&mut record) {
            None => break,
            Some(Err(_))
                if nearest.as_ref().is_some_and(|(_, nearest)| !nearest.columns.is_empty()) =>
            {
                break;
            }
            Some(Err(unclosed)) => return Err(unclosed),
            Some(Ok(())) if record.is_blank() => {}
            Some(Ok(())) => {
                let shape = Shape::of(&record, columns);
                // Nearly every row has no heading, and is looked at no further.
                is_complete = !shape.columns.is_empty()
                    && columns.missing(&shape.columns, &shape.headings).is_none();
                let has_more = |nearest: &Shape<_>| shape.columns.len() > nearest.columns.len();
                if is_complete || nearest.as_ref().is_none_or(|(_, nearest)| has_more(nearest)) {
                    nearest = Some((rows.len(), shape));
                }
                rows.push(record);
            }
        }
    }
    Ok(nearest.and_then(|(index, Shape { columns: found, headings })| {
        rows.truncate(index + 1);
        let record = rows.pop()?;
        let missing = columns.missing(&found, &headings);
        Some(Header { above: rows, record, columns: found, missing, headings })
    }))
}

/// A header, and the rows after it.
pub(super) type InText<'t, T> = (Header<'t, T>, Delimited<'t>);

/// The header of delimited text, and the rows after it. What separates the cells is what makes a
/// header of a row.
pub(super) fn of_text<'t, C: Columns>(
    columns: &C,
    text: &'t str,
) -> Result<Option<InText<'t, C::Column>>, Unclosed> {
    // One that has all that it needs, else the more columns the better.
    let rank = |header: &Header<'_, C::Column>| (header.missing.is_none(), header.columns.len());
    let mut best: Option<InText<'t, C::Column>> = None;
    let (mut unclosed, mut is_blank) = (None, false);
    for mut rows in Delimited::ways(text) {
        match search(columns, |record| rows.next(record)) {
            Ok(Some(header))
                if best.as_ref().is_none_or(|(best, _)| rank(&header) > rank(best)) =>
            {
                best = Some((header, rows));
            }
            // Rows of commas are blank, whatever they look like between semicolons.
            Ok(found) => is_blank |= found.is_none(),
            Err(found) => unclosed = unclosed.or(Some(found)),
        }
    }
    let best = best.filter(|(header, _)| !is_blank || !header.columns.is_empty());
    match unclosed {
        Some(unclosed) if best.as_ref().is_none_or(|(header, _)| header.columns.is_empty()) => {
            Err(unclosed)
        }
        _ => Ok(best),
    }
}

/// The header of a sheet.
pub(super) fn of_sheet<'t, C: Columns>(
    columns: &C,
    sheet: &'t Sheet,
) -> Option<Header<'t, C::Column>> {
    let mut rows = sheet.rows();
    // A sheet has no quotation marks to leave open.
    search(columns, |record| rows.next(record, None).then_some(Ok(()))).unwrap_or_default()
}
