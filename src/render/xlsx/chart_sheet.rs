//! The sheet with the numbers for the charts.

use rust_xlsxwriter::{Table as ExcelTable, TableColumn, TableStyle, Worksheet, XlsxError};

use super::chart::{ChartData, ChartRow, FIRST_ROW, LABELS};
use super::names::{CHART_DATA, CONTENTS, UniqueNames};
use super::sheet::{Sheet, column_number};
use super::style;
use crate::layout::{Align, Cell, Document};
use crate::render::numbers;
use crate::render::plot::LINES;

/// Writes the sheet with the numbers for all charts.
pub(super) fn write(
    charts: &ChartData,
    document: &Document,
    worksheet: &mut Worksheet,
    tables: &mut UniqueNames,
) -> Result<(), XlsxError> {
    let mut sheet = Sheet::new(worksheet, CHART_DATA, "Chart data", document, tables)?;
    sheet.widths(&[
        20, 50, 80, 10, 10, 10, 10, 18, 20, 10, 10, 18, 20, 10, 12, 14, 16, 12, 14, 24,
    ])?;
    sheet.line(
        "The numbers that the charts draw. A blank cell is a gap in the line: there is no figure, \
         or none to show.",
        &style::plain(),
    )?;
    sheet.link(CONTENTS, "Back to the contents")?;
    let headings = ["Area", "Chart", "What it says", "Period"]
        .into_iter()
        .chain(LINES.iter().map(|line| line.heading));
    let columns: Vec<_> = headings
        .map(|heading| {
            TableColumn::new().set_header(heading).set_header_format(style::header(Align::Left))
        })
        .collect();
    let text = style::cell(&Cell::text(""), Align::Left, false);
    let mut row = FIRST_ROW;
    for ChartRow { area, name, title, period, numbers } in &charts.rows {
        for (column, label) in (0..).zip([area, name, title, period]) {
            worksheet.write_string_with_format(row, column, style::fitting(label), &text)?;
        }
        for (column, value) in (LABELS..).zip(numbers) {
            match value {
                Some(value) => {
                    let format = style::cell(&Cell::number(value.clone()), Align::Right, false);
                    worksheet.write_number_with_format(
                        row,
                        column,
                        numbers::value(value),
                        &format,
                    )?;
                }
                None => {
                    worksheet.write_blank(row, column, &text)?;
                }
            }
        }
        row += 1;
    }
    let table = ExcelTable::new()
        .set_name(tables.unique("Chart_data"))
        .set_style(TableStyle::None)
        .set_autofilter(false)
        .set_alt_text_title("The numbers that the charts draw")
        .set_columns(&columns);
    worksheet.add_table(FIRST_ROW - 1, 0, row - 1, column_number(columns.len() - 1)?, &table)?;
    worksheet.set_freeze_panes(FIRST_ROW, 0)?;
    worksheet.set_repeat_rows(FIRST_ROW - 1, FIRST_ROW - 1)?;
    // Hide a column that no chart uses, such as the upper end of the floor.
    for (column, index) in (LABELS..).zip(0..LINES.len()) {
        if charts.rows.iter().all(|row| row.numbers[index].is_none()) {
            worksheet.set_column_hidden(column)?;
        }
    }
    Ok(())
}
