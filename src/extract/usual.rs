//! The rows that nearly all of a large extract are: names exactly as the definitions have them, and figures in digits.
//!
//! Such a row says what it says without being taken apart into cells first, at a third of the cost. Whatever is unusual
//! about one, its cells go the way that any row can take, which would have read the same in this one.

use std::collections::HashMap;

use super::punctuation::trim;
use super::results::{Column, Who};
use crate::definition::{AreaId, AreaKind, CohortId, Definition, IndicatorId};
use crate::figure::MAX_DIGITS;
use crate::month::Month;

/// What a usual row says.
#[derive(Clone, Copy, Debug)]
pub(super) struct UsualRow {
    pub(super) area: AreaId,
    pub(super) indicator: IndicatorId,
    pub(super) who: Who,
    pub(super) said: Digits,
    /// The bytes that it takes, with the end of its line.
    pub(super) bytes: usize,
}

/// The figures of a usual row: mantissas, and how many of their digits are behind the point.
#[derive(Clone, Copy, Debug)]
pub(super) enum Digits {
    Ratio([(i64, u8); 2]),
    Value((i64, u8)),
}

/// Reads the usual rows of a month.
pub(super) struct Usual<'d> {
    areas: Known<'d>,
    indicators: Known<'d>,
    cohorts: Known<'d>,
    month: String,
}

/// What the row before was about, by its places in the definitions: rows come in runs and in the order of the definitions,
/// mostly, so that what a row names is often the same again, or the next.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Last {
    area: usize,
    indicator: usize,
    cohort: usize,
}

/// The columns of a table that has no others, in the order of its cells, and what stands between those.
pub(super) struct Order {
    pub(super) columns: Vec<Column>,
    pub(super) delimiter: u8,
}

/// The names of the definitions that can stand in a usual row.
struct Known<'d> {
    /// By their place in the definitions; blank, where one cannot.
    names: Vec<&'d str>,
    places: HashMap<&'d str, usize>,
}

impl<'d> Known<'d> {
    fn new(names: impl Iterator<Item = (&'d str, bool)>) -> Self {
        // What it would take quotation marks to write, or reads as something else without them.
        let is_plain = |name: &str| trim(name) == name && !name.contains([',', ';', '\t', '"', '\n', '\r']);
        let names: Vec<_> = names.map(|(name, is_usual)| if is_usual && is_plain(name) { name } else { "" }).collect();
        let places = names.iter().enumerate().filter(|(_, name)| !name.is_empty()).map(|(place, name)| (*name, place)).collect();
        Self { names, places }
    }

    /// Takes the one that a text starts with off it: which it is, and the rest.
    #[inline]
    fn take<'t>(&self, text: &'t [u8], delimiter: u8, last: &mut usize) -> Option<(usize, &'t [u8])> {
        for place in [*last, *last + 1] {
            let name = self.names.get(place).map_or(&b""[..], |name| name.as_bytes());
            if let Some((cell, rest)) = text.split_at_checked(name.len())
                && rest.first().is_none_or(|end| is_end(*end, delimiter))
                && !name.is_empty()
                && cell == name
            {
                *last = place;
                return Some((place, rest));
            }
        }
        self.look_up(text, delimiter, last)
    }

    #[cold]
    fn look_up<'t>(&self, text: &'t [u8], delimiter: u8, last: &mut usize) -> Option<(usize, &'t [u8])> {
        let length = text.iter().position(|byte| is_end(*byte, delimiter)).unwrap_or(text.len());
        let (cell, rest) = text.split_at(length);
        *last = *self.places.get(std::str::from_utf8(cell).ok()?)?;
        Some((*last, rest))
    }
}

/// Whether a cell ends at this byte.
#[inline]
fn is_end(byte: u8, delimiter: u8) -> bool {
    byte == delimiter || byte == b'\n' || byte == b'\r'
}

impl<'d> Usual<'d> {
    pub(super) fn new(definition: &'d Definition, month: Month) -> Self {
        let areas = definition.areas.iter();
        let indicators = definition.indicators.iter();
        Self {
            areas: Known::new(areas.map(|area| (area.name.as_str(), area.kind == AreaKind::Area && area.in_force.covers(month)))),
            indicators: Known::new(indicators.map(|indicator| (indicator.id.as_str(), indicator.in_force.covers(month)))),
            cohorts: Known::new(definition.cohorts.iter().map(|cohort| (cohort.id.as_str(), true))),
            month: month.to_string(),
        }
    }

