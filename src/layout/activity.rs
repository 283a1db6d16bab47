//! What each area and team did: this month, last month, the change.

use super::notes::Notes;
use super::{
    Block, Cell, Column, DetailPart, Number, Page, Sign, TableBuilder, TableName, count_cell,
};
use crate::definition::{ActivityId, Show};
use crate::extract::Mark;
use crate::figure::{Amount, Decimal, Ratio};
use crate::scorecard::{ActivityCounts, AssessedActivity, Scorecard};
use crate::wording;

/// What the columns of an activity are that is compared with last month.
const THIS_MONTH: &str = "This month";
const LAST_MONTH: &str = "Last month";
const CHANGE: &str = "Change";

/// The activity of the report's areas and of the areas and teams below them; nothing where no
/// activity is defined.
pub(super) fn page(scorecard: &Scorecard<'_>) -> Option<Page> {
    let definition = scorecard.definition;
    if definition.activities.is_empty() {
        return None;
    }
    let notes = Notes::default();
    let mut table = TableBuilder::<AssessedActivity>::noted();
    table.column(Column::flexible("Area or team"), |row| {
        let name = &definition.area(row.area).name;
        Cell::text(name).about(name, None)
    });
    for (group, id) in definition.activity_ids().enumerate() {
        let activity = definition.activity(id);
        let cells = ActivityCells { scorecard, notes: &notes, id };
        match activity.show {
            Show::Month => {
                let column = Column::number(&activity.name).grouped(group);
                table.column(column, move |row| cells.this_month(row));
            }
            Show::Change => change_columns(&mut table, group, cells),
        }
    }
    table.column(Column::alone("Part of"), |row| {
        let parent = definition.area(row.area).parent;
        parent.map_or_else(Cell::missing, |parent| Cell::text(&definition.area(parent).name))
    });

    for row in &scorecard.activity {
        table.row(row);
    }
    let nothing = table.is_empty().then(|| Block::paragraph("There are no figures of activity."));
    let title = "Activity";
    let table = table.finish(format!("{title}, {}", scorecard.month.long()));
    let blocks = nothing.into_iter().chain([Block::Table(table)]).collect();
    Some(Page {
        table: Some(TableName::Activity),
        notes: notes.into_texts(),
        ..Page::titled(title, blocks)
    })
}

/// The cells of an activity.
#[derive(Clone, Copy)]
struct ActivityCells<'p> {
    scorecard: &'p Scorecard<'p>,
    notes: &'p Notes,
    id: ActivityId,
}

impl<'p> ActivityCells<'p> {
    fn name(self) -> &'p str {
        &self.scorecard.definition.activity(self.id).name
    }

    fn counts(self, row: &AssessedActivity) -> &ActivityCounts {
        &row.counts[self.id.index()]
    }

    fn this_month(self, row: &AssessedActivity) -> Cell {
        let cell = activity_cell(self.counts(row).this_month.as_ref());
        self.notes.data_notes(cell, self.scorecard.data_notes_of_activity(row.area, self.id))
    }

    fn last_month(self, row: &AssessedActivity) -> Cell {
        let ActivityCounts { last_month, revised, .. } = self.counts(row);
        let before = self.scorecard.month.before(1);
        let note = revised
            .as_ref()
            .map(|revised| self.notes.mark(wording::revised_activity(revised, before)));
        let mark = note.map(|_| Mark::Revised);
        activity_cell(last_month.as_ref()).marked(mark).noted(note)
    }

    fn change(self, row: &AssessedActivity) -> Cell {
        let ActivityCounts { this_month, last_month, .. } = self.counts(row);
        change_cell(this_month.as_ref(), last_month.as_ref())
    }
}

/// This month, last month and the change between them. A web page has the three in one column, for
/// which a small screen has room.
fn change_columns<'p>(
    table: &mut TableBuilder<'p, AssessedActivity>,
    group: usize,
    cells: ActivityCells<'p>,
) {
    let name = cells.name();
    let heading = move |what: &str| format!("{name} - {what}");
    let column =
        |what: &str| Column::number(heading(what)).under(name, what).grouped(group).not_on_screen();
    table.column(column(THIS_MONTH), move |row| cells.this_month(row));
    table.column(column(LAST_MONTH), move |row| cells.last_month(row));
    table.column(column(CHANGE), move |row| cells.change(row));
    let together = Column::number(format!("{name}, and change since last month"));
    let together = together.in_full(heading(THIS_MONTH)).grouped(group).on_screen();
    table.column(together, move |row| {
        let (now, before) = (cells.this_month(row), cells.last_month(row));
        let last = DetailPart::of(heading(LAST_MONTH), &before.text);
        let change = cells.change(row);
        let detail = if before.is_missing() {
            Vec::new()
        } else if change.is_missing() {
            vec![last, DetailPart::words(" last month")]
        } else {
            let change = DetailPart::of(heading(CHANGE), change.text);
            vec![change, DetailPart::words(" from "), last]
        };
        let notes = before.notes.into_iter().map(Some);
        notes.fold(now, Cell::noted).with_detail(detail)
    });
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
