//! The rows of a table that a source describes, made rows of the standard form.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::aside::{Asides, may_be_footer};
use super::cell::CellValue;
use super::closed_days::ClosedDays;
use super::conditions::{ConditionDays, Doubt, TableConditions};
use super::delimited::DelimitedRow;
use super::halves::Half;
use super::lookups::Lookups;
use super::names::NameFinder;
use super::outline::{OutlineReader, OutlineRow};
use super::period::{PeriodText, no_month};
use super::punctuation::trim;
use super::records::{CountedTable, RecordRow};
use super::sources::{RawRows, Readers, SourceReader};
use super::table::{self, MOST_ERRORS, StandardCell, StandardRow, TableOrigin, TableRow};
use super::totals::Sums;
use super::workbook::{self, Sheet};
use crate::definition::{
    Conditions, DateOrder, ExtractSource, PercentAs, SourceKind, StandardColumn, Symbol, Unit,
    UnknownAreas,
};
use crate::diagnostic::{Code, Finding, Findings, Place, Severity};
use crate::figure::Decimal;
use crate::month::Month;
use crate::source::{Group, Layout};
use crate::text::{plural, quote};

/// How many rows are left out, and why.
#[derive(Default)]
struct LeftOut {
    by_source: usize,
    unknown_areas: usize,
    other_indicators: usize,
    other_months: usize,
    /// The months of those.
    months: BTreeSet<Month>,
    /// The months of headings that are read.
    months_of_headings: BTreeSet<Month>,
}

/// What is the same in all rows of a table.
#[derive(Debug, Default)]
pub(super) struct FixedCells {
    /// What is in our columns.
    pub(super) cells: Vec<(StandardColumn, String)>,
    /// The month, where something above the rows says it.
    pub(super) month: Option<Month>,
}

/// The rows of a table of a source.
pub(super) struct SourceRows<'t, 'n, 'd> {
    reader: &'t SourceReader<'n, 'd>,
    layout: Layout<'d>,
    fixed: FixedCells,
    origin: TableOrigin,
    /// The row of the lowest headings.
    headings: u32,
    rows: RawRows<'t>,
    leave_out: TableConditions<'d>,
    totals: TableConditions<'d>,
    only: Option<TableConditions<'d>>,
    /// Which rows make each of the groups of the layout.
    group_rows: Vec<Option<TableConditions<'d>>>,
    outline: Option<OutlineReader<'d>>,
    /// What a blank stands for, where it means as above.
    above: HashMap<usize, String>,
    months: HashMap<String, PeriodText>,
    /// Whether texts that come again and again name areas, and indicators that are taken.
    areas: HashMap<String, bool>,
    indicators: HashMap<String, bool>,
    asides: Asides,
    sums: Sums,
    left_out: LeftOut,
    /// Rows with a cell that a condition cannot be asked of, by the column: the first and how many.
    unread: BTreeMap<&'d str, (u32, usize)>,
    lookups: &'t Lookups<'d>,
    /// A row of records with what is taken from other files.
    joined: DelimitedRow<'t>,
    /// The lookups that have no row of it.
    unmatched: Vec<usize>,
    /// Where the rows of the standard form come from.
    standard: Vec<(u32, u32)>,
    taken: usize,
}

/// What is known of a text that comes again and again, as far as there is room.
fn remember(known: &mut HashMap<String, bool>, text: &str, is: impl FnOnce() -> bool) -> bool {
    const MOST: usize = 100_000;
    if let Some(known) = known.get(text) {
        return *known;
    }
    let is = is();
    if known.len() < MOST {
        known.insert(text.to_owned(), is);
    }
    is
}

impl<'t, 'n, 'd> SourceRows<'t, 'n, 'd> {
    pub(super) fn new(
        reader: &'t SourceReader<'n, 'd>,
        layout: Layout<'d>,
        fixed: FixedCells,
        origin: TableOrigin,
        headings: u32,
        rows: RawRows<'t>,
        lookups: &'t Lookups<'d>,
    ) -> Self {
        let source = reader.source;
        let outline = source.outline.as_ref().zip(layout.outline);
        let conditions = |rows: &'d Conditions| TableConditions::new(rows, &layout.asked);
        Self {
            leave_out: conditions(&source.leave_out),
            totals: conditions(&source.totals),
            only: source.only.as_ref().map(conditions),
            group_rows: Vec::new(),
            outline: outline.map(|(outline, column)| OutlineReader::new(outline, column)),
            reader,
            layout,
            fixed,
            origin,
            headings,
            rows,
            above: HashMap::new(),
            months: HashMap::new(),
            areas: HashMap::new(),
            indicators: HashMap::new(),
            asides: Asides::default(),
            sums: Sums::default(),
            left_out: LeftOut::default(),
            unread: BTreeMap::new(),
            lookups,
            joined: DelimitedRow::default(),
            unmatched: Vec::new(),
            standard: Vec::new(),
            taken: 0,
        }
    }

