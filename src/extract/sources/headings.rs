//! Where the headings of a table are, and what is said above them.

use std::sync::Arc;

use super::super::contents::Contents;
use super::super::delimited::Delimited;
use super::super::period::{PeriodText, no_month};
use super::super::punctuation::trim;
use super::super::raw_rows::{RawRows, Top};
use super::super::source_rows::FixedCells;
use super::super::table::{self, TableOrigin};
use super::super::workbook::Sheet;
use super::SourceReader;
use crate::definition::{ExtractSource, SourceKind, StandardColumn};
use crate::diagnostic::{Code, Findings};
use crate::source::pattern::Captures;
use crate::source::{Layout, NotALayout, TopRow};
use crate::text::{name_key, plural, quote};

/// A table whose headings are found.
pub(super) struct Found<'t, 'd> {
    pub(super) layout: Layout<'d>,
    pub(super) top: Top,
    pub(super) rows: RawRows<'t>,
    pub(super) origin: TableOrigin,
}

impl<'d> SourceReader<'_, 'd> {
    /// Finds the headings of a table.
    pub(super) fn find<'t>(
        &self,
        path: &Arc<str>,
        contents: &'t Contents,
        findings: &mut Findings,
    ) -> Option<Found<'t, 'd>> {
        let mut nearest: Option<(NotALayout, Top, TableOrigin)> = None;
        let text = match contents {
            Contents::Sheet(sheet) => return self.find_in_sheet(path, sheet, findings),
            Contents::Text(text) => text,
        };
        for mut rows in Delimited::ways(text) {
            let top = Top::of_text(rows.clone());
            let origin = TableOrigin::of_text(path, rows.delimiter());
            match Layout::find(self.source, self.names.definition(), &top.rows) {
                Ok(layout) => {
                    rows.skip_to(top.lowest(layout.start, self.source.header_rows));
                    return Some(Found { layout, top, rows: RawRows::Text(rows), origin });
                }
                Err(other)
                    if nearest.as_ref().is_none_or(|(near, ..)| other.score > near.score) =>
                {
                    nearest = Some((other, top, origin));
                }
                Err(_) => {}
            }
        }
        let (not, top, origin) = nearest?;
        self.report_missing(&not, &top, &origin, findings);
        None
    }

    fn find_in_sheet<'t>(
        &self,
        path: &Arc<str>,
        sheet: &'t Sheet,
        findings: &mut Findings,
    ) -> Option<Found<'t, 'd>> {
        let (top, origin) = (Top::of_sheet(sheet), TableOrigin::of_sheet(path, sheet));
        match Layout::find(self.source, self.names.definition(), &top.rows) {
            Ok(layout) => {
                let (start, count) = (layout.start, self.source.header_rows);
                let headings = top.headings(start, count);
                let width = headings.iter().map(Vec::len).max().unwrap_or(0);
                let picked = (0..u32::try_from(width).unwrap_or(u32::MAX)).collect();
                let rows = RawRows::Sheet(sheet.rows_after(top.lowest(start, count)), picked);
                Some(Found { layout, top, rows, origin })
            }
            Err(not) => {
                self.report_missing(&not, &top, &origin, findings);
                None
            }
        }
    }

    /// Says which columns a table lacks, and which it has.
    fn report_missing(
        &self,
        not: &NotALayout,
        top: &Top,
        origin: &TableOrigin,
        findings: &mut Findings,
    ) {
        let Some(number) = top.numbers.get(not.start) else {
            return findings.push(table::empty(origin.place(1)));
        };
        let missing: Vec<_> = not.missing.iter().map(|(heading, _)| quote(heading)).collect();
        let found = format!(
            "the table has no {} {}, which the source {} needs",
            plural(missing.len(), "column", "columns"),
            missing.join(", "),
            quote(&self.source.id)
        );
        let nearest = not.missing.iter().find_map(|(_, nearest)| nearest.as_deref());
        let guess =
            nearest.map_or_else(String::new, |near| format!("did you mean {}? ", quote(near)));
        let rows = top.headings(not.start, self.source.header_rows);
        let headings: Vec<_> = rows
            .iter()
            .flatten()
            .filter(|text| !text.is_empty())
            .take(12)
            .map(|text| quote(text))
            .collect();
        if self.source.kind == SourceKind::Records && not.score == 0 {
            let remedy = "no row near the top has any of the headings that the source names; \
                correct the source, or export the file as before";
            return findings.push(self.finding(
                Code::MissingColumn,
                origin.place(*number),
                found,
                remedy,
            ));
        }
        let too_low = not.missing.iter().map(|(heading, _)| heading);
        let too_low = too_low
            .filter(|heading| ExtractSource::is_key(heading))
            .map(|key| format!("`{key}` is a key of [[source]]: it must stand above its tables; "));
        let guess = too_low.chain([guess]).collect::<String>();
        let remedy = format!(
            "{guess}the nearest to its headings is {}; correct the source, or export the file as \
                before if the system has renamed a column",
            headings.join(", ")
        );
        findings.push(self.finding(Code::MissingColumn, origin.place(*number), found, remedy));
    }

    /// What is the same in all rows of a table: as the source says, or the name of the file or the
    /// sheet, or the cells above it; nothing, where that is of another month.
    pub(super) fn fixed(
        &self,
        said: &Captures,
        above: &[TopRow],
        origin: &TableOrigin,
        top: &Top,
        findings: &mut Findings,
    ) -> Option<FixedCells> {
        let mut fixed = FixedCells::default();
        let mut months = Vec::new();
        for (column, text) in &self.source.fixed {
            if *column == StandardColumn::Month {
                months.push((text.clone(), self.source.place.clone()));
            } else {
                fixed.cells.push((*column, text.clone()));
            }
        }
        fixed.cells.extend(said.area.iter().map(|area| (StandardColumn::Area, area.clone())));
        for (label, column) in &self.source.above {
            let Some((row, value)) = value_beside(label, above) else {
                let found = format!("there is no {} above the table", quote(label));
                let remedy = "correct the label in `above` of the source, or take it out";
                let number = top.numbers.first().copied().unwrap_or(1);
                let place = origin.place(number);
                findings.push(self.finding(Code::MissingColumn, place, found, remedy));
                return None;
            };
            if *column == StandardColumn::Month {
                months.push((value, origin.place(top.numbers[row])));
            } else {
                fixed.cells.push((*column, value));
            }
        }
        for (text, place) in months {
            match self.form.month(&text) {
                PeriodText::One(month) if self.is_of(month) => fixed.month = Some(month),
                PeriodText::One(month) => {
                    if self.source.folder.is_none() {
                        let found = format!("the table is of {}", month.long());
                        let remedy = format!("move the file to the folder of {month}");
                        findings.push(self.finding(Code::WrongMonth, place, found, remedy));
                    }
                    return None;
                }
                other => {
                    let remedy = "correct the cell, or take the label out of `above` in the source";
                    let found = match self.source.kind {
                        SourceKind::Records => {
                            "the month above the table cannot be read".to_owned()
                        }
                        _ => no_month(&text, &other).0,
                    };
                    findings.push(self.finding(Code::WrongMonth, place, found, remedy));
                    return None;
                }
            }
        }
        Some(fixed)
    }
}

