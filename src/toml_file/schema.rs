//! A JSON Schema made from a [`Shape`], so that an editor completes and checks a file while it is
//! typed.
//!
//! The schema says which keys there are, what each takes and which of them need one another. What
//! it cannot say is left to the reader: that a name is defined, that a floor is on the right side
//! of its target, that an id is used once.

use serde_json::{Map, Value, json};

use super::shape::{Key, Kind, Shape};

/// The draft that editors of TOML understand.
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

// Digits are written out: what `\d` stands for differs between validators. A text may be written
// over several lines, so line ends and tabs are the only control characters it may have; an id has
// none.
const TEXT: &str = r"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*[^\s\u0000-\u001F\u007F-\u009F][^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*$";
const ID: &str = r"^[^/\\:\u0000-\u001F\u007F-\u009F]*[^\s/\\:\u0000-\u001F\u007F-\u009F][^/\\:\u0000-\u001F\u007F-\u009F]*$";
const MONTH: &str = "^[0-9]{4}-(0[1-9]|1[0-2])$";
const YEAR: &str = "^[0-9]{4}(/[0-9]{2})?$";
const DATE: &str = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";

/// The JSON Schema, draft 7, of the file that `shape` describes.
///
/// A date of TOML is a text in JSON, as it is for the validators of editors. The order of keys is
/// that of the shape, and the same shape always gives the same schema.
#[must_use]
pub fn json_schema(shape: &'static Shape) -> Value {
    let mut definitions = Map::new();
    define_below(shape, "", &mut definitions);
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!(DRAFT));
    schema.extend(table(shape, ""));
    if !definitions.is_empty() {
        schema.insert("definitions".to_owned(), Value::Object(definitions));
    }
    Value::Object(schema)
}

/// Adds every table below `shape`, which itself stands at `path`.
fn define_below(shape: &'static Shape, path: &str, definitions: &mut Map<String, Value>) {
    for key in shape.keys {
        if let Kind::Table(below) | Kind::Tables(below) | Kind::Years(below) = key.kind {
            let path = below_path(path, key);
            definitions.insert(path.clone(), Value::Object(table(below, &path)));
            define_below(below, &path, definitions);
        }
    }
}

/// `cohort.group`: what a table is called among the definitions.
fn below_path(path: &str, key: &Key) -> String {
    if path.is_empty() { key.name.to_owned() } else { format!("{path}.{}", key.name) }
}

fn table(shape: &'static Shape, path: &str) -> Map<String, Value> {
    let mut schema = Map::new();
    let mut insert = |keyword: &str, value: Value| schema.insert(keyword.to_owned(), value);
    insert("title", json!(shape.header));
    insert("description", json!(shape.about));
    insert("type", json!("object"));
    let required: Vec<_> =
        shape.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    if !required.is_empty() {
        insert("required", json!(required));
    }
    insert(
        "properties",
        shape.keys.iter().map(|key| (key.name.to_owned(), property(key, path))).collect(),
    );
    insert("additionalProperties", json!(false));
    let rules = rules(shape);
    if !rules.is_empty() {
        insert("allOf", json!(rules));
    }
    schema
}

fn property(key: &'static Key, path: &str) -> Value {
    let mut schema = Map::new();
    schema.insert("description".to_owned(), json!(key.about));
    if let Value::Object(takes) = takes(key, path) {
        schema.extend(takes);
    }
    Value::Object(schema)
}

fn takes(key: &'static Key, path: &str) -> Value {
    let reference = || json!({ "$ref": format!("#/definitions/{}", below_path(path, key)) });
    let text = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    let number = json!({ "type": "number" });
    let pair = json!({ "type": "array", "items": &number, "minItems": 2, "maxItems": 2 });
    match key.kind {
        Kind::Text => text(TEXT),
        Kind::Id => text(ID),
        Kind::Texts => json!({ "type": "array", "items": text(TEXT) }),
        Kind::Choice(words) => json!({ "type": "string", "enum": words }),
        Kind::Month => text(MONTH),
        Kind::Year => text(YEAR),
        Kind::Date => json!({ "type": "string", "format": "date", "pattern": DATE }),
        Kind::Whole { min, max } => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Kind::NumberOrPair => json!({ "anyOf": [number, pair] }),
        Kind::Pair => pair,
        Kind::Floor => json!({ "anyOf": [number, pair, { "type": "string", "enum": ["none"] }] }),
        // In draft 7 nothing may stand beside a reference, and the description does.
        Kind::Table(_) => json!({ "allOf": [reference()] }),
        Kind::Tables(_) => json!({ "type": "array", "items": reference() }),
        Kind::Map { names, words } => {
            let properties: serde_json::Map<_, _> = names()
                .into_iter()
                .map(|name| (name.to_owned(), json!({ "enum": words })))
                .collect();
            json!({ "type": "object", "properties": properties, "additionalProperties": false })
        }
        Kind::Years(_) => {
            json!({ "type": "object", "patternProperties": { YEAR: reference() }, "additionalProperties": false })
        }
    }
}

/// What the keys of a table say about one another, for a table that has them.
fn rules(shape: &Shape) -> Vec<Value> {
    let has = |names: &[&str]| names.iter().all(|name| shape.key(name).is_some());
    let mut rules = Vec::new();
    if has(&["unit", "per"]) {
        let (rate, others) = split(shape, "unit", "rate");
        rules.push(when("unit", &rate, &json!({ "required": ["per"] })));
        rules.push(when("unit", &others, &json!({ "properties": { "per": false } })));
    }
    if has(&["polarity", "target", "floor", "green", "targets"]) {
        // Those of other years inherit, so they can only be held against the polarity.
        let with_years = |own: Value| {
            let mut keys = own.clone();
            keys["targets"] = json!({ "additionalProperties": { "properties": own } });
            json!({ "properties": keys })
        };
        let (near, one_sided) = split(shape, "polarity", "T");
        let number_only = json!({ "target": { "type": "number" }, "floor": { "type": ["number", "string"] }, "green": false });
        let pair_only = json!({ "floor": { "type": ["array", "string"] } });
        rules.push(when("polarity", &one_sided, &with_years(number_only)));
        rules.push(when("polarity", &near, &with_years(pair_only)));
        let some_target =
            json!({ "anyOf": [{ "required": ["target"] }, { "required": ["targets"] }] });
        rules.push(json!({ "dependencies": { "target": ["floor"], "floor": &some_target, "green": &some_target } }));
    }
    if has(&["starts", "ends"]) {
        rules.push(json!({ "dependencies": { "starts": ["ends"], "ends": ["starts"] } }));
    }
    if has(&["same"]) {
        rules.push(json!({ "properties": { "same": { "minItems": 2 } } }));
    }
    if has(&["indicator", "figure", "cohort", "activity"]) {
        let of_indicator =
            json!({ "required": ["indicator"], "properties": { "activity": false } });
        let of_activity = json!({ "required": ["activity"], "properties": { "indicator": false, "figure": false, "cohort": false } });
        rules.push(json!({ "oneOf": [of_indicator, of_activity] }));
    }
    rules
}

/// A rule for the tables in which `key` is one of `words`.
fn when(key: &str, words: &[&str], then: &Value) -> Value {
    json!({ "if": { "properties": { key: { "enum": words } }, "required": [key] }, "then": then })
}

/// The words of a choice: the one that a rule is about, and the others.
fn split(shape: &Shape, key: &str, word: &str) -> (Vec<&'static str>, Vec<&'static str>) {
    match shape.key(key).map(|key| key.kind) {
        Some(Kind::Choice(words)) => words.iter().copied().partition(|other| *other == word),
        _ => Default::default(),
    }
}
