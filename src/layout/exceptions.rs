//! Exception reports: for each red indicator who is accountable, the trend, what the service says,
//! and notes on the data; then what it says about others.

use super::benchmarks::{self, BenchmarkColumns};
use super::chart_title::Reading;
use super::notes::Notes;
use super::{
    Block, Cell, Chart, Column, Field, Page, Point, Series, Shown, TableBuilder, TableName,
    area_name, denominator_cell, denominator_column, floor_cell, limit_number, nothing_red,
    numerator_cell, numerator_column, page_name, prose, result_number, statistics, target_cell,
    target_numbers, trend_cell,
};
use crate::assess::{Assessed, Entry, TrendPoint};
use crate::definition::{AreaId, Bands, Definition, Indicator, IndicatorId};
use crate::figure::Amount;
use crate::rating::Rag;
use crate::scorecard::Scorecard;
use crate::wording;

/// The exception reports of an area.
pub(super) fn page(scorecard: &Scorecard<'_>, area: AreaId, entries: &[Entry<'_>]) -> Page {
    let mut blocks = Vec::new();
    let notes = Notes::default();
    for entry in entries {
        if let Some(assessed) =
            entry.including.as_ref().filter(|assessed| assessed.rag == Some(Rag::Red))
        {
            blocks.extend(report(scorecard, area, entry, assessed, &notes));
        }
    }
    if blocks.is_empty() {
        blocks.push(Block::paragraph(nothing_red(scorecard)));
        blocks.push(Block::Series(Series {
            table: columns(scorecard, &notes).finish("Trend"),
            chart: Chart::new(String::new(), String::new(), String::new(), Vec::new()),
        }));
    }
    blocks.extend(others(scorecard, area, entries));
    let title = format!("Exception reports: {}", area_name(scorecard, area));
    Page {
        table: Some(TableName::Exceptions),
        name: page_name(scorecard, "Exceptions", area),
        title,
        area: Some(area_name(scorecard, area).to_owned()),
        blocks,
        notes: notes.into_texts(),
    }
}

/// What the service says about indicators that are not red, in their order.
fn others(scorecard: &Scorecard<'_>, area: AreaId, entries: &[Entry<'_>]) -> Vec<Block> {
    let mut prose = Vec::new();
    for entry in entries {
        let rag = entry.including.as_ref().and_then(|assessed| assessed.rag);
        let commentary = scorecard.commentary(area, entry.indicator);
        let Some(commentary) = commentary.filter(|_| rag != Some(Rag::Red)) else { continue };
        let indicator = scorecard.definition.indicator(entry.indicator);
        prose.push(prose::heading(wording::named(indicator)));
        prose.push(prose::paragraph(standing(scorecard, entry, indicator)));
        prose.extend(prose::parse(commentary));
    }
    if prose.is_empty() {
        return Vec::new();
    }
    vec![Block::heading("Commentary on indicators that are not red"), Block::Prose(prose)]
}

/// `Amber: 82.0% in January 2016`, so that nobody takes it for an exception.
fn standing(scorecard: &Scorecard<'_>, entry: &Entry<'_>, indicator: &Indicator) -> String {
    let Some(assessed) = &entry.including else {
        let due = wording::period_end(scorecard.definition, indicator, scorecard.month);
        return format!("There is no figure in {due}.");
    };
    let rating = assessed.rag.map_or(wording::NOT_RATED, wording::rag);
    let result = wording::result(assessed, indicator);
    let period = wording::period_end(scorecard.definition, indicator, assessed.figure.month);
    format!("{rating}: {result} in {period}.")
}

fn report(
    scorecard: &Scorecard<'_>,
    area: AreaId,
    entry: &Entry<'_>,
    assessed: &Assessed<'_>,
    notes: &Notes,
) -> Vec<Block> {
    let definition = scorecard.definition;
    let indicator = definition.indicator(entry.indicator);
    let commentary = scorecard.commentary(area, entry.indicator);
    let mut blocks = vec![Block::heading(wording::named(indicator))];
    blocks.extend(
        Some(accountable(indicator)).filter(|fields| !fields.is_empty()).map(Block::Fields),
    );
    blocks.push(Block::Series(trend(scorecard, indicator, entry, notes)));
    let mut said = statistics::sentences(definition, entry, indicator);
    let missed = wording::shortfall::sentences(assessed, indicator);
    said.extend(missed.into_iter().map(|said| prose::paragraph(format!("{said}."))));
    if !said.is_empty() {
        blocks.push(Block::Prose(said));
    }
    blocks.push(Block::Prose(match commentary {
        Some(markdown) => prose::parse(markdown),
        None => vec![prose::paragraph("There is no commentary from the service.")],
    }));
    let told = scorecard.data_notes(area, entry.indicator);
    let told = told.map(|reason| Field::new("Data note", reason));
    let beside = benchmarks::fields(definition, entry);
    let notes_on_data =
        beside.into_iter().chain(data_notes(definition, indicator, assessed)).chain(told);
    blocks.push(Block::Fields(notes_on_data.collect()));
    blocks
}

