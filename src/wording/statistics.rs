//! Limits, intervals and trends in words for members, who have never heard of control charts.

use crate::assess::{
    Assessed, Chart, NoInterval, NoTrend, Recent, Refusal, Statistics, Tone, Variation,
};
use crate::definition::{Definition, Frequency, Indicator, Period, Standard, Unit};
use crate::figure::{Amount, Decimal, Ratio};
use crate::statistics::trend::Trend;
use crate::statistics::{Assurance, Confidence, Interval, Limits, Rule, Rules, Side, Signal};
use crate::text::{and, plural};

use super::with_unit;

/// A number of an indicator's unit as results are shown: `71.8%`.
fn shown(number: &Ratio, indicator: &Indicator, decimals: u8) -> String {
    with_unit(&number.round(decimals).grouped(), indicator)
}

/// Limits and means of a whole number are seldom whole.
fn decimals(indicator: &Indicator) -> u8 {
    indicator.decimals.max(1)
}

/// `month`, `quarter` or `year`.
fn period(indicator: &Indicator) -> &'static str {
    periods(indicator, 1)
}

/// What an indicator has a figure for, so many times: `months`, `quarters` or `years`.
#[must_use]
pub fn periods(indicator: &Indicator, count: usize) -> &'static str {
    match indicator.frequency {
        Frequency::Monthly => plural(count, "month", "months"),
        Frequency::Quarterly => plural(count, "quarter", "quarters"),
        Frequency::Annual => plural(count, "year", "years"),
    }
}

/// A rule in words, and on which side of what is usual the figures are.
#[must_use]
pub fn rule(signal: &Signal, rules: Rules) -> String {
    let by_side = |high, low| match signal.side {
        Side::High => high,
        Side::Low => low,
    };
    match signal.rule {
        Rule::Outside => {
            let side = by_side("above", "below");
            format!("the latest figure is outside what is usual, {side} it")
        }
        Rule::Trend => {
            let side = by_side("upwards", "downwards");
            format!("figures have moved the same way for {} periods or more, {side}", rules.trend)
        }
        Rule::TwoOfThree => {
            let side = by_side("at its top", "at its bottom");
            format!("two of the last three figures are close to the limit of what is usual, {side}")
        }
        Rule::Shift => {
            let (figures, side) = (rules.shift, by_side("above", "below"));
            format!(
                "{figures} or more figures in a row are on the same side of the average, {side} it"
            )
        }
    }
}

/// A signal in a few words: `In a run of rises`.
#[must_use]
pub fn signal(signal: &Signal) -> &'static str {
    match (signal.rule, signal.side) {
        (Rule::Outside, Side::High) => "Above the usual range",
        (Rule::Outside, Side::Low) => "Below the usual range",
        (Rule::Trend, Side::High) => "In a run of rises",
        (Rule::Trend, Side::Low) => "In a run of falls",
        (Rule::TwoOfThree, Side::High) => "Two of three near the top",
        (Rule::TwoOfThree, Side::Low) => "Two of three near the bottom",
        (Rule::Shift, Side::High) => "In a run above average",
        (Rule::Shift, Side::Low) => "In a run below average",
    }
}

/// `higher` or `lower`.
#[must_use]
pub fn side(side: Side) -> &'static str {
    match side {
        Side::High => "higher",
        Side::Low => "lower",
    }
}

fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Improvement => "Improving",
        Tone::Concern => "Concerning",
        Tone::Neutral => "Changed",
    }
}

/// How the latest figure varies, in a sentence; in two, where rules point both ways.
#[must_use]
pub fn variation(variation: &Variation, rules: Rules) -> String {
    let Variation::Signal { signals, tone: of } = variation else {
        return "Nothing unusual: the figures vary as they usually do.".to_owned();
    };
    let first = &signals[0];
    let said = format!("{}: {}.", tone(*of), rule(first, rules));
    match signals.iter().find(|signal| signal.side != first.side) {
        Some(other) => format!("{said} But {}.", rule(other, rules)),
        None => said,
    }
}

