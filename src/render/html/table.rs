//! Tables: headings in one or two rows, rows under the headings of their sections, and the data
//! that the script needs.

use askama::Template;

use super::links::{LinkBase, References, working_of};
use super::ratings::{class, rank};
use super::sparkline::SparklineView;
use super::terms::TextView;
use crate::figure::Ratio;
use crate::layout::{
    Align, Cell, Column, DetailPart, Medium, Room, Row, Sign, Table, Under, Value,
};
use crate::render::tidy::plain;
use crate::render::typography;
use crate::wording;

/// A table.
#[derive(Template)]
#[template(path = "table.html")]
pub(super) struct TableView<'d> {
    id: String,
    caption: &'d str,
    /// The sizes of the groups of columns, from left to right; empty if there are no groups.
    groups: Vec<usize>,
    /// One or two rows of headings.
    head: Vec<Vec<HeadView<'d>>>,
    width: usize,
    /// The headings of the columns that are left out, because they are empty throughout.
    empty: Vec<&'d str>,
    bodies: Vec<TableBody<'d>>,
    /// How it is shown on a narrow screen.
    narrow: Narrow,
    /// How close its columns are set on a laptop.
    spacing: Spacing,
    /// Whether its rows have names of a few letters, such as months.
    has_short_names: bool,
    /// Whether the script may filter and sort it.
    has_tools: bool,
    /// Whether its columns are periods, of which the last is what a reader looks at first.
    is_over_time: bool,
}

impl askama::filters::HtmlSafe for TableView<'_> {}

/// How a table is shown on a narrow screen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Narrow {
    /// As a table: it is narrow anyway, or it scrolls, because its columns are compared with one
    /// another.
    Table,
    /// As cards, one for each row, with its cells below one another.
    Cards,
}

/// How close columns are set on a laptop.
#[derive(Clone, Copy)]
enum Spacing {
    Normal,
    Dense,
    Packed,
}

/// A heading of a column or of a group of columns.
struct HeadView<'d> {
    text: &'d str,
    /// What it is called in a table of its own, if that is something else.
    alone: Option<&'d str>,
    /// `col` or `colgroup`.
    scope: &'static str,
    class: &'static str,
    columns: usize,
    rows: usize,
    /// The index of its column among those that are shown; for a group, that of its first column.
    column: usize,
    area: Option<&'d str>,
}

/// The rows under the heading of a section.
struct TableBody<'d> {
    heading: Option<TextView<'d>>,
    rows: Vec<RowView<'d>>,
}

struct RowView<'d> {
    /// The area that the row is about, if there is only one.
    area: Option<&'d str>,
    cells: Vec<CellView<'d>>,
}

#[derive(Template)]
#[template(path = "cell.html")]
struct CellView<'d> {
    is_header: bool,
    class: String,
    kind: CellStyle<'d>,
    /// The id before a name.
    id: Option<&'d str>,
    /// What stands below the text in small letters.
    detail: &'d [DetailPart],
    text: &'d str,
    /// The text with the terms that are explained in it.
    marked: TextView<'d>,
    arrow: &'static str,
    /// The label before it on a card.
    label: Option<&'d str>,
    /// The key to sort it by, if its text is not suitable.
    sort: Option<String>,
    working: Option<usize>,
    /// The page that it leads to.
    address: Option<&'d str>,
    marks: Vec<NoteLink>,
}

impl askama::filters::HtmlSafe for CellView<'_> {}

