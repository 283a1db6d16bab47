//! A page as a sheet: its title, and its blocks below one another, starting in column A.

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, Format, IgnoreError, Table as ExcelTable,
    TableColumn, TableStyle, Worksheet, XlsxError,
};

use super::chart::{self, ChartData};
use super::names::{UniqueNames, clipped, url};
use super::style::{self, is_wrapped};
use crate::definition::GlossaryTerm;
use crate::layout::prose::{Prose, Span, paragraph};
use crate::layout::{
    Align, Block, Cell, Column, Document, Field, Medium, Page, Room, Row, Series, Shown, Table,
    Value,
};
use crate::rating::Rag;
use crate::render::measure;
use crate::render::numbers::value;
use crate::wording;

/// The maximum width of a column of text, in digits; longer text is wrapped.
const WIDEST: u32 = 36;
/// The maximum width of the column that takes the remaining space.
const WIDEST_FLEXIBLE: u32 = 66;
/// The maximum width of a column that repeats the headings of the page.
const WIDEST_ALONE: u32 = 30;
/// The width of a sparkline.
const SPARKLINE: u32 = 14;
/// The length of a line of notes.
const WIDEST_LINE: u32 = 140;
/// The space next to the text of a cell, and the width of a filter button.
const PADDING: u32 = 1;
const BUTTON: u32 = 3;
/// The maximum height of a row, in pixels.
const HIGHEST: u32 = 540;
/// The height of a chart, in rows.
const CHART_LINES: u32 = 18;

/// A size of paper, lying on its side.
struct Paper {
    /// Its number in Excel.
    code: u8,
    /// The width between the margins, in digits of the size that tables are in.
    digits: u32,
}

const A4: Paper = Paper { code: 9, digits: 148 };
const A3: Paper = Paper { code: 8, digits: 215 };
/// How far a sheet may be made smaller to fit the paper: to 6 points of 10.
const SMALLEST: u32 = 60;

/// A sheet that is being written.
pub(super) struct Sheet<'s> {
    out: &'s mut Worksheet,
    tables: &'s mut UniqueNames,
    /// The next row.
    row: u32,
    /// The widths of the columns, in digits.
    widths: Vec<u32>,
    /// The row in which the chart next to the current rows ends.
    chart_until: u32,
}

impl<'s> Sheet<'s> {
    /// A sheet with its title, set up for paper.
    pub(super) fn new(
        sheet: &'s mut Worksheet,
        name: &'s str,
        title: &str,
        document: &Document,
        tables: &'s mut UniqueNames,
    ) -> Result<Self, XlsxError> {
        sheet.set_name(name)?;
        sheet
            .set_landscape()
            .set_paper_size(A4.code)
            .set_print_fit_to_pages(1, 0)
            .set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
        // In headers and footers an ampersand starts a code, and all of it is at most 255 letters.
        let printed = |text: &str| clipped(text, 75).replace('&', "&&");
        let marking = document.marking.as_ref().map(|text| format!("&C{}", printed(text)));
        let marking = marking.unwrap_or_default();
        let page = if title == document.title { "" } else { title };
        sheet.set_header(format!("&L{}{marking}&R{}", printed(&document.title), printed(page)));
        sheet.set_footer(format!("&L{}{marking}&RPage &P of &N", printed(&document.imprint())));
        sheet.set_screen_gridlines(false);
        sheet.write_string_with_format(0, 0, style::fitting(title), &style::title())?;
        Ok(Self { out: sheet, tables, row: 1, widths: Vec::new(), chart_until: 0 })
    }

    /// Leaves a row empty.
    pub(super) fn gap(&mut self) {
        self.row += 1;
    }

    /// Sets the widths of columns, in digits.
    pub(super) fn widths(&mut self, widths: &[u32]) -> Result<(), XlsxError> {
        self.widths = widths.to_vec();
        for (column, width) in widths.iter().enumerate() {
            self.out.set_column_width(column_number(column)?, *width)?;
        }
        // A sheet that would be too small to read on A4 is printed on A3, and a wider one on several
        // pages.
        let whole: u32 = widths.iter().sum();
        let fits = |paper: &Paper| whole * SMALLEST / 100 <= paper.digits;
        if !fits(&A4) {
            let across = (whole * SMALLEST / 100).div_ceil(A3.digits);
            self.out.set_paper_size(A3.code);
            self.out.set_print_fit_to_pages(u16::try_from(across).unwrap_or(u16::MAX), 0);
        }
        Ok(())
    }

