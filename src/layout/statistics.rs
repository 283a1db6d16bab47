//! What statistics add to pages: two columns, charts with limits, and sentences.

use super::benchmarks::against_sentence;
use super::chart_title::Reading;
use super::notes::Notes;
use super::{
    Block, Cell, Chart, Column, Field, Number, Point, PointLimits, Series, TableBuilder, prose,
    result_number, target_numbers,
};
use crate::assess::{self, AgainstBenchmark, Entry, Recent, Tone, Variation};
use crate::definition::{CompareWith, Definition, Indicator};
use crate::figure::{PLACES, Ratio};
use crate::rating::Direction;
use crate::scorecard::Scorecard;
use crate::statistics::{Limits, Rule, Segment};
use crate::text::plural;
use crate::wording::benchmark::{name, stands_alone};
use crate::wording::{self, statistics as words};

/// The most periods that a chart shows.
const MOST_PERIODS: usize = 36;

/// Whether indicators of the report have limits.
pub(super) fn has_limits(scorecard: &Scorecard<'_>) -> bool {
    let definition = scorecard.definition;
    let mut indicators = definition.indicators_shown(scorecard.month);
    indicators.any(|id| definition.indicator(id).spc.chart.is_some())
}

/// The series of an indicator with its limits. `None` if it has none.
fn chart<'c, 'e>(entry: &'c Entry<'e>) -> Option<&'c assess::Chart<'e>> {
    entry.statistics.as_ref()?.chart.as_ref()?.as_ref().ok()
}

/// How many worsened since the previous period, and of how many of them that is more than the usual
/// variation; and what is concerning all the same. Nothing if there are no limits.
pub(super) fn worsened_sentences(
    scorecard: &Scorecard<'_>,
    since: &str,
    entries: &[Entry<'_>],
) -> Vec<String> {
    if !has_limits(scorecard) {
        return Vec::new();
    }
    let definition = scorecard.definition;
    let has_worsened = |entry: &&Entry<'_>| {
        let assessed = entry.including.as_ref().filter(|it| it.figure.month == scorecard.month);
        let previous = assessed.and_then(|assessed| assessed.previous.result());
        let is_compared = definition.indicator(entry.indicator).compare.has(CompareWith::Previous);
        is_compared && previous.is_some_and(|it| it.direction == Some(Direction::Worsened))
    };
    let (worsened, others): (Vec<_>, Vec<_>) = entries.iter().partition(has_worsened);
    let variation = |entry: &Entry<'_>| chart(entry).and_then(|chart| chart.variation.clone());
    let named = |entries: &[&Entry<'_>], is: fn(Tone) -> bool| -> Vec<_> {
        let found = entries.iter().filter(
            |entry| matches!(variation(entry), Some(Variation::Signal { tone, .. }) if is(tone)),
        );
        found.map(|entry| definition.indicator(entry.indicator)).collect()
    };
    let mut said = Vec::new();
    if !worsened.is_empty() {
        let without = worsened.iter().filter(|entry| variation(entry).is_none()).count();
        let more = named(&worsened, |tone| tone != Tone::Improvement);
        said.push(words::worsened(worsened.len(), since, &more, without));
    }
    said.extend(words::concerning(&named(&others, |tone| tone == Tone::Concern)));
    said
}

/// The working of the statistics of an indicator: what the limits are worked out from, and the
/// periods that each rule marks.
pub(super) fn working(
    definition: &Definition,
    entry: &Entry<'_>,
    indicator: &Indicator,
) -> Vec<Block> {
    let said = sentences(definition, entry, indicator);
    if said.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::heading("Statistics"), Block::Prose(said)];
    if let Some(chart) = chart(entry) {
        let mut fields = Vec::new();
        for segment in &chart.control.segments {
            fields.extend(basis_fields(chart, segment, indicator));
        }
        for rule in Rule::ALL {
            let periods = marked(chart, rule);
            if !periods.is_empty() {
                fields.push(Field::new(rule_name(rule), periods.join(", ")));
            }
        }
        let tested = chart.trend.as_ref().and_then(|found| found.as_ref().ok());
        fields.extend(tested.map(|found| trend_field(found, indicator)));
        if !fields.is_empty() {
            blocks.push(Block::Fields(fields));
        }
    }
    blocks
}

/// What the test of the last figures finds its answer from.
fn trend_field(found: &Recent, indicator: &Indicator) -> Field {
    let statistic = found.tested.statistic.round(PLACES).trimmed();
    let mut said = format!("{} figures", found.figures);
    said += &if found.is_of_years {
        format!(", chi-squared {statistic}")
    } else {
        format!(", probability of so much by chance {statistic} (Mann-Kendall)")
    };
    if let Some(slope) = &found.tested.slope {
        said += &format!(", slope {} a period", plain(slope, indicator));
    }
    Field::new("Trend test", said)
}

