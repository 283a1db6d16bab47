//! `benchmarks*.csv` beside the months: what England and other benchmarks have of indicators.
//!
//! They are of all months together, since they come out when others publish them, and not with the
//! council's own figures.

use super::aside::{gives_figure, may_be_footer};
use super::cell::CellValue;
use super::contents::Contents;
use super::dates::{self, MonthText};
use super::header::{self, Columns};
use super::names::{NameFinder, guess};
use super::punctuation::without_text_marks;
use super::results::{ColumnLayout as FigureColumns, Figures, ResultsColumn, RowFigure};
use super::table::{ExtractTable, TableRow};
use super::twice::{Second, Twice};
use crate::definition::{BenchmarkId, Definition, IndicatorId, Lookup, Period};
use crate::diagnostic::{Code, Findings, Place, Subject};
use crate::figure::Amount;
use crate::input::File;
use crate::month::{Date, Month, NamedMonth};
use crate::text::{and, name_key, nearest, plural, quote};
use crate::toml_file::{Words, words};

words! {
    /// The columns of a file of benchmarks.
    BenchmarkColumn {
        /// The benchmark.
        Benchmark = "benchmark",
        /// The indicator.
        Indicator = "indicator",
        /// The last month of the period.
        Month = "month",
        /// How many.
        Numerator = "numerator",
        /// Out of how many.
        Denominator = "denominator",
        /// The figure itself.
        Value = "value",
        /// Where it was published.
        Source = "source",
        /// The day on which it was.
        Released = "released",
        /// How long the period is, where that is not as for the indicator.
        Period = "period",
    }
}

impl BenchmarkColumn {
    fn named(heading: &str) -> Option<Self> {
        Self::from_word(&name_key(heading))
    }

    /// The column of results that holds the same figure.
    fn figure(self) -> Option<ResultsColumn> {
        match self {
            Self::Numerator => Some(ResultsColumn::Numerator),
            Self::Denominator => Some(ResultsColumn::Denominator),
            Self::Value => Some(ResultsColumn::Value),
            _ => None,
        }
    }
}

/// A figure of a benchmark.
#[derive(Clone, Debug)]
pub struct BenchmarkRow {
    /// The benchmark.
    pub benchmark: BenchmarkId,
    /// The indicator.
    pub indicator: IndicatorId,
    /// The last month of its period.
    pub month: Month,
    /// What it covers.
    pub period: Period,
    /// Its numbers.
    pub amount: Amount,
    /// Where it was published, if the row says so.
    pub source: Option<String>,
    /// When it was published. `None` if the row does not say, and then it always was.
    pub released: Option<Date>,
    /// Where it stands.
    pub place: Place,
}

/// What a row is about: two that have this in common are one figure.
type About = (BenchmarkId, IndicatorId, Month, Period, Option<Date>);

impl BenchmarkRow {
    fn about(&self) -> About {
        (self.benchmark, self.indicator, self.month, self.period, self.released)
    }
}

/// The figures of all benchmarks.
#[derive(Debug, Default)]
pub struct BenchmarkRows(Vec<BenchmarkRow>);

impl BenchmarkRows {
    /// Reads the files. What is wrong with them becomes a finding.
    pub fn read(definition: &Definition, files: &[File], findings: &mut Findings) -> Self {
        let names = NameFinder::new(definition);
        let mut reader = Reader::default();
        for file in files {
            reader.read(&names, file, findings);
        }
        reader.finish(definition, findings)
    }

    /// The figures that a benchmark has of an indicator, by their months, and those of a month in
    /// the order in which they were published.
    #[must_use]
    pub fn of(&self, benchmark: BenchmarkId, indicator: IndicatorId) -> &[BenchmarkRow] {
        let key = |row: &BenchmarkRow| (row.benchmark, row.indicator);
        let start = self.0.partition_point(|row| key(row) < (benchmark, indicator));
        let count = self.0[start..].partition_point(|row| key(row) == (benchmark, indicator));
        &self.0[start..start + count]
    }

    /// Every figure, by benchmark, indicator and month.
    #[must_use]
    pub fn all(&self) -> &[BenchmarkRow] {
        &self.0
    }
}

/// The columns of a file of benchmarks, and what is in them.
struct BenchmarkColumns<'n, 'd>(&'n NameFinder<'d>);

