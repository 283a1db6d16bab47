//! What a figure covers, and what a report is of, by name.

use crate::definition::{Definition, Indicator, Period};
use crate::month::{FinancialYear, Month};

/// What a period covers, whatever the month.
#[must_use]
pub fn period_meaning(period: Period) -> &'static str {
    match period {
        Period::Snapshot => "Snapshot: as things stand at the end of the month",
        Period::MonthSnapshot => "Monthly snapshot: as things stand at the end of the month",
        Period::YearToDate => {
            "Year to date: from the start of the financial year to the end of the month"
        }
        Period::Rolling12Months => "Rolling 12 months: the 12 months up to the end of the month",
        Period::Quarter => "Quarter: the three months up to the end of the month",
        Period::Annual => "Annual: the 12 months of a year",
    }
}

/// The months that a figure covers, by name: `January 2016`, `April 2015 to January 2016`,
/// `Q3 2015/16`, `2014/15`.
#[must_use]
pub fn period_name(definition: &Definition, indicator: &Indicator, month: Month) -> String {
    name_of_period(definition, indicator, indicator.period, month)
}

/// The same of a figure of an indicator that covers another period.
pub(super) fn name_of_period(
    definition: &Definition,
    indicator: &Indicator,
    period: Period,
    month: Month,
) -> String {
    match period {
        Period::Snapshot | Period::MonthSnapshot => month.long(),
        Period::YearToDate | Period::Rolling12Months => {
            months(definition.first_covered(period, month), month)
        }
        Period::Quarter | Period::Annual => end_of_period(definition, indicator, period, month),
    }
}

/// The name of what a figure covers, in a sentence: `April 2015 to January 2016`, `the 2014/15
/// school year`.
#[must_use]
pub fn period_said(definition: &Definition, indicator: &Indicator, month: Month) -> String {
    in_a_sentence(definition, indicator, indicator.period, month, name_of_period)
}

/// The same where figures of several kinds are counted together: of one that is not of a quarter
/// or a year, the month that it goes up to.
#[must_use]
pub fn period_end(definition: &Definition, indicator: &Indicator, month: Month) -> String {
    in_a_sentence(definition, indicator, indicator.period, month, end_of_period)
}

/// A name of a period in a sentence: a year that is not called by its number alone has an article.
pub(super) fn in_a_sentence(
    definition: &Definition,
    indicator: &Indicator,
    period: Period,
    month: Month,
    name: fn(&Definition, &Indicator, Period, Month) -> String,
) -> String {
    let is_number = || named_period(definition, indicator, period, month).is_some();
    let has_article = period == Period::Annual && (indicator.year_name.is_some() || !is_number());
    let name = name(definition, indicator, period, month);
    if has_article { format!("the {name}") } else { name }
}

/// The name of a quarter or a year, and else the month that a figure goes up to.
fn end_of_period(
    definition: &Definition,
    indicator: &Indicator,
    period: Period,
    month: Month,
) -> String {
    named_period(definition, indicator, period, month).unwrap_or_else(|| match period {
        Period::Quarter => months(month.before(2), month),
        Period::Annual => format!("year to {}", month.long()),
        _ => month.long(),
    })
}

/// The same where there is little room: `Jan 2016`, `Q3 2015/16`, `2014/15`.
#[must_use]
pub fn period_short(definition: &Definition, indicator: &Indicator, month: Month) -> String {
    short_name_of_period(definition, indicator, indicator.period, month)
}

/// The same of a figure of an indicator that covers another period.
pub(super) fn short_name_of_period(
    definition: &Definition,
    indicator: &Indicator,
    period: Period,
    month: Month,
) -> String {
    named_period(definition, indicator, period, month).unwrap_or_else(|| month.short())
}

/// Whether the figures of every indicator that is shown are of this one's period, so that it is the
/// report's own.
#[must_use]
pub fn is_period_of_all(definition: &Definition, indicator: &Indicator, report: Month) -> bool {
    let mut shown = definition.indicators_shown(report);
    shown.all(|id| definition.indicator(id).period == indicator.period)
}

