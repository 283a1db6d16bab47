//! Fractions where percentages belong: 0.784 for 78.4%.
//!
//! A number of at most 1 is taken for a fraction where a hundred times as much is nearer to what
//! is known of the indicator. That is so where what is known is more than 50.5 times the number.

use std::cell::{Cell, OnceCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::{Collected, Context, Rows, find};
use crate::definition::{Bands, IndicatorId, Standard, Unit};
use crate::diagnostic::{Code, Finding, Place};
use crate::extract::{BenchmarkRow, Observation};
use crate::figure::{Amount, Decimal, Ratio};

/// As many other percentages of a file as say what those of the file are like.
const OTHERS: usize = 3;

/// What a month's files say of its percentages, worked out where it is wanted.
pub(super) struct Fractions<'c, 'e> {
    context: Context<'c, 'e>,
    /// The middle one of the percentages of each file.
    middle: OnceCell<HashMap<Arc<str>, Ratio>>,
    /// Whether there is a value of which neither its target nor the period before says what it is.
    has_unknown: Cell<bool>,
}

impl<'c, 'e> Fractions<'c, 'e> {
    pub(super) fn new(context: Context<'c, 'e>) -> Self {
        Self { context, middle: OnceCell::new(), has_unknown: Cell::new(false) }
    }

    /// What is found of whole files, when all rows have been looked at.
    pub(super) fn finish(self, collected: &mut Collected<'_>) {
        if self.has_unknown.get() {
            files(self.context, collected);
        }
    }

    /// Every bare value of a percentage.
    pub(super) fn look(&self, rows: &Rows<'_, '_>, collected: &mut Collected<'_>) {
        if rows.indicator.unit != Unit::Percent {
            return;
        }
        for (amount, row) in &rows.now.figures {
            let Some(value) = may_be_fraction(amount) else { continue };
            let Some(beside) = self.evidence(rows, row, value) else { continue };
            collected.add(Code::FractionForPercent, || {
                let found = format!(
                    "{} is {value}%, and {} would be nearer to {beside}",
                    self.context.name_of(rows.area, rows.id, row.population()),
                    hundredfold(value),
                );
                let remedy = format!(
                    "if it is a fraction, write {}; better, give the numerator and the denominator",
                    hundredfold(value).trim_end_matches('%')
                );
                Finding::new(Code::FractionForPercent, rows.place(row), found, remedy)
            });
        }
    }

    /// What a hundred times the value is nearer to: the period before, else the target, else the
    /// other percentages of the file.
    fn evidence(
        &self,
        rows: &Rows<'_, '_>,
        row: &Observation,
        value: &Decimal,
    ) -> Option<&'static str> {
        let before = rows.before.of(row.population()).map(|(before, _)| before);
        if let Some(before) = before.and_then(known) {
            return is_nearer(&before, value).then_some("the result of the period before");
        }
        if let Some(is_fraction) = beside_target(self.context, rows.id, value) {
            return is_fraction.then_some("its target");
        }
        self.has_unknown.set(true);
        if before.is_some() || !looks_like_one(value) {
            return None;
        }
        let middle = self.middle.get_or_init(|| middle_of_files(self.context));
        let others = middle.get(rows.path(row))?;
        is_nearer(others, value).then_some("the other percentages of the file")
    }
}

/// Whether a value is a fraction of what its target is a percentage of; nothing, where there is no
/// target that says so.
fn beside_target(context: Context<'_, '_>, id: IndicatorId, value: &Decimal) -> Option<bool> {
    let bands = &context.definition.standard(id, context.month)?.bands;
    let target = Some(bands.target().0).filter(|target| **target > Decimal::new(1, 0))?;
    let is_one_sided = matches!(bands, Bands::Higher { .. });
    let is_one = is_nearer(&Ratio::from(target), value);
    Some(is_one && (is_one_sided || looks_like_one(value)))
}

/// What may be a good result, however small, has to look like a fraction as well.
fn looks_like_one(value: &Decimal) -> bool {
    value.scale() > 1
}

/// A bare value above 0 and at most 1.
fn may_be_fraction(amount: &Amount) -> Option<&Decimal> {
    let Amount::Value(value) = amount else { return None };
    (value.is_positive() && *value <= Decimal::new(1, 0)).then_some(value)
}

/// A percentage that is certainly none of those: it is counted, or above 1.
fn known(amount: &Amount) -> Option<Ratio> {
    match amount {
        Amount::Ratio { numerator, denominator } => Ratio::new(numerator, denominator, 100),
        Amount::Value(value) => (*value > Decimal::new(1, 0)).then(|| Ratio::from(value)),
        Amount::Suppressed | Amount::Low | Amount::NoFigure(_) | Amount::Gap(_) => None,
    }
}

