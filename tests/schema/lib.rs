//! The reader of TOML files and the JSON Schema agree: both are held to the same documents, made
//! from the shapes that both are made from.
//!
//! A document is made as JSON, written as TOML for the reader, and read back from that TOML for the
//! schema. It starts from one that both accept, is changed in one place, and both must then say so
//! of that very place.

#![cfg(test)]

use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use boon::{Compiler, Draft, ErrorKind, SchemaIndex, Schemas, ValidationError};
use proptest::prelude::*;
use scorecard::definition::{Definition, keys};
use scorecard::diagnostic::{Code, Findings, Severity, Source};
use scorecard::extract::MONTH_FILE;
use scorecard::toml_file::schema::json_schema;
use scorecard::toml_file::{Key, KeyKind, TableShape};
use serde_json::{Map, Value, json};

const TOP: &str = "Top";

/// Where the compiler of schemas finds the one that is tried.
const SCHEMA: &str = "file:///schema.json";

/// What `\s` is in ECMAScript, within brackets and in JSON.
const SPACES: &str = concat!(
    r"\\t\\n\\u000b\\f\\r \\u00a0\\u1680\\u2000-\\u200a",
    r"\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff",
);

/// `indicators.toml` and `month.toml`.
static FILES: LazyLock<[File; 2]> = LazyLock::new(|| {
    let definitions = File::new(keys::FILE, |source, findings| {
        Definition::parse(source, findings);
    });
    let month = File::new(MONTH_FILE, MONTH_FILE.check);
    [definitions, month]
});

/// A kind of file: its shape, its schema and its reader.
struct File {
    shape: &'static TableShape,
    schemas: Schemas,
    schema: SchemaIndex,
    read: fn(&Source, &mut Findings),
}

impl File {
    fn new(shape: &'static TableShape, read: fn(&Source, &mut Findings)) -> Self {
        let schema = json_schema(shape);
        let mut compiler = Compiler::new();
        compiler.set_default_draft(Draft::V7);
        compiler.enable_format_assertions();
        // It takes fewer characters for spaces than ECMAScript does: say which they are.
        let schema = schema.to_string().replace(r"\\s", SPACES);
        let schema = serde_json::from_str(&schema).expect("JSON");
        compiler.add_resource(SCHEMA, schema).expect("an address");
        // A schema that is not one of draft 7 does not compile.
        let mut schemas = Schemas::new();
        let schema = compiler.compile(SCHEMA, &mut schemas).expect("the schema compiles");
        Self { shape, schemas, schema, read }
    }

    /// What the reader finds, and the JSON pointers at which the schema does.
    fn judge(&self, text: &str) -> (Findings, Vec<String>) {
        let mut findings = Findings::default();
        (self.read)(&Source::new("test.toml".into(), text.to_owned()), &mut findings);
        let document = json_of(text);
        let mut pointers = Vec::new();
        if let Err(error) = self.schemas.validate(&document, self.schema) {
            add_pointers(&error, &mut pointers);
        }
        (findings, pointers)
    }

    /// Neither has anything against a document.
    fn assert_accepted(&self, document: &Value, why: &str) {
        let text = toml_of(document);
        let (findings, pointers) = self.judge(&text);
        assert!(
            !findings.has_errors(),
            "{why}: the reader finds {:?} in\n{text}",
            findings.iter().collect::<Vec<_>>()
        );
        assert!(pointers.is_empty(), "{why}: the schema is against {pointers:?} in\n{text}");
    }

    /// Both refuse a document: the reader with one of `codes` and `words` in what it found, the
    /// schema at `pointer`.
    fn assert_refused(
        &self,
        document: &Value,
        codes: &[Code],
        words: &str,
        pointer: &str,
        why: &str,
    ) {
        let text = toml_of(document);
        let (findings, pointers) = self.judge(&text);
        let read = findings.has_errors()
            && findings
                .iter()
                .any(|finding| codes.contains(&finding.code) && finding.found.contains(words));
        assert!(
            read,
            "{why}: the reader does not find {codes:?} with {words} but {:?} in\n{text}",
            findings.iter().collect::<Vec<_>>()
        );
        let below = |at: &str| {
            !pointer.is_empty()
                && at.strip_prefix(pointer).is_some_and(|rest| rest.starts_with('/'))
        };
        assert!(
            pointers.iter().any(|at| at == pointer || below(at)),
            "{why}: the schema is not against {pointer:?} but {pointers:?} in\n{text}"
        );
    }
}

/// Where a document is not what the schema says. Where it is none of several things that it could
/// be, it is the place that is said, and not what each of them would have of it.
fn add_pointers(error: &ValidationError, pointers: &mut Vec<String>) {
    if error.causes.is_empty() || matches!(error.kind, ErrorKind::AnyOf | ErrorKind::OneOf(_)) {
        pointers.push(error.instance_location.to_string());
    } else {
        error.causes.iter().for_each(|cause| add_pointers(cause, pointers));
    }
}

// Documents, made from shapes.

/// How much of a table a document has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// The keys that must be there, and every table below.
    Least,
    /// Every key.
    Full,
}

/// The whole document of a shape.
fn document(shape: &'static TableShape, extent: Extent) -> Value {
    let keys = shape.keys.iter().filter(|key| is_written(shape, key, extent));
    keys.map(|key| (key.name.to_owned(), value(shape, key, extent))).collect()
}

