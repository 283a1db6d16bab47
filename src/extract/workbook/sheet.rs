//! One sheet: its rows, from the XML that they are in.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::ops::ControlFlow;
use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};

use super::super::delimited::DelimitedRow;
use super::number::FormatPart;
use super::xml::{self, OddRun, XmlEvents, attribute, walk, without_escapes};
use super::{CellFormats, Damaged, Strings};

/// The rows and columns that a sheet can have.
const MOST_ROWS: u32 = 1_048_576;
const MOST_COLUMNS: u32 = 16_384;

/// The cells of a sheet that have anything in them.
#[derive(Debug)]
pub(in super::super) struct Sheet {
    name: Arc<str>,
    rows: Vec<RowOf>,
    cells: Vec<CellOf>,
    /// The texts of the cells that share none, one after the other.
    text: String,
    strings: Arc<Strings>,
    merged: Vec<Merged>,
    /// The columns that are hidden, each from the first to the last.
    hidden_columns: Vec<(u32, u32)>,
    /// The cells of which a part looks odd, by row and column.
    odd: BTreeMap<(u32, u32), OddRun>,
    /// How far the texts of cells are indented that are, by row and column, in order.
    indents: Vec<(u32, u32, u8)>,
    /// The cells whose format shows nothing of them, by row and column, each with whether it is 0.
    unseen: Vec<(u32, u32, bool)>,
}

#[derive(Debug)]
struct RowOf {
    /// Counted from 1.
    number: u32,
    hidden: bool,
    /// Its first cell.
    start: usize,
}

#[derive(Debug)]
struct CellOf {
    /// Counted from 0.
    column: u32,
    text: TextOf,
}

#[derive(Debug)]
enum TextOf {
    Own { start: u32, end: u32 },
    Shared(u32),
}

impl Sheet {
    /// Reads a sheet, or the first so many of its rows that have anything in them.
    pub(super) fn read<R: BufRead>(
        name: Arc<str>,
        part: XmlEvents<R>,
        book: &CellFormats,
        strings: Arc<Strings>,
        most_rows: Option<usize>,
    ) -> Result<Self, Damaged> {
        let sheet = Self {
            name,
            rows: Vec::new(),
            cells: Vec::new(),
            text: String::new(),
            strings,
            merged: Vec::new(),
            hidden_columns: Vec::new(),
            odd: BTreeMap::new(),
            indents: Vec::new(),
            unseen: Vec::new(),
        };
        let mut reading = Reading {
            sheet,
            book,
            row: 0,
            column: 0,
            hidden: false,
            rows_are_hidden: false,
            level: 0,
            cell: None,
        };
        walk(part, |event| {
            reading.follow(event)?;
            let enough = most_rows.is_some_and(|most| reading.sheet.rows.len() > most);
            Ok(if enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })?;
        Ok(reading.sheet)
    }

    /// Its name.
    pub(in super::super) fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// Its rows, from the first.
    pub(in super::super) fn rows(&self) -> Rows<'_> {
        self.rows_after(0)
    }

    /// The rows below the one with this number.
    pub(in super::super) fn rows_after(&self, number: u32) -> Rows<'_> {
        Rows { sheet: self, next: self.rows.partition_point(|row| row.number <= number) }
    }

    /// The number of the last row with anything in it.
    pub(in super::super) fn last_row(&self) -> u32 {
        self.rows.last().map_or(0, |row| row.number)
    }

    /// The cells that are merged.
    pub(in super::super) fn merged(&self) -> &[Merged] {
        &self.merged
    }

    /// The first row below the one with this number that is hidden, and how many there are.
    pub(in super::super) fn hidden_after(&self, number: u32) -> (Option<u32>, usize) {
        let mut hidden =
            self.rows.iter().filter(|row| row.hidden && row.number > number).map(|row| row.number);
        let first = hidden.next();
        (first, usize::from(first.is_some()) + hidden.count())
    }

    /// Whether a column is hidden.
    pub(in super::super) fn hides_column(&self, column: u32) -> bool {
        self.hidden_columns.iter().any(|(first, last)| (*first..=*last).contains(&column))
    }

    /// The cells below a row, in columns that are picked, whose format shows nothing of them: those
    /// that are 0, or the others.
    pub(in super::super) fn unseen_after(
        &self,
        number: u32,
        picked: &[u32],
        are_zero: bool,
    ) -> impl Iterator<Item = (u32, u32)> {
        let unseen = self.unseen.iter().filter(move |(row, column, is_zero)| {
            *row > number && picked.contains(column) && *is_zero == are_zero
        });
        unseen.map(|(row, column, _)| (*row, *column))
    }

    fn text_of(&self, cell: &CellOf) -> &str {
        match cell.text {
            TextOf::Own { start, end } => self.text.get(start as usize..end as usize),
            TextOf::Shared(index) => self.strings.get(index),
        }
        .unwrap_or_default()
    }
}

