//! Why a cell is not a figure, and what to do about it: mostly, what a spreadsheet has done to it.

use super::dates;
use super::punctuation::is_dash;
use crate::diagnostic::Code;
use crate::text::quote;

/// Why a cell is not a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// `#DIV/0!` and its like.
    ExcelError,
    /// `####`, which a program shows where a figure does not fit its column.
    Hashes,
    /// `Jan-16`, `12/01/2016`.
    Date,
    /// `1.2E+04`, of which digits are gone.
    Scientific,
    /// `12,5`, `1.234,5`.
    DecimalComma,
    /// A figure with a comma or a point, in a file where either could be the decimal mark.
    EitherMark,
    /// Commas that do not stand between groups of three digits.
    Grouping,
    /// A formula instead of its result.
    Formula,
    /// `TRUE`, `FALSE`.
    Boolean,
    /// `(12)`, `12-`.
    Accounting,
    /// `<5`.
    Withheld,
    /// `x`, `k`, `u`, `:`, `~`, `*`: each means what who wrote it says.
    Symbol,
    /// `12 of 13`, `12/13`.
    TwoNumbers,
    /// `12 days`, `c. 12`.
    Unit,
    /// More digits than a spreadsheet keeps.
    TooManyDigits,
    /// Anything else.
    NotANumber,
}

impl Unreadable {
    /// Why a text that is not a figure is none.
    pub fn why(text: &str) -> Self {
        let is_digit = |letter: char| letter.is_ascii_digit();
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let numbers = text
            .split(|letter: char| !is_digit(letter) && !matches!(letter, ',' | '.'))
            .filter(|part| part.contains(is_digit));
        let numbers = numbers.count();
        match text {
            _ if text.chars().all(|letter| letter == '#') => Self::Hashes,
            _ if text.starts_with('#') => Self::ExcelError,
            _ if text.starts_with('=') => Self::Formula,
            _ if ["true", "false"].iter().any(|word| text.eq_ignore_ascii_case(word)) => {
                Self::Boolean
            }
            _ if is_scientific(text) => Self::Scientific,
            _ if dates::is_date(text) => Self::Date,
            _ if text.starts_with(['<', '>', '≤', '≥']) => Self::Withheld,
            _ if text.chars().all(|letter| letter == '*')
                || ["x", "k", "u", ":", "~"].iter().any(|one| text.eq_ignore_ascii_case(one)) =>
            {
                Self::Symbol
            }
            _ if digits == 0 => Self::NotANumber,
            _ if numbers == 1
                && (text.starts_with('(') && text.ends_with(')') || text.ends_with(is_dash)) =>
            {
                Self::Accounting
            }
            _ if numbers > 1 => Self::TwoNumbers,
            _ if text.contains(char::is_alphabetic) => Self::Unit,
            _ if text.contains(',') => commas(text),
            _ => Self::NotANumber,
        }
    }

    /// What to do about it in a file as a system exports it, where that is another thing: the file
    /// need not be changed where the source can say what a symbol means.
    pub fn remedy_in_source(self, text: &str) -> Option<String> {
        (self == Self::Symbol).then(|| {
            format!(
                "look up what its publisher means by it, and say so in the source: symbols = {{ \
                    {0} = \"suppressed\" }} where a figure may not be shown, {0} = \"missing\" \
                    where there is none, or {0} = \"low\" where it rounds to 0 and is not 0",
                quote(text)
            )
        })
    }

