//! The summary: how many are rated what, what moved, what changed rating, and what is red since
//! when.

use super::covering::item;
use super::prose::Prose;
use super::tally::{self, Movement, Tally};
use super::{
    Block, Cell, Column, Counts, Glance, News, Page, TableBuilder, TableName, area_name,
    data_notes, page_name, prose, statistics, whole_cell,
};
use crate::assess::{Assessed, Comparison, Entry};
use crate::definition::{AreaId, CompareWith, Indicator};
use crate::rating::{Direction, Rag, RangePosition};
use crate::scorecard::Scorecard;
use crate::text;
use crate::wording;

/// The summary of an area.
pub(super) fn page(scorecard: &Scorecard<'_>, area: AreaId, entries: &[Entry<'_>]) -> Page {
    let month = scorecard.month;
    let entries = &priorities_first(scorecard, entries);
    let tally = Tally::of(scorecard, entries);
    let Tally { ratings, ranges, moved, carried_forward, too_low, no_figure } = &tally;

    let mut table = TableBuilder::<SummaryRow>::new();
    table.column(Column::text("ID"), |row| row.id.clone());
    table.column(Column::flexible("Measure"), |row| Cell::text(&row.measure));
    table.column(Column::text("Result"), |row| row.result.clone());
    table.column(Column::alone("Section"), |row| Cell::text(&row.section));
    let rag_labels: Vec<_> =
        Rag::ALL.iter().map(|rag| wording::rag(*rag)).chain([wording::NOT_RATED]).collect();
    let direction_labels: Vec<_> = Direction::ALL
        .iter()
        .map(|direction| wording::direction(*direction))
        .chain(["Not comparable"])
        .collect();
    for row in priorities(scorecard, entries) {
        table.row_in(PRIORITIES, &row);
    }
    let mut counts = vec![("Rating".to_owned(), &rag_labels, *ratings)];
    let range_labels = RangePosition::ALL.map(wording::range_position).to_vec();
    let [.., has_none] = ranges;
    if *has_none < entries.len() {
        counts.push(("Expected range".to_owned(), &range_labels, *ranges));
    }
    counts.extend(moved.iter().map(|moved| (moved.heading(), &direction_labels, moved.counts)));
    for (section, labels, counts) in counts {
        for (label, count) in labels.iter().zip(counts) {
            let row = SummaryRow::new(&section, Cell::text(""), *label, whole_cell(count));
            table.row_in(&section, &row);
        }
    }
    if *carried_forward > 0 {
        let section = "Carried forward";
        let measure = "Figures of an earlier month, which have not moved";
        let row = SummaryRow::new(section, Cell::text(""), measure, whole_cell(*carried_forward));
        table.row_in(section, &row);
    }
    if *too_low > 0 {
        let section = "Too little recorded";
        let measure = "Figures that are not rated for that";
        let row = SummaryRow::new(section, Cell::text(""), measure, whole_cell(*too_low));
        table.row_in(section, &row);
    }
    for (reason, count) in no_figure {
        let section = "No figure, and why";
        let measure = text::capitalised(reason.as_str());
        let row = SummaryRow::new(section, Cell::text(""), measure, whole_cell(*count));
        table.row_in(section, &row);
    }
    for rows in
        [changes(scorecard, &tally, entries), reds(scorecard, entries), gone(scorecard, entries)]
    {
        for row in rows {
            table.row_in(&row.section, &row);
        }
    }

    let rated = kinds(Rag::ALL.map(|rag| Cell::rag(Some(rag))), wording::NOT_RATED, *ratings);
    let directions = |moved: &Movement| Counts {
        title: moved.heading(),
        kinds: kinds(
            Direction::ALL.map(|direction| Cell::direction(Some(direction))),
            "Not comparable",
            moved.counts,
        ),
    };
    let mut counts = vec![Counts { title: "Rating".to_owned(), kinds: rated }];
    counts.extend(moved.iter().map(directions));
    let news = priority_news(scorecard, area, entries)
        .into_iter()
        .chain(news(scorecard, area, &tally, entries))
        .collect();
    let glance = Glance { counts, news };

    let mut sentences = vec![format!(
        "{} {}: {} green, {} amber, {} red, {} not rated.",
        entries.len(),
        text::plural(entries.len(), "indicator", "indicators"),
        ratings[0],
        ratings[1],
        ratings[2],
        ratings[3]
    )];
    sentences.extend(tally.ranges_sentence());
    sentences.extend(moved.iter().filter_map(Movement::sentence));
    sentences.extend(tally.too_low_sentence());
    sentences.extend(tally.no_figure_sentence());
    sentences.extend(tally.carried_forward_sentence());
    if let Some(previous) = tally.moved_from(CompareWith::Previous) {
        sentences.extend(statistics::worsened_sentence(scorecard, &previous.name(), entries));
    }
    let title = format!("Summary: {}", area_name(scorecard, area));
    let table = table.finish(format!("{title}, {}", month.long()));
    let first = told(
        scorecard,
        "Priorities:",
        entries.iter().filter(|entry| is_priority(scorecard, entry)),
    );
    let missed = tally::rated(entries, Rag::Red)
        .map(|(entry, _)| entry)
        .filter(|entry| !is_priority(scorecard, entry) && !missed(scorecard, entry).is_empty());
    let missed = told(scorecard, "Red, and how many would have been enough:", missed);
    let counted = sentences.into_iter().map(prose::paragraph);
    let prose = first.into_iter().chain(counted).chain(missed).collect();
    Page {
        table: Some(TableName::Summary),
        name: page_name(scorecard, "Summary", area),
        title,
        area: Some(area_name(scorecard, area).to_owned()),
        blocks: [Block::Glance(glance), Block::Prose(prose), Block::Table(table)]
            .into_iter()
            .chain(data_notes(scorecard, area))
            .collect(),
        notes: Vec::new(),
    }
}

