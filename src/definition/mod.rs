//! `indicators.toml`: what is measured, for which areas, against which targets.
//!
//! The file is parsed to spanned values, held against [`keys`], and built into the types below,
//! which cannot be wrong: a parent exists, a floor is on the right side of its target, an id is
//! unique. Everything that is wrong with the file is found in one run. Nothing here reads data.

mod build;
pub mod keys;
mod standard;
mod words;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

pub use standard::{Bands, Range, Standard};
pub use words::{
    Above100, AreaKind, AtFloor, Frequency, Part, Period, Polarity, Precision, PreviousFrom,
    Rollup, Show, UnitWord,
};

use crate::diagnostic::{Findings, Place, Severities, Source};
use crate::input::{File, Ledger};
use crate::month::{FinancialYear, Month};
use crate::population::{CohortId, Population};
use crate::toml_file::Document;

/// Defines the index of one of the lists of a [`Definition`].
macro_rules! index {
    ($(#[$about:meta])* $name:ident) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The `index`th of the list.
            #[must_use]
            pub fn new(index: usize) -> Self {
                Self(u32::try_from(index).expect("a definitions file is far smaller than four thousand million entries"))
            }

            /// Where it is in the list.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index! {
    /// An indicator of a [`Definition`].
    IndicatorId
}
index! {
    /// An area or team of a [`Definition`].
    AreaId
}
index! {
    /// An activity of a [`Definition`].
    ActivityId
}

/// A definitions file, validated.
#[derive(Debug)]
pub struct Definition {
    /// The file, as the user would type it.
    pub path: Arc<str>,
    /// The title that the papers carry.
    pub title: String,
    /// Whose scorecard it is.
    pub organisation: Option<String>,
    /// The area at the top of the tree.
    pub top: AreaId,
    /// The number of the month that financial years start in.
    pub year_start: u8,
    /// How many periods an exception report shows.
    pub trend: u16,
    /// Which results are compared.
    pub precision: Precision,
    /// Which earlier figures are compared with.
    pub previous: PreviousFrom,
    /// The areas and teams, in display order.
    pub areas: Vec<Area>,
    /// The indicators, in display order.
    pub indicators: Vec<Indicator>,
    /// The cohorts, in order.
    pub cohorts: Vec<Cohort>,
    /// The activities, in the order of their columns.
    pub activities: Vec<Activity>,
    /// Figures that must be equal.
    pub identities: Vec<Identity>,
    /// How much findings matter here.
    pub severities: Severities,
    names: Names,
}

/// What extracts may call things, `was` included.
#[derive(Debug, Default)]
struct Names {
    areas: HashMap<String, AreaId>,
    indicators: HashMap<String, IndicatorId>,
    /// In lower case: cohorts match without regard to case.
    cohorts: HashMap<String, CohortId>,
    /// In lower case: so do the headings of columns.
    activities: HashMap<String, ActivityId>,
}

impl Definition {
    /// Reads and validates a definitions file. Everything wrong with it becomes a finding; there is
    /// a definition only when nothing is.
    pub fn load(path: &Path, findings: &mut Findings) -> Option<Self> {
        Self::read(&Ledger::default().file(path), findings)
    }

    /// The same of a file that is to be noted.
    pub fn read(file: &File, findings: &mut Findings) -> Option<Self> {
        let what = "the definitions file; name it with --definitions, or start a project with `scorecard init`";
        let text = file.read_text(what, findings)?;
        Self::parse(&Source::new(Arc::clone(&file.name), text), findings)
    }

    /// Validates the text of a definitions file.
    pub fn parse(source: &Source, findings: &mut Findings) -> Option<Self> {
        let mut found = Findings::default();
        let document = Document::parse(source, &mut found);
        let definition = build::build(&document, &mut found);
        // Where the TOML itself is broken, what else is said of the same line is an echo.
        found.drop_echoes_of(crate::diagnostic::Code::Syntax);
        let sound = !found.has_errors();
        findings.append(found);
        definition.filter(|_| sound)
    }

    /// The area or team with this index.
    #[must_use]
    pub fn area(&self, id: AreaId) -> &Area {
        &self.areas[id.index()]
    }

    /// The indicator with this index.
    #[must_use]
    pub fn indicator(&self, id: IndicatorId) -> &Indicator {
        &self.indicators[id.index()]
    }

    /// The cohort with this index.
    #[must_use]
    pub fn cohort(&self, id: CohortId) -> &Cohort {
        &self.cohorts[id.index()]
    }

    /// Every area and team, in display order.
    pub fn area_ids(&self) -> impl DoubleEndedIterator<Item = AreaId> + use<> {
        (0..self.areas.len()).map(AreaId::new)
    }

    /// Every indicator, in display order.
    pub fn indicator_ids(&self) -> impl Iterator<Item = IndicatorId> + use<> {
        (0..self.indicators.len()).map(IndicatorId::new)
    }

    /// `all`, `uasc` or `excluding-uasc`.
    #[must_use]
    pub fn population_name(&self, population: Population) -> Cow<'_, str> {
        population.name(|cohort| &self.cohort(cohort).id)
    }

    /// The populations that are reported: everyone, then everyone but each cohort, in order.
    pub fn populations(&self) -> impl Iterator<Item = Population> + use<> {
        std::iter::once(Population::Everyone).chain(self.cohort_ids().map(Population::Excluding))
    }

    /// Every cohort, in order.
    pub fn cohort_ids(&self) -> impl Iterator<Item = CohortId> + use<> {
        (0..self.cohorts.len()).map(CohortId::new)
    }

    /// Every activity, in the order of their columns.
    pub fn activity_ids(&self) -> impl Iterator<Item = ActivityId> + use<> {
        (0..self.activities.len()).map(ActivityId::new)
    }

    /// The activity with this index.
    #[must_use]
    pub fn activity(&self, id: ActivityId) -> &Activity {
        &self.activities[id.index()]
    }

    /// The area or team that an extract calls `name`.
    #[must_use]
    pub fn find_area(&self, name: &str) -> Option<AreaId> {
        self.names.areas.get(name).copied()
    }

    /// The indicator that an extract calls `id`.
    #[must_use]
    pub fn find_indicator(&self, id: &str) -> Option<IndicatorId> {
        self.names.indicators.get(id).copied()
    }

    /// What extracts may call areas and teams, in no order.
    pub fn area_names(&self) -> impl Iterator<Item = (&str, AreaId)> {
        self.names.areas.iter().map(|(name, id)| (name.as_str(), *id))
    }

    /// What extracts may call indicators, in no order.
    pub fn indicator_names(&self) -> impl Iterator<Item = (&str, IndicatorId)> {
        self.names.indicators.iter().map(|(name, id)| (name.as_str(), *id))
    }

    /// The cohort that an extract calls `id`, in any case.
    #[must_use]
    pub fn find_cohort(&self, id: &str) -> Option<CohortId> {
        self.names.cohorts.get(&id.to_lowercase()).copied()
    }

    /// The activity with this heading in an extract, in any case.
    #[must_use]
    pub fn find_activity(&self, heading: &str) -> Option<ActivityId> {
        self.names.activities.get(&heading.to_lowercase()).copied()
    }

    /// The financial year of a month.
    #[must_use]
    pub fn financial_year(&self, month: Month) -> FinancialYear {
        FinancialYear::of(month, self.year_start)
    }

    /// The indicators in force in `month`.
    pub fn indicators_in_force(&self, month: Month) -> impl Iterator<Item = IndicatorId> {
        self.indicator_ids().filter(move |id| self.indicator(*id).in_force.covers(month))
    }

    /// What a figure of `month` is rated against.
    #[must_use]
    pub fn standard(&self, indicator: IndicatorId, month: Month) -> Option<&Standard> {
        self.indicator(indicator).standards.of(self.financial_year(month))
    }

    /// The areas directly below `area` that were in force in `month`, without its teams.
    pub fn parts(&self, area: AreaId, month: Month) -> impl Iterator<Item = AreaId> {
        self.area(area)
            .parts
            .iter()
            .copied()
            .filter(move |part| self.area(*part).in_force.covers(month))
    }

    /// Whether `area` is `ancestor` or anywhere below it.
    #[must_use]
    pub fn is_within(&self, area: AreaId, ancestor: AreaId) -> bool {
        std::iter::successors(Some(area), |area| self.area(*area).parent)
            .any(|area| area == ancestor)
    }
}

/// The months in which something exists; no bound where none is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InForce {
    /// The first month.
    pub from: Option<Month>,
    /// The last month.
    pub until: Option<Month>,
}

