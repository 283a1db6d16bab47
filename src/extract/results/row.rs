//! What a row says.

use super::super::cell::CellValue;
use super::super::dates::{self, MonthText};
use super::super::mark::Mark;
use super::super::names::NameFinder;
use super::super::table::{ExtractTable, Refused, TableRow};
use super::columns::{ColumnLayout, ResultsColumn};
use super::figures::{Figures, check_number, read_cell};
use super::observation::Observation;
use super::reader::About;
use crate::definition::{AreaId, AreaKind, IndicatorId};
use crate::diagnostic::{Code, Findings, Subject};
use crate::month::Month;
use crate::text::quote;

/// A row that can be used.
pub(super) struct ParsedRow {
    /// What is kept of it.
    pub(super) observation: Observation,
    /// How firm its figure is, if it says so.
    pub(super) mark: Option<Mark>,
    /// Whether it says which area it is about.
    pub(super) names_area: bool,
}

/// Reads the rows of a table.
pub(super) struct RowReader<'n, 'd> {
    names: &'n NameFinder<'d>,
    month: Month,
    layout: ColumnLayout,
}

impl<'n, 'd> RowReader<'n, 'd> {
    /// A reader of rows of this month with this layout.
    pub(super) fn new(names: &'n NameFinder<'d>, month: Month, layout: ColumnLayout) -> Self {
        Self { names, month, layout }
    }

    /// Reads the next row that can be used. Everything that is wrong with it and those before it is
    /// found.
    pub(super) fn next(
        &self,
        table: &mut ExtractTable<'_, ResultsColumn>,
        findings: &mut Findings,
    ) -> Option<ParsedRow> {
        loop {
            let (row, mut found) = (table.next(findings)?, Findings::default());
            let read = self.read(&row, &mut found);
            let is_blank = read.as_ref().is_some_and(|row| row.observation.is_blank());
            table.settle(found, !is_blank, findings);
            if let Some(row) = read {
                return Some(row);
            }
        }
    }

    /// Reads a row. Everything that is wrong with it is found, and what it is about is said of it.
    pub(super) fn read(&self, row: &TableRow<'_>, findings: &mut Findings) -> Option<ParsedRow> {
        let count = findings.len();
        let column = self.layout.index(ResultsColumn::Indicator);
        let indicator = self.names.indicator(row, column, findings);
        let area = self.area(row, findings);
        let parsed = self.read_about(row, indicator, area, findings);
        let definition = self.names.definition();
        findings.about_since(count, || Subject {
            indicator: indicator.map(|id| definition.indicator(id).id.clone()),
            area: area.map(|area| definition.area(area).name.clone()),
            ..Subject::default()
        });
        parsed
    }

    /// Reads one half of a ratio.
    pub(super) fn read_half(
        &self,
        row: &TableRow<'_>,
        column: ResultsColumn,
        findings: &mut Findings,
    ) -> Option<(About, CellValue, Option<Mark>)> {
        let layout = &self.layout;
        let indicator = self.names.indicator(row, layout.index(ResultsColumn::Indicator), findings);
        let area = self.area(row, findings);
        let population = self.names.population(row, layout.index(ResultsColumn::Cohort), findings);
        let cell = read_cell(row, layout.index(column), findings).ok();
        let (indicator, area, population, cell) = (indicator?, area?, population?, cell?);
        let about = self.names.definition().indicator(indicator);
        check_number(row, cell, column, layout.index(column), about, findings).ok()?;
        self.check_in_force(row, area, indicator, findings).ok()?;
        let status = layout.index(ResultsColumn::Status);
        let mark = status.and_then(|column| mark(row, column, findings));
        Some(((area, indicator, population), cell, mark))
    }

