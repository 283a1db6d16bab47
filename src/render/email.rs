//! The summary as an e-mail: HTML that Outlook shows as it is meant, and that stays so when it is
//! copied out of a browser.
//!
//! Outlook lays a message out with Word, which knows tables, background colours of cells and styles
//! that stand at each element, and little else: no style sheet, no SVG, no flexible boxes.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::palette::{self, DARK, LIGHT, LINE, hex};
use super::typography::kept_together;
use crate::layout::prose::{Prose, Span};
use crate::layout::{
    Align, Block, Cell, Counts, Document, Field, Glance, LANGUAGE, Medium, Page, Row, Series,
    Table, Value,
};
use crate::wording;

/// The typeface, which a message inherits nowhere: every element says it.
const FACE: &str = "font-family:Arial,Helvetica,sans-serif";
/// How wide a message is, so that it can be read beside a list of messages, and printed.
const WIDTH: u32 = 760;

/// Writes the pages as a message.
///
/// # Errors
///
/// If writing to `out` fails.
pub fn write(document: &Document, out: &mut impl Write) -> io::Result<()> {
    let document = &kept_together(document);
    let mut body = String::new();
    for page in &document.pages {
        write_page(page, &mut body);
    }
    let title = escaped(&document.title);
    let facts: Vec<_> = document.facts.iter().map(fact).collect();
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{LANGUAGE}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>{title}, {subject}</title>\n</head>\n\
         <body style=\"margin:16px;background-color:#FFFFFF\">\n\
         <table role=\"presentation\" width=\"{WIDTH}\" cellspacing=\"0\" cellpadding=\"0\" border=\"0\" \
         style=\"width:{WIDTH}px;border-collapse:collapse\">\n<tr><td>\n\
         <h1 style=\"{FACE};font-size:20px;line-height:26px;margin:0 0 4px 0;color:#{dark}\">{title}</h1>\n\
         {marking}{facts}{body}{marking}</td></tr>\n</table>\n</body>\n</html>\n",
        subject = escaped(&document.subject),
        dark = hex(DARK),
        marking = document.marking.as_ref().map_or_else(String::new, |text| {
            paragraph(&format!("<strong>{}</strong>", escaped(text)), 14)
        }),
        facts = paragraph(&facts.join(" &nbsp;|&nbsp; "), 12),
    )
}

/// `Month: January 2016`.
fn fact(field: &Field) -> String {
    format!("{}: <strong>{}</strong>", escaped(&field.label), escaped(&field.text))
}

fn write_page(page: &Page, html: &mut String) {
    heading(2, 17, &page.title, html);
    for block in &page.blocks {
        match block {
            Block::Heading(text) => heading(3, 15, text, html),
            Block::Glance(glance) => counts(glance, html),
            Block::Prose(prose) => write_prose(prose, html),
            Block::Fields(fields) => {
                for field in fields {
                    html.push_str(&paragraph(&fact(field), 14));
                }
            }
            Block::Table(table) | Block::Series(Series { table, .. }) => write_table(table, html),
            Block::Alone(_) => {}
        }
    }
    for (index, note) in page.notes.iter().enumerate() {
        let text = format!("{} {}", wording::note_mark(index + 1), escaped(note));
        html.push_str(&paragraph(&text, 12));
    }
}

fn heading(level: u8, size: u8, text: &str, html: &mut String) {
    let _ = writeln!(
        html,
        "<h{level} style=\"{FACE};font-size:{size}px;margin:16px 0 6px 0;color:#{}\">{}</h{level}>",
        hex(DARK),
        escaped(text)
    );
}

/// A paragraph of text that is already HTML.
fn paragraph(html: &str, size: u8) -> String {
    format!(
        "<p style=\"{FACE};font-size:{size}px;line-height:{}px;margin:0 0 8px 0\">{html}</p>\n",
        size + 6
    )
}

/// How many are of each kind, a row of coloured cells for each thing that is counted.
fn counts(glance: &Glance, html: &mut String) {
    html.push_str(
        "<table role=\"presentation\" cellspacing=\"2\" cellpadding=\"6\" border=\"0\" \
         style=\"margin:0 0 8px 0\">\n",
    );
    for Counts { title, kinds, note } in &glance.counts {
        let mut row = cell("td", &escaped(title), Align::Left, None);
        for (kind, count) in kinds {
            let (label, colours) = match kind.value {
                Value::Rag(rag) => (escaped(&kind.text), Some(palette::rag(rag))),
                _ => (escaped(&kind.text.to_lowercase()), Some((LIGHT, palette::BLACK))),
            };
            let text = format!("<strong>{count}</strong>&nbsp;{label}");
            row.push_str(&cell("td", &text, Align::Centre, colours));
        }
        let _ = writeln!(html, "<tr>{row}</tr>");
        if let Some(note) = note {
            let _ = writeln!(
                html,
                "<tr><td></td><td colspan=\"4\" style=\"{FACE};font-size:13px\">{}</td></tr>",
                escaped(note)
            );
        }
    }
    html.push_str("</table>\n");
}

