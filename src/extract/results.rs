//! `results*.csv`: the figures of a month, each with the file and line that it came from.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::cell::{Cell, depends_on_the_decimal_mark};
use super::contents::Contents;
use super::dates;
use super::header::Columns;
use super::mark::Mark;
use super::names::{Names, guess};
use super::punctuation::fold;
use super::run::{ENOUGH, Run, With};
use super::table::{Row, Source, Table};
use super::unreadable::Unreadable;
use super::usual::{Digits, Last, Order, Usual};
use crate::definition::{AreaId, AreaKind, Definition, Indicator, IndicatorId, Unit};
use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::figure::{Amount, Decimal, Ratio};
use crate::input::File;
use crate::month::Month;
use crate::population::{CohortId, Population};
use crate::text::quote;

/// What a row or a cell says, once it can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// That there is no figure.
    Missing,
    /// A figure.
    Amount(Amount),
}

impl Said {
    /// The figure, where there is one.
    pub(super) fn amount(self) -> Option<Amount> {
        match self {
            Self::Missing => None,
            Self::Amount(amount) => Some(amount),
        }
    }
}

/// A row of results.
///
/// It is packed, as a nation's month has hundreds of thousands of them: a figure of an extract has
/// so few digits that its mantissa always fits a machine word.
#[derive(Clone, Copy, Debug)]
pub struct Observation {
    /// The mantissas of the numerator and the denominator, or of the value and nothing.
    mantissas: [i64; 2],
    area: AreaId,
    indicator: IndicatorId,
    /// Which line of its file it is, counted on from the files before it.
    line: u32,
    who: PackedWho,
    /// The decimal places of both mantissas, four bits each.
    scales: u8,
    form: Form,
}

/// Many of them are kept, and each is gone through several times.
const _: () = assert!(size_of::<Observation>() == 32);

/// Which of the things that a row may say it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Nothing at all.
    Blank,
    Missing,
    Suppressed,
    Ratio,
    Value,
}

/// [`Population`] as a number, in the same order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct PackedWho(u16);

impl From<Population> for PackedWho {
    #[inline]
    fn from(who: Population) -> Self {
        let number = match who {
            Population::Everyone => 0,
            Population::Cohort(cohort) => 1 + 2 * cohort.index(),
            Population::Excluding(cohort) => 2 + 2 * cohort.index(),
        };
        Self(u16::try_from(number).expect("definitions have at most a thousand cohorts"))
    }
}

impl From<PackedWho> for Population {
    fn from(PackedWho(number): PackedWho) -> Self {
        match number.checked_sub(1) {
            None => Self::Everyone,
            Some(number) => {
                let cohort = CohortId::new(usize::from(number) / 2);
                if number % 2 == 0 { Self::Cohort(cohort) } else { Self::Excluding(cohort) }
            }
        }
    }
}

impl Observation {
    fn new(area: AreaId, indicator: IndicatorId, who: Population, said: &Said, line: u32) -> Self {
        let nothing = Decimal::new(0, 0);
        let (form, [first, second]) = match said {
            Said::Missing => (Form::Missing, [&nothing; 2]),
            Said::Amount(Amount::Suppressed) => (Form::Suppressed, [&nothing; 2]),
            Said::Amount(Amount::Ratio { numerator, denominator }) => {
                (Form::Ratio, [numerator, denominator])
            }
            Said::Amount(Amount::Value(value)) => (Form::Value, [value, &nothing]),
        };
        let mantissa = |decimal: &Decimal| {
            decimal.mantissa().expect("a figure of an extract has at most fifteen digits")
        };
        Self {
            mantissas: [mantissa(first), mantissa(second)],
            area,
            indicator,
            line,
            who: who.into(),
            scales: Self::scales(first.scale(), second.scale()),
            form,
        }
    }

    /// Neither is above [`MAX_SCALE`](crate::figure::MAX_SCALE).
    fn scales(first: u8, second: u8) -> u8 {
        first << 4 | second
    }

