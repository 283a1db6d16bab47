//! `docs/file-formats.md` says what the program does: every key and column is in it, nothing else
//! is, and its examples work. `docs/findings.md` has every finding, and nothing else, and
//! `docs/decisions.md` the reason for every dependency.

use std::fs;
use std::path::Path;

use crate::common::Report;
use clap::CommandFactory;
use scorecard::command::Cli;
use scorecard::definition::{Definition, keys};
use scorecard::diagnostic::{Code, Findings, Severity, Source};
use scorecard::extract::{Extract, MONTH_FILE};
use scorecard::figure::Amount;
use scorecard::history::Reach;
use scorecard::month::Month;
use scorecard::population::Population;
use scorecard::record::MANIFEST_FILE;
use scorecard::render::tidy;
use scorecard::toml_file::{Key, KeyKind, TableShape};

fn page() -> String {
    read_page("docs/file-formats.md")
}

fn read_page(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the page is there")
}

/// What stands under a heading, up to the next one of any level.
fn section<'p>(page: &'p str, heading: &str) -> &'p str {
    let mut sections = sections(page).into_iter().filter(|(found, _)| *found == heading);
    let (_, section) =
        sections.next().unwrap_or_else(|| panic!("the page has no heading {heading}"));
    assert!(sections.next().is_none(), "the page has the heading {heading} once");
    section
}

