//! What each indicator is: what a reader of the other tables may want to look up.

use super::report_name;
use super::{
    Block, Cell, Column, DetailPart, Page, TableBuilder, TableName, area_name, defined_cell,
    floor_cell,
};
use crate::assess::Assessed;
use crate::definition::{AreaId, Frequency, Indicator, IndicatorId, Standard, Target};
use crate::month::Month;
use crate::scorecard::Scorecard;
use crate::wording;

/// The headings of what a web page has below something else.
const SHORT_NAME: &str = "Short name";
const UNIT: &str = "Unit";
const DATA_PERIOD: &str = "Data Period";
const OUT_OF: &str = "Out of";

/// Every indicator in force with its target and floor of the report month's year.
pub(super) fn page(scorecard: &Scorecard<'_>) -> Page {
    let definition = scorecard.definition;
    let year = definition.financial_year(scorecard.month);
    let short = year.short();
    let floor_heading = format!("Floor for {year}");
    let text = |text: Option<&String>| text.map_or_else(Cell::missing, Cell::text);
    let mut table = TableBuilder::<DefinitionRow<'_>>::new();
    table.column(Column::ids().not_on_screen(), |row| Cell::text(row.indicator.shown_id()));
    table.column(Column::flexible("Indicators"), |row| {
        let mut detail = vec![DetailPart::of(UNIT, wording::unit_in_full(row.indicator))];
        if let Some(short) = &row.indicator.labels.short {
            detail.splice(0..0, [DetailPart::of(SHORT_NAME, short), DetailPart::words("; ")]);
        }
        Cell::text(&row.indicator.name).with_id(row.indicator.shown_id()).with_detail(detail)
    });
    table.optional_column(Column::text(SHORT_NAME).spare(6).not_on_screen(), |row| {
        text(row.indicator.labels.short.as_ref())
    });
    table.optional_column(Column::mark("Priority").in_short("Prio.").spare(6), |row| {
        if row.indicator.labels.is_priority { Cell::text("Yes") } else { Cell::missing() }
    });
    table.column(Column::mark("Polarity").in_short("Pol."), |row| {
        Cell::text(row.indicator.polarity.as_str())
    });
    table.column(Column::mark(DATA_PERIOD).in_short("Per.").not_on_screen(), |row| {
        Cell::text(row.indicator.period.as_str())
    });
    table.column(Column::text(UNIT).spare(3).not_on_screen(), |row| {
        Cell::text(wording::unit_in_full(row.indicator))
    });
    table.column(
        Column::number(format!("Target for {year}"))
            .in_csv(format!("Target for {short}"))
            .in_short(format!("Target {year}")),
        |row| {
            let floor = floor(scorecard, row);
            let heading = floor_heading.clone();
            let detail = vec![DetailPart::words("floor "), DetailPart::of(heading, &floor.text)];
            let detail = if floor.is_missing() { Vec::new() } else { detail };
            defined_cell(definition, row.id, scorecard.month).with_detail(detail)
        },
    );
    table.column(
        Column::number(&floor_heading)
            .in_csv(format!("Floor for {short}"))
            .in_short(format!("Floor {year}"))
            .not_on_screen(),
        |row| floor(scorecard, row),
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
        let out_of = row.indicator.labels.out_of.as_ref();
        let detail = out_of.map_or_else(Vec::new, |out_of| {
            vec![DetailPart::words("out of "), DetailPart::of(OUT_OF, out_of)]
        });
        text(row.indicator.labels.counted.as_ref()).with_detail(detail)
    });
    table.optional_column(Column::text(OUT_OF).spare(6).not_on_screen(), |row| {
        text(row.indicator.labels.out_of.as_ref())
    });
    table.column(Column::text("What the period covers").spare(5), |row| {
        let period = DetailPart::of(DATA_PERIOD, row.indicator.period.as_str());
        Cell::text(wording::period(definition, row.indicator, row.latest_month(scorecard.month)))
            .with_detail(vec![period])
    });
    table.optional_column(Column::text("Leaves out").spare(3), |row| {
        let cohorts = row.indicator.excludes.iter();
        let names: Vec<_> =
            cohorts.map(|cohort| definition.cohort(*cohort).name.as_str()).collect();
        if names.is_empty() { Cell::missing() } else { Cell::text(names.join(", ")) }
    });
    table.column(Column::text("Source").spare(4), |row| {
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
    let title = "Definitions";
    let caption = format!("{title} of the indicators, {}", report_name(scorecard));
    let table = table.finish(caption);
    Page { table: Some(TableName::Definitions), ..Page::titled(title, vec![Block::Table(table)]) }
}

/// The floor of the year, or how it is worked out.
fn floor(scorecard: &Scorecard<'_>, row: &DefinitionRow<'_>) -> Cell {
    match scorecard.definition.target(row.id, scorecard.month) {
        Some(Target::Relative(relative)) => {
            wording::relative_floor(relative, row.indicator).map_or_else(Cell::missing, Cell::text)
        }
        _ => floor_cell(row.standard, row.indicator),
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
