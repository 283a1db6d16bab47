//! The population that a figure is about.

use std::borrow::Cow;

/// A cohort, identified by its position in the definitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CohortId(u32);

impl CohortId {
    /// The `index`th cohort of the definitions.
    #[must_use]
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("definitions have at most a thousand cohorts"))
    }

    /// Its position in the definitions, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The population that a figure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Population {
    /// Everyone.
    Everyone,
    /// A cohort alone.
    Cohort(CohortId),
    /// Everyone except a cohort.
    Excluding(CohortId),
}

impl Population {
    /// The name of everyone in data files.
    pub const ALL: &str = "all";
    /// The prefix before the id of a cohort that is left out.
    pub const EXCLUDING: &str = "excluding-";
    /// The prefix before the id of a benchmark, in the place of a population.
    pub const BENCHMARK: &str = "benchmark-";

    /// `all`, `uasc` or `excluding-uasc`, given the ids of cohorts.
    pub fn name<'i>(self, id: impl FnOnce(CohortId) -> &'i str) -> Cow<'i, str> {
        match self {
            Self::Everyone => Cow::Borrowed(Self::ALL),
            Self::Cohort(cohort) => Cow::Borrowed(id(cohort)),
            Self::Excluding(cohort) => Cow::Owned(format!("{}{}", Self::EXCLUDING, id(cohort))),
        }
    }
}
