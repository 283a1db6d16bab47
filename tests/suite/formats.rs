//! A project with every case that is hard to write, in every format.
//!
//! The project is in `tests/formats/project/`, and the complete output in
//! `tests/formats/expected/`. The formats are also compared with one another: a figure is the same
//! in all of them, and a missing one is never shown as 0.
//!
//! To accept the current output, run `SNAPSHOTS=overwrite cargo test --test suite formats::` and
//! read the differences. Such a run always fails at its end, so that it cannot pass as a test, and
//! it never writes if `CI` is set.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::common::{self, Snapshots, read_csv, unpacked, with_scorecard, written};
use clap::ValueEnum;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use scorecard::assess::{Assessed, Assessor, Entry, Origin};
use scorecard::figure::{Amount, Reason};
use scorecard::layout::{
    Block, Cell, Document, Medium, NOTHING, Row, Table, TableName, Value, lay_out, pack,
};
use scorecard::rating::{Direction, Rag};
use scorecard::render::{self, tidy::plain};
use scorecard::scorecard::Scorecard;
use serde_json::Value as Json;
use snapbox::Data;
use snapbox::data::DataFormat;
use unicode_width::UnicodeWidthStr;

const MONTH: &str = "2026-10";

fn folder() -> PathBuf {
    crate::common::sample().join("tests/formats")
}

// Complete output.

/// What the program prints for the project, independent of the environment of the test. Warnings
/// are allowed; `tests/cases` checks them.
fn printed(args: &[&str]) -> String {
    let mut command = common::scorecard(&folder().join("project"));
    command.env("COLUMNS", "100").args(["--area", "all"]).args(args);
    common::printed(args, command.output().expect("the program runs"))
}

/// The text, with everything between the first `from` and the next `to` left out.
fn without(text: &str, from: &str, to: &str) -> String {
    let (before, rest) = text.split_once(from).unwrap_or_else(|| panic!("{from} is there"));
    let (_, after) = rest.split_once(to).unwrap_or_else(|| panic!("{to} is there"));
    format!("{before}{from}[LEFT OUT]{to}{after}")
}

#[test]
fn every_format_matches_its_snapshot() {
    let tables = TableName::value_variants()
        .iter()
        .map(|table| table.to_possible_value().expect("a name").get_name().to_owned());
    let csv = tables.map(|table| (format!("{table}.csv"), printed(&["-f", "csv", "-t", &table])));
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    let json = printed(&["-f", "json"]).replace(&version, "\"version\": \"[VERSION]\"");
    // Some parts of the page are not compared: the style and script with their digests, and the
    // workings, which are also printed by `explain`.
    let page = printed(&["-f", "html"]);
    let page = [
        ("<style>", "</style>"),
        ("<script>", "</script>"),
        ("content=\"default-src", "\">"),
        ("<section class=\"page workings\"", "</section>"),
    ]
    .iter()
    .fold(page, |page, (from, to)| without(&page, from, to));
    let others = [
        ("report.txt".to_owned(), printed(&[])),
        ("report.md".to_owned(), printed(&["-f", "markdown"])),
        ("report.html".to_owned(), page),
        ("tidy.csv".to_owned(), printed(&["-f", "tidy"])),
        ("report.json".to_owned(), json),
    ];
    let snapshots = Snapshots::new();
    let mut names = BTreeSet::new();
    for (name, written) in csv.chain(others) {
        let expected =
            Data::read_from(&folder().join("expected").join(&name), Some(DataFormat::Text)).raw();
        snapshots.assert.eq(Data::text(written).raw(), expected);
        names.insert(name);
    }
    let kept = std::fs::read_dir(folder().join("expected")).expect("a folder");
    let kept: BTreeSet<_> = kept
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("text"))
        .collect();
    assert_eq!(kept, names, "what is kept is what is written");
    snapshots.finish();
}

/// A month and its year stay on one line. A program that breaks the lines is told so by a space at
/// which it breaks none; where this program breaks them, it does not there. PDF is read by
/// `tests/readers/pdf/run`.
#[test]
fn a_month_and_its_year_are_on_one_line_in_every_format() {
    let said = "the same as in September 2026";
    with_scorecard(&folder().join("project"), MONTH, &["all"], |scorecard| {
        let document = &pack(scorecard);
        for (format, bytes) in [
            ("html", written(|out| render::html::write(document, out))),
            ("email", written(|out| render::email::write(document, out))),
            ("docx", written(|out| render::docx::write(document, out))),
        ] {
            let text = String::from_utf8_lossy(&unpacked(&bytes)).into_owned();
            assert!(text.contains(&said.replace("r 2026", "r\u{a0}2026")), "{format}");
            assert!(!text.contains(said), "{format}");
        }
        for (format, bytes) in [
            ("xlsx", written(|out| render::xlsx::write(document, out))),
            ("ods", written(|out| render::ods::write(document, out))),
        ] {
            let text = String::from_utf8_lossy(&unpacked(&bytes)).into_owned();
            assert!(text.contains(said) && !text.contains(" September<"), "{format}");
        }
        for width in 60..120 {
            let style = render::text::Style { width, ..render::text::Style::default() };
            let text = written(|out| render::text::write(document, style, out));
            let text = String::from_utf8(text).expect("text");
            assert!(
                text.contains("September 2026") && !text.contains("September\u{a0}"),
                "{width}"
            );
            let broken = text.lines().find(|line| line.ends_with("in September"));
            assert!(broken.is_none(), "{width}: {broken:?}");
        }
    });
}

