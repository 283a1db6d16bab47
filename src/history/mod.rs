//! The months that a report needs, chosen and read before any rule runs.
//!
//! A [`Plan`] is calculated from the definitions alone. [`History::read`] reads all the months in
//! it in parallel and collects their findings. After that nothing is read from the disk.

mod calendar;
mod plan;
mod project;

use std::path::Path;

use rayon::prelude::*;

pub use calendar::Calendar;
pub use plan::{COMMENTARY_LOOK_BACK, EXPECTED_LOOK_BACK, Plan, RED_LOOK_BACK, Reach};
pub use project::Project;

use crate::definition::Definition;
use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::extract::{BenchmarkFiles, BenchmarkRows, CommentaryPlan, Extract, MonthFolder};
use crate::input::{Input, Ledger, SourceInput};
use crate::month::{ByMonth, Date, Month};
use crate::record::{Published, Record};

/// The months of a project that have been read.
#[derive(Debug)]
pub struct History<'d> {
    definition: &'d Definition,
    calendar: Calendar,
    record: Record,
    plan: Plan,
    extracts: ByMonth<Extract>,
    published: ByMonth<Published>,
    benchmarks: BenchmarkRows,
    /// The meeting that a month is being published for.
    meeting: Option<(Month, Date)>,
    ledger: Ledger,
    is_whole: bool,
}

impl<'d> History<'d> {
    /// Reads everything in the plan. Errors become findings.
    pub fn read(
        definition: &'d Definition,
        calendar: Calendar,
        record: Record,
        plan: Plan,
        ledger: &Ledger,
        findings: &mut Findings,
    ) -> Self {
        let months: Vec<_> = calendar.months().chain(record.months()).collect();
        let plan = plan.with_months(definition, &months);
        let before = findings.count(crate::diagnostic::Severity::Error);
        let read = || read_extracts(definition, &calendar, &plan, ledger);
        let (extracts, published) =
            rayon::join(read, || read_published(definition, &record, &plan, findings));
        let extracts: ByMonth<_> = extracts.into_iter().collect();
        let benchmarks = read_benchmarks(definition, &calendar, ledger, findings);
        let mut history = Self {
            definition,
            calendar,
            record,
            plan,
            extracts,
            published,
            benchmarks,
            meeting: None,
            ledger: ledger.clone(),
            is_whole: true,
        };
        // What is wrong with a file that serves all months is found in each of them.
        let is_shared = definition.sources.iter().any(|source| source.folder.is_some());
        for extract in history.extracts.values_mut() {
            let found = std::mem::take(&mut extract.findings);
            if is_shared { findings.append_new(found) } else { findings.append(found) }
        }
        history.is_whole = findings.count(crate::diagnostic::Severity::Error) == before;
        history
    }

    /// The definitions that the months were read with.
    #[must_use]
    pub fn definition(&self) -> &'d Definition {
        self.definition
    }

    /// The extract of a month. `None` if there is no such month.
    #[inline]
    #[must_use]
    pub fn extract(&self, month: Month) -> Option<&Extract> {
        let extract = self.extracts.get(month);
        debug_assert!(
            extract.is_some()
                || self.folder(month).is_none()
                || self.plan.extracts.contains(&month),
            "{month} is not in the plan"
        );
        extract
    }

    /// The extract of a month that a report may do without. `None` if it has not been read, too.
    #[must_use]
    pub fn extract_if_read(&self, month: Month) -> Option<&Extract> {
        self.extracts.get(month)
    }

    /// The folder of a month, read or not. `None` if there is none.
    #[must_use]
    pub fn folder(&self, month: Month) -> Option<&Path> {
        self.calendar.folder(month)
    }

    /// All months of the data folder, read or not, in order.
    pub fn months(&self) -> impl DoubleEndedIterator<Item = Month> {
        self.calendar.months()
    }

    /// The months that have been read, in order.
    pub fn months_read(&self) -> impl DoubleEndedIterator<Item = Month> {
        self.extracts.months()
    }

    /// The first month that has been read, from its folder or as it was published.
    #[must_use]
    pub fn first_month(&self) -> Option<Month> {
        let first = [self.extracts.months().next(), self.published.months().next()];
        first.into_iter().flatten().min()
    }

    /// Which months have been published, read or not.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The latest publication of a month. `None` if it has not been published.
    #[must_use]
    pub fn published(&self, month: Month) -> Option<&Published> {
        let published = self.published.get(month);
        debug_assert!(
            published.is_some()
                || !self.is_whole
                || self.record.latest(month).is_none()
                || self.plan.publications.contains(&month),
            "the publication of {month} is not in the plan"
        );
        published
    }

    /// The figures of benchmarks, of all months.
    #[must_use]
    pub fn benchmarks(&self) -> &BenchmarkRows {
        &self.benchmarks
    }

    /// Sets the meeting that a month is published for.
    pub fn name_meeting(&mut self, month: Month, meeting: Date) {
        self.meeting = Some((month, meeting));
    }

    /// The same months, for the same definitions showing a product.
    #[must_use]
    pub fn showing(self, definition: &'d Definition) -> Self {
        Self { definition, ..self }
    }

    /// Sets what has been published of a month, for one that was read as it was before.
    pub fn set_published(&mut self, published: Published) {
        self.published.insert(published.manifest.month, published);
    }

    /// The meeting that a month goes to: the one it is being published for, else the one in its
    /// `month.toml`, else the one it was last published for. `None` if there is none.
    #[must_use]
    pub fn meeting(&self, month: Month) -> Option<Date> {
        let named = self.meeting.filter(|(of, _)| *of == month).map(|(_, meeting)| meeting);
        let about = || self.extract(month)?.about.meeting;
        let published = || Some(self.published.get(month)?.manifest.meeting);
        named.or_else(about).or_else(published)
    }

    /// Whether everything was read without an error. If not, something is missing, and the error
    /// has been reported.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// The files that have been read.
    #[must_use]
    pub fn inputs(&self) -> Vec<Input> {
        self.ledger.inputs()
    }

    /// The files of sources that have been read, of which what they gave is frozen.
    #[must_use]
    pub fn source_inputs(&self) -> Vec<SourceInput> {
        self.ledger.sources()
    }

    /// The path of a file within the project, with `/` between folders.
    #[must_use]
    pub fn path_within(&self, path: &Path) -> String {
        self.ledger.path_within(path)
    }
}

