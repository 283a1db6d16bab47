//! Paragraphs of runs of text, each run in a single style.

use crate::render::palette::{self, Rgb};
use crate::render::xml::XmlWriter;

/// A run of text in a single style.
#[derive(Clone, Copy, Default)]
pub(super) struct Run<'t> {
    pub text: &'t str,
    pub bold: bool,
    pub italic: bool,
    /// Whether it is superscript, like the mark of a footnote.
    pub raised: bool,
    pub colour: Option<Rgb>,
    /// The font size, in half points; 0 for that of the paragraph.
    pub size: u32,
}

/// Writes a paragraph in a style.
pub(super) fn paragraph(xml: &mut XmlWriter, style: &str, runs: &[Run<'_>]) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| xml.val("w:pStyle", style));
        for of in runs {
            run(xml, of);
        }
    });
}

/// Writes a run.
pub(super) fn run(xml: &mut XmlWriter, run: &Run<'_>) {
    if run.text.is_empty() {
        return;
    }
    xml.element("w:r", &[], |xml| {
        xml.element("w:rPr", &[], |xml| {
            if run.bold {
                xml.empty("w:b", &[]);
            }
            if run.italic {
                xml.empty("w:i", &[]);
            }
            if let Some(colour) = run.colour {
                xml.val("w:color", &palette::hex(colour));
            }
            if run.size > 0 {
                xml.val("w:sz", &run.size.to_string());
                xml.val("w:szCs", &run.size.to_string());
            }
            if run.raised {
                xml.val("w:vertAlign", "superscript");
            }
        });
        xml.text_element("w:t", &[("xml:space", "preserve")], run.text);
    });
}
