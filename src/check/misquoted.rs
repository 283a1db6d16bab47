//! Commentary whose counts do not go with those of its indicator.

use super::quoted::Numbers;
use super::{Collected, Context, written};
use crate::assess::{Assessed, Entry, SeriesKey};
use crate::definition::{AreaId, IndicatorId, Unit};
use crate::diagnostic::{Code, Finding, Place};
use crate::figure::{Amount, Decimal};
use crate::population::Population;

const REMEDY: &str =
    "correct whichever number is wrong; if the sentence is about something else, it may stay";

/// Below this a count may be the number of anything.
const LEAST: i64 = 20;

/// A numerator and a denominator.
type Counts = (Decimal, Decimal);

/// What a text says of an indicator of an area: `5 of 12` of which just one is the figure's, and a
/// remaining number that is not what remains.
pub(super) fn look(
    context: Context<'_, '_>,
    area: AreaId,
    entry: &Entry<'_>,
    text: &str,
    collected: &mut Collected<'_>,
) {
    let Some(assessed) = &entry.including else { return };
    let (id, numbers) = (entry.indicator, Numbers::of(text));
    let place = context.this.commentary.file(area, id);
    let place = place.map(Place::of_path);
    let mut add = |said: String| {
        collected.add(Code::CommentaryDiffers, || {
            let found = format!("the commentary on {} says {said}", context.name(area, id));
            let finding = Finding::nowhere(Code::CommentaryDiffers, found, REMEDY);
            Finding { place: place.clone(), ..finding }
        });
    };
    let unit = context.definition.indicator(id).unit;
    if unit == Unit::Percent {
        let known = Known::of(context, area, entry, assessed);
        for (part, whole) in numbers.parts_of_wholes() {
            if let Some(figure) = known.half(&numbers, part, whole) {
                let (part, whole) = (part.grouped(), whole.grouped());
                let figure = written(&Amount::from(figure), unit);
                add(format!("{part} of {whole}, and the figure is {figure}"));
            }
        }
    }
    for (count, before) in numbers.remaining() {
        if let Some([whole, part]) = differs(count, &before) {
            let rest = (whole - part).grouped();
            let [count, whole, part] = [count, whole, part].map(Decimal::grouped);
            add(format!("\"remaining {count}\", and {whole} less {part} is {rest}"));
        }
    }
}

/// The counts that a text may well quote.
struct Known {
    /// Of the indicator in the month, for everyone and without each cohort.
    current: Vec<Counts>,
    /// Its earlier ones, and those of other indicators and of cohorts.
    others: Vec<Counts>,
}

impl Known {
    fn of(
        context: Context<'_, '_>,
        area: AreaId,
        entry: &Entry<'_>,
        assessed: &Assessed<'_>,
    ) -> Self {
        let definition = context.definition;
        let of = |id: IndicatorId, who: Population| {
            let key = SeriesKey::everyone(area, id).about(who);
            counts(&context.assessor.figure(key, context.month)?.amount)
        };
        let current = definition.populations().filter_map(|who| of(entry.indicator, who));
        let cohorts = definition.cohort_ids().map(Population::Cohort);
        let everyone = definition.populations().chain(cohorts);
        let everyone: Vec<_> = everyone.collect();
        let indicators = definition.indicators_in_force(context.month);
        let others = indicators.flat_map(|id| everyone.iter().filter_map(move |who| of(id, *who)));
        let earlier = [&assessed.previous, &assessed.outturn].map(|earlier| earlier.figure());
        let trend = entry.trend.iter().map(|point| point.figure.as_ref());
        let earlier = earlier.into_iter().chain(trend).flatten();
        let earlier = earlier.filter_map(|figure| counts(&figure.amount));
        Self { current: current.collect(), others: others.chain(earlier).collect() }
    }

