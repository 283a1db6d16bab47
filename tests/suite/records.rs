//! Lists with a row a child or case: which rows count, and where they count.

use crate::sources::{Month, read};

const LIST: &str = "kind = \"records\"\ncolumns = { area = \"Team\", record = \"Row\" }\n";

/// Counts the rows of a list for April 2026; `keys` are those of the source.
fn count(keys: &str, counted: &str, list: &str, others: &[(&str, &str)]) -> Month {
    let source = format!("files = \"list*.csv\"\n{keys}\n{LIST}[[source.count]]\n{counted}");
    let mut files = vec![("list.csv", list.as_bytes())];
    files.extend(others.iter().map(|(name, text)| (*name, text.as_bytes())));
    read(&source, &files)
}

/// The figures of everyone.
fn everyone(month: &Month) -> Vec<&str> {
    let all = month.results.iter().filter(|row| row.contains(",all,"));
    all.map(String::as_str).collect()
}

/// What is found, without what is said of areas that have no row.
fn found(month: &Month) -> Vec<&str> {
    let found = month.found.iter().map(String::as_str);
    found.filter(|found| !found.starts_with("no-rows")).collect()
}

/// The one condition that is asked of the rows below `Row,Team,X,Y`.
fn holds(keys: &str, condition: &str, rows: &str) -> (String, Vec<String>) {
    let list = format!("Row,Team,X,Y\n{rows}");
    let month = count(keys, &format!("indicator = \"N\"\nvalue = {condition}"), &list, &[]);
    let top = everyone(&month).first().map(|row| (*row).to_owned());
    let found = found(&month).iter().map(|found| (*found).to_owned()).collect();
    (top.map_or(String::new(), |row| row.replace("N,Top,all,,,", "")), found)
}

