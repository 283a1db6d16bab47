//! The result of a figure, and how precisely it is known.

use std::borrow::Cow;

use crate::definition::{Indicator, Precision, Unit};
use crate::figure::{Amount, Decimal, Ratio};

/// A result: an exact ratio, divided only when it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The result, in the indicator's unit.
    pub exact: Ratio,
    /// The number of decimal places that it is known to. `None` if it is exact.
    pub known: Option<u8>,
}

/// The result of an amount: numerator over denominator in the indicator's unit, or the bare value.
///
/// `None` if the denominator is 0, the figure is suppressed or low, or there is none. A percentage, average or
/// rate given as a bare value is known only to the decimal places that it is written with; a ratio
/// and a number are exact.
#[inline]
#[must_use]
pub fn outcome(amount: &Amount, indicator: &Indicator) -> Option<Outcome> {
    match amount {
        Amount::Gap(gap) => Some(Outcome { exact: gap.exact.clone(), known: gap.known }),
        Amount::Suppressed | Amount::Low | Amount::NoFigure(_) => None,
        Amount::Ratio { numerator, denominator } => Some(Outcome {
            exact: Ratio::new(numerator, denominator, indicator.unit.times())?,
            known: None,
        }),
        Amount::Value(value) => {
            let known = (indicator.unit != Unit::Number).then(|| value.scale());
            Some(Outcome { exact: Ratio::from(value), known })
        }
    }
}

impl Outcome {
    /// The result as the dashboard shows it.
    #[must_use]
    pub fn displayed(&self, indicator: &Indicator) -> Decimal {
        self.exact.round(indicator.decimals)
    }

    /// The result to be rated: exact, or, if the precision is `Displayed`, rounded as it is shown.
    #[must_use]
    pub fn rated(&self, indicator: &Indicator, precision: Precision) -> Cow<'_, Ratio> {
        match places(&[self], indicator, precision).filter(|_| precision == Precision::Displayed) {
            Some(places) => Cow::Owned(self.exact.round(places).into()),
            None => Cow::Borrowed(&self.exact),
        }
    }
}

/// Compares two results: exactly, or both rounded to the coarser of the precisions that they are
/// known to.
#[inline]
pub fn compare<T>(
    [one, other]: [&Outcome; 2],
    indicator: &Indicator,
    precision: Precision,
    compare: impl FnOnce(&Ratio, &Ratio) -> T,
) -> T {
    match places(&[one, other], indicator, precision) {
        Some(places) => compare(&one.exact.round(places).into(), &other.exact.round(places).into()),
        None => compare(&one.exact, &other.exact),
    }
}

/// The number of decimal places that results are rounded to before they are compared. `None` if
/// they are compared exactly.
#[inline]
fn places(outcomes: &[&Outcome], indicator: &Indicator, precision: Precision) -> Option<u8> {
    let shown = (precision == Precision::Displayed).then_some(indicator.decimals);
    outcomes.iter().filter_map(|outcome| outcome.known).chain(shown).min()
}
