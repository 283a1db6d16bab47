//! The working behind the counts of an activity: where each is from, and what its parts add up to.

use crate::definition::{Activity, ActivityId, AreaId, Show};
use crate::figure::{Amount, Decimal};
use crate::layout::activity::{activity_cell, change_cell};
use crate::layout::{Block, Cell, Column, Document, Field, Page, TableBuilder, document, prose};
use crate::month::Month;
use crate::scorecard::{ActivityCounts, Scorecard};
use crate::wording;

/// The working of an activity for each of the report's areas and teams.
#[must_use]
pub fn explain_activity(scorecard: &Scorecard<'_>, activity: ActivityId) -> Document {
    let page = |area: &AreaId| {
        Working {
            scorecard,
            area: *area,
            id: activity,
            activity: scorecard.definition.activity(activity),
        }
        .page()
    };
    document(scorecard, Vec::new(), scorecard.scope.areas.iter().map(page).collect())
}

/// The counts of an area or team whose working is shown.
struct Working<'s, 'e> {
    scorecard: &'s Scorecard<'e>,
    area: AreaId,
    id: ActivityId,
    activity: &'s Activity,
}

impl Working<'_, '_> {
    fn page(&self) -> Page {
        let name = &self.scorecard.definition.area(self.area).name;
        let title = format!("{}: {name}", self.activity.name);
        let mut blocks =
            vec![Block::Fields(vec![Field::new("Defined in", self.activity.place.to_string())])];
        blocks.extend(self.counted());
        blocks.extend(self.parts());
        Page { area: Some(name.clone()), ..Page::titled(title, blocks) }
    }

    fn counts(&self, area: AreaId) -> Option<&ActivityCounts> {
        let unit = self.scorecard.activity.iter().find(|unit| unit.area == area)?;
        unit.counts.get(self.id.index())
    }

    /// Both months, and the change.
    fn counted(&self) -> Vec<Block> {
        let month = self.scorecard.month;
        let before = month.before(1);
        let Some(counts) = self.counts(self.area) else {
            let none = format!("There is no count of {} or {}.", before.long(), month.long());
            return vec![Block::paragraph(none)];
        };
        let mut table = TableBuilder::<(String, Cell, String)>::new();
        table.column(Column::text("Month"), |(month, ..)| Cell::text(month));
        table.column(Column::number("Count"), |(_, count, _)| count.clone());
        table.column(Column::flexible("From"), |(.., from)| Cell::text(from));
        let this = activity_cell(counts.this_month.as_ref());
        table.row(&(month.long(), this, self.from(month)));
        if self.activity.show == Show::Change {
            let last = activity_cell(counts.last_month.as_ref());
            table.row(&(before.long(), last, self.from(before)));
            let change = change_cell(counts.this_month.as_ref(), counts.last_month.as_ref());
            table.row(&("Change".to_owned(), change, String::new()));
        }
        let revised = counts.revised.as_ref().filter(|_| self.activity.show == Show::Change);
        let revised = revised.map(|revised| {
            let said = wording::revised_activity(revised, before);
            Block::paragraph(format!("{said}."))
        });
        let table = Block::Table(table.finish("Counts"));
        [Block::heading("Counts"), table].into_iter().chain(revised).collect()
    }

    /// The row that a count of the data folder stands in.
    fn from(&self, month: Month) -> String {
        let extract = self.scorecard.history.extract(month);
        let entry = extract.and_then(|extract| extract.activities.of(self.area, self.id));
        entry.map_or_else(String::new, |entry| entry.place.to_string())
    }

    /// The areas and teams below, and what they add up to.
    fn parts(&self) -> Vec<Block> {
        let definition = self.scorecard.definition;
        let parts: Vec<_> = definition
            .parts_and_teams(self.area, self.scorecard.month)
            .filter_map(|part| Some((part, self.counts(part)?)))
            .collect();
        if parts.is_empty() {
            return Vec::new();
        }
        let mut table = TableBuilder::<(AreaId, &ActivityCounts)>::new();
        table.column(Column::flexible("Area or team"), |(part, _)| {
            Cell::text(&definition.area(*part).name)
        });
        table.column(Column::number("This month"), |(_, counts)| {
            activity_cell(counts.this_month.as_ref())
        });
        if self.activity.show == Show::Change {
            table.column(Column::number("Last month"), |(_, counts)| {
                activity_cell(counts.last_month.as_ref())
            });
            table.column(Column::number("Change"), |(_, counts)| {
                change_cell(counts.this_month.as_ref(), counts.last_month.as_ref())
            });
        }
        for part in &parts {
            table.row(part);
        }
        let mut blocks = vec![Block::heading("Areas and teams")];
        let own = self.counts(self.area).and_then(|counts| counts.this_month.as_ref());
        let this_month = parts.iter().map(|(_, counts)| counts.this_month.as_ref());
        blocks.extend(added_up(own, this_month).map(|said| Block::Prose(vec![said])));
        blocks.push(Block::Table(table.finish("The areas and teams below")));
        blocks
    }
}

/// Whether the parts add up to the whole, where all have a count.
fn added_up<'a>(
    own: Option<&Amount>,
    parts: impl Iterator<Item = Option<&'a Amount>>,
) -> Option<prose::Prose> {
    let Some(Amount::Value(own)) = own else { return None };
    let count = |part: Option<&'a Amount>| match part {
        Some(Amount::Value(count)) => Some(count),
        _ => None,
    };
    let sum = parts.map(count).try_fold(Decimal::new(0, 0), |sum, part| Some(&sum + part?))?;
    let (sum, own) = (sum.trimmed(), own.clone().trimmed());
    Some(prose::paragraph(if sum == own {
        format!("They add up to {}.", sum.grouped())
    } else {
        format!("They add up to {}, and it has {}.", sum.grouped(), own.grouped())
    }))
}
