//! Quarterly figures in a month that no quarter ends with.

use super::{Collected, Context};
use crate::definition::{Frequency, IndicatorId, Period};
use crate::diagnostic::{Code, Finding};
use crate::extract::Extract;
use crate::text::list;

/// Looks for quarters that do not end with one of the financial year, where those before them do
/// not either: three months earlier there is none. A project whose quarters end with other months
/// has them every three months.
pub(super) fn check(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let (definition, month) = (context.definition, context.month);
    let first = definition.financial_year(month).first();
    if (month.since(first) + 1) % 3 == 0 {
        return;
    }
    let before = || context.history.extract(month.before(Frequency::Quarterly.months()));
    for id in definition.indicators_in_force(month) {
        let indicator = definition.indicator(id);
        let is_quarterly =
            indicator.period == Period::Quarter && indicator.frequency == Frequency::Quarterly;
        if !is_quarterly || before().is_some_and(|before| has_figure(context, before, id)) {
            continue;
        }
        let row = context.areas().find_map(|area| {
            let mut rows = context.this.results.of(area, id).iter();
            Some((area, rows.find(|row| row.amount().is_some())?))
        });
        let Some((area, row)) = row else { continue };
        collected.add(Code::QuarterMonth, || {
            let ends: Vec<_> = (1..=4).map(|quarter| first.after(quarter * 3 - 1).name()).collect();
            let found = format!(
                "{} is quarterly and has a figure of {}, and quarters end in {}",
                context.name(area, id),
                month.long(),
                list(&ends),
            );
            let remedy = "move the figure to the folder of the month that its quarter ends with; \
                for three months ending every month, write frequency = \"monthly\"";
            Finding::new(Code::QuarterMonth, context.this.results.place(row), found, remedy)
                .about(definition.subject(area, id))
        });
    }
}

/// Whether any area has a figure of an indicator in an extract.
fn has_figure(context: Context<'_, '_>, extract: &Extract, id: IndicatorId) -> bool {
    let mut areas = context.definition.area_ids();
    areas.any(|area| extract.results.of(area, id).iter().any(|row| row.amount().is_some()))
}
