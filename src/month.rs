//! Months, financial years, and the names that papers give them.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

const NAMES: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Whether a word is the name of a month, in full or as [`Month::short`] has it.
#[must_use]
pub fn is_name(word: &str) -> bool {
    NAMES.iter().any(|name| *name == word || (word.len() == 3 && name.starts_with(word)))
}

/// The number of a month, 1 to 12, by its name or the first three letters or more of it, in any case.
#[must_use]
pub fn number_of_name(word: &str) -> Option<u8> {
    let is = |name: &str| {
        word.len() >= 3
            && name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    (1..=12).zip(NAMES).find(|(_, name)| is(name)).map(|(number, _)| number)
}

/// The digits of a day of a month as people write it: `24` of `24th`. `None` if it is no such day.
#[must_use]
pub fn day_of_ordinal(word: &str) -> Option<&str> {
    let (day, ending) = word.split_at_checked(word.len().checked_sub(2)?)?;
    let is_day = matches!(day.len(), 1 | 2) && day.bytes().all(|byte| byte.is_ascii_digit());
    let is_ordinal =
        ["st", "nd", "rd", "th"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    (is_day && is_ordinal).then_some(day)
}

/// A calendar month, such as January 2016. A period is named by its last month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32); // months since January of year 0

impl Month {
    /// January of the year 0, before any other.
    pub const FIRST: Self = Self(0);

    /// The month `number` (1 to 12) of `year`.
    #[must_use]
    pub fn new(year: u16, number: u8) -> Option<Self> {
        (1..=12).contains(&number).then(|| Self(i32::from(year) * 12 + i32::from(number) - 1))
    }

    /// The calendar year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// 1 for January to 12 for December.
    #[must_use]
    pub fn number(self) -> u8 {
        u8::try_from(self.0.rem_euclid(12) + 1).expect("1 to 12")
    }

    /// The month `count` months earlier.
    #[must_use]
    pub fn before(self, count: u16) -> Self {
        Self(self.0 - i32::from(count))
    }

    /// The month `count` months later.
    #[must_use]
    pub fn after(self, count: u16) -> Self {
        Self(self.0 + i32::from(count))
    }

    /// How many months after another month it is.
    #[must_use]
    pub fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// How many days it has.
    #[must_use]
    pub fn days(self) -> u8 {
        let year = self.year();
        match self.number() {
            4 | 6 | 9 | 11 => 30,
            2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            2 => 28,
            _ => 31,
        }
    }

    /// `January`.
    #[must_use]
    pub fn name(self) -> &'static str {
        NAMES[usize::from(self.number() - 1)]
    }

    /// `January 2016`.
    #[must_use]
    pub fn long(self) -> String {
        format!("{} {}", self.name(), self.year())
    }

    /// `Jan 2016`, `March 2015`: the form in headings and data notes. Names of up to five letters
    /// are not abbreviated, and the year has four digits, so that it is not mistaken for a day.
    #[must_use]
    pub fn short(self) -> String {
        let name = self.name();
        let name = if name.len() <= 5 { name } else { &name[..3] };
        format!("{name} {}", self.year())
    }
}

impl fmt::Display for Month {
    /// `2016-01`, the name of the month's folder.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

/// Serialises a type as its text form.
macro_rules! as_text {
    ($type:ty) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = Cow::<str>::deserialize(deserializer)?;
                text.parse().map_err(|wrong| D::Error::custom(format!("{text:?}: {wrong}")))
            }
        }
    };
}

as_text!(Month);
as_text!(Date);

/// A text that is not a month written `YYYY-MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAMonth;

impl fmt::Display for NotAMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a month is written YYYY-MM, such as 2016-01")
    }
}

impl std::error::Error for NotAMonth {}

impl FromStr for Month {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let bytes = text.as_bytes();
        if bytes.len() != 7
            || bytes[4] != b'-'
            || !bytes.iter().enumerate().all(|(i, b)| i == 4 || b.is_ascii_digit())
        {
            return Err(NotAMonth);
        }
        let (year, number) =
            (text[..4].parse().map_err(|_| NotAMonth)?, text[5..].parse().map_err(|_| NotAMonth)?);
        Self::new(year, number).ok_or(NotAMonth)
    }
}

