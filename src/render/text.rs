//! `text`: for terminals and pipes, at any width.
//!
//! Ratings have a letter as well as a colour, and directions are arrows; a key at the end explains
//! both. If a table is too wide, less important columns are left out and named below it, or groups
//! of columns are put below one another.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::definition::GlossaryTerm;
use crate::extract::Mark;
use crate::layout::prose::{Prose, Span, paragraph};
use crate::layout::{
    Align, Block, Cell, Column, Document, Field, Medium, Page, Room, Row, Series, Table, Texts,
    Value,
};
use crate::rating::{Direction, Rag};
use crate::render::typography;
use crate::wording;
use comfy_table::{
    Attribute, CellAlignment, Color, ColumnConstraint, ContentArrangement, Row as TableRow,
    Table as TextTable, Width,
};
use unicode_width::UnicodeWidthStr;

/// How the text is formatted.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// The maximum width of a line, in characters.
    pub width: usize,
    /// Whether to use colour.
    pub colour: bool,
}

impl Default for Style {
    /// The width if none is known: enough for every column with the headings of the papers.
    fn default() -> Self {
        Self { width: 160, colour: false }
    }
}

/// The minimum width of a column of running text; other columns are left out to make room for it.
const MIN_TEXT_WIDTH: usize = 24;
/// The minimum width once no more columns can be left out.
const HARD_MIN_TEXT_WIDTH: usize = 12;
/// The number of spaces between columns.
const GAP: usize = 2;

