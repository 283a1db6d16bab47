//! Looks names up as people write them: in any case, spacing and kind of punctuation, where just one
//! thing can be meant.

use std::collections::HashMap;

use super::{ActivityId, AreaId, BenchmarkId, Definition, IndicatorId};
use crate::population::CohortId;
use crate::text::name_key;

/// What a name was found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup<'d, T> {
    /// One thing, and how its name is written.
    One(T, &'d str),
    /// Several, none of which is written exactly so.
    Several(Vec<&'d str>),
    /// Nothing.
    Nothing,
}

impl<T> Lookup<'_, T> {
    /// The thing, if it is one.
    pub fn one(self) -> Option<T> {
        if let Self::One(found, _) = self { Some(found) } else { None }
    }

    fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        if matches!(self, Self::Nothing) { other() } else { self }
    }
}

/// Names by what those that could be mistaken for each other have in common.
#[derive(Debug)]
pub struct NameIndex<'d, T>(HashMap<String, Vec<(T, &'d str)>>);

impl<'d, T: Copy + PartialEq> NameIndex<'d, T> {
    /// An index of names by their keys; a name without a key is left out.
    pub fn new(
        names: impl Iterator<Item = (&'d str, T)>,
        key: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let mut index: HashMap<_, Vec<_>> = HashMap::new();
        for (name, means) in names {
            if let Some(key) = key(name) {
                index.entry(key).or_default().push((means, name));
            }
        }
        // What the names come from may have them in another order each time.
        for names in index.values_mut() {
            names.sort_unstable_by_key(|(_, name)| *name);
        }
        Self(index)
    }

    /// What has this key.
    #[must_use]
    pub fn look_up(&self, key: &str) -> Lookup<'d, T> {
        let Some(names) = self.0.get(key) else { return Lookup::Nothing };
        let (first, name) = names[0];
        if names.iter().all(|(means, _)| *means == first) {
            return Lookup::One(first, name);
        }
        Lookup::Several(names.iter().map(|(_, name)| *name).collect())
    }
}

/// The names of the definitions, to be looked up.
#[derive(Debug)]
pub struct NameIndexes<'d> {
    areas: NameIndex<'d, AreaId>,
    /// By id, and by name.
    indicators: [NameIndex<'d, IndicatorId>; 2],
    cohorts: [NameIndex<'d, CohortId>; 2],
    activities: [NameIndex<'d, ActivityId>; 2],
    benchmarks: [NameIndex<'d, BenchmarkId>; 2],
}

impl<'d> NameIndexes<'d> {
    /// Of these definitions.
    #[must_use]
    pub fn new(definition: &'d Definition) -> Self {
        let key = |name: &str| Some(name_key(name));
        let ids = definition.indicator_ids();
        let indicators = ids.map(|id| (definition.indicator(id).name.as_str(), id));
        let cohorts = || definition.cohort_ids().map(|id| (definition.cohort(id), id));
        let activities = || definition.activity_ids().map(|id| (definition.activity(id), id));
        let benchmarks = || definition.benchmark_ids().map(|id| (definition.benchmark(id), id));
        Self {
            areas: NameIndex::new(definition.area_names(), key),
            indicators: [
                NameIndex::new(definition.indicator_names(), key),
                NameIndex::new(indicators, key),
            ],
            cohorts: [
                NameIndex::new(definition.cohort_names(), key),
                NameIndex::new(cohorts().map(|(cohort, id)| (cohort.name.as_str(), id)), key),
            ],
            activities: [
                NameIndex::new(definition.activity_names(), key),
                NameIndex::new(activities().map(|(one, id)| (one.name.as_str(), id)), key),
            ],
            benchmarks: [
                NameIndex::new(benchmarks().map(|(one, id)| (one.id.as_str(), id)), key),
                NameIndex::new(benchmarks().map(|(one, id)| (one.name.as_str(), id)), key),
            ],
        }
    }

    /// The area whose name has this key.
    #[must_use]
    pub fn area_by_key(&self, key: &str) -> Lookup<'d, AreaId> {
        self.areas.look_up(key)
    }

    /// The indicator whose id has this key, or else its name.
    #[must_use]
    pub fn indicator_by_key(&self, key: &str) -> Lookup<'d, IndicatorId> {
        by_id_or_name(&self.indicators, key)
    }

    /// The cohort whose id has this key, or else its name.
    #[must_use]
    pub fn cohort_by_key(&self, key: &str) -> Lookup<'d, CohortId> {
        by_id_or_name(&self.cohorts, key)
    }

    /// The activity whose id has this key, or else its name.
    #[must_use]
    pub fn activity_by_key(&self, key: &str) -> Lookup<'d, ActivityId> {
        by_id_or_name(&self.activities, key)
    }

    /// The benchmark whose id has this key, or else its name.
    #[must_use]
    pub fn benchmark_by_key(&self, key: &str) -> Lookup<'d, BenchmarkId> {
        by_id_or_name(&self.benchmarks, key)
    }
}

