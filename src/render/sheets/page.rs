//! A page as a sheet: its title, and its blocks below one another, starting in column A.

use std::collections::{BTreeMap, BTreeSet};

use super::book::{
    ChartAt, Coloured, Content, Edge, Filled, Merged, Paper, Sheet, SparklineAt, TableAt,
    TableColumn,
};
use super::chart_data::{ChartData, FIRST_ROW};
use super::names::{UniqueNames, clipped};
use super::style::{self, Style, is_wrapped};
use crate::definition::GlossaryTerm;
use crate::layout::prose::{Prose, Span, paragraph};
use crate::layout::{
    Align, Block, Cell, Column, Document, Field, Medium, Page, Room, Row, Series, Shown, Table,
    Value,
};
use crate::render::measure;
use crate::render::numbers::value;
use crate::render::palette::Rgb;
use crate::render::typography;
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
/// How far a sheet may be made smaller to fit the paper: to 6 points of 10.
const SMALLEST: u32 = 60;
/// A last page of less than a third is saved, by making the sheet a little smaller.
const NEARLY_EMPTY: u32 = 3;
/// A sheet of more pages takes as many as it takes: its height is only estimated.
const MOST_PAGES: u32 = 50;

impl Paper {
    /// The width between the margins, in digits of the size that tables are in.
    fn digits(self) -> u32 {
        match self {
            Self::A4 => 148,
            Self::A3 => 215,
        }
    }

    /// The height between the header and the footer, in pixels.
    fn pixels(self) -> u32 {
        match self {
            Self::A4 => 660,
            Self::A3 => 985,
        }
    }
}

/// A sheet that is being written.
pub(super) struct Writer<'t, 'd> {
    sheet: Sheet<'d>,
    tables: &'t mut UniqueNames,
    /// The next row.
    row: u32,
    /// The row in which the chart next to the current rows ends.
    chart_until: u32,
}

impl<'t, 'd> Writer<'t, 'd> {
    /// A sheet with its title, set up for paper.
    pub(super) fn new(
        name: &str,
        title: &str,
        document: &Document,
        tables: &'t mut UniqueNames,
    ) -> Self {
        // All of a header or footer is at most 255 letters.
        let printed = |text: &str| clipped(text, 75).into_owned();
        let centre = document.marking.as_deref().map(printed).unwrap_or_default();
        let page = if title == document.title { "" } else { title };
        let header =
            Edge { left: printed(&document.title), centre: centre.clone(), right: printed(page) };
        let sheet = Sheet {
            name: name.to_owned(),
            tab: None,
            header,
            footer: Edge { left: printed(&document.imprint()), centre, right: String::new() },
            paper: Paper::A4,
            pages_across: 1,
            pages_down: None,
            widths: Vec::new(),
            heights: BTreeMap::new(),
            cells: BTreeMap::new(),
            merged: Vec::new(),
            tables: Vec::new(),
            frozen: None,
            repeated_row: None,
            repeated_columns: 0,
            breaks: Vec::new(),
            coloured: Vec::new(),
            charts: Vec::new(),
            sparklines: Vec::new(),
            hidden: Vec::new(),
        };
        let mut writer = Self { sheet, tables, row: 0, chart_until: 0 };
        writer.line(title, style::title());
        writer
    }