/// A month as people name it: itself, or the quarter of a financial year that ends with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NamedMonth {
    /// `2015-12`
    Month(Month),
    /// `Q3 2015/16` or `2015/16-Q3`
    Quarter {
        /// The financial year, as it is written.
        year: String,
        /// Which quarter of it, from 1.
        number: u8,
    },
}

impl NamedMonth {
    /// The month, where financial years start in the month numbered `start`. `None` if the year is
    /// not a financial year.
    #[must_use]
    pub fn month(&self, start: u8) -> Option<Month> {
        match self {
            Self::Month(month) => Some(*month),
            Self::Quarter { year, number } => {
                let year = FinancialYear::parse(year, start)?;
                Some(year.first().after(u16::from(*number) * 3 - 1))
            }
        }
    }
}

impl FromStr for NamedMonth {
    type Err = NotANamedMonth;

    fn from_str(text: &str) -> Result<Self, NotANamedMonth> {
        if let Ok(month) = text.parse() {
            return Ok(Self::Month(month));
        }
        let (first, second) = text.trim().split_once([' ', '-']).ok_or(NotANamedMonth)?;
        let quarter = |text: &str| {
            let number = text.strip_prefix(['Q', 'q'])?.parse().ok()?;
            (1..=4).contains(&number).then_some(number)
        };
        match (quarter(first), quarter(second)) {
            (Some(number), None) => Ok(Self::Quarter { year: second.trim().to_owned(), number }),
            (None, Some(number)) => Ok(Self::Quarter { year: first.trim().to_owned(), number }),
            _ => Err(NotANamedMonth),
        }
    }
}

impl fmt::Display for NamedMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month(month) => month.fmt(f),
            Self::Quarter { year, number } => write!(f, "Q{number} {year}"),
        }
    }
}

/// A text that names neither a month nor a quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotANamedMonth;

impl fmt::Display for NotANamedMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a month is written YYYY-MM, such as 2016-01, and a quarter Q3 2015/16")
    }
}

impl std::error::Error for NotANamedMonth {}

/// A value for each of some months.
#[derive(Debug, Default)]
pub struct ByMonth<T>(Vec<(Month, T)>);

impl<T> ByMonth<T> {
    /// The value for a month. `None` if there is none.
    #[inline]
    #[must_use]
    pub fn get(&self, month: Month) -> Option<&T> {
        // Guess first: usually every month up to the last has a value.
        let back = usize::try_from(self.0.last()?.0.since(month)).ok()?;
        let guessed = self.0.len().checked_sub(back + 1).map(|index| &self.0[index]);
        match guessed {
            Some((found, value)) if *found == month => Some(value),
            _ => self
                .0
                .binary_search_by_key(&month, |(month, _)| *month)
                .ok()
                .map(|index| &self.0[index].1),
        }
    }

    /// The months, in order.
    pub fn months(&self) -> impl DoubleEndedIterator<Item = Month> {
        self.0.iter().map(|(month, _)| *month)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl<T> ByMonth<T> {
    /// Sets the value for a month.
    pub fn insert(&mut self, month: Month, value: T) {
        match self.0.binary_search_by_key(&month, |(month, _)| *month) {
            Ok(index) => self.0[index].1 = value,
            Err(index) => self.0.insert(index, (month, value)),
        }
    }

    /// The values, in the order of their months.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().map(|(_, value)| value)
    }
}

impl<T> FromIterator<(Month, T)> for ByMonth<T> {
    /// The months may come in any order, but each only once.
    fn from_iter<I: IntoIterator<Item = (Month, T)>>(months: I) -> Self {
        let mut months: Vec<_> = months.into_iter().collect();
        months.sort_by_key(|(month, _)| *month);
        Self(months)
    }
}

/// A financial year, identified by its first month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FinancialYear {
    first: Month,
}

impl FinancialYear {
    /// The number of the month that years start in, unless the definitions say otherwise: April.
    pub const USUAL_START: u8 = 4;

    /// The financial year that `month` is in, when years start in the month numbered `start`.
    #[must_use]
    pub fn of(month: Month, start: u8) -> Self {
        let into = (12 + month.number() - start) % 12;
        Self { first: month.before(u16::from(into)) }
    }

