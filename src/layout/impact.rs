//! The impact of a cohort: each indicator with it and without it, and the variance.

use super::notes::Notes;
use super::{
    Block, Cell, Column, Page, Row, Table, TableName, excluding_cell, prose, ratio_cells,
    result_cell, target_cell,
};
use crate::assess::{Entry, Excluding, Variance};
use crate::definition::{AreaId, Group, IndicatorId};
use crate::population::CohortId;
use crate::scorecard::Scorecard;

/// A page for each cohort.
pub(super) fn pages(scorecard: &Scorecard<'_>, assessed: &[(AreaId, Vec<Entry<'_>>)]) -> Vec<Page> {
    scorecard.definition.cohort_ids().map(|cohort| page(scorecard, cohort, assessed)).collect()
}

fn page(scorecard: &Scorecard<'_>, id: CohortId, areas: &[(AreaId, Vec<Entry<'_>>)]) -> Page {
    let definition = scorecard.definition;
    let cohort = definition.cohort(id);
    let mut notes = Notes::default();
    let mut rows = Vec::new();
    let everything = [Group::default()];
    let groups = if cohort.groups.is_empty() { &everything[..] } else { &cohort.groups[..] };
    for group in groups {
        let blocks: Vec<_> = areas
            .iter()
            .filter(|(area, _)| group.areas.as_ref().is_none_or(|areas| areas.contains(area)))
            .map(|(area, entries)| (*area, of_group(entries, id, group)))
            .filter(|(_, found)| !found.is_empty())
            .collect();
        // The paper names the area in the heading of a block, unless the group is of one area
        // alone.
        let is_of_one_area = group.areas.as_ref().is_some_and(|areas| areas.len() == 1);
        for (area, found) in blocks {
            let name = &definition.area(area).name;
            let heading = match &group.title {
                Some(title) if is_of_one_area => title.clone(),
                Some(title) => format!("{title} - {}", name.to_uppercase()),
                None => name.to_uppercase(),
            };
            rows.push(Row::Section(heading.clone()));
            rows.extend(found.into_iter().map(|(entry, excluding)| {
                Row::Cells(row(scorecard, area, &heading, entry, excluding, &mut notes))
            }));
        }
    }
    let title = cohort.title.clone().unwrap_or_else(|| format!("Impact of {}", cohort.name));
    let table = Table {
        caption: format!("{title}, {}", scorecard.month.long()),
        columns: columns(scorecard, &cohort.name),
        rows,
    };
    let nothing = table.rows.is_empty().then(|| {
        Block::Prose(vec![prose::paragraph(format!(
            "There are no figures without {}.",
            cohort.name
        ))])
    });
    Page {
        table: Some(TableName::Impact),
        name: title.clone(),
        title,
        area: None,
        blocks: nothing.into_iter().chain([Block::Table(table)]).collect(),
        notes: notes.into_texts(),
    }
}

/// The entries of a group that have a figure without the cohort, in the group's order.
///
/// An indicator that leaves the cohort out anyway says nothing of its impact: it is there only
/// where the group names it.
fn of_group<'e, 'a>(
    entries: &'a [Entry<'e>],
    cohort: CohortId,
    group: &Group,
) -> Vec<(&'a Entry<'e>, &'a Excluding<'e>)> {
    let without = |entry: &'a Entry<'e>| {
        Some((entry, entry.excluding.iter().find(|excluding| excluding.cohort == cohort)?))
    };
    if let Some(indicators) = &group.indicators {
        return indicators.iter().filter_map(|id| without(find(entries, *id)?)).collect();
    }
    let applies =
        |found: &(&Entry<'_>, &Excluding<'_>)| !matches!(found.1.variance, Variance::NotApplicable);
    entries.iter().filter_map(without).filter(applies).collect()
}

fn find<'e, 'a>(entries: &'a [Entry<'e>], id: IndicatorId) -> Option<&'a Entry<'e>> {
    entries.iter().find(|entry| entry.indicator == id)
}

