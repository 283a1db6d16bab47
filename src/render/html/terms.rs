//! Terms of the glossary: each is explained where it first stands on a page.

use askama::Template;

use crate::definition::GlossaryTerm;
use crate::layout::find_term;

/// The terms of a page that have not been explained yet.
#[derive(Default)]
pub(super) struct Terms<'d> {
    left: Vec<&'d GlossaryTerm>,
}

/// A text, with terms that are explained in it.
#[derive(Clone, Template)]
#[template(path = "text.html")]
pub(super) struct TextView<'d> {
    pieces: Vec<Piece<'d>>,
    rest: &'d str,
}

impl askama::filters::HtmlSafe for TextView<'_> {}

/// A piece of text before a term, and the term.
#[derive(Clone)]
struct Piece<'d> {
    before: &'d str,
    term: &'d str,
    means: &'d str,
}

impl<'d> Terms<'d> {
    /// The terms of a page.
    pub(super) fn new(terms: Vec<&'d GlossaryTerm>) -> Self {
        Self { left: terms }
    }

    /// A text that comes next on the page.
    pub(super) fn text(&mut self, text: &'d str) -> TextView<'d> {
        let (mut rest, mut pieces) = (text, Vec::new());
        // The one that comes first; of those that begin together, the longest.
        while let Some((index, found)) = self
            .left
            .iter()
            .enumerate()
            .filter_map(|(index, term)| Some((index, find_term(rest, &term.term)?)))
            .min_by_key(|(_, found)| (found.start, usize::MAX - found.end))
        {
            let term = self.left.remove(index);
            pieces.push(Piece {
                before: &rest[..found.start],
                term: &rest[found.clone()],
                means: &term.means,
            });
            rest = &rest[found.end..];
        }
        TextView { pieces, rest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_explained_once() {
        let term = |term: &str, means: &str| GlossaryTerm {
            term: term.to_owned(),
            means: means.to_owned(),
        };
        let known = [term("CIC", "children in care"), term("CIC Plus", "a \"service\"")];
        let mut terms = Terms::new(known.iter().collect());
        let mut written = |text| terms.text(text).render().expect("a template");
        assert_eq!(
            written("<b> CIC Plus & CIC"),
            "&#60;b&#62; <abbr title=\"a &#34;service&#34;\">CIC Plus</abbr> &#38; \
             <abbr title=\"children in care\">CIC</abbr>"
        );
        assert_eq!(written("CIC again"), "CIC again");
    }
}
