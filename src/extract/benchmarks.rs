//! `benchmarks*.csv` beside the months: what England and other benchmarks have of indicators.
//!
//! They are of all months together, since they come out when others publish them, and not with the
//! council's own figures.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::aside::gives_figure;
use super::cell::CellValue;
use super::closed_days::ClosedDays;
use super::contents::Contents;
use super::dates::{self, MonthText};
use super::file_kind::frozen_name;
use super::halves::Halves;
use super::header::{self, Columns};
use super::names::{NameFinder, guess};
use super::results::{
    self, ColumnLayout as FigureColumns, Figures, ResultsColumn, RowFigure, read_number,
};
use super::sources::{Readers, SourceReader};
use super::table::{ExtractTable, Refused, TableRow};
use super::twice::{Second, Twice};
use super::{GivenSource, activity, standard};
use crate::definition::{
    BenchmarkId, Definition, ExtractSource, IndicatorId, Lookup, Period, SourceKind, StandardColumn,
};
use crate::diagnostic::{Code, Finding, Findings, Place, Subject};
use crate::figure::{Amount, Decimal};
use crate::input::{File, Ledger};
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
    /// The source that gave it, by its place in the definitions. `None` if it stands in a file of
    /// benchmarks.
    given_by: Option<usize>,
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
pub struct BenchmarkRows {
    rows: Vec<BenchmarkRow>,
    /// What each source of benchmarks has given.
    sources: Vec<GivenSource>,
}

/// Where the figures of benchmarks are.
#[derive(Clone, Copy, Debug)]
pub struct BenchmarkFiles<'f> {
    /// The files of benchmarks beside the months.
    pub files: &'f [PathBuf],
    /// The data folder.
    pub data: &'f Path,
    /// The folders of the months.
    pub months: &'f [PathBuf],
}

impl BenchmarkRows {
    /// Reads them. What is wrong becomes a finding.
    pub fn read(
        definition: &Definition,
        places: BenchmarkFiles<'_>,
        ledger: &Ledger,
        findings: &mut Findings,
    ) -> Self {
        let names = NameFinder::new(definition);
        let (mut reader, mut sources) = (Reader::default(), Vec::new());
        for path in places.files {
            reader.read(&names, &ledger.file(path), findings);
        }
        let of_benchmarks = definition.sources.iter().enumerate();
        for (index, source) in
            of_benchmarks.filter(|(_, source)| source.kind == SourceKind::Benchmarks)
        {
            reader.given_by = Some(index);
            let frozen = places.data.join(frozen_name(&source.id, false));
            let files = if frozen.is_file() {
                reader.read_frozen(&names, &ledger.file(&frozen), findings)
            } else {
                reader.read_source(&names, source, places, ledger, findings)
            };
            sources.push(GivenSource { id: source.id.clone(), kind: source.kind, files });
        }
        let rows = Self { rows: reader.finish(definition, findings), sources };
        rows.freeze(definition, places.data, ledger);
        rows
    }

    /// Notes what sources gave, in the place of their files: a publication freezes that, and nothing
    /// else of them.
    fn freeze(&self, definition: &Definition, data: &Path, ledger: &Ledger) {
        for source in self.sources.iter().filter(|source| !source.files.is_empty()) {
            ledger.note_made(&data.join(frozen_name(&source.id, false)), || {
                self.standard(definition, Some(&source.id)).unwrap_or_default()
            });
        }
    }

