//! The rows that nearly all of a large extract are: names exactly as the definitions have them, and
//! figures in digits.
//!
//! Such a row says what it says without being taken apart into cells first, at a third of the cost.
//! Whatever is unusual about one, its cells go the way that any row can take, which would have read
//! the same in this one.

use super::punctuation::trim;
use super::results::{Column, Observation, Rows};
use crate::definition::{AreaId, AreaKind, Definition, IndicatorId};
use crate::figure::MAX_DIGITS;
use crate::month::Month;
use crate::population::{CohortId, Population};

/// The figures of a usual row: mantissas, and how many of their digits are behind the point.
#[derive(Clone, Copy, Debug)]
pub(super) enum Digits {
    Ratio([(i64, u8); 2]),
    Value((i64, u8)),
}

/// Reads the usual rows of a month.
pub(super) struct Usual<'d> {
    /// The areas, and the indicators.
    names: [Known<'d>; 2],
    cohorts: Known<'d>,
    month: String,
}

/// What the row before was about, by its places in the definitions: rows come in runs and in the
/// order of the definitions, mostly, so that what a row names is often the same again, or the next.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Last {
    names: [usize; 2],
    cohort: usize,
}

/// The columns of a table that has no others, in the order of its cells, and what stands between
/// those.
pub(super) struct Order {
    columns: Vec<Take>,
    /// Whether they are [those](DOCUMENTED) that most extracts have.
    is_documented: bool,
    delimiter: u8,
}

/// What is taken from a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Take {
    /// An area or an indicator, by its place among [names](Usual::names).
    Name(usize),
    Population,
    /// A numerator, a denominator or a value, by its place among these.
    Figure(usize),
    Month,
    /// Nothing may stand here, or the row is not usual.
    Nothing,
}

/// The columns in the order of the documentation.
const DOCUMENTED: [Take; 6] = [
    Take::Name(INDICATOR),
    Take::Name(AREA),
    Take::Population,
    Take::Figure(0),
    Take::Figure(1),
    Take::Figure(2),
];

const AREA: usize = 0;
const INDICATOR: usize = 1;

impl Order {
    /// Of the columns of a table; nothing, where its rows cannot be usual.
    pub(super) fn new(columns: &[Column], delimiter: u8) -> Option<Self> {
        let take = |column: &Column| match column {
            Column::Area => Take::Name(AREA),
            Column::Indicator => Take::Name(INDICATOR),
            Column::Cohort => Take::Population,
            Column::Numerator => Take::Figure(0),
            Column::Denominator => Take::Figure(1),
            Column::Value => Take::Figure(2),
            Column::Month => Take::Month,
            Column::Status => Take::Nothing,
        };
        let columns: Vec<_> = columns.iter().map(take).collect();
        let has_names = [AREA, INDICATOR].iter().all(|name| columns.contains(&Take::Name(*name)));
        // Names that have another delimiter in them could be two cells.
        (has_names && matches!(delimiter, b',' | b';' | b'\t')).then_some(Self {
            is_documented: columns == DOCUMENTED,
            columns,
            delimiter,
        })
    }
}

/// The names of the definitions that can stand in a usual row.
struct Known<'d> {
    /// By their place in the definitions; blank, where one cannot.
    names: Vec<&'d str>,
    definition: &'d Definition,
    /// Finds the place of a name, or of one that it once had.
    find: fn(&Definition, &str) -> Option<usize>,
}

impl<'d> Known<'d> {
    fn new(
        definition: &'d Definition,
        names: impl Iterator<Item = (&'d str, bool)>,
        find: fn(&Definition, &str) -> Option<usize>,
    ) -> Self {
        // What it would take quotation marks to write, or reads as something else without them.
        let is_plain =
            |name: &str| trim(name) == name && !name.contains([',', ';', '\t', '"', '\n', '\r']);
        let names = names
            .map(|(name, is_usual)| if is_usual && is_plain(name) { name } else { "" })
            .collect();
        Self { names, definition, find }
    }

    #[cold]
    fn look_up(&self, name: &[u8]) -> Option<usize> {
        let place = (self.find)(self.definition, std::str::from_utf8(name).ok()?)?;
        (self.names[place].as_bytes() == name).then_some(place)
    }
}

impl<'d> Usual<'d> {
    pub(super) fn new(definition: &'d Definition, month: Month) -> Self {
        let areas = definition.areas.iter().map(|area| {
            (area.name.as_str(), area.kind == AreaKind::Area && area.in_force.covers(month))
        });
        let indicators = definition
            .indicators
            .iter()
            .map(|indicator| (indicator.id.as_str(), indicator.in_force.covers(month)));
        let cohorts = definition.cohorts.iter().map(|cohort| (cohort.id.as_str(), true));
        Self {
            names: [
                Known::new(definition, areas, |definition, name| {
                    Some(definition.find_area(name)?.index())
                }),
                Known::new(definition, indicators, |definition, id| {
                    Some(definition.find_indicator(id)?.index())
                }),
            ],
            cohorts: Known::new(definition, cohorts, |definition, id| {
                Some(definition.find_cohort(id)?.index())
            }),
            month: month.to_string(),
        }
    }

