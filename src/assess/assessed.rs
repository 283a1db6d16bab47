//! What comes of a figure, an indicator and an area when all rules have been applied.

use super::rag::reported_rag;
use super::{
    Against, Benchmarked, Covered, GapSides, Outcome, RedSince, Revised, Statistics, TrendPoint,
    Variance, WithheldSum,
};
use crate::definition::{AreaId, CompareWith, CoverageLevel, Definition, IndicatorId, Standard};
use crate::extract::{Mark, Observation};
use crate::figure::{Amount, Decimal};
use crate::month::Month;
use crate::population::CohortId;
use crate::rating::{Direction, Rag, RangePosition, Verdict};
use crate::record::PublishedFigure;

/// Where a figure of an area comes from.
#[derive(Clone, Copy, Debug)]
pub enum Origin<'e> {
    /// A row of an extract.
    Row(&'e Observation),
    /// Everyone's row, for an indicator that already leaves the cohort out.
    AlreadyExcluded(&'e Observation),
    /// Everyone's row minus the cohort's.
    Difference {
        /// Everyone's row.
        all: &'e Observation,
        /// The cohort's.
        cohort: &'e Observation,
    },
    /// The sum of the area's parts.
    Sum,
    /// The sum of the area's parts minus the area's own row of the cohort.
    SumMinusCohort(&'e Observation),
    /// The difference between two groups in another indicator.
    Gap,
    /// The published figure.
    Published(&'e PublishedFigure),
}

/// A figure of a month.
#[derive(Clone, Debug)]
pub struct Figure<'e> {
    /// Its numbers.
    pub amount: Amount,
    /// Its month.
    pub month: Month,
    /// Where it comes from.
    pub origin: Origin<'e>,
    /// The mark in its extract; for a sum or a difference, the mark of any of its parts.
    pub mark: Option<Mark>,
    /// The published figure, if this is an earlier figure that was published.
    pub published: Option<&'e PublishedFigure>,
    /// What was published and what is known now, if this is an earlier figure and the two differ.
    pub revised: Option<Box<Revised>>,
    /// How much of what it is about has been recorded, if that decides whether it is rated and is
    /// known.
    pub covered: Option<Box<Covered<'e>>>,
}

impl Figure<'_> {
    /// Whether it is none, and says why.
    #[must_use]
    pub fn says_why(&self) -> bool {
        self.amount.reason().is_some()
    }

    /// Whether it has a result, and too little of what it is about has been recorded to rate it.
    #[must_use]
    pub fn is_too_low(&self) -> bool {
        let has_result = match &self.amount {
            Amount::Ratio { denominator, .. } => !denominator.is_zero(),
            Amount::Value(_) | Amount::Gap(_) => true,
            Amount::Suppressed | Amount::Low | Amount::NoFigure(_) => false,
        };
        let covered = self.covered.as_ref().filter(|_| has_result);
        covered.is_some_and(|covered| covered.level == CoverageLevel::TooLow)
    }

    /// Its mark: revised if it differs from what was published, unreliable if too little is
    /// recorded, else the mark in its extract.
    #[must_use]
    pub fn mark(&self) -> Option<Mark> {
        if self.revised.is_some() {
            Some(Mark::Revised)
        } else if self.is_too_low() {
            Some(Mark::Unreliable)
        } else {
            self.mark
        }
    }
}

/// A figure with everything that the rules derive from it.
#[derive(Clone, Debug)]
pub struct Assessed<'e> {
    /// The latest figure.
    pub figure: Figure<'e>,
    /// Its result. `None` if the denominator is 0, the figure is suppressed or low, or there is none
    /// and it is said why.
    pub outcome: Option<Outcome>,
    /// What it is rated against: the target of the financial year of its month.
    pub against: Against<'e>,
    /// The rating.
    pub rag: Option<Rag>,
    /// How it stands to the benchmark that it is rated against, if it is.
    pub verdict: Option<Verdict>,
    /// Where the result is, seen from its expected range, if it has one.
    pub range: Option<RangePosition>,
    /// The figure of the previous period.
    pub previous: Earlier<'e>,
    /// The figure at the end of the financial year before that of the report.
    pub outturn: Earlier<'e>,
    /// The figure of the same period a year earlier.
    pub last_year: Earlier<'e>,
}