impl BenchmarkColumns<'_, '_> {
    fn is_name(&self, column: BenchmarkColumn, cell: &str) -> bool {
        let has_benchmark = || !matches!(look_up(self.0.definition(), cell), Lookup::Nothing);
        !cell.is_empty()
            && match column {
                BenchmarkColumn::Benchmark => has_benchmark(),
                BenchmarkColumn::Indicator => self.0.has_indicator(cell),
                _ => false,
            }
    }
}

impl Columns for BenchmarkColumns<'_, '_> {
    type Column = BenchmarkColumn;

    fn named(&self, heading: &str) -> Option<BenchmarkColumn> {
        BenchmarkColumn::named(heading)
    }

    fn known(&self) -> Vec<&str> {
        BenchmarkColumn::WORDS.to_vec()
    }

    /// What is not needed may be left out, but not where another heading may be that column's: a
    /// day of release that is not read would show a figure before it was published.
    fn missing(&self, found: &[(usize, BenchmarkColumn)], headings: &[String]) -> Option<String> {
        use BenchmarkColumn::{
            Benchmark, Denominator, Indicator, Month, Numerator, Released, Source, Value,
        };
        let is_there = |wanted| found.iter().any(|(_, column)| *column == wanted);
        let has_part = is_there(Numerator) || is_there(Denominator);
        let is_needed = |column| match column {
            Benchmark | Indicator | Month => true,
            Numerator | Denominator => has_part || !is_there(Value),
            Value => !has_part,
            _ => false,
        };
        // Publishers call the day of release many things.
        let is_day_of_release = |heading: &String, column| {
            column == Released && ["release", "publi"].iter().any(|part| heading.contains(part))
        };
        let may_be = |heading: &String, column: BenchmarkColumn| {
            BenchmarkColumn::named(heading).is_none()
                && (header::may_mean(heading, column.as_str())
                    || is_day_of_release(heading, column))
        };
        let is_missing = |column: &BenchmarkColumn| {
            let is_misspelt = || headings.iter().any(|heading| may_be(heading, *column));
            !is_there(*column) && (is_needed(*column) || *column != Source && is_misspelt())
        };
        let missing = BenchmarkColumn::ALL.into_iter().filter(is_missing);
        let missing: Vec<_> = missing.map(BenchmarkColumn::as_str).collect();
        let columns = plural(missing.len(), "column", "columns");
        (!missing.is_empty()).then(|| format!("the header has no {columns} {}", and(&missing)))
    }

    fn is_figure(&self, column: BenchmarkColumn) -> bool {
        column.figure().is_some()
    }

    fn remedy(&self) -> &'static str {
        "the header is benchmark,indicator,month,numerator,denominator,value,source,released, and \
            period where that is another than the indicator's, in any order; only the first three \
            and a figure are needed"
    }

    fn has_figures(&self, row: &[(BenchmarkColumn, &str)]) -> bool {
        row.iter().any(|(column, cell)| self.is_name(*column, cell))
            && row.iter().any(|(column, cell)| {
                let read = column.figure().map(|_| CellValue::read(cell));
                matches!(read, Some(Ok(CellValue::Number { .. } | CellValue::Suppressed)))
            })
    }

    fn mentions(&self, cell: &str) -> bool {
        !gives_figure(cell)
            && (self.is_name(BenchmarkColumn::Benchmark, cell)
                || self.0.has_indicator(cell)
                || nearest(&name_key(cell), self.known()).is_some())
    }

    fn is_aside(&self, row: &[(BenchmarkColumn, &str)]) -> bool {
        let (figures, texts): (Vec<_>, Vec<_>) =
            row.iter().partition(|(column, _)| column.figure().is_some());
        let [texts, figures] =
            [texts, figures].map(|cells| cells.iter().map(|(_, cell)| *cell).collect::<Vec<_>>());
        !row.iter().any(|(column, cell)| self.is_name(*column, cell))
            && may_be_footer(&texts, &figures)
    }
}

/// The benchmark that a cell names.
fn look_up<'d>(definition: &'d Definition, cell: &str) -> Lookup<'d, BenchmarkId> {
    definition.look_up_benchmark(without_text_marks(cell))
}

/// Which cell of a row is in which column.
struct Layout {
    columns: Vec<(usize, BenchmarkColumn)>,
    figures: FigureColumns,
}

impl Layout {
    fn new(columns: &[(usize, BenchmarkColumn)]) -> Self {
        let figures = columns.iter().filter_map(|(index, column)| Some((*index, column.figure()?)));
        let figures = FigureColumns::new(&figures.collect::<Vec<_>>());
        Self { columns: columns.to_vec(), figures }
    }

