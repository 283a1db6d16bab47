//! Tables that are certain to hold figures: those of indicators or activities, in rows or across.
//!
//! Certain means that it is known what each row is of, that no two rows are of the same, and that
//! figures stand where they have to. A list with a row a child is none of it. A name that is not
//! defined is no hindrance where the headings or the other names leave no doubt what it is a name of.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::columns::{ColumnFacts, NAMES, figure_named, is_called, is_named, is_total, is_typed};
use super::names::FileName;
use super::table::{RawRow, RawTable};
use super::write::{list, renamed, text};
use super::{SuggestedAcross, Suggestion};
use crate::definition::{StandardColumn, Unit};
use crate::extract::names::NameFinder;
use crate::population::Population;
use crate::text::{name_key, plural};
use crate::toml_file::Words as _;

/// How many rows from the top may be the first of headings.
const MOST_ABOVE: usize = 20;

/// What columns about a person are called.
const PEOPLE: [&str; 24] = [
    "address",
    "age",
    "allocatedworker",
    "caseid",
    "childid",
    "clientid",
    "dateofbirth",
    "dob",
    "ethnicity",
    "firstname",
    "forename",
    "gender",
    "lastname",
    "mosaicid",
    "nhsnumber",
    "personid",
    "postcode",
    "recordid",
    "referralid",
    "sex",
    "socialworker",
    "surname",
    "uniqueid",
    "upn",
];

/// What is the same for all of a file of benchmarks, to be filled in.
pub(super) const FIXED_OF_BENCHMARKS: &str =
    "fixed = { source = \"who published it\", released = \"YYYY-MM-DD\" }";

/// A table whose headings have been found.
struct FigureTable<'t, 'n, 'd> {
    table: &'t RawTable,
    names: &'n NameFinder<'d>,
    file: &'t FileName,
    start: usize,
    /// What each row of headings holds, from the top; nothing, where that is which figure it is.
    across: Vec<Option<StandardColumn>>,
    /// The columns that are the same for all that a row says.
    own: Vec<(StandardColumn, usize)>,
    /// What is known by names that are defined, and not by headings alone.
    defined: BTreeSet<StandardColumn>,
    /// Whether each of the upper headings stands over the same headings of figures.
    is_over_figures: bool,
    /// Where figures stand, each with what it is, where that is known.
    figures: Vec<(usize, StandardColumn)>,
    facts: BTreeMap<usize, ColumnFacts>,
    /// What the cells above the table say.
    above: Vec<(String, StandardColumn)>,
}

/// What a table of figures looks like.
pub(super) struct Suggested {
    /// Its source. `None` if it is not certain to be one.
    pub(super) certain: Option<Suggestion>,
    /// Its source, if it says nothing of areas, so that its figures are the top area's.
    pub(super) without_areas: Option<Suggestion>,
}

pub(super) fn suggest(table: &RawTable, names: &NameFinder<'_>, file: &FileName) -> Suggested {
    let starts = || 0..table.rows.len().min(MOST_ABOVE);
    let across = starts().find_map(|start| FigureTable::across(table, names, file, start));
    if let Some(across) = across {
        return Suggested { certain: Some(across.suggestion()), without_areas: None };
    }
    let long: Vec<_> =
        starts().filter_map(|start| FigureTable::long(table, names, file, start)).collect();
    let certain = long.iter().find(|table| table.names_figures());
    let without_areas = long.iter().find(|table| table.names_indicators_in_words());
    Suggested {
        certain: certain.map(FigureTable::suggestion),
        without_areas: without_areas.map(FigureTable::suggestion),
    }
}

impl<'t, 'n, 'd> FigureTable<'t, 'n, 'd> {
    fn new(
        table: &'t RawTable,
        names: &'n NameFinder<'d>,
        file: &'t FileName,
        start: usize,
        across: Vec<Option<StandardColumn>>,
    ) -> Self {
        let mut found = Self {
            above: above(&table.rows[..start], names),
            table,
            names,
            file,
            start,
            across,
            own: Vec::new(),
            defined: BTreeSet::new(),
            is_over_figures: false,
            figures: Vec::new(),
            facts: BTreeMap::new(),
        };
        let width = found.headings().iter().map(|row| row.cells.len()).max().unwrap_or(0);
        for position in 0..width {
            let facts = ColumnFacts::of(found.rows().iter(), position, names);
            found.facts.insert(position, facts);
        }
        found
    }

