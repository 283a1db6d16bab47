//! The plain rows of results, which nearly all rows of a large extract are: names exactly as the
//! definitions have them, figures in digits, nothing in quotation marks.
//!
//! A plain row is read from its bytes without finding its cells first, at a third of the cost. Every
//! other row is read from its cells, and a plain row would say the same there:
//! [`PlainRowReader::run`] is all that the rest of the program knows of the difference.

use super::punctuation::trim;
use super::results::{Observation, ResultsColumn, RowFigure};
use crate::definition::{AreaId, AreaKind, Definition, IndicatorId};
use crate::figure::ShortDecimal;
use crate::month::Month;
use crate::population::{CohortId, Population};

/// The names that plain rows of a month can have.
pub(super) struct PlainNames<'d> {
    areas: NameTable<'d>,
    indicators: NameTable<'d>,
    cohorts: NameTable<'d>,
    month: String,
}

/// Names by their places in the definitions; blank, where one cannot stand in a plain row.
struct NameTable<'d> {
    names: Vec<&'d str>,
    definition: &'d Definition,
    /// The place of a name, or of one that it once had.
    find: fn(&Definition, &str) -> Option<usize>,
}

impl<'d> NameTable<'d> {
    fn new(
        definition: &'d Definition,
        names: impl Iterator<Item = (&'d str, bool)>,
        find: fn(&Definition, &str) -> Option<usize>,
    ) -> Self {
        // A name is not plain if it needs quotation marks, or reads as something else without them.
        let is_plain =
            |name: &str| trim(name) == name && !name.contains([',', ';', '\t', '"', '\n', '\r']);
        let names =
            names.map(|(name, can_stand)| if can_stand && is_plain(name) { name } else { "" });
        Self { names: names.collect(), definition, find }
    }

    #[cold]
    fn look_up(&self, name: &[u8]) -> Option<usize> {
        let place = (self.find)(self.definition, std::str::from_utf8(name).ok()?)?;
        (self.names[place].as_bytes() == name).then_some(place)
    }
}

impl<'d> PlainNames<'d> {
    /// The names of what is in force in this month.
    pub(super) fn new(definition: &'d Definition, month: Month) -> Self {
        let areas = definition.areas.iter().map(|area| {
            (area.name.as_str(), area.kind == AreaKind::Area && area.in_force.covers(month))
        });
        let indicators = definition.indicators.iter().map(|indicator| {
            let can_stand = indicator.in_force.covers(month) && indicator.gap.is_none();
            (indicator.id.as_str(), can_stand)
        });
        let cohorts = definition.cohorts.iter().map(|cohort| (cohort.id.as_str(), true));
        Self {
            areas: NameTable::new(definition, areas, |definition, name| {
                definition.find_area(name).map(AreaId::index)
            }),
            indicators: NameTable::new(definition, indicators, |definition, id| {
                definition.find_indicator(id).map(IndicatorId::index)
            }),
            cohorts: NameTable::new(definition, cohorts, |definition, id| {
                definition.find_cohort(id).map(CohortId::index)
            }),
            month: month.to_string(),
        }
    }
}

/// What the row before was about, by its places in the definitions: rows come in runs and mostly in
/// the order of the definitions, so that what a row names is often the same again, or the next.
#[derive(Clone, Copy, Debug, Default)]
struct NameCursor {
    area: usize,
    indicator: usize,
    cohort: usize,
}

/// What is read of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ColumnKind {
    Indicator,
    Area,
    Population,
    /// The numerator, the denominator or the value, by its place among these.
    Figure(usize),
    Month,
    /// A plain row has nothing here.
    Blank,
}

impl ColumnKind {
    fn of(column: ResultsColumn) -> Self {
        match column {
            ResultsColumn::Indicator => Self::Indicator,
            ResultsColumn::Area => Self::Area,
            ResultsColumn::Cohort => Self::Population,
            ResultsColumn::Numerator => Self::Figure(0),
            ResultsColumn::Denominator => Self::Figure(1),
            ResultsColumn::Value => Self::Figure(2),
            ResultsColumn::Month => Self::Month,
            ResultsColumn::Status => Self::Blank,
        }
    }
}

/// The columns in the order of the documentation, which most extracts have.
const DOCUMENTED: [ColumnKind; 6] = [
    ColumnKind::Indicator,
    ColumnKind::Area,
    ColumnKind::Population,
    ColumnKind::Figure(0),
    ColumnKind::Figure(1),
    ColumnKind::Figure(2),
];

