//! What statistics say of a figure, in `results.json`.

use serde::{Deserialize, Serialize};

use super::results::PlainNumber;
use crate::month::Month;
use crate::rating::Verdict;

/// What statistics say of a figure. Each part is there only if it is asked for.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct StatisticsResult {
    /// Between what it could lie by chance alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<IntervalResult>,
    /// How it stands to a benchmark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub benchmark: Option<AgainstBenchmarkResult>,
    /// Its limits and what they show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<LimitsResult>,
}

/// An interval.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct IntervalResult {
    /// The lower end.
    pub low: Option<PlainNumber>,
    /// The upper end.
    pub high: Option<PlainNumber>,
    /// Why there is none.
    pub reason: Option<String>,
}

/// A figure beside a benchmark.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct AgainstBenchmarkResult {
    /// The id of the benchmark.
    pub id: String,
    /// The last month of its figure.
    pub month: Month,
    /// Its result.
    pub result: PlainNumber,
    /// The figure's result minus that.
    pub difference: Option<PlainNumber>,
    /// `better`, `similar`, `worse`, `higher` or `lower`.
    pub comparison: Option<Verdict>,
}

/// The limits of a series and what they show of the latest figure.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct LimitsResult {
    /// Why there are no limits.
    pub reason: Option<String>,
    /// The average.
    pub mean: Option<PlainNumber>,
    /// The lower limit as it is shown.
    pub low: Option<PlainNumber>,
    /// The upper limit as it is shown.
    pub high: Option<PlainNumber>,
    /// `common`, or a signal with its side.
    pub variation: Option<String>,
    /// The rule that names it.
    pub rule: Option<String>,
    /// Whether its rules point both ways.
    pub conflict: bool,
    /// `P`, `F` or `?`.
    pub assurance: Option<String>,
    /// The test for a trend, where there are no limits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trend: Option<TestResult>,
    /// All of it in words.
    pub words: Vec<String>,
    /// Whether the figures are differences of figures for the year to date.
    pub unrolled: bool,
    /// The parts of the series with limits of their own.
    pub segments: Vec<SegmentResult>,
    /// The figures.
    pub points: Vec<PointResult>,
}

/// The test of the last figures for a trend.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct TestResult {
    /// `increasing`, `decreasing` or `no_change`; nothing where they are not tested.
    pub direction: Option<String>,
    /// Chi-squared of years, the probability of other periods.
    pub statistic: Option<PlainNumber>,
    /// By how much a period the figures rise.
    pub slope: Option<PlainNumber>,
    /// How many figures were tested.
    pub figures: usize,
}

/// A part of a series with limits of its own.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct SegmentResult {
    /// Its first period.
    pub from: Month,
    /// Why the limits start again there.
    pub reason: Option<String>,
    /// How many figures its limits are drawn from.
    pub figures: usize,
    /// Whether its limits may still move a good deal.
    pub provisional: bool,
    /// The mean.
    pub mean: Option<PlainNumber>,
    /// The mean moving range.
    pub range: Option<PlainNumber>,
    /// How many moving ranges that is of.
    pub ranges: Option<usize>,
    /// How many were left out as too large.
    pub screened: Option<usize>,
}

/// A period of a series.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct PointResult {
    /// Its last month.
    pub month: Month,
    /// The figure.
    pub value: Option<PlainNumber>,
    /// The lower limit as it is shown.
    pub low: Option<PlainNumber>,
    /// The upper limit as it is shown.
    pub high: Option<PlainNumber>,
    /// The rules that it meets, the strongest first, each with its side: `shift_low`.
    pub signals: Vec<String>,
}
