//! Terms of the glossary on pages: where each first stands, and which a page has.

use std::ops::Range;

use super::texts::Texts;
use super::{Document, Page, TableName};
use crate::definition::GlossaryTerm;

/// Where a term first stands in a text as words of its own.
#[must_use]
pub fn find(text: &str, term: &str) -> Option<Range<usize>> {
    let is_end = |letter: Option<char>| !letter.is_some_and(char::is_alphanumeric);
    text.match_indices(term).find_map(|(start, found)| {
        let end = start + found.len();
        let before = text[..start].chars().next_back();
        (is_end(before) && is_end(text[end..].chars().next())).then_some(start..end)
    })
}

impl Document {
    /// The terms of the glossary that a page has, in the order of the glossary. The notes explain
    /// all of them themselves.
    #[must_use]
    pub fn terms_of(&self, page: &Page) -> Vec<&GlossaryTerm> {
        if page.table == Some(TableName::Notes) { Vec::new() } else { self.terms_in(&page.blocks) }
    }

    /// The terms of the glossary that some texts have.
    #[must_use]
    pub fn terms_in(&self, texts: &impl Texts) -> Vec<&GlossaryTerm> {
        let mut terms: Vec<_> = self.glossary.iter().map(|term| (term, false)).collect();
        if !terms.is_empty() {
            texts.any_text(&mut |text| {
                for (term, is_there) in &mut terms {
                    *is_there = *is_there || find(text, &term.term).is_some();
                }
                false
            });
        }
        terms.into_iter().filter(|(_, is_there)| *is_there).map(|(term, _)| term).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_a_word_of_its_own() {
        assert_eq!(find("% of CIC placements", "CIC"), Some(5..8));
        assert_eq!(find("CICs, and CIC (all)", "CIC"), Some(10..13));
        assert_eq!(find("acic cic", "CIC"), None);
        assert_eq!(find("Children in Need", "Children in Need"), Some(0..16));
        assert_eq!(find("(UASC)", "UASC"), Some(1..5));
    }
}
