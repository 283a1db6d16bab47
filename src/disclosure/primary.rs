//! Figures that are hidden for what they say themselves.

use super::DisclosureRules;

/// What the counts of a figure are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureCounts {
    /// A number of people.
    Count(i64),
    /// How many of how many.
    Percent {
        /// How many.
        numerator: i64,
        /// Of how many.
        denominator: i64,
        /// Whether those that are not in it may be counted: 98 of 100 visits in time.
        counts_only: bool,
    },
    /// How many people in how many, of whom the others are not looked at.
    Rate {
        /// How many.
        numerator: i64,
        /// In how many.
        denominator: i64,
    },
    /// Something of so many people, such as days.
    Average {
        /// Of how many.
        denominator: i64,
    },
}

/// Why a figure is hidden, itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Primary {
    /// It counts fewer than are shown.
    Few,
    /// It is out of fewer than are shown.
    OutOfFew,
    /// All but a few are in it.
    AllButFew,
}

impl FigureCounts {
    /// The first rule that hides it. `None` if it may be shown.
    #[must_use]
    pub fn reason(self, rules: &DisclosureRules) -> Option<Primary> {
        let out_of = |denominator| rules.is_small_denominator(denominator);
        let (few, out_of_few, all_but_few) = match self {
            Self::Count(count) => (rules.is_small(count), false, false),
            Self::Percent { numerator, denominator, counts_only } => (
                rules.is_small(numerator),
                out_of(denominator),
                rules.hides_all_but_a_few
                    && !counts_only
                    && rules.is_small(denominator - numerator),
            ),
            Self::Rate { numerator, denominator } => {
                (rules.is_small(numerator), out_of(denominator), false)
            }
            Self::Average { denominator } => (false, out_of(denominator), false),
        };
        [(few, Primary::Few), (out_of_few, Primary::OutOfFew), (all_but_few, Primary::AllButFew)]
            .into_iter()
            .find_map(|(holds, reason)| holds.then_some(reason))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: DisclosureRules = DisclosureRules {
        smallest_shown: 6,
        smallest_out_of: 11,
        hides_all_but_a_few: true,
        hides_zeros: false,
    };

    fn percent(numerator: i64, denominator: i64) -> Option<Primary> {
        FigureCounts::Percent { numerator, denominator, counts_only: false }.reason(&RULES)
    }

    /// Kent, January 2016: 271 of 273 of indicator 24 in North Kent are all but 2.
    #[test]
    fn the_first_rule_that_holds_is_the_reason() {
        assert_eq!(percent(3, 4), Some(Primary::Few));
        assert_eq!(percent(7, 10), Some(Primary::OutOfFew));
        assert_eq!(percent(271, 273), Some(Primary::AllButFew));
        assert_eq!(percent(39, 57), None);
        assert_eq!(percent(0, 57), None, "nobody is in it");
        assert_eq!(percent(57, 57), None, "all are in it");
    }

    #[test]
    fn all_but_a_few_may_be_shown_where_only_the_count_is_sensitive() {
        let counts = FigureCounts::Percent { numerator: 98, denominator: 100, counts_only: true };
        assert_eq!(counts.reason(&RULES), None);
        let shown = DisclosureRules { hides_all_but_a_few: false, ..RULES };
        let all = FigureCounts::Percent { numerator: 98, denominator: 100, counts_only: false };
        assert_eq!(all.reason(&shown), None);
        assert_eq!(all.reason(&RULES), Some(Primary::AllButFew));
    }

    #[test]
    fn the_denominator_decides_on_an_average() {
        assert_eq!(
            FigureCounts::Average { denominator: 4 }.reason(&RULES),
            Some(Primary::OutOfFew)
        );
        assert_eq!(FigureCounts::Average { denominator: 11 }.reason(&RULES), None);
    }

    #[test]
    fn zeros_are_hidden_where_they_count_as_small() {
        let rules = DisclosureRules { hides_zeros: true, ..RULES };
        let percent = |numerator| {
            FigureCounts::Percent { numerator, denominator: 57, counts_only: false }.reason(&rules)
        };
        assert_eq!(percent(0), Some(Primary::Few));
        assert_eq!(percent(57), Some(Primary::AllButFew));
        assert_eq!(FigureCounts::Count(0).reason(&rules), Some(Primary::Few));
        assert_eq!(FigureCounts::Count(0).reason(&RULES), None);
    }
}
