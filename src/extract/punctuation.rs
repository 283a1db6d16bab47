//! What word processors and spreadsheets do to the characters between letters: curly apostrophes,
//! long dashes, spaces that do not break, and marks that nobody sees.

use crate::text::is_invisible;

/// A text without the spaces around it, nor marks that have no width: what is copied from a web
/// page or an e-mail brings them along.
#[inline]
pub(super) fn trim(text: &str) -> &str {
    match text.as_bytes() {
        // As nearly every cell is.
        [] => text,
        [only] if only.is_ascii_graphic() => text,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim_matches(|letter: char| letter.is_whitespace() || is_invisible(letter)),
    }
}

/// A hyphen or dash of any length, or a minus sign.
pub(super) fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// An apostrophe or a single quotation mark of any shape.
pub(super) fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '`' | '\u{b4}' | '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2bc}')
}

fn is_quotation_mark(letter: char) -> bool {
    matches!(letter, '"' | '\u{201c}'..='\u{201f}' | '\u{2033}')
}

/// A name with every kind of apostrophe, quotation mark, dash and space made the plainest of its
/// kind.
pub(super) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for letter in trim(name).chars().filter(|letter| !is_invisible(*letter)) {
        match letter {
            _ if is_apostrophe(letter) => folded.push('\''),
            _ if is_quotation_mark(letter) => folded.push('"'),
            _ if is_dash(letter) => folded.push('-'),
            _ if letter.is_whitespace() => {
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            _ => folded.push(letter),
        }
    }
    folded
}

/// What a cell holds without what was put around it so that a spreadsheet takes it for text: `'12`
/// and `="12"`.
pub(super) fn without_text_marks(text: &str) -> &str {
    if let Some(quoted) = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        return trim(quoted);
    }
    let text = text.strip_prefix(is_apostrophe).unwrap_or(text);
    trim(text.strip_suffix(is_apostrophe).unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_what_nobody_sees() {
        assert_eq!(trim("\u{feff}\u{a0} 12\u{200b}\t"), "12");
        assert_eq!(trim("\u{2009}"), "");
        assert_eq!(trim("a b"), "a b");
    }

    #[test]
    fn names_that_differ_in_punctuation_alone_fold_to_the_same() {
        for name in [
            "St Mary’s – North",
            "St Mary's - North",
            "St\u{a0}Mary‘s \u{2014}  North",
            " St Mary`s\u{200b} \u{2212} North ",
        ] {
            assert_eq!(fold(name), "St Mary's - North", "{name:?}");
        }
        assert_ne!(fold("St Marys - North"), fold("St Mary's - North"));
    }

    #[test]
    fn takes_off_the_marks_for_text() {
        for text in ["'12", "12'", "’12", "=\"12\"", "=\" 12 \"", "12"] {
            assert_eq!(without_text_marks(text), "12", "{text}");
        }
        assert_eq!(without_text_marks("=12"), "=12");
        assert_eq!(without_text_marks("'"), "");
    }
}
