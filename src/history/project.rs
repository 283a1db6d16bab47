//! Where a project is: its definitions, its months, and what has been published of them.

use std::path::{Path, PathBuf};

use super::{Calendar, History, Plan};
use crate::definition::Definition;
use crate::diagnostic::Findings;
use crate::input::{Keep, Ledger};
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

    /// The project in a folder, with the usual names.
    #[must_use]
    pub fn in_folder(folder: &Path, keep: Keep) -> Self {
        Self::new(folder.join("indicators.toml"), folder.join("data"), keep)
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

    /// The files that have been read so far.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Reads its definitions; nothing where they have errors.
    pub fn definition(&self, findings: &mut Findings) -> Option<Definition> {
        let definition = Definition::read(&self.ledger.file(&self.definitions), findings)?;
        findings.change_severities(&definition.severities);
        Some(definition)
    }

    /// Lists its months.
    pub fn calendar(&self, findings: &mut Findings) -> Calendar {
        Calendar::list(&self.data, findings)
    }

    /// Lists what has been published.
    pub fn record(&self, findings: &mut Findings) -> Record {
        Record::list(&self.published, &self.ledger, findings)
    }

    /// Reads what a plan says.
    pub fn read<'d>(
        &self,
        definition: &'d Definition,
        calendar: Calendar,
        plan: Plan,
        findings: &mut Findings,
    ) -> History<'d> {
        let record = self.record(findings);
        let history = History::read(definition, calendar, record, plan, &self.ledger, findings);
        findings.change_severities(&definition.severities);
        history
    }
}
