//! `[[source]]`: what a file of an extract is, as a system exports it.

use std::ops::Range;

use serde_json::{Map, Value, json};
use toml::de::DeValue;

use super::build::{Builder, in_order};
use super::condition::{Conditions, ConditionsValue, Counted, CountedValue};
use super::measure::{Measure, MeasureKeys, MeasurePart};
use super::records::{Holds, KeepKeys, KeepLatest, LookupKeys, RecordLookup};
use super::{ActivityId, IndicatorId};
use crate::diagnostic::{Code, Place};
use crate::population::CohortId;
use crate::text::{and, did_you_mean, name_key, quote};
use crate::toml_file::kinds::{
    ByName, Choice, Flag, IdValue, OneTable, TableList, TextAt, TextOrTexts, TextValue, Whole,
    Wrong,
};
use crate::toml_file::{
    Key, KeyKind, KeyValue, Spanned, TableReader, Takes, TomlItem, TomlTable, Words, table, words,
    written_too_low,
};

words! {
    /// What the rows of a source are.
    SourceKind {
        /// Figures of indicators.
        Results = "results",
        /// Counts for the activity table.
        Activity = "activity",
        /// Children or cases, to be counted.
        Records = "records",
        /// Figures of benchmarks, of all months together.
        Benchmarks = "benchmarks",
    }
}

words! {
    /// What a symbol of a source means.
    Symbol {
        /// There is no figure.
        Missing = "missing",
        /// There is one, and it may not be shown.
        Suppressed = "suppressed",
        /// It rounds to 0 and is not 0.
        Low = "low",
    }
}

words! {
    /// What a percentage is written as.
    PercentAs {
        /// 78.4% as 78.4.
        Percent = "percent",
        /// 78.4% as 0.784.
        Fraction = "fraction",
    }
}

words! {
    /// What is done with rows of areas that are not defined.
    UnknownAreas {
        /// Each is an error.
        Error = "error",
        /// They are left out, and counted.
        LeaveOut = "leave out",
        /// Records of them count for the top area alone.
        TopOnly = "top only",
    }
}

words! {
    /// What an area has of which there is no record.
    NoRows {
        /// 0.
        Zero = "zero",
        /// No figure.
        Missing = "missing",
    }
}

words! {
    /// What a month of a source is written as.
    MonthIs {
        /// The month itself.
        Month = "month",
        /// The financial year that it ends: 2024/25, 202425, 2025.
        FinancialYear = "financial year",
        /// The calendar year that it ends: 2025.
        CalendarYear = "calendar year",
        /// The academic year that it ends, in August: 2024/25, 202425, 2025.
        AcademicYear = "academic year",
    }
}

words! {
    /// How dates are written.
    DateOrder {
        /// 31/01/2016.
        British = "british",
        /// 01/31/2016.
        Us = "us",
    }
}

words! {
    /// A column of an extract in the standard form.
    StandardColumn {
        /// The indicator.
        Indicator = "indicator",
        /// The area or team.
        Area = "area",
        /// Whom it is about.
        Cohort = "cohort",
        /// How many.
        Numerator = "numerator",
        /// Out of how many.
        Denominator = "denominator",
        /// The figure itself.
        Value = "value",
        /// The month.
        Month = "month",
        /// How firm the figure is.
        Status = "status",
        /// The activity, where each has a row of its own.
        Activity = "activity",
        /// What a record goes by.
        Record = "record",
        /// The benchmark.
        Benchmark = "benchmark",
        /// Where the figure of a benchmark was published.
        Source = "source",
        /// The day on which it was.
        Released = "released",
        /// How long its period is, where that is not as for the indicator.
        Period = "period",
    }
}

impl SourceKind {
    /// The columns that its rows may have.
    pub fn columns(self) -> impl Iterator<Item = StandardColumn> {
        StandardColumn::ALL.into_iter().filter(move |column| self.has(*column))
    }

    /// The column of whom or where a figure is of.
    #[must_use]
    pub fn place_column(self) -> StandardColumn {
        match self {
            Self::Benchmarks => StandardColumn::Benchmark,
            Self::Results | Self::Activity | Self::Records => StandardColumn::Area,
        }
    }

    fn has(self, column: StandardColumn) -> bool {
        use StandardColumn::{
            Activity, Area, Benchmark, Cohort, Denominator, Indicator, Month, Numerator, Period,
            Record, Released, Source, Status, Value,
        };
        match column {
            Indicator | Numerator | Denominator | Value | Month => true,
            Benchmark | Source | Released | Period => self == Self::Benchmarks,
            Area | Cohort | Status | Activity | Record => self != Self::Benchmarks,
        }
    }

