//! The numbers that charts and sparklines draw, and their sheet.
//!
//! A table cell such as `[c]` or `-` would be drawn as 0, and a target that is a range is not a
//! number. The charts therefore use a sheet of their own, where a missing number is a blank cell,
//! which is drawn as a gap in the line.

use super::book::{Content, Ranges, Sheet, TableColumn};
use super::names::{CHART_DATA, CONTENTS, UniqueNames};
use super::page::Writer;
use super::style::{self, Style};
use crate::layout::{Align, Cell, Chart, Document, Number, Point, Sparkline};
use crate::render::numbers;
use crate::render::plot::LINES;

/// The first row of numbers, below the title, a description, a link back and the header.
pub(in crate::render) const FIRST_ROW: u32 = 4;
/// The number of columns before the numbers.
pub(in crate::render) const LABELS: u16 = 4;
/// The column with what a chart says.
pub(in crate::render) const TITLE: u16 = 2;

/// The data of all charts.
#[derive(Default)]
pub(super) struct ChartData {
    rows: Vec<ChartRow>,
}

/// A point of a chart.
struct ChartRow {
    area: String,
    name: String,
    title: String,
    period: String,
    numbers: [Option<Number>; LINES.len()],
}

impl ChartData {
    /// Adds the points of a chart.
    pub(super) fn add(&mut self, chart: &Chart, area: Option<&str>) -> Ranges {
        let lines = LINES.each_ref().map(|line| line.numbers(chart).collect::<Vec<_>>());
        let numbers = |index: usize| lines.each_ref().map(|line| line[index].cloned());
        self.rows_of(&chart.points, [area.unwrap_or_default(), &chart.name, &chart.title], numbers)
    }

    /// Adds the points of a sparkline.
    pub(super) fn add_sparkline(
        &mut self,
        sparkline: &Sparkline,
        area: Option<&str>,
        text: &str,
    ) -> Ranges {
        let numbers = |index: usize| {
            let mut numbers = [const { None }; LINES.len()];
            numbers[0].clone_from(&sparkline.points[index].result);
            numbers
        };
        let labels = [area.unwrap_or_default(), &sparkline.name, text];
        self.rows_of(&sparkline.points, labels, numbers)
    }

    /// Adds points, each with its area, its chart and what that says.
    fn rows_of(
        &mut self,
        points: &[Point],
        [area, name, title]: [&str; 3],
        numbers: impl Fn(usize) -> [Option<Number>; LINES.len()],
    ) -> Ranges {
        let row = |count: usize| FIRST_ROW.saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
        let (first, last) = (row(self.rows.len()), row(self.rows.len() + points.len().max(1) - 1));
        let mut lines = [false; LINES.len()];
        for (index, point) in points.iter().enumerate() {
            let [area, name, title] = [area, name, title].map(str::to_owned);
            let (period, numbers) = (point.label.clone(), numbers(index));
            for (has_any, number) in lines.iter_mut().zip(&numbers) {
                *has_any |= number.is_some();
            }
            self.rows.push(ChartRow { area, name, title, period, numbers });
        }
        Ranges { first, last, lines }
    }

    /// Whether there are no charts.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// The sheet with the numbers for all charts.
pub(super) fn sheet<'d>(
    charts: &ChartData,
    document: &'d Document,
    tables: &mut UniqueNames,
) -> Sheet<'d> {
    let mut sheet = Writer::new(CHART_DATA, "Chart data", document, tables);
    sheet.widths(&[20, 70, 60, 10, 10, 10, 10, 18, 20, 10, 10, 18, 20, 10, 12, 14, 16, 12, 14, 24]);
    sheet.line(
        "The numbers that the charts draw. A blank cell is a gap in the line: there is no figure, \
         or none to show. A line that steps goes on in the column beside it, marked 2.",
        style::plain(),
    );
    sheet.link(CONTENTS, "Back to the contents");
    let headings = ["Area", "Chart", "What it says", "Period"]
        .into_iter()
        .chain(LINES.iter().map(|line| line.heading));
    let columns: Vec<_> = headings
        .map(|heading| TableColumn { heading: heading.to_owned(), align: Align::Left })
        .collect();
    // One line each: not every program makes a row as high as its text.
    let text = Style { wraps: false, ..style::cell(&Cell::text(""), Align::Left, false) };
    let labels = usize::from(LABELS);
    for (row, ChartRow { area, name, title, period, numbers }) in (FIRST_ROW..).zip(&charts.rows) {
        for (column, label) in [area, name, title, period].into_iter().enumerate() {
            sheet.put(row, column, Content::Text(style::fitting(label).into_owned()), text.clone());
        }
        for (column, value) in (labels..).zip(numbers) {
            let (content, style) = match value {
                Some(value) => {
                    let style = style::cell(&Cell::number(value.clone()), Align::Right, false);
                    let (value, shown) = (numbers::value(value), value.to_string());
                    (Content::Number { value, shown }, style)
                }
                None => (Content::Blank, text.clone()),
            };
            sheet.put(row, column, content, style);
        }
    }
    // Hide a column that no chart uses, such as the upper end of the floor.
    let is_unused = |index: &usize| charts.rows.iter().all(|row| row.numbers[*index].is_none());
    let unused = (0..LINES.len()).filter(is_unused).map(|index| labels + index).collect();
    let last = u32::try_from(charts.rows.len()).unwrap_or(u32::MAX);
    sheet.chart_data(columns, FIRST_ROW.saturating_add(last).saturating_sub(1), unused);
    sheet.finish()
}
