//! Denominators that jump, and counts of activity.

use super::{Collected, Context, Rows};
use crate::definition::{ActivityId, AreaKind, Period, Show};
use crate::diagnostic::{Code, Finding};
use crate::figure::{Amount, Decimal, Ratio};
use crate::text::quote;

/// Below this many a jump is chance.
const LEAST: i64 = 20;

/// How many there are to count among changes little from one period to the next, where the periods
/// are alike: at the end of a month, or over twelve. A year to date grows from month to month, and
/// a quarter can be a busy one.
pub(super) fn look(context: Context<'_, '_>, rows: &Rows<'_, '_>, collected: &mut Collected<'_>) {
    if !matches!(
        rows.indicator.period,
        Period::Snapshot | Period::MonthSnapshot | Period::Rolling12Months
    ) {
        return;
    }
    for [(now, row), (before, before_row)] in rows.pairs() {
        let (Amount::Ratio { denominator: now, .. }, Amount::Ratio { denominator: before, .. }) =
            (now, before)
        else {
            continue;
        };
        if !has_jumped(now, before) {
            continue;
        }
        collected.add(Code::DenominatorJump, || {
            let found = format!(
                "the denominator of {} has gone from {} to {} in {}",
                context.name_of(rows.area, rows.id, row.population()),
                before.grouped(),
                now.grouped(),
                match rows.indicator.frequency.months() {
                    1 => "a month".to_owned(),
                    months => format!("{months} months"),
                },
            );
            let remedy = "look for a lost or added digit, or a change in how it is counted; if it is right, say so in the paper";
            rows.beside(Finding::new(Code::DenominatorJump, rows.place(row), found, remedy), before_row)
        });
    }
}

/// The same of activity that is shown with its change since last month, in areas: a team may be
/// made larger or smaller.
pub(super) fn activities(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let (this, Some(last)) = (&context.this.activities, context.last.map(|last| &last.activities))
    else {
        return;
    };
    let definition = context.definition;
    let shown = |id: &ActivityId| definition.activity(*id).show == Show::Change;
    for area in context.areas().filter(|area| definition.area(*area).kind == AreaKind::Area) {
        for id in definition.activity_ids().filter(shown) {
            let (Some(entry), Some(earlier)) = (this.of(area, id), last.of(area, id)) else {
                continue;
            };
            let (Some(Amount::Value(now)), Some(Amount::Value(before))) =
                (&entry.amount, &earlier.amount)
            else {
                continue;
            };
            if !has_jumped(now, before) {
                continue;
            }
            collected.add(Code::DenominatorJump, || {
                let (name, area) = (quote(&definition.activity(id).name), &definition.area(area).name);
                let found = format!("{name} of {area} has gone from {} to {} in a month", before.grouped(), now.grouped());
                let remedy =
                    "look for a lost or added digit, or two columns in each other's place; if it is right, say so in the paper";
                Finding::new(Code::DenominatorJump, entry.place.clone(), found, remedy)
                    .with_related(earlier.place.clone(), "the row of the month before")
            });
        }
    }
}

/// More than half as much again, or less than two thirds: the same jump, there and back.
fn has_jumped(now: &Decimal, before: &Decimal) -> bool {
    let least = Decimal::new(LEAST, 0);
    if now == before || *now < least || *before < least {
        return false;
    }
    let (smaller, larger) = if now < before { (now, before) } else { (before, now) };
    Ratio::new(larger, smaller, 1).is_some_and(|times| times > Decimal::new(15, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_as_much_again_is_no_jump_and_any_more_is() {
        let jumped = |now, before| has_jumped(&Decimal::new(now, 0), &Decimal::new(before, 0));
        assert!(!jumped(150, 100) && !jumped(100, 150));
        assert!(jumped(151, 100) && jumped(100, 151));
        assert!(jumped(31, 20) && !jumped(31, 19) && !jumped(19, 31));
    }
}
