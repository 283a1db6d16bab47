//! Targets that belong to another financial year.

use super::{Collected, Context};
use crate::diagnostic::{Code, Finding, Place};
use crate::text::plural;

/// Indicators that lose their rating because the year has changed: most often nobody has set the
/// new targets yet.
pub(super) fn check(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let definition = context.definition;
    let year = definition.financial_year(context.month);
    let in_force = definition.indicators_in_force(context.month);
    let of_another: Vec<_> = in_force
        .filter_map(|id| {
            Some((id, definition.indicator(id).standards.of_another_year(year, context.month)?))
        })
        .collect();
    // `targets_for` is one year for all of them.
    let Some((_, theirs)) = of_another.first() else { return };
    collected.add(Code::TargetsOfAnotherYear, || {
        let ids: Vec<_> = of_another.iter().map(|(id, _)| *id).collect();
        let count = ids.len();
        let found = format!(
            "the {} of {count} {} {} for {theirs}, so {} not rated in {}: {}",
            plural(count, "target", "targets"),
            plural(count, "indicator", "indicators"),
            plural(count, "is", "are"),
            plural(count, "it is", "they are"),
            context.month.long(),
            context.list(&ids),
        );
        let remedy = format!(
            "give each a table [indicator.targets.\"{year}\"]; in a new year move the old targets \
                to such tables, write the new ones, and change `targets_for`"
        );
        Finding::new(Code::TargetsOfAnotherYear, Place::file(&definition.path), found, remedy)
            .about(context.definition.subject_indicators(None, &ids))
    });
}
