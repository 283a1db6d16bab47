//! Files that a `[[source]]` describes: their rows in the standard form, given to the readers of
//! results and activity.

mod files;
mod headings;

pub(super) use files::{is_table, is_table_named};

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::activity;
use super::benchmarks;
use super::closed_days::{CLOSED_DAYS, ClosedDays};
use super::contents::Contents;
use super::halves::Halves;
use super::lookups::Lookups;
use super::names::NameFinder;
use super::period::{PeriodForm, PeriodText};
use super::raw_rows::{RawRows, RunRows, Top};
use super::records::Counter;
use super::results;
use super::source_rows::{self, SourceRows, Survey};
use super::standard;
use super::table::TableOrigin;
use super::workbook::Sheet;
use crate::definition::{AreaId, ExtractSource, SourceKind, StandardColumn};
use crate::diagnostic::{Code, Finding, Findings, Place, Severity};
use crate::input::{File, Ledger};
use crate::month::Month;
use crate::source::pattern::{self, Captures};
use crate::source::{Layout, NotALayout};
use crate::text::{did_you_mean, name_key, plural, quote};
use files::SourceFile;
use headings::Found;

/// What the rows of sources are given to.
pub(super) struct Readers<'r, 'n, 'd> {
    pub(super) results: &'r mut results::Reader<'n, 'd>,
    pub(super) activities: &'r mut activity::Reader,
    pub(super) halves: &'r mut Halves<'d>,
    pub(super) benchmarks: &'r mut benchmarks::Reader,
    /// The areas and teams that records are of.
    pub(super) areas_of_records: &'r mut BTreeSet<AreaId>,
    pub(super) month: Month,
    /// The days beside weekends on which nobody works.
    pub(super) closed: ClosedDays,
    /// What counts the rows, where they are records.
    pub(super) counter: Option<Counter<'n, 'd>>,
}

/// Where a source is read.
#[derive(Clone, Copy)]
pub(super) struct SourceFolders<'f> {
    /// The folder of the month.
    pub(super) month: &'f Path,
    /// The data folder.
    pub(super) data: &'f Path,
    /// The files of a folder that serves all months.
    pub(super) shared: &'f [SharedFile],
}

impl Readers<'_, '_, '_> {
    /// Notes a file of a source before it is read.
    fn note(&mut self, source: &ExtractSource, path: &Arc<str>) {
        if source.gives_way {
            self.results.gives_way(path);
            self.activities.gives_way(path);
        }
    }
}

/// Reads what a source has of a month.
pub(super) struct SourceReader<'n, 'd> {
    pub(super) source: &'d ExtractSource,
    pub(super) names: &'n NameFinder<'d>,
    /// The month that is read; while the months of a file are looked for, none.
    pub(super) month: Option<Month>,
    /// How months are written.
    pub(super) form: PeriodForm,
    /// What we call what the source calls otherwise, by the keys of its names.
    our_names: HashMap<StandardColumn, HashMap<String, &'d str>>,
}

/// A table of a file of a source, with what the names of its file and its sheet say.
struct SourceTable {
    contents: Contents,
    said: Captures,
}

/// A file that serves all months, read once.
pub(super) struct SharedFile {
    name: Arc<str>,
    tables: Vec<SharedTable>,
}

struct SharedTable {
    table: SourceTable,
    survey: Survey,
}

impl SharedFile {
    /// The months that it has.
    pub(super) fn months(&self) -> impl Iterator<Item = Month> {
        self.tables.iter().flat_map(|table| table.survey.months.iter().copied())
    }
}

impl<'n, 'd> SourceReader<'n, 'd> {
    pub(super) fn new(
        source: &'d ExtractSource,
        names: &'n NameFinder<'d>,
        month: Option<Month>,
    ) -> Self {
        let mut our_names: HashMap<_, HashMap<_, _>> = HashMap::new();
        for (column, theirs, ours) in &source.names {
            let of_column = our_names.entry(*column).or_default();
            of_column.entry(name_key(theirs)).or_insert(ours.as_str());
        }
        let form = PeriodForm { is: source.month_is, year_start: names.definition().year_start };
        Self { source, names, month, form, our_names }
    }

