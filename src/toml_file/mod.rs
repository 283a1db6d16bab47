//! TOML files read against a description of their keys.
//!
//! A derived parser stops at its first error. Here a file is parsed to spanned values once,
//! [`Section::check`] holds them against a [`Shape`] and reports every unknown key, missing key and
//! wrong value at every level, and the typed accessors of [`Section`] then give what is there. The
//! same shapes make the [JSON Schema](schema), so the two cannot disagree about which keys there
//! are.

pub mod schema;
mod section;
mod shape;
mod slip;

pub use section::{Band, Document, Section, Spanned};
pub use shape::{Choices, Key, Kind, Shape};
