//! `indicators.toml`: what is measured, for which areas, against which targets.
//!
//! There is a file for each thing that is defined: the keys that it is written with, the type that
//! it becomes, and how the one is built from the other. What is built cannot be wrong: a parent
//! exists, a floor is on the right side of its target, an id is unique. Everything that is wrong
//! with the file is found in one run. Nothing here reads data.

mod accountability;
mod activity;
mod allowance;
mod area;
mod benchmark;
mod build;
mod cohort;
mod condition;
mod coverage;
mod disclosure;
mod findings;
mod framework;
mod gap;
mod glossary;
mod identity;
mod in_force;
mod indicator;
pub mod keys;
mod labels;
mod lookup;
mod measure;
mod product;
mod profile;
mod records;
mod relative;
mod scale;
mod scorecard;
mod source;
mod standard;
mod statistics;
mod subject;
mod target;
mod threshold;
mod words;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

pub use accountability::Accountability;
pub use activity::{Activity, Flow};
pub use allowance::Allowance;
pub use area::Area;
pub use benchmark::{Benchmark, RatedAgainst, Similar};
pub use cohort::{Cohort, CohortGroup};
pub use condition::{
    AgedOn, CellTest, Clause, Conditions, Counted, DaysTest, Inequality, MonthSpan, Operand,
};
pub use coverage::{Coverage, CoverageLevel};
pub use disclosure::{Disclosure, Edition};
pub use framework::{Framework, FrameworkColumn};
pub use gap::Gap;
pub use glossary::GlossaryTerm;
pub use identity::{Identity, Term};
pub use in_force::InForce;
pub use indicator::{Indicator, MAX_DECIMALS, MAX_PER, Unit};
pub use labels::{Affixes, Labels};
pub use lookup::{Lookup, NameIndex, NameIndexes};
pub use measure::{Measure, MeasurePart};
pub use product::Product;
pub use profile::Due;
pub use records::{Holds, KeepLatest, RecordLookup};
pub use relative::{Relative, RelativeStandard, TargetChange, TargetWorking};
pub use scale::Scale;
pub use scorecard::MAX_TREND;
pub use source::{
    Across, Count, CountOf, CountRule, DateOrder, ExtractSource, MonthIs, NoRows, OurColumn,
    Outline, PercentAs, SourceKind, StandardColumn, Symbol, UnknownAreas,
};
pub use standard::{Bands, LaterTarget, Standard, Standards, Starts, Target};
pub use statistics::{ChartWord, MAX_FIGURES, Rebase, Spc, Statistics};
pub(crate) use target::Band;
pub use threshold::{Threshold, ValueRange};
pub use words::{
    Above100, AllButAFew, AreaKind, AtFloor, CompareWith, Comparisons, Frequency, Part, Period,
    Polarity, Precision, PreviousFrom, Rollup, Sensitivity, Show, TableName, UnitWord, YearToDate,
    Zeros,
};

use crate::diagnostic::{Code, Findings, Severities, Source};
use crate::input::{File, Ledger};
use crate::month::{FinancialYear, Month};
use crate::population::CohortId;
use crate::toml_file;

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
                Self(u32::try_from(index).expect("far fewer entries than 2^32"))
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
    /// A benchmark of a [`Definition`].
    BenchmarkId
}
index! {
    /// An activity of a [`Definition`].
    ActivityId
}

/// A definitions file, validated.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The file, as the user would type it.
    pub path: Arc<str>,
    /// The title that the papers carry.
    pub title: String,
    /// Whose scorecard it is.
    pub organisation: Option<String>,
    /// The council's own Word document, from which documents take their styles: its path from the
    /// folder of the definitions.
    pub template: Option<String>,
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
    /// Which statistics there are.
    pub statistics: Statistics,
    /// The areas and teams, in display order.
    pub areas: Vec<Area>,
    /// The indicators, in display order.
    pub indicators: Vec<Indicator>,
    /// The cohorts, in order.
    pub cohorts: Vec<Cohort>,
    /// What results are shown beside, in order.
    pub benchmarks: Vec<Benchmark>,
    /// The activities, in the order of their columns.
    pub activities: Vec<Activity>,
    /// Figures that must be equal.
    pub identities: Vec<Identity>,
    /// What indicators contribute to.
    pub frameworks: Vec<Framework>,
    /// Papers that show a part of it.
    pub products: Vec<Product>,
    /// What abbreviations and terms mean.
    pub glossary: Vec<GlossaryTerm>,
    /// Files of extracts, as systems export them.
    pub sources: Vec<ExtractSource>,
    /// What a public edition does not show.
    pub disclosure: Option<Disclosure>,
    /// What stands in every header and footer of the directors' edition.
    pub marking: Option<String>,
    /// Who the papers are for.
    pub edition: Edition,
    /// How much findings matter here.
    pub severities: Severities,
    names: KnownNames,
    /// The one of the products that is shown, if it is not the whole.
    shown: Option<usize>,
}

