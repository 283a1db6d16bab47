//! What has been published and would be different today, or was different when it was published again.

use super::changes::{Difference, columns, document, has_percentages, in_words};
use super::diff::difference;
use super::{Cell, Column, Document, Field};
use crate::month::Month;
use crate::record::Changes;

/// What is different between a publication and the next one, or today.
pub struct Step<'s> {
    /// The month.
    pub month: Month,
    /// What was published: `publication 1 of 1 March 2016`.
    pub from: String,
    /// What it is compared with: `publication 2 of 5 April 2016`, `today`.
    pub to: String,
    /// Why it was published again.
    pub reason: Option<String>,
    /// What is different.
    pub changes: Changes<'s>,
    /// For each figure that is different the files that are, in the same order.
    pub files: Vec<String>,
    /// The files that make counts of activity different.
    pub activity_files: String,
    /// What there is to say where nothing can be compared.
    pub remark: Option<String>,
}

impl Step<'_> {
    /// Whether the month was published again.
    fn is_republication(&self) -> bool {
        self.reason.is_some()
    }

    fn is_told(&self) -> bool {
        self.is_republication() || !self.changes.is_empty() || self.remark.is_some()
    }
}

/// Lists every republication, and what would be different today.
#[must_use]
pub fn revisions(title: &str, steps: &[Step<'_>]) -> Document {
    let mut sentences = Vec::new();
    let has_percentages = steps.iter().any(|step| has_percentages(&step.changes));
    let mut table = columns(|row: &RevisionRow<'_>| &row.difference, has_percentages);
    table.column(Column::text("File"), |row| {
        if row.file.is_empty() { Cell::missing() } else { Cell::text(row.file) }
    });
    table.column(Column::alone("Reason"), |row| {
        row.step.reason.as_ref().map_or_else(Cell::missing, Cell::text)
    });
    table.column(Column::alone("Month"), |row| Cell::text(row.step.month.to_string()));
    table.column(Column::alone("From"), |row| Cell::text(&row.step.from));
    table.column(Column::alone("To"), |row| Cell::text(&row.step.to));
    for step in steps.iter().filter(|step| step.is_told()) {
        let heading = format!("{}: {} to {}", step.month.long(), step.from, step.to);
        let reason =
            step.reason.as_deref().map_or_else(String::new, |reason| format!(" ({reason})"));
        let mut words: Vec<_> =
            step.remark.clone().into_iter().chain(in_words(&step.changes)).collect();
        if words.is_empty() {
            words.push("No figure is different.".to_owned());
        }
        let words = words.join(" ");
        sentences.push(format!("{heading}{reason}: {words}"));
        table.section(format!("{heading}{reason}"));
        for (change, file) in step.changes.figures.iter().zip(&step.files) {
            table.row(&RevisionRow { difference: Difference::of(change), file, step });
        }
        for change in &step.changes.activity {
            let difference = Difference::of_activity(change);
            table.row(&RevisionRow { difference, file: &step.activity_files, step });
        }
        let changes = &step.changes;
        if changes.figures.is_empty() && changes.activity.is_empty() && step.is_republication() {
            let difference = difference("Published again", "", "");
            table.row(&RevisionRow { difference, file: "", step });
        }
    }
    if steps.is_empty() {
        sentences.push("Nothing has been published.".to_owned());
    } else if steps.iter().all(|step| step.is_republication() || !step.is_told()) {
        sentences.push("No figure that has been published would be different today.".to_owned());
    }
    let caption = "Revisions".to_owned();
    let table = table.finish(caption.clone());
    let mut document =
        document(caption, vec![Field::new("Published", published(steps))], sentences, table);
    title.clone_into(&mut document.title);
    document
}

/// A figure that a step changed.
struct RevisionRow<'r> {
    difference: Difference,
    file: &'r str,
    step: &'r Step<'r>,
}

/// The months that have been published: `December 2015, January 2016`.
fn published(steps: &[Step<'_>]) -> String {
    let mut months: Vec<_> = steps.iter().map(|step| step.month.long()).collect();
    months.dedup();
    if months.is_empty() { "nothing".to_owned() } else { months.join(", ") }
}
