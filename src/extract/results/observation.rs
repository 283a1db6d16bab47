//! A row of results, as it is kept.

use std::hash::Hash;

use super::super::cell::CellValue;
use crate::definition::{AreaId, IndicatorId};
use crate::figure::{Amount, Decimal, Reason, ShortDecimal};
use crate::population::{CohortId, Population};

/// A row of results.
///
/// It is packed, as a nation's month has hundreds of thousands of them: a figure of an extract has
/// so few digits that its mantissa always fits a machine word.
#[derive(Clone, Copy, Debug)]
pub struct Observation {
    /// The mantissas of the numerator and the denominator, or of the value and 0.
    mantissas: [i64; 2],
    area: AreaId,
    indicator: IndicatorId,
    /// Which line of its file it is, counted on from the files before it.
    line: u32,
    population: PackedPopulation,
    /// The decimal places of both mantissas, four bits each.
    scales: u8,
    form: PackedForm,
}

/// Many of them are kept, and each is gone through several times.
const _: () = assert!(size_of::<Observation>() == 32);

/// What the figures of a row say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum RowFigure {
    /// Nothing at all: all three cells are blank.
    Blank,
    /// That there is no figure.
    Missing,
    /// That there is no figure, and why.
    NoFigure(Reason),
    /// That there is one, and that it may not be shown.
    Suppressed,
    /// That it rounds to 0 and is not 0.
    Low,
    /// A numerator and a denominator.
    Ratio([ShortDecimal; 2]),
    /// A bare value.
    Value(ShortDecimal),
}

impl RowFigure {
    /// What a numerator and a denominator say together: what is said of one of them is said of the
    /// figure.
    pub(super) fn of_halves([numerator, denominator]: [CellValue; 2]) -> Self {
        use CellValue::{Low, Missing, NoFigure, Number, Suppressed};
        match (numerator, denominator) {
            (Number { number: numerator, .. }, Number { number: denominator, .. }) => {
                Self::Ratio([numerator, denominator])
            }
            (Suppressed, _) | (_, Suppressed) => Self::Suppressed,
            (NoFigure(reason), _) | (_, NoFigure(reason)) => Self::NoFigure(reason),
            (Missing, _) | (_, Missing) => Self::Missing,
            (Low, _) | (_, Low) => Self::Low,
            _ => Self::Blank,
        }
    }
}

/// Which kind of [`RowFigure`] is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum PackedForm {
    Blank,
    Missing,
    NoFigure(Reason),
    Suppressed,
    Low,
    Ratio,
    Value,
}

/// [`Population`] as a number, in the same order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct PackedPopulation(u16);

impl From<Population> for PackedPopulation {
    #[inline]
    fn from(population: Population) -> Self {
        let number = match population {
            Population::Everyone => 0,
            Population::Cohort(cohort) => 1 + 2 * cohort.index(),
            Population::Excluding(cohort) => 2 + 2 * cohort.index(),
        };
        Self(u16::try_from(number).expect("definitions have at most a thousand cohorts"))
    }
}

impl From<PackedPopulation> for Population {
    fn from(PackedPopulation(number): PackedPopulation) -> Self {
        match number.checked_sub(1) {
            None => Self::Everyone,
            Some(number) => {
                let cohort = CohortId::new(usize::from(number) / 2);
                if number % 2 == 0 { Self::Cohort(cohort) } else { Self::Excluding(cohort) }
            }
        }
    }
}

impl Observation {
    /// The row in `line` that gives this figure.
    #[inline]
    pub(in super::super) fn new(
        area: AreaId,
        indicator: IndicatorId,
        population: Population,
        figure: RowFigure,
        line: u32,
    ) -> Self {
        const ZERO: ShortDecimal = ShortDecimal::ZERO;
        let (form, [first, second]) = match figure {
            RowFigure::Blank => (PackedForm::Blank, [ZERO; 2]),
            RowFigure::Missing => (PackedForm::Missing, [ZERO; 2]),
            RowFigure::NoFigure(reason) => (PackedForm::NoFigure(reason), [ZERO; 2]),
            RowFigure::Suppressed => (PackedForm::Suppressed, [ZERO; 2]),
            RowFigure::Low => (PackedForm::Low, [ZERO; 2]),
            RowFigure::Ratio(figures) => (PackedForm::Ratio, figures),
            RowFigure::Value(value) => (PackedForm::Value, [value, ZERO]),
        };
        Self {
            mantissas: [first.mantissa(), second.mantissa()],
            area,
            indicator,
            line,
            population: population.into(),
            // Neither is above [`MAX_SCALE`](crate::figure::MAX_SCALE).
            scales: first.scale() << 4 | second.scale(),
            form,
        }
    }

