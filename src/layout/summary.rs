//! The summary: how many are rated what, what moved, what changed rating, and what is red since
//! when.

use super::tally::{self, Tally};
use super::{
    Block, Cell, Column, Counts, Glance, News, Page, TableBuilder, TableName, area_name, page_name,
    prose, whole_cell,
};
use crate::assess::{Assessed, Comparison, Entry};
use crate::definition::{AreaId, Indicator};
use crate::rating::{Direction, Rag};
use crate::scorecard::Scorecard;
use crate::text;
use crate::text::capitalised;
use crate::wording;

/// The summary of an area.
pub(super) fn page(scorecard: &Scorecard<'_>, area: AreaId, entries: &[Entry<'_>]) -> Page {
    let month = scorecard.month;
    let Tally { ratings, previous, outturn, carried_forward } = Tally::of(month, entries);
    let since_previous = format!("since {}", previous.previous());
    let since_outturn = format!("since {}", outturn.outturn());
    let (previous, outturn) = (previous.counts, outturn.counts);

    let mut table = TableBuilder::<SummaryRow>::new();
    table.column(Column::text("ID"), |row| row.id.clone());
    table.column(Column::flexible("Measure"), |row| Cell::text(&row.measure));
    table.column(Column::text("Result"), |row| row.result.clone());
    table.column(Column::alone("Section"), |row| Cell::text(&row.section));
    let rag_labels: Vec<_> =
        Rag::ALL.iter().map(|rag| wording::rag(*rag)).chain(["Not rated"]).collect();
    let direction_labels: Vec<_> = Direction::ALL
        .iter()
        .map(|direction| wording::direction(*direction))
        .chain(["Not comparable"])
        .collect();
    let counts = [
        ("Rating", &rag_labels, ratings),
        (&capitalised(&since_previous), &direction_labels, previous),
        (&capitalised(&since_outturn), &direction_labels, outturn),
    ];
    for (section, labels, counts) in counts {
        for (label, count) in labels.iter().zip(counts) {
            let row = SummaryRow::new(section, Cell::text(""), *label, whole_cell(count));
            table.row_in(section, &row);
        }
    }
    if carried_forward > 0 {
        let section = "Carried forward";
        let measure = "Figures of an earlier month, which have not moved";
        let row = SummaryRow::new(section, Cell::text(""), measure, whole_cell(carried_forward));
        table.row_in(section, &row);
    }
    for rows in [changes(scorecard, entries), reds(scorecard, entries), gone(scorecard, entries)] {
        for row in rows {
            table.row_in(&row.section, &row);
        }
    }

    let rated = kinds(Rag::ALL.map(|rag| Cell::rag(Some(rag))), "Not rated", ratings);
    let moved = |counts| {
        kinds(
            Direction::ALL.map(|direction| Cell::direction(Some(direction))),
            "Not comparable",
            counts,
        )
    };
    let glance = Glance {
        counts: vec![
            Counts { title: "Rating".to_owned(), kinds: rated },
            Counts { title: capitalised(&since_previous), kinds: moved(previous) },
            Counts { title: capitalised(&since_outturn), kinds: moved(outturn) },
        ],
        news: news(scorecard, area, entries),
    };

    let mut sentences = vec![
        format!(
            "{} {}: {} green, {} amber, {} red, {} not rated.",
            entries.len(),
            text::plural(entries.len(), "indicator", "indicators"),
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
        format!(
            "{} improved, {} same, {} worsened {since_outturn}{}.",
            outturn[0],
            outturn[1],
            outturn[2],
            not_comparable(outturn[3])
        ),
    ];
    if carried_forward > 0 {
        sentences.push(format!(
            "{carried_forward} {} carried forward from an earlier month and not counted as moved.",
            text::plural(carried_forward, "figure is", "figures are"),
        ));
    }
    let title = format!("Summary: {}", area_name(scorecard, area));
    let table = table.finish(format!("{title}, {}", month.long()));
    let prose = sentences.into_iter().map(prose::paragraph).collect();
    Page {
        table: Some(TableName::Summary),
        name: page_name(scorecard, "Summary", area),
        title,
        area: Some(area_name(scorecard, area).to_owned()),
        blocks: vec![Block::Glance(glance), Block::Prose(prose), Block::Table(table)],
        notes: Vec::new(),
    }
}

/// A row of the summary.
struct SummaryRow {
    section: String,
    id: Cell,
    measure: String,
    result: Cell,
}

impl SummaryRow {
    fn new(section: &str, id: Cell, measure: impl Into<String>, result: Cell) -> Self {
        Self { section: section.to_owned(), id, measure: measure.into(), result }
    }

    fn of_indicator(section: &str, indicator: &Indicator, result: String) -> Self {
        let id = Cell::text(indicator.shown_id());
        Self::new(section, id, &indicator.name, Cell::text(result))
    }
}

/// Which indicators changed rating since the period before, the worst news first.
fn changes(scorecard: &Scorecard<'_>, entries: &[Entry<'_>]) -> Vec<SummaryRow> {
    let section = "Changed rating since the previous period";
    let row = |change: &tally::Change<'_, '_>| {
        let indicator = scorecard.definition.indicator(change.entry.indicator);
        let text = format!("{} to {}", wording::rag(change.was), wording::rag(change.is));
        SummaryRow::of_indicator(section, indicator, text)
    };
    or_none(tally::changes(scorecard.month, entries).iter().map(row).collect(), section)
}

