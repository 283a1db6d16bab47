//! `scorecard new`: what a new month is expected to have, what is still to come, and that nothing
//! is ever overwritten.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::common::{read_csv, scorecard};
use snapbox::dir::copy_template;

/// A copy of the project that `scorecard init` makes.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    copy_template(crate::common::sample().join("template"), folder.path()).expect("copied");
    folder
}

fn run(project: &Path, args: &[&str]) -> Output {
    scorecard(project).args(args).output().expect("the program runs")
}

fn rows(project: &Path, month: &str, file: &str) -> Vec<Vec<String>> {
    read_csv(&fs::read(project.join("data").join(month).join(file)).expect("it is there"))
}

/// What rows of results are of: indicator, area and cohort.
fn keys(rows: &[Vec<String>]) -> Vec<[&str; 3]> {
    rows[1..].iter().map(|row| [row[0].as_str(), row[1].as_str(), row[2].as_str()]).collect()
}

#[test]
fn a_new_month_has_a_row_for_all_that_was_reported() {
    let project = project();
    let made = run(project.path(), &["new", "2026-11"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let new = rows(project.path(), "2026-11", "results.csv");
    let before: Vec<_> = ["results.csv", "results-uasc.csv"]
        .iter()
        .flat_map(|file| rows(project.path(), "2026-10", file)[1..].to_vec())
        .map(|row| {
            [
                row[0].clone(),
                row[1].clone(),
                if row[2].is_empty() { "all".to_owned() } else { row[2].clone() },
            ]
        })
        .collect();
    let expected = keys(&new);
    for row in &before {
        let area = if row[1].is_empty() { "Northshire" } else { &row[1] };
        assert!(
            expected.iter().any(|key| key[0] == row[0]
                && key[2] == row[2]
                && (key[1] == area || row[1].is_empty())),
            "{row:?}"
        );
    }
    assert!(
        new[1..].iter().all(|row| row[3..].iter().all(String::is_empty)),
        "every figure is blank"
    );
    let activity = rows(project.path(), "2026-11", "activity.csv");
    let before = rows(project.path(), "2026-10", "activity.csv");
    assert_eq!(activity[0], before[0], "the columns of activity");
    assert_eq!(activity.len(), before.len(), "the areas and teams");
}

/// The template's quarterly indicator has a figure in September 2026.
#[test]
fn quarterly_indicators_are_expected_when_they_are_due() {
    let project = project();
    let quarterly = |month: &str| {
        run(project.path(), &["new", month]);
        let rows = rows(project.path(), month, "results.csv");
        let definitions =
            fs::read_to_string(project.path().join("indicators.toml")).expect("it is there");
        let (before, _) = definitions.split_once("period = \"Q\"").expect("a quarterly indicator");
        let id = before
            .rsplit_once("\nid = \"")
            .expect("its id")
            .1
            .split('"')
            .next()
            .expect("its id")
            .to_owned();
        keys(&rows).iter().any(|key| key[0] == id)
    };
    assert!(!quarterly("2026-11"));
    assert!(quarterly("2026-12"));
}

#[test]
fn a_month_that_is_there_is_left_as_it_is_and_says_what_is_outstanding() {
    let project = project();
    run(project.path(), &["new", "2026-11"]);
    let path = project.path().join("data/2026-11/results.csv");
    let text = fs::read_to_string(&path).expect("made");
    let count = text.lines().count() - 1;
    // One figure, and one that there is not.
    let filled: Vec<_> = text
        .lines()
        .enumerate()
        .map(|(number, line)| match number {
            1 => line.replace(",,,", ",9,10,"),
            2 => line.replace(",,,", ",-,-,-"),
            _ => line.to_owned(),
        })
        .collect();
    fs::write(&path, filled.join("\n")).expect("written");
    let again = run(project.path(), &["new", "2026-11", "-f", "csv"]);
    assert!(again.status.success());
    let listed = read_csv(&again.stdout);
    let figures: usize = listed[1..]
        .iter()
        .filter(|row| row[4] != "Activity")
        .map(|row| row[3].parse::<usize>().expect("how many"))
        .sum();
    assert_eq!(figures, count - 2, "what is blank is outstanding");
    assert_eq!(fs::read_to_string(&path).expect("still there"), filled.join("\n"));
    // Check says so too, and does not call what is blank gone.
    let checked = String::from_utf8(run(project.path(), &["check"]).stdout).expect("text");
    assert!(checked.contains("[outstanding]"), "{checked}");
    // The row that says there is no figure.
    assert_eq!(checked.matches("warning[figure-gone]: indicator").count(), 1, "{checked}");
}

/// Each figure that is to be filled in is outstanding, and nothing else is said of it.
#[test]
fn what_is_outstanding_is_said_once() {
    let project = project();
    run(project.path(), &["new", "2026-11"]);
    let checked = run(project.path(), &["check", "-f", "json"]);
    let found: serde_json::Value = serde_json::from_slice(&checked.stdout).expect("JSON");
    let findings = found["findings"].as_array().expect("a list");
    let warnings: Vec<_> =
        findings.iter().filter(|finding| finding["severity"] == "warning").collect();
    assert!(!warnings.is_empty());
    for warning in warnings {
        assert_eq!(warning["code"], "outstanding", "{warning}");
    }
    let said: String = findings.iter().filter_map(|finding| finding["found"].as_str()).collect();
    for counted in ["30 counts of activity are", "21 rows of results are", "1 row of results is"] {
        assert!(said.contains(counted), "{said}");
    }
}

/// The folder of the next month is there before its figures are, and is the latest month.
#[test]
fn a_month_that_was_made_early_is_reported_as_one_without_figures() {
    let project = project();
    let said = "There are no figures of November 2026.";
    let before = "scorecard -m 2026-10        the month before, as this one has no figures yet";
    let printed = |args: &[&str]| {
        let run = run(project.path(), args);
        assert!(run.status.success(), "{args:?}");
        String::from_utf8(run.stdout).expect("text")
    };
    assert!(!printed(&[]).contains("as this one has no figures yet"));
    fs::create_dir(project.path().join("data/2026-11")).expect("made");
    for made in ["an empty folder", "a template"] {
        let report = printed(&[]);
        assert!(report.contains(said) && report.contains(before), "{made}: {report}");
        // A figure that is carried forward is not red, and that says nothing of the month.
        assert!(!report.contains("No indicator is red."), "{made}: {report}");
        for args in [&["-t", "exceptions"][..], &["email"], &["-f", "markdown", "-t", "summary"]] {
            assert!(printed(args).contains(said), "{made}: {args:?}");
        }
        run(project.path(), &["new", "2026-11"]);
    }
    assert!(!printed(&["-m", "2026-10"]).contains("There are no figures"));
}

/// What is red has a file for its commentary, which is none until somebody writes it.
#[test]
fn a_stub_is_no_commentary() {
    let project = project();
    run(project.path(), &["new", "2026-11"]);
    let stub = project.path().join("data/2026-11/commentary/7.md");
    assert!(fs::read_to_string(&stub).expect("7 was red").starts_with("<!--"));
    for file in ["results.csv", "results-uasc.csv"] {
        fs::copy(
            project.path().join("data/2026-10").join(file),
            project.path().join("data/2026-11").join(file),
        )
        .expect("copied");
    }
    let finds = || {
        String::from_utf8(run(project.path(), &["check"]).stdout)
            .expect("text")
            .contains("no-commentary]: indicator 7 ")
    };
    assert!(finds());
    let text = fs::read_to_string(&stub).expect("there") + "\nThe numbers are small.\n";
    fs::write(&stub, text).expect("written");
    assert!(!finds());
}

/// What has become red in the month that is being filled in gets a file, too; what has one keeps it,
/// and a month that has been published, or has a later one, is left alone.
#[test]
fn run_again_it_makes_stubs_for_what_has_become_red() {
    let project = project();
    let at = |path: &str| project.path().join("data/2026-10").join(path);
    let new = |month: &str| {
        let output = run(project.path(), &["new", month]);
        assert!(output.status.success());
        String::from_utf8(output.stderr).expect("text")
    };
    // Commentary in a folder of another case is found, and an empty file is kept.
    fs::rename(at("commentary"), at("Commentary")).expect("renamed");
    fs::write(at("Commentary/7.md"), "").expect("written");
    fs::remove_file(at("Commentary/5.md")).expect("removed");
    let said = new("2026-10");
    assert!(
        said.starts_with("Made data/2026-10/Commentary/5.md, for what has become red."),
        "{said}"
    );
    let stub = fs::read_to_string(at("Commentary/5.md")).expect("made");
    assert!(stub.contains("It is red in October 2026: "), "{stub}");
    assert_eq!(fs::read_to_string(at("Commentary/7.md")).expect("kept"), "");
    assert!(!at("commentary").exists());
    assert!(new("2026-10").contains("is there already, and is left as it is."));
    // An earlier month is over.
    assert!(new("2026-09").contains("is there already, and is left as it is."));
    assert!(!project.path().join("data/2026-09/commentary").exists());
    fs::remove_file(at("Commentary/5.md")).expect("removed");
    let publish = ["publish", "-m", "2026-10", "--force"];
    assert!(run(project.path(), &publish).status.success());
    assert!(new("2026-10").contains("is there already, and is left as it is."));
}

#[test]
fn a_project_without_months_begins_with_every_indicator_for_the_top_area() {
    let project = project();
    fs::remove_dir_all(project.path().join("data")).expect("removed");
    assert!(run(project.path(), &["new", "2027-03"]).status.success());
    let rows = rows(project.path(), "2027-03", "results.csv");
    let definitions =
        fs::read_to_string(project.path().join("indicators.toml")).expect("it is there");
    assert_eq!(rows.len() - 1, definitions.matches("[[indicator]]").count());
    let areas: std::collections::BTreeSet<_> =
        keys(&rows).iter().map(|key| key[1].to_owned()).collect();
    assert_eq!(areas.len(), 1);
}
