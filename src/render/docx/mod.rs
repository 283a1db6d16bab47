//! `docx`: the agenda item, for Word: the covering report's paragraphs, then the tables and
//! exception reports as an appendix.
//!
//! A package of `OOXML` parts (ECMA-376), each made by a file of this folder. Headings are real
//! headings, header rows are repeated on every page, charts are charts that can be edited, and
//! everything that is seen is said: tables and charts have their words.

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
/// Those of writing to `out`.
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
