//! Which months there are, and the reading of those that a report asks for, each once.
//!
//! A report knows which months it needs only as it goes: a quarterly figure that is missing sends
//! it two months back, a red one as far as it has been red. So months are read when they are first
//! asked for and kept; ten years of history that nobody asks for cost nothing.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rayon::prelude::*;

use crate::definition::Definition;
use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::extract::{self, Extract, With};
use crate::input::{self, Ledger};
use crate::month::{ByMonth, Month};
use crate::record::Record;
use crate::text::quote;

fn data_folder_unread(error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::NotFound {
        "there is no such data folder".to_owned()
    } else {
        format!("the data folder: {}", input::why(error))
    }
}

/// What is in the data folder where the extracts of a month would be, and is not read as that.
/// Everything else there is left alone.
fn unread(path: &Path, name: &str, is_named_like_a_month: bool) -> Option<Finding> {
    let (found, remedy) = if path.is_dir() {
        if !extract::has_extracts(path) {
            return None;
        }
        let remedy = "name it by year and month, like 2016-01, or move it out of the data folder";
        ("the extracts in this folder are not read: it is not named like a month", remedy)
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
    } else {
        return None;
    };
    Some(Finding::new(
        Code::UnreadFile,
        Place::file(&path.display().to_string().into()),
        found,
        remedy,
    ))
}

/// The latest month of a data folder, if it can be listed.
pub(crate) fn latest(data: &Path) -> Option<Month> {
    std::fs::read_dir(data)
        .ok()?
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .max()
}

/// The months of a data folder.
#[derive(Debug)]
pub struct Archive<'d> {
    definition: &'d Definition,
    /// The data folder, as the user would type it.
    name: Arc<str>,
    months: ByMonth<Folder>,
    ledger: Ledger,
    record: Record,
    findings: Mutex<Findings>,
}

#[derive(Debug)]
struct Folder {
    path: PathBuf,
    extract: OnceLock<Extract>,
}

impl<'d> Archive<'d> {
    /// Lists the months in `data`: the folders that are named like one. Other names are left alone.
    pub fn open(definition: &'d Definition, data: &Path, findings: &mut Findings) -> Self {
        let name: Arc<str> = data.display().to_string().into();
        let (mut months, mut others) = (Vec::new(), Vec::new());
        let listed = std::fs::read_dir(data).and_then(|entries| {
            for entry in entries {
                let path = entry?.path();
                let Some(other) = path.file_name().map(|name| name.to_string_lossy().into_owned())
                else {
                    continue;
                };
                let is_folder = path.is_dir();
                match other.parse() {
                    Ok(month) if is_folder => {
                        months.push((month, Folder { path, extract: OnceLock::new() }));
                    }
                    named => {
                        if let Some(finding) = unread(&path, &other, named.is_ok()) {
                            findings.push(finding);
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
            let place = Place::file(&name);
            let remedy = "name the folder of the months with --data; it stands beside the definitions unless told otherwise";
            findings.push(Finding::new(
                Code::CannotRead,
                place,
                data_folder_unread(&error),
                remedy,
            ));
        } else if months.is_empty() {
            let place = Place::file(&name);
            others.sort();
            let there = if others.is_empty() {
                String::new()
            } else {
                format!("; there is {}", others.join(", "))
            };
            let found = format!("there are no months in the data folder{there}");
            let remedy = "make a folder for the month, named like 2016-01, with its results.csv; `scorecard new 2016-01` makes one to be filled in";
            findings.push(Finding::new(Code::NoMonth, place, found, remedy));
        }
        let months = months.into_iter().collect();
        Self {
            definition,
            name,
            months,
            ledger: Ledger::default(),
            record: Record::default(),
            findings: Mutex::default(),
        }
    }

    /// The same months, their files to be noted in `ledger`.
    #[must_use]
    pub fn noting(self, ledger: &Ledger) -> Self {
        Self { ledger: ledger.clone(), ..self }
    }

    /// The same months, with what has been published of them.
    #[must_use]
    pub fn with_record(self, record: Record) -> Self {
        Self { record, ..self }
    }

    /// What has been published.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// What has been noted of the files read so far.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The month to report: the one asked for, else the latest there is.
    pub fn choose(&self, asked: Option<Month>, findings: &mut Findings) -> Option<Month> {
        let Some(month) = asked else { return self.months.months().next_back() };
        if self.months.get(month).is_some() {
            return Some(month);
        }
        if !self.months.is_empty() {
            let latest: Vec<_> =
                self.months.months().rev().take(6).map(|month| month.to_string()).collect();
            let more = if self.months.len() > latest.len() { " and earlier ones" } else { "" };
            let found = format!("there is no month {month}");
            findings.push(Finding::new(
                Code::NoMonth,
                Place::file(&self.name),
                found,
                format!(
                    "there are {}{more}; `scorecard new {month}` makes this one, to be filled in",
                    latest.join(", ")
                ),
            ));
        }
        None
    }

    /// The definitions that the months are read with.
    #[must_use]
    pub fn definition(&self) -> &'d Definition {
        self.definition
    }

    /// The extract of a month, read now if it has not been; nothing where there is no such month.
    pub fn extract(&self, month: Month) -> Option<&Extract> {
        self.extract_read(month, With::One)
    }

    /// Reads months that are known to be needed, before anything else that could ask for one is
    /// under way.
    pub fn read_ahead(&self, months: &[Month]) {
        months.par_iter().for_each(|month| {
            self.extract_read(*month, With::All);
        });
    }

    fn extract_read(&self, month: Month, with: With) -> Option<&Extract> {
        let folder = self.months.get(month)?;
        Some(folder.extract.get_or_init(|| {
            let mut found = Findings::default();
            let extract =
                Extract::read(self.definition, month, &folder.path, &self.ledger, with, &mut found);
            self.findings().append(found);
            extract
        }))
    }

    fn findings(&self) -> MutexGuard<'_, Findings> {
        // Findings are only ever added to: they are as good after a panic as before.
        self.findings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The folder of a month, where there is one; nothing is read.
    #[must_use]
    pub fn folder(&self, month: Month) -> Option<&Path> {
        self.months.get(month).map(|folder| folder.path.as_path())
    }

    /// Adds a finding that came up while the months were worked with.
    pub fn with_findings<T>(&self, work: impl FnOnce(&mut Findings) -> T) -> T {
        work(&mut self.findings())
    }

    /// Every month there is, in order.
    pub fn months(&self) -> impl DoubleEndedIterator<Item = Month> {
        self.months.months()
    }

    /// Takes what has been found in the months read so far.
    #[must_use]
    pub fn take_findings(&self) -> Findings {
        let mut findings = std::mem::take(&mut *self.findings());
        findings.append(self.record.take_findings());
        findings.change_severities(&self.definition.severities);
        findings
    }
}
