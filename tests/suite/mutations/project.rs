//! The sample project in a folder of its own, where its files can be made wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use scorecard::check::{self, Depth};
use scorecard::definition::Definition;
use scorecard::diagnostic::Findings;
use scorecard::extract::SharedFiles;
use scorecard::history::{Calendar, Reach};
use scorecard::layout::{TableName, lay_out};
use scorecard::month::Month;
use scorecard::render;

use crate::common::Report;
use tempfile::TempDir;

/// What files are changed to: their new bytes, or nothing where they are taken away.
pub type Changes = Vec<(String, Option<Vec<u8>>)>;

/// The sample, with its files as they should be.
pub struct Project {
    folder: TempDir,
    files: BTreeMap<String, Vec<u8>>,
}

/// What the program makes of a project.
#[derive(Debug, PartialEq, Eq)]
pub struct Reading {
    /// What is found.
    pub found: BTreeSet<String>,
    /// The tidy output of every area.
    pub tidy: String,
    /// All the tables.
    pub tables: String,
}

impl Project {
    /// The sample.
    pub fn sample() -> Self {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = BTreeMap::new();
        files.insert(
            "indicators.toml".to_owned(),
            fs::read(sample.join("indicators.toml")).expect("the definitions"),
        );
        collect(&sample.join("data"), "data", &mut files);
        let project = Self { folder: tempfile::tempdir().expect("a folder"), files };
        for (name, bytes) in &project.files {
            project.write(name, bytes);
        }
        project
    }

    /// Its data folder.
    pub fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    /// The names of its files.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// A file as it should be.
    pub fn file(&self, name: &str) -> &[u8] {
        &self.files[name]
    }

    /// A file of text as it should be.
    pub fn text(&self, name: &str) -> &str {
        std::str::from_utf8(self.file(name)).expect("text")
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    }

    /// Takes a file away, and its folder with the last of its files.
    fn remove(&self, name: &str) {
        let path = self.folder.path().join(name);
        fs::remove_file(&path).expect("removed");
        for folder in path.ancestors().skip(1).take_while(|folder| *folder != self.folder.path()) {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
    }

    /// Makes changes, does `work`, and takes the changes back.
    pub fn with<T>(&self, changes: &Changes, work: impl FnOnce() -> T) -> T {
        for (name, bytes) in changes {
            match bytes {
                Some(bytes) => self.write(name, bytes),
                None => self.remove(name),
            }
        }
        let done = work();
        for (name, bytes) in changes {
            match self.files.get(name) {
                Some(sound) => self.write(name, sound),
                None if bytes.is_some() => self.remove(name),
                None => {}
            }
        }
        done
    }

    /// What the program makes of it; nothing, where it refuses it.
    pub fn read(&self) -> Option<Reading> {
        let mut findings = Findings::default();
        let definition =
            Definition::load(&self.folder.path().join("indicators.toml"), &mut findings)?;
        let (data, reach) = (self.data(), Reach::Checks);
        let report = Report::read(&definition, &data, None, &["all"], reach, &mut findings)?;
        let assessor = report.assessor();
        check::run(&assessor, &report.scope, Depth::Check, &mut findings);
        let (mut tidy, mut tables) = (Vec::new(), Vec::new());
        render::tidy::write(&assessor, &report.scope, &mut tidy).expect("memory can be written");
        let document = lay_out(&report.scorecard(), TableName::REPORT);
        render::markdown::write(&document, &mut tables).expect("memory can be written");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        (!findings.has_errors()).then(|| Reading {
            found: found(&findings),
            tidy: text(tidy),
            tables: text(tables),
        })
    }

    /// What the check of each month finds, as of when it was the last.
    pub fn check_every_month(&self) -> BTreeMap<Month, BTreeSet<String>> {
        let mut findings = Findings::default();
        let Some(definition) =
            Definition::load(&self.folder.path().join("indicators.toml"), &mut findings)
        else {
            return BTreeMap::new();
        };
        let calendar = Calendar::list(&self.data(), SharedFiles::default(), &mut findings);
        calendar.months().map(|month| (month, self.check(&definition, month))).collect()
    }

    /// What the check of a month finds, in words: a finding is not new because the figures in it
    /// have changed.
    pub fn check(&self, definition: &Definition, month: Month) -> BTreeSet<String> {
        let mut findings = Findings::default();
        let (data, reach) = (self.data(), Reach::Checks);
        let report = Report::read(definition, &data, Some(month), &[], reach, &mut findings);
        if let Some(report) = report {
            check::run(&report.assessor(), &report.scope, Depth::Check, &mut findings);
        }
        findings.change_severities(&definition.severities);
        words(&findings)
    }
}

fn collect(folder: &Path, name: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("listed") {
        let path = entry.expect("an entry").path();
        let name =
            format!("{name}/{}", path.file_name().and_then(|name| name.to_str()).expect("a name"));
        if path.is_dir() {
            collect(&path, &name, files);
        } else {
            files.insert(name, fs::read(&path).expect("read"));
        }
    }
}

fn found(findings: &Findings) -> BTreeSet<String> {
    findings.iter().map(|finding| format!("{}: {}", finding.code.as_str(), finding.found)).collect()
}

fn words(findings: &Findings) -> BTreeSet<String> {
    let is_word = |c: &char| !c.is_ascii_digit() && !matches!(c, ',' | '.' | '+' | '-');
    findings
        .iter()
        .map(|finding| {
            finding.code.as_str().chars().chain(finding.found.chars().filter(is_word)).collect()
        })
        .collect()
}
