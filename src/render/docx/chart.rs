//! A chart of a series that can be edited in Word: its part, and a workbook with its numbers.

use std::io;

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::relationships::{OFFICE_RELATIONSHIPS, related, relationships};
use crate::layout::{Axis, Chart, LANGUAGE, Number};
use crate::render::archive::Part;
use crate::render::numbers::{number_format, value};
use crate::render::palette;
use crate::render::plot::{
    LINES, Line, Stroke, end_labels, inner, is_wide, label_interval, upright_label,
};
use crate::render::xlsx::error::in_words;
use crate::render::xlsx::save::save;
use crate::render::xml::XmlWriter;

const CHART: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";
const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
/// The size of a chart in pixels, of which Word has 96 in an inch.
const WIDTH: u32 = 642;
const HEIGHT: u32 = 264;
/// The name of the sheet with the numbers.
const SHEET: &str = "Sheet1";

/// The parts of a chart.
pub(super) fn parts(chart: &Chart, number: usize) -> io::Result<Vec<Part>> {
    let lines: Vec<_> =
        LINES.iter().filter(|line| line.numbers(chart).any(|number| number.is_some())).collect();
    let workbook = workbook(chart, &lines).map_err(|error| in_words(&error))?;
    let related = relationships(&[related(
        "workbook",
        "package",
        &format!("../embeddings/chart{number}.xlsx"),
    )]);
    Ok(vec![
        Part::new(format!("word/charts/chart{number}.xml"), part(chart, &lines)),
        Part::new(format!("word/charts/_rels/chart{number}.xml.rels"), related),
        Part::new(format!("word/embeddings/chart{number}.xlsx"), workbook),
    ])
}

/// The workbook with the numbers: a column for each line, a row for each point, and a blank cell
/// where a number is missing.
fn workbook(chart: &Chart, lines: &[&Line]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &rust_xlsxwriter::DocProperties::new()
            .set_creation_datetime(&rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1)?),
    );
    let sheet = workbook.add_worksheet();
    sheet.set_name(SHEET)?;
    for (column, line) in (1..).zip(lines) {
        sheet.write_string(0, column, label(line.heading))?;
    }
    for (row, point) in (1..).zip(&chart.points) {
        sheet.write_string(row, 0, label(&point.label))?;
    }
    for (column, line) in (1..).zip(lines) {
        for (row, number) in (1..).zip(line.numbers(chart)) {
            if let Some(number) = number {
                sheet.write_number_with_format(
                    row,
                    column,
                    value(number),
                    &Format::new().set_num_format(number_format(number)),
                )?;
            }
        }
    }
    save(&mut workbook)
}

fn part(chart: &Chart, lines: &[&Line]) -> Vec<u8> {
    let ends = end_labels(chart);
    let end_of = |line: &Line| {
        let named = LINES.iter().zip(&ends);
        named.filter(|(one, _)| one.heading == line.heading).find_map(|(_, end)| end.as_deref())
    };
    XmlWriter::part(
        "c:chartSpace",
        &[("xmlns:c", CHART), ("xmlns:a", DRAWING), ("xmlns:r", OFFICE_RELATIONSHIPS)],
        |xml| {
            xml.val("c:date1904", "0");
            xml.val("c:lang", LANGUAGE);
            xml.val("c:roundedCorners", "0");
            xml.element("c:chart", &[], |xml| {
                title(xml, &chart.title);
                xml.val("c:autoTitleDeleted", "0");
                xml.element("c:plotArea", &[], |xml| {
                    layout(xml, chart, &ends);
                    xml.element("c:lineChart", &[], |xml| {
                        xml.val("c:grouping", "standard");
                        xml.val("c:varyColors", "0");
                        for (index, line) in lines.iter().enumerate() {
                            series(xml, chart, line, index, end_of(line));
                        }
                        xml.val("c:marker", "1");
                        xml.val("c:axId", "1");
                        xml.val("c:axId", "2");
                    });
                    axes(xml, chart.axis.as_ref(), label_interval(chart));
                });
                xml.val("c:plotVisOnly", "1");
                xml.val("c:dispBlanksAs", "gap");
            });
            xml.element("c:spPr", &[], |xml| {
                xml.element("a:ln", &[("w", "6350")], |xml| fill(xml, palette::LINE));
            });
            default_font(xml, "900", false);
            xml.element("c:externalData", &[("r:id", "workbook")], |xml| {
                xml.val("c:autoUpdate", "0");
            });
        },
    )
}

fn title(xml: &mut XmlWriter, title: &str) {
    xml.element("c:title", &[], |xml| {
        xml.element("c:tx", &[], |xml| rich(xml, title, "1000", true, "square"));
        xml.val("c:overlay", "0");
    });
}

