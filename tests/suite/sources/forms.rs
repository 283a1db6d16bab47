//! Files of the forms that an officer meets, made up: each with its tables, as they would be written
//! from the documentation.

use std::fs;

use scorecard::definition::Definition;
use scorecard::diagnostic::{Findings, Source};
use scorecard::input::Digest;

use super::{Month, csv, read, read_with};
use crate::common::{files_below, printed, scorecard};
use crate::excel::book::{Book, row};

/// Headings that are called as ours are, under months: the half of the other month is not taken for
/// this one's.
#[test]
fn numerators_and_denominators_run_across_under_months() {
    let rows = [
        "Ref,District,April 2026,,March 2026,",
        ",,Numerator,Denominator,Numerator,Denominator",
        "A,North,3,9,4,8",
    ];
    let source = "columns = { indicator = \"Ref\", area = \"District\" }\n\
        across = { headings = [\"month\", \"figure\"] }";
    for (month, figure) in [("2026-04", "A,North,all,3,9,"), ("2026-03", "A,North,all,4,8,")] {
        let read = read_in(month, source, &[("s.csv", text(&rows).as_bytes())]);
        assert_eq!(read.results, [figure], "{:?}", read.found);
    }
}

/// The text of a table, its rows each on a line.
fn text(rows: &[&str]) -> String {
    rows.iter().flat_map(|row| [row.trim(), "\n"]).collect()
}

fn found(month: &Month) -> Vec<&str> {
    month.found.iter().map(String::as_str).collect()
}

#[test]
fn several_indicators_stand_in_the_columns_of_a_row() {
    let rows = ["la_name,CPP_start,CPP_subsequent,pct_seen", "North,20,5,91.5", "South,10,c,x"];
    let source = "symbols = { x = \"missing\" }\ncolumns = { area = \"la_name\" }\n\
        [[source.measure]]\nindicator = \"A\"\nnumerator = \"CPP_subsequent\"\n\
        denominator = \"CPP_start\"\n[[source.measure]]\nindicator = \"B\"\nvalue = \"pct_seen\"";
    let month = csv(source, &text(&rows));
    assert_eq!(
        month.results,
        ["A,North,all,5,20,", "B,North,all,,,91.5", "A,South,all,,,[c]", "B,South,all,,,-"],
        "{:?}",
        month.found
    );
    assert_eq!(month.found, [""; 0]);
}

#[test]
fn siblings_give_the_two_halves_of_a_figure() {
    let rows = [
        "time_period,geographic_level,la_name,cohort,stability,number",
        "202526,Local authority,North,all,Total children,20",
        "202526,Local authority,North,all,With 2,4",
        "202526,Local authority,North,all,With 3 or more,5",
        "202526,Local authority,North,uasc,With 3 or more,1",
        "202526,Local authority,North,uasc,Total children,2",
        "202526,Local authority,South,all,With 3 or more,c",
        "202526,Local authority,South,all,Total children,9",
        "202526,Regional,Top,all,Total children,99",
    ];
    let source = "only = { geographic_level = \"Local*\" }\nmonth_is = \"financial year\"\n\
        columns = { area = \"la_name\", month = \"time_period\" }\n\
        [[source.measure]]\nindicator = \"A\"\n\
        numerator = { column = \"number\", where = { stability = \"With 3 or more\" } }\n\
        denominator = { column = \"number\", where = { stability = \"Total*\" } }";
    let march = read_in("2026-03", source, &[("s.csv", text(&rows).as_bytes())]);
    assert_eq!(
        march.results,
        ["A,North,all,5,20,", "A,North,uasc,1,2,", "A,South,all,,,[c]"],
        "{:?}",
        march.found
    );
    assert!(march.places[0].ends_with("s.csv:2"), "{:?}", march.places);
    let doubled = text(&rows).replace("With 2,4", "With 3 or more,4");
    let march = read_in("2026-03", source, &[("s.csv", doubled.as_bytes())]);
    assert_eq!(march.found[0], "duplicate-figure s.csv:4: a second numerator for the same figure");
}

