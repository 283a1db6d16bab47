//! Findings that somebody has looked into: settled for their month, and told where that is asked
//! for.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::common::scorecard;
use snapbox::dir::copy_template;
use tempfile::TempDir;

const REASON: &str = "Sixty visits of the hospital team are counted from January on";

/// A copy of the project that has settled findings.
struct Project(TempDir);

impl Project {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/projects/settled");
        copy_template(project, folder.path()).expect("copied");
        Self(folder)
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = scorecard(self.0.path());
        command.env("SOURCE_DATE_EPOCH", "1456825800").args(args);
        command.output().expect("the program runs")
    }

    /// What a command prints and says.
    fn all_of(&self, args: &[&str]) -> String {
        let run = self.run(args);
        String::from_utf8([run.stdout, run.stderr].concat()).expect("text")
    }

    fn month_file(&self, month: &str, text: &str) {
        let path = self.0.path().join("data").join(month).join("month.toml");
        fs::write(path, text).expect("written");
    }
}

#[test]
fn a_settled_finding_is_no_warning_in_any_command() {
    let project = Project::new();
    let pack = project.0.path().join("pack").display().to_string();
    for args in [
        &["check"][..],
        &["report"],
        &["-f", "tidy"],
        &["-f", "json"],
        &["pack", "-m", "2016-01", &pack],
        &["publish", "-m", "2016-01", "--meeting", "2016-03-22", "--force"],
    ] {
        let said = project.all_of(args);
        assert!(!said.contains("[denominator-jump]:") || args == ["check"], "{args:?}: {said}");
        assert!(!said.contains("warning[denominator-jump]"), "{args:?}: {said}");
        assert!(said.contains("warning[figure-gone]"), "{args:?}: {said}");
    }
}

/// What an entry does not say may be anything, and what it says must be.
#[test]
fn an_entry_settles_what_it_is_about_and_nothing_else() {
    let project = Project::new();
    let settles = |entry: &str| {
        let entry = format!("[[checked]]\nfinding = \"figure-gone\"\n{entry}reason = \"r\"\n");
        project.month_file("2016-01", &entry);
        3 - project.all_of(&["check"]).matches("has no figure in January 2016; the last").count()
            + project.all_of(&["check"]).matches("settled[figure-gone]").count()
    };
    assert_eq!(settles(""), 3);
    assert_eq!(settles("area = 'southfold'\n"), 3, "names are read as in extracts");
    assert_eq!(settles("indicator = '2'\n"), 1);
    assert_eq!(settles("indicator = 'Reviews in time'\narea = 'Southfold'\n"), 1);
    assert_eq!(settles("area = 'Northmoor'\n"), 0);
    assert_eq!(settles("activity = 'caseloads'\n"), 0);
}

#[test]
fn an_entry_lapses_with_its_month() {
    let project = Project::new();
    let data = project.0.path().join("data");
    fs::create_dir(data.join("2016-02")).expect("made");
    let rows = "indicator,area,cohort,numerator,denominator,value\n1,Westmarch,all,290,300,\n";
    fs::write(data.join("2016-02/results.csv"), rows).expect("written");
    let said = project.all_of(&["check"]);
    assert!(said.contains("warning[denominator-jump]"), "{said}");
    assert!(!said.contains("settled["), "{said}");
}

#[test]
fn what_is_an_error_here_is_not_settled() {
    let project = Project::new();
    let path = project.0.path().join("indicators.toml");
    let text = fs::read_to_string(&path).expect("it is there");
    fs::write(path, text + "\n[findings]\ndenominator-jump = \"error\"\nparts-differ = \"off\"\n")
        .expect("written");
    let said = project.all_of(&["check"]);
    assert!(said.contains("error[denominator-jump]"), "{said}");
    for why in ["denominator-jump is an error here", "parts-differ is off"] {
        assert!(said.contains(&format!("this entry settles nothing: {why}")), "{said}");
    }
}

/// The entry that is printed settles the finding, once it has a reason.
#[test]
fn the_entries_that_are_printed_settle_all_there_is() {
    let project = Project::new();
    project.month_file("2016-01", "");
    let said = project.all_of(&["check"]);
    let entries: Vec<_> =
        said.split("\n\n").filter(|part| part.starts_with("[[checked]]")).collect();
    assert_eq!(entries.len(), 6, "{said}");
    let text = entries.join("\n").replace("reason = \"\"", "reason = \"It is right\"");
    project.month_file("2016-01", &text);
    let said = project.all_of(&["check"]);
    assert!(
        said.ends_with(
            "no errors, warnings or notes in indicators.toml and 2 months up to January 2016\n"
        ),
        "{said}"
    );
}

#[test]
fn a_public_reason_is_on_the_pages_of_every_format() {
    let project = Project::new();
    for format in ["text", "markdown", "html"] {
        let printed = project.all_of(&["report", "-f", format]);
        assert!(printed.contains(&format!("Data note: {REASON}")), "{format}: {printed}");
    }
    let folder = project.0.path();
    for (format, part) in [("docx", "word/document.xml"), ("xlsx", "xl/sharedStrings.xml")] {
        let path = folder.join(format!("report.{format}"));
        project.run(&["report", "-o", &path.display().to_string()]);
        let mut archive =
            zip::ZipArchive::new(fs::File::open(path).expect("written")).expect("an archive");
        let part = std::io::read_to_string(archive.by_name(part).expect("a part")).expect("text");
        assert!(part.contains(REASON), "{format}");
    }
    // Without `public` it stays in the building.
    project.month_file(
        "2016-01",
        &format!("[[checked]]\nfinding = \"denominator-jump\"\nreason = \"{REASON}\"\n"),
    );
    assert!(!project.all_of(&["report"]).contains(REASON));
}

#[test]
fn what_is_published_keeps_it_and_is_made_again_alike() {
    let project = Project::new();
    project.run(&["publish", "-m", "2016-01", "--meeting", "2016-03-22", "--force"]);
    let frozen = project.0.path().join("published/2016-01/1/inputs/data/2016-01/month.toml");
    assert!(fs::read_to_string(frozen).expect("it is there").contains(REASON));
    let run = project.run(&["reproduce", "2016-01"]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
}

#[test]
fn the_list_to_be_worked_through_has_a_row_for_each_finding() {
    let project = Project::new();
    let run = project.run(&["check", "--format", "csv"]);
    let rows = crate::common::read_csv(&run.stdout);
    let header = "Severity,Code,Indicator,Name,Area,File,Line or cell,What,What to do,Who,Done";
    assert_eq!(rows[0].join(","), header);
    let gone = rows.iter().find(|row| row[1] == "figure-gone").expect("a row");
    assert_eq!(
        gone[..7].join(","),
        "warning,figure-gone,1,Visits in time,Southfold,data/2015-12/results.csv,4"
    );
    assert!(gone[9..].iter().all(String::is_empty));
    let path = project.0.path().join("to-do.xlsx");
    project.run(&["check", "-o", &path.display().to_string()]);
    assert!(path.is_file());
    // What the findings stop is no reason not to list them.
    fs::write(project.0.path().join("indicators.toml"), "[scorecard]\n").expect("written");
    let run = project.run(&["check", "--format", "csv"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(crate::common::read_csv(&run.stdout).len() > 2);
}
