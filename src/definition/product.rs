//! `[[product]]`: a paper that shows a part of the scorecard.
//!
//! A product is a view. Its figures, rules and order are the register's, and what has been published
//! of a month is what was published of the whole.

use serde_json::{Value, json};

use super::area::Area;
use super::build::Builder;
use super::indicator::IndicatorKeys;
use super::scorecard::MAX_TREND;
use super::words::{AreaKind, CompareWith, Comparisons, TableName};
use super::{Definition, IndicatorId};
use crate::diagnostic::{Code, Place};
use crate::month::Month;
use crate::text::{did_you_mean, quote};
use crate::toml_file::kinds::{ChoiceList, IdValue, TextList, TextValue, Whole};
use crate::toml_file::{Spanned, table};

table! {
    ProductKeys: "[[product]]", "A paper that shows a part of the scorecard.", rules = rules;
    id: required IdValue, "what --product calls it";
    title: required TextValue, "the title that it carries";
    indicators: optional TextList, "the ids of the indicators that it shows";
    sections: optional TextList, "the sections whose indicators it shows";
    areas: optional TextList,
        "the areas that it is about, if --area does not say so; the top area by default";
    tables: optional ChoiceList<TableName>,
        "the tables that it has, if --table does not say so; those of every report by default";
    compare: optional ChoiceList<CompareWith>,
        "which earlier results its figures are compared with; as in the register by default";
    trend: optional Whole<1, MAX_TREND>,
        "how many periods its trends show; as in [scorecard] by default";
}

/// It shows something, and at least one table of it.
fn rules() -> Vec<Value> {
    let some = |key: &str| json!({ "required": [key], "properties": { key: { "minItems": 1 } } });
    vec![
        json!({ "anyOf": [some("indicators"), some("sections")] }),
        json!({ "properties": { "tables": { "minItems": 1 } } }),
    ]
}

/// A paper that shows a part of the scorecard.
#[derive(Clone, Debug)]
pub struct Product {
    /// What `--product` calls it.
    pub id: String,
    /// The title that it carries.
    pub title: String,
    /// The indicators that it shows, in the order of the register.
    pub indicators: Vec<IndicatorId>,
    /// The areas that it is about, by name; none where that is the top area.
    pub areas: Vec<String>,
    /// The tables that it has; none where those are the tables of every report.
    pub tables: Vec<TableName>,
    /// Which earlier results its figures are compared with, if not those of the register.
    pub compare: Option<Comparisons>,
    /// How many periods its trends show, if not as many as the register's.
    pub trend: Option<u16>,
    /// Where it is defined.
    pub place: Place,
}

impl Definition {
    /// The product that is called so.
    #[must_use]
    pub fn find_product(&self, id: &str) -> Option<usize> {
        self.products.iter().position(|product| product.id == id)
    }

    /// Shows one of the products from here on: its trends are as long, and its figures compared
    /// with what, as it says. Which indicators and areas there are, and what they mean, stays.
    pub fn show(&mut self, index: usize) {
        let product = &self.products[index];
        self.trend = product.trend.unwrap_or(self.trend);
        if let Some(compare) = product.compare {
            for indicator in &mut self.indicators {
                indicator.compare = compare;
            }
        }
        self.shown = Some(index);
    }

    /// The same definitions, showing one of the products.
    #[must_use]
    pub fn showing(&self, index: usize) -> Self {
        let mut definition = self.clone();
        definition.show(index);
        definition
    }

    /// The product that is shown. `None` for the whole scorecard.
    #[must_use]
    pub fn product(&self) -> Option<&Product> {
        self.shown.map(|index| &self.products[index])
    }

    /// The title of the paper that is shown.
    #[must_use]
    pub fn shown_title(&self) -> &str {
        self.product().map_or(&self.title, |product| &product.title)
    }

    /// Whether the paper that is shown has an indicator.
    #[must_use]
    pub fn shows(&self, indicator: IndicatorId) -> bool {
        self.product().is_none_or(|product| product.indicators.binary_search(&indicator).is_ok())
    }

    /// The indicators in force in `month` that are shown.
    pub fn indicators_shown(&self, month: Month) -> impl Iterator<Item = IndicatorId> {
        self.indicators_in_force(month).filter(|id| self.shows(*id))
    }

