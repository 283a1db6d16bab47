//! Conditions of records: what has to stand in which columns of a row.

use std::cmp::Ordering;
use std::fmt;

use toml::de::{DeTable, DeValue};

use crate::figure::Decimal;
use crate::month::{Date, Month};
use crate::text::quote;
use crate::toml_file::kinds::{TextAt, TextOrTexts, Wrong};
use crate::toml_file::{Key, KeyKind, Spanned, TableReader, Takes, TomlItem};

/// Rows for which all of a list holds, for any of these lists; a list without anything holds for
/// every row.
#[derive(Clone, Debug, Default)]
pub struct Conditions(pub Vec<Vec<Clause>>);

/// One thing that has to hold.
#[derive(Clone, Debug)]
pub enum Clause {
    /// What stands in a column.
    Cell(String, CellTest),
    /// Something that has started by the end of the month, and has not ended by it.
    Open(String, String),
    /// From one day to another it is so many days.
    Days(DaysTest),
}

/// How many days it may be from one day to another.
#[derive(Clone, Debug)]
pub struct DaysTest {
    /// The column of the first day, which is not counted.
    pub from: String,
    /// The column of the last day.
    pub to: String,
    /// Whether weekends and closed days are left out.
    pub is_working: bool,
    /// How the number of days is compared.
    pub inequality: Inequality,
    /// With what.
    pub number: Decimal,
}

/// What has to stand in a cell.
#[derive(Clone, Debug)]
pub enum CellTest {
    /// One of these texts, in which `*` is any other.
    Is(Vec<String>),
    /// Anything but this text, in which `*` is any other.
    Not(String),
    /// The same number, date or text.
    Equals(Operand),
    /// Another one.
    Differs(Operand),
    /// Nothing.
    Blank,
    /// Anything.
    NotBlank,
    /// A number or a date that is so much.
    Compare(Inequality, Operand),
    /// A date within these months, up to the report month.
    Within(MonthSpan),
    /// A date of birth, of somebody so old.
    Aged {
        /// The youngest.
        from: u16,
        /// The oldest.
        to: u16,
        /// When; at the end of the month, where this says nothing.
        at: Option<AgedOn>,
    },
}

/// How something is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inequality {
    /// `>=`
    AtLeast,
    /// `<=`
    AtMost,
    /// `>`
    Above,
    /// `<`
    Below,
}

/// What it is compared with.
#[derive(Clone, Debug)]
pub enum Operand {
    /// A number.
    Number(Decimal),
    /// A day.
    Day(Date),
    /// Another column of the row.
    Column(String),
    /// The last day of the month.
    MonthEnd,
    /// The first day of the financial year.
    YearStart,
}

/// Months up to the report month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MonthSpan {
    /// The month itself.
    Month,
    /// The financial year so far.
    YearToDate,
    /// Twelve months.
    Twelve,
}

/// A day on which somebody is so old.
#[derive(Clone, Debug)]
pub enum AgedOn {
    /// A day of the year, the last that there has been by the end of the month.
    Day(u8, u8),
    /// The day in a column.
    Column(String),
}

