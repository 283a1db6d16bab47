//! Whether conditions hold for a row of a table.
//!
//! What is asked of each of 100,000 rows is prepared once: in which cells the columns stand, and
//! what texts are compared with.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::cell::CellValue;
use super::closed_days::ClosedDays;
use super::dates;
use crate::definition::{AgedOn, CellTest, Clause, Conditions, DaysTest, MonthSpan, Operand};
use crate::figure::Decimal;
use crate::month::{Date, Month};
use crate::source::pattern::TextPattern;

/// Conditions of which it is known where in a row their columns stand.
pub(super) struct TableConditions<'d>(Vec<Vec<TableClause<'d>>>);

struct TableClause<'d> {
    clause: &'d Clause,
    /// Where its columns stand: one, or the two that are compared.
    at: [usize; 2],
    /// What a text is compared with.
    texts: Vec<TextPattern>,
}

impl<'d> TableConditions<'d> {
    pub(super) fn new(conditions: &'d Conditions, positions: &HashMap<String, usize>) -> Self {
        let clause = |clause: &'d Clause| {
            let mut at = [usize::MAX; 2];
            for (place, column) in at.iter_mut().zip(clause.columns()) {
                *place = positions.get(column).copied().unwrap_or(usize::MAX);
            }
            let texts = match clause {
                Clause::Cell(_, CellTest::Is(texts)) => texts.as_slice(),
                Clause::Cell(_, CellTest::Not(text)) => std::slice::from_ref(text),
                _ => &[],
            };
            let texts = texts.iter().map(|text| TextPattern::new(text)).collect();
            TableClause { clause, at, texts }
        };
        let list = |list: &'d Vec<Clause>| list.iter().map(clause).collect();
        Self(conditions.0.iter().map(list).collect())
    }

    /// Whether they ask for texts alone, so that their answer is the same in every month.
    pub(super) fn ask_for_texts(&self) -> bool {
        let is_of_text = |clause: &TableClause<'_>| {
            matches!(
                clause.clause,
                Clause::Cell(
                    _,
                    CellTest::Is(_) | CellTest::Not(_) | CellTest::Blank | CellTest::NotBlank
                )
            )
        };
        self.0.iter().flatten().all(is_of_text)
    }

    /// Whether they hold for no row at all.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether they hold for the row with these cells; `doubts` gets what it cannot be said of.
    pub(super) fn hold<'r>(
        &self,
        days: &ConditionDays<'_>,
        cell: &dyn Fn(usize) -> &'r str,
        doubts: &mut Vec<Doubt<'d>>,
    ) -> bool {
        self.0.iter().any(|list| list.iter().all(|clause| clause.holds(days, cell, doubts)))
    }
}

/// Why it cannot be said whether a condition holds for a row, so that it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Doubt<'d> {
    /// What stands in a column cannot be read.
    Unread(&'d str, Asked),
    /// Nothing stands in a column of days.
    NoDay(&'d str),
    /// The second day is before the first.
    Reversed(&'d str, &'d str),
    /// Nothing stands in the column of the person, where each counts once.
    NoPerson(&'d str),
}

impl<'d> Doubt<'d> {
    /// The column that it is about.
    pub(super) fn column(self) -> &'d str {
        match self {
            Self::Unread(column, _)
            | Self::NoDay(column)
            | Self::Reversed(column, _)
            | Self::NoPerson(column) => column,
        }
    }
}

/// What a condition asks for in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Asked {
    Number,
    Date,
    Either,
}

impl Asked {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Date => "date",
            Self::Either => "number or date",
        }
    }
}

/// The days that conditions speak of.
#[derive(Clone, Copy)]
pub(super) struct ConditionDays<'c> {
    month: Month,
    end: Date,
    year_start: Month,
    is_american: bool,
    closed: &'c ClosedDays,
}

impl<'c> ConditionDays<'c> {
    pub(super) fn new(
        month: Month,
        year_start: Month,
        is_american: bool,
        closed: &'c ClosedDays,
    ) -> Self {
        Self { month, end: Date::last_of(month), year_start, is_american, closed }
    }

