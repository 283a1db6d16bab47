//! What benchmarks have, beside the results of tables.

use super::notes::Notes;
use super::periods::ColumnPeriod;
use super::{
    Block, Cell, Column, Field, Table, TableBuilder, denominator_cell, denominator_column,
    numerator_cell, numerator_column,
};
use super::{outcome_cell, prose};
use crate::assess::{AgainstBenchmark, BenchmarkFigure, Benchmarked, Entry};
use crate::definition::{BenchmarkId, CompareWith, Definition, Indicator, IndicatorId};
use crate::diagnostic::Place;
use crate::month::Month;
use crate::rating::{Rag, Verdict};
use crate::scorecard::Scorecard;
use crate::wording::{self, benchmark as words};

/// The columns of benchmarks: the same on all pages of a report, as CSV has them once.
pub(super) struct BenchmarkColumns<'s> {
    definition: &'s Definition,
    columns: Vec<(BenchmarkId, ColumnPeriod)>,
}

impl<'s> BenchmarkColumns<'s> {
    /// Those of the benchmarks that have a figure beside a result of the report.
    pub(super) fn of(scorecard: &Scorecard<'s>) -> Self {
        Self::beside(scorecard, |_| true)
    }

    /// Those of the benchmarks that have a figure beside a red one.
    pub(super) fn of_red(scorecard: &Scorecard<'s>) -> Self {
        let rag = |entry: &Entry<'_>| entry.including.as_ref().and_then(|latest| latest.rag);
        Self::beside(scorecard, |entry| rag(entry) == Some(Rag::Red))
    }

    fn beside(scorecard: &Scorecard<'s>, is_wanted: impl Fn(&Entry<'_>) -> bool) -> Self {
        let definition = scorecard.definition;
        let entries = || {
            let entries = scorecard.areas.iter().flat_map(|assessed| &assessed.entries);
            entries.filter(|entry| is_wanted(entry))
        };
        let columns = definition.benchmark_ids().filter_map(|benchmark| {
            let figures = entries().filter_map(|entry| {
                Some((definition.indicator(entry.indicator), &of(entry, benchmark)?.figure))
            });
            let name = |(indicator, figure): (&Indicator, &BenchmarkFigure<'_>)| {
                words::period_short(definition, indicator, figure)
            };
            let names: Vec<_> = figures.map(name).collect();
            (!names.is_empty())
                .then(|| (benchmark, ColumnPeriod::of(names.into_iter(), scorecard.month.short())))
        });
        Self { definition, columns: columns.collect() }
    }

    /// Each benchmark with the headings of its column: in full, and where there is little room.
    pub(super) fn iter(&self) -> impl Iterator<Item = (BenchmarkId, [String; 2])> {
        self.columns.iter().map(|(benchmark, period)| {
            let name = &self.definition.benchmark(*benchmark).name;
            let period = period.heading();
            (*benchmark, [format!("{name} ({period})"), format!("{name} {period}")])
        })
    }

    /// The footnotes of the figures of benchmarks beside a result.
    pub(super) fn number_footnotes(&self, entry: &Entry<'_>, notes: &Notes) {
        for (benchmark, _) in &self.columns {
            self.note(*benchmark, entry, notes);
        }
    }

    /// The footnote of a figure of another period than the heading says, or of another length than
    /// the result beside it.
    fn note(&self, benchmark: BenchmarkId, entry: &Entry<'_>, notes: &Notes) -> Option<usize> {
        let Benchmarked { figure, is_comparable, .. } = of(entry, benchmark)?;
        let indicator = self.definition.indicator(entry.indicator);
        if !is_comparable {
            return Some(notes.mark(words::not_comparable(self.definition, indicator, figure)));
        }
        let (_, column) = self.columns.iter().find(|(column, _)| *column == benchmark)?;
        let short = words::period_short(self.definition, indicator, figure);
        column.is_other(&short).then(|| notes.mark(of_period(self.definition, indicator, figure)))
    }

    /// What a benchmark has beside a result.
    pub(super) fn cell(
        &self,
        benchmark: BenchmarkId,
        entry: Option<&Entry<'_>>,
        notes: &Notes,
    ) -> Cell {
        let Some((entry, beside)) = entry.and_then(|entry| Some((entry, of(entry, benchmark)?)))
        else {
            return Cell::missing();
        };
        let indicator = self.definition.indicator(entry.indicator);
        outcome_cell(&beside.figure.outcome.exact, indicator)
            .noted(self.note(benchmark, entry, notes))
    }
}

