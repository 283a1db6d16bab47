//! Text in rows and cells: CSV, and its relatives with semicolons and tabs.
//!
//! Cells are slices of the text; one is only copied where doubled quotation marks have to be taken
//! out of it. Lines end in LF, CRLF or a lone CR, and blank ones are nothing. A quotation mark
//! means something at the start of a cell alone.

use std::borrow::Cow;

use super::punctuation::trim;

/// The most cells of a row that are kept, as many as a spreadsheet has columns.
pub(super) const MOST_CELLS: usize = 16_384;

/// A row of cells.
#[derive(Clone, Debug, Default)]
pub(super) struct Record<'t> {
    /// The cells, with the spaces around them.
    pub(super) cells: Vec<Cow<'t, str>>,
    /// Where each cell is: in text the byte of the record at which it starts, in a sheet its
    /// column, counted from 0.
    pub(super) positions: Vec<u32>,
    /// The line that it starts on, or the row of a sheet; counted from 1.
    pub(super) number: u32,
    /// The text of it, without the end of its line; of a sheet there is none.
    pub(super) raw: &'t str,
    /// Whether it has more cells than are kept.
    pub(super) is_too_long: bool,
}

impl<'t> Record<'t> {
    pub(super) fn clear(&mut self) {
        self.cells.clear();
        self.positions.clear();
        self.is_too_long = false;
    }

    /// Whether there is nothing in it but spaces.
    pub(super) fn is_blank(&self) -> bool {
        !self.is_too_long && self.cells.iter().all(|cell| trim(cell).is_empty())
    }

    pub(super) fn push(&mut self, position: u32, cell: Cow<'t, str>) {
        if self.cells.len() == MOST_CELLS {
            self.is_too_long = true;
            return;
        }
        self.positions.push(position);
        self.cells.push(cell);
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

    /// The text that is read.
    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    /// Steps over a line, whatever is in it.
    pub(super) fn skip_line(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.find(['\n', '\r']).unwrap_or(rest.len());
        self.line_end();
    }

    /// The text from the next row on.
    #[inline]
    pub(super) fn rest(&self) -> &'t [u8] {
        &self.text.as_bytes()[self.at..]
    }

    /// Steps over rows for as long as `take` takes them: it is given the text from a row on and its
    /// line, and says how many bytes and lines it takes.
    #[inline]
    pub(super) fn step_over(&mut self, mut take: impl FnMut(&[u8], u32) -> Option<(usize, u32)>) {
        while let Some((bytes, lines)) = take(self.rest(), self.line) {
            self.at += bytes;
            self.line = self.line.saturating_add(lines);
        }
    }

    /// What separates the cells.
    pub(super) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// Reads the next row that is not blank into `record`; nothing, at the end.
    pub(super) fn next(&mut self, record: &mut Record<'t>) -> Option<Result<(), Unclosed>> {
        let bytes = self.text.as_bytes();
        while self.line_end() {}
        if self.at >= bytes.len() {
            return None;
        }
        record.clear();
        record.number = self.line;
        let start = self.at;
        loop {
            let position = u32::try_from(self.at - start).unwrap_or(u32::MAX);
            if bytes.get(self.at) == Some(&b'"') {
                match self.quoted() {
                    Ok(cell) => record.push(position, cell),
                    Err(unclosed) => return Some(Err(unclosed)),
                }
            } else {
                record.push(position, Cow::Borrowed(self.plain()));
            }
            if bytes.get(self.at) != Some(&self.delimiter) {
                break;
            }
            self.at += 1;
        }
        record.raw = &self.text[start..self.at];
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

    /// Reads a cell that a quotation mark opens, up to what ends it.
    fn quoted(&mut self) -> Result<Cow<'t, str>, Unclosed> {
        let opened = Unclosed { index: self.at, line: self.line };
        self.at += 1;
        let quoted = self.until_quote(opened)?;
        let mut cell = Cow::Borrowed(quoted);
        while self.text.as_bytes().get(self.at) == Some(&b'"') {
            self.at += 1;
            let more = self.until_quote(opened)?;
            let cell = cell.to_mut();
            cell.push('"');
            cell.push_str(more);
        }
        let rest = self.plain();
        if !rest.is_empty() {
            cell.to_mut().push_str(rest);
        }
        Ok(cell)
    }

    /// What there is up to the next delimiter or line end.
    #[inline]
    fn plain(&mut self) -> &'t str {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut at = start;
        while at < bytes.len() && !self.ends[usize::from(bytes[at])] {
            at += 1;
        }
        self.at = at;
        &self.text[start..at]
    }

    /// What there is up to the next quotation mark, which is stepped over.
    fn until_quote(&mut self, opened: Unclosed) -> Result<&'t str, Unclosed> {
        let rest = &self.text[self.at..];
        let length = rest.find('"').ok_or(opened)?;
        self.at += length + 1;
        self.line = self.line.saturating_add(line_ends(&rest.as_bytes()[..length]));
        Ok(&rest[..length])
    }
}

/// How many lines end in a text, in any encoding that has ASCII in it.
pub(super) fn line_ends(bytes: &[u8]) -> u32 {
    let ends = |(index, byte): &(usize, &u8)| {
        **byte == b'\n' || **byte == b'\r' && bytes.get(index + 1) != Some(&b'\n')
    };
    u32::try_from(bytes.iter().enumerate().filter(ends).count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The rows of a text with their lines, and where a quotation mark was left open.
    fn rows(text: &str, delimiter: u8) -> (Vec<(u32, Vec<String>)>, Option<Unclosed>) {
        let mut delimited = Delimited::new(text, delimiter);
        let (mut rows, mut record) = (Vec::new(), Record::default());
        while let Some(read) = delimited.next(&mut record) {
            if let Err(unclosed) = read {
                return (rows, Some(unclosed));
            }
            rows.push((
                record.number,
                record.cells.iter().map(|cell| cell.clone().into_owned()).collect(),
            ));
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
