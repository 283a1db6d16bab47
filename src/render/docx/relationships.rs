//! The relationships between the parts of a package.

use crate::render::xml::XmlWriter;

/// The namespace of the relationships in office documents.
pub(super) const OFFICE_RELATIONSHIPS: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The namespace of the relationships in any package.
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

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