    /// Parses `2015/16`, or `2015` if years start in January. `None` if it is neither.
    #[must_use]
    pub fn parse(label: &str, start: u8) -> Option<Self> {
        let four_digits = |text: &str| {
            (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()))
                .then(|| text.parse::<u16>().ok())
                .flatten()
        };
        let year = match label.split_once('/') {
            Some((year, next)) => {
                let year = four_digits(year)?;
                (next == format!("{:02}", (year + 1) % 100)).then_some(year)?
            }
            None if start == 1 => four_digits(label)?,
            None => return None,
        };
        Some(Self { first: Month::new(year, start)? })
    }

    /// Its first month.
    #[must_use]
    pub fn first(self) -> Month {
        self.first
    }

    /// The last month of the previous year, whose result is the outturn that this year is compared
    /// with.
    #[must_use]
    pub fn previous_outturn(self) -> Month {
        self.first.before(1)
    }

    /// `15/16`, the form in column headings; `2016` if years start in January.
    #[must_use]
    pub fn short(self) -> String {
        let label = self.to_string();
        if self.first.number() == 1 { label } else { label[2..].to_owned() }
    }
}

impl fmt::Display for FinancialYear {
    /// `2015/16`, or `2016` if years start in January.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.first.year();
        if self.first.number() == 1 {
            write!(f, "{year:04}")
        } else {
            write!(f, "{year:04}/{:02}", (year + 1).rem_euclid(100))
        }
    }
}

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// The calendar year.
    pub year: u16,
    /// The month, from 1.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
}

impl Date {
    /// A day of a month. `None` if the month has no such day.
    #[must_use]
    pub fn new(month: Month, day: u8) -> Option<Self> {
        let year = u16::try_from(month.year()).ok()?;
        let is_day = (1..=month.days()).contains(&day);
        is_day.then(|| Self { year, month: month.number(), day })
    }

    /// The last day of a month.
    #[must_use]
    pub fn last_of(month: Month) -> Self {
        Self {
            year: u16::try_from(month.year()).unwrap_or_default(),
            month: month.number(),
            day: month.days(),
        }
    }

    /// How many days it is since the last day of the year 0. Day 1 was a Monday, so that a day of
    /// the week is the remainder by 7.
    #[must_use]
    pub fn number(self) -> i32 {
        let years = i32::from(self.year) - 1;
        let leap_days = years / 4 - years / 100 + years / 400;
        let before = (1..self.month).filter_map(|month| Month::new(self.year, month));
        let in_year: i32 = before.map(|month| i32::from(month.days())).sum();
        years * 365 + leap_days + in_year + i32::from(self.day)
    }
}

/// A text that is not a date written `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADate;

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date is written YYYY-MM-DD, such as 2016-03-22")
    }
}

impl std::error::Error for NotADate {}

impl FromStr for Date {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let (month, day) =
            text.rsplit_once('-').filter(|(_, day)| day.len() == 2).ok_or(NotADate)?;
        let month: Month = month.parse().map_err(|_| NotADate)?;
        let day: u8 = day.parse().map_err(|_| NotADate)?;
        Self::new(month, day).ok_or(NotADate)
    }
}

