//! The rules: from figures to results, ratings, directions and variances, each with its evidence.
//!
//! Each rule is a pure function in a file of its own; [`Assessor`] combines them for one report
//! month. It borrows the definitions and the months that have been read, and does no I/O.

mod benchmark;
mod cohort;
mod coverage;
mod direction;
mod gap;
mod hidden;
mod rag;
mod relative;
mod reported;
mod result;
mod rollup;
mod series;
pub mod shortfall;
mod statistics;
mod variance;
mod withheld;

pub use benchmark::{AgainstBenchmark, BenchmarkFigure, Benchmarked, Benchmarks, EarlierBenchmark};
pub use cohort::difference;
pub use coverage::Covered;
pub use gap::GapSides;
pub use hidden::{ActivityKey, FigureKey, Hidden};
pub use rag::rag as rate;
pub use relative::{Against, NoTarget, WhyNoTarget};
pub use reported::Revised;
pub use result::{Outcome, outcome};
pub use rollup::sum;
pub use series::{Refusal, Series, refused};
pub use statistics::{
    Chart, NoInterval, NoTrend, Recent, Statistics, Tone, Variation, better, interval,
};
pub use withheld::WithheldSum;

use std::sync::Arc;

use crate::definition::{
    AreaId, CompareWith, CoverageLevel, Definition, Edition, Frequency, Indicator, IndicatorId,
    Period, Polarity, Rollup, Standard, Target,
};
use crate::extract::{Extract, Mark, Observation, find, has_own};
use crate::figure::{Amount, Decimal, Ratio};
use crate::history::{History, RED_LOOK_BACK};
use crate::month::{ByMonth, Month};
use crate::population::{CohortId, Population};
use crate::rating::{Direction, Rag, RangePosition, Verdict};
use crate::record::PublishedFigure;
use hidden::Hiding;
use rayon::prelude::*;
use rollup::{How, Sums};

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
    worked_out: Against<'e>,
    /// How it stood to the benchmark that the indicator is rated against, if it is.
    verdict: Option<Verdict>,
    definition: &'e Definition,
    indicator: IndicatorId,
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

/// Excluding minus including, or a cohort minus everyone.
#[derive(Clone, Debug)]
pub enum Variance {
    /// The difference, not rounded.
    Of(Ratio),
    /// The indicator already leaves the cohort out.
    NotApplicable,
    /// At least one of the two has no result.
    Unknown,
    /// The two figures are of different months.
    DifferentMonths,
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

/// One period of a trend.
#[derive(Clone, Debug)]
pub struct TrendPoint<'e> {
    /// The last month of the period.
    pub month: Month,
    /// The figure, if there is one.
    pub figure: Option<Figure<'e>>,
    /// Its result.
    pub outcome: Option<Outcome>,
    /// What it is rated against.
    pub against: Against<'e>,
    /// Its rating.
    pub rag: Option<Rag>,
}

impl TrendPoint<'_> {
    /// What it is rated against. `None` if there is no target.
    #[must_use]
    pub fn standard(&self) -> Option<&Standard> {
        self.against.standard()
    }
}

/// Since when an indicator has been red.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RedSince {
    /// The first period of the run of reds.
    pub month: Month,
    /// What is known about the period before it.
    pub before: Before,
}

/// What is known about the period before a run of reds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// It was rated amber or green.
    NotRed,
    /// It has a figure but no rating, because there was no target or no result.
    NotRated,
    /// It has no figure, or is too far back to be looked at, so the run may be longer.
    NoFigure,
}

impl RedSince {
    /// Whether the period before is known to be amber or green.
    #[must_use]
    pub fn is_start(self) -> bool {
        self.before == Before::NotRed
    }
}

/// Applies the rules for one report month. A copy shares what has been worked out for all of it.
#[derive(Clone, Debug)]
pub struct Assessor<'e> {
    history: &'e History<'e>,
    definition: &'e Definition,
    month: Month,
    outturn_month: Month,
    /// For each indicator, the target of its figures of the report month. Looked up once, because
    /// nearly all figures are of that month.
    targets: Arc<[Option<Target<'e>>]>,
    /// The sums of each month.
    sums: Arc<ByMonth<Sums>>,
    benchmarks: Arc<Benchmarks<'e>>,
    /// What it does not show.
    hiding: Hiding,
}

