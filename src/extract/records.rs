//! Records, a row a child or case: counted by conditions, and never shown.
//!
//! Nothing of a record leaves this file and `doubtful` but counts and lines: no finding shows the
//! text of a cell.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::closed_days::ClosedDays;
use super::conditions::{Asked, ConditionDays, Doubt, TableConditions, number};
use super::doubtful::Doubtful;
use super::names::NameFinder;
use super::table::TableOrigin;
use crate::definition::{
    AreaId, AreaKind, CountOf, CountRule, Counted, DateOrder, Definition, ExtractSource, NoRows,
    StandardColumn, UnknownAreas,
};
use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::figure::Decimal;
use crate::month::{Date, Month};
use crate::population::Population;
use crate::text::{and, quote};

/// A row of records.
pub(super) struct RecordRow<'r> {
    pub(super) line: u32,
    /// What stands at a position.
    pub(super) cell: &'r dyn Fn(usize) -> &'r str,
    /// What stands in the column of the area, as we call it.
    pub(super) area: &'r str,
    /// What stands in the column of the record's id.
    pub(super) record: &'r str,
    /// The lookups that have no row of it.
    pub(super) unmatched: &'r [usize],
}

/// What has been counted of a rule for an area and a population.
#[derive(Clone, Debug)]
struct Tally {
    numerator: Decimal,
    denominator: Decimal,
}

impl Tally {
    const NONE: Self = Self { numerator: Decimal::new(0, 0), denominator: Decimal::new(0, 0) };

    fn add(&mut self, other: &Self) {
        self.numerator = &self.numerator + &other.numerator;
        self.denominator = &self.denominator + &other.denominator;
    }
}

/// What a row adds to the counts.
struct Contribution<'d> {
    table: usize,
    line: u32,
    area: AreaId,
    /// The populations that it belongs to, by their places among those that are counted.
    populations: Vec<usize>,
    /// What it adds, by the places of the counts.
    tallies: Vec<(usize, Tally)>,
    /// Why it does not count where it may have to.
    doubts: Vec<Doubt<'d>>,
    /// The person, where each counts once.
    person: Option<u32>,
}

/// What is asked of the rows of a table.
struct TableOfRecords<'d> {
    month: Month,
    cohorts: Vec<TableConditions<'d>>,
    /// Each rule, of those that count in the month of the table.
    counts: Vec<Option<TableRule<'d>>>,
    /// Where the person stands, and the date of which the latest counts.
    person: Option<usize>,
    latest: Option<usize>,
}

struct TableRule<'d> {
    numerator: TableCounted<'d>,
    /// None, where it is no ratio.
    denominator: Option<TableCounted<'d>>,
}

/// What is counted, and where it stands.
struct TableCounted<'d> {
    rows: TableConditions<'d>,
    sum: Option<(&'d str, usize)>,
}

/// Counts records.
pub(super) struct Counter<'n, 'd> {
    source: &'d ExtractSource,
    names: &'n NameFinder<'d>,
    month: Month,
    closed: ClosedDays,
    /// The table that is being read.
    table: Option<TableOfRecords<'d>>,
    /// Everyone, and the cohorts that are told apart.
    populations: Vec<Population>,
    /// By count, area and population; nothing, where no row counts.
    tallies: Vec<Option<Tally>>,
    people: HashMap<String, u32>,
    seen: HashSet<(usize, u32)>,
    /// The latest row of each person so far, with its date.
    latest: HashMap<u32, (Option<Date>, Contribution<'d>)>,
    records: HashSet<String>,
    /// The areas and teams that rows are of.
    areas: BTreeSet<AreaId>,
    doubtful: Doubtful<'d>,
    missing: Vec<Month>,
    /// The first table, and the row of its headings.
    origin: Option<(TableOrigin, u32)>,
}

/// The figures that have been counted of a source.
pub(super) struct CountedTable {
    /// The table that they are of, or the first.
    pub(super) origin: TableOrigin,
    /// The row of its headings.
    pub(super) headings: u32,
    pub(super) rows: Vec<CountedRow>,
}

/// A figure that has been counted, as its standard row says it.
pub(super) type CountedRow = Vec<(StandardColumn, String)>;

impl<'n, 'd> Counter<'n, 'd> {
    pub(super) fn new(
        source: &'d ExtractSource,
        names: &'n NameFinder<'d>,
        month: Month,
        closed: ClosedDays,
    ) -> Self {
        let cohorts = source.cohorts.iter().map(|(id, _)| Population::Cohort(*id));
        let populations: Vec<_> = std::iter::once(Population::Everyone).chain(cohorts).collect();
        let areas = names.definition().areas.len();
        Self {
            source,
            names,
            month,
            closed,
            table: None,
            tallies: vec![None; source.counts.len() * areas * populations.len()],
            populations,
            people: HashMap::new(),
            seen: HashSet::new(),
            latest: HashMap::new(),
            records: HashSet::new(),
            areas: BTreeSet::new(),
            doubtful: Doubtful::default(),
            missing: Vec::new(),
            origin: None,
        }
    }

