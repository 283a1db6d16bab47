//! The scorecard: every indicator of an area.

use super::notes::Notes;
use super::{
    Block, Cell, Column, Page, Sections, Table, TableName, area_name, earlier_cells, page_name,
    prose, ratio_cells, result_cell, target_cell,
};
use crate::assess::{Assessed, Comparison, Entry};
use crate::definition::{AreaId, Indicator};
use crate::scorecard::Scorecard;
use crate::text;

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
        Column::number(format!("Outturn ({outturn}) Result"))
            .in_short(format!("Outturn {outturn}")),
        Column::mark("DoT from outturn").in_short("DoT out."),
        Column::alone("Section"),
    ];
    let mut notes = Notes::default();
    let mut sections = Sections::default();
    for entry in entries {
        let indicator = definition.indicator(entry.indicator);
        sections.push(&indicator.section, row(scorecard, area, entry, indicator, &mut notes));
    }
    let title = format!("Scorecard: {}", area_name(scorecard, area));
    let table = Table {
        caption: format!("{title}, {}", scorecard.month.long()),
        columns,
        rows: sections.rows,
    };
    Page {
        table: Some(TableName::Scorecard),
        name: page_name(scorecard, "Scorecard", area),
        title,
        area: Some(area_name(scorecard, area).to_owned()),
        blocks: vec![Block::Table(table)],
        notes: notes.into_texts(),
    }
}

/// The scorecard of an area that the report is not about itself: the indicators that it has figures
/// for, if any.
pub(super) fn further_page(
    scorecard: &Scorecard<'_>,
    area: AreaId,
    entries: &[Entry<'_>],
) -> Option<Page> {
    let with_figures: Vec<_> =
        entries.iter().filter(|entry| entry.including.is_some()).cloned().collect();
    if with_figures.is_empty() {
        return None;
    }
    let mut page = page(scorecard, area, &with_figures);
    let without = entries.len() - with_figures.len();
    if without > 0 {
        let said = format!(
            "{without} of the {} indicators {} no figure for {} and {} not shown.",
            entries.len(),
            text::plural(without, "has", "have"),
            area_name(scorecard, area),
            text::plural(without, "is", "are"),
        );
        page.blocks.insert(0, Block::Prose(vec![prose::paragraph(said)]));
    }
    Some(page)
}

fn row(
    scorecard: &Scorecard<'_>,
    area: AreaId,
    entry: &Entry<'_>,
    indicator: &Indicator,
    notes: &mut Notes,
) -> Vec<Cell> {
    let definition = scorecard.definition;
    let assessed = entry.including.as_ref();
    let standard = match assessed {
        Some(assessed) => assessed.standard,
        None => definition.standard(entry.indicator, scorecard.month),
    };
    let note = indicator.note.as_ref().map(|note| notes.mark(note));
    let carried =
        assessed.and_then(|assessed| notes.carried_forward(definition, assessed, scorecard.month));
    let rating = assessed.and_then(|assessed| notes.rating_tie(definition, assessed, indicator));
    let mut direction = |earlier: Option<&Comparison<'_>>| {
        direction_cell(scorecard, assessed, earlier, indicator, notes)
    };
    let previous_direction = direction(assessed.and_then(|assessed| assessed.previous.as_ref()));
    let outturn_direction = direction(assessed.and_then(|assessed| assessed.outturn.as_ref()));
    let [previous, outturn] = earlier_cells(scorecard, area, entry.indicator, assessed, notes);
    let result = notes.firmness(
        result_cell(assessed, indicator),
        assessed.map(|assessed| &assessed.figure),
        indicator,
    );
    let [numerator, denominator] = ratio_cells(assessed.map(|assessed| &assessed.figure.amount));
    vec![
        Cell::text(indicator.shown_id()),
        Cell::text(&indicator.name).noted(note),
        Cell::text(indicator.polarity.as_str()),
        Cell::text(indicator.period.as_str()),
        result.noted(carried).about(area_name(scorecard, area), entry.indicator),
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

fn direction_cell(
    scorecard: &Scorecard<'_>,
    assessed: Option<&Assessed<'_>>,
    earlier: Option<&Comparison<'_>>,
    indicator: &Indicator,
    notes: &mut Notes,
) -> Cell {
    let Some(earlier) = earlier else { return Cell::missing() };
    let tie = assessed.and_then(|assessed| {
        notes.direction_tie(scorecard.definition, assessed, earlier, indicator)
    });
    Cell::direction(earlier.direction).noted(tie)
}