    /// A usual row.
    #[inline]
    pub(super) fn usual(
        area: AreaId,
        indicator: IndicatorId,
        who: Population,
        said: Digits,
        line: u32,
    ) -> Self {
        let (form, [(first, first_scale), (second, second_scale)]) = match said {
            Digits::Ratio(figures) => (Form::Ratio, figures),
            Digits::Value(value) => (Form::Value, [value, (0, 0)]),
        };
        Self {
            mantissas: [first, second],
            area,
            indicator,
            line,
            who: who.into(),
            scales: Self::scales(first_scale, second_scale),
            form,
        }
    }

    /// Whether it is about `who`.
    #[inline]
    #[must_use]
    pub fn is_about(&self, who: Population) -> bool {
        self.who == who.into()
    }

    /// Who it is about.
    #[must_use]
    pub fn population(&self) -> Population {
        self.who.into()
    }

    /// The figure that it gives; nothing, where it says that there is none.
    #[inline]
    #[must_use]
    pub fn amount(&self) -> Option<Amount> {
        let scales = [self.scales >> 4, self.scales & 15];
        let decimal = |index: usize| Decimal::new(self.mantissas[index], scales[index]);
        match self.form {
            Form::Blank | Form::Missing => None,
            Form::Suppressed => Some(Amount::Suppressed),
            Form::Ratio => Some(Amount::Ratio { numerator: decimal(0), denominator: decimal(1) }),
            Form::Value => Some(Amount::Value(decimal(0))),
        }
    }

    /// Whether there is nothing at all where its figures would be: it says that there are none, or
    /// waits to be filled in.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.form == Form::Blank
    }

    /// What they are ordered by: area, indicator and who, the first two as one number.
    #[inline]
    fn key(&self) -> (u64, PackedWho) {
        ((self.area.index() as u64) << 32 | self.indicator.index() as u64, self.who)
    }
}

/// Rows while they are read, and whether they come in order, as they mostly do.
#[derive(Debug, Default)]
pub(super) struct Rows {
    list: Vec<Observation>,
    are_out_of_order: bool,
}

impl Rows {
    /// Makes room for about as many as a text has, once for all of them. There is an end to that,
    /// 32 MB: what a file says of itself may be wrong.
    pub(super) fn make_room(&mut self, text: &[u8]) {
        const MOST: usize = 1 << 20;
        let start = &text[..text.len().min(4096)];
        // Lines that are shorter say nothing.
        let line_length =
            (start.len() / (1 + start.iter().filter(|byte| **byte == b'\n').count())).max(10);
        self.list.reserve_exact((text.len() / line_length).min(MOST));
    }

    /// How many there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Adds a row.
    #[inline]
    pub(super) fn push(&mut self, row: Observation) {
        self.are_out_of_order |= self.list.last().is_some_and(|last| last.key() >= row.key());
        self.list.push(row);
    }

    /// Adds rows whose lines are counted from the one at `line`.
    fn append(&mut self, mut rows: Self, line: u32) {
        for row in &mut rows.list {
            row.line = row.line.saturating_add(line);
        }
        self.are_out_of_order |= rows.are_out_of_order;
        self.are_out_of_order |= self
            .list
            .last()
            .zip(rows.list.first())
            .is_some_and(|(last, row)| last.key() >= row.key());
        self.list.append(&mut rows.list);
    }
}

/// All the results of a month.
#[derive(Debug, Default)]
pub struct Results {
    /// Ordered by area, indicator and who, each once.
    rows: Vec<Observation>,
    /// Where the rows of each area are.
    areas: Vec<Stretch>,
    /// Where the rows of each indicator start among those of an area that has as many as any, and
    /// at the end how many those are.
    mostly: Vec<usize>,
    /// The files, and the sheets of workbooks, each with how its lines are counted on.
    files: Vec<(u32, Source)>,
    /// The rows that are said to be provisional or revised: few, so beside the others.
    marks: BTreeMap<(AreaId, IndicatorId, Population), Mark>,
}

/// The rows of an area.
#[derive(Debug)]
struct Stretch {
    start: usize,
    end: usize,
    /// Whether those of each indicator are where they [mostly](Results::mostly) are, as in nearly
    /// all areas.
    is_as_mostly: bool,
}