/// Every heading, without its marks, with what stands under it. A comment in an example is not a
/// heading.
fn sections(page: &str) -> Vec<(&str, &str)> {
    let (mut starts, mut offset, mut in_code) = (Vec::new(), 0, false);
    for line in page.split_inclusive('\n') {
        in_code ^= line.starts_with("```");
        if line.starts_with('#') && !in_code {
            starts.push((line.trim_start_matches('#').trim(), offset, offset + line.len()));
        }
        offset += line.len();
    }
    let ends = starts.iter().skip(1).map(|(_, start, _)| *start).chain([page.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|((heading, _, start), end)| (*heading, &page[*start..end]))
        .collect()
}

/// The cells of each row of the tables in a section, without the headings of their columns.
fn rows(section: &str) -> Vec<Vec<&str>> {
    let lines: Vec<_> = section.lines().collect();
    let is_rule = |line: &str| line.starts_with("|---");
    let body = lines.iter().enumerate().filter(|(index, line)| {
        line.starts_with('|')
            && !is_rule(line)
            && !lines.get(index + 1).is_some_and(|next| is_rule(next))
    });
    body.map(|(_, line)| line.trim().trim_matches('|').split('|').map(str::trim).collect())
        .collect()
}

/// The code blocks of a language.
fn blocks(section: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    section
        .split(&fence)
        .skip(1)
        .map(|rest| rest.split("```").next().expect("text has a first part").to_owned())
        .collect()
}

/// What stands in backticks.
fn code(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

fn shapes() -> Vec<&'static TableShape> {
    keys::FILE.walk().into_iter().chain(MONTH_FILE.walk()).chain(MANIFEST_FILE.walk()).collect()
}

#[test]
fn every_key_is_described_under_its_table_and_no_other_is() {
    let page = page();
    let mut described = 0;
    for shape in shapes() {
        let section = section(&page, &format!("`{}`", shape.header));
        let rows: Vec<_> = rows(section).into_iter().filter(|row| row.len() == 5).collect();
        let documented: Vec<_> = rows.iter().map(|row| row[0]).collect();
        let known: Vec<_> = shape.keys.iter().map(|key| format!("`{}`", key.name)).collect();
        assert_eq!(documented, known, "the keys of {}, in order", shape.header);
        for (row, key) in rows.iter().zip(shape.keys) {
            let [_, takes, left_out, meaning, example] = row[..] else {
                panic!("a row has five cells")
            };
            let what = format!("`{}` of {}", key.name, shape.header);
            assert!(
                !takes.is_empty()
                    && !left_out.is_empty()
                    && !meaning.is_empty()
                    && !example.is_empty(),
                "{what}"
            );
            assert_eq!(left_out == "required", key.required, "{what}: whether it must be there");
            check_takes(key, takes, &what);
            check_example(shape, key, example, &what);
            described += 1;
        }
    }
    assert_eq!(described, shapes().iter().map(|shape| shape.keys.len()).sum::<usize>());
}

/// The words of a choice and the bounds of a number are the ones that the reader knows.
fn check_takes(key: &Key, takes: &str, what: &str) {
    let words = code(takes);
    match key.kind {
        KeyKind::Choice(known) | KeyKind::ChoiceList(known) => assert_eq!(
            words,
            known.iter().map(|word| format!("{word:?}")).collect::<Vec<_>>(),
            "{what}: its words"
        ),
        KeyKind::AnyOf { kinds, .. } => match kinds {
            [KeyKind::Number, KeyKind::Pair, KeyKind::Choice(_), KeyKind::RelativeTarget] => {
                let says = "number; for T also a pair; or `\"tbc\"`; or what it is worked out from";
                assert_eq!(takes, says, "{what}");
            }
            [KeyKind::Choice(_), KeyKind::NumberList(count)] => {
                assert_eq!(takes, format!("`\"even\"`, or {count} numbers"), "{what}");
            }
            [KeyKind::Number, KeyKind::Pair, KeyKind::Choice(_), KeyKind::OneNumber(_)] => {
                assert_eq!(words, ["\"none\""], "{what}");
            }
            [KeyKind::Whole { .. }, KeyKind::Percentage] => {
                assert_eq!(words, ["\"1%\""], "{what}");
            }
            [KeyKind::Text, KeyKind::Texts] => assert_eq!(takes, "text or list of texts", "{what}"),
            [KeyKind::Text, KeyKind::Conditions] => {
                assert_eq!(takes, "text or conditions", "{what}");
            }
            [KeyKind::Text, KeyKind::ByName(_)] => {
                assert_eq!(takes, "text or a table by name", "{what}");
            }
            [KeyKind::Number, KeyKind::Choice(known)] => {
                let known: Vec<_> = known.iter().map(|word| format!("{word:?}")).collect();
                assert_eq!(takes, format!("number or `{}`", known.join("` or `")), "{what}");
            }
            [KeyKind::Flag, KeyKind::Choice(known)] => {
                let known: Vec<_> = known.iter().map(|word| format!("{word:?}")).collect();
                assert!(takes.starts_with("true, false, "), "{what}");
                assert_eq!(words, known, "{what}: its words");
            }
            _ => panic!("{what}: how the page says {kinds:?}"),
        },
        KeyKind::Numbers(known) => assert_eq!(takes, known.join(" or "), "{what}"),
        KeyKind::Whole { min, max } => assert_eq!(
            takes.replace(',', ""),
            format!("whole number {min} to {max}"),
            "{what}: its bounds"
        ),
        kind => {
            assert!(words.is_empty(), "{what}: it takes no words");
            let says = match kind {
                KeyKind::Text => "text",
                KeyKind::Id => "id",
                KeyKind::Texts => "list of texts",
                KeyKind::Flag => "true or false",
                KeyKind::Month => "month",
                KeyKind::Year => "year",
                KeyKind::Date => "date",
                KeyKind::Number => "number",
                KeyKind::Percentage => "percentage",
                KeyKind::Pair if key.name == "expected" => "pair, for N alone",
                KeyKind::Pair => "pair, for T alone",
                KeyKind::Table(_) => "a table",
                KeyKind::Tables(_) => "tables",
                KeyKind::Years(_) => "a table for each year",
                KeyKind::Map { .. } => "a table of names",
                KeyKind::ByName(_) => "a table by name",
                KeyKind::Conditions => "conditions",
                KeyKind::Choice(_)
                | KeyKind::ChoiceList(_)
                | KeyKind::OneNumber(_)
                | KeyKind::Numbers(_)
                | KeyKind::NumberList(_)
                | KeyKind::RelativeTarget
                | KeyKind::AnyOf { .. }
                | KeyKind::Whole { .. } => {
                    unreachable!("these have words or bounds")
                }
            };
            assert_eq!(takes, says, "{what}");
        }
    }
}

/// An example is the key with a value that it takes, or the header of its table.
fn check_example(shape: &'static TableShape, key: &'static Key, example: &str, what: &str) {
    let [example] = code(example)[..] else { panic!("{what}: one example") };
    if let Some(below) = key.kind.below() {
        assert_eq!(example, below.header, "{what}");
        return;
    }
    let source = Source::new("example".into(), example.to_owned());
    let mut findings = Findings::default();
    let written = example.split([' ', '=', '.']).next();
    assert_eq!(written, Some(key.name), "{what}: the example is of its key");
    (shape.check)(&source, &mut findings);
    let wrong: Vec<_> =
        findings.iter().filter(|finding| finding.code != Code::MissingKey).collect();
    assert!(wrong.is_empty(), "{what}: {wrong:?}");
}

#[test]
fn every_column_of_tidy_is_described_in_order_and_no_other_is() {
    let page = page();
    let documented: Vec<_> =
        rows(section(&page, "Tidy output")).into_iter().map(|row| row[0]).collect();
    let known: Vec<_> =
        tidy::HEADER.iter().chain(&tidy::TAIL).map(|column| format!("`{column}`")).collect();
    assert_eq!(documented, known);
    let documented: Vec<_> =
        rows(section(&page, "Columns of statistics")).into_iter().map(|row| row[0]).collect();
    assert_eq!(documented, tidy::STATISTICS.map(|column| format!("`{column}`")));
}

/// The definitions that the examples of the page make, put together.
fn definition(page: &str) -> Definition {
    let tables = keys::FILE.walk();
    let examples: Vec<_> = tables
        .iter()
        .skip(1)
        .flat_map(|shape| blocks(section(page, &format!("`{}`", shape.header)), "toml"))
        .collect();
    assert_eq!(examples.len(), tables.len() - 1, "every table has one example");
    let examples = [examples, blocks(section(page, "`[findings]`"), "toml")].concat();
    let mut findings = Findings::default();
    let definition =
        Definition::parse(&Source::new("file-formats.md".into(), examples.concat()), &mut findings);
    assert!(findings.is_empty(), "{findings:?}");
    definition.expect("there are no findings")
}

#[test]
fn the_examples_of_definitions_work() {
    let page = page();
    let definition = definition(&page);
    assert_eq!(
        (
            definition.areas.len(),
            definition.indicators.len(),
            definition.cohorts.len(),
            definition.activities.len()
        ),
        (4, 4, 1, 6)
    );

    let [smallest] = &blocks(section(&page, "`indicators.toml`"), "toml")[..] else {
        panic!("one whole file")
    };
    let mut findings = Findings::default();
    assert!(
        Definition::parse(&Source::new("smallest".into(), smallest.clone()), &mut findings)
            .is_some()
            && findings.is_empty(),
        "{findings:?}"
    );
    for left_out in smallest.lines().filter(|line| line.contains('=')) {
        let smaller = smallest.replace(left_out, "");
        let smaller = Source::new("smaller".into(), smaller);
        assert!(
            Definition::parse(&smaller, &mut Findings::default()).is_none(),
            "it is the smallest: {left_out} is needed"
        );
    }
}

/// Reads a month made of some files, and what is found in it.
fn read(definition: &Definition, files: &[(&str, &str)], work: impl FnOnce(&Extract)) -> Findings {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let month: Month = "2016-01".parse().expect("a month");
    let month_folder = folder.path().join(month.to_string());
    fs::create_dir(&month_folder).expect("a folder can be made");
    for (name, text) in files {
        fs::write(month_folder.join(name), text).expect("a file can be written");
    }
    let mut findings = Findings::default();
    let report =
        Report::read(definition, folder.path(), None, &[], Reach::Comparisons, &mut findings);
    work(report.expect("the month is there").history.extract(month).expect("it is read"));
    findings
}

#[test]
fn the_examples_of_extracts_work() {
    let page = page();
    let definition = definition(&page);
    let one = |heading: &str, language: &str| {
        let [block] = &blocks(section(&page, heading), language)[..] else {
            panic!("{heading} has one example")
        };
        block.clone()
    };
    let files = [
        ("results.csv", one("`results*.csv`", "csv")),
        ("results-uasc.csv", one("Cohorts", "csv")),
        ("activity.csv", one("`activity*.csv`", "csv")),
        ("month.toml", one("`month.toml`", "toml")),
    ];
    let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let findings = read(&definition, &files, |extract| {
        let rows: usize = definition
            .area_ids()
            .flat_map(|area| definition.indicator_ids().map(move |indicator| (area, indicator)))
            .map(|(area, indicator)| extract.results.of(area, indicator).len())
            .sum();
        assert_eq!(rows, 8, "every row is read");
        assert!(!extract.activities.is_empty() && extract.about.status.is_some());
    });
    assert!(findings.is_empty(), "{findings:?}");
}

#[test]
fn cells_hold_what_the_page_says() {
    let page = page();
    let definition = definition(&page);
    // A percentage, whose `value` takes all of them.
    let (area, indicator) = (definition.top, definition.find_indicator("14").unwrap());
    let said = |cell: &str| {
        let quoted = cell.replace('"', "\"\"");
        let text =
            format!("indicator,area,cohort,numerator,denominator,value\n14,,,,,\"{quoted}\"\n");
        let mut said = None;
        let findings = read(&definition, &[("results.csv", &text)], |extract| {
            said = extract
                .results
                .row(area, indicator, Population::Everyone)
                .map(scorecard::extract::Observation::answer);
        });
        (said, findings.iter().map(|finding| finding.code).collect::<Vec<_>>())
    };
    let rows = rows(section(&page, "What a cell may hold"));
    assert_eq!(rows.len(), 18);
    let mut cells = 0;
    for row in rows {
        let (examples, meaning) = (code(row[0]), row[1]);
        let errors: Vec<_> = code(meaning)
            .into_iter()
            .filter(|name| meaning.contains(&format!("error `{name}`")))
            .collect();
        for cell in examples {
            cells += 1;
            let (said, codes) = said(cell);
            match (meaning.split([':', '.', ';']).next().unwrap(), &errors[..]) {
                ("A figure", []) => assert!(
                    matches!(said, Some(Some(Amount::Value(_)))) && codes.is_empty(),
                    "{cell}: {codes:?}"
                ),
                ("That there is no figure", []) => {
                    assert!(said == Some(None) && codes.is_empty(), "{cell}: {codes:?}");
                }
                ("That there is no figure, and why", []) => assert!(
                    matches!(said, Some(Some(Amount::NoFigure(reason))) if reason.as_str() == cell)
                        && codes.is_empty(),
                    "{cell}: {codes:?}"
                ),
                ("Suppressed", []) => assert!(
                    said == Some(Some(Amount::Suppressed)) && codes.is_empty(),
                    "{cell}: {codes:?}"
                ),
                ("Low", []) => assert!(
                    said == Some(Some(Amount::Low)) && codes.is_empty(),
                    "{cell}: {codes:?}"
                ),
                (_, [error]) => assert!(
                    said.is_none() && codes.iter().any(|code| code.as_str() == *error),
                    "{cell}: {codes:?}"
                ),
                (other, _) => panic!("the page says {other:?} of {cell}"),
            }
        }
    }
    assert_eq!(cells, 59);
    assert_eq!(said("").0, Some(None));
}

#[test]
fn the_columns_of_results_are_those_that_are_read() {
    let page = page();
    let definition = definition(&page);
    let section = section(&page, "`results*.csv`");
    let columns: Vec<_> = rows(section).into_iter().map(|row| code(row[0])[0]).collect();
    // A month that is not the folder's and a status that is none, so that the columns are seen to
    // be read.
    let with = |columns: &[&str]| {
        let row: Vec<_> = columns
            .iter()
            .map(|column| match *column {
                "indicator" => "9",
                "value" => "5",
                "month" => "2015-12",
                "status" => "firm",
                _ => "",
            })
            .collect();
        let text = format!("{}\n{}\n", columns.join(","), row.join(","));
        let findings = read(&definition, &[("results.csv", &text)], |_| ());
        findings.iter().map(|finding| finding.code).collect::<Vec<_>>()
    };
    assert_eq!(with(&columns), [Code::WrongMonth], "every column is known");
    for left_out in &columns {
        let rest: Vec<_> = columns.iter().copied().filter(|column| column != left_out).collect();
        match *left_out {
            "month" => assert_eq!(with(&rest), [Code::UnknownStatus], "`month` may be left out"),
            "status" | "cohort" | "value" => {
                assert_eq!(with(&rest), [Code::WrongMonth], "{left_out} may be left out");
            }
            _ => assert!(with(&rest).contains(&Code::MissingColumn), "{left_out} has to be there"),
        }
    }
    assert_eq!(columns.len(), 8);
}

#[test]
fn findings_that_are_mentioned_exist_and_matter_as_much_as_the_page_says() {
    let page = page();
    let mut mentioned = 0;
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        for rest in page.replace('\n', " ").split(&format!("{} `", severity.as_str())).skip(1) {
            let name = rest.split('`').next().unwrap();
            let code = Code::ALL
                .iter()
                .find(|code| code.as_str() == name)
                .unwrap_or_else(|| panic!("there is no finding {name}"));
            assert_eq!(code.severity(), severity, "{name}");
            mentioned += 1;
        }
    }
    assert!(mentioned > 25, "{mentioned}");
}