fn read_extracts(
    definition: &Definition,
    calendar: &Calendar,
    plan: &Plan,
    ledger: &Ledger,
) -> Vec<(Month, Extract)> {
    let there = |month: &Month| Some((*month, calendar.folder(*month)?));
    let months: Vec<_> = plan.extracts.iter().filter_map(there).collect();
    let read = |(month, folder): &(Month, &Path)| {
        let planned = plan.commentary.iter().filter(|(of, _)| of == month);
        let commentary = planned.fold(CommentaryPlan::None, |all, (_, more)| all.and(more));
        let folder = MonthFolder {
            path: folder,
            ledger,
            commentary: &commentary,
            finds_stray_commentary: plan.names.contains(month),
            shared: calendar.shared(),
        };
        (*month, Extract::read(definition, *month, folder))
    };
    months.par_iter().map(read).collect()
}

fn read_benchmarks(
    definition: &Definition,
    calendar: &Calendar,
    ledger: &Ledger,
    findings: &mut Findings,
) -> BenchmarkRows {
    let files = calendar.benchmark_files();
    if !definition.benchmarks.is_empty() {
        let months: Vec<_> = calendar.folders().map(Path::to_owned).collect();
        let places = BenchmarkFiles { files, data: calendar.data(), months: &months };
        return BenchmarkRows::read(definition, places, ledger, findings);
    }
    for file in files.iter().map(|path| ledger.file(path)) {
        let found = "the figures of benchmarks are not read: no benchmark is defined";
        let remedy = format!(
            "define each with a [[benchmark]] in {}; or give the file a name that does not begin \
                with benchmarks",
            definition.path
        );
        findings.push(Finding::new(Code::UnreadFile, Place::file(&file.name), found, remedy));
    }
    BenchmarkRows::default()
}

fn read_published(
    definition: &Definition,
    record: &Record,
    plan: &Plan,
    findings: &mut Findings,
) -> ByMonth<Published> {
    // A file that is read for more than one reason is reported only once.
    let mut found = Findings::default();
    if !plan.verified.is_empty() {
        record.audit(None, &mut found);
    }
    for month in &plan.verified {
        for publication in record.publications(*month) {
            record.verify(publication, &mut found);
        }
    }
    let latest: Vec<_> =
        plan.publications.iter().filter_map(|month| record.latest(*month)).collect();
    let read: Vec<_> = latest
        .par_iter()
        .map(|publication| {
            let mut found = Findings::default();
            (
                publication.month(),
                Published::read(definition, record, publication, &mut found),
                found,
            )
        })
        .collect();
    let mut published = Vec::new();
    for (month, read, more) in read {
        found.append_new(more);
        published.extend(read.map(|read| (month, read)));
    }
    findings.append_new(found);
    published.into_iter().collect()
}
