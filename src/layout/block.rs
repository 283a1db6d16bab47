//! What pages are made of: blocks, tables and typed cells.
//!
//! Every page format renders these and nothing else. A cell has its exact value beside its display
//! text, so that a spreadsheet takes the one and a page the other and no format rounds or rates
//! anything.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::{Axis, TableName};
use crate::definition::{Affixes, GlossaryTerm, IndicatorId};
use crate::extract::Mark;
use crate::figure::{Decimal, Ratio};
use crate::layout::prose::{self, Prose};
use crate::month::Date;
use crate::rating::{Direction, Rag};

/// The language that every document is written in, as documents name it.
pub const LANGUAGE: &str = "en-GB";

/// The pages of a report. Its contents are the names and titles of its pages.
#[derive(Clone, Debug)]
pub struct Document {
    /// The title that the papers carry.
    pub title: String,
    /// Whose report it is.
    pub organisation: Option<String>,
    /// What it is about, such as the month.
    pub subject: String,
    /// Whether it is a draft or published; nothing for what is never published.
    pub status: Option<String>,
    /// The day that it is of, for what a file says of itself: the same inputs give the same day.
    pub dated: Option<Date>,
    /// What stands in every header and footer.
    pub marking: Option<String>,
    /// Whose report it is, for which month, as at when.
    pub facts: Vec<Field>,
    /// What ratings, arrows and shorthand mean.
    pub key: Table,
    /// What abbreviations and terms mean.
    pub glossary: Vec<GlossaryTerm>,
    /// The paragraphs of the covering report, in the pack: what an officer would write above the
    /// tables.
    pub covering: Vec<Block>,
    /// The pages, in order.
    pub pages: Vec<Page>,
    /// Where else to go from here, on a site.
    pub links: Vec<Link>,
    /// The council's own document, as bytes, for the format that takes its styles from it.
    pub template: Option<Arc<[u8]>>,
    /// The workings of figures on the pages, for formats in which a reader opens them;
    /// [`super::add_workings`] adds them.
    pub workings: Vec<Working>,
}

/// A way to another page of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it is called.
    pub text: String,
    /// Where it is, seen from this page.
    pub address: String,
}

/// The working behind a figure.
#[derive(Clone, Debug)]
pub struct Working {
    /// The area whose figure it is.
    pub area: String,
    /// The indicator.
    pub indicator: IndicatorId,
    /// What there is to say.
    pub page: Page,
}

/// One of the tables of the report, for an area or for all of them together.
#[derive(Clone, Debug)]
pub struct Page {
    /// Which table of the report it is; nothing for the working of a figure.
    pub table: Option<TableName>,
    /// What it is called where there is little room: on the tab of a sheet, in a list of pages. No
    /// two pages of a document share it.
    pub name: String,
    /// Its heading.
    pub title: String,
    /// The one area that it is about; nothing when its table says.
    pub area: Option<String>,
    /// What is on it.
    pub blocks: Vec<Block>,
    /// Footnotes, in the order of their marks: the first is 1.
    pub notes: Vec<String>,
}

impl Page {
    /// A page that goes by its heading, about no one area, of no table of the report and without
    /// footnotes.
    pub(super) fn titled(title: impl Into<String>, blocks: Vec<Block>) -> Self {
        let title = title.into();
        Self { table: None, name: title.clone(), title, area: None, blocks, notes: Vec::new() }
    }

    /// Its tables where tables stand alone: those that are made for it, else its own ones. Next to
    /// those, a page has the tables of charts, which say more of the same.
    #[must_use]
    pub fn tables_alone(&self) -> Vec<&Table> {
        let alone = self.blocks.iter().filter_map(|block| match block {
            Block::Alone(table) => Some(table),
            _ => None,
        });
        let alone: Vec<_> = alone.collect();
        if !alone.is_empty() {
            return alone;
        }
        let has_own = self.blocks.iter().any(|block| matches!(block, Block::Table(_)));
        let is_main = |block: &&Block| !has_own || matches!(block, Block::Table(_));
        self.blocks.iter().filter(is_main).filter_map(Block::table).collect()
    }
}

