//! A month as it was published, made again: its scorecard, its products, the pages of indicators.

use crate::assess::Assessor;
use crate::command::edition::{Assessors, choose_edition};
use crate::command::pack::whole_document;
use crate::definition::{Definition, Edition, IndicatorId, Product};
use crate::diagnostic::Findings;
use crate::history::{History, Project};
use crate::layout::{Document, Field, Link, PublishedMonth, through_time};
use crate::month::Month;
use crate::publish;
use crate::rating::Rag;
use crate::record::results::Results;
use crate::record::{Changes, Manifest, Publication, Published, Record, What};
use crate::render;
use crate::scope::Scope;
use crate::scorecard::{Depth, Scorecard};
use crate::site::month_address;
use crate::wording;

/// A month as it was last published.
pub(super) struct Issue {
    publication: Publication,
    pub manifest: Manifest,
    pub results: Results,
}

/// The scorecard of a month, or a product of it.
pub(super) struct View {
    /// The id and the title of the product; nothing for the whole scorecard.
    pub product: Option<(String, String)>,
    /// The month, or the quarter or year that it ends, by name.
    pub name: String,
    /// The area whose indicators are counted.
    pub area: String,
    /// How many of them are green, amber, red and not rated.
    pub counts: [usize; 4],
    /// Its page; nothing, where it cannot be made as it was published.
    pub document: Option<Document>,
}

/// What there is of a month: the whole scorecard, the products that have a new figure, and the
/// pages of the indicators that were asked for.
pub(super) struct MonthPages {
    pub views: Vec<View>,
    pub indicators: Vec<(String, Document)>,
}

/// Makes the pages of what was published.
pub(super) struct Maker<'m> {
    pub project: &'m Project,
    pub record: &'m Record,
    pub edition: Edition,
}

impl Maker<'_> {
    /// The pages of a month, as it was published, or what of it comes to something else; nothing, if
    /// it cannot be read. The pages of the indicators that are `wanted` show what was `published`
    /// before, too.
    ///
    /// A month of the directors' edition is made from what was frozen with it. A public one is
    /// frozen without what it was made from, and is made from what is in the project.
    pub(super) fn month(
        &self,
        issue: &Issue,
        published: &[PublishedMonth<'_>],
        wanted: impl Fn(&str) -> bool,
    ) -> Result<MonthPages, Option<String>> {
        let made_from = match self.edition {
            Edition::Directors => &Project::frozen(&issue.publication, &issue.manifest),
            Edition::Public => self.project,
        };
        let mut findings = Findings::default();
        let definition = self.definition(made_from, &mut findings).ok_or(None)?;
        let products = definition.products.iter().enumerate();
        let products = products.filter(|(_, product)| issue.has_new(&definition, product));
        let products: Vec<_> = products.map(|(index, _)| definition.showing(index)).collect();
        let history = self.read(made_from, &definition, issue, &mut findings);
        let mut history = history.ok_or(None)?;
        let whole = with_scorecard(&history, issue, &findings, |assessors, scorecard, findings| {
            if let Some(different) = different(&issue.results, &assessors.shown) {
                return Err(Some(different));
            }
            let up_to: Vec<_> = std::iter::once(issue.on_site(true))
                .chain(published.iter().rev().cloned())
                .collect();
            let ids = definition.indicators_in_force(scorecard.month);
            let ids = ids.map(|id| (id, &definition.indicator(id).id));
            let ids = ids.filter(|(_, name)| wanted(name));
            let indicators: Vec<_> =
                ids.map(|(id, name)| (name.clone(), through_time(scorecard, id, &up_to))).collect();
            Ok((View::of(issue, assessors, scorecard, findings), indicators))
        });
        let (whole, indicators) = whole.ok_or(None)??;
        let mut views = vec![whole];
        for product in &products {
            history = history.showing(product);
            views.extend(with_scorecard(
                &history,
                issue,
                &findings,
                |assessors, scorecard, findings| View::of(issue, assessors, scorecard, findings),
            ));
        }
        Ok(MonthPages { views, indicators })
    }

    /// The definitions of the edition. `None` if they have errors.
    fn definition(&self, made_from: &Project, findings: &mut Findings) -> Option<Definition> {
        let mut definition = made_from.definition(findings)?;
        choose_edition(&mut definition, self.edition, findings)?;
        Some(definition)
    }

    /// What a publication was made from. `None` if it has errors.
    fn read<'d>(
        &self,
        made_from: &Project,
        definition: &'d Definition,
        issue: &Issue,
        findings: &mut Findings,
    ) -> Option<History<'d>> {
        let Issue { publication, manifest, .. } = issue;
        let mut history = publish::read_again(made_from, definition, manifest, findings)?;
        history.set_published(Published::read(definition, self.record, publication, findings)?);
        Some(history)
    }
}

