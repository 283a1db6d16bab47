//! Records, a row a child or case: counted by conditions, and never shown.
//!
//! Nothing of a record leaves this file but counts and lines: no finding shows the text of a cell.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::cell::CellValue;
use super::dates;
use super::names::NameFinder;
use crate::definition::{
    AreaId, AreaKind, At, CellTest, Clause, Comparison, Conditions, CountOf, CountRule, Counted,
    Definition, ExtractSource, NoRows, Operand, Span, StandardColumn, UnknownAreas,
};
use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::figure::Decimal;
use crate::month::{Date, Month};
use crate::population::Population;
use crate::source::pattern;
use crate::text::plural;

/// How many lines a finding names.
const MOST_LINES: usize = 4;

/// A row of records.
pub(super) struct RecordRow<'r> {
    pub(super) line: u32,
    /// What stands in a column of a condition.
    pub(super) cell: &'r dyn Fn(&str) -> &'r str,
    /// What stands in the column of the area, as we call it.
    pub(super) area: &'r str,
    /// What stands in the column of the record's id.
    pub(super) record: &'r str,
    /// What stands in the column of the person.
    pub(super) person: &'r str,
}

/// What has been counted of a rule for an area and a population.
#[derive(Clone, Default)]
struct Tally {
    numerator: Sum,
    denominator: Sum,
}

/// An exact sum.
#[derive(Clone)]
struct Sum(Decimal);

impl Default for Sum {
    fn default() -> Self {
        Self(Decimal::new(0, 0))
    }
}

impl Sum {
    fn add(&mut self, number: &Decimal) {
        self.0 = &self.0 + number;
    }
}

/// Counts records.
pub(super) struct Counter<'n, 'd> {
    source: &'d ExtractSource,
    names: &'n NameFinder<'d>,
    days: Days,
    tallies: Vec<HashMap<(AreaId, Population), Tally>>,
    people: HashMap<String, u32>,
    seen: HashSet<(usize, AreaId, Population, u32)>,
    records: HashMap<String, u32>,
    repeated: Vec<u32>,
    unknown: HashMap<String, Vec<u32>>,
    unread: BTreeMap<String, Vec<u32>>,
    rows: usize,
}

/// The days that conditions speak of.
#[derive(Clone, Copy)]
struct Days {
    month: Month,
    end: Date,
    year_start: Month,
    is_american: bool,
}

/// A figure that has been counted, as its standard row says it.
pub(super) type CountedRow = Vec<(StandardColumn, String)>;

impl<'n, 'd> Counter<'n, 'd> {
    pub(super) fn new(source: &'d ExtractSource, names: &'n NameFinder<'d>, month: Month) -> Self {
        let year_start = names.definition().financial_year(month).first();
        Self {
            source,
            names,
            days: Days {
                month,
                end: Date::last_of(month),
                year_start,
                is_american: source.is_american,
            },
            tallies: vec![HashMap::new(); source.counts.len()],
            people: HashMap::new(),
            seen: HashSet::new(),
            records: HashMap::new(),
            repeated: Vec::new(),
            unknown: HashMap::new(),
            unread: BTreeMap::new(),
            rows: 0,
        }
    }

