//! The numbers of a workbook as they would stand in a CSV file.
//!
//! A workbook keeps a number as a binary fraction, written with up to 17 digits: 0.58 is
//! `0.57999999999999996`. Excel itself keeps and shows 15 significant digits, so what is read is
//! the number rounded to those: digit by digit, never as a floating point number. It is the number
//! that is stored which is read, in full, and not the digits that its cell shows. The format of the
//! cell tells what it is, a number, a percentage or a date, and to how many decimals it is known at
//! least: 78.0% is stored as `0.78`.

use super::super::dates;
use crate::figure::{MAX_DIGITS, MAX_SCALE};

/// What the format of a cell makes of its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberFormat {
    /// A number, shown with so many decimals at least.
    Number {
        /// How many.
        decimals: u8,
    },
    /// A hundred times the number, with a `%`.
    Percent {
        /// Likewise.
        decimals: u8,
    },
    /// A date or a time.
    Date,
}

impl Default for NumberFormat {
    fn default() -> Self {
        Self::Number { decimals: 0 }
    }
}

impl NumberFormat {
    /// The formats that every workbook has: ECMA-376, part 1, 18.8.30; 27 to 36 and 50 to 58 are
    /// dates in East Asia.
    pub(super) fn built_in(id: u32) -> Self {
        match id {
            9 => Self::Percent { decimals: 0 },
            10 => Self::Percent { decimals: 2 },
            14..=22 | 27..=36 | 45..=47 | 50..=58 => Self::Date,
            2 | 4 | 7 | 8 | 39 | 40 | 43 | 44 => Self::Number { decimals: 2 },
            _ => Self::Number { decimals: 0 },
        }
    }

    /// A format of the workbook's own, by its code, such as `0.0%` or `dd/mm/yyyy`: the part of it
    /// that is for numbers above 0. Text in it, in quotation marks or after a backslash, means
    /// nothing.
    pub(super) fn of_code(code: &str) -> Self {
        if is_word(code) {
            return Self::default();
        }
        let (mut is_percent, mut after_point, mut decimals) = (false, false, 0u8);
        let mut letters = code.chars();
        while let Some(letter) = letters.next() {
            match letter {
                ';' => break,
                '"' => _ = letters.find(|letter| *letter == '"'),
                // A letter to show, one to leave room for, one to fill with.
                '\\' | '_' | '*' => _ = letters.next(),
                '[' => {
                    let bracket: String =
                        letters.by_ref().take_while(|letter| *letter != ']').collect();
                    // Hours and minutes that go on beyond a day; anything else is a colour, a
                    // condition or a currency.
                    if !bracket.is_empty()
                        && bracket
                            .chars()
                            .all(|letter| matches!(letter.to_ascii_lowercase(), 'h' | 'm' | 's'))
                    {
                        return Self::Date;
                    }
                }
                '%' => is_percent = true,
                '.' => after_point = true,
                '0' if after_point => decimals = decimals.saturating_add(1),
                // In scientific notation the decimals are not the number's own; a fraction has
                // none.
                'E' | '/' => return Self::Number { decimals: 0 },
                _ if matches!(letter.to_ascii_lowercase(), 'd' | 'm' | 'y' | 'h' | 's') => {
                    return Self::Date;
                }
                _ => {}
            }
        }
        if is_percent { Self::Percent { decimals } } else { Self::Number { decimals } }
    }

    /// A stored number as text: `12.5`, `78.4%`, `2016-01-12`. What cannot be one is left as it is.
    pub(super) fn text(self, stored: &str, from_1904: bool) -> String {
        let text = match self {
            Self::Number { decimals } => plain(stored, 0).map(|number| padded(number, decimals)),
            Self::Percent { decimals } => {
                plain(stored, 2).map(|number| padded(number, decimals) + "%")
            }
            Self::Date => plain(stored, 0).and_then(|days| {
                let days = days.split('.').next().unwrap_or_default();
                dates::of_serial(days.parse().ok()?, from_1904)
            }),
        };
        text.unwrap_or_else(|| match self {
            // Not even a day before the first: it must not be taken for a figure.
            Self::Date if stored.trim_start().starts_with('-') => format!("{stored} as a date"),
            _ => stored.to_owned(),
        })
    }
}

