//! What is said of a command line that asks for what there is not, and which exit code says whose
//! mistake it is.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::common::{copy_of_sample, printed, scorecard};

/// The exit code, and all that was printed.
fn run(project: &Path, args: &[&str]) -> (Option<i32>, String) {
    let run = scorecard(project).args(args).output().expect("the program runs");
    let said = [run.stdout, run.stderr].concat();
    (run.status.code(), String::from_utf8(said).expect("text"))
}

/// Every command that takes such a name, with a wrong one.
fn with_wrong_name(option: &[&str]) -> Vec<Vec<String>> {
    let commands: &[&[&str]] = match option[0] {
        "--area" => &[
            &["report"],
            &["check"],
            &["explain", "9"],
            &["explain", "lac"],
            &["indicator", "9"],
            &["email"],
            &["pack", "out", "-m", "2016-01"],
            &["revisions"],
            &["diff", "2015-12", "2016-01"],
        ],
        "--product" => &[
            &["report"],
            &["check"],
            &["explain", "9"],
            &["indicator", "9"],
            &["email"],
            &["pack", "out", "-m", "2016-01"],
            &["revisions"],
            &["diff", "2015-12", "2016-01"],
        ],
        "--month" => &[
            &["report"],
            &["check"],
            &["explain", "9"],
            &["indicator", "9"],
            &["email"],
            &["extract"],
            &["pack", "out"],
            &["publish", "--meeting", "2016-03-22"],
            &["revisions"],
        ],
        other => panic!("{other}"),
    };
    let with = |command: &&[&str]| {
        command.iter().chain(option).map(|argument| (*argument).to_owned()).collect()
    };
    commands.iter().map(with).collect()
}

#[test]
fn every_command_answers_a_wrong_name_in_the_same_way() {
    let project = copy_of_sample();
    for (option, said) in [
        (["--area", "Nort Kent"], "help: did you mean \"North Kent\"?"),
        (["--area", "Dartfort"], "Kent, North Kent, East Kent, South Kent, West Kent and"),
        (["--product", "quarterly-reprot"], "help: did you mean quarterly-report (Quarterly"),
        (["--product", "zz"], "help: the only product is quarterly-report (Quarterly"),
    ] {
        for args in with_wrong_name(&option) {
            // A team has counts, and nothing else.
            let said = match (args.get(1).map(String::as_str), option[1]) {
                (Some("lac"), "Dartfort") => "did you mean \"Dartford AIT & FST\"?",
                _ => said,
            };
            let args: Vec<_> = args.iter().map(String::as_str).collect();
            let (code, printed) = run(project.path(), &args);
            assert_eq!(code, Some(2), "{args:?}: {printed}");
            assert!(printed.contains(said), "{args:?}: {printed}");
        }
    }
    for args in with_wrong_name(&["--month", "2020-01"]) {
        let args: Vec<_> = args.iter().map(String::as_str).collect();
        let (code, printed) = run(project.path(), &args);
        let said = match args[0] {
            "revisions" => "nothing has been: `scorecard publish --month 2020-01` publishes",
            _ => "the months are 2016-01, 2015-12, 2015-11, 2015-10 and 2015-03; `scorecard new",
        };
        assert!(code == Some(2) && printed.contains(said), "{args:?}: {code:?} {printed}");
    }
    assert!(!project.path().join("out").exists() && !project.path().join("published").exists());
}

#[test]
fn an_indicator_is_asked_for_by_id_or_words_and_named_with_its_name() {
    let project = copy_of_sample();
    for (args, code, said) in [
        (["explain", "refferals"], 2, "  referrals  Referrals in last month"),
        (["explain", "placment stability"], 2, "  19  CIC Placement Stability: % with 3 or"),
        (["explain", "zz"], 2, "and 32 more, which `scorecard -t definitions` lists"),
        (["explain", "zz"], 2, "  pf_cases        PF Cases"),
        (["indicator", "zz"], 2, "the indicators are:\n           1   % of referrals"),
        // Only one indicator, or several, or only an activity.
        (["explain", "previous referral"], 0, "(indicator 1)"),
        (["explain", "placement"], 2, "3 indicators have \"placement\" in their name"),
        (["explain", "last month starts"], 2, "  lac_starts  LAC Starts in last month"),
        // Activities have no page of their own.
        (["indicator", "cp_plans"], 2, "`scorecard explain cp_plans` shows the counts of \"CP Pl"),
        (["indicator", "lac ends"], 2, "`scorecard explain lac_ends` shows the counts of"),
        // What else is called so.
        (["explain", "referrals"], 0, "`scorecard explain 1`  % of referrals with a previous"),
        (["indicator", "referrals"], 0, "`scorecard explain referrals`  Referrals in last month"),
    ] {
        let (status, printed) = run(project.path(), &args);
        assert!(status == Some(code), "{args:?}: {status:?} {printed}");
        assert!(printed.contains(said), "{args:?}: {printed}");
    }
    let (_, printed) = run(project.path(), &["explain", "9"]);
    assert!(!printed.contains("More with"), "an id means nothing else: {printed}");
}

