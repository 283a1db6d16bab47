//! The rules with worked numbers, through the whole program: what a reader of the tidy output and
//! of the pages finds.

use std::collections::BTreeMap;
use std::fs;
use std::process::Output;

use tempfile::TempDir;

use crate::common::{printed, read_csv, scorecard};

/// A small project in a folder of its own.
pub(crate) struct Project(TempDir);

/// A project with these keys of `[scorecard]` and these tables, of a county with two parts.
pub(crate) fn project(keys: &str, tables: &str) -> Project {
    let folder = tempfile::tempdir().expect("a folder");
    let definitions = format!(
        "[scorecard]\ntitle = 'T'\narea = 'County'\n{keys}\n[[area]]\nname = 'County'\n\
         [[area]]\nname = 'North'\nparent = 'County'\n[[area]]\nname = 'South'\nparent = 'County'\n\
         until = '2015-10'\n[[cohort]]\nid = 'uasc'\nname = 'UASC'\n{tables}"
    );
    fs::write(folder.path().join("indicators.toml"), definitions).expect("written");
    Project(folder)
}

/// An indicator with an id, a polarity, a period, a unit and more keys.
pub(crate) fn indicator(id: &str, [polarity, period, unit]: [&str; 3], keys: &str) -> String {
    format!(
        "[[indicator]]\nid = '{id}'\nsection = 'S'\nname = 'Indicator {id}'\n\
         polarity = '{polarity}'\nperiod = '{period}'\nunit = '{unit}'\n{keys}\n"
    )
}

impl Project {
    /// With the rows of a month.
    pub(crate) fn results(self, month: &str, rows: &str) -> Self {
        let folder = self.0.path().join("data").join(month);
        fs::create_dir_all(&folder).expect("made");
        let header = "indicator,area,cohort,numerator,denominator,value\n";
        fs::write(folder.join("results.csv"), format!("{header}{rows}\n")).expect("written");
        self
    }

    /// Its folder.
    pub(crate) fn path(&self) -> &std::path::Path {
        self.0.path()
    }

    pub(crate) fn run(&self, args: &[&str]) -> Output {
        scorecard(self.0.path()).args(args).output().expect("it runs")
    }

    /// What it prints.
    pub(crate) fn printed(&self, args: &[&str]) -> String {
        printed(args, self.run(args))
    }

    /// The columns of a row of tidy, with a space between them; nothing where there is no row.
    pub(crate) fn tidy(&self, month: &str, row: [&str; 3], columns: &[&str]) -> Option<String> {
        let printed = self.printed(&["-m", month, "-a", "all", "-f", "tidy"]);
        let rows = read_csv(printed.as_bytes());
        let header = &rows[0];
        let named = |row: &[String]| -> BTreeMap<String, String> {
            header.iter().cloned().zip(row.iter().cloned()).collect()
        };
        let mut rows = rows[1..].iter().map(|row| named(row));
        let [id, area, cohort] = row;
        let found =
            rows.find(|row| row["id"] == id && row["area"] == area && row["cohort"] == cohort)?;
        Some(columns.iter().map(|column| found[*column].as_str()).collect::<Vec<_>>().join(" "))
    }

    /// The same of everyone in the county.
    pub(crate) fn county(&self, month: &str, id: &str, columns: &[&str]) -> String {
        self.tidy(month, [id, "County", "all"], columns).unwrap_or_else(|| "no row".to_owned())
    }
}

const PREVIOUS: &[&str] = &["previous_month", "previous_result", "previous_direction"];
const OUTTURN: &[&str] = &["outturn_month", "outturn_result", "outturn_direction"];
const LAST_YEAR: &[&str] = &["last_year_month", "last_year_result", "last_year_direction"];

/// Rule 1: 20 of 100 of everyone in November, 15 of 90 without the cohort in September: there is no
/// variance. In November 20% less 25% (20 of 80) is.
#[test]
fn a_variance_is_of_one_month() {
    let base = || {
        project("", &indicator("1", ["L", "Q", "percent"], ""))
            .results("2015-09", "1,,excluding-uasc,15,90,")
    };
    let different = base().results("2015-11", "1,,,20,100,");
    let without = ["1", "County", "excluding-uasc"];
    assert_eq!(
        different.tidy("2015-11", without, &["data_month", "variance"]).as_deref(),
        Some("2015-09 ")
    );
    let page = different.printed(&["-m", "2015-11", "-t", "impact"]);
    assert!(page.contains("of different periods, September to November 2015 and"), "{page}");
    let same = base().results("2015-11", "1,,,20,100,\n1,,excluding-uasc,20,80,");
    assert_eq!(same.tidy("2015-11", without, &["variance"]).as_deref(), Some("5"));
}

