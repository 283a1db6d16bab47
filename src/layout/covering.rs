//! The performance paragraphs of the covering report, as an officer writes them above the tables.
//!
//! What the measures are, how many are rated what, how many improved and worsened, what is newly
//! red and what left red.

use super::prose::{self, Prose, Span};
use super::tally::{self, Change, Counts, Movement, Tally};
use super::{Block, Cell, Column, Table, TableBuilder, area_name, whole_cell};
use crate::assess::{Assessed, Entry};
use crate::definition::{AreaId, Indicator};
use crate::month::Month;
use crate::rating::Rag;
use crate::scorecard::Scorecard;
use crate::text::{self, uncapitalised};
use crate::wording;

/// What the officer says, which comes before what is counted. It is about the top area, and about
/// the whole scorecard: no product has it.
pub(super) fn written(scorecard: &Scorecard<'_>) -> Option<Block> {
    let text = scorecard.extract()?.covering.as_deref()?;
    let is_its = scorecard.definition.product().is_none();
    let is_about_top = scorecard.scope.is_chosen(scorecard.definition.top);
    (is_its && is_about_top).then(|| Block::Prose(prose::parse(text)))
}

/// The paragraphs about an area.
pub(super) fn blocks(scorecard: &Scorecard<'_>, area: AreaId, entries: &[Entry<'_>]) -> Vec<Block> {
    let report = CoveringReport { scorecard, area, entries, tally: Tally::of(scorecard, entries) };
    let mut blocks = report.ratings();
    blocks.extend(report.movement());
    blocks.extend(report.reds());
    blocks.extend(report.cohorts());
    blocks
}

struct CoveringReport<'r, 'e> {
    scorecard: &'r Scorecard<'e>,
    area: AreaId,
    entries: &'r [Entry<'e>],
    tally: Tally,
}

