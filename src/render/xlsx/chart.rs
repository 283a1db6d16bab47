//! The line charts of exception reports, and the numbers that they draw.
//!
//! A table cell such as `[c]` or `-` would be drawn as 0, and a target that is a range is not a
//! number. The charts therefore use a sheet of their own, where a missing number is a blank cell,
//! which is drawn as a gap in the line.

use rust_xlsxwriter::{
    Chart as ExcelChart, ChartDataLabel, ChartDataLabelPosition, ChartErrorBars,
    ChartErrorBarsDirection, ChartErrorBarsType, ChartFont, ChartLegendPosition, ChartLine,
    ChartLineDashType, ChartMarker, ChartMarkerType, ChartSeries, ChartSolidFill, XlsxError,
};

use super::names::{CHART_DATA, clipped};
use crate::layout::{Chart, Number, Series};
use crate::render::numbers::{number_format, value};
use crate::render::palette;
use crate::render::plot::{LINES, Stroke, is_labelled, upright_label};

/// The maximum length of an alternative text in Excel.
const MOST_ALT_TEXT: usize = 255;
/// The first row of numbers, below the title, a description, a link back and the header.
pub(super) const FIRST_ROW: u32 = 4;
/// The number of columns before the numbers.
pub(super) const LABELS: u16 = 3;

/// The data of all charts.
#[derive(Default)]
pub(super) struct ChartData {
    pub rows: Vec<ChartRow>,
}

/// A point of a chart.
pub(super) struct ChartRow {
    pub area: String,
    pub title: String,
    pub period: String,
    pub numbers: [Option<Number>; LINES.len()],
}

/// The rows and columns with the numbers of a chart.
pub(super) struct Ranges {
    first: u32,
    last: u32,
    /// Which of the lines have any numbers.
    lines: [bool; LINES.len()],
}

impl ChartData {
    /// Adds the points of a chart.
    pub(super) fn add(&mut self, series: &Series, area: Option<&str>) -> Result<Ranges, XlsxError> {
        let row = |count: usize| {
            u32::try_from(count)
                .map(|count| FIRST_ROW + count)
                .map_err(|_| XlsxError::RowColumnLimitError)
        };
        let points = &series.chart.points;
        let (first, last) =
            (row(self.rows.len())?, row(self.rows.len() + points.len().max(1) - 1)?);
        for point in points {
            let numbers = LINES.each_ref().map(|line| (line.of)(&series.chart, point).cloned());
            let (area, title) = (area.unwrap_or_default().to_owned(), series.chart.title.clone());
            self.rows.push(ChartRow { area, title, period: point.label.clone(), numbers });
        }
        let lines = LINES
            .each_ref()
            .map(|line| points.iter().any(|point| (line.of)(&series.chart, point).is_some()));
        Ok(Ranges { first, last, lines })
    }

    /// Whether there are no charts.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// The chart of a series: result, target and floor.
pub(super) fn chart(about: &Chart, ranges: &Ranges) -> ExcelChart {
    let mut chart = ExcelChart::new_line();
    let categories = (CHART_DATA, ranges.first, LABELS - 1, ranges.last, LABELS - 1);
    for (index, line) in LINES.iter().enumerate().filter(|(index, _)| ranges.lines[*index]) {
        let column = LABELS + u16::try_from(index).unwrap_or(0);
        let (width, dash) = match line.stroke {
            Stroke::Marked => (2.5, ChartLineDashType::Solid),
            Stroke::Dashed => (1.75, ChartLineDashType::Dash),
            Stroke::Dotted => (1.75, ChartLineDashType::RoundDot),
            Stroke::Upright => (1.25, ChartLineDashType::LongDash),
        };
        let mut marker = ChartMarker::new();
        if line.stroke == Stroke::Marked {
            marker
                .set_type(ChartMarkerType::Circle)
                .set_size(7)
                .set_format(ChartSolidFill::new().set_color(line.colour));
        } else {
            marker.set_none();
        }
        let mut stroke = ChartLine::new();
        stroke.set_color(line.colour).set_width(width).set_dash_type(dash);
        let series = chart.add_series();
        series
            .set_name(line.heading)
            .set_categories(categories)
            .set_values((CHART_DATA, ranges.first, column, ranges.last, column))
            .set_format(&mut stroke)
            .set_marker(&marker);
        match line.stroke {
            Stroke::Marked => values(series, about),
            Stroke::Upright => upright(series, about, &mut stroke),
            Stroke::Dashed | Stroke::Dotted => {}
        }
    }
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
        .set_name((CHART_DATA, ranges.first, 1))
        .set_font(ChartFont::new().set_size(11).set_bold());
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart.set_width(560).set_height(300);
    let alt_text = format!("Line chart. {}. {}", about.title, about.summary);
    chart.set_alt_text(clipped(&alt_text, MOST_ALT_TEXT));
    chart
}

/// Writes the values of a series above its points.
fn values(series: &mut ChartSeries, about: &Chart) {
    let mut above = ChartDataLabel::new();
    above.show_value().set_position(ChartDataLabelPosition::Above);
    series.set_data_label(&above);
    let all = 0..about.points.len();
    if all.clone().any(|index| !is_labelled(about, index)) {
        let label = |index| {
            let mut label = ChartDataLabel::default();
            if !is_labelled(about, index) {
                label.set_hidden();
            }
            label
        };
        series.set_custom_data_labels(&all.map(label).collect::<Vec<_>>());
    }
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
