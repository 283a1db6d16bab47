//! What a month still has to be filled in: by source and indicator, for the officer who asks for
//! it.

use std::collections::BTreeMap;

use super::{Block, Cell, Column, Document, Field, Page, Row, Table, prose, whole_cell};
use crate::definition::{AreaId, Definition};
use crate::expected::Expected;
use crate::month::Month;
use crate::text::plural;

/// Lists what is outstanding of a month.
#[must_use]
pub fn outstanding(definition: &Definition, month: Month, outstanding: &Expected) -> Document {
    let title = format!("Outstanding: {}", month.long());
    let mut sources: BTreeMap<Option<&str>, Vec<Vec<Cell>>> = BTreeMap::new();
    for id in definition.indicator_ids() {
        let rows = outstanding.results.iter().filter(|(indicator, _, _)| *indicator == id).count();
        if rows == 0 {
            continue;
        }
        let indicator = definition.indicator(id);
        let source = indicator.accountability.source.as_deref();
        let cells = vec![
            Cell::text(indicator.shown_id()),
            Cell::text(&indicator.name),
            Cell::text(areas(definition, outstanding.areas_of(id))),
            whole_cell(rows),
            Cell::text(source.unwrap_or(NO_SOURCE)),
        ];
        sources.entry(source).or_default().push(cells);
    }
    let mut rows = Vec::new();
    for (source, indicators) in sources {
        rows.push(Row::Section(format!("From {}", source.unwrap_or(NO_SOURCE))));
        rows.extend(indicators.into_iter().map(Row::Cells));
    }
    rows.extend(activity(definition, outstanding));
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
    let columns = vec![
        Column::text("ID"),
        Column::flexible("Indicators"),
        Column::text("Areas"),
        Column::number("Figures"),
        Column::alone("Source"),
    ];
    let table = Table { caption: title.clone(), columns, rows };
    let blocks = vec![Block::Prose(vec![prose::paragraph(said)]), Block::Table(table)];
    let facts = vec![Field::new("Month", month.long())];
    let page =
        Page { table: None, name: title.clone(), title, area: None, blocks, notes: Vec::new() };
    Document::of(definition, month, facts, vec![page])
}

/// What stands for a source that the definitions do not name.
const NO_SOURCE: &str = "a source that is not named";

fn activity(definition: &Definition, outstanding: &Expected) -> Vec<Row> {
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
        rows.push(Row::Cells(vec![
            Cell::text(&activity.id),
            Cell::text(&activity.name),
            Cell::text(areas(definition, of.iter().copied())),
            whole_cell(of.len()),
            Cell::text("Activity"),
        ]));
    }
    if !rows.is_empty() {
        rows.insert(0, Row::Section("Activity".to_owned()));
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
