//! Benchmarks that have nothing to compare with, something that cannot be compared, or something
//! that cannot be.

use super::{Collected, Context, above, fraction};
use crate::assess::BenchmarkFigure;
use crate::definition::{BenchmarkId, Frequency, IndicatorId, Period};
use crate::diagnostic::{Code, Finding};
use crate::month::Month;
use crate::text::list;
use crate::wording::benchmark as words;

/// The benchmarks of every indicator, beside the latest figure of the top area.
pub(super) fn check(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let definition = context.definition;
    if definition.benchmarks.is_empty() {
        return;
    }
    for id in definition.indicators_in_force(context.month) {
        let including = context.assessor.including(definition.top, id);
        let month = including.as_ref().map_or(context.month, |latest| latest.figure.month);
        for benchmark in definition.benchmark_ids() {
            incomplete_mean(context, (benchmark, id), month, collected);
            other_length(context, (benchmark, id), month, collected);
            other_quarter(context, (benchmark, id), month, collected);
            implausible(context, (benchmark, id), month, collected);
        }
        if including.is_some_and(|latest| latest.outcome.is_some()) {
            nothing_to_rate_against(context, id, month, collected);
        }
    }
}

/// A finding about an indicator, at the place of its definition.
fn finding(
    context: Context<'_, '_>,
    code: Code,
    id: IndicatorId,
    found: String,
    remedy: impl Into<String>,
) -> Finding {
    let place = context.definition.indicator(id).place.clone();
    let subject = context.definition.subject_indicators(None, &[id]);
    Finding::new(code, place, found, remedy).about(subject)
}

