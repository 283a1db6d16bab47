//! A JSON Schema made from a [`TableShape`], so that an editor can complete and check a file while
//! it is typed.
//!
//! The schema has the keys, the values that each takes, and which keys need one another. The rest
//! is left to the reader: that a name is defined, that a floor is on the right side of its target,
//! that an id is used only once.

use serde_json::{Map, Value, json};

use super::shape::{Key, KeyKind, TableShape};

/// The draft that TOML editors support.
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

// The digits are spelled out as `[0-9]`, because validators disagree about `\d`. A text may have
// several lines, so line ends and tabs are the only control characters allowed in it; an id may
// have none.
const TEXT: &str = concat!(
    r"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*",
    r"[^\s\u0000-\u001F\u007F-\u009F]",
    r"[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*$",
);
const ID: &str = concat!(
    r"^[^/\\:\u0000-\u001F\u007F-\u009F]*",
    r"[^\s/\\:\u0000-\u001F\u007F-\u009F]",
    r"[^/\\:\u0000-\u001F\u007F-\u009F]*$",
);
const MONTH: &str = "^[0-9]{4}-(0[1-9]|1[0-2])$";
const YEAR: &str = "^[0-9]{4}(/[0-9]{2})?$";
const PERCENTAGE: &str = "^[0-9]{1,3}(\\.[0-9]{1,6})?%$";
const CHANGE: &str = "^ *[+-]?[0-9]*\\.?[0-9]* *% *$";
const DATE: &str = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";

/// The JSON Schema, draft 7, of the file that `shape` describes.
///
/// A TOML date is described as a string, because editors validate it as one. Keys are in the order
/// of the shape, and the same shape always gives the same schema.
#[must_use]
pub fn json_schema(shape: &'static TableShape) -> Value {
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

/// Adds the definition of every table below `shape`, whose own path is `path`.
fn define_below(shape: &'static TableShape, path: &str, definitions: &mut Map<String, Value>) {
    for key in shape.keys {
        if let Some(below) = key.kind.below() {
            let path = below_path(path, key);
            definitions.insert(path.clone(), Value::Object(table(below, &path)));
            define_below(below, &path, definitions);
        }
    }
}

/// `cohort.group`: the name of a table among the definitions.
fn below_path(path: &str, key: &Key) -> String {
    if path.is_empty() { key.name.to_owned() } else { format!("{path}.{}", key.name) }
}

fn table(shape: &'static TableShape, path: &str) -> Map<String, Value> {
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
    let rules = (shape.rules)();
    if !rules.is_empty() {
        insert("allOf", json!(rules));
    }
    schema
}

fn property(key: &'static Key, path: &str) -> Value {
    let mut schema = Map::new();
    schema.insert("description".to_owned(), json!(key.about));
    if let Value::Object(takes) = takes(key.kind, &below_path(path, key)) {
        schema.extend(takes);
    }
    Value::Object(schema)
}

fn takes(kind: KeyKind, path: &str) -> Value {
    let reference = || json!({ "$ref": format!("#/definitions/{path}") });
    let text = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    let number = json!({ "type": "number" });
    match kind {
        KeyKind::Text => text(TEXT),
        KeyKind::Id => text(ID),
        KeyKind::Texts => json!({ "type": "array", "items": text(TEXT) }),
        KeyKind::Choice(words) => json!({ "type": "string", "enum": words }),
        KeyKind::ChoiceList(words) => {
            let word = json!({ "type": "string", "enum": words });
            json!({ "type": "array", "items": word, "uniqueItems": true })
        }
        KeyKind::Flag => json!({ "type": "boolean" }),
        KeyKind::Month => text(MONTH),
        KeyKind::Year => text(YEAR),
        KeyKind::Date => json!({ "type": "string", "format": "date", "pattern": DATE }),
        KeyKind::Whole { min, max } => json!({ "type": "integer", "minimum": min, "maximum": max }),
        KeyKind::Number => number,
        KeyKind::Percentage => text(PERCENTAGE),
        KeyKind::Numbers(numbers) => {
            let number = |text: &&str| serde_json::from_str(text).expect("it is a number");
            json!({ "enum": numbers.iter().map(number).collect::<Vec<Value>>() })
        }
        KeyKind::Pair => json!({ "type": "array", "items": number, "minItems": 2, "maxItems": 2 }),
        KeyKind::NumberList(count) => {
            json!({ "type": "array", "items": number, "minItems": count, "maxItems": count })
        }
        KeyKind::RelativeTarget => json!({
            "type": "object",
            "properties": {
                "since": text(MONTH),
                "change": text(CHANGE),
                "points": number,
                "benchmark": { "type": "string", "minLength": 1 },
            },
            "additionalProperties": false,
            "oneOf": [
                { "required": ["since", "change"] },
                { "required": ["since", "points"] },
                { "required": ["benchmark"] },
            ],
            "dependencies": {
                "benchmark": { "properties": { "since": false, "change": false, "points": false } },
            },
        }),
        KeyKind::OneNumber(names) => {
            let above_0 = json!({ "type": "number", "exclusiveMinimum": 0 });
            let properties: Map<_, _> =
                names.iter().map(|name| ((*name).to_owned(), above_0.clone())).collect();
            json!({
                "type": "object",
                "properties": properties,
                "additionalProperties": false,
                "minProperties": 1,
                "maxProperties": 1,
            })
        }
        KeyKind::AnyOf { kinds, .. } => {
            let kinds: Vec<_> = kinds.iter().map(|kind| takes(*kind, path)).collect();
            json!({ "anyOf": kinds })
        }
        // Draft 7 ignores everything next to a `$ref`, and the description must not be lost.
        KeyKind::Table(_) => json!({ "allOf": [reference()] }),
        KeyKind::Tables(_) => json!({ "type": "array", "items": reference() }),
        KeyKind::Map { names, words } => {
            let properties: Map<_, _> = names()
                .into_iter()
                .map(|name| (name.to_owned(), json!({ "enum": words })))
                .collect();
            json!({ "type": "object", "properties": properties, "additionalProperties": false })
        }
        KeyKind::Conditions => {
            json!({ "type": ["object", "array"], "items": { "type": "object" } })
        }
        KeyKind::ByName(kind) => {
            json!({ "type": "object", "additionalProperties": takes(*kind, path) })
        }
        KeyKind::Years(_) => json!({
            "type": "object",
            "patternProperties": { YEAR: reference(), MONTH: reference() },
            "additionalProperties": false,
        }),
    }
}

/// A rule that `then` holds if `key` is one of `words`, for [`TableShape::rules`].
pub(crate) fn when(key: &str, words: &[&str], then: &Value) -> Value {
    json!({ "if": { "properties": { key: { "enum": words } }, "required": [key] }, "then": then })
}
