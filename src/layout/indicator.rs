//! A page for an indicator: its chart and its periods, the working of its figure and its rating,
//! what the service has said over the last months, and where it is used.

use super::exceptions::{accountable, trend};
use super::notes::Notes;
use super::{Block, Document, Field, Page, area_name, document, explain, prose};
use crate::definition::{AreaId, Definition, IndicatorId};
use crate::history::COMMENTARY_LOOK_BACK;
use crate::scorecard::Scorecard;
use crate::text::list;
use crate::wording;

/// A page for each of these indicators in each of the report's areas.
#[must_use]
pub fn indicators(scorecard: &Scorecard<'_>, indicators: &[IndicatorId]) -> Document {
    let of_indicator = |id: &IndicatorId| {
        let id = *id;
        scorecard.scope.areas.iter().map(move |area| page(scorecard, *area, id))
    };
    let pages = indicators.iter().flat_map(of_indicator).collect();
    document(scorecard, Vec::new(), pages)
}

fn page(scorecard: &Scorecard<'_>, area: AreaId, id: IndicatorId) -> Page {
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
    blocks.extend(entry.map(|entry| Block::Series(trend(scorecard, indicator, entry, &notes))));
    blocks.extend(explain::blocks(scorecard, area, id, &notes));
    blocks.extend(commentary(scorecard, area, id));
    blocks.push(Block::Heading("Where it is used".to_owned()));
    let used = uses(definition, id);
    blocks.push(if used.is_empty() {
        Block::Prose(vec![prose::paragraph("In the scorecard, and nowhere else.")])
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
fn commentary(scorecard: &Scorecard<'_>, area: AreaId, id: IndicatorId) -> Vec<Block> {
    let mut said = Vec::new();
    for month in (0..COMMENTARY_LOOK_BACK).map(|back| scorecard.month.before(back)) {
        let extract = scorecard.history.extract(month);
        let markdown = extract.and_then(|extract| extract.commentary.of(area, id));
        if let Some(markdown) = markdown {
            said.push(prose::heading(month.long()));
            said.extend(prose::parse(markdown));
        }
    }
    if said.is_empty() {
        let none = format!(
            "There is no commentary from the service in the {COMMENTARY_LOOK_BACK} months up to {}.",
            scorecard.month.long()
        );
        said.push(prose::paragraph(none));
    }
    vec![Block::Heading("What the service says".to_owned()), Block::Prose(said)]
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
    for framework in &definition.frameworks {
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
