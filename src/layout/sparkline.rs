//! A result over the last periods in a cell: the trend at a glance.

use super::chart_title::Reading;
use super::{Cell, Column, Point, Sparkline, result_number};
use crate::assess::Entry;
use crate::definition::Definition;
use crate::month::Month;
use crate::wording;

/// The column of sparklines, on pages that can draw them.
pub(super) fn column() -> Column {
    Column::drawn("Trend")
}

/// The last periods of an indicator as a small line; nothing where fewer than two have a result.
pub(super) fn cell(definition: &Definition, entry: &Entry<'_>) -> Cell {
    let indicator = definition.indicator(entry.indicator);
    let mut points: Vec<Point> = entry
        .trend
        .iter()
        .map(|point| Point {
            label: wording::period_short(definition, indicator, point.month),
            result: point.outcome.as_ref().map(|outcome| result_number(&outcome.exact, indicator)),
            rag: point.rag,
            ..Point::default()
        })
        .collect();
    // What is before the first result is no part of the line.
    let start = points.iter().position(|point| point.result.is_some()).unwrap_or(0);
    let points = points.split_off(start);
    if points.iter().filter(|point| point.result.is_some()).count() < 2 {
        return Cell::missing();
    }
    let months: Vec<Month> = entry.trend[start..].iter().map(|point| point.month).collect();
    let text = Reading::reported(definition, indicator).sparkline(&points, &months);
    let name = wording::named(indicator);
    Cell::sparkline(Sparkline { name, points }, text)
}
