//! Spanned values: parsed once, checked against a shape, then read by key.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use toml::de::{DeTable, DeValue};

use super::shape::{Key, Kind, Shape};
use super::slip;
use crate::diagnostic::{Code, Findings, Source};
use crate::figure::{Decimal, NotADecimal};
use crate::month::Month;
use crate::text::{did_you_mean, nearest, quote};

type Item<'d> = toml::Spanned<DeValue<'d>>;

/// A value and where it stands in its file, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What it is.
    pub value: T,
    /// Where it stands.
    pub span: Range<usize>,
}

/// A parsed TOML file.
#[derive(Debug)]
pub struct Document<'d> {
    source: &'d Source,
    root: DeTable<'d>,
}

impl<'d> Document<'d> {
    /// Parses a file; every syntax error becomes a finding, one a line.
    ///
    /// A line that is not TOML can end the reading of all that follows it. So such lines are
    /// blanked and the file is parsed again, until what is left is TOML: then everything else that
    /// is wrong with it can be told too.
    pub fn parse(source: &'d Source, findings: &mut Findings) -> Self {
        let (root, errors) = DeTable::parse_recoverable(source.text());
        if errors.is_empty() {
            return Self { source, root: root.into_inner() };
        }
        let mut text = source.text().to_owned();
        let mut lines = BTreeSet::new();
        let mut errors = errors;
        // Each round blanks at least one line more, or is the last.
        while !errors.is_empty() {
            let mut is_news = false;
            for error in errors {
                let start = error.span().map_or(0, |span| span.start.min(text.len()));
                let line_start = text[..start].rfind('\n').map_or(0, |index| index + 1);
                if lines.insert(line_start) {
                    is_news = true;
                    let line = source.text()[line_start..].lines().next().unwrap_or_default();
                    let (found, remedy) = slip::of(line, error.message());
                    findings.push(source.finding(
                        Code::Syntax,
                        error.span().unwrap_or(0..0),
                        found,
                        remedy,
                    ));
                }
                blank(&mut text, line_start);
            }
            errors = if is_news && lines.len() < MOST_BLANKED {
                DeTable::parse_recoverable(&text).1
            } else {
                Vec::new()
            };
        }
        let (root, _) = DeTable::parse_recoverable(source.keep(text));
        Self { source, root: root.into_inner() }
    }

    /// Its top table.
    #[must_use]
    pub fn root(&self) -> Section<'_> {
        Section { source: self.source, table: &self.root, span: 0..0 }
    }
}

/// The most lines that are blanked before what is left is read as it is.
const MOST_BLANKED: usize = 200;

/// Puts spaces in the place of the line that starts at `start`, so that all that follows stays
/// where it is. What stands under a header that cannot be read goes with it: it would be taken for
/// part of the table above.
fn blank(text: &mut String, start: usize) {
    let ends = |from: usize| text[from..].find('\n').map_or(text.len(), |index| from + index);
    let mut end = ends(start);
    if text[start..end].trim_start().starts_with('[') {
        while end < text.len() && !text[end + 1..].starts_with('[') {
            end = ends(end + 1);
        }
    }
    let blank: String = text[start..end]
        .chars()
        .map(|letter| if letter == '\n' { "\n".to_owned() } else { " ".repeat(letter.len_utf8()) })
        .collect();
    text.replace_range(start..end, &blank);
}

/// A table of the file: which keys it has, and where.
///
/// The accessors give nothing for a key that is not there or holds another kind of value;
/// [`check`](Self::check) has reported the latter.
#[derive(Clone, Debug)]
pub struct Section<'d> {
    source: &'d Source,
    table: &'d DeTable<'d>,
    /// The header that opens it.
    pub span: Range<usize>,
}

