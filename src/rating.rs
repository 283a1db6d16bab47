//! The answers of the rules: a rating, and a direction of travel.

use serde::{Deserialize, Serialize};

/// A rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Rag {
    /// The target is met.
    Green,
    /// The target is missed and the floor is met.
    Amber,
    /// The floor is missed.
    Red,
}

impl Rag {
    /// All of them, best first.
    pub const ALL: [Self; 3] = [Self::Green, Self::Amber, Self::Red];

    /// `green`, `amber` or `red`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
        }
    }

    /// `G`, `A` or `R`.
    #[must_use]
    pub fn letter(self) -> &'static str {
        match self {
            Self::Green => "G",
            Self::Amber => "A",
            Self::Red => "R",
        }
    }
}

/// How a result compares with an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// It is better.
    Improved,
    /// It is the same.
    Same,
    /// It is worse.
    Worsened,
}

impl Direction {
    /// All of them, best first.
    pub const ALL: [Self; 3] = [Self::Improved, Self::Same, Self::Worsened];

    /// `improved`, `same` or `worsened`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Improved => "improved",
            Self::Same => "same",
            Self::Worsened => "worsened",
        }
    }
}

/// How a result stands to a benchmark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It is better.
    Better,
    /// It is about the same, or the difference could be chance.
    Similar,
    /// It is worse.
    Worse,
    /// It is higher, which is neither better nor worse.
    Higher,
    /// It is lower, which is neither better nor worse.
    Lower,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Better, Self::Similar, Self::Worse, Self::Higher, Self::Lower];

    /// Its name for other programs: `better`, `similar`, `worse`, `higher` or `lower`.
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

    /// The rating of an indicator that is rated against the benchmark. `None` where neither way is
    /// better.
    #[must_use]
    pub fn rating(self) -> Option<Rag> {
        match self {
            Self::Better => Some(Rag::Green),
            Self::Similar => Some(Rag::Amber),
            Self::Worse => Some(Rag::Red),
            Self::Higher | Self::Lower => None,
        }
    }

    /// What such a rating says.
    #[must_use]
    pub fn of_rating(rag: Rag) -> Self {
        match rag {
            Rag::Green => Self::Better,
            Rag::Amber => Self::Similar,
            Rag::Red => Self::Worse,
        }
    }
}

/// Where a result is, seen from its expected range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RangePosition {
    /// Within it, the ends included.
    Within,
    /// Above it.
    Above,
    /// Below it.
    Below,
}

impl RangePosition {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Within, Self::Above, Self::Below];

    /// `within`, `above` or `below`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Within => "within",
            Self::Above => "above",
            Self::Below => "below",
        }
    }
}
