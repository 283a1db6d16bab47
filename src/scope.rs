//! The areas that a report covers.

use crate::definition::{AreaId, AreaKind, Definition, Lookup};
use crate::diagnostic::known::Known;
use crate::diagnostic::{Code, Finding, Findings};
use crate::month::Month;
use crate::population::Population;
use crate::text::{can_mean, quote};

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
    definition.area(area).kind == AreaKind::Area && is_shown(definition, month, area)
}

/// Whether an area or team is in force, and in the edition.
fn is_shown(definition: &Definition, month: Month, area: AreaId) -> bool {
    definition.area(area).in_force.covers(month) && definition.is_about(area)
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
    if names.is_empty() {
        match why_not(definition, month, definition.top, may_be_team) {
            None => chosen[definition.top.index()] = true,
            Some((found, remedy)) => {
                findings.push(Finding::nowhere(Code::UnknownArea, found, remedy));
            }
        }
    }
    for name in each_name(definition, names) {
        if is_every(name) {
            for area in definition.area_ids() {
                chosen[area.index()] |= has_results(definition, month, area);
            }
        } else if let Some(area) = find(definition, month, name, may_be_team, findings) {
            chosen[area.index()] = true;
        }
    }
    chosen
}

/// The names of areas that are asked for, one by one: `Kent, Thanet` is two, unless an area is called
/// so.
pub fn each_name<'n>(definition: &Definition, names: &'n [String]) -> Vec<&'n str> {
    let is_known =
        |name: &str| is_every(name) || !matches!(definition.look_up_area(name), Lookup::Nothing);
    let parts = |name: &'n String| {
        let name = name.trim();
        let parts: Vec<_> = name.split(',').map(str::trim).collect();
        // Where only some are known, what is said is about the others.
        let are_parts = !is_known(name) && parts.iter().any(|part| is_known(part));
        if are_parts { parts } else { vec![name] }
    };
    names.iter().flat_map(parts).collect()
}

/// Whether a name stands for every area.
#[must_use]
pub fn is_every(name: &str) -> bool {
    name.trim().eq_ignore_ascii_case(Population::ALL)
}

/// The area called `name`, if it can be reported.
fn find(
    definition: &Definition,
    month: Month,
    name: &str,
    may_be_team: bool,
    findings: &mut Findings,
) -> Option<AreaId> {
    let Some(area) = definition.look_up_area(name).one() else {
        let is_shown = |area: &AreaId| is_shown(definition, month, *area);
        findings.push(no_area(definition, name, may_be_team, is_shown));
        return None;
    };
    let Some((found, remedy)) = why_not(definition, month, area, may_be_team) else {
        return Some(area);
    };
    findings.push(Finding::mistake(Code::UnknownArea, found, remedy));
    None
}

/// Why an area cannot be reported, and what to do. `None` if it can.
fn why_not(
    definition: &Definition,
    month: Month,
    area: AreaId,
    may_be_team: bool,
) -> Option<(String, String)> {
    let of = definition.area(area);
    let name = quote(&of.name);
    if of.kind == AreaKind::Team && !may_be_team {
        let its_area = of.parent.map_or_else(String::new, |parent| {
            format!(", {}", quote(&definition.area(parent).name))
        });
        let remedy = format!(
            "a team has no scorecard: name its area{its_area}, whose activity table has the team"
        );
        Some((format!("{name} is a team"), remedy))
    } else if !definition.is_about(area) {
        let remedy = "name another area, or add it to `public_areas` of [disclosure]";
        Some((format!("{name} is not in the public edition"), remedy.to_owned()))
    } else if !of.in_force.covers(month) {
        let remedy = "name another month, or correct `from` and `until` in the definitions";
        Some((format!("{name} is not in force in {}", month.long()), remedy.to_owned()))
    } else {
        None
    }
}

/// The finding that there is no area called `name`, or that the name is ambiguous, for lists that are
/// of no month.
#[must_use]
pub fn unknown_area(definition: &Definition, name: &str) -> Finding {
    no_area(definition, name, false, |area| definition.is_about(*area))
}

/// The same, where it could have been an area, or a team too, that `may_be_named`.
fn no_area(
    definition: &Definition,
    name: &str,
    may_be_team: bool,
    may_be_named: impl Fn(&AreaId) -> bool,
) -> Finding {
    if let Lookup::Several(names) = definition.look_up_area(name) {
        let remedy = format!("write it exactly as in {}", definition.path);
        return Finding::mistake(Code::UnknownArea, can_mean(name, &names), remedy);
    }
    let is_of_kind = |area: &AreaId| may_be_team || definition.area(*area).kind == AreaKind::Area;
    let areas = definition.area_ids().filter(is_of_kind).filter(may_be_named);
    let areas = areas.map(|area| definition.area(area).name.as_str());
    let known = if may_be_team {
        Known::names("area or team", "areas and teams", areas)
            .listed_by("scorecard completions --values units")
    } else {
        Known::names("area", "areas", areas).listed_by("scorecard completions --values areas")
    };
    known.or_else("--area all is every one").unknown(Code::UnknownArea, name)
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
        .filter(|area| is_shown(definition, month, *area))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_with_commas_between_them_are_several_unless_one_is_called_so() {
        let area = |name: &str| format!("[[area]]\nname = \"{name}\"\nparent = \"Kent\"\n");
        let areas = ["North", "East", "North, West", "West"].map(area).concat();
        let definition = Definition::for_test(&format!(
            "[scorecard]\ntitle = \"T\"\narea = \"Kent\"\n[[area]]\nname = \"Kent\"\n{areas}\
             [[indicator]]\nid = \"1\"\nsection = \"S\"\nname = \"N\"\npolarity = \"H\"\n\
             period = \"SS\"\nunit = \"number\"\n"
        ));
        for (asked, names) in [
            ("North", &["North"][..]),
            ("North,East", &["North", "East"]),
            (" north , EAST", &["north", "EAST"]),
            ("North, West", &["North, West"]),
            ("West, North", &["West", "North"]),
            ("North, all", &["North", "all"]),
            // What is said is about the part that is wrong.
            ("North, Est", &["North", "Est"]),
            ("Nort, Est", &["Nort, Est"]),
        ] {
            assert_eq!(each_name(&definition, &[asked.to_owned()]), names, "{asked}");
        }
    }
}
