//! The parts other than the text: styles, lists, footers, properties, and the relationships between
//! parts.

use super::relationships::{OFFICE_RELATIONSHIPS, related, relationship_list, relationships};
use super::run::{Run, run};
use super::section::{Footer, HEADER};
use crate::layout::{Document, LANGUAGE};
use crate::render::archive::Part;
use crate::render::xml::XmlWriter;
use crate::render::{measure, palette};

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// The size of the text of footers, in half points.
const FOOTER_SIZE: u32 = 16;
const TYPES: &str = "application/vnd.openxmlformats-officedocument";

/// A part that a package may have already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Usual {
    Header,
    Footers,
    Styles,
    Numbering,
}

/// What a document adds to a package.
pub(super) struct Added {
    /// How many charts.
    pub charts: usize,
    /// Which of the usual parts.
    pub usual: Vec<Usual>,
}

impl Added {
    pub(super) fn has(&self, part: Usual) -> bool {
        self.usual.contains(&part)
    }
}

/// All parts except the text and the charts. `charts` is the number of charts, and `lists` has the
/// first number of each numbered list.
pub(super) fn parts(document: &Document, charts: usize, lists: &[u64]) -> Vec<Part> {
    let mut usual = vec![Usual::Footers, Usual::Styles, Usual::Numbering];
    usual.extend(document.marking.is_some().then_some(Usual::Header));
    let added = Added { charts, usual };
    let mut parts = vec![
        Part::new("[Content_Types].xml", content_types(&added)),
        Part::new("_rels/.rels", package_relationships()),
        Part::new("docProps/core.xml", core(document)),
        Part::new("docProps/app.xml", app(document)),
        Part::new("word/_rels/document.xml.rels", document_relationships(&added)),
        Part::new("word/styles.xml", styles()),
        Part::new("word/settings.xml", settings()),
        Part::new("word/numbering.xml", numbering(lists)),
    ];
    parts.extend(header_of(document));
    parts.extend(footers(document));
    parts
}

/// The header, of a document that has a marking.
pub(super) fn header_of(document: &Document) -> Option<Part> {
    let marking = document.marking.as_deref()?;
    Some(Part::new(format!("word/{}", HEADER.1), header(marking)))
}

/// The footers, for pages that lie either way.
pub(super) fn footers(document: &Document) -> [Part; 2] {
    [&Footer::PORTRAIT, &Footer::LANDSCAPE]
        .map(|of| Part::new(format!("word/{}", of.path), footer(document, of)))
}

fn content_types(added: &Added) -> Vec<u8> {
    let defaults = [
        ("rels", "application/vnd.openxmlformats-package.relationships+xml".to_owned()),
        ("xml", "application/xml".to_owned()),
    ];
    let main = [
        word("document.xml", "document.main"),
        word("settings.xml", "settings"),
        (
            "/docProps/core.xml".to_owned(),
            "application/vnd.openxmlformats-package.core-properties+xml".to_owned(),
        ),
        ("/docProps/app.xml".to_owned(), format!("{TYPES}.extended-properties+xml")),
    ];
    XmlWriter::part(
        "Types",
        &[("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")],
        |xml| {
            for (extension, kind) in &defaults {
                xml.empty("Default", &[("Extension", extension), ("ContentType", kind)]);
            }
            for (part, kind) in main.iter().chain(&added_types(added)) {
                xml.empty("Override", &[("PartName", part), ("ContentType", kind)]);
            }
        },
    )
}

fn word(part: &str, kind: &str) -> (String, String) {
    (format!("/word/{part}"), format!("{TYPES}.wordprocessingml.{kind}+xml"))
}

/// The paths and types of what is added.
fn added_types(added: &Added) -> Vec<(String, String)> {
    let mut types = Vec::new();
    if added.has(Usual::Styles) {
        types.push(word("styles.xml", "styles"));
    }
    if added.has(Usual::Numbering) {
        types.push(word("numbering.xml", "numbering"));
    }
    if added.has(Usual::Header) {
        types.push(word(HEADER.1, "header"));
    }
    if added.has(Usual::Footers) {
        types.push(word(Footer::PORTRAIT.path, "footer"));
        types.push(word(Footer::LANDSCAPE.path, "footer"));
    }
    for number in 1..=added.charts {
        types.push((
            format!("/word/charts/chart{number}.xml"),
            format!("{TYPES}.drawingml.chart+xml"),
        ));
        types.push((
            format!("/word/embeddings/chart{number}.xlsx"),
            format!("{TYPES}.spreadsheetml.sheet"),
        ));
    }
    types
}

