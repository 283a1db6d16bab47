//! Text in rows and cells: CSV, and its relatives with semicolons and tabs.
//!
//! Cells are slices of the text; one is only copied where doubled quotation marks have to be taken
//! out of it. Lines end in LF, CRLF or a lone CR, and blank ones are nothing. A quotation mark
//! means something at the start of a cell alone.

use std::ops::Range;

use super::plain::PlainRun;
use super::punctuation::trim;
use super::workbook::OddRun;
use crate::input::line_ends;

/// The most cells of a row that are kept, as many as a spreadsheet has columns.
pub(super) const MOST_CELLS: usize = 16_384;

/// A row of cells.
#[derive(Clone, Debug, Default)]
pub(super) struct DelimitedRow<'t> {
    /// Where the cells are: in text the bytes of the record, quotation marks included.
    cells: Vec<CellSpan>,
    /// Whether the texts of the cells are copies, not slices of `raw`: those of a sheet, and of a
    /// record with quotation marks around a cell.
    is_copied: bool,
    copies: Copies,
    /// The cells of a sheet of which a part looks odd.
    odd: Vec<(usize, OddRun)>,
    /// The line that it starts on, or the row of a sheet; counted from 1.
    pub(super) number: u32,
    /// The text of it, without the end of its line; of a sheet there is none.
    pub(super) raw: &'t str,
    /// The byte of the text that it begins at.
    pub(super) at: usize,
    /// Whether it has more cells than are kept.
    pub(super) is_too_long: bool,
}

#[derive(Clone, Copy, Debug)]
struct CellSpan {
    /// In text the byte of the record at which it starts, in a sheet its column; counted from 0.
    start: usize,
    end: usize,
}

/// Texts one after the other.
#[derive(Clone, Debug, Default)]
struct Copies {
    text: String,
    ends: Vec<usize>,
}

impl Copies {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    /// Adds what is meant by a cell that a quotation mark opens, without that mark.
    fn push_unquoted(&mut self, mut quoted: &str) {
        while let Some((before, after)) = quoted.split_once('"') {
            self.text.push_str(before);
            let Some(after_two) = after.strip_prefix('"') else { return self.push(after) };
            self.text.push('"');
            quoted = after_two;
        }
        self.push(quoted);
    }

    fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start..end)
    }

    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }
}

impl DelimitedRow<'_> {
    /// Makes it a row without cells.
    #[inline]
    pub(super) fn start(&mut self, number: u32) {
        self.cells.clear();
        if self.is_copied {
            self.is_copied = false;
            self.copies.clear();
            self.odd.clear();
        }
        self.number = number;
        self.raw = "";
        self.is_too_long = false;
    }

    /// How many cells it has.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// A cell, with the spaces around it.
    #[inline]
    pub(super) fn get(&self, index: usize) -> Option<&str> {
        if self.is_copied {
            return self.copies.get(index);
        }
        self.cells.get(index).map(|cell| &self.raw[cell.start..cell.end])
    }

    /// The cells, with the spaces around them.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    /// The bytes of the text that a cell is, quotation marks included.
    pub(super) fn span(&self, index: usize) -> Option<Range<usize>> {
        self.cells.get(index).map(|cell| cell.start..cell.end)
    }

    /// The column of a sheet that a cell is in.
    pub(super) fn column(&self, index: usize) -> Option<u32> {
        self.cells.get(index).and_then(|cell| u32::try_from(cell.start).ok())
    }

    /// Where a cell is, to be compared with others of its kind.
    pub(super) fn position(&self, index: usize) -> Option<usize> {
        self.cells.get(index).map(|cell| cell.start)
    }

    /// Which cell is at a position.
    pub(super) fn index_of(&self, position: usize) -> Option<usize> {
        self.cells.binary_search_by_key(&position, |cell| cell.start).ok()
    }

    /// Whether there is nothing in it but spaces.
    pub(super) fn is_blank(&self) -> bool {
        !self.is_too_long && self.iter().all(|cell| trim(cell).is_empty())
    }

    /// Adds a cell of a sheet, with the part of it that looks odd, if there is one.
    pub(super) fn push_of_sheet(&mut self, column: u32, text: &str, odd: Option<&OddRun>) {
        let index = self.len();
        if self.push(column as usize, column as usize) {
            self.is_copied = true;
            self.copies.push(text);
            self.odd.extend(odd.map(|odd| (index, odd.clone())));
        }
    }

    /// Makes it another row, of so many of its cells, with more behind them.
    pub(super) fn join<'c>(
        &mut self,
        row: &'c DelimitedRow<'_>,
        width: usize,
        more: impl Iterator<Item = &'c str>,
    ) {
        self.start(row.number);
        self.is_copied = true;
        self.odd.extend(row.odd.iter().filter(|(index, _)| *index < width).cloned());
        let cells = (0..width).map(|index| row.get(index).unwrap_or(""));
        for (index, text) in cells.chain(more).enumerate() {
            if self.push(index, index) {
                self.copies.push(text);
            }
        }
    }

    /// The part of a cell that looks odd, if there is one.
    pub(super) fn odd_run(&self, index: usize) -> Option<&OddRun> {
        self.odd.iter().find(|(odd, _)| *odd == index).map(|(_, run)| run)
    }

    /// Adds a cell, and says whether it is kept.
    #[inline]
    fn push(&mut self, start: usize, end: usize) -> bool {
        if self.cells.len() == MOST_CELLS {
            self.is_too_long = true;
            return false;
        }
        self.cells.push(CellSpan { start, end });
        true
    }

    /// Takes the quotation marks away that are around cells and within them.
    #[cold]
    fn unquote(&mut self) {
        for cell in &self.cells {
            let cell = &self.raw[cell.start..cell.end];
            match cell.strip_prefix('"') {
                None => self.copies.push(cell),
                Some(quoted) => self.copies.push_unquoted(quoted),
            }
        }
        self.is_copied = true;
    }
}