    fn source(&self) -> &'d ExtractSource {
        self.reader.source
    }

    fn names(&self) -> &'n NameFinder<'d> {
        self.reader.names
    }

    /// Reads them all.
    pub(super) fn read(
        mut self,
        sheet: Option<&Sheet>,
        readers: &mut Readers<'_, 'n, 'd>,
        findings: &mut Findings,
    ) {
        let is_shared = self.source().folder.is_some() && self.reader.month.is_some();
        // What is wrong with the headings of such a file has been said when it was looked through.
        let mut said_before = Findings::default();
        self.place_headings(if is_shared { &mut said_before } else { findings });
        if let (Some(counter), Some(month)) = (&mut readers.counter, self.reader.month) {
            counter.start_table(&self.origin, self.headings, month, &self.layout.asked);
        }
        let picked = self.picked();
        let mut merged = Vec::new();
        if let Some(sheet) = sheet.filter(|_| !is_shared) {
            table::report_hidden(&self.origin, sheet, self.headings, &picked, findings);
            merged = table::merged_cells(&self.origin, sheet, self.headings, &picked);
        }
        let groups = self.layout.groups.iter();
        let conditions = |rows| TableConditions::new(rows, &self.layout.asked);
        self.group_rows = groups.map(|group| group.rows.map(conditions)).collect();
        let above = readers.results.last_line();
        let (mut record, mut next) = (DelimitedRow::default(), self.headings + 1);
        let (mut is_after_gap, mut errors) = (false, 0);
        let path = std::sync::Arc::clone(self.origin.path());
        while self.rows.next(&mut record, &path, findings) {
            is_after_gap |= record.number > next || record.is_blank();
            next = self.next_number(&record);
            if record.is_blank() {
                continue;
            }
            let before = findings.len();
            let is_after_gap = std::mem::take(&mut is_after_gap);
            if self.lookups.is_empty() {
                self.row(&record, &record, is_after_gap, above, readers, findings);
            } else {
                let joined = self.join(&record);
                self.row(&joined, &record, is_after_gap, above, readers, findings);
                self.joined = joined;
            }
            let new = findings.iter().skip(before);
            errors += new.filter(|finding| finding.severity == Severity::Error).count();
            if errors >= MOST_ERRORS {
                findings.push(table::gave_up(self.origin.place(record.number), errors));
                break;
            }
        }
        let is_secret = self.is_of_records();
        let asides = self.asides.finish(is_secret, findings);
        let hides = |(first, last, _): &(u32, u32, Finding)| {
            (*first..=*last).any(|row| !asides.contains(&row))
        };
        findings.extend(merged.into_iter().filter(hides).map(|(_, _, finding)| finding));
        self.report(findings);
        if self.source().kind == SourceKind::Results {
            readers.results.end_source(above, self.origin.of_standard(self.standard));
        }
    }

    /// The number that the row after this one has, if none is blank between them.
    fn next_number(&self, record: &DelimitedRow<'_>) -> u32 {
        match &self.rows {
            RawRows::Text(rows) => rows.line(),
            RawRows::Runs(rows) => rows.line(),
            RawRows::Sheet(..) => record.number + 1,
        }
    }

    /// The columns that are read, but for those in which a blank means as above.
    fn picked(&self) -> Vec<u32> {
        let all = self.name_positions().chain(self.figure_positions());
        let picked: BTreeSet<_> = all.filter(|at| !self.layout.fill_down.contains(at)).collect();
        picked.into_iter().filter_map(|position| u32::try_from(position).ok()).collect()
    }

    /// Says which headings name nothing, and leaves out those of other months and areas.
    fn place_headings(&mut self, findings: &mut Findings) {
        for heading in &self.layout.unplaced {
            let found = format!("the heading {} {}", quote(&heading.text), heading.found);
            let place = self.heading(heading.position);
            let remedy = heading.remedy.clone();
            findings.push(self.reader.finding(Code::UnknownHeading, place, found, remedy));
        }
        let mut groups = std::mem::take(&mut self.layout.groups);
        let mut told = BTreeSet::new();
        groups.retain_mut(|group| self.is_placed(group, &mut told, findings));
        if !self.layout.unplaced.is_empty() {
            groups.retain(is_whole);
        }
        self.layout.groups = groups;
    }

    fn heading(&self, position: usize) -> Place {
        self.origin.cell(self.headings, u32::try_from(position).unwrap_or(0))
    }

    fn is_placed(
        &mut self,
        group: &mut Group<'_>,
        told: &mut BTreeSet<String>,
        findings: &mut Findings,
    ) -> bool {
        let position = group.figures.first().map_or(0, |(_, position)| *position);
        for (column, text) in &mut group.fixed {
            *text = self.reader.our_name(*column, text).to_owned();
            let names = self.reader.names;
            let is_known = match column {
                StandardColumn::Month => match self.reader.form.month(text) {
                    PeriodText::One(month) if self.reader.is_of(month) => {
                        self.left_out.months_of_headings.insert(month);
                        *text = month.to_string();
                        true
                    }
                    PeriodText::One(month) => {
                        self.left_out.months.insert(month);
                        return false;
                    }
                    _ => false,
                },
                _ => names.has(*column, text).unwrap_or(true),
            };
            if is_known {
                let is_indicator = *column == StandardColumn::Indicator;
                if is_indicator && !self.reader.takes_indicator(text) {
                    return false;
                }
                continue;
            }
            let kind = self.reader.source.kind;
            if *column == kind.place_column()
                && self.reader.source.unknown_areas == UnknownAreas::LeaveOut
            {
                self.left_out.unknown_areas += 1;
            } else if told.insert(text.clone()) {
                let what = column.as_str();
                let (found, remedy) = if *column == StandardColumn::Month {
                    let (found, remedy) = no_month(text, &self.reader.form.month(text));
                    let ignore = "put it under `ignore` if it does not belong to the figures";
                    (format!("the heading {found}"), format!("{remedy}; or {ignore}"))
                } else {
                    let guess = names.guess_of(*column, text);
                    let remedy = format!(
                        "{guess}put it under `ignore` of the source if it does not belong to the \
                            figures, or say under [source.names.{what}] what it is"
                    );
                    (format!("the heading {} is no {what}", quote(text)), remedy)
                };
                let place = self.heading(position);
                findings.push(self.reader.finding(Code::UnknownHeading, place, found, remedy));
            }
            return false;
        }
        // Figures of benchmarks are of all months, and all others of the one that is read.
        let keeps_month = self.reader.source.kind == SourceKind::Benchmarks;
        group.fixed.retain(|(column, _)| *column != StandardColumn::Month || keeps_month);
        true
    }

    /// A row with what is taken from other files behind it.
    fn join(&mut self, record: &DelimitedRow<'t>) -> DelimitedRow<'t> {
        let mut joined = std::mem::take(&mut self.joined);
        let lookups = self.lookups;
        self.unmatched.clear();
        let counted = &self.layout.asked;
        let id = |column: &str| counted.get(column).map_or("", |at| cell(record, *at));
        let taken = lookups.of(id, &mut self.unmatched);
        joined.join(record, self.layout.width, taken.into_iter());
        joined
    }

    fn is_of_records(&self) -> bool {
        self.source().kind == SourceKind::Records
    }

    /// Reads a row, which stands in the file as `raw`.
    fn row(
        &mut self,
        record: &DelimitedRow<'t>,
        raw: &DelimitedRow<'t>,
        is_after_gap: bool,
        above: u32,
        readers: &mut Readers<'_, 'n, 'd>,
        findings: &mut Findings,
    ) {
        if self.repeats_headings(record) {
            return self.asides.headings(self.origin.place(record.number));
        }
        let filled = self.filled(record);
        let mut found = Findings::default();
        if self.says_nothing(record) {
            return self.aside(raw, is_after_gap, found, findings);
        }
        if self.is_of_records() && self.may_be_footer_of_records(record, raw, &filled) {
            found.push(self.reader.finding(
                Code::UnknownArea,
                self.origin.place(record.number),
                "the row is of no area and no team",
                "take it out, if it is no record",
            ));
            return self.aside(raw, is_after_gap, found, findings);
        }
        if !self.is_wanted(record, &filled, &readers.closed, findings) {
            return self.asides.not_wanted();
        }
        self.keep_above(record, &filled);
        if !self.is_of_outline(record, &filled, &mut found) {
            if !found.has_errors() {
                return self.asides.not_wanted();
            }
            if self.may_be_footer(record) {
                return self.aside(record, is_after_gap, found, findings);
            }
            findings.append(found);
            return self.asides.row(true, findings);
        }
        let has_figure = match self.is_of_month(record, &filled, &mut found) {
            Some(false) => return self.asides.not_wanted(),
            None => true,
            Some(true) if self.is_left_out(record, &filled) => return self.asides.not_wanted(),
            Some(true) if self.is_of_records() => self.count(record, &filled, readers),
            Some(true) => self.standard_rows(record, &filled, above, readers, &mut found),
        };
        if found.has_errors() && self.may_be_footer(record) {
            return self.aside(raw, is_after_gap, found, findings);
        }
        findings.append(found);
        self.taken += 1;
        self.asides.row(has_figure, findings);
    }

    fn aside(
        &mut self,
        record: &DelimitedRow<'_>,
        is_after_gap: bool,
        found: Findings,
        findings: &mut Findings,
    ) {
        let at = (record.number, self.origin.place(record.number));
        self.asides.aside(at, &record.iter().map(trim), is_after_gap, found, findings);
    }

    /// The positions of what names a row's figures.
    fn name_positions(&self) -> impl Iterator<Item = usize> {
        let own = self.layout.own.iter().flat_map(|(_, places)| places.iter().copied());
        own.chain(self.layout.outline)
    }

    /// The positions of its figures.
    fn figure_positions(&self) -> impl Iterator<Item = usize> {
        let figures = self.layout.groups.iter().flat_map(|group| &group.figures);
        figures.map(|(_, position)| *position)
    }

    /// Whether nothing stands in any of the columns that are read.
    fn says_nothing(&self, record: &DelimitedRow<'_>) -> bool {
        let mut positions = self.name_positions().chain(self.figure_positions());
        positions.all(|position| cell(record, position).is_empty())
    }

    /// Counts a record.
    fn count(
        &mut self,
        record: &DelimitedRow<'_>,
        filled: &HashMap<usize, String>,
        readers: &mut Readers<'_, 'n, 'd>,
    ) -> bool {
        let value = |position: usize| cell_or_above(record, position, filled);
        let own = |column| self.own(column, record, filled).map_or("", |(_, text)| text);
        let fixed = self.fixed.cells.iter().find(|(column, _)| *column == StandardColumn::Area);
        let area = fixed.map_or_else(|| own(StandardColumn::Area), |(_, area)| area.as_str());
        let row = RecordRow {
            line: record.number,
            cell: &value,
            area: self.reader.our_name(StandardColumn::Area, area),
            record: own(StandardColumn::Record),
            unmatched: &self.unmatched,
        };
        if let Some(counter) = &mut readers.counter {
            counter.row(&row);
        }
        true
    }

    /// Whether a row has no more than a footer has: it is of no area, and what stands where a record
    /// goes by its id is a sentence or a word.
    fn may_be_footer_of_records(
        &self,
        record: &DelimitedRow<'_>,
        raw: &DelimitedRow<'_>,
        filled: &HashMap<usize, String>,
    ) -> bool {
        let own = |column| self.own(column, record, filled).map(|(_, text)| text);
        let area = own(StandardColumn::Area).unwrap_or("");
        let first = || raw.iter().map(trim).find(|cell| !cell.is_empty());
        let id = own(StandardColumn::Record).or_else(first).unwrap_or("");
        let is_id = id.contains(|letter: char| letter.is_ascii_digit()) && !id.contains(' ');
        raw.iter().filter(|cell| !trim(cell).is_empty()).count() <= 2
            && area.bytes().all(|byte| byte.is_ascii_digit() || byte == b',')
            && !is_id
    }

    fn may_be_footer(&self, record: &DelimitedRow<'_>) -> bool {
        let texts: Vec<_> = self.name_positions().map(|at| cell(record, at)).collect();
        let figures: Vec<_> = self.figure_positions().map(|at| cell(record, at)).collect();
        !self.names_anything(record) && may_be_footer(&texts, &figures)
    }

    /// Whether the source takes a row. A row of totals is compared with those above it.
    fn is_wanted(
        &mut self,
        record: &DelimitedRow<'_>,
        filled: &HashMap<usize, String>,
        closed: &ClosedDays,
        findings: &mut Findings,
    ) -> bool {
        if self.leave_out.is_empty() && self.totals.is_empty() && self.only.is_none() {
            return true;
        }
        let days = self.days(closed);
        let mut doubts = Vec::new();
        let cell = |position: usize| cell_or_above(record, position, filled);
        let is_total = self.totals.hold(&days, &cell, &mut doubts);
        let is_left_out = is_total
            || self.only.as_ref().is_some_and(|only| !only.hold(&days, &cell, &mut doubts))
            || self.leave_out.hold(&days, &cell, &mut doubts);
        self.doubt(&doubts, record.number);
        if is_total {
            self.compare_total(record, findings);
        }
        self.left_out.by_source += usize::from(is_left_out);
        !is_left_out
    }

    /// The days that conditions speak of. While months are looked for, only texts are asked for.
    fn days<'c>(&self, closed: &'c ClosedDays) -> ConditionDays<'c> {
        let month = self.reader.month.unwrap_or(Month::FIRST);
        let year_start = self.names().definition().financial_year(month).first();
        ConditionDays::new(month, year_start, self.source().dates == DateOrder::Us, closed)
    }

    /// Notes the columns in which a row has nothing that a condition can be asked of.
    fn doubt(&mut self, doubts: &[Doubt<'d>], line: u32) {
        for doubt in doubts {
            self.unread.entry(doubt.column()).or_insert((line, 0)).1 += 1;
        }
    }

    /// Whether a row is one of figures in an outline, if there is one.
    fn is_of_outline(
        &mut self,
        record: &DelimitedRow<'_>,
        filled: &HashMap<usize, String>,
        findings: &mut Findings,
    ) -> bool {
        let Some(outline) = &mut self.outline else { return true };
        let text = cell_or_above(record, outline.column, filled);
        let raw = record.get(outline.column).unwrap_or_default();
        let spaces = raw.chars().take_while(|letter| letter.is_whitespace()).count();
        let indent = spaces + self.rows.indent(record.number, outline.column);
        let reader = self.reader;
        let names = |column, text: &str| {
            reader.names.has(column, reader.our_name(column, text)) == Some(true)
        };
        let row = outline.row(text, indent, names);
        let (code, found, remedy) = match row {
            OutlineRow::Figures => return true,
            OutlineRow::Heading => return false,
            OutlineRow::BelowNothing => (
                Code::BlankArea,
                format!("{} stands below nothing that it could belong to", quote(text)),
                "say under `levels` of [source.outline] what stands above what, from the \
                    outermost"
                    .to_owned(),
            ),
            OutlineRow::Unknown => {
                let levels = outline.levels();
                let names: Vec<_> = levels.iter().map(|level| level.as_str()).collect();
                let guess = levels.iter().map(|level| reader.names.guess_of(*level, text));
                let guess = guess.into_iter().find(|guess| !guess.is_empty()).unwrap_or_default();
                (
                    Code::UnknownHeading,
                    format!("{} is no {}", quote(text), names.join(" and no ")),
                    format!(
                        "{guess}say under [source.names] what it is, or leave the row out: \
                            leave_out = {{ {} = {} }}",
                        quote(&self.layout.headings[outline.column]),
                        quote(text)
                    ),
                )
            }
        };
        let column = u32::try_from(outline.column).unwrap_or(0);
        let place = self.origin.cell(record.number, column);
        let mut finding = self.reader.finding(code, place, found, remedy);
        finding.severity = Severity::Error;
        findings.push(finding);
        false
    }

    /// Whether a row is of an area or an indicator that the source does not take.
    fn is_left_out(&mut self, record: &DelimitedRow<'_>, filled: &HashMap<usize, String>) -> bool {
        let reader = self.reader;
        if reader.source.unknown_areas == UnknownAreas::LeaveOut {
            let place = reader.source.kind.place_column();
            let fixed = self.fixed.cells.iter().find(|(column, _)| *column == place);
            let own = || self.own(place, record, filled).unwrap_or_default().1;
            let text = fixed.map_or_else(own, |(_, area)| area.as_str());
            let is_known = text.is_empty() || {
                let ours = || reader.names.has(place, reader.our_name(place, text)) == Some(true);
                let mut areas = std::mem::take(&mut self.areas);
                let is_known = remember(&mut areas, text, ours);
                self.areas = areas;
                is_known
            };
            if !is_known {
                self.left_out.unknown_areas += 1;
                return true;
            }
        }
        if !reader.source.for_indicators.is_empty() {
            let (_, text) = self.own(StandardColumn::Indicator, record, filled).unwrap_or_default();
            let is_taken = text.is_empty() || {
                let ours =
                    || reader.takes_indicator(reader.our_name(StandardColumn::Indicator, text));
                let mut indicators = std::mem::take(&mut self.indicators);
                let is_taken = remember(&mut indicators, text, ours);
                self.indicators = indicators;
                is_taken
            };
            if !is_taken {
                self.left_out.other_indicators += 1;
                return true;
            }
        }
        false
    }

    /// Keeps what the blanks below a row stand for.
    fn keep_above(&mut self, record: &DelimitedRow<'_>, filled: &HashMap<usize, String>) {
        for position in &self.layout.fill_down {
            let text = cell(record, *position);
            if !text.is_empty() {
                self.above.insert(*position, text.to_owned());
            } else if !filled.contains_key(position) {
                self.above.remove(position);
            }
        }
    }

    fn repeats_headings(&self, record: &DelimitedRow<'_>) -> bool {
        let own = self.layout.own.iter().filter_map(|(_, places)| places.first());
        let mut positions = own.copied().chain(self.figure_positions());
        positions.all(|position| {
            let heading = self.layout.headings.get(position).map_or("", String::as_str);
            !heading.is_empty() && record.get(position).is_some_and(|cell| trim(cell) == heading)
        })
    }

    /// What the blanks of a row stand for that mean as above.
    fn filled(&self, record: &DelimitedRow<'_>) -> HashMap<usize, String> {
        let is_blank =
            |position: &&usize| record.get(**position).is_none_or(|cell| trim(cell).is_empty());
        let blank = self.layout.fill_down.iter().filter(is_blank);
        blank.filter_map(|at| Some((*at, self.above.get(at)?.clone()))).collect()
    }

    /// Whether a cell of the row, itself, names something that is defined.
    fn names_anything(&self, record: &DelimitedRow<'_>) -> bool {
        self.layout.own.iter().any(|(column, places)| {
            places.iter().any(|position| {
                let cell = cell(record, *position);
                let cell = self.reader.our_name(*column, cell);
                !cell.is_empty() && self.names().has(*column, cell) == Some(true)
            })
        })
    }

    /// The cell of one of our columns: where it is, and what it says.
    fn own<'c>(
        &self,
        column: StandardColumn,
        record: &'c DelimitedRow<'_>,
        filled: &'c HashMap<usize, String>,
    ) -> Option<(usize, &'c str)> {
        let (_, places) = self.layout.own.iter().find(|(own, _)| *own == column)?;
        let cell = |position: &usize| (*position, cell_or_above(record, *position, filled));
        let first = places.first().map(|position| (*position, ""));
        places.iter().map(cell).find(|(_, cell)| !cell.is_empty()).or(first)
    }

    /// Whether a row is of the month; nothing, where it is of none, which is found.
    fn is_of_month(
        &mut self,
        record: &DelimitedRow<'_>,
        filled: &HashMap<usize, String>,
        findings: &mut Findings,
    ) -> Option<bool> {
        let (_, text) = self.own(StandardColumn::Month, record, filled).unwrap_or_default();
        if text.is_empty() {
            return Some(true);
        }
        if !self.months.contains_key(text) {
            self.months.insert(text.to_owned(), self.reader.form.month(text));
        }
        match &self.months[text] {
            PeriodText::One(month) if self.reader.is_of(*month) => Some(true),
            PeriodText::One(month) => {
                self.left_out.other_months += 1;
                self.left_out.months.insert(*month);
                Some(false)
            }
            other => {
                let place = self.origin.place(record.number);
                let (mut found, remedy) = no_month(text, other);
                if self.source().kind == SourceKind::Records {
                    "the month of the row cannot be read".clone_into(&mut found);
                }
                findings.push(self.reader.finding(Code::WrongMonth, place, found, remedy));
                None
            }
        }
    }

    /// Gives the readers the rows of the standard form that a row makes, and says whether any has a
    /// figure.
    fn standard_rows(
        &mut self,
        record: &DelimitedRow<'t>,
        filled: &HashMap<usize, String>,
        above: u32,
        readers: &mut Readers<'_, 'n, 'd>,
        findings: &mut Findings,
    ) -> bool {
        let mut cells = vec![StandardCell::default(); StandardColumn::ALL.len()];
        for (column, text) in &self.fixed.cells {
            cells[*column as usize] = self.named(*column, text, None);
        }
        for (column, _) in &self.layout.own {
            if *column != StandardColumn::Month
                && let Some((position, text)) = self.own(*column, record, filled)
            {
                let is_cell = text == cell(record, position);
                cells[*column as usize] = self.own_name(*column, text, position, is_cell);
            }
        }
        if self.source().kind == SourceKind::Benchmarks {
            cells[StandardColumn::Month as usize] = self.month_cell(record, filled);
        }
        if let Some(outline) = &self.outline {
            for (column, text) in outline.cells() {
                cells[column as usize] = self.named(column, text, Some(outline.column));
            }
        }
        let groups = std::mem::take(&mut self.layout.groups);
        let group_rows = std::mem::take(&mut self.group_rows);
        let (mut has_figure, mut of_group) = (false, Vec::new());
        for (group, rows) in groups.iter().zip(&group_rows) {
            if let Some(rows) = rows
                && !self.is_of_group(rows, record, filled, &readers.closed)
            {
                has_figure = true;
                continue;
            }
            of_group.clone_from(&cells);
            for (column, text) in &group.fixed {
                of_group[*column as usize] = self.named(*column, text, None);
            }
            for (column, position) in &group.figures {
                let text = cell(record, *position);
                let at = (*position, record);
                of_group[*column as usize] = self.figure(*column, text, at, &of_group);
            }
            has_figure |= self.standard_row(record, group, &of_group, above, readers, findings);
        }
        (self.layout.groups, self.group_rows) = (groups, group_rows);
        has_figure
    }

    /// The month of a row, as it is written here.
    fn month_cell(
        &self,
        record: &DelimitedRow<'_>,
        filled: &HashMap<usize, String>,
    ) -> StandardCell {
        let (at, text) = match self.own(StandardColumn::Month, record, filled) {
            Some((at, text)) => (Some(at), text),
            None => (None, ""),
        };
        let month = match self.months.get(text) {
            Some(PeriodText::One(month)) => Some(*month),
            _ => self.fixed.month,
        };
        StandardCell { at, text: month.map(|month| month.to_string().into()) }
    }

    fn is_of_group(
        &mut self,
        rows: &TableConditions<'d>,
        record: &DelimitedRow<'_>,
        filled: &HashMap<usize, String>,
        closed: &ClosedDays,
    ) -> bool {
        let mut doubts = Vec::new();
        let cell = |position: usize| cell_or_above(record, position, filled);
        let holds = rows.hold(&self.days(closed), &cell, &mut doubts);
        self.doubt(&doubts, record.number);
        holds
    }

    fn standard_row(
        &mut self,
        record: &DelimitedRow<'t>,
        group: &Group<'_>,
        cells: &[StandardCell],
        above: u32,
        readers: &mut Readers<'_, 'n, 'd>,
        findings: &mut Findings,
    ) -> bool {
        let column = group.figures.first().map_or(0, |(_, position)| *position);
        let column = u32::try_from(column).unwrap_or(0);
        let number = u32::try_from(self.standard.len() + 1).unwrap_or(u32::MAX);
        let row = TableRow::standard(&self.origin, record, StandardRow { number, cells });
        let has_figure = match (self.source().kind, group.half()) {
            (SourceKind::Results, Some(half)) => {
                let place = self.origin.cell(record.number, column);
                self.half(&row, half, group, place, readers, findings)
            }
            (SourceKind::Results, None) => {
                self.standard.push((record.number, column));
                readers.results.standard_row(&row, above, findings)
            }
            (SourceKind::Activity | SourceKind::Records, _) => {
                readers.activities.standard_row(self.names(), readers.month, &row, findings)
            }
            (SourceKind::Benchmarks, half) => {
                let place = self.origin.cell(record.number, column);
                readers.benchmarks.standard_row(self.names(), half, &row, place, findings)
            }
        };
        if !self.source().totals.0.is_empty() {
            for (_, position) in &group.figures {
                if let Some(number) = number_of(record, *position) {
                    self.sums.add(*position, &number);
                }
            }
        }
        has_figure
    }

    /// Takes one half of a ratio, and says whether it has a figure or something wrong.
    fn half(
        &self,
        row: &TableRow<'_>,
        column: StandardColumn,
        group: &Group<'_>,
        place: Place,
        readers: &mut Readers<'_, 'n, 'd>,
        findings: &mut Findings,
    ) -> bool {
        let Some((about, value, mark)) = readers.results.standard_half(row, column, findings)
        else {
            return true;
        };
        let half = Half { value, mark, place };
        let population = group.population;
        readers.halves.add(about, column, half, self.source(), population, findings);
        value != CellValue::Blank
    }

    /// A cell that names something, as we call it.
    fn named(&self, column: StandardColumn, text: &str, at: Option<usize>) -> StandardCell {
        StandardCell { at, text: Some(self.reader.our_name(column, text).into()) }
    }

    /// A cell of the row that names something; `is_cell`, where the text stands in it.
    fn own_name(
        &self,
        column: StandardColumn,
        text: &str,
        position: usize,
        is_cell: bool,
    ) -> StandardCell {
        let ours = self.reader.our_name(column, text);
        let is_the_same = is_cell && std::ptr::eq(ours.as_ptr(), text.as_ptr());
        StandardCell { at: Some(position), text: (!is_the_same).then(|| ours.into()) }
    }

    /// A cell of a figure, with symbols and percentages as they are written here.
    fn figure(
        &self,
        column: StandardColumn,
        text: &str,
        (position, record): (usize, &DelimitedRow<'_>),
        cells: &[StandardCell],
    ) -> StandardCell {
        let symbols = &self.source().symbols;
        let symbol = symbols.iter().find(|(symbol, _)| symbol.eq_ignore_ascii_case(text));
        let meant = symbol.map(|(_, means)| match means {
            Symbol::Missing => "[x]",
            Symbol::Suppressed => "[c]",
            Symbol::Low => "[low]",
        });
        let is_fraction = self.source().percent_as == PercentAs::Fraction
            && column == StandardColumn::Value
            && matches!(CellValue::read(text), Ok(CellValue::Number { percent: false, .. }));
        let percent = || {
            let indicator = &cells[StandardColumn::Indicator as usize];
            let own = || indicator.at.map_or("", |position| cell(record, position));
            let indicator = indicator.text.as_deref().unwrap_or_else(own);
            let indicator = self.names().peek_indicator(indicator)?;
            let unit = self.names().definition().indicator(indicator).unit;
            (unit == Unit::Percent).then(|| workbook::percent(text)).flatten()
        };
        let text = match meant {
            Some(meant) => Some(meant.into()),
            None if is_fraction => percent().map(Into::into),
            None => None,
        };
        StandardCell { at: Some(position), text }
    }

    /// Compares a row of totals with the sums of the rows above it.
    fn compare_total(&mut self, record: &DelimitedRow<'_>, findings: &mut Findings) {
        let groups = std::mem::take(&mut self.layout.groups);
        for (_, position) in groups.iter().flat_map(|group| &group.figures) {
            let Some(total) = number_of(record, *position) else { continue };
            let Some(sum) = self.sums.other_than(*position, &total) else { continue };
            let found =
                format!("the total is {total}, and the rows above that were read come to {sum}");
            let remedy = "look whether rows are missing or left out, or are there twice";
            let place = self.origin.cell(record.number, u32::try_from(*position).unwrap_or(0));
            findings.push(self.reader.finding(Code::TotalDiffers, place, found, remedy));
        }
        self.layout.groups = groups;
        self.sums.end();
    }

    /// Says what has been left out, and whether anything is of the month.
    fn report(&self, findings: &mut Findings) {
        let place = self.origin.place(self.headings);
        let mut reasons = Vec::new();
        let left_out = &self.left_out;
        self.report_unread(findings);
        // A file that serves every month is spoken of once, and not in each of them.
        let is_shared = self.source().folder.is_some();
        if is_shared && self.reader.month.is_some() {
            return;
        }
        for (count, why) in [
            (left_out.by_source, "as the source says"),
            (
                left_out.unknown_areas,
                match self.source().kind {
                    SourceKind::Benchmarks => "of benchmarks that are not defined",
                    _ => "of areas that are not defined",
                },
            ),
            (left_out.other_indicators, "of other indicators"),
            (if is_shared { 0 } else { left_out.other_months }, "of other months"),
        ] {
            if count > 0 {
                let rows = plural(count, "row is", "rows are");
                reasons.push(format!("{count} {rows} left out {why}"));
            }
        }
        let is_empty = self.taken == 0 || self.layout.groups.is_empty();
        if let Some(month) = self.reader.month
            && is_empty
            && !left_out.months.is_empty()
        {
            let months: Vec<_> = left_out.months.iter().take(4).map(|month| month.long()).collect();
            let more = if left_out.months.len() > 4 { " and others" } else { "" };
            let found = format!(
                "nothing in the table is of {}: it is of {}{more}",
                month.long(),
                months.join(", ")
            );
            let remedy = "move the file to the folder of its month, or export it again";
            findings.push(self.reader.finding(Code::WrongMonth, place, found, remedy));
        } else if !reasons.is_empty() {
            let found = reasons.join(", ");
            let finding = self.reader.finding(
                Code::RowsLeftOut,
                place,
                found,
                "nothing to do, if that is meant",
            );
            findings.push(finding);
        }
    }

    /// Says in which rows a condition could not be asked.
    fn report_unread(&self, findings: &mut Findings) {
        for (&column, (line, count)) in &self.unread {
            let rows = plural(*count, "row has", "rows have");
            let found = format!(
                "{count} {rows} nothing that can be read in the column {}, and {} not taken for \
                    what the condition asks",
                quote(column),
                plural(*count, "is", "are")
            );
            let remedy = "correct the cells: a condition asks for a number or a date there; dates \
                are British, 31/01/2016, unless the source says dates = \"us\"";
            let place = self.origin.place(*line);
            findings.push(self.reader.finding(Code::UnreadableCell, place, found, remedy));
        }
    }

    /// Whether anything in the table says its month.
    pub(super) fn has_months(&self) -> bool {
        self.fixed.month.is_some()
            || self.layout.own.iter().any(|(own, _)| *own == StandardColumn::Month)
            || self.source().runs_across(StandardColumn::Month)
    }

    /// Where its headings stand.
    pub(super) fn place(&self) -> Place {
        self.origin.place(self.headings)
    }

    /// Which months a table of a file that serves many has, and where their rows are.
    pub(super) fn survey(mut self, sheet: Option<&Sheet>, findings: &mut Findings) -> Survey {
        self.place_headings(findings);
        let picked = self.picked();
        if let Some(sheet) = sheet {
            table::report_hidden(&self.origin, sheet, self.headings, &picked, findings);
            let merged = table::merged_cells(&self.origin, sheet, self.headings, &picked);
            findings.extend(merged.into_iter().map(|(_, _, finding)| finding));
        }
        let has_months = self.layout.own.iter().any(|(own, _)| *own == StandardColumn::Month);
        let asks_for_texts = self.source().lookups.is_empty()
            && [Some(&self.leave_out), self.only.as_ref()]
                .into_iter()
                .flatten()
                .all(TableConditions::ask_for_texts);
        // Rows that depend on those above them cannot be read by themselves.
        let is_row_by_row = matches!(self.rows, RawRows::Text(_))
            && has_months
            && self.layout.fill_down.is_empty()
            && self.outline.is_none()
            && self.totals.is_empty();
        let mut survey = Survey { months: BTreeSet::new(), runs: is_row_by_row.then(HashMap::new) };
        let above = self.fixed.month.into_iter();
        survey.months.extend(above.chain(self.left_out.months_of_headings.iter().copied()));
        if has_months {
            self.survey_rows(asks_for_texts, &mut survey, findings);
        }
        self.report(findings);
        survey
    }

    fn survey_rows(&mut self, asks_for_texts: bool, survey: &mut Survey, findings: &mut Findings) {
        let path = std::sync::Arc::clone(self.origin.path());
        let (mut record, mut errors) = (DelimitedRow::default(), 0);
        let closed = ClosedDays::default();
        let mut last: Option<Month> = None;
        while self.rows.next(&mut record, &path, findings) {
            let before = std::mem::take(&mut last);
            if record.is_blank() || self.repeats_headings(&record) {
                continue;
            }
            let filled = self.filled(&record);
            if self.says_nothing(&record)
                || asks_for_texts && !self.is_wanted(&record, &filled, &closed, findings)
            {
                continue;
            }
            self.keep_above(&record, &filled);
            let (_, text) = self.own(StandardColumn::Month, &record, &filled).unwrap_or_default();
            let mut found = Findings::default();
            if text.is_empty() {
                if !self.may_be_footer(&record) {
                    let place = self.origin.place(record.number);
                    let remedy = "write its month, or leave such rows out with `leave_out`";
                    let found = "the row is of no month";
                    findings.push(self.reader.finding(Code::WrongMonth, place, found, remedy));
                    errors += 1;
                }
            } else if self.is_of_month(&record, &filled, &mut found) == Some(true) {
                let (_, text) =
                    self.own(StandardColumn::Month, &record, &filled).unwrap_or_default();
                if let Some(PeriodText::One(month)) = self.months.get(text).cloned()
                    && !self.is_left_out(&record, &filled)
                {
                    survey.row(month, before, &record);
                    last = Some(month);
                    self.taken += 1;
                }
            } else if !self.may_be_footer(&record) {
                findings.append(found);
                errors += 1;
            }
            if errors >= MOST_ERRORS {
                findings.push(table::gave_up(self.origin.place(record.number), errors));
                break;
            }
        }
    }
}

