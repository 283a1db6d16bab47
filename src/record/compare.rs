//! What is different between two sets of results: figures, ratings, arrows, targets, definitions,
//! what came and what went.

use std::collections::{HashMap, HashSet};

use crate::figure::Amount;
use crate::month::Month;

use super::results::{
    ActivityCount, AreaActivity, AreaResults, ComparisonResult, FigureResult, IndicatorInfo,
    Results,
};

/// What of a figure is different.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The figure itself.
    Result,
    /// Its rating.
    Rating,
    /// The arrow from the previous result.
    Previous,
    /// The arrow from the outturn.
    Outturn,
    /// The arrow from the same period a year before.
    LastYear,
    /// What it is rated against.
    Target,
    /// What leaving the cohort out changes.
    Variance,
}

/// A difference.
#[derive(Clone, Copy, Debug)]
pub struct Change<'s> {
    /// The area.
    pub area: &'s str,
    /// The indicator as it was, and as it is.
    pub indicator: (&'s IndicatorInfo, &'s IndicatorInfo),
    /// `all`, or `excluding-` and a cohort.
    pub cohort: &'s str,
    /// What is different.
    pub what: What,
    /// The figure as it was.
    pub was: Option<&'s FigureResult>,
    /// The figure as it is.
    pub now: Option<&'s FigureResult>,
    /// Whether the figure as it was, and as it is, may not be shown today.
    pub is_hidden: [bool; 2],
}

/// A count of activity that is different.
#[derive(Clone, Copy, Debug)]
pub struct ActivityChange<'s> {
    /// The area or team.
    pub area: &'s str,
    /// The id of the activity.
    pub id: &'s str,
    /// Its name.
    pub name: &'s str,
    /// The months that the counts are of.
    pub months: [Month; 2],
    /// The count as it was, and as it is.
    pub counts: [Option<&'s ActivityCount>; 2],
    /// Whether the count as it was, and as it is, may not be shown today.
    pub is_hidden: [bool; 2],
}

/// What may not be shown.
#[derive(Debug, Default)]
pub struct SuppressedFigures {
    /// By area, indicator, cohort and month.
    figures: HashSet<(String, String, String, Month)>,
    /// By area, activity and month.
    activity: HashSet<(String, String, Month)>,
}

impl SuppressedFigures {
    /// What of these results may not be shown, too.
    pub fn add(&mut self, results: &Results) {
        for area in &results.areas {
            let suppressed =
                area.figures.iter().filter(|figure| figure.amount() == Amount::Suppressed);
            self.figures.extend(suppressed.map(|figure| key(&area.name, figure)));
        }
        for (unit, id, count) in results.activity.iter().flat_map(counts) {
            if *count == ActivityCount::Suppressed {
                self.activity.insert((unit.area.clone(), id.to_owned(), results.month));
            }
        }
    }

    fn has(&self, area: &str, figure: &FigureResult) -> bool {
        !self.figures.is_empty() && self.figures.contains(&key(area, figure))
    }

    fn has_count(&self, area: &str, id: &str, month: Month) -> bool {
        !self.activity.is_empty()
            && self.activity.contains(&(area.to_owned(), id.to_owned(), month))
    }
}

/// The counts of the month of an area or team, each with the id of its activity.
fn counts(unit: &AreaActivity) -> impl Iterator<Item = (&AreaActivity, &str, &ActivityCount)> {
    let counts = unit.activity.iter();
    counts.filter_map(move |count| Some((unit, count.id.as_str(), count.this_month.as_ref()?)))
}

fn key(area: &str, figure: &FigureResult) -> (String, String, String, Month) {
    (area.to_owned(), figure.indicator.clone(), figure.cohort.clone(), figure.data_month)
}

/// Everything that is different.
#[derive(Debug, Default)]
pub struct Changes<'s> {
    /// In figures of areas and indicators that both have: by area, then indicator.
    pub figures: Vec<Change<'s>>,
    /// In the counts of the month of areas that both have, and of teams.
    pub activity: Vec<ActivityChange<'s>>,
    /// Indicators that are no more.
    pub indicators_gone: Vec<&'s IndicatorInfo>,
    /// Indicators that there were not.
    pub indicators_come: Vec<&'s IndicatorInfo>,
    /// Areas that are no more.
    pub areas_gone: Vec<&'s str>,
    /// Areas that there were not.
    pub areas_come: Vec<&'s str>,
    /// Keys of definitions: the indicator as it is, the key, what it was, what it is.
    pub definitions: Vec<(&'s IndicatorInfo, &'static str, String, String)>,
}

/// An indicator as it was and as it is.
type InBoth<'s> = (&'s IndicatorInfo, &'s IndicatorInfo);

