//! The text of a cell as a figure.

use super::mark::Mark;
use super::punctuation::{is_dash, trim, without_text_marks};
use super::unreadable::Unreadable;
use crate::figure::{NotADecimal, Reason, ShortDecimal};

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellValue {
    /// Nothing.
    Blank,
    /// That there is no figure.
    Missing,
    /// That there is no figure, and why.
    NoFigure(Reason),
    /// There is a figure, and it may not be shown.
    Suppressed,
    /// It rounds to 0 and is not 0.
    Low,
    /// A figure.
    Number {
        /// The figure.
        number: ShortDecimal,
        /// Whether a `%` followed it.
        percent: bool,
        /// How firm it is, if that follows it: `12 [p]`.
        mark: Option<Mark>,
    },
}

impl CellValue {
    /// Reads a cell: a figure as people and spreadsheets write it, or one of the words for no
    /// figure (`-`, `n/a`, `..`, `[x]`, `[z]`), for why there is none (`not reported`), for a
    /// suppressed one (`[c]`) and for one that rounds to 0 (`[low]`).
    ///
    /// A figure is digits with a decimal point, thousands in groups of three between commas or
    /// spaces, a sign in front, a `£` in front, a `%` behind, and a mark such as `[p]` after that.
    /// What could mean two things is not read.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        if text.is_empty() {
            return Ok(Self::Blank);
        }
        match ShortDecimal::parse(text.as_bytes()) {
            Ok(number) => Ok(Self::Number { number, percent: false, mark: None }),
            Err(NotADecimal::TooManyDigits) => Err(Unreadable::TooManyDigits),
            Err(NotADecimal::NotANumber) => Self::read_other(text),
        }
    }

    /// Why there is no figure, where it says that.
    pub(super) fn reason(self) -> Option<Reason> {
        if let Self::NoFigure(reason) = self { Some(reason) } else { None }
    }

    /// Reads a cell that is not digits alone.
    fn read_other(text: &str) -> Result<Self, Unreadable> {
        let text = without_text_marks(trim(text));
        if let Some(word) = Self::word(text) {
            return Ok(word);
        }
        let (text, mark) =
            Mark::split(text).map_or((text, None), |(text, mark)| (trim(text), Some(mark)));
        let (figure, percent) =
            text.strip_suffix('%').map_or((text, false), |figure| (trim(figure), true));
        let figure = plain(figure).ok_or_else(|| Unreadable::why(text))?;
        match ShortDecimal::parse(figure.as_bytes()) {
            Ok(number) => Ok(Self::Number { number, percent, mark }),
            Err(NotADecimal::NotANumber) => Err(Unreadable::why(text)),
            Err(NotADecimal::TooManyDigits) => Err(Unreadable::TooManyDigits),
        }
    }

    /// What is said in a word instead of a figure: the symbols of the Government Statistical
    /// Service, also without their brackets, where they are letters that mean nothing else.
    fn word(text: &str) -> Option<Self> {
        let mut letters = text.chars();
        let is_dash = letters.next().is_some_and(is_dash) && letters.next().is_none();
        if text.is_empty() {
            return Some(Self::Blank);
        }
        if is_dash || text == ".." {
            return Some(Self::Missing);
        }
        if let Some(reason) = Reason::from_words(text) {
            return Some(Self::NoFigure(reason));
        }
        let words = [
            (Self::Missing, ["n/a", "[x]", "[z]", "z", "[u]"].as_slice()),
            (Self::Suppressed, &["[c]", "c"]),
            (Self::Low, &["[low]", "low"]),
        ];
        let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
        words.into_iter().find(|(_, words)| is(words)).map(|(value, _)| value)
    }
}

