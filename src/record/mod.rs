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
mod manifest;
pub mod results;
mod rules;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use compare::{Change, Changes, What};
pub use figures::{PublishedFigure, PublishedFigures};
pub use manifest::{FILE as MANIFEST_FILE, MOST_REVISIONS, Manifest, NAME as MANIFEST, now};
pub use rules::ChangedRule;

use crate::definition::Definition;
use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::input::{File, Ledger, files_within};
use crate::month::Month;
use results::Results;

/// The folder of the record, beside the definitions.
pub const FOLDER: &str = "published";
/// The results as tidy.
pub const TIDY: &str = "results.csv";
/// The results as JSON.
pub const JSON: &str = "results.json";
/// The folder of the inputs.
pub const INPUTS: &str = "inputs";

/// The record of a project: which publications there are of which month.
#[derive(Debug, Default)]
pub struct Record {
    ledger: Ledger,
    months: BTreeMap<Month, BTreeMap<u32, Publication>>,
}

/// Where a month is as it was published.
#[derive(Clone, Debug)]
pub struct Publication {
    /// Its folder.
    pub folder: PathBuf,
    month: Month,
    revision: u32,
}

/// A month as it was last published, by what the definitions call things now.
#[derive(Debug)]
pub struct Published {
    /// When, and for which meeting.
    pub manifest: Manifest,
    /// What was published.
    pub figures: PublishedFigures,
}

impl Record {
    /// Lists what there is in the folder of the record; no folder is no record.
    pub fn list(folder: &Path, ledger: &Ledger, findings: &mut Findings) -> Self {
        let mut months = BTreeMap::new();
        for (month, path) in folders(folder, findings) {
            let Ok(month) = month.parse::<Month>() else { continue };
            let mut revisions = BTreeMap::new();
            for (revision, folder) in folders(&path, findings) {
                let number = revision.parse().ok();
                let is_written_so = |number: &u32| *number > 0 && number.to_string() == revision;
                let Some(revision) = number.filter(is_written_so) else { continue };
                revisions.insert(revision, Publication { folder, month, revision });
            }
            if !revisions.is_empty() {
                months.insert(month, revisions);
            }
        }
        Self { ledger: ledger.clone(), months }
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

    /// Reads the manifest of a publication.
    pub fn manifest(&self, publication: &Publication, findings: &mut Findings) -> Option<Manifest> {
        let file = self.ledger.file(&publication.folder.join(manifest::NAME));
        let manifest = Manifest::read(&file, findings)?;
        if (manifest.month, manifest.revision) != (publication.month, publication.revision) {
            let found = format!(
                "the manifest is of {}, publication {}, in the folder of {}, publication {}",
                manifest.month, manifest.revision, publication.month, publication.revision
            );
            let remedy = "restore the folder from git or a backup: what is published is never \
                changed or moved";
            findings.push(Finding::new(Code::BadRecord, Place::file(&file.name), found, remedy));
            return None;
        }
        Some(manifest)
    }

    /// Reads a file of a publication; nothing, where it is not what was published.
    pub fn read(
        &self,
        publication: &Publication,
        manifest: &Manifest,
        path: &str,
        findings: &mut Findings,
    ) -> Option<Vec<u8>> {
        let file = self.ledger.file(&publication.folder.join(path));
        let what = "a file of what was published; restore it from git or a backup";
        let bytes = file.read_bytes(what, findings)?;
        if manifest.has(path, &bytes) {
            return Some(bytes);
        }
        findings.push(damaged(&file));
        None
    }

    /// Whether every file of a publication is what was published, there is no other, and the
    /// results can be read; each that is not has a finding.
    pub fn verify(&self, publication: &Publication, findings: &mut Findings) -> bool {
        let Some(manifest) = self.manifest(publication, findings) else { return false };
        let before = findings.len();
        for (path, _) in &manifest.files {
            let bytes = self.read(publication, &manifest, path, findings);
            if let Some(bytes) = bytes.filter(|_| path == JSON) {
                self.parse(publication, &bytes, findings);
            }
        }
        match files_within(&publication.folder) {
            Ok(there) => {
                let is_listed =
                    |path: &String| manifest.files.iter().any(|(listed, _)| listed == path);
                for path in there.iter().filter(|path| **path != manifest::NAME && !is_listed(path))
                {
                    let file = self.ledger.file(&publication.folder.join(path));
                    let remedy = "delete it: nothing may be added to what has been published";
                    let found = "the file is not in the manifest";
                    let place = Place::file(&file.name);
                    findings.push(Finding::new(Code::BadRecord, place, found, remedy));
                }
            }
            Err(error) => findings.push(cannot_list(&publication.folder, &error)),
        }
        findings.len() == before
    }

    /// Reads the results of a publication.
    pub fn results(
        &self,
        publication: &Publication,
        manifest: &Manifest,
        findings: &mut Findings,
    ) -> Option<Results> {
        let bytes = self.read(publication, manifest, JSON, findings)?;
        self.parse(publication, &bytes, findings)
    }

    fn parse(
        &self,
        publication: &Publication,
        json: &[u8],
        findings: &mut Findings,
    ) -> Option<Results> {
        let unreadable = |wrong: String| {
            let remedy =
                "restore it from git or a backup; if a newer version wrote it, use that version";
            let found = format!("the published results cannot be read: {wrong}");
            Finding::new(
                Code::BadRecord,
                Place::file(&self.results_file(publication)),
                found,
                remedy,
            )
        };
        Results::parse(json).map_err(|wrong| findings.push(unreadable(wrong))).ok()
    }

    fn results_file(&self, publication: &Publication) -> Arc<str> {
        self.ledger.file(&publication.folder.join(JSON)).name
    }
}

impl Publication {
    /// What has been written into this folder as a publication of a month.
    #[must_use]
    pub fn written(folder: PathBuf, month: Month, revision: u32) -> Self {
        Self { folder, month, revision }
    }

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

impl Published {
    /// Reads what was published, by what the definitions call things now.
    pub fn read(
        definition: &Definition,
        record: &Record,
        publication: &Publication,
        findings: &mut Findings,
    ) -> Option<Self> {
        let manifest = record.manifest(publication, findings)?;
        let results = record.results(publication, &manifest, findings)?;
        let figures = PublishedFigures::of(definition, &results, &record.results_file(publication));
        Some(Self { manifest, figures })
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
