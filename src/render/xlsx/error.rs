//! What the library says when a workbook cannot be written, in words for those who wanted one.

use std::io;

use rust_xlsxwriter::XlsxError;

/// What stands in the way of a workbook, in words that do not need the library's documentation.
pub(in crate::render) fn in_words(error: &XlsxError) -> io::Error {
    io::Error::other(match error {
        XlsxError::RowColumnLimitError => {
            "a table is larger than a sheet of a workbook, which has 1,048,576 rows and 16,384 \
             columns: name fewer areas or tables, or use --format csv or tidy"
                .to_owned()
        }
        XlsxError::MaxStringLengthExceeded => {
            "a text is longer than a cell of a workbook, which holds 32,767 characters: shorten \
             it, or use another --format"
                .to_owned()
        }
        XlsxError::CustomError(said) => said.clone(),
        error => format!("no workbook can hold it: {error}"),
    })
}
