//! Tables, as they are laid out for paper.

use super::run::{Run, paragraph, run};
use crate::layout::{Align, Cell, Row, Table};
use crate::render::palette;
use crate::render::paper::{TablePlan, Twips, caption, worded};
use crate::render::xml::XmlWriter;
use crate::wording;

/// Writes a table with the given layout.
pub(super) fn write(table: &Table, plan: &TablePlan, xml: &mut XmlWriter) {
    for (index, columns) in plan.tables.iter().enumerate() {
        if index > 0 {
            xml.element("w:p", &[], |xml| {
                xml.element("w:pPr", &[], |xml| {
                    xml.val("w:pStyle", "Small");
                    xml.empty("w:pageBreakBefore", &[]);
                });
            });
        }
        let caption = caption(table, index);
        element(
            xml,
            &caption,
            &columns.iter().map(|(_, width)| *width).collect::<Vec<_>>(),
            |xml| {
                row(xml, true, |xml| {
                    for (column, width) in columns {
                        let column = &table.columns[*column];
                        let style = CellStyle {
                            width: *width,
                            align: column.align,
                            fill: Some(palette::DARK),
                            ..CellStyle::default()
                        };
                        let heading = Run {
                            text: &column.heading,
                            bold: true,
                            colour: Some(palette::WHITE),
                            size: plan.size,
                            ..Run::default()
                        };
                        cell(xml, &style, |xml| run(xml, &heading));
                    }
                });
                for (index, of_row) in table.rows.iter().enumerate() {
                    match of_row {
                        Row::Section(title) => section(xml, title, columns, plan.size),
                        Row::Cells(cells) => {
                            // Keep the last two rows together, so that no row is alone on a page.
                            let keeps = index + 2 == table.rows.len();
                            row(xml, false, |xml| {
                                for (column, width) in columns {
                                    value(
                                        xml,
                                        &cells[*column],
                                        table.columns[*column].align,
                                        *width,
                                        plan.size,
                                        keeps,
                                    );
                                }
                            });
                        }
                    }
                }
            },
        );
    }
    if let Some(text) = plan.said() {
        paragraph(xml, "Note", &[Run { text: &text, ..Run::default() }]);
    }
}

/// Writes a table of texts, such as one in a commentary.
pub(super) fn write_texts(rows: &[(bool, Vec<Vec<Run<'_>>>)], page: Twips, xml: &mut XmlWriter) {
    let count = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(1).max(1);
    let width = page / u32::try_from(count).unwrap_or(1);
    element(xml, "Table in the commentary", &vec![width; count], |xml| {
        for (is_header, cells) in rows {
            row(xml, *is_header, |xml| {
                for column in 0..count {
                    let fill = is_header.then_some(palette::DARK);
                    cell(xml, &CellStyle { width, fill, ..CellStyle::default() }, |xml| {
                        for text in cells.get(column).into_iter().flatten() {
                            let colour = is_header.then_some(palette::WHITE);
                            run(xml, &Run { colour, bold: text.bold || *is_header, ..*text });
                        }
                    });
                }
            });
        }
    });
}

fn element(
    xml: &mut XmlWriter,
    caption: &str,
    widths: &[Twips],
    rows: impl FnOnce(&mut XmlWriter),
) {
    xml.element("w:tbl", &[], |xml| {
        xml.element("w:tblPr", &[], |xml| {
            xml.val("w:tblStyle", "Figures");
            let whole: u32 = widths.iter().sum();
            xml.empty("w:tblW", &[("w:w", &whole.to_string()), ("w:type", "dxa")]);
            xml.empty("w:tblLayout", &[("w:type", "fixed")]);
            xml.empty(
                "w:tblLook",
                &[("w:val", "0020"), ("w:firstRow", "1"), ("w:noHBand", "1"), ("w:noVBand", "1")],
            );
            xml.val("w:tblCaption", caption);
            xml.val("w:tblDescription", caption);
        });
        xml.element("w:tblGrid", &[], |xml| {
            for width in widths {
                xml.empty("w:gridCol", &[("w:w", &width.to_string())]);
            }
        });
        rows(xml);
    });
    // Two tables that touch would be merged, so there must be a paragraph after each.
    paragraph(xml, "Small", &[]);
}

fn row(xml: &mut XmlWriter, is_header: bool, cells: impl FnOnce(&mut XmlWriter)) {
    xml.element("w:tr", &[], |xml| {
        xml.element("w:trPr", &[], |xml| {
            xml.empty("w:cantSplit", &[]);
            if is_header {
                xml.empty("w:tblHeader", &[]);
            }
        });
        cells(xml);
    });
}

/// The heading of a section, across all columns.
fn section(xml: &mut XmlWriter, title: &str, columns: &[(usize, Twips)], size: u32) {
    row(xml, false, |xml| {
        let width = columns.iter().map(|(_, width)| width).sum();
        let style = CellStyle {
            width,
            fill: Some(palette::LIGHT),
            span: columns.len(),
            keeps: true,
            ..CellStyle::default()
        };
        cell(xml, &style, |xml| run(xml, &Run { text: title, bold: true, size, ..Run::default() }));
    });
}

/// How a cell is formatted.
struct CellStyle {
    width: Twips,
    align: Align,
    fill: Option<palette::Rgb>,
    /// How many columns it spans.
    span: usize,
    /// Whether it is kept on the same page as the next row.
    keeps: bool,
}

impl Default for CellStyle {
    fn default() -> Self {
        Self { width: 0, align: Align::Left, fill: None, span: 1, keeps: false }
    }
}

fn cell(xml: &mut XmlWriter, style: &CellStyle, runs: impl FnOnce(&mut XmlWriter)) {
    xml.element("w:tc", &[], |xml| {
        xml.element("w:tcPr", &[], |xml| {
            xml.empty("w:tcW", &[("w:w", &style.width.to_string()), ("w:type", "dxa")]);
            if style.span > 1 {
                xml.val("w:gridSpan", &style.span.to_string());
            }
            if let Some(fill) = style.fill {
                xml.empty(
                    "w:shd",
                    &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", &palette::hex(fill))],
                );
            }
        });
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| {
                xml.val("w:pStyle", "Cell");
                if style.keeps {
                    xml.empty("w:keepNext", &[]);
                }
                xml.val(
                    "w:jc",
                    match style.align {
                        Align::Left => "left",
                        Align::Right => "right",
                        Align::Centre => "center",
                    },
                );
            });
            runs(xml);
        });
    });
}

fn value(xml: &mut XmlWriter, of: &Cell, align: Align, width: Twips, size: u32, keeps: bool) {
    let (fill, colour) = of.coloured().map(palette::rag).unzip();
    cell(xml, &CellStyle { width, align, fill, keeps, ..CellStyle::default() }, |xml| {
        run(xml, &Run { text: &worded(of), bold: fill.is_some(), colour, size, ..Run::default() });
        if !of.notes.is_empty() {
            let marks = wording::note_marks(&of.notes);
            run(xml, &Run { text: &marks, raised: true, colour, size, ..Run::default() });
        }
    });
}
