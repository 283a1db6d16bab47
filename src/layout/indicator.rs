//! A page for an indicator: its chart and its periods, the working of its figure and its rating,
//! what the service has said over the last months, and where it is used.

use super::changes::{published_result, published_target};
use super::exceptions::{accountable, trend};
use super::notes::Notes;
use super::site::PublishedMonth;
use super::{
    Block, Cell, Column, Document, Field, Page, TableBuilder, TableName, area_name, document,
    explain, prose,
};
use crate::definition::{AreaId, Definition, IndicatorId};
use crate::history::COMMENTARY_LOOK_BACK;
use crate::month::Month;
use crate::record::results::{FigureResult, IndicatorInfo};
use crate::scorecard::Scorecard;
use crate::text::list;
use crate::wording;

/// A page for each of these indicators in each of the report's areas.
#[must_use]
pub fn indicators(scorecard: &Scorecard<'_>, indicators: &[IndicatorId]) -> Document {
    let of_indicator = |id: &IndicatorId| {
        let id = *id;
        let of_area = move |area: &AreaId| {
            let months = (0..COMMENTARY_LOOK_BACK).map(|back| scorecard.month.before(back));
            let said = months.filter_map(|month| {
                let extract = scorecard.history.extract(month)?;
                Some((month, extract.commentary.of(*area, id)?))
            });
            page(scorecard, *area, id, &said.collect::<Vec<_>>())
        };
        scorecard.scope.areas.iter().map(of_area)
    };
    let pages = indicators.iter().flat_map(of_indicator).collect();
    document(scorecard, Vec::new(), pages)
}