/// Whether a hundred times a value is nearer to `known` than the value is.
fn is_nearer(known: &Ratio, value: &Decimal) -> bool {
    *known > Ratio::from(value).scaled(&Decimal::new(505, 1), 1)
}

/// `78.4%` for 0.784.
fn hundredfold(value: &Decimal) -> String {
    let places = value.scale().saturating_sub(2);
    format!("{}%", Ratio::from(value).scaled(&Decimal::new(100, 0), 1).round(places))
}

/// The middle one of the percentages of each file, of those that have enough. What its target says
/// is a fraction is one of a hundred times as much.
fn middle_of_files(context: Context<'_, '_>) -> HashMap<Arc<str>, Ratio> {
    let results = &context.this.results;
    let mut of_files: HashMap<Arc<str>, Vec<Ratio>> = HashMap::new();
    for (id, row) in percentages(context) {
        let Some(amount) = row.amount() else { continue };
        let fraction = || {
            let value = may_be_fraction(&amount)?;
            let is_fraction = beside_target(context, id, value)?;
            is_fraction.then(|| Ratio::from(value).scaled(&Decimal::new(100, 0), 1))
        };
        if let Some(result) = known(&amount).or_else(fraction) {
            of_files.entry(Arc::clone(results.path(row))).or_default().push(result);
        }
    }
    of_files.retain(|_, results| results.len() >= OTHERS);
    let middle = |mut results: Vec<Ratio>| {
        results.sort();
        results.swap_remove(results.len() / 2)
    };
    of_files.into_iter().map(|(path, results)| (path, middle(results))).collect()
}

/// Files whose percentages are all fractions by their looks, where nothing else says what they are
/// like: bare values of at most 1 of four indicators or more, most of them with two decimals, and
/// one above 0.5.
fn files(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let results = &context.this.results;
    let mut of_files: BTreeMap<&Arc<str>, Vec<Unknown<'_>>> = BTreeMap::new();
    let mut others: BTreeSet<&Arc<str>> = BTreeSet::new();
    for (id, row) in percentages(context) {
        let Some(amount) = row.amount().filter(is_percentage) else { continue };
        let path = results.path(row);
        match unknown(context, id, row, &amount) {
            Some(value) => of_files.entry(path).or_default().push(Unknown { id, row, value }),
            None => _ = others.insert(path),
        }
    }
    for (path, values) in of_files.iter().filter(|(path, _)| !others.contains(**path)) {
        let looks = values.iter().filter(|one| looks_like_one(&one.value)).count();
        let ids: BTreeSet<_> = values.iter().map(|one| one.id).collect();
        let Some(first) = values.iter().find(|one| one.value > Decimal::new(5, 1)) else {
            continue;
        };
        if ids.len() <= OTHERS || looks * 2 <= values.len() {
            continue;
        }
        collected.add(Code::FractionForPercent, || {
            let (area, ..) = first.row.about();
            let found = format!(
                "all {} percentages of this file are at most 1%, such as {}% of {}, and {} may be meant",
                values.len(),
                first.value,
                context.name_of(area, first.id, first.row.population()),
                hundredfold(&first.value),
            );
            let remedy = format!(
                "if they are fractions, write {} and so on; better, give numerators and denominators",
                hundredfold(&first.value).trim_end_matches('%')
            );
            Finding::new(Code::FractionForPercent, Place::file(path), found, remedy)
        });
    }
}

/// A percentage of at most 1 of which nothing says whether it is a fraction.
struct Unknown<'e> {
    id: IndicatorId,
    row: &'e Observation,
    value: Decimal,
}

/// Whether it says what the percentages of its file are like: a 0 is the same in either form.
fn is_percentage(amount: &Amount) -> bool {
    match amount {
        Amount::Ratio { .. } => true,
        Amount::Value(value) => value.is_positive(),
        Amount::Suppressed | Amount::Low | Amount::NoFigure(_) | Amount::Gap(_) => false,
    }
}

/// The value of a row that may be a fraction, where neither its target nor the period before says what
/// it is.
fn unknown(
    context: Context<'_, '_>,
    id: IndicatorId,
    row: &Observation,
    amount: &Amount,
) -> Option<Decimal> {
    let value = may_be_fraction(amount)?;
    let (area, ..) = row.about();
    let step = context.definition.indicator(id).frequency.months();
    let before = context.history.extract_if_read(context.month.before(step));
    let before = before.and_then(|before| find(before.results.of(area, id), row.population()));
    let is_known = before.is_some_and(|(before, _)| known(&before).is_some());
    (!is_known && beside_target(context, id, value).is_none()).then(|| value.clone())
}

