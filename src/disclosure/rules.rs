//! Which counts are small.

use crate::definition::{AllButAFew, Disclosure, Zeros};

/// Which counts a public edition does not show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DisclosureRules {
    /// The smallest count that is shown.
    pub smallest_shown: i64,
    /// The smallest denominator that a percentage, rate or average is shown with.
    pub smallest_out_of: i64,
    /// Whether a percentage is hidden where all but a few are in it, too.
    pub hides_all_but_a_few: bool,
    /// Whether 0 counts as small.
    pub hides_zeros: bool,
}

impl From<&Disclosure> for DisclosureRules {
    fn from(of: &Disclosure) -> Self {
        Self {
            smallest_shown: i64::from(of.smallest_shown),
            smallest_out_of: i64::from(of.smallest_out_of),
            hides_all_but_a_few: of.all_but_a_few == AllButAFew::Hide,
            hides_zeros: of.zeros == Zeros::Hide,
        }
    }
}

impl DisclosureRules {
    /// Whether a count is not shown.
    #[must_use]
    pub fn is_small(&self, count: i64) -> bool {
        self.is_below(count, self.smallest_shown)
    }

    /// Whether a denominator is one that nothing is shown with.
    #[must_use]
    pub fn is_small_denominator(&self, denominator: i64) -> bool {
        self.is_below(denominator, self.smallest_out_of)
    }

    fn is_below(&self, count: i64, limit: i64) -> bool {
        (self.smallest_hidden()..limit).contains(&count)
    }

    /// The smallest count that is hidden for being small.
    fn smallest_hidden(&self) -> i64 {
        i64::from(!self.hides_zeros)
    }

    /// How far apart a count has to be in two worlds: as far as the smallest and the largest of the
    /// small counts are, so that the whole publication says no more than that it is small.
    #[must_use]
    pub fn width(&self) -> i64 {
        self.smallest_shown - 1 - self.smallest_hidden()
    }

    /// The least that a reader takes a hidden count for that is `count`: where every 0 is shown, a
    /// hidden one is not 0.
    #[must_use]
    pub fn least(&self, count: i64) -> i64 {
        if count == 0 { 0 } else { self.smallest_hidden() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DFE: DisclosureRules = DisclosureRules {
        smallest_shown: 6,
        smallest_out_of: 11,
        hides_all_but_a_few: true,
        hides_zeros: false,
    };

    /// "Any number between 1 and 5 inclusive has been suppressed and replaced by c": Department for
    /// Education, Characteristics of children in need, 2020.
    #[test]
    fn counts_of_one_to_five_are_small() {
        let small: Vec<_> = (0..12).filter(|count| DFE.is_small(*count)).collect();
        assert_eq!(small, [1, 2, 3, 4, 5]);
        assert_eq!(DFE.width(), 4, "five neighbouring values, from 1 to 5");
        assert_eq!([DFE.least(0), DFE.least(3)], [0, 1]);
    }

    /// "Denominator 10 or less": Department for Education, children in care tables, 2012.
    #[test]
    fn denominators_have_a_limit_of_their_own() {
        assert!(DFE.is_small_denominator(10) && !DFE.is_small_denominator(11));
        assert!(!DFE.is_small_denominator(0));
    }

    #[test]
    fn zeros_that_are_hidden_are_one_small_count_more() {
        let rules = DisclosureRules { hides_zeros: true, ..DFE };
        assert!(rules.is_small(0));
        assert_eq!((rules.width(), rules.least(3)), (5, 0));
    }
}
