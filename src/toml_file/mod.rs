//! TOML files, with each table read into its own type.
//!
//! A derived parser stops at its first error. Here a file is parsed to spanned values once, and
//! `read` turns them into the type that `table!` describes. Every unknown key, missing key and
//! wrong value at every level becomes a finding, and the rest can still be checked. The same
//! description produces the [JSON Schema](schema), so the two cannot disagree about the keys.

mod document;
mod entry;
pub(crate) mod kinds;
pub mod schema;
mod shape;
mod slip;
mod table;
mod words;

pub(crate) use entry::{KeyValue, Spanned};
pub(crate) use kinds::{Takes, Words};
pub use shape::{Choices, Key, KeyKind, TableShape};
pub(crate) use table::{TableReader, TomlItem, TomlTable, read, table, written_too_low};
pub(crate) use words::words;
