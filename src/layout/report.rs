//! The report: the pages that are asked for, or all of the committee pack.

use std::collections::HashSet;

use clap::ValueEnum;

use super::block::{About, Block, Document, Page, Table};
use super::document::document;
use super::table_name::TableName;
use super::{
    activity, areas, covering, definitions, exceptions, explain, impact, key, scorecard, summary,
    trend,
};
use crate::assess::{AssessedArea, Entry};
use crate::definition::{AreaId, IndicatorId};
use crate::scorecard::Scorecard;

/// Lays out `tables` of the scorecard.
pub fn lay_out(scorecard: &Scorecard<'_>, tables: &[TableName]) -> Document {
    let pages = tables.iter().flat_map(|table| pages(*table, scorecard)).collect();
    document(scorecard, Vec::new(), pages)
}

/// Lays out the whole committee pack: every table, a scorecard of each further area that has
/// figures, and the paragraphs of the covering report.
pub fn pack(scorecard: &Scorecard<'_>) -> Document {
    let mut all = Vec::new();
    for table in TableName::value_variants() {
        all.extend(pages(*table, scorecard));
        if *table == TableName::Areas {
            let is_further =
                |assessed: &&AssessedArea<'_>| !scorecard.scope.is_chosen(assessed.area);
            let further = scorecard.areas.iter().filter(is_further);
            all.extend(further.filter_map(|further| {
                scorecard::further_page(scorecard, further.area, &further.entries)
            }));
        }
    }
    let covering = scorecard
        .chosen()
        .flat_map(|assessed| covering::blocks(scorecard, assessed.area, &assessed.entries))
        .collect();
    document(scorecard, covering, all)
}

/// The pages of a table: one, or one for each area of the report.
fn pages(table: TableName, scorecard: &Scorecard<'_>) -> Vec<Page> {
    let of_each = |page: fn(&Scorecard<'_>, AreaId, &[Entry<'_>]) -> Page| {
        scorecard
            .chosen()
            .map(|assessed| page(scorecard, assessed.area, &assessed.entries))
            .collect()
    };
    match table {
        TableName::Summary => of_each(summary::page),
        TableName::Scorecard => of_each(scorecard::page),
        TableName::Areas => areas::page(scorecard).into_iter().collect(),
        TableName::Activity => activity::page(scorecard).into_iter().collect(),
        TableName::Impact => impact::pages(scorecard),
        TableName::Exceptions => of_each(exceptions::page),
        TableName::Trend => trend::pages(scorecard),
        TableName::Definitions => vec![definitions::page(scorecard)],
        TableName::Notes => vec![key::page(scorecard)],
    }
}

/// Adds the working of every figure on the pages that is of one of the report's own areas, in the
/// order in which they appear.
pub fn add_workings(scorecard: &Scorecard<'_>, document: &mut Document) {
    let mut seen = HashSet::new();
    let figures: Vec<(AreaId, IndicatorId)> = document
        .pages
        .iter()
        .flat_map(|page| &page.blocks)
        .filter_map(Block::table)
        .flat_map(Table::cells)
        .flatten()
        .filter_map(|cell| {
            let About { area, indicator } = cell.about.as_ref()?;
            Some((scorecard.definition.find_area(area)?, (*indicator)?))
        })
        .filter(|figure| scorecard.scope.is_chosen(figure.0) && seen.insert(*figure))
        .collect();
    document.workings = figures
        .into_iter()
        .map(|(area, indicator)| explain::working(scorecard, area, indicator))
        .collect();
}
