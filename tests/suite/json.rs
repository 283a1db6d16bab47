//! `docs/json.md` says what the JSON is: every key that is written is in it with its type, nothing
//! else is, and its examples are of that type.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::common::{sample, scorecard};
use serde_json::Value as Json;

/// What a project's JSON is, of the report or of `check`.
fn json(project: &str, args: &[&str]) -> Json {
    let mut command = scorecard(&sample().join(project));
    let run = command.args(["-f", "json"]).args(args).output();
    serde_json::from_slice(&run.expect("the program runs").stdout).expect("JSON")
}

/// The reports that together have everything: the sample, the one of hard cases, one that leaves
/// out what it can, and one whose earlier months have been published.
fn reports() -> Vec<Json> {
    [
        ("", "2016-01"),
        ("tests/formats/project", "2026-10"),
        ("tests/cases/projects/small", "2016-06"),
        ("tests/cases/projects/recorded", "2016-05"),
    ]
    .map(|(project, month)| json(project, &["--area", "all", "--month", month]))
    .into_iter()
    .chain([
        public(),
        revised_last_year(),
        counted(),
        with_gap(),
        with_statistics("intervals = 95"),
        with_statistics(""),
    ])
    .collect()
}

/// A public edition, of which nothing can be shown.
fn public() -> Json {
    let folder = tempfile::tempdir().expect("a folder");
    let definitions = "[scorecard]\ntitle = 'T'\narea = 'Kent'\n[[indicator]]\nid = '1'\nsection = \
        'S'\nname = 'N'\npolarity = 'H'\nperiod = 'SS'\nunit = \
        'number'\n[disclosure]\nsmallest_shown = 6\n";
    std::fs::write(folder.path().join("indicators.toml"), definitions).expect("written");
    let of_month = folder.path().join("data/2016-05");
    std::fs::create_dir_all(&of_month).expect("made");
    let results = "indicator,area,cohort,numerator,denominator,value\n1,,,,,3\n";
    std::fs::write(of_month.join("results.csv"), results).expect("written");
    json(folder.path().to_str().expect("a path"), &["--edition", "public"])
}

/// The report of a product, whose figures are compared with a year before, which is not what was
/// published of it.
fn revised_last_year() -> Json {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    };
    let results = |row: &str| format!("indicator,area,cohort,numerator,denominator,value\n{row}\n");
    write(
        "indicators.toml",
        "[scorecard]\ntitle = 'T'\narea = 'Kent'\ncompare = ['last_year']\n[[indicator]]\nid = '1'\n\
         section = 'S'\nname = 'N'\npolarity = 'L'\nperiod = 'YTD'\nunit = 'number'\n[[indicator]]\n\
         id = '2'\nsection = 'S'\nname = 'M'\npolarity = 'N'\nperiod = 'SS'\nunit = 'number'\n\
         expected = [10, 20]\nshort = 'M'\nprefix = '~'\nsuffix = 'days'\n\
         counted = 'days'\nout_of = 'children'\npriority = true\n[[glossary]]\nterm = 'N'\n\
         means = 'name'\n[[product]]\nid = 'q'\ntitle = 'Q'\nsections = ['S']\n",
    );
    write("data/2015-05/results.csv", &results("1,,,,,11"));
    write("data/2016-05/results.csv", &results("1,,,,,9\n2,,,,,15"));
    write("data/2016-05/commentary/1.md", "It goes well.");
    let publish = ["publish", "-m", "2015-05", "--meeting", "2015-06-22"];
    let run = scorecard(folder.path()).args(publish).output();
    assert!(run.expect("the program runs").status.success());
    write("data/2015-05/results.csv", &results("1,,,,,12"));
    json(folder.path().to_str().expect("a path"), &["-m", "2016-05", "--product", "q"])
}

/// The report of a figure that is counted from lists of children, and those that it is compared
/// with.
fn counted() -> Json {
    let folder = tempfile::tempdir().expect("a folder");
    let definitions = "[scorecard]\ntitle = 'T'\narea = 'Kent'\ncompare = ['previous', 'outturn', \
        'last_year']\n[[indicator]]\nid = '1'\nsection = 'S'\nname = 'N'\npolarity = 'H'\nperiod = \
        'SS'\nunit = 'percent'\n[[source]]\nid = 'list'\nfiles = 'list.csv'\nkind = \
        'records'\ncolumns = { area = 'Area' }\n[[source.count]]\nindicator = '1'\nnumerator = { \
        Seen = 'Yes' }\ndenominator = {}\n";
    std::fs::write(folder.path().join("indicators.toml"), definitions).expect("written");
    for month in ["2015-05", "2016-03", "2016-04", "2016-05"] {
        let of_month = folder.path().join("data").join(month);
        std::fs::create_dir_all(&of_month).expect("made");
        std::fs::write(of_month.join("list.csv"), "Area,Seen\nKent,Yes\nKent,No\n")
            .expect("written");
    }
    json(folder.path().to_str().expect("a path"), &["-m", "2016-05"])
}

