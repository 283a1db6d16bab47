//! Pivots in outline: one column of areas and, below each, what is counted of it.

use std::collections::BTreeSet;

use super::Suggestion;
use super::columns::{ColumnFacts, figure_named, is_named, is_total};
use super::table::{RawRow, RawTable};
use super::write::{list, text};
use crate::definition::StandardColumn;
use crate::extract::names::NameFinder;

/// How many rows from the top may be that of headings.
const MOST_ABOVE: usize = 20;

/// What may stand below what.
const LEVELS: [[StandardColumn; 2]; 4] = [
    [StandardColumn::Area, StandardColumn::Activity],
    [StandardColumn::Activity, StandardColumn::Area],
    [StandardColumn::Area, StandardColumn::Indicator],
    [StandardColumn::Indicator, StandardColumn::Area],
];

/// The source of such a table; nothing, where it is not certain to be one.
pub(super) fn suggest(table: &RawTable, names: &NameFinder<'_>) -> Option<Suggestion> {
    (0..table.rows.len().min(MOST_ABOVE)).find_map(|start| of_headings(table, start, names))
}

fn of_headings(table: &RawTable, start: usize, names: &NameFinder<'_>) -> Option<Suggestion> {
    let headings = &table.rows[start];
    let rows = &table.rows[start + 1..];
    let column = headings.cells.iter().position(|cell| !cell.is_empty())?;
    let figures: Vec<usize> = (column + 1..headings.cells.len())
        .filter(|at| !headings.cell(*at).is_empty())
        .filter(|at| ColumnFacts::of(rows.iter(), *at, names).has_numbers())
        .collect();
    let levels = LEVELS.into_iter().find(|levels| is_outline(rows, column, *levels, names))?;
    if figures.is_empty() {
        return None;
    }
    let mut said = Suggestion::default();
    if levels.contains(&StandardColumn::Activity) {
        said.keys.push(("kind", text("activity")));
    }
    let totals: BTreeSet<_> =
        rows.iter().map(|row| row.cell(column)).filter(|cell| is_total(cell)).collect();
    if !totals.is_empty() {
        let totals: Vec<_> = totals.into_iter().map(str::to_owned).collect();
        let heading = text(headings.cell(column));
        said.keys.push(("leave_out", format!("{{ {heading} = {} }}", list(&totals))));
    }
    for at in &figures {
        let ours = match figures[..] {
            [_] => Some(StandardColumn::Value),
            _ => figure_named(headings.cell(*at)),
        };
        match ours.filter(|ours| !said.columns.iter().any(|(there, _)| there == ours)) {
            Some(ours) => said.columns.push((ours, headings.cell(*at).to_owned())),
            None => said.notes.push(format!(
                "{} is not used: say under [source.columns] what it is.",
                text(headings.cell(*at))
            )),
        }
    }
    said.outline = Some((
        headings.cell(column).to_owned(),
        levels.iter().map(|level| level.as_str().to_owned()).collect(),
    ));
    Some(said)
}

/// Whether a column holds one level and, below each of its rows, the other, and nothing else but
/// totals. Each of the inner one is there once for each of the outer.
fn is_outline(
    rows: &[RawRow],
    column: usize,
    [outer, inner]: [StandardColumn; 2],
    names: &NameFinder<'_>,
) -> bool {
    let (mut below, mut outers, mut inners) = (BTreeSet::new(), 0, 0);
    for row in rows {
        let cell = row.cell(column);
        if is_total(cell) {
            continue;
        }
        if is_named(inner, cell, names) && outers > 0 && below.insert(cell) {
            inners += 1;
        } else if is_named(outer, cell, names) {
            below.clear();
            outers += 1;
        } else {
            return false;
        }
    }
    outers > 0 && inners > 1
}
