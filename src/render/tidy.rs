//! `tidy`: every figure as a row for other programs, written as it is assessed.
//!
//! The header and the meaning of each column are a contract; they are in `docs/file-formats.md`.

use std::io::{self, Write};

use crate::assess::{Assessed, Comparison, Population, Variance};
use crate::definition::{Area, Definition, Indicator};
use crate::figure::{Amount, Ratio};
use crate::month::Month;
use crate::scorecard::Scorecard;
use crate::wording;

/// The header, exactly.
pub const HEADER: [&str; 25] = [
    "month",
    "area",
    "cohort",
    "section",
    "id",
    "indicator",
    "polarity",
    "period",
    "unit",
    "data_month",
    "numerator",
    "denominator",
    "result",
    "display",
    "rag",
    "target_low",
    "target_high",
    "floor_low",
    "floor_high",
    "previous_month",
    "previous_result",
    "previous_direction",
    "outturn_month",
    "outturn_result",
    "outturn_direction",
];

/// The last column, only on rows that leave a cohort out.
const VARIANCE: &str = "variance";

/// The decimal places of a number.
pub const PLACES: u8 = 6;

/// Writes the whole scorecard.
///
/// # Errors
///
/// Those of writing to `out`.
pub fn write(scorecard: &Scorecard<'_>, out: impl Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(HEADER.iter().chain([&VARIANCE]))?;
    for &area in &scorecard.areas {
        for entry in scorecard.assessor.area(area) {
            let line = Line {
                definition: scorecard.definition,
                month: scorecard.month,
                area: scorecard.definition.area(area),
                indicator: scorecard.definition.indicator(entry.indicator),
            };
            if let Some(including) = &entry.including {
                line.write(Population::All, including, None, &mut csv)?;
            }
            for excluding in &entry.excluding {
                line.write(Population::Excluding(excluding.cohort), &excluding.assessed, Some(&excluding.variance), &mut csv)?;
            }
        }
    }
    csv.flush()
}

/// What the rows of an area's indicator have in common.
struct Line<'s> {
    definition: &'s Definition,
    month: Month,
    area: &'s Area,
    indicator: &'s Indicator,
}

impl Line<'_> {
    fn write(
        &self,
        population: Population,
        assessed: &Assessed<'_>,
        variance: Option<&Variance>,
        csv: &mut csv::Writer<impl Write>,
    ) -> io::Result<()> {
        let indicator = self.indicator;
        for text in [
            self.month.to_string().as_str(),
            &self.area.name,
            &population.name(self.definition),
            &indicator.section,
            &indicator.id,
            &indicator.name,
            indicator.polarity.as_str(),
            indicator.period.as_str(),
            indicator.unit.word().as_str(),
            &assessed.figure.month.to_string(),
        ] {
            csv.write_field(text)?;
        }
        let (numerator, denominator) = match &assessed.figure.amount {
            Amount::Ratio { numerator, denominator } => (plain(&numerator.into()), plain(&denominator.into())),
            Amount::Suppressed | Amount::Value(_) => Default::default(),
        };
        csv.write_field(numerator)?;
        csv.write_field(denominator)?;
        csv.write_field(assessed.outcome.as_ref().map_or_else(String::new, |outcome| plain(&outcome.exact)))?;
        csv.write_field(wording::result_ungrouped(assessed, indicator))?;
        csv.write_field(assessed.rag.map_or("", |rag| rag.as_str()))?;
        let bands = assessed.standard.map(|standard| &standard.bands);
        let limits = [
            bands.map(|bands| bands.target().0),
            bands.map(|bands| bands.target().1),
            bands.and_then(|bands| bands.floor_low()),
            bands.and_then(|bands| bands.floor_high()),
        ];
        for limit in limits {
            csv.write_field(limit.map_or_else(String::new, |limit| plain(&limit.into())))?;
        }
        for comparison in [&assessed.previous, &assessed.outturn] {
            for text in compared(comparison.as_ref()) {
                csv.write_field(text)?;
            }
        }
        csv.write_field(match variance {
            Some(Variance::Of(difference)) => plain(difference),
            Some(Variance::NotApplicable | Variance::Unknown) | None => String::new(),
        })?;
        Ok(csv.write_record(None::<&[u8]>)?)
    }
}

fn compared(comparison: Option<&Comparison<'_>>) -> [String; 3] {
    comparison.map_or_else(Default::default, |comparison| {
        let direction = comparison.direction.map_or("", |direction| direction.as_str());
        [comparison.figure.month.to_string(), plain(&comparison.outcome.exact), direction.to_owned()]
    })
}

/// A plain decimal of at most six places: no trailing zeros, no separators.
#[must_use]
pub fn plain(exact: &Ratio) -> String {
    exact.round(PLACES).trimmed().to_string()
}
