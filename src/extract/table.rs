//! A table of an extract, from whichever kind of file: rows of cells that know where they stand.
//! What is wrong with its shape is found here.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;

use super::aside::{Asides, may_be_footer};
use super::cell::CellValue;
use super::contents::Contents;
use super::delimited::{Delimited, DelimitedRow, Unclosed};
use super::header::{self, Columns, Header};
use super::names::guess;
use super::plain::PlainRun;
use super::punctuation::trim;
use super::workbook::{self, OddRun, Sheet};
use crate::diagnostic::{Code, Excerpt, Finding, Findings, Place, Severity};
use crate::text::{plural, quote};

/// A table with its header read. `T` is what its columns are.
pub(super) struct ExtractTable<'t, T> {
    /// Where it is.
    pub(super) source: TableOrigin,
    /// Its columns, each once, and which cells of a row are theirs.
    pub(super) columns: Vec<(usize, T)>,
    /// Those of its cells that have no heading above them, and are not read.
    unheaded: Vec<usize>,
    /// Those of its cells whose heading is that of no column, with what is said of them.
    unused: Vec<(usize, UnusedColumn)>,
    /// How many cells a row of text needs at least: up to the first figure. Blank ones after it may
    /// be missing, as Excel leaves out their commas.
    least: usize,
    /// How many it has up to the last that has a heading.
    needed: usize,
    /// How many cells the header has, with or without a heading.
    width: usize,
    /// What its columns are, to tell a footer from a row of figures.
    kinds: &'t dyn Columns<Column = T>,
    /// The headings of its columns.
    headings: Vec<String>,
    rows: TableRows<'t>,
    /// The row that was read last.
    record: DelimitedRow<'t>,
    /// Whether a blank row is above it.
    is_after_gap: bool,
    /// What is wrong with it as a row, whatever it says.
    found: Findings,
    asides: Asides,
    merged: MergedCells,
    errors: Errors,
}

/// The errors of the rows read so far.
#[derive(Default)]
struct Errors {
    count: usize,
    /// How many findings there were when they were counted.
    counted: Option<usize>,
}

enum TableRows<'t> {
    Text(Delimited<'t>),
    /// The rows of a sheet, the columns of it that are read, and the row after the one that was read last.
    Sheet(workbook::Rows<'t>, Vec<u32>, u32),
}

/// Where a table is: a file, or a sheet of it.
#[derive(Clone, Debug)]
pub(super) struct TableOrigin {
    path: Arc<str>,
    form: OriginForm,
    /// Where the rows of the standard form come from, by their numbers: the row, and the column of
    /// the first figure.
    standard: Vec<(u32, u32)>,
    /// Where rows come from that were frozen, by their lines.
    frozen: HashMap<u32, Place>,
}

#[derive(Clone, Debug)]
enum OriginForm {
    Text {
        delimiter: u8,
    },
    Sheet {
        name: Arc<str>,
        /// The first column that is read.
        first: u32,
    },
}

impl TableOrigin {
    /// The file.
    pub(super) fn path(&self) -> &Arc<str> {
        &self.path
    }

    /// Text whose cells this stands between.
    pub(super) fn of_text(path: &Arc<str>, delimiter: u8) -> Self {
        let form = OriginForm::Text { delimiter };
        Self { path: Arc::clone(path), form, standard: Vec::new(), frozen: HashMap::new() }
    }

    /// A sheet.
    pub(super) fn of_sheet(path: &Arc<str>, sheet: &Sheet) -> Self {
        let form = OriginForm::Sheet { name: Arc::clone(sheet.name()), first: 0 };
        Self { path: Arc::clone(path), form, standard: Vec::new(), frozen: HashMap::new() }
    }

    /// Rows of the standard form that have been made of its rows, and where each comes from.
    pub(super) fn of_standard(self, standard: Vec<(u32, u32)>) -> Self {
        Self { standard, ..self }
    }

    /// Says where its rows come from, by their lines.
    pub(super) fn keep_places(&mut self, places: HashMap<u32, Place>) {
        self.frozen = places;
    }

    /// The place of a row: its line, or its first cell in a sheet.
    pub(super) fn place(&self, number: u32) -> Place {
        if let Some(place) = self.frozen.get(&number) {
            return place.clone();
        }
        if let Some((row, column)) = self.standard.get((number as usize).wrapping_sub(1)) {
            return self.cell(*row, *column);
        }
        match &self.form {
            OriginForm::Text { .. } => Place::line(&self.path, number),
            OriginForm::Sheet { first, .. } => self.cell(number, *first),
        }
    }

    /// The place of a cell of a sheet, or of its row of text.
    pub(super) fn cell(&self, number: u32, column: u32) -> Place {
        let cell = match &self.form {
            OriginForm::Text { .. } => None,
            OriginForm::Sheet { name, .. } => Some(workbook::address(name, number, column)),
        };
        Place { cell, ..Place::line(&self.path, number) }
    }

    /// The cell of another row that is in the same column as a cell of the header.
    fn cell_below<'r>(
        &self,
        header: &DelimitedRow<'_>,
        index: usize,
        row: &'r DelimitedRow<'_>,
    ) -> &'r str {
        let index = match self.form {
            OriginForm::Text { .. } => Some(index),
            OriginForm::Sheet { .. } => {
                header.position(index).and_then(|position| row.index_of(position))
            }
        };
        index.and_then(|index| row.get(index)).map_or("", trim)
    }
}

