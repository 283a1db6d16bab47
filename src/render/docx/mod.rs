//! `docx`: the agenda item, for Word: the paragraphs of the covering report, then the tables and
//! exception reports as an appendix.
//!
//! The document is a package of `OOXML` parts (ECMA-376), each created by a file in this folder.
//! Headings are real headings, header rows are repeated on every page, and charts can be edited.
//! For people who cannot see them, tables and charts also have descriptions.

mod body;
mod chart;
mod parts;
mod relationships;
mod run;
mod section;
mod table;
mod template;

use std::io::{self, Write};

use super::archive::{Part, archive};
use crate::layout::Document;
use crate::render::typography::kept_together;
use body::Body;
use template::Template;

/// Writes the document.
///
/// # Errors
///
/// If writing to `out` fails, or the document's template cannot be one.
pub fn write(document: &Document, out: &mut impl Write) -> io::Result<()> {
    let document = &kept_together(document);
    let template = document.template.as_deref().map(Template::open).transpose();
    let template = template.map_err(io::Error::other)?;
    let body = Body::of(document, template.as_ref().map_or(&[], Template::references));
    let mut parts = Vec::new();
    for (index, chart) in body.charts.iter().enumerate() {
        parts.extend(chart::parts(chart, index + 1)?);
    }
    if let Some(template) = template {
        parts.extend(template.filled(document, body).map_err(io::Error::other)?);
    } else {
        parts.extend(parts::parts(document, body.charts.len(), &body.lists));
        parts.push(Part::new("word/document.xml", body.into_part()));
    }
    // The types of parts come first in a package, and so do those that lead to the others.
    parts.sort_by_key(|part| (!part.path.starts_with('['), !part.path.starts_with("_rels/")));
    out.write_all(&archive(&parts)?)
}

/// Whether a council's own document can be a template.
///
/// # Errors
///
/// Why it cannot, in words.
pub fn check_template(bytes: &[u8]) -> Result<(), String> {
    Template::open(bytes).map(|_| ())
}