/// A finding about a figure of a benchmark, at the place where it stands.
fn finding_of_figure(
    context: Context<'_, '_>,
    code: Code,
    (id, figure): (IndicatorId, &BenchmarkFigure<'_>),
    what: &str,
    remedy: &str,
) -> Finding {
    let definition = context.definition;
    let indicator = definition.indicator(id);
    let found = format!(
        "indicator {}: {} has a figure for {}, {what}",
        indicator.id,
        words::name(definition, figure),
        words::period_said(definition, indicator, figure.period, figure.month),
    );
    Finding {
        place: figure.rows.first().map(|row| row.place.clone()),
        ..finding(context, code, id, found, remedy)
    }
}

/// An indicator that is rated against a benchmark without a figure that can be compared.
fn nothing_to_rate_against(
    context: Context<'_, '_>,
    id: IndicatorId,
    month: Month,
    collected: &mut Collected<'_>,
) {
    let indicator = context.definition.indicator(id);
    let Some(rated) = &indicator.rated_against else { return };
    let benchmarks = context.assessor.benchmarks();
    let latest = benchmarks.latest(rated.benchmark, id, month);
    if latest.is_some_and(|figure| figure.is_as_long_as(indicator)) {
        return;
    }
    collected.add(Code::NoBenchmark, || {
        let name = &context.definition.benchmark(rated.benchmark).name;
        let has = latest.map_or_else(
            || format!("no figure at or before {}", month.long()),
            |figure| {
                let period =
                    words::period_said(context.definition, indicator, figure.period, figure.month);
                format!("its latest figure for {period}, a period of another length")
            },
        );
        let found = format!("indicator {} is rated against {name}, which has {has}", indicator.id);
        let remedy = "add its figure to benchmarks.csv in the data folder; one that was released \
            after the month's figures were extracted does not count";
        finding(context, Code::NoBenchmark, id, found, remedy)
    });
}

/// A figure that is not what it can be, or not in percent.
fn implausible(
    context: Context<'_, '_>,
    (benchmark, id): (BenchmarkId, IndicatorId),
    month: Month,
    collected: &mut Collected<'_>,
) {
    // A mean is as its benchmarks are, which are looked at themselves.
    if context.definition.benchmark(benchmark).mean_of.is_some() {
        return;
    }
    let latest = context.assessor.benchmarks().latest(benchmark, id, month);
    for row in latest.into_iter().flat_map(|figure| &figure.rows) {
        above::of_benchmark(context, id, row, collected);
        fraction::of_benchmark(context, id, row, collected);
    }
}

/// A figure of a quarter that ends with another month than the indicator's quarters do.
fn other_quarter(
    context: Context<'_, '_>,
    (benchmark, id): (BenchmarkId, IndicatorId),
    month: Month,
    collected: &mut Collected<'_>,
) {
    let indicator = context.definition.indicator(id);
    let latest = context.assessor.benchmarks().latest(benchmark, id, month);
    let Some(figure) = latest.filter(|figure| figure.is_as_long_as(indicator)) else { return };
    let is_quarterly =
        indicator.period == Period::Quarter && indicator.frequency == Frequency::Quarterly;
    if !is_quarterly || month.since(figure.month) % 3 == 0 {
        return;
    }
    collected.add(Code::QuarterMonth, || {
        let what = format!("and a quarter of the indicator ends with {}", month.long());
        let remedy = "name the month that its quarter ends with, which may not be that in which it \
            was released";
        finding_of_figure(context, Code::QuarterMonth, (id, figure), &what, remedy)
    });
}

/// A figure of another length than the indicator's, which is shown and not compared, or not shown.
fn other_length(
    context: Context<'_, '_>,
    (benchmark, id): (BenchmarkId, IndicatorId),
    month: Month,
    collected: &mut Collected<'_>,
) {
    let indicator = context.definition.indicator(id);
    let mut figures = context.assessor.benchmarks().up_to(benchmark, id, month);
    let Some(figure) = figures.next() else { return };
    let can_stand = figure.can_stand_beside(indicator, month);
    if can_stand && figure.is_as_long_as(indicator) {
        return;
    }
    collected.add(Code::BenchmarkPeriod, || {
        let is_shown = if can_stand { "shown and not compared" } else { "not shown" };
        let what = format!("which is {is_shown}: it covers another length of time");
        let remedy = "nothing to do, if there is no figure of the indicator's own period";
        finding_of_figure(context, Code::BenchmarkPeriod, (id, figure), &what, remedy)
    });
}

/// A mean that some of its benchmarks have a later figure for, and others not.
fn incomplete_mean(
    context: Context<'_, '_>,
    (benchmark, id): (BenchmarkId, IndicatorId),
    month: Month,
    collected: &mut Collected<'_>,
) {
    let definition = context.definition;
    let Some(others) = &definition.benchmark(benchmark).mean_of else { return };
    let benchmarks = context.assessor.benchmarks();
    let latest = others.iter().filter_map(|other| benchmarks.up_to(*other, id, month).next());
    let Some(latest) = latest.max_by_key(|figure| figure.month) else { return };
    let (month, period) = (latest.month, latest.period);
    let lacks = |other: &&BenchmarkId| {
        let mut figures = benchmarks.of(**other, id).iter();
        !figures.any(|figure| (figure.month, figure.period) == (month, period))
    };
    let missing: Vec<_> = others.iter().filter(lacks).collect();
    if missing.is_empty() {
        return;
    }
    collected.add(Code::MeanIncomplete, || {
        let indicator = definition.indicator(id);
        let names: Vec<_> =
            missing.iter().map(|other| definition.benchmark(**other).name.as_str()).collect();
        let found = format!(
            "indicator {}: {} has no mean for {}, because {} {} no figure",
            indicator.id,
            definition.benchmark(benchmark).name,
            words::period_said(definition, indicator, latest.period, latest.month),
            list(&names),
            if names.len() == 1 { "has" } else { "have" },
        );
        let remedy = "add what is missing, or take the benchmark out of `mean_of`; until then the \
            latest mean that can be made is used";
        finding(context, Code::MeanIncomplete, id, found, remedy)
    });
}
