//! Reading a file into the type that [`table!`] defines.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::document;
use super::entry::{KeyValue, Spanned};
use super::kinds::{Takes, Wrong};
use super::shape::{Key, KeyKind, TableShape};
use crate::diagnostic::{Code, Finding, Findings, Source};
use crate::text::did_you_mean;

/// A value of a parsed file.
pub(crate) type TomlItem<'d> = toml::Spanned<DeValue<'d>>;

/// A type that a table of a file is read into.
pub(crate) trait TomlTable: Default {
    /// The description of its keys.
    const SHAPE: &'static TableShape;

    /// Reads a table whose header is at `span`, and reports what should not be there.
    fn read(reader: &mut TableReader<'_>, table: &DeTable<'_>, span: Range<usize>) -> Self;
}

/// Reads a whole file as a `T`. Everything that is wrong with it becomes a finding, and the rest is
/// returned.
pub(crate) fn read<T: TomlTable>(source: &Source, findings: &mut Findings) -> T {
    let mut found = Findings::default();
    let (text, inserted) = document::with_double_brackets(source, T::SHAPE, &mut found);
    let (mut root, errors) = DeTable::parse_recoverable(&text);
    let rest;
    if !errors.is_empty() {
        rest = document::blanked(source, text.to_string(), &inserted, errors, &mut found);
        root = DeTable::parse_recoverable(&rest).0;
    }
    let mut reader = TableReader { source, root: T::SHAPE, inserted, findings: &mut found };
    let table = T::read(&mut reader, root.get_ref(), 0..0);
    found.drop_consequences_of(Code::Syntax);
    findings.append(found);
    table
}

/// The state that is needed to report findings while a file is read.
pub(crate) struct TableReader<'r> {
    source: &'r Source,
    /// The shape of the whole file: a key that is unknown in one table may belong to another.
    root: &'static TableShape,
    /// The positions in the parsed text of characters that are not in the file.
    inserted: Vec<usize>,
    findings: &'r mut Findings,
}

impl TableReader<'_> {
    /// The position in the file of a span of the parsed text.
    pub(super) fn in_file(&self, span: Range<usize>) -> Range<usize> {
        document::in_file(span, &self.inserted)
    }

    /// Reports the keys that a table should not have, and the required ones that are missing.
    pub(crate) fn check_keys(
        &mut self,
        shape: &'static TableShape,
        table: &DeTable<'_>,
        span: &Range<usize>,
    ) {
        for key in table.keys().filter(|key| shape.key(key.get_ref()).is_none()) {
            let remedy = unknown_key_remedy(key.get_ref(), shape, self.root);
            let found =
                format!("unknown key `{}` in {}", key.get_ref().escape_debug(), shape.header);
            self.push(Code::UnknownKey, self.in_file(key.span()), found, remedy);
        }
        for key in shape.keys.iter().filter(|key| key.required && !table.contains_key(key.name)) {
            let found = format!("{} has no `{}`", shape.header, key.name);
            let remedy =
                format!("add `{}`: {}; it takes {}", key.name, key.about, key.kind.wanted());
            self.push(Code::MissingKey, span.clone(), found, remedy);
        }
    }

    /// The value that a table has for a key, read as a `T`.
    pub(crate) fn entry<T: Takes>(
        &mut self,
        shape: &'static TableShape,
        name: &str,
        table: &DeTable<'_>,
    ) -> KeyValue<T::Value> {
        // Most tables have few of the keys that they may have.
        let Some(item) = table.get(name) else { return KeyValue::Absent };
        let Some(key) = shape.key(name) else { return KeyValue::Absent };
        match T::read(self, key, item) {
            Ok(value) => KeyValue::Read(self.spanned(value, item)),
            Err(wrong) => {
                self.refuse(key, item, &wrong);
                KeyValue::Refused(self.in_file(item.span()))
            }
        }
    }

    /// A value with its position in the file.
    pub(super) fn spanned<T>(&self, value: T, item: &TomlItem<'_>) -> Spanned<T> {
        Spanned { value, span: self.in_file(item.span()) }
    }

    /// Reports that a value, or a part of it, is not allowed for a key.
    pub(crate) fn refuse(&mut self, key: &'static Key, item: &TomlItem<'_>, wrong: &Wrong) {
        let wanted = key.kind.wanted();
        let span = self.in_file(item.span());
        match wrong {
            Wrong::Type => {
                let what = type_in_words(item.get_ref());
                let remedy = format!("it takes {wanted}{}", hint(key.kind, item.get_ref()));
                self.push(Code::WrongType, span, format!("`{}` is {what} here", key.name), remedy);
            }
            Wrong::Value(why) => {
                let remedy = format!("{}: it takes {wanted}", key.about);
                self.push(Code::BadValue, span, format!("`{}` {why}", key.name), remedy);
            }
        }
    }

    /// Reports a name in the table of a key that is a key of a table above it, and says whether it
    /// is one: it has been written below a header instead of above it.
    pub(super) fn report_key_of_above(&mut self, key: &Key, name: &Spanned<String>) -> bool {
        let shapes = self.root.walk();
        let has_key = |shape: &TableShape| shape.keys.iter().any(|one| std::ptr::eq(one, key));
        let is_above = |shape: &&&'static TableShape| {
            shape.key(&name.value).is_some() && shape.walk().into_iter().any(has_key)
        };
        let Some(home) =
            shapes.iter().filter(|shape| !std::ptr::eq(**shape, self.root)).find(is_above)
        else {
            return false;
        };
        let (found, remedy) = written_too_low(&name.value, home.header);
        self.push(Code::UnknownKey, name.span.clone(), found, remedy);
        true
    }

    /// Reports a finding.
    pub(super) fn push(
        &mut self,
        code: Code,
        span: Range<usize>,
        found: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let finding: Finding = self.source.finding(code, span, found, remedy);
        self.findings.push(finding);
    }
}

