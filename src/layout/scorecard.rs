//! The scorecard: every indicator of an area.

use super::notes::Notes;
use super::{
    Block, Cell, Column, Page, TableBuilder, TableName, area_name, denominator_cell,
    direction_cell, earlier_cell, latest_cell, numerator_cell, page_name, prose, rating_cell,
    target_cell,
};
use crate::assess::{Assessed, Earlier, Entry};
use crate::definition::{AreaId, Indicator, Standard};
use crate::figure::Amount;
use crate::scorecard::Scorecard;
use crate::text;

/// The scorecard of an area, with the headings that the papers use.
pub(super) fn page(scorecard: &Scorecard<'_>, area: AreaId, entries: &[Entry<'_>]) -> Page {
    let notes = Notes::default();
    let mut table = columns(scorecard, area, &notes);
    for entry in entries {
        let row = ScorecardRow::new(scorecard, entry);
        row.number_footnotes(scorecard, &notes);
        table.row_in(&row.indicator.section, &row);
    }
    let title = format!("Scorecard: {}", area_name(scorecard, area));
    let table = table.finish(format!("{title}, {}", scorecard.month.long()));
    Page {
        table: Some(TableName::Scorecard),
        name: page_name(scorecard, "Scorecard", area),
        title,
        area: Some(area_name(scorecard, area).to_owned()),
        blocks: vec![Block::Table(table)],
        notes: notes.into_texts(),
    }
}

/// An indicator of the area.
struct ScorecardRow<'r, 'e> {
    entry: &'r Entry<'e>,
    indicator: &'r Indicator,
    /// What is known of its latest figure.
    latest: Option<&'r Assessed<'e>>,
    /// The target and floor that it is rated against, or would be if it had a figure.
    standard: Option<&'r Standard>,
}

impl<'r, 'e> ScorecardRow<'r, 'e> {
    fn new(scorecard: &Scorecard<'r>, entry: &'r Entry<'e>) -> Self {
        let definition = scorecard.definition;
        let latest = entry.including.as_ref();
        let standard = match latest {
            Some(latest) => latest.standard,
            None => definition.standard(entry.indicator, scorecard.month),
        };
        Self { entry, indicator: definition.indicator(entry.indicator), latest, standard }
    }

    /// Numbers the footnotes of the row: first what is said of the indicator, its rating and its
    /// directions, then what is said of single figures.
    fn number_footnotes(&self, scorecard: &Scorecard<'_>, notes: &Notes) {
        let (definition, indicator) = (scorecard.definition, self.indicator);
        if let Some(note) = &indicator.note {
            notes.mark(note);
        }
        let Some(latest) = self.latest else { return };
        notes.carried_forward(definition, latest, scorecard.month);
        notes.rating_tie(definition, latest, indicator);
        let earlier = || {
            let earlier = [&latest.previous, &latest.outturn];
            earlier.into_iter().filter_map(Earlier::result)
        };
        for comparison in earlier() {
            notes.direction_tie(definition, latest, comparison, indicator);
        }
        for figure in earlier().map(|comparison| &comparison.figure).chain([&latest.figure]) {
            notes.provisional_or_revised(figure, indicator);
        }
    }

    /// The figures that the latest is compared with, or would be if there were one.
    fn earlier(&self) -> Option<[&'r Earlier<'e>; 2]> {
        match self.latest {
            Some(latest) => Some([&latest.previous, &latest.outturn]),
            None => self.entry.without_latest.as_ref().map(<[Earlier<'_>; 2]>::each_ref),
        }
    }

    fn amount(&self) -> Option<&'r Amount> {
        self.latest.map(|latest| &latest.figure.amount)
    }
}

/// The columns of the scorecard, each with its cell.
fn columns<'c, 'r, 'e: 'r>(
    scorecard: &'c Scorecard<'_>,
    area: AreaId,
    notes: &'c Notes,
) -> TableBuilder<'c, ScorecardRow<'r, 'e>> {
    let definition = scorecard.definition;
    let year = definition.financial_year(scorecard.month).short();
    let outturn = scorecard.outturn_month.short();
    let mut table = TableBuilder::<ScorecardRow<'r, 'e>>::new();
    table.column(Column::text("ID"), |row| Cell::text(row.indicator.shown_id()));
    table.column(Column::flexible("Indicators"), |row| {
        let note = row.indicator.note.as_ref().map(|note| notes.mark(note));
        Cell::text(&row.indicator.name).noted(note)
    });
    table.column(Column::mark("Polarity").in_short("Pol.").spare(3), |row| {
        Cell::text(row.indicator.polarity.as_str())
    });
    table.column(Column::mark("Data Period").in_short("Per.").spare(3), |row| {
        Cell::text(row.indicator.period.as_str())
    });
    table.column(Column::number("Latest Result"), move |row| {
        latest_cell(scorecard, row.latest, row.indicator, notes)
            .about(area_name(scorecard, area), row.entry.indicator)
    });
    table.column(Column::mark("RAG Status").in_short("RAG"), |row| {
        rating_cell(definition, row.latest, row.indicator, notes)
    });
    table.column(Column::number("Num").spare(2), |row| numerator_cell(row.amount()));
    table.column(Column::number("Denom").spare(2), |row| denominator_cell(row.amount()));
    table.column(
        Column::number(format!("Target for {year}")).in_short(format!("Target {year}")).spare(1),
        |row| target_cell(row.standard, row.indicator),
    );
    table.column(Column::number("Previous Reported Result").in_short("Prev. Result"), |row| {
        earlier_cell(row.earlier().map(|[previous, _]| previous), row.indicator, notes)
    });
    table.column(Column::mark("DoT from previous").in_short("DoT prev."), |row| {
        let previous = row.latest.and_then(|latest| latest.previous.result());
        direction_cell(definition, row.latest, previous, row.indicator, notes)
    });
    table.column(
        Column::number(format!("Outturn ({outturn}) Result"))
            .in_short(format!("Outturn {outturn}")),
        |row| earlier_cell(row.earlier().map(|[_, outturn]| outturn), row.indicator, notes),
    );
    table.column(Column::mark("DoT from outturn").in_short("DoT out."), |row| {
        let outturn = row.latest.and_then(|latest| latest.outturn.result());
        direction_cell(definition, row.latest, outturn, row.indicator, notes)
    });
    table.column(Column::alone("Section"), |row| Cell::text(&row.indicator.section));
    table
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