/// A report of a gap between two groups, rated against a benchmark's.
fn with_gap() -> Json {
    let folder = tempfile::tempdir().expect("a folder");
    let definitions = "[scorecard]\ntitle = 'T'\narea = 'Kent'\n[[area]]\nname = 'Kent'\n[[area]]\nname = 'North'\n\
        parent = 'Kent'\n[[cohort]]\nid = 'fsm'\nname = 'FSM'\n\
        [[benchmark]]\nid = 'england'\nname = 'England'\n[[indicator]]\nid = '1'\nsection = 'S'\n\
        name = 'N'\npolarity = 'H'\nperiod = 'SS'\nunit = 'percent'\n[[indicator]]\nid = '2'\n\
        section = 'S'\nname = 'G'\npolarity = 'L'\nperiod = 'SS'\nunit = 'percent'\n\
        target = { benchmark = 'england' }\n\
        gap = { indicator = '1', from = 'excluding-fsm', to = 'fsm' }\n";
    std::fs::write(folder.path().join("indicators.toml"), definitions).expect("written");
    let data = folder.path().join("data");
    std::fs::create_dir_all(data.join("2016-01")).expect("made");
    let benchmarks = "benchmark,indicator,month,value\nengland,2,2016-01,20\n";
    std::fs::write(data.join("benchmarks.csv"), benchmarks).expect("written");
    let results = "indicator,area,cohort,numerator,denominator,value\n1,,,650,1000,\n1,,fsm,40,100,\n\
                   1,North,excluding-fsm,,,65\n1,North,fsm,[c],[c],\n";
    std::fs::write(data.join("2016-01/results.csv"), results).expect("written");
    json(folder.path().to_str().expect("a path"), &["-m", "2016-01", "-a", "all"])
}

/// A report with statistics: limits that start again, some that are there, a series that is tested
/// for a trend, one that is too short for that, and one that is refused.
fn with_statistics(intervals: &str) -> Json {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    };
    let mut definitions =
        format!("[scorecard]\ntitle = 'T'\narea = 'Kent'\n[statistics]\nspc = true\n{intervals}\n");
    for (id, keys) in [
        ("1", "period = 'SS'\nunit = 'percent'\nrebase = [{ from = '2015-05', reason = 'R' }]"),
        ("2", "period = 'SS'\nunit = 'percent'\ntarget = 85\nfloor = 70\nbaseline = 12"),
        ("3", "period = 'SS'\nunit = 'percent'"),
        ("4", "period = 'SS'\nunit = 'number'"),
        ("5", "period = 'R12M'\nunit = 'average'"),
        (
            "6",
            "period = 'SS'\nunit = 'number'\nspc = false\ncoverage = { indicator = '7', needed = 85 }",
        ),
        ("7", "period = 'SS'\nunit = 'percent'\nspc = false"),
        ("8", "period = 'YTD'\nunit = 'number'\nspc = false"),
    ] {
        definitions += &format!(
            "[[indicator]]\nid = '{id}'\nsection = 'S'\nname = 'N{id}'\npolarity = 'H'\n{keys}\n"
        );
    }
    definitions += "[[benchmark]]\nid = 'england'\nname = 'England'\n";
    write("indicators.toml", &definitions);
    let benchmarks = "benchmark,indicator,month,value\nengland,1,2015-05,85\nengland,5,2015-06,2\n\
                      england,8,2015-05,60\nengland,8,2015-06,90\n";
    write("data/benchmarks.csv", benchmarks);
    for (index, value) in
        [82, 85, 79, 84, 88, 81, 83, 86, 80, 84, 87, 82, 96, 97].into_iter().enumerate()
    {
        let month = format!("{}-{:02}", 2014 + (index + 4) / 12, (index + 4) % 12 + 1);
        let hidden = if index == 13 { "[c]" } else { "9" };
        let mut rows = format!("1,,,{value},100,\n5,,,,,1.5\n6,,,,,3\n7,,,,,90%\n8,,,,,{hidden}\n");
        if index != 3 {
            let latest = if index == 13 { 100 } else { value };
            rows += &format!("2,,,{latest},100,\n");
        }
        if index > 5 {
            rows += &format!("3,,,{},100,\n", 40 + index);
        }
        if index > 11 {
            rows += "4,,,,,7\n";
        }
        let header = "indicator,area,cohort,numerator,denominator,value";
        write(&format!("data/{month}/results.csv"), &format!("{header}\n{rows}"));
    }
    json(folder.path().to_str().expect("a path"), &["-m", "2015-06"])
}

