//! Rows and cells that are still blank: what a month's sources have not given yet.

use std::collections::{BTreeMap, BTreeSet};

use super::{Collected, Context, activity};
use crate::definition::ActivityId;
use crate::diagnostic::{Code, Finding, Subject};
use crate::text::{list, plural, quote};

/// The blank rows of the results, a finding for each source that they are to come from. The place
/// is the first of them.
pub(super) fn check(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let definition = context.definition;
    let mut sources: BTreeMap<Option<&str>, Vec<_>> = BTreeMap::new();
    for (area, indicator, who) in context.this.results.blank() {
        let source = definition.indicator(indicator).accountability.source.as_deref();
        sources.entry(source).or_default().push((indicator, area, who));
    }
    let outstanding = context.this.sources.iter().filter(|source| source.files.is_empty());
    for source in outstanding {
        let defined = definition.sources.iter().find(|defined| defined.id == source.id);
        // A file that serves all months need not have every one.
        if defined.is_some_and(|defined| defined.folder.is_some()) {
            continue;
        }
        let files = defined.map_or_else(Vec::new, |defined| defined.files.clone());
        collected.add(Code::Outstanding, || {
            let found = format!("the source {} has no file of the month", quote(&source.id));
            let remedy = format!(
                "save its export in the folder of the month, named {}; or correct `files` of the \
                    source",
                files.iter().map(|name| quote(name)).collect::<Vec<_>>().join(" or ")
            );
            let place = defined.map(|defined| defined.place.clone());
            Finding::new(Code::Outstanding, place, found, remedy)
        });
    }
    for (source, mut rows) in sources {
        rows.sort_unstable();
        collected.add(Code::Outstanding, || {
            let mut ids: Vec<_> = rows.iter().map(|(indicator, _, _)| *indicator).collect();
            ids.dedup();
            let found = format!(
                "{} {} still blank{}: indicator{} {}",
                rows.len(),
                plural(rows.len(), "row of results is", "rows of results are"),
                source.map_or_else(String::new, |source| format!(", to come from {source}")),
                plural(ids.len(), "", "s"),
                context.list(&ids),
            );
            let remedy = remedy(context, rows.len());
            let areas: BTreeSet<_> = rows.iter().map(|(_, area, _)| *area).collect();
            let area = areas.first().copied().filter(|_| areas.len() == 1);
            let subject = context.definition.subject_indicators(area, &ids);
            let results = &context.this.results;
            let place = rows
                .iter()
                .filter_map(|(indicator, area, who)| {
                    Some(results.place(results.row(*area, *indicator, *who)?))
                })
                .min();
            Finding::new(Code::Outstanding, place, found, remedy).about(subject)
        });
    }
    counts(context, collected);
}

/// The blank cells of activity, in a finding. The place is the first of them.
fn counts(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let blank = activity::blank(context);
    let Some(first) = blank.iter().map(|(.., place)| place).min() else { return };
    collected.add(Code::Outstanding, || {
        let activities: BTreeSet<_> = blank.iter().map(|(activity, ..)| *activity).collect();
        let areas: BTreeSet<_> = blank.iter().map(|(_, area, _)| *area).collect();
        let id = |activity: &ActivityId| context.definition.activity(*activity).id.as_str();
        let ids: Vec<_> = activities.iter().map(id).collect();
        let names: Vec<_> =
            areas.iter().map(|area| context.definition.area(*area).name.as_str()).collect();
        let of = if names.len() > FEW { String::new() } else { format!(" of {}", list(&names)) };
        let found = format!(
            "{} {} still blank: {}{of}",
            blank.len(),
            plural(blank.len(), "count of activity is", "counts of activity are"),
            list(&ids),
        );
        let only = |names: &[&str]| match names {
            [only] => Some((*only).to_owned()),
            _ => None,
        };
        let subject = Subject { activity: only(&ids), area: only(&names), ..Subject::default() };
        let remedy = remedy(context, blank.len());
        Finding::new(Code::Outstanding, first.clone(), found, remedy).about(subject)
    });
}

/// The most areas and teams that are named.
const FEW: usize = 2;

fn remedy(context: Context<'_, '_>, count: usize) -> String {
    format!(
        "fill {} in, with - where there is no figure; `scorecard new {}` lists what is outstanding",
        plural(count, "it", "them"),
        context.month
    )
}
