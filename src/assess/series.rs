//! The figures of an indicator, period by period, as statistics take them.
//!
//! Figures of the year to date are not separate observations, since each has all the earlier ones
//! of its year in it. They are unrolled: the figure of a period is this one minus the one before.

use super::{Assessor, Figure, Outcome, SeriesKey, result};
use crate::definition::{
    AreaId, Definition, Frequency, Indicator, IndicatorId, Period, Precision, Unit,
};
use crate::figure::{Amount, Decimal, Ratio};
use crate::month::Month;
use crate::statistics::{Counts, Point};

/// Why the figures of an indicator cannot be taken one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Each covers more than the time since the one before.
    Rolling,
    /// They are of the year to date and nothing says what was added.
    YearToDate,
    /// The latest may not be shown, and neither may what is worked out beside it.
    Hidden,
}

/// The figures of an indicator up to one of them.
#[derive(Clone, Debug)]
pub struct Series {
    /// The last month of each period, from the first that has a figure.
    pub months: Vec<Month>,
    /// The figure of each. `None` where there is none.
    pub points: Vec<Option<Point>>,
    /// Whether they are differences of figures for the year to date.
    pub is_unrolled: bool,
}

/// Why an indicator has no series, whatever its figures are.
#[must_use]
pub fn refused(indicator: &Indicator) -> Option<Refusal> {
    let step = indicator.frequency.months();
    let overlaps = match indicator.period {
        Period::Snapshot | Period::MonthSnapshot | Period::YearToDate => false,
        Period::Rolling12Months => true,
        Period::Quarter => step < Frequency::Quarterly.months(),
        Period::Annual => step < Frequency::Annual.months(),
    };
    if overlaps {
        return Some(Refusal::Rolling);
    }
    let is_count = indicator.unit.is_count();
    let is_to_date = indicator.period == Period::YearToDate;
    (is_to_date && is_count && !indicator.cumulative).then_some(Refusal::YearToDate)
}

/// Why figures like `latest` cannot be taken one by one, beside what may not be shown.
fn refused_as(indicator: &Indicator, latest: &Amount) -> Option<Refusal> {
    let is_bare = matches!(latest, Amount::Value(_)) && indicator.unit != Unit::Number;
    let is_to_date = indicator.period == Period::YearToDate;
    refused(indicator).or((is_to_date && is_bare).then_some(Refusal::YearToDate))
}

impl<'e> Assessor<'e> {
    /// The latest figure of an indicator in an area, with why figures like it have no limits. `None`
    /// if there is none, or if it can have them.
    #[must_use]
    pub fn refused_limits(&self, area: AreaId, id: IndicatorId) -> Option<(Figure<'e>, Refusal)> {
        let latest = self.latest(SeriesKey::everyone(area, id), self.month())?;
        let refusal = refused_as(self.definition.indicator(id), &latest.amount)?;
        Some((latest, refusal))
    }

    /// The figures of an indicator as they were reported, up to `latest`.
    pub(super) fn series(&self, key: SeriesKey, latest: &Figure<'e>) -> Result<Series, Refusal> {
        let indicator = self.definition.indicator(key.indicator);
        if let Some(refusal) = refused_as(indicator, &latest.amount) {
            return Err(refusal);
        }
        if latest.amount == Amount::Suppressed {
            return Err(Refusal::Hidden);
        }
        let is_unrolled = indicator.period == Period::YearToDate;
        let step = indicator.frequency.months();
        let first = self.history.first_month().unwrap_or(latest.month).min(latest.month);
        let count = latest.month.since(first) / i32::from(step);
        let back = |count: i32| latest.month.before(u16::try_from(count).unwrap_or(0) * step);
        let mut months: Vec<_> = (0..=count).map(back).collect();
        months.reverse();
        let amount = |month: &Month| {
            if *month == latest.month {
                return Some(latest.amount.clone());
            }
            Some(self.reported(key, *month)?.amount)
        };
        let amounts: Vec<_> = months.iter().map(amount).collect();
        let start = amounts.iter().position(Option::is_some).unwrap_or(0);
        let (months, amounts) = (months.split_off(start), &amounts[start..]);
        let points = if is_unrolled {
            unrolled(self.definition, indicator, &months, amounts)
        } else {
            let point =
                |amount: &Option<Amount>| point(self.definition, indicator, amount.as_ref()?);
            amounts.iter().map(point).collect()
        };
        Ok(Series { months, points, is_unrolled })
    }
}

/// A figure with the counts that it comes from.
fn point(definition: &Definition, indicator: &Indicator, amount: &Amount) -> Option<Point> {
    let outcome = result::outcome(amount, indicator)?;
    let counts = if let Amount::Ratio { numerator, denominator } = amount {
        Some(Counts { numerator: numerator.into(), denominator: denominator.into() })
            .filter(|counts| counts.denominator > Ratio::ZERO)
    } else {
        None
    };
    Some(Point { value: value(definition, indicator, &outcome), counts })
}

/// The result that is compared: the exact one, or the displayed one.
fn value(definition: &Definition, indicator: &Indicator, outcome: &Outcome) -> Ratio {
    match definition.precision {
        Precision::Unrounded => outcome.exact.clone(),
        Precision::Displayed => outcome.rated(indicator, Precision::Displayed).into_owned(),
    }
}

/// The figures of the single periods. One after a gap has none, and neither has one where a count
/// fell.
fn unrolled(
    definition: &Definition,
    indicator: &Indicator,
    months: &[Month],
    amounts: &[Option<Amount>],
) -> Vec<Option<Point>> {
    let step = indicator.frequency.months();
    let single = |(index, month): (usize, &Month)| {
        let now = amounts[index].as_ref()?;
        let is_first = month.before(step) < definition.financial_year(*month).first();
        let before = if is_first { None } else { Some(amounts[index.checked_sub(1)?].as_ref()?) };
        point(definition, indicator, &added(indicator.unit, now, before)?)
    };
    months.iter().enumerate().map(single).collect()
}

/// What was added to the figure before, which is 0 at the start of a year.
fn added(unit: Unit, now: &Amount, before: Option<&Amount>) -> Option<Amount> {
    let zero = Decimal::new(0, 0);
    let rise = |now: &Decimal, before: &Decimal| Some(now - before).filter(|d| !d.is_negative());
    match (unit, now, before) {
        (Unit::Number, Amount::Value(now), None) => Some(Amount::Value(now.clone())),
        (Unit::Number, Amount::Value(now), Some(Amount::Value(before))) => {
            Some(Amount::Value(rise(now, before)?))
        }
        (Unit::Number, ..) => None,
        (_, Amount::Ratio { numerator, denominator }, before) => {
            let (earlier, of_earlier) = match before {
                None => (&zero, &zero),
                Some(Amount::Ratio { numerator, denominator }) => (numerator, denominator),
                Some(_) => return None,
            };
            let numerator = rise(numerator, earlier)?;
            // The denominator of a rate is a population, which nothing is added to.
            let denominator = match unit {
                Unit::Rate { .. } => denominator.clone(),
                _ => rise(denominator, of_earlier)?,
            };
            Some(Amount::Ratio { numerator, denominator })
        }
        _ => None,
    }
}
