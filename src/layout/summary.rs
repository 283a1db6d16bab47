//! The summary: how many are rated what, what moved, what changed rating, and what is red since when.

use super::{Block, Cell, Column, Counts, Glance, News, Number, Page, Row, Table, area_name, page_name, prose};
use crate::assess::{Assessed, Comparison, Direction, Entry, Rag};
use crate::definition::AreaId;
use crate::figure::Decimal;
use crate::scorecard::Scorecard;
use crate::wording;

/// The summary of an area.
pub(super) fn page(scorecard: &Scorecard<'_>, area: AreaId, entries: &[Entry<'_>]) -> Page {
    let month = scorecard.month;
    let ratings = count(entries, |assessed| assessed.rag);
    let previous = count(entries, |assessed| assessed.previous.as_ref()?.direction);
    let outturn = count(entries, |assessed| assessed.outturn.as_ref()?.direction);
    let since_previous = format!("since {}", month.before(1).long());
    let since_outturn = format!("since the outturn of {}", scorecard.assessor.outturn_month().long());

    let mut rows = Vec::new();
    let mut counted = |section: &str, labels: &[&str], counts: [usize; 4]| {
        rows.push(Row::Section(section.to_owned()));
        for (label, count) in labels.iter().zip(counts) {
            rows.push(Row::Cells(vec![Cell::text(""), Cell::text(*label), count_cell(count), Cell::text(section)]));
        }
    };
    let rag_labels: Vec<_> = Rag::ALL.iter().map(|rag| wording::rag(*rag)).chain(["Not rated"]).collect();
    let direction_labels: Vec<_> =
        Direction::ALL.iter().map(|direction| wording::direction(*direction)).chain(["Not comparable"]).collect();
    counted("Rating", &rag_labels, ratings);
    counted(&capitalised(&since_previous), &direction_labels, previous);
    counted(&capitalised(&since_outturn), &direction_labels, outturn);
    rows.extend(changes(scorecard, entries));
    rows.extend(reds(scorecard, area, entries));

    let rated = kinds(Rag::ALL.map(|rag| Cell::rag(Some(rag))), "Not rated", ratings);
    let moved = |counts| kinds(Direction::ALL.map(|direction| Cell::direction(Some(direction))), "Not comparable", counts);
    let glance = Glance {
        counts: vec![
            Counts { title: "Rating".to_owned(), kinds: rated },
            Counts { title: capitalised(&since_previous), kinds: moved(previous) },
            Counts { title: capitalised(&since_outturn), kinds: moved(outturn) },
        ],
        news: news(scorecard, area, entries),
    };

    let sentences = [
        format!(
            "{} {}: {} green, {} amber, {} red, {} not rated.",
            entries.len(),
            wording::plural(entries.len(), "indicator", "indicators"),
            ratings[0],
            ratings[1],
            ratings[2],
            ratings[3]
        ),
        format!(
            "{} improved, {} same, {} worsened {since_previous}{}.",
            previous[0],
            previous[1],
            previous[2],
            not_comparable(previous[3])
        ),
        format!("{} improved, {} same, {} worsened {since_outturn}{}.", outturn[0], outturn[1], outturn[2], not_comparable(outturn[3])),
    ];
    let title = format!("Summary: {}", area_name(scorecard, area));
    let table = Table {
        caption: format!("{title}, {}", month.long()),
        columns: vec![Column::text("ID"), Column::flexible("Measure"), Column::text("Result"), Column::alone("Section")],
        rows,
    };
    let prose = sentences.into_iter().map(prose::paragraph).collect();
    Page {
        name: page_name(scorecard, "Summary", area),
        title,
        area: Some(area_name(scorecard, area).to_owned()),
        blocks: vec![Block::Glance(glance), Block::Prose(prose), Block::Table(table)],
        notes: Vec::new(),
    }
}

/// How many entries have each of three answers, best first, and how many have none.
fn count<T: PartialEq + Answer>(entries: &[Entry<'_>], answer: impl Fn(&Assessed<'_>) -> Option<T>) -> [usize; 4] {
    let mut counts = [0; 4];
    for entry in entries {
        let given = entry.including.as_ref().and_then(&answer);
        let index = given.and_then(|given| T::ALL.iter().position(|one| *one == given)).unwrap_or(3);
        counts[index] += 1;
    }
    counts
}

