//! The files that have been read and their contents, so that a result can be traced to its sources.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

use super::File;

/// The SHA-256 of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Digest {
    /// 64 hexadecimal digits in lower case, as `sha256sum` prints them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// What to keep of each file that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Nothing, so that outputs that do not list their sources cost nothing.
    Nothing,
    /// The digest.
    Digests,
    /// The digest and the contents.
    Bytes,
}

/// A file that has been read.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its path within the project, with `/` between folders.
    pub path: String,
    /// The SHA-256 of the bytes that were read.
    pub digest: Digest,
    /// The contents, if they are kept.
    pub bytes: Option<Arc<[u8]>>,
}

/// A file of a source that has been read: what it gave is kept, and not the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceInput {
    /// The source.
    pub source: String,
    /// The path of the file within the project, with `/` between folders.
    pub path: String,
    /// The SHA-256 of the bytes that were read, in hexadecimal digits.
    pub sha256: String,
}

/// A list of the files that have been read, shared by all code that reads files.
///
/// It is given the bytes that were read rather than reading the file again, so it stays right if
/// the file changes in the meantime.
#[derive(Clone, Debug, Default)]
pub struct Ledger(Option<Arc<LedgerBook>>);

#[derive(Debug)]
struct LedgerBook {
    keep: Keep,
    /// The folders of the project on disk, each with its path within the project.
    roots: Vec<(PathBuf, PathBuf)>,
    definitions: PathBuf,
    is_named_within: bool,
    /// Keyed by their path within the project and their path on disk, because two files may have
    /// the same path within the project.
    inputs: Mutex<BTreeMap<(String, PathBuf), Input>>,
    sources: Mutex<BTreeSet<SourceInput>>,
    /// Files read ahead of time, not yet asked for.
    fetched: Mutex<HashMap<PathBuf, Vec<u8>>>,
}

impl Ledger {
    /// A ledger of the project with these definitions and this data folder.
    #[must_use]
    pub fn new(keep: Keep, definitions: &Path, data: &Path) -> Self {
        Self::naming(keep, definitions, data, false)
    }

    /// Like [`new`](Self::new), but findings and evidence name files by their paths within the
    /// project, wherever the project is on disk.
    #[must_use]
    pub fn within(keep: Keep, definitions: &Path, data: &Path) -> Self {
        Self::naming(keep, definitions, data, true)
    }

    fn naming(keep: Keep, definitions: &Path, data: &Path, is_named_within: bool) -> Self {
        let project = definitions.parent().unwrap_or(Path::new(""));
        // A data folder outside the project is called `data`, as if it were inside.
        let here = |folder: &Path| {
            if folder.as_os_str().is_empty() { Path::new(".") } else { folder }.canonicalize().ok()
        };
        let within = here(data)
            .zip(here(project))
            .and_then(|(data, project)| Some(data.strip_prefix(project).ok()?.to_owned()));
        let roots = vec![
            (data.to_owned(), within.unwrap_or_else(|| "data".into())),
            (project.to_owned(), PathBuf::new()),
        ];
        let definitions = definitions.to_owned();
        Self(Some(Arc::new(LedgerBook {
            keep,
            roots,
            definitions,
            is_named_within,
            inputs: Mutex::default(),
            sources: Mutex::default(),
            fetched: Mutex::default(),
        })))
    }

    /// The file at `path`, named in findings and evidence as the user would type it.
    #[must_use]
    pub fn file(&self, path: &Path) -> File {
        let is_named_within = self.0.as_ref().is_some_and(|book| book.is_named_within);
        let name =
            if is_named_within { self.path_within(path) } else { path.display().to_string() };
        File { path: path.to_owned(), name: name.into(), ledger: self.clone(), source: None }
    }

    /// The path of a file within the project, with `/` between folders. Without a project, the path
    /// itself.
    #[must_use]
    pub fn path_within(&self, path: &Path) -> String {
        self.0.as_ref().map_or_else(|| path.display().to_string(), |book| book.path_within(path))
    }

    /// The paths of the definitions and the data folder within the project.
    #[must_use]
    pub fn names(&self) -> (String, String) {
        let Some(book) = &self.0 else { return (String::new(), String::new()) };
        let data = book.path_within(&book.roots[0].0);
        // The months may be next to the definitions.
        let data = if data.is_empty() { ".".to_owned() } else { data };
        (book.path_within(&book.definitions), data)
    }

    /// Reads a file ahead of time and keeps its contents until it is asked for. An error is left
    /// for the actual read to report.
    pub fn fetch(&self, path: &Path) {
        if let Some(book) = &self.0
            && let Ok(bytes) = super::read(path)
        {
            book.fetched
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(path.to_owned(), bytes);
        }
    }

