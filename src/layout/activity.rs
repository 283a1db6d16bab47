//! What each area and team did: this month, last month, the change.

use super::notes::Notes;
use super::{Block, Cell, Column, Number, Page, TableBuilder, TableName, count_cell, prose};
use crate::definition::{AreaId, Show};
use crate::extract::Mark;
use crate::figure::{Amount, Decimal, Ratio};
use crate::scorecard::Scorecard;
use crate::wording;

/// The activity of the report's areas and of the areas and teams below them; nothing where no
/// activity is defined.
pub(super) fn page(scorecard: &Scorecard<'_>) -> Option<Page> {
    let definition = scorecard.definition;
    if definition.activities.is_empty() {
        return None;
    }
    let (this, last) = (scorecard.extract(), scorecard.extract_of(scorecard.month.before(1)));
    let before = scorecard.month.before(1);
    let notes = Notes::default();
    let mut table = TableBuilder::<AreaId>::new();
    table.column(Column::flexible("Area or team"), |area| {
        let name = &definition.area(*area).name;
        Cell::text(name).about(name, None)
    });
    for (group, id) in definition.activity_ids().enumerate() {
        let activity = definition.activity(id);
        let name = &activity.name;
        let now = move |area: AreaId| this.and_then(|extract| extract.activities.amount(area, id));
        let reported = move |area: AreaId| scorecard.assessor.reported_activity(area, id, before);
        match activity.show {
            Show::Month => {
                let column = Column::number(name).grouped(group);
                table.column(column, move |area| activity_cell(now(*area)));
            }
            Show::Change => {
                let column = |what: &str| {
                    Column::number(format!("{name} - {what}")).under(name, what).grouped(group)
                };
                let notes = &notes;
                table.column(column("This month"), move |area| activity_cell(now(*area)));
                table.column(column("Last month"), move |area| {
                    let (amount, revised) = reported(*area);
                    let note = revised
                        .map(|revised| notes.mark(wording::revised_activity(&revised, before)));
                    let mark = note.map(|_| Mark::Revised);
                    activity_cell(amount.as_ref()).marked(mark).noted(note)
                });
                table.column(column("Change"), move |area| {
                    change_cell(now(*area), reported(*area).0.as_ref())
                });
            }
        }
    }
    table.column(Column::alone("Part of"), |area| {
        let parent = definition.area(*area).parent;
        parent.map_or_else(Cell::missing, |parent| Cell::text(&definition.area(parent).name))
    });

    let is_reported = |area: AreaId| {
        [this, last]
            .into_iter()
            .flatten()
            .any(|extract| extract.activities.has_area(area, definition))
    };
    for area in scorecard.within().filter(|area| is_reported(*area)) {
        table.row(&area);
    }
    let nothing = table
        .is_empty()
        .then(|| Block::Prose(vec![prose::paragraph("There are no figures of activity.")]));
    let title = "Activity".to_owned();
    let table = table.finish(format!("{title}, {}", scorecard.month.long()));
    Some(Page {
        table: Some(TableName::Activity),
        name: title.clone(),
        title,
        area: None,
        blocks: nothing.into_iter().chain([Block::Table(table)]).collect(),
        notes: notes.into_texts(),
    })
}

fn activity_cell(amount: Option<&Amount>) -> Cell {
    match amount {
        Some(Amount::Value(count)) => count_cell(count),
        Some(Amount::Suppressed) => Cell::text(wording::SUPPRESSED),
        Some(Amount::Ratio { .. }) | None => Cell::missing(),
    }
}

/// This month minus last month, with its sign; `[c]` where either may not be shown.
fn change_cell(now: Option<&Amount>, before: Option<&Amount>) -> Cell {
    match (now, before) {
        (Some(Amount::Value(now)), Some(Amount::Value(before))) => {
            let change: Decimal = (now - before).trimmed();
            Cell::number(Number {
                exact: Ratio::from(&change),
                shown: change,
                percent: false,
                signed: true,
            })
        }
        (Some(Amount::Suppressed), Some(_)) | (Some(_), Some(Amount::Suppressed)) => {
            Cell::text(wording::SUPPRESSED)
        }
        _ => Cell::missing(),
    }
}
