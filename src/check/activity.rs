//! Activity that is there in one month and not in the other.

use super::{Collected, Context, Depth};
use crate::definition::{ActivityId, AreaId, Show};
use crate::diagnostic::{Code, Finding, Place, Subject};
use crate::extract::Activities;

/// Last month's activity that this month has nothing for, and this month's that is shown with the
/// change since last month's, which is not there.
pub(super) fn check(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let (this, Some(last)) = (&context.this.activities, context.last.map(|last| &last.activities))
    else {
        return;
    };
    let (month, before) = (context.month.long(), context.month.before(1).long());
    // A month without anything has a finding of its own, and a blank cell is said to be outstanding.
    let is_empty = context.this.results.is_empty() && !this.has_figures();
    let is_gone = |area, activity| {
        let entry = this.of(area, activity);
        !is_empty && entry.is_none_or(|entry| entry.amount.is_none() && !entry.is_blank)
    };
    for hole in holes(context, last, is_gone, |_| true) {
        collected.add(Code::FigureGone, || {
            let found = format!(
                "there is no figure for {} in {month}; in {before} there \
                was",
                hole.names(context)
            );
            let remedy = "add it to this month's activity extract; if the area or team has \
                closed, end it with `until`";
            Finding::new(Code::FigureGone, hole.place(last), found, remedy)
                .about(hole.subject(context))
        });
    }
    if context.depth == Depth::Report {
        return;
    }
    let is_missing = |area, activity| last.amount(area, activity).is_none();
    let shows_change = |activity| context.definition.activity(activity).show == Show::Change;
    for hole in holes(context, this, is_missing, shows_change) {
        collected.add(Code::NoPreviousResult, || {
            let found = format!(
                "there is no figure for {} in {before}, so the change cannot be shown",
                hole.names(context)
            );
            let remedy =
                format!("add it to the activity extract of {before}; if it was 0, write 0");
            Finding::new(Code::NoPreviousResult, hole.place(this), found, remedy)
                .about(hole.subject(context))
        });
    }
}

/// Figures that one month has and the other has not: columns that are missing altogether, or what
/// is missing of a row. Either is one thing to correct, and not one for each of its figures.
struct Hole {
    /// Whose row it is; nobody's, where it is columns.
    row: Option<AreaId>,
    activities: Vec<ActivityId>,
    /// One whose figure is missing.
    area: AreaId,
}

impl Hole {
    /// `referrals and plans of North Kent`.
    fn names(&self, context: Context<'_, '_>) -> String {
        let ids: Vec<_> = self
            .activities
            .iter()
            .map(|activity| context.definition.activity(*activity).id.as_str())
            .collect();
        let of = self
            .row
            .map_or_else(String::new, |area| format!(" of {}", context.definition.area(area).name));
        super::list(&ids) + &of
    }

    /// The area or team whose they are, and the activity where it is one.
    fn subject(&self, context: Context<'_, '_>) -> Subject {
        let area = self.row.map(|area| context.definition.area(area).name.clone());
        let activity = match self.activities.as_slice() {
            [only] => Some(context.definition.activity(*only).id.clone()),
            _ => None,
        };
        Subject { activity, area, ..Subject::default() }
    }

    /// Where the month that has them has them.
    fn place(&self, has: &Activities) -> Option<Place> {
        has.of(self.area, *self.activities.first()?).map(|entry| entry.place.clone())
    }
}

/// The areas and teams that are in force in the month and in the one before.
fn areas_of_both(context: Context<'_, '_>) -> impl Iterator<Item = AreaId> {
    let before = context.month.before(1);
    context.areas().filter(move |area| context.definition.area(*area).in_force.covers(before))
}

/// Whether there is a count. What says why there is none is an answer, and no count that could be
/// missed.
fn is_counted(activities: &Activities, area: AreaId, activity: ActivityId) -> bool {
    activities.amount(area, activity).is_some_and(|amount| amount.reason().is_none())
}

/// The counts of the month before that this month's files have a blank cell for, and where that is.
pub(super) fn blank(context: Context<'_, '_>) -> Vec<(ActivityId, AreaId, Place)> {
    let Some(last) = context.last else { return Vec::new() };
    let areas: Vec<_> = areas_of_both(context).collect();
    let mut blank = Vec::new();
    for activity in context.definition.activity_ids() {
        for area in
            areas.iter().copied().filter(|area| is_counted(&last.activities, *area, activity))
        {
            let entry = context.this.activities.of(area, activity);
            if let Some(entry) = entry.filter(|entry| entry.is_blank) {
                blank.push((activity, area, entry.place.clone()));
            }
        }
    }
    blank
}

/// What `has` counts and the other month is missing.
fn holes(
    context: Context<'_, '_>,
    has: &Activities,
    is_missing: impl Fn(AreaId, ActivityId) -> bool,
    counts: impl Fn(ActivityId) -> bool,
) -> Vec<Hole> {
    let areas: Vec<_> = areas_of_both(context).collect();
    let is_hole =
        |area: AreaId, activity| is_counted(has, area, activity) && is_missing(area, activity);
    let (mut columns, mut rest) = (Vec::new(), Vec::new());
    for activity in context.definition.activity_ids().filter(|activity| counts(*activity)) {
        let Some(first) = areas.iter().find(|area| is_hole(**area, activity)) else {
            continue;
        };
        if areas.iter().any(|area| !is_missing(*area, activity)) {
            rest.push(activity);
        } else {
            columns.push((*first, activity));
        }
    }
    let columns = columns.first().map(|(area, _)| Hole {
        row: None,
        activities: columns.iter().map(|column| column.1).collect(),
        area: *area,
    });
    let rows = areas.iter().filter_map(|area| {
        let missing = rest.iter().copied().filter(|activity| is_hole(*area, *activity));
        let activities: Vec<_> = missing.collect();
        (!activities.is_empty()).then_some(Hole { row: Some(*area), activities, area: *area })
    });
    columns.into_iter().chain(rows).collect()
}