    /// The contents of a file that was read ahead of time. `None` if it was not.
    pub(super) fn take_fetched(&self, path: &Path) -> Option<Vec<u8>> {
        self.0.as_ref()?.fetched.lock().unwrap_or_else(PoisonError::into_inner).remove(path)
    }

    /// Records that a file has been read, and its contents.
    pub(super) fn note(&self, path: &Path, bytes: &[u8]) {
        let Some(book) = self.0.as_ref().filter(|book| book.keep != Keep::Nothing) else { return };
        let key = (book.path_within(path), path.to_owned());
        let bytes_kept = (book.keep == Keep::Bytes).then(|| bytes.into());
        let input = Input { path: key.0.clone(), digest: Digest::of(bytes), bytes: bytes_kept };
        // The list is only ever added to, so it is still valid after a panic.
        let mut inputs = book.inputs.lock().unwrap_or_else(PoisonError::into_inner);
        // Keep the first reading, because the figures come from it.
        inputs.entry(key).or_insert(input);
    }

    /// Records that a file of a source has been read.
    pub(super) fn note_source(&self, source: &str, path: &Path, bytes: &[u8]) {
        if let Some(book) = self.0.as_ref().filter(|book| book.keep != Keep::Nothing) {
            let (path, sha256) = (book.path_within(path), Digest::of(bytes).to_string());
            self.add_sources([SourceInput { source: source.to_owned(), path, sha256 }]);
        }
    }

    /// Records files of sources that were read when what they gave was frozen.
    pub fn add_sources(&self, sources: impl IntoIterator<Item = SourceInput>) {
        if let Some(book) = &self.0 {
            book.sources.lock().unwrap_or_else(PoisonError::into_inner).extend(sources);
        }
    }

    /// The files of sources that have been read so far, by source and path.
    #[must_use]
    pub fn sources(&self) -> Vec<SourceInput> {
        let Some(book) = &self.0 else { return Vec::new() };
        book.sources.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// Whether anything is noted of the files that are read.
    #[must_use]
    pub fn keeps(&self) -> bool {
        self.0.as_ref().is_some_and(|book| book.keep != Keep::Nothing)
    }

    /// Takes something made of files that have been read, in their place.
    pub fn note_made(&self, path: &Path, make: impl FnOnce() -> Vec<u8>) {
        if self.keeps() {
            self.note(path, &make());
        }
    }

    /// The files that have been read so far, sorted by path.
    #[must_use]
    pub fn inputs(&self) -> Vec<Input> {
        let Some(book) = &self.0 else { return Vec::new() };
        book.inputs.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }
}

impl LedgerBook {
    /// A path within the project, with `/` between folders on every system.
    fn path_within(&self, path: &Path) -> String {
        let within = self
            .roots
            .iter()
            .find_map(|(root, name)| Some(name.join(path.strip_prefix(root).ok()?)));
        let within = within.unwrap_or_else(|| path.to_owned());
        let parts = within.components().filter(|part| *part != Component::CurDir);
        parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_in_the_usual_form() {
        // FIPS 180-2, appendix B.1.
        let digest = Digest::of(b"abc").to_string();
        assert_eq!(digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn paths_are_those_within_the_project() {
        let within = |definitions: &str, data: &str, path: &str| {
            let ledger = Ledger::new(Keep::Digests, Path::new(definitions), Path::new(data));
            ledger.note(Path::new(path), b"");
            ledger.inputs().remove(0).path
        };
        assert_eq!(
            within("indicators.toml", "data", "data/2016-01/results.csv"),
            "data/2016-01/results.csv"
        );
        assert_eq!(
            within("./indicators.toml", "./data", "./data/2016-01/results.csv"),
            "data/2016-01/results.csv"
        );
        assert_eq!(
            within("kent/indicators.toml", "kent/data", "kent/indicators.toml"),
            "indicators.toml"
        );
        assert_eq!(
            within("kent/indicators.toml", "elsewhere", "elsewhere/2016-01/activity.csv"),
            "data/2016-01/activity.csv"
        );
    }

    #[test]
    fn only_what_is_asked_for_is_kept() {
        let read = |keep| {
            let ledger = Ledger::new(keep, Path::new("indicators.toml"), Path::new("data"));
            ledger.note(Path::new("indicators.toml"), b"abc");
            ledger
                .inputs()
                .into_iter()
                .map(|input| input.bytes.map(|bytes| bytes.to_vec()))
                .collect::<Vec<_>>()
        };
        assert_eq!(read(Keep::Nothing), []);
        assert_eq!(read(Keep::Digests), [None]);
        assert_eq!(read(Keep::Bytes), [Some(b"abc".to_vec())]);
    }
}