impl Results {
    /// The rows that an area has for an indicator: none, where it has not been reported at all.
    #[must_use]
    pub fn of(&self, area: AreaId, indicator: IndicatorId) -> &[Observation] {
        let Some(stretch) = self.areas.get(area.index()) else { return &[] };
        let rows = &self.rows[stretch.start..stretch.end];
        if stretch.is_as_mostly {
            let Some(&[start, end]) = self.mostly.get(indicator.index()..indicator.index() + 2)
            else {
                return &[];
            };
            return &rows[start..end];
        }
        let start = rows.partition_point(|row| row.indicator < indicator);
        let count = rows[start..].iter().take_while(|row| row.indicator == indicator).count();
        &rows[start..start + count]
    }

    /// The row about `who`.
    #[must_use]
    pub fn row(
        &self,
        area: AreaId,
        indicator: IndicatorId,
        who: Population,
    ) -> Option<&Observation> {
        find(self.of(area, indicator), who)
    }

    /// The rows that another month has too, with their indicators: this month's, then the other's.
    pub fn shared<'r>(
        &'r self,
        other: &'r Self,
    ) -> impl Iterator<Item = (IndicatorId, [&'r Observation; 2])> {
        let key = Observation::key;
        let mut others = other.rows.iter().peekable();
        self.rows.iter().filter_map(move |row| {
            while others.next_if(|other| key(other) < key(row)).is_some() {}
            let same = others.next_if(|other| key(other) == key(row))?;
            Some((row.indicator, [row, same]))
        })
    }

    /// Where a row stands.
    #[must_use]
    pub fn place(&self, row: &Observation) -> Place {
        let (above, source) = self.file(row);
        source.place(row.line - above)
    }

    /// The file that a row stands in.
    #[must_use]
    pub fn path(&self, row: &Observation) -> &Arc<str> {
        self.file(row).1.path()
    }

    fn file(&self, row: &Observation) -> &(u32, Source) {
        &self.files[self.files.partition_point(|(above, _)| *above < row.line) - 1]
    }

    /// The rows that are [blank](Observation::is_blank).
    pub fn blank(&self) -> impl Iterator<Item = (AreaId, IndicatorId, Population)> {
        self.rows
            .iter()
            .filter(|row| row.is_blank())
            .map(|row| (row.area, row.indicator, row.population()))
    }

    /// What is said of how firm the figure of a row is.
    #[must_use]
    pub fn mark(&self, area: AreaId, indicator: IndicatorId, who: Population) -> Option<Mark> {
        self.marks.get(&(area, indicator, who)).copied()
    }

    /// Whether that is said of any.
    #[must_use]
    pub fn has_marks(&self) -> bool {
        !self.marks.is_empty()
    }

    /// Whether there is not a single row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// The columns of a results file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Indicator,
    Area,
    Cohort,
    Numerator,
    Denominator,
    Value,
    Month,
    Status,
}

impl Column {
    const ALL: [(Self, &'static str); 8] = [
        (Self::Indicator, "indicator"),
        (Self::Area, "area"),
        (Self::Cohort, "cohort"),
        (Self::Numerator, "numerator"),
        (Self::Denominator, "denominator"),
        (Self::Value, "value"),
        (Self::Month, "month"),
        (Self::Status, "status"),
    ];

    fn named(heading: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name)| *name == heading).map(|(column, _)| *column)
    }
}

/// The columns of results, and what is in them.
struct ResultsColumns<'n, 'd>(&'n Names<'d>);

impl Columns for ResultsColumns<'_, '_> {
    type Column = Column;

    fn named(&self, heading: &str) -> Option<Column> {
        Column::named(heading)
    }

    fn known(&self) -> Vec<&str> {
        Column::ALL.iter().map(|(_, name)| *name).collect()
    }