/// A part of a page.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading within the page.
    Heading(String),
    /// Labels with what belongs to them.
    Fields(Vec<Field>),
    /// A table.
    Table(Table),
    /// A table of periods, with the chart that a format may draw of it.
    Series(Series),
    /// How many there are of each kind: as cards where a format can draw them, else in sentences.
    Glance(Glance),
    /// A table for formats in which tables stand alone: what the other blocks of the page say to a
    /// reader, for other programs. Of a page that has one, it is all that they have.
    Alone(Table),
    /// Running text.
    Prose(Vec<Prose>),
}

/// A label and what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The label.
    pub label: String,
    /// What belongs to it.
    pub text: String,
}

impl Block {
    /// A heading within the page.
    pub(super) fn heading(text: impl Into<String>) -> Self {
        Self::Heading(text.into())
    }

    /// Running text of one paragraph.
    pub(super) fn paragraph(text: impl Into<String>) -> Self {
        Self::Prose(vec![prose::paragraph(text)])
    }

    /// The table that it is, or has.
    #[must_use]
    pub fn table(&self) -> Option<&Table> {
        match self {
            Self::Table(table) | Self::Series(Series { table, .. }) => Some(table),
            Self::Heading(_)
            | Self::Fields(_)
            | Self::Glance(_)
            | Self::Alone(_)
            | Self::Prose(_) => None,
        }
    }
}

impl Field {
    /// A field.
    pub fn new(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self { label: label.into(), text: text.into() }
    }
}

/// A table with one header row.
#[derive(Clone, Debug)]
pub struct Table {
    /// What it shows, for readers who cannot see where it stands.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Whether its cells may be marked with footnotes. Where it stands alone, its last column has
    /// their words.
    pub is_noted: bool,
}

/// What a reader takes in at once.
#[derive(Clone, Debug)]
pub struct Glance {
    /// How many there are of each kind.
    pub counts: Vec<Counts>,
    /// The same in sentences.
    pub said: String,
}

/// How many there are of each of several kinds.
#[derive(Clone, Debug)]
pub struct Counts {
    /// What they are counts of.
    pub title: String,
    /// Each kind, a rating or a direction or the lack of one, and how many are of it.
    pub kinds: Vec<(Cell, usize)>,
    /// What more there is to say of them, in a sentence.
    pub note: Option<String>,
}

/// A figure over time: the table of its periods, and what a chart of them shows.
#[derive(Clone, Debug)]
pub struct Series {
    /// A row for each period.
    pub table: Table,
    /// The same for those who would rather see it.
    pub chart: Chart,
}

/// What a chart of a result over time shows.
#[derive(Clone, Debug)]
pub struct Chart {
    /// Of what it is: `9: Visits in time`.
    pub name: String,
    /// What it says, in at most 15 words.
    pub title: String,
    /// Every period in words, for those who cannot see it.
    pub summary: String,
    /// Its points, the oldest first.
    pub points: Vec<Point>,
    /// Its upright axis; `None` where there is nothing to draw.
    pub axis: Option<Axis>,
}

impl Chart {
    /// A chart of the points, with the axis that holds them.
    #[must_use]
    pub fn new(name: String, title: String, summary: String, points: Vec<Point>) -> Self {
        let axis = Axis::of(&points);
        Self { name, title, summary, points, axis }
    }
}

/// A period of a [`Chart`].
#[derive(Clone, Debug, Default)]
pub struct Point {
    /// The period.
    pub label: String,
    /// The result, where there is one.
    pub result: Option<Number>,
    /// How it is rated.
    pub rag: Option<Rag>,
    /// The target: two ends where it is a range, else twice the same.
    pub target: Option<[Number; 2]>,
    /// The floor below the results that are not red, where there is one.
    pub floor_low: Option<Number>,
    /// The floor above the results that are not red, where there is one.
    pub floor_high: Option<Number>,
    /// How far results usually lie from their average, if limits are drawn.
    pub limits: Option<PointLimits>,
    /// Why the limits start again here, if they do.
    pub rebased: Option<String>,
}

/// How far results usually lie from their average.
#[derive(Clone, Debug)]
pub struct PointLimits {
    /// The average.
    pub mean: Number,
    /// The lower limit.
    pub low: Number,
    /// The upper limit.
    pub high: Number,
}