pub(super) fn accountable(indicator: &Indicator) -> Vec<Field> {
    let who = &indicator.accountability;
    let is_other = wording::name(indicator) != indicator.name;
    let measure = is_other.then(|| indicator.name.clone());
    let fields = [
        ("Measure", &measure),
        ("Cabinet Member", &who.cabinet_member),
        ("Director", &who.director),
        ("Portfolio", &who.portfolio),
        ("Division", &who.division),
    ];
    fields.into_iter().filter_map(|(label, name)| Some(Field::new(label, name.as_ref()?))).collect()
}

/// The last periods, each with its own target and rating.
pub(super) fn trend(
    scorecard: &Scorecard<'_>,
    indicator: &Indicator,
    entry: &Entry<'_>,
    notes: &Notes,
) -> Series {
    let (definition, points) = (scorecard.definition, &entry.trend);
    let mut table = columns(scorecard, notes);
    for point in points {
        table.row(&PeriodRow { id: entry.indicator, indicator, point });
    }
    let name = wording::named(indicator);
    let chart = statistics::limits_chart(definition, entry).unwrap_or_else(|| {
        let drawn: Vec<_> =
            points.iter().map(|point| chart_point(definition, point, indicator)).collect();
        let months: Vec<_> = points.iter().map(|point| point.month).collect();
        let title = Reading::reported(definition, indicator).title(&drawn, &months);
        Chart::new(name, title, wording::trend(definition, points, indicator), drawn)
    });
    let table = table.finish(format!("Trend: {}", wording::named(indicator)));
    Series { table, chart }
}

fn chart_point(definition: &Definition, point: &TrendPoint<'_>, indicator: &Indicator) -> Point {
    let bands = point.standard().map(|standard| &standard.bands);
    Point {
        label: wording::period_short(definition, indicator, point.month),
        result: point.outcome.as_ref().map(|outcome| result_number(&outcome.exact, indicator)),
        rag: point.rag,
        target: point.standard().map(|standard| target_numbers(standard, indicator)),
        floor_low: bands.and_then(Bands::floor_low).map(|floor| limit_number(floor, indicator)),
        floor_high: bands.and_then(Bands::floor_high).map(|floor| limit_number(floor, indicator)),
        ..Point::default()
    }
}

/// A period of an indicator.
struct PeriodRow<'r> {
    id: IndicatorId,
    indicator: &'r Indicator,
    point: &'r TrendPoint<'r>,
}

/// The columns of the table of periods, each with its cell.
fn columns<'c, 'r>(
    scorecard: &'c Scorecard<'_>,
    notes: &'c Notes,
) -> TableBuilder<'c, PeriodRow<'r>> {
    fn amount<'r>(row: &PeriodRow<'r>) -> Option<&'r Amount> {
        row.point.figure.as_ref().map(|figure| &figure.amount)
    }
    let definition = scorecard.definition;
    let mut table = TableBuilder::<PeriodRow<'r>>::noted();
    table.column(Column { shown: Shown::Alone, ..Column::ids() }, |row| {
        Cell::text(row.indicator.shown_id())
    });
    table.column(Column::alone("Indicators"), |row| Cell::text(&row.indicator.name));
    table.column(Column::text("Period"), |row| {
        Cell::text(wording::period_short(definition, row.indicator, row.point.month))
    });
    table.column(Column::number("Result"), |row| {
        trend_cell(definition, row.point, row.indicator, notes)
    });
    table.column(Column::mark("RAG Status"), |row| Cell::rag(row.point.rag));
    table.column(Column::number("Target"), |row| target_cell(row.point.standard(), row.indicator));
    table.column(Column::number("Floor"), |row| floor_cell(row.point.standard(), row.indicator));
    table.column(numerator_column(), |row| numerator_cell(amount(row)));
    table.column(denominator_column(), |row| denominator_cell(amount(row)));
    for (benchmark, _) in BenchmarkColumns::of_red(scorecard).iter() {
        let name = &definition.benchmark(benchmark).name;
        table.column(Column::number(name), move |row| {
            benchmarks::trend_cell(scorecard, benchmark, row.id, row.point.month, notes)
        });
    }
    table
}

/// Bandings, polarity, period and source in words.
fn data_notes(
    definition: &Definition,
    indicator: &Indicator,
    assessed: &Assessed<'_>,
) -> Vec<Field> {
    let mut fields = Vec::new();
    if let Some(standard) = assessed.standard() {
        let year = definition.financial_year(assessed.figure.month);
        fields.push(Field::new(
            "Target",
            format!(
                "{} {}",
                wording::target(standard, indicator),
                wording::target_period(standard, year)
            ),
        ));
        let working = standard.working.as_ref();
        fields.extend(working.map(|working| {
            Field::new("Worked out as", wording::working(definition, indicator, working))
        }));
        fields.push(Field::new("Bandings", wording::bandings(standard, indicator)));
    }
    let later = wording::later_targets(definition, indicator, assessed.figure.month);
    if !later.is_empty() {
        fields.push(Field::new("Later targets", later));
    }
    fields.push(Field::new("Polarity", wording::polarity(indicator.polarity)));
    fields.push(Field::new(
        "Data Period",
        wording::period(definition, indicator, Some(assessed.figure.month)),
    ));
    if let Some(source) = &indicator.accountability.source {
        fields.push(Field::new("Source", source));
    }
    if let Some(note) = &indicator.note {
        fields.push(Field::new("Note", note));
    }
    fields
}
