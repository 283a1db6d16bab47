//! How far a figure is from a limit, counted in children, visits or whatever the numerator counts.

use crate::definition::{AtFloor, Bands, Indicator, Polarity, Standard, Threshold, Unit};
use crate::figure::{Amount, Decimal, Ratio};
use crate::rating::Direction;

use super::{Assessed, Comparison};

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

/// How many people a few are: so few that a result moves by them from one month to the next.
pub const FEW: i64 = 2;

/// Whether so many are a few.
fn is_few(change: &Decimal) -> bool {
    let few = Decimal::new(FEW, 0);
    *change <= few && *change >= &Decimal::new(0, 0) - &few
}

/// Whether the counts of a figure are counts of people, or of their visits, plans and posts: the
/// numerator of a percentage or a rate, or a number that says what it counts. A score, a sum of
/// money and the days of an average are not.
fn counts_people(amount: &Amount, indicator: &Indicator) -> bool {
    match (amount, indicator.unit) {
        (Amount::Ratio { .. }, Unit::Percent | Unit::Rate { .. }) => true,
        (Amount::Value(_), Unit::Number) => {
            indicator.labels.counted.is_some() && indicator.labels.affixes.is_none()
        }
        _ => false,
    }
}

/// Whether a result that is worse than an earlier one is so by a few people: with two more, or two
/// fewer, it would have been as good.
///
/// 46 of 60 is worse than 77.8%; 47 of 60 would not have been, so that it is worse by one.
fn is_worse_by_few(
    amount: &Amount,
    result: &Ratio,
    earlier: &Ratio,
    indicator: &Indicator,
    bands: Option<&Bands>,
) -> bool {
    if !counts_people(amount, indicator) {
        return false;
    }
    let (limit, side) = match (indicator.polarity, bands) {
        (Polarity::Higher, _) => (earlier.clone(), Side::AtLeast),
        (Polarity::Lower, _) => (earlier.clone(), Side::AtMost),
        // As far from the target as before, on the side on which it is now.
        (Polarity::Target, Some(bands)) => {
            let (low, high) = bands.target();
            let (low, high) = (Ratio::from(low), Ratio::from(high));
            let was = from_target(earlier, bands);
            if *result < low {
                (&low - &was, Side::AtLeast)
            } else {
                (&high - &(&Ratio::ZERO - &was), Side::AtMost)
            }
        }
        (Polarity::Target, None) | (Polarity::Neither, _) => return false,
    };
    let needed = needed(amount, indicator.unit, &limit, side);
    needed.is_some_and(|needed| is_few(&needed.change))
}

/// Whether a figure has worsened since an earlier one by a few people.
#[must_use]
pub fn has_worsened_by_few(
    assessed: &Assessed<'_>,
    earlier: &Comparison<'_>,
    indicator: &Indicator,
) -> bool {
    let bands = assessed.standard().map(|standard| &standard.bands);
    let is_by_few = |result| {
        let (amount, was) = (&assessed.figure.amount, &earlier.outcome.exact);
        is_worse_by_few(amount, result, was, indicator, bands)
    };
    earlier.direction == Some(Direction::Worsened)
        && assessed.outcome.as_ref().is_some_and(|outcome| is_by_few(&outcome.exact))
}

/// How far a result is from the target; 0 where it is on it.
#[must_use]
pub fn from_target(result: &Ratio, bands: &Bands) -> Ratio {
    super::direction::distance(result, bands)
}

