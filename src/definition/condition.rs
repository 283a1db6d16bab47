//! Conditions of records: what has to stand in which columns of a row.

use toml::de::DeValue;

use crate::figure::Decimal;
use crate::month::Date;
use crate::text::quote;
use crate::toml_file::kinds::{ByName, TextAt, TextOrTexts, Wrong};
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
}

/// What has to stand in a cell.
#[derive(Clone, Debug)]
pub enum CellTest {
    /// One of these texts, in which `*` is any other.
    Is(Vec<String>),
    /// Anything but this.
    Not(String),
    /// Nothing.
    Blank,
    /// Anything.
    NotBlank,
    /// A number or a date that is so much.
    Compare(Comparison, Operand),
    /// A date within these months, up to the report month.
    Within(Span),
    /// A date of birth, of somebody so old.
    Aged {
        /// The youngest.
        from: u16,
        /// The oldest.
        to: u16,
        /// When; at the end of the month, where this says nothing.
        at: Option<At>,
    },
}

/// How something is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
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
pub enum Span {
    /// The month itself.
    Month,
    /// The financial year so far.
    YearToDate,
    /// Twelve months.
    Twelve,
}

/// A day on which somebody is so old.
#[derive(Clone, Debug)]
pub enum At {
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
            "this month" => return Ok(Self::Within(Span::Month)),
            "year to date" => return Ok(Self::Within(Span::YearToDate)),
            "last 12 months" => return Ok(Self::Within(Span::Twelve)),
            _ => {}
        }
        if let Some(other) = text.strip_prefix("<>") {
            return Ok(Self::Not(other.trim().to_owned()));
        }
        let comparisons = [
            (">=", Comparison::AtLeast),
            ("<=", Comparison::AtMost),
            (">", Comparison::Above),
            ("<", Comparison::Below),
        ];
        for (sign, comparison) in comparisons {
            if let Some(operand) = text.strip_prefix(sign) {
                return Ok(Self::Compare(comparison, Operand::parse(operand.trim())?));
            }
        }
        if let Some(aged) = lower.strip_prefix("aged ") {
            return Self::aged(aged, &text["aged ".len()..])
                .ok_or_else(|| format!("{} is no age", quote(text)));
        }
        Ok(Self::Is(vec![text.to_owned()]))
    }

    /// Reads `16 to 17`, `under 1`, `18 and over`, with `at 31 August` or `at [CLA start]` behind it.
    fn aged(lower: &str, text: &str) -> Option<Self> {
        let (age, at) = match lower.find(" at ") {
            Some(start) => (&lower[..start], Some(At::parse(text[start + 4..].trim())?)),
            None => (lower, None),
        };
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

impl At {
    fn parse(text: &str) -> Option<Self> {
        if let Some(column) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            return Some(Self::Column(column.trim().to_owned()));
        }
        let (day, month) = text.split_once(' ')?;
        let month = (1..=12).find(|number| {
            let name =
                crate::month::Month::new(2000, *number).map_or("", crate::month::Month::name);
            name.eq_ignore_ascii_case(month.trim())
        })?;
        Some(Self::Day(day.trim().parse().ok().filter(|day| (1..=31).contains(day))?, month))
    }
}

impl Conditions {
    /// The columns that they speak of.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flatten().flat_map(Clause::columns)
    }
}

impl Clause {
    fn columns(&self) -> Vec<&str> {
        match self {
            Self::Open(start, end) => vec![start, end],
            Self::Cell(column, test) => {
                let other = match test {
                    CellTest::Compare(_, Operand::Column(other))
                    | CellTest::Aged { at: Some(At::Column(other)), .. } => Some(other.as_str()),
                    _ => None,
                };
                std::iter::once(column.as_str()).chain(other).collect()
            }
        }
    }
}

/// Conditions as they are written: a table of columns, or a list of such tables.
pub(crate) struct ConditionsValue;

/// A table of columns with what stands there.
type Written = Vec<(Spanned<String>, Vec<Spanned<String>>)>;

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

/// Everything that has to hold by a table of columns.
fn clauses(
    reader: &mut TableReader<'_>,
    key: &'static Key,
    item: &TomlItem<'_>,
) -> Result<Vec<Clause>, Wrong> {
    let written: Written = ByName::<TextOrTexts>::read(reader, key, item)?;
    let clause = |(column, texts): &(Spanned<String>, Vec<Spanned<String>>)| {
        clause(&column.value, texts).map_err(Wrong::Value)
    };
    written.iter().map(clause).collect()
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
        assert!(test("aged under 1").contains("from: 0, to: 0, at: None"));
        assert!(test("aged 16 to 17").contains("from: 16, to: 17"));
        assert!(test("aged 5 to 15 at 31 August").contains("Day(31, 8)"));
        assert!(test("aged under 1 at [CLA start]").contains("Column(\"CLA start\")"));
        assert!(test("Yes").contains("Is([\"Yes\"])"));
        for wrong in [">= many", "aged old", "aged 5 to 3", "aged 5 at Christmas"] {
            assert!(CellTest::parse(wrong).is_err(), "{wrong}");
        }
    }
}
