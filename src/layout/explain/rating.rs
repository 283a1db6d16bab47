//! The rating and what it goes by.

use super::WorkingPage;
use crate::assess::shortfall::missed;
use crate::assess::{Assessed, Entry};
use crate::definition::{Precision, RatedAgainst, Standard};
use crate::figure::Amount;
use crate::layout::{Block, Field, prose};
use crate::month::{FinancialYear, Month};
use crate::rating::Rag;
use crate::wording::{self, benchmark as words};

impl WorkingPage<'_, '_> {
    /// The rating, and the target or the benchmark that it is against.
    pub(super) fn rating(&self, entry: &Entry<'_>, assessed: &Assessed<'_>) -> Vec<Block> {
        match (&self.indicator.rated_against, assessed.standard()) {
            (Some(rated), _) => self.against_benchmark(entry, assessed, rated),
            (None, Some(standard)) => self.against_target(entry, assessed, standard),
            (None, None) => {
                vec![Block::heading("Rating"), Block::paragraph(self.without_target(assessed))]
            }
        }
    }

    /// The rating of an indicator that has a target.
    fn against_target(
        &self,
        entry: &Entry<'_>,
        assessed: &Assessed<'_>,
        standard: &Standard,
    ) -> Vec<Block> {
        let year = self.scorecard.definition.financial_year(assessed.figure.month);
        let target = wording::target(standard, self.indicator);
        let target = format!("{target} {}", wording::target_period(standard, year));
        let mut fields = self.how_long_red(entry, assessed);
        fields.push(Field::new("Target", target));
        fields.push(Field::new("Bandings", wording::bandings(standard, self.indicator)));
        if self.has_places() {
            fields.push(Field::new("From", self.place_of_target(standard)));
        }
        fields.extend(self.target_working(standard, year, assessed.figure.month));
        let Some(rag) = assessed.rag else {
            let why = Self::why_not_rated(assessed);
            return vec![Block::heading("Rating"), Block::paragraph(why), Block::Fields(fields)];
        };
        let on = match self.scorecard.definition.precision {
            Precision::Unrounded => "the unrounded result",
            Precision::Displayed => "the displayed result",
        };
        let mut paragraphs = vec![prose::paragraph(format!("{}, on {on}.", wording::rag(rag)))];
        paragraphs.extend(self.would_have_met(assessed, standard));
        vec![Block::heading("Rating"), Block::Prose(paragraphs), Block::Fields(fields)]
    }

    /// Since when it has been red, where it is.
    fn how_long_red(&self, entry: &Entry<'_>, assessed: &Assessed<'_>) -> Vec<Field> {
        if assessed.rag != Some(Rag::Red) {
            return Vec::new();
        }
        let definition = self.scorecard.definition;
        let since = wording::red_since(definition, entry, assessed, self.scorecard.month);
        vec![Field::new("How long red", since)]
    }

    /// Where a target is defined, and what for.
    fn place_of_target(&self, standard: &Standard) -> String {
        let place = self.told(&standard.place);
        match standard.year {
            Some(year) => {
                format!("{place} (the target {})", wording::target_period(standard, year))
            }
            None => format!("{place} (the target for every year without one of its own)"),
        }
    }

    /// What there is to say of a figure without a target: of its expected range, or why it is not
    /// rated.
    fn without_target(&self, assessed: &Assessed<'_>) -> String {
        let (definition, standards) = (self.scorecard.definition, &self.indicator.standards);
        let month = assessed.figure.month;
        let year = definition.financial_year(month);
        if let Some((expected, position)) = standards.expected(year, month).zip(assessed.range) {
            let position = wording::range_position(position);
            let expected = wording::expected_range(expected, self.indicator);
            return format!("{position}: it is expected from {expected}.");
        }
        if let Some(no_target) = assessed.against.no_target() {
            let why = wording::no_target(definition, self.indicator, no_target);
            return format!("Not rated. {why}.");
        }
        if standards.is_to_be_confirmed(year, month) {
            format!("Not rated: the target for {year} is to be confirmed.")
        } else {
            format!("Not rated: there is no target for {year}.")
        }
    }

