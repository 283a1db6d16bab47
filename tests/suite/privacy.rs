//! Nothing that stands in a cell of a list of children is ever shown or kept, whatever is right or
//! wrong with the list, the source or the command.
//!
//! Every cell of a list has a mark in it that nothing else has. All that the program prints and
//! writes is looked through for it, within workbooks and Word documents too.

use std::fs;
use std::io::{Cursor, Read};

use crate::common::{files_below, scorecard};
use crate::excel::book::{Book, row};
use crate::sources::DEFINITIONS;

/// What stands in every cell.
const MARK: &str = "Zq";

/// The columns of a list.
const HEADINGS: &str = "Person,Team,UASC,Born,Start,End,Days";

/// A row of marks.
fn marked(number: u32) -> String {
    (0..7).map(|column| format!("{MARK}{number}x{column}")).collect::<Vec<_>>().join(",")
}

/// Rows of marks, and one that counts, marked where it can be.
fn rows() -> String {
    let counts = format!("{MARK}7,North One,{MARK}8,12/05/2011,01/04/2026,{MARK}9,4");
    [counts.clone(), counts, marked(1), marked(1), marked(2)].join("\n")
}

/// Lists with right, wrong and absent headings, and with all that can be wrong with a file.
fn lists() -> Vec<(&'static str, Vec<u8>)> {
    let (rows, one) = (rows(), marked(9));
    let text = |text: String| text.into_bytes();
    let workbook = |headings: &[&str]| {
        let cells =
            |row: &str| row.split(',').map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>();
        let mut sheet = String::new();
        let all =
            headings.iter().map(|row| (*row).to_owned()).chain(rows.lines().map(str::to_owned));
        for (number, line) in (1..).zip(all) {
            let cells = cells(&line);
            let cells: Vec<_> = cells.iter().map(String::as_str).collect();
            sheet += &row(number, &cells);
        }
        Book::default().sheet("List", &sheet).bytes()
    };
    vec![
        ("list.csv", text(format!("{HEADINGS}\n{rows}\n"))),
        ("list.csv", text(format!("{rows}\n"))),
        ("list.csv", text(format!("{}\n{rows}\n", HEADINGS.replace("Born", "Birth")))),
        ("list.csv", text(format!("A,B,C,D,E,F,G\n{rows}\n"))),
        (
            "list.csv",
            text(format!("Printed:,{MARK}2\n{MARK}3\n\n{HEADINGS}\n{rows}\n\n{MARK}4,9\n")),
        ),
        ("list.csv", text(format!("{HEADINGS}\n{rows}\n\"{one}"))),
        ("list.csv", text(format!("{rows}\n\"{one}"))),
        ("list.csv", text(format!("{HEADINGS}\n{rows}\n{MARK}\0,{one}\n"))),
        ("list.csv", text(format!("{}\n{}\n", HEADINGS.replace(',', ";"), rows.replace(',', ";")))),
        ("list.csv", [text(format!("{HEADINGS}\n{rows}\n{MARK}")), vec![0xe9, b'\n']].concat()),
        ("list.csv", Vec::new()),
        // Headings and first columns as those of pivots and of national files.
        (
            "list.csv",
            text(format!("Row Labels,Days\nNorth,{MARK}1\nReferrals,{MARK}2\n{MARK}3,4\n")),
        ),
        (
            "list.csv",
            text(format!("time_period,geographic_level,la_name,b,c,d,e\n{rows}\n{rows}\n")),
        ),
        ("list.xlsx", workbook(&[HEADINGS])),
        ("list.xlsx", workbook(&[])),
    ]
}

