//! Red, amber, green.

use super::{Figure, Outcome};
use crate::definition::{AtFloor, Bands, Definition, Indicator, Standard, Threshold};
use crate::figure::Ratio;
use crate::rating::{Rag, Verdict};

/// Rates a result against a standard.
///
/// If higher is better: green at or above the target, amber at or above the floor, else red. If
/// lower is better: the mirror image. If nearer to the target is better: green within the green
/// band, amber within the floors, else red. A result exactly on a floor is red if the standard says
/// so.
#[must_use]
pub fn rag(result: &Ratio, standard: &Standard) -> Rag {
    let at_least = |limit: &Threshold| *result >= *limit;
    let at_most = |limit: &Threshold| *result <= *limit;
    // Above the floor, or exactly on it if that counts as amber.
    let reaches = |limit: &Threshold| {
        if standard.at_floor == AtFloor::Red { *result > *limit } else { at_least(limit) }
    };
    let stays_within = |limit: &Threshold| {
        if standard.at_floor == AtFloor::Red { *result < *limit } else { at_most(limit) }
    };
    let is_green = match &standard.bands {
        Bands::Higher { target, .. } => at_least(target),
        Bands::Lower { target, .. } => at_most(target),
        Bands::Near { green, .. } => at_least(&green.low) && at_most(&green.high),
    };
    if is_green {
        return Rag::Green;
    }
    let is_amber = match &standard.bands {
        Bands::Higher { floor, .. } => floor.as_ref().is_some_and(reaches),
        Bands::Lower { floor, .. } => floor.as_ref().is_some_and(stays_within),
        Bands::Near { floor, .. } => {
            floor.as_ref().is_some_and(|floor| reaches(&floor.low) && stays_within(&floor.high))
        }
    };
    if is_amber { Rag::Amber } else { Rag::Red }
}

