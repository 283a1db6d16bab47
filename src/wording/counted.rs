//! How a figure has been counted from a list with a row a child or case.

use std::path::Path;

use crate::definition::{
    Conditions, CountOf, CountRule, Counted, Definition, ExtractSource, SourceKind,
};
use crate::extract::{Extract, Observation};
use crate::figure::Amount;
use crate::population::Population;

/// `291 of the 2,374 rows of cic-list.csv where Placements last 12m >= 3`. `None` if a figure has
/// not been counted from records.
#[must_use]
pub fn counted(definition: &Definition, extract: &Extract, row: &Observation) -> Option<String> {
    let given = extract.source_of(row)?;
    let mut sources = definition.sources.iter();
    let source = sources.find(|source| source.id == given.id)?;
    if source.kind != SourceKind::Records {
        return None;
    }
    let (area, indicator, population) = row.about();
    let count = source.counts.iter().find(|count| count.of == CountOf::Indicator(indicator))?;
    let words = CountWords {
        of: match area {
            area if area == definition.top => String::new(),
            area => format!(" of {}", definition.area(area).name),
        },
        file: file(source, &extract.results.place(row).path),
        noun: if source.person_column().is_some() { "people" } else { "rows" },
        cohort: match population {
            Population::Cohort(cohort) => {
                let mut cohorts = source.cohorts.iter();
                cohorts.find(|(id, _)| *id == cohort).map(|(_, conditions)| conditions)
            }
            _ => None,
        },
    };
    match (&count.rule, row.amount().as_ref()?) {
        (
            CountRule::Share { numerator, denominator },
            Amount::Ratio { numerator: many, denominator: of_many },
        ) => Some(words.share(numerator, denominator, [&many.grouped(), &of_many.grouped()])),
        (CountRule::Value(value), Amount::Value(number)) => {
            Some(words.value(value, &number.grouped()))
        }
        _ => None,
    }
}

/// The file that was counted, by its name alone.
fn file(source: &ExtractSource, path: &str) -> String {
    let name = Path::new(path).file_name().map_or(path.into(), |name| name.to_string_lossy());
    match (source.several, source.holds_month) {
        (false, false) => name.into_owned(),
        (true, false) => format!("{name} and what other files there are"),
        (_, true) => format!("{name} and the files of the months before it"),
    }
}

/// What stands in every sentence about a count.
struct CountWords<'d> {
    /// ` of Thanet`.
    of: String,
    file: String,
    noun: &'static str,
    cohort: Option<&'d Conditions>,
}

impl CountWords<'_> {
    /// `2,374 rows of cic-list.csv`, with the conditions that rows are counted by.
    fn rows(&self, number: &str, conditions: &Conditions) -> String {
        let mut asked: Vec<_> = self.cohort.iter().map(ToString::to_string).collect();
        if !conditions.is_every_row() {
            asked.push(conditions.to_string());
        }
        let Self { of, file, noun, .. } = self;
        let rows = if of.is_empty() {
            format!("{noun} of {file}")
        } else {
            format!("{noun}{of} in {file}")
        };
        let number = if number.is_empty() { String::new() } else { format!("{number} ") };
        match asked.as_slice() {
            [] => format!("{number}{rows}"),
            asked => format!("{number}{rows} where {}", asked.join(" and ")),
        }
    }

    fn share(&self, numerator: &Counted, denominator: &Counted, numbers: [&str; 2]) -> String {
        let [many, of_many] = numbers;
        let is_narrowed = self.cohort.is_some() || !denominator.rows.is_every_row();
        match (&numerator.sum, &denominator.sum) {
            (None, None) => {
                let rows = self.rows(of_many, &denominator.rows);
                match (numerator.rows.is_every_row(), is_narrowed) {
                    (true, _) => format!("{many} of the {rows}"),
                    (false, true) => {
                        format!("{many} of the {rows}: those where {}", numerator.rows)
                    }
                    (false, false) => format!("{many} of the {rows} where {}", numerator.rows),
                }
            }
            (numerator_sum, denominator_sum) => {
                let rows = self.rows("", &denominator.rows);
                let half = |sum: &Option<String>, number: &str| match sum {
                    Some(column) => format!("the sum of {column}, {number},"),
                    None => format!("{number} {}", self.noun),
                };
                let narrowed = if numerator.rows.is_every_row() {
                    String::new()
                } else {
                    format!(", of those where {}", numerator.rows)
                };
                format!(
                    "{} out of {} in the {rows}{narrowed}",
                    half(numerator_sum, many),
                    half(denominator_sum, of_many)
                )
            }
        }
    }

    fn value(&self, value: &Counted, number: &str) -> String {
        match &value.sum {
            None => self.rows(number, &value.rows),
            Some(column) => {
                format!("the sum of {column}, {number}, in the {}", self.rows("", &value.rows))
            }
        }
    }
}