    fn index(&self, wanted: BenchmarkColumn) -> Option<usize> {
        self.columns.iter().find(|(_, column)| *column == wanted).map(|(index, _)| *index)
    }

    /// The cell of a row; nothing is in a column that is not there.
    fn cell<'r>(&self, row: &'r TableRow<'_>, column: BenchmarkColumn) -> &'r str {
        self.index(column).map_or("", |index| row.cell(index))
    }
}

/// The figures of benchmarks while they are read.
#[derive(Default)]
struct Reader {
    rows: Vec<BenchmarkRow>,
    twice: Twice,
}

impl Reader {
    /// Reads one file.
    fn read(&mut self, names: &NameFinder<'_>, file: &File, findings: &mut Findings) {
        let columns = BenchmarkColumns(names);
        let Some(contents) = Contents::read(file, "a file of benchmarks", &columns, findings)
        else {
            return;
        };
        let Some(mut table) = ExtractTable::open(&file.name, &contents, &columns, findings) else {
            return;
        };
        let layout = Layout::new(&table.columns);
        while let Some(row) = table.next(findings) {
            let mut found = Findings::default();
            let has_figure = self.row(names, &layout, &row, &mut found);
            table.settle(found, has_figure, findings);
        }
    }

    /// Reads a row, and says whether it has a figure or something wrong.
    fn row(
        &mut self,
        names: &NameFinder<'_>,
        layout: &Layout,
        row: &TableRow<'_>,
        findings: &mut Findings,
    ) -> bool {
        let count = findings.len();
        let definition = names.definition();
        let column = layout.index(BenchmarkColumn::Indicator);
        let indicator = names.indicator(row, column, findings);
        let benchmark = benchmark(definition, layout, row, findings);
        let month = month(definition.year_start, layout, row, findings);
        let released = released(layout, row, findings);
        let period = period(layout, row, findings);
        let figures = Figures::read(row, &layout.figures, findings).ok();
        let figure = figures.zip(indicator).and_then(|(figures, indicator)| {
            let about = definition.indicator(indicator);
            figures.together(row, &layout.figures, about, findings).ok()
        });
        findings.about_since(count, || Subject {
            indicator: indicator.map(|id| definition.indicator(id).id.clone()),
            ..Subject::default()
        });
        let (Some(benchmark), Some(indicator), Some(month), Some(figure)) =
            (benchmark, indicator, month, figure)
        else {
            return true;
        };
        let (Ok(released), Ok(period)) = (released, period) else { return true };
        let amount = match figure {
            RowFigure::Blank => return false,
            // What is not known is no figure to compare with.
            RowFigure::Missing
            | RowFigure::NoFigure(_)
            | RowFigure::Suppressed
            | RowFigure::Low => return true,
            RowFigure::Ratio([numerator, denominator]) => {
                Amount::Ratio { numerator: numerator.into(), denominator: denominator.into() }
            }
            RowFigure::Value(value) => Amount::Value(value.into()),
        };
        let source = layout.cell(row, BenchmarkColumn::Source);
        self.twice.count(row.path(), 1);
        self.rows.push(BenchmarkRow {
            benchmark,
            indicator,
            month,
            period: period.unwrap_or(definition.indicator(indicator).period),
            amount,
            source: (!source.is_empty()).then(|| source.to_owned()),
            released,
            place: row.place(),
        });
        true
    }

    /// All that has been read, each figure once; what is there twice is a finding.
    fn finish(mut self, definition: &Definition, findings: &mut Findings) -> BenchmarkRows {
        // The order of the files is kept, so that the first of two is the one that is used.
        self.rows.sort_by_key(BenchmarkRow::about);
        let mut rows: Vec<BenchmarkRow> = Vec::with_capacity(self.rows.len());
        for row in self.rows {
            let Some(first) = rows.last().filter(|first| first.about() == row.about()) else {
                rows.push(row);
                continue;
            };
            let (path, first_path) = (&row.place.path, &first.place.path);
            let places = || (row.place.clone(), first.place.clone());
            if first.amount == row.amount {
                self.twice.equal(path, first_path, places);
                continue;
            }
            self.twice.different(path, first_path, || {
                let (name, id) = (
                    &definition.benchmark(row.benchmark).name,
                    &definition.indicator(row.indicator).id,
                );
                let (place, first) = places();
                Second {
                    what: format!("{id}, {name}, {}", row.month.long()),
                    subject: Subject { indicator: Some(id.clone()), ..Subject::default() },
                    place,
                    first,
                    finding: None,
                }
            });
        }
        self.twice.finish(findings);
        BenchmarkRows(rows)
    }
}

