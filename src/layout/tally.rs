//! How many indicators are rated what and moved which way, and which changed rating: for the
//! summary and the covering report.

use std::collections::BTreeMap;

use crate::assess::{Assessed, Comparison, Entry, shortfall};
use crate::definition::{CompareWith, Definition};
use crate::figure::{Amount, Reason};
use crate::month::Month;
use crate::rating::{Direction, Rag, RangePosition};
use crate::scorecard::Scorecard;
use crate::text;
use crate::wording;

/// How many entries have each of three answers, and how many have none.
#[derive(Clone, Copy, Default)]
pub(super) struct AnswerCounts {
    /// How many have each, best first.
    pub each: [usize; 3],
    pub none: usize,
}

impl AnswerCounts {
    fn add<T: PartialEq>(&mut self, answers: &[T; 3], given: Option<T>) {
        let index = given.and_then(|given| answers.iter().position(|answer| *answer == given));
        match index {
            Some(index) => self.each[index] += 1,
            None => self.none += 1,
        }
    }

    /// How many have each, and then how many have none.
    pub(super) fn all(self) -> impl Iterator<Item = usize> {
        self.each.into_iter().chain([self.none])
    }
}

/// What there is to count of an area's indicators.
pub(super) struct Tally {
    /// How they are rated.
    pub ratings: AnswerCounts,
    /// How many are within their expected range, above it and below it, and how many have none.
    pub ranges: AnswerCounts,
    /// How they moved from the earlier results that any of them is compared with.
    pub moved: Vec<Movement>,
    /// How many figures are carried forward from an earlier month. They have not moved.
    pub carried_forward: usize,
    /// How many are not rated because too little is recorded.
    pub too_low: usize,
    /// How many a public edition does not show.
    pub not_shown: usize,
    /// How many have no figure where it is said why, by what is said.
    pub no_figure: BTreeMap<Reason, usize>,
}

/// How indicators moved from earlier results.
pub(super) struct Movement {
    /// What they are compared with.
    pub with: CompareWith,
    /// How many improved, stayed the same, worsened and cannot be compared.
    pub counts: AnswerCounts,
    /// How many of those that worsened did so by a few people.
    few: usize,
    /// How many are compared with a result of which period, by its last month and name.
    periods: BTreeMap<(Month, String), usize>,
}

impl Movement {
    fn new(with: CompareWith) -> Self {
        Self { with, counts: AnswerCounts::default(), few: 0, periods: BTreeMap::new() }
    }

    fn add(&mut self, definition: &Definition, entry: &Entry<'_>) {
        let assessed = entry.including.as_ref();
        let comparison = assessed.and_then(|assessed| assessed.compared_with(self.with).result());
        let direction = comparison.and_then(|comparison| comparison.direction);
        self.counts.add(&Direction::ALL, direction);
        let indicator = definition.indicator(entry.indicator);
        let is_by_few = assessed.zip(comparison).is_some_and(|(assessed, comparison)| {
            shortfall::has_worsened_by_few(assessed, comparison, indicator)
        });
        self.few += usize::from(is_by_few);
        if let Some(comparison) = comparison.filter(|_| direction.is_some()) {
            let month = comparison.figure.month;
            let name = wording::period_end(definition, indicator, month);
            *self.periods.entry((month, name)).or_default() += 1;
        }
    }

    /// What they are compared with: `December 2015`, `the outturn of March 2015`, `their previous
    /// figure` where those are of several periods.
    pub(super) fn name(&self) -> String {
        let mut periods = self.periods.keys();
        match (periods.next(), periods.next(), self.with) {
            (Some((_, name)), None, CompareWith::Outturn) => format!("the outturn of {name}"),
            (Some((_, name)), None, _) => name.clone(),
            (None, _, CompareWith::Previous) => "the period before".to_owned(),
            (None, _, CompareWith::Outturn) => "the outturn".to_owned(),
            (None, _, CompareWith::LastYear) => "the year before".to_owned(),
            (Some(_), Some(_), CompareWith::Previous) => "their previous figure".to_owned(),
            (Some(_), Some(_), CompareWith::Outturn) => "their outturn".to_owned(),
            (Some(_), Some(_), CompareWith::LastYear) => {
                "their figure of the year before".to_owned()
            }
        }
    }

    /// Of several periods how many are compared with which: ` (38 since December 2015, 6 since Q2
    /// 2015/16)`.
    fn each(&self) -> String {
        if self.periods.len() < 2 {
            return String::new();
        }
        let since = if self.with == CompareWith::Outturn { "of" } else { "since" };
        let periods = self.periods.iter().rev();
        let each: Vec<_> =
            periods.map(|((_, name), count)| format!("{count} {since} {name}")).collect();
        format!(" ({})", each.join(", "))
    }

    /// The heading of its counts: `Since December 2015`.
    pub(super) fn heading(&self) -> String {
        format!("Since {}{}", self.name(), self.each())
    }

