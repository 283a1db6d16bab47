//! What results are rated against: the target of each year and month, with its floor.
//!
//! A [`Standard`] is only made of values that fit each other, so it cannot be wrong. Which keys make
//! it is in `target`.

use std::collections::BTreeMap;

use super::profile::Due;
use super::relative::{RelativeStandard, TargetWorking};
use super::threshold::{Threshold, ValueRange};
use super::words::AtFloor;
use super::{Definition, IndicatorId};
use crate::diagnostic::Place;
use crate::month::{FinancialYear, Month};

/// The target of a financial year with its floor: what a result is rated against.
#[derive(Clone, Debug)]
pub struct Standard {
    /// The financial year that it is for; nothing when it is for every year without one of its own.
    pub year: Option<FinancialYear>,
    /// The month from which it is, within its year; nothing when it is from the first.
    pub from: Option<Month>,
    /// The bands.
    pub bands: Bands,
    /// The rating of a result exactly on the floor.
    pub at_floor: AtFloor,
    /// Of which target for the year it is the part that is due by its month; nothing where the
    /// target has no profile.
    pub due: Option<Due>,
    /// What it was worked out from; nothing when it is written in the definitions.
    pub working: Option<TargetWorking>,
    /// Where the target is defined.
    pub place: Place,
}

/// What is green, amber and red.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bands {
    /// Higher is better: the floor is at or below the target.
    Higher {
        /// Green at or above.
        target: Threshold,
        /// Amber at or above; nothing when there is no amber.
        floor: Option<Threshold>,
    },
    /// Lower is better: the floor is at or above the target.
    Lower {
        /// Green at or below.
        target: Threshold,
        /// Amber at or below; nothing when there is no amber.
        floor: Option<Threshold>,
    },
    /// The nearer the better: the target is within the green band, and that within the floor pair.
    Near {
        /// What should be reached; both ends are the same for a single target.
        target: ValueRange,
        /// Green within.
        green: ValueRange,
        /// Amber within; nothing when there is no amber.
        floor: Option<ValueRange>,
    },
}

impl Bands {
    /// The target, as a range of one value for a single target.
    #[must_use]
    pub fn target(&self) -> (&Threshold, &Threshold) {
        match self {
            Self::Higher { target, .. } | Self::Lower { target, .. } => (target, target),
            Self::Near { target, .. } => (&target.low, &target.high),
        }
    }

    /// The floor below which a result is red, where there is one.
    #[must_use]
    pub fn floor_low(&self) -> Option<&Threshold> {
        match self {
            Self::Higher { floor, .. } => floor.as_ref(),
            Self::Lower { .. } => None,
            Self::Near { floor, .. } => floor.as_ref().map(|floor| &floor.low),
        }
    }

    /// The floor above which a result is red, where there is one.
    #[must_use]
    pub fn floor_high(&self) -> Option<&Threshold> {
        match self {
            Self::Higher { .. } => None,
            Self::Lower { floor, .. } => floor.as_ref(),
            Self::Near { floor, .. } => floor.as_ref().map(|floor| &floor.high),
        }
    }

    /// The same with each threshold replaced.
    #[must_use]
    pub fn map(&self, replace: impl Fn(&Threshold) -> Threshold) -> Self {
        let range = |range: &ValueRange| ValueRange {
            low: replace(&range.low),
            high: replace(&range.high),
        };
        match self {
            Self::Higher { target, floor } => {
                Self::Higher { target: replace(target), floor: floor.as_ref().map(&replace) }
            }
            Self::Lower { target, floor } => {
                Self::Lower { target: replace(target), floor: floor.as_ref().map(&replace) }
            }
            Self::Near { target, green, floor } => Self::Near {
                target: range(target),
                green: range(green),
                floor: floor.as_ref().map(range),
            },
        }
    }
}

