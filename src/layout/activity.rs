//! What each area and team did: this month, last month, the change.

use super::notes::Notes;
use super::{Block, Cell, Column, Number, Page, Sign, TableBuilder, TableName, count_cell, prose};
use crate::definition::Show;
use crate::extract::Mark;
use crate::figure::{Amount, Decimal, Ratio};
use crate::scorecard::{ActivityCounts, Scorecard, UnitActivity};
use crate::wording;

/// The activity of the report's areas and of the areas and teams below them; nothing where no
/// activity is defined.
pub(super) fn page(scorecard: &Scorecard<'_>) -> Option<Page> {
    let definition = scorecard.definition;
    if definition.activities.is_empty() {
        return None;
    }
    let before = scorecard.month.before(1);
    let notes = Notes::default();
    let mut table = TableBuilder::<UnitActivity>::noted();
    table.column(Column::flexible("Area or team"), |unit| {
        let name = &definition.area(unit.area).name;
        Cell::text(name).about(name, None)
    });
    for (group, id) in definition.activity_ids().enumerate() {
        let activity = definition.activity(id);
        let name = &activity.name;
        let counts = move |unit: &UnitActivity| unit.counts[id.index()].clone();
        match activity.show {
            Show::Month => {
                let column = Column::number(name).grouped(group);
                let notes = &notes;
                table.column(column, move |unit| {
                    let cell = activity_cell(counts(unit).this_month.as_ref());
                    notes.data_notes(cell, scorecard.data_notes_of_activity(unit.area, id))
                });
            }
            Show::Change => {
                let column = |what: &str| {
                    Column::number(format!("{name} - {what}")).under(name, what).grouped(group)
                };
                let notes = &notes;
                table.column(column("This month"), move |unit| {
                    let cell = activity_cell(counts(unit).this_month.as_ref());
                    notes.data_notes(cell, scorecard.data_notes_of_activity(unit.area, id))
                });
                table.column(column("Last month"), move |unit| {
                    let ActivityCounts { last_month, revised, .. } = counts(unit);
                    let note = revised
                        .map(|revised| notes.mark(wording::revised_activity(&revised, before)));
                    let mark = note.map(|_| Mark::Revised);
                    activity_cell(last_month.as_ref()).marked(mark).noted(note)
                });
                table.column(column("Change"), move |unit| {
                    let ActivityCounts { this_month, last_month, .. } = counts(unit);
                    change_cell(this_month.as_ref(), last_month.as_ref())
                });
            }
        }
    }
    table.column(Column::alone("Part of"), |unit| {
        let parent = definition.area(unit.area).parent;
        parent.map_or_else(Cell::missing, |parent| Cell::text(&definition.area(parent).name))
    });

    for unit in &scorecard.activity {
        table.row(unit);
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

pub(super) fn activity_cell(amount: Option<&Amount>) -> Cell {
    match amount {
        Some(Amount::Value(count)) => count_cell(count),
        Some(amount @ (Amount::Suppressed | Amount::Low | Amount::NoFigure(_))) => {
            Cell::text(wording::no_result(amount))
        }
        Some(Amount::Ratio { .. } | Amount::Gap(_)) | None => Cell::missing(),
    }
}

/// This month minus last month, with its sign; `[c]` where either may not be shown.
pub(super) fn change_cell(now: Option<&Amount>, before: Option<&Amount>) -> Cell {
    match (now, before) {
        (Some(Amount::Value(now)), Some(Amount::Value(before))) => {
            let change: Decimal = (now - before).trimmed();
            Cell::number(Number {
                exact: Ratio::from(&change),
                shown: change,
                unit: Sign::None,
                signed: true,
            })
        }
        // There is no change from or to no figure, whether or not it is said why.
        (Some(Amount::NoFigure(_)), _) | (_, Some(Amount::NoFigure(_))) => Cell::missing(),
        (Some(Amount::Suppressed), Some(_)) | (Some(_), Some(Amount::Suppressed)) => {
            Cell::text(wording::SUPPRESSED)
        }
        _ => Cell::missing(),
    }
}