#[test]
fn every_form_of_condition_is_asked_of_a_cell() {
    let texts = "1,North,Yes,\n2,North,YES,\n3,North,No,yes\n4,North,,\n5,South,Yesterday,No\n";
    for (condition, expected) in [
        ("{ X = \"yes\" }", "2"),
        ("{ X = [\"No\", \"yesterday\"] }", "2"),
        ("{ X = \"Yes*\" }", "3"),
        ("{ X = \"*y\" }", "1"),
        ("{ X = \"*e*d*\" }", "1"),
        ("{ X = \"<> Yes\" }", "3"),
        ("{ X = \"<> Yes*\" }", "2"),
        ("{ X = \"<> [Y]\" }", "4"),
        ("{ X = \"= [Y]\" }", "1"),
        ("{ X = \"blank\" }", "1"),
        ("{ X = \"not blank\", Y = \"blank\" }", "2"),
        ("[{ X = \"Yes\" }, { X = \"No\", Y = \"yes\" }]", "3"),
        ("[{ X = \"Yes\" }, { X = \"yes\" }]", "2"),
        ("{}", "5"),
    ] {
        let (counted, found) = holds("", condition, texts);
        assert_eq!((counted.as_str(), found.len()), (expected, 0), "{condition} {found:?}");
    }
    let numbers = "1,North,3,2\n2,North,2.50,2.5\n3,North,\"1,000\",\n4,North,,7\n5,South,-1,1\n";
    for (condition, expected) in [
        ("{ X = \">= 3\" }", "2"),
        ("{ X = \"> 3\" }", "1"),
        ("{ X = \"<= 2.5\" }", "2"),
        ("{ X = \"< 2.5\" }", "1"),
        ("{ X = \"= 2.5\" }", "1"),
        ("{ X = \"<> 2.5\" }", "4"),
        ("{ X = \"> [Y]\" }", "1"),
        ("{ X = \"<= [Y]\" }", "2"),
        ("{ X = \"= [Y]\" }", "1"),
    ] {
        let (counted, found) = holds("", condition, numbers);
        assert_eq!((counted.as_str(), found.len()), (expected, 0), "{condition} {found:?}");
    }
    let dates = "1,North,01/04/2026,30/04/2026\n2,North,2026-03-31,31 March 2026\n3,North,30/04/2026,\n4,North,01/05/2025,02/05/2025\n5,South,30/04/2025,\n6,South,01/05/2026,\n";
    for (condition, expected) in [
        ("{ X = \">= 2026-04-01\" }", "3"),
        ("{ X = \"< 2026-03-31\" }", "2"),
        ("{ X = \"= 2026-04-30\" }", "1"),
        ("{ X = \"<= month end\" }", "5"),
        ("{ X = \"> month end\" }", "1"),
        ("{ X = \">= year start\" }", "3"),
        ("{ X = \"< year start\" }", "3"),
        ("{ X = \"<= [Y]\" }", "3"),
        ("{ X = \"< [Y]\" }", "2"),
        ("{ X = \"= [Y]\" }", "1"),
        ("{ X = \"this month\" }", "2"),
        ("{ X = \"year to date\" }", "2"),
        ("{ X = \"last 12 months\" }", "4"),
        ("{ open = [\"X\", \"Y\"] }", "2"),
        ("{ days = { from = \"X\", to = \"Y\", is = \"<= 29\" }, Y = \"not blank\" }", "3"),
        ("{ days = { from = \"X\", to = \"Y\", is = \"< 29\" }, Y = \"not blank\" }", "2"),
    ] {
        let (counted, found) = holds("", condition, dates);
        assert_eq!((counted.as_str(), found.len()), (expected, 0), "{condition} {found:?}");
    }
    let us = "1,North,04/30/2026,\n2,North,05/01/2026,\n3,North,2026-04-01,\n";
    let (counted, found) = holds("dates = \"us\"", "{ X = \"this month\" }", us);
    assert_eq!((counted.as_str(), found.len()), ("2", 0), "{found:?}");
    let born = "1,North,30/04/2010,31/08/2025\n2,North,01/05/2010,01/05/2026\n3,North,01/05/2025,\n4,North,31/08/2010,01/04/2026\n5,South,01/09/2010,31/08/2010\n6,South,01/05/2008,\n";
    for (condition, expected) in [
        ("{ X = \"aged 16 to 17\" }", "2"),
        ("{ X = \"aged 16\" }", "1"),
        ("{ X = \"aged under 1\" }", "1"),
        ("{ X = \"aged 15 and over\" }", "5"),
        ("{ X = \"aged 5 to 15 at 31 August\" }", "4"),
        ("{ X = \"aged 15 at 31 August\" }", "3"),
        ("{ X = \"aged 16 at [Y]\" }", "1"),
        ("{ X = \"aged under 16 at [Y]\" }", "2"),
    ] {
        let (counted, found) = holds("", condition, born);
        assert_eq!((counted.as_str(), found.len()), (expected, 0), "{condition} {found:?}");
    }
}

#[test]
fn a_numerator_is_counted_within_the_denominator() {
    let list = "Row,Team,X,Days\n1,North,Y,5\n2,North,N,7\n3,South,Y,9\n4,South,Y,\n";
    let share = "indicator = \"A\"\nnumerator = { Days = \"> 4\" }\ndenominator = { X = \"Y\" }";
    assert_eq!(
        everyone(&count("", share, list, &[])),
        ["A,Top,all,2,3,", "A,North,all,1,1,", "A,South,all,1,2,"]
    );
    let sum = "indicator = \"A\"\nnumerator = { sum = \"Days\", where = { Days = \"not blank\" } }\n\
        denominator = { X = \"Y\" }";
    let month = count("", sum, list, &[]);
    assert_eq!(everyone(&month), ["A,Top,all,14,3,", "A,North,all,5,1,", "A,South,all,9,2,"]);
}

#[test]
fn what_cannot_be_read_does_not_count_and_is_said_without_being_shown() {
    let rows = "1,North,many,\n2,North,3,\n3,South,few,\n4,South,,\n";
    let (counted, found) = holds("", "{ X = \">= 2\" }", rows);
    assert_eq!(counted, "1");
    assert_eq!(
        found,
        ["unreadable-cell list.csv:2: lines 2, 4 have no number that can be read in the column \
             \"X\", and do not count there"]
    );
    let (_, found) = holds("", "{ X = \"this month\" }", "1,North,Yes,\n2,South,No,\n");
    assert_eq!(
        found,
        ["unreadable-cell list.csv:2: no row has a date in the column \"X\", where a condition \
             asks for one, and none counts there"]
    );
    let (_, found) = holds("", "{ X = \"<= [Y]\" }", "1,North,3,5\n2,South,3,soon\n");
    assert_eq!(
        found,
        ["unreadable-cell list.csv:3: line 3 has no number that can be read in the column \"Y\", \
             and does not count there"]
    );
}

