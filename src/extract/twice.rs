//! What the files of a month say of the same figures.
//!
//! Two that differ are an error that names both, once for two files; a row that says the same as
//! another is a note, and a file of nothing else is a copy.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Finding, Findings, Place, Subject};
use crate::text::plural;

/// How many figures that differ are named, where two files do.
const MOST_NAMED: usize = 3;

/// A figure that two rows give.
pub(super) struct Second {
    /// What it is of.
    pub(super) what: String,
    /// The same by the names of the definitions.
    pub(super) subject: Subject,
    /// The row that is not used.
    pub(super) place: Place,
    /// The one that is.
    pub(super) first: Place,
    /// The finding, where it is shown with its line.
    pub(super) finding: Option<Finding>,
}

/// What a file says of figures that one before it gives, or itself.
#[derive(Default)]
struct Pair {
    equal: usize,
    first_equal: Option<(Place, Place)>,
    different: usize,
    named: Vec<Second>,
}

/// What the files of a month say twice.
#[derive(Default)]
pub(super) struct Twice {
    /// By the later file and the earlier.
    pairs: BTreeMap<(Arc<str>, Arc<str>), Pair>,
    /// How many rows there are of a file.
    rows: BTreeMap<Arc<str>, usize>,
}

impl Twice {
    /// Counts rows of a file.
    pub(super) fn count(&mut self, path: &Arc<str>, rows: usize) {
        *self.rows.entry(Arc::clone(path)).or_default() += rows;
    }

    fn pair(&mut self, path: &Arc<str>, first: &Arc<str>) -> &mut Pair {
        self.pairs.entry((Arc::clone(path), Arc::clone(first))).or_default()
    }

    /// A row that says what another does.
    pub(super) fn equal(
        &mut self,
        path: &Arc<str>,
        first: &Arc<str>,
        places: impl FnOnce() -> (Place, Place),
    ) {
        let pair = self.pair(path, first);
        pair.equal += 1;
        pair.first_equal.get_or_insert_with(places);
    }

    /// A row that says something else of a figure than another does.
    pub(super) fn different(
        &mut self,
        path: &Arc<str>,
        first: &Arc<str>,
        second: impl FnOnce() -> Second,
    ) {
        let pair = self.pair(path, first);
        pair.different += 1;
        if path == first || pair.named.len() < MOST_NAMED {
            pair.named.push(second());
        }
    }

    /// Says it all.
    pub(super) fn finish(self, findings: &mut Findings) {
        for ((path, first), pair) in self.pairs {
            let all = self.rows.get(&path).copied().unwrap_or_default();
            if path == first {
                findings.extend(pair.named.into_iter().map(within_a_file));
            } else if pair.different > 0 {
                findings.extend(between_files(&path, &first, pair));
                continue;
            }
            let Some((place, first_place)) = pair.first_equal else { continue };
            let count = pair.equal;
            let finding = if path != first && count == all {
                let all = if all == 1 { "its only figure is" } else { "all its figures are" };
                let found = format!("the file repeats {first}: {all} there too");
                let remedy =
                    "delete one of the two; a file of another month belongs in its own folder";
                Finding::new(Code::FileRepeated, Place::file(&path), found, remedy)
            } else {
                let other = if path == first { "the same file" } else { &*first };
                let found = format!(
                    "{count} {} in {other} too, and {} the same",
                    plural(count, "row is", "rows are"),
                    plural(count, "says", "say")
                );
                let remedy = "nothing to do, as they agree; or delete one of the two";
                Finding::new(Code::RowRepeated, place, found, remedy)
            };
            findings.push(finding.with_related(first_place, "the first is here"));
        }
    }
}

fn within_a_file(second: Second) -> Finding {
    let Second { what, subject, place, first, finding } = second;
    let finding = finding.unwrap_or_else(|| {
        let remedy = "keep the one that is right and delete the other";
        Finding::new(Code::DuplicateFigure, place, format!("a second figure for {what}"), remedy)
    });
    finding.with_related(first, "the first is here").about(subject)
}

/// The one finding of two files that differ.
fn between_files(path: &Arc<str>, first: &Arc<str>, pair: Pair) -> Option<Finding> {
    let mut names: Vec<_> = pair.named.iter().map(|second| second.what.as_str()).collect();
    let more = pair.different - names.len();
    names.dedup();
    let mut what = names.join("; ");
    if more > 0 {
        what += &format!("; and {more} more");
    }
    let figures = match pair.different {
        1 => "a figure".to_owned(),
        count => format!("{count} figures"),
    };
    let found = format!("{path} and {first} differ in {figures}: {what}");
    let remedy =
        "keep the one that is right and delete the other; several files in a month are one extract";
    let Second { place, first, .. } = pair.named.into_iter().next()?;
    let finding = Finding::new(Code::DuplicateFigure, place, found, remedy);
    Some(finding.with_related(first, "the first is here"))
}
