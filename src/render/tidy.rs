//! `tidy`: a row for every figure, for other programs, written as the areas are assessed.
//!
//! The header and the meaning of each column are a contract, documented in `docs/file-formats.md`.

use std::io::{self, Write};
use std::sync::Arc;

use rayon::prelude::*;

use crate::rating::{Direction, Rag, RangePosition, Verdict};

use crate::assess::{
    Assessed, Assessor, Benchmarked, Chart, Comparison, EarlierBenchmark, Figure, SeriesKey,
    Statistics, Variance, Variation,
};
use crate::definition::{Affixes, AreaId, Definition, Indicator, IndicatorId, Period, Standard};
use crate::extract::Mark;
use crate::figure::{Amount, Decimal, PLACES, Ratio, Reason};
use crate::month::{ByMonth, Month};
use crate::population::Population;
use crate::scope::Scope;
use crate::statistics::{Assurance, Rule};
use crate::text::printable;
use crate::wording;

/// The first columns of the header, which are followed by those of [`TAIL`].
pub const HEADER: [&str; 25] = [
    "month",
    "area",
    "cohort",
    "section",
    "id",
    "indicator",
    "polarity",
    "period",
    "unit",
    "data_month",
    "numerator",
    "denominator",
    "result",
    "display",
    "rag",
    "target_low",
    "target_high",
    "floor_low",
    "floor_high",
    "previous_month",
    "previous_result",
    "previous_direction",
    "outturn_month",
    "outturn_result",
    "outturn_direction",
];

/// The columns after the comparisons: the variance, for figures without a cohort; the same period
/// of the previous year, if asked for; and a range and a verdict, if there are any.
pub const TAIL: [&str; 6] =
    ["variance", "last_year_month", "last_year_result", "last_year_direction", "range", "verdict"];

/// How many areas are assessed while those before them are written.
const AREAS_AT_ONCE: usize = 256;

/// The smallest number of areas that is given to a thread.
const AREAS_A_PART: usize = 8;

/// Writes the whole scorecard.
///
/// Areas are assessed in batches, so that little of the output is in memory at once.
///
/// # Errors
///
/// If writing to `out` fails.
pub fn write(assessor: &Assessor<'_>, scope: &Scope, out: impl Write + Send) -> io::Result<()> {
    write_with(assessor, scope, Optional::default(), out)
}

/// Optional last columns: the marks of the figure and of those that it is compared with.
pub const MARKS: [&str; 3] = ["mark", "previous_mark", "outturn_mark"];

/// Optional columns after those: what statistics say of the figure.
pub const STATISTICS: [&str; 10] = [
    "interval_low",
    "interval_high",
    "benchmark",
    "comparison",
    "mean",
    "limit_low",
    "limit_high",
    "variation",
    "variation_rule",
    "assurance",
];

/// Which optional columns there are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Optional {
    /// Those of [`MARKS`].
    pub marks: bool,
    /// Those of [`STATISTICS`].
    pub statistics: bool,
}

/// Writes the whole scorecard with optional columns.
///
/// # Errors
///
/// If writing to `out` fails.
pub fn write_with(
    assessor: &Assessor<'_>,
    scope: &Scope,
    optional: Optional,
    mut out: impl Write + Send,
) -> io::Result<()> {
    let marks = MARKS.iter().filter(|_| optional.marks);
    let statistics = STATISTICS.iter().filter(|_| optional.statistics);
    let columns: Vec<_> =
        HEADER.iter().chain(&TAIL).chain(marks).chain(statistics).copied().collect();
    writeln!(out, "{}", columns.join(","))?;
    let writer = &Writer { optional, ..Writer::new(assessor) };
    // While one batch is written, the next one is assessed by all threads. Each part of a batch has
    // its own buffer, which is reused.
    let parts = AREAS_AT_ONCE.div_ceil(AREAS_A_PART).min(scope.areas.len().div_ceil(AREAS_A_PART));
    let [mut ready, mut next] = [(); 2].map(|()| vec![Vec::new(); parts]);
    for areas in scope.areas.chunks(AREAS_AT_ONCE) {
        let assess = || {
            next.par_iter_mut()
                .zip(areas.par_chunks(AREAS_A_PART))
                .for_each(|(rows, areas)| writer.areas(areas, rows));
        };
        rayon::join(|| write_out(&mut ready, &mut out), assess).0?;
        std::mem::swap(&mut ready, &mut next);
    }
    write_out(&mut ready, &mut out)?;
    out.flush()
}