/// The icon of it: a shape, a word, and what the figures do: `▲ Concerning: unusually high`. High or
/// low alone would be taken for how much so.
#[must_use]
pub fn variation_icon(variation: &Variation) -> String {
    let Variation::Signal { signals, tone: of } = variation else {
        return "○ As usual".to_owned();
    };
    let figures = match (signals[0].rule, signals[0].side) {
        (Rule::Outside, Side::High) => "unusually high",
        (Rule::Outside, Side::Low) => "unusually low",
        (Rule::Trend, Side::High) => "rising",
        (Rule::Trend, Side::Low) => "falling",
        (Rule::TwoOfThree | Rule::Shift, Side::High) => "high of late",
        (Rule::TwoOfThree | Rule::Shift, Side::Low) => "low of late",
    };
    let shape = match of {
        Tone::Improvement => "◆",
        Tone::Concern => "▲",
        Tone::Neutral => "■",
    };
    format!("{shape} {}: {figures}", tone(*of))
}

/// Whether the target is met within the limits, in a sentence; and what a change may make of it, so
/// that nobody takes it for a forecast.
fn assurance(assurance: Assurance, indicator: &Indicator, changes: Option<Tone>) -> String {
    let said = match assurance {
        Assurance::Met => {
            "The whole of the usual range meets the target: it will be met if figures stay as they \
             have usually been."
                .to_owned()
        }
        Assurance::Missed => "None of the usual range meets the target: it will not be met unless \
                              something changes."
            .to_owned(),
        Assurance::Chance => {
            let period = period(indicator);
            format!(
                "Part of the usual range meets the target: in a usual {period} it may be met or \
                 missed."
            )
        }
    };
    let then = match (assurance, changes) {
        (_, None)
        | (Assurance::Met, Some(Tone::Improvement))
        | (Assurance::Missed, Some(Tone::Concern)) => return said,
        (Assurance::Met, Some(Tone::Concern)) => "it may come to be missed",
        (Assurance::Missed, Some(Tone::Improvement)) => "it may come to be met",
        (Assurance::Chance, Some(Tone::Concern)) => "it may be missed more often",
        (Assurance::Chance, Some(Tone::Improvement)) => "it may be met more often",
        (_, Some(Tone::Neutral)) => "that may change",
    };
    format!("{said} If figures go on as they have of late, {then}.")
}

/// How much of the usual range meets the target.
#[must_use]
pub fn assurance_icon(assurance: Assurance) -> &'static str {
    match assurance {
        Assurance::Met => "All of it",
        Assurance::Missed => "None of it",
        Assurance::Chance => "Part of it",
    }
}

/// Why there are no limits.
#[must_use]
pub fn refusal(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Rolling => {
            "Not tested for unusual change: each figure shares most of its months with the one \
             before, so that ordinary figures would look unusual."
        }
        Refusal::YearToDate => {
            "Not tested for unusual change: the figures are for the year to date, and without a \
             numerator and a denominator nothing says what each period added."
        }
        Refusal::Hidden => "Nothing is said of how a figure varies that may not be shown.",
    }
}

/// `9 of 12 months`: how far a series is from having limits. `None` if it has them.
#[must_use]
pub fn too_few(chart: &Chart<'_>, indicator: &Indicator) -> Option<String> {
    if chart.limits().is_some() {
        return None;
    }
    let (figures, least) = (chart.control.last_segment().figures, chart.rules.minimum);
    Some(if figures < least {
        format!("{figures} of {least} {}", periods(indicator, least))
    } else {
        format!("no neighbouring {}", periods(indicator, 2))
    })
}

/// The same in a sentence.
fn too_few_sentence(chart: &Chart<'_>, indicator: &Indicator) -> Option<String> {
    if chart.limits().is_some() {
        return None;
    }
    let (figures, least) = (chart.control.last_segment().figures, chart.rules.minimum);
    let said = if figures < least {
        let periods = periods(indicator, least);
        let are = plural(figures, "is", "are");
        format!("that takes {least} {periods} with figures, and so far there {are} {figures}")
    } else {
        format!("no two neighbouring {} have figures", periods(indicator, 2))
    };
    Some(format!("What is usual cannot be said yet: {said}."))
}

