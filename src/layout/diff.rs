//! What is different between two months, publications or projects.

use super::changes::{document, in_words, row, table};
use super::{Cell, Document, Field, Row};
use crate::record::{Changes, Described};

/// The differences, in words and then as a table.
#[must_use]
pub fn diff(title: &str, from: &str, to: &str, changes: &Changes<'_>) -> Document {
    let mut sentences = in_words(changes);
    if sentences.is_empty() {
        sentences.push("Nothing is different.".to_owned());
    }
    let mut rows = Vec::new();
    let mut section = |heading: &str, cells: Vec<Vec<Cell>>| {
        if !cells.is_empty() {
            rows.push(Row::Section(heading.to_owned()));
            rows.extend(cells.into_iter().map(Row::Cells));
        }
    };
    let came = changes
        .indicators_come
        .iter()
        .map(|indicator| of_indicator(indicator, "Indicator", "", "came"));
    let went = changes
        .indicators_gone
        .iter()
        .map(|indicator| of_indicator(indicator, "Indicator", "went", ""));
    let areas_came = changes.areas_come.iter().map(|area| of_area(area, "", "came"));
    let areas_went = changes.areas_gone.iter().map(|area| of_area(area, "went", ""));
    section("Came and went", came.chain(went).chain(areas_came).chain(areas_went).collect());
    section(
        "Definitions",
        changes
            .definitions
            .iter()
            .map(|(indicator, key, was, is)| of_indicator(indicator, key, was, is))
            .collect(),
    );
    for figures in changes.figures.chunk_by(|a, b| a.area == b.area) {
        section(figures[0].area, figures.iter().map(|change| row(change, Vec::new())).collect());
    }
    let caption = format!("{from} to {to}");
    let table = table(&caption, &[], rows);
    let mut document =
        document(caption, vec![Field::new("From", from), Field::new("To", to)], sentences, table);
    title.clone_into(&mut document.title);
    document
}

fn of_indicator(indicator: &Described, what: &str, was: &str, now: &str) -> Vec<Cell> {
    cells(indicator.shown_id(), &indicator.name, "", what, was, now)
}

fn of_area(area: &str, was: &str, now: &str) -> Vec<Cell> {
    cells("", "", area, "Area", was, now)
}

/// A row of texts; what is not said is missing.
fn cells(id: &str, name: &str, area: &str, what: &str, was: &str, now: &str) -> Vec<Cell> {
    let cell = |text: &str| if text.is_empty() { Cell::missing() } else { Cell::text(text) };
    vec![
        cell(id),
        cell(name),
        cell(area),
        Cell::missing(),
        cell(what),
        cell(was),
        cell(now),
        Cell::missing(),
    ]
}
