//! `scorecard source`: what a file looks like is read as it is meant, or is said to be unsure.

use std::fs;

use crate::common::{printed, scorecard};
use crate::excel::book::{Book, row};
use crate::sources::{DEFINITIONS, Month, bracken_vale, read_with, truth};

/// The source that a file of a project with these definitions looks like.
fn describe(definitions: &str, name: &str, bytes: &[u8], more: &[&str]) -> String {
    let project = tempfile::tempdir().expect("a folder");
    fs::write(project.path().join("indicators.toml"), definitions).expect("written");
    fs::write(project.path().join(name), bytes).expect("written");
    let arguments = [&["source", name][..], more].concat();
    printed(&arguments, scorecard(project.path()).args(&arguments).output().expect("it runs"))
}

/// What is read of files with the source that the first of them looks like.
fn read_as_described(definitions: &str, files: &[(String, Vec<u8>)]) -> (String, Month) {
    let (name, bytes) = &files[0];
    let source = describe(definitions, name, bytes, &[]);
    let files: Vec<_> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let month = read_with(&format!("{definitions}\n{source}"), &files);
    (source, month)
}

/// The files of the invented council whose names begin so.
fn files(start: &str) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(bracken_vale().join("raw"))
        .expect("listed")
        .map(|entry| entry.expect("one").path())
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read(path).expect("read"))
        })
        .filter(|(name, _)| name.starts_with(start))
        .collect();
    files.sort();
    files
}

#[test]
fn the_files_of_an_invented_council_are_read_as_they_look() {
    let definitions = fs::read_to_string(bracken_vale().join("indicators.toml")).expect("there");
    let mut figures = truth("figures-2026-04.csv");
    figures.sort();
    for (start, share) in [("1-", 1), ("4-", 2), ("5-", 1)] {
        let (source, month) = read_as_described(&definitions, &files(start));
        let what = format!("{source}\n{:?}", month.found);
        assert!(month.results.iter().all(|row| figures.contains(row)), "{what}");
        assert!(
            month.results.len() * share >= figures.len() && !month.results.is_empty(),
            "{what}"
        );
        let is_expected = |found: &String| {
            ["rows-left-out", "row-count", "read-as-windows-1252"]
                .iter()
                .any(|code| found.starts_with(code))
        };
        assert!(month.found.iter().all(is_expected), "{what}");
    }
    let (source, month) = read_as_described(&definitions, &files("2-"));
    let mut rows: Vec<_> = month.activity.lines().skip(1).map(str::to_owned).collect();
    rows.sort();
    let mut teams = truth("teams-2026-04.csv");
    teams.sort();
    assert_eq!(rows.len(), teams.len(), "{source}\n{:?}", month.found);
    assert!(
        rows.iter().zip(&teams).all(|(row, truth)| row.starts_with(truth.as_str())),
        "{source}"
    );
    // What is counted of a list cannot be known. The rest can.
    let list = files("3-");
    let (source, month) = read_as_described(&definitions, &list);
    assert!(source.contains("area = \"Team\"\nrecord = \"Person ID\""), "{source}");
    let is_footer = |found: &String| found.starts_with("rows-left-out");
    assert!(month.results.is_empty() && month.found.iter().all(is_footer), "{:?}", month.found);
    // With what a person then says, it is counted.
    let said = "[source.cohort]\nuasc = { \"UASC (Y/N)\" = \"Y\" }\n[[source.count]]\nindicator = \
        \"LA2\"\nnumerator = { \"Placements last 12m\" = \">= 3\" }\ndenominator = {}\n";
    let (name, bytes) = &list[0];
    let whole = format!("{definitions}\n{source}\n{said}");
    let month = read_with(&whole, &[(name.as_str(), bytes.as_slice())]);
    let counted = truth("list-2026-04.csv");
    assert!(!month.results.is_empty());
    let is_true = |row: &String| counted.iter().any(|truth| row.starts_with(truth.as_str()));
    assert!(month.results.iter().all(is_true), "{:?}", month.results);
}

#[test]
fn what_is_not_certain_is_said() {
    let text = "Extract\n\nMeasure,District,Result,Note\nA,North,0.5,\nA,Souht,x,\nB,North,0.25,\nB,Grand Total,1,\n";
    let said = describe(DEFINITIONS, "dash 2026-04.csv", text.as_bytes(), &[]);
    for line in [
        "id = \"dash\"",
        "files = \"dash {month}.csv\"",
        "leave_out = { \"District\" = \"Grand Total\" }",
        "percent_as = \"fraction\"",
        "# symbols = { \"x\" = \"missing\" }   # what each means cannot be known: missing, suppressed \
         or low",
        "indicator = \"Measure\"",
        "area = \"District\"",
        "value = \"Result\"",
        "# \"Souht\" = \"South\"",
        "# Not used: \"Note\".",
    ] {
        assert!(said.lines().any(|one| one == line), "{line}\n{said}");
    }
}

