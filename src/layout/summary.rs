//! The summary: how many are rated what and moved which way, once; then what is red or nearly so,
//! with what it would take; then what got worse, what got better and what has no figure.

use super::notes::Notes;
use super::prose::{self, Prose, Span};
use super::tally::{self, AnswerCounts, Change, Movement, Tally};
use super::{
    Block, Cell, Column, Counts, Glance, Page, Table, TableBuilder, TableName, area_name,
    data_notes, latest_cell, page_name, rating_cell, sparkline, statistics, summary_rows,
    target_cell,
};
use crate::assess::{Assessed, Entry, shortfall};
use crate::definition::{AreaId, CompareWith, Definition, Indicator, Polarity};
use crate::figure::{Amount, Ratio};
use crate::rating::{Direction, Rag};
use crate::scorecard::Scorecard;
use crate::text;
use crate::wording;

/// The summary of an area.
pub(super) fn page(scorecard: &Scorecard<'_>, area: AreaId, entries: &[Entry<'_>]) -> Page {
    let entries = &priorities_first(scorecard, entries);
    let tally = Tally::of(scorecard, entries);
    let notes = Notes::default();
    let title = format!("Summary: {}", area_name(scorecard, area));
    let mut blocks = Vec::new();
    if !scorecard.has_figures() {
        blocks.push(Block::paragraph(super::no_figures(scorecard)));
    }
    blocks.push(Block::Glance(glance(&tally, entries.len())));
    let further = further_sentences(scorecard, &tally, entries);
    if !further.is_empty() {
        blocks.push(Block::Prose(further));
    }
    blocks.push(Block::Table(watched(scorecard, area, entries, &notes)));
    blocks.extend(changes(scorecard, &tally, entries));
    blocks.extend(without_figure(scorecard, entries));
    blocks.extend(data_notes(scorecard, area));
    let caption = format!("{title}, {}", super::report_name(scorecard));
    blocks.push(Block::Alone(summary_rows::table(scorecard, &tally, entries, caption)));
    Page {
        table: Some(TableName::Summary),
        name: page_name(scorecard, "Summary", area),
        title,
        area: Some(area_name(scorecard, area).to_owned()),
        blocks,
        notes: notes.into_texts(),
    }
}

/// The same page with lists in place of tables, for an e-mail of plain text.
pub(super) fn without_tables(
    scorecard: &Scorecard<'_>,
    area: AreaId,
    entries: &[Entry<'_>],
) -> Page {
    let mut page = page(scorecard, area, entries);
    let sorted = priorities_first(scorecard, entries);
    let listed = |block| match block {
        Block::Table(_) => watched_in_words(scorecard, area, &sorted),
        Block::Alone(_) => Vec::new(),
        other => vec![other],
    };
    page.blocks = page.blocks.into_iter().flat_map(listed).collect();
    // The table had the marks of the footnotes.
    page.notes.clear();
    page
}

/// A list for each section of what is red, or close to it.
fn watched_in_words(scorecard: &Scorecard<'_>, area: AreaId, entries: &[Entry<'_>]) -> Vec<Block> {
    let rows: Vec<_> = entries.iter().map(|entry| WatchedRow::of(scorecard, entry)).collect();
    let mut blocks = Vec::new();
    for section in SECTIONS {
        let of_section = rows.iter().filter(|row| row.section() == Some(section));
        let items: Vec<_> = of_section.filter_map(|row| row.in_words(scorecard, area)).collect();
        if !items.is_empty() {
            blocks.extend([Block::heading(section), Block::Prose(items)]);
        }
    }
    blocks
}

/// Whether a director looks at it first.
pub(super) fn is_priority(scorecard: &Scorecard<'_>, entry: &Entry<'_>) -> bool {
    scorecard.definition.indicator(entry.indicator).labels.is_priority
}