    /// The column of this kind that a word is.
    fn column(self, word: &str) -> Option<StandardColumn> {
        StandardColumn::from_word(word).filter(|column| self.has(*column))
    }
}

impl StandardColumn {
    /// Whether it holds figures.
    #[must_use]
    pub fn is_figure(self) -> bool {
        matches!(self, Self::Numerator | Self::Denominator | Self::Value)
    }

    /// The column with this heading.
    #[must_use]
    pub fn named(heading: &str) -> Option<Self> {
        Self::from_word(&name_key(heading))
    }
}

/// What a column of a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OurColumn {
    /// A column of the standard form.
    Standard(StandardColumn),
    /// The counts of an activity.
    Activity(ActivityId),
}

/// The most heading rows that a table may have.
const MOST_HEADER_ROWS: u32 = 3;

table! {
    SourceKeys: "[[source]]", "What a file of an extract is, as a system exports it.", rules = rules;
    id: required IdValue, "what it goes by in findings and lists";
    files: required TextOrTexts,
        "the names of its files: * is any text, {area} and {month} are read from the name";
    folder: optional TextValue, "where its files are, from the data folder";
    several: optional Flag,
        "whether a month has more than one; by default where a name has {area} or {month}";
    sheet: optional TextValue,
        "the sheet of a workbook; * is every visible one, {area} and {month} those so named";
    kind: optional Choice<SourceKind>, "what its rows are; results by default";
    header_rows: optional Whole<1, MOST_HEADER_ROWS>,
        "how many rows of headings there are; an upper one reaches over the blanks right of it";
    fill_down: optional TextOrTexts, "the columns in which a blank means as above";
    leave_out: optional ConditionsValue, "rows to leave out, by what is in their columns";
    totals: optional ConditionsValue,
        "rows to leave out and to compare with the sum of those above";
    only: optional ConditionsValue, "rows to take, by what is in their columns";
    for_indicators: optional TextOrTexts, "the indicators that are taken; all by default";
    gives_way: optional Flag, "whether the figure of another source counts where it has one";
    unknown_areas: optional Choice<UnknownAreas>,
        "what is done with a row of an area that is not defined";
    symbols: optional ByName<Choice<Symbol>>, "what symbols mean in its cells";
    percent_as: optional Choice<PercentAs>, "whether 78.4% is written as 78.4 or as 0.784";
    above: optional ByName<TextAt>,
        "cells above the table: the label, and which column the value beside it is of";
    columns: optional ByName<TextOrTexts>,
        "ours = theirs; of several the first that is not blank";
    month_is: optional Choice<MonthIs>, "what its months are written as; months by default";
    fixed: optional ByName<TextAt>, "what is the same in every row";
    names: optional OneTable<SourceNameKeys>, "what it calls things";
    across: optional OneTable<AcrossKeys>, "what runs across in its headings";
    outline: optional OneTable<OutlineKeys>, "a column in which one thing stands below another";
    measures = "measure": optional TableList<MeasureKeys>,
        "the indicators that the columns of a row are of";
    dates: optional Choice<DateOrder>, "how dates in conditions are written; british by default";
    no_rows: optional Choice<NoRows>, "what an area has without a record; zero by default";
    holds: optional Choice<Holds>,
        "month, if figures of more than a month are counted over the files of all their months";
    count_once: optional TextValue, "the column of the person, who counts once in each area";
    keep: optional OneTable<KeepKeys>, "which of several rows of a person counts";
    lookups = "lookup": optional TableList<LookupKeys>, "columns that are in another file";
    cohort: optional ByName<ConditionsValue>, "which records belong to a cohort";
    counts = "count": optional TableList<CountKeys>, "what is counted of the records";
}

const RECORDS: &[SourceKind] = &[SourceKind::Records];

/// A key that only sources of some kinds have.
struct KeyOfKinds {
    name: &'static str,
    kinds: &'static [SourceKind],
    /// Where it stands. `None` if it does not.
    span: fn(&SourceKeys) -> Option<Range<usize>>,
}