/// How the text of a cell is formatted.
enum CellStyle<'d> {
    Plain,
    Rag(&'static str),
    Direction(&'static str),
    /// A figure in the colour of its rating, with the letter and the word of that.
    Rated(&'static str, &'static str, &'static str),
    Sparkline(Box<SparklineView<'d>>),
}

/// A reference to a footnote.
struct NoteLink {
    id: String,
    note: String,
    number: usize,
    text: String,
}

/// Only a table with more rows than this can be filtered and sorted.
const FEW_ROWS: usize = 12;
/// Only a table with more columns than this is shown as cards on a narrow screen.
const FEW_COLUMNS: usize = 5;
/// A table with more columns than this is set close on a laptop.
const MANY_COLUMNS: usize = 6;
/// A table with more columns than this and little running text is set closer still.
const MOST_COLUMNS: usize = 10;

impl<'d> TableView<'d> {
    pub(super) fn of(
        table: &'d Table,
        id: String,
        place: &LinkBase<'_>,
        references: &mut References<'d>,
    ) -> Self {
        let is_empty = |column: &usize| {
            table.cells().next().is_some() && table.cells().all(|cells| is_nothing(&cells[*column]))
        };
        let (empty, shown): (Vec<_>, Vec<_>) = table.columns_in(Medium::Screen).partition(is_empty);
        let columns: Vec<&Column> = shown.iter().map(|column| &table.columns[*column]).collect();
        let is_matrix = columns.iter().any(|column| matches!(column.room, Room::Group(_)));
        let is_text = columns.iter().any(|column| column.room == Room::Flexible);
        let narrow = if is_text && !is_matrix && columns.len() > FEW_COLUMNS {
            Narrow::Cards
        } else {
            Narrow::Table
        };
        let header = header_column(&columns);

        let row = |cells: &'d [Cell], references: &mut References<'d>| {
            let view = |(index, column): (usize, &usize)| {
                let (cell, of) = (&cells[*column], columns[index]);
                let is_header = index == header;
                let has_label = narrow == Narrow::Cards && !is_header;
                let label = has_label.then_some(of.heading.as_str());
                CellView::of(cell, of, is_header, label, place, references)
            };
            let area = one_area(cells.iter());
            RowView { area, cells: shown.iter().enumerate().map(view).collect() }
        };
        let bodies = bodies(table, references, row);
        let cells = || table.cells();
        let has_ratings = cells().flatten().any(|cell| cell.coloured().is_some());
        let has_figures = cells().flatten().any(|cell| matches!(cell.value, Value::Number(_)));
        let has_areas = cells().flatten().any(|cell| cell.about.is_some());
        // In a matrix, a column is about an area if all figures in it are. Its rows are then about
        // several areas.
        let areas: Vec<Option<&'d str>> = if cells().any(|row| one_area(row.iter()).is_some()) {
            vec![None; columns.len()]
        } else {
            shown.iter().map(|column| one_area(cells().map(|row| &row[*column]))).collect()
        };
        let (groups, head) = head(&columns, &areas, header);
        // Of a matrix whose columns are about areas, none is later than another.
        let has_ratings_of_cells = cells().flatten().any(|cell| cell.rating.is_some());
        let is_over_time = is_matrix && has_ratings_of_cells && areas.iter().all(Option::is_none);
        let has_tools = has_figures && (has_ratings || has_areas) && cells().count() > FEW_ROWS;
        Self {
            id,
            caption: &table.caption,
            groups,
            head,
            width: columns.len(),
            empty: empty.into_iter().map(|column| table.columns[column].heading.as_str()).collect(),
            bodies,
            spacing: match columns.len() {
                count if narrow == Narrow::Table && count > MOST_COLUMNS => Spacing::Packed,
                count if count > MANY_COLUMNS => Spacing::Dense,
                _ => Spacing::Normal,
            },
            narrow,
            has_short_names: columns.get(header).is_some_and(|of| of.room != Room::Flexible),
            has_tools,
            is_over_time,
        }
    }

    /// The table of the periods of a chart, which are read in their order.
    pub(super) fn of_periods(self) -> Self {
        Self { has_tools: false, ..self }
    }

    /// The names by which the style sheet knows it.
    fn class(&self) -> String {
        let cards = (self.narrow == Narrow::Cards).then_some("cards");
        let spacing: &[_] = match self.spacing {
            Spacing::Normal => &[],
            Spacing::Dense => &["dense"],
            Spacing::Packed => &["dense", "packed"],
        };
        let brief = self.has_short_names.then_some("brief");
        let names = cards.into_iter().chain(spacing.iter().copied()).chain(brief);
        names.collect::<Vec<_>>().join(" ")
    }
}

/// Whether there is nothing in a cell, and nothing is said of that.
fn is_nothing(cell: &Cell) -> bool {
    cell.is_missing() && cell.notes.is_empty()
}

/// The index of the column whose cells are the headings of the rows: the first column of running
/// text before any figures, else the first column.
fn header_column(columns: &[&Column]) -> usize {
    columns
        .iter()
        .take_while(|column| column.align == Align::Left)
        .position(|column| column.room == Room::Flexible)
        .unwrap_or(0)
}

/// The area that the cells are about. `None` if they are about several, or about none.
fn one_area<'c>(cells: impl Iterator<Item = &'c Cell>) -> Option<&'c str> {
    let mut areas = cells.filter_map(|cell| Some(cell.about.as_ref()?.area.as_str()));
    let first = areas.next()?;
    areas.all(|area| area == first).then_some(first)
}

/// The rows under the headings of their sections.
fn bodies<'d>(
    table: &'d Table,
    references: &mut References<'d>,
    mut row: impl FnMut(&'d [Cell], &mut References<'d>) -> RowView<'d>,
) -> Vec<TableBody<'d>> {
    let mut bodies: Vec<TableBody<'d>> = Vec::new();
    for one in &table.rows {
        match one {
            Row::Section(heading) => {
                let heading = Some(references.terms.text(heading));
                bodies.push(TableBody { heading, rows: Vec::new() });
            }
            Row::Cells(cells) => {
                let row = row(cells, references);
                match bodies.last_mut() {
                    Some(body) => body.rows.push(row),
                    None => bodies.push(TableBody { heading: None, rows: vec![row] }),
                }
            }
        }
    }
    bodies
}

