//! Formats, a file each.

pub mod tidy;
