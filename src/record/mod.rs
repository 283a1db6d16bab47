//! What has been published: a folder for each month, with the results, the inputs that they were
//! made from and a manifest.
//!
//! ```text
//! published/
//!   2016-01/
//!     1/                 the first publication, 2/ the first revision
//!       manifest.toml    when, for which meeting, and the SHA-256 of every file
//!       results.csv      every figure of every area, tidy
//!       results.json     the same with its evidence
//!       inputs/          the definitions, extracts and commentary as they were read: a project of its own
//! ```
//!
//! The record is only ever added to. It is plain files, to be kept in git or wherever else records
//! are kept, and nothing in it needs this program to be read.

mod compare;
mod figures;
mod freeze;
mod manifest;
mod snapshot;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

pub use compare::{Change, Changes, What};
pub use figures::{Figures, Published};
pub use freeze::{Occasion, Results, files, results_today};
pub use manifest::{FILE as MANIFEST_FILE, Manifest, NAME as MANIFEST, now};
pub use snapshot::{Area, Described, Earlier, Figure, Snapshot};

use crate::definition::Definition;
use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::input::{File, Ledger, files_within};
use crate::month::Month;

/// The folder of the record, beside the definitions.
pub const FOLDER: &str = "published";
/// The results as tidy.
pub const TIDY: &str = "results.csv";
/// The results as JSON.
pub const JSON: &str = "results.json";
/// The folder of the inputs.
pub const INPUTS: &str = "inputs";

/// The record of a project: what has been published of which month.
#[derive(Debug, Default)]
pub struct Record {
    ledger: Ledger,
    months: BTreeMap<Month, BTreeMap<u32, Publication>>,
    findings: Mutex<Findings>,
    /// The files that have been found to be damaged: each is said to be once.
    damaged: Mutex<BTreeSet<PathBuf>>,
}

/// A month as it was published.
#[derive(Debug)]
pub struct Publication {
    /// Its folder.
    pub folder: PathBuf,
    month: Month,
    revision: u32,
    manifest: OnceLock<Option<Manifest>>,
    snapshot: OnceLock<Option<Snapshot>>,
    figures: OnceLock<Option<Figures>>,
}

impl Record {
    /// Lists what there is in the folder of the record; no folder is no record.
    pub fn open(folder: &Path, ledger: &Ledger, findings: &mut Findings) -> Self {
        let mut months = BTreeMap::new();
        for (month, path) in folders(folder, findings) {
            let Ok(month) = month.parse::<Month>() else { continue };
            let mut revisions = BTreeMap::new();
            for (revision, folder) in folders(&path, findings) {
                let Some(revision) = revision
                    .parse()
                    .ok()
                    .filter(|number: &u32| *number > 0 && number.to_string() == revision)
                else {
                    continue;
                };
                let publication = Publication {
                    folder,
                    month,
                    revision,
                    manifest: OnceLock::new(),
                    snapshot: OnceLock::new(),
                    figures: OnceLock::new(),
                };
                revisions.insert(revision, publication);
            }
            if !revisions.is_empty() {
                months.insert(month, revisions);
            }
        }
        Self {
            ledger: ledger.clone(),
            months,
            findings: Mutex::default(),
            damaged: Mutex::default(),
        }
    }