    /// Headings in which areas, indicators, cohorts or months run across.
    fn across(
        table: &'t RawTable,
        names: &'n NameFinder<'d>,
        file: &'t FileName,
        start: usize,
    ) -> Option<Self> {
        let row = &table.rows[start];
        let is_over_figures =
            table.rows.get(start + 1).is_some_and(|below| stands_over_figures(row, below));
        let (first, is_of_first) = match dimension(row, names) {
            Some(found) => found,
            None if is_over_figures => (undefined_dimension(table, start), 0),
            None => return None,
        };
        // Beside what runs across there may be as many columns that do not, where figures are
        // certain to stand below it.
        let filled = row.filled();
        let is_most = |count: usize, filled: usize| count * 2 >= filled.min(count + 4);
        // What stands above headings is narrower than they are; a row below them is not.
        let is_below_titles = table.rows[..start].iter().all(|above| above.filled() < filled);
        let may_be_headings = match is_of_first {
            _ if is_over_figures => true,
            _ if !is_below_titles => false,
            1 => filled > 1 && !row.cells.iter().any(|cell| is_typed(cell)),
            _ => is_most(is_of_first, filled),
        };
        if !may_be_headings {
            return None;
        }
        let mut across = vec![Some(first)];
        for row in table.rows.iter().skip(start + 1).take(2) {
            let said = row.cells.iter().filter(|cell| !cell.is_empty());
            let figures = said.clone().filter(|cell| figure_named(cell).is_some()).count();
            let is_of_figures = figures > 0 && figures >= is_of_first && figures == said.count();
            if is_of_figures || is_over_figures {
                across.push(None);
                break;
            }
            let next = dimension(row, names).filter(|(_, count)| *count > 1);
            match next.filter(|(_, count)| is_most(*count, row.filled())) {
                Some((next, _)) if !across.contains(&Some(next)) && row.numbers() == 0 => {
                    across.push(Some(next));
                }
                _ => break,
            }
        }
        let mut found = Self::new(table, names, file, start, across);
        found.is_over_figures = is_over_figures;
        if is_of_first > 0 {
            found.defined.insert(first);
        }
        found.find_figures_below();
        found.find_own();
        found.is_certain(first, is_of_first).then_some(found)
    }

    /// Finds the columns of figures, below what runs across.
    fn find_figures_below(&mut self) {
        let upper = self.filled_headings();
        for position in self.facts.keys().copied() {
            let is = |(row, held): (&Vec<String>, &Option<StandardColumn>)| match held {
                Some(column) => {
                    let heading = &row[position];
                    let is_over =
                        || self.is_over_figures && !heading.is_empty() && !is_total(heading);
                    is_named(*column, heading, self.names) || is_over()
                }
                None => figure_named(&row[position]).is_some(),
            };
            if upper.iter().zip(&self.across).all(is) {
                let lowest = upper.last().map_or("", |row| row[position].as_str());
                let is_figure = self.across.last() == Some(&None);
                let column = if is_figure { figure_named(lowest) } else { None };
                self.figures.push((position, column.unwrap_or(StandardColumn::Value)));
            }
        }
    }

    /// Whether `first` runs across for certain, where so many of the headings name one.
    fn is_certain(&self, first: StandardColumn, named: usize) -> bool {
        // One name alone is in a row by chance, unless the rows below say what else each is of, and
        // they name nothing like it.
        let other = match first {
            StandardColumn::Area => Some(StandardColumn::Indicator),
            StandardColumn::Indicator => Some(StandardColumn::Area),
            _ => None,
        };
        let may_be_alone = other.is_some_and(|other| self.defined.contains(&other))
            && self.across.len() == 1
            && !self.facts.values().any(|facts| facts.names(first, 1));
        let is_by_chance = !self.is_over_figures && named == 1 && !may_be_alone;
        let has_numbers = |(position, _): &(usize, StandardColumn)| {
            self.facts[position].filled == 0 || self.facts[position].has_numbers()
        };
        !self.figures.is_empty()
            && !is_by_chance
            && self.figures.iter().all(has_numbers)
            && self.names_figures()
            && self.rows_differ()
    }

    /// Headings over rows of one figure, or of the activities of an area. It is still to be seen
    /// whether it is known what each is of.
    fn long(
        table: &'t RawTable,
        names: &'n NameFinder<'d>,
        file: &'t FileName,
        start: usize,
    ) -> Option<Self> {
        let headings = &table.rows[start];
        if headings.filled() < 2 || headings.numbers() > 0 {
            return None;
        }
        let mut found = Self::new(table, names, file, start, Vec::new());
        found.find_own();
        let is_of_activities =
            !found.has_own(StandardColumn::Indicator) && !found.has_own(StandardColumn::Activity);
        found.find_figures(is_of_activities);
        let is_whole = !found.figures.is_empty() && found.rows_differ();
        is_whole.then_some(found)
    }

