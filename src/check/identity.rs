//! Figures that are the same count, and are not the same.

use super::{Collected, Context};
use crate::assess::{Figure, Origin, SeriesKey};
use crate::definition::{AreaId, Identity, IndicatorId, Part, Term};
use crate::diagnostic::{Code, Finding, Place};
use crate::extract::{ActivityFigure, Observation};
use crate::figure::{Amount, Decimal};
use crate::population::{CohortId, Population};
use crate::text::quote;

/// Every identity of the definitions in every area that has at least two of its figures.
pub(super) fn check(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    for identity in &context.definition.identities {
        for area in context.areas() {
            let counts: Vec<_> = identity
                .same
                .iter()
                .filter_map(|term| Some((*term, count(context, area, *term)?)))
                .collect();
            if counts.windows(2).any(|pair| pair[0].1.count != pair[1].1.count) {
                collected.add(Code::NotTheSame, || {
                    finding(context, identity, area, &counts)
                        .about(context.definition.subject_area(area))
                });
            }
        }
    }
}

/// A figure of an identity.
struct Count<'e> {
    count: Decimal,
    from: From<'e>,
}

/// Where a figure stands.
enum From<'e> {
    Row(&'e Observation),
    Entry(&'e ActivityFigure),
    /// It is worked out from rows of areas below.
    Below,
}

fn count<'e>(context: Context<'_, 'e>, area: AreaId, term: Term) -> Option<Count<'e>> {
    match term {
        Term::Activity(activity) => {
            let entry = context.this.activities.of(area, activity)?;
            let Some(Amount::Value(count)) = &entry.amount else { return None };
            Some(Count { count: count.clone(), from: From::Entry(entry) })
        }
        Term::Indicator { indicator, part, cohort: None } => {
            of_everyone(context, area, indicator, part, Population::Everyone)
        }
        Term::Indicator { indicator, part, cohort: Some(cohort) } => {
            of_cohort(context, area, indicator, part, cohort)
        }
    }
}

fn of_everyone<'e>(
    context: Context<'_, 'e>,
    area: AreaId,
    indicator: IndicatorId,
    part: Part,
    population: Population,
) -> Option<Count<'e>> {
    let key = SeriesKey { area, indicator, population };
    let figure = context.assessor.figure(key, context.month)?;
    Some(Count { count: part_of(&figure.amount, part)?.clone(), from: row(&figure) })
}

/// The cohort's own row, or else everyone without everyone else.
fn of_cohort<'e>(
    context: Context<'_, 'e>,
    area: AreaId,
    indicator: IndicatorId,
    part: Part,
    cohort: CohortId,
) -> Option<Count<'e>> {
    // An indicator that leaves the cohort out has no part of it to give.
    if context.definition.indicator(indicator).excludes.contains(&cohort) {
        return None;
    }
    if let Some((amount, row)) =
        super::find(context.this.results.of(area, indicator), Population::Cohort(cohort))
    {
        return Some(Count { count: part_of(&amount, part)?.clone(), from: From::Row(row) });
    }
    let all = of_everyone(context, area, indicator, part, Population::Everyone)?;
    let rest = of_everyone(context, area, indicator, part, Population::Excluding(cohort))?;
    Some(Count { count: &all.count - &rest.count, from: rest.from })
}

fn part_of(amount: &Amount, part: Part) -> Option<&Decimal> {
    match (amount, part) {
        (Amount::Ratio { numerator, .. }, Part::Numerator) => Some(numerator),
        (Amount::Ratio { denominator, .. }, Part::Denominator) => Some(denominator),
        (Amount::Value(value), Part::Value) => Some(value),
        _ => None,
    }
}

fn row<'e>(figure: &Figure<'e>) -> From<'e> {
    match figure.origin {
        Origin::Row(row)
        | Origin::AlreadyExcluded(row)
        | Origin::Difference { cohort: row, .. } => From::Row(row),
        Origin::Sum | Origin::SumMinusCohort(_) | Origin::Gap | Origin::Published(_) => From::Below,
    }
}

fn finding(
    context: Context<'_, '_>,
    identity: &Identity,
    area: AreaId,
    counts: &[(Term, Count<'_>)],
) -> Finding {
    let place = |count: &Count<'_>| match count.from {
        From::Row(row) => Some(context.this.results.place(row)),
        From::Entry(entry) => Some(entry.place.clone()),
        From::Below => None,
    };
    let said: Vec<_> = counts
        .iter()
        .map(|(term, count)| format!("{} by {}", count.count.grouped(), describe(context, *term)))
        .collect();
    let said: Vec<_> = said.iter().map(String::as_str).collect();
    let name = &context.definition.area(area).name;
    let found = match &identity.name {
        Some(what) => {
            format!("the figures for {} in {name} differ: {}", quote(what), super::list(&said))
        }
        None => format!("figures that must be equal in {name} differ: {}", super::list(&said)),
    };
    let remedy = "find out which of them is right and correct the others; if they are not the \
        same count, take them out of the [[identity]]";
    let mut places: Vec<(Place, String)> = counts
        .iter()
        .filter_map(|(term, count)| Some((place(count)?, describe(context, *term))))
        .collect();
    // Every figure may be the sum of areas: then there is only the definition to point at.
    let first = if places.is_empty() { identity.place.clone() } else { places.remove(0).0 };
    Finding { related: places, ..Finding::new(Code::NotTheSame, first, found, remedy) }
}

/// `indicator 14 (denominator)`, `"CP Plans"`.
fn describe(context: Context<'_, '_>, term: Term) -> String {
    match term {
        Term::Activity(activity) => quote(&context.definition.activity(activity).name),
        Term::Indicator { indicator, part, cohort } => {
            let cohort = cohort.map_or_else(String::new, |cohort| {
                format!(" of {}", context.definition.cohort(cohort).id)
            });
            format!(
                "indicator {} ({}{cohort})",
                context.definition.indicator(indicator).id,
                part.as_str()
            )
        }
    }
}