impl Table {
    /// The positions of the columns that it has there.
    pub fn columns_in(&self, medium: Medium) -> impl Iterator<Item = usize> {
        (0..self.columns.len()).filter(move |column| self.columns[*column].is_shown(medium))
    }

    /// The cells of each row, without the headings between them.
    pub fn cells(&self) -> impl Iterator<Item = &Vec<Cell>> + Clone {
        self.rows
            .iter()
            .filter_map(|row| if let Row::Cells(cells) = row { Some(cells) } else { None })
    }
}

impl Point {
    /// Every number that a chart draws of it: its result, both ends of its target, and its floors.
    pub fn numbers(&self) -> impl Iterator<Item = &Number> + Clone {
        self.result
            .iter()
            .chain(self.target.iter().flatten())
            .chain(&self.floor_low)
            .chain(&self.floor_high)
            .chain(self.limits.iter().flat_map(|limits| [&limits.mean, &limits.low, &limits.high]))
    }
}

/// A column of a [`Table`].
#[derive(Clone, Debug)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// Its heading where the table stands alone, as in a workbook; nothing when it is the same.
    pub full_heading: Option<String>,
    /// Its heading in CSV, by which other programs know it; nothing when it is that of a table that
    /// stands alone.
    pub csv_heading: Option<String>,
    /// Its heading where there is little room; nothing when it is the same.
    pub short_heading: Option<String>,
    /// Its heading below that of its group, and the group's, where a heading can stand above
    /// several columns; nothing when it is in no group.
    pub under: Option<Under>,
    /// How its cells are set.
    pub align: Align,
    /// What happens to it where there is no room.
    pub room: Room,
    /// Where it is shown.
    pub shown: Shown,
    /// Whether its cells are ids, which are numbers where they are digits alone.
    pub is_of_ids: bool,
}

/// Where a column is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Everywhere.
    Everywhere,
    /// Only where the table stands alone: what a page says in headings instead.
    Alone,
    /// Only as data: what pages say in another column.
    AsData,
    /// Everywhere but on a web page, which says it in another column: see [`Cell::id`] and
    /// [`Cell::detail`].
    NotOnScreen,
    /// Only on a web page: one column for what others have in several.
    OnScreen,
    /// Only where it can be drawn: on a web page and in a workbook.
    Drawn,
}

/// What a table is shown in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// A web page.
    Screen,
    /// A workbook.
    Workbook,
    /// A document or plain text.
    Paper,
    /// CSV and the like, for other programs.
    Data,
}

/// The heading of a column in two parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Under {
    /// What its neighbours share: `Caseloads`.
    pub group: String,
    /// What is its own: `Last month`.
    pub heading: String,
}

/// How cells are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Align {
    /// At the left, as text.
    Left,
    /// At the right, as numbers.
    Right,
    /// In the middle, as marks.
    Centre,
}

/// What happens to a column where there is no room for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// It stays.
    Needed,
    /// It stays and takes what room is left, its text wrapped.
    Flexible,
    /// It may be left out, and the reader told; the higher numbers first.
    Spare(u8),
    /// It may move to a table below, together with the others of its number.
    Group(usize),
}

impl Column {
    /// A column of numbers.
    pub fn number(heading: impl Into<String>) -> Self {
        Self {
            heading: heading.into(),
            full_heading: None,
            csv_heading: None,
            short_heading: None,
            under: None,
            align: Align::Right,
            room: Room::Needed,
            shown: Shown::Everywhere,
            is_of_ids: false,
        }
    }

    /// A column of marks: ratings, arrows, single letters.
    pub fn mark(heading: impl Into<String>) -> Self {
        Self { align: Align::Centre, ..Self::number(heading) }
    }

    /// A column of text.
    pub fn text(heading: impl Into<String>) -> Self {
        Self { align: Align::Left, ..Self::number(heading) }
    }

    /// The column of text that takes what room is left.
    pub fn flexible(heading: impl Into<String>) -> Self {
        Self { room: Room::Flexible, ..Self::text(heading) }
    }