/// What is said of a key that stands below one of the tables of its own.
pub(crate) fn written_too_low(key: &str, header: &str) -> (String, String) {
    let found = format!("`{key}` is a key of {header}, and stands below one of its tables");
    let remedy = format!(
        "move it up, above the first header below {header}: a key belongs to the last header \
         above it"
    );
    (found, remedy)
}

fn unknown_key_remedy(key: &str, shape: &'static TableShape, root: &'static TableShape) -> String {
    let guess = did_you_mean(key, shape.keys.iter().map(|key| key.name));
    if guess.is_empty()
        && let Some(home) = root
            .walk()
            .into_iter()
            .find(|home| !std::ptr::eq(*home, shape) && home.key(key).is_some())
    {
        return format!(
            "`{key}` belongs to {}: move it there; a key belongs to the last header above it, so \
             it must stand above {}",
            home.header, shape.header
        );
    }
    let known: Vec<_> = shape.keys.iter().map(|key| key.name).collect();
    format!("{guess}{} takes: {}", shape.header, known.join(", "))
}

/// A correction to suggest, if a value of the wrong type shows what is meant; else an empty text.
fn hint(kind: KeyKind, value: &DeValue<'_>) -> String {
    match (kind, value) {
        (KeyKind::Id | KeyKind::Text | KeyKind::Year, DeValue::Integer(number)) => {
            format!("; write \"{number}\"")
        }
        (KeyKind::Tables(shape), DeValue::Table(_)) => {
            format!("; write {} in double brackets, for each of them", shape.header)
        }
        (kind, DeValue::String(_)) if kind.takes_a_number() => {
            "; write the number without quotes".to_owned()
        }
        _ => String::new(),
    }
}

/// The type of a value, in words for people who are not programmers.
fn type_in_words(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with decimals",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Defines the type that a table of a TOML file is read into and describes its keys, both in one
/// list:
///
/// ```text
/// table! {
///     AreaKeys: "[[area]]", "An area or a team.";
///     name: required TextValue, "its name, as in the extracts";
///     kind: optional Choice<AreaKind>, "a team is in the activity table only";
/// }
/// ```
///
/// A key that is not described cannot be read, because it has no field. A key that is described but
/// never read does not compile either, because its field is dead code, which is denied.
///
/// If a key is not a valid name for a field, write both: `reference = "ref": ...`. The rules
/// between keys come from a function, named after the sentence about the table, and end up in the
/// JSON Schema: `"An area or a team.", rules = rules;`.
macro_rules! table {
    (
        $name:ident: $header:literal, $about:literal $(, rules = $rules:path)?;
        $( $field:ident $(= $key:literal)?: $presence:ident $takes:ty, $meaning:literal; )+
    ) => {
        #[doc = concat!("`", $header, "` as it is written. ", $about)]
        #[derive(Clone, Debug, Default)]
        #[deny(dead_code)]
        pub(crate) struct $name {
            $(
                #[doc = $meaning]
                pub(crate) $field: $crate::toml_file::KeyValue<
                    <$takes as $crate::toml_file::Takes>::Value,
                >,
            )+
            /// The position of its header.
            #[allow(dead_code, reason = "not every table is pointed at as a whole")]
            pub(crate) span: std::ops::Range<usize>,
        }

        impl $crate::toml_file::TomlTable for $name {
            const SHAPE: &'static $crate::toml_file::TableShape = {
                static SHAPE: $crate::toml_file::TableShape = $crate::toml_file::TableShape {
                    header: $header,
                    about: $about,
                    keys: &[$(
                        $crate::toml_file::Key::$presence(
                            $crate::toml_file::table!(@key $field $($key)?),
                            <$takes as $crate::toml_file::Takes>::KIND,
                            $meaning,
                        ),
                    )+],
                    rules: $crate::toml_file::table!(@rules $($rules)?),
                    check: |source, findings| {
                        let _ = $crate::toml_file::read::<$name>(source, findings);
                    },
                };
                &SHAPE
            };

            fn read(
                reader: &mut $crate::toml_file::TableReader<'_>,
                table: &toml::de::DeTable<'_>,
                span: std::ops::Range<usize>,
            ) -> Self {
                reader.check_keys(Self::SHAPE, table, &span);
                Self {
                    $(
                        $field: reader.entry::<$takes>(
                            Self::SHAPE,
                            $crate::toml_file::table!(@key $field $($key)?),
                            table,
                        ),
                    )+
                    span,
                }
            }
        }
    };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
    (@rules) => { Vec::new };
    (@rules $rules:path) => { $rules };
}
pub(crate) use table;
