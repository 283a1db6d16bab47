//! One rule for arguments that people write in more ways than one: what can mean one thing only is
//! taken, and what can mean two is refused with what to write instead. Nothing is guessed.
//!
//! Areas are taken apart in [`scope`](crate::scope), since only the definitions know their names.

use std::path::PathBuf;

use clap::Command;
use clap::builder::{PathBufValueParser, TypedValueParser};

use crate::month::{Date, Month, NamedMonth, day_of_ordinal, number_of_name};
use crate::text::quote;

/// Lets every argument that takes one of a fixed set of words take it in any case.
#[must_use]
pub fn in_any_case(command: Command) -> Command {
    let of_words = |command: Command| {
        command.mut_args(|arg| {
            let takes_value = arg.get_action().takes_values();
            if takes_value { arg.ignore_case(true) } else { arg }
        })
    };
    of_words(command).mut_subcommands(of_words)
}

/// Whether an argument asks for help as programs for Windows have it.
#[must_use]
pub fn is_help(text: &str) -> bool {
    matches!(text, "/?" | "-?") || text.eq_ignore_ascii_case("/help")
}

/// The parser of a path to the definitions: in a folder it is the file with the usual name.
pub fn definitions() -> impl TypedValueParser<Value = PathBuf> {
    const NAME: &str = "indicators.toml";
    // A folder that has the name itself is wrong, and said to be.
    let is_project = |path: &PathBuf| path.is_dir() && !path.ends_with(NAME);
    PathBufValueParser::new()
        .map(move |path| if is_project(&path) { path.join(NAME) } else { path })
}

/// Parses a month, or the quarter that it ends.
///
/// # Errors
///
/// What to write instead, where it is none or can be several.
pub fn month(text: &str) -> Result<NamedMonth, String> {
    const FORMS: &str =
        "a month is written 2016-01, 01/2016, Jan-16 or \"January 2016\", and a quarter 2015/16-Q3";
    if let Ok(named) = text.parse() {
        return Ok(named);
    }
    let found = match parts(text)[..] {
        [Part::Name(name), Part::Number(year)] => match year.len() {
            // A name is followed by its year. In front of it 26 may be a day.
            2 => month_of(&format!("20{year}"), name),
            _ => month_of(year, name),
        },
        [Part::Number(year), Part::Name(name)] => match year.len() {
            1 => return Err(without_year(name)),
            2 => return Err(day_or_year(year, name)),
            _ => month_of(year, name),
        },
        [Part::Name(name)] => return Err(without_year(name)),
        [Part::Number(year), Part::Number(month)] if year.len() == 4 => {
            let found = numbered_month(year, month);
            if is_financial_year(year, month) {
                return Err(financial_year(year, month, found));
            }
            found
        }
        [Part::Number(month), Part::Number(year)] => numbered_month(year, month),
        [_, _, _] => return Err(day_for_month(text).unwrap_or_else(|| FORMS.to_owned())),
        _ => None,
    };
    found.map(NamedMonth::Month).ok_or_else(|| FORMS.to_owned())
}

/// Parses a day.
///
/// # Errors
///
/// What to write instead, where it is none or can be several.
pub fn date(text: &str) -> Result<Date, String> {
    const FORMS: &str = "a date is written 2016-03-22, \"22 March 2016\", 22-Mar-16 or 22/03/2016";
    let days = days(text);
    match days[..] {
        [day] => Ok(day),
        [day, other] => Err(format!(
            "this can be {} or {}: write {day} or {other}",
            in_words(day),
            in_words(other)
        )),
        _ => Err(FORMS.to_owned()),
    }
}

/// The days that a text can mean: none, one or two.
fn days(text: &str) -> Vec<Date> {
    if let Ok(day) = text.parse() {
        return vec![day];
    }
    let day_of = |month: Option<Month>, day: &str| {
        let day = day.parse().ok().filter(|_| day.len() <= 2)?;
        Date::new(month?, day)
    };
    let either = match parts(text)[..] {
        [Part::Number(day) | Part::Ordinal(day), Part::Name(name), Part::Number(year)]
            if year.len() == 2 =>
        {
            [day_of(month_of(&format!("20{year}"), name), day), None]
        }
        [Part::Number(day) | Part::Ordinal(day), Part::Name(name), Part::Number(year)]
        | [Part::Name(name), Part::Number(day) | Part::Ordinal(day), Part::Number(year)]
            if year.len() == 4 =>
        {
            [day_of(month_of(year, name), day), None]
        }
        [Part::Number(year), Part::Number(month), Part::Number(day)] if year.len() == 4 => {
            [day_of(numbered_month(year, month), day), None]
        }
        [Part::Number(first), Part::Number(second), Part::Number(year)] => [
            day_of(numbered_month(year, second), first),
            day_of(numbered_month(year, first), second),
        ],
        _ => [None, None],
    };
    let mut days: Vec<_> = either.into_iter().flatten().collect();
    days.dedup();
    days
}

