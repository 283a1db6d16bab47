//! Denominators that jump, and counts of activity.

use super::moved::Moved;
use super::{Collected, Context, Rows, find};
use crate::assess::Origin;
use crate::definition::{ActivityId, AreaKind, Frequency, Period, Show};
use crate::diagnostic::{Code, Finding};
use crate::extract::Observation;
use crate::figure::{Amount, Decimal, Ratio};
use crate::text::quote;

/// Below this many a jump is chance.
const LEAST: i64 = 20;

/// How many there are to count among changes little from one period to the next, where the periods
/// are alike: at the end of a month, or over twelve. A year to date grows from month to month, and
/// a quarter can be a busy one.
pub(super) fn look(context: Context<'_, '_>, rows: &Rows<'_, '_>, collected: &mut Collected<'_>) {
    let Some(times) = jump_of(rows.indicator.period) else { return };
    for [(now, row), (before, before_row)] in rows.pairs() {
        let (Amount::Ratio { denominator: now, .. }, Amount::Ratio { denominator: before, .. }) =
            (now, before)
        else {
            continue;
        };
        if !has_jumped(now, before, &times)
            || last_year(context, rows, row)
                .is_some_and(|[then, earlier]| is_season([now, before], [&then, &earlier], &times))
        {
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
            let remedy = "look for a lost or added digit, or a change in how it is counted; if it \
                is right, say so in the paper";
            rows.beside(
                Finding::new(Code::DenominatorJump, rows.place(row), found, remedy),
                before_row,
            )
        });
    }
}

/// The denominators of the same row in the same month of last year, and in the period before that,
/// where they have been read: a report may need neither month.
fn last_year(
    context: Context<'_, '_>,
    rows: &Rows<'_, '_>,
    row: &Observation,
) -> Option<[Decimal; 2]> {
    let denominator = |back| {
        let results = &context.history.extract_if_read(context.month.before(12 + back))?.results;
        match find(results.of(rows.area, rows.id), row.population())?.0 {
            Amount::Ratio { denominator, .. } => Some(denominator),
            _ => None,
        }
    };
    // A year has no season.
    let is_within_year = rows.indicator.frequency != Frequency::Annual;
    let step = Some(rows.indicator.frequency.months()).filter(|_| is_within_year)?;
    Some([denominator(0)?, denominator(step)?])
}

/// How many times as much a denominator has to be, where it is one that changes little.
fn jump_of(period: Period) -> Option<Decimal> {
    match period {
        Period::Snapshot | Period::Rolling12Months => Some(HALF_AGAIN),
        Period::MonthSnapshot => Some(TWICE),
        Period::YearToDate | Period::Quarter | Period::Annual => None,
    }
}

/// Whether the denominator of a figure has jumped, which is said of its row.
pub(super) fn is_about(moved: &Moved<'_>) -> bool {
    let (Origin::Row(_), Some(times)) = (moved.now.origin, jump_of(moved.indicator.period)) else {
        return false;
    };
    let [now, before] = [&moved.now, &moved.before].map(|figure| figure.amount.denominator());
    now.zip(before).is_some_and(|(now, before)| has_jumped(now, before, &times))
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
            if !has_jumped(now, before, &HALF_AGAIN) {
                continue;
            }
            let of_last_year = |back: u16| {
                let last_year = context.history.extract_if_read(context.month.before(12 + back))?;
                match last_year.activities.amount(area, id)? {
                    Amount::Value(count) => Some(count),
                    _ => None,
                }
            };
            if of_last_year(0).zip(of_last_year(1)).is_some_and(|(then, earlier)| {
                is_season([now, before], [then, earlier], &HALF_AGAIN)
            }) {
                continue;
            }
            collected.add(Code::DenominatorJump, || {
                let name = quote(&definition.activity(id).name);
                let of = &definition.area(area).name;
                let found = format!("{name} of {of} has gone from {} to {} in a \
                    month", before.grouped(), now.grouped());
                let remedy =
                    "look for a lost or added digit, or two columns in each other's place; if it \
                        is right, say so in the paper";
                Finding::new(Code::DenominatorJump, entry.place.clone(), found, remedy)
                    .with_related(earlier.place.clone(), "the row of the month before")
                    .about(context.definition.subject_activity(area, id))
            });
        }
    }
}

/// Whether the same month of last year moved alike, each beside the period before it: there was as
/// much of a jump the same way, to a count from which this year's is no jump.
fn is_season(
    [now, before]: [&Decimal; 2],
    [then, earlier]: [&Decimal; 2],
    times: &Decimal,
) -> bool {
    has_jumped(then, earlier, times)
        && (then > earlier) == (now > before)
        && !has_jumped(now, then, times)
}

/// More than half as much again, or less than two thirds: the same jump, there and back.
const HALF_AGAIN: Decimal = Decimal::new(15, 1);
/// A count of a month's own goes up and down with its days and holidays.
const TWICE: Decimal = Decimal::new(2, 0);

/// Whether a count is so many times as much as it was, or so many times less, and not by chance:
/// by more than three times the square root of both together.
fn has_jumped(now: &Decimal, before: &Decimal, times: &Decimal) -> bool {
    let least = Decimal::new(LEAST, 0);
    if now == before || *now < least || *before < least {
        return false;
    }
    let (smaller, larger) = if now < before { (now, before) } else { (before, now) };
    // Nearly all pairs end here, and the squares are not made.
    if Ratio::new(larger, smaller, 1).is_none_or(|jump| jump <= *times) {
        return false;
    }
    let by = Ratio::from(larger - smaller);
    let chance = Ratio::from(larger + smaller).scaled(&Decimal::new(9, 0), 1);
    &by * &by > chance
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_as_much_again_is_no_jump_and_any_more_is() {
        let jumped =
            |now, before| has_jumped(&Decimal::new(now, 0), &Decimal::new(before, 0), &HALF_AGAIN);
        assert!(!jumped(150, 100) && !jumped(100, 150));
        assert!(jumped(151, 100) && jumped(100, 151));
        // 51 of 251 is more than three times 15.8; 26 of 76 is less than three times 8.7.
        assert!(!jumped(51, 25) && jumped(55, 25));
        assert!(jumped(60, 20) && !jumped(60, 19) && !jumped(19, 60));
    }
}