#[test]
fn working_days_leave_out_weekends_and_closed_days() {
    // Good Friday is 3 April 2026, Easter Monday the 6th.
    let closed = "date,name\n03/04/2026,Good Friday\n2026-04-06,Easter Monday\n";
    let list = "Row,Team,X,Y\n1,North,02/04/2026,07/04/2026\n2,North,02/04/2026,08/04/2026\n3,North,02/04/2026,\n4,South,08/04/2026,02/04/2026\n";
    let counted = "indicator = \"A\"\nnumerator = { days = { from = \"X\", to = \"Y\", working = true, is = \"<= 1\" } }\ndenominator = {}";
    let month = count("", counted, list, &[("../closed-days.csv", closed)]);
    assert_eq!(everyone(&month), ["A,Top,all,1,4,", "A,North,all,1,3,", "A,South,all,0,1,"]);
    assert_eq!(
        found(&month),
        [
            "unreadable-cell list.csv:5: line 5 has an earlier day in \"Y\" than in \"X\", and does \
             not count there",
            "no-day list.csv:4: 1 row has nothing in the column \"Y\" that days could be \
             counted from or to, and does not count there",
        ]
    );
    let month = count("", counted, list, &[]);
    assert_eq!(everyone(&month)[0], "A,Top,all,0,4,");
    assert!(month.found.iter().any(|found| found.starts_with("closed-days-unknown")));
}

#[test]
fn columns_are_taken_from_another_file_by_an_id() {
    let keys = "lookup = [{ files = \"uasc*.csv\", match = { Child = \"Client\" }, take = [\"UASC\", \"Place\"] }]\ncohort = { uasc = { UASC = \"Y\" } }";
    let counted = "indicator = \"N\"\nvalue = { Place = \"not blank\" }";
    let list = "Row,Team,Child\n1,North,C1\n2,North,c2\n3,South,C3\n4,South,C4\n5,South,C1\n\nTotal records,5\n";
    let other = "Printed for the team\n\nPlace,Client,UASC\nHome,C1,Y\n,C2,N\nHome,C3,N\n,,Y\n";
    let month = count(keys, counted, list, &[("uasc.csv", other)]);
    assert_eq!(
        month.results,
        [
            "N,Top,all,,,3",
            "N,Top,uasc,,,2",
            "N,North,all,,,1",
            "N,North,uasc,,,1",
            "N,South,all,,,2",
            "N,South,uasc,,,1"
        ]
    );
    let unmatched = "lookup-unmatched list.csv:5: 1 of the 5 rows has no match by \"Child\" in \
        uasc*.csv: what is taken from there is blank";
    assert!(found(&month).contains(&unmatched), "{:?}", month.found);
    let twice = format!("{other}Home,C3,N\nElsewhere,c1,N\n");
    let month = count(keys, counted, list, &[("uasc.csv", &twice)]);
    assert_eq!(month.results[0], "N,Top,all,,,3");
    let repeated = "lookup-repeated uasc.csv:8: lines 8, 9 have the \"Client\" of an earlier line, \
        and not all of them say the same: the first row of each counts";
    assert!(found(&month).contains(&repeated), "{:?}", month.found);
    // The team itself may be in the other file.
    let of_team = "lookup = [{ files = \"teams.csv\", match = \"Child\", take = \"Team\" }]";
    let list = "Row,Child\n1,C1\n2,C2\n";
    let month = count(
        of_team,
        "indicator = \"N\"\nvalue = {}",
        list,
        &[("teams.csv", "Child,Team\nC1,North One\nC2,South\n")],
    );
    assert_eq!(everyone(&month), ["N,Top,all,,,2", "N,North,all,,,1", "N,South,all,,,1"]);
    // Without the file, or its columns, nothing is guessed.
    let month = count(keys, counted, list, &[]);
    assert!(
        found(&month).iter().any(|found| found.starts_with("cannot-read")),
        "{:?}",
        month.found
    );
    let month = count(keys, counted, list, &[("uasc.csv", "Place,Customer\nHome,C1\n")]);
    let lacks = "missing-column uasc.csv: the table has no columns \"Client\", \"UASC\", which the \
        source \"s\" looks up in it";
    assert!(found(&month).contains(&lacks), "{:?}", month.found);
}