    fn definition(&self) -> &'d Definition {
        self.names.definition()
    }

    /// The first month whose files are counted: that of the figures, or an earlier one where files
    /// have the events of their months.
    pub(super) fn first_month(&self) -> Month {
        let first = self.source.counts.iter().map(|count| self.first_month_of(count.of));
        first.min().unwrap_or(self.month)
    }

    fn first_month_of(&self, of: CountOf) -> Month {
        match of {
            CountOf::Indicator(id) if self.source.holds_month => {
                let period = self.definition().indicator(id).period;
                self.definition().first_covered(period, self.month)
            }
            _ => self.month,
        }
    }

    /// The areas and teams that its rows are of.
    pub(super) fn areas(&self) -> impl Iterator<Item = AreaId> {
        self.areas.iter().copied()
    }

    /// Notes that a month has no file.
    pub(super) fn miss_month(&mut self, month: Month) {
        self.missing.push(month);
    }

    /// Begins a table, whose columns stand at these positions.
    pub(super) fn start_table(
        &mut self,
        origin: &TableOrigin,
        headings: u32,
        month: Month,
        positions: &HashMap<String, usize>,
    ) {
        let of = |counted: &'d Counted| TableCounted {
            rows: TableConditions::new(&counted.rows, positions),
            sum: counted.sum.as_deref().and_then(|sum| Some((sum, *positions.get(sum)?))),
        };
        let counts = self.source.counts.iter().map(|count| {
            let counts = self.first_month_of(count.of) <= month;
            counts.then(|| match &count.rule {
                CountRule::Share { numerator, denominator } => {
                    TableRule { numerator: of(numerator), denominator: Some(of(denominator)) }
                }
                CountRule::Value(value) => TableRule { numerator: of(value), denominator: None },
            })
        });
        let at = |column: &str| positions.get(column).copied();
        let keep = self.source.keep.as_ref();
        let table = TableOfRecords {
            month,
            counts: counts.collect(),
            cohorts: self
                .source
                .cohorts
                .iter()
                .map(|(_, conditions)| TableConditions::new(conditions, positions))
                .collect(),
            person: self.source.person_column().and_then(at),
            latest: keep.and_then(|keep| at(&keep.latest)),
        };
        if self.table.as_ref().is_some_and(|before| before.month != month) {
            self.records.clear();
        }
        self.table = Some(table);
        self.doubtful.start_table(origin.place(headings));
        self.origin.get_or_insert_with(|| (origin.clone(), headings));
    }

    /// Counts a row.
    pub(super) fn row(&mut self, row: &RecordRow<'_>) {
        self.doubtful.row(row.line, row.unmatched);
        let has_person = self.source.person_column().is_some();
        if !has_person && !row.record.is_empty() {
            if self.records.contains(row.record) {
                self.doubtful.repeats(row.line);
            } else {
                self.records.insert(row.record.to_owned());
            }
        }
        let Some(area) = self.area(row) else { return };
        let Some(table) = &self.table else { return };
        let year_start = self.definition().financial_year(table.month).first();
        let days = ConditionDays::new(
            table.month,
            year_start,
            self.source.dates == DateOrder::Us,
            &self.closed,
        );
        let mut doubts = Vec::new();
        let cohorts = table.cohorts.iter().zip(1..);
        let populations = std::iter::once(0).chain(cohorts.filter_map(|(conditions, place)| {
            conditions.hold(&days, row.cell, &mut doubts).then_some(place)
        }));
        let populations: Vec<usize> = populations.collect();
        let mut tallies = Vec::new();
        for (place, rule) in table.counts.iter().enumerate() {
            let Some(rule) = rule else { continue };
            tallies.extend(rule.tally(&days, row, &mut doubts).map(|tally| (place, tally)));
        }
        let person = table.person.map(|at| (row.cell)(at)).filter(|person| !person.is_empty());
        if person.is_none() && has_person {
            doubts.extend(self.source.person_column().map(Doubt::NoPerson));
        }
        let latest = table.latest.map(|at| (row.cell)(at));
        let date = latest.and_then(|text| days.date(text));
        if let (Some(text), None, Some(keep)) = (latest, date, &self.source.keep)
            && !text.is_empty()
        {
            doubts.push(Doubt::Unread(&keep.latest, Asked::Date));
        }
        let person = person.map(|person| {
            let known = self.people.get(person).copied();
            known.unwrap_or_else(|| {
                let next = u32::try_from(self.people.len()).unwrap_or(u32::MAX);
                self.people.insert(person.to_owned(), next);
                next
            })
        });
        let table = self.doubtful.table();
        let contribution =
            Contribution { table, line: row.line, area, populations, tallies, doubts, person };
        match person.filter(|_| self.source.keep.is_some()) {
            Some(person) => self.keep_latest(person, date, contribution),
            None => self.add(&contribution),
        }
    }

    /// Keeps a row of a person in the place of an earlier one. Of two of the same day the one that
    /// comes later in the file is kept, and that is said.
    fn keep_latest(&mut self, person: u32, date: Option<Date>, contribution: Contribution<'d>) {
        let line = contribution.line;
        match self.latest.get(&person) {
            Some((latest, _)) if *latest > date => return,
            Some((latest, _)) if *latest == date => self.doubtful.of_one_day(line),
            _ => {}
        }
        self.latest.insert(person, (date, contribution));
    }

    /// The area or team of a row; nothing, where it is none.
    fn area(&mut self, row: &RecordRow<'_>) -> Option<AreaId> {
        let top = self.definition().top;
        if row.area.is_empty() {
            self.doubtful.without_area(row.line);
            return Some(top);
        }
        let area = self.names.peek_area(row.area);
        self.areas.extend(area);
        if area.is_none() {
            match self.source.unknown_areas {
                UnknownAreas::TopOnly => {
                    self.doubtful.of_top_alone(row.line);
                    return Some(top);
                }
                UnknownAreas::LeaveOut => self.doubtful.of_unknown_area(row.line, ""),
                UnknownAreas::Error => self.doubtful.of_unknown_area(row.line, row.area),
            }
        }
        area
    }

    /// Adds what a row says to its area and to those above it.
    fn add(&mut self, contribution: &Contribution<'d>) {
        for doubt in &contribution.doubts {
            self.doubtful.doubt(contribution.table, contribution.line, *doubt);
        }
        let definition = self.definition();
        let mut next = Some(contribution.area);
        while let Some(area) = next {
            let about = definition.area(area);
            for (count, tally) in &contribution.tallies {
                let of = self.source.counts[*count].of;
                let populations = match of {
                    CountOf::Indicator(_) if about.kind == AreaKind::Team => continue,
                    CountOf::Indicator(_) => contribution.populations.as_slice(),
                    CountOf::Activity(_) => &contribution.populations[..1],
                };
                for population in populations {
                    let place = self.place(*count, area, *population);
                    if self.source.count_once.is_some()
                        && let Some(person) = contribution.person
                        && !self.seen.insert((place, person))
                    {
                        continue;
                    }
                    self.tallies[place].get_or_insert(Tally::NONE).add(tally);
                }
            }
            next = about.parent;
        }
    }

    /// Where the tally of a count, an area and a population is.
    fn place(&self, count: usize, area: AreaId, population: usize) -> usize {
        let areas = self.definition().areas.len();
        (count * areas + area.index()) * self.populations.len() + population
    }

    /// The figures that have been counted; nothing, where no table has been read.
    pub(super) fn finish(mut self, findings: &mut Findings) -> Option<CountedTable> {
        let kept = std::mem::take(&mut self.latest);
        let mut kept: Vec<_> = kept.into_values().map(|(_, contribution)| contribution).collect();
        kept.sort_by_key(|contribution| (contribution.table, contribution.line));
        for contribution in &kept {
            self.add(contribution);
        }
        self.doubtful.report(self.source, self.definition(), findings);
        let (origin, headings) = self.origin.take()?;
        let heading = origin.place(headings);
        self.report_missing(&heading, findings);
        let definition = self.definition();
        let mut rows = Vec::new();
        let mut without: Vec<AreaId> = Vec::new();
        for (index, count) in self.source.counts.iter().enumerate() {
            if self.lacks_month(count.of) {
                continue;
            }
            let populations = match count.of {
                CountOf::Indicator(_) => self.populations.as_slice(),
                CountOf::Activity(_) => &self.populations[..1],
            };
            for area in definition.area_ids() {
                let about = definition.area(area);
                let is_of_tree = definition.is_within(area, definition.top)
                    && about.in_force.covers(self.month)
                    && (about.kind == AreaKind::Area || matches!(count.of, CountOf::Activity(_)));
                let has_rows = self.tallies[self.place(index, area, 0)].is_some();
                if !is_of_tree || !has_rows && self.source.no_rows == NoRows::Missing {
                    continue;
                }
                if !has_rows && !without.contains(&area) {
                    without.push(area);
                }
                for (place, population) in populations.iter().enumerate() {
                    let tally = self.tallies[self.place(index, area, place)].clone();
                    let tally = tally.unwrap_or(Tally::NONE);
                    rows.push(counted_row(definition, count, area, *population, &tally));
                }
            }
        }
        if !without.is_empty() {
            let names: Vec<_> =
                without.iter().take(5).map(|area| definition.area(*area).name.as_str()).collect();
            let more = if without.len() > 5 { ", ..." } else { "" };
            let found =
                format!("no row that counts is of {}{more}, so the count is 0", names.join(", "));
            let remedy = "nothing to do, if it is 0; write no_rows = \"missing\" in the source \
                where it is not known";
            findings.push(Finding::new(Code::NoRows, heading, found, remedy));
        }
        Some(CountedTable { origin, headings, rows })
    }

    /// Whether a figure covers a month that has no file.
    fn lacks_month(&self, of: CountOf) -> bool {
        let first = self.first_month_of(of);
        self.missing.iter().any(|month| *month >= first)
    }

    /// Says which months have no file, and what has no figure without them.
    fn report_missing(&self, heading: &Place, findings: &mut Findings) {
        let (Some(first), Some(last)) = (self.missing.first(), self.missing.last()) else { return };
        let count = self.missing.len();
        let months = match count {
            1..=3 => and(&self.missing.iter().map(Month::to_string).collect::<Vec<_>>()),
            _ => format!("{count} months from {first} to {last}"),
        };
        let lacking = self.source.counts.iter().filter(|count| self.lacks_month(count.of));
        let mut names: Vec<_> = lacking
            .filter_map(|count| match count.of {
                CountOf::Indicator(id) => Some(self.definition().indicator(id).id.clone()),
                CountOf::Activity(_) => None,
            })
            .collect();
        names.dedup();
        let found = format!(
            "the source {} has no file of {months}, so there is no figure of {}",
            quote(&self.source.id),
            and(&names)
        );
        let remedy = "put the file of each month into its folder, as its events are part of the \
            year or the 12 months; a month without events has a file of headings alone";
        findings.push(Finding::new(Code::MonthWithoutFile, heading.clone(), found, remedy));
    }
}