    /// Finds the columns of figures: of a ratio both halves, else a value, or one an activity.
    fn find_figures(&mut self, is_of_activities: bool) {
        let taken: BTreeSet<usize> = self.own.iter().map(|(_, position)| *position).collect();
        let headings = self.table.rows[self.start].cells.iter().enumerate();
        let numbers: Vec<_> = headings
            .filter(|(at, _)| !taken.contains(at) && self.facts[at].has_numbers())
            .collect();
        if is_of_activities {
            let of_activities = numbers.iter().filter(|(_, heading)| {
                self.names.has(StandardColumn::Activity, heading) == Some(true)
            });
            self.figures = of_activities.map(|(at, _)| (*at, StandardColumn::Activity)).collect();
            return;
        }
        let of = |column| {
            let mut called = numbers.iter().filter(|(_, text)| figure_named(text) == Some(column));
            called.next().map(|(at, _)| (*at, column))
        };
        // Beside a denominator, how many there are is the numerator.
        let count = || {
            let is_count = |text: &str| ["count", "number"].contains(&name_key(text).as_str());
            let (at, _) = numbers.iter().find(|(_, text)| is_count(text))?;
            Some((*at, StandardColumn::Numerator))
        };
        let numerator = of(StandardColumn::Numerator).or_else(count);
        let ratio = numerator.zip(of(StandardColumn::Denominator));
        self.figures = match ratio {
            Some((numerator, denominator)) => vec![numerator, denominator],
            None => of(StandardColumn::Value).into_iter().collect(),
        };
    }