    /// Writes a line of text, however wide.
    pub(super) fn line(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.out.write_string_with_format(self.row, 0, style::fitting(text), format)?;
        self.row += 1;
        Ok(())
    }

    /// Writes a heading.
    pub(super) fn heading(&mut self, text: &str) -> Result<(), XlsxError> {
        self.line(text, &style::heading())
    }

    /// Writes a link to another sheet.
    pub(super) fn link(&mut self, sheet: &str, text: &str) -> Result<(), XlsxError> {
        self.out.write_url_with_text(self.row, 0, url(sheet), text)?;
        self.row += 1;
        Ok(())
    }

    /// Writes the blocks of a page below its title.
    pub(super) fn page(&mut self, page: &Page, charts: &mut ChartData) -> Result<(), XlsxError> {
        self.widths(&widths(page))?;
        let tables = page
            .blocks
            .iter()
            .filter_map(Block::table)
            .filter(|table| !table.rows.is_empty())
            .count();
        let mut breaks = Vec::new();
        for (index, block) in page.blocks.iter().enumerate() {
            match block {
                Block::Heading(heading) => {
                    self.row = self.row.max(self.chart_until) + 1;
                    // Each report starts a new page, except the first one, which follows the title.
                    let is_report =
                        page.blocks[index..].iter().any(|block| matches!(block, Block::Series(_)));
                    if index > 0 && is_report {
                        breaks.push(self.row);
                    }
                    self.heading(heading)?;
                }
                Block::Fields(fields) => self.fields(fields)?,
                Block::Glance(glance) => self.prose(&[paragraph(&glance.said)])?,
                Block::Alone(_) => {}
                Block::Table(table) | Block::Series(Series { table, .. })
                    if table.rows.is_empty() => {}
                Block::Table(table) => {
                    let header = self.row;
                    self.cells(&table_name(page), table, &order(table, true), tables == 1)?;
                    self.sparklines(table, header + 1, page.area.as_deref(), charts)?;
                    if tables == 1 {
                        self.keep_in_sight(table, header)?;
                    }
                }
                Block::Series(series) => {
                    self.gap();
                    self.series(series, page, charts)?;
                    self.gap();
                }
                Block::Prose(prose) => self.prose(prose)?,
            }
        }
        self.out.set_page_breaks(&breaks)?;
        Ok(())
    }

    /// Keeps the header row, and the columns that identify a row, visible on the screen and repeats
    /// the header on every printed page.
    fn keep_in_sight(&mut self, table: &Table, header: u32) -> Result<(), XlsxError> {
        // Ids and names come first, and a name is as wide as its column.
        let order = order(table, true);
        let is_name = |column: &usize| table.columns[*column].room == Room::Flexible;
        let leading = order.iter().position(is_name).map_or(0, |name| name + 1);
        self.out.set_freeze_panes(header + 1, column_number(leading)?)?;
        if let Some(last) = leading.checked_sub(1) {
            self.out.set_repeat_columns(0, column_number(last)?)?;
        }
        self.out.set_repeat_rows(header, header)?;
        Ok(())
    }

    /// Writes labels with their texts.
    pub(super) fn fields(&mut self, fields: &[Field]) -> Result<(), XlsxError> {
        for field in fields {
            self.out.write_string_with_format(
                self.row,
                0,
                style::fitting(&field.label),
                &style::wrapped().set_bold(),
            )?;
            self.across(1, &field.text, &style::wrapped())?;
        }
        Ok(())
    }

    /// Writes text across the columns of the sheet from `first` on, in a row that is high enough.
    /// There must be no table in that row.
    fn across(&mut self, first: usize, text: &str, format: &Format) -> Result<(), XlsxError> {
        let room = self.widths.iter().skip(first).sum();
        let text = style::fitting(text);
        if self.widths.len() > first + 1 {
            self.out.merge_range(
                self.row,
                column_number(first)?,
                self.row,
                column_number(self.widths.len() - 1)?,
                &text,
                format,
            )?;
        } else {
            self.out.write_string_with_format(
                self.row,
                column_number(first)?,
                text.as_ref(),
                format,
            )?;
        }
        self.height(lines(&text, room, false))?;
        self.row += 1;
        Ok(())
    }

