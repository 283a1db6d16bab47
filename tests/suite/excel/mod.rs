//! What Excel and the case systems do to files: each thing is a file here, with the figure that is
//! read from it or the finding that it has instead.

pub mod book;
mod cells;
mod hostile;
mod names;
pub mod project;
mod rows;
mod slips;
mod text;
mod workbooks;