/// A figure in digits, point and sign alone; nothing, where its separators do not stand between
/// groups of three or it is no figure.
fn plain(figure: &str) -> Option<String> {
    let mut rest = figure;
    let mut plain = String::with_capacity(figure.len());
    let mut pounds = false;
    // `-£12` and `£-12` are both written; an em dash stands for a missing figure and not for a
    // minus.
    while let Some(first) = rest.chars().next() {
        match first {
            '£' if !pounds => pounds = true,
            '+' | '-' | '\u{2010}'..='\u{2013}' | '\u{2212}' if plain.is_empty() => {
                plain.push(if first == '+' { '+' } else { '-' });
            }
            _ => break,
        }
        rest = &rest[first.len_utf8()..];
        if pounds {
            rest = trim(rest);
        }
    }
    let (whole, fraction) = rest.find('.').map_or((rest, ""), |point| rest.split_at(point));
    let is_space = |letter: char| letter.is_whitespace() && !letter.is_control();
    let separator = whole.chars().find(|letter| *letter == ',' || is_space(*letter));
    match separator {
        None => plain.push_str(whole),
        Some(separator) => {
            // A space may be of several kinds in one figure; a comma and a space may not.
            let is_separator =
                |letter: char| if separator == ',' { letter == ',' } else { is_space(letter) };
            for (index, group) in whole.split(is_separator).enumerate() {
                let fits =
                    if index == 0 { (1..=3).contains(&group.len()) } else { group.len() == 3 };
                if !fits || !group.bytes().all(|byte| byte.is_ascii_digit()) {
                    return None;
                }
                plain.push_str(group);
            }
        }
    }
    plain.push_str(fraction);
    Some(plain)
}

