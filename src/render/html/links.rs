//! The ids that parts of the page use to link to one another.

use std::collections::{HashMap, HashSet};

use super::terms::Terms;
use crate::definition::{GlossaryTerm, IndicatorId};
use crate::layout::Cell;
use crate::text::hyphenated;

/// The number of the working, counted from 1, for each area and indicator that has one.
pub(super) type Links<'d> = HashMap<(&'d str, IndicatorId), usize>;

/// The id of a working.
pub(super) fn working_id(number: usize) -> String {
    format!("working-{number}")
}

/// The context of a part: the prefix of its ids, the level of its headings, and the workings to
/// link to.
pub(super) struct LinkBase<'p> {
    pub(super) page: &'p str,
    pub(super) level: u8,
    pub(super) links: &'p Links<'p>,
}

/// The number of the working of a cell's figure. `None` if it has none.
pub(super) fn working_of(cell: &Cell, place: &LinkBase<'_>) -> Option<usize> {
    let about = cell.about.as_ref()?;
    place.links.get(&(about.area.as_str(), about.indicator?)).copied()
}

/// Counts the references to each footnote, so that it can link back to them, and knows which terms
/// are still to be explained.
#[derive(Default)]
pub(super) struct References<'d> {
    made: HashMap<usize, usize>,
    pub(super) terms: Terms<'d>,
}

impl<'d> References<'d> {
    /// Those of a page with these terms.
    pub(super) fn with(terms: Vec<&'d GlossaryTerm>) -> Self {
        Self { terms: Terms::new(terms), ..Self::default() }
    }

    /// The number of references to a footnote so far.
    pub(super) fn made(&self, note: usize) -> usize {
        self.made.get(&note).copied().unwrap_or(0)
    }

    /// Adds a reference to a footnote. Returns the id of the reference and that of the footnote.
    pub(super) fn next(&mut self, place: &LinkBase<'_>, note: usize) -> (String, String) {
        let made = self.made.entry(note).or_default();
        *made += 1;
        (reference(place, note, *made), format!("{}_note-{note}", place.page))
    }
}

/// The id of a reference to a footnote.
pub(super) fn reference(place: &LinkBase<'_>, note: usize, number: usize) -> String {
    format!("{}_mark-{note}-{number}", place.page)
}

/// The ids that are in use on the page.
pub(super) struct TakenIds {
    taken: HashSet<String>,
}

impl Default for TakenIds {
    fn default() -> Self {
        Self { taken: ["main", "contents", "workings", "key", "page"].map(str::to_owned).into() }
    }
}

impl TakenIds {
    /// Reserves ids that are created elsewhere.
    pub(super) fn take(&mut self, names: impl Iterator<Item = String>) {
        self.taken.extend(names);
    }

    /// A new id that is not in use, made of lower-case letters, digits and hyphens.
    ///
    /// The parts within add an underscore and more to it, so their ids cannot clash either.
    pub(super) fn of(&mut self, text: &str) -> String {
        let words = hyphenated(text);
        let starts_well = words.starts_with(|letter: char| letter.is_ascii_lowercase());
        let stem = match words.as_str() {
            "" => "page".to_owned(),
            _ if starts_well => words,
            _ => format!("page-{words}"),
        };
        let mut name = stem.clone();
        let mut number = 1;
        while !self.taken.insert(name.clone()) {
            number += 1;
            name = format!("{stem}-{number}");
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_plain_and_unique() {
        let mut names = TakenIds::default();
        let ids = [
            "Scorecard",
            "Scorecard - North Kent",
            "scorecard",
            "\"><script>",
            "contents",
            "2016",
            "",
            "日本",
        ]
        .map(|name| names.of(name));
        let expected = [
            "scorecard",
            "scorecard-north-kent",
            "scorecard-2",
            "script",
            "contents-2",
            "page-2016",
            "page-2",
            "page-3",
        ];
        assert_eq!(ids, expected);
    }
}
