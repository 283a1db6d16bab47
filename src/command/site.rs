//! `scorecard site`: what was published, as pages for a web server.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Args;

use super::edition::{Assessors, choose_edition, must_name_edition};
use super::inputs::read_definition;
use super::outputs::refuse;
use super::pack::whole_document;
use super::safe::keep_inputs_safe_from;
use crate::assess::Assessor;
use crate::cli::{EditionOptions, ProjectOptions};
use crate::definition::{Definition, Edition, IndicatorId, Product};
use crate::diagnostic::Findings;
use crate::history::Project;
use crate::input::Keep;
use crate::layout::{
    Document, Field, Link, Paper, PaperMonth, PublishedMonth, SiteIndicator, site_index,
    through_time,
};
use crate::month::Month;
use crate::publish;
use crate::rating::Rag;
use crate::record::results::Results;
use crate::record::{Changes, Manifest, Publication, Published, Record};
use crate::render;
use crate::scope::Scope;
use crate::scorecard::{Depth, Scorecard};
use crate::site::{INDEX, IndicatorAddresses, MANIFEST, Pages, Site, Written, month_address};
use crate::stderr::say;
use crate::text::{and, plural};
use crate::wording;

/// The options of `site`: it has every month that was published, and nothing else.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  scorecard site www                            every published month, for a web server
  scorecard site www-public --edition public    what was published for the public

Run it again when a month has been published. Pages that are there stay at their addresses.")]
pub struct SiteOptions {
    /// The folder of the site: one that is not there yet, an empty one, or that of the site
    dir: PathBuf,

    #[command(flatten)]
    project: ProjectOptions,

    #[command(flatten)]
    edition: EditionOptions,
}

pub(super) fn run(options: &SiteOptions) -> Result<ExitCode> {
    let dir = options.dir.as_path();
    keep_inputs_safe_from(&options.project, dir, "folder")?;
    let project = options.project.open(Keep::Nothing);
    let mut findings = Findings::default();
    let definition = read_definition(&project, &options.edition, &mut findings);
    let Some(definition) = definition else { return refuse(&findings) };
    must_name_edition(&definition, &options.edition)?;
    let site = Site::open(dir, definition.edition)?;
    let record = project.record_of(definition.edition, &mut findings);
    record.audit(None, &mut findings);
    let calendar = project.calendar(&definition, &mut Findings::default());
    if record.is_empty() && !findings.has_errors() {
        bail!(nothing_published(definition.edition, calendar.months().next_back()));
    }
    let latest = record.months().filter_map(|month| record.latest(month));
    let read = |publication: &Publication| {
        if !record.verify(publication, &mut findings) {
            return None;
        }
        let manifest = record.manifest(publication, &mut findings)?;
        let results = record.results(publication, &manifest, &mut findings)?;
        Some(Issue { publication: publication.clone(), manifest, results })
    };
    let issues: Vec<_> = latest.filter_map(read).collect();
    if findings.has_errors() {
        return refuse(&findings);
    }
    let maker = Maker { project: &project, record: &record, edition: definition.edition };
    let mut builder = SiteBuilder::new(&site, &issues);
    for issue in &issues {
        builder.add(&maker, issue)?;
    }
    let (pages, unmade) = builder.finish(&definition)?;
    for address in pages.keys().map(String::as_str).chain([MANIFEST]) {
        keep_inputs_safe_from(&options.project, &dir.join(address), "folder")?;
    }
    let written = site.write(&pages)?;
    say(&wrote(dir, issues.len(), &written));
    for (month, is_there) in unmade {
        say(&not_as_published(month, definition.edition, is_there));
    }
    let is_published = |month: &Month| record.latest(*month).is_some();
    let missing: Vec<_> = calendar.months().filter(|month| !is_published(month)).collect();
    if !missing.is_empty() {
        say(&not_in_it(&missing, definition.edition));
    }
    Ok(ExitCode::SUCCESS)
}

/// A month as it was last published.
struct Issue {
    publication: Publication,
    manifest: Manifest,
    results: Results,
}

