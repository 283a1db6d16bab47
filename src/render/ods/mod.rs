//! `ods`: the same workbook as an OpenDocument spreadsheet (ODF 1.3, ISO/IEC 26300), the format that
//! the government asks for.

mod chart;
mod content;
mod settings;
mod styles;

use std::io::{self, Write};

use super::archive::{Part, archive};
use super::sheets::{ABOUT_RATINGS, Book, MOST_COLUMNS, MOST_ROWS, Sheet, TOO_LARGE};
use super::xml::{Attributes, XmlWriter};
use crate::layout::{Document, LANGUAGE, Texts};
use styles::Styles;

/// The version of the format.
const VERSION: &str = "1.3";
/// What the file says that it is.
const SPREADSHEET: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// The namespaces of the parts.
const NAMESPACES: Attributes<'_> = &[
    ("xmlns:office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    ("xmlns:style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
    ("xmlns:text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
    ("xmlns:table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
    ("xmlns:draw", "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"),
    ("xmlns:fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
    ("xmlns:svg", "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"),
    ("xmlns:chart", "urn:oasis:names:tc:opendocument:xmlns:chart:1.0"),
    ("xmlns:number", "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"),
    ("xmlns:meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"),
    ("xmlns:config", "urn:oasis:names:tc:opendocument:xmlns:config:1.0"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:xlink", "http://www.w3.org/1999/xlink"),
    // Sparklines are an extension of LibreOffice.
    ("xmlns:calcext", "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"),
    ("office:version", VERSION),
];

/// Writes the workbook.
///
/// # Errors
///
/// If writing to `out` fails, or if a table does not fit on a sheet.
pub fn write(document: &Document, out: &mut impl Write) -> io::Result<()> {
    let document: &Document = &document.printable();
    let book = Book::of(document);
    if !book.sheets.iter().all(fits) {
        return Err(io::Error::other(TOO_LARGE));
    }
    let mut styles = Styles::default();
    let content = content::part(&book, &mut styles);
    let mut parts = vec![
        Part::plain("mimetype", SPREADSHEET),
        Part::new("content.xml", content),
        Part::new("styles.xml", styles::part(&book)),
        Part::new("settings.xml", settings::part(&book)),
        Part::new("meta.xml", meta(document)),
    ];
    let charts = book.sheets.iter().flat_map(|sheet| &sheet.charts);
    for (number, at) in (1..).zip(charts) {
        let folder = chart::folder(number);
        parts.push(Part::new(format!("{folder}/content.xml"), chart::content(at)));
        parts.push(Part::new(format!("{folder}/styles.xml"), chart::styles()));
    }
    parts.push(Part::new("META-INF/manifest.xml", manifest(&parts)));
    out.write_all(&archive(&parts)?)
}

/// Whether a sheet is no larger than one can be.
fn fits(sheet: &Sheet<'_>) -> bool {
    sheet.cells.keys().all(|(row, column)| *row < MOST_ROWS && *column < MOST_COLUMNS)
}

/// A length of pixels, in points.
fn points(pixels: u32) -> String {
    // 96 pixels are an inch, which is 72 points.
    hundredths(pixels.saturating_mul(75))
}

/// A length of hundredths of a point. A digit of a font of 10 points is as many wide as it is
/// thousandths of the font's size.
fn hundredths(length: u32) -> String {
    format!("{}.{:02}pt", length / 100, length % 100)
}

/// A colour: `#1f3a5f`.
fn colour(colour: super::palette::Rgb) -> String {
    format!("#{}", super::palette::hex(colour).to_lowercase())
}

/// What the file says of itself.
fn meta(document: &Document) -> Vec<u8> {
    XmlWriter::part("office:document-meta", NAMESPACES, |xml| {
        xml.element("office:meta", &[], |xml| {
            xml.text_element("dc:title", &[], &document.title);
            xml.text_element("dc:subject", &[], &document.subject);
            xml.text_element("dc:description", &[], ABOUT_RATINGS);
            if let Some(organisation) = &document.organisation {
                xml.text_element("meta:initial-creator", &[], organisation);
                xml.text_element("dc:creator", &[], organisation);
            }
            // The date of the figures, so that the same figures give the same file.
            if let Some(day) = document.dated {
                let day = format!("{day}T00:00:00");
                xml.text_element("meta:creation-date", &[], &day);
                xml.text_element("dc:date", &[], &day);
            }
            xml.text_element("dc:language", &[], LANGUAGE);
        });
    })
}

/// The list of the parts.
fn manifest(parts: &[Part]) -> Vec<u8> {
    let namespaces = [
        ("xmlns:manifest", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"),
        ("manifest:version", VERSION),
    ];
    XmlWriter::part("manifest:manifest", &namespaces, |xml| {
        let mut entry = |path: &str, kind: &str| {
            let named = [("manifest:full-path", path), ("manifest:media-type", kind)];
            xml.empty("manifest:file-entry", &named);
        };
        entry("/", SPREADSHEET);
        for part in parts.iter().filter(|part| part.path != "mimetype") {
            if let Some(folder) = part.path.strip_suffix("/content.xml") {
                entry(&format!("{folder}/"), chart::KIND);
            }
            entry(&part.path, "text/xml");
        }
    })
}