/// Findings of every severity, with and without a place, and with another place that they have to
/// do with.
fn findings() -> Vec<Json> {
    let projects = ["faulty", "warned", "doubled", "settled"]
        .map(|project| json(&format!("tests/cases/projects/{project}"), &["check"]));
    projects
        .into_iter()
        .chain([json("tests/cases/projects/small", &["check", "--area", "Nowhere"])])
        .collect()
}

/// A key as the page describes it.
#[derive(Debug)]
struct Key {
    /// The row of the page that describes it; what has the same keys shares a table.
    row: String,
    types: BTreeSet<String>,
    may_be_absent: bool,
    /// The words that it takes, where the page lists them.
    words: BTreeSet<String>,
    example: Json,
}

/// The keys of a part of the page, by their paths: `areas[].summary.green`.
fn documented(part: &str) -> BTreeMap<String, Key> {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/json.md"))
        .expect("the page is there");
    let (_, part) = page
        .split_once(&format!("\n## {part}\n"))
        .unwrap_or_else(|| panic!("the page has the part {part}"));
    let part = part.split("\n## ").next().expect("text has a first part");
    let mut keys = BTreeMap::new();
    for (index, section) in part.split("\n### ").enumerate() {
        let heading = section.lines().next().expect("a heading");
        // The keys of the whole stand under no heading of their own.
        let parents = if index == 0 { vec![""] } else { code(heading) };
        assert!(!parents.is_empty(), "{heading}");
        let rows: Vec<_> = section.lines().filter(|line| line.starts_with("| `")).collect();
        assert!(!rows.is_empty(), "{heading}: a table");
        for row in rows {
            let cells: Vec<_> = row.trim_matches('|').split(" | ").map(str::trim).collect();
            let [key, types, meaning, example] = cells[..] else {
                panic!("a row has four cells: {row}")
            };
            for parent in &parents {
                let path = join(parent, code(key)[0]);
                assert!(
                    keys.insert(
                        path.clone(),
                        read(format!("{heading}: {key}"), types, meaning, example)
                    )
                    .is_none(),
                    "{path} is described once"
                );
            }
        }
    }
    keys
}

fn join(parent: &str, key: &str) -> String {
    if parent.is_empty() { key.to_owned() } else { format!("{parent}.{key}") }
}

/// What stands in backticks.
fn code(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

fn read(row: String, types: &str, meaning: &str, example: &str) -> Key {
    let mut types: BTreeSet<_> =
        types.replace(" or ", ", ").split(", ").map(str::to_owned).collect();
    let may_be_absent = types.remove("absent");
    let words = code(meaning)
        .into_iter()
        .filter_map(|word| word.strip_prefix('"')?.strip_suffix('"'))
        .map(str::to_owned)
        .collect();
    let example = code(example)[0];
    let example =
        serde_json::from_str(example).unwrap_or_else(|error| panic!("{example}: {error}"));
    Key { row, types, may_be_absent, words, example }
}

impl Key {
    /// Which of its types a value has.
    fn type_of(&self, value: &Json) -> Option<&str> {
        let is_of = |name: &str| match name {
            "null" => value.is_null(),
            "boolean" => value.is_boolean(),
            "text" => value.is_string(),
            "number" => value.is_number(),
            "whole number" => value.is_u64(),
            "object" => value.is_object(),
            "list of texts" => {
                value.as_array().is_some_and(|items| items.iter().all(Json::is_string))
            }
            "list of objects" => {
                value.as_array().is_some_and(|items| items.iter().all(Json::is_object))
            }
            other => panic!("{other} is no type"),
        };
        self.types.iter().map(String::as_str).find(|name| is_of(name))
    }
}

/// What is written: for each path the values there, and how many objects could have had one.
#[derive(Default)]
struct Written<'j> {
    values: BTreeMap<String, Vec<&'j Json>>,
    objects: BTreeMap<String, usize>,
}

impl<'j> Written<'j> {
    fn of(documents: &'j [Json]) -> Self {
        let mut written = Self::default();
        for document in documents {
            written.walk("", document);
        }
        written
    }