    /// Writes text across the sheet without merging its cells: a row for each line, each of which
    /// runs over the empty cells beside it.
    fn unmerged(&mut self, text: &str) -> Result<(), XlsxError> {
        let room: u32 = self.widths.iter().sum::<u32>().min(WIDEST_LINE);
        for line in measure::broken(text, room.saturating_mul(measure::DIGIT), false) {
            self.line(&line, &style::plain())?;
        }
        Ok(())
    }

    /// Sets the height of the row to this many lines, because not every program adjusts it itself.
    fn height(&mut self, lines: u32) -> Result<(), XlsxError> {
        if lines > 1 {
            self.out.set_row_height_pixels(self.row, (lines * style::LINE + 3).min(HIGHEST))?;
        }
        Ok(())
    }

    /// Writes running text.
    fn prose(&mut self, prose: &[Prose]) -> Result<(), XlsxError> {
        for part in prose {
            match part {
                Prose::Paragraph(spans) => self.spans("", spans, &style::wrapped())?,
                Prose::Heading(spans) => self.spans("", spans, &style::wrapped().set_bold())?,
                Prose::Item { depth, number, spans } => {
                    let mark =
                        number.map_or_else(|| "•  ".to_owned(), |number| format!("{number}.  "));
                    let indent = u8::try_from((*depth).min(8)).unwrap_or(8);
                    self.spans(&mark, spans, &style::wrapped().set_indent(indent + 1))?;
                }
                Prose::Row { is_header, cells } => {
                    for (column, cell) in cells.iter().enumerate() {
                        let format = if *is_header {
                            style::header(Align::Left)
                        } else {
                            style::cell(&Cell::text(""), Align::Left, false)
                        };
                        let text: String = cell.iter().map(|span| span.text.as_str()).collect();
                        self.out.write_string_with_format(
                            self.row,
                            column_number(column)?,
                            style::fitting(&text),
                            &format,
                        )?;
                    }
                    self.row += 1;
                }
            }
        }
        Ok(())
    }

    /// Writes a text with bold and italic parts.
    fn spans(&mut self, mark: &str, spans: &[Span], format: &Format) -> Result<(), XlsxError> {
        let text: String =
            std::iter::once(mark).chain(spans.iter().map(|span| span.text.as_str())).collect();
        let row = self.row;
        self.across(0, &text, format)?;
        let is_styled = spans.iter().any(|span| span.strong || span.emphasis);
        // A text in a single style needs no more, and one that was cut no longer matches its parts.
        if !is_styled || style::fitting(&text).len() != text.len() {
            return Ok(());
        }
        let mark = Span { text: mark.to_owned(), ..Span::default() };
        let styled = |span: &Span| {
            let font = if span.strong { style::base().set_bold() } else { style::base() };
            if span.emphasis { font.set_italic() } else { font }
        };
        let runs: Vec<_> = std::iter::once(&mark)
            .chain(spans)
            .filter(|span| !span.text.is_empty())
            .map(|span| (styled(span), span.text.as_str()))
            .collect();
        match runs.as_slice() {
            [] => {}
            [(font, text)] => {
                self.out.write_string_with_format(row, 0, *text, &format.merge(font))?;
            }
            runs => {
                let runs: Vec<_> = runs.iter().map(|(font, text)| (font, *text)).collect();
                self.out.write_rich_string_with_format(row, 0, &runs, format)?;
            }
        }
        Ok(())
    }

    /// Writes the footnotes, each with the mark that it has in the notes column, and what terms mean.
    pub(super) fn notes(
        &mut self,
        notes: &[String],
        terms: &[&GlossaryTerm],
    ) -> Result<(), XlsxError> {
        if notes.is_empty() && terms.is_empty() {
            return Ok(());
        }
        self.gap();
        self.heading("Notes")?;
        let marked = notes.iter().enumerate();
        let marked =
            marked.map(|(index, note)| format!("{} {note}", wording::note_mark(index + 1)));
        for note in marked.chain(terms.iter().map(ToString::to_string)) {
            self.unmerged(&note)?;
        }
        Ok(())
    }

    /// Writes the key, without the columns that would only repeat its heading.
    pub(super) fn key(&mut self, key: &Table) -> Result<(), XlsxError> {
        self.cells(&key.caption, key, &order(key, false), false)
    }