    /// Reads the row that a text starts with, if it is a usual one.
    pub(super) fn row(&self, text: &[u8], order: &Order, last: &mut Last) -> Option<UsualRow> {
        let delimiter = order.delimiter;
        // Names that have another delimiter in them could be two cells.
        if !matches!(delimiter, b',' | b';' | b'\t') {
            return None;
        }
        let (mut area, mut indicator, mut who) = (None, None, Who::All);
        let [mut numerator, mut denominator, mut value] = [NO_FIGURE; 3];
        let mut rest = text;
        let mut is_first = true;
        for column in &order.columns {
            if !is_first {
                rest = rest.strip_prefix(&[delimiter])?;
            }
            is_first = false;
            match column {
                Column::Area => {
                    let (place, after) = self.areas.take(rest, delimiter, &mut last.area)?;
                    (area, rest) = (Some(AreaId::new(place)), after);
                }
                Column::Indicator => {
                    let (place, after) = self.indicators.take(rest, delimiter, &mut last.indicator)?;
                    (indicator, rest) = (Some(IndicatorId::new(place)), after);
                }
                Column::Cohort => (who, rest) = self.who(rest, delimiter, &mut last.cohort)?,
                Column::Numerator => (numerator, rest) = figure(rest, delimiter)?,
                Column::Denominator => (denominator, rest) = figure(rest, delimiter)?,
                Column::Value => (value, rest) = figure(rest, delimiter)?,
                Column::Month => rest = rest.strip_prefix(self.month.as_bytes()).unwrap_or(rest),
                // Nothing may stand here, or it is not usual.
                Column::Status => {}
            }
        }
        rest = match rest {
            [] => rest,
            [b'\r', b'\n', next @ ..] | [b'\r' | b'\n', next @ ..] => next,
            _ => return None,
        };
        let said = match (numerator.is_there, denominator.is_there, value.is_there) {
            (true, true, false) => Digits::Ratio([(numerator.mantissa, numerator.places), (denominator.mantissa, denominator.places)]),
            (false, false, true) => Digits::Value((value.mantissa, value.places)),
            _ => return None,
        };
        Some(UsualRow { area: area?, indicator: indicator?, who, said, bytes: text.len() - rest.len() })
    }

    /// Takes whom a row is about off a text.
    #[inline]
    fn who<'t>(&self, text: &'t [u8], delimiter: u8, last: &mut usize) -> Option<(Who, &'t [u8])> {
        match text {
            [b'a', b'l', b'l', rest @ ..] if rest.first().is_some_and(|end| is_end(*end, delimiter)) => return Some((Who::All, rest)),
            [end, ..] if is_end(*end, delimiter) => return Some((Who::All, text)),
            _ => {}
        }
        if let Some((cohort, rest)) = self.cohorts.take(text, delimiter, last) {
            return Some((Who::Cohort(CohortId::new(cohort)), rest));
        }
        let (cohort, rest) = self.cohorts.take(text.strip_prefix(b"excluding-")?, delimiter, last)?;
        Some((Who::Excluding(CohortId::new(cohort)), rest))
    }
}

/// The figure of a cell, if there is one.
#[derive(Clone, Copy)]
struct Figure {
    mantissa: i64,
    places: u8,
    is_there: bool,
}

const NO_FIGURE: Figure = Figure { mantissa: 0, places: 0, is_there: false };

/// Takes a figure off a text, or that there is none. What comes after its digits is not looked at, but for a point.
#[inline]
fn figure(text: &[u8], delimiter: u8) -> Option<(Figure, &[u8])> {
    let (mut mantissa, mut digits) = (0i64, 0);
    for byte in text {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        // So many digits that it does not fit are no figure.
        mantissa = mantissa.wrapping_mul(10).wrapping_add(i64::from(digit));
        digits += 1;
    }
    let rest = &text[digits..];
    if digits > MAX_DIGITS {
        return None;
    }
    if digits > 0 && rest.first() == Some(&b'.') {
        return figure_with_places(mantissa, digits, &rest[1..], delimiter);
    }
    Some((Figure { mantissa, places: 0, is_there: digits > 0 }, rest))
}

