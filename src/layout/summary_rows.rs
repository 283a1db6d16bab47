//! The summary as a table of counts and lists, for other programs: what CSV has of it.

use super::tally::{self, Movement, Tally};
use super::{Cell, Column, Table, TableBuilder, whole_cell};
use crate::assess::{Assessed, Comparison, Entry};
use crate::definition::{CompareWith, Indicator};
use crate::rating::{Direction, Rag, RangePosition};
use crate::scorecard::Scorecard;
use crate::text;
use crate::wording;

use super::summary::is_priority;

/// A row for each count, then what moved, what is red and what was.
pub(super) fn table(
    scorecard: &Scorecard<'_>,
    tally: &Tally,
    entries: &[Entry<'_>],
    caption: String,
) -> Table {
    let Tally { ratings, ranges, moved, carried_forward, too_low, not_shown, no_figure } = tally;
    let mut table = TableBuilder::<SummaryRow>::new();
    table.column(Column::ids(), |row| row.id.clone());
    table.column(Column::flexible("Measure"), |row| Cell::text(&row.measure));
    table.column(Column::text("Result"), |row| row.result.clone());
    table.column(Column::alone("Section"), |row| Cell::text(&row.section));
    let rag_labels: Vec<_> =
        Rag::ALL.iter().map(|rag| wording::rag(*rag)).chain([wording::NOT_RATED]).collect();
    let direction_labels: Vec<_> = Direction::ALL
        .iter()
        .map(|direction| wording::direction(*direction))
        .chain([wording::NOT_COMPARABLE])
        .collect();
    for row in priorities(scorecard, entries) {
        table.row_in(PRIORITIES, &row);
    }
    let mut counts = vec![("Rating".to_owned(), &rag_labels, *ratings)];
    let range_labels = RangePosition::ALL.map(wording::range_position).to_vec();
    if ranges.none < entries.len() {
        counts.push(("Expected range".to_owned(), &range_labels, *ranges));
    }
    counts.extend(
        moved.iter().map(|moved: &Movement| (moved.heading(), &direction_labels, moved.counts)),
    );
    for (section, labels, counts) in counts {
        for (label, count) in labels.iter().zip(counts.all()) {
            table.row_in(&section, &SummaryRow::count(&section, *label, count));
        }
    }
    let figures = [
        ("Carried forward", "Figures of an earlier month, which have not moved", *carried_forward),
        ("Too little recorded", "Figures that are not rated for that", *too_low),
        ("Not shown", "Figures that could identify somebody", *not_shown),
    ];
    for (section, measure, count) in figures.into_iter().filter(|(.., count)| *count > 0) {
        table.row_in(section, &SummaryRow::count(section, measure, count));
    }
    for (reason, count) in no_figure {
        let (section, measure) = ("No figure, and why", text::capitalised(reason.as_str()));
        table.row_in(section, &SummaryRow::count(section, measure, *count));
    }
    for rows in
        [changes(scorecard, tally, entries), reds(scorecard, entries), gone(scorecard, entries)]
    {
        for row in rows {
            table.row_in(&row.section, &row);
        }
    }
    table.finish(caption)
}

/// The heading of what a director looks at first.
const PRIORITIES: &str = "Priorities";

/// The priorities, each with its result, its rating and how it moved.
fn priorities(scorecard: &Scorecard<'_>, entries: &[Entry<'_>]) -> Vec<SummaryRow> {
    let row = |entry: &Entry<'_>| {
        let indicator = scorecard.definition.indicator(entry.indicator);
        SummaryRow::of_indicator(PRIORITIES, indicator, standing(scorecard, entry))
    };
    entries.iter().filter(|entry| is_priority(scorecard, entry)).map(row).collect()
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

    fn count(section: &str, measure: impl Into<String>, count: usize) -> Self {
        Self::new(section, Cell::text(""), measure, whole_cell(count))
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
        let target = change.target_was(scorecard.definition);
        let target = target.map_or_else(String::new, |target| format!("; {target}"));
        let text = format!("{} to {}{target}", wording::rag(change.was), wording::rag(change.is));
        SummaryRow::of_indicator(&section, indicator, text)
    };
    or_none(tally::changes(scorecard.month, entries).iter().map(row).collect(), &section)
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
