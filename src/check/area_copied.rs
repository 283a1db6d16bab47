//! Areas whose figures are all last month's, while those of other areas are new.

use std::sync::Arc;

use super::{Collected, Context, Rows};
use crate::definition::{AreaId, Frequency};
use crate::diagnostic::{Code, Finding, Place};
use crate::figure::Amount;

/// As many figures that are not 0 as do not all stay the same by chance.
const LEAST: usize = 5;

/// What the months have in common, area by area.
#[derive(Default)]
pub(super) struct OfAreas {
    areas: Vec<OfArea>,
}

/// The figures of an area beside those of last month.
struct OfArea {
    area: AreaId,
    /// Where the first of them stands.
    place: Place,
    /// How many both months have, up to the first that differs.
    shared: usize,
    /// How many of those are not 0.
    above_0: usize,
    differs: bool,
}

impl OfArea {
    fn new(area: AreaId, place: Place) -> Self {
        Self { area, place, shared: 0, above_0: 0, differs: false }
    }

    fn compare(&mut self, now: &Amount, before: &Amount) {
        self.shared += 1;
        self.differs |= now != before;
        self.above_0 += usize::from(match now {
            Amount::Ratio { numerator: count, .. } | Amount::Value(count) => !count.is_zero(),
            Amount::Suppressed | Amount::Low | Amount::NoFigure(_) | Amount::Gap(_) => false,
        });
    }

    fn is_copied(&self) -> bool {
        !self.differs && self.above_0 >= LEAST
    }
}

impl OfAreas {
    /// Compares the rows of an indicator; those of an area come one after another. What is not of
    /// every month may well be given again.
    pub(super) fn look(&mut self, rows: &Rows<'_, '_>) {
        let is_known = self.areas.last().is_some_and(|last| last.area == rows.area);
        // There is nothing more to learn of an area that is new, as nearly all are.
        if rows.indicator.frequency != Frequency::Monthly
            || is_known && self.areas.last().is_some_and(|last| last.differs)
        {
            return;
        }
        for [(now, row), (before, _)] in rows.pairs() {
            if self.areas.last().is_none_or(|last| last.area != rows.area) {
                self.areas.push(OfArea::new(rows.area, rows.place(row)));
            }
            self.areas.last_mut().expect("it is there").compare(now, before);
        }
    }

    /// Says which areas are copies, where others are not. What `files` says of a file that is a
    /// copy as a whole is not said again.
    pub(super) fn finish(
        self,
        context: Context<'_, '_>,
        files: &[Arc<str>],
        collected: &mut Collected<'_>,
    ) {
        say(context, "results", &self.areas, files, collected);
        say(context, "activity", &activities(context), files, collected);
    }
}

/// The same of activity, also of teams.
fn activities(context: Context<'_, '_>) -> Vec<OfArea> {
    let Some(last) = context.last else { return Vec::new() };
    let (now, before) = (&context.this.activities, &last.activities);
    let mut areas = Vec::new();
    for area in context.areas() {
        let mut of_area: Option<OfArea> = None;
        for activity in context.definition.activity_ids() {
            let (Some(entry), Some(before)) =
                (now.of(area, activity), before.amount(area, activity))
            else {
                continue;
            };
            if let Some(amount) = &entry.amount {
                of_area
                    .get_or_insert_with(|| OfArea::new(area, entry.place.clone()))
                    .compare(amount, before);
            }
        }
        areas.extend(of_area);
    }
    areas
}

fn say(
    context: Context<'_, '_>,
    what: &str,
    areas: &[OfArea],
    files: &[Arc<str>],
    collected: &mut Collected<'_>,
) {
    if !areas.iter().any(|area| area.differs) {
        return;
    }
    let last = context.month.before(1).long();
    let copied = areas.iter().filter(|area| area.is_copied() && !files.contains(&area.place.path));
    for copied in copied {
        collected.add(Code::AreaCopied, || {
            let found = format!(
                "all {} figures of {what} that {} shares with {last} are the same in both, and \
                    those of other areas are not",
                copied.shared,
                context.definition.area(copied.area).name,
            );
            let remedy = "ask whether its figures are this month's; if they really are the same, \
                leave them";
            Finding::new(Code::AreaCopied, copied.place.clone(), found, remedy)
                .about(context.definition.subject_area(copied.area))
        });
    }
}
