//! Every indicator over the last periods: indicators down, areas within them, months and quarters
//! across.

use std::collections::BTreeSet;

use super::benchmarks;
use super::notes::Notes;
use super::report_name;
use super::{
    Block, Cell, Column, DetailPart, Page, TableBuilder, TableName, area_name, page_name,
    statistics, trend_cell,
};
use crate::assess::{AssessedArea, TrendPoint};
use crate::definition::{AreaId, BenchmarkId, Indicator, IndicatorId};
use crate::month::Month;
use crate::scorecard::Scorecard;
use crate::text::list;
use crate::wording;

/// The heading of the areas.
const AREA: &str = "Area";
/// The most areas that a heading names.
const MOST_NAMED: usize = 4;

/// The result and rating of every indicator in each of its last periods, from the first that
/// anything has a figure for. The areas of a report stand below one another, so that they can be
/// compared.
pub(super) fn pages(scorecard: &Scorecard<'_>) -> Vec<Page> {
    let chosen: Vec<_> = scorecard.chosen().collect();
    if chosen.is_empty() {
        return Vec::new();
    }
    let points = || {
        let entries = chosen.iter().flat_map(|assessed| &assessed.entries);
        entries.flat_map(|entry| &entry.trend)
    };
    let first = points()
        .filter(|point| point.figure.is_some())
        .map(|point| point.month)
        .min()
        .unwrap_or(scorecard.month);
    // Quarters and years end in months that others have no period in, and the other way about.
    let mut months: Vec<Month> =
        points().map(|point| point.month).filter(|month| *month >= first).collect();
    months.sort_unstable();
    months.dedup();
    vec![page(scorecard, &chosen, &months)]
}

/// The last periods of an indicator of an area, or of a benchmark.
struct TrendRow<'s, 'e> {
    id: IndicatorId,
    indicator: &'e Indicator,
    /// The area, or the benchmark.
    area: &'s str,
    points: &'s [TrendPoint<'e>],
    benchmark: Option<BenchmarkId>,
}

impl<'e> TrendRow<'_, 'e> {
    fn point(&self, month: Month) -> Option<&TrendPoint<'e>> {
        self.points.iter().find(|point| point.month == month)
    }
}

/// The rows of an indicator: one for each area that has any figure of it, and one where none has.
fn rows<'s, 'e>(
    scorecard: &'s Scorecard<'e>,
    chosen: &[&'s AssessedArea<'e>],
    id: IndicatorId,
) -> Vec<TrendRow<'s, 'e>> {
    let of_area = |assessed: &&'s AssessedArea<'e>| {
        let entry = assessed.entries.iter().find(|entry| entry.indicator == id)?;
        let indicator = scorecard.definition.indicator(id);
        let area = area_name(scorecard, assessed.area);
        Some(TrendRow { id, indicator, area, points: &entry.trend, benchmark: None })
    };
    let all: Vec<_> = chosen.iter().filter_map(of_area).collect();
    let has_any = |row: &TrendRow<'_, '_>| row.points.iter().any(|point| point.figure.is_some());
    let nobody = !all.iter().any(has_any);
    let is_shown = |(index, row): &(usize, TrendRow<'_, '_>)| has_any(row) || nobody && *index == 0;
    let benchmarks = benchmark_rows(scorecard, &all, id);
    let areas = all.into_iter().enumerate().filter(is_shown).map(|(_, row)| row);
    areas.chain(benchmarks).collect()
}

/// The rows of the benchmarks that have a figure for one of the periods.
fn benchmark_rows<'s, 'e>(
    scorecard: &'s Scorecard<'e>,
    areas: &[TrendRow<'s, 'e>],
    id: IndicatorId,
) -> Vec<TrendRow<'s, 'e>> {
    let has_any = |benchmark: &BenchmarkId| {
        areas.iter().flat_map(|row| row.points).any(|point| {
            let latest = scorecard.benchmarks.latest(*benchmark, id, point.month);
            latest.is_some_and(|figure| figure.month == point.month)
        })
    };
    let with_figures = scorecard.definition.benchmark_ids().filter(has_any);
    let row = |benchmark: BenchmarkId| TrendRow {
        id,
        indicator: scorecard.definition.indicator(id),
        area: &scorecard.definition.benchmark(benchmark).name,
        points: &[],
        benchmark: Some(benchmark),
    };
    with_figures.map(row).collect()
}

