//! From the scorecard to pages of blocks: what every page format renders.
//!
//! One file a table. Nothing is rated or rounded here that a rule has not answered; figures become typed cells.

mod activity;
mod areas;
mod block;
mod changes;
mod diff;
mod exceptions;
mod explain;
mod impact;
mod notes;
mod outstanding;
pub mod prose;
mod revisions;
mod scorecard;
mod summary;

use clap::ValueEnum;

pub use block::{Align, Block, Cell, Column, Document, Field, NOTHING, Number, Page, Room, Row, Table, Value};
pub use changes::{Reproduced, reproduced};
pub use diff::diff;
pub use explain::explain;
pub use outstanding::outstanding;
pub use revisions::{Step, revisions};

use crate::assess::{Assessed, Entry};
use crate::definition::{AreaId, AreaKind, Indicator, Standard, Unit};
use crate::extract::Status;
use crate::figure::{Amount, Decimal, Ratio};
use crate::scorecard::Scorecard;
use crate::wording;

/// A table of the dashboard, in the order of the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum TableName {
    /// How many are rated what, what moved, what changed rating, and what is red since when
    Summary,
    /// Every indicator: result, rating, target, previous result, outturn and direction of travel
    Scorecard,
    /// Indicators down, areas across
    Areas,
    /// What each area and team did
    Activity,
    /// The results with a cohort left out, and the variance
    Impact,
    /// A report on each red indicator
    Exceptions,
}

/// Lays out `tables` of the scorecard.
pub fn lay_out(scorecard: &Scorecard<'_>, tables: &[TableName]) -> Document {
    // Each area is assessed once, whichever tables want it.
    let is_wanted = |area: &AreaId| {
        let is_area = scorecard.definition.area(*area).kind == AreaKind::Area;
        is_area && (scorecard.is_chosen(*area) || tables.iter().any(|table| matches!(table, TableName::Areas | TableName::Impact)))
    };
    let assessed: Vec<(AreaId, Vec<Entry<'_>>)> =
        scorecard.within().filter(is_wanted).map(|area| (area, scorecard.assessor.area(area).collect())).collect();
    let chosen = || assessed.iter().filter(|(area, _)| scorecard.is_chosen(*area));
    let mut pages = Vec::new();
    for table in tables {
        match table {
            TableName::Summary => pages.extend(chosen().map(|(area, entries)| summary::page(scorecard, *area, entries))),
            TableName::Scorecard => pages.extend(chosen().map(|(area, entries)| scorecard::page(scorecard, *area, entries))),
            TableName::Areas => pages.extend(areas::page(scorecard, &assessed)),
            TableName::Activity => pages.extend(activity::page(scorecard)),
            TableName::Impact => pages.extend(impact::pages(scorecard, &assessed)),
            TableName::Exceptions => pages.extend(chosen().map(|(area, entries)| exceptions::page(scorecard, *area, entries))),
        }
    }
    Document { title: scorecard.definition.title.clone(), facts: facts(scorecard), pages, several_areas: scorecard.areas.len() > 1 }
}

/// Whose report it is, for which month, as at when.
fn facts(scorecard: &Scorecard<'_>) -> Vec<Field> {
    let about = scorecard.extract().map(|extract| &extract.about);
    let mut facts = Vec::new();
    if let Some(organisation) = &scorecard.definition.organisation {
        facts.push(Field::new("Organisation", organisation));
    }
    facts.push(Field::new("Month", scorecard.month.long()));
    if let Some(about) = about {
        let dates = [("As at", about.as_at), ("Extracted", about.extracted), ("Meeting", about.meeting)];
        facts.extend(dates.into_iter().filter_map(|(label, date)| Some(Field::new(label, wording::date(date?)))));
    }
    let is_final = about.is_some_and(|about| about.status == Some(Status::Final));
    facts.push(Field::new("Status", wording::standing(scorecard.standing(), is_final)));
    facts
}

/// The name of an area in headings: the top area's own pages carry it too.
fn area_name<'s>(scorecard: &Scorecard<'s>, area: AreaId) -> &'s str {
    &scorecard.definition.area(area).name
}

