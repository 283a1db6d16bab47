//! How parts of the page refer to one another: the names that links go to.

use std::collections::{HashMap, HashSet};

use crate::definition::IndicatorId;
use crate::layout::Cell;

/// Which working, counted from 1, is that of an area's figure.
pub(super) type Links<'d> = HashMap<(&'d str, IndicatorId), usize>;

/// The name of a working.
pub(super) fn working_id(number: usize) -> String {
    format!("working-{number}")
}

/// Where something stands: what the names of links start with, and of which level headings are.
pub(super) struct LinkBase<'p> {
    pub(super) page: &'p str,
    pub(super) level: u8,
    pub(super) links: &'p Links<'p>,
}

/// The number of the working of a cell's figure, if it has one.
pub(super) fn working_of(cell: &Cell, place: &LinkBase<'_>) -> Option<usize> {
    let about = cell.about.as_ref()?;
    place.links.get(&(about.area.as_str(), about.indicator?)).copied()
}

/// Counts the references to footnotes, so that each can be linked back to.
#[derive(Default)]
pub(super) struct References {
    made: HashMap<usize, usize>,
}

impl References {
    /// How many references there are to a footnote.
    pub(super) fn made(&self, note: usize) -> usize {
        self.made.get(&note).copied().unwrap_or(0)
    }

    /// The next reference to a footnote: its own name and that of the footnote.
    pub(super) fn next(&mut self, place: &LinkBase<'_>, note: usize) -> (String, String) {
        let made = self.made.entry(note).or_default();
        *made += 1;
        (reference(place, note, *made), format!("{}_note-{note}", place.page))
    }
}

/// The name of one of the references to a footnote.
pub(super) fn reference(place: &LinkBase<'_>, note: usize, number: usize) -> String {
    format!("{}_mark-{note}-{number}", place.page)
}

/// The names that parts of the page go by in links.
pub(super) struct TakenIds {
    taken: HashSet<String>,
}

impl Default for TakenIds {
    fn default() -> Self {
        Self { taken: ["main", "contents", "workings", "key", "page"].map(str::to_owned).into() }
    }
}

impl TakenIds {
    /// Takes names that are made in another way.
    pub(super) fn take(&mut self, names: impl Iterator<Item = String>) {
        self.taken.extend(names);
    }

    /// A name that no other part has, of small letters, digits and hyphens.
    ///
    /// What belongs to a part has its name, an underscore and more: so none of that can clash
    /// either.
    pub(super) fn of(&mut self, text: &str) -> String {
        let letters: String = text
            .chars()
            .map(
                |letter| {
                    if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { ' ' }
                },
            )
            .collect();
        let words = letters.split_whitespace().collect::<Vec<_>>().join("-");
        let stem = if words.starts_with(|letter: char| letter.is_ascii_lowercase()) {
            words
        } else {
            format!("page-{words}")
        };
        let stem = stem.trim_end_matches('-').to_owned();
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
    fn names_are_plain_and_each_its_own() {
        let mut names = TakenIds::default();
        let given = [
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
        assert_eq!(given, expected);
    }
}
