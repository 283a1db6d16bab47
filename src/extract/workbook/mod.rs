//! Excel workbooks (.xlsx): their sheets as rows of text, as they would stand in a CSV file.
//!
//! A workbook is a zip archive of XML parts: ECMA-376. Read are the values that Excel has stored,
//! never their formulas. No part is trusted: everything is read once, from start to end, without
//! making room for what a count in it promises, and never more of it than [`MOST_UNPACKED`]. What
//! does not fit together is [`Damaged`].

mod number;
mod sheet;
mod xml;

use crate::text::quote;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::ops::ControlFlow;
use std::sync::Arc;

use encoding_rs::Encoding;
use number::{NumberFormat, Shown};
use quick_xml::events::Event;
pub(super) use sheet::{Merged, Rows, Sheet, address, column_name};
pub(super) use xml::OddRun;
use xml::{Look, XmlEvents, attribute, walk, without_escapes};
use zip::ZipArchive;

/// The most that is unpacked of a workbook, in bytes: several times a month of every authority in
/// England.
const MOST_UNPACKED: u64 = 256 * 1024 * 1024;

/// Why a workbook cannot be read, in words.
#[derive(Debug)]
pub(super) enum Damaged {
    /// What is wrong with it.
    Workbook(String),
    /// It is none: what it is.
    Other(&'static str),
}

impl Damaged {
    /// What the file itself says may be in it, and is not to reach a terminal as it is.
    pub(super) fn new(why: impl AsRef<str>) -> Self {
        Self::Workbook(without_controls(why.as_ref()))
    }
}

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Workbook(why) => write!(f, "the workbook cannot be read: {why}"),
            Self::Other(what) => write!(f, "it is {what}"),
        }
    }
}

impl From<zip::result::ZipError> for Damaged {
    fn from(error: zip::result::ZipError) -> Self {
        Self::new(error.to_string())
    }
}

impl From<quick_xml::Error> for Damaged {
    fn from(error: quick_xml::Error) -> Self {
        match error {
            // What the archive says, or that it unpacks to too much.
            quick_xml::Error::Io(error) => Self::new(error.to_string()),
            error => Self::new(error.to_string()),
        }
    }
}

