//! Suppressed figures that anybody can work out from the figures beside them.

use super::{Collected, Context, Depth, Rows, find, written};
use crate::assess::{SeriesKey, difference, sum};
use crate::definition::{ActivityId, AreaId, AreaKind, IndicatorId, Rollup, Unit};
use crate::diagnostic::{Code, Finding, Place};
use crate::extract::Observation;
use crate::figure::Amount;
use crate::population::{CohortId, Population};
use crate::text::quote;

const REMEDY: &str =
    "suppress a second figure beside it, or the total: one alone is found by subtraction";

const REMEDY_OF_WHOLE: &str = "suppress one of its parts too, or show it: it is their sum";

/// The areas and teams of one above them, where just one figure of the sum is suppressed. A member
/// who subtracts what is shown has it.
pub(super) fn check(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let has_results = context.this.results.has_suppressed();
    let has_activity = context.this.activities.has_suppressed();
    for area in context.areas() {
        if has_results && context.definition.area(area).kind == AreaKind::Area {
            areas(context, area, collected);
        }
        if has_activity {
            for activity in context.definition.activity_ids() {
                activities(context, area, activity, collected);
            }
        }
    }
}

/// A cohort, everyone else and everyone, where just one of the three rows is suppressed.
pub(super) fn look(context: Context<'_, '_>, rows: &Rows<'_, '_>, collected: &mut Collected<'_>) {
    // Most figures are everyone's alone.
    if rows.now.rows.len() < 3 {
        return;
    }
    let cohorts = context.definition.cohort_ids();
    for cohort in cohorts.filter(|cohort| !rows.indicator.excludes.contains(cohort)) {
        cohort_of_whole(context, rows, cohort, collected);
    }
}

fn cohort_of_whole(
    context: Context<'_, '_>,
    rows: &Rows<'_, '_>,
    cohort: CohortId,
    collected: &mut Collected<'_>,
) {
    let populations =
        [Population::Everyone, Population::Cohort(cohort), Population::Excluding(cohort)];
    let [Some(all), Some(part), Some(rest)] = populations.map(|who| rows.of(who)) else { return };
    // A rate is per head of one population, whoever is counted: only what is above the line adds up.
    let counted = |(amount, _): (&Amount, &Observation)| match (amount, rows.indicator.unit) {
        (Amount::Ratio { numerator, .. }, Unit::Rate { .. }) => Amount::Value(numerator.clone()),
        _ => amount.clone(),
    };
    let unit = match rows.indicator.unit {
        Unit::Rate { .. } => Unit::Number,
        unit => unit,
    };
    let (row, how, remedy) = match hidden(&counted(all), &[counted(part), counted(rest)], unit) {
        Some(Hidden::Part(0)) => (part.1, "it is everyone minus everyone else", REMEDY),
        Some(Hidden::Part(_)) => (rest.1, "it is everyone minus the cohort", REMEDY),
        Some(Hidden::Whole) => (all.1, "it is the cohort plus everyone else", REMEDY_OF_WHOLE),
        None => return,
    };
    collected.add(Code::SuppressionRecoverable, || {
        let found = format!(
            "{} is suppressed and can be worked out: {how}, and both are given",
            context.name_of(rows.area, rows.id, row.population())
        );
        Finding::new(Code::SuppressionRecoverable, rows.place(row), found, remedy)
    });
}

fn areas(context: Context<'_, '_>, area: AreaId, collected: &mut Collected<'_>) {
    let definition = context.definition;
    if definition.area(area).parts.is_empty() {
        return;
    }
    let summed = definition.indicators_in_force(context.month).filter(|id| {
        definition.indicator(*id).rollup == Rollup::Sum
            || context.depth == Depth::Check && has_added_up(context, area, *id)
    });
    for id in summed {
        // Without a cohort that it leaves out, an indicator's figure is everyone's.
        let excludes = &definition.indicator(id).excludes;
        let alone = definition.cohort_ids().map(Population::Cohort);
        for who in definition.populations().chain(alone) {
            let is_everyones =
                matches!(who, Population::Excluding(cohort) if excludes.contains(&cohort));
            if !is_everyones {
                sum_of_areas(context, area, id, who, collected);
            }
        }
    }
}

