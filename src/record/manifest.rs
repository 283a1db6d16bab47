//! The manifest of a publication: what was published, when, for which meeting, and the SHA-256 of
//! every file of it.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::diagnostic::{Code, Finding, Findings, Place, Source};
use crate::input::{Digest, File, SourceInput};
use crate::month::{Date, Month};
use crate::toml_file::kinds::{DateValue, MonthValue, PathValue, TableList, TextValue, Whole};
use crate::toml_file::{self, TableShape, TomlTable, table};

/// Its name in the folder of a publication.
pub const NAME: &str = "manifest.toml";

/// The edition of a publication that is for the public.
pub const PUBLIC: &str = "public";

/// As often as a month can be published.
pub const MOST_REVISIONS: u32 = 9999;

/// What was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// The month.
    pub month: Month,
    /// Which publication of the month it is: 1, then 2.
    pub revision: u32,
    /// The version of the program that made it.
    pub version: String,
    /// When: `2016-03-01T09:30:00Z`.
    pub published: String,
    /// The meeting that it was for.
    pub meeting: Date,
    /// Why it was published again.
    pub reason: Option<String>,
    /// What it lacked, where it was published all the same.
    pub forced: Option<String>,
    /// The definitions, by their path in the folder of the inputs.
    pub definitions: String,
    /// The folder of the months there.
    pub data: String,
    /// Every other file of the publication, by its path, in order.
    pub files: Vec<(String, String)>,
    /// The files of sources that what is frozen of them was read from.
    pub sources: Vec<SourceInput>,
    /// The edition, where that is the public one.
    pub edition: Option<String>,
}

/// The keys of a manifest.
pub static FILE: &TableShape = ManifestKeys::SHAPE;

table! {
    ManifestKeys: "manifest.toml",
        "What was published of a month, when, for which meeting, and the SHA-256 of every file of \
            it.";
    month: required MonthValue, "the month that was published";
    revision: required Whole<1, MOST_REVISIONS>,
        "1, and one more each time that it was published again";
    version: required TextValue, "the version of the program that made it";
    published: required TextValue, "when it was published";
    meeting: required DateValue, "the meeting that it was published for";
    reason: optional TextValue, "why it was published again";
    forced: optional TextValue, "what it lacked, where it was published all the same";
    definitions: required PathValue, "the definitions, by their path within `inputs`";
    data: required PathValue, "the folder of the months, by its path within `inputs`";
    edition: optional TextValue, "\"public\", where it is the public edition";
    seal: optional TextValue, "the SHA-256 of this file without this line";
    files = "file": required TableList<ListedFileKeys>, "every other file of the publication";
    sources = "source_file": optional TableList<SourceFileKeys>,
        "the files of sources that the extracts of them were read from";
}

table! {
    ListedFileKeys: "[[file]]", "A file of the publication.";
    path: required PathValue, "its path in the folder of the publication";
    sha256: required TextValue, "the SHA-256 of what is in it";
}

table! {
    SourceFileKeys: "[[source_file]]", "A file of a source, which is not in the publication itself.";
    source: required TextValue, "the source";
    path: required PathValue, "its path within the project";
    sha256: required TextValue, "the SHA-256 of what was in it";
}

impl Manifest {
    /// As it is written.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let how = if self.edition.is_some() {
            ". This is\n# the public edition: what it was made from has figures that it\n# does not show, and \
                is not here."
                .to_owned()
        } else {
            format!(
                ", and\n# `scorecard reproduce {}` makes it all again and compares.",
                self.month
            )
        };
        let mut text = format!(
            "# What was published of {}, made by `scorecard publish`. Each file is listed with its \
                SHA-256{how} Nothing in this folder is to be changed.\n\n",
            self.month.long(),
        );
        text += &format!(
            "month = \"{}\"\nrevision = {}\nversion = {}\n",
            self.month,
            self.revision,
            quoted(&self.version)
        );
        text += &format!("published = {}\nmeeting = {}\n", quoted(&self.published), self.meeting);
        let said = [("reason", &self.reason), ("forced", &self.forced), ("edition", &self.edition)];
        for (key, said) in said {
            text.extend(said.iter().map(|said| format!("{key} = {}\n", quoted(said))));
        }
        text += &format!(
            "definitions = {}\ndata = {}\n",
            quoted(&self.definitions),
            quoted(&self.data)
        );
        let header = text.len();
        for (path, sha256) in &self.files {
            text += &format!("\n[[file]]\npath = {}\nsha256 = {}\n", quoted(path), quoted(sha256));
        }
        for SourceInput { source, path, sha256 } in &self.sources {
            text += &format!(
                "\n[[source_file]]\nsource = {}\npath = {}\nsha256 = {}\n",
                quoted(source),
                quoted(path),
                quoted(sha256)
            );
        }
        let seal = seal(&text);
        text.insert_str(header, &format!("{SEAL}{}\n", quoted(&seal)));
        text
    }

    /// Reads one; what is wrong with it becomes a finding.
    pub fn read(file: &File, findings: &mut Findings) -> Option<Self> {
        let text = file.read_text(
            "the manifest of what was published; restore it from git or a backup",
            findings,
        )?;
        let seal_of_text = seal(&text);
        let source = Source::new(Arc::clone(&file.name), text);
        let mut found = Findings::default();
        let keys: ManifestKeys = toml_file::read(&source, &mut found);
        let is_sound = !found.has_errors();
        findings.append(found);
        if !is_sound {
            return None;
        }
        let version = keys.version.value()?;
        if version != UNSEALED && keys.seal.value() != Some(seal_of_text) {
            findings.push(changed(file));
            return None;
        }
        Some(Self {
            month: keys.month.value()?,
            revision: keys.revision.value()?,
            version,
            published: keys.published.value()?,
            meeting: keys.meeting.value()?,
            reason: keys.reason.value(),
            forced: keys.forced.value(),
            edition: keys.edition.value(),
            definitions: keys.definitions.value()?,
            data: keys.data.value()?,
            files: keys
                .files
                .items()
                .iter()
                .filter_map(|file| Some((file.path.value()?, file.sha256.value()?)))
                .collect(),
            sources: keys
                .sources
                .items()
                .iter()
                .filter_map(|file| {
                    Some(SourceInput {
                        source: file.source.value()?,
                        path: file.path.value()?,
                        sha256: file.sha256.value()?,
                    })
                })
                .collect(),
        })
    }

    /// Whether these bytes are those of the file at `path` as it was published.
    #[must_use]
    pub fn has(&self, path: &str, bytes: &[u8]) -> bool {
        let digest = Digest::of(bytes).to_string();
        self.files.iter().any(|(listed, sha256)| listed == path && *sha256 == digest)
    }

    /// The day of the publication: what comes before the time.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        self.published.split('T').next()?.parse().ok()
    }
}

