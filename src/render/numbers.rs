//! Numbers as spreadsheets and charts store them: a floating point number, and a format that shows
//! it as on the page.

use crate::figure::{Decimal, Ratio};
use crate::layout::{Number, Sign};

/// How a number is shown: its decimals, its sign, and what stands around it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NumberFormat {
    /// What stands before it, such as `£`.
    pub before: String,
    /// What stands behind it, such as ` days`.
    pub behind: String,
    /// Whether it is a fraction that is shown as a percentage.
    pub is_percent: bool,
    /// How many decimals it has.
    pub places: usize,
    /// Its sign.
    pub sign: ShownSign,
}

/// Which sign a number has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ShownSign {
    /// A minus below 0.
    Minus,
    /// A plus above 0 and a minus below.
    Both,
    /// None: it is shown as 0, whether it is above or below.
    Neither,
}

impl NumberFormat {
    /// How a number is shown on the page.
    #[must_use]
    pub fn of(number: &Number) -> Self {
        let is_percent = number.unit == Sign::Percent;
        let around = |text: &str| if is_percent { String::new() } else { text.to_owned() };
        Self {
            before: around(number.unit.before()),
            behind: around(number.unit.behind()),
            is_percent,
            places: usize::from(number.shown.scale()),
            sign: match (number.shown.is_zero(), number.signed) {
                (true, _) => ShownSign::Neither,
                (false, true) => ShownSign::Both,
                (false, false) => ShownSign::Minus,
            },
        }
    }

    /// The format as Excel writes it.
    #[must_use]
    pub fn code(&self) -> String {
        let point = if self.places > 0 { "." } else { "" };
        // As a sign and not as text: it makes a fraction a percentage.
        let percent = if self.is_percent { "%" } else { "" };
        let digits = format!(
            "{}#,##0{point}{}{percent}{}",
            quoted(&self.before),
            "0".repeat(self.places),
            quoted(&self.behind)
        );
        match self.sign {
            ShownSign::Neither => format!("{digits};{digits}"),
            ShownSign::Both => format!("+{digits};-{digits};{digits}"),
            ShownSign::Minus => digits,
        }
    }
}

/// The format that shows a number as on the page, as Excel writes it.
#[must_use]
pub fn number_format(number: &Number) -> String {
    NumberFormat::of(number).code()
}

/// Text in a format of numbers: in quotation marks, and those of its own with a backslash.
fn quoted(text: &str) -> String {
    let parts = text.split('"').map(|part| match part {
        "" => String::new(),
        part => format!("\"{part}\""),
    });
    parts.collect::<Vec<_>>().join("\\\"")
}

/// The number as a spreadsheet stores it, with a percentage as a fraction of one.
///
/// This is the floating point number nearest to the exact number. However, a spreadsheet shows at
/// most fifteen digits; if it would then round to a different number than the one on the page, the
/// number on the page is used.
#[must_use]
pub fn value(number: &Number) -> f64 {
    let is_percent = number.unit == Sign::Percent;
    let hundred = if is_percent { 100 } else { 1 };
    let one = Decimal::new(1, 0);
    let nearest = nearest_to(&number.exact.scaled(&one, hundred));
    let places = number.shown.scale() + if is_percent { 2 } else { 0 };
    let as_shown = Ratio::from(&number.shown).scaled(&one, hundred);
    let read_back: Decimal =
        format!("{nearest:.15}").parse().unwrap_or_else(|_| as_shown.round(places));
    if Ratio::from(read_back).round(places) == as_shown.round(places) {
        nearest
    } else {
        nearest_to(&as_shown)
    }
}

/// The floating point number nearest to a ratio.
fn nearest_to(exact: &Ratio) -> f64 {
    exact.round(20).to_string().parse().expect("digits are a number")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(exact: (i64, i64), shown: (i64, u8), percent: bool, signed: bool) -> Number {
        let times = if percent { 100 } else { 1 };
        let exact = Ratio::new(&Decimal::new(exact.0, 0), &Decimal::new(exact.1, 0), times)
            .expect("above 0");
        Number {
            exact,
            shown: Decimal::new(shown.0, shown.1),
            unit: Sign::of_results(percent, None),
            signed,
        }
    }

    #[test]
    fn a_number_is_exact_and_shown_as_on_the_page() {
        let result = number((565, 595), (950, 1), true, false);
        assert_eq!(value(&result).to_string(), "0.9495798319327731");
        assert_eq!(number_format(&result), "#,##0.0%");
        assert_eq!(number_format(&number((136, 1), (136, 0), false, true)), "+#,##0;-#,##0;#,##0");
        assert_eq!(number_format(&number((-1, 9000), (0, 1), true, true)), "#,##0.0%;#,##0.0%");
    }

    #[test]
    fn a_difference_of_percentages_is_a_number_of_points() {
        // 84.6% minus 74.5%
        let by = Number { unit: Sign::Points, ..number((101, 10), (101, 1), false, true) };
        assert_eq!(
            (by.to_string(), value(&by).to_string()),
            ("+10.1 points".into(), "10.1".into())
        );
        assert_eq!(
            number_format(&by),
            "+#,##0.0\" points\";-#,##0.0\" points\";#,##0.0\" points\""
        );
    }

    #[test]
    fn what_stands_around_a_number_is_text_in_its_format() {
        let of = |prefix, suffix| {
            let affixes = crate::definition::Affixes::of(prefix, suffix).map(Into::into);
            let unit = Sign::of_results(false, affixes.as_ref());
            let number = Number { unit, ..number((-4265, 10), (-4265, 1), false, false) };
            (number.to_string(), number_format(&number))
        };
        let written = |shown: &str, format: &str| (shown.to_owned(), format.to_owned());
        assert_eq!(of(None, Some("days")), written("-426.5 days", "#,##0.0\" days\""));
        assert_eq!(of(Some("£"), None), written("-£426.5", "\"£\"#,##0.0"));
        assert_eq!(of(None, Some("\"x")), written("-426.5\"x", "#,##0.0\\\"\"x\""));
    }

    #[test]
    fn a_number_that_would_be_rounded_differently_is_stored_as_shown() {
        // So close to 12.25% that fifteen digits do not show the difference.
        let exact = Ratio::new(
            &Decimal::new(12_249_999_999_999_999, 0),
            &Decimal::new(100_000_000_000_000_000, 0),
            100,
        )
        .expect("above 0");
        let shown = exact.round(1);
        assert_eq!(shown.to_string(), "12.2");
        assert_eq!(
            value(&Number { exact, shown, unit: Sign::Percent, signed: false }).to_string(),
            "0.122"
        );
    }
}
