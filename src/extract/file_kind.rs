//! What a file of a month is, by its name; and why one is not read that looks as if it were meant.

use std::path::{Path, PathBuf};

use super::sources;
use crate::definition::{Definition, ExtractSource};
use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::input;
use crate::source::pattern;
use crate::text::{nearest, quote};

/// What a file of a month is, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    Results,
    Activity,
    Month,
    /// The text of the covering report.
    Covering,
    /// Figures of benchmarks, which belong beside the months.
    Benchmarks,
    /// Named like an extract, and in a format of spreadsheets that is not read.
    Unread,
}

impl FileKind {
    /// What a name in lower case says; nothing, where it says nothing here. Excel's own
    /// `~$results.xlsx`, which is there while the workbook is open, is none of them.
    pub(super) fn of(name: &str) -> Option<Self> {
        if name == "month.toml" {
            return Some(Self::Month);
        }
        if name == "covering.md" {
            return Some(Self::Covering);
        }
        let extracts = [
            ("results", Self::Results),
            ("activity", Self::Activity),
            ("benchmarks", Self::Benchmarks),
        ];
        let (_, what) = extracts.into_iter().find(|(prefix, _)| name.starts_with(prefix))?;
        match name.rsplit_once('.')?.1 {
            "csv" | "xlsx" | "xlsm" => Some(what),
            ending if UNREAD.contains(&ending) => Some(Self::Unread),
            _ => None,
        }
    }
}

/// Why a file that looks as if it belongs to the month is not read, and what to do. `None` for any
/// other file.
pub(super) fn unread(
    definition: &Definition,
    kind: Option<FileKind>,
    name: &str,
    path: &Path,
) -> Option<[String; 2]> {
    if let Some(source) = source_of_unread(definition, name, path) {
        let id = quote(&source.id);
        return Some([
            format!("the source {id} names the file, and a file of this kind is not read"),
            "save it as an Excel Workbook (*.xlsx) or as CSV UTF-8, and correct `files` of the \
             source"
                .to_owned(),
        ]);
    }
    let of_no_source = || {
        is_of_no_source(definition, name, path).then_some([
            "the file is not read: no source takes it",
            "correct `files` of its source, or describe it with a [[source]]; move it out of the \
             month's folder if it is not meant",
        ])
    };
    let why = why_unread(kind, name, path).or_else(of_no_source)?;
    Some(why.map(str::to_owned))
}

/// The source that names a file which is not read because of its ending.
fn source_of_unread<'d>(
    definition: &'d Definition,
    name: &str,
    path: &Path,
) -> Option<&'d ExtractSource> {
    let ending = name.rsplit_once('.')?.1;
    if !UNREAD.contains(&ending) || !path.is_file() {
        return None;
    }
    let names = |pattern: &String| pattern::captures(pattern, name).is_some();
    definition
        .sources
        .iter()
        .find(|source| source.folder.is_none() && source.files.iter().any(names))
}

/// Whether a table is of none of the sources that there are, and is not called nearly as one.
fn is_of_no_source(definition: &Definition, name: &str, path: &Path) -> bool {
    let is_frozen = |source: &ExtractSource| {
        [false, true]
            .iter()
            .any(|is_activity| frozen_name(&source.id, *is_activity).eq_ignore_ascii_case(name))
    };
    let is_nearly = |source: &ExtractSource| {
        source.folder.is_none()
            && source.files.iter().any(|pattern| pattern::is_nearly(pattern, name))
    };
    !definition.sources.is_empty()
        && sources::is_table(name)
        && path.is_file()
        && !definition.sources.iter().any(|source| is_frozen(source) || is_nearly(source))
}

/// The file that what a source gave is frozen in when it is published.
pub(super) fn frozen_name(id: &str, is_activity: bool) -> String {
    let activity = if is_activity { "-activity" } else { "" };
    format!("source-{id}{activity}.csv")
}

/// The endings of tables that are not read.
const UNREAD: [&str; 18] = [
    "xls", "xlsb", "xlt", "xltx", "ods", "fods", "numbers", "tsv", "tab", "txt", "dat", "prn",
    "xml", "json", "htm", "html", "zip", "gz",
];

/// The files of results directly in a folder, as far as they can be listed.
pub(crate) fn results_within(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let there = files(folder, &mut Findings::default()).into_iter();
    there.filter(|(name, _)| FileKind::of(name) == Some(FileKind::Results)).map(|(_, path)| path)
}

/// Whether there is an extract directly in a folder.
pub(crate) fn has_extracts(folder: &Path) -> bool {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.into_iter().any(|entry| is_extract(&entry.file_name().to_string_lossy()))
}

/// Whether a file is an extract, by its name.
pub(crate) fn is_extract(name: &str) -> bool {
    matches!(FileKind::of(&name.to_lowercase()), Some(FileKind::Results | FileKind::Activity))
}

