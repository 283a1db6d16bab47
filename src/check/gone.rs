//! Figures that were there last time and are not there now.

use super::{Collected, Context, Rows, result_gone, written};
use crate::assess::{Figure, Origin, SeriesKey};
use crate::definition::Frequency;
use crate::diagnostic::{Code, Finding};
use crate::extract::{Observation, find};
use crate::population::Population;

use super::Depth;

/// Every figure of the period before that the month has no successor for. A month without any
/// results has a finding of its own.
pub(super) fn look(context: Context<'_, '_>, rows: &Rows<'_, '_>, collected: &mut Collected<'_>) {
    if context.this.results.is_empty() {
        return;
    }
    if rows.indicator.frequency == Frequency::Monthly {
        for (_, row) in &rows.before.figures {
            if rows.of(row.population()).is_none() {
                since_last_month(context, rows, row, collected);
            }
        }
    } else if context.depth == Depth::Check {
        // A figure that is not of every month is carried forward until the next is due: months
        // further back than a report needs say whether there has been one.
        // What is gone of a cohort is said where everyone else's figure rests on it.
        let populations = context.definition.populations();
        for population in populations.filter(|who| !matches!(who, Population::Cohort(_))) {
            expired(context, rows, population, collected);
        }
    }
}

/// A row is gone. What rests on it may still be there: worked out from other rows, or given by one.
fn since_last_month(
    context: Context<'_, '_>,
    rows: &Rows<'_, '_>,
    row: &Observation,
    collected: &mut Collected<'_>,
) {
    let population = match row.population() {
        Population::Everyone => Population::Everyone,
        Population::Excluding(cohort) | Population::Cohort(cohort) => Population::Excluding(cohort),
    };
    let key = SeriesKey::everyone(rows.area, rows.id).about(population);
    let figure = |month| context.assessor.figure(key, month);
    let Some(before) = figure(context.month.before(1)).filter(|before| rests_on(before, row))
    else {
        return;
    };
    if figure(context.month).is_none() {
        gone(context, rows, &before, row, collected);
    }
}

/// Whether a figure is this row, or is worked out from it.
fn rests_on(figure: &Figure<'_>, row: &Observation) -> bool {
    match figure.origin {
        Origin::Row(other) | Origin::AlreadyExcluded(other) => {
            other.population() == row.population()
        }
        Origin::Difference { cohort, .. } | Origin::SumMinusCohort(cohort) => {
            cohort.population() == row.population()
        }
        Origin::Sum | Origin::Gap | Origin::Published(_) => false,
    }
}

/// The last figure is too old to be carried forward, and there is no new one.
fn expired(
    context: Context<'_, '_>,
    rows: &Rows<'_, '_>,
    population: Population,
    collected: &mut Collected<'_>,
) {
    let key = SeriesKey::everyone(rows.area, rows.id).about(population);
    let latest = |month| context.assessor.latest(key, month);
    let due = context.month.before(rows.indicator.frequency.months());
    let Some(before) = latest(due) else { return };
    let row = match before.origin {
        Origin::Row(row) | Origin::Difference { cohort: row, .. } | Origin::SumMinusCohort(row) => {
            row
        }
        // The row is everyone's, and said to be gone as that; a sum's parts are said to be.
        Origin::AlreadyExcluded(_) | Origin::Sum | Origin::Gap | Origin::Published(_) => return,
    };
    if latest(context.month).is_none() {
        gone(context, rows, &before, row, collected);
    }
}

fn gone(
    context: Context<'_, '_>,
    rows: &Rows<'_, '_>,
    before: &Figure<'_>,
    row: &Observation,
    collected: &mut Collected<'_>,
) {
    // A row that waits to be filled in is said to be outstanding, and one that says why there is no
    // figure is an answer, for everyone's figure as for what is made from it.
    let now = |population| find(rows.now.rows, population);
    let says_why = |row: &Observation| row.reason().is_some();
    if now(row.population()).is_some_and(|row| row.is_blank() || says_why(row))
        || now(Population::Everyone).is_some_and(says_why)
    {
        return;
    }
    // What was worked out from the row is what is missed on the pages.
    if matches!(before.origin, Origin::Difference { .. } | Origin::SumMinusCohort(_)) {
        result_gone::row(context, rows, before, row, collected);
        return;
    }
    collected.add(Code::FigureGone, || {
        let found = format!(
            "{} has no figure in {}; the last, of {}, was {}",
            context.name_of(rows.area, rows.id, row.population()),
            context.month.long(),
            before.month.long(),
            row.amount().map_or_else(String::new, |amount| written(&amount, rows.indicator.unit)),
        );
        let remedy = "add it to this month's extract; if there will be no more figures, end the \
            indicator or the area with `until`";
        let place = context.history.extract(before.month).map(|extract| extract.results.place(row));
        let finding = Finding::new(Code::FigureGone, place, found, remedy);
        let blank = find(rows.now.rows, row.population()).map(|blank| rows.place(blank));
        finding.with_related(blank, "this month's row says that there is none")
    });
}