#[test]
fn what_runs_across_is_found_with_a_month_or_a_cohort_beside_it() {
    let text = "Ref,Cohort,North,Souht,South,Top\nA,all,1,2,3,4\nA,uasc,1,1,1,1\nN,all,5,6,7,8\n";
    let said = describe(DEFINITIONS, "across.csv", text.as_bytes(), &[]);
    for line in [
        "indicator = \"Ref\"",
        "cohort = \"Cohort\"",
        "headings = \"area\"",
        "figure = \"value\"",
        "ignore = \"Souht\"",
    ] {
        assert!(said.lines().any(|one| one == line), "{line}\n{said}");
    }
    assert!(said.contains("\"Souht\" is ignored; did you mean \"South\"?"), "{said}");
    let text = "Ref,Area,Feb-26,Mar-26,Apr-26\nN,North,1,2,3\nN,South,4,5,6\n";
    let (source, month) =
        read_as_described(DEFINITIONS, &[("months.csv".to_owned(), text.as_bytes().to_vec())]);
    assert_eq!(month.results, ["N,North,all,,,3", "N,South,all,,,6"], "{source}");
}

#[test]
fn a_sheet_may_be_named_and_a_file_that_is_none_is_refused() {
    let definitions = DEFINITIONS;
    let project = tempfile::tempdir().expect("a folder");
    fs::write(project.path().join("indicators.toml"), definitions).expect("written");
    let pivot = bracken_vale().join("raw/1-pivot-wide.xlsx");
    fs::copy(pivot, project.path().join("pivot.xlsx")).expect("copied");
    let run =
        |arguments: &[&str]| scorecard(project.path()).args(arguments).output().expect("runs");
    let sheet = run(&["source", "pivot.xlsx", "--sheet", "Pivott"]);
    let said = String::from_utf8_lossy(&sheet.stderr).into_owned();
    assert!(!sheet.status.success() && said.contains("did you mean \"Pivot\"?"), "{said}");
    assert!(!run(&["source", "none.csv"]).status.success());
    // It does not write over what it describes.
    assert!(!run(&["source", "pivot.xlsx", "-o", "pivot.xlsx"]).status.success());
    assert!(run(&["source", "pivot.xlsx", "-o", "source.toml"]).status.success());
}

/// A pair of columns for each indicator, under a blank where a name reaches over both, beside
/// cohorts as the system calls them.
#[test]
fn pairs_of_columns_beside_cohorts_are_read_once_the_cohorts_are_named() {
    let rows = "Report run by: A N Other,,,,,,\n\nDistrict,Group,Visits,,Reviews,,Comment\n\
        ,,Num,Den,Num,Den,\nNorth,All children,5,9,6,9,ok\n,UASC,1,2,2,2,\n,Excl. UASC,4,7,4,7,\n\
        Grand Total,All children,5,9,6,9,\n";
    let said = describe(DEFINITIONS, "pairs.csv", rows.as_bytes(), &[]);
    let drafts = ["# \"All children\" = \"all\"", "# \"Excl. UASC\" = \"excluding-uasc\""];
    assert!(drafts.iter().all(|draft| said.contains(draft)), "{said}");
    let filled = said.replace("# \"", "\"");
    let month = read_with(&format!("{DEFINITIONS}\n{filled}"), &[("pairs.csv", rows.as_bytes())]);
    assert_eq!(
        month.results,
        [
            "A,North,all,5,9,",
            "A,North,uasc,1,2,",
            "A,North,excluding-uasc,4,7,",
            "B,North,all,6,9,",
            "B,North,uasc,2,2,",
            "B,North,excluding-uasc,4,7,"
        ],
        "{said}\n{:?}",
        month.found
    );
}