/// Reads a month of a source in `s.csv`.
fn read_in(month: &str, source: &str, files: &[(&str, &[u8])]) -> Month {
    let definitions =
        format!("{}\n[[source]]\nid = \"s\"\nfiles = \"s.csv\"\n{source}", super::DEFINITIONS);
    super::read_of(month, &definitions, files)
}

#[test]
fn numerators_and_denominators_come_in_two_files() {
    let definitions = format!(
        "{}\n[[source]]\nid = \"seen\"\nfiles = \"seen.csv\"\nfixed = {{ indicator = \"A\" }}\n\
        columns = {{ area = \"District\", numerator = \"Seen\" }}\n\
        [[source]]\nid = \"children\"\nfiles = \"children.csv\"\nfixed = {{ indicator = \"A\" }}\n\
        columns = {{ area = \"District\", denominator = \"Children\" }}",
        super::DEFINITIONS
    );
    let seen = b"District,Seen\nNorth,3\nSouth,4\n".as_slice();
    let children = b"District,Children\nNorth,5\nTop,6\n".as_slice();
    let month = read_with(&definitions, &[("seen.csv", seen), ("children.csv", children)]);
    assert_eq!(month.results, ["A,North,all,3,5,"]);
    assert_eq!(
        found(&month),
        [
            "half-a-ratio children.csv:3: indicator A: a denominator without its numerator, of Top",
            "half-a-ratio seen.csv:3: indicator A: a numerator without its denominator, of South"
        ]
    );
}

#[test]
fn populations_are_typed_once_a_year() {
    let source = "columns = { area = \"la\" }\n[[source.measure]]\nindicator = \"A\"\n\
        numerator = \"seen\"\ndenominator = { population = \"0-17\" }";
    let populations = "Group,Area,From,Count\n0-17,North,2025-04,\"1,700\"\n\
        0-17,North,2026-05,1800\n0-17,South,2026,900\n16-17,Top,2026-04,5\n";
    let files: &[(&str, &[u8])] = &[
        ("s.csv", b"la,seen\nNorth,3\nSouth,4\n"),
        ("../populations.csv", populations.as_bytes()),
    ];
    let month = read(&format!("files = \"s.csv\"\n{source}"), files);
    assert_eq!(month.results, ["A,North,all,3,1700,", "A,South,all,4,900,"], "{:?}", month.found);
    assert!(month.places[0].ends_with("populations.csv:2"), "{:?}", month.places);
    let month = read_in("2026-06", source, files);
    assert_eq!(month.results[0], "A,North,all,3,1800,");
    let month = read_in("2025-06", source, files);
    assert_eq!(month.found[0], "no-population s.csv:3: there is no count of \"0-17\" for South");
}

#[test]
fn a_pivot_in_outline_is_read_by_its_names_and_indents() {
    let source = "kind = \"activity\"\nleave_out = { \"Row Labels\" = \"Grand*\" }\n\
        columns = { value = \"Count\" }\n[source.outline]\ncolumn = \"Row Labels\"\n\
        levels = [\"area\", \"activity\"]";
    let activity = |month: &Month| {
        let rows = month.activity.lines().map(|line| line.rsplit_once(',').map_or("", |row| row.0));
        rows.map(str::to_owned).collect::<Vec<_>>()
    };
    let flat = "Row Labels,Count\nNorth,12\nReferrals,5\nOpen cases,7\nSouth,1\nReferrals,1\n\
        Grand Total,13\n";
    let month = csv(source, flat);
    assert_eq!(activity(&month), ["area,refs,open", "North,5,7", "South,1,"], "{:?}", month.found);
    let indented = flat.replace("Referrals", "  Referrals").replace("Open", "  Open");
    assert_eq!(activity(&csv(source, &indented)), activity(&month));
    let unknown = indented.replace("  Open cases", "  Closed");
    let month = csv(source, &unknown);
    assert_eq!(month.found[0], "unknown-activity s.csv:4: there is no activity \"Closed\"");
    let unknown = flat.replace("Open cases", "Closed");
    let month = csv(source, &unknown);
    assert_eq!(month.found[0], "unknown-heading s.csv:4: \"Closed\" is no area and no activity");
}

