//! `activity*.csv`: what each area and team did in a month.

use std::collections::HashMap;
use std::sync::Arc;

use super::cell::Cell;
use super::results::{Said, read_cell, unknown_area};
use super::table::Table;
use crate::definition::{ActivityId, AreaId, Definition};
use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::figure::Amount;
use crate::month::Month;

/// A figure of activity.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What the cell says.
    pub said: Said,
    /// Where it stands.
    pub place: Place,
}

/// All the activity of a month.
#[derive(Debug, Default)]
pub struct Activities {
    entries: HashMap<(AreaId, ActivityId), Entry>,
}

impl Activities {
    /// What an area or team did; nothing, where no file says.
    #[must_use]
    pub fn of(&self, area: AreaId, activity: ActivityId) -> Option<&Entry> {
        self.entries.get(&(area, activity))
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

/// Reads one file into what other files of the month have said.
pub(super) fn read(
    definition: &Definition,
    month: Month,
    name: &Arc<str>,
    text: &str,
    activities: &mut Activities,
    findings: &mut Findings,
) {
    let Some(table) = Table::open(name, text, findings) else { return };
    let known: Vec<_> = std::iter::once("area").chain(definition.activities.iter().map(|activity| activity.id.as_str())).collect();
    let columns = table.columns(
        &known,
        |heading| match heading {
            "area" => Some(Column::Area),
            "month" => Some(Column::Month),
            _ => definition.find_activity(heading).map(Column::Activity),
        },
        findings,
    );
    let Some(area_column) = columns.iter().find_map(|(index, column)| matches!(column, Column::Area).then_some(*index)) else {
        let remedy = "the header is area and then the ids of the activities, in any order";
        findings.push(Finding::new(Code::MissingColumn, table.header_place(), "the header has no column area", remedy));
        return;
    };
    table.for_each_row(findings, |row, findings| {
        let name = row.cell(area_column);
        let found = if name.is_empty() { Some(definition.top) } else { definition.find_area(name) };
        let Some(area) = found else {
            findings.push(unknown_area(definition, row, name, Some(area_column)));
            return;
        };
        if !definition.area(area).in_force.covers(month) {
            let found = format!("{name:?} is not in force in {}: the row is left out", month.long());
            findings.push(row.finding(Code::NotInForce, None, found, "delete the row, or mend `from` and `until` in the definitions"));
            return;
        }
        for (index, column) in &columns {
            let Column::Activity(activity) = column else {
                if matches!(column, Column::Month) && !row.cell(*index).is_empty() && row.cell(*index).parse() != Ok(month) {
                    let found = format!("the row is of {:?}, in the folder of {month}", row.cell(*index));
                    findings.push(row.finding(
                        Code::WrongMonth,
                        Some(*index),
                        found,
                        "move the row to the folder of its month, or mend its month (YYYY-MM)",
                    ));
                }
                continue;
            };
            let said = match read_cell(row, Some(*index), findings) {
                None => continue,
                Some(Cell::Missing) => Said::Missing,
                Some(Cell::Suppressed) => Said::Amount(Amount::Suppressed),
                Some(Cell::Number { number, percent }) => {
                    if number.is_negative() || percent {
                        let (code, what) =
                            if percent { (Code::NotANumber, "a % sign on a count") } else { (Code::NegativeCount, "a count below nought") };
                        findings.push(row.finding(
                            code,
                            Some(*index),
                            format!("{:?} is {what}", row.cell(*index)),
                            "mend the figure: activity is counted",
                        ));
                        continue;
                    }
                    Said::Amount(Amount::Value(number))
                }
            };
            let place = row.place();
            if let Some(first) = activities.entries.get(&(area, *activity)) {
                let activity = &definition.activity(*activity).name;
                let found = format!("a second figure for {activity}, {}", definition.area(area).name);
                let finding = row.finding(Code::DuplicateFigure, Some(*index), found, "keep the one that is right and delete the other");
                findings.push(finding.with_related(first.place.clone(), "the first is here"));
                continue;
            }
            activities.entries.insert((area, *activity), Entry { said, place });
        }
    });
}
