//! The rows of a table that a source describes, made rows of the standard form.

use std::collections::{BTreeSet, HashMap};

use super::aside::{Asides, may_be_footer};
use super::cell::CellValue;
use super::dates::MonthText;
use super::delimited::DelimitedRow;
use super::lookups::Lookups;
use super::names::NameFinder;
use super::punctuation::trim;
use super::records::{CountedTable, RecordRow};
use super::sources::{RawRows, Readers, SourceReader, month_in, no_month};
use super::table::{self, MOST_ERRORS, StandardCell, StandardRow, TableOrigin, TableRow};
use super::workbook::{self, Sheet};
use crate::definition::{
    ExtractSource, PercentAs, SourceKind, StandardColumn, Symbol, Unit, UnknownAreas,
};
use crate::diagnostic::{Code, Finding, Findings, Place, Severity};
use crate::figure::Decimal;
use crate::month::Month;
use crate::source::{Group, Layout, pattern};
use crate::text::{plural, quote};

/// Rows that have a text at a position, with what is known of the texts there have been.
struct RowFilter {
    position: usize,
    patterns: Vec<String>,
    known: HashMap<String, bool>,
}

impl RowFilter {
    fn all(conditions: &[(usize, Vec<String>)]) -> Vec<Self> {
        let one = |(position, patterns): &(usize, Vec<String>)| Self {
            position: *position,
            patterns: patterns.clone(),
            known: HashMap::new(),
        };
        conditions.iter().map(one).collect()
    }

    fn holds(&mut self, cell: &str) -> bool {
        /// Texts that come again and again are few.
        const MOST: usize = 10_000;
        if let Some(known) = self.known.get(cell) {
            return *known;
        }
        let holds = self.patterns.iter().any(|wanted| pattern::is(wanted, cell));
        if self.known.len() < MOST {
            self.known.insert(cell.to_owned(), holds);
        }
        holds
    }
}

/// The sums of the figures that have been read, since the last total and in all.
#[derive(Default)]
struct Sums {
    since: HashMap<usize, Decimal>,
    all: HashMap<usize, Decimal>,
}

impl Sums {
    fn add(&mut self, position: usize, number: &Decimal) {
        for sums in [&mut self.since, &mut self.all] {
            let sum = sums.entry(position).or_insert_with(|| Decimal::new(0, 0));
            *sum = &*sum + number;
        }
    }
}

/// How many rows are left out, and why.
#[derive(Default)]
struct LeftOut {
    by_source: usize,
    unknown_areas: usize,
    other_months: usize,
    months: BTreeSet<Month>,
}

/// The rows of a table of a source.
pub(super) struct SourceRows<'t, 'n, 'd> {
    reader: &'t SourceReader<'n, 'd>,
    layout: Layout,
    fixed: Vec<(StandardColumn, String)>,
    origin: TableOrigin,
    /// The row of the lowest headings.
    headings: u32,
    rows: RawRows<'t>,
    leave_out: Vec<RowFilter>,
    totals: Vec<RowFilter>,
    only: Vec<RowFilter>,
    /// What a blank stands for, where it means as above.
    above: HashMap<usize, String>,
    months: HashMap<String, MonthText>,
    asides: Asides,
    sums: Sums,
    left_out: LeftOut,
    lookups: &'t Lookups<'d>,
    /// A row of records with what is taken from other files.
    joined: DelimitedRow<'t>,
    /// The lookups that have no row of it.
    unmatched: Vec<usize>,
    /// Where the rows of the standard form come from.
    standard: Vec<(u32, u32)>,
    taken: usize,
}