/// The parts of a format, in their order: what they are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FormatPart {
    Positive,
    Negative,
    Zero,
    Text,
}

impl FormatPart {
    /// The part that is for a stored number.
    pub(super) fn of_number(stored: &str) -> Self {
        let number = stored.split(['e', 'E']).next().unwrap_or_default();
        if !number.bytes().any(|byte| matches!(byte, b'1'..=b'9')) {
            Self::Zero
        } else if number.trim_start().starts_with('-') {
            Self::Negative
        } else {
            Self::Positive
        }
    }
}

/// Which parts of a format show anything, in their order: `;;;` shows nothing at all, and `0;-0;;@` no 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shown([bool; 4]);

impl Default for Shown {
    fn default() -> Self {
        Self([true; 4])
    }
}

impl Shown {
    /// What a format shows by its code. With two parts, 0 is shown as what is above it. Parts with
    /// conditions of their own are taken to show everything.
    pub(super) fn of_code(code: &str) -> Self {
        let Some(parts) = visible_parts(code) else { return Self::default() };
        match parts[..] {
            [positive, negative] => Self([positive, negative, positive, true]),
            [positive, negative, zero] => Self([positive, negative, zero, true]),
            [positive, negative, zero, text, ..] => Self([positive, negative, zero, text]),
            _ => Self::default(),
        }
    }

    /// Whether anything is shown of what a part is for.
    pub(super) fn shows(self, part: FormatPart) -> bool {
        self.0[part as usize]
    }
}

/// For each part of a code whether it shows anything. `None` where a part has a condition.
fn visible_parts(code: &str) -> Option<Vec<bool>> {
    let mut parts = vec![false];
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        let shows = match letter {
            ';' => {
                parts.push(false);
                continue;
            }
            '"' => letters.by_ref().take_while(|letter| *letter != '"').any(|letter| letter != ' '),
            '\\' => letters.next().is_some_and(|letter| letter != ' '),
            // Room as wide as a letter.
            '_' => {
                letters.next();
                false
            }
            // A letter that fills the cell.
            '*' => letters.next().is_some_and(|letter| letter != ' '),
            '[' => {
                let bracket: String =
                    letters.by_ref().take_while(|letter| *letter != ']').collect();
                if bracket.starts_with(['<', '>', '=']) {
                    return None;
                }
                // A currency is shown, and so are hours; a colour colours what is.
                bracket.starts_with('$') || bracket.len() <= 2
            }
            ' ' => false,
            _ => true,
        };
        if let Some(part) = parts.last_mut() {
            *part |= shows;
        }
    }
    Some(parts)
}

/// Whether a code is a word and not made of the letters of dates: `General`, and what other
/// programs call it, such as `Standard`.
fn is_word(code: &str) -> bool {
    let section = code.split(';').next().unwrap_or_default().trim();
    let is_of_dates = |letter: char| "abdeghmpsy".contains(letter.to_ascii_lowercase());
    !section.is_empty()
        && section.chars().all(char::is_alphabetic)
        && !section.chars().all(is_of_dates)
}

/// A number with so many decimals at least, as far as there is room for them in a figure.
fn padded(mut number: String, decimals: u8) -> String {
    let there_are = number.find('.').map_or(0, |point| number.len() - point - 1);
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let more =
        usize::from(decimals).saturating_sub(there_are).min(MAX_DIGITS.saturating_sub(digits));
    if more > 0 && there_are == 0 {
        number.push('.');
    }
    number.extend(std::iter::repeat_n('0', more));
    number
}