impl InForce {
    /// Whether it exists in `month`.
    #[must_use]
    pub fn covers(self, month: Month) -> bool {
        self.from.is_none_or(|from| from <= month) && self.until.is_none_or(|until| month <= until)
    }
}

/// An area or a team.
#[derive(Debug)]
pub struct Area {
    /// Its name.
    pub name: String,
    /// The area that it is part of.
    pub parent: Option<AreaId>,
    /// Whether it is a team.
    pub kind: AreaKind,
    /// When it exists.
    pub in_force: InForce,
    /// The areas directly below it, in display order, without its teams.
    pub parts: Vec<AreaId>,
    /// The teams directly below it, in display order.
    pub teams: Vec<AreaId>,
    /// Where it is defined.
    pub place: Place,
}

/// What a result is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Numerator over denominator, times a hundred.
    Percent,
    /// A count.
    Number,
    /// Numerator over denominator.
    Average,
    /// Numerator over denominator, times `per`.
    Rate {
        /// Per how many.
        per: u32,
    },
}

impl Unit {
    /// The word for it in the definitions.
    #[must_use]
    pub fn word(self) -> UnitWord {
        match self {
            Self::Percent => UnitWord::Percent,
            Self::Number => UnitWord::Number,
            Self::Average => UnitWord::Average,
            Self::Rate { .. } => UnitWord::Rate,
        }
    }

