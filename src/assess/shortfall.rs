//! How far a figure is from a limit, counted in children, visits or whatever the numerator counts.

use crate::definition::{AtFloor, Bands, Standard, Threshold, Unit};
use crate::figure::{Amount, Decimal, Ratio};

/// The count that would just meet a limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needed {
    /// The numerator, or the number, that would meet it.
    pub count: Decimal,
    /// How many more that is than there are; below 0 if it is fewer.
    pub change: Decimal,
}

/// Which side of a limit meets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// At or above.
    AtLeast,
    /// Above.
    Above,
    /// At or below.
    AtMost,
    /// Below.
    Below,
}

/// The nearest count that meets `limit` if the denominator stays the same. With 2,374 children in
/// care, a floor of 12% is met by 284 or fewer, which is 7 fewer than 291.
///
/// `None` for a bare percentage, average or rate, whose counts are not known; for a figure that may
/// not be shown; and if no count can meet the limit.
#[must_use]
pub fn needed(amount: &Amount, unit: Unit, limit: &Ratio, side: Side) -> Option<Needed> {
    let (count, bound) = match amount {
        Amount::Ratio { numerator, denominator } if denominator.is_positive() => {
            (numerator, limit.scaled(denominator, unit.times()))
        }
        Amount::Value(value) if unit == Unit::Number => (value, limit.clone()),
        _ => return None,
    };
    // Children are counted whole; posts and days as finely as they were given.
    let places = count.scale();
    let step = Decimal::new(1, places);
    let nearest = match side {
        Side::AtLeast => bound.ceiling(places),
        Side::Above => &bound.floor(places) + &step,
        Side::AtMost => bound.floor(places),
        Side::Below => &bound.ceiling(places) - &step,
    };
    if nearest.is_negative() {
        return None;
    }
    Some(Needed { change: &nearest - count, count: nearest })
}

/// What a result was rated against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitKind {
    /// The floor.
    Floor,
    /// The target.
    Target,
    /// The end of the green band, for a T.
    GreenBand,
}

/// A limit that a result missed, and the count that would just have met it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// Which limit.
    pub what: LimitKind,
    /// The limit.
    pub limit: Threshold,
    /// The count that would have met it.
    pub needed: Needed,
    /// Whether more would have met it; else fewer.
    pub is_short: bool,
}

impl Missed {
    /// By how many it was missed, whichever way.
    #[must_use]
    pub fn by(&self) -> Decimal {
        let change = &self.needed.change;
        if self.is_short { change.clone() } else { &Decimal::new(0, 0) - change }
    }
}

/// The limits that a result missed, the floor first. None where the counts are not known.
#[must_use]
pub fn missed(
    amount: &Amount,
    unit: Unit,
    result: Option<&Ratio>,
    standard: &Standard,
) -> Vec<Missed> {
    let (is_short, floor, met) = match &standard.bands {
        Bands::Higher { target, floor } => (true, floor.as_ref(), (LimitKind::Target, target)),
        Bands::Lower { target, floor } => (false, floor.as_ref(), (LimitKind::Target, target)),
        Bands::Near { green, floor, .. } => {
            let is_below = result.is_some_and(|result| *result < green.low);
            let floor = floor.as_ref();
            if is_below {
                (true, floor.map(|floor| &floor.low), (LimitKind::GreenBand, &green.low))
            } else {
                (false, floor.map(|floor| &floor.high), (LimitKind::GreenBand, &green.high))
            }
        }
    };
    let limits = floor.map(|floor| (LimitKind::Floor, floor)).into_iter().chain([met]);
    let missed = limits.filter_map(|(what, limit)| {
        let is_beyond = what == LimitKind::Floor && standard.at_floor == AtFloor::Red;
        let side = match (is_short, is_beyond) {
            (true, false) => Side::AtLeast,
            (true, true) => Side::Above,
            (false, false) => Side::AtMost,
            (false, true) => Side::Below,
        };
        let needed = needed(amount, unit, limit.exact(), side)?;
        let change = &needed.change;
        let is_missed = if is_short { change.is_positive() } else { change.is_negative() };
        is_missed.then(|| Missed { what, limit: limit.clone(), needed, is_short })
    });
    missed.collect()
}

/// By how much a part's count is on the wrong side of its share of the target, which is what it
/// adds to the shortfall of the whole. Above 0 is worse than the target.
///
/// `None` for a T, which has no single wrong side, and for a bare value.
#[must_use]
pub fn weight(amount: &Amount, unit: Unit, bands: &Bands) -> Option<Ratio> {
    let Amount::Ratio { numerator, denominator } = amount else { return None };
    let share = |target: &Threshold| target.exact().scaled(denominator, unit.times());
    match bands {
        Bands::Higher { target, .. } => Some(&share(target) - &Ratio::from(numerator)),
        Bands::Lower { target, .. } => Some(&Ratio::from(numerator) - &share(target)),
        Bands::Near { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ratio(numerator: i64, denominator: i64) -> Amount {
        Amount::Ratio {
            numerator: Decimal::new(numerator, 0),
            denominator: Decimal::new(denominator, 0),
        }
    }

    fn change(amount: &Amount, unit: Unit, limit: &str, side: Side) -> Option<String> {
        needed(amount, unit, &limit.parse::<Decimal>().expect("a limit").into(), side)
            .map(|needed| needed.change.to_string())
    }

    /// January 2016: placement stability, 291 of 2,374 against a floor of 12% and a target of 9%.
    #[test]
    fn says_how_many_fewer_would_have_met_the_floor_and_the_target() {
        let stability = ratio(291, 2374);
        assert_eq!(change(&stability, Unit::Percent, "12", Side::AtMost).as_deref(), Some("-7"));
        assert_eq!(change(&stability, Unit::Percent, "9", Side::AtMost).as_deref(), Some("-78"));
    }

    /// January 2016: 39 of the 57 visits were in time; 76.5% would have been 44.
    #[test]
    fn says_how_many_more() {
        assert_eq!(
            change(&ratio(39, 57), Unit::Percent, "76.5", Side::AtLeast).as_deref(),
            Some("5")
        );
        assert_eq!(change(&ratio(1, 2), Unit::Percent, "50", Side::Above).as_deref(), Some("1"));
        assert_eq!(change(&ratio(1, 2), Unit::Percent, "50", Side::Below).as_deref(), Some("-1"));
        assert_eq!(
            change(&Amount::Value(Decimal::new(71, 0)), Unit::Number, "10", Side::AtMost)
                .as_deref(),
            Some("-61")
        );
        assert_eq!(
            change(&Amount::Value(Decimal::new(71, 0)), Unit::Percent, "10", Side::AtMost),
            None
        );
    }

    proptest! {
        #[test]
        fn the_needed_count_meets_the_limit_and_its_neighbour_does_not(
            n in 0i64..9999,
            d in 1i64..9999,
            limit in 0i64..1000,
        ) {
            let limit_decimal = Decimal::new(limit, 1);
            let met = needed(&ratio(n, d), Unit::Percent, &Ratio::from(&limit_decimal), Side::AtLeast);
            let met = met.expect("a count");
            let percent =
                |count: &Decimal| Ratio::new(count, &Decimal::new(d, 0), 100).expect("above 0");
            prop_assert!(percent(&met.count) >= limit_decimal);
            prop_assert!(percent(&(&met.count - &Decimal::new(1, 0))) < limit_decimal);
        }
    }
}
