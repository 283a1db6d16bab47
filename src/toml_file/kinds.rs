//! The values that keys take: for each [`KeyKind`] there is a type that names it and reads such
//! values.
//!
//! A key with a kind of value of its own, such as a target, implements [`Takes`] next to that key.

use std::marker::PhantomData;
use std::ops::Range;

use toml::de::DeValue;

use super::entry::Spanned;
use super::shape::{Choices, Key, KeyKind};
use super::table::{TableReader, TomlItem, TomlTable};
use crate::diagnostic::Code;
use crate::figure::{Decimal, NotADecimal};
use crate::month;
use crate::text::{did_you_mean, nearest, quote};

/// A kind of value that a key can take.
pub(crate) trait Takes {
    /// The type that values are read into.
    type Value;
    /// How the kind is described.
    const KIND: KeyKind;

    /// Reads a value. A problem with only a part of it is reported to `reader`, and the rest is
    /// read.
    fn read(
        reader: &mut TableReader<'_>,
        key: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<Self::Value, Wrong>;
}

/// Why a value is not what its key takes.
pub(crate) enum Wrong {
    /// It has the wrong type.
    Type,
    /// It has the right type, but is not allowed; the text, put after the name of the key, says
    /// why.
    Value(String),
}

/// Text, without spaces around it.
pub(crate) struct TextValue;

impl Takes for TextValue {
    type Value = String;
    const KIND: KeyKind = KeyKind::Text;

    fn read(
        _: &mut TableReader<'_>,
        _: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<String, Wrong> {
        text(item.get_ref(), IsFolded::Yes)
    }
}

/// The path of a file, just as it is written: spaces and whatever else a system lets into a name
/// are part of it.
pub(crate) struct PathValue;

impl Takes for PathValue {
    type Value = String;
    const KIND: KeyKind = KeyKind::Text;

    fn read(
        _: &mut TableReader<'_>,
        _: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<String, Wrong> {
        let path = item.get_ref().as_str().ok_or(Wrong::Type)?;
        if path.is_empty() {
            return Err(Wrong::Value("is empty".to_owned()));
        }
        Ok(path.to_owned())
    }
}

/// Text that can be part of a file name.
pub(crate) struct IdValue;

impl Takes for IdValue {
    type Value = String;
    const KIND: KeyKind = KeyKind::Id;

    fn read(
        reader: &mut TableReader<'_>,
        key: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<String, Wrong> {
        let id = text(item.get_ref(), IsFolded::No)?;
        // Report it but keep the id, because other keys may refer to it.
        if let Some(index) = id.find(['/', '\\', ':']) {
            let mark = quote(&id[index..=index]);
            let why = format!("has a {mark}, which cannot be in the name of a file");
            reader.refuse(key, item, &Wrong::Value(why));
        }
        Ok(id)
    }
}

/// A list of texts.
pub(crate) struct TextList;

impl Takes for TextList {
    type Value = Vec<Spanned<String>>;
    const KIND: KeyKind = KeyKind::Texts;

    fn read(
        reader: &mut TableReader<'_>,
        key: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<Self::Value, Wrong> {
        each::<TextAt>(reader, key, item)
    }
}

/// A text, or a list of them.
pub(crate) struct TextOrTexts;

impl Takes for TextOrTexts {
    type Value = Vec<Spanned<String>>;
    const KIND: KeyKind = KeyKind::AnyOf {
        kinds: &[KeyKind::Text, KeyKind::Texts],
        wanted: "text in quotes, or a list of texts, such as [\"a\", \"b\"]",
    };

    fn read(
        reader: &mut TableReader<'_>,
        key: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<Self::Value, Wrong> {
        if matches!(item.get_ref(), DeValue::Array(_)) {
            return TextList::read(reader, key, item);
        }
        Ok(vec![TextAt::read(reader, key, item)?])
    }
}

/// A table of any names, each with something of a kind.
pub(crate) struct ByName<T>(PhantomData<T>);

impl<T: Takes> Takes for ByName<T> {
    type Value = Vec<(Spanned<String>, T::Value)>;
    const KIND: KeyKind = KeyKind::ByName(&T::KIND);

