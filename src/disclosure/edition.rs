//! What a public edition hides of each month, and why.

use std::collections::HashMap;

use rayon::prelude::*;

use super::month::{MonthBuilder, Numbers};
use super::primary::Primary;
use super::{Certificate, DisclosureRules, Item, Protection, Quantity, System};
use crate::assess::{ActivityKey, Assessor, FigureKey, Hidden};
use crate::definition::{AreaId, Definition, Disclosure, IndicatorId, Period, YearToDate};
use crate::month::Month;
use crate::population::{CohortId, Population};

/// A figure of an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Of an indicator.
    Figure(FigureKey),
    /// Of an activity.
    Activity(ActivityKey),
}

impl Key {
    /// Its month.
    #[must_use]
    pub fn month(&self) -> Month {
        match self {
            Self::Figure((_, _, _, month)) | Self::Activity((_, _, month)) => *month,
        }
    }

    pub(super) fn area(&self) -> AreaId {
        match self {
            Self::Figure((area, ..)) | Self::Activity((area, ..)) => *area,
        }
    }

    pub(super) fn is_of_everyone(&self) -> bool {
        match self {
            Self::Figure((_, _, population, _)) => *population == Population::Everyone,
            Self::Activity(_) => true,
        }
    }
}

/// Why a figure is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// For what it says itself.
    Itself(Primary),
    /// It is suppressed in the extract, or rounds to 0.
    InExtract,
    /// It has a result and no counts, so that nobody can tell.
    NoCounts,
    /// It is of an area, a team or a table that the edition does not have.
    NotInEdition,
    /// It was hidden when its month was published.
    HiddenBefore,
    /// It is the same count as one that is hidden, or is hidden with it.
    Same,
    /// So that a small count cannot be worked out: the index of it among
    /// [`PublicMonth::sensitive`].
    ToProtect(usize),
}

/// Which number of a figure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberOf {
    /// The numerator, or the count.
    Numerator,
    /// The denominator.
    Denominator,
    /// Those who are not in the numerator.
    Rest,
}

/// What nobody may be able to work out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sensitive {
    /// A number of a figure.
    Of(Key, NumberOf),
    /// A number of a cohort that has no figure of its own: everyone minus everyone else.
    Cohort(AreaId, IndicatorId, CohortId, NumberOf),
    /// What an area has beside the parts that have a figure.
    Elsewhere(Key, NumberOf),
    /// What a number of a year to date has grown by since the month before.
    Growth(Key, NumberOf),
}

impl Sensitive {
    /// The figure of `month` that tells it: of a cohort, that of everyone else.
    #[must_use]
    pub fn key(&self, month: Month) -> Key {
        match *self {
            Self::Of(key, _) | Self::Elsewhere(key, _) | Self::Growth(key, _) => key,
            Self::Cohort(area, indicator, cohort, _) => {
                Key::Figure((area, indicator, Population::Excluding(cohort), month))
            }
        }
    }
}

/// A month of a public edition.
#[derive(Debug)]
pub struct PublicMonth {
    /// The month.
    pub month: Month,
    /// Its figures and what they come to.
    pub system: System,
    /// Which are hidden, and what shows that it is enough.
    pub protection: Protection,
    /// For each figure of the system, which it is.
    pub keys: Vec<Key>,
    pub(super) numbers: HashMap<Key, Numbers>,
    /// For each quantity of the system, what it is.
    pub sensitive: Vec<Sensitive>,
    /// What is hidden, and why.
    pub hidden: Vec<(Key, Reason)>,
    /// What has been published already and would be hidden now: that protects nothing.
    pub known: Vec<Key>,
    /// What years to date have grown by, where two months tell that it is small.
    pub growth: Vec<(Sensitive, i64)>,
    /// Where the one person of a count of 1 could work out another: the figure, and the quantity.
    pub insiders: Vec<(Key, usize)>,
    /// Figures that were published with other numbers, few more or few less.
    pub revised: Vec<Key>,
}