/// Rule 2: an annual figure of March, carried forward to May, is the outturn itself.
#[test]
fn nothing_is_compared_with_itself() {
    let project = project("", &indicator("1", ["H", "A", "percent"], ""))
        .results("2015-03", "1,,,50,100,")
        .results("2015-05", "")
        .results("2016-03", "1,,,55,100,");
    assert_eq!(project.county("2015-05", "1", OUTTURN), "  ");
    assert_eq!(project.county("2016-03", "1", OUTTURN), "2015-03 50 improved");
}

/// Rule 3: 9 exclusions by May, 4 by April, 44 by March: no direction; from 11 by the May before one,
/// where that is asked for. A percentage keeps its arrows.
#[test]
fn a_count_of_the_year_to_date_has_a_direction_from_last_year_alone() {
    let compare = "compare = ['previous', 'outturn', 'last_year']";
    let tables = [
        indicator("1", ["L", "YTD", "number"], ""),
        indicator("2", ["L", "YTD", "number"], "cumulative = false"),
        indicator("3", ["L", "YTD", "percent"], "cumulative = false"),
        indicator("4", ["L", "YTD", "rate"], "per = 1000"),
    ]
    .concat();
    let rows =
        |count: u8| format!("1,,,,,{count}\n2,,,,,{count}\n3,,,{count},100,\n4,,,{count},100,");
    let project = project(compare, &tables)
        .results("2015-05", &rows(11))
        .results("2016-03", &rows(44))
        .results("2016-04", &rows(4))
        .results("2016-05", &rows(9));
    assert_eq!(project.county("2016-05", "1", PREVIOUS), "2016-04 4 ");
    assert_eq!(project.county("2016-05", "1", OUTTURN), "2016-03 44 ");
    assert_eq!(project.county("2016-05", "1", LAST_YEAR), "2015-05 11 improved");
    assert_eq!(project.county("2016-05", "2", PREVIOUS), "2016-04 4 worsened");
    assert_eq!(project.county("2016-05", "3", OUTTURN), "2016-03 44 improved");
    assert_eq!(project.county("2016-05", "4", PREVIOUS), "2016-04 40 ");
    assert_eq!(project.county("2016-05", "4", LAST_YEAR), "2015-05 110 improved");
}

/// Rule 3: after one month of a year a percentage is compared with a whole one, and every format
/// says so; in May it is not said, and of a count without an arrow it never is.
#[test]
fn across_the_start_of_a_year_a_footnote_says_what_is_covered() {
    let tables = [
        indicator("1", ["H", "YTD", "percent"], ""),
        indicator("2", ["L", "YTD", "number"], ""),
        indicator("3", ["H", "R12M", "percent"], ""),
    ]
    .concat();
    let rows = "1,,,4,10,\n2,,,,,3\n3,,,5,10,";
    let project = project("", &tables)
        .results("2016-03", "1,,,50,100,\n2,,,,,30\n3,,,5,10,")
        .results("2016-04", rows)
        .results("2016-05", rows);
    let said = "Year to date: the result covers 1 month (April 2016), the one that it is compared \
                with 12 months (April 2015 to March 2016)";
    let csv = project.printed(&["-m", "2016-04", "-t", "scorecard", "-f", "csv"]);
    let rows = read_csv(csv.as_bytes());
    let notes = |id: &str| rows.iter().find(|row| row[0] == id)?.last().cloned();
    assert_eq!(notes("1").as_deref(), Some(said));
    assert_eq!((notes("2").as_deref(), notes("3").as_deref()), (Some(""), Some("")));
    for format in ["text", "html", "markdown"] {
        let page = project.printed(&["-m", "2016-04", "-t", "scorecard", "-f", format]);
        let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(page.contains("12 months (April 2015 to March 2016)"), "{format}: {page}");
    }
    let may = project.printed(&["-m", "2016-05", "-t", "scorecard"]);
    assert!(!may.contains("Year to date:"), "{may}");
}

/// Rule 4: South ended in October. A snapshot of January is North's alone, 10; a year to date needs
/// South's 5 too, and without its row there is no sum.
#[test]
fn the_parts_of_a_sum_are_those_of_its_period() {
    let tables = [
        indicator("1", ["L", "SS", "number"], "rollup = 'sum'"),
        indicator("2", ["L", "YTD", "number"], "rollup = 'sum'"),
    ]
    .concat();
    let rows = "1,North,,,,10\n2,North,,,,10";
    let whole = project("", &tables).results("2016-01", &format!("{rows}\n2,South,,,,5"));
    assert_eq!(whole.county("2016-01", "1", &["result"]), "10");
    assert_eq!(whole.county("2016-01", "2", &["result"]), "15");
    assert_eq!(whole.tidy("2016-01", ["2", "South", "all"], &["result"]), None);
    let without = project("", &tables).results("2016-01", rows);
    assert_eq!(without.county("2016-01", "2", &["result"]), "no row");
    let check = String::from_utf8(without.run(&["check", "-m", "2016-01"]).stdout).expect("text");
    assert!(check.contains("sum-incomplete") && check.contains("South"), "{check}");
}

