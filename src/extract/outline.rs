//! Tables in outline, as pivots are: one column holds an area and, indented or below it, what
//! belongs to the area.

use std::collections::BTreeMap;

use crate::definition::{Outline, StandardColumn};

/// What a row of an outline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OutlineRow {
    /// What those below it belong to.
    Heading,
    /// One with figures.
    Figures,
    /// One below nothing that it could belong to.
    BelowNothing,
    /// Nothing that the outline holds.
    Unknown,
}

/// Where in an outline its rows are.
pub(super) struct OutlineReader<'d> {
    outline: &'d Outline,
    /// The position of its column.
    pub(super) column: usize,
    /// Which level is indented how far, as far as it is known.
    indents: BTreeMap<usize, usize>,
    /// Whether two levels are indented alike, so that it says nothing.
    is_flat: bool,
    /// What the last row is, and what that is below.
    path: Vec<String>,
}

impl<'d> OutlineReader<'d> {
    pub(super) fn new(outline: &'d Outline, column: usize) -> Self {
        Self { outline, column, indents: BTreeMap::new(), is_flat: false, path: Vec::new() }
    }

    /// Takes the next row: what its text names says which level it is; how far it is indented, where
    /// that could be several or none.
    pub(super) fn row(
        &mut self,
        text: &str,
        indent: usize,
        names: impl Fn(StandardColumn, &str) -> bool,
    ) -> OutlineRow {
        let levels = self.outline.levels.iter().enumerate();
        let named: Vec<_> =
            levels.filter(|(_, column)| names(**column, text)).map(|(level, _)| level).collect();
        let by_indent = self.indents.get(&indent).copied().filter(|_| !self.is_flat);
        let level = match named[..] {
            [level] => {
                self.is_flat |= *self.indents.entry(indent).or_insert(level) != level;
                Some(level)
            }
            [] => by_indent.filter(|_| self.indents.len() > 1),
            // What is not indented belongs to the row above it, if it can.
            _ => by_indent
                .filter(|level| named.contains(level))
                .or_else(|| named.iter().copied().rfind(|level| *level <= self.path.len())),
        };
        let Some(level) = level else { return OutlineRow::Unknown };
        if level > self.path.len() {
            return OutlineRow::BelowNothing;
        }
        self.path.truncate(level);
        self.path.push(text.to_owned());
        if self.path.len() < self.outline.levels.len() {
            OutlineRow::Heading
        } else {
            OutlineRow::Figures
        }
    }

    /// What the last row is, and what that is below.
    pub(super) fn cells(&self) -> impl Iterator<Item = (StandardColumn, &str)> {
        self.outline.levels.iter().copied().zip(self.path.iter().map(String::as_str))
    }

    /// What it holds, from the outermost.
    pub(super) fn levels(&self) -> &'d [StandardColumn] {
        &self.outline.levels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(outline: &Outline, rows: &[(&str, usize)]) -> Vec<(OutlineRow, String)> {
        let mut reader = OutlineReader::new(outline, 0);
        let is = |column, text: &str| match column {
            StandardColumn::Area => ["North", "South", "Open"].contains(&text),
            _ => ["Refs", "Open"].contains(&text),
        };
        let mut read = |(text, indent): &(&str, usize)| {
            let row = reader.row(text, *indent, is);
            (row, reader.cells().map(|(_, text)| text).collect::<Vec<_>>().join("/"))
        };
        rows.iter().map(&mut read).collect()
    }

    #[test]
    fn what_is_below_an_area_belongs_to_it() {
        use OutlineRow::{BelowNothing, Figures, Heading, Unknown};
        let outline = Outline {
            column: "Row Labels".to_owned(),
            levels: vec![StandardColumn::Area, StandardColumn::Activity],
        };
        let said = |row, path: &str| (row, path.to_owned());
        let flat = rows(&outline, &[("North", 0), ("Refs", 0), ("Open", 0), ("South", 0)]);
        let below_north = [said(Figures, "North/Refs"), said(Figures, "North/Open")];
        assert_eq!(flat[1..3], below_north);
        assert_eq!(flat[3], said(Heading, "South"));
        let indented = rows(&outline, &[("North", 0), ("Refs", 2), ("Elsewhere", 0), ("What", 2)]);
        assert_eq!(indented[2..], [said(Heading, "Elsewhere"), said(Figures, "Elsewhere/What")]);
        assert_eq!(rows(&outline, &[("Refs", 0)]), [said(BelowNothing, "")]);
        assert_eq!(rows(&outline, &[("Total", 0)]), [said(Unknown, "")]);
    }
}
