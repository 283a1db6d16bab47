//! Styles as the library that writes workbooks has them.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use crate::layout::Align;
use crate::rating::Rag;
use crate::render::palette;
use crate::render::sheets::style::{Edges, FONT, Style, base};

/// A style as a format of the library.
pub(super) fn format(style: &Style) -> Format {
    let mut format = Format::new().set_font_name(FONT).set_font_size(style.size);
    if style.is_link {
        format = format.set_hyperlink();
    }
    if style.bold {
        format = format.set_bold();
    }
    if style.italic {
        format = format.set_italic();
    }
    if let Some(colour) = style.colour {
        format = format.set_font_color(colour);
    }
    if let Some(fill) = style.fill {
        format = format.set_background_color(fill);
    }
    if style.wraps {
        format = format.set_text_wrap();
    }
    if style.indent > 0 {
        format = format.set_indent(style.indent);
    }
    if let Some(align) = style.across {
        format = format.set_align(horizontal(align));
    }
    if style.at_top {
        format = format.set_align(FormatAlign::Top);
    }
    if let Some(number) = &style.number {
        format = format.set_num_format(number.code());
    }
    match style.edges {
        Edges::None => format,
        Edges::Thin => lined(format),
        Edges::Opens => {
            lined(format).set_border_top(FormatBorder::Medium).set_border_top_color(palette::DARK)
        }
    }
}

/// The style of all cells that have none of their own.
pub(super) fn default() -> Format {
    format(&base())
}

/// The colours of a rating.
pub(super) fn rating(rag: Rag) -> Format {
    let (fill, text) = palette::rag(rag);
    Format::new().set_background_color(fill).set_font_color(text)
}

fn lined(format: Format) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(palette::LINE)
}

fn horizontal(align: Align) -> FormatAlign {
    match align {
        Align::Left => FormatAlign::Left,
        Align::Right => FormatAlign::Right,
        Align::Centre => FormatAlign::Center,
    }
}