/// The value of a label in some rows: behind it in its cell, or in the next cell with anything in it.
fn value_beside(label: &str, rows: &[TopRow]) -> Option<(usize, String)> {
    let wanted = label.trim().trim_end_matches(':').trim().to_lowercase();
    for (row, cells) in rows.iter().enumerate() {
        for (index, cell) in cells.iter().enumerate() {
            let lower = cell.to_lowercase();
            if name_key(cell.trim_end_matches(':')) == name_key(&wanted) {
                let right = cells[index + 1..].iter().find(|right| !right.is_empty())?;
                return Some((row, right.clone()));
            }
            let behind = lower
                .find(&format!("{wanted}:"))
                .and_then(|start| cell.get(start + wanted.len() + 1..));
            if let Some(value) = behind.map(trim).filter(|value| !value.is_empty()) {
                return Some((row, value.to_owned()));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stands_right_of_its_label_or_behind_its_colon() {
        let rows = [
            vec!["Mosaic > Scorecard  Period: 01/04/2026 - 30/04/2026".to_owned()],
            vec!["Team:".to_owned(), String::new(), "Eastvale".to_owned()],
        ];
        let period = Some((0, "01/04/2026 - 30/04/2026".to_owned()));
        assert_eq!(value_beside("Period:", &rows), period);
        assert_eq!(value_beside("team", &rows), Some((1, "Eastvale".to_owned())));
        assert_eq!(value_beside("Month", &rows), None);
    }
}