/// What a series shows, in sentences: the usual range, what is more than that, and the target.
#[must_use]
pub fn chart(definition: &Definition, chart: &Chart<'_>, indicator: &Indicator) -> Vec<String> {
    let mut said = Vec::new();
    said.extend(single(definition, chart, indicator));
    said.extend(usual_range(definition, chart, indicator));
    said.extend(too_few_sentence(chart, indicator));
    said.extend(chart.variation.as_ref().map(|one| variation(one, chart.rules)));
    said.extend(stock(chart, indicator).map(str::to_owned));
    let changes = match chart.variation {
        Some(Variation::Signal { tone, .. }) => Some(tone),
        _ => None,
    };
    said.extend(chart.assurance.map(|one| assurance(one, indicator, changes)));
    said.extend(chart.trend.as_ref().map(|found| match found {
        Ok(found) => recent(found, indicator),
        Err(why) => no_trend(*why).to_owned(),
    }));
    for (index, rebase) in &chart.rebases {
        let month = chart.series.months[*index].long();
        let reason = rebase.reason.trim_end_matches('.');
        said.push(format!("What is usual is worked out afresh from {month}: {reason}."));
    }
    said
}

/// What the latest single period had, where the figure that is shown is of the year to date.
fn single(definition: &Definition, chart: &Chart<'_>, indicator: &Indicator) -> Option<String> {
    let point = chart.series.points.last()?.as_ref().filter(|_| chart.series.is_unrolled)?;
    let month = chart.series.months.last()?;
    let period = super::period_short(definition, indicator, *month);
    let value = shown(&point.value, indicator, indicator.decimals);
    Some(format!("In {period} alone it was {value}."))
}

/// Between what the figures usually are, and of how many of them that is said: `Over 24 months the
/// usual range is from 71.8% to 95.0%, and the average 83.4%.` `None` if it cannot be said.
fn usual_range(
    definition: &Definition,
    chart: &Chart<'_>,
    indicator: &Indicator,
) -> Option<String> {
    let limits = chart.limits()?;
    let segment = chart.control.last_segment();
    let number = |number: &Ratio| shown(number, indicator, decimals(indicator));
    let range = |limits: &Limits| {
        format!("from {} to {}", number(&limits.shown_low), number(&limits.shown_high))
    };
    let single = if chart.series.is_unrolled { "single " } else { "" };
    let of_segment = &chart.series.points[segment.start..segment.end];
    let are_first = of_segment.iter().flatten().count() > segment.figures;
    let first = if are_first { "the first " } else { "" };
    let count = segment.figures;
    let over = format!("{first}{count} {single}{}", periods(indicator, count));
    let average = number(&limits.mean);
    let said = match uneven_limits(chart) {
        None => {
            format!("Over {over} the usual range is {}, and the average {average}.", range(limits))
        }
        Some([this, narrowest]) => {
            let of = |index: usize| {
                let limits = chart.control.limits[index].as_ref().map(range).unwrap_or_default();
                let month = chart.series.months[index];
                let period = super::period_short(definition, indicator, month);
                format!("{limits} with {}, as in {period}", out_of(chart, index))
            };
            let fewer = match indicator.unit {
                Unit::Rate { .. } => "smaller populations",
                _ => "fewer cases",
            };
            format!(
                "Over {over} the average is {average}. The usual range is wider in {} with {fewer}: \
                 {}; {}.",
                periods(indicator, 2),
                of(this),
                of(narrowest)
            )
        }
    };
    let provisional = " With so few figures this range may still change.";
    Some(if segment.is_provisional() { format!("{said}{provisional}") } else { said })
}

/// Out of how many the figure of a period is.
fn out_of(chart: &Chart<'_>, index: usize) -> String {
    let counts = chart.series.points[index].as_ref().and_then(|point| point.counts.as_ref());
    counts.map_or_else(String::new, |counts| counts.denominator.round(0).grouped())
}

/// The last period that has limits, and the one with the narrowest since they last started again,
/// where they are much narrower: where limits are drawn from counts, and those are uneven.
fn uneven_limits(chart: &Chart<'_>) -> Option<[usize; 2]> {
    let start = chart.control.last_segment().start;
    let width = |limits: &Limits| &limits.high - &limits.low;
    let each = chart.control.limits.iter().enumerate().skip(start);
    let widths = each.filter_map(|(index, limits)| {
        let has_counts = chart.series.points[index].as_ref()?.counts.is_some();
        has_counts.then_some((index, width(limits.as_ref()?)))
    });
    let widths: Vec<_> = widths.collect();
    let (last, wide) = widths.last()?;
    let (narrowest, narrow) = widths.iter().min_by(|one, other| one.1.cmp(&other.1))?;
    let is_much_wider = *wide > narrow * &Ratio::from(&Decimal::new(15, 1));
    is_much_wider.then_some([*last, *narrowest])
}

