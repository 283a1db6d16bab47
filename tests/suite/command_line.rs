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

#[test]
fn several_areas_may_stand_in_one_argument() {
    let project = copy_of_sample();
    let (_, apart) = run(project.path(), &["-a", "North Kent", "-a", "East Kent", "-f", "tidy"]);
    let (status, together) = run(project.path(), &["-a", "north kent, East Kent", "-f", "Tidy"]);
    assert!(status == Some(0) && apart == together, "{together}");
    assert!(together.contains(",North Kent,") && together.contains(",East Kent,"), "{together}");
    for args in [
        &["-a", "Kent,Nort Kent"][..],
        &["revisions", "-a", "Kent,Nort Kent"],
        &["diff", "2015-12", "2016-01", "-a", "Kent,Nort Kent"],
    ] {
        let (status, printed) = run(project.path(), args);
        assert!(status == Some(2), "{args:?}: {printed}");
        assert!(printed.contains("there is no area \"Nort Kent\""), "{args:?}: {printed}");
        assert!(printed.contains("did you mean \"North Kent\"?"), "{args:?}: {printed}");
    }
}

#[test]
fn several_tables_may_stand_in_one_argument() {
    let project = copy_of_sample();
    let (_, apart) = run(project.path(), &["-t", "summary", "-t", "areas"]);
    let (status, together) = run(project.path(), &["-t", "Summary,AREAS"]);
    assert!(status == Some(0) && apart == together, "{together}");
}

#[test]
fn the_folder_of_a_project_stands_for_its_definitions() {
    let project = copy_of_sample();
    let folder = project.path().to_str().expect("text");
    let elsewhere = TempDir::new().expect("made");
    let (_, named) =
        run(elsewhere.path(), &["-d", &format!("{folder}/indicators.toml"), "-f", "tidy"]);
    let (status, found) = run(elsewhere.path(), &["-d", folder, "-f", "tidy"]);
    assert!(status == Some(0) && named == found, "{found}");
    let (status, printed) = run(project.path(), &["-d", "data"]);
    assert!(status == Some(1) && printed.contains("--> data/indicators.toml"), "{printed}");
}

#[test]
fn who_is_in_the_wrong_folder_is_told_the_right_one() {
    let project = copy_of_sample();
    let month = project.path().join("data/2016-01");
    for (folder, args, said) in [
        (
            month.as_path(),
            &[][..],
            "the project is in ../..: go there with `cd ../..`, or name it wi",
        ),
        (&month, &["check"], "or name it with `-d ../..`"),
        (&project.path().join("data"), &["new", "2016-02"], "go there with `cd ..`, or"),
        (project.path(), &["--data", "data/2016-01"], "it is in: --data data -m 2016-01"),
        (project.path(), &["--data", "."], "the months are in a folder of this one: --data ./data"),
        // Whoever names the file means that one.
        (&month, &["-d", "./indicators.toml"], "this should be the definitions file"),
    ] {
        let (status, printed) = run(folder, args);
        assert!(status == Some(1) && printed.contains(said), "{args:?}: {printed}");
    }
    let (_, printed) = run(project.path(), &["--data", "data/2016-01"]);
    assert!(!printed.contains("is not read"), "extracts are where they should be: {printed}");
    let (status, printed) = run(&month, &["-d", "../..", "-t", "summary"]);
    assert!(status == Some(0) && printed.contains("17 green, 21 amber, 6 red"), "{printed}");
    let around = TempDir::new().expect("made");
    let (_, printed) = run(around.path(), &["init", "my council"]);
    assert!(printed.contains("cd \"my council\""), "{printed}");
    let (_, printed) = run(around.path(), &[]);
    assert!(printed.contains("go there with `cd \"my council\"`"), "{printed}");
    run(around.path(), &["init", "other"]);
    let (_, printed) = run(around.path(), &[]);
    assert!(printed.contains("start a project with `scorecard init`"), "{printed}");
}

