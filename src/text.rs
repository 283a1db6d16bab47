//! Functions for words and names in running text: quoting, plurals, the nearest name to a misspelt
//! one, and characters that could control a terminal or a document.

use std::borrow::{Borrow, Cow};

/// A text from a file in quotation marks, unchanged, except that invisible characters are shown as
/// their numbers and a long text is cut.
#[must_use]
pub fn quote(text: &str) -> String {
    /// Longer than any name or figure.
    const MOST: usize = 80;
    // A name is more likely to contain an apostrophe than a quotation mark.
    let mark = if text.contains('"') && !text.contains('\'') { '\'' } else { '"' };
    let mut quoted = String::from(mark);
    for (count, letter) in text.chars().enumerate() {
        if count == MOST {
            quoted.push_str("...");
            break;
        }
        if is_unprintable(letter) || is_invisible(letter) {
            push_number(&mut quoted, letter);
        } else {
            quoted.push(letter);
        }
    }
    quoted.push(mark);
    quoted
}

/// Whether a character has no width: soft hyphens, zero-width spaces, direction marks and
/// byte-order marks.
#[must_use]
pub fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(letter, '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether a character has an effect instead of a shape: control characters, those that change the
/// direction of text, line separators and byte-order marks; also code points that are not
/// characters at all, which XML cannot hold.
///
/// If printed, it could clear a terminal, or show the digits of a figure in another order.
#[must_use]
pub fn is_unprintable(letter: char) -> bool {
    letter.is_control()
        || is_of_direction(letter)
        || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{206a}'..='\u{206f}' | '\u{feff}')
        || matches!(letter, '\u{fff9}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}')
        // The last two code points of each plane.
        || u32::from(letter) & 0xfffe == 0xfffe
}

/// Whether XML 1.0 can hold a character (section 2.2 of its specification): no control characters
/// except tabs and line ends, and neither U+FFFE nor U+FFFF.
#[must_use]
pub fn is_xml(letter: char) -> bool {
    match letter {
        '\t' | '\n' | '\r' => true,
        _ => letter >= ' ' && !matches!(letter, '\u{fffe}' | '\u{ffff}'),
    }
}

/// Whether Unicode calls the character a bidirectional control.
fn is_of_direction(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}')
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text for messages about files, arguments and the system. Unprintable characters are shown as
/// their numbers, such as `<U+001B>`, so that the user can find them. Line ends and tabs are kept.
#[must_use]
pub fn escaped(text: &str) -> Cow<'_, str> {
    escaped_but(text, |letter| matches!(letter, '\n' | '\t'))
}

/// Like [`escaped`], for text that must stay on one line, such as a path.
#[must_use]
pub fn escaped_line(text: &str) -> Cow<'_, str> {
    escaped_but(text, |_| false)
}

fn escaped_but(text: &str, is_kept: impl Fn(char) -> bool) -> Cow<'_, str> {
    if is_printable_ascii(text) {
        return text.into();
    }
    replaced(text, |letter, escaped| {
        if is_unprintable(letter) && !is_kept(letter) {
            push_number(escaped, letter);
        } else {
            escaped.push(letter);
        }
    })
}

/// A text for a page, such as a name or a sentence. Line ends and tabs become spaces, characters
/// that change the direction of text are removed, and other unprintable characters are shown as
/// their numbers.
///
/// Direction marks come with text from other programs and mean nothing in English. A control
/// character is usually what is left of a letter that was read in the wrong encoding, and removing
/// it would hide that.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    if is_printable_ascii(text) {
        return text.into();
    }
    replaced(text, |letter, printable| match letter {
        '\u{2028}' | '\u{2029}' => printable.push(' '),
        _ if letter.is_control() && letter.is_whitespace() => printable.push(' '),
        '\u{206a}'..='\u{206f}' | '\u{feff}' => {}
        _ if is_of_direction(letter) => {}
        _ if is_unprintable(letter) => push_number(printable, letter),
        _ => printable.push(letter),
    })
}