impl fmt::Display for Date {
    /// `2016-03-22`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        text.parse().expect("a month")
    }

    #[test]
    fn days_are_numbered_one_after_the_other() {
        // As Python's date.toordinal() has them.
        for (date, number) in [
            ("0001-01-01", 1),
            ("2016-01-31", 735_994),
            ("2024-02-29", 738_945),
            ("2100-03-01", 766_704),
            ("2026-04-30", 739_736),
        ] {
            assert_eq!(date.parse().map(Date::number), Ok(number), "{date}");
        }
    }

    #[test]
    fn months_are_read_and_named() {
        let january = month("2016-01");
        assert_eq!(
            (january.to_string(), january.long(), january.short()),
            ("2016-01".into(), "January 2016".into(), "Jan 2016".into())
        );
        assert_eq!(month("2015-03").short(), "March 2015");
        assert_eq!(month("2015-04").short(), "April 2015");
        assert_eq!(january.before(1), month("2015-12"));
        assert_eq!(month("2015-12").after(2), month("2016-02"));
        assert_eq!(month("2016-02").since(month("2015-12")), 2);
        assert_eq!(
            ["2016-02", "2015-02", "1900-02", "2000-02", "2016-04", "2016-12"]
                .map(|text| month(text).days()),
            [29, 28, 28, 29, 30, 31]
        );
        for text in ["2016-13", "2016-00", "2016-1", "201601", "2016/01", " 2016-01", "2016-0١"] {
            assert_eq!(text.parse::<Month>(), Err(NotAMonth), "{text:?}");
        }
    }

    #[test]
    fn values_are_found_with_and_without_gaps() {
        for there in [
            &["2015-03", "2016-01", "2015-12", "0001-01"][..],
            &["2015-12", "2016-01"],
            &["2016-01"],
            &[],
        ] {
            let by_month: ByMonth<_> = there.iter().map(|text| (month(text), *text)).collect();
            for text in
                ["0001-01", "2015-02", "2015-03", "2015-11", "2015-12", "2016-01", "2016-02"]
            {
                assert_eq!(
                    by_month.get(month(text)),
                    there.iter().find(|there| **there == text),
                    "{text} of {there:?}"
                );
            }
            assert!(by_month.months().is_sorted() && by_month.len() == there.len());
        }
    }

    #[test]
    fn a_financial_year_starts_in_any_given_month() {
        let year = FinancialYear::of(month("2016-01"), 4);
        assert_eq!((year.to_string(), year.short()), ("2015/16".into(), "15/16".into()));
        assert_eq!(year.previous_outturn(), month("2015-03"));
        assert_eq!(FinancialYear::of(month("2015-04"), 4), year);
        assert_eq!(FinancialYear::of(month("2016-03"), 4), year);
        assert_eq!(FinancialYear::of(month("2016-08"), 9).previous_outturn(), month("2015-08"));
        assert_eq!(FinancialYear::of(month("2016-09"), 9).previous_outturn(), month("2016-08"));
        assert_eq!(FinancialYear::of(month("2016-05"), 1).to_string(), "2016");
    }

    #[test]
    fn a_month_may_be_named_by_the_quarter_that_it_ends() {
        let named = |text: &str, start| text.parse::<NamedMonth>().ok()?.month(start);
        for text in ["2015-12", "Q3 2015/16", "2015/16-Q3", "q3-2015/16", "2015/16 Q3"] {
            assert_eq!(named(text, 4), Some(month("2015-12")), "{text}");
        }
        assert_eq!(named("Q4 2015/16", 4), Some(month("2016-03")));
        assert_eq!(named("Q1 2016", 1), Some(month("2016-03")));
        for text in ["Q5 2015/16", "Q0 2015/16", "Q3", "2015/16", "Q3 Q3", "2015-13", "Q3 2015/17"]
        {
            assert_eq!(named(text, 4), None, "{text}");
        }
    }

    #[test]
    fn financial_years_are_read() {
        assert_eq!(
            FinancialYear::parse("2015/16", 4),
            Some(FinancialYear::of(month("2016-01"), 4))
        );
        assert_eq!(
            FinancialYear::parse("1999/00", 4).map(|y| y.to_string()).as_deref(),
            Some("1999/00")
        );
        assert_eq!(FinancialYear::parse("2016", 1), FinancialYear::parse("2016/17", 1));
        for text in ["2015/17", "2015-16", "2015/2016", "15/16", "2016", "", "2015/"] {
            assert_eq!(FinancialYear::parse(text, 4), None, "{text:?}");
        }
    }

    #[test]
    fn dates_are_days_that_exist() {
        assert_eq!(
            "2016-02-29".parse::<Date>().map(|date| date.to_string()),
            Ok("2016-02-29".to_owned())
        );
        for text in [
            "2015-02-29",
            "2016-04-31",
            "2016-3-22",
            "2016-03-2",
            "2016-03-00",
            "22/03/2016",
            "2016-03",
            "",
        ] {
            assert_eq!(text.parse::<Date>(), Err(NotADate), "{text}");
        }
    }
}
