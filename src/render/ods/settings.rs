//! `settings.xml`: which rows and columns of a sheet stay in sight.

use super::NAMESPACES;
use crate::render::sheets::{Book, Sheet};
use crate::render::xml::XmlWriter;

/// How a window is split whose parts do not move.
const FROZEN: &str = "2";

/// The part.
pub(super) fn part(book: &Book<'_>) -> Vec<u8> {
    XmlWriter::part("office:document-settings", NAMESPACES, |xml| {
        xml.element("office:settings", &[], |xml| {
            named(xml, "config:config-item-set", "ooo:view-settings", |xml| {
                named(xml, "config:config-item-map-indexed", "Views", |xml| {
                    xml.element("config:config-item-map-entry", &[], |xml| {
                        item(xml, "ViewId", "string", "view1");
                        named(xml, "config:config-item-map-named", "Tables", |xml| {
                            for sheet in &book.sheets {
                                named(xml, "config:config-item-map-entry", &sheet.name, |xml| {
                                    view(sheet, xml);
                                });
                            }
                        });
                        let first = book.sheets.first().map_or("", |sheet| &sheet.name);
                        item(xml, "ActiveTable", "string", first);
                        item(xml, "ShowGrid", "boolean", "false");
                    });
                });
            });
        });
    })
}

fn view(sheet: &Sheet<'_>, xml: &mut XmlWriter) {
    item(xml, "CursorPositionX", "int", "0");
    item(xml, "CursorPositionY", "int", "0");
    item(xml, "ShowGrid", "boolean", "false");
    let Some((rows, columns)) = sheet.frozen else { return };
    let (rows, columns) = (rows.to_string(), columns.to_string());
    if columns != "0" {
        item(xml, "HorizontalSplitMode", "short", FROZEN);
        item(xml, "HorizontalSplitPosition", "int", &columns);
    }
    item(xml, "VerticalSplitMode", "short", FROZEN);
    item(xml, "VerticalSplitPosition", "int", &rows);
    item(xml, "PositionLeft", "int", "0");
    item(xml, "PositionRight", "int", &columns);
    item(xml, "PositionTop", "int", "0");
    item(xml, "PositionBottom", "int", &rows);
}

fn named(xml: &mut XmlWriter, element: &str, name: &str, inside: impl FnOnce(&mut XmlWriter)) {
    xml.element(element, &[("config:name", name)], inside);
}

fn item(xml: &mut XmlWriter, name: &str, kind: &str, value: &str) {
    xml.text_element("config:config-item", &[("config:name", name), ("config:type", kind)], value);
}
