//! `csv`: one table as the committee sees it, for a spreadsheet.
//!
//! It has display text, words for ratings and directions, and one header row. Text that a
//! spreadsheet would run as a formula is made harmless; numbers stay numbers.

use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::layout::{Cell, Document, Medium, Number, Page, Sign, Table, Texts, Value};

/// What stands behind a difference of percentages, as it has been from the start.
const POINTS: &str = " pp";

/// Writes the tables of a document as one table, with all rows under one header. If there are
/// several areas, the first column is the area.
///
/// # Errors
///
/// If writing to `out` fails.
pub fn write(document: &Document, out: &mut impl Write) -> io::Result<()> {
    write_pages(&document.pages.iter().collect::<Vec<_>>(), out)
}

/// Writes the tables of some pages as one table.
///
/// # Errors
///
/// If writing to `out` fails.
pub fn write_pages(pages: &[&Page], out: &mut impl Write) -> io::Result<()> {
    let pages: Vec<_> = pages.iter().map(|page| page.printable()).collect();
    let mut areas = pages.iter().filter_map(|page| page.area.as_deref());
    let first = areas.next();
    let several_areas = areas.any(|area| Some(area) != first);
    let mut csv = csv::Writer::from_writer(out);
    let mut has_header = false;
    for page in &pages {
        let area = page.area.as_deref().filter(|_| several_areas);
        for table in page.tables_alone() {
            if !has_header {
                header(table, area.is_some(), &mut csv)?;
                has_header = true;
            }
            for cells in table.cells() {
                if let Some(area) = area {
                    csv.write_field(neutralised(area))?;
                }
                for (column, cell) in table.columns.iter().zip(cells) {
                    if column.is_shown(Medium::Data) {
                        csv.write_field(text(cell))?;
                    }
                }
                if table.is_noted {
                    csv.write_field(neutralised(&notes(cells, &page.notes)))?;
                }
                csv.write_record(None::<&[u8]>)?;
            }
        }
    }
    csv.flush()
}

fn header(table: &Table, with_area: bool, csv: &mut csv::Writer<impl Write>) -> io::Result<()> {
    if with_area {
        csv.write_field("Area")?;
    }
    for column in table.columns.iter().filter(|column| column.is_shown(Medium::Data)) {
        csv.write_field(neutralised(column.heading_in_csv()))?;
    }
    if table.is_noted {
        csv.write_field("Notes")?;
    }
    Ok(csv.write_record(None::<&[u8]>)?)
}

/// The words of the footnotes of a row, each once, in the order of their marks.
fn notes(cells: &[Cell], words: &[String]) -> String {
    let marks: BTreeSet<usize> = cells.iter().flat_map(|cell| cell.notes.iter().copied()).collect();
    let words = marks.into_iter().filter_map(|mark| words.get(mark - 1));
    words.map(|note| note.trim_end_matches('.')).collect::<Vec<_>>().join("; ")
}

fn text(cell: &Cell) -> String {
    match &cell.value {
        Value::Text => neutralised(&cell.text),
        // A spreadsheet reads a percentage and a sum of money as numbers, and 426 days as text.
        Value::Number(number) if number.unit.is_word() || number.unit == Sign::Points => {
            let plain = Number { unit: Sign::None, ..number.clone() };
            let points = if number.unit == Sign::Points { POINTS } else { "" };
            cell.text.replacen(&number.to_string(), &format!("{plain}{points}"), 1)
        }
        Value::Missing
        | Value::Number(_)
        | Value::Worded(_)
        | Value::Pair(..)
        | Value::Rag(_)
        | Value::Direction(_)
        | Value::Sparkline(_) => cell.text.clone(),
    }
}

/// The text, with an apostrophe in front if it begins like a formula, so that a spreadsheet shows
/// it and does not run it.
fn neutralised(text: &str) -> String {
    let starts_a_formula =
        text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
            || text.starts_with(['\t', '\r', '\n']);
    if starts_a_formula && text != crate::layout::NOTHING {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::neutralised;

    #[test]
    fn formulas_are_text() {
        assert_eq!(neutralised("=1+1"), "'=1+1");
        assert_eq!(neutralised(" @SUM(A1)"), "' @SUM(A1)");
        assert_eq!(neutralised("-"), "-");
        assert_eq!(neutralised("% of CIC"), "% of CIC");
    }
}
