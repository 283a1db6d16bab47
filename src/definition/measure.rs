//! `[[source.measure]]`: the indicators that the columns of a row are of.

use serde_json::{Value, json};
use toml::de::DeValue;

use super::build::Builder;
use super::condition::{Conditions, ConditionsValue};
use super::source::StandardColumn;
use super::{Definition, IndicatorId};
use crate::diagnostic::Code;
use crate::text::{did_you_mean, quote};
use crate::toml_file::kinds::{TextAt, TextValue, Wrong};
use crate::toml_file::{Key, KeyKind, KeyValue, TableReader, Takes, TomlItem, table};

table! {
    MeasureKeys: "[[source.measure]]", "An indicator that columns of a row are of.",
        rules = measure_rules;
    indicator: required TextValue, "the indicator";
    numerator: optional PartValue, "the column of its numerator";
    denominator: optional PartValue, "the column of its denominator, or a population";
    value: optional PartValue, "the column of its value";
}

/// A value, or one half of a ratio at least.
fn measure_rules() -> Vec<Value> {
    let has = |key: &str| json!({ "required": [key] });
    vec![json!({ "oneOf": [
        { "anyOf": [has("numerator"), has("denominator")], "not": has("value") },
        { "required": ["value"], "not": { "anyOf": [has("numerator"), has("denominator")] } },
    ] })]
}

/// Where a part of a measure stands: a column, `{ column = "number", where = {...} }` or
/// `{ population = "0-17" }`.
pub(crate) struct PartValue;

impl Takes for PartValue {
    type Value = MeasurePart;
    const KIND: KeyKind = KeyKind::AnyOf {
        kinds: &[KeyKind::Text, KeyKind::Conditions],
        wanted: "a column in quotes, { column = \"number\", where = { ... } } or \
            { population = \"0-17\" }",
    };

    fn read(
        reader: &mut TableReader<'_>,
        key: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<MeasurePart, Wrong> {
        let DeValue::Table(table) = item.get_ref() else {
            let column = TextAt::read(reader, key, item)?.value;
            return Ok(MeasurePart::Column { column, rows: None });
        };
        let known = ["column", "where", "population"];
        let is_unknown = |name: &str| !known.contains(&name);
        if let Some(other) = table.keys().find(|other| is_unknown(other.get_ref())) {
            let guess = did_you_mean(other.get_ref(), known);
            return Err(Wrong::Value(format!("has {}: {guess}", quote(other.get_ref()))));
        }
        match (table.get("column"), table.get("population")) {
            (Some(column), None) => {
                let column = TextAt::read(reader, key, column)?.value;
                let rows = table.get("where");
                let rows = rows.map(|rows| ConditionsValue::read(reader, key, rows)).transpose()?;
                Ok(MeasurePart::Column { column, rows })
            }
            (None, Some(group)) if table.len() == 1 => {
                Ok(MeasurePart::Population(TextAt::read(reader, key, group)?.value))
            }
            _ => Err(Wrong::Value("names no column and no population, or both".to_owned())),
        }
    }
}

/// An indicator that columns of a row are of.
#[derive(Clone, Debug)]
pub struct Measure {
    /// The indicator.
    pub indicator: IndicatorId,
    /// Its figures: which of ours each is, and where it stands.
    pub parts: Vec<(StandardColumn, MeasurePart)>,
}

/// Where a figure of a measure stands.
#[derive(Clone, Debug)]
pub enum MeasurePart {
    /// In a column: of every row, or of those that conditions hold for.
    Column {
        /// The column.
        column: String,
        /// The rows.
        rows: Option<Conditions>,
    },
    /// In `populations.csv`, as the count of this group.
    Population(String),
}

impl Definition {
    /// Whether any source counts out of a population.
    #[must_use]
    pub fn has_populations(&self) -> bool {
        let mut parts = self.sources.iter().flat_map(|source| &source.measures);
        parts.any(|measure| {
            measure.parts.iter().any(|(_, part)| matches!(part, MeasurePart::Population(_)))
        })
    }
}

impl Builder<'_> {
    pub(super) fn measure(&mut self, keys: &MeasureKeys) -> Option<Measure> {
        let indicator = self.named_indicator(keys.indicator.spanned()?, "the source's");
        let parts: Vec<_> = [
            (StandardColumn::Numerator, &keys.numerator),
            (StandardColumn::Denominator, &keys.denominator),
            (StandardColumn::Value, &keys.value),
        ]
        .into_iter()
        .filter_map(|(column, part)| Some((column, part.value()?)))
        .collect();
        let is_refused =
            [&keys.numerator, &keys.denominator, &keys.value].into_iter().any(KeyValue::is_refused);
        let has_value = parts.iter().any(|(column, _)| *column == StandardColumn::Value);
        if !is_refused && (parts.is_empty() || has_value && parts.len() > 1) {
            let remedy = "name the columns of its `numerator` and its `denominator`, or that of \
                its `value`";
            let found = "it is not said where its figures stand, or it is said twice";
            self.report(Code::MissingKey, keys.span.clone(), found, remedy);
        }
        for (column, part) in &parts {
            if matches!(part, MeasurePart::Population(_)) && *column != StandardColumn::Denominator
            {
                let found = "a population is no numerator and no value";
                let remedy = "a population can be the `denominator` alone";
                self.report(Code::BadValue, keys.span.clone(), found, remedy);
            }
        }
        Some(Measure { indicator: indicator?, parts })
    }
}
