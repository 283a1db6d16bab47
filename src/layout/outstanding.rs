//! What a month still has to be filled in: by source and indicator, for the officer who asks for
//! it.

use std::collections::BTreeMap;

use super::{Block, Cell, Column, Document, Field, Page, TableBuilder, whole_cell};
use crate::definition::{AreaId, Definition, ExtractSource};
use crate::expected::Expected;
use crate::extract::GivenSource;
use crate::month::Month;
use crate::text::plural;

/// Lists what is outstanding of a month.
#[must_use]
pub fn outstanding(
    definition: &Definition,
    month: Month,
    outstanding: &Expected,
    given: &[GivenSource],
) -> Document {
    let title = format!("Outstanding: {}", month.long());
    let mut table = TableBuilder::<OutstandingRow<'_>>::new();
    table.column(Column::ids(), |row| Cell::text(row.id));
    table.column(Column::flexible("Indicators"), |row| Cell::text(&row.name));
    table.column(Column::text("Areas"), |row| Cell::text(&row.areas));
    table.column(Column::number("Figures"), |row| {
        row.figures.map_or_else(|| Cell::text(""), whole_cell)
    });
    table.column(Column::alone("Source"), |row| Cell::text(row.source));

    let mut sources: BTreeMap<Option<&str>, Vec<OutstandingRow<'_>>> = BTreeMap::new();
    for id in definition.indicator_ids() {
        let figures =
            outstanding.results.iter().filter(|(indicator, _, _)| *indicator == id).count();
        if figures == 0 {
            continue;
        }
        let indicator = definition.indicator(id);
        let source = indicator.accountability.source.as_deref();
        sources.entry(source).or_default().push(OutstandingRow {
            id: indicator.shown_id(),
            name: indicator.name.clone(),
            areas: areas(definition, outstanding.areas_of(id)),
            figures: Some(figures),
            source: source.unwrap_or(NO_SOURCE),
        });
    }
    for (source, rows) in sources {
        table.section(format!("From {}", source.unwrap_or(NO_SOURCE)));
        for row in rows {
            table.row(&row);
        }
    }
    for row in activity(definition, outstanding) {
        table.row_in("Activity", &row);
    }
    for row in files(definition, given) {
        table.row_in("Files", &row);
    }
    let cells: usize = outstanding.results.len() + outstanding.activity.len();
    let said = if outstanding.is_empty() {
        "Nothing is outstanding.".to_owned()
    } else {
        format!(
            "{cells} {} to be filled in, in the extracts of {}.",
            plural(cells, "figure is", "figures are"),
            month.long()
        )
    };
    let table = table.finish(title.clone());
    let blocks = vec![Block::paragraph(said), Block::Table(table)];
    let facts = vec![Field::new("Month", month.long())];
    Document::of(definition, month, facts, vec![Page::titled(title, blocks)])
}

/// What stands for a source that the definitions do not name.
const NO_SOURCE: &str = "a source that is not named";

/// An indicator or an activity with the figures that are missing, or a source with its file.
struct OutstandingRow<'r> {
    id: &'r str,
    name: String,
    areas: String,
    figures: Option<usize>,
    source: &'r str,
}

/// Each source with its file, or with what its file has to be called.
fn files<'r>(definition: &'r Definition, given: &[GivenSource]) -> Vec<OutstandingRow<'r>> {
    let row = |source: &'r ExtractSource| {
        let given = given.iter().find(|given| given.id == source.id);
        let there: Vec<_> = given.into_iter().flat_map(|given| &given.files).collect();
        let wanted = || match &source.folder {
            Some(folder) => format!("{} in {folder}", source.files.join(" or ")),
            None => source.files.join(" or "),
        };
        let name = match there[..] {
            [] => wanted(),
            [one] => one.to_string(),
            [first, ..] => format!("{first} and {} more", there.len() - 1),
        };
        let state = if there.is_empty() { "outstanding" } else { "there" };
        OutstandingRow {
            id: &source.id,
            name,
            areas: state.to_owned(),
            figures: None,
            source: "Files",
        }
    };
    definition.sources.iter().map(row).collect()
}

fn activity<'r>(definition: &'r Definition, outstanding: &Expected) -> Vec<OutstandingRow<'r>> {
    let mut rows = Vec::new();
    for id in definition.activity_ids() {
        let of: Vec<_> = outstanding
            .activity
            .iter()
            .filter(|(_, activity)| *activity == id)
            .map(|(area, _)| *area)
            .collect();
        if of.is_empty() {
            continue;
        }
        let activity = definition.activity(id);
        rows.push(OutstandingRow {
            id: &activity.id,
            name: activity.name.clone(),
            areas: areas(definition, of.iter().copied()),
            figures: Some(of.len()),
            source: "Activity",
        });
    }
    rows
}

/// The first areas by name, and how many more there are.
fn areas(definition: &Definition, areas: impl Iterator<Item = AreaId>) -> String {
    /// As many as a column has room for.
    const MOST: usize = 2;
    let names: Vec<_> = areas.map(|area| definition.area(area).name.as_str()).collect();
    match names.len() {
        0..=MOST => names.join(", "),
        count => format!("{} and {} more", names[..MOST].join(", "), count - MOST),
    }
}