    /// Reads the usual rows that a text starts with, those that start in its first `most` bytes;
    /// the first is in `line`. Says how many bytes and lines they take; nothing, where there is
    /// none.
    pub(super) fn rows(
        &self,
        text: &[u8],
        most: usize,
        order: &Order,
        last: &mut Last,
        line: u32,
        rows: &mut Rows,
    ) -> Option<(usize, u32)> {
        let (mut bytes, mut lines) = (0, 0);
        while bytes < most
            && let Some((row, end)) = self.row(
                Cells { text, at: bytes, delimiter: order.delimiter },
                order,
                last,
                line.saturating_add(lines),
            )
        {
            rows.push(row);
            bytes = end;
            lines += 1;
        }
        (lines > 0).then_some((bytes, lines))
    }

    /// Takes the next row, if it is a usual one, and says where it ends.
    #[inline]
    fn row(
        &self,
        mut cells: Cells<'_>,
        order: &Order,
        last: &mut Last,
        line: u32,
    ) -> Option<(Observation, usize)> {
        let mut row = Taken { who: Population::Everyone, figures: [None; 3] };
        if order.is_documented {
            // One after another and not in a circle: that is a fifth less to do.
            let [first, second, third, fourth, fifth, sixth] = DOCUMENTED;
            self.take(first, &mut cells, last, &mut row)?;
            self.take_next(second, &mut cells, last, &mut row)?;
            self.take_next(third, &mut cells, last, &mut row)?;
            self.take_next(fourth, &mut cells, last, &mut row)?;
            self.take_next(fifth, &mut cells, last, &mut row)?;
            self.take_next(sixth, &mut cells, last, &mut row)?;
        } else {
            let (first, others) = order.columns.split_first()?;
            self.take(*first, &mut cells, last, &mut row)?;
            for column in others {
                self.take_next(*column, &mut cells, last, &mut row)?;
            }
        }
        cells.line_end()?;
        let said = match row.figures {
            [Some(numerator), Some(denominator), None] => Digits::Ratio([numerator, denominator]),
            [None, None, Some(value)] => Digits::Value(value),
            _ => return None,
        };
        let (area, indicator) =
            (AreaId::new(last.names[AREA]), IndicatorId::new(last.names[INDICATOR]));
        Some((Observation::usual(area, indicator, row.who, said, line), cells.at))
    }

    /// Takes what separates two columns, and the second.
    #[expect(clippy::inline_always, reason = "what is taken is known where it is called from")]
    #[inline(always)]
    fn take_next(
        &self,
        column: Take,
        cells: &mut Cells<'_>,
        last: &mut Last,
        row: &mut Taken,
    ) -> Option<()> {
        cells.byte(cells.delimiter)?;
        self.take(column, cells, last, row)
    }

    /// Takes a column.
    #[expect(clippy::inline_always, reason = "what is taken is known where it is called from")]
    #[inline(always)]
    fn take(
        &self,
        column: Take,
        cells: &mut Cells<'_>,
        last: &mut Last,
        row: &mut Taken,
    ) -> Option<()> {
        match column {
            Take::Name(which) => cells.name(&self.names[which], &mut last.names[which])?,
            Take::Population => row.who = cells.who(&self.cohorts, &mut last.cohort)?,
            Take::Figure(which) => cells.figure(&mut row.figures[which])?,
            Take::Month => cells.text(self.month.as_bytes()).unwrap_or_default(),
            Take::Nothing => {}
        }
        Some(())
    }
}

/// What has been taken of a row, but for its names.
struct Taken {
    who: Population,
    figures: [Option<(i64, u8)>; 3],
}

/// A text whose cells are taken one after another.
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

    /// Takes a byte.
    #[inline]
    fn byte(&mut self, wanted: u8) -> Option<()> {
        (*self.text.get(self.at)? == wanted).then(|| self.at += 1)
    }

    /// Takes the start of a cell.
    #[inline]
    fn text(&mut self, wanted: &[u8]) -> Option<()> {
        let end = self.at + wanted.len();
        (self.text.get(self.at..end)? == wanted).then(|| self.at = end)
    }