#[test]
fn what_a_pivot_of_a_workbook_does_not_know_has_its_cell() {
    let cells = [
        row(1, &["\"Row Labels\"", "\"Count\""]),
        row(2, &["\"Elsewhere\"", "9"]),
        row(3, &["\"North\"", "9"]),
    ];
    let book = Book::default().sheet("Pivot", &cells.concat());
    let source = "files = \"s.xlsx\"\nkind = \"activity\"\ncolumns = { value = \"Count\" }\n\
        [source.outline]\ncolumn = \"Row Labels\"\nlevels = [\"area\", \"activity\"]";
    let month = read(source, &[("s.xlsx", &book.bytes())]);
    assert!(
        month.found[0].starts_with("unknown-heading s.xlsx:Pivot!A2: \"Elsewhere\" is no area"),
        "{:?}",
        month.found
    );
}

#[test]
fn only_some_indicators_are_taken_and_figures_may_give_way() {
    let rows = "indicator,area,numerator,denominator\nA,North,1,2\nB,North,3,4\nZ,North,3,4\n";
    let month = csv("for_indicators = \"A\"", rows);
    assert_eq!(month.results, ["A,North,all,1,2,"]);
    assert_eq!(month.found, ["rows-left-out s.csv:1: 2 rows are left out of other indicators"]);
    let results = b"indicator,area,numerator,denominator\nA,North,7,9\n".as_slice();
    for (gives_way, figure) in [("true", "A,North,all,7,9,"), ("false", "")] {
        let source = format!("files = \"s.csv\"\ngives_way = {gives_way}");
        let month = read(&source, &[("s.csv", rows.as_bytes()), ("results.csv", results)]);
        let differs = month.found.iter().any(|found| found.starts_with("duplicate-figure"));
        assert_eq!(differs, gives_way == "false", "{:?}", month.found);
        if !figure.is_empty() {
            assert_eq!(month.results[..2], [figure, "B,North,all,3,4,"]);
        }
    }
}

#[test]
fn rows_are_left_out_by_any_condition() {
    let rows = "indicator,area,value,status of row,ended\nN,North,1,open,\nN,South,2,closed,\
        01/03/2026\nN,Top,3,open,01/05/2026\n";
    for (source, left) in [
        ("leave_out = { ended = \"<= month end\" }", &["Top", "North"][..]),
        ("leave_out = [{ ended = \"blank\" }, { area = \"Top\" }]", &["South"]),
        ("leave_out = { ended = \"not blank\", area = \"Top\" }", &["North", "South"]),
        ("only = { value = \">= 2\" }", &["Top", "South"]),
        ("only = { \"status of row\" = \"<> closed\" }", &["Top", "North"]),
    ] {
        let month = csv(source, rows);
        let areas: Vec<_> = month.results.iter().filter_map(|row| row.split(',').nth(1)).collect();
        assert_eq!(areas, left, "{source} {:?}", month.found);
    }
    let month = csv("only = { ended = \">= 2026-01-01\" }", &rows.replace("01/05/2026", "soon"));
    assert!(
        month.found.iter().any(|found| found.starts_with("unreadable-cell s.csv:4: 1 row has")),
        "{:?}",
        month.found
    );
}