impl<'t, T: Copy> ExtractTable<'t, T> {
    /// Finds the header. A file whose shape cannot be trusted at all is reported and not read
    /// further.
    pub(super) fn open<C: Columns<Column = T>>(
        name: &Arc<str>,
        contents: &'t Contents,
        columns: &'t C,
        findings: &mut Findings,
    ) -> Option<Self> {
        match contents {
            Contents::Text(text) => Self::of_text(name, text, columns, findings),
            Contents::Sheet(sheet) => Self::of_sheet(name, sheet, columns, findings),
        }
    }

    fn of_text<C: Columns<Column = T>>(
        name: &Arc<str>,
        text: &'t str,
        columns: &'t C,
        findings: &mut Findings,
    ) -> Option<Self> {
        let (header, rows) = match header::of_text(columns, text) {
            Ok(found) => found.or_else(|| {
                findings.push(empty(Place::file(name)));
                None
            })?,
            Err(unclosed) => {
                findings.push(unclosed_quote(name, text, unclosed));
                return None;
            }
        };
        let source = TableOrigin::of_text(name, rows.delimiter());
        report_header(&source, &header, columns, findings)?;
        let needed = header
            .headings
            .iter()
            .rposition(|heading| !heading.is_empty())
            .map_or(0, |last| last + 1);
        let figures = header.columns.iter().filter(|(_, column)| columns.is_figure(*column));
        let least = figures.map(|(index, _)| index + 1).min().unwrap_or(needed);
        let unheaded = (0..header.headings.len())
            .filter(|index| header.headings[*index].is_empty())
            .take(MOST_UNHEADED)
            .collect();
        Some(Self {
            unused: unused(&source, &header, columns),
            source,
            headings: headings(&header),
            columns: header.columns,
            unheaded,
            least,
            needed,
            width: header.headings.len(),
            kinds: columns,
            rows: TableRows::Text(rows),
            record: DelimitedRow::default(),
            is_after_gap: false,
            found: Findings::default(),
            asides: Asides::default(),
            merged: MergedCells::default(),
            errors: Errors::default(),
        })
    }

