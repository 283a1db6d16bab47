//! Formats, a file each.

pub mod csv;
pub mod diagnostics;
pub mod html;
pub mod json;
pub mod markdown;
pub mod text;
pub mod tidy;