/// Rule 5: who counts for an area without its own row for everyone, without the cohort.
#[test]
fn without_a_cohort_an_area_uses_its_own_rows_before_its_parts() {
    let sum =
        |more: &str| indicator("1", ["L", "SS", "percent"], &format!("rollup = 'sum'\n{more}"));
    let rows = "1,North,,10,40,\n1,South,,20,60,\n1,North,excluding-uasc,8,30,\n\
                1,South,excluding-uasc,18,50,";
    let result = |more: &str, keys: &str| {
        let project = project("", &sum(keys)).results("2015-09", &format!("{rows}{more}"));
        let columns = ["numerator", "denominator"];
        [
            project.county("2015-09", "1", &columns),
            project
                .tidy("2015-09", ["1", "County", "excluding-uasc"], &columns)
                .unwrap_or_else(|| "no row".to_owned()),
        ]
    };
    assert_eq!(result("", ""), ["30 100", "26 80"], "the sums of the parts");
    assert_eq!(result("\n1,,excluding-uasc,25,79,", ""), ["30 100", "25 79"], "its own row");
    assert_eq!(result("\n1,,uasc,6,22,", ""), ["30 100", "24 78"], "its own cohort, taken off");
    assert_eq!(result("\n1,,uasc,-,-,", ""), ["30 100", "no row"], "which is not known");
    assert_eq!(result("", "excludes = ['uasc']"), ["30 100", "30 100"], "it leaves it out");
    assert_eq!(result("\n1,,,31,101,", ""), ["31 101", "no row"], "its own row alone");
    assert_eq!(result("\n1,,,-,-,", ""), ["no row", "no row"], "one that says there is none, too");
}

/// Rule 6: quarterly and annual figures that are carried forward have not moved, and an indicator
/// that was red and has no figure is said to have none.
#[test]
fn what_is_carried_forward_is_no_news() {
    let target = "target = 60\nfloor = 50";
    let tables = [
        indicator("1", ["H", "Q", "percent"], target),
        indicator("2", ["H", "SS", "percent"], target),
        indicator("3", ["H", "SS", "percent"], target),
    ]
    .concat();
    let project = project("", &tables)
        .results("2015-09", "1,,,55,100,")
        .results("2015-12", "1,,,45,100,\n2,,,45,100,\n3,,,55,100,")
        .results("2016-01", "3,,,56,100,");
    let december = project.printed(&["-m", "2015-12", "-t", "summary"]);
    assert!(december.contains("Newly red"), "{december}");
    let january = project.printed(&["-m", "2016-01", "-t", "summary"]);
    assert!(!january.contains("Newly red"), "{january}");
    for said in [
        "Since December 2015, 1 improved; 1 cannot be compared.",
        "1 figure is carried forward from an earlier month",
        "no figure; red in December 2015",
        "Q3 2015/16",
    ] {
        assert!(january.contains(said), "{said} is not in\n{january}");
    }
}

/// Rule 7: without a figure for January, December's and March's are still on the page.
#[test]
fn a_missing_figure_hides_nothing() {
    let project = project("", &indicator("1", ["H", "SS", "percent"], ""))
        .results("2015-03", "1,,,50,100,")
        .results("2015-12", "1,,,60,100,")
        .results("2016-01", "");
    let csv = project.printed(&["-m", "2016-01", "-t", "scorecard", "-f", "csv"]);
    assert!(csv.contains(",-,-,-,-,-,60.0%,-,50.0%,-,S,"), "{csv}");
    assert_eq!(project.county("2016-01", "1", &["result"]), "no row");
}

/// Rule 8: what is not asked for is empty everywhere, and an indicator's own `compare` counts.
#[test]
fn comparisons_that_are_not_asked_for_are_empty() {
    let tables = [
        indicator("1", ["H", "Q", "percent"], ""),
        indicator("2", ["H", "SS", "percent"], "compare = ['previous']"),
        indicator("3", ["H", "SS", "percent"], "compare = []"),
    ]
    .concat();
    let rows = |count: u8| format!("1,,,{count},100,\n2,,,{count},100,\n3,,,{count},100,");
    let project = project("compare = ['last_year']", &tables)
        .results("2014-12", &rows(40))
        .results("2015-03", &rows(45))
        .results("2015-09", &rows(46))
        .results("2015-11", &rows(47))
        .results("2015-12", &rows(50));
    let all = [PREVIOUS, OUTTURN, LAST_YEAR].concat();
    assert_eq!(project.county("2015-12", "1", &all), "      2014-12 40 improved");
    assert_eq!(project.county("2015-12", "2", &all), "2015-11 47 improved      ");
    assert_eq!(project.county("2015-12", "3", &all), " ".repeat(8));
    let summary = project.printed(&["-m", "2015-12", "-t", "summary"]);
    for said in ["Since November 2015, 1 improved.", "Since Q3 2014/15, 1 improved."] {
        assert!(summary.contains(said), "{said} is not in\n{summary}");
    }
    let csv = project.printed(&["-m", "2015-12", "-t", "scorecard", "-f", "csv"]);
    let header = csv.lines().next().expect("a header");
    assert!(header.contains("Last Year (Q3 2014/15) Result,DoT from last year"), "{header}");
    assert!(!header.contains("Outturn"), "{header}");
    let check = String::from_utf8(project.run(&["check", "-m", "2015-12"]).stdout).expect("text");
    assert!(!check.contains("no-outturn"), "{check}");
}

