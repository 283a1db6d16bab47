//! The scorecard: every indicator of an area.

use super::notes::Notes;
use super::{Block, Cell, Column, Page, Sections, Table, area_name, outcome_cell, ratio_cells, result_cell, target_cell};
use crate::assess::{Assessed, Comparison, Entry};
use crate::definition::{AreaId, Indicator};
use crate::scorecard::Scorecard;

/// The scorecard of an area, with the headings that the papers use.
pub(super) fn page(scorecard: &Scorecard<'_>, area: AreaId, entries: &[Entry<'_>]) -> Page {
    let definition = scorecard.definition;
    let year = definition.financial_year(scorecard.month).short();
    let outturn = scorecard.assessor.outturn_month().short();
    let columns = vec![
        Column::text("ID"),
        Column::flexible("Indicators"),
        Column::mark("Polarity").in_short("Pol.").spare(3),
        Column::mark("Data Period").in_short("Per.").spare(3),
        Column::number("Latest Result"),
        Column::mark("RAG Status").in_short("RAG"),
        Column::number("Num").spare(2),
        Column::number("Denom").spare(2),
        Column::number(format!("Target for {year}")).in_short(format!("Target {year}")).spare(1),
        Column::number("Previous Reported Result").in_short("Prev. Result"),
        Column::mark("DoT from previous").in_short("DoT prev."),
        Column::number(format!("Outturn ({outturn}) Result")).in_short(format!("Outturn {outturn}")),
        Column::mark("DoT from outturn").in_short("DoT out."),
        Column::alone("Section"),
    ];
    let mut notes = Notes::default();
    let mut sections = Sections::default();
    for entry in entries {
        let indicator = definition.indicator(entry.indicator);
        sections.push(&indicator.section, row(scorecard, entry, indicator, &mut notes));
    }
    let title = format!("Scorecard: {}", area_name(scorecard, area));
    let table = Table { caption: format!("{title}, {}", scorecard.month.long()), columns, rows: sections.rows };
    Page { title, area: Some(area_name(scorecard, area).to_owned()), blocks: vec![Block::Table(table)], notes: notes.into_texts() }
}

fn row(scorecard: &Scorecard<'_>, entry: &Entry<'_>, indicator: &Indicator, notes: &mut Notes) -> Vec<Cell> {
    let definition = scorecard.definition;
    let assessed = entry.including.as_ref();
    let standard = match assessed {
        Some(assessed) => assessed.standard,
        None => definition.standard(entry.indicator, scorecard.month),
    };
    let note = indicator.note.as_ref().map(|note| notes.mark(note));
    let carried = assessed.and_then(|assessed| notes.carried_forward(definition, assessed, scorecard.month));
    let rating = assessed.and_then(|assessed| notes.rating_tie(definition, assessed, indicator));
    let mut compared = |earlier: Option<&Comparison<'_>>| comparison_cells(scorecard, assessed, earlier, indicator, notes);
    let [previous, previous_direction] = compared(assessed.and_then(|assessed| assessed.previous.as_ref()));
    let [outturn, outturn_direction] = compared(assessed.and_then(|assessed| assessed.outturn.as_ref()));
    let result = notes.firmness(result_cell(assessed, indicator), assessed.map(|assessed| &assessed.figure), indicator);
    let [numerator, denominator] = ratio_cells(assessed.map(|assessed| &assessed.figure.amount));
    vec![
        Cell::text(indicator.shown_id()),
        Cell::text(&indicator.name).noted(note),
        Cell::text(indicator.polarity.as_str()),
        Cell::text(indicator.period.as_str()),
        result.noted(carried),
        Cell::rag(assessed.and_then(|assessed| assessed.rag)).noted(rating),
        numerator,
        denominator,
        target_cell(standard, indicator),
        previous,
        previous_direction,
        outturn,
        outturn_direction,
        Cell::text(&indicator.section),
    ]
}

fn comparison_cells(
    scorecard: &Scorecard<'_>,
    assessed: Option<&Assessed<'_>>,
    earlier: Option<&Comparison<'_>>,
    indicator: &Indicator,
    notes: &mut Notes,
) -> [Cell; 2] {
    let Some(earlier) = earlier else { return [Cell::missing(), Cell::missing()] };
    let tie = assessed.and_then(|assessed| notes.direction_tie(scorecard.definition, assessed, earlier, indicator));
    let result = notes.firmness(outcome_cell(&earlier.outcome.exact, indicator), Some(&earlier.figure), indicator);
    [result, Cell::direction(earlier.direction).noted(tie)]
}
