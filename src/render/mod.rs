//! The output formats, each in a file or folder of its own.

mod archive;
pub mod csv;
pub mod diagnostics;
pub mod docx;
pub mod email;
pub mod html;
pub mod json;
mod json_statistics;
pub mod json_text;
pub mod listing;
pub mod markdown;
pub mod measure;
pub mod numbers;
pub mod ods;
pub mod palette;
mod paper;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod plot;
mod sheets;
pub mod text;
pub mod tidy;
mod typography;
pub mod xlsx;
mod xml;
