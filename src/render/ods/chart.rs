//! A chart: an object of its own within the document, which draws numbers of the sheet *Chart data*.

use super::content::range;
use super::{NAMESPACES, colour, points};
use crate::layout::Chart;
use crate::render::numbers::{NumberFormat, value};
use crate::render::palette;
use crate::render::plot::{
    LINES, Line, Stroke, end_labels, inner, is_wide, size_on_sheet, upright_label,
};
use crate::render::sheets::{CHART_DATA, ChartAt, FIRST_ROW, LABELS, Ranges};
use crate::render::xml::XmlWriter;

use super::styles::number_style;

/// What its folder says that it is.
pub(super) const KIND: &str = "application/vnd.oasis.opendocument.chart";

/// The folder of a chart, by its number.
pub(super) fn folder(number: usize) -> String {
    format!("Object {number}")
}

/// The lines of a chart that have any numbers, each with its column of the numbers.
fn columns(ranges: &Ranges) -> impl Iterator<Item = (usize, usize)> {
    let labels = usize::from(LABELS);
    let has_any = |index: &usize| ranges.lines[*index];
    (0..LINES.len()).filter(has_any).map(move |index| (index, labels + index))
}

/// The cells of its periods, the same for every line.
fn periods(ranges: &Ranges) -> String {
    cells(ranges, usize::from(LABELS) - 1)
}

/// The cells of its numbers in a column.
fn cells(ranges: &Ranges, column: usize) -> String {
    range(CHART_DATA, (ranges.first, column), (ranges.last, column))
}

/// All cells that a chart draws.
pub(super) fn sources(ranges: &Ranges) -> String {
    let lines = columns(ranges).map(|(_, column)| cells(ranges, column));
    std::iter::once(periods(ranges)).chain(lines).collect::<Vec<_>>().join(" ")
}

/// `content.xml` of a chart.
pub(super) fn content(at: &ChartAt<'_>) -> Vec<u8> {
    let ChartAt { chart, ranges, .. } = at;
    let ends = end_labels(chart);
    XmlWriter::part("office:document-content", NAMESPACES, |xml| {
        xml.element("office:automatic-styles", &[], |xml| automatic(chart, ranges, xml));
        xml.element("office:body", &[], |xml| {
            xml.element("office:chart", &[], |xml| {
                let [width, height] = size_on_sheet(chart).map(points);
                let about = [
                    ("chart:class", "chart:line"),
                    ("chart:style-name", "whole"),
                    ("svg:width", &width),
                    ("svg:height", &height),
                    ("xlink:href", ".."),
                    ("xlink:type", "simple"),
                ];
                xml.element("chart:chart", &about, |xml| {
                    xml.element("chart:title", &[("chart:style-name", "title")], |xml| {
                        xml.text_element("text:p", &[], &chart.title);
                    });
                    plot(chart, ranges, &ends, xml);
                });
            });
        });
    })
}

fn plot(chart: &Chart, ranges: &Ranges, ends: &[Option<String>], xml: &mut XmlWriter) {
    let [width, height] = size_on_sheet(chart);
    let place = inner(chart, ends.iter().flatten(), width, height);
    let [left, top, wide, high] =
        [(place.left, width), (place.top, height), (place.width, width), (place.height, height)]
            .map(|(part, whole)| format!("{:.2}pt", part * f64::from(whole) * 0.75));
    let about = [
        ("chart:style-name", "plot"),
        ("table:cell-range-address", &sources(ranges)),
        ("chart:data-source-has-labels", "none"),
        ("svg:x", &left),
        ("svg:y", &top),
        ("svg:width", &wide),
        ("svg:height", &high),
    ];
    xml.element("chart:plot-area", &about, |xml| {
        let across =
            [("chart:dimension", "x"), ("chart:name", "primary-x"), ("chart:style-name", "across")];
        xml.element("chart:axis", &across, |xml| {
            xml.empty("chart:categories", &[("table:cell-range-address", &periods(ranges))]);
        });
        let upright = [
            ("chart:dimension", "y"),
            ("chart:name", "primary-y"),
            ("chart:style-name", "upright"),
        ];
        xml.element("chart:axis", &upright, |xml| {
            xml.empty("chart:grid", &[("chart:style-name", "grid"), ("chart:class", "major")]);
        });
        for (index, column) in columns(ranges) {
            let line = &LINES[index];
            let style = format!("line{index}");
            // The headings stand above all numbers.
            let name = super::content::address(CHART_DATA, (FIRST_ROW - 1, column));
            let about = [
                ("chart:class", "chart:line"),
                ("chart:style-name", style.as_str()),
                ("chart:values-cell-range-address", &cells(ranges, column)),
                ("chart:label-cell-address", &name),
            ];
            xml.element("chart:series", &about, |xml| {
                if line.stroke == Stroke::Upright {
                    let down = [("chart:dimension", "y"), ("chart:style-name", "down")];
                    xml.empty("chart:error-indicator", &down);
                }
                labels(chart, line, ends[index].as_deref(), xml);
            });
        }
        xml.empty("chart:wall", &[("chart:style-name", "wall")]);
    });
}