    fn walk(&mut self, path: &str, value: &'j Json) {
        match value {
            Json::Object(object) => {
                *self.objects.entry(path.to_owned()).or_default() += 1;
                for (key, value) in object {
                    let path = join(path, key);
                    self.values.entry(path.clone()).or_default().push(value);
                    self.walk(&path, value);
                }
            }
            Json::Array(items) => {
                for item in items {
                    self.walk(&format!("{path}[]"), item);
                }
            }
            _ => {}
        }
    }
}

fn compare(part: &str, documents: &[Json]) {
    let (documented, written) = (documented(part), Written::of(documents));
    assert_eq!(
        documented.keys().collect::<Vec<_>>(),
        written.values.keys().collect::<Vec<_>>(),
        "{part}: the keys, documented and written"
    );
    for (path, key) in &documented {
        let values = &written.values[path];
        for value in values {
            assert!(key.type_of(value).is_some(), "{path} is not {:?}: {value}", key.types);
            if let (Json::String(word), false) = (value, key.words.is_empty()) {
                assert!(key.words.contains(word), "{path}: {word} is not one of {:?}", key.words);
            }
        }
        let parent = path.rsplit_once('.').map_or("", |(parent, _)| parent);
        assert_eq!(
            values.len() < written.objects[parent],
            key.may_be_absent,
            "{path}: whether it may be absent"
        );
        assert!(
            key.type_of(&key.example).is_some_and(|name| name != "null"),
            "{path}: its example is not {:?}",
            key.types
        );
        if let (Json::String(word), false) = (&key.example, key.words.is_empty()) {
            assert!(key.words.contains(word), "{path}: its example is not one of {:?}", key.words);
        }
    }
}

#[test]
fn the_report_is_as_documented() {
    let reports = reports();
    compare("The report", &reports);
    // Each type that is documented is seen, so that nothing is called null that never is.
    let (documented, written) = (documented("The report"), Written::of(&reports));
    let mut seen: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (path, key) in &documented {
        let types =
            written.values[path].iter().filter_map(|value| key.type_of(value)).map(str::to_owned);
        seen.entry(&key.row).or_default().extend(types);
    }
    for key in documented.values() {
        assert_eq!(
            key.types,
            seen[key.row.as_str()],
            "{}: the types, documented and seen",
            key.row
        );
    }
}

#[test]
fn the_findings_are_as_documented() {
    let findings = findings();
    compare("The findings", &findings);
    let severities: BTreeSet<_> = findings
        .iter()
        .flat_map(|json| json["findings"].as_array().expect("findings"))
        .map(|found| found["severity"].as_str())
        .collect();
    assert_eq!(severities.len(), 3, "{severities:?}");
}

/// The nested objects of an example have keys that there are, with values that they may have.
#[test]
fn examples_are_of_keys_that_there_are() {
    for part in ["The report", "The findings"] {
        let keys = documented(part);
        for (path, key) in &keys {
            let mut written = Written::default();
            written.walk(&path.clone(), &key.example);
            for (path, values) in &written.values {
                let inner = keys
                    .get(path)
                    .unwrap_or_else(|| panic!("the example has {path}, which there is not"));
                assert!(
                    values.iter().all(|value| inner.type_of(value).is_some()),
                    "{path}: {values:?}"
                );
            }
        }
    }
}

/// The inputs are the files that were read, by their paths, with what `sha256sum` says of them.
#[test]
fn every_file_that_was_read_is_an_input() {
    let report = json("", &["--month", "2016-01"]);
    let inputs = report["inputs"].as_array().expect("inputs");
    let paths: Vec<_> =
        inputs.iter().map(|input| input["path"].as_str().expect("a path")).collect();
    assert!(paths.is_sorted());
    for path in [
        "data/2015-03/results.csv",
        "data/2016-01/activity.csv",
        "data/2016-01/commentary/9.md",
        "data/2016-01/month.toml",
        "data/2016-01/results-uasc.csv",
        "indicators.toml",
    ] {
        assert!(paths.contains(&path), "{path} is not among {paths:?}");
    }
    for input in inputs {
        let bytes = std::fs::read(sample().join(input["path"].as_str().expect("a path")))
            .expect("it is there");
        assert_eq!(input["sha256"], scorecard::input::Digest::of(&bytes).to_string(), "{input}");
    }
    // The same wherever the program is run from.
    let from_elsewhere =
        json("tests", &["--month", "2016-01", "--definitions", "../indicators.toml"]);
    assert_eq!(from_elsewhere["inputs"], report["inputs"]);
}
