//! The performance scorecard of a council's services: from indicator definitions and monthly
//! extracts to the dashboard that its committee reads.
//!
//! Data flows one way, and control flows with it:
//!
//! ```text
//! plan ──> read ──> assess ──> check ──> lay out ──> render ──> write
//! ```
//!
//! - Which months a report needs is planned in [`history`], which then reads them all at once.
//! - A figure enters in [`extract`], which remembers its file and line; [`definition`] says what it
//!   means.
//! - It is rated in [`assess`], one rule a file, exactly: [`figure`] has no floating point numbers
//!   and rounds in one place. What is more than the usual variation, [`statistics`] tells.
//! - What a public edition leaves out, so that nobody can be identified from the rest, is chosen in
//!   [`disclosure`].
//! - [`check`] looks at what has been assessed for what a careful officer would question.
//! - [`layout`] makes pages of typed cells of the [`scorecard`], and [`render`] writes them, one
//!   file a format.
//! - What goes to committee is frozen in the [`record`], and later months compare with it; a
//!   [`pack`] is the folder of documents that goes with it. What a month should have, [`expected`]
//!   says.
//! - Whatever is read is read by [`input`], which knows what was in it.
//! - Whatever is wrong on the way is a [`diagnostic`]; the library never prints.

pub mod assess;
pub mod check;
pub mod cli;
pub mod command;
pub mod definition;
pub mod diagnostic;
pub mod disclosure;
pub mod expected;
pub mod extract;
pub mod figure;
pub mod history;
pub mod input;
pub mod layout;
pub mod month;
pub mod output;
pub mod pack;
pub mod population;
pub mod publish;
pub mod rating;
pub mod record;
pub mod render;
pub mod scope;
pub mod scorecard;
pub mod site;
pub mod source;
pub mod statistics;
pub mod stderr;
pub mod text;
pub mod threads;
pub mod toml_file;
pub mod wording;