/// A target that rises from 40 to 50 turns 45% from green to amber: the summary, the covering report
/// and `diff` say so.
#[test]
fn a_rating_that_another_target_changes_says_so() {
    let keys = "target = 50\nfloor = 42\n[indicator.targets.'2014/15']\ntarget = 40\nfloor = 35";
    let project = project("targets_for = '2015/16'", &indicator("1", ["H", "SS", "percent"], keys))
        .results("2015-03", "1,,,45,100,")
        .results("2015-04", "1,,,45,100,");
    let summary = project.printed(&["-m", "2015-04", "-t", "summary"]);
    assert!(summary.contains("45.0%, target 50%; green to amber; its target was 40%"), "{summary}");
    let diff = project.printed(&["diff", "2015-03", "2015-04"]);
    assert!(
        diff.contains("Indicator 1 (indicator 1) went from green to amber; its target was 40%."),
        "{diff}"
    );
}

/// 84.6% less 74.5% is 10.1 percentage points, and no percentage.
#[test]
fn a_difference_of_percentages_is_in_percentage_points() {
    let tables =
        [indicator("1", ["H", "SS", "percent"], ""), indicator("2", ["H", "SS", "number"], "")]
            .concat();
    let project = project("", &tables)
        .results(
            "2015-09",
            "1,,,745,1000,\n1,,excluding-uasc,846,1000,\n2,,,,,30\n2,,excluding-uasc,,,33",
        )
        .results("2015-10", "1,,,846,1000,\n2,,,,,33");
    let impact = project.printed(&["-m", "2015-09", "-t", "impact", "-f", "csv"]);
    assert!(impact.lines().next().expect("a header").contains("Variance (pp: percentage points)"));
    assert!(impact.contains(",+10.1 pp,") && impact.contains(",+3,"), "{impact}");
    let diff = project.printed(&["diff", "2015-09", "2015-10", "-f", "csv"]);
    assert!(diff.contains("By (pp: percentage points)") && diff.contains("+10.1 pp"), "{diff}");
    let tidy = project.tidy("2015-09", ["1", "County", "excluding-uasc"], &["variance"]);
    assert_eq!(tidy.as_deref(), Some("10.1"));
}

/// A quarterly and an annual indicator need no month before the report's; a new quarter needs the
/// one before it.
#[test]
fn no_month_is_asked_for_that_nothing_is_compared_with() {
    let tables =
        [indicator("1", ["H", "Q", "percent"], ""), indicator("2", ["H", "A", "percent"], "")]
            .concat();
    let check = |project: &Project, month: &str| {
        String::from_utf8(project.run(&["check", "-m", month]).stdout).expect("text")
    };
    let carried = project("", &tables)
        .results("2015-03", "1,,,1,2,\n2,,,1,2,")
        .results("2015-09", "1,,,1,2,")
        .results("2015-12", "1,,,1,2,")
        .results("2016-02", "");
    assert!(!check(&carried, "2016-02").contains("no-previous"));
    assert!(!check(&carried, "2015-12").contains("no-previous"));
    let new = project("", &tables).results("2015-12", "1,,,1,2,");
    let found = check(&new, "2015-12");
    assert!(found.contains("there is no month 2015-09 to compare December 2015 with"), "{found}");
}

/// A target that steps from 50% to 60% in July and to 70% in October, each to the end of its year
/// alone; the floor is 10 points below, and in the next year is a tenth of the target below.
#[test]
fn a_target_may_step_within_a_year() {
    let keys = "target = 50\nfloor = { points = 10 }\n\
        [indicator.targets.'2015-07']\ntarget = 60\n[indicator.targets.'2015-10']\ntarget = 70\n\
        [indicator.targets.'2016/17']\ntarget = 55\nfloor = { percent = 10 }\n\
        [indicator.targets.'2016-06']\ntarget = 'tbc'";
    let row = "1,,,50,100,";
    let mut project =
        project("targets_for = '2015/16'", &indicator("1", ["H", "SS", "percent"], keys));
    let expected = [
        ("2015-06", "green 50 40"),
        ("2015-07", "amber 60 50"),
        ("2015-09", "amber 60 50"),
        ("2015-10", "red 70 60"),
        ("2016-03", "red 70 60"),
        ("2016-04", "amber 55 49.5"),
        ("2016-06", "  "),
    ];
    for (month, _) in expected {
        project = project.results(month, row);
    }
    for (month, expected) in expected {
        let found = project.county(month, "1", &["rag", "target_low", "floor_low"]);
        assert_eq!(found, expected, "{month}");
    }
    let june = project.printed(&["-m", "2016-06", "-t", "scorecard", "-f", "csv"]);
    assert!(june.contains(",50.0%,-,50,100,tbc,"), "{june}");
    let explain = project.printed(&["explain", "1", "-m", "2016-06"]);
    assert!(explain.contains("the target for 2016/17 is to be confirmed"), "{explain}");
    let september = project.printed(&["-m", "2015-09", "-t", "definitions", "-f", "csv"]);
    for later in ["from October 2015: 70% (floor 60%)", "2016/17: 55% (floor 49.5%)", "tbc"] {
        assert!(september.contains(later), "{later} is not in\n{september}");
    }
    let explain = project.printed(&["explain", "1", "-m", "2015-09"]);
    assert!(explain.contains("60% from July 2015"), "{explain}");
    let july = project.printed(&["-m", "2015-07", "-t", "summary"]);
    assert!(july.contains("Since"), "{july}");
}