    /// The sheet.
    pub(super) fn finish(mut self) -> Sheet<'d> {
        // Where reports begin a page each, they take what they take.
        if self.sheet.breaks.is_empty() {
            self.sheet.pages_down = pages_down(&self.sheet);
        }
        self.sheet
    }

    /// Sets the colour of its tab.
    pub(super) fn set_tab(&mut self, colour: Rgb) {
        self.sheet.tab = Some(colour);
    }

    /// Leaves a row empty.
    pub(super) fn gap(&mut self) {
        self.row += 1;
    }

    /// Sets the widths of columns, in digits.
    pub(super) fn widths(&mut self, widths: &[u32]) {
        self.sheet.widths = widths.to_vec();
        // A sheet that would be too small to read on A4 is printed on A3, and a wider one on several
        // pages.
        let whole: u32 = widths.iter().sum();
        if whole * SMALLEST / 100 > Paper::A4.digits() {
            self.sheet.paper = Paper::A3;
            self.sheet.pages_across = (whole * SMALLEST / 100).div_ceil(Paper::A3.digits());
        }
    }

    /// Fills a cell.
    pub(super) fn put(&mut self, row: u32, column: usize, content: Content, style: Style) {
        self.sheet.cells.insert((row, column), Filled { content, style });
    }

    fn put_text(&mut self, column: usize, text: &str, style: Style) {
        self.put(self.row, column, Content::Text(style::fitting(text).into_owned()), style);
    }

    /// Writes a line of text, however wide.
    pub(super) fn line(&mut self, text: &str, style: Style) {
        self.put_text(0, text, style);
        self.row += 1;
    }

    /// Writes a heading.
    pub(super) fn heading(&mut self, text: &str) {
        self.line(text, style::heading());
    }

    /// Writes a link to another sheet.
    pub(super) fn link(&mut self, sheet: &str, text: &str) {
        let content = Content::Link { sheet: sheet.to_owned(), text: text.to_owned() };
        self.put(self.row, 0, content, style::link());
        self.row += 1;
    }

    /// Writes the blocks of a page below its title.
    pub(super) fn page(&mut self, page: &'d Page, charts: &mut ChartData) {
        self.widths(&widths(page));
        let tables = page
            .blocks
            .iter()
            .filter_map(Block::table)
            .filter(|table| !table.rows.is_empty())
            .count();
        for (index, block) in page.blocks.iter().enumerate() {
            match block {
                Block::Heading(heading) => {
                    self.row = self.row.max(self.chart_until) + 1;
                    // Each report starts a new page, except the first one, which follows the title.
                    let is_report =
                        page.blocks[index..].iter().any(|block| matches!(block, Block::Series(_)));
                    if index > 0 && is_report {
                        self.sheet.breaks.push(self.row);
                    }
                    self.heading(heading);
                }
                Block::Fields(fields) => self.fields(fields),
                Block::Glance(glance) => self.prose(&[paragraph(&glance.said)]),
                Block::Alone(_) => {}
                Block::Table(table) | Block::Series(Series { table, .. })
                    if table.rows.is_empty() => {}
                Block::Table(table) => {
                    let header = self.row;
                    self.cells(&table_name(page), table, &order(table, true), tables == 1);
                    self.sparklines(table, header + 1, page.area.as_deref(), charts);
                    if tables == 1 {
                        self.keep_in_sight(table, header);
                    }
                }
                Block::Series(series) => {
                    self.gap();
                    self.series(series, page, charts);
                    self.gap();
                }
                Block::Prose(prose) => self.prose(prose),
            }
        }
    }

    /// Keeps the header row, and the columns that identify a row, visible on the screen and repeats
    /// the header on every printed page.
    fn keep_in_sight(&mut self, table: &Table, header: u32) {
        // Ids and names come first, and a name is as wide as its column.
        let order = order(table, true);
        let is_name = |column: &usize| table.columns[*column].room == Room::Flexible;
        let leading = order.iter().position(is_name).map_or(0, |name| name + 1);
        self.sheet.frozen = Some((header + 1, leading));
        self.sheet.repeated_columns = leading;
        self.sheet.repeated_row = Some(header);
    }

    /// Writes labels with their texts.
    pub(super) fn fields(&mut self, fields: &[Field]) {
        for field in fields {
            self.put_text(0, &field.label, style::label());
            self.across(1, &field.text, style::wrapped());
        }
    }

    /// Writes text across the columns of the sheet from `first` on, in a row that is high enough.
    /// There must be no table in that row.
    fn across(&mut self, first: usize, text: &str, style: Style) {
        let text = style::fitting(text).into_owned();
        self.content_across(first, &text.clone(), Content::Text(text), style);
    }

    fn content_across(&mut self, first: usize, text: &str, content: Content, style: Style) {
        let room = self.sheet.widths.iter().skip(first).sum();
        if self.sheet.widths.len() > first + 1 {
            let last = self.sheet.widths.len() - 1;
            self.sheet.merged.push(Merged { row: self.row, first, last });
        }
        self.put(self.row, first, content, style);
        self.height(lines(text, room, false));
        self.row += 1;
    }

    /// Writes text across the sheet without merging its cells: a row for each line, each of which
    /// runs over the empty cells beside it.
    fn unmerged(&mut self, text: &str) {
        let room: u32 = self.sheet.widths.iter().sum::<u32>().min(WIDEST_LINE);
        let fits = |line: &str| digits(measure::width(line, false)) <= room;
        for line in typography::lines(text, fits) {
            self.line(&line, style::plain());
        }
    }

    /// Sets the height of the row to this many lines, because not every program adjusts it itself.
    fn height(&mut self, lines: u32) {
        if lines > 1 {
            self.sheet.heights.insert(self.row, (lines * style::LINE + 3).min(HIGHEST));
        }
    }

    /// Writes running text.
    fn prose(&mut self, prose: &[Prose]) {
        for part in prose {
            match part {
                Prose::Paragraph(spans) => self.spans("", spans, style::wrapped()),
                Prose::Heading(spans) => self.spans("", spans, style::label()),
                Prose::Item { depth, number, spans } => {
                    let mark =
                        number.map_or_else(|| "•  ".to_owned(), |number| format!("{number}.  "));
                    let indent = u8::try_from((*depth).min(8)).unwrap_or(8) + 1;
                    self.spans(&mark, spans, Style { indent, ..style::wrapped() });
                }
                Prose::Row { is_header, cells } => {
                    for (column, cell) in cells.iter().enumerate() {
                        let style = if *is_header {
                            style::header(Align::Left)
                        } else {
                            style::cell(&Cell::text(""), Align::Left, false)
                        };
                        let text: String = cell.iter().map(|span| span.text.as_str()).collect();
                        self.put_text(column, &text, style);
                    }
                    self.row += 1;
                }
            }
        }
    }

    /// Writes a text with bold and italic parts.
    fn spans(&mut self, mark: &str, spans: &[Span], style: Style) {
        let text: String =
            std::iter::once(mark).chain(spans.iter().map(|span| span.text.as_str())).collect();
        let is_styled = spans.iter().any(|span| span.strong || span.emphasis);
        // A text in a single style needs no more, and one that was cut no longer matches its parts.
        if !is_styled || style::fitting(&text).len() != text.len() {
            self.across(0, &text, style);
            return;
        }
        let mark = Span { text: mark.to_owned(), ..Span::default() };
        let styled = |span: &Span| {
            let (bold, italic) = (style.bold || span.strong, style.italic || span.emphasis);
            (Style { bold, italic, ..style::base() }, span.text.clone())
        };
        let mut runs: Vec<_> = std::iter::once(&mark)
            .chain(spans)
            .filter(|span| !span.text.is_empty())
            .map(styled)
            .collect();
        match runs.as_mut_slice() {
            [] => self.across(0, &text, style),
            [(run, _)] => {
                let (bold, italic) = (run.bold, run.italic);
                self.across(0, &text, Style { bold, italic, ..style });
            }
            _ => self.content_across(0, &text, Content::Rich(runs), style),
        }
    }

    /// Writes the footnotes, each with the mark that it has in the notes column, and what terms mean.
    pub(super) fn notes(&mut self, notes: &[String], terms: &[&GlossaryTerm]) {
        if notes.is_empty() && terms.is_empty() {
            return;
        }
        self.gap();
        self.heading("Notes");
        let marked = notes.iter().enumerate();
        let marked =
            marked.map(|(index, note)| format!("{} {note}", wording::note_mark(index + 1)));
        for note in marked.chain(terms.iter().map(ToString::to_string)) {
            self.unmerged(&note);
        }
    }

    /// Writes the key, without the columns that would only repeat its heading.
    pub(super) fn key(&mut self, key: &Table) {
        self.cells(&key.caption, key, &order(key, false), false);
    }

    /// Writes the table of a series, with its chart next to it, if there is anything to draw.
    fn series(&mut self, series: &'d Series, page: &Page, charts: &mut ChartData) {
        let row = self.row;
        let order = order(&series.table, false);
        self.cells(&series_name(page, series), &series.table, &order, false);
        if series.chart.axis.is_none() {
            return;
        }
        let ranges = charts.add(&series.chart, page.area.as_deref());
        self.sheet.charts.push(ChartAt { row, column: order.len(), chart: &series.chart, ranges });
        self.chart_until = row + CHART_LINES;
    }

    /// Writes the cells of a table with its columns in this order, and a last column with the marks
    /// of their notes.
    fn cells(&mut self, name: &str, table: &Table, order: &[usize], has_filter: bool) {
        let rows: Vec<&Vec<Cell>> = table.cells().collect();
        let has_notes = rows.iter().any(|cells| cells.iter().any(|cell| !cell.notes.is_empty()));
        let header = self.row;
        let mut names = UniqueNames::columns();
        let mut columns = Vec::new();
        let mut highest = 1;
        for (position, column) in order.iter().enumerate() {
            let column = &table.columns[*column];
            let heading = names.unique(column.heading_alone());
            let button = if has_filter { BUTTON } else { 0 };
            let room = self.width(position).saturating_sub(button);
            highest = highest.max(lines(&heading, room, true));
            columns.push(TableColumn { heading, align: column.align });
        }
        if has_notes {
            columns.push(TableColumn { heading: names.unique("Notes"), align: Align::Left });
        }
        self.height(highest);
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
            self.height(highest.unwrap_or(1));
            for (position, column) in order.iter().enumerate() {
                self.cell(position, &cells[*column], &table.columns[*column], opens);
            }
            if has_notes {
                let cell = Cell::text(marks(cells));
                self.cell(order.len(), &cell, &Column::text("Notes"), opens);
            }
        }
        for (position, column) in order.iter().enumerate() {
            let is_rating = |cells: &&Vec<Cell>| matches!(cells[*column].value, Value::Rag(_));
            if rows.iter().any(is_rating) {
                let coloured = Coloured { first: header + 1, last: self.row, column: position };
                self.sheet.coloured.push(coloured);
            }
        }
        let name = self.tables.unique(name);
        self.sheet.tables.push(TableAt {
            name: clipped(&name, 100).into_owned(),
            caption: clipped(&table.caption, 250).into_owned(),
            header,
            last: self.row,
            columns,
            has_filter,
            has_ids: true,
        });
        self.row += 1;
    }

    /// Draws the sparklines of a table whose rows begin at `first`.
    fn sparklines(
        &mut self,
        table: &Table,
        first: u32,
        area: Option<&str>,
        charts: &mut ChartData,
    ) {
        for (position, column) in order(table, true).into_iter().enumerate() {
            for (row, cells) in (first..).zip(table.cells()) {
                if let Value::Sparkline(sparkline) = &cells[column].value {
                    let ranges = charts.add_sparkline(sparkline, area, &cells[column].text);
                    self.sheet.sparklines.push(SparklineAt { row, column: position, ranges });
                }
            }
        }
    }

    fn cell(&mut self, position: usize, cell: &Cell, column: &Column, opens: bool) {
        let style = style::cell(cell, column.align, opens);
        let id = if column.is_of_ids { number_of_id(&cell.text) } else { None };
        let content = match &cell.value {
            Value::Number(number) => {
                Content::Number { value: value(number), shown: cell.lettered().into_owned() }
            }
            Value::Sparkline(_) => Content::Blank,
            _ if let Some(id) = id => {
                Content::Number { value: id.into(), shown: cell.text.clone() }
            }
            _ => Content::Text(style::fitting(&text(cell)).into_owned()),
        };
        self.put(self.row, position, content, style);
    }

    /// Writes the list of the other sheets, each with a link.
    pub(super) fn list_of_sheets(&mut self, sheets: &[(&str, &str)]) {
        self.heading("Sheets");
        let header = self.row;
        for (name, title) in sheets {
            self.row += 1;
            let content = Content::Link { sheet: (*name).to_owned(), text: (*name).to_owned() };
            self.put(self.row, 0, content, style::link_in_table());
            self.put_text(1, title, style::cell(&Cell::text(""), Align::Left, false));
        }
        if !sheets.is_empty() {
            let columns = ["Sheet", "What it shows"];
            let column =
                |heading: &str| TableColumn { heading: heading.to_owned(), align: Align::Left };
            self.sheet.tables.push(TableAt {
                name: self.tables.unique("Sheets"),
                caption: "The sheets of this workbook".to_owned(),
                header,
                last: self.row,
                columns: columns.map(column).into(),
                has_filter: false,
                has_ids: false,
            });
        }
        self.row += 1;
    }

    /// Makes a table of the numbers that charts draw, with the columns that none uses hidden.
    pub(super) fn chart_data(&mut self, columns: Vec<TableColumn>, last: u32, unused: Vec<usize>) {
        self.sheet.tables.push(TableAt {
            name: self.tables.unique("Chart_data"),
            caption: "The numbers that the charts draw".to_owned(),
            header: FIRST_ROW - 1,
            last,
            columns,
            has_filter: false,
            has_ids: false,
        });
        self.sheet.frozen = Some((FIRST_ROW, 0));
        self.sheet.repeated_row = Some(FIRST_ROW - 1);
        self.sheet.hidden = unused;
    }

    /// The width of a column, in digits.
    fn width(&self, column: usize) -> u32 {
        self.sheet.widths.get(column).copied().unwrap_or(WIDEST)
    }
}

