//! Makes rows of the standard form out of any table that a `[[source]]` describes.
//!
//! Nothing here reads a file or knows of figures: [`Layout`] says which cells of a table's rows make
//! which cells of standard rows, and [`pattern`] which texts are meant by one with a `*`.

mod layout;
pub mod pattern;

pub use layout::{Group, Heading, Layout, NotALayout, TopRow};
