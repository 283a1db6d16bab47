//! Files as systems export them, with the `[[source]]` that says what they are.

mod forms;

use std::fs;
use std::path::{Path, PathBuf};

use scorecard::definition::Definition;
use scorecard::diagnostic::{Findings, Source};
use scorecard::extract::{CommentaryPlan, Extract, MonthFolder, SharedFiles, standard};
use scorecard::input::Ledger;

use crate::excel::book::{Book, row};
use crate::excel::project::file_name;

/// What was read of a month.
pub(crate) struct Month {
    /// `indicator,area,cohort,numerator,denominator,value`, a row each.
    pub(crate) results: Vec<String>,
    /// The same with where each is from.
    places: Vec<String>,
    pub(crate) activity: String,
    pub(crate) found: Vec<String>,
}

pub(crate) const DEFINITIONS: &str = r#"
    scorecard = { title = "T", area = "Top" }
    cohort = [{ id = "uasc", name = "UASC" }]
    area = [
        { name = "Top" },
        { name = "North", parent = "Top" },
        { name = "South", parent = "Top" },
        { name = "North One", parent = "North", kind = "team" },
    ]
    indicator = [
        { id = "A", section = "S", name = "Visits", polarity = "H", period = "SS", unit = "percent" },
        { id = "B", section = "S", name = "Reviews", polarity = "H", period = "SS", unit = "percent" },
        { id = "N", section = "S", name = "Children", polarity = "L", period = "SS", unit = "number" },
    ]
    activity = [{ id = "refs", name = "Referrals" }, { id = "open", name = "Open cases" }]
"#;

/// Reads April 2026 of a project with these definitions, and files beside one another in its folder.
pub(crate) fn read_with(definitions: &str, files: &[(&str, &[u8])]) -> Month {
    read_of("2026-04", definitions, files)
}

/// Likewise of another month.
pub(crate) fn read_of(month: &str, definitions: &str, files: &[(&str, &[u8])]) -> Month {
    let project = tempfile::tempdir().expect("a folder");
    let folder = project.path().join("data").join(month);
    fs::create_dir_all(&folder).expect("made");
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    }
    let mut findings = Findings::default();
    let source = Source::new("indicators.toml".into(), definitions.to_owned());
    let definition = Definition::parse(&source, &mut findings);
    let definition = definition.unwrap_or_else(|| panic!("{findings:?}"));
    let month = month.parse().expect("a month");
    let plan = CommentaryPlan::All;
    let (ledger, data) = (Ledger::default(), project.path().join("data"));
    let shared = SharedFiles::read(&definition, &data, &ledger, &mut findings);
    let from = MonthFolder {
        path: &folder,
        ledger: &ledger,
        commentary: &plan,
        finds_stray_commentary: false,
        shared: &shared,
    };
    let mut extract = Extract::read(&definition, month, from);
    extract.findings.append(findings);
    let results = standard::results(&definition, &extract, None).expect("written");
    let activity = standard::activity(&definition, &extract, None).expect("written");
    let lines = String::from_utf8(results).expect("text");
    let found = extract.findings.sorted().into_iter().map(|finding| {
        let at = finding.place.as_ref().map_or_else(String::new, |at| file_name(&at.to_string()));
        format!("{} {at}: {}", finding.code.as_str(), finding.found)
    });
    Month {
        results: lines
            .lines()
            .skip(1)
            .map(|line| line.splitn(7, ',').take(6).collect::<Vec<_>>().join(","))
            .collect(),
        places: lines.lines().skip(1).map(file_name).collect(),
        activity: String::from_utf8(activity).expect("text"),
        found: found.filter(|found| !found.starts_with("no-results")).collect(),
    }
}

pub(crate) fn read(source: &str, files: &[(&str, &[u8])]) -> Month {
    read_with(&format!("{DEFINITIONS}\n[[source]]\nid = \"s\"\n{source}"), files)
}

