//! Which indicator or activity is meant by an id, a reference or words of a name on the command
//! line.

use crate::definition::{ActivityId, Definition, IndicatorId, Lookup};
use crate::diagnostic::known::{Known, one_of, unknown};
use crate::diagnostic::{Code, Finding, Findings};
use crate::stderr::say;
use crate::text::{can_mean, has_words, quote};

/// What has figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Indicator(IndicatorId),
    Activity(ActivityId),
}

impl Named {
    /// Its id, and its name.
    fn names(self, definition: &Definition) -> (&str, &str) {
        match self {
            Self::Indicator(id) => {
                let indicator = definition.indicator(id);
                (indicator.shown_id(), &indicator.name)
            }
            Self::Activity(id) => {
                let activity = definition.activity(id);
                (&activity.id, &activity.name)
            }
        }
    }
}

/// What is meant by a text.
#[derive(Clone, Debug)]
pub(super) struct Meant {
    pub named: Named,
    /// What else has the text as its id, or its words in its name.
    pub others: Vec<Named>,
}

/// The indicator that is asked for, if the product that is shown has it.
pub(super) fn indicator(
    definition: &Definition,
    text: &str,
    findings: &mut Findings,
) -> Option<(IndicatorId, Vec<Named>)> {
    let Meant { named, others } = find(definition, text, false, findings)?;
    match named {
        Named::Indicator(found) => Some((shown(definition, found, findings)?, others)),
        Named::Activity(found) => {
            let (id, name) = Named::Activity(found).names(definition);
            let found = format!("{} is an activity, which has no page of its own", quote(text));
            let remedy = format!("{} shows the counts of {}", explain(id), quote(name));
            findings.push(Finding::mistake(Code::UnknownIndicator, found, remedy));
            None
        }
    }
}

/// The indicator or activity that is asked for, if the product that is shown has it.
pub(super) fn indicator_or_activity(
    definition: &Definition,
    text: &str,
    findings: &mut Findings,
) -> Option<Meant> {
    let meant = find(definition, text, true, findings)?;
    if let Named::Indicator(found) = meant.named {
        shown(definition, found, findings)?;
    }
    Some(meant)
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
    findings.push(Finding::mistake(
        Code::UnknownIndicator,
        format!("the product {} does not show {}", quote(&product.id), quote(indicator)),
        "leave out --product, or name an indicator that it shows",
    ));
    None
}

/// The most commands that are named beside what is shown.
const MOST_OTHERS: usize = 8;

/// Says which others a text could have meant, and how they are shown.
pub(super) fn tell_others(definition: &Definition, text: &str, others: &[Named]) {
    if others.is_empty() {
        return;
    }
    let rows = others.iter().take(MOST_OTHERS).map(|other| {
        let (id, name) = other.names(definition);
        (explain(id), name)
    });
    let rows: Vec<_> = rows.collect();
    let width = rows.iter().map(|(command, _)| command.chars().count()).max().unwrap_or(0);
    let mut said = format!("More with {} in the name:", quote(text.trim()));
    for (command, name) in rows {
        said += &format!("\n  {command:width$}  {name}");
    }
    if others.len() > MOST_OTHERS {
        said += &format!("\n  and {} more", others.len() - MOST_OTHERS);
    }
    say(&said);
}

/// The command that explains what has an id.
fn explain(id: &str) -> String {
    let id = if id.contains(char::is_whitespace) { quote(id) } else { id.to_owned() };
    format!("`scorecard explain {id}`")
}

/// What goes by `text`, or is shown as it; then what has its words in its name. An indicator comes
/// before an activity; without `or_activity` an activity is meant where no indicator is.
fn find(
    definition: &Definition,
    text: &str,
    or_activity: bool,
    findings: &mut Findings,
) -> Option<Meant> {
    let text = text.trim();
    let by_reference = || {
        definition
            .indicator_ids()
            .find(|indicator| definition.indicator(*indicator).reference.as_deref() == Some(text))
    };
    let activity = definition.look_up_activity(text);
    let of_same_id = definition.find_activity(text).map(Named::Activity);
    if let Some(found) = definition.find_indicator(text).or_else(by_reference) {
        return Some(Meant { named: Named::Indicator(found), others: Vec::from_iter(of_same_id) });
    }
    let (indicators, activities) = by_words(definition, text);
    match (definition.look_up_indicator(text), activity) {
        (Lookup::One(found, _), _) => {
            return Some(Meant {
                named: Named::Indicator(found),
                others: Vec::from_iter(of_same_id),
            });
        }
        (Lookup::Nothing, Lookup::One(found, _)) if or_activity || indicators.len() != 1 => {
            let named = Named::Activity(found);
            let others = indicators.into_iter().chain(activities);
            return Some(Meant { named, others: others.filter(|other| *other != named).collect() });
        }
        (Lookup::Several(names), _) | (Lookup::Nothing, Lookup::Several(names)) => {
            let remedy = format!("write it exactly as in {}", definition.path);
            let found = can_mean(text, &names);
            findings.push(Finding::mistake(Code::UnknownIndicator, found, remedy));
            return None;
        }
        (Lookup::Nothing, Lookup::One(..) | Lookup::Nothing) => {}
    }
    match (indicators.as_slice(), activities.as_slice()) {
        ([named], _) => return Some(Meant { named: *named, others: activities }),
        ([], [named]) => return Some(Meant { named: *named, others: Vec::new() }),
        ([], []) => findings.push(nothing(definition, text, or_activity)),
        (_, _) if or_activity => {
            let both: Vec<_> = indicators.into_iter().chain(activities).collect();
            findings.push(several(definition, text, &both));
        }
        ([], activities) => findings.push(several(definition, text, activities)),
        (indicators, _) => findings.push(several(definition, text, indicators)),
    }
    None
}

/// The indicators and the activities that have every word of a text in their names, or words that
/// begin with them.
fn by_words(definition: &Definition, text: &str) -> (Vec<Named>, Vec<Named>) {
    let has = |named: &Named| has_words(named.names(definition).1, text);
    (
        definition.indicator_ids().map(Named::Indicator).filter(has).collect(),
        definition.activity_ids().map(Named::Activity).filter(has).collect(),
    )
}

/// That a text means nothing.
fn nothing(definition: &Definition, text: &str, or_activity: bool) -> Finding {
    let indicators = definition.indicator_ids().filter(|id| definition.shows(*id));
    let indicators = indicators.map(|id| Named::Indicator(id).names(definition));
    let mut kinds = vec![
        Known::ids("indicator", "indicators", indicators)
            .listed_by("scorecard -t definitions")
            .or_else("an id or words of a name will do"),
    ];
    if or_activity && !definition.activities.is_empty() {
        let activities = definition.activity_ids().map(|id| Named::Activity(id).names(definition));
        kinds.push(Known::ids("activity", "activities", activities));
    }
    unknown(Code::UnknownIndicator, text, &kinds)
}

/// That a text can mean several: which.
fn several(definition: &Definition, text: &str, found: &[Named]) -> Finding {
    let is_activity = |named: &Named| matches!(named, Named::Activity(_));
    let what = match (found.iter().all(is_activity), found.iter().any(is_activity)) {
        (true, _) => "activities",
        (false, false) => "indicators",
        (false, true) => "indicators and activities",
    };
    Finding::mistake(
        Code::UnknownIndicator,
        format!("{} {what} have {} in their name", found.len(), quote(text)),
        one_of(found.iter().map(|named| named.names(definition))),
    )
}