/// What became red since the period before, and what is red no longer.
fn news(scorecard: &Scorecard<'_>, area: AreaId, entries: &[Entry<'_>]) -> Vec<News> {
    let of = |title: &str, is: fn(Rag, Rag) -> bool| {
        let item = |change: &tally::Change<'_, '_>| {
            let indicator = scorecard.definition.indicator(change.entry.indicator);
            let text = format!("{}: {}", indicator.shown_id(), indicator.name);
            Cell::text(text).about(area_name(scorecard, area), change.entry.indicator)
        };
        let changes = tally::changes(scorecard.month, entries);
        News {
            title: title.to_owned(),
            items: changes.iter().filter(|change| is(change.was, change.is)).map(item).collect(),
        }
    };
    vec![of("Newly red", |_, is| is == Rag::Red), of("No longer red", |was, _| was == Rag::Red)]
}

/// Each of three answers and the lack of one, with how many have it.
fn kinds(answers: [Cell; 3], none: &str, counts: [usize; 4]) -> Vec<(Cell, usize)> {
    answers
        .into_iter()
        .chain([Cell { text: none.to_owned(), ..Cell::missing() }])
        .zip(counts)
        .collect()
}

/// What was red in the period before and has no figure now; no section where nothing is.
fn gone(scorecard: &Scorecard<'_>, entries: &[Entry<'_>]) -> Vec<SummaryRow> {
    let row = |(entry, previous): (&Entry<'_>, &Comparison<'_>)| {
        let indicator = scorecard.definition.indicator(entry.indicator);
        let text = format!("No figure; red in {}", previous.figure.month.long());
        SummaryRow::of_indicator("Red before, and no figure now", indicator, text)
    };
    tally::gone_red(entries).map(row).collect()
}

/// Since when each red has been red.
fn reds(scorecard: &Scorecard<'_>, entries: &[Entry<'_>]) -> Vec<SummaryRow> {
    let section = "Red";
    let row = |(entry, assessed): (&Entry<'_>, &Assessed<'_>)| {
        let indicator = scorecard.definition.indicator(entry.indicator);
        let text = wording::red_since(entry.red_since, assessed.figure.month, scorecard.month);
        SummaryRow::of_indicator(section, indicator, text)
    };
    or_none(tally::rated(entries, Rag::Red).map(row).collect(), section)
}

/// A section without rows says that there are none.
fn or_none(mut rows: Vec<SummaryRow>, section: &str) -> Vec<SummaryRow> {
    if rows.is_empty() {
        rows.push(SummaryRow::new(section, Cell::missing(), "None", Cell::missing()));
    }
    rows
}

fn not_comparable(count: usize) -> String {
    if count == 0 { String::new() } else { format!(", {count} not comparable") }
}
