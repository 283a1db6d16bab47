//! What a file of an extract holds: text, or the sheet of a workbook that has the figures.

use std::sync::Arc;

use super::delimited::DelimitedRow;
use super::header::{self, Columns, HEADER_ROWS};
use super::punctuation::trim;
use super::workbook::{Damaged, Sheet, SheetEntry, Workbook};
use crate::diagnostic::{Code, Finding, Findings, Place, floor_boundary};
use crate::input::{File, decode};
use crate::text::{plural, quote};

/// The largest workbook that is read, in bytes. Its cells take several times the room when they are
/// unpacked.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// What to do about a workbook, or what Excel can open, that is not read as it is.
const SAVE_AS: &str = "open it in Excel and save it as an Excel Workbook (*.xlsx) without a password, \
    or as CSV UTF-8";

/// What to do about a text that is not called CSV.
const NAME_CSV: &str = "what is read is CSV (*.csv) and Excel workbooks (*.xlsx, *.xlsm): if it has \
    rows with commas, semicolons or tabs between the cells, let its name end with .csv";

/// What to do about a document of another program.
const OTHER_FORM: &str = "what is read is CSV (*.csv) and Excel workbooks (*.xlsx, *.xlsm): save the \
    figures as one of these, or ask for them in one";

/// What a file holds.
pub(super) enum Contents {
    /// Text.
    Text(String),
    /// A sheet.
    Sheet(Sheet),
}

/// What the first bytes of a file say it is.
enum Container {
    Zip,
    /// The container of Excel 97, and of every workbook that has a password.
    Compound,
    /// A PDF document.
    Pdf,
    Other,
}

impl Container {
    fn of(bytes: &[u8]) -> Self {
        match bytes {
            [b'P', b'K', 3 | 5, 4 | 6, ..] => Self::Zip,
            [0xd0, 0xcf, 0x11, 0xe0, ..] => Self::Compound,
            [b'%', b'P', b'D', b'F', ..] => Self::Pdf,
            _ => Self::Other,
        }
    }
}

impl Contents {
    /// Reads a file.
    pub(super) fn read<C: Columns>(
        file: &File,
        what: &str,
        columns: &C,
        findings: &mut Findings,
    ) -> Option<Self> {
        let of_workbook =
            |bytes, findings: &mut _| Self::of_workbook(bytes, &file.name, columns, findings);
        read_with(file, what, findings, of_workbook, |text| Some(Self::Text(text)))?
    }

    /// Reads the sheets of a workbook that `choose` says, or a text; with the names of all sheets
    /// that can be seen.
    pub(super) fn of_source(
        file: &File,
        choose: impl Fn(&Sheet) -> bool,
        is_one: bool,
        findings: &mut Findings,
    ) -> Option<(Vec<Self>, Vec<Arc<str>>)> {
        let of_workbook = |bytes, _: &mut _| chosen_sheets(bytes, &choose, is_one);
        let of_text = |text| (vec![Self::Text(text)], Vec::new());
        read_with(file, "a file of a source", findings, of_workbook, of_text)
    }

    /// The first sheet of a workbook that can be seen and has a header that fits; where none has,
    /// the first that can be seen.
    fn of_workbook<C: Columns>(
        bytes: Vec<u8>,
        name: &Arc<str>,
        columns: &C,
        findings: &mut Findings,
    ) -> Result<Option<Self>, Damaged> {
        let mut workbook = Workbook::open(bytes)?;
        let sheets = workbook.sheets().to_vec();
        let (mut fitting, mut others): (Vec<&SheetEntry>, Vec<&SheetEntry>) =
            (Vec::new(), Vec::new());
        let (mut has_rows, mut has_headings) = (false, false);
        for sheet in &sheets {
            // A header has to be near the top; blank rows above it do not count.
            let top = workbook.sheet(sheet, Some(4 * HEADER_ROWS))?;
            let header = header::of_sheet(columns, &top);
            has_rows |= header.is_some();
            has_headings |= header.as_ref().is_some_and(|header| !header.columns.is_empty());
            let fits = header.is_some_and(|header| header.missing.is_none());
            if fits { fitting.push(sheet) } else { others.push(sheet) }
        }
        if has_rows && !has_headings && !mentions(&mut workbook, &sheets, columns)? {
            let found = "the workbook is not read: no sheet has a heading, an indicator or an \
                area of an extract";
            let remedy = "look whether it is the right file; give it a name that does not begin \
                like an extract's, if its figures are not meant";
            findings.push(Finding::new(Code::UnreadFile, Place::file(name), found, remedy));
            return Ok(None);
        }
        let first = fitting.iter().chain(&others).find(|sheet| !sheet.hidden);
        let first = *first.ok_or_else(|| Damaged::new("it has no sheet that can be seen"))?;
        for sheet in fitting.iter().filter(|sheet| sheet.name != first.name) {
            let hidden = if sheet.hidden { "hidden " } else { "" };
            let found = format!(
                "the {hidden}sheet {} has a header too, and is not read: {} is",
                quote(&sheet.name),
                quote(&first.name)
            );
            let remedy = "move its figures to the sheet that is read, or to a workbook of their \
                own; or give it another header";
            findings.push(Finding::new(Code::SecondSheet, Place::file(name), found, remedy));
        }
        others.retain(|sheet| sheet.name != first.name);
        if !others.is_empty() {
            let names: Vec<_> = others.iter().take(5).map(|sheet| quote(&sheet.name)).collect();
            let more = if others.len() > names.len() { ", ..." } else { "" };
            let count = others.len();
            let found = format!(
                "{count} other {} not read: {}{more}",
                plural(count, "sheet is", "sheets are"),
                names.join(", ")
            );
            findings.push(Finding::new(
                Code::OtherSheets,
                Place::file(name),
                found,
                "nothing to do, if they are meant for people",
            ));
        }
        Ok(Some(Self::Sheet(workbook.sheet(first, None)?)))
    }
}