/// A text without characters that are instructions to a terminal.
fn without_controls(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// A workbook, with what its sheets share.
pub(super) struct Workbook {
    archive: ZipArchive<Cursor<Vec<u8>>>,
    /// The parts by their paths, in lower case: some programs are not careful about case.
    parts: HashMap<String, usize>,
    /// How much more may be unpacked.
    left: u64,
    sheets: Vec<SheetEntry>,
    strings: Arc<Strings>,
    book: CellFormats,
}

/// What the cells of a workbook are read with.
#[derive(Debug, Default)]
struct CellFormats {
    /// The formats of cells, by the number of their style.
    formats: Vec<NumberFormat>,
    /// How cells look, by the same.
    looks: Vec<Option<Look>>,
    /// How far their texts are indented, by the same.
    indents: Vec<u8>,
    /// What their formats show, by the same.
    shown: Vec<Shown>,
    /// Whether days are counted from 1904.
    from_1904: bool,
    /// Whether what is stored for formulas is not what they give: programs that write workbooks
    /// leave that to Excel.
    not_calculated: bool,
}

/// A sheet by its name.
#[derive(Clone, Debug)]
pub(super) struct SheetEntry {
    /// Its name.
    pub(super) name: Arc<str>,
    /// Whether Excel does not show it.
    pub(super) hidden: bool,
    part: String,
}

/// The texts that cells share, one after the other.
#[derive(Debug, Default)]
struct Strings {
    text: String,
    ends: Vec<u32>,
    /// Those of which a part looks odd.
    odd: HashMap<u32, OddRun>,
}

impl Strings {
    fn get(&self, index: u32) -> Option<&str> {
        let index = index as usize;
        let start = if index == 0 { 0 } else { *self.ends.get(index - 1)? as usize };
        self.text.get(start..*self.ends.get(index)? as usize)
    }
}

/// A part that another one names, by the id that it goes by there.
struct Relation {
    id: String,
    kind: String,
    part: String,
}

impl Workbook {
    /// Opens a workbook and lists its sheets.
    pub(super) fn open(bytes: Vec<u8>) -> Result<Self, Damaged> {
        Self::unpacking(bytes, MOST_UNPACKED)
    }

    /// Opens a workbook of which no more than so many bytes are to be unpacked.
    fn unpacking(bytes: Vec<u8>, left: u64) -> Result<Self, Damaged> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
            Damaged::new(format!("it is cut short, or not an Excel workbook ({error})"))
        })?;
        let mut parts = HashMap::with_capacity(archive.len());
        for index in 0..archive.len() {
            if let Some(Ok(name)) = archive.name_for_index(index) {
                parts.insert(name.replace('\\', "/").trim_start_matches('/').to_lowercase(), index);
            }
        }
        let mut workbook = Self {
            archive,
            parts,
            left,
            sheets: Vec::new(),
            strings: Arc::default(),
            book: CellFormats::default(),
        };
        workbook.read()?;
        Ok(workbook)
    }

    /// Its sheets, in order.
    pub(super) fn sheets(&self) -> &[SheetEntry] {
        &self.sheets
    }

    /// Reads a sheet: all of it, or its first rows that have anything in them.
    pub(super) fn sheet(
        &mut self,
        listed: &SheetEntry,
        most_rows: Option<usize>,
    ) -> Result<Sheet, Damaged> {
        let strings = Arc::clone(&self.strings);
        let part = open(&mut self.archive, &self.parts, &mut self.left, &listed.part)?;
        let part = part.ok_or_else(|| {
            Damaged::new(format!("the sheet {} is not in it", quote(&listed.name)))
        })?;
        Sheet::read(Arc::clone(&listed.name), part, &self.book, strings, most_rows)
    }

    /// What a file is whose container a workbook could have, and that is none.
    fn other_kind(&self, document: Option<&str>) -> Option<&'static str> {
        let has = |part: &str| self.parts.contains_key(part);
        match document.and_then(|part| part.split('/').next()) {
            Some("word") => Some("a Word document"),
            Some("ppt") => Some("a PowerPoint presentation"),
            Some(_) => None,
            None if has("mimetype") => Some("an OpenDocument file"),
            None if self.parts.keys().any(|part| part.rsplit('.').next() == Some("iwa")) => {
                Some("a document of Numbers or Pages")
            }
            None if has("[content_types].xml") => None,
            None => Some("a ZIP archive"),
        }
    }

    /// Reads what the sheets share.
    fn read(&mut self) -> Result<(), Damaged> {
        let document =
            self.relations("")?.into_iter().find(|relation| relation.kind == "officeDocument");
        let document = document.map(|relation| relation.part);
        if let Some(kind) = self.other_kind(document.as_deref()) {
            return Err(Damaged::Other(kind));
        }
        let document = document.ok_or_else(|| Damaged::new("it is not an Excel workbook"))?;
        if document.rsplit('.').next() == Some("bin") {
            return Err(Damaged::new("it is an Excel binary workbook (*.xlsb)"));
        }
        let relations = self.relations(&document)?;
        self.read_sheets(&document, &relations)?;
        for relation in &relations {
            match relation.kind.as_str() {
                "sharedStrings" => self.read_strings(&relation.part)?,
                "styles" => self.read_formats(&relation.part)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn part(&mut self, path: &str) -> Result<Option<Part<'_>>, Damaged> {
        open(&mut self.archive, &self.parts, &mut self.left, path)
    }

    /// What the part at `path` names, or the workbook as a whole.
    fn relations(&mut self, path: &str) -> Result<Vec<Relation>, Damaged> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let separator = if folder.is_empty() { "" } else { "/" };
        let Some(part) = self.part(&format!("{folder}{separator}_rels/{name}.rels"))? else {
            return Ok(Vec::new());
        };
        let mut relations = Vec::new();
        walk(part, |event| {
            if let Event::Start(element) = event
                && element.local_name().as_ref() == "Relationship"
                && let (Some(kind), Some(target)) =
                    (attribute(element, "Type")?, attribute(element, "Target")?)
            {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                let id = attribute(element, "Id")?.unwrap_or_default().into_owned();
                relations.push(Relation { id, kind, part: within(folder, &target) });
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(relations)
    }

    fn read_sheets(&mut self, document: &str, relations: &[Relation]) -> Result<(), Damaged> {
        let Some(part) = self.part(document)? else {
            return Err(Damaged::new("it has no list of its sheets"));
        };
        let (mut sheets, mut book) = (Vec::new(), CellFormats::default());
        let is_true = |value: &str| matches!(value, "1" | "true");
        walk(part, |event| {
            let Event::Start(element) = event else { return Ok(ControlFlow::Continue(())) };
            match element.local_name().as_ref() {
                "sheet" => {
                    let name = attribute(element, "name")?.unwrap_or_default();
                    let id = attribute(element, "id")?.unwrap_or_default();
                    let hidden = matches!(
                        attribute(element, "state")?.as_deref(),
                        Some("hidden" | "veryHidden")
                    );
                    // Charts and macros have sheets too.
                    if let Some(relation) = relations
                        .iter()
                        .find(|relation| relation.id == id && relation.kind == "worksheet")
                    {
                        let name = without_controls(&name).into();
                        sheets.push(SheetEntry { name, hidden, part: relation.part.clone() });
                    }
                }
                "workbookPr" => {
                    book.from_1904 |=
                        attribute(element, "date1904")?.is_some_and(|value| is_true(&value));
                }
                // Excel calculates when it opens such a workbook; until then, its formulas have no
                // results.
                "calcPr" => {
                    book.not_calculated |= attribute(element, "fullCalcOnLoad")?
                        .is_some_and(|value| is_true(&value))
                        || attribute(element, "calcCompleted")?
                            .is_some_and(|value| !is_true(&value));
                }
                _ => {}
            }
            Ok(ControlFlow::Continue(()))
        })?;
        (self.sheets, self.book) = (sheets, book);
        Ok(())
    }

    fn read_strings(&mut self, path: &str) -> Result<(), Damaged> {
        let Some(part) = self.part(path)? else { return Ok(()) };
        let mut strings = Strings::default();
        let mut text = xml::CellText::default();
        walk(part, |event| {
            text.follow(event, &mut strings.text)?;
            if let Event::End(element) = event
                && element.local_name().as_ref() == "si"
            {
                let start = strings.ends.last().map_or(0, |end| *end as usize);
                if let (Some(odd), Ok(index)) = (text.take_odd(), u32::try_from(strings.ends.len()))
                {
                    strings.odd.insert(index, odd);
                }
                if let Cow::Owned(plain) = without_escapes(&strings.text[start..]) {
                    strings.text.truncate(start);
                    strings.text.push_str(&plain);
                }
                strings.ends.push(
                    u32::try_from(strings.text.len())
                        .map_err(|_| Damaged::new("it has too much text"))?,
                );
            }
            Ok(ControlFlow::Continue(()))
        })?;
        self.strings = Arc::new(strings);
        Ok(())
    }

    fn read_formats(&mut self, path: &str) -> Result<(), Damaged> {
        let Some(part) = self.part(path)? else { return Ok(()) };
        let (mut own, mut formats, mut in_cells) = (HashMap::new(), Vec::new(), false);
        let (mut fonts, mut in_fonts, mut looks) = (Vec::new(), false, Vec::new());
        let (mut indents, mut shown) = (Vec::new(), Vec::new());
        walk(part, |event| {
            match event {
                Event::Start(element) => match element.local_name().as_ref() {
                    "numFmt" => {
                        if let (Some(id), Some(code)) =
                            (number_of(element, "numFmtId")?, attribute(element, "formatCode")?)
                        {
                            own.insert(id, (NumberFormat::of_code(&code), Shown::of_code(&code)));
                        }
                    }
                    "fonts" => in_fonts = true,
                    "font" if in_fonts => fonts.push(None),
                    "vertAlign" | "strike" if in_fonts => {
                        if let Some(font) = fonts.last_mut() {
                            *font = (*font).or(Look::of(element)?);
                        }
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells => {
                        let id = number_of(element, "numFmtId")?.unwrap_or(0);
                        let built_in = || (NumberFormat::built_in(id), Shown::default());
                        let (format, shows) = own.get(&id).copied().unwrap_or_else(built_in);
                        formats.push(format);
                        shown.push(shows);
                        let font = number_of(element, "fontId")?.unwrap_or(0) as usize;
                        looks.push(fonts.get(font).copied().flatten());
                        indents.push(0);
                    }
                    "alignment" if in_cells => {
                        let indent = number_of(element, "indent")?.unwrap_or(0);
                        if let Some(last) = indents.last_mut() {
                            *last = u8::try_from(indent).unwrap_or(u8::MAX);
                        }
                    }
                    _ => {}
                },
                Event::End(element) => match element.local_name().as_ref() {
                    "cellXfs" => in_cells = false,
                    "fonts" => in_fonts = false,
                    _ => {}
                },
                _ => {}
            }
            Ok(ControlFlow::Continue(()))
        })?;
        (self.book.formats, self.book.looks, self.book.indents) = (formats, looks, indents);
        self.book.shown = shown;
        Ok(())
    }
}

/// A share as a percentage: `78.4%` for 0.784, with as many digits as a figure may have.
pub(super) fn percent(share: &str) -> Option<String> {
    let text = NumberFormat::Percent { decimals: 0 }.text(share, false);
    text.ends_with('%').then_some(text)
}

/// A number in an attribute; nothing, where it is not there or is none.
fn number_of(
    element: &quick_xml::events::BytesStart<'_>,
    name: &str,
) -> Result<Option<u32>, Damaged> {
    Ok(attribute(element, name)?.and_then(|value| value.parse().ok()))
}

/// The path of a part that is named in a folder.
fn within(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut path: Vec<&str> =
        if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => _ = path.pop(),
            _ => path.push(step),
        }
    }
    path.retain(|step| !step.is_empty());
    path.join("/")
}

type Part<'a> = XmlEvents<Box<dyn BufRead + 'a>>;

/// Opens a part, if it is there.
fn open<'a>(
    archive: &'a mut ZipArchive<Cursor<Vec<u8>>>,
    parts: &HashMap<String, usize>,
    left: &'a mut u64,
    path: &str,
) -> Result<Option<Part<'a>>, Damaged> {
    let Some(index) = parts.get(&path.to_lowercase()) else { return Ok(None) };
    let part = archive.by_index(*index)?;
    let mut part = BufReader::new(Bounded { part, left });
    let Some(encoding) = encoding(part.fill_buf().map_err(quick_xml::Error::from)?) else {
        return Ok(Some(XmlEvents::new(Box::new(part))));
    };
    let mut bytes = Vec::new();
    part.read_to_end(&mut bytes).map_err(quick_xml::Error::from)?;
    let (text, _, is_damaged) = encoding.decode(&bytes);
    if is_damaged {
        return Err(Damaged::new(format!("a part of it is not {}", encoding.name())));
    }
    Ok(Some(XmlEvents::new(Box::new(Cursor::new(text.into_owned().into_bytes())))))
}

