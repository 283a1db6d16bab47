//! The months that the data folder has, by the names of its folders. Nothing in them is read here.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::known::{Known, remedy};
use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::extract::{self, SharedFiles};
use crate::input;
use crate::month::{ByMonth, Month};
use crate::text::quote;

/// The months of a data folder.
#[derive(Debug, Default)]
pub struct Calendar {
    /// The data folder.
    data: PathBuf,
    /// The same, as the user would type it.
    name: Arc<str>,
    folders: ByMonth<PathBuf>,
    shared: SharedFiles,
    /// The files of benchmarks beside them, in order.
    benchmarks: Vec<PathBuf>,
}

impl Calendar {
    /// Lists the months in `data`, which are the folders named like a month, and those that only
    /// files in the folders of sources have. Anything else is ignored, unless it looks like an
    /// extract that somebody expects to be read.
    pub fn list(data: &Path, shared: SharedFiles, findings: &mut Findings) -> Self {
        let name: Arc<str> = data.display().to_string().into();
        let (mut months, mut others, mut benchmarks) = (Vec::new(), Vec::new(), Vec::new());
        let listed = std::fs::read_dir(data).and_then(|entries| {
            for entry in entries {
                let path = entry?.path();
                let Some(other) = path.file_name().map(|name| name.to_string_lossy().into_owned())
                else {
                    continue;
                };
                let metadata = std::fs::metadata(&path);
                let is_folder = metadata.as_ref().is_ok_and(Metadata::is_dir);
                // Whatever leads there is broken, or may not be followed.
                if other.parse::<Month>().is_ok()
                    && let Err(error) = metadata
                {
                    findings.push(input::cannot_list(&path, &error));
                    continue;
                }
                match other.parse() {
                    _ if !is_folder && shared.is_of_benchmarks(&other) => {}
                    _ if !is_folder && extract::is_of_benchmarks(&other) => benchmarks.push(path),
                    Ok(month) if is_folder => months.push((month, path)),
                    named => {
                        // In the folder of a month extracts are where they should be.
                        if named_month(data).is_none() {
                            findings.extend(unread(&path, &other, named.is_ok()));
                        }
                        if is_folder {
                            others.push(quote(&other));
                        }
                    }
                }
            }
            Ok(())
        });
        if let Err(error) = listed {
            let remedy =
                "name the folder of the months with --data: the default is beside the definitions";
            let found = cannot_list(&error);
            findings.push(Finding::new(Code::CannotRead, Place::file(&name), found, remedy));
        } else if months.is_empty() && shared.months().is_empty() {
            others.sort();
            let there = if others.is_empty() {
                String::new()
            } else {
                format!("; there is {}", others.join(", "))
            };
            let found = format!("there are no months in the data folder{there}");
            let remedy = months_elsewhere(data).unwrap_or_else(|| {
                "make a folder for the month, named like 2016-01, with its results.csv; \
                 `scorecard new 2016-01` makes one to be filled in"
                    .to_owned()
            });
            findings.push(Finding::new(Code::NoMonth, Place::file(&name), found, remedy));
        }
        let elsewhere = shared.months().into_iter();
        let folders: BTreeMap<_, _> =
            elsewhere.map(|month| (month, data.join(month.to_string()))).chain(months).collect();
        benchmarks.sort();
        let folders = folders.into_iter().collect();
        Self { data: data.to_owned(), name, folders, shared, benchmarks }
    }