/// Assesses a month, or the product of it that its definitions show, and does `work` with that, and
/// with what was found while it was read. `None` if there are errors.
fn with_scorecard<T>(
    history: &History<'_>,
    issue: &Issue,
    findings: &Findings,
    work: impl FnOnce(&Assessors<'_>, &Scorecard<'_>, &mut Findings) -> T,
) -> Option<T> {
    let (definition, month) = (history.definition(), issue.manifest.month);
    let mut findings = findings.clone();
    let areas = definition.shown_areas(month);
    let scope = Scope::new(definition, month, &areas, &mut findings);
    let assessors = Assessors::of(history, month, &mut findings);
    if findings.has_errors() {
        return None;
    }
    let scorecard = Scorecard::assess(&assessors.shown, scope, Depth::WithParts);
    Some(work(&assessors, &scorecard, &mut findings))
}

impl Issue {
    /// Reads and verifies it. `None`, with findings, if it is not what was published.
    pub(super) fn read(
        record: &Record,
        publication: &Publication,
        findings: &mut Findings,
    ) -> Option<Self> {
        if !record.verify(publication, findings) {
            return None;
        }
        let manifest = record.manifest(publication, findings)?;
        let results = record.results(publication, &manifest, findings)?;
        Some(Self { publication: publication.clone(), manifest, results })
    }

    /// The month, as the page of an indicator leads to it.
    pub(super) fn on_site(&self, has_page: bool) -> PublishedMonth<'_> {
        let address = has_page.then(|| format!("../{}", month_address(self.manifest.month, None)));
        PublishedMonth { results: &self.results, address }
    }

    /// Whether a product has a figure of the month itself: a quarterly paper has none in between.
    fn has_new(&self, definition: &Definition, product: &Product) -> bool {
        let name = |id: &IndicatorId| definition.indicator(*id).id.as_str();
        let ids: Vec<_> = product.indicators.iter().map(name).collect();
        let mut figures = self.results.areas.iter().flat_map(|area| &area.figures);
        figures.any(|figure| {
            figure.data_month == self.manifest.month && ids.contains(&figure.indicator.as_str())
        })
    }

    /// How many indicators of an area are green, amber, red and not rated, as they were published.
    fn counts(&self, area: &str, is_counted: impl Fn(&str) -> bool) -> [usize; 4] {
        let area = self.results.areas.iter().find(|results| results.name == area);
        let mut counts = [0; 4];
        for indicator in self.results.indicators.iter().filter(|of| is_counted(&of.id)) {
            let rag = area.and_then(|area| area.figure(&indicator.id)?.rag);
            let kind = Rag::ALL.iter().position(|one| Some(*one) == rag);
            counts[kind.unwrap_or(Rag::ALL.len())] += 1;
        }
        counts
    }
}

impl MonthPages {
    /// What is known of a month that cannot be made as it was published.
    pub(super) fn unmade(issue: &Issue) -> Self {
        let area = issue.results.top().map(|area| area.name.clone()).unwrap_or_default();
        let view = View {
            product: None,
            name: issue.manifest.month.long(),
            counts: issue.counts(&area, |_| true),
            area,
            document: None,
        };
        Self { views: vec![view], indicators: Vec::new() }
    }
}