/// Each finding with how much it matters and what it means, an example that the program prints, and
/// what to do about it.
#[test]
fn every_finding_is_documented_and_no_other_is() {
    let page = read_page("docs/findings.md");
    let sections = sections(&page);
    let documented: Vec<_> = sections
        .iter()
        .filter_map(|(heading, _)| heading.strip_prefix('`')?.strip_suffix('`'))
        .collect();
    let known: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(documented, known, "the findings, in the order of the catalogue");
    for code in Code::ALL {
        let name = code.as_str();
        let section = section(&page, &format!("`{name}`"));
        let severity = match code.severity() {
            Severity::Error => "Error",
            Severity::Warning => "Warning",
            Severity::Note => "Note",
        };
        let start = format!("**{severity}.** {}", code.meaning());
        assert!(section.trim_start().starts_with(&start), "{name} starts with: {start}");
        let [example] = &blocks(section, "text")[..] else { panic!("{name} has one example") };
        assert!(
            reproductions(name)
                .iter()
                .any(|printed| printed.lines().any(|line| line == example.trim_end())),
            "{name}: {example}"
        );
        let (_, advice) = section.rsplit_once("```").expect("it has an example");
        assert!(advice.trim().ends_with('.'), "{name}: what to do about it");
    }
}

/// What the program prints in the projects that have a finding wrong with them.
fn reproductions(code: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings");
    let projects = fs::read_dir(folder)
        .expect("the folder of projects")
        .map(|entry| entry.expect("an entry").path());
    let of_code = projects.filter(|path| {
        path.file_name().and_then(|name| name.to_str()?.split('.').next()) == Some(code)
    });
    of_code
        .map(|path| fs::read_to_string(path.join("expected.txt")).expect("what is expected"))
        .collect()
}

