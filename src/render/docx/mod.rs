//! `docx`: the agenda item, for Word: the covering report's paragraphs, then the tables and
//! exception reports as an appendix.
//!
//! A package of `OOXML` parts (ECMA-376), each made by a file of this folder. Headings are real
//! headings, header rows are repeated on every page, charts are charts that can be edited, and
//! everything that is seen is said: tables and charts have their words.

mod body;
mod chart;
mod parts;
mod table;
mod xml;

use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::layout::{Document, Texts};
use body::Body;

/// A part of the package.
struct Part {
    path: String,
    bytes: Vec<u8>,
}

impl Part {
    fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), bytes: bytes.into() }
    }
}

/// Writes the document.
///
/// # Errors
///
/// Those of writing to `out`.
pub fn write(document: &Document, out: &mut impl Write) -> io::Result<()> {
    let document: &Document = &document.printable();
    let body = Body::of(document);
    let mut parts = parts::parts(document, &body);
    for (index, chart) in body.charts.iter().enumerate() {
        parts.extend(chart::parts(chart, index + 1)?);
    }
    parts.push(Part::new("word/document.xml", body.into_part()));
    out.write_all(&package(&parts)?)
}

/// The parts in one file. Its days are always the same, so that the same document gives the same
/// bytes.
fn package(parts: &[Part]) -> io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for part in parts {
        zip.start_file(part.path.as_str(), options)?;
        zip.write_all(&part.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