impl CellTest {
    /// Reads a text such as `>= 3`.
    fn parse(text: &str) -> Result<Self, String> {
        let lower = text.to_lowercase();
        match lower.as_str() {
            "blank" => return Ok(Self::Blank),
            "not blank" => return Ok(Self::NotBlank),
            "this month" => return Ok(Self::Within(MonthSpan::Month)),
            "year to date" => return Ok(Self::Within(MonthSpan::YearToDate)),
            "last 12 months" => return Ok(Self::Within(MonthSpan::Twelve)),
            _ => {}
        }
        if let Some(other) = text.strip_prefix("<>").map(str::trim) {
            let operand = Operand::parse(other).map(Self::Differs);
            return Ok(operand.unwrap_or_else(|_| Self::Not(other.to_owned())));
        }
        if let Some(other) = text.strip_prefix('=').map(str::trim) {
            let operand = Operand::parse(other).map(Self::Equals);
            return Ok(operand.unwrap_or_else(|_| Self::Is(vec![other.to_owned()])));
        }
        if let Some((inequality, operand)) = Inequality::split(text) {
            return Ok(Self::Compare(inequality, Operand::parse(operand)?));
        }
        if let Some(aged) = text.get(..5).filter(|start| start.eq_ignore_ascii_case("aged ")) {
            return Self::aged(&text[aged.len()..]).ok_or_else(|| {
                format!(
                    "{} is no age: write \"aged 16 to 17\", \"aged under 1\" or \"aged 18 and \
                        over\", with \"at 31 August\" or \"at [Column]\" behind it where it is not \
                        the age at the end of the month",
                    quote(text)
                )
            });
        }
        Ok(Self::Is(vec![text.to_owned()]))
    }

    /// Reads `16 to 17`, `under 1`, `18 and over`, with `at 31 August` or `at [CLA start]` behind it.
    fn aged(text: &str) -> Option<Self> {
        let (age, at) = match text.to_ascii_lowercase().find(" at ") {
            Some(start) => (&text[..start], Some(AgedOn::parse(text[start + 4..].trim())?)),
            None => (text, None),
        };
        let age = age.to_ascii_lowercase();
        let age = age.trim();
        let (from, to) = if let Some(age) = age.strip_prefix("under ") {
            (0, age.trim().parse::<u16>().ok()?.checked_sub(1)?)
        } else if let Some(age) = age.strip_suffix(" and over") {
            (age.trim().parse().ok()?, u16::MAX)
        } else {
            let (from, to) = age.split_once(" to ").unwrap_or((age, age));
            (from.trim().parse().ok()?, to.trim().parse().ok()?)
        };
        (from <= to).then_some(Self::Aged { from, to, at })
    }
}

impl Inequality {
    const SIGNS: [(&'static str, Self); 4] =
        [(">=", Self::AtLeast), ("<=", Self::AtMost), (">", Self::Above), ("<", Self::Below)];

    /// The inequality that a text begins with, and the rest of it.
    fn split(text: &str) -> Option<(Self, &str)> {
        let sign = |(sign, inequality)| Some((inequality, text.strip_prefix(sign)?.trim()));
        Self::SIGNS.into_iter().find_map(sign)
    }

    /// Whether it holds of what stands on its left, by the order of the two.
    #[must_use]
    pub fn holds(self, order: Ordering) -> bool {
        match self {
            Self::AtLeast => order.is_ge(),
            Self::AtMost => order.is_le(),
            Self::Above => order.is_gt(),
            Self::Below => order.is_lt(),
        }
    }
}

impl Operand {
    fn parse(text: &str) -> Result<Self, String> {
        let column = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        match (column, text.to_lowercase().as_str()) {
            (Some(column), _) => Ok(Self::Column(column.trim().to_owned())),
            (None, "month end") => Ok(Self::MonthEnd),
            (None, "year start") => Ok(Self::YearStart),
            _ => {
                let number = text.parse().map(Self::Number).ok();
                let day = || text.parse().map(Self::Day).ok();
                number.or_else(day).ok_or_else(|| {
                    format!(
                        "compares with {}, which is no number, date such as 2016-04-01, \
                        [column], month end or year start",
                        quote(text)
                    )
                })
            }
        }
    }
}

impl AgedOn {
    fn parse(text: &str) -> Option<Self> {
        if let Some(column) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            return Some(Self::Column(column.trim().to_owned()));
        }
        let (day, month) = text.split_once(' ')?;
        let month = (1..=12).find(|number| {
            let name = Month::new(2000, *number).map_or("", Month::name);
            name.eq_ignore_ascii_case(month.trim())
        })?;
        let most = Month::new(2000, month)?.days();
        Some(Self::Day(day.trim().parse().ok().filter(|day| (1..=most).contains(day))?, month))
    }
}

impl Conditions {
    /// The columns that they speak of.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flatten().flat_map(Clause::columns)
    }
}