    /// The figures in the standard form, or those that a source gave, each with where it comes from.
    ///
    /// # Errors
    ///
    /// None that memory can have: the writer of CSV has them.
    pub fn standard(&self, definition: &Definition, source: Option<&str>) -> csv::Result<Vec<u8>> {
        let mut csv = csv::Writer::from_writer(Vec::new());
        csv.write_record(BenchmarkColumn::WORDS.iter().chain(&["from"]))?;
        let is_wanted = |row: &&BenchmarkRow| {
            let given_by = row.given_by.map(|index| definition.sources[index].id.as_str());
            source.is_none() || given_by == source
        };
        for row in self.rows.iter().filter(is_wanted) {
            let [numerator, denominator, value] = standard::cells(Some(&row.amount), false);
            csv.write_record([
                definition.benchmark(row.benchmark).id.as_str(),
                &definition.indicator(row.indicator).id,
                &row.month.to_string(),
                &numerator,
                &denominator,
                &value,
                row.source.as_deref().unwrap_or_default(),
                &row.released.map_or_else(String::new, |day| day.to_string()),
                row.period.as_str(),
                &row.place.to_string(),
            ])?;
        }
        csv.into_inner().map_err(|error| csv::Error::from(error.into_error()))
    }

    /// What each source of benchmarks has given.
    #[must_use]
    pub fn sources(&self) -> &[GivenSource] {
        &self.sources
    }

    /// The figures that a benchmark has of an indicator, by their months, and those of a month in
    /// the order in which they were published.
    #[must_use]
    pub fn of(&self, benchmark: BenchmarkId, indicator: IndicatorId) -> &[BenchmarkRow] {
        let key = |row: &BenchmarkRow| (row.benchmark, row.indicator);
        let start = self.rows.partition_point(|row| key(row) < (benchmark, indicator));
        let count = self.rows[start..].partition_point(|row| key(row) == (benchmark, indicator));
        &self.rows[start..start + count]
    }

    /// Every figure, by benchmark, indicator and month.
    #[must_use]
    pub fn all(&self) -> &[BenchmarkRow] {
        &self.rows
    }
}

/// The columns of a file of benchmarks, and what is in them.
struct BenchmarkColumns<'n, 'd>(&'n NameFinder<'d>);

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

    fn is_name(&self, column: BenchmarkColumn, cell: &str) -> bool {
        let has_benchmark = || !matches!(self.0.benchmark(cell), Lookup::Nothing);
        !cell.is_empty()
            && match column {
                BenchmarkColumn::Benchmark => has_benchmark(),
                BenchmarkColumn::Indicator => self.0.has_indicator(cell),
                _ => false,
            }
    }
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

    /// Which cell of a row of the standard form is in which column.
    fn standard() -> Self {
        let column = |column: BenchmarkColumn| {
            Some((StandardColumn::from_word(column.as_str())? as usize, column))
        };
        Self::new(&BenchmarkColumn::ALL.into_iter().filter_map(column).collect::<Vec<_>>())
    }

    /// Where the figure of a row was published, if it says so.
    fn source(&self, row: &TableRow<'_>) -> Option<String> {
        Some(self.cell(row, BenchmarkColumn::Source).to_owned()).filter(|text| !text.is_empty())
    }

    /// The cell of a row; nothing is in a column that is not there.
    fn cell<'r>(&self, row: &'r TableRow<'_>, column: BenchmarkColumn) -> &'r str {
        self.index(column).map_or("", |index| row.cell(index))
    }
}

/// The figures of benchmarks while they are read.
#[derive(Default)]
pub(super) struct Reader {
    rows: Vec<BenchmarkRow>,
    twice: Twice,
    /// The halves of ratios that stand in rows of their own: numerators and denominators.
    halves: BTreeMap<About, [Option<Half>; 2]>,
    /// The source that is read, by its place in the definitions.
    given_by: Option<usize>,
}

/// One half of a ratio.
struct Half {
    /// `None` if its cell says that there is no figure.
    number: Option<Decimal>,
    source: Option<String>,
    place: Place,
    given_by: Option<usize>,
}

