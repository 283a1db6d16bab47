//! The papers in `samples/`, held against what was published, cell by cell.
//!
//! `published.csv` of a sample has the published cells: which column of tidy each is, or after its
//! name and a colon which column of another table, in which month and for which area; what the paper
//! says there; and what ours is where the rules give something else. The README of the sample
//! explains each of those.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{printed, read_csv, sample, scorecard};

/// The folders of the samples, by name.
fn samples() -> Vec<(String, PathBuf)> {
    let folders = fs::read_dir(sample().join("samples")).expect("the samples");
    let folders = folders.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir());
    let named = |path: PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        (name, path)
    };
    let mut samples: Vec<_> = folders.map(named).collect();
    samples.sort();
    samples
}

/// What a run in a folder prints.
fn run(folder: &Path, args: &[&str]) -> String {
    printed(args, scorecard(folder).args(args).output().expect("the program runs"))
}

/// The rows of a CSV file, each by its headings.
fn rows(text: &[u8]) -> Vec<Row> {
    let mut rows = read_csv(text).into_iter();
    let header = rows.next().expect("a header");
    rows.map(|row| header.iter().cloned().zip(row).collect()).collect()
}

type Row = HashMap<String, String>;

/// The arguments of the command in the README of a sample.
fn command(name: &str, readme: &str) -> Vec<String> {
    let command = readme.lines().find_map(|line| line.strip_prefix("scorecard "));
    let command = command.unwrap_or_else(|| panic!("{name} has a command"));
    command.split(' ').map(str::to_owned).collect()
}

/// What a sample gives, in the outputs that have been asked for.
struct Given<'f> {
    folder: &'f Path,
    /// The command of its README without its month, tables and areas.
    command: Vec<String>,
    outputs: HashMap<Vec<String>, Vec<Row>>,
}

impl<'f> Given<'f> {
    fn new(folder: &'f Path, mut command: Vec<String>) -> Self {
        while let Some(option) =
            command.iter().position(|arg| ["-m", "-t", "-a"].contains(&arg.as_str()))
        {
            command.drain(option..option + 2);
        }
        Self { folder, command, outputs: HashMap::new() }
    }

    fn rows(&mut self, args: &[&str]) -> &[Row] {
        let folder = self.folder;
        let args: Vec<_> =
            self.command.iter().map(String::as_str).chain(args.iter().copied()).collect();
        let key = args.iter().map(ToString::to_string).collect();
        self.outputs.entry(key).or_insert_with(|| rows(run(folder, &args).as_bytes()))
    }

    /// What stands in the column of a published cell; nothing where there is no such row.
    fn cell(&mut self, cell: &Row) -> String {
        let [month, area, indicator] =
            ["month", "area", "indicator"].map(|column| cell[column].as_str());
        let (row, column) = if let Some((table, column)) = cell["column"].split_once(": ") {
            let rows = self.rows(&["-m", month, "-a", area, "-t", table, "-f", "csv"]);
            (rows.iter().find(|row| row["ID"] == indicator), column)
        } else {
            let cohort = if cell["cohort"].is_empty() { "all" } else { &cell["cohort"] };
            let rows = self.rows(&["-m", month, "-a", area, "-f", "tidy"]);
            let is_it = |row: &&Row| row["id"] == indicator && row["cohort"] == cohort;
            (rows.iter().find(is_it), cell["column"].as_str())
        };
        let cell =
            |row: &Row| row.get(column).unwrap_or_else(|| panic!("a column {column}")).clone();
        row.map(cell).unwrap_or_default()
    }
}

#[test]
fn each_cell_is_the_published_one_or_its_difference_is_explained() {
    let mut cells = 0;
    for (name, folder) in samples() {
        let Ok(published) = fs::read(folder.join("published.csv")) else { continue };
        let readme = fs::read_to_string(folder.join("README.md")).expect("a README");
        let mut given = Given::new(&folder, command(&name, &readme));
        for cell in rows(&published) {
            let published = &cell["published"];
            let ours = match cell["ours"].as_str() {
                "" => published,
                "nothing" => "",
                ours => ours,
            };
            let id = format!("`{}`", cell["indicator"]);
            assert!(
                ours == published || readme.contains(&id),
                "the README of {name} explains {id}"
            );
            assert_eq!(given.cell(&cell), ours, "{name}: {cell:?}");
            cells += 1;
        }
    }
    assert!(cells > 0);
}

/// The command that the README of a sample gives is the one that makes its paper, and nothing is
/// wrong with its data.
#[test]
fn each_runs_with_the_command_of_its_readme() {
    for (name, folder) in samples() {
        let readme = fs::read_to_string(folder.join("README.md")).expect("a README");
        let command = command(&name, &readme);
        let args: Vec<_> = command.iter().map(String::as_str).collect();
        assert!(!run(&folder, &args).is_empty(), "{name}");
        assert!(
            fs::read_to_string(sample().join("samples/README.md")).expect("a list").contains(&name)
        );
    }
}

fn sample_folder(name: &str) -> PathBuf {
    sample().join("samples").join(name)
}