    /// Every column is needed but `month` and `status`: a column that lost its heading would lose
    /// its figures.
    fn missing(&self, found: &[(usize, Column)]) -> Option<String> {
        let is_there = |wanted: Column| {
            matches!(wanted, Column::Month | Column::Status)
                || found.iter().any(|(_, column)| *column == wanted)
        };
        let missing: Vec<_> = Column::ALL
            .iter()
            .filter(|(column, _)| !is_there(*column))
            .map(|(_, name)| *name)
            .collect();
        match missing.split_last()? {
            (only, []) => Some(format!("the header has no column {only}")),
            (last, others) => {
                Some(format!("the header has no columns {} and {last}", others.join(", ")))
            }
        }
    }

    fn remedy(&self) -> &'static str {
        "the header is indicator,area,cohort,numerator,denominator,value, in any order; a column may be empty, but must be there"
    }

    fn has_figures(&self, row: &[(Column, &str)]) -> bool {
        row.iter().any(|(column, cell)| *column == Column::Indicator && self.0.has_indicator(cell))
            && row.iter().any(|(column, cell)| {
                let is_figure =
                    matches!(column, Column::Numerator | Column::Denominator | Column::Value);
                is_figure && matches!(Cell::read(cell), Ok(Cell::Number { .. } | Cell::Suppressed))
            })
    }
}

/// Reads the results files of a month into one list.
pub(super) struct Reader<'n, 'd> {
    names: &'n Names<'d>,
    definition: &'d Definition,
    month: Month,
    usual: Usual<'d>,
    with: With,
    rows: Rows,
    results: Results,
}

impl<'n, 'd> Reader<'n, 'd> {
    pub(super) fn new(names: &'n Names<'d>, month: Month, with: With) -> Self {
        let definition = names.definition();
        let usual = Usual::new(definition, month);
        Self {
            names,
            definition,
            month,
            usual,
            with,
            rows: Rows::default(),
            results: Results::default(),
        }
    }

    /// Reads one file.
    pub(super) fn read(&mut self, file: &File, findings: &mut Findings) {
        let columns = ResultsColumns(self.names);
        let Some(contents) = Contents::read(file, "an extract of results", &columns, findings)
        else {
            return;
        };
        let Some(mut table) = Table::open(&file.name, &contents, &columns, findings) else {
            return;
        };
        let at = |wanted: Column| {
            table.columns.iter().find(|(_, column)| *column == wanted).map(|(index, _)| *index)
        };
        let at = Column::ALL.map(|(column, _)| at(column));
        let above = self.rows.list.last().map_or(0, |row| row.line);
        self.results.files.push((above, table.source.clone()));
        let order =
            table.in_order().and_then(|(columns, delimiter)| Order::new(&columns, delimiter));
        self.rows.make_room(table.rest());
        let mut runs = Vec::new().into_iter().peekable();
        let mut last = Last::default();
        // Whether what has just been read was usual all along.
        let mut is_smooth = false;
        loop {
            if let Some(order) = &order {
                table.step_over(|text, line| {
                    let line = above.saturating_add(line);
                    // One that starts within a row is none.
                    while runs.next_if(|run: &Run| run.left > text.len()).is_some() {}
                    if let Some(run) = runs.next_if(|run| run.left == text.len()) {
                        self.rows.append(run.rows, line);
                        return Some((run.bytes, run.lines));
                    }
                    let read = if is_smooth && self.with == With::All && runs.peek().is_none() {
                        let (read, others) = Run::with_others(
                            &self.usual,
                            text,
                            order,
                            &mut last,
                            line,
                            &mut self.rows,
                        );
                        runs = others.into_iter().peekable();
                        read
                    } else {
                        let until_next = text.len() - runs.peek().map_or(0, |run| run.left);
                        self.usual.rows(
                            text,
                            until_next.min(ENOUGH),
                            order,
                            &mut last,
                            line,
                            &mut self.rows,
                        )
                    };
                    is_smooth = read.is_some_and(|(bytes, _)| bytes >= ENOUGH);
                    read
                });
            }
            let Some(row) = table.next(findings) else { return };
            let Some((area, indicator, who, said)) = self.row(&row, &at, findings) else {
                continue;
            };
            let mut observation =
                Observation::new(area, indicator, who, &said, above.saturating_add(row.number()));
            let is_blank =
                |column: Column| at[column as usize].is_none_or(|index| row.cell(index).is_empty());
            if said == Said::Missing
                && [Column::Numerator, Column::Denominator, Column::Value].into_iter().all(is_blank)
            {
                observation.form = Form::Blank;
            }
            if let Some(mark) = mark(&row, at[Column::Status as usize], findings) {
                self.results.marks.insert((area, indicator, who), mark);
            }
            self.rows.push(observation);
        }
    }

