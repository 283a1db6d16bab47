//! Each check finds what it is for in a small project, and does not find its near miss.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use scorecard::check::{self, Depth};
use scorecard::diagnostic::{Code, Finding, Findings, Severity};
use scorecard::history::Reach;
use scorecard::month::Month;

use crate::common::{Report, definition};
use tempfile::TempDir;

const HEADER: &str = "indicator,area,cohort,numerator,denominator,value\n";

/// A project of a county with two areas, one of which has a team, and a cohort.
#[derive(Clone)]
pub(crate) struct Project {
    scorecard: String,
    pub(crate) tables: String,
    files: BTreeMap<String, String>,
}

/// A project with the indicators given: an id and keys each, of polarity H and section S.
pub(crate) fn project(indicators: &[(&str, &str)]) -> Project {
    let mut tables = "[[area]]\nname = 'County'\n\
                      [[area]]\nname = 'North'\nparent = 'County'\n\
                      [[area]]\nname = 'South'\nparent = 'County'\n\
                      [[area]]\nname = 'Team'\nparent = 'North'\nkind = 'team'\n\
                      [[cohort]]\nid = 'uasc'\nname = 'UASC'\n"
        .to_owned();
    for (id, keys) in indicators {
        write!(tables, "[[indicator]]\nid = '{id}'\nsection = 'S'\nname = 'Indicator {id}'\npolarity = 'H'\n{keys}\n").expect("text grows");
    }
    Project {
        scorecard: "[scorecard]\ntitle = 'T'\narea = 'County'\n".to_owned(),
        tables,
        files: BTreeMap::new(),
    }
}

pub(crate) const SNAPSHOT: &str = "period = 'SS'\nunit = 'percent'";
pub(crate) const YTD: &str = "period = 'YTD'\nunit = 'percent'";
/// A snapshot that is red below 60%.
const RED: &str = "period = 'SS'\nunit = 'percent'\ntarget = 80\nfloor = 60";

impl Project {
    /// With more of the definitions.
    pub(crate) fn with(mut self, tables: &str) -> Self {
        self.tables += tables;
        self
    }

    /// With more keys of [scorecard].
    pub(crate) fn keys(mut self, keys: &str) -> Self {
        self.scorecard += keys;
        self
    }

    /// With a file, in the folder of a month.
    pub(crate) fn file(mut self, month: &str, name: &str, text: &str) -> Self {
        self.files.insert(format!("{month}/{name}"), text.to_owned());
        self
    }

    /// With the results of a month.
    pub(crate) fn results(self, month: &str, rows: &str) -> Self {
        let text = format!("{HEADER}{rows}\n");
        self.file(month, "results.csv", &text)
    }

    pub(crate) fn activity(self, month: &str, text: &str) -> Self {
        self.file(month, "activity.csv", text)
    }

    fn commentary(self, month: &str, id: &str, text: &str) -> Self {
        self.file(month, &format!("commentary/{id}.md"), text)
    }

    pub(crate) fn write(&self) -> TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(
            folder.path().join("indicators.toml"),
            format!("{}{}", self.scorecard, self.tables),
        )
        .expect("written");
        for (path, text) in &self.files {
            let path = folder.path().join("data").join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, text).expect("written");
        }
        folder
    }

    /// What is found in its latest month.
    pub(crate) fn run(&self, depth: Depth) -> Vec<Finding> {
        self.run_for(depth, &[])
    }

    fn run_for(&self, depth: Depth, areas: &[&str]) -> Vec<Finding> {
        let folder = self.write();
        run(folder.path(), depth, areas)
    }

    /// What `check` finds of a code.
    pub(crate) fn found(&self, code: Code) -> Vec<String> {
        self.run(Depth::Check)
            .into_iter()
            .filter(|finding| finding.code == code)
            .map(|finding| finding.found)
            .collect()
    }

    pub(crate) fn assert_found(&self, code: Code, found: &[&str]) {
        assert_eq!(self.found(code), found, "{}", code.as_str());
    }

    /// Where a finding of a code stands, within `data`.
    pub(crate) fn places(&self, code: Code) -> Vec<String> {
        let folder = self.write();
        let data = format!("{}/", folder.path().join("data").display()).replace('\\', "/");
        let findings = run(folder.path(), Depth::Check, &[])
            .into_iter()
            .filter(|finding| finding.code == code);
        let places = findings.map(|finding| {
            finding.place.map_or_else(String::new, |place| place.to_string().replace('\\', "/"))
        });
        places.map(|place| place.replacen(&data, "", 1)).collect()
    }
}

pub(crate) fn run(folder: &Path, depth: Depth, areas: &[&str]) -> Vec<Finding> {
    let mut findings = Findings::default();
    let definition = definition(folder, &mut findings);
    let data = folder.join("data");
    let reach = if depth == Depth::Check { Reach::Checks } else { Reach::Comparisons };
    let report = Report::read(&definition, &data, None, areas, reach, &mut findings);
    let report = report.expect("a month");
    check::run(&report.assessor(), &report.scope, depth, &mut findings);
    findings.change_severities(&definition.severities);
    findings.iter().cloned().collect()
}

#[test]
fn figures_that_are_the_same_count_are_the_same() {
    let identity = "[[activity]]\nid = 'plans'\nname = 'Plans'\n\
                    [[identity]]\nname = 'Plans'\n\
                    same = [{ indicator = '1' }, { indicator = '2', figure = 'numerator' }, { activity = 'plans' }]\n";
    let project = project(&[("1", SNAPSHOT), ("2", SNAPSHOT)]).with(identity);
    // North has two of the three, South one, which is the same as itself.
    let sound = project
        .results("2016-01", "1,County,,3,30,\n2,County,,30,40,\n1,North,,1,12,\n1,South,,2,9,")
        .activity("2016-01", "area,plans\nCounty,30\nNorth,12\n");
    sound.assert_found(Code::NotTheSame, &[]);
    let wrong = sound.clone().activity("2016-01", "area,plans\nCounty,30\nNorth,13\n");
    wrong.assert_found(
        Code::NotTheSame,
        &["the figures for \"Plans\" in North differ: 12 by indicator 1 (denominator) and 13 by \"Plans\""],
    );
    assert_eq!(wrong.places(Code::NotTheSame), ["2016-01/results.csv:4"]);
    let finding = wrong
        .run(Depth::Report)
        .into_iter()
        .find(|finding| finding.code == Code::NotTheSame)
        .expect("a report says so too");
    let [(place, what)] = &finding.related[..] else {
        panic!("the other figure is related: {finding:?}")
    };
    assert!(place.to_string().ends_with("activity.csv:3") && what == "\"Plans\"");
}

/// A cohort's part of a figure is its own row, or everyone without everyone else.
#[test]
fn an_identity_may_be_about_a_cohort() {
    let identity = "[[activity]]\nid = 'uasc'\nname = 'UASC'\n\
                    [[identity]]\nsame = [{ indicator = '1', cohort = 'uasc' }, { activity = 'uasc' }]\n";
    let project =
        project(&[("1", SNAPSHOT)]).with(identity).activity("2016-01", "area,uasc\nCounty,9\n");
    for (row, known) in
        [("1,County,excluding-uasc,1,21,", true), ("1,County,uasc,2,9,", true), ("", false)]
    {
        let sound = project.clone().results("2016-01", &format!("1,County,,3,30,\n{row}"));
        sound.assert_found(Code::NotTheSame, &[]);
        let wrong = sound.activity("2016-01", "area,uasc\nCounty,10\n");
        assert_eq!(!wrong.found(Code::NotTheSame).is_empty(), known, "{row}");
    }
}

/// What an area's figure is, an identity takes: also where it is the sum of its parts.
#[test]
fn an_identity_knows_sums() {
    let rolled_up = format!("{SNAPSHOT}\nrollup = 'sum'");
    let project = project(&[("1", &rolled_up), ("2", SNAPSHOT)])
        .with("[[identity]]\nsame = [{ indicator = '1', figure = 'numerator' }, { indicator = '2' }]\n")
        .results("2016-01", "1,North,,1,12,\n1,South,,2,9,\n2,County,,0,3,");
    project.assert_found(Code::NotTheSame, &[]);
    let wrong = project.results("2016-01", "1,North,,1,12,\n1,South,,2,9,\n2,County,,0,4,");
    wrong.assert_found(
        Code::NotTheSame,
        &["figures that must be equal in County differ: 3 by indicator 1 (numerator) and 4 by indicator 2 (denominator)"],
    );
    assert_eq!(wrong.places(Code::NotTheSame), ["2016-01/results.csv:4"]);
}

#[test]
fn a_percentage_is_a_share_unless_it_says_otherwise() {
    let month = |row: &str, keys: &str| project(&[("1", keys)]).results("2016-01", row);
    for row in ["1,County,,30,30,", "1,County,,,,100.0", "1,County,,0,0,", "1,County,,,,[c]"] {
        month(row, SNAPSHOT).assert_found(Code::Above100, &[]);
    }
    month("1,County,,31,30,", SNAPSHOT)
        .assert_found(Code::Above100, &["indicator 1 of County is above 100%: 31 of 30"]);
    month("1,County,,,,100.1", SNAPSHOT)
        .assert_found(Code::Above100, &["indicator 1 of County is above 100%: 100.1%"]);
    month("1,County,,,,-0.1", SNAPSHOT)
        .assert_found(Code::Above100, &["indicator 1 of County is below 0%: -0.1%"]);
    for keys in [&format!("{SNAPSHOT}\nabove_100 = 'yes'"), "period = 'SS'\nunit = 'average'"] {
        month("1,County,,31,30,", keys).assert_found(Code::Above100, &[]);
        month("1,County,,,,-0.1", keys).assert_found(Code::Above100, &[]);
    }
}

#[test]
fn what_a_cohort_leaves_is_a_share_too() {
    let month = |rest: &str| {
        project(&[("1", SNAPSHOT)]).results("2016-01", &format!("1,County,,20,30,\n{rest}"))
    };
    month("1,County,excluding-uasc,12,22,").assert_found(Code::Above100, &[]);
    month("1,County,excluding-uasc,11,22,")
        .assert_found(Code::Above100, &["indicator 1 of County, excluding-uasc is 11 of 22, which leaves 9 of 8 for uasc: above 100%"]);
    month("1,County,uasc,0,11,")
        .assert_found(Code::Above100, &["indicator 1 of County, uasc is 0 of 11, which leaves 20 of 19 for everyone else: above 100%"]);
    // With a row of its own, what is left is not what is used.
    month("1,County,uasc,0,11,\n1,County,excluding-uasc,12,22,").assert_found(Code::Above100, &[]);
}

