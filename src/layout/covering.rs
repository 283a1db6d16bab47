//! The performance paragraphs of the covering report, as an officer writes them above the tables.
//!
//! What the measures are, how many are rated what, how many improved and worsened, what is newly
//! red and what left red.

use super::prose::{self, Prose};
use super::report_name;
use super::summary::{item, result_and_target};
use super::tally::{self, AnswerCounts, Change, Movement, Tally};
use super::{
    Block, Cell, Column, Table, TableBuilder, area_name, no_figures, nothing_red, whole_cell,
};
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
        let period = wording::report_name_said(self.scorecard.definition, self.scorecard.month);
        let (count, area) = (self.entries.len(), area_name(self.scorecard, self.area));
        let sections = self.sections();
        let mut said = Vec::new();
        if !self.scorecard.has_figures() {
            said.push(prose::paragraph(no_figures(self.scorecard)));
        }
        said.push(prose::paragraph(self.tally.ratings_sentence(count)));
        if count > self.tally.ratings.none {
            said.push(prose::paragraph(format!(
                "Each result is rated against {}: green where the target is met, amber where it is \
                 missed and the floor is met, red where the floor is missed.{}",
                self.targets(),
                self.against_benchmarks(),
            )));
        }
        said.extend(self.tally.unrated_sentences().map(prose::paragraph));
        let indicators = text::plural(count, "indicator", "indicators");
        let heading = format!("How {area} performed in {period} on {count} {indicators}");
        let by_section = (sections.len() > 1).then(|| Block::Table(self.by_section(&sections)));
        [Block::heading(heading), Block::Prose(said)].into_iter().chain(by_section).collect()
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

    /// How many are rated against which benchmarks instead, in a sentence; empty where none is.
    fn against_benchmarks(&self) -> String {
        let definition = self.scorecard.definition;
        let rated = || {
            let rated = self.entries.iter().map(|entry| self.indicator(entry));
            rated.filter_map(|indicator| indicator.rated_against.as_ref())
        };
        let count = rated().count();
        if count == 0 {
            return String::new();
        }
        let all = definition.benchmark_ids().filter(|id| rated().any(|one| one.benchmark == *id));
        let names: Vec<_> = all.map(|id| definition.benchmark(id).name.as_str()).collect();
        format!(
            " {count} of them {} rated against {} instead: green where the result is better, amber \
                where it is similar, red where it is worse.",
            text::plural(count, "is", "are"),
            text::list(&names),
        )
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
        let mut table = TableBuilder::<(&str, usize, AnswerCounts)>::new();
        table.column(Column::flexible("Section"), |(name, _, _)| Cell::text(*name));
        table.column(Column::number("Indicators"), |(_, count, _)| whole_cell(*count));
        for (index, rag) in Rag::ALL.into_iter().enumerate() {
            table.column(Column::number(wording::rag(rag)), move |(_, _, ratings)| {
                whole_cell(ratings.each[index])
            });
        }
        table.column(Column::number("Not rated"), |(_, _, ratings)| whole_cell(ratings.none));
        for (name, entries) in sections {
            let ratings = Tally::of(self.scorecard, entries.iter().copied()).ratings;
            table.row(&(*name, entries.len(), ratings));
        }
        table.row(&("All", self.entries.len(), self.tally.ratings));
        table.finish(format!(
            "Ratings by section: {}, {}",
            area_name(self.scorecard, self.area),
            report_name(self.scorecard)
        ))
    }

    /// How many improved, stayed the same and worsened; nothing where nothing is compared.
    fn movement(&self) -> Vec<Block> {
        if self.tally.moved.is_empty() {
            return Vec::new();
        }
        let moved = self.tally.moved.iter().filter_map(Movement::sentence);
        let said = moved.chain(self.tally.carried_forward_sentence()).map(prose::paragraph);
        vec![Block::heading("Direction of travel"), Block::Prose(said.collect())]
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
                let indicators = text::plural(items.len(), one, more);
                let number = text::capitalised(&text::number_word(items.len()));
                said.push(prose::paragraph(format!("{number} {indicators}:")));
                said.extend(items);
            }
        };
        let each = |changes: &[&Change<'_, 'e>]| {
            changes.iter().map(|change| self.changed(change)).collect()
        };
        // What is said to be "other" needs something before it.
        let [other, others_are] = if newly.is_empty() && left.is_empty() {
            ["indicator is red", "indicators are red"]
        } else if newly.is_empty() {
            ["indicator is still red", "indicators are still red"]
        } else {
            ["other indicator is red", "other indicators are red"]
        };
        list("indicator has become red", "indicators have become red", each(&newly));
        list("indicator is no longer red", "indicators are no longer red", each(&left));
        let kept = still.iter().map(|(entry, assessed)| self.kept(entry, assessed)).collect();
        list(other, others_are, kept);
        let [other, others_have] = if newly.is_empty() && left.is_empty() {
            ["indicator has changed rating", "indicators have changed rating"]
        } else {
            ["other indicator has changed rating", "other indicators have changed rating"]
        };
        list(other, others_have, each(&others));
        let gone: Vec<_> = tally::gone_red(self.entries)
            .map(|(entry, previous)| {
                let indicator = self.indicator(entry);
                let period = self.period(indicator, previous.figure.month);
                let what = if entry.including.is_some() { "no result" } else { "no figure" };
                item(indicator, &format!(": {what}; red in {period}"))
            })
            .collect();
        list("indicator was red and has no result", "indicators were red and have no result", gone);
        if newly.is_empty() && still.is_empty() {
            said.insert(0, prose::paragraph(nothing_red(self.scorecard)));
        }
        vec![Block::heading("Changes of rating"), Block::Prose(said)]
    }

    /// `Children leaving care who were adopted (indicator 31): 9.5%, target 13%; amber in December
    /// 2015`.
    fn changed(&self, change: &Change<'_, '_>) -> Prose {
        let said = result_and_target(self.scorecard.definition, change.entry, change.assessed);
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
        item(indicator, &format!(": {said}{is}; {was} in {period}{target}"))
    }

    fn period(&self, indicator: &Indicator, month: Month) -> String {
        wording::period_end(self.scorecard.definition, indicator, month)
    }

    /// `New private fostering arrangements visited within 6 weeks (indicator 9): 68.4%, target 85%;
    /// since November 2015`.
    fn kept(&self, entry: &Entry<'_>, assessed: &Assessed<'_>) -> Prose {
        let (definition, report) = (self.scorecard.definition, self.scorecard.month);
        let said = result_and_target(definition, entry, assessed);
        let since = wording::red_since(definition, entry, assessed, report);
        item(self.indicator(entry), &format!(": {said}; {}", uncapitalised(&since)))
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
                        ": {}, {}, instead of {}, {}",
                        results.0, rags.0, results.1, rags.1
                    );
                    items.push(item(indicator, &said));
                }
            }
            if compared == 0 {
                continue;
            }
            let name = &cohort.name;
            let said = differently(name, items.len(), compared);
            blocks.push(Block::heading(
                cohort.title.clone().unwrap_or_else(|| format!("Impact of {name}")),
            ));
            blocks
                .push(Block::Prose(std::iter::once(prose::paragraph(said)).chain(items).collect()));
        }
        blocks
    }
}

/// How many indicators would be rated differently without a cohort, of those with both ratings.
fn differently(name: &str, count: usize, compared: usize) -> String {
    match (count, compared) {
        (0, 1) => format!(
            "Without {name}, the one indicator that can be compared would not be rated differently."
        ),
        (0, _) => format!(
            "Without {name}, none of the {compared} indicators that can be compared would be rated \
             differently."
        ),
        (1, 1) => format!(
            "Without {name}, the one indicator that can be compared would be rated differently:"
        ),
        (all, compared) if all == compared => format!(
            "Without {name}, all {all} indicators that can be compared would be rated differently:"
        ),
        (count, compared) => format!(
            "Without {name}, {} of the {compared} indicators that can be compared would be rated \
             differently:",
            text::number_word(count)
        ),
    }
}