/// The name of the quarter or year that a report is of, where all its indicators are of quarters or
/// all of years.
#[must_use]
pub fn report_period(definition: &Definition, report: Month) -> Option<String> {
    let first = definition.indicators_shown(report).next()?;
    let indicator = definition.indicator(first);
    is_period_of_all(definition, indicator, report)
        .then(|| named_period(definition, indicator, indicator.period, report))?
}

/// What a report is of, by name: its quarter or its year, or else its month.
#[must_use]
pub fn report_name(definition: &Definition, report: Month) -> String {
    report_period(definition, report).unwrap_or_else(|| report.long())
}

/// The same in a sentence: `January 2016`, `Q3 2015/16`, `the 2014/15 school year`.
#[must_use]
pub fn report_name_said(definition: &Definition, report: Month) -> String {
    let named = report_period(definition, report);
    let first = definition.indicators_shown(report).next();
    match (named, first) {
        (Some(_), Some(first)) => period_end(definition, definition.indicator(first), report),
        _ => report.long(),
    }
}

/// The name of a quarter or a year that has one: those of the financial year, and calendar years.
fn named_period(
    definition: &Definition,
    indicator: &Indicator,
    period: Period,
    month: Month,
) -> Option<String> {
    let year = definition.financial_year(month);
    match period {
        Period::Quarter => {
            let into = month.since(year.first()) + 1;
            (into % 3 == 0).then(|| format!("Q{} {year}", into / 3))
        }
        Period::Annual if indicator.year_name.is_some() => {
            let year = FinancialYear::of(month, month.after(1).number());
            indicator.year_name.as_ref().map(|name| format!("{year} {name}"))
        }
        Period::Annual if month.after(1) == definition.financial_year(month.after(1)).first() => {
            Some(year.to_string())
        }
        Period::Annual if month.number() == 12 => Some(month.year().to_string()),
        _ => None,
    }
}

/// `April 2015 to January 2016`, `August to October 2015`, `April 2015`.
fn months(first: Month, last: Month) -> String {
    if first == last {
        last.long()
    } else if first.year() == last.year() {
        format!("{} to {}", first.name(), last.long())
    } else {
        format!("{} to {}", first.long(), last.long())
    }
}

/// What a result of `month` covers: the definition's own words, or the period with its months.
/// Without a month, only what kind of period it is.
#[must_use]
pub fn period(definition: &Definition, indicator: &Indicator, month: Option<Month>) -> String {
    if let Some(note) = &indicator.period_note {
        return note.clone();
    }
    let name = |month| period_name(definition, indicator, month);
    let Some(month) = month else {
        let kind = match indicator.period {
            Period::Snapshot | Period::MonthSnapshot => "As things stand at the end of the month",
            Period::YearToDate => "The year to date",
            Period::Rolling12Months => "12 months, up to the end of the month",
            Period::Quarter => "A quarter",
            Period::Annual => "A year",
        };
        return kind.to_owned();
    };
    match indicator.period {
        Period::Snapshot | Period::MonthSnapshot => {
            format!("As things stood at the end of {}", name(month))
        }
        Period::YearToDate => format!("The year to date: {}", name(month)),
        Period::Rolling12Months => format!("12 months: {}", name(month)),
        Period::Quarter => format!("The quarter: {}", name(month)),
        Period::Annual => format!("The year: {}", name(month)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_have_their_months() {
        let words = |period_word: &str, month: &str| {
            let definition = Definition::for_test(&format!(
                "[scorecard]\ntitle = 'T'\narea = 'Kent'\n[[indicator]]\nid = '1'\nsection = 'S'\n\
                 name = 'N'\npolarity = 'H'\nunit = 'percent'\nperiod = '{period_word}'\n"
            ));
            period(&definition, &definition.indicators[0], Some(month.parse().expect("a month")))
        };
        for (kind, month, said) in [
            ("YTD", "2016-01", "The year to date: April 2015 to January 2016"),
            ("SS", "2016-01", "As things stood at the end of January 2016"),
            ("R12M", "2016-01", "12 months: February 2015 to January 2016"),
            ("Q", "2016-01", "The quarter: November 2015 to January 2016"),
            ("Q", "2015-12", "The quarter: Q3 2015/16"),
            ("A", "2015-03", "The year: 2014/15"),
            ("YTD", "2015-04", "The year to date: April 2015"),
        ] {
            assert_eq!(words(kind, month), said);
        }
    }
}
