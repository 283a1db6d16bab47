//! Which periods the figures of a column are of: its heading names the one that they have in
//! common, and footnotes the others.

use std::collections::BTreeMap;

use super::notes::Notes;
use super::{Block, Column};
use crate::assess::{Assessed, Earlier};
use crate::definition::{CompareWith, Definition, Frequency, Indicator, Period};
use crate::month::Month;
use crate::scorecard::Scorecard;
use crate::wording;

/// The period that a column is of.
pub(super) struct ColumnPeriod {
    /// Its name.
    name: String,
    /// Whether figures of other periods are in the column too.
    is_mixed: bool,
}

impl ColumnPeriod {
    /// Of a column with figures of these periods: the expected one where it is among them or where
    /// there are none, else the most frequent.
    pub(super) fn of(names: impl Iterator<Item = String>, expected: String) -> Self {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for name in names {
            *counts.entry(name).or_default() += 1;
        }
        let is_mixed = counts.len() > 1;
        if counts.is_empty() || counts.contains_key(&expected) {
            return Self { name: expected, is_mixed };
        }
        let most = counts.into_iter().max_by_key(|(_, count)| *count);
        Self { name: most.map_or(expected, |(name, _)| name), is_mixed }
    }

    /// `Dec 2015`, `Dec 2015 unless noted`.
    pub(super) fn heading(&self) -> String {
        if self.is_mixed { format!("{} unless noted", self.name) } else { self.name.clone() }
    }

    /// Whether a figure of this period is not of the one in the heading.
    pub(super) fn is_other(&self, name: &str) -> bool {
        self.name != name
    }

    /// The period alone.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Whether all figures are of it.
    pub(super) fn is_of_all(&self) -> bool {
        !self.is_mixed
    }
}

/// The columns of earlier results on a page.
pub(super) struct EarlierColumns<'s> {
    definition: &'s Definition,
    columns: Vec<(CompareWith, ColumnPeriod)>,
    /// How often all of them have a figure, where that is the same.
    frequency: Option<Frequency>,
}

/// What the previous results of a column are of.
fn previous(frequency: Option<Frequency>) -> &'static str {
    match frequency {
        Some(Frequency::Monthly) => "last month",
        Some(Frequency::Quarterly) => "last quarter",
        Some(Frequency::Annual) => "the year before",
        None => "the period before",
    }
}

impl<'s> EarlierColumns<'s> {
    /// Those that any indicator of the report asks for: the pages of all areas have the same
    /// headings, as CSV has them once.
    pub(super) fn of(scorecard: &Scorecard<'s>) -> Self {
        let entries = || scorecard.areas.iter().flat_map(|assessed| &assessed.entries);
        let definition = scorecard.definition;
        let is_asked = |with: &CompareWith| {
            entries().any(|entry| definition.indicator(entry.indicator).compare.has(*with))
        };
        let column = |with| {
            let names = entries().filter_map(|entry| {
                let figure = entry.earlier()?[with as usize].figure()?;
                let indicator = definition.indicator(entry.indicator);
                Some(wording::period_short(definition, indicator, figure.month))
            });
            (with, ColumnPeriod::of(names, expected(scorecard, with)))
        };
        let columns = CompareWith::ALL.into_iter().filter(is_asked).map(column).collect();
        let mut frequencies =
            entries().map(|entry| definition.indicator(entry.indicator).frequency);
        let first = frequencies.next();
        let frequency = first.filter(|first| frequencies.all(|other| other == *first));
        Self { definition, columns, frequency }
    }

    /// Each comparison with the period that its column is of.
    pub(super) fn iter(&self) -> impl Iterator<Item = (CompareWith, &ColumnPeriod)> {
        self.columns.iter().map(|(with, period)| (*with, period))
    }

    /// The column of how results moved from earlier ones: `Change on last month`.
    pub(super) fn direction_column(&self, with: CompareWith) -> Column {
        let (on, in_csv) = match with {
            CompareWith::Previous => (previous(self.frequency), "DoT from previous"),
            CompareWith::Outturn => ("outturn", "DoT from outturn"),
            CompareWith::LastYear => ("last year", "DoT from last year"),
        };
        Column::mark(format!("Change on {on}")).in_csv(in_csv).in_short(format!("On {on}"))
    }

    /// The footnote of an earlier result that is not of the period in the heading of its column.
    pub(super) fn note(
        &self,
        with: CompareWith,
        earlier: &Earlier<'_>,
        indicator: &Indicator,
        notes: &Notes,
    ) -> Option<usize> {
        let month = earlier.figure()?.month;
        let (_, column) = self.columns.iter().find(|(column, _)| *column == with)?;
        let short = wording::period_short(self.definition, indicator, month);
        column.is_other(&short).then(|| {
            let name = wording::period_said(self.definition, indicator, month);
            let what = match with {
                CompareWith::Previous => "The previous result is",
                CompareWith::Outturn => "The outturn is",
                CompareWith::LastYear => "Last year's result is",
            };
            notes.mark(format!("{what} of {name}"))
        })
    }
}

/// The period that the figures of a column would be of, where nothing says otherwise: of a report of
/// quarters the quarter before, else the month before.
fn expected(scorecard: &Scorecard<'_>, with: CompareWith) -> String {
    let (definition, report) = (scorecard.definition, scorecard.month);
    let common = definition.indicators_shown(report).next().map(|id| definition.indicator(id));
    let common = common.filter(|first| wording::is_period_of_all(definition, first, report));
    let month = match with {
        CompareWith::Previous => {
            report.before(common.map_or(1, |indicator| indicator.frequency.months()))
        }
        CompareWith::Outturn => scorecard.outturn_month,
        CompareWith::LastYear => report.before(12),
    };
    match common {
        Some(indicator) => wording::period_short(definition, indicator, month),
        None => month.short(),
    }
}

