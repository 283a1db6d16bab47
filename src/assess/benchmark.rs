//! Which figure of a benchmark a result is shown beside.

use std::collections::HashMap;

use super::result::{self, Outcome, outcome};
use super::{
    Assessed, Assessor, Excluding, Figure, better, direction, interval, is_cumulative_count,
};
use crate::definition::{
    BenchmarkId, CompareWith, Definition, Indicator, IndicatorId, Period, RatedAgainst, Similar,
};
use crate::extract::{BenchmarkRow, BenchmarkRows};
use crate::figure::{Amount, Ratio};
use crate::history::History;
use crate::month::{Date, Month};
use crate::rating::{Direction, Verdict};
use crate::statistics::{verdict_by_interval, verdict_by_points};

/// The figures of benchmarks that had been published when the figures of a report were extracted.
#[derive(Debug)]
pub struct Benchmarks<'e> {
    definition: &'e Definition,
    /// What each benchmark has for each indicator, the latest last, and of one month that of a
    /// period as long as the indicator's last.
    figures: HashMap<(BenchmarkId, IndicatorId), Vec<BenchmarkFigure<'e>>>,
}

/// A figure of a benchmark.
#[derive(Clone, Debug)]
pub struct BenchmarkFigure<'e> {
    /// The benchmark.
    pub benchmark: BenchmarkId,
    /// The last month of its period.
    pub month: Month,
    /// What it covers.
    pub period: Period,
    /// Its result.
    pub outcome: Outcome,
    /// The rows that it comes from: one, or for a mean those of each benchmark.
    pub rows: Vec<&'e BenchmarkRow>,
}

impl<'e> BenchmarkFigure<'e> {
    /// Whether it covers a period as long as the figure of an indicator does, so that the two can
    /// be compared.
    #[must_use]
    pub fn is_as_long_as(&self, indicator: &Indicator) -> bool {
        is_as_long(self.period, indicator.period)
    }

    /// Whether it may stand beside the indicator's figure of `month`. A percentage or an average may
    /// at any length of period. A number or a rate has to count as many months, and of a year to
    /// date the same ones.
    #[must_use]
    pub fn can_stand_beside(&self, indicator: &Indicator, month: Month) -> bool {
        let is_same_part =
            || !is_cumulative_count(indicator) || self.month.number() == month.number();
        !indicator.unit.is_count() || self.is_as_long_as(indicator) && is_same_part()
    }

    /// Its numbers. `None` for a mean of others.
    #[must_use]
    pub fn amount(&self) -> Option<&'e Amount> {
        if let [row] = self.rows[..] { Some(&row.amount) } else { None }
    }

    /// When the last of its rows was published, if they say so.
    #[must_use]
    pub fn released(&self) -> Option<Date> {
        self.rows.iter().filter_map(|row| row.released).max()
    }
}

/// Whether two kinds of period are equally long. A rolling year is as long as any other.
fn is_as_long(one: Period, other: Period) -> bool {
    let length = |period| match period {
        Period::Snapshot | Period::MonthSnapshot => Some(0),
        Period::Quarter => Some(3),
        Period::Rolling12Months | Period::Annual => Some(12),
        Period::YearToDate => None,
    };
    one == other || length(one).is_some() && length(one) == length(other)
}

impl<'e> Benchmarks<'e> {
    /// Those for the report of a month. Where the month does not say when its figures were
    /// extracted, all that is known had been published.
    #[must_use]
    pub fn of_report(history: &'e History<'_>, definition: &'e Definition, month: Month) -> Self {
        let extracted = history.extract(month).and_then(|extract| extract.about.extracted);
        Self::new(definition, history.benchmarks(), extracted)
    }