/// The rating that was published, if the figure was; else its rating against the benchmark, if it
/// is rated against one, or else against the standard.
pub(super) fn reported_rag<'s>(
    definition: &Definition,
    indicator: &Indicator,
    figure: &Figure<'_>,
    outcome: Option<&Outcome>,
    verdict: Option<Verdict>,
    standard: impl FnOnce() -> Option<&'s Standard>,
) -> Option<Rag> {
    match figure.published {
        Some(published) => published.rag,
        None if figure.is_too_low() => None,
        None if indicator.rated_against.is_some() => verdict?.rating(),
        None => Some(rag(&outcome?.rated(indicator, definition.precision), standard()?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::ValueRange;
    use crate::diagnostic::Place;
    use crate::figure::Decimal;
    use proptest::prelude::*;

    fn standard(bands: Bands, at_floor: AtFloor) -> Standard {
        Standard {
            year: None,
            from: None,
            bands,
            at_floor,
            due: None,
            working: None,
            place: Place::file(&"indicators.toml".into()),
        }
    }

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    fn limit(text: &str) -> Threshold {
        decimal(text).into()
    }

    fn percent(numerator: i64, denominator: i64) -> Ratio {
        Ratio::new(&Decimal::new(numerator, 0), &Decimal::new(denominator, 0), 100)
            .expect("above 0")
    }

    fn higher(target: &str, floor: &str) -> Standard {
        standard(Bands::Higher { target: limit(target), floor: Some(limit(floor)) }, AtFloor::Amber)
    }

    fn lower(target: &str, floor: &str, at_floor: AtFloor) -> Standard {
        standard(Bands::Lower { target: limit(target), floor: Some(limit(floor)) }, at_floor)
    }

    /// January 2016: North Kent's 565 of 595 shows as 95.0% against a target of 95.0% and is amber.
    #[test]
    fn what_shows_as_the_target_is_rated_on_what_it_is() {
        assert_eq!(rag(&percent(565, 595), &higher("95", "85")), Rag::Amber);
    }

    /// January 2016, private fostering: 46 of 60 is amber against 85 and 76.5, 39 of 57 is red.
    #[test]
    fn higher_is_better() {
        assert_eq!(rag(&percent(46, 60), &higher("85", "76.5")), Rag::Amber);
        assert_eq!(rag(&percent(39, 57), &higher("85", "76.5")), Rag::Red);
        assert_eq!(rag(&percent(85, 100), &higher("85", "76.5")), Rag::Green);
        assert_eq!(rag(&percent(765, 1000), &higher("85", "76.5")), Rag::Amber);
    }

    /// Placement stability, target 9 and floor 12: November 2015's 12.0% is amber, December's 12.1%
    /// is red.
    #[test]
    fn lower_is_better() {
        let stability = lower("9", "12", AtFloor::Amber);
        assert_eq!(rag(&Ratio::from(decimal("12.0")), &stability), Rag::Amber);
        assert_eq!(rag(&Ratio::from(decimal("12.1")), &stability), Rag::Red);
        assert_eq!(rag(&Ratio::from(decimal("9.0")), &stability), Rag::Green);
    }

    /// Indicator 30: "225 and above = Red".
    #[test]
    fn the_floor_itself_can_be_red() {
        assert_eq!(rag(&Ratio::from(decimal("225")), &lower("121", "225", AtFloor::Red)), Rag::Red);
        assert_eq!(
            rag(&Ratio::from(decimal("225")), &lower("121", "225", AtFloor::Amber)),
            Rag::Amber
        );
        assert_eq!(
            rag(&Ratio::from(decimal("224.99")), &lower("121", "225", AtFloor::Red)),
            Rag::Amber
        );
    }

    /// Indicators 14 and 18, with their bands: 113 of 1046 is amber, 1046 of 1231 is green.
    #[test]
    fn near_the_target_is_better() {
        let range = |low, high| ValueRange { low: limit(low), high: limit(high) };
        let repeat_plans = standard(
            Bands::Near {
                target: range("7.5", "7.5"),
                green: range("5", "10"),
                floor: Some(range("2.5", "12.5")),
            },
            AtFloor::Amber,
        );
        assert_eq!(rag(&percent(113, 1046), &repeat_plans), Rag::Amber);
        assert_eq!(rag(&percent(5, 100), &repeat_plans), Rag::Green);
        assert_eq!(rag(&percent(25, 1000), &repeat_plans), Rag::Amber);
        assert_eq!(rag(&percent(24, 1000), &repeat_plans), Rag::Red);
        assert_eq!(rag(&percent(126, 1000), &repeat_plans), Rag::Red);
        let at_floor_red = Standard { at_floor: AtFloor::Red, ..repeat_plans };
        assert_eq!(rag(&percent(25, 1000), &at_floor_red), Rag::Red);
        assert_eq!(rag(&percent(125, 1000), &at_floor_red), Rag::Red);
    }

    #[test]
    fn without_a_floor_there_is_only_green_and_red() {
        let no_floor = standard(Bands::Higher { target: limit("60"), floor: None }, AtFloor::Amber);
        assert_eq!(rag(&percent(60, 100), &no_floor), Rag::Green);
        assert_eq!(rag(&percent(59, 100), &no_floor), Rag::Red);
    }

    proptest! {
        /// Changing the sign of every number swaps H and L and changes no rating.
        #[test]
        fn polarity_mirrors(
            result in -2000i64..2000,
            target in -1000i64..1000,
            below in 0i64..500,
            red in any::<bool>(),
        ) {
            let at_floor = if red { AtFloor::Red } else { AtFloor::Amber };
            let d = |n: i64| Threshold::from(Decimal::new(n, 1));
            let higher = Bands::Higher { target: d(target), floor: Some(d(target - below)) };
            let lower = Bands::Lower { target: d(-target), floor: Some(d(below - target)) };
            prop_assert_eq!(
                rag(&Ratio::from(&d(result)), &standard(higher, at_floor)),
                rag(&Ratio::from(&d(-result)), &standard(lower, at_floor))
            );
        }

        /// A T gets the worse of the ratings that its two sides would get on their own.
        #[test]
        fn near_is_the_worse_of_both_sides(
            result in -2000i64..2000,
            low in -500i64..0,
            high in 0i64..500,
            wider in 0i64..300,
            red in any::<bool>(),
        ) {
            let at_floor = if red { AtFloor::Red } else { AtFloor::Amber };
            let d = |n: i64| Threshold::from(Decimal::new(n, 1));
            let range = |low: i64, high: i64| ValueRange { low: d(low), high: d(high) };
            let near = Bands::Near {
                target: range(0, 0),
                green: range(low, high),
                floor: Some(range(low - wider, high + wider)),
            };
            let above = Bands::Higher { target: d(low), floor: Some(d(low - wider)) };
            let below = Bands::Lower { target: d(high), floor: Some(d(high + wider)) };
            let rated = |bands| rag(&Ratio::from(&d(result)), &standard(bands, at_floor));
            prop_assert_eq!(rated(near), rated(above).max(rated(below)));
        }
    }
}
