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
}

impl Mark {
    /// `p` or `r`, as the Government Statistical Service marks them.
    #[must_use]
    pub fn letter(self) -> &'static str {
        match self {
            Self::Provisional => "p",
            Self::Revised => "r",
        }
    }

    /// `provisional` or `revised`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Provisional => "provisional",
            Self::Revised => "revised",
        }
    }

    /// Reads the letter, in brackets or not, or the word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let word = word.trim_matches(['[', ']', '(', ')']);
        [Self::Provisional, Self::Revised].into_iter().find(|mark| {
            word.eq_ignore_ascii_case(mark.letter()) || word.eq_ignore_ascii_case(mark.as_str())
        })
    }
}