    /// How many of those that worsened did so by so few people that it may mean little: `Of the 29,
    /// 11 worsened by two people or fewer.`
    pub(super) fn few_sentence(&self) -> Option<String> {
        let [.., worsened] = self.counts.each;
        match (worsened, self.few) {
            (_, 0) => None,
            (1, _) => Some("The one that worsened did so by two people or fewer.".to_owned()),
            (worsened, few) if worsened == few => {
                Some(format!("All {worsened} worsened by two people or fewer."))
            }
            (worsened, few) => {
                Some(format!("Of the {worsened}, {few} worsened by two people or fewer."))
            }
        }
    }

    /// How many moved which way: `Since December 2015, 14 improved, 1 stayed the same and 29
    /// worsened.` Nothing where there is nothing to compare.
    pub(super) fn sentence(&self) -> Option<String> {
        let AnswerCounts { each: [improved, same, worsened], none: unknown } = self.counts;
        let moved: Vec<_> =
            [(improved, "improved"), (same, "stayed the same"), (worsened, "worsened")]
                .into_iter()
                .filter(|(count, _)| *count > 0)
                .map(|(count, how)| format!("{count} {how}"))
                .collect();
        let name = self.name();
        if moved.is_empty() {
            return (unknown > 0).then(|| format!("Nothing can be compared with {name}."));
        }
        let unknown =
            if unknown == 0 { String::new() } else { format!("; {unknown} cannot be compared") };
        let few = self.few_sentence().map_or_else(String::new, |few| format!(" {few}"));
        Some(format!("Since {name}, {}{}{unknown}.{few}", text::and(&moved), self.each()))
    }
}

impl Tally {
    /// Counts the indicators of a report.
    pub(super) fn of<'a, 'e: 'a>(
        scorecard: &Scorecard<'_>,
        entries: impl IntoIterator<Item = &'a Entry<'e>>,
    ) -> Self {
        let definition = scorecard.definition;
        let (mut ratings, mut ranges) = (AnswerCounts::default(), AnswerCounts::default());
        let mut moved: BTreeMap<CompareWith, Movement> = BTreeMap::new();
        let (mut carried_forward, mut too_low, mut no_figure) = (0, 0, BTreeMap::new());
        let mut not_shown = 0;
        for entry in entries {
            let assessed = entry.including.as_ref();
            ratings.add(&Rag::ALL, assessed.and_then(|assessed| assessed.rag));
            ranges.add(&RangePosition::ALL, assessed.and_then(|assessed| assessed.range));
            let reason = assessed.and_then(|assessed| assessed.figure.amount.reason());
            if let Some(reason) = reason {
                *no_figure.entry(reason).or_default() += 1;
            }
            let is_hidden = assessed.is_some_and(|it| it.figure.amount == Amount::Suppressed);
            not_shown += usize::from(is_hidden && definition.public().is_some());
            let is_too_low = |assessed: &Assessed<'_>| assessed.figure.is_too_low();
            too_low += usize::from(assessed.is_some_and(is_too_low));
            let is_carried = reason.is_none()
                && assessed.is_some_and(|assessed| assessed.figure.month != scorecard.month);
            carried_forward += usize::from(is_carried);
            for with in definition.indicator(entry.indicator).compare.iter() {
                let movement = moved.entry(with).or_insert_with(|| Movement::new(with));
                if !is_carried {
                    movement.add(definition, entry);
                }
            }
        }
        Self {
            ratings,
            ranges,
            moved: moved.into_values().collect(),
            carried_forward,
            too_low,
            not_shown,
            no_figure,
        }
    }

    /// How many of all the indicators are rated what: `Of the 44 indicators, 17 are green, 21 amber and
    /// 6 red.` What none is, is left out.
    pub(super) fn ratings_sentence(&self, count: usize) -> String {
        let words = Rag::ALL.map(|rag| wording::rag(rag).to_lowercase());
        let words = words.iter().map(String::as_str).chain(["not rated"]);
        let some: Vec<_> = self.ratings.all().zip(words).filter(|one| one.0 > 0).collect();
        match some.as_slice() {
            [] => "No indicator is in force.".to_owned(),
            [(1, word)] => format!("The indicator is {word}."),
            [(all, "not rated")] => format!("None of the {all} indicators is rated."),
            [(2, word)] => format!("Both indicators are {word}."),
            [(all, word)] => format!("All {all} indicators are {word}."),
            some => {
                let mut verb = text::plural(some[0].0, " is", " are");
                let said: Vec<_> = some
                    .iter()
                    .map(|(count, word)| format!("{count}{} {word}", std::mem::take(&mut verb)))
                    .collect();
                format!("Of the {count} indicators, {}.", text::and(&said))
            }
        }
    }

    /// What there is to say of those that are not rated: of their expected range, and why they have no
    /// rating or no figure.
    pub(super) fn unrated_sentences(&self) -> impl Iterator<Item = String> {
        let said = [
            self.ranges_sentence(),
            self.not_shown_sentence(),
            self.too_low_sentence(),
            self.no_figure_sentence(),
        ];
        said.into_iter().flatten()
    }

    /// How many are within their expected range, above it and below it, where any have one.
    fn ranges_sentence(&self) -> Option<String> {
        let [within, above, below] = self.ranges.each;
        let total = within + above + below;
        let counts = [(within, "within it"), (above, "above it"), (below, "below it")];
        let some: Vec<_> = counts.into_iter().filter(|(count, _)| *count > 0).collect();
        match some.as_slice() {
            [] => None,
            [(1, how)] => Some(format!("The one with an expected range is {how}.")),
            [(_, how)] => Some(format!("All {total} with an expected range are {how}.")),
            some => {
                let each = |(count, how): &(usize, &str)| {
                    format!("{count} {} {how}", text::plural(*count, "is", "are"))
                };
                let said: Vec<_> = some.iter().map(each).collect();
                Some(format!("Of the {total} with an expected range, {}.", text::and(&said)))
            }
        }
    }

    /// How they moved from an earlier result, where any of them is compared with it.
    pub(super) fn moved_from(&self, with: CompareWith) -> Option<&Movement> {
        self.moved.iter().find(|movement| movement.with == with)
    }

    /// How many have no figure where it is said why: `3 have no figure, and the data say
    /// why: 2 not reported and 1 tbc.`
    fn no_figure_sentence(&self) -> Option<String> {
        let count: usize = self.no_figure.values().sum();
        let said = |(reason, count): (&Reason, &usize)| format!("{count} {}", reason.as_str());
        let said: Vec<_> = self.no_figure.iter().map(said).collect();
        let has = text::plural(count, "has", "have");
        (count > 0).then(|| {
            format!("{count} {has} no figure, and the data say why: {}.", text::and(&said))
        })
    }

    /// How many are not rated because too little is recorded, where any are.
    fn too_low_sentence(&self) -> Option<String> {
        let count = self.too_low;
        (count > 0).then(|| {
            format!(
                "{count} {} not rated because too little is recorded.",
                text::plural(count, "is", "are")
            )
        })
    }

    /// How many are not shown, where any are.
    fn not_shown_sentence(&self) -> Option<String> {
        (self.not_shown > 0).then(|| format!("Not shown: {}.", self.not_shown))
    }

    /// How many figures are of an earlier month, where any are.
    pub(super) fn carried_forward_sentence(&self) -> Option<String> {
        let count = self.carried_forward;
        (count > 0).then(|| {
            format!(
                "{count} {} carried forward from an earlier month and not counted as moved.",
                text::plural(count, "figure is", "figures are"),
            )
        })
    }
}

