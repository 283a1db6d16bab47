//! The areas below, and which of them weighs most.

use super::WorkingPage;
use crate::assess::Assessed;
use crate::assess::shortfall::weight;
use crate::definition::{AreaId, Bands};
use crate::figure::{Amount, Decimal, Ratio};
use crate::layout::{
    Block, Cell, Column, Number, Sign, TableBuilder, denominator_cell, denominator_column,
    numerator_cell, numerator_column, prose, result_cell,
};
use crate::month::Month;
use crate::wording;

impl WorkingPage<'_, '_> {
    /// The figures of the areas below.
    pub(super) fn parts(&self, assessed: &Assessed<'_>) -> Vec<Block> {
        let definition = self.scorecard.definition;
        let month: Month = assessed.figure.month;
        let parts: Vec<_> = definition
            .parts(self.area, month)
            .filter_map(|part| {
                Some((part, self.scorecard.entry(part, self.id)?.including.as_ref()?))
            })
            .filter(|(_, part)| part.figure.month == month)
            .collect();
        if parts.is_empty() {
            return Vec::new();
        }
        let bands = assessed.standard().map(|standard| &standard.bands);
        let weights: Vec<_> = parts
            .iter()
            .map(|(_, part)| weight(&part.figure.amount, self.indicator.unit, bands?))
            .collect();
        let mut table = TableBuilder::<PartRow<'_>>::new();
        table.column(Column::flexible("Area"), |row| Cell::text(&definition.area(row.area).name));
        table.column(numerator_column(), |row| numerator_cell(Some(row.amount())));
        table.column(denominator_column(), |row| denominator_cell(Some(row.amount())));
        table.column(Column::number("Result"), |row| {
            result_cell(Some(row.assessed), self.indicator)
        });
        table.column(Column::mark("RAG Status"), |row| Cell::rag(row.assessed.rag));
        table.column(Column::number("Off target by"), |row| {
            row.weight.map_or_else(Cell::missing, weight_cell)
        });
        for ((area, assessed), weight) in parts.iter().zip(&weights) {
            table.row(&PartRow { area: *area, assessed, weight: weight.as_ref() });
        }
        let mut paragraphs = Vec::new();
        let heaviest = parts
            .iter()
            .zip(&weights)
            .filter_map(|((part, figure), weight)| Some((part, figure, weight.as_ref()?)))
            .max_by(|a, b| a.2.cmp(b.2));
        if let Some((part, figure, weight)) =
            heaviest.filter(|(_, _, weight)| **weight > Decimal::new(0, 0))
        {
            paragraphs
                .extend(bands.and_then(|bands| self.weighs_most(*part, figure, weight, bands)));
        }
        paragraphs.extend(coverage(assessed, parts.iter().map(|(_, part)| *part)));
        let mut blocks = vec![Block::heading("Areas")];
        if !paragraphs.is_empty() {
            blocks.push(Block::Prose(paragraphs));
        }
        blocks.push(Block::Table(table.finish("The areas below")));
        blocks
    }

    fn weighs_most(
        &self,
        part: AreaId,
        assessed: &Assessed<'_>,
        weight: &Ratio,
        bands: &Bands,
    ) -> Option<prose::Prose> {
        let Amount::Ratio { numerator, denominator } = &assessed.figure.amount else { return None };
        let is_lower = matches!(bands, Bands::Lower { .. });
        let zero = Ratio::from(Decimal::new(0, 0));
        let has = Ratio::from(numerator);
        let on_target = if is_lower { &has - weight } else { weight - &(&zero - &has) };
        Some(prose::paragraph(format!(
            "{} weighs most: with its {}, the target of {} would be {}, and it has {}, which is \
                {} {}.",
            self.scorecard.definition.area(part).name,
            denominator.grouped(),
            {
                let (low, high) = bands.target();
                wording::limits(low, high, self.indicator)
            },
            on_target.round(1).trimmed().grouped(),
            numerator.grouped(),
            weight.round(1).trimmed().grouped(),
            if is_lower { "more" } else { "fewer" },
        )))
    }
}

/// The figure of an area below.
struct PartRow<'r> {
    area: AreaId,
    assessed: &'r Assessed<'r>,
    /// By how much it misses the target, in the unit of its numerator.
    weight: Option<&'r Ratio>,
}

impl PartRow<'_> {
    fn amount(&self) -> &Amount {
        &self.assessed.figure.amount
    }
}

/// How much of the whole the areas below hold, where it is not all of it.
fn coverage<'a, 'b: 'a>(
    whole: &Assessed<'_>,
    parts: impl Iterator<Item = &'a Assessed<'b>>,
) -> Option<prose::Prose> {
    let denominator = |amount: &Amount| {
        if let Amount::Ratio { denominator, .. } = amount {
            Some(denominator.clone())
        } else {
            None
        }
    };
    let whole = denominator(&whole.figure.amount)?;
    let held = parts
        .map(|part| denominator(&part.figure.amount))
        .try_fold(Decimal::new(0, 0), |sum, part| Some(&sum + &part?))?;
    (held != whole).then(|| {
        prose::paragraph(format!(
            "Together they hold {} of the {}.",
            held.grouped(),
            whole.grouped()
        ))
    })
}

/// How much of a change something brought about, with its sign.
fn weight_cell(weight: &Ratio) -> Cell {
    Cell::number(Number {
        exact: weight.clone(),
        shown: weight.round(1),
        unit: Sign::None,
        signed: true,
    })
}