/// That the figures are not those that are shown, if they are not.
fn unrolled(chart: &Chart<'_>, indicator: &Indicator) -> Option<String> {
    let are_single = || format!("Figures are those of single {}.", periods(indicator, 2));
    chart.series.is_unrolled.then(are_single)
}

/// What to think of a run of figures that count everyone at one moment.
fn stock(chart: &Chart<'_>, indicator: &Indicator) -> Option<&'static str> {
    let is_stock = matches!(indicator.period, Period::Snapshot | Period::MonthSnapshot)
        && indicator.unit == Unit::Number;
    (is_stock && chart.limits().is_some()).then_some(
        "A count of everyone at one moment changes slowly, so that a run on one side of the average \
         is by itself no sign of a change.",
    )
}

/// Of fewer that varied more than usual the names are given, and of fewer than these the ids.
const MOST_NAMED: usize = 5;
const MOST_IDS: usize = 12;

/// How many worsened, and which of them by more than the usual variation: `29 worsened since December
/// 2015; for 3 of them it is more than the usual variation: ...`. Of some it cannot be said.
#[must_use]
pub fn worsened(count: usize, since: &str, more: &[&Indicator], unknown: usize) -> String {
    let named = some_named(more);
    if count == 1 {
        let said = match (more.len(), unknown) {
            (_, 1) => "whether that is more than the usual variation cannot be said",
            (0, _) => "that is no more than the usual variation",
            _ => "that is more than the usual variation",
        };
        return format!("1 worsened since {since}; {said}{named}.");
    }
    let how_many = if more.is_empty() { "none".to_owned() } else { more.len().to_string() };
    let unknown = match unknown {
        0 => String::new(),
        all if all == count => {
            return format!(
                "{count} worsened since {since}; whether that is more than the usual variation \
                 cannot be said."
            );
        }
        some => format!(" (of {some} it cannot be said)"),
    };
    format!(
        "{count} worsened since {since}; for {how_many} of them it is more than the usual \
         variation{unknown}{named}."
    )
}

/// What did not worsen since the period before, and is concerning over a longer time.
#[must_use]
pub fn concerning(others: &[&Indicator]) -> Option<String> {
    let (count, named) = (others.len(), some_named(others));
    match count {
        0 => None,
        1 => Some(format!("1 that did not worsen is concerning over a longer time{named}.")),
        _ => Some(format!("{count} that did not worsen are concerning over a longer time{named}.")),
    }
}

/// The names of a few indicators, the ids of some more, and nothing of many: `: Visits (indicator
/// 9)`.
fn some_named(indicators: &[&Indicator]) -> String {
    if indicators.is_empty() || indicators.len() > MOST_IDS {
        return String::new();
    }
    if indicators.len() > MOST_NAMED {
        let ids: Vec<_> = indicators.iter().map(|indicator| indicator.shown_id()).collect();
        return format!(": indicators {}", and(&ids));
    }
    let names: Vec<_> = indicators.iter().map(|indicator| super::named(indicator)).collect();
    format!(": {}", and(&names))
}

/// A signal for a footnote: in a sentence, and what to think of it.
#[must_use]
pub fn signal_note(chart: &Chart<'_>, indicator: &Indicator) -> Option<String> {
    let found = chart.variation.as_ref().filter(|one| matches!(one, Variation::Signal { .. }))?;
    let said = [
        Some(variation(found, chart.rules)),
        unrolled(chart, indicator),
        stock(chart, indicator).map(str::to_owned),
    ];
    Some(said.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// What a test of the last figures finds.
#[must_use]
pub fn recent(found: &Recent, indicator: &Indicator) -> String {
    let last = format!("the last {} {}", found.figures, periods(indicator, found.figures));
    match (found.tested.trend, found.tone) {
        (Trend::NoChange, _) => format!("No significant change over {last}."),
        (Trend::OneYear, _) => {
            format!("No significant change over {last}: one year decides it.")
        }
        (Trend::Moves(_), Some(Tone::Improvement)) => format!("Improving over {last}."),
        (Trend::Moves(_), Some(Tone::Concern)) => format!("Worsening over {last}."),
        (Trend::Moves(Side::High), _) => format!("Increasing over {last}."),
        (Trend::Moves(Side::Low), _) => format!("Decreasing over {last}."),
    }
}

/// The same in a word or two.
#[must_use]
pub fn recent_icon(found: &Recent) -> &'static str {
    match (found.tested.trend, found.tone) {
        (Trend::NoChange | Trend::OneYear, _) => "○ No change",
        (Trend::Moves(_), Some(Tone::Improvement)) => "◆ Improving trend",
        (Trend::Moves(_), Some(Tone::Concern)) => "▲ Worsening trend",
        (Trend::Moves(Side::High), _) => "■ Increasing trend",
        (Trend::Moves(Side::Low), _) => "■ Decreasing trend",
    }
}

/// Why figures are not tested for a trend.
#[must_use]
pub fn no_trend(why: NoTrend) -> &'static str {
    match why {
        NoTrend::TooFew => "Too few figures to test for a trend.",
        NoTrend::NotCases => "Not tested for a trend: the figures are not counts of whole cases.",
    }
}

/// `Range by chance (95%)`.
#[must_use]
pub fn interval_heading(confidence: Confidence) -> String {
    format!("Range by chance ({}%)", confidence.as_str())
}

/// In how many of all cases a figure is within its interval.
#[must_use]
pub fn how_often(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::NinetyFive => "19 times in 20",
        Confidence::NinetyNinePointEight => "499 times in 500",
    }
}

