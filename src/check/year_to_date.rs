//! Counts of the year to date that fall, or do not start again with the year.

use super::{Collected, Context, Rows};
use crate::definition::{Allowance, Frequency, Indicator, Period, Unit};
use crate::diagnostic::{Code, Finding};
use crate::figure::{Amount, Decimal};
use crate::month::Month;

/// What has been counted since the start of the year is counted still: it can only grow until the
/// year ends.
pub(super) fn look(context: Context<'_, '_>, rows: &Rows<'_, '_>, collected: &mut Collected<'_>) {
    if rows.indicator.period != Period::YearToDate || rows.before.rows.is_empty() {
        return;
    }
    let before_month = context.month.before(rows.indicator.frequency.months());
    if context.definition.financial_year(before_month)
        != context.definition.financial_year(context.month)
    {
        return not_started_again(context, rows, before_month, collected);
    }
    for [(now, row), (before, before_row)] in rows.pairs() {
        let Some((what, now, before)) = fallen(now, before, rows.indicator) else { continue };
        collected.add(Code::YtdFell, || {
            let found = format!(
                "the {what} of {}, year to date, has fallen from {} to {} since {}",
                context.name_of(rows.area, rows.id, row.population()),
                before.grouped(),
                now.grouped(),
                before_month.long(),
            );
            let remedy = "look for a mistake in either month, or for cases that were taken out; \
                          say so in the paper if last month's was too high";
            rows.beside(Finding::new(Code::YtdFell, rows.place(row), found, remedy), before_row)
        });
    }
}

/// What a year to date comes to in a whole year cannot be there again after its first period. Fewer
/// than ten may be, by chance.
fn not_started_again(
    context: Context<'_, '_>,
    rows: &Rows<'_, '_>,
    before_month: Month,
    collected: &mut Collected<'_>,
) {
    let is_known = !rows.indicator.cumulative || rows.indicator.frequency == Frequency::Annual;
    for [(now, row), (before, before_row)] in rows.pairs().filter(|_| !is_known) {
        let Some((what, now, before)) = gone_on(now, before, rows.indicator.unit) else { continue };
        collected.add(Code::YtdGoesOn, || {
            let found = format!(
                "the {what} of {}, year to date, was {} in {} and is {} in {}, in a new year",
                context.name_of(rows.area, rows.id, row.population()),
                before.grouped(),
                before_month.long(),
                now.grouped(),
                context.month.long(),
            );
            let remedy = "look from which day the extract counts: a year to date starts again with \
                the financial year; if it is no such count, correct its `period`";
            rows.beside(Finding::new(Code::YtdGoesOn, rows.place(row), found, remedy), before_row)
        });
    }
}

/// What is no less than it was, with both figures.
fn gone_on<'e>(
    now: &'e Amount,
    before: &'e Amount,
    unit: Unit,
) -> Option<(&'static str, &'e Decimal, &'e Decimal)> {
    const LEAST: i64 = 10;
    let has_gone_on =
        |now: &Decimal, before: &Decimal| now >= before && *before >= Decimal::new(LEAST, 0);
    match (now, before) {
        (
            Amount::Ratio { numerator, denominator },
            Amount::Ratio { numerator: before_n, denominator: before_d },
        ) => {
            // The denominator of a rate is a population, which is no count of the year.
            let is_population = matches!(unit, Unit::Rate { .. });
            let is_so = has_gone_on(numerator, before_n)
                && (is_population || has_gone_on(denominator, before_d));
            is_so.then_some(("numerator", numerator, before_n))
        }
        (Amount::Value(now), Amount::Value(before)) if unit == Unit::Number => {
            has_gone_on(now, before).then_some(("number", now, before))
        }
        _ => None,
    }
}

/// What has fallen, with both figures.
fn fallen<'e>(
    now: &'e Amount,
    before: &'e Amount,
    indicator: &Indicator,
) -> Option<(&'static str, &'e Decimal, &'e Decimal)> {
    let unit = indicator.unit;
    let has_fallen = |now: &Decimal, before: &Decimal| {
        now < before && !Allowance::agree(indicator.allow.as_ref(), now, before)
    };
    match (now, before) {
        (
            Amount::Ratio { numerator, denominator },
            Amount::Ratio { numerator: before_n, denominator: before_d },
        ) => {
            // The denominator of a rate is a population, which is no count of the year.
            let is_counted = !matches!(unit, Unit::Rate { .. });
            let fell = |what, now: &'e Decimal, before: &'e Decimal| {
                has_fallen(now, before).then_some((what, now, before))
            };
            fell("numerator", numerator, before_n)
                .or_else(|| fell("denominator", denominator, before_d).filter(|_| is_counted))
        }
        (Amount::Value(now), Amount::Value(before)) if unit == Unit::Number => {
            has_fallen(now, before).then_some(("number", now, before))
        }
        _ => None,
    }
}
