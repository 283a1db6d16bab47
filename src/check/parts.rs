//! Totals that are not the sum of their parts, or are less than one of them.

use super::{Collected, Context, Rows, find, written};
use crate::definition::{ActivityId, Allowance, AreaId, Rollup, Unit};
use crate::diagnostic::{Code, Finding};
use crate::extract;
use crate::figure::{Amount, Decimal};
use crate::population::Population;
use crate::text::quote;

const REMEDY: &str = "find what no part counts or two parts both count, and correct the figure or \
    say so in the paper; the report shows the area's own figure";

/// An area's own figure against the sum of its parts, where every part has one: results of
/// indicators that are rolled up, and activity. Other results need not add up: not everything is
/// done by an area.
pub(super) fn check(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    for area in context.areas() {
        results(context, area, collected);
        for activity in context.definition.activity_ids() {
            collected.about(
                || context.definition.subject_activity(area, activity),
                |collected| activities(context, area, activity, collected),
            );
        }
    }
}

fn results(context: Context<'_, '_>, area: AreaId, collected: &mut Collected<'_>) {
    let definition = context.definition;
    let results = &context.this.results;
    for indicator in
        definition.indicator_ids().filter(|id| definition.indicator(*id).rollup == Rollup::Sum)
    {
        let Some((own, row)) = find(results.of(area, indicator), Population::Everyone) else {
            continue;
        };
        let Some(sum) = context.assessor.sum_of_parts(area, indicator, context.month) else {
            continue;
        };
        let allow = definition.indicator(indicator).allow.as_ref();
        if agree(&own, &sum, allow) || own == Amount::Suppressed || sum == Amount::Suppressed {
            continue;
        }
        collected.add(Code::PartsDiffer, || {
            let unit = definition.indicator(indicator).unit;
            let (own, sum) = (written(&own, unit), written(&sum, unit));
            let found =
                format!("{} is {own} and its parts add up to {sum}", context.name(area, indicator));
            Finding::new(Code::PartsDiffer, results.place(row), found, REMEDY)
                .about(context.definition.subject(area, indicator))
        });
    }
}

/// Whether both parts of a figure are as near to the sum's as they have to be.
fn agree(own: &Amount, sum: &Amount, allow: Option<&Allowance>) -> bool {
    match (own, sum) {
        (
            Amount::Ratio { numerator: n, denominator: d },
            Amount::Ratio { numerator: sum_n, denominator: sum_d },
        ) => Allowance::agree(allow, n, sum_n) && Allowance::agree(allow, d, sum_d),
        (Amount::Value(own), Amount::Value(sum)) => Allowance::agree(allow, own, sum),
        _ => own == sum,
    }
}

/// A part that is larger than the whole, where parts need not add up to it.
pub(super) fn look(context: Context<'_, '_>, rows: &Rows<'_, '_>, collected: &mut Collected<'_>) {
    let Some(above) =
        context.definition.area(rows.area).parent.filter(|_| rows.indicator.rollup == Rollup::None)
    else {
        return;
    };
    let Some((part, row)) = rows.of(Population::Everyone) else { return };
    let rows_above = context.this.results.of(above, rows.id);
    let Some(whole_row) = extract::find(rows_above, Population::Everyone) else { return };
    // Nearly every part is within its whole.
    if row.is_within(whole_row) {
        return;
    }
    let Some(whole) = whole_row.amount() else { return };
    let unit = rows.indicator.unit;
    let allow = rows.indicator.allow.as_ref();
    if is_larger(part, &whole, unit) && !agree(part, &whole, allow) {
        collected.add(Code::PartsDiffer, || {
            let found = format!(
                "{} is {}, and {} as a whole is {}",
                context.name(rows.area, rows.id),
                written(part, unit),
                context.definition.area(above).name,
                written(&whole, unit)
            );
            let remedy = "correct whichever of the two rows is wrong: an area cannot have more \
                than the area that it is part of";
            Finding::new(Code::PartsDiffer, rows.place(row), found, remedy)
                .with_related(rows.place(whole_row), "the whole is here")
        });
    }
}

fn is_larger(part: &Amount, whole: &Amount, unit: Unit) -> bool {
    match (part, whole) {
        (
            Amount::Ratio { numerator: n, denominator: d },
            Amount::Ratio { numerator: all_n, denominator: all_d },
        ) => n > all_n || d > all_d,
        (Amount::Value(part), Amount::Value(whole)) => unit == Unit::Number && part > whole,
        _ => false,
    }
}

fn activities(
    context: Context<'_, '_>,
    area: AreaId,
    activity: ActivityId,
    collected: &mut Collected<'_>,
) {
    let (definition, activities) = (context.definition, &context.this.activities);
    let Some(entry) = activities.of(area, activity) else { return };
    let Some(Amount::Value(own)) = &entry.amount else { return };
    let (mut sum, mut known, mut unknown) = (Decimal::new(0, 0), 0, Vec::new());
    for part in definition.parts_and_teams(area, context.month) {
        match activities.amount(part, activity) {
            Some(Amount::Value(count)) => {
                sum = &sum + count;
                known += 1;
            }
            // There is a figure, and no telling which.
            Some(_) => return,
            None => unknown.push(part),
        }
    }
    // One part of several that has no figure is a hole; where more have none, they may not be
    // counted there.
    let is_complete = match unknown.len() {
        0 => known > 0,
        1 => known > 1,
        _ => false,
    };
    let allow = definition.activity(activity).allow.as_ref();
    if Allowance::agree(allow, &sum, own) || !is_complete {
        return;
    }
    collected.add(Code::PartsDiffer, || {
        let without = unknown.first().map_or_else(String::new, |part| {
            format!(" without {}, which has no figure", definition.area(*part).name)
        });
        let (name, area) = (&definition.activity(activity).name, &definition.area(area).name);
        let found = format!(
            "{} of {area} is {} and its parts add up to {}{without}",
            quote(name),
            own.grouped(),
            sum.grouped()
        );
        Finding::new(Code::PartsDiffer, entry.place.clone(), found, REMEDY)
    });
}