/// Whether an area's own figures have been the sums of those of its parts in all earlier months that
/// have them, two at least: whoever knows that reads the next as a sum, too.
fn has_added_up(context: Context<'_, '_>, area: AreaId, id: IndicatorId) -> bool {
    const LEAST: usize = 2;
    let definition = context.definition;
    let unit = definition.indicator(id).unit;
    let mut months = 0;
    for month in context.months().filter(|month| *month < context.month) {
        let Some(extract) = context.history.extract(month) else { continue };
        let own = |area: AreaId| Some(find(extract.results.of(area, id), Population::Everyone)?.0);
        let parts = definition.parts_of_sum(area, id, month).map(own);
        let Some(parts) = parts.collect::<Option<Vec<_>>>().filter(|parts| parts.len() > 1) else {
            continue;
        };
        let Some(sum) = sum(parts.into_iter().map(Some), unit) else { continue };
        match own(area) {
            Some(whole) if whole == sum => months += 1,
            Some(_) => return false,
            None => {}
        }
    }
    months >= LEAST
}

fn sum_of_areas(
    context: Context<'_, '_>,
    area: AreaId,
    id: IndicatorId,
    who: Population,
    collected: &mut Collected<'_>,
) {
    let (definition, month) = (context.definition, context.month);
    let key = SeriesKey::everyone(area, id).about(who);
    let Some(whole) = context.assessor.figure(key, month) else { return };
    let parts: Vec<_> = definition.parts_of_sum(area, id, month).collect();
    let amount = |part: &AreaId| context.assessor.amount_of_part(key.in_area(*part), month);
    let Some(amounts) = parts.iter().map(amount).collect::<Option<Vec<_>>>() else { return };
    let unit = definition.indicator(id).unit;
    let Some(hidden) = hidden(&whole.amount, &amounts, unit) else { return };
    let whole_place = context.place(&whole);
    collected.add(Code::SuppressionRecoverable, || match hidden {
        Hidden::Whole => of_whole(&context.name_of(area, id, who), whole_place)
            .about(context.definition.subject(area, id)),
        Hidden::Part(index) => {
            let part = parts[index];
            let shown = written(&whole.amount, unit);
            let whole = (definition.area(area).name.as_str(), shown, whole_place);
            let figure = context.assessor.figure(key.in_area(part), month);
            let place = figure.and_then(|figure| context.place(&figure));
            of_part(&context.name_of(part, id, who), place, whole)
                .about(context.definition.subject(part, id))
        }
    });
}

/// A total that is the sum of what is given.
fn of_whole(name: &str, place: Option<Place>) -> Finding {
    let found = format!(
        "{name} is suppressed and can be worked out: it is the sum of its parts, and all of them \
            are given"
    );
    Finding::new(Code::SuppressionRecoverable, place, found, REMEDY_OF_WHOLE)
}

/// A part that is what is left of a total, given by its name, figure and place.
fn of_part(name: &str, place: Option<Place>, whole: (&str, String, Option<Place>)) -> Finding {
    let (whole_name, shown, whole_place) = whole;
    let found = format!(
        "{name} is suppressed and can be worked out: {whole_name} is {shown}, and all its other \
            parts are given"
    );
    let (place, related) = match place {
        Some(place) => (Some(place), whole_place),
        None => (whole_place, None),
    };
    let finding = Finding::new(Code::SuppressionRecoverable, place, found, REMEDY);
    finding.with_related(related, "the total is here")
}

fn activities(
    context: Context<'_, '_>,
    area: AreaId,
    activity: ActivityId,
    collected: &mut Collected<'_>,
) {
    let (definition, activities) = (context.definition, &context.this.activities);
    let Some(whole) = activities.of(area, activity) else { return };
    let Some(amount) = &whole.amount else { return };
    let parts: Vec<_> = definition.parts_and_teams(area, context.month).collect();
    if !may_add_up(context, area, &parts, activity) {
        return;
    }
    let given: Vec<_> = parts
        .iter()
        .filter_map(|part| Some((*part, activities.amount(*part, activity)?.clone())))
        .collect();
    let amounts: Vec<_> = given.iter().map(|(_, amount)| amount.clone()).collect();
    let is_alone = amounts.len() < 2;
    let Some(hidden) = hidden(amount, &amounts, Unit::Number).filter(|_| !is_alone) else { return };
    collected.add(Code::SuppressionRecoverable, || {
        let name = quote(&definition.activity(activity).name);
        let of = |area: AreaId| format!("{name} of {}", definition.area(area).name);
        match hidden {
            Hidden::Whole => of_whole(&of(area), Some(whole.place.clone()))
                .about(context.definition.subject_activity(area, activity)),
            Hidden::Part(index) => {
                let part = given[index].0;
                let shown = written(amount, Unit::Number);
                let place = activities.of(part, activity).map(|entry| entry.place.clone());
                let whole = (&*definition.area(area).name, shown, Some(whole.place.clone()));
                of_part(&of(part), place, whole)
                    .about(context.definition.subject_activity(part, activity))
            }
        }
    });
}