    fn read(
        reader: &mut TableReader<'_>,
        key: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<Self::Value, Wrong> {
        let DeValue::Table(table) = item.get_ref() else { return Err(Wrong::Type) };
        let mut entries = Vec::with_capacity(table.len());
        for (name, element) in table {
            let span: Range<usize> = reader.in_file(name.span());
            let named = Spanned { value: name.get_ref().clone().into_owned(), span };
            match T::read(reader, key, element) {
                Ok(value) => entries.push((named, value)),
                Err(_) if reader.report_key_of_above(key, &named) => {}
                Err(wrong) => reader.refuse(key, element, &wrong),
            }
        }
        Ok(entries)
    }
}

/// A text with where it stands.
pub(crate) struct TextAt;

impl Takes for TextAt {
    type Value = Spanned<String>;
    const KIND: KeyKind = KeyKind::Text;

    fn read(
        reader: &mut TableReader<'_>,
        _: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<Self::Value, Wrong> {
        Ok(reader.spanned(text(item.get_ref(), IsFolded::Yes)?, item))
    }
}

/// A type that is written as one of a few words; [`words!`](super::words) defines one.
pub(crate) trait Words: Sized {
    /// The words, in order.
    const WORDS: Choices;

    /// Parses a word. `None` if it is not one of them.
    fn from_word(word: &str) -> Option<Self>;
}

/// One of a few words, read into the enum that they stand for.
pub(crate) struct Choice<W>(PhantomData<W>);

impl<W: Words> Takes for Choice<W> {
    type Value = W;
    const KIND: KeyKind = KeyKind::Choice(W::WORDS);

    fn read(_: &mut TableReader<'_>, _: &'static Key, item: &TomlItem<'_>) -> Result<W, Wrong> {
        let word = word(item.get_ref(), W::WORDS)?;
        Ok(W::from_word(word).expect("every word of the list is one of the type"))
    }
}

/// A list of a few words, each at most once.
pub(crate) struct ChoiceList<W>(PhantomData<W>);

impl<W: Words + PartialEq> Takes for ChoiceList<W> {
    type Value = Vec<W>;
    const KIND: KeyKind = KeyKind::ChoiceList(W::WORDS);

    fn read(
        reader: &mut TableReader<'_>,
        key: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<Self::Value, Wrong> {
        let DeValue::Array(array) = item.get_ref() else { return Err(Wrong::Type) };
        let mut words = Vec::with_capacity(array.len());
        for element in array {
            match word(element.get_ref(), W::WORDS) {
                Ok(word) => {
                    let word = W::from_word(word).expect("every word is one of the type");
                    if words.contains(&word) {
                        reader.refuse(key, element, &Wrong::Value("has a word twice".to_owned()));
                    } else {
                        words.push(word);
                    }
                }
                Err(wrong) => reader.refuse(key, element, &wrong),
            }
        }
        Ok(words)
    }
}

/// `true` or `false`.
pub(crate) struct Flag;

impl Takes for Flag {
    type Value = bool;
    const KIND: KeyKind = KeyKind::Flag;

    fn read(_: &mut TableReader<'_>, _: &'static Key, item: &TomlItem<'_>) -> Result<bool, Wrong> {
        item.get_ref().as_bool().ok_or(Wrong::Type)
    }
}

/// A month.
pub(crate) struct MonthValue;

impl Takes for MonthValue {
    type Value = month::Month;
    const KIND: KeyKind = KeyKind::Month;

    fn read(
        _: &mut TableReader<'_>,
        _: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<month::Month, Wrong> {
        let text = item.get_ref().as_str().ok_or(Wrong::Type)?;
        text.parse().map_err(|_| Wrong::Value(format!("cannot be {}", quote(text))))
    }
}

/// A financial year, kept as text, because its meaning depends on the month that years start in.
pub(crate) struct YearValue;

impl Takes for YearValue {
    type Value = String;
    const KIND: KeyKind = KeyKind::Year;

    fn read(
        _: &mut TableReader<'_>,
        _: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<String, Wrong> {
        text(item.get_ref(), IsFolded::No)
    }
}

/// A date.
pub(crate) struct DateValue;

impl Takes for DateValue {
    type Value = month::Date;
    const KIND: KeyKind = KeyKind::Date;

