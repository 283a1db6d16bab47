//! The tables of `indicators.toml`. The keys of each are described in the file of what they define:
//! those of `[[indicator]]` in `indicator.rs`, and so on.
//!
//! The reader, the JSON Schema and a test of the documentation all come from these descriptions, so
//! a key added to one of them is known everywhere. The file format is a contract: it grows by
//! optional keys.

use super::accountability::AccountabilityKeys;
use super::activity::ActivityKeys;
use super::area::AreaKeys;
use super::benchmark::BenchmarkKeys;
use super::cohort::CohortKeys;
use super::disclosure::DisclosureKeys;
use super::findings::FindingSeverities;
use super::framework::FrameworkKeys;
use super::glossary::GlossaryKeys;
use super::identity::IdentityKeys;
use super::indicator::IndicatorKeys;
use super::product::ProductKeys;
use super::scorecard::ScorecardKeys;
use super::source::SourceKeys;
use super::statistics::StatisticsKeys;
use crate::toml_file::kinds::{NameMap, OneTable, TableList};
use crate::toml_file::{TableShape, TomlTable, table};

/// The whole file.
pub static FILE: &TableShape = DefinitionKeys::SHAPE;

table! {
    DefinitionKeys: "indicators.toml",
        "What a performance scorecard measures, for which areas, against which targets.";
    scorecard: required OneTable<ScorecardKeys>, "what the scorecard is and how it is worked out";
    accountability: optional OneTable<AccountabilityKeys>,
        "who answers for the indicators, for exception reports";
    areas = "area": optional TableList<AreaKeys>,
        "the areas and teams, in the order in which they are shown";
    indicators = "indicator": required TableList<IndicatorKeys>,
        "the indicators, in the order in which they are shown";
    cohorts = "cohort": optional TableList<CohortKeys>,
        "groups of children that results are also shown without";
    benchmarks = "benchmark": optional TableList<BenchmarkKeys>,
        "what results are shown beside, such as England";
    activities = "activity": optional TableList<ActivityKeys>,
        "the columns of the activity table, in order";
    identities = "identity": optional TableList<IdentityKeys>, "figures that must be equal";
    frameworks = "framework": optional TableList<FrameworkKeys>,
        "what indicators contribute to, such as the outcomes of a plan";
    products = "product": optional TableList<ProductKeys>,
        "papers that show a part of the scorecard, such as the quarterly report of a monthly one";
    glossary: optional TableList<GlossaryKeys>, "what abbreviations and terms mean";
    sources = "source": optional TableList<SourceKeys>,
        "files of extracts, as systems export them";
    statistics: optional OneTable<StatisticsKeys>,
        "limits, intervals and trends, each where it is asked for";
    disclosure: optional OneTable<DisclosureKeys>,
        "what a public edition does not show, so that nobody can be identified";
    findings: optional NameMap<FindingSeverities>,
        "how much findings of a code matter here; what cannot be true is always an error";
}
