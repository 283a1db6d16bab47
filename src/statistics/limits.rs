//! Control limits: how far figures usually lie from their average.

use super::control::{Method, Point};
use super::{Rules, Side};
use crate::figure::{Decimal, Ratio};

/// The limits for a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The average.
    pub mean: Ratio,
    /// The lower limit.
    pub low: Ratio,
    /// Two thirds of the way down to it.
    pub near_low: Ratio,
    /// Two thirds of the way up to the upper limit.
    pub near_high: Ratio,
    /// The upper limit.
    pub high: Ratio,
    /// The lower limit as it is shown: not below 0 where no figure is.
    pub shown_low: Ratio,
    /// The upper limit as it is shown: of a percentage not above 100 where no figure is.
    pub shown_high: Ratio,
}

impl Limits {
    /// The limits of values that follow one another without a gap; nothing of fewer than two.
    #[must_use]
    pub fn of(values: &[Ratio], is_percent: bool) -> Option<Self> {
        let some: Vec<_> = values.iter().cloned().map(Some).collect();
        let basis = Basis::xmr(&some, Rules::default())?;
        basis.limits(None, &shown_ends(values.iter(), is_percent))
    }

    /// At equal distances from the mean.
    fn around(mean: &Ratio, half_width: &Ratio) -> Self {
        let near = half_width * &fraction(2, 3);
        let (low, high) = (mean - half_width, mean + half_width);
        Self {
            mean: mean.clone(),
            near_low: mean - &near,
            near_high: mean + &near,
            shown_low: low.clone(),
            shown_high: high.clone(),
            low,
            high,
        }
    }

    /// The limit on one side.
    pub(super) fn limit(&self, side: Side) -> &Ratio {
        match side {
            Side::Low => &self.low,
            Side::High => &self.high,
        }
    }

    /// Two thirds of the way to it.
    pub(super) fn near(&self, side: Side) -> &Ratio {
        match side {
            Side::Low => &self.near_low,
            Side::High => &self.near_high,
        }
    }

    /// The same, shown no further than figures can lie.
    fn shown_within(mut self, [least, most]: &[Option<Ratio>; 2]) -> Self {
        if let Some(least) = least.as_ref().filter(|least| self.shown_low < **least) {
            self.shown_low = least.clone();
        }
        if let Some(most) = most.as_ref().filter(|most| self.shown_high > **most) {
            self.shown_high = most.clone();
        }
        self
    }
}

/// The ends that limits are shown within: 0 where no value is below it, and 100 where the values are
/// percentages and none is above it.
pub(super) fn shown_ends<'v>(
    mut values: impl Iterator<Item = &'v Ratio> + Clone,
    is_percent: bool,
) -> [Option<Ratio>; 2] {
    let (zero, hundred) = (Ratio::ZERO, Ratio::whole(100));
    let is_from_0 = values.clone().all(|value| *value >= zero);
    let is_to_100 = is_percent && values.all(|value| *value <= hundred);
    [is_from_0.then_some(zero), is_to_100.then_some(hundred)]
}

/// What the limits of a segment are worked out from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// The average of the figures; with counts, of all cases together.
    pub mean: Ratio,
    /// The mean moving range: of the figures in their unit; with counts, of their distances from
    /// the mean in standard deviations.
    pub range: Ratio,
    /// How many moving ranges that is the mean of.
    pub ranges: usize,
    /// How many were left out as too large.
    pub screened: usize,
    width: Width,
}

/// How wide limits are.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Width {
    /// The same for every figure.
    Same(Ratio),
    /// So much for a figure with such a denominator.
    ByDenominator { half_width: Ratio, denominator: Ratio },
}

/// Limits are 2.66 mean moving ranges from the mean (W. A. Shewhart, *Economic Control of Quality of
/// Manufactured Product*, 1931; D. J. Wheeler, *Understanding Variation*, 1993). That is 3 divided by
/// 1.128, as it is rounded in the literature: the constant that turns the mean range of two into a
/// standard deviation.
fn xmr_factor() -> Ratio {
    fraction(133, 50)
}

/// By how much a mean moving range is larger than a standard deviation.
fn deviations_in_a_range() -> Ratio {
    Decimal::new(1_128, 3).into()
}

/// Moving ranges of so many mean ones or more are left out where ranges are screened.
fn screening_factor() -> Ratio {
    Decimal::new(3_267, 3).into()
}

fn fraction(top: i64, bottom: i64) -> Ratio {
    Ratio::whole(top).divided(&Ratio::whole(bottom))
}

impl Basis {
    /// Of the figures of a baseline, neighbouring periods beside each other; nothing where no two
    /// neighbours have figures, or counts are wanted and there are none.
    pub(super) fn of(baseline: &[Option<&Point>], method: Method, rules: Rules) -> Option<Self> {
        match method {
            Method::Xmr => {
                let values = baseline.iter().map(|point| point.map(|point| point.value.clone()));
                Self::xmr(&values.collect::<Vec<_>>(), rules)
            }
            Method::Counts { times, is_share } => {
                Self::counts(baseline, rules, &Ratio::whole(times.into()), is_share)
            }
        }
    }