const KEYS_OF_KINDS: [KeyOfKinds; 9] = [
    KeyOfKinds {
        name: "measure",
        kinds: &[SourceKind::Results, SourceKind::Benchmarks],
        span: |keys| Some(keys.measures.items().first()?.span.clone()),
    },
    KeyOfKinds {
        name: "across",
        kinds: &[SourceKind::Results, SourceKind::Activity, SourceKind::Benchmarks],
        span: |keys| Some(keys.across.get()?.span.clone()),
    },
    KeyOfKinds {
        name: "outline",
        kinds: &[SourceKind::Results, SourceKind::Activity],
        span: |keys| Some(keys.outline.get()?.span.clone()),
    },
    KeyOfKinds { name: "no_rows", kinds: RECORDS, span: |keys| keys.no_rows.span() },
    KeyOfKinds { name: "holds", kinds: RECORDS, span: |keys| keys.holds.span() },
    KeyOfKinds { name: "count_once", kinds: RECORDS, span: |keys| keys.count_once.span() },
    KeyOfKinds { name: "keep", kinds: RECORDS, span: |keys| Some(keys.keep.get()?.span.clone()) },
    KeyOfKinds { name: "cohort", kinds: RECORDS, span: |keys| keys.cohort.span() },
    KeyOfKinds {
        name: "count",
        kinds: RECORDS,
        span: |keys| Some(keys.counts.items().first()?.span.clone()),
    },
];

/// What `kind` has to be beside the keys that not every source has.
fn rules() -> Vec<Value> {
    let beside = KEYS_OF_KINDS.iter().map(|key| {
        let words: Vec<_> = key.kinds.iter().map(|kind| kind.as_str()).collect();
        let mut rule = json!({ "properties": { "kind": { "enum": words } } });
        if !key.kinds.contains(&SourceKind::Results) {
            rule["required"] = json!(["kind"]);
        }
        (key.name.to_owned(), rule)
    });
    let beside: Map<_, _> = beside.collect();
    vec![json!({ "dependencies": beside }), json!({ "not": { "required": ["across", "measure"] } })]
}

table! {
    CountKeys: "[[source.count]]", "What is counted of records.", rules = count_rules;
    indicator: optional TextValue, "the indicator that it is the figure of";
    activity: optional TextValue, "the activity that it is the figure of";
    numerator: optional CountedValue, "which of the records of the denominator count";
    denominator: optional CountedValue, "which records they are counted out of";
    value: optional CountedValue, "which records count";
}

/// An indicator or an activity; both halves of a ratio, or a value.
fn count_rules() -> Vec<Value> {
    let has = |key: &str| json!({ "required": [key] });
    vec![
        json!({ "oneOf": [has("indicator"), has("activity")] }),
        json!({ "oneOf": [
            { "required": ["numerator", "denominator"], "not": has("value") },
            { "required": ["value"], "not": { "anyOf": [has("numerator"), has("denominator")] } },
        ] }),
    ]
}

table! {
    OutlineKeys: "[source.outline]", "A column in which one thing stands below another.";
    column: required TextValue, "the column";
    levels: required TextOrTexts, "what it holds, from the outermost";
}

table! {
    SourceNameKeys: "[source.names]", "What a source calls things: theirs = ours.";
    area: optional ByName<TextAt>, "its areas and teams";
    indicator: optional ByName<TextAt>, "its indicators";
    cohort: optional ByName<TextAt>, "its cohorts";
    activity: optional ByName<TextAt>, "its activities";
    benchmark: optional ByName<TextAt>, "its benchmarks";
}

table! {
    AcrossKeys: "[source.across]", "What runs across in the headings of a source.";
    headings: required TextOrTexts, "what each row of headings holds, from the top";
    figure: optional FigureColumns,
        "which of ours the figures are, or which each lowest heading is";
    ignore: optional TextOrTexts, "columns that do not run across";
}

/// Which of our columns figures are: one, or by their headings.
pub(crate) struct FigureColumns;

impl Takes for FigureColumns {
    type Value = Vec<(Spanned<String>, Spanned<String>)>;
    const KIND: KeyKind = KeyKind::AnyOf {
        kinds: &[KeyKind::Text, KeyKind::ByName(&KeyKind::Text)],
        wanted: "\"value\", or a table such as { Num = \"numerator\", Den = \"denominator\" }",
    };