/// The scorecard of a month, or a product of it.
struct View {
    /// The id and the title of the product; nothing for the whole scorecard.
    product: Option<(String, String)>,
    /// The month, or the quarter or year that it ends, by name.
    name: String,
    /// The area whose indicators are counted.
    area: String,
    /// How many of them are green, amber, red and not rated.
    counts: [usize; 4],
    /// Its page; nothing, where it cannot be made as it was published.
    document: Option<Document>,
}

/// What there is of a month: the whole scorecard, the products that have a new figure, and the
/// pages of the indicators that were asked for.
struct MonthPages {
    views: Vec<View>,
    indicators: Vec<(String, Document)>,
}

/// Makes the pages of what was published.
struct Maker<'m> {
    project: &'m Project,
    record: &'m Record,
    edition: Edition,
}

/// A site while it is made, month by month.
struct SiteBuilder<'r, 's> {
    site: &'s Site<'s>,
    addresses: IndicatorAddresses,
    /// The last month of each indicator: its page is made with that.
    last: HashMap<&'r str, Month>,
    pages: Pages,
    /// The scorecard, and each product.
    papers: BTreeMap<Option<String>, Paper<'r>>,
    /// The months so far.
    published: Vec<PublishedMonth<'r>>,
    indicators: Vec<SiteIndicator<'r>>,
    /// The months that cannot be made as they were published, and whether an earlier page of theirs
    /// is there.
    unmade: Vec<(Month, bool)>,
}

impl<'r, 's> SiteBuilder<'r, 's> {
    fn new(site: &'s Site<'s>, issues: &'r [Issue]) -> Self {
        let (mut addresses, mut last) = (IndicatorAddresses::default(), HashMap::new());
        for issue in issues {
            for indicator in &issue.results.indicators {
                addresses.of(&indicator.id);
                last.insert(indicator.id.as_str(), issue.manifest.month);
            }
        }
        let (pages, papers) = (Pages::new(), BTreeMap::new());
        let (published, indicators, unmade) = (Vec::new(), Vec::new(), Vec::new());
        Self { site, addresses, last, pages, papers, published, indicators, unmade }
    }

    /// The address, if there is a page there.
    fn if_there(&self, address: String) -> Option<String> {
        (self.pages.contains_key(&address) || self.site.has(&address)).then_some(address)
    }

    /// Adds the next month.
    fn add(&mut self, maker: &Maker<'_>, issue: &'r Issue) -> io::Result<()> {
        let month = issue.manifest.month;
        let address = month_address(month, None);
        let made = maker.month(issue, &self.published, |id| self.last.get(id) == Some(&month));
        let is_made = made.is_some();
        let MonthPages { views, indicators } = made.unwrap_or_else(|| MonthPages::unmade(issue));
        for (id, document) in indicators {
            self.pages.insert(self.addresses.of(&id), html(document, Vec::new())?);
        }
        let links: Vec<_> = views.iter().map(|view| view.link(month)).collect();
        for (index, view) in views.into_iter().enumerate() {
            let others = links.iter().enumerate().filter(|(other, _)| *other != index);
            self.add_view(issue, view, others.map(|(_, link)| link.clone()).collect())?;
        }
        let last = issue.results.indicators.iter().filter(|of| self.last[of.id.as_str()] == month);
        for indicator in last.collect::<Vec<_>>() {
            let figure = issue.results.top().and_then(|area| area.figure(&indicator.id));
            let address = self.addresses.of(&indicator.id);
            let address = self.if_there(address);
            self.indicators.push(SiteIndicator { indicator, figure, month, address });
        }
        let is_there = self.if_there(address).is_some();
        if !is_made {
            self.unmade.push((month, is_there));
        }
        self.published.push(issue.on_site(is_there));
        Ok(())
    }