    /// Writes the table of a series, with its chart next to it, if there is anything to draw.
    fn series(
        &mut self,
        series: &Series,
        page: &Page,
        charts: &mut ChartData,
    ) -> Result<(), XlsxError> {
        let top = self.row;
        let order = order(&series.table, false);
        self.cells(&series_name(page, series), &series.table, &order, false)?;
        if series.chart.axis.is_none() {
            return Ok(());
        }
        let ranges = charts.add(&series.chart, page.area.as_deref())?;
        let chart = chart::chart(&series.chart, &ranges);
        // Next to the table, with a gap of 24 pixels.
        self.out.insert_chart_with_offset(top, column_number(order.len())?, &chart, 24, 0)?;
        self.chart_until = top + CHART_LINES;
        Ok(())
    }

    /// Writes the cells of a table with its columns in this order, and a last column with the marks
    /// of their notes.
    fn cells(
        &mut self,
        name: &str,
        table: &Table,
        order: &[usize],
        with_filter: bool,
    ) -> Result<(), XlsxError> {
        let rows: Vec<&Vec<Cell>> = table.cells().collect();
        let has_notes = rows.iter().any(|cells| cells.iter().any(|cell| !cell.notes.is_empty()));
        let header = self.row;
        let mut names = UniqueNames::columns();
        let mut columns = Vec::new();
        let mut highest = 1;
        for (position, column) in order.iter().enumerate() {
            let column = &table.columns[*column];
            let heading = names.unique(column.heading_alone());
            let button = if with_filter { BUTTON } else { 0 };
            let room = self.width(position).saturating_sub(button);
            highest = highest.max(lines(&heading, room, true));
            columns.push(
                TableColumn::new()
                    .set_header(heading)
                    .set_header_format(style::header(column.align)),
            );
        }
        if has_notes {
            columns.push(
                TableColumn::new()
                    .set_header(names.unique("Notes"))
                    .set_header_format(style::header(Align::Left)),
            );
        }
        self.height(highest)?;
        let opens = opens(table);
        for (cells, opens) in rows.iter().zip(opens) {
            self.row += 1;
            let wrapped = order
                .iter()
                .enumerate()
                .filter(|(_, column)| is_wrapped(&cells[**column], table.columns[**column].align));
            let highest = wrapped
                .map(|(position, column)| lines(&cells[*column].text, self.width(position), false))
                .max();
            self.height(highest.unwrap_or(1))?;
            for (position, column) in order.iter().enumerate() {
                self.cell(position, &cells[*column], &table.columns[*column], opens)?;
            }
            if has_notes {
                let cell = Cell::text(marks(cells));
                self.cell(order.len(), &cell, &Column::text("Notes"), opens)?;
            }
        }
        for (position, column) in order.iter().enumerate() {
            let is_rating = |cells: &&Vec<Cell>| matches!(cells[*column].value, Value::Rag(_));
            if rows.iter().any(is_rating) {
                self.colour_ratings(header + 1, column_number(position)?)?;
            }
        }
        let name = self.tables.unique(name);
        let last = column_number(columns.len().saturating_sub(1))?;
        let excel = ExcelTable::new()
            .set_name(clipped(&name, 100))
            .set_style(TableStyle::None)
            .set_autofilter(with_filter)
            .set_alt_text_title(clipped(&table.caption, 250))
            .set_columns(&columns);
        self.out.add_table(header, 0, self.row, last, &excel)?;
        // Excel would flag an id of digits as a number stored as text.
        self.out.ignore_error_range(header, 0, self.row, last, IgnoreError::NumberStoredAsText)?;
        self.row += 1;
        Ok(())
    }

    /// Draws the sparklines of a table whose rows begin at `first`.
    fn sparklines(
        &mut self,
        table: &Table,
        first: u32,
        area: Option<&str>,
        charts: &mut ChartData,
    ) -> Result<(), XlsxError> {
        for (position, column) in order(table, true).into_iter().enumerate() {
            for (row, cells) in (first..).zip(table.cells()) {
                if let Value::Sparkline(sparkline) = &cells[column].value {
                    let drawn = charts.add_sparkline(sparkline, area, &cells[column].text)?;
                    self.out.add_sparkline(row, column_number(position)?, &drawn)?;
                }
            }
        }
        Ok(())
    }