/// The heading of what a director looks at first.
const PRIORITIES: &str = "Priorities";

fn is_priority(scorecard: &Scorecard<'_>, entry: &Entry<'_>) -> bool {
    scorecard.definition.indicator(entry.indicator).labels.is_priority
}

/// The entries with the priorities before the others.
fn priorities_first<'e>(scorecard: &Scorecard<'_>, entries: &[Entry<'e>]) -> Vec<Entry<'e>> {
    let (first, then): (Vec<_>, Vec<_>) =
        entries.iter().cloned().partition(|entry| is_priority(scorecard, entry));
    [first, then].concat()
}

/// The priorities, each with its result, its rating and how it moved.
fn priorities(scorecard: &Scorecard<'_>, entries: &[Entry<'_>]) -> Vec<SummaryRow> {
    let row = |entry: &Entry<'_>| {
        let indicator = scorecard.definition.indicator(entry.indicator);
        SummaryRow::of_indicator(PRIORITIES, indicator, standing(scorecard, entry))
    };
    entries.iter().filter(|entry| is_priority(scorecard, entry)).map(row).collect()
}

/// The same at a glance, where there are any.
fn priority_news(scorecard: &Scorecard<'_>, area: AreaId, entries: &[Entry<'_>]) -> Option<News> {
    let item = |entry: &Entry<'_>| {
        let indicator = scorecard.definition.indicator(entry.indicator);
        let (id, name) = (indicator.shown_id(), indicator.short_name());
        let text = format!("{id}: {name}: {}", standing(scorecard, entry));
        Cell::text(text).about(area_name(scorecard, area), entry.indicator)
    };
    let items: Vec<_> =
        entries.iter().filter(|entry| is_priority(scorecard, entry)).map(item).collect();
    (!items.is_empty()).then(|| News { title: PRIORITIES.to_owned(), items })
}

/// `68.4%, Red; worsened since December 2015`.
fn standing(scorecard: &Scorecard<'_>, entry: &Entry<'_>) -> String {
    let definition = scorecard.definition;
    let indicator = definition.indicator(entry.indicator);
    let Some(assessed) = &entry.including else { return wording::NO_FIGURE.to_owned() };
    let rating = match (assessed.rag, assessed.range) {
        (Some(rag), _) => wording::rag(rag),
        (None, Some(position)) => wording::range_position(position),
        (None, None) => wording::NOT_RATED,
    };
    let moved = indicator.compare.iter().find_map(|with| {
        let earlier = assessed.compared_with(with).result()?;
        let direction = wording::direction(earlier.direction?).to_lowercase();
        let period = wording::period_end(definition, indicator, earlier.figure.month);
        Some(format!("; {direction} since {period}"))
    });
    let result = wording::result(assessed, indicator);
    format!("{result}, {rating}{}", moved.unwrap_or_default())
}

