//! The change in a result when a cohort is left out.

use super::result::{Outcome, compare};
use crate::definition::{Indicator, Precision};
use crate::figure::Ratio;

/// Excluding minus including, not rounded.
#[must_use]
pub fn variance(
    excluding: &Outcome,
    including: &Outcome,
    indicator: &Indicator,
    precision: Precision,
) -> Ratio {
    compare([excluding, including], indicator, precision, |excluding, including| {
        excluding - including
    })
}