/// One of three answers.
trait Answer: Sized + 'static {
    const ALL: [Self; 3];
}

impl Answer for Rag {
    const ALL: [Self; 3] = Self::ALL;
}

impl Answer for Direction {
    const ALL: [Self; 3] = Self::ALL;
}

/// Which indicators changed rating since the period before, the worst news first.
fn changes(scorecard: &Scorecard<'_>, entries: &[Entry<'_>]) -> Vec<Row> {
    let section = "Changed rating since the previous period";
    let mut changed: Vec<_> = entries
        .iter()
        .filter_map(|entry| {
            let assessed = entry.including.as_ref()?;
            let (was, is) = (rag_of(assessed.previous.as_ref())?, assessed.rag?);
            (was != is).then_some((entry, was, is))
        })
        .collect();
    // Worsened before improved, each in the order of the definitions.
    changed.sort_by_key(|(_, was, is)| is < was);
    let mut rows = vec![Row::Section(section.to_owned())];
    for (entry, was, is) in &changed {
        let indicator = scorecard.definition.indicator(entry.indicator);
        let text = format!("{} to {}", wording::rag(*was), wording::rag(*is));
        rows.push(Row::Cells(vec![Cell::text(indicator.shown_id()), Cell::text(&indicator.name), Cell::text(text), Cell::text(section)]));
    }
    or_none(rows, section)
}

/// What became red since the period before, and what is red no longer.
fn news(scorecard: &Scorecard<'_>, area: AreaId, entries: &[Entry<'_>]) -> Vec<News> {
    let of = |title: &str, is: fn(Rag, Rag) -> bool| {
        let items = entries.iter().filter(|entry| {
            let assessed = entry.including.as_ref();
            let ratings = assessed.and_then(|assessed| Some((rag_of(assessed.previous.as_ref())?, assessed.rag?)));
            ratings.is_some_and(|(was, now)| is(was, now))
        });
        let item = |entry: &Entry<'_>| {
            let indicator = scorecard.definition.indicator(entry.indicator);
            let text = format!("{}: {}", indicator.shown_id(), indicator.name);
            Cell::text(text).about(area_name(scorecard, area), entry.indicator)
        };
        News { title: title.to_owned(), items: items.map(item).collect() }
    };
    vec![of("Newly red", |was, now| was != Rag::Red && now == Rag::Red), of("No longer red", |was, now| was == Rag::Red && now != Rag::Red)]
}

/// Each of three answers and the lack of one, with how many have it.
fn kinds(answers: [Cell; 3], none: &str, counts: [usize; 4]) -> Vec<(Cell, usize)> {
    answers.into_iter().chain([Cell { text: none.to_owned(), ..Cell::missing() }]).zip(counts).collect()
}

/// Since when each red has been red.
fn reds(scorecard: &Scorecard<'_>, area: AreaId, entries: &[Entry<'_>]) -> Vec<Row> {
    let section = "Red";
    let mut rows = vec![Row::Section(section.to_owned())];
    for entry in entries {
        let Some(assessed) = entry.including.as_ref().filter(|assessed| assessed.rag == Some(Rag::Red)) else { continue };
        let indicator = scorecard.definition.indicator(entry.indicator);
        let since = scorecard.assessor.red_since(area, entry.indicator, assessed.figure.month);
        let text = wording::red_since(since, assessed.figure.month);
        rows.push(Row::Cells(vec![Cell::text(indicator.shown_id()), Cell::text(&indicator.name), Cell::text(text), Cell::text(section)]));
    }
    or_none(rows, section)
}

/// A section without rows says that there are none.
fn or_none(mut rows: Vec<Row>, section: &str) -> Vec<Row> {
    if rows.len() == 1 {
        rows.push(Row::Cells(vec![Cell::missing(), Cell::text("None"), Cell::missing(), Cell::text(section)]));
    }
    rows
}

fn rag_of(comparison: Option<&Comparison<'_>>) -> Option<Rag> {
    comparison?.rag
}

fn not_comparable(count: usize) -> String {
    if count == 0 { String::new() } else { format!(", {count} not comparable") }
}

fn count_cell(count: usize) -> Cell {
    let count = Decimal::new(i64::try_from(count).unwrap_or(i64::MAX), 0);
    Cell::number(Number { exact: (&count).into(), shown: count, percent: false, signed: false })
}

fn capitalised(text: &str) -> String {
    wording::capitalised(text)
}
