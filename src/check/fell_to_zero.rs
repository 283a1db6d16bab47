//! Counts that become 0: more often a column that was not filled in than a success.

use super::moved::Moved;
use super::{Collected, Context};
use crate::assess::{Origin, SeriesKey};
use crate::definition::{AreaId, Frequency, IndicatorId, Unit};
use crate::diagnostic::{Code, Finding};
use crate::figure::{Amount, Decimal, Ratio};
use crate::text::quote;

/// Below this many a count becomes 0 by chance.
const LEAST: i64 = 10;

const REMEDY: &str = "check that it has been counted: a blank or a failed query is often sent as \
    0; if it is right, say so in the paper";

/// A figure that has become 0, except where a year to date starts again and where the same month
/// of last year was alike. Says whether there is a finding.
pub(super) fn look(
    context: Context<'_, '_>,
    moved: &Moved<'_>,
    collected: &mut Collected<'_>,
) -> bool {
    let unit = moved.indicator.unit;
    let Some(counts) = counts(moved).filter(|counts| has_fallen(*counts)) else { return false };
    if moved.starts_again(context, moved.before.month, moved.now.month)
        || is_season(context, moved)
        || matches!(moved.now.origin, Origin::Sum) && a_part_fell(context, moved.area, moved.id)
    {
        return false;
    }
    collected.add(Code::FellToZero, || {
        let what = if unit == Unit::Number { "" } else { "the numerator of " };
        let found = format!(
            "{what}{} has gone from {} to 0 since {}",
            context.name_of(moved.area, moved.id, moved.who),
            counts.1.grouped(),
            moved.before.month.long(),
        );
        let place = moved.place(context);
        Finding::new(Code::FellToZero, place, found, REMEDY)
    });
    true
}

/// Whether a figure has become 0, with a finding or without.
pub(super) fn is_about(moved: &Moved<'_>) -> bool {
    counts(moved).is_some_and(has_fallen)
}

fn counts<'m>(moved: &'m Moved<'_>) -> Option<(&'m Decimal, &'m Decimal)> {
    let count = |amount| count(amount, moved.indicator.unit);
    count(&moved.now.amount).zip(count(&moved.before.amount))
}

/// How many are counted: a number, or what is above the line, unless there is nothing below it.
fn count(amount: &Amount, unit: Unit) -> Option<&Decimal> {
    match amount {
        Amount::Ratio { denominator, .. } if denominator.is_zero() => None,
        Amount::Ratio { numerator, .. } => Some(numerator),
        Amount::Value(value) => Some(value).filter(|_| unit == Unit::Number),
        Amount::Suppressed | Amount::Low | Amount::NoFigure(_) | Amount::Gap(_) => None,
    }
}

fn has_fallen((now, before): (&Decimal, &Decimal)) -> bool {
    now.is_zero() && *before >= Decimal::new(LEAST, 0)
}

/// Whether the same month of last year was 0 as well, or fell to a tenth or less.
fn is_season(context: Context<'_, '_>, moved: &Moved<'_>) -> bool {
    if moved.indicator.frequency == Frequency::Annual {
        return false;
    }
    let unit = moved.indicator.unit;
    let last_year = context.month.before(12);
    let of = |month| moved.figure(context, month);
    let Some(then) = of(last_year) else { return false };
    let Some(then) = count(&then.amount, unit) else { return false };
    let before = of(last_year.before(moved.indicator.frequency.months()));
    then.is_zero()
        || before
            .as_ref()
            .and_then(|before| count(&before.amount, unit))
            .is_some_and(|before| is_a_tenth(then, before))
}

fn is_a_tenth(then: &Decimal, before: &Decimal) -> bool {
    Ratio::new(then, before, 10).is_some_and(|tenfold| tenfold <= Decimal::new(1, 0))
}

/// Whether one of an area's parts has a finding of its own.
fn a_part_fell(context: Context<'_, '_>, area: AreaId, id: IndicatorId) -> bool {
    let unit = context.definition.indicator(id).unit;
    let before = context.month.before(context.definition.indicator(id).frequency.months());
    context.definition.parts(area, context.month).any(|part| {
        let part = SeriesKey::everyone(part, id);
        let amount = |month| context.assessor.amount_of_part(part, month);
        let (Some(now), Some(before)) = (amount(context.month), amount(before)) else {
            return false;
        };
        count(&now, unit).zip(count(&before, unit)).is_some_and(has_fallen)
    })
}

/// The same of activity.
pub(super) fn activities(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let Some(last) = context.last else { return };
    let definition = context.definition;
    for area in context.areas() {
        for id in definition.activity_ids() {
            let of = |month| context.history.extract(month)?.activities.amount(area, id);
            let count = |amount| count(amount, Unit::Number);
            let (Some(entry), Some(before)) =
                (context.this.activities.of(area, id), last.activities.amount(area, id))
            else {
                continue;
            };
            let counts = entry.amount.as_ref().and_then(count).zip(count(before));
            let last_year = context.month.before(12);
            let then = of(last_year).and_then(count);
            let was_alike = |then: &Decimal| {
                let before = of(last_year.before(1)).and_then(count);
                then.is_zero() || before.is_some_and(|before| is_a_tenth(then, before))
            };
            let Some((_, before)) = counts.filter(|counts| has_fallen(*counts)) else { continue };
            if then.is_some_and(was_alike) {
                continue;
            }
            collected.add(Code::FellToZero, || {
                let found = format!(
                    "{} of {} has gone from {} to 0 since {}",
                    quote(&definition.activity(id).name),
                    definition.area(area).name,
                    before.grouped(),
                    context.month.before(1).long(),
                );
                Finding::new(Code::FellToZero, entry.place.clone(), found, REMEDY)
                    .about(definition.subject_activity(area, id))
            });
        }
    }
}