#[test]
fn a_cohort_and_everyone_else_are_everyone() {
    let month = |keys: &str, rows: &str| project(&[("1", keys)]).results("2016-01", rows);
    month(SNAPSHOT, "1,County,,20,30,\n1,County,uasc,5,10,\n1,County,excluding-uasc,15,20,")
        .assert_found(Code::PartsOfWhole, &[]);
    month(SNAPSHOT, "1,County,,20,30,\n1,County,uasc,5,10,\n1,County,excluding-uasc,14,20,").assert_found(
        Code::PartsOfWhole,
        &["the numerator of indicator 1 of County is 20, and that of the cohort and of everyone else add up to 19"],
    );
    month(SNAPSHOT, "1,County,,20,30,\n1,County,uasc,5,10,\n1,County,excluding-uasc,15,19,").assert_found(
        Code::PartsOfWhole,
        &["the denominator of indicator 1 of County is 30, and that of the cohort and of everyone else add up to 29"],
    );
    let number = "period = 'SS'\nunit = 'number'";
    month(number, "1,County,,,,7\n1,County,uasc,,,3\n1,County,excluding-uasc,,,4")
        .assert_found(Code::PartsOfWhole, &[]);
    assert_eq!(
        month(number, "1,County,,,,7\n1,County,uasc,,,3\n1,County,excluding-uasc,,,3")
            .found(Code::PartsOfWhole)
            .len(),
        1
    );
    // A rate is per head of the whole population, for whomever; a bare percentage is no count; what
    // is left out is no part.
    let rate = "period = 'SS'\nunit = 'rate'\nper = 10000";
    month(rate, "1,County,,20,9000,\n1,County,uasc,5,9000,\n1,County,excluding-uasc,15,9000,")
        .assert_found(Code::PartsOfWhole, &[]);
    month(SNAPSHOT, "1,County,,,,50\n1,County,uasc,,,20\n1,County,excluding-uasc,,,60")
        .assert_found(Code::PartsOfWhole, &[]);
    let without = format!("{SNAPSHOT}\nexcludes = ['uasc']");
    month(&without, "1,County,,20,30,\n1,County,uasc,5,10,\n1,County,excluding-uasc,20,30,")
        .assert_found(Code::PartsOfWhole, &[]);
}

#[test]
fn a_cohort_is_seldom_the_whole() {
    let month = |keys: &str, rows: &str| project(&[("1", keys)]).results("2016-01", rows);
    month(SNAPSHOT, "1,County,,20,30,\n1,County,uasc,20,30,")
        .assert_found(Code::CohortIsWhole, &["uasc is all of indicator 1 of County: 20 of 30"]);
    month(SNAPSHOT, "1,County,,20,30,\n1,County,excluding-uasc,0,0,")
        .assert_found(Code::CohortIsWhole, &["uasc is all of indicator 1 of County: 20 of 30"]);
    let number = "period = 'SS'\nunit = 'number'";
    month(number, "1,County,,,,3\n1,County,uasc,,,3")
        .assert_found(Code::CohortIsWhole, &["uasc is all of indicator 1 of County: 3"]);
    for (keys, rows) in [
        (SNAPSHOT, "1,County,,20,30,\n1,County,uasc,19,30,"),
        (SNAPSHOT, "1,County,,0,0,\n1,County,uasc,0,0,"),
        (SNAPSHOT, "1,County,,,,50\n1,County,uasc,,,50"),
        (SNAPSHOT, "1,County,,20,30,\n1,County,excluding-uasc,20,30,"),
        (number, "1,County,,,,0\n1,County,uasc,,,0"),
        (number, "1,County,,,,0\n1,County,excluding-uasc,,,0"),
        ("period = 'SS'\nunit = 'rate'\nper = 10000", "1,County,,0,9000,\n1,County,uasc,0,9000,"),
    ] {
        month(keys, rows).assert_found(Code::CohortIsWhole, &[]);
    }
}

#[test]
fn a_figure_of_last_month_has_a_successor() {
    let last = "1,County,,20,30,\n1,County,excluding-uasc,15,20,\n2,County,,5,9,\n1,North,,,,50\n2,North,,,,-";
    let project = project(&[("1", SNAPSHOT), ("2", SNAPSHOT)]).results("2015-12", last);
    project.clone().results("2016-01", last).assert_found(Code::FigureGone, &[]);
    // The one without the cohort is now worked out, and the one that was said not to be there is
    // not missed.
    let other = "1,County,,20,30,\n1,County,uasc,5,10,\n2,County,,5,9,\n1,North,,,,50";
    project.clone().results("2016-01", other).assert_found(Code::FigureGone, &[]);
    let gone =
        project.clone().results("2016-01", "1,County,,20,30,\n2,County,,-,-,-\n1,North,,,,50");
    gone.assert_found(
        Code::FigureGone,
        &[
            "indicator 1 of County, excluding-uasc has no figure in January 2016; the last, of December 2015, was 15 of 20",
            "indicator 2 of County has no figure in January 2016; the last, of December 2015, was 5 of 9",
        ],
    );
    assert_eq!(gone.places(Code::FigureGone), ["2015-12/results.csv:3", "2015-12/results.csv:4"]);
    // A suppressed figure is one.
    project
        .clone()
        .results("2016-01", &last.replace("5,9", "[c],[c]"))
        .assert_found(Code::FigureGone, &[]);
    // What is not in force is not missed, and without any results there is a finding of its own.
    let until = |id: &str, until: &str| Project {
        tables: project
            .tables
            .replace(&format!("id = '{id}'"), &format!("id = '{id}'\nuntil = '{until}'")),
        ..project.clone()
    };
    until("2", "2015-12")
        .results("2016-01", "1,County,,20,30,\n1,County,excluding-uasc,15,20,\n1,North,,,,50")
        .assert_found(Code::FigureGone, &[]);
    project.clone().results("2016-01", "").assert_found(Code::FigureGone, &[]);
    // Where a row cannot be read, its figure is missing because of that.
    let unreadable = project.results("2016-01", "1,County,,20,thirty,");
    unreadable.assert_found(Code::FigureGone, &[]);
    assert_eq!(unreadable.found(Code::NotANumber).len(), 1);
}

#[test]
fn a_cohort_row_that_a_figure_rests_on_is_missed() {
    let project =
        project(&[("1", SNAPSHOT)]).results("2015-12", "1,County,,20,30,\n1,County,uasc,5,10,");
    let gone = project.results("2016-01", "1,County,,20,30,");
    assert_eq!(gone.places(Code::ResultGone), ["2015-12/results.csv:3"]);
}

#[test]
fn a_sum_misses_the_part_that_is_gone() {
    let rolled_up = format!("{SNAPSHOT}\nrollup = 'sum'");
    let project =
        project(&[("1", &rolled_up)]).results("2015-12", "1,North,,20,30,\n1,South,,2,3,");
    let gone = project.results("2016-01", "1,North,,20,30,");
    gone.assert_found(Code::FigureGone, &["indicator 1 of South has no figure in January 2016; the last, of December 2015, was 2 of 3"]);
}

/// A quarterly figure is there for three months, and is missed in the fourth.
#[test]
fn a_quarterly_figure_is_missed_when_it_is_due() {
    let quarterly = project(&[("1", "period = 'Q'\nunit = 'percent'"), ("2", SNAPSHOT)])
        .results("2015-09", "1,County,,20,30,");
    for (month, gone) in
        [("2015-10", 0), ("2015-11", 0), ("2015-12", 1), ("2016-02", 1), ("2016-03", 0)]
    {
        let project = quarterly.clone().results(month, "2,County,,1,2,");
        assert_eq!(project.found(Code::FigureGone).len(), gone, "{month}");
        assert_eq!(
            project
                .run(Depth::Report)
                .iter()
                .filter(|finding| finding.code == Code::FigureGone)
                .count(),
            0,
            "{month}"
        );
    }
    quarterly.results("2015-12", "1,County,,21,30,").assert_found(Code::FigureGone, &[]);
}

#[test]
fn activity_of_last_month_has_a_successor() {
    let activities = "[[activity]]\nid = 'cases'\nname = 'Cases'\n[[activity]]\nid = 'plans'\nname = 'Plans'\n[[activity]]\nid = 'visits'\nname = 'Visits'\n";
    let project = project(&[("1", SNAPSHOT)])
        .with(activities)
        .results("2016-01", "1,County,,1,2,")
        .activity("2015-12", "area,cases,plans\nCounty,9,8\nNorth,5,4\nTeam,3,2\n");
    project
        .clone()
        .activity("2016-01", "area,cases,plans\nCounty,9,7\nNorth,5,3\nTeam,3,1\n")
        .assert_found(Code::FigureGone, &[]);
    let gone = project.clone().activity("2016-01", "area,cases,plans\nCounty,9,7\nNorth,,-\n");
    gone.assert_found(
        Code::FigureGone,
        &[
            "there is no figure for plans of North in January 2016; in December 2015 there was",
            "there is no figure for cases and plans of Team in January 2016; in December 2015 there was",
        ],
    );
    assert_eq!(gone.places(Code::FigureGone), ["2015-12/activity.csv:3", "2015-12/activity.csv:4"]);
    // What is blank waits to be filled in.
    gone.assert_found(Code::Outstanding, &["1 count of activity is still blank: cases of North"]);
    let blank = "area,cases,plans\nCounty,,\nNorth,,\nTeam,,\n";
    let blank = project.clone().activity("2016-01", blank);
    blank.assert_found(Code::FigureGone, &[]);
    blank.assert_found(
        Code::Outstanding,
        &["6 counts of activity are still blank: cases and plans"],
    );
    assert_eq!(blank.places(Code::Outstanding), ["2016-01/activity.csv:2"]);
    // A column, or all of it, is one thing to correct.
    project.clone().activity("2016-01", "area,cases\nCounty,9\nNorth,5\nTeam,3\n").assert_found(
        Code::FigureGone,
        &["there is no figure for plans in January 2016; in December 2015 there was"],
    );
    project.assert_found(
        Code::FigureGone,
        &["there is no figure for cases and plans in January 2016; in December 2015 there was"],
    );
}

/// What each of the numbers up to `count` makes, one after another.
pub(crate) fn lines(count: u32, line: impl Fn(u32) -> String) -> String {
    (1..=count).map(line).collect::<Vec<_>>().concat()
}

/// Five indicators with counts, each at a different numerator.
fn five(first: u32) -> String {
    lines(5, |id| format!("{id},County,,{},{},\n", first * id, 50 * id))
}

