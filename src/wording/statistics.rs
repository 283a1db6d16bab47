//! Limits, intervals and trends in words for members, who have never heard of control charts.

use crate::assess::{
    Assessed, Chart, NoInterval, NoTrend, Recent, Refusal, Statistics, Tone, Variation,
};
use crate::definition::{Frequency, Indicator, Period, Standard, Unit};
use crate::figure::{Amount, Decimal, Ratio};
use crate::statistics::trend::Trend;
use crate::statistics::{Assurance, Confidence, Interval, Rule, Rules, Side, Signal};
use crate::text::plural;

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

/// A signal in a word or two: `Outside (lower)`.
#[must_use]
pub fn signal(signal: &Signal) -> String {
    let name = match signal.rule {
        Rule::Outside => "Outside",
        Rule::Trend => "Trend",
        Rule::TwoOfThree => "Two of three",
        Rule::Shift => "Shift",
    };
    format!("{name} ({})", side(signal.side))
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
        return "The figures vary as they usually do.".to_owned();
    };
    let first = &signals[0];
    let said = format!("{}: {}.", tone(*of), rule(first, rules));
    match signals.iter().find(|signal| signal.side != first.side) {
        Some(other) => format!("{said} But {}.", rule(other, rules)),
        None => said,
    }
}

/// The icon of it: a shape, a word, and whether the figures are high or low.
#[must_use]
pub fn variation_icon(variation: &Variation) -> String {
    let Variation::Signal { signals, tone: of } = variation else {
        return "○ As usual".to_owned();
    };
    let side = if signals[0].side == Side::High { "high" } else { "low" };
    let shape = match of {
        Tone::Improvement => "◆",
        Tone::Concern => "▲",
        Tone::Neutral => "■",
    };
    format!("{shape} {}: {side}", tone(*of))
}

/// Whether the target is met within the limits, in a sentence.
#[must_use]
pub fn assurance(assurance: Assurance) -> &'static str {
    match assurance {
        Assurance::Met => "The target will be met if figures stay as they have usually been.",
        Assurance::Missed => "The target will not be met unless something changes.",
        Assurance::Chance => {
            "If figures stay as they have usually been, the target may be met or missed."
        }
    }
}

/// The icon of it.
#[must_use]
pub fn assurance_icon(assurance: Assurance) -> &'static str {
    match assurance {
        Assurance::Met => "Will be met",
        Assurance::Missed => "Will be missed",
        Assurance::Chance => "Could be either",
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

/// What a series shows, in sentences: the usual range, what is more than that, and the target.
#[must_use]
pub fn chart(chart: &Chart<'_>, indicator: &Indicator) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(limits) = chart.limits() {
        let number = |number: &Ratio| shown(number, indicator, decimals(indicator));
        let usually = if chart.series.is_unrolled {
            format!("In a single {}, usually", period(indicator))
        } else {
            "So far, usually".to_owned()
        };
        let provisional = if chart.control.last_segment().is_provisional() {
            let figures = chart.control.last_segment().figures;
            format!(" This range rests on {figures} figures and may still change.")
        } else {
            String::new()
        };
        said.push(format!(
            "{usually} from {} to {}, and {} on average.{provisional}",
            number(&limits.shown_low),
            number(&limits.shown_high),
            number(&limits.mean)
        ));
    }
    said.extend(
        too_few(chart, indicator)
            .map(|few| format!("What is usual cannot be said yet: {few} have figures.")),
    );
    said.extend(chart.variation.as_ref().map(|one| variation(one, chart.rules)));
    said.extend(stock(chart, indicator).map(str::to_owned));
    said.extend(chart.assurance.map(|one| assurance(one).to_owned()));
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
        "A count of everyone at one moment changes slowly: a run on one side of the average is \
         expected.",
    )
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

/// `95% Interval`.
#[must_use]
pub fn interval_heading(confidence: Confidence) -> String {
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
            if has_few_cases(&assessed.figure.amount, indicator) {
                format!(
                    "{result}. With so few cases, chance alone could have made it anything from \
                     {range}.{within}"
                )
            } else {
                format!("{result}. By chance it could have been anything from {range}.{within}")
            }
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
    let of = |what: &str| format!(" So it may be chance on which side of {what} it is.");
    match (holds(low) || holds(high), has_floor) {
        (true, true) => of("the target and of the floor"),
        (true, false) => of("the target"),
        (false, true) => of("the floor"),
        (false, false) => String::new(),
    }
}
