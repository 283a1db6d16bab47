//! A page as a sheet: its title, and its blocks below one another, starting in column A.

use rust_xlsxwriter::{
    Format, IgnoreError, Table as ExcelTable, TableColumn, TableStyle, Worksheet, XlsxError,
};

use super::chart::{self, ChartData};
use super::names::{UniqueNames, clipped, url};
use super::style::{self, is_wrapped};
use crate::definition::GlossaryTerm;
use crate::layout::prose::{Prose, Span, paragraph};
use crate::layout::{
    Align, Block, Cell, Document, Field, Medium, Page, Room, Row, Series, Shown, Table, Value,
};
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
/// The space next to the text of a cell, and the width of a filter button.
const PADDING: u32 = 1;
const BUTTON: u32 = 3;
/// The maximum height of a row, in pixels.
const HIGHEST: u32 = 540;
/// The height of a chart, in rows.
const CHART_LINES: u32 = 18;

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
    /// A sheet with its title, set up for A4 paper.
    pub(super) fn new(
        sheet: &'s mut Worksheet,
        name: &'s str,
        title: &str,
        document: &Document,
        tables: &'s mut UniqueNames,
    ) -> Result<Self, XlsxError> {
        const A4: u8 = 9;
        sheet.set_name(name)?;
        sheet
            .set_landscape()
            .set_paper_size(A4)
            .set_print_fit_to_pages(1, 0)
            .set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
        // In headers and footers an ampersand starts a code.
        let length = if document.marking.is_some() { 70 } else { 100 };
        let printed = |text: &str| clipped(text, length).replace('&', "&&");
        // Excel takes no more than 255 characters of a header.
        let marking = document.marking.as_ref().map(|text| format!("&C{}", printed(text)));
        let marking = marking.unwrap_or_default();
        let header = if title == document.title {
            marking.clone()
        } else {
            format!("&L{}{marking}", printed(&document.title))
        };
        if !header.is_empty() {
            sheet.set_header(header);
        }
        sheet.set_footer(format!("&L{}{marking}&RPage &P of &N", printed(title)));
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
                    self.table(table, tables == 1)?;
                    self.sparklines(table, header + 1, page.area.as_deref(), charts)?;
                    if tables == 1 {
                        self.keep_in_sight(table, header)?;
                    }
                }
                Block::Series(series) => {
                    self.gap();
                    self.series(series, page.area.as_deref(), charts)?;
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
        let order = order(table, true);
        let is_grouped = |column: usize| matches!(table.columns[column].room, Room::Group(_));
        let leading = if table.columns.iter().any(|column| matches!(column.room, Room::Group(_))) {
            order.iter().take_while(|column| !is_grouped(**column)).count()
        } else {
            0
        };
        self.out.set_freeze_panes(header + 1, column_number(leading)?)?;
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
        for (index, note) in notes.iter().enumerate() {
            self.across(
                0,
                &format!("{} {note}", wording::note_mark(index + 1)),
                &style::wrapped(),
            )?;
        }
        for term in terms {
            self.across(0, &term.to_string(), &style::wrapped())?;
        }
        Ok(())
    }

    /// Writes a table that stands alone, including the columns that repeat headings of the page.
    fn table(&mut self, table: &Table, with_filter: bool) -> Result<(), XlsxError> {
        self.cells(table, &order(table, true), with_filter)
    }

    /// Writes a table without the columns that would only repeat the headings of the page.
    pub(super) fn table_under_heading(&mut self, table: &Table) -> Result<(), XlsxError> {
        self.cells(table, &order(table, false), false)
    }

    /// Writes the table of a series, with its chart next to it.
    fn series(
        &mut self,
        series: &Series,
        area: Option<&str>,
        charts: &mut ChartData,
    ) -> Result<(), XlsxError> {
        let top = self.row;
        let order = order(&series.table, false);
        self.cells(&series.table, &order, false)?;
        let ranges = charts.add(&series.chart, area)?;
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
            let name = names.unique(column.heading_alone());
            let button = if with_filter { BUTTON } else { 0 };
            highest = highest.max(lines(&name, self.width(position).saturating_sub(button), true));
            columns.push(
                TableColumn::new().set_header(name).set_header_format(style::header(column.align)),
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
                self.cell(position, &cells[*column], table.columns[*column].align, opens)?;
            }
            if has_notes {
                let mut marks: Vec<_> = cells.iter().flat_map(|cell| &cell.notes).collect();
                marks.sort_unstable();
                marks.dedup();
                let marks: Vec<_> =
                    marks.into_iter().map(|note| wording::note_mark(*note)).collect();
                let cell = Cell::text(marks.join(" "));
                self.cell(order.len(), &cell, Align::Left, opens)?;
            }
        }
        let name = self.tables.unique(&format!("T_{}", table.caption));
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
        column: usize,
        cell: &Cell,
        align: Align,
        opens: bool,
    ) -> Result<(), XlsxError> {
        let (column, format) = (column_number(column)?, style::cell(cell, align, opens));
        match &cell.value {
            Value::Number(number) => {
                self.out.write_number_with_format(self.row, column, value(number), &format)?
            }
            Value::Sparkline(_) => self.out.write_blank(self.row, column, &format)?,
            _ => self.out.write_string_with_format(
                self.row,
                column,
                style::fitting(&text(cell)),
                &format,
            )?,
        };
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
            .set_name(self.tables.unique("T_Sheets"))
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

/// The columns in the order of the sheet. If the table stands alone, those that repeat the headings
/// of the page come first; otherwise they are left out.
fn order(table: &Table, stands_alone: bool) -> Vec<usize> {
    let shown =
        (0..table.columns.len()).filter(|column| table.columns[*column].is_shown(Medium::Workbook));
    let (alone, others): (Vec<_>, Vec<_>) =
        shown.partition(|column| table.columns[*column].shown == Shown::Alone);
    if stands_alone { alone.into_iter().chain(others).collect() } else { others }
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
        if table.cells().any(|cells| cells.iter().any(|cell| !cell.notes.is_empty())) {
            needed.push(digits(measure::width(&wording::note_mark(10), false)) + PADDING);
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
