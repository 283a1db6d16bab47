//! `results*.csv`: the figures of a month, each with the file and line that it came from.
//!
//! A row is read from its cells; one that is [plain](super::plain) is read from its bytes, which says
//! the same.

mod blank_areas;
mod columns;
mod figures;
mod file_rows;
mod observation;
mod reader;
mod row;
mod rows;
mod unused;
mod whole;

use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) use columns::{ColumnLayout, ResultsColumn};
pub(super) use figures::{Figures, read_cell, read_number};
pub(super) use observation::RowFigure;
pub use observation::{Observation, find, has_own};
pub(super) use reader::{About, JoinedRow, Reader};
pub(super) use row::check_month;
pub use unused::UnusedValues;

use super::mark::Mark;
use super::table::TableOrigin;
use crate::definition::{AreaId, IndicatorId};
use crate::diagnostic::Place;
use crate::population::Population;

/// All the results of a month.
#[derive(Debug, Default)]
pub struct Results {
    /// Ordered by area, indicator and population, each once.
    rows: Vec<Observation>,
    /// Where the rows of each area are.
    areas: Vec<AreaRows>,
    /// Where the rows of each indicator start among those of most areas, and at the end how many those
    /// are.
    common_offsets: Vec<usize>,
    /// The files, and the sheets of workbooks, each with how its lines are counted on.
    files: Vec<(u32, TableOrigin)>,
    /// The rows that are said to be provisional or revised: few, so beside the others.
    marks: BTreeMap<(AreaId, IndicatorId, Population), Mark>,
    /// Whether any row says why there is no figure.
    has_reasons: bool,
    /// Where the denominators stand that are not in the row of their numerators, by the lines of
    /// the rows that the two make.
    second_places: BTreeMap<u32, Place>,
    /// What is in the columns that are not read.
    unused: Vec<UnusedValues>,
}

/// The rows of an area.
#[derive(Debug, Default)]
struct AreaRows {
    start: usize,
    end: usize,
    /// Whether those of each indicator are at the [common offsets](Results::common_offsets), as in
    /// nearly all areas.
    has_common_layout: bool,
}

impl Results {
    /// The rows that an area has for an indicator: none, where it has not been reported at all.
    #[inline]
    #[must_use]
    pub fn of(&self, area: AreaId, indicator: IndicatorId) -> &[Observation] {
        let Some(area_rows) = self.areas.get(area.index()) else { return &[] };
        let rows = &self.rows[area_rows.start..area_rows.end];
        if area_rows.has_common_layout {
            let Some(&[start, end]) =
                self.common_offsets.get(indicator.index()..indicator.index() + 2)
            else {
                return &[];
            };
            return &rows[start..end];
        }
        let start = rows.partition_point(|row| row.indicator() < indicator);
        let count = rows[start..].iter().take_while(|row| row.indicator() == indicator).count();
        &rows[start..start + count]
    }

    /// The row about this population.
    #[must_use]
    pub fn row(
        &self,
        area: AreaId,
        indicator: IndicatorId,
        population: Population,
    ) -> Option<&Observation> {
        find(self.of(area, indicator), population)
    }

    /// The rows that another month has too, with their indicators: this month's, then the other's.
    pub fn shared<'r>(
        &'r self,
        other: &'r Self,
    ) -> impl Iterator<Item = (IndicatorId, [&'r Observation; 2])> {
        let key = Observation::key;
        let mut others = other.rows.iter().peekable();
        self.rows.iter().filter_map(move |row| {
            while others.next_if(|other| key(other) < key(row)).is_some() {}
            let same = others.next_if(|other| key(other) == key(row))?;
            Some((row.indicator(), [row, same]))
        })
    }

    /// Every row, in order.
    pub(super) fn all(&self) -> &[Observation] {
        &self.rows
    }

    /// Where a row stands.
    #[must_use]
    pub fn place(&self, row: &Observation) -> Place {
        let (above, source) = self.file(row);
        source.place(row.line() - above)
    }

    /// The file that a row stands in.
    #[must_use]
    pub fn path(&self, row: &Observation) -> &Arc<str> {
        self.file(row).1.path()
    }

    fn file(&self, row: &Observation) -> &(u32, TableOrigin) {
        &self.files[self.files.partition_point(|(above, _)| *above < row.line()) - 1]
    }

    /// The rows that are [blank](Observation::is_blank).
    pub fn blank(&self) -> impl Iterator<Item = (AreaId, IndicatorId, Population)> {
        self.rows
            .iter()
            .filter(|row| row.is_blank())
            .map(|row| (row.area(), row.indicator(), row.population()))
    }

    /// Whether any figure is suppressed.
    #[must_use]
    pub fn has_suppressed(&self) -> bool {
        self.rows.iter().any(Observation::is_suppressed)
    }

    /// Whether any row says why there is no figure.
    #[must_use]
    pub fn has_reasons(&self) -> bool {
        self.has_reasons
    }

    /// What is said of how firm the figure of a row is.
    #[must_use]
    pub fn mark(
        &self,
        area: AreaId,
        indicator: IndicatorId,
        population: Population,
    ) -> Option<Mark> {
        self.marks.get(&(area, indicator, population)).copied()
    }

    /// Whether that is said of any.
    #[must_use]
    pub fn has_marks(&self) -> bool {
        !self.marks.is_empty()
    }

    /// Where the figure of a row stands: its row, or its numerator and its denominator.
    #[must_use]
    pub fn places(&self, row: &Observation) -> Vec<Place> {
        let second = self.second_places.get(&row.line());
        std::iter::once(self.place(row)).chain(second.cloned()).collect()
    }

    /// What is in the columns that are not read, of those that have few values.
    #[must_use]
    pub fn unused(&self) -> &[UnusedValues] {
        &self.unused
    }

    /// Whether any row gives a figure, or says why there is none.
    #[must_use]
    pub fn has_figures(&self) -> bool {
        self.rows.iter().any(|row| row.amount().is_some() || row.reason().is_some())
    }

    /// Whether there is not a single row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}