/// An indicator whose rating is not what it was in the period before.
pub(super) struct Change<'a, 'e> {
    pub entry: &'a Entry<'e>,
    pub assessed: &'a Assessed<'e>,
    /// The result of the period before.
    pub previous: &'a Comparison<'e>,
    pub was: Rag,
    pub is: Rag,
}

impl Change<'_, '_> {
    /// That it comes with another target, where it does: `its target was 15%`.
    pub(super) fn target_was(&self, definition: &Definition) -> Option<String> {
        let indicator = definition.indicator(self.entry.indicator);
        wording::target_was(self.previous, self.assessed.standard(), indicator)
    }
}

/// Which indicators changed rating since the period before: worsened before improved, each in the
/// order of the definitions. A figure that is carried forward has changed nothing.
pub(super) fn changes<'a, 'e>(report: Month, entries: &'a [Entry<'e>]) -> Vec<Change<'a, 'e>> {
    let change = |entry: &'a Entry<'e>| {
        let latest = entry.including.as_ref();
        let assessed = latest.filter(|assessed| assessed.figure.month == report)?;
        let previous = assessed.previous.result()?;
        let (was, is) = (previous.rag()?, assessed.rag?);
        (was != is).then_some(Change { entry, assessed, previous, was, is })
    };
    let mut changed: Vec<_> = entries.iter().filter_map(change).collect();
    changed.sort_by_key(|change| change.is < change.was);
    changed
}

/// The entries that are rated so, each with what is said of its latest figure.
pub(super) fn rated<'a, 'e>(
    entries: &'a [Entry<'e>],
    rag: Rag,
) -> impl Iterator<Item = (&'a Entry<'e>, &'a Assessed<'e>)> {
    entries.iter().filter_map(move |entry| {
        Some((entry, entry.including.as_ref().filter(|assessed| assessed.rag == Some(rag))?))
    })
}

/// The indicators without a latest result that were red in the period before.
pub(super) fn gone_red<'a, 'e>(
    entries: &'a [Entry<'e>],
) -> impl Iterator<Item = (&'a Entry<'e>, &'a Comparison<'e>)> {
    entries.iter().filter_map(|entry| Some((entry, was_red(entry)?)))
}

/// The result of the period before of an indicator without a latest one, if it was red.
pub(super) fn was_red<'a, 'e>(entry: &'a Entry<'e>) -> Option<&'a Comparison<'e>> {
    let previous = match &entry.including {
        Some(latest) if latest.outcome.is_none() => &latest.previous,
        Some(_) => return None,
        None => &entry.without_latest.as_ref()?[0],
    };
    previous.result().filter(|previous| previous.rag() == Some(Rag::Red))
}
