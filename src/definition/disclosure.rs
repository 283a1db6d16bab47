//! `[disclosure]`: what a public edition does not show, so that nobody can be identified.

use super::build::{Builder, in_order};
use super::words::{AllButAFew, TableName, YearToDate, Zeros};
use super::{AreaId, Definition};
use crate::diagnostic::Code;
use crate::text::{did_you_mean, quote};
use crate::toml_file::kinds::{Choice, ChoiceList, Flag, TextList, Whole};
use crate::toml_file::{Spanned, table};

/// The largest count that can be asked to be shown at the least.
pub const MAX_SMALLEST: u32 = 1000;

table! {
    DisclosureKeys: "[disclosure]",
        "What a public edition does not show, so that nobody can be identified.";
    smallest_shown: required Whole<5, 20>,
        "the smallest count that is shown: 6 hides counts of 1 to 5";
    smallest_out_of: optional Whole<1, MAX_SMALLEST>,
        "a percentage, rate or average out of fewer is not shown; as `smallest_shown` by default";
    all_but_a_few: optional Choice<AllButAFew>,
        "whether a percentage is hidden, too, where all but a few are in it; \"hide\" by default";
    zeros: optional Choice<Zeros>, "whether a count of 0 is shown; \"show\" by default";
    year_to_date: optional Choice<YearToDate>,
        "whether a count of the year to date is hidden where two months tell one that is small, or \
         only noted; \"note\" by default";
    keep: optional TextList, "the areas whose figures are given up last; the top area by default";
    public_tables: optional ChoiceList<TableName>,
        "the tables that a public edition has; all by default";
    public_areas: optional TextList, "the areas that it is about; all by default";
    teams: optional Flag, "whether it has teams; true by default";
    insider: optional Flag,
        "whether `check` reports where the one child of a count of 1 could work out another; false \
         by default";
}

/// Who an edition is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Edition {
    /// Every figure, for directors and members
    #[default]
    Directors,
    /// Without the figures that could identify somebody
    Public,
}

/// What a public edition does not show.
#[derive(Clone, Debug)]
pub struct Disclosure {
    /// The smallest count that is shown.
    pub smallest_shown: u32,
    /// The smallest denominator that a result is shown with.
    pub smallest_out_of: u32,
    /// Whether a percentage is hidden where all but a few are in it.
    pub all_but_a_few: AllButAFew,
    /// Whether a count of 0 is shown.
    pub zeros: Zeros,
    /// What is done where two months tell a count of one of them.
    pub year_to_date: YearToDate,
    /// The areas whose figures are given up last.
    pub keep: Vec<AreaId>,
    /// The tables that it has. `None` for all.
    pub tables: Option<Vec<TableName>>,
    /// The areas that it is about. `None` for all.
    pub areas: Option<Vec<AreaId>>,
    /// Whether it has teams.
    pub teams: bool,
    /// Whether what single people could work out is reported.
    pub insider: bool,
}

impl Definition {
    /// What a public edition does not show, if this is one.
    #[must_use]
    pub fn public(&self) -> Option<&Disclosure> {
        self.disclosure.as_ref().filter(|_| self.edition == Edition::Public)
    }

    /// Whether an edition has a table.
    #[must_use]
    pub fn has_table(&self, table: TableName) -> bool {
        let tables = self.public().and_then(|public| public.tables.as_ref());
        tables.is_none_or(|tables| tables.contains(&table))
    }

    /// Whether an edition is about an area or a team.
    #[must_use]
    pub fn is_about(&self, area: AreaId) -> bool {
        let Some(public) = self.public() else { return true };
        let is_team = self.area(area).kind == super::AreaKind::Team;
        let of_team = || self.area(area).parent.is_none_or(|parent| self.is_about(parent));
        let listed = || public.areas.as_ref().is_none_or(|areas| areas.contains(&area));
        if is_team { public.teams && of_team() } else { listed() }
    }
}

impl Builder<'_> {
    pub(super) fn disclosure(
        &mut self,
        keys: &DisclosureKeys,
        top: Option<AreaId>,
    ) -> Option<Disclosure> {
        let areas = |builder: &mut Self, names: &[Spanned<String>], key: &str| -> Vec<AreaId> {
            names.iter().filter_map(|name| builder.named_area_of(name, key)).collect()
        };
        let keep = match keys.keep.spanned() {
            Some(_) => areas(self, keys.keep.items(), "keep"),
            None => top.into_iter().collect(),
        };
        let public = areas(self, keys.public_areas.items(), "public_areas");
        let smallest_shown = keys.smallest_shown.value()?;
        Some(Disclosure {
            smallest_shown,
            smallest_out_of: keys.smallest_out_of.value().unwrap_or(smallest_shown),
            all_but_a_few: keys.all_but_a_few.value().unwrap_or(AllButAFew::Hide),
            zeros: keys.zeros.value().unwrap_or(Zeros::Show),
            year_to_date: keys.year_to_date.value().unwrap_or(YearToDate::Note),
            keep,
            tables: keys.public_tables.value(),
            areas: keys.public_areas.is_there().then_some(public),
            teams: keys.teams.value().unwrap_or(true),
            insider: keys.insider.value().unwrap_or(false),
        })
    }

    /// The area that a key of `[disclosure]` names.
    fn named_area_of(&mut self, name: &Spanned<String>, key: &str) -> Option<AreaId> {
        let found = self.names.areas.get(&name.value).copied();
        if found.is_none() {
            let guess = did_you_mean(&name.value, in_order(&self.names.areas));
            let text = format!("the area {} of `{key}` is not defined", quote(&name.value));
            let remedy = format!("{guess}correct the name, or define the area");
            self.report(Code::UnknownName, name.span.clone(), text, remedy);
        }
        found
    }
}
