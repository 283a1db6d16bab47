//! The first page of a site: every published month with its counts and how they have moved, the same
//! of each paper that shows a part of the scorecard, and the indicators.

use super::changes::published_result;
use super::{
    Block, Cell, Column, Counts, DetailPart, Document, Field, Glance, Page, Table, TableBuilder,
    whole_cell,
};
use crate::definition::Definition;
use crate::month::Month;
use crate::rating::Rag;
use crate::record::Manifest;
use crate::record::results::{FigureResult, IndicatorInfo, Results};
use crate::scorecard::PublicationStatus;
use crate::text::{and, plural, uncapitalised};
use crate::wording;

/// A month as it was last published.
#[derive(Clone, Debug)]
pub struct PublishedMonth<'r> {
    /// What was published.
    pub results: &'r Results,
    /// Where its page is, seen from the page of an indicator; `None` if it has none.
    pub address: Option<String>,
}

/// The scorecard, or a product of it, in all the months that were published.
#[derive(Clone, Debug)]
pub struct Paper<'r> {
    /// What the product is called; `None` for the whole scorecard.
    pub title: Option<String>,
    /// The area whose indicators are counted.
    pub area: String,
    /// Its months, the latest first.
    pub months: Vec<PaperMonth<'r>>,
}

/// A month of a paper.
#[derive(Clone, Debug)]
pub struct PaperMonth<'r> {
    /// The month, or the quarter or year that it ends, by name.
    pub name: String,
    /// Which publication it is.
    pub manifest: &'r Manifest,
    /// How many indicators are green, amber, red and not rated.
    pub counts: [usize; 4],
    /// Where its page is; `None` if it has none.
    pub address: Option<String>,
}

/// An indicator, as it is in the last month that has it.
#[derive(Clone, Debug)]
pub struct SiteIndicator<'r> {
    /// What it is.
    pub indicator: &'r IndicatorInfo,
    /// Its figure of the top area.
    pub figure: Option<&'r FigureResult>,
    /// The month.
    pub month: Month,
    /// Where its page is; `None` if it has none.
    pub address: Option<String>,
}

/// What counts without a rating are called. In a public edition a figure that is not shown is one.
fn none(definition: &Definition) -> &'static str {
    definition.public().map_or(wording::NOT_RATED, |_| "Not rated or not shown")
}

/// The first page of a site of these papers, of which the first is the whole scorecard, and these
/// indicators, in the order of the latest month. Those of earlier months come last.
#[must_use]
pub fn site_index(
    definition: &Definition,
    papers: &[Paper<'_>],
    indicators: &[SiteIndicator<'_>],
) -> Document {
    let none = none(definition);
    let mut pages: Vec<_> = papers.iter().map(|of| paper(of, none)).collect();
    let latest = papers.first().and_then(|paper| paper.months.first());
    let latest = latest.map(|month| month.manifest.month);
    pages.push(indicator_list(indicators, latest));
    let mut facts = Vec::new();
    facts.extend(definition.organisation.as_ref().map(|of| Field::new("Organisation", of)));
    facts.extend(definition.public().map(|_| Field::new("Edition", "Public")));
    facts.extend(latest.map(|month| Field::new("Latest month", month.long())));
    let month = latest.unwrap_or(Month::FIRST);
    let about = Document::of(definition, month, facts, pages);
    Document {
        title: definition.title.clone(),
        subject: MONTHS.to_owned(),
        glossary: definition.glossary.clone(),
        // Each page of a month has it.
        key: Table { rows: Vec::new(), ..about.key },
        ..about
    }
}

/// What the months of the whole scorecard are called.
const MONTHS: &str = "Published months";

/// The months of a paper: the latest as counts, then all of them. `unrated` is what those without a
/// rating are called.
fn paper(paper: &Paper<'_>, unrated: &str) -> Page {
    let mut blocks = Vec::new();
    let said = uncapitalised(unrated);
    if let Some(latest) = paper.months.first() {
        let cells = Rag::ALL.map(|rag| Cell::rag(Some(rag)));
        let unrated = Cell { text: unrated.to_owned(), ..Cell::missing() };
        let kinds = cells.into_iter().chain([unrated]).zip(latest.counts);
        let is_kept = |(cell, count): &(Cell, usize)| *count > 0 || !cell.is_missing();
        let moved = moved(&paper.months, &said).next().flatten();
        let counts = Counts {
            title: format!("{}, {}", paper.area, latest.name),
            kinds: kinds.filter(is_kept).collect(),
            note: moved.map(|moved| format!("{moved}.")),
        };
        blocks.push(Block::Glance(Glance { counts: vec![counts], said: String::new() }));
    }
    blocks.push(Block::Table(months(paper, unrated)));
    Page::titled(paper.title.as_deref().unwrap_or(MONTHS), blocks)
}

/// A row of the table of months, with what is said of how its counts have moved.
type MonthRow<'p, 'r> = (&'p PaperMonth<'r>, Option<String>);

fn months(paper: &Paper<'_>, unrated: &str) -> Table {
    let mut table = TableBuilder::<MonthRow<'_, '_>>::new();
    table.column(Column::text("Month"), |(month, _)| {
        Cell::text(&month.name).leading_to(month.address.clone())
    });
    for (index, heading) in ["Green", "Amber", "Red", unrated].into_iter().enumerate() {
        table.column(Column::number(heading), move |(month, _)| whole_cell(month.counts[index]));
    }
    table.column(Column::flexible("Compared with the month before it"), |(_, moved)| {
        Cell::text(moved.as_deref().unwrap_or("The first that was published"))
    });
    table.column(Column::text("Publication"), |(month, _)| {
        let status = PublicationStatus::Published(month.manifest);
        let again = month.manifest.reason.as_ref();
        Cell::text(wording::publication_status(status, true)).with_detail(
            again.map_or_else(Vec::new, |reason| {
                vec![DetailPart::words("Published again: "), DetailPart::of("Reason", reason)]
            }),
        )
    });
    table.column(Column::text("Meeting"), |(month, _)| {
        Cell::text(wording::date(month.manifest.meeting))
    });
    for row in paper.months.iter().zip(moved(&paper.months, &uncapitalised(unrated))) {
        table.row(&row);
    }
    let title = paper.title.as_deref().unwrap_or(MONTHS);
    table.finish(format!("{title}: {}, the latest first", paper.area))
}

/// How the counts of each month have moved from those of the one after it, which is the month
/// before; nothing for the last.
fn moved<'p>(
    months: &'p [PaperMonth<'_>],
    unrated: &'p str,
) -> impl Iterator<Item = Option<String>> + 'p {
    let before = months.iter().skip(1).map(Some).chain([None]);
    months.iter().zip(before).map(move |(month, before)| {
        before.map(|before| moved_from([month.counts, before.counts], unrated, &before.name))
    })
}