/// What extracts may call things, `was` included.
#[derive(Clone, Debug, Default)]
struct KnownNames {
    areas: HashMap<String, AreaId>,
    indicators: HashMap<String, IndicatorId>,
    /// In lower case: cohorts match without regard to case.
    cohorts: HashMap<String, CohortId>,
    /// In lower case, too.
    benchmarks: HashMap<String, BenchmarkId>,
    /// In lower case: so do the headings of columns.
    activities: HashMap<String, ActivityId>,
}

impl Definition {
    /// Reads and validates a definitions file. Everything wrong with it becomes a finding; only
    /// without errors is there a definition.
    pub fn load(path: &Path, findings: &mut Findings) -> Option<Self> {
        Self::read(&Ledger::default().file(path), findings)
    }

    /// Reads and validates a file that a ledger keeps account of.
    pub fn read(file: &File, findings: &mut Findings) -> Option<Self> {
        let what = "the definitions file; name it with --definitions, or start a project with \
            `scorecard init`";
        let text = file.read_text(what, findings)?;
        Self::parse(&Source::new(Arc::clone(&file.name), text), findings)
    }

    /// Validates the text of a definitions file.
    pub fn parse(source: &Source, findings: &mut Findings) -> Option<Self> {
        let mut found = Findings::default();
        let file = toml_file::read(source, &mut found);
        let definition = build::build(source, &file, &mut found);
        // Where the TOML itself is broken, other findings may only follow from that.
        found.drop_consequences_of(Code::Syntax);
        let sound = !found.has_errors();
        findings.append(found);
        definition.filter(|_| sound)
    }

    /// The definitions that a test writes.
    #[cfg(test)]
    pub(crate) fn for_test(text: &str) -> Self {
        let mut findings = Findings::default();
        let source = Source::new("test".into(), text.to_owned());
        Self::parse(&source, &mut findings).unwrap_or_else(|| panic!("{findings:?}\nin {text}"))
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

    /// The benchmark with this index.
    #[must_use]
    pub fn benchmark(&self, id: BenchmarkId) -> &Benchmark {
        &self.benchmarks[id.index()]
    }

    /// The activity with this index.
    #[must_use]
    pub fn activity(&self, id: ActivityId) -> &Activity {
        &self.activities[id.index()]
    }

    /// Every area and team, in display order.
    pub fn area_ids(&self) -> impl DoubleEndedIterator<Item = AreaId> + use<> {
        (0..self.areas.len()).map(AreaId::new)
    }

    /// Every indicator, in display order.
    pub fn indicator_ids(&self) -> impl Iterator<Item = IndicatorId> + use<> {
        (0..self.indicators.len()).map(IndicatorId::new)
    }

    /// Every cohort, in order.
    pub fn cohort_ids(&self) -> impl Iterator<Item = CohortId> + use<> {
        (0..self.cohorts.len()).map(CohortId::new)
    }

    /// Every benchmark, in order.
    pub fn benchmark_ids(&self) -> impl Iterator<Item = BenchmarkId> + use<> {
        (0..self.benchmarks.len()).map(BenchmarkId::new)
    }

    /// Every activity, in the order of their columns.
    pub fn activity_ids(&self) -> impl Iterator<Item = ActivityId> + use<> {
        (0..self.activities.len()).map(ActivityId::new)
    }

    /// The financial year of a month.
    #[must_use]
    pub fn financial_year(&self, month: Month) -> FinancialYear {
        FinancialYear::of(month, self.year_start)
    }
}
