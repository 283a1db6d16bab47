//! How a figure stands to a benchmark: a fixed value, such as England's.

use super::{Interval, Side};
use crate::figure::{Decimal, Ratio};
use crate::rating::Verdict;

/// How a figure with an interval stands to a benchmark, which is similar where it is within the
/// interval, ends included. `better` is the side that is better, where one is.
#[must_use]
pub fn verdict_by_interval(
    interval: &Interval,
    benchmark: &Ratio,
    better: Option<Side>,
) -> Verdict {
    if *benchmark < interval.low {
        on(Side::High, better)
    } else if *benchmark > interval.high {
        on(Side::Low, better)
    } else {
        Verdict::Similar
    }
}

/// How a result stands to a benchmark that is similar where it is at most so many points away.
#[must_use]
pub fn verdict_by_points(
    result: &Ratio,
    benchmark: &Ratio,
    points: &Decimal,
    better: Option<Side>,
) -> Verdict {
    if result.distance(benchmark) <= *points {
        return Verdict::Similar;
    }
    on(if result > benchmark { Side::High } else { Side::Low }, better)
}

/// How a figure stands that is on one side of a benchmark.
fn on(side: Side, better: Option<Side>) -> Verdict {
    match (better, side) {
        (Some(better), side) if better == side => Verdict::Better,
        (Some(_), _) => Verdict::Worse,
        (None, Side::High) => Verdict::Higher,
        (None, Side::Low) => Verdict::Lower,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(text: &str) -> Ratio {
        text.parse::<Decimal>().expect("a decimal").into()
    }

    #[test]
    fn the_ends_of_an_interval_are_within_it() {
        let interval = Interval { low: Ratio::whole(40), high: Ratio::whole(60) };
        let of = |benchmark: &str, better| {
            verdict_by_interval(&interval, &ratio(benchmark), better).as_str()
        };
        for better in [None, Some(Side::High), Some(Side::Low)] {
            assert_eq!(["40", "50", "60"].map(|value| of(value, better)), ["similar"; 3]);
        }
        let beyond = |better| ["39.99", "60.01"].map(|value| of(value, better));
        assert_eq!(beyond(Some(Side::High)), ["better", "worse"]);
        assert_eq!(beyond(Some(Side::Low)), ["worse", "better"]);
        assert_eq!(beyond(None), ["higher", "lower"]);
    }

    /// Excess weight of 2013/14 and 2014/15, beside England's 22.5% and 21.9% in reception, and
    /// 33.5% and 33.2% in year 6. Published as green, red, green and amber: without a margin, or
    /// with one below 0.1 points, the first three come out; the fourth needs one of 0.2.
    #[test]
    fn excess_weight_is_rated_against_england() {
        let results = [("21", "22.5"), ("22", "21.9"), ("33", "33.5"), ("33", "33.2")];
        let of = |points: &str| {
            let points: Decimal = points.parse().expect("a decimal");
            results.map(|(kent, england)| {
                verdict_by_points(&ratio(kent), &ratio(england), &points, Some(Side::Low)).as_str()
            })
        };
        assert_eq!(of("0"), ["better", "worse", "better", "better"]);
        assert_eq!(of("0.09"), ["better", "worse", "better", "better"]);
        assert_eq!(of("0.1"), ["better", "similar", "better", "better"]);
        assert_eq!(of("0.2"), ["better", "similar", "better", "similar"]);
    }
}
