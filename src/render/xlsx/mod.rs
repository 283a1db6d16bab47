//! `xlsx`: a workbook for directors, with a sheet for each page.
//!
//! A number is stored exactly, with a format that shows it as on the page. All text is written as
//! text, so that nothing can be run as a formula. Each table is an Excel table with one header row
//! and no merged or missing cells; the headings of its sections are in a column of their own.

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

/// The maximum length of a workbook property, such as the title, in Excel.
const MOST_PROPERTY: usize = 255;

/// Writes the workbook.
///
/// # Errors
///
/// If writing to `out` fails, or if a table does not fit on a sheet.
pub fn write(document: &Document, out: &mut impl Write) -> io::Result<()> {
    let document: &Document = &document.printable();
    let bytes = workbook(document).map_err(|error| in_words(&error))?;
    out.write_all(&bytes)
}

fn workbook(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The last number is the default width of columns in this font, from which all other widths are
    // calculated.
    workbook.set_default_format(&style::base(), style::LINE, 64)?;
    workbook.set_properties(&properties(document));
    // Excel reserves the name History.
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
        sheet.notes(&page.notes, &document.terms_of(page))?;
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
    // Use the date of the figures, so that the same figures give the same file. Excel has no dates
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

/// The facts about the report in one line.
fn facts(document: &Document) -> String {
    let facts: Vec<_> =
        document.facts.iter().map(|fact| format!("{}: {}", fact.label, fact.text)).collect();
    facts.join("   ")
}

/// Writes the sheet that lists the others, with the key.
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
    sheet.key(&document.key)
}
