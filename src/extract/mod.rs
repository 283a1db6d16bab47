//! One month's files: observations that remember the file and line they came from.
//!
//! `results*` and `activity*`, each CSV or an Excel workbook, `month.toml` and `commentary/`. What
//! can be wrong with a file by itself is found here; nothing here knows of ratings.
//!
//! A file of figures goes through these, from its bytes to what it says:
//!
//! - `contents`: text, or a sheet of a `workbook`;
//! - `header` and `table`: which row names the columns, and rows of cells that know where they
//!   stand;
//! - `cell`, `dates` and `names`: what a cell says, and `unreadable`, why it says nothing.
//!
//! Spreadsheets change what passes through them. What was meant is read where it is certain, and is
//! a finding where it is not; nothing is guessed at.

mod activity;
mod aside;
mod benchmarks;
mod cell;
mod checked;
mod closed_days;
mod commentary;
mod conditions;
mod contents;
mod dates;
mod delimited;
mod doubtful;
mod halves;
mod header;
mod lookups;
mod mark;
mod month_file;
mod names;
mod outline;
mod period;
mod plain;
mod populations;
mod punctuation;
mod records;
mod results;
mod shared;
mod source_rows;
mod sources;
pub mod standard;
pub mod suggest;
mod table;
mod totals;
mod twice;
mod unreadable;
mod workbook;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use activity::{Activities, ActivityFigure};
pub use benchmarks::{BenchmarkFiles, BenchmarkRow, BenchmarkRows};
pub use checked::Checked;
pub use commentary::{Commentary, CommentaryPlan};
pub use mark::Mark;
pub use month_file::{FILE as MONTH_FILE, MonthFile, Status};
pub use results::{Observation, Results, UnusedValues, find, has_own};
pub use shared::SharedFiles;
pub use table::UnusedColumn;

use closed_days::ClosedDays;
use halves::Halves;
use names::NameFinder;
use sources::{Readers, SourceFolders, SourceReader};

use crate::definition::{AreaId, Definition, ExtractSource, SourceKind};
use crate::diagnostic::{Code, Finding, Findings, Place, Severity};
use crate::input::{self, Ledger};
use crate::month::Month;
use crate::text::{nearest, quote};

/// The extract of one month.
#[derive(Debug, Default)]
pub struct Extract {
    /// The results.
    pub results: Results,
    /// The activity.
    pub activities: Activities,
    /// What the service says.
    pub commentary: Commentary,
    /// What the officer says in the covering report: Markdown.
    pub covering: Option<String>,
    /// Dates and status.
    pub about: MonthFile,
    /// What its sources have given.
    pub sources: Vec<GivenSource>,
    /// The areas and teams that records are of, also where they have no figure of their own.
    pub areas_of_records: BTreeSet<AreaId>,
    /// What is wrong with its files.
    pub findings: Findings,
}