/// Whether a file beside the months has figures of benchmarks, by its name.
pub(crate) fn is_of_benchmarks(name: &str) -> bool {
    FileKind::of(&name.to_lowercase()) == Some(FileKind::Benchmarks)
}

/// Why a file beside the months that looks as if it had figures of benchmarks is not read, and what
/// to do. `None` for any other file.
pub(crate) fn why_no_benchmarks(name: &str) -> Option<[&'static str; 2]> {
    let name = name.to_lowercase();
    let (stem, ending) = name.rsplit_once('.')?;
    let is_read = matches!(ending, "csv" | "xlsx" | "xlsm");
    if stem.starts_with("benchmarks") && UNREAD.contains(&ending) {
        return Some([
            "a file of this kind is not read",
            "save it as an Excel Workbook (*.xlsx) or as CSV UTF-8; or give it a name that does \
             not begin with benchmarks",
        ]);
    }
    let is_like = stem.contains("benchmark") || nearest(stem, ["benchmarks"]).is_some();
    (is_read && is_like && !name.starts_with(['.', '~'])).then_some([
        "the file is not read: its name does not begin with benchmarks",
        "begin its name with benchmarks if its figures are meant, and with another word if they \
         are not",
    ])
}

/// Whether a table is called nearly what an extract is: `result.csv`, `copy of results.csv`,
/// `2016-01 activity.xlsx`.
fn is_nearly_an_extract(name: &str) -> bool {
    let Some((stem, ending)) = name.rsplit_once('.') else { return false };
    let is_table = matches!(ending, "csv" | "xlsx" | "xlsm") || UNREAD.contains(&ending);
    let is_like = || {
        ["result", "activit"].iter().any(|part| stem.contains(part))
            || nearest(stem, ["results", "activity"]).is_some()
    };
    is_table && !name.starts_with(['.', '~']) && is_like()
}

/// Why a file that is called like one of the month's is not read, and what to do. `None` for any
/// other file.
fn why_unread(kind: Option<FileKind>, name: &str, path: &Path) -> Option<[&'static str; 2]> {
    match kind {
        Some(FileKind::Unread) => Some([
            "a file of this kind is not read",
            "save it as an Excel Workbook (*.xlsx) or as CSV UTF-8; or give it a name that does \
             not begin like an extract's",
        ]),
        Some(FileKind::Benchmarks) => Some([
            "figures of benchmarks in the folder of a month are not read",
            "move the file into the data folder, beside the folders of the months",
        ]),
        // Windows hides endings, and whoever takes one away does not see that.
        None if is_extract(&format!("{name}.csv")) && !name.contains('.') && path.is_file() => {
            Some([
                "the file is not read: its name has no ending",
                "let its name end with .csv or .xlsx, whichever it is; or give it a name that does not \
                 begin like an extract's",
            ])
        }
        None if path.is_dir() && has_extracts(path) => Some([
            "the extracts in this folder are not read: it is within that of a month",
            "move them to the folder of their month, or give them names that do not begin like \
             an extract's",
        ]),
        None if is_nearly_an_extract(name) => Some([
            "the file is not read: its name does not begin with results or activity",
            "begin its name with results or activity if its figures are meant, and with neither \
             if they are not",
        ]),
        None if is_nearly_the_month_file(name) && path.is_file() => Some([
            "the file is not read: the month's dates and status are in month.toml",
            "name it month.toml, if it is meant as that; Windows hides endings, and adds .txt",
        ]),
        _ => None,
    }
}

/// Whether a file is called nearly `month.toml`: `month.toml.txt`, `month.txt`, `months.toml`.
fn is_nearly_the_month_file(name: &str) -> bool {
    match name.rsplit_once('.') {
        Some((stem, "txt")) => ["month", "month.toml"].contains(&stem),
        Some((stem, "toml")) => {
            stem == "month.toml" || stem != "month" && nearest(stem, ["month"]).is_some()
        }
        _ => false,
    }
}

/// The files of a folder by their names in lower case, in order: the order of files never decides
/// anything else.
pub(super) fn files(folder: &Path, findings: &mut Findings) -> Vec<(String, PathBuf)> {
    let mut files = Vec::new();
    let listed = std::fs::read_dir(folder).and_then(|entries| {
        for entry in entries {
            let path = entry?.path();
            // A name that is not text may still begin like an extract's.
            if let Some(name) = path.file_name() {
                files.push((name.to_string_lossy().to_lowercase(), path));
            }
        }
        Ok(())
    });
    if let Err(error) = listed {
        let place = Place::of_path(folder);
        findings.push(Finding::new(
            Code::CannotRead,
            place,
            format!("the folder: {}", input::why(&error)),
            "make the folder of the month readable",
        ));
    }
    files.sort();
    files
}
