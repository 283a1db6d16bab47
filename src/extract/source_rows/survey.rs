//! Which months a table has that serves many, and where their rows are.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::super::closed_days::ClosedDays;
use super::super::conditions::TableConditions;
use super::super::delimited::DelimitedRow;
use super::super::raw_rows::{RawRows, Run};
use super::super::table::{self, MOST_ERRORS};
use super::super::workbook::Sheet;
use super::row::SourceRow;
use super::{RowMonth, SourceRows};
use crate::definition::StandardColumn;
use crate::diagnostic::{Code, Findings};
use crate::month::Month;

/// What a table of a file that serves many months has.
#[derive(Debug)]
pub(in super::super) struct Survey {
    /// Its months.
    pub(in super::super) months: BTreeSet<Month>,
    /// Where the rows of each month are, where each row can be read by itself.
    pub(in super::super) runs: Option<HashMap<Month, Vec<Run>>>,
}

impl Survey {
    /// Takes a row of a month; `before` is the month of the row before it.
    fn row(&mut self, month: Month, before: Option<Month>, record: &DelimitedRow<'_>) {
        if before != Some(month) {
            self.months.insert(month);
        }
        let Some(runs) = &mut self.runs else { return };
        let runs = runs.entry(month).or_default();
        match runs.last_mut() {
            Some(last) if before == Some(month) => last.rows += 1,
            _ => runs.push(Run { at: record.at, line: record.number, rows: 1 }),
        }
    }
}

impl SourceRows<'_, '_, '_> {
    /// Which months a table of a file that serves many has, and where their rows are.
    pub(in super::super) fn survey(
        mut self,
        sheet: Option<&Sheet>,
        findings: &mut Findings,
    ) -> Survey {
        self.place_headings(findings);
        if let Some(sheet) = sheet {
            self.report_hidden(sheet, findings).report(&HashSet::new(), findings);
        }
        let has_months = self.layout.own.iter().any(|(own, _)| *own == StandardColumn::Month);
        // Rows that depend on those above them cannot be read by themselves.
        let is_row_by_row = matches!(self.rows, RawRows::Text(_))
            && has_months
            && self.layout.fill_down.is_empty()
            && self.outline.is_none()
            && self.conditions.totals.is_empty();
        let mut survey = Survey { months: BTreeSet::new(), runs: is_row_by_row.then(HashMap::new) };
        let above = self.fixed.month.into_iter();
        survey.months.extend(above.chain(self.months_of_headings.iter().copied()));
        if has_months {
            self.survey_rows(&mut survey, findings);
        }
        self.report(findings);
        survey
    }

    fn survey_rows(&mut self, survey: &mut Survey, findings: &mut Findings) {
        let conditions = [Some(&self.conditions.leave_out), self.conditions.only.as_ref()];
        let asks_for_texts = self.source().lookups.is_empty()
            && conditions.into_iter().flatten().all(TableConditions::ask_for_texts);
        let path = Arc::clone(self.origin.path());
        let (mut record, mut errors) = (DelimitedRow::default(), 0);
        let mut last: Option<Month> = None;
        while self.rows.next(&mut record, &path, findings) {
            let before = std::mem::take(&mut last);
            if record.is_blank() {
                continue;
            }
            let row = self.source_row(&record, &record, false);
            let mut found = Findings::default();
            match self.survey_row(&row, asks_for_texts, &mut found, findings) {
                Some(month) => {
                    survey.row(month, before, &record);
                    last = Some(month);
                    self.taken += 1;
                }
                None if found.has_errors() && !self.may_be_footer(&row) => {
                    findings.append(found);
                    errors += 1;
                }
                None => {}
            }
            if errors >= MOST_ERRORS {
                findings.push(table::gave_up(self.origin.place(record.number), errors));
                break;
            }
        }
    }

    /// The month of a row; `None`, where the row is not read, or where its month is wrong, which is
    /// found.
    fn survey_row(
        &mut self,
        row: &SourceRow<'_>,
        asks_for_texts: bool,
        found: &mut Findings,
        findings: &mut Findings,
    ) -> Option<Month> {
        if self.repeats_headings(row)
            || self.says_nothing(row)
            || asks_for_texts && !self.apply_conditions(row, &ClosedDays::default(), findings)
        {
            return None;
        }
        self.keep_above(row);
        match self.month_of(row, found) {
            RowMonth::Read(Some(month)) if !self.leave_out(row) => Some(month),
            RowMonth::Read(None) => {
                let place = self.origin.place(row.number());
                let remedy = "write its month, or leave such rows out with `leave_out`";
                let text = "the row is of no month";
                found.push(self.reader.finding(Code::WrongMonth, place, text, remedy));
                None
            }
            RowMonth::Read(Some(_)) | RowMonth::Other | RowMonth::Unreadable => None,
        }
    }
}