/// What stands beside the points of a line: its name and last number at its end, or the reasons of
/// upright lines.
fn labels(chart: &Chart, line: &Line, end: Option<&str>, xml: &mut XmlWriter) {
    let last = chart.points.len().saturating_sub(1);
    for (index, point) in chart.points.iter().enumerate() {
        let text = match line.stroke {
            Stroke::Upright => upright_label(point),
            Stroke::Marked | Stroke::Dashed | Stroke::Dotted => {
                end.filter(|_| index == last).map(str::to_owned)
            }
        };
        match text {
            None => xml.empty("chart:data-point", &[]),
            Some(text) => {
                xml.element("chart:data-point", &[("chart:style-name", "named")], |xml| {
                    xml.element("chart:data-label", &[], |xml| {
                        xml.element("text:p", &[], |xml| xml.text_element("text:span", &[], &text));
                    });
                });
            }
        }
    }
}

fn automatic(chart: &Chart, ranges: &Ranges, xml: &mut XmlWriter) {
    let line = |xml: &mut XmlWriter, name: &str, of: palette::Rgb, width: &str| {
        let colour = colour(of);
        style(xml, name, &[], |xml| {
            let properties = [
                ("draw:stroke", "solid"),
                ("svg:stroke-width", width),
                ("svg:stroke-color", colour.as_str()),
            ];
            xml.empty("style:graphic-properties", &properties);
        });
    };
    style(xml, "whole", &[], |xml| {
        let plain = [("draw:stroke", "none"), ("draw:fill-color", "#ffffff")];
        xml.empty("style:graphic-properties", &plain);
    });
    style(xml, "title", &[], |xml| {
        let text =
            [("fo:font-family", "Arial"), ("fo:font-size", "11pt"), ("fo:font-weight", "bold")];
        xml.empty("style:text-properties", &text);
    });
    style(xml, "plot", &[], |xml| {
        let gaps =
            [("chart:treat-empty-cells", "leave-gap"), ("chart:include-hidden-cells", "true")];
        xml.empty("style:chart-properties", &gaps);
    });
    line(xml, "grid", palette::LINE, "0.5pt");
    style(xml, "across", &[], |xml| {
        let shown = [("chart:display-label", "true"), ("chart:label-arrangement", "side-by-side")];
        xml.empty("style:chart-properties", &shown);
        axis_text(xml);
    });
    if let Some(axis) = &chart.axis {
        number_style("steps", &NumberFormat::of(&axis.step), xml);
        let [low, high, step] =
            [axis.low(), axis.high(), &axis.step].map(|number| value(number).to_string());
        style(xml, "upright", &[("style:data-style-name", "steps")], |xml| {
            let properties = [
                ("chart:display-label", "true"),
                ("chart:minimum", low.as_str()),
                ("chart:maximum", &high),
                ("chart:interval-major", &step),
                ("chart:link-data-style-to-source", "false"),
            ];
            xml.empty("style:chart-properties", &properties);
            axis_text(xml);
        });
        let height = value(&axis.height()).to_string();
        let usual = colour(palette::USUAL);
        style(xml, "down", &[], |xml| {
            let properties = [
                ("chart:error-category", "constant"),
                ("chart:error-lower-indicator", "true"),
                ("chart:error-upper-indicator", "false"),
                ("chart:error-lower-limit", height.as_str()),
            ];
            xml.empty("style:chart-properties", &properties);
            let stroke = [
                ("draw:stroke", "dash"),
                ("draw:stroke-dash", DASHED),
                ("svg:stroke-width", "1.25pt"),
                ("svg:stroke-color", &usual),
            ];
            xml.empty("style:graphic-properties", &stroke);
        });
    } else {
        style(xml, "upright", &[], axis_text);
        style(xml, "down", &[], |_| {});
    }
    for (index, _) in columns(ranges) {
        series(chart, index, xml);
    }
    style(xml, "named", &[], |xml| {
        let shown = [("chart:data-label-number", "value"), ("chart:label-position", "right")];
        xml.empty("style:chart-properties", &shown);
        axis_text(xml);
    });
    style(xml, "wall", &[], |xml| {
        xml.empty("style:graphic-properties", &[("draw:stroke", "none"), ("draw:fill", "none")]);
    });
}

