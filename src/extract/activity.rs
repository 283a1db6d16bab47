//! `activity*.csv`: what each area and team did in a month.

use std::collections::{HashMap, HashSet, hash_map};
use std::sync::Arc;

use super::aside::gives_figure;
use super::cell::CellValue;
use super::contents::Contents;
use super::header::Columns;
use super::names::NameFinder;
use super::results::{check_month, read_cell};
use super::table::{ExtractTable, Refused, TableRow};
use super::twice::{Second, Twice};
use crate::definition::{ActivityId, AreaId, Definition, StandardColumn};
use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::figure::Amount;
use crate::input::File;
use crate::month::Month;
use crate::text::{nearest, quote};

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

/// The activity of a month while it is read.
#[derive(Default)]
pub(super) struct Reader {
    activities: Activities,
    twice: Twice,
    /// The files whose figures give way to those of others.
    gives_way: HashSet<Arc<str>>,
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

    /// Whether any count is suppressed.
    #[must_use]
    pub fn has_suppressed(&self) -> bool {
        self.entries.values().any(|entry| entry.amount == Some(Amount::Suppressed))
    }

    /// Whether there is such a figure.
    pub(super) fn any(&self, is: impl Fn(&ActivityFigure) -> bool) -> bool {
        self.entries.values().any(is)
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

    fn mentions(&self, cell: &str) -> bool {
        !gives_figure(cell)
            && (self.0.has_area(cell) || nearest(&cell.to_lowercase(), self.known()).is_some())
    }

    fn is_name(&self, column: Column, cell: &str) -> bool {
        matches!(column, Column::Area) && self.0.has_area(cell)
    }
}

impl Reader {
    /// Reads one file into what other files of the month have said.
    pub(super) fn read(
        &mut self,
        names: &NameFinder<'_>,
        month: Month,
        file: &File,
        findings: &mut Findings,
    ) {
        let columns = ActivityColumns(names);
        let Some(contents) = Contents::read(file, "an extract of activity", &columns, findings)
        else {
            return;
        };
        let Some(mut table) = ExtractTable::open(&file.name, &contents, &columns, findings) else {
            return;
        };
        let columns = table.columns.clone();
        while let Some(row) = table.next(findings) {
            let mut found = Findings::default();
            let has_figure = self.row(names, month, &columns, &row, &mut found);
            table.settle(found, has_figure, findings);
        }
    }

    /// Reads a row, and says whether it has a figure or something wrong.
    fn row(
        &mut self,
        names: &NameFinder<'_>,
        month: Month,
        columns: &[(usize, Column)],
        row: &TableRow<'_>,
        findings: &mut Findings,
    ) -> bool {
        let definition = names.definition();
        let find = |is: fn(&Column) -> bool| {
            columns.iter().find(|(_, column)| is(column)).map(|(index, _)| *index)
        };
        let month_column = find(|column| matches!(column, Column::Month));
        let is_of_month = check_month(row, month_column, month, findings).is_ok();
        let area = names.area(row, find(|column| matches!(column, Column::Area)), findings);
        let Some(area) = area.filter(|_| is_of_month) else { return true };
        if !definition.area(area).in_force.covers(month) {
            let found = format!(
                "{} is not in force in {}: the row is left out",
                quote(&definition.area(area).name),
                month.long()
            );
            let remedy = "delete the row, or correct `from` and `until` in the definitions";
            let finding = row.finding(Code::NotInForce, None, found, remedy);
            findings.push(finding.about(definition.subject_area(area)));
            return true;
        }
        let mut has_figure = false;
        for (index, column) in columns {
            let Column::Activity(activity) = column else { continue };
            let count = findings.len();
            let amount = read_count(row, *index, findings);
            findings.about_since(count, || definition.subject_activity(area, *activity));
            let Ok(amount) = amount else {
                has_figure = true;
                continue;
            };
            let is_blank = row.cell(*index).is_empty();
            has_figure |= !is_blank;
            let entry = ActivityFigure { amount, is_blank, place: row.place() };
            self.add(definition, (area, *activity), entry, |found, remedy| {
                row.finding(Code::DuplicateFigure, Some(*index), found, remedy)
            });
        }
        has_figure
    }

