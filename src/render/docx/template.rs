//! A council's own document, from which the report takes styles, headers and footers, and what stands
//! in it before the report.
//!
//! Every part of the council's package stays as it is, but for those that have to name what is added:
//! the text, its relationships, the types of parts, and the styles and lists that it lacks.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use super::body::Body;
use super::parts::{self, Added, Usual};
use super::section::Reference;
use crate::layout::Document;
use crate::render::archive::Part;

/// The most that a template may take when it is unpacked, in bytes.
const MOST: u64 = 64 << 20;

const TEXT: &str = "word/document.xml";
const STYLES: &str = "word/styles.xml";
const NUMBERING: &str = "word/numbering.xml";
const RELATIONSHIPS: &str = "word/_rels/document.xml.rels";
const TYPES: &str = "[Content_Types].xml";

/// How a paragraph begins to name its list.
const LIST: &str = "<w:numId w:val=\"";

/// A council's document, unpacked.
#[derive(Debug)]
pub(super) struct Template {
    /// Its parts by their paths.
    parts: Parts,
    /// The start tag of its text, with the namespaces.
    root: String,
    /// What stands in it; empty where it has no words.
    content: String,
    /// The headers and footers of its last section.
    references: Vec<Reference>,
    /// The paths of these headers.
    headers: Vec<String>,
    /// The paths of these footers.
    footers: Vec<String>,
    /// The ids of its styles by their names, in lower case.
    styles: BTreeMap<String, String>,
    /// The numbers that its lists have already: of their kinds, and of themselves.
    lists: (usize, usize),
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    ///
    /// Why it cannot be one, in words.
    pub(super) fn open(bytes: &[u8]) -> Result<Self, String> {
        let parts = unpacked(bytes)?;
        let needed = |path: &str| {
            text(&parts, path)?.ok_or_else(|| format!("it has no {path}: is it a Word document?"))
        };
        if needed(TYPES)?.contains("macroEnabled") {
            return Err("it has macros: save it as a Word document (.docx) without them".to_owned());
        }
        if parts.keys().any(|path| path.starts_with("word/charts/")) {
            return Err("it has a chart: put a picture of it in its place".to_owned());
        }
        let (root, body) = root_and_body(needed(TEXT)?)?;
        let (content, section) =
            body.rfind("<w:sectPr").map_or((body, ""), |section| body.split_at(section));
        let is_worded = content.contains("<w:t>") || content.contains("<w:t ");
        let mut references = Vec::new();
        each_element(section, |element| {
            let kind = element.name().as_ref().to_owned();
            if [Reference::HEADER, Reference::FOOTER].contains(&kind.as_str()) {
                let of = attribute(element, "w:type").unwrap_or_default();
                references.extend(attribute(element, "r:id").map(|id| Reference { kind, of, id }));
            }
        })?;
        let mut targets = BTreeMap::new();
        each_element(needed(RELATIONSHIPS)?, |element| {
            let target = attribute(element, "Id").zip(attribute(element, "Target"));
            targets.extend(target);
        })?;
        let path = |reference: &Reference| Some(path_of(targets.get(&reference.id)?));
        let paths = |kind| {
            let of_kind = references.iter().filter(move |reference| reference.kind == kind);
            of_kind.filter_map(path).collect()
        };
        let (headers, footers) = (paths(Reference::HEADER), paths(Reference::FOOTER));
        let mut styles = BTreeMap::new();
        let mut id = None;
        each_element(text(&parts, STYLES)?.unwrap_or_default(), |element| {
            match element.name().as_ref() {
                "w:style" => id = attribute(element, "w:styleId"),
                "w:name" => {
                    let name = attribute(element, "w:val").map(|name| name.to_lowercase());
                    styles.extend(name.zip(id.take()));
                }
                _ => {}
            }
        })?;
        let mut lists = (0, 0);
        each_element(text(&parts, NUMBERING)?.unwrap_or_default(), |element| {
            let number = |name| attribute(element, name).and_then(|number| number.parse().ok());
            match element.name().as_ref() {
                "w:abstractNum" => {
                    lists.0 = lists.0.max(number("w:abstractNumId").unwrap_or(0) + 1);
                }
                "w:num" => lists.1 = lists.1.max(number("w:numId").unwrap_or(0)),
                _ => {}
            }
        })?;
        let content = if is_worded { content.to_owned() } else { String::new() };
        Ok(Self { parts, root, content, references, headers, footers, styles, lists })
    }

