//! What is different: between two sets of results, between what was published and what would be
//! today.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{
    Block, Cell, Column, Document, Field, Number, Page, Sign, Table, TableBuilder, count_cell,
    difference_column, prose,
};
use crate::definition::Affixes;
use crate::figure::Ratio;
use crate::record::results::{ActivityCount, FigureResult, IndicatorInfo, PlainNumber};
use crate::record::{ActivityChange, Change, ChangedRule, Changes, Manifest, What};
use crate::text::{and, plural};
use crate::wording;

/// What came of making a publication again.
pub struct Reproduced<'r> {
    /// What was published.
    pub manifest: &'r Manifest,
    /// Whether this version of the program made it.
    pub is_this_version: bool,
    /// The files that are not the same, byte for byte.
    pub different: &'r [&'static str],
    /// The figures that are not.
    pub changes: &'r Changes<'r>,
    /// Whether there are such figures, and all of them come from rules that have changed.
    pub are_of_changed_rules: bool,
}

/// Whether what was published could be made again.
#[must_use]
pub fn reproduced(reproduced: &Reproduced<'_>) -> Document {
    let manifest = reproduced.manifest;
    let title = format!("Reproduced: {}, publication {}", manifest.month.long(), manifest.revision);
    let is_same = reproduced.different.is_empty() && reproduced.changes.is_empty();
    let verdict = match (is_same, reproduced.is_this_version) {
        (true, true) => {
            "What was published is what this version makes of the same inputs, byte for byte."
                .to_owned()
        }
        (true, false) => {
            format!(
                "What was published by version {} is what this version makes of the same inputs, \
                    figure by figure.",
                manifest.version
            )
        }
        (false, _) if reproduced.are_of_changed_rules => {
            format!(
                "What was published by version {} is what this version makes of the same inputs, \
                    figure by figure, but for rules that have changed since. What was published \
                    stays as it was.",
                manifest.version
            )
        }
        (false, _) => {
            let files = if reproduced.different.is_empty() {
                String::new()
            } else {
                format!(": {}", reproduced.different.join(", "))
            };
            format!(
                "What was published by version {} is not what this version makes of the same \
                    inputs{files}.",
                manifest.version
            )
        }
    };
    let mut sentences = vec![verdict];
    sentences.extend(changed_rules(reproduced));
    sentences.extend(in_words(reproduced.changes));
    let mut table = columns(
        |(difference, _): &(Difference, Option<ChangedRule>)| difference,
        has_percentages(reproduced.changes),
    );
    table.optional_column(Column::text("Rule that has changed"), |(_, rule)| {
        rule.map_or_else(Cell::missing, |rule| Cell::text(rule.as_str()))
    });
    for change in &reproduced.changes.figures {
        table.row(&(Difference::of(change), ChangedRule::of(change, &manifest.version)));
    }
    for change in &reproduced.changes.activity {
        table.row(&(Difference::of_activity(change), None));
    }
    let table = table.finish(title.clone());
    document(title, vec![Field::new("Published", published(manifest))], sentences, table)
}

/// The rules that have changed, each with how many figures it makes different.
fn changed_rules(reproduced: &Reproduced<'_>) -> Vec<String> {
    let version = &reproduced.manifest.version;
    let mut counts: BTreeMap<ChangedRule, usize> = BTreeMap::new();
    for rule in
        reproduced.changes.figures.iter().filter_map(|change| ChangedRule::of(change, version))
    {
        *counts.entry(rule).or_default() += 1;
    }
    let said = counts.into_iter().map(|(rule, count)| {
        format!(
            "{count} {} from a rule that has changed in version {}: {}.",
            plural(count, "difference comes", "differences come"),
            rule.since(),
            rule.as_str()
        )
    });
    said.collect()
}

/// `1 March 2016 for the meeting of 22 March 2016`.
pub(super) fn published(manifest: &Manifest) -> String {
    let day = wording::published_day(manifest);
    format!("{day} for the meeting of {}", wording::date(manifest.meeting))
}