    /// The day that a text means.
    pub(super) fn date(&self, text: &str) -> Option<Date> {
        dates::date(text, self.is_american)
    }
}

/// The number that a text is.
pub(super) fn number(text: &str) -> Option<Decimal> {
    match CellValue::read(text) {
        Ok(CellValue::Number { number, percent: false, .. }) => Some(number.into()),
        _ => None,
    }
}

/// A row as a clause looks at it.
struct Row<'r, 'd> {
    days: &'r ConditionDays<'r>,
    doubts: &'r mut Vec<Doubt<'d>>,
}

impl<'d> Row<'_, 'd> {
    fn date(&mut self, column: &'d str, text: &str) -> Option<Date> {
        let date = self.days.date(text);
        if date.is_none() {
            self.doubts.push(Doubt::Unread(column, Asked::Date));
        }
        date
    }

    fn number(&mut self, column: &'d str, text: &str) -> Option<Decimal> {
        let number = number(text);
        if number.is_none() {
            self.doubts.push(Doubt::Unread(column, Asked::Number));
        }
        number
    }
}

impl<'d> TableClause<'d> {
    fn holds<'r>(
        &self,
        days: &ConditionDays<'_>,
        cell: &dyn Fn(usize) -> &'r str,
        doubts: &mut Vec<Doubt<'d>>,
    ) -> bool {
        let [text, other] = self.at.map(cell);
        let row = &mut Row { days, doubts };
        match self.clause {
            Clause::Cell(column, test) => self.cell_holds(row, (column, text), test, other),
            Clause::Open(start, end) => is_open(row, (start, text), (end, other)),
            Clause::Days(test) => days_hold(row, test, text, other),
        }
    }

    fn cell_holds(
        &self,
        row: &mut Row<'_, 'd>,
        (column, text): (&'d str, &str),
        test: &'d CellTest,
        other: &str,
    ) -> bool {
        match test {
            CellTest::Is(_) => self.texts.iter().any(|wanted| wanted.is(text)),
            CellTest::Not(_) => !self.texts.iter().any(|other| other.is(text)),
            CellTest::Blank => text.is_empty(),
            CellTest::NotBlank => !text.is_empty(),
            CellTest::Equals(operand) => is_equal(row.days, text, operand, other),
            CellTest::Differs(operand) => !is_equal(row.days, text, operand, other),
            _ if text.is_empty() => false,
            CellTest::Compare(inequality, operand) => {
                let order = order(row, (column, text), operand, other);
                order.is_some_and(|order| inequality.holds(order))
            }
            CellTest::Within(span) => {
                let start = match span {
                    MonthSpan::Month => row.days.month,
                    MonthSpan::YearToDate => row.days.year_start,
                    MonthSpan::Twelve => row.days.month.before(11),
                };
                let day = row.date(column, text);
                day.is_some_and(|day| first(start) <= day && day <= row.days.end)
            }
            CellTest::Aged { from, to, at } => {
                let born = row.date(column, text);
                let on = match at {
                    None => Some(row.days.end),
                    Some(AgedOn::Day(day, month)) => Some(last_such(*day, *month, row.days.end)),
                    Some(AgedOn::Column(_)) if other.is_empty() => None,
                    Some(AgedOn::Column(column)) => row.date(column, other),
                };
                let both = born.zip(on);
                both.is_some_and(|(born, on)| born <= on && (*from..=*to).contains(&age(born, on)))
            }
        }
    }
}

/// How a number or a date compares with what it is compared with; nothing, where that cannot be
/// said.
fn order<'d>(
    row: &mut Row<'_, 'd>,
    (column, text): (&'d str, &str),
    operand: &'d Operand,
    other: &str,
) -> Option<Ordering> {
    match operand {
        Operand::Number(other) => row.number(column, text).map(|number| number.cmp(other)),
        Operand::Day(other) => row.date(column, text).map(|day| day.cmp(other)),
        Operand::MonthEnd => row.date(column, text).map(|day| day.cmp(&row.days.end)),
        Operand::YearStart => {
            row.date(column, text).map(|day| day.cmp(&first(row.days.year_start)))
        }
        Operand::Column(_) if other.is_empty() => None,
        Operand::Column(other_column) => {
            let read = |text| (row.days.date(text), number(text));
            let found = match (read(text), read(other)) {
                ((Some(day), _), (Some(other), _)) => return Some(day.cmp(&other)),
                ((_, Some(number)), (_, Some(other))) => return Some(number.cmp(&other)),
                // The one that cannot be read, or is no date where the other is one.
                ((None, None), _) => Doubt::Unread(column, Asked::Either),
                ((Some(_), _), _) => Doubt::Unread(other_column, Asked::Date),
                ((None, Some(_)), _) => Doubt::Unread(other_column, Asked::Number),
            };
            row.doubts.push(found);
            None
        }
    }
}

