//! What an earlier figure was when it was published.
//!
//! A committee compares with what it has been shown. Where a month has been published, its figures
//! stand until it is published again, whatever the data folder says by now; that it says something
//! else is said.

use crate::population::Population;

use super::{Assessor, Figure, Origin};
use crate::definition::{ActivityId, AreaId, IndicatorId, PreviousFrom};
use crate::figure::Amount;
use crate::month::Month;
use crate::record::{PublishedFigure, PublishedFigures};

/// A figure that is not what was published, or was not there then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revised {
    /// What was published; nothing, where no figure was.
    pub was: Option<Amount>,
    /// What it would be today.
    pub now: Option<Amount>,
}

/// What the record says of a figure.
enum Recorded<'e> {
    /// The month has not been published, or without that indicator, area or cohort.
    Nothing,
    /// It was published, and there was no figure.
    NoFigure,
    Figure(&'e PublishedFigure),
}

impl<'e> Assessor<'e> {
    /// The figure of `month` as it was reported: the published one where that month has been
    /// published before the report's, else the one that there is.
    ///
    /// One that was not there when its month was published is used, and is marked as revised. One
    /// that may not be shown today is not shown, whatever was published.
    #[must_use]
    pub fn reported(
        &self,
        area: AreaId,
        indicator: IndicatorId,
        population: Population,
        month: Month,
    ) -> Option<Figure<'e>> {
        let now = self.figure(area, indicator, population, month);
        if month >= self.month
            || self.definition.previous == PreviousFrom::Current
            || self.history.record().is_empty()
        {
            return now;
        }
        match self.recorded(area, indicator, population, month) {
            Recorded::Nothing => now,
            Recorded::NoFigure => now.map(|now| {
                let revised = Revised { was: None, now: Some(now.amount.clone()) };
                Figure { revised: Some(Box::new(revised)), ..now }
            }),
            Recorded::Figure(published) => match now {
                Some(now) if published.is(&now.amount) => {
                    Some(Figure { published: Some(published), ..now })
                }
                Some(now) if now.amount == Amount::Suppressed => Some(now),
                now => {
                    // Without a folder of the month there is nothing to say otherwise.
                    let is_there = self.history.folder(month).is_some();
                    let revised = is_there
                        .then(|| Revised {
                            was: Some(published.amount.clone()),
                            now: now.map(|now| now.amount),
                        })
                        .map(Box::new);
                    let amount = published.amount.clone();
                    Some(Figure {
                        amount,
                        month,
                        origin: Origin::Published(published),
                        mark: None,
                        published: Some(published),
                        revised,
                    })
                }
            },
        }
    }

    /// The activity of an area or team in an earlier month as it was reported, and what it was and
    /// is where that is no longer what the data folder says. A count that was not published with
    /// its month is used.
    #[must_use]
    pub fn reported_activity(
        &self,
        area: AreaId,
        activity: ActivityId,
        month: Month,
    ) -> (Option<Amount>, Option<Revised>) {
        let now = self
            .history
            .extract(month)
            .and_then(|extract| extract.activities.amount(area, activity))
            .cloned();
        if month >= self.month || self.definition.previous == PreviousFrom::Current {
            return (now, None);
        }
        let published =
            self.published(month).and_then(|figures| figures.of_activity(area, activity));
        match published {
            Some(was) if now != Some(Amount::Suppressed) && now.as_ref() != Some(was) => {
                let is_there = self.history.folder(month).is_some();
                (Some(was.clone()), is_there.then(|| Revised { was: Some(was.clone()), now }))
            }
            _ => (now, None),
        }
    }

    /// A quarterly or annual figure may have come too late for its own month, and been published
    /// with a later one.
    fn recorded(
        &self,
        area: AreaId,
        indicator: IndicatorId,
        population: Population,
        month: Month,
    ) -> Recorded<'e> {
        let definition = self.definition;
        let is_in_force = definition.indicator(indicator).in_force.covers(month)
            && definition.area(area).in_force.covers(month);
        if !is_in_force {
            return Recorded::Nothing;
        }
        let reports =
            (0..definition.indicator(indicator).frequency.months()).map(|later| month.after(later));
        let mut reports = reports
            .take_while(|report| *report < self.month)
            .filter_map(|report| self.published(report));
        if let Some(published) = reports.find_map(|report| {
            report
                .of_figure(area, indicator, population)
                .filter(|published| published.month == month)
        }) {
            return Recorded::Figure(published);
        }
        let of_month = self.published(month);
        if of_month.is_some_and(|figures| figures.knows(area, indicator, population)) {
            Recorded::NoFigure
        } else {
            Recorded::Nothing
        }
    }

    fn published(&self, month: Month) -> Option<&'e PublishedFigures> {
        Some(&self.history.published(month)?.figures)
    }
}
