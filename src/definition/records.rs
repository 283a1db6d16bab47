//! `[[source.lookup]]`, `keep` and `holds`: which rows of records are counted, and with which
//! columns.

use super::build::Builder;
use crate::diagnostic::Code;
use crate::text::quote;
use crate::toml_file::kinds::{ByName, TextAt, TextOrTexts, TextValue, Wrong};
use crate::toml_file::{
    Key, KeyKind, KeyValue, Spanned, TableReader, Takes, TomlItem, table, words,
};
use toml::de::DeValue;

words! {
    /// What a file of records holds.
    Holds {
        /// What happened in its month: figures of more than a month are counted over the files of
        /// all their months.
        Month = "month",
    }
}

table! {
    KeepKeys: "[source.keep]", "Of several rows of a person, the one that counts.";
    latest: required TextValue, "the column of a date: the row with the latest counts";
    per: required TextValue, "the column of the person";
}

table! {
    LookupKeys: "[[source.lookup]]", "Columns of records that are in another file.";
    files: required TextOrTexts, "the names of its files: * is any text";
    folder: optional TextValue, "where its files are, from the data folder";
    sheet: optional TextValue, "the sheet of a workbook";
    matched = "match": required MatchValue,
        "the column of the id in both files, or ours = theirs";
    take: required TextOrTexts, "the columns to take";
}

/// The column that rows are matched by: one heading, or the two of the two files.
pub(crate) struct MatchValue;

impl Takes for MatchValue {
    type Value = (Spanned<String>, Spanned<String>);
    const KIND: KeyKind = KeyKind::AnyOf {
        kinds: &[KeyKind::Text, KeyKind::ByName(&KeyKind::Text)],
        wanted: "the heading in quotes, or { \"Person ID\" = \"Client ID\" } where the other file \
            calls it otherwise",
    };

    fn read(
        reader: &mut TableReader<'_>,
        key: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<Self::Value, Wrong> {
        if matches!(item.get_ref(), DeValue::Table(_)) {
            let mut sides = ByName::<TextAt>::read(reader, key, item)?;
            return match (sides.pop(), sides.is_empty()) {
                (Some(sides), true) => Ok(sides),
                _ => Err(Wrong::Value("names not one column of each file".to_owned())),
            };
        }
        let heading = TextAt::read(reader, key, item)?;
        Ok((heading.clone(), heading))
    }
}

/// Of several rows of a person, the one that counts.
#[derive(Clone, Debug)]
pub struct KeepLatest {
    /// The column of the date.
    pub latest: String,
    /// The column of the person.
    pub per: String,
}

/// Columns of records that are in another file.
#[derive(Clone, Debug)]
pub struct RecordLookup {
    /// The names of its files.
    pub files: Vec<String>,
    /// Where they are, from the data folder; in the folder of the month, if this says nothing.
    pub folder: Option<String>,
    /// Which sheet of a workbook.
    pub sheet: Option<String>,
    /// The column of the id in the records.
    pub ours: String,
    /// The column of the id in the other file.
    pub theirs: String,
    /// The columns that are taken from it.
    pub take: Vec<String>,
}

impl Builder<'_> {
    pub(super) fn lookups(&mut self, lookups: &KeyValue<Vec<LookupKeys>>) -> Vec<RecordLookup> {
        let texts = |value: &KeyValue<Vec<Spanned<String>>>| {
            value.items().iter().map(|text| text.value.clone()).collect()
        };
        let mut taken: Vec<String> = Vec::new();
        let mut found = Vec::new();
        for keys in lookups.items() {
            for column in keys.take.items() {
                if taken.contains(&column.value) {
                    let found = format!("two lookups take {}", quote(&column.value));
                    let remedy = "take it from one of them";
                    self.report(Code::Duplicate, column.span.clone(), found, remedy);
                }
                taken.push(column.value.clone());
            }
            let Some((ours, theirs)) = keys.matched.get() else { continue };
            found.push(RecordLookup {
                files: texts(&keys.files),
                folder: keys.folder.value(),
                sheet: keys.sheet.value(),
                ours: ours.value.clone(),
                theirs: theirs.value.clone(),
                take: texts(&keys.take),
            });
        }
        found
    }

    pub(super) fn keep_latest(
        &mut self,
        keep: Option<&KeepKeys>,
        count_once: &KeyValue<String>,
    ) -> Option<KeepLatest> {
        let keys = keep?;
        if let Some(span) = count_once.span() {
            let found = "`count_once` and `keep` both say what several rows of a person mean";
            let remedy = "take one of them out: `keep` has one row of each person, and \
                `count_once` all of them";
            self.report(Code::BadValue, span, found, remedy);
        }
        Some(KeepLatest { latest: keys.latest.value()?, per: keys.per.value()? })
    }
}