    /// Orders the rows, and finds what only all of them together show.
    pub(super) fn finish(mut self, findings: &mut Findings) -> Results {
        if self.rows.are_out_of_order {
            self.sort(findings);
        }
        self.results.rows = self.rows.list;
        self.results.rows.shrink_to_fit();
        let (definition, results, rows) = (self.definition, &self.results, &self.results.rows);
        let start = |area: usize| rows.partition_point(|row| row.area.index() < area);
        let starts: Vec<_> = (0..=definition.areas.len()).map(start).collect();
        let most = starts
            .windows(2)
            .map(|area| &rows[area[0]..area[1]])
            .max_by_key(|rows| rows.len())
            .unwrap_or_default();
        let look_at = |area: &[usize]| {
            let (start, end) = (area[0], area[1]);
            let mut found = Findings::default();
            for rows in rows[start..end].chunk_by(|row, next| row.indicator == next.indicator) {
                compare_parts_with_whole(definition, results, rows, &mut found);
            }
            let is_as_mostly = rows[start..end]
                .iter()
                .map(|row| row.indicator)
                .eq(most.iter().map(|row| row.indicator));
            (Stretch { start, end, is_as_mostly }, found)
        };
        let areas: Vec<_> = match self.with {
            With::One => starts.windows(2).map(look_at).collect(),
            With::All => starts.par_windows(2).with_min_len(AREAS_A_TASK).map(look_at).collect(),
        };
        let mostly = |indicator| most.partition_point(|row| row.indicator < indicator);
        self.results.mostly = definition.indicator_ids().map(mostly).chain([most.len()]).collect();
        for (stretch, found) in areas {
            self.results.areas.push(stretch);
            findings.append(found);
        }
        self.results
    }

    /// Orders the rows, and keeps the first of those that say the same thing twice.
    fn sort(&mut self, findings: &mut Findings) {
        let rows = &mut self.rows.list;
        rows.sort_by_key(Observation::key);
        let place = |row: &Observation| self.results.place(row);
        rows.dedup_by(|row, first| {
            let same = row.key() == first.key();
            if same {
                let found = format!("a second figure for {}", describe(self.definition, first));
                let remedy = "keep the one that is right and delete the other; several files in a month are one extract";
                findings
                    .push(Finding::new(Code::DuplicateFigure, place(row), found, remedy).with_related(place(first), "the first is here"));
            }
            same
        });
    }

    fn row(
        &self,
        row: &Row<'_>,
        at: &[Option<usize>; 8],
        findings: &mut Findings,
    ) -> Option<(AreaId, IndicatorId, Population, Said)> {
        let column = |column: Column| at[column as usize];
        let cell = |wanted: Column| column(wanted).map_or("", |index| row.cell(index));
        let is_of_month = is_of_month(row, column(Column::Month), self.month, findings);
        let indicator = self.names.indicator(row, column(Column::Indicator), findings);
        let area = self.area(row, column(Column::Area), findings);
        let who = self.who(row, cell(Column::Cohort), column(Column::Cohort), findings);
        let [numerator, denominator, value] =
            [Column::Numerator, Column::Denominator, Column::Value]
                .map(|wanted| read_cell(row, column(wanted), findings));
        let (indicator, area, who, ()) = (indicator?, area?, who?, is_of_month.then_some(())?);
        let figures = Figures { numerator: numerator?, denominator: denominator?, value: value? };
        let said = figures.said(row, self.definition.indicator(indicator), &column, findings)?;
        self.is_in_force(row, area, indicator, findings).then_some((area, indicator, who, said))
    }