#[test]
fn a_file_in_a_folder_serves_the_months_that_it_has() {
    let rows = "time_period,la_name,pct\n202425,North,50\n202526,North,60\n\nSource: DfE,,\n";
    let source = "folder = \"../national\"\nfixed = { indicator = \"A\" }\n\
        month_is = \"financial year\"\n\
        columns = { area = \"la_name\", month = \"time_period\", value = \"pct\" }";
    let files: &[(&str, &[u8])] = &[("../../national/s.csv", rows.as_bytes())];
    for (month, figure) in [("2026-03", Some("60")), ("2025-03", Some("50")), ("2026-04", None)] {
        let read = read_in(month, source, files);
        let figures: Vec<_> =
            figure.map(|value| format!("A,North,all,,,{value}")).into_iter().collect();
        assert_eq!((read.results, read.found), (figures, Vec::new()), "{month}");
    }
    let month = read_in("2026-03", &source.replace("month_is = \"financial year\"\n", ""), files);
    assert_eq!(
        month.found[0],
        "wrong-month s.csv:2: \"202425\" can be of March 2025 or of August 2025"
    );
    let without = source.replace(", month = \"time_period\"", "");
    let month = read_in("2026-03", &without, files);
    assert_eq!(
        month.found[0],
        "missing-column s.csv:1: the file is in a folder that serves all months, and says no month"
    );
    let renamed = rows.replace("la_name", "la name 2026");
    let month = read_in("2026-03", source, &[("../../national/s.csv", renamed.as_bytes())]);
    assert_eq!(
        month.found[0],
        "missing-column s.csv:1: the table has no column \"la_name\", which the source \"s\" needs"
    );
}

#[test]
fn a_sheet_an_area_with_the_month_above_its_table() {
    let sheet = |n: &str| {
        row(1, &["\"Period: 01/04/2026 - 30/04/2026\""])
            + &row(3, &["\"Measure\"", "\"Num\"", "\"Den\""])
            + &row(4, &["\"Visits\"", n, "9"])
            + &row(5, &["\"Total\"", n, "9"])
    };
    let hidden = row(1, &["\"Notes\""]);
    let book = Book::default()
        .sheet("North", &sheet("1"))
        .sheet("S'th", &sheet("2"))
        .sheet("Notes", &hidden);
    let source = "files = \"*.xlsx\"\nsheet = \"{area}\"\nabove = { \"Period:\" = \"month\" }\n\
        totals = { Measure = \"Total\" }\n\
        columns = { indicator = \"Measure\", numerator = \"Num\", denominator = \"Den\" }\n\
        [source.names.area]\n\"S'th\" = \"South\"";
    let month = read(source, &[("areas.xlsx", &book.bytes())]);
    assert_eq!(month.results, ["A,North,all,1,9,", "A,South,all,2,9,"], "{:?}", month.found);
    // The sheet of notes is no area and has no table.
    assert_eq!(
        month.found[..1],
        ["other-sheets areas.xlsx: 1 sheet has not the columns of the source, and is left out: \
          \"Notes\""]
    );
    // Without a sheet that has them, what is missing is said.
    let other = source.replace("\"Measure\", n", "\"Gauge\", n");
    let month = read(&other, &[("areas.xlsx", &book.bytes())]);
    let missing = |found: &&String| found.starts_with("missing-column areas.xlsx:");
    assert_eq!(month.found.iter().filter(missing).count(), 2, "{:?}", month.found);
    // One that has the columns, and is called as no area is, is an area that is not defined.
    let book = Book::default().sheet("North", &sheet("1")).sheet("Summary", &sheet("3"));
    let month = read(source, &[("areas.xlsx", &book.bytes())]);
    assert!(
        month.found.iter().any(|found| found.starts_with("unknown-area areas.xlsx:Summary!")),
        "{:?}",
        month.found
    );
    let left_out = format!("unknown_areas = \"leave out\"\n{source}");
    let month = read(&left_out, &[("areas.xlsx", &book.bytes())]);
    assert_eq!(month.results, ["A,North,all,1,9,"], "{:?}", month.found);
}

#[test]
fn months_run_across_in_one_file_for_all() {
    let rows =
        "Indicator,Area,Mar-26,Apr-26,May-26,2026 Total\nN,North,4,5,6,15\nN,South,7,8,,15\n";
    let source = "folder = \"../trend\"\n[source.across]\nheadings = \"month\"\n\
        ignore = \"2026 Total\"";
    let files: &[(&str, &[u8])] = &[("../../trend/s.csv", rows.as_bytes())];
    for (month, north, south) in
        [("2026-03", "4", "7"), ("2026-04", "5", "8"), ("2026-05", "6", "")]
    {
        let read = read_in(month, source, files);
        assert_eq!(
            read.results,
            [format!("N,North,all,,,{north}"), format!("N,South,all,,,{south}")],
            "{month} {:?}",
            read.found
        );
        assert_eq!(read.found, [""; 0], "{month}");
    }
}

