//! The rows of a table that a source describes, made rows of the standard form.

mod headings;
mod left_out;
mod row;
mod standard;
mod survey;

pub(super) use standard::give_counted;
pub(super) use survey::Survey;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::aside::{Asides, CellRole, may_be_footer};
use super::closed_days::ClosedDays;
use super::conditions::{ConditionDays, Doubt, TableConditions};
use super::delimited::DelimitedRow;
use super::lookups::Lookups;
use super::names::NameFinder;
use super::outline::{OutlineReader, OutlineRow};
use super::period::{PeriodText, no_month};
use super::punctuation::trim;
use super::raw_rows::RawRows;
use super::records::RecordRow;
use super::sources::{Readers, SourceReader};
use super::table::{self, MOST_ERRORS, MergedCells, TableOrigin};
use super::totals::Sums;
use super::workbook::Sheet;
use crate::definition::{
    Conditions, DateOrder, ExtractSource, SourceKind, StandardColumn, UnknownAreas,
};
use crate::diagnostic::{Code, Findings, Place, Severity};
use crate::month::Month;
use crate::source::Layout;
use crate::text::quote;
use left_out::{LeftOut, UnreadCells};
use row::SourceRow;

/// What is the same in all rows of a table.
#[derive(Debug, Default)]
pub(super) struct FixedCells {
    /// What is in our columns.
    pub(super) cells: Vec<(StandardColumn, String)>,
    /// The month, where something above the rows says it.
    pub(super) month: Option<Month>,
}

impl FixedCells {
    fn get(&self, wanted: StandardColumn) -> Option<&str> {
        let cell = self.cells.iter().find(|(column, _)| *column == wanted);
        cell.map(|(_, text)| text.as_str())
    }
}

/// Which rows of a table a source takes.
struct RowConditions<'d> {
    leave_out: TableConditions<'d>,
    totals: TableConditions<'d>,
    only: Option<TableConditions<'d>>,
    /// Which rows make each of the groups of the layout.
    of_groups: Vec<Option<TableConditions<'d>>>,
}

/// A row with what is taken from other files.
struct JoinedRow<'t, 'd> {
    lookups: &'t Lookups<'d>,
    row: DelimitedRow<'t>,
    /// The lookups that have no row of it.
    unmatched: Vec<usize>,
}

/// What is known of texts that come again and again, as far as there is room.
#[derive(Default)]
struct KnownTexts(HashMap<String, bool>);

impl KnownTexts {
    fn get(&mut self, text: &str, is: impl FnOnce() -> bool) -> bool {
        const MOST: usize = 100_000;
        if let Some(known) = self.0.get(text) {
            return *known;
        }
        let is = is();
        if self.0.len() < MOST {
            self.0.insert(text.to_owned(), is);
        }
        is
    }
}