    /// Whether nothing has been published.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.months.is_empty()
    }

    /// The months that have been published, in order.
    pub fn months(&self) -> impl DoubleEndedIterator<Item = Month> {
        self.months.keys().copied()
    }

    /// Every publication of a month, the first first.
    pub fn publications(&self, month: Month) -> impl DoubleEndedIterator<Item = &Publication> {
        self.months.get(&month).into_iter().flat_map(BTreeMap::values)
    }

    /// The latest publication of a month.
    #[must_use]
    pub fn latest(&self, month: Month) -> Option<&Publication> {
        self.publications(month).next_back()
    }

    /// The publication of a month with this number, or the latest.
    ///
    /// # Errors
    ///
    /// What there is, where there is none.
    pub fn find(&self, month: Month, number: Option<u32>) -> Result<&Publication, String> {
        let found = match number {
            None => self.latest(month),
            Some(number) => {
                self.publications(month).find(|publication| publication.revision == number)
            }
        };
        found.ok_or_else(|| {
            let which =
                number.map_or_else(String::new, |number| format!("publication {number} of "));
            let there: Vec<_> = self.months().map(|month| month.to_string()).collect();
            let there = if there.is_empty() {
                "nothing has been".to_owned()
            } else {
                format!("{} have been", there.join(", "))
            };
            format!("{which}{month} has not been published; {there}")
        })
    }

    /// The manifest of a publication; what is wrong with it is kept as a finding.
    pub fn manifest<'r>(&self, publication: &'r Publication) -> Option<&'r Manifest> {
        publication.manifest.get_or_init(|| self.read_manifest(publication)).as_ref()
    }

    fn read_manifest(&self, publication: &Publication) -> Option<Manifest> {
        let file = self.ledger.file(&publication.folder.join(manifest::NAME));
        let mut findings = self.findings();
        let manifest = Manifest::read(&file, &mut findings)?;
        if (manifest.month, manifest.revision) != (publication.month, publication.revision) {
            let found = format!(
                "the manifest is of {}, publication {}, in the folder of {}, publication {}",
                manifest.month, manifest.revision, publication.month, publication.revision
            );
            let remedy = "restore the folder from git or a backup: what is published is never changed or moved";
            findings.push(Finding::new(Code::BadRecord, Place::file(&file.name), found, remedy));
            return None;
        }
        Some(manifest)
    }

    /// The bytes of a file of a publication, where they are what was published.
    pub fn read(&self, publication: &Publication, path: &str) -> Option<Vec<u8>> {
        let manifest = self.manifest(publication)?;
        let file = self.ledger.file(&publication.folder.join(path));
        let mut findings = self.findings();
        let bytes = file.read_bytes(
            "a file of what was published; restore it from git or a backup",
            &mut findings,
        )?;
        if manifest.has(path, &bytes) {
            return Some(bytes);
        }
        if self.damaged.lock().unwrap_or_else(PoisonError::into_inner).insert(file.path.clone()) {
            findings.push(damaged(&file));
        }
        None
    }

    /// Whether every file of a publication is what was published, and there is no other; each that
    /// is not has a finding.
    pub fn verify(&self, publication: &Publication) -> bool {
        let Some(manifest) = self.manifest(publication) else { return false };
        let mut is_sound = manifest
            .files
            .iter()
            .filter(|(path, _)| self.read(publication, path).is_none())
            .count()
            == 0;
        let there = match files_within(&publication.folder) {
            Ok(there) => there,
            Err(error) => {
                self.findings().push(cannot_list(&publication.folder, &error));
                return false;
            }
        };
        for within in there {
            if within != manifest::NAME
                && !manifest.files.iter().any(|(listed, _)| *listed == within)
            {
                let place = Place::file(&self.ledger.file(&publication.folder.join(&within)).name);
                let remedy = "delete it: nothing may be added to what has been published";
                self.findings().push(Finding::new(
                    Code::BadRecord,
                    place,
                    "the file is not in the manifest",
                    remedy,
                ));
                is_sound = false;
            }
        }
        is_sound
    }

    /// The results of a publication.
    pub fn snapshot<'r>(&self, publication: &'r Publication) -> Option<&'r Snapshot> {
        let read = || {
            let bytes = self.read(publication, JSON)?;
            let snapshot = Snapshot::parse(&bytes);
            snapshot.map_err(|wrong| self.findings().push(self.bad(publication, &wrong))).ok()
        };
        publication.snapshot.get_or_init(read).as_ref()
    }

    fn bad(&self, publication: &Publication, wrong: &str) -> Finding {
        let file = self.ledger.file(&publication.folder.join(JSON));
        let remedy =
            "restore it from git or a backup; if a newer version wrote it, use that version";
        Finding::new(
            Code::BadRecord,
            Place::file(&file.name),
            format!("the published results cannot be read: {wrong}"),
            remedy,
        )
    }

    /// The figures of the latest publication of a month, by what the definitions call things now.
    pub fn figures(&self, definition: &Definition, month: Month) -> Option<&Figures> {
        let publication = self.latest(month)?;
        let read = || {
            let place: Arc<str> =
                Arc::clone(&self.ledger.file(&publication.folder.join(JSON)).name);
            Some(Figures::of(definition, self.snapshot(publication)?, &place))
        };
        publication.figures.get_or_init(read).as_ref()
    }

    /// Takes what has been found in the record so far.
    #[must_use]
    pub fn take_findings(&self) -> Findings {
        std::mem::take(&mut *self.findings())
    }

    fn findings(&self) -> std::sync::MutexGuard<'_, Findings> {
        // Findings are only ever added to: they are as good after a panic as before.
        self.findings.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Publication {
    /// The month.
    #[must_use]
    pub fn month(&self) -> Month {
        self.month
    }

    /// Which publication of the month it is: 1 for the first.
    #[must_use]
    pub fn revision(&self) -> u32 {
        self.revision
    }
}

/// A file of the record that is not what was published.
fn damaged(file: &File) -> Finding {
    let found = "the file is not what was published: its SHA-256 is not the one in the manifest";
    Finding::new(
        Code::DamagedRecord,
        Place::file(&file.name),
        found,
        "restore it from git or a backup; to publish a correction, publish again with --reason",
    )
}

/// A folder of the record that cannot be read.
fn cannot_list(folder: &Path, error: &std::io::Error) -> Finding {
    let found = format!("the record of what was published cannot be read: {error}");
    let place = Place::file(&folder.display().to_string().into());
    Finding::new(
        Code::CannotRead,
        place,
        found,
        "make the folder readable: figures are compared with what is in it",
    )
}

/// The folders in a folder, by their names, in order. No folder has none; one that cannot be read
/// has a finding.
fn folders(folder: &Path, findings: &mut Findings) -> Vec<(String, PathBuf)> {
    let listed = std::fs::read_dir(folder).and_then(|entries| {
        entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()
    });
    let mut folders: Vec<_> = match listed {
        Ok(paths) => paths
            .into_iter()
            .filter(|path| path.is_dir())
            .filter_map(|path| Some((path.file_name()?.to_str()?.to_owned(), path)))
            .collect(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(error) => {
            findings.push(cannot_list(folder, &error));
            Vec::new()
        }
    };
    folders.sort();
    folders
}
