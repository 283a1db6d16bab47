//! What the rows about an indicator of an area say of each other.

use super::Results;
use super::observation::Observation;
use crate::definition::{Definition, Indicator, Unit};
use crate::diagnostic::{Code, Finding, Findings};
use crate::figure::{Amount, Decimal};
use crate::population::Population;

/// A cohort is part of everyone, and so is everyone else.
pub(super) fn compare_parts_with_whole(
    definition: &Definition,
    results: &Results,
    rows: &[Observation],
    findings: &mut Findings,
) {
    let [whole, parts @ ..] = rows else { return };
    if parts.is_empty() || whole.population() != Population::Everyone {
        return;
    }
    // Nearly every part is within its whole.
    for part in parts.iter().filter(|part| !part.is_within(whole)) {
        let Some(of_all) = whole.amount() else { return };
        let Some(of_part) = part.amount() else { continue };
        let Some((what, part_is, whole_is)) =
            larger(&of_part, &of_all, definition.indicator(part.indicator()))
        else {
            continue;
        };
        let (code, remedy) = match part.population() {
            Population::Cohort(_) => (
                Code::CohortLarger,
                "the cohort is counted within all: correct whichever of the two rows is wrong",
            ),
            _ => (Code::RestLarger, "everyone else is counted within all: look at both rows"),
        };
        let found = format!(
            "{what} {part_is} of {} is more than the {whole_is} of all",
            describe(definition, part)
        );
        findings.push(
            Finding::new(code, results.place(part), found, remedy)
                .with_related(results.place(whole), "all is here")
                .about(definition.subject(part.area(), part.indicator())),
        );
    }
}

/// Which count of a part is larger than the same of the whole, with both.
fn larger(
    part: &Amount,
    whole: &Amount,
    indicator: &Indicator,
) -> Option<(&'static str, Decimal, Decimal)> {
    match (part, whole) {
        (
            Amount::Ratio { numerator: n, denominator: d },
            Amount::Ratio { numerator: all_n, denominator: all_d },
        ) => {
            let numerators = (n > all_n).then(|| ("the numerator", n.clone(), all_n.clone()));
            numerators
                .or_else(|| (d > all_d).then(|| ("the denominator", d.clone(), all_d.clone())))
        }
        (Amount::Value(value), Amount::Value(all)) if indicator.unit == Unit::Number => {
            (value > all).then(|| ("the number", value.clone(), all.clone()))
        }
        _ => None,
    }
}

/// `indicator 19, Kent, excluding-uasc`.
pub(super) fn describe(definition: &Definition, row: &Observation) -> String {
    let population = definition.population_name(row.population());
    format!(
        "indicator {}, {}, {population}",
        definition.indicator(row.indicator()).id,
        definition.area(row.area()).name
    )
}
