//! `closed-days.csv`: the days beside weekends on which nobody works.

use std::path::Path;

use super::dates;
use super::punctuation::trim;
use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::input::Ledger;
use crate::month::{Date, Month};

/// The file, in the data folder.
pub(super) const CLOSED_DAYS: &str = "closed-days.csv";

/// The days on which nobody works, beside weekends.
#[derive(Clone, Debug, Default)]
pub(super) struct ClosedDays {
    /// The numbers of those that are in no weekend, in order, each once.
    numbers: Vec<i32>,
    last: Option<Date>,
}

impl ClosedDays {
    /// Reads the file of a data folder; without one there are no such days.
    pub(super) fn read(data: &Path, ledger: &Ledger, findings: &mut Findings) -> Self {
        let path = data.join(CLOSED_DAYS);
        if !path.exists() {
            return Self::default();
        }
        // What was counted with them is frozen when it is published.
        let file = ledger.file(&path).without_note();
        let Some(text) = file.read_text("the days on which nobody works", findings) else {
            return Self::default();
        };
        let mut days = Vec::new();
        for (line, text) in (1..).zip(text.lines()) {
            let text = text.trim_start_matches('\u{feff}');
            let day = trim(text.split([',', ';', '\t']).next().unwrap_or("")).trim_matches('"');
            match dates::date(day, false) {
                Some(day) => days.push(day),
                // The heading.
                None if day.is_empty() || line == 1 => {}
                None => {
                    let found = "the line does not begin with a date";
                    let remedy = "write the day first, such as 2016-03-25 or 25/03/2016; what it \
                        is called may stand behind a comma";
                    let place = Place::line(&file.name, line);
                    findings.push(Finding::new(Code::UnreadableCell, place, found, remedy));
                }
            }
        }
        Self::of(&days)
    }

    fn of(days: &[Date]) -> Self {
        let mut numbers: Vec<_> =
            days.iter().map(|day| day.number()).filter(|number| !is_weekend(*number)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        Self { numbers, last: days.iter().max().copied() }
    }

    /// The last day that is known. `None` if there are none.
    pub(super) fn last(&self) -> Option<Date> {
        self.last
    }

    /// Whether days are known so far that those of a month can be among them: there is one at least
    /// every five months.
    pub(super) fn reach(&self, month: Month) -> bool {
        self.last.is_some_and(|last| Date::last_of(month.before(5)) < last)
    }

    /// How many working days there are after a day, up to another that is not before it.
    pub(super) fn working_days(&self, from: Date, to: Date) -> i32 {
        let (from, to) = (from.number(), to.number());
        let closed_up_to = |day| self.numbers.partition_point(|closed| *closed <= day);
        let closed = closed_up_to(to) - closed_up_to(from);
        weekdays_up_to(to) - weekdays_up_to(from) - i32::try_from(closed).unwrap_or(i32::MAX)
    }
}

/// Day 1 was a Monday.
fn is_weekend(number: i32) -> bool {
    (number - 1).rem_euclid(7) >= 5
}

/// How many days that are in no weekend there have been since day 1.
fn weekdays_up_to(number: i32) -> i32 {
    number.div_euclid(7) * 5 + number.rem_euclid(7).min(5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn working_days_leave_out_weekends_and_closed_days() {
        let date = |text: &str| text.parse().expect("a day");
        // Good Friday and Easter Monday 2016, and a Saturday that is closed anyway.
        let closed = ClosedDays::of(&["2016-03-28", "2016-03-25", "2016-03-26"].map(date));
        // As NETWORKDAYS of Excel counts them, less one where the first day is a working day.
        for (from, to, days) in [
            ("2016-03-24", "2016-03-24", 0),
            ("2016-03-24", "2016-03-29", 1),
            ("2016-03-25", "2016-03-29", 1),
            ("2016-03-21", "2016-04-01", 7),
            ("2016-03-19", "2016-03-21", 1),
            ("2016-03-18", "2016-03-20", 0),
            ("2016-01-04", "2016-03-07", 45),
        ] {
            assert_eq!(closed.working_days(date(from), date(to)), days, "{from} {to}");
        }
        assert_eq!(ClosedDays::default().working_days(date("2016-03-24"), date("2016-03-29")), 3);
    }
}
