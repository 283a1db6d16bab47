//! A product shows a part of the scorecard, and nothing in it differs from the whole.

use std::fs;

use serde_json::Value as Json;
use tempfile::TempDir;

use crate::common::{copy_of_sample, files_below, printed, read_csv, scorecard};

/// The sample with a quarterly report that is a part of it.
fn project() -> TempDir {
    let project = copy_of_sample();
    let file = project.path().join("indicators.toml");
    let text = fs::read_to_string(&file).expect("the definitions");
    let product = "\n[[product]]\nid = \"quarterly\"\ntitle = \"Quarterly report to Cabinet\"\n\
        indicators = [\"19\", \"9\"]\nsections = [\"ADOPTION\"]\n\
        tables = [\"scorecard\", \"trend\", \"summary\"]\ntrend = 2\n\
        \n[[product]]\nid = \"districts\"\ntitle = \"Districts\"\nindicators = [\"19\"]\n\
        areas = [\"North Kent\", \"East Kent\"]\ncompare = [\"outturn\"]\n";
    fs::write(file, text + product).expect("written");
    project
}

fn run(project: &TempDir, args: &[&str]) -> String {
    printed(args, scorecard(project.path()).args(args).output().expect("the program runs"))
}

fn json(project: &TempDir, args: &[&str]) -> Json {
    serde_json::from_str(&run(project, args)).expect("JSON")
}

const SHOWN: [&str; 6] = ["9", "19", "28", "29", "30", "31"];

#[test]
fn its_rows_are_the_rows_of_the_scorecard_in_its_order() {
    let project = project();
    let whole = run(&project, &["-f", "tidy"]);
    let part = run(&project, &["-f", "tidy", "--product", "quarterly"]);
    let id = |row: &str| row.split(',').nth(4).expect("an id").to_owned();
    let is_shown = |row: &&str| SHOWN.contains(&id(row).as_str());
    let (header, rows) = whole.split_once('\n').expect("a header");
    let expected: Vec<_> = rows.lines().filter(is_shown).collect();
    assert!(expected.len() > SHOWN.len(), "with those without a cohort");
    assert_eq!(part.lines().collect::<Vec<_>>(), [vec![header], expected].concat());
}

#[test]
fn its_pages_have_its_title_its_tables_and_its_length_of_trend() {
    let project = project();
    let text = run(&project, &["--product", "quarterly"]);
    assert!(text.starts_with("Quarterly report to Cabinet\n"), "{text}");
    let headings: Vec<_> = text.lines().filter(|line| line.ends_with("(quarterly)")).collect();
    let expected = ["Scorecard: Kent", "Trend: Kent", "Summary: Kent"];
    assert_eq!(headings, expected.map(|heading| format!("{heading} (quarterly)")));
    assert!(text.contains("6 indicators: 0 green, 1 amber, 5 red."), "{text}");
    let trend = run(&project, &["--product", "quarterly", "-t", "trend", "-f", "csv"]);
    assert_eq!(
        trend.lines().next(),
        Some("ID,Indicators,Dec 2015,Dec 2015 RAG,Jan 2016,Jan 2016 RAG,Section,Notes")
    );
    let first = run(&project, &["--product", "quarterly", "-f", "csv"]);
    assert_eq!(first.lines().count(), 1 + SHOWN.len(), "the scorecard: {first}");
}

#[test]
fn its_areas_and_comparisons_are_its_own_unless_areas_are_named() {
    let project = project();
    let of = |more: &[&str]| {
        let args = [&["-f", "json", "--product", "districts"], more].concat();
        let results = json(&project, &args);
        let areas = results["areas"].as_array().expect("areas").clone();
        let names: Vec<_> =
            areas.iter().map(|area| area["area"].as_str().expect("a name").to_owned()).collect();
        (results, names)
    };
    let (results, names) = of(&[]);
    assert_eq!(names, ["North Kent", "East Kent"]);
    assert_eq!(results["title"], "Districts");
    assert_eq!(results["product"]["id"], "districts");
    assert_eq!(results["indicators"].as_array().map(Vec::len), Some(1));
    let figure = &results["areas"][0]["figures"][0];
    assert!(figure["previous"].is_null() && figure["result"].is_number(), "{figure}");
    assert_eq!(of(&["-a", "Kent"]).1, ["Kent"]);
}

#[test]
fn its_pack_says_which_product_it_is() {
    let project = project();
    run(&project, &["pack", "out", "-m", "2016-01", "--product", "quarterly"]);
    let names: Vec<_> =
        files_below(&project.path().join("out")).into_iter().map(|(path, _)| path).collect();
    let mut expected = vec![
        "csv/scorecard-quarterly-2016-01.csv",
        "csv/summary-quarterly-2016-01.csv",
        "csv/trend-quarterly-2016-01.csv",
        "manifest.json",
        "scorecard-quarterly-2016-01.docx",
        "scorecard-quarterly-2016-01.html",
        "scorecard-quarterly-2016-01.json",
        "scorecard-quarterly-2016-01.xlsx",
        "tidy-quarterly-2016-01.csv",
    ];
    expected.extend(cfg!(feature = "pdf").then_some("scorecard-quarterly-2016-01.pdf"));
    expected.sort_unstable();
    assert_eq!(names, expected);
    let manifest = fs::read_to_string(project.path().join("out/manifest.json")).expect("there");
    let manifest: Json = serde_json::from_str(&manifest).expect("JSON");
    assert_eq!(manifest["product"], "quarterly");
    assert_eq!(manifest["title"], "Quarterly report to Cabinet");
}