    /// The kind of finding, what was found and the remedy.
    pub fn describe(self, text: &str) -> (Code, String, &'static str) {
        let (code, what, remedy) = match self {
            Self::ExcelError => (Code::ExcelError, error_meaning(text), error_remedy(text)),
            Self::Hashes => (
                Code::ColumnTooNarrow,
                "is what a program shows where a figure does not fit its column",
                "make the column wider and export again: the figure itself is not in the file",
            ),
            Self::Date => (
                Code::BecameADate,
                "is a date or a time",
                "if Excel has made a date of a figure, format the column as Number, type the \
                    figure again and export again",
            ),
            Self::Scientific => (
                Code::LostDigits,
                "is in scientific notation, which leaves digits out",
                "format the column as Number without decimals, make it wide enough and export \
                    again",
            ),
            Self::DecimalComma => (
                Code::DecimalComma,
                "has a comma that may be a decimal comma",
                "write a decimal point for decimals, and thousands as 1,234 or 1234; \
                 in Excel's options a point can be made the decimal separator",
            ),
            Self::EitherMark => (
                Code::DecimalComma,
                "can mean thousands or decimals, in a file that has semicolons between its cells \
                    as where a comma is the decimal mark",
                "write thousands without separators and decimals with a point; or export with \
                    commas between the cells",
            ),
            Self::Grouping => (
                Code::NotANumber,
                "has a comma that does not stand between groups of three digits",
                "write a decimal point for decimals, and thousands as 1,234 or 1234",
            ),
            Self::Formula => (
                Code::NotCalculated,
                "is a formula, and its result is not in the file",
                "open the file in Excel, let it calculate and save it again; \
                 or copy the cells and paste them as values",
            ),
            Self::Boolean => (
                Code::NotANumber,
                "is true or false and not a figure",
                "write the figure in digits, or - where there is none",
            ),
            Self::Accounting => (
                Code::NotANumber,
                "looks like a negative figure in an accountant's way of writing",
                "write a minus sign in front, -12, or take the brackets away if it is not negative",
            ),
            Self::Withheld => (
                Code::NotANumber,
                "is not a figure",
                "write [c]: there is a figure, and it may not be shown",
            ),
            Self::Symbol => (
                Code::NotANumber,
                "is a symbol that means different things in different files",
                "look up what its publisher means by it, and write [c] where a figure may not be \
                    shown, [x] where there is none, or [low] where it rounds to 0 and is not 0",
            ),
            Self::TwoNumbers => (
                Code::NotANumber,
                "is more than one number",
                "give each its own cell: how many is the numerator, and out of how many the \
                    denominator",
            ),
            Self::Unit => (
                Code::NotANumber,
                "has something other than the number in it",
                "leave the number alone in its cell; what it is counted in is in the definitions",
            ),
            Self::TooManyDigits => (
                Code::TooManyDigits,
                "has more than 15 digits",
                "round it to what was counted: a spreadsheet keeps 15 digits",
            ),
            Self::NotANumber => (
                Code::NotANumber,
                "is not a number",
                "write the figure in digits, [c] where it may not be shown, or - where there is \
                    none",
            ),
        };
        (code, format!("{} {what}", quote(text)), remedy)
    }
}

/// `1.2E+04`, `1E5`.
fn is_scientific(text: &str) -> bool {
    let text = text.trim_start_matches(|letter| letter == '+' || is_dash(letter));
    let Some((digits, exponent)) = text.split_once(['e', 'E']) else { return false };
    let exponent = exponent.trim_start_matches(['+', '-']);
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.starts_with(|first: char| first.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
        && is_digits(exponent)
}

/// Why a figure with a comma is none: the last comma may be a decimal comma, or it is in the wrong
/// place.
fn commas(text: &str) -> Unreadable {
    let commas = text.matches(',').count();
    let decimals = text.rsplit(',').next().unwrap_or_default();
    if commas == 1 && !decimals.contains('.') {
        Unreadable::DecimalComma
    } else {
        Unreadable::Grouping
    }
}

/// What Excel means by an error.
fn error_meaning(text: &str) -> &'static str {
    match text.trim_end_matches(['!', '?']) {
        "#DIV/0" => "is Excel's error for a division by 0",
        "#REF" => "is Excel's error for a formula whose cells have been deleted",
        "#N/A" => "is Excel's error for a look-up that found nothing",
        "#NAME" => "is Excel's error for a name or function that it does not know",
        "#VALUE" => "is Excel's error for a formula that was given text for a number",
        "#NUM" => "is Excel's error for a number that is too large or cannot be worked out",
        "#NULL" => "is Excel's error for ranges that do not meet",
        _ => "is an error of a spreadsheet",
    }
}

fn error_remedy(text: &str) -> &'static str {
    match text.trim_end_matches(['!', '?']) {
        "#DIV/0" => {
            "give the numerator and the denominator in their own columns, or - where there is no \
                figure"
        }
        "#N/A" => "correct the look-up; where there is no figure, write -",
        _ => {
            "correct the formula in the workbook and export again; where there is no figure, \
                write -"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_has_happened_to_a_figure() {
        use Unreadable::{
            Accounting, Boolean, Date, DecimalComma, ExcelError, Formula, Grouping, Hashes,
            NotANumber, Scientific, Symbol, TwoNumbers, Unit, Withheld,
        };
        for (texts, why) in [
            ("#DIV/0!|#REF!|#N/A|#VALUE!|#NAME?|#NUM!|#NULL!|#SPILL!", ExcelError),
            ("#|######", Hashes),
            ("Jan-16|12/01/2016|2016-01-12|16-Jan|12:30", Date),
            ("1.2E+04|1E5|-1.5e-3|−2.0E+02", Scientific),
            ("12,5|1.234,5|1234,567|,5|12,5%|£12,50", DecimalComma),
            ("1,23,456|1,2345.6", Grouping),
            ("=SUM(B2:B9)|=B2", Formula),
            ("TRUE|false", Boolean),
            ("(12)|(1,234)|(12%)|12-", Accounting),
            ("<5|≤5|>95%", Withheld),
            ("*|**|x|K|u|:|~", Symbol),
            ("12 13|12/13|12 of 13|12-15|12; 13|12 (13)", TwoNumbers),
            ("12 days|c. 12|12k|€12m", Unit),
            ("five|--|%|??|yes|€12|12*|1.2.3", NotANumber),
        ] {
            for text in texts.split('|') {
                assert_eq!(Unreadable::why(text), why, "{text}");
            }
        }
    }
}
