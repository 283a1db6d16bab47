//! How much of what goes wrong with a project is noticed: the sample is made wrong in one way at a
//! time, and what `check` finds is compared with what it finds in the sample as it is.
//!
//! - `figures`: a figure is another one. Some of these nobody can notice, and the share that is
//!   noticed is measured.
//! - `structure`: rows, columns, files, names and definitions are not what or where they should be.
//!   None of these may pass: each is refused, found, or read to the same figures.
//!
//! `docs/findings.md` has the shares of the figures. What runs with the other tests is one in a
//! few:
//!
//! ```sh
//! cargo test --release --test suite mutations:: -- --ignored --nocapture
//! ```

mod definitions;
mod figures;
mod files;
mod project;
mod rows;
mod structure;
