//! The figures of a row.

use std::cmp::Ordering;

use super::super::cell::{CellValue, depends_on_the_decimal_mark};
use super::super::mark::Mark;
use super::super::table::{Refused, TableRow};
use super::super::unreadable::Unreadable;
use super::columns::{ColumnLayout, ResultsColumn};
use super::observation::RowFigure;
use crate::definition::{Indicator, Unit};
use crate::diagnostic::{Code, Findings};
use crate::figure::{Decimal, Ratio, ShortDecimal};

/// Reads a cell, or says why it cannot be read.
pub(in super::super) fn read_cell(
    row: &TableRow<'_>,
    column: Option<usize>,
    findings: &mut Findings,
) -> Result<CellValue, Refused> {
    let Some(index) = column else { return Ok(CellValue::Blank) };
    let text = row.cell(index);
    if matches!(CellValue::read(text), Ok(CellValue::Number { .. }) | Err(_)) {
        row.check_odd_text(index, findings)?;
    }
    let read = CellValue::read(text).and_then(|value| {
        let is_certain = !row.has_semicolons()
            || !matches!(value, CellValue::Number { .. })
            || !depends_on_the_decimal_mark(text);
        if is_certain { Ok(value) } else { Err(Unreadable::EitherMark) }
    });
    read.map_err(|why| {
        let (code, found, remedy) = why.describe(text);
        let of_source = why.remedy_in_source(text).filter(|_| row.is_of_source());
        let remedy = of_source.unwrap_or_else(|| remedy.to_owned());
        findings.push(row.finding(code, column, found, remedy));
        Refused
    })
}

/// Reads the number of one of the columns alone. `None` if its cell says that there is no figure.
pub(in super::super) fn read_number(
    row: &TableRow<'_>,
    layout: &ColumnLayout,
    of: ResultsColumn,
    indicator: &Indicator,
    findings: &mut Findings,
) -> Result<Option<Decimal>, Refused> {
    let column = layout.index(of);
    let cell = read_cell(row, column, findings)?;
    Ok(check_number(row, cell, of, column, indicator, findings)?.map(Decimal::from))
}

/// The three figures of a row.
pub(in super::super) struct Figures {
    numerator: CellValue,
    denominator: CellValue,
    value: CellValue,
}

impl Figures {
    /// Reads the three cells. What is wrong with each is found, whatever is wrong with the others.
    pub(in super::super) fn read(
        row: &TableRow<'_>,
        layout: &ColumnLayout,
        findings: &mut Findings,
    ) -> Result<Self, Refused> {
        let mut read = |column| read_cell(row, layout.index(column), findings);
        let numerator = read(ResultsColumn::Numerator);
        let denominator = read(ResultsColumn::Denominator);
        let value = read(ResultsColumn::Value);
        Ok(Self { numerator: numerator?, denominator: denominator?, value: value? })
    }

    /// How firm the figure is, as far as one of the cells says.
    pub(super) fn mark(&self) -> Option<Mark> {
        [self.numerator, self.denominator, self.value].iter().find_map(|cell| match cell {
            CellValue::Number { mark, .. } => *mark,
            _ => None,
        })
    }

