//! What an extract says of how firm a figure is.

use serde::{Deserialize, Serialize};

/// That a figure may still change, or has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// It may still change.
    Provisional,
    /// It is not what was first reported.
    Revised,
    /// It is an estimate.
    Estimated,
    /// It is of low reliability.
    Unreliable,
}

impl Mark {
    /// Every mark.
    pub const ALL: [Self; 4] =
        [Self::Provisional, Self::Revised, Self::Estimated, Self::Unreliable];

    /// `p`, `r`, `e` or `u`, as the Government Statistical Service marks them.
    #[must_use]
    pub fn letter(self) -> &'static str {
        match self {
            Self::Provisional => "p",
            Self::Revised => "r",
            Self::Estimated => "e",
            Self::Unreliable => "u",
        }
    }

    /// The letter in brackets, as it stands behind a figure.
    #[must_use]
    pub fn shown(self) -> &'static str {
        match self {
            Self::Provisional => "[p]",
            Self::Revised => "[r]",
            Self::Estimated => "[e]",
            Self::Unreliable => "[u]",
        }
    }

    /// `provisional`, `revised`, `estimated` or `unreliable`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Provisional => "provisional",
            Self::Revised => "revised",
            Self::Estimated => "estimated",
            Self::Unreliable => "unreliable",
        }
    }

    /// Reads the letter, in brackets or not, or the word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let word = word.trim_matches(['[', ']', '(', ')']);
        Self::ALL.into_iter().find(|mark| {
            word.eq_ignore_ascii_case(mark.letter()) || word.eq_ignore_ascii_case(mark.as_str())
        })
    }

    /// A text without the mark in brackets that it ends with, and that mark: `12 [p]`.
    pub(super) fn split(text: &str) -> Option<(&str, Self)> {
        let (before, letter) = text.strip_suffix(']')?.rsplit_once('[')?;
        let mark = Self::ALL.into_iter().find(|mark| letter.eq_ignore_ascii_case(mark.letter()))?;
        (!before.is_empty()).then_some((before, mark))
    }
}