    /// Adds the scorecard of a month, or a product of it, with links to the others of the month.
    fn add_view(&mut self, issue: &'r Issue, view: View, others: Vec<Link>) -> io::Result<()> {
        let address = view.address(issue.manifest.month);
        if let Some(document) = view.document {
            self.pages.insert(address.clone(), html(document, others)?);
        }
        let month = PaperMonth {
            name: view.name,
            manifest: &issue.manifest,
            counts: view.counts,
            address: self.if_there(address),
        };
        let (product, title) = view.product.unzip();
        let none = || Paper { title: None, area: String::new(), months: Vec::new() };
        let paper = self.papers.entry(product).or_insert_with(none);
        // The latest month says what it is called.
        (paper.title, paper.area) = (title, view.area);
        paper.months.push(month);
        Ok(())
    }

    /// All pages, with the first one.
    fn finish(mut self, definition: &Definition) -> io::Result<(Pages, Vec<(Month, bool)>)> {
        for paper in self.papers.values_mut() {
            paper.months.reverse();
        }
        self.indicators.sort_by_key(|indicator| Reverse(indicator.month));
        let papers: Vec<_> = self.papers.into_values().collect();
        let mut first = Vec::new();
        render::html::write(&site_index(definition, &papers, &self.indicators), &mut first)?;
        self.pages.insert(INDEX.to_owned(), first);
        Ok((self.pages, self.unmade))
    }
}

impl Maker<'_> {
    /// The pages of a month, as it was published; `None` if they cannot be made so. The pages of the
    /// indicators that are `wanted` show what was `published` before, too.
    fn month(
        &self,
        issue: &Issue,
        published: &[PublishedMonth<'_>],
        wanted: impl Fn(&str) -> bool,
    ) -> Option<MonthPages> {
        let (whole, products, indicators) =
            self.view(issue, None, |assessors, scorecard, findings| {
                if !is_as_published(&issue.results, &assessors.shown) {
                    return None;
                }
                let definition = scorecard.definition;
                let up_to: Vec<_> = std::iter::once(issue.on_site(true))
                    .chain(published.iter().rev().cloned())
                    .collect();
                let ids = definition.indicators_in_force(scorecard.month);
                let ids = ids.map(|id| (id, &definition.indicator(id).id));
                let ids = ids.filter(|(_, name)| wanted(name));
                let indicators: Vec<_> = ids
                    .map(|(id, name)| (name.clone(), through_time(scorecard, id, &up_to)))
                    .collect();
                let products = definition.products.iter().enumerate();
                let products = products.filter(|(_, product)| issue.has_new(definition, product));
                let products: Vec<_> = products.map(|(index, _)| index).collect();
                Some((View::of(issue, assessors, scorecard, findings), products, indicators))
            })??;
        let of_product = |index| {
            self.view(issue, Some(index), |assessors, scorecard, findings| {
                View::of(issue, assessors, scorecard, findings)
            })
        };
        let products = products.into_iter().filter_map(of_product);
        Some(MonthPages { views: std::iter::once(whole).chain(products).collect(), indicators })
    }

    /// Assesses a month as it was published, or a product of it, and does `work` with it; `None` if
    /// it cannot be read. That of the directors' edition is what was frozen with it. A public one
    /// is frozen without what it was made from, and that is what is in the project.
    fn view<T>(
        &self,
        issue: &Issue,
        product: Option<usize>,
        work: impl FnOnce(&Assessors<'_>, &Scorecard<'_>, &mut Findings) -> T,
    ) -> Option<T> {
        let Issue { publication, manifest, .. } = issue;
        let made_from = match self.edition {
            Edition::Directors => &Project::frozen(publication, manifest),
            Edition::Public => self.project,
        };
        let mut findings = Findings::default();
        let mut definition = made_from.definition(&mut findings)?;
        choose_edition(&mut definition, self.edition, &mut findings)?;
        if let Some(index) = product {
            definition.show(index);
        }
        let mut history = publish::read_again(made_from, &definition, manifest, &mut findings)?;
        let published = Published::read(&definition, self.record, publication, &mut findings)?;
        history.set_published(published);
        let areas = definition.shown_areas(manifest.month);
        let scope = Scope::new(&definition, manifest.month, &areas, &mut findings);
        let assessors = Assessors::of(&history, manifest.month, &mut findings);
        if findings.has_errors() {
            return None;
        }
        let scorecard = Scorecard::assess(&assessors.shown, scope, Depth::WithParts);
        Some(work(&assessors, &scorecard, &mut findings))
    }
}