#[test]
fn links_within_the_page_lead_somewhere() {
    let page = page();
    let anchors: Vec<_> = sections(&page)
        .iter()
        .map(|(heading, _)| heading.to_lowercase().replace(' ', "-"))
        .collect();
    let links: Vec<_> =
        page.split("](#").skip(1).map(|rest| rest.split(')').next().unwrap()).collect();
    assert!(!links.is_empty());
    for link in links {
        assert!(anchors.iter().any(|anchor| anchor == link), "{link}");
    }
}

/// The options that the README says a command has are those that it has.
#[test]
fn the_readme_lists_the_options_of_each_command() {
    let readme = read_page("README.md");
    let rows = rows(section(&readme, "Commands and options"));
    let documented: Vec<_> = rows
        .iter()
        .filter(|row| row.len() == 3)
        .map(|row| (code(row[0]).pop().expect("a command"), code(row[2])))
        .collect();
    let mut root = Cli::command().disable_help_subcommand(true);
    root.build();
    let short = |arg: &clap::Arg| {
        let long = || arg.get_long().map(|long| format!("--{long}"));
        arg.get_short().map(|short| format!("-{short}")).or_else(long).expect("a name")
    };
    let options = |command: &clap::Command| -> Vec<String> {
        let own = command.get_arguments().filter(|arg| !arg.is_positional());
        own.map(short).filter(|option| option != "-h").collect()
    };
    let has = root.get_subcommands().map(|command| (command.get_name(), options(command)));
    let documented = documented.into_iter().map(|(line, options)| {
        let name = line.split(' ').nth(1).expect("a command");
        (name, options.into_iter().map(str::to_owned).collect::<Vec<_>>())
    });
    assert_eq!(documented.collect::<Vec<_>>(), has.collect::<Vec<_>>());
    // Each is described, and no other is.
    let mut described: Vec<_> = rows
        .iter()
        .filter(|row| row.len() == 2)
        .map(|row| code(row[0])[0].split(' ').next().expect("an option").to_owned())
        .collect();
    let report = root.find_subcommand("report").expect("a command");
    assert_eq!(described, options(report), "in the order of the help");
    described.extend(
        [
            "--strict",
            "--source",
            "--activity",
            "--sheet",
            "--records",
            "--headings",
            "--meeting",
            "--reason",
            "--force",
            "--revision",
            "--values",
        ]
        .map(str::to_owned),
    );
    for option in root.get_subcommands().flat_map(options) {
        assert!(described.contains(&option), "{option}");
    }
}