impl<'d> TableRule<'d> {
    /// What a row adds; nothing, where it is not counted. A numerator is counted within the
    /// denominator.
    fn tally(
        &self,
        days: &ConditionDays<'_>,
        row: &RecordRow<'_>,
        doubts: &mut Vec<Doubt<'d>>,
    ) -> Option<Tally> {
        let denominator = match &self.denominator {
            Some(denominator) => denominator.amount(days, row, doubts)?,
            None => Decimal::new(0, 0),
        };
        let numerator = self.numerator.amount(days, row, doubts);
        let numerator = match (numerator, &self.denominator) {
            (None, None) => return None,
            (numerator, _) => numerator.unwrap_or_else(|| Decimal::new(0, 0)),
        };
        Some(Tally { numerator, denominator })
    }
}

impl<'d> TableCounted<'d> {
    /// What a row adds: 1, or a number that it has.
    fn amount(
        &self,
        days: &ConditionDays<'_>,
        row: &RecordRow<'_>,
        doubts: &mut Vec<Doubt<'d>>,
    ) -> Option<Decimal> {
        if !self.rows.hold(days, row.cell, doubts) {
            return None;
        }
        let Some((column, at)) = self.sum else { return Some(Decimal::new(1, 0)) };
        let number = number((row.cell)(at));
        if number.is_none() {
            doubts.push(Doubt::Unread(column, Asked::Number));
        }
        number
    }
}

fn counted_row(
    definition: &Definition,
    count: &crate::definition::Count,
    area: AreaId,
    population: Population,
    tally: &Tally,
) -> CountedRow {
    let mut row = vec![(StandardColumn::Area, definition.area(area).name.clone())];
    match count.of {
        CountOf::Indicator(id) => {
            row.push((StandardColumn::Indicator, definition.indicator(id).id.clone()));
            row.push((StandardColumn::Cohort, definition.population_name(population).into_owned()));
        }
        CountOf::Activity(id) => {
            row.push((StandardColumn::Activity, definition.activity(id).id.clone()));
        }
    }
    let numerator = tally.numerator.to_string();
    match count.rule {
        CountRule::Share { .. } => {
            row.push((StandardColumn::Numerator, numerator));
            row.push((StandardColumn::Denominator, tally.denominator.to_string()));
        }
        CountRule::Value(_) => row.push((StandardColumn::Value, numerator)),
    }
    row
}