    fn read(
        _: &mut TableReader<'_>,
        _: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<month::Date, Wrong> {
        use toml::value::Datetime;
        let date = match item.get_ref() {
            DeValue::Datetime(date) => *date,
            DeValue::String(text) => text
                .parse::<Datetime>()
                .map_err(|_| Wrong::Value(format!("cannot be {}", quote(text))))?,
            _ => return Err(Wrong::Type),
        };
        match date {
            Datetime { date: Some(date), time: None, offset: None } => {
                Ok(month::Date { year: date.year, month: date.month, day: date.day })
            }
            _ => Err(Wrong::Value("has a time of day".to_owned())),
        }
    }
}

/// A whole number from `MIN` to `MAX`.
pub(crate) struct Whole<const MIN: u32, const MAX: u32>;

impl<const MIN: u32, const MAX: u32> Takes for Whole<MIN, MAX> {
    type Value = u32;
    const KIND: KeyKind = KeyKind::Whole { min: MIN, max: MAX };

    fn read(_: &mut TableReader<'_>, _: &'static Key, item: &TomlItem<'_>) -> Result<u32, Wrong> {
        let DeValue::Integer(number) = item.get_ref() else { return Err(Wrong::Type) };
        u32::from_str_radix(number.as_str(), number.radix())
            .ok()
            .filter(|number| (MIN..=MAX).contains(number))
            .ok_or_else(|| Wrong::Value(format!("cannot be {number}")))
    }
}

/// A number.
pub(crate) struct NumberValue;

impl Takes for NumberValue {
    type Value = Decimal;
    const KIND: KeyKind = KeyKind::Number;

    fn read(
        _: &mut TableReader<'_>,
        _: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<Decimal, Wrong> {
        number(item.get_ref())
    }
}

/// `[low, high]`.
pub(crate) struct PairValue;

impl Takes for PairValue {
    type Value = (Decimal, Decimal);
    const KIND: KeyKind = KeyKind::Pair;

    fn read(
        _: &mut TableReader<'_>,
        _: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<Self::Value, Wrong> {
        pair(item.get_ref())
    }
}

/// One table.
pub(crate) struct OneTable<T>(PhantomData<T>);

impl<T: TomlTable> Takes for OneTable<T> {
    type Value = T;
    const KIND: KeyKind = KeyKind::Table(T::SHAPE);

    fn read(
        reader: &mut TableReader<'_>,
        _: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<T, Wrong> {
        let DeValue::Table(table) = item.get_ref() else { return Err(Wrong::Type) };
        Ok(T::read(reader, table, reader.in_file(item.span())))
    }
}

/// A list of tables.
pub(crate) struct TableList<T>(PhantomData<T>);

impl<T: TomlTable> Takes for TableList<T> {
    type Value = Vec<T>;
    const KIND: KeyKind = KeyKind::Tables(T::SHAPE);

    fn read(
        reader: &mut TableReader<'_>,
        key: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<Self::Value, Wrong> {
        each::<OneTable<T>>(reader, key, item)
    }
}

/// A table for each financial year, keyed by the year as it is written.
pub(crate) struct TableByYear<T>(PhantomData<T>);

impl<T: TomlTable> Takes for TableByYear<T> {
    type Value = Vec<(Spanned<String>, T)>;
    const KIND: KeyKind = KeyKind::Years(T::SHAPE);

    fn read(
        reader: &mut TableReader<'_>,
        key: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<Self::Value, Wrong> {
        ByName::<OneTable<T>>::read(reader, key, item)
    }
}

/// The names that a [`NameMap`] takes, and the words that each name can have.
pub(crate) trait NamesAndWords {
    /// The type that a name is read into.
    type Name;
    /// The words.
    const WORDS: Choices;

    /// The names.
    fn names() -> Vec<&'static str>;

