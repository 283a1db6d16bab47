//! Unique names for sheets, tables and columns that Excel accepts.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::text::is_xml;

/// The name of the sheet that lists the others.
pub(super) const CONTENTS: &str = "Contents";
/// The name of the sheet with the numbers for the charts.
pub(in crate::render) const CHART_DATA: &str = "Chart data";

/// Creates names and remembers them, so that no two are the same.
pub(super) struct UniqueNames {
    used: HashSet<String>,
    most: usize,
    allowed: fn(char) -> bool,
    /// Whether Excel takes a name for something else, so that it needs a `_` before it.
    is_taken: fn(&str) -> bool,
}

impl UniqueNames {
    /// For names of sheets, other than those that are taken.
    pub(super) fn sheets(taken: &[&str]) -> Self {
        let used = taken.iter().map(|name| name.to_lowercase()).collect();
        let allowed = |letter| is_plain(letter) && !"[]:*?/\\".contains(letter);
        Self { used, most: 31, allowed, is_taken: |_| false }
    }

    /// For names of tables.
    pub(super) fn tables() -> Self {
        Self {
            used: HashSet::new(),
            most: 100,
            allowed: |letter| letter.is_ascii_alphanumeric() || letter == '_',
            is_taken: is_number_or_cell,
        }
    }

    /// For names of the columns of a single table.
    pub(super) fn columns() -> Self {
        Self { used: HashSet::new(), most: 250, allowed: is_plain, is_taken: |_| false }
    }

    /// A name like `wanted` that has not been used yet. Excel ignores the case of letters.
    pub(super) fn unique(&mut self, wanted: &str) -> String {
        let legal: String = wanted
            .chars()
            .map(|letter| if (self.allowed)(letter) { letter } else { '_' })
            .collect();
        // Excel does not allow a name to begin or end with an apostrophe or a space.
        let legal = legal.trim_matches(|letter: char| letter == '\'' || letter.is_whitespace());
        let legal = if (self.is_taken)(legal) { format!("_{legal}") } else { legal.to_owned() };
        let legal = if legal.is_empty() { "_" } else { legal.as_str() };
        for number in 1.. {
            let ending = if number == 1 { String::new() } else { format!("_{number}") };
            let name = format!(
                "{}{ending}",
                start(legal, self.most - ending.len()).trim_end_matches(['\'', ' '])
            );
            if self.used.insert(name.to_lowercase()) {
                return name;
            }
        }
        unreachable!("there is always a number that has not been given")
    }
}

/// Whether a name begins with a digit, is that of a cell such as `A1`, begins as that of a row or
/// column such as `R1`, or is a truth value: no table may be called so.
fn is_number_or_cell(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let letters = lower.bytes().take_while(u8::is_ascii_alphabetic).count();
    let has_number = (1..=3).contains(&letters) && lower.len() > letters;
    let is_cell = has_number && lower[letters..].bytes().all(|byte| byte.is_ascii_digit());
    // Excel reads `R8_` as the row and does not look at the rest.
    let of_row = lower.strip_prefix("rc").or_else(|| lower.strip_prefix(['r', 'c']));
    let is_of_row = of_row.is_some_and(|rest| {
        rest.is_empty() || rest.starts_with(|letter: char| letter.is_ascii_digit())
    });
    let is_truth = lower == "true" || lower == "false";
    name.starts_with(|letter: char| letter.is_ascii_digit()) || is_cell || is_of_row || is_truth
}

/// Whether a name may contain the character.
fn is_plain(letter: char) -> bool {
    is_xml(letter) && !letter.is_control()
}

/// The start of a text, at most `most` UTF-16 code units, without the characters that XML cannot
/// hold.
pub(in crate::render) fn clipped(text: &str, most: usize) -> Cow<'_, str> {
    if text.contains(|letter| !is_xml(letter)) {
        let text: String = text.chars().filter(|letter| is_xml(*letter)).collect();
        start(&text, most).to_owned().into()
    } else {
        start(text, most).into()
    }
}

/// The start of a text, at most `most` UTF-16 code units, which is how Excel measures length.
fn start(text: &str, most: usize) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, letter)| {
        units += letter.len_utf16();
        units > most
    });
    end.map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_legal_and_unique() {
        let mut names = UniqueNames::sheets(&["Contents"]);
        assert_eq!(names.unique("Summary"), "Summary");
        assert_eq!(names.unique("SUMMARY"), "SUMMARY_2");
        assert_eq!(names.unique("contents"), "contents_2");
        assert_eq!(names.unique("'A/B' [c]"), "A_B' _c_");
        assert_eq!(
            names.unique("Scorecard - Disabled Children's Service"),
            "Scorecard - Disabled Children's"
        );
        assert_eq!(
            names.unique("Scorecard - Disabled Children's Teams"),
            "Scorecard - Disabled Children_2"
        );
        assert_eq!(names.unique("  "), "_");
        assert_eq!(clipped("a😀b", 2), "a");
        assert_eq!(clipped("a\u{1b}b\u{fffe}c", 2), "ab");
        assert_eq!(names.unique("a\u{ffff}"), "a_");
    }

    /// Indicators are called `9`, `A1` and `19_2`, and so are the tables of their pages.
    #[test]
    fn a_table_is_not_called_as_a_number_or_a_cell() {
        let mut names = UniqueNames::tables();
        for (wanted, name) in [
            ("9_9", "_9_9"),
            ("A1", "_A1"),
            ("r1c1", "_r1c1"),
            ("R8_visits", "_R8_visits"),
            ("RC12_a", "_RC12_a"),
            ("true", "_true"),
            ("Cards_Kent", "Cards_Kent"),
            ("Trend_Kent", "Trend_Kent"),
            ("", "_"),
        ] {
            assert_eq!(names.unique(wanted), name);
        }
    }
}
