//! Which rows of a table are left out, and why.

use std::collections::{BTreeMap, BTreeSet};

use super::SourceRows;
use crate::definition::SourceKind;
use crate::diagnostic::{Code, Findings};
use crate::month::Month;
use crate::text::{plural, quote};

/// How many rows are left out, and why.
#[derive(Default)]
pub(super) struct LeftOut {
    pub(super) by_source: usize,
    pub(super) unknown_areas: usize,
    pub(super) other_indicators: usize,
    pub(super) other_months: usize,
    /// The months of those, and of headings that are left out.
    pub(super) months: BTreeSet<Month>,
}

/// Rows with a cell that a condition cannot be asked of, by the column: the first and how many.
#[derive(Default)]
pub(super) struct UnreadCells<'d>(BTreeMap<&'d str, (u32, usize)>);

impl<'d> UnreadCells<'d> {
    pub(super) fn add(&mut self, column: &'d str, line: u32) {
        self.0.entry(column).or_insert((line, 0)).1 += 1;
    }
}

impl SourceRows<'_, '_, '_> {
    /// Says what has been left out, and whether anything is of the month.
    pub(super) fn report(&self, findings: &mut Findings) {
        self.report_unread(findings);
        // A file that serves every month is spoken of once, and not in each of them.
        let is_shared = self.source().folder.is_some();
        if is_shared && self.reader.month.is_some() {
            return;
        }
        if self.report_other_months(findings) {
            return;
        }
        let left_out = &self.left_out;
        let of_unknown_areas = match self.source().kind {
            SourceKind::Benchmarks => "of benchmarks that are not defined",
            _ => "of areas that are not defined",
        };
        let reasons = [
            (left_out.by_source, "as the source says"),
            (left_out.unknown_areas, of_unknown_areas),
            (left_out.other_indicators, "of other indicators"),
            (if is_shared { 0 } else { left_out.other_months }, "of other months"),
        ];
        let reasons = reasons.into_iter().filter(|(count, _)| *count > 0).map(|(count, why)| {
            let rows = plural(count, "row is", "rows are");
            format!("{count} {rows} left out {why}")
        });
        let reasons: Vec<_> = reasons.collect();
        if !reasons.is_empty() {
            let (place, found) = (self.place(), reasons.join(", "));
            let remedy = "nothing to do, if that is meant";
            findings.push(self.reader.finding(Code::RowsLeftOut, place, found, remedy));
        }
    }

    /// Says so where all that there is in the table is of other months.
    fn report_other_months(&self, findings: &mut Findings) -> bool {
        let is_empty = self.taken == 0 || self.layout.groups.is_empty();
        let months = &self.left_out.months;
        let Some(month) = self.reader.month.filter(|_| is_empty && !months.is_empty()) else {
            return false;
        };
        let names: Vec<_> = months.iter().take(4).map(|month| month.long()).collect();
        let more = if months.len() > 4 { " and others" } else { "" };
        let found = format!(
            "nothing in the table is of {}: it is of {}{more}",
            month.long(),
            names.join(", ")
        );
        let remedy = "move the file to the folder of its month, or export it again";
        findings.push(self.reader.finding(Code::WrongMonth, self.place(), found, remedy));
        true
    }

    /// Says in which rows a condition could not be asked.
    fn report_unread(&self, findings: &mut Findings) {
        for (&column, (line, count)) in &self.unread.0 {
            let rows = plural(*count, "row has", "rows have");
            let found = format!(
                "{count} {rows} nothing that can be read in the column {}, and {} not taken for \
                    what the condition asks",
                quote(column),
                plural(*count, "is", "are")
            );
            let remedy = "correct the cells: a condition asks for a number or a date there; dates \
                are British, 31/01/2016, unless the source says dates = \"us\"";
            let place = self.origin.place(*line);
            findings.push(self.reader.finding(Code::UnreadableCell, place, found, remedy));
        }
    }
}