#[test]
fn of_several_rows_of_a_person_the_latest_counts() {
    let keys = "keep = { latest = \"Authorised\", per = \"Child\" }";
    let counted = "indicator = \"A\"\nnumerator = { X = \"Y\" }\ndenominator = {}";
    let list = "Row,Team,Child,Authorised,X\n1,North,C1,01/04/2026,Y\n2,South,C1,03/04/2026,N\n3,North,C1,02/04/2026,Y\n4,North,C2,,Y\n5,North,C3,05/04/2026,N\n6,North,C3,05/04/2026,Y\n7,North,,01/04/2026,Y\n8,North,C4,soon,Y\n";
    let month = count(keys, counted, list, &[]);
    assert_eq!(everyone(&month), ["A,Top,all,4,5,", "A,North,all,4,4,", "A,South,all,0,1,"]);
    assert_eq!(
        found(&month),
        [
            "unreadable-cell list.csv:8: line 8 has nothing in the column \"Child\", and counts as \
             somebody else",
            "unreadable-cell list.csv:9: line 9 has no date that can be read in the column \
             \"Authorised\", and does not count there",
            "record-repeated list.csv:7: line 7 is of the same day as another row of the person, \
             and counts in its place",
        ]
    );
}

#[test]
fn several_files_are_one_list() {
    let source = format!(
        "files = \"list-*.csv\"\nseveral = true\ncount_once = \"Child\"\n{LIST}[[source.count]]\nindicator = \"N\"\nvalue = {{}}\n[[source.count]]\nactivity = \"open\"\nvalue = {{}}"
    );
    let month = read(
        &source,
        &[
            ("list-a.csv", b"Row,Team,Child\n1,North One,C1\n2,North One,C2\n"),
            ("list-b.csv", b"Child,Row,Team\nC1,3,South\nC3,4,South\nC3,5,South\n"),
        ],
    );
    assert_eq!(everyone(&month), ["N,Top,all,,,3", "N,North,all,,,2", "N,South,all,,,2"]);
    let rows: Vec<_> = month.activity.lines().skip(1).map(|row| row.rsplit_once(',')).collect();
    let rows: Vec<_> = rows.into_iter().flatten().map(|(row, _)| row).collect();
    assert_eq!(rows, ["Top,3", "North,2", "South,2", "North One,2"]);
}

#[test]
fn events_of_a_month_are_counted_over_the_months_of_a_figure() {
    let definitions = r#"
        scorecard = { title = "T", area = "Top" }
        area = [{ name = "Top" }, { name = "North", parent = "Top" }]
        indicator = [
            { id = "Y", section = "S", name = "Started", polarity = "H", period = "YTD", unit = "number" },
            { id = "R", section = "S", name = "Rolling", polarity = "H", period = "R12M", unit = "number" },
            { id = "M", section = "S", name = "Month", polarity = "H", period = "MS", unit = "number" },
        ]
        activity = [{ id = "refs", name = "Referrals" }]
        [[source]]
        id = "s"
        files = "events.csv"
        kind = "records"
        holds = "month"
        columns = { area = "Team", record = "Row" }
        count = [
            { indicator = "Y", value = { X = "this month" } },
            { indicator = "R", value = {} },
            { indicator = "M", value = {} },
            { activity = "refs", value = {} },
        ]
    "#;
    // The year begins in April: two of its months, and ten before them.
    let month =
        |back: u8| scorecard::month::Month::new(2026, 5).expect("a month").before(back.into());
    let file = |back: u8| format!("../{}/events.csv", month(back));
    let text = |back: u8| {
        let day = format!("15/{:02}/{}", month(back).number(), month(back).year());
        format!("Row,Team,X\n1,North,{day}\n2,Top,01/01/2000\n")
    };
    let files = |without: &[u8]| -> Vec<(String, String)> {
        (0..12)
            .filter(|back| !without.contains(back))
            .map(|back| (file(back), text(back)))
            .collect()
    };
    let read = |without: &[u8]| {
        let files = files(without);
        let files: Vec<_> =
            files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
        crate::sources::read_of("2026-05", definitions, &files)
    };
    let whole = read(&[]);
    assert_eq!(
        everyone(&whole),
        [
            "Y,Top,all,,,2",
            "R,Top,all,,,24",
            "M,Top,all,,,2",
            "Y,North,all,,,2",
            "R,North,all,,,12",
            "M,North,all,,,1"
        ],
        "{:?}",
        whole.found
    );
    assert!(whole.activity.contains("Top,2,") && whole.activity.contains("North,1,"));
    let part = read(&[3, 4]);
    assert_eq!(
        everyone(&part),
        ["Y,Top,all,,,2", "M,Top,all,,,2", "Y,North,all,,,2", "M,North,all,,,1"]
    );
    assert_eq!(
        found(&part),
        ["month-without-file events.csv:1: the source \"s\" has no file of 2026-01 and 2026-02, \
             so there is no figure of R"]
    );
}

