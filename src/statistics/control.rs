//! A series with its limits and signals, segment by segment.

use super::limits::{Basis, Limits, shown_ends};
use super::signals::{Signal, signals};
use super::{FIRM, Rules};
use crate::figure::Ratio;

/// The figure of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Its value.
    pub value: Ratio,
    /// What it was worked out from, where that is known.
    pub counts: Option<Counts>,
}

/// A numerator and a denominator that is above 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// How many.
    pub numerator: Ratio,
    /// Out of how many.
    pub denominator: Ratio,
}

/// How limits are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// From the figures and their moving ranges alone.
    Xmr,
    /// From the counts too, wider where there are fewer.
    Counts {
        /// What numerator over denominator is multiplied by.
        times: u32,
        /// Whether the numerator is part of the denominator.
        is_share: bool,
    },
}

/// What limits are drawn of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// What counts as a signal.
    pub rules: Rules,
    /// How limits are drawn.
    pub method: Method,
    /// How many figures of each segment they are drawn from, where not from all.
    pub baseline: Option<usize>,
    /// Whether the figures are percentages.
    pub is_percent: bool,
}

/// A part of a series with limits of its own: from its start, or from where it was rebased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The index of its first period.
    pub start: usize,
    /// The index behind its last period.
    pub end: usize,
    /// How many figures its limits are, or would be, drawn from.
    pub figures: usize,
    /// What its limits are worked out from; nothing where there are too few figures, or no two of
    /// neighbouring periods.
    pub basis: Option<Basis>,
}

impl Segment {
    /// Whether its limits may still move a good deal.
    #[must_use]
    pub fn is_provisional(&self) -> bool {
        self.figures < FIRM
    }
}

/// A series with its limits and signals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Control {
    /// Its segments, in order; at least one.
    pub segments: Vec<Segment>,
    /// The limits of each period, where there are any.
    pub limits: Vec<Option<Limits>>,
    /// What stands out in each period, the strongest first.
    pub signals: Vec<Vec<Signal>>,
}

impl Control {
    /// The last segment.
    #[must_use]
    pub fn last_segment(&self) -> &Segment {
        self.segments.last().expect("there is at least one")
    }

    /// The limits of the last period that has any, where its segment has.
    #[must_use]
    pub fn last_limits(&self) -> Option<&Limits> {
        self.limits[self.last_segment().start..].iter().rev().flatten().next()
    }
}

/// Draws limits and finds signals. `points` are neighbouring periods, the oldest first, a gap where
/// there is no figure; `rebases` are the indices that a segment starts at besides the first.
#[must_use]
pub fn control(points: &[Option<Point>], rebases: &[usize], options: Options) -> Control {
    let is_inside = |start: &usize| (1..points.len()).contains(start);
    let mut starts: Vec<_> = rebases.iter().copied().filter(is_inside).collect();
    starts.push(0);
    starts.sort_unstable();
    starts.dedup();
    let ends = starts[1..].iter().copied().chain([points.len()]);
    let mut control = Control { segments: Vec::new(), limits: Vec::new(), signals: Vec::new() };
    for (&start, end) in starts.iter().zip(ends) {
        let points: Vec<_> =
            points[start..end].iter().map(|point| usable(point.as_ref(), options)).collect();
        let (figures, basis) = basis(&points, options);
        let limits = limits(&points, basis.as_ref(), options);
        control.signals.extend(signals(&points, &limits, options.rules));
        control.limits.extend(limits);
        control.segments.push(Segment { start, end, figures, basis });
    }
    control
}

/// A figure without counts says nothing where limits are drawn from counts.
fn usable(point: Option<&Point>, options: Options) -> Option<&Point> {
    let needs_counts = options.method != Method::Xmr;
    point.filter(|point| !needs_counts || point.counts.is_some())
}

