//! What leaving a cohort out changes.

use super::result::{Outcome, compared};
use crate::definition::{Indicator, Precision};
use crate::figure::Ratio;

/// Excluding minus including, to be rounded once when it is shown.
#[must_use]
pub fn variance(excluding: &Outcome, including: &Outcome, indicator: &Indicator, precision: Precision) -> Ratio {
    let (excluding, including) = compared(excluding, including, indicator, precision);
    &*excluding - &*including
}