/// Excel's own pivots indent by the style of a cell, and not by spaces: a name that is not defined
/// is then an area or what belongs to one by how far it is indented.
#[test]
fn a_pivot_indented_by_styles_is_read_as_one_with_spaces() {
    let indented = |text: &str| format!("<c s=\"2\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let rows = |inner: &[(&str, &str)]| {
        let mut sheet = row(1, &["\"Row Labels\"", "\"Count\""]);
        let mut number = 2;
        for area in ["North", "South"] {
            sheet += &row(number, &[&format!("\"{area}\""), "9"]);
            for (text, count) in inner {
                number += 1;
                sheet += &row(number, &[&indented(text), count]);
            }
            number += 1;
        }
        sheet + &row(number, &["\"Grand Total\"", "18"])
    };
    let source = "files = \"s.xlsx\"\nkind = \"activity\"\ncolumns = { value = \"Count\" }\n\
        totals = { \"Row Labels\" = \"Grand Total\" }\n[source.outline]\n\
        column = \"Row Labels\"\nlevels = [\"area\", \"activity\"]";
    let of = |inner: &[(&str, &str)]| {
        let styles = r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="0"/><xf numFmtId="0"><alignment indent="1"/></xf></cellXfs></styleSheet>"#;
        let book = Book::default().part("xl/styles.xml", styles.as_bytes());
        let book = book.sheet("Pivot", &rows(inner));
        read(source, &[("s.xlsx", &book.bytes())])
    };
    let month = of(&[("Referrals", "4"), ("Open cases", "5")]);
    let rows: Vec<_> =
        month.activity.lines().map(|line| line.rsplit_once(',').map_or("", |row| row.0)).collect();
    assert_eq!(rows, ["area,refs,open", "North,4,5", "South,4,5"], "{:?}", month.found);
    // The total is that of the rows read, without the subtotals beside the areas.
    assert!(!month.found.iter().any(|found| found.contains("total-differs")), "{:?}", month.found);
    // Others group the rows in the place of an indent.
    let grouped = |number: u32, text: &str| {
        row(number, &[&format!("\"{text}\""), "4"]).replace("<row ", "<row outlineLevel=\"1\" ")
    };
    let cells = row(1, &["\"Row Labels\"", "\"Count\""])
        + &row(2, &["\"North\"", "4"])
        + &grouped(3, "Referrals")
        + &row(4, &["\"Elsewhere\"", "4"])
        + &grouped(5, "Referrals");
    let book = Book::default().sheet("Pivot", &cells);
    let month = read(&source.replace("Grand Total", "None"), &[("s.xlsx", &book.bytes())]);
    assert!(
        month.found[0].starts_with("unknown-area s.xlsx:Pivot!A5: there is no area \"Elsewhere\""),
        "{:?}",
        month.found
    );
    let month = of(&[("Referrals", "4"), ("Closed", "5")]);
    assert!(
        month.found[0]
            .starts_with("unknown-activity s.xlsx:Pivot!A4: there is no activity \"Closed\""),
        "{:?}",
        month.found
    );
}

/// A column that is none of the kind of a source is refused, and a key of the wrong kind of value
/// says what it takes.
#[test]
fn keys_that_do_not_fit_are_refused_with_what_to_do() {
    let errors = |source: &str| {
        let text =
            format!("{}\n[[source]]\nid = \"s\"\nfiles = \"s.csv\"\n{source}", super::DEFINITIONS);
        let mut findings = Findings::default();
        let read = Definition::parse(&Source::new("i.toml".into(), text), &mut findings);
        assert!(read.is_none(), "{source}");
        findings.iter().map(|finding| finding.found.clone()).collect::<Vec<_>>().join("; ")
    };
    for (source, said) in [
        ("fixed = { benchmark = \"x\" }", "\"benchmark\" is no column of an extract"),
        ("kind = \"benchmarks\"\nfixed = { area = \"x\" }", "\"area\" is no column of an extract"),
        ("header_rows = \"2\"", "`header_rows` is text here"),
        ("leave_out = \"Total\"", "`leave_out` is text here"),
    ] {
        let found = errors(source);
        assert!(found.contains(said), "{source}: {found}");
    }
}

