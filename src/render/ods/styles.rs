//! The styles of cells, columns, rows and pages.

use std::collections::HashMap;
use std::hash::Hash;

use super::{NAMESPACES, colour, hundredths, points};
use crate::layout::{Align, LANGUAGE};
use crate::rating::Rag;
use crate::render::measure;
use crate::render::numbers::{NumberFormat, ShownSign};
use crate::render::palette;
use crate::render::sheets::style::{Edges, FONT, LINE, Style, base, rated};
use crate::render::sheets::{Book, Edge, Paper, Sheet};
use crate::render::xml::XmlWriter;
use crate::wording;

/// The room beside the text of a cell, in hundredths of a point.
const BESIDE: u32 = 400;
/// The colour of links, as browsers have it.
const LINK: palette::Rgb = 0x00_00_EE;

/// The styles that have been used, each once.
#[derive(Default)]
pub(super) struct Styles {
    cells: Once<(Style, Option<usize>)>,
    numbers: Once<NumberFormat>,
    texts: Once<Style>,
    columns: Once<u32>,
    rows: Once<RowStyle>,
}

/// How high a row is, and whether it begins a printed page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct RowStyle {
    /// In pixels; as high as its text unless said.
    pub height: Option<u32>,
    pub begins_page: bool,
}

/// Things in the order in which they were first asked for, each once.
struct Once<T> {
    numbers: HashMap<T, usize>,
    things: Vec<T>,
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self { numbers: HashMap::new(), things: Vec::new() }
    }
}

impl<T: Clone + Eq + Hash> Once<T> {
    /// The number of a thing, counted from 1.
    fn number(&mut self, thing: &T) -> usize {
        if let Some(number) = self.numbers.get(thing) {
            return *number;
        }
        self.things.push(thing.clone());
        self.numbers.insert(thing.clone(), self.things.len());
        self.things.len()
    }

    fn all(&self) -> impl Iterator<Item = (usize, &T)> {
        (1..).zip(&self.things)
    }
}

impl Styles {
    /// The name of the style of a cell. Where its word gives it the colour of a rating, `rated` is the
    /// number of its sheet: LibreOffice keeps such a style to one sheet.
    pub(super) fn cell(&mut self, style: &Style, rated: Option<usize>) -> String {
        if let Some(number) = &style.number {
            self.numbers.number(number);
        }
        format!("ce{}", self.cells.number(&(style.clone(), rated)))
    }

    /// The name of the style of a part of a text.
    pub(super) fn text(&mut self, style: &Style) -> String {
        format!("T{}", self.texts.number(style))
    }

    /// The name of the style of a column, whose width is given in digits.
    pub(super) fn column(&mut self, width: u32) -> String {
        format!("co{}", self.columns.number(&width))
    }

    /// The name of the style of a row.
    pub(super) fn row(&mut self, style: RowStyle) -> String {
        format!("ro{}", self.rows.number(&style))
    }

