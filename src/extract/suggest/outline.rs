//! Pivots in outline: one column of areas and, below each, what is counted of it.

use std::collections::{BTreeMap, BTreeSet};

use super::Suggestion;
use super::columns::{ColumnFacts, figure_named, is_named, is_total};
use super::table::{RawRow, RawTable};
use super::write::{list, renamed, text};
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
    let found = LEVELS.into_iter().find_map(|levels| Levels::of(rows, column, levels, names))?;
    if figures.is_empty() {
        return None;
    }
    let levels = found.columns;
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
    for level in levels {
        let unknown = found.unknown.iter().filter(|(column, _)| *column == level);
        let lines: Vec<_> =
            unknown.map(|(_, cell)| renamed(cell, names.nearest_of(level, cell))).collect();
        if !lines.is_empty() {
            said.names.push((level, lines));
        }
    }
    said.outline = Some((
        headings.cell(column).to_owned(),
        levels.iter().map(|level| level.as_str().to_owned()).collect(),
    ));
    Some(said)
}

/// A column that holds one level and, below each of its rows, the other.
struct Levels {
    columns: [StandardColumn; 2],
    /// What is on which level, and is not defined. A text is only known to be on a level, and to be
    /// no name of a person, where the rows below it are those below a name that is defined, or where
    /// it stands below several of those.
    unknown: Vec<(StandardColumn, String)>,
}

impl Levels {
    /// Those of a column, where it holds nothing else but totals. Each of the inner level is there
    /// once for each of the outer.
    fn of(
        rows: &[RawRow],
        column: usize,
        columns: [StandardColumn; 2],
        names: &NameFinder<'_>,
    ) -> Option<Self> {
        let [outer, inner] = columns;
        let cells = rows.iter().map(|row| row.cell(column)).filter(|cell| !is_total(cell));
        let cells: Vec<&str> = cells.collect();
        let is = |level: StandardColumn, at: usize| {
            cells.get(at).is_some_and(|cell| is_named(level, cell, names))
        };
        let (mut below, mut outers, mut inners) = (BTreeSet::new(), 0, 0);
        let mut unknown: Vec<(StandardColumn, String)> = Vec::new();
        let mut below_several: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for (at, cell) in cells.iter().copied().enumerate() {
            if is(inner, at) && outers > 0 && below.insert(cell) {
                inners += 1;
            } else if is(outer, at) {
                below.clear();
                outers += 1;
            } else if is(inner, at + 1) && below.contains(cells[at + 1]) {
                // What comes next has been there already, so that another group begins here.
                below.clear();
                outers += 1;
                unknown.push((outer, cell.to_owned()));
            } else if outers > 0 && below.insert(cell) {
                below_several.entry(cell).or_default().insert(outers);
            } else {
                return None;
            }
        }
        let is_of_several = |(_, outers): &(&&str, &BTreeSet<usize>)| outers.len() > 1;
        if !below_several.iter().all(|entry| is_of_several(&entry)) {
            return None;
        }
        let texts = below_several.into_keys().map(|cell| (inner, cell.to_owned()));
        unknown.extend(texts);
        // Most of it is defined.
        let is_certain = outers > unknown.len() && inners > 1 && inners > unknown.len();
        is_certain.then_some(Self { columns, unknown })
    }
}
