//! Names of the definitions that nobody can tell apart.

use std::collections::BTreeMap;

use super::{Collected, Context};
use crate::diagnostic::{Code, Finding, Place};
use crate::text::{look, look_alike, quote};

/// The ids and names that extracts may use, those of areas, indicators, cohorts and activities each
/// among themselves.
pub(super) fn check(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let definition = context.definition;
    let names = definition.area_names().map(|(name, id)| (name, id.index()));
    same_looks("areas", names, |index| &definition.areas[index].place, collected);
    let names = definition.indicator_names().map(|(name, id)| (name, id.index()));
    same_looks("indicators", names, |index| &definition.indicators[index].place, collected);
    let names = definition.cohort_names().map(|(name, id)| (name, id.index()));
    same_looks("cohorts", names, |index| &definition.cohorts[index].place, collected);
    let names = definition.activity_names().map(|(name, id)| (name, id.index()));
    same_looks("activities", names, |index| &definition.activities[index].place, collected);
}

/// Names of different things that look the same, each beside the first of them.
fn same_looks<'d>(
    what: &str,
    names: impl Iterator<Item = (&'d str, usize)>,
    place: impl Fn(usize) -> &'d Place,
    collected: &mut Collected<'_>,
) {
    let mut looks: BTreeMap<String, Vec<(usize, &str)>> = BTreeMap::new();
    for (name, index) in names {
        looks.entry(look(name)).or_default().push((index, name));
    }
    for mut alike in looks.into_values().filter(|alike| alike.len() > 1) {
        alike.sort_unstable();
        let (first, first_name) = alike[0];
        let differ =
            |(index, name): &&(usize, &str)| *index != first && look_alike(name, first_name);
        for (index, name) in alike.iter().filter(differ) {
            collected.add(Code::LookAlike, || {
                let found = format!(
                    "{} and {} look the same and are two \
                        {what}",
                    quote(first_name),
                    quote(name)
                );
                let remedy = "give one of them a name that can be told apart; if they are the \
                    same, delete one";
                Finding::new(Code::LookAlike, place(*index).clone(), found, remedy)
                    .with_related(place(first).clone(), "the first is here")
            });
        }
    }
}
