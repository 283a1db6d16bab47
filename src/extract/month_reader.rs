//! Reads the files of a month.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::closed_days::ClosedDays;
use super::commentary::{self, Commentary, CommentaryPlan};
use super::file_kind::{FileKind, files, frozen_name, unread};
use super::halves::Halves;
use super::names::NameFinder;
use super::shared::SharedFiles;
use super::sources::{Readers, SourceFolders, SourceReader};
use super::{Extract, GivenSource, activity, benchmarks, lookups, month_file, results};
use crate::definition::{Definition, ExtractSource, SourceKind};
use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::input::{self, Ledger};
use crate::month::Month;

/// The folder of a month, and how it is read.
#[derive(Clone, Copy, Debug)]
pub struct MonthFolder<'f> {
    /// Where it is.
    pub path: &'f Path,
    /// What notes the files that are read.
    pub ledger: &'f Ledger,
    /// Which commentary is read.
    pub commentary: &'f CommentaryPlan,
    /// Whether files of commentary that belong to nothing are findings.
    pub finds_stray_commentary: bool,
    /// What all months share.
    pub shared: &'f SharedFiles,
}

/// Reads the files of a month into an extract.
pub(super) struct MonthReader<'f, 'n, 'd> {
    names: &'n NameFinder<'d>,
    month: Month,
    from: MonthFolder<'f>,
    results: results::Reader<'n, 'd>,
    activities: activity::Reader,
    halves: Halves<'d>,
    /// Whether there is any file of results.
    has_results: bool,
    /// What is called as the folder of commentary is.
    commentary: Vec<PathBuf>,
    /// What has been read whole, and all that was found.
    extract: Extract,
}

impl<'f, 'n, 'd> MonthReader<'f, 'n, 'd> {
    pub(super) fn new(names: &'n NameFinder<'d>, month: Month, from: MonthFolder<'f>) -> Self {
        Self {
            names,
            month,
            from,
            results: results::Reader::new(names, month),
            activities: activity::Reader::default(),
            halves: Halves::default(),
            has_results: false,
            commentary: Vec::new(),
            extract: Extract::default(),
        }
    }

    fn definition(&self) -> &'d Definition {
        self.names.definition()
    }

    /// Reads the files in the folder that are of no source.
    pub(super) fn read_folder(&mut self) {
        // A month that only the folder of a source has is one all the same.
        if !self.from.path.exists() {
            return;
        }
        let definition = self.definition();
        for (name, path) in files(self.from.path, &mut self.extract.findings) {
            let is_of_source = |source: &ExtractSource| {
                source.folder.is_none() && SourceReader::is_file(source, &name)
                    || lookups::is_file(source, &name)
            };
            if !definition.sources.iter().any(is_of_source) {
                self.read_file(&name, path);
            }
        }
    }

    /// Reads a file, by its name in lower case.
    fn read_file(&mut self, name: &str, path: PathBuf) {
        let (definition, MonthFolder { ledger, commentary, .. }) = (self.definition(), self.from);
        let Extract { about, covering, findings, .. } = &mut self.extract;
        let file = ledger.file(&path);
        match FileKind::of(name) {
            Some(FileKind::Results) => {
                self.has_results = true;
                self.results.read(&file, findings);
            }
            Some(FileKind::Activity) => {
                self.activities.read(self.names, self.month, &file, findings);
            }
            Some(FileKind::Month) => *about = month_file::read(&file, definition, findings),
            Some(FileKind::Covering) if *commentary == CommentaryPlan::None => {}
            Some(FileKind::Covering) if covering.is_none() => {
                *covering = commentary::read_covering(&path, ledger, findings);
            }
            Some(FileKind::Covering) => findings.push(read_twice(&file, "covering.md")),
            None if name == "commentary" => self.commentary.push(path),
            kind => {
                let place = Place::file(&file.name);
                if let Some([found, remedy]) = unread(definition, kind, name, &path) {
                    findings.push(Finding::new(Code::UnreadFile, place, found, remedy));
                } else if self.from.finds_stray_commentary {
                    findings.extend(commentary::misplaced(&path, name, definition));
                }
            }
        }
    }

    /// Reads what each source has of the month.
    pub(super) fn read_sources(&mut self) {
        let of_months = |source: &&ExtractSource| source.kind != SourceKind::Benchmarks;
        for source in self.definition().sources.iter().filter(of_months) {
            let files = self.read_source(source);
            self.has_results |= !files.is_empty() && source.kind != SourceKind::Activity;
            let (id, kind) = (source.id.clone(), source.kind);
            self.extract.sources.push(GivenSource { id, kind, files });
        }
    }

    /// Reads what a source gave, as it was frozen or from its files, and says which files.
    fn read_source(&mut self, source: &'d ExtractSource) -> Vec<Arc<str>> {
        let MonthFolder { path: folder, ledger, shared, .. } = self.from;
        let Extract { areas_of_records, findings, .. } = &mut self.extract;
        let mut readers = Readers {
            results: &mut self.results,
            activities: &mut self.activities,
            halves: &mut self.halves,
            benchmarks: &mut benchmarks::Reader::default(),
            areas_of_records,
            month: self.month,
            closed: ClosedDays::default(),
            counter: None,
        };
        let reader = SourceReader::new(source, self.names, Some(self.month));
        let frozen = [false, true]
            .map(|is_activity| (folder.join(frozen_name(&source.id, is_activity)), is_activity));
        let frozen: Vec<_> = frozen.into_iter().filter(|(path, _)| path.is_file()).collect();
        if frozen.is_empty() {
            let data = folder.parent().unwrap_or(Path::new(""));
            let shared = shared.of_source(&source.id);
            let folders = SourceFolders { month: folder, data, shared };
            return reader.read(folders, ledger, &mut readers, findings);
        }
        let read = |(path, is_activity): &(PathBuf, bool)| {
            reader.read_frozen(&ledger.file(path), *is_activity, &mut readers, findings)
        };
        frozen.iter().flat_map(read).collect()
    }

    /// The extract, with the commentary.
    pub(super) fn finish(self) -> Extract {
        let definition = self.definition();
        let Self { month, from, mut results, activities, halves, mut extract, .. } = self;
        let findings = &mut extract.findings;
        halves.finish(month, &from.shared.populations, &mut results, findings);
        extract.results = results.finish(findings);
        extract.activities = activities.finish(findings);
        if from.path.exists() && extract.results.is_empty() && !findings.has_errors() {
            findings.push(no_results(month, from.path, self.has_results));
        }
        if let Some(folder) = folder_named("commentary", &self.commentary, findings) {
            let MonthFolder { ledger, commentary, finds_stray_commentary, .. } = from;
            extract.commentary = Commentary::read(
                definition,
                &folder,
                ledger,
                commentary,
                finds_stray_commentary,
                findings,
            );
        }
        extract
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