/// The elements that name the types of what is added.
pub(super) fn override_elements(added: &Added) -> String {
    let mut xml = XmlWriter::default();
    for (part, kind) in added_types(added) {
        xml.empty("Override", &[("PartName", &part), ("ContentType", &kind)]);
    }
    xml.into_text()
}

fn package_relationships() -> Vec<u8> {
    let core =
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    relationships(&[
        related("document", "officeDocument", "word/document.xml"),
        ("core".to_owned(), core.to_owned(), "docProps/core.xml".to_owned()),
        related("app", "extended-properties", "docProps/app.xml"),
    ])
}

fn document_relationships(added: &Added) -> Vec<u8> {
    let mut of = vec![related("settings", "settings", "settings.xml")];
    of.extend(added_relationships(added));
    relationships(&of)
}

/// The relationships of the text to what is added.
fn added_relationships(added: &Added) -> Vec<(String, String, String)> {
    let mut of = Vec::new();
    if added.has(Usual::Styles) {
        of.push(related("styles", "styles", "styles.xml"));
    }
    if added.has(Usual::Numbering) {
        of.push(related("numbering", "numbering", "numbering.xml"));
    }
    if added.has(Usual::Header) {
        of.push(related(HEADER.0, "header", HEADER.1));
    }
    if added.has(Usual::Footers) {
        of.push(related(Footer::PORTRAIT.id, "footer", Footer::PORTRAIT.path));
        of.push(related(Footer::LANDSCAPE.id, "footer", Footer::LANDSCAPE.path));
    }
    of.extend((1..=added.charts).map(|number| {
        related(&format!("chart{number}"), "chart", &format!("charts/chart{number}.xml"))
    }));
    of
}

/// The elements of these relationships.
pub(super) fn relationship_elements(added: &Added) -> String {
    let mut xml = XmlWriter::default();
    relationship_list(&mut xml, &added_relationships(added));
    xml.into_text()
}

/// The properties of the document. Its date is that of the figures, so that the same figures give
/// the same file.
pub(super) fn core(document: &Document) -> Vec<u8> {
    let day = document.dated.map(|day| format!("{day}T00:00:00Z"));
    let namespaces = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    XmlWriter::part("cp:coreProperties", &namespaces, |xml| {
        xml.text_element("dc:title", &[], &document.title);
        xml.text_element("dc:subject", &[], &document.subject);
        if let Some(organisation) = &document.organisation {
            xml.text_element("dc:creator", &[], organisation);
        }
        xml.text_element("dc:language", &[], LANGUAGE);
        for (name, day) in
            ["dcterms:created", "dcterms:modified"].into_iter().zip(day.iter().cycle())
        {
            xml.text_element(name, &[("xsi:type", "dcterms:W3CDTF")], day);
        }
    })
}

fn app(document: &Document) -> Vec<u8> {
    let namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    XmlWriter::part("Properties", &[("xmlns", namespace)], |xml| {
        if let Some(organisation) = &document.organisation {
            xml.text_element("Company", &[], organisation);
        }
    })
}

/// The settings. Without this one, Word would lay out the document like its oldest version.
fn settings() -> Vec<u8> {
    XmlWriter::part("w:settings", &[("xmlns:w", MAIN)], |xml| {
        xml.element("w:compat", &[], |xml| {
            let uri = "http://schemas.microsoft.com/office/word";
            xml.empty(
                "w:compatSetting",
                &[("w:name", "compatibilityMode"), ("w:uri", uri), ("w:val", "15")],
            );
        });
        xml.empty("w:themeFontLang", &[("w:val", LANGUAGE)]);
    })
}

/// The lists: first the one with bullets, then each numbered list with its first number.
pub(super) fn numbering(lists: &[u64]) -> Vec<u8> {
    XmlWriter::part("w:numbering", &[("xmlns:w", MAIN)], |xml| {
        kinds_of_lists(xml, 0);
        numbered_lists(xml, lists, 0, 0);
    })
}