/// On how many pages below one another a sheet is printed. `None` if they are many, or if the sheet
/// would become too small.
fn pages_down(sheet: &Sheet<'_>) -> Option<u32> {
    let height = |row: u32| sheet.heights.get(&row).copied().unwrap_or(style::LINE);
    let last = sheet.cells.keys().next_back()?.0;
    let whole = (0..=last).map(height).fold(0, u32::saturating_add);
    let width = sheet.widths.iter().sum::<u32>().max(1);
    let scale = (sheet.pages_across * sheet.paper.digits() * 100 / width).clamp(1, 100);
    let room = sheet.paper.pixels() * 100 / scale;
    let pages = pages(whole, room, sheet.repeated_row.map_or(0, height));
    let needed = whole.div_ceil(pages).max(room);
    (pages <= MOST_PAGES && scale * room / needed >= SMALLEST).then_some(pages)
}

/// How many pages with this room something takes, with headings that stand on each further page again,
/// and without a last page that would be nearly empty.
fn pages(whole: u32, room: u32, headings: u32) -> u32 {
    let further = room.saturating_sub(headings).max(1);
    let beyond = whole.saturating_sub(room);
    let last = beyond % further;
    1 + beyond / further + u32::from(last * NEARLY_EMPTY > further)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_last_page_that_would_be_nearly_empty_is_saved() {
        for (whole, expected) in [(0, 1), (660, 1), (660 + 210, 1), (660 + 211, 2), (1290, 2)] {
            assert_eq!(pages(whole, 660, 30), expected, "{whole}");
        }
        assert_eq!(pages(660 + 3 * 630 + 100, 660, 30), 4);
        assert_eq!(pages(660 + 3 * 630 + 300, 660, 30), 5);
    }
}