/// Which month a row is of.
enum RowMonth {
    /// One that is read; none, where the row says nothing of it.
    Read(Option<Month>),
    Other,
    /// It cannot be read, which is found.
    Unreadable,
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
    conditions: RowConditions<'d>,
    outline: Option<OutlineReader<'d>>,
    joined: JoinedRow<'t, 'd>,
    /// What a blank stands for, where it means as above.
    above: HashMap<usize, String>,
    /// The months of headings that are read.
    months_of_headings: BTreeSet<Month>,
    /// What texts say of a month.
    months: HashMap<String, PeriodText>,
    /// Whether texts name areas, and indicators that are taken.
    areas: KnownTexts,
    indicators: KnownTexts,
    asides: Asides,
    sums: Sums,
    left_out: LeftOut,
    unread: UnreadCells<'d>,
    /// How many rows are of figures.
    taken: usize,
    /// The line that the results of other tables end with.
    first_line: u32,
    /// Where the rows of the standard form come from.
    standard: Vec<(u32, u32)>,
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
            conditions: RowConditions {
                leave_out: conditions(&source.leave_out),
                totals: conditions(&source.totals),
                only: source.only.as_ref().map(conditions),
                of_groups: Vec::new(),
            },
            outline: outline.map(|(outline, column)| OutlineReader::new(outline, column)),
            reader,
            layout,
            fixed,
            origin,
            headings,
            rows,
            joined: JoinedRow { lookups, row: DelimitedRow::default(), unmatched: Vec::new() },
            above: HashMap::new(),
            months_of_headings: BTreeSet::new(),
            months: HashMap::new(),
            areas: KnownTexts::default(),
            indicators: KnownTexts::default(),
            asides: Asides::default(),
            sums: Sums::default(),
            left_out: LeftOut::default(),
            unread: UnreadCells::default(),
            taken: 0,
            first_line: 0,
            standard: Vec::new(),
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
        let sheet = sheet.filter(|_| !is_shared);
        let merged = sheet.map(|sheet| self.report_hidden(sheet, findings)).unwrap_or_default();
        let groups = self.layout.groups.iter();
        let conditions = |rows| TableConditions::new(rows, &self.layout.asked);
        self.conditions.of_groups = groups.map(|group| group.rows.map(conditions)).collect();
        self.first_line = readers.results.last_line();
        self.read_rows(readers, findings);
        let asides = self.asides.finish(self.is_of_records(), findings);
        merged.report(&asides, findings);
        self.report(findings);
        if self.source().kind == SourceKind::Results {
            readers.results.end_source(self.first_line, self.origin.of_standard(self.standard));
        }
    }

    fn read_rows(&mut self, readers: &mut Readers<'_, 'n, 'd>, findings: &mut Findings) {
        let path = Arc::clone(self.origin.path());
        let (mut record, mut next) = (DelimitedRow::default(), self.headings + 1);
        let (mut is_after_gap, mut errors) = (false, 0);
        while self.rows.next(&mut record, &path, findings) {
            is_after_gap |= record.number > next || record.is_blank();
            next = self.rows.number_after(&record);
            if record.is_blank() {
                continue;
            }
            let before = findings.len();
            let is_after_gap = std::mem::take(&mut is_after_gap);
            if self.joined.lookups.is_empty() {
                self.read_row(&self.source_row(&record, &record, is_after_gap), readers, findings);
            } else {
                let joined = self.join(&record);
                self.read_row(&self.source_row(&joined, &record, is_after_gap), readers, findings);
                self.joined.row = joined;
            }
            let new = findings.iter().skip(before);
            errors += new.filter(|finding| finding.severity == Severity::Error).count();
            if errors >= MOST_ERRORS {
                findings.push(table::gave_up(self.origin.place(record.number), errors));
                break;
            }
        }
    }

    /// A row, with what its blanks stand for that mean as above.
    fn source_row<'r>(
        &self,
        record: &'r DelimitedRow<'r>,
        raw: &'r DelimitedRow<'r>,
        is_after_gap: bool,
    ) -> SourceRow<'r> {
        let is_blank = |position: &&usize| row::cell(record, **position).is_empty();
        let blank = self.layout.fill_down.iter().filter(is_blank);
        let above = blank.filter_map(|at| Some((*at, self.above.get(at)?.clone()))).collect();
        SourceRow { record, raw, is_after_gap, above }
    }

    /// A row with what is taken from other files behind it.
    fn join(&mut self, record: &DelimitedRow<'t>) -> DelimitedRow<'t> {
        let JoinedRow { lookups, row, unmatched } = &mut self.joined;
        let mut joined = std::mem::take(row);
        unmatched.clear();
        let asked = &self.layout.asked;
        let id = |column: &str| asked.get(column).map_or("", |at| row::cell(record, *at));
        let taken = lookups.of(id, unmatched);
        joined.join(record, self.layout.width, taken.into_iter());
        joined
    }

    /// Says what of the table Excel does not show, and gives the cells that are merged.
    fn report_hidden(&self, sheet: &Sheet, findings: &mut Findings) -> MergedCells {
        let picked = self.picked();
        table::report_hidden(&self.origin, sheet, self.headings, &picked, findings);
        MergedCells::of_sheet(&self.origin, sheet, self.headings, &picked)
    }

    /// The columns that are read, but for those in which a blank means as above.
    fn picked(&self) -> Vec<u32> {
        let all = self.name_positions().chain(self.figure_positions());
        let picked: BTreeSet<_> = all.filter(|at| !self.layout.fill_down.contains(at)).collect();
        picked.into_iter().filter_map(|position| u32::try_from(position).ok()).collect()
    }

    fn is_of_records(&self) -> bool {
        self.source().kind == SourceKind::Records
    }

    fn read_row(
        &mut self,
        row: &SourceRow<'_>,
        readers: &mut Readers<'_, 'n, 'd>,
        findings: &mut Findings,
    ) {
        if self.repeats_headings(row) {
            return self.asides.headings(self.origin.place(row.number()));
        }
        let mut found = Findings::default();
        if self.says_nothing(row) {
            return self.aside(row, found, findings);
        }
        if self.is_of_records() && self.may_be_footer_of_records(row) {
            found.push(self.reader.finding(
                Code::UnknownArea,
                self.origin.place(row.number()),
                "the row is of no area and no team",
                "take it out, if it is no record",
            ));
            return self.aside(row, found, findings);
        }
        if !self.apply_conditions(row, &readers.closed, findings) {
            return self.asides.not_wanted();
        }
        self.keep_above(row);
        match self.place_in_outline(row, &mut found) {
            OutlineRow::Figures => {}
            OutlineRow::Heading => return self.asides.not_wanted(),
            OutlineRow::BelowNothing | OutlineRow::Unknown => {
                self.settle(row, true, found, findings);
                return;
            }
        }
        let has_figure = match self.month_of(row, &mut found) {
            RowMonth::Other => return self.asides.not_wanted(),
            RowMonth::Unreadable => true,
            RowMonth::Read(_) if self.leave_out(row) => return self.asides.not_wanted(),
            RowMonth::Read(_) if self.is_of_records() => self.count(row, readers),
            RowMonth::Read(_) => self.standard_rows(row, readers, &mut found),
        };
        if self.settle(row, has_figure, found, findings) {
            self.taken += 1;
        }
    }

    /// Takes what was found in a row, and says whether that is one of figures. One that names
    /// nothing and gives no figure may be a footer: then nothing is wrong with it.
    fn settle(
        &mut self,
        row: &SourceRow<'_>,
        has_figure: bool,
        found: Findings,
        findings: &mut Findings,
    ) -> bool {
        if found.has_errors() && self.may_be_footer(row) {
            self.aside(row, found, findings);
            return false;
        }
        findings.append(found);
        self.asides.row(has_figure, findings);
        true
    }

    fn aside(&mut self, row: &SourceRow<'_>, found: Findings, findings: &mut Findings) {
        let at = (row.number(), self.origin.place(row.number()));
        self.asides.aside(at, &row.raw.iter().map(trim), row.is_after_gap, found, findings);
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
    fn says_nothing(&self, row: &SourceRow<'_>) -> bool {
        let mut positions = self.name_positions().chain(self.figure_positions());
        positions.all(|position| row.cell(position).is_empty())
    }

    fn repeats_headings(&self, row: &SourceRow<'_>) -> bool {
        let own = self.layout.own.iter().filter_map(|(_, places)| places.first());
        let mut positions = own.copied().chain(self.figure_positions());
        positions.all(|position| {
            let heading = self.layout.headings.get(position).map_or("", String::as_str);
            !heading.is_empty() && row.cell(position) == heading
        })
    }

    /// Counts a record.
    fn count(&self, row: &SourceRow<'_>, readers: &mut Readers<'_, 'n, 'd>) -> bool {
        let area = self.fixed.get(StandardColumn::Area);
        let area = area.unwrap_or_else(|| self.own_text(StandardColumn::Area, row));
        let record = RecordRow {
            line: row.number(),
            cell: &|position| row.cell_or_above(position),
            area: self.reader.our_name(StandardColumn::Area, area),
            record: self.own_text(StandardColumn::Record, row),
            unmatched: &self.joined.unmatched,
        };
        if let Some(counter) = &mut readers.counter {
            counter.row(&record);
        }
        true
    }

    fn may_be_footer_of_records(&self, row: &SourceRow<'_>) -> bool {
        let id = self.own(StandardColumn::Record, row).map(|(_, text)| text);
        row.may_be_footer_of_records(self.own_text(StandardColumn::Area, row), id)
    }

    fn may_be_footer(&self, row: &SourceRow<'_>) -> bool {
        let own = self.layout.own.iter().flat_map(|(column, places)| {
            places.iter().map(|position| {
                let cell = row.cell(*position);
                let ours = self.reader.our_name(*column, cell);
                let is_name = !ours.is_empty() && self.names().has(*column, ours) == Some(true);
                (if is_name { CellRole::Name } else { CellRole::Text }, cell)
            })
        });
        let outline = self.layout.outline.map(|position| (CellRole::Text, row.cell(position)));
        let figures = self.figure_positions().map(|at| (CellRole::Figure, row.cell(at)));
        may_be_footer(&own.chain(outline).chain(figures).collect::<Vec<_>>())
    }

    /// Counts a row that the source leaves out, and compares one of totals with those above it; says
    /// whether the source takes the row.
    fn apply_conditions(
        &mut self,
        row: &SourceRow<'_>,
        closed: &ClosedDays,
        findings: &mut Findings,
    ) -> bool {
        let RowConditions { leave_out, totals, only, .. } = &self.conditions;
        if leave_out.is_empty() && totals.is_empty() && only.is_none() {
            return true;
        }
        let days = self.days(closed);
        let mut doubts = Vec::new();
        let cell = |position: usize| row.cell_or_above(position);
        let is_total = totals.hold(&days, &cell, &mut doubts);
        let is_left_out = is_total
            || only.as_ref().is_some_and(|only| !only.hold(&days, &cell, &mut doubts))
            || leave_out.hold(&days, &cell, &mut doubts);
        self.note_doubts(&doubts, row);
        if is_total {
            self.compare_total(row, findings);
        }
        self.left_out.by_source += usize::from(is_left_out);
        !is_left_out
    }

    /// Whether conditions hold for a row.
    fn holds(
        &mut self,
        conditions: &TableConditions<'d>,
        row: &SourceRow<'_>,
        closed: &ClosedDays,
    ) -> bool {
        let mut doubts = Vec::new();
        let cell = |position: usize| row.cell_or_above(position);
        let holds = conditions.hold(&self.days(closed), &cell, &mut doubts);
        self.note_doubts(&doubts, row);
        holds
    }

    /// The days that conditions speak of. While months are looked for, only texts are asked for.
    fn days<'c>(&self, closed: &'c ClosedDays) -> ConditionDays<'c> {
        let month = self.reader.month.unwrap_or(Month::FIRST);
        let year_start = self.names().definition().financial_year(month).first();
        ConditionDays::new(month, year_start, self.source().dates == DateOrder::Us, closed)
    }

    /// Notes the columns in which a row has nothing that a condition can be asked of.
    fn note_doubts(&mut self, doubts: &[Doubt<'d>], row: &SourceRow<'_>) {
        for doubt in doubts {
            self.unread.add(doubt.column(), row.number());
        }
    }

    /// Compares a row of totals with the sums of the rows above it.
    fn compare_total(&mut self, row: &SourceRow<'_>, findings: &mut Findings) {
        for position in self.figure_positions() {
            let Some(total) = row.decimal(position) else { continue };
            let Some(sum) = self.sums.other_than(position, &total) else { continue };
            let found =
                format!("the total is {total}, and the rows above that were read come to {sum}");
            let remedy = "look whether rows are missing or left out, or are there twice";
            let place = self.origin.cell(row.number(), u32::try_from(position).unwrap_or(0));
            findings.push(self.reader.finding(Code::TotalDiffers, place, found, remedy));
        }
        self.sums.end();
    }

    /// What a row is in an outline; where there is none, every row is one of figures.
    fn place_in_outline(&mut self, row: &SourceRow<'_>, findings: &mut Findings) -> OutlineRow {
        let Some(outline) = &mut self.outline else { return OutlineRow::Figures };
        let text = row.cell_or_above(outline.column);
        let raw = row.record.get(outline.column).unwrap_or_default();
        let spaces = raw.chars().take_while(|letter| letter.is_whitespace()).count();
        let indent = spaces + self.rows.indent(row.number(), outline.column);
        let reader = self.reader;
        let names = |column, text: &str| {
            reader.names.has(column, reader.our_name(column, text)) == Some(true)
        };
        let kind = outline.row(text, indent, names);
        let (code, found, remedy) = match kind {
            OutlineRow::Figures | OutlineRow::Heading => return kind,
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
        let place = self.origin.cell(row.number(), column);
        let mut finding = self.reader.finding(code, place, found, remedy);
        finding.severity = Severity::Error;
        findings.push(finding);
        kind
    }

    /// Counts a row of an area or an indicator that the source does not take, and says whether it is
    /// one.
    fn leave_out(&mut self, row: &SourceRow<'_>) -> bool {
        let reader = self.reader;
        if reader.source.unknown_areas == UnknownAreas::LeaveOut {
            let place = reader.source.kind.place_column();
            let text = self.fixed.get(place).unwrap_or_else(|| self.own_text(place, row));
            let ours = || reader.names.has(place, reader.our_name(place, text)) == Some(true);
            if !text.is_empty() && !self.areas.get(text, ours) {
                self.left_out.unknown_areas += 1;
                return true;
            }
        }
        if !reader.source.for_indicators.is_empty() {
            let text = self.own_text(StandardColumn::Indicator, row);
            let ours = || reader.takes_indicator(reader.our_name(StandardColumn::Indicator, text));
            if !text.is_empty() && !self.indicators.get(text, ours) {
                self.left_out.other_indicators += 1;
                return true;
            }
        }
        false
    }

    /// Keeps what the blanks below a row stand for.
    fn keep_above(&mut self, row: &SourceRow<'_>) {
        for position in &self.layout.fill_down {
            let text = row.cell(*position);
            if !text.is_empty() {
                self.above.insert(*position, text.to_owned());
            } else if !row.above.contains_key(position) {
                self.above.remove(position);
            }
        }
    }

    /// The cell of one of our columns: where it is, and what it says.
    fn own<'c>(&self, column: StandardColumn, row: &'c SourceRow<'_>) -> Option<(usize, &'c str)> {
        let (_, places) = self.layout.own.iter().find(|(own, _)| *own == column)?;
        let cell = |position: &usize| (*position, row.cell_or_above(*position));
        let first = places.first().map(|position| (*position, ""));
        places.iter().map(cell).find(|(_, cell)| !cell.is_empty()).or(first)
    }

    /// What the cell of one of our columns says; nothing, where there is none.
    fn own_text<'c>(&self, column: StandardColumn, row: &'c SourceRow<'_>) -> &'c str {
        self.own(column, row).map_or("", |(_, text)| text)
    }

    /// The month that a row is of. One that cannot be read is found, and others are counted.
    fn month_of(&mut self, row: &SourceRow<'_>, findings: &mut Findings) -> RowMonth {
        let text = self.own_text(StandardColumn::Month, row);
        if text.is_empty() {
            return RowMonth::Read(None);
        }
        if !self.months.contains_key(text) {
            self.months.insert(text.to_owned(), self.reader.form.month(text));
        }
        match &self.months[text] {
            PeriodText::One(month) if self.reader.is_of(*month) => RowMonth::Read(Some(*month)),
            PeriodText::One(month) => {
                self.left_out.other_months += 1;
                self.left_out.months.insert(*month);
                RowMonth::Other
            }
            other => {
                let place = self.origin.place(row.number());
                let (mut found, remedy) = no_month(text, other);
                if self.source().kind == SourceKind::Records {
                    "the month of the row cannot be read".clone_into(&mut found);
                }
                findings.push(self.reader.finding(Code::WrongMonth, place, found, remedy));
                RowMonth::Unreadable
            }
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
}