/// Writes the buffers and empties them, keeping their capacity.
fn write_out(parts: &mut [Vec<u8>], mut out: impl Write) -> io::Result<()> {
    for rows in parts {
        out.write_all(rows)?;
        rows.clear();
    }
    Ok(())
}

/// Column texts that many rows share, formatted once.
struct Writer<'s, 'e> {
    assessor: &'s Assessor<'e>,
    definition: &'e Definition,
    /// For each indicator, the columns from the section to the unit.
    indicators: Vec<Vec<u8>>,
    /// For each indicator, the target of the report month and its columns, which nearly all figures
    /// use.
    standards: Vec<Option<(&'e Standard, Vec<u8>)>>,
    /// The column of each month.
    months: ByMonth<[u8; 8]>,
    /// The names of the populations: everyone, then everyone except each cohort, then each cohort.
    populations: Vec<Vec<u8>>,
    optional: Optional,
}

impl<'s, 'e> Writer<'s, 'e> {
    fn new(assessor: &'s Assessor<'e>) -> Self {
        let definition = assessor.history().definition();
        let indicator = |indicator: &Indicator| described(indicator, indicator.period);
        let standard = |id: IndicatorId| {
            definition.standard(id, assessor.month()).map(|standard| (standard, limits(standard)))
        };
        Self {
            assessor,
            definition,
            indicators: definition.indicators.iter().map(indicator).collect(),
            standards: definition.indicator_ids().map(standard).collect(),
            months: assessor
                .history()
                .months()
                .filter_map(|month| {
                    Some((month, format!("{month},").into_bytes().try_into().ok()?))
                })
                .collect(),
            optional: Optional::default(),
            populations: definition
                .cohort_ids()
                .map(Population::Excluding)
                .chain(definition.cohort_ids().map(Population::Cohort))
                .fold(vec![field(Population::ALL)], |mut names, population| {
                    names.push(field(&definition.population_name(population)));
                    names
                }),
        }
    }

    /// Writes the rows of some areas.
    fn areas(&self, areas: &[AreaId], rows: &mut Vec<u8>) {
        let (mut start, mut excluded) = (Vec::new(), Vec::new());
        for &area in areas {
            start.clear();
            self.month(self.assessor.month(), &mut start);
            start.extend(field(&self.definition.area(area).name));
            let assessor = self.assessor;
            for id in self.definition.indicators_shown(self.assessor.month()) {
                let including = assessor.including(area, id);
                if let Some(including) = &including {
                    self.row(&start, id, 0, including, None, rows);
                    self.end(area, id, Population::Everyone, including, rows);
                }
                excluded.clear();
                excluded.extend(assessor.excluding(area, id, including.as_ref()));
                for excluding in &excluded {
                    self.row(
                        &start,
                        id,
                        1 + excluding.cohort.index(),
                        &excluding.assessed,
                        Some(&excluding.variance),
                        rows,
                    );
                    let population = Population::Excluding(excluding.cohort);
                    self.end(area, id, population, &excluding.assessed, rows);
                }
                for own in assessor.own(area, id, including.as_ref()) {
                    let index = 1 + self.definition.cohorts.len() + own.cohort.index();
                    self.row(&start, id, index, &own.assessed, None, rows);
                    self.end(area, id, Population::Cohort(own.cohort), &own.assessed, rows);
                }
                for beside in assessor.beside(id, including.as_ref(), &excluded) {
                    self.benchmark(&start, id, &beside, rows);
                }
            }
        }
    }

