//! What is shown where an extract says in words why there is no figure: `not reported`, `tbc`,
//! `to be confirmed`, `not due`, `not applicable`.

use std::fs;

use crate::common::read_csv;
use crate::rules::{Project, indicator, project};

const RATED: &str = "target = 90\nfloor = 80";

/// The 6 to 8 week check of the health visiting report: not reported in Q1 2015/16, 87% in Q2, 65%
/// in Q3 (health-visiting.csv).
fn health_visiting() -> Project {
    let keys = "target = 65\nfloor = 60\ncompare = ['previous', 'outturn', 'last_year']";
    project("", &indicator("HV4", ["H", "Q", "percent"], keys))
        .results("2015-03", "HV4,,,,,60%")
        .results("2015-06", "HV4,,,Not reported,,")
        .results("2015-08", "")
        .results("2015-09", "HV4,,,,,87%")
}

/// A row with what describes the indicator, its month and its words, and nothing else.
#[test]
fn tidy_has_a_row_with_the_words_and_nothing_else() {
    let expected = "2015-06,County,all,S,HV4,Indicator HV4,H,Q,percent,2015-06,,,,not reported";
    let project = health_visiting();
    for (args, more) in [(vec![], 17), (vec!["--marks"], 20), (vec!["--marks", "--statistics"], 30)]
    {
        let printed = project.printed(&[&["-m", "2015-06", "-f", "tidy"], &args[..]].concat());
        let row = format!("{expected}{}", ",".repeat(more));
        assert_eq!(printed.lines().nth(1), Some(row.as_str()));
        assert_eq!(printed.lines().count(), 2);
    }
}

/// In August the last quarter's answer is that of June: the figure of March does not stand in for
/// it. Neither is the next quarter's result compared with anything.
#[test]
fn nothing_is_carried_forward_past_it() {
    let project = health_visiting();
    assert_eq!(
        project.county("2015-08", "HV4", &["data_month", "display", "rag"]),
        "2015-06 not reported "
    );
    assert_eq!(
        project.county("2015-09", "HV4", &["result", "rag", "previous_month", "outturn_result"]),
        "87 green  60"
    );
    let page = project.printed(&["-m", "2015-08", "-t", "scorecard"]);
    assert!(page.contains("not reported") && page.contains("This is said of Q1 2015/16"), "{page}");
    assert!(page.contains("60.0%"), "the outturn is still shown: {page}");
    let page = project.printed(&["-m", "2015-09", "-t", "scorecard"]);
    assert!(page.contains("not reported"), "as the previous result: {page}");
}

