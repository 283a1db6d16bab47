//! What of a figure has been published before.

use super::{MonthBuilder, whole};
use crate::assess::{ActivityKey, FigureKey, SeriesKey};
use crate::disclosure::{DisclosureRules, Key};
use crate::figure::{Amount, Decimal};

/// A figure as a reader gets to know it, and what of it was published.
pub(super) struct Known {
    pub amount: Amount,
    pub published: Published,
}

/// What of a figure was published before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Published {
    Nothing,
    /// That it is hidden.
    Hidden,
    /// Its numbers.
    Numbers,
}

impl MonthBuilder<'_, '_> {
    /// A figure as it is shown: of an earlier month, as it was reported.
    pub(super) fn known(&mut self, key: FigureKey) -> Option<Known> {
        let (area, indicator, population, month) = key;
        let series = SeriesKey { area, indicator, population };
        if month < self.assessor.month() {
            let reported = self.assessor.reported(series, month)?;
            let Some(published) = reported.published else {
                return Some(Known { amount: reported.amount, published: Published::Nothing });
            };
            if published.amount != Amount::Suppressed {
                let amount = published.amount.clone();
                return Some(Known { amount, published: Published::Numbers });
            }
            let now = self.assessor.figure(series, month)?;
            return Some(Known { amount: now.amount, published: Published::Hidden });
        }
        let now = self.assessor.figure(series, month)?;
        let published = self.assessor.history().published(month);
        let published = published.and_then(|of| of.figures.of_figure(area, indicator, population));
        let published = published.filter(|published| published.month == month);
        let published = match published {
            None => Published::Nothing,
            Some(published) if published.amount == Amount::Suppressed => Published::Hidden,
            Some(published) if published.is(&now.amount) => Published::Numbers,
            Some(published) => {
                if is_few_apart(&published.amount, &now.amount, &self.rules) {
                    self.revised.push(Key::Figure(key));
                }
                Published::Nothing
            }
        };
        Some(Known { amount: now.amount, published })
    }

    pub(super) fn known_activity(&mut self, key: ActivityKey) -> Option<Known> {
        let (area, activity, month) = key;
        let history = self.assessor.history();
        let now = history.extract_if_read(month);
        let now = now.and_then(|extract| extract.activities.amount(area, activity)).cloned();
        let published = history.published(month);
        let published = published.and_then(|of| of.figures.of_activity(area, activity)).cloned();
        Some(match published {
            None => Known { amount: now?, published: Published::Nothing },
            Some(Amount::Suppressed) => Known { amount: now?, published: Published::Hidden },
            Some(published)
                if month < self.assessor.month() || now.as_ref() == Some(&published) =>
            {
                Known { amount: published, published: Published::Numbers }
            }
            Some(published) => {
                let now = now?;
                if is_few_apart(&published, &now, &self.rules) {
                    self.revised.push(Key::Activity(key));
                }
                Known { amount: now, published: Published::Nothing }
            }
        })
    }
}

/// Whether two versions of a figure tell a few people by their difference.
fn is_few_apart(was: &Amount, now: &Amount, rules: &DisclosureRules) -> bool {
    let pairs: Vec<(&Decimal, &Decimal)> = match (was, now) {
        (
            Amount::Ratio { numerator, denominator },
            Amount::Ratio { numerator: now_n, denominator: now_d },
        ) => vec![(numerator, now_n), (denominator, now_d)],
        (Amount::Value(was), Amount::Value(now)) => vec![(was, now)],
        _ => return false,
    };
    pairs.into_iter().any(|(was, now)| {
        let apart = whole(was).zip(whole(now)).map(|(was, now)| (was - now).abs());
        apart.is_some_and(|apart| apart > 0 && apart < rules.smallest_shown)
    })
}
