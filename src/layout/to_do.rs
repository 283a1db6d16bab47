//! What a check found, as a list to be worked through: who does what, and what is done.

use super::{Block, Cell, Column, Document, Page, TableBuilder, whole_cell};
use crate::definition::Definition;
use crate::diagnostic::{Finding, Place};

/// Lists findings, in the order given. Without definitions, indicators have no names.
#[must_use]
pub fn to_do(definition: Option<&Definition>, findings: &[&Finding]) -> Document {
    let title = "To do".to_owned();
    let mut table = TableBuilder::<&Finding>::new();
    table.column(Column::text("Severity"), |finding| Cell::text(finding.severity.as_str()));
    table.column(Column::text("Code"), |finding| Cell::text(finding.code.as_str()));
    table.column(Column::text("Indicator"), |finding| {
        let subject = &finding.subject;
        text_or_nothing(subject.indicator.as_deref().or(subject.activity.as_deref()))
    });
    table.column(Column::text("Name"), move |finding| {
        text_or_nothing(definition.and_then(|definition| name(definition, finding)))
    });
    table.column(Column::text("Area"), |finding| text_or_nothing(finding.subject.area.as_deref()));
    table.column(Column::text("File"), |finding| {
        text_or_nothing(finding.place.as_ref().map(|place| &*place.path))
    });
    table.column(Column::text("Line or cell"), |finding| {
        finding.place.as_ref().map_or_else(nothing, line_or_cell)
    });
    table.column(Column::flexible("What"), |finding| Cell::text(&finding.found));
    table.column(Column::flexible("What to do"), |finding| Cell::text(&finding.remedy));
    // For whoever works through it.
    table.column(Column::text("Who"), |_| nothing());
    table.column(Column::text("Done"), |_| nothing());
    for finding in findings {
        table.row(finding);
    }
    let page = Page::titled(&title, vec![Block::Table(table.finish(&title))]);
    let document = Document::about(title.clone(), title, Vec::new(), vec![page]);
    match definition {
        Some(definition) => document.for_directors(definition),
        None => document,
    }
}

/// The name of the indicator or activity that a finding is about.
fn name<'d>(definition: &'d Definition, finding: &Finding) -> Option<&'d str> {
    let subject = &finding.subject;
    let indicator = || definition.find_indicator(subject.indicator.as_deref()?);
    let activity = || definition.find_activity(subject.activity.as_deref()?);
    let name = indicator().map(|id| &definition.indicator(id).name);
    name.or_else(|| activity().map(|id| &definition.activity(id).name)).map(String::as_str)
}

fn line_or_cell(place: &Place) -> Cell {
    match (&place.cell, place.line) {
        (Some(cell), _) => Cell::text(cell),
        (None, Some(line)) => whole_cell(line as usize),
        (None, None) => nothing(),
    }
}

fn text_or_nothing(text: Option<&str>) -> Cell {
    text.map_or_else(nothing, Cell::text)
}

/// A cell that is left blank.
fn nothing() -> Cell {
    Cell::text("")
}
