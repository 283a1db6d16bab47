//! The assessed scorecard of a month: what tables are laid out from, and what tidy and JSON write.

use crate::population::Population;
use crate::text::{did_you_mean, quote};

use crate::assess::{Assessed, Assessor, Entry};
use crate::definition::{AreaId, AreaKind, Definition, Frequency, Indicator, IndicatorId};
use crate::diagnostic::{Code, Finding, Findings};
use crate::extract::Extract;
use crate::month::Month;
use crate::months::Archive;
use crate::record::Manifest;

/// A month's scorecard for some areas.
///
/// Areas are assessed when they are asked for and not kept, so that a nation of them can be written
/// without holding all of it in memory.
#[derive(Debug)]
pub struct Scorecard<'e> {
    /// The definitions.
    pub definition: &'e Definition,
    /// The report month.
    pub month: Month,
    /// The rules, applied to that month.
    pub assessor: Assessor<'e>,
    /// The areas that the report is for, in the order of the definitions.
    pub areas: Vec<AreaId>,
    chosen: Vec<bool>,
    archive: &'e Archive<'e>,
}

impl<'e> Scorecard<'e> {
    /// The scorecard of `month` for the areas called `names`: the top area when there are none,
    /// every area for `all`.
    pub fn new(
        archive: &'e Archive<'e>,
        month: Month,
        names: &[String],
        findings: &mut Findings,
    ) -> Self {
        let definition = archive.definition();
        archive.read_ahead(&needed_for_certain(definition, month));
        let chosen = choose_areas(definition, month, names, findings);
        let areas = definition.area_ids().filter(|area| chosen[area.index()]).collect();
        Self { definition, month, assessor: Assessor::new(archive, month), areas, chosen, archive }
    }

    /// Whether the report is for this area.
    #[must_use]
    pub fn is_chosen(&self, area: AreaId) -> bool {
        self.chosen[area.index()]
    }

    /// The extract of the report month.
    pub fn extract(&self) -> Option<&'e Extract> {
        self.archive.extract(self.month)
    }

    /// The extract of another month.
    pub fn extract_of(&self, month: Month) -> Option<&'e Extract> {
        self.archive.extract(month)
    }

    /// What the service says about an indicator in the report month: Markdown, where there is a
    /// file for it.
    pub fn commentary(&self, area: AreaId, indicator: IndicatorId) -> Option<String> {
        let extract = self.extract()?;
        self.archive.with_findings(|findings| {
            extract.commentary.of(self.definition, area, indicator, findings)
        })
    }

    /// Whether the month has been published, as this report has it.
    #[must_use]
    pub fn standing(&self) -> Standing<'e> {
        let record = self.archive.record();
        let published = record.latest(self.month).and_then(|latest| record.manifest(latest));
        let Some((manifest, figures)) = published.zip(record.figures(self.definition, self.month))
        else {
            return Standing::Draft;
        };
        let is_as_published =
            |area: AreaId, population: Population, id: IndicatorId, now: Option<&Assessed<'_>>| {
                match (now, figures.of_figure(area, id, population)) {
                    (Some(now), Some(published)) => {
                        published.is(&now.figure.amount)
                            && published.month == now.figure.month
                            && published.rag == now.rag
                    }
                    (now, published) => now.is_none() && published.is_none(),
                }
            };
        let is_same = |area: AreaId, entry: &Entry<'_>| {
            let excluding = |cohort| {
                entry
                    .excluding
                    .iter()
                    .find(|excluding| excluding.cohort == cohort)
                    .map(|excluding| &excluding.assessed)
            };
            is_as_published(area, Population::Everyone, entry.indicator, entry.including.as_ref())
                && self.definition.cohort_ids().all(|cohort| {
                    is_as_published(
                        area,
                        Population::Excluding(cohort),
                        entry.indicator,
                        excluding(cohort),
                    )
                })
        };
        let mut areas = self.areas.iter();
        if areas.all(|area| self.assessor.area(*area).all(|entry| is_same(*area, &entry))) {
            Standing::Published(manifest)
        } else {
            Standing::Changed(manifest)
        }
    }

    /// The months and their files.
    #[must_use]
    pub fn archive(&self) -> &'e Archive<'e> {
        self.archive
    }

    /// The areas and teams in force that are one of the report's areas or below one, in the order
    /// of the definitions.
    pub fn within(&self) -> impl Iterator<Item = AreaId> {
        let mut inside = vec![None; self.definition.areas.len()];
        for area in self.definition.area_ids() {
            // Up to the first ancestor that is known, then all the way down again: each area is
            // decided once.
            let mut path = Vec::new();
            let mut at = Some(area);
            let mut verdict = false;
            while let Some(here) = at {
                if let Some(known) = inside[here.index()] {
                    verdict = known;
                    break;
                }
                path.push(here);
                if self.is_chosen(here) {
                    verdict = true;
                    break;
                }
                at = self.definition.area(here).parent;
            }
            for here in path {
                inside[here.index()] = Some(verdict);
            }
        }
        let month = self.month;
        self.definition.area_ids().filter(move |area| {
            inside[area.index()] == Some(true) && self.definition.area(*area).in_force.covers(month)
        })
    }
}

