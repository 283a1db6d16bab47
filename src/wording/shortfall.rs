//! How many more or fewer would have met a limit, in the words of what is counted.

use crate::assess::Assessed;
use crate::assess::shortfall::{LimitKind, Missed, missed};
use crate::definition::{Indicator, Unit};
use crate::figure::Amount;

use super::with_unit;

/// What a limit is called in a sentence.
#[must_use]
pub fn limit_kind(what: LimitKind) -> &'static str {
    match what {
        LimitKind::Floor => "floor",
        LimitKind::Target => "target",
        LimitKind::GreenBand => "green band",
    }
}

/// `5 more of the 57 visits due, in time, would have met it`, of an indicator that says what its
/// figures count. `None` for another.
#[must_use]
pub fn would_have_met(missed: &Missed, amount: &Amount, indicator: &Indicator) -> Option<String> {
    Some(format!("{} would have met it", enough(missed, amount, indicator)?))
}

/// `5 more of the 57 visits due, in time,`.
fn enough(missed: &Missed, amount: &Amount, indicator: &Indicator) -> Option<String> {
    let counted = indicator.labels.counted.as_deref()?;
    let by = missed.by().trimmed().grouped();
    let more = if missed.is_short { "more" } else { "fewer" };
    // What is counted is given as several, and one of them is one of those.
    let more_of = if by == "1" { format!("{more} of the") } else { more.to_owned() };
    let of = match (amount, &indicator.labels.out_of) {
        (Amount::Ratio { denominator, .. }, Some(out_of)) => Some((denominator, out_of.as_str())),
        _ => None,
    };
    let which = match of {
        None => format!("{by} {more_of} {counted}"),
        Some((denominator, out_of)) if indicator.unit == Unit::Average => {
            format!("{by} {more_of} {counted} for the {} {out_of}", denominator.grouped())
        }
        Some((denominator, out_of)) => {
            let denominator = denominator.grouped();
            match told_apart(counted, out_of) {
                Some(rest) => format!("{by} {more} of the {denominator} {out_of}, {rest},"),
                None => format!("{by} {more_of} {counted} among the {denominator} {out_of}"),
            }
        }
    };
    Some(which)
}

/// How many more or fewer it would take to leave red, and to be green: `5 more of the 57 visits due,
/// in time, for amber; 10 for green`. `None` where the counts are not known.
#[must_use]
pub fn would_take(assessed: &Assessed<'_>, indicator: &Indicator) -> Option<String> {
    let standard = assessed.standard()?;
    let amount = &assessed.figure.amount;
    let result = assessed.outcome.as_ref().map(|outcome| &outcome.exact);
    let missed = missed(amount, indicator.unit, result, standard);
    let rating = |missed: &Missed| if missed.what == LimitKind::Floor { "amber" } else { "green" };
    let (first, further) = missed.split_first()?;
    let which = enough(first, amount, indicator).or_else(|| plainly(first, amount, indicator))?;
    let further = further
        .iter()
        .map(|missed| format!("; {} for {}", missed.by().trimmed().grouped(), rating(missed)));
    Some(format!("{which} for {}{}", rating(first), further.collect::<String>()))
}

/// `5 more of 57`, of an indicator that does not say what it counts.
fn plainly(missed: &Missed, amount: &Amount, indicator: &Indicator) -> Option<String> {
    let by = missed.by().trimmed().grouped();
    let more = if missed.is_short { "more" } else { "fewer" };
    match (amount, indicator.unit) {
        (Amount::Ratio { denominator, .. }, Unit::Percent) => {
            Some(format!("{by} {more} of {}", denominator.grouped()))
        }
        // A score or a sum of money is not counted.
        (Amount::Value(_), Unit::Number) => {
            let higher = if missed.is_short { "higher" } else { "lower" };
            Some(format!("{} {higher}", with_unit(&by, indicator)))
        }
        _ => None,
    }
}

/// What tells what is counted from all of which it is a part, where both begin with the same word:
/// `in time`, of the visits in time of those due.
fn told_apart<'c>(counted: &'c str, out_of: &str) -> Option<&'c str> {
    let mut rest = counted;
    for word in out_of.split_whitespace() {
        let Some(after) = rest.strip_prefix(word) else { break };
        let Some(after) = after.strip_prefix(' ') else { break };
        rest = after.trim_start();
    }
    (rest.len() < counted.len()).then_some(rest)
}