fn columns(scorecard: &Scorecard<'_>, cohort: &str) -> Vec<Column> {
    let year = scorecard.definition.financial_year(scorecard.month).short();
    // With more than one cohort a table that stands alone has rows of each.
    let several = scorecard.definition.cohorts.len() > 1;
    let headed = |column: fn(String) -> Column, which: &str, what: &str| {
        let heading = format!("{which} {cohort} {what}");
        let full = if several { format!("{which} {what}") } else { heading.clone() };
        let short = format!("{} {what}", if which == "Including" { "Incl." } else { "Excl." });
        column(heading).in_full(full).in_short(short).under(format!("{which} {cohort}"), what)
    };
    let mut columns = vec![Column::alone("Area")];
    if several {
        columns.push(Column::alone("Cohort"));
    }
    columns.extend([
        Column::text("ID"),
        Column::flexible("Indicators"),
        Column::mark("Polarity").in_short("Pol.").spare(3),
        Column::mark("Data Period").in_short("Per.").spare(3),
        headed(Column::number, "Including", "Result"),
        headed(Column::mark, "Including", "RAG"),
        headed(Column::number, "Including", "Num").spare(2),
        headed(Column::number, "Including", "Denom").spare(2),
        Column::number(format!("Target for {year}")).in_short(format!("Target {year}")).spare(1),
        headed(Column::number, "Excluding", "Result"),
        headed(Column::mark, "Excluding", "RAG"),
        headed(Column::number, "Excluding", "Num").spare(2),
        headed(Column::number, "Excluding", "Denom").spare(2),
        Column::number("Variance").in_short("Var."),
        Column::alone("Group"),
    ]);
    columns
}

fn row(
    scorecard: &Scorecard<'_>,
    area: AreaId,
    heading: &str,
    entry: &Entry<'_>,
    excluding: &Excluding<'_>,
    notes: &mut Notes,
) -> Vec<Cell> {
    let definition = scorecard.definition;
    let indicator = definition.indicator(entry.indicator);
    let note = indicator.note.as_ref().map(|note| notes.mark(note));
    let (including, without) = (entry.including.as_ref(), &excluding.assessed);
    let mut rag = |assessed: Option<&crate::assess::Assessed<'_>>| {
        let tie = assessed.and_then(|assessed| notes.rating_tie(definition, assessed, indicator));
        Cell::rag(assessed.and_then(|assessed| assessed.rag)).noted(tie)
    };
    let (including_rag, excluding_rag) = (rag(including), rag(Some(without)));
    let [including_numerator, including_denominator] =
        ratio_cells(including.map(|including| &including.figure.amount));
    let [excluding_numerator, excluding_denominator] = ratio_cells(Some(&without.figure.amount));
    let carried = including
        .and_then(|including| notes.carried_forward(definition, including, scorecard.month));
    let variance = excluding_cell(excluding, including, indicator);
    let tie = notes.variance_tie(&excluding.variance, without, including, indicator);
    let including_result = notes.firmness(
        result_cell(including, indicator),
        including.map(|including| &including.figure),
        indicator,
    );
    let excluding_result =
        notes.firmness(result_cell(Some(without), indicator), Some(&without.figure), indicator);
    let mut cells = vec![Cell::text(&definition.area(area).name)];
    if definition.cohorts.len() > 1 {
        cells.push(Cell::text(&definition.cohort(excluding.cohort).name));
    }
    cells.extend([
        Cell::text(indicator.shown_id()),
        Cell::text(&indicator.name).noted(note),
        Cell::text(indicator.polarity.as_str()),
        Cell::text(indicator.period.as_str()),
        including_result.noted(carried).about(&definition.area(area).name, entry.indicator),
        including_rag,
        including_numerator,
        including_denominator,
        target_cell(without.standard, indicator),
        excluding_result.about(&definition.area(area).name, entry.indicator),
        excluding_rag,
        excluding_numerator,
        excluding_denominator,
        variance.noted(tie),
        Cell::text(heading),
    ]);
    cells
}