impl<'d> Section<'d> {
    /// The file that it is in.
    #[must_use]
    pub fn source(&self) -> &'d Source {
        self.source
    }

    /// Reports everything in it, and in the tables below it, that `shape` does not allow.
    ///
    /// `elsewhere` are the other tables of the file, in which a key that is unknown here may be at
    /// home.
    pub fn check(
        &self,
        shape: &'static Shape,
        elsewhere: &[&'static Shape],
        findings: &mut Findings,
    ) {
        for (key, item) in self.table {
            if let Some(known) = shape.key(key.get_ref()) {
                self.check_value(known, item, elsewhere, findings);
            } else {
                let remedy = unknown_key_remedy(key.get_ref(), shape, elsewhere);
                let found =
                    format!("unknown key `{}` in {}", key.get_ref().escape_debug(), shape.header);
                findings.push(self.source.finding(Code::UnknownKey, key.span(), found, remedy));
            }
        }
        for key in
            shape.keys.iter().filter(|key| key.required && !self.table.contains_key(key.name))
        {
            let found = format!("{} has no `{}`", shape.header, key.name);
            let remedy =
                format!("add `{}`: {}; it takes {}", key.name, key.about, key.kind.wanted());
            findings.push(self.source.finding(Code::MissingKey, self.span.clone(), found, remedy));
        }
    }

    fn check_value(
        &self,
        key: &'static Key,
        item: &'d Item<'d>,
        elsewhere: &[&'static Shape],
        findings: &mut Findings,
    ) {
        match (key.kind, item.get_ref()) {
            (Kind::Table(shape), DeValue::Table(_)) => {
                if let Some(section) = self.table(key.name) {
                    section.check(shape, elsewhere, findings);
                }
            }
            (Kind::Tables(shape), DeValue::Array(array)) => {
                for element in array.iter().filter(|element| element.get_ref().as_table().is_none())
                {
                    findings.push(self.wrong_type(key, element));
                }
                for section in self.tables(key.name) {
                    section.check(shape, elsewhere, findings);
                }
            }
            (Kind::Years(shape), DeValue::Table(years)) => {
                for year in years.values().filter(|year| year.get_ref().as_table().is_none()) {
                    findings.push(self.wrong_type(key, year));
                }
                for (_, section) in self.years(key.name) {
                    section.check(shape, elsewhere, findings);
                }
            }
            (Kind::Map { names, words }, DeValue::Table(entries)) => {
                let names = names();
                for (name, item) in entries {
                    if !names.contains(&name.get_ref().as_ref()) {
                        let found = format!(
                            "`{}` is no name for [{}]",
                            name.get_ref().escape_debug(),
                            key.name
                        );
                        let remedy = format!(
                            "{}it takes: {}",
                            did_you_mean(name.get_ref(), names.iter().copied()),
                            names.join(", ")
                        );
                        findings.push(self.source.finding(
                            Code::UnknownKey,
                            name.span(),
                            found,
                            remedy,
                        ));
                    } else if let Err(wrong) = choice(item.get_ref(), words) {
                        findings.push(self.wrong(key, item, &wrong));
                    }
                }
            }
            (Kind::Texts, DeValue::Array(array)) => {
                for element in array {
                    if let Err(wrong) = text(element.get_ref(), Kind::Text) {
                        findings.push(self.wrong(key, element, &wrong));
                    }
                }
            }
            (kind, value) => {
                let wrong = match kind {
                    Kind::Table(_)
                    | Kind::Tables(_)
                    | Kind::Years(_)
                    | Kind::Map { .. }
                    | Kind::Texts => Some(Wrong::Type),
                    Kind::Text | Kind::Id | Kind::Year => text(value, kind).err(),
                    Kind::Choice(words) => choice(value, words).err(),
                    Kind::Month => month(value).err(),
                    Kind::Date => date(value).err(),
                    Kind::Whole { min, max } => whole(value, min, max).err(),
                    Kind::NumberOrPair | Kind::Pair | Kind::Floor => band(value, kind).err(),
                };
                if let Some(wrong) = wrong {
                    findings.push(self.wrong(key, item, &wrong));
                }
            }
        }
    }

    fn wrong(&self, key: &Key, item: &Item<'_>, wrong: &Wrong) -> crate::diagnostic::Finding {
        match wrong {
            Wrong::Type => self.wrong_type(key, item),
            Wrong::Value(why) => {
                let remedy = format!("{}: it takes {}", key.about, key.kind.wanted());
                self.source.finding(
                    Code::BadValue,
                    item.span(),
                    format!("`{}` {why}", key.name),
                    remedy,
                )
            }
        }
    }

    fn wrong_type(&self, key: &Key, item: &Item<'_>) -> crate::diagnostic::Finding {
        let found = format!("`{}` is {} here", key.name, with_article(item.get_ref().type_str()));
        let hint = match (key.kind, item.get_ref()) {
            (Kind::Id | Kind::Text | Kind::Year, DeValue::Integer(number)) => {
                format!("; write \"{number}\"")
            }
            (Kind::Tables(shape), DeValue::Table(_)) => {
                format!("; write {} in double brackets, for each of them", shape.header)
            }
            (Kind::NumberOrPair | Kind::Floor | Kind::Whole { .. }, DeValue::String(_)) => {
                "; write the number without quotes".to_owned()
            }
            _ => String::new(),
        };
        self.source.finding(
            Code::WrongType,
            item.span(),
            found,
            format!("it takes {}{hint}", key.kind.wanted()),
        )
    }

    fn item(&self, key: &str) -> Option<&'d Item<'d>> {
        self.table.get(key)
    }

    fn read<T>(
        &self,
        key: &str,
        parse: impl FnOnce(&DeValue<'d>) -> Result<T, Wrong>,
    ) -> Option<Spanned<T>> {
        let item = self.item(key)?;
        Some(Spanned { value: parse(item.get_ref()).ok()?, span: item.span() })
    }

    /// Whether the key is there at all.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Where the value of a key stands; the section's header when the key is not there.
    #[must_use]
    pub fn span_of(&self, key: &str) -> Range<usize> {
        self.item(key).map_or_else(|| self.span.clone(), toml::Spanned::span)
    }

    /// A text, without spaces around it.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<Spanned<String>> {
        self.read(key, |value| text(value, Kind::Text))
    }

    /// A list of texts.
    #[must_use]
    pub fn texts(&self, key: &str) -> Option<Vec<Spanned<String>>> {
        let array = self.item(key)?.get_ref().as_array()?;
        Some(
            array
                .iter()
                .filter_map(|item| {
                    Some(Spanned {
                        value: text(item.get_ref(), Kind::Text).ok()?,
                        span: item.span(),
                    })
                })
                .collect(),
        )
    }

    /// One of a few words, as whatever `parse` makes of it.
    #[must_use]
    pub fn choice<T>(
        &self,
        key: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<Spanned<T>> {
        self.read(key, |value| value.as_str().and_then(parse).ok_or(Wrong::Type))
    }

    /// A month.
    #[must_use]
    pub fn month(&self, key: &str) -> Option<Spanned<Month>> {
        self.read(key, month)
    }

    /// A date.
    #[must_use]
    pub fn date(&self, key: &str) -> Option<Spanned<toml::value::Date>> {
        self.read(key, date)
    }

    /// A whole number within bounds.
    #[must_use]
    pub fn whole(&self, key: &str, min: u32, max: u32) -> Option<Spanned<u32>> {
        self.read(key, |value| whole(value, min, max))
    }

    /// A number, a pair or `"none"`.
    #[must_use]
    pub fn band(&self, key: &str) -> Option<Spanned<Band>> {
        self.read(key, |value| band(value, Kind::Floor))
    }

    /// The words of a table of names.
    pub fn map(&self, key: &str) -> impl Iterator<Item = (&'d str, &'d str)> + use<'d> {
        let table = self.item(key).and_then(|item| item.get_ref().as_table());
        table
            .into_iter()
            .flatten()
            .filter_map(|(name, word)| Some((name.get_ref().as_ref(), word.get_ref().as_str()?)))
    }

    /// The table under a key.
    #[must_use]
    pub fn table(&self, key: &str) -> Option<Self> {
        let item = self.item(key)?;
        Some(Self { source: self.source, table: item.get_ref().as_table()?, span: item.span() })
    }

    /// The table under a key, or one with nothing in it.
    #[must_use]
    pub fn table_or_empty(&self, key: &str) -> Self {
        static EMPTY: LazyLock<DeTable<'static>> = LazyLock::new(DeTable::new);
        self.table(key).unwrap_or_else(|| Self { source: self.source, table: &EMPTY, span: 0..0 })
    }

    /// The tables of a list.
    pub fn tables(&self, key: &str) -> impl Iterator<Item = Self> + use<'d> {
        let array = self.item(key).and_then(|item| item.get_ref().as_array());
        let source = self.source;
        array.into_iter().flat_map(|array| array.iter()).filter_map(move |item| {
            Some(Self { source, table: item.get_ref().as_table()?, span: item.span() })
        })
    }

    /// The tables under a key that has one for each year, with what names the year.
    pub fn years(&self, key: &str) -> impl Iterator<Item = (Spanned<String>, Self)> + use<'d> {
        let table = self.item(key).and_then(|item| item.get_ref().as_table());
        let source = self.source;
        table.into_iter().flat_map(|table| table.iter()).filter_map(move |(name, item)| {
            let year = Spanned { value: name.get_ref().clone().into_owned(), span: name.span() };
            Some((year, Self { source, table: item.get_ref().as_table()?, span: item.span() }))
        })
    }
}

