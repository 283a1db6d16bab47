//! Dates that stand where something else should: Excel makes them of whatever looks like one.

use crate::month::{Date, Month, day_of_ordinal, number_of_name};

/// Whether a text is a date or a time of day, in one of the ways that spreadsheets write them.
pub(super) fn is_date(text: &str) -> bool {
    /// `30 September 2016 12:30:00.000` is shorter.
    const LONGEST: usize = 40;
    text.len() <= LONGEST && (named(text).is_some() || numeric(text) || time(text))
}

/// What a text means as a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MonthText {
    /// One month, however it is written.
    One(Month),
    /// Two: a day that is another one in Britain than in America.
    Either(Month, Month),
    /// None.
    No,
}

/// The month that a text means: `2016-01`, `201601`, `2016M01`, `01/2016`, `Jan-16` and `January 2016`, or
/// a day of it, `2016-01-31`, `31/01/2016`, `Sunday 31st January 2016`.
pub(super) fn month(text: &str) -> MonthText {
    let one = |month: Option<Month>| month.map_or(MonthText::No, MonthText::One);
    if let Ok(month) = text.parse() {
        return MonthText::One(month);
    }
    // The time of day that programs write with a day.
    let day = text.find(['T', ' ']).filter(|end| time(text[end + 1..].trim_end_matches('Z')));
    let text = day.map_or(text, |end| &text[..end]);
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if matches!(text.len(), 6 | 8) && is_digits(text) {
        let day = &text[6..];
        let is_day = day.is_empty() || matches!(day.parse(), Ok(1..=31));
        return one(numbered(&text[..4], &text[4..6]).filter(|_| is_day));
    }
    // As statistical offices write it.
    if let Some((year, month)) = text.split_once(['M', 'm']).filter(|(year, _)| year.len() == 4)
        && is_digits(year)
        && is_digits(month)
    {
        return one(numbered(year, month));
    }
    let parts: Vec<_> = text.split(['-', '/', '.']).collect();
    if parts.iter().all(|part| is_digits(part)) {
        return match parts[..] {
            [year, month] | [year, month, _] if year.len() == 4 => one(numbered(year, month)),
            [month, year] if year.len() == 4 => one(numbered(year, month)),
            [first, second, year] => match (numbered(year, second), numbered(year, first)) {
                (Some(british), Some(american)) if british != american => {
                    MonthText::Either(british, american)
                }
                (british, american) => one(british.or(american)),
            },
            _ => MonthText::No,
        };
    }
    if is_date(text) { one(of_named(text)) } else { MonthText::No }
}

/// The day that a text means, written the British way or the American: `31/01/2016`, `2016-01-31`,
/// `31 January 2016`, with or without a time of day.
pub(super) fn date(text: &str, is_american: bool) -> Option<Date> {
    let end = text.rfind(['T', ' ']).filter(|end| time(text[end + 1..].trim_end_matches('Z')));
    let text = end.map_or(text, |end| &text[..end]);
    let parts: Vec<_> = text.split(['-', '/', '.']).collect();
    let is_digits =
        |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (year, month, day) = match parts[..] {
        [year, month, day] if parts.iter().all(is_digits) && year.len() == 4 => {
            (year, month.parse().ok()?, day)
        }
        [first, second, year] if parts.iter().all(is_digits) => {
            let (day, month) = if is_american { (second, first) } else { (first, second) };
            (year, month.parse().ok()?, day)
        }
        _ => {
            let (month, numbers) = named(text)?;
            let [day, year] = &numbers[..] else { return None };
            (year.text, month, day.text)
        }
    };
    // People are born in the last century too, and Excel reads two digits so.
    let century = if year.len() == 2 && year >= "30" { "19" } else { "" };
    let month = numbered(&format!("{century}{year}"), &month.to_string())?;
    let day: u8 = day.parse().ok().filter(|day| (1..=month.days()).contains(day))?;
    Some(Date { day, ..Date::last_of(month) })
}

/// The month of a year in four digits or two, and a number.
fn numbered(year: &str, month: &str) -> Option<Month> {
    let year: u16 = year.parse().ok().filter(|_| matches!(year.len(), 2 | 4))?;
    let year = match year {
        0..=99 => 2000 + year,
        1900..=2999 => year,
        _ => return None,
    };
    Month::new(year, month.parse().ok().filter(|_| month.len() <= 2)?)
}