fn by_id_or_name<'d, T: Copy + PartialEq>(
    [ids, names]: &[NameIndex<'d, T>; 2],
    key: &str,
) -> Lookup<'d, T> {
    ids.look_up(key).or_else(|| names.look_up(key))
}

impl Definition {
    /// The area or team that an extract calls `name`.
    #[must_use]
    pub fn find_area(&self, name: &str) -> Option<AreaId> {
        self.names.areas.get(name).copied()
    }

    /// The indicator that an extract calls `id`.
    #[must_use]
    pub fn find_indicator(&self, id: &str) -> Option<IndicatorId> {
        self.names.indicators.get(id).copied()
    }

    /// The cohort that an extract calls `id`, in any case.
    #[must_use]
    pub fn find_cohort(&self, id: &str) -> Option<CohortId> {
        self.names.cohorts.get(&id.to_lowercase()).copied()
    }

    /// The activity with this heading in an extract, in any case.
    #[must_use]
    pub fn find_activity(&self, heading: &str) -> Option<ActivityId> {
        self.names.activities.get(&heading.to_lowercase()).copied()
    }

    /// The benchmark with the id `id`, in any case.
    #[must_use]
    pub fn find_benchmark(&self, id: &str) -> Option<BenchmarkId> {
        self.names.benchmarks.get(&id.to_lowercase()).copied()
    }

    /// What extracts may call areas and teams, in no order.
    pub fn area_names(&self) -> impl Iterator<Item = (&str, AreaId)> {
        self.names.areas.iter().map(|(name, id)| (name.as_str(), *id))
    }

    /// What extracts may call indicators, in no order.
    pub fn indicator_names(&self) -> impl Iterator<Item = (&str, IndicatorId)> {
        self.names.indicators.iter().map(|(name, id)| (name.as_str(), *id))
    }

    /// What extracts may call cohorts, in no order.
    pub fn cohort_names(&self) -> impl Iterator<Item = (&str, CohortId)> {
        self.names.cohorts.iter().map(|(name, id)| (name.as_str(), *id))
    }

    /// What extracts may call activities, in no order.
    pub fn activity_names(&self) -> impl Iterator<Item = (&str, ActivityId)> {
        self.names.activities.iter().map(|(name, id)| (name.as_str(), *id))
    }

    /// The area or team that somebody calls `name`: the exact one, else the only one that differs
    /// in case, spacing or kind of punctuation.
    #[must_use]
    pub fn look_up_area(&self, name: &str) -> Lookup<'_, AreaId> {
        match self.find_area(name) {
            Some(area) => Lookup::One(area, &self.area(area).name),
            None => NameIndexes::new(self).area_by_key(&name_key(name)),
        }
    }

    /// The indicator that somebody calls `id`, likewise, or whose name it is.
    #[must_use]
    pub fn look_up_indicator(&self, id: &str) -> Lookup<'_, IndicatorId> {
        match self.find_indicator(id) {
            Some(indicator) => Lookup::One(indicator, &self.indicator(indicator).id),
            None => NameIndexes::new(self).indicator_by_key(&name_key(id)),
        }
    }

    /// The activity that somebody calls `id`, likewise, or whose name it is.
    #[must_use]
    pub fn look_up_activity(&self, id: &str) -> Lookup<'_, ActivityId> {
        match self.find_activity(id) {
            Some(activity) => Lookup::One(activity, &self.activity(activity).id),
            None => NameIndexes::new(self).activity_by_key(&name_key(id)),
        }
    }

    /// The benchmark that somebody calls `id`: in any case, spacing and kind of punctuation, or by
    /// its name.
    #[must_use]
    pub fn look_up_benchmark(&self, id: &str) -> Lookup<'_, BenchmarkId> {
        match self.find_benchmark(id) {
            Some(found) => Lookup::One(found, &self.benchmark(found).id),
            None => NameIndexes::new(self).benchmark_by_key(&name_key(id)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_the_names_does_not_matter() {
        let key = |name: &str| Some(name_key(name));
        let (one, other) = (("St Ann's", 1), ("St Ann’s", 1));
        for names in [[one, other], [other, one]] {
            let index = NameIndex::new(names.into_iter(), key);
            assert_eq!(index.look_up(&name_key("st ann's")), Lookup::One(1, "St Ann's"));
        }
        let (one, other) = (("St Ann's", 1), ("St Ann’s", 2));
        for names in [[one, other], [other, one]] {
            let index = NameIndex::new(names.into_iter(), key);
            let several = Lookup::Several(vec!["St Ann's", "St Ann’s"]);
            assert_eq!(index.look_up(&name_key("st ann's")), several);
        }
    }
}