    fn read(
        reader: &mut TableReader<'_>,
        key: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<Self::Value, Wrong> {
        if matches!(item.get_ref(), DeValue::Table(_)) {
            return ByName::<TextAt>::read(reader, key, item);
        }
        let ours = TextAt::read(reader, key, item)?;
        Ok(vec![(Spanned { value: String::new(), span: ours.span.clone() }, ours)])
    }
}

/// A file of an extract, as a system exports it.
#[derive(Clone, Debug)]
pub struct ExtractSource {
    /// What it goes by.
    pub id: String,
    /// The names of its files.
    pub files: Vec<String>,
    /// Where they are, from the data folder; in the folder of each month, if this says nothing.
    pub folder: Option<String>,
    /// Whether a month may have more than one.
    pub several: bool,
    /// Which sheets of a workbook.
    pub sheet: Option<String>,
    /// What its rows are.
    pub kind: SourceKind,
    /// How many rows of headings there are.
    pub header_rows: usize,
    /// The columns in which a blank means as above.
    pub fill_down: Vec<String>,
    /// Rows to leave out.
    pub leave_out: Conditions,
    /// Rows to leave out and to compare with the sum of those above.
    pub totals: Conditions,
    /// Rows to take; all, where this says nothing.
    pub only: Option<Conditions>,
    /// The indicators that are taken; all, where there are none.
    pub for_indicators: Vec<IndicatorId>,
    /// Whether the figure of another source counts where it has one.
    pub gives_way: bool,
    /// What its months are written as; months, where this says nothing.
    pub month_is: Option<MonthIs>,
    /// What is done with rows of areas that are not defined.
    pub unknown_areas: UnknownAreas,
    /// What symbols mean.
    pub symbols: Vec<(String, Symbol)>,
    /// What a percentage is written as.
    pub percent_as: PercentAs,
    /// Labels above the table, and what the values beside them are.
    pub above: Vec<(String, StandardColumn)>,
    /// What its columns are called.
    pub columns: Vec<(OurColumn, Vec<String>)>,
    /// What is the same in every row.
    pub fixed: Vec<(StandardColumn, String)>,
    /// What it calls things: the column that names them, theirs and ours.
    pub names: Vec<(StandardColumn, String, String)>,
    /// What runs across.
    pub across: Option<Across>,
    /// The column in which one thing stands below another.
    pub outline: Option<Outline>,
    /// The indicators that the columns of a row are of.
    pub measures: Vec<Measure>,
    /// How dates in conditions are written.
    pub dates: DateOrder,
    /// What an area has without a record.
    pub no_rows: NoRows,
    /// Whether a file has the events of its month alone, so that figures of more than a month are
    /// counted over the files of all their months.
    pub holds_month: bool,
    /// The column of the person, who counts once in each area.
    pub count_once: Option<String>,
    /// Of several rows of a person, the one that counts.
    pub keep: Option<KeepLatest>,
    /// Columns that are in other files.
    pub lookups: Vec<RecordLookup>,
    /// Which records belong to which cohort.
    pub cohorts: Vec<(CohortId, Conditions)>,
    /// What is counted of records.
    pub counts: Vec<Count>,
    /// Where it is defined.
    pub place: Place,
}

/// A column in which one thing stands below another.
#[derive(Clone, Debug)]
pub struct Outline {
    /// The column.
    pub column: String,
    /// What it holds, from the outermost.
    pub levels: Vec<StandardColumn>,
}

/// What is counted of records.
#[derive(Clone, Debug)]
pub struct Count {
    /// What it is the figure of.
    pub of: CountOf,
    /// How it is counted.
    pub rule: CountRule,
}

/// What something counted is the figure of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountOf {
    /// An indicator.
    Indicator(IndicatorId),
    /// An activity.
    Activity(ActivityId),
}

/// How something is counted.
#[derive(Clone, Debug)]
pub enum CountRule {
    /// So many out of so many.
    Share {
        /// Those that count.
        numerator: Counted,
        /// Those that they are counted out of.
        denominator: Counted,
    },
    /// So many.
    Value(Counted),
}

/// What runs across in the headings of a source.
#[derive(Clone, Debug)]
pub struct Across {
    /// What each row of headings holds, from the top; nothing, where that is which figure it is.
    pub headings: Vec<Option<StandardColumn>>,
    /// Which of our columns figures are, by their headings; without one, all of them.
    pub figures: Vec<(String, StandardColumn)>,
    /// Columns that do not run across.
    pub ignore: Vec<String>,
}

impl ExtractSource {
    /// What is counted of its records.
    fn counted(&self) -> impl Iterator<Item = &Counted> {
        self.counts.iter().flat_map(|count| match &count.rule {
            CountRule::Share { numerator, denominator } => vec![numerator, denominator],
            CountRule::Value(value) => vec![value],
        })
    }

    /// Whether a text is a key of a source, as it may be written below one of its tables.
    #[must_use]
    pub fn is_key(text: &str) -> bool {
        SourceKeys::SHAPE.key(text).is_some()
    }

    /// The columns that conditions and what is counted speak of.
    #[must_use]
    pub fn asked_columns(&self) -> Vec<&str> {
        let cohorts = self.cohorts.iter().flat_map(|(_, conditions)| conditions.columns());
        let mut columns: Vec<_> = cohorts.chain(self.person_column()).collect();
        columns.extend(self.keep.iter().map(|keep| keep.latest.as_str()));
        columns.extend(self.lookups.iter().map(|lookup| lookup.ours.as_str()));
        columns.extend(self.counted().flat_map(Counted::columns));
        let rows = [&self.leave_out, &self.totals].into_iter().chain(&self.only);
        columns.extend(rows.flat_map(Conditions::columns));
        columns.extend(self.measured_rows().flat_map(Conditions::columns));
        columns.sort_unstable();
        columns.dedup();
        columns
    }

