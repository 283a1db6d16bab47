//! A sheet as the library that writes workbooks has it.

use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, IgnoreError, Sparkline as ExcelSparkline,
    Table as ExcelTable, TableColumn as ExcelColumn, TableStyle, Url, Worksheet, XlsxError,
};

use super::{chart, style};
use crate::rating::Rag;
use crate::render::palette;
use crate::render::sheets::style::{Edges, header};
use crate::render::sheets::{
    CHART_DATA, Coloured, Content, Edge, Filled, LABELS, Merged, Paper, Ranges, Sheet, TableAt,
};
use crate::wording;

/// Writes a sheet.
pub(super) fn write(sheet: &Sheet<'_>, out: &mut Worksheet) -> Result<(), XlsxError> {
    out.set_name(&sheet.name)?;
    if let Some(colour) = sheet.tab {
        out.set_tab_color(colour);
    }
    set_up_paper(sheet, out);
    for (position, width) in sheet.widths.iter().enumerate() {
        out.set_column_width(column(position)?, *width)?;
    }
    for (row, height) in &sheet.heights {
        out.set_row_height_pixels(*row, *height)?;
    }
    // The cells of a merged range are written by it.
    for Merged { row, first, last } in &sheet.merged {
        if let Some(Filled { style, .. }) = sheet.cells.get(&(*row, *first)) {
            let format = style::format(style);
            out.merge_range(*row, column(*first)?, *row, column(*last)?, "", &format)?;
        }
    }
    for ((row, position), cell) in &sheet.cells {
        fill(cell, *row, column(*position)?, out)?;
    }
    for coloured in &sheet.coloured {
        colour_ratings(coloured, out)?;
    }
    for table in &sheet.tables {
        add_table(table, out)?;
    }
    for at in &sheet.sparklines {
        out.add_sparkline(at.row, column(at.column)?, &sparkline(&at.ranges))?;
    }
    for at in &sheet.charts {
        // Next to the table, with a gap of 24 pixels.
        let chart = chart::chart(at.chart, &at.ranges);
        out.insert_chart_with_offset(at.row, column(at.column)?, &chart, 24, 0)?;
    }
    if let Some((rows, columns)) = sheet.frozen {
        out.set_freeze_panes(rows, column(columns)?)?;
    }
    if let Some(last) = sheet.repeated_columns.checked_sub(1) {
        out.set_repeat_columns(0, column(last)?)?;
    }
    if let Some(row) = sheet.repeated_row {
        out.set_repeat_rows(row, row)?;
    }
    for hidden in &sheet.hidden {
        out.set_column_hidden(column(*hidden)?)?;
    }
    out.set_page_breaks(&sheet.breaks)?;
    Ok(())
}

fn set_up_paper(sheet: &Sheet<'_>, out: &mut Worksheet) {
    let code = match sheet.paper {
        Paper::A4 => 9,
        Paper::A3 => 8,
    };
    // 0 is as many as it takes.
    let [across, down] = [sheet.pages_across, sheet.pages_down.unwrap_or(0)]
        .map(|pages| u16::try_from(pages).unwrap_or(u16::MAX));
    out.set_landscape()
        .set_paper_size(code)
        .set_print_fit_to_pages(across, down)
        .set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    out.set_header(edge(&sheet.header, ""));
    out.set_footer(edge(&sheet.footer, "Page &P of &N"));
    out.set_screen_gridlines(false);
}

/// A header or a footer, with what is added at its right.
fn edge(edge: &Edge, added: &str) -> String {
    // An ampersand starts a code.
    let [left, centre, right] =
        [&edge.left, &edge.centre, &edge.right].map(|text| text.replace('&', "&&"));
    let centre = if centre.is_empty() { centre } else { format!("&C{centre}") };
    format!("&L{left}{centre}&R{right}{added}")
}

fn fill(cell: &Filled, row: u32, column: u16, out: &mut Worksheet) -> Result<(), XlsxError> {
    let format = style::format(&cell.style);
    match &cell.content {
        Content::Blank => out.write_blank(row, column, &format)?,
        Content::Text(text) => out.write_string_with_format(row, column, text, &format)?,
        Content::Number { value, .. } => {
            out.write_number_with_format(row, column, *value, &format)?
        }
        Content::Rich(runs) => {
            let runs: Vec<_> =
                runs.iter().map(|(run, text)| (style::format(run), text.as_str())).collect();
            let runs: Vec<_> = runs.iter().map(|(run, text)| (run, *text)).collect();
            out.write_rich_string_with_format(row, column, &runs, &format)?
        }
        Content::Link { sheet, text } if cell.style.edges == Edges::None => {
            out.write_url_with_text(row, column, url(sheet), text)?
        }
        Content::Link { sheet, text } => {
            out.write_url_with_format(row, column, url(sheet).set_text(text), &format)?
        }
    };
    Ok(())
}

/// A link to a sheet of the same workbook.
fn url(sheet: &str) -> Url {
    Url::new(format!("internal:'{}'!A1", sheet.replace('\'', "''")))
}

fn add_table(table: &TableAt, out: &mut Worksheet) -> Result<(), XlsxError> {
    let columns: Vec<_> = table
        .columns
        .iter()
        .map(|column| {
            ExcelColumn::new()
                .set_header(&column.heading)
                .set_header_format(style::format(&header(column.align)))
        })
        .collect();
    let last = column(columns.len().saturating_sub(1))?;
    let excel = ExcelTable::new()
        .set_name(&table.name)
        .set_style(TableStyle::None)
        .set_autofilter(table.has_filter)
        .set_alt_text_title(&table.caption)
        .set_columns(&columns);
    out.add_table(table.header, 0, table.last, last, &excel)?;
    if table.has_ids {
        // Excel would flag an id of digits as a number stored as text.
        let wrong = IgnoreError::NumberStoredAsText;
        out.ignore_error_range(table.header, 0, table.last, last, wrong)?;
    }
    Ok(())
}

/// Colours the ratings of a column by their words, so that a rating that somebody changes has its
/// colour.
fn colour_ratings(coloured: &Coloured, out: &mut Worksheet) -> Result<(), XlsxError> {
    let of = column(coloured.column)?;
    for rag in Rag::ALL {
        let rule = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::EqualTo(wording::rag(rag).to_owned()))
            .set_format(style::rating(rag));
        out.add_conditional_format(coloured.first, of, coloured.last, of, &rule)?;
    }
    Ok(())
}

fn sparkline(ranges: &Ranges) -> ExcelSparkline {
    ExcelSparkline::new()
        .set_range((CHART_DATA, ranges.first, LABELS, ranges.last, LABELS))
        .set_sparkline_color(palette::RESULT)
        .set_last_point_color(palette::RESULT)
        .show_last_point(true)
        .set_line_weight(1.5)
}

/// The number of a column in the library's type.
fn column(column: usize) -> Result<u16, XlsxError> {
    u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)
}