impl Issue {
    /// The month, as the page of an indicator leads to it.
    fn on_site(&self, has_page: bool) -> PublishedMonth<'_> {
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
    fn unmade(issue: &Issue) -> Self {
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

    fn address(&self, month: Month) -> String {
        month_address(month, self.product.as_ref().map(|(id, _)| id.as_str()))
    }

    /// As the other pages of its month lead to it.
    fn link(&self, month: Month) -> Link {
        let address = self.address(month);
        let address = address.rsplit('/').next().unwrap_or_default().to_owned();
        let text = self.product.as_ref().map_or("The whole scorecard", |(_, title)| title);
        Link { text: text.to_owned(), address }
    }
}

/// Whether a month comes to what was published of it: its figures, ratings and arrows, what it
/// defines, and what the service says.
fn is_as_published(published: &Results, assessor: &Assessor<'_>) -> bool {
    let (definition, month) = (assessor.history().definition(), assessor.month());
    let now = render::json::results(assessor, &Scope::everywhere(definition, month));
    let said = |results: &Results| {
        let figures = results.areas.iter().flat_map(|area| &area.figures);
        let said = figures.map(|figure| figure.said().unwrap_or_default().to_owned());
        said.filter(|said| !said.is_empty()).collect::<Vec<_>>()
    };
    Changes::reproduced(published, &now).is_empty() && said(published) == said(&now)
}

/// A page that leads to the first one, and to these.
fn html(mut document: Document, others: Vec<Link>) -> io::Result<Vec<u8>> {
    let all = Link { text: "All published months".to_owned(), address: format!("../{INDEX}") };
    document.links = std::iter::once(all).chain(others).collect();
    let mut page = Vec::new();
    render::html::write(&document, &mut page)?;
    Ok(page)
}

/// What is said where there is nothing to show yet.
fn nothing_published(edition: Edition, latest: Option<Month>) -> String {
    let month = latest.map_or_else(|| "2016-01".to_owned(), |month| month.to_string());
    let (what, option) = match edition {
        Edition::Directors => ("nothing", ""),
        Edition::Public => ("nothing for the public", " --edition public"),
    };
    format!(
        "{what} has been published, and a site shows what was published: publish a month first, \
         with `scorecard publish --month {month}{option}`"
    )
}

/// What has been written.
fn wrote(dir: &Path, months: usize, written: &Written) -> String {
    let Written { pages, changed, kept } = *written;
    let mut said = format!(
        "wrote {}: {pages} {} of {months} {}, {changed} of them new or changed",
        dir.display(),
        plural(pages, "page", "pages"),
        plural(months, "published month", "published months"),
    );
    if kept > 0 {
        let (pages, are) = (plural(kept, "page", "pages"), plural(kept, "is", "are"));
        said += &format!("; {kept} earlier {pages} {are} still there");
    }
    said
}

/// What is said of months that have not been published.
fn not_in_it(months: &[Month], edition: Edition) -> String {
    let count = months.len();
    let (are, they) = (plural(count, "is", "are"), plural(count, "it has", "they have"));
    let months: Vec<_> = months.iter().map(ToString::to_string).collect();
    let for_whom = match edition {
        Edition::Directors => "",
        Edition::Public => " for the public",
    };
    format!("{} {are} not in it: {they} not been published{for_whom}", and(&months))
}

/// What is said of a month that cannot be shown as it was published.
fn not_as_published(month: Month, edition: Edition, is_there: bool) -> String {
    let why = match edition {
        Edition::Directors => format!(
            "what was frozen with it does not come to what was published, as `scorecard reproduce \
             {month}` says"
        ),
        Edition::Public => format!(
            "the data and definitions of today do not come to what was published. To show what \
             they come to, publish it again: `scorecard publish --month {month} --edition public \
             --reason ...`"
        ),
    };
    let what = if is_there { "its page stays as it is" } else { "it has no page" };
    format!("{}: {what}, since {why}", month.long())
}