/// The kinds of lists and the lists, for a package that has so many of each already.
pub(super) fn list_elements(lists: &[u64], kinds: usize, there: usize) -> (String, String) {
    let (mut of_kinds, mut of_lists) = (XmlWriter::default(), XmlWriter::default());
    kinds_of_lists(&mut of_kinds, kinds);
    numbered_lists(&mut of_lists, lists, kinds, there);
    (of_kinds.into_text(), of_lists.into_text())
}

/// The two kinds of lists, with bullets and with numbers, of which the first has this number.
fn kinds_of_lists(xml: &mut XmlWriter, first: usize) {
    let level = |xml: &mut XmlWriter, depth: usize, format: &str, text: &str| {
        xml.element("w:lvl", &[("w:ilvl", &depth.to_string())], |xml| {
            xml.val("w:start", "1");
            xml.val("w:numFmt", format);
            xml.val("w:lvlText", text);
            xml.val("w:lvlJc", "left");
            let left = (360 * (depth + 1)).to_string();
            xml.element("w:pPr", &[], |xml| {
                xml.empty("w:ind", &[("w:left", &left), ("w:hanging", "360")]);
            });
        });
    };
    xml.element("w:abstractNum", &[("w:abstractNumId", &first.to_string())], |xml| {
        xml.val("w:multiLevelType", "hybridMultilevel");
        for depth in 0..9 {
            level(xml, depth, "bullet", if depth % 2 == 0 { "•" } else { "–" });
        }
    });
    xml.element("w:abstractNum", &[("w:abstractNumId", &(first + 1).to_string())], |xml| {
        xml.val("w:multiLevelType", "hybridMultilevel");
        for depth in 0..9 {
            level(xml, depth, "decimal", &format!("%{}.", depth + 1));
        }
    });
}

/// The lists, of kinds of which the first has this number, after as many lists as are there.
fn numbered_lists(xml: &mut XmlWriter, lists: &[u64], kinds: usize, there: usize) {
    xml.element("w:num", &[("w:numId", &(there + 1).to_string())], |xml| {
        xml.val("w:abstractNumId", &kinds.to_string());
    });
    for (index, first) in lists.iter().enumerate() {
        xml.element("w:num", &[("w:numId", &(there + index + 2).to_string())], |xml| {
            xml.val("w:abstractNumId", &(kinds + 1).to_string());
            for depth in 0..9 {
                xml.element("w:lvlOverride", &[("w:ilvl", &depth.to_string())], |xml| {
                    // Stay below the largest number that Word accepts.
                    xml.val("w:startOverride", &(*first).min(30_000).to_string());
                });
            }
        });
    }
}

/// A header with the marking of the document.
fn header(marking: &str) -> Vec<u8> {
    let namespaces = [("xmlns:w", MAIN), ("xmlns:r", OFFICE_RELATIONSHIPS)];
    XmlWriter::part("w:hdr", &namespaces, |xml| marked(xml, marking))
}

/// A paragraph with the marking, in the middle of the line.
fn marked(xml: &mut XmlWriter, marking: &str) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.val("w:pStyle", "Footer");
            xml.val("w:jc", "center");
        });
        xml.element("w:r", &[], |xml| {
            xml.text_element("w:t", &[("xml:space", "preserve")], marking);
        });
    });
}

/// A footer: what the paper is, whose, for which month and whether it is a draft, and the page's
/// number.
fn footer(document: &Document, of: &Footer) -> Vec<u8> {
    XmlWriter::part("w:ftr", &[("xmlns:w", MAIN), ("xmlns:r", OFFICE_RELATIONSHIPS)], |xml| {
        if let Some(marking) = &document.marking {
            marked(xml, marking);
        }
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| {
                xml.val("w:pStyle", "Footer");
                xml.element("w:tabs", &[], |xml| {
                    xml.empty(
                        "w:tab",
                        &[("w:val", "right"), ("w:pos", &of.orientation.width().to_string())],
                    );
                });
            });
            let text = |xml: &mut XmlWriter, text: &str| run(xml, &Run { text, ..Run::default() });
            let field = |xml: &mut XmlWriter, code: &str| {
                xml.element("w:fldSimple", &[("w:instr", code)], |xml| text(xml, "1"));
            };
            let imprint = format!("{}. {}", document.title, document.imprint());
            text(xml, &imprint);
            xml.element("w:r", &[], |xml| {
                // Where there is no room beside it, the number stands below it, at the right too.
                if footer_width(&imprint) + footer_width("Page 999 of 999") > of.orientation.width()
                {
                    xml.empty("w:br", &[]);
                }
                xml.empty("w:tab", &[]);
            });
            text(xml, "Page ");
            field(xml, "PAGE");
            text(xml, " of ");
            field(xml, "NUMPAGES");
        });
    })
}