    fn cell(
        &mut self,
        position: usize,
        cell: &Cell,
        column: &Column,
        opens: bool,
    ) -> Result<(), XlsxError> {
        let format = style::cell(cell, column.align, opens);
        let id = if column.is_of_ids { number_of_id(&cell.text) } else { None };
        let column = column_number(position)?;
        match &cell.value {
            Value::Number(number) => {
                self.out.write_number_with_format(self.row, column, value(number), &format)?
            }
            Value::Sparkline(_) => self.out.write_blank(self.row, column, &format)?,
            _ if let Some(id) = id => {
                self.out.write_number_with_format(self.row, column, id, &format)?
            }
            _ => self.out.write_string_with_format(
                self.row,
                column,
                style::fitting(&text(cell)),
                &format,
            )?,
        };
        Ok(())
    }

    /// Colours the ratings of a column down to the current row by their words, so that a rating that
    /// somebody changes has its colour.
    fn colour_ratings(&mut self, first: u32, column: u16) -> Result<(), XlsxError> {
        for rag in [Rag::Green, Rag::Amber, Rag::Red] {
            let rule = ConditionalFormatCell::new()
                .set_rule(ConditionalFormatCellRule::EqualTo(wording::rag(rag).to_owned()))
                .set_format(style::rating(rag));
            self.out.add_conditional_format(first, column, self.row, column, &rule)?;
        }
        Ok(())
    }

    /// Writes the list of the other sheets, each with a link.
    pub(super) fn list_of_sheets(&mut self, sheets: &[(&str, &str)]) -> Result<(), XlsxError> {
        self.heading("Sheets")?;
        let header = self.row;
        for (name, title) in sheets {
            self.row += 1;
            self.out.write_url_with_format(
                self.row,
                0,
                url(name).set_text(*name),
                &style::link(),
            )?;
            let format = style::cell(&Cell::text(""), Align::Left, false);
            self.out.write_string_with_format(self.row, 1, style::fitting(title), &format)?;
        }
        let columns = ["Sheet", "What it shows"].map(|heading| {
            TableColumn::new().set_header(heading).set_header_format(style::header(Align::Left))
        });
        let excel = ExcelTable::new()
            .set_name(self.tables.unique("Sheets"))
            .set_style(TableStyle::None)
            .set_autofilter(false)
            .set_alt_text_title("The sheets of this workbook")
            .set_columns(&columns);
        if !sheets.is_empty() {
            self.out.add_table(header, 0, self.row, 1, &excel)?;
        }
        self.row += 1;
        Ok(())
    }

    /// The width of a column, in digits.
    fn width(&self, column: usize) -> u32 {
        self.widths.get(column).copied().unwrap_or(WIDEST)
    }
}

/// For each row of cells, whether it starts a section. The first row does not count, because it has
/// the header above it.
fn opens(table: &Table) -> impl Iterator<Item = bool> {
    let mut is_open = false;
    table.rows.iter().enumerate().filter_map(move |(index, row)| match row {
        Row::Section(_) => {
            is_open = index > 0;
            None
        }
        Row::Cells(_) => Some(std::mem::take(&mut is_open)),
    })
}

/// The marks of the notes of a row's cells, each once.
fn marks(cells: &[Cell]) -> String {
    let notes: BTreeSet<_> = cells.iter().flat_map(|cell| &cell.notes).collect();
    let marks: Vec<_> = notes.into_iter().map(|note| wording::note_mark(*note)).collect();
    marks.join(" ")
}

/// The columns in the order of the sheet. If the table stands alone, those that repeat the headings
/// of the page are there too: last in a table that begins with ids, as in CSV, so that ids and names
/// can stay in sight, and first in others. Otherwise they are left out.
fn order(table: &Table, stands_alone: bool) -> Vec<usize> {
    let (alone, others): (Vec<_>, Vec<_>) = table
        .columns_in(Medium::Workbook)
        .partition(|column| table.columns[*column].shown == Shown::Alone);
    match (stands_alone, table.columns.first().is_some_and(|first| first.is_of_ids)) {
        (false, _) => others,
        (true, true) => others.into_iter().chain(alone).collect(),
        (true, false) => alone.into_iter().chain(others).collect(),
    }
}

/// The number that an id is, if it is one and is written like one.
fn number_of_id(text: &str) -> Option<u32> {
    text.parse().ok().filter(|number: &u32| number.to_string() == text)
}

