//! What commands read: the definitions, a month, and all that a report of it needs.

use std::sync::Arc;

use super::edition::choose_edition;
use crate::cli::{AboutOptions, EditionOptions};
use crate::definition::Definition;
use crate::diagnostic::known::Known;
use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::history::{History, Plan, Project, Reach};
use crate::month::{Month, NamedMonth};
use crate::render;
use crate::scope::{Scope, each_name, is_every, unknown_area};
use crate::text::quote;

/// Reads the council's own document, where the definitions name one. What is wrong with it is
/// reported.
pub(super) fn read_template(
    project: &Project,
    definition: &Definition,
    findings: &mut Findings,
) -> Option<Arc<[u8]>> {
    const WHAT: &str = "a Word document (.docx) with the council's styles, headers and footers";
    let file = project.template(definition)?;
    let bytes = file.read_bytes(WHAT, findings)?;
    let checked = render::docx::check_template(&bytes);
    let checked = checked.map_err(|found| {
        let remedy = format!("this should be {WHAT}");
        findings.push(Finding::new(Code::CannotRead, Place::file(&file.name), found, remedy));
    });
    checked.is_ok().then(|| bytes.into())
}

/// The names of the areas asked for; nothing where it is all of them, or none was named.
pub(super) fn chosen_areas(
    areas: &[String],
    definition: &Definition,
    findings: &mut Findings,
) -> Option<Vec<String>> {
    let areas = each_name(definition, areas);
    if areas.is_empty() || areas.iter().any(|area| is_every(area)) {
        return None;
    }
    let mut names = Vec::new();
    for name in areas {
        match definition.look_up_area(name).one() {
            Some(area) => names.push(definition.area(area).name.clone()),
            None => findings.push(unknown_area(definition, name)),
        }
    }
    Some(names)
}

/// Reads the definitions, as those of the edition that is asked for.
pub(super) fn read_definition(
    project: &Project,
    edition: &EditionOptions,
    findings: &mut Findings,
) -> Option<Definition> {
    let mut definition = project.definition(findings)?;
    choose_edition(&mut definition, edition.edition.unwrap_or_default(), findings)?;
    Some(definition)
}

/// The same for a report, which shows the product that is asked for.
pub(super) fn read_definition_about(
    project: &Project,
    about: &AboutOptions,
    findings: &mut Findings,
) -> Option<Definition> {
    let mut definition = read_definition(project, &about.edition, findings)?;
    if let Some(id) = &about.product.product {
        let index = find_product(&definition, id, findings)?;
        definition.show(index);
    }
    Some(definition)
}

/// The product with this id. `None`, with a finding, if there is none.
pub(super) fn find_product(
    definition: &Definition,
    id: &str,
    findings: &mut Findings,
) -> Option<usize> {
    let id = id.trim();
    let index = definition.find_product(id);
    if index.is_none() {
        findings.push(unknown_product(definition, id));
    }
    index
}

/// The finding that there is no product with an id: which there are.
fn unknown_product(definition: &Definition, id: &str) -> Finding {
    let products = &definition.products;
    let ids = products.iter().map(|product| (product.id.as_str(), product.title.as_str()));
    Known::ids("product", "products", ids)
        .if_none(format!("{} has none: define it with a [[product]]", definition.path))
        .unknown(Code::UnknownProduct, id)
}

/// The finding that the product that is shown has no indicator in force in the report month.
fn empty_product(definition: &Definition, month: Month) -> Option<Finding> {
    let product = definition.product()?;
    let is_empty = definition.indicators_shown(month).next().is_none();
    is_empty.then(|| {
        let found = format!(
            "no indicator of the product {} is in force in {}",
            quote(&product.id),
            month.long()
        );
        let remedy = "name another month, or indicators that are reported then";
        Finding::new(Code::EmptyProduct, product.place.clone(), found, remedy)
    })
}

/// What a report is asked for.
#[derive(Clone, Copy)]
pub(super) struct ReportRequest<'r> {
    /// The month; the latest where there is none.
    pub(super) month: Option<&'r NamedMonth>,
    /// The areas by name; those of the product, or the top one, where there are none.
    pub(super) areas: &'r [String],
    pub(super) reach: Reach,
}

impl<'r> ReportRequest<'r> {
    pub(super) fn of(about: &'r AboutOptions, reach: Reach) -> Self {
        Self { month: about.month(), areas: about.areas(), reach }
    }
}

/// What a report is about, and all that it needs, read.
pub(super) struct ReportInputs<'d> {
    pub(super) history: History<'d>,
    pub(super) month: Month,
    pub(super) scope: Scope,
}

impl<'d> ReportInputs<'d> {
    /// Plans the report of a month, and reads what the plan says; nothing, where something is wrong
    /// that stops it.
    pub(super) fn read(
        project: &Project,
        definition: &'d Definition,
        request: ReportRequest<'_>,
        findings: &mut Findings,
    ) -> Option<Self> {
        let report = Self::read_with_errors(project, definition, request, findings)?;
        (!findings.has_errors()).then_some(report)
    }

    /// The same, whatever is wrong with what has been read.
    pub(super) fn read_with_errors(
        project: &Project,
        definition: &'d Definition,
        request: ReportRequest<'_>,
        findings: &mut Findings,
    ) -> Option<Self> {
        let ReportRequest { month, areas, reach } = request;
        let calendar = project.calendar(definition, findings);
        let month = match month {
            Some(named) => Some(named_month(named, definition, findings)?),
            None => None,
        };
        let month = calendar.choose(month, findings)?;
        findings.extend(empty_product(definition, month));
        let of_product = definition.shown_areas(month);
        let areas = if areas.is_empty() { &of_product } else { areas };
        let scope = Scope::new(definition, month, areas, findings);
        // What the data has of something else helps nobody who asked for what there is not.
        if findings.has_mistakes() {
            return None;
        }
        let plan = Plan::report(definition, month, &scope, reach);
        let plan = if definition.public().is_some() { plan.public(month) } else { plan };
        let history = project.read(definition, calendar, plan, findings);
        Some(Self { history, month, scope })
    }
}

/// The month that is named. `None`, with a finding, if its year is not a financial year.
pub(super) fn named_month(
    named: &NamedMonth,
    definition: &Definition,
    findings: &mut Findings,
) -> Option<Month> {
    let month = named.month(definition.year_start);
    if month.is_none() {
        let example = if definition.year_start == 1 { "2015-Q3" } else { "2015/16-Q3" };
        let found = format!("{} names no quarter", quote(&named.to_string()));
        let remedy = format!("write it as {example}, or name the month that it ends with, YYYY-MM");
        findings.push(Finding::mistake(Code::NoMonth, found, remedy));
    }
    month
}

/// The same for a command that may do without the definitions: they are read only to know when the
/// years of a named quarter start.
pub(super) fn month_of_project(
    named: &NamedMonth,
    project: &Project,
    findings: &mut Findings,
) -> Option<Month> {
    if let NamedMonth::Month(month) = named {
        return Some(*month);
    }
    named_month(named, &project.definition(findings)?, findings)
}
