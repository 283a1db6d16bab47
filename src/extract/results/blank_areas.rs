//! Rows that do not name an area.

use std::collections::HashSet;

use super::super::table::TableOrigin;
use super::observation::Observation;
use super::reader::About;
use crate::definition::{AreaId, Definition};
use crate::diagnostic::{Code, Finding, Findings};
use crate::text::{plural, quote};

/// The rows of a file without an area below rows that have one: as in a pivot, they may be about the
/// one above. Where the first row has none, there is none above it, and the file shows what it means.
#[derive(Default)]
pub(super) struct BlankAreas {
    above: Option<AreaId>,
    starts_blank: bool,
    /// Their lines, and what they would be about then.
    rows: Vec<(u32, About)>,
}

impl BlankAreas {
    /// Takes the next row of the file.
    #[inline]
    pub(super) fn row(&mut self, row: &Observation, names_area: bool) {
        if names_area {
            self.above = Some(row.area());
        } else if self.above.is_none() {
            self.starts_blank = true;
        } else if let Some(above) = self.above.filter(|above| *above != row.area()) {
            self.rows.push((row.line(), (above, row.indicator(), row.population())));
        }
    }

    /// Asks what is meant, unless the area above has rows of its own for the same.
    pub(super) fn report(
        &self,
        rows: &[Observation],
        source: &TableOrigin,
        definition: &Definition,
        findings: &mut Findings,
    ) {
        let Some((line, _)) = self.rows.first() else { return };
        let own: HashSet<_> = rows.iter().map(Observation::about).collect();
        if self.starts_blank || self.rows.iter().any(|(_, about)| own.contains(about)) {
            return;
        }
        let (count, top) = (self.rows.len(), quote(&definition.area(definition.top).name));
        let found = format!(
            "{count} {} no area, below rows that have one, and {} read as about {top}",
            plural(count, "row has", "rows have"),
            plural(count, "is", "are")
        );
        let remedy = format!(
            "as above? Then write the area in every row; write {top} where all of it is meant"
        );
        findings.push(Finding::new(Code::BlankArea, source.place(*line), found, remedy));
    }
}
