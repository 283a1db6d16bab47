//! The result and what it was worked out from.

use super::WorkingPage;
use crate::assess::{Assessed, Figure, GapSides, Outcome};
use crate::definition::Unit;
use crate::extract::Mark;
use crate::figure::{Amount, Decimal, Ratio};
use crate::layout::{Block, Field, prose};
use crate::population::Population;
use crate::text;
use crate::wording;

impl WorkingPage<'_, '_> {
    /// What the result is, and what it was worked out from.
    pub(super) fn result(&self, assessed: &Assessed<'_>) -> Vec<Block> {
        let (definition, month) = (self.scorecard.definition, assessed.figure.month);
        let mut said = self.result_in_words(assessed);
        if month != self.scorecard.month {
            let name = wording::period_said(definition, self.indicator, month);
            said = match assessed.figure.amount {
                Amount::NoFigure(_) => format!("{said} of {name}"),
                _ => format!("{said}. It is the figure of {name}, the latest there is"),
            };
        }
        let mut paragraphs = vec![prose::paragraph(format!("{said}."))];
        let mark = self.mark(&assessed.figure);
        paragraphs.extend(mark.map(|mark| prose::paragraph(format!("{mark}."))));
        let period = wording::period(definition, self.indicator, Some(month));
        let mut fields = vec![Field::new("Data Period", period)];
        if self.has_places() {
            let origin = self.origin(&assessed.figure, Population::Everyone);
            fields.push(Field::new("From", origin));
            fields.extend(self.counted(&assessed.figure).map(|text| Field::new("Counted", text)));
        }
        vec![Block::heading("Result"), Block::Prose(paragraphs), Block::Fields(fields)]
    }

    /// `39 ÷ 57 × 100 ≈ 68.42%, shown as 68.4%`, or why there is no result.
    fn result_in_words(&self, assessed: &Assessed<'_>) -> String {
        match (&assessed.outcome, &assessed.figure.amount) {
            (Some(outcome), Amount::Ratio { numerator, denominator }) => {
                self.division(outcome, numerator, denominator)
            }
            (Some(outcome), Amount::Gap(_)) => {
                format!("{} percentage points", outcome.displayed(self.indicator).grouped())
            }
            (Some(outcome), _) => {
                let known = outcome.known.map_or_else(String::new, |places| {
                    format!(
                        ", known to {places} {}",
                        text::plural(usize::from(places), "decimal place", "decimal places")
                    )
                });
                format!("{}, given as a value{known}", wording::outcome(outcome, self.indicator))
            }
            (None, Amount::Suppressed) => format!(
                "The figure is suppressed: there is one, and it may not be shown{}",
                self.suppressed_parts(&assessed.figure)
            ),
            (None, Amount::Low) => {
                "The figure rounds to 0 and is not 0: no more is known of it".to_owned()
            }
            (None, Amount::NoFigure(reason)) => {
                format!(
                    "{}: its row says {}",
                    wording::reason(*reason),
                    text::quote(reason.as_str())
                )
            }
            (None, _) => "The denominator is 0, so there is no result".to_owned(),
        }
    }

    fn division(&self, outcome: &Outcome, numerator: &Decimal, denominator: &Decimal) -> String {
        let unit = self.indicator.unit;
        let times = match unit {
            Unit::Percent | Unit::Rate { .. } => {
                format!(" × {}", Decimal::new(i64::from(unit.times()), 0).grouped())
            }
            Unit::Number | Unit::Average => String::new(),
        };
        let working = format!("{} ÷ {}{times}", numerator.grouped(), denominator.grouped());
        let shown = outcome.displayed(self.indicator);
        let result = wording::outcome(outcome, self.indicator);
        if outcome.exact == shown {
            return format!("{working} = {result}");
        }
        let more = wording::told_apart(outcome, &Ratio::from(&shown), self.indicator);
        format!("{working} ≈ {more}, shown as {result}")
    }

    /// What the mark of a figure means, where it has one.
    fn mark(&self, figure: &Figure<'_>) -> Option<String> {
        let mark = figure.mark()?;
        let coverage = figure.covered.as_deref().and_then(wording::coverage);
        Some(match (&figure.revised, coverage) {
            (Some(revised), _) => {
                let definition = self.scorecard.definition;
                wording::revised(definition, self.indicator, revised, figure.month)
            }
            (None, Some(coverage)) if mark == Mark::Unreliable => coverage,
            (None, _) => wording::mark(mark).to_owned(),
        })
    }

    /// The two groups that a gap is between, and what would close it.
    pub(super) fn gap(&self, sides: &GapSides<'_>, amount: &Amount) -> Block {
        let definition = self.scorecard.definition;
        let mut said = vec![prose::paragraph(format!("{}.", self.sides(sides)))];
        let turned = wording::gap_turned(definition, sides.gap, amount);
        said.extend(turned.map(|turned| prose::paragraph(format!("{turned}."))));
        said.extend(sides.to_close().filter(|(more, _)| !more.is_zero()).map(|(more, of)| {
            let (count, how) = if more.is_negative() {
                (&Decimal::new(0, 0) - &more, "fewer")
            } else {
                (more, "more")
            };
            prose::paragraph(format!(
                "{} {how} of the {} children of {} would close the gap.",
                count.grouped(),
                of.grouped(),
                wording::population(definition, sides.gap.to)
            ))
        }));
        Block::Prose(said)
    }

    /// `indicator 12 is 65.0% (650 of 1,000) of all but FSM and 40.0% (40 of 100) of FSM`.
    pub(super) fn sides(&self, sides: &GapSides<'_>) -> String {
        let definition = self.scorecard.definition;
        let of = definition.indicator(sides.gap.indicator);
        let side = |figure: &Option<Figure<'_>>, who| {
            let figure = figure.as_ref().map_or_else(
                || "no figure".to_owned(),
                |figure| wording::amount(&figure.amount, of),
            );
            format!("{figure} for {}", wording::population(definition, who))
        };
        format!(
            "Indicator {} is {} and {}",
            of.shown_id(),
            side(&sides.from, sides.gap.from),
            side(&sides.to, sides.gap.to)
        )
    }
}
