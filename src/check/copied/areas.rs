//! Areas whose figures are all those of an earlier month, while those of other areas are new, or
//! those of another area.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::super::{Collected, Context, Rows};
use super::{Overlap, is_ratio_above_0};
use crate::definition::{AreaId, AreaKind, Definition, Frequency};
use crate::diagnostic::{Code, Finding, Place};
use crate::month::Month;

/// As many figures that are not 0 as do not all stay the same by chance.
const LEAST: usize = 5;

/// What the months have in common, area by area.
#[derive(Default)]
pub(in crate::check) struct OfAreas {
    areas: Vec<OfArea>,
}

/// The figures of an area beside those of last month.
struct OfArea {
    area: AreaId,
    /// Where the first of them stands.
    place: Place,
    overlap: Overlap,
}

impl OfArea {
    fn new(area: AreaId, place: Place) -> Self {
        Self { area, place, overlap: Overlap::default() }
    }

    fn is_copied(&self) -> bool {
        !self.overlap.differs && self.overlap.above_0 >= LEAST
    }
}

impl OfAreas {
    /// Compares the rows of an indicator; those of an area come one after another. What is not of
    /// every month may well be given again.
    pub(in crate::check) fn look(&mut self, rows: &Rows<'_, '_>) {
        let is_known = self.areas.last().is_some_and(|last| last.area == rows.area);
        // There is nothing more to learn of an area that is new, as nearly all are.
        if rows.indicator.frequency != Frequency::Monthly
            || is_known && self.areas.last().is_some_and(|last| last.overlap.numerators_differ)
        {
            return;
        }
        for [(now, row), (before, _)] in rows.pairs() {
            if self.areas.last().is_none_or(|last| last.area != rows.area) {
                self.areas.push(OfArea::new(rows.area, rows.place(row)));
            }
            self.areas.last_mut().expect("it is there").overlap.compare(now, before);
        }
    }

    /// Says which areas are copies, where others are not. What `files` says of a file that is a
    /// copy as a whole is not said again.
    pub(in crate::check) fn finish(
        self,
        context: Context<'_, '_>,
        files: &[Arc<str>],
        collected: &mut Collected<'_>,
    ) {
        let last = context.month.before(1);
        for (what, areas) in [("results", self.areas), ("activity", activities(context))] {
            let is_said = |area: &&OfArea| files.contains(&area.place.path);
            for area in copied(&areas).filter(|area| !is_said(area)) {
                say(context, what, area, last, collected);
            }
            for area in with_copied_numerators(&areas).filter(|area| !is_said(area)) {
                say_numerators(context, area, last, collected);
            }
        }
    }
}

/// The areas that are copies, where others are not.
fn copied(areas: &[OfArea]) -> impl Iterator<Item = &OfArea> {
    let has_others = areas.iter().any(|area| area.overlap.differs);
    areas.iter().filter(move |area| has_others && area.is_copied())
}

/// The areas whose numerators alone are copies, where those of others are not.
fn with_copied_numerators(areas: &[OfArea]) -> impl Iterator<Item = &OfArea> {
    let has_others = areas.iter().any(|area| area.overlap.numerators_differ);
    areas.iter().filter(move |area| has_others && area.overlap.has_copied_numerators())
}

/// Finds areas that have the figures of a month before the last, or those of another area. An area
/// above others may well have those of its only part.
pub(in crate::check) fn elsewhere(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let of_last = context.month.before(1)..=context.month;
    let earlier: Vec<_> = context.months().filter(|month| !of_last.contains(month)).collect();
    let mut said = BTreeSet::new();
    for month in earlier.into_iter().rev() {
        let areas = of_month(context, month);
        for area in copied(&areas) {
            if area.overlap.ratios >= LEAST && said.insert(area.area) {
                say(context, "results", area, month, collected);
            }
        }
        // What is said of a month that is a copy as a whole is not said of its areas.
        if areas.iter().all(|area| !area.overlap.differs) {
            said.extend(areas.iter().map(|area| area.area));
        }
    }
    of_another(context, collected);
}