/// A document of one page: what is said in words, then the table.
pub(super) fn document(
    title: String,
    facts: Vec<Field>,
    sentences: Vec<String>,
    table: Table,
) -> Document {
    let blocks = vec![
        Block::Prose(sentences.into_iter().map(prose::paragraph).collect()),
        Block::Table(table),
    ];
    let page = Page::titled(&title, blocks);
    Document::about(title.clone(), title, facts, vec![page])
}

/// What is different: of an indicator, of an area, in a figure.
pub(super) struct Difference {
    pub id: Cell,
    pub name: Cell,
    pub area: Cell,
    /// Everyone, or a cohort.
    pub who: Cell,
    pub what: Cell,
    pub was: Cell,
    pub now: Cell,
    /// By how much, where it is a number.
    pub by: Cell,
}

/// The columns of a table of differences, each with its cell.
pub(super) fn columns<'c, Item: 'c>(
    difference: fn(&Item) -> &Difference,
    has_percentages: bool,
) -> TableBuilder<'c, Item> {
    let mut table = TableBuilder::<Item>::new();
    table.column(Column::ids(), move |row| difference(row).id.clone());
    table.column(Column::flexible("Indicators"), move |row| difference(row).name.clone());
    table.column(Column::text("Area"), move |row| difference(row).area.clone());
    table.column(Column::text("Who").spare(1), move |row| difference(row).who.clone());
    table.column(Column::text("What"), move |row| difference(row).what.clone());
    table.column(Column::number("Was"), move |row| difference(row).was.clone());
    table.column(Column::number("Now"), move |row| difference(row).now.clone());
    let by = difference_column("By", "By", has_percentages);
    table.column(by, move |row| difference(row).by.clone());
    table
}

/// Whether any difference is of percentages.
pub(super) fn has_percentages(changes: &Changes<'_>) -> bool {
    let mut results = changes.figures.iter().filter(|change| change.what == What::Result);
    results.any(|change| {
        change.was.is_some() && change.now.is_some() && is_percent(change.indicator.1)
    })
}

impl Difference {
    /// A difference in a figure.
    pub(super) fn of(change: &Change<'_>) -> Self {
        let (before, after) = change.indicator;
        let direction = |figure: &FigureResult| match change.what {
            What::Outturn => figure.outturn.as_ref()?.direction,
            What::LastYear => figure.last_year.as_ref()?.direction,
            _ => figure.previous.as_ref()?.direction,
        };
        let bandings = |figure: &FigureResult| figure.bandings().map(Cell::text);
        let both = [change.was, change.now];
        let [was, now, by] = match change.what {
            What::Result => results(change),
            What::Rating => {
                and_none(both.map(|figure| Cell::rag(figure.and_then(|figure| figure.rag))))
            }
            What::Previous | What::Outturn | What::LastYear => {
                and_none(both.map(|figure| Cell::direction(figure.and_then(direction))))
            }
            What::Variance => and_none(both.map(|figure| variance(figure, after))),
            What::Target => {
                and_none(both.map(|figure| figure.and_then(bandings).unwrap_or_else(Cell::missing)))
            }
        };
        let [was, now, by] = match change.what {
            What::Target => [was, now, by],
            _ => without_hidden(change.is_hidden, both, [was, now, by]),
        };
        let name = if after.name.is_empty() { &before.name } else { &after.name };
        Self {
            id: Cell::text(after.shown_id()),
            name: Cell::text(name),
            area: Cell::text(change.area),
            who: Cell::text(if change.cohort == "all" { "All" } else { change.cohort }),
            what: Cell::text(what(change.what)),
            was,
            now,
            by,
        }
    }
}