/// Takes what is behind its point.
fn figure_with_places(whole: i64, digits: usize, text: &[u8], delimiter: u8) -> Option<(Figure, &[u8])> {
    let places = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    // Between semicolons a point may stand between thousands.
    if places == 0 || digits + places > MAX_DIGITS || delimiter == b';' {
        return None;
    }
    let (fraction, rest) = text.split_at(places);
    let mantissa = fraction.iter().fold(whole, |mantissa, digit| mantissa * 10 + i64::from(digit - b'0'));
    Some((Figure { mantissa, places: u8::try_from(places).ok()?, is_there: true }, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Findings, Source};
    use crate::extract::Extract;
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
        let definition = Definition::parse(&Source::new("indicators.toml".into(), DEFINITIONS.to_owned()), &mut findings);
        definition.unwrap_or_else(|| panic!("{findings:?}"))
    }

    fn january() -> Month {
        "2016-01".parse().expect("a month")
    }

    const USUAL: [Column; 6] = [Column::Indicator, Column::Area, Column::Cohort, Column::Numerator, Column::Denominator, Column::Value];

    #[test]
    fn a_usual_row_is_taken_whole_and_an_unusual_one_not_at_all() {
        let definition = definition();
        let usual = Usual::new(&definition, january());
        let order = Order { columns: USUAL.to_vec(), delimiter: b',' };
        let mut last = Last::default();
        let mut length = |text: &str| usual.row(text.as_bytes(), &order, &mut last).map(|row| row.bytes);
        for text in ["1,Top,all,5,10,", "1,Top,,,,12.5", "1,Area 1,uasc,0,1.50,", "2,Area 10,excluding-uasc,5,10,"] {
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
            "area" => (&["Top", "Area 1", "Area 10"], &["A,B", "A;B", "\"Q\"", "Q", "Old", "Team", "top", "", "Top "]),
            "cohort" => (&["all", "", "uasc", "excluding-uasc", "cin"], &["ALL", "UASC", "excluding-UASC", "excluding-", "al"]),
            "month" => (&["", "2016-01"], &["2016-02", "Jan-16", "2016-01-31"]),
            "status" => (&[""], &["p", "q"]),
            "value" => (&["", "", "", "12", "12.50"], &["50%", "1.234", "-"]),
            _ => (
                &["0", "12", "144", "1.25", ""],
                &["007", ".5", "5.", "1,234", "1.234", "123456789012345", "1234567890123456", "-3", "[c]"],
            ),
        };
        prop_oneof![9 => select(usual), 1 => select(unusual)]
    }

    /// The columns of a table in any order, and what is in them.
    fn table() -> impl Strategy<Value = (Vec<&'static str>, Vec<Vec<&'static str>>)> {
        let needed = ["indicator", "area", "cohort", "numerator", "denominator", "value"];
        let others = subsequence(vec!["month", "status", "remarks"], 0..=3);
        let columns = others.prop_map(move |others| [&needed[..], &others].concat()).prop_shuffle();
        columns.prop_flat_map(|columns| {
            let row: Vec<_> = columns.iter().map(|column| cell(column)).collect();
            (Just(columns), proptest::collection::vec(row, 0..20))
        })
    }

    /// What is read of a table that is written in this way.
    fn read(definition: &Definition, rows: &[Vec<&str>], writer: &csv::WriterBuilder) -> (Vec<String>, Vec<String>) {
        let folder = tempfile::tempdir().expect("a folder");
        let mut writer = writer.from_path(folder.path().join("results.csv")).expect("a file");
        for row in rows {
            writer.write_record(row).expect("a row");
        }
        writer.flush().expect("a file");
        let mut findings = Findings::default();
        let extract = Extract::read(definition, january(), folder.path(), &Ledger::default(), &mut findings);
        let rows = definition.area_ids().flat_map(|area| definition.indicator_ids().map(move |indicator| (area, indicator)));
        let rows = rows.flat_map(|(area, indicator)| extract.results.of(area, indicator)).map(|row| format!("{row:?}")).collect();
        let line = |finding: &crate::diagnostic::Finding| finding.place.as_ref().and_then(|place| place.line);
        (rows, findings.iter().map(|finding| format!("{:?} {:?}: {}", line(finding), finding.code, finding.found)).collect())
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
