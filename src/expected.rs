//! What a month is expected to have, as far as the definitions and the months before it tell.

use std::collections::BTreeSet;

use crate::definition::{ActivityId, AreaId, Definition, Frequency, IndicatorId};
use crate::extract::{Extract, Observation};
use crate::history::{EXPECTED_LOOK_BACK, History};
use crate::month::Month;
use crate::population::Population;

/// Figures by what they are of, in the order of the definitions.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// Rows of results.
    pub results: BTreeSet<(IndicatorId, AreaId, Population)>,
    /// Cells of activity.
    pub activity: BTreeSet<(AreaId, ActivityId)>,
}

impl Expected {
    /// Whatever had a figure in the twelve months before and is in force; quarterly and annual
    /// indicators where they are due. An indicator that had none in all that time is expected of
    /// the top area, and so is activity where there are no earlier months at all.
    #[must_use]
    pub fn of(history: &History<'_>, month: Month) -> Self {
        Self::expect(history, month, true)
    }

    /// The same but for what never had a figure: what a month lacks that the months before it had.
    #[must_use]
    pub fn as_before(history: &History<'_>, month: Month) -> Self {
        Self::expect(history, month, false)
    }

    /// With `news`, what never had a figure is expected too.
    fn expect(history: &History<'_>, month: Month, news: bool) -> Self {
        let definition = history.definition();
        let earlier: Vec<_> = (1..=EXPECTED_LOOK_BACK)
            .map(|back| month.before(back))
            .filter_map(|month| Some((month, history.extract(month)?)))
            .collect();
        let areas: Vec<_> = definition
            .area_ids()
            .filter(|area| definition.area(*area).in_force.covers(month))
            .collect();
        let mut expected = Self::default();
        for id in definition.indicators_in_force(month) {
            // A gap is worked out.
            if definition.indicator(id).gap.is_some() {
                continue;
            }
            let mut latest = None;
            let mut rows = Vec::new();
            for (of, extract) in &earlier {
                let before = rows.len();
                for &area in &areas {
                    let reported =
                        extract.results.of(area, id).iter().filter(|row| row.amount().is_some());
                    rows.extend(reported.map(|row: &Observation| (id, area, row.population())));
                }
                latest = latest.or((rows.len() > before).then_some(*of));
            }
            if !is_due(definition, id, month, latest) {
                continue;
            }
            if news && rows.is_empty() && areas.contains(&definition.top) {
                rows.push((id, definition.top, Population::Everyone));
            }
            expected.results.extend(rows);
        }
        for &area in &areas {
            let had = |activity: ActivityId| {
                earlier
                    .iter()
                    .any(|(_, extract)| extract.activities.amount(area, activity).is_some())
            };
            // Where there is nothing to go by, it is the top area's.
            let is_first = news && earlier.is_empty() && area == definition.top;
            let activities =
                definition.activity_ids().filter(|activity| is_first || had(*activity));
            expected.activity.extend(activities.map(|activity| (area, activity)));
        }
        expected
    }

    /// What of it an extract does not answer yet, and what else was left blank in its results. A
    /// row that says `-` has answered that there is no figure.
    #[must_use]
    pub fn outstanding(self, extract: &Extract) -> Self {
        let is_answered = |(indicator, area, who): &(IndicatorId, AreaId, Population)| {
            extract.results.row(*area, *indicator, *who).is_some_and(|row| !row.is_blank())
        };
        let mut results: BTreeSet<_> =
            self.results.into_iter().filter(|row| !is_answered(row)).collect();
        results
            .extend(extract.results.blank().map(|(area, indicator, who)| (indicator, area, who)));
        let is_counted = |(area, activity): &(AreaId, ActivityId)| {
            extract.activities.of(*area, *activity).is_some_and(|entry| !entry.is_blank)
        };
        let activity = self.activity.into_iter().filter(|cell| !is_counted(cell)).collect();
        Self { results, activity }
    }

    /// How many figures there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.results.len() + self.activity.len()
    }

    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.results.is_empty() && self.activity.is_empty()
    }

    /// The areas and teams with activity.
    #[must_use]
    pub fn active(&self) -> BTreeSet<AreaId> {
        self.activity.iter().map(|(area, _)| *area).collect()
    }

    /// The areas that an indicator's rows are of, each once, in order.
    pub fn areas_of(&self, id: IndicatorId) -> impl Iterator<Item = AreaId> {
        let mut areas: Vec<_> = self
            .results
            .iter()
            .filter(|(indicator, _, _)| *indicator == id)
            .map(|(_, area, _)| *area)
            .collect();
        areas.dedup();
        areas.into_iter()
    }
}

/// Whether an indicator has a figure of `month`: as many months after its latest one as its
/// frequency says, or, where there is none to count from, at the end of a quarter or of the
/// financial year.
fn is_due(definition: &Definition, id: IndicatorId, month: Month, latest: Option<Month>) -> bool {
    let indicator = definition.indicator(id);
    if indicator.frequency == Frequency::Monthly {
        return true;
    }
    // The month before the first of a year ends a quarter and a year.
    let from = latest.unwrap_or_else(|| definition.financial_year(month).previous_outturn());
    month.since(from) % i32::from(indicator.frequency.months()) == 0
}