fn rule_name(rule: Rule) -> &'static str {
    match rule {
        Rule::Outside => "Outside the limits",
        Rule::Trend => "Trend",
        Rule::TwoOfThree => "Two of three close to a limit",
        Rule::Shift => "Shift",
    }
}

/// The periods that a rule marks, each with its side.
fn marked(chart: &assess::Chart<'_>, rule: Rule) -> Vec<String> {
    let periods = chart.series.months.iter().zip(&chart.control.signals);
    let of_rule = periods.flat_map(|(month, signals)| {
        signals
            .iter()
            .filter(|signal| signal.rule == rule)
            .map(|signal| format!("{} ({})", month.short(), words::side(signal.side)))
    });
    of_rule.collect()
}

/// What the limits of a segment are worked out from.
fn basis_fields(chart: &assess::Chart<'_>, segment: &Segment, indicator: &Indicator) -> Vec<Field> {
    let from = chart.series.months[segment.start].short();
    let figures = format!("{} {}", segment.figures, plural(segment.figures, "figure", "figures"));
    let Some(basis) = &segment.basis else {
        return vec![Field::new(format!("From {from}"), figures)];
    };
    let limits = chart.control.limits[segment.start..segment.end].iter().rev().flatten().next();
    let exact = |number: &Ratio| plain(number, indicator);
    let screened = match basis.screened {
        0 => String::new(),
        count => format!(", {count} left out"),
    };
    let mut said = format!(
        "{figures}, mean {}, mean moving range {} (of {}{screened})",
        exact(&basis.mean),
        basis.range.round(6).trimmed(),
        basis.ranges
    );
    if let Some(limits) = limits {
        said += &format!(
            ", limits {} and {}, near-limits {} and {}",
            exact(&limits.low),
            exact(&limits.high),
            exact(&limits.near_low),
            exact(&limits.near_high)
        );
    }
    vec![Field::new(format!("From {from}"), said)]
}

/// A number to six places.
fn plain(number: &Ratio, indicator: &Indicator) -> String {
    wording::with_unit(&number.round(PLACES).trimmed().to_string(), indicator)
}

/// How the latest figure varies.
pub(super) fn variation_cell(entry: &Entry<'_>, indicator: &Indicator, notes: &Notes) -> Cell {
    let Some(asked) = entry.statistics.as_ref().and_then(|one| one.chart.as_ref()) else {
        return Cell::missing();
    };
    let chart = match asked {
        Ok(chart) => chart,
        Err(why) => return Cell::missing().noted(Some(notes.mark(words::refusal(*why)))),
    };
    match (&chart.variation, &chart.trend) {
        (Some(variation), _) => {
            let note = words::signal_note(chart, indicator).map(|note| notes.mark(note));
            Cell::text(words::variation_icon(variation)).noted(note)
        }
        (None, Some(Ok(found))) => Cell::text(words::recent_icon(found))
            .noted(Some(notes.mark(words::recent(found, indicator)))),
        _ => words::too_few(chart, indicator).map_or_else(Cell::missing, Cell::text),
    }
}

/// Between what the latest figure could lie by chance alone.
pub(super) fn interval_cell(entry: &Entry<'_>, indicator: &Indicator) -> Cell {
    let interval = entry.statistics.as_ref().and_then(|one| one.interval.as_ref()?.as_ref().ok());
    interval.map_or_else(Cell::missing, |one| Cell::text(words::interval(one, indicator)))
}

/// Whether figures of the report are held against benchmarks by their intervals.
pub(super) fn has_comparisons(scorecard: &Scorecard<'_>) -> bool {
    let mut entries = scorecard.areas.iter().flat_map(|assessed| &assessed.entries);
    entries.any(|entry| against(entry).is_some_and(|against| against.verdict.is_some()))
}

/// The benchmark that the latest figure is held against.
fn against<'c, 'e>(entry: &'c Entry<'e>) -> Option<&'c AgainstBenchmark<'e>> {
    entry.statistics.as_ref()?.benchmark.as_ref()
}

/// How the latest figure stands to a benchmark by its interval.
pub(super) fn comparison_cell(definition: &Definition, entry: &Entry<'_>) -> Cell {
    let verdict = against(entry).and_then(|against| Some((against, against.verdict?)));
    verdict.map_or_else(Cell::missing, |(against, verdict)| {
        Cell::text(stands_alone(verdict, name(definition, &against.figure)))
    })
}

/// Whether the target is met within the limits.
pub(super) fn assurance_cell(entry: &Entry<'_>) -> Cell {
    let assurance = chart(entry).and_then(|chart| chart.assurance);
    assurance.map_or_else(Cell::missing, |one| Cell::text(words::assurance_icon(one)))
}