    fn definition(&self) -> &'d Definition {
        self.names.definition()
    }

    /// Counts a row.
    pub(super) fn row(&mut self, row: &RecordRow<'_>) {
        self.rows += 1;
        if self.source.count_once.is_none() && !row.record.is_empty() {
            if self.records.contains_key(row.record) {
                self.repeated.push(row.line);
            } else {
                self.records.insert(row.record.to_owned(), row.line);
            }
        }
        let Some(area) = self.area(row) else { return };
        let definition = self.definition();
        let areas: Vec<_> =
            std::iter::successors(Some(area), |area| definition.area(*area).parent).collect();
        let mut populations = vec![Population::Everyone];
        for (cohort, conditions) in &self.source.cohorts {
            if self.holds(conditions, row) {
                populations.push(Population::Cohort(*cohort));
            }
        }
        for (index, count) in self.source.counts.iter().enumerate() {
            let Some(tally) = self.tally(&count.rule, row) else { continue };
            let populations = match count.of {
                CountOf::Indicator(_) => populations.as_slice(),
                CountOf::Activity(_) => &populations[..1],
            };
            self.add(index, count.of, &areas, populations, &tally, row.person);
        }
    }

    /// The area or team of a row; nothing, where it is none.
    fn area(&mut self, row: &RecordRow<'_>) -> Option<AreaId> {
        let top = self.definition().top;
        if row.area.is_empty() {
            return Some(top);
        }
        let area = self.names.peek_area(row.area);
        if area.is_none() {
            match self.source.unknown_areas {
                UnknownAreas::TopOnly => return Some(top),
                UnknownAreas::LeaveOut => {
                    self.unknown.entry(String::new()).or_default().push(row.line);
                }
                UnknownAreas::Error => {
                    self.unknown.entry(row.area.to_owned()).or_default().push(row.line);
                }
            }
        }
        area
    }

    /// What a row adds to a count; nothing, where it is not counted.
    fn tally(&mut self, rule: &CountRule, row: &RecordRow<'_>) -> Option<Tally> {
        let mut tally = Tally::default();
        match rule {
            CountRule::Share { numerator, denominator } => {
                tally.denominator.add(&self.amount(denominator, row)?);
                if let Some(amount) = self.amount(numerator, row) {
                    tally.numerator.add(&amount);
                }
            }
            CountRule::Value(value) => tally.numerator.add(&self.amount(value, row)?),
        }
        Some(tally)
    }

    /// What a row adds: one, or a number that it has.
    fn amount(&mut self, counted: &Counted, row: &RecordRow<'_>) -> Option<Decimal> {
        if !self.holds(&counted.rows, row) {
            return None;
        }
        let Some(column) = &counted.sum else { return Some(Decimal::new(1, 0)) };
        let number = number((row.cell)(column));
        if number.is_none() {
            self.cannot_read(column, row.line);
        }
        number
    }

    fn add(
        &mut self,
        index: usize,
        of: CountOf,
        areas: &[AreaId],
        populations: &[Population],
        tally: &Tally,
        person: &str,
    ) {
        let definition = self.definition();
        let person = self.source.count_once.is_some().then(|| {
            let next = u32::try_from(self.people.len()).unwrap_or(u32::MAX);
            *self.people.entry(person.to_owned()).or_insert(next)
        });
        for area in areas {
            let is_team = definition.area(*area).kind == AreaKind::Team;
            if is_team && matches!(of, CountOf::Indicator(_)) {
                continue;
            }
            for population in populations {
                if person.is_some_and(|one| !self.seen.insert((index, *area, *population, one))) {
                    continue;
                }
                let sums = self.tallies[index].entry((*area, *population)).or_default();
                sums.numerator.add(&tally.numerator.0);
                sums.denominator.add(&tally.denominator.0);
            }
        }
    }

    fn holds(&mut self, conditions: &Conditions, row: &RecordRow<'_>) -> bool {
        let mut unread = Vec::new();
        let holds = conditions
            .0
            .iter()
            .any(|list| list.iter().all(|clause| self.days.holds(clause, row.cell, &mut unread)));
        for column in unread {
            self.cannot_read(&column, row.line);
        }
        holds
    }

    fn cannot_read(&mut self, column: &str, line: u32) {
        let lines = self.unread.entry(column.to_owned()).or_default();
        if lines.last() != Some(&line) {
            lines.push(line);
        }
    }

    /// The figures that have been counted, in the standard form, and what was found meanwhile.
    pub(super) fn finish(self, heading: &Place, findings: &mut Findings) -> Vec<CountedRow> {
        self.report(heading, findings);
        let definition = self.definition();
        let mut rows = Vec::new();
        let mut without = Vec::new();
        for (count, tallies) in self.source.counts.iter().zip(&self.tallies) {
            let cohorts = self.source.cohorts.iter().map(|(id, _)| Population::Cohort(*id));
            let populations: Vec<_> = match count.of {
                CountOf::Indicator(_) => {
                    std::iter::once(Population::Everyone).chain(cohorts).collect()
                }
                CountOf::Activity(_) => vec![Population::Everyone],
            };
            for area in definition.area_ids() {
                let about = definition.area(area);
                let is_of_tree = definition.is_within(area, definition.top)
                    && about.in_force.covers(self.days.month)
                    && (about.kind == AreaKind::Area || matches!(count.of, CountOf::Activity(_)));
                let has_rows = tallies.contains_key(&(area, Population::Everyone));
                if !is_of_tree || !has_rows && self.source.no_rows == NoRows::Missing {
                    continue;
                }
                if !has_rows && !without.contains(&area) {
                    without.push(area);
                }
                for population in &populations {
                    let none = Tally::default();
                    let tally = tallies.get(&(area, *population)).unwrap_or(&none);
                    rows.push(counted_row(
                        definition,
                        count.of,
                        &count.rule,
                        area,
                        *population,
                        tally,
                    ));
                }
            }
        }
        if !without.is_empty() {
            let names: Vec<_> =
                without.iter().take(5).map(|area| definition.area(*area).name.as_str()).collect();
            let more = if without.len() > 5 { ", ..." } else { "" };
            let found = format!("no row that counts is of {}{more}: that is 0", names.join(", "));
            let remedy = "nothing to do, if it is 0; write no_rows = \"missing\" in the source \
                where it is not known";
            findings.push(Finding::new(Code::NoRows, heading.clone(), found, remedy));
        }
        rows
    }

    fn report(&self, heading: &Place, findings: &mut Findings) {
        let at =
            |line: u32| Place { line: Some(line), column: None, cell: None, ..heading.clone() };
        let mut unknown: Vec<_> = self.unknown.iter().collect();
        unknown.sort_by_key(|(_, lines)| lines[0]);
        for (text, lines) in unknown {
            let first = at(lines[0]);
            if text.is_empty() {
                let count = lines.len();
                let rows = plural(count, "row is", "rows are");
                let found = format!("{count} {rows} left out: of areas that are not defined");
                let remedy = "nothing to do, if that is meant";
                findings.push(Finding::new(Code::RowsLeftOut, first, found, remedy));
                continue;
            }
            let hold = plural(lines.len(), "has a text", "hold the same text");
            let found = format!("{} {hold}, which is no area and no team", name_lines(lines));
            let remedy = "define the team, add the name to its `was`, or say under \
                [source.names.area] what it is; unknown_areas = \"top only\" counts them for the \
                top area alone";
            findings.push(Finding::new(Code::UnknownArea, first, found, remedy));
        }
        for (column, lines) in &self.unread {
            let found = format!(
                "{} {} nothing that can be read in the column {}, and {} not count there",
                name_lines(lines),
                plural(lines.len(), "has", "have"),
                crate::text::quote(column),
                plural(lines.len(), "does", "do"),
            );
            let remedy = "correct the cells: a condition asks for a number or a date there; dates \
                are British, 31/01/2016, unless the source says dates = \"us\"";
            findings.push(Finding::new(Code::UnreadableCell, at(lines[0]), found, remedy));
        }
        if let Some(first) = self.repeated.first() {
            let found = format!(
                "{} {} the record of an earlier line",
                name_lines(&self.repeated),
                plural(self.repeated.len(), "repeats", "repeat")
            );
            let remedy = "take them out if they are there twice; where a person has several rows, \
                say in the source count_once = \"<the column of the person>\"";
            findings.push(Finding::new(Code::RecordRepeated, at(*first), found, remedy));
        }
    }
}