    /// A column that only a table that stands alone has.
    pub fn alone(heading: impl Into<String>) -> Self {
        Self { shown: Shown::Alone, ..Self::text(heading) }
    }

    /// The same column, shown only as data.
    #[must_use]
    pub fn as_data(mut self) -> Self {
        self.shown = Shown::AsData;
        self
    }

    /// The same column, shown everywhere but on a web page.
    #[must_use]
    pub fn not_on_screen(mut self) -> Self {
        self.shown = Shown::NotOnScreen;
        self
    }

    /// The same column, shown only on a web page.
    #[must_use]
    pub fn on_screen(mut self) -> Self {
        self.shown = Shown::OnScreen;
        self
    }

    /// The column of ids.
    #[must_use]
    pub fn ids() -> Self {
        Self { is_of_ids: true, ..Self::text("ID") }
    }

    /// A column of [`Sparkline`]s.
    pub fn drawn(heading: impl Into<String>) -> Self {
        Self { shown: Shown::Drawn, ..Self::text(heading) }
    }

    /// Whether a table has it there, in one of its own columns or, in a workbook, before them.
    #[must_use]
    pub fn is_shown(&self, medium: Medium) -> bool {
        match self.shown {
            Shown::Everywhere => true,
            Shown::Alone => matches!(medium, Medium::Workbook | Medium::Data),
            Shown::AsData => medium == Medium::Data,
            Shown::NotOnScreen => medium != Medium::Screen,
            Shown::OnScreen => medium == Medium::Screen,
            Shown::Drawn => matches!(medium, Medium::Screen | Medium::Workbook),
        }
    }

    /// The same column with another heading where the table stands alone.
    #[must_use]
    pub fn in_full(mut self, heading: impl Into<String>) -> Self {
        self.full_heading = Some(heading.into());
        self
    }

    /// The same column with another heading in CSV, which stays when a page says it in new words.
    #[must_use]
    pub fn in_csv(mut self, heading: impl Into<String>) -> Self {
        self.csv_heading = Some(heading.into());
        self
    }

    /// The same column with another heading where there is little room.
    #[must_use]
    pub fn in_short(mut self, heading: impl Into<String>) -> Self {
        self.short_heading = Some(heading.into());
        self
    }

    /// The same column with a heading in two parts, where one can stand above several columns.
    #[must_use]
    pub fn under(mut self, group: impl Into<String>, heading: impl Into<String>) -> Self {
        self.under = Some(Under { group: group.into(), heading: heading.into() });
        self
    }

    /// The same column, to be left out where there is no room.
    #[must_use]
    pub fn spare(mut self, rank: u8) -> Self {
        self.room = Room::Spare(rank);
        self
    }

    /// The same column, to be kept with the others of its group.
    #[must_use]
    pub fn grouped(mut self, group: usize) -> Self {
        self.room = Room::Group(group);
        self
    }

    /// The heading of the column in a table that stands alone.
    #[must_use]
    pub fn heading_alone(&self) -> &str {
        self.full_heading.as_deref().unwrap_or(&self.heading)
    }

    /// The heading of the column in CSV.
    #[must_use]
    pub fn heading_in_csv(&self) -> &str {
        self.csv_heading.as_deref().unwrap_or_else(|| self.heading_alone())
    }
}

/// A row of a [`Table`].
#[derive(Clone, Debug)]
pub enum Row {
    /// A heading for the rows below it.
    Section(String),
    /// A cell for each column.
    Cells(Vec<Cell>),
}

/// A cell: what it is, and how it reads.
#[derive(Clone, Debug)]
pub struct Cell {
    /// What it is.
    pub value: Value,
    /// How it reads; of a rating or a direction, in a word.
    pub text: String,
    /// The footnotes that it is marked with, counted from 1.
    pub notes: Vec<usize>,
    /// That it is provisional or revised, which its text ends with: `74.5% [r]`.
    pub mark: Option<Mark>,
    /// Whose figure it is, for formats in which a reader picks an area or opens the working.
    pub about: Option<About>,
    /// How the figure is rated, where that has no column of its own: a colour and a letter.
    pub rating: Option<Rag>,
    /// The id before a name, on a web page, where both are in one cell.
    pub id: Option<String>,
    /// What stands below it in small letters on a web page, in parts: `39`, ` of ` and `57`.
    pub detail: Vec<DetailPart>,
    /// The address of the page that it leads to, on a site.
    pub address: Option<String>,
}

