//! National files, of the form in which the Department for Education publishes them: a row a period
//! and area, which say what they are under headings that all such files have.
//! <https://explore-education-statistics.service.gov.uk> has the standard.

use std::collections::BTreeSet;

use super::Suggestion;
use super::columns::ColumnFacts;
use super::figures::FIXED_OF_BENCHMARKS;
use super::names::FileName;
use super::table::{RawRow, RawTable};
use super::write::text;
use crate::definition::{StandardColumn, Unit};
use crate::extract::names::NameFinder;
use crate::text::name_key;

/// The headings that every such file has.
const PERIOD: &str = "timeperiod";
const LEVEL: &str = "geographiclevel";

/// Those that say how long a period is, and which area a row is of.
const PERIOD_IS: &str = "timeidentifier";
const AREAS: [&str; 3] = ["laname", "regionname", "countryname"];

/// The level of the council's own figures, and those of which such a file has one at least.
const LOCAL: &str = "localauthority";
const LEVELS: [&str; 3] = ["national", "regional", LOCAL];

/// How many values of a column are listed.
const MOST_VALUES: usize = 12;

/// The source of such a file; nothing, where it is not certain to be one.
pub(super) fn suggest(
    table: &RawTable,
    names: &NameFinder<'_>,
    file: &FileName,
) -> Option<Suggestion> {
    let table = NationalTable::find(table, names)?;
    let mut said = Suggestion::default();
    said.key_drafts.push(
        "folder = \"../national\"   # where it is to serve every month that it has".to_owned(),
    );
    let local = table.levels.iter().copied().find(|one| key_of(one) == LOCAL);
    let benchmarks = Benchmarks::find(&table);
    if let Some(local) = local {
        said.keys.push(("only", table.only(local)));
    } else if let Some(benchmarks) = &benchmarks {
        said.keys.push(("kind", text("benchmarks")));
        said.keys.push(("only", table.only(&benchmarks.level)));
        said.key_drafts.push(FIXED_OF_BENCHMARKS.to_owned());
    }
    said.keys.push(("unknown_areas", text("leave out")));
    match table.position(PERIOD_IS).and_then(|at| period_is(table.rows, at)) {
        Some(is) => said.keys.push(("month_is", text(is))),
        None => said.key_drafts.push(
            "month_is = \"financial year\"   # or \"academic year\", \"calendar year\" or \"month\""
                .to_owned(),
        ),
    }
    if local.is_some() {
        table.suggest_area(&mut said);
    }
    if let Some(benchmarks) = &benchmarks {
        table.suggest_benchmarks(benchmarks, local.is_none(), &mut said);
    }
    said.columns.push((StandardColumn::Month, table.heading(table.period).to_owned()));
    table.suggest_figures(file, &mut said);
    Some(said)
}

/// A table of that form.
struct NationalTable<'t, 'n, 'd> {
    headings: &'t RawRow,
    rows: &'t [RawRow],
    names: &'n NameFinder<'d>,
    /// Where the period of a row stands, and its level.
    period: usize,
    level: usize,
    /// The levels that there are.
    levels: BTreeSet<&'t str>,
}

impl<'t, 'n, 'd> NationalTable<'t, 'n, 'd> {
    fn find(table: &'t RawTable, names: &'n NameFinder<'d>) -> Option<Self> {
        let (headings, rows) = table.rows.split_first()?;
        let position = |key: &str| headings.cells.iter().position(|cell| key_of(cell) == key);
        let (period, level) = (position(PERIOD)?, position(LEVEL)?);
        let levels: BTreeSet<&str> = rows.iter().map(|row| row.cell(level)).collect();
        let is_national = levels.iter().any(|level| LEVELS.contains(&key_of(level).as_str()))
            && rows_differ(rows, names, period, headings.cells.len());
        is_national.then_some(Self { headings, rows, names, period, level, levels })
    }

