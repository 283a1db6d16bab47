//! What statistics say of a figure: its interval, its limits and signals, and a recent trend.

use super::benchmark::AgainstBenchmark;
use super::series::{Refusal, Series};
use super::{Assessed, Assessor, SeriesKey};
use crate::definition::{
    Bands, ChartWord, Indicator, Period, Polarity, Rebase, Standard, Threshold, Unit,
};
use crate::figure::{Amount, Ratio};
use crate::statistics::trend::{self, Tested, YearOfCases, YearOfValues};
use crate::statistics::{
    self, Assurance, Confidence, Control, Counts, Green, Interval, Limits, Method, Options, Point,
    Rule, Rules, Side, Signal, has_conflict,
};

/// What statistics say of a figure. Each part is there only if it is asked for.
#[derive(Clone, Debug)]
pub struct Statistics<'e> {
    /// Between what it could lie by chance alone.
    pub interval: Option<Result<Interval, NoInterval>>,
    /// How it stands to a benchmark, if intervals are asked for and one has a figure.
    pub benchmark: Option<AgainstBenchmark<'e>>,
    /// Its limits and what they show.
    pub chart: Option<Result<Chart<'e>, Refusal>>,
}

/// Why a figure has no interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoInterval {
    /// It is not a count of whole cases.
    NotCases,
    /// It may not be shown, or there is no result.
    NoResult,
}

/// A series of figures with its limits, and what they show of the latest.
#[derive(Clone, Debug)]
pub struct Chart<'e> {
    /// The figures.
    pub series: Series,
    /// Their limits and signals.
    pub control: Control,
    /// What counts as a signal.
    pub rules: Rules,
    /// Where limits start again: the index of the period, and why.
    pub rebases: Vec<(usize, &'e Rebase)>,
    /// How the latest figure varies. `None` if it has no limits or there is none.
    pub variation: Option<Variation>,
    /// Whether the target is met within the limits. `None` if there are no limits or no target.
    pub assurance: Option<Assurance>,
    /// Whether the last figures have a trend, where there are no limits.
    pub trend: Option<Result<Recent, NoTrend>>,
}

impl Chart<'_> {
    /// The limits that the latest figure is held against.
    #[must_use]
    pub fn limits(&self) -> Option<&Limits> {
        self.control.last_limits()
    }
}

/// How a figure varies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Variation {
    /// As figures usually do.
    Common,
    /// More than they usually do.
    Signal {
        /// The signals, the strongest first.
        signals: Vec<Signal>,
        /// Whether that is good.
        tone: Tone,
    },
}

/// Whether a change is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It is to the better.
    Improvement,
    /// It is to the worse.
    Concern,
    /// Neither way is better.
    Neutral,
}

impl Tone {
    fn of(polarity: Polarity, side: Side) -> Self {
        match better(polarity) {
            None => Self::Neutral,
            Some(better) if better == side => Self::Improvement,
            Some(_) => Self::Concern,
        }
    }
}

impl Variation {
    /// Its name for other programs: `common`, `concern_low`.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        let Self::Signal { signals, tone } = self else { return "common" };
        match (tone, signals[0].side) {
            (Tone::Improvement, Side::High) => "improvement_high",
            (Tone::Improvement, Side::Low) => "improvement_low",
            (Tone::Concern, Side::High) => "concern_high",
            (Tone::Concern, Side::Low) => "concern_low",
            (Tone::Neutral, Side::High) => "neutral_high",
            (Tone::Neutral, Side::Low) => "neutral_low",
        }
    }

    /// The rule that names it.
    #[must_use]
    pub fn rule(&self) -> Option<Rule> {
        if let Self::Signal { signals, .. } = self { Some(signals[0].rule) } else { None }
    }

    /// Whether its rules point both ways.
    #[must_use]
    pub fn has_conflict(&self) -> bool {
        matches!(self, Self::Signal { signals, .. } if has_conflict(signals))
    }
}

/// What a test of the last figures finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recent {
    /// The answer and what it is found from.
    pub tested: Tested,
    /// Whether that is good, where the figures move.
    pub tone: Option<Tone>,
    /// How many figures it is of.
    pub figures: usize,
    /// Whether they are years.
    pub is_of_years: bool,
}

/// Why a series is not tested for a trend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoTrend {
    /// There are too few figures.
    TooFew,
    /// A figure has no interval, because it is not a count of whole cases.
    NotCases,
}