    /// The rows of headings.
    fn headings(&self) -> &'t [RawRow] {
        let end = (self.start + self.across.len().max(1)).min(self.table.rows.len());
        &self.table.rows[self.start..end]
    }

    /// The rows below them.
    fn rows(&self) -> &'t [RawRow] {
        &self.table.rows[self.start + self.headings().len()..]
    }

    /// The headings, of which an upper one reaches over the blanks right of it.
    fn filled_headings(&self) -> Vec<Vec<String>> {
        let rows = self.headings();
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let filled = rows.iter().enumerate().map(|(index, row)| {
            let mut above = "";
            let is_lowest = index + 1 == rows.len();
            let cells = (0..width).map(|position| {
                let cell = row.cell(position);
                if !cell.is_empty() || is_lowest {
                    above = cell;
                }
                above.to_owned()
            });
            cells.collect()
        });
        filled.collect()
    }

    /// The heading of a column: the lowest that there is.
    fn heading(&self, position: usize) -> &'t str {
        let rows = self.headings().iter().rev();
        let mut cells = rows.map(|row| row.cell(position));
        cells.find(|cell| !cell.is_empty()).unwrap_or("")
    }

    /// Finds the columns that say what a row is of.
    fn find_own(&mut self) {
        for column in NAMES {
            // What is of benchmarks is of no area and no cohort.
            let is_of_others = match column {
                StandardColumn::Benchmark => self.has_area(),
                StandardColumn::Area | StandardColumn::Cohort => self.is_of_benchmarks(),
                _ => false,
            };
            if is_of_others || self.across.contains(&Some(column)) {
                continue;
            }
            let positions = self.facts.keys().copied().filter(|at| self.is_free(*at));
            let positions = positions.filter(|at| self.has_names_of(column, *at));
            // Of two that name the same, the one with more of them, and then the first.
            let best = positions.rev().max_by_key(|at| self.facts[at].named_of(column));
            if let Some(position) = best {
                self.own.push((column, position));
                self.defined.insert(column);
            }
        }
        // What is not defined may still be called what it is.
        for column in [StandardColumn::Indicator, StandardColumn::Area] {
            if self.holds(column) || self.is_of_benchmarks() || self.holds(StandardColumn::Activity)
            {
                continue;
            }
            let mut positions = self.facts.keys().copied().filter(|at| self.is_free(*at));
            let called = positions.find(|at| {
                let facts = &self.facts[at];
                // An id may be a number; what is called a measure may be what was measured.
                let is_of_ids = || name_key(self.heading(*at)).starts_with("indicator");
                facts.filled > 0
                    && is_called(column, self.heading(*at))
                    && (!facts.is_mostly_numbers() || is_of_ids())
            });
            self.own.extend(called.map(|position| (column, position)));
        }
    }

    /// Whether a column with a heading is not known to be anything yet.
    fn is_free(&self, position: usize) -> bool {
        !self.heading(position).is_empty()
            && !self.own.iter().any(|(_, own)| *own == position)
            && !self.figures.iter().any(|(figure, _)| *figure == position)
    }

    /// Whether so many cells of a column name things of a kind that it is the column of them.
    fn has_names_of(&self, column: StandardColumn, position: usize) -> bool {
        let facts = &self.facts[&position];
        // An id may be a number, and a number no id.
        if facts.is_mostly_numbers() && column != StandardColumn::Month {
            let heading = self.heading(position);
            let is_of_ids = ["id", "no", "ref"].contains(&name_key(heading).as_str());
            // A list of people has numbers under such a heading, and some of them are ids of ours.
            let least = if is_of_ids && !self.has_denominator_heading() { 100 } else { 60 };
            return (is_of_ids || is_called(column, heading)) && facts.names(column, least);
        }
        let least = if column == StandardColumn::Indicator { 60 } else { 50 };
        // Everyone and everyone but a cohort are called in many ways.
        let most = 2 + 2 * self.names.definition().cohorts.len();
        let is_of_cohorts = column == StandardColumn::Cohort
            && facts.distinct.len() <= most
            && facts.named_of(column) > 0;
        let is_of_names = [StandardColumn::Indicator, StandardColumn::Area].contains(&column)
            && facts.names_in_words(column);
        facts.names(column, least) || is_of_cohorts || is_of_names
    }

    /// Whether one of the headings is certain to be that of denominators.
    fn has_denominator_heading(&self) -> bool {
        let mut headings = self.headings().iter().flat_map(|row| &row.cells);
        headings.any(|text| figure_named(text) == Some(StandardColumn::Denominator))
    }

    fn has_own(&self, column: StandardColumn) -> bool {
        self.own.iter().any(|(own, _)| *own == column)
    }

    fn holds(&self, column: StandardColumn) -> bool {
        self.has_own(column) || self.across.contains(&Some(column))
    }

    fn has_area(&self) -> bool {
        self.holds(StandardColumn::Area)
            || self.file.has_area
            || self.is_above(StandardColumn::Area)
    }

    fn is_above(&self, column: StandardColumn) -> bool {
        self.above.iter().any(|(_, above)| *above == column)
    }

    /// Whether it is known what each figure is of: by the names of indicators or of areas that are
    /// defined; or by its headings alone, where those of its figures leave no doubt.
    fn names_figures(&self) -> bool {
        let is_of_counts =
            self.figures.iter().any(|(_, column)| *column == StandardColumn::Activity);
        if is_of_counts {
            let is_known = self.file.has_area || self.is_above(StandardColumn::Area);
            return is_known || self.defined.contains(&StandardColumn::Area);
        }
        let is_of_something =
            self.holds(StandardColumn::Indicator) || self.holds(StandardColumn::Activity);
        let has_denominator =
            self.figures.iter().any(|(_, column)| *column == StandardColumn::Denominator);
        let is_defined = self.defined.iter().any(|column| {
            let is_of_row = matches!(
                column,
                StandardColumn::Indicator | StandardColumn::Activity | StandardColumn::Area
            );
            is_of_row && self.holds(*column)
        });
        let has_all = [StandardColumn::Indicator, StandardColumn::Area]
            .iter()
            .all(|column| !self.has_own(*column) || self.defined.contains(column));
        is_of_something
            && (self.has_area() || self.is_of_benchmarks())
            && (is_defined || has_denominator || self.is_over_figures)
            && (has_all || !self.has_people())
    }

    /// Whether one of the headings is that of a person, so that only names leave no doubt.
    fn has_people(&self) -> bool {
        let mut headings = self.headings().iter().flat_map(|row| &row.cells);
        headings.any(|text| PEOPLE.contains(&name_key(text).replace('_', "").as_str()))
    }

    /// Whether each row is certain to be of an indicator.
    fn names_indicators_in_words(&self) -> bool {
        let column = self.own.iter().find(|(own, _)| *own == StandardColumn::Indicator);
        column.is_some_and(|(own, position)| {
            let facts = &self.facts[position];
            self.defined.contains(own)
                && !self.has_people()
                && (facts.names_in_words(*own) || is_called(*own, self.heading(*position)))
        })
    }

    fn is_of_benchmarks(&self) -> bool {
        self.holds(StandardColumn::Benchmark)
    }

    /// Whether no two rows are of the same, as two rows of a list of cases would be.
    fn rows_differ(&self) -> bool {
        let (mut seen, mut rows, mut above) = (HashSet::new(), 0, BTreeMap::new());
        for row in self.rows() {
            let has_figure = self.figures.iter().any(|(at, _)| !row.cell(*at).is_empty());
            let is_total = self.own.iter().any(|(_, position)| is_total(row.cell(*position)));
            if is_total || !has_figure {
                continue;
            }
            let mut key = Vec::new();
            for (_, position) in &self.own {
                let cell = row.cell(*position);
                if !cell.is_empty() {
                    above.insert(*position, cell);
                }
                key.push(name_key(above.get(position).copied().unwrap_or("")));
            }
            rows += 1;
            seen.insert(key);
        }
        rows > 0 && seen.len() * 20 >= rows * 19
    }

    fn is_of_activities(&self) -> bool {
        self.holds(StandardColumn::Activity)
            || self.figures.iter().any(|(_, column)| *column == StandardColumn::Activity)
    }

    // What is written.

    fn suggestion(&self) -> Suggestion {
        let mut said = Suggestion::default();
        if self.is_of_activities() {
            said.keys.push(("kind", text("activity")));
        } else if self.is_of_benchmarks() {
            said.keys.push(("kind", text("benchmarks")));
            said.key_drafts.push(FIXED_OF_BENCHMARKS.to_owned());
        }
        if self.across.len() > 1 {
            said.keys.push(("header_rows", self.across.len().to_string()));
        }
        self.blanks_and_totals(&mut said);
        self.symbols(&mut said);
        let above = self.above.iter().filter(|(_, column)| {
            !(self.holds(*column) || *column == StandardColumn::Area && self.file.has_area)
        });
        let above: Vec<_> = above
            .map(|(label, column)| format!("{} = {}", text(label), text(column.as_str())))
            .collect();
        if !above.is_empty() {
            said.keys.push(("above", format!("{{ {} }}", above.join(", "))));
        }
        said.columns = self
            .own
            .iter()
            .map(|(column, position)| (*column, self.heading(*position).to_owned()))
            .collect();
        if self.across.is_empty() {
            let figures = self.figures.iter().filter(|(_, column)| column.is_figure());
            said.columns.extend(
                figures.map(|(position, column)| (*column, self.heading(*position).to_owned())),
            );
        } else {
            said.across = Some(self.suggest_across(&mut said.notes));
        }
        if !self.has_area() && !self.is_of_benchmarks() {
            let top = &self.names.definition().area(self.names.definition().top).name;
            said.keys.push(("fixed", format!("{{ area = {} }}", text(top))));
            said.notes.push(format!(
                "No column has areas that are defined, so all of it is taken to be of {}.",
                text(top)
            ));
        }
        self.unknown_names(&mut said);
        self.unknown_across(&mut said);
        self.not_used(&mut said);
        said
    }

    /// Columns in which a blank means as above, and rows of totals.
    fn blanks_and_totals(&self, said: &mut Suggestion) {
        let own = self.own.iter().filter(|(column, _)| *column != StandardColumn::Cohort);
        let has_figure = |row: &&RawRow| {
            self.figures.iter().any(|(position, _)| !row.cell(*position).is_empty())
                && !self.own.iter().any(|(_, position)| is_total(row.cell(*position)))
        };
        let rows: Vec<_> = self.rows().iter().filter(has_figure).collect();
        let mut blank = Vec::new();
        for (_, position) in own {
            let is_first_filled = rows.first().is_some_and(|row| !row.cell(*position).is_empty());
            if is_first_filled && rows.iter().any(|row| row.cell(*position).is_empty()) {
                blank.push(self.heading(*position).to_owned());
            }
        }
        if !blank.is_empty() {
            said.keys.push(("fill_down", list(&blank)));
        }
        let mut totals = Vec::new();
        for (_, position) in &self.own {
            let patterns = total_patterns(&self.facts[position].totals);
            if !patterns.is_empty() {
                totals.push(format!("{} = {}", text(self.heading(*position)), list(&patterns)));
            }
        }
        if !totals.is_empty() {
            said.keys.push(("leave_out", format!("{{ {} }}", totals.join(", "))));
            said.notes.push(
                "Under `totals` instead of `leave_out`, totals are compared with the rows above \
                 them."
                    .to_owned(),
            );
        }
    }

    fn symbols(&self, said: &mut Suggestion) {
        let facts = self.figures.iter().map(|(position, _)| &self.facts[position]);
        let symbols: BTreeSet<_> = facts.flat_map(|facts| &facts.symbols).collect();
        let asked: Vec<_> = symbols
            .iter()
            .filter(|symbol| !["c", "z"].contains(&symbol.to_lowercase().as_str()))
            .map(|symbol| format!("{} = \"missing\"", text(symbol)))
            .collect();
        if !asked.is_empty() {
            said.key_drafts.push(format!(
                "symbols = {{ {} }}   # what each means cannot be known: missing, suppressed or low",
                asked.join(", ")
            ));
        }
        if self.has_fractions() {
            said.keys.push(("percent_as", text("fraction")));
            said.notes.push("No percentage is above 1, so they seem to be fractions.".to_owned());
        }
    }

    /// Whether no value of an indicator in percent is above 1, and some are between 0 and 1.
    fn has_fractions(&self) -> bool {
        let indicator = self.own.iter().find(|(column, _)| *column == StandardColumn::Indicator);
        let value = self.figures.iter().find(|(_, column)| *column == StandardColumn::Value);
        let (Some((_, indicator)), Some((value, _))) = (indicator, value) else { return false };
        let mut above = "";
        let mut has_part = false;
        for row in self.rows() {
            if !row.cell(*indicator).is_empty() {
                above = row.cell(*indicator);
            }
            let unit = self.names.peek_indicator(above);
            let unit = unit.map(|id| self.names.definition().indicator(id).unit);
            let number = row.cell(*value).parse::<crate::figure::Decimal>();
            if let (Some(Unit::Percent), Ok(number)) = (unit, number) {
                if number > crate::figure::Decimal::new(1, 0) {
                    return false;
                }
                has_part |= row.cell(*value).contains('.');
            }
        }
        has_part
    }

    fn suggest_across(&self, notes: &mut Vec<String>) -> SuggestedAcross {
        let headings = self.across.iter().map(|held| match held {
            Some(column) => column.as_str().to_owned(),
            None => "figure".to_owned(),
        });
        let headings: Vec<_> = headings.collect();
        let figure = if self.across.last() == Some(&None) {
            let mut pairs: Vec<(String, StandardColumn)> = Vec::new();
            for (position, column) in &self.figures {
                let heading = self.heading(*position).to_owned();
                if !pairs.iter().any(|(there, _)| name_key(there) == name_key(&heading)) {
                    pairs.push((heading, *column));
                }
            }
            let has_ratio = pairs.iter().any(|(_, column)| *column == StandardColumn::Denominator);
            pairs.retain(|(_, column)| !has_ratio || *column != StandardColumn::Value);
            let pairs: Vec<_> = pairs
                .iter()
                .map(|(theirs, ours)| format!("{} = {}", text(theirs), text(ours.as_str())))
                .collect();
            format!("{{ {} }}", pairs.join(", "))
        } else {
            text(StandardColumn::Value.as_str())
        };
        let upper = self.filled_headings();
        let mut ignore: Vec<String> = Vec::new();
        for position in self.facts.keys() {
            let is_taken = self.own.iter().any(|(_, own)| own == position)
                || self.figures.iter().any(|(figure, _)| figure == position);
            let texts = upper.iter().map(|row| row[*position].as_str());
            let Some(heading) = texts.clone().find(|text| !text.is_empty()) else { continue };
            if is_taken || ignore.iter().any(|there| name_key(there) == name_key(heading)) {
                continue;
            }
            if let Some(Some(column)) = self.across.first() {
                let guess = self.names.guess_of(*column, heading);
                let names = format!("[source.names.{}]", column.as_str());
                if !guess.is_empty() {
                    notes.push(format!(
                        "{} is ignored; {guess}then say so under {names}.",
                        text(heading)
                    ));
                } else if self.facts[position].has_numbers() && !is_total(heading) {
                    notes.push(format!(
                        "{} is ignored; if it is one of the {} that run across, say under {names} \
                         which.",
                        text(heading),
                        plural_of(*column)
                    ));
                }
            }
            ignore.push(heading.to_owned());
        }
        SuggestedAcross { headings, figure, ignore }
    }

    /// Names that are not known, with the nearest that are.
    fn unknown_names(&self, said: &mut Suggestion) {
        const MOST: usize = 20;
        for (column, position) in &self.own {
            if *column == StandardColumn::Month {
                continue;
            }
            if *column == StandardColumn::Area && self.may_be_people(*position) {
                let count = self.facts[position].distinct.len();
                said.notes.push(format!(
                    "{count} {} in {} that {} no area and no team. They are not shown, as each could be \
                     of a child: say under [source.names.area] what they are.",
                    plural(count, "text is", "texts are"),
                    text(self.heading(*position)),
                    plural(count, "names", "name"),
                ));
                continue;
            }
            let mut told = BTreeSet::new();
            let mut lines = Vec::new();
            let mut has_others = false;
            for row in self.rows() {
                let cell = row.cell(*position);
                let has_figure =
                    self.figures.iter().any(|(position, _)| !row.cell(*position).is_empty());
                if cell.is_empty()
                    || !has_figure
                    || is_total(cell)
                    || is_named(*column, cell, self.names)
                    || !told.insert(name_key(cell))
                {
                    continue;
                }
                let near = self.names.nearest_of(*column, cell);
                if near.is_none() && *column == StandardColumn::Benchmark {
                    has_others = true;
                    continue;
                }
                let population = (*column == StandardColumn::Cohort)
                    .then(|| population(cell, self.names))
                    .flatten();
                lines.push(renamed(cell, population.as_deref().or(near)));
            }
            if lines.len() > MOST {
                said.notes.push(format!(
                    "{} more texts in {} name nothing that is defined.",
                    lines.len() - MOST,
                    text(self.heading(*position))
                ));
                lines.truncate(MOST);
            }
            if has_others {
                said.keys.push(("unknown_areas", text("leave out")));
            }
            if !lines.is_empty() {
                said.names.push((*column, lines));
            }
        }
    }

    /// Whether a column is one of areas by its heading alone, and its texts could be addresses or names
    /// of people: no heading says that the rows are figures, and the texts do not each have the same
    /// indicators, as areas have.
    fn may_be_people(&self, position: usize) -> bool {
        if !self.across.is_empty()
            || self.defined.contains(&StandardColumn::Area)
            || self.has_denominator_heading()
        {
            return false;
        }
        let of_indicators = self.own.iter().find(|(own, _)| *own == StandardColumn::Indicator);
        let Some((indicator, at)) = of_indicators else { return true };
        let (areas, indicators) = (&self.facts[&position], &self.facts[at]);
        let is_called =
            is_called(*indicator, self.heading(*at)) && indicators.names(*indicator, 60);
        let has_all = indicators.distinct.len() > 1
            && areas.filled * 5 >= areas.distinct.len() * indicators.distinct.len() * 4;
        !is_called && !has_all
    }

    /// The same of what runs across, where all of it stands over figures.
    fn unknown_across(&self, said: &mut Suggestion) {
        let Some(Some(column)) = self.across.first().filter(|_| self.is_over_figures) else {
            return;
        };
        let upper = self.filled_headings();
        let mut lines: Vec<String> = Vec::new();
        for (position, _) in &self.figures {
            let heading = &upper[0][*position];
            let line = renamed(heading, self.names.nearest_of(*column, heading));
            if !is_named(*column, heading, self.names) && !lines.contains(&line) {
                lines.push(line);
            }
        }
        if !lines.is_empty() {
            said.names.push((*column, lines));
        }
    }

    /// Columns that nothing is made of.
    fn not_used(&self, said: &mut Suggestion) {
        if !self.across.is_empty() {
            return;
        }
        // Figures in a column with the name that ours has are read, whatever is said of the others.
        let is_used = |position: &usize| {
            self.own.iter().any(|(_, own)| own == position)
                || self.figures.iter().any(|(figure, _)| figure == position)
                || StandardColumn::from_word(&name_key(self.heading(*position)))
                    .is_some_and(StandardColumn::is_figure)
        };
        let unused: Vec<_> = self
            .facts
            .keys()
            .filter(|position| !is_used(position) && !self.heading(**position).is_empty())
            .map(|position| text(self.heading(*position)))
            .collect();
        if !unused.is_empty() {
            said.notes.push(format!("Not used: {}.", unused.join(", ")));
        }
    }
}

