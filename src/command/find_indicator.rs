//! Which indicator is meant by an id, a reference or words of a name on the command line.

use crate::definition::{Definition, IndicatorId, Lookup};
use crate::diagnostic::{Code, Finding, Findings};
use crate::text::{did_you_mean, quote};

/// The indicator that is asked for, if the product that is shown has it.
pub(super) fn shown(
    definition: &Definition,
    id: &str,
    findings: &mut Findings,
) -> Option<IndicatorId> {
    let found = find(definition, id, findings)?;
    let Some(product) = definition.product().filter(|_| !definition.shows(found)) else {
        return Some(found);
    };
    let indicator = definition.indicator(found).shown_id();
    findings.push(Finding::nowhere(
        Code::UnknownIndicator,
        format!("the product {} does not show {}", quote(&product.id), quote(indicator)),
        "leave out --product, or name an indicator that it shows",
    ));
    None
}

/// The most indicators that are listed where a text can mean several.
const MOST_LISTED: usize = 12;

/// The indicator that goes by `id`, or is shown as it.
fn find(definition: &Definition, id: &str, findings: &mut Findings) -> Option<IndicatorId> {
    let id = id.trim();
    let by_reference = || {
        definition
            .indicator_ids()
            .find(|indicator| definition.indicator(*indicator).reference.as_deref() == Some(id))
    };
    let alike = definition.look_up_indicator(id);
    let found = definition.find_indicator(id).or_else(by_reference);
    if let (None, Lookup::Several(names)) = (found, &alike) {
        let names: Vec<_> = names.iter().map(|name| quote(name)).collect();
        findings.push(Finding::nowhere(
            Code::UnknownIndicator,
            format!("{} can mean {}", quote(id), names.join(" or ")),
            format!("write it exactly as in {}", definition.path),
        ));
        return None;
    }
    let found = found.or_else(|| alike.one());
    let by_words = if found.is_none() { by_words(definition, id) } else { Vec::new() };
    if by_words.len() > 1 {
        findings.push(several(definition, id, &by_words));
        return None;
    }
    let found = found.or_else(|| by_words.first().copied());
    if found.is_none() {
        let guess = did_you_mean(
            id,
            definition
                .indicators
                .iter()
                .flat_map(|indicator| [indicator.id.as_str(), indicator.shown_id()]),
        );
        let ids: Vec<_> =
            definition.indicators.iter().take(20).map(|indicator| indicator.id.as_str()).collect();
        let more = if definition.indicators.len() > ids.len() { ", and more" } else { "" };
        findings.push(Finding::nowhere(
            Code::UnknownIndicator,
            format!("there is no indicator {}", quote(id)),
            format!("{guess}the ids are {}{more}; words of its name will do too", ids.join(", ")),
        ));
    }
    found
}

/// The indicators whose names have every word of a text, or words that begin with them.
fn by_words(definition: &Definition, text: &str) -> Vec<IndicatorId> {
    let wanted = words(text);
    let has_all = |id: &IndicatorId| {
        let name = words(&definition.indicator(*id).name);
        wanted.iter().all(|word| name.iter().any(|known| known.starts_with(word.as_str())))
    };
    if wanted.is_empty() {
        Vec::new()
    } else {
        definition.indicator_ids().filter(has_all).collect()
    }
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// That a text can mean several indicators: which.
fn several(definition: &Definition, text: &str, found: &[IndicatorId]) -> Finding {
    let shown = found.iter().take(MOST_LISTED).map(|id| {
        let indicator = definition.indicator(*id);
        format!("{} ({})", indicator.shown_id(), indicator.name)
    });
    let more = found.len().saturating_sub(MOST_LISTED);
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    let shown: Vec<_> = shown.collect();
    Finding::nowhere(
        Code::UnknownIndicator,
        format!("{} indicators have {} in their name", found.len(), quote(text)),
        format!("name one by its id: {}{more}", shown.join(", ")),
    )
}