/// The paper's table has 7, 9, 5 and 11 indicators; its text says 7, 10, 5 and 12.
#[test]
fn the_indicators_of_a_plan_stand_under_its_outcomes() {
    let folder = sample_folder("every-day-matters");
    let outcomes = [
        "Keep safe",
        "Health and wellbeing",
        "Educational achievement",
        "Positive role in the community",
    ];
    let published = rows(&fs::read(folder.join("outcomes.csv")).expect("what was published"));
    let found = rows(run(&folder, &["-t", "framework", "-f", "csv"]).as_bytes());
    assert_eq!(published.len(), 14);
    for (row, cell) in found.iter().zip(&published) {
        assert_eq!(row["ID"], cell["id"]);
        assert_eq!(row["Indicators"], cell["indicator"]);
        assert_eq!(row["Section"], cell["priority"]);
        for outcome in outcomes {
            assert_eq!(!row[outcome].is_empty(), cell[outcome] == "yes", "{cell:?}");
        }
    }
    let counts = found.last().expect("the counts");
    assert_eq!(counts["Indicators"], "Indicators");
    assert_eq!(outcomes.map(|outcome| counts[outcome].as_str()), ["7", "9", "5", "11"]);
    let page = run(&folder, &["-t", "framework"]);
    let named = "No indicator of the section \"5. Better use of resources\" is in the framework.";
    assert!(page.contains(named), "{page}");
}

#[test]
fn summaries_and_headings_say_what_the_papers_say() {
    let summary = |name: &str| run(&sample_folder(name), &["-t", "summary"]);
    let substance = summary("substance-misuse");
    assert!(
        substance.contains("Since Q2 2015/16, 2 improved and 2 stayed the same."),
        "{substance}"
    );
    let trend = run(&sample_folder("substance-misuse"), &["-t", "trend", "-f", "csv"]);
    let headings = "Q3 2014/15,Q3 2014/15 RAG,Q4 2014/15,Q4 2014/15 RAG,Q1 2015/16";
    assert!(trend.lines().next().is_some_and(|line| line.contains(headings)), "{trend}");
    let visits = run(&sample_folder("health-visiting"), &[]);
    assert!(visits.contains("Since Q2 2015/16, 3 improved and 4 worsened"), "{visits}");
    assert!(visits.contains("46% [u]"), "{visits}");
    assert!(visits.contains("81.3% are recorded; 85% is needed"), "{visits}");
    let smoking = run(&sample_folder("smoking-at-delivery"), &[]);
    assert!(smoking.contains("Since Q2 2014/15, 2 improved."), "{smoking}");
    let adoption = summary("adoption");
    assert!(adoption.contains("Since January 2015, 3 worsened."), "{adoption}");
    let risks = summary("risks");
    assert!(risks.contains("17 indicators: 0 green, 8 amber, 9 red."), "{risks}");
}

/// Each indicator of the invented council shows what its README says.
/// A report of quarters or of years is of its quarter or year wherever it says what it is of.
#[test]
fn headings_of_quarters_and_years_are_not_of_months() {
    let of = |name: &str, args: &[&str]| run(&sample_folder(name), args);
    // Spaces at which no line breaks are spaces.
    let page = of("health-visiting", &["-m", "2015/16-Q3", "-f", "html"]).replace('\u{a0}', " ");
    for said in ["Scorecard: Kent, Q3 2015/16", "The quarter: Q3 2015/16"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("Kent, December 2015"), "{page}");
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path().to_str().expect("a path");
    of("child-measurement", &["pack", folder, "-m", "2015-08"]);
    let page = fs::read_to_string(Path::new(folder).join("scorecard-2015-08.html")).expect("there");
    assert!(page.contains("Definitions of the indicators, 2014/15 school year"), "{page}");
    // The covering report, which also says what the ratings are of.
    let said = "How Kent performed in the 2014/15 school year";
    let rated = "2 of them are rated against England instead: green where the result is better";
    let file = fs::File::open(Path::new(folder).join("scorecard-2015-08.docx")).expect("there");
    let mut parts = zip::ZipArchive::new(file).expect("a ZIP file");
    let part = parts.by_name("word/document.xml").expect("the text");
    let word = std::io::read_to_string(part).expect("text");
    assert!(word.contains(said) && word.contains(rated), "{word}");
}

/// Excess weight is 22% in Kent, of which no more is known, and 21.9% in England: 22% both, and worse.
#[test]
fn what_shows_as_the_same_as_england_says_why_it_is_not() {
    let page = run(&sample_folder("child-measurement"), &["-t", "scorecard", "-f", "csv"]);
    let said = "Rated against England, 2014/15 school year: 22%: worse on the unrounded results, \
                22% against 21.9%";
    assert!(page.contains(said), "{page}");
}

#[test]
fn the_invented_months_show_what_statistics_say() {
    let folder = sample_folder("variation");
    let found = rows(run(&folder, &["-f", "tidy", "--statistics"]).as_bytes());
    let said = |id: &str| {
        let row = found.iter().find(|row| row["id"] == id).expect("a row");
        ["variation", "variation_rule", "assurance"].map(|column| row[column].clone())
    };
    let expected = [
        ("A1", ["common", "", "?"]),
        ("A2", ["concern_low", "shift", "?"]),
        ("A3", ["improvement_low", "outside", "?"]),
        ("A4", ["concern_high", "trend", "?"]),
        ("B1", ["common", "", "?"]),
        ("B2", ["common", "", "P"]),
        ("B3", ["common", "", "F"]),
        ("B4", ["neutral_high", "two_of_three", "P"]),
        ("C1", ["common", "", "?"]),
        ("C2", ["improvement_low", "outside", ""]),
        ("C3", ["", "", ""]),
        ("D3", ["", "", ""]),
    ];
    for (id, columns) in expected {
        assert_eq!(said(id), columns, "{id}");
    }
    let page = run(&folder, &["-t", "summary", "-t", "scorecard"]);
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "it is more than the usual variation",
        "Improving over the last 9 months",
        // A2 rose this month, and has been below its average for seven.
        "1 that did not worsen is concerning over a longer time: Percentage of children seen within \
         10 working days of a referral (indicator A2).",
        "▲ Concerning: rising",
        "◆ Improving: unusually low",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
}
