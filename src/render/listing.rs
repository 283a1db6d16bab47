//! The `json` of lists: their pages as laid out, with each row as an object keyed by the headings.
//!
//! Reports have a JSON format of their own, with the evidence of every figure. Lists of
//! outstanding, revised or different figures are only tables, and this format makes them available
//! to other programs.

use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};

use super::json_text::write_pretty;
use super::tidy::plain;
use crate::layout::prose::Prose;
use crate::layout::{Block, Cell, Document, Medium, Page, Series, Table, Value};
use crate::record::results::Program;

/// Writes the pages.
///
/// # Errors
///
/// If writing to `out` fails.
pub fn write(document: &Document, out: &mut impl Write) -> io::Result<()> {
    let facts = document.facts.iter().map(|fact| (fact.label.clone(), text(&fact.text))).collect();
    let listing = Listing {
        program: Program::this(),
        title: &document.title,
        facts: Object(facts),
        pages: document.pages.iter().map(ListedPage::of).collect(),
    };
    write_pretty(&listing, out)
}

#[derive(Serialize)]
struct Listing<'d> {
    program: Program,
    title: &'d str,
    facts: Object,
    pages: Vec<ListedPage<'d>>,
}

#[derive(Serialize)]
struct ListedPage<'d> {
    title: &'d str,
    /// The headings, paragraphs and fields.
    text: Vec<String>,
    rows: Vec<Object>,
    notes: &'d [String],
}

impl<'d> ListedPage<'d> {
    fn of(page: &'d Page) -> Self {
        let (mut text, mut rows) = (Vec::new(), Vec::new());
        for block in &page.blocks {
            match block {
                Block::Prose(prose) => text.extend(prose.iter().map(words)),
                Block::Table(table) | Block::Series(Series { table, .. }) => {
                    rows.extend(objects(table));
                }
                Block::Glance(_) | Block::Alone(_) => {}
                Block::Heading(heading) => text.push(heading.clone()),
                Block::Fields(fields) => text
                    .extend(fields.iter().map(|field| format!("{}: {}", field.label, field.text))),
            }
        }
        Self { title: &page.title, text, rows, notes: &page.notes }
    }
}

fn words(prose: &Prose) -> String {
    match prose {
        Prose::Paragraph(spans) | Prose::Heading(spans) | Prose::Item { spans, .. } => {
            spans.iter().map(|span| span.text.as_str()).collect()
        }
        Prose::Row { cells, .. } => {
            let cells: Vec<String> = cells
                .iter()
                .map(|cell| cell.iter().map(|span| span.text.as_str()).collect())
                .collect();
            cells.join(" | ")
        }
    }
}

/// Keys with their values, in order.
struct Object(Vec<(String, Box<RawValue>)>);

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

/// The rows of a table as objects; the headings of sections have columns of their own.
fn objects(table: &Table) -> impl Iterator<Item = Object> {
    table.cells().map(|cells| {
        let headed = table.columns.iter().zip(cells);
        let headed = headed.filter(|(column, _)| column.is_shown(Medium::Data));
        Object(
            headed
                .map(|(column, cell)| (column.heading_in_csv().to_owned(), value(cell)))
                .collect(),
        )
    })
}

fn value(cell: &Cell) -> Box<RawValue> {
    match &cell.value {
        Value::Missing => raw("null".to_owned()),
        Value::Text | Value::Sparkline(_) => text(&cell.text),
        Value::Number(number) | Value::Worded(number) => raw(plain(&number.exact)),
        Value::Pair(low, high) => raw(format!("[{}, {}]", plain(&low.exact), plain(&high.exact))),
        Value::Rag(rag) => text(rag.as_str()),
        Value::Direction(direction) => text(direction.as_str()),
    }
}

fn text(text: &str) -> Box<RawValue> {
    to_raw_value(text).expect("text is JSON")
}

fn raw(json: String) -> Box<RawValue> {
    RawValue::from_string(json).expect("null, a plain decimal and a list of them are JSON")
}
