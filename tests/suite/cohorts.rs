//! Cohorts with results of their own, side by side, and the gaps between groups.

use std::fs;

use crate::common::read_csv;
use crate::rules::{Project, indicator, project};

/// Placement stability, January 2016: 291 of 2,374 for everyone and 160 of 1,465 without UASC, so
/// 131 of 909 of UASC (the impact of UASC in the published scorecard).
const PLACEMENTS: &str = "19,,,291,2374,\n19,,uasc,131,909,";

fn placements(gap: &str, rows: &str) -> Project {
    let tables = indicator("19", ["L", "R12M", "percent"], "target = 9\nfloor = 12")
        + &indicator("G", ["L", "R12M", "percent"], gap);
    project("", &tables).results("2016-01", rows)
}

const GAP: &str = "gap = { indicator = '19', from = 'uasc', to = 'excluding-uasc' }\ntarget = 3\n\
    floor = 4";

fn with_own(project: Project) -> Project {
    let path = project.path().join("indicators.toml");
    let text = fs::read_to_string(&path).expect("it is there");
    fs::write(&path, text.replace("name = 'UASC'", "name = 'UASC'\nown = true")).expect("written");
    project
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// 131 of 909 is 14.4%, red against 12%, and 2.2 points above everyone's 12.3%.
#[test]
fn a_cohort_has_results_of_its_own() {
    let project = with_own(placements(GAP, PLACEMENTS));
    let tidy = project.printed(&["-m", "2016-01", "-f", "tidy"]);
    let who: Vec<_> = read_csv(tidy.as_bytes())
        .into_iter()
        .filter(|row| row[4] == "19")
        .map(|row| row[2].clone())
        .collect();
    assert_eq!(who, ["all", "excluding-uasc", "uasc"], "in this order");
    let columns = ["numerator", "denominator", "result", "rag", "variance"];
    let own = project.tidy("2016-01", ["19", "County", "uasc"], &columns);
    assert_eq!(own.as_deref(), Some("131 909 14.411441 red "));
    let table = project.printed(&["-m", "2016-01", "-t", "cohorts", "-f", "csv"]);
    let rows = read_csv(table.as_bytes());
    let placement = rows.iter().find(|row| row.contains(&"19".to_owned())).expect("a row");
    for cell in ["12.3%", "14.4%", "Red"] {
        assert!(placement.iter().any(|it| it == cell), "{cell}: {placement:?}");
    }
    assert!(placement.iter().any(|cell| cell.contains("2.2")), "{placement:?}");
    for format in ["text", "markdown", "html", "csv"] {
        project.printed(&["-m", "2016-01", "-t", "cohorts", "-f", format]);
    }
    let without = placements(GAP, PLACEMENTS);
    assert_eq!(without.tidy("2016-01", ["19", "County", "uasc"], &columns), None);
    let page = without.printed(&["-m", "2016-01", "-t", "cohorts"]);
    assert!(page.contains("own = true"), "{page}");
}

/// 14.41% less 10.92% is 3.49 points: amber between 3 and 4. December's gap was 4 points, so it has
/// narrowed. 160 of 1,465 of 1,465 has to be 211.1 to be as much as 131 of 909.
#[test]
fn a_gap_is_the_difference_between_two_groups() {
    let project =
        placements(GAP, PLACEMENTS).results("2015-12", "19,,,160,1000,\n19,,uasc,76,400,");
    let columns = [
        "numerator",
        "denominator",
        "result",
        "display",
        "rag",
        "previous_result",
        "previous_direction",
    ];
    let gap = project.tidy("2016-01", ["G", "County", "all"], &columns);
    assert_eq!(gap.as_deref(), Some("  3.489939 3.5% amber 5 improved"));
    let tidy = project.printed(&["-m", "2016-01", "-f", "tidy"]);
    assert_eq!(tidy.lines().filter(|line| line.contains(",G,")).count(), 1);
    let working = one_line(&project.printed(&["explain", "G", "-m", "2016-01"]));
    let said = "Indicator 19 is 14.4% (131 of 909) for UASC and 10.9% (160 of 1,465) for all but \
        UASC.";
    assert!(working.contains(said), "{working}");
    assert!(
        working.contains("52 more of the 1,465 children of all but UASC would close the gap."),
        "{working}"
    );
    let page = project.printed(&["-m", "2016-01", "-t", "scorecard", "-t", "trend"]);
    assert!(page.contains("3.5%"), "{page}");
}

/// What may not be shown of a group may not be shown of its gap; without a result of one of the two
/// there is none, and the page says which.
#[test]
fn a_gap_is_as_secret_as_its_groups() {
    let hidden = placements(GAP, "19,,,291,2374,\n19,,uasc,[c],[c],");
    assert_eq!(hidden.county("2016-01", "G", &["display", "result"]), "[c] ");
    let none = placements(GAP, "19,,,291,2374,");
    assert_eq!(none.county("2016-01", "G", &["display"]), "no row");
    let working = one_line(&none.printed(&["explain", "G", "-m", "2016-01"]));
    assert!(working.contains("Indicator 19 is no figure for UASC"), "{working}");
}

/// 160 of 1,465 is 10.9% and 131 of 909 14.4%: from the former to the latter the gap is -3.5 points,
/// and of what is better low, it is all but UASC that do better.
#[test]
fn a_gap_that_has_turned_says_so() {
    let keys = "gap = { indicator = '19', from = 'excluding-uasc', to = 'uasc' }";
    let project = placements(keys, PLACEMENTS);
    assert_eq!(project.county("2016-01", "G", &["display"]), "-3.5%");
    let turned = "The gap has turned: the result of all but UASC is better than that of UASC";
    let checked = project.run(&["check", "-m", "2016-01"]);
    let checked = String::from_utf8(checked.stdout).expect("text");
    let found = format!("indicator G of County is -3.5 percentage points. {turned}");
    assert!(checked.contains("note[gap-negative]") && checked.contains(&found), "{checked}");
    for args in [&["-t", "scorecard", "-f", "csv"][..], &["-t", "scorecard"], &["-t", "areas"]] {
        let page = one_line(&project.printed(&[&["-m", "2016-01"], args].concat()));
        assert!(page.contains(turned), "{page}");
    }
    let working = one_line(&project.printed(&["explain", "G", "-m", "2016-01"]));
    assert!(working.contains(&format!("{turned}.")), "{working}");
    let other = placements(GAP, PLACEMENTS);
    let page = other.printed(&["-m", "2016-01"]);
    assert!(!page.contains("has turned"), "{page}");
}

/// A gap that has been published is made again, and is what is compared with.
#[test]
fn a_gap_is_published_and_reproduced() {
    let project = with_own(placements(GAP, PLACEMENTS));
    let project = project.results("2015-12", "19,,,160,1000,\n19,,uasc,76,400,");
    project.printed(&["publish", "-m", "2015-12", "--meeting", "2016-01-20"]);
    let reproduced = project.run(&["reproduce", "2015-12"]);
    assert!(reproduced.status.success(), "{}", String::from_utf8_lossy(&reproduced.stdout));
    let columns = ["previous_result", "previous_direction"];
    assert_eq!(project.county("2016-01", "G", &columns), "5 improved");
    // 80 of 400 is 20%, and 80 of 600 without them 13.3%: the gap was published as 5 points.
    let project = project.results("2015-12", "19,,,160,1000,\n19,,uasc,80,400,");
    assert_eq!(project.county("2016-01", "G", &columns), "5 improved");
    let revisions = project.printed(&["revisions", "-f", "csv"]);
    assert!(revisions.contains("6.7%"), "{revisions}");
    fs::remove_dir_all(project.path().join("data/2015-12")).expect("removed");
    assert_eq!(project.county("2016-01", "G", &columns), "5 improved");
}

/// What cannot be a gap is an error in the definitions, and a row of one is left out.
#[test]
fn a_gap_that_cannot_be_is_an_error() {
    let found = |keys: &str| {
        let tables = indicator("1", ["L", "SS", "percent"], keys)
            + &indicator("2", ["H", "SS", "number"], "")
            + &indicator("3", ["H", "SS", "percent"], "")
            + &indicator("4", ["H", "Q", "percent"], "");
        let run = project("", &tables).results("2016-01", "").run(&["-m", "2016-01"]);
        (run.status.code(), String::from_utf8(run.stderr).expect("text"))
    };
    let gap = |id: &str, from: &str, to: &str| {
        format!("gap = {{ indicator = '{id}', from = '{from}', to = '{to}' }}")
    };
    for (keys, said) in [
        (gap("9", "all", "uasc"), "the gap's indicator \"9\" is not defined"),
        (gap("1", "all", "uasc"), "indicator \"1\" is the gap of itself"),
        (gap("2", "all", "uasc"), "indicator \"2\", which is not a percentage"),
        (gap("3", "all", "fsm"), "\"fsm\" is not a cohort"),
        (gap("3", "excluding-fsm", "uasc"), "\"fsm\" is not a cohort"),
        (gap("3", "uasc", "UASC"), "a gap of a group from itself"),
        (
            gap("4", "all", "uasc"),
            "the gap is SS and monthly, and indicator \"4\" is Q and quarterly",
        ),
        (gap("3", "all", "uasc") + "\nrollup = 'sum'", "`rollup` of a gap"),
    ] {
        let (code, stderr) = found(&keys);
        assert!(code == Some(1) && one_line(&stderr).contains(said), "{keys}: {stderr}");
    }
    let project = placements(GAP, &format!("{PLACEMENTS}\nG,,,,,7"));
    assert_eq!(project.county("2016-01", "G", &["display"]), "3.5%");
    let checked = String::from_utf8(project.run(&["check", "-m", "2016-01"]).stdout).expect("text");
    assert!(checked.contains("gap-has-row"), "{checked}");
}
