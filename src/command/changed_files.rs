//! Which files made a month's results different.

use std::collections::{BTreeSet, HashMap};

use crate::record::results::Results;
use crate::record::{Change, What};

/// The files that two sets of results were made from, where they are not the same.
pub(super) struct ChangedFiles<'r> {
    was: &'r Results,
    now: &'r Results,
    /// The paths of those that have changed, have come or have gone, in order.
    paths: BTreeSet<&'r str>,
}

impl<'r> ChangedFiles<'r> {
    pub(super) fn between(was: &'r Results, now: &'r Results) -> Self {
        let (before, after) = (digests(was), digests(now));
        let all = before.keys().chain(after.keys()).copied();
        let paths = all.filter(|path| before.get(path) != after.get(path)).collect();
        Self { was, now, paths }
    }

    /// Those that made counts of activity different: the files of activity of the month, or all its
    /// files where none of those has changed.
    pub(super) fn of_activity(&self) -> String {
        let folder = self.now.month.to_string();
        let of_month: Vec<_> =
            self.paths_that(|path| path.split('/').any(|part| part == folder)).collect();
        let is_activity = |path: &&str| {
            let name = path.rsplit('/').next().unwrap_or(path);
            name.to_lowercase().starts_with("activity")
        };
        let of_activity: Vec<_> = of_month.iter().copied().filter(is_activity).collect();
        if of_activity.is_empty() { of_month.join(", ") } else { of_activity.join(", ") }
    }

    /// Those that made a figure different: the files that it comes from, else the definitions or
    /// the extract of its month; where none of these has changed, the program.
    pub(super) fn of_figure(&self, change: &Change<'_>, definitions: &str) -> String {
        let sources = source_paths(change);
        let changed_sources: Vec<_> = self.paths_that(|path| sources.contains(path)).collect();
        if !changed_sources.is_empty() && change.what != What::Target {
            return changed_sources.join(", ");
        }
        let figures = [change.was, change.now].into_iter().flatten();
        let months: BTreeSet<_> = figures.map(|figure| figure.data_month.to_string()).collect();
        let is_of_month = |path: &str| {
            let folder = path.rsplit('/').nth(1);
            folder.is_some_and(|folder| months.contains(folder))
        };
        let extracts: Vec<_> = self.paths_that(is_of_month).collect();
        let depends_on_definitions = matches!(change.what, What::Rating | What::Target);
        if self.paths.contains(definitions) && (extracts.is_empty() || depends_on_definitions) {
            return definitions.to_owned();
        }
        if !extracts.is_empty() {
            return extracts.join(", ");
        }
        let (before, after) = (&self.was.program.version, &self.now.program.version);
        if before != after {
            return format!("the program, from version {before} to {after}");
        }
        let was_there = |path: &str| self.was.inputs.iter().any(|input| input.path == path);
        self.paths_that(was_there).collect::<Vec<_>>().join(", ")
    }

    fn paths_that(&self, is_meant: impl Fn(&str) -> bool) -> impl Iterator<Item = &'r str> {
        self.paths.iter().copied().filter(move |path| is_meant(path))
    }
}

/// The files that results were made from, by their paths, each with its digest.
fn digests(results: &Results) -> HashMap<&str, &str> {
    let inputs = results.inputs.iter();
    inputs.map(|input| (input.path.as_str(), input.sha256.as_str())).collect()
}

/// The paths of the files that a figure comes from, as it was and as it is; for an arrow also those
/// of the figure that it is compared with.
fn source_paths<'s>(change: &Change<'s>) -> BTreeSet<&'s str> {
    let mut places: Vec<&str> = Vec::new();
    for figure in [change.was, change.now].into_iter().flatten() {
        places.extend(figure.from.places.iter().map(String::as_str));
        let earlier = match change.what {
            What::Previous => &figure.previous,
            What::Outturn => &figure.outturn,
            What::LastYear => &figure.last_year,
            What::Result | What::Rating | What::Target | What::Variance => continue,
        };
        places.extend(earlier.iter().flat_map(|earlier| &earlier.from.places).map(String::as_str));
    }
    // A place is a path with a line, or with a cell, after it.
    places.into_iter().filter_map(|place| place.split(':').next()).collect()
}
