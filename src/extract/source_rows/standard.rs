//! The rows of the standard form that a row makes.

use super::super::cell::CellValue;
use super::super::delimited::DelimitedRow;
use super::super::halves::Half;
use super::super::period::PeriodText;
use super::super::records::CountedTable;
use super::super::sources::{Readers, SourceReader};
use super::super::table::{StandardCell, StandardRow, TableRow};
use super::super::workbook;
use super::SourceRows;
use super::row::SourceRow;
use crate::definition::{PercentAs, SourceKind, StandardColumn, Symbol, Unit};
use crate::diagnostic::{Findings, Place};
use crate::source::Group;

impl<'n, 'd> SourceRows<'_, 'n, 'd> {
    /// Gives the readers the rows of the standard form that a row makes, and says whether any has a
    /// figure.
    pub(super) fn standard_rows(
        &mut self,
        row: &SourceRow<'_>,
        readers: &mut Readers<'_, 'n, 'd>,
        findings: &mut Findings,
    ) -> bool {
        let cells = self.cells_of_row(row);
        let groups = std::mem::take(&mut self.layout.groups);
        let conditions = std::mem::take(&mut self.conditions.of_groups);
        let (mut has_figure, mut of_group) = (false, Vec::new());
        for (group, conditions) in groups.iter().zip(&conditions) {
            if let Some(conditions) = conditions
                && !self.holds(conditions, row, &readers.closed)
            {
                has_figure = true;
                continue;
            }
            of_group.clone_from(&cells);
            for (column, text) in &group.fixed {
                of_group[*column as usize] = self.named(*column, text, None);
            }
            for (column, position) in &group.figures {
                of_group[*column as usize] = self.figure(*column, *position, row, &of_group);
            }
            has_figure |= self.standard_row(row, group, &of_group, readers, findings);
        }
        (self.layout.groups, self.conditions.of_groups) = (groups, conditions);
        has_figure
    }

    /// The cells that are the same in all rows of the standard form that a row makes.
    fn cells_of_row(&self, row: &SourceRow<'_>) -> Vec<StandardCell> {
        let mut cells = vec![StandardCell::default(); StandardColumn::ALL.len()];
        for (column, text) in &self.fixed.cells {
            cells[*column as usize] = self.named(*column, text, None);
        }
        for (column, _) in &self.layout.own {
            if *column != StandardColumn::Month
                && let Some((position, text)) = self.own(*column, row)
            {
                let is_cell = text == row.cell(position);
                cells[*column as usize] = self.own_name(*column, text, position, is_cell);
            }
        }
        if self.source().kind == SourceKind::Benchmarks {
            cells[StandardColumn::Month as usize] = self.month_cell(row);
        }
        if let Some(outline) = &self.outline {
            for (column, text) in outline.cells() {
                cells[column as usize] = self.named(column, text, Some(outline.column));
            }
        }
        cells
    }

    /// The month of a row, as it is written here.
    fn month_cell(&self, row: &SourceRow<'_>) -> StandardCell {
        let (at, text) = match self.own(StandardColumn::Month, row) {
            Some((at, text)) => (Some(at), text),
            None => (None, ""),
        };
        let month = match self.months.get(text) {
            Some(PeriodText::One(month)) => Some(*month),
            _ => self.fixed.month,
        };
        StandardCell { at, text: month.map(|month| month.to_string().into()) }
    }

    fn standard_row(
        &mut self,
        row: &SourceRow<'_>,
        group: &Group<'_>,
        cells: &[StandardCell],
        readers: &mut Readers<'_, 'n, 'd>,
        findings: &mut Findings,
    ) -> bool {
        let column = group.figures.first().map_or(0, |(_, position)| *position);
        let column = u32::try_from(column).unwrap_or(0);
        let place = || self.origin.cell(row.number(), column);
        let number = u32::try_from(self.standard.len() + 1).unwrap_or(u32::MAX);
        let standard = StandardRow { number, cells };
        let standard = TableRow::standard(&self.origin, row.record, standard);
        let has_figure = match (self.source().kind, group.half()) {
            (SourceKind::Results, Some(half)) => {
                self.half(&standard, half, group, place(), readers, findings)
            }
            (SourceKind::Results, None) => {
                self.standard.push((row.number(), column));
                readers.results.standard_row(&standard, self.first_line, findings)
            }
            (SourceKind::Activity | SourceKind::Records, _) => {
                readers.activities.standard_row(self.names(), readers.month, &standard, findings)
            }
            (SourceKind::Benchmarks, half) => {
                let names = self.names();
                readers.benchmarks.standard_row(names, half, &standard, place(), findings)
            }
        };
        if !self.source().totals.0.is_empty() {
            for (_, position) in &group.figures {
                if let Some(number) = row.decimal(*position) {
                    self.sums.add(*position, &number);
                }
            }
        }
        has_figure
    }

    /// Takes one half of a ratio, and says whether it has a figure or something wrong.
    fn half(
        &self,
        row: &TableRow<'_>,
        column: StandardColumn,
        group: &Group<'_>,
        place: Place,
        readers: &mut Readers<'_, 'n, 'd>,
        findings: &mut Findings,
    ) -> bool {
        let Some((about, value, mark)) = readers.results.standard_half(row, column, findings)
        else {
            return true;
        };
        let half = Half { value, mark, place };
        let population = group.population;
        readers.halves.add(about, column, half, self.source(), population, findings);
        value != CellValue::Blank
    }

    /// A cell that names something, as we call it.
    fn named(&self, column: StandardColumn, text: &str, at: Option<usize>) -> StandardCell {
        StandardCell { at, text: Some(self.reader.our_name(column, text).into()) }
    }

    /// A cell of the row that names something; `is_cell`, where the text stands in it.
    fn own_name(
        &self,
        column: StandardColumn,
        text: &str,
        position: usize,
        is_cell: bool,
    ) -> StandardCell {
        let ours = self.reader.our_name(column, text);
        let is_the_same = is_cell && std::ptr::eq(ours.as_ptr(), text.as_ptr());
        StandardCell { at: Some(position), text: (!is_the_same).then(|| ours.into()) }
    }

    /// A cell of a figure, with symbols and percentages as they are written here.
    fn figure(
        &self,
        column: StandardColumn,
        position: usize,
        row: &SourceRow<'_>,
        cells: &[StandardCell],
    ) -> StandardCell {
        let text = row.cell(position);
        let symbols = &self.source().symbols;
        let symbol = symbols.iter().find(|(symbol, _)| symbol.eq_ignore_ascii_case(text));
        let meant = symbol.map(|(_, means)| match means {
            Symbol::Missing => "[x]",
            Symbol::Suppressed => "[c]",
            Symbol::Low => "[low]",
        });
        let is_fraction = self.source().percent_as == PercentAs::Fraction
            && column == StandardColumn::Value
            && matches!(CellValue::read(text), Ok(CellValue::Number { percent: false, .. }));
        let percent = || {
            let indicator = &cells[StandardColumn::Indicator as usize];
            let own = || indicator.at.map_or("", |position| row.cell(position));
            let indicator = indicator.text.as_deref().unwrap_or_else(own);
            let indicator = self.names().peek_indicator(indicator)?;
            let unit = self.names().definition().indicator(indicator).unit;
            (unit == Unit::Percent).then(|| workbook::percent(text)).flatten()
        };
        let text = match meant {
            Some(meant) => Some(meant.into()),
            None if is_fraction => percent().map(Into::into),
            None => None,
        };
        StandardCell { at: Some(position), text }
    }
}

