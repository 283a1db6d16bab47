//! The package: a ZIP file of parts, and the relationships between them.

use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::xml::XmlWriter;

/// The namespace of the relationships in office documents.
pub(super) const OFFICE_RELATIONSHIPS: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The namespace of the relationships in any package.
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A part of the package.
pub(super) struct Part {
    pub path: String,
    bytes: Vec<u8>,
}

impl Part {
    pub(super) fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), bytes: bytes.into() }
    }
}

/// A ZIP file of the parts. Its dates are always the same, so that the same document gives the same
/// bytes.
pub(super) fn package(parts: &[Part]) -> io::Result<Vec<u8>> {
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

/// A part with relationships, each given as its id, its kind and its target.
pub(super) fn relationships(of: &[(String, String, String)]) -> Vec<u8> {
    XmlWriter::part("Relationships", &[("xmlns", RELATIONSHIPS)], |xml| {
        relationship_list(xml, of);
    })
}

/// The elements of relationships.
pub(super) fn relationship_list(xml: &mut XmlWriter, of: &[(String, String, String)]) {
    for (id, kind, target) in of {
        xml.empty("Relationship", &[("Id", id), ("Type", kind), ("Target", target)]);
    }
}

/// A relationship of a kind that office documents define.
pub(super) fn related(id: &str, kind: &str, target: &str) -> (String, String, String) {
    (id.to_owned(), format!("{OFFICE_RELATIONSHIPS}/{kind}"), target.to_owned())
}
