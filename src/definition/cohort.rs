//! `[[cohort]]`: groups of children that results are also shown without, and the tables of them.

use std::borrow::Cow;

use super::area::Area;
use super::benchmark::is_name_of_benchmark;
use super::build::Builder;
use super::words::AreaKind;
use super::{AreaId, Definition, IndicatorId};
use crate::diagnostic::{Code, Place};
use crate::population::{CohortId, Population};
use crate::text::{did_you_mean, quote};
use crate::toml_file::kinds::{Flag, IdValue, TableList, TextList, TextValue};
use crate::toml_file::{Spanned, table};

table! {
    CohortKeys: "[[cohort]]", "A group of children that results are also shown without.";
    id: required IdValue, "what it goes by in the extracts, in any case";
    name: required TextValue, "its name";
    title: optional TextValue, "the title of its table";
    own: optional Flag, "whether its own results are shown and rated too; false by default";
    groups = "group": optional TableList<GroupKeys>,
        "the blocks of its table, in order; without any, one block of all that has figures";
}

table! {
    GroupKeys: "[[cohort.group]]", "A block of the cohort's table.";
    title: optional TextValue, "its heading";
    areas: optional TextList, "its areas; without it, every area with figures for the cohort";
    indicators: optional TextList,
        "its indicators; without it, every indicator with figures for the cohort";
}

/// A group of children that results are also shown without.
#[derive(Clone, Debug)]
pub struct Cohort {
    /// What it goes by in the extracts, as it is written in the definitions.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The title of its table.
    pub title: Option<String>,
    /// Whether its own results are shown and rated too.
    pub own: bool,
    /// The blocks of its table.
    pub groups: Vec<CohortGroup>,
    /// Where it is defined.
    pub place: Place,
}

/// A block of a cohort's table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CohortGroup {
    /// Its heading.
    pub title: Option<String>,
    /// Its areas; without it, every area with figures for the cohort.
    pub areas: Option<Vec<AreaId>>,
    /// Its indicators; without it, every indicator with figures for the cohort.
    pub indicators: Option<Vec<IndicatorId>>,
}

/// The most cohorts there can be, far more than any report leaves out. Each is a population of its
/// own, for every indicator and area.
const MOST: usize = 1000;

impl Definition {
    /// `all`, `uasc` or `excluding-uasc`.
    #[must_use]
    pub fn population_name(&self, population: Population) -> Cow<'_, str> {
        population.name(|cohort| &self.cohort(cohort).id)
    }

    /// The populations that are reported: everyone, then everyone but each cohort, then the cohorts
    /// that have results of their own, in order.
    pub fn populations(&self) -> impl Iterator<Item = Population> {
        let without = self.cohort_ids().map(Population::Excluding);
        let own = self.own_cohorts().map(Population::Cohort);
        std::iter::once(Population::Everyone).chain(without).chain(own)
    }

    /// The cohorts that have results of their own, in order.
    pub fn own_cohorts(&self) -> impl Iterator<Item = CohortId> {
        self.cohort_ids().filter(|cohort| self.cohort(*cohort).own)
    }

    /// The populations that figures are added up for: those that are reported, and those of gaps.
    #[must_use]
    pub fn summed_populations(&self) -> Vec<Population> {
        let mut populations: Vec<_> = self.populations().collect();
        let gaps = self.indicators.iter().filter_map(|indicator| indicator.gap);
        for population in gaps.flat_map(|gap| [gap.from, gap.to]) {
            if !populations.contains(&population) {
                populations.push(population);
            }
        }
        populations
    }
}

impl Builder<'_> {
    pub(super) fn register_cohorts(&mut self, cohorts: &[CohortKeys]) {
        if let Some(keys) = cohorts.get(MOST) {
            let found =
                format!("there are {} cohorts, and there can be {MOST} at most", cohorts.len());
            let remedy = "use areas or indicators for groups that are compared with each other";
            self.report(Code::BadValue, keys.span.clone(), found, remedy);
        }
        for id in cohorts.iter().filter_map(|keys| keys.id.spanned()) {
            let key = id.value.to_lowercase();
            if key == "all" || key.starts_with("excluding-") {
                let found = format!("a cohort cannot be called {}", quote(&id.value));
                let remedy = "give it another id: in extracts `all` is everyone, and `excluding-` \
                    before an id is everyone else";
                self.report(Code::BadValue, id.span.clone(), found, remedy);
            }
            if is_name_of_benchmark(&key) {
                let found = format!("a cohort cannot be called {}", quote(&id.value));
                let remedy = "give it another id: in the tidy output `benchmark-` is before the id \
                    of a benchmark";
                self.report(Code::BadValue, id.span.clone(), found, remedy);
            }
        }
        let ids = cohorts.iter().map(|keys| keys.id.spanned());
        self.names.cohorts = self.register_ids(ids, "cohorts", CohortId::new);
    }

    pub(super) fn named_cohort(&mut self, id: &Spanned<String>) -> Option<CohortId> {
        self.named(id, |names| &names.cohorts, ["a", "cohort"])
    }

    pub(super) fn cohorts(&mut self, cohorts: &[CohortKeys], areas: &[Area]) -> Vec<Cohort> {
        cohorts.iter().filter_map(|keys| self.cohort(keys, areas)).collect()
    }

    fn cohort(&mut self, keys: &CohortKeys, areas: &[Area]) -> Option<Cohort> {
        let groups: Vec<_> =
            keys.groups.items().iter().map(|group| self.group(group, areas)).collect();
        self.check_groups(keys.groups.items(), &groups);
        Some(Cohort {
            id: keys.id.value()?,
            name: keys.name.value()?,
            title: keys.title.value(),
            own: keys.own.value().unwrap_or(false),
            groups,
            place: self.place(&keys.span),
        })
    }

    /// A block that is there twice has been pasted twice.
    fn check_groups(&mut self, keys: &[GroupKeys], groups: &[CohortGroup]) {
        for (index, group) in groups.iter().enumerate() {
            if let Some(first) = groups[..index].iter().position(|first| first == group) {
                self.report_twice(
                    keys[index].span.clone(),
                    &keys[first].span,
                    "the same block of the table twice",
                    "delete one of them, or give it other areas or indicators",
                );
            }
        }
    }

    fn group(&mut self, keys: &GroupKeys, areas: &[Area]) -> CohortGroup {
        let group_areas = keys
            .areas
            .get()
            .map(|names| names.iter().filter_map(|name| self.group_area(name, areas)).collect());
        let indicators = keys.indicators.get().map(|ids| {
            ids.iter().filter_map(|id| self.named_indicator(id, "the group's")).collect()
        });
        CohortGroup { title: keys.title.value(), areas: group_areas, indicators }
    }

    fn group_area(&mut self, name: &Spanned<String>, areas: &[Area]) -> Option<AreaId> {
        let Some(&id) = self.names.areas.get(&name.value) else {
            let guess = did_you_mean(&name.value, areas.iter().map(|area| area.name.as_str()));
            let found = format!("the group's area {} is not defined", quote(&name.value));
            let remedy = format!("{guess}correct the name, or define the area");
            self.report(Code::UnknownName, name.span.clone(), found, remedy);
            return None;
        };
        if areas[id.index()].kind == AreaKind::Team {
            let found = format!("{} is a team", quote(&name.value));
            let remedy = "name areas: a team has activity and no results";
            self.report(Code::UnknownName, name.span.clone(), found, remedy);
            return None;
        }
        Some(id)
    }
}
