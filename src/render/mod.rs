//! Formats, a file each.

pub mod csv;
pub mod diagnostics;
pub mod json;
pub mod listing;
pub mod markdown;
pub mod text;
pub mod tidy;
