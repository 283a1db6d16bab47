//! The colours of documents. Nothing is shown by a colour alone, and text on each of them has a
//! contrast of at least 4.5 to 1.

use crate::rating::Rag;

/// A colour as a number, `0xRRGGBB`.
pub type Rgb = u32;

/// The fill colour of a rating and the colour of the text on it.
#[must_use]
pub fn rag(rag: Rag) -> (Rgb, Rgb) {
    match rag {
        Rag::Green => (0x1E_7B_34, WHITE),
        Rag::Amber => (0xFF_BF_00, BLACK),
        Rag::Red => (0xC0_00_14, WHITE),
    }
}

/// White.
pub const WHITE: Rgb = 0xFF_FF_FF;
/// Text.
pub const BLACK: Rgb = 0x00_00_00;
/// Headings, and the fill of header rows, which have white text.
pub const DARK: Rgb = 0x1F_3A_5F;
/// The fill of section headings, which have black text.
pub const LIGHT: Rgb = 0xE4_EB_F3;
/// Lines between rows.
pub const LINE: Rgb = 0xBF_C7_D1;
/// The line of results in a chart.
pub const RESULT: Rgb = 0x1F_3A_5F;
/// The line of the target in a chart.
pub const TARGET: Rgb = 0x1E_7B_34;
/// The line of the floor in a chart.
pub const FLOOR: Rgb = 0xC0_00_14;

/// The lines of the average and of the usual range in a chart.
pub const USUAL: Rgb = 0x5A_5A_5A;

/// A colour in hexadecimal: `1F3A5F`.
#[must_use]
pub fn hex(colour: Rgb) -> String {
    format!("{colour:06X}")
}
