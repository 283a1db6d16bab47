//! A month's figures as an extract in the standard form, each with where it comes from.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Extract, GivenSource};
use crate::definition::Definition;
use crate::diagnostic::Place;
use crate::figure::Amount;

/// The results of a month in the standard form, or what a source gave of them.
///
/// # Errors
///
/// None that memory can have: the writer of CSV has them.
pub fn results(
    definition: &Definition,
    extract: &Extract,
    source: Option<&GivenSource>,
) -> csv::Result<Vec<u8>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record([
        "indicator",
        "area",
        "cohort",
        "numerator",
        "denominator",
        "value",
        "status",
        "from",
    ])?;
    for row in extract.results.all() {
        let places = extract.results.places(row);
        if source.is_some_and(|source| !places.first().is_some_and(|at| source.gave(&at.path))) {
            continue;
        }
        let (area, indicator, population) = row.about();
        let [numerator, denominator, value] = cells(row.answer().as_ref(), row.is_blank());
        let mark = extract.results.mark(area, indicator, population);
        csv.write_record([
            definition.indicator(indicator).id.as_str(),
            &definition.area(area).name,
            &definition.population_name(population),
            &numerator,
            &denominator,
            &value,
            mark.map_or("", super::Mark::as_str),
            &from(&places),
        ])?;
    }
    csv.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

/// The activity of a month in the standard form, or what a source gave of it.
///
/// # Errors
///
/// Likewise.
pub fn activity(
    definition: &Definition,
    extract: &Extract,
    source: Option<&GivenSource>,
) -> csv::Result<Vec<u8>> {
    let given = |area, activity| {
        let entry = extract.activities.of(area, activity)?;
        source.is_none_or(|source| source.gave(&entry.place.path)).then_some(entry)
    };
    let activities: Vec<_> = definition
        .activity_ids()
        .filter(|activity| definition.area_ids().any(|area| given(area, *activity).is_some()))
        .collect();
    let mut csv = csv::Writer::from_writer(Vec::new());
    let ids = activities.iter().map(|activity| definition.activity(*activity).id.as_str());
    csv.write_record(std::iter::once("area").chain(ids).chain(["from"]))?;
    for area in definition.area_ids() {
        let entries: Vec<_> = activities.iter().map(|activity| given(area, *activity)).collect();
        let Some(first) = entries.iter().flatten().next() else { continue };
        let mut row = vec![definition.area(area).name.clone()];
        row.extend(entries.iter().map(|entry| {
            entry.map_or_else(String::new, |entry| {
                let [_, _, value] = cells(entry.amount.as_ref(), entry.is_blank);
                value
            })
        }));
        row.push(first.place.to_string());
        csv.write_record(row)?;
    }
    csv.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

impl GivenSource {
    pub(super) fn gave(&self, path: &Arc<str>) -> bool {
        self.files.contains(path)
    }
}

/// The numerator, the denominator and the value of a figure as cells.
pub(super) fn cells(amount: Option<&Amount>, is_blank: bool) -> [String; 3] {
    let value = |text: &str| [String::new(), String::new(), text.to_owned()];
    match amount {
        None => value(if is_blank { "" } else { "-" }),
        Some(Amount::NoFigure(reason)) => value(reason.as_str()),
        Some(Amount::Suppressed) => value("[c]"),
        Some(Amount::Low) => value("[low]"),
        Some(Amount::Value(number)) => value(&number.to_string()),
        // No row gives a gap.
        Some(Amount::Gap(_)) => value("-"),
        Some(Amount::Ratio { numerator, denominator }) => {
            [numerator.to_string(), denominator.to_string(), String::new()]
        }
    }
}

/// What stands between the places of a numerator and of a denominator.
const BETWEEN: &str = " and ";

/// Where a figure stands, in words.
fn from(places: &[Place]) -> String {
    places.iter().map(ToString::to_string).collect::<Vec<_>>().join(BETWEEN)
}

/// Where the rows of an extract in the standard form come from, by their lines, as far as its last
/// column says.
pub(super) fn places(text: &[u8]) -> HashMap<u32, Vec<Place>> {
    let mut csv = csv::ReaderBuilder::new().flexible(true).from_reader(text);
    let mut places = HashMap::new();
    for record in csv.records().flatten() {
        let line = record.position().and_then(|at| u32::try_from(at.line()).ok());
        if let (Some(line), Some(from)) = (line, record.iter().next_back().and_then(places_in)) {
            places.insert(line, from);
        }
    }
    places
}

/// The place that a text is, or the two.
fn places_in(text: &str) -> Option<Vec<Place>> {
    let two = text.match_indices(BETWEEN).find_map(|(at, between)| {
        Some(vec![place(&text[..at])?, place(&text[at + between.len()..])?])
    });
    two.or_else(|| Some(vec![place(text)?]))
}

/// The place that a text is: `cic.csv:12`, `pivot.xlsx:Sheet1!C6`.
fn place(text: &str) -> Option<Place> {
    let lower = text.to_ascii_lowercase();
    let ends = [".csv:", ".xlsx:", ".xlsm:"];
    let colon = ends.iter().filter_map(|end| Some(lower.rfind(end)? + end.len() - 1)).max()?;
    let (path, at) = (text[..colon].into(), &text[colon + 1..]);
    let digits = at.len() - at.bytes().rev().take_while(u8::is_ascii_digit).count();
    let cell = (digits > 0).then(|| at.to_owned());
    Some(Place { path, line: at[digits..].parse().ok(), column: None, cell })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_back() {
        let path: std::sync::Arc<str> = "data/2026-04/Sheet: a.xlsx".into();
        let cell = Some("'In care'!C6".to_owned());
        for written in [
            Place { path: path.clone(), line: Some(6), column: None, cell },
            Place::line(&"data/2026-04/cic.csv".into(), 12),
        ] {
            assert_eq!(place(&written.to_string()), Some(written));
        }
        assert_eq!(place("nothing"), None);
        let (one, two) = (Place::line(&path, 3), Place::line(&"this and that.csv".into(), 7));
        let both = from(&[one.clone(), two.clone()]);
        assert_eq!(places_in(&both), Some(vec![one, two.clone()]));
        assert_eq!(places_in(&two.to_string()), Some(vec![two]));
    }
}