/// The entries with the priorities before the others.
fn priorities_first<'e>(scorecard: &Scorecard<'_>, entries: &[Entry<'e>]) -> Vec<Entry<'e>> {
    let (first, then): (Vec<_>, Vec<_>) =
        entries.iter().cloned().partition(|entry| is_priority(scorecard, entry));
    [first, then].concat()
}

/// How many are rated what and moved which way.
fn glance(tally: &Tally, count: usize) -> Glance {
    let rated =
        kinds(Rag::ALL.map(|rag| Cell::rag(Some(rag))), wording::NOT_RATED, tally.ratings, true);
    let directions = |moved: &Movement| Counts {
        title: moved.heading(),
        kinds: kinds(
            Direction::ALL.map(|direction| Cell::direction(Some(direction))),
            wording::NOT_COMPARABLE,
            moved.counts,
            false,
        ),
        note: moved.few_sentence(),
    };
    let mut counts = vec![Counts { title: "Rating".to_owned(), kinds: rated, note: None }];
    counts.extend(tally.moved.iter().map(directions).filter(|counts| !counts.kinds.is_empty()));
    let moved = tally.moved.iter().filter_map(Movement::sentence);
    let said: Vec<_> = std::iter::once(ratings_line(tally, count)).chain(moved).collect();
    Glance { counts, said: said.join(" ") }
}

/// `44 indicators: 17 green, 21 amber, 6 red.`
fn ratings_line(tally: &Tally, count: usize) -> String {
    let AnswerCounts { each: [green, amber, red], none: unrated } = tally.ratings;
    if unrated == count {
        return tally.ratings_sentence(count);
    }
    let unrated = if unrated == 0 { String::new() } else { format!(", {unrated} not rated") };
    let indicators = text::plural(count, "indicator", "indicators");
    format!("{count} {indicators}: {green} green, {amber} amber, {red} red{unrated}.")
}

/// Each of three answers and the lack of one, with how many have it. Without `all`, only those that
/// any has.
fn kinds(answers: [Cell; 3], none: &str, counts: AnswerCounts, all: bool) -> Vec<(Cell, usize)> {
    let none = Cell { text: none.to_owned(), ..Cell::missing() };
    let is_kept = |(cell, count): &(Cell, usize)| *count > 0 || (all && !cell.is_missing());
    answers.into_iter().chain([none]).zip(counts.all()).filter(is_kept).collect()
}

/// What else there is to say of all of them together.
fn further_sentences(
    scorecard: &Scorecard<'_>,
    tally: &Tally,
    entries: &[Entry<'_>],
) -> Vec<Prose> {
    let previous = tally.moved_from(CompareWith::Previous);
    let worsened = previous
        .map(|previous| statistics::worsened_sentences(scorecard, &previous.name(), entries));
    let AnswerCounts { each: [.., red], none: unrated } = tally.ratings;
    let is_said = unrated < entries.len() && scorecard.has_figures();
    let no_red = (red == 0 && is_said).then(|| "No indicator is red.".to_owned());
    let said = tally
        .unrated_sentences()
        .chain(tally.carried_forward_sentence())
        .chain(worsened.into_iter().flatten())
        .chain(no_red);
    said.map(prose::paragraph).collect()
}

/// An indicator that is looked at.
struct WatchedRow<'r, 'e> {
    entry: &'r Entry<'e>,
    indicator: &'r Indicator,
    assessed: Option<&'r Assessed<'e>>,
}

/// The sections of the table, in order.
const SECTIONS: [&str; 3] = ["Red", "Amber, and close to red", "Other priorities"];

/// What is red, what is amber and close to it, and the other priorities.
fn watched(scorecard: &Scorecard<'_>, area: AreaId, entries: &[Entry<'_>], notes: &Notes) -> Table {
    let mut table = columns(scorecard, area, notes);
    let rows: Vec<_> = entries.iter().map(|entry| WatchedRow::of(scorecard, entry)).collect();
    for section in SECTIONS {
        for row in rows.iter().filter(|row| row.section() == Some(section)) {
            table.row_in(section, row);
        }
    }
    let area = area_name(scorecard, area);
    table.finish(format!("What is red, or close to it: {area}, {}", super::report_name(scorecard)))
}

impl<'r, 'e> WatchedRow<'r, 'e> {
    fn of(scorecard: &Scorecard<'r>, entry: &'r Entry<'e>) -> Self {
        let indicator = scorecard.definition.indicator(entry.indicator);
        Self { entry, indicator, assessed: entry.including.as_ref() }
    }

    /// `New arrangements visited in time (indicator 9): 68.4%, target 85%; since November 2015. 5 more
    /// of the 57 visits due, in time, for amber; 10 for green. Worst: North Kent 50.0%.`
    fn in_words(&self, scorecard: &Scorecard<'_>, area: AreaId) -> Option<Prose> {
        let definition = scorecard.definition;
        let assessed = self.assessed?;
        let mut said = format!(": {}", result_and_target(definition, self.entry, assessed));
        if assessed.rag == Some(Rag::Red) {
            let since = wording::red_since(definition, self.entry, assessed, scorecard.month);
            said = format!("{said}; {}", text::uncapitalised(&since));
        }
        let sentences = [
            wording::shortfall::would_take(assessed, self.indicator),
            worst_part(scorecard, area, self).map(|worst| format!("Worst: {worst}")),
            self.benchmarks(definition),
        ];
        for sentence in sentences.into_iter().flatten() {
            said = format!("{said}. {sentence}");
        }
        let priority = if self.indicator.labels.is_priority { " Priority." } else { "" };
        Some(item(self.indicator, &format!("{said}.{priority}")))
    }

    /// What benchmarks have: `England 10.5%; South East 11.0%`.
    fn benchmarks(&self, definition: &Definition) -> Option<String> {
        let beside = self.entry.benchmarks.iter().map(|beside| {
            let name = wording::benchmark::name(definition, &beside.figure);
            format!("{name} {}", wording::benchmark::result(&beside.figure, self.indicator))
        });
        let beside: Vec<_> = beside.collect();
        (!beside.is_empty()).then(|| beside.join("; "))
    }

    /// Where it stands in the table, if it does.
    fn section(&self) -> Option<&'static str> {
        let [red, close, others] = SECTIONS;
        match self.assessed?.rag {
            Some(Rag::Red) => Some(red),
            Some(Rag::Amber) if self.is_close_to_red() => Some(close),
            _ => self.indicator.labels.is_priority.then_some(others),
        }
    }

    /// Whether it is close to red, being amber.
    fn is_close_to_red(&self) -> bool {
        self.assessed.is_some_and(|assessed| {
            let result = assessed.outcome.as_ref().zip(assessed.standard());
            result.is_some_and(|(outcome, standard)| {
                let amount = &assessed.figure.amount;
                shortfall::is_close_to_red(amount, &outcome.exact, standard, self.indicator)
            })
        })
    }
}

