//! Figures of which too little is recorded to rate them, or of which nobody knows how much is.

use super::{Collected, Context};
use crate::assess::{Covered, Figure, SeriesKey};
use crate::definition::{AreaId, AreaKind, Coverage, IndicatorId};
use crate::diagnostic::{Code, Finding};
use crate::figure::Amount;
use crate::wording;

/// Every figure for everyone whose indicator says what share of records it needs.
pub(super) fn check(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let definition = context.definition;
    let indicators = definition.indicators_in_force(context.month);
    let with_coverage: Vec<_> = indicators
        .filter_map(|id| Some((id, definition.indicator(id).coverage.as_ref()?)))
        .collect();
    let areas = context.areas().filter(|area| definition.area(*area).kind == AreaKind::Area);
    for area in areas {
        for &(id, coverage) in &with_coverage {
            let latest = context.assessor.latest(SeriesKey::everyone(area, id), context.month);
            let has_figure = |figure: &Figure<'_>| {
                matches!(figure.amount, Amount::Ratio { .. } | Amount::Value(_))
            };
            let Some(figure) = latest.filter(has_figure) else { continue };
            match &figure.covered {
                None => collected
                    .add(Code::CoverageUnknown, || unknown(context, (area, id), coverage, &figure)),
                Some(covered) if figure.is_too_low() => {
                    collected
                        .add(Code::CoverageLow, || too_low(context, (area, id), covered, &figure));
                }
                Some(_) => {}
            }
        }
    }
}

fn too_low(
    context: Context<'_, '_>,
    (area, id): (AreaId, IndicatorId),
    covered: &Covered<'_>,
    figure: &Figure<'_>,
) -> Finding {
    let share = wording::coverage(covered).unwrap_or_default();
    let more = match (&covered.figure.amount, covered.records_needed()) {
        (Amount::Ratio { numerator, denominator }, Some(more)) => format!(
            " ({} of {}, so {} more)",
            numerator.grouped(),
            denominator.grouped(),
            more.grouped()
        ),
        _ => String::new(),
    };
    let found = format!("{} is not rated: {share}{more}", context.name(area, id));
    let remedy = match covered.records_needed() {
        Some(more) => format!(
            "record {} more of indicator {} and extract both again; until then the report \
                says that the figure is not to be relied on",
            more.grouped(),
            covered.indicator.id
        ),
        None => format!(
            "give numerator and denominator of indicator {}, which say how many records are \
                missing",
            covered.indicator.id
        ),
    };
    let subject = context.definition.subject(area, id);
    let place = context.place(figure);
    Finding::new(Code::CoverageLow, place, found, remedy).about(subject)
}

fn unknown(
    context: Context<'_, '_>,
    (area, id): (AreaId, IndicatorId),
    coverage: &Coverage,
    figure: &Figure<'_>,
) -> Finding {
    let of = &context.definition.indicator(coverage.indicator).id;
    let found = format!(
        "{} is rated, and nothing says how much of it is recorded: indicator {of} has no result in {}",
        context.name(area, id),
        figure.month.long()
    );
    let remedy = format!(
        "add indicator {of} to the extract of {}, with those recorded over all",
        figure.month
    );
    let subject = context.definition.subject(area, id);
    let place = context.place(figure);
    Finding::new(Code::CoverageUnknown, place, found, remedy).about(subject)
}
