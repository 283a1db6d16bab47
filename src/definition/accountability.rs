//! Who answers for an indicator: `[accountability]`, and the same keys of an indicator.

use super::indicator::IndicatorKeys;
use crate::toml_file::kinds::TextValue;
use crate::toml_file::table;

table! {
    AccountabilityKeys: "[accountability]",
        "Who answers for the indicators; an indicator may have its own.";
    cabinet_member: optional TextValue, "the cabinet member";
    director: optional TextValue, "the director";
    portfolio: optional TextValue, "the portfolio";
    division: optional TextValue, "the division";
    source: optional TextValue, "the system that the figures come from";
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

impl From<&AccountabilityKeys> for Accountability {
    fn from(keys: &AccountabilityKeys) -> Self {
        Self {
            cabinet_member: keys.cabinet_member.value(),
            director: keys.director.value(),
            portfolio: keys.portfolio.value(),
            division: keys.division.value(),
            source: keys.source.value(),
        }
    }
}

impl Accountability {
    /// That of an indicator; what it does not say is as it is for all of them.
    pub(super) fn of(keys: &IndicatorKeys, of_all: &Self) -> Self {
        Self {
            cabinet_member: keys.cabinet_member.value().or_else(|| of_all.cabinet_member.clone()),
            director: keys.director.value().or_else(|| of_all.director.clone()),
            portfolio: keys.portfolio.value().or_else(|| of_all.portfolio.clone()),
            division: keys.division.value().or_else(|| of_all.division.clone()),
            source: keys.source.value().or_else(|| of_all.source.clone()),
        }
    }
}
