//! What each indicator is: what a reader of the other tables may want to look up.

use super::{Block, Cell, Column, Page, Sections, Table, TableName, floor_cell, target_cell};
use crate::definition::{Indicator, IndicatorId};
use crate::scorecard::Scorecard;
use crate::wording;

/// Every indicator in force with its target and floor of the report month's year.
pub(super) fn page(scorecard: &Scorecard<'_>) -> Page {
    let definition = scorecard.definition;
    let year = definition.financial_year(scorecard.month).short();
    let in_force = || definition.indicators_in_force(scorecard.month);
    // A column that would be empty from top to bottom tells nobody anything.
    let leaves_out = in_force().any(|id| !definition.indicator(id).excludes.is_empty());
    let mut columns = vec![
        Column::text("ID"),
        Column::flexible("Indicators"),
        Column::mark("Polarity").in_short("Pol."),
        Column::mark("Data Period").in_short("Per."),
        Column::text("Unit"),
        Column::number(format!("Target for {year}")).in_short(format!("Target {year}")),
        Column::number(format!("Floor for {year}")).in_short(format!("Floor {year}")),
        Column::text("Bandings").spare(2),
        Column::text("What the period covers").spare(5),
    ];
    if leaves_out {
        columns.push(Column::text("Leaves out").spare(3));
    }
    columns.extend([
        Column::text("Source").spare(1),
        Column::text("Note").spare(4),
        Column::alone("Section"),
    ]);

    let mut sections = Sections::default();
    for id in in_force() {
        let indicator = definition.indicator(id);
        sections.push(&indicator.section, row(scorecard, id, indicator, leaves_out));
    }
    let title = "Definitions".to_owned();
    let caption = format!("{title} of the indicators, {}", scorecard.month.long());
    let table = Table { caption, columns, rows: sections.rows };
    Page {
        table: Some(TableName::Definitions),
        name: title.clone(),
        title,
        area: None,
        blocks: vec![Block::Table(table)],
        notes: Vec::new(),
    }
}

fn row(
    scorecard: &Scorecard<'_>,
    id: IndicatorId,
    indicator: &Indicator,
    leaves_out: bool,
) -> Vec<Cell> {
    let definition = scorecard.definition;
    let standard = definition.standard(id, scorecard.month);
    let text = |text: Option<&String>| text.map_or_else(Cell::missing, Cell::text);
    let mut cells = vec![
        Cell::text(indicator.shown_id()),
        Cell::text(&indicator.name),
        Cell::text(indicator.polarity.as_str()),
        Cell::text(indicator.period.as_str()),
        Cell::text(wording::unit(indicator.unit)),
        target_cell(standard, indicator),
        floor_cell(standard, indicator),
        standard.map_or_else(Cell::missing, |standard| {
            Cell::text(wording::bandings(standard, indicator))
        }),
        Cell::text(wording::period(definition, indicator, scorecard.month)),
    ];
    if leaves_out {
        let names: Vec<_> = indicator
            .excludes
            .iter()
            .map(|cohort| definition.cohort(*cohort).name.as_str())
            .collect();
        cells.push(if names.is_empty() { Cell::missing() } else { Cell::text(names.join(", ")) });
    }
    cells.extend([
        text(indicator.accountability.source.as_ref()),
        text(indicator.note.as_ref()),
        Cell::text(&indicator.section),
    ]);
    cells
}
