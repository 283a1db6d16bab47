//! Reading files. Every failure becomes a finding.

mod encoding;
mod ledger;

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use encoding::{decode, line_ends};
pub use ledger::{Digest, Input, Keep, Ledger, SourceInput};

use crate::diagnostic::{Code, Finding, Findings, Place};

/// The largest file that is read, in bytes: forty times a month of data for every authority in
/// England.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// A file to read: its path, its name in findings, and the ledger that records the reading.
#[derive(Clone, Debug)]
pub struct File {
    /// Where it is.
    pub path: PathBuf,
    /// What findings and evidence call it.
    pub name: Arc<str>,
    ledger: Ledger,
    /// The source that it is a file of.
    source: Option<Arc<str>>,
}

impl File {
    /// The same file, of whose reading nothing is noted.
    #[must_use]
    pub fn without_note(self) -> Self {
        Self { ledger: Ledger::default(), ..self }
    }

    /// The same file as one of a source: its digest is noted, and what is in it is not kept.
    #[must_use]
    pub fn of_source(self, source: &str) -> Self {
        Self { source: Some(source.into()), ..self }
    }

    /// Reads the whole file. `what` says what it is and how to get it, for the remedy. `None` if it
    /// cannot be read, which has been reported.
    pub fn read_bytes(&self, what: &str, findings: &mut Findings) -> Option<Vec<u8>> {
        let cannot = |why: String| {
            Finding::new(
                Code::CannotRead,
                Place::file(&self.name),
                why,
                format!("this should be {what}"),
            )
        };
        let read = self.ledger.take_fetched(&self.path).map_or_else(|| read(&self.path), Ok);
        read.inspect(|bytes| match &self.source {
            None => self.ledger.note(&self.path, bytes),
            Some(source) => self.ledger.note_source(source, &self.path, bytes),
        })
        .map_err(|not_read| {
            findings.push(match not_read {
                NotRead::Because(why) => cannot(why),
                NotRead::TooLarge => {
                    let megabytes = MAX_BYTES / (1024 * 1024);
                    let found = format!("the file is larger than {megabytes} MB");
                    let remedy = "check that it is the right file; split a very large extract \
                            into several, such as results-north.csv";
                    Finding::new(Code::TooLarge, Place::file(&self.name), found, remedy)
                }
            });
        })
        .ok()
    }

    /// Reads a whole file of text, in the encodings that [`decode`] knows. `None` if it cannot be
    /// read, which has been reported.
    pub fn read_text(&self, what: &str, findings: &mut Findings) -> Option<String> {
        let text = decode(self.read_bytes(what, findings)?, &self.name, findings)?;
        // Word and WordPad save text so, unless they are told otherwise.
        if text.starts_with("{\\rtf") {
            let found = "it is a Rich Text document";
            let remedy = "save it again as plain text with the encoding UTF-8, under the same name";
            findings.push(Finding::new(Code::CannotRead, Place::file(&self.name), found, remedy));
            return None;
        }
        Some(text)
    }
}

/// Why a file could not be read.
enum NotRead {
    TooLarge,
    Because(String),
}

fn read(path: &Path) -> Result<Vec<u8>, NotRead> {
    let because = |error: io::Error| NotRead::Because(why(&error));
    let metadata = std::fs::metadata(path).map_err(because)?;
    if !metadata.is_file() {
        let what =
            if metadata.is_dir() { "it is a folder, and not a file" } else { "it is not a file" };
        return Err(NotRead::Because(what.to_owned()));
    }
    if metadata.len() > MAX_BYTES {
        return Err(NotRead::TooLarge);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0) + 1);
    // The limit applies again here, in case the file grows while it is read.
    std::fs::File::open(path)
        .and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes))
        .map_err(because)?;
    if bytes.len() as u64 > MAX_BYTES { Err(NotRead::TooLarge) } else { Ok(bytes) }
}

/// Files that operating systems put into any folder a user opens.
const LEFT_BY_SYSTEMS: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// The files that somebody has put into a folder and its subfolders, as sorted paths within it,
/// with `/` between folders. Links are not followed, because they may form a loop.
///
/// # Errors
///
/// Those of listing the folders.
pub fn files_within(root: &Path) -> io::Result<Vec<String>> {
    let (mut folders, mut found) = (vec![(root.to_owned(), String::new())], Vec::new());
    while let Some((folder, within)) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type()?.is_dir() {
                folders.push((entry.path(), format!("{within}{name}/")));
            } else if !LEFT_BY_SYSTEMS.contains(&name.as_str()) {
                found.push(format!("{within}{name}"));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The paths in a folder, in order.
///
/// # Errors
///
/// Those of listing it.
pub fn paths_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let paths = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut paths = paths.collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// The finding for a folder that cannot be listed.
#[must_use]
pub fn cannot_list(folder: &Path, error: &io::Error) -> Finding {
    let found = match error.kind() {
        io::ErrorKind::NotFound => "this is a link to a folder that is not there".to_owned(),
        _ => format!("the folder: {}", why(error)),
    };
    let remedy = "make the folder readable: what is in it may belong to the report";
    Finding::new(Code::CannotRead, Place::of_path(folder), found, remedy)
}

/// Why something cannot be read, in words for the user.
#[must_use]
pub fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => {
            "it may not be read: its permissions, or those of its folder, do not allow it"
                .to_owned()
        }
        // The system's message ends with an error number, which helps nobody.
        _ => {
            let message = error.to_string();
            let message = message.split(" (os error").next().unwrap_or_default();
            format!("it cannot be read: {message}")
        }
    }
}