    /// The area that it is about.
    pub(super) fn area(&self) -> AreaId {
        self.area
    }

    /// The indicator that it is about.
    pub(super) fn indicator(&self) -> IndicatorId {
        self.indicator
    }

    /// What it is about.
    pub(crate) fn about(&self) -> (AreaId, IndicatorId, Population) {
        (self.area, self.indicator, self.population())
    }

    /// Which line of its file it is, counted on from the files before it.
    pub(super) fn line(&self) -> u32 {
        self.line
    }

    /// The same row, so many lines further down.
    pub(super) fn below(self, lines: u32) -> Self {
        Self { line: self.line.saturating_add(lines), ..self }
    }

    /// Whether it is about this population.
    #[inline]
    #[must_use]
    pub fn is_about(&self, population: Population) -> bool {
        self.population == population.into()
    }

    /// Whom it is about.
    #[must_use]
    pub fn population(&self) -> Population {
        self.population.into()
    }

    /// The figure that it gives; nothing, where it says that there is none.
    #[inline]
    #[must_use]
    pub fn amount(&self) -> Option<Amount> {
        let scales = [self.scales >> 4, self.scales & 15];
        let decimal = |index: usize| Decimal::new(self.mantissas[index], scales[index]);
        match self.form {
            PackedForm::Blank | PackedForm::Missing | PackedForm::NoFigure(_) => None,
            PackedForm::Suppressed => Some(Amount::Suppressed),
            PackedForm::Low => Some(Amount::Low),
            PackedForm::Ratio => {
                Some(Amount::Ratio { numerator: decimal(0), denominator: decimal(1) })
            }
            PackedForm::Value => Some(Amount::Value(decimal(0))),
        }
    }

    /// Why there is no figure, where it says so.
    #[inline]
    #[must_use]
    pub fn reason(&self) -> Option<Reason> {
        if let PackedForm::NoFigure(reason) = self.form { Some(reason) } else { None }
    }

    /// The figure that it gives, or why there is none.
    #[inline]
    #[must_use]
    pub fn answer(&self) -> Option<Amount> {
        self.amount().or_else(|| self.reason().map(Amount::NoFigure))
    }

    /// Whether there is nothing at all where its figures would be: it says that there are none, or
    /// waits to be filled in.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.form == PackedForm::Blank
    }

    /// Whether it gives the same figure as another row.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        self.form == other.form && self.amount() == other.amount()
    }

    /// Whether no number of it is larger than the same of another row, of which both are written
    /// alike. Where they are not, their amounts have to be compared.
    #[inline]
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        let mut pairs = self.mantissas.iter().zip(&other.mantissas);
        (self.form, self.scales) == (other.form, other.scales)
            && pairs.all(|(one, other)| one <= other)
    }

    /// Whether there is a figure that may not be shown.
    #[must_use]
    pub fn is_suppressed(&self) -> bool {
        self.form == PackedForm::Suppressed
    }

    /// What it says, as it is written, and of which indicator and population: the same for rows that
    /// are copies, whichever areas they are of.
    #[must_use]
    pub fn as_written(&self) -> impl Eq + Hash + use<> {
        (self.indicator, self.population, self.form, self.mantissas, self.scales)
    }

    /// What rows are ordered by: area, indicator and population, the first two as one number.
    #[inline]
    pub(super) fn key(&self) -> impl Ord + use<> {
        ((self.area.index() as u64) << 32 | self.indicator.index() as u64, self.population)
    }
}

/// The row about this population.
#[inline]
pub fn find(rows: &[Observation], population: Population) -> Option<&Observation> {
    let population = PackedPopulation::from(population);
    rows.iter().find(|row| row.population == population)
}

/// Whether an area has a row for everyone, if only one that says that there is no figure: then it
/// uses its own rows alone.
#[must_use]
pub fn has_own(rows: &[Observation]) -> bool {
    find(rows, Population::Everyone).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_within_its_whole_where_both_are_written_alike() {
        let row = |figures: [&str; 2]| {
            let figures = figures.map(|text| ShortDecimal::parse(text.as_bytes()).expect("digits"));
            let (area, indicator) = (AreaId::new(0), IndicatorId::new(0));
            Observation::new(area, indicator, Population::Everyone, RowFigure::Ratio(figures), 1)
        };
        let whole = row(["39", "57"]);
        assert!(row(["39", "57"]).is_within(&whole) && row(["3", "5"]).is_within(&whole));
        assert!(!row(["40", "57"]).is_within(&whole) && !row(["3", "58"]).is_within(&whole));
        // It is, but has to be compared in full.
        assert!(!row(["3.0", "5"]).is_within(&whole));
    }
}
