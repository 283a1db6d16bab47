//! What all months of a project share, read once: the files in folders of sources, and populations.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use super::names::NameFinder;
use super::populations::{FILE, Populations};
use super::sources::{SharedFile, SourceReader};
use crate::definition::Definition;
use crate::diagnostic::Findings;
use crate::input::Ledger;
use crate::month::Month;

/// What all months of a project share.
#[derive(Default)]
pub struct SharedFiles {
    /// How many people there are.
    pub(super) populations: Populations,
    /// The files in the folder of each source, in the order of the definitions.
    sources: Vec<Vec<SharedFile>>,
}

impl SharedFiles {
    /// Reads it. Whatever is wrong becomes a finding.
    #[must_use]
    pub fn read(
        definition: &Definition,
        data: &Path,
        ledger: &Ledger,
        findings: &mut Findings,
    ) -> Self {
        if definition.sources.is_empty() {
            return Self::default();
        }
        let names = NameFinder::new(definition);
        let populations = data.join(FILE);
        let populations = if definition.has_populations() && populations.is_file() {
            Populations::read(&names, &ledger.file(&populations), findings)
        } else {
            Populations::default()
        };
        let share = |source| SourceReader::new(source, &names, None).share(data, ledger, findings);
        let sources = definition.sources.iter().map(share).collect();
        Self { populations, sources }
    }

    /// The months that its files have.
    #[must_use]
    pub fn months(&self) -> BTreeSet<Month> {
        self.sources.iter().flatten().flat_map(SharedFile::months).collect()
    }

    /// The files in the folder of a source, by its place in the definitions.
    pub(super) fn of_source(&self, index: usize) -> &[SharedFile] {
        self.sources.get(index).map_or(&[], Vec::as_slice)
    }
}

impl fmt::Debug for SharedFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedFiles").field("months", &self.months()).finish_non_exhaustive()
    }
}
