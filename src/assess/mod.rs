//! The rules: from figures to results, ratings, directions and variances, each with its evidence.
//!
//! Each rule is a pure function in a file of its own, and what comes of them is in `assessed`.
//! [`Assessor`] combines them for one report month. It borrows the definitions and the months that
//! have been read, and does no I/O.

mod assessed;
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
mod series_key;
pub mod shortfall;
mod statistics;
mod trend;
mod variance;
mod withheld;

pub use assessed::{
    Assessed, AssessedArea, Comparison, Earlier, Entry, Excluding, Figure, Origin, OwnCohort,
};
pub use benchmark::{AgainstBenchmark, BenchmarkFigure, Benchmarked, Benchmarks, EarlierBenchmark};
pub use cohort::difference;
pub use coverage::Covered;
pub use direction::is_cumulative_count;
pub use gap::GapSides;
pub use hidden::{ActivityKey, FigureKey, Hidden};
pub use rag::rag as rate;
pub use relative::{Against, NoTarget, WhyNoTarget};
pub use reported::Revised;
pub use result::{Outcome, outcome};
pub use rollup::sum;
pub use series::{Refusal, Series, refused};
pub use series_key::SeriesKey;
pub use statistics::{
    Chart, NoInterval, NoTrend, Recent, Statistics, Tone, Variation, better, interval,
};
pub use trend::{Before, RedSince, TrendPoint};
pub use variance::Variance;
pub use withheld::WithheldSum;

use std::sync::Arc;