/// For L the floor is above the target, for T on both sides.
#[test]
fn a_floor_may_be_a_distance_from_its_target() {
    let tables = [
        indicator("1", ["L", "SS", "percent"], "target = 12.5\nfloor = { percent = 10 }"),
        indicator("2", ["T", "SS", "percent"], "target = [15, 20]\nfloor = { points = 2.5 }"),
    ]
    .concat();
    let project = project("", &tables).results("2015-09", "1,,,13,100,\n2,,,22,100,");
    let columns = ["rag", "floor_low", "floor_high"];
    assert_eq!(project.county("2015-09", "1", &columns), "amber  13.75");
    assert_eq!(project.county("2015-09", "2", &columns), "amber 12.5 22.5");
}

/// A step in a month in which the indicator is not reported, and distances that are none.
#[test]
fn a_step_is_in_a_month_of_its_indicator() {
    let found = |keys: &str| {
        let project = project("", &indicator("1", ["H", "SS", "percent"], keys))
            .results("2015-09", "1,,,50,100,");
        String::from_utf8(project.run(&["check"]).stdout).expect("text")
    };
    let outside = found(
        "target = 50\nfloor = 40\nuntil = '2015-12'\n[indicator.targets.'2016-02']\ntarget = 60",
    );
    assert!(
        outside.contains("a target from 2016-02, when the indicator is not reported"),
        "{outside}"
    );
    for floor in ["{ points = 0 }", "{ percent = 5, points = 5 }", "{ per = 5 }", "{}"] {
        let found = found(&format!("target = 50\nfloor = {floor}"));
        assert!(found.contains("error[bad-value]"), "{floor}: {found}");
    }
    assert!(found("target = 'tbc'").is_empty() || !found("target = 'tbc'").contains("error"));
}

/// A quarterly report: its period has a name, and no month is made in which nothing is due.
#[test]
fn a_quarter_is_named_as_people_do() {
    let tables =
        [indicator("1", ["H", "Q", "percent"], ""), indicator("2", ["H", "Q", "percent"], "")]
            .concat();
    let rows = |count: u8| format!("1,,,{count},100,\n2,,,{count},100,");
    let project = project("", &tables)
        .results("2015-06", &rows(40))
        .results("2015-09", &rows(45))
        .results("2015-12", &rows(50));
    let by_month = project.printed(&["-m", "2015-12", "-t", "summary"]);
    for quarter in ["Q3 2015/16", "2015/16-Q3"] {
        assert_eq!(project.printed(&["-m", quarter, "-t", "summary"]), by_month);
    }
    assert!(by_month.contains("Period: Q3 2015/16"), "{by_month}");
    assert!(by_month.contains("Since Q2 2015/16, 2 improved."), "{by_month}");
    assert!(!by_month.contains("The figure is of"), "{by_month}");
    let wrong = project.run(&["-m", "Q3 2015/17"]);
    let said = String::from_utf8(wrong.stderr).expect("text");
    assert!(wrong.status.code() == Some(2) && said.contains("names no quarter"), "{said}");
    let new = project.run(&["new", "2016-02"]);
    let said = String::from_utf8(new.stderr).expect("text");
    assert_eq!(new.status.code(), Some(2), "{said}");
    assert!(said.contains("nothing is due in February 2016; the next is 2016-03"), "{said}");
    assert!(project.run(&["new", "2016-03"]).status.success());
}

/// A school year that ends in August has its own name; without one it is the year to August.
#[test]
fn a_year_is_called_what_its_indicator_calls_it() {
    let named = |keys: &str| {
        let project = project("", &indicator("1", ["H", "A", "percent"], keys))
            .results("2014-08", "1,,,50,100,")
            .results("2015-08", "1,,,55,100,")
            .results("2015-10", "");
        project.printed(&["-m", "2015-10", "-t", "scorecard", "-f", "csv"])
    };
    let school = named("year_name = 'school year'");
    assert!(
        school.contains("The figure is of the 2014/15 school year, the latest there is"),
        "{school}"
    );
    let plain = named("");
    assert!(
        plain.contains("The figure is of the year to August 2015, the latest there is"),
        "{plain}"
    );
}