impl<'s> Changes<'s> {
    /// What is different in `now` from `was`, in the areas that `is_wanted`.
    #[must_use]
    pub fn between(was: &'s Results, now: &'s Results, is_wanted: impl Fn(&str) -> bool) -> Self {
        let activity = activity_between(was, now, &is_wanted);
        let mut changes = Self { activity, ..Self::default() };
        let indicators = changes.compare_indicators(was, now);
        for areas in changes.compare_areas(was, now, is_wanted) {
            changes.compare_figures(areas, &indicators);
        }
        changes
    }

    /// Adds which indicators are new, gone and defined differently, and gives those that are in
    /// both.
    fn compare_indicators(&mut self, was: &'s Results, now: &'s Results) -> Vec<InBoth<'s>> {
        let before: HashMap<_, _> =
            was.indicators.iter().map(|indicator| (indicator.id.as_str(), indicator)).collect();
        let after: HashSet<_> =
            now.indicators.iter().map(|indicator| indicator.id.as_str()).collect();
        self.indicators_gone.extend(
            was.indicators.iter().filter(|indicator| !after.contains(indicator.id.as_str())),
        );
        let mut both = Vec::new();
        for indicator in &now.indicators {
            let Some(&before) = before.get(indicator.id.as_str()) else {
                self.indicators_come.push(indicator);
                continue;
            };
            let differences = before.differences(indicator).into_iter();
            self.definitions.extend(differences.map(|(key, was, is)| (indicator, key, was, is)));
            both.push((before, indicator));
        }
        both
    }

    /// Adds which areas are new and gone, and gives those that are in both.
    fn compare_areas(
        &mut self,
        was: &'s Results,
        now: &'s Results,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Vec<[&'s AreaResults; 2]> {
        let before: HashMap<_, _> =
            was.areas.iter().map(|area| (area.name.as_str(), area)).collect();
        let after: HashSet<_> = now.areas.iter().map(|area| area.name.as_str()).collect();
        let names = was.areas.iter().map(|area| area.name.as_str());
        self.areas_gone.extend(names.filter(|area| !after.contains(area) && is_wanted(area)));
        let mut both = Vec::new();
        for area in now.areas.iter().filter(|area| is_wanted(&area.name)) {
            match before.get(area.name.as_str()) {
                Some(&before) => both.push([before, area]),
                None => self.areas_come.push(&area.name),
            }
        }
        both
    }

    /// Adds what is different in the figures of an area: in the order of the indicators, and within
    /// one in that of the figures now.
    fn compare_figures(
        &mut self,
        [earlier, area]: [&'s AreaResults; 2],
        indicators: &[InBoth<'s>],
    ) {
        let key = |figure: &'s FigureResult| (figure.indicator.as_str(), figure.cohort.as_str());
        let mut left: HashMap<_, _> =
            earlier.figures.iter().map(|figure| (key(figure), figure)).collect();
        for &indicator in indicators {
            let (described_before, described) = indicator;
            // What the one does not know of cannot be different.
            let knows_last_year = described_before.compare.is_some() && described.compare.is_some();
            let mut add = |of: &'s FigureResult, what, was, now| {
                let (cohort, is_hidden) = (&of.cohort, is_hidden(was, now));
                let area = &area.name;
                self.figures.push(Change { area, indicator, cohort, what, was, now, is_hidden });
            };
            for figure in area.figures.iter().filter(|figure| figure.indicator == described.id) {
                let was = left.remove(&key(figure));
                let different = of_figure(was, figure).into_iter();
                for what in different.filter(|what| *what != What::LastYear || knows_last_year) {
                    add(figure, what, was, Some(figure));
                }
            }
            let gone = earlier.figures.iter().filter(|figure| figure.indicator == described.id);
            for figure in gone.filter(|figure| left.contains_key(&key(figure))) {
                add(figure, What::Result, Some(figure), None);
                if figure.rag.is_some() {
                    add(figure, What::Rating, Some(figure), None);
                }
            }
        }
    }

    /// The same, with the variances: what follows from two results as a rule, and is kept with them.
    #[must_use]
    pub fn reproduced(was: &'s Results, now: &'s Results) -> Self {
        let mut changes = Self::between(was, now, |_| true);
        let before: HashMap<_, _> = was.areas.iter().map(|area| (&area.name, area)).collect();
        for area in &now.areas {
            let Some(earlier) = before.get(&area.name) else { continue };
            for figure in &area.figures {
                let is_it = |other: &&FigureResult| {
                    (&other.indicator, &other.cohort) == (&figure.indicator, &figure.cohort)
                };
                let described =
                    (was.indicator(&figure.indicator), now.indicator(&figure.indicator));
                let (Some(was), (Some(before), Some(after))) =
                    (earlier.figures.iter().find(is_it), described)
                else {
                    continue;
                };
                if was.variance != figure.variance {
                    changes.figures.push(Change {
                        area: &area.name,
                        indicator: (before, after),
                        cohort: &figure.cohort,
                        what: What::Variance,
                        was: Some(was),
                        now: Some(figure),
                        is_hidden: is_hidden(Some(was), Some(figure)),
                    });
                }
            }
        }
        changes
    }

    /// Notes which figures may not be shown today.
    pub fn hide(&mut self, suppressed: &SuppressedFigures) {
        for change in &mut self.figures {
            for (is_hidden, figure) in change.is_hidden.iter_mut().zip([change.was, change.now]) {
                *is_hidden |= figure.is_some_and(|figure| suppressed.has(change.area, figure));
            }
        }
        for change in &mut self.activity {
            for (is_hidden, month) in change.is_hidden.iter_mut().zip(change.months) {
                *is_hidden |= suppressed.has_count(change.area, change.id, month);
            }
        }
    }

    /// Whether nothing is different.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.figures.is_empty() && self.is_in_figures_alone()
    }

    /// Whether nothing but figures of indicators is different.
    #[must_use]
    pub fn is_in_figures_alone(&self) -> bool {
        self.indicators_gone.is_empty()
            && self.indicators_come.is_empty()
            && self.areas_gone.is_empty()
            && self.areas_come.is_empty()
            && self.definitions.is_empty()
            && self.activity.is_empty()
    }
}