/// The side that is better, where one is.
#[must_use]
pub fn better(polarity: Polarity) -> Option<Side> {
    match polarity {
        Polarity::Higher => Some(Side::High),
        Polarity::Lower => Some(Side::Low),
        Polarity::Target | Polarity::Neither => None,
    }
}

/// The interval of an amount.
///
/// # Errors
///
/// If it has none: why.
pub fn interval(
    amount: &Amount,
    unit: Unit,
    confidence: Confidence,
) -> Result<Interval, NoInterval> {
    let interval = match amount {
        // There is no interval of a difference of two shares.
        Amount::Suppressed | Amount::Low | Amount::NoFigure(_) | Amount::Gap(_) => {
            return Err(NoInterval::NoResult);
        }
        Amount::Ratio { denominator, .. } if denominator.is_zero() => {
            return Err(NoInterval::NoResult);
        }
        Amount::Ratio { numerator, denominator } => {
            let counts = Counts { numerator: numerator.into(), denominator: denominator.into() };
            interval_of_counts(unit, &counts, confidence)
        }
        Amount::Value(value) => interval_of_value(unit, &value.into(), confidence),
    };
    interval.ok_or(NoInterval::NotCases)
}

fn interval_of_counts(unit: Unit, counts: &Counts, confidence: Confidence) -> Option<Interval> {
    let Counts { numerator, denominator } = counts;
    let times = Ratio::whole(unit.times().into());
    match unit {
        Unit::Percent => {
            Some(statistics::share_interval(numerator, denominator, confidence)?.times(&times))
        }
        Unit::Rate { .. } if *denominator > Ratio::ZERO => {
            let by = times.divided(denominator);
            Some(statistics::count_interval(numerator, confidence)?.times(&by))
        }
        _ => None,
    }
}

fn interval_of_value(unit: Unit, value: &Ratio, confidence: Confidence) -> Option<Interval> {
    (unit == Unit::Number).then(|| statistics::count_interval(value, confidence)).flatten()
}

/// The values that are green.
fn green(standard: &Standard) -> Green {
    let ratio = |threshold: &Threshold| Some(Ratio::from(threshold));
    match &standard.bands {
        Bands::Higher { target, .. } => Green { low: ratio(target), high: None },
        Bands::Lower { target, .. } => Green { low: None, high: ratio(target) },
        Bands::Near { green, .. } => Green { low: ratio(&green.low), high: ratio(&green.high) },
    }
}

impl<'e> Assessor<'e> {
    /// What statistics say of a figure. `None` if none are asked for.
    #[must_use]
    pub fn statistics(
        &self,
        key: SeriesKey,
        assessed: &Assessed<'e>,
    ) -> Option<Box<Statistics<'e>>> {
        let asked = &self.definition.statistics;
        let indicator = self.definition.indicator(key.indicator);
        if asked.intervals.is_none() && indicator.spc.chart.is_none() {
            return None;
        }
        let amount = &assessed.figure.amount;
        let interval =
            asked.intervals.map(|confidence| interval(amount, indicator.unit, confidence));
        let chart = indicator.spc.chart.map(|word| {
            let series = self.series(key, &assessed.figure)?;
            Ok(self.chart(indicator, word, series, assessed.standard()))
        });
        let benchmark =
            asked.intervals.and_then(|_| self.against_benchmark(key.indicator, assessed));
        Some(Box::new(Statistics { interval, benchmark, chart }))
    }

    fn chart(
        &self,
        indicator: &'e Indicator,
        word: ChartWord,
        series: Series,
        standard: Option<&Standard>,
    ) -> Chart<'e> {
        let rules = self.definition.statistics.rules;
        let rebases: Vec<_> = indicator
            .spc
            .rebases
            .iter()
            .filter_map(|rebase| {
                let index = series.months.iter().position(|month| *month >= rebase.from)?;
                (index > 0).then_some((index, rebase))
            })
            .collect();
        let options = Options {
            rules,
            method: method(indicator, word),
            baseline: indicator.spc.baseline,
            is_percent: indicator.unit == Unit::Percent,
        };
        let starts: Vec<_> = rebases.iter().map(|(index, _)| *index).collect();
        let control = statistics::control(&series.points, &starts, options);
        let has_figure = series.points.last().is_some_and(Option::is_some);
        let trend = control
            .last_limits()
            .is_none()
            .then(|| self.recent(indicator, &series, control.last_segment().start))
            .flatten();
        Chart {
            variation: variation(&control, has_figure, indicator.polarity),
            assurance: assurance(&control, indicator, standard),
            trend,
            series,
            control,
            rules,
            rebases,
        }
    }

    /// Tests the last figures for a trend. `None` if figures of such periods are not tested.
    fn recent(
        &self,
        indicator: &Indicator,
        series: &Series,
        start: usize,
    ) -> Option<Result<Recent, NoTrend>> {
        let confidence = self.definition.statistics.intervals.unwrap_or(Confidence::NinetyFive);
        let is_of_years = indicator.period == Period::Annual;
        let tested = match indicator.period {
            Period::YearToDate | Period::Rolling12Months => return None,
            Period::Annual => of_years(indicator, series, confidence),
            _ => of_periods(&series.points, start),
        };
        let recent = |(tested, figures): (Tested, usize)| {
            let tone = match tested.trend {
                trend::Trend::Moves(side) => Some(Tone::of(indicator.polarity, side)),
                _ => None,
            };
            Recent { tested, tone, figures, is_of_years }
        };
        Some(tested.map(recent))
    }
}