/// Whether a sheet has anything in it that an extract has.
fn mentions<C: Columns>(
    workbook: &mut Workbook,
    sheets: &[SheetEntry],
    columns: &C,
) -> Result<bool, Damaged> {
    for sheet in sheets {
        let sheet = workbook.sheet(sheet, None)?;
        let (mut rows, mut record) = (sheet.rows(), DelimitedRow::default());
        while rows.next(&mut record, None) {
            if record.iter().map(trim).any(|cell| columns.mentions(cell)) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// What a text is that has no table in it that could be read, as it begins. Systems write some of
/// these for Excel, under the endings of workbooks and of CSV.
fn kind_of_text(text: &str) -> Option<&'static str> {
    const LOOKED_AT: usize = 1000;
    let start = text[..floor_boundary(text, LOOKED_AT)].trim_start().to_ascii_lowercase();
    if start.starts_with("<?xml") {
        let is_spreadsheet = start.contains("office:spreadsheet") || start.contains("excel.sheet");
        return Some(if is_spreadsheet { "an XML spreadsheet" } else { "XML" });
    }
    if ["<!doctype html", "<html", "<table", "<meta"].iter().any(|tag| start.starts_with(tag)) {
        return Some("a web page");
    }
    start.starts_with("{\\rtf").then_some("a Rich Text document")
}

/// Reads a file. Whether it is a workbook, its bytes say and not its name: one that was renamed is
/// still one.
fn read_with<T>(
    file: &File,
    what: &str,
    findings: &mut Findings,
    of_workbook: impl FnOnce(Vec<u8>, &mut Findings) -> Result<T, Damaged>,
    of_text: impl FnOnce(String) -> T,
) -> Option<T> {
    let bytes = file.read_bytes(what, findings)?;
    let name = &file.name;
    let ending = file.path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let cannot = |found: String, remedy: &str| {
        Finding::new(Code::CannotRead, Place::file(name), found, remedy)
    };
    let found = match Container::of(&bytes) {
        Container::Zip if bytes.len() > MOST_BYTES => {
            let found = format!("the workbook is larger than {} MB", MOST_BYTES / (1024 * 1024));
            let remedy = "check that it is the right file; save a very large extract as CSV UTF-8";
            findings.push(Finding::new(Code::TooLarge, Place::file(name), found, remedy));
            return None;
        }
        Container::Zip => of_workbook(bytes, findings),
        Container::Compound => {
            Err(Damaged::new("it has a password, or is in the format of Excel 97 (*.xls)"))
        }
        Container::Pdf => Err(Damaged::Other("a PDF document")),
        Container::Other => {
            let text = decode(bytes, name, findings)?;
            if let Some(kind) = kind_of_text(&text) {
                findings.push(cannot(format!("it is {kind}"), SAVE_AS));
                return None;
            }
            let is_empty = text.trim().is_empty();
            if !is_empty && ending.as_deref() != Some("csv") {
                let ends = ending.map_or_else(
                    || "has no ending".to_owned(),
                    |ending| format!("ends with {}", quote(&format!(".{ending}"))),
                );
                findings.push(cannot(format!("it is text, and its name {ends}"), NAME_CSV));
                return None;
            }
            return Some(of_text(text));
        }
    };
    let remedy = |damaged: &Damaged| match damaged {
        Damaged::Workbook(_) => SAVE_AS,
        Damaged::Other(_) => OTHER_FORM,
    };
    found.map_err(|damaged| findings.push(cannot(damaged.to_string(), remedy(&damaged)))).ok()
}

/// The sheets that can be seen and are chosen: all, or the first; where none is, the first of all if
/// one is wanted.
fn chosen_sheets(
    bytes: Vec<u8>,
    choose: impl Fn(&Sheet) -> bool,
    is_one: bool,
) -> Result<(Vec<Contents>, Vec<Arc<str>>), Damaged> {
    let mut workbook = Workbook::open(bytes)?;
    let mut sheets = workbook.sheets().to_vec();
    sheets.retain(|sheet| !sheet.hidden);
    let names = sheets.iter().map(|sheet| Arc::clone(&sheet.name)).collect();
    let (mut chosen, mut first) = (Vec::new(), None);
    for sheet in &sheets {
        let sheet = workbook.sheet(sheet, None)?;
        if choose(&sheet) {
            chosen.push(Contents::Sheet(sheet));
            if is_one {
                break;
            }
        } else if is_one && first.is_none() {
            first = Some(Contents::Sheet(sheet));
        }
    }
    if chosen.is_empty() {
        chosen.extend(first);
    }
    Ok((chosen, names))
}