    fn of_sheet<C: Columns<Column = T>>(
        name: &Arc<str>,
        sheet: &'t Sheet,
        columns: &'t C,
        findings: &mut Findings,
    ) -> Option<Self> {
        let mut source = TableOrigin::of_sheet(name, sheet);
        let Some(header) = header::of_sheet(columns, sheet) else {
            findings.push(empty(source.place(1)));
            return None;
        };
        let mut picked: Vec<u32> =
            header.columns.iter().filter_map(|(index, _)| header.record.column(*index)).collect();
        if let OriginForm::Sheet { first, .. } = &mut source.form {
            *first = picked.first().copied().unwrap_or(0);
        }
        report_header(&source, &header, columns, findings)?;
        let (top, headings) = (header.record.number, headings(&header));
        let mut unused = unused(&source, &header, columns);
        let merged = MergedCells::of_sheet(&source, sheet, top, &picked);
        report_hidden(&source, sheet, top, &picked, findings);
        let kinds: &dyn Columns<Column = T> = columns;
        let columns = header
            .columns
            .iter()
            .enumerate()
            .map(|(index, (_, column))| (index, *column))
            .collect();
        let needed = picked.len();
        // Beside the table there may be anything; within it, and directly after it, a column should
        // have a heading.
        let beside = picked.iter().min().map_or(0, |first| *first)
            ..=picked.iter().max().map_or(0, |last| *last + 1);
        let has_heading = |column: &u32| {
            let index = header.record.index_of(*column as usize);
            index.is_some_and(|index| !header.headings[index].is_empty())
        };
        picked.extend(beside.filter(|column| !has_heading(column)).take(MOST_UNHEADED));
        let unheaded = (needed..picked.len()).collect();
        for (index, _) in &mut unused {
            let column = header.record.column(*index);
            *index = picked.len();
            picked.extend(column);
        }
        let width = picked.len();
        let rows = TableRows::Sheet(sheet.rows_after(top), picked, top + 1);
        Some(Self {
            source,
            columns,
            unheaded,
            unused,
            least: needed,
            needed,
            width,
            kinds,
            headings,
            rows,
            record: DelimitedRow::default(),
            is_after_gap: false,
            found: Findings::default(),
            asides: Asides::default(),
            merged,
            errors: Errors::default(),
        })
    }

    /// The columns in the order of the cells and what stands between those, where every cell of a
    /// row is of a column that is read.
    pub(super) fn in_order(&self) -> Option<(Vec<T>, u8)> {
        let TableRows::Text(rows) = &self.rows else { return None };
        let is_in_order = self.columns.len() == self.width
            && self.columns.iter().enumerate().all(|(place, (index, _))| place == *index);
        is_in_order
            .then(|| (self.columns.iter().map(|(_, column)| *column).collect(), rows.delimiter()))
    }

    /// Takes the columns whose headings are those of no column, each with its cell in a row.
    pub(super) fn take_unused(&mut self) -> Vec<(usize, UnusedColumn)> {
        std::mem::take(&mut self.unused)
    }

    /// A cell of the row that was read last.
    pub(super) fn last_cell(&self, index: usize) -> &str {
        self.record.get(index).map_or("", trim)
    }

