//! TOML files, each table of them read into a type of its own.
//!
//! A derived parser stops at its first error. Here a file is parsed to spanned values once, and
//! `read` makes of them the type that `table!` describes: every unknown key, missing key and
//! wrong value at every level becomes a finding, and the rest is there to be looked at further.
//! The same description makes the [JSON Schema](schema), so the two cannot disagree about which
//! keys there are.

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
pub(crate) use table::{TableReader, TomlItem, TomlTable, read, table};
pub(crate) use words::words;