/// That a benchmark's figure is of another period than it would seem.
fn of_period(
    definition: &Definition,
    indicator: &Indicator,
    figure: &BenchmarkFigure<'_>,
) -> String {
    let name = words::name(definition, figure);
    let period = words::period_said(definition, indicator, figure.period, figure.month);
    format!("{name}: the figure is of {period}")
}

/// What a benchmark has beside the result of an indicator.
fn of<'r, 'e>(entry: &'r Entry<'e>, benchmark: BenchmarkId) -> Option<&'r Benchmarked<'e>> {
    entry.benchmarks.iter().find(|beside| beside.figure.benchmark == benchmark)
}

/// The footnote of a rating against a benchmark: which it is, and how the result stands to it.
pub(super) fn verdict_note(
    definition: &Definition,
    entry: &Entry<'_>,
    notes: &Notes,
) -> Option<usize> {
    let indicator = definition.indicator(entry.indicator);
    let rated = indicator.rated_against.as_ref()?;
    let assessed = entry.including.as_ref()?;
    let (result, verdict) = (assessed.outcome.as_ref()?, assessed.verdict?);
    let beside = of(entry, rated.benchmark)?;
    Some(notes.mark(words::rated(definition, indicator, result, &beside.figure, verdict)))
}

/// What a benchmark has of a period of a trend.
pub(super) fn trend_cell(
    scorecard: &Scorecard<'_>,
    benchmark: BenchmarkId,
    id: IndicatorId,
    month: Month,
    notes: &Notes,
) -> Cell {
    let (definition, indicator) = (scorecard.definition, scorecard.definition.indicator(id));
    let Some(figure) =
        scorecard.benchmarks.latest(benchmark, id, month).filter(|figure| figure.month == month)
    else {
        return Cell::missing();
    };
    let note = (!figure.is_as_long_as(indicator))
        .then(|| notes.mark(words::not_comparable(definition, indicator, figure)));
    outcome_cell(&figure.outcome.exact, indicator).noted(note)
}

/// What an indicator is rated against, where that is a benchmark, and what each benchmark has.
pub(super) fn fields(definition: &Definition, entry: &Entry<'_>) -> Vec<Field> {
    let indicator = definition.indicator(entry.indicator);
    let rated = indicator.rated_against.as_ref();
    let bandings =
        rated.map(|rated| Field::new("Bandings", words::bandings(definition, indicator, rated)));
    let beside = entry.benchmarks.iter().map(|beside| {
        Field::new("Benchmark", beside_in_words(definition, indicator, entry, beside))
    });
    bandings.into_iter().chain(beside).collect()
}

/// `England, Q2 2015/16: 10.5%; the year before (Q2 2014/15): 11.5%, improved; the result is worse`.
fn beside_in_words(
    definition: &Definition,
    indicator: &Indicator,
    entry: &Entry<'_>,
    beside: &Benchmarked<'_>,
) -> String {
    let mut said = vec![words::figure(definition, indicator, &beside.figure)];
    if !beside.is_comparable {
        said.push("a period of another length, not compared".to_owned());
    }
    for (with, earlier) in CompareWith::ALL.into_iter().zip(&beside.earlier) {
        let Some(earlier) = earlier else { continue };
        let direction = earlier.direction.map_or_else(String::new, |direction| {
            format!(", {}", wording::direction(direction).to_lowercase())
        });
        said.push(format!(
            "{} ({}) {}{direction}",
            words::earlier(with),
            words::period(definition, indicator, &earlier.figure),
            words::result(&earlier.figure, indicator)
        ));
    }
    let rated = indicator.rated_against.as_ref().map(|rated| rated.benchmark);
    let verdict = entry.including.as_ref().and_then(|assessed| assessed.verdict);
    if let Some(verdict) = verdict.filter(|_| rated == Some(beside.figure.benchmark)) {
        let name = words::name(definition, &beside.figure);
        said.push(format!("the result is {}", words::stands(verdict, name)));
    }
    said.join("; ")
}