/// The benchmark that a row names.
fn benchmark(
    definition: &Definition,
    layout: &Layout,
    row: &TableRow<'_>,
    findings: &mut Findings,
) -> Option<BenchmarkId> {
    let column = layout.index(BenchmarkColumn::Benchmark);
    let text = layout.cell(row, BenchmarkColumn::Benchmark);
    if column.is_some_and(|column| row.has_odd_run(column, findings)) {
        return None;
    }
    let (found, remedy) = match look_up(definition, text) {
        Lookup::One(id, _) if definition.benchmark(id).mean_of.is_none() => return Some(id),
        Lookup::One(..) => (
            format!(
                "{} is the mean of other benchmarks, and has no figures of its own",
                quote(text)
            ),
            "delete the row, or take `mean_of` out of the benchmark's definition".to_owned(),
        ),
        Lookup::Several(names) => (
            format!("{} can be more than one benchmark", quote(text)),
            format!("write it exactly: {}", names.join(" or ")),
        ),
        Lookup::Nothing if text.is_empty() => (
            "the row has no benchmark".to_owned(),
            format!("write the id of a [[benchmark]] of {}", definition.path),
        ),
        Lookup::Nothing => {
            let ids = definition.benchmarks.iter().map(|benchmark| benchmark.id.as_str());
            (
                format!("there is no benchmark {}", quote(text)),
                format!(
                    "{}write an id of {}, or define it there with a [[benchmark]]",
                    guess(text, ids),
                    definition.path
                ),
            )
        }
    };
    findings.push(row.finding(Code::UnknownBenchmark, column, found, remedy));
    None
}

/// The last month of the period of a row.
fn month(
    year_start: u8,
    layout: &Layout,
    row: &TableRow<'_>,
    findings: &mut Findings,
) -> Option<Month> {
    let text = layout.cell(row, BenchmarkColumn::Month);
    let quarter = || text.parse::<NamedMonth>().ok()?.month(year_start);
    let found = match dates::month(text) {
        MonthText::One(month) => return Some(month),
        MonthText::Either(british, american) => {
            format!("{} can be of {} or of {}", quote(text), british.long(), american.long())
        }
        MonthText::No => match quarter() {
            Some(month) => return Some(month),
            None if text.is_empty() => "the row has no month".to_owned(),
            None => format!("{} is no month", quote(text)),
        },
    };
    let remedy = "write the last month of the period, YYYY-MM, such as 2015-09";
    let column = layout.index(BenchmarkColumn::Month);
    findings.push(row.finding(Code::NotADate, column, found, remedy));
    None
}

/// That a cell cannot be used: a finding says why.
struct Refused;

/// The day on which the figure of a row was published, as far as it says.
fn released(
    layout: &Layout,
    row: &TableRow<'_>,
    findings: &mut Findings,
) -> Result<Option<Date>, Refused> {
    let text = layout.cell(row, BenchmarkColumn::Released);
    if text.is_empty() {
        return Ok(None);
    }
    let found = match (dates::date(text, false), dates::date(text, true)) {
        (Some(british), Some(american)) if british != american => {
            format!("{} can be {british} or {american}", quote(text))
        }
        (Some(day), _) | (None, Some(day)) => return Ok(Some(day)),
        (None, None) => format!("{} is no day", quote(text)),
    };
    let remedy = "write the day on which the figure was published, YYYY-MM-DD, such as 2016-03-22, \
        or leave it blank if that does not matter";
    let column = layout.index(BenchmarkColumn::Released);
    findings.push(row.finding(Code::NotADate, column, found, remedy));
    Err(Refused)
}

/// What the figure of a row covers, as far as it says.
fn period(
    layout: &Layout,
    row: &TableRow<'_>,
    findings: &mut Findings,
) -> Result<Option<Period>, Refused> {
    let text = layout.cell(row, BenchmarkColumn::Period);
    if text.is_empty() {
        return Ok(None);
    }
    let period = Period::from_word(&text.to_uppercase());
    if period.is_none() {
        let found = format!("{} is no period", quote(text));
        let remedy = format!(
            "write {}, or leave it blank if it is as for the indicator",
            Period::WORDS.join(", ")
        );
        let column = layout.index(BenchmarkColumn::Period);
        findings.push(row.finding(Code::UnknownPeriod, column, found, remedy));
    }
    period.map(Some).ok_or(Refused)
}