    /// Notes that the figures of a file give way to those of others.
    pub(super) fn gives_way(&mut self, path: &Arc<str>) {
        self.gives_way.insert(Arc::clone(path));
    }

    /// Says where the figures of a file come from, by their lines.
    pub(super) fn keep_places(&mut self, path: &Arc<str>, places: &HashMap<u32, Vec<Place>>) {
        for entry in self.activities.entries.values_mut().filter(|entry| entry.place.path == *path)
        {
            let place = entry.place.line.and_then(|line| places.get(&line)?.first());
            if let Some(place) = place {
                entry.place = place.clone();
            }
        }
    }

    /// Reads a row in the standard form, and says whether it has a figure or something wrong.
    pub(super) fn standard_row(
        &mut self,
        names: &NameFinder<'_>,
        month: Month,
        row: &TableRow<'_>,
        findings: &mut Findings,
    ) -> bool {
        let activity = StandardColumn::Activity as usize;
        let text = row.cell(activity);
        let column = names.activity(text).filter(|_| !text.is_empty());
        if column.is_none() {
            let found = format!("there is no activity {}", quote(text));
            let guess = names.guess_of(StandardColumn::Activity, text);
            let remedy = format!(
                "{guess}define it with an [[activity]], say under [source.names.activity] what it \
                    is, or leave the row out"
            );
            findings.push(row.finding(Code::UnknownActivity, Some(activity), found, remedy));
        }
        let area = (StandardColumn::Area as usize, Column::Area);
        let value = StandardColumn::Value as usize;
        let columns = column.map(|activity| (value, Column::Activity(activity)));
        let columns: Vec<_> = std::iter::once(area).chain(columns).collect();
        self.row(names, month, &columns, row, findings) || column.is_none()
    }

    /// Adds a figure, unless there is one already.
    fn add(
        &mut self,
        definition: &Definition,
        about: (AreaId, ActivityId),
        entry: ActivityFigure,
        finding: impl FnOnce(String, &'static str) -> Finding,
    ) {
        self.twice.count(&entry.place.path, 1);
        let first = match self.activities.entries.entry(about) {
            hash_map::Entry::Vacant(vacant) => {
                vacant.insert(entry);
                return;
            }
            hash_map::Entry::Occupied(first) => first.into_mut(),
        };
        let (path, first_path) = (Arc::clone(&entry.place.path), Arc::clone(&first.place.path));
        if entry.is_blank != first.is_blank && path != first_path {
            if first.is_blank {
                *first = entry;
            }
        } else if self.gives_way.contains(&path) != self.gives_way.contains(&first_path) {
            if self.gives_way.contains(&first_path) {
                *first = entry;
            }
        } else if (entry.is_blank, &entry.amount) == (first.is_blank, &first.amount) {
            let places = || (entry.place.clone(), first.place.clone());
            self.twice.equal(&path, &first_path, places);
        } else {
            let subject = definition.subject_activity(about.0, about.1);
            let (area, activity) = (definition.area(about.0), definition.activity(about.1));
            self.twice.different(&path, &first_path, || {
                let what = format!("{}, {}", activity.name, area.name);
                let remedy = "keep the one that is right and delete the other";
                let finding = finding(format!("a second figure for {what}"), remedy);
                let (place, first) = (entry.place.clone(), first.place.clone());
                Second { what, subject, place, first, finding: Some(finding) }
            });
        }
    }

    /// Says what the files say twice.
    pub(super) fn finish(self, findings: &mut Findings) -> Activities {
        self.twice.finish(findings);
        self.activities
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
        CellValue::NoFigure(reason) => return Ok(Some(Amount::NoFigure(reason))),
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