/// The rows of a sheet, one after the other.
pub(in super::super) struct Rows<'s> {
    sheet: &'s Sheet,
    next: usize,
}

impl<'s> Rows<'s> {
    /// How far the text of a cell is indented.
    pub(in super::super) fn indent(&self, row: u32, column: u32) -> usize {
        let indents = &self.sheet.indents;
        let found =
            indents.binary_search_by_key(&(row, column), |(row, column, _)| (*row, *column));
        found.map_or(0, |index| usize::from(indents[index].2))
    }

    /// Reads the next row into `record`: every cell with something in it, or those of the columns
    /// that are picked, in order. Says whether there is one.
    pub(in super::super) fn next(
        &mut self,
        record: &mut DelimitedRow<'s>,
        picked: Option<&[u32]>,
    ) -> bool {
        let Some(row) = self.sheet.rows.get(self.next) else { return false };
        self.next += 1;
        let end = self.sheet.rows.get(self.next).map_or(self.sheet.cells.len(), |next| next.start);
        let cells = &self.sheet.cells[row.start..end];
        record.start(row.number);
        let odd = |column: u32| self.sheet.odd.get(&(row.number, column));
        match picked {
            None => cells.iter().for_each(|cell| {
                record.push_of_sheet(cell.column, self.sheet.text_of(cell), odd(cell.column));
            }),
            Some(picked) => {
                for column in picked {
                    let cell = cells
                        .binary_search_by_key(column, |cell| cell.column)
                        .map(|index| self.sheet.text_of(&cells[index]));
                    record.push_of_sheet(*column, cell.unwrap_or_default(), odd(*column));
                }
            }
        }
        true
    }
}

/// A cell that is being read.
#[derive(Default)]
struct RawCell {
    column: u32,
    kind: CellType,
    style: usize,
    /// Its value, as it is stored.
    value: String,
    has_value: bool,
    formula: Option<String>,
    /// Its text, if it holds one itself.
    inline: Option<String>,
    within: Within,
    text: xml::CellText,
}

/// What the value of a cell is: the attribute `t`.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum CellType {
    #[default]
    Number,
    Shared,
    Text,
    Boolean,
    /// An error, or a date that is written out.
    AsIs,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Within {
    #[default]
    Nothing,
    Value,
    Formula,
    Inline,
}

struct Reading<'b> {
    sheet: Sheet,
    book: &'b CellFormats,
    /// The number of the row, counted from 1; 0 before the first.
    row: u32,
    /// The column that a cell without an address is in.
    column: u32,
    hidden: bool,
    /// Whether rows are hidden that do not say so themselves.
    rows_are_hidden: bool,
    /// How deep the row is in groups of rows.
    level: u8,
    cell: Option<RawCell>,
}

