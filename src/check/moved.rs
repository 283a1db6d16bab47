//! A figure beside that of the period before, also where it is the sum of areas.

use super::Context;
use crate::assess::{Figure, Origin, SeriesKey};
use crate::definition::{AreaId, Indicator, IndicatorId, Period};
use crate::diagnostic::Place;
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

impl<'e> Moved<'e> {
    /// The figure of an area; `None`, where one of the two is not there.
    pub(super) fn of(
        context: Context<'_, 'e>,
        area: AreaId,
        id: IndicatorId,
        who: Population,
    ) -> Option<Self> {
        let indicator = context.definition.indicator(id);
        let key = SeriesKey::everyone(area, id).about(who);
        let figure = |month| context.assessor.reported(key, month);
        let now = figure(context.month)?;
        let before = figure(context.month.before(indicator.frequency.months()))?;
        Some(Self { area, id, indicator, who, now, before })
    }

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
