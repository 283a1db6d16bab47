//! How cells look: fonts, fills, lines and number formats.

use std::borrow::Cow;

use super::names::clipped;
use crate::layout::{Align, Cell, Value};
use crate::rating::Rag;
use crate::render::numbers::NumberFormat;
use crate::render::palette::{self, Rgb};

/// The maximum length of a text in a cell, in UTF-16 code units.
const MOST_TEXT: usize = 32_767;

/// The font, which every office program has.
pub(in crate::render) const FONT: &str = "Arial";
/// The font size.
const SIZE: u8 = 10;
/// The height of a line of text, in pixels.
pub(in crate::render) const LINE: u32 = 17;

/// How a cell looks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "each is said of a cell by itself")]
pub(in crate::render) struct Style {
    pub bold: bool,
    pub italic: bool,
    /// The size of the font, in points.
    pub size: u8,
    /// The colour of its text; black unless said.
    pub colour: Option<Rgb>,
    pub fill: Option<Rgb>,
    /// Whether its text is wrapped.
    pub wraps: bool,
    /// How far its text is indented, in steps.
    pub indent: u8,
    /// Where its text stands; text at the left and numbers at the right unless said.
    pub across: Option<Align>,
    /// Whether its text stands at the top of its row.
    pub at_top: bool,
    pub edges: Edges,
    /// How its number is shown.
    pub number: Option<NumberFormat>,
    /// Whether it looks like a link.
    pub is_link: bool,
}

/// The lines around a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::render) enum Edges {
    /// None.
    None,
    /// Thin ones.
    Thin,
    /// Thin ones with a strong one above: it is in the first row of a section.
    Opens,
}

/// Text without any style.
pub(in crate::render) fn base() -> Style {
    Style {
        bold: false,
        italic: false,
        size: SIZE,
        colour: None,
        fill: None,
        wraps: false,
        indent: 0,
        across: None,
        at_top: false,
        edges: Edges::None,
        number: None,
        is_link: false,
    }
}

/// The title of a sheet.
pub(super) fn title() -> Style {
    Style { bold: true, size: 16, colour: Some(palette::DARK), ..base() }
}

/// A heading within a sheet.
pub(super) fn heading() -> Style {
    Style { bold: true, size: 12, colour: Some(palette::DARK), ..base() }
}

/// Text next to a table.
pub(super) fn plain() -> Style {
    Style { at_top: true, ..base() }
}

/// Text that is wrapped.
pub(super) fn wrapped() -> Style {
    Style { wraps: true, ..plain() }
}

/// A label before its text.
pub(super) fn label() -> Style {
    Style { bold: true, ..wrapped() }
}

/// A header cell.
pub(in crate::render) fn header(align: Align) -> Style {
    Style {
        bold: true,
        across: Some(align),
        edges: Edges::Thin,
        fill: Some(palette::DARK),
        colour: Some(palette::WHITE),
        ..wrapped()
    }
}

/// A link next to a table.
pub(super) fn link() -> Style {
    Style { is_link: true, ..base() }
}

/// A link in a table.
pub(super) fn link_in_table() -> Style {
    Style { is_link: true, edges: Edges::Thin, ..plain() }
}

/// A cell of a table; `opens` if it is in the first row of a section.
pub(super) fn cell(cell: &Cell, align: Align, opens: bool) -> Style {
    let edges = if opens { Edges::Opens } else { Edges::Thin };
    let style = Style { edges, across: Some(align), ..plain() };
    let style = match &cell.value {
        Value::Number(number) => {
            let format = NumberFormat::of(number);
            let behind = format!("{}{}", format.behind, behind(cell));
            Style { number: Some(NumberFormat { behind, ..format }), ..style }
        }
        // The colour of a rating comes from its word.
        Value::Rag(_) => Style { bold: true, ..style },
        Value::Text => Style { wraps: is_wrapped(cell, align), ..style },
        Value::Missing
        | Value::Worded(_)
        | Value::Pair(..)
        | Value::Direction(_)
        | Value::Sparkline(_) => style,
    };
    match cell.coloured() {
        Some(rag) if !matches!(cell.value, Value::Rag(_)) => rated(style, rag),
        _ => style,
    }
}

/// The colours of a rating, on the style of its cell.
pub(in crate::render) fn rated(style: Style, rag: Rag) -> Style {
    let (fill, text) = palette::rag(rag);
    Style { fill: Some(fill), colour: Some(text), ..style }
}

/// Whether the text of a cell is wrapped.
pub(super) fn is_wrapped(cell: &Cell, align: Align) -> bool {
    matches!(cell.value, Value::Text) && align == Align::Left
}

/// What stands behind a number that is provisional or revised, or that has the letter of its rating:
/// shown after the number without being part of the value.
fn behind(cell: &Cell) -> String {
    let mark = cell.mark.map(|mark| format!(" [{}]", mark.letter()));
    let letter = cell.rating.map(|rag| format!(" {}", rag.letter()));
    mark.into_iter().chain(letter).collect()
}

/// The end of a text that is too long for a cell.
const CUT: &str = "… [cut here: a cell of a workbook holds 32,767 characters]";

/// The text, cut with a message at its end if it is too long for a cell.
pub(in crate::render) fn fitting(text: &str) -> Cow<'_, str> {
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
