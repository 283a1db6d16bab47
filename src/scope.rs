//! The areas that a report covers.

use crate::definition::{AreaId, AreaKind, Definition, Lookup};
use crate::diagnostic::{Code, Finding, Findings};
use crate::month::Month;
use crate::population::Population;
use crate::text::{did_you_mean, quote};

/// The areas of a report.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The areas that are reported, in the order of the definitions.
    pub areas: Vec<AreaId>,
    chosen: Vec<bool>,
    within: Vec<AreaId>,
}

impl Scope {
    /// The areas called `names`: the top area if there are none, every area for `all`. Names that
    /// cannot be used are reported.
    pub fn new(
        definition: &Definition,
        month: Month,
        names: &[String],
        findings: &mut Findings,
    ) -> Self {
        Self::of(definition, month, choose(definition, month, names, false, findings))
    }

    /// The same where a name may be that of a team, too: of counts, which teams have.
    pub fn with_teams(
        definition: &Definition,
        month: Month,
        names: &[String],
        findings: &mut Findings,
    ) -> Self {
        Self::of(definition, month, choose(definition, month, names, true, findings))
    }

    /// Every area in force.
    #[must_use]
    pub fn everywhere(definition: &Definition, month: Month) -> Self {
        let is_in_force = |area| has_results(definition, month, area);
        Self::of(definition, month, definition.area_ids().map(is_in_force).collect())
    }

    fn of(definition: &Definition, month: Month, chosen: Vec<bool>) -> Self {
        let areas = definition.area_ids().filter(|area| chosen[area.index()]).collect();
        let within = within(definition, month, &chosen);
        Self { areas, chosen, within }
    }

    /// The same report extended to the areas below the ones it covers.
    #[must_use]
    pub fn with_parts(&self, definition: &Definition) -> Self {
        let mut chosen = vec![false; self.chosen.len()];
        let areas: Vec<_> = self
            .within
            .iter()
            .copied()
            .filter(|area| definition.area(*area).kind == AreaKind::Area)
            .collect();
        for area in &areas {
            chosen[area.index()] = true;
        }
        Self { areas, chosen, within: self.within.clone() }
    }

    /// Whether the report covers this area.
    #[must_use]
    pub fn is_chosen(&self, area: AreaId) -> bool {
        self.chosen[area.index()]
    }

    /// The areas and teams in force that the report covers or that are below one of those, in the
    /// order of the definitions.
    #[must_use]
    pub fn within(&self) -> &[AreaId] {
        &self.within
    }
}

fn has_results(definition: &Definition, month: Month, area: AreaId) -> bool {
    let of = definition.area(area);
    of.kind == AreaKind::Area && of.in_force.covers(month) && definition.is_about(area)
}

/// For each area, whether it is asked for.
fn choose(
    definition: &Definition,
    month: Month,
    names: &[String],
    may_be_team: bool,
    findings: &mut Findings,
) -> Vec<bool> {
    let mut chosen = vec![false; definition.areas.len()];
    let mut choose_one = |name: &str, chosen: &mut [bool]| {
        if let Some(area) = find(definition, month, name, may_be_team, findings) {
            chosen[area.index()] = true;
        }
    };
    if names.is_empty() {
        // Even the default is checked for being in force in this month.
        choose_one(&definition.area(definition.top).name, &mut chosen);
    }
    for name in names.iter().map(|name| name.trim()) {
        if name.eq_ignore_ascii_case(Population::ALL) {
            for area in definition.area_ids() {
                chosen[area.index()] |= has_results(definition, month, area);
            }
        } else {
            choose_one(name, &mut chosen);
        }
    }
    chosen
}

/// The area called `name`, if it can be reported.
fn find(
    definition: &Definition,
    month: Month,
    name: &str,
    may_be_team: bool,
    findings: &mut Findings,
) -> Option<AreaId> {
    let Lookup::One(area, name) = definition.look_up_area(name) else {
        findings.push(unknown_area(definition, name));
        return None;
    };
    let of = definition.area(area);
    let (found, remedy) = if of.kind == AreaKind::Team && !may_be_team {
        let remedy = "a team has no scorecard: name its area, whose activity table has the team";
        (format!("{} is a team", quote(name)), remedy)
    } else if !definition.is_about(area) {
        let remedy = "name another area, or add it to `public_areas` of [disclosure]";
        (format!("{} is not in the public edition", quote(name)), remedy)
    } else if !of.in_force.covers(month) {
        let remedy = "name another month, or correct `from` and `until` in the definitions";
        (format!("{} is not in force in {}", quote(name), month.long()), remedy)
    } else {
        return Some(area);
    };
    findings.push(Finding::nowhere(Code::UnknownArea, found, remedy));
    None
}

/// The finding that there is no area called `name`, or that the name is ambiguous.
#[must_use]
pub fn unknown_area(definition: &Definition, name: &str) -> Finding {
    if let Lookup::Several(names) = definition.look_up_area(name) {
        let names: Vec<_> = names.into_iter().map(quote).collect();
        let found = format!("{} can mean {}", quote(name), names.join(" or "));
        let remedy = format!("write it exactly as in {}", definition.path);
        return Finding::nowhere(Code::UnknownArea, found, remedy);
    }
    let guess = did_you_mean(name, definition.areas.iter().map(|area| area.name.as_str()));
    let remedy = format!("{guess}--area takes a name of {}, or all", definition.path);
    Finding::nowhere(Code::UnknownArea, format!("there is no area {}", quote(name)), remedy)
}

fn within(definition: &Definition, month: Month, chosen: &[bool]) -> Vec<AreaId> {
    let mut known: Vec<Option<bool>> = vec![None; definition.areas.len()];
    for area in definition.area_ids() {
        // Go up to the first ancestor that is already decided, then mark everything on the way, so
        // that each area is decided once.
        let mut path = Vec::new();
        let mut at = Some(area);
        let mut is_inside = false;
        while let Some(here) = at {
            if let Some(decided) = known[here.index()] {
                is_inside = decided;
                break;
            }
            path.push(here);
            if chosen[here.index()] {
                is_inside = true;
                break;
            }
            at = definition.area(here).parent;
        }
        for here in path {
            known[here.index()] = Some(is_inside);
        }
    }
    definition
        .area_ids()
        .filter(|area| known[area.index()] == Some(true))
        .filter(|area| definition.area(*area).in_force.covers(month) && definition.is_about(*area))
        .collect()
}