#[test]
fn sheets_that_are_called_after_areas_are_all_read() {
    let sheet = |n: &str| {
        row(1, &["\"Period:\"", "\"01/04/2026 to 30/04/2026\""])
            + &row(3, &["\"Section\"", "\"Ref\"", "\"Numerator\"", "\"Denominator\""])
            + &row(4, &["\"Visits\""])
            + &row(5, &["", "\"A\"", n, "9"])
            + &row(6, &["", "\"B\"", n, "8"])
            + &row(8, &["\"Source: Mosaic\""])
    };
    let cover = row(1, &["\"Contents\""]);
    let book = Book::default()
        .sheet("Cover", &cover)
        .sheet("North", &sheet("1"))
        .sheet("South", &sheet("2"));
    let (source, month) = read_as_described(DEFINITIONS, &[("dash.xlsx".to_owned(), book.bytes())]);
    assert!(source.contains("sheet = \"{area}\""), "{source}");
    assert_eq!(
        month.results,
        ["A,North,all,1,9,", "B,North,all,1,8,", "A,South,all,2,9,", "B,South,all,2,8,"],
        "{source}\n{:?}",
        month.found
    );
}

#[test]
fn a_pivot_in_outline_is_described_by_what_stands_below_what() {
    let rows = "Row Labels,Count of ID\nNorth,12\nReferrals,5\nOpen cases,7\nSouth,1\n\
        Referrals,1\nGrand Total,13\n";
    let (source, month) =
        read_as_described(DEFINITIONS, &[("pivot.csv".to_owned(), rows.as_bytes().to_vec())]);
    assert!(source.contains("levels = [\"area\", \"activity\"]"), "{source}");
    assert!(month.activity.contains("North,5,7,"), "{source}\n{}", month.activity);
}

/// What its figures are of cannot be known; the rest can.
#[test]
fn a_national_file_is_described_but_for_its_indicators() {
    let rows = "time_period,time_identifier,geographic_level,country_name,la_name,stability,number\n\
        202526,Financial year,National,England,,Total children,9600\n\
        202526,Financial year,National,England,,3 or more,1200\n\
        202526,Financial year,Local authority,England,North,Total children,20\n\
        202526,Financial year,Local authority,England,North,3 or more,5\n\
        202526,Financial year,Local authority,England,Kent,Total children,70\n\
        202526,Financial year,Local authority,England,Kent,3 or more,k\n";
    let said = describe(DEFINITIONS, "stability.csv", rows.as_bytes(), &[]);
    assert!(said.contains("# symbols = { \"k\" = \"missing\" }"), "{said}");
    let measure = ["[[source.measure]]", "indicator", "numerator", "denominator"];
    let filled = measure
        .iter()
        .fold(said.clone(), |all, key| all.replace(&format!("\n# {key}"), &format!("\n{key}")));
    let march = crate::sources::read_of(
        "2026-03",
        &format!("{DEFINITIONS}\n{filled}"),
        &[("stability.csv", rows.as_bytes())],
    );
    assert_eq!(march.results, ["A,North,all,5,20,"], "{filled}\n{:?}", march.found);
    // A list of cases with such headings is a list all the same.
    let cases = rows.replace("3 or more", "Total children").replace(",number", ",person id");
    let said = describe(DEFINITIONS, "cases.csv", cases.as_bytes(), &[]);
    assert!(said.contains("kind = \"records\"") && !said.contains("Total children"), "{said}");
}

/// The pivot of the README: what is not defined yet is listed, and with its names it is read.
#[test]
fn a_pivot_is_known_by_the_headings_below_its_areas() {
    let pivot = "Section,Indicator,Northgate,,Eastvale,,Grand Total,\n,,Num,Den,Num,Den,Num,Den\n\
        EARLY HELP,% of assessments within 35 days,42,49,43,54,85,103\n";
    let said = describe(DEFINITIONS, "pivot.csv", pivot.as_bytes(), &[]);
    for line in [
        "header_rows = 2",
        "indicator = \"Indicator\"",
        "headings = [\"area\", \"figure\"]",
        "figure = { \"Num\" = \"numerator\", \"Den\" = \"denominator\" }",
        "ignore = [\"Section\", \"Grand Total\"]",
        "# \"% of assessments within 35 days\" = \"\"",
        "# \"Northgate\" = \"\"",
        "# \"Eastvale\" = \"\"",
    ] {
        assert!(said.lines().any(|one| one == line), "{line}\n{said}");
    }
    let filled = said
        .replace("# \"%", "\"%")
        .replace("days\" = \"\"", "days\" = \"A\"")
        .replace("# \"Northgate\" = \"\"", "\"Northgate\" = \"North\"")
        .replace("# \"Eastvale\" = \"\"", "\"Eastvale\" = \"South\"");
    let month = read_with(&format!("{DEFINITIONS}\n{filled}"), &[("pivot.csv", pivot.as_bytes())]);
    assert_eq!(month.results, ["A,North,all,42,49,", "A,South,all,43,54,"], "{filled}");
    // The labels of the rows may stand beside the lower headings.
    let pivot = ",,North,,Sooth,\nSection,Indicator,Num,Den,Num,Den\nS,Visits,1,2,3,4\n";
    let said = describe(DEFINITIONS, "pivot.csv", pivot.as_bytes(), &[]);
    let filled = said.replace("# \"Sooth\"", "\"Sooth\"");
    let month = read_with(&format!("{DEFINITIONS}\n{filled}"), &[("pivot.csv", pivot.as_bytes())]);
    assert_eq!(month.results, ["A,North,all,1,2,", "A,South,all,3,4,"], "{said}");
}

