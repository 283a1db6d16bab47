//! What all months of a project share, read once: the files in folders of sources, and populations.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use super::names::NameFinder;
use super::populations::{FILE, Populations};
use super::sources::{self, SharedFile, SourceReader};
use crate::definition::{Definition, ExtractSource, SourceKind};
use crate::diagnostic::Findings;
use crate::input::Ledger;
use crate::month::Month;

/// What all months of a project share.
#[derive(Default)]
pub struct SharedFiles {
    /// How many people there are.
    pub(super) populations: Populations,
    /// The files in the folder of each source, by its id.
    sources: BTreeMap<String, Vec<SharedFile>>,
    /// The names of files beside the months that sources of benchmarks take.
    benchmarks: Vec<String>,
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
        let of_months = |source: &&ExtractSource| source.kind != SourceKind::Benchmarks;
        let mut sources = BTreeMap::new();
        for source in definition.sources.iter().filter(of_months) {
            let shared = SourceReader::new(source, &names, None).share(data, ledger, findings);
            sources.insert(source.id.clone(), shared);
        }
        let is_beside =
            |source: &&ExtractSource| source.folder.as_deref().is_none_or(|folder| folder == ".");
        let benchmarks = definition.sources.iter().filter(|source| !of_months(source));
        let benchmarks =
            benchmarks.filter(is_beside).flat_map(|source| source.files.clone()).collect();
        Self { populations, sources, benchmarks }
    }

    /// The months that its files have.
    #[must_use]
    pub fn months(&self) -> BTreeSet<Month> {
        self.sources.values().flatten().flat_map(SharedFile::months).collect()
    }

    /// Whether a file beside the months is one of a source of benchmarks, by its name.
    #[must_use]
    pub fn is_of_benchmarks(&self, name: &str) -> bool {
        sources::is_table_named(&self.benchmarks, name)
    }

    /// The files in the folder of a source.
    pub(super) fn of_source(&self, id: &str) -> &[SharedFile] {
        self.sources.get(id).map_or(&[], Vec::as_slice)
    }
}

impl fmt::Debug for SharedFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedFiles").field("months", &self.months()).finish_non_exhaustive()
    }
}