/// What a source asks of them.
fn sources() -> Vec<&'static str> {
    vec![
        "cohort = { uasc = { UASC = \"Y\" } }\ncount = [\
            { indicator = \"A\", numerator = { Born = \"aged 5\", open = [\"Start\", \"End\"] }, \
              denominator = { Days = \"> 3\", Start = \"this month\" } },\
            { indicator = \"N\", value = { sum = \"Days\" } },\
            { activity = \"open\", value = {} }]",
        "count_once = \"Person\"\nunknown_areas = \"top only\"\n\
         count = [{ indicator = \"N\", value = { UASC = [\"a*\", \"b\"] } }]",
        "above = { \"Printed:\" = \"month\" }\ncount = [{ indicator = \"N\", value = {} }]",
        "keep = { latest = \"Start\", per = \"Person\" }\nunknown_areas = \"leave out\"\n\
         count = [{ indicator = \"A\", numerator = { UASC = \"<> Y\" }, denominator = {} }]",
        "lookup = [{ files = \"other.csv\", match = \"Person\", take = [\"Legal\", \"UASC\"] }]\n\
         cohort = { uasc = { UASC = \"Y\" } }\n\
         count = [{ indicator = \"A\", numerator = { Legal = \">= 2\" }, denominator = {} }]",
        "holds = \"month\"\ncount = [{ indicator = \"Y\", value = { Days = \"<> [End]\" } },\
            { indicator = \"A\", numerator = { days = { from = \"Start\", to = \"End\", working = \
              true, is = \"<= 45\" } }, denominator = {} }]",
    ]
}

/// What is run; the list is in `data/2026-04`.
const COMMANDS: &[&[&str]] = &[
    &["check"],
    &["check", "--format", "json"],
    &["source", "LIST"],
    &["source", "LIST", "--records"],
    &["--format", "json", "-a", "all"],
    &["--format", "tidy"],
    &["--format", "markdown"],
    &["-t", "scorecard", "--format", "csv"],
    &["-o", "report.html"],
    &["-o", "report.xlsx"],
    &["-o", "report.ods"],
    &["-o", "report.docx"],
    &["explain", "A"],
    &["indicator", "A", "-f", "html"],
    &["explain", "N", "-a", "North", "--format", "markdown"],
    &["extract"],
    &["extract", "--source", "s", "-o", "given.csv"],
    &["extract", "--activity"],
    &["new", "2026-04"],
    &["new", "2026-05"],
    &["publish", "-m", "2026-04", "--meeting", "2026-05-20", "--force"],
    &["pack", "-m", "2026-04", "-o", "pack"],
    &["site", "www"],
    &["revisions"],
    &["diff", "2026-03", "2026-04"],
    &["reproduce", "2026-04"],
    &["schema"],
    &["completions", "bash"],
];

/// How many of them are run of every list with every source; all of them, of some.
const ALWAYS: usize = 4;

#[test]
fn no_cell_of_a_record_is_ever_shown_or_kept() {
    let lists = lists();
    for (source_index, source) in sources().iter().enumerate() {
        for (index, (name, list)) in lists.iter().enumerate() {
            let project = tempfile::tempdir().expect("a folder");
            let of_month = project.path().join("data/2026-04");
            fs::create_dir_all(&of_month).expect("made");
            fs::create_dir_all(project.path().join("data/2026-03")).expect("made");
            fs::create_dir(project.path().join("temporary")).expect("made");
            let definitions = format!(
                "{DEFINITIONS}\n[[indicator]]\nid = \"Y\"\nsection = \"S\"\nname = \"Y\"\npolarity \
                 = \"L\"\nperiod = \"YTD\"\nunit = \"number\"\n[[source]]\nid = \"s\"\nfiles = \
                 [\"list*.csv\", \"list*.xlsx\"]\nkind = \"records\"\ncolumns = {{ area = \"Team\", \
                 record = \"Person\" }}\n{source}\n"
            );
            fs::write(project.path().join("indicators.toml"), definitions).expect("written");
            fs::write(of_month.join(name), list).expect("written");
            fs::write(project.path().join("data/2026-03").join(name), list).expect("written");
            let other = [
                format!("Person,Legal,UASC\n{MARK}7,{MARK}a,{MARK}b\n{MARK}7,{MARK}c,Y\n"),
                format!("{MARK}7,{MARK}a,{MARK}b\n"),
                format!("Person,{MARK}e\n{MARK}7,{MARK}a\n\"{MARK}"),
            ];
            fs::write(of_month.join("other.csv"), &other[index % 3]).expect("written");
            let commands = if index < 2 { COMMANDS } else { &COMMANDS[..ALWAYS] };
            for arguments in commands {
                let list = format!("data/2026-04/{name}");
                let arguments: Vec<_> = arguments
                    .iter()
                    .map(|argument| if *argument == "LIST" { list.as_str() } else { argument })
                    .collect();
                let output = scorecard(project.path())
                    .args(&arguments)
                    .env("TMPDIR", project.path().join("temporary"))
                    .env("RUST_BACKTRACE", "1")
                    .output()
                    .expect("it runs");
                for shown in [&output.stdout, &output.stderr] {
                    let shown = String::from_utf8_lossy(shown);
                    let what = format!("{source_index} {index} {arguments:?}: {shown}");
                    assert!(!shown.contains(MARK) && !shown.contains("panicked"), "{what}");
                }
            }
            for (path, bytes) in files_below(project.path()) {
                let is_given = path.ends_with(&format!("/{name}")) || path.ends_with("other.csv");
                if is_given && path.starts_with("data/") {
                    continue;
                }
                assert_unmarked(&format!("{source_index} {index} {path}"), &bytes);
            }
        }
    }
}