/// A project with a publication and a source.
fn published() -> TempDir {
    let project = copy_of_sample();
    let args = ["publish", "-m", "2015-12", "--meeting", "2016-02-01"];
    printed(&args, scorecard(project.path()).args(args).output().expect("it runs"));
    project
}

#[test]
fn the_exit_code_says_whether_the_command_line_or_what_was_read_is_wrong() {
    let project = published();
    fs::create_dir(project.path().join("taken")).expect("made");
    fs::write(project.path().join("taken/letter.txt"), "Dear Sir").expect("written");
    for (code, args) in [
        // Names that there are not.
        (2, &["explain", "zz"][..]),
        (2, &["reproduce", "2016-01"]),
        (2, &["reproduce", "2015-12", "--revision", "2"]),
        (2, &["diff", "published/2015-12/2", "2016-01"]),
        (2, &["diff", "published/2016-01", "2016-01"]),
        (2, &["diff", "2015-12", "elsewhere"]),
        (2, &["extract", "--source", "liberi"]),
        (2, &["explain", "9", "-a", "Swale AIT & FST"]),
        // Options that are wrong, missing, or do not go together.
        (2, &["--mnoth", "2016-01"]),
        (2, &["-m", "2016-13"]),
        (2, &["-m", "Q9 2015/16"]),
        (2, &["-t", "exception"]),
        (2, &["-o", "report.odt"]),
        (2, &["publish", "-m", "2015-12", "--meeting", "2016-02-01"]),
        (2, &["publish", "-m", "2016-01", "--meeting", "2016-02-01"]),
        (2, &["publish", "-m", "2015-11"]),
        // What is there already, or is not there to be read.
        (1, &["init", "."]),
        (1, &["site", "taken"]),
        (1, &["pack", "taken", "-m", "2016-01"]),
        (1, &["-o", "data"]),
        (1, &["-o", "nowhere/report.csv"]),
        (1, &["-o", "data/2016-01/results.csv"]),
        (1, &["-d", "nowhere.toml"]),
        (1, &["source", "nowhere.xlsx"]),
        // What the project lacks.
        (1, &["--edition", "public"]),
        (1, &["check", "--strict"]),
        (0, &["check"]),
        (0, &["reproduce", "2015-12"]),
    ] {
        let (status, printed) = run(project.path(), args);
        assert_eq!(status, Some(code), "{args:?}: {printed}");
    }
    let letter = fs::read_to_string(project.path().join("taken/letter.txt"));
    assert_eq!(letter.expect("still there"), "Dear Sir");

    // The command line comes first, whatever else is wrong.
    let results = project.path().join("data/2016-01/results.csv");
    fs::write(&results, "indicator,area,value\n9,Kent,many\n").expect("written");
    let (status, printed) = run(project.path(), &["-m", "2016-01"]);
    assert!(status == Some(1) && printed.contains("many"), "{printed}");
    let (status, printed) = run(project.path(), &["-m", "2016-01", "-a", "Nort Kent"]);
    assert!(status == Some(2) && !printed.contains("many"), "{printed}");
}

#[test]
fn another_ending_is_answered_with_the_nearest_that_is_written() {
    let project = copy_of_sample();
    for (args, said) in [
        (&["-o", "a b/my report.odt"][..], "Did you mean a b/my report.docx?"),
        (&["-o", "report.xls"], "Did you mean report.xlsx?"),
        (&["explain", "9", "-o", "report.docx"], "Did you mean report.md? It writes .txt and .md;"),
        (&["email", "-o", "report.docx"], "Did you mean report.html?"),
        (&["-o", "report.zip"], "writes no .zip files. It writes .txt, .csv"),
    ] {
        let (status, printed) = run(project.path(), args);
        assert!(status == Some(2) && printed.contains(said), "{args:?}: {printed}");
    }
    let (status, printed) = run(project.path(), &["-o", "report.htm"]);
    assert!(status == Some(0) && printed.contains("wrote report.htm"), "{printed}");
}