impl<'e> Assessed<'e> {
    /// What it is rated against. `None` if there is no target.
    #[must_use]
    pub fn standard(&self) -> Option<&Standard> {
        self.against.standard()
    }

    /// The earlier figures: of the previous period, of the outturn, and of a year earlier.
    #[must_use]
    pub fn earlier(&self) -> [&Earlier<'e>; 3] {
        [&self.previous, &self.outturn, &self.last_year]
    }

    /// The earlier figure of a comparison.
    #[must_use]
    pub fn compared_with(&self, with: CompareWith) -> &Earlier<'e> {
        match with {
            CompareWith::Previous => &self.previous,
            CompareWith::Outturn => &self.outturn,
            CompareWith::LastYear => &self.last_year,
        }
    }
}

/// An earlier figure, for comparison.
#[derive(Clone, Debug)]
pub enum Earlier<'e> {
    /// There is none, or the indicator is not compared with it.
    Missing,
    /// There is one, but it has no result: it is suppressed or low, its denominator is 0, or it is
    /// only said why there is none.
    NoResult(Figure<'e>),
    /// There is one with a result.
    Result(Comparison<'e>),
}

impl<'e> Earlier<'e> {
    /// The comparison. `None` if there is no earlier result.
    #[inline]
    #[must_use]
    pub fn result(&self) -> Option<&Comparison<'e>> {
        if let Self::Result(comparison) = self { Some(comparison) } else { None }
    }

    /// The figure. `None` if there is none.
    #[must_use]
    pub fn figure(&self) -> Option<&Figure<'e>> {
        match self {
            Self::Missing => None,
            Self::NoResult(figure) => Some(figure),
            Self::Result(comparison) => Some(&comparison.figure),
        }
    }
}

/// An earlier result, and how the latest result compares with it.
#[derive(Clone, Debug)]
pub struct Comparison<'e> {
    /// The earlier figure.
    pub figure: Figure<'e>,
    /// Its result.
    pub outcome: Outcome,
    /// The direction from it to the latest result. `None` if there is no latest result, no target
    /// for a T, or a cumulative count.
    pub direction: Option<Direction>,
    /// What it is rated against, if that depends on other figures.
    pub(super) worked_out: Against<'e>,
    /// How it stood to the benchmark that the indicator is rated against, if it is.
    pub(super) verdict: Option<Verdict>,
    pub(super) definition: &'e Definition,
    pub(super) indicator: IndicatorId,
}

impl Comparison<'_> {
    /// What it would be rated against today: the target of its own year. `None` if there is none.
    #[must_use]
    pub fn standard(&self) -> Option<&Standard> {
        let worked_out = self.worked_out.standard();
        worked_out.or_else(|| self.definition.standard(self.indicator, self.figure.month))
    }

    /// Both ends of the target that it was rated against, as published if it was. `None` if there
    /// was no target.
    #[must_use]
    pub fn target(&self) -> Option<[Decimal; 2]> {
        if let Some(published) = self.figure.published {
            return published.target.clone();
        }
        let (low, high) = self.standard()?.bands.target();
        Some([low.plain(), high.plain()])
    }

    /// Its rating, against the target of its own year, or the benchmark then. `None` if it was not
    /// rated.
    #[must_use]
    pub fn rag(&self) -> Option<Rag> {
        let indicator = self.definition.indicator(self.indicator);
        let (outcome, verdict) = (Some(&self.outcome), self.verdict);
        let standard = || self.standard();
        reported_rag(self.definition, indicator, &self.figure, outcome, verdict, standard)
    }
}