/// The columns of what is looked at, each with its cell.
fn columns<'c, 'r, 'e: 'r>(
    scorecard: &'c Scorecard<'_>,
    area: AreaId,
    notes: &'c Notes,
) -> TableBuilder<'c, WatchedRow<'r, 'e>> {
    let definition = scorecard.definition;
    let mut table = TableBuilder::<WatchedRow<'r, 'e>>::noted();
    table.column(Column::ids().not_on_screen(), |row| Cell::text(row.indicator.shown_id()));
    table.column(Column::flexible("Indicator"), |row| {
        let priority = if row.indicator.labels.is_priority { " (priority)" } else { "" };
        Cell::text(format!("{}{priority}", wording::name(row.indicator)))
            .with_id(row.indicator.shown_id())
    });
    table.column(Column::mark("RAG"), |row| {
        rating_cell(definition, row.assessed, row.indicator, notes)
    });
    table.column(Column::number("Result"), move |row| {
        latest_cell(scorecard, row.assessed, row.indicator, notes)
            .about(area_name(scorecard, area), row.entry.indicator)
    });
    table.column(Column::number("Target"), |row| {
        target_cell(row.assessed.and_then(Assessed::standard), row.indicator)
    });
    table.optional_column(Column::flexible("What it would take"), |row| {
        let take = row
            .assessed
            .and_then(|assessed| wording::shortfall::would_take(assessed, row.indicator));
        take.map_or_else(Cell::missing, Cell::text)
    });
    table.optional_column(Column::text("Worst area").spare(2), move |row| {
        worst_part(scorecard, area, row).map_or_else(Cell::missing, Cell::text)
    });
    table.optional_column(Column::text("Benchmark").spare(3), move |row| {
        row.benchmarks(definition).map_or_else(Cell::missing, Cell::text)
    });
    table.column(sparkline::column(), |row| sparkline::cell(definition, row.entry));
    table.optional_column(Column::text("Red since").spare(1), move |row| {
        let red = row.assessed.filter(|assessed| assessed.rag == Some(Rag::Red));
        red.map_or_else(Cell::missing, |assessed| {
            let since = wording::red_since_short(definition, row.entry, assessed, scorecard.month);
            Cell::text(since)
        })
    });
    table
}