/// Reads one CSV file of a source.
fn csv(source: &str, text: &str) -> Month {
    read(&format!("files = \"s.csv\"\n{source}"), &[("s.csv", text.as_bytes())])
}

pub(crate) fn bracken_vale() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sources/bracken-vale")
}

/// The rows of an extract in the standard form that are about what others are about.
pub(crate) fn truth(name: &str) -> Vec<String> {
    let text = fs::read_to_string(bracken_vale().join("truth").join(name)).expect("there");
    text.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn the_files_of_an_invented_council_read_to_their_figures() {
    let folder = bracken_vale();
    let definitions = fs::read_to_string(folder.join("indicators.toml")).expect("there");
    let sources = fs::read_to_string(folder.join("sources.toml")).expect("there");
    let sources: Vec<_> = sources.split("[[source]]").skip(1).collect();
    let of = |id: &str| {
        let source = sources.iter().find(|source| source.contains(&format!("id = \"{id}\"")));
        let files: Vec<_> = fs::read_dir(folder.join("raw"))
            .expect("listed")
            .map(|entry| entry.expect("one").path())
            .map(|path| {
                let name = path.file_name().expect("a name").to_string_lossy().into_owned();
                (name, fs::read(path).expect("read"))
            })
            .collect();
        let files: Vec<_> =
            files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let source = source.expect("described");
        read_with(&format!("{definitions}\n[[source]]{source}"), &files)
    };
    for (id, share) in [("pivot", 1), ("near", 1), ("by-name", 2)] {
        let month = of(id);
        let mut truth = truth("figures-2026-04.csv");
        let mut read = month.results.clone();
        truth.sort();
        read.sort();
        assert!(read.iter().all(|row| truth.contains(row)), "{id}: {:?}", month.found);
        assert!(read.len() * share >= truth.len() && !read.is_empty(), "{id}: {}", read.len());
    }
    let mut rows: Vec<_> = of("teams").activity.lines().skip(1).map(str::to_owned).collect();
    rows.sort();
    let mut truth = truth("teams-2026-04.csv");
    truth.sort();
    for (row, truth) in rows.iter().zip(&truth) {
        assert!(row.starts_with(truth.as_str()), "{row} {truth}");
    }
    assert_eq!(rows.len(), truth.len());
}

#[test]
fn columns_go_by_their_own_names() {
    let month = csv(
        "columns = { indicator = \"Ref\", area = [\"la\", \"region\"], numerator = \"Num\", denominator = \"Den\" }",
        "Extract\n\nRef;la;region;Num;Den\nA;North;;1;2\nB;;Top;3;4\nEnd of report\n",
    );
    assert_eq!(month.results, ["B,Top,all,3,4,", "A,North,all,1,2,"]);
    assert!(month.places.iter().any(|place| place.ends_with("s.csv:4")), "{:?}", month.places);
    assert_eq!(month.found.len(), 1, "{:?}", month.found);
}

#[test]
fn a_blank_means_as_above_before_anything_is_left_out() {
    let month = csv(
        "fill_down = [\"indicator\"]\nleave_out = { area = \"* total\" }",
        "indicator,area,numerator,denominator\nA,North,1,2\n,South,3,4\nA Total,Any Total,4,6\n,Top,5,7\n",
    );
    assert_eq!(month.results, ["A,Top,all,5,7,", "A,North,all,1,2,", "A,South,all,3,4,"]);
    assert_eq!(month.found, ["rows-left-out s.csv:1: 1 row is left out as the source says"]);
}

#[test]
fn areas_run_across_under_what_they_are_counted_for() {
    let text = "Section,Ref,North,,South,,Total,\n,,Num,Den,Num,Den,Num,Den\nX,A,1,2,3,4,4,6\n,B,5,6,,,5,6\n";
    let source = "columns = { indicator = \"Ref\" }\n[source.across]\nheadings = [\"area\", \"figure\"]\nfigure = { Num = \"numerator\", Den = \"denominator\" }\nignore = [\"Section\", \"Total\"]";
    let month = csv(source, text);
    assert_eq!(
        month.results,
        ["A,North,all,1,2,", "B,North,all,5,6,", "A,South,all,3,4,", "B,South,all,,,"]
    );
    assert_eq!(month.found, [""; 0]);
}

#[test]
fn indicators_run_across_in_pairs_beside_a_cohort() {
    let text = "Area,Cohort,A num,A den,B num,B den\nNorth,all,5,9,1,2\nNorth,UASC,2,3,1,1\n";
    let month = read(
        "files = \"s.csv\"\ncolumns = { area = \"Area\", cohort = \"Cohort\" }\nheader_rows = 2\n[source.across]\nheadings = [\"indicator\", \"figure\"]\nfigure = { n = \"numerator\", d = \"denominator\" }",
        &[(
            "s.csv",
            "Area,Cohort,Visits,,Reviews,\n,,n,d,n,d\nNorth,all,5,9,1,2\nNorth,UASC,2,3,1,1\n"
                .as_bytes(),
        )],
    );
    assert_eq!(
        month.results,
        ["A,North,all,5,9,", "A,North,uasc,2,3,", "B,North,all,1,2,", "B,North,uasc,1,1,"],
        "{:?} {text}",
        month.found
    );
}

#[test]
fn months_run_across_and_the_others_are_left_out() {
    let month = csv(
        "[source.across]\nheadings = \"month\"",
        "Indicator,Area,Mar-26,Apr-26,01/05/2026\nN,North,4,5,6\nN,South,7,8,\n",
    );
    assert_eq!(
        month.found[0],
        "unknown-heading s.csv:1: the heading \"01/05/2026\" can be of May 2026 or of January 2026"
    );
    let month = csv(
        "[source.across]\nheadings = \"month\"",
        "Indicator,Area,Mar-26,Apr-26,31/05/2026\nN,North,4,5,6\nN,South,7,8,\n",
    );
    assert_eq!(month.results, ["N,North,all,,,5", "N,South,all,,,8"], "{:?}", month.found);
}

#[test]
fn a_sheet_may_be_an_area() {
    let sheet =
        |n: &str| row(1, &["\"Indicator\"", "\"Num\"", "\"Den\""]) + &row(2, &["\"A\"", n, "9"]);
    let book = Book::default().sheet("North", &sheet("1")).sheet("South", &sheet("2"));
    let source = "files = \"*.xlsx\"\nsheet = \"{area}\"\ncolumns = { numerator = \"Num\", denominator = \"Den\" }";
    let month = read(source, &[("areas.xlsx", &book.bytes())]);
    assert_eq!(month.results, ["A,North,all,1,9,", "A,South,all,2,9,"], "{:?}", month.found);
    assert!(month.places[1].ends_with("areas.xlsx:South!B2"), "{:?}", month.places);
}

#[test]
fn a_national_file_says_its_symbols_and_areas() {
    let text = "time_period,geographic_level,la_name,number,pct\n202603,National,,9,0.5\n2026-04,Local authority,Nth,x,k\n2026-04,Local authority,Elsewhere,1,0.1\n2026-04,National,,:,0.7842\n2026-04,Regional,Top,1,0.1\n";
    let source = "files = \"national.csv\"\nfolder = \"../national\"\nfixed = { indicator = \"A\" }\nonly = { geographic_level = [\"Local authority\", \"National\"] }\nunknown_areas = \"leave out\"\npercent_as = \"fraction\"\nsymbols = { k = \"low\" }\ncolumns = { area = \"la_name\", month = \"time_period\", value = \"pct\" }\n[source.names]\narea = { Nth = \"North\" }";
    let month = read(source, &[("../../national/national.csv", text.as_bytes())]);
    assert_eq!(month.results, ["A,Top,all,,,78.42%".trim_end_matches('%'), "A,North,all,,,[low]"]);
    assert_eq!(
        month.found,
        [
            "rows-left-out national.csv:1: 1 row is left out as the source says, 1 row is left out of areas that are not defined"
        ]
    );
}

#[test]
fn a_file_may_say_its_area_and_its_month_by_its_name() {
    let text = b"Measure,Count\nReferrals,5\nOpen cases,7\n";
    let month = read(
        "files = \"team-{area} {month}.csv\"\nkind = \"activity\"\ncolumns = { activity = \"Measure\", value = \"Count\" }",
        &[
            ("team-North One Apr-26.csv", text),
            ("team-South March 2026.csv", text),
            ("Team-south 2026-04.csv", b"Measure,Count\nReferrals,1\n"),
        ],
    );
    assert_eq!(
        month
            .activity
            .lines()
            .map(|line| line.rsplit_once(',').map_or("", |(row, _)| row))
            .collect::<Vec<_>>(),
        ["area,refs,open", "South,1,", "North One,5,7"],
        "{:?}",
        month.found
    );
}

#[test]
fn cells_above_the_table_say_what_it_is_of() {
    let above = "above = { \"Period:\" = \"month\", \"Team\" = \"area\" }\nkind = \"activity\"";
    let text =
        "Team:,North One\nReport  Period: 01/04/2026 - 30/04/2026\n\nReferrals,Open cases\n5,7\n";
    let month = csv(above, text);
    assert!(month.activity.contains("North One,5,7,"), "{} {:?}", month.activity, month.found);
    let month = csv(above, &text.replace("30/04", "31/03"));
    assert!(month.found[0].starts_with("wrong-month s.csv:2"), "{:?}", month.found);
}

#[test]
fn totals_are_compared_with_the_rows_above_them() {
    let source = "totals = { area = [\"Sub*\", \"Grand total\"] }";
    let rows = |sub: u32, grand: u32| {
        format!(
            "indicator,area,value\nN,North,2\nN,South,3\nN,Subtotal,{sub}\nN,Top,4\nN,Grand total,{grand}\n"
        )
    };
    assert_eq!(csv(source, &rows(5, 9)).found.len(), 1);
    let found = csv(source, &rows(6, 9)).found;
    assert_eq!(
        found[0],
        "total-differs s.csv:4: the total is 6, and the rows above that were read come to 5"
    );
}

const LIST: &str = "files = \"list*.csv\"\nkind = \"records\"\ncolumns = { area = \"Team\", record = \"Person\" }\n[source.cohort]\nuasc = { UASC = \"Y\" }\n";

/// Counts the rows of a list with the columns Person, Team, UASC, Born, Start, End and Days.
fn count(counted: &str, rows: &str) -> Month {
    let text = format!(
        "Run by somebody\n\nPerson,Team,UASC,Born,Start,End,Days\n{rows}\nTotal records,9\n"
    );
    let source = format!("{LIST}\n[[source.count]]\n{counted}");
    read(&source, &[("list.csv", text.as_bytes())])
}

const ROWS: &str = "1,North One,Y,30/04/2010,01/04/2026,,5\n2,North One,N,01/05/2010,01/03/2026,10/04/2026,2.5\n3,South,N,2025-05-02,31/12/2025,01/05/2026,\n4,Top,N,,,,1\n";

#[test]
fn the_list_of_an_invented_council_is_counted() {
    let folder = bracken_vale();
    let text = |name: &str| fs::read_to_string(folder.join(name)).expect("there");
    let sources = text("sources.toml");
    let source =
        sources.split("[[source]]").find(|source| source.contains("\"list\"")).expect("described");
    let list = fs::read(folder.join("raw/3-child-list.csv")).expect("there");
    let definitions = format!("{}\n[[source]]{source}", text("indicators.toml"));
    let month = read_with(&definitions, &[("3-child-list.csv", &list)]);
    let mut truth: Vec<_> = truth("list-2026-04.csv").iter().map(|row| format!("{row},")).collect();
    let mut read = month.results;
    truth.sort();
    read.sort();
    assert_eq!(read, truth, "{:?}", month.found);
}

#[test]
fn records_count_for_their_team_and_the_areas_above_it() {
    let month = count("activity = \"open\"\nvalue = {}", ROWS);
    let rows: Vec<_> = month
        .activity
        .lines()
        .map(|line| line.rsplit_once(',').map_or("", |(row, _)| row))
        .collect();
    assert_eq!(
        rows,
        ["area,open", "Top,4", "North,2", "South,1", "North One,2"],
        "{:?}",
        month.found
    );
    let month = count(
        "indicator = \"A\"\nnumerator = { Days = \">= 3\" }\ndenominator = { Team = [\"North*\", \"South\"] }",
        ROWS,
    );
    assert_eq!(
        month.results,
        [
            "A,Top,all,1,3,",
            "A,Top,uasc,1,1,",
            "A,North,all,1,2,",
            "A,North,uasc,1,1,",
            "A,South,all,0,1,",
            "A,South,uasc,0,0,"
        ],
        "{:?}",
        month.found
    );
}

#[test]
fn conditions_ask_for_texts_numbers_dates_and_ages() {
    for (condition, expected) in [
        ("{}", 4),
        ("{ UASC = \"y\" }", 1),
        ("{ UASC = \"<> Y\" }", 3),
        ("{ Days = \"blank\" }", 1),
        ("{ Days = \"not blank\", Team = \"North One\" }", 2),
        ("[{ Days = \"blank\" }, { UASC = \"Y\" }]", 2),
        ("{ Days = \"> 2.5\" }", 1),
        ("{ Start = \">= 2026-01-01\" }", 2),
        ("{ Start = \"this month\" }", 1),
        ("{ Start = \"last 12 months\" }", 3),
        ("{ Start = \"year to date\" }", 1),
        ("{ Start = \"< [End]\" }", 2),
        ("{ Start = \"<= month end\", End = \"blank\" }", 1),
        ("{ Start = \">= year start\" }", 1),
        ("{ open = [\"Start\", \"End\"] }", 2),
        ("{ Born = \"aged 16 to 17\" }", 1),
        ("{ Born = \"aged 15\" }", 1),
        ("{ Born = \"aged under 1\" }", 1),
        ("{ Born = \"aged 15 and over\" }", 2),
        ("{ Born = \"aged 15 and over at 31 August\" }", 2),
        ("{ Born = \"aged 15 at [Start]\" }", 2),
    ] {
        let month = count(&format!("indicator = \"N\"\nvalue = {condition}"), ROWS);
        assert_eq!(
            month.results[0],
            format!("N,Top,all,,,{expected}"),
            "{condition}: {:?}",
            month.found
        );
    }
    let month = count(
        "indicator = \"N\"\nvalue = { sum = \"Days\", where = { Days = \"not blank\" } }",
        ROWS,
    );
    assert_eq!(month.results[0], "N,Top,all,,,8.5");
}

#[test]
fn a_person_counts_once_in_an_area_and_once_above_it() {
    let rows = "1,North,N,,,,1\n1,North,N,,,,1\n1,South,N,,,,1\n2,South,N,,,,1\n";
    let month = count("indicator = \"N\"\nvalue = {}", rows);
    assert_eq!(month.results[0], "N,Top,all,,,4");
    assert!(month.found.iter().any(|found| found.starts_with("record-repeated list.csv:5")));
    let source = format!(
        "count_once = \"Person\"\n{LIST}\n[[source.count]]\nindicator = \"N\"\nvalue = {{}}"
    );
    let text = format!("Person,Team,UASC\n{}", rows.replace(",,,,1", ""));
    let month = read(&source, &[("list.csv", text.as_bytes())]);
    let all = |row: &&String| row.contains(",all,");
    let results: Vec<_> = month.results.iter().filter(all).collect();
    assert_eq!(
        results,
        ["N,Top,all,,,2", "N,North,all,,,1", "N,South,all,,,2"],
        "{:?}",
        month.found
    );
}