/// What several of a column are called.
fn plural_of(column: StandardColumn) -> &'static str {
    match column {
        StandardColumn::Indicator => "indicators",
        StandardColumn::Benchmark => "benchmarks",
        StandardColumn::Cohort => "cohorts",
        StandardColumn::Month => "months",
        _ => "areas",
    }
}

/// Whom a text that is not defined seems to mean: everyone, or everyone but a cohort.
fn population(cell: &str, names: &NameFinder<'_>) -> Option<String> {
    let words: Vec<_> = cell
        .split(|letter: char| !letter.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|word| !word.is_empty())
        .collect();
    let cohorts = &names.definition().cohorts;
    let cohort = cohorts.iter().find(|cohort| words.contains(&cohort.id.to_lowercase()));
    let has = |any: &[&str]| words.iter().any(|word| any.contains(&word.as_str()));
    match cohort {
        Some(cohort) if has(&["excl", "ex", "exc", "excluding", "non", "not", "without"]) => {
            Some(format!("{}{}", Population::EXCLUDING, cohort.id))
        }
        None if has(&["all", "everyone", "total"]) => Some(Population::ALL.to_owned()),
        _ => None,
    }
}

impl RawRow {
    /// How many of its cells are numbers.
    fn numbers(&self) -> usize {
        let is_number = |cell: &&String| cell.parse::<crate::figure::Decimal>().is_ok();
        self.cells.iter().filter(is_number).count()
    }
}