/// A quotation mark that opens a cell and never closes it: it would swallow the rest of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unclosed {
    /// The byte of the text that it is.
    pub(super) index: usize,
    /// The line that it is on.
    pub(super) line: u32,
}

/// Reads delimited text row by row.
#[derive(Clone, Debug)]
pub(super) struct Delimited<'t> {
    text: &'t str,
    delimiter: u8,
    /// For each byte whether it ends a cell.
    ends: Box<[bool; 256]>,
    at: usize,
    line: u32,
}

impl<'t> Delimited<'t> {
    /// The rows of a text. The delimiter is an ASCII character, and no quotation mark or line end.
    pub(super) fn new(text: &'t str, delimiter: u8) -> Self {
        let mut ends = Box::new([false; 256]);
        for end in [delimiter, b'\n', b'\r'] {
            ends[usize::from(end)] = true;
        }
        Self { text, delimiter, ends, at: 0, line: 1 }
    }

    /// The ways to read a text: with the delimiter that its first line names, and with each of those
    /// that are common.
    pub(super) fn ways(text: &'t str) -> impl Iterator<Item = Self> {
        let told = told_delimiter(text);
        told.into_iter().chain([b',', b';', b'\t']).map(move |delimiter| {
            let mut rows = Self::new(text, delimiter);
            if told.is_some() {
                rows.skip_line();
            }
            rows
        })
    }

    /// The way to read a text whose first line says which, `sep=;`. `None` for any other text.
    pub(super) fn as_told(text: &'t str) -> Option<Self> {
        told_delimiter(text)?;
        Self::ways(text).next()
    }

    /// Goes on from a byte of the text, which begins a row and a line.
    pub(super) fn go_to(&mut self, at: usize, line: u32) {
        (self.at, self.line) = (at, line);
    }

    /// The text that is read.
    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    /// Steps over rows, the last of them the one with this number.
    pub(super) fn skip_to(&mut self, number: u32) {
        let mut record = DelimitedRow::default();
        while record.number < number && self.next(&mut record).is_some_and(|read| read.is_ok()) {}
    }

    /// Steps over a line, whatever is in it.
    fn skip_line(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.find(['\n', '\r']).unwrap_or(rest.len());
        self.line_end();
    }

    /// The text from the next row on.
    #[inline]
    pub(super) fn rest(&self) -> &'t [u8] {
        &self.text.as_bytes()[self.at..]
    }

    /// The line that comes next.
    #[inline]
    pub(super) fn line(&self) -> u32 {
        self.line
    }

    /// Steps over rows that have been read.
    pub(super) fn skip_run(&mut self, run: PlainRun) {
        self.at += run.bytes;
        self.line = self.line.saturating_add(run.lines);
    }

    /// What separates the cells.
    pub(super) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// Reads the next row that is not blank into `record`; nothing, at the end.
    pub(super) fn next(&mut self, record: &mut DelimitedRow<'t>) -> Option<Result<(), Unclosed>> {
        let bytes = self.text.as_bytes();
        while self.line_end() {}
        if self.at >= bytes.len() {
            return None;
        }
        record.start(self.line);
        let start = self.at;
        record.at = start;
        let mut has_quotes = false;
        loop {
            let from = self.at;
            if bytes.get(from) == Some(&b'"') {
                has_quotes = true;
                if let Err(unclosed) = self.step_over_quotes() {
                    return Some(Err(unclosed));
                }
            }
            let end = cell_end(bytes, self.at, &self.ends);
            record.push(from - start, end - start);
            self.at = end;
            if bytes.get(end) != Some(&self.delimiter) {
                break;
            }
            self.at = end + 1;
        }
        record.raw = &self.text[start..self.at];
        if has_quotes {
            record.unquote();
        }
        self.line_end();
        Some(Ok(()))
    }

    /// Steps over the end of a line, if there is one here.
    fn line_end(&mut self) -> bool {
        let length = match self.text.as_bytes()[self.at..] {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => return false,
        };
        self.at += length;
        self.line = self.line.saturating_add(1);
        true
    }

    /// Steps over what is between the quotation mark that opens a cell and the one that closes it,
    /// both included.
    #[cold]
    fn step_over_quotes(&mut self) -> Result<(), Unclosed> {
        let opened = Unclosed { index: self.at, line: self.line };
        while self.text.as_bytes().get(self.at) == Some(&b'"') {
            let rest = &self.text[self.at + 1..];
            let length = rest.find('"').ok_or(opened)?;
            self.line = self.line.saturating_add(line_ends(&rest.as_bytes()[..length]));
            self.at += length + 2;
        }
        Ok(())
    }
}

