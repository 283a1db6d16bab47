//! Letters that the typefaces have not: a document with an empty box in it can be read by nobody.

use std::borrow::Cow;

use super::world::FONTS;

/// The text with the number of each letter that no typeface has: `<U+4E2D>`. What would not be seen
/// anyway, such as a joiner, is left out.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_drawn) { Cow::Borrowed(text) } else { numbered(text, ["<", ">"]).into() }
}

/// The same of text with markup in it.
pub(super) fn shown_in_markup(text: &str) -> String {
    numbered(text, ["&lt;", "&gt;"])
}

fn numbered(text: &str, [before, behind]: [&str; 2]) -> String {
    let mut shown = String::new();
    for letter in text.chars() {
        if is_drawn(letter) || letter == '\n' {
            shown.push(letter);
        } else if !is_invisible(letter) {
            shown.push_str(&format!("{before}U+{:04X}{behind}", u32::from(letter)));
        }
    }
    shown
}

/// Whether one of the typefaces has the letter. What anybody may use as they like means nothing.
fn is_drawn(letter: char) -> bool {
    let code = u32::from(letter);
    let is_private = matches!(code, 0xE000..=0xF8FF | 0xF_0000..=0x10_FFFF);
    !is_private
        && !is_invisible(letter)
        && FONTS.iter().any(|font| font.info().coverage.contains(code))
}

/// Whether the letter only says how its neighbours are to be drawn.
fn is_invisible(letter: char) -> bool {
    matches!(
        u32::from(letter),
        0xAD | 0x34F | 0x61C | 0x180B..=0x180F | 0x200B..=0x200F | 0x2028..=0x202E
            | 0x2060..=0x206F | 0xFE00..=0xFE0F | 0xFEFF | 0xE_0000..=0xE_0FFF
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_without_a_typeface_has_its_number() {
        assert_eq!(shown("Zoë → ↑ Łódź, αβ, Привет £5 – 6"), "Zoë → ↑ Łódź, αβ, Привет £5 – 6");
        assert_eq!(shown("中😀\u{fe0f}!"), "<U+4E2D><U+1F600>!");
        assert_eq!(shown("a\u{200d}b\u{ad}c\u{e000}"), "abc<U+E000>");
    }
}
