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
pub mod statistics;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use compare::{ActivityChange, Change, Changes, SuppressedFigures, What};
pub use figures::{PublishedFigure, PublishedFigures};
pub use manifest::{
    FILE as MANIFEST_FILE, MOST_REVISIONS, Manifest, NAME as MANIFEST, PUBLIC, now, seal,
};
pub use rules::ChangedRule;

use crate::definition::Definition;
use crate::diagnostic::known::{Known, remedy};
use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::input::{self, Digest, File, Ledger, files_within};
use crate::month::Month;
use results::Results;

/// The folder of the record, beside the definitions.
pub const FOLDER: &str = "published";
/// The folder of the public editions of it.
pub const PUBLIC_FOLDER: &str = "published-public";
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
    /// What of it is not where it was written, or is not there.
    misplaced: Vec<(Option<Month>, Finding)>,
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
        let (mut months, mut misplaced) = (BTreeMap::new(), Vec::new());
        for (name, path) in folders(folder, findings) {
            let Ok(month) = name.parse::<Month>() else {
                let within = folders(&path, findings);
                if std::iter::once(&path)
                    .chain(within.iter().map(|(_, path)| path))
                    .any(is_publication)
                {
                    misplaced.push((None, renamed(&path, "month, such as 2016-01")));
                }
                continue;
            };
            let mut revisions = BTreeMap::new();
            for (name, folder) in folders(&path, findings) {
                let number = name.parse().ok();
                let is_written_so = |number: &u32| *number > 0 && number.to_string() == name;
                if let Some(revision) = number.filter(is_written_so) {
                    revisions.insert(revision, Publication { folder, month, revision });
                } else if is_publication(&folder) {
                    misplaced.push((Some(month), renamed(&folder, "number, such as 1")));
                }
            }
            let last = revisions.keys().next_back().copied().unwrap_or(0);
            let gaps = (1..last).filter(|number| !revisions.contains_key(number)).take(MOST_GAPS);
            misplaced.extend(gaps.map(|number| (Some(month), missing(&path, month, number, ""))));
            if !revisions.is_empty() {
                months.insert(month, revisions);
            }
        }
        Self { ledger: ledger.clone(), months, misplaced }
    }

    /// Finds publications that are missing or renamed, and those that others were compared with and
    /// that are not what they were; of one month only, where one is named.
    pub fn audit(&self, only: Option<Month>, findings: &mut Findings) {
        let is_wanted = |month: Option<Month>| only.is_none() || month.is_none() || month == only;
        let misplaced = self.misplaced.iter().filter(|(month, _)| is_wanted(*month));
        misplaced.for_each(|(_, finding)| findings.push(finding.clone()));
        let mut found = Findings::default();
        for publication in self.months.values().flat_map(BTreeMap::values) {
            // A manifest that cannot be read is reported by whoever needs it.
            let manifest = self.manifest(publication, &mut Findings::default());
            for (month, number, sha256) in manifest.iter().flat_map(compared_with) {
                if is_wanted(Some(month)) {
                    found.append_new(self.compare(publication, (month, number), sha256));
                }
            }
        }
        findings.append_new(found);
    }

    /// Whether a publication that another was compared with is there, and is the one that it was.
    fn compare(
        &self,
        later: &Publication,
        (month, number): (Month, u32),
        sha256: &str,
    ) -> Findings {
        let mut findings = Findings::default();
        let by = format!(
            "publication {} of {} was compared with it",
            later.revision,
            later.month.long()
        );
        let Some(earlier) = self.numbered(month, number) else {
            let folder = later.folder.parent().and_then(Path::parent).unwrap_or(Path::new(""));
            let missing =
                missing(&folder.join(month.to_string()), month, number, &format!(": {by}"));
            // A gap in the numbers has been told.
            if !self.misplaced.iter().any(|(_, known)| known.place == missing.place) {
                findings.push(missing);
            }
            return findings;
        };
        let file = self.ledger.file(&earlier.folder.join(manifest::NAME));
        let bytes = std::fs::read(&file.path).ok();
        if bytes.is_some_and(|bytes| Digest::of(&bytes).to_string() != sha256) {
            let found = format!("the manifest is not what it was when {by}");
            let remedy = "restore it from git or a backup: what is published is never changed";
            findings.push(Finding::new(
                Code::DamagedRecord,
                Place::file(&file.name),
                found,
                remedy,
            ));
        }
        findings
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

    /// The publication of a month with this number, or the latest. `None`, with a finding, if there
    /// is none.
    pub fn find(
        &self,
        month: Month,
        number: Option<u32>,
        findings: &mut Findings,
    ) -> Option<&Publication> {
        let Some(latest) = self.latest(month) else {
            findings.push(self.not_published(month));
            return None;
        };
        let Some(number) = number else { return Some(latest) };
        let found = self.numbered(month, number);
        if found.is_none() {
            findings.push(self.no_publication(month, number));
        }
        found
    }

    fn numbered(&self, month: Month, number: u32) -> Option<&Publication> {
        self.publications(month).find(|publication| publication.revision == number)
    }

    fn no_publication(&self, month: Month, number: u32) -> Finding {
        let numbers = self.publications(month).map(|publication| publication.revision.to_string());
        let numbers = Known::names("publication", "publications", numbers).never_misspelt();
        let found = format!("there is no publication {number} of {month}");
        Finding::mistake(Code::NoMonth, found, remedy(&number.to_string(), &[numbers]))
    }

    /// The finding that a month has not been published: which have been.
    #[must_use]
    pub fn not_published(&self, month: Month) -> Finding {
        let publish = format!("`scorecard publish --month {month}` publishes this one");
        let months = self.months().rev().map(|month| month.to_string());
        let months = Known::names("published month", "published months", months)
            .never_misspelt()
            .if_none(format!("nothing has been: {publish}"))
            .or_else(publish);
        let found = format!("{} has not been published", month.long());
        Finding::mistake(Code::NoMonth, found, remedy(&month.to_string(), &[months]))
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

/// The publications that one was compared with, and the SHA-256 of the manifest of each.
fn compared_with(manifest: &Manifest) -> impl Iterator<Item = (Month, u32, &str)> {
    let project = manifest.definitions.rsplit_once('/').map_or("", |(folder, _)| folder);
    let separator = if project.is_empty() { "" } else { "/" };
    let root = format!("{INPUTS}/{project}{separator}{FOLDER}/");
    manifest.files.iter().filter_map(move |(path, sha256)| {
        let mut parts = path.strip_prefix(&root)?.split('/');
        let (month, number) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let is_manifest = parts.next() == Some(manifest::NAME) && parts.next().is_none();
        is_manifest.then_some((month, number, sha256.as_str()))
    })
}

/// The most gaps of a month that are told.
const MOST_GAPS: usize = 20;

/// Whether a folder has been written as a publication, whatever it is called now.
fn is_publication(folder: impl AsRef<Path>) -> bool {
    folder.as_ref().join(manifest::NAME).is_file()
}

/// A publication that is not there any more; `why` it is known to have been.
fn missing(folder: &Path, month: Month, number: u32, why: &str) -> Finding {
    let found = format!("publication {number} of {} is missing{why}", month.long());
    let place = Place::of_path(&folder.join(number.to_string()));
    let remedy = "restore it from git or a backup: what is published is never deleted or moved";
    Finding::new(Code::BadRecord, place, found, remedy)
}

/// A folder of the record that has been renamed.
fn renamed(folder: &Path, wanted: &str) -> Finding {
    Finding::new(
        Code::BadRecord,
        Place::of_path(folder),
        format!("the folder has a publication in it, and its name is no {wanted}: it is not read"),
        "give it the name that it was written with; its manifest says of what it is",
    )
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
    let found = format!("the record of what was published: {}", input::why(error));
    let place = Place::of_path(folder);
    Finding::new(
        Code::CannotRead,
        place,
        found,
        "make the folder readable: figures are compared with what is in it",
    )
}

/// The folders in a folder, by their names, in order. No folder has none; what cannot be looked at
/// has a finding.
fn folders(folder: &Path, findings: &mut Findings) -> Vec<(String, PathBuf)> {
    let paths = match input::paths_in(folder) {
        Ok(paths) => paths,
        // A link that leads nowhere is no record that there never was.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !folder.is_symlink() => {
            return Vec::new();
        }
        Err(error) => {
            findings.push(cannot_list(folder, &error));
            return Vec::new();
        }
    };
    let mut folders = Vec::new();
    for path in paths {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        match std::fs::metadata(&path) {
            Ok(metadata) if metadata.is_dir() => folders.push((name.to_owned(), path)),
            Err(error) if name.starts_with(|first: char| first.is_ascii_digit()) => {
                findings.push(cannot_list(&path, &error));
            }
            Ok(_) | Err(_) => {}
        }
    }
    folders
}