/// A file in a folder that serves all months: what it gave of the month is frozen, and nothing else
/// of it; the pack says which file that was.
#[test]
fn a_month_of_a_file_for_all_months_is_published_and_packed() {
    let project = tempfile::tempdir().expect("a folder");
    let at = |path: &str| project.path().join(path);
    let source = "[[source]]\nid = \"trend\"\nfiles = \"trend.csv\"\nfolder = \"../trend\"\n\
        [source.across]\nheadings = \"month\"\n";
    for (path, text) in [
        ("indicators.toml", format!("{}\n{source}", super::DEFINITIONS)),
        ("trend/trend.csv", "Indicator,Area,Mar-26,Apr-26\nN,North,4,5\nN,South,7,8\n".into()),
    ] {
        fs::create_dir_all(at(path).parent().expect("a folder")).expect("made");
        fs::write(at(path), text).expect("written");
    }
    fs::create_dir(at("data")).expect("made");
    let run = |arguments: &[&str]| {
        printed(arguments, scorecard(project.path()).args(arguments).output().expect("it runs"))
    };
    // The month is there although it has no folder.
    run(&["publish", "-m", "2026-04", "--meeting", "2026-05-20", "--force"]);
    let kept = files_below(&at("published/2026-04/1"));
    let frozen = kept.iter().find(|(path, _)| path.ends_with("data/2026-04/source-trend.csv"));
    let frozen = String::from_utf8_lossy(&frozen.expect("frozen").1).into_owned();
    assert!(frozen.contains("N,North,all,,,5,,") && !frozen.contains(",4,"), "{frozen}");
    let whole = b"N,North,4,5".as_slice();
    assert!(kept.iter().all(|(_, bytes)| !bytes.windows(whole.len()).any(|part| part == whole)));
    let digest = Digest::of(&fs::read(at("trend/trend.csv")).expect("there")).to_string();
    let manifest = String::from_utf8_lossy(
        &kept.iter().find(|(path, _)| path.ends_with("manifest.toml")).expect("there").1,
    )
    .into_owned();
    assert!(manifest.contains("trend/trend.csv") && manifest.contains(&digest), "{manifest}");
    run(&["pack", "-m", "2026-04", "pack"]);
    let pack = fs::read_to_string(at("pack/manifest.json")).expect("there");
    assert!(pack.contains("trend/trend.csv") && pack.contains(&digest), "{pack}");
    // The record needs the file no more.
    fs::remove_dir_all(at("trend")).expect("removed");
    run(&["reproduce", "2026-04"]);
}

/// What a symbol means is said in the source: a file as it was published is not to be changed.
#[test]
fn a_symbol_that_is_not_known_is_to_be_said_in_the_source() {
    let project = tempfile::tempdir().expect("a folder");
    let month = project.path().join("data/2026-04");
    fs::create_dir_all(&month).expect("made");
    let source = "[[source]]\nid = \"s\"\nfiles = \"s.csv\"";
    let definitions = format!("{}\n{source}", super::DEFINITIONS);
    fs::write(project.path().join("indicators.toml"), definitions).expect("written");
    let rows = "indicator,area,value\nN,North,k\n";
    fs::write(month.join("s.csv"), rows).expect("written");
    let check = |name: &str| {
        let run = scorecard(project.path()).arg("check").output().expect("it runs");
        let said = String::from_utf8_lossy(&run.stdout).replace('\n', " ");
        (said.contains("symbols = { \"k\" = \"suppressed\" }"), said.contains(name))
    };
    assert_eq!(check("s.csv:2"), (true, true));
    // An extract of its own has no source that could say so.
    fs::rename(month.join("s.csv"), month.join("results.csv")).expect("moved");
    assert_eq!(check("results.csv:2"), (false, true));
}