/// Whether a mark is in a file, or in a part of a workbook or a document.
fn assert_unmarked(what: &str, bytes: &[u8]) {
    assert!(memchr::memmem::find(bytes, MARK.as_bytes()).is_none(), "{what}");
    if !bytes.starts_with(b"PK") {
        return;
    }
    let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).expect("a document");
    for index in 0..parts.len() {
        let mut part = Vec::new();
        let mut entry = parts.by_index(index).expect("a part");
        entry.read_to_end(&mut part).expect("read");
        let is_marked = memchr::memmem::find(&part, MARK.as_bytes()).is_some();
        assert!(!is_marked, "{what}, part {index}");
    }
}

/// The heading of a list is shown where it is certain to be one, and what can be said without
/// showing anything.
#[test]
fn a_list_is_described_by_its_headings_alone() {
    let project = tempfile::tempdir().expect("a folder");
    let definitions = format!("{DEFINITIONS}\n");
    fs::write(project.path().join("indicators.toml"), definitions).expect("written");
    let describe = |text: &str, more: &[&str]| {
        fs::write(project.path().join("children 2026-04.csv"), text).expect("written");
        let arguments = [&["source", "children 2026-04.csv"][..], more].concat();
        let run = scorecard(project.path()).args(&arguments).output().expect("it runs");
        crate::common::printed(&arguments, run)
    };
    let rows =
        "1,Zq1,North One,Y,30/04/2010\n2,Zq2,South,N,01/05/2011\n3,Zq3,Elsewhere,N,02/06/2012\n";
    let shown = describe(&format!("Person ID,Name,Team,UASC (Y/N),Born\n{rows}"), &[]);
    for line in [
        "files = \"children {month}.csv\"",
        "kind = \"records\"",
        "area = \"Team\"",
        "record = \"Person ID\"",
        "# uasc = { \"UASC (Y/N)\" = \"Y\" }",
        "# Columns of dates: \"Born\".",
    ] {
        assert!(shown.contains(line), "{line}\n{shown}");
    }
    assert!(!shown.contains("Zq") && !shown.contains("Elsewhere"), "{shown}");
    // A row of a list is no heading, whatever stands in it.
    for text in [rows.to_owned(), format!("Zq4,North One,Zq5,Y,Zq6\n{rows}")] {
        let shown = describe(&text, &[]);
        assert!(!shown.contains("Zq"), "{shown}");
    }
    let shown = describe(rows, &[]);
    assert!(shown.contains("--headings") && !shown.contains("North"), "{shown}");
    // Somebody may say which one it is.
    let text = format!("A1,B2,C3,D4,E5\n{rows}");
    assert!(!describe(&text, &[]).contains("C3"));
    assert!(describe(&text, &["--headings", "1"]).contains("area = \"C3\""));
    // A line with numbers or dates in it is a record, and whoever names it is not shown it.
    let shown = describe(&text, &["--headings", "2"]);
    assert!(!shown.contains("Zq") && shown.contains("as a record has"), "{shown}");
}