/// What is defined for a financial year, or from a month on.
#[derive(Clone, Debug)]
pub(super) enum Slot {
    /// A target.
    Standard(Box<Standard>),
    /// A target with a profile: what is due by each month of the year, from the first.
    Profile(Box<[Standard]>),
    /// A target that is worked out for each figure.
    Relative(Box<RelativeStandard>),
    /// That the target is to be confirmed.
    ToBeConfirmed,
    /// The expected range of an N.
    Expected(ValueRange),
    /// No target.
    Nothing,
}

/// The target of a figure, as the definitions have it.
#[derive(Clone, Copy, Debug)]
pub enum Target<'d> {
    /// What it is rated against.
    Standard(&'d Standard),
    /// What that is worked out from.
    Relative(&'d RelativeStandard),
}

/// A target that counts later.
#[derive(Clone, Copy, Debug)]
pub enum LaterTarget<'d> {
    /// A number, or a pair; of one with a profile, that for the whole year.
    Standard(&'d Standard),
    /// One that is worked out for each figure.
    Relative(&'d RelativeStandard),
    /// An expected range, of an N.
    Expected(&'d ValueRange),
    /// One that is still to be confirmed.
    ToBeConfirmed,
}

/// The targets and floors of an indicator.
#[derive(Clone, Debug, Default)]
pub struct Standards {
    /// The indicator's own keys, with the year that they belong to.
    pub(super) own: Option<(Option<FinancialYear>, Slot)>,
    /// The tables of other years.
    pub(super) by_year: BTreeMap<FinancialYear, Slot>,
    /// The tables of months, each from then on to the end of its financial year.
    pub(super) steps: BTreeMap<Month, Slot>,
    /// Where they are defined.
    pub(super) step_places: BTreeMap<Month, Place>,
    /// Whether any of them is worked out from other figures.
    pub(super) has_relative: bool,
}

impl Standards {
    /// What is defined for a figure of `month`, which is in `year`: the latest step of that year,
    /// else the year's, else the indicator's own.
    fn slot(&self, year: FinancialYear, month: Month) -> Option<&Slot> {
        if let Some((_, step)) = self.steps.range(year.first()..=month).next_back() {
            return Some(step);
        }
        if let Some(slot) = self.by_year.get(&year) {
            return Some(slot);
        }
        let (own, slot) = self.own.as_ref()?;
        own.is_none_or(|own| own == year).then_some(slot)
    }

    /// All of them.
    pub(super) fn slots(&self) -> impl Iterator<Item = &Slot> {
        let own = self.own.iter().map(|(_, slot)| slot);
        own.chain(self.by_year.values()).chain(self.steps.values())
    }

    /// The target of a figure of `month`, which is in `year`, where there is one.
    #[must_use]
    pub fn target(&self, year: FinancialYear, month: Month) -> Option<Target<'_>> {
        match self.slot(year, month)? {
            Slot::Standard(standard) => Some(Target::Standard(standard)),
            Slot::Profile(months) => {
                let index = usize::try_from(month.since(year.first())).ok()?;
                months.get(index).map(Target::Standard)
            }
            Slot::Relative(relative) => Some(Target::Relative(relative)),
            Slot::ToBeConfirmed | Slot::Expected(_) | Slot::Nothing => None,
        }
    }

    /// What a figure of `month`, which is in `year`, is rated against, where that does not depend
    /// on other figures.
    #[must_use]
    pub fn of(&self, year: FinancialYear, month: Month) -> Option<&Standard> {
        match self.target(year, month)? {
            Target::Standard(standard) => Some(standard),
            Target::Relative(_) => None,
        }
    }

    /// What is due by each month of `year`, from the first, where the target of `month` in it has a
    /// profile.
    #[must_use]
    pub fn profile(&self, year: FinancialYear, month: Month) -> Option<&[Standard]> {
        if let Slot::Profile(months) = self.slot(year, month)? { Some(months) } else { None }
    }

    /// Whether any of them is worked out from other figures.
    #[must_use]
    pub fn has_relative(&self) -> bool {
        self.has_relative
    }

    /// The months whose figures targets are worked out from.
    pub fn baselines(&self) -> impl Iterator<Item = Month> {
        self.slots().filter_map(|slot| match slot {
            Slot::Relative(relative) => relative.relative.since(),
            _ => None,
        })
    }

    /// The months from which targets step, each with where it is defined.
    pub fn steps(&self) -> impl Iterator<Item = (Month, &Place)> {
        self.step_places.iter().map(|(month, place)| (*month, place))
    }

    /// The range in which a figure of `month`, which is in `year`, is expected, for an N.
    #[must_use]
    pub fn expected(&self, year: FinancialYear, month: Month) -> Option<&ValueRange> {
        if let Slot::Expected(range) = self.slot(year, month)? { Some(range) } else { None }
    }

    /// Whether the target of `month`, which is in `year`, is still to be confirmed.
    #[must_use]
    pub fn is_to_be_confirmed(&self, year: FinancialYear, month: Month) -> bool {
        matches!(self.slot(year, month), Some(Slot::ToBeConfirmed))
    }

    /// The targets of years and of months after `month`, which is in `year`, each with when it
    /// begins.
    pub fn later(
        &self,
        year: FinancialYear,
        month: Month,
    ) -> impl Iterator<Item = (Starts, LaterTarget<'_>)> {
        let years = self.by_year.iter().filter(move |(later, _)| **later > year);
        let years = years.map(|(later, slot)| (Starts::Year(*later), slot));
        let own = self.own.iter().filter_map(move |(own, slot)| {
            let own = own.filter(|own| *own > year)?;
            Some((Starts::Year(own), slot))
        });
        let steps = self.steps.range(month.after(1)..);
        let steps = steps.map(|(later, slot)| (Starts::Month(*later), slot));
        let mut all: Vec<_> = years.chain(own).chain(steps).collect();
        all.sort_by_key(|(starts, _)| starts.first());
        all.into_iter().filter_map(|(starts, slot)| Some((starts, slot.later()?)))
    }

    /// The year that the indicator's own target belongs to, where figures of `month`, which is in
    /// `year`, are not rated because of it.
    #[must_use]
    pub fn of_another_year(&self, year: FinancialYear, month: Month) -> Option<FinancialYear> {
        let (own, slot) = self.own.as_ref()?;
        if !matches!(slot, Slot::Standard(_) | Slot::Profile(_) | Slot::Relative(_)) {
            return None;
        }
        let own = (*own)?;
        (own != year && self.slot(year, month).is_none()).then_some(own)
    }
}

impl Slot {
    /// What it is said to be before it counts.
    fn later(&self) -> Option<LaterTarget<'_>> {
        Some(match self {
            Self::Standard(standard) => LaterTarget::Standard(standard),
            Self::Profile(months) => LaterTarget::Standard(months.last()?),
            Self::Relative(relative) => LaterTarget::Relative(relative),
            Self::Expected(range) => LaterTarget::Expected(range),
            Self::ToBeConfirmed => LaterTarget::ToBeConfirmed,
            Self::Nothing => return None,
        })
    }
}

/// When a target begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Starts {
    /// With a financial year.
    Year(FinancialYear),
    /// With a month.
    Month(Month),
}

impl Starts {
    /// The first month of it.
    fn first(self) -> Month {
        match self {
            Self::Year(year) => year.first(),
            Self::Month(month) => month,
        }
    }
}

impl Definition {
    /// The target of a figure of `month`.
    #[must_use]
    pub fn target(&self, indicator: IndicatorId, month: Month) -> Option<Target<'_>> {
        self.indicator(indicator).standards.target(self.financial_year(month), month)
    }

    /// What a figure of `month` is rated against, where that does not depend on other figures.
    #[must_use]
    pub fn standard(&self, indicator: IndicatorId, month: Month) -> Option<&Standard> {
        self.indicator(indicator).standards.of(self.financial_year(month), month)
    }

    /// The range in which a figure of `month` is expected.
    #[must_use]
    pub fn expected_range(&self, indicator: IndicatorId, month: Month) -> Option<&ValueRange> {
        self.indicator(indicator).standards.expected(self.financial_year(month), month)
    }
}
