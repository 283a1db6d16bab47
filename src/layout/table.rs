//! How a table is laid out: each column says in one place its heading, how it is set, and the cell
//! that it has of a row.

use super::{Cell, Column, Row, Table};

/// A table being laid out: first its columns, then its rows, each made from an `Item`.
pub(super) struct TableBuilder<'c, Item> {
    columns: Vec<ColumnOf<'c, Item>>,
    rows: Vec<Row>,
    section: Option<String>,
    /// Whether its cells may be marked with footnotes.
    is_noted: bool,
}

/// A column with the cell that it has of an item.
struct ColumnOf<'c, Item> {
    column: Column,
    cell: Box<dyn Fn(&Item) -> Cell + 'c>,
    /// Whether it is left out where it would be empty from top to bottom.
    is_optional: bool,
}

impl<'c, Item> TableBuilder<'c, Item> {
    /// A table without columns.
    pub(super) fn new() -> Self {
        Self { columns: Vec::new(), rows: Vec::new(), section: None, is_noted: false }
    }

    /// A table without columns, whose cells may be marked with footnotes.
    pub(super) fn noted() -> Self {
        Self { is_noted: true, ..Self::new() }
    }

    /// Adds a column at the right.
    pub(super) fn column(&mut self, column: Column, cell: impl Fn(&Item) -> Cell + 'c) {
        self.columns.push(ColumnOf { column, cell: Box::new(cell), is_optional: false });
    }

    /// Adds a column that is there only if a row has something in it.
    pub(super) fn optional_column(&mut self, column: Column, cell: impl Fn(&Item) -> Cell + 'c) {
        self.columns.push(ColumnOf { column, cell: Box::new(cell), is_optional: true });
    }

    /// Adds a heading for the rows that follow.
    pub(super) fn section(&mut self, heading: impl Into<String>) {
        let heading = heading.into();
        self.section = Some(heading.clone());
        self.rows.push(Row::Section(heading));
    }

    /// Adds a row.
    pub(super) fn row(&mut self, item: &Item) {
        let cells = self.columns.iter().map(|column| (column.cell)(item)).collect();
        self.rows.push(Row::Cells(cells));
    }

    /// Adds a row to a section. A section that is not the one of the row before is headed, one that
    /// comes again too.
    pub(super) fn row_in(&mut self, section: &str, item: &Item) {
        if self.section.as_deref() != Some(section) {
            self.section(section);
        }
        self.row(item);
    }

    /// Whether it has neither rows nor headings.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table, without the optional columns that have nothing in them.
    pub(super) fn finish(self, caption: impl Into<String>) -> Table {
        let Self { columns, mut rows, is_noted, .. } = self;
        let has_value = |index: usize| {
            rows.iter().any(|row| matches!(row, Row::Cells(cells) if !cells[index].is_missing()))
        };
        let is_kept: Vec<bool> = columns
            .iter()
            .enumerate()
            .map(|(index, column)| !column.is_optional || has_value(index))
            .collect();
        if is_kept.contains(&false) {
            for row in &mut rows {
                if let Row::Cells(cells) = row {
                    let mut kept = is_kept.iter();
                    cells.retain(|_| kept.next() == Some(&true));
                }
            }
        }
        let columns = columns
            .into_iter()
            .zip(&is_kept)
            .filter(|(_, is_kept)| **is_kept)
            .map(|(column, _)| column.column)
            .collect();
        Table { caption: caption.into(), columns, rows, is_noted }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn builder<'c>() -> TableBuilder<'c, (&'static str, Option<&'static str>)> {
        let mut table = TableBuilder::new();
        table.column(Column::text("Name"), |row: &(&str, Option<&str>)| Cell::text(row.0));
        table.optional_column(Column::text("Note"), |row| {
            row.1.map_or_else(Cell::missing, Cell::text)
        });
        table.column(Column::number("Letters"), |row| Cell::text(row.0.len().to_string()));
        table
    }

    fn headings(table: &Table) -> Vec<&str> {
        table.columns.iter().map(|column| column.heading.as_str()).collect()
    }

    fn texts(row: &Row) -> Vec<&str> {
        match row {
            Row::Section(heading) => vec![heading],
            Row::Cells(cells) => cells.iter().map(|cell| cell.text.as_str()).collect(),
        }
    }

    #[test]
    fn a_column_says_its_heading_and_its_cell() {
        let mut table = builder();
        table.row_in("One", &("a", None));
        table.row_in("One", &("bc", Some("late")));
        table.row_in("Two", &("def", None));
        table.row_in("One", &("g", None));
        let table = table.finish("Letters");
        assert_eq!(headings(&table), ["Name", "Note", "Letters"]);
        assert_eq!(
            table.rows.iter().map(texts).collect::<Vec<_>>(),
            [
                vec!["One"],
                vec!["a", "-", "1"],
                vec!["bc", "late", "2"],
                vec!["Two"],
                vec!["def", "-", "3"],
                vec!["One"],
                vec!["g", "-", "1"],
            ]
        );
    }

    #[test]
    fn an_optional_column_is_left_out_where_it_is_empty() {
        let mut table = builder();
        table.row_in("One", &("a", None));
        table.row(&("bc", None));
        let table = table.finish("Letters");
        assert_eq!(headings(&table), ["Name", "Letters"]);
        assert_eq!(
            table.rows.iter().map(texts).collect::<Vec<_>>(),
            [vec!["One"], vec!["a", "1"], vec!["bc", "2"]]
        );
        assert_eq!(headings(&builder().finish("Letters")), ["Name", "Letters"]);
    }
}
