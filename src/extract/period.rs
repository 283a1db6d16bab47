//! The month that a text of a source means: a month, or the last one of a year.

use super::dates::{self, MonthText};
use super::punctuation::trim;
use crate::definition::MonthIs;
use crate::month::{FinancialYear, Month, NamedMonth};
use crate::text::quote;

/// What a text means as the month of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PeriodText {
    /// One month.
    One(Month),
    /// Any of these, as the remedy of the finding says.
    Several(Vec<Month>, &'static str),
    /// None.
    No,
}

const WRITE_A_MONTH: &str = "write the month as 2016-01, or as a day that can be of one month only";
const SAY_WHICH: &str = "say in the source which it is: month_is = \"month\", \"financial year\" \
    or \"academic year\"";

/// How the months of a source are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct PeriodForm {
    /// What they are; a month, or whatever is certain, where this says nothing.
    pub(super) is: Option<MonthIs>,
    /// The number of the month that financial years start in.
    pub(super) year_start: u8,
}

impl PeriodForm {
    /// The month that a text is of; of a range of days, the month that it ends in.
    pub(super) fn month(self, text: &str) -> PeriodText {
        let one = |month: Option<Month>| month.map_or(PeriodText::No, PeriodText::One);
        if let (None | Some(MonthIs::Month), Ok(quarter @ NamedMonth::Quarter { .. })) =
            (self.is, text.parse())
        {
            return one(quarter.month(self.year_start));
        }
        match self.is {
            Some(MonthIs::Month) => month_in(text),
            Some(MonthIs::FinancialYear) => one(self.financial_year(text)),
            Some(MonthIs::AcademicYear) => one(academic_year(text)),
            Some(MonthIs::CalendarYear) => {
                one(year_alone(text).and_then(|year| Month::new(year, 12)))
            }
            None => self.certain_month(text),
        }
    }

    /// The month that a text is of where it can be of one only.
    fn certain_month(self, text: &str) -> PeriodText {
        let month = month_in(text);
        if year_alone(text).is_some() {
            return self.financial_year(text).map_or(month, PeriodText::One);
        }
        // 2011-12 is how a month is written here.
        if two_years(text).is_none() || text.parse::<Month>().is_ok() {
            return month;
        }
        let mut months: Vec<_> = match month {
            PeriodText::One(month) => vec![month],
            _ => Vec::new(),
        };
        months.extend([self.financial_year(text), academic_year(text)].into_iter().flatten());
        months.dedup();
        match months[..] {
            [] => PeriodText::No,
            [month] => PeriodText::One(month),
            _ => PeriodText::Several(months, SAY_WHICH),
        }
    }

    /// The last month of the financial year that a text is: `2024/25`, `202425`; or of the one that
    /// ends in a year alone.
    fn financial_year(self, text: &str) -> Option<Month> {
        let first = match two_years(text) {
            Some(_) if self.year_start == 1 => return None,
            Some(year) => Month::new(year, self.year_start)?,
            None if self.year_start == 1 => Month::new(year_alone(text)?, 1)?,
            None => Month::new(year_alone(text)?, self.year_start)?.before(12),
        };
        Some(FinancialYear::of(first, self.year_start).first().after(11))
    }
}

/// The August that an academic year ends in.
fn academic_year(text: &str) -> Option<Month> {
    let year = two_years(text).map(|year| year + 1).or_else(|| year_alone(text))?;
    Month::new(year, 8)
}

/// The first year of two that follow one another: `2024/25`, `2024-25`, `202425`, `2024/2025`.
fn two_years(text: &str) -> Option<u16> {
    let (first, second) = match text.split_once(['/', '-']) {
        Some(years) => years,
        None if text.len() == 6 && text.is_ascii() => text.split_at(4),
        None => return None,
    };
    let first = year_alone(first)?;
    let next = (first + 1).to_string();
    (second == next || second == &next[2..]).then_some(first)
}

fn year_alone(text: &str) -> Option<u16> {
    let is_year = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|year| is_year && (1900..2999).contains(year))
}

/// The month that a text is of; of a range, the month that it ends in.
pub(super) fn month_in(text: &str) -> PeriodText {
    let found = match dates::month(text) {
        MonthText::No => [" - ", " – ", " to "]
            .iter()
            .find_map(|between| text.rsplit_once(between))
            .map_or(MonthText::No, |(_, end)| dates::month(trim(end))),
        found => found,
    };
    match found {
        MonthText::One(month) => PeriodText::One(month),
        MonthText::Either(british, american) => {
            PeriodText::Several(vec![british, american], WRITE_A_MONTH)
        }
        MonthText::No => PeriodText::No,
    }
}

/// That a text is of no one month, and what to do.
pub(super) fn no_month(text: &str, found: &PeriodText) -> (String, &'static str) {
    match found {
        PeriodText::Several(months, remedy) => {
            let months: Vec<_> =
                months.iter().map(|month| format!("of {}", month.long())).collect();
            (format!("{} can be {}", quote(text), months.join(" or ")), remedy)
        }
        _ => (format!("{} is no month", quote(text)), WRITE_A_MONTH),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_its_last_month() {
        let form = |is, year_start| PeriodForm { is, year_start };
        for (is, text, month) in [
            (Some(MonthIs::FinancialYear), "2024/25", "2025-03"),
            (Some(MonthIs::FinancialYear), "202425", "2025-03"),
            (Some(MonthIs::FinancialYear), "2024-25", "2025-03"),
            (Some(MonthIs::FinancialYear), "2024/2025", "2025-03"),
            (Some(MonthIs::FinancialYear), "2025", "2025-03"),
            (Some(MonthIs::FinancialYear), "199900", "2000-03"),
            (Some(MonthIs::AcademicYear), "202425", "2025-08"),
            (Some(MonthIs::AcademicYear), "2025", "2025-08"),
            (Some(MonthIs::CalendarYear), "2025", "2025-12"),
            (Some(MonthIs::Month), "201112", "2011-12"),
            (Some(MonthIs::FinancialYear), "201112", "2012-03"),
            (None, "2025", "2025-03"),
            (None, "201601", "2016-01"),
            (None, "2011-12", "2011-12"),
            (None, "01/04/2026 - 30/04/2026", "2026-04"),
        ] {
            let month = month.parse().expect("a month");
            assert_eq!(form(is, 4).month(text), PeriodText::One(month), "{is:?} {text}");
        }
        let months = |text| match form(None, 4).month(text) {
            PeriodText::Several(months, _) => {
                months.iter().map(ToString::to_string).collect::<Vec<_>>()
            }
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(months("201112"), ["2011-12", "2012-03", "2012-08"]);
        assert_eq!(months("202425"), ["2025-03", "2025-08"]);
        assert_eq!(months("02/01/2016"), ["2016-01", "2016-02"]);
        for (is, text) in [
            (Some(MonthIs::FinancialYear), "2016-01"),
            (Some(MonthIs::FinancialYear), "202426"),
            (Some(MonthIs::CalendarYear), "2024/25"),
            (Some(MonthIs::Month), "202425"),
            (Some(MonthIs::Month), "2025"),
            (None, "2024/26"),
        ] {
            assert_eq!(form(is, 4).month(text), PeriodText::No, "{is:?} {text}");
        }
        let december = "2025-12".parse().expect("a month");
        let of_calendar_years = form(None, 1).month("2025");
        assert_eq!(of_calendar_years, PeriodText::One(december), "years that start in January");
    }
}