    /// Takes a name.
    #[expect(clippy::inline_always, reason = "a call of it costs a twentieth of the reading")]
    #[inline(always)]
    fn name(&mut self, known: &Known<'_>, last: &mut usize) -> Option<()> {
        let is = |place: usize| known.names.get(place).is_some_and(|name| self.is(name.as_bytes()));
        if !is(*last) {
            *last = if is(*last + 1) { *last + 1 } else { self.look_up(known)? };
        }
        self.at += known.names[*last].len();
        Some(())
    }

    #[cold]
    fn look_up(self, known: &Known<'_>) -> Option<usize> {
        let end = (self.at..self.text.len())
            .find(|place| self.ends_at(*place))
            .unwrap_or(self.text.len());
        known.look_up(&self.text[self.at..end])
    }

    /// Takes whom a row is about.
    #[inline]
    fn who(&mut self, cohorts: &Known<'_>, last: &mut usize) -> Option<Population> {
        if self.ends_at(self.at) {
            return Some(Population::Everyone);
        }
        if self.is(b"all") {
            self.at += 3;
            return Some(Population::Everyone);
        }
        let (who, end) = self.cohort(cohorts, last)?;
        self.at = end;
        Some(who)
    }

    /// Takes a cohort, or everyone but one, and says where it ends.
    #[inline(never)]
    fn cohort(mut self, cohorts: &Known<'_>, last: &mut usize) -> Option<(Population, usize)> {
        if self.name(cohorts, last).is_some() {
            return Some((Population::Cohort(CohortId::new(*last)), self.at));
        }
        self.text(b"excluding-")?;
        self.name(cohorts, last)?;
        Some((Population::Excluding(CohortId::new(*last)), self.at))
    }

    /// Takes a figure, if there is one: its mantissa and its places. What comes after its digits is
    /// not looked at, but for a point.
    #[expect(clippy::inline_always, reason = "a call of it costs a twentieth of the reading")]
    #[inline(always)]
    fn figure(&mut self, figure: &mut Option<(i64, u8)>) -> Option<()> {
        let start = self.at;
        let mantissa = self.digits(0);
        let digits = self.at - start;
        // So many digits that they do not fit are no figure.
        if digits > MAX_DIGITS {
            return None;
        }
        if digits == 0 {
            return Some(());
        }
        if self.byte(b'.').is_none() {
            *figure = Some((mantissa, 0));
            return Some(());
        }
        let start = self.at;
        let mantissa = self.digits(mantissa);
        let places = self.at - start;
        // Between semicolons a point may stand between thousands.
        if places == 0 || digits + places > MAX_DIGITS || self.delimiter == b';' {
            return None;
        }
        *figure = Some((mantissa, u8::try_from(places).ok()?));
        Some(())
    }

    /// Takes digits, and puts them behind those that there are.
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

    /// Takes the end of a line, or is at that of the text.
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
    use crate::diagnostic::{Findings, Source};
    use crate::extract::{CommentaryPlan, Extract};
    use crate::input::Ledger;
    use proptest::prelude::*;
    use proptest::sample::{select, subsequence};

    const DEFINITIONS: &str = r#"
        scorecard = { title = "T", area = "Top" }
        cohort = [{ id = "uasc", name = "U" }, { id = "cin", name = "C" }]
        area = [
            { name = "Top" },
            { name = "Area 1", parent = "Top" },
            { name = "Area 10", parent = "Top" },
            { name = "A,B", parent = "Top" },
            { name = "A;B", parent = "Top" },
            { name = "\"Q\"", parent = "Top" },
            { name = "Old", parent = "Top", until = "2015-12" },
            { name = "Team", parent = "Top", kind = "team" },
        ]
        indicator = [
            { id = "1", section = "S", name = "I", polarity = "H", period = "SS", unit = "percent" },
            { id = "2", section = "S", name = "J", polarity = "H", period = "SS", unit = "number" },
            { id = "3", section = "S", name = "K", polarity = "H", period = "SS", unit = "percent", until = "2015-12" },
        ]
    "#;

    fn definition() -> Definition {
        let mut findings = Findings::default();
        let definition = Definition::parse(
            &Source::new("indicators.toml".into(), DEFINITIONS.to_owned()),
            &mut findings,
        );
        definition.unwrap_or_else(|| panic!("{findings:?}"))
    }

    fn january() -> Month {
        "2016-01".parse().expect("a month")
    }

    const USUAL: [Column; 6] = [
        Column::Indicator,
        Column::Area,
        Column::Cohort,
        Column::Numerator,
        Column::Denominator,
        Column::Value,
    ];

