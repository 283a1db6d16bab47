//! Texts in which `*` stands for any other, and file names with `{area}` and `{month}` in them.

use std::collections::HashSet;

use crate::text::{fold, name_key, nearest, trim};

/// What a file name says of what is in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Captures {
    /// The area that it names.
    pub area: Option<String>,
    /// The month that it names.
    pub month: Option<String>,
}

/// A part of a pattern.
enum Part<'p> {
    Text(&'p str),
    Any,
    Area,
    Month,
}

/// The parts of a pattern, in order.
fn parts(mut pattern: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let marks = [("*", false), ("{area}", true), ("{month}", true)];
    while !pattern.is_empty() {
        let next = marks.iter().filter_map(|(mark, _)| Some((pattern.find(mark)?, *mark))).min();
        let (start, mark) = next.unwrap_or((pattern.len(), ""));
        if start > 0 {
            parts.push(Part::Text(&pattern[..start]));
        }
        match mark {
            "*" => parts.push(Part::Any),
            "{area}" => parts.push(Part::Area),
            "{month}" => parts.push(Part::Month),
            _ => {}
        }
        pattern = &pattern[start + mark.len()..];
    }
    parts
}

/// What the name of a file, in any case, says by a pattern; nothing, where it is not so named.
#[must_use]
pub fn captures(pattern: &str, name: &str) -> Option<Captures> {
    let mut found = Captures::default();
    let folded: Vec<String> = name.chars().map(|letter| letter.to_lowercase().collect()).collect();
    let letters: Vec<char> = name.chars().collect();
    let mut failed = HashSet::new();
    matches(&parts(pattern), &letters, &folded, &mut found, &mut failed).then_some(found)
}

/// Whether letters are what the parts say. Every way is tried, and none of them twice.
fn matches(
    parts: &[Part<'_>],
    letters: &[char],
    folded: &[String],
    found: &mut Captures,
    failed: &mut HashSet<(usize, usize)>,
) -> bool {
    let Some((part, rest)) = parts.split_first() else { return letters.is_empty() };
    let key = (parts.len(), letters.len());
    let is = !failed.contains(&key) && matches_part(part, rest, letters, folded, found, failed);
    if !is {
        failed.insert(key);
    }
    is
}

fn matches_part(
    part: &Part<'_>,
    rest: &[Part<'_>],
    letters: &[char],
    folded: &[String],
    found: &mut Captures,
    failed: &mut HashSet<(usize, usize)>,
) -> bool {
    match part {
        Part::Text(text) => {
            let wanted: Vec<String> =
                text.chars().map(|letter| letter.to_lowercase().collect()).collect();
            folded.starts_with(&wanted)
                && matches(rest, &letters[wanted.len()..], &folded[wanted.len()..], found, failed)
        }
        Part::Any | Part::Area | Part::Month => {
            let least = usize::from(!matches!(part, Part::Any));
            (least..=letters.len()).rev().any(|length| {
                if !matches(rest, &letters[length..], &folded[length..], found, failed) {
                    return false;
                }
                let text = || Some(trim(&letters[..length].iter().collect::<String>()).to_owned());
                match part {
                    Part::Area => found.area = text(),
                    Part::Month => found.month = text(),
                    _ => {}
                }
                true
            })
        }
    }
}

/// Whether a name begins nearly as a pattern does, and ends alike.
#[must_use]
pub fn is_nearly(pattern: &str, name: &str) -> bool {
    let start = pattern.find(['*', '{']).unwrap_or_else(|| pattern.rfind('.').unwrap_or(0));
    let wanted = name_key(&pattern[..start]);
    let Some((stem, ending)) = name.rsplit_once('.') else { return false };
    let length = wanted.chars().count();
    let begins: String = name_key(stem).chars().take(length).collect();
    length > 2
        && pattern.to_lowercase().ends_with(&ending.to_lowercase())
        && (begins == wanted || nearest(&begins, [wanted.as_str()]).is_some())
}

/// Whether a text is what a pattern says, in any case and spacing.
#[must_use]
pub fn is(pattern: &str, text: &str) -> bool {
    TextPattern::new(pattern).is(text)
}

/// A text in which `*` is any other, made ready to be compared with many.
#[derive(Clone, Debug)]
pub struct TextPattern {
    /// What stands between the stars, in lower case.
    pieces: Vec<String>,
}

impl TextPattern {
    /// The pattern that is written so.
    #[must_use]
    pub fn new(pattern: &str) -> Self {
        Self { pieces: lower(pattern).split('*').map(str::to_owned).collect() }
    }

    /// Whether a text is what it says, in any case and spacing.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        let [first, middle @ .., last] = self.pieces.as_slice() else {
            let whole = self.pieces.first().map_or("", String::as_str);
            // Nearly every cell is plain, and need not be copied.
            return text.eq_ignore_ascii_case(whole) || !is_plain(text) && lower(text) == whole;
        };
        let text = lower(text);
        if text.len() < first.len() + last.len() {
            return false;
        }
        let (Some(mut rest), true) =
            (text.strip_prefix(first.as_str()), text.ends_with(last.as_str()))
        else {
            return false;
        };
        rest = &rest[..rest.len() - last.len()];
        middle.iter().all(|piece| match rest.split_once(piece.as_str()) {
            Some((_, after)) => {
                rest = after;
                true
            }
            None => false,
        })
    }
}

fn lower(text: &str) -> String {
    fold(text).trim().to_lowercase()
}

/// Whether a text is the same when it has been folded, but for its case.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_may_name_its_area_and_month() {
        let found = |pattern, name| {
            captures(pattern, name)
                .map(|found| (found.area.unwrap_or_default(), found.month.unwrap_or_default()))
        };
        let some = |area: &str, month: &str| Some((area.to_owned(), month.to_owned()));
        assert_eq!(found("2-team-{area}.csv", "2-TEAM-Eastvale One.CSV"), some("Eastvale One", ""));
        assert_eq!(found("cin {month}.csv", "cin Apr-26.csv"), some("", "Apr-26"));
        assert_eq!(found("{area}_{month}.xlsx", "North_2026-04.xlsx"), some("North", "2026-04"));
        assert_eq!(found("mosaic*.xlsx", "mosaic.xlsx"), some("", ""));
        assert_eq!(found("mosaic*.xlsx", "a mosaic.xlsx"), None);
        assert_eq!(found("team-{area}.csv", "team-.csv"), None);
    }

    #[test]
    fn a_name_may_be_nearly_what_is_meant() {
        assert!(is_nearly("mosaic*.xlsx", "Mosiac April.xlsx"));
        assert!(is_nearly("cic list.csv", "CIC lists (1).csv"));
        assert!(!is_nearly("mosaic*.xlsx", "mosaic.csv"));
        assert!(!is_nearly("*.csv", "anything.csv"));
        assert!(!is_nearly("mosaic*.csv", "liberi.csv"));
    }

    #[test]
    fn a_star_is_any_text() {
        for (pattern, text) in [
            ("Grand Total", "grand  total"),
            ("* Total", "Northgate Total"),
            ("Total*", "TOTAL (all)"),
            ("*of*which*", "12 of 20, which"),
            ("*", ""),
            ("North*", "North"),
        ] {
            assert!(is(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in
            [("* Total", "Total cost"), ("Total", "Totals"), ("ab*ba", "aba"), ("*a*b", "b a")]
        {
            assert!(!is(pattern, text), "{pattern} {text}");
        }
    }
}