pub(crate) fn several(count: u32, keys: &str) -> Project {
    let ids: Vec<_> = (1..=count).map(|id| id.to_string()).collect();
    project(&ids.iter().map(|id| (id.as_str(), keys)).collect::<Vec<_>>())
}

#[test]
fn five_counts_do_not_all_stay_the_same() {
    let project = several(6, SNAPSHOT).results("2015-12", &five(7));
    let copied = project.clone().results("2016-01", &five(7));
    copied.assert_found(
        Code::MonthCopied,
        &["all 5 figures that this file shares with December 2015 are the same in both"],
    );
    assert_eq!(copied.places(Code::MonthCopied), ["2016-01/results.csv"]);
    // A figure that only this month has says nothing.
    assert_eq!(
        project
            .clone()
            .results("2016-01", &format!("{}6,County,,1,2,", five(7)))
            .found(Code::MonthCopied)
            .len(),
        1
    );
    // One figure differs; only four are shared; one of the five is 0.
    project
        .clone()
        .results("2016-01", &five(7).replace("7,50", "8,50"))
        .assert_found(Code::MonthCopied, &[]);
    project
        .clone()
        .results("2016-01", &five(7).replace("1,County", "6,County"))
        .assert_found(Code::MonthCopied, &[]);
    let zeros = five(7).replace("7,50", "0,50");
    project
        .results("2015-12", &zeros)
        .results("2016-01", &zeros)
        .assert_found(Code::MonthCopied, &[]);
}

#[test]
fn five_numerators_do_not_all_stay_the_same() {
    // 10 of 50, 20 of 100 and so on, beside 10 of 51, 20 of 101.
    let rows = |more: u32, least: u32| {
        lines(5, |id| format!("{id},County,,{},{},\n", least * id, 50 * id + more))
    };
    let with =
        |now: &str| several(6, SNAPSHOT).results("2015-12", &rows(0, 10)).results("2016-01", now);
    with(&rows(1, 10)).assert_found(
        Code::MonthCopied,
        &["all numerators that this file shares with December 2015 are the same in both, and \
            denominators are not: 5 of 10 or more"],
    );
    // One that is another; four; one of five below 10.
    with(&rows(1, 10).replace(",10,", ",11,")).assert_found(Code::MonthCopied, &[]);
    with(&rows(1, 10).replace("1,County", "6,County")).assert_found(Code::MonthCopied, &[]);
    with(&rows(1, 9)).assert_found(Code::MonthCopied, &[]);
    let small =
        several(5, SNAPSHOT).results("2015-12", &rows(0, 9)).results("2016-01", &rows(1, 9));
    small.assert_found(Code::MonthCopied, &[]);
    // Those of a month before the last.
    several(6, SNAPSHOT)
        .results("2015-11", &rows(0, 10))
        .results("2015-12", &rows(3, 11))
        .results("2016-01", &rows(1, 10))
        .assert_found(
            Code::MonthCopied,
            &["all numerators that this file shares with November 2015 are the same in both, and \
                denominators are not: 5 of 10 or more"],
        );
}

#[test]
fn ten_bare_values_do_not_all_stay_the_same() {
    let values = |count: u32| lines(count, |id| format!("{id},County,,,,{id}.5\n"));
    for (count, found) in [(9, 0), (10, 1)] {
        let project = several(count, SNAPSHOT)
            .results("2015-12", &values(count))
            .results("2016-01", &values(count));
        assert_eq!(project.found(Code::MonthCopied).len(), found, "{count}");
    }
    // A quarterly figure may be given again in each month.
    let quarterly = several(10, "period = 'Q'\nunit = 'percent'");
    quarterly
        .results("2015-12", &values(10))
        .results("2016-01", &values(10))
        .assert_found(Code::MonthCopied, &[]);
}

#[test]
fn one_of_several_files_may_be_a_copy() {
    let text = |rows: &str| format!("{HEADER}{rows}");
    let cohort = five(3).replace("County,", "County,uasc");
    let project = several(5, SNAPSHOT).file("2015-12", "results.csv", &text(&(five(7) + &cohort)));
    let copied = project.clone().file("2016-01", "results-uasc.csv", &text(&cohort)).file(
        "2016-01",
        "results.csv",
        &text(&five(8)),
    );
    assert_eq!(copied.places(Code::MonthCopied), ["2016-01/results-uasc.csv"]);
    let all = project.file("2016-01", "results-uasc.csv", &text(&cohort)).file(
        "2016-01",
        "results.csv",
        &text(&five(7)),
    );
    all.assert_found(
        Code::MonthCopied,
        &["all 10 figures that January 2016 shares with December 2015 are the same in both"],
    );
}

#[test]
fn activity_may_be_a_copy() {
    let activities = lines(10, |id| format!("[[activity]]\nid = 'a{id}'\nname = 'A{id}'\n"));
    let heading = lines(10, |id| format!(",a{id}"));
    let cells = lines(10, |id| format!(",{id}"));
    let text = format!("area{heading}\nCounty{cells}\n");
    let project = project(&[("1", SNAPSHOT)])
        .with(&activities)
        .results("2016-01", "1,County,,1,2,")
        .activity("2015-12", &text);
    assert_eq!(
        project.clone().activity("2016-01", &text).places(Code::MonthCopied),
        ["2016-01/activity.csv"]
    );
    project
        .activity("2016-01", &text.replace(",10\n", ",11\n"))
        .assert_found(Code::MonthCopied, &[]);
}

#[test]
fn a_small_file_of_activity_may_be_a_copy() {
    let counts = |counts: [u32; 3]| {
        let [county, north, south] = counts;
        format!("area,lac\nCounty,{county}\nNorth,{north}\nSouth,{south}\n")
    };
    let found = |then: [u32; 3], last: [u32; 3], now: [u32; 3]| {
        project(&[("1", SNAPSHOT)])
            .with("[[activity]]\nid = 'lac'\nname = 'LAC'\n")
            .results("2016-01", "1,County,,1,2,")
            .activity("2015-11", &counts(then))
            .activity("2015-12", &counts(last))
            .activity("2016-01", &counts(now))
            .found(Code::MonthCopied)
    };
    assert_eq!(
        found([500, 207, 293], [505, 210, 295], [500, 207, 293]),
        ["all 3 figures that this file shares with November 2015 are the same in both"]
    );
    assert_eq!(
        found([500, 207, 293], [505, 210, 295], [505, 210, 295]),
        ["all 3 figures that this file shares with December 2015 are the same in both"]
    );
    assert_eq!(found([500, 207, 293], [505, 210, 295], [501, 207, 294]), [""; 0]);
    // Small counts stay the same by chance.
    assert_eq!(found([100, 50, 50], [101, 50, 51], [100, 50, 50]), [""; 0]);
}

#[test]
fn one_file_may_be_a_copy_of_two_months_ago() {
    let text = |rows: &str| format!("{HEADER}{rows}");
    let month = |project: Project, month: &str, cohort: u32, all: u32| {
        let rows = five(cohort).replace("County,", "County,uasc");
        project.file(month, "results-uasc.csv", &text(&rows)).file(
            month,
            "results.csv",
            &text(&five(all)),
        )
    };
    let project = month(several(5, SNAPSHOT), "2015-11", 3, 7);
    let project = month(project, "2015-12", 4, 8);
    let copied = month(project.clone(), "2016-01", 3, 9);
    assert_eq!(copied.places(Code::MonthCopied), ["2016-01/results-uasc.csv"]);
    copied.assert_found(
        Code::MonthCopied,
        &["all 5 figures that this file shares with November 2015 are the same in both"],
    );
    month(project, "2016-01", 5, 9).assert_found(Code::MonthCopied, &[]);
}

#[test]
fn a_year_to_date_only_grows() {
    let month = |keys: &str, before: &str, now: &str| {
        project(&[("1", keys)])
            .results("2015-12", &format!("1,County,,{before}"))
            .results("2016-01", &format!("1,County,,{now}"))
    };
    month(YTD, "20,30,", "20,30,").assert_found(Code::YtdFell, &[]);
    month(YTD, "20,30,", "19,31,").assert_found(
        Code::YtdFell,
        &["the numerator of indicator 1 of County, year to date, has fallen from 20 to 19 since December 2015"],
    );
    month(YTD, "20,30,", "20,29,").assert_found(
        Code::YtdFell,
        &["the denominator of indicator 1 of County, year to date, has fallen from 30 to 29 since December 2015"],
    );
    let number = "period = 'YTD'\nunit = 'number'";
    assert_eq!(month(number, ",,7", ",,6").found(Code::YtdFell).len(), 1);
    month(number, ",,7", ",,7").assert_found(Code::YtdFell, &[]);
    // A percentage may fall, a snapshot too, and the population of a rate.
    month(YTD, ",,50", ",,49").assert_found(Code::YtdFell, &[]);
    month(SNAPSHOT, "20,30,", "19,29,").assert_found(Code::YtdFell, &[]);
    month("period = 'YTD'\nunit = 'rate'\nper = 1000", "20,3000,", "20,2990,")
        .assert_found(Code::YtdFell, &[]);
    // In April it starts again.
    let april = |start: &str| {
        project(&[("1", YTD)])
            .keys(start)
            .results("2015-03", "1,County,,20,30,")
            .results("2015-04", "1,County,,2,3,")
            .found(Code::YtdFell)
            .len()
    };
    assert_eq!(
        (april(""), april("financial_year_start = 9\n")),
        (0, 1),
        "where years start in September, April is the eighth month"
    );
}

#[test]
fn a_cohort_of_the_year_to_date_only_grows_too() {
    let project = project(&[("1", YTD)])
        .results("2015-12", "1,North,excluding-uasc,20,30,")
        .results("2016-01", "1,North,excluding-uasc,19,30,");
    project.assert_found(
        Code::YtdFell,
        &["the numerator of indicator 1 of North, excluding-uasc, year to date, has fallen from 20 to 19 since December 2015"],
    );
}

