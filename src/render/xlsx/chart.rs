//! The charts of the sheets.

use rust_xlsxwriter::{
    Chart as ExcelChart, ChartDataLabel, ChartDataLabelPosition, ChartErrorBars,
    ChartErrorBarsDirection, ChartErrorBarsType, ChartFont, ChartLayout, ChartLine,
    ChartLineDashType, ChartMarker, ChartMarkerType, ChartSeries, ChartSolidFill,
};

use crate::layout::Chart;
use crate::render::numbers::{number_format, value};
use crate::render::palette;
use crate::render::plot::{
    LINES, Stroke, description, end_labels, inner, is_wide, label_interval, size_on_sheet,
    upright_label,
};
use crate::render::sheets::{CHART_DATA, LABELS, Ranges, TITLE, clipped};

/// The maximum length of an alternative text in Excel.
const MOST_ALT_TEXT: usize = 255;
/// The chart of a series: result, target and floor, each named at its right end.
pub(super) fn chart(about: &Chart, ranges: &Ranges) -> ExcelChart {
    let mut chart = ExcelChart::new_line();
    let ends = end_labels(about);
    let [width, height] = size_on_sheet(about);
    let categories = (CHART_DATA, ranges.first, LABELS - 1, ranges.last, LABELS - 1);
    for (index, line) in LINES.iter().enumerate().filter(|(index, _)| ranges.lines[*index]) {
        let column = LABELS + u16::try_from(index).unwrap_or(0);
        let (weight, dash) = match line.stroke {
            Stroke::Marked => (2.5, ChartLineDashType::Solid),
            Stroke::Dashed => (1.75, ChartLineDashType::Dash),
            Stroke::Dotted => (1.75, ChartLineDashType::RoundDot),
            Stroke::Upright => (1.25, ChartLineDashType::LongDash),
        };
        let mut marker = ChartMarker::new();
        if line.stroke == Stroke::Marked {
            marker
                .set_type(ChartMarkerType::Circle)
                .set_size(if is_wide(about) { 4 } else { 7 })
                .set_format(ChartSolidFill::new().set_color(line.colour));
        } else {
            marker.set_none();
        }
        let mut stroke = ChartLine::new();
        stroke.set_color(line.colour).set_width(weight).set_dash_type(dash);
        let series = chart.add_series();
        series
            .set_name(line.heading)
            .set_categories(categories)
            .set_values((CHART_DATA, ranges.first, column, ranges.last, column))
            .set_format(&mut stroke)
            .set_marker(&marker);
        match line.stroke {
            Stroke::Upright => upright(series, about, &mut stroke),
            Stroke::Marked | Stroke::Dashed | Stroke::Dotted => {
                end(series, about.points.len(), ends[index].as_deref());
            }
        }
    }
    // The last point is at the right edge, so that no label lies on a line of the grid.
    let axis = chart.x_axis();
    axis.set_label_interval(label_interval(about)).set_position_between_ticks(false);
    if let Some(axis) = &about.axis {
        chart
            .y_axis()
            .set_min(value(axis.low()))
            .set_max(value(axis.high()))
            .set_major_unit(value(&axis.step))
            .set_num_format(number_format(&axis.step));
    }
    chart
        .y_axis()
        .set_major_gridlines_line(ChartLine::new().set_color(palette::LINE).set_width(0.5));
    // The title refers to a cell, so that nothing in it can be run as a formula.
    chart
        .title()
        .set_name((CHART_DATA, ranges.first, TITLE))
        .set_font(ChartFont::new().set_size(11).set_bold());
    chart.legend().set_hidden();
    let inner = inner(about, ends.iter().flatten(), width, height);
    let layout = ChartLayout::new()
        .set_offset(inner.left, inner.top)
        .set_dimensions(inner.width, inner.height);
    chart.plot_area().set_layout(&layout);
    chart.set_width(width).set_height(height);
    chart.set_alt_text(clipped(&description(about), MOST_ALT_TEXT));
    chart
}

/// Writes the name of a line and its last number to the right of its last point.
fn end(series: &mut ChartSeries, count: usize, text: Option<&str>) {
    let Some(text) = text else { return };
    let label = |index| {
        let mut label = ChartDataLabel::new();
        if index + 1 == count {
            label.set_value(text).set_position(ChartDataLabelPosition::Right);
        } else {
            label.set_hidden();
        }
        label
    };
    let mut beside = ChartDataLabel::new();
    beside.show_value().set_position(ChartDataLabelPosition::Right);
    let labels: Vec<_> = (0..count).map(label).collect();
    series.set_data_label(&beside).set_custom_data_labels(&labels);
}

/// Draws a series as upright lines: a chart of lines has them as error bars.
fn upright(series: &mut ChartSeries, about: &Chart, stroke: &mut ChartLine) {
    let Some(axis) = &about.axis else { return };
    let mut down = ChartErrorBars::new();
    down.set_type(ChartErrorBarsType::FixedValue(value(&axis.height())))
        .set_direction(ChartErrorBarsDirection::Minus)
        .set_end_cap(false)
        .set_format(stroke);
    series.set_y_error_bars(&down);
    // A label begins with its period, so that nothing in a reason can be run as a formula.
    let label = |point| {
        let mut label = ChartDataLabel::new();
        match upright_label(point) {
            Some(text) => label.set_value(text.as_str()),
            None => label.set_hidden(),
        };
        label
    };
    let labels: Vec<_> = about.points.iter().map(label).collect();
    let mut beside = ChartDataLabel::new();
    beside.show_value().set_position(ChartDataLabelPosition::Right);
    series.set_data_label(&beside).set_custom_data_labels(&labels);
}
