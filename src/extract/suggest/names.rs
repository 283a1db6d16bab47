//! What a file is called, and what its name says.

use super::super::dates::{self, MonthText};
use super::super::names::NameFinder;

/// What the name of a file says.
#[derive(Clone, Debug, Default)]
pub(super) struct FileName {
    /// What it goes by, as an id.
    pub(super) id: String,
    /// The pattern of the names of such files.
    pub(super) pattern: String,
    /// Whether it names an area.
    pub(super) has_area: bool,
}

impl FileName {
    pub(super) fn of(name: &str, names: &NameFinder<'_>) -> Self {
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "csv"));
        let mut pattern = stem.to_owned();
        let area = longest_area(stem, names);
        if let Some((start, end)) = area {
            pattern.replace_range(start..end, "{area}");
        }
        let month = month_in(&pattern);
        if let Some((start, end)) = month {
            pattern.replace_range(start..end, "{month}");
        }
        let is_plain = area.is_none() && month.is_none();
        if is_plain {
            let kept = without_number(&pattern).len();
            pattern.truncate(kept);
            pattern.push('*');
        }
        let id: String = pattern
            .replace("{area}", " ")
            .replace("{month}", " ")
            .chars()
            .map(|letter| if letter.is_alphanumeric() { letter } else { ' ' })
            .collect();
        let words: Vec<_> = id.split_whitespace().map(str::to_lowercase).collect();
        let id = if words.is_empty() { "list".to_owned() } else { words.join("-") };
        Self { id, pattern: format!("{pattern}.{ending}"), has_area: area.is_some() }
    }
}

/// The name without what tells downloads of the same file apart: ` (1)`, ` 2016-01-31`, `_0316`.
fn without_number(stem: &str) -> &str {
    let is_number = |letter: char| {
        letter.is_ascii_digit() || matches!(letter, ' ' | '_' | '-' | '.' | '(' | ')')
    };
    let kept = stem.trim_end_matches(is_number);
    if kept.is_empty() { stem } else { kept }
}

/// Where the longest name of an area or team stands in a text.
fn longest_area(stem: &str, names: &NameFinder<'_>) -> Option<(usize, usize)> {
    let lower = stem.to_ascii_lowercase();
    let definition = names.definition();
    let areas = definition.area_ids().filter(|area| *area != definition.top);
    let found = areas.filter_map(|area| {
        let name = definition.area(area).name.to_ascii_lowercase();
        let start = lower.find(&name).filter(|_| name.len() > 2)?;
        Some((start, start + name.len()))
    });
    found.max_by_key(|(start, end)| end - start)
}

/// Where the longest month stands in a text.
fn month_in(stem: &str) -> Option<(usize, usize)> {
    let ends: Vec<usize> =
        stem.char_indices().map(|(index, _)| index).chain([stem.len()]).collect();
    let is_edge = |at: usize| {
        let beside = [stem[..at].chars().next_back(), stem[at..].chars().next()];
        let [before, after] = beside.map(|letter| letter.is_some_and(char::is_alphanumeric));
        !(before && after)
    };
    let mut found: Option<(usize, usize)> = None;
    for (from, start) in ends.iter().enumerate() {
        for end in ends[from..].iter().filter(|end| (6..=14).contains(&(*end - start))) {
            let is_longer = found.is_none_or(|(start, last)| end - start > last - start);
            let text = &stem[*start..*end];
            if is_longer
                && is_edge(*start)
                && is_edge(*end)
                && text.trim() == text
                && matches!(dates::month(text), MonthText::One(_))
            {
                found = Some((*start, *end));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_gives_way_to_what_differs_from_month_to_month() {
        for (stem, kept) in [
            ("cic-list", "cic-list"),
            ("cic-list (1)", "cic-list"),
            ("export_20160131", "export"),
            ("2016", "2016"),
        ] {
            assert_eq!(without_number(stem), kept);
        }
        assert_eq!(month_in("cin Apr-26 final"), Some((4, 10)));
        assert_eq!(month_in("contacts 2026-04"), Some((9, 16)));
        assert_eq!(month_in("cic-list"), None);
    }
}