    /// The figure of which `part` of `whole` has just one count, where the text does not give the
    /// other count itself.
    fn half(&self, numbers: &Numbers, part: &Decimal, whole: &Decimal) -> Option<&Counts> {
        let least = Decimal::new(LEAST, 0);
        let is_known = self.current.iter().chain(&self.others).any(|(numerator, denominator)| {
            denominator == whole && (numerator == part || &(denominator - numerator) == part)
        });
        if is_known || *part < least || part > whole {
            return None;
        }
        self.current.iter().find(|(numerator, denominator)| {
            let rest = denominator - numerator;
            let is_said = |count: &Decimal| count != part && count != whole && numbers.has(count);
            if denominator == whole {
                !is_said(numerator) && !is_said(&rest) && !is_given(numbers, numerator, denominator)
            } else {
                numerator == part && !is_said(denominator)
            }
        })
    }
}

/// Whether a text gives the percentage that these counts are: then it has it right, and counts
/// something else.
fn is_given(numbers: &Numbers, numerator: &Decimal, denominator: &Decimal) -> bool {
    let exact = crate::figure::Ratio::new(numerator, denominator, 100);
    let is_it =
        |value: &Decimal| exact.as_ref().is_some_and(|exact| exact.round(value.scale()) == *value);
    numbers.iter().any(|number| number.percent && is_it(&number.value))
}

fn counts(amount: &Amount) -> Option<Counts> {
    match amount {
        Amount::Ratio { numerator, denominator } => Some((numerator.clone(), denominator.clone())),
        Amount::Value(_)
        | Amount::Suppressed
        | Amount::Low
        | Amount::NoFigure(_)
        | Amount::Gap(_) => None,
    }
}

impl From<&Counts> for Amount {
    fn from((numerator, denominator): &Counts) -> Self {
        Self::Ratio { numerator: numerator.clone(), denominator: denominator.clone() }
    }
}

/// As many numbers before one that remains as it may come of.
const NUMBERS: usize = 8;

/// The whole and the part that are quoted last, where what is said to remain is not their
/// difference, nor any of the numbers before less some others.
fn differs<'n>(count: &Decimal, before: &[&'n Decimal]) -> Option<[&'n Decimal; 2]> {
    let before = &before[before.len().saturating_sub(NUMBERS)..];
    let [.., first, second] = before else { return None };
    let least = Decimal::new(LEAST, 0);
    let [part, whole] = if first < second { [*first, *second] } else { [*second, *first] };
    let may_be_left = |index: usize| {
        let others: Vec<_> = before
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index)
            .map(|(_, o)| *o)
            .collect();
        is_left(before[index], &others, count)
    };
    let is_some_rest = (0..before.len()).any(may_be_left);
    (*part >= least && part < whole && !is_some_rest).then_some([whole, part])
}

/// Whether `count` is left of `whole` when one or more of the others are taken from it, or is the
/// whole itself.
fn is_left(whole: &Decimal, others: &[&Decimal], count: &Decimal) -> bool {
    whole == count
        || whole > count
            && others
                .iter()
                .enumerate()
                .any(|(index, other)| is_left(&(whole - other), &others[index + 1..], count))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(count: i64, before: &[i64]) -> Option<String> {
        let before: Vec<_> = before.iter().map(|number| Decimal::new(*number, 0)).collect();
        let before: Vec<_> = before.iter().collect();
        differs(&Decimal::new(count, 0), &before)
            .map(|[whole, part]| format!("{whole} less {part}"))
    }

    /// The published paper of January 2016: "71 cases ... in 42 of them ... of the remaining 19".
    #[test]
    fn what_remains_of_71_less_42_is_29() {
        assert_eq!(says(19, &[71, 42]).as_deref(), Some("71 less 42"));
        assert_eq!(says(19, &[42, 71]).as_deref(), Some("71 less 42"));
        assert_eq!(says(29, &[71, 42]), None);
    }

    #[test]
    fn what_remains_of_several_is_what_they_leave() {
        assert_eq!(says(14, &[71, 42, 15]), None);
        assert_eq!(says(165, &[291, 18, 22, 29, 57]), None);
        assert_eq!(says(30, &[30, 15]), None, "small counts may be of anything");
        assert_eq!(says(5, &[71]), None);
        assert_eq!(says(5, &[]), None);
    }
}