impl Reading<'_> {
    fn follow(&mut self, event: &Event<'_>) -> Result<(), Damaged> {
        let Some(cell) = &mut self.cell else { return self.between_cells(event) };
        match event {
            Event::Start(element) if cell.within == Within::Nothing => {
                cell.within = match element.local_name().as_ref() {
                    "v" => Within::Value,
                    "f" => Within::Formula,
                    "is" => Within::Inline,
                    _ => Within::Nothing,
                };
                // Which of them counts is not said anywhere, and both together are another figure.
                if cell.within == Within::Value && cell.has_value
                    || cell.within == Within::Inline && cell.inline.is_some()
                {
                    return Err(Damaged::new(format!(
                        "the cell {} has two values",
                        address(&self.sheet.name, self.row, cell.column)
                    )));
                }
                match cell.within {
                    Within::Formula => cell.formula = Some(String::new()),
                    Within::Inline => cell.inline = Some(String::new()),
                    _ => {}
                }
                return Ok(());
            }
            Event::End(element) => match (element.local_name().as_ref(), cell.within) {
                ("c", _) => return self.end_cell(),
                ("v", Within::Value) | ("f", Within::Formula) | ("is", Within::Inline) => {
                    cell.within = Within::Nothing;
                    return Ok(());
                }
                _ => {}
            },
            _ => {}
        }
        match cell.within {
            Within::Value => {
                cell.has_value |=
                    matches!(event, Event::Text(_) | Event::CData(_) | Event::GeneralRef(_));
                xml::add(event, &mut cell.value)
            }
            Within::Formula => {
                cell.formula.as_mut().map_or(Ok(()), |formula| xml::add(event, formula))
            }
            Within::Inline => {
                cell.inline.as_mut().map_or(Ok(()), |inline| cell.text.follow(event, inline))
            }
            Within::Nothing => Ok(()),
        }
    }

    fn between_cells(&mut self, event: &Event<'_>) -> Result<(), Damaged> {
        let Event::Start(element) = event else { return Ok(()) };
        match element.local_name().as_ref() {
            "row" => {
                let number = match attribute(element, "r")? {
                    Some(number) => {
                        number.parse().map_err(|_| Damaged::new("a row of it has no number"))?
                    }
                    None => self.row + 1,
                };
                if number <= self.row || number > MOST_ROWS {
                    return Err(Damaged::new(format!("its rows are not in order at row {number}")));
                }
                (self.row, self.column) = (number, 0);
                let level = super::number_of(element, "outlineLevel")?.unwrap_or(0);
                self.level = u8::try_from(level).unwrap_or(u8::MAX);
                let hidden = attribute(element, "hidden")?;
                let height = attribute(element, "ht")?;
                self.hidden = match (hidden, height) {
                    (Some(hidden), _) if is_true(&hidden) => true,
                    (_, Some(height)) => is_zero(&height),
                    (hidden, None) => hidden.is_none() && self.rows_are_hidden,
                };
            }
            "sheetFormatPr" => {
                self.rows_are_hidden =
                    attribute(element, "zeroHeight")?.is_some_and(|zero| is_true(&zero));
            }
            "col" => {
                let is_hidden = attribute(element, "hidden")?.is_some_and(|value| is_true(&value))
                    || attribute(element, "width")?.is_some_and(|width| is_zero(&width));
                let ends = (super::number_of(element, "min")?, super::number_of(element, "max")?);
                if let (true, (Some(first), Some(last))) = (is_hidden, ends) {
                    let columns = (first.saturating_sub(1), last.saturating_sub(1));
                    self.sheet.hidden_columns.push(columns);
                }
            }
            "c" => self.cell = Some(self.start_cell(element)?),
            "mergeCell" => {
                if let Some(range) = attribute(element, "ref")? {
                    self.sheet.merged.extend(Merged::of(&range));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn start_cell(&mut self, element: &BytesStart<'_>) -> Result<RawCell, Damaged> {
        if let Some(address) = attribute(element, "r")? {
            let (column, row) =
                cell_at(&address).ok_or_else(|| Damaged::new("a cell of it has no address"))?;
            if row != self.row || column < self.column {
                return Err(Damaged::new(format!(
                    "its cells are not in order at row {}",
                    self.row
                )));
            }
            self.column = column;
        }
        if self.column >= MOST_COLUMNS {
            return Err(Damaged::new("it has more columns than Excel"));
        }
        let kind = match attribute(element, "t")?.as_deref() {
            None | Some("n") => CellType::Number,
            Some("s") => CellType::Shared,
            Some("str" | "inlineStr") => CellType::Text,
            Some("b") => CellType::Boolean,
            Some(_) => CellType::AsIs,
        };
        let style = super::number_of(element, "s")?.unwrap_or(0) as usize;
        Ok(RawCell { column: self.column, kind, style, ..RawCell::default() })
    }

    fn end_cell(&mut self) -> Result<(), Damaged> {
        let Some(mut cell) = self.cell.take() else { return Ok(()) };
        self.column = cell.column + 1;
        // Some programs write a value beside the text, which is what Excel shows.
        if let Some(inline) = cell.inline.take() {
            (cell.value, cell.kind, cell.has_value) = (inline, CellType::Text, true);
        }
        let text = match (&cell.formula, cell.kind) {
            // A formula that gives text may well give none.
            (Some(formula), kind)
                if self.book.not_calculated || !cell.has_value && kind != CellType::Text =>
            {
                self.own(&["=", short(formula)])?
            }
            (_, CellType::Shared) if cell.has_value => {
                let index = cell
                    .value
                    .trim()
                    .parse()
                    .ok()
                    .filter(|index| self.sheet.strings.get(*index).is_some());
                TextOf::Shared(index.ok_or_else(|| {
                    Damaged::new("a cell of it refers to a text that is not there")
                })?)
            }
            (_, CellType::Number) if cell.has_value => {
                let format = self.book.formats.get(cell.style).copied().unwrap_or_default();
                self.own(&[&format.text(&cell.value, self.book.from_1904)])?
            }
            (_, CellType::Boolean) if cell.has_value => self
                .own(&[if matches!(cell.value.trim(), "1" | "true") { "TRUE" } else { "FALSE" }])?,
            (_, CellType::Text) => self.own(&[&without_escapes(&cell.value)])?,
            _ => self.own(&[&cell.value])?,
        };
        let odd = match text {
            TextOf::Shared(index) => self.sheet.strings.odd.get(&index).cloned(),
            TextOf::Own { .. } => cell.text.take_odd(),
        };
        let look = self.book.looks.get(cell.style).copied().flatten();
        let indent = self.book.indents.get(cell.style).copied().unwrap_or(0);
        let indent = indent.saturating_add(self.level);
        let shown = self.book.shown.get(cell.style).copied().unwrap_or_default();
        let part = match cell.kind {
            CellType::Number => FormatPart::of_number(&cell.value),
            _ => FormatPart::Text,
        };
        let cell = CellOf { column: cell.column, text };
        let text = self.sheet.text_of(&cell);
        if text.is_empty() {
            return Ok(());
        }
        let all_odd = || look.map(|look| OddRun { look, text: text.to_owned() });
        if let Some(odd) = odd.or_else(all_odd) {
            self.sheet.odd.insert((self.row, cell.column), odd);
        }
        if indent > 0 {
            self.sheet.indents.push((self.row, cell.column, indent));
        }
        if !shown.shows(part) {
            self.sheet.unseen.push((self.row, cell.column, part == FormatPart::Zero));
        }
        if self.sheet.rows.last().is_none_or(|row| row.number != self.row) {
            self.sheet.rows.push(RowOf {
                number: self.row,
                hidden: self.hidden,
                start: self.sheet.cells.len(),
            });
        }
        self.sheet.cells.push(cell);
        Ok(())
    }

    /// Keeps the text of a cell.
    fn own(&mut self, parts: &[&str]) -> Result<TextOf, Damaged> {
        let end = |text: &String| {
            u32::try_from(text.len()).map_err(|_| Damaged::new("it has too much text"))
        };
        let start = end(&self.sheet.text)?;
        self.sheet.text.extend(parts.iter().copied());
        Ok(TextOf::Own { start, end: end(&self.sheet.text)? })
    }
}

fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true")
}

/// Whether a width or a height is none.
fn is_zero(length: &str) -> bool {
    length.contains('0') && length.bytes().all(|byte| matches!(byte, b'0' | b'.'))
}

/// The start of a formula, which is only ever shown.
fn short(formula: &str) -> &str {
    formula.char_indices().nth(100).map_or(formula, |(end, _)| &formula[..end])
}

/// Cells that are shown as one; only the first of them has a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Merged {
    columns: (u32, u32),
    rows: (u32, u32),
}

impl Merged {
    /// The range `A3:A6`.
    fn of(range: &str) -> Option<Self> {
        let (from, to) = range.split_once(':')?;
        let ((left, top), (right, bottom)) = (cell_at(from)?, cell_at(to)?);
        Some(Self {
            columns: (left.min(right), left.max(right)),
            rows: (top.min(bottom), top.max(bottom)),
        })
    }

    /// Whether it leaves cells blank that are read: below the header at `top`, as far as there are
    /// rows, in the columns that are picked.
    pub(in super::super) fn hides(&self, top: u32, last: u32, picked: &[u32]) -> bool {
        let columns = picked
            .iter()
            .filter(|column| (self.columns.0..=self.columns.1).contains(*column))
            .count();
        let (from, to) = (self.rows.0.max(top + 1), self.rows.1.min(last));
        columns > 0 && from <= to && (self.rows.0 < self.rows.1 || columns > 1)
    }

    /// The numbers of its first row and its last.
    pub(in super::super) fn rows(&self) -> (u32, u32) {
        self.rows
    }

    /// Where it is: `Sheet1!A3:A6`.
    pub(in super::super) fn address(&self, sheet: &str) -> String {
        format!(
            "{}:{}{}",
            address(sheet, self.rows.0, self.columns.0),
            column_name(self.columns.1),
            self.rows.1
        )
    }
}

/// The column, counted from 0, and the row, counted from 1, of an address such as `B7` or `$B$7`.
fn cell_at(address: &str) -> Option<(u32, u32)> {
    let address = address.strip_prefix('$').unwrap_or(address);
    let letters = address.bytes().take_while(u8::is_ascii_alphabetic).count();
    let row = address[letters..].strip_prefix('$').unwrap_or(&address[letters..]);
    if !(1..=3).contains(&letters) || !row.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let column = address[..letters]
        .bytes()
        .fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row = row.parse().ok().filter(|row| (1..=MOST_ROWS).contains(row))?;
    (column <= MOST_COLUMNS).then_some((column - 1, row))
}

/// The letters of a column that is counted from 0: `A`, `Z`, `AA`.
pub(in super::super) fn column_name(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(rest % 26) as usize]));
        rest /= 26;
    }
    letters.into_iter().rev().collect()
}