impl Clause {
    /// The columns that it speaks of: one, or the two that are compared.
    #[must_use]
    pub fn columns(&self) -> Vec<&str> {
        match self {
            Self::Open(start, end) => vec![start, end],
            Self::Days(days) => vec![&days.from, &days.to],
            Self::Cell(column, test) => {
                let other = match test {
                    CellTest::Compare(_, Operand::Column(other))
                    | CellTest::Equals(Operand::Column(other))
                    | CellTest::Differs(Operand::Column(other))
                    | CellTest::Aged { at: Some(AgedOn::Column(other)), .. } => {
                        Some(other.as_str())
                    }
                    _ => None,
                };
                std::iter::once(column.as_str()).chain(other).collect()
            }
        }
    }
}

impl Conditions {
    /// Whether any of them asks for working days.
    #[must_use]
    pub fn ask_for_working_days(&self) -> bool {
        let is = |clause: &Clause| matches!(clause, Clause::Days(days) if days.is_working);
        self.0.iter().flatten().any(is)
    }

    /// Whether they hold for every row.
    #[must_use]
    pub fn is_every_row(&self) -> bool {
        self.0.iter().any(Vec::is_empty)
    }
}

impl fmt::Display for Conditions {
    /// `Placements last 12m >= 3 and UASC (Y/N) is Y`; in a list of tables with `or` between them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, clauses) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(", or ")?;
            }
            for (index, clause) in clauses.iter().enumerate() {
                if index > 0 {
                    f.write_str(" and ")?;
                }
                write!(f, "{clause}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cell(column, test) => write!(f, "{column} {test}"),
            Self::Open(start, end) => {
                write!(f, "{start} is by the month's end and {end} is not")
            }
            Self::Days(days) => {
                let what = if days.is_working { "working days" } else { "days" };
                let DaysTest { from, to, inequality, number, .. } = days;
                write!(f, "{what} from {from} to {to} {inequality} {number}")
            }
        }
    }
}

impl fmt::Display for CellTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Is(texts) => write!(f, "is {}", texts.join(" or ")),
            Self::Not(text) => write!(f, "is not {text}"),
            Self::Equals(other) => write!(f, "= {other}"),
            Self::Differs(other) => write!(f, "<> {other}"),
            Self::Blank => f.write_str("is blank"),
            Self::NotBlank => f.write_str("is not blank"),
            Self::Compare(inequality, other) => write!(f, "{inequality} {other}"),
            Self::Within(MonthSpan::Month) => f.write_str("is in the month"),
            Self::Within(MonthSpan::YearToDate) => f.write_str("is in the year to date"),
            Self::Within(MonthSpan::Twelve) => f.write_str("is in the last 12 months"),
            Self::Aged { from, to, at } => {
                match (*from, *to) {
                    (0, to) if to < u16::MAX => write!(f, "is of somebody under {}", to + 1)?,
                    (from, u16::MAX) => write!(f, "is of somebody aged {from} and over")?,
                    (from, to) if from == to => write!(f, "is of somebody aged {from}")?,
                    (from, to) => write!(f, "is of somebody aged {from} to {to}")?,
                }
                match at {
                    None => Ok(()),
                    Some(AgedOn::Day(day, month)) => {
                        let month = Month::new(2000, *month).map_or("", Month::name);
                        write!(f, " at {day} {month}")
                    }
                    Some(AgedOn::Column(column)) => write!(f, " at {column}"),
                }
            }
        }
    }
}

impl fmt::Display for Inequality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = Self::SIGNS.iter().find(|(_, inequality)| inequality == self);
        f.write_str(sign.map_or("", |(sign, _)| sign))
    }
}

