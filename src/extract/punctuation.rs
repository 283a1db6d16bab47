//! What spreadsheets are given around a text so that they leave it as it is.

pub(super) use crate::text::{is_dash, trim};

use crate::text::is_apostrophe;

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
    fn takes_off_the_marks_for_text() {
        for text in ["'12", "12'", "’12", "=\"12\"", "=\" 12 \"", "12"] {
            assert_eq!(without_text_marks(text), "12", "{text}");
        }
        assert_eq!(without_text_marks("=12"), "=12");
        assert_eq!(without_text_marks("'"), "");
    }
}