/// The counts of activity that are different, in the areas that `is_wanted` and their teams: those
/// that there are now in their order, then those that are no more.
fn activity_between<'s>(
    was: &'s Results,
    now: &'s Results,
    is_wanted: impl Fn(&str) -> bool,
) -> Vec<ActivityChange<'s>> {
    let names = |results: &'s Results| results.areas.iter().map(|area| area.name.as_str());
    let both: [HashSet<_>; 2] = [names(was).collect(), names(now).collect()];
    let is_of_both = |area: &str| both[0].contains(area) == both[1].contains(area);
    let is_asked = |unit: &AreaActivity| {
        is_of_both(&unit.area)
            && (is_wanted(&unit.area)
                || (unit.kind == "team" && unit.part_of.as_deref().is_some_and(&is_wanted)))
    };
    let listed = |results: &'s Results| {
        results.activity.iter().filter(|unit| is_asked(unit)).flat_map(counts)
    };
    let name = |id: &'s str| {
        let mut named = now.activities.iter().chain(&was.activities);
        named.find(|named| named.id == id).map_or(id, |named| named.name.as_str())
    };
    let change = |area: &'s str, id, counts: [Option<&'s ActivityCount>; 2]| {
        let is_suppressed = counts[1] == Some(&ActivityCount::Suppressed);
        let is_hidden = [is_suppressed && was.month == now.month, is_suppressed];
        let months = [was.month, now.month];
        ActivityChange { area, id, name: name(id), months, counts, is_hidden }
    };
    let mut left: HashMap<_, _> =
        listed(was).map(|(unit, id, count)| ((unit.area.as_str(), id), count)).collect();
    let mut changes = Vec::new();
    for (unit, id, count) in listed(now) {
        let before = left.remove(&(unit.area.as_str(), id));
        if before != Some(count) {
            changes.push(change(&unit.area, id, [before, Some(count)]));
        }
    }
    let gone = listed(was).filter(|(unit, id, _)| left.contains_key(&(unit.area.as_str(), *id)));
    changes.extend(gone.map(|(unit, id, count)| change(&unit.area, id, [Some(count), None])));
    changes
}

/// Whether a figure as it was, and as it is, may not be shown: what is suppressed now is not shown
/// as it was either.
fn is_hidden(was: Option<&FigureResult>, now: Option<&FigureResult>) -> [bool; 2] {
    let is_suppressed = now.is_some_and(|now| now.amount() == Amount::Suppressed);
    let is_of_a_month = was.zip(now).is_some_and(|(was, now)| was.data_month == now.data_month);
    [is_suppressed && is_of_a_month, is_suppressed]
}

/// What is different of a figure. One that there was not is only that.
fn of_figure(was: Option<&FigureResult>, now: &FigureResult) -> Vec<What> {
    let Some(was) = was else { return vec![What::Result] };
    let direction =
        |earlier: &Option<ComparisonResult>| earlier.as_ref().and_then(|earlier| earlier.direction);
    let different = [
        (What::Result, was.amount() != now.amount() || was.display != now.display),
        (What::Rating, was.rag != now.rag),
        (What::Previous, direction(&was.previous) != direction(&now.previous)),
        (What::Outturn, direction(&was.outturn) != direction(&now.outturn)),
        (What::LastYear, direction(&was.last_year) != direction(&now.last_year)),
        (What::Target, !was.is_rated_as(now)),
    ];
    different.into_iter().filter(|(_, is_different)| *is_different).map(|(what, _)| what).collect()
}