impl View {
    fn of(
        issue: &Issue,
        assessors: &Assessors<'_>,
        scorecard: &Scorecard<'_>,
        findings: &mut Findings,
    ) -> Self {
        let definition = scorecard.definition;
        let mut document = whole_document(assessors, scorecard, findings);
        let again = issue.manifest.reason.as_ref();
        document.facts.extend(again.map(|reason| Field::new("Published again", reason)));
        let area = scorecard.scope.areas.first().map(|area| definition.area(*area).name.clone());
        let area = area.unwrap_or_default();
        let is_shown =
            |id: &str| definition.find_indicator(id).is_some_and(|id| definition.shows(id));
        Self {
            product: definition
                .product()
                .map(|product| (product.id.clone(), product.title.clone())),
            name: wording::report_name(definition, scorecard.month),
            counts: issue.counts(&area, is_shown),
            area,
            document: Some(document),
        }
    }

    pub(super) fn address(&self, month: Month) -> String {
        month_address(month, self.product.as_ref().map(|(id, _)| id.as_str()))
    }

    /// As the other pages of its month lead to it.
    pub(super) fn link(&self, month: Month) -> Link {
        let address = self.address(month);
        let address = address.rsplit('/').next().unwrap_or_default().to_owned();
        let text = self.product.as_ref().map_or("The whole scorecard", |(_, title)| title);
        Link { text: text.to_owned(), address }
    }
}

/// What of a month comes to something else than was published, in words: its figures, ratings and
/// arrows, what it defines, and what the service says. `None` if all of it is the same.
fn different(published: &Results, assessor: &Assessor<'_>) -> Option<String> {
    let (definition, month) = (assessor.history().definition(), assessor.month());
    let now = render::json::results(assessor, &Scope::everywhere(definition, month));
    let changes = Changes::reproduced(published, &now);
    let said = |results: &Results| {
        let figures = results.areas.iter().flat_map(|area| &area.figures);
        let said = figures.map(|figure| figure.said().unwrap_or_default().to_owned());
        said.filter(|said| !said.is_empty()).collect::<Vec<_>>()
    };
    let parts = parts(&changes, said(published) != said(&now));
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// The most indicators that are named.
const FEW: usize = 5;

/// `indicator 9: ratings, targets`, `commentary`.
fn parts(changes: &Changes<'_>, is_commentary_different: bool) -> Vec<String> {
    let figures = changes.figures.iter();
    let figures = figures.map(|change| (change.indicator.1.id.as_str(), word(change.what)));
    let definitions = changes.definitions.iter().map(|(of, ..)| (of.id.as_str(), "definitions"));
    let mut of_each: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut all = Vec::new();
    for (id, what) in figures.chain(definitions) {
        let index = of_each.iter().position(|(other, _)| *other == id).unwrap_or_else(|| {
            of_each.push((id, Vec::new()));
            of_each.len() - 1
        });
        for whats in [&mut of_each[index].1, &mut all] {
            if !whats.contains(&what) {
                whats.push(what);
            }
        }
    }
    let mut parts: Vec<_> = if of_each.len() > FEW {
        vec![format!("{} indicators: {}", of_each.len(), all.join(", "))]
    } else {
        let said =
            |(id, whats): &(&str, Vec<&str>)| format!("indicator {id}: {}", whats.join(", "));
        of_each.iter().map(said).collect()
    };
    let of_indicators = [&changes.indicators_come, &changes.indicators_gone];
    let of_areas = [&changes.areas_come, &changes.areas_gone];
    let others = [
        ("which indicators there are", of_indicators.iter().any(|of| !of.is_empty())),
        ("which areas there are", of_areas.iter().any(|of| !of.is_empty())),
        ("activity", !changes.activity.is_empty()),
        ("commentary", is_commentary_different),
    ];
    parts.extend(others.into_iter().filter(|(_, is_it)| *is_it).map(|(what, _)| what.to_owned()));
    parts
}

/// What is different of a figure, as a word.
fn word(what: What) -> &'static str {
    match what {
        What::Result => "figures",
        What::Rating => "ratings",
        What::Target => "targets",
        What::Previous | What::Outturn | What::LastYear | What::Variance => "comparisons",
    }
}
