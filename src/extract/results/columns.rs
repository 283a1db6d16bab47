//! The columns of results.

use super::super::cell::CellValue;
use super::super::header::Columns;
use super::super::names::Names;
use super::super::table::Row;

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

    fn named(heading: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name)| *name == heading).map(|(column, _)| *column)
    }
}

/// The columns of results, and what is in them.
pub(in super::super) struct ResultsColumns<'n, 'd>(pub(in super::super) &'n Names<'d>);

impl Columns for ResultsColumns<'_, '_> {
    type Column = ResultsColumn;

    fn named(&self, heading: &str) -> Option<ResultsColumn> {
        ResultsColumn::named(heading)
    }

    fn known(&self) -> Vec<&str> {
        ResultsColumn::ALL.iter().map(|(_, name)| *name).collect()
    }

    /// Every column is needed but `month` and `status`: a column that lost its heading would lose
    /// its figures.
    fn missing(&self, found: &[(usize, ResultsColumn)]) -> Option<String> {
        let is_there = |wanted: ResultsColumn| {
            matches!(wanted, ResultsColumn::Month | ResultsColumn::Status)
                || found.iter().any(|(_, column)| *column == wanted)
        };
        let missing: Vec<_> = ResultsColumn::ALL
            .iter()
            .filter(|(column, _)| !is_there(*column))
            .map(|(_, name)| *name)
            .collect();
        match missing.split_last()? {
            (only, []) => Some(format!("the header has no column {only}")),
            (last, others) => {
                Some(format!("the header has no columns {} and {last}", others.join(", ")))
            }
        }
    }

    fn remedy(&self) -> &'static str {
        "the header is indicator,area,cohort,numerator,denominator,value, in any order; a column may be empty, but must be there"
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

    /// Which cell is in this column, if there is such a column.
    #[inline]
    pub(super) fn index(&self, column: ResultsColumn) -> Option<usize> {
        self.0[column as usize]
    }

    /// The cell of a row in this column, without the spaces around it.
    #[inline]
    pub(super) fn cell<'r>(&self, row: &'r Row<'_>, column: ResultsColumn) -> &'r str {
        self.index(column).map_or("", |index| row.cell(index))
    }
}