#[test]
fn areas_that_are_not_defined_may_count_for_the_top_area() {
    let list = "Row,Team\n1,North\n2,Elsewhere\n3,Elsewhere\n4,\n";
    let counted = "indicator = \"N\"\nvalue = {}";
    let month = count("unknown_areas = \"top only\"", counted, list, &[]);
    assert_eq!(everyone(&month)[..2], ["N,Top,all,,,4", "N,North,all,,,1"]);
    assert_eq!(
        found(&month),
        [
            "blank-area list.csv:5: line 5 has no area, and counts for \"Top\" alone",
            "rows-left-out list.csv:3: 2 rows are of areas that are not defined, and left out of all \
             but \"Top\""
        ]
    );
    let month = count("unknown_areas = \"leave out\"", counted, list, &[]);
    assert_eq!(everyone(&month)[0], "N,Top,all,,,2");
    let month = count("", counted, list, &[]);
    let unknown = "unknown-area list.csv:3: lines 3, 4 hold the same text, which is no area and no \
        team";
    assert!(found(&month).contains(&unknown), "{:?}", month.found);
}

#[test]
fn conditions_that_mean_nothing_are_refused_with_what_can_be_written() {
    use scorecard::definition::Definition;
    use scorecard::diagnostic::{Findings, Source};
    for (condition, said) in [
        ("{ X = \">= many\" }", "compares with \"many\""),
        ("{ X = \"aged old\" }", "\"aged 16 to 17\""),
        ("{ days = { from = \"X\", is = \"< 3\" } }", "no text for `to` in `days`"),
        ("{ days = { from = \"X\", to = \"Y\", is = \"3\" } }", "compares days with \"3\""),
        ("{ days = { from = \"X\", to = \"Y\", is = \"< 3\", by = \"Z\" } }", "has \"by\""),
        ("{ sum = \"X\", when = {} }", "has \"when\" beside `sum`"),
        ("{ X = 3 }", "of the column \"X\" for something"),
    ] {
        let text = format!(
            "scorecard = {{ title = \"T\", area = \"Top\" }}\narea = [{{ name = \"Top\" }}]\n\
             indicator = [{{ id = \"N\", section = \"S\", name = \"N\", polarity = \"L\", period = \"SS\", unit = \"number\" }}]\n\
             [[source]]\nid = \"s\"\nfiles = \"s.csv\"\nkind = \"records\"\n[[source.count]]\nindicator = \"N\"\nvalue = {condition}\n"
        );
        let mut findings = Findings::default();
        let _ = Definition::parse(&Source::new("indicators.toml".into(), text), &mut findings);
        let found: Vec<_> = findings
            .iter()
            .map(|finding| format!("{} {}", finding.found, finding.remedy))
            .collect();
        assert!(found.iter().any(|found| found.contains(said)), "{condition}: {found:?}");
    }
}