#[test]
fn a_denominator_does_not_jump() {
    let month = |keys: &str, before: u32, now: u32| {
        project(&[("1", keys)])
            .results("2015-12", &format!("1,County,,1,{before},"))
            .results("2016-01", &format!("1,County,,1,{now},"))
    };
    month(SNAPSHOT, 100, 151).assert_found(
        Code::DenominatorJump,
        &["the denominator of indicator 1 of County has gone from 100 to 151 in a month"],
    );
    month(SNAPSHOT, 151, 100).assert_found(
        Code::DenominatorJump,
        &["the denominator of indicator 1 of County has gone from 151 to 100 in a month"],
    );
    for (period, now, found) in [("R12M", 151, 1), ("MS", 151, 0), ("MS", 201, 1)] {
        assert_eq!(
            month(&format!("period = '{period}'\nunit = 'percent'"), 100, now)
                .found(Code::DenominatorJump)
                .len(),
            found
        );
    }
    for (before, now) in [(100, 150), (150, 100), (20, 31), (19, 190), (190, 19)] {
        month(SNAPSHOT, before, now).assert_found(Code::DenominatorJump, &[]);
    }
    month(YTD, 100, 200).assert_found(Code::DenominatorJump, &[]);
    // The period before is that of the indicator.
    let quarterly = project(&[("1", "period = 'SS'\nfrequency = 'quarterly'\nunit = 'percent'")]);
    let quarterly =
        quarterly.results("2015-10", "1,County,,1,100,").results("2016-01", "1,County,,1,151,");
    quarterly.assert_found(
        Code::DenominatorJump,
        &["the denominator of indicator 1 of County has gone from 100 to 151 in 3 months"],
    );
}

#[test]
fn the_months_that_are_compared_with_are_there() {
    let project = project(&[("1", SNAPSHOT)]).results("2016-01", "1,County,,1,2,");
    project.assert_found(
        Code::NoPrevious,
        &["there is no month 2015-12 to compare January 2016 with"],
    );
    project.assert_found(
        Code::NoOutturn,
        &["there is no month 2015-03 to give January 2016 its outturn"],
    );
    let both = project.results("2015-12", "").results("2015-03", "");
    both.assert_found(Code::NoPrevious, &[]);
    both.assert_found(Code::NoOutturn, &[]);
    both.assert_found(
        Code::NoPreviousResult,
        &["indicator 1 of County has no result in December 2015, so it has no arrow from the previous result"],
    );
    both.assert_found(
        Code::NoOutturnResult,
        &["indicator 1 of County has no result in March 2015, so it has no arrow from the outturn"],
    );
    let results = both.results("2015-12", "1,County,,1,2,").results("2015-03", "1,County,,1,2,");
    results.assert_found(Code::NoPreviousResult, &[]);
    results.assert_found(Code::NoOutturnResult, &[]);
    // What did not exist then is not missed, and neither is what belongs to an area of the
    // report's.
    let new = |id: &str| Project {
        tables: results.tables.replace("id = '1'", &format!("id = '1'\nfrom = '{id}'")),
        ..results.clone()
    };
    let new = new("2016-01").results("2015-12", "").results("2015-03", "");
    assert!(
        new.found(Code::NoPreviousResult).is_empty() && new.found(Code::NoOutturnResult).is_empty()
    );
    let north = results.results("2016-01", "1,County,,1,2,\n1,North,,1,2,");
    assert!(
        north.found(Code::NoPreviousResult).is_empty()
            && north.found(Code::NoOutturnResult).is_empty()
    );
}

/// In the first month of a year, the month before is the outturn: it is missed once.
#[test]
fn the_outturn_may_be_the_month_before() {
    let project = project(&[("1", SNAPSHOT)]).results("2016-04", "1,County,,1,2,");
    assert_eq!(
        (project.found(Code::NoPrevious).len(), project.found(Code::NoOutturn).len()),
        (1, 0)
    );
}

#[test]
fn activity_that_is_shown_with_its_change_has_been_there_before() {
    let activities = "[[activity]]\nid = 'cases'\nname = 'Cases'\n[[activity]]\nid = 'starts'\nname = 'Starts'\nshow = 'month'\n";
    let project = project(&[("1", SNAPSHOT)])
        .with(activities)
        .results("2015-12", "1,County,,1,2,")
        .results("2016-01", "1,County,,1,2,")
        .activity("2016-01", "area,cases,starts\nCounty,9,2\n");
    project
        .clone()
        .activity("2015-12", "area,cases\nCounty,9\n")
        .assert_found(Code::NoPreviousResult, &[]);
    project.activity("2015-12", "area,starts\nCounty,9\n").assert_found(
        Code::NoPreviousResult,
        &["there is no figure for cases in December 2015, so the change cannot be shown"],
    );
}

#[test]
fn a_trend_has_no_holes() {
    let month = |project: Project, month: &str| project.results(month, "1,County,,1,10,");
    let project = [("2015-10"), ("2015-12"), ("2016-01")]
        .into_iter()
        .fold(project(&[("1", RED), ("2", SNAPSHOT)]), month);
    let gap = ["there is no month 2015-11, within the trend of indicator 1"];
    project.assert_found(Code::TrendGap, &gap);
    assert_eq!(
        project.run(Depth::Report).iter().filter(|finding| finding.code == Code::TrendGap).count(),
        1,
        "a folder needs no reading"
    );
    month(project.clone(), "2015-11").assert_found(Code::TrendGap, &[]);
    // A month without the figure is a hole too, for those who look.
    let hole = project.clone().results("2015-11", "2,County,,1,10,");
    hole.assert_found(
        Code::TrendGap,
        &["indicator 1 of County has no figure in November 2015, within its trend"],
    );
    // Before the first month there is, or outside the trend, nothing is missing; what is not red
    // has no trend.
    project.clone().keys("trend = 3\n").assert_found(Code::TrendGap, &[]);
    project.clone().results("2016-01", "1,County,,9,10,").assert_found(Code::TrendGap, &[]);
    let mut recent = project;
    recent.files.remove("2015-10/results.csv");
    recent.assert_found(Code::TrendGap, &[]);
}

#[test]
fn targets_are_for_the_year_of_the_report() {
    let target = "period = 'SS'\nunit = 'percent'\ntarget = 80\nfloor = 60";
    let both = format!("{target}\n[indicator.targets.'2016/17']\ntarget = 85");
    let project = project(&[("1", target), ("2", target), ("3", &both), ("4", SNAPSHOT)])
        .keys("targets_for = '2015/16'\n");
    project
        .clone()
        .results("2016-03", "1,County,,1,2,")
        .assert_found(Code::TargetsOfAnotherYear, &[]);
    project.results("2016-04", "1,County,,1,2,").assert_found(
        Code::TargetsOfAnotherYear,
        &["the targets of 2 indicators are for 2015/16, so they are not rated in April 2016: 1 and 2"],
    );
}

#[test]
fn a_new_year_is_not_compared_with_a_whole_one_unawares() {
    let project = project(&[("1", YTD), ("2", YTD), ("3", SNAPSHOT)]);
    let rows = "1,County,,1,2,\n2,County,,1,2,\n3,County,,1,2,";
    let april = project.clone().results("2016-03", rows).results("2016-04", rows);
    april.assert_found(
        Code::AcrossYear,
        &["the results of the year to date of indicators 1 and 2 are compared with those of the year before: April 2016 with March 2016"],
    );
    project
        .clone()
        .results("2016-04", rows)
        .results("2016-05", rows)
        .assert_found(Code::AcrossYear, &[]);
    project.results("2016-04", rows).assert_found(Code::AcrossYear, &[]);
}

/// A count of the year to date has no arrow that could mislead.
#[test]
fn a_count_that_starts_again_is_compared_with_nothing() {
    let number = "period = 'YTD'\nunit = 'number'";
    let rate = "period = 'YTD'\nunit = 'rate'\nper = 1000";
    let rows = "1,County,,,,9\n2,County,,1,2,\n3,County,,1,2,";
    let of = |second: &str| {
        let project = project(&[("1", number), ("2", second), ("3", rate)]);
        project.results("2016-03", rows).results("2016-04", rows)
    };
    of(YTD).assert_found(
        Code::AcrossYear,
        &["the year to date of indicator 2 is compared with that of the year before: April 2016 with March 2016"],
    );
    of(rate).assert_found(Code::AcrossYear, &[]);
}

#[test]
fn what_is_carried_forward_is_said_to_be() {
    let project = project(&[("1", "period = 'Q'\nunit = 'percent'"), ("2", SNAPSHOT)])
        .results("2015-12", "1,County,,1,2,\n1,North,,1,2,");
    project.clone().assert_found(Code::CarriedForward, &[]);
    let carried = project.results("2016-01", "2,County,,1,2,");
    carried.assert_found(
        Code::CarriedForward,
        &["indicator 1 of County is carried forward from December 2015"],
    );
    assert_eq!(carried.places(Code::CarriedForward), ["2015-12/results.csv:2"]);
    let all = carried.run_for(Depth::Check, &["all"]);
    let found: Vec<_> = all
        .iter()
        .filter(|finding| finding.code == Code::CarriedForward)
        .map(|finding| finding.found.as_str())
        .collect();
    assert_eq!(
        found,
        ["indicator 1 of County and 1 more area is carried forward from December 2015"]
    );
}

#[test]
fn what_is_red_has_commentary() {
    let project = project(&[("1", RED), ("2", RED), ("3", SNAPSHOT)])
        .results("2016-01", "1,County,,5,10,\n1,North,,5,10,\n2,County,,6,10,\n3,County,,0,10,");
    project.assert_found(
        Code::NoCommentary,
        &["indicator 1 of County is red, and there is no commentary on it"],
    );
    assert_eq!(project.places(Code::NoCommentary), ["2016-01/commentary/1.md"]);
    let without = |areas: &[&str]| {
        project
            .run_for(Depth::Report, areas)
            .iter()
            .filter(|finding| finding.code == Code::NoCommentary)
            .count()
    };
    assert_eq!(
        (without(&[]), without(&["all"]), without(&["North"])),
        (1, 1, 0),
        "the report of an area is not the county's"
    );
    project
        .commentary("2016-01", "1", "It is being looked at.")
        .assert_found(Code::NoCommentary, &[]);
}

/// Whatever is meant as commentary is printed, or said not to be.
#[test]
fn no_commentary_is_dropped_in_silence() {
    for file in [
        "1.md",
        "1.md.txt",
        "commentary/1.md.txt",
        "commentary/9.md",
        "comentary/1.md",
        "covering.md.txt",
        "covering.docx",
        "coverings.md",
        "commentary/Nowhere/1.md",
    ] {
        let project =
            red("184,200", "149,203", "It is being looked at.").file("2016-01", file, "Late.");
        assert_eq!(project.found(Code::CommentaryUnknown).len(), 1, "{file}");
    }
    for file in ["covering.md", "minutes.docx", "notes.md", "commentary/minutes.docx"] {
        let project =
            red("184,200", "149,203", "It is being looked at.").file("2016-01", file, "Late.");
        assert!(project.found(Code::CommentaryUnknown).is_empty(), "{file}");
    }
    // A covering text that is last month's is one of the things that a member notices.
    let covering = red("184,200", "149,203", "It is being looked at.");
    let covering = covering.file("2015-12", "covering.md", "It  fell.");
    let repeated = covering.clone().file("2016-01", "covering.md", "It fell.\n");
    assert_eq!(
        repeated.found(Code::CommentaryRepeated),
        ["the text of the covering report is that of December 2015, word for word"]
    );
    assert_eq!(repeated.places(Code::CommentaryRepeated), ["2016-01/covering.md"]);
    let other = covering.file("2016-01", "covering.md", "It rose.");
    assert!(other.found(Code::CommentaryRepeated).is_empty());
}

