//! Figures, ratings, bandings, periods and polarity in the words of the papers.

pub mod benchmark;
mod counted;
pub mod disclosure;
mod name;
mod period;
pub mod shortfall;
pub mod statistics;
mod target;

pub use period::{
    is_period_of_all, period, period_end, period_meaning, period_name, period_said, period_short,
    report_name, report_name_said, report_period,
};
pub use target::{
    TO_BE_CONFIRMED, bandings, due, later_targets, limit, limits, no_target, relative,
    relative_floor, target, target_period, target_was, why_no_target, working,
};

pub use counted::counted;
pub use name::{bare_name, id, name, named};

use crate::month::{Date, Month};
use crate::rating::{Direction, Rag, RangePosition};

use crate::assess::{Assessed, Before, Covered, Entry, Outcome, Revised, TrendPoint, WithheldSum};
use crate::definition::{
    AreaId, CoverageLevel, Definition, Gap, Indicator, Polarity, Unit, ValueRange,
};
use crate::extract::Mark;
use crate::figure::{Amount, Decimal, Ratio, Reason};
use crate::population::Population;
use crate::record::Manifest;
use crate::scorecard::PublicationStatus;
use crate::text::{list, plural, quote};

/// What is shown for a figure that may not be.
pub const SUPPRESSED: &str = "[c]";

/// What is shown for a figure that rounds to 0 and is not 0.
pub const LOW: &str = "[low]";
/// What is shown for a figure whose denominator is 0.
pub const NO_RESULT: &str = "n/a";
/// What is shown for the rating of an indicator without one.
pub const NOT_RATED: &str = "Not rated";
/// What is shown for the direction of a figure that nothing is compared with.
pub const NOT_COMPARABLE: &str = "Not comparable";
/// What is shown for the rating of an indicator without a figure.
pub const NO_FIGURE: &str = "No figure";

/// `Green`, `Amber`, `Red`.
#[must_use]
pub fn rag(rag: Rag) -> &'static str {
    match rag {
        Rag::Green => "Green",
        Rag::Amber => "Amber",
        Rag::Red => "Red",
    }
}

/// `Improved`, `The same`, `Worsened`.
#[must_use]
pub fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Improved => "Improved",
        Direction::Same => "The same",
        Direction::Worsened => "Worsened",
    }
}

/// `Within range`, `Above range`, `Below range`.
#[must_use]
pub fn range_position(position: RangePosition) -> &'static str {
    match position {
        RangePosition::Within => "Within range",
        RangePosition::Above => "Above range",
        RangePosition::Below => "Below range",
    }
}

/// An expected range in running text: `10% to 20%`.
#[must_use]
pub fn expected_range(range: &ValueRange, indicator: &Indicator) -> String {
    format!("{} to {}", limit(&range.low, indicator), limit(&range.high, indicator))
}

/// `↑`, `→`, `↓`.
#[must_use]
pub fn arrow(direction: Direction) -> &'static str {
    match direction {
        Direction::Improved => "↑",
        Direction::Same => "→",
        Direction::Worsened => "↓",
    }
}

/// A number with the sign of its unit: `21.2%`, `30`, `426 days`.
#[must_use]
pub fn with_unit(digits: &str, indicator: &Indicator) -> String {
    match &indicator.labels.affixes {
        Some(affixes) => affixes.around(digits),
        None => format!("{digits}{}", percent_sign(indicator)),
    }
}

/// The same for machines, where only percentages and money have a sign: `426`, `£90`.
#[must_use]
pub fn with_machine_unit(digits: &str, indicator: &Indicator) -> String {
    match indicator.labels.affixes.as_ref().filter(|affixes| affixes.is_money()) {
        Some(affixes) => affixes.around(digits),
        None => format!("{digits}{}", percent_sign(indicator)),
    }
}

/// A `%`, or nothing.
#[must_use]
pub fn percent_sign(indicator: &Indicator) -> &'static str {
    if indicator.unit == Unit::Percent { "%" } else { "" }
}

/// A distance between results: `0.1 percentage points`, `12`.
fn distance(points: &Decimal, indicator: &Indicator) -> String {
    let number = points.clone().trimmed().grouped();
    match indicator.unit {
        Unit::Percent if number == "1" => "1 percentage point".to_owned(),
        Unit::Percent => format!("{number} percentage points"),
        _ => number,
    }
}

/// A result at the displayed decimals: `21.2%`, `1,046`.
#[must_use]
pub fn outcome(outcome: &Outcome, indicator: &Indicator) -> String {
    with_unit(&outcome.displayed(indicator).grouped(), indicator)
}