    fn new(definition: &'e Definition, rows: &'e BenchmarkRows, extracted: Option<Date>) -> Self {
        let mut figures = HashMap::new();
        for benchmark in definition.benchmark_ids() {
            for indicator in definition.indicator_ids() {
                let own = |of| published(definition, rows.of(of, indicator), extracted);
                let mut found = match &definition.benchmark(benchmark).mean_of {
                    None => own(benchmark),
                    Some(others) => {
                        means(benchmark, &others.iter().map(|of| own(*of)).collect::<Vec<_>>())
                    }
                };
                if !found.is_empty() {
                    let period = definition.indicator(indicator).period;
                    found.sort_by_key(|one| (one.month, is_as_long(one.period, period)));
                    figures.insert((benchmark, indicator), found);
                }
            }
        }
        Self { definition, figures }
    }

    /// All that a benchmark has for an indicator, the latest last.
    #[must_use]
    pub fn of(&self, benchmark: BenchmarkId, indicator: IndicatorId) -> &[BenchmarkFigure<'e>] {
        self.figures.get(&(benchmark, indicator)).map_or(&[], Vec::as_slice)
    }

    /// All that a benchmark has for an indicator at or before `month`, the latest first.
    pub fn up_to(
        &self,
        benchmark: BenchmarkId,
        indicator: IndicatorId,
        month: Month,
    ) -> impl Iterator<Item = &BenchmarkFigure<'e>> {
        self.of(benchmark, indicator).iter().rev().filter(move |figure| figure.month <= month)
    }

    /// What a benchmark has for an indicator at or before `month`: the latest that may stand beside
    /// its figure, and of one month that of a period as long as the indicator's first.
    #[must_use]
    pub fn latest(
        &self,
        benchmark: BenchmarkId,
        indicator: IndicatorId,
        month: Month,
    ) -> Option<&BenchmarkFigure<'e>> {
        let definition = self.definition.indicator(indicator);
        let mut figures = self.up_to(benchmark, indicator, month);
        figures.find(|found| found.can_stand_beside(definition, month))
    }

    /// What a benchmark has for an indicator in exactly `month`, of a period as long as `period`.
    #[must_use]
    pub fn exactly(
        &self,
        benchmark: BenchmarkId,
        indicator: IndicatorId,
        month: Month,
        period: Period,
    ) -> Option<&BenchmarkFigure<'e>> {
        let mut figures = self.of(benchmark, indicator).iter().rev();
        figures.find(|found| found.month == month && is_as_long(found.period, period))
    }
}

/// The figures of some rows, of each period the last that had been published.
fn published<'e>(
    definition: &Definition,
    rows: &'e [BenchmarkRow],
    extracted: Option<Date>,
) -> Vec<BenchmarkFigure<'e>> {
    let had_been_published = |row: &&BenchmarkRow| match (row.released, extracted) {
        (Some(released), Some(extracted)) => released <= extracted,
        _ => true,
    };
    let mut figures: Vec<BenchmarkFigure<'_>> = Vec::new();
    for row in rows.iter().filter(had_been_published) {
        let BenchmarkRow { benchmark, month, period, .. } = *row;
        let Some(outcome) = outcome(&row.amount, definition.indicator(row.indicator)) else {
            continue;
        };
        // Those of one period follow one another, in the order in which they were published.
        figures.pop_if(|last| (last.month, last.period) == (month, period));
        figures.push(BenchmarkFigure { benchmark, month, period, outcome, rows: vec![row] });
    }
    figures
}

/// The means of others, for the periods in which each of them has a figure.
fn means<'e>(
    benchmark: BenchmarkId,
    others: &[Vec<BenchmarkFigure<'e>>],
) -> Vec<BenchmarkFigure<'e>> {
    let mean = |first: &BenchmarkFigure<'e>| {
        let (month, period) = (first.month, first.period);
        let is_same = |other: &&BenchmarkFigure<'_>| (other.month, other.period) == (month, period);
        let of_period = others.iter().map(|figures| figures.iter().find(is_same));
        let all = of_period.collect::<Option<Vec<_>>>()?;
        let results: Vec<_> = all.iter().map(|figure| figure.outcome.exact.clone()).collect();
        let outcome = Outcome { exact: Ratio::mean(&results)?, known: None };
        let rows = all.into_iter().flat_map(|figure| figure.rows.iter().copied()).collect();
        Some(BenchmarkFigure { benchmark, month, period, outcome, rows })
    };
    others.first().into_iter().flatten().filter_map(mean).collect()
}