/// Whether an amber result is close to red: in the quarter of the amber band that is next to the
/// floor, or within a few people of missing it.
///
/// With a target of 85% and a floor of 76.5%, amber is close to red up to 78.625%.
#[must_use]
pub fn is_close_to_red(
    amount: &Amount,
    result: &Ratio,
    standard: &Standard,
    indicator: &Indicator,
) -> bool {
    let (is_short, floor, green) = match &standard.bands {
        Bands::Higher { target, floor } => (true, floor.as_ref(), target),
        Bands::Lower { target, floor } => (false, floor.as_ref(), target),
        Bands::Near { green, floor, .. } if *result < green.low => {
            (true, floor.as_ref().map(|floor| &floor.low), &green.low)
        }
        Bands::Near { green, floor, .. } => {
            (false, floor.as_ref().map(|floor| &floor.high), &green.high)
        }
    };
    let Some(floor) = floor.map(Ratio::from) else { return false };
    let above = result.distance(&floor);
    let band = Ratio::from(green).distance(&floor);
    if above.scaled(&Decimal::new(4, 0), 1) <= band {
        return true;
    }
    let side = match (is_short, standard.at_floor == AtFloor::Red) {
        (true, true) => Side::AtMost,
        (true, false) => Side::Below,
        (false, true) => Side::AtLeast,
        (false, false) => Side::Above,
    };
    let red = needed(amount, indicator.unit, &floor, side);
    counts_people(amount, indicator) && red.is_some_and(|red| is_few(&red.change))
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
    use crate::definition::Definition;
    use crate::diagnostic::{Findings, Source};
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

    fn indicator(keys: &str) -> Definition {
        let text = format!(
            "[scorecard]\ntitle = 'T'\narea = 'Kent'\n[[indicator]]\nid = '1'\nsection = 'S'\n\
             name = 'N'\nperiod = 'SS'\n{keys}\n"
        );
        let mut findings = Findings::default();
        let definition = Definition::parse(&Source::new("test".into(), text), &mut findings);
        definition.unwrap_or_else(|| panic!("{findings:?}"))
    }

    fn percent(numerator: i64, denominator: i64) -> Ratio {
        let [numerator, denominator] = [numerator, denominator].map(|one| Decimal::new(one, 0));
        Ratio::new(&numerator, &denominator, 100).expect("above 0")
    }

    /// Kent, December 2015 to January 2016: 77.8% (42 of 54) to 76.7% (46 of 60) is worse by one visit
    /// (8), 95.3% to 94.5% (4,221 of 4,467) by 36 children (23).
    #[test]
    fn a_few_people_can_make_a_result_worse() {
        let is_few = |keys: &str, now: (i64, i64), earlier: Ratio| {
            let definition = indicator(keys);
            let indicator = &definition.indicators[0];
            let bands = indicator.standards.of(
                definition.financial_year("2016-01".parse().expect("a month")),
                "2016-01".parse().expect("a month"),
            );
            let bands = bands.map(|standard| &standard.bands);
            let result = percent(now.0, now.1);
            is_worse_by_few(&ratio(now.0, now.1), &result, &earlier, indicator, bands)
        };
        let higher = "polarity = 'H'\nunit = 'percent'\ntarget = 85\nfloor = 75";
        assert!(is_few(higher, (46, 60), percent(42, 54)));
        assert!(!is_few(higher, (4221, 4467), percent(953, 1000)));
        // 10 of 100 against 8%: two fewer would have been as good; of 11, three.
        let lower = "polarity = 'L'\nunit = 'percent'\ntarget = 5\nfloor = 12";
        assert!(is_few(lower, (10, 100), percent(8, 100)));
        assert!(!is_few(lower, (11, 100), percent(8, 100)));
        // Around a target of 10%, 13% and 7% are as far from it as 8% was with one to the good.
        let near = "polarity = 'T'\nunit = 'percent'\ntarget = 10\nfloor = [5, 15]";
        assert!(is_few(near, (13, 100), percent(8, 100)));
        assert!(is_few(near, (7, 100), percent(12, 100)));
        assert!(!is_few(near, (15, 100), percent(8, 100)));
        // Days are not people.
        let days = "polarity = 'H'\nunit = 'average'\ntarget = 85\nfloor = 75";
        assert!(!is_few(days, (46, 60), percent(42, 54)));
    }

    /// Of 1,000, so that a count is a tenth of a point: a quarter of the way from 76.5% to 85% is
    /// 78.625%, and of 60 visits 46 (76.7%) is one away from missing 76.5%.
    #[test]
    fn amber_is_close_to_red_next_to_the_floor() {
        let is_close = |keys: &str, numerator: i64, denominator: i64| {
            let definition = indicator(keys);
            let month = "2016-01".parse().expect("a month");
            let indicator = &definition.indicators[0];
            let standard = indicator.standards.of(definition.financial_year(month), month);
            let (amount, result) = (ratio(numerator, denominator), percent(numerator, denominator));
            is_close_to_red(&amount, &result, standard.expect("a target"), indicator)
        };
        let higher = "polarity = 'H'\nunit = 'percent'\ntarget = 85\nfloor = 76.5";
        assert!(is_close(higher, 786, 1000));
        assert!(!is_close(higher, 787, 1000));
        // 80% of 60 are 48, which is three more than the 45 that would be red.
        assert!(is_close(higher, 47, 60));
        assert!(!is_close(higher, 48, 60));
        let lower = "polarity = 'L'\nunit = 'percent'\ntarget = 9\nfloor = 12";
        assert!(is_close(lower, 1125, 10_000));
        assert!(!is_close(lower, 1124, 10_000));
        let near =
            "polarity = 'T'\nunit = 'percent'\ntarget = 10\ngreen = [8, 12]\nfloor = [4, 16]";
        assert!(is_close(near, 500, 10_000) && !is_close(near, 501, 10_000));
        assert!(is_close(near, 1500, 10_000) && !is_close(near, 1499, 10_000));
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