/// What cannot be looked at is never taken for nothing.
#[test]
#[cfg(unix)]
fn a_folder_that_cannot_be_listed_cannot_be_read() {
    use std::os::unix::fs::symlink;

    let project = red("184,200", "149,203", "It is being looked at.");
    for (link, to) in [
        ("data/2016-01/commentary", "commentary"),
        ("data/2015-11", "2015-11"),
        ("data/2015-10", "nowhere"),
        ("published", "nowhere"),
        ("published/2015-12", "2015-12"),
        ("published/2015-12/1", "nowhere"),
    ] {
        let folder = project.write();
        let path = folder.path().join(link);
        std::fs::remove_dir_all(&path).ok();
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        symlink(to, &path).expect("a link");
        let found = run(folder.path(), Depth::Check, &[]);
        let found: Vec<_> = found.iter().filter(|found| found.code == Code::CannotRead).collect();
        assert_eq!(found.len(), 1, "{link}: {found:?}");
    }
}

/// Indicator 1, red in both months.
fn red(before: &str, now: &str, commentary: &str) -> Project {
    red_with(RED, before, now, commentary)
}

fn red_with(keys: &str, before: &str, now: &str, commentary: &str) -> Project {
    let project = project(&[("1", keys)])
        .results("2015-12", &format!("1,County,,{before}"))
        .results("2016-01", &format!("1,County,,{now}"));
    project.commentary("2016-01", "1", commentary)
}

#[test]
fn commentary_is_not_last_months() {
    let project = red("5,10,", "4,10,", "Two of the\nvisits   were late.\n");
    project.assert_found(Code::CommentaryRepeated, &[]);
    let repeated = project.clone().commentary("2015-12", "1", "Two of the visits were late.");
    repeated.assert_found(
        Code::CommentaryRepeated,
        &["the commentary on indicator 1 of County is that of December 2015, word for word"],
    );
    assert_eq!(repeated.places(Code::CommentaryRepeated), ["2016-01/commentary/1.md"]);
    project
        .commentary("2015-12", "1", "Three of the visits were late.")
        .assert_found(Code::CommentaryRepeated, &[]);
    // What is carried forward may be said again.
    let quarterly = self::project(&[("1", &RED.replace("SS", "Q")), ("2", SNAPSHOT)])
        .results("2015-12", "1,County,,1,10,");
    let quarterly = quarterly
        .results("2016-01", "2,County,,1,10,")
        .commentary("2015-12", "1", "Late.")
        .commentary("2016-01", "1", "Late.");
    quarterly.assert_found(Code::CommentaryRepeated, &[]);
    quarterly.assert_found(Code::NoCommentary, &[]);
}

#[test]
fn commentary_gives_this_months_figures() {
    let stale = |text: &str| red("2012,3950,", "1980,4001,", text).found(Code::CommentaryDiffers);
    let quotes = "the commentary on indicator 1 of County quotes";
    assert_eq!(
        stale("Of the 3,950 visits, 2,012 were late."),
        [format!(
            "{quotes} 2,012 of 3,950, which is December 2015's figure; it does not quote January 2016's, 1,980 of 4,001"
        )]
    );
    assert_eq!(
        stale("It has risen to 50.9%."),
        [format!(
            "{quotes} 50.9%, which is December 2015's figure; it does not quote January 2016's, 49.5%"
        )]
    );
    for text in [
        // This month's figures are there, to whatever precision, with last month's.
        "2,012 of 3950 were late; now 1980 of 4001.",
        "Up from 50.9% to 49.5%.",
        "Up from 50.9% to 49 per cent.",
        "Up from 50.9 % to 49.49%.",
        // Other numbers, or parts of numbers.
        "The result was 150.9% of something, 50.9 days and 50.91%.",
        "2,012 children, 39500 visits.",
        "12012 of 3950",
        "Nothing is quoted.",
    ] {
        assert_eq!(stale(text), [""; 0], "{text}");
    }
}

#[test]
fn small_figures_are_quoted_only_where_they_stand_together() {
    let stale = |text: &str| red("3,12,", "4,14,", text).found(Code::CommentaryDiffers).len();
    assert_eq!(stale("Those with 3 or more placements in the last 12 months."), 0);
    assert_eq!(stale("Only 3 of the 12 were on time."), 1);
    assert_eq!(stale("Only 3 of the 12, now 4 of 14."), 0);
    let number = "period = 'SS'\nunit = 'number'\ntarget = 99\nfloor = 98";
    let stale = |before: &str, text: &str| {
        red_with(number, &format!(",,{before}"), ",,50", text).found(Code::CommentaryDiffers).len()
    };
    assert_eq!(
        (
            stale("9", "There are 9 teams."),
            stale("10", "There are 10 children."),
            stale("10", "50 are waiting, not 10.")
        ),
        (0, 1, 0)
    );
}

/// What is the target as well as last month's result is the target.
#[test]
fn a_target_is_no_stale_result() {
    let stale = |text: &str| red("60,100,", "40,100,", text).found(Code::CommentaryDiffers).len();
    assert_eq!((stale("It should be above 60.0%."), stale("It should be above 60%.")), (0, 0));
    let stale =
        red("59,100,", "40,100,", "It should be above 59.0%.").found(Code::CommentaryDiffers).len();
    assert_eq!(stale, 1);
}

/// "A of B" of which just one is the figure's: 42 of 71, 59.2%.
#[test]
fn a_part_and_a_whole_that_are_quoted_are_those_of_the_figure() {
    let code = Code::CommentaryDiffers;
    let said = |text: &str| red("30,70,", "42,71,", text).found(code);
    let differs = |said: &str| {
        vec![format!(
            "the commentary on indicator 1 of County says {said}, and the figure is 42 of 71"
        )]
    };
    assert_eq!(said("Agreed in 42 of 73 cases."), differs("42 of 73"));
    assert_eq!(said("Agreed in **45** of the **71** cases."), differs("45 of 71"));
    for text in [
        "Agreed in 42 of 71 cases, and not in 29 of the 71.",
        // Other counts of the same cases, in a text that has the figure itself.
        "Of 71 cases it was agreed in 42; within four months in 48 of the 71 (67.6%).",
        "59.2% were agreed in time. In 45 of the 71 cases there was a plan.",
        // Last month's, small counts, other things, years and percentages.
        "Up from 30 of 70 to 42 of 71.",
        "In 15 of the 71 cases nobody knows.",
        "There were 48 of 120 in the region.",
        "In 2016 of 71 cases, 45% of 71.",
    ] {
        assert_eq!(said(text), [""; 0], "{text}");
    }
    // Without the cohort, and the cohort itself, may be quoted too.
    let rows = "1,County,,42,71,\n1,County,excluding-uasc,30,50,";
    let cohort = project(&[("1", RED)]).results("2016-01", rows);
    let said = |text: &str| cohort.clone().commentary("2016-01", "1", text).found(code).len();
    assert_eq!((said("30 of 50 without them."), said("30 of 51 without them.")), (0, 1));
}

/// The published paper of January 2016: "the remaining 19" of 71 less 42.
#[test]
fn what_remains_is_what_the_counts_before_it_leave() {
    let code = Code::CommentaryDiffers;
    let said = |text: &str| red("30,70,", "42,71,", text).found(code);
    assert_eq!(
        said(
            "There were 71 cases, and in 42 of them it was agreed. Of the remaining 19, 15 were late."
        ),
        ["the commentary on indicator 1 of County says \"remaining 19\", and 71 less 42 is 29"]
    );
    for text in [
        "There were 71 cases, and in 42 of them it was agreed. Of the remaining 29, 15 were late.",
        "There were 71 cases; 42 were agreed and 15 came late. The remaining 14 wait.",
        "Of 71 cases 42 were agreed. There are 2 remaining months; the remaining 2 months count.",
        "Of the 18 that were late, 5 had moved; the remaining 11 had not.",
        "The remaining 19 are looked into.",
    ] {
        assert_eq!(said(text), [""; 0], "{text}");
    }
}

/// A percentage that stands alone is the result, however it is rounded; the areas below have
/// commentary too, and what is not red.
#[test]
fn every_commentary_gives_this_months_figures() {
    let code = Code::CommentaryDiffers;
    let said = |text: &str| red("50,100,", "43,100,", text).found(code).len();
    assert_eq!(
        (said("It was 50%."), said("From 50% to 43%."), said("50% in the north, 51% here.")),
        (1, 0, 0)
    );
    let of_area = project(&[("1", SNAPSHOT)])
        .results("2016-01", "1,County,,84,90,\n1,North,,42,71,")
        .file("2016-01", "commentary/North/1.md", "Agreed in 42 of 73 cases.")
        .commentary("2016-01", "1", "Agreed in 84 of 91 cases.");
    assert_eq!(of_area.found(code).len(), 2);
}

#[test]
fn names_that_look_the_same_are_told() {
    let code = Code::LookAlike;
    let area = |name: &str| {
        let tables = format!("[[area]]\nname = '{name}'\nparent = 'County'\n");
        let project = project(&[("1", SNAPSHOT)]).with(&tables);
        project.results("2016-01", "1,County,,1,2,").found(code)
    };
    assert_eq!(area("NORTH"), ["\"North\" and \"NORTH\" look the same and are two areas"]);
    assert_eq!(area("N\u{43e}rth").len(), 1);
    // What is typed differently is told apart, and an area may have been called so before.
    for name in ["Nort", "North East", "N0rth"] {
        assert_eq!(area(name), [""; 0], "{name}");
    }
    let was = "[[area]]\nname = 'West'\nwas = ['west', 'WEST']\nparent = 'County'\n";
    let was = project(&[("1", SNAPSHOT)]).with(was).results("2016-01", "1,west,,1,2,");
    was.assert_found(code, &[]);
}