/// The headings, in two rows if there are groups of columns, and the sizes of the groups.
fn head<'d>(
    columns: &[&'d Column],
    areas: &[Option<&'d str>],
    header: usize,
) -> (Vec<usize>, Vec<Vec<HeadView<'d>>>) {
    let alone = |column: usize, text: &'d str, rows: usize| HeadView {
        text,
        alone: columns[column].full_heading.as_deref(),
        scope: "col",
        class: if column == header { "text row" } else { align(columns[column]) },
        columns: 1,
        rows,
        column,
        area: areas[column],
    };
    if columns.iter().all(|column| column.under.is_none()) {
        return (
            Vec::new(),
            vec![
                (0..columns.len())
                    .map(|column| alone(column, &columns[column].heading, 1))
                    .collect(),
            ],
        );
    }
    let (mut groups, mut upper, mut lower) = (Vec::new(), Vec::new(), Vec::new());
    let together = |a: &&Column, b: &&Column| match (&a.under, &b.under) {
        (Some(a), Some(b)) => a.group == b.group,
        _ => false,
    };
    let mut column = 0;
    for run in columns.chunk_by(together) {
        groups.push(run.len());
        match &run[0].under {
            None => upper.push(alone(column, &run[0].heading, 2)),
            Some(Under { group, .. }) => {
                let head = HeadView {
                    text: group,
                    alone: None,
                    scope: "colgroup",
                    class: "mark",
                    columns: run.len(),
                    ..alone(column, group, 1)
                };
                upper.push(head);
                lower.extend(run.iter().enumerate().filter_map(|(index, one)| {
                    Some(alone(column + index, &one.under.as_ref()?.heading, 1))
                }));
            }
        }
        column += run.len();
    }
    (groups, vec![upper, lower])
}

fn align(column: &Column) -> &'static str {
    match column.align {
        Align::Left => "text",
        Align::Right => "number",
        Align::Centre => "mark",
    }
}

impl<'d> CellStyle<'d> {
    fn of(cell: &'d Cell) -> Self {
        match (&cell.value, cell.rating) {
            (Value::Rag(_), _) => Self::Rag(class(cell)),
            (Value::Direction(_), _) => Self::Direction(class(cell)),
            (Value::Sparkline(sparkline), _) => SparklineView::of(sparkline, &cell.text)
                .map_or(Self::Plain, |view| Self::Sparkline(Box::new(view))),
            (_, Some(rag)) => Self::Rated(rag.as_str(), rag.letter(), wording::rag(rag)),
            (
                Value::Missing
                | Value::Text
                | Value::Number(_)
                | Value::Worded(_)
                | Value::Pair(..),
                None,
            ) => Self::Plain,
        }
    }
}

impl<'d> CellView<'d> {
    fn of(
        cell: &'d Cell,
        column: &Column,
        is_header: bool,
        label: Option<&'d str>,
        place: &LinkBase<'_>,
        references: &mut References<'d>,
    ) -> Self {
        let marked = references.terms.text(&cell.text);
        let mark = |note: &usize| {
            let (id, target) = references.next(place, *note);
            NoteLink { id, note: target, number: *note, text: wording::note_mark(*note) }
        };
        Self {
            is_header,
            class: class_of(cell, column, is_header),
            kind: CellStyle::of(cell),
            id: cell.id.as_deref(),
            detail: &cell.detail,
            text: &cell.text,
            marked,
            arrow: cell.arrow().unwrap_or_default(),
            label,
            sort: sort_key(cell),
            // A rating has the same working as the result next to it, and one link is enough.
            working: if matches!(cell.value, Value::Rag(_)) {
                None
            } else {
                working_of(cell, place)
            },
            address: cell.address.as_deref(),
            marks: cell.notes.iter().map(mark).collect(),
        }
    }
}

/// How a cell is set, and what becomes of it on a card: it comes after the others, has the width of
/// the card, or is left out.
fn class_of(cell: &Cell, column: &Column, is_header: bool) -> String {
    let classes = [
        (align(column), true),
        ("spare", matches!(column.room, Room::Spare(2..))),
        ("wide", column.room == Room::Flexible && !is_header),
        // A date or a period stays on a line.
        ("whole", typography::is_whole(&cell.text)),
        ("nothing", is_nothing(cell) && cell.detail.is_empty()),
    ];
    let names = classes.into_iter().filter_map(|(name, is_it)| is_it.then_some(name));
    names.collect::<Vec<_>>().join(" ")
}

/// The key to sort a cell by. `None` if its text is suitable.
fn sort_key(cell: &Cell) -> Option<String> {
    match &cell.value {
        Value::Number(number) => {
            let shown = Ratio::from(&number.shown);
            let is_read = matches!(number.unit, Sign::None | Sign::Percent);
            (number.exact != shown || !is_read || cell.rating.is_some())
                .then(|| plain(&number.exact))
        }
        Value::Worded(low) | Value::Pair(low, _) => Some(plain(&low.exact)),
        Value::Rag(_) | Value::Direction(_) => rank(cell).map(|rank| rank.to_string()),
        Value::Missing | Value::Text | Value::Sparkline(_) => None,
    }
}