    /// The text from the next row on; of a sheet there is none.
    #[inline]
    pub(super) fn rest(&self) -> &'t [u8] {
        match &self.rows {
            TableRows::Text(rows) => rows.rest(),
            TableRows::Sheet(..) => &[],
        }
    }

    /// The line of text that the next row starts on, if no blank one is before it.
    #[inline]
    pub(super) fn line(&self) -> u32 {
        match &self.rows {
            TableRows::Text(rows) => rows.line(),
            TableRows::Sheet(..) => 0,
        }
    }

    /// The next row, which has as many cells as the header; rows of blank cells are nothing, and so
    /// are those that repeat the headings. What is made of it, [`Self::settle`] is told.
    pub(super) fn next(&mut self, findings: &mut Findings) -> Option<TableRow<'_>> {
        loop {
            if self.has_given_up(findings) || !self.read(findings) {
                self.finish(findings);
                return None;
            }
            let row = TableRow { source: &self.source, record: &self.record, standard: None };
            if row.repeats(&self.columns, &self.headings) {
                self.asides.headings(row.place());
                continue;
            }
            let found = &mut self.found;
            self.unheaded.retain(|index| !row.find_lost_figure(*index, found));
            if row.check_length(self.least, self.width, found).is_ok() {
                break;
            }
            self.settle(Findings::default(), true, findings);
        }
        Some(TableRow { source: &self.source, record: &self.record, standard: None })
    }

    /// Reads the next row that is not blank, and says whether there is one.
    fn read(&mut self, findings: &mut Findings) -> bool {
        self.is_after_gap = false;
        loop {
            let expected = match &mut self.rows {
                TableRows::Text(rows) => {
                    let line = rows.line();
                    match rows.next(&mut self.record) {
                        Some(Ok(())) => line,
                        Some(Err(unclosed)) => {
                            let path = &self.source.path;
                            findings.push(unclosed_quote(path, rows.text(), unclosed));
                            return false;
                        }
                        None => return false,
                    }
                }
                TableRows::Sheet(rows, picked, next) => {
                    if !rows.next(&mut self.record, Some(picked)) {
                        return false;
                    }
                    std::mem::replace(next, self.record.number + 1)
                }
            };
            let is_sheet = matches!(self.rows, TableRows::Sheet(..));
            let is_blank = self.record.is_blank()
                || is_sheet
                    && self.record.iter().take(self.needed).all(|cell| trim(cell).is_empty());
            self.is_after_gap |= is_blank || self.record.number > expected;
            if !is_blank {
                return true;
            }
        }
    }

    /// Takes what was found in the row that was read last, and whether that has a figure. A row that
    /// names nothing and gives none may be a footer: then nothing is wrong with it.
    pub(super) fn settle(&mut self, found: Findings, has_figure: bool, findings: &mut Findings) {
        let mut all = std::mem::take(&mut self.found);
        all.append(found);
        let row = TableRow { source: &self.source, record: &self.record, standard: None };
        let may_be_footer = || {
            let cells = self.columns.iter().map(|(index, column)| {
                let cell = row.cell(*index);
                (self.kinds.role(*column, cell), cell)
            });
            may_be_footer(&cells.collect::<Vec<_>>())
        };
        if all.has_errors() && may_be_footer() {
            let at = (row.number(), row.place());
            let texts = self.record.iter().map(trim);
            return self.asides.aside(at, &texts, self.is_after_gap, all, findings);
        }
        findings.append(all);
        self.asides.row(has_figure, findings);
    }

    /// Steps over rows of text that have been read, with which nothing is wrong.
    pub(super) fn skip_run(&mut self, run: PlainRun, findings: &mut Findings) {
        if let TableRows::Text(rows) = &mut self.rows
            && run.lines > 0
        {
            rows.skip_run(run);
            self.asides.plain_rows(run.lines as usize, findings);
        }
    }

    /// Says at the end which rows are left out, and which cells are merged.
    fn finish(&mut self, findings: &mut Findings) {
        let left_out = self.asides.finish(false, findings);
        std::mem::take(&mut self.merged).report(&left_out, findings);
    }

    /// Whether there have been so many errors that no more of the file is read.
    fn has_given_up(&mut self, findings: &mut Findings) -> bool {
        let counted = self.errors.counted.unwrap_or(findings.len());
        self.errors.count += findings
            .iter()
            .skip(counted)
            .filter(|finding| finding.severity == Severity::Error)
            .count();
        let has_given_up = self.errors.count >= MOST_ERRORS;
        if has_given_up {
            findings.push(gave_up(self.source.place(self.record.number), self.errors.count));
        }
        self.errors.counted = Some(findings.len());
        has_given_up
    }
}

/// The finding for a table that is not read further, after so many errors.
pub(super) fn gave_up(place: Place, errors: usize) -> Finding {
    let found = format!("the rest of the file is not read, after {errors} errors");
    let remedy = "look for one cause that they share, such as a wrong file or column";
    Finding::new(Code::GaveUp, place, found, remedy)
}