/// Months back to back, ending in January 2016, oldest first.
fn series(keys: &str, values: &[&str]) -> Project {
    let latest: Month = "2016-01".parse().expect("a month");
    values.iter().rev().enumerate().fold(project(&[("1", keys)]), |project, (back, value)| {
        let month = latest.before(u16::try_from(back).expect("few"));
        project.results(&month.to_string(), &format!("1,County,,,,{value}\n1,North,,,,{value}"))
    })
}

/// Eight results with a mean of 11 and a mean moving range of 2: 5.68 to 16.32.
#[test]
fn a_result_lies_within_the_limits_of_those_before() {
    let earlier = ["10", "12", "10", "12", "10", "12", "10", "12"];
    let with =
        |keys: &str, earlier: &[&str], latest: &str| series(keys, &[earlier, &[latest]].concat());
    with(SNAPSHOT, &earlier, "16.32").assert_found(Code::FarOutside, &[]);
    with(SNAPSHOT, &earlier, "5.68").assert_found(Code::FarOutside, &[]);
    with(SNAPSHOT, &earlier, "16.33").assert_found(
        Code::FarOutside,
        &["indicator 1 of County has changed since January 2016: it is 16.33%, outside 5.68% to 16.32%, the natural limits of its 8 results before"],
    );
    assert_eq!(with(SNAPSHOT, &earlier, "5.67").found(Code::FarOutside).len(), 1);
    // Seven are too few, a year to date has no limits, and a report does not look.
    with(SNAPSHOT, &earlier[1..], "99").assert_found(Code::FarOutside, &[]);
    with(YTD, &earlier, "99").assert_found(Code::FarOutside, &[]);
    let findings = with(SNAPSHOT, &earlier, "99").run(Depth::Report);
    assert!(findings.iter().all(|finding| finding.code != Code::FarOutside));
    let of_all = with(SNAPSHOT, &earlier, "99").run_for(Depth::Check, &["all"]);
    let of_all: Vec<_> = of_all.iter().filter(|finding| finding.code == Code::FarOutside).collect();
    assert_eq!(of_all.len(), 1, "once an indicator");
    assert!(
        of_all[0].found.ends_with("8 results before; so is North"),
        "of all that are asked for"
    );
}

