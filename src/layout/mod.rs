//! From the scorecard to pages of blocks: what every page format renders.
//!
//! One file a table. Nothing is rated or rounded here that a rule has not answered; figures become
//! typed cells.

mod activity;
mod areas;
mod axis;
mod block;
mod cells;
mod changes;
mod chart;
mod covering;
mod definitions;
mod diff;
mod document;
mod exceptions;
mod explain;
mod headings;
mod impact;
mod key;
mod notes;
mod number;
mod outstanding;
pub mod prose;
mod report;
mod revisions;
mod scorecard;
mod summary;
mod table;
mod table_name;
mod tally;
mod texts;
mod trend;

pub use axis::Axis;
pub use block::{
    About, Align, Block, Cell, Column, Counts, Document, Field, Glance, LANGUAGE, NOTHING, News,
    Page, Room, Row, Series, Table, Under, Value, Working,
};
pub use changes::{Reproduced, reproduced};
pub use chart::{Chart, Point};
pub use diff::diff;
pub use explain::explain;
pub use number::Number;
pub use outstanding::outstanding;
pub use report::{add_workings, lay_out, pack};
pub use revisions::{Step, revisions};
pub use table_name::TableName;
pub use texts::Texts;
