//! A workbook before it is a file: sheets of typed cells with their styles, as Excel and OpenDocument
//! both have them.
//!
//! A number is kept exactly, with a format that shows it as on the page. All text is text, so that
//! nothing can be run as a formula. Each table has one header row and no merged or missing cells; the
//! headings of its sections are in a column of their own.

mod book;
mod chart_data;
mod names;
mod page;
pub(super) mod style;

pub(super) use book::{
    Book, ChartAt, Coloured, Content, Edge, Filled, Merged, Paper, Ranges, Sheet, SparklineAt,
    TableAt,
};
pub(super) use chart_data::{FIRST_ROW, LABELS, TITLE};
pub(super) use names::{CHART_DATA, clipped};

/// What a workbook says of its ratings.
pub(super) const ABOUT_RATINGS: &str =
    "Ratings and arrows are words as well as colours; the sheet Contents has the key.";

/// The most rows of a sheet.
pub(super) const MOST_ROWS: u32 = 1_048_576;
/// The most columns of a sheet.
pub(super) const MOST_COLUMNS: usize = 16_384;

/// What is said of a table that no sheet can hold.
pub(super) const TOO_LARGE: &str = "a table is larger than a sheet of a workbook, which has 1,048,576 \
                                    rows and 16,384 columns: name fewer areas or tables, or use \
                                    --format csv or tidy";
