//! The columns of results.

use super::super::aside::{gives_figure, may_be_footer};
use super::super::cell::CellValue;
use super::super::header::Columns;
use super::super::names::NameFinder;
use crate::text::{name_key, nearest};

/// The columns of a results file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum ResultsColumn {
    Indicator,
    Area,
    Cohort,
    Numerator,
    Denominator,
    Value,
    Month,
    Status,
}

impl ResultsColumn {
    const ALL: [(Self, &'static str); 8] = [
        (Self::Indicator, "indicator"),
        (Self::Area, "area"),
        (Self::Cohort, "cohort"),
        (Self::Numerator, "numerator"),
        (Self::Denominator, "denominator"),
        (Self::Value, "value"),
        (Self::Month, "month"),
        (Self::Status, "status"),
    ];

    /// Whether it is one of the three that have figures.
    fn is_figure(self) -> bool {
        matches!(self, Self::Numerator | Self::Denominator | Self::Value)
    }

    fn named(heading: &str) -> Option<Self> {
        let key = name_key(heading);
        Self::ALL.iter().find(|(_, name)| *name == key).map(|(column, _)| *column)
    }
}

/// The columns of results, and what is in them.
pub(in super::super) struct ResultsColumns<'n, 'd>(pub(in super::super) &'n NameFinder<'d>);

impl Columns for ResultsColumns<'_, '_> {
    type Column = ResultsColumn;

    fn named(&self, heading: &str) -> Option<ResultsColumn> {
        ResultsColumn::named(heading)
    }

    fn known(&self) -> Vec<&str> {
        ResultsColumn::ALL.iter().map(|(_, name)| *name).collect()
    }

    /// The cohort may be left out, and either the value or numerator and denominator: but not where
    /// another heading may be theirs, as they would lose what is below it.
    fn missing(&self, found: &[(usize, ResultsColumn)], headings: &[String]) -> Option<String> {
        use ResultsColumn::{
            Area, Cohort, Denominator, Indicator, Month, Numerator, Status, Value,
        };
        let is_there = |wanted| found.iter().any(|(_, column)| *column == wanted);
        let has_part = is_there(Numerator) || is_there(Denominator);
        let is_needed = |column| match column {
            Indicator | Area => true,
            Numerator | Denominator => has_part || !is_there(Value),
            Value => !has_part,
            Cohort | Month | Status => false,
        };
        let may_be = |heading: &String, name: &str| {
            ResultsColumn::named(heading).is_none()
                && (nearest(heading, [name]).is_some()
                    || heading.len() >= 3 && name.starts_with(heading.as_str())
                    || heading.starts_with(name))
        };
        let is_missing = |(column, name): &&(ResultsColumn, &'static str)| {
            let can_be_missed = !matches!(column, Month | Status);
            !is_there(*column)
                && (is_needed(*column)
                    || can_be_missed && headings.iter().any(|heading| may_be(heading, name)))
        };
        let missing: Vec<_> =
            ResultsColumn::ALL.iter().filter(is_missing).map(|(_, name)| *name).collect();
        match missing.split_last()? {
            (only, []) => Some(format!("the header has no column {only}")),
            (last, others) => {
                Some(format!("the header has no columns {} and {last}", others.join(", ")))
            }
        }
    }

    fn is_figure(&self, column: ResultsColumn) -> bool {
        column.is_figure()
    }

    fn remedy(&self) -> &'static str {
        "the header is indicator,area,cohort,numerator,denominator,value, in any order; without a \
            cohort all rows are about everyone, and either value or numerator and denominator may \
            be left out"
    }

    fn has_figures(&self, row: &[(ResultsColumn, &str)]) -> bool {
        row.iter()
            .any(|(column, cell)| *column == ResultsColumn::Indicator && self.0.has_indicator(cell))
            && row.iter().any(|(column, cell)| {
                let is_figure = matches!(
                    column,
                    ResultsColumn::Numerator | ResultsColumn::Denominator | ResultsColumn::Value
                );
                is_figure
                    && matches!(
                        CellValue::read(cell),
                        Ok(CellValue::Number { .. } | CellValue::Suppressed)
                    )
            })
    }

    fn mentions(&self, cell: &str) -> bool {
        !gives_figure(cell)
            && (self.0.has_area(cell)
                || self.0.has_indicator(cell)
                || nearest(&name_key(cell), self.known()).is_some())
    }

    fn is_aside(&self, row: &[(ResultsColumn, &str)]) -> bool {
        let (mut texts, mut figures) = (Vec::new(), Vec::new());
        for (column, cell) in row {
            let cells = if column.is_figure() { &mut figures } else { &mut texts };
            cells.push(*cell);
        }
        !row.iter().any(|(column, cell)| self.is_name(*column, cell))
            && may_be_footer(&texts, &figures)
    }
}

impl ResultsColumns<'_, '_> {
    /// Whether a cell names something that is defined.
    fn is_name(&self, column: ResultsColumn, cell: &str) -> bool {
        !cell.is_empty()
            && match column {
                ResultsColumn::Indicator => self.0.has_indicator(cell),
                ResultsColumn::Area => self.0.has_area(cell),
                ResultsColumn::Cohort => self.0.has_population(cell),
                _ => false,
            }
    }
}

/// Which cell of a row is in which column.
#[derive(Clone, Copy, Debug)]
pub(super) struct ColumnLayout([Option<usize>; ResultsColumn::ALL.len()]);

impl ColumnLayout {
    /// The layout of a table with these columns.
    pub(super) fn new(columns: &[(usize, ResultsColumn)]) -> Self {
        let index = |wanted| columns.iter().find(|(_, column)| *column == wanted);
        Self(ResultsColumn::ALL.map(|(column, _)| index(column).map(|(index, _)| *index)))
    }

    /// That of rows in the standard form, which have every column.
    pub(super) fn standard() -> Self {
        Self(ResultsColumn::ALL.map(|(column, _)| Some(column as usize)))
    }

    /// Which cell is in this column, if there is such a column.
    #[inline]
    pub(super) fn index(&self, column: ResultsColumn) -> Option<usize> {
        self.0[column as usize]
    }
}
