//! Results far from where their earlier results have been: natural process limits.
//!
//! The limits are those of a chart of individual values and moving ranges: the mean of the earlier
//! results, plus and minus 2.66 times the mean difference between one and the next. W. A. Shewhart,
//! *Economic Control of Quality of Manufactured Product* (1931); D. J. Wheeler, *Understanding
//! Variation* (1993), where 2.66 is 3 divided by 1.128, the constant that turns the mean range of
//! two into a standard deviation.
//!
//! A year to date is left out: each result has all the earlier ones of its year in it, swings in
//! spring and hardly moves in winter, so that what it did then says nothing about what it should do
//! now.

use super::{Collected, Context};
use crate::assess::Outcome;
use crate::definition::{AreaId, IndicatorId, Period, Unit};
use crate::diagnostic::{Code, Finding};
use crate::figure::{Amount, Decimal, Ratio};
use crate::history::RED_LOOK_BACK;
use crate::population::Population;
use crate::wording;

/// As few earlier results as limits can be worked out from.
const LEAST: usize = 8;

/// The results of the report's areas. Of more than were asked for, many would be outside by chance.
pub(super) fn check(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let definition = context.definition;
    let months = context.history.months();
    if months
        .filter(|month| (context.month.before(RED_LOOK_BACK)..context.month).contains(month))
        .count()
        < LEAST
    {
        return;
    }
    for &area in &context.scope.areas {
        for id in definition
            .indicator_ids()
            .filter(|id| definition.indicator(*id).period != Period::YearToDate)
        {
            look(context, area, id, collected);
        }
    }
}

fn look(context: Context<'_, '_>, area: AreaId, id: IndicatorId, collected: &mut Collected<'_>) {
    let indicator = context.definition.indicator(id);
    let periods = RED_LOOK_BACK / indicator.frequency.months() + 1;
    let assessor = &context.assessor;
    let Some(figure) = assessor.figure(area, id, Population::Everyone, context.month) else {
        return;
    };
    let mut trend = assessor.trend(area, id, context.month, periods);
    let Some(latest) = trend.pop().and_then(|point| point.outcome) else { return };
    let earlier: Vec<_> =
        trend.into_iter().filter_map(|point| point.outcome).map(|outcome| outcome.exact).collect();
    let one_case = one_case(&figure.amount, indicator.unit);
    let Some(limits) = Limits::of(&earlier)
        .filter(|limits| !limits.contain(&latest.exact))
        .filter(|limits| limits.width() > one_case)
    else {
        return;
    };
    collected.add(Code::FarOutside, || {
        let shown = |exact: &Ratio| wording::outcome(&Outcome { exact: exact.clone(), known: None }, indicator);
        let found = format!(
            "{} is {}, outside {} to {}, the natural limits of its {} results before",
            context.name(area, id),
            shown(&latest.exact),
            shown(&limits.low),
            shown(&limits.high),
            earlier.len(),
        );
        let remedy = "check the figure first; if it is right, something has changed, and the paper should say what";
        Finding { place: context.place(&figure), ..Finding::nowhere(Code::FarOutside, found, remedy) }
    });
}

/// How far one case more or less moves a result: limits that are no wider say nothing.
fn one_case(amount: &Amount, unit: Unit) -> Ratio {
    let one = Decimal::new(1, 0);
    match amount {
        Amount::Ratio { denominator, .. } => {
            Ratio::new(&one, denominator, unit.times()).unwrap_or(Ratio::ZERO)
        }
        _ if unit == Unit::Number => Ratio::from(one),
        _ => Ratio::ZERO,
    }
}

/// Where results lie as long as nothing changes.
struct Limits {
    low: Ratio,
    high: Ratio,
}

impl Limits {
    fn of(earlier: &[Ratio]) -> Option<Self> {
        if earlier.len() < LEAST {
            return None;
        }
        let mean = mean(earlier.iter().cloned(), earlier.len())?;
        let ranges = earlier.windows(2).map(|pair| pair[0].distance(&pair[1]));
        let width = self::mean(ranges, earlier.len() - 1)?.scaled(&Decimal::new(266, 2), 1);
        Some(Self { low: &mean - &width, high: sum(&mean, &width) })
    }

    /// From the lower to the upper.
    fn width(&self) -> Ratio {
        &self.high - &self.low
    }

    fn contain(&self, result: &Ratio) -> bool {
        (&self.low..=&self.high).contains(&result)
    }
}

fn mean(ratios: impl Iterator<Item = Ratio>, count: usize) -> Option<Ratio> {
    let total = ratios.reduce(|total, next| sum(&total, &next))?;
    Some(total.scaled(&Decimal::new(1, 0), u32::try_from(count).ok()?))
}

fn sum(one: &Ratio, other: &Ratio) -> Ratio {
    one - &(&Ratio::from(Decimal::new(0, 0)) - other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratios(values: &[i64]) -> Vec<Ratio> {
        values.iter().map(|value| Ratio::from(Decimal::new(*value, 1))).collect()
    }

    /// A mean of 11 and a mean moving range of 2: 11 - 5.32 to 11 + 5.32.
    #[test]
    fn the_limits_are_those_of_a_chart_of_individual_values() {
        let limits =
            Limits::of(&ratios(&[100, 120, 100, 120, 100, 120, 100, 120])).expect("eight results");
        assert_eq!(
            (limits.low.round(3).to_string(), limits.high.round(3).to_string()),
            ("5.680".into(), "16.320".into())
        );
        let contains =
            |text: &str| limits.contain(&Ratio::from(text.parse::<Decimal>().expect("a number")));
        assert!(contains("5.68") && contains("16.32"));
        assert!(!contains("5.6799") && !contains("16.3201"));
    }

    #[test]
    fn seven_results_are_too_few() {
        assert!(Limits::of(&ratios(&[100, 120, 100, 120, 100, 120, 100])).is_none());
    }
}
