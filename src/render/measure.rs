//! Measures text, for formats in which the width of a column and the height of a row must be given.
//!
//! Documents use Arial. Every office program has it, or a font with the same widths. Lengths are in
//! thousandths of the font size; too much space is better than too little.

use unicode_width::UnicodeWidthChar;

/// The width of a digit.
pub const DIGIT: u32 = 556;

/// The widths of the characters from the space to the tilde (Helvetica, Adobe Font Metrics; Arial
/// has the same widths).
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// The width of a text on one line; bold text is a little wider.
#[must_use]
pub fn width(text: &str, bold: bool) -> u32 {
    let width = text.chars().map(letter).fold(0, u32::saturating_add);
    if bold { width.saturating_add(width / 8) } else { width }
}

fn letter(letter: char) -> u32 {
    let ascii = u32::from(letter)
        .checked_sub(u32::from(' '))
        .and_then(|index| WIDTHS.get(usize::try_from(index).ok()?));
    match (ascii, letter.width().unwrap_or(0)) {
        (Some(width), _) => u32::from(*width),
        (None, 0) => 0,
        (None, 1) => 600,
        // Arrows and other wide characters.
        (None, _) => 1000,
    }
}

/// The width of the longest word.
#[must_use]
pub fn longest_word(text: &str, bold: bool) -> u32 {
    text.split_whitespace().map(|word| width(word, bold)).max().unwrap_or(0)
}

/// How many lines a text takes if `room` is the width of a line.
#[must_use]
pub fn lines(text: &str, room: u32, bold: bool) -> u32 {
    let (space, room) = (width(" ", bold), room.max(1));
    let (mut lines, mut used) = (1, 0u32);
    for word in text.split_whitespace() {
        let word = width(word, bold);
        let with = used.saturating_add(space).saturating_add(word);
        if used > 0 && with <= room {
            used = with;
            continue;
        }
        // A word that is longer than a line is split.
        let more = word.saturating_sub(1) / room;
        lines += more + u32::from(used > 0);
        used = word - more * room;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_measured() {
        assert_eq!(width("0123456789", false), 10 * DIGIT);
        assert_eq!(width("~", false), 584);
        assert!(width("Worsened", true) > width("Worsened", false));
        assert_eq!(longest_word("DoT from previous", false), width("previous", false));
    }

    #[test]
    fn lines_break_at_spaces_and_within_long_words() {
        assert_eq!(lines("", 1000, false), 1);
        assert_eq!(lines("one two", width("one two", false), false), 1);
        assert_eq!(lines("one two", width("one", false), false), 2);
        assert_eq!(lines("0000000000", 5 * DIGIT, false), 2);
        assert_eq!(lines("a 0000000000 b", 5 * DIGIT, false), 4);
    }
}