use crate::definition::{
    AreaId, CompareWith, Definition, Edition, Frequency, IndicatorId, Polarity, Rollup, Standard,
    Target,
};
use crate::extract::{Extract, Mark, Observation, find, has_own};
use crate::figure::Amount;
use crate::history::History;
use crate::month::{ByMonth, Month};
use crate::population::{CohortId, Population};
use crate::rating::Rag;
use hidden::Hiding;
use rayon::prelude::*;
use rollup::{How, Sums};

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
        self.assessed(area, self.definition.indicators_in_force(self.month), Self::entry)
    }

    /// The same with the trend of each, and since when those that are red have been red.
    #[must_use]
    pub fn area_with_trends(&self, area: AreaId) -> AssessedArea<'e> {
        let indicators = self.definition.indicators_in_force(self.month);
        self.assessed(area, indicators, Self::entry_with_trend)
    }

    /// The indicators that are shown, assessed for an area: all of them, unless a product is.
    #[must_use]
    pub fn shown(&self, area: AreaId) -> AssessedArea<'e> {
        self.assessed(area, self.definition.indicators_shown(self.month), Self::entry)
    }

    /// The same with the trend of each, and since when those that are red have been red.
    #[must_use]
    pub fn shown_with_trends(&self, area: AreaId) -> AssessedArea<'e> {
        let indicators = self.definition.indicators_shown(self.month);
        self.assessed(area, indicators, Self::entry_with_trend)
    }

    fn assessed(
        &self,
        area: AreaId,
        indicators: impl Iterator<Item = IndicatorId>,
        entry: impl Fn(&Self, AreaId, IndicatorId) -> Entry<'e>,
    ) -> AssessedArea<'e> {
        AssessedArea { area, entries: indicators.map(|id| entry(self, area, id)).collect() }
    }

    /// An indicator assessed for an area.
    #[must_use]
    pub fn entry(&self, area: AreaId, indicator: IndicatorId) -> Entry<'e> {
        let including = self.including(area, indicator);
        let excluding: Vec<_> = self.excluding(area, indicator, including.as_ref()).collect();
        let due = match &including {
            Some(_) => Against::Nothing,
            None => self.against(SeriesKey::everyone(area, indicator), self.month),
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
        let everyone = SeriesKey::everyone(area, indicator);
        for excluding in &mut entry.excluding {
            let key = everyone.about(Population::Excluding(excluding.cohort));
            excluding.statistics = self.statistics(key, &excluding.assessed);
        }
        for own in &mut entry.own {
            let key = everyone.about(Population::Cohort(own.cohort));
            own.statistics = self.statistics(key, &own.assessed);
        }
        let including = entry.including.as_ref();
        let statistics = including.and_then(|assessed| self.statistics(everyone, assessed));
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
            let key = SeriesKey::everyone(area, id);
            self.compare(key, None, with, self.latest(key, month))
        })
    }

    /// The figure for everyone, assessed. `None` if there is none.
    #[must_use]
    pub fn including(&self, area: AreaId, indicator: IndicatorId) -> Option<Assessed<'e>> {
        self.assess(SeriesKey::everyone(area, indicator))
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
            let key = SeriesKey::everyone(area, id).about(Population::Excluding(cohort));
            let assessed = self.assess(key)?;
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
            let key = SeriesKey::everyone(area, id).about(Population::Cohort(cohort));
            let assessed = self.assess(key)?;
            let indicator = self.definition.indicator(id);
            let difference = self.difference(indicator, &assessed, including);
            Some(OwnCohort { cohort, assessed, difference, statistics: None })
        })
    }

    fn assess(&self, key: SeriesKey) -> Option<Assessed<'e>> {
        let figure = self.latest(key, self.month)?;
        let indicator = key.indicator;
        let definition = self.definition.indicator(indicator);
        let outcome = result::outcome(&figure.amount, definition);
        let against = self.against(key, figure.month);
        let standard = against.standard();
        let (found, verdict) =
            (outcome.as_ref(), self.verdict(indicator, &figure, outcome.as_ref()));
        let rag =
            rag::reported_rag(self.definition, definition, &figure, found, verdict, || standard);
        // Of too few records there is no telling whether the result is better or worse.
        let sure = outcome.as_ref().filter(|_| !figure.is_too_low());
        let latest = sure.map(|outcome| (outcome, standard));
        let compare = |with: CompareWith| {
            if !definition.compare.has(with) {
                return Earlier::Missing;
            }
            self.compare(key, latest, with, self.earlier(key, figure.month, with))
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
    fn earlier(&self, key: SeriesKey, month: Month, with: CompareWith) -> Option<Figure<'e>> {
        let reported = |before| self.reported(key, month.before(before));
        match with {
            CompareWith::Previous => {
                reported(self.definition.indicator(key.indicator).frequency.months())
            }
            CompareWith::LastYear => reported(12),
            // A figure is not compared with itself or with a later one.
            CompareWith::Outturn => {
                let mut outturn = self.latest(key, self.outturn_month);
                outturn.take_if(|outturn| outturn.month >= month);
                outturn
            }
        }
    }

    /// Compares the latest result, if there is one, with an earlier figure.
    fn compare(
        &self,
        key: SeriesKey,
        latest: Option<(&Outcome, Option<&Standard>)>,
        with: CompareWith,
        earlier: Option<Figure<'e>>,
    ) -> Earlier<'e> {
        let Some(earlier) = earlier else { return Earlier::Missing };
        let indicator = self.definition.indicator(key.indicator);
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
            self.against(key, earlier.month)
        } else {
            Against::Nothing
        };
        Earlier::Result(Comparison {
            worked_out,
            verdict: self.verdict(key.indicator, &earlier, Some(&outcome)),
            figure: earlier,
            outcome,
            direction,
            definition: self.definition,
            indicator: key.indicator,
        })
    }

    /// The figure of `month`; for a quarterly or annual indicator, the latest of the last 3 or 12
    /// months up to `month`. `None` if there is none, or if a later month than the latest figure's
    /// says why it has none.
    #[must_use]
    pub fn latest(&self, key: SeriesKey, month: Month) -> Option<Figure<'e>> {
        self.latest_of(key, month, |month| self.reported(key, month))
    }

    /// The same, of the figures that `reported` gives.
    fn latest_of(
        &self,
        key: SeriesKey,
        month: Month,
        reported: impl Fn(Month) -> Option<Figure<'e>>,
    ) -> Option<Figure<'e>> {
        let months = self.definition.indicator(key.indicator).frequency.months();
        let mut figure = None;
        for month in (0..months).map(|back| month.before(back)) {
            figure = reported(month);
            if figure.is_some() || self.is_answered(key, month) {
                break;
            }
        }
        figure
    }

    /// Whether a row says why the figure of a month cannot be worked out: everyone's or the
    /// cohort's, or one of a part that would be added.
    fn is_answered(&self, key: SeriesKey, month: Month) -> bool {
        let SeriesKey { area, indicator: id, population } = key;
        let Some(extract) = self.history.extract(month).filter(|it| it.results.has_reasons())
        else {
            return false;
        };
        if let Some(gap) = self.definition.indicator(id).gap {
            let mut sides = [gap.from, gap.to].into_iter();
            let key = SeriesKey::everyone(area, gap.indicator);
            return sides.any(|side| self.is_answered(key.about(side), month));
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
                .any(|part| self.is_answered(key.in_area(part), month))
    }

    /// Whether an area's figures of a month are the sums of its parts'.
    fn is_summed(&self, area: AreaId, id: IndicatorId, extract: &Extract) -> bool {
        self.definition.indicator(id).rollup == Rollup::Sum
            && !self.definition.area(area).parts.is_empty()
            && !has_own(extract.results.of(area, id))
    }

    /// The figure of an area for exactly `month`: from its own rows, or the sum of its parts.
    /// `None` if there is none.
    #[must_use]
    pub fn figure(&self, key: SeriesKey, month: Month) -> Option<Figure<'e>> {
        if self.shows_all() {
            // Figures are large: this one is not moved.
            return self.figure_from_data(key, month);
        }
        let mut figure = self.figure_from_data(key, month);
        if let Some(figure) = &mut figure {
            self.hide(&key.at(month), figure);
        }
        figure
    }

    fn figure_from_data(&self, key: SeriesKey, month: Month) -> Option<Figure<'e>> {
        let SeriesKey { area, indicator, population } = key;
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
            let summed = self.sums.get(month)?.of(key)?;
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
        let mark =
            if extract.results.has_marks() { self.mark(extract, key, month, origin) } else { None };
        Some(Figure { amount, month, origin, mark, published: None, revised: None, covered: None })
    }

    /// The mark of the rows that a figure comes from; if they have several, the first in the order
    /// of [`Mark`].
    fn mark(
        &self,
        extract: &Extract,
        key: SeriesKey,
        month: Month,
        origin: Origin<'_>,
    ) -> Option<Mark> {
        let SeriesKey { area, indicator, .. } = key;
        let of_row = |row: &Observation| extract.results.mark(area, indicator, row.population());
        match origin {
            Origin::Row(row) | Origin::AlreadyExcluded(row) => of_row(row),
            Origin::Difference { all, cohort } => {
                of_row(all).into_iter().chain(of_row(cohort)).min()
            }
            Origin::Sum | Origin::SumMinusCohort(_) => {
                let parts = self.definition.parts_of_sum(area, indicator, month);
                parts.filter_map(|part| self.figure(key.in_area(part), month)?.mark).min()
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
        let key = |part| SeriesKey::everyone(part, indicator);
        let parts = parts.map(|part| self.amount_of_part(key(part), month));
        rollup::sum(parts, self.definition.indicator(indicator).unit)
    }

    /// What a part adds to a sum, even if the part is no longer in force. `None` if it has no
    /// figure.
    #[must_use]
    pub fn amount_of_part(&self, part: SeriesKey, month: Month) -> Option<Amount> {
        let rows = self.history.extract(month)?.results.of(part.area, part.indicator);
        let amount = if has_own(rows) {
            let definition = self.definition.indicator(part.indicator);
            cohort::own_figure(rows, definition, part.population)?.0
        } else {
            self.sums.get(month)?.of(part)?.amount.clone()
        };
        Some(self.amount_as_shown(&part.at(month), amount))
    }
}
