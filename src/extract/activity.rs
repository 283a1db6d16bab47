//! `activity*.csv`: what each area and team did in a month.

use std::collections::HashMap;

use super::cell::CellValue;
use super::contents::Contents;
use super::header::Columns;
use super::names::NameFinder;
use super::results::{Refused, is_of_month, read_cell};
use super::table::{ExtractTable, TableRow};
use crate::definition::{ActivityId, AreaId, Definition};
use crate::diagnostic::{Code, Findings, Place};
use crate::figure::Amount;
use crate::input::File;
use crate::month::Month;
use crate::text::quote;

/// A figure of activity.
#[derive(Clone, Debug)]
pub struct ActivityFigure {
    /// The figure; nothing, where the cell says that there is none.
    pub amount: Option<Amount>,
    /// Whether it says so by saying nothing.
    pub is_blank: bool,
    /// Where it stands.
    pub place: Place,
}

/// All the activity of a month.
#[derive(Debug, Default)]
pub struct Activities {
    entries: HashMap<(AreaId, ActivityId), ActivityFigure>,
}

impl Activities {
    /// What an area or team did; nothing, where no file says.
    #[must_use]
    pub fn of(&self, area: AreaId, activity: ActivityId) -> Option<&ActivityFigure> {
        self.entries.get(&(area, activity))
    }

    /// The figure of an area or team; nothing, where no file says or a cell says that there is
    /// none.
    #[must_use]
    pub fn amount(&self, area: AreaId, activity: ActivityId) -> Option<&Amount> {
        self.of(area, activity)?.amount.as_ref()
    }

    /// Whether any cell gives a figure.
    #[must_use]
    pub fn has_figures(&self) -> bool {
        self.entries.values().any(|entry| entry.amount.is_some())
    }

    /// Whether no file says anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether anything is said of an area or team.
    #[must_use]
    pub fn has_area(&self, area: AreaId, definition: &Definition) -> bool {
        definition.activity_ids().any(|activity| self.entries.contains_key(&(area, activity)))
    }
}

/// What a column of an activity file is.
#[derive(Clone, Copy)]
enum Column {
    Area,
    Month,
    Activity(ActivityId),
}

/// The columns of activity, and what is in them.
struct ActivityColumns<'n, 'd>(&'n NameFinder<'d>);

impl Columns for ActivityColumns<'_, '_> {
    type Column = Column;

    fn named(&self, heading: &str) -> Option<Column> {
        match heading {
            "area" => Some(Column::Area),
            "month" => Some(Column::Month),
            _ => self.0.activity(heading).map(Column::Activity),
        }
    }

    fn known(&self) -> Vec<&str> {
        std::iter::once("area")
            .chain(self.0.definition().activities.iter().map(|activity| activity.id.as_str()))
            .collect()
    }

    /// A file without any activity would lose all that it has; where none is defined, it has
    /// nothing to lose.
    fn missing(&self, found: &[(usize, Column)], _: &[String]) -> Option<String> {
        let has_area = found.iter().any(|(_, column)| matches!(column, Column::Area));
        let has_activity = found.iter().any(|(_, column)| matches!(column, Column::Activity(_)));
        if !has_area {
            return Some("the header has no column area".to_owned());
        }
        (!has_activity && !self.0.definition().activities.is_empty())
            .then(|| "the header has no column that is an activity".to_owned())
    }

    fn is_figure(&self, column: Column) -> bool {
        matches!(column, Column::Activity(_))
    }

    fn remedy(&self) -> &'static str {
        "the header is area and then the ids of the activities, in any order"
    }

    fn has_figures(&self, row: &[(Column, &str)]) -> bool {
        row.iter().any(|(column, cell)| matches!(column, Column::Area) && self.0.has_area(cell))
            && row.iter().any(|(column, cell)| {
                matches!(column, Column::Activity(_))
                    && matches!(
                        CellValue::read(cell),
                        Ok(CellValue::Number { .. } | CellValue::Suppressed)
                    )
            })
    }
}

/// Reads one file into what other files of the month have said.
pub(super) fn read(
    names: &NameFinder<'_>,
    month: Month,
    file: &File,
    activities: &mut Activities,
    findings: &mut Findings,
) {
    let definition = names.definition();
    let columns = ActivityColumns(names);
    let Some(contents) = Contents::read(file, "an extract of activity", &columns, findings) else {
        return;
    };
    let Some(mut table) = ExtractTable::open(&file.name, &contents, &columns, findings) else {
        return;
    };
    let columns = table.columns.clone();
    let find = |is: fn(&Column) -> bool| {
        columns.iter().find(|(_, column)| is(column)).map(|(index, _)| *index)
    };
    let (area_column, month_column) = (
        find(|column| matches!(column, Column::Area)),
        find(|column| matches!(column, Column::Month)),
    );
    while let Some(row) = table.next(findings) {
        let row = &row;
        let is_of_month = is_of_month(row, month_column, month, findings);
        let Some(area) = names.area(row, area_column, findings).filter(|_| is_of_month) else {
            continue;
        };
        if !definition.area(area).in_force.covers(month) {
            let found = format!(
                "{} is not in force in {}: the row is left out",
                quote(&definition.area(area).name),
                month.long()
            );
            findings.push(row.finding(
                Code::NotInForce,
                None,
                found,
                "delete the row, or correct `from` and `until` in the definitions",
            ));
            continue;
        }
        for (index, column) in &columns {
            let Column::Activity(activity) = column else { continue };
            let Ok(amount) = read_count(row, *index, findings) else { continue };
            let place = row.place();
            if let Some(first) = activities.entries.get(&(area, *activity)) {
                let activity = &definition.activity(*activity).name;
                let found =
                    format!("a second figure for {activity}, {}", definition.area(area).name);
                let finding = row.finding(
                    Code::DuplicateFigure,
                    Some(*index),
                    found,
                    "keep the one that is right and delete the other",
                );
                findings.push(finding.with_related(first.place.clone(), "the first is here"));
                continue;
            }
            activities.entries.insert(
                (area, *activity),
                ActivityFigure { amount, is_blank: row.cell(*index).is_empty(), place },
            );
        }
    }
}

/// What a cell says: activity is counted.
fn read_count(
    row: &TableRow<'_>,
    index: usize,
    findings: &mut Findings,
) -> Result<Option<Amount>, Refused> {
    let (number, percent) = match read_cell(row, Some(index), findings)? {
        CellValue::Blank | CellValue::Missing => return Ok(None),
        CellValue::Low => return Ok(Some(Amount::Low)),
        CellValue::Suppressed => return Ok(Some(Amount::Suppressed)),
        CellValue::Number { number, percent, .. } => (number, percent),
    };
    let (code, what) = match (percent, number.is_negative()) {
        (true, _) => (Code::NotANumber, "a % sign on a count"),
        (false, true) => (Code::NegativeCount, "a count below 0"),
        (false, false) => return Ok(Some(Amount::Value(number.into()))),
    };
    let found = format!("{} is {what}", quote(row.cell(index)));
    findings.push(row.finding(code, Some(index), found, "correct the figure: activity is counted"));
    Err(Refused)
}