/// Gives the readers what has been counted of the records below a row of headings.
pub(in super::super) fn give_counted<'n, 'd>(
    reader: &SourceReader<'n, 'd>,
    counted: CountedTable,
    above: u32,
    readers: &mut Readers<'_, 'n, 'd>,
    findings: &mut Findings,
) {
    let CountedTable { origin, headings, rows } = counted;
    let mut row_of_headings = DelimitedRow::default();
    row_of_headings.start(headings);
    let mut standard = Vec::new();
    for row in &rows {
        let mut cells = vec![StandardCell::default(); StandardColumn::ALL.len()];
        for (column, text) in row {
            cells[*column as usize] = StandardCell { at: None, text: Some(text.as_str().into()) };
        }
        let number = u32::try_from(standard.len() + 1).unwrap_or(u32::MAX);
        let of_row = StandardRow { number, cells: &cells };
        let table_row = TableRow::standard(&origin, &row_of_headings, of_row);
        if row.iter().any(|(column, _)| *column == StandardColumn::Activity) {
            readers.activities.standard_row(reader.names, readers.month, &table_row, findings);
        } else {
            standard.push((headings, 0));
            readers.results.standard_row(&table_row, above, findings);
        }
    }
    readers.results.end_source(above, origin.of_standard(standard));
}
