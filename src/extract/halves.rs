//! Figures whose numerator and denominator stand in different rows, or in different files.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cell::CellValue;
use super::mark::Mark;
use super::populations::{FILE, Populations};
use super::results::{self, About, JoinedRow};
use crate::definition::{Definition, ExtractSource, IndicatorId, StandardColumn};
use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::figure::Decimal;
use crate::month::Month;
use crate::text::{plural, quote};

/// How many areas a finding names.
const MOST_AREAS: usize = 4;

/// One half of a ratio.
#[derive(Clone, Debug)]
pub(super) struct Half {
    /// What its cell says.
    pub(super) value: CellValue,
    /// How firm it is said to be.
    pub(super) mark: Option<Mark>,
    /// Where it stands.
    pub(super) place: Place,
}

/// A half with what is known of its source.
struct Given<'d> {
    half: Half,
    source: &'d ExtractSource,
    /// The group of people whose count is its denominator.
    population: Option<String>,
}

/// The halves of the ratios of a month, until all files have been read.
#[derive(Default)]
pub(super) struct Halves<'d> {
    /// The numerators and the denominators.
    given: BTreeMap<About, [Option<Given<'d>>; 2]>,
}

impl<'d> Halves<'d> {
    /// Takes a half. A blank one gives way, and so does that of a source that does.
    pub(super) fn add(
        &mut self,
        about: About,
        column: StandardColumn,
        half: Half,
        source: &'d ExtractSource,
        population: Option<&str>,
        findings: &mut Findings,
    ) {
        let index = usize::from(column == StandardColumn::Denominator);
        let there = &mut self.given.entry(about).or_default()[index];
        let given = Given { half, source, population: population.map(str::to_owned) };
        let Some(first) = there else {
            *there = Some(given);
            return;
        };
        let counts_first = first.source.gives_way && !given.source.gives_way && !given.is_blank();
        if first.is_blank() || counts_first {
            *there = Some(given);
        } else if !given.is_blank()
            && given.source.gives_way == first.source.gives_way
            && !say_the_same(&given.half.value, &first.half.value)
        {
            let found = format!("a second {} for the same figure", column.as_str());
            let remedy = "keep the one that is right; where the rows are of different groups, say \
                in the source which are meant: `where`, `only` or `leave_out`";
            let finding =
                Finding::new(Code::DuplicateFigure, given.half.place.clone(), found, remedy);
            findings.push(finding.with_related(first.half.place.clone(), "the first is here"));
        }
    }

    /// Joins the halves into figures, and says which lack the other.
    pub(super) fn finish(
        self,
        month: Month,
        populations: &Populations,
        results: &mut results::Reader<'_, 'd>,
        findings: &mut Findings,
    ) {
        let definition = results.definition();
        let mut without = Without::default();
        let mut joined: BTreeMap<Arc<str>, Vec<JoinedRow>> = BTreeMap::new();
        for (about, [numerator, mut denominator]) in self.given {
            let counted = numerator.as_ref().and_then(|given| given.population.as_deref());
            if let (Some(group), Some(given)) = (counted, &numerator)
                && denominator.as_ref().is_none_or(Given::is_blank)
            {
                let Some(count) = populations.count(group, about.0, month) else {
                    without.population(group, &definition.area(about.0).name, given);
                    continue;
                };
                denominator =
                    Some(Given { half: count.clone(), source: given.source, population: None });
            }
            match (numerator, denominator) {
                (Some(numerator), Some(denominator))
                    if numerator.is_blank() == denominator.is_blank()
                        || numerator.is_symbol()
                        || denominator.is_symbol() =>
                {
                    let mark = numerator.mark().or(denominator.mark());
                    let cells = [numerator.half.value, denominator.half.value];
                    let places = [numerator.half.place, denominator.half.place];
                    let path = Arc::clone(&places[0].path);
                    let row = JoinedRow { about, cells, mark, places };
                    joined.entry(path).or_default().push(row);
                }
                (Some(one), None) | (None, Some(one)) if one.is_blank() => {}
                (Some(one), other) if !one.is_blank() => {
                    without.half(definition, about, "numerator", &one, other.as_ref());
                }
                (other, Some(one)) => {
                    without.half(definition, about, "denominator", &one, other.as_ref());
                }
                (Some(_) | None, None) => {}
            }
        }
        for (path, rows) in joined {
            results.joined_rows(&path, rows);
        }
        without.report(definition, findings);
    }
}

