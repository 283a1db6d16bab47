//! Which results there can be: a target or a floor beyond them says nothing.

use super::standard::Bands;
use super::threshold::Threshold;
use super::words::{Above100, UnitWord};
use crate::figure::Decimal;

/// The ends of the results that there can be, where they have ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    unit: UnitWord,
    low: Option<Decimal>,
    high: Option<Decimal>,
}

impl Scale {
    /// The scale of an indicator. A percentage that may be above 100 is no share of a whole and may
    /// be below 0 too, and so may the difference between two groups. A mean may be of anything.
    #[must_use]
    pub fn of(unit: UnitWord, above_100: Above100, is_gap: bool) -> Self {
        let is_share = unit == UnitWord::Percent && above_100 != Above100::Yes;
        let is_count = matches!(unit, UnitWord::Number | UnitWord::Rate);
        Self {
            unit,
            low: (is_share && !is_gap || is_count).then(|| Decimal::new(0, 0)),
            high: is_share.then(|| Decimal::new(100, 0)),
        }
    }

    /// Where a value is that no result can be, in words: `of a percentage is above 100`. `None` if
    /// there can be such a result.
    #[must_use]
    pub fn beyond(&self, value: &Decimal) -> Option<String> {
        let end = match (&self.low, &self.high) {
            (Some(low), _) if value < low => format!("below {low}"),
            (_, Some(high)) if value > high => format!("above {high}"),
            _ => return None,
        };
        let what = match self.unit {
            UnitWord::Percent => "a percentage",
            UnitWord::Number => "a count",
            UnitWord::Average => "an average",
            UnitWord::Rate => "a rate",
        };
        Some(format!("of {what} is {end}"))
    }

    /// The floor that no result can be beyond, with where it is, so that nothing can be red. Of the
    /// two of a T only one need be within reach.
    #[must_use]
    pub fn floor_out_of_reach<'b>(&self, bands: &'b Bands) -> Option<(&'b Threshold, String)> {
        let floors = [bands.floor_low(), bands.floor_high()].into_iter().flatten();
        let beyond = floors.map(|floor| Some((floor, self.beyond(floor.shown())?)));
        // With one that is within reach there is nothing to say.
        let beyond: Option<Vec<_>> = beyond.collect();
        beyond?.into_iter().next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_a_whole_has_two_ends_and_a_count_one() {
        let beyond = |unit, above_100, is_gap, value: i64| {
            Scale::of(unit, above_100, is_gap).beyond(&Decimal::new(value, 0))
        };
        let of = |unit, value| beyond(unit, Above100::No, false, value);
        assert_eq!(of(UnitWord::Percent, 101).as_deref(), Some("of a percentage is above 100"));
        assert_eq!(of(UnitWord::Percent, -1).as_deref(), Some("of a percentage is below 0"));
        assert_eq!(of(UnitWord::Number, -1).as_deref(), Some("of a count is below 0"));
        assert_eq!(of(UnitWord::Rate, -1).as_deref(), Some("of a rate is below 0"));
        for (unit, value) in [
            (UnitWord::Percent, 0),
            (UnitWord::Percent, 100),
            (UnitWord::Number, 101),
            (UnitWord::Average, -1),
        ] {
            assert_eq!(of(unit, value), None);
        }
        assert_eq!(beyond(UnitWord::Percent, Above100::Yes, false, -1), None);
        assert_eq!(beyond(UnitWord::Percent, Above100::No, true, -1), None);
        assert!(beyond(UnitWord::Percent, Above100::No, true, 101).is_some());
    }
}