/// A result with more decimals than are displayed: as many as tell it from `other`, and at most
/// nine more.
#[must_use]
pub fn told_apart(outcome: &Outcome, other: &Ratio, indicator: &Indicator) -> String {
    let most = indicator.decimals + 9;
    let places = (indicator.decimals + 1..most)
        .find(|places| outcome.exact.round(*places) != other.round(*places))
        .unwrap_or(most);
    with_unit(&outcome.exact.round(places).grouped(), indicator)
}

/// The same without thousands separators, for machines.
#[must_use]
pub fn outcome_ungrouped(outcome: &Outcome, indicator: &Indicator) -> String {
    with_machine_unit(&outcome.displayed(indicator).to_string(), indicator)
}

/// The latest result as the dashboard shows it: `21.2%`, `n/a`, `[c]`.
#[must_use]
pub fn result(assessed: &Assessed<'_>, indicator: &Indicator) -> String {
    assessed.outcome.as_ref().map_or_else(
        || no_result(&assessed.figure.amount).to_owned(),
        |result| outcome(result, indicator),
    )
}

/// The same without thousands separators, for machines.
#[must_use]
pub fn result_ungrouped(assessed: &Assessed<'_>, indicator: &Indicator) -> String {
    assessed.outcome.as_ref().map_or_else(
        || no_result(&assessed.figure.amount).to_owned(),
        |result| outcome_ungrouped(result, indicator),
    )
}

/// An amount with what it was worked out from: `68.4% (39 of 57)`, `30`, `[c]`.
#[must_use]
pub fn amount(amount: &Amount, indicator: &Indicator) -> String {
    let result = crate::assess::outcome(amount, indicator);
    let result =
        result.map_or_else(|| no_result(amount).to_owned(), |result| outcome(&result, indicator));
    match amount {
        Amount::Ratio { numerator, denominator } => {
            format!("{result} ({} of {})", numerator.grouped(), denominator.grouped())
        }
        Amount::Value(_)
        | Amount::Suppressed
        | Amount::Low
        | Amount::NoFigure(_)
        | Amount::Gap(_) => result,
    }
}

/// That an earlier figure is not what was published: what it was, and what it is now.
#[must_use]
pub fn revised(
    definition: &Definition,
    indicator: &Indicator,
    revised: &Revised,
    month: Month,
) -> String {
    let period = period_end(definition, indicator, month);
    revised_in_words(revised, |figure| amount(figure, indicator), &period)
}

/// The same of a count of activity.
#[must_use]
pub fn revised_activity(revised: &Revised, month: Month) -> String {
    let text = |figure: &Amount| match figure {
        Amount::Value(count) => count.grouped(),
        Amount::Low | Amount::NoFigure(_) => no_result(figure).to_owned(),
        Amount::Suppressed | Amount::Ratio { .. } | Amount::Gap(_) => SUPPRESSED.to_owned(),
    };
    revised_in_words(revised, text, &month.long())
}

fn revised_in_words(revised: &Revised, text: impl Fn(&Amount) -> String, period: &str) -> String {
    match (&revised.was, &revised.now) {
        (Some(was @ Amount::NoFigure(_)), Some(now)) if now.reason().is_none() => format!(
            "Revised: {period} was published as \"{}\", and now has {}, as shown",
            text(was),
            text(now)
        ),
        (Some(was), Some(now)) => {
            format!(
                "Revised: {period} was published as {}, as shown, and is now {}",
                text(was),
                text(now)
            )
        }
        (Some(was), None) => format!(
            "Revised: {period} was published as {}, as shown, and now has no figure",
            text(was)
        ),
        (None, now) => {
            let now = now.as_ref().map_or_else(|| "none".to_owned(), text);
            format!("Revised: {period} was published without a figure, and now has {now}, as shown")
        }
    }
}

/// A share of records as it is written in the definitions: `85%`.
#[must_use]
pub fn share(share: &Decimal) -> String {
    format!("{}%", share.clone().trimmed())
}

/// How much of what a figure is about is recorded, where that is not robust: `81.3% are recorded;
/// 85% is needed`.
#[must_use]
pub fn coverage(covered: &Covered<'_>) -> Option<String> {
    let (coverage, indicator) = (covered.coverage, covered.indicator);
    // In whole percent, a share that is just too low would look as if it were enough.
    let recorded = |limit: &Decimal| {
        let shown = covered.outcome.exact.round(indicator.decimals.max(1));
        if shown == *limit && covered.outcome.exact != *limit {
            told_apart(&covered.outcome, &Ratio::from(limit), indicator)
        } else {
            format!("{shown}%")
        }
    };
    match (covered.level, &coverage.robust) {
        (CoverageLevel::TooLow, _) => {
            let (recorded, needed) = (recorded(&coverage.needed), share(&coverage.needed));
            Some(format!("{recorded} are recorded; {needed} is needed"))
        }
        (CoverageLevel::Enough, Some(robust)) => {
            let (recorded, above) = (recorded(robust), share(robust));
            Some(format!("{recorded} are recorded; above {above} the figure is robust"))
        }
        _ => None,
    }
}

