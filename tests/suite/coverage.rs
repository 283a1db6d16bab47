//! Figures of which too little is recorded: shown, marked as unreliable, and not rated.

use crate::rules::{Project, indicator, project};

/// Infant feeding at 6 to 8 weeks of the public health report, Q3 2015/16: 4,196 infants due a
/// check, 3,411 with a status recorded (81.3%; at least 85% is needed, over 95% is robust), of whom
/// 1,124 are totally and 460 partially breastfed: 1,584, 46.4% (infant-feeding-q3-2015-16.csv).
fn infant_feeding(coverage: &str) -> Project {
    let of = "coverage = { indicator = 'HV8', needed = 85, robust = 95 }\ntarget = 45\nfloor = 40";
    let tables =
        indicator("HV8", ["H", "Q", "percent"], "") + &indicator("HV9", ["H", "Q", "percent"], of);
    project("", &tables)
        .results("2015-09", "HV8,,,3900,4000,\nHV9,,,1700,3900,")
        .results("2015-12", &format!("HV8,,,{coverage},\nHV9,,,1584,3411,"))
}

const COLUMNS: &[&str] = &["result", "display", "rag", "target_low", "previous_direction"];

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// 3,411 of 4,196 is 81.3%: the figure is shown with its mark, not rated, and has no arrow. 85% of
/// 4,196 is 3,566.6, so 3,567 records would do: 156 more.
#[test]
fn a_figure_of_too_few_records_is_shown_and_not_rated() {
    let project = infant_feeding("3411,4196");
    assert_eq!(project.county("2015-12", "HV9", COLUMNS), "46.437995 46.4%  45 ");
    let tidy = project.printed(&["-m", "2015-12", "-f", "tidy", "--marks"]);
    assert!(
        tidy.lines().any(|line| line.contains(",HV9,") && line.contains(",unreliable,")),
        "{tidy}"
    );
    for format in ["text", "csv", "markdown", "html"] {
        let page = project.printed(&["-m", "2015-12", "-t", "scorecard", "-f", format]);
        let page = page.replace('\\', "");
        assert!(page.contains("46.4%") && page.contains("[u]"), "{format}: {page}");
        assert!(page.contains("81.3% are recorded; 85% is needed"), "{format}: {page}");
    }
    let summary = one_line(&project.printed(&["-m", "2015-12", "-t", "summary"]));
    assert!(summary.contains("1 is not rated because too little is recorded."), "{summary}");
    let working = one_line(&project.printed(&["explain", "HV9", "-m", "2015-12"]));
    let said = "Not rated: 81.3% are recorded; 85% is needed. Indicator HV8 is 3,411 of 4,196: 156 \
        more would be enough.";
    assert!(working.contains(said), "{working}");
    let checked = String::from_utf8(project.run(&["check", "-m", "2015-12"]).stdout).expect("text");
    let said = "HV9 of County is not rated: 81.3% are recorded; 85% is needed (3,411 of 4,196, so \
        156 more)";
    assert!(one_line(&checked).contains(said), "{checked}");
    let json = project.printed(&["-m", "2015-12", "-f", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let area = &json["areas"][0];
    assert_eq!(area["summary"]["too_little_recorded"], 1);
    assert_eq!(area["figures"][1]["coverage"]["is_too_low"], true);
    assert_eq!(area["figures"][1]["mark"], "unreliable");
}

/// With the 156 the figure is rated (46.4% against 45%) and has an arrow from 43.6%; a footnote
/// says that it is not robust. From over 95% of 4,196, which is 3,987 or more, it has none.
#[test]
fn enough_records_unlock_the_rating() {
    let just_short = infant_feeding("3566,4196");
    assert!(just_short.county("2015-12", "HV9", COLUMNS).ends_with("46.4%  45 "));
    let page = one_line(&just_short.printed(&["-m", "2015-12", "-t", "scorecard"]));
    assert!(page.contains("84.99% are recorded; 85% is needed"), "not 85.0%: {page}");
    let enough = infant_feeding("3567,4196");
    assert!(enough.county("2015-12", "HV9", COLUMNS).ends_with("46.4% green 45 improved"));
    let page = one_line(&enough.printed(&["-m", "2015-12", "-t", "scorecard", "-f", "csv"]));
    assert!(page.contains("85.0% are recorded; above 95% the figure is robust"), "{page}");
    let robust = infant_feeding("3987,4196");
    assert!(robust.county("2015-12", "HV9", COLUMNS).ends_with("46.4% green 45 improved"));
    let page = robust.printed(&["-m", "2015-12", "-t", "scorecard", "-f", "csv"]);
    assert!(!page.contains("are recorded"), "{page}");
}

/// Where nothing says how much is recorded, the figure is rated, and a check says so.
#[test]
fn coverage_that_is_not_known_is_found() {
    let project = infant_feeding("not reported,");
    assert!(project.county("2015-12", "HV9", COLUMNS).ends_with("46.4% green 45 improved"));
    let checked = String::from_utf8(project.run(&["check", "-m", "2015-12"]).stdout).expect("text");
    assert!(checked.contains("coverage-unknown"), "{checked}");
}

/// What cannot be a coverage is an error in the definitions.
#[test]
fn a_coverage_that_cannot_be_is_an_error() {
    let found = |coverage: &str| {
        let tables = indicator("1", ["H", "SS", "percent"], &format!("coverage = {coverage}"))
            + &indicator("2", ["H", "SS", "number"], "")
            + &indicator("3", ["H", "SS", "percent"], "");
        let run = project("", &tables).results("2016-01", "").run(&["-m", "2016-01"]);
        (run.status.code(), String::from_utf8(run.stderr).expect("text"))
    };
    for (coverage, said) in [
        ("{ indicator = '9', needed = 85 }", "the coverage's indicator \"9\" is not defined"),
        ("{ indicator = '1', needed = 85 }", "the coverage of indicator \"1\" is itself"),
        ("{ indicator = '2', needed = 85 }", "indicator \"2\", which is not a percentage"),
        ("{ indicator = '3', needed = 96, robust = 95 }", "`needed` 96 is above `robust` 95"),
        ("{ indicator = '3', needed = 850 }", "`needed` 850 is not from 0 to 100"),
    ] {
        let (code, stderr) = found(coverage);
        assert!(code == Some(1) && one_line(&stderr).contains(said), "{coverage}: {stderr}");
    }
}

/// What is needed is a percentage: 0.85 for 85 would let every figure through.
#[test]
fn a_coverage_that_seems_to_be_a_fraction_is_found() {
    let tables = indicator("HV8", ["H", "Q", "percent"], "")
        + &indicator(
            "HV9",
            ["H", "Q", "percent"],
            "coverage = { indicator = 'HV8', needed = 0.85 }",
        );
    let project = project("", &tables).results("2015-12", "HV8,,,3411,4196,\nHV9,,,1584,3411,");
    let checked = project.run(&["check", "-m", "2015-12"]);
    let checked = String::from_utf8(checked.stdout).expect("text");
    let said = "the coverage that indicator HV9 needs is 0.85%, and 85% may be meant";
    assert!(checked.contains("fraction-for-percent") && checked.contains(said), "{checked}");
}