/// A number without an exponent, rounded half away from zero to as many digits as a figure may
/// have, without zeros at the end, and times ten to the power of `shift`.
fn plain(stored: &str, shift: i32) -> Option<String> {
    /// The largest exponent of a floating point number is 308.
    const LARGEST: i32 = 400;
    let stored = stored.trim();
    let (sign, number) = stored.strip_prefix('-').map_or(("", stored), |number| ("-", number));
    let (number, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let exponent: i32 = exponent.parse().ok().filter(|exponent: &i32| exponent.abs() <= LARGEST)?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() + fraction.len() == 0
        || !all_digits(whole)
        || !all_digits(fraction)
        || number.len() > 400
    {
        return None;
    }
    // The number is 0.d1d2d3... times ten to the power of `point`.
    let mut digits: Vec<u8> =
        whole.bytes().chain(fraction.bytes()).map(|byte| byte - b'0').collect();
    let leading = digits.iter().take_while(|digit| **digit == 0).count();
    digits.drain(..leading);
    let mut point =
        i32::try_from(whole.len()).ok()? - i32::try_from(leading).ok()? + exponent + shift;
    // A figure has no more than so many digits, nor so many decimal places.
    let most = usize::try_from(point + i32::from(MAX_SCALE)).unwrap_or(0).min(MAX_DIGITS);
    if point + i32::from(MAX_SCALE) < 0 {
        digits.clear();
    }
    if digits.len() > most {
        let up = digits[most] >= 5;
        digits.truncate(most);
        if up {
            if let Some(index) = digits.iter().rposition(|digit| *digit < 9) {
                digits.truncate(index + 1);
                digits[index] += 1;
            } else {
                digits = vec![1];
                point += 1;
            }
        }
    }
    digits.truncate(digits.iter().rposition(|digit| *digit != 0).map_or(0, |last| last + 1));
    if digits.is_empty() {
        return Some("0".to_owned());
    }
    let mut text = sign.to_owned();
    let digit = |index: i32| {
        usize::try_from(index)
            .ok()
            .and_then(|index| digits.get(index))
            .map_or('0', |digit| char::from(b'0' + digit))
    };
    if point > 0 {
        text.extend((0..point).map(digit));
    } else {
        text.push('0');
    }
    let last = i32::try_from(digits.len()).ok()?;
    if last > point {
        text.push('.');
        text.extend((point..last).map(digit));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(stored: &str) -> String {
        NumberFormat::default().text(stored, false)
    }

    #[test]
    fn a_stored_number_is_its_shortest_decimal_of_fifteen_digits() {
        for (stored, text) in [
            ("12542", "12542"),
            ("0.57999999999999996", "0.58"),
            ("0.1", "0.1"),
            ("333.60000000000002", "333.6"),
            ("99.999999999999716", "99.9999999999997"),
            ("99.999999999999999", "100"),
            ("1.2E-2", "0.012"),
            ("1.2542E+4", "12542"),
            ("1E+20", "100000000000000000000"),
            ("-0.5", "-0.5"),
            ("-0", "0"),
            ("000", "0"),
            ("0.33333333333333331", "0.333333333333333"),
            ("3.3333333333333333E-2", "0.033333333333333"),
            ("5.5511151231257827E-17", "0"),
            ("9.9E-16", "0.000000000000001"),
            ("4.9E-16", "0"),
            ("123456789012345678", "123456789012346000"),
            ("1.0000000000000002", "1"),
        ] {
            assert_eq!(number(stored), text, "{stored}");
        }
        for stored in ["", "five", "1.2.3", "1E999999999999", "--1", "1e", "."] {
            assert_eq!(number(stored), stored);
        }
    }

    #[test]
    fn a_format_tells_percentages_and_dates_from_numbers() {
        let numbers = "General|0|#,##0|0.00E+00|@|[Red]0|[$£-809]#,##0|0\\%|#,##0\" days\"|_(* \
            #,##0_)|0;0.0%|# ?/?|0.##";
        for code in numbers.split('|') {
            assert_eq!(NumberFormat::of_code(code), NumberFormat::Number { decimals: 0 }, "{code}");
        }
        for code in ["0.0", "#,##0.0_);(#,##0.00)", "0.0\"%\"", "[<5]0.0", "0.0#"] {
            assert_eq!(NumberFormat::of_code(code), NumberFormat::Number { decimals: 1 }, "{code}");
        }
        for code in ["0.0%", "[>=1]0.0%;0%", "0.0 %"] {
            assert_eq!(
                NumberFormat::of_code(code),
                NumberFormat::Percent { decimals: 1 },
                "{code}"
            );
        }
        for code in
            ["dd/mm/yyyy", "mmm-yy", "[h]:mm", "[$-809]d mmmm yyyy;@", "yyyy\\-mm", "h:mm AM/PM"]
        {
            assert_eq!(NumberFormat::of_code(code), NumberFormat::Date, "{code}");
        }
    }

    #[test]
    fn a_format_may_show_nothing() {
        let hidden = |code: &str| {
            let shown = Shown::of_code(code);
            let numbers = [("5", '+'), ("-5", '-'), ("0.0", '0')];
            let parts = numbers.map(|(stored, name)| (FormatPart::of_number(stored), name));
            let parts = parts.into_iter().chain([(FormatPart::Text, '@')]);
            parts.filter(|(part, _)| !shown.shows(*part)).map(|(_, name)| name).collect::<String>()
        };
        for (code, parts) in [
            (";;;", "+-0@"),
            (";;", "+-0"),
            ("\"\";\"\";\"\";\"\"", "+-0@"),
            (" ; ;_-;* ", "+-0@"),
            ("[Red];[Red];;@", "+-0"),
            ("0;-0;;@", "0"),
            ("#,##0;-#,##0;", "0"),
            (";-0", "+0"),
            ("0;", "-"),
            ("0", ""),
            ("General", ""),
            ("@", ""),
            ("", ""),
            ("_-* #,##0_-;-* #,##0_-;_-* \"-\"_-;_-@_-", ""),
            ("0;-0;\"n/a\";@", ""),
            ("[<5]\"\";0", ""),
            ("[$£-809]#,##0;;0", "-"),
        ] {
            assert_eq!(hidden(code), parts, "{code}");
        }
    }

    #[test]
    fn a_percentage_is_a_hundred_times_what_is_stored() {
        for (stored, text) in [
            ("0.78400000000000003", "78.4%"),
            ("1", "100%"),
            ("1.05E-2", "1.05%"),
            ("0", "0%"),
            ("-0.125", "-12.5%"),
        ] {
            assert_eq!(NumberFormat::built_in(9).text(stored, false), text);
        }
    }

    /// A result that is given as a value is known to the decimals that it is written with.
    #[test]
    fn a_number_is_known_to_the_decimals_that_its_cell_shows() {
        for (code, stored, text) in [
            ("0.0%", "0.78", "78.0%"),
            ("0.0%", "0.78432", "78.432%"),
            ("0.00", "98", "98.00"),
            ("0.0", "-98.25", "-98.25"),
            ("0.00", "12345678901234", "12345678901234.0"),
            ("0.00", "123456789012345", "123456789012345"),
            ("0.0", "0", "0.0"),
        ] {
            assert_eq!(NumberFormat::of_code(code).text(stored, false), text, "{code}");
        }
    }

    #[test]
    fn a_date_is_written_with_its_year_first() {
        assert_eq!(NumberFormat::Date.text("42381", false), "2016-01-12");
        assert_eq!(NumberFormat::Date.text("42381.75", false), "2016-01-12");
        assert_eq!(NumberFormat::Date.text("40919", true), "2016-01-12");
        assert_eq!(NumberFormat::Date.text("-999999", false), "-999999 as a date");
        assert_eq!(NumberFormat::Date.text("-1", false), "1899-12-30");
    }

    proptest! {
        #[test]
        fn any_code_is_a_format(code in "\\PC{0,12}|[0#?.,%dmyE\"\\\\_*;\\[\\]]{0,12}") {
            NumberFormat::of_code(&code);
            Shown::of_code(&code);
        }

        #[test]
        fn any_text_is_text(stored in "[-0-9.eE+]{0,24}|\\PC{0,8}") {
            for format in [NumberFormat::built_in(0), NumberFormat::built_in(2), NumberFormat::built_in(10), NumberFormat::Date] {
                format.text(&stored, false);
            }
        }

        /// What was typed comes back from the binary fraction that a workbook keeps of it.
        #[test]
        fn figures_come_back_from_binary_fractions(mantissa in -999_999_999_999_999i64..1_000_000_000_000_000, scale in 0u8..16) {
            let typed = crate::figure::Decimal::new(mantissa, scale);
            let stored: f64 = typed.to_string().parse().expect("a number");
            let shown = typed.trimmed().to_string();
            prop_assert_eq!(number(&format!("{stored:e}")), shown.clone());
            prop_assert_eq!(number(&format!("{stored}")), shown);
        }
    }
}
