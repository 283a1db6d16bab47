//! Figures, bandings, periods and polarity in the words of the papers.

use crate::assess::Assessed;
use crate::definition::{Indicator, Unit};
use crate::figure::{Amount, Decimal};

/// What is shown for a figure that may not be.
pub const SUPPRESSED: &str = "[c]";
/// What is shown for a figure whose denominator is nought.
pub const NO_RESULT: &str = "n/a";

/// A result as it is shown, with a `%` on a percentage.
#[must_use]
pub fn number(shown: &str, indicator: &Indicator) -> String {
    if indicator.unit == Unit::Percent { format!("{shown}%") } else { shown.to_owned() }
}

/// The latest result as the dashboard shows it: `21.2%`, `n/a`, `[c]`.
#[must_use]
pub fn result(assessed: &Assessed<'_>, indicator: &Indicator) -> String {
    result_with(assessed, indicator, Decimal::grouped)
}

/// The same without thousands separators, for machines.
#[must_use]
pub fn result_ungrouped(assessed: &Assessed<'_>, indicator: &Indicator) -> String {
    result_with(assessed, indicator, Decimal::to_string)
}

fn result_with(assessed: &Assessed<'_>, indicator: &Indicator, digits: impl Fn(&Decimal) -> String) -> String {
    match (&assessed.outcome, &assessed.figure.amount) {
        (Some(outcome), _) => number(&digits(&outcome.displayed(indicator)), indicator),
        (None, Amount::Suppressed) => SUPPRESSED.to_owned(),
        (None, _) => NO_RESULT.to_owned(),
    }
}