/// Whether a cell says the same as a number, a date or another cell, however both are written.
fn is_equal(days: &ConditionDays<'_>, text: &str, operand: &Operand, other: &str) -> bool {
    match operand {
        Operand::Number(other) => number(text).is_some_and(|number| number == *other),
        Operand::Day(other) => days.date(text) == Some(*other),
        Operand::MonthEnd => days.date(text) == Some(days.end),
        Operand::YearStart => days.date(text) == Some(first(days.year_start)),
        Operand::Column(_) => {
            let both = |one: Option<Date>, other: Option<Date>| one.is_some() && one == other;
            crate::text::name_key(text) == crate::text::name_key(other)
                || both(days.date(text), days.date(other))
                || number(text).is_some_and(|one| number(other) == Some(one))
        }
    }
}

/// Whether something has started by the end of the month and has not ended by it.
fn is_open<'d>(
    row: &mut Row<'_, 'd>,
    (start, started): (&'d str, &str),
    (end, ended): (&'d str, &str),
) -> bool {
    if started.is_empty() {
        return false;
    }
    let last = row.days.end;
    let has_started = row.date(start, started).is_some_and(|day| day <= last);
    has_started && (ended.is_empty() || row.date(end, ended).is_some_and(|day| day > last))
}

/// Whether it is so many days from one day to another.
fn days_hold<'d>(row: &mut Row<'_, 'd>, test: &'d DaysTest, from: &str, to: &str) -> bool {
    for (column, text) in [(&test.from, from), (&test.to, to)] {
        if text.is_empty() {
            row.doubts.push(Doubt::NoDay(column));
            return false;
        }
    }
    let (from, to) = (row.date(&test.from, from), row.date(&test.to, to));
    let Some((from, to)) = from.zip(to) else { return false };
    if to < from {
        row.doubts.push(Doubt::Reversed(&test.from, &test.to));
        return false;
    }
    let days = if test.is_working {
        row.days.closed.working_days(from, to)
    } else {
        to.number() - from.number()
    };
    test.inequality.holds(Decimal::new(i64::from(days), 0).cmp(&test.number))
}

fn first(month: Month) -> Date {
    Date { day: 1, ..Date::last_of(month) }
}

/// The last such day of a year that has been by a day.
fn last_such(day: u8, month: u8, by: Date) -> Date {
    let this_year = Date { year: by.year, month, day };
    if this_year <= by { this_year } else { Date { year: by.year - 1, ..this_year } }
}

/// How many years old somebody is on a day.
fn age(born: Date, on: Date) -> u16 {
    let had_birthday = (on.month, on.day) >= (born.month, born.day);
    on.year.saturating_sub(born.year).saturating_sub(u16::from(!had_birthday))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().expect("a day")
    }

    #[test]
    fn ages_change_on_birthdays() {
        for (born, on, years) in [
            ("2010-04-30", "2026-04-30", 16),
            ("2010-05-01", "2026-04-30", 15),
            ("2025-05-01", "2026-04-30", 0),
            ("2008-02-29", "2026-02-28", 17),
            ("2008-02-29", "2026-03-01", 18),
        ] {
            assert_eq!(age(date(born), date(on)), years, "{born} {on}");
        }
        assert_eq!(last_such(31, 8, date("2026-04-30")), date("2025-08-31"));
        assert_eq!(last_such(31, 3, date("2026-04-30")), date("2026-03-31"));
    }
}