    /// What numerator over denominator is multiplied by.
    #[must_use]
    pub fn times(self) -> u32 {
        match self {
            Self::Percent => 100,
            Self::Number | Self::Average => 1,
            Self::Rate { per } => per,
        }
    }
}

/// An indicator.
#[derive(Debug)]
pub struct Indicator {
    /// What it goes by in the extracts.
    pub id: String,
    /// What is shown instead of the id.
    pub reference: Option<String>,
    /// The heading that it stands under.
    pub section: String,
    /// What it measures.
    pub name: String,
    /// Which way is better.
    pub polarity: Polarity,
    /// What a figure covers.
    pub period: Period,
    /// How often there is a new figure.
    pub frequency: Frequency,
    /// What the result is counted in.
    pub unit: Unit,
    /// Decimal places shown.
    pub decimals: u8,
    /// Its targets and floors.
    pub standards: Standards,
    /// Whether areas without figures are the sum of their parts.
    pub rollup: Rollup,
    /// The cohorts that it already leaves out.
    pub excludes: Vec<CohortId>,
    /// Whether a percentage may be above 100.
    pub above_100: Above100,
    /// When it is reported.
    pub in_force: InForce,
    /// Replaces the generated words on what the period covers.
    pub period_note: Option<String>,
    /// A footnote.
    pub note: Option<String>,
    /// Who answers for it.
    pub accountability: Accountability,
    /// Where it is defined.
    pub place: Place,
}

impl Indicator {
    /// What is shown as its id.
    #[must_use]
    pub fn shown_id(&self) -> &str {
        self.reference.as_deref().unwrap_or(&self.id)
    }
}

/// The targets and floors of an indicator.
#[derive(Debug, Default)]
pub struct Standards {
    /// The indicator's own keys.
    own: Option<Standard>,
    /// The tables of other years.
    by_year: BTreeMap<FinancialYear, Option<Standard>>,
}

impl Standards {
    /// What figures of a financial year are rated against, where they are rated.
    #[must_use]
    pub fn of(&self, year: FinancialYear) -> Option<&Standard> {
        match self.by_year.get(&year) {
            Some(standard) => standard.as_ref(),
            None => self.own.as_ref().filter(|own| own.year.is_none_or(|own| own == year)),
        }
    }

    /// The year that the indicator's own target belongs to, where figures of `year` are not rated
    /// because of it.
    #[must_use]
    pub fn of_another_year(&self, year: FinancialYear) -> Option<FinancialYear> {
        let own = self.own.as_ref()?.year?;
        (own != year && !self.by_year.contains_key(&year)).then_some(own)
    }
}

/// Who answers for an indicator.
#[derive(Clone, Debug, Default)]
pub struct Accountability {
    /// The cabinet member.
    pub cabinet_member: Option<String>,
    /// The director.
    pub director: Option<String>,
    /// The portfolio.
    pub portfolio: Option<String>,
    /// The division.
    pub division: Option<String>,
    /// The system that the figures come from.
    pub source: Option<String>,
}

/// A group of children that is also shown left out.
#[derive(Debug)]
pub struct Cohort {
    /// What it goes by in the extracts, as it is written in the definitions.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The title of its table.
    pub title: Option<String>,
    /// The blocks of its table.
    pub groups: Vec<Group>,
    /// Where it is defined.
    pub place: Place,
}

/// A block of a cohort's table.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Its heading.
    pub title: Option<String>,
    /// Its areas; without it, every area with figures for the cohort.
    pub areas: Option<Vec<AreaId>>,
    /// Its indicators; without it, every indicator with figures for the cohort.
    pub indicators: Option<Vec<IndicatorId>>,
}

/// A column of the activity table.
#[derive(Debug)]
pub struct Activity {
    /// Its column in the extracts.
    pub id: String,
    /// Its heading.
    pub name: String,
    /// Whether last month and the change are shown too.
    pub show: Show,
    /// The activities that count what came in and what went out since last month, for one that is a
    /// stock.
    pub flow: Option<Flow>,
    /// Where it is defined.
    pub place: Place,
}

/// What came in and what went out of a stock since last month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// What came in.
    pub starts: ActivityId,
    /// What went out.
    pub ends: ActivityId,
}

/// Figures that are the same count.
#[derive(Debug)]
pub struct Identity {
    /// What is counted.
    pub name: Option<String>,
    /// The figures, at least two.
    pub same: Vec<Term>,
    /// Where it is defined.
    pub place: Place,
}

/// A figure of an identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// An indicator's.
    Indicator {
        /// Which indicator.
        indicator: IndicatorId,
        /// Which of its figures.
        part: Part,
        /// The cohort whose part of it is meant; without it, everyone's.
        cohort: Option<CohortId>,
    },
    /// An activity's.
    Activity(ActivityId),
}
