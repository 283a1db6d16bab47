//! A CSV file as rows that know their line: what is wrong with its shape is found here.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Excerpt, Finding, Findings, Place};

/// A CSV file with its header read.
pub struct Table<'t> {
    name: Arc<str>,
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
    headings: Vec<String>,
    header_line: u32,
    lines: Lines<'t>,
}

/// A row of a [`Table`].
pub struct Row<'r> {
    name: &'r Arc<str>,
    record: &'r csv::StringRecord,
    raw: &'r str,
    /// The line that it starts on, counted from 1.
    pub line: u32,
}

impl<'t> Table<'t> {
    /// Reads the header. A file whose shape cannot be trusted at all is reported and not read further.
    pub fn open(name: &Arc<str>, text: &'t str, findings: &mut Findings) -> Option<Self> {
        if let Some(index) = text.find('\0') {
            let line = Lines::new(text).at(index);
            let remedy = "export the file again as CSV UTF-8; a NUL is a sign of a damaged file, or of one that is not CSV";
            findings.push(Finding::new(Code::NulByte, Place::line(name, line), "the file has a NUL byte", remedy));
            return None;
        }
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut lines = Lines::new(text);
        let mut record = csv::StringRecord::new();
        if !matches!(reader.read_record(&mut record), Ok(true)) || record.iter().all(|cell| cell.trim().is_empty()) {
            let remedy = "write the header row and the figures, or delete the file if there is nothing to say";
            findings.push(Finding::new(Code::EmptyFile, Place::file(name), "the file is empty", remedy));
            return None;
        }
        let header_line = lines.at(start_of(text, &record));
        let headings = record.iter().map(|heading| heading.trim().to_lowercase()).collect();
        if let Some(finding) = unclosed_quote(name, text) {
            findings.push(finding);
            return None;
        }
        Some(Self { name: Arc::clone(name), text, reader, headings, header_line, lines })
    }

    /// Where the columns are that `wanted` knows by their heading, in lower case; the first of two is meant.
    ///
    /// A column twice is an error; one that is not known, a note. `known` says what could have been meant.
    pub fn columns<T: Copy>(&self, known: &[&str], wanted: impl Fn(&str) -> Option<T>, findings: &mut Findings) -> Vec<(usize, T)> {
        let mut seen: HashMap<&str, usize> = HashMap::new();
        let mut columns = Vec::new();
        for (index, heading) in self.headings.iter().enumerate().filter(|(_, heading)| !heading.is_empty()) {
            let Some(column) = wanted(heading) else {
                let guess = crate::diagnostic::did_you_mean(heading, known.iter().copied());
                let found = format!("the column {heading:?} is not used");
                findings.push(Finding::new(
                    Code::UnknownColumn,
                    self.header_place(),
                    found,
                    format!("{guess}leave it, if it is meant for people"),
                ));
                continue;
            };
            if let Some(first) = seen.insert(heading, index) {
                let found = format!("the column {heading:?} is there twice, as columns {} and {}", first + 1, index + 1);
                findings.push(Finding::new(Code::RepeatedColumn, self.header_place(), found, "delete the one that is not meant"));
                continue;
            }
            columns.push((index, column));
        }
        columns
    }

    /// The line of the header.
    pub fn header_place(&self) -> Place {
        Place::line(&self.name, self.header_line)
    }

    /// Gives each row with as many cells as the header has to `each`; rows of blank cells are nothing.
    pub fn for_each_row(mut self, findings: &mut Findings, mut each: impl FnMut(&Row<'_>, &mut Findings)) {
        let mut record = csv::StringRecord::new();
        while matches!(self.reader.read_record(&mut record), Ok(true)) {
            let start = start_of(self.text, &record);
            let end = usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX).clamp(start, self.text.len());
            let row = Row { name: &self.name, record: &record, raw: &self.text[start..end], line: self.lines.at(start) };
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let (cells, expected) = (record.len(), self.headings.len());
            if cells < expected || record.iter().skip(expected).any(|cell| !cell.trim().is_empty()) {
                let found = format!("the row has {cells} cells and the header has {expected}");
                let remedy = if cells < expected {
                    "add the missing cells; a cell without a figure still needs its comma"
                } else {
                    "take out the extra cells; a figure with a thousands comma needs quotation marks, \"1,234\""
                };
                findings.push(row.finding(Code::RowLength, None, found, remedy));
                continue;
            }
            each(&row, findings);
        }
    }
}