    /// The headers and footers of every section; the program's own footers where it has none.
    pub(super) fn references(&self) -> &[Reference] {
        &self.references
    }

    /// Whether usual pages have no header or footer of its own.
    fn lacks(&self, kind: &str) -> bool {
        !self.references.iter().any(|reference| reference.is_usual(kind))
    }

    /// The parts of the document: those of the template, with the report in them.
    ///
    /// # Errors
    ///
    /// If a part of the template does not end as it should, in words.
    pub(super) fn filled(&self, document: &Document, body: Body<'_>) -> Result<Vec<Part>, String> {
        let is_added = |part: &Usual| match part {
            Usual::Header => document.marking.is_some() && self.lacks(Reference::HEADER),
            Usual::Footers => self.lacks(Reference::FOOTER),
            Usual::Styles => !self.parts.contains_key(STYLES),
            Usual::Numbering => !self.parts.contains_key(NUMBERING),
        };
        let usual = [Usual::Header, Usual::Footers, Usual::Styles, Usual::Numbering];
        let usual = usual.into_iter().filter(is_added).collect();
        let added = Added { charts: body.charts.len(), usual };
        let mut parts = self.parts.clone();
        let types = parts::override_elements(&added);
        insert(&mut parts, TYPES, "</Types>", &types)?;
        let relationships = parts::relationship_elements(&added);
        insert(&mut parts, RELATIONSHIPS, "</Relationships>", &relationships)?;
        if added.has(Usual::Styles) {
            parts.insert(STYLES.to_owned(), parts::styles());
        } else {
            let missing = parts::style_elements(|name| !self.styles.contains_key(name));
            insert(&mut parts, STYLES, "</w:styles>", &missing)?;
        }
        if added.has(Usual::Numbering) {
            parts.insert(NUMBERING.to_owned(), parts::numbering(&body.lists));
        } else {
            let (kinds, lists) = parts::list_elements(&body.lists, self.lists.0, self.lists.1);
            // All kinds stand before all lists.
            let numbering = text(&self.parts, NUMBERING)?.unwrap_or_default();
            let first = if numbering.contains("<w:num ") { "<w:num " } else { "</w:numbering>" };
            insert_at(&mut parts, NUMBERING, numbering.find(first), &kinds)?;
            insert(&mut parts, NUMBERING, "</w:numbering>", &lists)?;
        }
        for path in &self.headers {
            insert(&mut parts, path, "</w:hdr>", &parts::header_line(document))?;
        }
        for path in &self.footers {
            insert(&mut parts, path, "</w:ftr>", &parts::footer_line(document))?;
        }
        if parts.contains_key("docProps/core.xml") {
            parts.insert("docProps/core.xml".to_owned(), parts::core(document));
        }
        let written = self.named_as_here(&body.into_text());
        let Self { root, content, .. } = self;
        parts.insert(
            TEXT.to_owned(),
            format!("{root}<w:body>{content}{written}</w:body></w:document>").into_bytes(),
        );
        let mut parts: Vec<_> =
            parts.into_iter().map(|(path, bytes)| Part::new(path, bytes)).collect();
        if added.has(Usual::Header) {
            parts.extend(parts::header_of(document));
        }
        if added.has(Usual::Footers) {
            parts.extend(parts::footers(document));
        }
        Ok(parts)
    }