    /// What the three say together.
    pub(in super::super) fn together(
        self,
        row: &TableRow<'_>,
        layout: &ColumnLayout,
        indicator: &Indicator,
        findings: &mut Findings,
    ) -> Result<RowFigure, Refused> {
        let Self { numerator, denominator, value } = self;
        let cells = [numerator, denominator, value];
        if cells.contains(&CellValue::Suppressed) {
            return Ok(RowFigure::Suppressed);
        }
        let mut check =
            |cell, of| check_number(row, cell, of, layout.index(of), indicator, findings);
        let numbers = [
            check(numerator, ResultsColumn::Numerator),
            check(denominator, ResultsColumn::Denominator),
            check(value, ResultsColumn::Value),
        ];
        let [numerator_number, denominator_number, value_number] = numbers;
        let (n, d, v) = (numerator_number?, denominator_number?, value_number?);
        // What is said of one of them is said of the figure: first of all why there is none.
        let parts = [numerator, denominator];
        if n.is_some() != d.is_some() || n.is_none() && v.is_none() {
            let said = parts.into_iter().chain((n.is_none() && d.is_none()).then_some(value));
            let mut reasons = said.filter_map(CellValue::reason);
            if let Some(reason) = reasons.next() {
                return Ok(RowFigure::NoFigure(reason));
            }
            for (symbol, figure) in
                [(CellValue::Missing, RowFigure::Missing), (CellValue::Low, RowFigure::Low)]
            {
                if parts.contains(&symbol) || n.is_none() && d.is_none() && value == symbol {
                    return Ok(figure);
                }
            }
        }
        match (n, d, v) {
            (None, None, None) => Ok(RowFigure::Blank),
            (None, None, Some(value)) => Ok(RowFigure::Value(value)),
            (Some(numerator), Some(denominator), value) => {
                if let Some(value) = value {
                    let column = layout.index(ResultsColumn::Value);
                    let [numerator, denominator, value] =
                        [numerator, denominator, value].map(Decimal::from);
                    check_agreement(
                        row,
                        &numerator,
                        &denominator,
                        &value,
                        column,
                        indicator,
                        findings,
                    );
                }
                Ok(RowFigure::Ratio([numerator, denominator]))
            }
            (numerator, _, _) => {
                let (there, gone, at) = if numerator.is_some() {
                    ("numerator", "denominator", ResultsColumn::Denominator)
                } else {
                    ("denominator", "numerator", ResultsColumn::Numerator)
                };
                let found = format!("a {there} without its {gone}");
                let remedy = format!(
                    "add the {gone}, or leave the {there} out and give the result as the value"
                );
                findings.push(row.finding(Code::HalfARatio, layout.index(at), found, remedy));
                Err(Refused)
            }
        }
    }
}

/// The number in a cell, if it has one that can stand there: a count is not negative, and a `%`
/// belongs to a percentage.
pub(super) fn check_number(
    row: &TableRow<'_>,
    cell: CellValue,
    of: ResultsColumn,
    column: Option<usize>,
    indicator: &Indicator,
    findings: &mut Findings,
) -> Result<Option<ShortDecimal>, Refused> {
    let CellValue::Number { number, percent, .. } = cell else { return Ok(None) };
    if (percent || number.is_negative())
        && let Some((code, found, remedy)) = misplaced(number, percent, of, indicator)
    {
        findings.push(row.finding(code, column, found, remedy));
        return Err(Refused);
    }
    Ok(Some(number))
}

/// What is wrong with a negative number or a percentage in this column.
fn misplaced(
    number: ShortDecimal,
    percent: bool,
    of: ResultsColumn,
    indicator: &Indicator,
) -> Option<(Code, String, &'static str)> {
    let is_count = of != ResultsColumn::Value || indicator.unit == Unit::Number;
    if number.is_negative() && is_count {
        let found = format!("{} is below 0, and a count cannot be", Decimal::from(number));
        return Some((Code::NegativeCount, found, "correct the figure: a count is 0 or more"));
    }
    if !percent || of == ResultsColumn::Value && indicator.unit == Unit::Percent {
        return None;
    }
    let id = &indicator.id;
    let found = match (of, indicator.unit) {
        (ResultsColumn::Value, Unit::Average) => {
            format!("a % sign on what is not a percentage: indicator {id} is an average")
        }
        (ResultsColumn::Value, unit) => {
            let unit = unit.word().as_str();
            format!("a % sign on what is not a percentage: indicator {id} is a {unit}")
        }
        _ => format!("a % sign on a count of indicator {id}"),
    };
    let remedy = "take the % out, or move the figure to the column `value` of a percentage";
    Some((Code::NotANumber, found, remedy))
}

/// A value given beside its numerator and denominator is their quotient at the displayed precision:
/// either both show as the same, or the value is the quotient rounded to the decimals that it is
/// written with, if those are more.
fn check_agreement(
    row: &TableRow<'_>,
    numerator: &Decimal,
    denominator: &Decimal,
    value: &Decimal,
    column: Option<usize>,
    indicator: &Indicator,
    findings: &mut Findings,
) {
    let remedy =
        "correct whichever is wrong, or leave the value out: it is worked out from the other two";
    let Some(result) = Ratio::new(numerator, denominator, indicator.unit.times()) else {
        let found =
            format!("the value is {value}, but {numerator} divided by {denominator} is nothing");
        findings.push(row.finding(Code::ValueDisagrees, column, found, remedy));
        return;
    };
    let places = indicator.decimals;
    let shown = result.round(places);
    let agrees = shown == Ratio::from(value).round(places)
        || value.scale() >= places && result.round(value.scale()).cmp(value) == Ordering::Equal;
    if !agrees {
        let found = format!("the value is {value}, but {numerator} of {denominator} is {shown}");
        findings.push(row.finding(Code::ValueDisagrees, column, found, remedy));
    }
}