impl Difference {
    /// A difference in a count of activity.
    pub(super) fn of_activity(change: &ActivityChange<'_>) -> Self {
        let count = |count: Option<&ActivityCount>| match count {
            Some(ActivityCount::Number(count)) => count_cell(&count.0),
            Some(other) => Cell::text(wording::no_result(&other.amount())),
            None => Cell::missing(),
        };
        let by = match change.counts {
            [Some(ActivityCount::Number(was)), Some(ActivityCount::Number(now))] => {
                let difference = (&now.0 - &was.0).trimmed();
                let exact = Ratio::from(&difference);
                Cell::number(Number { exact, shown: difference, unit: Sign::None, signed: true })
            }
            _ => Cell::missing(),
        };
        let [was, now, by] = without_hidden(
            change.is_hidden,
            change.counts,
            [count(change.counts[0]), count(change.counts[1]), by],
        );
        Self {
            id: Cell::text(change.id),
            name: Cell::text(change.name),
            area: Cell::text(change.area),
            who: Cell::missing(),
            what: Cell::text("Activity"),
            was,
            now,
            by,
        }
    }
}

/// What leaving the cohort out changed.
fn variance(figure: Option<&FigureResult>, indicator: &IndicatorInfo) -> Cell {
    let Some(variance) = figure.and_then(|figure| figure.variance.as_ref()) else {
        return Cell::missing();
    };
    let exact = Ratio::from(&variance.0);
    Cell::number(Number {
        shown: exact.round(indicator.decimals),
        exact,
        unit: Sign::of_differences(is_percent(indicator), affixes(indicator).as_ref()),
        signed: true,
    })
}

/// The cells of a difference without what may not be shown, nor how far it is from what may.
fn without_hidden<T>(
    [was_hidden, now_hidden]: [bool; 2],
    [before, after]: [Option<&T>; 2],
    [was, now, by]: [Cell; 3],
) -> [Cell; 3] {
    let shown = |cell, is_hidden, figure: Option<&T>| match figure {
        Some(_) if is_hidden => Cell::text(wording::SUPPRESSED),
        _ => cell,
    };
    let by = if was_hidden || now_hidden { Cell::missing() } else { by };
    [shown(was, was_hidden, before), shown(now, now_hidden, after), by]
}

/// The two cells, and that there is no difference to give as a number.
fn and_none([was, now]: [Cell; 2]) -> [Cell; 3] {
    [was, now, Cell::missing()]
}

fn what(what: What) -> &'static str {
    match what {
        What::Result => "Result",
        What::Rating => "RAG Status",
        What::Previous => "Change on the period before",
        What::Outturn => "Change on outturn",
        What::LastYear => "Change on last year",
        What::Variance => "Variance",
        What::Target => "Target",
    }
}

/// A result as it was published.
pub(super) fn published_result(figure: &FigureResult, indicator: &IndicatorInfo) -> Cell {
    match figure.exact(indicator) {
        Some(exact) => Cell::number(published_number(exact, indicator)),
        None => Cell::text(&figure.display),
    }
}

/// The target that a published result was rated against.
pub(super) fn published_target(figure: &FigureResult, indicator: &IndicatorInfo) -> Cell {
    let Some(target) = &figure.target else { return Cell::missing() };
    let end = |end: &PlainNumber| Number {
        shown: end.0.clone().trimmed().padded(indicator.decimals),
        ..published_number(Ratio::from(&end.0), indicator)
    };
    if target.low == target.high {
        Cell::number(end(&target.low))
    } else {
        Cell::pair(end(&target.low), end(&target.high))
    }
}

fn published_number(exact: Ratio, indicator: &IndicatorInfo) -> Number {
    Number {
        shown: exact.round(indicator.decimals),
        exact,
        unit: Sign::of_results(is_percent(indicator), affixes(indicator).as_ref()),
        signed: false,
    }
}