/// What statistics say of an indicator, in sentences.
pub(super) fn sentences(
    definition: &Definition,
    entry: &Entry<'_>,
    indicator: &Indicator,
) -> Vec<prose::Prose> {
    let Some(statistics) = entry.statistics.as_deref() else { return Vec::new() };
    let mut said = Vec::new();
    if let Some(assessed) = &entry.including {
        said.extend(words::interval_sentence(statistics, assessed, indicator));
        let said_of = |against| against_sentence(definition, indicator, against);
        said.extend(against(entry).and_then(said_of));
    }
    match &statistics.chart {
        Some(Ok(chart)) => said.push(words::chart(definition, chart, indicator).join(" ")),
        Some(Err(why)) => said.push(words::refusal(*why).to_owned()),
        None => {}
    }
    said.into_iter().map(prose::paragraph).collect()
}

/// The chart of an indicator's series with its mean and limits. `None` if it has no limits.
pub(super) fn limits_chart(definition: &Definition, entry: &Entry<'_>) -> Option<Chart> {
    let (chart, indicator) = (chart(entry)?, definition.indicator(entry.indicator));
    if chart.control.limits.iter().all(Option::is_none) {
        return None;
    }
    let first = chart.series.months.len().saturating_sub(MOST_PERIODS);
    let points: Vec<_> = (first..chart.series.months.len())
        .map(|index| point(definition, entry, chart, index))
        .collect();
    let name = wording::named(indicator);
    let reading = if chart.series.is_unrolled {
        Reading::single(definition, indicator)
    } else {
        Reading::reported(definition, indicator)
    };
    let title = reading.title(&points, &chart.series.months[first..]);
    Some(Chart::new(name, title, words::chart(definition, chart, indicator).join(" "), points))
}

/// The chart of an indicator's series with the table of its periods. `None` if it has no limits.
pub(super) fn series(definition: &Definition, entry: &Entry<'_>) -> Option<Series> {
    let limits = limits_chart(definition, entry)?;
    let found = chart(entry)?;
    let first = found.series.months.len().saturating_sub(MOST_PERIODS);
    let number = |number: Option<&Number>| {
        number.map_or_else(Cell::missing, |number| Cell::number(number.clone()))
    };
    let limit =
        |point: &Point, of: fn(&PointLimits) -> &Number| number(point.limits.as_ref().map(of));
    let mut table = TableBuilder::<(&Point, &str)>::new();
    table.column(Column::text("Period"), |(point, _)| Cell::text(&point.label));
    table.column(Column::number("Result"), |(point, _)| number(point.result.as_ref()));
    table.column(Column::number("Average"), |(point, _)| limit(point, |limits| &limits.mean));
    table.column(Column::number("Usually from"), |(point, _)| limit(point, |limits| &limits.low));
    table.column(Column::number("Usually to"), |(point, _)| limit(point, |limits| &limits.high));
    table.column(Column::text("What is unusual"), |(_, signal)| Cell::text(*signal));
    for (index, point) in limits.points.iter().enumerate() {
        let signals = &found.control.signals[first + index];
        table.row(&(point, signals.first().map_or("", words::signal)));
    }
    let table = table.finish(format!("Usual variation of {}", limits.name));
    Some(Series { table, chart: limits })
}

fn point(
    definition: &Definition,
    entry: &Entry<'_>,
    chart: &assess::Chart<'_>,
    index: usize,
) -> Point {
    let (indicator, month) = (definition.indicator(entry.indicator), chart.series.months[index]);
    let of_trend = entry.trend.iter().find(|point| point.month == month);
    // The rating and the target of a figure for the year to date are not those of one month.
    let is_whole = !chart.series.is_unrolled;
    let of_month = || definition.standard(entry.indicator, month);
    let standard = of_trend.and_then(assess::TrendPoint::standard).or_else(of_month);
    let standard = standard.filter(|_| is_whole);
    let result = chart.series.points[index].as_ref();
    let rebase = chart.rebases.iter().find(|(start, _)| *start == index);
    Point {
        label: wording::period_short(definition, indicator, month),
        result: result.map(|point| result_number(&point.value, indicator)),
        rag: of_trend.filter(|_| is_whole).and_then(|point| point.rag),
        target: standard.map(|standard| target_numbers(standard, indicator)),
        limits: chart.control.limits[index].as_ref().map(|limits| point_limits(limits, indicator)),
        rebased: rebase.map(|(_, rebase)| rebase.reason.clone()),
        ..Point::default()
    }
}

fn point_limits(limits: &Limits, indicator: &Indicator) -> PointLimits {
    let [mean, low, high] = [&limits.mean, &limits.shown_low, &limits.shown_high]
        .map(|number| result_number(number, indicator));
    PointLimits { mean, low, high }
}