    /// The text of the report with the names of the template's styles, and its lists after the
    /// template's.
    fn named_as_here(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (id, name) in parts::style_names() {
            if let Some(here) = self.styles.get(&name).filter(|here| *here != id) {
                let (from, to) = (parts::style_reference(id), parts::style_reference(here));
                text = text.replace(&from, &to);
            }
        }
        let mut pieces = text.split(LIST);
        let mut named = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (number, rest) = piece.split_once('"').unwrap_or((piece, ""));
            let number = number.parse().unwrap_or(0) + self.lists.1;
            named.push_str(&format!("{LIST}{number}\"{rest}"));
        }
        named
    }
}

type Parts = BTreeMap<String, Vec<u8>>;

/// The parts of a package.
fn unpacked(bytes: &[u8]) -> Result<Parts, String> {
    let not_a_document = |_| "it is not a Word document (.docx)".to_owned();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(not_a_document)?;
    let (mut parts, mut left) = (Parts::new(), MOST);
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(not_a_document)?;
        let path = file.name().map_err(not_a_document)?.into_owned();
        if path.ends_with('/') {
            continue;
        }
        let mut part = Vec::new();
        file.take(left + 1)
            .read_to_end(&mut part)
            .map_err(|error| format!("its part {path} cannot be unpacked: {error}"))?;
        left = left
            .checked_sub(part.len() as u64)
            .ok_or_else(|| format!("unpacked it is larger than {} MB", MOST >> 20))?;
        parts.insert(path, part);
    }
    Ok(parts)
}

/// The text of a part, if there is such a part.
fn text<'p>(parts: &'p Parts, path: &str) -> Result<Option<&'p str>, String> {
    let part = parts.get(path).map(|bytes| str::from_utf8(bytes));
    part.transpose().map_err(|_| format!("its part {path} is not UTF-8"))
}

/// Inserts XML into a part, before its end.
fn insert(parts: &mut Parts, path: &str, end: &str, what: &str) -> Result<(), String> {
    let at = text(parts, path)?.and_then(|text| text.rfind(end));
    insert_at(parts, path, at, what)
}

fn insert_at(parts: &mut Parts, path: &str, at: Option<usize>, what: &str) -> Result<(), String> {
    let at = at.ok_or_else(|| format!("its part {path} does not end as it should"))?;
    if let Some(part) = parts.get_mut(path) {
        part.splice(at..at, what.bytes());
    }
    Ok(())
}

/// The start tag of a text, with what stands before it and the namespaces that the report needs, and
/// the inside of its body.
fn root_and_body(text: &str) -> Result<(String, &str), String> {
    let cut = || {
        let (head, rest) = text.split_once("<w:body>")?;
        Some((head.trim_end(), rest.rsplit_once("</w:body>")?.0))
    };
    let (head, body) = cut().ok_or("its text has no body")?;
    let mut root = head.strip_suffix('>').ok_or("its text does not begin as it should")?.to_owned();
    for (prefix, namespace) in Body::NAMESPACES {
        let declared = format!("{prefix}=\"{namespace}\"");
        if root.contains(&format!("{prefix}=\"")) {
            if !root.contains(&declared) {
                return Err(
                    "it is in the format Strict Open XML: save it as a Word document".into()
                );
            }
        } else {
            root.push(' ');
            root.push_str(&declared);
        }
    }
    root.push('>');
    Ok((root, body))
}

/// Looks at the start of each element.
fn each_element(xml: &str, mut look: impl FnMut(&BytesStart<'_>)) -> Result<(), String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    loop {
        match reader
            .read_event()
            .map_err(|error| format!("a part of it cannot be read: {error}"))?
        {
            Event::Start(element) | Event::Empty(element) => look(&element),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.try_get_attribute(name).ok().flatten()?;
    Some(attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// The path of a part from where a relationship of the text says it is.
fn path_of(target: &str) -> String {
    target.strip_prefix('/').map_or_else(|| format!("word/{target}"), str::to_owned)
}