/// Two results and their difference. Where both read the same, what they were worked out from tells
/// them apart.
fn results(change: &Change<'_>) -> [Cell; 3] {
    let (before, after) = change.indicator;
    let is_tie = change.was.zip(change.now).is_some_and(|(was, now)| was.display == now.display);
    let cell = |figure: Option<&FigureResult>, indicator: &IndicatorInfo| {
        let Some(figure) = figure else { return Cell::missing() };
        let mut cell = published_result(figure, indicator);
        if let crate::figure::Amount::Ratio { numerator, denominator } = figure.amount()
            && is_tie
        {
            cell.text =
                format!("{} ({} of {})", cell.text, numerator.grouped(), denominator.grouped());
        }
        cell
    };
    let exact = |figure: Option<&FigureResult>, indicator: &IndicatorInfo| {
        figure.and_then(|figure| figure.exact(indicator))
    };
    let by = match (exact(change.was, before), exact(change.now, after)) {
        (Some(was), Some(now)) if was != now => {
            let difference = &now - &was;
            // As many places as it takes to see that there is a difference.
            let places = (after.decimals..after.decimals + 6)
                .find(|places| !difference.round(*places).is_zero());
            Cell::number(Number {
                shown: difference.round(places.unwrap_or(after.decimals + 6)),
                exact: difference,
                unit: Sign::of_differences(is_percent(after), affixes(after).as_ref()),
                signed: true,
            })
        }
        _ => Cell::missing(),
    };
    [cell(change.was, before), cell(change.now, after), by]
}

/// That a change of rating comes with another target: `its target was 15%`.
fn target_was(change: &Change<'_>) -> Option<String> {
    let [was, now] = [change.was?.target.as_ref()?, change.now?.target.as_ref()?];
    let percent = if is_percent(change.indicator.0) { "%" } else { "" };
    let end = |end: &PlainNumber| format!("{}{percent}", end.0.grouped());
    let range = |low: &PlainNumber, high: &PlainNumber| {
        if low == high { end(low) } else { format!("{} to {}", end(low), end(high)) }
    };
    if (&was.low, &was.high) != (&now.low, &now.high) {
        return Some(format!("its target was {}", range(&was.low, &was.high)));
    }
    if (&was.floor_low, &was.floor_high) == (&now.floor_low, &now.floor_high) {
        return None;
    }
    Some(match (&was.floor_low, &was.floor_high) {
        (Some(low), Some(high)) => format!("its floor was {}", range(low, high)),
        (Some(floor), None) | (None, Some(floor)) => format!("its floor was {}", end(floor)),
        (None, None) => "it had no floor".to_owned(),
    })
}

/// What stands around the numbers of an indicator of a publication.
fn affixes(indicator: &IndicatorInfo) -> Option<Arc<Affixes>> {
    Affixes::of(indicator.prefix.as_deref(), indicator.suffix.as_deref()).map(Arc::new)
}

fn is_percent(indicator: &IndicatorInfo) -> bool {
    indicator.unit == "percent"
}

/// Whether anything of a figure that is different may not be shown today.
fn is_hidden(change: &Change<'_>) -> bool {
    change.is_hidden.contains(&true)
}

/// The most sentences of a kind.
const MOST: usize = 40;

/// What is different, in words: what is new and what is gone, what is defined differently, ratings,
/// the worst news first, and how many results and arrows.
pub(super) fn in_words(changes: &Changes<'_>) -> Vec<String> {
    let mut sentences = new_and_gone(changes);
    sentences.extend(defined_differently(changes));
    sentences.extend(changed_ratings(changes));
    sentences.extend(how_many(changes));
    sentences.extend(how_many_hidden(changes));
    sentences
}

/// The indicators and areas that are new, and those that are no longer there.
fn new_and_gone(changes: &Changes<'_>) -> Vec<String> {
    let ids = |indicators: &[&IndicatorInfo]| {
        let ids: Vec<_> = indicators.iter().map(|indicator| indicator.shown_id()).collect();
        (and(&ids), ids.len())
    };
    let names = |areas: &[&str]| (and(areas), areas.len());
    let (indicators, areas) = (["Indicator", "Indicators"], ["Area", "Areas"]);
    let (new, gone) = (["is new", "are new"], ["is no longer there", "are no longer there"]);
    let all = [
        (ids(&changes.indicators_come), indicators, new),
        (ids(&changes.indicators_gone), indicators, gone),
        (names(&changes.areas_come), areas, new),
        (names(&changes.areas_gone), areas, gone),
    ];
    let all = all.into_iter().filter(|((_, count), ..)| *count > 0);
    let said = all.map(|((names, count), [one, more], [is, are])| {
        format!("{} {names} {}.", plural(count, one, more), plural(count, is, are))
    });
    said.collect()
}

