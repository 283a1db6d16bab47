//! What leaving a cohort out changes.

use super::result::{Outcome, compare};
use crate::definition::{Indicator, Precision};
use crate::figure::Ratio;

/// Excluding minus including, to be rounded once when it is shown.
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