    /// The areas that the paper that is shown is about, by name; those that are not in force in
    /// `month` are left out while others are. None where that is the top area.
    #[must_use]
    pub fn shown_areas(&self, month: Month) -> Vec<String> {
        let Some(product) = self.product() else { return Vec::new() };
        let is_in_force = |name: &&String| {
            self.find_area(name).is_none_or(|area| self.area(area).in_force.covers(month))
        };
        let in_force: Vec<_> = product.areas.iter().filter(is_in_force).cloned().collect();
        if in_force.is_empty() { product.areas.clone() } else { in_force }
    }
}

impl Builder<'_> {
    pub(super) fn products(
        &mut self,
        products: &[ProductKeys],
        areas: &[Area],
        indicators: &[IndicatorKeys],
    ) -> Vec<Product> {
        let ids = products.iter().filter_map(|keys| keys.id.spanned());
        let found = |id: &str| format!("two products have the id {}", quote(id));
        let remedy = "give one of them another id; --product could mean either";
        self.check_unique(ids, str::to_owned, found, remedy);
        products.iter().filter_map(|keys| self.product(keys, areas, indicators)).collect()
    }

    fn product(
        &mut self,
        keys: &ProductKeys,
        areas: &[Area],
        indicators: &[IndicatorKeys],
    ) -> Option<Product> {
        let named = keys.indicators.items().iter();
        let mut shown: Vec<_> =
            named.filter_map(|id| self.named_indicator(id, "the product's")).collect();
        for section in keys.sections.items() {
            shown.extend(self.named_section(section, indicators));
        }
        shown.sort_unstable();
        shown.dedup();
        let names_none = keys.indicators.items().is_empty() && keys.sections.items().is_empty();
        if names_none && !keys.indicators.is_refused() && !keys.sections.is_refused() {
            let span = keys.id.span().unwrap_or_else(|| keys.span.clone());
            let remedy = "add indicators = [...] with their ids, or sections = [...]";
            self.report(Code::EmptyProduct, span, "a product without indicators", remedy);
        }
        for area in keys.areas.items() {
            self.check_product_area(area, areas);
        }
        if let Some(tables) = keys.tables.spanned().filter(|tables| tables.value.is_empty()) {
            let remedy = "name at least one, or take the key out for those of every report";
            self.report(
                Code::EmptyProduct,
                tables.span.clone(),
                "a product without tables",
                remedy,
            );
        }
        Some(Product {
            id: keys.id.value()?,
            title: keys.title.value()?,
            indicators: shown,
            areas: keys.areas.items().iter().map(|area| area.value.clone()).collect(),
            tables: keys.tables.value().unwrap_or_default(),
            compare: keys.compare.value().map(|asked| asked.into_iter().collect()),
            trend: keys.trend.value().and_then(|trend| u16::try_from(trend).ok()),
            place: self.place(&keys.span),
        })
    }

    /// The indicators of a section.
    fn named_section(
        &mut self,
        section: &Spanned<String>,
        indicators: &[IndicatorKeys],
    ) -> Vec<IndicatorId> {
        let sections = || indicators.iter().filter_map(|keys| keys.section.get());
        let of_it = indicators
            .iter()
            .enumerate()
            .filter(|(_, keys)| keys.section.get().is_some_and(|name| *name == section.value));
        let found: Vec<_> = of_it.map(|(index, _)| IndicatorId::new(index)).collect();
        if found.is_empty() {
            let guess = did_you_mean(&section.value, sections().map(String::as_str));
            let text = format!("no indicator is in the section {}", quote(&section.value));
            let remedy = format!("{guess}write it as the `section` of its indicators");
            self.report(Code::UnknownName, section.span.clone(), text, remedy);
        }
        found
    }

    fn check_product_area(&mut self, name: &Spanned<String>, areas: &[Area]) {
        if name.value.eq_ignore_ascii_case("all") {
            return;
        }
        let quoted = quote(&name.value);
        match self.names.areas.get(&name.value).map(|area| &areas[area.index()]) {
            None => {
                let guess = did_you_mean(&name.value, areas.iter().map(|area| area.name.as_str()));
                let found = format!("the product's area {quoted} is not defined");
                let remedy =
                    format!("{guess}correct the name, or define the area; \"all\" is every one");
                self.report(Code::UnknownName, name.span.clone(), found, remedy);
            }
            Some(area) if area.kind == AreaKind::Team => {
                let found = format!("the product's area {quoted} is a team");
                let remedy = "name its area, whose activity table has the team";
                self.report(Code::BadValue, name.span.clone(), found, remedy);
            }
            Some(_) => {}
        }
    }
}