/// One name that is not defined makes no list of children of a file of figures.
#[test]
fn a_name_that_is_not_defined_is_listed() {
    for (rows, lines) in [
        (
            "Measure,District,Num,Den\nVisit,North,1,2\nVisit,South,1,2\n",
            &["indicator = \"Measure\"", "area = \"District\"", "# \"Visit\" = \"Visits\""][..],
        ),
        (
            "indicator,District,Result\n17,North,1\n17,South,2\n",
            &["indicator = \"indicator\"", "# \"17\" = \"\""],
        ),
        (
            "Ref,Locality,Result\nVisits,Nroth,1\nReviews,Nroth,2\n",
            &["indicator = \"Ref\"", "area = \"Locality\"", "# \"Nroth\" = \"North\""],
        ),
        (
            "What,Place,Num,Den\nVisits,North,1,2\nOther,North,1,2\nMore,North,1,2\n",
            &[
                "indicator = \"What\"",
                "area = \"Place\"",
                "# \"Other\" = \"\"",
                "# \"More\" = \"\"",
            ],
        ),
        (
            "Measure,North,Elsewhere,Total\nVisits,1,2,3\nReviews,2,3,5\n",
            &[
                "headings = \"area\"",
                "ignore = [\"Elsewhere\", \"Total\"]",
                "# \"Elsewhere\" is ignored; if it is one of the areas that run across, say under \
                 [source.names.area] which.",
            ],
        ),
        (
            "Measure,Num,Den\nVisits,1,2\nReviews,2,3\n",
            &[
                "fixed = { area = \"Top\" }",
                "# No column has areas that are defined, so all of it is taken to be of \"Top\".",
            ],
        ),
        (
            "Row Labels,Count\nNorth,3\nReferals,1\nOpen cases,2\nSouth,3\nReferals,1\nOpen cases,2\n",
            &["levels = [\"area\", \"activity\"]", "# \"Referals\" = \"Referrals\""],
        ),
        (
            "Row Labels,Count\nNorth,3\nReferrals,1\nOpen cases,2\nEast,3\nReferrals,1\nOpen cases,2\n",
            &["levels = [\"area\", \"activity\"]", "# \"East\" = \"\""],
        ),
    ] {
        let said = describe(DEFINITIONS, "file.csv", rows.as_bytes(), &[]);
        assert!(!said.contains("kind = \"records\""), "{said}");
        for line in lines {
            assert!(said.lines().any(|one| one == *line), "{line}\n{said}");
        }
    }
}

/// A column that is called Area may have addresses in it, and what stands there is counted and not shown.
/// Where headings say that the rows are figures, or each text has the same indicators, it is listed.
#[test]
fn texts_of_an_area_that_may_be_of_children_are_counted() {
    for rows in [
        "Reason,Area,Number\nVisits,14 Zqa Road,5\nReviews,Zqb Smith,6\nReviews,Zqc Hill,7\n",
        "Name,Reason,Area,Number\nZqa,Visits,Zqb,5\nZqc,Reviews,Zqd,6\nZqe,Reviews,Zqf,7\n",
    ] {
        let said = describe(DEFINITIONS, "list.csv", rows.as_bytes(), &[]);
        let note = "# 3 texts are in \"Area\" that name no area and no team. They are not shown, as each \
            could be of a child: say under [source.names.area] what they are.";
        assert!(said.lines().any(|line| line == note) && !said.contains("Zq"), "{rows}\n{said}");
    }
    for rows in [
        "Reason,Area,Number\nVisits,Hill,5\nReviews,Hill,6\nVisits,Dale,6\nReviews,Dale,7\n",
        "Measure,Area,Total\nVisits,Hill,5\nVisits,Dale,6\n",
        "Reason,Area,Num,Den\nVisits,Hill,5,6\nVisits,Dale,6,9\n",
    ] {
        let said = describe(DEFINITIONS, "file.csv", rows.as_bytes(), &[]);
        for line in ["# \"Hill\" = \"\"", "# \"Dale\" = \"\""] {
            assert!(said.lines().any(|one| one == line), "{rows}\n{said}");
        }
    }
}

