//! How a figure stands to a benchmark: a fixed value, such as England's.

use super::{Interval, Side};
use crate::figure::Ratio;

/// How a figure stands to a benchmark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is better.
    Better,
    /// The difference could be chance.
    Similar,
    /// It is worse.
    Worse,
    /// It is higher, which is neither better nor worse.
    Higher,
    /// It is lower, which is neither better nor worse.
    Lower,
}

impl Standing {
    /// Its name for other programs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Similar => "similar",
            Self::Worse => "worse",
            Self::Higher => "higher",
            Self::Lower => "lower",
        }
    }
}

/// How a figure with an interval stands to a benchmark, which is similar where it is within the
/// interval, ends included. `better` is the side that is better, where one is.
#[must_use]
pub fn standing(interval: &Interval, benchmark: &Ratio, better: Option<Side>) -> Standing {
    let side = if *benchmark < interval.low {
        Side::High
    } else if *benchmark > interval.high {
        Side::Low
    } else {
        return Standing::Similar;
    };
    match (better, side) {
        (Some(better), side) if better == side => Standing::Better,
        (Some(_), _) => Standing::Worse,
        (None, Side::High) => Standing::Higher,
        (None, Side::Low) => Standing::Lower,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Decimal;

    #[test]
    fn the_ends_of_an_interval_are_within_it() {
        let interval = Interval { low: Ratio::whole(40), high: Ratio::whole(60) };
        let of = |benchmark: &str, better| {
            let benchmark: Decimal = benchmark.parse().expect("a decimal");
            standing(&interval, &benchmark.into(), better).as_str()
        };
        for better in [None, Some(Side::High), Some(Side::Low)] {
            assert_eq!(["40", "50", "60"].map(|value| of(value, better)), ["similar"; 3]);
        }
        let beyond = |better| ["39.99", "60.01"].map(|value| of(value, better));
        assert_eq!(beyond(Some(Side::High)), ["better", "worse"]);
        assert_eq!(beyond(Some(Side::Low)), ["worse", "better"]);
        assert_eq!(beyond(None), ["higher", "lower"]);
    }
}