    fn area(
        &self,
        row: &Row<'_>,
        column: Option<usize>,
        findings: &mut Findings,
    ) -> Option<AreaId> {
        let area = self.names.area(row, column, findings)?;
        if self.definition.area(area).kind == AreaKind::Team {
            let name = &self.definition.area(area).name;
            let remedy = "give its figures to the activity table, or make it an area: take kind = \"team\" out of its definition";
            findings.push(row.finding(
                Code::TeamInResults,
                column,
                format!("{} is a team, and teams have no results", quote(name)),
                remedy,
            ));
            return None;
        }
        Some(area)
    }

    fn who(
        &self,
        row: &Row<'_>,
        text: &str,
        column: Option<usize>,
        findings: &mut Findings,
    ) -> Option<Population> {
        if let Some(who) = self.who_is(text) {
            return Some(who);
        }
        let plain = fold(text);
        if let Some(who) = self.who_is(&plain) {
            self.names.tell_punctuation(row, column, text, &plain, findings);
            return Some(who);
        }
        let names: Vec<_> = std::iter::once("all".to_owned())
            .chain(
                self.definition
                    .cohorts
                    .iter()
                    .flat_map(|cohort| [cohort.id.clone(), format!("excluding-{}", cohort.id)]),
            )
            .collect();
        let guess = guess(text, names.iter().map(String::as_str));
        let remedy = format!("{guess}it can be {}; leave it blank for everyone", names.join(", "));
        findings.push(row.finding(
            Code::UnknownCohort,
            column,
            format!("there is no cohort {}", quote(text)),
            remedy,
        ));
        None
    }

    fn who_is(&self, text: &str) -> Option<Population> {
        if text.is_empty() || text.eq_ignore_ascii_case("all") {
            return Some(Population::Everyone);
        }
        let excluded = || {
            text.get(..10)
                .filter(|prefix| prefix.eq_ignore_ascii_case("excluding-"))
                .map(|_| &text[10..])
        };
        let cohort = self.definition.find_cohort(text).map(Population::Cohort);
        cohort.or_else(|| self.definition.find_cohort(excluded()?).map(Population::Excluding))
    }

    fn is_in_force(
        &self,
        row: &Row<'_>,
        area: AreaId,
        indicator: IndicatorId,
        findings: &mut Findings,
    ) -> bool {
        // The row of a part that has ended is wanted for sums that cover its months.
        let is_part = self.definition.is_part_of_sum(area, indicator, self.month);
        let (area, indicator) = (self.definition.area(area), self.definition.indicator(indicator));
        if indicator.in_force.covers(self.month) && is_part {
            return true;
        }
        let what = match (indicator.in_force.covers(self.month), area.in_force.covers(self.month)) {
            (true, true) => return true,
            (false, _) => format!("indicator {}", indicator.id),
            (true, false) => quote(&area.name),
        };
        let found = format!("{what} is not in force in {}: the row is left out", self.month.long());
        findings.push(row.finding(
            Code::NotInForce,
            None,
            found,
            "delete the row, or mend `from` and `until` in the definitions",
        ));
        false
    }
}

/// A cohort is part of everyone, and so is everyone else.
fn compare_parts_with_whole(
    definition: &Definition,
    results: &Results,
    rows: &[Observation],
    findings: &mut Findings,
) {
    let [whole, parts @ ..] = rows else { return };
    if parts.is_empty() || whole.population() != Population::Everyone {
        return;
    }
    let Some(of_all) = whole.amount() else { return };
    for part in parts {
        let Some(of_part) = part.amount() else { continue };
        let Some((what, part_is, whole_is)) =
            larger(&of_part, &of_all, definition.indicator(part.indicator))
        else {
            continue;
        };
        let (code, remedy) = match part.population() {
            Population::Cohort(_) => (
                Code::CohortLarger,
                "the cohort is counted within all: mend whichever of the two rows is wrong",
            ),
            _ => (Code::RestLarger, "everyone else is counted within all: look at both rows"),
        };
        let found = format!(
            "{what} {part_is} of {} is more than the {whole_is} of all",
            describe(definition, part)
        );
        findings.push(
            Finding::new(code, results.place(part), found, remedy)
                .with_related(results.place(whole), "all is here"),
        );
    }
}

