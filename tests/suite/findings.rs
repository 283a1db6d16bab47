//! Every code of the catalogue, reproduced by small projects.
//!
//! `tests/findings/<code>/` is a project with that one thing wrong with it;
//! `tests/findings/<code>.<case>/` is one more, for a cause that cannot share a run with the
//! others. `expected.txt` beside its files is what `scorecard check` prints there. A project may
//! also have:
//!
//! - `arguments.txt`, more arguments for the program, one to a line;
//! - `sparse.txt`, the files that are too large to keep, `path size` to a line;
//! - `.keep`, which only keeps an otherwise empty folder.
//!
//! To accept a changed message, run with `SNAPSHOTS=overwrite`, read the difference, and run again
//! without.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Output;

use scorecard::diagnostic::{Code, Severity};
use snapbox::cmd::Command;
use snapbox::dir::copy_template;
use snapbox::{Data, IntoData};
use tempfile::TempDir;

use crate::common::Snapshots;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings")
}

/// A project of the folder.
struct Project {
    name: String,
    code: Code,
}

impl Project {
    /// The exit code of `check`.
    fn status(&self) -> i32 {
        match self.code.severity() {
            Severity::Error if MISTAKES.contains(&self.name.as_str()) => 2,
            Severity::Error => 1,
            Severity::Warning | Severity::Note => 0,
        }
    }

    fn expected(&self) -> PathBuf {
        folder().join(&self.name).join("expected.txt")
    }

    /// A copy of it, with the files that are too large to keep.
    fn copy(&self) -> TempDir {
        let copy = tempfile::tempdir().expect("a folder");
        copy_template(folder().join(&self.name), copy.path()).expect("copied");
        for line in lines(&copy.path().join("sparse.txt")) {
            let (path, size) = line.rsplit_once(' ').expect("a path and a size");
            let path = copy.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            File::create(path)
                .and_then(|file| file.set_len(size.parse().expect("a size")))
                .expect("written");
        }
        copy
    }
}

/// The lines of a file that need not be there.
fn lines(path: &Path) -> Vec<String> {
    fs::read_to_string(path).unwrap_or_default().lines().map(str::to_owned).collect()
}

/// Runs the program in a copy of a project, without colour whatever the environment asks for.
fn run(project: &Path, arguments: &[&str]) -> Output {
    let command = Command::new(env!("CARGO_BIN_EXE_scorecard"))
        .current_dir(project)
        .env_remove("CLICOLOR_FORCE");
    command
        .args(arguments)
        .args(lines(&project.join("arguments.txt")))
        .output()
        .expect("the program runs")
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("text")
}

/// Those whose arguments ask for what there is not.
const MISTAKES: [&str; 2] = ["no-month", "unknown-product"];

/// All the projects, by name.
fn projects() -> Vec<Project> {
    let names = fs::read_dir(folder())
        .expect("the folder of projects")
        .map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<_> = names.map(|name| name.into_string().expect("a name")).collect();
    names.sort();
    let code = |name: &str| {
        Code::ALL.iter().copied().find(|code| Some(code.as_str()) == name.split('.').next())
    };
    names
        .into_iter()
        .map(|name| Project {
            code: code(&name).unwrap_or_else(|| panic!("{name} is named after no code")),
            name,
        })
        .collect()
}

#[test]
fn every_code_has_a_project_and_every_project_its_findings() {
    let projects = projects();
    for code in Code::ALL {
        assert!(
            projects.iter().any(|project| project.name == code.as_str()),
            "{} has no project",
            code.as_str()
        );
    }
    for project in projects {
        assert!(project.expected().is_file(), "{} has no expected.txt", project.name);
    }
}

#[test]
fn check_prints_what_each_project_expects() {
    let snapshots = Snapshots::new();
    let mut different = String::new();
    for project in projects() {
        let (name, code) = (&project.name, project.code);
        let checked = run(project.copy().path(), &["check"]);
        let printed = text(checked.stdout);
        assert!(
            printed.contains(&format!("[{}]", code.as_str())),
            "{name}: its code is not among\n{printed}"
        );
        assert_eq!(checked.status.code(), Some(project.status()), "{name}: {printed}");
        assert_eq!(text(checked.stderr), "", "{name}");
        if let Err(error) = snapshots.assert.try_eq(
            Some(name),
            printed.into_data(),
            Data::read_from(&project.expected(), None).raw(),
        ) {
            different += &error.to_string();
        }
    }
    assert!(different.is_empty(), "{different}");
    snapshots.finish();
}

/// What stops `check` stops the report: the same errors on stderr, nothing on stdout, and no file
/// touched.
#[test]
fn report_refuses_what_check_calls_an_error() {
    for project in projects().iter().filter(|project| project.code.severity() == Severity::Error) {
        let (name, code, copy) =
            (&project.name, format!("[{}]", project.code.as_str()), project.copy());
        let target = tempfile::tempdir().expect("a folder");
        let file = target.path().join("report.csv");
        fs::write(&file, "as it was").expect("written");
        for arguments in [&[][..], &["--output", file.to_str().expect("a path")]] {
            let refused = run(copy.path(), arguments);
            assert_eq!(
                (refused.status.code(), text(refused.stdout)),
                (Some(project.status()), String::new()),
                "{name}"
            );
            let told = text(refused.stderr);
            assert!(told.contains(&code), "{name}: its code is not among\n{told}");
        }
        assert_eq!(fs::read_to_string(&file).expect("still there"), "as it was", "{name}");
        assert_eq!(
            fs::read_dir(target.path()).expect("a folder").count(),
            1,
            "{name}: something was left behind"
        );
    }
}

/// What does not stop `check` does not stop the report either.
#[test]
fn report_goes_on_where_check_only_warns() {
    for project in projects().iter().filter(|project| project.code.severity() != Severity::Error) {
        let reported = run(project.copy().path(), &[]);
        assert_eq!(reported.status.code(), Some(0), "{}: {}", project.name, text(reported.stderr));
        assert!(!reported.stdout.is_empty(), "{}", project.name);
    }
}
