//! A project: where its definitions and its months are, and what is kept of its files when they are
//! read.

use std::path::{Path, PathBuf};

use crate::definition::Definition;
use crate::diagnostic::Findings;
use crate::extract;
use crate::input::{Keep, Ledger};
use crate::month::Month;
use crate::months::{self, Archive};
use crate::record::{self, Record};

/// A project on disk.
#[derive(Clone, Debug)]
pub struct Project {
    definitions: PathBuf,
    data: PathBuf,
    published: PathBuf,
    ledger: Ledger,
}

impl Project {
    /// The project with these definitions and this data folder; `keep` says what is noted of the
    /// files that are read.
    #[must_use]
    pub fn new(definitions: PathBuf, data: PathBuf, keep: Keep) -> Self {
        let ledger = Ledger::new(keep, &definitions, &data);
        Self::with(definitions, data, ledger)
    }

    /// The same project, whose files are named by their paths within it: as they are in what is
    /// published.
    #[must_use]
    pub fn within(definitions: PathBuf, data: PathBuf, keep: Keep) -> Self {
        let ledger = Ledger::within(keep, &definitions, &data);
        Self::with(definitions, data, ledger)
    }

    fn with(definitions: PathBuf, data: PathBuf, ledger: Ledger) -> Self {
        let published = definitions.parent().unwrap_or(Path::new("")).join(record::FOLDER);
        Self { definitions, data, published, ledger }
    }

    /// The folder of what has been published.
    #[must_use]
    pub fn published(&self) -> &Path {
        &self.published
    }

    /// Loads its definitions; nothing where they have errors.
    pub fn definition(&self, findings: &mut Findings) -> Option<Definition> {
        let definition = Definition::read(&self.ledger.file(&self.definitions), findings)?;
        findings.change_severities(&definition.severities);
        Some(definition)
    }

    /// Reads the results that a report needs whatever the definitions say, or nearly: those of its
    /// month, which is the latest unless another is asked for, and of the month before, which only
    /// definitions without a monthly indicator leave alone.
    pub fn fetch(&self, asked: Option<Month>) {
        let Some(month) = asked.or_else(|| months::latest(&self.data)) else { return };
        for month in [month, month.before(1)] {
            for path in extract::results_within(&self.data.join(month.to_string())) {
                self.ledger.fetch(&path);
            }
        }
    }

    /// Lists its months, and which of them have been published.
    pub fn archive<'d>(&self, definition: &'d Definition, findings: &mut Findings) -> Archive<'d> {
        let record = self.record(findings);
        Archive::open(definition, &self.data, findings).noting(&self.ledger).with_record(record)
    }

    /// What has been published.
    pub fn record(&self, findings: &mut Findings) -> Record {
        Record::open(&self.published, &self.ledger, findings)
    }
}