    /// The latest of the months whose folders are in `data`, as far as it can be listed.
    pub(super) fn latest(data: &Path) -> Option<Month> {
        let entries = std::fs::read_dir(data).into_iter().flatten().flatten();
        entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).max()
    }

    /// What all months share.
    #[must_use]
    pub fn shared(&self) -> &SharedFiles {
        &self.shared
    }

    /// The month to report: the one asked for, else the latest. `None` if there is none, which has
    /// been reported.
    pub fn choose(&self, asked: Option<Month>, findings: &mut Findings) -> Option<Month> {
        let Some(month) = asked else { return self.months().next_back() };
        if self.folder(month).is_some() {
            return Some(month);
        }
        if !self.folders.is_empty() {
            let months = self.months().rev().map(|month| month.to_string());
            let months = Known::names("month", "months", months)
                .never_misspelt()
                .listed_by("scorecard completions --values months")
                .or_else(format!("`scorecard new {month}` makes this one, to be filled in"));
            let (month, place) = (month.to_string(), Place::file(&self.name));
            let found = format!("there is no month {month}");
            findings
                .push(Finding::mistake(Code::NoMonth, found, remedy(&month, &[months])).at(place));
        }
        None
    }

    /// The folder of a month, which need not be there where only the folder of a source has the
    /// month. `None` if there is no such month.
    #[must_use]
    pub fn folder(&self, month: Month) -> Option<&Path> {
        self.folders.get(month).map(PathBuf::as_path)
    }

    /// The data folder.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The folders of all months, in order.
    pub fn folders(&self) -> impl Iterator<Item = &Path> {
        self.months().filter_map(|month| self.folder(month))
    }

    /// The files of benchmarks, in order.
    #[must_use]
    pub fn benchmark_files(&self) -> &[PathBuf] {
        &self.benchmarks
    }

    /// All months, in order.
    pub fn months(&self) -> impl DoubleEndedIterator<Item = Month> {
        self.folders.months()
    }
}

/// What to name instead of a folder that is the one of a month, or of the project.
fn months_elsewhere(data: &Path) -> Option<String> {
    let months = data.parent().filter(|parent| !parent.as_os_str().is_empty());
    if let (Some(months), Some(month)) = (months, named_month(data)) {
        return Some(format!(
            "this is the folder of a month, and --data is the one that it is in: --data {} -m {month}",
            months.display(),
        ));
    }
    let below = data.join("data");
    let paths = input::paths_in(&below).unwrap_or_default();
    let has_months = paths.iter().any(|path| named_month(path).is_some());
    has_months
        .then(|| format!("the months are in a folder of this one: --data {}", below.display()))
}

/// The month that a folder is named like.
fn named_month(folder: &Path) -> Option<Month> {
    folder.file_name()?.to_str()?.parse().ok()
}

fn cannot_list(error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::NotFound {
        "there is no such data folder".to_owned()
    } else {
        format!("the data folder: {}", input::why(error))
    }
}

/// Whether a folder is named like a year, and folders in it have extracts.
fn has_months(path: &Path, name: &str) -> bool {
    let begins_with_year = name
        .split(|letter: char| !letter.is_ascii_digit())
        .next()
        .is_some_and(|year| year.len() == 4);
    begins_with_year
        && input::paths_in(path).unwrap_or_default().iter().any(|path| extract::has_extracts(path))
}

/// A finding about a file or folder that looks like the extracts of a month but is not read. `None`
/// if it does not look like that.
fn unread(path: &Path, name: &str, is_named_like_a_month: bool) -> Option<Finding> {
    let (found, remedy) = if path.is_dir() {
        if extract::has_extracts(path) {
            (
                "the extracts in this folder are not read: it is not named like a month",
                "name it by year and month, like 2016-01, or move it out of the data folder",
            )
        } else if has_months(path, name) {
            (
                "the extracts in the folders of this one are not read: months stand directly in the \
                 data folder",
                "move each into the data folder, named by year and month, like 2016-01",
            )
        } else {
            return None;
        }
    } else if is_named_like_a_month {
        (
            "this is named like a month and is not a folder, so nothing of it is read",
            "make a folder of the month, with its results.csv",
        )
    } else if extract::is_extract(name) {
        (
            "this extract is in the folder of no month, and is not read",
            "move it to the folder of its month, such as 2016-01",
        )
    } else if let Some(why) = extract::why_no_benchmarks(name) {
        why.into()
    } else {
        return None;
    };
    let place = Place::of_path(path);
    Some(Finding::new(Code::UnreadFile, place, found, remedy))
}