    /// Limits of individual values and their moving ranges.
    fn xmr(values: &[Option<Ratio>], rules: Rules) -> Option<Self> {
        let mean = mean(values)?;
        let (range, ranges, screened) = mean_range(&moving_ranges(values), rules)?;
        let width = Width::Same(&range * &xmr_factor());
        Some(Self { mean, range, ranges, screened, width })
    }

    /// Limits after Laney: those of a share or a rate of cases, widened by as much as figures vary
    /// more than chance alone makes them.
    ///
    /// A z is the distance from the mean, divided by sqrt(c(1 - c)/d) or sqrt(c/d); of the limits
    /// the c under the root cancels out, and with equal denominators no root is left.
    fn counts(
        baseline: &[Option<&Point>],
        rules: Rules,
        times: &Ratio,
        is_share: bool,
    ) -> Option<Self> {
        let counts: Vec<_> = baseline.iter().flatten().filter_map(|p| p.counts.as_ref()).collect();
        let cases = Ratio::sum(counts.iter().map(|counts| &counts.numerator));
        let share = cases.divided(&Ratio::sum(counts.iter().map(|counts| &counts.denominator)));
        let mean = &share * times;
        let denominator = counts.first()?.denominator.clone();
        let distance = |point: &Point| {
            let counts = point.counts.as_ref()?;
            let weight = counts.denominator.divided(&denominator).root();
            Some(&(&point.value - &mean) * &weight)
        };
        let distances: Vec<_> = baseline.iter().map(|point| point.and_then(distance)).collect();
        let (range, ranges, screened) = mean_range(&moving_ranges(&distances), rules)?;
        let rest = if is_share { &Ratio::whole(1) - &share } else { Ratio::whole(1) };
        let variance = (&share * &rest).divided(&denominator);
        // Without any case, or with nothing but cases, nothing varies by chance.
        let (range, half_width) = if variance > Ratio::ZERO {
            let deviation = range.divided(&deviations_in_a_range());
            let chance = &variance.root() * times;
            (range.divided(&chance), &deviation * &Ratio::whole(3))
        } else {
            (Ratio::ZERO, Ratio::ZERO)
        };
        let width = Width::ByDenominator { half_width, denominator };
        Some(Self { mean, range, ranges, screened, width })
    }

    /// The limits for a figure, or for a period without one, shown no further than figures can lie.
    pub(super) fn limits(
        &self,
        point: Option<&Point>,
        shown: &[Option<Ratio>; 2],
    ) -> Option<Limits> {
        let half_width = match &self.width {
            Width::Same(half_width) => half_width.clone(),
            Width::ByDenominator { half_width, denominator } => {
                let own = &point?.counts.as_ref()?.denominator;
                half_width * &denominator.divided(own).root()
            }
        };
        Some(Limits::around(&self.mean, &half_width).shown_within(shown))
    }
}

fn mean(values: &[Option<Ratio>]) -> Option<Ratio> {
    let there: Vec<_> = values.iter().flatten().cloned().collect();
    Ratio::mean(&there)
}

/// From each figure to the next, where both are there.
fn moving_ranges(values: &[Option<Ratio>]) -> Vec<Ratio> {
    let range = |pair: &[Option<Ratio>]| Some(pair[1].as_ref()?.distance(pair[0].as_ref()?));
    values.windows(2).filter_map(range).collect()
}

/// The mean of moving ranges, of how many that is, and how many were left out as too large.
fn mean_range(ranges: &[Ratio], rules: Rules) -> Option<(Ratio, usize, usize)> {
    let mean = Ratio::mean(ranges)?;
    if !rules.screen || mean == Ratio::ZERO {
        return Some((mean, ranges.len(), 0));
    }
    let largest = &mean * &screening_factor();
    let kept: Vec<_> = ranges.iter().filter(|range| **range < largest).cloned().collect();
    Some((Ratio::mean(&kept)?, kept.len(), ranges.len() - kept.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A mean of 11 and a mean moving range of 2: 11 - 5.32 to 11 + 5.32.
    #[test]
    fn the_limits_of_values_are_those_of_a_chart_of_individual_values() {
        let values = [10, 12, 10, 12, 10, 12, 10, 12].map(Ratio::whole);
        let limits = Limits::of(&values, true).expect("two values are enough");
        let ends = [&limits.low, &limits.high, &limits.shown_low, &limits.shown_high];
        let ends = ends.map(|end| end.round(3).to_string());
        assert_eq!(ends, ["5.680", "16.320", "5.680", "16.320"]);
        assert!(Limits::of(&values[..1], true).is_none());
    }

    /// 96 and 100 have limits of 98 - 10.64 and 98 + 10.64.
    #[test]
    fn limits_are_shown_no_further_than_values_can_lie() {
        let values = [96, 100, 96, 100].map(Ratio::whole);
        let shown = |is_percent| {
            let limits = Limits::of(&values, is_percent).expect("limits");
            [limits.shown_low, limits.shown_high].map(|end| end.round(2).to_string())
        };
        assert_eq!(shown(true), ["87.36", "100.00"]);
        assert_eq!(shown(false), ["87.36", "108.64"]);
    }
}