/// An N is expected from 10% to 20%, both ends in it, and from 12% on in October. It is neither rated
/// nor better or worse than before.
#[test]
fn a_result_may_be_expected_in_a_range() {
    let keys = "expected = [10, 20]\n[indicator.targets.'2015-10']\nexpected = [12, 20]";
    let mut project =
        project("targets_for = '2015/16'", &indicator("1", ["N", "SS", "percent"], keys));
    let expected = [
        ("2015-06", 100, "within 10"),
        ("2015-07", 200, "within 20"),
        ("2015-08", 201, "above 20.1"),
        ("2015-09", 99, "below 9.9"),
        ("2015-10", 110, "below 11"),
    ];
    for (month, count, _) in expected {
        project = project.results(month, &format!("1,,,{count},1000,"));
    }
    for (month, _, expected) in expected {
        let found = project.county(month, "1", &["range", "result", "rag", "previous_direction"]);
        assert_eq!(found, format!("{expected}  "), "{month}");
    }
    let page = project.printed(&["-m", "2015-08", "-t", "scorecard", "-f", "csv"]);
    assert!(page.contains(",20.1%,Above range,201,\"1,000\",10.0% to 20.0%,"), "{page}");
    let summary = project.printed(&["-m", "2015-08", "-t", "summary"]);
    assert!(summary.contains("The one with an expected range is above it."), "{summary}");
    let explain = project.printed(&["explain", "1", "-m", "2015-10"]);
    assert!(explain.contains("Below range: it is expected from 12% to 20%."), "{explain}");
}

#[test]
fn an_expected_range_is_for_an_n_and_a_target_is_not() {
    let found = |polarity: &str, keys: &str| {
        let project = project("", &indicator("1", [polarity, "SS", "percent"], keys))
            .results("2015-09", "1,,,50,100,");
        String::from_utf8(project.run(&["check"]).stdout).expect("text")
    };
    let of_h = found("H", "expected = [10, 20]");
    assert!(of_h.contains("an expected range on an indicator of polarity H"), "{of_h}");
    let of_n = found("N", "target = 10\nfloor = 5");
    assert!(of_n.contains("a target on an indicator of polarity N"), "{of_n}");
    assert!(found("N", "expected = [20, 10]").contains("higher number first"));
}

const RATED: &[&str] = &["result", "rag", "target_low", "target_high", "floor_low", "floor_high"];

/// Statutory assessments of special educational needs in time (NI 103): the milestone was 90% during
/// 2013 and the target 95% from 2014/15. 83.6% in 2012/13, 85.5% in April 2013 and 76% in the first
/// quarter of 2012/13 were published; the floor 5 points below is assumed.
#[test]
fn ni_103_steps_in_a_year_and_with_the_years() {
    let keys = "target = 95\nfloor = { points = 5 }\n[indicator.targets.'2012/13']\ntarget = 'tbc'\n\
                [indicator.targets.'2013-01']\ntarget = 90\n[indicator.targets.'2013/14']\n\
                target = 90\n";
    let keys = format!("frequency = 'monthly'\n{keys}");
    let project = project("targets_for = '2014/15'", &indicator("1", ["H", "Q", "percent"], &keys))
        .results("2012-06", "1,,,,,76")
        .results("2013-03", "1,,,,,83.6")
        .results("2013-04", "1,,,,,85.5")
        .results("2014-03", "1,,,,,88")
        .results("2014-04", "1,,,,,88");
    assert_eq!(project.county("2012-06", "1", RATED), "76     ");
    assert_eq!(project.county("2013-03", "1", RATED), "83.6 red 90 90 85 ");
    assert_eq!(project.county("2013-04", "1", RATED), "85.5 amber 90 90 85 ");
    assert_eq!(project.county("2014-03", "1", RATED), "88 amber 90 90 85 ");
    assert_eq!(project.county("2014-04", "1", RATED), "88 red 95 95 90 ");
    let explain = project.printed(&["explain", "1", "-m", "2012-06"]);
    assert!(explain.contains("the target for 2012/13 is to be confirmed"), "{explain}");
    let later = "from January 2013: 90% (floor 85%); 2013/14: 90% (floor 85%); 2014/15: 95%";
    let definitions = project.printed(&["-m", "2012-06", "-t", "definitions", "-f", "csv"]);
    assert!(definitions.contains(later), "{definitions}");
}

