//! Percentages and rates that are written as a numerator and a denominator: 71.8 of 100.

use super::{Collected, Context, Rows, written};
use crate::definition::Unit;
use crate::diagnostic::{Code, Finding};
use crate::figure::{Amount, Decimal};

/// Looks for a part of a case over exactly what the unit is a share of: nobody counts 71.8 of 100
/// children. 72 of 100 may well be counted.
pub(super) fn look(context: Context<'_, '_>, rows: &Rows<'_, '_>, collected: &mut Collected<'_>) {
    let unit = rows.indicator.unit;
    let what = match unit {
        Unit::Percent => "a percentage",
        Unit::Rate { .. } => "a rate",
        Unit::Number | Unit::Average => return,
    };
    for (amount, row) in &rows.now.figures {
        let Amount::Ratio { numerator, denominator } = amount else { continue };
        let is_of = |size: u32| *denominator == Decimal::new(size.into(), 0);
        let is_fraction = || unit == Unit::Percent && is_of(1);
        let is_whole = || numerator.clone().trimmed().scale() == 0;
        if !is_of(unit.times()) && !is_fraction() || is_whole() {
            continue;
        }
        collected.add(Code::PercentAsCounts, || {
            let name = context.name_of(rows.area, rows.id, row.population());
            let found =
                format!("{name} is {}, which is {what} and no count", written(amount, unit));
            let remedy = format!(
                "give the numerator and the denominator that were counted; where there are none, leave both \
                 blank and write {what} as the value"
            );
            Finding::new(Code::PercentAsCounts, rows.place(row), found, remedy)
        });
    }
}
