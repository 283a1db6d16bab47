//! Why there is no figure, where an extract says so in words.

use serde::{Deserialize, Serialize};

/// What an extract says instead of a figure. It is the answer for its period, and is shown in
/// these words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
pub enum Reason {
    /// Nobody has reported it.
    #[serde(rename = "not reported")]
    NotReported,
    /// It is not settled yet, in three letters.
    #[serde(rename = "tbc")]
    Tbc,
    /// The same, written out.
    #[serde(rename = "to be confirmed")]
    ToBeConfirmed,
    /// There is to be none for the period.
    #[serde(rename = "not due")]
    NotDue,
    /// It does not apply here.
    #[serde(rename = "not applicable")]
    NotApplicable,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::NotReported, Self::Tbc, Self::ToBeConfirmed, Self::NotDue, Self::NotApplicable];

    /// The words, as they are shown.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotReported => "not reported",
            Self::Tbc => "tbc",
            Self::ToBeConfirmed => "to be confirmed",
            Self::NotDue => "not due",
            Self::NotApplicable => "not applicable",
        }
    }

    /// Reads the words, in any case, with any number of spaces between them.
    #[must_use]
    pub fn from_words(text: &str) -> Option<Self> {
        let is = |reason: &Self| {
            let said = text.split_whitespace();
            let mut words = reason.as_str().split(' ');
            let mut is_same = true;
            for word in said {
                is_same &= words.next().is_some_and(|known| word.eq_ignore_ascii_case(known));
            }
            is_same && words.next().is_none()
        };
        Self::ALL.into_iter().find(is)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_read_back_from_its_words() {
        for reason in Reason::ALL {
            assert_eq!(Reason::from_words(reason.as_str()), Some(reason));
        }
        assert_eq!(Reason::from_words(" Not  Reported "), Some(Reason::NotReported));
        assert_eq!(Reason::from_words("TBC"), Some(Reason::Tbc));
        for text in ["", "not", "not reported yet", "notreported", "n/a", "tb c"] {
            assert_eq!(Reason::from_words(text), None, "{text}");
        }
    }
}
