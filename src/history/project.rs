//! Where a project is on disk: its definitions, its months, and its publications.

use std::collections::BTreeSet;
use std::iter;
use std::path::{Path, PathBuf};

use super::{Calendar, History, Plan};
use crate::definition::{Definition, Edition};
use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::extract::{self, SharedFiles};
use crate::input::{self, File, Keep, Ledger, SourceInput};
use crate::month::{FinancialYear, NamedMonth};
use crate::record::{self, Manifest, Publication, Record};
use crate::text::quote;

/// A project on disk.
#[derive(Clone, Debug)]
pub struct Project {
    definitions: PathBuf,
    data: PathBuf,
    published: PathBuf,
    ledger: Ledger,
}

impl Project {
    /// The project with these definitions and this data folder; `keep` says what to keep of each
    /// file that is read.
    #[must_use]
    pub fn new(definitions: PathBuf, data: PathBuf, keep: Keep) -> Self {
        let ledger = Ledger::new(keep, &definitions, &data);
        Self::with(definitions, data, ledger)
    }

    /// Like [`new`](Self::new), but files are named by their paths within the project, as in
    /// publications.
    #[must_use]
    pub fn within(definitions: PathBuf, data: PathBuf, keep: Keep) -> Self {
        let ledger = Ledger::within(keep, &definitions, &data);
        Self::with(definitions, data, ledger)
    }

    /// The project in a folder, with the default names.
    #[must_use]
    pub fn in_folder(folder: &Path, keep: Keep) -> Self {
        Self::new(folder.join("indicators.toml"), folder.join("data"), keep)
    }

    /// The project as it was frozen with a publication.
    #[must_use]
    pub fn frozen(publication: &Publication, manifest: &Manifest) -> Self {
        let inputs = publication.folder.join(record::INPUTS);
        let definitions = inputs.join(&manifest.definitions);
        let frozen = Self::within(definitions, inputs.join(&manifest.data), Keep::Digests);
        frozen.note_sources(manifest.sources.iter().cloned());
        frozen
    }

    fn with(definitions: PathBuf, data: PathBuf, ledger: Ledger) -> Self {
        let published = definitions.parent().unwrap_or(Path::new("")).join(record::FOLDER);
        Self { definitions, data, published, ledger }
    }

    /// The folder of the publications.
    #[must_use]
    pub fn published(&self) -> &Path {
        &self.published
    }

    /// The folder of the publications of an edition. Those for the public are in one of their own,
    /// so that it can be copied out without the others.
    #[must_use]
    pub fn published_for(&self, edition: Edition) -> PathBuf {
        match edition {
            Edition::Directors => self.published.clone(),
            Edition::Public => self.published.with_file_name(record::PUBLIC_FOLDER),
        }
    }

    /// The ledger of the files that have been read.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Reads its definitions. `None` if they have errors, which have been reported.
    pub fn definition(&self, findings: &mut Findings) -> Option<Definition> {
        if let Some(elsewhere) = self.elsewhere() {
            let place = Place::of_path(&self.definitions);
            let found = "there is no such file";
            findings.push(Finding::new(Code::CannotRead, place, found, elsewhere));
            return None;
        }
        let definition = Definition::read(&self.ledger.file(&self.definitions), findings)?;
        findings.change_severities(&definition.severities);
        Some(definition)
    }

    /// What to do where the definitions are looked for in a folder of the project, or in the one that
    /// it is in.
    fn elsewhere(&self) -> Option<String> {
        /// From the `commentary` of a month to the project.
        const HIGHEST: usize = 3;
        let name = Path::new(self.definitions.file_name()?);
        // Whoever names a folder means that one.
        if self.definitions != name || name.exists() {
            return None;
        }
        let is_project = |folder: &PathBuf| folder.join(name).is_file();
        let above = (1..=HIGHEST).map(|steps| iter::repeat_n("..", steps).collect::<PathBuf>());
        let below = || {
            let folders = input::paths_in(Path::new(".")).ok()?;
            let names = folders.iter().filter_map(|folder| folder.file_name());
            let mut folders: Vec<_> = names.map(PathBuf::from).filter(is_project).collect();
            // Of several, none is more likely.
            (folders.len() == 1).then(|| folders.remove(0))
        };
        let folder = above.into_iter().find(is_project).or_else(below)?;
        let shown = folder.display().to_string();
        let typed = if shown.contains(' ') { quote(&shown) } else { shown.clone() };
        Some(format!(
            "the project is in {shown}: go there with `cd {typed}`, or name it with `-d {typed}`"
        ))
    }

    /// Reads files that a report needs, to have them when the definitions have been read: the
    /// results of its month, which is the latest unless another is named, of the month before, and
    /// of the outturn, where financial years start when nearly all do.
    pub fn read_ahead(&self, named: Option<&NamedMonth>) {
        let month = match named {
            None => Calendar::latest(&self.data),
            Some(NamedMonth::Month(month)) => Some(*month),
            // The definitions say when the years of quarters start.
            Some(NamedMonth::Quarter { .. }) => None,
        };
        // In the first month of a year the outturn is the month before.
        let months: BTreeSet<_> = month
            .into_iter()
            .flat_map(|month| {
                let year = FinancialYear::of(month, FinancialYear::USUAL_START);
                [month.before(1), month, year.previous_outturn()]
            })
            .collect();
        let folders = months.iter().map(|month| self.data.join(month.to_string()));
        for path in folders.flat_map(|folder| extract::results_within(&folder)) {
            self.ledger.fetch(&path);
        }
    }

    /// The council's own document, where the definitions name one.
    pub fn template(&self, definition: &Definition) -> Option<File> {
        let folder = self.definitions.parent().unwrap_or(Path::new(""));
        Some(self.ledger.file(&folder.join(definition.template.as_ref()?)))
    }

    /// Notes files of sources that were read when what they gave was frozen.
    fn note_sources(&self, sources: impl IntoIterator<Item = SourceInput>) {
        self.ledger.add_sources(sources);
    }

    /// Lists its months.
    pub fn calendar(&self, definition: &Definition, findings: &mut Findings) -> Calendar {
        let shared = SharedFiles::read(definition, &self.data, &self.ledger, findings);
        Calendar::list(&self.data, shared, findings)
    }

    /// Lists its publications.
    pub fn record(&self, findings: &mut Findings) -> Record {
        self.record_of(Edition::Directors, findings)
    }

    /// Lists its publications of an edition.
    pub fn record_of(&self, edition: Edition, findings: &mut Findings) -> Record {
        Record::list(&self.published_for(edition), &self.ledger, findings)
    }

    /// Reads everything in a plan.
    pub fn read<'d>(
        &self,
        definition: &'d Definition,
        calendar: Calendar,
        plan: Plan,
        findings: &mut Findings,
    ) -> History<'d> {
        let record = self.record_of(definition.edition, findings);
        let history = History::read(definition, calendar, record, plan, &self.ledger, findings);
        findings.change_severities(&definition.severities);
        history
    }
}
