//! Figures that a public edition does not show.
//!
//! They are suppressed before any other rule sees them, so whatever follows from them, such as a
//! rating, a direction or a difference, is not there either.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::{Assessor, Figure};
use crate::definition::{ActivityId, AreaId, IndicatorId};
use crate::figure::Amount;
use crate::month::Month;
use crate::population::Population;

/// A figure of an indicator, by what it is of.
pub type FigureKey = (AreaId, IndicatorId, Population, Month);
/// A count of an activity, by what it is of.
pub type ActivityKey = (AreaId, ActivityId, Month);

/// The figures that are not shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    /// Those of indicators.
    pub figures: HashSet<FigureKey>,
    /// Those of activities.
    pub activity: HashSet<ActivityKey>,
    /// The months that were looked at: nothing of any other month is shown.
    pub months: BTreeSet<Month>,
}

/// What an assessor does not show.
#[derive(Clone, Debug)]
pub(super) enum Hiding {
    /// It shows everything.
    Nothing,
    /// It shows nothing, because nobody has said what may be shown.
    Everything,
    /// It shows everything but this.
    These(Arc<Hidden>),
}

impl Hiding {
    fn figure(&self, key: &FigureKey) -> bool {
        match self {
            Self::Nothing => false,
            Self::Everything => true,
            Self::These(hidden) => !hidden.months.contains(&key.3) || hidden.figures.contains(key),
        }
    }

    fn activity(&self, key: &ActivityKey) -> bool {
        match self {
            Self::Nothing => false,
            Self::Everything => true,
            Self::These(hidden) => !hidden.months.contains(&key.2) || hidden.activity.contains(key),
        }
    }
}

impl<'e> Assessor<'e> {
    /// Whether every figure is shown.
    #[inline]
    pub(super) fn shows_all(&self) -> bool {
        matches!(self.hiding, Hiding::Nothing)
    }

    /// Whether a figure is hidden.
    pub(super) fn is_hidden(&self, key: &FigureKey) -> bool {
        self.hiding.figure(key)
    }

    /// Takes from a figure what may not be shown.
    #[inline]
    pub(super) fn hide(&self, key: &FigureKey, figure: &mut Figure<'e>) {
        if self.shows_all() {
            return;
        }
        if self.is_hidden(key) {
            figure.suppress();
        }
        figure.revised = None;
    }

    /// The numbers of a figure as they may be shown.
    pub(super) fn amount_as_shown(&self, key: &FigureKey, amount: Amount) -> Amount {
        let says_why = amount.reason().is_some();
        if !says_why && self.is_hidden(key) { Amount::Suppressed } else { amount }
    }

    /// A count of an activity as it may be shown.
    #[must_use]
    pub fn activity_as_shown(&self, key: &ActivityKey, amount: Amount) -> Amount {
        let says_why = amount.reason().is_some();
        if !says_why && self.hiding.activity(key) { Amount::Suppressed } else { amount }
    }
}

impl Figure<'_> {
    /// Takes away its numbers and all that tells of them. What says why there is no figure has
    /// none.
    pub(super) fn suppress(&mut self) {
        self.revised = None;
        if !self.says_why() {
            self.amount = Amount::Suppressed;
            self.mark = None;
            self.published = None;
            self.covered = None;
        }
    }
}
