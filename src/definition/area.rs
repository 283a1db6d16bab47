//! `[[area]]`: the areas and teams, and the tree that they make.

use super::build::{ANOTHER_NAME, Builder};
use super::keys::DefinitionKeys;
use super::scorecard::ScorecardKeys;
use super::words::{AreaKind, Rollup};
use super::{AreaId, Definition, InForce, IndicatorId};
use crate::diagnostic::{Code, Place};
use crate::month::Month;
use crate::text::{did_you_mean, quote};
use crate::toml_file::kinds::{Choice, MonthValue, TextList, TextValue};
use crate::toml_file::{Spanned, table};

table! {
    AreaKeys: "[[area]]", "An area or a team.";
    name: required TextValue, "its name, as in the extracts";
    parent: optional TextValue, "the area that it is part of";
    kind: optional Choice<AreaKind>, "a team is in the activity table only";
    was: optional TextList, "other names that it goes by in extracts";
    from: optional MonthValue, "the first month in which it exists";
    until: optional MonthValue, "the last month in which it exists";
}

/// An area or a team.
#[derive(Clone, Debug)]
pub struct Area {
    /// Its name.
    pub name: String,
    /// The area that it is part of.
    pub parent: Option<AreaId>,
    /// Whether it is a team.
    pub kind: AreaKind,
    /// When it exists.
    pub in_force: InForce,
    /// The areas directly below it, in display order, without its teams.
    pub parts: Vec<AreaId>,
    /// The teams directly below it, in display order.
    pub teams: Vec<AreaId>,
    /// Where it is defined.
    pub place: Place,
}

/// An area as it is written, with its name: one without a name has been reported, and is left out.
type Named<'k> = (&'k Spanned<String>, &'k AreaKeys);

impl Definition {
    /// The areas directly below `area` that were in force in `month`, without its teams.
    pub fn parts(&self, area: AreaId, month: Month) -> impl Iterator<Item = AreaId> {
        self.area(area)
            .parts
            .iter()
            .copied()
            .filter(move |part| self.area(*part).in_force.covers(month))
    }

    /// The areas and teams directly below `area` that were in force in `month`: what a team did, its
    /// area did.
    pub fn parts_and_teams(&self, area: AreaId, month: Month) -> impl Iterator<Item = AreaId> {
        let teams = self.area(area).teams.iter().copied();
        let teams = teams.filter(move |team| self.area(*team).in_force.covers(month));
        self.parts(area, month).chain(teams)
    }

    /// The parts that a figure of an area is the sum of: those in force in any month that it
    /// covers.
    pub fn parts_of_sum(
        &self,
        area: AreaId,
        indicator: IndicatorId,
        month: Month,
    ) -> impl Iterator<Item = AreaId> {
        let first = self.first_covered(self.indicator(indicator).period, month);
        let parts = self.area(area).parts.iter().copied();
        parts.filter(move |part| self.area(*part).in_force.overlaps(first, month))
    }

    /// Whether a row of an area that has ended is wanted: for a sum that covers a month in which
    /// the area was in force.
    #[must_use]
    pub fn is_part_of_sum(&self, area: AreaId, indicator: IndicatorId, month: Month) -> bool {
        let first = self.first_covered(self.indicator(indicator).period, month);
        self.indicator(indicator).rollup == Rollup::Sum
            && self.area(area).parent.is_some()
            && self.area(area).in_force.overlaps(first, month)
    }

    /// Whether `area` is `ancestor` or anywhere below it.
    #[must_use]
    pub fn is_within(&self, area: AreaId, ancestor: AreaId) -> bool {
        std::iter::successors(Some(area), |area| self.area(*area).parent)
            .any(|area| area == ancestor)
    }
}