/// The part of an area with the worst result, among those that have one of the same month: `East
/// Kent 55.0%`. `None` if none is worse than the whole, whose reds are then none of theirs, or
/// neither way is better.
fn worst_part(scorecard: &Scorecard<'_>, area: AreaId, row: &WatchedRow<'_, '_>) -> Option<String> {
    let definition = scorecard.definition;
    let month = row.assessed?.figure.month;
    let of_part = |part: &AreaId| {
        let entries = &scorecard.area(*part)?.entries;
        let entry = entries.iter().find(|entry| entry.indicator == row.entry.indicator)?;
        let assessed = entry.including.as_ref().filter(|latest| latest.figure.month == month)?;
        Some((
            *part,
            assessed,
            badness(&assessed.outcome.as_ref()?.exact, assessed, row.indicator)?,
        ))
    };
    let parts: Vec<_> = definition.area(area).parts.iter().filter_map(of_part).collect();
    let worst = parts.iter().map(|(.., badness)| badness).max()?;
    let whole = row.assessed?;
    let of_whole = badness(&whole.outcome.as_ref()?.exact, whole, row.indicator)?;
    if *worst <= of_whole {
        return None;
    }
    let at_worst: Vec<_> = parts.iter().filter(|(.., badness)| badness == worst).collect();
    let names: Vec<_> =
        at_worst.iter().map(|(part, ..)| definition.area(*part).name.as_str()).collect();
    let result = wording::result(at_worst.first()?.1, row.indicator);
    Some(format!("{} {result}", text::and(&names)))
}

/// How bad a result is: the higher, the worse.
fn badness(result: &Ratio, assessed: &Assessed<'_>, indicator: &Indicator) -> Option<Ratio> {
    match indicator.polarity {
        Polarity::Higher => Some(&Ratio::ZERO - result),
        Polarity::Lower => Some(result.clone()),
        Polarity::Target => Some(shortfall::from_target(result, &assessed.standard()?.bands)),
        Polarity::Neither => None,
    }
}

/// The most items of a list.
const MOST: usize = 10;
/// The most of the others of which the ids are given.
const MOST_IDS: usize = 12;

/// Which indicators changed rating since the period before: those that got worse, then those that got
/// better.
fn changes(scorecard: &Scorecard<'_>, tally: &Tally, entries: &[Entry<'_>]) -> Vec<Block> {
    let Some(previous) = tally.moved_from(CompareWith::Previous) else { return Vec::new() };
    let definition = scorecard.definition;
    let item = |change: &Change<'_, '_>| Listed {
        indicator: definition.indicator(change.entry.indicator),
        way: if change.is > change.was { "Worse: " } else { "Better: " },
        said: changed(definition, change),
    };
    let changes = tally::changes(scorecard.month, entries);
    let items: Vec<_> = changes.iter().map(item).collect();
    list(format!("Rated worse or better since {}", previous.name()), &items)
}

/// `9.5%, target 13%; amber to red`.
fn changed(definition: &Definition, change: &Change<'_, '_>) -> String {
    let result = result_and_target(definition, change.entry, change.assessed);
    let [was, is] = [change.was, change.is].map(|rag| wording::rag(rag).to_lowercase());
    let target = change.target_was(definition);
    let target = target.map_or_else(String::new, |target| format!("; {target}"));
    format!("{result}; {was} to {is}{target}")
}

