//! Columns of records that are in another file, by an id.

use std::collections::HashMap;
use std::path::Path;

use super::contents::Contents;
use super::delimited::{Delimited, DelimitedRow};
use super::punctuation::trim;
use super::raw_rows::{RawRows, Top};
use super::sources::{SourceFolders, is_table_named};
use super::table::TableOrigin;
use crate::definition::{ExtractSource, RecordLookup};
use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::input::{File, Ledger};
use crate::text::{and, name_key, plural, quote};

/// How many lines a finding names.
const MOST_LINES: usize = 4;

/// The rows of the files that a source looks columns up in.
pub(super) struct Lookups<'d> {
    lookups: Vec<Lookup<'d>>,
}

/// The rows of one of them, by their ids.
struct Lookup<'d> {
    keys: &'d RecordLookup,
    rows: HashMap<String, Vec<String>>,
}

/// Rows whose id an earlier row has.
#[derive(Default)]
struct Repeated {
    lines: Vec<u32>,
    count: usize,
    differ: bool,
}

impl<'d> Lookups<'d> {
    /// Reads the files that there are in the folder of a month, or where the source says.
    pub(super) fn read(
        source: &'d ExtractSource,
        folders: SourceFolders<'_>,
        ledger: &Ledger,
        findings: &mut Findings,
    ) -> Self {
        let read = |keys: &'d RecordLookup| {
            let elsewhere = keys.folder.as_ref().map(|elsewhere| folders.data.join(elsewhere));
            let folder = elsewhere.as_deref().unwrap_or(folders.month);
            let mut lookup = Lookup { keys, rows: HashMap::new() };
            let mut found = Findings::default();
            lookup.read(source, folder, ledger, &mut found);
            // Of a record nothing is shown.
            findings
                .extend(found.iter().map(|finding| Finding { excerpt: None, ..finding.clone() }));
            lookup
        };
        Self { lookups: source.lookups.iter().map(read).collect() }
    }

    /// Nothing that is looked up.
    pub(super) fn none() -> Self {
        Self { lookups: Vec::new() }
    }

    /// Whether nothing is looked up.
    pub(super) fn is_empty(&self) -> bool {
        self.lookups.is_empty()
    }

    /// What is taken for a row, in the order of the columns that are taken; with the lookups that
    /// have no row of it.
    pub(super) fn of<'l>(
        &'l self,
        id: impl Fn(&str) -> &'l str,
        unmatched: &mut Vec<usize>,
    ) -> Vec<&'l str> {
        let mut cells = Vec::new();
        for (index, lookup) in self.lookups.iter().enumerate() {
            if let Some(row) = lookup.rows.get(&key(id(&lookup.keys.ours))) {
                cells.extend(row.iter().map(String::as_str));
            } else {
                unmatched.push(index);
                cells.extend(lookup.keys.take.iter().map(|_| ""));
            }
        }
        cells
    }
}

/// Whether a file in the folder of a month is one that a source looks columns up in.
pub(super) fn is_file(source: &ExtractSource, name: &str) -> bool {
    let mut here = source.lookups.iter().filter(|lookup| lookup.folder.is_none());
    here.any(|lookup| is_table_named(&lookup.files, name))
}