    /// Writes the styles that the sheets use.
    pub(super) fn automatic(&mut self, sheets: &[Sheet<'_>], xml: &mut XmlWriter) {
        xml.element("office:automatic-styles", &[], |xml| {
            for (number, format) in self.numbers.all() {
                number_style(&format!("N{number}"), format, xml);
            }
            for (number, width) in self.columns.all() {
                let width = hundredths(width.saturating_mul(measure::DIGIT).saturating_add(BESIDE));
                styled(&format!("co{number}"), "table-column", &[], xml, |xml| {
                    xml.empty("style:table-column-properties", &[("style:column-width", &width)]);
                });
            }
            for (number, row) in self.rows.all() {
                let height = points(row.height.unwrap_or(LINE));
                let own = if row.height.is_some() { "false" } else { "true" };
                let page = if row.begins_page { "page" } else { "auto" };
                styled(&format!("ro{number}"), "table-row", &[], xml, |xml| {
                    let properties = [
                        ("style:row-height", height.as_str()),
                        ("style:use-optimal-row-height", own),
                        ("fo:break-before", page),
                    ];
                    xml.empty("style:table-row-properties", &properties);
                });
            }
            for (number, sheet) in (1..).zip(sheets) {
                let page = format!("Page{number}");
                let tab = sheet.tab.map(colour);
                let of = [("style:master-page-name", page.as_str())];
                styled(&format!("ta{number}"), "table", &of, xml, |xml| {
                    let mut properties =
                        vec![("table:display", "true"), ("style:writing-mode", "lr-tb")];
                    properties.extend(tab.as_deref().map(|tab| ("table:tab-color", tab)));
                    xml.empty("style:table-properties", &properties);
                });
            }
            for (number, (style, rated)) in self.cells.all() {
                let format = style.number.as_ref().and_then(|of| self.numbers.numbers.get(of));
                let format = format.map(|number| format!("N{number}"));
                let mut of = vec![("style:parent-style-name", "Default")];
                of.extend(format.as_deref().map(|format| ("style:data-style-name", format)));
                styled(&format!("ce{number}"), "table-cell", &of, xml, |xml| {
                    cell_properties(style, xml);
                    if rated.is_some() {
                        colours_of_words(xml);
                    }
                });
            }
            for (number, style) in self.texts.all() {
                styled(&format!("T{number}"), "text", &[], xml, |xml| text_properties(style, xml));
            }
            styled("gr1", "graphic", &[], xml, |xml| {
                let plain = [("draw:stroke", "none"), ("draw:fill", "none")];
                xml.empty("style:graphic-properties", &plain);
            });
        });
    }
}

/// A style of a kind of thing.
fn styled(
    name: &str,
    family: &str,
    more: &[(&str, &str)],
    xml: &mut XmlWriter,
    inside: impl FnOnce(&mut XmlWriter),
) {
    let named = [("style:name", name), ("style:family", family)];
    xml.element("style:style", &[&named, more].concat(), inside);
}

/// A format of numbers, and beside it those of numbers above and below 0.
pub(super) fn number_style(name: &str, format: &NumberFormat, xml: &mut XmlWriter) {
    let above = format!("{name}P0");
    let below = format!("{name}P1");
    let mut of_sign = |name: &str, sign: &str| {
        number_style_of(name, format, sign, &[("style:volatile", "true")], xml, &[]);
    };
    match format.sign {
        ShownSign::Minus => number_style_of(name, format, "", &[], xml, &[]),
        ShownSign::Both => {
            of_sign(&above, "+");
            of_sign(&below, "-");
            let maps = [("value()>0", above.as_str()), ("value()<0", below.as_str())];
            number_style_of(name, format, "", &[], xml, &maps);
        }
        // The format of what is below 0 writes no sign.
        ShownSign::Neither => {
            of_sign(&above, "");
            number_style_of(name, format, "", &[], xml, &[("value()>=0", &above)]);
        }
    }
}

fn number_style_of(
    name: &str,
    format: &NumberFormat,
    sign: &str,
    more: &[(&str, &str)],
    xml: &mut XmlWriter,
    maps: &[(&str, &str)],
) {
    let element = if format.is_percent { "number:percentage-style" } else { "number:number-style" };
    let percent = if format.is_percent { "%" } else { "" };
    let (before, behind) =
        (format!("{sign}{}", format.before), format!("{percent}{}", format.behind));
    let places = format.places.to_string();
    xml.element(element, &[&[("style:name", name)], more].concat(), |xml| {
        if !before.is_empty() {
            xml.text_element("number:text", &[], &before);
        }
        let digits = [
            ("number:decimal-places", places.as_str()),
            ("number:min-decimal-places", &places),
            ("number:min-integer-digits", "1"),
            ("number:grouping", "true"),
        ];
        xml.empty("number:number", &digits);
        if !behind.is_empty() {
            xml.text_element("number:text", &[], &behind);
        }
        for (condition, style) in maps {
            let map = [("style:condition", *condition), ("style:apply-style-name", *style)];
            xml.empty("style:map", &map);
        }
    });
}

fn cell_properties(style: &Style, xml: &mut XmlWriter) {
    let (thin, strong) = (
        format!("0.74pt solid {}", colour(palette::LINE)),
        format!("1.76pt solid {}", colour(palette::DARK)),
    );
    let fill = style.fill.map(colour);
    let mut properties = vec![
        ("fo:padding", "0.35mm"),
        ("fo:wrap-option", if style.wraps { "wrap" } else { "no-wrap" }),
        ("style:vertical-align", if style.at_top { "top" } else { "bottom" }),
        ("style:text-align-source", if style.across.is_some() { "fix" } else { "value-type" }),
    ];
    properties.extend(fill.as_deref().map(|fill| ("fo:background-color", fill)));
    match style.edges {
        Edges::None => {}
        Edges::Thin => properties.push(("fo:border", &thin)),
        Edges::Opens => properties.extend([
            ("fo:border-top", strong.as_str()),
            ("fo:border-left", &thin),
            ("fo:border-right", &thin),
            ("fo:border-bottom", &thin),
        ]),
    }
    xml.empty("style:table-cell-properties", &properties);
    let indent = format!("{}pt", u32::from(style.indent) * 8);
    let across = match style.across {
        None => None,
        Some(Align::Left) => Some("start"),
        Some(Align::Right) => Some("end"),
        Some(Align::Centre) => Some("center"),
    };
    let mut properties = Vec::new();
    properties.extend(across.map(|across| ("fo:text-align", across)));
    if style.indent > 0 {
        properties.push(("fo:margin-left", &indent));
    }
    if !properties.is_empty() {
        xml.empty("style:paragraph-properties", &properties);
    }
    text_properties(style, xml);
}

fn text_properties(style: &Style, xml: &mut XmlWriter) {
    let size = format!("{}pt", style.size);
    let letters = style.colour.or(style.is_link.then_some(LINK)).map(colour);
    let mut properties = vec![("style:font-name", FONT), ("fo:font-size", &size)];
    properties.extend(letters.as_deref().map(|letters| ("fo:color", letters)));
    if style.bold {
        properties.push(("fo:font-weight", "bold"));
    }
    if style.italic {
        properties.push(("fo:font-style", "italic"));
    }
    if style.is_link {
        properties.push(("style:text-underline-style", "solid"));
    }
    xml.empty("style:text-properties", &properties);
}

/// Gives a cell the colours of a rating by its word, so that a rating that somebody changes has its
/// colour.
fn colours_of_words(xml: &mut XmlWriter) {
    for rag in Rag::ALL {
        let word = wording::rag(rag);
        let condition = format!("cell-content()=\"{word}\"");
        let map = [("style:condition", condition.as_str()), ("style:apply-style-name", word)];
        xml.empty("style:map", &map);
    }
}

/// `styles.xml`: what every cell starts from, the colours of ratings, and the pages.
pub(super) fn part(book: &Book<'_>) -> Vec<u8> {
    let (language, country) = LANGUAGE.split_once('-').unwrap_or((LANGUAGE, ""));
    XmlWriter::part("office:document-styles", NAMESPACES, |xml| {
        xml.element("office:font-face-decls", &[], |xml| {
            let font = [("style:name", FONT), ("svg:font-family", FONT)];
            xml.empty("style:font-face", &font);
        });
        xml.element("office:styles", &[], |xml| {
            xml.element("style:default-style", &[("style:family", "table-cell")], |xml| {
                let text = [
                    ("style:font-name", FONT),
                    ("fo:font-size", "10pt"),
                    ("fo:language", language),
                    ("fo:country", country),
                ];
                xml.empty("style:text-properties", &text);
            });
            styled("Default", "table-cell", &[], xml, |_| {});
            for rag in Rag::ALL {
                let parent = [("style:parent-style-name", "Default")];
                styled(wording::rag(rag), "table-cell", &parent, xml, |xml| {
                    let style = Style { bold: true, ..rated(base(), rag) };
                    let fill = style.fill.map(colour).unwrap_or_default();
                    let filled = [("fo:background-color", fill.as_str())];
                    xml.empty("style:table-cell-properties", &filled);
                    text_properties(&style, xml);
                });
            }
        });
        xml.element("office:automatic-styles", &[], |xml| {
            for (number, sheet) in (1..).zip(&book.sheets) {
                page_layout(sheet, &format!("Layout{number}"), xml);
            }
        });
        xml.element("office:master-styles", &[], |xml| {
            for (number, sheet) in (1..).zip(&book.sheets) {
                let (page, layout) = (format!("Page{number}"), format!("Layout{number}"));
                let named =
                    [("style:name", page.as_str()), ("style:page-layout-name", layout.as_str())];
                xml.element("style:master-page", &named, |xml| {
                    xml.element("style:header", &[], |xml| edge(&sheet.header, false, xml));
                    xml.element("style:footer", &[], |xml| edge(&sheet.footer, true, xml));
                });
            }
        });
    })
}

fn page_layout(sheet: &Sheet<'_>, name: &str, xml: &mut XmlWriter) {
    let (width, height) = match sheet.paper {
        Paper::A4 => ("297mm", "210mm"),
        Paper::A3 => ("420mm", "297mm"),
    };
    let across = sheet.pages_across.to_string();
    let down = sheet.pages_down.map(|pages| pages.to_string());
    xml.element("style:page-layout", &[("style:name", name)], |xml| {
        let mut properties = vec![
            ("fo:page-width", width),
            ("fo:page-height", height),
            ("style:print-orientation", "landscape"),
            ("fo:margin-top", "7.6mm"),
            ("fo:margin-bottom", "7.6mm"),
            ("fo:margin-left", "10.2mm"),
            ("fo:margin-right", "10.2mm"),
            ("style:first-page-number", "continue"),
            ("style:scale-to-X", &across),
            ("style:print", "charts drawings objects zero-values"),
        ];
        properties.extend(down.as_deref().map(|down| ("style:scale-to-Y", down)));
        xml.empty("style:page-layout-properties", &properties);
        for (element, side) in
            [("style:header-style", "fo:margin-bottom"), ("style:footer-style", "fo:margin-top")]
        {
            xml.element(element, &[], |xml| {
                let properties = [
                    ("fo:min-height", "7.6mm"),
                    (side, "4mm"),
                    ("fo:margin-left", "0mm"),
                    ("fo:margin-right", "0mm"),
                ];
                xml.empty("style:header-footer-properties", &properties);
            });
        }
    });
}

/// What stands at an edge of a page, with the number of the page if it is the lower one.
fn edge(edge: &Edge, is_numbered: bool, xml: &mut XmlWriter) {
    for (region, text) in [
        ("style:region-left", &edge.left),
        ("style:region-center", &edge.centre),
        ("style:region-right", &edge.right),
    ] {
        xml.element(region, &[], |xml| {
            xml.element("text:p", &[], |xml| {
                xml.text(text);
                if is_numbered && region == "style:region-right" {
                    xml.text("Page ");
                    xml.text_element("text:page-number", &[], "1");
                    xml.text(" of ");
                    xml.text_element("text:page-count", &[], "1");
                }
            });
        });
    }
}