    /// The column of the person, where several rows of one are not several records.
    #[must_use]
    pub fn person_column(&self) -> Option<&str> {
        let kept = self.keep.as_ref().map(|keep| keep.per.as_str());
        self.count_once.as_deref().or(kept)
    }

    /// Whether any condition asks for working days.
    #[must_use]
    pub fn asks_for_working_days(&self) -> bool {
        let cohorts = self.cohorts.iter().map(|(_, conditions)| conditions);
        let rows = [&self.leave_out, &self.totals].into_iter().chain(&self.only);
        let mut all = cohorts
            .chain(self.counted().map(|counted| &counted.rows))
            .chain(rows)
            .chain(self.measured_rows());
        all.any(Conditions::ask_for_working_days)
    }

    /// The rows that parts of measures stand in.
    fn measured_rows(&self) -> impl Iterator<Item = &Conditions> {
        let parts = self.measures.iter().flat_map(|measure| &measure.parts);
        parts.filter_map(|(_, part)| match part {
            MeasurePart::Column { rows, .. } => rows.as_ref(),
            MeasurePart::Population(_) => None,
        })
    }

    /// The columns that are taken from other files.
    pub fn taken_columns(&self) -> impl Iterator<Item = &str> {
        self.lookups.iter().flat_map(|lookup| &lookup.take).map(String::as_str)
    }

    /// Whether a value in every row is this, wherever the file says it.
    #[must_use]
    pub fn is_fixed(&self, column: StandardColumn) -> bool {
        let token = format!("{{{}}}", column.as_str());
        let is_measured = column == StandardColumn::Indicator && !self.measures.is_empty();
        let is_in_outline =
            self.outline.as_ref().is_some_and(|outline| outline.levels.contains(&column));
        is_measured
            || is_in_outline
            || self.fixed.iter().any(|(fixed, _)| *fixed == column)
            || self.above.iter().any(|(_, above)| *above == column)
            || self.files.iter().chain(&self.sheet).any(|name| name.contains(&token))
    }

    /// Whether it runs across.
    #[must_use]
    pub fn runs_across(&self, column: StandardColumn) -> bool {
        self.across.as_ref().is_some_and(|across| across.headings.contains(&Some(column)))
    }
}

/// What a table by names has, each name with a list of texts.
type Lists = Vec<(Spanned<String>, Vec<Spanned<String>>)>;

fn texts(value: &KeyValue<Vec<Spanned<String>>>) -> Vec<String> {
    value.items().iter().map(|text| text.value.clone()).collect()
}

/// The remedy where the two sides of a line are exchanged: which stands first, and the line as it
/// has to be.
fn exchange(first: &str, left: &str, right: &str) -> String {
    let right = quote(right);
    format!("the two sides are exchanged: {first} stands first, so write {left} = {right}")
}