/// Whether a document has a key. A figure of an identity is an indicator's or an activity's: here
/// it is an indicator's.
fn is_written(shape: &TableShape, key: &Key, extent: Extent) -> bool {
    match (shape.header, key.name) {
        ("[[identity.same]]", "indicator")
        | ("[[product]]", "indicators")
        | ("[[source]]", "kind") => true,
        // A source of records has either `count_once` or `keep`, and no measures, outline or
        // `across`. A gap is an indicator of its own, without most of the keys. The indicator is a T with a
        // target, and is not rated against a benchmark too.
        ("[[identity.same]]", "activity")
        | ("[[indicator]]", "gap" | "rated_against" | "similar_within")
        | ("[[source]]", "count_once" | "measure" | "outline" | "across") => false,
        // They are for an N and for a number, and the indicator is a T and a rate.
        (header, "expected" | "profile")
            if header.starts_with("[[indicator") || header.starts_with("[indicator") =>
        {
            false
        }
        ("[[source.count]]" | "[[source.measure]]", name) => {
            matches!(name, "indicator" | "numerator" | "denominator")
        }
        _ => extent == Extent::Full || key.required || key.kind.below().is_some(),
    }
}

/// A value that a key takes. Where keys have to agree with one another, it is the one that they
/// agree on.
fn value(shape: &'static TableShape, key: &'static Key, extent: Extent) -> Value {
    let table = |shape| document(shape, extent);
    match (shape.header, key.name) {
        // The areas are a tree of two: the top, and one that may have everything.
        ("indicators.toml", "area") => match key.kind {
            KeyKind::Tables(area) => json!([{ "name": TOP }, table(area)]),
            _ => panic!("areas are tables"),
        },
        // A percentage, the gap in it, and one that may have everything else.
        ("indicators.toml", "indicator") => match key.kind {
            KeyKind::Tables(indicator) => {
                let percentage = json!({
                    "id": "share",
                    "section": "Any",
                    "name": "% of records",
                    "polarity": "H",
                    "period": "SS",
                    "unit": "percent",
                });
                let mut gap = percentage.clone();
                gap["id"] = json!("gap");
                gap["name"] = json!("Gap between two groups");
                let of = indicator.keys.iter().find(|key| key.name == "gap").expect("a gap");
                gap["gap"] = value(indicator, of, extent);
                json!([percentage, gap, table(indicator)])
            }
            _ => panic!("indicators are tables"),
        },
        // One that has figures of its own, and one that may be the mean of it.
        ("indicators.toml", "benchmark") => match key.kind {
            KeyKind::Tables(benchmark) => {
                json!([{ "id": "own", "name": "With figures" }, table(benchmark)])
            }
            _ => panic!("benchmarks are tables"),
        },
        ("[[benchmark]]", "mean_of") => json!(["own"]),
        // One with measures, one in outline, one in which something runs across, and one of records
        // that may have everything else.
        ("indicators.toml", "source") => match key.kind {
            KeyKind::Tables(source) => {
                let with = |name: &str| {
                    let key = source.keys.iter().find(|key| key.name == name).expect("a key");
                    json!({ "id": name, "files": "*.csv", name: value(source, key, extent) })
                };
                json!([with("measure"), with("outline"), with("across"), table(source)])
            }
            _ => panic!("sources are tables"),
        },
        ("[[source]]", "kind") => json!("records"),
        ("[source.outline]", "levels") => json!(["area", "indicator"]),
        ("[indicator.coverage]" | "[indicator.gap]", "indicator") => json!("share"),
        ("[indicator.gap]", "from") => json!("all"),
        ("[scorecard]", "area") | ("[[area]]", "parent") => json!(TOP),
        ("[[cohort.group]]" | "[[product]]", "areas")
        | ("[disclosure]", "keep" | "public_areas") => json!([TOP]),
        ("[[cohort.group]]" | "[[product]]", "indicators") | ("[[source]]", "for_indicators") => {
            json!(["[[indicator]] id"])
        }
        ("[[product]]", "sections") => json!(["[[indicator]] section"]),
        ("[[indicator]]", "excludes") => json!(["[[cohort]] id"]),
        ("[[indicator]]", "tags") => json!(["[[framework.column]] id"]),
        ("[[activity]]", "starts" | "ends") => json!("[[activity]] id"),
        // A source names our columns, and what is defined.
        ("[[source]]", "columns") => json!({ "area": ["Area", "Region"] }),
        ("[[source]]", "fixed") => json!({ "cohort": "all" }),
        ("[[source]]", "above") => json!({ "Team:": "area" }),
        ("[[source]]", "cohort") => json!({ "[[cohort]] id": { "Column": "Y" } }),
        ("[source.names]", "area") => json!({ "Theirs": TOP }),
        ("[source.names]", name) => json!({ "Theirs": format!("[[{name}]] id") }),
        ("[[source.lookup]]", "match") => json!({ "Ours": "Theirs" }),
        ("[source.across]", "headings") => json!(["area"]),
        ("[source.across]", "figure") => json!({ "Num": "numerator" }),
        ("[[identity]]", "same") => match key.kind {
            KeyKind::Tables(figure) => json!([{ "activity": "[[activity]] id" }, table(figure)]),
            _ => panic!("figures are tables"),
        },
        ("[[identity.same]]" | "[[source.count]]" | "[[source.measure]]", "indicator") => {
            json!("[[indicator]] id")
        }
        ("[[identity.same]]", "cohort") | ("[indicator.gap]", "to") => json!("[[cohort]] id"),
        // The end of a quarter, while the indicator is in force.
        ("[[indicator.rebase]]", "from") | ("[[indicator]]", "until") => json!("2016-03"),
        // The polarity that may have pairs and a green band, and the unit that has a `per`.
        ("[[indicator]]", "polarity") if extent == Extent::Full => json!("T"),
        ("[[indicator]]", "unit") if extent == Extent::Full => json!("rate"),
        _ => match key.kind {
            KeyKind::Text | KeyKind::Id => json!(format!("{} {}", shape.header, key.name)),
            KeyKind::Texts => json!([
                format!("{} {} 1", shape.header, key.name),
                format!("{} {} 2", shape.header, key.name)
            ]),
            KeyKind::Choice(words) => json!(words[0]),
            KeyKind::ChoiceList(words) => json!(words),
            KeyKind::Flag => json!(false),
            KeyKind::Month => json!("2016-01"),
            KeyKind::Year => json!("2015/16"),
            KeyKind::Date => json!("2016-01-31"),
            KeyKind::Whole { min, .. } => json!(min),
            KeyKind::Number => json!(15),
            KeyKind::Percentage => json!("1%"),
            KeyKind::Numbers(numbers) => serde_json::from_str(numbers[0]).expect("a number"),
            KeyKind::Pair => json!([12, 25]),
            KeyKind::NumberList(count) => json!(vec![15; count]),
            KeyKind::RelativeTarget => json!({ "since": "2012-08", "change": "-30%" }),
            KeyKind::OneNumber(names) => json!({ names[0]: 5 }),
            // A target, and the floor that it is within.
            KeyKind::AnyOf { kinds, .. } => match kinds {
                [KeyKind::Whole { .. }, KeyKind::Percentage] => json!("1%"),
                // Limits from the counts of a rate.
                [KeyKind::Flag, KeyKind::Choice(_)] => json!(true),
                [KeyKind::Number, KeyKind::Choice(_)] => json!(0.1),
                [KeyKind::Number, KeyKind::Pair, KeyKind::Choice(_), KeyKind::RelativeTarget] => {
                    json!([15, 20])
                }
                [KeyKind::Choice(_), KeyKind::NumberList(_)] => json!("even"),
                [KeyKind::Number, KeyKind::Pair, KeyKind::Choice(_), KeyKind::OneNumber(_)] => {
                    json!([10, 30])
                }
                [KeyKind::Text, KeyKind::Texts] => json!(["one text", "another"]),
                [KeyKind::Text, KeyKind::Conditions] => json!("a column"),
                _ => panic!("a value of each of {kinds:?}"),
            },
            KeyKind::Table(shape) => table(shape),
            KeyKind::Tables(shape) => json!([table(shape)]),
            KeyKind::Years(shape) => json!({ "2014/15": table(shape) }),
            KeyKind::Map { names, words } => json!({ names()[0]: words[0] }),
            KeyKind::Conditions => json!({ "any column": ">= 3" }),
            KeyKind::ByName(KeyKind::Choice(words)) => json!({ "any name": words[0] }),
            KeyKind::ByName(_) => json!({ "any name": "any text" }),
        },
    }
}

