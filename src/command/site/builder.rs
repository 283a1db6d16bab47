//! All pages of a site, month by month, with the links between them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::io;

use super::month::{Issue, Maker, MonthPages, View};
use crate::definition::Definition;
use crate::layout::{Document, Link, Paper, PaperMonth, PublishedMonth, SiteIndicator, site_index};
use crate::month::Month;
use crate::render;
use crate::site::{INDEX, IndicatorAddresses, Pages, Site, month_address};

/// A month that cannot be made as it was published.
pub(super) struct Unmade {
    pub month: Month,
    /// What comes to something else, in words. `None` if it cannot be read.
    pub different: Option<String>,
    /// Whether an earlier page of it is there.
    pub is_there: bool,
}

/// A page that waits for the next month of its paper, to lead to it.
struct OpenPage {
    address: String,
    document: Document,
    before: Option<Link>,
    /// The other papers of the month.
    others: Vec<Link>,
}

/// A site while it is made, month by month.
pub(super) struct SiteBuilder<'r, 's> {
    site: &'s Site<'s>,
    addresses: IndicatorAddresses,
    /// The last month of each indicator: its page is made with that.
    last: HashMap<&'r str, Month>,
    pages: Pages,
    /// The last page so far of the scorecard, and of each product.
    open: BTreeMap<Option<String>, OpenPage>,
    /// The scorecard, and each product.
    papers: BTreeMap<Option<String>, Paper<'r>>,
    /// The months so far.
    published: Vec<PublishedMonth<'r>>,
    indicators: Vec<SiteIndicator<'r>>,
    unmade: Vec<Unmade>,
}

impl<'r, 's> SiteBuilder<'r, 's> {
    pub(super) fn new(site: &'s Site<'s>, issues: &'r [Issue]) -> Self {
        let (mut addresses, mut last) = (IndicatorAddresses::default(), HashMap::new());
        for issue in issues {
            for indicator in &issue.results.indicators {
                addresses.of(&indicator.id);
                last.insert(indicator.id.as_str(), issue.manifest.month);
            }
        }
        Self {
            site,
            addresses,
            last,
            pages: Pages::new(),
            open: BTreeMap::new(),
            papers: BTreeMap::new(),
            published: Vec::new(),
            indicators: Vec::new(),
            unmade: Vec::new(),
        }
    }

    /// Adds the next month.
    pub(super) fn add(&mut self, maker: &Maker<'_>, issue: &'r Issue) -> io::Result<()> {
        let month = issue.manifest.month;
        let made = maker.month(issue, &self.published, |id| self.last.get(id) == Some(&month));
        let is_there = made.is_ok() || self.site.has(&month_address(month, None));
        let MonthPages { views, indicators } = made.unwrap_or_else(|different| {
            self.unmade.push(Unmade { month, different, is_there });
            MonthPages::unmade(issue)
        });
        for (id, document) in indicators {
            self.pages.insert(self.addresses.of(&id), html(document, Vec::new())?);
        }
        let links: Vec<_> = views.iter().map(|view| view.link(month)).collect();
        for (index, view) in views.into_iter().enumerate() {
            let others = links.iter().enumerate().filter(|(other, _)| *other != index);
            self.add_view(issue, view, others.map(|(_, link)| link.clone()).collect())?;
        }
        let last = issue.results.indicators.iter().filter(|of| self.last[of.id.as_str()] == month);
        for indicator in last {
            let figure = issue.results.top().and_then(|area| area.figure(&indicator.id));
            let address = self.addresses.of(&indicator.id);
            let is_there = self.pages.contains_key(&address) || self.site.has(&address);
            let address = is_there.then_some(address);
            self.indicators.push(SiteIndicator { indicator, figure, month, address });
        }
        self.published.push(issue.on_site(is_there));
        Ok(())
    }

    /// Adds the scorecard of a month, or a product of it, with links to the others of the month.
    fn add_view(&mut self, issue: &'r Issue, view: View, others: Vec<Link>) -> io::Result<()> {
        let address = view.address(issue.manifest.month);
        let is_there = view.document.is_some() || self.site.has(&address);
        let (product, title) = view.product.unzip();
        let none = || Paper { title: None, area: String::new(), months: Vec::new() };
        let paper = self.papers.entry(product.clone()).or_insert_with(none);
        let before = paper.months.iter().rev().find_map(|month| {
            Some(link_to(format!("Previous: {}", month.name), month.address.as_ref()?))
        });
        if is_there && let Some(waiting) = self.open.remove(&product) {
            let next = link_to(format!("Next: {}", view.name), &address);
            waiting.close(Some(next), &mut self.pages)?;
        }
        if let Some(document) = view.document {
            let page = OpenPage { address: address.clone(), document, before, others };
            self.open.insert(product, page);
        }
        // The latest month says what it is called.
        (paper.title, paper.area) = (title, view.area);
        paper.months.push(PaperMonth {
            name: view.name,
            manifest: &issue.manifest,
            counts: view.counts,
            address: is_there.then_some(address),
        });
        Ok(())
    }

    /// All pages, with the first one.
    pub(super) fn finish(mut self, definition: &Definition) -> io::Result<(Pages, Vec<Unmade>)> {
        for page in self.open.into_values() {
            page.close(None, &mut self.pages)?;
        }
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

impl OpenPage {
    /// Adds the page, with links to the months before and after it.
    fn close(self, next: Option<Link>, pages: &mut Pages) -> io::Result<()> {
        let links = self.before.into_iter().chain(next).chain(self.others).collect();
        pages.insert(self.address, html(self.document, links)?);
        Ok(())
    }
}

/// A page that leads to the first one, and to these.
fn html(mut document: Document, others: Vec<Link>) -> io::Result<Vec<u8>> {
    let all = link_to("All published months".to_owned(), INDEX);
    document.links = std::iter::once(all).chain(others).collect();
    let mut page = Vec::new();
    render::html::write(&document, &mut page)?;
    Ok(page)
}

/// A link from a page that is not the first one.
fn link_to(text: String, address: &str) -> Link {
    Link { text, address: format!("../{address}") }
}