/// The education directorate's "at least 30% fewer than 2013" children in need: the baseline is not
/// stated, so 9,140 is assumed. 70% of it is 6,398. With 22% fewer in 2016 it is 7,129.2.
#[test]
fn thirty_percent_fewer_than_in_2013_is_worked_out() {
    let keys = "[indicator.targets.'2015/16']\ntarget = { since = '2013-03', change = '-22%' }\n\
                floor = { percent = 10 }\n[indicator.targets.'2018/19']\n\
                target = { since = '2013-03', change = '-30%' }\n";
    let mut tested = project("", &indicator("1", ["L", "SS", "number"], keys))
        .results("2013-03", "1,,,,,9140\n1,North,,,,5000");
    for (month, count) in [
        ("2015-06", 7129),
        ("2015-07", 7130),
        ("2015-08", 7843),
        ("2018-06", 6398),
        ("2018-07", 6399),
    ] {
        let row = format!("1,,,,,{count}\n1,North,,,,{count}");
        tested = tested.results(month, &row);
    }
    assert_eq!(tested.county("2015-06", "1", RATED), "7129 green 7129.2 7129.2  7842.12");
    assert_eq!(tested.county("2015-07", "1", RATED), "7130 amber 7129.2 7129.2  7842.12");
    assert_eq!(tested.county("2015-08", "1", RATED), "7843 red 7129.2 7129.2  7842.12");
    assert_eq!(tested.county("2018-06", "1", RATED), "6398 green 6398 6398  ");
    assert_eq!(tested.county("2018-07", "1", RATED), "6399 red 6398 6398  ");
    // Each area by its own: 78% of 5,000 is 3,900.
    let north = tested.tidy("2015-06", ["1", "North", "all"], RATED);
    assert_eq!(north.as_deref(), Some("7129 red 3900 3900  4290"));
    let explain = tested.printed(&["explain", "1", "-m", "2015-06"]);
    assert!(explain.contains("22% less than 9,140 in March 2013"), "{explain}");
    assert!(explain.contains("2018/19: 30% less than in March 2013"), "{explain}");
    let page = tested.printed(&["-m", "2015-06", "-t", "scorecard", "-f", "csv"]);
    assert!(page.contains("The target is 22% less than 9,140 in March 2013"), "{page}");
}

/// A third of 100 is 33⅓%: 5 points less is 28⅓%, which 17 of 60 is exactly.
#[test]
fn a_target_that_is_worked_out_is_exact() {
    let keys = "target = { since = '2015-04', points = -5 }\nfloor = { points = 0.01 }";
    let tested = project("", &indicator("1", ["L", "SS", "percent"], keys))
        .results("2015-04", "1,,,33,99,\n1,,uasc,3,9,")
        .results("2015-05", "1,,,17,60,\n1,,uasc,10,20,")
        .results("2015-06", "1,,,28334,100000,");
    assert_eq!(
        tested.county("2015-05", "1", RATED),
        "28.333333 green 28.333333 28.333333  28.343333"
    );
    assert_eq!(tested.county("2015-06", "1", RATED), "28.334 amber 28.333333 28.333333  28.343333");
    // Without a cohort, from the figure without it: 30 of 90 less 5 points.
    let excluding = tested.tidy("2015-05", ["1", "County", "excluding-uasc"], RATED);
    assert_eq!(excluding.as_deref(), Some("17.5 green 28.333333 28.333333  28.343333"));
    // The month that it is worked out from has no target itself.
    assert_eq!(tested.county("2015-04", "1", RATED), "33.333333     ");
}

/// 98 a year evenly is 24.5 by June, and the floor of 88 is 22 then. By April both are a twelfth.
#[test]
fn an_even_profile_is_due_by_twelfths() {
    let keys = "target = 98\nfloor = 88\nprofile = 'even'";
    let mut tested = project("", &indicator("1", ["H", "YTD", "number"], keys));
    for (month, count) in
        [("2015-04", 8), ("2015-06", 24), ("2015-12", 65), ("2016-01", 90), ("2016-03", 98)]
    {
        tested = tested.results(month, &format!("1,,,,,{count}"));
    }
    assert_eq!(tested.county("2015-04", "1", RATED), "8 amber 8.166667 8.166667 7.333333 ");
    assert_eq!(tested.county("2015-06", "1", RATED), "24 amber 24.5 24.5 22 ");
    assert_eq!(tested.county("2015-12", "1", RATED), "65 red 73.5 73.5 66 ");
    assert_eq!(tested.county("2016-01", "1", RATED), "90 green 81.666667 81.666667 73.333333 ");
    assert_eq!(tested.county("2016-03", "1", RATED), "98 green 98 98 88 ");
    for format in ["csv", "text", "markdown", "html"] {
        let page = tested.printed(&["-m", "2015-06", "-t", "scorecard", "-f", format]);
        assert!(page.contains("24.5 by Q1 (98 for the year)"), "{page}");
    }
    let page = tested.printed(&["-m", "2015-04", "-t", "scorecard", "-f", "csv"]);
    assert!(page.contains("8.17 by April (98 for the year)"), "{page}");
    let explain = tested.printed(&["explain", "1", "-m", "2015-06"]);
    assert!(explain.contains("The target of 24.5 would have been met by 25 or more"), "{explain}");
    assert!(explain.contains("24.5 by Q1 (98 for the year) for 2015/16"), "{explain}");
}