/// A quick test that nearly every text passes.
fn is_printable_ascii(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// The text with every character passed to `put`, if any of them is unprintable.
fn replaced(text: &str, put: impl Fn(char, &mut String)) -> Cow<'_, str> {
    if !text.contains(is_unprintable) {
        return text.into();
    }
    let mut replaced = String::with_capacity(text.len() + 8);
    text.chars().for_each(|letter| put(letter, &mut replaced));
    replaced.into()
}

/// Appends a character as its number, such as `<U+001B>`.
fn push_number(text: &mut String, letter: char) {
    text.push_str(&format!("<U+{:04X}>", u32::from(letter)));
}

/// `did you mean "…"? ` with the nearest of `names`; empty if none is near.
pub fn did_you_mean<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> String {
    nearest(wrong, names).map_or_else(String::new, hint)
}

/// `did you mean "…"? `
#[must_use]
pub fn hint(name: &str) -> String {
    format!("did you mean {}? ", quote(name))
}

/// The name that `wrong` was probably meant to be: one in which a few letters differ, are missing,
/// are added or are transposed. The longer a name, the more may be wrong. `None` if no name is
/// near, and for a text as short as `9`, which is more likely another name than a misspelling.
pub fn nearest<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let wrong = wrong.to_lowercase();
    let (length, letters) = (wrong.chars().count(), letters(&wrong));
    let mut best: Option<(usize, &str)> = None;
    for name in names {
        let longer = length.max(name.chars().count());
        let most = (longer / 4).clamp(usize::from(longer > 2), 4);
        // Only a nearer name replaces the best one so far.
        let most = match best {
            Some((0, _)) => break,
            Some((distance, _)) => most.min(distance - 1),
            None => most,
        };
        // Counting letters is quick and rules most names out: each mistake changes at most two of
        // the counts.
        let differ: usize = self::letters(name)
            .iter()
            .zip(&letters)
            .map(|(a, b)| usize::from(a.abs_diff(*b)))
            .sum();
        if differ > 2 * most {
            continue;
        }
        let distance = strsim::osa_distance(&wrong, &name.to_lowercase());
        if distance <= most {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// Whether a name has every word of a text, or words that begin with them.
#[must_use]
pub fn has_words(name: &str, text: &str) -> bool {
    has_each(name, text, |known, wanted| known.starts_with(wanted))
}

/// Whether a name has every word of a text, some of them misspelt.
#[must_use]
pub fn has_words_like(name: &str, text: &str) -> bool {
    has_each(name, text, |known, wanted| {
        known.starts_with(wanted) || nearest(wanted, [known]).is_some()
    })
}

fn has_each(name: &str, text: &str, is_it: impl Fn(&str, &str) -> bool) -> bool {
    let (known, wanted) = (words(name), words(text));
    !wanted.is_empty() && wanted.iter().all(|wanted| known.iter().any(|word| is_it(word, wanted)))
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// That a text can mean several names: `"St Marys" can mean "St Mary's" or "ST MARYS"`.
#[must_use]
pub fn can_mean(text: &str, names: &[&str]) -> String {
    let names: Vec<_> = names.iter().map(|name| quote(name)).collect();
    format!("{} can mean {}", quote(text), names.join(" or "))
}

/// How often each letter occurs in a text, ignoring case.
fn letters(text: &str) -> [u16; 32] {
    let mut counts = [0_u16; 32];
    for letter in text.chars().flat_map(char::to_lowercase) {
        let count = &mut counts[letter as usize % 32];
        *count = count.saturating_add(1);
    }
    counts
}

/// `9, 19 and 24`; of very many, the first and how many more.
#[must_use]
pub fn list(names: &[&str]) -> String {
    /// As many as a line of a terminal has room for.
    const MOST: usize = 20;
    if names.len() > MOST {
        return format!("{} and {} more", names[..MOST].join(", "), names.len() - MOST);
    }
    and(names)
}

/// Whether two names that differ look the same: but for case, spacing, invisible letters, letters of
/// another alphabet, or accents that are written apart.
#[must_use]
pub fn look_alike(one: &str, other: &str) -> bool {
    // An l and a 1 are told apart by those who type them; letters of two alphabets are not.
    let is_typed = one.is_ascii() && other.is_ascii();
    one != other && (name_key(one) == name_key(other) || !is_typed && look(one) == look(other))
}

/// What a name looks like: the same for names that look alike, also to those in ASCII.
#[must_use]
pub fn look(name: &str) -> String {
    // Capitals look like other letters than small ones, an I like an l and an m like an rn.
    let plain = |text: &str| -> String {
        unicode_security::confusable_detection::skeleton(text).collect::<String>().to_lowercase()
    };
    plain(&plain(&fold(name))).replace(' ', "")
}

/// The letters of a name that are not what they look like: `\u{43e}`, and which they are.
#[must_use]
pub fn letters_beyond_ascii(name: &str) -> String {
    let letters: Vec<_> = name
        .chars()
        .filter(|letter| !letter.is_ascii())
        .map(|letter| format!("U+{:04X}", u32::from(letter)))
        .collect();
    letters.join(", ")
}

/// The right word for a count: `1 child is`, `2 children are`.
#[must_use]
pub fn plural<'w>(count: usize, one: &'w str, more: &'w str) -> &'w str {
    if count == 1 { one } else { more }
}

/// A count in running text: a word up to ten, then digits.
#[must_use]
pub fn number_word(count: usize) -> Cow<'static, str> {
    const WORDS: [&str; 11] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(count).map_or_else(|| count.to_string().into(), |word| Cow::Borrowed(*word))
}

/// The words as a list: `a, b and c`.
#[must_use]
pub fn and<S: Borrow<str>>(items: &[S]) -> String {
    match items {
        [rest @ .., last] if !rest.is_empty() => {
            format!("{} and {}", rest.join(", "), last.borrow())
        }
        _ => items.concat(),
    }
}

/// The text with a capital first letter.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The text with a small first letter.
#[must_use]
pub fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// A text without the spaces and zero-width characters around it, which come along when it is
/// copied from a web page or an e-mail.
#[inline]
#[must_use]
pub fn trim(text: &str) -> &str {
    match text.as_bytes() {
        // Nearly every cell is one of these.
        [] => text,
        [only] if only.is_ascii_graphic() => text,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim_matches(|letter: char| letter.is_whitespace() || is_invisible(letter)),
    }
}

/// A hyphen or dash of any length, or a minus sign.
#[must_use]
pub fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// An apostrophe or a single quotation mark of any shape.
#[must_use]
pub fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '`' | '\u{b4}' | '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2bc}')
}