    /// Why a figure that has a target is not rated.
    fn why_not_rated(assessed: &Assessed<'_>) -> String {
        let is_too_low = assessed.figure.is_too_low();
        let too_low = assessed.figure.covered.as_deref().filter(|_| is_too_low);
        let share = too_low.and_then(wording::coverage);
        let (Some(covered), Some(share)) = (too_low, share) else {
            return "Not rated: there is no result.".to_owned();
        };
        let more = match (&covered.figure.amount, covered.records_needed()) {
            (Amount::Ratio { numerator, denominator }, Some(more)) => format!(
                " Indicator {} is {} of {}: {} more would be enough.",
                covered.indicator.shown_id(),
                numerator.grouped(),
                denominator.grouped(),
                more.grouped()
            ),
            _ => String::new(),
        };
        format!("Not rated: {share}.{more}")
    }

    /// How the target was worked out, where it was, or what is due of it by each month.
    fn target_working(
        &self,
        standard: &Standard,
        year: FinancialYear,
        month: Month,
    ) -> Option<Field> {
        if let Some(working) = &standard.working {
            let working = wording::working(self.scorecard.definition, self.indicator, working);
            return Some(Field::new("Worked out as", working));
        }
        let months = self.indicator.standards.profile(year, month)?.iter();
        let due = months.filter_map(|standard| {
            let (low, high) = standard.bands.target();
            let due = wording::limits(low, high, self.indicator);
            Some(format!("{due} by {}", standard.due.as_ref()?.by))
        });
        Some(Field::new("Profile", due.collect::<Vec<_>>().join(", ")))
    }

    /// How many more or fewer would have met the floor and the target.
    fn would_have_met(&self, assessed: &Assessed<'_>, standard: &Standard) -> Vec<prose::Prose> {
        let amount = &assessed.figure.amount;
        let result = assessed.outcome.as_ref().map(|outcome| &outcome.exact);
        let missed = missed(amount, self.indicator.unit, result, standard);
        let said = missed.iter().map(|missed| {
            let by = missed.by().trimmed().grouped();
            let (more, or) =
                if missed.is_short { ("more", "or more") } else { ("fewer", "or fewer") };
            let met = wording::shortfall::would_have_met(missed, amount, self.indicator);
            prose::paragraph(format!(
                "The {} of {} would have been met by {} {or}: {}.",
                wording::shortfall::limit_kind(missed.what),
                wording::limit(&missed.limit, self.indicator),
                missed.needed.count.grouped(),
                met.unwrap_or_else(|| format!("{by} {more}")),
            ))
        });
        said.collect()
    }

    /// The rating of an indicator that is rated against a benchmark.
    fn against_benchmark(
        &self,
        entry: &Entry<'_>,
        assessed: &Assessed<'_>,
        rated: &RatedAgainst,
    ) -> Vec<Block> {
        let definition = self.scorecard.definition;
        let name = &definition.benchmark(rated.benchmark).name;
        let mut entries = entry.benchmarks.iter();
        let beside = entries.find(|beside| beside.figure.benchmark == rated.benchmark);
        let said = match (assessed.rag, assessed.verdict, beside) {
            (Some(rag), Some(verdict), _) => {
                format!("{}: {}", wording::rag(rag), words::stands(verdict, name))
            }
            (Some(rag), None, _) => format!("{}, as it was published", wording::rag(rag)),
            (None, ..) if assessed.outcome.is_none() => "Not rated: there is no result".to_owned(),
            (None, _, None) => format!("Not rated: {name} has no figure to compare with"),
            (None, _, Some(beside)) if !beside.is_comparable => {
                let period = words::period(definition, self.indicator, &beside.figure);
                format!("Not rated: {name} has {period}, a period of another length")
            }
            (None, ..) => "Not rated: the figure has no interval".to_owned(),
        };
        let mut fields = self.how_long_red(entry, assessed);
        fields.push(Field::new("Bandings", words::bandings(definition, self.indicator, rated)));
        if self.has_places() {
            fields.push(Field::new("From", self.told(&self.indicator.place)));
        }
        vec![Block::heading("Rating"), Block::paragraph(format!("{said}.")), Block::Fields(fields)]
    }
}
