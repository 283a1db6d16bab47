//! `[findings]`: how much findings of a code matter here.

use crate::diagnostic::{Code, Severities};
use crate::toml_file::kinds::NamesAndWords;

/// The codes whose severity may be changed, and what to.
pub(crate) struct FindingSeverities;

impl NamesAndWords for FindingSeverities {
    type Name = Code;
    const WORDS: &'static [&'static str] = Severities::WORDS;

    fn names() -> Vec<&'static str> {
        Code::changeable()
    }

    fn name(name: &str) -> Option<Code> {
        Code::from_name(name)
    }
}

/// The severities with what the definitions change.
pub(super) fn severities(changes: &[(Code, &str)]) -> Severities {
    let mut severities = Severities::default();
    for (code, word) in changes {
        severities.change(*code, word);
    }
    severities
}