/// Seven steps of 2: limits of 5.32 about the mean.
#[test]
fn limits_are_shown_so_that_they_are_understood() {
    let number = "period = 'SS'\nunit = 'number'";
    let found = |keys: &str, earlier: [&str; 8], latest: &str| {
        let found = series(keys, &[&earlier[..], &[latest]].concat()).found(Code::FarOutside);
        found
            .iter()
            .map(|found| found.split("it is ").nth(1).unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    // 40 ± 5.32 is 34.68 to 45.32, and half a case more 35.18 to 45.82: 35 is not outside 35.
    let of_forty = ["39", "41", "39", "41", "39", "41", "39", "41"];
    assert_eq!(
        found(number, of_forty, "34"),
        ["34, outside 35 to 45, the natural limits of its 8 results before"]
    );
    let of_half = ["39.5", "41.5", "39.5", "41.5", "39.5", "41.5", "39.5", "41.5"];
    assert_eq!(
        found(number, of_half, "35"),
        ["35, outside 35.2 to 45.8, the natural limits of its 8 results before"]
    );
    // 2 ± 5.32 of a count, and 97 ± 5.32 of a hundred.
    let few = ["1", "3", "1", "3", "1", "3", "1", "3"];
    assert_eq!(
        found(number, few, "9"),
        ["9, outside 0 to 7, the natural limits of its 8 results before"]
    );
    let most = ["96", "98", "96", "98", "96", "98", "96", "98"];
    assert_eq!(
        found(SNAPSHOT, most, "90"),
        ["90.0%, outside 91.7% to 100.0%, the natural limits of its 8 results before"]
    );
    let change = ["-1", "1", "-1", "1", "-1", "1", "-1", "1"];
    assert_eq!(
        found("period = 'SS'\nunit = 'average'", change, "9"),
        ["9.0, outside -5.3 to 5.3, the natural limits of its 8 results before"]
    );
}

/// Limits of a level of 40, then of what it has fallen to: that is said in the month of the fall.
#[test]
fn what_has_changed_is_said_when_it_changes() {
    let level = ["39", "41", "39", "41", "39", "41", "39", "41", "39", "41", "39", "41"];
    let number = "period = 'SS'\nunit = 'number'";
    let found = |latest: &[&str]| {
        series(number, &[&level[..], latest].concat()).found(Code::FarOutside).len()
    };
    assert_eq!(found(&["20"]), 1);
    assert_eq!(found(&["20", "20"]), 0);
    assert_eq!(found(&["20", "19"]), 0);
    assert_eq!(found(&["20", "21", "20"]), 0);
    assert_eq!(found(&["20", "10"]), 1, "it has gone on");
    // What seven results cannot show is said with the next.
    let short = |latest: &[&str]| {
        series(number, &[&level[..7], latest].concat()).found(Code::FarOutside).len()
    };
    assert_eq!([&["5"][..], &["5", "5"], &["5"; 3]].map(short), [0, 1, 0]);
}

#[test]
fn limits_look_two_years_back() {
    let mut long = vec!["90"; 10];
    long.extend(["10"; 12]);
    long.extend(["12"; 12]);
    // Of the 24 months before, one step of 2 in 23 differences: a mean of 11 and limits of 0.23
    // about it.
    let found =
        |latest: &[&str]| series(SNAPSHOT, &[&long[..], latest].concat()).found(Code::FarOutside);
    assert_eq!(found(&["11"]), [""; 0]);
    assert_eq!(
        found(&["15"]),
        [
            "indicator 1 of County has changed since January 2015: it is 15.0%, outside 10.8% to 11.2%, the natural limits of its 24 results before"
        ]
    );
    // In the same month of last year it was at least half as far from the mean.
    assert_eq!(found(&["13"]), [""; 0]);
}

/// Four steps up are no change at any one of them; one of four is.
#[test]
fn what_drifts_has_not_changed() {
    let steps = ["10", "11", "10", "11", "10", "11", "12", "13", "14"];
    series(SNAPSHOT, &[&steps[..], &["15"]].concat()).assert_found(Code::FarOutside, &[]);
    let jump = ["10", "11", "10", "11", "10", "11", "10", "11", "10"];
    series(SNAPSHOT, &[&jump[..], &["14"]].concat()).assert_found(
        Code::FarOutside,
        &["indicator 1 of County has changed since January 2016: it is 14.0%, outside 7.8% to 13.1%, the natural limits of its 9 results before"],
    );
    let rolling = "period = 'R12M'\nunit = 'percent'";
    series(rolling, &[&jump[..], &["14"]].concat()).assert_found(Code::FarOutside, &[]);
}

#[test]
fn what_is_defined_is_used() {
    let more = "[[activity]]\nid = 'cases'\nname = 'Cases'\n[[area]]\nname = 'Old'\nparent = 'County'\nuntil = '2012-03'\n";
    let project =
        project(&[("1", SNAPSHOT), ("2", SNAPSHOT)]).with(more).results("2016-01", "1,North,,1,2,");
    project.assert_found(
        Code::Unused,
        &[
            "\"South\" is in no extract of January 2016",
            "\"Team\" is in no extract of January 2016",
            "indicator 2 is in no extract of January 2016",
            "cohort uasc is in no extract of January 2016",
            "activity cases is in no extract of January 2016",
        ],
    );
    // Two years are enough, in whichever of their months.
    let earlier = project
        .clone()
        .results("2014-01", "2,South,uasc,1,2,")
        .activity("2014-01", "area,cases\nTeam,1\n");
    earlier.assert_found(Code::Unused, &[]);
    let before =
        project.results("2013-12", "2,South,uasc,1,2,").activity("2013-12", "area,cases\nTeam,1\n");
    assert_eq!(before.found(Code::Unused).len(), 5);
}

#[test]
fn what_is_not_due_yet_is_not_unused() {
    let quarter = "period = 'Q'\nunit = 'percent'";
    let annual = "period = 'A'\nunit = 'percent'";
    let unused = |months: &[&str]| {
        let project = project(&[("1", SNAPSHOT), ("2", quarter), ("3", annual)]);
        let rows = "1,County,uasc,1,2,\n1,South,,1,2,";
        let project = months.iter().fold(project, |project, month| project.results(month, rows));
        let found = project.found(Code::Unused).into_iter();
        found
            .filter_map(|found| Some(found.strip_prefix("indicator ")?[..1].to_owned()))
            .collect::<String>()
    };
    assert_eq!(unused(&["2016-04", "2016-05"]), "");
    assert_eq!(unused(&["2016-04", "2016-05", "2016-06"]), "2");
    let year = ["04", "05", "06", "07", "08", "09", "10", "11", "12"].map(|m| format!("2015-{m}"));
    let year: Vec<_> = year.iter().map(String::as_str).chain(["2016-01", "2016-02"]).collect();
    assert_eq!(unused(&year), "2");
    assert_eq!(unused(&[&year[..], &["2016-03"]].concat()), "23");
}

/// Of a quarter's rows, some are there and some are not.
#[test]
fn a_row_of_a_quarter_is_missed_beside_the_others() {
    let project = project(&[("1", "period = 'Q'\nunit = 'percent'")])
        .results("2015-09", "1,County,,50,100,\n1,County,excluding-uasc,45,90,");
    let gone = |rows: &str| {
        let december = project.clone().results("2015-12", rows);
        december.found(Code::FigureGone)
    };
    assert_eq!(
        gone("1,County,excluding-uasc,45,91,"),
        [
            "indicator 1 of County has no figure in December 2015; the last, of September 2015, was 50 of 100"
        ]
    );
    assert_eq!(
        gone("1,County,,45,91,"),
        [
            "indicator 1 of County, excluding-uasc has no figure in December 2015; the last, of September 2015, was 45 of 90"
        ]
    );
    assert_eq!(gone("1,County,,50,100,\n1,County,excluding-uasc,45,90,"), [""; 0]);
    let counted = project.clone().results("2015-09", "1,County,,50,100,\n1,County,uasc,5,10,");
    assert_eq!(
        counted.results("2015-12", "1,County,,50,100,").found(Code::ResultGone),
        [
            "indicator 1 of County, excluding-uasc has no result in December 2015; that of September 2015 was 50.0%"
        ]
    );
}

#[test]
fn what_rounds_to_0_cannot_be_added() {
    let number = "period = 'SS'\nunit = 'number'\nrollup = 'sum'";
    project(&[("1", number)]).results("2016-01", "1,North,,,,[low]\n1,South,,,,7").assert_found(
        Code::SumIncomplete,
        &["indicator 1 of County cannot be added up: North has a figure that rounds to 0 and is not 0"],
    );
}

/// Every summer there are fewer, and every autumn as many as before.
#[test]
fn a_season_is_no_jump() {
    let jumps = |last_year: [u32; 2], this_year: [u32; 2]| {
        let months = ["2014-08", "2014-09", "2015-08", "2015-09"];
        let counts = last_year.into_iter().chain(this_year);
        let activity = "[[activity]]\nid = 'cases'\nname = 'Cases'\nshow = 'change'\n";
        let project = project(&[("1", SNAPSHOT)]).with(activity);
        let project = months.iter().zip(counts).fold(project, |project, (month, count)| {
            project
                .results(month, &format!("1,County,,{},{count},", count / 2))
                .activity(month, &format!("area,cases\nCounty,{count}\n"))
        });
        project.found(Code::DenominatorJump).len()
    };
    assert_eq!(jumps([101, 240], [110, 250]), 0);
    assert_eq!(jumps([240, 101], [250, 110]), 0);
    assert_eq!(jumps([240, 240], [110, 250]), 2, "last year did not move");
    assert_eq!(jumps([240, 101], [110, 250]), 2, "it moved the other way");
    assert_eq!(jumps([101, 240], [110, 2500]), 2, "a digit is added");
}

/// A report without trends does not read last year's months, and so cannot tell a season.
#[test]
fn a_report_that_does_not_read_last_year_says_that_there_is_a_jump() {
    let months = [("2014-08", 101), ("2014-09", 240), ("2015-08", 110), ("2015-09", 250)];
    let project = months.iter().fold(project(&[("1", SNAPSHOT)]), |project, (month, count)| {
        project.results(month, &format!("1,County,,{},{count},", count / 2))
    });
    let is_jump = |finding: &Finding| finding.code == Code::DenominatorJump;
    assert_eq!(project.run(Depth::Report).iter().filter(|finding| is_jump(finding)).count(), 1);
    assert_eq!(project.found(Code::DenominatorJump).len(), 0);
}

#[test]
fn a_part_without_a_figure_is_a_hole_where_the_others_have_one() {
    let project = project(&[("1", SNAPSHOT)])
        .with("[[activity]]\nid = 'cases'\nname = 'Cases'\n")
        .results("2016-01", "1,County,,1,2,");
    let cases = |rows: &str| project.clone().activity("2016-01", &format!("area,cases\n{rows}"));
    cases("County,9\nNorth,5\nSouth,4\n").assert_found(Code::PartsDiffer, &[]);
    cases("County,9\nNorth,5\nSouth,3\n")
        .assert_found(Code::PartsDiffer, &["\"Cases\" of County is 9 and its parts add up to 8"]);
    // One of two parts is all that is known.
    cases("County,9\nNorth,5\n").assert_found(Code::PartsDiffer, &[]);
    let three = |rows: &str| {
        let project = Project {
            tables: project.tables.replace("parent = 'North'", "parent = 'County'"),
            ..project.clone()
        };
        project.activity("2016-01", &format!("area,cases\n{rows}"))
    };
    three("County,9\nNorth,5\nTeam,1\n").assert_found(
        Code::PartsDiffer,
        &["\"Cases\" of County is 9 and its parts add up to 6 without South, which has no figure"],
    );
    three("County,6\nNorth,5\nTeam,1\n").assert_found(Code::PartsDiffer, &[]);
    three("County,9\nNorth,5\nTeam,1\nSouth,[c]\n").assert_found(Code::PartsDiffer, &[]);
}

#[test]
fn a_part_is_not_larger_than_the_whole() {
    let month = |keys: &str, part: &str| {
        project(&[("1", keys)]).results("2016-01", &format!("1,County,,20,30,\n1,North,,{part}"))
    };
    month(SNAPSHOT, "20,30,").assert_found(Code::PartsDiffer, &[]);
    month(SNAPSHOT, "20,31,").assert_found(
        Code::PartsDiffer,
        &["indicator 1 of North is 20 of 31, and County as a whole is 20 of 30"],
    );
    month(SNAPSHOT, ",,99").assert_found(Code::PartsDiffer, &[]);
    // What is rolled up is compared as a sum.
    let rolled_up = project(&[("1", &format!("{SNAPSHOT}\nrollup = 'sum'"))]);
    let rolled_up =
        rolled_up.results("2016-01", "1,County,,20,30,\n1,North,,20,31,\n1,South,,0,0,");
    rolled_up.assert_found(
        Code::PartsDiffer,
        &["indicator 1 of County is 20 of 30 and its parts add up to 20 of 31"],
    );
}

/// What a definitions file turns off is not said, and what it makes louder is.
#[test]
fn findings_matter_as_much_as_the_definitions_say() {
    let project = project(&[("1", SNAPSHOT)]).results("2016-01", "1,County,,1,2,");
    let severity = |project: &Project| {
        project
            .run(Depth::Check)
            .into_iter()
            .find(|finding| finding.code == Code::NoPrevious)
            .map(|finding| finding.severity)
    };
    assert_eq!(severity(&project), Some(Severity::Warning));
    for (word, expected) in
        [("error", Some(Severity::Error)), ("note", Some(Severity::Note)), ("off", None)]
    {
        assert_eq!(
            severity(&project.clone().with(&format!("[findings]\nno-previous = '{word}'\n"))),
            expected
        );
    }
}

/// The report's checks open no month that the report does not: what is wrong with the others does
/// not stop it.
#[test]
fn a_report_does_not_read_history() {
    let project = project(&[("1", RED), ("2", YTD)])
        .results("2015-03", "1,County,,1,2,\n2,County,,1,2,")
        .results("2015-06", "not,a,header")
        .results("2015-12", "1,County,,1,2,\n2,County,,1,2,")
        .results("2016-01", "1,County,,1,2,\n2,County,,1,2,");
    let has_errors =
        |depth| project.run(depth).iter().any(|finding| finding.severity == Severity::Error);
    assert!(!has_errors(Depth::Report));
    assert!(has_errors(Depth::Check));
}

/// A nation with one column wrong has a finding for each area, of which a thousand are made.
#[test]
fn a_thousand_findings_of_a_kind_are_enough() {
    let mut areas = String::new();
    let (mut before, mut now) = (String::new(), String::new());
    for area in 0..1100 {
        writeln!(areas, "[[area]]\nname = 'A{area}'\nparent = 'County'").expect("text grows");
        writeln!(before, "1,A{area},,2,9,").expect("text grows");
        writeln!(now, "1,A{area},,1,9,").expect("text grows");
    }
    let project =
        project(&[("1", YTD)]).with(&areas).results("2015-12", &before).results("2016-01", &now);
    let found = project.found(Code::YtdFell);
    assert_eq!(found.len(), 1001);
    assert_eq!(
        found[1000],
        "there are 1100 findings of this kind, and the first 1000 of them are listed"
    );
}

/// The counts of a month of an area: cases, those that came and went, and how many of the cases
/// were seen.
#[derive(Clone, Copy, Debug)]
struct Counts {
    cases: u32,
    came: u32,
    went: u32,
    seen: u32,
    uasc: u32,
    uasc_seen: u32,
}

/// Four months of an area whose figures flow from one to the next.
fn flowing() -> impl Strategy<Value = Vec<Counts>> {
    // A cohort that is at most half as large again does not jump, and neither do two together; and
    // how many are seen changes little.
    let month = (3u32..=20, 2u32..=20, 48u32..=52, 20u32..=30, 48u32..=52);
    (150u32..400, proptest::collection::vec(month, 4)).prop_map(|(start, months)| {
        let mut cases = start;
        let counts = months.into_iter().map(|(came, went, seen, uasc, uasc_seen)| {
            // Something always moves: two months that are all the same would be a copy.
            let went = if went == came { went - 1 } else { went };
            cases = cases + came - went;
            Counts {
                cases,
                came,
                went,
                seen: (cases - uasc) * seen / 100 + uasc * uasc_seen / 100,
                uasc,
                uasc_seen: uasc * uasc_seen / 100,
            }
        });
        counts.collect()
    })
}

const MONTHS: [&str; 4] = ["2015-10", "2015-11", "2015-12", "2016-01"];

/// A project in which everything agrees: parts with wholes, starts and ends with stocks, cohorts
/// with everyone.
fn consistent(north: &[Counts], south: &[Counts], elsewhere: u32) -> Project {
    let rolled_up = format!("{YTD}\nrollup = 'sum'");
    let mut project = project(&[
        ("seen", SNAPSHOT),
        ("new", &rolled_up),
        ("cases", "period = 'SS'\nunit = 'number'"),
        ("rate", "period = 'SS'\nunit = 'rate'\nper = 10000"),
        ("year", "period = 'R12M'\nunit = 'percent'"),
    ])
    .with(
        "[findings]\nshort-history = 'off'\n\
         [[activity]]\nid = 'cases'\nname = 'Cases'\nstarts = 'came'\nends = 'went'\n\
         [[activity]]\nid = 'came'\nname = 'Came'\nshow = 'month'\n\
         [[activity]]\nid = 'went'\nname = 'Went'\nshow = 'month'\n\
         [[activity]]\nid = 'uasc'\nname = 'UASC'\n\
         [[identity]]\nname = 'Cases'\nsame = [{ indicator = 'seen' }, { indicator = 'cases', figure = 'value' }, \
         { indicator = 'rate', figure = 'numerator' }, { activity = 'cases' }]\n\
         [[identity]]\nname = 'UASC'\nsame = [{ indicator = 'seen', cohort = 'uasc' }, { activity = 'uasc' }]\n",
    );
    let (mut came_north, mut came_south) = (0, 0);
    for (index, month) in MONTHS.into_iter().enumerate() {
        let (n, s) = (north[index], south[index]);
        (came_north, came_south) = (came_north + n.came, came_south + s.came);
        let cases = n.cases + s.cases;
        let seen = n.seen + s.seen;
        let (uasc, uasc_seen) = (n.uasc + s.uasc, n.uasc_seen + s.uasc_seen);
        let mut rows = format!(
            "seen,County,,{seen},{cases},\nseen,County,excluding-uasc,{},{},\nseen,County,uasc,{uasc_seen},{uasc},\n",
            seen - uasc_seen,
            cases - uasc
        );
        for (area, counts) in [("North", n), ("South", s)] {
            let Counts { cases, seen, uasc, uasc_seen, .. } = counts;
            write!(rows, "seen,{area},,{seen},{cases},\nseen,{area},uasc,{uasc_seen},{uasc},\n")
                .expect("text grows");
        }
        let new = |came: u32| format!("{},{}", came / 2, came);
        write!(rows, "new,North,,{},\nnew,South,,{},\n", new(came_north), new(came_south))
            .expect("text grows");
        write!(rows, "cases,County,,,,{cases}\nrate,County,,{cases},28800,\nrate,County,excluding-uasc,{},28800,\n", cases - uasc)
            .expect("text grows");
        writeln!(rows, "year,County,,{seen},{},", cases + elsewhere).expect("text grows");
        let line = |name: &str, c: Counts| {
            format!("{name},{},{},{},{}\n", c.cases, c.came, c.went, c.uasc)
        };
        let whole = Counts { cases, came: n.came + s.came, went: n.went + s.went, uasc, ..n };
        let text = [
            "area,cases,came,went,uasc\n".to_owned(),
            line("County", whole),
            line("North", n),
            line("South", s),
            line("Team", n),
        ]
        .concat();
        project = project.results(month, rows.trim_end()).activity(month, &text);
        if index == 0 {
            // What is all the same as another month's would be a copy of it.
            let outturn = rows.replacen("28800", "28801", 1);
            project = project.results("2015-03", outturn.trim_end());
        }
    }
    project
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_is_found_where_everything_agrees(north in flowing(), south in flowing(), elsewhere in 0u32..50) {
        let findings = consistent(&north, &south, elsewhere).run_for(Depth::Check, &["all"]);
        prop_assert!(findings.is_empty(), "{:#?}", findings);
    }

    /// And one count that is off by however little is found, where two others know better.
    #[test]
    fn something_is_found_where_one_figure_does_not_agree(north in flowing(), south in flowing(), off in 1u32..9, column in 1usize..5) {
        let mut project = consistent(&north, &south, 0);
        let text = project.files["2016-01/activity.csv"].clone();
        let lines: Vec<_> = text.lines().enumerate().map(|(index, line)| {
            let mut cells: Vec<_> = line.split(',').map(str::to_owned).collect();
            if index == 3 {
                cells[column] = (cells[column].parse::<u32>().expect("a count") + off).to_string();
            }
            cells.join(",") + "\n"
        }).collect();
        project = project.activity("2016-01", &lines.concat());
        let findings = project.run(Depth::Report);
        prop_assert!(findings.iter().any(|finding| finding.code == Code::PartsDiffer), "{:#?}", findings);
    }
}

/// The one suppressed figure of a sum is what is left of it.
#[test]
fn a_suppressed_figure_that_is_what_is_left_can_be_worked_out() {
    let code = Code::SuppressionRecoverable;
    let summed = project(&[("1", "period = 'SS'\nunit = 'percent'\nrollup = 'sum'")]);
    let of = |rows: &str| summed.clone().results("2016-01", rows).found(code);
    assert_eq!(
        of("1,,,14,160,\n1,North,,[c],40,\n1,South,,8,120,"),
        [
            "indicator 1 of North is suppressed and can be worked out: County is 14 of 160, and all its other parts are given"
        ]
    );
    assert_eq!(
        of(
            "1,,,14,160,\n1,,uasc,[c],[c],\n1,,excluding-uasc,12,150,\n1,North,,6,40,\n1,South,,8,120,"
        ),
        [
            "indicator 1 of County, uasc is suppressed and can be worked out: it is everyone minus everyone else, and both are given"
        ]
    );
    assert_eq!(
        of("1,,,[c],,\n1,North,,6,40,\n1,South,,8,120,"),
        [
            "indicator 1 of County is suppressed and can be worked out: it is the sum of its parts, and all of them are given"
        ]
    );
    for nothing in [
        // Two are unknown; so is one that is missing, bare, or the whole.
        "1,,,14,160,\n1,North,,[c],,\n1,South,,[c],,",
        "1,,,14,160,\n1,North,,[c],,",
        "1,,,14,160,\n1,North,,[c],,\n1,South,,,,5",
        "1,,,,,9\n1,North,,[c],,\n1,South,,8,120,",
        "1,North,,[c],,\n1,South,,8,120,",
        "1,,,[c],,\n1,North,,[c],,\n1,South,,8,120,",
        // The other parts are more than the whole: there is nothing left.
        "1,,,14,160,\n1,North,,[c],,\n1,South,,15,120,",
        "1,,,14,160,\n1,,uasc,[c],,\n1,North,,6,40,\n1,South,,8,120,",
        "1,,,14,160,\n1,,uasc,2,10,\n1,,excluding-uasc,12,150,\n1,North,,6,40,\n1,South,,8,120,",
    ] {
        assert_eq!(of(nothing), [""; 0], "{nothing}");
    }
    // Where areas need not add up to the whole, and in a rate, whose denominators are everyone's.
    let apart = project(&[("1", SNAPSHOT)]);
    assert_eq!(
        apart.results("2016-01", "1,,,14,160,\n1,North,,[c],,\n1,South,,8,120,").found(code),
        [""; 0]
    );
    let rate = project(&[("1", "period = 'SS'\nunit = 'rate'\nper = 10000")]);
    let rows = "1,,,14,1600,\n1,,uasc,[c],[c],\n1,,excluding-uasc,12,1600,";
    assert_eq!(rate.results("2016-01", rows).found(code).len(), 1);
}

/// Who has seen areas add up to the whole month by month takes the next for a sum, too.
#[test]
fn areas_that_have_always_added_up_tell_what_is_suppressed() {
    let month =
        |all: u32, north: &str| format!("1,,,{all},160,\n1,North,,{north},40,\n1,South,,8,120,");
    let found = |november: u32, depth: Depth| {
        let project = project(&[("1", SNAPSHOT)])
            .results("2015-11", &month(november, "5"))
            .results("2015-12", &month(15, "7"))
            .results("2016-01", &month(14, "[c]"));
        let findings = project.run(depth).into_iter();
        findings.filter(|finding| finding.code == Code::SuppressionRecoverable).count()
    };
    assert_eq!(found(13, Depth::Check), 1);
    assert_eq!(found(12, Depth::Check), 0, "they did not add up in November");
    assert_eq!(found(13, Depth::Report), 0, "a report reads no such history");
}

/// An indicator that leaves a cohort out has everyone's figure twice, which is one finding.
#[test]
fn an_indicator_without_the_cohort_is_told_once() {
    let keys = "period = 'SS'\nunit = 'percent'\nrollup = 'sum'\nexcludes = ['uasc']";
    let rows = "1,,,14,160,\n1,North,,[c],40,\n1,South,,8,120,";
    let found = project(&[("1", keys)]).results("2016-01", rows);
    assert_eq!(found.found(Code::SuppressionRecoverable).len(), 1);
}

#[test]
fn suppressed_activity_is_what_its_area_has_besides() {
    let code = Code::SuppressionRecoverable;
    let plans = project(&[("1", SNAPSHOT)]).with("[[activity]]\nid = 'plans'\nname = 'Plans'\n");
    let of = |rows: &str| {
        plans.clone().activity("2016-01", &format!("area,plans\n{rows}\n")).found(code)
    };
    assert_eq!(
        of("County,112\nNorth,[c]\nSouth,42"),
        [
            "\"Plans\" of North is suppressed and can be worked out: County is 112, and all its other parts are given"
        ]
    );
    assert_eq!(
        of("County,[c]\nNorth,70\nSouth,42"),
        [
            "\"Plans\" of County is suppressed and can be worked out: it is the sum of its parts, and all of them are given"
        ]
    );
    let last = |rows: &str| {
        let month = plans.clone().activity("2015-12", &format!("area,plans\n{rows}\n"));
        month.activity("2016-01", "area,plans\nCounty,112\nNorth,[c]\nSouth,42\n").found(code).len()
    };
    assert_eq!(last("County,110\nNorth,70\nSouth,40"), 1);
    assert_eq!(last("County,110\nNorth,70\nSouth,"), 0, "it need not add up now either");
    for nothing in [
        "County,112\nNorth,[c]\nSouth,[c]",
        "County,112\nNorth,70\nSouth,42",
        "County,112\nNorth,[c]\nSouth,",
        "County,112\nNorth,[c]\nSouth,142",
        // What the area does without its one team is nobody's to know.
        "County,[c]\nNorth,[c]\nSouth,42\nTeam,70",
    ] {
        assert_eq!(of(nothing), [""; 0], "{nothing}");
    }
}

/// Nothing that is called like an extract is passed over because of its ending, nor months that
/// stand in the folder of their year.
#[test]
fn what_is_called_like_an_extract_is_read_or_named() {
    let results = "indicator,area,cohort,numerator,denominator,value\n1,County,,1,2,\n";
    let found = |path: &str| {
        let folder = project(&[("1", SNAPSHOT)]).results("2016-01", "1,County,,1,2,").write();
        let path = folder.path().join("data").join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(&path, results).expect("written");
        let findings = run(folder.path(), Depth::Check, &[]).into_iter();
        let of_code = findings.filter(|finding| finding.code == Code::UnreadFile);
        of_code.map(|finding| finding.found).collect::<Vec<_>>()
    };
    for ending in ["tab", "dat", "prn", "json", "xml", "htm", "zip", "fods"] {
        let path = format!("2016-01/results-more.{ending}");
        assert_eq!(found(&path), ["a file of this kind is not read"], "{ending}");
    }
    for name in ["results", "Activity"] {
        let path = format!("2016-01/{name}");
        assert_eq!(found(&path), ["the file is not read: its name has no ending"], "{name}");
    }
    for folder in ["2016/02", "2015-16/May"] {
        let path = format!("{folder}/results.csv");
        let said = "the extracts in the folders of this one are not read: months stand directly in the \
             data folder";
        assert_eq!(found(&path), [said], "{folder}");
    }
    // A source may name what is not read.
    let source = "[[source]]\nid = 's'\nfiles = 'pivot*'\n";
    for (name, count) in [("pivot.txt", 1), ("Pivot 2.xls", 1), ("pivot.docx", 0), ("other.txt", 0)]
    {
        let project = project(&[("1", SNAPSHOT)]).with(source);
        let project = project.results("2016-01", "1,County,,1,2,").file("2016-01", name, results);
        let found = project.found(Code::UnreadFile);
        let said = "the source \"s\" names the file, and a file of this kind is not read";
        assert_eq!(found, vec![said; count], "{name}");
    }
    // A document, an archive of one's own, and something else.
    for path in
        ["2016-01/results.docx", "2016-01/results.pdf", "archive/2014/results.csv", "2016-01/notes"]
    {
        assert_eq!(found(path), [""; 0], "{path}");
    }
}