    /// Where a column stands.
    fn position(&self, key: &str) -> Option<usize> {
        self.headings.cells.iter().position(|cell| key_of(cell) == key)
    }

    fn heading(&self, position: usize) -> &'t str {
        &self.headings.cells[position]
    }

    /// The condition that rows are of a level.
    fn only(&self, level: &str) -> String {
        format!("{{ {} = {} }}", text(self.heading(self.level)), text(level))
    }

    /// The column of the area.
    fn suggest_area(&self, said: &mut Suggestion) {
        let Some(area) = AREAS.iter().find_map(|key| self.position(key)) else { return };
        said.columns.push((StandardColumn::Area, self.heading(area).to_owned()));
        if !self.rows.iter().any(|row| self.names.has_area(row.cell(area))) {
            said.notes.push(format!(
                "No row of {} names an area that is defined: say what the council is called under \
                 [source.names.area].",
                text(self.heading(area))
            ));
        }
    }

    /// The column of benchmarks, where the source `is_of` them; else that the file has them too.
    fn suggest_benchmarks(&self, benchmarks: &Benchmarks, is_of: bool, said: &mut Suggestion) {
        let column = self.heading(benchmarks.column);
        if is_of {
            said.columns.push((StandardColumn::Benchmark, column.to_owned()));
        } else {
            said.notes.push(format!(
                "It has {} as well: for that a second [[source]] of the same file, with kind = \
                 \"benchmarks\", only = {} and benchmark = {} under [source.columns].",
                text(&benchmarks.name),
                self.only(&benchmarks.level),
                text(column)
            ));
        }
    }

    /// What the other columns are: figures with their symbols, or what the figures are of.
    fn suggest_figures(&self, file: &FileName, said: &mut Suggestion) {
        let is_known = |key: &str| {
            [PERIOD, LEVEL, PERIOD_IS].contains(&key)
                || AREAS.contains(&key)
                || key.ends_with("code")
                || file.has_area && key == "area"
        };
        let others = self.headings.cells.iter().enumerate();
        let others = others.filter(|(_, cell)| !cell.is_empty() && !is_known(&key_of(cell)));
        let (mut figures, mut groups) = (Vec::new(), Vec::new());
        let mut symbols = BTreeSet::new();
        for (position, cell) in others {
            let facts = ColumnFacts::of(self.rows.iter(), position, self.names);
            if facts.has_numbers() {
                figures.push(cell.clone());
                symbols.extend(facts.symbols);
            } else {
                groups.push(position);
            }
        }
        if !symbols.is_empty() {
            let symbols: Vec<_> =
                symbols.iter().map(|symbol| format!("{} = \"missing\"", text(symbol))).collect();
            said.key_drafts.push(format!(
                "symbols = {{ {} }}   # what each means, the publication says: missing, suppressed \
                 or low",
                symbols.join(", ")
            ));
        }
        said.notes.push(format!("Columns of numbers: {}.", quoted(&figures)));
        for position in &groups {
            let values = values(self.rows, *position);
            said.notes.push(format!("{}: {values}.", text(self.heading(*position))));
        }
        let group = groups.first().map(|at| (self.heading(*at), self.rows, *at));
        said.drafts.push(measure(self.names, &figures, group));
    }
}

/// The rows of a benchmark.
struct Benchmarks {
    /// What it is called.
    name: String,
    /// The level of its rows.
    level: String,
    /// The column that names it.
    column: usize,
}

impl Benchmarks {
    /// Those of the first row that is of one, as its region or country says.
    fn find(table: &NationalTable<'_, '_, '_>) -> Option<Self> {
        let NationalTable { rows, level, names, .. } = *table;
        let columns: Vec<usize> = AREAS[1..].iter().filter_map(|key| table.position(key)).collect();
        rows.iter().filter(|row| key_of(row.cell(level)) != LOCAL).find_map(|row| {
            // A row of a country has no region, and one of a region has its country beside it.
            let column = *columns.iter().find(|at| !row.cell(**at).is_empty())?;
            let name = row.cell(column);
            (names.has(StandardColumn::Benchmark, name) == Some(true)).then(|| Self {
                name: name.to_owned(),
                level: row.cell(level).to_owned(),
                column,
            })
        })
    }
}

