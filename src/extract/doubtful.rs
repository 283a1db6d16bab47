//! What is doubtful in a list of records: said with lines and columns, and never with a cell's text.

use std::collections::{BTreeMap, HashMap};

use super::conditions::Doubt;
use crate::definition::{Definition, ExtractSource};
use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::text::{plural, quote};

/// How many lines a finding names.
const MOST_LINES: usize = 4;

/// Lines of a table, of which the first few are named.
#[derive(Clone, Debug, Default)]
struct Lines {
    first: Vec<u32>,
    last: u32,
    count: usize,
}

impl Lines {
    fn add(&mut self, line: u32) {
        if self.count > 0 && self.last == line {
            return;
        }
        self.last = line;
        self.count += 1;
        if self.first.len() < MOST_LINES {
            self.first.push(line);
        }
    }

    /// `line 12 has`, `lines 12, 15, 19, 20 and 34 more have`.
    fn with(&self, one: &str, several: &str) -> String {
        let named: Vec<_> = self.first.iter().map(u32::to_string).collect();
        let more = self.count - named.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let lines = plural(self.count, "line", "lines");
        format!("{lines} {}{more} {}", named.join(", "), plural(self.count, one, several))
    }
}

/// What is doubtful in a table.
#[derive(Default)]
struct DoubtfulTable<'d> {
    rows: usize,
    doubts: BTreeMap<Doubt<'d>, Lines>,
    /// Rows of areas that are not defined, by what stands there; by nothing, where they are left
    /// out.
    unknown: HashMap<String, Lines>,
    /// Rows of areas that are not defined, which count for the top area.
    of_top_alone: Lines,
    without_area: Lines,
    repeated: Lines,
    of_one_day: Lines,
    unmatched: BTreeMap<usize, Lines>,
}

/// What is doubtful in the tables of a source.
#[derive(Default)]
pub(super) struct Doubtful<'d> {
    tables: Vec<(Place, DoubtfulTable<'d>)>,
}

impl<'d> Doubtful<'d> {
    /// Begins a table.
    pub(super) fn start_table(&mut self, heading: Place) {
        self.tables.push((heading, DoubtfulTable::default()));
    }

    /// Which table is being read.
    pub(super) fn table(&self) -> usize {
        self.tables.len().saturating_sub(1)
    }

    fn last(&mut self) -> Option<&mut DoubtfulTable<'d>> {
        self.tables.last_mut().map(|(_, table)| table)
    }

    /// Counts a row, and the lookups that have none of it.
    pub(super) fn row(&mut self, line: u32, unmatched: &[usize]) {
        if let Some(table) = self.last() {
            table.rows += 1;
            for lookup in unmatched {
                table.unmatched.entry(*lookup).or_default().add(line);
            }
        }
    }

    pub(super) fn repeats(&mut self, line: u32) {
        self.last().into_iter().for_each(|table| table.repeated.add(line));
    }

    pub(super) fn of_one_day(&mut self, line: u32) {
        self.last().into_iter().for_each(|table| table.of_one_day.add(line));
    }

    pub(super) fn without_area(&mut self, line: u32) {
        self.last().into_iter().for_each(|table| table.without_area.add(line));
    }

    pub(super) fn of_top_alone(&mut self, line: u32) {
        self.last().into_iter().for_each(|table| table.of_top_alone.add(line));
    }

    pub(super) fn of_unknown_area(&mut self, line: u32, text: &str) {
        let Some(table) = self.last() else { return };
        match table.unknown.get_mut(text) {
            Some(lines) => lines.add(line),
            None => table.unknown.entry(text.to_owned()).or_default().add(line),
        }
    }

    pub(super) fn doubt(&mut self, table: usize, line: u32, doubt: Doubt<'d>) {
        if let Some((_, table)) = self.tables.get_mut(table) {
            table.doubts.entry(doubt).or_default().add(line);
        }
    }

    /// Says it all.
    pub(super) fn report(
        &self,
        source: &ExtractSource,
        definition: &Definition,
        findings: &mut Findings,
    ) {
        for (heading, table) in &self.tables {
            let at = |lines: &Lines| Place {
                line: lines.first.first().copied(),
                column: None,
                cell: None,
                ..heading.clone()
            };
            let mut push = |code, lines: &Lines, found: String, remedy: &str| {
                findings.push(Finding::new(code, at(lines), found, remedy));
            };
            table.report_areas(definition, &mut push);
            for (doubt, lines) in &table.doubts {
                let (code, found, remedy) = say(*doubt, lines, lines.count == table.rows);
                push(code, lines, found, remedy);
            }
            let lines = &table.repeated;
            if lines.count > 0 {
                let found = lines.with(
                    "repeats the record of an earlier line",
                    "repeat the records of earlier lines",
                );
                let remedy = "take them out if they are there twice; where a person has several \
                    rows, say in the source count_once = \"<the column of the person>\", or which \
                    of them counts with `keep`";
                push(Code::RecordRepeated, lines, found, remedy);
            }
            let lines = &table.of_one_day;
            if lines.count > 0 {
                let found = lines.with(
                    "is of the same day as another row of the person, and counts in its place",
                    "are of the same days as other rows of the same people, and count in their \
                     places",
                );
                let remedy = "look which of them is meant, and take the others out; `keep` in the \
                    source takes the latest row";
                push(Code::RecordRepeated, lines, found, remedy);
            }
            for (lookup, lines) in &table.unmatched {
                let Some(lookup) = source.lookups.get(*lookup) else { continue };
                let found = format!(
                    "{} of the {} {} no match by {} in {}: what is taken from there is blank",
                    lines.count,
                    table.rows,
                    plural(lines.count, "rows has", "rows have"),
                    quote(&lookup.ours),
                    lookup.files.join(", "),
                );
                let remedy = "nothing to do, if they are meant to be in one file alone; else look \
                    whether the ids are written alike in both";
                push(Code::LookupUnmatched, lines, found, remedy);
            }
        }
    }
}

