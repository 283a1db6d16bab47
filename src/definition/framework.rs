//! `[[framework]]`: what indicators contribute to, such as the outcomes of a plan.

use std::collections::HashMap;

use super::IndicatorId;
use super::build::Builder;
use super::indicator::IndicatorKeys;
use crate::diagnostic::{Code, Place};
use crate::text::{did_you_mean, quote};
use crate::toml_file::kinds::{IdValue, TableList, TextList, TextValue};
use crate::toml_file::{Spanned, table};

table! {
    FrameworkKeys: "[[framework]]", "A framework: what indicators contribute to.";
    id: required IdValue, "what it is called";
    title: required TextValue, "the title of its table";
    sections: optional TextList,
        "the sections that should have an indicator of it, such as the priorities of the plan";
    columns = "column": required TableList<FrameworkColumnKeys>,
        "what indicators contribute to, in order; an indicator names these ids in its `tags`";
}

table! {
    FrameworkColumnKeys: "[[framework.column]]", "A column of the framework's table.";
    id: required IdValue, "the tag of the indicators that are ticked in it";
    name: required TextValue, "its heading";
}

/// What indicators contribute to.
#[derive(Clone, Debug)]
pub struct Framework {
    /// What it is called.
    pub id: String,
    /// The title of its table.
    pub title: String,
    /// The sections that should have an indicator of it, beside those of the register.
    pub sections: Vec<String>,
    /// What indicators contribute to, in order.
    pub columns: Vec<FrameworkColumn>,
    /// Where it is defined.
    pub place: Place,
}

/// A column of a [`Framework`].
#[derive(Clone, Debug)]
pub struct FrameworkColumn {
    /// Its heading.
    pub name: String,
    /// The indicators that are ticked in it, in order.
    pub indicators: Vec<IndicatorId>,
}

impl FrameworkColumn {
    /// Whether an indicator is ticked in it.
    #[must_use]
    pub fn has(&self, indicator: IndicatorId) -> bool {
        self.indicators.binary_search(&indicator).is_ok()
    }
}

impl Framework {
    /// Whether an indicator is ticked in any of its columns.
    #[must_use]
    pub fn has(&self, indicator: IndicatorId) -> bool {
        self.columns.iter().any(|column| column.has(indicator))
    }
}

impl Builder<'_> {
    pub(super) fn frameworks(
        &mut self,
        frameworks: &[FrameworkKeys],
        indicators: &[IndicatorKeys],
    ) -> Vec<Framework> {
        self.check_framework_ids(frameworks);
        let tagged = self.tagged(frameworks, indicators);
        frameworks.iter().filter_map(|keys| self.framework(keys, &tagged)).collect()
    }

    fn framework(
        &mut self,
        keys: &FrameworkKeys,
        tagged: &HashMap<&str, Vec<IndicatorId>>,
    ) -> Option<Framework> {
        if let Some(columns) = keys.columns.spanned()
            && columns.value.is_empty()
        {
            let remedy = "add a [[framework.column]] with its id and name";
            self.report(Code::MissingKey, columns.span.clone(), "a framework of nothing", remedy);
        }
        let column = |keys: &FrameworkColumnKeys| {
            let id = keys.id.value()?;
            let indicators = tagged.get(id.as_str()).cloned().unwrap_or_default();
            Some(FrameworkColumn { name: keys.name.value()?, indicators })
        };
        Some(Framework {
            id: keys.id.value()?,
            title: keys.title.value()?,
            sections: keys.sections.items().iter().map(|name| name.value.clone()).collect(),
            columns: keys.columns.items().iter().filter_map(column).collect(),
            place: self.place(&keys.span),
        })
    }

    /// An id stands for one thing: a tag names a column, whichever framework that is of.
    fn check_framework_ids(&mut self, frameworks: &[FrameworkKeys]) {
        let remedy = "give one of them another id; a tag could mean either";
        let ids = frameworks.iter().filter_map(|keys| keys.id.spanned());
        let found = |id: &str| format!("two frameworks have the id {}", quote(id));
        self.check_unique(ids, str::to_owned, found, remedy);
        let columns = frameworks.iter().flat_map(|keys| keys.columns.items());
        let ids = columns.filter_map(|keys| keys.id.spanned());
        let found = |id: &str| format!("two columns of frameworks have the id {}", quote(id));
        self.check_unique(ids, str::to_owned, found, remedy);
    }

    /// The indicators that have each tag, in order.
    fn tagged<'k>(
        &mut self,
        frameworks: &'k [FrameworkKeys],
        indicators: &[IndicatorKeys],
    ) -> HashMap<&'k str, Vec<IndicatorId>> {
        let columns = frameworks.iter().flat_map(|keys| keys.columns.items());
        let ids = columns.filter_map(|column| Some(column.id.get()?.as_str()));
        let mut tagged: HashMap<&str, Vec<IndicatorId>> = ids.map(|id| (id, Vec::new())).collect();
        for (index, indicator) in indicators.iter().enumerate() {
            for tag in indicator.tags.items() {
                match tagged.get_mut(tag.value.as_str()) {
                    Some(indicators) => indicators.push(IndicatorId::new(index)),
                    None => self.report_unknown_tag(tag, tagged.keys().copied()),
                }
            }
        }
        for indicators in tagged.values_mut() {
            indicators.dedup();
        }
        tagged
    }

    fn report_unknown_tag<'k>(
        &mut self,
        tag: &Spanned<String>,
        ids: impl Iterator<Item = &'k str>,
    ) {
        let guess = did_you_mean(&tag.value, ids);
        let found = format!("the tag {} is the id of no [[framework.column]]", quote(&tag.value));
        let remedy = format!("{guess}define the column, or correct the tag");
        self.report(Code::UnknownName, tag.span.clone(), found, remedy);
    }
}
