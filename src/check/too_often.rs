//! Figures of a year or a quarter that are given every month.

use super::{Collected, Context, Rows};
use crate::definition::Frequency;
use crate::diagnostic::{Code, Finding};
use crate::extract::{self, Observation};
use crate::figure::Amount;
use crate::month::Month;
use crate::population::Population;

/// As many other months of a year with a figure as are no correction of one.
const OTHERS: usize = 2;

/// Looks for a figure of everyone in the month before, or in so many others of the year or quarter.
/// The same figure may be given again, which is a note: it is shown as that of another period.
pub(super) fn look(context: Context<'_, '_>, rows: &Rows<'_, '_>, collected: &mut Collected<'_>) {
    let indicator = rows.indicator;
    let Some((now, row)) = rows.of(Population::Everyone) else { return };
    if indicator.frequency == Frequency::Monthly || !is_figure(now) {
        return;
    }
    let months = 1..indicator.frequency.months();
    let given: Vec<(Month, Amount)> = months
        .filter_map(|back| {
            let month = context.month.before(back);
            let results = &context.history.extract_if_read(month)?.results;
            let row = extract::find(results.of(rows.area, rows.id), Population::Everyone);
            Some((month, row.and_then(Observation::amount).filter(is_figure)?))
        })
        .collect();
    let is_of_last = given.first().is_some_and(|(month, _)| *month == context.month.before(1));
    if !is_of_last && given.len() < OTHERS {
        return;
    }
    let is_same = given.iter().all(|(_, amount)| amount == now);
    collected.add(Code::GivenTooOften, || {
        let finding = finding(context, rows, row, &given);
        if is_same { finding.as_note() } else { finding }
    });
}

fn finding(
    context: Context<'_, '_>,
    rows: &Rows<'_, '_>,
    row: &Observation,
    given: &[(Month, Amount)],
) -> Finding {
    let (latest, more) = (given[0].0.long(), given.len() - 1);
    let (period, within) = match rows.indicator.frequency {
        Frequency::Quarterly => ("quarterly", "quarter"),
        Frequency::Monthly | Frequency::Annual => ("annual", "year"),
    };
    let more = match more {
        0 => String::new(),
        more => format!(" and {more} more within the {within}"),
    };
    let found = format!(
        "{} is {period} and has a figure of {}, and one of {latest}{more} as well",
        context.name(rows.area, rows.id),
        context.month.long(),
    );
    let remedy = "if each is of its month, correct `period` in the definition of the indicator, or write \
        frequency = \"monthly\" where each covers the time until then; a figure that is only given again \
        is carried forward by itself, and can be left out";
    Finding::new(Code::GivenTooOften, rows.place(row), found, remedy)
}

fn is_figure(amount: &Amount) -> bool {
    matches!(amount, Amount::Ratio { .. } | Amount::Value(_))
}
