//! One month's files: observations that remember the file and line they came from.
//!
//! `results*` and `activity*`, each CSV or an Excel workbook, `month.toml` and `commentary/`. What
//! can be wrong with a file by itself is found here; nothing here knows of ratings.
//!
//! A file of figures goes through these, from its bytes to what it says:
//!
//! - `contents`: text, or a sheet of a `workbook`;
//! - `header` and `table`: which row names the columns, and rows of cells that know where they
//!   stand;
//! - `cell`, `dates` and `names`: what a cell says, and `unreadable`, why it says nothing.
//!
//! Spreadsheets change what passes through them. What was meant is read where it is certain, and is
//! a finding where it is not; nothing is guessed at.

mod activity;
mod aside;
mod benchmarks;
mod cell;
mod checked;
mod closed_days;
mod commentary;
mod conditions;
mod contents;
mod dates;
mod delimited;
mod doubtful;
mod file_kind;
mod halves;
mod header;
mod lookups;
mod mark;
mod month_file;
mod month_reader;
mod names;
mod outline;
mod period;
mod plain;
mod populations;
mod punctuation;
mod raw_rows;
mod records;
mod results;
mod shared;
mod source_rows;
mod sources;
pub mod standard;
pub mod suggest;
mod table;
mod totals;
mod twice;
mod unreadable;
mod workbook;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

pub use activity::{Activities, ActivityFigure};
pub use benchmarks::{BenchmarkFiles, BenchmarkRow, BenchmarkRows};
pub use checked::Checked;
pub use commentary::{Commentary, CommentaryPlan};
pub(crate) use file_kind::{
    has_extracts, is_extract, is_of_benchmarks, results_within, why_no_benchmarks,
};
pub use mark::Mark;
pub use month_file::{FILE as MONTH_FILE, MonthFile, Status};
pub use month_reader::MonthFolder;
pub use results::{Observation, Results, UnusedValues, find, has_own};
pub use shared::SharedFiles;
pub use table::UnusedColumn;

use file_kind::frozen_name;
use month_reader::MonthReader;
use names::NameFinder;

use crate::definition::{AreaId, Definition, SourceKind};
use crate::diagnostic::Findings;
use crate::input::Ledger;
use crate::month::Month;

/// The extract of one month.
#[derive(Debug, Default)]
pub struct Extract {
    /// The results.
    pub results: Results,
    /// The activity.
    pub activities: Activities,
    /// What the service says.
    pub commentary: Commentary,
    /// What the officer says in the covering report: Markdown.
    pub covering: Option<String>,
    /// Dates and status.
    pub about: MonthFile,
    /// What its sources have given.
    pub sources: Vec<GivenSource>,
    /// The areas and teams that records are of, also where they have no figure of their own.
    pub areas_of_records: BTreeSet<AreaId>,
    /// What is wrong with its files.
    pub findings: Findings,
}

impl Extract {
    /// Reads a month and notes its files; whatever is wrong with them becomes a finding of the
    /// extract.
    #[must_use]
    pub fn read(definition: &Definition, month: Month, from: MonthFolder<'_>) -> Self {
        let names = NameFinder::new(definition);
        let mut reader = MonthReader::new(&names, month, from);
        reader.read_folder();
        reader.read_sources();
        let extract = reader.finish();
        extract.freeze(definition, from.path, from.ledger);
        extract
    }

    /// Whether it has any figure or activity, or says anywhere why there is none.
    #[must_use]
    pub fn has_figures(&self) -> bool {
        self.results.has_figures() || self.activities.has_figures()
    }

    /// The source that gave a row. `None` if it is of no source.
    #[must_use]
    pub fn source_of(&self, row: &Observation) -> Option<&GivenSource> {
        let path = self.results.path(row);
        self.sources.iter().find(|source| source.gave(path))
    }

    /// Notes what sources gave, in the standard form, in the place of their files: a publication
    /// freezes that, and nothing else of them.
    fn freeze(&self, definition: &Definition, folder: &Path, ledger: &Ledger) {
        for source in self.sources.iter().filter(|source| !source.files.is_empty()) {
            let note = |is_activity, made: Vec<u8>| {
                ledger.note_made(&folder.join(frozen_name(&source.id, is_activity)), || made);
            };
            if !ledger.keeps() {
                continue;
            }
            if self.results.all().iter().any(|row| source.gave(self.results.path(row))) {
                let made = standard::results(definition, self, Some(source));
                note(false, made.unwrap_or_default());
            }
            if self.activities.any(|figure| source.gave(&figure.place.path)) {
                let made = standard::activity(definition, self, Some(source));
                note(true, made.unwrap_or_default());
            }
        }
    }
}

/// What a source has given of a month.
#[derive(Clone, Debug)]
pub struct GivenSource {
    /// The source.
    pub id: String,
    /// What its rows are.
    pub kind: SourceKind,
    /// The files that it has been read from, as findings name them; none, where it is outstanding.
    pub files: Vec<Arc<str>>,
}
