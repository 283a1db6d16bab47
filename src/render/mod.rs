//! Formats, a file each.

pub mod axis;
pub mod csv;
pub mod diagnostics;
pub mod json;
pub mod listing;
pub mod markdown;
pub mod measure;
pub mod palette;
pub mod text;
pub mod tidy;
pub mod xlsx;