/// The columns of a table whose rows can be plain, in the order of its cells, and what stands
/// between those.
#[derive(Clone, Debug)]
pub(super) struct PlainLayout {
    columns: Vec<ColumnKind>,
    is_documented: bool,
    delimiter: u8,
}

impl PlainLayout {
    /// Of the columns of a table, one for each cell; nothing, where its rows cannot be plain.
    pub(super) fn new(columns: &[ResultsColumn], delimiter: u8) -> Option<Self> {
        let columns: Vec<_> = columns.iter().copied().map(ColumnKind::of).collect();
        let has_names =
            [ColumnKind::Area, ColumnKind::Indicator].iter().all(|kind| columns.contains(kind));
        // Names that have another delimiter in them could be two cells.
        let is_known = matches!(delimiter, b',' | b';' | b'\t');
        (has_names && is_known).then(|| Self {
            is_documented: columns == DOCUMENTED,
            columns,
            delimiter,
        })
    }
}

/// Plain rows that stand one after another.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PlainRun {
    /// How many there are; each is a line.
    pub(super) lines: u32,
    /// How many bytes they are, with the ends of their lines.
    pub(super) bytes: usize,
}

/// Reads the plain rows of a table.
#[derive(Clone, Copy)]
pub(super) struct PlainRowReader<'n, 'd> {
    names: &'n PlainNames<'d>,
    layout: &'n PlainLayout,
    cursor: NameCursor,
}

impl<'n, 'd> PlainRowReader<'n, 'd> {
    /// A reader of rows with this layout.
    pub(super) fn new(names: &'n PlainNames<'d>, layout: &'n PlainLayout) -> Self {
        Self { names, layout, cursor: NameCursor::default() }
    }

    /// Reads the plain rows that a text begins with, and gives them to `take`, each with how many of
    /// them are above it as its line.
    #[inline]
    pub(super) fn run(&mut self, text: &[u8], mut take: impl FnMut(Observation)) -> PlainRun {
        let mut run = PlainRun::default();
        while let Some((row, bytes)) = self.row(&text[run.bytes..], run.lines) {
            take(row);
            run.lines = run.lines.saturating_add(1);
            run.bytes += bytes;
        }
        run
    }

    /// Reads the row that a text begins with, if it is a plain one, and says how long it is.
    #[expect(clippy::inline_always, reason = "a call of it costs a twentieth of the reading")]
    #[inline(always)]
    fn row(&mut self, text: &[u8], line: u32) -> Option<(Observation, usize)> {
        let layout = self.layout;
        let mut cells = Cells { text, at: 0, delimiter: layout.delimiter };
        let mut row = PlainRow { population: Population::Everyone, figures: [None; 3] };
        if layout.is_documented {
            // One after another and not in a loop: that is a fifth less to do.
            let [first, second, third, fourth, fifth, sixth] = DOCUMENTED;
            self.cell(first, &mut cells, &mut row)?;
            self.next_cell(second, &mut cells, &mut row)?;
            self.next_cell(third, &mut cells, &mut row)?;
            self.next_cell(fourth, &mut cells, &mut row)?;
            self.next_cell(fifth, &mut cells, &mut row)?;
            self.next_cell(sixth, &mut cells, &mut row)?;
        } else {
            let (first, others) = layout.columns.split_first()?;
            self.cell(*first, &mut cells, &mut row)?;
            for column in others {
                self.next_cell(*column, &mut cells, &mut row)?;
            }
        }
        cells.line_end()?;
        let figure = match row.figures {
            [Some(numerator), Some(denominator), None] => {
                RowFigure::Ratio([numerator, denominator])
            }
            [None, None, Some(value)] => RowFigure::Value(value),
            _ => return None,
        };
        let area = AreaId::new(self.cursor.area);
        let indicator = IndicatorId::new(self.cursor.indicator);
        Some((Observation::new(area, indicator, row.population, figure, line), cells.at))
    }

    /// Reads what separates two cells, and the second.
    #[expect(clippy::inline_always, reason = "the column is known where it is called from")]
    #[inline(always)]
    fn next_cell(
        &mut self,
        column: ColumnKind,
        cells: &mut Cells<'_>,
        row: &mut PlainRow,
    ) -> Option<()> {
        cells.byte(cells.delimiter)?;
        self.cell(column, cells, row)
    }