/// The limits that the latest figure missed, in sentences, where it says what it counts.
fn missed(scorecard: &Scorecard<'_>, entry: &Entry<'_>) -> Vec<String> {
    let indicator = scorecard.definition.indicator(entry.indicator);
    let of = |assessed: &Assessed<'_>| wording::shortfall::sentences(assessed, indicator);
    entry.including.as_ref().map(of).unwrap_or_default()
}

/// Some indicators as a list: how each stands, and what would have met the limits that it missed.
fn told<'a, 'e: 'a>(
    scorecard: &Scorecard<'_>,
    heading: &str,
    entries: impl Iterator<Item = &'a Entry<'e>>,
) -> Vec<Prose> {
    let told = |entry: &Entry<'_>| {
        let indicator = scorecard.definition.indicator(entry.indicator);
        let standing = format!("{}: {}", indicator.short_name(), standing(scorecard, entry));
        let said: Vec<_> = std::iter::once(standing).chain(missed(scorecard, entry)).collect();
        item(format!("{} ", indicator.shown_id()), format!("{}.", said.join(". ")))
    };
    let items: Vec<_> = entries.map(told).collect();
    let heading = (!items.is_empty()).then(|| prose::paragraph(heading));
    heading.into_iter().chain(items).collect()
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
        let name = &indicator.name;
        // Under their own heading, they need no mark.
        let measure = if indicator.labels.is_priority && section != PRIORITIES {
            format!("{name} (priority)")
        } else {
            name.clone()
        };
        Self::new(section, id, measure, Cell::text(result))
    }
}

/// Which indicators changed rating since the period before, the worst news first; no section where
/// none is compared with that.
fn changes(scorecard: &Scorecard<'_>, tally: &Tally, entries: &[Entry<'_>]) -> Vec<SummaryRow> {
    let Some(previous) = tally.moved_from(CompareWith::Previous) else { return Vec::new() };
    let section = format!("Changed rating since {}", previous.name());
    let row = |change: &tally::Change<'_, '_>| {
        let indicator = scorecard.definition.indicator(change.entry.indicator);
        let target = target_was(scorecard, change);
        let text = format!("{} to {}{target}", wording::rag(change.was), wording::rag(change.is));
        SummaryRow::of_indicator(&section, indicator, text)
    };
    or_none(tally::changes(scorecard.month, entries).iter().map(row).collect(), &section)
}

/// `; its target was 15%`, where a change of rating comes with another target.
fn target_was(scorecard: &Scorecard<'_>, change: &tally::Change<'_, '_>) -> String {
    change.target_was(scorecard.definition).map_or_else(String::new, |was| format!("; {was}"))
}

/// What became red since the period before, and what is red no longer.
fn news(
    scorecard: &Scorecard<'_>,
    area: AreaId,
    tally: &Tally,
    entries: &[Entry<'_>],
) -> Vec<News> {
    if tally.moved_from(CompareWith::Previous).is_none() {
        return Vec::new();
    }
    let of = |title: &str, is: fn(Rag, Rag) -> bool| {
        let item = |change: &tally::Change<'_, '_>| {
            let indicator = scorecard.definition.indicator(change.entry.indicator);
            let target = target_was(scorecard, change);
            let text = format!("{}: {}{target}", indicator.shown_id(), indicator.short_name());
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

/// What was red in the period before and has no result now; no section where nothing is.
fn gone(scorecard: &Scorecard<'_>, entries: &[Entry<'_>]) -> Vec<SummaryRow> {
    let row = |(entry, previous): (&Entry<'_>, &Comparison<'_>)| {
        let indicator = scorecard.definition.indicator(entry.indicator);
        let month = previous.figure.month;
        let period = wording::period_end(scorecard.definition, indicator, month);
        let what = match &entry.including {
            Some(latest) => match latest.figure.amount.reason() {
                Some(reason) => text::capitalised(reason.as_str()),
                None => "No result".to_owned(),
            },
            None => "No figure".to_owned(),
        };
        let text = format!("{what}; red in {period}");
        SummaryRow::of_indicator("Red before, and no result now", indicator, text)
    };
    tally::gone_red(entries).map(row).collect()
}

/// Since when each red has been red.
fn reds(scorecard: &Scorecard<'_>, entries: &[Entry<'_>]) -> Vec<SummaryRow> {
    let section = "Red";
    let row = |(entry, assessed): (&Entry<'_>, &Assessed<'_>)| {
        let indicator = scorecard.definition.indicator(entry.indicator);
        let text = wording::red_since(scorecard.definition, entry, assessed, scorecard.month);
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