/// To be handed over costs as much as looking at a few areas.
const AREAS_A_TASK: usize = 256;

/// Whether an area has a row for everyone, if only one that says that there is no figure: then it
/// uses its own rows alone.
#[must_use]
pub fn has_own(rows: &[Observation]) -> bool {
    find(rows, Population::Everyone).is_some()
}

/// The row about `who`.
#[inline]
pub fn find(rows: &[Observation], who: Population) -> Option<&Observation> {
    rows.iter().find(|row| row.is_about(who))
}

/// Which count of a part is larger than the same of the whole, with both.
fn larger(
    part: &Amount,
    whole: &Amount,
    indicator: &Indicator,
) -> Option<(&'static str, Decimal, Decimal)> {
    match (part, whole) {
        (
            Amount::Ratio { numerator: n, denominator: d },
            Amount::Ratio { numerator: all_n, denominator: all_d },
        ) => {
            let numerators = (n > all_n).then(|| ("the numerator", n.clone(), all_n.clone()));
            numerators
                .or_else(|| (d > all_d).then(|| ("the denominator", d.clone(), all_d.clone())))
        }
        (Amount::Value(value), Amount::Value(all)) if indicator.unit == Unit::Number => {
            (value > all).then(|| ("the number", value.clone(), all.clone()))
        }
        _ => None,
    }
}

/// `indicator 19, Kent, excluding-uasc`.
fn describe(definition: &Definition, row: &Observation) -> String {
    let population = definition.population_name(row.population());
    format!(
        "indicator {}, {}, {population}",
        definition.indicator(row.indicator).id,
        definition.area(row.area).name
    )
}

/// How firm a figure is, as far as its row says.
fn mark(row: &Row<'_>, column: Option<usize>, findings: &mut Findings) -> Option<Mark> {
    let text = row.cell(column?);
    let mark = Mark::from_word(text);
    if mark.is_none() && !text.is_empty() {
        let found = format!("{} is no status of a figure", quote(text));
        let remedy = "write p for provisional or r for revised, or leave it blank; call the column something else if it means another thing";
        findings.push(row.finding(Code::UnknownStatus, column, found, remedy));
    }
    mark
}

/// Whether a row is of the month that it is in the folder of, as far as it says.
pub(super) fn is_of_month(
    row: &Row<'_>,
    column: Option<usize>,
    month: Month,
    findings: &mut Findings,
) -> bool {
    let text = column.map_or("", |column| row.cell(column));
    if text.is_empty() || dates::month(text) == Some(month) {
        return true;
    }
    let found = format!("the row is of {}, in the folder of {month}", quote(text));
    let remedy = "move the row to the folder of its month, or mend its month (YYYY-MM)";
    findings.push(row.finding(Code::WrongMonth, column, found, remedy));
    false
}

/// Reads a cell, or says why it cannot be read.
pub(super) fn read_cell(
    row: &Row<'_>,
    column: Option<usize>,
    findings: &mut Findings,
) -> Option<Cell> {
    let text = row.cell(column?);
    let read = Cell::read(text).and_then(|cell| {
        let is_certain = !row.has_semicolons()
            || !matches!(cell, Cell::Number { .. })
            || !depends_on_the_decimal_mark(text);
        if is_certain { Ok(cell) } else { Err(Unreadable::EitherMark) }
    });
    read.map_err(|why| {
        let (code, found, remedy) = why.describe(text);
        findings.push(row.finding(code, column, found, remedy));
    })
    .ok()
}

/// The three figures of a row.
struct Figures {
    numerator: Cell,
    denominator: Cell,
    value: Cell,
}

