//! What a figure is rated against, where that is worked out from another figure.

use std::sync::Arc;

use super::{Assessor, BenchmarkFigure, SeriesKey, result};
use crate::definition::{
    BenchmarkId, IndicatorId, Relative, RelativeStandard, Standard, Target, TargetWorking,
};
use crate::figure::{Amount, Ratio};
use crate::month::Month;

/// What a figure is rated against.
#[derive(Clone, Debug)]
pub enum Against<'e> {
    /// There is no target.
    Nothing,
    /// The target of the definitions.
    Defined(&'e Standard),
    /// A target that was worked out from another figure.
    WorkedOut(Arc<Standard>),
    /// A target that could not be worked out, so there is no rating.
    NoTarget(Arc<NoTarget<'e>>),
}

/// A target that could not be worked out.
#[derive(Clone, Debug)]
pub struct NoTarget<'e> {
    /// What the definitions say of it.
    pub relative: &'e RelativeStandard,
    /// Why not.
    pub why: WhyNoTarget<'e>,
}

/// Why a target could not be worked out.
#[derive(Clone, Debug)]
pub enum WhyNoTarget<'e> {
    /// There is no figure of the month that it is worked out from.
    NoFigure(Month),
    /// That figure has no result: it may not be shown, or its denominator is 0.
    NoResult(Month),
    /// That month is not before the figure's own.
    NotBefore(Month),
    /// The benchmark has no figure that had been published and could stand beside that of the
    /// month.
    NoBenchmark(BenchmarkId, Month),
    /// The figure of the benchmark covers a period of another length.
    OtherLength(BenchmarkFigure<'e>),
    /// It comes out on the wrong side of its floor, or outside its green band.
    DoesNotFit(Ratio),
}

impl<'e> Against<'e> {
    /// The target with its floor. `None` if there is none.
    #[inline]
    #[must_use]
    pub fn standard(&self) -> Option<&Standard> {
        match self {
            Self::Defined(standard) => Some(standard),
            Self::WorkedOut(standard) => Some(standard),
            Self::Nothing | Self::NoTarget(_) => None,
        }
    }

    /// The target that could not be worked out. `None` if there is none to be worked out, or it
    /// could be.
    #[must_use]
    pub fn no_target(&self) -> Option<&NoTarget<'e>> {
        if let Self::NoTarget(no_target) = self { Some(no_target) } else { None }
    }
}

impl<'e> Assessor<'e> {
    /// What a figure of `month` is rated against.
    #[must_use]
    pub fn against(&self, key: SeriesKey, month: Month) -> Against<'e> {
        match self.target(key.indicator, month) {
            None => Against::Nothing,
            Some(Target::Standard(standard)) => Against::Defined(standard),
            Some(Target::Relative(relative)) => match self.worked_out(relative, key, month) {
                Ok(standard) => Against::WorkedOut(Arc::new(standard)),
                Err(why) => Against::NoTarget(Arc::new(NoTarget { relative, why })),
            },
        }
    }

    /// The target of a figure of `month`, worked out from another figure of the same area and
    /// population, for an earlier month as it was reported then, or from that of a benchmark.
    fn worked_out(
        &self,
        relative: &RelativeStandard,
        key: SeriesKey,
        month: Month,
    ) -> Result<Standard, WhyNoTarget<'e>> {
        let (target, working) = match &relative.relative {
            Relative::Since { month: since, by } => {
                if *since >= month {
                    return Err(WhyNoTarget::NotBefore(*since));
                }
                let figure = self.reported(key, *since);
                let figure = figure.ok_or(WhyNoTarget::NoFigure(*since))?.amount;
                let result = self.result_of(&figure, key.indicator);
                let result = result.ok_or(WhyNoTarget::NoResult(*since))?;
                (by.of(&result), TargetWorking::Since { month: *since, by: by.clone(), figure })
            }
            Relative::Benchmark(benchmark) => {
                self.target_of_benchmark(*benchmark, key.indicator, month)?
            }
        };
        let year = self.definition.financial_year(month);
        let standard = relative.standard(target.clone(), working, (year, month));
        standard.ok_or(WhyNoTarget::DoesNotFit(target))
    }

    /// The target that is what a benchmark has beside a figure of `month`.
    fn target_of_benchmark(
        &self,
        benchmark: BenchmarkId,
        id: IndicatorId,
        month: Month,
    ) -> Result<(Ratio, TargetWorking), WhyNoTarget<'e>> {
        let indicator = self.definition.indicator(id);
        let figure = self.benchmarks().latest(benchmark, id, month);
        let figure = figure.ok_or(WhyNoTarget::NoBenchmark(benchmark, month))?;
        if !figure.is_as_long_as(indicator) {
            return Err(WhyNoTarget::OtherLength(figure.clone()));
        }
        let result = figure.outcome.rated(indicator, self.definition.precision).into_owned();
        let working = TargetWorking::Benchmark {
            benchmark,
            period: figure.period,
            month: figure.month,
            result: figure.outcome.exact.clone(),
            figure: figure.amount().cloned(),
        };
        Ok((result, working))
    }

    /// A result as it is rated, and as targets are worked out from it.
    fn result_of(&self, amount: &Amount, indicator: IndicatorId) -> Option<Ratio> {
        let indicator = self.definition.indicator(indicator);
        let outcome = result::outcome(amount, indicator)?;
        Some(outcome.rated(indicator, self.definition.precision).into_owned())
    }
}
