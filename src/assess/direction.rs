//! The direction of travel.

use std::cmp::Ordering;

use crate::definition::{Bands, Indicator, Period, Polarity};
use crate::figure::Ratio;
use crate::rating::Direction;

/// The direction from `earlier` to `latest`, both at the precision at which they are compared.
///
/// Better means higher for H, lower for L, and nearer to the target for T, where any result inside
/// a target range is on target. `bands` are those of the latest figure. `None` for a T without
/// them.
#[must_use]
pub fn direction(
    polarity: Polarity,
    latest: &Ratio,
    earlier: &Ratio,
    bands: Option<&Bands>,
) -> Option<Direction> {
    let gain = match polarity {
        Polarity::Higher => latest.cmp(earlier),
        Polarity::Lower => earlier.cmp(latest),
        Polarity::Neither => return None,
        Polarity::Target => {
            let bands = bands?;
            distance(earlier, bands).cmp(&distance(latest, bands))
        }
    };
    Some(match gain {
        Ordering::Greater => Direction::Improved,
        Ordering::Equal => Direction::Same,
        Ordering::Less => Direction::Worsened,
    })
}

/// How far a result is from the target; 0 inside a target range.
pub(super) fn distance(result: &Ratio, bands: &Bands) -> Ratio {
    let (low, high) = bands.target();
    if *result < *low {
        &Ratio::from(low) - result
    } else if *result > *high {
        result - &Ratio::from(high)
    } else {
        Ratio::ZERO
    }
}

/// Whether an indicator is a count of the year to date. Such a count only grows within a year, and
/// a part of a year cannot be compared with a whole one, so it has no direction.
#[must_use]
pub fn is_cumulative_count(indicator: &Indicator) -> bool {
    indicator.period == Period::YearToDate && indicator.cumulative && indicator.unit.is_count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::ValueRange;
    use crate::figure::Decimal;
    use proptest::prelude::*;

    fn percent(numerator: i64, denominator: i64) -> Ratio {
        Ratio::new(&Decimal::new(numerator, 0), &Decimal::new(denominator, 0), 100)
            .expect("above 0")
    }

    fn near(low: i64, high: i64) -> Bands {
        let range = ValueRange::from((Decimal::new(low, 1), Decimal::new(high, 1)));
        Bands::Near { target: range.clone(), green: range, floor: None }
    }

    /// December 2015 to January 2016: two results that look the same but are not (1, 14), and one
    /// that is the same (13).
    #[test]
    fn what_shows_as_the_same_may_have_moved() {
        assert_eq!(
            direction(Polarity::Lower, &percent(2788, 13141), &percent(2502, 11786), None),
            Some(Direction::Improved)
        );
        assert_eq!(
            direction(
                Polarity::Target,
                &percent(113, 1046),
                &percent(104, 966),
                Some(&near(75, 75))
            ),
            Some(Direction::Worsened)
        );
        assert_eq!(
            direction(Polarity::Higher, &percent(760, 760), &percent(1, 1), None),
            Some(Direction::Same)
        );
    }

    #[test]
    fn inside_a_target_pair_nothing_moves() {
        assert_eq!(
            direction(
                Polarity::Target,
                &percent(16, 100),
                &percent(19, 100),
                Some(&near(150, 200))
            ),
            Some(Direction::Same)
        );
        assert_eq!(
            direction(
                Polarity::Target,
                &percent(16, 100),
                &percent(21, 100),
                Some(&near(150, 200))
            ),
            Some(Direction::Improved)
        );
        assert_eq!(direction(Polarity::Target, &percent(16, 100), &percent(19, 100), None), None);
    }

    proptest! {
        #[test]
        fn going_back_undoes_it(
            a in -999i64..999,
            b in -999i64..999,
            low in -500i64..0,
            high in 0i64..500,
        ) {
            let (a, b) = (Ratio::from(Decimal::new(a, 1)), Ratio::from(Decimal::new(b, 1)));
            let mirrored = |direction| match direction {
                Direction::Improved => Direction::Worsened,
                Direction::Same => Direction::Same,
                Direction::Worsened => Direction::Improved,
            };
            for polarity in [Polarity::Higher, Polarity::Lower, Polarity::Target] {
                let bands = near(low, high);
                let there = direction(polarity, &a, &b, Some(&bands));
                let back = direction(polarity, &b, &a, Some(&bands));
                prop_assert_eq!(there, back.map(mirrored));
            }
            let higher = direction(Polarity::Higher, &a, &b, None);
            prop_assert_eq!(higher, direction(Polarity::Lower, &b, &a, None));
        }
    }
}
