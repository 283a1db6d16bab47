//! Helpers that the tests share: loading projects, running reports in this process, and comparing
//! snapshots.

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use scorecard::assess::Assessor;
use scorecard::definition::Definition;
use scorecard::diagnostic::Findings;
use scorecard::history::{History, Plan, Project, Reach};
use scorecard::input::{Keep, files_within};
use scorecard::layout::{TableName, lay_out};
use scorecard::month::Month;
use scorecard::render;
use scorecard::scope::Scope;
use scorecard::scorecard::{Depth, Scorecard};
use snapbox::Assert;
use snapbox::dir::copy_template;

/// The sample project: the repository itself.
pub fn sample() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A copy of the sample that can be written to.
pub fn copy_of_sample() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    copy_template(sample().join("data"), folder.path().join("data")).expect("copied");
    std::fs::copy(sample().join("indicators.toml"), folder.path().join("indicators.toml"))
        .expect("copied");
    folder
}

/// Every file below a folder, dot-files too: its path within the folder, and its bytes.
pub fn files_below(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let paths = files_within(folder).expect("a folder");
    let read = |path: String| {
        let bytes = std::fs::read(folder.join(&path)).expect("a file");
        (path, bytes)
    };
    paths.into_iter().map(read).collect()
}

/// The program, in a folder and with none of the environment of the test.
pub fn scorecard(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scorecard"));
    command.current_dir(folder).env_clear();
    command
}

/// What a run with these arguments printed, which must have succeeded. It may have warned.
pub fn printed(args: &[&str], run: Output) -> String {
    assert!(run.status.success(), "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("text")
}

/// Compares output with snapshot files, or writes those files if `SNAPSHOTS=overwrite`. A run that
/// writes always fails at its end, so that it cannot pass as a test, and it never writes if `CI` is
/// set.
pub struct Snapshots {
    pub assert: Assert,
    updates: bool,
}

impl Snapshots {
    pub fn new() -> Self {
        let updates = std::env::var_os("SNAPSHOTS").is_some_and(|action| action != "verify");
        assert!(
            !updates || std::env::var_os("CI").is_none(),
            "SNAPSHOTS is set: nothing is compared, and nothing may be written here"
        );
        Self { assert: Assert::new().action_env("SNAPSHOTS"), updates }
    }

    /// Must be called after the last comparison.
    pub fn finish(self) {
        assert!(
            !self.updates,
            "SNAPSHOTS is set: nothing was compared; read what changed, and run again without it"
        );
    }
}

/// Reads the definitions of a project, which must have no errors.
pub fn definition(project: &Path, findings: &mut Findings) -> Definition {
    let definition = Definition::load(&project.join("indicators.toml"), findings);
    definition.unwrap_or_else(|| panic!("the definitions load: {findings:#?}"))
}

/// A report month with everything that was read for it.
pub struct Report<'d> {
    pub history: History<'d>,
    pub month: Month,
    pub scope: Scope,
}

impl<'d> Report<'d> {
    /// Reads everything that a report needs; the latest month if none is given. `None` if there is
    /// no such month.
    pub fn read(
        definition: &'d Definition,
        data: &Path,
        month: Option<Month>,
        areas: &[&str],
        reach: Reach,
        findings: &mut Findings,
    ) -> Option<Self> {
        let definitions = data.with_file_name("indicators.toml");
        let project = Project::new(definitions, data.to_owned(), Keep::Nothing);
        let calendar = project.calendar(definition, findings);
        let month = calendar.choose(month, findings)?;
        let areas: Vec<_> = areas.iter().map(ToString::to_string).collect();
        let scope = Scope::new(definition, month, &areas, findings);
        let plan = Plan::report(definition, month, &scope, reach);
        let history = project.read(definition, calendar, plan, findings);
        Some(Self { history, month, scope })
    }

    /// An assessor for the report.
    pub fn assessor(&self) -> Assessor<'_> {
        Assessor::new(&self.history, self.month)
    }

    /// The scorecard of the report.
    pub fn scorecard(&self) -> Scorecard<'_> {
        Scorecard::assess(&self.assessor(), self.scope.clone(), Depth::WithParts)
    }
}

/// Reads the report of `month` and runs `work` with it. Panics if there are errors.
pub fn with_report<T>(
    project: &Path,
    month: &str,
    areas: &[&str],
    work: impl FnOnce(&Report<'_>) -> T,
) -> T {
    let mut findings = Findings::default();
    let definition = definition(project, &mut findings);
    let month = Some(month.parse().expect("a month"));
    let data = project.join("data");
    let report = Report::read(&definition, &data, month, areas, Reach::Trends, &mut findings);
    assert!(!findings.has_errors(), "{findings:#?}");
    work(&report.expect("the month is there"))
}

/// Assesses the scorecard of `month` and runs `work` with it. Panics if there are errors.
pub fn with_scorecard<T>(
    project: &Path,
    month: &str,
    areas: &[&str],
    work: impl FnOnce(&Scorecard<'_>) -> T,
) -> T {
    with_report(project, month, areas, |report| work(&report.scorecard()))
}

/// A table as CSV, without thousands separators: its header and its rows.
pub fn table(
    project: &Path,
    month: &str,
    areas: &[&str],
    table: TableName,
) -> (Vec<String>, Vec<Vec<String>>) {
    let bytes = with_scorecard(project, month, areas, |scorecard| {
        written(|out| render::csv::write(&lay_out(scorecard, &[table]), out))
    });
    let mut rows = read_csv(&bytes).into_iter();
    let header = rows.next().expect("a header");
    (
        header,
        rows.map(|row| row.into_iter().map(|cell| without_separators(&cell)).collect()).collect(),
    )
}

/// The report in the tidy format.
pub fn tidy(project: &Path, month: &str, areas: &[&str]) -> String {
    with_report(project, month, areas, |report| {
        let bytes = written(|out| render::tidy::write(&report.assessor(), &report.scope, out));
        String::from_utf8(bytes).expect("tidy is text")
    })
}

/// The bytes of a document that is written to memory.
pub fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(&mut bytes).expect("memory can be written");
    bytes
}

/// The bytes of a file, with those of what is packed into it.
pub fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut all = bytes.to_vec();
    if let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) {
        for index in 0..archive.len() {
            let mut part = Vec::new();
            let mut file = archive.by_index(index).expect("a part");
            file.read_to_end(&mut part).expect("it is read");
            drop(file);
            all.extend(unpacked(&part));
        }
    }
    all
}

/// All rows of a CSV file, including the header.
pub fn read_csv(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    reader
        .records()
        .map(|record| record.expect("a record").iter().map(str::to_owned).collect())
        .collect()
}

/// `12542` for `12,542`; other text is unchanged.
fn without_separators(cell: &str) -> String {
    let is_number = cell.bytes().all(|byte| byte.is_ascii_digit() || b",.+-%".contains(&byte));
    if is_number { cell.replace(',', "") } else { cell.to_owned() }
}