/// What may be about people is taken to be, and none of its cells are shown.
#[test]
fn a_list_that_is_like_figures_is_a_list_all_the_same() {
    for rows in [
        "ID,District,Number\n1,North,3\n2,South,4\n3,North,5\n",
        "Person ID,Measure,Area,Num,Den\n1,Zqa,North,1,1\n2,Zqb,South,0,1\n",
        "Child,Measure,Num,Den\nZqc,Visits,1,1\nZqd,Visits,0,1\n",
        "Surname,Measure,Num,Den\nZqc,Visits,1,1\nZqd,Reviews,0,1\n",
        "Measure,District,Result\nZqa,Zqb,1\nZqc,Zqd,2\n",
        "Row Labels,Count\nNorth,2\nReferrals,1\nZq Smith,1\nOpen cases,2\nSouth,3\nReferrals,1\n\
         Zq Jones,1\nOpen cases,2\n",
        "Name,North\nZqa,1\nZqb,2\n",
        "Name,Referrals,Team,DOB\nZqa,3,Zqb,01/02/2015\nZqc,4,Zqd,01/02/2015\n",
        // No row below the headings is one of them.
        "Count,Grand Total,Referrals,Ref,UASC,South,Number\n2,,Zqa Smith,,Zqb Smith,Zqc,2\n\
         Reviews,,Zqa Smith,,Zqe Smith,Zqf,2\n1,,,,Zqe Smith,Zqg,Reviews\n\
         Visits,,Zqe Smith,,Zqh Smith,,Reviews\n,,Zqi Smith,,Zqi Smith,Zqj,2\n",
    ] {
        let said = describe(DEFINITIONS, "list.csv", rows.as_bytes(), &[]);
        assert!(said.contains("kind = \"records\"") && !said.contains("Zq"), "{rows}\n{said}");
    }
}

#[test]
fn a_file_that_is_read_as_it_is_needs_no_source() {
    let results = "indicator,area,cohort,numerator,denominator,value\nA,North,all,1,2,\n";
    for (name, rows) in [
        ("results.csv", results),
        ("results-uasc.csv", results),
        ("results.csv", "indicator,area,value\n99,Elsewhere,1\n"),
        ("activity.csv", "area,refs,open\nNorth,1,2\n"),
        ("closed-days.csv", "day\n2016-03-25\n"),
    ] {
        let said = describe(DEFINITIONS, name, rows.as_bytes(), &[]);
        let needs_none = format!("# \"{name}\" needs no [[source]]");
        assert!(said.starts_with(&needs_none) && !said.contains("\n[[source]]"), "{said}");
    }
    let said = describe(DEFINITIONS, "figures.csv", results.as_bytes(), &[]);
    assert!(
        said.contains("[[source]]\n") && said.contains("# Its columns have the names of ours"),
        "{said}"
    );
    // What is called so, and has columns of its own.
    let said = describe(DEFINITIONS, "results.csv", b"Ref,District,Result\nA,North,1\n", &[]);
    assert!(said.contains("files = \"results*.csv\""), "{said}");
    let defined = format!("{DEFINITIONS}\n[[source]]\nid = \"s\"\nfiles = \"dash*.csv\"\n");
    let said = describe(&defined, "dash.csv", b"Ref,District,Result\nA,North,1\n", &[]);
    assert!(
        said.contains("# The definitions have a [[source]] for files called so already: \"s\"."),
        "{said}"
    );
}

#[test]
fn a_file_without_columns_is_refused() {
    let project = tempfile::tempdir().expect("a folder");
    fs::write(project.path().join("indicators.toml"), DEFINITIONS).expect("written");
    fs::write(project.path().join("f.csv"), "A|North|1\nB|North|2\n").expect("written");
    fs::write(project.path().join("f.txt"), "A,North,1\n").expect("written");
    let run = |name: &str| {
        let run = scorecard(project.path()).args(["source", name]).output().expect("it runs");
        assert_eq!(run.status.code(), Some(1));
        String::from_utf8(run.stderr).expect("text")
    };
    assert!(run("f.csv").contains("the file has no columns"));
    assert!(run("f.txt").contains("it is text, and its name ends with \".txt\""));
    assert!(run("indicators.toml").contains("what is read is CSV (*.csv) and Excel workbooks"));
}
