//! The scorecard: every indicator of an area.

use super::benchmarks::{BenchmarkColumns, verdict_note};
use super::notes::Notes;
use super::periods::{EarlierColumns, TargetColumn, covered, result_heading};
use super::report_name;
use super::{
    Block, Cell, Column, DetailPart, Page, TableBuilder, TableName, against_cell, area_name,
    count_cell, data_notes, denominator_cell, denominator_column, direction_cell, earlier_cell,
    latest_cell, numerator_cell, numerator_column, page_name, rating_cell, sparkline, statistics,
};
use crate::assess::{Against, Assessed, AssessedArea, Earlier, Entry};
use crate::definition::{AreaId, CompareWith, Indicator};
use crate::figure::Amount;
use crate::scorecard::Scorecard;
use crate::text;
use crate::wording;

/// A page for each area of the report.
pub(super) fn pages(scorecard: &Scorecard<'_>) -> Vec<Page> {
    let headings = ScorecardHeadings::of(scorecard);
    let page =
        |assessed: &AssessedArea<'_>| page(scorecard, &headings, assessed.area, &assessed.entries);
    scorecard.chosen().map(page).collect()
}

/// A page for each area that the report is not about itself and that has any figures.
pub(super) fn further_pages(scorecard: &Scorecard<'_>) -> Vec<Page> {
    let headings = ScorecardHeadings::of(scorecard);
    let is_further = |assessed: &&AssessedArea<'_>| !scorecard.scope.is_chosen(assessed.area);
    let further = scorecard.areas.iter().filter(is_further);
    further
        .filter_map(|further| further_page(scorecard, &headings, further.area, &further.entries))
        .collect()
}

/// What the headings of all scorecards of a report say: of which periods the earlier results are,
/// and the targets.
struct ScorecardHeadings<'s> {
    earlier: EarlierColumns<'s>,
    targets: TargetColumn,
    benchmarks: BenchmarkColumns<'s>,
}

impl<'s> ScorecardHeadings<'s> {
    /// Those of a report. They are of all its figures, so they are worked out once.
    fn of(scorecard: &Scorecard<'s>) -> Self {
        let all = scorecard.areas.iter().flat_map(|assessed| &assessed.entries);
        let figures = all.filter_map(|entry| entry.including.as_ref());
        // A figure without a target is of no year in that column.
        let figures = figures.filter(|latest| latest.standard().is_some());
        let targets = TargetColumn::of(scorecard, figures.map(|latest| latest.figure.month));
        let benchmarks = BenchmarkColumns::of(scorecard);
        Self { earlier: EarlierColumns::of(scorecard), targets, benchmarks }
    }
}