/// A part of a date: the number of a month that is named, digits, or those of 24th, which are a day.
#[derive(Clone, Copy)]
enum Part<'t> {
    Name(u8),
    Number(&'t str),
    Ordinal(&'t str),
}

/// The parts of a date; nothing, where one of them can be none.
fn parts(text: &str) -> Vec<Part<'_>> {
    let words = text.split(['-', '/', '.', ',', ' ']).filter(|word| !word.is_empty());
    let part = |word| {
        if let Some(name) = number_of_name(word) {
            return Some(Part::Name(name));
        }
        if let Some(day) = day_of_ordinal(word) {
            return Some(Part::Ordinal(day));
        }
        let is_number =
            matches!(word.len(), 1 | 2 | 4) && word.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then_some(Part::Number(word))
    };
    words.map(part).collect::<Option<_>>().unwrap_or_default()
}

/// A month of a year in four digits.
fn month_of(year: &str, number: u8) -> Option<Month> {
    let year = year.parse().ok().filter(|year| year_is_likely(*year))?;
    Month::new(year, number)
}

fn year_is_likely(year: u16) -> bool {
    (1900..=2999).contains(&year)
}

fn numbered_month(year: &str, month: &str) -> Option<Month> {
    month_of(year, month.parse().ok().filter(|_| month.len() <= 2)?)
}

/// Whether a year and the number of a month can also be a year and the next: 2011/12.
fn is_financial_year(year: &str, next: &str) -> bool {
    year.parse::<u16>().is_ok_and(|year| format!("{:02}", (year + 1) % 100) == next)
}

/// What to write for a financial year, which may be a month too: 2011/12.
fn financial_year(year: &str, next: &str, month: Option<Month>) -> String {
    let quarter = format!("a quarter of it is written {year}/{next}-Q4");
    match month {
        Some(month) => format!(
            "this can be {} or a financial year: write {month} for {0}; {quarter}",
            month.long()
        ),
        None => {
            format!("this is a financial year: name a month of it, such as {year}-12; {quarter}")
        }
    }
}

fn name_of(number: u8) -> &'static str {
    Month::new(2000, number).map_or("", Month::name)
}

fn in_words(day: Date) -> String {
    format!("{} {} {}", day.day, name_of(day.month), day.year)
}

/// What to write for a month whose year may be a day: 26-Oct.
fn day_or_year(year: &str, number: u8) -> String {
    let name = name_of(number);
    format!("this can be a day of {name}: write 20{year}-{number:02} for {name} 20{year}")
}

/// What to write for a month without a year.
fn without_year(number: u8) -> String {
    let name = name_of(number);
    format!(
        "{name} of which year? Write the year with it, such as 2016-{number:02}, or {}: in quotation \
         marks, as there is a space in it",
        quote(&format!("{name} 2016"))
    )
}