/// Says which rows and columns of a sheet Excel does not show, of those that are read.
pub(super) fn report_hidden(
    source: &TableOrigin,
    sheet: &Sheet,
    top: u32,
    picked: &[u32],
    findings: &mut Findings,
) {
    if let (Some(first), count) = sheet.hidden_after(top) {
        let found = format!(
            "{count} {} hidden in Excel, and read all the same",
            plural(count, "row is", "rows are")
        );
        let remedy = "nothing to do, if they belong to the month; a filter hides rows without \
            taking them away";
        findings.push(Finding::new(Code::HiddenRows, source.place(first), found, remedy));
    }
    let hidden: Vec<_> =
        picked.iter().filter(|column| sheet.hides_column(**column)).copied().collect();
    if let Some(first) = hidden.first() {
        let count = hidden.len();
        let found = format!(
            "{count} {} hidden in Excel, and read all the same",
            plural(count, "column is", "columns are")
        );
        let remedy = "nothing to do, if its figures are meant; unhide the column and look at it";
        findings.push(Finding::new(Code::HiddenRows, source.cell(top, *first), found, remedy));
    }
    report_unseen(source, sheet, top, picked, findings);
}

/// Says of which cells Excel shows nothing because of their format, of those that are read. A 0 is
/// often not shown on purpose.
fn report_unseen(
    source: &TableOrigin,
    sheet: &Sheet,
    top: u32,
    picked: &[u32],
    findings: &mut Findings,
) {
    for are_zero in [false, true] {
        let mut unseen = sheet.unseen_after(top, picked, are_zero);
        let Some((row, column)) = unseen.next() else { continue };
        let count = 1 + unseen.count();
        let cells = if count == 1 { "1 cell".to_owned() } else { format!("{count} cells") };
        let is = plural(count, "is", "are");
        let finding = if are_zero {
            let found = format!(
                "{cells} with 0 {is} blank in Excel because of the number format, and {is} read as 0"
            );
            let remedy = "nothing to do, if it is 0; clear the cell where there is no figure";
            Finding::new(Code::UnseenCells, source.cell(row, column), found, remedy).as_note()
        } else {
            let shows = plural(count, "shows", "show");
            let found = format!(
                "{cells} that {is} filled {shows} nothing in Excel because of the number format, and \
                 {is} read all the same"
            );
            let remedy = "give the cells the format General and look at what they hold; clear what \
                is not meant, and write [c] for what may not be shown";
            Finding::new(Code::UnseenCells, source.cell(row, column), found, remedy)
        };
        findings.push(finding);
    }
}

/// The cells that are merged of those that are read, each with its rows from the first to the last.
#[derive(Default)]
pub(super) struct MergedCells(Vec<(u32, u32, Finding)>);

impl MergedCells {
    /// Those of a sheet below its headings.
    pub(super) fn of_sheet(source: &TableOrigin, sheet: &Sheet, top: u32, picked: &[u32]) -> Self {
        let hides = |merged: &&workbook::Merged| merged.hides(top, sheet.last_row(), picked);
        let merged = sheet.merged().iter().filter(hides).map(|merged| {
            let place =
                Place { cell: Some(merged.address(sheet.name())), ..source.place(merged.rows().0) };
            let found = "merged cells: only the first of them holds what is shown for all";
            let remedy = "unmerge them, and write in every row what belongs to it";
            let (first, last) = merged.rows();
            (first, last, Finding::new(Code::MergedCells, place, found, remedy))
        });
        Self(merged.collect())
    }

    /// Says which there are. In rows that are left out they hide no figure.
    pub(super) fn report(self, left_out: &HashSet<u32>, findings: &mut Findings) {
        let hides = |(first, last, _): &(u32, u32, Finding)| {
            (*first..=*last).any(|row| !left_out.contains(&row))
        };
        findings.extend(self.0.into_iter().filter(hides).map(|(_, _, finding)| finding));
    }
}

/// A column that is not read because its heading is that of no column.
#[derive(Clone, Debug)]
pub struct UnusedColumn {
    /// Its heading, as it is written.
    pub heading: String,
    /// The cell of the heading, or its line.
    pub place: Place,
    /// The line, of text.
    pub excerpt: Option<Excerpt>,
}

