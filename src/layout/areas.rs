//! Indicators down, areas across.

use super::notes::Notes;
use super::{Block, Cell, Column, Page, Sections, Table, TableName, result_cell};
use crate::assess::Entry;
use crate::definition::AreaId;
use crate::scorecard::Scorecard;

/// The latest result and rating of every indicator in every area of the report, and in those below
/// them, that has any.
pub(super) fn page(
    scorecard: &Scorecard<'_>,
    assessed: &[(AreaId, Vec<Entry<'_>>)],
) -> Option<Page> {
    let definition = scorecard.definition;
    let has_figures = |entries: &[Entry<'_>]| entries.iter().any(|entry| entry.including.is_some());
    let areas: Vec<_> = assessed
        .iter()
        .filter(|(area, entries)| scorecard.is_chosen(*area) || has_figures(entries))
        .collect();
    let mut columns = vec![Column::text("ID"), Column::flexible("Indicators")];
    for (group, (area, _)) in areas.iter().enumerate() {
        let name = &definition.area(*area).name;
        columns.push(Column::number(name).under(name, "Result").grouped(group));
        columns.push(
            Column::mark("RAG").in_full(format!("{name} RAG")).under(name, "RAG").grouped(group),
        );
    }
    columns.push(Column::alone("Section"));

    let mut notes = Notes::default();
    let mut sections = Sections::default();
    let (_, first) = areas.first()?;
    for index in 0..first.len() {
        let indicator = definition.indicator(first[index].indicator);
        let mut cells = vec![Cell::text(indicator.shown_id()), Cell::text(&indicator.name)];
        for (area, entries) in &areas {
            let area = &definition.area(*area).name;
            let assessed = entries[index].including.as_ref();
            let carried = assessed
                .and_then(|assessed| notes.carried_forward(definition, assessed, scorecard.month));
            let rating =
                assessed.and_then(|assessed| notes.rating_tie(definition, assessed, indicator));
            let result = notes.firmness(
                result_cell(assessed, indicator),
                assessed.map(|assessed| &assessed.figure),
                indicator,
            );
            cells.push(result.noted(carried).about(area, first[index].indicator));
            cells.push(
                Cell::rag(assessed.and_then(|assessed| assessed.rag))
                    .noted(rating)
                    .about(area, first[index].indicator),
            );
        }
        cells.push(Cell::text(&indicator.section));
        sections.push(&indicator.section, cells);
    }
    let title = "Indicators by area".to_owned();
    let table = Table {
        caption: format!("{title}, {}", scorecard.month.long()),
        columns,
        rows: sections.rows,
    };
    Some(Page {
        table: Some(TableName::Areas),
        name: "Areas".to_owned(),
        title,
        area: None,
        blocks: vec![Block::Table(table)],
        notes: notes.into_texts(),
    })
}
