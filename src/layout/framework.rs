//! What indicators contribute to: indicators down, the columns of a framework across, and in each
//! the indicator's rating.

use super::{Block, Cell, Column, Page, TableBuilder, TableName, area_name, prose, whole_cell};
use crate::assess::Entry;
use crate::definition::{AreaId, Framework, FrameworkColumn, Indicator};
use crate::rating::Rag;
use crate::scorecard::Scorecard;
use crate::text::{and, plural};
use crate::wording;

/// The heading of the counts.
const HOW_MANY: &str = "HOW MANY";

/// A page for each framework and area of the report.
pub(super) fn pages(scorecard: &Scorecard<'_>) -> Vec<Page> {
    let of_area = |framework| {
        scorecard
            .chosen()
            .map(move |assessed| page(scorecard, framework, assessed.area, &assessed.entries))
    };
    scorecard.definition.frameworks.iter().flat_map(of_area).collect()
}

fn page(
    scorecard: &Scorecard<'_>,
    framework: &Framework,
    area: AreaId,
    entries: &[Entry<'_>],
) -> Page {
    let area_name = area_name(scorecard, area);
    let title = format!("{}: {area_name}", framework.title);
    let name = super::report_name(scorecard);
    let table = ticks(scorecard, framework, area_name, entries);
    let mut blocks = vec![Block::Table(table.finish(format!("{title}, {name}")))];
    let gaps = gaps(scorecard, framework);
    if !gaps.is_empty() {
        blocks.push(Block::Prose(gaps.into_iter().map(prose::paragraph).collect()));
    }
    Page {
        table: Some(TableName::Framework),
        name: super::page_name(scorecard, &framework.title, area),
        title,
        area: Some(area_name.to_owned()),
        blocks,
        notes: Vec::new(),
    }
}

/// Every indicator of the framework in its section, ticked with its rating; below them how many of
/// each column are rated what.
fn ticks<'t, 'e: 't>(
    scorecard: &'t Scorecard<'_>,
    framework: &'t Framework,
    area: &'t str,
    entries: &'t [Entry<'e>],
) -> TableBuilder<'t, FrameworkRow<'t, 'e>> {
    let mut table = TableBuilder::<FrameworkRow<'t, 'e>>::new();
    table.column(Column::ids(), |row| match row {
        FrameworkRow::Indicator(_, indicator) => Cell::text(indicator.shown_id()),
        FrameworkRow::Count(_) => Cell::text(""),
    });
    table.column(Column::flexible("Indicators"), |row| match row {
        FrameworkRow::Indicator(_, indicator) => Cell::text(&indicator.name),
        FrameworkRow::Count(Some(standing)) => Cell::text(standing.word()),
        FrameworkRow::Count(None) => Cell::text("Indicators"),
    });
    for column in &framework.columns {
        table.column(Column::mark(&column.name), move |row| match row {
            FrameworkRow::Indicator(entry, _) if column.has(entry.indicator) => {
                Standing::of(entry).cell().about(area, entry.indicator)
            }
            FrameworkRow::Indicator(..) => Cell::text(""),
            FrameworkRow::Count(standing) => whole_cell(count(column, *standing, entries)),
        });
    }
    table.column(Column::alone("Section"), |row| match row {
        FrameworkRow::Indicator(_, indicator) => Cell::text(&indicator.section),
        FrameworkRow::Count(_) => Cell::text(HOW_MANY),
    });
    for entry in entries.iter().filter(|entry| framework.has(entry.indicator)) {
        let indicator = scorecard.definition.indicator(entry.indicator);
        table.row_in(&indicator.section, &FrameworkRow::Indicator(entry, indicator));
    }
    for standing in Standing::ALL.map(Some).into_iter().chain([None]) {
        table.row_in(HOW_MANY, &FrameworkRow::Count(standing));
    }
    table
}

/// How many indicators of a column stand there, or how many there are.
fn count(column: &FrameworkColumn, standing: Option<Standing>, entries: &[Entry<'_>]) -> usize {
    let ticked = entries.iter().filter(|entry| column.has(entry.indicator));
    ticked.filter(|entry| standing.is_none_or(|standing| Standing::of(entry) == standing)).count()
}

/// The sections of the scorecard and of the framework, and the columns of the framework, without an
/// indicator. They are those of the register, whichever part of it a product shows.
fn gaps(scorecard: &Scorecard<'_>, framework: &Framework) -> Vec<String> {
    let definition = scorecard.definition;
    let of_framework = framework.sections.iter().map(|name| (name.as_str(), false));
    let of_indicators = definition
        .indicators_in_force(scorecard.month)
        .map(|id| (definition.indicator(id).section.as_str(), framework.has(id)));
    let mut sections: Vec<(&str, bool)> = Vec::new();
    for (section, has) in of_framework.chain(of_indicators) {
        match sections.iter_mut().find(|(name, _)| *name == section) {
            Some((_, any)) => *any |= has,
            None => sections.push((section, has)),
        }
    }
    let in_force: Vec<_> = definition.indicators_in_force(scorecard.month).collect();
    let is_empty = |column: &&FrameworkColumn| !in_force.iter().any(|id| column.has(*id));
    let named = |names: &[String]| and(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let quoted = |name: &str| format!("\"{name}\"");
    let sections = sections.into_iter().filter(|(_, any)| !any).map(|(section, _)| quoted(section));
    let columns = framework.columns.iter().filter(is_empty).map(|column| quoted(&column.name));
    let [sections, columns]: [Vec<_>; 2] = [sections.collect(), columns.collect()];
    let without_sections = (!sections.is_empty()).then(|| {
        let of = plural(sections.len(), "section", "sections");
        format!("No indicator of the {of} {} is in the framework.", named(&sections))
    });
    let without_columns = (!columns.is_empty()).then(|| {
        let under = plural(columns.len(), "under", "under any of");
        format!("No indicator is {under} {}.", named(&columns))
    });
    without_sections.into_iter().chain(without_columns).collect()
}

/// A row of the table.
enum FrameworkRow<'r, 'e> {
    /// An indicator of the area.
    Indicator(&'r Entry<'e>, &'r Indicator),
    /// How many are rated this, or how many there are.
    Count(Option<Standing>),
}

/// What can be said of an indicator in one word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Rated(Rag),
    NotRated,
    NoFigure,
}

impl Standing {
    const ALL: [Self; 5] = [
        Self::Rated(Rag::Green),
        Self::Rated(Rag::Amber),
        Self::Rated(Rag::Red),
        Self::NotRated,
        Self::NoFigure,
    ];

    fn of(entry: &Entry<'_>) -> Self {
        match entry.including.as_ref().map(|assessed| assessed.rag) {
            Some(Some(rag)) => Self::Rated(rag),
            Some(None) => Self::NotRated,
            None => Self::NoFigure,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Rated(rag) => wording::rag(rag),
            Self::NotRated => wording::NOT_RATED,
            Self::NoFigure => wording::NO_FIGURE,
        }
    }

    fn cell(self) -> Cell {
        match self {
            Self::Rated(rag) => Cell::rag(Some(rag)),
            Self::NotRated | Self::NoFigure => Cell::text(self.word()),
        }
    }
}
