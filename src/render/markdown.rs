//! `markdown`: for a wiki, an issue or a web page, in GitHub's flavour.

use std::io::{self, Write};

use crate::definition::GlossaryTerm;
use crate::layout::prose::{Prose, Span, paragraph};
use crate::layout::{Align, Block, Cell, Document, Medium, Page, Row, Series, Table, Texts};
use crate::wording;

/// Writes the pages.
///
/// # Errors
///
/// If writing to `out` fails.
pub fn write(document: &Document, out: &mut impl Write) -> io::Result<()> {
    let document: &Document = &document.printable();
    if let Some(marking) = &document.marking {
        writeln!(out, "{}\n", escaped(marking))?;
    }
    writeln!(out, "# {}\n", escaped(&document.title))?;
    let facts: Vec<_> = document
        .facts
        .iter()
        .map(|fact| format!("**{}:** {}", escaped(&fact.label), escaped(&fact.text)))
        .collect();
    writeln!(out, "{}", facts.join(" · "))?;
    for page in &document.pages {
        write_page(page, &document.terms_of(page), out)?;
    }
    if let Some(marking) = &document.marking {
        writeln!(out, "\n{}", escaped(marking))?;
    }
    Ok(())
}

fn write_page(page: &Page, terms: &[&GlossaryTerm], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\n## {}", escaped(&page.title))?;
    for block in &page.blocks {
        // A table without rows is skipped, because the text next to it says why it is empty.
        if block.table().is_some_and(|table| table.rows.is_empty())
            || matches!(block, Block::Alone(_))
        {
            continue;
        }
        writeln!(out)?;
        match block {
            Block::Heading(heading) => writeln!(out, "### {}", escaped(heading))?,
            Block::Fields(fields) => {
                for field in fields {
                    writeln!(out, "- **{}:** {}", escaped(&field.label), escaped(&field.text))?;
                }
            }
            Block::Table(table) | Block::Series(Series { table, .. }) => write_table(table, out)?,
            Block::Prose(prose) => write_prose(prose, out)?,
            Block::Glance(glance) => write_prose(&[paragraph(&glance.said)], out)?,
            Block::Alone(_) => {}
        }
    }
    if !page.notes.is_empty() {
        writeln!(out)?;
    }
    for (index, note) in page.notes.iter().enumerate() {
        // Two spaces end a line, so that each note is on its own line.
        writeln!(out, "{} {}  ", wording::note_mark(index + 1), escaped(note))?;
    }
    if !terms.is_empty() {
        writeln!(out)?;
    }
    for term in terms {
        writeln!(out, "{}  ", escaped(&term.to_string()))?;
    }
    Ok(())
}

fn write_table(table: &Table, out: &mut impl Write) -> io::Result<()> {
    let shown: Vec<_> = table.columns_in(Medium::Paper).collect();
    let headings: Vec<_> =
        shown.iter().map(|column| escaped(&table.columns[*column].heading)).collect();
    writeln!(out, "| {} |", headings.join(" | "))?;
    let rules: Vec<_> = shown
        .iter()
        .map(|column| match table.columns[*column].align {
            Align::Left => ":--",
            Align::Right => "--:",
            Align::Centre => ":-:",
        })
        .collect();
    writeln!(out, "| {} |", rules.join(" | "))?;
    for row in &table.rows {
        match row {
            Row::Section(title) => {
                // In the column of the running text, above the rows of the section.
                let cells: Vec<_> = shown
                    .iter()
                    .map(|column| {
                        if holds_section_titles(table, *column) {
                            format!("**{}**", escaped(title))
                        } else {
                            String::new()
                        }
                    })
                    .collect();
                writeln!(out, "| {} |", cells.join(" | "))?;
            }
            Row::Cells(cells) => {
                let cells: Vec<_> = shown.iter().map(|column| cell_text(&cells[*column])).collect();
                writeln!(out, "| {} |", cells.join(" | "))?;
            }
        }
    }
    Ok(())
}

fn holds_section_titles(table: &Table, column: usize) -> bool {
    table
        .columns
        .iter()
        .position(|column| column.room == crate::layout::Room::Flexible)
        .unwrap_or(0)
        == column
}

fn cell_text(cell: &Cell) -> String {
    let arrow = cell.arrow().map_or_else(String::new, |arrow| format!("{arrow} "));
    let marks = match wording::note_marks(&cell.notes) {
        marks if marks.is_empty() => marks,
        marks => format!("<sup>{marks}</sup>"),
    };
    format!("{arrow}{}{marks}", escaped(&cell.lettered()))
}

fn write_prose(prose: &[Prose], out: &mut impl Write) -> io::Result<()> {
    for (index, part) in prose.iter().enumerate() {
        if index > 0 && !part.continues(&prose[index - 1]) {
            writeln!(out)?;
        }
        match part {
            Prose::Paragraph(spans) => writeln!(out, "{}", spans_text(spans))?,
            Prose::Heading(spans) => writeln!(out, "#### {}", spans_text(spans))?,
            Prose::Item { depth, number, spans } => {
                let mark = number.map_or_else(|| "-".to_owned(), |number| format!("{number}."));
                writeln!(out, "{}{mark} {}", "   ".repeat((*depth).min(8)), spans_text(spans))?;
            }
            Prose::Row { is_header, cells } => {
                let texts: Vec<_> = cells.iter().map(|cell| spans_text(cell)).collect();
                writeln!(out, "| {} |", texts.join(" | "))?;
                if *is_header {
                    writeln!(out, "|{}", " --- |".repeat(cells.len()))?;
                }
            }
        }
    }
    Ok(())
}

fn spans_text(spans: &[Span]) -> String {
    spans
        .iter()
        .map(|span| {
            let mark = match (span.strong, span.emphasis) {
                (true, true) => "***",
                (true, false) => "**",
                (false, true) => "*",
                (false, false) => "",
            };
            // In Markdown a mark must touch the words that it marks.
            let text = span.text.trim();
            let (before, after) = (
                &span.text[..span.text.len() - span.text.trim_start().len()],
                &span.text[span.text.trim_end().len()..],
            );
            if mark.is_empty() || text.is_empty() {
                escaped(&span.text)
            } else {
                format!("{before}{mark}{}{mark}{after}", escaped(text))
            }
        })
        .collect()
}

/// The text with everything escaped that Markdown would treat as markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (index, letter) in text.char_indices() {
        let starts_a_block =
            index == 0 && matches!(letter, '#' | '+' | '-' | '=') && text.len() > 1;
        if starts_a_block
            || matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&')
        {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}