#[test]
fn how_a_figure_was_counted_is_said_and_lasts_in_the_record() {
    use crate::common::{printed, scorecard};
    use crate::sources::bracken_vale;
    let project = tempfile::tempdir().expect("a folder");
    let text = |name: &str| std::fs::read_to_string(bracken_vale().join(name)).expect("there");
    let sources = text("sources.toml");
    let list = sources.split("[[source]]").find(|one| one.contains("\"list\"")).expect("described");
    let definitions = format!(
        "{}\n[[source]]{list}\n[[source.count]]\nindicator = \"AS1\"\nnumerator = {{ days = {{ from = \
         \"Last visit\", to = \"Visit due\", working = true, is = \"<= 10\" }} }}\ndenominator = {{}}\n\
         [[source.count]]\nindicator = \"LA7\"\nnumerator = {{ sum = \
         \"Placements last 12m\" }}\ndenominator = {{ \"Last visit\" = \"this month\" }}\n",
        text("indicators.toml")
    );
    std::fs::write(project.path().join("indicators.toml"), definitions).expect("written");
    let month = project.path().join("data/2026-04");
    std::fs::create_dir_all(&month).expect("made");
    let list = bracken_vale().join("raw/3-child-list.csv");
    std::fs::copy(list, month.join("3-child-list.csv")).expect("copied");
    // A record needs neither the list nor the days.
    let closed = project.path().join("data/closed-days.csv");
    std::fs::write(&closed, "2026-04-03\n2026-04-06\n").expect("written");
    let run = |arguments: &[&str]| {
        printed(arguments, scorecard(project.path()).args(arguments).output().expect("it runs"))
    };
    let of = |arguments: &[&str]| {
        let shown = run(arguments).replace('\n', " ");
        shown.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let of_top = "of the 509 rows of 3-child-list.csv where Placements last 12m >= 3";
    let top = of(&["explain", "LA2"]);
    assert!(top.contains(of_top), "{top}");
    let area = of(&["explain", "LA2", "-a", "Northgate"]);
    assert!(area.contains("rows of Northgate in 3-child-list.csv where"), "{area}");
    let sum = of(&["explain", "LA7"]);
    let expected = "rows in the rows of 3-child-list.csv where Last visit is in the month";
    assert!(sum.contains("the sum of Placements last 12m, ") && sum.contains(expected), "{sum}");
    let json = run(&["--format", "json"]);
    assert!(json.contains(of_top), "{json}");
    // What was published says it too, without the list.
    run(&["publish", "-m", "2026-04", "--meeting", "2026-05-20", "--force"]);
    std::fs::remove_file(month.join("3-child-list.csv")).expect("removed");
    std::fs::remove_file(closed).expect("removed");
    run(&["reproduce", "2026-04"]);
    let kept = crate::common::files_below(&project.path().join("published/2026-04/1"));
    assert!(kept.iter().any(|(path, _)| path.ends_with("source-list.csv")));
    assert!(kept.iter().all(|(path, _)| !path.ends_with("closed-days.csv")));
    let results = kept.iter().find(|(path, _)| path.ends_with("results.json"));
    let (_, results) = results.expect("there");
    assert!(String::from_utf8_lossy(results).contains(of_top));
}

/// Teams have no figures of indicators: a list has something for them all the same.
#[test]
fn a_team_that_records_are_of_is_used() {
    use crate::common::scorecard;
    use crate::sources::DEFINITIONS;
    let project = tempfile::tempdir().expect("a folder");
    let month = project.path().join("data/2026-04");
    std::fs::create_dir_all(&month).expect("made");
    let source = "[[source]]\nid = \"s\"\nfiles = \"s.csv\"\nkind = \"records\"\n\
        columns = { area = \"Team\" }\ncount = [{ indicator = \"N\", value = {} }]";
    let definitions = format!("{DEFINITIONS}\n{source}");
    std::fs::write(project.path().join("indicators.toml"), definitions).expect("written");
    let unused = |rows: &str| {
        std::fs::write(month.join("s.csv"), format!("Person,Team\n{rows}")).expect("written");
        let run = scorecard(project.path()).arg("check").output().expect("it runs");
        String::from_utf8_lossy(&run.stdout).contains("\"North One\" is in no extract")
    };
    assert!(!unused("1,North One\n"));
    assert!(unused("1,North\n"));
}
