//! How cells look: fonts, fills, lines and number formats.

use std::borrow::Cow;

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use super::names::clipped;
use crate::layout::{Align, Cell, Value};
use crate::rating::Rag;
use crate::render::numbers::number_format;
use crate::render::palette;

/// The maximum length of a text in a cell, in UTF-16 code units.
const MOST_TEXT: usize = 32_767;

/// The font size.
const SIZE: u8 = 10;
/// The height of a line of text, in pixels.
pub(super) const LINE: u32 = 17;

/// The default font, which every office program has.
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

/// Text next to a table.
pub(super) fn plain() -> Format {
    base().set_align(FormatAlign::Top)
}

/// Text that is wrapped.
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

/// A cell of a table; `opens` if it is in the first row of a section.
pub(super) fn cell(cell: &Cell, align: Align, opens: bool) -> Format {
    let format = lined(base(), opens).set_align(horizontal(align)).set_align(FormatAlign::Top);
    let format = match &cell.value {
        Value::Number(number) => format.set_num_format(shown_with(&number_format(number), cell)),
        // The colour of a rating comes from its word.
        Value::Rag(_) => format.set_bold(),
        Value::Text if is_wrapped(cell, align) => format.set_text_wrap(),
        Value::Text
        | Value::Missing
        | Value::Worded(_)
        | Value::Pair(..)
        | Value::Direction(_)
        | Value::Sparkline(_) => format,
    };
    let Some(rag) = cell.coloured().filter(|_| !matches!(cell.value, Value::Rag(_))) else {
        return format;
    };
    let (fill, text) = palette::rag(rag);
    format.set_background_color(fill).set_font_color(text)
}

/// The colours of a rating.
pub(super) fn rating(rag: Rag) -> Format {
    let (fill, text) = palette::rag(rag);
    Format::new().set_background_color(fill).set_font_color(text)
}

/// Whether the text of a cell is wrapped.
pub(super) fn is_wrapped(cell: &Cell, align: Align) -> bool {
    matches!(cell.value, Value::Text) && align == Align::Left
}

/// The format of a number that is provisional or revised, or that has the letter of its rating. It
/// shows them after the number without making them part of the value.
fn shown_with(format: &str, cell: &Cell) -> String {
    let mark = cell.mark.map(|mark| format!(" [{}]", mark.letter()));
    let letter = cell.rating.map(|rag| format!(" {}", rag.letter()));
    let behind: String = mark.into_iter().chain(letter).collect();
    if behind.is_empty() {
        return format.to_owned();
    }
    // A format has a section for each sign.
    format.split(';').map(|part| format!("{part}\"{behind}\"")).collect::<Vec<_>>().join(";")
}

fn lined(format: Format, opens: bool) -> Format {
    let format = format.set_border(FormatBorder::Thin).set_border_color(palette::LINE);
    if opens {
        format.set_border_top(FormatBorder::Medium).set_border_top_color(palette::DARK)
    } else {
        format
    }
}

fn horizontal(align: Align) -> FormatAlign {
    match align {
        Align::Left => FormatAlign::Left,
        Align::Right => FormatAlign::Right,
        Align::Centre => FormatAlign::Center,
    }
}

/// The end of a text that is too long for a cell.
const CUT: &str = "… [cut here: a cell of a workbook holds 32,767 characters]";

/// The text, cut with a message at its end if it is too long for a cell.
pub(super) fn fitting(text: &str) -> Cow<'_, str> {
    let whole = clipped(text, usize::MAX);
    if whole.encode_utf16().count() <= MOST_TEXT {
        return whole;
    }
    format!("{}{CUT}", clipped(text, MOST_TEXT - CUT.chars().count())).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_cut_says_so() {
        let longest = "é".repeat(MOST_TEXT);
        assert_eq!(fitting(&longest), longest);
        let cut = fitting(&"😀".repeat(MOST_TEXT)).into_owned();
        assert!(cut.ends_with(CUT) && cut.starts_with("😀"), "{}", cut.len());
        let units = cut.encode_utf16().count();
        assert!((MOST_TEXT - 1..=MOST_TEXT).contains(&units), "{units}");
    }
}
