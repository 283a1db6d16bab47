//! Footnotes: the same words share a mark.

use std::cell::RefCell;

use super::Cell;
use crate::assess::{Assessed, Comparison, Figure, Variance};
use crate::definition::{Bands, Definition, Indicator, Precision};
use crate::figure::{Decimal, Ratio};
use crate::rating::Direction;
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

    /// All of them, in the order of their marks.
    pub(super) fn into_texts(self) -> Vec<String> {
        self.texts.into_inner()
    }

    /// A cell of a figure, marked as provisional or revised where it is, with the footnote that
    /// says so.
    pub(super) fn firmness(
        &self,
        cell: Cell,
        figure: Option<&Figure<'_>>,
        indicator: &Indicator,
    ) -> Cell {
        let Some(figure) = figure else { return cell };
        cell.marked(figure.mark()).noted(self.provisional_or_revised(figure, indicator))
    }

    /// The footnote of a figure that is provisional or revised.
    pub(super) fn provisional_or_revised(
        &self,
        figure: &Figure<'_>,
        indicator: &Indicator,
    ) -> Option<usize> {
        let mark = figure.mark()?;
        let text = match &figure.revised {
            Some(revised) => wording::revised(revised, indicator, figure.month),
            None => wording::mark(mark).to_owned(),
        };
        Some(self.mark(text))
    }

    /// The footnote of a result that was carried forward from an earlier month.
    pub(super) fn carried_forward(
        &self,
        definition: &Definition,
        assessed: &Assessed<'_>,
        report: crate::month::Month,
    ) -> Option<usize> {
        let month = assessed.figure.month;
        if month == report {
            return None;
        }
        let (own, current) = (definition.financial_year(month), definition.financial_year(report));
        let year = if own == current {
            String::new()
        } else {
            format!(", rated against the target for {own}")
        };
        Some(self.mark(format!("The figure is of {}, the latest there is{year}", month.long())))
    }

    /// The footnote of a rating that the displayed result would not have had.
    pub(super) fn rating_tie(
        &self,
        definition: &Definition,
        assessed: &Assessed<'_>,
        indicator: &Indicator,
    ) -> Option<usize> {
        let (outcome, standard, rag) =
            (assessed.outcome.as_ref()?, assessed.standard?, assessed.rag?);
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
        let month = earlier.figure.month.long();
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
        variance: &Variance,
        excluding: &Assessed<'_>,
        including: Option<&Assessed<'_>>,
        indicator: &Indicator,
    ) -> Option<usize> {
        let including = including?;
        if matches!(variance, Variance::DifferentMonths) {
            let months = (including.figure.month.long(), excluding.figure.month.long());
            return Some(self.mark(format!(
                "There is no variance: the two results are of different months, {} and {}",
                months.0, months.1
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
fn limits(bands: &Bands) -> Vec<(&'static str, &Decimal)> {
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