impl<'t, 'n, 'd> SourceRows<'t, 'n, 'd> {
    pub(super) fn new(
        reader: &'t SourceReader<'n, 'd>,
        layout: Layout,
        fixed: Vec<(StandardColumn, String)>,
        origin: TableOrigin,
        headings: u32,
        rows: RawRows<'t>,
        lookups: &'t Lookups<'d>,
    ) -> Self {
        Self {
            leave_out: RowFilter::all(&layout.leave_out),
            totals: RowFilter::all(&layout.totals),
            only: RowFilter::all(&layout.only),
            reader,
            layout,
            fixed,
            origin,
            headings,
            rows,
            above: HashMap::new(),
            months: HashMap::new(),
            asides: Asides::default(),
            sums: Sums::default(),
            left_out: LeftOut::default(),
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
        self.place_headings(findings);
        if let Some(counter) = &mut readers.counter {
            let (month, positions) = (self.reader.month, &self.layout.counted);
            counter.start_table(&self.origin, self.headings, month, positions);
        }
        let picked = self.picked();
        let mut merged = Vec::new();
        if let Some(sheet) = sheet {
            table::report_hidden(&self.origin, sheet, self.headings, &picked, findings);
            merged = table::merged_cells(&self.origin, sheet, self.headings, &picked);
        }
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
        group: &mut Group,
        told: &mut BTreeSet<String>,
        findings: &mut Findings,
    ) -> bool {
        let position = group.figures.first().map_or(0, |(_, position)| *position);
        for (column, text) in &mut group.fixed {
            *text = self.reader.our_name(*column, text).to_owned();
            let names = self.reader.names;
            let is_known = match column {
                StandardColumn::Month => match month_in(text) {
                    MonthText::One(month) if month == self.reader.month => true,
                    MonthText::One(month) => {
                        self.left_out.months.insert(month);
                        return false;
                    }
                    _ => false,
                },
                _ => names.has(*column, text).unwrap_or(true),
            };
            if is_known {
                continue;
            }
            if *column == StandardColumn::Area
                && self.reader.source.unknown_areas == UnknownAreas::LeaveOut
            {
                self.left_out.unknown_areas += 1;
            } else if told.insert(text.clone()) {
                let what = column.as_str();
                let found = match column {
                    StandardColumn::Month => {
                        format!("the heading {}", no_month(text, month_in(text)))
                    }
                    _ => format!("the heading {} is no {what}", quote(text)),
                };
                let guess = names.guess_of(*column, text);
                let remedy = format!(
                    "{guess}put it under `ignore` of the source if it does not belong to the \
                        figures, or say under [source.names.{what}] what it is"
                );
                let place = self.heading(position);
                findings.push(self.reader.finding(Code::UnknownHeading, place, found, remedy));
            }
            return false;
        }
        group.fixed.retain(|(column, _)| *column != StandardColumn::Month);
        true
    }

    /// A row with what is taken from other files behind it.
    fn join(&mut self, record: &DelimitedRow<'t>) -> DelimitedRow<'t> {
        let mut joined = std::mem::take(&mut self.joined);
        let lookups = self.lookups;
        self.unmatched.clear();
        let counted = &self.layout.counted;
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
        if !self.is_wanted(record, &filled, findings) {
            return self.asides.not_wanted();
        }
        self.keep_above(record, &filled);
        let has_figure = match self.is_of_month(record, &filled, &mut found) {
            Some(false) => return self.asides.not_wanted(),
            None => true,
            Some(true) if self.is_of_unknown_area(record, &filled) => {
                self.left_out.unknown_areas += 1;
                return self.asides.not_wanted();
            }
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
        self.layout.own.iter().flat_map(|(_, places)| places.iter().copied())
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
        let fixed = self.fixed.iter().find(|(column, _)| *column == StandardColumn::Area);
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
        findings: &mut Findings,
    ) -> bool {
        let holds =
            |filter: &mut RowFilter| filter.holds(cell_or_above(record, filter.position, filled));
        let is_total = self.totals.iter_mut().any(holds);
        let is_left_out =
            is_total || !self.only.iter_mut().all(holds) || self.leave_out.iter_mut().any(holds);
        if is_total {
            self.compare_total(record, findings);
        }
        self.left_out.by_source += usize::from(is_left_out);
        !is_left_out
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
        let text = text.to_owned();
        let found = *self.months.entry(text.clone()).or_insert_with(|| month_in(&text));
        match found {
            MonthText::One(month) if month == self.reader.month => Some(true),
            MonthText::One(month) => {
                self.left_out.other_months += 1;
                self.left_out.months.insert(month);
                Some(false)
            }
            other => {
                let remedy =
                    "write the month as 2016-01, or as a day that can be of one month only";
                let place = self.origin.place(record.number);
                let found = match self.source().kind {
                    SourceKind::Records => "the month of the row cannot be read".to_owned(),
                    _ => no_month(&text, other),
                };
                findings.push(self.reader.finding(Code::WrongMonth, place, found, remedy));
                None
            }
        }
    }

    fn is_of_unknown_area(
        &self,
        record: &DelimitedRow<'_>,
        filled: &HashMap<usize, String>,
    ) -> bool {
        let area = self.own(StandardColumn::Area, record, filled);
        self.source().unknown_areas == UnknownAreas::LeaveOut
            && area.is_some_and(|(_, text)| {
                let text = self.reader.our_name(StandardColumn::Area, text);
                !text.is_empty() && !self.names().has_area(text)
            })
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
        for (column, text) in &self.fixed {
            cells[*column as usize] = self.named(*column, text, None);
        }
        let own: Vec<_> = self.layout.own.iter().map(|(column, _)| *column).collect();
        for column in own.into_iter().filter(|column| *column != StandardColumn::Month) {
            if let Some((position, text)) = self.own(column, record, filled) {
                cells[column as usize] = self.named(column, text, Some(position));
            }
        }
        let groups = std::mem::take(&mut self.layout.groups);
        let mut has_figure = false;
        for group in &groups {
            let mut cells = cells.clone();
            for (column, text) in &group.fixed {
                cells[*column as usize] = self.named(*column, text, None);
            }
            for (column, position) in &group.figures {
                let text = cell(record, *position);
                cells[*column as usize] = self.figure(*column, text, *position, &cells);
            }
            has_figure |= self.standard_row(record, group, &cells, above, readers, findings);
        }
        self.layout.groups = groups;
        has_figure
    }

    fn standard_row(
        &mut self,
        record: &DelimitedRow<'t>,
        group: &Group,
        cells: &[StandardCell],
        above: u32,
        readers: &mut Readers<'_, 'n, 'd>,
        findings: &mut Findings,
    ) -> bool {
        let column = group.figures.first().map_or(0, |(_, position)| *position);
        let number = u32::try_from(self.standard.len() + 1).unwrap_or(u32::MAX);
        let row = TableRow::standard(&self.origin, record, StandardRow { number, cells });
        let has_figure = match self.source().kind {
            SourceKind::Results => {
                self.standard.push((record.number, u32::try_from(column).unwrap_or(0)));
                readers.results.standard_row(&row, above, findings)
            }
            SourceKind::Activity | SourceKind::Records => {
                readers.activities.standard_row(self.names(), self.reader.month, &row, findings)
            }
        };
        if !self.totals.is_empty() {
            for (_, position) in &group.figures {
                if let Some(number) = number_of(record, *position) {
                    self.sums.add(*position, &number);
                }
            }
        }
        has_figure
    }

    /// A cell that names something, as we call it.
    fn named(&self, column: StandardColumn, text: &str, at: Option<usize>) -> StandardCell {
        StandardCell { at, text: Some(self.reader.our_name(column, text).to_owned()) }
    }

    /// A cell of a figure, with symbols and percentages as they are written here.
    fn figure(
        &self,
        column: StandardColumn,
        text: &str,
        position: usize,
        cells: &[StandardCell],
    ) -> StandardCell {
        let symbols = &self.source().symbols;
        let symbol = symbols.iter().find(|(symbol, _)| symbol.eq_ignore_ascii_case(text));
        let meant = symbol.map(|(_, means)| {
            let meant = match means {
                Symbol::Missing => "[x]",
                Symbol::Suppressed => "[c]",
                Symbol::Low => "[low]",
            };
            meant.to_owned()
        });
        let is_fraction = self.source().percent_as == PercentAs::Fraction
            && column == StandardColumn::Value
            && matches!(CellValue::read(text), Ok(CellValue::Number { percent: false, .. }));
        let percent = || {
            let indicator = cells[StandardColumn::Indicator as usize].text.as_deref()?;
            let indicator = self.names().peek_indicator(indicator)?;
            let unit = self.names().definition().indicator(indicator).unit;
            (unit == Unit::Percent).then(|| workbook::percent(text)).flatten()
        };
        let text = meant.or_else(|| if is_fraction { percent() } else { None });
        StandardCell { at: Some(position), text }
    }

    /// Compares a row of totals with the sums of the rows above it.
    fn compare_total(&mut self, record: &DelimitedRow<'_>, findings: &mut Findings) {
        let groups = std::mem::take(&mut self.layout.groups);
        for (_, position) in groups.iter().flat_map(|group| &group.figures) {
            let Some(total) = number_of(record, *position) else { continue };
            let [since, all] =
                [&self.sums.since, &self.sums.all].map(|sums| sums.get(position).cloned());
            let Some(sum) = all
                .clone()
                .filter(|_| since.as_ref() != Some(&total) && all != Some(total.clone()))
            else {
                continue;
            };
            let found = format!(
                "the total is {total}, and the rows above that were read come to {}",
                since.unwrap_or(sum)
            );
            let remedy = "look whether rows are missing or left out, or are there twice";
            let place = self.origin.cell(record.number, u32::try_from(*position).unwrap_or(0));
            findings.push(self.reader.finding(Code::TotalDiffers, place, found, remedy));
        }
        self.layout.groups = groups;
        self.sums.since.clear();
    }

    /// Says what has been left out, and whether anything is of the month.
    fn report(&self, findings: &mut Findings) {
        let place = self.origin.place(self.headings);
        let mut reasons = Vec::new();
        let left_out = &self.left_out;
        for (count, why) in [
            (left_out.by_source, "as the source says"),
            (left_out.unknown_areas, "of areas that are not defined"),
            (left_out.other_months, "of other months"),
        ] {
            if count > 0 {
                let rows = plural(count, "row is", "rows are");
                reasons.push(format!("{count} {rows} left out {why}"));
            }
        }
        let is_empty = self.taken == 0 || self.layout.groups.is_empty();
        if is_empty && !left_out.months.is_empty() {
            let months: Vec<_> = left_out.months.iter().take(4).map(|month| month.long()).collect();
            let more = if left_out.months.len() > 4 { " and others" } else { "" };
            let found = format!(
                "nothing in the table is of {}: it is of {}{more}",
                self.reader.month.long(),
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
            cells[*column as usize] = StandardCell { at: None, text: Some(text.clone()) };
        }
        let number = u32::try_from(standard.len() + 1).unwrap_or(u32::MAX);
        let of_row = StandardRow { number, cells: &cells };
        let table_row = TableRow::standard(&origin, &row_of_headings, of_row);
        if row.iter().any(|(column, _)| *column == StandardColumn::Activity) {
            readers.activities.standard_row(reader.names, reader.month, &table_row, findings);
        } else {
            standard.push((headings, 0));
            readers.results.standard_row(&table_row, above, findings);
        }
    }
    readers.results.end_source(above, origin.of_standard(standard));
}

/// Whether a row has both of a numerator and a denominator, or neither.
fn is_whole(group: &Group) -> bool {
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