impl Extract {
    /// Reads the month in `folder` and notes its files; whatever is wrong with them becomes a
    /// finding of the extract.
    #[must_use]
    pub fn read(
        definition: &Definition,
        month: Month,
        folder: &Path,
        ledger: &Ledger,
        commentary: &CommentaryPlan,
        commentary_names: bool,
        shared: &SharedFiles,
    ) -> Self {
        let mut found = Findings::default();
        let findings = &mut found;
        let names = NameFinder::new(definition);
        let mut reader = results::Reader::new(&names, month);
        let mut activities = activity::Reader::default();
        let mut about = MonthFile::default();
        let (mut covering, mut said) = (None, Vec::new());
        let mut any_results = false;
        let before = findings.count(Severity::Error);
        // A month that only the folder of a source has is one all the same.
        let has_folder = folder.exists();
        let there = if has_folder { files(folder, findings) } else { Vec::new() };
        for (file_name, path) in there {
            let file = ledger.file(&path);
            let is_of_source = |source: &ExtractSource| {
                source.folder.is_none() && SourceReader::is_file(source, &file_name)
                    || lookups::is_file(source, &file_name)
            };
            if definition.sources.iter().any(is_of_source) {
                continue;
            }
            match FileKind::of(&file_name) {
                Some(FileKind::Results) => {
                    any_results = true;
                    reader.read(&file, findings);
                }
                Some(FileKind::Activity) => {
                    activities.read(&names, month, &file, findings);
                }
                Some(FileKind::Month) => about = month_file::read(&file, definition, findings),
                Some(FileKind::Covering) if *commentary == CommentaryPlan::None => {}
                Some(FileKind::Covering) if covering.is_none() => {
                    covering = commentary::read_covering(&path, ledger, findings);
                }
                Some(FileKind::Covering) => findings.push(read_twice(&file, "covering.md")),
                None if file_name == "commentary" => said.push(path),
                kind => {
                    let place = Place::file(&file.name);
                    if let Some([found, remedy]) = unread(definition, kind, &file_name, &path) {
                        findings.push(Finding::new(Code::UnreadFile, place, found, remedy));
                    } else if commentary_names {
                        findings.extend(commentary::misplaced(&path, &file_name, definition));
                    }
                }
            }
        }
        let (mut sources, mut areas_of_records) = (Vec::new(), BTreeSet::new());
        let (mut halves, mut benchmarks) = (Halves::default(), benchmarks::Reader::default());
        let of_months = |source: &&ExtractSource| source.kind != SourceKind::Benchmarks;
        for source in definition.sources.iter().filter(of_months) {
            let mut readers = Readers {
                results: &mut reader,
                activities: &mut activities,
                halves: &mut halves,
                benchmarks: &mut benchmarks,
                areas_of_records: &mut areas_of_records,
                month,
                closed: ClosedDays::default(),
                counter: None,
            };
            let source_reader = SourceReader::new(source, &names, Some(month));
            let frozen = [false, true].map(|is_activity| {
                (folder.join(frozen_name(&source.id, is_activity)), is_activity)
            });
            let files = if frozen.iter().any(|(path, _)| path.is_file()) {
                let there = frozen.iter().filter(|(path, _)| path.is_file());
                there
                    .flat_map(|(path, is_activity)| {
                        let file = ledger.file(path);
                        source_reader.read_frozen(&file, *is_activity, &mut readers, findings)
                    })
                    .collect()
            } else {
                let data = folder.parent().unwrap_or(Path::new(""));
                let shared = shared.of_source(&source.id);
                let folders = SourceFolders { month: folder, data, shared };
                source_reader.read(folders, ledger, &mut readers, findings)
            };
            any_results |= !files.is_empty() && source.kind != SourceKind::Activity;
            sources.push(GivenSource { id: source.id.clone(), kind: source.kind, files });
        }
        halves.finish(month, &shared.populations, &mut reader, findings);
        let (results, activities) = (reader.finish(findings), activities.finish(findings));
        if has_folder && results.is_empty() && findings.count(Severity::Error) == before {
            findings.push(no_results(month, folder, any_results));
        }
        let said = folder_named("commentary", &said, findings);
        let read = |folder: PathBuf| {
            Commentary::read(definition, &folder, ledger, commentary, commentary_names, findings)
        };
        let commentary = said.map_or_else(Commentary::default, read);
        let extract = Self {
            results,
            activities,
            commentary,
            covering,
            about,
            sources,
            areas_of_records,
            findings: found,
        };
        extract.freeze(definition, folder, ledger);
        extract
    }

    /// Whether it has any figure or activity, or says anywhere why there is none.
    #[must_use]
    pub fn has_figures(&self) -> bool {
        self.results.has_figures() || self.activities.has_figures()
    }

    /// The source that gave a row. `None` if it is of no source.
    #[must_use]
    pub fn source_of(&self, row: &Observation) -> Option<&GivenSource> {
        let path = self.results.path(row);
        self.sources.iter().find(|source| source.gave(path))
    }