/// What a mark of an extract means.
#[must_use]
pub fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Provisional => "Provisional: the figure may still change",
        Mark::Revised => "Revised since it was first reported",
        Mark::Estimated => "Estimated",
        Mark::Unreliable => "Of low reliability",
    }
}

/// The mark of a footnote, as it stands before its text.
///
/// In brackets, so that it is no digit of the figure that it stands behind when a page is copied
/// from or read by another program, which know nothing of raised digits.
#[must_use]
pub fn note_mark(note: usize) -> String {
    format!("[{note}]")
}

/// The marks of footnotes behind what they are about, on one line with it: ` [1] [2]`.
#[must_use]
pub fn note_marks(notes: &[usize]) -> String {
    notes.iter().flat_map(|note| ["\u{a0}".to_owned(), note_mark(*note)]).collect()
}

/// What is shown for a figure without a result.
#[must_use]
pub fn no_result(amount: &Amount) -> &'static str {
    match amount {
        Amount::Suppressed => SUPPRESSED,
        Amount::Low => LOW,
        Amount::NoFigure(reason) => reason.as_str(),
        Amount::Ratio { .. } | Amount::Value(_) | Amount::Gap(_) => NO_RESULT,
    }
}

/// Who a figure is about: `everyone`, `UASC`, `all but UASC`.
#[must_use]
pub fn population(definition: &Definition, population: Population) -> String {
    match population {
        Population::Everyone => "everyone".to_owned(),
        Population::Cohort(cohort) => definition.cohort(cohort).name.clone(),
        Population::Excluding(cohort) => format!("all but {}", definition.cohort(cohort).name),
    }
}

/// That a gap is below 0, so that it is the other way round than it is defined: `The gap has turned:
/// the result of FSM is better than that of all but FSM`. `None` if it is not.
#[must_use]
pub fn gap_turned(definition: &Definition, gap: Gap, amount: &Amount) -> Option<String> {
    let Amount::Gap(difference) = amount else { return None };
    if difference.exact >= Ratio::ZERO {
        return None;
    }
    let (first, other, how) = match definition.indicator(gap.indicator).polarity {
        Polarity::Higher => (gap.to, gap.from, "better"),
        Polarity::Lower => (gap.from, gap.to, "better"),
        Polarity::Target | Polarity::Neither => (gap.to, gap.from, "higher"),
    };
    Some(format!(
        "The gap has turned: the result of {} is {how} than that of {}",
        population(definition, first),
        population(definition, other)
    ))
}

/// Why a sum is withheld: `South has no figure, and East has a value without numerator and
/// denominator`.
#[must_use]
pub fn withheld(definition: &Definition, sum: &WithheldSum) -> String {
    let reason = |parts: &[AreaId], one: &str, more: &str| {
        let names: Vec<_> = parts.iter().map(|part| definition.area(*part).name.as_str()).collect();
        let has = plural(names.len(), one, more);
        (!names.is_empty()).then(|| format!("{} {has}", list(&names)))
    };
    let reasons = [
        reason(&sum.missing, "has no figure", "have no figure"),
        reason(
            &sum.bare,
            "has a value without numerator and denominator",
            "have values without numerator and denominator",
        ),
        reason(
            &sum.low,
            "has a figure that rounds to 0 and is not 0",
            "have figures that round to 0 and are not 0",
        ),
    ];
    let says = |reason: Reason| {
        let parts = sum.reasons.iter().filter(|(_, said)| *said == reason);
        let names: Vec<_> = parts.map(|(part, _)| definition.area(*part).name.as_str()).collect();
        let verb = plural(names.len(), "says", "say");
        (!names.is_empty()).then(|| format!("{} {verb} {}", list(&names), quote(reason.as_str())))
    };
    let said = Reason::ALL.into_iter().filter_map(says);
    reasons.into_iter().flatten().chain(said).collect::<Vec<_>>().join(", and ")
}

/// What the words mean that an extract has instead of a figure.
#[must_use]
pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::NotReported => "There is no figure: it was not reported for the period",
        Reason::Tbc | Reason::ToBeConfirmed => {
            "There is no figure yet: it is to be confirmed for the period"
        }
        Reason::NotDue => "There is no figure: none is due for the period",
        Reason::NotApplicable => "There is no figure: the indicator does not apply in the period",
    }
}

/// What members are told about a figure that looks wrong and is not.
#[must_use]
pub fn data_note(reason: &str) -> String {
    format!("Data note: {reason}")
}

