//! The content of a page, divided into parts with a heading each, and its footnotes.

use askama::Template;

use super::chart::ChartView;
use super::links::{LinkBase, References, reference};
use super::prose::{ProseView, nodes};
use super::ratings::class;
use super::table::TableView;
use super::terms::{Terms, TextView};
use crate::definition::GlossaryTerm;
use crate::layout::{Block, Counts, Glance, Page};

/// The content of a page.
pub(super) struct Blocks<'d> {
    pub(super) parts: Vec<PartView<'d>>,
    pub(super) notes: NotesView<'d>,
}

/// Blocks under one heading.
#[derive(Template)]
#[template(path = "part.html")]
pub(super) struct PartView<'d> {
    /// The id that links to it use.
    pub(super) id: String,
    level: u8,
    pub(super) heading: Option<&'d str>,
    /// The heading with the terms that are explained in it.
    title: TextView<'d>,
    blocks: Vec<BlockView<'d>>,
}

impl askama::filters::HtmlSafe for PartView<'_> {}

impl PartView<'_> {
    /// Whether it is an exception report, which is printed on a page of its own.
    pub(super) fn is_report(&self) -> bool {
        self.heading.is_some()
            && self.blocks.iter().any(|block| matches!(block, BlockView::Series(..)))
    }
}

/// Whether there is a chart that takes the width of the page.
fn is_wide(chart: Option<&ChartView<'_>>) -> bool {
    chart.is_some_and(|chart| chart.is_wide)
}

enum BlockView<'d> {
    Fields(Vec<(&'d str, TextView<'d>)>),
    Table(TableView<'d>),
    Series(TableView<'d>, Option<Box<ChartView<'d>>>),
    Prose(ProseView<'d>),
    Glance(GlanceView<'d>),
}

/// The footnotes of a page.
#[derive(Template)]
#[template(path = "notes.html")]
pub(super) struct NotesView<'d> {
    level: u8,
    notes: Vec<Note<'d>>,
    terms: Vec<&'d GlossaryTerm>,
}

impl askama::filters::HtmlSafe for NotesView<'_> {}

/// A footnote.
struct Note<'d> {
    id: String,
    number: usize,
    text: &'d str,
    /// The ids of the references to it, which it links back to.
    back: Vec<String>,
}

/// A footnote with more references than this links back only to the first, so that the links do not
/// hide its text.
const MOST_LINKS_BACK: usize = 5;

impl<'d> Blocks<'d> {
    /// The content of a page.
    pub(super) fn of(page: &'d Page, place: &LinkBase<'_>, terms: Vec<&'d GlossaryTerm>) -> Self {
        let mut references = References::with(terms.clone());
        let mut parts: Vec<PartView<'d>> = Vec::new();
        let new =
            |parts: &[PartView<'d>], heading: Option<&'d str>, terms: &mut Terms<'d>| PartView {
                id: format!("{}_part-{}", place.page, parts.len() + 1),
                level: place.level,
                heading,
                title: terms.text(heading.unwrap_or_default()),
                blocks: Vec::new(),
            };
        for block in &page.blocks {
            // A table without rows is skipped, because the text next to it says why it is empty.
            if block.table().is_some_and(|table| table.rows.is_empty())
                || matches!(block, Block::Alone(_))
            {
                continue;
            }
            if parts.is_empty() || matches!(block, Block::Heading(_)) {
                let heading =
                    if let Block::Heading(heading) = block { Some(heading.as_str()) } else { None };
                parts.push(new(&parts, heading, &mut references.terms));
            }
            let number = parts.len();
            let Some(part) = parts.last_mut() else { continue };
            let id = format!("{}_table-{number}-{}", place.page, part.blocks.len() + 1);
            part.blocks.push(match block {
                Block::Heading(_) | Block::Alone(_) => continue,
                Block::Fields(fields) => BlockView::Fields(
                    fields
                        .iter()
                        .map(|field| (field.label.as_str(), references.terms.text(&field.text)))
                        .collect(),
                ),
                Block::Table(table) => {
                    BlockView::Table(TableView::of(table, id, place, &mut references))
                }
                Block::Series(series) => BlockView::Series(
                    TableView::of(&series.table, id, place, &mut references).of_periods(),
                    ChartView::of(&series.chart).map(Box::new),
                ),
                Block::Prose(prose) => BlockView::Prose(ProseView {
                    nodes: nodes(prose, &mut references.terms),
                    level: place.level + u8::from(part.heading.is_some()),
                }),
                Block::Glance(glance) => BlockView::Glance(GlanceView::of(glance, place.level)),
            });
        }
        let note = |(index, text): (usize, &'d String)| {
            let number = index + 1;
            let count = references.made(number);
            let linked = if count > MOST_LINKS_BACK { 1 } else { count };
            Note {
                id: format!("{}_note-{number}", place.page),
                number,
                text,
                back: (1..=linked).map(|which| reference(place, number, which)).collect(),
            }
        };
        let notes = page.notes.iter().enumerate().map(note).collect();
        Self { parts, notes: NotesView { level: place.level, notes, terms } }
    }
}

/// The counts at the top of a page, as cards.
#[derive(Template)]
#[template(path = "glance.html")]
struct GlanceView<'d> {
    level: u8,
    counts: Vec<CountsView<'d>>,
}

impl askama::filters::HtmlSafe for GlanceView<'_> {}

struct CountsView<'d> {
    title: &'d str,
    kinds: Vec<CountedKind<'d>>,
    note: Option<&'d str>,
}

/// One of the kinds that are counted, such as green.
struct CountedKind<'d> {
    class: &'static str,
    arrow: &'static str,
    label: &'d str,
    count: usize,
    /// Its start and length on a bar of 1,000 units.
    start: usize,
    length: usize,
}

impl<'d> GlanceView<'d> {
    fn of(glance: &'d Glance, level: u8) -> Self {
        Self { level, counts: glance.counts.iter().map(CountsView::of).collect() }
    }
}

impl<'d> CountsView<'d> {
    fn of(counts: &'d Counts) -> Self {
        let all: usize = counts.kinds.iter().map(|(_, count)| count).sum();
        let mut before = 0;
        let kinds = counts.kinds.iter().map(|(cell, count)| {
            let start = share(before, all);
            before += count;
            CountedKind {
                class: class(cell),
                arrow: cell.arrow().unwrap_or_default(),
                label: &cell.text,
                count: *count,
                start,
                length: share(before, all) - start,
            }
        });
        Self { title: &counts.title, kinds: kinds.collect(), note: counts.note.as_deref() }
    }
}

/// A part of a whole in thousandths, rounded down.
fn share(part: usize, whole: usize) -> usize {
    (part * 1000).checked_div(whole).unwrap_or(0)
}
