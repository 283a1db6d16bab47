//! `[[glossary]]`: what abbreviations and terms mean.

use std::fmt;

use super::build::Builder;
use crate::text::quote;
use crate::toml_file::kinds::TextValue;
use crate::toml_file::table;

table! {
    GlossaryKeys: "[[glossary]]", "An abbreviation or a term that readers may not know.";
    term: required TextValue, "the term, as it is written in names and commentary";
    means: required TextValue, "what it means";
}

/// A term that readers may not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlossaryTerm {
    /// The term.
    pub term: String,
    /// What it means.
    pub means: String,
}

impl fmt::Display for GlossaryTerm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.term, self.means)
    }
}

impl Builder<'_> {
    pub(super) fn glossary(&mut self, glossary: &[GlossaryKeys]) -> Vec<GlossaryTerm> {
        let terms = glossary.iter().filter_map(|keys| keys.term.spanned());
        let found = |term: &str| format!("the glossary has the term {} twice", quote(term));
        let remedy = "delete one of the two; a term is explained once";
        self.check_unique(terms, str::to_owned, found, remedy);
        let of = |keys: &GlossaryKeys| {
            Some(GlossaryTerm { term: keys.term.value()?, means: keys.means.value()? })
        };
        glossary.iter().filter_map(of).collect()
    }
}