/// What a target, a green band or a floor is written as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Band {
    /// `85`
    Number(Decimal),
    /// `[15, 20]`
    Pair(Decimal, Decimal),
    /// `"none"`
    None,
}

/// Why a value is not what its key takes.
enum Wrong {
    /// It is another kind of value.
    Type,
    /// It is the right kind; what is wrong with it, after the name of the key.
    Value(String),
}

fn text(value: &DeValue<'_>, kind: Kind) -> Result<String, Wrong> {
    let text = value.as_str().ok_or(Wrong::Type)?;
    let is_plain = text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
    let text = if is_plain {
        text.trim_ascii().to_owned()
    } else {
        // A long note may be written over several lines; what goes by an id may not.
        let folded = if matches!(kind, Kind::Text) {
            text.replace(['\n', '\r', '\t'], " ")
        } else {
            text.to_owned()
        };
        if folded.chars().any(char::is_control) {
            return Err(Wrong::Value("has a control character".to_owned()));
        }
        folded.trim().to_owned()
    };
    if text.is_empty() {
        return Err(Wrong::Value("is empty".to_owned()));
    }
    if matches!(kind, Kind::Id)
        && let Some(index) = text.find(['/', '\\', ':'])
    {
        return Err(Wrong::Value(format!(
            "has a {}, which cannot be in the name of a file",
            quote(&text[index..=index])
        )));
    }
    Ok(text)
}