impl DoubtfulTable<'_> {
    fn report_areas(
        &self,
        definition: &Definition,
        push: &mut impl FnMut(Code, &Lines, String, &str),
    ) {
        let mut unknown: Vec<_> = self.unknown.iter().collect();
        unknown.sort_by_key(|(_, lines)| lines.first.first().copied());
        for (text, lines) in unknown {
            if text.is_empty() {
                let count = lines.count;
                let rows = plural(count, "row is", "rows are");
                let found = format!("{count} {rows} left out: of areas that are not defined");
                let remedy = "nothing to do, if that is meant";
                push(Code::RowsLeftOut, lines, found, remedy);
                continue;
            }
            let found = lines.with(
                "has a text, which is no area and no team",
                "hold the same text, which is no area and no team",
            );
            let remedy = "define the team, add the name to its `was`, or say under \
                [source.names.area] what it is; unknown_areas = \"top only\" counts them for the \
                top area alone";
            push(Code::UnknownArea, lines, found, remedy);
        }
        let top = &definition.area(definition.top).name;
        let lines = &self.of_top_alone;
        if lines.count > 0 {
            let found = format!(
                "{} {} of areas that are not defined, and left out of all but {}",
                lines.count,
                plural(lines.count, "row is", "rows are"),
                quote(top)
            );
            push(Code::RowsLeftOut, lines, found, "nothing to do, if that is meant");
        }
        let lines = &self.without_area;
        if lines.count > 0 {
            let found = lines.with("has no area, and counts", "have no area, and count");
            let remedy = "write the area or team of each, if it is known";
            push(Code::BlankArea, lines, format!("{found} for {} alone", quote(top)), remedy);
        }
    }
}

/// What a doubt is, and what to do about it.
fn say(doubt: Doubt<'_>, lines: &Lines, are_all: bool) -> (Code, String, &'static str) {
    match doubt {
        Doubt::Unread(column, asked) => {
            let (asked, column) = (asked.as_str(), quote(column));
            let found = if are_all && lines.count > 1 {
                format!(
                    "no row has a {asked} in the column {column}, where a condition asks for \
                    one, and none counts there"
                )
            } else {
                format!(
                    "{} that can be read in the column {column}, and {} not count there",
                    lines.with(&format!("has no {asked}"), &format!("have no {asked}")),
                    plural(lines.count, "does", "do"),
                )
            };
            let remedy = "correct the cells, or the condition: of a column of texts it asks for a \
                text, such as \"Yes\"; dates are British, 31/01/2016, unless the source says dates \
                = \"us\"";
            (Code::UnreadableCell, found, remedy)
        }
        Doubt::NoDay(column) => {
            let rows = plural(lines.count, "row has", "rows have");
            let found = format!(
                "{} {rows} nothing in the column {} that days could be counted from or to, and {} \
                    not count there",
                lines.count,
                quote(column),
                plural(lines.count, "does", "do"),
            );
            let remedy = "nothing to do, where it has not happened yet";
            (Code::NoDay, found, remedy)
        }
        Doubt::Reversed(from, to) => {
            let found = format!(
                "{} an earlier day in {} than in {}, and {} not count there",
                lines.with("has", "have"),
                quote(to),
                quote(from),
                plural(lines.count, "does", "do"),
            );
            let remedy = "correct the days; or exchange `from` and `to` in the source";
            (Code::UnreadableCell, found, remedy)
        }
        Doubt::NoPerson(column) => {
            let found = format!(
                "{} nothing in the column {}, and {} as somebody else",
                lines.with("has", "have"),
                quote(column),
                plural(lines.count, "counts", "each count"),
            );
            let remedy = "write whom each row is of";
            (Code::UnreadableCell, found, remedy)
        }
    }
}