impl Builder<'_> {
    pub(super) fn sources(&mut self, sources: &[SourceKeys]) -> Vec<ExtractSource> {
        let ids = sources.iter().filter_map(|keys| keys.id.spanned());
        let found = |id: &str| format!("two sources have the id {}", quote(id));
        self.check_unique(ids, str::to_lowercase, found, "give one of them another id");
        sources.iter().filter_map(|keys| self.source(keys)).collect()
    }

    fn source(&mut self, keys: &SourceKeys) -> Option<ExtractSource> {
        let kind = keys.kind.value().unwrap_or(SourceKind::Results);
        let columns = self.source_columns(&keys.columns, kind);
        let fixed = self.fixed(&keys.fixed, kind);
        let above = self.above(&keys.above, kind);
        let names = self.source_names(keys.names.get());
        let across = keys.across.get().map(|across| self.across(across, kind));
        let outline = keys.outline.get().map(|outline| self.outline(outline));
        let measures = keys.measures.items().iter().filter_map(|keys| self.measure(keys)).collect();
        self.check_together(keys, kind);
        let header_rows = self.header_rows(keys, across.as_ref());
        let files = texts(&keys.files);
        let has_token =
            files.iter().any(|name| name.contains("{area}") || name.contains("{month}"));
        Some(ExtractSource {
            id: keys.id.value()?,
            files: if keys.files.is_there() { files } else { return None },
            folder: keys.folder.value(),
            several: keys.several.value().unwrap_or(has_token),
            sheet: keys.sheet.value(),
            kind,
            header_rows,
            fill_down: texts(&keys.fill_down),
            leave_out: keys.leave_out.value().unwrap_or_default(),
            totals: keys.totals.value().unwrap_or_default(),
            only: keys.only.value(),
            for_indicators: keys
                .for_indicators
                .items()
                .iter()
                .filter_map(|id| self.named_indicator(id, "the source's"))
                .collect(),
            gives_way: keys.gives_way.value().unwrap_or(false),
            month_is: keys.month_is.value(),
            unknown_areas: keys.unknown_areas.value().unwrap_or(UnknownAreas::Error),
            symbols: keys
                .symbols
                .items()
                .iter()
                .map(|(symbol, means)| (symbol.value.clone(), *means))
                .collect(),
            percent_as: keys.percent_as.value().unwrap_or(PercentAs::Percent),
            above,
            columns,
            fixed,
            names,
            across,
            outline,
            measures,
            dates: keys.dates.value().unwrap_or(DateOrder::British),
            no_rows: keys.no_rows.value().unwrap_or(NoRows::Zero),
            holds_month: keys.holds.value() == Some(Holds::Month),
            count_once: keys.count_once.value(),
            keep: self.keep_latest(keys.keep.get(), &keys.count_once),
            lookups: self.lookups(&keys.lookups),
            cohorts: self.source_cohorts(&keys.cohort),
            counts: keys.counts.items().iter().filter_map(|keys| self.count(keys)).collect(),
            place: self.place(&keys.span),
        })
    }

    fn source_cohorts(
        &mut self,
        cohorts: &KeyValue<Vec<(Spanned<String>, Conditions)>>,
    ) -> Vec<(CohortId, Conditions)> {
        let named = cohorts.items().iter().map(|(id, rows)| (self.named_cohort(id), rows));
        named.filter_map(|(cohort, rows)| Some((cohort?, rows.clone()))).collect()
    }

    fn count(&mut self, keys: &CountKeys) -> Option<Count> {
        let of = match (keys.indicator.spanned(), keys.activity.spanned()) {
            (Some(id), None) => self.named_indicator(id, "the source's").map(CountOf::Indicator),
            (None, Some(id)) => self.named_activity(id).map(CountOf::Activity),
            _ => {
                let remedy = "name the `indicator` that it is the figure of, or the `activity`";
                self.report(
                    Code::MissingKey,
                    keys.span.clone(),
                    "what is counted is of no indicator and no activity, or of both",
                    remedy,
                );
                None
            }
        };
        let rule = match (keys.numerator.value(), keys.denominator.value(), keys.value.value()) {
            (Some(numerator), Some(denominator), None) => {
                Some(CountRule::Share { numerator, denominator })
            }
            (None, None, Some(value)) => Some(CountRule::Value(value)),
            _ if [
                keys.numerator.is_refused(),
                keys.denominator.is_refused(),
                keys.value.is_refused(),
            ]
            .contains(&true) =>
            {
                None
            }
            _ => {
                let remedy = "say which records are the `numerator` and which the `denominator`, \
                    {} for all, or which are the `value`";
                self.report(
                    Code::MissingKey,
                    keys.span.clone(),
                    "it is not said what is counted",
                    remedy,
                );
                None
            }
        };
        Some(Count { of: of?, rule: rule? })
    }

    /// Reports keys that cannot stand beside one another, or in a source of this kind.
    fn check_together(&mut self, keys: &SourceKeys, kind: SourceKind) {
        if let (Some(measure), true) = (keys.measures.items().first(), keys.across.is_there()) {
            self.report(
                Code::BadValue,
                measure.span.clone(),
                "[source.across] and [[source.measure]]",
                "keep one of the two",
            );
        }
        for key in &KEYS_OF_KINDS {
            let Some(span) = (key.span)(keys).filter(|_| !key.kinds.contains(&kind)) else {
                continue;
            };
            let found = format!("`{}` in a source of {}", key.name, kind.as_str());
            let remedy = if key.kinds == RECORDS {
                "take it out, or say `kind = \"records\"` if the file has a row for each record"
                    .to_owned()
            } else {
                let kinds: Vec<_> = key.kinds.iter().map(|kind| kind.as_str()).collect();
                format!("take it out; sources of {} may have it", and(&kinds))
            };
            self.report(Code::BadValue, span, found, remedy);
        }
    }

    fn outline(&mut self, keys: &OutlineKeys) -> Outline {
        let mut levels = Vec::new();
        for level in keys.levels.items() {
            match self.standard_column(level, None, SourceKind::Results) {
                Some(
                    column @ (StandardColumn::Area
                    | StandardColumn::Indicator
                    | StandardColumn::Cohort
                    | StandardColumn::Activity),
                ) => levels.push(column),
                Some(column) => {
                    let found = format!("{} cannot be a level", quote(column.as_str()));
                    let remedy = "a level can be area, indicator, cohort or activity";
                    self.report(Code::BadValue, level.span.clone(), found, remedy);
                }
                None => {}
            }
        }
        Outline { column: keys.column.value().unwrap_or_default(), levels }
    }

    /// How many rows of headings there are: as many as there are things that run across.
    fn header_rows(&mut self, keys: &SourceKeys, across: Option<&Across>) -> usize {
        let rows = keys.header_rows.value().map(|rows| rows as usize);
        let Some(across) = across else { return rows.unwrap_or(1) };
        let headings = across.headings.len().max(1);
        if let Some(rows) = rows.filter(|rows| *rows != headings)
            && let Some(span) = keys.header_rows.span()
        {
            let found =
                format!("{rows} rows of headings, and `headings` says what {headings} hold");
            let remedy = "name under `headings` what each row of headings holds, from the top";
            self.report(Code::BadValue, span, found, remedy);
        }
        rows.unwrap_or(headings)
    }

    /// What the names of our columns in a table are; whoever exchanges the two sides is told so.
    fn source_columns(
        &mut self,
        columns: &KeyValue<Lists>,
        kind: SourceKind,
    ) -> Vec<(OurColumn, Vec<String>)> {
        let mut found = Vec::new();
        for (ours, theirs) in columns.items() {
            let texts = theirs.iter().map(|text| text.value.clone()).collect();
            if let Some(column) = self.our_column(&ours.value, kind) {
                found.push((column, texts));
                continue;
            }
            let exchanged = theirs.iter().any(|text| self.our_column(&text.value, kind).is_some());
            self.not_ours(ours, exchanged.then_some(theirs.as_slice()), kind);
        }
        found
    }

    fn our_column(&self, name: &str, kind: SourceKind) -> Option<OurColumn> {
        if let Some(column) = kind.column(name) {
            return Some(OurColumn::Standard(column));
        }
        let activity = self.names.activities.get(&name.to_lowercase());
        activity.filter(|_| kind == SourceKind::Activity).map(|id| OurColumn::Activity(*id))
    }

    /// Reports a name that is no column of ours, with what stands on the other side of its line.
    fn not_ours(
        &mut self,
        name: &Spanned<String>,
        exchanged: Option<&[Spanned<String>]>,
        kind: SourceKind,
    ) {
        if SourceKeys::SHAPE.key(&name.value).is_some() {
            return self.report_too_low(name);
        }
        let found = format!("{} is no column of an extract", quote(&name.value));
        let remedy = if let Some([theirs, ..]) = exchanged {
            exchange("ours", &theirs.value, &name.value)
        } else {
            let mut known: Vec<_> = kind.columns().map(StandardColumn::as_str).collect();
            if kind == SourceKind::Activity {
                known.extend(in_order(&self.names.activities));
            }
            let guess = did_you_mean(&name.value, known.iter().copied());
            format!("{guess}it can be {}", known.join(", "))
        };
        self.report(Code::UnknownKey, name.span.clone(), found, remedy);
    }

    /// Reports a key of `[[source]]` below one of its tables.
    fn report_too_low(&mut self, name: &Spanned<String>) {
        let (found, remedy) = written_too_low(&name.value, SourceKeys::SHAPE.header);
        self.report(Code::UnknownKey, name.span.clone(), found, remedy);
    }

    fn standard_column(
        &mut self,
        name: &Spanned<String>,
        other: Option<&Spanned<String>>,
        kind: SourceKind,
    ) -> Option<StandardColumn> {
        let column = kind.column(&name.value);
        if column.is_none() {
            let other = other.filter(|other| kind.column(&other.value).is_some());
            self.not_ours(name, other.map(std::slice::from_ref), kind);
        }
        column
    }

    fn fixed(
        &mut self,
        fixed: &KeyValue<Vec<(Spanned<String>, Spanned<String>)>>,
        kind: SourceKind,
    ) -> Vec<(StandardColumn, String)> {
        let one = |(ours, value): &(Spanned<String>, Spanned<String>)| {
            Some((self.standard_column(ours, Some(value), kind)?, value.value.clone()))
        };
        fixed.items().iter().filter_map(one).collect()
    }

    fn above(
        &mut self,
        above: &KeyValue<Vec<(Spanned<String>, Spanned<String>)>>,
        kind: SourceKind,
    ) -> Vec<(String, StandardColumn)> {
        let mut found = Vec::new();
        for (label, ours) in above.items() {
            if let Some(column) = kind.column(&ours.value) {
                found.push((label.value.clone(), column));
            } else if SourceKeys::SHAPE.key(&label.value).is_some() {
                self.report_too_low(label);
            } else {
                let exchanged = kind.column(&label.value).is_some();
                let found = format!("{} is no column of an extract", quote(&ours.value));
                let remedy = if exchanged {
                    exchange("the label", &quote(&ours.value), &label.value)
                } else {
                    let known: Vec<_> = kind.columns().map(StandardColumn::as_str).collect();
                    let guess = did_you_mean(&ours.value, known.iter().copied());
                    format!("{guess}it can be {}", known.join(", "))
                };
                self.report(Code::BadValue, ours.span.clone(), found, remedy);
            }
        }
        found
    }

    fn source_names(
        &mut self,
        names: Option<&SourceNameKeys>,
    ) -> Vec<(StandardColumn, String, String)> {
        let Some(keys) = names else { return Vec::new() };
        let tables = [
            (StandardColumn::Area, &keys.area),
            (StandardColumn::Indicator, &keys.indicator),
            (StandardColumn::Cohort, &keys.cohort),
            (StandardColumn::Activity, &keys.activity),
            (StandardColumn::Benchmark, &keys.benchmark),
        ];
        let mut found = Vec::new();
        for (column, table) in tables {
            for (theirs, ours) in table.items() {
                self.check_name(column, theirs, ours);
                found.push((column, theirs.value.clone(), ours.value.clone()));
            }
        }
        found
    }

    fn check_name(
        &mut self,
        column: StandardColumn,
        theirs: &Spanned<String>,
        ours: &Spanned<String>,
    ) {
        let names = &self.names;
        let is_defined = |name: &str| match column {
            StandardColumn::Area => names.areas.contains_key(name),
            StandardColumn::Indicator => names.indicators.contains_key(name),
            StandardColumn::Cohort => {
                let name = name.to_lowercase();
                let cohort = name.strip_prefix("excluding-").unwrap_or(&name);
                name == "all" || names.cohorts.contains_key(cohort)
            }
            StandardColumn::Benchmark => names.benchmarks.contains_key(&name.to_lowercase()),
            _ => names.activities.contains_key(&name.to_lowercase()),
        };
        if is_defined(&ours.value) {
            return;
        }
        if SourceKeys::SHAPE.key(&theirs.value).is_some() {
            return self.report_too_low(theirs);
        }
        let what = column.as_str();
        let found = format!("there is no {what} {}", quote(&ours.value));
        let remedy = if is_defined(&theirs.value) {
            exchange("theirs", &quote(&ours.value), &theirs.value)
        } else {
            let known = match column {
                StandardColumn::Area => in_order(&names.areas),
                StandardColumn::Indicator => in_order(&names.indicators),
                StandardColumn::Cohort => in_order(&names.cohorts),
                StandardColumn::Benchmark => in_order(&names.benchmarks),
                _ => in_order(&names.activities),
            };
            let guess = did_you_mean(&ours.value, known);
            format!(
                "{guess}theirs stands first and ours second; ours is a name that is defined here"
            )
        };
        self.report(Code::UnknownName, ours.span.clone(), found, remedy);
    }

    fn across(&mut self, keys: &AcrossKeys, kind: SourceKind) -> Across {
        let mut headings = Vec::new();
        for heading in keys.headings.items() {
            match heading.value.as_str() {
                "figure" => headings.push(None),
                _ => headings.extend(self.standard_column(heading, None, kind).map(Some)),
            }
        }
        let mut figures = Vec::new();
        for (theirs, ours) in keys.figure.items() {
            if let Some(column) =
                StandardColumn::from_word(&ours.value).filter(|column| column.is_figure())
            {
                figures.push((theirs.value.clone(), column));
                continue;
            }
            let exchanged =
                StandardColumn::from_word(&theirs.value).is_some_and(StandardColumn::is_figure);
            let found = format!("{} is no column of figures", quote(&ours.value));
            let remedy = if exchanged {
                exchange("theirs", &quote(&ours.value), &theirs.value)
            } else {
                "it can be numerator, denominator or value".to_owned()
            };
            self.report(Code::BadValue, ours.span.clone(), found, remedy);
        }
        if figures.is_empty() {
            figures.push((String::new(), StandardColumn::Value));
        }
        Across { headings, figures, ignore: texts(&keys.ignore) }
    }
}
