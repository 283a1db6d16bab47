//! Words and names in running text: quoted, in the plural, the nearest to a misspelt one.

/// A text from a file in quotation marks, as it stands; what cannot be seen in it by its number,
/// and of a long one the start.
#[must_use]
pub fn quote(text: &str) -> String {
    /// More than any name or figure has.
    const MOST: usize = 80;
    // An apostrophe is likelier in a name than a quotation mark.
    let mark = if text.contains('"') && !text.contains('\'') { '\'' } else { '"' };
    let mut quoted = String::from(mark);
    for (count, letter) in text.chars().enumerate() {
        if count == MOST {
            quoted.push_str("...");
            break;
        }
        if letter.is_control() || is_invisible(letter) {
            quoted.push_str(&format!("<U+{:04X}>", u32::from(letter)));
        } else {
            quoted.push(letter);
        }
    }
    quoted.push(mark);
    quoted
}

/// Soft hyphens, zero-width spaces, marks of direction and byte-order marks.
#[must_use]
pub fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// `did you mean "…"? ` with the nearest of `names`, or nothing where none is near.
pub fn did_you_mean<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> String {
    nearest(wrong, names).map_or_else(String::new, |name| format!("did you mean {}? ", quote(name)))
}

/// The name that `wrong` is a slip of the pen for, where there is one: a letter or two are other
/// ones, missing, too many or transposed. The longer a name, the more may be; what is as short as
/// `9` is another name and no slip.
pub fn nearest<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let wrong = wrong.to_lowercase();
    let (length, letters) = (wrong.chars().count(), letters(&wrong));
    let mut best: Option<(usize, &str)> = None;
    for name in names {
        let longer = length.max(name.chars().count());
        let most = (longer / 4).clamp(usize::from(longer > 2), 4);
        // What is only as good as another leaves the first.
        let most = match best {
            Some((0, _)) => break,
            Some((distance, _)) => most.min(distance - 1),
            None => most,
        };
        // The letters tell most names apart, and are soon counted: each slip changes two of the
        // counts at most.
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

/// How often each letter is in a text, in capitals or not.
fn letters(text: &str) -> [u16; 32] {
    let mut counts = [0_u16; 32];
    for letter in text.chars().flat_map(char::to_lowercase) {
        let count = &mut counts[letter as usize % 32];
        *count = count.saturating_add(1);
    }
    counts
}

/// `1 child is`, `2 children are`: the word for one and the word for more.
#[must_use]
pub fn plural<'w>(count: usize, one: &'w str, more: &'w str) -> &'w str {
    if count == 1 { one } else { more }
}

/// With a capital first letter.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// With a small first letter.
#[must_use]
pub fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

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
            // Another id is no slip.
            ("9", None),
            ("18", None),
        ] {
            assert_eq!(nearest(wrong, names), name, "{wrong}");
        }
        assert_eq!(nearest("t", ["H", "L", "T"]), Some("T"));
    }

    #[test]
    fn a_text_is_quoted_as_it_stands() {
        assert_eq!(quote("a\u{a0}b"), "\"a\u{a0}b\"");
        assert_eq!(quote("the \"new\" form"), "'the \"new\" form'");
        assert_eq!(quote("a\u{1b}[31m\u{200b}"), "\"a<U+001B>[31m<U+200B>\"");
        assert_eq!(quote(&"é".repeat(1000)).chars().count(), 85);
    }
}
