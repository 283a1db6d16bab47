//! What is defined and never used.

use std::collections::HashSet;

use super::{Collected, Context};
use crate::definition::{AreaId, Definition, Frequency, InForce, Indicator};
use crate::diagnostic::{Code, Finding, Place, Subject};
use crate::history::RED_LOOK_BACK;
use crate::month::Month;
use crate::population::Population;
use crate::text::quote;

/// Indicators, cohorts, activities, areas and teams that no extract of the last two years has
/// anything for.
pub(super) fn check(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let months: Vec<_> = context
        .history
        .months()
        .rev()
        .filter(|month| (context.month.before(RED_LOOK_BACK)..=context.month).contains(month))
        .collect();
    let used = Used::of(context, &months);
    let was_in_force = |in_force: InForce| months.iter().any(|month| in_force.covers(*month));
    let definition = context.definition;
    let mut unused = |what: String, subject: Subject, place: &Place, remedy: &str| {
        collected.add(Code::Unused, || {
            let found = format!("{what} is in no extract of {}", span(&months));
            Finding::new(Code::Unused, place.clone(), found, remedy).about(subject)
        });
    };
    let was = "see whether the extracts call it something else, and add that to its `was`; or end \
        it with `until`, or delete it";
    let id = "see whether the extracts call it something else, and correct its `id`; or delete it";
    for area in definition.area_ids().filter(|area| !used.areas[area.index()]) {
        let area = definition.area(area);
        if was_in_force(area.in_force) {
            let subject = Subject { area: Some(area.name.clone()), ..Subject::default() };
            unused(quote(&area.name), subject, &area.place, was);
        }
    }
    for (indicator, used) in definition.indicators.iter().zip(&used.indicators) {
        if !used && is_due(definition, indicator, &months) {
            let subject = Subject { indicator: Some(indicator.id.clone()), ..Subject::default() };
            unused(format!("indicator {}", indicator.id), subject, &indicator.place, was);
        }
    }
    for (cohort, used) in definition.cohorts.iter().zip(&used.cohorts) {
        if !used {
            unused(format!("cohort {}", cohort.id), Subject::default(), &cohort.place, id);
        }
    }
    for (activity, used) in definition.activities.iter().zip(&used.activities) {
        if !used {
            let subject = Subject { activity: Some(activity.id.clone()), ..Subject::default() };
            unused(format!("activity {}", activity.id), subject, &activity.place, id);
        }
    }
}

/// Whether the months have one that an indicator has a figure of: a quarter's last, or, as a year
/// may end in any month, every month of a year.
fn is_due(definition: &Definition, indicator: &Indicator, months: &[Month]) -> bool {
    let mut in_force = months.iter().filter(|month| indicator.in_force.covers(**month));
    let of_year = |month: &Month| month.since(definition.financial_year(*month).first());
    match indicator.frequency {
        Frequency::Monthly => in_force.next().is_some(),
        Frequency::Quarterly => in_force.any(|month| of_year(month) % 3 == 2),
        Frequency::Annual => in_force.map(of_year).collect::<HashSet<_>>().len() == 12,
    }
}

/// `January 2016`, or `March 2015 to January 2016`.
fn span(months: &[Month]) -> String {
    match months {
        [latest, .., earliest] => format!("{} to {}", earliest.long(), latest.long()),
        [only] => only.long(),
        [] => String::new(),
    }
}

/// What extracts have something for.
struct Used {
    areas: Vec<bool>,
    indicators: Vec<bool>,
    cohorts: Vec<bool>,
    activities: Vec<bool>,
}

impl Used {
    fn of(context: Context<'_, '_>, months: &[Month]) -> Self {
        let definition = context.definition;
        let mut used = Self {
            areas: vec![false; definition.areas.len()],
            indicators: vec![false; definition.indicators.len()],
            cohorts: vec![false; definition.cohorts.len()],
            activities: vec![false; definition.activities.len()],
        };
        for month in months {
            used.results(context, *month);
            used.activity(context, *month);
        }
        used.above(context);
        used
    }

    fn results(&mut self, context: Context<'_, '_>, month: Month) {
        let definition = context.definition;
        let Some(extract) = context.history.extract(month) else { return };
        for area in &extract.areas_of_records {
            self.areas[area.index()] = true;
        }
        // Where nothing new could be learnt, nothing is looked up: after the latest month that is
        // nearly everything.
        let cohorts_known = self.cohorts.iter().all(|used| *used);
        for area in definition.area_ids() {
            for indicator in definition.indicator_ids() {
                if cohorts_known && self.areas[area.index()] && self.indicators[indicator.index()] {
                    continue;
                }
                let rows = extract.results.of(area, indicator);
                self.areas[area.index()] |= !rows.is_empty();
                self.indicators[indicator.index()] |= !rows.is_empty();
                for row in rows {
                    if let Population::Cohort(cohort) | Population::Excluding(cohort) =
                        row.population()
                    {
                        self.cohorts[cohort.index()] = true;
                    }
                }
            }
        }
    }

    fn activity(&mut self, context: Context<'_, '_>, month: Month) {
        let definition = context.definition;
        let Some(extract) = context.history.extract(month) else { return };
        for area in definition.area_ids() {
            for activity in definition.activity_ids() {
                if let Some(entry) = extract.activities.of(area, activity) {
                    self.areas[area.index()] = true;
                    // A column without any figure says nothing.
                    self.activities[activity.index()] |= entry.amount.is_some();
                }
            }
        }
    }

    /// What is above something that is used may be the sum of it.
    fn above(&mut self, context: Context<'_, '_>) {
        let definition = context.definition;
        let mut seen: HashSet<AreaId> = HashSet::new();
        for area in
            definition.area_ids().filter(|area| self.areas[area.index()]).collect::<Vec<_>>()
        {
            let mut parent = definition.area(area).parent;
            while let Some(above) = parent.filter(|above| seen.insert(*above)) {
                self.areas[above.index()] = true;
                parent = definition.area(above).parent;
            }
        }
    }
}