    fn row(
        &self,
        start: &[u8],
        id: IndicatorId,
        population: usize,
        assessed: &Assessed<'e>,
        variance: Option<&Variance>,
        row: &mut Vec<u8>,
    ) {
        let indicator = self.definition.indicator(id);
        row.extend_from_slice(start);
        row.extend_from_slice(&self.populations[population]);
        row.extend_from_slice(&self.indicators[id.index()]);
        self.month(assessed.figure.month, row);
        if let Amount::NoFigure(reason) = assessed.figure.amount {
            self.no_figure(reason, row);
            return;
        }
        if let Amount::Ratio { numerator, denominator } = &assessed.figure.amount {
            decimal(numerator, row);
            row.push(b',');
            decimal(denominator, row);
        } else {
            row.push(b',');
        }
        row.push(b',');
        if let Some(outcome) = &assessed.outcome {
            number(&outcome.exact, row);
        }
        row.push(b',');
        // Of these texts, only one with a prefix may need quotation marks.
        match &assessed.outcome {
            Some(outcome) => {
                let is_money = |affixes: &Arc<Affixes>| affixes.is_money();
                if indicator.labels.affixes.as_ref().is_some_and(is_money) {
                    let text = wording::outcome_ungrouped(outcome, indicator);
                    // Without the comma behind it, which follows.
                    let text = field(&text);
                    row.extend_from_slice(text.strip_suffix(b",").unwrap_or(&text));
                } else {
                    outcome.displayed(indicator).write_to(row);
                    row.extend_from_slice(wording::percent_sign(indicator).as_bytes());
                }
            }
            None => row.extend_from_slice(wording::no_result(&assessed.figure.amount).as_bytes()),
        }
        row.push(b',');
        row.extend_from_slice(assessed.rag.map_or("", Rag::as_str).as_bytes());
        row.push(b',');
        match (assessed.standard(), &self.standards[id.index()]) {
            (None, _) => row.extend_from_slice(b",,,,"),
            (Some(standard), Some((cached, columns))) if std::ptr::eq(standard, *cached) => {
                row.extend_from_slice(columns);
            }
            (Some(standard), _) => row.extend(limits(standard)),
        }
        self.compared(assessed.previous.result(), row);
        self.compared(assessed.outturn.result(), row);
        if let Some(Variance::Of(difference)) = variance {
            number(difference, row);
        }
        row.push(b',');
        self.compared(assessed.last_year.result(), row);
        row.extend_from_slice(assessed.range.map_or("", RangePosition::as_str).as_bytes());
        row.push(b',');
        row.extend_from_slice(assessed.verdict.map_or("", Verdict::as_str).as_bytes());
        if self.optional.marks {
            let [previous, outturn] = [&assessed.previous, &assessed.outturn]
                .map(|earlier| Some(&earlier.result()?.figure));
            for figure in [Some(&assessed.figure), previous, outturn] {
                row.push(b',');
                row.extend_from_slice(
                    figure.and_then(Figure::mark).map_or("", Mark::as_str).as_bytes(),
                );
            }
        }
    }

    /// Writes why there is no figure in the column that displays it. There is nothing else to say.
    fn no_figure(&self, reason: Reason, row: &mut Vec<u8>) {
        row.extend_from_slice(b",,,");
        row.extend_from_slice(reason.as_str().as_bytes());
        let is_display = |column: &&&str| **column == "display";
        let marks = if self.optional.marks { MARKS.len() } else { 0 };
        let rest = HEADER.iter().rev().take_while(|column| !is_display(column)).count();
        row.resize(row.len() + rest + TAIL.len() + marks, b',');
    }

