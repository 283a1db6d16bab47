//! Where a figure came from, as far as a page says.

use std::path::Path;

use super::{Places, WorkingPage};
use crate::assess::{Figure, Origin};
use crate::definition::AreaId;
use crate::diagnostic::Place;
use crate::extract::{Observation, find};
use crate::figure::Amount;
use crate::month::Month;
use crate::population::Population;
use crate::text;
use crate::wording;

impl WorkingPage<'_, '_> {
    /// Whether it says where figures are from.
    pub(super) fn has_places(&self) -> bool {
        self.places != Places::Nowhere
    }

    /// A place as it is told.
    pub(super) fn told(&self, place: &Place) -> String {
        if self.places == Places::Full {
            return place.to_string();
        }
        let path = self.scorecard.history.path_within(Path::new(&*place.path));
        Place { path: path.into(), ..place.clone() }.to_string()
    }

    /// How a figure has been counted from a list with a row a child or case.
    pub(super) fn counted(&self, figure: &Figure<'_>) -> Option<String> {
        let Origin::Row(row) = figure.origin else { return None };
        let extract = self.scorecard.history.extract(figure.month)?;
        wording::counted(self.scorecard.definition, extract, row)
    }

    /// Where a figure came from, down to file and line.
    pub(super) fn origin(&self, figure: &Figure<'_>, population: Population) -> String {
        let place = |row: &Observation| {
            let extract = self.scorecard.history.extract(figure.month);
            let places = extract.map(|extract| extract.results.places(row)).unwrap_or_default();
            let told: Vec<_> = places.iter().map(|place| self.told(place)).collect();
            told.join(" and ")
        };
        match figure.origin {
            Origin::Row(row) => place(row),
            Origin::Published(published) => {
                format!("{}, as it was published", self.told(&published.place()))
            }
            Origin::Gap => "the difference between the two groups".to_owned(),
            Origin::AlreadyExcluded(row) => {
                format!("{}, which leaves the cohort out already", place(row))
            }
            Origin::Difference { all, cohort } => {
                format!("all at {} minus the cohort at {}", place(all), place(cohort))
            }
            Origin::Sum | Origin::SumMinusCohort(_) => {
                let parts: Vec<_> = self
                    .scorecard
                    .definition
                    .parts_of_sum(self.area, self.id, figure.month)
                    .map(|part| {
                        let name = &self.scorecard.definition.area(part).name;
                        match self.row_of_part(part, population, figure.month) {
                            Some(row) => format!("{name} ({})", place(row)),
                            None => name.clone(),
                        }
                    })
                    .collect();
                let sum = format!("the sum of {}", parts.join(", "));
                match figure.origin {
                    Origin::SumMinusCohort(row) => {
                        format!("{sum}, minus the cohort at {}", place(row))
                    }
                    _ => sum,
                }
            }
        }
    }

    /// The row that a part of a sum has. One that has ended has no figure of its own, only that.
    fn row_of_part(
        &self,
        part: AreaId,
        population: Population,
        month: Month,
    ) -> Option<&Observation> {
        let rows = self.scorecard.history.extract(month)?.results.of(part, self.id);
        find(rows, population)
    }

    /// The parts that keep a sum from being shown: `, as South may not be`.
    pub(super) fn suppressed_parts(&self, figure: &Figure<'_>) -> String {
        let definition = self.scorecard.definition;
        let is_suppressed = |part: &AreaId| {
            let figure = self.scorecard.figure(*part, self.id, Population::Everyone, figure.month);
            figure.is_some_and(|figure| figure.amount == Amount::Suppressed)
        };
        let parts: Vec<_> = match figure.origin {
            // The public is not told why.
            Origin::Sum if self.has_places() => definition
                .parts_of_sum(self.area, self.id, figure.month)
                .filter(is_suppressed)
                .map(|part| definition.area(part).name.as_str())
                .collect(),
            _ => Vec::new(),
        };
        match parts.as_slice() {
            [] => String::new(),
            parts => format!(", as {} may not be", text::list(parts)),
        }
    }
}
