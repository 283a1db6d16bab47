//! A workbook as the bytes of its file.

use rust_xlsxwriter::{Workbook, XlsxError};

use crate::threads;

/// The bytes of a workbook.
pub(in crate::render) fn save(workbook: &mut Workbook) -> Result<Vec<u8>, XlsxError> {
    // The library starts a thread for each sheet and panics if it cannot.
    let sheets = workbook.worksheets().len();
    if !threads::can_start(sheets) {
        return Err(XlsxError::CustomError(format!(
            "a workbook takes a thread for each sheet, {sheets} in all, and the system does not \
             start so many: raise its limit on processes, or use another --format"
        )));
    }
    workbook.save_to_buffer()
}
