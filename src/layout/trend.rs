//! Every indicator over the last periods: indicators down, months across.

use super::notes::Notes;
use super::{
    AssessedArea, Block, Cell, Column, Page, TableBuilder, TableName, area_name, page_name,
    trend_cell, trend_points,
};
use crate::assess::{Entry, TrendPoint};
use crate::definition::{AreaId, Indicator};
use crate::month::Month;
use crate::scorecard::Scorecard;

/// The result and rating of every indicator in each of its last periods, a page for each area of
/// the report.
///
/// All of them have the same months, from the first that anything has a figure for.
pub(super) fn pages(scorecard: &Scorecard<'_>, assessed: &[AssessedArea<'_>]) -> Vec<Page> {
    let areas: Vec<_> = assessed
        .iter()
        .filter(|(area, _)| scorecard.is_chosen(*area))
        .map(|(area, entries)| {
            (
                *area,
                entries.iter().map(|entry| Trend::of(scorecard, *area, entry)).collect::<Vec<_>>(),
            )
        })
        .collect();
    let points = || areas.iter().flat_map(|(_, trends)| trends).flat_map(|trend| &trend.points);
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
    areas.iter().map(|(area, trends)| page(scorecard, *area, trends, &months)).collect()
}

/// The last periods of an indicator.
struct Trend<'e> {
    indicator: &'e Indicator,
    points: Vec<TrendPoint<'e>>,
}

impl<'e> Trend<'e> {
    fn of(scorecard: &Scorecard<'e>, area: AreaId, entry: &Entry<'_>) -> Self {
        Self {
            indicator: scorecard.definition.indicator(entry.indicator),
            points: trend_points(scorecard, area, entry),
        }
    }

    fn point(&self, month: Month) -> Option<&TrendPoint<'e>> {
        self.points.iter().find(|point| point.month == month)
    }
}

fn page(scorecard: &Scorecard<'_>, area: AreaId, trends: &[Trend<'_>], months: &[Month]) -> Page {
    let notes = Notes::default();
    let mut table = TableBuilder::<Trend<'_>>::new();
    table.column(Column::text("ID"), |trend| Cell::text(trend.indicator.shown_id()));
    table.column(Column::flexible("Indicators"), |trend| Cell::text(&trend.indicator.name));
    for (group, month) in months.iter().enumerate() {
        let notes = &notes;
        table.column(
            Column::number(month.short()).under(month.short(), "Result").grouped(group),
            move |trend| {
                let point = trend.point(*month);
                point.map_or_else(Cell::missing, |point| trend_cell(point, trend.indicator, notes))
            },
        );
        table.column(
            Column::mark("RAG")
                .in_full(format!("{} RAG", month.short()))
                .under(month.short(), "RAG")
                .grouped(group),
            |trend| Cell::rag(trend.point(*month).and_then(|point| point.rag)),
        );
    }
    table.column(Column::alone("Section"), |trend| Cell::text(&trend.indicator.section));

    for trend in trends {
        table.row_in(&trend.indicator.section, trend);
    }
    let title = format!("Trend: {}", area_name(scorecard, area));
    let table = table.finish(format!("{title}, up to {}", scorecard.month.long()));
    Page {
        table: Some(TableName::Trend),
        name: page_name(scorecard, "Trend", area),
        title,
        area: Some(area_name(scorecard, area).to_owned()),
        blocks: vec![Block::Table(table)],
        notes: notes.into_texts(),
    }
}
