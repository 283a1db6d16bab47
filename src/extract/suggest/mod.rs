//! What a file looks like, written as the `[[source]]` that describes it: something to start from,
//! which says what it is unsure of.
//!
//! A file may be a list with a row a child. Of such a list nothing is shown but headings, and those
//! only where a row is certain to be one of headings; and every file that is not certain to hold
//! figures is taken to be one.

mod columns;
mod figures;
mod names;
mod national;
mod outline;
mod records;
mod table;
mod write;

pub use table::{RawRow, RawTable};

use std::sync::Arc;

use super::closed_days::CLOSED_DAYS;
use super::names::NameFinder;
use super::populations::FILE as POPULATIONS;
use super::sources::is_table_named;
use super::{is_extract, is_of_benchmarks};
use crate::definition::{Definition, ExtractSource, StandardColumn};
use crate::diagnostic::known::Known;
use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::input::File;
use crate::text::name_key;

/// What somebody knows of a file.
#[derive(Clone, Debug, Default)]
pub struct SuggestOptions {
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Whether it is a list with a row a child or case.
    pub is_records: bool,
    /// The row of its headings, as its line or its row in a sheet.
    pub headings: Option<u32>,
}

/// A `[[source]]` that is suggested.
#[derive(Debug, Default)]
pub(super) struct Suggestion {
    /// What comes before its columns: `header_rows = 2`.
    keys: Vec<(&'static str, String)>,
    /// More of them, to be decided on.
    key_drafts: Vec<String>,
    /// Ours and theirs.
    columns: Vec<(StandardColumn, String)>,
    across: Option<SuggestedAcross>,
    /// The column of an outline, and its levels.
    outline: Option<(String, Vec<String>)>,
    /// Lines of `[source.names]`, to be filled in.
    names: Vec<(StandardColumn, Vec<String>)>,
    /// Which rows may belong to which cohort.
    cohorts: Vec<String>,
    /// Tables that are to be filled in.
    drafts: Vec<String>,
    /// What is not certain, and what could not be placed.
    notes: Vec<String>,
}

/// What runs across.
#[derive(Debug, Default)]
struct SuggestedAcross {
    headings: Vec<String>,
    figure: String,
    ignore: Vec<String>,
}

/// The table of TOML that describes a file. `None` if it cannot be read, which has been reported.
pub fn suggest(
    definition: &Definition,
    file: &File,
    options: &SuggestOptions,
    findings: &mut Findings,
) -> Option<String> {
    let file_name =
        file.path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    if [CLOSED_DAYS, POPULATIONS].contains(&file_name.as_str()) {
        return Some(write::needs_none(&file_name));
    }
    let (tables, sheets) = table::read(file, options.sheet.as_deref(), findings)?;
    let names = NameFinder::new(definition);
    let named = names::FileName::of(&file_name, &names);
    if let (true, Some(wanted)) = (tables.is_empty(), &options.sheet) {
        findings.push(no_sheet(&file.name, wanted, &sheets));
        return None;
    }
    let of_areas = sheets_of_areas(&tables, &names);
    let has_columns = |table: &RawTable| table.rows.iter().any(|row| row.cells.len() > 1);
    if !tables.is_empty() && !tables.iter().any(has_columns) {
        findings.push(no_columns(&file.name));
        return None;
    }
    let suggest = |table: &RawTable| {
        let is_of_area = of_areas.contains(&table.sheet);
        let named = names::FileName { has_area: named.has_area || is_of_area, ..named.clone() };
        let figures = figures::suggest(table, &names, &named);
        figures
            .certain
            .or_else(|| outline::suggest(table, &names))
            .or_else(|| national::suggest(table, &names, &named))
            .or(figures.without_areas)
    };
    let of_figures = if options.is_records {
        None
    } else {
        tables.iter().find_map(|table| Some((table, suggest(table)?)))
    };
    let is_standard = of_figures.as_ref().is_some_and(|(_, suggestion)| suggestion.is_standard());
    let has_our_columns = is_standard || tables.iter().any(RawTable::is_of_results);
    if has_our_columns && (is_extract(&file_name) || is_of_benchmarks(&file_name)) {
        return Some(write::needs_none(&file_name));
    }
    let largest = || tables.iter().max_by_key(|table| table.rows.len());
    let of_records = || {
        let table = largest()?;
        Some((table, records::suggest(table, &names, &named, options)))
    };
    let Some((table, mut suggestion)) = of_figures.or_else(of_records) else {
        findings.push(super::table::empty(Place::file(&file.name)));
        return None;
    };
    suggestion.add_notes(definition, &file_name, is_standard);
    if of_areas.contains(&table.sheet) {
        suggestion.name_sheets_of_areas();
    } else if let Some(sheet) = table.sheet.as_ref().filter(|_| sheets.len() > 1) {
        suggestion.keys.insert(0, ("sheet", write::text(sheet)));
    }
    Some(write::source(&suggestion, &file_name, &named))
}

/// The sheets that are named after areas, where there are two of them or more.
fn sheets_of_areas(tables: &[RawTable], names: &NameFinder<'_>) -> Vec<Option<Arc<str>>> {
    let is_of_area =
        |table: &&RawTable| table.sheet.as_ref().is_some_and(|sheet| names.has_area(sheet));
    let found: Vec<_> = tables.iter().filter(is_of_area).map(|table| table.sheet.clone()).collect();
    if found.len() > 1 { found } else { Vec::new() }
}

impl Suggestion {
    /// Adds what is to be said of the file, whatever is in it.
    fn add_notes(&mut self, definition: &Definition, file_name: &str, is_standard: bool) {
        if is_standard {
            self.notes.push(
                "Its columns have the names of ours: called results or activity, with anything \
                 behind that, it is read from the folder of its month without a [[source]]."
                    .to_owned(),
            );
        }
        let is_named = |source: &&ExtractSource| is_table_named(&source.files, file_name);
        if let Some(defined) = definition.sources.iter().find(is_named) {
            self.notes.push(format!(
                "The definitions have a [[source]] for files called so already: {}.",
                write::text(&defined.id)
            ));
        }
    }

    /// Says that each sheet is of an area.
    fn name_sheets_of_areas(&mut self) {
        self.keys.insert(0, ("sheet", write::text("{area}")));
        self.notes.push(
            "Sheets that have the columns and are called otherwise than an area: say under \
             [source.names.area] what they are."
                .to_owned(),
        );
    }

    /// Whether it says nothing but that our columns are called as they are.
    fn is_standard(&self) -> bool {
        let is_ours = |(column, theirs): &(StandardColumn, String)| {
            name_key(theirs) == name_key(column.as_str())
        };
        self.across.is_none()
            && self.outline.is_none()
            && self.key_drafts.iter().all(|draft| draft == figures::FIXED_OF_BENCHMARKS)
            && self.keys.iter().all(|(key, _)| *key == "kind")
            && self.columns.iter().all(is_ours)
    }
}

fn no_columns(path: &Arc<str>) -> Finding {
    Finding::new(
        Code::MissingColumn,
        Place::file(path),
        "the file has no columns: nothing in it stands between one cell and the next",
        "save it as CSV UTF-8 (Comma delimited); where something else than a comma, a semicolon or a \
         tab stands between the cells, such as |, write sep=| into its first line",
    )
}

fn no_sheet(path: &Arc<str>, wanted: &str, sheets: &[Arc<str>]) -> Finding {
    let sheets = Known::names("sheet", "sheets", sheets.iter().map(|name| &**name));
    sheets.unknown(Code::MissingColumn, wanted).at(Place::file(path))
}