    /// Writes the row of a benchmark. It has no rating and no target, since it is rated against
    /// nothing.
    fn benchmark(
        &self,
        start: &[u8],
        id: IndicatorId,
        beside: &Benchmarked<'_>,
        row: &mut Vec<u8>,
    ) {
        let (indicator, figure) = (self.definition.indicator(id), &beside.figure);
        row.extend_from_slice(start);
        let benchmark = &self.definition.benchmark(figure.benchmark).id;
        row.extend(field(&format!("{}{benchmark}", Population::BENCHMARK)));
        row.extend(described(indicator, figure.period));
        self.month(figure.month, row);
        if let Some(Amount::Ratio { numerator, denominator }) = figure.amount() {
            decimal(numerator, row);
            row.push(b',');
            decimal(denominator, row);
        } else {
            row.push(b',');
        }
        row.push(b',');
        number(&figure.outcome.exact, row);
        row.push(b',');
        row.extend_from_slice(wording::outcome_ungrouped(&figure.outcome, indicator).as_bytes());
        // The rating, the target and the floors.
        row.extend_from_slice(b",,,,,,");
        let [previous, outturn, last_year] = beside.earlier.each_ref().map(Option::as_ref);
        self.earlier_benchmark(previous, row);
        self.earlier_benchmark(outturn, row);
        // The variance.
        row.push(b',');
        self.earlier_benchmark(last_year, row);
        // The range and the verdict.
        row.push(b',');
        let marks = if self.optional.marks { MARKS.len() } else { 0 };
        let statistics = if self.optional.statistics { STATISTICS.len() } else { 0 };
        row.extend(std::iter::repeat_n(b',', marks + statistics));
        row.push(b'\n');
    }

    /// Writes the columns of a comparison of a benchmark, with a comma after each.
    fn earlier_benchmark(&self, earlier: Option<&EarlierBenchmark<'_>>, row: &mut Vec<u8>) {
        let Some(EarlierBenchmark { figure, direction }) = earlier else {
            row.extend_from_slice(b",,,");
            return;
        };
        self.month(figure.month, row);
        number(&figure.outcome.exact, row);
        row.push(b',');
        row.extend_from_slice(direction.map_or("", Direction::as_str).as_bytes());
        row.push(b',');
    }

    /// Writes the columns of statistics, if they are asked for, and the end of the row.
    fn end(
        &self,
        area: AreaId,
        id: IndicatorId,
        population: Population,
        assessed: &Assessed<'e>,
        row: &mut Vec<u8>,
    ) {
        if self.optional.statistics {
            let has_answer = assessed.figure.amount.reason().is_none();
            let statistics = has_answer
                .then(|| {
                    let key = SeriesKey::everyone(area, id).about(population);
                    self.assessor.statistics(key, assessed)
                })
                .flatten();
            write_statistics(statistics.as_deref(), row);
        }
        row.push(b'\n');
    }

    /// Writes the columns of a comparison, with a comma after each.
    fn compared(&self, comparison: Option<&Comparison<'_>>, row: &mut Vec<u8>) {
        let Some(comparison) = comparison else {
            row.extend_from_slice(b",,,");
            return;
        };
        self.month(comparison.figure.month, row);
        number(&comparison.outcome.exact, row);
        row.push(b',');
        row.extend_from_slice(comparison.direction.map_or("", Direction::as_str).as_bytes());
        row.push(b',');
    }