#[test]
fn what_was_published_of_the_whole_was_published_of_it() {
    let project = project();
    run(&project, &["publish", "-m", "2016-01", "--meeting", "2016-03-22"]);
    let text = run(&project, &["--product", "quarterly", "-t", "notes"]);
    assert!(text.contains("Status: Published"), "{text}");
}

#[test]
fn checks_look_at_what_it_does_not_show() {
    let project = project();
    let args = ["check", "--product", "districts", "-a", "Kent", "-m", "2016-01"];
    let found = run(&project, &args);
    assert!(found.contains("warning[identity]") || found.contains("parts-differ"), "{found}");
    let refused =
        scorecard(project.path()).args(["explain", "9", "--product", "districts"]).output();
    let refused = refused.expect("the program runs");
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("the product \"districts\" does not show \"9\""), "{said}");
    assert!(run(&project, &["explain", "19", "--product", "districts"]).contains("Districts"));
}

#[test]
fn one_that_is_not_defined_names_those_there_are() {
    let refused =
        scorecard(project().path()).args(["--product", "district"]).output().expect("it runs");
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("error[unknown-product]: there is no product \"district\""), "{said}");
    assert!(said.contains("did you mean districts (Districts)?"), "{said}");
}

/// The ids of the rows of a listing, in order, each once.
fn ids(listing: &str) -> Vec<String> {
    let rows = read_csv(listing.as_bytes());
    let column = rows[0].iter().position(|heading| heading == "ID").expect("a column");
    let mut ids: Vec<_> = rows[1..].iter().map(|row| row[column].clone()).collect();
    ids.dedup();
    ids
}

#[test]
fn its_differences_are_those_of_the_whole_that_it_shows() {
    let project = project();
    let diff = |more: &[&str]| {
        run(&project, &[&["diff", "2015-12", "2016-01", "-f", "csv"], more].concat())
    };
    let whole = ids(&diff(&[]));
    let part = ids(&diff(&["--product", "quarterly"]));
    assert!(whole.iter().any(|id| id == "22") && part.iter().any(|id| id == "19"), "{part:?}");
    let shown: Vec<_> = whole.iter().filter(|id| SHOWN.contains(&id.as_str())).cloned().collect();
    assert_eq!(part, shown);
    // It has no table of activity.
    assert!(whole.iter().any(|id| id == "referrals"), "{whole:?}");
    // Its areas, and no arrow from the previous result, which it does not ask for.
    let districts = diff(&["--product", "districts"]);
    let of_indicators = |id: &&String| id.chars().all(|letter| letter.is_ascii_digit());
    assert!(ids(&districts).iter().filter(of_indicators).all(|id| id == "19"), "{districts}");
    assert!(districts.contains("North Kent") && districts.contains("East Kent"), "{districts}");
    assert!(!districts.contains("South Kent") && !districts.contains("previous"), "{districts}");
    let text = run(&project, &["diff", "2015-12", "2016-01", "--product", "districts"]);
    assert!(text.starts_with("Districts\n"), "{text}");
}

#[test]
fn its_revisions_are_those_of_the_whole_that_it_shows() {
    let project = project();
    run(&project, &["publish", "-m", "2016-01", "--meeting", "2016-03-22"]);
    let path = project.path().join("data/2016-01/results.csv");
    let text = fs::read_to_string(&path).expect("the results");
    let changed = text.replace("19,Kent,all,291,2374", "19,Kent,all,300,2374");
    let changed = changed.replace("9,Kent,all,39,57", "9,Kent,all,38,57");
    assert_ne!(text, changed);
    let row = changed.lines().find(|line| line.starts_with("22,Kent,all,")).expect("a row");
    let changed = changed.replace(row, "22,Kent,all,1,2,");
    fs::write(&path, changed).expect("written");
    let revisions =
        |more: &[&str]| ids(&run(&project, &[&["revisions", "-f", "csv"], more].concat()));
    let all = revisions(&["-a", "Kent"]);
    assert_eq!(all, ["9", "19", "22"]);
    assert_eq!(revisions(&["-a", "Kent", "--product", "quarterly"]), ["9", "19"]);
    let unknown = scorecard(project.path()).args(["revisions", "--product", "districs"]).output();
    let unknown = unknown.expect("it runs");
    assert_eq!(unknown.status.code(), Some(2));
    let said = String::from_utf8_lossy(&unknown.stderr).into_owned();
    assert!(said.contains("did you mean districts (Districts)?"), "{said}");
}
