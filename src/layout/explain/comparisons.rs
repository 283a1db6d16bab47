//! What the result is compared with: benchmarks, earlier results, and those without each cohort.

use super::WorkingPage;
use crate::assess::{Assessed, Comparison, Entry, Variance};
use crate::definition::{CompareWith, Unit};
use crate::diagnostic::Place;
use crate::figure::Amount;
use crate::layout::notes::Notes;
use crate::layout::{
    Block, Cell, Column, TableBuilder, benchmarks, denominator_cell, denominator_column,
    difference_column, direction_cell, earlier_cell, excluding_cell, numerator_cell,
    numerator_column, result_cell,
};
use crate::population::Population;
use crate::wording;

impl WorkingPage<'_, '_> {
    /// What benchmarks have.
    pub(super) fn benchmarks(&self, entry: &Entry<'_>) -> Vec<Block> {
        let told = |place: &Place| self.told(place);
        let places = self.has_places().then_some(&told as &dyn Fn(&Place) -> String);
        benchmarks::working(self.scorecard.definition, entry, places)
    }

    /// The earlier results, where there is no latest one to compare with them.
    pub(super) fn earlier(&self, entry: &Entry<'_>, notes: &Notes) -> Vec<Block> {
        let has_any = entry
            .earlier()
            .is_some_and(|earlier| earlier.iter().any(|earlier| earlier.figure().is_some()));
        if has_any { self.comparisons(entry, notes) } else { Vec::new() }
    }

    /// What the result is compared with, and how it has moved.
    pub(super) fn comparisons(&self, entry: &Entry<'_>, notes: &Notes) -> Vec<Block> {
        let latest = entry.including.as_ref();
        let Some([previous, outturn, last_year]) = entry.earlier() else { return Vec::new() };
        let mut table = TableBuilder::<ComparisonRow<'_>>::new();
        table.column(Column::text("Compared with"), |row| Cell::text(row.label));
        table.column(Column::text("Period"), |row| {
            row.comparison.map_or_else(Cell::missing, |comparison| {
                let (definition, month) = (self.scorecard.definition, comparison.figure.month);
                Cell::text(wording::period_name(definition, self.indicator, month))
            })
        });
        table.column(numerator_column(), |row| numerator_cell(row.amount()));
        table.column(denominator_column(), |row| denominator_cell(row.amount()));
        table.column(Column::number("Result"), |row| row.result.clone());
        table.column(Column::mark("RAG Status"), |row| {
            Cell::rag(row.comparison.and_then(Comparison::rag))
        });
        table.column(Column::mark("Change").in_csv("DoT"), |row| {
            let definition = self.scorecard.definition;
            direction_cell(definition, latest, row.comparison, self.indicator, notes)
        });
        if self.has_places() {
            table.column(Column::flexible("From"), |row| {
                row.comparison.map_or_else(Cell::missing, |comparison| {
                    Cell::text(self.origin(&comparison.figure, Population::Everyone))
                })
            });
        }
        for with in self.indicator.compare.iter() {
            let (label, earlier) = match with {
                CompareWith::Previous => ("Previous", previous),
                CompareWith::Outturn => ("Outturn", outturn),
                CompareWith::LastYear => ("Last year", last_year),
            };
            table.row(&ComparisonRow {
                label,
                comparison: earlier.result(),
                result: earlier_cell(
                    self.scorecard.definition,
                    Some(earlier),
                    self.indicator,
                    notes,
                ),
            });
        }
        if self.indicator.compare.iter().next().is_none() {
            return Vec::new();
        }
        let heading = if latest.is_some() { "Direction of travel" } else { "Earlier results" };
        vec![
            Block::heading(heading),
            Block::Table(table.finish("What the result is compared with")),
        ]
    }

    /// The figure without each cohort.
    pub(super) fn cohorts(&self, entry: &Entry<'_>, notes: &Notes) -> Vec<Block> {
        let definition = self.scorecard.definition;
        let mut blocks = Vec::new();
        for excluding in &entry.excluding {
            let cohort = definition.cohort(excluding.cohort);
            blocks.push(Block::heading(format!("Without {}", cohort.name)));
            if matches!(excluding.variance, Variance::NotApplicable) {
                blocks.push(Block::paragraph(format!(
                    "The indicator leaves {} out already.",
                    cohort.name
                )));
                continue;
            }
            let variance = excluding_cell(excluding, entry.including.as_ref(), self.indicator);
            let tie = notes.variance_tie(
                definition,
                &excluding.variance,
                &excluding.assessed,
                entry.including.as_ref(),
                self.indicator,
            );
            let mut table = TableBuilder::<CohortRow<'_>>::new();
            table.column(Column::text("Who"), |row| {
                let which = if row.is_excluding { "Excluding" } else { "Including" };
                Cell::text(format!("{which} {}", cohort.name))
            });
            table.column(numerator_column(), |row| numerator_cell(Some(row.amount())));
            table.column(denominator_column(), |row| denominator_cell(Some(row.amount())));
            table.column(Column::number("Result"), |row| {
                result_cell(Some(row.assessed), self.indicator)
            });
            table.column(Column::mark("RAG Status"), |row| Cell::rag(row.assessed.rag));
            let column =
                difference_column("Variance", "Var.", self.indicator.unit == Unit::Percent);
            table.column(column, |row| {
                if row.is_excluding { variance.clone().noted(tie) } else { Cell::missing() }
            });
            if self.has_places() {
                table.column(Column::flexible("From"), |row| {
                    let population = if row.is_excluding {
                        Population::Excluding(excluding.cohort)
                    } else {
                        Population::Everyone
                    };
                    Cell::text(self.origin(&row.assessed.figure, population))
                });
            }
            if let Some(including) = &entry.including {
                table.row(&CohortRow { assessed: including, is_excluding: false });
            }
            table.row(&CohortRow { assessed: &excluding.assessed, is_excluding: true });
            let caption = format!("With and without {}", cohort.name);
            blocks.push(Block::Table(table.finish(caption)));
        }
        blocks
    }
}

/// An earlier figure that the result is compared with, or would be.
struct ComparisonRow<'r> {
    label: &'static str,
    comparison: Option<&'r Comparison<'r>>,
    result: Cell,
}

impl ComparisonRow<'_> {
    fn amount(&self) -> Option<&Amount> {
        self.comparison.map(|comparison| &comparison.figure.amount)
    }
}

/// The figure with a cohort or without it.
struct CohortRow<'r> {
    assessed: &'r Assessed<'r>,
    is_excluding: bool,
}

impl CohortRow<'_> {
    fn amount(&self) -> &Amount {
        &self.assessed.figure.amount
    }
}
