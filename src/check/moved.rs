//! Figures beside those of the period before, also where they are sums of areas.

use std::collections::HashSet;

use super::{Collected, Context, fell_to_zero, result_gone, result_jump};
use crate::assess::{Figure, Origin, SeriesKey};
use crate::definition::{AreaId, AreaKind, Indicator, IndicatorId, Period};
use crate::diagnostic::Place;
use crate::extract::Observation;
use crate::month::Month;
use crate::population::Population;

/// A figure of the month and of the period before.
pub(super) struct Moved<'e> {
    pub(super) area: AreaId,
    pub(super) id: IndicatorId,
    pub(super) indicator: &'e Indicator,
    pub(super) who: Population,
    pub(super) now: Figure<'e>,
    pub(super) before: Figure<'e>,
}

/// Every figure of the month that has one before it, area by area. Gives those of which something
/// has been said.
pub(super) fn check(
    context: Context<'_, '_>,
    collected: &mut Collected<'_>,
) -> HashSet<(AreaId, IndicatorId)> {
    let definition = context.definition;
    let mut said = HashSet::new();
    let indicators: Vec<_> = definition.indicators_in_force(context.month).collect();
    for area in context.areas().filter(|area| definition.area(*area).kind == AreaKind::Area) {
        for &id in &indicators {
            collected.about(
                || definition.subject(area, id),
                |collected| {
                    if look(context, area, id, collected) {
                        said.insert((area, id));
                    }
                },
            );
        }
    }
    fell_to_zero::activities(context, collected);
    said
}

/// Everyone and cohorts, and whether anything is said of their figures. What everyone's figure says,
/// those of cohorts need not say again.
fn look(
    context: Context<'_, '_>,
    area: AreaId,
    id: IndicatorId,
    collected: &mut Collected<'_>,
) -> bool {
    if context.is_whole {
        result_gone::sum(context, area, id, collected);
    }
    populations(context, area, id).any(|who| {
        moved(context, area, id, who).is_some_and(|moved| {
            result_gone::look(context, &moved, collected)
                || fell_to_zero::look(context, &moved, collected)
                || result_jump::look(context, &moved, collected)
        })
    })
}

/// Everyone, and whoever the area has a row of.
fn populations(
    context: Context<'_, '_>,
    area: AreaId,
    id: IndicatorId,
) -> impl Iterator<Item = Population> {
    let rows = context.this.results.of(area, id).iter().map(Observation::population);
    let cohorts = rows.filter(|who| *who != Population::Everyone);
    std::iter::once(Population::Everyone).chain(cohorts)
}

fn moved<'e>(
    context: Context<'_, 'e>,
    area: AreaId,
    id: IndicatorId,
    who: Population,
) -> Option<Moved<'e>> {
    let indicator = context.definition.indicator(id);
    let key = SeriesKey::everyone(area, id).about(who);
    let figure = |month| context.assessor.reported(key, month);
    let now = figure(context.month)?;
    let before = figure(context.month.before(indicator.frequency.months()))?;
    Some(Moved { area, id, indicator, who, now, before })
}

impl<'e> Moved<'e> {
    /// The same series in another month, with the period before it: that first.
    pub(super) fn at(&self, context: Context<'_, 'e>, month: Month) -> Option<[Figure<'e>; 2]> {
        let before = self.figure(context, month.before(self.indicator.frequency.months()))?;
        Some([before, self.figure(context, month)?])
    }

    /// The figure of the same series in another month.
    pub(super) fn figure(&self, context: Context<'_, 'e>, month: Month) -> Option<Figure<'e>> {
        let key = SeriesKey::everyone(self.area, self.id).about(self.who);
        context.assessor.reported(key, month)
    }

    /// Whether a year to date has started again between two months.
    pub(super) fn starts_again(&self, context: Context<'_, '_>, from: Month, to: Month) -> bool {
        let year = |month| context.definition.financial_year(month);
        self.indicator.period == Period::YearToDate && year(from) != year(to)
    }

    /// Where the figure stands; for a sum, where that of its first part does.
    pub(super) fn place(&self, context: Context<'_, '_>) -> Option<Place> {
        if !matches!(self.now.origin, Origin::Sum) {
            return context.place(&self.now);
        }
        let results = &context.this.results;
        let mut parts = context.definition.parts(self.area, context.month);
        parts.find_map(|part| results.of(part, self.id).first().map(|row| results.place(row)))
    }
}