/// Whether no two rows are the same but for their figures, as two rows of a list of cases may be.
fn rows_differ(rows: &[RawRow], names: &NameFinder<'_>, period: usize, width: usize) -> bool {
    let is_name =
        |at: &usize| *at == period || !ColumnFacts::of(rows.iter(), *at, names).has_numbers();
    let named: Vec<_> = (0..width).filter(is_name).collect();
    let mut seen = BTreeSet::new();
    rows.iter().all(|row| seen.insert(named.iter().map(|at| row.cell(*at)).collect::<Vec<_>>()))
}

/// `time_period`, `Time Period` and the like alike.
fn key_of(heading: &str) -> String {
    name_key(heading).replace('_', "")
}

/// What periods are, as the rows themselves say.
fn period_is(rows: &[RawRow], position: usize) -> Option<&'static str> {
    let said: BTreeSet<_> = rows.iter().map(|row| key_of(row.cell(position))).collect();
    let mut said = said.iter();
    match (said.next().map(String::as_str), said.next()) {
        (Some("financialyear" | "reportingyear"), None) => Some("financial year"),
        (Some("academicyear"), None) => Some("academic year"),
        (Some("calendaryear"), None) => Some("calendar year"),
        _ => None,
    }
}

/// The first values of a column, and how many more there are.
fn values(rows: &[RawRow], position: usize) -> String {
    let mut values: Vec<&str> = Vec::new();
    for row in rows {
        let cell = row.cell(position);
        if !cell.is_empty() && !values.contains(&cell) && values.len() <= MOST_VALUES {
            values.push(cell);
        }
    }
    let more = if values.len() > MOST_VALUES { " and more" } else { "" };
    values.truncate(MOST_VALUES);
    format!("{}{more}", quoted(&values))
}

fn quoted<T: AsRef<str>>(texts: &[T]) -> String {
    texts.iter().map(|one| text(one.as_ref())).collect::<Vec<_>>().join(", ")
}

/// A measure to be filled in: from rows beside one another where a column says what each counts.
fn measure(
    names: &NameFinder<'_>,
    figures: &[String],
    group: Option<(&str, &[RawRow], usize)>,
) -> String {
    let definition = names.definition();
    let ratio = |unit: Unit| unit != Unit::Number;
    let id = definition.indicator_ids().find(|id| ratio(definition.indicator(*id).unit));
    let id = id.or_else(|| definition.indicator_ids().next());
    let id = id.map_or("", |id| definition.indicator(id).id.as_str());
    let column = |at: usize| figures.get(at).map_or("the column", String::as_str);
    // Rows beside one another have one column of figures, and a wide row has one for each part.
    let part = |at: usize, value: &str| match group {
        Some((heading, ..)) => format!(
            "{{ column = {}, where = {{ {} = {} }} }}",
            text(column(0)),
            text(heading),
            text(value)
        ),
        None => text(column(at)),
    };
    let [numerator, denominator] = match group {
        Some((_, rows, position)) => {
            let mut values: Vec<_> = rows.iter().map(|row| row.cell(position)).collect();
            values.dedup();
            let total = values.iter().find(|value| super::columns::is_total(value));
            let other = values.iter().find(|value| Some(*value) != total && !value.is_empty());
            [other, total].map(|value| value.map_or("the value", |value| *value))
        }
        None => ["", ""],
    };
    format!(
        "What figures are of, a [[source.measure]] for each indicator:\n[[source.measure]]\n\
         indicator = {}\nnumerator = {}\ndenominator = {}   # or `value` alone, with the column of \
         the percentage",
        text(id),
        part(1, numerator),
        part(0, denominator)
    )
}