/// The month of a date that has its name.
fn of_named(text: &str) -> Option<Month> {
    let (number, numbers) = named(text)?;
    // A number after the month is a year, and one in front of it a day; a year of four digits alone
    // may also be in front.
    if let [DateNumber { text: year, before: true }] = &numbers[..]
        && year.len() == 4
    {
        return numbered(year, &number.to_string());
    }
    let ([DateNumber { text: year, before: false }]
    | [DateNumber { before: true, .. }, DateNumber { text: year, before: false }]) = numbers[..]
    else {
        return None;
    };
    numbered(year, &number.to_string())
}

/// A number beside the name of a month.
struct DateNumber<'t> {
    text: &'t str,
    before: bool,
}

/// The month named in a date, and the one or two numbers beside it. The day of the week may stand there
/// too.
fn named(text: &str) -> Option<(u8, Vec<DateNumber<'_>>)> {
    let (mut month, mut day_of_week, mut numbers) = (None, None, Vec::new());
    let words = text.split(['-', '/', ' ', '.', ',', '\'', '’']).filter(|word| !word.is_empty());
    for word in words.flat_map(run_together) {
        if let Some(number) = number_in(word) {
            numbers.push(DateNumber { text: number, before: month.is_none() });
        } else if is_day_of_week(word) {
            if day_of_week.replace(word).is_some() {
                return None;
            }
        } else if month.replace(number_of_name(word)?).is_some() {
            return None;
        }
    }
    Some((month?, numbers)).filter(|(_, numbers)| (1..=2).contains(&numbers.len()))
}

/// The parts of `31JAN2016` and `Jan2016`, and any other word as it is.
fn run_together(word: &str) -> impl Iterator<Item = &str> {
    let letters = word.trim_matches(|letter: char| letter.is_ascii_digit());
    let (day, rest) = word.split_at(word.find(letters).unwrap_or(0));
    let (name, year) = rest.split_at(letters.len());
    let is_date = day.len() <= 2 && year.len() == 4 && number_of_name(name).is_some();
    let parts = if is_date { [day, name, year] } else { [word, "", ""] };
    parts.into_iter().filter(|part| !part.is_empty())
}

