//! Documents that are a ZIP file of parts.

use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A part of a document.
pub(in crate::render) struct Part {
    pub path: String,
    bytes: Vec<u8>,
    method: CompressionMethod,
}

impl Part {
    /// A part.
    pub(in crate::render) fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        let method = CompressionMethod::Deflated;
        Self { path: path.into(), bytes: bytes.into(), method }
    }

    /// A part that stands in the file as it is, so that programs know by it what the file is.
    pub(in crate::render) fn plain(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { method: CompressionMethod::Stored, ..Self::new(path, bytes) }
    }
}

/// A ZIP file of the parts. Its dates are always the same, so that the same document gives the same
/// bytes.
pub(in crate::render) fn archive(parts: &[Part]) -> io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for part in parts {
        let options = SimpleFileOptions::default()
            .compression_method(part.method)
            .last_modified_time(DateTime::default());
        zip.start_file(part.path.as_str(), options)?;
        zip.write_all(&part.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
