//! What each indicator is: what a reader of the other tables may want to look up.

use super::report_name;
use super::{
    Block, Cell, Column, Page, TableBuilder, TableName, area_name, defined_cell, floor_cell,
};
use crate::assess::Assessed;
use crate::definition::{AreaId, Frequency, Indicator, IndicatorId, Standard, Target};
use crate::month::Month;
use crate::scorecard::Scorecard;
use crate::wording;

/// Every indicator in force with its target and floor of the report month's year.
pub(super) fn page(scorecard: &Scorecard<'_>) -> Page {
    let definition = scorecard.definition;
    let year = definition.financial_year(scorecard.month);
    let short = year.short();
    let text = |text: Option<&String>| text.map_or_else(Cell::missing, Cell::text);
    let mut table = TableBuilder::<DefinitionRow<'_>>::new();
    table.column(Column::ids().not_on_screen(), |row| Cell::text(row.indicator.shown_id()));
    table.column(Column::flexible("Indicators"), |row| {
        Cell::text(&row.indicator.name).with_id(row.indicator.shown_id())
    });
    table.optional_column(Column::text("Short name").spare(6), |row| {
        text(row.indicator.labels.short.as_ref())
    });
    table.optional_column(Column::mark("Priority").in_short("Prio.").spare(6), |row| {
        if row.indicator.labels.is_priority { Cell::text("Yes") } else { Cell::missing() }
    });
    table.column(Column::mark("Polarity").in_short("Pol."), |row| {
        Cell::text(row.indicator.polarity.as_str())
    });
    table.column(Column::mark("Data Period").in_short("Per."), |row| {
        Cell::text(row.indicator.period.as_str())
    });
    table.column(Column::text("Unit"), |row| Cell::text(wording::unit_in_full(row.indicator)));
    table.column(
        Column::number(format!("Target for {year}"))
            .in_csv(format!("Target for {short}"))
            .in_short(format!("Target {year}")),
        |row| defined_cell(definition, row.id, scorecard.month),
    );
    table.column(
        Column::number(format!("Floor for {year}"))
            .in_csv(format!("Floor for {short}"))
            .in_short(format!("Floor {year}")),
        |row| match definition.target(row.id, scorecard.month) {
            Some(Target::Relative(relative)) => {
                let floor = wording::relative_floor(relative, row.indicator);
                floor.map_or_else(Cell::missing, Cell::text)
            }
            _ => floor_cell(row.standard, row.indicator),
        },
    );
    table.optional_column(Column::text("Worked out as").spare(2), |row| {
        worked_out(scorecard, row).map_or_else(Cell::missing, Cell::text)
    });
    table.optional_column(Column::text("Later targets").spare(2), |row| {
        let later = wording::later_targets(definition, row.indicator, scorecard.month);
        if later.is_empty() { Cell::missing() } else { Cell::text(later) }
    });
    table.column(Column::text("Bandings").spare(2), |row| {
        let year = definition.financial_year(scorecard.month);
        if let Some(rated) = &row.indicator.rated_against {
            let bandings = wording::benchmark::bandings(definition, row.indicator, rated);
            return Cell::text(bandings);
        }
        match (row.standard, row.indicator.standards.expected(year, scorecard.month)) {
            (Some(standard), _) => Cell::text(wording::bandings(standard, row.indicator)),
            (None, Some(range)) => {
                let range = wording::expected_range(range, row.indicator);
                Cell::text(format!("Expected from {range}"))
            }
            (None, None) => Cell::missing(),
        }
    });
    table.optional_column(Column::text("Counted").spare(6), |row| {
        text(row.indicator.labels.counted.as_ref())
    });
    table.optional_column(Column::text("Out of").spare(6), |row| {
        text(row.indicator.labels.out_of.as_ref())
    });
    table.column(Column::text("What the period covers").spare(5), |row| {
        Cell::text(wording::period(definition, row.indicator, row.latest_month(scorecard.month)))
    });
    table.optional_column(Column::text("Leaves out").spare(3), |row| {
        let cohorts = row.indicator.excludes.iter();
        let names: Vec<_> =
            cohorts.map(|cohort| definition.cohort(*cohort).name.as_str()).collect();
        if names.is_empty() { Cell::missing() } else { Cell::text(names.join(", ")) }
    });
    table.column(Column::text("Source").spare(1), |row| {
        text(row.indicator.accountability.source.as_ref())
    });
    table.column(Column::text("Note").spare(4), |row| text(row.indicator.note.as_ref()));
    table.column(Column::alone("Section"), |row| Cell::text(&row.indicator.section));

    for id in definition.indicators_shown(scorecard.month) {
        let indicator = definition.indicator(id);
        let standard = definition.standard(id, scorecard.month);
        let figure = latest(scorecard, id);
        let row = DefinitionRow { id, indicator, standard, figure };
        table.row_in(&indicator.section, &row);
    }
    let title = "Definitions".to_owned();
    let caption = format!("{title} of the indicators, {}", report_name(scorecard));
    let table = table.finish(caption);
    Page {
        table: Some(TableName::Definitions),
        name: title.clone(),
        title,
        area: None,
        blocks: vec![Block::Table(table)],
        notes: Vec::new(),
    }
}

/// The latest figure of an indicator in the first area of the report that has one.
fn latest<'r, 'e>(
    scorecard: &'r Scorecard<'e>,
    id: IndicatorId,
) -> Option<(AreaId, &'r Assessed<'e>)> {
    scorecard.chosen().find_map(|assessed| {
        let entry = assessed.entries.iter().find(|entry| entry.indicator == id)?;
        Some((assessed.area, entry.including.as_ref()?))
    })
}

/// What a target comes to that is worked out, for the latest figure: `Kent: 10.5%, the figure of
/// England for Q2 2015/16, 10.5%`.
fn worked_out(scorecard: &Scorecard<'_>, row: &DefinitionRow<'_>) -> Option<String> {
    let (area, assessed) = row.figure?;
    let standard = assessed.standard()?;
    let working = standard.working.as_ref()?;
    Some(format!(
        "{}: {}, {}",
        area_name(scorecard, area),
        wording::target(standard, row.indicator),
        wording::working(scorecard.definition, row.indicator, working),
    ))
}

/// An indicator with its target and floor, and its latest figure with the area that has it.
struct DefinitionRow<'r> {
    id: IndicatorId,
    indicator: &'r Indicator,
    standard: Option<&'r Standard>,
    figure: Option<(AreaId, &'r Assessed<'r>)>,
}

impl DefinitionRow<'_> {
    /// The month of the latest figure. `None` for a quarterly or annual indicator without one; the
    /// others are due in the month of the report.
    fn latest_month(&self, report: Month) -> Option<Month> {
        let is_monthly = self.indicator.frequency == Frequency::Monthly;
        let figure = self.figure.map(|(_, assessed)| assessed.figure.month);
        figure.or_else(|| is_monthly.then_some(report))
    }
}