    /// Notes what sources gave, in the standard form, in the place of their files: a publication
    /// freezes that, and nothing else of them.
    fn freeze(&self, definition: &Definition, folder: &Path, ledger: &Ledger) {
        for source in self.sources.iter().filter(|source| !source.files.is_empty()) {
            let note = |is_activity, made: Vec<u8>| {
                ledger.note_made(&folder.join(frozen_name(&source.id, is_activity)), || made);
            };
            if !ledger.keeps() {
                continue;
            }
            if self.results.all().iter().any(|row| source.gave(self.results.path(row))) {
                let made = standard::results(definition, self, Some(source));
                note(false, made.unwrap_or_default());
            }
            if self.activities.any(|figure| source.gave(&figure.place.path)) {
                let made = standard::activity(definition, self, Some(source));
                note(true, made.unwrap_or_default());
            }
        }
    }
}

/// That a month has no figures, whether or not there are files for them.
fn no_results(month: Month, folder: &Path, any_results: bool) -> Finding {
    let (found, makes) = if any_results {
        ("the month has no figures", String::new())
    } else {
        let makes = format!("`scorecard new {month}` makes one to be filled in; ");
        ("the month has no results*.csv or results*.xlsx", makes)
    };
    let remedy = format!(
        "add results.csv with the header indicator,area,cohort,numerator,denominator,value; {makes}\
         --month names another month to report"
    );
    Finding::new(Code::NoResults, Place::of_path(folder), found, remedy)
}

/// What a source has given of a month.
#[derive(Clone, Debug)]
pub struct GivenSource {
    /// The source.
    pub id: String,
    /// What its rows are.
    pub kind: SourceKind,
    /// The files that it has been read from, as findings name them; none, where it is outstanding.
    pub files: Vec<Arc<str>>,
}

/// The folder of those that are called `name` in capitals or not: the one that is named exactly, or
/// the first. The others, and what is no folder, are findings.
fn folder_named(name: &str, paths: &[PathBuf], findings: &mut Findings) -> Option<PathBuf> {
    let is_exact = |path: &&PathBuf| path.file_name().is_some_and(|own| own == name);
    let chosen = paths.iter().find(is_exact).or(paths.first())?.clone();
    for path in paths {
        let place = Place::of_path(path);
        let (found, remedy) = match std::fs::metadata(path) {
            Err(error) => {
                findings.push(input::cannot_list(path, &error));
                continue;
            }
            Ok(metadata) if !metadata.is_dir() => (
                format!("this is called {name} and is not a folder, so nothing of it is read"),
                "make a folder of that name, with a file <id>.md for each indicator",
            ),
            Ok(_) if *path != chosen => (
                format!("the folder is not read: another is called {name} too"),
                "put what is in them into one of them",
            ),
            Ok(_) => continue,
        };
        findings.push(Finding::new(Code::CommentaryUnknown, place, found, remedy));
    }
    Some(chosen).filter(|path| path.is_dir())
}

/// The finding for a second file that is called `name` in capitals or not.
fn read_twice(file: &input::File, name: &str) -> Finding {
    Finding::new(
        Code::CommentaryUnknown,
        Place::file(&file.name),
        format!("the file is not read: another is called {name} too"),
        "put what they say into one of them",
    )
}

/// What a file of a month is, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FileKind {
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
    fn of(name: &str) -> Option<Self> {
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
fn unread(
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
    let names = |pattern: &String| crate::source::pattern::captures(pattern, name).is_some();
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
            && source.files.iter().any(|pattern| crate::source::pattern::is_nearly(pattern, name))
    };
    !definition.sources.is_empty()
        && sources::is_table(name)
        && path.is_file()
        && !definition.sources.iter().any(|source| is_frozen(source) || is_nearly(source))
}

/// The file that what a source gave is frozen in when it is published.
fn frozen_name(id: &str, is_activity: bool) -> String {
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
fn files(folder: &Path, findings: &mut Findings) -> Vec<(String, PathBuf)> {
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