impl PublicMonth {
    /// What cannot be protected.
    pub fn exposed(&self) -> impl Iterator<Item = Sensitive> {
        self.protection.exposed.iter().map(|quantity| self.sensitive[quantity.index()])
    }

    /// What is protected, with the two other worlds.
    pub fn protected(&self) -> impl Iterator<Item = (Sensitive, &Certificate)> {
        let certificates = self.protection.certificates.iter();
        certificates.map(|shows| (self.sensitive[shows.quantity.index()], shows))
    }

    /// What a quantity comes to.
    #[must_use]
    pub fn quantity(&self, index: usize) -> i64 {
        self.system.quantity(Quantity::new(index)).1
    }

    /// Whether it hides a figure.
    #[must_use]
    pub fn hides(&self, key: &Key) -> bool {
        self.hidden.iter().any(|(hidden, _)| hidden == key)
    }

    /// What a number of a world is: the figure, and whether it is what that is out of. `None` if it
    /// is shown nowhere.
    #[must_use]
    pub fn number_of(&self, item: Item) -> Option<(Key, NumberOf)> {
        let figure = self.system.figure_of(item)?;
        let key = self.keys[figure.index()];
        let is_out_of =
            self.numbers.get(&key).is_some_and(|numbers| numbers.denominator == Some(item));
        Some((key, if is_out_of { NumberOf::Denominator } else { NumberOf::Numerator }))
    }
}

/// A public edition: what it does not show in each month that was read.
#[derive(Debug)]
pub struct PublicEdition {
    /// The months, in order.
    pub months: Vec<PublicMonth>,
}

impl PublicEdition {
    /// Chooses what is hidden in each month that has been read, for a report. What its assessor
    /// itself shows so far does not matter.
    #[must_use]
    pub fn choose(assessor: &Assessor<'_>, disclosure: &Disclosure) -> Self {
        let assessor = &assessor.showing_all();
        let history = assessor.history();
        let rules = DisclosureRules::from(disclosure);
        let mut months: Vec<Month> =
            history.months_read().chain(history.record().months()).collect();
        months.sort_unstable();
        months.dedup();
        months.retain(|month| *month <= assessor.month());
        let build = |month: Month, earlier: &Self| {
            MonthBuilder::new(assessor, disclosure, rules, month).build(earlier)
        };
        let mut built = Self { months: Vec::new() };
        if tells_of_earlier(history.definition(), disclosure) {
            for month in months {
                let next = build(month, &built);
                built.months.push(next);
            }
        } else {
            built.months = months.into_par_iter().map(|month| build(month, &built)).collect();
        }
        built
    }

    /// What is not shown.
    #[must_use]
    pub fn hidden(&self) -> Hidden {
        let mut hidden = Hidden::default();
        for month in &self.months {
            hidden.months.insert(month.month);
            for (key, _) in &month.hidden {
                match key {
                    Key::Figure(key) => hidden.figures.insert(*key),
                    Key::Activity(key) => hidden.activity.insert(*key),
                };
            }
        }
        hidden
    }

    /// A month of it.
    #[must_use]
    pub fn month(&self, month: Month) -> Option<&PublicMonth> {
        self.months.iter().find(|of| of.month == month)
    }
}

/// Whether a month can tell of those before: of a stock, by what came in and went out; of a year to
/// date; of an area that has ended, by what it leaves in a year to date or the last twelve months.
fn tells_of_earlier(definition: &Definition, disclosure: &Disclosure) -> bool {
    let mut indicators = definition.indicators.iter();
    let has_ended = definition.areas.iter().any(|area| area.in_force.until.is_some());
    definition.activities.iter().any(|activity| activity.flow.is_some())
        || disclosure.year_to_date == YearToDate::Protect
        || has_ended
            && indicators
                .any(|of| [Period::YearToDate, Period::Rolling12Months].contains(&of.period))
}