impl<'r, 'e> CoveringReport<'r, 'e> {
    fn indicator(&self, entry: &Entry<'_>) -> &'e Indicator {
        self.scorecard.definition.indicator(entry.indicator)
    }

    /// What the measures are, and how many of them are rated what.
    fn ratings(&self) -> Vec<Block> {
        let month = self.scorecard.month;
        let (count, area) = (self.entries.len(), area_name(self.scorecard, self.area));
        let [green, amber, red, unrated] = self.tally.ratings;
        let sections = self.sections();
        let measures = format!(
            "This report gives the performance of {area} in {} by {count} {} in {} {}. Each \
                result is rated against {}: green where the target is met, amber where it is \
                missed and the floor is met, red where the floor is missed.",
            month.long(),
            text::plural(count, "indicator", "indicators"),
            sections.len(),
            text::plural(sections.len(), "section", "sections"),
            self.targets(),
        );
        let not_rated = match unrated {
            0 => String::new(),
            _ => format!(" and {unrated} {} not rated", text::plural(unrated, "is", "are")),
        };
        let rated = format!(
            "Of the {count} {}, {green} {} green, {amber} amber and {red} red{not_rated}.",
            text::plural(count, "indicator", "indicators"),
            text::plural(green, "is", "are"),
        );
        let mut said = vec![prose::paragraph(measures), prose::paragraph(rated)];
        said.extend(self.tally.ranges_sentence().map(prose::paragraph));
        said.extend(self.tally.too_low_sentence().map(prose::paragraph));
        said.extend(self.tally.no_figure_sentence().map(prose::paragraph));
        vec![
            Block::Heading(format!("Performance of {area} in {}", month.long())),
            Block::Prose(said),
            Block::Table(self.by_section(&sections)),
        ]
    }

    /// Which target results are rated against: that of the report's year, unless some are of
    /// another.
    fn targets(&self) -> String {
        let definition = self.scorecard.definition;
        let year = definition.financial_year(self.scorecard.month);
        let mut latest = self.entries.iter().filter_map(|entry| entry.including.as_ref());
        if latest.all(|latest| definition.financial_year(latest.figure.month) == year) {
            format!("the target for {year}")
        } else {
            "the target of its own financial year".to_owned()
        }
    }

    /// The sections with their entries, in the order of the definitions; one that comes again is
    /// one.
    fn sections(&self) -> Vec<(&'e str, Vec<&'r Entry<'e>>)> {
        let mut sections: Vec<(&str, Vec<_>)> = Vec::new();
        for entry in self.entries {
            let name = self.indicator(entry).section.as_str();
            match sections.iter_mut().find(|(known, _)| *known == name) {
                Some((_, entries)) => entries.push(entry),
                None => sections.push((name, vec![entry])),
            }
        }
        sections
    }

    fn by_section(&self, sections: &[(&str, Vec<&Entry<'e>>)]) -> Table {
        let mut table = TableBuilder::<(&str, usize, Counts)>::new();
        table.column(Column::flexible("Section"), |(name, _, _)| Cell::text(*name));
        table.column(Column::number("Indicators"), |(_, count, _)| whole_cell(*count));
        table.column(Column::number("Green"), |(_, _, [green, _, _, _])| whole_cell(*green));
        table.column(Column::number("Amber"), |(_, _, [_, amber, _, _])| whole_cell(*amber));
        table.column(Column::number("Red"), |(_, _, [_, _, red, _])| whole_cell(*red));
        table.column(Column::number("Not rated"), |(_, _, [_, _, _, none])| whole_cell(*none));
        for (name, entries) in sections {
            let ratings = Tally::of(self.scorecard, entries.iter().copied()).ratings;
            table.row(&(*name, entries.len(), ratings));
        }
        table.row(&("All", self.entries.len(), self.tally.ratings));
        table.finish(format!(
            "Ratings by section: {}, {}",
            area_name(self.scorecard, self.area),
            self.scorecard.month.long()
        ))
    }

    /// How many improved, stayed the same and worsened; nothing where nothing is compared.
    fn movement(&self) -> Vec<Block> {
        if self.tally.moved.is_empty() {
            return Vec::new();
        }
        let moved = self.tally.moved.iter().filter_map(Movement::sentence);
        let said = moved.chain(self.tally.carried_forward_sentence()).map(prose::paragraph);
        vec![Block::Heading("Direction of travel".to_owned()), Block::Prose(said.collect())]
    }

    /// What is newly red, what left red, what stays red and since when, and the other changes of
    /// rating.
    fn reds(&self) -> Vec<Block> {
        let changes = tally::changes(self.scorecard.month, self.entries);
        let (newly, others): (Vec<_>, Vec<_>) =
            changes.iter().partition(|change| change.is == Rag::Red);
        let (left, others): (Vec<_>, Vec<_>) =
            others.into_iter().partition(|change| change.was == Rag::Red);
        let is_new = |entry: &Entry<'_>| {
            newly.iter().any(|change| change.entry.indicator == entry.indicator)
        };
        let still: Vec<_> =
            tally::rated(self.entries, Rag::Red).filter(|(entry, _)| !is_new(entry)).collect();

        let mut said = Vec::new();
        let mut list = |one: &str, more: &str, items: Vec<Prose>| {
            if !items.is_empty() {
                said.push(prose::paragraph(format!(
                    "{} {}:",
                    items.len(),
                    text::plural(items.len(), one, more)
                )));
                said.extend(items);
            }
        };
        let each = |changes: &[&Change<'_, 'e>]| {
            changes.iter().map(|change| self.changed(change)).collect()
        };
        list("indicator has become red", "indicators have become red", each(&newly));
        list("indicator is no longer red", "indicators are no longer red", each(&left));
        let kept = still.iter().map(|(entry, assessed)| self.kept(entry, assessed)).collect();
        list("other indicator is red", "other indicators are red", kept);
        list(
            "other indicator has changed rating",
            "other indicators have changed rating",
            each(&others),
        );
        let gone: Vec<_> = tally::gone_red(self.entries)
            .map(|(entry, previous)| {
                let indicator = self.indicator(entry);
                let period = self.period(indicator, previous.figure.month);
                let what = if entry.including.is_some() { "no result" } else { "no figure" };
                let text = format!("{}: {what}; red in {period}", indicator.short_name());
                item(format!("{} ", indicator.shown_id()), text)
            })
            .collect();
        list("indicator was red and has no result", "indicators were red and have no result", gone);
        if newly.is_empty() && still.is_empty() {
            said.insert(0, prose::paragraph("No indicator is red."));
        }
        vec![Block::Heading("Changes of rating".to_owned()), Block::Prose(said)]
    }

    /// `31 % of ...: 9.5% against a target of 13%; amber in December 2015`.
    fn changed(&self, change: &Change<'_, '_>) -> Prose {
        let [id, rest] = self.told(change.entry, change.assessed);
        let is = if change.is == Rag::Red {
            String::new()
        } else {
            format!(", now {}", wording::rag(change.is).to_lowercase())
        };
        let was = wording::rag(change.was).to_lowercase();
        let indicator = self.indicator(change.entry);
        let period = self.period(indicator, change.previous.figure.month);
        let target = change.target_was(self.scorecard.definition);
        let target = target.map_or_else(String::new, |target| format!(", when {target}"));
        item(id, format!("{rest}{is}; {was} in {period}{target}"))
    }

    fn period(&self, indicator: &Indicator, month: Month) -> String {
        wording::period_end(self.scorecard.definition, indicator, month)
    }

    /// `9 % of ...: 68.4% against a target of 85%; since November 2015`.
    fn kept(&self, entry: &Entry<'_>, assessed: &Assessed<'_>) -> Prose {
        let [id, rest] = self.told(entry, assessed);
        let (definition, report) = (self.scorecard.definition, self.scorecard.month);
        let since = wording::red_since(definition, entry, assessed, report);
        item(id, format!("{rest}; {}", uncapitalised(&since)))
    }

    /// Which indicator it is, and its result against its target.
    fn told(&self, entry: &Entry<'_>, assessed: &Assessed<'_>) -> [String; 2] {
        let indicator = self.indicator(entry);
        let definition = self.scorecard.definition;
        let benchmark = indicator.rated_against.as_ref().and_then(|rated| {
            let mut all = entry.benchmarks.iter();
            let beside = all.find(|beside| beside.figure.benchmark == rated.benchmark)?;
            let against = wording::benchmark::against(definition, indicator, &beside.figure);
            Some(format!(" against {against}"))
        });
        let target = assessed.standard().map(|standard| {
            format!(" against a target of {}", wording::target(standard, indicator))
        });
        let target = target.or(benchmark).unwrap_or_default();
        [
            format!("{} ", indicator.shown_id()),
            format!("{}: {}{target}", indicator.short_name(), wording::result(assessed, indicator)),
        ]
    }

    /// Which ratings are others without a cohort.
    fn cohorts(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        for id in self.scorecard.definition.cohort_ids() {
            let cohort = self.scorecard.definition.cohort(id);
            let mut compared = 0;
            let mut items = Vec::new();
            for entry in self.entries {
                let Some(excluding) =
                    entry.excluding.iter().find(|excluding| excluding.cohort == id)
                else {
                    continue;
                };
                let (Some(including), without) = (&entry.including, &excluding.assessed) else {
                    continue;
                };
                let (Some(with_rag), Some(without_rag)) = (including.rag, without.rag) else {
                    continue;
                };
                if self.indicator(entry).excludes.contains(&id) {
                    continue;
                }
                compared += 1;
                if with_rag != without_rag {
                    let indicator = self.indicator(entry);
                    let rags = (
                        wording::rag(without_rag).to_lowercase(),
                        wording::rag(with_rag).to_lowercase(),
                    );
                    let results = (
                        wording::result(without, indicator),
                        wording::result(including, indicator),
                    );
                    let said = format!(
                        "{}: {}, {}, instead of {}, {}",
                        indicator.short_name(),
                        results.0,
                        rags.0,
                        results.1,
                        rags.1
                    );
                    items.push(item(format!("{} ", indicator.shown_id()), said));
                }
            }
            if compared == 0 {
                continue;
            }
            let name = &cohort.name;
            let said = match items.len() {
                0 => format!(
                    "Without {name}, none of the {compared} indicators that can be compared would \
                        be rated differently."
                ),
                count => format!(
                    "Without {name}, {count} of the {compared} indicators that can be compared \
                        would be rated differently:"
                ),
            };
            blocks.push(Block::Heading(
                cohort.title.clone().unwrap_or_else(|| format!("Impact of {name}")),
            ));
            blocks
                .push(Block::Prose(std::iter::once(prose::paragraph(said)).chain(items).collect()));
        }
        blocks
    }
}

/// An item of a list that begins with an indicator's id.
pub(super) fn item(id: String, text: String) -> Prose {
    let id = Span { text: id, strong: true, ..Span::default() };
    Prose::Item { depth: 0, number: None, spans: vec![id, Span { text, ..Span::default() }] }
}
