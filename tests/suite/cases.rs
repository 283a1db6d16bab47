//! What users see: commands, and the whole of what they print.
//!
//! `tests/cases/<name>.toml` is a command; beside it stand what it prints on stdout and on stderr,
//! and in `<name>.out/` what it leaves behind. It runs in the sample project, or in one of
//! `tests/cases/projects/` or in `tests/formats/project/`, without any of the environment of
//! whoever runs the tests. What a report of the sample warns of is kept with `report-80`, and
//! stands as `...` where the same report has another form.
//!
//! To accept what is printed now, run `SNAPSHOTS=overwrite cargo test --test suite cases::` and
//! read the difference: somebody's committee is going to. What differs from place to place
//! (`[EXE]`, `[VERSION]`, `[..]`) is kept where it stands. That run fails at its end, so that it is
//! never taken for a test, and does nothing at all where `CI` is set.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use serde::Deserialize;
use snapbox::data::DataFormat;
use snapbox::dir::copy_template;
use snapbox::{Assert, Data, Redactions};

use crate::common::{self, Snapshots, sample, scorecard};

/// A command, as it stands in a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    bin: Bin,
    args: Vec<String>,
    env: Environment,
    fs: Folders,
    #[serde(default)]
    status: Status,
    /// Ends of lines are compared too.
    #[serde(default)]
    binary: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bin {
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Environment {
    inherit: bool,
    #[serde(default)]
    add: BTreeMap<String, String>,
}

/// Where it runs: in a folder, or in a copy of one, which it may write in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Folders {
    cwd: Option<String>,
    base: Option<String>,
    #[serde(default)]
    sandbox: bool,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Status {
    code: i32,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// The names of the files and folders with this ending, without it.
fn names(ending: &str) -> BTreeSet<String> {
    let paths = fs::read_dir(folder())
        .expect("the folder of cases")
        .map(|entry| entry.expect("an entry").path());
    let of_ending = paths.filter(|path| path.extension().is_some_and(|found| found == ending));
    of_ending
        .map(|path| path.file_stem().expect("a name").to_str().expect("text").to_owned())
        .collect()
}

impl Case {
    fn read(name: &str) -> Self {
        let text = fs::read_to_string(folder().join(format!("{name}.toml"))).expect("a case");
        let case: Self = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(case.bin.name, "scorecard", "{name}");
        assert!(!case.env.inherit, "{name}: its environment is its own");
        case
    }

    /// Runs it, and adds what is not as it was to `different`.
    fn compare(&self, name: &str, assert: &Assert, different: &mut String) {
        let beside = |ending: &str| folder().join(format!("{name}.{ending}"));
        let copy = self.fs.sandbox.then(|| {
            let copy = tempfile::tempdir().expect("a folder");
            let base = self.fs.base.as_ref().expect("what a copy is of");
            copy_template(folder().join(base), copy.path()).expect("copied");
            copy
        });
        let place = match (&copy, &self.fs.cwd) {
            (Some(copy), None) => copy.path().to_owned(),
            (None, Some(cwd)) => folder().join(cwd),
            _ => panic!("{name} runs in a folder or in a copy of one"),
        };
        let run = scorecard(&place)
            .envs(&self.env.add)
            .args(&self.args)
            .output()
            .expect("the program runs");
        if run.status.code() != Some(self.status.code) {
            writeln!(different, "{name}: {}, not {}", run.status, self.status.code)
                .expect("text grows");
        }
        for (ending, printed) in [("stdout", run.stdout), ("stderr", run.stderr)] {
            let (printed, format) = if self.binary {
                (Data::binary(printed), DataFormat::Binary)
            } else {
                (Data::text(String::from_utf8(printed).expect("text")), DataFormat::Text)
            };
            let expected = Data::read_from(&beside(ending), Some(format));
            if let Err(error) = assert.try_eq(Some(&format!("{name}.{ending}")), printed, expected)
            {
                different.push_str(&error.to_string());
            }
        }
        if let Some(copy) = copy
            && beside("out").is_dir()
        {
            assert.subset_matches(beside("out"), copy.path());
        }
    }
}

#[test]
fn every_command_prints_what_it_did() {
    let mut redactions = Redactions::new();
    redactions.insert("[VERSION]", env!("CARGO_PKG_VERSION")).expect("a name");
    redactions.insert("[EXE]", std::env::consts::EXE_SUFFIX).expect("a name");
    let mut snapshots = Snapshots::new();
    snapshots.assert = snapshots.assert.redact_with(redactions);
    let mut different = String::new();
    for name in names("toml") {
        Case::read(&name).compare(&name, &snapshots.assert, &mut different);
    }
    assert!(different.is_empty(), "{different}");
    snapshots.finish();
}

/// A stream without a file would not be looked at.
#[test]
fn every_case_says_all_that_is_expected() {
    let cases = names("toml");
    assert!(cases.len() > 60, "the cases are there");
    assert_eq!(names("stdout"), cases, "what each case prints on stdout, and no other file");
    assert_eq!(names("stderr"), cases, "what each case prints on stderr, and no other file");
    assert!(names("out").is_subset(&cases), "what a case leaves behind");
    for case in &cases {
        // What is refused is refused whole.
        let Case { args, status, .. } = Case::read(case);
        let printed = |stream: &str| {
            fs::read_to_string(folder().join(case).with_extension(stream)).expect("a stream")
        };
        let is_check = args.iter().any(|arg| arg == "check");
        if status.code != 0 && !(is_check && status.code == 1) {
            assert!(
                printed("stdout").is_empty() && !printed("stderr").is_empty(),
                "{case}: stdout is empty and stderr is not"
            );
        }
    }
}

/// What a command does in the sample project.
fn run(args: &[&str]) -> Output {
    scorecard(&sample()).args(args).output().expect("the program runs")
}

/// What a command that is fine prints. It may warn: that is for the cases.
fn printed(args: &[&str]) -> String {
    common::printed(args, run(args))
}

#[test]
fn options_mean_the_same_before_and_after_the_command() {
    assert_eq!(
        printed(&["-m", "2015-12", "-f", "markdown", "explain", "19"]),
        printed(&["explain", "19", "-m", "2015-12", "-f", "markdown"])
    );
    assert_eq!(
        printed(&["-a", "North Kent", "report", "-t", "summary"]),
        printed(&["report", "-t", "summary", "-a", "North Kent"])
    );
    assert_eq!(printed(&["-m", "2015-12", "check"]), printed(&["check", "-m", "2015-12"]));
    assert_eq!(printed(&["report"]), printed(&[]), "report is what is done unless said");
    assert_eq!(printed(&["-h", "publish"]), printed(&["publish", "-h"]));
}

#[test]
fn a_file_has_what_would_have_been_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    for (ending, format) in [
        ("txt", "text"),
        ("csv", "csv"),
        ("json", "json"),
        ("md", "markdown"),
        ("MARKDOWN", "markdown"),
        ("data", "tidy"),
    ] {
        let file = folder.path().join("report").with_extension(ending);
        fs::write(&file, "what was there before").expect("written");
        let mut args = vec!["-o", file.to_str().expect("a path")];
        // The ending says which format it is; where it means none, it has to be said.
        if ending == "data" {
            args.extend(["-f", format]);
        }
        assert_eq!(printed(&args), "", "{format}");
        // On a screen text has the first two tables alone.
        let tables = ["summary", "scorecard", "areas", "activity", "impact", "exceptions"];
        let named = tables.iter().filter(|_| format == "text").flat_map(|table| ["-t", table]);
        let all: Vec<_> = ["-f", format].into_iter().chain(named).collect();
        assert_eq!(fs::read_to_string(&file).expect("written"), printed(&all), "{format}");
    }
    assert_eq!(
        fs::read_dir(folder.path()).expect("a folder").count(),
        6,
        "nothing else is left behind"
    );
}

#[test]
fn whoever_has_read_enough_may_close_the_pipe() {
    // More than a pipe holds, so that the program is still writing when nobody reads any more.
    let args = ["-f", "json", "-a", "all"];
    let whole = run(&args);
    assert!(whole.stdout.len() > 1 << 17);
    let mut child = scorecard(&sample())
        .args(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut line = String::new();
    stdout.read_line(&mut line).expect("a line");
    assert_eq!(line, "{\n");
    drop(stdout);
    let mut said = Vec::new();
    child.stderr.take().expect("a pipe").read_to_end(&mut said).expect("what it says");
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    assert_eq!(
        String::from_utf8_lossy(&said),
        String::from_utf8_lossy(&whole.stderr),
        "no word about it"
    );
}

/// Colour is for terminals, `CLICOLOR_FORCE` asks for it anyway, and `NO_COLOR` has the last word.
#[test]
fn colour_is_never_in_the_way() {
    let with = |variables: &[(&str, &str)], args: &[&str]| {
        let run = scorecard(&sample())
            .args(args)
            .envs(variables.iter().copied())
            .output()
            .expect("the program runs");
        String::from_utf8(run.stdout).expect("text")
    };
    let plain = printed(&["-t", "scorecard"]);
    assert!(!plain.contains('\x1b'));
    let forced = with(&[("CLICOLOR_FORCE", "1")], &["-t", "scorecard"]);
    assert!(forced.contains('\x1b'), "colour that is asked for");
    // Bold cells may be filled up to their width.
    let uncoloured = anstream::adapter::strip_str(&forced).to_string();
    assert!(
        uncoloured.lines().map(str::trim_end).eq(plain.lines()),
        "the same without its colours"
    );
    assert_eq!(with(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &["-t", "scorecard"]), plain);
    for format in ["csv", "tidy", "json", "markdown"] {
        assert!(
            !with(&[("CLICOLOR_FORCE", "1")], &["-f", format]).contains('\x1b'),
            "{format} has none"
        );
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("report.txt");
    with(&[("CLICOLOR_FORCE", "1")], &["-o", file.to_str().expect("a path")]);
    assert!(!fs::read_to_string(file).expect("written").contains('\x1b'), "nor has a file");
}

#[test]
fn the_schema_is_json_and_goes_where_it_is_told() {
    let schema: serde_json::Value = serde_json::from_str(&printed(&["schema"])).expect("JSON");
    assert!(schema["$schema"].is_string() && schema["properties"]["indicator"].is_object());
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("indicators.schema.json");
    assert_eq!(printed(&["schema", "-o", file.to_str().expect("a path")]), "");
    assert_eq!(fs::read_to_string(file).expect("written"), printed(&["schema"]));
}

#[test]
fn completions_know_every_command_of_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let completions = printed(&["completions", shell]);
        for word in [
            "report",
            "check",
            "explain",
            "init",
            "schema",
            "completions",
            "man",
            "definitions",
            "data",
            "month",
            "area",
            "output",
        ] {
            assert!(completions.contains(word), "{shell} completes {word}");
        }
    }
    let bash = printed(&["completions", "bash"]);
    assert!(
        bash.starts_with("_scorecard() {")
            && bash.contains("exceptions")
            && bash.contains("markdown")
    );
}

/// All pages one after the other, or a file for each command.
#[test]
fn the_manual_has_a_page_for_each_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("man1");
    let write = || printed(&["man", dir.to_str().expect("a path")]);
    assert_eq!(write(), "");
    let page = |name: &str| fs::read_to_string(dir.join(name)).expect(name);
    let names: BTreeSet<_> = fs::read_dir(&dir)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("text"))
        .collect();
    let commands = ["report", "check", "explain", "extract", "new", "pack", "publish", "reproduce"];
    let others = [
        "revisions",
        "diff",
        "init",
        "schema",
        "source",
        "email",
        "completions",
        "man",
        "indicator",
        "site",
    ];
    let mut expected: BTreeSet<_> =
        commands.iter().chain(&others).map(|name| format!("scorecard-{name}.1")).collect();
    expected.insert("scorecard.1".to_owned());
    assert_eq!(names, expected);
    assert!(page("scorecard.1").contains(".SH SUBCOMMANDS"), "it lists the commands");
    let publish = page("scorecard-publish.1");
    let title =
        format!("\n.TH scorecard-publish 1  \"scorecard {}\" \n", env!("CARGO_PKG_VERSION"));
    assert!(publish.contains(&title), "{publish}");
    for word in [r"\-\-meeting", r"\-\-reason", r"scorecard publish \-\-month 2016\-02"] {
        assert!(publish.contains(word), "{word} in {publish}");
    }
    assert!(!publish.contains(r"\-\-output"), "nor an option that it lacks");
    // The page of the program comes first, then those of its commands.
    let whole = printed(&["man"]);
    assert!(whole.starts_with(&page("scorecard.1")));
    assert_eq!(whole.len(), names.iter().map(|name| page(name).len()).sum::<usize>());
    assert!(names.iter().all(|name| whole.contains(&page(name))));
    let file = folder.path().join("scorecard.man");
    assert_eq!(printed(&["man", "-o", file.to_str().expect("a path")]), "");
    assert_eq!(fs::read_to_string(file).expect("written"), whole);
    assert_eq!(write(), "", "pages that are there are replaced");
}