/// With 10 of 98 due by June, a floor of 88 is 10 × 88 ÷ 98 = 8.97959.
#[test]
fn a_profile_by_month_keeps_the_ratio_of_the_floor() {
    let keys = "target = 98\nfloor = 88\n\
                profile = [2, 5, 10, 15, 20, 26, 32, 40, 50, 65, 80, 98]";
    let tested = project("", &indicator("1", ["H", "YTD", "number"], keys))
        .results("2015-06", "1,,,,,9")
        .results("2015-07", "1,,,,,13");
    assert_eq!(tested.county("2015-06", "1", RATED), "9 amber 10 10 8.979592 ");
    assert_eq!(tested.county("2015-07", "1", RATED), "13 red 15 15 13.469388 ");
}

/// A step within the year changes what is due from then on, and nothing before.
#[test]
fn a_profile_goes_with_the_target_of_its_step() {
    let keys = "target = 120\nfloor = { percent = 10 }\nprofile = 'even'\n\
                [indicator.targets.'2015-07']\ntarget = 240";
    let tested = project("targets_for = '2015/16'", &indicator("1", ["H", "YTD", "number"], keys))
        .results("2015-06", "1,,,,,28")
        .results("2015-07", "1,,,,,70");
    assert_eq!(tested.county("2015-06", "1", RATED), "28 amber 30 30 27 ");
    assert_eq!(tested.county("2015-07", "1", RATED), "70 red 80 80 72 ");
}

#[test]
fn every_command_takes_a_quarter_by_name() {
    let tested = project("", &indicator("1", ["H", "Q", "percent"], "target = 50\nfloor = 40"))
        .results("2015-09", "1,,,50,100,")
        .results("2015-12", "1,,,60,100,");
    let publish = ["publish", "-m", "Q3 2015/16", "--meeting", "2016-02-01", "--force"];
    tested.printed(&publish);
    for args in [
        &["-m", "2015/16-Q3", "-f", "tidy"][..],
        &["extract", "-m", "Q3 2015/16"],
        &["diff", "Q2 2015/16", "2015/16-Q3"],
        &["reproduce", "Q3 2015/16"],
        &["revisions", "-m", "Q3 2015/16"],
        &["new", "2015/16-Q4"],
    ] {
        tested.printed(args);
    }
    assert!(tested.0.path().join("data/2016-03/results.csv").exists());
    let wrong = tested.run(&["reproduce", "Q3 2015/17"]);
    let said = String::from_utf8(wrong.stderr).expect("text");
    assert!(said.contains("\"Q3 2015/17\" names no quarter"), "{said}");
    let trend = tested.printed(&["-m", "Q3 2015/16", "-t", "trend", "-f", "csv"]);
    assert!(trend.contains("Q2 2015/16,Q2 2015/16 RAG,Q3 2015/16,Q3 2015/16 RAG"), "{trend}");
}

/// Of a figure that covers more than the report's month each format says what: a year to date and
/// rolling 12 months below the table, a quarter and a year in a footnote, and CSV in a column.
#[test]
fn the_period_of_every_figure_is_named() {
    let tables = [
        ("1", "SS", ""),
        ("2", "YTD", ""),
        ("3", "R12M", ""),
        ("4", "Q", ""),
        ("5", "A", "year_name = 'school year'"),
    ]
    .map(|(id, period, keys)| indicator(id, ["H", period, "percent"], keys));
    let project = project("", &tables.concat())
        .results("2015-08", "5,,,,,50")
        .results("2015-12", "1,,,,,50\n2,,,,,51\n3,,,,,52\n4,,,,,53");
    for format in ["text", "markdown", "html"] {
        let page = project.printed(&["-m", "2015-12", "-t", "scorecard", "-f", format]);
        let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
        for said in [
            "Figures for the year to date (YTD) cover April to December 2015; those for rolling 12 months \
             (R12M) cover January to December 2015.",
            "The figure is of Q3 2015/16",
            "The figure is of the 2014/15 school year, the latest there is",
        ] {
            assert!(page.contains(said), "{said}: {page}");
        }
    }
    let csv = project.printed(&["-m", "2015-12", "-t", "scorecard", "-f", "csv"]);
    let rows = read_csv(csv.as_bytes());
    let column = rows[0].iter().position(|heading| heading == "Period Covered").expect("it is");
    let covered: Vec<_> = rows[1..].iter().map(|row| row[column].as_str()).collect();
    let expected = [
        "December 2015",
        "April to December 2015",
        "January to December 2015",
        "Q3 2015/16",
        "2014/15 school year",
    ];
    assert_eq!(covered, expected);
    let json = project.printed(&["-m", "2015-12", "-f", "json"]);
    for covers in expected {
        assert!(json.contains(&format!("\"covers\": \"{covers}\"")), "{covers}: {json}");
    }
}