/// Where a cell is, as Excel writes it: `Sheet1!B7`, `'In care'!B7`.
pub(in super::super) fn address(sheet: &str, row: u32, column: u32) -> String {
    let is_plain = sheet.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
        && sheet.starts_with(char::is_alphabetic);
    let sheet =
        if is_plain { sheet.to_owned() } else { format!("'{}'", sheet.replace('\'', "''")) };
    format!("{sheet}!{}{row}", column_name(column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_written() {
        for (text, at) in [
            ("A1", (0, 1)),
            ("$B$7", (1, 7)),
            ("z9", (25, 9)),
            ("AA10", (26, 10)),
            ("XFD1048576", (16_383, 1_048_576)),
        ] {
            assert_eq!(cell_at(text), Some(at), "{text}");
            assert_eq!(
                address("S", at.1, at.0),
                format!("S!{}", text.replace('$', "").to_uppercase())
            );
        }
        for text in
            ["", "A", "7", "A0", "XFE1", "A1048577", "AAAA1", "A-1", "A1:B2", "É1", "A99999999999"]
        {
            assert_eq!(cell_at(text), None, "{text}");
        }
    }

    #[test]
    fn a_sheet_is_named_as_excel_names_it() {
        for (sheet, written) in [
            ("Sheet1", "Sheet1!B7"),
            ("In care", "'In care'!B7"),
            ("Team's", "'Team''s'!B7"),
            ("2016", "'2016'!B7"),
        ] {
            assert_eq!(address(sheet, 7, 1), written);
        }
    }

    #[test]
    fn merged_cells_matter_where_they_leave_cells_blank_that_are_read() {
        let hides =
            |range: &str| Merged::of(range).is_some_and(|merged| merged.hides(2, 9, &[1, 3]));
        for range in ["B3:B4", "A3:C4", "B3:D3", "B9:B20", "B1:B3"] {
            assert!(hides(range), "{range}");
        }
        for range in ["B1:B2", "B10:B12", "C3:C9", "A3:C3", "B3", "B3:"] {
            assert!(!hides(range), "{range}");
        }
    }
}
