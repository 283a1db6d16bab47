//! The last few periods of an indicator, and since when it has been red.

use super::rag::reported_rag;
use super::{Against, Assessor, Figure, Outcome, SeriesKey, result};
use crate::definition::{AreaId, IndicatorId, Standard};
use crate::history::RED_LOOK_BACK;
use crate::month::Month;
use crate::rating::Rag;

/// One period of a trend.
#[derive(Clone, Debug)]
pub struct TrendPoint<'e> {
    /// The last month of the period.
    pub month: Month,
    /// The figure, if there is one.
    pub figure: Option<Figure<'e>>,
    /// Its result.
    pub outcome: Option<Outcome>,
    /// What it is rated against.
    pub against: Against<'e>,
    /// Its rating.
    pub rag: Option<Rag>,
}

impl TrendPoint<'_> {
    /// What it is rated against. `None` if there is no target.
    #[must_use]
    pub fn standard(&self) -> Option<&Standard> {
        self.against.standard()
    }
}

/// Since when an indicator has been red.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RedSince {
    /// The first period of the run of reds.
    pub month: Month,
    /// What is known about the period before it.
    pub before: Before,
}

/// What is known about the period before a run of reds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// It was rated amber or green.
    NotRed,
    /// It has a figure but no rating, because there was no target or no result.
    NotRated,
    /// It has no figure, or is too far back to be looked at, so the run may be longer.
    NoFigure,
}

impl RedSince {
    /// Whether the period before is known to be amber or green.
    #[must_use]
    pub fn is_start(self) -> bool {
        self.before == Before::NotRed
    }
}

impl<'e> Assessor<'e> {
    /// The last `count` periods, oldest first, up to the one that ends in `latest`.
    pub fn trend(
        &self,
        area: AreaId,
        indicator: IndicatorId,
        latest: Month,
        count: u16,
    ) -> Vec<TrendPoint<'e>> {
        let step = self.definition.indicator(indicator).frequency.months();
        (0..count)
            .rev()
            .map(|back| self.trend_point(area, indicator, latest.before(back * step)))
            .collect()
    }

    fn trend_point(&self, area: AreaId, indicator: IndicatorId, month: Month) -> TrendPoint<'e> {
        let definition = self.definition.indicator(indicator);
        let key = SeriesKey::everyone(area, indicator);
        let figure = self.reported(key, month);
        let outcome =
            figure.as_ref().and_then(|figure| result::outcome(&figure.amount, definition));
        let against = self.against(key, month);
        let standard = || against.standard();
        let rag = figure.as_ref().and_then(|figure| {
            let (outcome, verdict) =
                (outcome.as_ref(), self.verdict(indicator, figure, outcome.as_ref()));
            reported_rag(self.definition, definition, figure, outcome, verdict, standard)
        });
        TrendPoint { month, figure, outcome, against, rag }
    }

    /// Since when an indicator that is red in `latest` has been red. Each period is rated against
    /// the target of its own year. Goes back as far as the data, and at most [`RED_LOOK_BACK`]
    /// months.
    #[must_use]
    pub fn red_since(&self, area: AreaId, indicator: IndicatorId, latest: Month) -> RedSince {
        let step = self.definition.indicator(indicator).frequency.months();
        let mut since = RedSince { month: latest, before: Before::NoFigure };
        for back in 1..=RED_LOOK_BACK.max(step) / step {
            let month = latest.before(back * step);
            let point = self.trend_point(area, indicator, month);
            since.before = match point.rag {
                Some(Rag::Red) => {
                    since.month = month;
                    Before::NoFigure
                }
                Some(_) => Before::NotRed,
                None if point.figure.is_some() => Before::NotRated,
                None => Before::NoFigure,
            };
            if point.rag != Some(Rag::Red) {
                break;
            }
        }
        since
    }
}
