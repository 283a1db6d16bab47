//! Whether enough is recorded for a figure to say anything.

use super::shortfall::{Side, needed};
use super::{Assessor, Figure, Outcome, SeriesKey, result};
use crate::definition::{Coverage, CoverageLevel, Indicator, Unit};
use crate::figure::{Decimal, Ratio};
use crate::month::Month;
use crate::population::Population;

/// How much of what a figure is about has been recorded.
#[derive(Clone, Debug)]
pub struct Covered<'e> {
    /// What is needed.
    pub coverage: &'e Coverage,
    /// The indicator that says how much is recorded.
    pub indicator: &'e Indicator,
    /// Its figure.
    pub figure: Figure<'e>,
    /// Its result.
    pub outcome: Outcome,
    /// What that is enough for.
    pub level: CoverageLevel,
}

impl Covered<'_> {
    /// How many more records would be enough for a rating. `None` if there are enough, and for a
    /// bare percentage, whose counts are not known.
    #[must_use]
    pub fn records_needed(&self) -> Option<Decimal> {
        let amount = &self.figure.amount;
        let needed =
            needed(amount, Unit::Percent, &Ratio::from(&self.coverage.needed), Side::AtLeast)?;
        needed.change.is_positive().then_some(needed.change)
    }
}

impl<'e> Assessor<'e> {
    /// Adds to a figure how much of what it is about has been recorded: of the same people, or else
    /// of everyone.
    #[inline]
    pub(super) fn cover(&self, key: SeriesKey, figure: &mut Figure<'e>) {
        if let Some(coverage) = &self.definition.indicator(key.indicator).coverage {
            self.cover_by(coverage, key, figure);
        }
    }

    fn cover_by(&self, coverage: &'e Coverage, key: SeriesKey, figure: &mut Figure<'e>) {
        let recorded = SeriesKey { indicator: coverage.indicator, ..key };
        let of = |key| self.coverage_of(coverage, key, figure.month);
        let covered = of(recorded).or_else(|| of(recorded.about(Population::Everyone)));
        if !self.shows_all() {
            // How much is recorded is not said in public, and without it nobody can know why a
            // figure has no rating.
            let is_low = |covered: Covered<'_>| covered.level == CoverageLevel::TooLow;
            if covered.is_none_or(is_low) {
                figure.suppress();
            }
            return;
        }
        figure.covered = covered.map(Box::new);
    }

    fn coverage_of(
        &self,
        coverage: &'e Coverage,
        recorded: SeriesKey,
        month: Month,
    ) -> Option<Covered<'e>> {
        let indicator = self.definition.indicator(recorded.indicator);
        let reported = |month| self.reported_figure(recorded, month);
        let figure = self.latest_of(recorded, month, reported)?;
        let outcome = result::outcome(&figure.amount, indicator)?;
        let level = coverage.level(&outcome.rated(indicator, self.definition.precision));
        Some(Covered { coverage, indicator, figure, outcome, level })
    }
}
