//! `pdf`: the document of the pack as a PDF that screen readers can read (PDF/UA-1, ISO 14289-1),
//! set by Typst.
//!
//! [`data`] says what is on the pages, as plain data, and `document.typ` how they look. No text ever
//! becomes markup: it passes as JSON. Nothing is read from the machine: neither its fonts, its files
//! nor its clock, so that the same document gives the same bytes.

mod data;
mod letters;
mod world;

use std::io::{self, Write};

use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::layout::Document;
use crate::month::Date;
use crate::render::typography::kept_together;
use data::Content;
use world::DocumentWorld;

/// Writes the document.
///
/// # Errors
///
/// If writing to `out` fails, or if no accessible document can be made of it.
pub fn write(document: &Document, out: &mut impl Write) -> io::Result<()> {
    let document = &kept_together(document);
    let pages = set(&Content::of(document)).map_err(refused)?;
    let options = options(document).map_err(|error| refused([error]))?;
    let bytes = typst_pdf::pdf(&pages, &options).map_err(|errors| refused(said(&errors)))?;
    out.write_all(&bytes)
}

/// The pages of the document.
fn set(content: &Content) -> Result<PagedDocument, Vec<String>> {
    let world = DocumentWorld::of(content)?;
    let compiled = typst::compile::<PagedDocument>(&world);
    // What only took time to work out is not needed again.
    typst::comemo::evict(0);
    // Pages whose numbers are still moving would have wrong ones in their contents.
    let warned = said(&compiled.warnings);
    let pages = compiled.output.map_err(|errors| said(&errors))?;
    if warned.is_empty() { Ok(pages) } else { Err(warned) }
}

fn options(document: &Document) -> Result<PdfOptions, String> {
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]);
    let standards = standards.map_err(|error| error.message().to_string())?;
    Ok(PdfOptions {
        // Months of the same title are different documents.
        ident: Smart::Custom(format!("{}, {}", document.title, document.imprint())),
        timestamp: document.dated.and_then(midnight).map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    })
}

fn midnight(day: Date) -> Option<Datetime> {
    Datetime::from_ymd_hms(i32::from(day.year), day.month, day.day, 0, 0, 0)
}

fn said(found: &[SourceDiagnostic]) -> Vec<String> {
    let said = |found: &SourceDiagnostic| {
        let hints = found.hints.iter().map(|hint| format!(" ({})", hint.v));
        format!("{}{}", found.message, hints.collect::<String>())
    };
    found.iter().map(said).collect()
}

fn refused(errors: impl IntoIterator<Item = String>) -> io::Error {
    let errors: Vec<_> = errors.into_iter().collect();
    let found = errors.join("; ");
    io::Error::other(format!("no PDF can be made of it: {found}; use --format docx or html"))
}