/// `2 more green and 1 fewer red than in December 2015`.
fn moved_from([now, before]: [[usize; 4]; 2], unrated: &str, name: &str) -> String {
    let (all, all_before) = (now.iter().sum::<usize>(), before.iter().sum::<usize>());
    let indicators = plural(all.abs_diff(all_before), "indicator", "indicators");
    let counted = [(all, all_before, indicators)].into_iter();
    let kinds = ["green", "amber", "red", unrated];
    let counted = counted.chain((0..4).map(|kind| (now[kind], before[kind], kinds[kind])));
    let moved: Vec<_> = counted
        .filter(|(now, before, _)| now != before)
        .map(|(now, before, what)| {
            let how = if now > before { "more" } else { "fewer" };
            format!("{} {how} {what}", now.abs_diff(before))
        })
        .collect();
    if moved.is_empty() {
        return format!("As many of each as in {name}");
    }
    format!("{} than in {name}", and(&moved))
}

/// Every indicator, under its section, with its latest published figure.
fn indicator_list(indicators: &[SiteIndicator<'_>], latest: Option<Month>) -> Page {
    let mut table = TableBuilder::<&SiteIndicator<'_>>::new();
    table.column(Column::flexible("Indicators"), |row| {
        Cell::text(&row.indicator.name)
            .with_id(row.indicator.shown_id())
            .leading_to(row.address.clone())
    });
    table.column(Column::number("Latest result"), |row| {
        let Some(figure) = row.figure else { return Cell::missing() };
        published_result(figure, row.indicator)
            .rated(figure.rag)
            .with_detail(vec![DetailPart::of("Period", figure.data_month.short())])
    });
    for row in indicators {
        if Some(row.month) == latest {
            table.row_in(&row.indicator.section, &row);
        } else {
            table.row_in("No longer reported", &row);
        }
    }
    let told = "Each leads to its page: its chart, how it is rated, what the service has said, and \
        what was published of it month by month.";
    let blocks = vec![
        Block::paragraph(told),
        Block::Table(table.finish("Every indicator, as it was last published")),
    ];
    Page::titled("Indicators through time", blocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_in_words_how_counts_have_moved() {
        let of = |now, before| moved_from([now, before], "not rated", "December 2015");
        assert_eq!(
            of([17, 21, 6, 0], [15, 22, 7, 0]),
            "2 more green, 1 fewer amber and 1 fewer red than in December 2015"
        );
        assert_eq!(of([1, 1, 1, 1], [1, 1, 1, 1]), "As many of each as in December 2015");
        assert_eq!(
            of([3, 0, 0, 1], [2, 0, 0, 0]),
            "2 more indicators, 1 more green and 1 more not rated than in December 2015"
        );
        assert_eq!(
            of([1, 0, 0, 0], [2, 0, 0, 0]),
            "1 fewer indicator and 1 fewer green than in December 2015"
        );
    }
}
