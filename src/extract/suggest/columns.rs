//! What stands in the columns of a table.

use std::collections::{BTreeSet, HashSet};

use super::super::cell::CellValue;
use super::super::dates;
use super::super::names::NameFinder;
use super::super::period::{PeriodText, month_in};
use super::table::RawRow;
use crate::definition::StandardColumn;
use crate::month::NamedMonth;
use crate::text::name_key;

/// The columns that name what a figure is of.
pub(super) const NAMES: [StandardColumn; 6] = [
    StandardColumn::Indicator,
    StandardColumn::Area,
    StandardColumn::Benchmark,
    StandardColumn::Activity,
    StandardColumn::Cohort,
    StandardColumn::Month,
];

/// What stands in a column below its heading.
#[derive(Debug, Default)]
pub(super) struct ColumnFacts {
    pub(super) filled: usize,
    pub(super) numbers: usize,
    pub(super) dates: usize,
    /// How many of its cells name something that is defined, in the order of [`NAMES`].
    pub(super) named: [usize; NAMES.len()],
    /// How many of those are words: a letter or a number may name something by chance.
    words: [usize; NAMES.len()],
    /// Those that do not, but for totals: by [`NAMES`] all the same.
    pub(super) totals: BTreeSet<String>,
    /// Symbols in the place of numbers.
    pub(super) symbols: BTreeSet<String>,
    pub(super) distinct: HashSet<String>,
}

impl ColumnFacts {
    pub(super) fn of<'t>(
        rows: impl Iterator<Item = &'t RawRow>,
        position: usize,
        names: &NameFinder<'_>,
    ) -> Self {
        let mut facts = Self::default();
        for row in rows {
            let cell = row.cell(position);
            if cell.is_empty() {
                continue;
            }
            if is_total(cell) {
                facts.totals.insert(cell.to_owned());
                continue;
            }
            facts.filled += 1;
            match CellValue::read(cell) {
                Ok(CellValue::Number { .. }) => facts.numbers += 1,
                _ if dates::is_date(cell) => facts.dates += 1,
                Ok(CellValue::Suppressed | CellValue::Low | CellValue::Missing) => {
                    facts.numbers += 1;
                }
                _ if is_symbol(cell) => {
                    facts.symbols.insert(cell.to_owned());
                }
                _ => {}
            }
            for (place, column) in NAMES.iter().enumerate() {
                let is_named = is_named(*column, cell, names);
                facts.named[place] += usize::from(is_named);
                facts.words[place] += usize::from(is_named && is_word(cell));
            }
            facts.distinct.insert(name_key(cell));
        }
        facts
    }

    /// Whether at least so many hundredths of its cells name things of a kind.
    pub(super) fn names(&self, column: StandardColumn, percent: usize) -> bool {
        let named = self.named_of(column);
        named > 0 && named * 100 >= self.filled * percent
    }

    pub(super) fn named_of(&self, column: StandardColumn) -> usize {
        NAMES.iter().position(|name| *name == column).map_or(0, |place| self.named[place])
    }

    /// Whether so many of its cells name things of a kind in words that the others can be no names
    /// of people.
    pub(super) fn names_in_words(&self, column: StandardColumn) -> bool {
        const PERCENT: usize = 30;
        let words = NAMES.iter().position(|name| *name == column).map_or(0, |at| self.words[at]);
        words > 0 && words * 100 >= self.filled * PERCENT
    }

    /// Whether most of its cells are numbers, which may be ids.
    pub(super) fn is_mostly_numbers(&self) -> bool {
        self.numbers * 2 > self.filled
    }

    /// Whether its cells are numbers, but for a few.
    pub(super) fn has_numbers(&self) -> bool {
        self.numbers > 0 && self.numbers * 10 >= (self.filled - self.symbol_count()) * 9
    }

    /// Whether its cells are dates, but for a few.
    pub(super) fn has_dates(&self) -> bool {
        self.dates > 0 && self.dates * 10 >= self.filled * 9
    }

    fn symbol_count(&self) -> usize {
        self.symbols.len().min(self.filled)
    }
}

/// Whether a text names something that is defined, or is a month or a quarter.
pub(super) fn is_named(column: StandardColumn, text: &str, names: &NameFinder<'_>) -> bool {
    match column {
        StandardColumn::Month => {
            matches!(month_in(text), PeriodText::One(_))
                || matches!(text.parse(), Ok(NamedMonth::Quarter { .. }))
        }
        _ => names.has(column, text) == Some(true),
    }
}

/// Whether a text is that of a row of totals.
pub(super) fn is_total(text: &str) -> bool {
    let mut words = text.split(|letter: char| !letter.is_alphanumeric());
    words.any(|word| {
        ["total", "totals", "subtotal", "subtotals"]
            .iter()
            .any(|total| word.eq_ignore_ascii_case(total))
    })
}

/// Whether a cell is a number or a date.
pub(super) fn is_typed(cell: &str) -> bool {
    dates::is_date(cell) || matches!(CellValue::read(cell), Ok(CellValue::Number { .. }))
}

fn is_word(text: &str) -> bool {
    text.chars().filter(|letter| letter.is_alphabetic()).count() >= 4
}

/// Whether a heading says that its column has the names of indicators, or of areas.
pub(super) fn is_called(column: StandardColumn, heading: &str) -> bool {
    let called: &[&str] = match column {
        StandardColumn::Indicator => &[
            "indicator",
            "indicatorid",
            "indicatorname",
            "indicatorref",
            "kpi",
            "kpiname",
            "measure",
            "measurename",
            "metric",
            "performanceindicator",
            "performancemeasure",
        ],
        StandardColumn::Area => &[
            "area",
            "areaname",
            "authority",
            "borough",
            "council",
            "district",
            "districtname",
            "geography",
            "hub",
            "la",
            "laname",
            "localauthority",
            "locality",
            "region",
            "team",
        ],
        _ => &[],
    };
    called.contains(&name_key(heading).replace('_', "").as_str())
}

fn is_symbol(text: &str) -> bool {
    ["x", "k", "u", ":", "~", "*", "c", "z", ".."]
        .iter()
        .any(|symbol| text.eq_ignore_ascii_case(symbol))
}

/// Which of our columns of figures a heading is likely to be.
pub(super) fn figure_named(heading: &str) -> Option<StandardColumn> {
    match name_key(heading).as_str() {
        "num" | "numer" | "numerator" => Some(StandardColumn::Numerator),
        "den" | "denom" | "denominator" => Some(StandardColumn::Denominator),
        "value" | "%" | "percent" | "percentage" | "pct" | "rate" | "result" | "count"
        | "number" | "figure" | "total" | "average" => Some(StandardColumn::Value),
        _ => None,
    }
}
