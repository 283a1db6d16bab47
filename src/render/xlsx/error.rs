//! The library's errors when it cannot write a workbook, in words for the user.

use std::io;

use rust_xlsxwriter::XlsxError;

use crate::render::sheets::TOO_LARGE;

/// Why a workbook cannot be written, in words that need no knowledge of the library.
pub(in crate::render) fn in_words(error: &XlsxError) -> io::Error {
    io::Error::other(match error {
        XlsxError::RowColumnLimitError => TOO_LARGE.to_owned(),
        XlsxError::MaxStringLengthExceeded => {
            "a text is longer than a cell of a workbook, which holds 32,767 characters: shorten \
             it, or use another --format"
                .to_owned()
        }
        XlsxError::CustomError(message) => message.clone(),
        error => format!("no workbook can hold it: {error}"),
    })
}