/// Values that a key does not take, each with what is wrong with it.
#[expect(clippy::too_many_lines, reason = "an arm for each kind of value")]
fn wrong_values(kind: KeyKind) -> Vec<(&'static str, Value)> {
    let mut wrong = Vec::new();
    let takes_a_flag = |kind: &KeyKind| matches!(kind, KeyKind::Flag);
    let kinds = if let KeyKind::AnyOf { kinds, .. } = kind { kinds } else { &[kind][..] };
    if !kinds.iter().any(takes_a_flag) {
        wrong.push(("true or false", json!(true)));
    }
    wrong.extend(match kind {
        KeyKind::Text => vec![
            ("a number", json!(5)),
            ("nothing", json!("")),
            ("spaces", json!(" \n\t ")),
            ("a bell", json!("a\u{7}b")),
        ],
        KeyKind::Id => vec![
            ("a number", json!(5)),
            ("nothing", json!("")),
            ("spaces", json!("  ")),
            ("a bell", json!("a\u{7}b")),
            ("a slash", json!("PH/AH")),
            ("a backslash", json!("PH\\AH")),
            ("a colon", json!("PH:AH")),
        ],
        KeyKind::Texts => vec![
            ("one text", json!("a")),
            ("a number in it", json!(["a", 5])),
            ("nothing in it", json!(["a", ""])),
        ],
        KeyKind::Choice(words) => {
            let other_case = words.iter().map(|word| swap_case(word));
            let mut wrong = vec![
                ("nothing", json!("")),
                ("a number", json!(1)),
                ("no such word", json!(format!("{}s", words.concat()))),
            ];
            wrong.extend(other_case.map(|word| ("the other case", json!(word))));
            wrong.push(("a list", json!([words[0]])));
            wrong
        }
        KeyKind::ChoiceList(words) => vec![
            ("one word", json!(words[0])),
            ("a number in it", json!([words[0], 5])),
            ("no such word", json!([words.concat()])),
            ("a word twice", json!([words[0], words[0]])),
        ],
        KeyKind::Flag => vec![("text", json!("false")), ("a number", json!(0))],
        KeyKind::Month => vec![
            ("a month thirteen", json!("2016-13")),
            ("a month 0", json!("2016-00")),
            ("a date", json!("2016-01-31")),
            ("one digit", json!("2016-1")),
            ("words", json!("January 2016")),
            ("a number", json!(2016)),
        ],
        KeyKind::Year => vec![
            ("two digits", json!("15/16")),
            ("four and four", json!("2015/2016")),
            ("a dash", json!("2015-16")),
            ("a number", json!(2015)),
        ],
        KeyKind::Date => vec![
            ("the British order", json!("31/01/2016")),
            ("a month", json!("2016-01")),
            ("no such day", json!("2016-02-30")),
            ("a time", json!("2016-01-31T12:00:00")),
            ("a number", json!(2016)),
        ],
        KeyKind::Whole { min, max } => vec![
            ("too little", json!(i64::from(min) - 1)),
            ("too much", json!(i64::from(max) + 1)),
            ("a part", json!(f64::from(min) + 0.5)),
            ("text", json!(min.to_string())),
        ],
        KeyKind::Percentage => vec![("a number", json!(1)), ("no sign", json!("1"))],
        KeyKind::Numbers(_) => vec![("text", json!("95")), ("another", json!(96))],
        KeyKind::AnyOf { kinds: [KeyKind::Flag, ..], .. } => {
            vec![("the other case", json!("XMR")), ("a number", json!(1)), ("a list", json!(["p"]))]
        }
        KeyKind::Number => vec![("text", json!("85")), ("a pair", json!([15, 20]))],
        KeyKind::Pair => vec![
            ("one number", json!(15)),
            ("one of a pair", json!([15])),
            ("three", json!([12, 15, 25])),
            ("texts", json!(["12", "25"])),
            ("none", json!("none")),
        ],
        KeyKind::AnyOf { kinds: [KeyKind::Whole { .. }, ..], .. } => {
            vec![("no sign", json!("1")), ("below 0", json!(-1)), ("a list", json!([5]))]
        }
        KeyKind::AnyOf { kinds: [KeyKind::Choice(_), KeyKind::NumberList(count)], .. } => vec![
            ("another word", json!("uneven")),
            ("one number", json!(5)),
            ("too few", json!(vec![5; count - 1])),
        ],
        KeyKind::AnyOf { kinds: [KeyKind::Text, ..], .. } => {
            vec![("a number", json!(5)), ("nothing", json!("")), ("numbers", json!([5]))]
        }
        KeyKind::Conditions => vec![("a number", json!(5)), ("text", json!("a"))],
        KeyKind::ByName(_) => vec![
            ("text", json!("a")),
            ("a list", json!([])),
            ("a name with a number", json!({ "a name": 5 })),
        ],
        KeyKind::AnyOf { kinds, .. } => {
            let mut wrong = vec![
                ("text", json!("85")),
                ("one of a pair", json!([15])),
                ("three", json!([15, 18, 20])),
                ("texts", json!(["15", "20"])),
                ("another word", json!("None")),
            ];
            if kinds.iter().any(|kind| matches!(kind, KeyKind::OneNumber(_))) {
                wrong.push(("no such distance", json!({ "per": 5 })));
                wrong.push(("two distances", json!({ "points": 5, "percent": 5 })));
                wrong.push(("no distance", json!({ "points": 0 })));
            } else {
                wrong.push(("no month", json!({ "change": "-30%" })));
                wrong.push(("no change", json!({ "since": "2012-08" })));
                wrong.push((
                    "a change without its sign",
                    json!({ "since": "2012-08", "change": "30" }),
                ));
                wrong.push((
                    "two changes",
                    json!({ "since": "2012-08", "change": "-30%", "points": 5 }),
                ));
                wrong.push(("no target", json!("none")));
            }
            wrong
        }
        KeyKind::NumberList(_) | KeyKind::RelativeTarget => vec![("text", json!("5"))],
        KeyKind::OneNumber(_) => vec![("text", json!("5")), ("no such name", json!({ "per": 5 }))],
        KeyKind::Table(_) => vec![("text", json!("a")), ("a list of tables", json!([{}]))],
        KeyKind::Tables(_) => {
            vec![("text", json!("a")), ("one table", json!({})), ("a number in it", json!([5]))]
        }
        KeyKind::Years(_) => vec![
            ("text", json!("a")),
            ("a list", json!([])),
            ("no table for a year", json!({ "2014/15": 5 })),
            ("no year", json!({ "14/15": {} })),
            ("no month", json!({ "2014-13": {} })),
        ],
        KeyKind::Map { names, words } => vec![
            ("text", json!("a")),
            ("a list", json!([])),
            ("a name with no such word", json!({ names()[0]: words.concat() })),
            ("a name with a number", json!({ names()[0]: 5 })),
        ],
    });
    wrong
}