impl Lookup<'_> {
    fn read(
        &mut self,
        source: &ExtractSource,
        folder: &Path,
        ledger: &Ledger,
        findings: &mut Findings,
    ) {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut paths: Vec<_> = entries
            .filter(|entry| is_table_named(&self.keys.files, &entry.file_name().to_string_lossy()))
            .map(|entry| entry.path())
            .filter(|path| path.is_file())
            .collect();
        paths.sort();
        if paths.is_empty() {
            let found = format!(
                "the source {} takes {} from {}, and there is no such file",
                quote(&source.id),
                and(&self.keys.take),
                self.keys.files.join(", "),
            );
            let place = Place::file(&ledger.file(folder).name);
            let remedy = "put the file there, or take the [[source.lookup]] out";
            let finding = Finding::new(Code::CannotRead, place, found, remedy);
            let related = "the source is described here";
            findings.push(finding.with_related(source.place.clone(), related));
        }
        for path in paths {
            self.read_file(source, &ledger.file(&path).of_source(&source.id), findings);
        }
    }

    fn read_file(&mut self, source: &ExtractSource, file: &File, findings: &mut Findings) {
        let choose = |sheet: &super::workbook::Sheet| match &self.keys.sheet {
            Some(name) => crate::source::pattern::captures(name, sheet.name()).is_some(),
            None => self.headings(&Top::of_sheet(sheet)).is_ok(),
        };
        let is_one = self.keys.sheet.is_none();
        let Some((tables, _)) = Contents::of_source(file, choose, is_one, findings) else { return };
        let mut missing = self.columns().map(str::to_owned).collect::<Vec<_>>();
        let mut is_read = false;
        for contents in &tables {
            let found = match contents {
                Contents::Sheet(sheet) => {
                    let top = Top::of_sheet(sheet);
                    self.headings(&top).map(|(row, positions)| {
                        let width = positions.iter().max().map_or(0, |last| last + 1);
                        let picked = (0..u32::try_from(width).unwrap_or(u32::MAX)).collect();
                        let rows = RawRows::Sheet(sheet.rows_after(top.numbers[row]), picked);
                        (rows, positions, TableOrigin::of_sheet(&file.name, sheet))
                    })
                }
                Contents::Text(text) => self.in_text(text).map(|(rows, positions)| {
                    let origin = TableOrigin::of_text(&file.name, rows.delimiter());
                    (RawRows::Text(rows), positions, origin)
                }),
            };
            match found {
                Ok((rows, positions, origin)) => {
                    is_read = true;
                    self.read_rows(source, rows, &positions, &origin, findings);
                }
                Err(lacks) if lacks.len() < missing.len() => missing = lacks,
                Err(_) => {}
            }
        }
        if !is_read {
            let missing: Vec<_> = missing.iter().map(|column| quote(column)).collect();
            let found = format!(
                "the table has no {} {}, which the source {} looks up in it",
                plural(missing.len(), "column", "columns"),
                missing.join(", "),
                quote(&source.id)
            );
            let remedy = "correct `match` or `take` of the [[source.lookup]], or export the file \
                as before";
            let finding = Finding::new(Code::MissingColumn, Place::file(&file.name), found, remedy);
            let related = "the source is described here";
            findings.push(finding.with_related(source.place.clone(), related));
        }
    }

    /// The columns that it needs: that of the id, and those that are taken.
    fn columns(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.keys.theirs).chain(&self.keys.take).map(String::as_str)
    }

    /// The first row that has all headings, and where they stand; else what the nearest lacks.
    fn headings(&self, top: &Top) -> Result<(usize, Vec<usize>), Vec<String>> {
        let mut nearest: Vec<String> = self.columns().map(str::to_owned).collect();
        for (index, row) in top.rows.iter().enumerate() {
            let (mut positions, mut missing) = (Vec::new(), Vec::new());
            for column in self.columns() {
                let wanted = name_key(column);
                match row.iter().position(|cell| name_key(cell) == wanted) {
                    Some(position) => positions.push(position),
                    None => missing.push(column.to_owned()),
                }
            }
            if missing.is_empty() {
                return Ok((index, positions));
            }
            if missing.len() < nearest.len() {
                nearest = missing;
            }
        }
        Err(nearest)
    }

    fn in_text<'t>(&self, text: &'t str) -> Result<(Delimited<'t>, Vec<usize>), Vec<String>> {
        let mut nearest: Vec<String> = self.columns().map(str::to_owned).collect();
        for mut rows in Delimited::ways(text) {
            let top = Top::of_text(rows.clone());
            match self.headings(&top) {
                Ok((row, positions)) => {
                    rows.skip_to(top.numbers[row]);
                    return Ok((rows, positions));
                }
                Err(missing) if missing.len() < nearest.len() => nearest = missing,
                Err(_) => {}
            }
        }
        Err(nearest)
    }

    fn read_rows(
        &mut self,
        source: &ExtractSource,
        mut rows: RawRows<'_>,
        positions: &[usize],
        origin: &TableOrigin,
        findings: &mut Findings,
    ) {
        let mut record = DelimitedRow::default();
        let mut repeated = Repeated::default();
        let path = std::sync::Arc::clone(origin.path());
        while rows.next(&mut record, &path, findings) {
            let cell = |position: &usize| record.get(*position).map_or("", trim);
            let Some((id, taken)) = positions.split_first() else { return };
            let id = key(cell(id));
            if id.is_empty() {
                continue;
            }
            let taken: Vec<_> = taken.iter().map(|position| cell(position).to_owned()).collect();
            match self.rows.get(&id) {
                Some(first) => repeated.add(record.number, *first != taken),
                None => {
                    self.rows.insert(id, taken);
                }
            }
        }
        repeated.report(source, self.keys, origin, findings);
    }
}

impl Repeated {
    fn add(&mut self, line: u32, differs: bool) {
        self.count += 1;
        self.differ |= differs;
        if self.lines.len() < MOST_LINES {
            self.lines.push(line);
        }
    }

    fn report(
        &self,
        source: &ExtractSource,
        keys: &RecordLookup,
        origin: &TableOrigin,
        findings: &mut Findings,
    ) {
        let Some(first) = self.lines.first() else { return };
        let lines: Vec<_> = self.lines.iter().map(u32::to_string).collect();
        let more = self.count - lines.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let says = if self.differ {
            "and not all of them say the same: the first row of each counts"
        } else {
            "and say the same"
        };
        let found = format!(
            "{} {}{more} {} the {} of an earlier line, {says}",
            plural(self.count, "line", "lines"),
            lines.join(", "),
            plural(self.count, "has", "have"),
            quote(&keys.theirs),
        );
        let remedy = "a file that columns are looked up in should have each id once: take the rows \
            out that are not meant";
        let finding = Finding::new(Code::LookupRepeated, origin.place(*first), found, remedy);
        let related = "the source is described here";
        findings.push(finding.with_related(source.place.clone(), related));
    }
}

/// An id, in any case.
fn key(id: &str) -> String {
    id.to_lowercase()
}
