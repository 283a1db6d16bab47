//! The sheets of a workbook, and what is on each of them.

use std::collections::BTreeMap;

use super::chart_data::{self, ChartData};
use super::names::{CHART_DATA, CONTENTS, UniqueNames};
use super::page::Writer;
use super::style::{self, Style};
use crate::layout::{Align, Chart, Document, Page};
use crate::render::palette::{self, Rgb};
use crate::render::plot::LINES;

/// A workbook: a list of contents with the key, a sheet for each page, and the numbers that charts
/// draw.
pub(in crate::render) struct Book<'d> {
    pub sheets: Vec<Sheet<'d>>,
}

/// A sheet.
pub(in crate::render) struct Sheet<'d> {
    /// Its name, which no other sheet has.
    pub name: String,
    /// The colour of its tab.
    pub tab: Option<Rgb>,
    /// What stands at the head and the foot of each printed page; the number of the page is added
    /// at the right of the foot.
    pub header: Edge,
    pub footer: Edge,
    pub paper: Paper,
    /// On how many pages beside one another it is printed.
    pub pages_across: u32,
    /// On how many pages below one another it is printed; `None` if that is as many as it takes.
    pub pages_down: Option<u32>,
    /// The widths of its columns, in digits.
    pub widths: Vec<u32>,
    /// The heights of rows that are higher than a line, in pixels.
    pub heights: BTreeMap<u32, u32>,
    /// Its cells by row and column, but for the headings of its tables.
    pub cells: BTreeMap<(u32, usize), Filled>,
    pub merged: Vec<Merged>,
    pub tables: Vec<TableAt>,
    /// How many rows and columns stay in sight.
    pub frozen: Option<(u32, usize)>,
    /// The row that is repeated on each printed page.
    pub repeated_row: Option<u32>,
    /// How many columns are repeated on each printed page.
    pub repeated_columns: usize,
    /// The rows that begin a printed page.
    pub breaks: Vec<u32>,
    /// The columns of ratings, which have their colours by their words.
    pub coloured: Vec<Coloured>,
    pub charts: Vec<ChartAt<'d>>,
    pub sparklines: Vec<SparklineAt>,
    /// The columns that are not shown.
    pub hidden: Vec<usize>,
}

/// What stands at an edge of a printed page.
#[derive(Clone, Debug, Default)]
pub(in crate::render) struct Edge {
    pub left: String,
    pub centre: String,
    pub right: String,
}

/// A size of paper, lying on its side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::render) enum Paper {
    A4,
    A3,
}

/// A cell with something in it.
pub(in crate::render) struct Filled {
    pub content: Content,
    pub style: Style,
}

/// What is in a cell.
pub(in crate::render) enum Content {
    Blank,
    Text(String),
    /// Text of parts in different styles.
    Rich(Vec<(Style, String)>),
    /// A number, and how it reads.
    Number {
        value: f64,
        shown: String,
    },
    /// A link to another sheet.
    Link {
        sheet: String,
        text: String,
    },
}

/// Cells of a row that are one.
pub(in crate::render) struct Merged {
    pub row: u32,
    pub first: usize,
    pub last: usize,
}

/// A table, which begins in column A.
pub(in crate::render) struct TableAt {
    /// Its name, which no other table has.
    pub name: String,
    /// What it shows, for those who cannot see it.
    pub caption: String,
    /// The row of its headings.
    pub header: u32,
    /// Its last row.
    pub last: u32,
    pub columns: Vec<TableColumn>,
    pub has_filter: bool,
    /// Whether it has ids, which are no mistake where they are text.
    pub has_ids: bool,
}

/// A column of a table.
pub(in crate::render) struct TableColumn {
    pub heading: String,
    pub align: Align,
}

/// A column whose cells have the colours of ratings.
pub(in crate::render) struct Coloured {
    pub first: u32,
    pub last: u32,
    pub column: usize,
}

/// A chart, beside its table.
pub(in crate::render) struct ChartAt<'d> {
    pub row: u32,
    pub column: usize,
    pub chart: &'d Chart,
    pub ranges: Ranges,
}

/// A sparkline in its cell.
pub(in crate::render) struct SparklineAt {
    pub row: u32,
    pub column: usize,
    pub ranges: Ranges,
}

/// The rows of the sheet of numbers that a chart draws.
pub(in crate::render) struct Ranges {
    pub first: u32,
    pub last: u32,
    /// Which of the lines have any numbers.
    pub lines: [bool; LINES.len()],
}

impl<'d> Book<'d> {
    /// The workbook of a document.
    pub(in crate::render) fn of(document: &'d Document) -> Self {
        // Excel reserves the name History.
        let mut names = UniqueNames::sheets(&[CONTENTS, CHART_DATA, "History"]);
        let mut tables = UniqueNames::tables();
        let named: Vec<_> =
            document.pages.iter().map(|page| (page, names.unique(&page.name))).collect();
        let mut sheets = vec![contents(document, &named, &mut tables)];
        let mut charts = ChartData::default();
        for (page, name) in &named {
            let mut sheet = Writer::new(name, &page.title, document, &mut tables);
            sheet.line(&facts(document), style::plain());
            sheet.link(CONTENTS, "Back to the contents");
            sheet.page(page, &mut charts);
            sheet.notes(&page.notes, &document.terms_of(page));
            sheets.push(sheet.finish());
        }
        if !charts.is_empty() {
            sheets.push(chart_data::sheet(&charts, document, &mut tables));
        }
        Self { sheets }
    }
}

/// The facts about the report in one line.
fn facts(document: &Document) -> String {
    let facts: Vec<_> =
        document.facts.iter().map(|fact| format!("{}: {}", fact.label, fact.text)).collect();
    facts.join("   ")
}

/// The sheet that lists the others, with the key.
fn contents<'d>(
    document: &'d Document,
    pages: &[(&Page, String)],
    tables: &mut UniqueNames,
) -> Sheet<'d> {
    let mut sheet = Writer::new(CONTENTS, &document.title, document, tables);
    sheet.set_tab(palette::DARK);
    sheet.widths(&[30, 80]);
    sheet.fields(&document.facts);
    sheet.gap();
    let listed: Vec<_> =
        pages.iter().map(|(page, name)| (name.as_str(), page.title.as_str())).collect();
    sheet.list_of_sheets(&listed);
    sheet.gap();
    sheet.heading(&document.key.caption);
    sheet.key(&document.key);
    sheet.finish()
}