/// What `init` makes works, and is left alone by a second `init`.
#[test]
fn a_new_project_runs_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let init =
        || scorecard(folder.path()).args(["init", "council"]).output().expect("the program runs");
    assert_eq!(init().status.code(), Some(0));
    assert_eq!(
        fs::read_dir(folder.path()).expect("a folder").count(),
        1,
        "nothing else is left behind"
    );
    let in_it = |args: &[&str]| {
        scorecard(&folder.path().join("council")).args(args).output().expect("the program runs")
    };
    for args in [&[][..], &["check"], &["explain", "5"], &["-f", "json", "-a", "all"]] {
        let run = in_it(args);
        assert!(
            run.status.success() && !run.stdout.is_empty() && run.stderr.is_empty(),
            "{args:?}"
        );
    }
    let before = fs::read_to_string(folder.path().join("council/indicators.toml")).expect("a file");
    assert_eq!(init().status.code(), Some(1));
    assert_eq!(
        fs::read_to_string(folder.path().join("council/indicators.toml")).expect("a file"),
        before
    );
    // A folder that is there and empty will do.
    fs::create_dir(folder.path().join("borough")).expect("made");
    assert!(
        scorecard(folder.path())
            .args(["init", "borough"])
            .status()
            .expect("the program runs")
            .success()
    );
    assert!(folder.path().join("borough/indicators.toml").is_file());
}