/// The rows of the month that are percentages.
fn percentages<'e>(
    context: Context<'_, 'e>,
) -> impl Iterator<Item = (IndicatorId, &'e Observation)> {
    let (definition, results) = (context.definition, &context.this.results);
    let ids = definition.indicators_in_force(context.month);
    ids.filter(|id| definition.indicator(*id).unit == Unit::Percent).flat_map(move |id| {
        context.areas().flat_map(move |area| results.of(area, id)).map(move |row| (id, row))
    })
}

/// A figure of a benchmark that seems to be a fraction beside the results.
pub(super) fn of_benchmark(
    context: Context<'_, '_>,
    id: IndicatorId,
    row: &BenchmarkRow,
    collected: &mut Collected<'_>,
) {
    let definition = context.definition;
    let indicator = definition.indicator(id);
    if indicator.unit != Unit::Percent {
        return;
    }
    let value = may_be_fraction(&row.amount).filter(|value| looks_like_one(value));
    let Some((value, result)) = value.zip(result(context, id)) else { return };
    if !is_nearer(&result, value) {
        return;
    }
    collected.add(Code::FractionForPercent, || {
        let found = format!(
            "indicator {} of {} is {value}%, and {} would be nearer to the results, such as {}%",
            indicator.id,
            definition.benchmark(row.benchmark).name,
            hundredfold(value),
            result.round(indicator.decimals),
        );
        let remedy =
            format!("if it is a fraction, write {}", hundredfold(value).trim_end_matches('%'));
        Finding::new(Code::FractionForPercent, row.place.clone(), found, remedy)
            .about(definition.subject_indicators(None, &[id]))
    });
}

/// Shares of records that are needed and seem to be fractions: hardly anybody needs less than 1%.
pub(super) fn coverage(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let definition = context.definition;
    for id in definition.indicators_in_force(context.month) {
        let indicator = definition.indicator(id);
        let Some(coverage) = &indicator.coverage else { continue };
        let needed = &coverage.needed;
        if !needed.is_positive() || *needed > Decimal::new(1, 0) {
            continue;
        }
        collected.add(Code::FractionForPercent, || {
            let found = format!(
                "the coverage that indicator {} needs is {needed}%, and {} may be meant",
                indicator.id,
                hundredfold(needed),
            );
            let remedy = format!(
                "if it is a fraction, write needed = {}",
                hundredfold(needed).trim_end_matches('%')
            );
            Finding::new(Code::FractionForPercent, indicator.place.clone(), found, remedy)
                .about(definition.subject_indicators(None, &[id]))
        });
    }
}

/// Targets of the month that seem to be fractions beside the results.
pub(super) fn targets(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let definition = context.definition;
    for id in definition.indicators_in_force(context.month) {
        let Some(standard) = definition.standard(id, context.month) else { continue };
        if definition.indicator(id).unit != Unit::Percent {
            continue;
        }
        let Some((what, value)) = fraction_of(standard) else { continue };
        let Some(result) = result(context, id).filter(|result| is_nearer(result, value)) else {
            continue;
        };
        collected.add(Code::FractionForPercent, || {
            let found = format!(
                "the {what} of indicator {} is {value}%, and {} would be nearer to the results, \
                    such as {}%",
                definition.indicator(id).id,
                hundredfold(value),
                result.round(definition.indicator(id).decimals),
            );
            let remedy = format!(
                "if it is a fraction, write {what} = {}",
                hundredfold(value).trim_end_matches('%')
            );
            Finding::new(Code::FractionForPercent, standard.place.clone(), found, remedy)
                .about(definition.subject_indicators(None, &[id]))
        });
    }
}

/// A target that may be a fraction, together with its floor; or a floor beside a target that is
/// none, where higher is better.
fn fraction_of(standard: &Standard) -> Option<(&'static str, &Decimal)> {
    let one = Decimal::new(1, 0);
    let bands = &standard.bands;
    let target = bands.target().0;
    let floor = bands.floor_low().or(bands.floor_high());
    if *target > one {
        return floor
            .filter(|floor| matches!(bands, Bands::Higher { .. }) && **floor <= one)
            .filter(|floor| floor.shown().is_positive())
            .map(|floor| ("floor", floor.shown()));
    }
    let is_whole = target.shown().is_positive() && floor.is_none_or(|floor| *floor <= one);
    is_whole.then_some(("target", target.shown()))
}

/// A result of the indicator that is certainly a percentage: of the month or the one before, of the
/// top area first.
fn result(context: Context<'_, '_>, id: IndicatorId) -> Option<Ratio> {
    let areas = || std::iter::once(context.definition.top).chain(context.areas());
    [Some(context.this), context.last].into_iter().flatten().find_map(|extract| {
        areas().find_map(|area| {
            let mut rows = extract.results.of(area, id).iter();
            rows.find_map(|row| known(&row.amount()?))
        })
    })
}
