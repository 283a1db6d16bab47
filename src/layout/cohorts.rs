//! Cohorts side by side: each indicator for everyone and for each cohort that has results of its
//! own, and the difference.

use super::notes::Notes;
use super::report_name;
use super::{
    Block, Cell, Column, Page, TableBuilder, TableName, area_name, difference_cell,
    difference_column, latest_cell, page_name, rating_cell,
};
use crate::assess::{Assessed, Entry};
use crate::definition::{AreaId, Indicator};
use crate::scorecard::Scorecard;

/// The cohorts of an area.
pub(super) fn page(scorecard: &Scorecard<'_>, area: AreaId, entries: &[Entry<'_>]) -> Page {
    let definition = scorecard.definition;
    let notes = Notes::default();
    let mut table = TableBuilder::<CohortsRow<'_, '_>>::noted();
    table.column(Column::ids().not_on_screen(), |row| Cell::text(row.indicator.shown_id()));
    table.column(Column::flexible("Indicators"), |row| {
        Cell::text(&row.indicator.name).with_id(row.indicator.shown_id())
    });
    table.column(Column::number("Everyone"), |row| {
        latest_cell(scorecard, row.everyone(), row.indicator, &notes)
    });
    table.column(Column::mark("Everyone RAG").in_short("RAG"), |row| {
        rating_cell(definition, row.everyone(), row.indicator, &notes)
    });
    for cohort in definition.own_cohorts() {
        let name = &definition.cohort(cohort).name;
        let notes = &notes;
        table.column(Column::number(name.clone()), move |row| {
            latest_cell(scorecard, row.entry.of_cohort(cohort), row.indicator, notes)
        });
        table.column(Column::mark(format!("{name} RAG")).in_short("RAG"), move |row| {
            rating_cell(definition, row.entry.of_cohort(cohort), row.indicator, notes)
        });
        let column = difference_column(&format!("{name} difference"), "Diff.", true);
        table.column(column, move |row| {
            let Some(own) = row.entry.own.iter().find(|own| own.cohort == cohort) else {
                return Cell::missing();
            };
            difference_cell(&own.difference, &own.assessed, row.everyone(), row.indicator)
        });
    }
    table.column(Column::alone("Section"), |row| Cell::text(&row.indicator.section));
    for entry in entries {
        let indicator = definition.indicator(entry.indicator);
        table.row_in(&indicator.section, &CohortsRow { entry, indicator });
    }
    let title = format!("Cohorts: {}", area_name(scorecard, area));
    let table = table.finish(format!("{title}, {}", report_name(scorecard)));
    let none = definition.own_cohorts().next().is_none().then(|| {
        let said = "No cohort has results of its own: `own = true` in its [[cohort]] shows them.";
        Block::paragraph(said)
    });
    Page {
        table: Some(TableName::Cohorts),
        name: page_name(scorecard, "Cohorts", area),
        title,
        area: Some(area_name(scorecard, area).to_owned()),
        blocks: none.map_or_else(|| vec![Block::Table(table)], |none| vec![none]),
        notes: notes.into_texts(),
    }
}

/// An indicator of the area.
struct CohortsRow<'r, 'e> {
    entry: &'r Entry<'e>,
    indicator: &'r Indicator,
}

impl<'r, 'e> CohortsRow<'r, 'e> {
    fn everyone(&self) -> Option<&'r Assessed<'e>> {
        self.entry.including.as_ref()
    }
}
