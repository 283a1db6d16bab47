//! `xlsx`: a workbook for directors, with a sheet for each page.

mod chart;
pub(in crate::render) mod error;
pub(in crate::render) mod save;
mod sheet;
mod style;

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::sheets::style::LINE;
use super::sheets::{ABOUT_RATINGS, Book, clipped};
use crate::layout::{Document, Texts};
use error::in_words;
use save::save;

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
    workbook.set_default_format(&style::default(), LINE, 64)?;
    workbook.set_properties(&properties(document));
    for sheet in &Book::of(document).sheets {
        sheet::write(sheet, workbook.add_worksheet())?;
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
    properties.set_comment(ABOUT_RATINGS)
}