fn write_table(table: &Table, html: &mut String) {
    let columns: Vec<_> = table.columns_in(Medium::Paper).collect();
    if table.rows.is_empty() {
        return;
    }
    let _ = write!(
        html,
        "<table width=\"{WIDTH}\" cellspacing=\"0\" cellpadding=\"5\" border=\"0\" \
         style=\"width:{WIDTH}px;border-collapse:collapse;margin:0 0 8px 0\">\n<tr>"
    );
    for column in &columns {
        let column = &table.columns[*column];
        let colours = Some((DARK, palette::WHITE));
        html.push_str(&cell("th", &escaped(&column.heading), column.align, colours));
    }
    html.push_str("</tr>\n");
    for row in &table.rows {
        match row {
            Row::Section(title) => {
                let _ = writeln!(
                    html,
                    "<tr><th colspan=\"{}\" align=\"left\" bgcolor=\"#{light}\" \
                     style=\"{FACE};font-size:13px;text-align:left;background-color:#{light}\">{}</th></tr>",
                    columns.len(),
                    escaped(title),
                    light = hex(LIGHT)
                );
            }
            Row::Cells(cells) => {
                html.push_str("<tr>");
                for column in &columns {
                    let of = &cells[*column];
                    let colours =
                        if let Value::Rag(rag) = of.value { Some(palette::rag(rag)) } else { None };
                    html.push_str(&cell("td", &text(of), table.columns[*column].align, colours));
                }
                html.push_str("</tr>\n");
            }
        }
    }
    html.push_str("</table>\n");
}

/// The text of a cell, with the arrow of a direction and the marks of its footnotes.
fn text(cell: &Cell) -> String {
    let arrow = cell.arrow().map_or_else(String::new, |arrow| format!("{arrow}&nbsp;"));
    format!("{arrow}{}{}", escaped(&cell.text), escaped(&wording::note_marks(&cell.notes)))
}

/// A cell with a fill and a colour of its text, if it has any.
fn cell(
    tag: &str,
    html: &str,
    align: Align,
    colours: Option<(palette::Rgb, palette::Rgb)>,
) -> String {
    let align = match align {
        Align::Left => "left",
        Align::Right => "right",
        Align::Centre => "center",
    };
    let scope = if tag == "th" { " scope=\"col\"" } else { "" };
    let (fill, colour) = colours.map_or((String::new(), String::new()), |(fill, text)| {
        let (fill, text) = (hex(fill), hex(text));
        (format!(" bgcolor=\"#{fill}\""), format!(";background-color:#{fill};color:#{text}"))
    });
    format!(
        "<{tag}{scope} align=\"{align}\" valign=\"top\"{fill} style=\"{FACE};font-size:13px;\
         text-align:{align};border-bottom:1px solid #{}{colour}\">{html}</{tag}>",
        hex(LINE)
    )
}

fn write_prose(prose: &[Prose], html: &mut String) {
    for part in prose {
        match part {
            Prose::Paragraph(spans) => html.push_str(&paragraph(&spanned(spans), 14)),
            Prose::Heading(spans) => {
                html.push_str(&paragraph(&format!("<strong>{}</strong>", spanned(spans)), 14));
            }
            // A list of its own would be indented by each program in its own way.
            Prose::Item { number, spans, .. } => {
                let mark =
                    number.map_or_else(|| "&bull;".to_owned(), |number| format!("{number}."));
                html.push_str(&paragraph(&format!("{mark}&nbsp;{}", spanned(spans)), 14));
            }
            Prose::Row { cells, .. } => {
                let cells: Vec<_> = cells.iter().map(|cell| spanned(cell)).collect();
                html.push_str(&paragraph(&cells.join(" &nbsp;|&nbsp; "), 14));
            }
        }
    }
}

fn spanned(spans: &[Span]) -> String {
    let html = |span: &Span| {
        let text = escaped(&span.text);
        let text = if span.strong { format!("<strong>{text}</strong>") } else { text };
        if span.emphasis { format!("<em>{text}</em>") } else { text }
    };
    spans.iter().map(html).collect()
}

/// A text in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            letter => html.push(letter),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_markup() {
        assert_eq!(escaped("<b a=\"1\">&"), "&lt;b a=&quot;1&quot;&gt;&amp;");
    }

    #[test]
    fn a_cell_says_its_colours_twice_for_outlook() {
        let red = cell("td", "Red", Align::Centre, Some((0xC0_00_14, palette::WHITE)));
        assert!(red.contains("bgcolor=\"#C00014\"") && red.contains("background-color:#C00014"));
    }
}