/// The digits of a number beside a month: `31`, `2016`, `31st`.
fn number_in(word: &str) -> Option<&str> {
    let is_number = (1..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { Some(word) } else { day_of_ordinal(word) }
}

/// Whether a word is the name of a day of the week, or its first three letters or more.
fn is_day_of_week(word: &str) -> bool {
    const DAYS: [&str; 7] =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let is =
        |day: &&str| day.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    word.len() >= 3 && DAYS.iter().any(is)
}

/// `12/01/2016`, `12-1-16`, `2016-01-12`, `12.01.2016`, with or without a time of day.
fn numeric(text: &str) -> bool {
    let (date, rest) =
        text.find([' ', 'T']).map_or((text, ""), |end| (&text[..end], &text[end + 1..]));
    if !rest.is_empty() && !time(rest.trim_end_matches('Z')) {
        return false;
    }
    let Some(separator) = date.chars().find(|letter| matches!(letter, '-' | '/' | '.')) else {
        return false;
    };
    let parts: Vec<_> = date.split(separator).collect();
    let lengths: Vec<_> = parts.iter().map(|part| part.len()).collect();
    parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
        && match lengths[..] {
            [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4] => true,
            // Points may just as well be anything else.
            [1..=2, 1..=2, 2] => separator != '.',
            _ => false,
        }
}

/// `12:30`, `12:30:00`, `12:30:00.000`.
fn time(text: &str) -> bool {
    let mut parts = text.split(':');
    let is = |part: &str| {
        (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let (hours, minutes, seconds) = (parts.next(), parts.next(), parts.next());
    let seconds = seconds.is_none_or(|seconds| seconds.split('.').next().is_some_and(is));
    hours.is_some_and(is) && minutes.is_some_and(is) && seconds && parts.next().is_none()
}

/// The date of a day that a workbook counts from its first, `2016-01-12`: from 1900, with the leap
/// day that 1900 never had, or from 1904.
///
/// A negative number is no day of it; then this is the day that it would be.
pub(super) fn of_serial(days: i64, from_1904: bool) -> Option<String> {
    /// The days from 1 March of the year 0 to 30 December 1899.
    const TO_1900: i64 = 693_899;
    let days = match (days, from_1904) {
        (_, true) => days.checked_add(1462)?,
        // Day 60 is 29 February 1900, so day 1 is a day later than it would seem.
        (60.., false) => days,
        (_, false) => days + 1,
    };
    // Years that begin in March, so that the leap day is their last: Howard Hinnant,
    // "chrono-compatible low-level date algorithms", civil_from_days.
    let days = u64::try_from(days.checked_add(TO_1900)?).ok()?;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    (year <= 9999).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_spreadsheets_write_for_dates() {
        let dates = "Jan-16|16-Jan|12-Jan-16|12 January 2016|Sept \
            2016|12/01/2016|2016-01-12|1/2/16|12.01.2016|2016-01-12 00:00:00|\
                     2016-01-12T00:00:00Z|12/01/2016 09:30|12:30|1:30:00|1:30:00.5|JAN-16";
        for text in dates.split('|') {
            assert!(is_date(text), "{text}");
        }
        for text in [
            "",
            "12",
            "12/13",
            "1.2.3",
            "12-13",
            "Jan",
            "January 12 13 14",
            "Ja-16",
            "Dartford-16",
            "12 days",
            "12:345",
            "1/2/3/4",
        ] {
            assert!(!is_date(text), "{text}");
        }
    }

    #[test]
    fn a_month_may_be_spelt_in_any_way_that_means_one() {
        let january = "2016-01".parse().expect("a month");
        let spellings = "2016-01|2016-1|2016/01|2016-01-31|2016-01-01 \
            00:00:00|2016-01-01T00:00:00Z|201601|01/2016|1/2016|01-2016|\
                         31/01/2016|31/1/16|31.01.2016|01/31/2016|01/01/2016|31/01/2016 \
                         00:00|Jan-16|Jan 2016|January 2016|31-Jan-16|31 January \
                         2016|20160131|2016 January|2016-Jan|2016M01|2016m1|Jan '16|Jan’16|JAN2016|\
                         31JAN2016|31st January 2016|Sun 31 Jan 2016|Sunday, 31st January 2016";
        for text in spellings.split('|') {
            assert_eq!(month(text), MonthText::One(january), "{text}");
        }
        let february = "2016-02".parse().expect("a month");
        for text in ["02/01/2016", "2/1/16", "02.01.2016 09:00"] {
            assert_eq!(month(text), MonthText::Either(january, february), "{text}");
        }
        for text in [
            "16-Jan",
            "2016-13-01",
            "201613",
            "Jan",
            "Jan-163",
            "13/13/2016",
            "2016",
            "1/2",
            "20160132",
            "31/2016",
            "2016M13",
            "2016M",
            "16M01",
            "JAN16",
            "M10",
            "Sunday",
            "Sun Sun 31 Jan 2016",
            "31xx January 2016",
        ] {
            assert_eq!(month(text), MonthText::No, "{text}");
        }
    }

    #[test]
    fn a_day_is_read_in_britain_and_in_america() {
        let day = |text: &str| text.parse().ok();
        for (text, british, american) in [
            ("31/01/2016", day("2016-01-31"), None),
            ("02/01/2016", day("2016-01-02"), day("2016-02-01")),
            ("2016-01-31 10:00", day("2016-01-31"), day("2016-01-31")),
            ("14-May-98", day("1998-05-14"), day("1998-05-14")),
            ("14 May 2016 10:00", day("2016-05-14"), day("2016-05-14")),
            ("1/2/16", day("2016-02-01"), day("2016-01-02")),
            ("30/02/2016", None, None),
            ("5", None, None),
            ("", None, None),
        ] {
            assert_eq!((date(text, false), date(text, true)), (british, american), "{text}");
        }
    }

    #[test]
    fn days_are_counted_as_excel_counts_them() {
        for (days, date) in [
            (1, "1900-01-01"),
            (59, "1900-02-28"),
            (61, "1900-03-01"),
            (42_381, "2016-01-12"),
            (2_958_465, "9999-12-31"),
        ] {
            assert_eq!(of_serial(days, false).as_deref(), Some(date));
        }
        assert_eq!(of_serial(0, true).as_deref(), Some("1904-01-01"));
        assert_eq!(of_serial(-5, false).as_deref(), Some("1899-12-26"));
        assert_eq!(of_serial(40_919, true).as_deref(), Some("2016-01-12"));
        assert_eq!((of_serial(2_958_466, false), of_serial(i64::MAX, true)), (None, None));
    }
}