/// The encoding that a part starts by saying, if it is another than UTF-8.
fn encoding(start: &[u8]) -> Option<&'static Encoding> {
    let encoding = match start {
        [0xff, 0xfe, ..] | [b'<', 0, ..] => encoding_rs::UTF_16LE,
        [0xfe, 0xff, ..] | [0, b'<', ..] => encoding_rs::UTF_16BE,
        _ => {
            let end = start.windows(2).position(|two| two == b"?>")?;
            let declaration = std::str::from_utf8(&start[..end]).ok()?;
            let (_, label) = declaration.split_once("encoding")?;
            let label = label.trim_start().strip_prefix('=')?.trim_start();
            let quote = label.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            let label = label[1..].split(quote).next()?;
            // What says UTF-16 and is read here is neither.
            Encoding::for_label(label.as_bytes())
                .filter(|encoding| encoding.is_ascii_compatible())?
        }
    };
    (encoding != encoding_rs::UTF_8).then_some(encoding)
}

/// A reader that stops where too much has been unpacked.
struct Bounded<'a, R> {
    part: R,
    left: &'a mut u64,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.part.read(buffer)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => *self.left = left,
            None => return Err(io::Error::other("it unpacks to far more than any extract has")),
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;

    use super::*;

    /// An archive of the parts that every workbook has, and a sheet.
    fn archive(sheet: &[u8]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let relation = |kind: &str, target: &str| {
            format!(r#"<R><Relationship Id="1" Type="x/{kind}" Target="{target}"/></R>"#)
                .into_bytes()
        };
        for (path, part) in [
            ("_rels/.rels", relation("officeDocument", "/xl/workbook.xml")),
            ("xl/workbook.xml", br#"<w><sheet name="S" id="1"/></w>"#.to_vec()),
            ("xl/_rels/workbook.xml.rels", relation("worksheet", "..\\xl\\Sheet.xml")),
            ("xl/sheet.xml", sheet.to_vec()),
        ] {
            zip.start_file(path, SimpleFileOptions::default()).expect("a part");
            zip.write_all(&part).expect("written");
        }
        zip.finish().expect("finished").into_inner()
    }

    #[test]
    fn no_more_is_unpacked_than_is_sensible() {
        let bytes = archive(&[&b"<s>"[..], &vec![b' '; 100_000], b"</s>"].concat());
        assert!(bytes.len() < 2000);
        let read = |most| {
            let mut workbook = Workbook::unpacking(bytes.clone(), most)?;
            let sheet = workbook.sheets()[0].clone();
            workbook.sheet(&sheet, None).map(|_| ())
        };
        assert!(read(101_000).is_ok());
        for most in [0, 100, 99_000] {
            assert_eq!(
                read(most).expect_err("too much").to_string(),
                "the workbook cannot be read: it unpacks to far more than any extract has",
                "{most}"
            );
        }
        // What has been unpacked once counts again.
        let mut workbook = Workbook::unpacking(bytes, 150_000).expect("a workbook");
        let sheet = workbook.sheets()[0].clone();
        assert!(workbook.sheet(&sheet, None).is_ok() && workbook.sheet(&sheet, None).is_err());
    }

    #[test]
    fn parts_are_named_from_where_they_stand() {
        for (folder, target, path) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/styles.xml", "xl/styles.xml"),
            ("", "xl/workbook.xml", "xl/workbook.xml"),
            ("xl", "./../custom\\sheet.xml", "custom/sheet.xml"),
            ("xl", "../../../etc/passwd", "etc/passwd"),
        ] {
            assert_eq!(within(folder, target), path);
        }
    }
}