fn swap_case(word: &str) -> String {
    word.chars()
        .map(|c| if c.is_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
        .collect()
}

// Tables of a document.

/// Every shape with the JSON pointer of a table of its own in `document`: the last of a list, and
/// what does not go with the rest where it has one of its own.
fn tables(
    shape: &'static TableShape,
    document: &Value,
    pointer: &str,
) -> Vec<(&'static TableShape, String)> {
    let mut found = vec![(shape, pointer.to_owned())];
    for key in shape.keys {
        let Some(below) = key.kind.below() else { continue };
        let mut pointer = match (shape.header, key.name) {
            ("[[indicator]]", "gap") => "/indicator/1/gap".to_owned(),
            ("[[source]]", "measure") => "/source/0/measure".to_owned(),
            ("[[source]]", "outline") => "/source/1/outline".to_owned(),
            ("[[source]]", "across") => "/source/2/across".to_owned(),
            (_, name) => format!("{pointer}/{name}"),
        };
        match key.kind {
            KeyKind::Tables(_) => {
                let count =
                    document.pointer(&pointer).and_then(Value::as_array).map_or(0, Vec::len);
                write!(pointer, "/{}", count - 1).expect("text takes everything");
            }
            KeyKind::Years(_) => pointer.push_str("/2014~115"),
            _ => {}
        }
        found.extend(tables(below, document, &pointer));
    }
    found
}

/// Does `what` to a table of a copy of `document`.
fn changed(document: &Value, pointer: &str, what: impl FnOnce(&mut Map<String, Value>)) -> Value {
    let mut document = document.clone();
    what(
        document.pointer_mut(pointer).and_then(Value::as_object_mut).expect("a table stands there"),
    );
    document
}

fn keys_of(file: &File) -> usize {
    file.shape.walk().iter().map(|shape| shape.keys.len()).sum()
}

// TOML and JSON.

/// A document as TOML, its tables written inline.
fn toml_of(document: &Value) -> String {
    let lines = document.as_object().expect("a document is a table").iter();
    lines
        .map(|(key, value)| format!("{} = {}", quoted(key), inline(value)))
        .collect::<Vec<_>>()
        .join("\n")
}

fn inline(value: &Value) -> String {
    match value {
        Value::Object(table) => {
            let pairs: Vec<_> = table
                .iter()
                .map(|(key, value)| format!("{} = {}", quoted(key), inline(value)))
                .collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        Value::Array(values) => {
            format!("[{}]", values.iter().map(inline).collect::<Vec<_>>().join(", "))
        }
        Value::String(text) => quoted(text),
        other => other.to_string(),
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        if c.is_control() || matches!(c, '"' | '\\') {
            write!(quoted, "\\u{:04X}", u32::from(c)).expect("text takes everything");
        } else {
            quoted.push(c);
        }
    }
    quoted + "\""
}

/// TOML as the validators of editors see it: a date is a text.
fn json_of(text: &str) -> Value {
    fn json(value: toml::Value) -> Value {
        match value {
            toml::Value::String(text) => json!(text),
            toml::Value::Integer(number) => json!(number),
            toml::Value::Float(number) => json!(number),
            toml::Value::Boolean(truth) => json!(truth),
            toml::Value::Datetime(date) => json!(date.to_string()),
            toml::Value::Array(values) => values.into_iter().map(json).collect(),
            toml::Value::Table(table) => {
                table.into_iter().map(|(key, value)| (key, json(value))).collect()
            }
        }
    }
    json(toml::Value::Table(toml::from_str(text).expect("the document is TOML")))
}

// The tests.

#[test]
fn the_sample_and_the_template_are_valid() {
    let file = &FILES[0];
    for path in ["indicators.toml", "template/indicators.toml"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
        let text = std::fs::read_to_string(&path).unwrap();
        let (findings, pointers) = file.judge(&text);
        assert!(findings.is_empty() && pointers.is_empty(), "{path:?}: {findings:?} {pointers:?}");
        let mut findings = Findings::default();
        let definition = Definition::load(&path, &mut findings).unwrap();
        assert!(findings.is_empty() && !definition.indicators.is_empty(), "{findings:?}");
    }
}

#[test]
fn the_schema_describes_every_table_and_key_in_order() {
    for file in &*FILES {
        let schema = json_schema(file.shape);
        assert_eq!(schema, json_schema(file.shape));
        let tables: Vec<_> = std::iter::once(&schema)
            .chain(schema["definitions"].as_object().into_iter().flat_map(Map::values))
            .collect();
        assert_eq!(tables.len(), file.shape.walk().len());
        for (table, shape) in tables.into_iter().zip(file.shape.walk()) {
            assert_eq!(
                (&table["title"], &table["description"]),
                (&json!(shape.header), &json!(shape.about))
            );
            let described: Vec<_> = table["properties"]
                .as_object()
                .unwrap()
                .iter()
                .map(|(name, key)| (name.as_str(), key["description"].as_str().unwrap()))
                .collect();
            let known: Vec<_> = shape.keys.iter().map(|key| (key.name, key.about)).collect();
            assert_eq!(described, known, "{}", shape.header);
        }
    }
}

#[test]
fn the_least_and_the_fullest_document_are_accepted() {
    for file in &*FILES {
        for extent in [Extent::Least, Extent::Full] {
            let document = document(file.shape, extent);
            file.assert_accepted(&document, file.shape.header);
            let found: Vec<_> = tables(file.shape, &document, "")
                .into_iter()
                .map(|(shape, pointer)| {
                    (shape.header, document.pointer(&pointer).unwrap().as_object().unwrap().len())
                })
                .collect();
            let keys = |shape: &TableShape| {
                shape.keys.iter().filter(|key| is_written(shape, key, extent)).count()
            };
            let known: Vec<_> =
                file.shape.walk().into_iter().map(|shape| (shape.header, keys(shape))).collect();
            assert_eq!(found, known, "a document has every table, with its keys");
        }
    }
}

#[test]
fn a_wrong_value_is_refused_by_both() {
    for file in &*FILES {
        let full = document(file.shape, Extent::Full);
        let (mut keys, mut cases) = (0, 0);
        for (shape, table) in tables(file.shape, &full, "") {
            for key in shape.keys {
                keys += 1;
                for (what, wrong) in wrong_values(key.kind) {
                    cases += 1;
                    let document = changed(&full, &table, |table| {
                        let was_there = table.insert(key.name.to_owned(), wrong).is_some();
                        assert_eq!(
                            was_there,
                            is_written(shape, key, Extent::Full),
                            "the full document has every key"
                        );
                    });
                    let why = format!("`{}` of {} is {what}", key.name, shape.header);
                    let pointer = format!("{table}/{}", key.name);
                    file.assert_refused(
                        &document,
                        &[Code::WrongType, Code::BadValue],
                        &format!("`{}`", key.name),
                        &pointer,
                        &why,
                    );
                }
            }
        }
        assert_eq!(keys, keys_of(file));
        let expected: usize = file
            .shape
            .walk()
            .iter()
            .flat_map(|shape| shape.keys)
            .map(|key| wrong_values(key.kind).len())
            .sum();
        assert_eq!(cases, expected);
        assert!(cases >= 3 * keys, "each key has several wrong values: {cases} for {keys}");
    }
}

#[test]
fn an_unknown_key_is_refused_by_both() {
    for file in &*FILES {
        let full = document(file.shape, Extent::Full);
        let mut cases = 0;
        for (shape, table) in tables(file.shape, &full, "") {
            for unknown in ["unheard_of", "Name", "target s"] {
                cases += 1;
                let document = changed(&full, &table, |table| {
                    assert!(table.insert(unknown.to_owned(), json!("x")).is_none());
                });
                let why = format!("`{unknown}` in {}", shape.header);
                file.assert_refused(
                    &document,
                    &[Code::UnknownKey],
                    &format!("`{unknown}`"),
                    &table,
                    &why,
                );
            }
        }
        assert_eq!(cases, 3 * file.shape.walk().len());
    }
}

/// The names of findings are keys too, and of those that are errors whatever is said there is none.
#[test]
fn an_unknown_name_of_a_finding_is_refused_by_both() {
    let file = &FILES[0];
    let least = document(file.shape, Extent::Least);
    let with = |name: &str| {
        changed(&least, "", |file| {
            drop(file.insert("findings".to_owned(), json!({ name: "note" })));
        })
    };
    for code in Code::ALL {
        let (name, document) = (code.as_str(), with(code.as_str()));
        if code.severity() == Severity::Error {
            file.assert_refused(
                &document,
                &[Code::UnknownKey],
                &format!("`{name}`"),
                "/findings",
                name,
            );
        } else {
            file.assert_accepted(&document, name);
        }
    }
    file.assert_refused(
        &with("no-such-finding"),
        &[Code::UnknownKey],
        "`no-such-finding`",
        "/findings",
        "an unknown name",
    );
}

#[test]
fn a_missing_key_is_refused_by_both_where_it_must_be_there() {
    for file in &*FILES {
        let least = document(file.shape, Extent::Least);
        let (mut required, mut optional) = (0, 0);
        for (shape, table) in tables(file.shape, &least, "") {
            for key in shape.keys {
                if !key.required {
                    // The least document, which is accepted, leaves out every optional key but
                    // tables.
                    optional += 1;
                    continue;
                }
                required += 1;
                let document = changed(&least, &table, |table| {
                    assert!(table.remove(key.name).is_some());
                });
                let why = format!("{} without `{}`", shape.header, key.name);
                file.assert_refused(
                    &document,
                    &[Code::MissingKey],
                    &format!("`{}`", key.name),
                    &table,
                    &why,
                );
            }
        }
        assert_eq!(required + optional, keys_of(file));
        assert_eq!(
            required,
            file.shape
                .walk()
                .iter()
                .flat_map(|shape| shape.keys)
                .filter(|key| key.required)
                .count()
        );
    }
}

#[test]
fn every_word_of_a_choice_is_accepted_by_both() {
    for file in &*FILES {
        let least = document(file.shape, Extent::Least);
        let mut cases = 0;
        for (shape, table) in tables(file.shape, &least, "") {
            for key in shape.keys {
                let KeyKind::Choice(words) = key.kind else { continue };
                for word in words {
                    cases += 1;
                    let document = changed(&least, &table, |table| {
                        table.insert(key.name.to_owned(), json!(word));
                        if (key.name, *word) == ("unit", "rate") {
                            table.insert("per".to_owned(), json!(10_000));
                        }
                        // The table is one of records, and has what those of other kinds have not.
                        if (shape.header, key.name) == ("[[source]]", "kind") && *word != "records"
                        {
                            table.retain(|key, _| ["id", "files", "kind"].contains(&key.as_str()));
                        }
                    });
                    file.assert_accepted(
                        &document,
                        &format!("`{}` of {} is {word:?}", key.name, shape.header),
                    );
                }
            }
        }
        let words = |key: &Key| if let KeyKind::Choice(words) = key.kind { words.len() } else { 0 };
        let expected: usize =
            file.shape.walk().iter().flat_map(|shape| shape.keys).map(words).sum();
        assert_eq!(cases, expected);
        assert!(cases >= 2);
    }
}

/// What one key says about another: both refuse the document with the change, and accept the one it
/// is made from.
#[test]
fn what_does_not_go_together_is_refused_by_both() {
    let file = &FILES[0];
    let least = document(file.shape, Extent::Least);
    let with = |keys: Value| {
        changed(&least, "/indicator/2", |table| {
            table.extend(keys.as_object().expect("keys").clone());
        })
    };
    let rate = json!({ "unit": "rate", "per": 10_000 });
    let higher = json!({ "polarity": "H", "target": 85, "floor": 70, "targets": { "2014/15": { "target": 80, "floor": "none" } } });
    let lower = json!({ "polarity": "L", "target": 15, "floor": "none", "targets": { "2014/15": { "floor": 20 } } });
    let near = json!({ "polarity": "T", "target": 15, "floor": [10, 20], "green": [12, 18], "targets": { "2014/15": { "target": [14, 16] } } });
    let years_only = json!({ "floor": 70, "targets": { "2014/15": { "target": 80 } } });
    for accepted in [&rate, &higher, &lower, &near, &years_only] {
        file.assert_accepted(&with(accepted.clone()), &accepted.to_string());
    }

    for words in
        [json!({ "unit": "average", "suffix": "days" }), json!({ "unit": "number", "prefix": "£" })]
    {
        file.assert_accepted(&with(words.clone()), &words.to_string());
    }
    for limits in [json!({ "spc": "xmr" }), json!({ "unit": "percent", "spc": "p" })] {
        file.assert_accepted(&with(limits.clone()), &limits.to_string());
    }
    let of_year = "targets/2014~115";
    let cases = [
        (json!({ "unit": "rate" }), Code::MissingKey, ""),
        (json!({ "per": 10_000 }), Code::BadValue, "per"),
        (json!({ "unit": "percent", "prefix": "~" }), Code::BadValue, "prefix"),
        (json!({ "unit": "number", "prefix": "=" }), Code::BadValue, "prefix"),
        (json!({ "unit": "number", "suffix": "0s" }), Code::BadValue, "suffix"),
        (json!({ "unit": "number", "spc": "p" }), Code::BadValue, "spc"),
        (json!({ "unit": "percent", "spc": "u" }), Code::BadValue, "spc"),
        (json!({ "period": "R12M", "spc": true }), Code::BadValue, "spc"),
        (json!({ "polarity": "H", "target": [80, 85], "floor": 70 }), Code::BadValue, "target"),
        (json!({ "polarity": "L", "target": [10, 15], "floor": 20 }), Code::BadValue, "target"),
        (json!({ "polarity": "H", "target": 85, "floor": [70, 75] }), Code::BadValue, "floor"),
        (json!({ "polarity": "L", "target": 15, "floor": [20, 25] }), Code::BadValue, "floor"),
        (
            json!({ "polarity": "H", "target": 85, "floor": 70, "green": [80, 90] }),
            Code::GreenBand,
            "green",
        ),
        (
            json!({ "polarity": "L", "target": 15, "floor": 20, "green": [10, 15] }),
            Code::GreenBand,
            "green",
        ),
        (json!({ "polarity": "T", "target": 15, "floor": 10 }), Code::BadValue, "floor"),
        (json!({ "target": 85 }), Code::TargetWithoutFloor, ""),
        (
            json!({ "target": 85, "targets": { "2014/15": { "floor": 70 } } }),
            Code::TargetWithoutFloor,
            "",
        ),
        (
            json!({ "polarity": "H", "targets": { "2014/15": { "target": [80, 85], "floor": 70 } } }),
            Code::BadValue,
            of_year,
        ),
        (
            json!({ "polarity": "L", "targets": { "2014/15": { "target": 15, "floor": [20, 25] } } }),
            Code::BadValue,
            of_year,
        ),
        (
            json!({ "polarity": "H", "targets": { "2014/15": { "target": 85, "floor": 70, "green": [80, 90] } } }),
            Code::GreenBand,
            of_year,
        ),
        (
            json!({ "polarity": "T", "targets": { "2014/15": { "target": 15, "floor": 10 } } }),
            Code::BadValue,
            of_year,
        ),
    ];
    for (keys, code, at) in cases {
        let pointer =
            if at.is_empty() { "/indicator/2".to_owned() } else { format!("/indicator/2/{at}") };
        file.assert_refused(&with(keys.clone()), &[code], "", &pointer, &keys.to_string());
    }
    // Without any year of its own, a floor or a green band has no target to belong to.
    for (polarity, key, band) in [
        ("H", "floor", json!(70)),
        ("T", "floor", json!([10, 20])),
        ("T", "green", json!([10, 20])),
    ] {
        let document =
            changed(&with(json!({ "polarity": polarity, key: band })), "/indicator/2", |table| {
                assert!(table.remove("targets").is_some());
            });
        file.assert_refused(
            &document,
            &[Code::TargetWithoutFloor],
            "",
            "/indicator/2",
            &format!("{polarity} with a {key} alone"),
        );
    }
}

/// The figures of an identity, and what came in and went out of a stock.
#[test]
fn what_belongs_together_is_there_or_refused_by_both() {
    let file = &FILES[0];
    let least = document(file.shape, Extent::Least);
    let activity = |keys: Value| {
        changed(&least, "/activity/0", |table| {
            table.extend(keys.as_object().expect("keys").clone());
        })
    };
    let id = "[[activity]] id";
    file.assert_accepted(&activity(json!({ "starts": id, "ends": id })), "starts and ends");
    for (only, at) in [("starts", "/activity/0"), ("ends", "/activity/0")] {
        file.assert_refused(&activity(json!({ only: id })), &[Code::MissingKey], "", at, only);
    }
    let indicator = json!({ "indicator": "[[indicator]] id" });
    let same = |figures: Value| {
        changed(&least, "/identity/0", |table| drop(table.insert("same".to_owned(), figures)))
    };
    file.assert_accepted(
        &same(json!([indicator, { "indicator": "[[indicator]] id", "figure": "value" }, { "activity": id }])),
        "three figures",
    );
    file.assert_refused(&same(json!([])), &[Code::BadValue], "", "/identity/0/same", "none");
    file.assert_refused(
        &same(json!([indicator])),
        &[Code::BadValue],
        "",
        "/identity/0/same",
        "one",
    );
    for figure in [
        json!({}),
        json!({ "figure": "value" }),
        json!({ "indicator": "[[indicator]] id", "activity": id }),
        json!({ "activity": id, "figure": "value" }),
        json!({ "activity": id, "cohort": "[[cohort]] id" }),
    ] {
        file.assert_refused(
            &same(json!([indicator, figure])),
            &[Code::BadValue],
            "",
            "/identity/0/same/1",
            &figure.to_string(),
        );
    }
    let source = |at: &str, keys: Value| {
        changed(&least, at, |table| table.extend(keys.as_object().expect("keys").clone()))
    };
    let conditions = json!({ "Placements": ">= 3" });
    for (at, keys) in [
        ("/source/0", json!({ "kind": "activity" })),
        ("/source/0", json!({ "across": { "headings": ["area"] } })),
        ("/source/1", json!({ "kind": "benchmarks" })),
        ("/source/2", json!({ "kind": "records" })),
        ("/source/0", json!({ "no_rows": "zero" })),
        ("/source/0", json!({ "holds": "month" })),
        ("/source/0", json!({ "count_once": "Person" })),
        ("/source/0", json!({ "keep": { "latest": "Day", "per": "Person" } })),
        ("/source/0", json!({ "cohort": { "[[cohort]] id": conditions } })),
        (
            "/source/0",
            json!({ "count": [{ "indicator": "[[indicator]] id", "value": conditions }] }),
        ),
    ] {
        let what = format!("{at} with {keys}");
        file.assert_refused(&source(at, keys), &[Code::BadValue], "", at, &what);
    }
}

#[test]
fn a_date_needs_no_quotes() {
    let file = &FILES[1];
    for text in ["as_at = 2016-01-31", "as_at = \"2016-01-31\""] {
        let (findings, pointers) = file.judge(text);
        assert!(findings.is_empty() && pointers.is_empty(), "{text}: {findings:?} {pointers:?}");
    }
    for text in ["as_at = 2016-01-31T12:00:00Z", "as_at = 12:00:00", "as_at = 2016-01-31 12:00:00"]
    {
        let (findings, pointers) = file.judge(text);
        assert!(
            findings.has_errors() && pointers.contains(&"/as_at".to_owned()),
            "{text}: {findings:?} {pointers:?}"
        );
    }
}

/// Text of the characters on which readers and patterns could disagree.
fn tricky(characters: &'static [char]) -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(characters), 0..8)
        .prop_map(|characters| characters.into_iter().collect())
}

proptest! {
    #[test]
    fn both_know_the_same_texts(title in tricky(&['a', 'é', '9', ' ', '\u{a0}', '\n', '\t', '/', ':', '\\', '"', '\'', '\u{7}', '\u{7f}', '\u{9f}', '\u{2028}', '😀'])) {
        let file = &FILES[0];
        let document = changed(&document(file.shape, Extent::Least), "/scorecard", |table| { table.insert("title".to_owned(), json!(title)); });
        let (findings, pointers) = file.judge(&toml_of(&document));
        prop_assert_eq!(findings.has_errors(), !pointers.is_empty(), "{:?} {:?}", findings, pointers);
    }

    #[test]
    fn both_know_the_same_ids(id in tricky(&['a', 'é', '9', ' ', '\u{a0}', '/', ':', '\\', '.', '-', '"', '\u{7}', '\u{7f}', '\u{9f}', '\u{2028}', '😀'])) {
        let file = &FILES[0];
        let mut document = document(file.shape, Extent::Least);
        let last = document["indicator"].as_array().map_or(0, |all| all.len() - 1);
        document["indicator"][last]["id"] = json!(id);
        // An identity, a product and a source would have to follow it.
        document["product"] = json!([]);
        document["identity"] = json!([]);
        document["source"] = json!([]);
        let (findings, pointers) = file.judge(&toml_of(&document));
        prop_assert_eq!(findings.has_errors(), !pointers.is_empty(), "{:?} {:?}", findings, pointers);
    }

    #[test]
    fn both_know_the_same_months(month in "[0-9]{3,5}[-/ ]?[0-9]{1,3}|20[0-9]{2}-[01][0-9]") {
        let file = &FILES[0];
        let mut document = document(file.shape, Extent::Least);
        document["indicator"][0]["from"] = json!(month);
        // Limits start again only while the indicator is in force.
        document["indicator"][0].as_object_mut().expect("a table").remove("rebase");
        let (findings, pointers) = file.judge(&toml_of(&document));
        prop_assert_eq!(findings.has_errors(), !pointers.is_empty(), "{:?} {:?}", findings, pointers);
    }
}
