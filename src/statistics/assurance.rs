//! Whether limits lie where the target is met.

use crate::figure::Ratio;

/// The values that meet the target: all from the one end to the other, both ends in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Green {
    /// The least of them; nothing where there is none.
    pub low: Option<Ratio>,
    /// The most of them; nothing where there is none.
    pub high: Option<Ratio>,
}

/// What limits promise of the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assurance {
    /// Every value within the limits meets it.
    Met,
    /// None does.
    Missed,
    /// Some do.
    Chance,
}

impl Assurance {
    /// The letter of its icon: `P`, `F` or `?`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Met => "P",
            Self::Missed => "F",
            Self::Chance => "?",
        }
    }
}

/// What limits, as they are shown, promise of the target.
#[must_use]
pub fn assurance(low: &Ratio, high: &Ratio, green: &Green) -> Assurance {
    let reaches_low = green.low.as_ref().is_none_or(|least| low >= least);
    let reaches_high = green.high.as_ref().is_none_or(|most| high <= most);
    let is_below = green.low.as_ref().is_some_and(|least| high < least);
    let is_above = green.high.as_ref().is_some_and(|most| low > most);
    if reaches_low && reaches_high {
        Assurance::Met
    } else if is_below || is_above {
        Assurance::Missed
    } else {
        Assurance::Chance
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(limits: [i64; 2], low: Option<i64>, high: Option<i64>) -> &'static str {
        let green = Green { low: low.map(Ratio::whole), high: high.map(Ratio::whole) };
        assurance(&Ratio::whole(limits[0]), &Ratio::whole(limits[1]), &green).as_str()
    }

    /// A result that is the target is green, so a limit that is the target is within.
    #[test]
    fn a_target_on_a_limit_is_met_there() {
        assert_eq!(of([85, 95], Some(85), None), "P");
        assert_eq!(of([75, 85], Some(85), None), "?");
        assert_eq!(of([75, 84], Some(85), None), "F");
        assert_eq!(of([5, 9], None, Some(9)), "P");
        assert_eq!(of([9, 12], None, Some(9)), "?");
        assert_eq!(of([10, 12], None, Some(9)), "F");
    }

    #[test]
    fn a_green_band_holds_all_some_or_none_of_the_limits() {
        let band = |limits| of(limits, Some(5), Some(10));
        assert_eq!([[5, 10], [6, 9]].map(band), ["P", "P"]);
        assert_eq!([[4, 9], [6, 11], [1, 20], [1, 5], [10, 12]].map(band), ["?"; 5]);
        assert_eq!([[1, 4], [11, 12]].map(band), ["F", "F"]);
    }
}
