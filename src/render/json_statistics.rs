//! What statistics say of a figure, as JSON has it.

use crate::assess::{Chart, NoInterval, Recent, Statistics, Variation};
use crate::definition::{Definition, Indicator};
use crate::record::results::PlainNumber;
use crate::record::statistics::{
    AgainstBenchmarkResult, IntervalResult, LimitsResult, PointResult, SegmentResult,
    StatisticsResult, TestResult,
};
use crate::statistics::trend::Trend;
use crate::statistics::{Assurance, Rule, Segment, Side, Signal};
use crate::wording::statistics as words;

/// What statistics say of a figure.
pub(super) fn statistics(
    found: &Statistics<'_>,
    definition: &Definition,
    indicator: &Indicator,
) -> StatisticsResult {
    StatisticsResult {
        benchmark: found.benchmark.as_ref().map(|against| AgainstBenchmarkResult {
            id: definition.benchmark(against.figure.benchmark).id.clone(),
            month: against.figure.month,
            result: (&against.figure.outcome.exact).into(),
            difference: against.difference.as_ref().map(PlainNumber::from),
            comparison: against.verdict,
        }),
        interval: found.interval.as_ref().map(|interval| match interval {
            Ok(interval) => IntervalResult {
                low: Some((&interval.low).into()),
                high: Some((&interval.high).into()),
                reason: None,
            },
            Err(why) => IntervalResult { low: None, high: None, reason: Some(no_interval(*why)) },
        }),
        limits: found.chart.as_ref().map(|chart| match chart {
            Ok(chart) => limits(definition, chart, indicator),
            Err(why) => LimitsResult {
                reason: Some(words::refusal(*why).to_owned()),
                words: vec![words::refusal(*why).to_owned()],
                ..LimitsResult::default()
            },
        }),
    }
}

fn no_interval(why: NoInterval) -> String {
    let why = match why {
        NoInterval::NotCases => "not a count of whole cases",
        NoInterval::NoResult => "there is no result",
    };
    why.to_owned()
}

fn limits(definition: &Definition, chart: &Chart<'_>, indicator: &Indicator) -> LimitsResult {
    let limits = chart.limits();
    let variation = chart.variation.as_ref();
    LimitsResult {
        reason: words::too_few(chart, indicator),
        mean: limits.map(|limits| (&limits.mean).into()),
        low: limits.map(|limits| (&limits.shown_low).into()),
        high: limits.map(|limits| (&limits.shown_high).into()),
        variation: variation.map(|variation| variation.as_str().to_owned()),
        rule: variation.and_then(Variation::rule).map(|rule| Rule::as_str(rule).to_owned()),
        conflict: variation.is_some_and(Variation::has_conflict),
        assurance: chart.assurance.map(|assurance| Assurance::as_str(assurance).to_owned()),
        trend: chart.trend.as_ref().map(|found| match found {
            Ok(found) => test(found),
            Err(_) => TestResult { direction: None, statistic: None, slope: None, figures: 0 },
        }),
        words: words::chart(definition, chart, indicator),
        unrolled: chart.series.is_unrolled,
        segments: chart.control.segments.iter().map(|one| segment(chart, one)).collect(),
        points: (0..chart.series.months.len()).map(|index| point(chart, index)).collect(),
    }
}

fn test(found: &Recent) -> TestResult {
    let direction = match found.tested.trend {
        Trend::Moves(Side::High) => "increasing",
        Trend::Moves(Side::Low) => "decreasing",
        Trend::NoChange | Trend::OneYear => "no_change",
    };
    TestResult {
        direction: Some(direction.to_owned()),
        statistic: Some((&found.tested.statistic).into()),
        slope: found.tested.slope.as_ref().map(PlainNumber::from),
        figures: found.figures,
    }
}

fn segment(chart: &Chart<'_>, segment: &Segment) -> SegmentResult {
    let rebase = chart.rebases.iter().find(|(start, _)| *start == segment.start);
    let basis = segment.basis.as_ref();
    SegmentResult {
        from: chart.series.months[segment.start],
        reason: rebase.map(|(_, rebase)| rebase.reason.clone()),
        figures: segment.figures,
        provisional: segment.is_provisional(),
        mean: basis.map(|basis| (&basis.mean).into()),
        range: basis.map(|basis| (&basis.range).into()),
        ranges: basis.map(|basis| basis.ranges),
        screened: basis.map(|basis| basis.screened),
    }
}

fn point(chart: &Chart<'_>, index: usize) -> PointResult {
    let limits = chart.control.limits[index].as_ref();
    let name = |signal: &Signal| {
        let side = if signal.side == Side::High { "high" } else { "low" };
        format!("{}_{side}", signal.rule.as_str())
    };
    PointResult {
        month: chart.series.months[index],
        value: chart.series.points[index].as_ref().map(|point| (&point.value).into()),
        low: limits.map(|limits| (&limits.shown_low).into()),
        high: limits.map(|limits| (&limits.shown_high).into()),
        signals: chart.control.signals[index].iter().map(name).collect(),
    }
}