fn is_quotation_mark(letter: char) -> bool {
    matches!(letter, '"' | '\u{201c}'..='\u{201f}' | '\u{2033}')
}

/// A name with every apostrophe, quotation mark, dash and space replaced with the plainest of its
/// kind.
#[must_use]
pub fn fold(name: &str) -> String {
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

/// A key that is the same for names that differ only in case, spacing and the kind of their
/// punctuation.
#[must_use]
pub fn name_key(name: &str) -> String {
    let mut key = fold(name).to_lowercase();
    key.retain(|letter| letter != ' ');
    key
}

/// The letters (A to Z) and digits of a text in small letters, with a hyphen between its words.
#[must_use]
pub fn hyphenated(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join("-").to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_look_alike_that_nobody_can_tell_apart() {
        for (one, other) in [
            ("North", "N\u{43e}rth"),
            ("Northmoor", "NORTHMOOR"),
            ("North Kent", "North\u{200b} Kent"),
            ("Caf\u{e9}", "Cafe\u{301}"),
            ("9", "\u{ff19}"),
        ] {
            assert!(look_alike(one, other) && look_alike(other, one), "{one} {other}");
        }
        for (one, other) in
            [("North", "North"), ("L1", "11"), ("O", "0"), ("North", "South"), ("Café", "Cafe")]
        {
            assert!(!look_alike(one, other), "{one} {other}");
        }
    }

    #[test]
    fn a_list_reads_as_a_sentence_does() {
        assert_eq!(list(&["9"]), "9");
        assert_eq!(list(&["9", "19", "24"]), "9, 19 and 24");
        assert_eq!(list(&["1"; 23]), format!("{}1 and 3 more", "1, ".repeat(19)));
    }

    #[test]
    fn trims_invisible_characters() {
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
    fn names_that_differ_only_in_form_have_the_same_key() {
        for name in ["North Kent", "NORTH KENT", " north\u{a0}\u{a0}kent ", "NorthKent"] {
            assert_eq!(name_key(name), "northkent", "{name}");
        }
        assert_eq!(name_key("St Mary’s – A"), name_key("ST MARY'S-A"));
        assert_ne!(name_key("St Marys"), name_key("St Mary's"));
    }

    #[test]
    fn the_nearest_name_is_found_where_one_is_near() {
        let names = ["North Kent", "East Kent", "Dover", "8", "19", "target"];
        for (wrong, name) in [
            ("Nort Kent", Some("North Kent")),
            ("north kent", Some("North Kent")),
            ("Noth Knet", Some("North Kent")),
            ("taregt", Some("target")),
            ("Liverpool", None),
            ("West Kent", Some("East Kent")),
            // A different id is not a misspelling.
            ("9", None),
            ("18", None),
        ] {
            assert_eq!(nearest(wrong, names), name, "{wrong}");
        }
        assert_eq!(nearest("t", ["H", "L", "T"]), Some("T"));
    }

    #[test]
    fn a_name_is_found_by_its_words() {
        let name = "CIC Placement Stability: % in same placement";
        assert!(has_words(name, "placement stab") && has_words(name, "stability, CIC"));
        assert!(!has_words(name, "placment stability") && !has_words(name, " %"));
        assert!(has_words_like(name, "placment stability"));
        assert!(!has_words_like(name, "placment adoption"));
    }

    #[test]
    fn a_text_is_quoted_unchanged() {
        assert_eq!(quote("a\u{a0}b"), "\"a\u{a0}b\"");
        assert_eq!(quote("the \"new\" form"), "'the \"new\" form'");
        assert_eq!(quote("a\u{1b}[31m\u{200b}"), "\"a<U+001B>[31m<U+200B>\"");
        assert_eq!(quote(&"é".repeat(1000)).chars().count(), 85);
    }

    #[test]
    fn unprintable_characters_are_shown_or_removed() {
        let hostile = "a\u{1b}[31m\tb\r\nc\u{9b}\u{7f}\u{202e}\u{200f}1\u{fffe}\u{10ffff}é";
        assert_eq!(
            escaped(hostile),
            "a<U+001B>[31m\tb<U+000D>\nc<U+009B><U+007F><U+202E><U+200F>1<U+FFFE><U+10FFFF>é"
        );
        assert_eq!(escaped_line("a\n\tb"), "a<U+000A><U+0009>b");
        assert_eq!(printable(hostile), "a<U+001B>[31m b  c<U+009B><U+007F>1<U+FFFE><U+10FFFF>é");
        // Characters that are common in ordinary text are kept: other scripts, joiners, soft
        // hyphens.
        for text in ["", "plain", "£5 – naïve", "שלום", "a\u{200d}b\u{ad}\u{200b}\u{a0}"] {
            for kept in [escaped(text), escaped_line(text), printable(text)] {
                assert!(matches!(kept, Cow::Borrowed(same) if same == text), "{text}");
            }
        }
    }

    #[test]
    fn a_text_is_hyphenated() {
        assert_eq!(hyphenated("Scorecard - North Kent"), "scorecard-north-kent");
        assert_eq!(hyphenated("é9?A/b"), "9-a-b");
        assert_eq!(hyphenated("日本"), "");
    }
}