/// The scorecard of an area, with the headings that the papers use.
fn page(
    scorecard: &Scorecard<'_>,
    headings: &ScorecardHeadings<'_>,
    area: AreaId,
    entries: &[Entry<'_>],
) -> Page {
    let notes = Notes::default();
    let mut table = columns(scorecard, area, &notes, headings);
    for entry in entries {
        let row = ScorecardRow::new(scorecard, entry);
        row.number_footnotes(scorecard, headings, &notes);
        table.row_in(&row.indicator.section, &row);
    }
    let title = format!("Scorecard: {}", area_name(scorecard, area));
    let table = table.finish(format!("{title}, {}", report_name(scorecard)));
    let figures = entries.iter().filter_map(|entry| {
        let indicator = scorecard.definition.indicator(entry.indicator);
        Some((indicator, entry.including.as_ref()?.figure.month))
    });
    let covered = covered(scorecard, figures);
    let blocks = [Block::Table(table)].into_iter().chain(covered);
    Page {
        table: Some(TableName::Scorecard),
        name: page_name(scorecard, "Scorecard", area),
        title,
        area: Some(area_name(scorecard, area).to_owned()),
        blocks: blocks.chain(data_notes(scorecard, area)).collect(),
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
    against: &'r Against<'e>,
}

impl<'r, 'e> ScorecardRow<'r, 'e> {
    fn new(scorecard: &Scorecard<'r>, entry: &'r Entry<'e>) -> Self {
        let definition = scorecard.definition;
        let latest = entry.including.as_ref();
        let against = latest.map_or(&entry.due, |latest| &latest.against);
        Self { entry, indicator: definition.indicator(entry.indicator), latest, against }
    }

    /// Numbers the footnotes of the row: first what is said of the indicator, its rating and its
    /// directions, then what is said of single figures.
    fn number_footnotes(
        &self,
        scorecard: &Scorecard<'_>,
        headings: &ScorecardHeadings<'_>,
        notes: &Notes,
    ) {
        let columns = &headings.earlier;
        let (definition, indicator) = (scorecard.definition, self.indicator);
        if let Some(note) = &indicator.note {
            notes.mark(note);
        }
        notes.worked_out(definition, self.against, indicator);
        for (with, _) in columns.iter() {
            if let Some(earlier) = self.earlier(with) {
                columns.note(with, earlier, indicator, notes);
            }
        }
        let Some(latest) = self.latest else { return };
        notes.period(scorecard, latest, indicator);
        notes.gap_turned(definition, latest, indicator);
        notes.rating_tie(definition, latest, indicator);
        verdict_note(definition, self.entry, notes);
        let earlier = || latest.earlier().into_iter().filter_map(Earlier::result);
        for comparison in earlier() {
            notes.across_years(definition, latest, comparison, indicator);
            notes.direction_tie(definition, latest, comparison, indicator);
        }
        for figure in earlier().map(|comparison| &comparison.figure).chain([&latest.figure]) {
            notes.provisional_or_revised(definition, figure, indicator);
        }
        headings.benchmarks.number_footnotes(self.entry, notes);
    }

    /// The figure that the latest is compared with, or would be if there were one.
    fn earlier(&self, with: CompareWith) -> Option<&'r Earlier<'e>> {
        Some(self.entry.earlier()?[with as usize])
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
    headings: &'c ScorecardHeadings<'_>,
) -> TableBuilder<'c, ScorecardRow<'r, 'e>> {
    let definition = scorecard.definition;
    let ScorecardHeadings { earlier, targets, benchmarks } = headings;
    let mut table = TableBuilder::<ScorecardRow<'r, 'e>>::noted();
    table.column(Column::ids().not_on_screen(), |row| Cell::text(row.indicator.shown_id()));
    table.column(Column::flexible("Indicators"), |row| {
        let note = row.indicator.note.as_ref().map(|note| notes.mark(note));
        Cell::text(&row.indicator.name).with_id(row.indicator.shown_id()).noted(note)
    });
    table.optional_column(Column::mark("Priority").in_short("Prio.").spare(8), |row| {
        if row.indicator.labels.is_priority { Cell::text("Yes") } else { Cell::missing() }
    });
    table.column(Column::mark("Polarity").in_short("Pol.").spare(7), |row| {
        Cell::text(row.indicator.polarity.as_str())
    });
    table.column(Column::mark("Data Period").in_short("Per.").spare(7), |row| {
        Cell::text(row.indicator.period.as_str())
    });
    table.column(Column::number("Latest Result"), move |row| {
        let cell = latest_cell(scorecard, row.latest, row.indicator, notes)
            .about(area_name(scorecard, area), row.entry.indicator)
            .with_detail(row.amount().map_or_else(Vec::new, counts));
        notes.data_notes(cell, scorecard.data_notes(area, row.entry.indicator))
    });
    table.column(Column::mark("RAG Status").in_short("RAG"), |row| {
        rating_cell(definition, row.latest, row.indicator, notes)
            .noted(verdict_note(definition, row.entry, notes))
    });
    table.column(sparkline::column(), |row| sparkline::cell(definition, row.entry));
    table.column(numerator_column().spare(6).not_on_screen(), |row| numerator_cell(row.amount()));
    table.column(denominator_column().spare(6).not_on_screen(), |row| {
        denominator_cell(row.amount())
    });
    table.column(targets.column(), |row| {
        let note =
            row.latest.and_then(|latest| targets.note(scorecard, latest, row.indicator, notes));
        let month = row.latest.map_or(scorecard.month, |latest| latest.figure.month);
        against_cell(definition, row.against, row.indicator, month, notes).noted(note)
    });
    for (benchmark, [heading, short]) in benchmarks.iter() {
        table.column(Column::number(heading).in_short(short), move |row| {
            benchmarks.cell(benchmark, Some(row.entry), notes)
        });
    }
    for (with, period) in earlier.iter() {
        let [heading, short] = result_heading(with, period);
        let result = Column::number(heading).in_short(short);
        table.column(spare_unless_first(result, earlier, with), move |row| {
            let figure = row.earlier(with);
            let note = figure.and_then(|figure| earlier.note(with, figure, row.indicator, notes));
            earlier_cell(definition, figure, row.indicator, notes).noted(note)
        });
        let change = earlier.direction_column(with);
        table.column(spare_unless_first(change, earlier, with), move |row| {
            let comparison = row.latest.and_then(|latest| latest.compared_with(with).result());
            direction_cell(definition, row.latest, comparison, row.indicator, notes)
        });
    }
    table.column(Column::alone("Section"), |row| Cell::text(&row.indicator.section));
    table.column(Column::alone("Period Covered"), |row| {
        row.latest.map_or_else(Cell::missing, |latest| {
            let month = latest.figure.month;
            Cell::text(wording::period_name(definition, row.indicator, month))
        })
    });
    if let Some(confidence) = definition.statistics.intervals {
        let heading = wording::statistics::interval_heading(confidence);
        let known = wording::statistics::interval_heading_in_csv(confidence);
        table.column(Column::text(heading).in_csv(known).spare(7), |row| {
            statistics::interval_cell(row.entry, row.indicator)
        });
    }
    if statistics::has_comparisons(scorecard) {
        table.column(Column::text("Comparison").spare(3), move |row| {
            statistics::comparison_cell(definition, row.entry)
        });
    }
    if statistics::has_limits(scorecard) {
        let variation = Column::text("Ups and downs").in_csv("Variation").spare(6);
        table.column(variation, |row| statistics::variation_cell(row.entry, row.indicator, notes));
        let assurance = Column::text("Usual range meets target").in_csv("Assurance").spare(6);
        table.column(assurance, |row| statistics::assurance_cell(row.entry));
    }
    table
}

/// What a result is worked out from, where there is no room for columns of it: `39 of 57`.
fn counts(amount: &Amount) -> Vec<DetailPart> {
    let Amount::Ratio { numerator, denominator } = amount else { return Vec::new() };
    let part = |column: Column, count| DetailPart::of(column.heading, count_cell(count).text);
    vec![
        part(numerator_column(), numerator),
        DetailPart::words(" of "),
        part(denominator_column(), denominator),
    ]
}

/// A column of a comparison. In a narrow window one comparison is enough: the first.
fn spare_unless_first(column: Column, all: &EarlierColumns<'_>, with: CompareWith) -> Column {
    match all.iter().position(|(one, _)| one == with) {
        None | Some(0) => column,
        Some(_) => column.spare(5),
    }
}

/// The scorecard of an area that the report is not about itself: the indicators that it has figures
/// for, if any.
fn further_page(
    scorecard: &Scorecard<'_>,
    headings: &ScorecardHeadings<'_>,
    area: AreaId,
    entries: &[Entry<'_>],
) -> Option<Page> {
    let with_figures: Vec<_> =
        entries.iter().filter(|entry| entry.including.is_some()).cloned().collect();
    if with_figures.is_empty() {
        return None;
    }
    let mut page = page(scorecard, headings, area, &with_figures);
    let without = entries.len() - with_figures.len();
    if without > 0 {
        let said = format!(
            "{without} of the {} indicators {} no figure for {} and {} not shown.",
            entries.len(),
            text::plural(without, "has", "have"),
            area_name(scorecard, area),
            text::plural(without, "is", "are"),
        );
        page.blocks.insert(0, Block::paragraph(said));
    }
    Some(page)
}
