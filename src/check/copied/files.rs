//! Last month's figures in this month's files, and those of any month in another's.

use std::sync::Arc;

use super::super::{Collected, Context, Rows};
use super::Overlap;
use crate::definition::Frequency;
use crate::diagnostic::{Code, Finding, Place};
use crate::extract::Extract;
use crate::month::Month;

/// As many figures with numerators as cannot all stay the same by chance.
const RATIOS: usize = 5;
/// A bare value stays the same more easily than two counts do.
const ANY: usize = 10;
/// As few counts of activity as may be a file of their own.
const COUNTS: usize = 3;
/// As many digits as their counts have together, which hardly all stay the same by chance.
const DIGITS: usize = 9;

/// What the months have in common, file by file.
pub(in crate::check) struct Copied<'c, 'e> {
    context: Context<'c, 'e>,
    files: Vec<CopiedFile>,
}

/// A file of this month beside an earlier month, whichever file the same figures were in there.
struct CopiedFile {
    path: Arc<str>,
    overlap: Overlap,
}

/// Whether so much is the same as cannot be so by chance.
fn is_copied(overlap: Overlap) -> bool {
    let is_enough = overlap.ratios >= RATIOS
        || overlap.above_0 >= ANY
        || overlap.counts >= COUNTS && overlap.digits >= DIGITS;
    !overlap.differs && is_enough
}

/// What a file shares with an earlier month and cannot share by chance.
fn found(overlap: Overlap, before: Month) -> Option<String> {
    let before = before.long();
    if is_copied(overlap) {
        return Some(format!(
            "all {} figures that this file shares with {before} are the same in both",
            overlap.shared
        ));
    }
    overlap.has_copied_numerators().then(|| {
        format!(
            "all numerators that this file shares with {before} are the same in both, and \
                denominators are not: {} of 10 or more",
            overlap.numerators
        )
    })
}

impl<'c, 'e> Copied<'c, 'e> {
    pub(in crate::check) fn new(context: Context<'c, 'e>) -> Self {
        Self { context, files: Vec::new() }
    }

    /// Compares the rows of an indicator. What is not of every month may well be given again.
    pub(in crate::check) fn look(&mut self, rows: &Rows<'_, '_>) {
        if rows.indicator.frequency != Frequency::Monthly {
            return;
        }
        for [(now, row), (before, _)] in rows.pairs() {
            self.of(rows.path(row)).compare(now, before);
        }
    }

    /// What a file has in common with the earlier month.
    fn of(&mut self, path: &Arc<str>) -> &mut Overlap {
        // Rows of a file come one after another, as a rule.
        let index = self
            .files
            .iter()
            .rposition(|file| Arc::ptr_eq(&file.path, path) || file.path == *path)
            .unwrap_or_else(|| {
                self.files.push(CopiedFile { path: Arc::clone(path), overlap: Overlap::default() });
                self.files.len() - 1
            });
        &mut self.files[index].overlap
    }

    fn activities(&mut self, earlier: Option<&Extract>) {
        let (this, Some(earlier)) = (self.context.this, earlier) else { return };
        for area in self.context.areas() {
            for activity in self.context.definition.activity_ids() {
                let (Some(now), Some(before)) =
                    (this.activities.of(area, activity), earlier.activities.amount(area, activity))
                else {
                    continue;
                };
                let Some(amount) = &now.amount else { continue };
                self.of(&now.place.path).compare_count(amount, before);
            }
        }
    }

    /// Says which files are copies, or that the month is one, and gives the files that have been
    /// said to be.
    pub(in crate::check) fn finish(mut self, collected: &mut Collected<'_>) -> Vec<Arc<str>> {
        let before = self.context.month.before(1);
        self.activities(self.context.last);
        self.say(before, collected)
    }

    /// Says which files are copies of those of an earlier month, or that the month is one.
    fn say(self, before: Month, collected: &mut Collected<'_>) -> Vec<Arc<str>> {
        let this = self.context.month.long();
        let overlaps = self.files.iter().map(|file| file.overlap);
        let month = overlaps.fold(Overlap::default(), Overlap::and);
        let remedy = "put this month's extract in the folder of this month; \
                      if the figures really are the same, write month-copied = \"off\" under \
                      [findings] until they differ";
        if let (true, [first, others @ ..]) =
            (is_copied(month) && self.files.len() > 1, &self.files[..])
        {
            collected.add(Code::MonthCopied, || {
                let found = format!(
                    "all {} figures that {this} shares with {} are the same in both",
                    month.shared,
                    before.long()
                );
                let finding =
                    Finding::new(Code::MonthCopied, Place::file(&first.path), found, remedy);
                others.iter().fold(finding, |finding, file| {
                    finding.with_related(Place::file(&file.path), "and in this file")
                })
            });
            return self.files.into_iter().map(|file| file.path).collect();
        }
        let mut said = Vec::new();
        for file in self.files {
            let Some(found) = found(file.overlap, before) else { continue };
            collected.add(Code::MonthCopied, || {
                Finding::new(Code::MonthCopied, Place::file(&file.path), found, remedy)
            });
            said.push(file.path);
        }
        said
    }
}

/// Finds files of the month that are those of a month before the last.
fn earlier_files(context: Context<'_, '_>, month: Month, collected: &mut Collected<'_>) {
    let Some(earlier) = context.history.extract(month) else { return };
    let mut copied = Copied::new(context);
    let results = &context.this.results;
    let is_monthly = |id| context.definition.indicator(id).frequency == Frequency::Monthly;
    for (_, [row, then]) in results.shared(&earlier.results).filter(|(id, _)| is_monthly(*id)) {
        if let (Some(now), Some(before)) = (row.amount(), then.amount()) {
            copied.of(results.path(row)).compare(&now, &before);
        }
    }
    copied.activities(Some(earlier));
    copied.say(month, collected);
}

/// Finds months before the last that have the figures of another: theirs are what arrows and trends
/// compare with.
pub(in crate::check) fn earlier(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let months: Vec<_> = context.months().collect();
    let is_monthly = |id| context.definition.indicator(id).frequency == Frequency::Monthly;
    for (index, later) in months.iter().enumerate() {
        for month in &months[..index] {
            if *later == context.month {
                // The last month is compared with the one before it as it is looked at.
                if *month != later.before(1) {
                    earlier_files(context, *month, collected);
                }
                continue;
            }
            let (Some(one), Some(other)) =
                (context.history.extract(*month), context.history.extract(*later))
            else {
                continue;
            };
            let mut overlap = Overlap::default();
            let mut first = None;
            for (_, [row, later_row]) in
                one.results.shared(&other.results).filter(|(id, _)| is_monthly(*id))
            {
                if let (Some(before), Some(now)) = (row.amount(), later_row.amount()) {
                    overlap.compare(&now, &before);
                    first =
                        first.or(Some([one.results.place(row), other.results.place(later_row)]));
                }
                if overlap.differs {
                    break;
                }
            }
            if let Some([place, later_place]) = first.filter(|_| is_copied(overlap)) {
                collected.add(Code::MonthCopied, || {
                    let (month, later) = (month.long(), later.long());
                    let found = format!(
                        "all {} figures that {month} shares with {later} are the \
                        same in both",
                        overlap.shared
                    );
                    let remedy = "put each month's own extract in its folder: arrows and trends \
                        compare with it";
                    Finding::new(Code::MonthCopied, Place::file(&place.path), found, remedy)
                        .with_related(Place::file(&later_place.path), "the same figures are here")
                });
            }
        }
    }
}
