//! `gap`: an indicator whose result is the difference between two groups.

use std::borrow::Cow;

use super::IndicatorId;
use super::build::Builder;
use super::indicator::IndicatorKeys;
use super::words::{Frequency, UnitWord};
use crate::diagnostic::Code;
use crate::population::Population;
use crate::text::quote;
use crate::toml_file::kinds::TextValue;
use crate::toml_file::{Spanned, table};

table! {
    GapKeys: "[indicator.gap]",
        "The difference between two groups in another indicator, in percentage points.";
    indicator: required TextValue, "the id of the percentage that the two groups have";
    from: required TextValue, "whose result comes first: all, a cohort, or excluding- and a cohort";
    to: required TextValue, "whose result is taken from it";
}

/// The difference between two groups in a percentage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The percentage.
    pub indicator: IndicatorId,
    /// Whose result comes first.
    pub from: Population,
    /// Whose result is taken from it.
    pub to: Population,
}

impl Builder<'_> {
    /// What an indicator is the gap of, if it is one; the other is one of `all`.
    pub(super) fn gap(&mut self, keys: &IndicatorKeys, all: &[IndicatorKeys]) -> Option<Gap> {
        let written = keys.gap.get()?;
        let [from, to] = [&written.from, &written.to]
            .map(|name| name.spanned().and_then(|name| self.named_population(name)));
        if let (Some(one), Some(other), Some(span)) = (from, to, written.to.span())
            && one == other
        {
            let found = "a gap of a group from itself";
            let remedy = "name two groups, such as from = \"excluding-fsm\" and to = \"fsm\"";
            self.report(Code::BadValue, span, found, remedy);
        }
        if let Some(unit) = keys.unit.spanned().filter(|unit| unit.value != UnitWord::Percent) {
            let found = format!("a gap in {}", quote(unit.value.as_str()));
            let remedy = "make the unit \"percent\": a gap is a difference of percentages, in \
                percentage points";
            self.report(Code::BadValue, unit.span.clone(), found, remedy);
        }
        for (key, span) in [("rollup", keys.rollup.span()), ("excludes", keys.excludes.span())] {
            if let Some(span) = span {
                let found = format!("`{key}` of a gap, which has no rows of its own");
                let remedy = "take it out: it is for the indicator that the gap is of";
                self.report(Code::BadValue, span, found, remedy);
            }
        }
        let id = written.indicator.spanned()?;
        if keys.id.get() == Some(&id.value) {
            let found = format!("indicator {} is the gap of itself", quote(&id.value));
            let remedy = "name the percentage that the two groups have";
            self.report(Code::BadValue, id.span.clone(), found, remedy);
            return None;
        }
        let indicator = self.named_indicator(id, "the gap's")?;
        self.check_gap_of(keys, id, all.get(indicator.index())?);
        Some(Gap { indicator, from: from?, to: to? })
    }

    /// That the two groups have a percentage, of the same periods.
    fn check_gap_of(&mut self, keys: &IndicatorKeys, id: &Spanned<String>, of: &IndicatorKeys) {
        let is_percentage = of.unit.value().is_none_or(|unit| unit == UnitWord::Percent);
        if !is_percentage || of.gap.is_there() {
            let what = if is_percentage { "a gap itself" } else { "not a percentage" };
            let found = format!("a gap in indicator {}, which is {what}", quote(&id.value));
            let remedy = "name an indicator with unit = \"percent\" that the two groups have";
            self.report(Code::BadValue, id.span.clone(), found, remedy);
        }
        let rhythm = |keys: &IndicatorKeys| {
            let period = keys.period.value()?;
            Some((period, keys.frequency.value().unwrap_or(Frequency::from(period))))
        };
        if let (Some(own), Some(theirs), Some(period)) =
            (rhythm(keys), rhythm(of), keys.period.spanned())
            && own != theirs
        {
            let found = format!(
                "the gap is {} and {}, and indicator {} is {} and {}",
                own.0.as_str(),
                own.1.as_str(),
                quote(&id.value),
                theirs.0.as_str(),
                theirs.1.as_str(),
            );
            let remedy = "give the gap the period and the frequency of that indicator";
            self.report(Code::BadValue, period.span.clone(), found, remedy);
        }
    }

    /// `all`, a cohort, or `excluding-` and a cohort.
    fn named_population(&mut self, name: &Spanned<String>) -> Option<Population> {
        let text = name.value.to_lowercase();
        if text == Population::ALL {
            return Some(Population::Everyone);
        }
        let (id, population): (Cow<'_, str>, fn(_) -> _) =
            match text.strip_prefix(Population::EXCLUDING) {
                Some(id) => (id.to_owned().into(), Population::Excluding),
                None => (name.value.as_str().into(), Population::Cohort),
            };
        let id = Spanned { value: id.into_owned(), span: name.span.clone() };
        self.named_cohort(&id).map(population)
    }
}