/// `line 12`, `lines 12, 15, 19, 20 and 34 more`.
fn name_lines(lines: &[u32]) -> String {
    let named: Vec<_> = lines.iter().take(MOST_LINES).map(u32::to_string).collect();
    let more = lines.len() - named.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{} {}{more}", plural(lines.len(), "line", "lines"), named.join(", "))
}

fn counted_row(
    definition: &Definition,
    of: CountOf,
    rule: &CountRule,
    area: AreaId,
    population: Population,
    tally: &Tally,
) -> CountedRow {
    let mut row = vec![(StandardColumn::Area, definition.area(area).name.clone())];
    match of {
        CountOf::Indicator(id) => {
            row.push((StandardColumn::Indicator, definition.indicator(id).id.clone()));
            row.push((StandardColumn::Cohort, definition.population_name(population).into_owned()));
        }
        CountOf::Activity(id) => {
            row.push((StandardColumn::Activity, definition.activity(id).id.clone()));
        }
    }
    let numerator = tally.numerator.0.to_string();
    match rule {
        CountRule::Share { .. } => {
            row.push((StandardColumn::Numerator, numerator));
            row.push((StandardColumn::Denominator, tally.denominator.0.to_string()));
        }
        CountRule::Value(_) => row.push((StandardColumn::Value, numerator)),
    }
    row
}

fn number(text: &str) -> Option<Decimal> {
    match CellValue::read(text) {
        Ok(CellValue::Number { number, percent: false, .. }) => Some(number.into()),
        _ => None,
    }
}

impl Days {
    fn date(self, text: &str) -> Option<Date> {
        dates::date(text, self.is_american)
    }