/// A text of a chart. `wrap` is `square` where it may take several lines, else `none`.
fn rich(xml: &mut XmlWriter, text: &str, size: &str, is_bold: bool, wrap: &str) {
    let bold = if is_bold { "1" } else { "0" };
    xml.element("c:rich", &[], |xml| {
        xml.empty("a:bodyPr", &[("wrap", wrap)]);
        xml.element("a:p", &[], |xml| {
            xml.element("a:r", &[], |xml| {
                xml.empty("a:rPr", &[("lang", LANGUAGE), ("sz", size), ("b", bold)]);
                xml.text_element("a:t", &[], text);
            });
        });
    });
}

/// Where the plot lies: beside it is room for the names of the lines.
fn layout(xml: &mut XmlWriter, chart: &Chart, ends: &[Option<String>]) {
    let inner = inner(chart, ends.iter().flatten(), WIDTH, HEIGHT);
    xml.element("c:layout", &[], |xml| {
        xml.element("c:manualLayout", &[], |xml| {
            xml.val("c:layoutTarget", "inner");
            xml.val("c:xMode", "edge");
            xml.val("c:yMode", "edge");
            for (name, share) in
                [("x", inner.left), ("y", inner.top), ("w", inner.width), ("h", inner.height)]
            {
                xml.val(&format!("c:{name}"), &format!("{share:.4}"));
            }
        });
    });
}

fn series(xml: &mut XmlWriter, chart: &Chart, line: &Line, index: usize, end: Option<&str>) {
    // Column A of the workbook has the labels.
    let column = char::from(b'B' + u8::try_from(index).unwrap_or(0));
    let last = chart.points.len() + 1;
    let index = index.to_string();
    xml.element("c:ser", &[], |xml| {
        xml.val("c:idx", &index);
        xml.val("c:order", &index);
        xml.element("c:tx", &[], |xml| {
            strings(xml, &format!("{SHEET}!${column}$1"), &[line.heading]);
        });
        xml.element("c:spPr", &[], |xml| {
            stroke(xml, line);
        });
        xml.element("c:marker", &[], |xml| {
            if line.stroke == Stroke::Marked {
                xml.val("c:symbol", "circle");
                xml.val("c:size", if is_wide(chart) { "4" } else { "7" });
                xml.element("c:spPr", &[], |xml| fill(xml, line.colour));
            } else {
                xml.val("c:symbol", "none");
            }
        });
        match line.stroke {
            Stroke::Upright => upright(xml, chart, line),
            Stroke::Marked | Stroke::Dashed | Stroke::Dotted => {
                if let Some(end) = end {
                    named(xml, chart, line, end);
                }
            }
        }
        let labels: Vec<_> = chart.points.iter().map(|point| point.label.as_str()).collect();
        xml.element("c:cat", &[], |xml| strings(xml, &format!("{SHEET}!$A$2:$A${last}"), &labels));
        let values: Vec<_> = line.numbers(chart).collect();
        xml.element("c:val", &[], |xml| {
            numbers(xml, &format!("{SHEET}!${column}$2:${column}${last}"), &values);
        });
        xml.val("c:smooth", "0");
    });
}

fn stroke(xml: &mut XmlWriter, line: &Line) {
    let (width, dash) = match line.stroke {
        Stroke::Marked => ("31750", None),
        Stroke::Dashed => ("22225", Some("dash")),
        Stroke::Dotted => ("22225", Some("sysDot")),
        Stroke::Upright => ("15875", Some("lgDash")),
    };
    xml.element("a:ln", &[("w", width)], |xml| {
        fill(xml, line.colour);
        if let Some(dash) = dash {
            xml.val("a:prstDash", dash);
        }
    });
}

/// The name of a line and its last number to the right of its last point.
fn named(xml: &mut XmlWriter, chart: &Chart, line: &Line, end: &str) {
    let last = chart.points.len().saturating_sub(1).to_string();
    xml.element("c:dLbls", &[], |xml| {
        xml.element("c:dLbl", &[], |xml| {
            xml.val("c:idx", &last);
            xml.element("c:tx", &[], |xml| {
                rich(xml, end, "900", line.stroke == Stroke::Marked, "none");
            });
            shown(xml, Some("r"));
        });
        shown(xml, None);
    });
}

/// Whether a label shows the value, and where; nothing of the rest.
fn shown(xml: &mut XmlWriter, position: Option<&str>) {
    if let Some(position) = position {
        xml.val("c:dLblPos", position);
    }
    xml.val("c:showLegendKey", "0");
    xml.val("c:showVal", if position.is_some() { "1" } else { "0" });
    for name in ["c:showCatName", "c:showSerName", "c:showPercent", "c:showBubbleSize"] {
        xml.val(name, "0");
    }
}

