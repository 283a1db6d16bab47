//! `coverage`: how many of those that an indicator is about have to be recorded before it says
//! anything.

use std::cmp::Ordering;

use super::IndicatorId;
use super::build::Builder;
use super::indicator::IndicatorKeys;
use super::words::UnitWord;
use crate::diagnostic::{Code, Place};
use crate::figure::{Decimal, Ratio};
use crate::text::quote;
use crate::toml_file::kinds::{NumberValue, TextValue};
use crate::toml_file::{KeyValue, table};

table! {
    CoverageKeys: "[indicator.coverage]",
        "How many have to be recorded before the indicator is rated, as another indicator says.";
    indicator: required TextValue, "the id of the percentage that says how many are recorded";
    needed: required NumberValue, "below it the indicator is not rated";
    robust: optional NumberValue, "up to it the figure has a footnote";
}

/// How many have to be recorded before an indicator is rated.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// The percentage that says how many are recorded.
    pub indicator: IndicatorId,
    /// Below it the indicator is not rated.
    pub needed: Decimal,
    /// Up to it the figure has a footnote.
    pub robust: Option<Decimal>,
    /// Where it is defined.
    pub place: Place,
}

/// What a share of records is enough for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoverageLevel {
    /// Too low to rate what was recorded.
    TooLow,
    /// Enough to rate it, and not for more.
    Enough,
    /// Robust.
    Robust,
}

impl Coverage {
    /// What a share of records, in percent, is enough for. What is needed is enough; what is robust
    /// has to be passed.
    #[must_use]
    pub fn level(&self, recorded: &Ratio) -> CoverageLevel {
        if *recorded < self.needed {
            CoverageLevel::TooLow
        } else if self.robust.as_ref().is_some_and(|robust| *recorded <= *robust) {
            CoverageLevel::Enough
        } else {
            CoverageLevel::Robust
        }
    }
}

impl Builder<'_> {
    /// The coverage of an indicator, one of `all`.
    pub(super) fn coverage(
        &mut self,
        keys: &IndicatorKeys,
        all: &[IndicatorKeys],
    ) -> Option<Coverage> {
        let written = keys.coverage.get()?;
        let place = self.place(&written.span);
        let needed = self.share("needed", &written.needed);
        let robust = self.share("robust", &written.robust);
        if let (Some(needed), Some(robust), Some(span)) = (&needed, &robust, written.needed.span())
            && needed.cmp(robust) == Ordering::Greater
        {
            let found = format!("`needed` {needed} is above `robust` {robust}");
            let remedy = "put the share that is needed for a rating in `needed`, and the higher \
                one, above which figures are robust, in `robust`";
            self.report(Code::BadValue, span, found, remedy);
        }
        let id = written.indicator.spanned()?;
        if keys.id.get() == Some(&id.value) {
            let found = format!("the coverage of indicator {} is itself", quote(&id.value));
            let remedy = "name the indicator that says how many are recorded: a percentage with \
                those recorded over all";
            self.report(Code::BadValue, id.span.clone(), found, remedy);
            return None;
        }
        let indicator = self.named_indicator(id, "the coverage's")?;
        let of = all.get(indicator.index())?;
        let is_share = of.unit.value().is_none_or(|unit| unit == UnitWord::Percent);
        if !is_share || of.gap.is_there() {
            let what = if is_share { "a gap" } else { "not a percentage" };
            let found = format!("the coverage is indicator {}, which is {what}", quote(&id.value));
            let remedy = "name an indicator with unit = \"percent\" that has those recorded over \
                all";
            self.report(Code::BadValue, id.span.clone(), found, remedy);
            return None;
        }
        Some(Coverage { indicator, needed: needed?, robust, place })
    }

    /// A share in percent.
    fn share(&mut self, key: &str, written: &KeyValue<Decimal>) -> Option<Decimal> {
        let share = written.spanned()?;
        if share.value.is_negative() || share.value > Decimal::new(100, 0) {
            let found = format!("`{key}` {} is not from 0 to 100", share.value);
            let remedy = "write it in percent, such as 85";
            self.report(Code::BadValue, share.span.clone(), found, remedy);
        }
        Some(share.value.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Infant feeding at 6 to 8 weeks, Q3 2015/16: at least 85% needed, over 95% robust
    /// (infant-feeding-q3-2015-16.csv). 3,411 of 4,196 are recorded.
    #[test]
    fn what_is_needed_is_enough_and_what_is_robust_is_to_be_passed() {
        let place = Place::file(&"indicators.toml".into());
        let coverage = Coverage {
            indicator: IndicatorId::new(0),
            needed: Decimal::new(85, 0),
            robust: Some(Decimal::new(95, 0)),
            place,
        };
        let level = |recorded: i64, all: i64| {
            let recorded = Ratio::new(&Decimal::new(recorded, 0), &Decimal::new(all, 0), 100);
            coverage.level(&recorded.expect("above 0"))
        };
        assert_eq!(level(3411, 4196), CoverageLevel::TooLow);
        assert_eq!(level(3566, 4196), CoverageLevel::TooLow);
        assert_eq!(level(3567, 4196), CoverageLevel::Enough);
        assert_eq!(level(85, 100), CoverageLevel::Enough);
        assert_eq!(level(95, 100), CoverageLevel::Enough);
        assert_eq!(level(9501, 10000), CoverageLevel::Robust);
        let open = Coverage { robust: None, ..coverage.clone() };
        assert_eq!(open.level(&Ratio::from(Decimal::new(85, 0))), CoverageLevel::Robust);
    }
}
