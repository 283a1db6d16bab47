//! A project: where its definitions and its months are, and what is kept of its files when they are read.

use std::path::PathBuf;

use crate::definition::Definition;
use crate::diagnostic::Findings;
use crate::input::{Keep, Ledger};
use crate::months::Archive;

/// A project on disk.
#[derive(Clone, Debug)]
pub struct Project {
    definitions: PathBuf,
    data: PathBuf,
    ledger: Ledger,
}

impl Project {
    /// The project with these definitions and this data folder; `keep` says what is noted of the files that are read.
    #[must_use]
    pub fn new(definitions: PathBuf, data: PathBuf, keep: Keep) -> Self {
        let ledger = Ledger::new(keep, &definitions, &data);
        Self { definitions, data, ledger }
    }

    /// Loads its definitions; nothing where they have errors.
    pub fn definition(&self, findings: &mut Findings) -> Option<Definition> {
        let definition = Definition::read(&self.ledger.file(&self.definitions), findings)?;
        findings.change_severities(&definition.severities);
        Some(definition)
    }

    /// Lists its months.
    pub fn archive<'d>(&self, definition: &'d Definition, findings: &mut Findings) -> Archive<'d> {
        Archive::open(definition, &self.data, findings).noting(&self.ledger)
    }
}
