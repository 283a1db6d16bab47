//! The change in a result when a cohort is left out, or when it is taken alone.

use super::result::{Outcome, compare};
use super::{Assessed, Assessor};
use crate::definition::{Indicator, IndicatorId, Precision};
use crate::figure::Ratio;
use crate::population::CohortId;

/// Excluding minus including, or a cohort minus everyone.
#[derive(Clone, Debug)]
pub enum Variance {
    /// The difference, not rounded.
    Of(Ratio),
    /// The indicator already leaves the cohort out.
    NotApplicable,
    /// At least one of the two has no result.
    Unknown,
    /// The two figures are of different months.
    DifferentMonths,
}

impl Assessor<'_> {
    pub(super) fn variance(
        &self,
        cohort: CohortId,
        indicator: IndicatorId,
        excluding: &Assessed<'_>,
        including: Option<&Assessed<'_>>,
    ) -> Variance {
        let indicator = self.definition.indicator(indicator);
        if indicator.excludes.contains(&cohort) {
            return Variance::NotApplicable;
        }
        self.difference(indicator, excluding, including)
    }

    /// The result of some people minus everyone's.
    pub(super) fn difference(
        &self,
        indicator: &Indicator,
        of: &Assessed<'_>,
        including: Option<&Assessed<'_>>,
    ) -> Variance {
        if including.is_some_and(|including| including.figure.month != of.figure.month) {
            return Variance::DifferentMonths;
        }
        match (&of.outcome, including.and_then(|including| including.outcome.as_ref())) {
            (Some(of), Some(including)) => {
                Variance::Of(variance(of, including, indicator, self.definition.precision))
            }
            _ => Variance::Unknown,
        }
    }
}

/// Excluding minus including, not rounded.
#[must_use]
fn variance(
    excluding: &Outcome,
    including: &Outcome,
    indicator: &Indicator,
    precision: Precision,
) -> Ratio {
    compare([excluding, including], indicator, precision, |excluding, including| {
        excluding - including
    })
}
