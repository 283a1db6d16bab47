//! What is different between two months, publications or projects.

use super::changes::{Difference, columns, document, has_percentages, in_words};
use super::{Cell, Document, Field};
use crate::record::Changes;
use crate::record::results::IndicatorInfo;

/// The differences, in words and then as a table.
#[must_use]
pub fn diff(title: &str, from: &str, to: &str, changes: &Changes<'_>) -> Document {
    let mut sentences = in_words(changes);
    if sentences.is_empty() {
        sentences.push("No figure is different.".to_owned());
    }
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
    let mut table = columns(|difference: &Difference| difference, has_percentages(changes));
    for difference in came.chain(went).chain(areas_came).chain(areas_went) {
        table.row_in("Came and went", &difference);
    }
    for (indicator, key, was, is) in &changes.definitions {
        table.row_in("Definitions", &of_indicator(indicator, key, was, is));
    }
    for figures in changes.figures.chunk_by(|a, b| a.area == b.area) {
        table.section(figures[0].area);
        for change in figures {
            table.row(&Difference::of(change));
        }
    }
    for counts in changes.activity.chunk_by(|a, b| a.area == b.area) {
        table.section(format!("{}, activity", counts[0].area));
        for change in counts {
            table.row(&Difference::of_activity(change));
        }
    }
    let caption = format!("{from} to {to}");
    let table = table.finish(caption.clone());
    let mut document =
        document(caption, vec![Field::new("From", from), Field::new("To", to)], sentences, table);
    title.clone_into(&mut document.title);
    document
}

fn of_indicator(indicator: &IndicatorInfo, what: &str, was: &str, now: &str) -> Difference {
    Difference {
        id: cell(indicator.shown_id()),
        name: cell(&indicator.name),
        ..difference(what, was, now)
    }
}

fn of_area(area: &str, was: &str, now: &str) -> Difference {
    Difference { area: cell(area), ..difference("Area", was, now) }
}

/// A difference in words; what is not said is missing.
pub(super) fn difference(what: &str, was: &str, now: &str) -> Difference {
    Difference {
        id: Cell::missing(),
        name: Cell::missing(),
        area: Cell::missing(),
        who: Cell::missing(),
        what: cell(what),
        was: cell(was),
        now: cell(now),
        by: Cell::missing(),
    }
}

fn cell(text: &str) -> Cell {
    if text.is_empty() { Cell::missing() } else { Cell::text(text) }
}