impl<'e> Assessor<'e> {
    /// An assessor for the report of `month`. For a public edition it shows nothing:
    /// [`hiding`](Self::hiding) says what may be shown.
    #[must_use]
    pub fn new(history: &'e History<'e>, month: Month) -> Self {
        let definition = history.definition();
        let hiding = match definition.edition {
            Edition::Directors => Hiding::Nothing,
            Edition::Public => Hiding::Everything,
        };
        let outturn_month = definition.financial_year(month).previous_outturn();
        let targets = definition.indicator_ids().map(|id| definition.target(id, month)).collect();
        let months: Vec<_> = history.months_read().collect();
        let sums = |month: &Month| {
            let extract = history.extract(*month)?;
            Some((*month, Sums::of_month(definition, *month, &extract.results)))
        };
        let sums: Vec<_> = months.par_iter().filter_map(sums).collect();
        let sums = Arc::new(sums.into_iter().collect());
        let benchmarks = Arc::new(Benchmarks::of_report(history, definition, month));
        Self { history, definition, month, outturn_month, targets, sums, benchmarks, hiding }
    }

    /// The same, but it shows everything, whatever the edition: to find out what may be shown, and
    /// for the checks, which are for the officer.
    #[must_use]
    pub fn showing_all(&self) -> Self {
        Self { hiding: Hiding::Nothing, ..self.clone() }
    }

    /// The same for a public edition, which does not show what is hidden.
    #[must_use]
    pub fn hiding(&self, hidden: Hidden) -> Self {
        Self { hiding: Hiding::These(Arc::new(hidden)), ..self.clone() }
    }

    /// The months that have been read.
    #[must_use]
    pub fn history(&self) -> &'e History<'e> {
        self.history
    }

