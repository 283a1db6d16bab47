//! What people reported of programs like this one, and what attacks found: a small project each, in
//! `tests/reported/`, or the sample where that will do.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::common::{copy_of_sample, read_csv, sample, scorecard};
use snapbox::dir::copy_template;

/// A copy of a project in a folder of its own: a test changes its files and runs the program there.
struct Project(tempfile::TempDir);

/// What a run left.
struct Ran {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn project(name: &str) -> Project {
    let folder = tempfile::tempdir().expect("a folder");
    copy_template(sample().join("tests/reported").join(name), folder.path()).expect("copied");
    Project(folder)
}

fn kent() -> Project {
    Project(copy_of_sample())
}

impl Project {
    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("it is there")
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    fn replace(&self, name: &str, old: &str, new: &str) {
        let text = self.read(name);
        assert!(text.contains(old), "{name} has {old:?}");
        self.write(name, &text.replace(old, new));
    }

    #[track_caller]
    fn run(&self, args: &[&str]) -> Ran {
        run_in(self.0.path(), args)
    }
}

fn run_in(folder: &Path, args: &[&str]) -> Ran {
    let output = scorecard(folder).args(args).output().expect("the program runs");
    Ran {
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

impl Ran {
    #[track_caller]
    fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}{}", self.stdout, self.stderr);
        self
    }

    fn said(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }

    #[track_caller]
    fn says(self, text: &str) -> Self {
        assert!(self.said().contains(text), "says {text:?}: {}", self.said());
        self
    }

    #[track_caller]
    fn does_not_say(self, text: &str) -> Self {
        assert!(!self.said().contains(text), "does not say {text:?}: {}", self.said());
        self
    }

    /// A column of the tidy row of an indicator, area and population; `None` if there is no row.
    fn cell(&self, of: [&str; 3], column: &str) -> Option<String> {
        let rows = read_csv(self.stdout.as_bytes());
        let at = |name: &str| rows[0].iter().position(|heading| heading == name).expect("a column");
        let keys = [at("id"), at("area"), at("cohort")];
        let row = rows[1..].iter().find(|row| keys.map(|key| row[key].as_str()) == of)?;
        Some(row[at(column)].clone())
    }

    #[track_caller]
    fn has(self, of: [&str; 3], column: &str, value: &str) -> Self {
        assert_eq!(self.cell(of, column).as_deref(), Some(value), "{of:?} {column}");
        self
    }
}

const KENT_19: [&str; 3] = ["19", "Kent", "all"];

#[test]
fn the_sample_is_what_it_was() {
    kent()
        .run(&["-m", "2016-01", "-f", "tidy"])
        .exits(0)
        .has(KENT_19, "numerator", "291")
        .has(["19", "Kent", "excluding-uasc"], "variance", "-1.336291")
        .does_not_say("error");
}

// Figures that are last month's, or too good.

/// All eight rows of North are those of last month, and the other areas' are new.
#[test]
fn an_area_copied_from_last_month_is_found() {
    project("area-copied").run(&["check"]).says("area-copied").says("North");
}

#[test]
fn the_dates_of_last_month_are_found() {
    project("stale-dates").run(&["check", "-m", "2016-02"]).says("dates-stale");
}

/// 401 unallocated cases and then none: more likely a file that nobody filled in than a success.
#[test]
fn a_count_that_becomes_0_is_found() {
    let project = project("fell-to-zero");
    project.run(&["check"]).says("fell-to-zero");
    let json = project.run(&["check", "-m", "2016-01", "--format", "json"]);
    assert!(json.stdout.contains("fell-to-zero"));
}

/// 0.145 where 14.5% is meant, and a target of 0.9.
#[test]
fn a_fraction_for_a_percentage_is_found() {
    let project = project("fraction-for-percent");
    project.run(&["check"]).says("fraction-for-percent");
    project.run(&["check", "--strict"]).exits(1);
}

/// One part of a shown whole is suppressed.
#[test]
fn a_hidden_figure_that_can_be_worked_out_is_found() {
    project("hidden-figure-recoverable").run(&["check"]).says("suppression-recoverable");
}

/// Twelve months of 100%, and then one child late.
#[test]
fn limits_that_are_no_wider_than_a_case_find_nothing() {
    project("narrow-limits").run(&["check"]).does_not_say("100.0% to 100.0%");
}

// Reading.

#[test]
fn a_c_without_brackets_is_suppressed() {
    let tidy = project("bare-c").run(&["-f", "tidy"]).exits(0);
    assert!(tidy.stdout.contains("[c]"), "{}", tidy.stdout);
}

#[test]
fn the_blank_rows_of_a_template_give_way() {
    let project = kent();
    let results = project.read("data/2016-01/results.csv");
    let blank = |line: &str| {
        let cells = read_csv(line.as_bytes()).remove(0);
        format!("{},{},{},,,", cells[0], cells[1], cells[2])
    };
    let mut lines = results.lines();
    let mut template = vec![lines.next().expect("a header").to_owned()];
    template.extend(lines.map(blank));
    project.write("data/2016-01/results-template.csv", &template.join("\n"));
    project
        .run(&["-m", "2016-01", "-f", "tidy"])
        .exits(0)
        .has(KENT_19, "numerator", "291")
        .does_not_say("duplicate-figure");
}

/// 31/01/2016 can only be of January.
#[test]
fn a_day_of_the_month_names_the_month() {
    project("british-month").run(&["check"]).exits(0).does_not_say("wrong-month");
}

/// A text with a value beside it, as some programs write: the two are not glued together.
#[test]
fn a_cell_with_two_values_is_its_text() {
    let project = project("cell-with-two-values");
    project.run(&["-f", "tidy"]).does_not_say("55");
    project.run(&["check"]).does_not_say("55");
}

#[test]
fn a_footer_is_no_row() {
    project("footer").run(&["check"]).exits(0).does_not_say("unknown-indicator");
}

#[test]
fn names_are_found_in_any_case() {
    let project = kent();
    project.replace("data/2016-01/results-uasc.csv", "North Kent", "NORTH KENT");
    project.run(&["-m", "2016-01", "-a", "north kent", "-f", "tidy"]).exits(0).has(
        ["19", "North Kent", "all"],
        "numerator",
        "49",
    );
}

#[test]
fn a_cohort_may_have_a_space_for_its_hyphen() {
    let project = kent();
    project.replace("data/2016-01/results-uasc.csv", "excluding-uasc", "Excluding UASC");
    project.run(&["-m", "2016-01", "-f", "tidy"]).exits(0).has(
        ["19", "Kent", "excluding-uasc"],
        "numerator",
        "160",
    );
}

/// Two rows, and a footer that says three, which is how many lines stand above it.
#[test]
fn a_footer_with_another_count_of_rows_is_found() {
    let project = project("missing-was-red");
    let rows = "indicator,area,cohort,numerator,denominator,value\n1,Town,all,1,2,\n\n";
    project.write("data/2016-01/results.csv", &format!("{rows}Total records,1\n"));
    project.run(&["check"]).does_not_say("row-count").says("1 agrees with the rows");
    project.write("data/2016-01/results.csv", &format!("{rows}Total records,2\n"));
    project.run(&["check"]).says("row-count").says("2 differs from the 1 row");
}

/// Excel leaves out the commas of blank cells at the end of a row.
#[test]
fn rows_may_be_short_of_blank_cells() {
    let project = kent();
    project.replace("data/2016-01/results.csv", ",\n", "\n");
    project
        .run(&["-f", "tidy", "-m", "2016-01"])
        .exits(0)
        .has(KENT_19, "numerator", "291")
        .does_not_say("row-length");
}

#[test]
fn single_brackets_are_one_mistake() {
    let project = kent();
    let definitions = project.read("indicators.toml");
    project.write("indicators.toml", &definitions.replacen("[[indicator]]", "[indicator]", 1));
    let said = project.run(&["check"]).exits(1).said();
    assert!(said.lines().filter(|line| line.starts_with("error")).count() <= 3, "{said}");
}

/// 5 with a footnote mark 1 in superscript is not 51.
#[test]
fn a_superscript_is_no_part_of_a_figure() {
    let tidy = project("superscript-in-a-figure").run(&["-f", "tidy"]).exits(1);
    assert!(tidy.stderr.contains("superscript"), "{}", tidy.stderr);
    assert!(tidy.stdout.is_empty());
}

#[test]
fn a_workbook_in_utf_16_is_read() {
    project("utf16-parts").run(&["check"]).exits(0).does_not_say("cannot-read");
}

#[test]
fn an_x_beside_a_denominator_says_that_there_is_no_figure() {
    project("x-beside-denominator").run(&["check"]).exits(0).does_not_say("half-a-ratio");
}

// What is compared with what.

/// It was red in December's report: it is not newly red in February's, and has not moved since
/// January.
#[test]
fn a_figure_that_is_carried_forward_is_no_news() {
    let project = project("carried-forward");
    project
        .run(&["-m", "2016-02", "-t", "summary"])
        .exits(0)
        .says("arried forward")
        .does_not_say("Newly red")
        .does_not_say("2 improved");
    project
        .run(&["-m", "2016-02", "-f", "tidy"])
        .has(["2", "Town", "all"], "outturn_direction", "")
        .has(["2", "Town", "all"], "outturn_result", "");
    project.run(&["pack", "-m", "2016-02", "-f", "html"]).exits(0).does_not_say("has become red");
}

/// An area that closed in December belongs to January's year to date: without its row there is no
/// sum, and with it there is.
#[test]
fn a_closed_area_is_part_of_the_sums_of_its_time() {
    let project = project("closed-area");
    let town = project.run(&["-m", "2016-01", "-a", "Town", "-f", "tidy"]);
    assert!(!town.stdout.contains(",59,120,") && !town.stdout.contains(",56,"));
    project.run(&["check"]).says("sum-incomplete").says("North");
    let results = project.read("data/2016-01/results.csv");
    project.write("data/2016-01/results.csv", &(results + "1,North,,90,100,\n"));
    project
        .run(&["-m", "2016-01", "-a", "Town", "-f", "tidy"])
        .has(["1", "Town", "all"], "numerator", "149")
        .has(["1", "Town", "all"], "denominator", "220");
    let all = project.run(&["-m", "2016-01", "-a", "all", "-f", "tidy"]);
    assert_eq!(all.cell(["1", "North", "all"], "numerator"), None);
}

/// A figure of 2014/15 is not under "Target for 15/16" as if it were of this month.
#[test]
fn an_older_figure_says_of_when_it_is() {
    let project = project("label-of-older-figure");
    let csv = project.run(&["-m", "2016-02", "-t", "scorecard", "-f", "csv"]);
    assert!(csv.stdout.contains("2014/15") || csv.stdout.contains("Mar 2015"), "{}", csv.stdout);
    project
        .run(&["-m", "2016-02", "-f", "markdown"])
        .does_not_say("Each result is rated against the target for 2015/16 ");
}

/// Where there is no figure this month, what was reported before is still shown.
#[test]
fn a_red_without_a_figure_is_not_forgotten() {
    let project = project("missing-was-red");
    let csv = project.run(&["-m", "2016-01", "-t", "scorecard", "-f", "csv"]).stdout;
    assert!(csv.lines().any(|line| line.contains("45.0%") && line.contains("48.0%")), "{csv}");
    project.run(&["-m", "2016-01", "-t", "summary"]).says(": no figure; red in");
    project.run(&["-m", "2016-01", "explain", "1"]).exits(0).says("45.0%").says("48.0%");
    // A denominator of 0 gives no result either.
    let results = "indicator,area,cohort,numerator,denominator,value\n1,Town,all,0,0,\n";
    project.write("data/2016-01/results.csv", results);
    let summary = project.run(&["-m", "2016-01", "-t", "summary"]);
    summary.says("no result, as the denominator is 0; red in December 2015");
    // Nor may one be forgotten that is not shown, or rounds to 0.
    for (figure, said) in [("[c],[c],", "not shown, [c]"), (",,[low]", "not rated, [low]")] {
        let results = format!("{}1,Town,all,{figure}\n", results.replace("1,Town,all,0,0,\n", ""));
        project.write("data/2016-01/results.csv", &results);
        let summary = project.run(&["-m", "2016-01", "-t", "summary"]);
        summary.says(&format!("{said}; red in December 2015"));
    }
}

#[test]
fn a_sum_that_cannot_be_made_names_what_is_missing() {
    let project = project("sum-incomplete");
    project.run(&["check"]).says("sum-incomplete").says("South");
    let said = project.run(&["explain", "1"]).said();
    assert!(said.contains("North") || said.contains("South"), "{said}");
}

/// Counts of a part of a year are not compared with those of more or less of one.
#[test]
fn counts_of_the_year_to_date_have_no_arrow() {
    let project = project("year-to-date-counts");
    project
        .run(&["-m", "2016-05", "-f", "tidy"])
        .exits(0)
        .has(["1", "Town", "all"], "outturn_direction", "")
        .has(["1", "Town", "all"], "previous_direction", "")
        .has(["1", "Town", "all"], "outturn_result", "44")
        .has(["3", "Town", "all"], "outturn_direction", "");
    project
        .run(&["-m", "2016-04", "-t", "summary"])
        .does_not_say("no figure for the period before");
}

// The officer's month.

/// Notepad with file name endings hidden saves `9.md.txt`.
#[test]
fn commentary_under_another_ending_is_said() {
    let project = kent();
    fs::rename(
        project.path("data/2016-01/commentary/9.md"),
        project.path("data/2016-01/commentary/9.md.txt"),
    )
    .expect("renamed");
    project.run(&["check"]).says("commentary-unknown");
}

#[test]
fn a_month_without_figures_is_not_published() {
    let project = kent();
    project.run(&["new", "2016-02"]).exits(0);
    project
        .run(&["publish", "-m", "2016-02", "--meeting", "2016-04-19"])
        .exits(1)
        .says("outstanding");
    assert!(!project.path("published/2016-02").exists());
}

/// What `new` writes as an instruction is on no page.
#[test]
fn a_comment_is_on_no_page() {
    let project = kent();
    project.run(&["new", "2016-02"]).exits(0);
    for file in ["results.csv", "results-uasc.csv"] {
        let from = project.path("data/2016-01").join(file);
        if from.exists() {
            fs::copy(from, project.path("data/2016-02").join(file)).expect("copied");
        }
    }
    for entry in fs::read_dir(project.path("data/2016-02/commentary")).expect("a folder") {
        let path = entry.expect("an entry").path();
        let stub = fs::read_to_string(&path).expect("a stub");
        fs::write(path, stub + "Two families were on holiday.\n").expect("written");
    }
    for args in [["-t", "exceptions", "-f", "html"], ["-t", "exceptions", "-f", "markdown"]] {
        let page = project.run(&[&["-m", "2016-02"], &args[..]].concat());
        page.exits(0)
            .says("on holiday")
            .does_not_say("below this comment")
            .does_not_say("It was red in");
    }
    let json = project.run(&["-m", "2016-02", "-f", "json"]);
    json.does_not_say("below this comment").does_not_say("It was red in");
}

// Files and the terminal.

/// A control character in a reason, and data beside the definitions.
#[test]
fn what_is_published_can_be_read() {
    let project = kent();
    let publish = |reason: &[&str]| {
        let args = ["publish", "-m", "2016-01", "--meeting", "2016-03-22"];
        project.run(&[&args[..], reason].concat())
    };
    publish(&[]).exits(0);
    if publish(&["--reason", "Children\u{92}s case"]).code == Some(0) {
        project.run(&["check"]).exits(0);
    }
    project.run(&["reproduce", "2016-01"]).exits(0);

    let flat = tempfile::tempdir().expect("a folder");
    copy_template(sample().join("data"), flat.path()).expect("copied");
    fs::copy(sample().join("indicators.toml"), flat.path().join("indicators.toml"))
        .expect("copied");
    let args = ["--data", ".", "publish", "-m", "2015-12", "--meeting", "2016-02-22"];
    if run_in(flat.path(), &args).code == Some(0) {
        run_in(flat.path(), &["--data", ".", "check"]).exits(0);
        run_in(flat.path(), &["--data", ".", "reproduce", "2015-12"]).exits(0);
    }
}

#[test]
fn no_command_writes_over_what_it_reads() {
    let project = kent();
    let inputs = || [project.read("indicators.toml"), project.read("data/2016-01/results.csv")];
    let before = inputs();
    project.run(&["schema", "-o", "indicators.toml"]).exits(1);
    project.run(&["completions", "bash", "-o", "data/2016-01/results.csv"]).exits(1);
    #[cfg(unix)]
    {
        let link = project.path("link.csv");
        std::os::unix::fs::symlink("data/2016-01/results.csv", link).expect("a link");
        project.run(&["-m", "2016-01", "-f", "csv", "-o", "link.csv"]).exits(1);
    }
    assert_eq!(inputs(), before);
}

#[cfg(unix)]
#[test]
fn an_escape_in_the_name_of_a_file_does_not_reach_the_terminal() {
    let project = kent();
    project.write("data/2016-01/Copy of results\u{1b}[31m.csv", "");
    project.run(&["check"]).says("Copy of results").does_not_say("\u{1b}[31m");
}

/// Nobody hears the warnings: the report has been written all the same.
#[cfg(target_os = "linux")]
#[test]
fn what_was_done_is_success_if_nobody_hears_of_it() {
    let project = kent();
    let status = Command::new(env!("CARGO_BIN_EXE_scorecard"))
        .current_dir(project.0.path())
        .args(["-m", "2016-01", "-f", "csv", "-o", "x.csv"])
        .stderr(fs::File::options().write(true).open("/dev/full").expect("a full device"))
        .status()
        .expect("the program runs");
    assert!(status.success());
    assert!(!project.read("x.csv").is_empty());
}