    /// Whether a clause holds for a row; `unread` gets the columns of which it cannot be said.
    fn holds<'r>(
        self,
        clause: &Clause,
        cell: &dyn Fn(&str) -> &'r str,
        unread: &mut Vec<String>,
    ) -> bool {
        match clause {
            Clause::Open(start, end) => {
                let mut day = |column: &String| {
                    let text = cell(column);
                    let day = self.date(text);
                    if day.is_none() && !text.is_empty() {
                        unread.push(column.clone());
                    }
                    (day, text.is_empty())
                };
                let (start, (end, is_open)) = (day(start).0, day(end));
                start.is_some_and(|start| start <= self.end)
                    && (is_open || end.is_some_and(|end| end > self.end))
            }
            Clause::Cell(column, test) => {
                let text = cell(column);
                match test {
                    CellTest::Is(patterns) => {
                        patterns.iter().any(|wanted| pattern::is(wanted, text))
                    }
                    CellTest::Not(other) => !pattern::is(other, text),
                    CellTest::Blank => text.is_empty(),
                    CellTest::NotBlank => !text.is_empty(),
                    _ if text.is_empty() => false,
                    other => self.measured(other, text, cell).unwrap_or_else(|| {
                        unread.push(column.clone());
                        false
                    }),
                }
            }
        }
    }

    /// Whether a number or a date is as it has to be; nothing, where it is none.
    fn measured<'r>(
        self,
        test: &CellTest,
        text: &str,
        cell: &dyn Fn(&str) -> &'r str,
    ) -> Option<bool> {
        match test {
            CellTest::Compare(comparison, operand) => {
                let order = match operand {
                    Operand::Number(other) => number(text)?.cmp(other),
                    Operand::Day(other) => self.date(text)?.cmp(other),
                    Operand::MonthEnd => self.date(text)?.cmp(&self.end),
                    Operand::YearStart => self.date(text)?.cmp(&first(self.year_start)),
                    Operand::Column(other) => {
                        let other = cell(other);
                        if other.is_empty() {
                            return Some(false);
                        }
                        match (self.date(text), self.date(other)) {
                            (Some(day), Some(other)) => day.cmp(&other),
                            _ => number(text)?.cmp(&number(other)?),
                        }
                    }
                };
                Some(match comparison {
                    Comparison::AtLeast => order.is_ge(),
                    Comparison::AtMost => order.is_le(),
                    Comparison::Above => order.is_gt(),
                    Comparison::Below => order.is_lt(),
                })
            }
            CellTest::Within(span) => {
                let start = match span {
                    Span::Month => self.month,
                    Span::YearToDate => self.year_start,
                    Span::Twelve => self.month.before(11),
                };
                let day = self.date(text)?;
                Some(first(start) <= day && day <= self.end)
            }
            CellTest::Aged { from, to, at } => {
                let born = self.date(text)?;
                let on = match at {
                    None => self.end,
                    Some(At::Day(day, month)) => last_such(*day, *month, self.end),
                    Some(At::Column(column)) => self.date(cell(column))?,
                };
                Some(born <= on && (*from..=*to).contains(&age(born, on)))
            }
            _ => None,
        }
    }
}

fn first(month: Month) -> Date {
    Date { day: 1, ..Date::last_of(month) }
}

/// The last such day of a year that has been by a day.
fn last_such(day: u8, month: u8, by: Date) -> Date {
    let this_year = Date { year: by.year, month, day };
    if this_year <= by { this_year } else { Date { year: by.year - 1, ..this_year } }
}

/// How many years old somebody is on a day.
fn age(born: Date, on: Date) -> u16 {
    let had_birthday = (on.month, on.day) >= (born.month, born.day);
    on.year.saturating_sub(born.year).saturating_sub(u16::from(!had_birthday))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().expect("a day")
    }

    #[test]
    fn ages_change_on_birthdays() {
        for (born, on, years) in [
            ("2010-04-30", "2026-04-30", 16),
            ("2010-05-01", "2026-04-30", 15),
            ("2025-05-01", "2026-04-30", 0),
            ("2008-02-29", "2026-02-28", 17),
            ("2008-02-29", "2026-03-01", 18),
        ] {
            assert_eq!(age(date(born), date(on)), years, "{born} {on}");
        }
        assert_eq!(last_such(31, 8, date("2026-04-30")), date("2025-08-31"));
        assert_eq!(last_such(31, 3, date("2026-04-30")), date("2026-03-31"));
    }
}
