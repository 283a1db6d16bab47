//! `docx`: the agenda item, for Word: the paragraphs of the covering report, then the tables and
//! exception reports as an appendix.
//!
//! The document is a package of `OOXML` parts (ECMA-376), each created by a file in this folder.
//! Headings are real headings, header rows are repeated on every page, and charts can be edited.
//! For people who cannot see them, tables and charts also have descriptions.

mod body;
mod chart;
mod package;
mod parts;
mod run;
mod section;
mod table;
mod xml;

use std::io::{self, Write};

use crate::layout::{Document, Texts};
use body::Body;
use package::{Part, package};

/// Writes the document.
///
/// # Errors
///
/// If writing to `out` fails.
pub fn write(document: &Document, out: &mut impl Write) -> io::Result<()> {
    let document: &Document = &document.printable();
    let body = Body::of(document);
    let mut parts = parts::parts(document, body.charts.len(), &body.lists);
    for (index, chart) in body.charts.iter().enumerate() {
        parts.extend(chart::parts(chart, index + 1)?);
    }
    parts.push(Part::new("word/document.xml", body.into_part()));
    out.write_all(&package(&parts)?)
}
