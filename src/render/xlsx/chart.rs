//! The line charts of exception reports, and the numbers that they draw.
//!
//! A table cell such as `[c]` or `-` would be drawn as 0, and a target that is a range is not a
//! number. The charts therefore use a sheet of their own, where a missing number is a blank cell,
//! which is drawn as a gap in the line.

use rust_xlsxwriter::{
    Chart as ExcelChart, ChartDataLabel, ChartDataLabelPosition, ChartFont, ChartLegendPosition,
    ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType, ChartSolidFill, XlsxError,
};

use super::names::{CHART_DATA, clipped};
use crate::layout::{Chart, Number, Series};
use crate::render::numbers::{number_format, value};
use crate::render::palette;
use crate::render::plot::{LINES, Stroke};

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
            let numbers = LINES.each_ref().map(|line| (line.of)(point).cloned());
            let (area, title) = (area.unwrap_or_default().to_owned(), series.chart.title.clone());
            self.rows.push(ChartRow { area, title, period: point.label.clone(), numbers });
        }
        let lines =
            LINES.each_ref().map(|line| points.iter().any(|point| (line.of)(point).is_some()));
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
        let series = chart.add_series();
        series
            .set_name(line.heading)
            .set_categories(categories)
            .set_values((CHART_DATA, ranges.first, column, ranges.last, column))
            .set_format(
                ChartLine::new().set_color(line.colour).set_width(width).set_dash_type(dash),
            )
            .set_marker(&marker);
        if line.stroke == Stroke::Marked {
            series.set_data_label(
                ChartDataLabel::new().show_value().set_position(ChartDataLabelPosition::Above),
            );
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
