//! What each area and team did: this month, last month, the change.

use super::notes::Notes;
use super::{Block, Cell, Column, Number, Page, Row, Table, TableName, count_cell, prose};
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
    let mut columns = vec![Column::flexible("Area or team")];
    for (group, activity) in definition.activities.iter().enumerate() {
        let name = &activity.name;
        match activity.show {
            Show::Month => columns.push(Column::number(name).grouped(group)),
            Show::Change => {
                columns.extend(["This month", "Last month", "Change"].map(|what| {
                    Column::number(format!("{name} - {what}")).under(name, what).grouped(group)
                }));
            }
        }
    }
    columns.push(Column::alone("Part of"));

    let mut notes = Notes::default();
    let is_reported = |area: AreaId| {
        [this, last]
            .into_iter()
            .flatten()
            .any(|extract| extract.activities.has_area(area, definition))
    };
    let rows = scorecard
        .within()
        .filter(|area| is_reported(*area))
        .map(|area| {
            let name = &definition.area(area).name;
            let mut cells = vec![Cell::text(name).about(name, None)];
            for id in definition.activity_ids() {
                let now = this.and_then(|extract| extract.activities.amount(area, id));
                match definition.activity(id).show {
                    Show::Month => cells.push(activity_cell(now)),
                    Show::Change => {
                        let month = scorecard.month.before(1);
                        let (before, revised) =
                            scorecard.assessor.reported_activity(area, id, month);
                        let note = revised
                            .map(|revised| notes.mark(wording::revised_activity(&revised, month)));
                        let last_month = activity_cell(before.as_ref())
                            .marked(note.map(|_| Mark::Revised))
                            .noted(note);
                        cells.extend([
                            activity_cell(now),
                            last_month,
                            change_cell(now, before.as_ref()),
                        ]);
                    }
                }
            }
            let parent = definition.area(area).parent;
            cells
                .push(parent.map_or_else(Cell::missing, |parent| {
                    Cell::text(&definition.area(parent).name)
                }));
            Row::Cells(cells)
        })
        .collect::<Vec<_>>();
    let title = "Activity".to_owned();
    let table = Table { caption: format!("{title}, {}", scorecard.month.long()), columns, rows };
    let nothing = table
        .rows
        .is_empty()
        .then(|| Block::Prose(vec![prose::paragraph("There are no figures of activity.")]));
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