/// The words are shown as they are written, in every format, and none of them is a 0.
#[test]
fn every_format_shows_the_words() {
    let words = ["not reported", "tbc", "to be confirmed", "not due", "not applicable"];
    let indicators: String =
        (0..5).map(|id| indicator(&id.to_string(), ["H", "SS", "percent"], RATED)).collect();
    let activity = "[[activity]]\nid = 'starts'\nname = 'Starts'\n";
    let rows: Vec<_> =
        words.iter().enumerate().map(|(id, words)| format!("{id},,,,,{words}")).collect();
    let project = project("", &(indicators + activity))
        .results("2015-12", "0,,,80,100,")
        .results("2016-01", &rows.join("\n"));
    let folder = project.path().join("data/2016-01");
    fs::write(folder.join("activity.csv"), "area,starts\nCounty,TBC\nNorth,4\n").expect("written");
    for format in ["text", "csv", "markdown", "html"] {
        let page = project.printed(&["-m", "2016-01", "-t", "scorecard", "-f", format]);
        for word in words {
            assert!(page.contains(word), "{word} in {format}: {page}");
        }
    }
    for format in ["xlsx", "ods", "docx"] {
        let file = project.path().join(format!("report.{format}"));
        let args = ["-m", "2016-01", "-o", file.to_str().expect("a path")];
        project.printed(&args);
        assert!(file.exists());
    }
    let summary = project.printed(&["-m", "2016-01", "-t", "summary"]);
    let said = "5 have no figure, and the data say why: 1 not reported, 1 tbc, 1 to be confirmed, \
        1 not due and 1 not applicable.";
    let in_one_line = summary.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(in_one_line.contains(said), "{summary}");
    let notes = project.printed(&["-m", "2016-01", "-t", "notes"]);
    for word in words {
        assert!(notes.contains(word), "{word} is explained: {notes}");
    }
    let activity = project.printed(&["-m", "2016-01", "-t", "activity"]);
    assert!(activity.contains("tbc"), "{activity}");
    let json = project.printed(&["-m", "2016-01", "-f", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let area = &json["areas"][0];
    let first = serde_json::json!({ "reason": "not reported", "indicators": 1 });
    assert_eq!(area["summary"]["no_figure"][0], first);
    assert_eq!(area["summary"]["not_rated"], 5);
    assert_eq!(area["figures"][0]["display"], "not reported");
    assert!(area["figures"][0]["result"].is_null() && area["figures"][0]["rag"].is_null());
    assert_eq!(json["activity"][0]["activity"][0]["this_month"], "tbc");
    let working = project.printed(&["explain", "0", "-m", "2016-01"]);
    assert!(working.contains("it was not reported for the period"), "{working}");
}

/// A part that is not reported keeps the county from being a sum, and the page names it. What can
/// be worked out from everyone's row is not, where that says why there is none.
#[test]
fn a_sum_is_withheld_where_a_part_says_why_it_has_none() {
    let project = project("rollup = 'sum'", &indicator("1", ["H", "SS", "percent"], RATED))
        .results("2015-09", "1,North,,80,100,\n1,South,,not reported,,\n1,South,uasc,1,2,");
    assert_eq!(project.county("2015-09", "1", &["display"]), "no row");
    let south = |who| project.tidy("2015-09", ["1", "South", who], &["display"]);
    assert_eq!(south("all").as_deref(), Some("not reported"));
    assert_eq!(south("excluding-uasc"), None);
    let working = project.printed(&["explain", "1", "-m", "2015-09"]);
    let working = working.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(working.contains("South says \"not reported\""), "{working}");
}

/// What says why there is no figure is not missed: not as gone, outstanding or without a previous
/// result.
#[test]
fn a_check_understands_the_words() {
    let project = project("", &indicator("1", ["H", "SS", "percent"], RATED))
        .results("2015-11", "1,,,80,100,\n1,,uasc,8,10,")
        .results("2015-12", "1,,,not due,,\n1,,uasc,tbc,,")
        .results("2016-01", "1,,,81,100,\n1,,uasc,8,10,");
    for (month, codes) in [
        ("2015-12", ["figure-gone", "result-gone", "outstanding", "cohort-gap"]),
        ("2016-01", ["no-previous-result", "trend-gap", "outstanding", "cohort-gap"]),
    ] {
        let run = project.run(&["check", "-m", month]);
        let found = String::from_utf8_lossy(&run.stdout);
        for code in codes {
            assert!(!found.contains(code), "{code} in {month}: {found}");
        }
    }
}

/// What was published is made again, and a figure that comes later is used as a revision.
#[test]
fn a_publication_keeps_the_words() {
    let project = project("", &indicator("1", ["H", "SS", "percent"], RATED))
        .results("2015-12", "1,,,not reported,,")
        .results("2016-01", "1,,,81,100,");
    project.printed(&["publish", "-m", "2015-12", "--meeting", "2016-01-20"]);
    let reproduced = project.run(&["reproduce", "2015-12"]);
    assert!(reproduced.status.success(), "{}", String::from_utf8_lossy(&reproduced.stdout));
    let project = project.results("2015-12", "1,,,70,100,");
    assert_eq!(
        project.county("2016-01", "1", &["previous_result", "previous_direction"]),
        "70 improved"
    );
    let page = project.printed(&["-m", "2016-01", "-t", "scorecard"]);
    let said = "December 2015 was published as \"not reported\", and now has 70.0%";
    assert!(page.split_whitespace().collect::<Vec<_>>().join(" ").contains(said), "{page}");
    let revisions = project.printed(&["revisions", "-f", "csv"]);
    let rows = read_csv(revisions.as_bytes());
    assert!(rows.iter().flatten().any(|cell| cell == "not reported"), "{revisions}");
}
