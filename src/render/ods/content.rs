//! `content.xml`: the sheets with their cells.

use std::collections::BTreeSet;

use super::styles::{RowStyle, Styles};
use super::{NAMESPACES, chart, colour, points};
use crate::render::palette;
use crate::render::plot::{description, size_on_sheet};
use crate::render::sheets::style::header;
use crate::render::sheets::{
    Book, CHART_DATA, ChartAt, Content, Filled, LABELS, Sheet, SparklineAt, TableAt,
};
use crate::render::xml::{Attributes, XmlWriter};

/// The part, and the styles that it uses.
pub(super) fn part(book: &Book<'_>, styles: &mut Styles) -> Vec<u8> {
    let mut body = XmlWriter::default();
    let mut number = 0;
    for (index, sheet) in book.sheets.iter().enumerate() {
        write_sheet(sheet, index, &mut number, styles, &mut body);
    }
    XmlWriter::part("office:document-content", NAMESPACES, |xml| {
        styles.automatic(&book.sheets, xml);
        xml.element("office:body", &[], |xml| {
            xml.element("office:spreadsheet", &[], |xml| {
                xml.append(&body);
                xml.element("table:database-ranges", &[], |xml| {
                    for sheet in &book.sheets {
                        sheet.tables.iter().for_each(|table| database_range(sheet, table, xml));
                    }
                });
            });
        });
    })
}

/// A table, by the name that formulas have of it.
fn database_range(sheet: &Sheet<'_>, table: &TableAt, xml: &mut XmlWriter) {
    let last = table.columns.len().saturating_sub(1);
    let target = range(&sheet.name, (table.header, 0), (table.last, last));
    let filter = if table.has_filter { "true" } else { "false" };
    let named = [
        ("table:name", table.name.as_str()),
        ("table:target-range-address", &target),
        ("table:display-filter-buttons", filter),
    ];
    xml.empty("table:database-range", &named);
}

/// A sheet; `number` counts the charts of all sheets.
fn write_sheet(
    sheet: &Sheet<'_>,
    index: usize,
    number: &mut usize,
    styles: &mut Styles,
    xml: &mut XmlWriter,
) {
    let style = format!("ta{}", index + 1);
    xml.element(
        "table:table",
        &[("table:name", &sheet.name), ("table:style-name", &style)],
        |xml| {
            // What its tables show, for those who cannot see them.
            let captions: Vec<_> =
                sheet.tables.iter().map(|table| table.caption.as_str()).collect();
            xml.text_element("table:desc", &[], &captions.join("; "));
            columns(sheet, styles, xml);
            rows((index, sheet), number, styles, xml);
            sparklines(sheet, xml);
        },
    );
}

/// The columns, those that are repeated in print first.
fn columns(sheet: &Sheet<'_>, styles: &mut Styles, xml: &mut XmlWriter) {
    let mut column = |index: usize, xml: &mut XmlWriter| {
        let style = styles.column(sheet.widths[index]);
        let visible = if sheet.hidden.contains(&index) { "collapse" } else { "visible" };
        xml.empty(
            "table:table-column",
            &[("table:style-name", style.as_str()), ("table:visibility", visible)],
        );
    };
    let repeated = sheet.repeated_columns.min(sheet.widths.len());
    if repeated > 0 {
        xml.element("table:table-header-columns", &[], |xml| {
            (0..repeated).for_each(|index| column(index, xml));
        });
    }
    (repeated..sheet.widths.len()).for_each(|index| column(index, xml));
}

