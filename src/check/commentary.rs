//! What the service says: that it says something about each red indicator, that it is about this
//! month, and that it can be printed. The same of what the officer says in the covering report.

use std::path::Path;
use std::sync::Arc;

use super::misquoted;
use super::quoted::Numbers;
use super::{Collected, Context, written};
use crate::assess::{Assessed, Comparison, Entry, Outcome};
use crate::definition::{Bands, Indicator, IndicatorId, Unit};
use crate::diagnostic::{Code, Finding, Place};
use crate::extract::Extract;
use crate::figure::{Amount, Decimal};
use crate::month::Month;
use crate::rating::Rag;
use crate::wording;

/// The commentary of each indicator of the top area, and the covering report's text.
pub(super) fn check(context: Context<'_, '_>, top: &[Entry<'_>], collected: &mut Collected<'_>) {
    for entry in top {
        collected.about(
            || context.definition.subject(context.definition.top, entry.indicator),
            |collected| look(context, entry, collected),
        );
    }
    of_other_areas(context, collected);
    never_printed(context, collected);
    covering(context, collected);
}

fn look(context: Context<'_, '_>, entry: &Entry<'_>, collected: &mut Collected<'_>) {
    let Some(assessed) = &entry.including else { return };
    let id = entry.indicator;
    let top = context.definition.top;
    let Some(text) = context.this.commentary.of(top, id) else {
        // That it cannot be read has been reported.
        if assessed.rag == Some(Rag::Red) && !context.this.commentary.is_unreadable(top, id) {
            collected.add(Code::NoCommentary, || missing(context, id));
        }
        return;
    };
    // What was said of a figure that is carried forward may be carried with it.
    if assessed.figure.month != context.month {
        return;
    }
    if is_repeated(context, id, text) {
        collected.add(Code::CommentaryRepeated, || repeated(context, id));
        return;
    }
    if let Some(previous) = assessed.previous.result() {
        stale(context, id, assessed, previous, text, collected);
    }
    misquoted::look(context, top, entry, text, collected);
}

/// The commentary of other areas, which are reported too.
fn of_other_areas(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let definition = context.definition;
    for (area, id) in context.this.commentary.subjects() {
        let Some(text) = context.this.commentary.of(area, id).filter(|_| area != definition.top)
        else {
            continue;
        };
        let entry = context.assessor.entry(area, id);
        let is_of_month = |assessed: &Assessed<'_>| assessed.figure.month == context.month;
        if entry.including.as_ref().is_some_and(is_of_month) {
            collected.about(
                || definition.subject(area, id),
                |collected| misquoted::look(context, area, &entry, text, collected),
            );
        }
    }
}

fn missing(context: Context<'_, '_>, id: IndicatorId) -> Finding {
    let name = context.name(context.definition.top, id);
    let found = format!("{name} is red, and there is no commentary on it");
    let remedy = "ask the service for it, and save it as this file";
    let place = place(context, context.month, id);
    Finding::new(Code::NoCommentary, place, found, remedy)
}

/// Commentary on what the month's report does not have.
fn never_printed(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let definition = context.definition;
    for (area, id) in context.this.commentary.subjects() {
        let in_force = [&definition.indicator(id).in_force, &definition.area(area).in_force];
        if in_force.iter().all(|in_force| in_force.covers(context.month)) {
            continue;
        }
        collected.add(Code::CommentaryUnknown, || {
            let name = context.name(area, id);
            let month = context.month.long();
            let found =
                format!("the commentary on {name} is not printed: it is not in force in {month}");
            let remedy = "delete it, or correct `from` and `until` in the definitions";
            let file = context.this.commentary.file(area, id);
            let place = file.map(Place::of_path);
            let subject = definition.subject(area, id);
            Finding::new(Code::CommentaryUnknown, place, found, remedy).about(subject)
        });
    }
}

/// A covering text that is last month's.
fn covering(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let text = |extract: Option<&Extract>| {
        let text = extract?.covering.as_deref()?;
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let this = text(Some(context.this));
    if this.is_none() || this != text(context.last) {
        return;
    }
    collected.add(Code::CommentaryRepeated, || {
        let last = context.month.before(1);
        let place = |month: Month| {
            let path = context.history.folder(month)?.join("covering.md");
            Some(Place::of_path(&path))
        };
        let found =
            format!("the text of the covering report is that of {}, word for word", last.long());
        let remedy = "write what is new, or delete the file: the report counts for itself";
        let mut finding = Finding::nowhere(Code::CommentaryRepeated, found, remedy);
        finding.place = place(context.month);
        finding.related.extend(place(last).map(|place| (place, "last month's".to_owned())));
        finding
    });
}

/// The file that the commentary of the top area is in, or would be.
fn place(context: Context<'_, '_>, month: Month, id: IndicatorId) -> Option<Place> {
    let top = context.definition.top;
    let known = context.history.extract(month).and_then(|extract| extract.commentary.file(top, id));
    let would_be = || {
        let folder = context.history.folder(month)?.join("commentary");
        Some(folder.join(format!("{}.md", context.definition.indicator(id).id)))
    };
    let path: Arc<str> = known.map(Path::to_owned).or_else(would_be)?.display().to_string().into();
    Some(Place::file(&path))
}

fn is_repeated(context: Context<'_, '_>, id: IndicatorId, text: &str) -> bool {
    let last = context.last.and_then(|last| last.commentary.of(context.definition.top, id));
    last.is_some_and(|last| last.split_whitespace().eq(text.split_whitespace()))
}

fn repeated(context: Context<'_, '_>, id: IndicatorId) -> Finding {
    let last = context.month.before(1);
    let found = format!(
        "the commentary on {} is that of {}, word for word",
        context.name(context.definition.top, id),
        last.long()
    );
    let remedy = "ask the service what is new, or to say that nothing is";
    let mut finding = Finding::nowhere(Code::CommentaryRepeated, found, remedy);
    finding.place = place(context, context.month, id);
    finding
        .related
        .extend(place(context, last, id).map(|place| (place, "last month's".to_owned())));
    finding
}

/// Finds commentary that gives the figures of the period before as if they were this one's.
fn stale(
    context: Context<'_, '_>,
    id: IndicatorId,
    assessed: &Assessed<'_>,
    previous: &Comparison<'_>,
    text: &str,
    collected: &mut Collected<'_>,
) {
    let indicator = context.definition.indicator(id);
    let Some(latest) = &assessed.outcome else { return };
    let (now, before) = (&assessed.figure.amount, &previous.figure.amount);
    let numbers = Numbers::of(text);
    if has_result(&numbers, latest, indicator) || has_counts(&numbers, now) {
        return;
    }
    let shown = |outcome: &Outcome| outcome.displayed(indicator);
    let is_limit = assessed
        .standard()
        .is_some_and(|standard| is_limit(&standard.bands, &shown(&previous.outcome)));
    let quoted = if now != before && quotes_counts(&numbers, before) {
        [written(before, indicator.unit), written(now, indicator.unit)]
    } else if shown(latest) != shown(&previous.outcome)
        && !is_limit
        && (quotes_result(&numbers, &shown(&previous.outcome), indicator)
            || indicator.unit == Unit::Percent
                && quotes_alone(&numbers, &previous.outcome, assessed))
    {
        [wording::outcome(&previous.outcome, indicator), wording::outcome(latest, indicator)]
    } else {
        return;
    };
    collected.add(Code::CommentaryDiffers, || {
        let [theirs, ours] = quoted;
        let found = format!(
            "the commentary on {} quotes {theirs}, which is {}'s figure; it does not quote {}'s, \
                {ours}",
            context.name(context.definition.top, id),
            previous.figure.month.long(),
            context.month.long()
        );
        let remedy = "ask the service whether it is about this month, and correct its figures";
        Finding::new(Code::CommentaryDiffers, place(context, context.month, id), found, remedy)
    });
}

/// Whether a text has a result as it is shown, or rounded further or less far.
fn has_result(numbers: &Numbers, outcome: &Outcome, indicator: &Indicator) -> bool {
    numbers.iter().any(|number| {
        number.percent == (indicator.unit == Unit::Percent)
            && outcome.exact.round(number.value.scale()) == number.value
    })
}

fn has_counts(numbers: &Numbers, amount: &Amount) -> bool {
    match amount {
        Amount::Ratio { numerator, denominator } => {
            numbers.has(numerator) && numbers.has(denominator)
        }
        Amount::Value(_)
        | Amount::Suppressed
        | Amount::Low
        | Amount::NoFigure(_)
        | Amount::Gap(_) => false,
    }
}

/// Whether a text quotes a result exactly as it is shown. A small whole number may be the number of
/// anything.
fn quotes_result(numbers: &Numbers, shown: &Decimal, indicator: &Indicator) -> bool {
    if indicator.unit != Unit::Percent && shown.scale() == 0 && is_small(shown) {
        return false;
    }
    numbers.iter().any(|number| {
        number.percent == (indicator.unit == Unit::Percent)
            && number.value.scale() == shown.scale()
            && number.value == *shown
    })
}

/// Whether the only percentage of a text is this result, rounded further, and no target.
fn quotes_alone(numbers: &Numbers, outcome: &Outcome, assessed: &Assessed<'_>) -> bool {
    let limit = |number: &Decimal| {
        assessed.standard().is_some_and(|standard| is_limit(&standard.bands, number))
    };
    numbers
        .only_percentage()
        .is_some_and(|only| outcome.exact.round(only.scale()) == *only && !limit(only))
}

/// Whether a text quotes both counts: anywhere, or, where one of them is small, as `5 of 12`.
fn quotes_counts(numbers: &Numbers, amount: &Amount) -> bool {
    let Amount::Ratio { numerator, denominator } = amount else { return false };
    if is_small(numerator) || is_small(denominator) {
        return numbers.has_one_of(numerator, denominator);
    }
    numbers.has(numerator) && numbers.has(denominator)
}

fn is_small(count: &Decimal) -> bool {
    *count < Decimal::new(10, 0)
}

/// Whether a number that a text gives may be meant as a target or floor.
fn is_limit(bands: &Bands, number: &Decimal) -> bool {
    let (low, high) = bands.target();
    [Some(low), Some(high), bands.floor_low(), bands.floor_high()]
        .into_iter()
        .flatten()
        .any(|limit| limit.shown() == number)
}