// The project in this process.

/// The cases that make the project hard to write. Without one of them, the comparisons below would
/// prove nothing about it.
#[test]
fn the_project_has_every_hard_case() {
    with_scorecard(&folder().join("project"), MONTH, &["all"], |scorecard| {
        let entries: Vec<_> =
            scorecard.areas.iter().flat_map(|area| area.entries.clone()).collect();
        let of = |has: &dyn Fn(&Entry<'_>) -> bool| entries.iter().any(has);
        let figure = |has: &dyn Fn(&Assessed<'_>) -> bool| {
            of(&|entry| entry.including.as_ref().is_some_and(has))
        };
        let pages = lay_out(scorecard, TableName::value_variants()).pages;
        let noted = |start: &str| {
            pages.iter().flat_map(|page| &page.notes).any(|note| note.starts_with(start))
        };
        let definition = scorecard.definition;
        for (case, is_there) in [
            ("missing", of(&|entry| entry.including.is_none())),
            ("suppressed", figure(&|figure| figure.figure.amount == Amount::Suppressed)),
            (
                "no denominator",
                figure(&|figure| {
                    figure.outcome.is_none() && figure.figure.amount != Amount::Suppressed
                }),
            ),
            (
                "zero",
                figure(&|figure| {
                    figure.outcome.as_ref().is_some_and(|outcome| plain(&outcome.exact) == "0")
                }),
            ),
            ("carried forward", figure(&|figure| figure.figure.month != scorecard.month)),
            (
                "rated against another year",
                noted("The figure is of 2025/26, the latest there is, rated"),
            ),
            (
                "compared with the year before",
                figure(&|figure| figure.last_year.result().is_some()),
            ),
            ("tied with the target", noted("Shown as 95.0%, the same as the target of 95%")),
            (
                "tied with the previous result",
                noted("Shown as 21.2%, the same as in September 2026"),
            ),
            (
                "compared as far as it is known",
                noted("Compared with September 2026 at one decimal place"),
            ),
            (
                "a target that is a range",
                pages_have(&pages, |cell| matches!(cell.value, Value::Pair(..))),
            ),
            ("rolled up", figure(&|figure| matches!(figure.figure.origin, Origin::Sum))),
            ("two cohorts", definition.cohorts.len() == 2),
            (
                "a cohort left out already",
                definition.indicators.iter().any(|indicator| !indicator.excludes.is_empty()),
            ),
            ("a change with its sign", pages_have(&pages, |cell| cell.text == "+136")),
            ("thousands, and money", pages_have(&pages, |cell| cell.text == "£12,345")),
            ("a unit in words", pages_have(&pages, |cell| cell.text == "225.0 days")),
            ("a footnote", noted("@footnote")),
            (
                "formulas",
                ["=1+1", "@Southfold", "-2"]
                    .iter()
                    .all(|name| pages_have(&pages, |cell| cell.text == *name)),
            ),
            (
                "markup",
                pages_have(&pages, |cell| {
                    ["|", "*", "_", "<", ">", "&", "\"", "'", "`"]
                        .iter()
                        .all(|mark| cell.text.contains(mark))
                }),
            ),
            (
                "commentary",
                pages
                    .iter()
                    .flat_map(|page| &page.blocks)
                    .any(|block| matches!(block, Block::Prose(prose) if prose.len() > 9)),
            ),
        ] {
            assert!(is_there, "the project has no case of: {case}");
        }
    });
}

fn pages_have(pages: &[scorecard::layout::Page], is: impl Fn(&Cell) -> bool) -> bool {
    pages
        .iter()
        .flat_map(|page| &page.blocks)
        .filter_map(Block::table)
        .flat_map(Table::cells)
        .flatten()
        .any(is)
}

/// Lays out the given tables, or all of them if none is given, and runs `work` with the document.
fn with_document<T>(tables: &[TableName], work: impl FnOnce(&Scorecard<'_>, &Document) -> T) -> T {
    with_scorecard(&folder().join("project"), MONTH, &["all"], |scorecard| {
        work(scorecard, &lay_out(scorecard, tables))
    })
}

// Page formats have the same texts.

#[test]
fn csv_has_the_words_of_the_page() {
    for name in TableName::value_variants() {
        with_document(&[*name], |_, document| {
            let mut bytes = Vec::new();
            render::csv::write(document, &mut bytes).expect("memory can be written");
            let mut rows = read_csv(&bytes).into_iter();
            let header = rows.next().expect("a header");
            for page in &document.pages {
                let tables = page.tables_alone().into_iter();
                for (table, cells) in
                    tables.flat_map(|table| table.cells().map(move |row| (table, row)))
                {
                    let mut row = rows
                        .next()
                        .unwrap_or_else(|| panic!("{name:?} has a row for each of the page's"));
                    assert_eq!(row.len(), header.len(), "{name:?}");
                    if let Some(area) = &page.area {
                        assert_eq!(row.remove(0), as_text(area));
                    }
                    let columns = table.columns.iter().zip(cells);
                    let cells = columns.filter(|(column, _)| column.is_shown(Medium::Data));
                    for ((_, cell), written) in cells.zip(&row) {
                        let expected = match &cell.value {
                            Value::Text => as_text(&cell.text),
                            // A spreadsheet would take 225.0 days for text.
                            Value::Number(_) => {
                                cell.text.replace(" days", "").replace(" points", " pp")
                            }
                            _ => cell.text.clone(),
                        };
                        assert_eq!(*written, expected, "{name:?}");
                    }
                }
            }
            assert_eq!(rows.next(), None, "{name:?} has no other row");
        });
    }
}

/// A text with an apostrophe in front, if a spreadsheet would treat it as a formula.
fn as_text(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@']) && text != NOTHING {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[test]
fn a_spreadsheet_finds_nothing_to_run() {
    for name in TableName::value_variants() {
        with_document(&[*name], |_, document| {
            let mut bytes = Vec::new();
            render::csv::write(document, &mut bytes).expect("memory can be written");
            for field in read_csv(&bytes).into_iter().flatten() {
                let is_number = field
                    .trim_end_matches('%')
                    .trim_end_matches(" pp")
                    .trim_start_matches('£')
                    .replace(',', "")
                    .parse::<f64>()
                    .is_ok();
                assert!(
                    is_number
                        || field == NOTHING
                        || !field.starts_with(['=', '+', '-', '@', '\t', '\r']),
                    "{name:?}: {field}"
                );
            }
        });
    }
}

#[test]
fn markdown_has_the_words_of_the_page() {
    with_document(TableName::value_variants(), |_, document| {
        let mut text = Vec::new();
        render::markdown::write(document, &mut text).expect("memory can be written");
        let text = String::from_utf8(text).expect("text");
        let read = Markdown::read(&text);
        let mut tables = read.tables.iter();
        let mut headings = vec![document.title.clone()];
        for page in &document.pages {
            headings.push(page.title.clone());
            for block in &page.blocks {
                if let Block::Heading(heading) = block {
                    headings.push(heading.clone());
                }
                let Some(table) = block.table() else { continue };
                let shown: Vec<_> = (0..table.columns.len())
                    .filter(|column| table.columns[*column].is_shown(Medium::Paper))
                    .collect();
                let header: Vec<_> =
                    shown.iter().map(|column| table.columns[*column].heading.clone()).collect();
                // Skip any tables in the commentary.
                let written = tables
                    .find(|written| written[0] == header)
                    .unwrap_or_else(|| panic!("the table of {header:?}"));
                assert_eq!(written.len(), table.rows.len() + 1, "{}", table.caption);
                for (row, written) in table.rows.iter().zip(&written[1..]) {
                    match row {
                        Row::Section(title) => {
                            assert_eq!(written.concat(), *title, "{}", table.caption);
                        }
                        Row::Cells(cells) => {
                            let expected: Vec<_> = shown
                                .iter()
                                .map(|column| cells[*column].lettered().into_owned())
                                .collect();
                            let written: Vec<_> =
                                written.iter().map(|cell| without_arrow(cell)).collect();
                            assert_eq!(written, expected, "{}", table.caption);
                        }
                    }
                }
            }
        }
        let written: Vec<_> =
            read.headings.iter().filter(|heading| headings.contains(heading)).cloned().collect();
        assert_eq!(written, headings);
        for note in document.pages.iter().flat_map(|page| &page.notes) {
            assert!(read.text.contains(note), "{note}");
        }
    });
}

fn without_arrow(cell: &str) -> String {
    cell.trim_start_matches(['↑', '→', '↓']).trim_start().to_owned()
}

/// What a reader sees of a Markdown text.
#[derive(Default)]
struct Markdown {
    headings: Vec<String>,
    /// The rows of each table, starting with the header.
    tables: Vec<Vec<Vec<String>>>,
    /// All text, without markup.
    text: String,
}

impl Markdown {
    fn read(text: &str) -> Self {
        let mut read = Self::default();
        let (mut run, mut row, mut is_mark) = (String::new(), Vec::new(), false);
        for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
            match event {
                Event::Start(Tag::Heading { .. } | Tag::TableCell) => run.clear(),
                Event::Start(Tag::Table(_)) => read.tables.push(Vec::new()),
                Event::End(TagEnd::Heading(_)) => read.headings.push(run.clone()),
                Event::End(TagEnd::TableCell) => row.push(run.trim().to_owned()),
                Event::End(TagEnd::TableHead | TagEnd::TableRow) => {
                    read.tables.last_mut().expect("a table").push(std::mem::take(&mut row));
                }
                // The only HTML is for the marks of footnotes.
                Event::InlineHtml(tag) => is_mark = tag.as_ref() == "<sup>",
                Event::Html(html) => panic!("no HTML: {html}"),
                Event::Text(text) if !is_mark => {
                    run.push_str(&text);
                    read.text.push_str(&text);
                }
                Event::SoftBreak => read.text.push(' '),
                _ => {}
            }
        }
        read
    }
}

#[test]
fn text_has_the_words_of_the_page() {
    with_document(TableName::value_variants(), |_, document| {
        let mut text = Vec::new();
        // Wide enough that no column is left out and no cell is wrapped.
        render::text::write(
            document,
            render::text::Style { width: 1000, colour: false },
            &mut text,
        )
        .expect("memory can be written");
        let text = String::from_utf8(text).expect("text");
        let mut lines = text.lines();
        for table in document.pages.iter().flat_map(|page| &page.blocks).filter_map(Block::table) {
            let rule = lines.by_ref().find(|line| line.starts_with('─')).expect("a table");
            let shown: Vec<_> = (0..table.columns.len())
                .filter(|column| table.columns[*column].is_shown(Medium::Paper))
                .collect();
            let starts = starts(rule);
            assert_eq!(starts.len(), shown.len(), "{}", table.caption);
            for (index, row) in table.rows.iter().enumerate() {
                let mut line = lines.next().expect("a row");
                match row {
                    Row::Section(title) => {
                        if index > 0 {
                            assert_eq!(line, "", "a blank line before {title}");
                            line = lines.next().expect("a row");
                        }
                        assert_eq!(line.trim(), title, "{}", table.caption);
                    }
                    Row::Cells(cells) => {
                        let written: Vec<_> =
                            slices(line, &starts).iter().map(|cell| without_marks(cell)).collect();
                        let expected: Vec<_> =
                            shown.iter().map(|column| abbreviated(&cells[*column])).collect();
                        assert_eq!(written, expected, "{}", table.caption);
                    }
                }
            }
        }
        assert!(!lines.any(|line| line.starts_with('─')), "no other table");
        for note in document.pages.iter().flat_map(|page| &page.notes) {
            assert!(text.contains(note), "{note}");
        }
    });
}

/// At a width at which columns are left out, so are the footnotes of nothing else, and the others
/// are numbered without a gap.
#[test]
fn text_has_the_footnotes_of_the_columns_that_it_shows() {
    let listed = |width: &str| {
        let mut command = common::scorecard(&folder().join("project"));
        command.env("COLUMNS", width).args(["-f", "text", "-t", "scorecard"]);
        let page = common::printed(&["scorecard"], command.output().expect("the program runs"));
        let number = |line: &str| line.strip_prefix('[')?.split_once("] ")?.0.parse::<usize>().ok();
        let listed: Vec<_> = page.lines().filter_map(number).collect();
        assert_eq!(listed, (1..=listed.len()).collect::<Vec<_>>(), "{page}");
        for number in &listed {
            let mark = format!("[{number}]");
            assert!(page.matches(&mark).count() > 1, "{mark} is nowhere in {page}");
        }
        listed.len()
    };
    let [wide, narrow] = ["400", "70"].map(listed);
    assert!(narrow < wide, "{narrow} {wide}");
}

/// What is wider than the window is broken by the window, in the middle of words and figures.
#[test]
fn no_line_is_wider_than_a_window_of_80_columns() {
    let run = |args: &[&str]| {
        let mut command = common::scorecard(&common::sample());
        let run = command.env("COLUMNS", "80").args(args).output().expect("the program runs");
        common::printed(args, run)
    };
    let figures = run(&["completions", "--values", "figures"]);
    let explained = figures.lines().map(|id| vec!["explain", id]);
    let others = [vec!["-a", "all"], vec!["indicator"], vec!["diff", "2015-12", "2016-01"]];
    for args in explained.chain(others) {
        for line in run(&args).lines() {
            assert!(line.width() <= 80, "{args:?}, {} columns: {line}", line.width());
        }
    }
}

/// The position where each column starts, from the line below the headings.
fn starts(rule: &str) -> Vec<usize> {
    let letters: Vec<_> = rule.chars().collect();
    (0..letters.len())
        .filter(|index| letters[*index] == '─' && (*index == 0 || letters[index - 1] != '─'))
        .collect()
}

/// The cells of a line. Every character in the project is one column wide.
fn slices(line: &str, starts: &[usize]) -> Vec<String> {
    let letters: Vec<_> = line.chars().collect();
    let ends = starts.iter().skip(1).copied().chain([usize::MAX]);
    let slice = |start: usize, end: usize| {
        letters.iter().skip(start).take(end - start).collect::<String>().trim().to_owned()
    };
    starts.iter().zip(ends).map(|(start, end)| slice(*start, end)).collect()
}

/// A cell without the marks of its footnotes.
fn without_marks(cell: &str) -> String {
    let mut rest = cell;
    while let Some((text, note)) =
        rest.strip_suffix(']').and_then(|rest| rest.rsplit_once("\u{a0}["))
        && note.bytes().all(|digit| digit.is_ascii_digit())
    {
        rest = text;
    }
    rest.to_owned()
}

/// A cell as the text format abbreviates it: a letter for a rating, an arrow for a direction.
fn abbreviated(cell: &Cell) -> String {
    match cell.value {
        Value::Rag(_) => cell.text[..1].to_owned(),
        Value::Direction(Direction::Improved) => "↑".to_owned(),
        Value::Direction(Direction::Same) => "→".to_owned(),
        Value::Direction(Direction::Worsened) => "↓".to_owned(),
        Value::Missing
        | Value::Text
        | Value::Number(_)
        | Value::Worded(_)
        | Value::Pair(..)
        | Value::Sparkline(_) => cell.lettered().into_owned(),
    }
}

// Formats for programs have the same figures.

/// Area, cohort and indicator.
type Key = (String, String, String);

/// The rows of tidy by area, cohort and indicator, each as a map by column.
fn tidy() -> BTreeMap<Key, BTreeMap<String, String>> {
    let mut rows =
        read_csv(crate::common::tidy(&folder().join("project"), MONTH, &["all"]).as_bytes())
            .into_iter();
    let header = rows.next().expect("a header");
    let rows = rows.map(|row| header.iter().cloned().zip(row).collect::<BTreeMap<_, _>>());
    rows.map(|row| ((row["area"].clone(), row["cohort"].clone(), row["id"].clone()), row)).collect()
}

fn json(scorecard: &Scorecard<'_>) -> Json {
    let mut bytes = Vec::new();
    let assessor = Assessor::new(scorecard.history, scorecard.month);
    render::json::write(&assessor, &scorecard.scope, &mut bytes).expect("memory can be written");
    serde_json::from_slice(&bytes).expect("JSON")
}

/// The figures in the JSON by area, cohort and indicator.
fn figures(json: &Json) -> BTreeMap<Key, &Json> {
    let areas = json["areas"].as_array().expect("areas").iter();
    let figures = areas.flat_map(|area| {
        area["figures"].as_array().expect("figures").iter().map(move |figure| (area, figure))
    });
    let text = |json: &Json| json.as_str().expect("text").to_owned();
    figures
        .map(|(area, figure)| {
            ((text(&area["area"]), text(&figure["cohort"]), text(&figure["indicator"])), figure)
        })
        .collect()
}

/// A JSON value as tidy writes it; empty for null and for a key that is missing.
fn as_tidy(json: &Json) -> String {
    match json {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[test]
fn tidy_and_json_have_the_same_benchmarks() {
    let tidy = tidy();
    with_document(&[], |scorecard, _| {
        let json = json(scorecard);
        let mut count = 0;
        for area in json["areas"].as_array().expect("areas") {
            for figure in area["benchmarks"].as_array().expect("benchmarks") {
                let cohort = format!("benchmark-{}", as_tidy(&figure["benchmark"]));
                let key = (as_tidy(&area["area"]), cohort, as_tidy(&figure["indicator"]));
                let columns = ["data_month", "period", "numerator", "denominator", "result"];
                for column in columns.into_iter().chain(["display"]) {
                    assert_eq!(as_tidy(&figure[column]), tidy[&key][column], "{column} of {key:?}");
                }
                for with in ["previous", "outturn", "last_year"] {
                    for part in ["month", "result", "direction"] {
                        let column = &tidy[&key][&format!("{with}_{part}")];
                        assert_eq!(as_tidy(&figure[with][part]), *column, "{with} of {key:?}");
                    }
                }
                for empty in ["rag", "target_low", "floor_high", "variance", "range", "verdict"] {
                    assert_eq!(tidy[&key][empty], "", "{empty} of {key:?}");
                }
                count += 1;
            }
        }
        let of_benchmarks = tidy.keys().filter(|(_, cohort, _)| cohort.starts_with("benchmark-"));
        assert_eq!((count, of_benchmarks.count()), (24, 24));
    });
}

#[test]
fn tidy_and_json_have_the_same_figures() {
    let tidy = tidy();
    with_document(&[], |scorecard, _| {
        let json = json(scorecard);
        let figures = figures(&json);
        let is_of_benchmark = |(_, cohort, _): &&Key| cohort.starts_with("benchmark-");
        let own: Vec<_> = tidy.keys().filter(|key| !is_of_benchmark(key)).collect();
        assert_eq!(figures.keys().collect::<Vec<_>>(), own);
        assert_eq!(figures.len(), 38);
        for (key, figure) in &figures {
            let row = &tidy[key];
            for (column, value) in [
                ("data_month", &figure["data_month"]),
                ("numerator", &figure["numerator"]),
                ("denominator", &figure["denominator"]),
                ("result", &figure["result"]),
                ("display", &figure["display"]),
                ("rag", &figure["rag"]),
                ("target_low", &figure["target"]["low"]),
                ("target_high", &figure["target"]["high"]),
                ("floor_low", &figure["target"]["floor_low"]),
                ("floor_high", &figure["target"]["floor_high"]),
                ("previous_month", &figure["previous"]["month"]),
                ("previous_result", &figure["previous"]["result"]),
                ("previous_direction", &figure["previous"]["direction"]),
                ("outturn_month", &figure["outturn"]["month"]),
                ("outturn_result", &figure["outturn"]["result"]),
                ("outturn_direction", &figure["outturn"]["direction"]),
                ("variance", &figure["variance"]),
            ] {
                assert_eq!(as_tidy(value), row[column], "{column} of {key:?}");
            }
            let described = json["indicators"]
                .as_array()
                .expect("indicators")
                .iter()
                .find(|indicator| indicator["id"] == key.2.as_str());
            let described = described.unwrap_or_else(|| panic!("{} is described", key.2));
            for (column, value) in [
                ("section", "section"),
                ("indicator", "name"),
                ("polarity", "polarity"),
                ("period", "period"),
                ("unit", "unit"),
            ] {
                assert_eq!(as_tidy(&described[value]), row[column], "{column} of {key:?}");
            }
        }
    });
}

/// A cell as tidy writes it.
fn machine(cell: &Cell) -> String {
    match &cell.value {
        Value::Number(number) | Value::Worded(number) => plain(&number.exact),
        Value::Rag(rag) => rag.as_str().to_owned(),
        Value::Direction(direction) => direction.as_str().to_owned(),
        // Empty, even for `[c]` and `n/a`, which only the column `display` shows.
        Value::Missing | Value::Text | Value::Sparkline(_) => String::new(),
        Value::Pair(low, high) => format!("{} {}", plain(&low.exact), plain(&high.exact)),
    }
}

/// The cells of a row by their headings, without a period or unit in brackets.
fn by_heading<'t>(table: &'t Table, cells: &'t [Cell]) -> BTreeMap<String, &'t Cell> {
    let heading = |column: &scorecard::layout::Column| {
        let heading = column.heading_in_csv();
        match heading
            .split_once(" (")
            .and_then(|(before, rest)| Some((before, rest.split_once(')')?)))
        {
            Some((before, (_, after))) => format!("{before}{after}"),
            None => heading.to_owned(),
        }
    };
    table.columns.iter().map(heading).zip(cells).collect()
}

/// A number of a page without what programs do not get: separators, and units in words.
fn as_machines_have_it(text: &str) -> String {
    text.replace(',', "").replace(" days", "")
}

#[test]
fn the_scorecard_and_tidy_have_the_same_figures() {
    let tidy = tidy();
    with_document(&[TableName::Scorecard], |scorecard, document| {
        assert_eq!(document.pages.len(), 3);
        for page in &document.pages {
            let table = page.blocks.iter().find_map(Block::table).expect("a table");
            for (indicator, cells) in scorecard.definition.indicators.iter().zip(table.cells()) {
                let cells = by_heading(table, cells);
                let key =
                    (page.area.clone().expect("an area"), "all".to_owned(), indicator.id.clone());
                let row = tidy.get(&key);
                let tidy = |column: &str| row.map_or("", |row| row[column].as_str());
                let has_figure = row.is_some() && Reason::from_words(tidy("display")).is_none();
                let display = if row.is_some() { tidy("display") } else { NOTHING };
                let shown = as_machines_have_it(&cells["Latest Result"].text);
                assert_eq!(shown.trim_end_matches(" [u]"), display, "{key:?}");
                for (heading, column) in [
                    ("Latest Result", "result"),
                    ("RAG Status", "rag"),
                    ("Num", "numerator"),
                    ("Denom", "denominator"),
                    ("Previous Reported Result", "previous_result"),
                    ("DoT from previous", "previous_direction"),
                    ("Outturn Result", "outturn_result"),
                    ("DoT from outturn", "outturn_direction"),
                    ("Last Year Result", "last_year_result"),
                    ("DoT from last year", "last_year_direction"),
                ] {
                    // If there is no latest figure, tidy has no row, or nothing but why there is
                    // none, and the page still shows the earlier figures.
                    let is_earlier = column.ends_with("_result");
                    if !has_figure && is_earlier {
                        continue;
                    }
                    let shown = cells[heading];
                    let is_reason = Reason::from_words(&shown.text).is_some();
                    let shown = if is_reason { String::new() } else { machine(shown) };
                    assert_eq!(shown, tidy(column), "{heading} of {key:?}");
                }
                if has_figure {
                    let (low, high) = (tidy("target_low"), tidy("target_high"));
                    let target = if low == high { low.to_owned() } else { format!("{low} {high}") };
                    assert_eq!(
                        machine(cells.get("Target").unwrap_or_else(|| &cells["Target for 26/27"])),
                        target,
                        "target of {key:?}"
                    );
                }
            }
        }
    });
}

#[test]
fn the_other_tables_and_tidy_have_the_same_figures() {
    let tidy = tidy();
    with_document(&[TableName::Areas, TableName::Impact], |scorecard, document| {
        let definition = scorecard.definition;
        let id = |shown: &str| {
            definition
                .indicators
                .iter()
                .find(|indicator| indicator.shown_id() == shown)
                .expect("an indicator")
                .id
                .clone()
        };
        let (areas, impact) = document.pages.split_first().expect("pages");
        let table = areas.blocks.iter().find_map(Block::table).expect("a table");
        for cells in table.cells() {
            let cells = by_heading(table, cells);
            for area in
                definition.areas.iter().filter(|area| cells.contains_key(area.name.as_str()))
            {
                let row = tidy.get(&(area.name.clone(), "all".to_owned(), id(&cells["ID"].text)));
                let tidy = |column: &str| row.map_or("", |row| row[column].as_str());
                let shown = cells[area.name.as_str()];
                let is_reason = Reason::from_words(&shown.text).is_some();
                let shown = if is_reason { String::new() } else { machine(shown) };
                assert_eq!(shown, tidy("result"), "{}", area.name);
                assert_eq!(
                    machine(cells[format!("{} RAG", area.name).as_str()]),
                    tidy("rag"),
                    "{}",
                    area.name
                );
            }
        }
        let mut compared = 0;
        for table in impact.iter().flat_map(|page| &page.blocks).filter_map(Block::table) {
            for cells in table.cells() {
                let cells = by_heading(table, cells);
                let cohort = definition
                    .cohorts
                    .iter()
                    .find(|cohort| cohort.name == cells["Cohort"].text)
                    .expect("a cohort");
                for (which, population) in [
                    ("Including", "all".to_owned()),
                    ("Excluding", format!("excluding-{}", cohort.id)),
                ] {
                    let key = (cells["Area"].text.clone(), population, id(&cells["ID"].text));
                    let row = &tidy[&key];
                    for (what, column) in [
                        ("Result", "result"),
                        ("RAG", "rag"),
                        ("Num", "numerator"),
                        ("Denom", "denominator"),
                    ] {
                        assert_eq!(
                            machine(cells[format!("{which} {what}").as_str()]),
                            row[column],
                            "{column} of {key:?}"
                        );
                    }
                    if which == "Excluding" {
                        assert_eq!(
                            machine(cells["Variance"]),
                            row["variance"],
                            "variance of {key:?}"
                        );
                    }
                    compared += 1;
                }
            }
        }
        assert_eq!(compared, 16);
    });
}

// A missing figure is never 0.

#[test]
fn a_missing_figure_is_never_zero() {
    let tidy = tidy();
    with_document(&[TableName::Scorecard], |scorecard, document| {
        let json = json(scorecard);
        let figures = figures(&json);
        assert_eq!(NOTHING, "-");
        let mut missing = 0;
        for (assessed, page) in scorecard.chosen().zip(&document.pages) {
            let area = &assessed.area;
            let table = page.blocks.iter().find_map(Block::table).expect("a table");
            for (entry, cells) in assessed.entries.iter().zip(table.cells()) {
                let indicator = scorecard.definition.indicator(entry.indicator);
                let key = (
                    scorecard.definition.area(*area).name.clone(),
                    "all".to_owned(),
                    indicator.id.clone(),
                );
                let cells = by_heading(table, cells);
                let headings = [
                    "Latest Result",
                    "RAG Status",
                    "Num",
                    "Denom",
                    "Previous Reported Result",
                    "DoT from previous",
                ];
                let texts = headings.map(|heading| cells[heading].text.as_str());
                match &entry.including {
                    None => {
                        missing += 1;
                        let [latest @ .., _, _] = texts;
                        assert_eq!(latest, [NOTHING; 4], "{key:?}");
                        let [previous, ..] =
                            entry.without_latest.as_ref().expect("what would be compared with");
                        assert_eq!(texts[4] == NOTHING, previous.figure().is_none(), "{key:?}");
                        assert_eq!(texts[5], NOTHING, "{key:?}");
                        assert!(
                            !tidy.contains_key(&key) && !figures.contains_key(&key),
                            "{key:?} has no row"
                        );
                    }
                    Some(assessed) if assessed.outcome.is_none() => {
                        let shown = match assessed.figure.amount {
                            Amount::Suppressed => "[c]",
                            Amount::NoFigure(reason) => reason.as_str(),
                            _ => "n/a",
                        };
                        assert_eq!(
                            (texts[0], texts[1], texts[5]),
                            (shown, NOTHING, NOTHING),
                            "{key:?}"
                        );
                        assert_eq!(
                            (tidy[&key]["result"].as_str(), tidy[&key]["display"].as_str()),
                            ("", shown),
                            "{key:?}"
                        );
                        assert!(
                            figures[&key]["result"].is_null() && figures[&key]["rag"].is_null(),
                            "{key:?}"
                        );
                        assert_eq!(figures[&key]["display"], shown, "{key:?}");
                    }
                    Some(_) => assert!(
                        !tidy[&key]["result"].is_empty() && figures[&key]["result"].is_number(),
                        "{key:?}"
                    ),
                }
            }
        }
        assert_eq!(missing, 42);
        // A figure that really is 0 is shown as 0.
        let zero = ("Westmarch".to_owned(), "all".to_owned(), "4".to_owned());
        assert_eq!(
            (tidy[&zero]["result"].as_str(), as_tidy(&figures[&zero]["result"]).as_str()),
            ("0", "0")
        );
    });
}

#[test]
fn missing_activity_is_never_zero() {
    with_document(&[TableName::Activity], |scorecard, document| {
        let json = json(scorecard);
        let table = document.pages[0].blocks.iter().find_map(Block::table).expect("a table");
        let units = json["activity"].as_array().expect("units");
        let mut texts = Vec::new();
        for (unit, cells) in units.iter().zip(table.cells()) {
            let cells = by_heading(table, cells);
            assert_eq!(unit["area"], cells["Area or team"].text);
            let of = |activity: &str, month: &str| {
                let activities = unit["activity"].as_array().expect("activities").iter();
                activities
                    .filter(|counts| counts["id"] == activity)
                    .map(|counts| counts[month].clone())
                    .next()
                    .unwrap_or_default()
            };
            for (heading, activity, month) in [
                ("Caseloads - This month", "caseloads", "this_month"),
                ("Caseloads - Last month", "caseloads", "last_month"),
                ("+Starts", "starts", "this_month"),
            ] {
                let (text, value) = (&cells[heading].text, of(activity, month));
                let expected = if text == NOTHING { String::new() } else { text.replace(',', "") };
                assert_eq!(as_tidy(&value), expected, "{heading} of {}", unit["area"]);
                texts.push(text.clone());
            }
        }
        assert_eq!((units.len(), texts.len()), (5, 15));
        for shown in [NOTHING, "[c]", "0", "9,512"] {
            assert!(texts.iter().any(|text| text == shown), "a cell with {shown}");
        }
    });
}

#[test]
fn a_period_without_a_figure_is_never_zero_in_a_trend() {
    with_document(&[TableName::Exceptions], |scorecard, document| {
        let json = json(scorecard);
        let mut trends = figures(&json)
            .into_values()
            .filter_map(|figure| figure.get("exception"))
            .collect::<Vec<_>>();
        let tables: Vec<_> =
            document.pages.iter().flat_map(|page| &page.blocks).filter_map(Block::table).collect();
        assert_eq!((trends.len(), tables.len()), (6, 6));
        let mut shown = BTreeSet::new();
        for table in tables {
            let rows: Vec<_> = table.cells().map(|cells| by_heading(table, cells)).collect();
            let results: Vec<_> = rows.iter().map(|row| machine(row["Result"])).collect();
            let of_json = |exception: &Json| {
                exception["trend"]
                    .as_array()
                    .expect("a trend")
                    .iter()
                    .map(|point| as_tidy(&point["result"]))
                    .collect::<Vec<_>>()
            };
            let at = trends
                .iter()
                .position(|exception| of_json(exception) == results)
                .unwrap_or_else(|| panic!("{results:?}"));
            for (row, point) in
                rows.iter().zip(trends.remove(at)["trend"].as_array().expect("a trend"))
            {
                let text = row["Result"].text.as_str();
                assert_eq!(
                    if text == NOTHING { String::new() } else { as_machines_have_it(text) },
                    as_tidy(&point["display"])
                );
                assert_eq!(machine(row["RAG Status"]), as_tidy(&point["rag"]));
                shown.insert(text.to_owned());
            }
        }
        assert!(shown.contains(NOTHING) && shown.contains("[c]"), "{shown:?}");
        assert!(Rag::ALL.len() == 3 && !shown.contains("0"));
    });
}
