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