/// A figure of a benchmark beside the result of an indicator.
#[derive(Clone, Debug)]
pub struct Benchmarked<'e> {
    /// The figure.
    pub figure: BenchmarkFigure<'e>,
    /// Whether it covers a period as long as the result does, so that the two can be compared.
    pub is_comparable: bool,
    /// The benchmark's own figures at the periods that results are compared with, where the
    /// indicator is: of the previous period, of the outturn and of a year earlier.
    pub earlier: [Option<EarlierBenchmark<'e>>; CompareWith::ALL.len()],
}

/// An earlier figure of a benchmark, and how the later one compares with it.
#[derive(Clone, Debug)]
pub struct EarlierBenchmark<'e> {
    /// The figure.
    pub figure: BenchmarkFigure<'e>,
    /// The direction from it to the later one. `None` for a cumulative count, and where neither
    /// way is better.
    pub direction: Option<Direction>,
}

/// What statistics say of a figure beside a benchmark.
#[derive(Clone, Debug)]
pub struct AgainstBenchmark<'e> {
    /// The benchmark's figure.
    pub figure: BenchmarkFigure<'e>,
    /// The result minus that of the benchmark. `None` if there is no result.
    pub difference: Option<Ratio>,
    /// What the interval says. `None` if there is none, or if the benchmark's figure is of a period
    /// of another length.
    pub verdict: Option<Verdict>,
}

impl<'e> Assessor<'e> {
    /// What benchmarks have beside the results of an indicator, in the order of the definitions:
    /// at the month of the latest figure for everyone, or else for a part of them, or else of the
    /// report.
    #[must_use]
    pub fn beside(
        &self,
        id: IndicatorId,
        including: Option<&Assessed<'_>>,
        excluding: &[Excluding<'_>],
    ) -> Vec<Benchmarked<'e>> {
        let assessed = including.or(excluding.first().map(|excluding| &excluding.assessed));
        let month = assessed.map_or(self.month, |assessed| assessed.figure.month);
        let all = self.definition.benchmark_ids();
        all.filter_map(|benchmark| self.benchmarked(benchmark, id, month)).collect()
    }