    /// Writes the column of a month, with a comma after it.
    #[inline]
    fn month(&self, month: Month, row: &mut Vec<u8>) {
        match self.months.get(month) {
            Some(written) => row.extend_from_slice(written),
            None => row.extend(format!("{month},").into_bytes()),
        }
    }
}

/// The columns from the section to the unit, of a figure that covers a period.
fn described(indicator: &Indicator, period: Period) -> Vec<u8> {
    let columns = [
        indicator.section.as_str(),
        &indicator.id,
        &indicator.name,
        indicator.polarity.as_str(),
        period.as_str(),
        indicator.unit.word().as_str(),
    ];
    fields(&columns)
}

/// Writes the columns of [`STATISTICS`], with a comma before each.
fn write_statistics(statistics: Option<&Statistics<'_>>, row: &mut Vec<u8>) {
    let interval = statistics.and_then(|statistics| statistics.interval.as_ref()?.as_ref().ok());
    let chart = statistics.and_then(|statistics| statistics.chart.as_ref()?.as_ref().ok());
    let limits = chart.and_then(Chart::limits);
    write_optional(interval.map(|interval| &interval.low), row);
    write_optional(interval.map(|interval| &interval.high), row);
    let benchmark = statistics.and_then(|statistics| statistics.benchmark.as_ref());
    write_optional(benchmark.map(|against| &against.figure.outcome.exact), row);
    row.push(b',');
    let verdict = benchmark.and_then(|against| against.verdict);
    row.extend_from_slice(verdict.map_or("", Verdict::as_str).as_bytes());
    write_optional(limits.map(|limits| &limits.mean), row);
    write_optional(limits.map(|limits| &limits.shown_low), row);
    write_optional(limits.map(|limits| &limits.shown_high), row);
    let variation = chart.and_then(|chart| chart.variation.as_ref());
    let words = [
        variation.map(Variation::as_str),
        variation.and_then(Variation::rule).map(Rule::as_str),
        chart.and_then(|chart| chart.assurance).map(Assurance::as_str),
    ];
    for word in words {
        row.push(b',');
        row.extend_from_slice(word.unwrap_or_default().as_bytes());
    }
}

/// Writes a column of a number, if there is one, with a comma before it.
fn write_optional(exact: Option<&Ratio>, row: &mut Vec<u8>) {
    row.push(b',');
    if let Some(exact) = exact {
        number(exact, row);
    }
}

/// A text as a CSV field, with a comma after it.
fn field(text: &str) -> Vec<u8> {
    // The CSV writer quotes an empty field that is alone in a record, but this one is not alone.
    if printable(text).is_empty() { b",".to_vec() } else { fields(&[text]) }
}

/// Texts as CSV fields, with a comma after each.
fn fields(texts: &[&str]) -> Vec<u8> {
    let mut csv = csv::WriterBuilder::new()
        .terminator(csv::Terminator::Any(b','))
        .buffer_capacity(256)
        .from_writer(Vec::new());
    let mut texts = texts.iter();
    texts
        .try_for_each(|text| csv.write_field(printable(text).as_bytes()))
        .and_then(|()| csv.write_record(None::<&[u8]>))
        .and_then(|()| Ok(csv.flush()?))
        .expect("memory can be written");
    csv.into_inner().expect("it has just been flushed")
}

/// The columns of a target and its floors, with a comma after each.
fn limits(standard: &Standard) -> Vec<u8> {
    let bands = &standard.bands;
    let (target_low, target_high) = bands.target();
    let mut written = Vec::new();
    for limit in [Some(target_low), Some(target_high), bands.floor_low(), bands.floor_high()] {
        if let Some(limit) = limit {
            number(&limit.into(), &mut written);
        }
        written.push(b',');
    }
    written
}

fn number(exact: &Ratio, row: &mut Vec<u8>) {
    exact.round(PLACES).write_trimmed_to(row);
}

/// Writes a figure of an extract, which rarely has more decimal places than are written.
fn decimal(figure: &Decimal, row: &mut Vec<u8>) {
    if figure.scale() <= PLACES {
        figure.write_trimmed_to(row);
    } else {
        number(&figure.into(), row);
    }
}

/// A plain decimal with at most six decimal places, without trailing zeros or separators.
#[must_use]
pub fn plain(exact: &Ratio) -> String {
    exact.round(PLACES).trimmed().to_string()
}