impl Reader {
    /// Reads the files that a source describes, and says which there are.
    fn read_source<'d>(
        &mut self,
        names: &NameFinder<'d>,
        source: &'d ExtractSource,
        places: BenchmarkFiles<'_>,
        ledger: &Ledger,
        findings: &mut Findings,
    ) -> Vec<Arc<str>> {
        let folders = match &source.folder {
            Some(folder) => vec![places.data.join(folder)],
            None => std::iter::once(places.data.to_owned()).chain(places.months.to_vec()).collect(),
        };
        // Rows of benchmarks are of no month and of no area, so nothing else is made of them.
        let month = Month::FIRST;
        let mut readers = Readers {
            results: &mut results::Reader::new(names, month),
            activities: &mut activity::Reader::default(),
            halves: &mut Halves::default(),
            benchmarks: self,
            areas_of_records: &mut BTreeSet::new(),
            month,
            closed: ClosedDays::default(),
            counter: None,
        };
        let reader = SourceReader::new(source, names, None);
        reader.read_benchmarks(&folders, ledger, &mut readers, findings)
    }

    /// Reads what a source gave, from what was frozen of it when it was published.
    fn read_frozen(
        &mut self,
        names: &NameFinder<'_>,
        file: &File,
        findings: &mut Findings,
    ) -> Vec<Arc<str>> {
        let mut unread = Findings::default();
        let bytes = file.clone().without_note().read_bytes("what a source gave", &mut unread);
        let places = standard::places(&bytes.unwrap_or_default());
        let (start, mut found) = (self.rows.len(), Findings::default());
        self.read(names, file, &mut found);
        for row in &mut self.rows[start..] {
            let place = row.place.line.and_then(|line| places.get(&line)?.first());
            row.place = place.unwrap_or(&row.place).clone();
        }
        // The column that says where its figures come from is for people to read.
        findings
            .extend(found.iter().filter(|finding| finding.code != Code::UnknownColumn).cloned());
        vec![Arc::clone(&file.name)]
    }

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
            let has_figure = self.row(names, &layout, &row, row.place(), &mut found);
            table.settle(found, has_figure, findings);
        }
    }

    /// Reads a row, and says whether it has a figure or something wrong.
    fn row(
        &mut self,
        names: &NameFinder<'_>,
        layout: &Layout,
        row: &TableRow<'_>,
        place: Place,
        findings: &mut Findings,
    ) -> bool {
        let count = findings.len();
        let RowAbout { indicator, about } = RowAbout::read(names, layout, row, findings);
        let figures = Figures::read(row, &layout.figures, findings).ok();
        let figure = figures.zip(indicator).and_then(|(figures, indicator)| {
            let about = names.definition().indicator(indicator);
            figures.together(row, &layout.figures, about, findings).ok()
        });
        findings.about_since(count, || subject(names.definition(), indicator));
        let (Some(about), Some(figure)) = (about, figure) else { return true };
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
        self.push(about, amount, layout.source(row), place);
        true
    }

    /// Reads a row that a source has made one of the standard form, or the half of a ratio that it
    /// has; says whether there is a figure or something wrong.
    pub(super) fn standard_row(
        &mut self,
        names: &NameFinder<'_>,
        half: Option<StandardColumn>,
        row: &TableRow<'_>,
        place: Place,
        findings: &mut Findings,
    ) -> bool {
        let layout = Layout::standard();
        let Some(half) = half else { return self.row(names, &layout, row, place, findings) };
        let count = findings.len();
        let RowAbout { indicator, about } = RowAbout::read(names, &layout, row, findings);
        let column = ResultsColumn::from_word(half.as_str());
        let number = column.zip(indicator).and_then(|(column, indicator)| {
            let about = names.definition().indicator(indicator);
            read_number(row, &layout.figures, column, about, findings).ok()
        });
        findings.about_since(count, || subject(names.definition(), indicator));
        let (Some(about), Some(number)) = (about, number) else { return true };
        let place_of_half = usize::from(half == StandardColumn::Denominator);
        let there = &mut self.halves.entry(about).or_default()[place_of_half];
        let new = Half { number, source: layout.source(row), place, given_by: self.given_by };
        match there {
            Some(first) if first.number != new.number => {
                let found = format!("a second {} for the same figure", half.as_str());
                let remedy = "say in the source which rows are meant: `where`, `only` or \
                    `leave_out`";
                let finding = Finding::new(Code::DuplicateFigure, new.place, found, remedy);
                findings.push(finding.with_related(first.place.clone(), "the first is here"));
            }
            Some(_) => {}
            None => *there = Some(new),
        }
        true
    }

    fn push(&mut self, about: About, amount: Amount, source: Option<String>, place: Place) {
        let (benchmark, indicator, month, period, released) = about;
        self.twice.count(&place.path, 1);
        self.rows.push(BenchmarkRow {
            benchmark,
            indicator,
            month,
            period,
            amount,
            source,
            released,
            place,
            given_by: self.given_by,
        });
    }

    /// Joins the halves of ratios, and says which lack the other.
    fn join(&mut self, definition: &Definition, findings: &mut Findings) {
        for (about, halves) in std::mem::take(&mut self.halves) {
            match halves {
                [Some(numerator), Some(denominator)] => {
                    // What is not known is no figure to compare with.
                    let (Some(over), Some(under)) = (numerator.number, denominator.number) else {
                        continue;
                    };
                    self.given_by = numerator.given_by;
                    let amount = Amount::Ratio { numerator: over, denominator: under };
                    let source = numerator.source.or(denominator.source);
                    self.push(about, amount, source, numerator.place);
                }
                [numerator, denominator] => {
                    let [there, gone] = match numerator {
                        Some(_) => ["numerator", "denominator"],
                        None => ["denominator", "numerator"],
                    };
                    let Some(half) = numerator.or(denominator) else { continue };
                    let found = format!(
                        "{}, {}: a {there} without its {gone}",
                        definition.benchmark(about.0).name,
                        about.2.long()
                    );
                    let remedy = format!(
                        "add the file that has the {gone}, or say in its source where it stands"
                    );
                    let finding = Finding::new(Code::HalfARatio, half.place, found, remedy);
                    findings.push(finding.about(subject(definition, Some(about.1))));
                }
            }
        }
    }

    /// All that has been read, each figure once; what is there twice is a finding.
    fn finish(mut self, definition: &Definition, findings: &mut Findings) -> Vec<BenchmarkRow> {
        self.join(definition, findings);
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
        rows
    }
}