/// A crate that is added, or no longer needed, changes the list of reasons.
#[test]
fn every_dependency_has_its_reason() {
    let manifest: toml::Table = read_page("Cargo.toml").parse().expect("TOML");
    let schema_tests: toml::Table = read_page("tests/schema/Cargo.toml").parse().expect("TOML");
    let table = |of: &toml::Table, name: &str| -> Vec<String> {
        let entries = of.get(name).and_then(toml::Value::as_table);
        entries.map(|entries| entries.keys().cloned().collect()).unwrap_or_default()
    };
    let targets = manifest["target"].as_table().expect("dependencies of some systems");
    let mut dependencies: Vec<_> = [&manifest, &schema_tests]
        .into_iter()
        .chain(targets.values().map(|target| target.as_table().expect("a table")))
        .flat_map(|of| [table(of, "dependencies"), table(of, "dev-dependencies")].concat())
        .filter(|name| name != "scorecard")
        .collect();
    dependencies.sort();
    dependencies.dedup();
    let decisions = read_page("docs/decisions.md");
    let mut reasons: Vec<_> = section(&decisions, "Every dependency has a reason")
        .lines()
        .filter_map(|line| line.strip_prefix("- `")?.split_once("`: "))
        .map(|(name, reason)| {
            assert!(reason.ends_with('.') && reason.len() > 15, "{name}: {reason}");
            name.to_owned()
        })
        .collect();
    reasons.sort();
    assert_eq!(reasons, dependencies);
}