    /// The figures of benchmarks that had been published when those of the report were extracted.
    #[must_use]
    pub fn benchmarks(&self) -> &Arc<Benchmarks<'e>> {
        &self.benchmarks
    }

    /// The report month.
    #[must_use]
    pub fn month(&self) -> Month {
        self.month
    }

    /// The last month of the financial year before that of the report.
    #[must_use]
    pub fn outturn_month(&self) -> Month {
        self.outturn_month
    }

    /// The target of a figure of `month`, as the definitions have it. `None` if there is none.
    fn target(&self, indicator: IndicatorId, month: Month) -> Option<Target<'e>> {
        if month == self.month {
            self.targets[indicator.index()]
        } else {
            self.definition.target(indicator, month)
        }
    }

    /// Every indicator in force, assessed for an area.
    #[must_use]
    pub fn area(&self, area: AreaId) -> AssessedArea<'e> {
        let indicators = self.definition.indicators_in_force(self.month);
        AssessedArea { area, entries: indicators.map(|id| self.entry(area, id)).collect() }
    }

    /// Like [`area`](Self::area), with the trend of each indicator, and since when those that are
    /// red have been red.
    #[must_use]
    pub fn area_with_trends(&self, area: AreaId) -> AssessedArea<'e> {
        let indicators = self.definition.indicators_in_force(self.month);
        let entries = indicators.map(|id| self.entry_with_trend(area, id)).collect();
        AssessedArea { area, entries }
    }

    /// The indicators that are shown, assessed for an area: all of them, unless a product is.
    #[must_use]
    pub fn shown(&self, area: AreaId) -> AssessedArea<'e> {
        let indicators = self.definition.indicators_shown(self.month);
        AssessedArea { area, entries: indicators.map(|id| self.entry(area, id)).collect() }
    }

    /// The same with the trend of each, and since when those that are red have been red.
    #[must_use]
    pub fn shown_with_trends(&self, area: AreaId) -> AssessedArea<'e> {
        let indicators = self.definition.indicators_shown(self.month);
        let entries = indicators.map(|id| self.entry_with_trend(area, id)).collect();
        AssessedArea { area, entries }
    }

    /// An indicator assessed for an area.
    #[must_use]
    pub fn entry(&self, area: AreaId, indicator: IndicatorId) -> Entry<'e> {
        let including = self.including(area, indicator);
        let excluding: Vec<_> = self.excluding(area, indicator, including.as_ref()).collect();
        let due = match &including {
            Some(_) => Against::Nothing,
            None => self.against(area, indicator, Population::Everyone, self.month),
        };
        let own = self.own(area, indicator, including.as_ref()).collect();
        Entry {
            indicator,
            benchmarks: self.beside(indicator, including.as_ref(), &excluding),
            including,
            due,
            excluding,
            own,
            gap: None,
            without_latest: None,
            withheld: None,
            trend: Vec::new(),
            red_since: None,
            statistics: None,
        }
    }

    /// Like [`entry`](Self::entry), with its trend, and since when it has been red if it is.
    #[must_use]
    pub fn entry_with_trend(&self, area: AreaId, indicator: IndicatorId) -> Entry<'e> {
        let mut entry = self.entry(area, indicator);
        for excluding in &mut entry.excluding {
            let population = Population::Excluding(excluding.cohort);
            excluding.statistics =
                self.statistics(area, indicator, population, &excluding.assessed);
        }
        for own in &mut entry.own {
            let population = Population::Cohort(own.cohort);
            own.statistics = self.statistics(area, indicator, population, &own.assessed);
        }
        let statistics = entry
            .including
            .as_ref()
            .and_then(|assessed| self.statistics(area, indicator, Population::Everyone, assessed));
        let latest = entry.including.as_ref().map_or(self.month, |assessed| assessed.figure.month);
        let is_red =
            entry.including.as_ref().is_some_and(|assessed| assessed.rag == Some(Rag::Red));
        let without_latest =
            entry.including.is_none().then(|| self.without_latest(area, indicator));
        let withheld = without_latest
            .is_some()
            .then(|| self.withheld_sum(area, indicator, self.month))
            .flatten();
        let gap = self.definition.indicator(indicator).gap;
        let gap = gap.map(|gap| Box::new(self.gap_sides(area, gap, latest)));
        Entry {
            gap,
            without_latest,
            withheld,
            trend: self.trend(area, indicator, latest, self.definition.trend),
            red_since: is_red.then(|| self.red_since(area, indicator, latest)),
            statistics,
            ..entry
        }
    }

    /// The earlier figures of an indicator that has no latest figure.
    fn without_latest(&self, area: AreaId, id: IndicatorId) -> [Earlier<'e>; 3] {
        let indicator = self.definition.indicator(id);
        let due = self.month;
        let months = [
            (CompareWith::Previous, due.before(indicator.frequency.months())),
            (CompareWith::Outturn, self.outturn_month),
            (CompareWith::LastYear, due.before(12)),
        ];
        months.map(|(with, month)| {
            if !indicator.compare.has(with) {
                return Earlier::Missing;
            }
            let earlier = self.latest(area, id, Population::Everyone, month);
            self.compare((area, id, Population::Everyone), None, with, earlier)
        })
    }

    /// The figure for everyone, assessed. `None` if there is none.
    #[must_use]
    pub fn including(&self, area: AreaId, indicator: IndicatorId) -> Option<Assessed<'e>> {
        self.assess(area, indicator, Population::Everyone)
    }

    /// The figures without each cohort that has one, assessed, and their variances from everyone's
    /// figure.
    pub fn excluding(
        &self,
        area: AreaId,
        id: IndicatorId,
        including: Option<&Assessed<'e>>,
    ) -> impl Iterator<Item = Excluding<'e>> {
        let indicator = self.definition.indicator(id);
        // A monthly indicator only uses figures of this month, so these rows decide which cohorts
        // to try.
        let extract =
            self.history.extract(self.month).filter(|_| indicator.frequency == Frequency::Monthly);
        let rows = extract.map(|extract| extract.results.of(area, id));
        let may_be_there = move |cohort: &CohortId| {
            rows.is_none_or(|rows| cohort::may_leave_out(rows, indicator, *cohort))
        };
        self.definition.cohort_ids().filter(may_be_there).filter_map(move |cohort| {
            let assessed = self.assess(area, id, Population::Excluding(cohort))?;
            let variance = self.variance(cohort, id, &assessed, including);
            Some(Excluding { cohort, assessed, variance, statistics: None })
        })
    }

    /// The own figures of the cohorts that have them, assessed, and their differences from
    /// everyone's figure.
    pub fn own(
        &self,
        area: AreaId,
        id: IndicatorId,
        including: Option<&Assessed<'e>>,
    ) -> impl Iterator<Item = OwnCohort<'e>> {
        self.definition.own_cohorts().filter_map(move |cohort| {
            let assessed = self.assess(area, id, Population::Cohort(cohort))?;
            let indicator = self.definition.indicator(id);
            let difference = self.difference(indicator, &assessed, including);
            Some(OwnCohort { cohort, assessed, difference, statistics: None })
        })
    }

    fn variance(
        &self,
        cohort: CohortId,
        indicator: IndicatorId,
        excluding: &Assessed<'_>,
        including: Option<&Assessed<'_>>,
    ) -> Variance {
        let indicator = self.definition.indicator(indicator);
        if indicator.excludes.contains(&cohort) {
            return Variance::NotApplicable;
        }
        self.difference(indicator, excluding, including)
    }

    /// The result of some people minus everyone's.
    fn difference(
        &self,
        indicator: &Indicator,
        of: &Assessed<'_>,
        including: Option<&Assessed<'_>>,
    ) -> Variance {
        if including.is_some_and(|including| including.figure.month != of.figure.month) {
            return Variance::DifferentMonths;
        }
        match (&of.outcome, including.and_then(|including| including.outcome.as_ref())) {
            (Some(of), Some(including)) => Variance::Of(variance::variance(
                of,
                including,
                indicator,
                self.definition.precision,
            )),
            _ => Variance::Unknown,
        }
    }

    fn assess(
        &self,
        area: AreaId,
        indicator: IndicatorId,
        population: Population,
    ) -> Option<Assessed<'e>> {
        let figure = self.latest(area, indicator, population, self.month)?;
        let definition = self.definition.indicator(indicator);
        let outcome = result::outcome(&figure.amount, definition);
        let against = self.against(area, indicator, population, figure.month);
        let standard = against.standard();
        let (found, verdict) =
            (outcome.as_ref(), self.verdict(indicator, &figure, outcome.as_ref()));
        let rag = reported_rag(self.definition, definition, &figure, found, verdict, || standard);
        // Of too few records there is no telling whether the result is better or worse.
        let sure = outcome.as_ref().filter(|_| !figure.is_too_low());
        let latest = sure.map(|outcome| (outcome, standard));
        let compare = |with: CompareWith| {
            if !definition.compare.has(with) {
                return Earlier::Missing;
            }
            let earlier = self.earlier(area, indicator, population, figure.month, with);
            self.compare((area, indicator, population), latest, with, earlier)
        };
        // Not as an array: these are large, and would be moved about.
        let previous = compare(CompareWith::Previous);
        let outturn = compare(CompareWith::Outturn);
        let last_year = compare(CompareWith::LastYear);
        let has_range = definition.polarity == Polarity::Neither;
        let range = sure.filter(|_| has_range).and_then(|outcome| {
            let expected = self.definition.expected_range(indicator, figure.month)?;
            Some(expected.position(&outcome.rated(definition, self.definition.precision)))
        });
        Some(Assessed {
            figure,
            outcome,
            against,
            rag,
            verdict,
            range,
            previous,
            outturn,
            last_year,
        })
    }

    /// The earlier figure that the one of `month` is compared with, even if it has no result.
    /// `None` if there is none.
    fn earlier(
        &self,
        area: AreaId,
        indicator: IndicatorId,
        population: Population,
        month: Month,
        with: CompareWith,
    ) -> Option<Figure<'e>> {
        let reported = |before| self.reported(area, indicator, population, month.before(before));
        match with {
            CompareWith::Previous => {
                reported(self.definition.indicator(indicator).frequency.months())
            }
            CompareWith::LastYear => reported(12),
            // A figure is not compared with itself or with a later one.
            CompareWith::Outturn => {
                let mut outturn = self.latest(area, indicator, population, self.outturn_month);
                outturn.take_if(|outturn| outturn.month >= month);
                outturn
            }
        }
    }

    /// Compares the latest result, if there is one, with an earlier figure.
    fn compare(
        &self,
        (area, id, population): (AreaId, IndicatorId, Population),
        latest: Option<(&Outcome, Option<&Standard>)>,
        with: CompareWith,
        earlier: Option<Figure<'e>>,
    ) -> Earlier<'e> {
        let Some(earlier) = earlier else { return Earlier::Missing };
        let indicator = self.definition.indicator(id);
        let Some(outcome) = result::outcome(&earlier.amount, indicator) else {
            return Earlier::NoResult(earlier);
        };
        // Counts of the year to date can be compared only if they cover parts of equal length.
        let is_as_long = with == CompareWith::LastYear || !is_cumulative_count(indicator);
        let direction = latest.filter(|_| is_as_long).and_then(|(latest, standard)| {
            let bands = standard.map(|standard| &standard.bands);
            let precision = self.definition.precision;
            result::compare([latest, &outcome], indicator, precision, |latest, earlier| {
                direction::direction(indicator.polarity, latest, earlier, bands)
            })
        });
        let worked_out = if indicator.standards.has_relative() {
            self.against(area, id, population, earlier.month)
        } else {
            Against::Nothing
        };
        Earlier::Result(Comparison {
            worked_out,
            verdict: self.verdict(id, &earlier, Some(&outcome)),
            figure: earlier,
            outcome,
            direction,
            definition: self.definition,
            indicator: id,
        })
    }

    /// The figure of `month`; for a quarterly or annual indicator, the latest of the last 3 or 12
    /// months up to `month`. `None` if there is none, or if a later month than the latest figure's
    /// says why it has none.
    #[must_use]
    pub fn latest(
        &self,
        area: AreaId,
        indicator: IndicatorId,
        population: Population,
        month: Month,
    ) -> Option<Figure<'e>> {
        let reported = |month| self.reported(area, indicator, population, month);
        self.latest_of(area, indicator, population, month, reported)
    }

    /// The same, of the figures that `reported` gives.
    fn latest_of(
        &self,
        area: AreaId,
        indicator: IndicatorId,
        population: Population,
        month: Month,
        reported: impl Fn(Month) -> Option<Figure<'e>>,
    ) -> Option<Figure<'e>> {
        let months = self.definition.indicator(indicator).frequency.months();
        let mut figure = None;
        for month in (0..months).map(|back| month.before(back)) {
            figure = reported(month);
            if figure.is_some() || self.is_answered(area, indicator, population, month) {
                break;
            }
        }
        figure
    }

    /// Whether a row says why the figure of a month cannot be worked out: everyone's or the
    /// cohort's, or one of a part that would be added.
    fn is_answered(
        &self,
        area: AreaId,
        id: IndicatorId,
        population: Population,
        month: Month,
    ) -> bool {
        let Some(extract) = self.history.extract(month).filter(|it| it.results.has_reasons())
        else {
            return false;
        };
        if let Some(gap) = self.definition.indicator(id).gap {
            let mut sides = [gap.from, gap.to].into_iter();
            return sides.any(|side| self.is_answered(area, gap.indicator, side, month));
        }
        let rows = extract.results.of(area, id);
        let says_why =
            |population| find(rows, population).is_some_and(|row| row.reason().is_some());
        let is_of_cohort = match population {
            Population::Excluding(cohort) => says_why(Population::Cohort(cohort)),
            Population::Everyone | Population::Cohort(_) => false,
        };
        if says_why(Population::Everyone) || says_why(population) || is_of_cohort {
            return true;
        }
        self.is_summed(area, id, extract)
            && self
                .definition
                .parts_of_sum(area, id, month)
                .any(|part| self.is_answered(part, id, population, month))
    }

    /// Whether an area's figures of a month are the sums of its parts'.
    fn is_summed(&self, area: AreaId, id: IndicatorId, extract: &Extract) -> bool {
        self.definition.indicator(id).rollup == Rollup::Sum
            && !self.definition.area(area).parts.is_empty()
            && !has_own(extract.results.of(area, id))
    }

    /// The figure of an area for exactly `month`: from its own rows, or the sum of its parts.
    /// `None` if there is none.
    #[inline]
    #[must_use]
    pub fn figure(
        &self,
        area: AreaId,
        indicator: IndicatorId,
        population: Population,
        month: Month,
    ) -> Option<Figure<'e>> {
        let mut figure = self.figure_from_data(area, indicator, population, month);
        if let Some(figure) = &mut figure {
            self.hide(&(area, indicator, population, month), figure);
        }
        figure
    }

    fn figure_from_data(
        &self,
        area: AreaId,
        indicator: IndicatorId,
        population: Population,
        month: Month,
    ) -> Option<Figure<'e>> {
        let definition = self.definition.indicator(indicator);
        if !definition.in_force.covers(month) || !self.definition.area(area).in_force.covers(month)
        {
            return None;
        }
        if let Some(gap) = definition.gap {
            let is_of_everyone = population == Population::Everyone;
            return is_of_everyone.then(|| self.gap_figure(area, gap, month)).flatten();
        }
        let extract = self.history.extract(month)?;
        let rows = extract.results.of(area, indicator);
        let (amount, origin) = if self.is_summed(area, indicator, extract) {
            let summed = self.sums.get(month)?.of(area, indicator, population)?;
            let row = |population| find(rows, population);
            let origin = match (summed.how, population) {
                (How::Row, _) => row(population).map_or(Origin::Sum, Origin::Row),
                (How::SumMinusCohort, Population::Excluding(cohort)) => {
                    row(Population::Cohort(cohort)).map_or(Origin::Sum, Origin::SumMinusCohort)
                }
                _ => Origin::Sum,
            };
            (summed.amount.clone(), origin)
        } else {
            cohort::own_figure(rows, definition, population)?
        };
        let mark = if extract.results.has_marks() {
            self.mark(extract, (area, indicator, population), month, origin)
        } else {
            None
        };
        Some(Figure { amount, month, origin, mark, published: None, revised: None, covered: None })
    }

    /// The mark of the rows that a figure comes from; if they have several, the first in the order
    /// of [`Mark`].
    fn mark(
        &self,
        extract: &Extract,
        of: (AreaId, IndicatorId, Population),
        month: Month,
        origin: Origin<'_>,
    ) -> Option<Mark> {
        let (area, indicator, population) = of;
        let of_row = |row: &Observation| extract.results.mark(area, indicator, row.population());
        match origin {
            Origin::Row(row) | Origin::AlreadyExcluded(row) => of_row(row),
            Origin::Difference { all, cohort } => {
                of_row(all).into_iter().chain(of_row(cohort)).min()
            }
            Origin::Sum | Origin::SumMinusCohort(_) => {
                let parts = self.definition.parts_of_sum(area, indicator, month);
                parts.filter_map(|part| self.figure(part, indicator, population, month)?.mark).min()
            }
            Origin::Gap | Origin::Published(_) => None,
        }
    }

    /// The sum of an area's parts, even if the area has its own row. `None` if a part has no figure
    /// that can be added.
    #[must_use]
    pub fn sum_of_parts(
        &self,
        area: AreaId,
        indicator: IndicatorId,
        month: Month,
    ) -> Option<Amount> {
        let parts = self.definition.parts_of_sum(area, indicator, month);
        let parts = parts.map(|part| self.amount_of_part(part, indicator, month));
        rollup::sum(parts, self.definition.indicator(indicator).unit)
    }

    /// What a part adds to a sum, even if the part is no longer in force. `None` if it has no
    /// figure.
    #[must_use]
    pub fn amount_of_part(
        &self,
        part: AreaId,
        indicator: IndicatorId,
        month: Month,
    ) -> Option<Amount> {
        self.amount_of_part_for(part, indicator, Population::Everyone, month)
    }

    /// The same for a population.
    #[must_use]
    pub fn amount_of_part_for(
        &self,
        part: AreaId,
        indicator: IndicatorId,
        population: Population,
        month: Month,
    ) -> Option<Amount> {
        let rows = self.history.extract(month)?.results.of(part, indicator);
        if has_own(rows) {
            let definition = self.definition.indicator(indicator);
            let (amount, _) = cohort::own_figure(rows, definition, population)?;
            return Some(self.amount_as_shown(&(part, indicator, population, month), amount));
        }
        let summed = self.sums.get(month)?.of(part, indicator, population)?;
        let amount = summed.amount.clone();
        Some(self.amount_as_shown(&(part, indicator, population, month), amount))
    }

    /// The last `count` periods, oldest first, up to the one that ends in `latest`.
    pub fn trend(
        &self,
        area: AreaId,
        indicator: IndicatorId,
        latest: Month,
        count: u16,
    ) -> Vec<TrendPoint<'e>> {
        let step = self.definition.indicator(indicator).frequency.months();
        (0..count)
            .rev()
            .map(|back| self.trend_point(area, indicator, latest.before(back * step)))
            .collect()
    }

    fn trend_point(&self, area: AreaId, indicator: IndicatorId, month: Month) -> TrendPoint<'e> {
        let definition = self.definition.indicator(indicator);
        let figure = self.reported(area, indicator, Population::Everyone, month);
        let outcome =
            figure.as_ref().and_then(|figure| result::outcome(&figure.amount, definition));
        let against = self.against(area, indicator, Population::Everyone, month);
        let standard = || against.standard();
        let rag = figure.as_ref().and_then(|figure| {
            let (outcome, verdict) =
                (outcome.as_ref(), self.verdict(indicator, figure, outcome.as_ref()));
            reported_rag(self.definition, definition, figure, outcome, verdict, standard)
        });
        TrendPoint { month, figure, outcome, against, rag }
    }

    /// Since when an indicator that is red in `latest` has been red. Each period is rated against
    /// the target of its own year. Goes back as far as the data, and at most [`RED_LOOK_BACK`]
    /// months.
    #[must_use]
    pub fn red_since(&self, area: AreaId, indicator: IndicatorId, latest: Month) -> RedSince {
        let step = self.definition.indicator(indicator).frequency.months();
        let mut since = RedSince { month: latest, before: Before::NoFigure };
        for back in 1..=RED_LOOK_BACK.max(step) / step {
            let month = latest.before(back * step);
            let point = self.trend_point(area, indicator, month);
            since.before = match point.rag {
                Some(Rag::Red) => {
                    since.month = month;
                    Before::NoFigure
                }
                Some(_) => Before::NotRed,
                None if point.figure.is_some() => Before::NotRated,
                None => Before::NoFigure,
            };
            if point.rag != Some(Rag::Red) {
                break;
            }
        }
        since
    }
}

/// Whether an indicator is a count of the year to date. Such a count only grows within a year, and
/// a part of a year cannot be compared with a whole one, so it has no direction.
#[must_use]
pub fn is_cumulative_count(indicator: &Indicator) -> bool {
    indicator.period == Period::YearToDate && indicator.cumulative && indicator.unit.is_count()
}

/// The rating that was published, if the figure was; else its rating against the benchmark, if it
/// is rated against one, or else against the standard.
fn reported_rag<'s>(
    definition: &Definition,
    indicator: &Indicator,
    figure: &Figure<'_>,
    outcome: Option<&Outcome>,
    verdict: Option<Verdict>,
    standard: impl FnOnce() -> Option<&'s Standard>,
) -> Option<Rag> {
    match figure.published {
        Some(published) => published.rag,
        None if figure.is_too_low() => None,
        None if indicator.rated_against.is_some() => verdict?.rating(),
        None => Some(rag::rag(&outcome?.rated(indicator, definition.precision), standard()?)),
    }
}
