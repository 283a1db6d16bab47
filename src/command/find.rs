//! Which indicator or activity is meant by an id, a reference or words of a name on the command
//! line.

use crate::definition::{ActivityId, Definition, IndicatorId, Lookup};
use crate::diagnostic::{Code, Finding, Findings};
use crate::text::{did_you_mean, quote};

/// What has figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Indicator(IndicatorId),
    Activity(ActivityId),
}

/// The indicator that is asked for, if the product that is shown has it.
pub(super) fn indicator(
    definition: &Definition,
    id: &str,
    findings: &mut Findings,
) -> Option<IndicatorId> {
    match find(definition, id, false, findings)? {
        Named::Indicator(found) => shown(definition, found, findings),
        Named::Activity(_) => None,
    }
}

/// The indicator or activity that is asked for, if the product that is shown has it.
pub(super) fn indicator_or_activity(
    definition: &Definition,
    id: &str,
    findings: &mut Findings,
) -> Option<Named> {
    match find(definition, id, true, findings)? {
        Named::Indicator(found) => shown(definition, found, findings).map(Named::Indicator),
        activity @ Named::Activity(_) => Some(activity),
    }
}

fn shown(
    definition: &Definition,
    found: IndicatorId,
    findings: &mut Findings,
) -> Option<IndicatorId> {
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

/// The most that are listed where a text can mean several.
const MOST_LISTED: usize = 12;

/// The most ids that are listed where a text means nothing.
const MOST_IDS: usize = 20;

/// What goes by `id`, or is shown as it; then what has its words in its name. An indicator comes
/// before an activity.
fn find(
    definition: &Definition,
    id: &str,
    or_activity: bool,
    findings: &mut Findings,
) -> Option<Named> {
    let id = id.trim();
    let by_reference = || {
        definition
            .indicator_ids()
            .find(|indicator| definition.indicator(*indicator).reference.as_deref() == Some(id))
    };
    let exact = definition.find_indicator(id).or_else(by_reference);
    if let Some(found) = exact {
        return Some(Named::Indicator(found));
    }
    let activity = if or_activity { definition.look_up_activity(id) } else { Lookup::Nothing };
    match (definition.look_up_indicator(id), activity) {
        (Lookup::One(found, _), _) => return Some(Named::Indicator(found)),
        (Lookup::Nothing, Lookup::One(found, _)) => return Some(Named::Activity(found)),
        (Lookup::Several(names), _) | (Lookup::Nothing, Lookup::Several(names)) => {
            let names: Vec<_> = names.iter().map(|name| quote(name)).collect();
            findings.push(Finding::nowhere(
                Code::UnknownIndicator,
                format!("{} can mean {}", quote(id), names.join(" or ")),
                format!("write it exactly as in {}", definition.path),
            ));
            return None;
        }
        (Lookup::Nothing, Lookup::Nothing) => {}
    }
    match by_words(definition, id, or_activity).as_slice() {
        [found] => return Some(*found),
        [] => findings.push(nothing(definition, id, or_activity)),
        several => findings.push(can_mean(definition, id, several)),
    }
    None
}

/// What has every word of a text in its name, or words that begin with them: indicators, or where
/// there are none activities.
fn by_words(definition: &Definition, text: &str, or_activity: bool) -> Vec<Named> {
    let wanted = words(text);
    let has_all = |name: &str| {
        let name = words(name);
        wanted.iter().all(|word| name.iter().any(|known| known.starts_with(word.as_str())))
    };
    if wanted.is_empty() {
        return Vec::new();
    }
    let indicators =
        definition.indicator_ids().filter(|id| has_all(&definition.indicator(*id).name));
    let indicators: Vec<_> = indicators.map(Named::Indicator).collect();
    if !indicators.is_empty() || !or_activity {
        return indicators;
    }
    let activities = definition.activity_ids().filter(|id| has_all(&definition.activity(*id).name));
    activities.map(Named::Activity).collect()
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// That a text means nothing: what there is.
fn nothing(definition: &Definition, text: &str, or_activity: bool) -> Finding {
    let indicators = &definition.indicators;
    let activities = if or_activity { definition.activities.as_slice() } else { &[] };
    let names = indicators.iter().flat_map(|of| [of.id.as_str(), of.shown_id()]);
    let guess = did_you_mean(text, names.chain(activities.iter().map(|of| of.id.as_str())));
    let mut known = list(indicators.iter().map(|of| of.id.as_str()));
    let mut what = "indicator";
    if !activities.is_empty() {
        what = "indicator or activity";
        known += "; those of activities ";
        known += &list(activities.iter().map(|of| of.id.as_str()));
    }
    Finding::nowhere(
        Code::UnknownIndicator,
        format!("there is no {what} {}", quote(text)),
        format!("{guess}the ids are {known}; words of its name will do too"),
    )
}

/// The first of some ids.
fn list<'i>(mut ids: impl Iterator<Item = &'i str>) -> String {
    let some: Vec<_> = ids.by_ref().take(MOST_IDS).collect();
    let more = if ids.next().is_some() { ", and more" } else { "" };
    format!("{}{more}", some.join(", "))
}

/// That a text can mean several: which.
fn can_mean(definition: &Definition, text: &str, found: &[Named]) -> Finding {
    let what = match found.first() {
        Some(Named::Activity(_)) => "activities",
        _ => "indicators",
    };
    let shown = found.iter().take(MOST_LISTED).map(|named| match named {
        Named::Indicator(id) => {
            let of = definition.indicator(*id);
            format!("{} ({})", of.shown_id(), of.name)
        }
        Named::Activity(id) => {
            let of = definition.activity(*id);
            format!("{} ({})", of.id, of.name)
        }
    });
    let more = found.len().saturating_sub(MOST_LISTED);
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    let shown: Vec<_> = shown.collect();
    Finding::nowhere(
        Code::UnknownIndicator,
        format!("{} {what} have {} in their name", found.len(), quote(text)),
        format!("name one by its id: {}{more}", shown.join(", ")),
    )
}
