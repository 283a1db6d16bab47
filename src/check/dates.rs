//! Dates of `month.toml` that are not of its month, or are in the wrong order.

use std::sync::Arc;

use super::{Collected, Context};
use crate::diagnostic::{Code, Finding, Place};
use crate::extract::MonthFile;
use crate::month::{Date, Month};
use crate::wording;

/// How many days before the end of a month its figures may be as at: a weekend with a day off on
/// either side.
const DAYS: u8 = 4;

/// How many months after their own figures may be counted late.
const LATE: u16 = 2;

/// How many months after their own figures may still be extracted, and taken to a meeting.
const VERY_LATE: u16 = 12;

/// The dates of the month.
pub(super) fn check(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let about = &context.this.about;
    let Some(path) = &about.path else { return };
    if context.last.is_some_and(|last| is_same(about, &last.about)) {
        collected.add(Code::DatesStale, || {
            let last = context.month.before(1).long();
            let found = format!("the dates are those of {last}, every one of them");
            let remedy = "write the dates of this month's figures";
            Finding::new(Code::DatesStale, Place::file(path), found, remedy)
        });
        return;
    }
    match (about.as_at, about.extracted, about.meeting) {
        (Some(as_at), _, _) => as_at_month_end(context.month, as_at, path, collected),
        (None, Some(extracted), _) => {
            after_month_end(context.month, "extracted on", extracted, path, collected);
        }
        (None, None, Some(meeting)) => {
            after_month_end(context.month, "for the meeting of", meeting, path, collected);
        }
        (None, None, None) => {}
    }
    for (what, date) in [("extracted on", about.extracted), ("for the meeting of", about.meeting)] {
        let date = date.filter(|date| *date > Date::last_of(context.month.after(VERY_LATE)));
        if let Some(date) = date {
            collected.add(Code::DatesStale, || {
                let found = format!(
                    "the figures are {what} {}, more than a year after {}",
                    wording::date(date),
                    context.month.long()
                );
                let remedy = "look at the year of the date";
                Finding::new(Code::DatesStale, Place::file(path), found, remedy)
            });
        }
    }
    in_order(about, path, collected);
}

/// Whether both say the same, and have a date.
fn is_same(one: &MonthFile, other: &MonthFile) -> bool {
    let dates = |about: &MonthFile| [about.as_at, about.extracted, about.meeting];
    dates(one) == dates(other)
        && one.status == other.status
        && dates(one).iter().any(Option::is_some)
}

/// Figures are as at the end of their month, or its last working day.
fn as_at_month_end(month: Month, as_at: Date, path: &Arc<str>, collected: &mut Collected<'_>) {
    let end = Date::last_of(month);
    if as_at > Date::last_of(month.after(LATE)) {
        collected.add(Code::DatesStale, || {
            let found = format!(
                "the figures are as at {}, long after the end of {}",
                wording::date(as_at),
                month.long()
            );
            let remedy = "look at the month and the year of the date";
            Finding::new(Code::DatesStale, Place::file(path), found, remedy)
        });
    } else if as_at > end {
        collected.add(Code::DatesStale, || {
            let found = format!(
                "the figures are as at {}, after the end of {}",
                wording::date(as_at),
                month.long()
            );
            let remedy =
                "nothing to do, if they were counted late; they may have cases of the month after";
            Finding::new(Code::DatesStale, Place::file(path), found, remedy).as_note()
        });
    } else if as_at < earliest(month) {
        collected.add(Code::DatesStale, || {
            let found = format!(
                "the figures are as at {}, and the month is \
                {}",
                wording::date(as_at),
                month.long()
            );
            let remedy = "write the day that this month's figures describe; if it is right, they \
                are not the month's";
            Finding::new(Code::DatesStale, Place::file(path), found, remedy)
        });
    }
}

/// What is done with figures is done when their month has ended.
fn after_month_end(
    month: Month,
    what: &str,
    date: Date,
    path: &Arc<str>,
    collected: &mut Collected<'_>,
) {
    if date < earliest(month) {
        collected.add(Code::DatesStale, || {
            let found = format!(
                "the figures are {what} {}, before the end of {}",
                wording::date(date),
                month.long()
            );
            let remedy = "write this month's date; if it is right, they are not all of the month's";
            Finding::new(Code::DatesStale, Place::file(path), found, remedy)
        });
    }
}

/// The first day on which a month's figures can be counted.
fn earliest(month: Month) -> Date {
    let end = Date::last_of(month);
    Date { day: end.day - DAYS, ..end }
}

/// Figures are counted, then extracted, then taken to a meeting.
fn in_order(about: &MonthFile, path: &Arc<str>, collected: &mut Collected<'_>) {
    let dates = [
        ("are as at", about.as_at),
        ("were extracted on", about.extracted),
        ("are for the meeting of", about.meeting),
    ];
    let dates: Vec<_> = dates.into_iter().filter_map(|(what, date)| Some((what, date?))).collect();
    for pair in dates.windows(2) {
        let [(first, earlier), (then, later)] = pair else { continue };
        if later < earlier {
            collected.add(Code::DatesStale, || {
                let found = format!(
                    "the figures {first} {} and {then} {}, which is earlier",
                    wording::date(*earlier),
                    wording::date(*later)
                );
                let remedy = "correct whichever of the two dates is wrong";
                Finding::new(Code::DatesStale, Place::file(path), found, remedy)
            });
        }
    }
}
