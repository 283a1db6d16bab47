//! A row of a table that a source describes.

use std::collections::HashMap;

use super::super::cell::CellValue;
use super::super::delimited::DelimitedRow;
use super::super::punctuation::trim;
use crate::figure::Decimal;

/// A row, and what its blanks stand for.
pub(super) struct SourceRow<'r> {
    /// Its cells, with what is taken from other files behind them.
    pub(super) record: &'r DelimitedRow<'r>,
    /// It as it stands in the file.
    pub(super) raw: &'r DelimitedRow<'r>,
    /// Whether a blank row is above it.
    pub(super) is_after_gap: bool,
    /// What stands above its blanks, where a blank means as above.
    pub(super) above: HashMap<usize, String>,
}

impl SourceRow<'_> {
    /// Its line, or its row in a sheet.
    pub(super) fn number(&self) -> u32 {
        self.record.number
    }

    /// A cell without the spaces around it.
    pub(super) fn cell(&self, position: usize) -> &str {
        cell(self.record, position)
    }

    /// A cell; where it is blank and means as above, what stands there.
    pub(super) fn cell_or_above(&self, position: usize) -> &str {
        let text = self.cell(position);
        if text.is_empty() { self.above.get(&position).map_or("", String::as_str) } else { text }
    }

    /// The number in a cell, where it is one.
    pub(super) fn decimal(&self, position: usize) -> Option<Decimal> {
        match CellValue::read(self.cell(position)) {
            Ok(CellValue::Number { number, .. }) => Some(number.into()),
            _ => None,
        }
    }

    /// Whether it has no more than a footer of records has: at most two cells, `area` names none,
    /// and what stands where a record goes by its `id` is a sentence or a word.
    pub(super) fn may_be_footer_of_records(&self, area: &str, id: Option<&str>) -> bool {
        let filled = || self.raw.iter().map(trim).filter(|cell| !cell.is_empty());
        let id = id.or_else(|| filled().next()).unwrap_or("");
        let is_id = id.contains(|letter: char| letter.is_ascii_digit()) && !id.contains(' ');
        filled().count() <= 2
            && area.bytes().all(|byte| byte.is_ascii_digit() || byte == b',')
            && !is_id
    }
}

/// A cell without the spaces around it.
pub(super) fn cell<'c>(record: &'c DelimitedRow<'_>, position: usize) -> &'c str {
    record.get(position).map_or("", trim)
}