/// How many figures are in the baseline of a segment, and what limits are worked out from, where
/// they are enough.
fn basis(points: &[Option<&Point>], options: Options) -> (usize, Option<Basis>) {
    let there = points.iter().enumerate().filter(|(_, point)| point.is_some());
    let in_baseline: Vec<_> =
        there.map(|(index, _)| index).take(options.baseline.unwrap_or(usize::MAX)).collect();
    let figures = in_baseline.len();
    let Some(last) = in_baseline.last().filter(|_| figures >= options.rules.minimum) else {
        return (figures, None);
    };
    (figures, Basis::of(&points[..=*last], options.method, options.rules))
}

fn limits(
    points: &[Option<&Point>],
    basis: Option<&Basis>,
    options: Options,
) -> Vec<Option<Limits>> {
    let values = points.iter().flatten().map(|point| &point.value);
    let shown = shown_ends(values, options.is_percent);
    points.iter().map(|point| basis?.limits(*point, &shown)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::signals::{Rule, has_conflict};
    use super::super::{Green, Side, assurance};
    use super::*;
    use crate::figure::Decimal;

    fn ratio(text: &str) -> Ratio {
        text.parse::<Decimal>().expect("a decimal").into()
    }

    /// Figures, `-` for a gap and `n/d` for a percentage of counts.
    fn series(text: &str) -> Vec<Option<Point>> {
        let point = |word: &str| match word.split_once('/') {
            _ if word == "-" => None,
            None => Some(Point { value: ratio(word), counts: None }),
            Some((numerator, denominator)) => {
                let counts =
                    Counts { numerator: ratio(numerator), denominator: ratio(denominator) };
                let value = &counts.numerator.divided(&counts.denominator) * &Ratio::whole(100);
                Some(Point { value, counts: Some(counts) })
            }
        };
        text.split_whitespace().map(point).collect()
    }

    fn options(minimum: usize) -> Options {
        let rules = Rules { minimum, ..Rules::default() };
        Options { rules, method: Method::Xmr, baseline: None, is_percent: false }
    }

    const SHARES: Method = Method::Counts { times: 100, is_share: true };

    /// The mean and the limits of the last period.
    fn shown(control: &Control) -> [String; 3] {
        let limits = control.last_limits().expect("limits");
        [&limits.mean, &limits.low, &limits.high].map(|number| number.round(6).to_string())
    }

    fn last(control: &Control) -> Vec<(Rule, Side)> {
        let signals = control.signals.last().expect("a period");
        signals.iter().map(|signal| (signal.rule, signal.side)).collect()
    }

    fn of(text: &str, options: Options) -> Control {
        control(&series(text), &[], options)
    }

    /// Limits of 10 on each side of 50, nears of 6 2/3: moving ranges of 500/133 between 12 figures
    /// in pairs with gaps between them, then the figures of the text.
    fn after_a_wide_baseline(text: &str) -> Control {
        let low = Ratio::whole(50 * 133 - 250).divided(&Ratio::whole(133));
        let high = &low + &Ratio::whole(500).divided(&Ratio::whole(133));
        let value = |value: Ratio| Some(Point { value, counts: None });
        let mut points = Vec::new();
        for _ in 0..6 {
            points.extend([value(low.clone()), value(high.clone()), None]);
        }
        points.extend(series(text));
        control(&points, &[], Options { baseline: Some(12), ..options(12) })
    }

    /// The worked example of the specification that the limits were written from.
    #[test]
    fn limits_are_drawn_from_the_baseline() {
        let text = "82 85 79 84 88 81 83 86 80 84 87 82 96 97";
        let control = of(text, Options { baseline: Some(12), ..options(12) });
        assert_eq!(shown(&control), ["83.416667", "71.809394", "95.023939"]);
        let limits = control.last_limits().expect("limits");
        let near = [&limits.near_low, &limits.near_high].map(|near| near.round(6).to_string());
        assert_eq!(near, ["75.678485", "91.154848"]);
        let basis = control.segments[0].basis.as_ref().expect("a basis");
        assert_eq!(basis.range, Ratio::whole(48).divided(&Ratio::whole(11)));
        assert_eq!(last(&control), [(Rule::Outside, Side::High)]);
        let green = Green { low: Some(Ratio::whole(85)), high: None };
        assert_eq!(assurance(&limits.shown_low, &limits.shown_high, &green).as_str(), "?");
    }

    /// The example of the vignette "Deviations from Excel defaults" of `NHSRplotthedots`.
    #[test]
    fn screening_leaves_out_the_largest_ranges_once() {
        let text = "1 2 1 2 10 1 2 1 2 1 2 1 2 1 2 1 2 1";
        assert_eq!(shown(&of(text, options(12))), ["1.944444", "-3.062614", "6.951503"]);
        let rules = Rules { screen: true, ..Rules::default() };
        let screened = of(text, Options { rules, ..options(12) });
        assert_eq!(shown(&screened), ["1.944444", "-0.715556", "4.604444"]);
        assert_eq!(screened.segments[0].basis.as_ref().map(|basis| basis.screened), Some(2));
    }

    #[test]
    fn a_series_that_does_not_vary_has_limits_at_its_mean() {
        let rules = Rules { minimum: 12, screen: true, ..Rules::default() };
        let control = of(&"7 ".repeat(12), Options { rules, ..options(12) });
        assert_eq!(shown(&control), ["7.000000"; 3]);
        assert_eq!(last(&control), []);
    }

    #[test]
    fn limits_need_enough_figures_and_two_neighbours() {
        let few = of("1 2 3 4 5 6 7 8 9 10 - 11", options(12));
        assert_eq!((few.segments[0].figures, &few.segments[0].basis), (11, &None));
        assert!(few.limits.iter().all(Option::is_none) && last(&few).is_empty());
        let apart = of(&"1 - ".repeat(12), options(12));
        assert_eq!((apart.segments[0].figures, &apart.segments[0].basis), (12, &None));
    }

    #[test]
    fn no_range_crosses_a_gap() {
        // 12 figures; the ranges are 1 but for the gap between 2 and 50.
        let control = of("1 2 1 2 1 2 - 50 51 50 51 50 51", options(12));
        let basis = control.segments[0].basis.as_ref().expect("a basis");
        assert_eq!((basis.range.clone(), basis.ranges), (Ratio::whole(1), 10));
    }

    #[test]
    fn a_rebase_starts_again() {
        let before = "10 11 10 11 10 11 10 11 10 11 10 11 ";
        let points = series(&format!("{before}30 31 30 31 30 31 30 31 30 31 30 31"));
        let control = control(&points, &[12, 0, 99], options(12));
        assert_eq!(control.segments.len(), 2);
        assert_eq!(shown(&control), ["30.500000", "27.840000", "33.160000"]);
        assert!(control.signals.iter().all(Vec::is_empty));
        assert!(control.segments[1].is_provisional());
    }

    #[test]
    fn shown_limits_are_where_figures_can_be() {
        let ends = |text: &str, is_percent| {
            let control = of(text, Options { is_percent, ..options(4) });
            let limits = control.last_limits().expect("limits").clone();
            [limits.shown_low, limits.shown_high].map(|end| end.round(1).to_string())
        };
        assert_eq!(ends("1 99 1 99", true), ["0.0", "100.0"]);
        assert_eq!(ends("1 99 1 99", false), ["0.0", "310.7"]);
        assert_eq!(ends("-1 99 1 101", true), ["-214.2", "314.2"]);
    }

    #[test]
    fn on_a_limit_is_inside() {
        assert_eq!(last(&after_a_wide_baseline("60")), []);
        assert_eq!(last(&after_a_wide_baseline("60.000001")), [(Rule::Outside, Side::High)]);
        assert_eq!(last(&after_a_wide_baseline("40")), []);
        assert_eq!(last(&after_a_wide_baseline("39.999999")), [(Rule::Outside, Side::Low)]);
    }

    #[test]
    fn a_trend_is_seven_figures_each_higher_than_the_one_before() {
        let trend = |text| last(&after_a_wide_baseline(text)).contains(&(Rule::Trend, Side::High));
        assert!(trend("45 46 47 48 49 50 51"));
        assert!(!trend("45 46 47 48 49 50"));
        assert!(!trend("45 46 47 47 48 49 50 51"));
        assert!(!trend("45 46 47 48 - 49 50 51"));
        let all = after_a_wide_baseline("44 45 46 47 48 49 50 51 50");
        let marked = all.signals[18..].iter().map(|signals| !signals.is_empty());
        assert_eq!(marked.collect::<Vec<_>>(), [[true; 8].as_slice(), &[false]].concat());
    }

    #[test]
    fn a_shift_is_seven_figures_on_one_side_of_the_average() {
        let shift = |text| last(&after_a_wide_baseline(text)).contains(&(Rule::Shift, Side::High));
        assert!(shift("51 52 51 52 51 52 51"));
        assert!(!shift("51 52 51 52 51 52"));
        assert!(!shift("51 52 51 50 52 51 52 51"));
        assert!(!shift("51 52 51 - 52 51 52 51"));
    }

    #[test]
    fn two_of_three_are_close_to_the_same_limit() {
        let signal = (Rule::TwoOfThree, Side::High);
        let found = |text| last(&after_a_wide_baseline(text)).contains(&signal);
        assert!(found("57 51 57"));
        assert!(found("51 57 57"));
        assert!(found("51 57 61"), "beyond the limit counts");
        assert!(!found("57 57 51"), "the last is not one of the two");
        assert!(!found("57 49 57"), "the third is on the other side");
        assert!(!found("51 57 - 57") && !found("57 57"), "three are neighbours");
    }

    #[test]
    fn the_strongest_rule_is_first_and_rules_may_disagree() {
        // A fall of seven that ends above the average.
        let falls = last(&after_a_wide_baseline("57 56 55 54 53 52 51"));
        assert_eq!(falls, [(Rule::Trend, Side::Low), (Rule::Shift, Side::High)]);
        let control = after_a_wide_baseline("57 56 55 54 53 52 51");
        assert!(has_conflict(control.signals.last().expect("a period")));
        // The lowest of a fall and a rise belongs to both: the rise is the later.
        let turn = after_a_wide_baseline("57 56 55 54 53 52 51 52 53 54 55 56 57");
        let bottom = &turn.signals[18 + 6];
        assert_eq!((bottom[0].rule, bottom[0].side), (Rule::Trend, Side::High));
        assert_eq!((bottom[1].rule, bottom[1].side), (Rule::Trend, Side::Low));
    }

    /// After twelve months of 88 and 92 in 100, 2 of 3: limits that know of the few cases take it
    /// calmly.
    #[test]
    fn limits_from_counts_are_wider_for_fewer_cases() {
        let text = format!("{}2/3", "88/100 92/100 ".repeat(6));
        let calm = of(&text, Options { method: SHARES, is_percent: true, ..options(12) });
        let limits = calm.last_limits().expect("limits");
        assert_eq!(limits.shown_low.round(2).to_string(), "25.85");
        assert_eq!(limits.shown_high, Ratio::whole(100));
        assert_eq!(last(&calm), []);
        let alarmed = of(&text, Options { is_percent: true, ..options(12) });
        assert_eq!(last(&alarmed), [(Rule::Outside, Side::Low)]);
    }

    /// With equal denominators Laney's limits are 3/1.128 mean moving ranges from the mean.
    #[test]
    fn limits_from_equal_denominators_have_no_roots() {
        let text = "82/100 85/100 79/100 84/100 88/100 81/100 83/100";
        let control = of(text, Options { method: SHARES, ..options(5) });
        let range = Ratio::whole(3 + 6 + 5 + 4 + 7 + 2).divided(&Ratio::whole(6));
        let half_width = (&range * &Ratio::whole(3)).divided(&ratio("1.128"));
        let limits = control.last_limits().expect("limits");
        assert_eq!(&limits.high - &limits.mean, half_width);
    }

    #[test]
    fn without_any_case_limits_from_counts_are_the_mean() {
        for (text, mean) in [("0/5 0/7 0/9 0/11", 0), ("5/5 7/7 9/9 2/2", 100)] {
            let control = of(text, Options { method: SHARES, ..options(4) });
            let limits = control.last_limits().expect("limits");
            assert_eq!([&limits.low, &limits.high], [&Ratio::whole(mean); 2]);
        }
    }
}