fn method(indicator: &Indicator, word: ChartWord) -> Method {
    let is_share = word == ChartWord::P;
    match word {
        ChartWord::Xmr => Method::Xmr,
        ChartWord::P | ChartWord::U => Method::Counts { times: indicator.unit.times(), is_share },
    }
}

/// How the latest figure varies.
fn variation(control: &Control, has_figure: bool, polarity: Polarity) -> Option<Variation> {
    let (limits, signals) = (control.limits.last()?, control.signals.last()?);
    // Limits go on over a gap.
    if limits.is_none() || !has_figure {
        return None;
    }
    Some(match signals.first() {
        None => Variation::Common,
        Some(first) => {
            Variation::Signal { signals: signals.clone(), tone: Tone::of(polarity, first.side) }
        }
    })
}

/// Whether the target is met within the limits. That of a number or rate for the year to date is
/// not one for a single period.
fn assurance(
    control: &Control,
    indicator: &Indicator,
    standard: Option<&Standard>,
) -> Option<Assurance> {
    let is_count = indicator.unit.is_count();
    if indicator.period == Period::YearToDate && is_count {
        return None;
    }
    let limits = control.last_limits()?;
    Some(statistics::assurance(&limits.shown_low, &limits.shown_high, &green(standard?)))
}

/// Tests the last five years.
fn of_years(
    indicator: &Indicator,
    series: &Series,
    confidence: Confidence,
) -> Result<(Tested, usize), NoTrend> {
    let from = series.points.len().checked_sub(trend::YEARS).ok_or(NoTrend::TooFew)?;
    let years = series.months[from..].iter().map(|month| i64::from(month.year()));
    let points: Option<Vec<&Point>> = series.points[from..].iter().map(Option::as_ref).collect();
    let points = points.ok_or(NoTrend::TooFew)?;
    let with_interval = years.zip(points).map(|(year, point)| {
        let interval = match &point.counts {
            Some(counts) => interval_of_counts(indicator.unit, counts, confidence),
            None => interval_of_value(indicator.unit, &point.value, confidence),
        };
        Some((year, point, interval?))
    });
    let figures: Option<Vec<_>> = with_interval.collect();
    let figures = figures.ok_or(NoTrend::NotCases)?;
    let tested = if indicator.unit == Unit::Percent {
        let shares = figures.iter().filter_map(|(year, point, _)| {
            let counts = point.counts.clone()?;
            Some(YearOfCases { year: *year, cases: counts.numerator, of: counts.denominator })
        });
        trend::of_shares(&shares.collect::<Vec<_>>())
    } else {
        let values = figures.into_iter().map(|(year, point, interval)| YearOfValues {
            year,
            value: point.value.clone(),
            interval,
        });
        trend::of_values(&values.collect::<Vec<_>>(), confidence).ok_or(NoTrend::NotCases)?
    };
    Ok((tested, trend::YEARS))
}

/// Tests the figures of the last periods, from where limits last started again.
fn of_periods(points: &[Option<Point>], start: usize) -> Result<(Tested, usize), NoTrend> {
    let from = points.len().saturating_sub(trend::PERIODS).max(start);
    let there = (0..).zip(&points[from..]).filter_map(|(index, point)| {
        let point = point.as_ref()?;
        Some((index, point.value.clone()))
    });
    let figures: Vec<_> = there.collect();
    let has_last = points.last().is_some_and(Option::is_some);
    if figures.len() < trend::FIGURES || !has_last {
        return Err(NoTrend::TooFew);
    }
    Ok((trend::of_figures(&figures), figures.len()))
}
