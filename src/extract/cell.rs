//! The text of a cell as a figure.

use crate::figure::{Decimal, NotADecimal};

/// What a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// No figure.
    Missing,
    /// There is a figure, and it may not be shown.
    Suppressed,
    /// A figure.
    Number {
        /// The figure.
        number: Decimal,
        /// Whether a `%` followed it.
        percent: bool,
    },
}

/// Why a cell is not a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not a number.
    NotANumber,
    /// Commas that do not stand between groups of three digits.
    Grouping,
    /// More digits than a spreadsheet keeps.
    TooManyDigits,
}

impl Cell {
    /// Reads a cell: digits, with thousands separators in groups of three, a `%` sign and decimals, or one of the
    /// words for no figure (`-`, `n/a`, `..`, `[x]`, `[z]`) and for a suppressed one (`[c]`).
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let text = text.trim();
        if text.is_empty() || matches!(text, "-" | "..") || ["n/a", "[x]", "[z]"].iter().any(|word| text.eq_ignore_ascii_case(word)) {
            return Ok(Self::Missing);
        }
        if text.eq_ignore_ascii_case("[c]") {
            return Ok(Self::Suppressed);
        }
        let (text, percent) = text.strip_suffix('%').map_or((text, false), |number| (number.trim_end(), true));
        let number = if text.contains(',') { without_separators(text)?.parse() } else { text.parse() };
        match number {
            Ok(number) => Ok(Self::Number { number, percent }),
            Err(NotADecimal::NotANumber) => Err(Unreadable::NotANumber),
            Err(NotADecimal::TooManyDigits) => Err(Unreadable::TooManyDigits),
        }
    }
}

/// Takes out the commas of `12,345.6`, where they stand between groups of three.
fn without_separators(text: &str) -> Result<String, Unreadable> {
    let digits = text.trim_start_matches(['-', '+']);
    let whole = digits.split('.').next().unwrap_or_default();
    if digits.bytes().any(|byte| !matches!(byte, b'0'..=b'9' | b',' | b'.')) {
        return Err(Unreadable::NotANumber);
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let in_threes = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3) && digits[whole.len()..].find(',').is_none();
    if in_threes { Ok(text.replace(',', "")) } else { Err(Unreadable::Grouping) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Cell {
        Cell::Number { number: text.parse().expect("a number"), percent: false }
    }

    #[test]
    fn reads_figures_as_people_write_them() {
        for (text, plain) in
            [("12542", "12542"), (" 12,542 ", "12542"), ("1,234,567.80", "1234567.80"), ("-1,234", "-1234"), ("999", "999")]
        {
            assert_eq!(Cell::read(text), Ok(number(plain)), "{text:?}");
        }
        assert_eq!(Cell::read("84.5 %"), Ok(Cell::Number { number: "84.5".parse().expect("a number"), percent: true }));
    }

    #[test]
    fn knows_the_words_for_no_figure_from_the_word_for_a_secret_one() {
        for text in ["", " ", "-", "n/a", "N/A", "..", "[x]", "[z]"] {
            assert_eq!(Cell::read(text), Ok(Cell::Missing), "{text:?}");
        }
        assert_eq!(Cell::read("[c]"), Ok(Cell::Suppressed));
    }

    #[test]
    fn refuses_what_it_would_have_to_guess_at() {
        for text in ["12,5", "1,2345", ",123", "1,23,456", "1234,567", "1.234,5"] {
            assert_eq!(Cell::read(text), Err(Unreadable::Grouping), "{text:?}");
        }
        for text in ["Jan-16", "#DIV/0!", "1.2E+04", "12 %%", "%", "--", "five", "1,0a0"] {
            assert_eq!(Cell::read(text), Err(Unreadable::NotANumber), "{text:?}");
        }
        assert_eq!(Cell::read("1,234,567,890,123,456"), Err(Unreadable::TooManyDigits));
    }
}