/// The page of an indicator on a site: as it is in the last month of `published`, the latest first,
/// and what was published of it month by month.
#[must_use]
pub fn through_time(
    scorecard: &Scorecard<'_>,
    id: IndicatorId,
    published: &[PublishedMonth<'_>],
) -> Document {
    let top = scorecard.definition.top;
    let name = scorecard.definition.indicator(id).id.as_str();
    let of_each = published.iter().filter_map(|month| {
        Some((month, month.results.top()?.figure(name), month.results.indicator(name)?))
    });
    let said = of_each.clone().filter_map(|(month, figure, _)| {
        let said = figure?.said()?;
        let back = scorecard.month.since(month.results.month);
        (back < i32::from(COMMENTARY_LOOK_BACK)).then_some((month.results.month, said))
    });
    let mut page = page(scorecard, top, id, &said.collect::<Vec<_>>());
    let mut table =
        TableBuilder::<(&PublishedMonth<'_>, Option<&FigureResult>, &IndicatorInfo)>::new();
    table.column(Column::text("Published for"), |(month, ..)| {
        Cell::text(month.results.month.long()).leading_to(month.address.clone())
    });
    table.optional_column(Column::text("Figure of"), |(month, figure, _)| {
        let of = figure.map(|figure| figure.data_month).filter(|of| *of != month.results.month);
        of.map_or_else(Cell::missing, |of| Cell::text(of.short()))
    });
    table.column(Column::number("Result"), |(_, figure, indicator)| {
        figure.map_or_else(Cell::missing, |figure| published_result(figure, indicator))
    });
    table.column(Column::mark("RAG Status"), |(_, figure, _)| {
        Cell::rag(figure.and_then(|figure| figure.rag))
    });
    table.column(Column::number("Target"), |(_, figure, indicator)| {
        figure.map_or_else(Cell::missing, |figure| published_target(figure, indicator))
    });
    for row in of_each {
        table.row(&row);
    }
    page.blocks.push(Block::heading("As published"));
    page.blocks.push(Block::Table(table.finish("What was published of it, the latest first")));
    document(scorecard, Vec::new(), vec![page])
}

fn page(scorecard: &Scorecard<'_>, area: AreaId, id: IndicatorId, said: &[(Month, &str)]) -> Page {
    let definition = scorecard.definition;
    let (indicator, area_name) = (definition.indicator(id), area_name(scorecard, area));
    let notes = Notes::default();
    let mut about = vec![Field::new("Section", &indicator.section)];
    about.extend(accountable(indicator));
    about.push(Field::new("Polarity", wording::polarity(indicator.polarity)));
    let source = indicator.accountability.source.as_ref();
    about.extend(source.map(|source| Field::new("Source", source)));
    about.extend(indicator.note.as_ref().map(|note| Field::new("Note", note)));
    let later = wording::later_targets(definition, indicator, scorecard.month);
    about.extend((!later.is_empty()).then(|| Field::new("Later targets", later)));
    let mut blocks = vec![Block::Fields(about)];
    let entry = scorecard.entry(area, id);
    if definition.has_table(TableName::Trend) {
        blocks.extend(entry.map(|entry| Block::Series(trend(scorecard, indicator, entry, &notes))));
    }
    blocks.extend(explain::blocks(scorecard, area, id, &notes));
    // What is said of an indicator stands with the exceptions.
    if definition.has_table(TableName::Exceptions) {
        blocks.extend(commentary(scorecard.month, said));
    }
    blocks.push(Block::heading("Where it is used"));
    let used = uses(definition, id);
    blocks.push(if used.is_empty() {
        Block::paragraph("In the scorecard, and nowhere else.")
    } else {
        Block::Fields(used)
    });
    let is_of_several = scorecard.scope.areas.len() > 1;
    let shown_id = indicator.shown_id();
    Page {
        table: None,
        name: if is_of_several { format!("{shown_id} - {area_name}") } else { shown_id.to_owned() },
        title: format!("{}: {area_name}", wording::named(indicator)),
        area: Some(area_name.to_owned()),
        blocks,
        notes: notes.into_texts(),
    }
}

/// What the service has said of the indicator in the last months, the latest first.
fn commentary(up_to: Month, said: &[(Month, &str)]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (month, markdown) in said {
        blocks.push(prose::heading(month.long()));
        blocks.extend(prose::parse(markdown));
    }
    if blocks.is_empty() {
        let none = format!(
            "There is no commentary from the service in the {COMMENTARY_LOOK_BACK} months up to {}.",
            up_to.long()
        );
        blocks.push(prose::paragraph(none));
    }
    vec![Block::heading("What the service says"), Block::Prose(blocks)]
}

/// What shows the indicator or is worked out from it, beside the scorecard.
fn uses(definition: &Definition, id: IndicatorId) -> Vec<Field> {
    let named = |id: IndicatorId| wording::named(definition.indicator(id));
    let mut fields = Vec::new();
    let products = definition.products.iter().filter(|product| product.indicators.contains(&id));
    let products: Vec<_> =
        products.map(|product| format!("{} ({})", product.title, product.id)).collect();
    if !products.is_empty() {
        fields.push(Field::new("Papers", products.join("; ")));
    }
    let has_frameworks = definition.has_table(TableName::Framework);
    for framework in definition.frameworks.iter().filter(|_| has_frameworks) {
        let columns = framework.columns.iter().filter(|column| column.has(id));
        let columns: Vec<_> = columns.map(|column| column.name.as_str()).collect();
        if !columns.is_empty() {
            fields.push(Field::new(&framework.title, list(&columns)));
        }
    }
    for other in definition.indicator_ids() {
        let indicator = definition.indicator(other);
        if indicator.gap.is_some_and(|gap| gap.indicator == id) {
            fields.push(Field::new("A gap within it", named(other)));
        }
        if indicator.coverage.as_ref().is_some_and(|coverage| coverage.indicator == id) {
            fields.push(Field::new("Decides whether it is rated", named(other)));
        }
    }
    let indicator = definition.indicator(id);
    fields.extend(indicator.gap.map(|gap| Field::new("It is a gap within", named(gap.indicator))));
    let coverage = indicator.coverage.as_ref();
    fields.extend(
        coverage.map(|coverage| Field::new("Its rating depends on", named(coverage.indicator))),
    );
    fields
}
