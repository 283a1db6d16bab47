//! The words that `indicators.toml` takes for its choices, each list made from the type that it
//! becomes.

use clap::ValueEnum;

use crate::toml_file::words;

words! {
    /// Which way is better.
    Polarity {
        /// Higher is better.
        Higher = "H",
        /// Lower is better.
        Lower = "L",
        /// The nearer to the target the better.
        Target = "T",
        /// Neither way is better: a result is within an expected range, above it or below it.
        Neither = "N",
    }
}

words! {
    /// What a figure covers, up to and including its month.
    Period {
        /// A snapshot at the end of the month.
        Snapshot = "SS",
        /// A snapshot at the end of the month, where papers call it a monthly snapshot.
        MonthSnapshot = "MS",
        /// From the start of the financial year.
        YearToDate = "YTD",
        /// The last twelve months.
        Rolling12Months = "R12M",
        /// A quarter.
        Quarter = "Q",
        /// A year.
        Annual = "A",
    }
}

words! {
    /// How often there is a new figure.
    Frequency {
        /// Every month.
        Monthly = "monthly",
        /// Every three months.
        Quarterly = "quarterly",
        /// Every twelve months.
        Annual = "annual",
    }
}

impl Frequency {
    /// Months from one figure to the next.
    #[must_use]
    pub fn months(self) -> u16 {
        match self {
            Self::Monthly => 1,
            Self::Quarterly => 3,
            Self::Annual => 12,
        }
    }
}

impl From<Period> for Frequency {
    /// The frequency that a period has unless the definition says otherwise.
    fn from(period: Period) -> Self {
        match period {
            Period::Quarter => Self::Quarterly,
            Period::Annual => Self::Annual,
            Period::Snapshot
            | Period::MonthSnapshot
            | Period::YearToDate
            | Period::Rolling12Months => Self::Monthly,
        }
    }
}

words! {
    /// What a result is counted in. A rate also needs a `per`.
    UnitWord {
        /// Numerator over denominator, times a hundred.
        Percent = "percent",
        /// A count, usually without a denominator.
        Number = "number",
        /// Numerator over denominator.
        Average = "average",
        /// Numerator over denominator, times `per`.
        Rate = "rate",
    }
}

words! {
    /// What a result exactly on the floor is rated.
    AtFloor {
        /// Amber, as a rule.
        Amber = "amber",
        /// Red, where the floor itself is not good enough.
        Red = "red",
    }
}

words! {
    /// Whether an area without rows of its own is the sum of its parts.
    Rollup {
        /// It has no figure.
        None = "none",
        /// It is.
        Sum = "sum",
    }
}

words! {
    /// Which results ratings, directions and variances compare.
    Precision {
        /// The exact ones.
        Unrounded = "unrounded",
        /// Those that are shown, rounded.
        Displayed = "displayed",
    }
}

words! {
    /// Which figures of an earlier month are compared with, where it has been published.
    PreviousFrom {
        /// Those that were published.
        Published = "published",
        /// Those that the data folder gives today.
        Current = "current",
    }
}

words! {
    /// An earlier result that a figure is compared with.
    CompareWith {
        /// That of the period before.
        Previous = "previous",
        /// That of the end of the financial year before.
        Outturn = "outturn",
        /// That of the same period a year before.
        LastYear = "last_year",
    }
}

/// The earlier results that an indicator's figures are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparisons([bool; CompareWith::ALL.len()]);

impl Default for Comparisons {
    /// The previous result and the outturn.
    fn default() -> Self {
        [CompareWith::Previous, CompareWith::Outturn].into_iter().collect()
    }
}

impl FromIterator<CompareWith> for Comparisons {
    fn from_iter<I: IntoIterator<Item = CompareWith>>(asked: I) -> Self {
        let mut comparisons = [false; CompareWith::ALL.len()];
        for one in asked {
            comparisons[one as usize] = true;
        }
        Self(comparisons)
    }
}

impl Comparisons {
    /// Whether there is such a comparison.
    #[must_use]
    pub fn has(self, one: CompareWith) -> bool {
        self.0[one as usize]
    }

    /// All of them, in order.
    pub fn iter(self) -> impl Iterator<Item = CompareWith> {
        CompareWith::ALL.into_iter().filter(move |one| self.has(*one))
    }
}

words! {
    /// What an entry of the area list is.
    AreaKind {
        /// A place or service with indicators.
        Area = "area",
        /// A team, in the activity table only.
        Team = "team",
    }
}

words! {
    /// Which columns an activity has in its table.
    Show {
        /// This month, last month and the change.
        Change = "change",
        /// This month alone.
        Month = "month",
    }
}

words! {
    /// Whether a percentage may be above 100.
    Above100 {
        /// It may not.
        No = "no",
        /// It may.
        Yes = "yes",
    }
}

words! {
    /// Whether a public edition shows a percentage that all but a few are in.
    AllButAFew {
        /// It does not.
        Hide = "hide",
        /// It does.
        Show = "show",
    }
}

words! {
    /// Whether a public edition shows a count of 0.
    Zeros {
        /// It does.
        Show = "show",
        /// It does not.
        Hide = "hide",
    }
}

words! {
    /// What is done where two months of a year to date tell a small count.
    YearToDate {
        /// The officer is told.
        Note = "note",
        /// The later one is hidden.
        Protect = "protect",
    }
}

words! {
    /// What of a figure may not be shown in public where it is small.
    Sensitivity {
        /// Its counts, and how many are not in it.
        All = "all",
        /// Its counts: all but a few may be in it.
        Counts = "counts",
        /// Nothing: it is not about people.
        None = "none",
    }
}

words! {
    /// Which of an indicator's figures an identity means.
    Part {
        /// The numerator.
        Numerator = "numerator",
        /// The denominator.
        Denominator = "denominator",
        /// The value of a number.
        Value = "value",
    }
}

words! {
    /// A table of the dashboard, in the order of the paper.
    #[derive(ValueEnum)]
    TableName {
        /// How many are rated what, what moved, what changed rating, and what is red since when
        Summary = "summary",
        /// Every indicator: result, rating, target, previous result, outturn and direction of travel
        Scorecard = "scorecard",
        /// Indicators down, areas across
        Areas = "areas",
        /// What each area and team did
        Activity = "activity",
        /// The results with a cohort left out, and the variance
        Impact = "impact",
        /// Each indicator for everyone and for each cohort with results of its own, and the difference
        Cohorts = "cohorts",
        /// A report on each red indicator
        Exceptions = "exceptions",
        /// Every indicator over the last periods: result and rating
        Trend = "trend",
        /// What indicators contribute to: the columns of each framework, with the rating in each
        Framework = "framework",
        /// What each indicator is, its target and floor, and how it is rated
        Definitions = "definitions",
        /// What ratings, arrows, letters and shorthand mean
        Notes = "notes",
    }
}