/// What a row is about, as far as it can be read.
struct RowAbout {
    indicator: Option<IndicatorId>,
    about: Option<About>,
}

impl RowAbout {
    fn read(
        names: &NameFinder<'_>,
        layout: &Layout,
        row: &TableRow<'_>,
        findings: &mut Findings,
    ) -> Self {
        let definition = names.definition();
        let column = layout.index(BenchmarkColumn::Indicator);
        let indicator = names.indicator(row, column, findings);
        let benchmark = benchmark(names, layout, row, findings);
        let month = month(definition.year_start, layout, row, findings);
        let released = released(layout, row, findings);
        let period = period(layout, row, findings);
        let about = || {
            let own = || definition.indicator(indicator?).period.into();
            let period = period.ok()?.or_else(own)?;
            Some((benchmark?, indicator?, month?, period, released.ok()?))
        };
        Self { indicator, about: about() }
    }
}

fn subject(definition: &Definition, indicator: Option<IndicatorId>) -> Subject {
    let indicator = indicator.map(|id| definition.indicator(id).id.clone());
    Subject { indicator, ..Subject::default() }
}

/// The benchmark that a row names.
fn benchmark(
    names: &NameFinder<'_>,
    layout: &Layout,
    row: &TableRow<'_>,
    findings: &mut Findings,
) -> Option<BenchmarkId> {
    let definition = names.definition();
    let column = layout.index(BenchmarkColumn::Benchmark);
    let text = layout.cell(row, BenchmarkColumn::Benchmark);
    if let Some(column) = column {
        row.check_odd_text(column, findings).ok()?;
    }
    let (found, remedy) = match names.benchmark(text) {
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