/// What headings of a row name most, and how many do.
fn dimension(row: &RawRow, names: &NameFinder<'_>) -> Option<(StandardColumn, usize)> {
    let count = |column: StandardColumn| {
        let cells = row.cells.iter().filter(|cell| !cell.is_empty());
        let named: HashSet<_> = cells
            .filter(|cell| is_named(column, cell, names) && cell.parse::<i64>().is_err())
            .map(|cell| name_key(cell))
            .collect();
        named.len()
    };
    let counts = NAMES
        .into_iter()
        .filter(|column| *column != StandardColumn::Activity)
        .map(|column| (column, count(column)));
    let best = counts.rev().max_by_key(|(_, count)| *count)?;
    (best.1 > 0).then_some(best)
}

/// What runs across where none of it is defined: areas, unless a column has the areas.
fn undefined_dimension(table: &RawTable, start: usize) -> StandardColumn {
    let headings = table.rows[start..].iter().take(2).flat_map(|row| &row.cells);
    let has_areas = headings.into_iter().any(|text| is_called(StandardColumn::Area, text));
    if has_areas { StandardColumn::Indicator } else { StandardColumn::Area }
}

/// Whether the same headings of figures stand below each heading of a row, as in no list of
/// anything. Below the blanks left of these, other headings may stand.
fn stands_over_figures(row: &RawRow, below: &RawRow) -> bool {
    let mut above = "";
    let (mut seen, mut is_repeated) = (HashSet::new(), false);
    for (position, cell) in below.cells.iter().enumerate() {
        if !row.cell(position).is_empty() {
            above = row.cell(position);
        }
        if cell.is_empty() {
            continue;
        }
        match figure_named(cell) {
            Some(figure) if !above.is_empty() => is_repeated |= !seen.insert(figure),
            _ if above.is_empty() => {}
            _ => return false,
        }
    }
    is_repeated
}