    fn read_about(
        &self,
        row: &TableRow<'_>,
        indicator: Option<IndicatorId>,
        area: Option<AreaId>,
        findings: &mut Findings,
    ) -> Option<ParsedRow> {
        let (names, layout) = (self.names, &self.layout);
        let month = check_month(row, layout.index(ResultsColumn::Month), self.month, findings);
        let population = names.population(row, layout.index(ResultsColumn::Cohort), findings);
        let figures = Figures::read(row, layout, findings);
        let (indicator, area, population) = (indicator?, area?, population?);
        let figures = month.and(figures).ok()?;
        let about = names.definition().indicator(indicator);
        let mark_of_figures = figures.mark();
        let figure = figures.together(row, layout, about, findings).ok()?;
        if about.gap.is_some() {
            let found = format!("indicator {} is a gap: the row is left out", about.id);
            let remedy = "delete the row: the gap is worked out from the figures of its two groups";
            findings.push(row.finding(Code::GapHasRow, None, found, remedy));
            return None;
        }
        self.check_in_force(row, area, indicator, findings).ok()?;
        let status = layout.index(ResultsColumn::Status);
        let mark = status.and_then(|column| mark(row, column, findings)).or(mark_of_figures);
        let observation = Observation::new(area, indicator, population, figure, row.number());
        let area = layout.index(ResultsColumn::Area);
        let names_area = area.is_some_and(|column| !row.cell(column).is_empty());
        Some(ParsedRow { observation, mark, names_area })
    }

    fn area(&self, row: &TableRow<'_>, findings: &mut Findings) -> Option<AreaId> {
        let column = self.layout.index(ResultsColumn::Area);
        let id = self.names.area(row, column, findings)?;
        let area = self.names.definition().area(id);
        if area.kind == AreaKind::Team {
            let remedy = "give its figures to the activity table, or make it an area: take kind = \
                \"team\" out of its definition";
            findings.push(row.finding(
                Code::TeamInResults,
                column,
                format!("{} is a team, and teams have no results", quote(&area.name)),
                remedy,
            ));
            return None;
        }
        Some(id)
    }

    /// Refuses a row of an area or an indicator that there is not in the month.
    fn check_in_force(
        &self,
        row: &TableRow<'_>,
        area: AreaId,
        indicator: IndicatorId,
        findings: &mut Findings,
    ) -> Result<(), Refused> {
        let definition = self.names.definition();
        // The row of a part that has ended is wanted for sums that cover its months.
        let is_part = || definition.is_part_of_sum(area, indicator, self.month);
        let in_force = [
            definition.indicator(indicator).in_force.covers(self.month),
            definition.area(area).in_force.covers(self.month),
        ];
        let what = match in_force {
            [true, true] => return Ok(()),
            [true, false] if is_part() => return Ok(()),
            [true, false] => quote(&definition.area(area).name),
            [false, _] => format!("indicator {}", definition.indicator(indicator).id),
        };
        let found = format!("{what} is not in force in {}: the row is left out", self.month.long());
        findings.push(row.finding(
            Code::NotInForce,
            None,
            found,
            "delete the row, or correct `from` and `until` in the definitions",
        ));
        Err(Refused)
    }
}

/// How firm a figure is, as far as its row says.
fn mark(row: &TableRow<'_>, column: usize, findings: &mut Findings) -> Option<Mark> {
    let text = row.cell(column);
    let mark = Mark::from_word(text);
    if mark.is_none() && !text.is_empty() {
        let found = format!("{} is no status of a figure", quote(text));
        let remedy = "write p for provisional, r for revised, e for estimated or u for of low \
            reliability, or leave it blank; call the column something else if it means another \
            thing";
        findings.push(row.finding(Code::UnknownStatus, Some(column), found, remedy));
    }
    mark
}

/// Refuses a row of another month than that whose folder it is in, as far as it says.
pub(in super::super) fn check_month(
    row: &TableRow<'_>,
    column: Option<usize>,
    month: Month,
    findings: &mut Findings,
) -> Result<(), Refused> {
    let text = column.map_or("", |column| row.cell(column));
    let found = match dates::month(text) {
        _ if text.is_empty() => return Ok(()),
        MonthText::One(found) if found == month => return Ok(()),
        MonthText::Either(british, american) => {
            format!("{} can be of {} or of {}", quote(text), british.long(), american.long())
        }
        _ => format!("the row is of {}, in the folder of {month}", quote(text)),
    };
    let remedy = "move the row to the folder of its month, or correct its month (YYYY-MM)";
    findings.push(row.finding(Code::WrongMonth, column, found, remedy));
    Err(Refused)
}