/// The columns of a table that are not read because of their headings, and their cells in the header.
fn unused<C: Columns>(
    source: &TableOrigin,
    header: &Header<'_, C::Column>,
    columns: &C,
) -> Vec<(usize, UnusedColumn)> {
    let row = TableRow { source, record: &header.record, standard: None };
    let is_unused = |heading: &str| !heading.is_empty() && columns.named(heading).is_none();
    let headings = header.headings.iter().enumerate();
    let unused = headings.filter(|(_, heading)| is_unused(heading)).take(MOST_UNHEADED);
    let column = |(index, _): (usize, &String)| {
        let Finding { place, excerpt, .. } = row.finding(Code::UnknownColumn, Some(index), "", "");
        // More of it than is shown, and not all of a file.
        let heading = row.cell(index).chars().take(100).collect();
        Some((index, UnusedColumn { heading, place: place?, excerpt }))
    };
    unused.filter_map(column).collect()
}

/// The headings of the columns of a table, in their order.
fn headings<T>(header: &Header<'_, T>) -> Vec<String> {
    header.columns.iter().map(|(index, _)| header.headings[*index].clone()).collect()
}

/// How many errors a file may have before it is not read further: nobody corrects more row by row, and
/// what is wrong with a whole file is said as well by a thousand of them as by a million.
pub(super) const MOST_ERRORS: usize = 1000;

/// How many columns without a heading are looked at, and of those with one that is not known.
const MOST_UNHEADED: usize = 20;

/// That a row or a cell cannot be used: a finding says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refused;

/// A row of an [`ExtractTable`].
pub(super) struct TableRow<'r> {
    source: &'r TableOrigin,
    record: &'r DelimitedRow<'r>,
    standard: Option<StandardRow<'r>>,
}

/// What a source makes of a row.
#[derive(Clone, Copy)]
pub(super) struct StandardRow<'r> {
    /// Its number among all of its table.
    pub(super) number: u32,
    /// Its cells.
    pub(super) cells: &'r [StandardCell],
}

/// A cell of a row in the standard form.
#[derive(Clone, Debug, Default)]
pub(super) struct StandardCell {
    /// Which cell of the row it is.
    pub(super) at: Option<usize>,
    /// What it says, if that is something else than the cell.
    pub(super) text: Option<Arc<str>>,
}

impl<'r> TableRow<'r> {
    /// A row of a table in the standard form.
    pub(super) fn standard(
        source: &'r TableOrigin,
        record: &'r DelimitedRow<'r>,
        standard: StandardRow<'r>,
    ) -> Self {
        Self { source, record, standard: Some(standard) }
    }
}