/// Writes the pages.
///
/// # Errors
///
/// If writing to `out` fails.
pub fn write(document: &Document, style: Style, out: &mut impl Write) -> io::Result<()> {
    let document: &Document = &document.printable();
    let text = TextRenderer { style };
    let marking = document.marking.iter().flat_map(|marking| wrap(marking, style.width));
    let marking: Vec<_> = marking.collect();
    for line in &marking {
        writeln!(out, "{line}")?;
    }
    for line in wrap(&document.title, style.width) {
        writeln!(out, "{}", text.bold(&line))?;
    }
    for line in facts(&document.facts, style.width) {
        writeln!(out, "{line}")?;
    }
    for page in &document.pages {
        text.page(page, &document.terms_of(page), out)?;
    }
    if !marking.is_empty() {
        writeln!(out)?;
    }
    for line in &marking {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// The facts, several on a line, none of them split over two lines if possible.
fn facts(facts: &[Field], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for fact in facts {
        let fact = format!("{}: {}", fact.label, fact.text);
        match lines.last_mut() {
            Some(line) if line.width() + 3 + fact.width() <= width => {
                *line = format!("{line} | {fact}");
            }
            _ => lines.extend(wrap(&fact, width)),
        }
    }
    lines
}

/// What the marks mean that stand in the tables of a page: `Key: G green, R red; ↑ improved`.
/// `None` where there are none.
fn key(page: &Page) -> Option<String> {
    let cells = || page.blocks.iter().filter_map(Block::table).flat_map(Table::cells).flatten();
    let has = |value: &Value| {
        cells().any(|cell| match (&cell.value, value) {
            (_, Value::Rag(rag)) => cell.coloured() == Some(*rag),
            (Value::Direction(one), Value::Direction(other)) => one == other,
            _ => false,
        })
    };
    let worded = |cell: Cell| {
        has(&cell.value).then(|| format!("{} {}", shown(&cell, &[]), cell.text.to_lowercase()))
    };
    let ratings = Rag::ALL.into_iter().filter_map(|rag| worded(Cell::rag(Some(rag))));
    let ways = Direction::ALL.into_iter();
    let ways = ways.filter_map(|direction| worded(Cell::direction(Some(direction))));
    let texts = [
        (wording::NO_RESULT, "no result, as the denominator is 0"),
        (wording::SUPPRESSED, "not to be shown"),
        (wording::LOW, "rounds to 0 and is not 0"),
    ];
    let is_text = |text: &str| cells().any(|cell| cell.text == text && cell.notes.is_empty());
    let texts = texts.into_iter().filter(|(text, _)| is_text(text));
    let texts = texts.map(|(text, meaning)| format!("{text} {meaning}"));
    let marks = Mark::ALL.into_iter().filter(|mark| cells().any(|cell| cell.mark == Some(*mark)));
    let marks = marks.map(|mark| format!("{} {}", mark.shown(), mark.as_str()));
    let parts = [ratings.collect(), ways.collect(), marks.chain(texts).collect::<Vec<_>>()];
    let parts = parts.iter().filter(|part| !part.is_empty()).map(|part| part.join(", "));
    let parts: Vec<_> = parts.collect();
    (!parts.is_empty()).then(|| format!("Key: {}", parts.join("; ")))
}

struct TextRenderer {
    style: Style,
}

impl TextRenderer {
    fn bold(&self, text: &str) -> String {
        if self.style.colour {
            format!("{}{text}{:#}", anstyle::Style::new().bold(), anstyle::Style::new().bold())
        } else {
            text.to_owned()
        }
    }

    fn page(&self, page: &Page, terms: &[&GlossaryTerm], out: &mut impl Write) -> io::Result<()> {
        writeln!(out)?;
        for line in wrap(&page.title, self.style.width) {
            writeln!(out, "{}", self.bold(&line))?;
        }
        writeln!(out, "{}", "=".repeat(page.title.width().min(self.style.width)))?;
        let notes = ShownNotes::of(page, self.style.width);
        let is_shown = |block: &Block| block.table().is_some_and(|table| !table.rows.is_empty());
        let last_table = page.blocks.iter().rposition(is_shown);
        for (index, block) in page.blocks.iter().enumerate() {
            match block {
                Block::Heading(heading) => {
                    writeln!(out)?;
                    for line in wrap(heading, self.style.width) {
                        writeln!(out, "{}", self.bold(&line))?;
                    }
                    writeln!(out, "{}", "-".repeat(heading.width().min(self.style.width)))?;
                }
                Block::Fields(fields) => self.fields(fields, out)?,
                // A table without rows is skipped, because the text next to it says why it is
                // empty.
                Block::Table(table) | Block::Series(Series { table, .. })
                    if table.rows.is_empty() => {}
                Block::Table(table) | Block::Series(Series { table, .. }) => {
                    writeln!(out)?;
                    self.table(table, &notes, out)?;
                }
                Block::Prose(prose) => self.prose(prose, out)?,
                Block::Glance(glance) => self.prose(&[paragraph(&glance.said)], out)?,
                Block::Alone(_) => {}
            }
            if last_table == Some(index)
                && let Some(key) = key(page)
            {
                writeln!(out)?;
                hanging("", &key, self.style.width, out)?;
            }
        }
        if notes.count > 0 {
            writeln!(out)?;
        }
        for (number, note) in notes.numbers.iter().zip(&page.notes) {
            let Some(mark) = number.map(wording::note_mark) else { continue };
            hanging(&format!("{mark} "), note, self.style.width, out)?;
        }
        if !terms.is_empty() {
            writeln!(out)?;
        }
        for term in terms {
            hanging(&format!("{}: ", term.term), &term.means, self.style.width, out)?;
        }
        Ok(())
    }

    fn fields(&self, fields: &[Field], out: &mut impl Write) -> io::Result<()> {
        let label_width = fields.iter().map(|field| field.label.width()).max().unwrap_or(0) + GAP;
        writeln!(out)?;
        for field in fields {
            let label = format!("{}{}", field.label, " ".repeat(label_width - field.label.width()));
            hanging(&label, &field.text, self.style.width, out)?;
        }
        Ok(())
    }

    fn prose(&self, prose: &[Prose], out: &mut impl Write) -> io::Result<()> {
        for (index, part) in prose.iter().enumerate() {
            if index == 0 || !part.continues(&prose[index - 1]) {
                writeln!(out)?;
            }
            match part {
                Prose::Paragraph(spans) | Prose::Heading(spans) => {
                    hanging("", &plain(spans), self.style.width, out)?;
                }
                Prose::Item { depth, number, spans } => {
                    let indent = "  ".repeat((*depth).min(8));
                    let mark = number.map_or_else(
                        || format!("{indent}- "),
                        |number| format!("{indent}{number}. "),
                    );
                    hanging(&mark, &plain(spans), self.style.width, out)?;
                }
                Prose::Row { cells, .. } => {
                    let cells: Vec<_> = cells.iter().map(|cell| plain(cell)).collect();
                    hanging("  ", &cells.join(" | "), self.style.width, out)?;
                }
            }
        }
        Ok(())
    }

    fn table(&self, table: &Table, notes: &ShownNotes, out: &mut impl Write) -> io::Result<()> {
        let plan = ColumnPlan::of(table, self.style.width);
        let headings: Vec<_> = (0..table.columns.len())
            .map(|column| heading(&table.columns[column], plan.short))
            .collect();
        for (index, columns) in plan.tables.iter().enumerate() {
            if index > 0 {
                writeln!(out)?;
            }
            // The heading of a section is as wide as the table, so each section is rendered as a
            // table of its own with the same columns.
            let mut sections =
                table.rows.chunk_by(|_, next| matches!(next, Row::Cells(_))).peekable();
            let untitled =
                sections.next_if(|rows| matches!(rows[0], Row::Cells(_))).unwrap_or_default();
            let rows = self.rows(table, notes, Some(&headings), columns, untitled);
            writeln!(out, "{}", rows.trim_fmt())?;
            for (number, section) in sections.enumerate() {
                if let Row::Section(title) = &section[0] {
                    if number > 0 || !untitled.is_empty() {
                        writeln!(out)?;
                    }
                    for line in wrap(title, self.style.width) {
                        writeln!(out, "{}", self.bold(&line))?;
                    }
                }
                if section.len() > 1 {
                    let rows = self.rows(table, notes, None, columns, &section[1..]);
                    writeln!(out, "{}", rows.trim_fmt())?;
                }
            }
        }
        if !plan.left_out.is_empty() {
            let more = format!(
                "Not shown at this width: {}. A wider window has them, and so have other formats.",
                plan.left_out.join(", ")
            );
            writeln!(out)?;
            hanging("", &more, self.style.width, out)?;
        }
        Ok(())
    }

    /// Rows with the given columns and their widths, with or without a header.
    fn rows(
        &self,
        table: &Table,
        notes: &ShownNotes,
        headings: Option<&[&str]>,
        columns: &[(usize, usize)],
        rows: &[Row],
    ) -> TextTable {
        let mut text = TextTable::new();
        // The separator line gives one space of the gap between columns; without a header there is
        // no such line.
        let line = comfy_table::LineStyle::none().fill('─').junction(' ');
        text.load_style(comfy_table::TableStyle::new().header_separator(line));
        text.set_content_arrangement(ContentArrangement::Dynamic);
        if self.style.colour {
            text.enforce_styling();
        } else {
            text.force_no_tty();
        }
        if let Some(headings) = headings {
            text.set_header(columns.iter().map(|(column, _)| {
                comfy_table::Cell::new(headings[*column]).add_attribute(Attribute::Bold)
            }));
        }
        for row in rows {
            if let Row::Cells(cells) = row {
                text.add_row(TableRow::from(
                    columns
                        .iter()
                        .map(|(column, width)| rendered(&cells[*column], notes, *width))
                        .collect::<Vec<_>>(),
                ));
            }
        }
        for (position, (column, width)) in columns.iter().enumerate() {
            let Some(set) = text.column_mut(position) else { continue };
            set.set_padding((
                0,
                if position + 1 == columns.len() { 0 } else { u16::try_from(GAP - 1).unwrap_or(1) },
            ));
            let padding = usize::from(set.padding_width());
            set.set_constraint(ColumnConstraint::Absolute(Width::Fixed(
                u16::try_from(width + padding).unwrap_or(u16::MAX),
            )));
            set.set_cell_alignment(match table.columns[*column].align {
                Align::Left => CellAlignment::Left,
                Align::Right => CellAlignment::Right,
                Align::Centre => CellAlignment::Center,
            });
        }
        text
    }
}

fn rendered(cell: &Cell, notes: &ShownNotes, width: usize) -> comfy_table::Cell {
    let text = comfy_table::Cell::new(broken(&shown(cell, &notes.of_cell(cell)), width));
    let Some(rag) = cell.coloured() else { return text };
    let (back, letter) = colours(rag);
    text.bg(Color::AnsiValue(back)).fg(Color::AnsiValue(letter)).add_attribute(Attribute::Bold)
}

/// The background and the letter of a rating, by their numbers among the 240 colours that are the
/// same in the palette of every terminal. A theme may make the first 16 what it likes: in Solarized
/// its green and its yellow can hardly be told apart. These differ in brightness too.
fn colours(rag: Rag) -> (u8, u8) {
    /// Black and white that no theme changes.
    const BLACK: u8 = 16;
    const WHITE: u8 = 231;
    match rag {
        // #005f00
        Rag::Green => (22, WHITE),
        // #ffaf00
        Rag::Amber => (214, BLACK),
        // #d70000
        Rag::Red => (160, WHITE),
    }
}

/// The text of a cell in a narrow column: a letter for a rating, an arrow for a direction, and the
/// marks of its footnotes.
fn shown(cell: &Cell, notes: &[usize]) -> String {
    let text = match cell.value {
        Value::Rag(rag) => Cow::Borrowed(rag.letter()),
        Value::Direction(direction) => Cow::Borrowed(wording::arrow(direction)),
        Value::Missing
        | Value::Text
        | Value::Number(_)
        | Value::Worded(_)
        | Value::Pair(..)
        | Value::Sparkline(_) => cell.lettered(),
    };
    format!("{text}{}", wording::note_marks(notes))
}

/// The footnotes of a page that are shown, with numbers of their own: those of columns that are left
/// out at this width alone are not.
struct ShownNotes {
    /// The number of each footnote of the page. `None` if it is not shown.
    numbers: Vec<Option<usize>>,
    count: usize,
}

impl ShownNotes {
    fn of(page: &Page, width: usize) -> Self {
        let (mut is_shown, mut is_left_out) =
            (vec![false; page.notes.len()], vec![false; page.notes.len()]);
        for table in page.blocks.iter().filter_map(Block::table) {
            let plan = ColumnPlan::of(table, width);
            let shown: Vec<_> = plan.tables.iter().flatten().map(|(column, _)| *column).collect();
            for cells in table.cells() {
                for (column, cell) in cells.iter().enumerate() {
                    let to = if shown.contains(&column) { &mut is_shown } else { &mut is_left_out };
                    for mark in &cell.notes {
                        if let Some(is) = to.get_mut(mark.saturating_sub(1)) {
                            *is = true;
                        }
                    }
                }
            }
        }
        let mut count = 0;
        let number = |(is_shown, is_left_out): (bool, bool)| {
            (is_shown || !is_left_out).then(|| {
                count += 1;
                count
            })
        };
        let numbers = is_shown.into_iter().zip(is_left_out).map(number).collect();
        Self { numbers, count }
    }

    /// The numbers of the footnotes of a cell.
    fn of_cell(&self, cell: &Cell) -> Vec<usize> {
        let number = |mark: &usize| *self.numbers.get(mark.saturating_sub(1))?;
        cell.notes.iter().filter_map(number).collect()
    }
}

/// Which columns are shown, with which widths, and over how many tables they are divided.
struct ColumnPlan {
    /// The columns of each table, with their widths.
    tables: Vec<Vec<(usize, usize)>>,
    /// Whether the short headings are used.
    short: bool,
    /// The headings of columns that are left out.
    left_out: Vec<String>,
}

fn heading(column: &Column, short: bool) -> &str {
    column.short_heading.as_deref().filter(|_| short).unwrap_or(&column.heading)
}

impl ColumnPlan {
    fn of(table: &Table, width: usize) -> Self {
        let widths_with = |short: bool| {
            (0..table.columns.len())
                .map(|column| natural_width(table, column, short))
                .collect::<Vec<_>>()
        };
        let mut shown: Vec<_> = table.columns_in(Medium::Paper).collect();
        // Shortening headings loses less than leaving out a column.
        let full = widths_with(false);
        let short = minimum_width(table, &full, &shown, MIN_TEXT_WIDTH) > width;
        let widths = if short { widths_with(true) } else { full };
        let mut left_out = Vec::new();
        while minimum_width(table, &widths, &shown, MIN_TEXT_WIDTH) > width {
            let rank = shown.iter().filter_map(|column| spare(&table.columns[*column])).max();
            let Some(rank) = rank else { break };
            left_out.extend(
                shown
                    .iter()
                    .filter(|column| spare(&table.columns[**column]) == Some(rank))
                    .map(|column| table.columns[*column].heading.clone()),
            );
            shown.retain(|column| spare(&table.columns[*column]) != Some(rank));
        }
        let words: Vec<_> =
            (0..table.columns.len()).map(|column| longest_word(table, column, short)).collect();
        let tables = split(table, &widths, &shown, width)
            .into_iter()
            .map(|columns| fit(table, &widths, &words, columns, width))
            .collect();
        Self { tables, short, left_out }
    }
}

fn spare(column: &Column) -> Option<u8> {
    if let Room::Spare(rank) = column.room { Some(rank) } else { None }
}

/// The width that a column needs: that of its longest cell or of the longest word in its heading.
fn natural_width(table: &Table, column: usize, short: bool) -> usize {
    let cells = table.cells().map(|cells| &cells[column]);
    let cells = cells.map(|cell| shown(cell, &cell.notes).width());
    cells.max().unwrap_or(0).max(widest_word(heading(&table.columns[column], short)))
}

/// The width of the longest word of a column.
fn longest_word(table: &Table, column: usize, short: bool) -> usize {
    let cells = table.cells().map(|cells| &cells[column]);
    let cells = cells.map(|cell| widest_word(&shown(cell, &cell.notes)));
    cells.max().unwrap_or(0).max(widest_word(heading(&table.columns[column], short)))
}

/// The width of the longest part of a text that is never broken, which a space that holds two words
/// together does not end.
fn widest_word(text: &str) -> usize {
    text.split(' ').map(UnicodeWidthStr::width).max().unwrap_or(0)
}

/// The minimum width of a table with these columns, if its running text has at most the width
/// `text`.
fn minimum_width(table: &Table, widths: &[usize], columns: &[usize], text: usize) -> usize {
    let cells: usize = columns
        .iter()
        .map(|column| {
            if table.columns[*column].room == Room::Flexible {
                widths[*column].min(text)
            } else {
                widths[*column]
            }
        })
        .sum();
    cells + columns.len().saturating_sub(1) * GAP
}

/// Divides groups of columns over several tables if one would be too wide. Each table begins with
/// the columns that are in no group.
fn split(table: &Table, widths: &[usize], shown: &[usize], width: usize) -> Vec<Vec<usize>> {
    let group = |column: usize| {
        if let Room::Group(group) = table.columns[column].room { Some(group) } else { None }
    };
    let keys: Vec<_> = shown.iter().copied().filter(|column| group(*column).is_none()).collect();
    let grouped: Vec<_> = shown.iter().copied().filter(|column| group(*column).is_some()).collect();
    let mut tables: Vec<Vec<usize>> = Vec::new();
    for columns in grouped.chunk_by(|a, b| group(*a) == group(*b)) {
        let fits = tables.last().is_some_and(|open| {
            let with: Vec<_> = open.iter().chain(columns).copied().collect();
            minimum_width(table, widths, &with, MIN_TEXT_WIDTH) <= width
        });
        match tables.last_mut() {
            Some(open) if fits => open.extend(columns),
            _ => tables.push(keys.iter().chain(columns).copied().collect()),
        }
    }
    if tables.is_empty() { vec![keys] } else { tables }
}

/// Gives each column its width, and the rest to running text; where that is too little, other
/// columns with words are broken into lines too.
fn fit(
    table: &Table,
    widths: &[usize],
    words: &[usize],
    columns: Vec<usize>,
    width: usize,
) -> Vec<(usize, usize)> {
    let is_running = |column: usize| table.columns[column].room == Room::Flexible;
    let is_tight = minimum_width(table, widths, &columns, HARD_MIN_TEXT_WIDTH) > width;
    let is_flexible = |column: usize| is_running(column) || is_tight;
    let least = |column: usize| {
        let least = if is_running(column) { HARD_MIN_TEXT_WIDTH } else { words[column] };
        least.min(widths[column])
    };
    let (mut flexible, fixed): (Vec<_>, Vec<_>) =
        columns.iter().copied().partition(|column| is_flexible(*column));
    let gaps = columns.len().saturating_sub(1) * GAP;
    let taken = fixed.iter().map(|column| widths[*column]).sum::<usize>() + gaps;
    // What each needs at least is its own; of the rest those that need least are served first, so
    // that what they leave goes to the others.
    let needed: usize = flexible.iter().map(|column| least(*column)).sum();
    let mut left = width.saturating_sub(taken + needed);
    flexible.sort_by_key(|column| widths[*column] - least(*column));
    let mut given = widths.to_vec();
    for (index, column) in flexible.iter().enumerate() {
        let share = left / (flexible.len() - index);
        let more = share.min(widths[*column] - least(*column));
        given[*column] = least(*column) + more;
        left -= more;
    }
    columns.into_iter().map(|column| (column, given[column])).collect()
}

fn plain(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

/// Writes a text after a label, with further lines indented to align with the first.
fn hanging(label: &str, text: &str, width: usize, out: &mut impl Write) -> io::Result<()> {
    let indent = label.width();
    for (index, line) in
        wrap(text, width.saturating_sub(indent).max(HARD_MIN_TEXT_WIDTH)).iter().enumerate()
    {
        if index == 0 {
            writeln!(out, "{label}{line}")?;
        } else {
            writeln!(out, "{}{line}", " ".repeat(indent))?;
        }
    }
    Ok(())
}

/// A text in which a path that is too long for a line is broken between its folders.
fn broken(text: &str, width: usize) -> Cow<'_, str> {
    if widest_word(text) <= width || !text.contains(['/', '\\']) {
        return text.into();
    }
    let parts = text.split_inclusive(['/', '\\', ' ']);
    let (mut lines, mut line) = (String::new(), String::new());
    for part in parts {
        if !line.is_empty() && line.width() + part.trim_end().width() > width {
            lines += line.trim_end();
            lines.push('\n');
            line.clear();
        }
        line += part;
    }
    (lines + &line).into()
}

/// The lines of a text: a single empty one of an empty text.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let lines = typography::lines(text, |line| line.width() <= width);
    if lines.is_empty() { vec![String::new()] } else { lines }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_path_is_broken_between_its_folders() {
        for (text, width, lines) in [
            ("data/2016-01/results.csv:20", 27, "data/2016-01/results.csv:20"),
            ("data/2016-01/results.csv:20", 18, "data/2016-01/\nresults.csv:20"),
            (r"data\2016-01\results.csv:20", 18, "data\\2016-01\\\nresults.csv:20"),
            ("a note, data/2016-01/x.csv", 13, "a note, data/\n2016-01/x.csv"),
            ("nothing to break at", 5, "nothing to break at"),
        ] {
            assert_eq!(broken(text, width), lines, "{text} in {width}");
        }
    }

    #[test]
    fn columns_with_words_are_broken_where_the_window_is_too_narrow() {
        let cells = ["April 2014 to March 2015", "data/2015-03/results.csv:10"].map(Cell::text);
        let table = Table {
            caption: String::new(),
            columns: vec![Column::text("Period"), Column::flexible("From")],
            rows: vec![Row::Cells(cells.into())],
            is_noted: false,
        };
        let widths = |width| -> Vec<usize> {
            let plan = ColumnPlan::of(&table, width);
            plan.tables[0].iter().map(|(_, width)| *width).collect()
        };
        assert_eq!(widths(80), [24, 27]);
        assert_eq!(widths(40), [24, 14]);
        assert_eq!(widths(30), [11, 17]);
    }
}
