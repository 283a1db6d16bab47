//! Published figures, by what the definitions call areas, indicators and cohorts now.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::results::Results;
use crate::definition::{ActivityId, AreaId, Definition, IndicatorId};
use crate::diagnostic::Place;
use crate::figure::{Amount, Decimal, PLACES, Ratio};
use crate::month::Month;
use crate::population::Population;
use crate::rating::Rag;

/// The figures that were published of a month.
#[derive(Debug)]
pub struct PublishedFigures {
    by_key: HashMap<(AreaId, IndicatorId, Population), PublishedFigure>,
    areas: HashSet<AreaId>,
    indicators: HashSet<IndicatorId>,
    populations: HashSet<Population>,
    activities: HashMap<(AreaId, ActivityId), Amount>,
}

/// A figure as it was published.
#[derive(Clone, Debug)]
pub struct PublishedFigure {
    /// What it was.
    pub amount: Amount,
    /// The month that it was of.
    pub month: Month,
    /// How it was rated.
    pub rag: Option<Rag>,
    /// The target that it was rated against: both ends.
    pub target: Option<[Decimal; 2]>,
    /// The file that says so.
    pub file: Arc<str>,
}

impl PublishedFigures {
    /// The figures of a publication; those that nothing goes by any more are left out.
    pub(super) fn of(definition: &Definition, results: &Results, file: &Arc<str>) -> Self {
        let populations: HashMap<_, _> = definition
            .populations()
            .map(|population| (definition.population_name(population).to_lowercase(), population))
            .collect();
        let mut figures = Self {
            by_key: HashMap::new(),
            areas: HashSet::new(),
            indicators: HashSet::new(),
            populations: HashSet::from([Population::Everyone]),
            activities: HashMap::new(),
        };
        for unit in &results.activity {
            let Some(area) = definition.find_area(&unit.area) else { continue };
            for done in &unit.activity {
                let activity = definition.find_activity(&done.id);
                if let (Some(activity), Some(count)) = (activity, &done.this_month) {
                    figures.activities.insert((area, activity), count.amount());
                }
            }
        }
        let cohorts =
            results.cohorts.iter().filter_map(|of| Some((definition.find_cohort(&of.id)?, of.own)));
        for (cohort, own) in cohorts {
            figures.populations.insert(Population::Excluding(cohort));
            if own {
                figures.populations.insert(Population::Cohort(cohort));
            }
        }
        let indicators = results.indicators.iter();
        figures
            .indicators
            .extend(indicators.filter_map(|indicator| definition.find_indicator(&indicator.id)));
        for (area, published) in
            results.areas.iter().filter_map(|area| Some((definition.find_area(&area.name)?, area)))
        {
            figures.areas.insert(area);
            for figure in &published.figures {
                let Some(indicator) = definition.find_indicator(&figure.indicator) else {
                    continue;
                };
                let Some(population) = populations.get(&figure.cohort.to_lowercase()) else {
                    continue;
                };
                let published = PublishedFigure {
                    amount: figure.amount(),
                    month: figure.data_month,
                    rag: figure.rag,
                    target: figure
                        .target
                        .as_ref()
                        .map(|target| [&target.low, &target.high].map(|end| end.0.clone())),
                    file: Arc::clone(file),
                };
                figures.by_key.insert((area, indicator, *population), published);
            }
        }
        figures
    }

    /// What was published of a figure.
    #[must_use]
    pub fn of_figure(
        &self,
        area: AreaId,
        indicator: IndicatorId,
        population: Population,
    ) -> Option<&PublishedFigure> {
        self.by_key.get(&(area, indicator, population))
    }

    /// What was published of an area's or a team's activity.
    #[must_use]
    pub fn of_activity(&self, area: AreaId, activity: ActivityId) -> Option<&Amount> {
        self.activities.get(&(area, activity))
    }

    /// Whether the area, the indicator and the cohort were in what was published, with or without a
    /// figure.
    #[must_use]
    pub fn knows(&self, area: AreaId, indicator: IndicatorId, population: Population) -> bool {
        self.areas.contains(&area)
            && self.indicators.contains(&indicator)
            && self.populations.contains(&population)
    }
}

impl PublishedFigure {
    /// Whether an amount is the one that was published, as far as that is known: to the places that
    /// it was written with.
    #[must_use]
    pub fn is(&self, amount: &Amount) -> bool {
        let same = |one: &crate::figure::Decimal, other: &crate::figure::Decimal| {
            Ratio::from(one).round(PLACES) == Ratio::from(other).round(PLACES)
        };
        match (&self.amount, amount) {
            (Amount::Suppressed, Amount::Suppressed) | (Amount::Low, Amount::Low) => true,
            (Amount::NoFigure(one), Amount::NoFigure(other)) => one == other,
            (Amount::Value(one), Amount::Value(other)) => same(one, other),
            (Amount::Value(one), Amount::Gap(gap)) => {
                Ratio::from(one).round(PLACES) == gap.exact.round(PLACES)
            }
            (
                Amount::Ratio { numerator, denominator },
                Amount::Ratio { numerator: other_numerator, denominator: other_denominator },
            ) => same(numerator, other_numerator) && same(denominator, other_denominator),
            _ => false,
        }
    }

    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::file(&self.file)
    }
}