impl Row<'_> {
    /// A cell without the spaces around it.
    pub fn cell(&self, index: usize) -> &str {
        self.record.get(index).unwrap_or_default().trim()
    }

    /// Where it stands.
    pub fn place(&self) -> Place {
        Place::line(self.name, self.line)
    }

    /// A finding about one of its cells, or about all of it.
    pub fn finding(&self, code: Code, cell: Option<usize>, found: impl Into<String>, remedy: impl Into<String>) -> Finding {
        let line = self.raw.lines().next().unwrap_or_default();
        let span = cell.and_then(|cell| cell_spans(line).nth(cell)).unwrap_or(0..line.len());
        Finding::new(code, self.place(), found, remedy).with_excerpt(Excerpt::new(line, span))
    }
}

/// Where a record starts: the blank lines that the reader skipped before it are not part of it.
fn start_of(text: &str, record: &csv::StringRecord) -> usize {
    let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
    start + text[start..].bytes().take_while(|byte| matches!(byte, b'\n' | b'\r')).count()
}

/// The spans of the cells of a line, quotation marks included.
fn cell_spans(line: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = Some(0);
    std::iter::from_fn(move || {
        let from = start?;
        let mut quoted = false;
        let end = line[from..].bytes().position(|byte| {
            quoted ^= byte == b'"';
            byte == b',' && !quoted
        });
        start = end.map(|end| from + end + 1);
        Some(from..end.map_or(line.len(), |end| from + end))
    })
}

/// Counts lines forwards through a text; a line ends in LF, CRLF or a lone CR.
struct Lines<'t> {
    text: &'t [u8],
    index: usize,
    line: u32,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        Self { text: text.as_bytes(), index: 0, line: 1 }
    }

    /// The line that the byte at `index` is on; each call is at or after the last.
    fn at(&mut self, index: usize) -> u32 {
        for at in self.index..index.min(self.text.len()) {
            let ends = self.text[at] == b'\n' || self.text[at] == b'\r' && self.text.get(at + 1) != Some(&b'\n');
            self.line = self.line.saturating_add(u32::from(ends));
        }
        self.index = self.index.max(index);
        self.line
    }
}

/// Finds a cell that opens with a quotation mark and never closes: it would swallow the rest of the file.
fn unclosed_quote(name: &Arc<str>, text: &str) -> Option<Finding> {
    let mut opened = None;
    let mut cell_start = true;
    let mut bytes = text.bytes().enumerate().peekable();
    while let Some((index, byte)) = bytes.next() {
        match (opened, byte) {
            (Some(_), b'"') if bytes.peek().is_some_and(|(_, next)| *next == b'"') => {
                bytes.next();
            }
            (Some(_), b'"') => opened = None,
            (None, b'"') if cell_start => opened = Some(index),
            _ => {}
        }
        cell_start = opened.is_none() && matches!(byte, b',' | b'\n' | b'\r');
    }
    let index = opened?;
    let line = Lines::new(text).at(index);
    let rest = text[index..].lines().next().unwrap_or_default();
    let remedy = "close the quotation mark at the end of its cell, or take it out";
    let found = "a quotation mark opens a cell here and never closes it";
    Some(Finding::new(Code::Quote, Place::line(name, line), found, remedy).with_excerpt(Excerpt::new(rest, 0..rest.len().min(1))))
}