fn page(scorecard: &Scorecard<'_>, chosen: &[&AssessedArea<'_>], months: &[Month]) -> Page {
    let definition = scorecard.definition;
    let notes = Notes::default();
    let is_of_several = chosen.len() > 1;
    let mut table = TableBuilder::<TrendRow<'_, '_>>::noted();
    table.column(Column::ids().not_on_screen(), |row| Cell::text(row.indicator.shown_id()));
    table.column(Column::flexible("Indicators"), move |row| match row.benchmark {
        // Where there is a column for it, the benchmark stands among the areas.
        Some(_) if !is_of_several => Cell::text(row.area),
        _ => {
            let area = is_of_several.then(|| DetailPart::of(AREA, row.area));
            Cell::text(&row.indicator.name)
                .with_id(row.indicator.shown_id())
                .with_detail(area.into_iter().collect())
        }
    });
    if is_of_several {
        table.column(Column::text(AREA).not_on_screen(), |row| match row.benchmark {
            Some(_) => Cell::text(row.area),
            None => Cell::text(row.area).about(row.area, None),
        });
    }
    for (group, month) in months.iter().enumerate() {
        let notes = &notes;
        let name = heading(scorecard, *month);
        table.column(Column::number(&name).grouped(group), move |row| {
            if let Some(benchmark) = row.benchmark {
                return benchmarks::trend_cell(scorecard, benchmark, row.id, *month, notes);
            }
            let Some(point) = row.point(*month) else { return Cell::missing() };
            trend_cell(definition, point, row.indicator, notes).rated(point.rag)
        });
        table.column(Column::mark(format!("{name} RAG")).grouped(group).as_data(), |row| {
            Cell::rag(row.point(*month).and_then(|point| point.rag))
        });
    }
    table.column(Column::alone("Section"), |row| Cell::text(&row.indicator.section));
    for id in definition.indicators_shown(scorecard.month) {
        for row in rows(scorecard, chosen, id) {
            table.row_in(&row.indicator.section, &row);
        }
    }
    let areas: Vec<AreaId> = chosen.iter().map(|assessed| assessed.area).collect();
    let title = title(scorecard, &areas);
    let table = table.finish(format!("{title}, up to {}", report_name(scorecard)));
    let mut blocks = vec![Block::Table(table)];
    for assessed in chosen {
        blocks.extend(charts(scorecard, assessed, is_of_several));
    }
    let only = (!is_of_several).then(|| chosen[0].area);
    Page {
        table: Some(TableName::Trend),
        name: only.map_or_else(|| "Trend".to_owned(), |area| page_name(scorecard, "Trend", area)),
        title,
        area: only.map(|area| area_name(scorecard, area).to_owned()),
        blocks,
        notes: notes.into_texts(),
    }
}

/// What a column of periods that end with `month` is headed: `Dec 2015`, `Q3 2015/16`, or both
/// where there are indicators of both kinds.
fn heading(scorecard: &Scorecard<'_>, month: Month) -> String {
    let mut names = BTreeSet::new();
    for entry in scorecard.chosen().flat_map(|assessed| &assessed.entries) {
        if entry.trend.iter().any(|point| point.month == month) {
            let indicator = scorecard.definition.indicator(entry.indicator);
            names.insert(wording::period_short(scorecard.definition, indicator, month));
        }
    }
    // The month first, then what else it ends.
    let has_month = names.remove(&month.short());
    let names = has_month.then(|| month.short()).into_iter().chain(names);
    names.collect::<Vec<_>>().join(" or ")
}

/// The areas by name, or how many there are.
fn title(scorecard: &Scorecard<'_>, areas: &[AreaId]) -> String {
    if areas.len() > MOST_NAMED {
        return format!("Trend: {} areas", areas.len());
    }
    let names: Vec<_> = areas.iter().map(|area| area_name(scorecard, *area)).collect();
    format!("Trend: {}", list(&names))
}

/// The charts of an area's indicators that have limits.
fn charts(
    scorecard: &Scorecard<'_>,
    assessed: &AssessedArea<'_>,
    is_of_several: bool,
) -> Vec<Block> {
    let mut blocks = Vec::new();
    for entry in &assessed.entries {
        let Some(mut series) = statistics::series(scorecard.definition, entry) else { continue };
        let indicator = scorecard.definition.indicator(entry.indicator);
        if is_of_several {
            let area = area_name(scorecard, assessed.area);
            series.chart.name = format!("{} ({area})", series.chart.name);
            series.table.caption = format!("{} ({area})", series.table.caption);
        }
        blocks.push(Block::heading(series.chart.name.clone()));
        blocks.push(Block::Series(series));
        blocks.push(Block::Prose(statistics::sentences(scorecard.definition, entry, indicator)));
    }
    blocks
}