    /// Parses a name. `None` if it is not one of them.
    fn name(name: &str) -> Option<Self::Name>;
}

/// A table whose keys are names, each with one of a few words as its value.
pub(crate) struct NameMap<M>(PhantomData<M>);

impl<M: NamesAndWords> Takes for NameMap<M> {
    type Value = Vec<(M::Name, &'static str)>;
    const KIND: KeyKind = KeyKind::Map { names: M::names, words: M::WORDS };

    fn read(
        reader: &mut TableReader<'_>,
        key: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<Self::Value, Wrong> {
        let DeValue::Table(table) = item.get_ref() else { return Err(Wrong::Type) };
        let names = M::names();
        let mut entries = Vec::with_capacity(table.len());
        for (name, item) in table {
            let known = names.contains(&name.get_ref().as_ref()).then(|| M::name(name.get_ref()));
            let Some(known) = known.flatten() else {
                let found =
                    format!("`{}` is no name for [{}]", name.get_ref().escape_debug(), key.name);
                let guess = did_you_mean(name.get_ref(), names.iter().copied());
                let remedy = format!("{guess}it takes: {}", names.join(", "));
                reader.push(Code::UnknownKey, reader.in_file(name.span()), found, remedy);
                continue;
            };
            match word(item.get_ref(), M::WORDS) {
                Ok(word) => entries.push((known, word)),
                Err(wrong) => reader.refuse(key, item, &wrong),
            }
        }
        Ok(entries)
    }
}

/// Reads each element of a list; those that are not what it takes are reported and left out.
fn each<T: Takes>(
    reader: &mut TableReader<'_>,
    key: &'static Key,
    item: &TomlItem<'_>,
) -> Result<Vec<T::Value>, Wrong> {
    let DeValue::Array(array) = item.get_ref() else { return Err(Wrong::Type) };
    let mut values = Vec::with_capacity(array.len());
    for element in array {
        match T::read(reader, key, element) {
            Ok(value) => values.push(value),
            Err(wrong) => reader.refuse(key, element, &wrong),
        }
    }
    Ok(values)
}

/// Whether a text may have several lines, which are then joined into one.
#[derive(Clone, Copy, PartialEq)]
enum IsFolded {
    Yes,
    No,
}

fn text(value: &DeValue<'_>, is_folded: IsFolded) -> Result<String, Wrong> {
    let text = value.as_str().ok_or(Wrong::Type)?;
    let is_plain = text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
    let text = if is_plain {
        text.trim_ascii().to_owned()
    } else {
        let folded = match is_folded {
            IsFolded::Yes => text.replace(['\n', '\r', '\t'], " "),
            IsFolded::No => text.to_owned(),
        };
        if folded.chars().any(char::is_control) {
            return Err(Wrong::Value("has a control character".to_owned()));
        }
        folded.trim().to_owned()
    };
    if text.is_empty() {
        return Err(Wrong::Value("is empty".to_owned()));
    }
    Ok(text)
}

/// The word of the list that the value is.
pub(crate) fn word(value: &DeValue<'_>, words: Choices) -> Result<&'static str, Wrong> {
    let text = value.as_str().ok_or(Wrong::Type)?;
    words.iter().copied().find(|word| *word == text).ok_or_else(|| {
        let hint = nearest(text, words.iter().copied())
            .map_or_else(String::new, |word| format!("; did you mean {}?", quote(word)));
        Wrong::Value(format!("cannot be {}{hint}", quote(text)))
    })
}

/// Parses a number from its text, so that it is never a floating point number.
pub(crate) fn number(value: &DeValue<'_>) -> Result<Decimal, Wrong> {
    let text = match value {
        DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
        DeValue::Integer(_) => return Err(Wrong::Value("is not written in decimal".to_owned())),
        DeValue::Float(number) => number.as_str(),
        _ => return Err(Wrong::Type),
    };
    text.parse().map_err(|not| match not {
        NotADecimal::NotANumber => Wrong::Value(format!("cannot be {text}: write the digits out")),
        NotADecimal::TooManyDigits => Wrong::Value("has more than 15 digits".to_owned()),
    })
}

/// Reads `[low, high]`.
pub(crate) fn pair(value: &DeValue<'_>) -> Result<(Decimal, Decimal), Wrong> {
    let DeValue::Array(pair) = value else { return Err(Wrong::Type) };
    let [low, high] = &pair[..] else {
        return Err(Wrong::Value(format!("is a list of {}, not a pair", pair.len())));
    };
    let (low, high) = (number(low.get_ref())?, number(high.get_ref())?);
    if low > high {
        return Err(Wrong::Value(format!("has its higher number first: [{low}, {high}]")));
    }
    Ok((low, high))
}
