//! How cells look: fonts, fills, lines and the formats of numbers.

use std::borrow::Cow;

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use super::names::clipped;
use crate::figure::{Decimal, Ratio};
use crate::layout::{Align, Cell, Number, Value};
use crate::render::palette;

/// The most that a cell holds, in units of UTF-16.
const MOST_TEXT: usize = 32_767;

/// The size of letters.
const SIZE: u8 = 10;
/// The height of a line of them, in pixels.
pub(super) const LINE: u32 = 17;

/// The letters of the workbook: of a kind that every office has.
pub(super) fn base() -> Format {
    Format::new().set_font_name("Arial").set_font_size(SIZE)
}

/// The title of a sheet.
pub(super) fn title() -> Format {
    base().set_bold().set_font_size(16).set_font_color(palette::DARK)
}

/// A heading within a sheet.
pub(super) fn heading() -> Format {
    base().set_bold().set_font_size(12).set_font_color(palette::DARK)
}

/// Text beside a table.
pub(super) fn plain() -> Format {
    base().set_align(FormatAlign::Top)
}

/// Text that is broken into lines.
pub(super) fn wrapped() -> Format {
    plain().set_text_wrap()
}

/// A header cell.
pub(super) fn header(align: Align) -> Format {
    lined(base(), false)
        .set_bold()
        .set_text_wrap()
        .set_align(horizontal(align))
        .set_align(FormatAlign::Top)
        .set_background_color(palette::DARK)
        .set_font_color(palette::WHITE)
}

/// A link in a table.
pub(super) fn link() -> Format {
    lined(base().set_hyperlink(), false).set_align(FormatAlign::Top)
}

/// The cell of a table; `opens` where a section begins.
pub(super) fn cell(cell: &Cell, align: Align, opens: bool) -> Format {
    let format = lined(base(), opens).set_align(horizontal(align)).set_align(FormatAlign::Top);
    match &cell.value {
        Value::Number(number) => format.set_num_format(number_format(number)),
        Value::Rag(rag) => {
            let (fill, text) = palette::rag(*rag);
            format.set_bold().set_background_color(fill).set_font_color(text)
        }
        Value::Text if super::sheet::is_wrapped(cell, align) => format.set_text_wrap(),
        Value::Text | Value::Missing | Value::Pair(..) | Value::Direction(_) => format,
    }
}

fn lined(format: Format, opens: bool) -> Format {
    let format = format.set_border(FormatBorder::Thin).set_border_color(palette::LINE);
    if opens { format.set_border_top(FormatBorder::Medium).set_border_top_color(palette::DARK) } else { format }
}

fn horizontal(align: Align) -> FormatAlign {
    match align {
        Align::Left => FormatAlign::Left,
        Align::Right => FormatAlign::Right,
        Align::Centre => FormatAlign::Center,
    }
}

/// The format that shows a number as the page does.
pub(super) fn number_format(number: &Number) -> String {
    let places = usize::from(number.shown.scale());
    let point = if places > 0 { "." } else { "" };
    let percent = if number.percent { "%" } else { "" };
    let digits = format!("#,##0{point}{}{percent}", "0".repeat(places));
    match (number.shown.is_zero(), number.signed) {
        // What is shown as nought has no sign, on whichever side of it the number is.
        (true, _) => format!("{digits};{digits}"),
        (false, true) => format!("+{digits};-{digits};{digits}"),
        (false, false) => digits,
    }
}

/// The number as a spreadsheet keeps it: a percentage as a part of one.
///
/// It is what is nearest to the exact number, but where a spreadsheet, which shows fifteen digits at most, would round that
/// to another number than the page has: then it is the page's.
pub(super) fn value(number: &Number) -> f64 {
    let hundred = if number.percent { 100 } else { 1 };
    let one = Decimal::new(1, 0);
    let nearest = nearest(&number.exact.scaled(&one, hundred));
    let places = number.shown.scale() + if number.percent { 2 } else { 0 };
    let as_shown = Ratio::from(&number.shown).scaled(&one, hundred);
    let seen: Decimal = format!("{nearest:.15}").parse().unwrap_or_else(|_| as_shown.round(places));
    if Ratio::from(seen).round(places) == as_shown.round(places) { nearest } else { self::nearest(&as_shown) }
}

/// The floating point number that is nearest to a ratio.
fn nearest(exact: &Ratio) -> f64 {
    exact.round(20).to_string().parse().expect("digits are a number")
}

/// As much of a text as a cell holds.
pub(super) fn fitting(text: &str) -> Cow<'_, str> {
    let kept = clipped(text, MOST_TEXT);
    if kept.len() == text.len() { text.into() } else { format!("{}…", clipped(text, MOST_TEXT - 1)).into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(exact: (i64, i64), shown: (i64, u8), percent: bool, signed: bool) -> Number {
        let times = if percent { 100 } else { 1 };
        let exact = Ratio::new(&Decimal::new(exact.0, 0), &Decimal::new(exact.1, 0), times).expect("above nought");
        Number { exact, shown: Decimal::new(shown.0, shown.1), percent, signed }
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
    fn what_a_spreadsheet_would_round_otherwise_is_as_it_is_shown() {
        // So near to 12.25% that fifteen digits cannot tell.
        let exact =
            Ratio::new(&Decimal::new(122_499_999_999_999_99, 0), &Decimal::new(100_000_000_000_000_000, 0), 100).expect("above nought");
        let shown = exact.round(1);
        assert_eq!(shown.to_string(), "12.2");
        assert_eq!(value(&Number { exact, shown, percent: true, signed: false }).to_string(), "0.122");
    }
}