/// The figures of each area beside those of an earlier month.
fn of_month(context: Context<'_, '_>, month: Month) -> Vec<OfArea> {
    let Some(before) = context.history.extract(month) else { return Vec::new() };
    let results = &context.this.results;
    let is_monthly = |id| context.definition.indicator(id).frequency == Frequency::Monthly;
    let mut areas: BTreeMap<AreaId, OfArea> = BTreeMap::new();
    for (_, [row, earlier]) in results.shared(&before.results).filter(|(id, _)| is_monthly(*id)) {
        if let (Some(now), Some(then)) = (row.amount(), earlier.amount()) {
            let (area, ..) = row.about();
            let of_area =
                areas.entry(area).or_insert_with(|| OfArea::new(area, results.place(row)));
            of_area.overlap.compare(&now, &then);
        }
    }
    areas.into_values().collect()
}

/// Finds areas with the same figures as another.
fn of_another(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let (definition, results) = (context.definition, &context.this.results);
    let mut known: HashMap<_, (AreaId, Place)> = HashMap::new();
    for area in context.areas().filter(|area| definition.area(*area).kind == AreaKind::Area) {
        let rows = definition.indicators_in_force(context.month);
        let rows = rows.flat_map(|id| results.of(area, id));
        let (mut figures, mut ratios, mut first) = (Vec::new(), 0, None);
        for row in rows {
            let Some(amount) = row.amount() else { continue };
            ratios += usize::from(is_ratio_above_0(&amount));
            figures.push(row.as_written());
            first.get_or_insert_with(|| results.place(row));
        }
        let Some(place) = first.filter(|_| ratios >= LEAST) else { continue };
        let count = figures.len();
        match known.get(&figures) {
            Some((other, theirs)) if !is_above(definition, *other, area) => {
                collected.add(Code::AreaCopied, || {
                    let name = |area: AreaId| &definition.area(area).name;
                    let found = format!(
                        "all {count} figures of results of {} are those of {} too",
                        name(area),
                        name(*other)
                    );
                    let remedy = "ask whose they are: the rows of one of the two may have been \
                        filled with the other's";
                    Finding::new(Code::AreaCopied, place, found, remedy)
                        .with_related(theirs.clone(), "the same figures are here")
                        .about(definition.subject_area(area))
                });
            }
            Some(_) => {}
            None => {
                known.insert(figures, (area, place));
            }
        }
    }
}

/// Whether one of two areas is part of the other.
fn is_above(definition: &Definition, one: AreaId, other: AreaId) -> bool {
    let is_part = |part: AreaId, whole: AreaId| {
        std::iter::successors(Some(part), |area| definition.area(*area).parent)
            .any(|area| area == whole)
    };
    is_part(one, other) || is_part(other, one)
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
                    .overlap
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
    copied: &OfArea,
    month: Month,
    collected: &mut Collected<'_>,
) {
    collected.add(Code::AreaCopied, || {
        let found = format!(
            "all {} figures of {what} that {} shares with {} are the same in both, and those of \
                other areas are not",
            copied.overlap.shared,
            context.definition.area(copied.area).name,
            month.long(),
        );
        let remedy =
            "ask whether its figures are this month's; if they really are the same, leave them";
        Finding::new(Code::AreaCopied, copied.place.clone(), found, remedy)
            .about(context.definition.subject_area(copied.area))
    });
}

fn say_numerators(
    context: Context<'_, '_>,
    copied: &OfArea,
    month: Month,
    collected: &mut Collected<'_>,
) {
    collected.add(Code::AreaCopied, || {
        let found = format!(
            "all numerators of results that {} shares with {} are the same in both, and its \
                denominators and the numerators of other areas are not",
            context.definition.area(copied.area).name,
            month.long(),
        );
        let remedy = "ask whether its numerators are this month's: the column may not have been \
            filled in anew";
        Finding::new(Code::AreaCopied, copied.place.clone(), found, remedy)
            .about(context.definition.subject_area(copied.area))
    });
}
