//! The columns of results.

use super::super::aside::gives_figure;
use super::super::cell::CellValue;
use super::super::header::{Columns, may_mean};
use super::super::names::NameFinder;
use crate::definition::StandardColumn;
use crate::text::{and, name_key, nearest, plural};
use crate::toml_file::{Words, words};

words! {
    /// The columns of a results file, named as those of the standard form are.
    ResultsColumn {
        /// The indicator.
        Indicator = "indicator",
        /// The area.
        Area = "area",
        /// Whom it is about.
        Cohort = "cohort",
        /// How many.
        Numerator = "numerator",
        /// Out of how many.
        Denominator = "denominator",
        /// The figure itself.
        Value = "value",
        /// The month.
        Month = "month",
        /// How firm the figure is.
        Status = "status",
    }
}

impl ResultsColumn {
    /// The column of the standard form by the same name.
    fn standard(self) -> Option<StandardColumn> {
        StandardColumn::from_word(self.as_str())
    }

    /// Whether it is one of the three that have figures.
    fn is_figure(self) -> bool {
        matches!(self, Self::Numerator | Self::Denominator | Self::Value)
    }

    fn named(heading: &str) -> Option<Self> {
        Self::from_word(&name_key(heading))
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
        ResultsColumn::WORDS.to_vec()
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
            ResultsColumn::named(heading).is_none() && may_mean(heading, name)
        };
        let is_missing = |column: &ResultsColumn| {
            let can_be_missed = !matches!(column, Month | Status);
            let may_be_it = |heading| may_be(heading, column.as_str());
            !is_there(*column)
                && (is_needed(*column) || can_be_missed && headings.iter().any(may_be_it))
        };
        let missing: Vec<_> =
            ResultsColumn::ALL.into_iter().filter(is_missing).map(ResultsColumn::as_str).collect();
        let columns = plural(missing.len(), "column", "columns");
        (!missing.is_empty()).then(|| format!("the header has no {columns} {}", and(&missing)))
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
                column.is_figure()
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

    fn is_name(&self, column: ResultsColumn, cell: &str) -> bool {
        !cell.is_empty()
            && column.standard().is_some_and(|column| self.0.has(column, cell) == Some(true))
    }
}

/// Which cell of a row is in which column.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct ColumnLayout([Option<usize>; ResultsColumn::ALL.len()]);

impl ColumnLayout {
    /// The layout of a table with these columns.
    pub(in super::super) fn new(columns: &[(usize, ResultsColumn)]) -> Self {
        let index = |wanted| columns.iter().find(|(_, column)| *column == wanted);
        Self(ResultsColumn::ALL.map(|column| index(column).map(|(index, _)| *index)))
    }

    /// That of rows in the standard form, which have every column.
    pub(super) fn standard() -> Self {
        Self(ResultsColumn::ALL.map(|column| column.standard().map(|standard| standard as usize)))
    }

    /// Which cell is in this column, if there is such a column.
    #[inline]
    pub(super) fn index(&self, column: ResultsColumn) -> Option<usize> {
        self.0[column as usize]
    }
}