/// What the cells above a table say: labels, and what the values beside them are.
fn above(rows: &[RawRow], names: &NameFinder<'_>) -> Vec<(String, StandardColumn)> {
    let mut found: Vec<(String, StandardColumn)> = Vec::new();
    let mut say = |label: &str, value: &str| {
        let columns = [StandardColumn::Month, StandardColumn::Area];
        let column = columns.into_iter().find(|column| is_named(*column, value, names));
        let label = label.trim();
        let is_label = !label.is_empty() && label.chars().all(|c| c.is_alphabetic() || c == ' ');
        if let Some(column) = column.filter(|_| is_label)
            && !found.iter().any(|(_, there)| *there == column)
        {
            found.push((format!("{label}:"), column));
        }
    };
    for row in rows {
        let cells: Vec<_> = row.cells.iter().filter(|cell| !cell.is_empty()).collect();
        for pair in cells.windows(2) {
            say(pair[0].trim_end_matches(':'), pair[1]);
        }
        for cell in cells {
            for (at, _) in cell.match_indices(':') {
                let label = cell[..at].rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
                say(label, cell[at + 1..].trim());
            }
        }
    }
    found
}

/// Texts of totals, as few as will do: `* Total` for those that end with it.
fn total_patterns(totals: &BTreeSet<String>) -> Vec<String> {
    let mut patterns: Vec<String> = Vec::new();
    let is_one_of_many = |text: &&String| {
        let lower = text.to_lowercase();
        lower.ends_with(" total") && lower != "grand total"
    };
    if totals.iter().any(|text| is_one_of_many(&text)) {
        patterns.push("* Total".to_owned());
    }
    let others = totals.iter().filter(|text| !is_one_of_many(text));
    patterns.extend(others.take(5).cloned());
    patterns
}