/// How wide a text is in a footer, in twentieths of a point.
fn footer_width(text: &str) -> u32 {
    (measure::width(text, false) * FOOTER_SIZE * 10).div_ceil(1000)
}

/// What a header of a council's own does not say: the marking.
pub(super) fn header_line(document: &Document) -> String {
    let mut xml = XmlWriter::default();
    if let Some(marking) = &document.marking {
        marked(&mut xml, marking);
    }
    xml.into_text()
}

/// What a footer of a council's own does not say: the marking, for which month the report is, and
/// whether it is a draft.
pub(super) fn footer_line(document: &Document) -> String {
    let mut xml = XmlWriter::default();
    if let Some(marking) = &document.marking {
        marked(&mut xml, marking);
    }
    xml.element("w:p", &[], |xml| {
        let text = document.imprint();
        run(xml, &Run { text: &text, size: 16, ..Run::default() });
    });
    xml.into_text()
}

/// The attributes for the language of the document.
fn language() -> [(&'static str, &'static str); 3] {
    [("w:val", LANGUAGE), ("w:eastAsia", LANGUAGE), ("w:bidi", "ar-SA")]
}

/// A paragraph style.
struct DocxStyle {
    id: &'static str,
    name: &'static str,
    /// The font size, in half points.
    size: u32,
    bold: bool,
    dark: bool,
    /// The space above and below, in twentieths of a point.
    space: (u32, u32),
    keep_next: bool,
    /// The outline level, from 0. `None` if it is not a heading.
    outline: Option<usize>,
    /// The hanging indent, in twentieths of a point, which is also the position of a tab; 0 for
    /// none.
    hanging: u32,
}

/// The style of the cells of tables.
const CELL: &str = "Cell";

/// The font.
const FONT: [(&str, &str); 4] =
    [("w:ascii", "Arial"), ("w:hAnsi", "Arial"), ("w:eastAsia", "Arial"), ("w:cs", "Arial")];

const PLAIN: DocxStyle = DocxStyle {
    id: "Normal",
    name: "Normal",
    size: 22,
    bold: false,
    dark: false,
    space: (0, 140),
    keep_next: false,
    outline: None,
    hanging: 0,
};

const fn heading(id: &'static str, name: &'static str, size: u32, level: usize) -> DocxStyle {
    DocxStyle {
        id,
        name,
        size,
        bold: true,
        dark: true,
        space: (240, 120),
        keep_next: true,
        outline: Some(level),
        ..PLAIN
    }
}

const STYLES: [DocxStyle; 12] = [
    PLAIN,
    DocxStyle {
        id: "Title",
        name: "Title",
        size: 40,
        bold: true,
        dark: true,
        space: (0, 200),
        keep_next: true,
        ..PLAIN
    },
    heading("Heading1", "heading 1", 32, 0),
    heading("Heading2", "heading 2", 28, 1),
    heading("Heading3", "heading 3", 24, 2),
    heading("Heading4", "heading 4", 22, 3),
    DocxStyle { id: "ListParagraph", name: "List Paragraph", ..PLAIN },
    DocxStyle { id: "Field", name: "Field", space: (0, 60), hanging: 2400, ..PLAIN },
    DocxStyle { id: CELL, name: "Cell", size: 18, space: (20, 20), ..PLAIN },
    DocxStyle {
        id: "Caption",
        name: "caption",
        size: 18,
        bold: true,
        dark: true,
        space: (60, 60),
        keep_next: true,
        ..PLAIN
    },
    DocxStyle { id: "Note", name: "Note", size: 18, space: (0, 40), ..PLAIN },
    DocxStyle { id: "Footer", name: "footer", size: FOOTER_SIZE, space: (0, 0), ..PLAIN },
];

/// For the empty paragraphs that Word requires after tables and at the end of sections.
const SMALL: DocxStyle = DocxStyle { id: "Small", name: "Small", size: 8, space: (0, 60), ..PLAIN };