/// Whether an activity of an area may be the sum of its parts', as far as last month tells: a part
/// without a figure has no such activity unless it had one then, and what did not add up then need
/// not do so now.
fn may_add_up(
    context: Context<'_, '_>,
    area: AreaId,
    parts: &[AreaId],
    activity: ActivityId,
) -> bool {
    let Some(last) = context.last.map(|last| &last.activities) else { return true };
    let this = &context.this.activities;
    let before = || parts.iter().filter_map(|part| last.amount(*part, activity));
    let is_gone = |part: &AreaId| {
        last.amount(*part, activity).is_some() && this.amount(*part, activity).is_none()
    };
    let sum = sum(before().map(|amount| Some(amount.clone())), Unit::Number);
    let did_add_up = match (last.amount(area, activity), sum) {
        (Some(Amount::Value(whole)), Some(Amount::Value(sum))) => *whole == sum,
        _ => true,
    };
    did_add_up && !parts.iter().any(is_gone)
}

/// Which figure of a sum is the only one suppressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hidden {
    Whole,
    Part(usize),
}

/// The one suppressed figure of a whole and its parts, where the others give it.
fn hidden(whole: &Amount, parts: &[Amount], unit: Unit) -> Option<Hidden> {
    let is_hidden = |amount: &&Amount| **amount == Amount::Suppressed;
    let given: Vec<_> = parts.iter().filter(|part| !is_hidden(part)).collect();
    let sum = || sum(given.iter().map(|part| Some((*part).clone())), unit);
    match (is_hidden(&whole), parts.len() - given.len()) {
        (true, 0) => sum().map(|_| Hidden::Whole),
        (false, 1) => {
            let rest = match given.len() {
                0 => whole.clone(),
                _ => difference(whole, &sum()?, unit)?,
            };
            let index = parts.iter().position(|part| is_hidden(&part))?;
            is_count(&rest, unit).then_some(Hidden::Part(index))
        }
        _ => None,
    }
}

/// Whether this can be what a part counts: where the other parts are more than the whole already,
/// they do not add up to it.
fn is_count(amount: &Amount, unit: Unit) -> bool {
    match amount {
        Amount::Ratio { numerator, denominator } => {
            !numerator.is_negative() && !denominator.is_negative()
        }
        Amount::Value(value) => unit == Unit::Number && !value.is_negative(),
        Amount::Suppressed | Amount::Low | Amount::NoFigure(_) | Amount::Gap(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Decimal;

    fn value(value: i64) -> Amount {
        Amount::Value(Decimal::new(value, 0))
    }

    fn ratio(numerator: i64, denominator: i64) -> Amount {
        Amount::Ratio {
            numerator: Decimal::new(numerator, 0),
            denominator: Decimal::new(denominator, 0),
        }
    }

    const HIDDEN: Amount = Amount::Suppressed;

    #[test]
    fn one_suppressed_part_of_a_shown_whole_is_what_is_left() {
        let parts = [ratio(8, 60), HIDDEN, ratio(4, 60)];
        assert_eq!(hidden(&ratio(14, 160), &parts, Unit::Percent), Some(Hidden::Part(1)));
        assert_eq!(hidden(&value(15), &[value(10), HIDDEN], Unit::Number), Some(Hidden::Part(1)));
        assert_eq!(hidden(&value(15), &[HIDDEN], Unit::Number), Some(Hidden::Part(0)));
        assert_eq!(hidden(&HIDDEN, &[value(10), value(5)], Unit::Number), Some(Hidden::Whole));
    }

    #[test]
    fn two_unknowns_are_not_told_apart() {
        let parts = [value(10), HIDDEN, HIDDEN];
        assert_eq!(hidden(&value(15), &parts, Unit::Number), None);
        assert_eq!(hidden(&HIDDEN, &[value(10), HIDDEN], Unit::Number), None);
        assert_eq!(hidden(&value(15), &[Amount::Low, HIDDEN], Unit::Number), None);
    }

    #[test]
    fn what_does_not_add_up_tells_nothing() {
        assert_eq!(hidden(&value(15), &[value(16), HIDDEN], Unit::Number), None);
        assert_eq!(hidden(&value(50), &[value(40), HIDDEN], Unit::Percent), None);
        assert_eq!(hidden(&value(50), &[HIDDEN], Unit::Percent), None);
        assert_eq!(hidden(&ratio(1, 2), &[value(40), HIDDEN], Unit::Percent), None);
        assert_eq!(hidden(&value(15), &[value(10), value(5)], Unit::Number), None);
    }
}