// Cells that more than one table has.

/// A result, or what stands for one.
fn result_cell(assessed: Option<&Assessed<'_>>, indicator: &Indicator) -> Cell {
    match assessed {
        None => Cell::missing(),
        Some(assessed) => match &assessed.outcome {
            Some(outcome) => outcome_cell(&outcome.exact, indicator),
            None => Cell::text(wording::no_result(&assessed.figure.amount)),
        },
    }
}

/// A result that there is.
fn outcome_cell(exact: &Ratio, indicator: &Indicator) -> Cell {
    number_cell(exact, indicator.decimals, indicator.unit == Unit::Percent, false)
}

/// A variance in the indicator's unit, with its sign.
fn variance_cell(difference: &Ratio, indicator: &Indicator) -> Cell {
    number_cell(difference, indicator.decimals, indicator.unit == Unit::Percent, true)
}

fn number_cell(exact: &Ratio, places: u8, percent: bool, signed: bool) -> Cell {
    Cell::number(Number { exact: exact.clone(), shown: exact.round(places), percent, signed })
}

/// A count as it was given.
fn count_cell(count: &Decimal) -> Cell {
    Cell::number(Number { exact: count.into(), shown: count.clone().trimmed(), percent: false, signed: false })
}

/// How many there are of something.
fn whole_cell(count: usize) -> Cell {
    count_cell(&Decimal::new(i64::try_from(count).unwrap_or(i64::MAX), 0))
}

/// The numerator and the denominator, where there are any.
fn ratio_cells(amount: Option<&Amount>) -> [Cell; 2] {
    match amount {
        Some(Amount::Ratio { numerator, denominator }) => [count_cell(numerator), count_cell(denominator)],
        Some(Amount::Suppressed) => [Cell::text(wording::SUPPRESSED), Cell::text(wording::SUPPRESSED)],
        Some(Amount::Value(_)) | None => [Cell::missing(), Cell::missing()],
    }
}

/// The target that a figure is rated against: a number, or the words for a pair.
fn target_cell(standard: Option<&Standard>, indicator: &Indicator) -> Cell {
    let Some(standard) = standard else { return Cell::missing() };
    let (low, high) = standard.bands.target();
    if low == high { Cell::number(limit(low, indicator)) } else { Cell::pair(limit(low, indicator), limit(high, indicator)) }
}

/// The floor that a figure is rated against: a number, or a pair for T.
fn floor_cell(standard: Option<&Standard>, indicator: &Indicator) -> Cell {
    let Some(bands) = standard.map(|standard| &standard.bands) else { return Cell::missing() };
    match (bands.floor_low(), bands.floor_high()) {
        (Some(low), Some(high)) => Cell::pair(limit(low, indicator), limit(high, indicator)),
        (Some(floor), None) | (None, Some(floor)) => Cell::number(limit(floor, indicator)),
        (None, None) => Cell::missing(),
    }
}

/// A target or a floor, with at least the displayed decimals and never rounded.
fn limit(limit: &Decimal, indicator: &Indicator) -> Number {
    let shown = limit.clone().trimmed().padded(indicator.decimals);
    Number { exact: limit.into(), shown, percent: indicator.unit == Unit::Percent, signed: false }
}

/// Rows under the headings of their sections, in the order of the definitions; a section that comes again is headed again.
#[derive(Default)]
struct Sections {
    rows: Vec<Row>,
    open: Option<String>,
}

impl Sections {
    fn push(&mut self, section: &str, cells: Vec<Cell>) {
        if self.open.as_deref() != Some(section) {
            self.rows.push(Row::Section(section.to_owned()));
            self.open = Some(section.to_owned());
        }
        self.rows.push(Row::Cells(cells));
    }
}