/// Whether a figure is one thing where a comma is the decimal mark and another where a point is:
/// `1,234` and `1.234`.
pub(super) fn depends_on_the_decimal_mark(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-', '£', ' ']).trim_end_matches(['%', ' ']);
    let Some(mark) = digits.find([',', '.']) else { return false };
    let (whole, fraction) = (&digits[..mark], &digits[mark + 1..]);
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_group = (1..=3).contains(&whole.len()) && is_digits(whole) && !whole.starts_with('0');
    digits.as_bytes()[mark] == b',' || is_group && fraction.len() == 3 && is_digits(fraction)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Decimal;
    use proptest::prelude::*;

    fn number(text: &str) -> CellValue {
        CellValue::Number {
            number: ShortDecimal::parse(text.as_bytes()).expect("a number"),
            percent: false,
            mark: None,
        }
    }

    #[test]
    fn reads_figures_as_people_and_spreadsheets_write_them() {
        for (text, plain) in [
            ("12542", "12542"),
            (" 12,542 ", "12542"),
            ("1,234,567.80", "1234567.80"),
            ("-1,234", "-1234"),
            ("+5", "5"),
            ("999", "999"),
            ("1 234 567", "1234567"),
            ("1\u{a0}234\u{202f}567.5", "1234567.5"),
            ("\u{a0}12\u{2009}", "12"),
            ("\u{2212}1.5", "-1.5"),
            ("–3", "-3"),
            ("£1,234.50", "1234.50"),
            ("-£12", "-12"),
            ("£ -12", "-12"),
            ("'12", "12"),
            ("12'", "12"),
            ("=\"007\"", "7"),
            ("\u{feff}12\u{200b}", "12"),
        ] {
            assert_eq!(CellValue::read(text), Ok(number(plain)), "{text:?}");
        }
        for text in ["84.5%", "84.5 %", "'84.5\u{a0}%"] {
            assert_eq!(
                CellValue::read(text),
                Ok(CellValue::Number {
                    number: ShortDecimal::parse(b"84.5").expect("a number"),
                    percent: true,
                    mark: None
                })
            );
        }
    }

    #[test]
    fn knows_the_words_for_no_figure_from_the_word_for_a_secret_one() {
        for text in ["", " ", "\u{a0}", "'"] {
            assert_eq!(CellValue::read(text), Ok(CellValue::Blank), "{text:?}");
        }
        for text in ["-", "–", "—", "\u{2212}", "'-", "n/a", "N/A", "..", "[x]", "[Z]", "z", "[u]"]
        {
            assert_eq!(CellValue::read(text), Ok(CellValue::Missing), "{text:?}");
        }
        for (text, reason) in [
            ("not reported", Reason::NotReported),
            ("Not reported", Reason::NotReported),
            ("TBC", Reason::Tbc),
            ("'to be  confirmed ", Reason::ToBeConfirmed),
            ("Not due", Reason::NotDue),
            ("NOT APPLICABLE", Reason::NotApplicable),
        ] {
            assert_eq!(CellValue::read(text), Ok(CellValue::NoFigure(reason)), "{text:?}");
        }
        for text in ["not", "not reported?", "not reported [p]", "tbc 12"] {
            assert!(CellValue::read(text).is_err(), "{text:?}");
        }
        for text in ["[c]", "c", "C"] {
            assert_eq!(CellValue::read(text), Ok(CellValue::Suppressed), "{text:?}");
        }
        for text in ["[low]", "low", "[LOW]"] {
            assert_eq!(CellValue::read(text), Ok(CellValue::Low), "{text:?}");
        }
        // What these mean only those know who wrote them.
        for text in ["x", "K", "u", ":", "~", "*", "**"] {
            assert_eq!(CellValue::read(text), Err(Unreadable::Symbol), "{text:?}");
        }
    }

    #[test]
    fn a_mark_may_follow_a_figure() {
        let marked = |text: &str, percent, mark| {
            let number = ShortDecimal::parse(text.as_bytes()).expect("a number");
            Ok(CellValue::Number { number, percent, mark: Some(mark) })
        };
        for (text, expected) in [
            ("12 [p]", marked("12", false, Mark::Provisional)),
            ("1,234[r]", marked("1234", false, Mark::Revised)),
            ("84.5% [E]", marked("84.5", true, Mark::Estimated)),
            ("3\u{a0}[u]", marked("3", false, Mark::Unreliable)),
        ] {
            assert_eq!(CellValue::read(text), expected, "{text}");
        }
        for text in ["[p]", "12 [c]", "12 [x]", "12 p", "[p] 12"] {
            assert!(CellValue::read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn refuses_what_it_would_have_to_guess_at() {
        let refused = "12,5|1,2345|,123|1,23,456|1234,567|1.234,5|1 23|1  234|1,234 567|12 \
            34|--|—5|££5|5£|--5|%|12 %%|1,0a0|1.2.3|five";
        for text in refused.split('|') {
            assert_eq!(CellValue::read(text), Err(Unreadable::why(text)), "{text:?}");
        }
        assert_eq!(CellValue::read("1,234,567,890,123,456"), Err(Unreadable::TooManyDigits));
        assert_eq!(CellValue::read("1234567890123456"), Err(Unreadable::TooManyDigits));
    }

    #[test]
    fn knows_what_the_decimal_mark_decides() {
        for text in ["1,234", "1.234", "£12.345", "-123.456", "12,5", "12.345%"] {
            assert!(depends_on_the_decimal_mark(text), "{text}");
        }
        for text in ["1234", "0.234", "12.5", "1.2345", "1234.567", "[c]", "-", "n/a", ".."] {
            assert!(!depends_on_the_decimal_mark(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_cell_or_a_reason(text in "\\PC{0,12}|[0-9,. £%'()\\-–e#/]{0,12}") {
            let _ = CellValue::read(&text);
            let _ = depends_on_the_decimal_mark(&text);
        }

        /// However thousands are separated, it is the same figure.
        #[test]
        fn separators_between_groups_of_three_change_nothing(figure in 0i64..999_999_999_999, separator in "[, \u{a0}\u{2009}\u{202f}]") {
            let text = Decimal::new(figure, 0).grouped().replace(',', &separator);
            prop_assert_eq!(CellValue::read(&text), Ok(number(&figure.to_string())));
        }
    }
}
