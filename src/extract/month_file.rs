//! `month.toml`: dates and the status of a month's extract.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::checked::{self, Checked, CheckedKeys};
use crate::definition::Definition;
use crate::diagnostic::{Findings, Source};
use crate::input::File;
use crate::month::Date;
use crate::toml_file::kinds::{Choice, DateValue, TableList};
use crate::toml_file::{self, TableShape, TomlTable, table, words};

/// What `month.toml` says; nothing of it has to be said.
#[derive(Clone, Debug, Default)]
pub struct MonthFile {
    /// The file, where there is one.
    pub path: Option<Arc<str>>,
    /// The day that the figures describe.
    pub as_at: Option<Date>,
    /// The day on which they were extracted.
    pub extracted: Option<Date>,
    /// The day of the meeting that they go to.
    pub meeting: Option<Date>,
    /// Whether they are final.
    pub status: Option<Status>,
    /// Findings that somebody has looked into.
    pub checked: Vec<Checked>,
}

words! {
    /// Whether a month's figures may still change.
    #[derive(Deserialize, Serialize)]
    #[serde(rename_all = "lowercase")]
    Status {
        /// They may.
        Draft = "draft",
        /// They are done.
        Final = "final",
    }
}

table! {
    MonthKeys: "month.toml", "Dates and the status of a month's extract.";
    as_at: optional DateValue, "the day that the figures describe";
    extracted: optional DateValue, "the day on which they were extracted";
    meeting: optional DateValue, "the day of the meeting that they go to";
    status: optional Choice<Status>, "whether they may still change";
    checked: optional TableList<CheckedKeys>,
        "findings of the month that have been looked into and are right as they are";
}

/// The keys of `month.toml`.
pub static FILE: &TableShape = MonthKeys::SHAPE;

/// Reads the file, where there is one.
pub(super) fn read(file: &File, definition: &Definition, findings: &mut Findings) -> MonthFile {
    let Some(text) = file
        .read_text("the month's dates and status; delete it if there is nothing to say", findings)
    else {
        return MonthFile::default();
    };
    let source = Source::new(Arc::clone(&file.name), text);
    let keys: MonthKeys = toml_file::read(&source, findings);
    MonthFile {
        path: Some(Arc::clone(&file.name)),
        as_at: keys.as_at.value(),
        extracted: keys.extracted.value(),
        meeting: keys.meeting.value(),
        status: keys.status.value(),
        checked: checked::read(keys.checked.items(), &source, definition, findings),
    }
}