/// What happens to an indicator when a cohort is left out.
#[derive(Clone, Debug)]
pub struct Excluding<'e> {
    /// The cohort that is left out.
    pub cohort: CohortId,
    /// The figure without it.
    pub assessed: Assessed<'e>,
    /// The change in the result.
    pub variance: Variance,
    /// What statistics say of the figure without it, if they and trends are asked for.
    pub statistics: Option<Box<Statistics<'e>>>,
}

/// A cohort's own result.
#[derive(Clone, Debug)]
pub struct OwnCohort<'e> {
    /// The cohort.
    pub cohort: CohortId,
    /// Its figure.
    pub assessed: Assessed<'e>,
    /// Its result minus everyone's.
    pub difference: Variance,
    /// What statistics say of its figure, if they and trends are asked for.
    pub statistics: Option<Box<Statistics<'e>>>,
}

/// An indicator assessed for an area.
#[derive(Clone, Debug)]
pub struct Entry<'e> {
    /// The indicator.
    pub indicator: IndicatorId,
    /// The figure for everyone, if there is one.
    pub including: Option<Assessed<'e>>,
    /// What its figure of the report month would be rated against, if there were one; nothing if
    /// there is.
    pub due: Against<'e>,
    /// The figures without each cohort that has one.
    pub excluding: Vec<Excluding<'e>>,
    /// The own figures of the cohorts that have them.
    pub own: Vec<OwnCohort<'e>>,
    /// If it is a gap and trends are asked for: the figures that it is between.
    pub gap: Option<Box<GapSides<'e>>>,
    /// If there is no latest figure and trends are asked for: the earlier figures that it would
    /// have been compared with, which are those of the period before the one that is due, of the
    /// outturn, and of a year earlier.
    pub without_latest: Option<[Earlier<'e>; 3]>,
    /// Why there is no latest figure, where it would be a sum and trends are asked for.
    pub withheld: Option<WithheldSum>,
    /// What benchmarks have beside it, in the order of the definitions.
    pub benchmarks: Vec<Benchmarked<'e>>,
    /// The last few periods, oldest first; empty unless trends are asked for.
    pub trend: Vec<TrendPoint<'e>>,
    /// Since when it has been red, if it is and trends are asked for.
    pub red_since: Option<RedSince>,
    /// What statistics say of the figure for everyone, if they and trends are asked for.
    pub statistics: Option<Box<Statistics<'e>>>,
}

impl<'e> Entry<'e> {
    /// The figures that the latest one is compared with, or would be if there were one: of the
    /// previous period, of the outturn, and of a year earlier. `None` if there is no latest figure
    /// and trends are not asked for.
    #[must_use]
    pub fn earlier(&self) -> Option<[&Earlier<'e>; 3]> {
        match &self.including {
            Some(latest) => Some(latest.earlier()),
            None => self.without_latest.as_ref().map(<[Earlier<'_>; 3]>::each_ref),
        }
    }

    /// The own figure of a cohort. `None` if there is none.
    #[must_use]
    pub fn of_cohort(&self, cohort: CohortId) -> Option<&Assessed<'e>> {
        self.own.iter().find(|own| own.cohort == cohort).map(|own| &own.assessed)
    }

    /// The figure without a cohort. `None` if there is none.
    #[must_use]
    pub fn without(&self, cohort: CohortId) -> Option<&Assessed<'e>> {
        let mut excluding = self.excluding.iter();
        excluding.find(|excluding| excluding.cohort == cohort).map(|excluding| &excluding.assessed)
    }
}

/// An area, assessed.
#[derive(Clone, Debug)]
pub struct AssessedArea<'e> {
    /// The area.
    pub area: AreaId,
    /// Its indicators in force, in the order of the definitions.
    pub entries: Vec<Entry<'e>>,
}
