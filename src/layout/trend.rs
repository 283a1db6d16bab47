//! Every indicator over the last periods: indicators down, months and quarters across.

use std::collections::BTreeSet;

use super::notes::Notes;
use super::{
    Block, Cell, Column, Page, TableBuilder, TableName, area_name, page_name, statistics,
    trend_cell,
};
use crate::assess::{AssessedArea, TrendPoint};
use crate::definition::Indicator;
use crate::month::Month;
use crate::scorecard::Scorecard;
use crate::wording;

/// The result and rating of every indicator in each of its last periods, a page for each area of
/// the report.
///
/// All of them have the same months, from the first that anything has a figure for.
pub(super) fn pages(scorecard: &Scorecard<'_>) -> Vec<Page> {
    let points = || {
        let entries = scorecard.chosen().flat_map(|assessed| &assessed.entries);
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
    let columns: Vec<_> =
        months.into_iter().map(|month| (month, heading(scorecard, month))).collect();
    scorecard.chosen().map(|assessed| page(scorecard, assessed, &columns)).collect()
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

/// The last periods of an indicator.
struct Trend<'s, 'e> {
    indicator: &'e Indicator,
    points: &'s [TrendPoint<'e>],
}

impl<'e> Trend<'_, 'e> {
    fn point(&self, month: Month) -> Option<&TrendPoint<'e>> {
        self.points.iter().find(|point| point.month == month)
    }
}

fn page(
    scorecard: &Scorecard<'_>,
    assessed: &AssessedArea<'_>,
    columns: &[(Month, String)],
) -> Page {
    let area = assessed.area;
    let notes = Notes::default();
    let mut table = TableBuilder::<Trend<'_, '_>>::noted();
    table.column(Column::text("ID"), |trend| Cell::text(trend.indicator.shown_id()));
    table.column(Column::flexible("Indicators"), |trend| Cell::text(&trend.indicator.name));
    for (group, (month, heading)) in columns.iter().enumerate() {
        let notes = &notes;
        table.column(
            Column::number(heading).under(heading, "Result").grouped(group),
            move |trend| {
                let point = trend.point(*month);
                point.map_or_else(Cell::missing, |point| trend_cell(point, trend.indicator, notes))
            },
        );
        table.column(
            Column::mark("RAG")
                .in_full(format!("{heading} RAG"))
                .under(heading, "RAG")
                .grouped(group),
            |trend| Cell::rag(trend.point(*month).and_then(|point| point.rag)),
        );
    }
    table.column(Column::alone("Section"), |trend| Cell::text(&trend.indicator.section));

    for entry in &assessed.entries {
        let indicator = scorecard.definition.indicator(entry.indicator);
        table.row_in(&indicator.section, &Trend { indicator, points: &entry.trend });
    }
    let title = format!("Trend: {}", area_name(scorecard, area));
    let table = table.finish(format!("{title}, up to {}", scorecard.month.long()));
    let mut blocks = vec![Block::Table(table)];
    for entry in &assessed.entries {
        if let Some(series) = statistics::series(scorecard.definition, entry) {
            let indicator = scorecard.definition.indicator(entry.indicator);
            blocks.push(Block::Heading(series.chart.title.clone()));
            blocks.push(Block::Series(series));
            blocks.push(Block::Prose(statistics::sentences(entry, indicator)));
        }
    }
    Page {
        table: Some(TableName::Trend),
        name: page_name(scorecard, "Trend", area),
        title,
        area: Some(area_name(scorecard, area).to_owned()),
        blocks,
        notes: notes.into_texts(),
    }
}