impl TableRow<'_> {
    /// A cell without the spaces around it.
    pub(super) fn cell(&self, index: usize) -> &str {
        if let Some(StandardCell { text: Some(text), .. }) = self.standard_cell(index) {
            return text;
        }
        self.index(index).and_then(|index| self.record.get(index)).map_or("", trim)
    }

    /// Whether it has been made of a row that a source describes.
    pub(super) fn is_of_source(&self) -> bool {
        self.standard.is_some()
    }

    fn standard_cell(&self, index: usize) -> Option<&StandardCell> {
        self.standard.and_then(|standard| standard.cells.get(index))
    }

    /// Which cell of the record a cell is.
    fn index(&self, index: usize) -> Option<usize> {
        match self.standard {
            Some(_) => self.standard_cell(index)?.at,
            None => Some(index),
        }
    }

    /// Whether it is the headings once more.
    fn repeats<T>(&self, columns: &[(usize, T)], headings: &[String]) -> bool {
        columns
            .iter()
            .zip(headings)
            .all(|((index, _), heading)| self.cell(*index).to_lowercase() == *heading)
    }

    /// Says whether there is a figure in a cell that has no heading above it: then the column has
    /// lost its own, which is found.
    fn find_lost_figure(&self, index: usize, findings: &mut Findings) -> bool {
        let is_figure = matches!(
            CellValue::read(self.cell(index)),
            Ok(CellValue::Number { .. } | CellValue::Suppressed)
        );
        if is_figure {
            let found = format!(
                "a column without a heading has {} in it, and is not read",
                quote(self.cell(index))
            );
            findings.push(self.finding(
                Code::NoHeading,
                Some(index),
                found,
                "write its heading, or delete the column",
            ));
        }
        is_figure
    }

    /// Refuses a cell of which a part looks as if it were not meant.
    pub(super) fn check_odd_text(
        &self,
        index: usize,
        findings: &mut Findings,
    ) -> Result<(), Refused> {
        let run = self.index(index).and_then(|index| self.record.odd_run(index));
        let Some(OddRun { look, text }) = run else { return Ok(()) };
        let (cell, look) = (self.cell(index), look.as_str());
        let found = if trim(text) == cell {
            format!("{} is {look}", quote(cell))
        } else {
            format!("{} has {} {look} in it", quote(cell), quote(trim(text)))
        };
        let remedy = "take out what is a footnote mark or no longer meant, or format it like the \
            rest of its cell if it is meant";
        findings.push(self.finding(Code::OddText, Some(index), found, remedy));
        Err(Refused)
    }

    /// Its line, or its row in a sheet, counted from 1; in the standard form, which it is of all.
    pub(super) fn number(&self) -> u32 {
        self.standard.map_or(self.record.number, |standard| standard.number)
    }

    /// Where it stands.
    pub(super) fn place(&self) -> Place {
        self.source.place(self.record.number)
    }

    /// The file that it is in.
    pub(super) fn path(&self) -> &Arc<str> {
        &self.source.path
    }

    /// Whether cells stand between semicolons, as where a comma is the decimal mark.
    pub(super) fn has_semicolons(&self) -> bool {
        matches!(self.source.form, OriginForm::Text { delimiter: b';' })
    }

    /// A finding about one of its cells, or about all of it.
    pub(super) fn finding(
        &self,
        code: Code,
        cell: Option<usize>,
        found: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Finding {
        match self.source.form {
            OriginForm::Text { .. } => {
                let line = self.record.raw.split(['\n', '\r']).next().unwrap_or_default();
                let span = cell
                    .and_then(|cell| self.span(cell))
                    .filter(|span| span.end <= line.len())
                    .unwrap_or(0..line.len());
                Finding::new(code, self.place(), found, remedy)
                    .with_excerpt(Excerpt::new(line, span))
            }
            OriginForm::Sheet { .. } => {
                let cell = cell.and_then(|cell| self.index(cell));
                let column = cell.and_then(|cell| self.record.column(cell));
                let place = column.map_or_else(
                    || self.place(),
                    |column| self.source.cell(self.record.number, column),
                );
                Finding::new(code, place, found, remedy)
            }
        }
    }

    /// The bytes of the record that a cell is, quotation marks included.
    fn span(&self, cell: usize) -> Option<Range<usize>> {
        self.record.span(self.index(cell)?)
    }

    /// Refuses it unless it has as many cells as the header, but for blank ones at its end. Cells
    /// that stand under nothing are not read, but there have to be headings' cells above them: a
    /// figure with a thousands comma would otherwise push others to the right.
    fn check_length(
        &self,
        least: usize,
        width: usize,
        findings: &mut Findings,
    ) -> Result<(), Refused> {
        let cells = self.record.len();
        let too_few = cells < least;
        if !too_few
            && !self.record.is_too_long
            && self.record.iter().skip(width).all(|cell| trim(cell).is_empty())
        {
            return Ok(());
        }
        let more = if self.record.is_too_long { "more than " } else { "" };
        let found = format!(
            "the row has {more}{cells} {} and the header has {width}",
            plural(cells, "cell", "cells")
        );
        let remedy = if too_few {
            "add the missing cells, up to the figures; only blank ones after a figure may be left \
                out"
        } else {
            "take out the extra cells; a figure with a thousands comma needs quotation marks, \
                \"1,234\""
        };
        findings.push(self.finding(Code::RowLength, None, found, remedy));
        Err(Refused)
    }
}