    /// Reads a cell.
    #[expect(clippy::inline_always, reason = "the column is known where it is called from")]
    #[inline(always)]
    fn cell(
        &mut self,
        column: ColumnKind,
        cells: &mut Cells<'_>,
        row: &mut PlainRow,
    ) -> Option<()> {
        let (names, cursor) = (self.names, &mut self.cursor);
        match column {
            ColumnKind::Indicator => cells.name(&names.indicators, &mut cursor.indicator)?,
            ColumnKind::Area => cells.name(&names.areas, &mut cursor.area)?,
            ColumnKind::Population => {
                row.population = cells.population(&names.cohorts, &mut cursor.cohort)?;
            }
            ColumnKind::Figure(place) => cells.figure(&mut row.figures[place])?,
            ColumnKind::Month => cells.text(names.month.as_bytes()).unwrap_or_default(),
            ColumnKind::Blank => {}
        }
        Some(())
    }
}

/// What has been read of a row, but for its names.
struct PlainRow {
    population: Population,
    figures: [Option<ShortDecimal>; 3],
}

/// A text whose cells are read one after another.
#[derive(Clone, Copy)]
struct Cells<'t> {
    text: &'t [u8],
    at: usize,
    delimiter: u8,
}

impl Cells<'_> {
    /// Whether a cell could end at a place.
    #[inline]
    fn ends_at(&self, place: usize) -> bool {
        self.text
            .get(place)
            .is_none_or(|byte| *byte == self.delimiter || *byte == b'\n' || *byte == b'\r')
    }

    /// Whether the next cell is this one, and is not empty.
    #[inline]
    fn is(&self, cell: &[u8]) -> bool {
        let end = self.at + cell.len();
        !cell.is_empty() && self.ends_at(end) && self.text.get(self.at..end) == Some(cell)
    }

    /// Reads a byte.
    #[inline]
    fn byte(&mut self, wanted: u8) -> Option<()> {
        (*self.text.get(self.at)? == wanted).then(|| self.at += 1)
    }

    /// Reads the start of a cell.
    #[inline]
    fn text(&mut self, wanted: &[u8]) -> Option<()> {
        let end = self.at + wanted.len();
        (self.text.get(self.at..end)? == wanted).then(|| self.at = end)
    }

    /// Reads a name.
    #[expect(clippy::inline_always, reason = "a call of it costs a twentieth of the reading")]
    #[inline(always)]
    fn name(&mut self, names: &NameTable<'_>, last: &mut usize) -> Option<()> {
        let is = |place: usize| names.names.get(place).is_some_and(|name| self.is(name.as_bytes()));
        if !is(*last) {
            *last = if is(*last + 1) { *last + 1 } else { self.look_up(names)? };
        }
        self.at += names.names[*last].len();
        Some(())
    }

    #[cold]
    fn look_up(self, names: &NameTable<'_>) -> Option<usize> {
        let end = (self.at..self.text.len())
            .find(|place| self.ends_at(*place))
            .unwrap_or(self.text.len());
        names.look_up(&self.text[self.at..end])
    }

    /// Reads whom a row is about.
    #[inline]
    fn population(&mut self, cohorts: &NameTable<'_>, last: &mut usize) -> Option<Population> {
        if self.ends_at(self.at) {
            return Some(Population::Everyone);
        }
        if self.is(Population::ALL.as_bytes()) {
            self.at += Population::ALL.len();
            return Some(Population::Everyone);
        }
        let (population, end) = self.cohort(cohorts, last)?;
        self.at = end;
        Some(population)
    }

    /// Reads a cohort, or everyone but one, and says where it ends.
    #[inline(never)]
    fn cohort(mut self, cohorts: &NameTable<'_>, last: &mut usize) -> Option<(Population, usize)> {
        if self.name(cohorts, last).is_some() {
            return Some((Population::Cohort(CohortId::new(*last)), self.at));
        }
        self.text(Population::EXCLUDING.as_bytes())?;
        self.name(cohorts, last)?;
        Some((Population::Excluding(CohortId::new(*last)), self.at))
    }

    /// Reads a figure, if there is one. What comes after its digits is not looked at, but for a
    /// point.
    #[expect(clippy::inline_always, reason = "a call of it costs a twentieth of the reading")]
    #[inline(always)]
    fn figure(&mut self, figure: &mut Option<ShortDecimal>) -> Option<()> {
        let start = self.at;
        let whole = self.digits(0);
        let digits = self.at - start;
        if digits == 0 {
            return Some(());
        }
        if self.byte(b'.').is_none() {
            *figure = Some(ShortDecimal::of_digits(whole, digits, 0)?);
            return Some(());
        }
        let start = self.at;
        let mantissa = self.digits(whole);
        let places = self.at - start;
        // Between semicolons a point may stand between thousands.
        if places == 0 || self.delimiter == b';' {
            return None;
        }
        *figure = Some(ShortDecimal::of_digits(mantissa, digits + places, places)?);
        Some(())
    }

    /// Reads digits, and puts them behind those that there are.
    #[inline]
    fn digits(&mut self, mut mantissa: i64) -> i64 {
        while let Some(digit) =
            self.text.get(self.at).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit <= 9)
        {
            mantissa = mantissa.wrapping_mul(10).wrapping_add(i64::from(digit));
            self.at += 1;
        }
        mantissa
    }

    /// Reads the end of a line, or is at that of the text.
    #[inline]
    fn line_end(&mut self) -> Option<()> {
        match self.text.get(self.at) {
            None => Some(()),
            Some(b'\n') => self.byte(b'\n'),
            Some(_) => self.byte(b'\r').map(|()| self.byte(b'\n').unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEFINITIONS: &str = r#"
        scorecard = { title = "T", area = "Top" }
        cohort = [{ id = "uasc", name = "U" }]
        area = [
            { name = "Top" },
            { name = "Area 1", parent = "Top" },
            { name = "Area 10", parent = "Top" },
            { name = "Team", parent = "Top", kind = "team" },
        ]
        indicator = [
            { id = "1", section = "S", name = "I", polarity = "H", period = "SS", unit = "percent" },
            { id = "2", section = "S", name = "J", polarity = "H", period = "SS", unit = "number" },
            { id = "3", section = "S", name = "K", polarity = "H", period = "SS", unit = "percent", until = "2015-12" },
        ]
    "#;

    /// What is left of some rows after the plain ones that they begin with, if there are any.
    fn rest_after(rows: &str) -> Option<&str> {
        let definition = Definition::for_test(DEFINITIONS);
        let names = PlainNames::new(&definition, "2016-01".parse().expect("a month"));
        let columns = [
            ResultsColumn::Indicator,
            ResultsColumn::Area,
            ResultsColumn::Cohort,
            ResultsColumn::Numerator,
            ResultsColumn::Denominator,
            ResultsColumn::Value,
        ];
        let layout = PlainLayout::new(&columns, b',').expect("plain rows");
        let mut taken = Vec::new();
        let run = PlainRowReader::new(&names, &layout).run(rows.as_bytes(), |row| taken.push(row));
        assert_eq!(taken.len(), run.lines as usize, "{rows}");
        (run.lines > 0).then(|| &rows[run.bytes..])
    }

    #[test]
    fn a_plain_row_is_read_whole_and_another_not_at_all() {
        for row in [
            "1,Top,all,5,10,",
            "1,Top,,,,12.5",
            "1,Area 1,uasc,0,1.50,",
            "2,Area 10,excluding-uasc,5,10,",
            "2,Area 10,,123456789012345,1,",
        ] {
            assert_eq!(rest_after(row), Some(""), "{row}");
            let rows = format!("{row}\r\n{row}\n1,Top");
            assert_eq!(rest_after(&rows), Some("1,Top"), "{row}");
        }
        for row in [
            "",
            "\n1,Top,all,5,10,",
            "1,Top,all,5,10",
            "1,Top,all,5,10,,",
            "1,Top,all,5,,",
            "1,Top,all,,,",
            "1,Top,all,5,10,50",
            "1, Top,all,5,10,",
            "1,Top,all,-5,10,",
            "1,Top,all,.5,10,",
            "1,Top,all,5.,10,",
            "1,Top,all,1234567890123456,10,",
            "1,Top,all,5,10 ,",
            "1,Top,all,\"5\",10,",
            "1,Topmost,all,5,10,",
            "1,Team,all,5,10,",
            "3,Top,all,5,10,",
        ] {
            assert_eq!(rest_after(row), None, "{row}");
        }
    }
}