/// The style of a line.
fn series(chart: &Chart, index: usize, xml: &mut XmlWriter) {
    let line = &LINES[index];
    let mark = if is_wide(chart) { "3pt" } else { "5.25pt" };
    let colour = colour(line.colour);
    style(xml, &format!("line{index}"), &[], |xml| {
        let mut properties = vec![("chart:data-label-number", "none")];
        if line.stroke == Stroke::Marked {
            properties.extend([
                ("chart:symbol-type", "named-symbol"),
                ("chart:symbol-name", "circle"),
                ("chart:symbol-width", mark),
                ("chart:symbol-height", mark),
            ]);
        } else {
            properties.push(("chart:symbol-type", "none"));
        }
        xml.empty("style:chart-properties", &properties);
        let (width, dash) = match line.stroke {
            Stroke::Marked => ("2.5pt", None),
            Stroke::Dashed => ("1.75pt", Some(DASHED)),
            Stroke::Dotted => ("1.75pt", Some(DOTTED)),
            Stroke::Upright => ("0pt", None),
        };
        let mut properties = vec![
            ("svg:stroke-width", width),
            ("svg:stroke-color", colour.as_str()),
            ("draw:fill-color", &colour),
        ];
        match (line.stroke, dash) {
            (Stroke::Upright, _) => properties.push(("draw:stroke", "none")),
            (_, None) => properties.push(("draw:stroke", "solid")),
            (_, Some(dash)) => {
                properties.extend([("draw:stroke", "dash"), ("draw:stroke-dash", dash)]);
            }
        }
        xml.empty("style:graphic-properties", &properties);
    });
}

fn axis_text(xml: &mut XmlWriter) {
    let text = [("fo:font-family", "Arial"), ("fo:font-size", "9pt"), ("fo:color", "#000000")];
    xml.empty("style:text-properties", &text);
}

fn style(
    xml: &mut XmlWriter,
    name: &str,
    more: &[(&str, &str)],
    inside: impl FnOnce(&mut XmlWriter),
) {
    let named = [("style:name", name), ("style:family", "chart")];
    xml.element("style:style", &[&named, more].concat(), inside);
}

/// The names of the patterns of lines.
const DASHED: &str = "Dashed";
const DOTTED: &str = "Dotted";

/// `styles.xml` of a chart: the patterns of lines.
pub(super) fn styles() -> Vec<u8> {
    XmlWriter::part("office:document-styles", NAMESPACES, |xml| {
        xml.element("office:styles", &[], |xml| {
            for (name, length) in [(DASHED, "400%"), (DOTTED, "100%")] {
                let dash = [
                    ("draw:name", name),
                    ("draw:style", "rect"),
                    ("draw:dots1", "1"),
                    ("draw:dots1-length", length),
                    ("draw:distance", if name == DASHED { "300%" } else { "100%" }),
                ];
                xml.empty("draw:stroke-dash", &dash);
            }
        });
    })
}
