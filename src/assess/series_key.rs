//! What figures are of.

use super::FigureKey;
use crate::definition::{AreaId, IndicatorId};
use crate::month::Month;
use crate::population::Population;

/// What the figures of a series are of, month by month: an indicator in an area, about a population.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SeriesKey {
    /// The area.
    pub area: AreaId,
    /// The indicator.
    pub indicator: IndicatorId,
    /// Whom they are about.
    pub population: Population,
}

impl SeriesKey {
    /// The figures of an indicator for everyone in an area.
    #[must_use]
    pub fn everyone(area: AreaId, indicator: IndicatorId) -> Self {
        Self { area, indicator, population: Population::Everyone }
    }

    /// Those of the same indicator and area about others.
    #[must_use]
    pub fn about(self, population: Population) -> Self {
        Self { population, ..self }
    }

    /// Those of the same indicator and population in another area.
    #[must_use]
    pub fn in_area(self, area: AreaId) -> Self {
        Self { area, ..self }
    }

    /// The figure of a month.
    #[must_use]
    pub fn at(self, month: Month) -> FigureKey {
        (self.area, self.indicator, self.population, month)
    }
}
