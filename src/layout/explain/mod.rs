//! The working behind one figure: what an officer shows a member who asks why it went red.
//!
//! It lays out the evidence that the rules returned with their answers and works nothing out again.

mod activity;
mod comparisons;
mod parts;
mod rating;
mod result;
mod source;

pub use activity::explain_activity;

use super::notes::Notes;
use super::{Block, Document, Field, Page, area_name, block, document, statistics};
use crate::assess::Entry;
use crate::definition::{AreaId, Indicator, IndicatorId};
use crate::scorecard::Scorecard;
use crate::wording;

/// The working of an indicator for each of the report's areas.
#[must_use]
pub fn explain(scorecard: &Scorecard<'_>, indicator: IndicatorId) -> Document {
    let pages = scorecard
        .scope
        .areas
        .iter()
        .map(|area| WorkingPage::new(scorecard, *area, indicator).page())
        .collect();
    document(scorecard, Vec::new(), pages)
}

/// The working of an indicator for one area.
pub(super) fn working(
    scorecard: &Scorecard<'_>,
    area: AreaId,
    indicator: IndicatorId,
) -> block::Working {
    let page = WorkingPage::that_leaves(scorecard, area, indicator).page();
    block::Working { area: area_name(scorecard, area).to_owned(), indicator, page }
}

/// The working of an indicator for one area, for a page that has more to say of it.
pub(super) fn blocks(
    scorecard: &Scorecard<'_>,
    area: AreaId,
    indicator: IndicatorId,
    notes: &Notes,
) -> Vec<Block> {
    WorkingPage::that_leaves(scorecard, area, indicator).blocks(notes)
}

/// One figure whose working is shown.
struct WorkingPage<'s, 'e> {
    scorecard: &'s Scorecard<'e>,
    area: AreaId,
    id: IndicatorId,
    indicator: &'s Indicator,
    places: Places,
}

/// How much a page says of where its figures are from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Places {
    /// The files and lines.
    Full,
    /// The same from the folder of the project, on a page that leaves the building: where that
    /// folder is, is nobody's business.
    WithinProject,
    /// Nothing, to the public.
    Nowhere,
}

impl<'s, 'e> WorkingPage<'s, 'e> {
    fn new(scorecard: &'s Scorecard<'e>, area: AreaId, id: IndicatorId) -> Self {
        let indicator = scorecard.definition.indicator(id);
        Self { scorecard, area, id, indicator, places: Places::Full }
    }

    fn that_leaves(scorecard: &'s Scorecard<'e>, area: AreaId, id: IndicatorId) -> Self {
        let is_public = scorecard.definition.public().is_some();
        let places = if is_public { Places::Nowhere } else { Places::WithinProject };
        Self { places, ..Self::new(scorecard, area, id) }
    }
}

impl WorkingPage<'_, '_> {
    fn page(&self) -> Page {
        let notes = Notes::default();
        let mut blocks = vec![Block::Fields(self.about())];
        blocks.extend(self.blocks(&notes));
        let area = area_name(self.scorecard, self.area);
        let named = wording::named(self.indicator);
        let title = format!("{named}: {area}");
        Page {
            area: Some(area.to_owned()),
            notes: notes.into_texts(),
            ..Page::titled(title, blocks)
        }
    }

    /// From the result to what it is compared with.
    fn blocks(&self, notes: &Notes) -> Vec<Block> {
        let mut blocks = Vec::new();
        let entry = self.scorecard.entry(self.area, self.id);
        match entry.and_then(|entry| Some((entry, entry.including.as_ref()?))) {
            None => {
                blocks.push(Block::paragraph(self.why_nothing(entry)));
                blocks.extend(entry.into_iter().flat_map(|entry| self.benchmarks(entry)));
                blocks.extend(entry.into_iter().flat_map(|entry| self.earlier(entry, notes)));
            }
            Some((entry, assessed)) => {
                blocks.extend(self.result(assessed));
                let amount = &assessed.figure.amount;
                blocks.extend(entry.gap.as_deref().map(|sides| self.gap(sides, amount)));
                blocks.extend(self.rating(entry, assessed));
                blocks.extend(statistics::working(
                    self.scorecard.definition,
                    entry,
                    self.indicator,
                ));
                blocks.extend(self.benchmarks(entry));
                blocks.extend(self.comparisons(entry, notes));
                blocks.extend(self.cohorts(entry, notes));
                blocks.extend(self.parts(assessed));
            }
        }
        blocks
    }

    fn about(&self) -> Vec<Field> {
        let indicator = self.indicator;
        let mut fields = Vec::new();
        if indicator.labels.short.is_some() {
            fields.push(Field::new("Measure", &indicator.name));
        }
        fields.extend([
            Field::new("Section", &indicator.section),
            Field::new("Polarity", wording::polarity(indicator.polarity)),
        ]);
        fields.push(Field::new("Defined in", self.told(&indicator.place)));
        let later =
            wording::later_targets(self.scorecard.definition, indicator, self.scorecard.month);
        if !later.is_empty() {
            fields.push(Field::new("Later targets", later));
        }
        fields.extend(indicator.coverage.as_ref().map(|coverage| {
            let of = self.scorecard.definition.indicator(coverage.indicator);
            let robust = coverage.robust.as_ref().map_or_else(String::new, |robust| {
                format!(", robust above {}", wording::share(robust))
            });
            let needed = wording::share(&coverage.needed);
            let said = format!("{needed} of indicator {} is needed{robust}", of.shown_id());
            Field::new("Coverage", said)
        }));
        fields.extend(indicator.note.as_ref().map(|note| Field::new("Note", note)));
        fields
    }

    fn why_nothing(&self, entry: Option<&Entry<'_>>) -> String {
        let area = area_name(self.scorecard, self.area);
        let month =
            wording::period_end(self.scorecard.definition, self.indicator, self.scorecard.month);
        if !self.indicator.in_force.covers(self.scorecard.month) {
            return format!(
                "The indicator is not in force in {month}: its `from` and `until` say when it is \
                    reported."
            );
        }
        let months = self.indicator.frequency.months();
        let carried = if months > 1 {
            format!(", nor in the {} months before", months - 1)
        } else {
            String::new()
        };
        let none = format!("{area} has no figure for it in {month}{carried}");
        let sides = entry.and_then(|entry| entry.gap.as_deref());
        if let Some(sides) = sides {
            return format!("{none}: {}.", self.sides(sides));
        }
        match entry.and_then(|entry| entry.withheld.as_ref()) {
            Some(sum) => {
                let why = wording::withheld(self.scorecard.definition, sum);
                format!("{none}: it would be the sum of its parts, and {why}.")
            }
            None => format!("{none}."),
        }
    }
}