/// A part of what stands below a cell on a web page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DetailPart {
    /// How it reads.
    pub text: String,
    /// The heading of the column that it has elsewhere; nothing for the words between.
    pub heading: Option<String>,
}

impl DetailPart {
    /// What has a column of its own elsewhere.
    pub fn of(heading: impl Into<String>, text: impl Into<String>) -> Self {
        Self { text: text.into(), heading: Some(heading.into()) }
    }

    /// The words between.
    pub fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), heading: None }
    }
}

/// Whose figure a cell is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The area.
    pub area: String,
    /// The indicator; nothing for what no indicator measures.
    pub indicator: Option<IndicatorId>,
}

/// What a cell is.
#[derive(Clone, Debug)]
pub enum Value {
    /// There is nothing: a missing figure is not 0.
    Missing,
    /// Text.
    Text,
    /// A number.
    Number(Number),
    /// A number that its text says more of: `24.5 by Q1 (98 for the year)`.
    Worded(Number),
    /// Two numbers, the lower first: a target or a floor that is a range.
    Pair(Number, Number),
    /// A rating.
    Rag(Rag),
    /// A direction.
    Direction(Direction),
    /// A result over the last periods, drawn as a small line.
    Sparkline(Box<Sparkline>),
}

/// A result over the last periods, drawn in a cell.
#[derive(Clone, Debug)]
pub struct Sparkline {
    /// Of what it is: `9: Visits in time`.
    pub name: String,
    /// Its points, the oldest first: their periods, results and ratings.
    pub points: Vec<Point>,
}

/// What stands around a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Nothing.
    None,
    /// What the definitions say: `426 days`, `£90`.
    Affixes(Arc<Affixes>),
    /// It is a percentage.
    Percent,
    /// It is a difference of percentages, in percentage points.
    Points,
}

/// What stands behind a difference of percentages.
pub const POINTS: &str = "points";

impl Sign {
    /// That of the results of an indicator, or of what is in their unit.
    #[must_use]
    pub fn of_results(is_percent: bool, affixes: Option<&Arc<Affixes>>) -> Self {
        match affixes {
            _ if is_percent => Self::Percent,
            Some(affixes) => Self::Affixes(Arc::clone(affixes)),
            None => Self::None,
        }
    }

    /// That of their differences.
    #[must_use]
    pub fn of_differences(is_percent: bool, affixes: Option<&Arc<Affixes>>) -> Self {
        if is_percent { Self::Points } else { Self::of_results(false, affixes) }
    }

    /// Whether it is a word, and no sign of money.
    #[must_use]
    pub fn is_word(&self) -> bool {
        matches!(self, Self::Affixes(affixes) if !affixes.is_money())
    }

    /// What is written before a number.
    #[must_use]
    pub fn before(&self) -> &str {
        if let Self::Affixes(affixes) = self { affixes.before() } else { "" }
    }

    /// What is written behind it.
    #[must_use]
    pub fn behind(&self) -> &str {
        match self {
            Self::None => "",
            Self::Affixes(affixes) => affixes.behind(),
            Self::Percent => "%",
            Self::Points => " points",
        }
    }
}

/// A number with the way it is shown.
#[derive(Clone, Debug)]
pub struct Number {
    /// The number itself, not rounded.
    pub exact: Ratio,
    /// As it is shown.
    pub shown: Decimal,
    /// What stands around it.
    pub unit: Sign,
    /// Whether a plus sign is shown: a change or a variance.
    pub signed: bool,
}

impl fmt::Display for Number {
    /// As it is shown: with thousands separators, a sign where it has one, and its unit.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.signed && self.shown.is_positive() { "+" } else { "" };
        let digits = self.shown.grouped();
        let (minus, digits) = digits.strip_prefix('-').map_or(("", &*digits), |rest| ("-", rest));
        write!(f, "{sign}{minus}{}{digits}{}", self.unit.before(), self.unit.behind())
    }
}

/// What stands where there is nothing.
pub const NOTHING: &str = "-";