/// The limits that a figure missed, each with its sentence: `The floor of 76.5% was missed: 5 more of
/// the 57 visits due, in time, would have met it`. None where it does not say what is counted.
#[must_use]
pub fn sentences(assessed: &Assessed<'_>, indicator: &Indicator) -> Vec<String> {
    let Some(standard) = assessed.standard() else { return Vec::new() };
    let amount = &assessed.figure.amount;
    let result = assessed.outcome.as_ref().map(|outcome| &outcome.exact);
    let missed = missed(amount, indicator.unit, result, standard);
    let sentence = |missed: &Missed| {
        let met = would_have_met(missed, amount, indicator)?;
        let (what, limit) = (limit_kind(missed.what), super::limit(&missed.limit, indicator));
        Some(format!("The {what} of {limit} was missed: {met}"))
    };
    missed.iter().filter_map(sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::Definition;
    use crate::figure::Decimal;

    /// The sentences of an indicator with these keys that has this figure.
    fn said(keys: &str, numerator: i64, denominator: i64) -> Vec<String> {
        let definition = Definition::for_test(&format!(
            "[scorecard]\ntitle = 'T'\narea = 'Kent'\n[[indicator]]\nid = '1'\nsection = 'S'\n\
             name = 'N'\nperiod = 'SS'\n{keys}\n"
        ));
        let indicator = &definition.indicators[0];
        let (numerator, denominator) = (Decimal::new(numerator, 0), Decimal::new(denominator, 0));
        let amount = Amount::Ratio { numerator, denominator };
        let month = "2016-01".parse().expect("a month");
        let standard = indicator.standards.of(definition.financial_year(month), month);
        let result = crate::assess::outcome(&amount, indicator).expect("a result").exact;
        let standard = standard.expect("a target");
        let missed = missed(&amount, indicator.unit, Some(&result), standard);
        missed.iter().filter_map(|missed| would_have_met(missed, &amount, indicator)).collect()
    }

    /// January 2016: 39 of 57 visits in time (9), 291 of 2,374 children with three placements or more
    /// (19), 84 of 883 adopted (31), and 45,661 days for the 84 children adopted (29).
    #[test]
    fn sentences_are_in_the_words_of_what_is_counted() {
        let visits = "polarity = 'H'\nunit = 'percent'\ntarget = 85\nfloor = 76.5\n\
            counted = 'visits in time'\nout_of = 'visits due'";
        assert_eq!(
            said(visits, 39, 57),
            [
                "5 more of the 57 visits due, in time, would have met it",
                "10 more of the 57 visits due, in time, would have met it",
            ]
        );
        let placements = "polarity = 'L'\nunit = 'percent'\ntarget = 9\nfloor = 12\n\
            counted = 'children with 3 placements or more'\nout_of = 'children in care'";
        assert_eq!(
            said(placements, 291, 2374)[0],
            "7 fewer of the 2,374 children in care, with 3 placements or more, would have met it"
        );
        let adopted = "polarity = 'H'\nunit = 'percent'\ntarget = 13\nfloor = 9.8\n\
            counted = 'adoptions'\nout_of = 'children leaving care'";
        assert_eq!(
            said(adopted, 84, 883)[0],
            "3 more adoptions among the 883 children leaving care would have met it"
        );
        assert_eq!(
            said(adopted, 86, 883)[0],
            "1 more of the adoptions among the 883 children leaving care would have met it"
        );
        let days = "polarity = 'L'\nunit = 'average'\ntarget = 426\nfloor = 650\nsuffix = 'days'\n\
            counted = 'days'\nout_of = 'children adopted'";
        assert_eq!(
            said(days, 45_661, 84),
            ["9,877 fewer days for the 84 children adopted would have met it"]
        );
        assert!(
            said("polarity = 'H'\nunit = 'percent'\ntarget = 85\nfloor = 76.5", 39, 57).is_empty()
        );
    }

    #[test]
    fn what_is_counted_is_told_from_what_it_is_a_part_of() {
        assert_eq!(told_apart("visits in time", "visits due"), Some("in time"));
        assert_eq!(told_apart("children adopted", "children leaving care"), Some("adopted"));
        assert_eq!(told_apart("adoptions", "children leaving care"), None);
        assert_eq!(told_apart("visits", "visits due"), None);
        assert_eq!(told_apart("visitors", "visit"), None);
    }
}
