//! One month's files: observations that remember the file and line they came from.
//!
//! `results*.csv`, `activity*.csv`, `month.toml` and `commentary/`. What can be wrong with a file by itself is found
//! here; nothing here knows of ratings.

mod activity;
mod cell;
mod commentary;
mod month_file;
mod results;
mod table;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use activity::{Activities, Entry};
pub use commentary::Commentary;
pub use month_file::{Date, FILE as MONTH_FILE, MonthFile, Status};
pub use results::{Observation, Results, Said, Who};

use crate::definition::Definition;
use crate::diagnostic::{Code, Finding, Findings, Place, Severity};
use crate::input;
use crate::month::Month;

/// The extract of one month.
#[derive(Debug, Default)]
pub struct Extract {
    /// The results.
    pub results: Results,
    /// The activity.
    pub activities: Activities,
    /// What the service says.
    pub commentary: Commentary,
    /// Dates and status.
    pub about: MonthFile,
}

impl Extract {
    /// Reads the month in `folder`; whatever is wrong with its files becomes a finding.
    pub fn read(definition: &Definition, month: Month, folder: &Path, findings: &mut Findings) -> Self {
        let mut reader = results::Reader::new(definition, month);
        let mut activities = Activities::default();
        let mut about = MonthFile::default();
        let mut any_results = false;
        let before = findings.count(Severity::Error);
        for (file_name, path) in files(folder, findings) {
            let name: Arc<str> = path.display().to_string().into();
            let is =
                |prefix: &str| file_name.starts_with(prefix) && Path::new(&file_name).extension().is_some_and(|ending| ending == "csv");
            if is("results") {
                any_results = true;
                if let Some(text) = input::read_text(&path, &name, "an extract of results", findings) {
                    reader.read(&name, &text, findings);
                }
            } else if is("activity") {
                if let Some(text) = input::read_text(&path, &name, "an extract of activity", findings) {
                    activity::read(definition, month, &name, &text, &mut activities, findings);
                }
            } else if file_name == "month.toml" {
                about = month_file::read(&path, findings);
            }
        }
        let results = reader.finish(findings);
        if results.is_empty() && findings.count(Severity::Error) == before {
            let place = Place::file(&folder.display().to_string().into());
            let found = if any_results { "the month has not a single figure" } else { "the month has no results*.csv" };
            findings.push(Finding::new(
                Code::NoResults,
                place,
                found,
                "add results.csv with the header indicator,area,cohort,numerator,denominator,value",
            ));
        }
        Self { results, activities, commentary: Commentary::within(folder), about }
    }
}

/// The files of a folder by their names in lower case, in order: the order of files never decides anything else.
fn files(folder: &Path, findings: &mut Findings) -> Vec<(String, PathBuf)> {
    let mut files = Vec::new();
    let listed = std::fs::read_dir(folder).and_then(|entries| {
        for entry in entries {
            let path = entry?.path();
            if let Some(name) = path.file_name().and_then(|name| name.to_str()) {
                files.push((name.to_lowercase(), path));
            }
        }
        Ok(())
    });
    if let Err(error) = listed {
        let place = Place::file(&folder.display().to_string().into());
        findings.push(Finding::new(
            Code::CannotRead,
            place,
            format!("the folder cannot be read: {error}"),
            "make the folder of the month readable",
        ));
    }
    files.sort();
    files
}
