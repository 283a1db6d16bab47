//! Names of sheets and tables: what Excel allows, and no two the same.

use std::borrow::Cow;
use std::collections::HashSet;

use rust_xlsxwriter::Url;

use crate::text::is_xml;

/// The name of the sheet that lists the others.
pub(super) const CONTENTS: &str = "Contents";
/// The name of the sheet with what the charts draw.
pub(super) const CHART_DATA: &str = "Chart data";

/// The names that have been given.
pub(super) struct UniqueNames {
    given: HashSet<String>,
    most: usize,
    allowed: fn(char) -> bool,
}

impl UniqueNames {
    /// Names of sheets, but for those that are taken.
    pub(super) fn sheets(taken: &[&str]) -> Self {
        let given = taken.iter().map(|name| name.to_lowercase()).collect();
        Self { given, most: 31, allowed: |letter| is_plain(letter) && !"[]:*?/\\".contains(letter) }
    }

    /// Names of tables.
    pub(super) fn tables() -> Self {
        Self {
            given: HashSet::new(),
            most: 100,
            allowed: |letter| letter.is_ascii_alphanumeric() || letter == '_',
        }
    }

    /// Names of the columns of one table.
    pub(super) fn columns() -> Self {
        Self { given: HashSet::new(), most: 250, allowed: is_plain }
    }

    /// A name like `wanted` that has not been given; Excel sees no difference between capitals and
    /// small letters.
    pub(super) fn unique(&mut self, wanted: &str) -> String {
        let legal: String = wanted
            .chars()
            .map(|letter| if (self.allowed)(letter) { letter } else { '_' })
            .collect();
        // A name may not begin or end with an apostrophe or a space.
        let legal = legal.trim_matches(|letter: char| letter == '\'' || letter.is_whitespace());
        let legal = if legal.is_empty() { "_" } else { legal };
        for number in 1.. {
            let ending = if number == 1 { String::new() } else { format!("_{number}") };
            let name = format!(
                "{}{ending}",
                start(legal, self.most - ending.len()).trim_end_matches(['\'', ' '])
            );
            if self.given.insert(name.to_lowercase()) {
                return name;
            }
        }
        unreachable!("there is always a number that has not been given")
    }
}

/// Whether a name may have the character.
fn is_plain(letter: char) -> bool {
    is_xml(letter) && !letter.is_control()
}

/// A link to a sheet of the same workbook.
pub(super) fn url(sheet: &str) -> Url {
    Url::new(format!("internal:'{}'!A1", sheet.replace('\'', "''")))
}

/// As much of a text as has at most `most` units of UTF-16, without what XML cannot hold.
pub(super) fn clipped(text: &str, most: usize) -> Cow<'_, str> {
    if text.contains(|letter| !is_xml(letter)) {
        let text: String = text.chars().filter(|letter| is_xml(*letter)).collect();
        start(&text, most).to_owned().into()
    } else {
        start(text, most).into()
    }
}

/// As much of a text as has at most `most` units of UTF-16, which is how Excel counts.
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
    fn names_are_legal_and_no_two_the_same() {
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
}