fn defined_differently(changes: &Changes<'_>) -> impl Iterator<Item = String> {
    let written =
        |text: &str| if text.is_empty() { "nothing".to_owned() } else { format!("{text:?}") };
    let beyond = changes.definitions.len().saturating_sub(MOST);
    let said = changes.definitions.iter().take(MOST).map(move |(indicator, key, was, is)| {
        format!(
            "Indicator {} is defined differently: its {key} was {} and is {}.",
            indicator.shown_id(),
            written(was),
            written(is)
        )
    });
    let are = plural(beyond, "definition is", "definitions are");
    said.chain((beyond > 0).then(|| format!("{beyond} more {are} different.")))
}

/// The ratings that changed: what got worse before what got better, each in the order of the areas
/// and indicators.
fn changed_ratings(changes: &Changes<'_>) -> Vec<String> {
    let areas: BTreeSet<_> = changes.figures.iter().map(|change| change.area).collect();
    let name = |change: &Change<'_>| {
        let area = if areas.len() > 1 { format!(" of {}", change.area) } else { String::new() };
        let who =
            if change.cohort == "all" { String::new() } else { format!(", {}", change.cohort) };
        let indicator = change.indicator.1;
        let named = wording::bare_name(&indicator.name, is_percent(indicator));
        format!("{named} (indicator {}){area}{who}", indicator.shown_id())
    };
    let rag = |figure: Option<&FigureResult>| figure.and_then(|figure| figure.rag);
    let word = |figure| {
        rag(figure).map_or_else(|| "not rated".to_owned(), |rag| wording::rag(rag).to_lowercase())
    };
    let mut rated: Vec<_> = changes
        .figures
        .iter()
        .filter(|change| change.what == What::Rating && !is_hidden(change))
        .collect();
    rated.sort_by_key(|change| rag(change.now) < rag(change.was));
    let beyond = rated.len().saturating_sub(MOST);
    let said = rated.into_iter().take(MOST).map(|change| {
        if change.now.is_none() {
            return format!("{} was {} and has no figure.", name(change), word(change.was));
        }
        let target = target_was(change).map_or_else(String::new, |was| format!("; {was}"));
        format!("{} went from {} to {}{target}.", name(change), word(change.was), word(change.now))
    });
    let beyond = (beyond > 0).then(|| format!("{beyond} more changed rating."));
    said.chain(beyond).collect()
}

/// How many results, arrows and the like are different.
fn how_many(changes: &Changes<'_>) -> impl Iterator<Item = String> {
    let of = |whats: &[What]| {
        changes.figures.iter().filter(|change| whats.contains(&change.what)).count()
    };
    let results = of(&[What::Result]);
    let arrows = of(&[What::Previous, What::Outturn, What::LastYear]);
    let targets = of(&[What::Target]);
    let variances = of(&[What::Variance]);
    let activity = changes.activity.len();
    let counted = [
        (results, plural(results, "result is", "results are")),
        (arrows, plural(arrows, "arrow is", "arrows are")),
        (targets, plural(targets, "target is", "targets are")),
        (variances, plural(variances, "variance is", "variances are")),
        (activity, plural(activity, "count of activity is", "counts of activity are")),
    ];
    let counted = counted.into_iter().filter(|(count, _)| *count > 0);
    counted.map(|(count, are)| format!("{count} {are} different."))
}

/// How many of them may not be shown, so that nothing more is said of them.
fn how_many_hidden(changes: &Changes<'_>) -> impl Iterator<Item = String> {
    let is_result = |change: &&Change<'_>| change.what == What::Result && is_hidden(change);
    let results = changes.figures.iter().filter(is_result).count();
    let counts = changes.activity.iter().filter(|change| change.is_hidden.contains(&true)).count();
    let counted = [
        (results, plural(results, "result", "results")),
        (counts, plural(counts, "count of activity", "counts of activity")),
    ];
    let counted = counted.into_iter().filter(|(hidden, _)| *hidden > 0);
    counted.map(|(hidden, of)| {
        let are = plural(hidden, "it is", "they are");
        format!("{hidden} {of} may not be shown today, so it is not said how {are} different.")
    })
}