/// Says what is wrong with a header, and what there is besides it; nothing, where it is none.
fn report_header<C: Columns>(
    source: &TableOrigin,
    header: &Header<'_, C::Column>,
    columns: &C,
    findings: &mut Findings,
) -> Option<()> {
    let place = source.place(header.record.number);
    let known = columns.known();
    // Where nothing is known, it is no header, and every word of it would be one that is not used.
    let headings = header
        .headings
        .iter()
        .enumerate()
        .filter(|(_, heading)| !heading.is_empty() && !header.columns.is_empty());
    for (index, heading) in headings {
        if columns.named(heading).is_none() {
            let guess = guess(heading, known.iter().copied());
            let found = format!("the column {} is not used", quote(heading));
            findings.push(Finding::new(
                Code::UnknownColumn,
                place.clone(),
                found,
                format!("{guess}leave it, if it is meant for people"),
            ));
        } else if let Some(first) =
            header.headings[..index].iter().position(|other| other == heading)
        {
            let at = |index: usize| {
                header.record.column(index).map_or_else(String::new, workbook::column_name)
            };
            let (first, second) = match source.form {
                OriginForm::Text { .. } => ((first + 1).to_string(), (index + 1).to_string()),
                OriginForm::Sheet { .. } => (at(first), at(index)),
            };
            let found = format!(
                "the column {} is there twice, as columns {first} and {second}",
                quote(heading)
            );
            findings.push(Finding::new(
                Code::RepeatedColumn,
                place.clone(),
                found,
                "delete the one that is not meant",
            ));
        }
    }
    if let Some(missing) = &header.missing {
        findings.push(Finding::new(Code::MissingColumn, place, missing, columns.remedy()));
        return None;
    }
    report_above(source, header, columns, findings);
    Some(())
}

/// Says which rows above the header are left out. One with figures in it is no title.
fn report_above<C: Columns>(
    source: &TableOrigin,
    header: &Header<'_, C::Column>,
    columns: &C,
    findings: &mut Findings,
) {
    for record in &header.above {
        let cells: Vec<_> = header
            .columns
            .iter()
            .map(|(index, column)| (*column, source.cell_below(&header.record, *index, record)))
            .collect();
        if columns.has_figures(&cells) {
            let remedy = "move the header to the top of its figures, or take the row out";
            let found = "a row of figures above the header, which is not read";
            findings.push(Finding::new(
                Code::FiguresAboveHeader,
                source.place(record.number),
                found,
                remedy,
            ));
        }
    }
    let (Some(first), Some(last)) = (header.above.first(), header.above.last()) else { return };
    let text = |record: &DelimitedRow<'_>| {
        record.iter().map(trim).find(|cell| !cell.is_empty()).map_or_else(String::new, quote)
    };
    let count = header.above.len();
    let mut found = format!(
        "{count} {} above the header {} not read: {}",
        plural(count, "row", "rows"),
        plural(count, "is", "are"),
        text(first)
    );
    if count > 1 {
        // Writing to a string cannot fail.
        let _ = write!(found, " to {}", text(last));
    }
    findings.push(Finding::new(
        Code::RowsAboveHeader,
        source.place(first.number),
        found,
        "nothing to do, if they are a title",
    ));
}

pub(super) fn empty(place: Place) -> Finding {
    let remedy =
        "write the header row and the figures, or delete the file if there is nothing to say";
    Finding::new(Code::EmptyFile, place, "the file is empty", remedy)
}

pub(super) fn unclosed_quote(name: &Arc<str>, text: &str, unclosed: Unclosed) -> Finding {
    let rest = text[unclosed.index..].split(['\n', '\r']).next().unwrap_or_default();
    let remedy = "close the quotation mark at the end of its cell, or take it out";
    let found = "a quotation mark opens a cell here and never closes it";
    let excerpt = Excerpt::new(rest, 0..rest.len().min(1));
    Finding::new(Code::Quote, Place::line(name, unclosed.line), found, remedy).with_excerpt(excerpt)
}