/// Draws a series as upright lines with labels: a chart of lines has them as error bars.
fn upright(xml: &mut XmlWriter, chart: &Chart, line: &Line) {
    let labels = chart.points.iter().map(upright_label).enumerate();
    xml.element("c:dLbls", &[], |xml| {
        for (index, text) in labels.filter_map(|(index, label)| Some((index, label?))) {
            xml.element("c:dLbl", &[], |xml| {
                xml.val("c:idx", &index.to_string());
                xml.element("c:tx", &[], |xml| rich(xml, &text, "900", false, "none"));
                shown(xml, Some("r"));
            });
        }
        shown(xml, None);
    });
    let Some(axis) = &chart.axis else { return };
    xml.element("c:errBars", &[], |xml| {
        xml.val("c:errDir", "y");
        xml.val("c:errBarType", "minus");
        xml.val("c:errValType", "fixedVal");
        xml.val("c:noEndCap", "1");
        xml.val("c:val", &value(&axis.height()).to_string());
        xml.element("c:spPr", &[], |xml| stroke(xml, line));
    });
}

fn strings(xml: &mut XmlWriter, range: &str, texts: &[&str]) {
    xml.element("c:strRef", &[], |xml| {
        xml.text_element("c:f", &[], range);
        xml.element("c:strCache", &[], |xml| {
            xml.val("c:ptCount", &texts.len().to_string());
            for (index, text) in texts.iter().enumerate() {
                cached(xml, index, text);
            }
        });
    });
}

/// The start of a text, short enough for a cell of the sheet behind the chart, which nobody reads
/// as a page.
fn label(text: &str) -> String {
    text.chars().take(255).collect()
}

/// The numbers. A missing one is left out, which leaves a gap in the line.
fn numbers(xml: &mut XmlWriter, range: &str, values: &[Option<&Number>]) {
    xml.element("c:numRef", &[], |xml| {
        xml.text_element("c:f", &[], range);
        xml.element("c:numCache", &[], |xml| {
            if let Some(first) = values.iter().flatten().next() {
                xml.text_element("c:formatCode", &[], &number_format(first));
            }
            xml.val("c:ptCount", &values.len().to_string());
            for (index, number) in
                values.iter().enumerate().filter_map(|(index, number)| Some((index, (*number)?)))
            {
                cached(xml, index, &value(number).to_string());
            }
        });
    });
}

/// The value of a cell, for readers that do not open the workbook.
fn cached(xml: &mut XmlWriter, index: usize, text: &str) {
    xml.element("c:pt", &[("idx", &index.to_string())], |xml| xml.text_element("c:v", &[], text));
}

fn axes(xml: &mut XmlWriter, axis: Option<&Axis>, interval: u16) {
    xml.element("c:catAx", &[], |xml| {
        xml.val("c:axId", "1");
        xml.element("c:scaling", &[], |xml| xml.val("c:orientation", "minMax"));
        xml.val("c:delete", "0");
        xml.val("c:axPos", "b");
        xml.val("c:majorTickMark", "out");
        xml.val("c:minorTickMark", "none");
        // Below the plot, even if the axis crosses it at 0.
        xml.val("c:tickLblPos", "low");
        xml.val("c:crossAx", "2");
        xml.val("c:tickLblSkip", &interval.to_string());
    });
    xml.element("c:valAx", &[], |xml| {
        xml.val("c:axId", "2");
        xml.element("c:scaling", &[], |xml| {
            xml.val("c:orientation", "minMax");
            if let Some(axis) = axis {
                xml.val("c:max", &value(axis.high()).to_string());
                xml.val("c:min", &value(axis.low()).to_string());
            }
        });
        xml.val("c:delete", "0");
        xml.val("c:axPos", "l");
        xml.element("c:majorGridlines", &[], |xml| {
            xml.element("c:spPr", &[], |xml| {
                xml.element("a:ln", &[("w", "6350")], |xml| fill(xml, palette::LINE));
            });
        });
        if let Some(axis) = axis {
            xml.empty(
                "c:numFmt",
                &[("formatCode", &number_format(&axis.step)), ("sourceLinked", "0")],
            );
        }
        xml.val("c:majorTickMark", "out");
        xml.val("c:minorTickMark", "none");
        xml.val("c:tickLblPos", "nextTo");
        xml.val("c:crossAx", "1");
        xml.val("c:crosses", "min");
        // The last point is at the right edge, so that no label lies on a line of the grid.
        xml.val("c:crossBetween", "midCat");
        if let Some(axis) = axis {
            xml.val("c:majorUnit", &value(&axis.step).to_string());
        }
    });
}

fn fill(xml: &mut XmlWriter, colour: palette::Rgb) {
    xml.element("a:solidFill", &[], |xml| xml.val("a:srgbClr", &palette::hex(colour)));
}

/// The default font of the chart.
fn default_font(xml: &mut XmlWriter, size: &str, bold: bool) {
    xml.element("c:txPr", &[], |xml| {
        xml.empty("a:bodyPr", &[]);
        xml.element("a:p", &[], |xml| {
            xml.element("a:pPr", &[], |xml| {
                let bold = if bold { "1" } else { "0" };
                xml.element("a:defRPr", &[("sz", size), ("b", bold)], |xml| {
                    xml.empty("a:latin", &[("typeface", "Arial")]);
                });
            });
            xml.empty("a:endParaRPr", &[("lang", LANGUAGE)]);
        });
    });
}