impl Cell {
    /// A cell of text.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            value: Value::Text,
            text: text.into(),
            notes: Vec::new(),
            mark: None,
            about: None,
            rating: None,
            id: None,
            detail: Vec::new(),
            address: None,
        }
    }

    /// A cell with nothing in it to show.
    #[must_use]
    pub fn missing() -> Self {
        Self { value: Value::Missing, ..Self::text(NOTHING) }
    }

    /// Whether there is nothing in it to show.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self.value, Value::Missing)
    }

    /// A number.
    #[must_use]
    pub fn number(number: Number) -> Self {
        let text = number.to_string();
        Self { value: Value::Number(number), ..Self::text(text) }
    }

    /// The same cell with a text that says more of its number or range.
    #[must_use]
    pub fn worded(self, text: String) -> Self {
        let value = match self.value {
            Value::Number(number) => Value::Worded(number),
            other => other,
        };
        Self { value, text, ..self }
    }

    /// A range.
    #[must_use]
    pub fn pair(low: Number, high: Number) -> Self {
        let text = format!("{low} to {high}");
        Self { value: Value::Pair(low, high), ..Self::text(text) }
    }

    /// A rating, or that there is none.
    #[must_use]
    pub fn rag(rag: Option<Rag>) -> Self {
        rag.map_or_else(Self::missing, |rag| Self {
            value: Value::Rag(rag),
            ..Self::text(crate::wording::rag(rag))
        })
    }

    /// A direction, or that there is none.
    #[must_use]
    pub fn direction(direction: Option<Direction>) -> Self {
        direction.map_or_else(Self::missing, |direction| Self {
            value: Value::Direction(direction),
            ..Self::text(crate::wording::direction(direction))
        })
    }

    /// A result over the last periods. `text` says what can be seen in it.
    #[must_use]
    pub fn sparkline(sparkline: Sparkline, text: String) -> Self {
        Self { value: Value::Sparkline(Box::new(sparkline)), ..Self::text(text) }
    }

    /// The same cell with the rating of its figure.
    #[must_use]
    pub fn rated(mut self, rating: Option<Rag>) -> Self {
        self.rating = rating;
        self
    }

    /// The same cell with an id before its name, where there is no column for it.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The same cell with what stands below it, where there is no column for it.
    #[must_use]
    pub fn with_detail(mut self, detail: Vec<DetailPart>) -> Self {
        self.detail = detail;
        self
    }

    /// The same cell, leading to another page.
    #[must_use]
    pub fn leading_to(mut self, address: Option<String>) -> Self {
        self.address = address;
        self
    }

    /// The rating whose colour it has.
    #[must_use]
    pub fn coloured(&self) -> Option<Rag> {
        if let Value::Rag(rag) = self.value { Some(rag) } else { self.rating }
    }

    /// Its text with the letter of its rating, if it has one: `68.4% R`.
    #[must_use]
    pub fn lettered(&self) -> Cow<'_, str> {
        match self.rating {
            Some(rag) => format!("{} {}", self.text, rag.letter()).into(),
            None => Cow::Borrowed(&self.text),
        }
    }

    /// The same cell, provisional or revised.
    #[must_use]
    pub fn marked(mut self, mark: Option<Mark>) -> Self {
        if let Some(mark) = mark {
            self.text = format!("{} {}", self.text, mark.shown());
            self.mark = Some(mark);
        }
        self
    }

    /// The arrow of a direction.
    #[must_use]
    pub fn arrow(&self) -> Option<&'static str> {
        if let Value::Direction(direction) = self.value {
            Some(crate::wording::arrow(direction))
        } else {
            None
        }
    }

    /// The same cell marked with a footnote.
    #[must_use]
    pub fn noted(mut self, note: Option<usize>) -> Self {
        self.notes.extend(note);
        self
    }

    /// The same cell, about an area and, where it is a figure of one, an indicator.
    #[must_use]
    pub fn about(
        mut self,
        area: impl Into<String>,
        indicator: impl Into<Option<IndicatorId>>,
    ) -> Self {
        self.about = Some(About { area: area.into(), indicator: indicator.into() });
        self
    }
}
