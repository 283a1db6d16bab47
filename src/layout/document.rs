//! A document: its pages, with what is said of all of them.

use super::block::{Block, Document, Field, Page};
use super::key;
use super::prose::{self, Prose, Span};
use super::table_name::TableName;
use crate::definition::Definition;
use crate::diagnostic::{Findings, Severity};
use crate::extract::Status;
use crate::month::{Date, Month};
use crate::scorecard::Scorecard;
use crate::wording;

/// The pages with what is said of all of them.
pub(super) fn document(
    scorecard: &Scorecard<'_>,
    covering: Vec<Block>,
    pages: Vec<Page>,
) -> Document {
    Document {
        dated: Some(dated(scorecard)),
        covering,
        ..Document::of(scorecard.definition, scorecard.month, facts(scorecard), pages)
    }
}

impl Document {
    /// Pages about a month.
    pub(super) fn of(
        definition: &Definition,
        month: Month,
        facts: Vec<Field>,
        pages: Vec<Page>,
    ) -> Self {
        Self {
            organisation: definition.organisation.clone(),
            dated: Some(Date::last_of(month)),
            ..Self::about(definition.title.clone(), month.long(), facts, pages)
        }
    }

    /// Pages about something else.
    pub(super) fn about(
        title: String,
        subject: String,
        facts: Vec<Field>,
        pages: Vec<Page>,
    ) -> Self {
        Self {
            title,
            organisation: None,
            subject,
            dated: None,
            facts,
            key: key::table(),
            covering: Vec::new(),
            pages,
            workings: Vec::new(),
        }
    }

    /// Adds to the notes what the checks found and nobody put right: the warnings.
    pub fn tell(&mut self, findings: &Findings) {
        let Some(notes) = self.pages.iter_mut().find(|page| page.table == Some(TableName::Notes))
        else {
            return;
        };
        let warnings =
            findings.sorted().into_iter().filter(|finding| finding.severity == Severity::Warning);
        // Where in which file is for the officer, who has been told.
        let item = |found: &str| Prose::Item {
            depth: 0,
            number: None,
            spans: vec![Span { text: found.to_owned(), ..Span::default() }],
        };
        let warnings: Vec<_> = warnings.map(|finding| item(&finding.found)).collect();
        notes.blocks.push(Block::Heading("What the checks found".to_owned()));
        notes.blocks.push(Block::Prose(if warnings.is_empty() {
            vec![prose::paragraph("The checks of the figures found nothing to warn of.")]
        } else {
            warnings
        }));
    }
}

/// The day that the report is of: when the figures were extracted, what day they describe, or the
/// end of their month.
fn dated(scorecard: &Scorecard<'_>) -> Date {
    let about = scorecard.extract().map(|extract| &extract.about);
    about
        .and_then(|about| about.extracted.or(about.as_at))
        .unwrap_or_else(|| Date::last_of(scorecard.month))
}

/// Whose report it is, for which month, as at when.
fn facts(scorecard: &Scorecard<'_>) -> Vec<Field> {
    let about = scorecard.extract().map(|extract| &extract.about);
    let mut facts = Vec::new();
    if let Some(organisation) = &scorecard.definition.organisation {
        facts.push(Field::new("Organisation", organisation));
    }
    facts.push(Field::new("Month", scorecard.month.long()));
    if let Some(about) = about {
        let dates =
            [("As at", about.as_at), ("Extracted", about.extracted), ("Meeting", about.meeting)];
        facts.extend(
            dates
                .into_iter()
                .filter_map(|(label, date)| Some(Field::new(label, wording::date(date?)))),
        );
    }
    let is_final = about.is_some_and(|about| about.status == Some(Status::Final));
    facts.push(Field::new("Status", wording::publication_status(scorecard.status, is_final)));
    facts
}
