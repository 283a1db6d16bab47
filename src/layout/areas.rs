//! Indicators down, areas across.

use super::benchmarks::BenchmarkColumns;
use super::notes::Notes;
use super::periods::covered;
use super::report_name;
use super::{Block, Cell, Column, Page, TableBuilder, TableName, latest_cell, rating_cell};
use crate::assess::{AssessedArea, Entry};
use crate::definition::Indicator;
use crate::scorecard::Scorecard;

/// The latest result and rating of every indicator in every area of the report, and in those below
/// them, that has any.
pub(super) fn page(scorecard: &Scorecard<'_>) -> Option<Page> {
    let definition = scorecard.definition;
    let has_figures = |entries: &[Entry<'_>]| entries.iter().any(|entry| entry.including.is_some());
    let areas: Vec<_> = scorecard
        .areas
        .iter()
        .filter(|AssessedArea { area, entries }| {
            scorecard.scope.is_chosen(*area) || has_figures(entries)
        })
        .collect();
    let (notes, benchmarks) = (Notes::default(), BenchmarkColumns::of(scorecard));
    let mut table = TableBuilder::<(usize, &Indicator)>::noted();
    table.column(Column::ids().not_on_screen(), |(_, indicator)| Cell::text(indicator.shown_id()));
    table.column(Column::flexible("Indicators"), |(_, indicator)| {
        Cell::text(&indicator.name).with_id(indicator.shown_id())
    });
    for (group, AssessedArea { area, entries }) in areas.iter().enumerate() {
        let name = &definition.area(*area).name;
        let notes = &notes;
        let result = move |(index, indicator): &(usize, &Indicator)| {
            let entry = &entries[*index];
            let cell = latest_cell(scorecard, entry.including.as_ref(), indicator, notes)
                .about(name, entry.indicator);
            notes.data_notes(cell, scorecard.data_notes(*area, entry.indicator))
        };
        let rating = move |(index, indicator): &(usize, &Indicator)| {
            let entry = &entries[*index];
            rating_cell(definition, entry.including.as_ref(), indicator, notes)
                .about(name, entry.indicator)
        };
        let column = Column::number(name).under(name, "Result").grouped(group);
        table.column(column.not_on_screen(), result);
        let column = Column::mark("RAG").in_full(format!("{name} RAG")).under(name, "RAG");
        table.column(column.grouped(group).not_on_screen(), rating);
        // A web page has the two in one, so that a dozen areas fit a laptop.
        table.column(Column::number(name).grouped(group).on_screen(), move |row| {
            let (result, rating) = (result(row), rating(row));
            let notes = rating.notes.iter().filter(|note| !result.notes.contains(note));
            notes
                .fold(result.clone(), |cell, note| cell.noted(Some(*note)))
                .rated(rating.coloured())
        });
    }
    for (group, (benchmark, [heading, short])) in (areas.len()..).zip(benchmarks.iter()) {
        let (benchmarks, areas, notes) = (&benchmarks, &areas, &notes);
        table.column(Column::number(heading).in_short(short).grouped(group), move |(index, _)| {
            let mut entries = areas.iter().map(|assessed| &assessed.entries[*index]);
            // Its period is that of the first area with a result.
            let entry = entries.find(|entry| entry.including.is_some());
            let entry = entry.or(areas.first().map(|assessed| &assessed.entries[*index]));
            benchmarks.cell(benchmark, entry, notes)
        });
    }
    table.column(Column::alone("Section"), |(_, indicator)| Cell::text(&indicator.section));

    // Every area has the same indicators in the same order.
    for (index, entry) in areas.first()?.entries.iter().enumerate() {
        let indicator = definition.indicator(entry.indicator);
        for latest in areas.iter().filter_map(|area| area.entries[index].including.as_ref()) {
            // The footnote of the rating is numbered before that of the figure.
            notes.period(scorecard, latest, indicator);
            notes.rating_tie(definition, latest, indicator);
            notes.provisional_or_revised(definition, &latest.figure, indicator);
        }
        table.row_in(&indicator.section, &(index, indicator));
    }
    let title = "Indicators by area";
    let table = table.finish(format!("{title}, {}", report_name(scorecard)));
    let figures = areas.iter().flat_map(|assessed| &assessed.entries).filter_map(|entry| {
        Some((definition.indicator(entry.indicator), entry.including.as_ref()?.figure.month))
    });
    let covered = covered(scorecard, figures);
    let blocks = [Block::Table(table)].into_iter().chain(covered).collect();
    Some(Page {
        table: Some(TableName::Areas),
        name: "Areas".to_owned(),
        notes: notes.into_texts(),
        ..Page::titled(title, blocks)
    })
}
