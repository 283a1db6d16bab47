//! `xlsx`: a workbook that directors open, with a sheet for each page.
//!
//! A number is a number, exact, with a format that shows it as the page does. What is text is
//! written as text, so that nothing is ever a formula. Each table is an Excel table with one header
//! row and no cells that are merged or left out; the headings of its sections are a column of it.

mod chart;
mod chart_sheet;
pub(in crate::render) mod error;
mod names;
pub(in crate::render) mod save;
mod sheet;
mod style;

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use crate::layout::{Document, Page, Texts};
use crate::render::palette;
use chart::ChartData;
use error::in_words;
use names::{CHART_DATA, CONTENTS, UniqueNames, clipped};
use save::save;
use sheet::Sheet;

/// The most that Excel takes as a property of a workbook, such as its title.
const MOST_PROPERTY: usize = 255;

/// Writes the workbook.
///
/// # Errors
///
/// Those of writing to `out`, and a table that is larger than a sheet.
pub fn write(document: &Document, out: &mut impl Write) -> io::Result<()> {
    let document: &Document = &document.printable();
    let bytes = workbook(document).map_err(|error| in_words(&error))?;
    out.write_all(&bytes)
}

fn workbook(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The width that columns have with letters of this size unless they are told, which widths are
    // reckoned from.
    workbook.set_default_format(&style::base(), style::LINE, 64)?;
    workbook.set_properties(&properties(document));
    // Excel keeps the name History to itself.
    let mut sheets = UniqueNames::sheets(&[CONTENTS, CHART_DATA, "History"]);
    let mut tables = UniqueNames::tables();
    let named: Vec<_> =
        document.pages.iter().map(|page| (page, sheets.unique(&page.name))).collect();
    contents(document, &named, workbook.add_worksheet(), &mut tables)?;
    let mut charts = ChartData::default();
    for (page, name) in &named {
        let mut sheet =
            Sheet::new(workbook.add_worksheet(), name, &page.title, document, &mut tables)?;
        sheet.line(&facts(document), &style::plain())?;
        sheet.link(CONTENTS, "Back to the contents")?;
        sheet.page(page, &mut charts)?;
    }
    if !charts.is_empty() {
        chart_sheet::write(&charts, document, workbook.add_worksheet(), &mut tables)?;
    }
    save(&mut workbook)
}

fn properties(document: &Document) -> DocProperties {
    let mut properties = DocProperties::new()
        .set_title(clipped(&document.title, MOST_PROPERTY))
        .set_subject(clipped(&document.subject, MOST_PROPERTY));
    if let Some(organisation) = &document.organisation {
        properties = properties
            .set_company(clipped(organisation, MOST_PROPERTY))
            .set_author(clipped(organisation, MOST_PROPERTY));
    }
    // The day of the figures, so that the same figures give the same file; workbooks know no day
    // before 1900.
    if let Some(Ok(created)) =
        document.dated.map(|day| ExcelDateTime::from_ymd(day.year, day.month, day.day))
    {
        properties = properties.set_creation_datetime(&created);
    }
    properties.set_comment(
        "Ratings and arrows are words as well as colours; the sheet Contents has the key.",
    )
}

/// Whose report it is, for which month, in a line.
fn facts(document: &Document) -> String {
    let facts: Vec<_> =
        document.facts.iter().map(|fact| format!("{}: {}", fact.label, fact.text)).collect();
    facts.join("   ")
}

/// The sheet that lists the others, with the key.
fn contents(
    document: &Document,
    pages: &[(&Page, String)],
    worksheet: &mut Worksheet,
    tables: &mut UniqueNames,
) -> Result<(), XlsxError> {
    worksheet.set_tab_color(palette::DARK);
    let mut sheet = Sheet::new(worksheet, CONTENTS, &document.title, document, tables)?;
    sheet.widths(&[30, 80])?;
    sheet.fields(&document.facts)?;
    sheet.gap();
    let listed: Vec<_> =
        pages.iter().map(|(page, name)| (name.as_str(), page.title.as_str())).collect();
    sheet.list_of_sheets(&listed)?;
    sheet.gap();
    sheet.heading(&document.key.caption)?;
    sheet.table_under_heading(&document.key)
}