pub(super) fn styles() -> Vec<u8> {
    XmlWriter::part("w:styles", &[("xmlns:w", MAIN)], |xml| {
        xml.element("w:docDefaults", &[], |xml| {
            xml.element("w:rPrDefault", &[], |xml| {
                xml.element("w:rPr", &[], |xml| {
                    xml.empty("w:rFonts", &FONT);
                    xml.val("w:sz", "22");
                    xml.val("w:szCs", "22");
                    xml.empty("w:lang", &language());
                });
            });
        });
        for style in STYLES.iter().chain([&SMALL]) {
            paragraph_style(xml, style);
        }
        table_style(xml);
    })
}

/// The ids of the paragraph styles and their names, in lower case.
pub(super) fn style_names() -> impl Iterator<Item = (&'static str, String)> {
    STYLES.iter().chain([&SMALL]).map(|style| (style.id, style.name.to_lowercase()))
}

/// How a paragraph names its style.
pub(super) fn style_reference(id: &str) -> String {
    let mut xml = XmlWriter::default();
    xml.val("w:pStyle", id);
    xml.into_text()
}

/// The styles that are missing, by their names in lower case.
pub(super) fn style_elements(is_missing: impl Fn(&str) -> bool) -> String {
    let mut xml = XmlWriter::default();
    for style in STYLES.iter().chain([&SMALL]) {
        if is_missing(&style.name.to_lowercase()) {
            paragraph_style(&mut xml, style);
        }
    }
    if is_missing("figures") {
        table_style(&mut xml);
    }
    xml.into_text()
}

fn paragraph_style(xml: &mut XmlWriter, style: &DocxStyle) {
    let mut attributes = vec![("w:type", "paragraph"), ("w:styleId", style.id)];
    if style.id == PLAIN.id {
        attributes.push(("w:default", "1"));
    }
    xml.element("w:style", &attributes, |xml| {
        xml.val("w:name", style.name);
        if style.id != PLAIN.id {
            xml.val("w:basedOn", PLAIN.id);
            if style.outline.is_some() {
                xml.val("w:next", PLAIN.id);
            }
        }
        xml.empty("w:qFormat", &[]);
        xml.element("w:pPr", &[], |xml| {
            if style.keep_next {
                xml.empty("w:keepNext", &[]);
                xml.empty("w:keepLines", &[]);
            }
            if style.hanging > 0 {
                xml.element("w:tabs", &[], |xml| {
                    xml.empty("w:tab", &[("w:val", "left"), ("w:pos", &style.hanging.to_string())]);
                });
            }
            xml.empty(
                "w:spacing",
                &[
                    ("w:before", &style.space.0.to_string()),
                    ("w:after", &style.space.1.to_string()),
                ],
            );
            if style.hanging > 0 {
                let hanging = style.hanging.to_string();
                xml.empty("w:ind", &[("w:left", &hanging), ("w:hanging", &hanging)]);
            }
            if style.id == "ListParagraph" {
                // Leave space only below the list, not between its items.
                xml.empty("w:contextualSpacing", &[]);
            }
            if let Some(level) = style.outline {
                xml.val("w:outlineLvl", &level.to_string());
            }
        });
        xml.element("w:rPr", &[], |xml| {
            if style.id == CELL {
                // The widths of columns are measured in this font, whatever the council's own is.
                xml.empty("w:rFonts", &FONT);
            }
            if style.bold {
                xml.empty("w:b", &[]);
            }
            if style.dark {
                xml.val("w:color", &palette::hex(palette::DARK));
            }
            xml.val("w:sz", &style.size.to_string());
            xml.val("w:szCs", &style.size.to_string());
        });
    });
}

/// The table style: thin lines, and little space next to the text.
fn table_style(xml: &mut XmlWriter) {
    xml.element("w:style", &[("w:type", "table"), ("w:styleId", "Figures")], |xml| {
        xml.val("w:name", "Figures");
        xml.element("w:tblPr", &[], |xml| {
            xml.element("w:tblBorders", &[], |xml| {
                for side in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
                    xml.empty(
                        side,
                        &[
                            ("w:val", "single"),
                            ("w:sz", "4"),
                            ("w:space", "0"),
                            ("w:color", &palette::hex(palette::LINE)),
                        ],
                    );
                }
            });
            xml.element("w:tblCellMar", &[], |xml| {
                xml.empty("w:left", &[("w:w", "60"), ("w:type", "dxa")]);
                xml.empty("w:right", &[("w:w", "60"), ("w:type", "dxa")]);
            });
        });
    });
}