/// The name of a page's table: what it shows and of which area. It is the same every month, because
/// formulas of other workbooks refer to it.
fn table_name(page: &Page) -> String {
    match (page.table, &page.area) {
        (Some(table), Some(area)) => {
            let (first, rest) = table.as_str().split_at(1);
            format!("{}{rest}_{area}", first.to_ascii_uppercase())
        }
        _ => page.name.clone(),
    }
}

/// The name of the table of a report on one indicator, which has the indicator's id in a column that
/// only repeats the heading.
fn series_name(page: &Page, series: &Series) -> String {
    let column = series.table.columns.iter().position(|column| column.is_of_ids);
    let id = column.and_then(|column| Some(&series.table.cells().next()?[column].text));
    let name = table_name(page);
    id.map_or_else(|| name.clone(), |id| format!("{name}_{id}"))
}

/// The text of a cell, with the arrow of a direction.
fn text(cell: &Cell) -> String {
    let text = cell.lettered();
    cell.arrow().map_or_else(|| text.to_string(), |arrow| format!("{arrow} {text}"))
}

/// The widths of the columns of a page, each wide enough for all of its tables.
fn widths(page: &Page) -> Vec<u32> {
    let mut widths: Vec<u32> = Vec::new();
    let alone = page.blocks.iter().filter(|block| matches!(block, Block::Table(_))).count() == 1;
    for block in &page.blocks {
        let (table, stands_alone) = match block {
            Block::Table(table) => (table, true),
            Block::Series(series) => (&series.table, false),
            Block::Heading(_)
            | Block::Fields(_)
            | Block::Glance(_)
            | Block::Alone(_)
            | Block::Prose(_) => continue,
        };
        let mut needed: Vec<_> = order(table, stands_alone)
            .into_iter()
            .map(|column| width(table, column, alone))
            .collect();
        let noted = table.cells().map(|cells| digits(measure::width(&marks(cells), false))).max();
        if let Some(noted) = noted.filter(|noted| *noted > 0) {
            let heading = digits(measure::width("Notes", true)) + if alone { BUTTON } else { 0 };
            needed.push(noted.max(heading) + PADDING);
        }
        widths.resize(widths.len().max(needed.len()), 0);
        widths.iter_mut().zip(needed).for_each(|(width, needed)| *width = (*width).max(needed));
    }
    // Labels share the first column with the tables.
    let labels = page
        .blocks
        .iter()
        .filter_map(|block| if let Block::Fields(fields) = block { Some(fields) } else { None });
    let label = labels
        .flatten()
        .map(|field| digits(measure::width(&field.label, true)) + PADDING)
        .max()
        .unwrap_or(0);
    match widths.first_mut() {
        Some(first) => *first = (*first).max(label),
        None => widths = vec![label.max(20), 100],
    }
    widths
}

/// The width that a column needs for its longest cell and the longest word of its heading, up to
/// the maximum for text.
fn width(table: &Table, column: usize, with_filter: bool) -> u32 {
    let about = &table.columns[column];
    let button = if with_filter { BUTTON } else { 0 };
    let heading = digits(measure::longest_word(about.heading_alone(), true)) + button;
    let widest = match (about.align, about.room) {
        _ if about.shown == Shown::Alone => WIDEST_ALONE,
        (_, Room::Flexible) => WIDEST_FLEXIBLE,
        (Align::Left, _) => WIDEST,
        (Align::Right | Align::Centre, _) => u32::MAX,
    };
    let cell = |cell: &Cell| {
        if matches!(cell.value, Value::Sparkline(_)) {
            return SPARKLINE;
        }
        let widest = if is_wrapped(cell, about.align) { widest } else { u32::MAX };
        digits(measure::width(&text(cell), matches!(cell.value, Value::Rag(_)))).min(widest)
    };
    table.cells().map(|cells| cell(&cells[column])).max().unwrap_or(0).max(heading) + PADDING
}

/// Converts a length to digits, the unit of column widths.
fn digits(length: u32) -> u32 {
    length.div_ceil(measure::DIGIT)
}

/// How many lines a text takes in a column of this width.
fn lines(text: &str, width: u32, bold: bool) -> u32 {
    measure::lines(text, width.saturating_mul(measure::DIGIT), bold)
}

/// The number of a column in the library's type.
pub(super) fn column_number(column: usize) -> Result<u16, XlsxError> {
    u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)
}