/// The glossary names a type for most words. If a type is renamed, so is it there.
#[test]
fn every_type_in_the_glossary_exists() {
    fn add_source(folder: &Path, all: &mut String) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                add_source(&path, all);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                all.push_str(&fs::read_to_string(path).expect("text"));
            }
        }
    }
    let mut source = String::new();
    add_source(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut source);
    let is_defined = |name: &str| {
        let is_type = ["struct", "enum"].iter().any(|kind| {
            ["<", " {", "(", ";"].iter().any(|end| source.contains(&format!("{kind} {name}{end}")))
        });
        // As `words!` has them: the name, then each word with what it means.
        is_type || source.contains(&format!("\n    {name} {{\n        ///"))
    };
    let page = read_page("docs/glossary.md");
    let mut words = Vec::new();
    for row in rows(&page) {
        let [word, meaning, types] = row[..] else { panic!("three cells: {row:?}") };
        assert!(!meaning.is_empty(), "{word}");
        for name in code(types) {
            assert!(is_defined(name), "{word}: there is no type {name}");
        }
        words.push(word);
    }
    let count = words.len();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), count, "each word is there once");
    assert!(count > 60);
}

/// Files that are renamed are renamed there too.
#[test]
fn the_files_that_contributors_are_sent_to_exist() {
    let page = read_page("CONTRIBUTING.md");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["src/", "tests/", "docs/", "fuzz/", "benches/", ".ci/"];
    let paths: Vec<_> = code(&page)
        .into_iter()
        .filter(|path| folders.iter().any(|folder| path.starts_with(folder)))
        .filter(|path| !path.contains("NAME"))
        .collect();
    assert!(paths.len() > 20, "{paths:?}");
    let missing: Vec<_> = paths.iter().filter(|path| !root.join(path).exists()).collect();
    assert!(missing.is_empty(), "{missing:?}");
    // Each module of the tests has its row.
    let described = code(section(&page, "The tests"));
    let modules = read_page("tests/suite/main.rs");
    let modules = modules.lines().filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'));
    let without: Vec<_> = modules
        .filter(|module| !["common", "generator"].contains(module) && !described.contains(module))
        .collect();
    assert!(without.is_empty(), "{without:?}");
}
