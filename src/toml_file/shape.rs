//! A description of a TOML file as data, shared by the reader, the JSON Schema and the test of the
//! documentation. [`table!`](super::table) generates it.

use serde_json::Value;

use crate::diagnostic::{Findings, Source};
use crate::text::quote;

/// A table of a TOML file: `[scorecard]`, each `[[indicator]]`.
#[derive(Debug)]
pub struct TableShape {
    /// Its header in the file: `[[indicator]]`.
    pub header: &'static str,
    /// What it is for, in a sentence.
    pub about: &'static str,
    /// Its keys, in the order of the documentation.
    pub keys: &'static [Key],
    /// The rules between its keys, as JSON Schema. The code that reads the values enforces the same
    /// rules.
    pub rules: fn() -> Vec<Value>,
    /// Reads a whole file of this shape, only to find what is wrong with it.
    pub check: fn(&Source, &mut Findings),
}

impl TableShape {
    /// The key called `name`. `None` if there is no such key.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// This table and all those below it.
    #[must_use]
    pub fn walk(&'static self) -> Vec<&'static Self> {
        let mut shapes = vec![self];
        for key in self.keys {
            if let Some(shape) = key.kind.below() {
                shapes.extend(shape.walk());
            }
        }
        shapes
    }
}

/// A key of a table.
#[derive(Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// Whether it is required.
    pub required: bool,
    /// The kind of value that it takes.
    pub kind: KeyKind,
    /// What it means, in a sentence.
    pub about: &'static str,
}

impl Key {
    /// A required key.
    #[must_use]
    pub const fn required(name: &'static str, kind: KeyKind, about: &'static str) -> Self {
        Self { name, required: true, kind, about }
    }

    /// An optional key.
    #[must_use]
    pub const fn optional(name: &'static str, kind: KeyKind, about: &'static str) -> Self {
        Self { name, required: false, kind, about }
    }
}

/// The words that a key takes, which are those of an enum.
pub type Choices = &'static [&'static str];

/// The kind of value that a key takes. For each kind there is a type in `kinds` that reads it.
#[derive(Clone, Copy, Debug)]
pub enum KeyKind {
    /// Text that is not empty and has no control characters.
    Text,
    /// Text that can be part of a file name: also without `/`, `\` and `:`.
    Id,
    /// A list of texts.
    Texts,
    /// One of a few words.
    Choice(Choices),
    /// A list of such words, each at most once.
    ChoiceList(Choices),
    /// `true` or `false`.
    Flag,
    /// A month, `"2016-01"`.
    Month,
    /// A financial year, `"2015/16"`; whether it is valid depends on the month that years start in.
    Year,
    /// A date, `2016-01-31`, with or without quotes.
    Date,
    /// A whole number within limits.
    Whole {
        /// The lowest allowed.
        min: u32,
        /// The highest allowed.
        max: u32,
    },
    /// A number.
    Number,
    /// A percentage as text, `"1%"`.
    Percentage,
    /// One of a few numbers.
    Numbers(Choices),
    /// `[low, high]`.
    Pair,
    /// A list of so many numbers.
    NumberList(usize),
    /// What a target is worked out from: `{ since = "2012-08", change = "-30%" }`, or
    /// `{ benchmark = "england" }`.
    RelativeTarget,
    /// An inline table of one of these names, with a number above 0.
    OneNumber(&'static [&'static str]),
    /// Any of several kinds.
    AnyOf {
        /// The kinds.
        kinds: &'static [KeyKind],
        /// A description of all of them, for a remedy.
        wanted: &'static str,
    },
    /// One table.
    Table(&'static TableShape),
    /// A list of tables.
    Tables(&'static TableShape),
    /// A table for each financial year.
    Years(&'static TableShape),
    /// Conditions of rows: a table of columns, or a list of such tables.
    Conditions,
    /// A table of any names, each with something of a kind.
    ByName(&'static KeyKind),
    /// A table whose keys are names from a list, each with one of a few words as its value.
    Map {
        /// The names.
        names: fn() -> Vec<&'static str>,
        /// The words.
        words: Choices,
    },
}

impl KeyKind {
    /// The shape of the table or tables that it takes. `None` if it takes none.
    #[must_use]
    pub fn below(self) -> Option<&'static TableShape> {
        match self {
            Self::Table(shape) | Self::Tables(shape) | Self::Years(shape) => Some(shape),
            _ => None,
        }
    }

    /// Whether it takes a number without quotes.
    pub(super) fn takes_a_number(self) -> bool {
        match self {
            Self::Whole { .. } | Self::Number | Self::Numbers(_) => true,
            Self::AnyOf { kinds, .. } => kinds.iter().any(|kind| kind.takes_a_number()),
            _ => false,
        }
    }

    /// The values that it takes, in words, for a remedy.
    #[must_use]
    pub fn wanted(self) -> String {
        match self {
            Self::Text => "text in quotes".to_owned(),
            Self::Id => "text in quotes without / \\ : or control characters".to_owned(),
            Self::Texts => "a list of texts, such as [\"a\", \"b\"]".to_owned(),
            Self::Choice(words) => one_of(words),
            Self::ChoiceList(words) => format!("a list of any of {}", one_of(words)),
            Self::Flag => "true or false, without quotes".to_owned(),
            Self::Month => "a month in quotes, such as \"2016-01\"".to_owned(),
            Self::Year => "a financial year in quotes, such as \"2015/16\"".to_owned(),
            Self::Date => "a date, such as 2016-01-31".to_owned(),
            Self::Whole { min, max } => format!("a whole number from {min} to {max}"),
            Self::Number => "a number, such as 85".to_owned(),
            Self::Percentage => "a percentage in quotes, such as \"1%\"".to_owned(),
            Self::Numbers(numbers) => numbers.join(" or "),
            Self::Pair => "a pair of numbers, such as [5, 10]".to_owned(),
            Self::NumberList(count) => format!("a list of {count} numbers"),
            Self::RelativeTarget => {
                "a table such as { since = \"2012-08\", change = \"-30%\" } or \
                    { benchmark = \"england\" }"
                    .to_owned()
            }
            Self::OneNumber(names) => {
                let tables: Vec<_> = names.iter().map(|name| format!("{{ {name} = 5 }}")).collect();
                tables.join(" or ")
            }
            Self::AnyOf { wanted, .. } => wanted.to_owned(),
            Self::Table(shape) => format!("a table, {}", shape.header),
            Self::Tables(shape) => format!("tables, each under its own {}", shape.header),
            Self::Years(shape) => format!("a table for each year, such as {}", shape.header),
            Self::Conditions => {
                "conditions in a table, such as { Status = \"Open\" }, or a list of such tables"
                    .to_owned()
            }
            Self::ByName(kind) => format!("a table of names, each with {}", kind.wanted()),
            Self::Map { words, .. } => format!("a table of names, each with {}", one_of(words)),
        }
    }
}

/// `"H", "L" or "T"`.
fn one_of(words: Choices) -> String {
    let quoted: Vec<_> = words.iter().map(|word| quote(word)).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