/// The working of what benchmarks have: when each figure was published, and where it is from, if
/// places are `told`.
pub(super) fn working(
    definition: &Definition,
    entry: &Entry<'_>,
    told: Option<&dyn Fn(&Place) -> String>,
) -> Vec<Block> {
    if entry.benchmarks.is_empty() {
        return Vec::new();
    }
    let indicator = definition.indicator(entry.indicator);
    let said = entry.benchmarks.iter().map(|beside| {
        let said = beside_in_words(definition, indicator, entry, beside);
        prose::paragraph(format!("{said}."))
    });
    vec![
        Block::heading("Benchmarks"),
        Block::Prose(said.collect()),
        Block::Table(table(definition, entry, indicator, told)),
    ]
}

fn table(
    definition: &Definition,
    entry: &Entry<'_>,
    indicator: &Indicator,
    told: Option<&dyn Fn(&Place) -> String>,
) -> Table {
    let mut table = TableBuilder::<&Benchmarked<'_>>::new();
    table.column(Column::text("Benchmark"), |beside| {
        Cell::text(words::name(definition, &beside.figure))
    });
    table.column(Column::text("Period"), |beside| {
        Cell::text(words::period(definition, indicator, &beside.figure))
    });
    table.column(numerator_column(), |beside| numerator_cell(beside.figure.amount()));
    table.column(denominator_column(), |beside| denominator_cell(beside.figure.amount()));
    table.column(Column::number("Result"), |beside| {
        outcome_cell(&beside.figure.outcome.exact, indicator)
    });
    table.column(Column::text("Released"), |beside| {
        beside.figure.released().map_or_else(Cell::missing, |day| Cell::text(wording::date(day)))
    });
    table.column(Column::flexible("Source"), |beside| {
        let sources = beside.figure.rows.iter().filter_map(|row| row.source.as_deref());
        let mut sources: Vec<_> = sources.collect();
        sources.dedup();
        if sources.is_empty() { Cell::missing() } else { Cell::text(sources.join(", ")) }
    });
    if let Some(told) = told {
        table.column(Column::flexible("From"), move |beside| {
            let places: Vec<_> = beside.figure.rows.iter().map(|row| told(&row.place)).collect();
            let is_mean = definition.benchmark(beside.figure.benchmark).mean_of.is_some();
            let mean = if is_mean { "the mean of " } else { "" };
            Cell::text(format!("{mean}{}", places.join(", ")))
        });
    }
    for beside in &entry.benchmarks {
        table.row(&beside);
    }
    table.finish("What benchmarks have")
}

/// What an interval says of a benchmark, in a sentence.
pub(super) fn against_sentence(
    definition: &Definition,
    indicator: &Indicator,
    against: &AgainstBenchmark<'_>,
) -> Option<String> {
    let figure = words::figure(definition, indicator, &against.figure);
    let name = words::name(definition, &against.figure);
    let far =
        words::difference(definition, indicator, &against.figure, against.difference.as_ref()?);
    Some(match against.verdict {
        Some(Verdict::Similar) => {
            format!("{figure}. The result is similar: the difference could be chance.")
        }
        Some(verdict) => format!(
            "{figure}. The result is {}, by more than chance alone would make.",
            words::stands(verdict, name)
        ),
        None if !against.figure.is_as_long_as(indicator) => {
            format!("{figure}, a period of another length. It is not compared.")
        }
        None => format!("{figure}. The result is {far}; without an interval there is no verdict."),
    })
}