impl Builder<'_> {
    /// The areas in order, and the one at the top.
    pub(super) fn areas(
        &mut self,
        file: &DefinitionKeys,
        scorecard: &ScorecardKeys,
    ) -> (Vec<Area>, Option<AreaId>) {
        let named: Vec<_> = file
            .areas
            .items()
            .iter()
            .filter_map(|keys| Some((keys.name.spanned()?, keys)))
            .collect();
        self.register_areas(&named);
        let mut areas: Vec<_> =
            named.iter().map(|(name, keys)| self.area(name, keys, &named)).collect();
        self.break_cycles(&mut areas, &named);
        for index in 0..areas.len() {
            if let Some(parent) = areas[index].parent {
                let is_team = areas[index].kind == AreaKind::Team;
                let parent = &mut areas[parent.index()];
                let below = if is_team { &mut parent.teams } else { &mut parent.parts };
                below.push(AreaId::new(index));
            }
        }
        if !file.areas.is_there() {
            areas.extend(self.only_area(scorecard));
        }
        let top = self.top(scorecard, &areas, &named);
        (areas, top)
    }

    fn register_areas(&mut self, named: &[Named<'_>]) {
        fn names<'k>((name, keys): &Named<'k>) -> impl Iterator<Item = &'k Spanned<String>> {
            std::iter::once(*name).chain(keys.was.items())
        }
        for (name, _) in named {
            self.check_area_name(name);
        }
        let found = |name: &str| format!("two areas go by the name {}", quote(name));
        self.check_unique(named.iter().flat_map(names), str::to_owned, found, ANOTHER_NAME);
        for (index, area) in named.iter().enumerate() {
            for name in names(area) {
                self.names.areas.entry(name.value.clone()).or_insert(AreaId::new(index));
            }
        }
    }

    fn check_area_name(&mut self, name: &Spanned<String>) {
        if name.value.eq_ignore_ascii_case("all") {
            let remedy = "give it another name; --area all asks for every area";
            let found = "an area cannot be called \"all\"";
            self.report(Code::BadValue, name.span.clone(), found, remedy);
        }
    }

    fn area(&mut self, name: &Spanned<String>, keys: &AreaKeys, named: &[Named<'_>]) -> Area {
        Area {
            name: name.value.clone(),
            parent: keys.parent.spanned().and_then(|parent| self.parent(parent, named)),
            kind: keys.kind.value().unwrap_or(AreaKind::Area),
            in_force: self.in_force(&keys.from, &keys.until),
            parts: Vec::new(),
            teams: Vec::new(),
            place: self.place(&keys.span),
        }
    }

    /// Without any [[area]] there is the top area alone.
    fn only_area(&mut self, scorecard: &ScorecardKeys) -> Option<Area> {
        let name = scorecard.area.spanned()?;
        self.check_area_name(name);
        self.names.areas.insert(name.value.clone(), AreaId::new(0));
        Some(Area {
            name: name.value.clone(),
            parent: None,
            kind: AreaKind::Area,
            in_force: InForce::default(),
            parts: Vec::new(),
            teams: Vec::new(),
            place: self.place(&name.span),
        })
    }

    fn parent(&mut self, parent: &Spanned<String>, named: &[Named<'_>]) -> Option<AreaId> {
        let Some(&id) = self.names.areas.get(&parent.value) else {
            let guess =
                did_you_mean(&parent.value, named.iter().map(|(name, _)| name.value.as_str()));
            let found = format!("its parent {} is not an area", quote(&parent.value));
            let remedy = format!(
                "{guess}define the parent with an [[area]] of its own, or correct the name"
            );
            self.report(Code::UnknownName, parent.span.clone(), found, remedy);
            return None;
        };
        let (_, above) = &named[id.index()];
        if above.kind.get() == Some(&AreaKind::Team) {
            let found = format!("its parent {} is a team", quote(&parent.value));
            let remedy = "name an area as the parent; a team has nothing below it";
            self.report(Code::AreaTree, parent.span.clone(), found, remedy);
            return None;
        }
        Some(id)
    }

    /// Reports every cycle once and cuts it, so that whatever follows parents comes to an end.
    fn break_cycles(&mut self, areas: &mut [Area], named: &[Named<'_>]) {
        // 0 for not looked at, else the walk that reached it: meeting one's own walk again is a
        // cycle.
        let mut walk_of = vec![0usize; areas.len()];
        for start in 0..areas.len() {
            let (mut at, walk) = (start, start + 1);
            while walk_of[at] == 0 {
                walk_of[at] = walk;
                let Some(parent) = areas[at].parent else { break };
                if walk_of[parent.index()] == walk {
                    let (_, keys) = &named[at];
                    let span = keys.parent.span().unwrap_or_else(|| keys.span.clone());
                    let found =
                        format!("the areas above {} lead back to it", quote(&areas[at].name));
                    let remedy = "delete the `parent` of the one that is at the top";
                    self.report(Code::AreaTree, span, found, remedy);
                    areas[at].parent = None;
                    break;
                }
                at = parent.index();
            }
        }
    }

    fn top(
        &mut self,
        scorecard: &ScorecardKeys,
        areas: &[Area],
        named: &[Named<'_>],
    ) -> Option<AreaId> {
        let name = scorecard.area.spanned()?;
        let quoted = quote(&name.value);
        let Some(&top) = self.names.areas.get(&name.value) else {
            let guess = did_you_mean(&name.value, areas.iter().map(|area| area.name.as_str()));
            let found = format!("the top area {quoted} is not defined");
            let remedy = format!("{guess}define it: [[area]] with name = {quoted}");
            self.report(Code::UnknownName, name.span.clone(), found, remedy);
            return None;
        };
        let area = &areas[top.index()];
        if area.parent.is_some() || area.kind == AreaKind::Team {
            let what = if area.parent.is_some() { "has a parent" } else { "is a team" };
            let found = format!("the top area {quoted} {what}");
            let remedy = "name the area that all others are part of";
            self.report(Code::AreaTree, name.span.clone(), found, remedy);
            return None;
        }
        let top_name = quote(&area.name);
        for (index, (name, keys)) in named.iter().enumerate() {
            if index != top.index() && !keys.parent.is_there() {
                let found = format!(
                    "{} has no parent, so it is not part of {top_name}",
                    quote(&name.value)
                );
                let remedy = format!(
                    "add parent = {top_name}, or the area that it is part of; if it is only shown \
                     for comparison, leave it as it is"
                );
                self.report(Code::NoParent, keys.span.clone(), found, remedy);
            }
        }
        Some(top)
    }
}