impl Figures {
    /// What the three say together.
    fn said(
        self,
        row: &Row<'_>,
        indicator: &Indicator,
        column: &impl Fn(Column) -> Option<usize>,
        findings: &mut Findings,
    ) -> Option<Said> {
        if [&self.numerator, &self.denominator, &self.value].contains(&&Cell::Suppressed) {
            return Some(Said::Amount(Amount::Suppressed));
        }
        let sound = [
            (&self.numerator, Column::Numerator),
            (&self.denominator, Column::Denominator),
            (&self.value, Column::Value),
        ]
        .map(|(cell, of)| check_number(row, cell, of, column(of), indicator, findings))
        .iter()
        .all(|sound| *sound);
        if !sound {
            return None;
        }
        let number =
            |cell: Cell| if let Cell::Number { number, .. } = cell { Some(number) } else { None };
        match (number(self.numerator), number(self.denominator), number(self.value)) {
            (None, None, None) => Some(Said::Missing),
            (None, None, Some(value)) => Some(Said::Amount(Amount::Value(value))),
            (Some(numerator), Some(denominator), value) => {
                if let Some(value) = value {
                    check_agreement(
                        row,
                        &numerator,
                        &denominator,
                        &value,
                        column(Column::Value),
                        indicator,
                        findings,
                    );
                }
                Some(Said::Amount(Amount::Ratio { numerator, denominator }))
            }
            (numerator, _, _) => {
                let (there, gone, at) = if numerator.is_some() {
                    ("numerator", "denominator", Column::Denominator)
                } else {
                    ("denominator", "numerator", Column::Numerator)
                };
                let remedy = format!(
                    "add the {gone}, or leave the {there} out and give the result as the value"
                );
                findings.push(row.finding(
                    Code::HalfARatio,
                    column(at),
                    format!("a {there} without its {gone}"),
                    remedy,
                ));
                None
            }
        }
    }
}

/// A count is not negative, and a `%` belongs to a percentage.
fn check_number(
    row: &Row<'_>,
    cell: &Cell,
    of: Column,
    column: Option<usize>,
    indicator: &Indicator,
    findings: &mut Findings,
) -> bool {
    let Cell::Number { number, percent } = cell else { return true };
    let is_count = of != Column::Value || indicator.unit == Unit::Number;
    if number.is_negative() && is_count {
        let found = format!("a count of {number} is below nought");
        findings.push(row.finding(
            Code::NegativeCount,
            column,
            found,
            "mend the figure: a count is nought or more",
        ));
        return false;
    }
    if *percent && (of != Column::Value || indicator.unit != Unit::Percent) {
        let found = match (of, indicator.unit) {
            (Column::Value, Unit::Average) => format!(
                "a % sign on what is not a percentage: indicator {} is an average",
                indicator.id
            ),
            (Column::Value, unit) => {
                format!(
                    "a % sign on what is not a percentage: indicator {} is a {}",
                    indicator.id,
                    unit.word().as_str()
                )
            }
            _ => format!("a % sign on a count of indicator {}", indicator.id),
        };
        findings.push(row.finding(
            Code::NotANumber,
            column,
            found,
            "take the % out, or move the figure to the column `value` of a percentage",
        ));
        return false;
    }
    true
}

/// A value given beside its numerator and denominator is their quotient at the displayed precision:
/// either both show as the same, or the value is the quotient rounded to the decimals that it is
/// written with, if those are more.
fn check_agreement(
    row: &Row<'_>,
    numerator: &Decimal,
    denominator: &Decimal,
    value: &Decimal,
    column: Option<usize>,
    indicator: &Indicator,
    findings: &mut Findings,
) {
    let remedy =
        "mend whichever is wrong, or leave the value out: it is worked out from the other two";
    let Some(result) = Ratio::new(numerator, denominator, indicator.unit.times()) else {
        let found =
            format!("the value is {value}, but {numerator} divided by {denominator} is nothing");
        findings.push(row.finding(Code::ValueDisagrees, column, found, remedy));
        return;
    };
    let places = indicator.decimals;
    let shown = result.round(places);
    let agrees = shown == Ratio::from(value).round(places)
        || value.scale() >= places && result.round(value.scale()).cmp(value) == Ordering::Equal;
    if !agrees {
        let found = format!("the value is {value}, but {numerator} of {denominator} is {shown}");
        findings.push(row.finding(Code::ValueDisagrees, column, found, remedy));
    }
}