impl Given<'_> {
    fn is_blank(&self) -> bool {
        self.half.value == CellValue::Blank
    }

    /// Whether it says something that holds for the whole figure.
    fn is_symbol(&self) -> bool {
        !matches!(self.half.value, CellValue::Blank | CellValue::Number { .. })
    }

    fn mark(&self) -> Option<Mark> {
        match self.half.value {
            CellValue::Number { mark, .. } => self.half.mark.or(mark),
            _ => self.half.mark,
        }
    }
}

/// Whether two cells say the same.
fn say_the_same(one: &CellValue, other: &CellValue) -> bool {
    match (one, other) {
        (CellValue::Number { number: one, .. }, CellValue::Number { number: other, .. }) => {
            Decimal::from(*one) == Decimal::from(*other)
        }
        _ => one == other,
    }
}

/// The halves without the other, by the indicator, which half it is, and its file.
#[derive(Default)]
struct Without<'d> {
    halves: BTreeMap<(IndicatorId, &'static str, Arc<str>), Alone<'d>>,
    populations: BTreeMap<(String, Arc<str>), Alone<'d>>,
}

/// The first of some halves that lack the other.
struct Alone<'d> {
    first: Place,
    /// Where the other half stands, if it says nothing.
    other: Option<Place>,
    source: &'d ExtractSource,
    areas: Vec<String>,
}

impl<'d> Alone<'d> {
    fn of(given: &Given<'d>, other: Option<&Given<'_>>) -> Self {
        Self {
            first: given.half.place.clone(),
            other: other.map(|other| other.half.place.clone()),
            source: given.source,
            areas: Vec::new(),
        }
    }

    /// `North, South and 3 more`.
    fn name_areas(&self) -> String {
        let named = self.areas.iter().take(MOST_AREAS).map(String::as_str);
        let names = named.collect::<Vec<_>>().join(", ");
        match self.areas.len().saturating_sub(MOST_AREAS) {
            0 => names,
            more => format!("{names} and {more} more"),
        }
    }
}

impl<'d> Without<'d> {
    fn half(
        &mut self,
        definition: &Definition,
        about: About,
        what: &'static str,
        given: &Given<'d>,
        other: Option<&Given<'_>>,
    ) {
        let (area, indicator, _) = about;
        let key = (indicator, what, Arc::clone(&given.half.place.path));
        let alone = self.halves.entry(key).or_insert_with(|| Alone::of(given, other));
        alone.areas.push(definition.area(area).name.clone());
    }

    fn population(&mut self, group: &str, area: &str, given: &Given<'d>) {
        let key = (group.to_owned(), Arc::clone(&given.half.place.path));
        let alone = self.populations.entry(key).or_insert_with(|| Alone::of(given, None));
        if !alone.areas.iter().any(|known| known == area) {
            alone.areas.push(area.to_owned());
        }
    }

    fn report(self, definition: &Definition, findings: &mut Findings) {
        for ((group, _), alone) in self.populations {
            let found =
                format!("there is no count of {} for {}", quote(&group), alone.name_areas());
            let remedy = format!(
                "add {} to {FILE} in the data folder, with the header group,area,from,count",
                plural(alone.areas.len(), "a row of it", "rows of them")
            );
            let finding = Finding::new(Code::NoPopulation, alone.first, found, remedy);
            let place = alone.source.place.clone();
            findings.push(finding.with_related(place, "the source is described here"));
        }
        for ((indicator, what, _), alone) in self.halves {
            let other = if what == "numerator" { "denominator" } else { "numerator" };
            let found = format!(
                "indicator {}: a {what} without its {other}, of {}",
                definition.indicator(indicator).id,
                alone.name_areas()
            );
            let remedy = format!(
                "add the file that has the {other}, or say in its source where it stands; the two \
                    are joined by indicator, area, cohort and month"
            );
            let mut finding = Finding::new(Code::HalfARatio, alone.first, found, remedy);
            if let Some(blank) = alone.other {
                finding = finding.with_related(blank, format!("the {other} here is blank"));
            } else if let Some(source) = giver(definition, indicator, other) {
                let place = source.place.clone();
                finding = finding.with_related(place, format!("this source gives the {other}"));
            } else {
                let place = alone.source.place.clone();
                finding = finding.with_related(place, "the source is described here");
            }
            findings.push(finding);
        }
    }
}

/// The source that one of the measures of an indicator has a half in.
fn giver<'d>(
    definition: &'d Definition,
    indicator: IndicatorId,
    half: &str,
) -> Option<&'d ExtractSource> {
    definition.sources.iter().find(|source| {
        source.measures.iter().any(|measure| {
            measure.indicator == indicator
                && measure.parts.iter().any(|(column, _)| column.as_str() == half)
        })
    })
}
