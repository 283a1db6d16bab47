//! Workbooks, made from the XML of their sheets, so that a test shows exactly what is in its file.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A workbook.
#[derive(Clone, Default)]
pub struct Book {
    sheets: Vec<(String, String, String)>,
    strings: String,
    formats: Vec<String>,
    properties: String,
    parts: Vec<(String, Vec<u8>)>,
}

/// The header of results, in row 1.
pub const HEADER: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>indicator</t></is></c><c r="B1" t="inlineStr"><is><t>area</t></is></c>
<c r="C1" t="inlineStr"><is><t>cohort</t></is></c><c r="D1" t="inlineStr"><is><t>numerator</t></is></c>
<c r="E1" t="inlineStr"><is><t>denominator</t></is></c><c r="F1" t="inlineStr"><is><t>value</t></is></c></row>"#;

impl Book {
    /// With a sheet that has these rows, as XML.
    pub fn sheet(self, name: &str, rows: &str) -> Self {
        self.whole_sheet(
            name,
            "visible",
            &format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"),
        )
    }

    /// With a sheet that has the header of results and these rows.
    pub fn results(self, rows: &str) -> Self {
        self.sheet("Sheet1", &format!("{HEADER}{rows}"))
    }

    /// With a sheet that is all of this XML; `state` is `visible`, `hidden` or `veryHidden`.
    pub fn whole_sheet(mut self, name: &str, state: &str, xml: &str) -> Self {
        self.sheets.push((name.to_owned(), state.to_owned(), xml.to_owned()));
        self
    }

    /// With a text that cells share: `<c t="s">`, counted from 0.
    pub fn string(mut self, text: &str) -> Self {
        write!(self.strings, "<si><t>{text}</t></si>").expect("text grows");
        self
    }

    /// With a format of cells: `<c s="1">` is the first.
    pub fn format(mut self, code: &str) -> Self {
        self.formats.push(code.to_owned());
        self
    }

    /// With something more about the workbook.
    pub fn property(mut self, xml: &str) -> Self {
        self.properties += xml;
        self
    }

    /// With a part of its own, in place of one that there would be.
    pub fn part(mut self, path: &str, bytes: &[u8]) -> Self {
        self.parts.push((path.to_owned(), bytes.to_owned()));
        self
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let relationship = |id: &str, kind: &str, target: &str| {
            let kind = format!(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
            );
            format!(r#"<Relationship Id="{id}" Type="{kind}" Target="{target}"/>"#)
        };
        let (mut sheets, mut relationships) = (String::new(), String::new());
        let mut parts = Vec::new();
        for (index, (name, state, xml)) in self.sheets.iter().enumerate() {
            let (id, path) =
                (format!("rId{}", index + 1), format!("worksheets/sheet{}.xml", index + 1));
            write!(
                sheets,
                r#"<sheet name="{name}" sheetId="{}" state="{state}" r:id="{id}"/>"#,
                index + 1
            )
            .expect("text grows");
            relationships += &relationship(&id, "worksheet", &path);
            parts.push((format!("xl/{path}"), xml.clone().into_bytes()));
        }
        relationships += &relationship("rIdS", "sharedStrings", "sharedStrings.xml");
        relationships += &relationship("rIdF", "styles", "styles.xml");
        let (mut codes, mut formats) = (String::new(), r#"<xf numFmtId="0"/>"#.to_owned());
        for (index, code) in self.formats.iter().enumerate() {
            let id = 164 + index;
            let code = code.replace('"', "&quot;");
            write!(codes, r#"<numFmt numFmtId="{id}" formatCode="{code}"/>"#).expect("text grows");
            write!(formats, r#"<xf numFmtId="{id}"/>"#).expect("text grows");
        }
        let own = [
            (
                "_rels/.rels",
                format!(
                    "<Relationships>{}</Relationships>",
                    relationship("rId1", "officeDocument", "xl/workbook.xml")
                ),
            ),
            (
                "xl/workbook.xml",
                format!(
                    r#"<workbook xmlns:r="r">{}<sheets>{sheets}</sheets></workbook>"#,
                    self.properties
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                format!("<Relationships>{relationships}</Relationships>"),
            ),
            ("xl/sharedStrings.xml", format!("<sst>{}</sst>", self.strings)),
            (
                "xl/styles.xml",
                format!(
                    "<styleSheet><numFmts>{codes}</numFmts><cellXfs>{formats}</cellXfs></styleSheet>"
                ),
            ),
        ];
        parts.extend(own.map(|(path, xml)| (path.to_owned(), xml.into_bytes())));
        parts.retain(|(path, _)| !self.parts.iter().any(|(own, _)| own == path));
        parts.extend(self.parts.clone());

        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (path, bytes) in parts {
            zip.start_file(path, SimpleFileOptions::default()).expect("a part");
            zip.write_all(&bytes).expect("written");
        }
        zip.finish().expect("finished").into_inner()
    }
}

/// A row of results with these cells as they are written, from the column A on: text in quotation
/// marks, numbers without.
pub fn row(number: u32, cells: &[&str]) -> String {
    let mut row = format!(r#"<row r="{number}">"#);
    for (column, cell) in ('A'..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
        let at = format!(r#"r="{column}{number}""#);
        match cell.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
            Some(text) => write!(row, r#"<c {at} t="inlineStr"><is><t>{text}</t></is></c>"#),
            None if cell.starts_with('<') => {
                write!(row, "{}", cell.replacen("<c", &format!("<c {at}"), 1))
            }
            None => write!(row, "<c {at}><v>{cell}</v></c>"),
        }
        .expect("text grows");
    }
    row + "</row>"
}