/// What a trend shows, for those who cannot see a chart of it: `Oct 2015: 86.0%, Green; Nov 2015: no
/// result`.
#[must_use]
pub fn trend(definition: &Definition, points: &[TrendPoint<'_>], indicator: &Indicator) -> String {
    let told: Vec<_> = points
        .iter()
        .map(|point| {
            let result = match (&point.outcome, &point.figure) {
                (Some(result), _) => outcome(result, indicator),
                (None, Some(figure)) => no_result(&figure.amount).to_owned(),
                (None, None) => "no result".to_owned(),
            };
            let rating = point.rag.map_or_else(String::new, |rating| format!(", {}", rag(rating)));
            format!("{}: {result}{rating}", period_short(definition, indicator, point.month))
        })
        .collect();
    told.join("; ")
}

/// `Higher values are better`, and the like.
#[must_use]
pub fn polarity(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Higher => "Higher values are better",
        Polarity::Lower => "Lower values are better",
        Polarity::Target => "Values nearer to the target are better",
        Polarity::Neither => "Neither higher nor lower values are better",
    }
}

/// What a result is counted in: `Percentage`, `Rate per 10,000`.
#[must_use]
pub fn unit(unit: Unit) -> String {
    match unit {
        Unit::Percent => "Percentage".to_owned(),
        Unit::Number => "Number".to_owned(),
        Unit::Average => "Average".to_owned(),
        Unit::Rate { per } => format!("Rate per {}", Decimal::new(per.into(), 0).grouped()),
    }
}

/// The same with what its numbers are of: `Average, in days`.
#[must_use]
pub fn unit_in_full(indicator: &Indicator) -> String {
    let unit = unit(indicator.unit);
    match [&indicator.labels.prefix, &indicator.labels.suffix] {
        [None, None] => unit,
        [Some(one), None] | [None, Some(one)] => format!("{unit}, in {one}"),
        [Some(prefix), Some(suffix)] => format!("{unit}, in {prefix} {suffix}"),
    }
}

/// Like [`red_since`], where there is little room: `Nov 2015`, `Newly red`, `Oct 2015 or before`.
#[must_use]
pub fn red_since_short(
    definition: &Definition,
    entry: &Entry<'_>,
    assessed: &Assessed<'_>,
    report: Month,
) -> String {
    let Some(since) = entry.red_since else { return String::new() };
    let period = period_short(definition, definition.indicator(entry.indicator), since.month);
    let latest = assessed.figure.month;
    match since.before {
        Before::NotRed if since.month == latest && latest == report => "Newly red".to_owned(),
        Before::NotRed | Before::NotRated => period,
        Before::NoFigure => format!("{period} or before"),
    }
}

/// `Since November 2015`, `Newly red`, or as far back as the data goes. A figure that is carried
/// forward into the report is not newly red.
#[must_use]
pub fn red_since(
    definition: &Definition,
    entry: &Entry<'_>,
    assessed: &Assessed<'_>,
    report: Month,
) -> String {
    let Some(since) = entry.red_since else { return String::new() };
    let indicator = definition.indicator(entry.indicator);
    let period = period_end(definition, indicator, since.month);
    let latest = assessed.figure.month;
    match (since.month == latest, since.before) {
        (true, Before::NotRed) if latest == report => {
            let previous = assessed.previous.result();
            let target = previous
                .and_then(|previous| target_was(previous, assessed.standard(), indicator))
                .map_or_else(String::new, |target| format!("; {target}"));
            format!("Newly red{target}")
        }
        (true, Before::NotRated) => format!("Red in {period}; not rated before"),
        (true, Before::NoFigure) => {
            format!("Red in {period}; there is no figure for the period before")
        }
        (_, Before::NotRed | Before::NotRated) => format!("Since {period}"),
        (false, Before::NoFigure) => format!("Since {period} or before"),
    }
}

/// `31 January 2016`.
#[must_use]
pub fn date(date: Date) -> String {
    let month = Month::new(date.year, date.month).map_or_else(String::new, Month::long);
    format!("{} {month}", date.day)
}

/// The day that something was published, as its manifest has it.
#[must_use]
pub fn published_day(manifest: &Manifest) -> String {
    manifest.day().map_or_else(|| manifest.published.clone(), date)
}

/// Whether a report is what has been published of its month: until it is, it is a draft, and its
/// figures may be final.
#[must_use]
pub fn publication_status(status: PublicationStatus<'_>, is_final: bool) -> String {
    match status {
        PublicationStatus::Draft if is_final => "Draft paper; figures final".to_owned(),
        PublicationStatus::Draft => "Draft paper".to_owned(),
        PublicationStatus::Published(manifest) => {
            let again = match manifest.revision {
                1 => String::new(),
                revision => format!(", publication {revision}"),
            };
            let lacks = manifest.forced.as_ref();
            let lacks = lacks.map_or_else(String::new, |lacks| format!(" ({lacks})"));
            format!("Published {}{again}{lacks}", published_day(manifest))
        }
        PublicationStatus::Changed(manifest) => {
            format!("Draft paper; not as published {}", published_day(manifest))
        }
    }
}