/// How a report stands to what has been published of its month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing<'e> {
    /// The month has not been published.
    Draft,
    /// It has been, and the figures and ratings of this report are those.
    Published(&'e Manifest),
    /// It has been, and they are not.
    Changed(&'e Manifest),
}

/// The months that every report of `month` needs: its own, the outturn's, and for monthly
/// indicators the one before.
fn needed_for_certain(definition: &Definition, month: Month) -> Vec<Month> {
    let is_monthly = |indicator: &Indicator| {
        indicator.frequency == Frequency::Monthly && indicator.in_force.covers(month)
    };
    let before = definition.indicators.iter().any(is_monthly).then(|| month.before(1));
    let mut months: Vec<_> = [month, definition.financial_year(month).previous_outturn()]
        .into_iter()
        .chain(before)
        .collect();
    months.sort();
    months.dedup();
    months
}

/// That there is no area called `name`.
pub fn unknown_area(definition: &Definition, name: &str) -> Finding {
    let guess = did_you_mean(name, definition.areas.iter().map(|area| area.name.as_str()));
    let remedy = format!("{guess}--area takes a name of {}, or all", definition.path);
    Finding::nowhere(Code::UnknownArea, format!("there is no area {}", quote(name)), remedy)
}

/// For each area whether it is asked for.
fn choose_areas(
    definition: &Definition,
    month: Month,
    names: &[String],
    findings: &mut Findings,
) -> Vec<bool> {
    let has_results = |area: AreaId| {
        definition.area(area).kind == AreaKind::Area && definition.area(area).in_force.covers(month)
    };
    let mut wanted = vec![false; definition.areas.len()];
    let top = definition.area(definition.top).name.as_str();
    let names: Vec<_> =
        if names.is_empty() { vec![top] } else { names.iter().map(|name| name.trim()).collect() };
    for name in names {
        if name.eq_ignore_ascii_case("all") {
            definition
                .area_ids()
                .filter(|area| has_results(*area))
                .for_each(|area| wanted[area.index()] = true);
            continue;
        }
        let Some(area) = definition.find_area(name) else {
            findings.push(unknown_area(definition, name));
            continue;
        };
        if definition.area(area).kind == AreaKind::Team {
            let remedy =
                "a team has no scorecard: name its area, whose activity table has the team";
            findings.push(Finding::nowhere(
                Code::UnknownArea,
                format!("{} is a team", quote(name)),
                remedy,
            ));
        } else if !has_results(area) {
            let remedy = "name another month, or mend `from` and `until` in the definitions";
            findings.push(Finding::nowhere(
                Code::UnknownArea,
                format!("{} is not in force in {}", quote(name), month.long()),
                remedy,
            ));
        } else {
            wanted[area.index()] = true;
        }
    }
    wanted
}