/// The same as other programs know it: `95% Interval`.
#[must_use]
pub fn interval_heading_in_csv(confidence: Confidence) -> String {
    format!("{}% Interval", confidence.as_str())
}

/// `55.5% to 79.0%`.
#[must_use]
pub fn interval(interval: &Interval, indicator: &Indicator) -> String {
    let number = |number: &Ratio| shown(number, indicator, decimals(indicator));
    format!("{} to {}", number(&interval.low), number(&interval.high))
}

/// So few cases that chance alone can move half of them by ten in a hundred.
const FEW: i64 = 100;

/// Whether a figure comes from few cases: of a percentage, few that it is out of.
fn has_few_cases(amount: &Amount, indicator: &Indicator) -> bool {
    let cases = match amount {
        Amount::Ratio { denominator, .. } if indicator.unit == Unit::Percent => denominator,
        Amount::Ratio { numerator, .. } => numerator,
        Amount::Value(value) => value,
        Amount::Suppressed | Amount::Low | Amount::NoFigure(_) | Amount::Gap(_) => return false,
    };
    *cases < Decimal::new(FEW, 0)
}

/// Between what a figure could lie by chance alone, and what of its target does.
#[must_use]
pub fn interval_sentence(
    statistics: &Statistics<'_>,
    assessed: &Assessed<'_>,
    indicator: &Indicator,
) -> Option<String> {
    Some(match statistics.interval.as_ref()? {
        Ok(found) => {
            let result = super::result(assessed, indicator);
            let standard = assessed.standard();
            let within = standard.map_or_else(String::new, |standard| within(found, standard));
            let range = interval(found, indicator);
            let few = has_few_cases(&assessed.figure.amount, indicator);
            let could = match (few, indicator.unit) {
                (true, _) => "With so few cases, chance alone could have made it anything from",
                // Nobody is to think that it is not known how many there are.
                (false, Unit::Number) => {
                    "It is counted, not estimated; in the same circumstances it might have come out \
                     anywhere from"
                }
                (false, _) => {
                    "Without anything being done differently, chance alone could have made it anything \
                     from"
                }
            };
            format!("This figure by itself: {result}. {could} {range}.{within}")
        }
        Err(NoInterval::NotCases) => {
            "What chance could have made of it is not worked out: it is not a count of whole cases."
                .to_owned()
        }
        Err(NoInterval::NoResult) => return None,
    })
}

/// That the target or the floor is within an interval.
fn within(interval: &Interval, standard: &Standard) -> String {
    let (low, high) = standard.bands.target();
    let holds = |limit| interval.holds(&Ratio::from(limit));
    let floors = [standard.bands.floor_low(), standard.bands.floor_high()];
    let has_floor = floors.into_iter().flatten().any(holds);
    let said = match (holds(low) || holds(high), has_floor) {
        (true, true) => {
            " The target and the floor lie within that, so whether they are met may be chance."
        }
        (true, false) => {
            " The target lies within that, so whether the target is met may be chance."
        }
        (false, true) => " The floor lies within that, so whether the floor is met may be chance.",
        (false, false) => "",
    };
    said.to_owned()
}