/// The delimiter of the line `sep=;`, which Excel takes as an instruction.
fn told_delimiter(text: &str) -> Option<u8> {
    let line = text.split(['\n', '\r']).next()?.trim_end_matches([',', ';', '\t']);
    let line = if line.len() == 4 { text.get(..5)? } else { line };
    let (sep, delimiter) = line.split_at_checked(4)?;
    let [delimiter] = delimiter.as_bytes() else { return None };
    (sep.eq_ignore_ascii_case("sep=")
        && !delimiter.is_ascii_alphanumeric()
        && !matches!(delimiter, b'"' | b'\n' | b'\r'))
    .then_some(*delimiter)
}

/// Where the first byte is, from a place on, that ends a cell; the end of the text, where none does.
#[inline]
fn cell_end(bytes: &[u8], mut at: usize, ends: &[bool; 256]) -> usize {
    while let Some(byte) = bytes.get(at)
        && !ends[usize::from(*byte)]
    {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The rows of a text with their lines, and where a quotation mark was left open.
    fn rows(text: &str, delimiter: u8) -> (Vec<(u32, Vec<String>)>, Option<Unclosed>) {
        let mut delimited = Delimited::new(text, delimiter);
        let (mut rows, mut record) = (Vec::new(), DelimitedRow::default());
        while let Some(read) = delimited.next(&mut record) {
            if let Err(unclosed) = read {
                return (rows, Some(unclosed));
            }
            rows.push((record.number, record.iter().map(str::to_owned).collect()));
        }
        (rows, None)
    }

    #[test]
    fn reads_rows_with_their_lines_whatever_ends_them() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a;b", "", "\"c", "d\";e", ";", "f"].join(end);
            let (rows, _) = rows(&text, b';');
            let quoted = format!("c{end}d");
            assert_eq!(
                rows,
                [
                    (1, vec!["a".to_owned(), "b".to_owned()]),
                    (3, vec![quoted, "e".to_owned()]),
                    (5, vec![String::new(), String::new()]),
                    (6, vec!["f".to_owned()])
                ],
                "{end:?}"
            );
        }
    }

    #[test]
    fn a_quotation_mark_left_open_is_found_where_it_stands() {
        assert_eq!(rows("a\nb,\"c\nd", b',').1, Some(Unclosed { index: 4, line: 2 }));
        assert_eq!(rows("a,\"", b',').1, Some(Unclosed { index: 2, line: 1 }));
        assert_eq!(rows("a\"b,\"\"", b',').1, None);
    }

    #[test]
    fn excels_instruction_names_the_delimiter() {
        for (text, delimiter) in [
            ("sep=;\na", Some(b';')),
            ("SEP=\t\r\na", Some(b'\t')),
            ("sep=,", Some(b',')),
            ("sep=|,,,\n", Some(b'|')),
        ] {
            assert_eq!(told_delimiter(text), delimiter, "{text:?}");
        }
        for text in ["", "sep=", "sep=a\n", "sep=ab\n", "indicator,area", "sep=\"\n", "sep=\n;"] {
            assert_eq!(told_delimiter(text), None, "{text:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        /// The csv crate is the judge of what the cells are; of a quotation mark left open it has
        /// its own opinion.
        #[test]
        fn reads_what_the_csv_crate_reads(text in "[ab,;\"\r\n é]{0,40}", semicolons: bool) {
            let delimiter = if semicolons { b';' } else { b',' };
            let (rows, unclosed) = rows(&text, delimiter);
            prop_assume!(unclosed.is_none());
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
            let judged: Vec<Vec<String>> = reader.records().map(|record| record.expect("text").iter().map(str::to_owned).collect()).collect();
            prop_assert_eq!(rows.into_iter().map(|(_, cells)| cells).collect::<Vec<_>>(), judged);
        }
    }
}