/// What to write for a day where a month is asked for.
fn day_for_month(text: &str) -> Option<String> {
    let mut months: Vec<_> = days(text)
        .into_iter()
        .filter_map(|day| Month::new(day.year, day.month))
        .map(|month| format!("{month} for {}", month.long()))
        .collect();
    months.dedup();
    (!months.is_empty()).then(|| format!("this is a day: write {}", months.join(", or ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_taken_where_it_can_be_one_only() {
        let october = NamedMonth::Month("2026-10".parse().expect("a month"));
        for text in [
            "2026-10",
            "October 2026",
            "october 2026",
            "OCTOBER  2026",
            " Oct 2026 ",
            "Oct-2026",
            "Oct-26",
            "oct 26",
            "Octo 2026",
            "October, 2026",
            "2026 October",
            "2026-Oct",
            "10/2026",
            "10-2026",
            "10.2026",
            "2026/10",
            "2026.10",
        ] {
            assert_eq!(month(text), Ok(october.clone()), "{text}");
        }
        let december = NamedMonth::Month("2011-12".parse().expect("a month"));
        for text in ["2011-12", "12/2011", "Dec-11", "December 2011"] {
            assert_eq!(month(text), Ok(december.clone()), "{text}");
        }
        let september = NamedMonth::Month("2026-09".parse().expect("a month"));
        for text in ["9/2026", "Sept 2026", "2026-9", "2026/9"] {
            assert_eq!(month(text), Ok(september.clone()), "{text}");
        }
        let quarter = NamedMonth::Quarter { year: "2015/16".to_owned(), number: 3 };
        for text in ["Q3 2015/16", "2015/16-Q3", "q3 2015/16", "2015/16 Q3"] {
            assert_eq!(month(text), Ok(quarter.clone()), "{text}");
        }
    }

    #[test]
    fn a_month_that_can_be_another_or_none_is_refused_with_what_to_write() {
        for (text, said) in [
            (
                "2011/12",
                "this can be December 2011 or a financial year: write 2011-12 for December",
            ),
            ("2009/10", "this can be October 2009 or a financial year: write 2009-10"),
            ("2011.12", "this can be December 2011 or a financial year"),
            ("2015/16", "a quarter of it is written 2015/16-Q4"),
            ("2015-16", "this is a financial year: name a month of it, such as 2015-12"),
            ("26-Oct", "this can be a day of October: write 2026-10 for October 2026"),
            ("26 October", "this can be a day of October: write 2026-10 for October 2026"),
            ("October", "October of which year? Write the year with it, such as 2016-10, or"),
            ("5 Oct", "October of which year?"),
            ("31/10/2026", "this is a day: write 2026-10 for October 2026"),
            ("31 October 2026", "this is a day: write 2026-10 for October 2026"),
            ("02/01/2016", "this is a day: write 2016-01 for January 2016, or 2016-02 for Febr"),
            ("2016-01-31", "this is a day: write 2016-01 for January 2016"),
            (
                "10/26",
                "a month is written 2016-01, 01/2016, Jan-16 or \"January 2016\", and a quar",
            ),
            ("31/10/26", "a month is written"),
            ("2016-13", "a month is written"),
            ("13/2016", "a month is written"),
            ("00/2016", "a month is written"),
            ("2016-00", "a month is written"),
            ("1016-Oct", "a month is written"),
            ("Oct 5", "a month is written"),
            ("Octopus 2026", "a month is written"),
            ("Oc 2026", "a month is written"),
            ("Oct Nov 2026", "a month is written"),
            ("Q5 2015/16", "a month is written"),
            ("2026", "a month is written"),
            ("2016-0١", "a month is written"),
            ("1e1/2016", "a month is written"),
            ("+1/2016", "a month is written"),
            ("latest", "a month is written"),
            ("", "a month is written"),
        ] {
            let found = month(text).expect_err(text);
            assert!(found.starts_with(said) || found.ends_with(said), "{text}: {found}");
        }
    }

    #[test]
    fn a_day_is_taken_where_it_can_be_one_only() {
        let november = "2026-11-24".parse::<Date>().expect("a day");
        for text in [
            "2026-11-24",
            "2026/11/24",
            "24/11/2026",
            "24.11.2026",
            "24-11-2026",
            "11/24/2026",
            "24 November 2026",
            "24th november 2026",
            "November 24, 2026",
            "24-Nov-2026",
            "24-Nov-26",
        ] {
            assert_eq!(date(text), Ok(november), "{text}");
        }
        assert_eq!(date("05/05/2026"), Ok("2026-05-05".parse().expect("a day")));
        assert_eq!(date("1/1/2026"), Ok("2026-01-01".parse().expect("a day")));
    }

    #[test]
    fn a_day_that_can_be_another_or_none_is_refused_with_what_to_write() {
        let either = "this can be 4 May 2026 or 5 April 2026: write 2026-05-04 or 2026-04-05";
        for (text, said) in [
            ("04/05/2026", either),
            ("4.5.2026", either),
            ("4 5 2026", either),
            (
                "24/11/26",
                "a date is written 2016-03-22, \"22 March 2016\", 22-Mar-16 or 22/03/2016",
            ),
            ("31/02/2026", "a date is written"),
            ("2026-24-11", "a date is written"),
            ("30 February 2026", "a date is written"),
            ("26-Nov-24th", "a date is written"),
            ("24 November", "a date is written"),
            ("November 2026", "a date is written"),
            ("Tuesday", "a date is written"),
            ("", "a date is written"),
        ] {
            assert_eq!(date(text).expect_err(text).find(said), Some(0), "{text}");
        }
    }
}