fn choice(value: &DeValue<'_>, words: &'static [&'static str]) -> Result<(), Wrong> {
    let text = value.as_str().ok_or(Wrong::Type)?;
    if words.contains(&text) {
        return Ok(());
    }
    let hint = nearest(text, words.iter().copied())
        .map_or_else(String::new, |word| format!("; did you mean {}?", quote(word)));
    Err(Wrong::Value(format!("cannot be {}{hint}", quote(text))))
}

fn month(value: &DeValue<'_>) -> Result<Month, Wrong> {
    let text = value.as_str().ok_or(Wrong::Type)?;
    text.parse().map_err(|_| Wrong::Value(format!("cannot be {}", quote(text))))
}

fn date(value: &DeValue<'_>) -> Result<toml::value::Date, Wrong> {
    let date = match value {
        DeValue::Datetime(date) => Ok(*date),
        DeValue::String(text) => text
            .parse::<toml::value::Datetime>()
            .map_err(|_| Wrong::Value(format!("cannot be {}", quote(text)))),
        _ => Err(Wrong::Type),
    }?;
    match date {
        toml::value::Datetime { date: Some(date), time: None, offset: None } => Ok(date),
        _ => Err(Wrong::Value("has a time of day".to_owned())),
    }
}

fn whole(value: &DeValue<'_>, min: u32, max: u32) -> Result<u32, Wrong> {
    let DeValue::Integer(number) = value else { return Err(Wrong::Type) };
    u32::from_str_radix(number.as_str(), number.radix())
        .ok()
        .filter(|number| (min..=max).contains(number))
        .ok_or_else(|| Wrong::Value(format!("cannot be {number}")))
}

/// A number from the text that it is written with: it never passes through floating point.
fn number(value: &DeValue<'_>) -> Result<Decimal, Wrong> {
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

fn band(value: &DeValue<'_>, kind: Kind) -> Result<Band, Wrong> {
    match value {
        DeValue::Array(pair) => match &pair[..] {
            [low, high] => {
                let (low, high) = (number(low.get_ref())?, number(high.get_ref())?);
                if low > high {
                    return Err(Wrong::Value(format!(
                        "has its higher number first: [{low}, {high}]"
                    )));
                }
                Ok(Band::Pair(low, high))
            }
            _ => Err(Wrong::Value(format!("is a list of {}, not a pair", pair.len()))),
        },
        DeValue::String(word) if matches!(kind, Kind::Floor) && word == "none" => Ok(Band::None),
        _ if matches!(kind, Kind::Pair) => Err(Wrong::Type),
        _ => number(value).map(Band::Number),
    }
}

fn unknown_key_remedy(key: &str, shape: &'static Shape, elsewhere: &[&'static Shape]) -> String {
    let guess = did_you_mean(key, shape.keys.iter().map(|key| key.name));
    if guess.is_empty()
        && let Some(home) =
            elsewhere.iter().find(|home| !std::ptr::eq(**home, shape) && home.key(key).is_some())
    {
        return format!(
            "`{key}` belongs to {}: move it there; a key belongs to the last header above it, so it must stand above {}",
            home.header, shape.header
        );
    }
    let known: Vec<_> = shape.keys.iter().map(|key| key.name).collect();
    format!("{guess}{} takes: {}", shape.header, known.join(", "))
}

fn with_article(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {kind}")
}
