//! `populations.csv`: how many people there are in areas, typed once a year.

use std::collections::HashMap;

use super::cell::CellValue;
use super::contents::Contents;
use super::halves::Half;
use super::header::Columns;
use super::names::NameFinder;
use super::period::{PeriodForm, PeriodText, no_month};
use super::results::read_cell;
use super::table::{ExtractTable, TableRow};
use crate::definition::AreaId;
use crate::diagnostic::{Code, Findings};
use crate::input::File;
use crate::month::Month;
use crate::text::{and, name_key, plural, quote};
use crate::toml_file::{Words as _, words};

/// Its name, in the data folder.
pub(super) const FILE: &str = "populations.csv";

words! {
    /// The columns of populations.
    PopulationColumn {
        /// The group of people.
        Group = "group",
        /// The area.
        Area = "area",
        /// The month from which the count holds.
        From = "from",
        /// How many people there are.
        Count = "count",
    }
}

/// How many people of each group there are in areas.
#[derive(Debug, Default)]
pub(super) struct Populations {
    /// By the key of the group and the area: the counts, each from a month on, in order.
    counts: HashMap<(String, AreaId), Vec<(Month, Half)>>,
}

impl Populations {
    /// The count that holds in a month.
    pub(super) fn count(&self, group: &str, area: AreaId, month: Month) -> Option<&Half> {
        let counts = self.counts.get(&(name_key(group), area))?;
        counts.iter().rev().find(|(from, _)| *from <= month).map(|(_, count)| count)
    }

    /// Reads the file.
    pub(super) fn read(names: &NameFinder<'_>, file: &File, findings: &mut Findings) -> Self {
        let mut populations = Self::default();
        let columns = PopulationColumns(names);
        let what = "populations, with the header group,area,from,count";
        let Some(contents) = Contents::read(file, what, &columns, findings) else {
            return populations;
        };
        let Some(mut table) = ExtractTable::open(&file.name, &contents, &columns, findings) else {
            return populations;
        };
        let places = table.columns.clone();
        let place = |wanted| places.iter().find(|(_, column)| *column == wanted).map(|(at, _)| *at);
        let [group, area, from, count] = PopulationColumn::ALL.map(place);
        while let Some(row) = table.next(findings) {
            let mut found = Findings::default();
            let group = group.map_or("", |at| row.cell(at)).to_owned();
            let area = names.area(&row, area, &mut found);
            let from = from_month(names, &row, from, &mut found);
            let count = read_count(&row, count, &mut found);
            if let (Some(area), Some(from), Some(count)) = (area, from, count) {
                populations.add(&group, area, from, count, &row, &mut found);
            }
            table.settle(found, true, findings);
        }
        populations
    }

    fn add(
        &mut self,
        group: &str,
        area: AreaId,
        from: Month,
        count: Half,
        row: &TableRow<'_>,
        findings: &mut Findings,
    ) {
        let counts = self.counts.entry((name_key(group), area)).or_default();
        match counts.binary_search_by_key(&from, |(from, _)| *from) {
            Err(index) => counts.insert(index, (from, count)),
            Ok(index) => {
                let found = format!("a second count of {} from {}", quote(group), from.long());
                let remedy = "keep the one that is right and delete the other";
                let finding = row.finding(Code::DuplicateFigure, None, found, remedy);
                let first = counts[index].1.place.clone();
                findings.push(finding.with_related(first, "the first is here"));
            }
        }
    }
}

/// The month from which a count holds; a year alone is its last month.
fn from_month(
    names: &NameFinder<'_>,
    row: &TableRow<'_>,
    column: Option<usize>,
    findings: &mut Findings,
) -> Option<Month> {
    let text = column.map_or("", |column| row.cell(column));
    let form = PeriodForm { is: None, year_start: names.definition().year_start };
    match form.month(text) {
        PeriodText::One(month) => Some(month),
        other => {
            let (found, _) = no_month(text, &other);
            let remedy = "write the month from which the count holds, such as 2025-04";
            findings.push(row.finding(Code::WrongMonth, column, found, remedy));
            None
        }
    }
}

fn read_count(row: &TableRow<'_>, column: Option<usize>, findings: &mut Findings) -> Option<Half> {
    let value = read_cell(row, column, findings).ok()?;
    let found = match value {
        CellValue::Number { number, percent: false, .. } if !number.is_negative() => {
            return Some(Half { value, mark: None, place: row.place() });
        }
        CellValue::Number { .. } => "is no count of people",
        _ => "there is no count",
    };
    let text = column.map_or("", |column| row.cell(column));
    let found = if text.is_empty() { found.to_owned() } else { format!("{} {found}", quote(text)) };
    let remedy = "write how many people there are, or delete the row";
    findings.push(row.finding(Code::NotANumber, column, found, remedy));
    None
}

/// The columns of populations, and what is in them.
struct PopulationColumns<'n, 'd>(&'n NameFinder<'d>);

impl Columns for PopulationColumns<'_, '_> {
    type Column = PopulationColumn;

    fn named(&self, heading: &str) -> Option<PopulationColumn> {
        PopulationColumn::from_word(&name_key(heading))
    }

    fn known(&self) -> Vec<&str> {
        PopulationColumn::WORDS.to_vec()
    }

    fn missing(&self, found: &[(usize, PopulationColumn)], _: &[String]) -> Option<String> {
        let is_there = |wanted| found.iter().any(|(_, column)| *column == wanted);
        let missing: Vec<_> = PopulationColumn::ALL
            .into_iter()
            .filter(|column| !is_there(*column))
            .map(PopulationColumn::as_str)
            .collect();
        let columns = plural(missing.len(), "column", "columns");
        (!missing.is_empty()).then(|| format!("the header has no {columns} {}", and(&missing)))
    }

    fn is_figure(&self, column: PopulationColumn) -> bool {
        column == PopulationColumn::Count
    }

    fn remedy(&self) -> &'static str {
        "the header is group,area,from,count, in any order"
    }

    fn has_figures(&self, row: &[(PopulationColumn, &str)]) -> bool {
        row.iter().any(|(column, cell)| {
            self.is_figure(*column) && matches!(CellValue::read(cell), Ok(CellValue::Number { .. }))
        })
    }

    fn mentions(&self, cell: &str) -> bool {
        self.0.has_area(cell)
    }

    fn is_name(&self, column: PopulationColumn, cell: &str) -> bool {
        column == PopulationColumn::Area && !cell.is_empty() && self.0.has_area(cell)
    }
}
