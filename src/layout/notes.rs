//! Footnotes: the same words share a mark.

use std::cell::RefCell;

use super::Cell;
use crate::assess::{Against, Assessed, Comparison, Figure, Variance};
use crate::definition::{Bands, Definition, Indicator, Period, Precision, Threshold};
use crate::extract::Mark;
use crate::figure::Ratio;
use crate::month::Month;
use crate::rating::Direction;
use crate::scorecard::Scorecard;
use crate::wording;

/// The footnotes of a page.
///
/// All columns of a table may add to it, which is why adding needs only a shared reference.
#[derive(Debug, Default)]
pub(super) struct Notes {
    texts: RefCell<Vec<String>>,
}

impl Notes {
    /// The mark of a footnote, counted from 1.
    pub(super) fn mark(&self, text: impl Into<String>) -> usize {
        let text = text.into();
        let mut texts = self.texts.borrow_mut();
        let index = texts.iter().position(|known| *known == text).unwrap_or_else(|| {
            texts.push(text);
            texts.len() - 1
        });
        index + 1
    }

    /// A cell with a footnote for each thing that members are told about its figure.
    pub(super) fn data_notes<'t>(&self, cell: Cell, told: impl Iterator<Item = &'t str>) -> Cell {
        told.fold(cell, |cell, reason| cell.noted(Some(self.mark(wording::data_note(reason)))))
    }

    /// All of them, in the order of their marks.
    pub(super) fn into_texts(self) -> Vec<String> {
        self.texts.into_inner()
    }

    /// A cell of a figure, marked as provisional or revised where it is, with the footnote that
    /// says so.
    pub(super) fn firmness(
        &self,
        definition: &Definition,
        cell: Cell,
        figure: Option<&Figure<'_>>,
        indicator: &Indicator,
    ) -> Cell {
        let Some(figure) = figure else { return cell };
        cell.marked(figure.mark()).noted(self.provisional_or_revised(definition, figure, indicator))
    }

    /// The footnote of a figure that is provisional or revised, or of which not all is recorded.
    pub(super) fn provisional_or_revised(
        &self,
        definition: &Definition,
        figure: &Figure<'_>,
        indicator: &Indicator,
    ) -> Option<usize> {
        let coverage = figure.covered.as_deref().and_then(wording::coverage);
        let coverage = coverage.filter(|_| !figure.says_why());
        let mark = match (figure.mark(), coverage) {
            (None | Some(Mark::Unreliable), Some(coverage)) => return Some(self.mark(coverage)),
            (mark, _) => mark?,
        };
        let text = match &figure.revised {
            Some(revised) => wording::revised(definition, indicator, revised, figure.month),
            None => wording::mark(mark).to_owned(),
        };
        Some(self.mark(text))
    }

    /// The footnote of a figure that is not of the report month: of a quarter or a year, or of an
    /// earlier one that is the latest there is.
    pub(super) fn period(
        &self,
        scorecard: &Scorecard<'_>,
        assessed: &Assessed<'_>,
        indicator: &Indicator,
    ) -> Option<usize> {
        self.period_of("The figure", scorecard, assessed, indicator)
    }

    /// The same of a figure that is called `which`, beside another of another period.
    pub(super) fn period_of(
        &self,
        which: &str,
        scorecard: &Scorecard<'_>,
        assessed: &Assessed<'_>,
        indicator: &Indicator,
    ) -> Option<usize> {
        let (definition, report) = (scorecard.definition, scorecard.month);
        let figure = &assessed.figure;
        let name = wording::period_said(definition, indicator, figure.month);
        if figure.month == report {
            let is_of_month = !matches!(indicator.period, Period::Quarter | Period::Annual);
            let is_own = is_of_month || wording::is_period_of_all(definition, indicator, report);
            return (!is_own).then(|| self.mark(format!("{which} is of {name}")));
        }
        if figure.amount.reason().is_some() {
            return Some(self.mark(format!("This is said of {name}")));
        }
        let years = [figure.month, report].map(|month| definition.financial_year(month));
        let year = match (assessed.standard(), assessed.rag) {
            (Some(_), Some(_)) if years[0] != years[1] => {
                format!(", rated against the target for {}", years[0])
            }
            (Some(_), None) if years[0] != years[1] => {
                format!(", with the target for {}", years[0])
            }
            _ => String::new(),
        };
        Some(self.mark(format!("{which} is of {name}, the latest there is{year}")))
    }

    /// The footnote of a gap that is the other way round than it is defined.
    pub(super) fn gap_turned(
        &self,
        definition: &Definition,
        assessed: &Assessed<'_>,
        indicator: &Indicator,
    ) -> Option<usize> {
        let turned = wording::gap_turned(definition, indicator.gap?, &assessed.figure.amount)?;
        Some(self.mark(turned))
    }

    /// The footnote of a year to date that is compared with the period before, of another year:
    /// the one covers the start of a year, the other a whole one.
    pub(super) fn across_years(
        &self,
        definition: &Definition,
        assessed: &Assessed<'_>,
        earlier: &Comparison<'_>,
        indicator: &Indicator,
    ) -> Option<usize> {
        let (now, before) = (assessed.figure.month, earlier.figure.month);
        let is_next = now == before.after(indicator.frequency.months());
        let first = |month| definition.first_covered(Period::YearToDate, month);
        let is_across = indicator.period == Period::YearToDate && first(now) != first(before);
        if !is_across || !is_next || earlier.direction.is_none() {
            return None;
        }
        let covers = |month: Month| {
            let count = month.since(first(month)) + 1;
            let name = wording::period_said(definition, indicator, month);
            format!("{count} {} ({name})", if count == 1 { "month" } else { "months" })
        };
        Some(self.mark(format!(
            "Year to date: the result covers {}, the one that it is compared with {}",
            covers(now),
            covers(before)
        )))
    }

    /// The footnote of a rating that the displayed result would not have had.
    pub(super) fn rating_tie(
        &self,
        definition: &Definition,
        assessed: &Assessed<'_>,
        indicator: &Indicator,
    ) -> Option<usize> {
        let (outcome, standard, rag) =
            (assessed.outcome.as_ref()?, assessed.standard()?, assessed.rag?);
        if definition.precision == Precision::Displayed {
            return None;
        }
        let shown = outcome.displayed(indicator);
        if crate::assess::rate(&Ratio::from(&shown), standard) == rag {
            return None;
        }
        let tied = limits(&standard.bands).into_iter().find(|(_, limit)| **limit == shown);
        let against = tied.map_or_else(String::new, |(what, limit)| {
            format!(", the same as the {what} of {}", wording::limit(limit, indicator))
        });
        Some(self.mark(format!(
            "Shown as {}{against}; rated {} on the unrounded result, {}",
            wording::outcome(outcome, indicator),
            wording::rag(rag).to_lowercase(),
            wording::told_apart(outcome, &Ratio::from(&shown), indicator),
        )))
    }

    /// The footnote of a target that has been worked out from another figure, or could not be.
    pub(super) fn worked_out(
        &self,
        definition: &Definition,
        against: &Against<'_>,
        indicator: &Indicator,
    ) -> Option<usize> {
        if let Some(no_target) = against.no_target() {
            return Some(self.mark(wording::no_target(definition, indicator, no_target)));
        }
        let standard = against.standard()?;
        let working = wording::working(definition, indicator, standard.working.as_ref()?);
        let what = if standard.due.is_some() { "The target for the year" } else { "The target" };
        Some(self.mark(format!("{what} is {working}")))
    }

    /// The footnote of an arrow that the displayed results would not have had.
    pub(super) fn direction_tie(
        &self,
        definition: &Definition,
        assessed: &Assessed<'_>,
        earlier: &Comparison<'_>,
        indicator: &Indicator,
    ) -> Option<usize> {
        let (outcome, direction) = (assessed.outcome.as_ref()?, earlier.direction?);
        if definition.precision == Precision::Displayed {
            return None;
        }
        let (shown, earlier_shown) =
            (outcome.displayed(indicator), earlier.outcome.displayed(indicator));
        let month = wording::period_end(definition, indicator, earlier.figure.month);
        if shown == earlier_shown && direction != Direction::Same {
            return Some(self.mark(format!(
                "Shown as {}, the same as in {month}; {} on the unrounded results, {} against {}",
                wording::outcome(outcome, indicator),
                wording::direction(direction).to_lowercase(),
                wording::told_apart(outcome, &earlier.outcome.exact, indicator),
                wording::told_apart(&earlier.outcome, &outcome.exact, indicator),
            )));
        }
        let coarser = [outcome.known, earlier.outcome.known]
            .into_iter()
            .flatten()
            .min()
            .filter(|known| *known < indicator.decimals);
        if let Some(known) = coarser
            && shown != earlier_shown
            && direction == Direction::Same
        {
            let places = if known == 1 {
                "one decimal place".to_owned()
            } else {
                format!("{known} decimal places")
            };
            return Some(
                self.mark(format!("Compared with {month} at {places}, which is all that is known")),
            );
        }
        None
    }

    /// The footnote of a variance that is not the difference of the displayed results.
    pub(super) fn variance_tie(
        &self,
        definition: &Definition,
        variance: &Variance,
        excluding: &Assessed<'_>,
        including: Option<&Assessed<'_>>,
        indicator: &Indicator,
    ) -> Option<usize> {
        let including = including?;
        if matches!(variance, Variance::DifferentMonths) {
            let [of_all, of_others] = [including, excluding]
                .map(|assessed| wording::period_end(definition, indicator, assessed.figure.month));
            return Some(self.mark(format!(
                "There is no variance: the two results are of different periods, {of_all} and \
                    {of_others}"
            )));
        }
        let Variance::Of(difference) = variance else { return None };
        let shown = &excluding.outcome.as_ref()?.displayed(indicator)
            - &including.outcome.as_ref()?.displayed(indicator);
        (difference.round(indicator.decimals) != shown)
            .then(|| self.mark("The variance is worked out from the unrounded results"))
    }
}

/// Every limit that a result can tie with, the target first, and what it is.
fn limits(bands: &Bands) -> Vec<(&'static str, &Threshold)> {
    let (low, high) = bands.target();
    let mut limits = vec![("target", low), ("target", high)];
    if let Bands::Near { green, .. } = bands {
        limits.extend([("green band's end", &green.low), ("green band's end", &green.high)]);
    }
    limits.extend(
        bands.floor_low().into_iter().chain(bands.floor_high()).map(|floor| ("floor", floor)),
    );
    limits
}
