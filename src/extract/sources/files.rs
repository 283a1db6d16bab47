//! Which files are those of a source.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::is_extract;
use super::super::period::{PeriodText, no_month};
use super::SourceReader;
use crate::definition::ExtractSource;
use crate::diagnostic::{Code, Findings, Place};
use crate::input::Ledger;
use crate::source::pattern::{self, Captures};
use crate::text::quote;

/// A file of a source, with what its name says.
pub(super) struct SourceFile {
    pub(super) path: PathBuf,
    pub(super) said: Captures,
}

impl SourceReader<'_, '_> {
    pub(super) fn report_several(
        &self,
        files: &[SourceFile],
        ledger: &Ledger,
        findings: &mut Findings,
    ) -> Arc<str> {
        let names: Vec<_> = files.iter().map(|file| quote(&file_name(&file.path))).collect();
        let found = format!(
            "the source {} has {} files: {}",
            quote(&self.source.id),
            files.len(),
            names.join(", ")
        );
        let remedy = "delete those that are not meant, as a second download counts everyone \
            twice; or write several = true in the source";
        let name = ledger.file(&files[0].path).name;
        let place = Place::file(&name);
        findings.push(self.finding(Code::SeveralFiles, place, found, remedy));
        name
    }

    /// Names the file that is called nearly as one of the source's, if there is one.
    pub(super) fn report_nearest(&self, folder: &Path, findings: &mut Findings) {
        let sources = &self.names.definition().sources;
        let is_free = |name: &str| {
            is_table(name)
                && !is_extract(name)
                && !sources.iter().any(|source| Self::is_file(source, name))
        };
        let mut names: Vec<_> = std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|name| is_free(name))
            .collect();
        names.sort();
        let is_like = |name: &&String| {
            self.source.files.iter().any(|pattern| pattern::is_nearly(pattern, name))
        };
        let Some(name) = names.iter().find(is_like) else { return };
        let found = format!("no file is called {}", self.names_of_files());
        let remedy = format!(
            "did you mean {}? give it that name, or correct `files` in the source",
            quote(name)
        );
        let place = Place::of_path(&folder.join(name));
        findings.push(self.finding(Code::NoFile, place, found, remedy));
    }

    /// `"mosaic*.xlsx"`, as the source says.
    fn names_of_files(&self) -> String {
        let names: Vec<_> = self.source.files.iter().map(|name| quote(name)).collect();
        names.join(" or ")
    }

    /// The files of the source, and of this month as far as their names say, in order.
    pub(super) fn files(&self, folder: &Path, findings: &mut Findings) -> Vec<SourceFile> {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if !Self::is_file(self.source, &name) || !path.is_file() {
                continue;
            }
            let Some(said) = said(self.source, &name) else { continue };
            let place = Place::of_path(&path);
            if self.reads_name(said.month.as_deref(), &place, findings) {
                files.push(SourceFile { path, said });
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    }

    /// Reads the month in the name of a file or a sheet, and says whether it is one that is wanted.
    pub(super) fn reads_name(
        &self,
        said: Option<&str>,
        place: &Place,
        findings: &mut Findings,
    ) -> bool {
        let Some(text) = said else { return true };
        match self.form.month(text) {
            PeriodText::One(month) => self.is_of(month),
            other => {
                let (found, _) = no_month(text, &other);
                let remedy =
                    "name it with a month such as 2016-01, or write * in the place of {month}";
                findings.push(self.finding(Code::WrongMonth, place.clone(), found, remedy));
                false
            }
        }
    }

    /// Says that there is no file in the folder that the source names.
    pub(super) fn report_no_file(&self, folder: &Path, findings: &mut Findings) {
        let found = format!("no file is called {}", self.names_of_files());
        let remedy = "put the file there, or correct `folder` and `files` in the source; \
            `folder` is said from the data folder";
        findings.push(self.finding(Code::NoFile, Place::of_path(folder), found, remedy));
        self.report_nearest(folder, findings);
    }
}

/// Whether a file is a table that is read, by its name. Excel's own `~$pivot.xlsx`, which is there
/// while the workbook is open, is none.
pub(in super::super) fn is_table(name: &str) -> bool {
    let lower = name.to_lowercase();
    !name.starts_with("~$")
        && [".csv", ".xlsx", ".xlsm"]
            .iter()
            .any(|ending| lower.len() > ending.len() && lower.ends_with(ending))
}

/// Whether a file is a table that goes by one of these names.
pub(in super::super) fn is_table_named(patterns: &[String], name: &str) -> bool {
    is_table(name) && patterns.iter().any(|wanted| pattern::captures(wanted, name).is_some())
}

/// What the name of a file of a source says.
fn said(source: &ExtractSource, name: &str) -> Option<Captures> {
    source.files.iter().find_map(|pattern| pattern::captures(pattern, name))
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