/// A result with what it is held against: `9.5%, target 13%`, `22.0%, England 21.9%`.
pub(super) fn result_and_target(
    definition: &Definition,
    entry: &Entry<'_>,
    assessed: &Assessed<'_>,
) -> String {
    let indicator = definition.indicator(entry.indicator);
    let result = wording::result(assessed, indicator);
    if let Some(standard) = assessed.standard() {
        return format!("{result}, target {}", wording::target(standard, indicator));
    }
    let benchmark = indicator.rated_against.as_ref().and_then(|rated| {
        entry.benchmarks.iter().find(|beside| beside.figure.benchmark == rated.benchmark)
    });
    let Some((outcome, beside)) = assessed.outcome.as_ref().zip(benchmark) else { return result };
    let name = wording::benchmark::name(definition, &beside.figure);
    let of_benchmark = wording::benchmark::result_beside(indicator, outcome, &beside.figure);
    format!("{result}, {name} {of_benchmark}")
}

/// What has no figure, with why where it is said, and that it was red; of those whose figure may not
/// be shown or is not rated, those that were red.
fn without_figure(scorecard: &Scorecard<'_>, entries: &[Entry<'_>]) -> Vec<Block> {
    let definition = scorecard.definition;
    let has_none = |entry: &&Entry<'_>| match &entry.including {
        None => true,
        Some(latest) => {
            let is_hidden = matches!(latest.figure.amount, Amount::Suppressed | Amount::Low);
            latest.outcome.is_none() && (!is_hidden || tally::was_red(entry).is_some())
        }
    };
    let item = |entry: &Entry<'_>| {
        let why = match &entry.including {
            None => "no figure".to_owned(),
            Some(latest) => match &latest.figure.amount {
                Amount::NoFigure(reason) => reason.as_str().to_owned(),
                Amount::Suppressed => "not shown, [c]".to_owned(),
                Amount::Low => "not rated, [low]".to_owned(),
                _ => "no result, as the denominator is 0".to_owned(),
            },
        };
        let red = tally::was_red(entry).map(|previous| {
            let indicator = definition.indicator(entry.indicator);
            let period = wording::period_end(definition, indicator, previous.figure.month);
            format!("; red in {period}")
        });
        Listed {
            indicator: definition.indicator(entry.indicator),
            way: "",
            said: format!("{why}{}", red.unwrap_or_default()),
        }
    };
    let items: Vec<_> = entries.iter().filter(has_none).map(item).collect();
    list("Without a figure".to_owned(), &items)
}

/// An item of a list of the summary.
struct Listed<'d> {
    indicator: &'d Indicator,
    /// Which way it moved, if that is what the list is of.
    way: &'static str,
    said: String,
}

/// A heading with an item for each indicator; nothing where there is none.
fn list(heading: String, items: &[Listed<'_>]) -> Vec<Block> {
    if items.is_empty() {
        return Vec::new();
    }
    // One more would take as much room as saying that there is one.
    let shown = if items.len() <= MOST + 1 { items.len() } else { MOST };
    let (first, others) = items.split_at(shown);
    let mut listed: Vec<_> = first
        .iter()
        .map(|one| item_with(one.way, one.indicator, &format!(": {}", one.said)))
        .collect();
    if !others.is_empty() {
        let ids: Vec<_> = others.iter().map(|one| one.indicator.shown_id()).collect();
        let text = if ids.len() <= MOST_IDS {
            format!("{} more: indicators {}", ids.len(), text::and(&ids))
        } else {
            format!("{} more, which the scorecard shows", ids.len())
        };
        listed.push(Prose::Item { depth: 0, number: None, spans: vec![span(text, false)] });
    }
    vec![Block::heading(heading), Block::Prose(listed)]
}

/// An item of a list about an indicator: its name, its id in words, and what is said of it.
pub(super) fn item(indicator: &Indicator, said: &str) -> Prose {
    item_with("", indicator, said)
}

/// The same after a word or two.
fn item_with(before: &str, indicator: &Indicator, said: &str) -> Prose {
    let rest = format!(" ({}){said}", wording::id(indicator));
    let before = (!before.is_empty()).then(|| span(before.to_owned(), false));
    let named = [span(wording::name(indicator), true), span(rest, false)];
    Prose::Item { depth: 0, number: None, spans: before.into_iter().chain(named).collect() }
}

fn span(text: String, strong: bool) -> Span {
    Span { text, strong, ..Span::default() }
}
