//! What is said of figures that a public edition does not show, and why.

use crate::definition::{AreaId, Definition, Disclosure, IndicatorId};
use crate::disclosure::primary::Primary;
use crate::disclosure::{Key, NumberOf, PublicMonth, Reason, Sensitive};
use crate::month::Month;
use crate::population::Population;
use crate::text::quote;

/// What stands once on each page of a public edition that could have something hidden.
#[must_use]
pub fn footnote(disclosure: &Disclosure) -> String {
    format!(
        "{} not shown, so that no person can be identified. Figures of fewer than {} are not \
            shown, nor others from which they could be worked out.",
        super::SUPPRESSED,
        disclosure.smallest_shown
    )
}

/// `20, Kent, excluding UASC`, with its month if that is not the report's.
#[must_use]
pub fn key(definition: &Definition, key: &Key, report: Month) -> String {
    let name = match key {
        Key::Figure((area, indicator, population, _)) => {
            figure(definition, *area, *indicator, *population)
        }
        Key::Activity((area, activity, _)) => format!(
            "{}, {}",
            quote(&definition.activity(*activity).name),
            definition.area(*area).name
        ),
    };
    if key.month() == report { name } else { format!("{name}, {}", key.month().long()) }
}

fn figure(
    definition: &Definition,
    area: AreaId,
    indicator: IndicatorId,
    population: Population,
) -> String {
    let of = match population {
        Population::Everyone => String::new(),
        Population::Excluding(cohort) => {
            format!(", excluding {}", definition.cohort(cohort).name)
        }
        Population::Cohort(cohort) => format!(", {}", definition.cohort(cohort).name),
    };
    let id = definition.indicator(indicator).shown_id();
    format!("{id}, {}{of}", definition.area(area).name)
}

/// What nobody may be able to work out.
#[must_use]
pub fn sensitive(definition: &Definition, what: &Sensitive, report: Month) -> String {
    match what {
        Sensitive::Of(of, NumberOf::Numerator) => {
            format!("the count of {}", key(definition, of, report))
        }
        Sensitive::Of(of, NumberOf::Denominator) => {
            format!("what {} is out of", key(definition, of, report))
        }
        Sensitive::Of(of, NumberOf::Rest) => {
            format!("how many are not in {}", key(definition, of, report))
        }
        Sensitive::Cohort(area, indicator, cohort, number) => {
            let what = match number {
                NumberOf::Numerator => "count",
                NumberOf::Denominator => "denominator",
                NumberOf::Rest => "number not in it",
            };
            format!(
                "the {} {what} of indicator {} in {} (all minus excluding)",
                definition.cohort(*cohort).name,
                definition.indicator(*indicator).shown_id(),
                definition.area(*area).name
            )
        }
        Sensitive::Elsewhere(of, _) => {
            format!("what {} has beside the parts that are shown", key(definition, of, report))
        }
        Sensitive::Growth(of, number) => {
            let of = grown(definition, of, *number, report);
            format!("what {of} has grown by since the month before")
        }
    }
}

/// What has grown, of a figure of the year to date: `2, Kent`, `the denominator of 2, Kent`.
#[must_use]
pub fn grown(definition: &Definition, of: &Key, number: NumberOf, report: Month) -> String {
    let of = key(definition, of, report);
    match number {
        NumberOf::Numerator => of,
        NumberOf::Denominator => format!("the denominator of {of}"),
        NumberOf::Rest => format!("the number not in {of}"),
    }
}

/// Why a figure is not shown.
#[must_use]
pub fn reason(
    definition: &Definition,
    disclosure: &Disclosure,
    month: &PublicMonth,
    why: Reason,
    report: Month,
) -> String {
    let (shown, out_of) = (disclosure.smallest_shown, disclosure.smallest_out_of);
    match why {
        Reason::Itself(Primary::Few) => format!("not shown because it is fewer than {shown}"),
        Reason::Itself(Primary::OutOfFew) => {
            format!("not shown because it is out of fewer than {out_of}")
        }
        Reason::Itself(Primary::AllButFew) => {
            format!("not shown because all but fewer than {shown} are in it")
        }
        Reason::InExtract => "not shown because the extract does not give it".to_owned(),
        Reason::NoCounts => {
            "not shown because it has no counts, so that nobody can tell whether they are small"
                .to_owned()
        }
        Reason::NotInEdition => "not part of the public edition".to_owned(),
        Reason::HiddenBefore => "not shown because it was not shown when published".to_owned(),
        Reason::Same => {
            "not shown because it is the same count as one that is not shown".to_owned()
        }
        Reason::ToProtect(index) => {
            let what = sensitive(definition, &month.sensitive[index], report);
            format!("withheld so that {what} cannot be worked out")
        }
    }
}