    #[test]
    fn a_usual_row_is_taken_whole_and_an_unusual_one_not_at_all() {
        let definition = definition();
        let usual = Usual::new(&definition, january());
        let order = Order::new(&USUAL, b',').expect("all of the columns");
        let mut last = Last::default();
        let mut length = |text: &str| {
            usual
                .rows(text.as_bytes(), 1, &order, &mut last, 1, &mut Rows::default())
                .map(|(bytes, _)| bytes)
        };
        for text in [
            "1,Top,all,5,10,",
            "1,Top,,,,12.5",
            "1,Area 1,uasc,0,1.50,",
            "2,Area 10,excluding-uasc,5,10,",
        ] {
            assert_eq!(length(text), Some(text.len()), "{text}");
            assert_eq!(length(&format!("{text}\r\n1,Top")), Some(text.len() + 2), "{text}");
        }
        for text in [
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
            "3,Top,all,5,10,",
        ] {
            assert_eq!(length(text), None, "{text}");
        }
    }

    fn cell(column: &'static str) -> impl Strategy<Value = &'static str> {
        let (usual, unusual): (&[_], &[_]) = match column {
            "indicator" => (&["1", "2"], &["3", "01", "1.0", " 2", "x", ""]),
            "area" => (
                &["Top", "Area 1", "Area 10"],
                &["A,B", "A;B", "\"Q\"", "Q", "Old", "Team", "top", "", "Top "],
            ),
            "cohort" => (
                &["all", "", "uasc", "excluding-uasc", "cin"],
                &["ALL", "UASC", "excluding-UASC", "excluding-", "al"],
            ),
            "month" => (&["", "2016-01"], &["2016-02", "Jan-16", "2016-01-31"]),
            "status" => (&[""], &["p", "q"]),
            "value" => (&["", "", "", "12", "12.50"], &["50%", "1.234", "-"]),
            _ => (
                &["0", "12", "144", "1.25", ""],
                &[
                    "007",
                    ".5",
                    "5.",
                    "1,234",
                    "1.234",
                    "123456789012345",
                    "1234567890123456",
                    "-3",
                    "[c]",
                ],
            ),
        };
        prop_oneof![9 => select(usual), 1 => select(unusual)]
    }

    /// The columns of a table in any order, and what is in them.
    fn table() -> impl Strategy<Value = (Vec<&'static str>, Vec<Vec<&'static str>>)> {
        let needed = ["indicator", "area", "cohort", "numerator", "denominator", "value"];
        let others = subsequence(vec!["month", "status", "remarks"], 0..=3);
        let columns = others.prop_map(move |others| [&needed[..], &others].concat()).prop_shuffle();
        let columns = prop_oneof![Just(needed.to_vec()), columns];
        columns.prop_flat_map(|columns| {
            let row: Vec<_> = columns.iter().map(|column| cell(column)).collect();
            (Just(columns), proptest::collection::vec(row, 0..20))
        })
    }

    /// What is read of a table that is written in this way.
    fn read(
        definition: &Definition,
        rows: &[Vec<&str>],
        writer: &csv::WriterBuilder,
    ) -> (Vec<String>, Vec<String>) {
        let folder = tempfile::tempdir().expect("a folder");
        let mut writer = writer.from_path(folder.path().join("results.csv")).expect("a file");
        for row in rows {
            writer.write_record(row).expect("a row");
        }
        writer.flush().expect("a file");
        let extract = Extract::read(
            definition,
            january(),
            folder.path(),
            &Ledger::default(),
            &CommentaryPlan::None,
            false,
        );
        let findings = &extract.findings;
        let rows = definition
            .area_ids()
            .flat_map(|area| definition.indicator_ids().map(move |indicator| (area, indicator)));
        let rows = rows
            .flat_map(|(area, indicator)| extract.results.of(area, indicator))
            .map(|row| format!("{row:?}"))
            .collect();
        let line = |finding: &crate::diagnostic::Finding| {
            finding.place.as_ref().and_then(|place| place.line)
        };
        (
            rows,
            findings
                .iter()
                .map(|finding| format!("{:?} {:?}: {}", line(finding), finding.code, finding.found))
                .collect(),
        )
    }

    proptest! {
        /// Quotation marks around every cell change nothing, but no row is a usual one then.
        #[test]
        fn usual_rows_say_what_the_long_way_reads((columns, rows) in table(), delimiter in select(&b",;\t|"[..]), end in select(&["\n", "\r\n"][..])) {
            let definition = definition();
            let rows: Vec<_> = std::iter::once(columns).chain(rows).collect();
            let mut writer = csv::WriterBuilder::new();
            writer.delimiter(delimiter);
            if end == "\r\n" {
                writer.terminator(csv::Terminator::CRLF);
            }
            let as_usual = read(&definition, &rows, &writer);
            let quoted = read(&definition, &rows, writer.quote_style(csv::QuoteStyle::Always));
            prop_assert_eq!(as_usual, quoted);
        }
    }
}