    /// Whether what is of a month is wanted.
    pub(super) fn is_of(&self, month: Month) -> bool {
        self.month.is_none_or(|own| own == month)
    }

    /// Whether the figures of what an extract calls so are taken.
    pub(super) fn takes_indicator(&self, name: &str) -> bool {
        let taken = &self.source.for_indicators;
        taken.is_empty()
            || self.names.peek_indicator(name).is_some_and(|indicator| taken.contains(&indicator))
    }

    /// What we call something; the text itself, where the source calls it nothing else.
    pub(super) fn our_name<'c>(&self, column: StandardColumn, text: &'c str) -> &'c str
    where
        'd: 'c,
    {
        let names = self.our_names.get(&column);
        names.and_then(|names| names.get(&name_key(text)).copied()).unwrap_or(text)
    }

    /// Whether a file in the folder of the month is one of the source's.
    pub(super) fn is_file(source: &ExtractSource, name: &str) -> bool {
        is_table_named(&source.files, name)
    }

    /// Reads what the source gave, from what was frozen of it when it was published.
    pub(super) fn read_frozen(
        &self,
        file: &File,
        is_activity: bool,
        readers: &mut Readers<'_, '_, 'd>,
        findings: &mut Findings,
    ) -> Vec<Arc<str>> {
        let (mut found, mut unread) = (Findings::default(), Findings::default());
        let bytes = file.clone().without_note().read_bytes("what a source gave", &mut unread);
        let places = standard::places(&bytes.unwrap_or_default());
        if is_activity {
            readers.activities.read(self.names, readers.month, file, &mut found);
            readers.activities.keep_places(&file.name, &places);
        } else {
            readers.results.read(file, &mut found);
            readers.results.keep_places(places);
        }
        // The columns that say where its figures come from are for people to read.
        findings
            .extend(found.iter().filter(|finding| finding.code != Code::UnknownColumn).cloned());
        vec![Arc::clone(&file.name)]
    }

    /// Reads the files that there are, and says which.
    pub(super) fn read(
        &self,
        folders: SourceFolders<'_>,
        ledger: &Ledger,
        readers: &mut Readers<'_, 'n, 'd>,
        findings: &mut Findings,
    ) -> Vec<Arc<str>> {
        readers.closed = self.closed_days(readers.month, folders.data, ledger, findings);
        if self.source.kind != SourceKind::Records {
            return self.read_month(folders, ledger, readers, findings);
        }
        let closed = readers.closed.clone();
        let mut counter = Counter::new(self.source, self.names, readers.month, closed);
        let first = counter.first_month();
        readers.counter = Some(counter);
        let files = self.read_month(folders, ledger, readers, findings);
        if !files.is_empty() {
            self.read_earlier(first, folders, ledger, readers, findings);
        }
        counter = match readers.counter.take() {
            Some(counter) => counter,
            None => return files,
        };
        readers.areas_of_records.extend(counter.areas());
        let above = readers.results.last_line();
        if let Some(counted) = counter.finish(findings) {
            source_rows::give_counted(self, counted, above, readers, findings);
        }
        files
    }

    /// The days beside weekends on which nobody works, where conditions ask for them.
    fn closed_days(
        &self,
        month: Month,
        data: &Path,
        ledger: &Ledger,
        findings: &mut Findings,
    ) -> ClosedDays {
        let mut closed = ClosedDays::default();
        if self.source.asks_for_working_days() {
            closed = ClosedDays::read(data, ledger, findings);
            if !closed.reach(month) {
                let found = match closed.last() {
                    None => "no closed days are listed, so bank holidays count as working days"
                        .to_owned(),
                    Some(last) => format!(
                        "the last closed day that is listed is {last}, so later bank holidays count \
                            as working days"
                    ),
                };
                let remedy = "write the closed days into it, a date a line, such as 2016-03-25";
                let place = Place::file(&ledger.file(&data.join(CLOSED_DAYS)).name);
                findings.push(self.finding(Code::ClosedDaysUnknown, place, found, remedy));
            }
        }
        closed
    }

    /// Reads the files of earlier months, where each has the events of its month. What is only
    /// doubtful in them has been said of their own months.
    fn read_earlier(
        &self,
        first: Month,
        folders: SourceFolders<'_>,
        ledger: &Ledger,
        readers: &mut Readers<'_, 'n, 'd>,
        findings: &mut Findings,
    ) {
        let last = readers.month;
        let count = u16::try_from(last.since(first)).unwrap_or(0);
        for month in (1..=count).rev().map(|back| last.before(back)) {
            let folder = folders.data.join(month.to_string());
            let folders = SourceFolders { month: &folder, ..folders };
            let earlier = Self::new(self.source, self.names, Some(month));
            let mut found = Findings::default();
            let files = earlier.read_month(folders, ledger, readers, &mut found);
            findings.extend(
                found.iter().filter(|finding| finding.severity == Severity::Error).cloned(),
            );
            if let (true, Some(counter)) = (files.is_empty(), &mut readers.counter) {
                counter.miss_month(month);
            }
        }
    }

    /// Reads the files that there are of a month, and says which.
    fn read_month(
        &self,
        folders: SourceFolders<'_>,
        ledger: &Ledger,
        readers: &mut Readers<'_, 'n, 'd>,
        findings: &mut Findings,
    ) -> Vec<Arc<str>> {
        if self.source.folder.is_some() {
            return self.read_shared(folders, ledger, readers, findings);
        }
        let files = self.files(folders.month, findings);
        if files.len() > 1 && !self.source.several {
            return vec![self.report_several(&files, ledger, findings)];
        }
        if files.is_empty() {
            self.report_nearest(folders.month, findings);
            return Vec::new();
        }
        let lookups = Lookups::read(self.source, folders, ledger, findings);
        let read = |file: &SourceFile| {
            let SourceFile { path, said } = file;
            let file = ledger.file(path).of_source(&self.source.id);
            let mut found = Findings::default();
            readers.note(self.source, &file.name);
            for table in self.open(&file, said, &mut found) {
                self.read_table(&file.name, &table, None, &lookups, readers, &mut found);
            }
            self.tell(&found, findings);
            file.name
        };
        files.iter().map(read).collect()
    }

    /// Passes on what was found in a file. Of a record nothing is shown.
    fn tell(&self, found: &Findings, findings: &mut Findings) {
        let shown = |finding: &Finding| match self.source.kind {
            SourceKind::Records => Finding { excerpt: None, ..finding.clone() },
            _ => finding.clone(),
        };
        findings.extend(found.iter().map(shown));
    }

    /// Looks through the files of a folder that serves all months.
    pub(super) fn share(
        &self,
        data: &Path,
        ledger: &Ledger,
        findings: &mut Findings,
    ) -> Vec<SharedFile> {
        let Some(folder) = self.source.folder.as_ref().map(|folder| data.join(folder)) else {
            return Vec::new();
        };
        let files = self.files(&folder, findings);
        let is_of_months = self.source.files.iter().any(|name| name.contains("{month}"));
        if files.len() > 1 && !self.source.several && !is_of_months {
            self.report_several(&files, ledger, findings);
            return Vec::new();
        }
        if files.is_empty() {
            self.report_no_file(&folder, findings);
        }
        let share = |file: &SourceFile| {
            let SourceFile { path, said } = file;
            let file = ledger.file(path).of_source(&self.source.id);
            let mut found = Findings::default();
            let mut tables = Vec::new();
            for table in self.open(&file, said, &mut found) {
                let survey = self.survey(&file.name, &table, &mut found);
                tables.extend(survey.map(|survey| SharedTable { table, survey }));
            }
            self.tell(&found, findings);
            SharedFile { name: file.name, tables }
        };
        files.iter().map(share).collect()
    }

    /// Reads the figures of benchmarks in some folders, of all months, and says which files have
    /// them.
    pub(super) fn read_benchmarks(
        &self,
        folders: &[PathBuf],
        ledger: &Ledger,
        readers: &mut Readers<'_, 'n, 'd>,
        findings: &mut Findings,
    ) -> Vec<Arc<str>> {
        let lookups = Lookups::none();
        let mut read = Vec::new();
        for folder in folders {
            let files = self.files(folder, findings);
            if files.len() > 1 && !self.source.several {
                read.push(self.report_several(&files, ledger, findings));
                continue;
            }
            for SourceFile { path, said } in &files {
                let file = ledger.file(path).of_source(&self.source.id);
                for table in self.open(&file, said, findings) {
                    self.read_table(&file.name, &table, None, &lookups, readers, findings);
                }
                read.push(file.name);
            }
        }
        if let (true, Some(first)) = (read.is_empty(), folders.first()) {
            self.report_no_file(first, findings);
        }
        read
    }

    /// Which months a table has; nothing, where it cannot be read.
    fn survey(
        &self,
        path: &Arc<str>,
        table: &SourceTable,
        findings: &mut Findings,
    ) -> Option<Survey> {
        let lookups = Lookups::none();
        let (rows, sheet) = self.rows(path, table, None, &lookups, findings)?;
        let has_months = rows.has_months();
        let place = rows.place();
        let mut survey = rows.survey(sheet, findings);
        let said = table.said.month.as_deref().map(|text| self.form.month(text));
        if let Some(PeriodText::One(month)) = said {
            survey.months = [month].into();
        } else if !has_months {
            let found = "the file is in a folder that serves all months, and says no month";
            let remedy = "name the column of the month under [source.columns], or the month in \
                `fixed`, in `above` or in the name of the file: files = \"list {month}.csv\"";
            findings.push(self.finding(Code::MissingColumn, place, found, remedy));
            return None;
        }
        Some(survey)
    }

    /// Reads what there is of the month in files that serve all months, and says which have it.
    fn read_shared(
        &self,
        folders: SourceFolders<'_>,
        ledger: &Ledger,
        readers: &mut Readers<'_, 'n, 'd>,
        findings: &mut Findings,
    ) -> Vec<Arc<str>> {
        let Some(month) = self.month else { return Vec::new() };
        let has_month = |table: &&SharedTable| table.survey.months.contains(&month);
        let mut lookups = None;
        let mut read = Vec::new();
        for file in folders.shared {
            let mut found = Findings::default();
            let tables: Vec<_> = file.tables.iter().filter(has_month).collect();
            readers.note(self.source, &file.name);
            for SharedTable { table, survey } in &tables {
                let lookups = lookups
                    .get_or_insert_with(|| Lookups::read(self.source, folders, ledger, findings));
                let survey = Some(survey);
                self.read_table(&file.name, table, survey, lookups, readers, &mut found);
            }
            if !tables.is_empty() {
                read.push(Arc::clone(&file.name));
            }
            self.tell(&found, findings);
        }
        read
    }

    /// The tables of a file that the source means, each with what its names say.
    fn open(&self, file: &File, said: &Captures, findings: &mut Findings) -> Vec<SourceTable> {
        let (source, definition) = (self.source, self.names.definition());
        let choose = |sheet: &Sheet| match &source.sheet {
            Some(name) => pattern::captures(name, sheet.name()).is_some(),
            None => Layout::find(source, definition, &Top::of_sheet(sheet).rows).is_ok(),
        };
        let is_one = source.sheet.is_none();
        let Some((tables, sheets)) = Contents::of_source(file, choose, is_one, findings) else {
            return Vec::new();
        };
        if tables.is_empty() {
            let wanted = source.sheet.as_deref().unwrap_or_default();
            let names: Vec<_> = sheets.iter().map(|name| quote(name)).collect();
            let found = format!("the workbook has no sheet {}", quote(wanted));
            let guess = did_you_mean(wanted, sheets.iter().map(|name| &**name));
            let remedy = format!("{guess}its sheets are {}", names.join(", "));
            let place = Place::file(&file.name);
            findings.push(self.finding(Code::MissingColumn, place, found, remedy));
        }
        let mut opened = Vec::new();
        for contents in self.with_columns(&file.name, tables, findings) {
            let mut said = said.clone();
            if let (Contents::Sheet(sheet), Some(name)) = (&contents, &source.sheet)
                && let Some(of_sheet) = pattern::captures(name, sheet.name())
            {
                let place = TableOrigin::of_sheet(&file.name, sheet).place(1);
                if !self.reads_name(of_sheet.month.as_deref(), &place, findings) {
                    continue;
                }
                said = Captures {
                    area: of_sheet.area.or(said.area),
                    month: of_sheet.month.or(said.month),
                };
            }
            opened.push(SourceTable { contents, said });
        }
        opened
    }

    /// Leaves out sheets that are no tables of the source, such as a cover: those that have none of
    /// its columns and are not named like the others. If all are such, what they lack is said.
    fn with_columns(
        &self,
        path: &Arc<str>,
        tables: Vec<Contents>,
        findings: &mut Findings,
    ) -> Vec<Contents> {
        let Some(pattern) = self.source.sheet.as_deref() else { return tables };
        let is_named = |sheet: &Sheet| {
            let said = pattern::captures(pattern, sheet.name()).unwrap_or_default();
            let is_area =
                |area: &str| self.names.has_area(self.our_name(StandardColumn::Area, area));
            let is_month = |month: &str| !matches!(self.form.month(month), PeriodText::No);
            said.area.as_deref().is_some_and(is_area) || said.month.as_deref().is_some_and(is_month)
        };
        let has_token = ["{area}", "{month}"].iter().any(|token| pattern.contains(token));
        let is_table = |contents: &Contents| match contents {
            Contents::Text(_) => true,
            Contents::Sheet(sheet) => {
                let top = Top::of_sheet(sheet);
                let layout = Layout::find(self.source, self.names.definition(), &top.rows);
                // A sheet with some of the columns may be a table of which one has been renamed.
                let may_be = |not: NotALayout| !has_token && not.score > 0;
                is_named(sheet) || layout.map_or_else(may_be, |_| true)
            }
        };
        let (kept, others): (Vec<_>, Vec<_>) = tables.into_iter().partition(is_table);
        if kept.is_empty() {
            return others;
        }
        let names = others.iter().filter_map(|contents| match contents {
            Contents::Sheet(sheet) => Some(quote(sheet.name())),
            Contents::Text(_) => None,
        });
        let names: Vec<_> = names.collect();
        if !names.is_empty() {
            let sheets = plural(names.len(), "sheet has", "sheets have");
            let found = format!(
                "{} {sheets} not the columns of the source, and {} left out: {}",
                names.len(),
                plural(names.len(), "is", "are"),
                names.join(", ")
            );
            let remedy = "nothing to do, if they are meant for people";
            findings.push(self.finding(Code::OtherSheets, Place::file(path), found, remedy));
        }
        kept
    }

    fn read_table(
        &self,
        path: &Arc<str>,
        table: &SourceTable,
        survey: Option<&Survey>,
        lookups: &Lookups<'d>,
        readers: &mut Readers<'_, 'n, 'd>,
        findings: &mut Findings,
    ) {
        if let Some((rows, sheet)) = self.rows(path, table, survey, lookups, findings) {
            rows.read(sheet, readers, findings);
        }
    }

    /// The rows of a table below its headings; of one that has been looked through, those of the
    /// month, where it is known which they are.
    fn rows<'t>(
        &'t self,
        path: &Arc<str>,
        table: &'t SourceTable,
        survey: Option<&'t Survey>,
        lookups: &'t Lookups<'d>,
        findings: &mut Findings,
    ) -> Option<(SourceRows<'t, 'n, 'd>, Option<&'t Sheet>)> {
        let Found { layout, top, mut rows, origin } = self.find(path, &table.contents, findings)?;
        let above = &top.rows[..layout.start];
        let fixed = self.fixed(&table.said, above, &origin, &top, findings)?;
        let lowest = top.lowest(layout.start, self.source.header_rows);
        let sheet = match &table.contents {
            Contents::Sheet(sheet) => Some(sheet),
            Contents::Text(_) => None,
        };
        let runs = survey.and_then(|survey| survey.runs.as_ref());
        if let (RawRows::Text(text), Some(runs), Some(month)) = (&rows, runs, self.month) {
            let runs = runs.get(&month).map_or(&[][..], Vec::as_slice).iter();
            rows = RawRows::Runs(RunRows::new(text.clone(), runs));
        }
        Some((SourceRows::new(self, layout, fixed, origin, lowest, rows, lookups), sheet))
    }

    /// A finding that says where the source is defined.
    pub(super) fn finding(
        &self,
        code: Code,
        place: Place,
        found: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Finding {
        let finding = Finding::new(code, place, found, remedy);
        finding.with_related(self.source.place.clone(), "the source is described here")
    }
}