/// The months that figures of the report month cover where those are more than it: `Figures for the
/// year to date (YTD) cover April 2015 to January 2016; those for rolling 12 months (R12M) cover
/// February 2015 to January 2016.` Nothing where none does. Those of quarters, of years and of earlier
/// months have footnotes.
pub(super) fn covered<'r>(
    scorecard: &Scorecard<'_>,
    figures: impl Iterator<Item = (&'r Indicator, Month)>,
) -> Option<Block> {
    let is_long = |period: Period| matches!(period, Period::YearToDate | Period::Rolling12Months);
    let is_of_report = |(indicator, month): &(&Indicator, Month)| {
        is_long(indicator.period) && *month == scorecard.month
    };
    let mut named: BTreeMap<&str, String> = BTreeMap::new();
    for (indicator, month) in figures.filter(is_of_report) {
        let name = || wording::period_name(scorecard.definition, indicator, month);
        named.entry(indicator.period.as_str()).or_insert_with(name);
    }
    // The year to date first, whose word is the later one. The sentence is understood where there is
    // no column that has the word.
    let cover = |(word, months): (&&str, &String)| {
        let is_year = *word == Period::YearToDate.as_str();
        let length = if is_year { "the year to date" } else { "rolling 12 months" };
        format!("{length} ({word}) cover {months}")
    };
    let kinds: Vec<_> = named.iter().rev().map(cover).collect();
    let said = format!("Figures for {}.", kinds.join("; those for "));
    (!kinds.is_empty()).then(|| Block::paragraph(said))
}

/// The headings of a column of earlier results: in full, and where there is little room.
pub(super) fn result_heading(with: CompareWith, period: &ColumnPeriod) -> [String; 2] {
    let named = period.heading();
    match with {
        CompareWith::Previous => {
            [format!("Previous Reported Result ({named})"), format!("Prev. {named}")]
        }
        CompareWith::Outturn => [format!("Outturn ({named}) Result"), format!("Outturn {named}")],
        CompareWith::LastYear => {
            [format!("Last Year ({named}) Result"), format!("Last year {named}")]
        }
    }
}

/// The column of the targets that figures are rated against.
pub(super) struct TargetColumn {
    year: ColumnPeriod,
    /// The same in the short form of CSV.
    short: ColumnPeriod,
}

impl TargetColumn {
    /// For figures of these months.
    pub(super) fn of(scorecard: &Scorecard<'_>, figures: impl Iterator<Item = Month>) -> Self {
        let definition = scorecard.definition;
        let years: Vec<_> = figures.map(|month| definition.financial_year(month)).collect();
        let expected = definition.financial_year(scorecard.month);
        let year = years.iter().map(ToString::to_string);
        let short = years.iter().map(|year| year.short());
        Self {
            year: ColumnPeriod::of(year, expected.to_string()),
            short: ColumnPeriod::of(short, expected.short()),
        }
    }

    /// The column, headed by the year.
    pub(super) fn column(&self) -> Column {
        let heading = |year: &ColumnPeriod| {
            if year.is_of_all() {
                format!("Target for {}", year.name())
            } else {
                format!("Target ({})", year.heading())
            }
        };
        Column::number(heading(&self.year))
            .in_csv(heading(&self.short))
            .in_short(format!("Target {}", self.year.name()))
    }

    /// The footnote of a target that is of another year than the heading says: that of its figure,
    /// where that is of an earlier month.
    pub(super) fn note(
        &self,
        scorecard: &Scorecard<'_>,
        assessed: &Assessed<'_>,
        indicator: &Indicator,
        notes: &Notes,
    ) -> Option<usize> {
        let month = assessed.figure.month;
        let year = scorecard.definition.financial_year(month);
        if assessed.standard().is_none() || !self.year.is_other(&year.to_string()) {
            None
        } else if month == scorecard.month {
            Some(notes.mark(format!("The target is that for {year}")))
        } else {
            notes.period(scorecard, assessed, indicator)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(names: &[&str], expected: &str) -> ColumnPeriod {
        ColumnPeriod::of(names.iter().map(|name| (*name).to_owned()), expected.to_owned())
    }

    #[test]
    fn a_heading_names_the_period_of_the_figures_below_it() {
        assert_eq!(column(&["Dec 2015", "Dec 2015"], "Dec 2015").heading(), "Dec 2015");
        assert_eq!(column(&["Q2 2015/16"], "Dec 2015").heading(), "Q2 2015/16");
        assert_eq!(column(&[], "Dec 2015").heading(), "Dec 2015");
    }

    #[test]
    fn figures_of_other_periods_are_noted() {
        let mixed = column(&["Q2 2015/16", "Q2 2015/16", "Dec 2015"], "Dec 2015");
        assert_eq!(mixed.heading(), "Dec 2015 unless noted");
        assert!(mixed.is_other("Q2 2015/16") && !mixed.is_other("Dec 2015"));
        let most = column(&["Q2 2015/16", "Q2 2015/16", "2014/15"], "Dec 2015");
        assert_eq!(most.heading(), "Q2 2015/16 unless noted");
    }
}