fn rows(
    (index, sheet): (usize, &Sheet<'_>),
    number: &mut usize,
    styles: &mut Styles,
    xml: &mut XmlWriter,
) {
    let headers = sheet.tables.iter().map(|table| table.header);
    let charts = sheet.charts.iter().map(|chart| chart.row);
    let used: BTreeSet<u32> =
        sheet.cells.keys().map(|(row, _)| *row).chain(headers).chain(charts).collect();
    let mut next = 0;
    for row in used {
        if row > next {
            let style = styles.row(RowStyle::default());
            let count = (row - next).to_string();
            let repeated =
                [("table:style-name", style.as_str()), ("table:number-rows-repeated", &count)];
            xml.element("table:table-row", &repeated, |xml| {
                xml.empty("table:table-cell", &[]);
            });
        }
        next = row + 1;
        let height = sheet.heights.get(&row).copied();
        let style = styles.row(RowStyle { height, begins_page: sheet.breaks.contains(&row) });
        let mut write = |xml: &mut XmlWriter| {
            xml.element("table:table-row", &[("table:style-name", &style)], |xml| {
                cells((index, sheet), row, number, styles, xml);
            });
        };
        if sheet.repeated_row == Some(row) {
            xml.element("table:table-header-rows", &[], write);
        } else {
            write(xml);
        }
    }
}

/// The cells of a row, with its headings and charts.
fn cells(
    (index, sheet): (usize, &Sheet<'_>),
    row: u32,
    number: &mut usize,
    styles: &mut Styles,
    xml: &mut XmlWriter,
) {
    let heading = sheet.tables.iter().find(|table| table.header == row);
    let headings = heading.map_or(&[][..], |table| &table.columns);
    let charts = sheet.charts.iter().filter(|chart| chart.row == row);
    let last_cell = sheet.cells.range((row, 0)..=(row, usize::MAX)).next_back();
    let end = [
        headings.len(),
        last_cell.map_or(0, |((_, column), _)| column + 1),
        charts.clone().map(|chart| chart.column + 1).max().unwrap_or(0),
    ];
    let end = end.into_iter().max().unwrap_or(0);
    let (mut column, mut empty) = (0, 0);
    while column < end {
        let chart = charts.clone().find(|chart| chart.column == column);
        let filled = sheet.cells.get(&(row, column));
        if let Some(heading) = headings.get(column) {
            flush(&mut empty, xml);
            let style = styles.cell(&header(heading.align), None);
            text_cell(&[("table:style-name", &style)], &heading.heading, xml);
        } else if let Some(chart) = chart {
            flush(&mut empty, xml);
            *number += 1;
            xml.element("table:table-cell", &[], |xml| frame(chart, *number, xml));
        } else if let Some(cell) = filled {
            flush(&mut empty, xml);
            let merged = sheet.merged.iter().find(|at| at.row == row && at.first == column);
            let spanned = merged.map_or(1, |at| at.last - at.first + 1);
            let is_rated = sheet
                .coloured
                .iter()
                .any(|at| at.column == column && (at.first..=at.last).contains(&row));
            let rated = is_rated.then_some(index);
            write_cell(cell, spanned, rated, styles, xml);
            column += spanned - 1;
        } else {
            empty += 1;
        }
        column += 1;
    }
    flush(&mut empty, xml);
}

/// Writes the empty cells that have been counted.
fn flush(empty: &mut usize, xml: &mut XmlWriter) {
    if *empty > 0 {
        let count = empty.to_string();
        xml.empty("table:table-cell", &[("table:number-columns-repeated", &count)]);
        *empty = 0;
    }
}

fn write_cell(
    cell: &Filled,
    spanned: usize,
    rated: Option<usize>,
    styles: &mut Styles,
    xml: &mut XmlWriter,
) {
    let style = styles.cell(&cell.style, rated);
    let columns = spanned.to_string();
    let mut attributes = vec![("table:style-name", style.as_str())];
    if spanned > 1 {
        attributes.push(("table:number-columns-spanned", &columns));
        attributes.push(("table:number-rows-spanned", "1"));
    }
    match &cell.content {
        Content::Blank => xml.empty("table:table-cell", &attributes),
        Content::Text(text) if text.is_empty() => xml.empty("table:table-cell", &attributes),
        Content::Text(text) => text_cell(&attributes, text, xml),
        Content::Number { value, shown } => {
            let is_percent = cell.style.number.as_ref().is_some_and(|format| format.is_percent);
            let kind = if is_percent { "percentage" } else { "float" };
            let value = value.to_string();
            attributes.push(("office:value-type", kind));
            attributes.push(("office:value", &value));
            xml.element("table:table-cell", &attributes, |xml| {
                paragraph(xml, |xml| spaced(shown, xml));
            });
        }
        Content::Rich(runs) => {
            let runs: Vec<_> = runs.iter().map(|(run, text)| (styles.text(run), text)).collect();
            attributes.push(("office:value-type", "string"));
            xml.element("table:table-cell", &attributes, |xml| {
                paragraph(xml, |xml| {
                    for (style, text) in &runs {
                        xml.element("text:span", &[("text:style-name", style)], |xml| {
                            spaced(text, xml);
                        });
                    }
                });
            });
        }
        Content::Link { sheet, text } => {
            let target = format!("#{}.A1", quoted(sheet));
            attributes.push(("office:value-type", "string"));
            xml.element("table:table-cell", &attributes, |xml| {
                paragraph(xml, |xml| {
                    let link = [("xlink:href", target.as_str()), ("xlink:type", "simple")];
                    xml.element("text:a", &link, |xml| spaced(text, xml));
                });
            });
        }
    }
    if spanned > 1 {
        let covered = (spanned - 1).to_string();
        xml.empty("table:covered-table-cell", &[("table:number-columns-repeated", &covered)]);
    }
}

fn text_cell(attributes: Attributes<'_>, text: &str, xml: &mut XmlWriter) {
    let attributes = [attributes, &[("office:value-type", "string")]].concat();
    xml.element("table:table-cell", &attributes, |xml| paragraph(xml, |xml| spaced(text, xml)));
}

fn paragraph(xml: &mut XmlWriter, inside: impl FnOnce(&mut XmlWriter)) {
    xml.element("text:p", &[], inside);
}

/// Text with all its spaces: of several, a reader would keep one.
fn spaced(text: &str, xml: &mut XmlWriter) {
    let mut rest = text;
    let mut is_start = true;
    while let Some(at) = rest.find(' ') {
        let (before, from) = rest.split_at(at);
        let after = from.trim_start_matches(' ');
        let count = from.len() - after.len();
        xml.text(before);
        // One space between words stays.
        if count == 1 && !after.is_empty() && !(is_start && before.is_empty()) {
            xml.text(" ");
        } else {
            xml.empty("text:s", &[("text:c", &count.to_string())]);
        }
        (rest, is_start) = (after, false);
    }
    xml.text(rest);
}

/// The frame of a chart in the cell at its upper left corner.
fn frame(at: &ChartAt<'_>, number: usize, xml: &mut XmlWriter) {
    let [width, height] = size_on_sheet(at.chart).map(points);
    let name = format!("Chart {number}");
    // Next to the table, with a gap of 24 pixels.
    let left = points(24);
    let attributes = [
        ("draw:name", name.as_str()),
        ("draw:style-name", "gr1"),
        ("svg:width", &width),
        ("svg:height", &height),
        ("svg:x", &left),
        ("svg:y", "0pt"),
    ];
    xml.element("draw:frame", &attributes, |xml| {
        let link = format!("./{}", chart::folder(number));
        let object = [
            ("draw:notify-on-update-of-ranges", chart::sources(&at.ranges)),
            ("xlink:href", link),
            ("xlink:type", "simple".to_owned()),
            ("xlink:show", "embed".to_owned()),
            ("xlink:actuate", "onLoad".to_owned()),
        ];
        let object: Vec<_> = object.iter().map(|(name, value)| (*name, value.as_str())).collect();
        xml.empty("draw:object", &object);
        xml.text_element("svg:title", &[], &at.chart.title);
        xml.text_element("svg:desc", &[], &description(at.chart));
    });
}

/// The sparklines, as LibreOffice keeps them; other programs show their cells empty.
fn sparklines(sheet: &Sheet<'_>, xml: &mut XmlWriter) {
    if sheet.sparklines.is_empty() {
        return;
    }
    let line = colour(palette::RESULT);
    xml.element("calcext:sparkline-groups", &[], |xml| {
        for (number, SparklineAt { row, column, ranges }) in (1..).zip(&sheet.sparklines) {
            let id = format!("{{00000000-0000-0000-0000-{number:012X}}}");
            let group = [
                ("calcext:id", id.as_str()),
                ("calcext:type", "line"),
                ("calcext:line-width", "1.5pt"),
                ("calcext:display-empty-cells-as", "gap"),
                ("calcext:last", "true"),
                ("calcext:color-series", line.as_str()),
                ("calcext:color-last", &line),
            ];
            xml.element("calcext:sparkline-group", &group, |xml| {
                xml.element("calcext:sparklines", &[], |xml| {
                    let drawn = usize::from(LABELS);
                    let at = address(&sheet.name, (*row, *column));
                    let data = range(CHART_DATA, (ranges.first, drawn), (ranges.last, drawn));
                    let of = [("calcext:cell-address", at.as_str()), ("calcext:data-range", &data)];
                    xml.empty("calcext:sparkline", &of);
                });
            });
        }
    });
}

/// The cells from one to another, each a row and a column.
pub(super) fn range(sheet: &str, from: (u32, usize), to: (u32, usize)) -> String {
    format!("{}:{}", address(sheet, from), address(sheet, to))
}

/// A cell of a sheet: `'Chart data'.A5`.
pub(super) fn address(sheet: &str, (row, column): (u32, usize)) -> String {
    format!("{}.{}{}", quoted(sheet), letters(column), row + 1)
}

/// The name of a sheet in an address.
fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}

/// The letters of a column: A for the first, AA for the twenty-seventh.
fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        letters.push(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(left - 1) % 26]);
        left = (left - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_has_its_address() {
        assert_eq!(address("Chart data", (4, 0)), "'Chart data'.A5");
        assert_eq!(address("It's", (0, 25)), "'It''s'.Z1");
        assert_eq!([26, 51, 52, 701, 702].map(letters), ["AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn every_space_is_kept() {
        let of = |text: &str| {
            let mut xml = XmlWriter::default();
            spaced(text, &mut xml);
            xml.into_text()
        };
        assert_eq!(of("one two"), "one two");
        assert_eq!(
            of(" a   b "),
            "<text:s text:c=\"1\"/>a<text:s text:c=\"3\"/>b<text:s text:c=\"1\"/>"
        );
        assert_eq!(of("<&"), "&lt;&amp;");
    }
}