/// What a table of a file that serves many months has.
#[derive(Debug)]
pub(super) struct Survey {
    /// Its months.
    pub(super) months: BTreeSet<Month>,
    /// Where the rows of each month are, where each row can be read by itself.
    pub(super) runs: Option<HashMap<Month, Vec<Run>>>,
}

/// Rows of a month that follow one another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    /// The byte of the text that the first begins at.
    pub(super) at: usize,
    /// The line of the first.
    pub(super) line: u32,
    /// How many there are.
    pub(super) rows: u32,
}

impl Survey {
    /// Takes a row of a month; `before` is the month of the row before it.
    fn row(&mut self, month: Month, before: Option<Month>, record: &DelimitedRow<'_>) {
        if before != Some(month) {
            self.months.insert(month);
        }
        let Some(runs) = &mut self.runs else { return };
        let runs = runs.entry(month).or_default();
        match runs.last_mut() {
            Some(last) if before == Some(month) => last.rows += 1,
            _ => runs.push(Run { at: record.at, line: record.number, rows: 1 }),
        }
    }
}

/// Gives the readers what has been counted of the records below a row of headings.
pub(super) fn give_counted<'n, 'd>(
    reader: &SourceReader<'n, 'd>,
    counted: CountedTable,
    above: u32,
    readers: &mut Readers<'_, 'n, 'd>,
    findings: &mut Findings,
) {
    let CountedTable { origin, headings, rows } = counted;
    let mut row_of_headings = DelimitedRow::default();
    row_of_headings.start(headings);
    let mut standard = Vec::new();
    for row in &rows {
        let mut cells = vec![StandardCell::default(); StandardColumn::ALL.len()];
        for (column, text) in row {
            cells[*column as usize] = StandardCell { at: None, text: Some(text.as_str().into()) };
        }
        let number = u32::try_from(standard.len() + 1).unwrap_or(u32::MAX);
        let of_row = StandardRow { number, cells: &cells };
        let table_row = TableRow::standard(&origin, &row_of_headings, of_row);
        if row.iter().any(|(column, _)| *column == StandardColumn::Activity) {
            readers.activities.standard_row(reader.names, readers.month, &table_row, findings);
        } else {
            standard.push((headings, 0));
            readers.results.standard_row(&table_row, above, findings);
        }
    }
    readers.results.end_source(above, origin.of_standard(standard));
}

/// Whether a row has both of a numerator and a denominator, or neither.
fn is_whole(group: &Group<'_>) -> bool {
    let has = |column| group.figures.iter().any(|(there, _)| *there == column);
    has(StandardColumn::Numerator) == has(StandardColumn::Denominator)
}

/// A cell without the spaces around it.
fn cell<'c>(record: &'c DelimitedRow<'_>, position: usize) -> &'c str {
    record.get(position).map_or("", trim)
}

/// A cell; where it is blank and means as above, what stands there.
fn cell_or_above<'c>(
    record: &'c DelimitedRow<'_>,
    position: usize,
    filled: &'c HashMap<usize, String>,
) -> &'c str {
    let text = cell(record, position);
    if text.is_empty() { filled.get(&position).map_or("", String::as_str) } else { text }
}

fn number_of(record: &DelimitedRow<'_>, position: usize) -> Option<Decimal> {
    match CellValue::read(cell(record, position)) {
        Ok(CellValue::Number { number, .. }) => Some(number.into()),
        _ => None,
    }
}
