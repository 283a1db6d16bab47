//! Columns that are not read: what is in them may say who the rows are about all the same.

use std::collections::{BTreeMap, BTreeSet};

use super::super::table::{ExtractTable, UnusedColumn};
use super::{Observation, ResultsColumn};
use crate::definition::IndicatorId;
use crate::population::Population;

/// What is in a column that is not read.
#[derive(Debug)]
pub struct UnusedValues {
    /// The column.
    pub column: UnusedColumn,
    /// How many rows of its file are read as everyone, by their indicators.
    pub rows: BTreeMap<IndicatorId, usize>,
    /// What those rows have in it.
    pub of_everyone: BTreeSet<String>,
    /// What the other rows have in it: those of a cohort, or of all but one.
    pub of_cohorts: BTreeSet<String>,
}

impl UnusedValues {
    /// What every row of the file has in it, if that is the same.
    #[must_use]
    pub fn only_value(&self) -> Option<&str> {
        let mut values = self.of_everyone.union(&self.of_cohorts);
        let first = values.next()?;
        values.next().is_none().then_some(first)
    }
}

/// The columns of a file that are not read, while its rows are.
pub(super) struct UnusedColumns(Vec<(usize, UnusedValues)>);

impl UnusedColumns {
    pub(super) fn of(table: &mut ExtractTable<'_, ResultsColumn>) -> Self {
        let values = |(index, column)| {
            let (of_everyone, of_cohorts) = (BTreeSet::new(), BTreeSet::new());
            (index, UnusedValues { column, rows: BTreeMap::new(), of_everyone, of_cohorts })
        };
        Self(table.take_unused().into_iter().map(values).collect())
    }

    /// Takes the row that was read last. A column of a text for each row does not say whom they are
    /// about, and is not kept.
    #[inline]
    pub(super) fn row(&mut self, row: &Observation, table: &ExtractTable<'_, ResultsColumn>) {
        self.0.retain_mut(|(index, values)| values.add(row, table.last_cell(*index)));
    }

    /// Those that have been kept.
    pub(super) fn finish(self) -> impl Iterator<Item = UnusedValues> {
        self.0.into_iter().map(|(_, values)| values)
    }
}

impl UnusedValues {
    /// Adds the cell of a row, and says whether that may be the name of a group.
    fn add(&mut self, row: &Observation, cell: &str) -> bool {
        /// More than a split into groups has.
        const MOST: usize = 50;
        /// Longer than the name of a group, in bytes.
        const LONGEST: usize = 100;
        let is_everyone = row.population() == Population::Everyone;
        if is_everyone {
            *self.rows.entry(row.indicator()).or_default() += 1;
        }
        let values = if is_everyone { &mut self.of_everyone } else { &mut self.of_cohorts };
        if !values.contains(cell) {
            values.insert(cell.to_owned());
        }
        values.len() <= MOST && cell.len() <= LONGEST
    }
}