/// The line of a manifest that tells whether the rest of it is as it was written.
const SEAL: &str = "seal = ";
/// The version that wrote none.
const UNSEALED: &str = "0.1.0";

/// The SHA-256 of the text of a manifest, without the line that says what it is.
#[must_use]
pub fn seal(text: &str) -> String {
    let lines = text.split_inclusive('\n').filter(|line| !line.starts_with(SEAL));
    Digest::of(lines.collect::<String>().as_bytes()).to_string()
}

/// A manifest in which something is not as it was written.
fn changed(file: &File) -> Finding {
    Finding::new(
        Code::DamagedRecord,
        Place::file(&file.name),
        "the manifest is not what was published: something in it has been changed since",
        "restore it from git or a backup; to publish a correction, publish again with --reason",
    )
}

/// A text as TOML has it: in quotation marks, with the number of each control character.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            _ if letter.is_control() => quoted += &format!("\\u{:04X}", u32::from(letter)),
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// Now, or what `SOURCE_DATE_EPOCH` says it is, so that a publication can be made again to the
/// byte: `2016-03-01T09:30:00Z`.
///
/// # Errors
///
/// What `SOURCE_DATE_EPOCH` is, where it is no time.
pub fn now() -> Result<String, String> {
    let seconds = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text.trim().parse().map_err(|_| text)?,
        Err(_) => SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs(),
    };
    timestamp(seconds).ok_or_else(|| seconds.to_string())
}

/// A time in seconds since 1970, up to the year 9999.
fn timestamp(seconds: u64) -> Option<String> {
    let (days, seconds) = (seconds / 86_400, seconds % 86_400);
    // Month by month from January 1970 on: a few hundred steps.
    let mut month = Month::new(1970, 1)?;
    let mut left = days;
    while left >= u64::from(month.days()) {
        left -= u64::from(month.days());
        month = month.after(1);
        if month.year() > 9999 {
            return None;
        }
    }
    Some(format!(
        "{month}-{:02}T{:02}:{:02}:{:02}Z",
        left + 1,
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Ledger;

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        let manifest = Manifest {
            month: "2016-01".parse().expect("a month"),
            revision: 2,
            version: "0.1.0".to_owned(),
            published: "2016-03-01T09:30:00Z".to_owned(),
            meeting: "2016-03-22".parse().expect("a date"),
            reason: Some("Two \"late\" cases \\ one\nwithdrawn".replace('\n', " ")),
            forced: Some("3 figures were outstanding".to_owned()),
            definitions: "indicators.toml".to_owned(),
            data: "data".to_owned(),
            files: ["results.csv", " odd  name\t\u{7f}\u{85}\\\"'.csv "]
                .map(|path| (path.to_owned(), Digest::of(b"abc").to_string()))
                .to_vec(),
            edition: None,
            sources: vec![SourceInput {
                source: "cic \"list\"".to_owned(),
                path: "../extracts/list.csv".to_owned(),
                sha256: Digest::of(b"abc").to_string(),
            }],
        };
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(NAME);
        std::fs::write(&path, manifest.to_toml()).expect("written");
        let mut findings = Findings::default();
        assert_eq!(
            Manifest::read(&Ledger::default().file(&path), &mut findings),
            Some(manifest.clone()),
            "{findings:?}"
        );
        assert!(
            manifest.has("results.csv", b"abc")
                && !manifest.has("results.csv", b"abd")
                && !manifest.has("other.csv", b"abc")
        );
    }

    #[test]
    fn times_are_those_of_the_calendar() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_456_825_800, "2016-03-01T09:50:00Z"),
        ] {
            assert_eq!(timestamp(seconds).as_deref(), Some(text));
        }
        assert_eq!(timestamp(u64::MAX), None);
    }
}
