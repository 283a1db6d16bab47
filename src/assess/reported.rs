//! What an earlier figure was when it was published.
//!
//! A committee compares a figure with what it was shown before. The figures of a published month
//! are used until it is published again, even if the data folder has changed; the change itself is
//! reported as a revision.

use super::{Assessor, Figure, Origin, SeriesKey};
use crate::definition::{ActivityId, AreaId, PreviousFrom};
use crate::figure::Amount;
use crate::month::Month;
use crate::record::{PublishedFigure, PublishedFigures};

/// A figure that differs from what was published, or that was not there when its month was
/// published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revised {
    /// What was published. `None` if there was no figure.
    pub was: Option<Amount>,
    /// What it would be today. `None` if there is no figure.
    pub now: Option<Amount>,
}

/// What the record says about a figure.
enum Recorded<'e> {
    /// Its month has not been published, or was published without this indicator, area or cohort.
    Nothing,
    /// Its month was published and had no such figure.
    NoFigure,
    Figure(&'e PublishedFigure),
}

impl<'e> Assessor<'e> {
    /// The figure of `month` as it was reported: the published one if the month was published
    /// before that of the report, else the one in the data. `None` if there is none.
    ///
    /// A figure that was not there when its month was published is used, and is marked as revised,
    /// also where it was published why there was none.
    /// A figure that may not be shown today is not shown, even if it was published.
    #[must_use]
    pub fn reported(&self, key: SeriesKey, month: Month) -> Option<Figure<'e>> {
        // Figures are large, and changed where they are.
        let mut reported = self.reported_figure(key, month);
        if let Some(figure) = &mut reported
            && (self.shows_all() || figure.amount != Amount::Suppressed)
        {
            self.cover(key, figure);
        }
        reported
    }

    /// The same, without how much of what it is about has been recorded.
    pub(super) fn reported_figure(&self, key: SeriesKey, month: Month) -> Option<Figure<'e>> {
        let may_be_recorded = month < self.month
            && self.definition.previous == PreviousFrom::Published
            && !self.history.record().is_empty();
        if !may_be_recorded {
            return self.figure(key, month);
        }
        let now = self.figure(key, month);
        let mut reported = self.figure_as_reported(now, key, month);
        if let Some(figure) = &mut reported {
            self.hide(&key.at(month), figure);
        }
        reported
    }

    /// What was reported of a month, where `now` is what its data has.
    fn figure_as_reported(
        &self,
        now: Option<Figure<'e>>,
        key: SeriesKey,
        month: Month,
    ) -> Option<Figure<'e>> {
        match self.recorded(key, month) {
            Recorded::Nothing => now,
            // What says why there is no figure is none that has come since.
            Recorded::NoFigure if now.as_ref().is_some_and(Figure::says_why) => now,
            Recorded::NoFigure => now.map(|now| {
                let revised = Revised { was: None, now: Some(now.amount.clone()) };
                Figure { revised: Some(Box::new(revised)), ..now }
            }),
            Recorded::Figure(published) => match now {
                Some(now) if published.is(&now.amount) => {
                    Some(Figure { published: Some(published), ..now })
                }
                Some(now) if now.amount == Amount::Suppressed => Some(now),
                // A figure has come where it was published why there was none.
                Some(now) if published.amount.reason().is_some() && !now.says_why() => {
                    let was = Some(published.amount.clone());
                    let revised = Revised { was, now: Some(now.amount.clone()) };
                    Some(Figure { revised: Some(Box::new(revised)), ..now })
                }
                now => {
                    // If there is no folder for the month, nothing contradicts what was published.
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
                        covered: None,
                    })
                }
            },
        }
    }

    /// The activity of an area or team in an earlier month as it was reported, and the revision if
    /// the data folder now differs. A count that was not published with its month is used as it is.
    #[must_use]
    pub fn reported_activity(
        &self,
        area: AreaId,
        activity: ActivityId,
        month: Month,
    ) -> (Option<Amount>, Option<Revised>) {
        let (amount, revised) = self.activity_as_reported(area, activity, month);
        let shown = amount.map(|amount| self.activity_as_shown(&(area, activity, month), amount));
        (shown, revised.filter(|_| self.shows_all()))
    }

    fn activity_as_reported(
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
            Some(was @ Amount::NoFigure(_))
                if now.as_ref().is_some_and(|now| now.reason().is_none()) =>
            {
                let revised = Revised { was: Some(was.clone()), now: now.clone() };
                (now, Some(revised))
            }
            Some(was) if now != Some(Amount::Suppressed) && now.as_ref() != Some(was) => {
                let is_there = self.history.folder(month).is_some();
                (Some(was.clone()), is_there.then(|| Revised { was: Some(was.clone()), now }))
            }
            _ => (now, None),
        }
    }

    /// What the record says about a figure. A quarterly or annual figure may have come too late for
    /// its own month and been published with a later one.
    fn recorded(&self, key: SeriesKey, month: Month) -> Recorded<'e> {
        let SeriesKey { area, indicator, population } = key;
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