impl fmt::Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Day(day) => day.fmt(f),
            Self::Column(column) => f.write_str(column),
            Self::MonthEnd => f.write_str("month end"),
            Self::YearStart => f.write_str("year start"),
        }
    }
}

/// Conditions as they are written: a table of columns, or a list of such tables.
pub(crate) struct ConditionsValue;

impl Takes for ConditionsValue {
    type Value = Conditions;
    const KIND: KeyKind = KeyKind::Conditions;

    fn read(
        reader: &mut TableReader<'_>,
        key: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<Conditions, Wrong> {
        let mut lists = Vec::new();
        match item.get_ref() {
            DeValue::Table(_) => lists.push(clauses(reader, key, item)?),
            DeValue::Array(tables) => {
                for table in tables {
                    lists.push(clauses(reader, key, table)?);
                }
            }
            _ => return Err(Wrong::Type),
        }
        Ok(Conditions(lists))
    }
}

/// Everything that has to hold by a table of columns. Days are asked for last, so that it can be
/// said of how many of the rows that are meant they are not known yet.
fn clauses(
    reader: &mut TableReader<'_>,
    key: &'static Key,
    item: &TomlItem<'_>,
) -> Result<Vec<Clause>, Wrong> {
    let DeValue::Table(table) = item.get_ref() else { return Err(Wrong::Type) };
    let mut clauses = Vec::with_capacity(table.len());
    for (column, item) in table {
        let clause = match (column.get_ref().as_ref(), item.get_ref()) {
            ("days", DeValue::Table(days)) => days_test(days).map(Clause::Days),
            (column, _) => match TextOrTexts::read(reader, key, item) {
                Ok(texts) => clause(column.trim(), &texts).map_err(Wrong::Value),
                Err(Wrong::Type) => Err(Wrong::Value(format!(
                    "asks of the column {} for something that is not in quotes: write a text such \
                        as \"Yes\" or \">= 3\"",
                    quote(column)
                ))),
                Err(wrong) => Err(wrong),
            },
        };
        match clause {
            Ok(clause) => clauses.push(clause),
            Err(wrong) => reader.refuse(key, item, &wrong),
        }
    }
    clauses.sort_by_key(|clause| !matches!(clause, Clause::Cell(..)));
    Ok(clauses)
}

fn clause(column: &str, texts: &[Spanned<String>]) -> Result<Clause, String> {
    let column = column.to_owned();
    match texts {
        [start, end] if column == "open" => {
            Ok(Clause::Open(start.value.clone(), end.value.clone()))
        }
        [one] => CellTest::parse(&one.value).map(|test| Clause::Cell(column, test)),
        several => {
            let texts = several.iter().map(|text| text.value.clone()).collect();
            Ok(Clause::Cell(column, CellTest::Is(texts)))
        }
    }
}

/// Reads `{ from = "Started", to = "Authorised", working = true, is = "<= 45" }`.
fn days_test(table: &DeTable<'_>) -> Result<DaysTest, Wrong> {
    let wrong = |why: &str| {
        Wrong::Value(format!(
            "{why}: write days = {{ from = \"Started\", to = \"Authorised\", working = true, is = \
                \"<= 45\" }}"
        ))
    };
    if let Some((name, _)) = table
        .iter()
        .find(|(name, _)| !["from", "to", "working", "is"].contains(&name.get_ref().as_ref()))
    {
        return Err(wrong(&format!(
            "has {} in `days`, which is no part of it",
            quote(name.get_ref())
        )));
    }
    let text = |name: &str| {
        let text = table.get(name).and_then(|value| value.get_ref().as_str()).map(str::trim);
        text.ok_or_else(|| wrong(&format!("has no text for `{name}` in `days`")))
    };
    let (from, to, is) = (text("from")?, text("to")?, text("is")?);
    let is_working = match table.get("working") {
        None => false,
        Some(working) => working.get_ref().as_bool().ok_or_else(|| {
            wrong("has something else than true or false for `working` in `days`")
        })?,
    };
    let compared = Inequality::split(is).and_then(|(sign, days)| Some((sign, days.parse().ok()?)));
    let Some((inequality, number)) = compared else {
        return Err(wrong(&format!("compares days with {}", quote(is))));
    };
    Ok(DaysTest { from: from.to_owned(), to: to.to_owned(), is_working, inequality, number })
}

/// What is counted: rows for which conditions hold, or the sum of a column in them.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// The column that is added up; rows are counted, where this is none.
    pub sum: Option<String>,
    /// Which rows.
    pub rows: Conditions,
}