#[test]
fn an_option_in_another_case_is_answered_with_the_right_one() {
    let project = copy_of_sample();
    for (args, said) in [
        (&["-M", "2016-01"][..], "did you mean -m?"),
        (&["check", "-A", "Kent"], "did you mean -a?"),
        (&["--Month", "2016-01"], "'--month'"),
        (&["-v"], "did you mean -V?"),
    ] {
        let (status, printed) = run(project.path(), args);
        assert!(status == Some(2) && printed.contains(said), "{args:?}: {printed}");
    }
}

#[test]
fn words_without_quotation_marks_are_answered_with_them() {
    let project = copy_of_sample();
    for (args, said) in [
        (
            &["-a", "East", "Kent"][..],
            "-a \"East Kent\"; several are named one by one: -a East -a K",
        ),
        (&["check", "--area", "East", "Kent", "--strict"], "marks: --area \"East Kent\"; several"),
        (&["-a", "East", "Kent", "check"], "marks: -a \"East Kent\"; several"),
        (&["-m", "January", "2016"], "stands in quotation marks: -m \"January 2016\"\n"),
        (&["check", "-m", "January", "2016"], "in quotation marks: -m \"January 2016\"\n"),
        (
            &["check", "-m", "January"],
            "January of which year? Write the year with it, such as 2016-",
        ),
        (&["new", "Feb", "2016"], "stands in quotation marks: new \"Feb 2016\"\n"),
        (&["explain", "placement", "stability"], "marks: explain \"placement stability\"\n"),
        (&["-t", "summary", "areas"], "several are named one by one: -t summary -t areas\n"),
    ] {
        let (status, printed) = run(project.path(), args);
        assert!(status == Some(2) && printed.contains(said), "{args:?}: {printed}");
    }
    // Nothing of the kind where a word follows no value.
    for args in [&["chekc"][..], &["diff", "2015-12", "2016-01", "2015-03"], &["--marks", "areas"]]
    {
        let (status, printed) = run(project.path(), args);
        assert!(status == Some(2) && !printed.contains("quotation marks"), "{args:?}: {printed}");
    }
}

#[test]
fn months_in_words_are_compared_and_folders_go_before_them() {
    let project = copy_of_sample();
    let (_, exactly) = run(project.path(), &["diff", "2015-12", "2016-01"]);
    let (status, in_words) = run(project.path(), &["diff", "December 2015", "01/2016"]);
    assert!(status == Some(0) && exactly == in_words, "{in_words}");
    fs::create_dir_all(project.path().join("01/2016")).expect("made");
    let (status, printed) = run(project.path(), &["diff", "December 2015", "01/2016"]);
    assert!(status == Some(2) && printed.contains("01/2016/indicators.toml is not"), "{printed}");
    let (status, printed) = run(project.path(), &["diff", "2015-12", "26-Oct"]);
    assert!(status == Some(2) && printed.contains("write 2026-10 for October 2026"), "{printed}");
}

#[test]
fn what_writes_one_format_writes_it_under_no_other_name() {
    let project = copy_of_sample();
    for (args, said) in [
        (
            &["extract", "-o", "x.xlsx"][..],
            "x.xlsx: this command writes no .xlsx files. Did you mean x.c",
        ),
        (&["extract", "-o", "x.XLSX"], "Did you mean x.csv? It writes .csv"),
        (&["schema", "-o", "schema.toml"], "Did you mean schema.json? It writes .json"),
        (&["source", "data/2016-01/results.csv", "-o", "x.csv"], "Did you mean x.toml?"),
    ] {
        let (status, printed) = run(project.path(), args);
        assert!(status == Some(2) && printed.contains(said), "{args:?}: {printed}");
    }
    for args in [&["extract", "-o", "x.CSV"][..], &["extract", "-o", "x"], &["man", "pages"]] {
        let (status, printed) = run(project.path(), args);
        assert!(status == Some(0) && printed.contains("wrote "), "{args:?}: {printed}");
    }
}
