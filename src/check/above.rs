//! Percentages above 100, where more is counted above the line than below it, and below 0.

use super::{Collected, Context, Rows, written};
use crate::definition::{Above100, IndicatorId, Unit};
use crate::diagnostic::{Code, Finding};
use crate::extract::BenchmarkRow;
use crate::figure::{Amount, Decimal};
use crate::population::{CohortId, Population};

const REMEDY: &str = "look for what is counted above the line and not below it, or for a lost \
    decimal point; a percentage that is not a share of a whole has above_100 = \"yes\" in its \
    definition";

/// Every row of a percentage, and what a cohort and everyone else leave of each other: a numerator
/// that is wrong in a cohort's row is often seen only there.
pub(super) fn look(context: Context<'_, '_>, rows: &Rows<'_, '_>, collected: &mut Collected<'_>) {
    if rows.indicator.unit != Unit::Percent || rows.indicator.above_100 == Above100::Yes {
        return;
    }
    for (amount, row) in &rows.now.figures {
        if let Some(beyond) = beyond(amount) {
            collected.add(Code::Above100, || {
                let name = context.name_of(rows.area, rows.id, row.population());
                let found = format!("{name} is {beyond}: {}", written(amount, Unit::Percent));
                Finding::new(Code::Above100, rows.place(row), found, REMEDY)
            });
            continue;
        }
        let (cohort, other) = match row.population() {
            Population::Everyone => continue,
            Population::Cohort(cohort) => (cohort, Population::Excluding(cohort)),
            Population::Excluding(cohort) => (cohort, Population::Cohort(cohort)),
        };
        let Some((left, whole)) =
            left(rows, cohort, other, amount).filter(|(left, _)| beyond(left).is_some())
        else {
            continue;
        };
        collected.add(Code::Above100, || {
            let found = format!(
                "{} is {}, which leaves {} for {}: above 100%",
                context.name_of(rows.area, rows.id, row.population()),
                written(amount, Unit::Percent),
                written(&left, Unit::Percent),
                match row.population() {
                    Population::Cohort(_) => "everyone else",
                    _ => &context.definition.cohort(cohort).id,
                },
            );
            let remedy = "check the rows of all and of the cohort: one of them counts what the \
                other does not";
            Finding::new(Code::Above100, rows.place(row), found, remedy)
                .with_related(rows.place(whole), "all is here")
        });
    }
}

/// A figure of a benchmark.
pub(super) fn of_benchmark(
    context: Context<'_, '_>,
    id: IndicatorId,
    row: &BenchmarkRow,
    collected: &mut Collected<'_>,
) {
    let indicator = context.definition.indicator(id);
    let is_share = indicator.unit == Unit::Percent
        && indicator.above_100 != Above100::Yes
        && indicator.gap.is_none();
    let Some(beyond) = beyond(&row.amount).filter(|_| is_share) else { return };
    collected.add(Code::Above100, || {
        let name = &context.definition.benchmark(row.benchmark).name;
        let found = format!(
            "indicator {} of {name} is {beyond}: {}",
            indicator.id,
            written(&row.amount, Unit::Percent)
        );
        Finding::new(Code::Above100, row.place.clone(), found, REMEDY)
            .about(context.definition.subject_indicators(None, &[id]))
    });
}

/// What everyone's row leaves for the others, who have no row of their own.
fn left<'e>(
    rows: &Rows<'_, 'e>,
    cohort: CohortId,
    other: Population,
    part: &Amount,
) -> Option<(Amount, &'e crate::extract::Observation)> {
    let (whole, row) = rows.of(Population::Everyone)?;
    if rows.of(other).is_some()
        || rows.indicator.excludes.contains(&cohort)
        || beyond(whole).is_some()
    {
        return None;
    }
    let (
        Amount::Ratio { numerator: all_n, denominator: all_d },
        Amount::Ratio { numerator: n, denominator: d },
    ) = (whole, part)
    else {
        return None;
    };
    let (numerator, denominator) = (all_n - n, all_d - d);
    // A part that is larger than the whole is a finding of its own.
    (!numerator.is_negative() && !denominator.is_negative())
        .then_some((Amount::Ratio { numerator, denominator }, row))
}

/// On which side a percentage is where no share of anything can be.
fn beyond(amount: &Amount) -> Option<&'static str> {
    let above = match amount {
        Amount::Ratio { numerator, denominator } => numerator > denominator,
        Amount::Value(value) if value.is_negative() => return Some("below 0%"),
        Amount::Value(value) => *value > Decimal::new(100, 0),
        Amount::Suppressed | Amount::Low | Amount::NoFigure(_) | Amount::Gap(_) => false,
    };
    above.then_some("above 100%")
}