impl Counted {
    /// The columns that it speaks of.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.sum.as_deref().into_iter().chain(self.rows.columns())
    }
}

/// What is counted, as it is written: conditions, or `{ sum = "Days", where = {...} }`.
pub(crate) struct CountedValue;

impl Takes for CountedValue {
    type Value = Counted;
    const KIND: KeyKind = KeyKind::Conditions;

    fn read(
        reader: &mut TableReader<'_>,
        key: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<Counted, Wrong> {
        let sum = match item.get_ref() {
            DeValue::Table(table) => table.get("sum").map(|sum| (table, sum)),
            _ => None,
        };
        let Some((table, sum)) = sum else {
            return Ok(Counted { sum: None, rows: ConditionsValue::read(reader, key, item)? });
        };
        if let Some((name, _)) =
            table.iter().find(|(name, _)| !["sum", "where"].contains(&name.get_ref().as_ref()))
        {
            return Err(Wrong::Value(format!(
                "has {} beside `sum`: write {{ sum = \"Days\", where = {{ Status = \"Open\" }} }}",
                quote(name.get_ref())
            )));
        }
        let rows = match table.get("where") {
            Some(rows) => ConditionsValue::read(reader, key, rows)?,
            None => Conditions(vec![Vec::new()]),
        };
        Ok(Counted { sum: Some(TextAt::read(reader, key, sum)?.value), rows })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read_as_they_are_said() {
        let test = |text: &str| format!("{:?}", CellTest::parse(text));
        assert!(test(">= 3").contains("AtLeast, Number"));
        assert!(test("<= [Visit due]").contains("AtMost, Column(\"Visit due\")"));
        assert!(test("> 2016-04-01").contains("Above, Day"));
        assert!(test("<= month end").contains("MonthEnd"));
        assert!(test("<> Y").contains("Not(\"Y\")"));
        assert!(test("<> [Born]").contains("Differs(Column(\"Born\"))"));
        assert!(test("= 3").contains("Equals(Number"));
        assert!(test("=Yes").contains("Is([\"Yes\"])"));
        assert!(test("aged under 1").contains("from: 0, to: 0, at: None"));
        assert!(test("aged 16 to 17").contains("from: 16, to: 17"));
        assert!(test("aged 5 to 15 at 31 August").contains("Day(31, 8)"));
        assert!(test("aged under 1 at [CLA start]").contains("Column(\"CLA start\")"));
        assert!(test("Yes").contains("Is([\"Yes\"])"));
        for wrong in
            [">= many", "aged old", "aged 5 to 3", "aged 5 at Christmas", "aged 5 at 31 June", "< "]
        {
            assert!(CellTest::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn conditions_are_said_as_people_say_them() {
        for (text, said) in [
            (">=3", ">= 3"),
            ("Y", "is Y"),
            ("<> Y", "is not Y"),
            ("<= [Visit due]", "<= Visit due"),
            ("this month", "is in the month"),
            ("aged under 1", "is of somebody under 1"),
            ("Aged 5 to 15 at 31 August", "is of somebody aged 5 to 15 at 31 August"),
        ] {
            assert_eq!(CellTest::parse(text).map(|test| test.to_string()).as_deref(), Ok(said));
        }
    }
}
