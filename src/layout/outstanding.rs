//! What a month still has to be filled in: by source and indicator, for the officer who asks for
//! it.

use std::collections::BTreeMap;

use super::{Block, Cell, Column, Document, Field, Page, TableBuilder, prose, whole_cell};
use crate::definition::{AreaId, Definition};
use crate::expected::Expected;
use crate::month::Month;
use crate::text::plural;

/// Lists what is outstanding of a month.
#[must_use]
pub fn outstanding(definition: &Definition, month: Month, outstanding: &Expected) -> Document {
    let title = format!("Outstanding: {}", month.long());
    let mut table = TableBuilder::<OutstandingRow<'_>>::new();
    table.column(Column::text("ID"), |row| Cell::text(row.id));
    table.column(Column::flexible("Indicators"), |row| Cell::text(row.name));
    table.column(Column::text("Areas"), |row| Cell::text(&row.areas));
    table.column(Column::number("Figures"), |row| whole_cell(row.figures));
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
            name: &indicator.name,
            areas: areas(definition, outstanding.areas_of(id)),
            figures,
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
    let blocks = vec![Block::Prose(vec![prose::paragraph(said)]), Block::Table(table)];
    let facts = vec![Field::new("Month", month.long())];
    let page =
        Page { table: None, name: title.clone(), title, area: None, blocks, notes: Vec::new() };
    Document::of(definition, month, facts, vec![page])
}

/// What stands for a source that the definitions do not name.
const NO_SOURCE: &str = "a source that is not named";

/// An indicator or an activity with the figures that are missing.
struct OutstandingRow<'r> {
    id: &'r str,
    name: &'r str,
    areas: String,
    figures: usize,
    source: &'r str,
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
            name: &activity.name,
            areas: areas(definition, of.iter().copied()),
            figures: of.len(),
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