    fn benchmarked(
        &self,
        benchmark: BenchmarkId,
        id: IndicatorId,
        month: Month,
    ) -> Option<Benchmarked<'e>> {
        let figure = self.benchmarks.latest(benchmark, id, month)?;
        let indicator = self.definition.indicator(id);
        let earlier = CompareWith::ALL.map(|with| {
            let is_asked = indicator.compare.has(with);
            self.earlier_benchmark(figure, id, with).filter(|_| is_asked)
        });
        let is_comparable = figure.is_as_long_as(indicator);
        Some(Benchmarked { figure: figure.clone(), is_comparable, earlier })
    }

    /// The earlier figure of a benchmark that a figure of it is compared with.
    fn earlier_benchmark(
        &self,
        later: &BenchmarkFigure<'e>,
        id: IndicatorId,
        with: CompareWith,
    ) -> Option<EarlierBenchmark<'e>> {
        let indicator = self.definition.indicator(id);
        let exactly = |before| {
            self.benchmarks.exactly(later.benchmark, id, later.month.before(before), later.period)
        };
        let figure = match with {
            CompareWith::Previous => exactly(indicator.frequency.months()),
            CompareWith::LastYear => exactly(12),
            CompareWith::Outturn => {
                self.benchmarks.latest(later.benchmark, id, self.outturn_month).filter(|outturn| {
                    outturn.month < later.month && is_as_long(outturn.period, later.period)
                })
            }
        }?;
        let is_as_long = with == CompareWith::LastYear || !is_cumulative_count(indicator);
        let results = [&later.outcome, &figure.outcome];
        let precision = self.definition.precision;
        let direction = is_as_long.then(|| {
            result::compare(results, indicator, precision, |later, earlier| {
                direction::direction(indicator.polarity, later, earlier, None)
            })
        });
        Some(EarlierBenchmark { figure: figure.clone(), direction: direction.flatten() })
    }

    /// How a figure stands to the benchmark that its indicator is rated against. `None` if it is
    /// rated against none, or if the two cannot be compared.
    #[inline]
    pub(super) fn verdict(
        &self,
        id: IndicatorId,
        figure: &Figure<'_>,
        outcome: Option<&Outcome>,
    ) -> Option<Verdict> {
        let rated_against = self.definition.indicator(id).rated_against.as_ref()?;
        self.verdict_against(rated_against, id, figure, outcome)
    }

    fn verdict_against(
        &self,
        rated_against: &RatedAgainst,
        id: IndicatorId,
        figure: &Figure<'_>,
        outcome: Option<&Outcome>,
    ) -> Option<Verdict> {
        let indicator = self.definition.indicator(id);
        let RatedAgainst { benchmark, similar } = rated_against;
        if let Some(published) = figure.published {
            // The rating is what was published. If it was against a target, nothing was said of a
            // benchmark.
            return published.rag.filter(|_| published.target.is_none()).map(Verdict::of_rating);
        }
        // Of too few records there is no telling.
        let outcome = outcome.filter(|_| !figure.is_too_low())?;
        let benchmark = self.benchmarks.latest(*benchmark, id, figure.month)?;
        if !benchmark.is_as_long_as(indicator) {
            return None;
        }
        let precision = self.definition.precision;
        match similar {
            Similar::Points(points) => Some(verdict_by_points(
                &outcome.rated(indicator, precision),
                &benchmark.outcome.rated(indicator, precision),
                points,
                better(indicator.polarity),
            )),
            Similar::Interval => self.verdict_by_interval(indicator, &figure.amount, benchmark),
        }
    }

    fn verdict_by_interval(
        &self,
        indicator: &Indicator,
        amount: &Amount,
        benchmark: &BenchmarkFigure<'_>,
    ) -> Option<Verdict> {
        let interval = interval(amount, indicator.unit, self.definition.statistics.intervals?);
        let value = &benchmark.outcome.exact;
        Some(verdict_by_interval(&interval.ok()?, value, better(indicator.polarity)))
    }

    /// A figure against a benchmark by its interval, where intervals are asked for: against the one
    /// that it is rated against, or else the first that has a figure.
    pub(super) fn against_benchmark(
        &self,
        id: IndicatorId,
        assessed: &Assessed<'_>,
    ) -> Option<AgainstBenchmark<'e>> {
        let indicator = self.definition.indicator(id);
        let month = assessed.figure.month;
        let rated = indicator.rated_against.as_ref().map(|rated| rated.benchmark);
        let figure = rated
            .into_iter()
            .chain(self.definition.benchmark_ids())
            .find_map(|benchmark| self.benchmarks.latest(benchmark, id, month))?;
        let is_compared = figure.is_as_long_as(indicator) && !assessed.figure.is_too_low();
        let compared = || self.verdict_by_interval(indicator, &assessed.figure.amount, figure);
        Some(AgainstBenchmark {
            figure: figure.clone(),
            difference: assessed.outcome.as_ref().map(|it| &it.exact - &figure.outcome.exact),
            verdict: is_compared.then(compared).flatten(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Findings;
    use crate::extract::BenchmarkFiles;
    use crate::input::Ledger;

    const DEFINITIONS: &str = r#"
        [scorecard]
        title = "T"
        area = "Kent"
        [[indicator]]
        id = "share"
        section = "S"
        name = "Share"
        polarity = "L"
        period = "Q"
        unit = "percent"
        [[indicator]]
        id = "count"
        section = "S"
        name = "Count"
        polarity = "L"
        period = "YTD"
        unit = "number"
        [[benchmark]]
        id = "england"
        name = "England"
        [[benchmark]]
        id = "devon"
        name = "Devon"
        [[benchmark]]
        id = "both"
        name = "Both"
        mean_of = ["england", "devon"]
    "#;

    /// What a benchmark has beside the figure of a month: its month, its period and its result.
    fn beside(rows: &str, extracted: Option<&str>, of: [&str; 3]) -> Option<String> {
        let mut findings = Findings::default();
        let definition = Definition::for_test(DEFINITIONS);
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("benchmarks.csv");
        let text = format!("benchmark,indicator,month,value,period,released\n{rows}");
        std::fs::write(&path, text).expect("written");
        let places = BenchmarkFiles { files: &[path], data: folder.path(), months: &[] };
        let rows = BenchmarkRows::read(&definition, places, &Ledger::default(), &mut findings);
        assert!(!findings.has_errors(), "{findings:?}");
        let extracted = extracted.map(|day| day.parse().expect("a day"));
        let benchmarks = Benchmarks::new(&definition, &rows, extracted);
        let [benchmark, indicator, month] = of;
        let found = benchmarks.latest(
            definition.look_up_benchmark(benchmark).one()?,
            definition.find_indicator(indicator)?,
            month.parse().expect("a month"),
        )?;
        let result = found.outcome.exact.round(2).trimmed();
        Some(format!("{} {} {result}", found.month, found.period.as_str()))
    }

    /// Smoking at delivery: England had 11.5% in Q2 2014/15 and 10.5% in Q2 2015/16.
    #[test]
    fn it_is_the_latest_at_or_before_the_month_that_had_been_published() {
        let rows = "england,share,2014-09,11.5,,2014-12-02\nengland,share,2015-09,10.5,,2015-12-03";
        let of = |extracted, month| beside(rows, extracted, ["england", "share", month]);
        let [before, after] =
            ["2014-09 Q 11.5", "2015-09 Q 10.5"].map(|text| Some(text.to_owned()));
        assert_eq!(of(None, "2014-08"), None);
        assert_eq!(of(None, "2015-06"), before);
        assert_eq!(of(None, "2015-09"), after);
        assert_eq!(of(None, "2015-12"), after);
        assert_eq!(of(Some("2015-12-02"), "2015-09"), before);
        assert_eq!(of(Some("2015-12-03"), "2015-09"), after);
    }

    #[test]
    fn a_figure_that_is_published_again_is_the_last_that_had_been() {
        let rows = "england,share,2015-09,10.7,,2015-12-03\nengland,share,2015-09,10.5,,2016-03-03";
        let of = |extracted| beside(rows, extracted, ["england", "share", "2015-09"]);
        assert_eq!(of(Some("2016-02-01")).as_deref(), Some("2015-09 Q 10.7"));
        assert_eq!(of(Some("2016-03-03")).as_deref(), Some("2015-09 Q 10.5"));
    }

    #[test]
    fn of_one_month_the_period_of_the_indicator_comes_first() {
        let rows = "england,share,2015-09,11.1,A,\nengland,share,2015-09,10.5,,\n\
                    england,share,2015-12,10.9,R12M,";
        let of = |month| beside(rows, None, ["england", "share", month]);
        assert_eq!(of("2015-09").as_deref(), Some("2015-09 Q 10.5"));
        assert_eq!(of("2015-12").as_deref(), Some("2015-12 R12M 10.9"));
    }

    /// Nine months' count beside one of six would say nothing; that of the year before does.
    #[test]
    fn a_count_stands_beside_one_of_as_many_months() {
        let rows = "england,count,2014-12,900,,\nengland,count,2015-09,610,,\n\
                    england,count,2015-12,1200,A,";
        let of = |month| beside(rows, None, ["england", "count", month]);
        assert_eq!(of("2015-12").as_deref(), Some("2014-12 YTD 900"));
        assert_eq!(of("2015-09").as_deref(), Some("2015-09 YTD 610"));
        assert_eq!(of("2015-11"), None);
    }

    #[test]
    fn a_mean_has_what_all_of_its_benchmarks_have() {
        let rows = "england,share,2015-06,10.5,,\ndevon,share,2015-06,12,,\n\
                    england,share,2015-09,10,,";
        let of = |month| beside(rows, None, ["Both", "share", month]);
        assert_eq!(of("2015-09").as_deref(), Some("2015-06 Q 11.25"));
        assert_eq!(of("2015-05"), None);
    }
}
