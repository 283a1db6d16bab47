//! `results.json`: the results of a month, as `--format json` writes them and as a record is read
//! back. One type for both.
//!
//! Written, the areas come one after another as they are assessed; read, they are a list. What an
//! older version did not write is missing, and what a newer one adds is passed over. Documented in
//! `docs/json.md`.

use std::collections::HashSet;
use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::statistics::StatisticsResult;
use crate::definition::{CompareWith, Definition, Product, TableName, Threshold};
use crate::extract::{Mark, Status};
use crate::figure::{Amount, Decimal, PLACES, Ratio, Reason};
use crate::input::{Digest, SourceInput};
use crate::month::{Date, Month};
use crate::rating::{Direction, Rag, RangePosition, Verdict};

/// The results of a month. The type parameters are how its long lists are held: as lists, or as
/// what writes them one by one.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Results<Areas = Vec<AreaResults>, Activity = Vec<AreaActivity>, Inputs = Vec<ListedFile>>
{
    /// What made them.
    pub program: Program,
    /// The title that the papers carry.
    pub title: String,
    /// The product that is shown, with its title; nothing for the whole scorecard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<Named>,
    /// Whose scorecard it is.
    #[serde(default)]
    pub organisation: Option<String>,
    /// The report month.
    pub month: Month,
    /// Its financial year.
    pub financial_year: String,
    /// The last month of the financial year before.
    pub outturn_month: Month,
    /// The day that the figures describe.
    #[serde(default)]
    pub as_at: Option<Date>,
    /// The day on which they were extracted.
    #[serde(default)]
    pub extracted: Option<Date>,
    /// The meeting that they go to.
    #[serde(default)]
    pub meeting: Option<Date>,
    /// Whether they may still change.
    #[serde(default)]
    pub status: Option<Status>,
    /// Who it is for, where that is the public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// Which results are compared.
    pub precision: String,
    /// The indicators in force, in their order.
    pub indicators: Vec<IndicatorInfo>,
    /// What abbreviations and terms mean.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub glossary: Vec<TermInfo>,
    /// The cohorts.
    pub cohorts: Vec<Named>,
    /// The benchmarks; left out where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub benchmarks: Vec<Named>,
    /// The activities.
    pub activities: Vec<Named>,
    /// The areas, in their order.
    pub areas: Areas,
    /// What areas and teams did.
    pub activity: Activity,
    /// The files that all of it was made from.
    pub inputs: Inputs,
    /// The files of sources that have been read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<SourceFile>,
}

/// The program that made the results.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Program {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl Program {
    /// This program.
    #[must_use]
    pub fn this() -> Self {
        let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        Self { name: name.to_owned(), version: version.to_owned() }
    }

    /// Whether it is this program, in whichever version.
    #[must_use]
    pub fn is_this(&self) -> bool {
        self.name == env!("CARGO_PKG_NAME")
    }
}

/// A file of a source that has been read, and the SHA-256 of what was in it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct SourceFile {
    /// The source.
    pub source: String,
    /// Its path within the project.
    pub path: String,
    /// The digest, in hexadecimal.
    pub sha256: String,
}

impl From<SourceInput> for SourceFile {
    fn from(SourceInput { source, path, sha256 }: SourceInput) -> Self {
        Self { source, path, sha256 }
    }
}

/// A file and the SHA-256 of what was in it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct ListedFile {
    /// Its path within the project, or within a pack.
    pub path: String,
    /// The digest, in hexadecimal.
    pub sha256: String,
}

impl ListedFile {
    /// The file at a path, with the digest of what is in it.
    #[must_use]
    pub fn new(path: &str, digest: Digest) -> Self {
        Self { path: path.to_owned(), sha256: digest.to_string() }
    }
}

/// Something with an id and a name.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Of a cohort, whether its own results are shown too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own: bool,
}

/// An abbreviation or a term.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct TermInfo {
    /// The term.
    pub term: String,
    /// What it means.
    pub means: String,
}

/// What an indicator is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct IndicatorInfo {
    /// Its id.
    pub id: String,
    /// What is shown instead.
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    /// The heading that it stands under.
    pub section: String,
    /// What it measures.
    pub name: String,
    /// Which way is better.
    pub polarity: String,
    /// What a figure covers.
    pub period: String,
    /// How often there is a new one.
    pub frequency: String,
    /// What it is counted in.
    pub unit: String,
    /// For a rate: per how many.
    pub per: Option<u32>,
    /// Decimal places shown.
    pub decimals: u8,
    /// What it is called where there is little room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
    /// What stands before its numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// What stands behind its numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suffix: Option<String>,
    /// What its numerator, or its number, counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<String>,
    /// What its denominator counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub out_of: Option<String>,
    /// Whether a director looks at it first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<bool>,
    /// Whether areas without rows are the sum of their parts.
    pub rollup: String,
    /// The benchmark that it is rated against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rated_against: Option<String>,
    /// How near that is similar: a number of points, or `interval`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub similar_within: Option<String>,
    /// What share of records has to be there before it is rated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coverage: Option<CoverageInfo>,
    /// The groups that it is the gap between.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gap: Option<GapInfo>,
    /// Which earlier results its figures are compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compare: Option<Vec<String>>,
    /// The cohorts that it leaves out.
    pub excludes: Vec<String>,
    /// Its footnote.
    pub note: Option<String>,
    /// Who answers for it politically.
    #[serde(default)]
    pub cabinet_member: Option<String>,
    /// Who answers for it in the service.
    #[serde(default)]
    pub director: Option<String>,
    /// The portfolio.
    #[serde(default)]
    pub portfolio: Option<String>,
    /// The division.
    #[serde(default)]
    pub division: Option<String>,
    /// Where its figures come from.
    #[serde(default)]
    pub source: Option<String>,
}

impl IndicatorInfo {
    /// What is shown as its id.
    #[must_use]
    pub fn shown_id(&self) -> &str {
        self.reference.as_deref().unwrap_or(&self.id)
    }

    /// What differs in another version of it, by the key of the definitions: the key, what it was,
    /// what it is.
    #[must_use]
    pub fn differences(&self, now: &Self) -> Vec<(&'static str, String, String)> {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let values = |one: &Self| {
            [
                ("ref", text(&one.reference)),
                ("section", one.section.clone()),
                ("name", one.name.clone()),
                ("polarity", one.polarity.clone()),
                ("period", one.period.clone()),
                ("frequency", one.frequency.clone()),
                ("unit", one.unit.clone()),
                ("per", one.per.map_or_else(String::new, |per| per.to_string())),
                ("decimals", one.decimals.to_string()),
                ("rollup", one.rollup.clone()),
                ("rated_against", text(&one.rated_against)),
                ("similar_within", text(&one.similar_within)),
                ("coverage", one.coverage.as_ref().map_or_else(String::new, CoverageInfo::text)),
                ("gap", one.gap.as_ref().map_or_else(String::new, GapInfo::text)),
                ("excludes", one.excludes.join(", ")),
                ("note", text(&one.note)),
                ("short", text(&one.short)),
                ("prefix", text(&one.prefix)),
                ("suffix", text(&one.suffix)),
                ("counted", text(&one.counted)),
                ("out_of", text(&one.out_of)),
                ("priority", one.priority.map_or_else(String::new, |is| is.to_string())),
            ]
        };
        let pairs = values(self).into_iter().zip(values(now));
        pairs.filter(|(was, is)| was != is).map(|((key, was), (_, is))| (key, was, is)).collect()
    }
}

/// What share of records an indicator needs before it is rated.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct CoverageInfo {
    /// The id of the indicator that says what share is recorded.
    pub indicator: String,
    /// The share that is needed for a rating, in percent.
    pub needed: PlainNumber,
    /// The share above which the figure is robust.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub robust: Option<PlainNumber>,
}

impl CoverageInfo {
    /// As it is written in the definitions: `HV8, needed 85, robust 95`.
    fn text(&self) -> String {
        let robust = self.robust.as_ref();
        let robust = robust.map_or_else(String::new, |robust| format!(", robust {}", robust.0));
        format!("{}, needed {}{robust}", self.indicator, self.needed.0)
    }
}

/// The groups that an indicator is the gap between.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct GapInfo {
    /// The id of the percentage that they have.
    pub indicator: String,
    /// Whose result comes first.
    pub from: String,
    /// Whose result is taken from it.
    pub to: String,
}

impl GapInfo {
    /// `12, from excluding-fsm, to fsm`.
    fn text(&self) -> String {
        let Self { indicator, from, to } = self;
        format!("{indicator}, from {from}, to {to}")
    }
}

/// The figures of an area.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct AreaResults {
    /// Its name.
    #[serde(rename = "area")]
    pub name: String,
    /// The area that it is part of.
    #[serde(default)]
    pub parent: Option<String>,
    /// How many of its indicators are rated what, and moved which way.
    #[serde(default)]
    pub summary: Summary,
    /// Its figures, in the order of the indicators.
    pub figures: Vec<FigureResult>,
    /// What benchmarks have beside them; left out where they have nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub benchmarks: Vec<BenchmarkResult>,
}

impl AreaResults {
    /// The figure that an indicator has for everyone.
    #[must_use]
    pub fn figure(&self, indicator: &str) -> Option<&FigureResult> {
        let mut figures = self.figures.iter();
        figures.find(|figure| figure.indicator == indicator && figure.cohort == "all")
    }
}

/// How many indicators are rated what, and moved which way.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Summary {
    /// All of them.
    pub indicators: usize,
    /// Those that are green.
    pub green: usize,
    /// Those that are amber.
    pub amber: usize,
    /// Those that are red.
    pub red: usize,
    /// Those without a rating.
    pub not_rated: usize,
    /// Those of them that have a result of which too little is recorded.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub too_little_recorded: usize,
    /// Those of them that have no figure where it is said why, by what is said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub no_figure: Vec<ReasonCount>,
    /// From the previous result.
    pub previous: Movement,
    /// From the outturn.
    pub outturn: Movement,
    /// From the same period a year before, where any is compared with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_year: Option<Movement>,
}

/// How many indicators moved which way.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Movement {
    /// Those that improved.
    pub improved: usize,
    /// Those that stayed the same.
    pub same: usize,
    /// Those that worsened.
    pub worsened: usize,
    /// Those of them that worsened by two people or fewer.
    #[serde(default)]
    pub worsened_by_few: usize,
    /// Those that cannot be compared.
    pub not_comparable: usize,
}

/// Whether there are none to count.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks it of a reference")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// How many indicators have no figure for a reason.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct ReasonCount {
    /// What is said instead of a figure.
    pub reason: Reason,
    /// How many say so.
    pub indicators: usize,
}

impl Summary {
    /// Counts an indicator, by its rating.
    pub fn count(&mut self, rag: Option<Rag>) {
        self.indicators += 1;
        *match rag {
            Some(Rag::Green) => &mut self.green,
            Some(Rag::Amber) => &mut self.amber,
            Some(Rag::Red) => &mut self.red,
            None => &mut self.not_rated,
        } += 1;
    }

    /// Counts an indicator that has no figure for a reason.
    pub fn count_reason(&mut self, reason: Reason) {
        match self.no_figure.iter_mut().find(|count| count.reason == reason) {
            Some(count) => count.indicators += 1,
            None => self.no_figure.push(ReasonCount { reason, indicators: 1 }),
        }
        self.no_figure.sort_by_key(|count| count.reason);
    }
}

impl Movement {
    /// Counts an indicator.
    pub fn count(&mut self, direction: Option<Direction>) {
        *match direction {
            Some(Direction::Improved) => &mut self.improved,
            Some(Direction::Same) => &mut self.same,
            Some(Direction::Worsened) => &mut self.worsened,
            None => &mut self.not_comparable,
        } += 1;
    }
}

/// What a benchmark has beside the result of an indicator.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct BenchmarkResult {
    /// The id of the indicator.
    pub indicator: String,
    /// The id of the benchmark.
    pub benchmark: String,
    /// The last month of its period.
    pub data_month: Month,
    /// What it covers.
    pub period: String,
    /// Whether that is as long as what the result covers, so that the two can be compared.
    pub comparable: bool,
    /// The numerator.
    pub numerator: Option<PlainNumber>,
    /// The denominator.
    pub denominator: Option<PlainNumber>,
    /// The result.
    pub result: PlainNumber,
    /// The result as it is shown.
    pub display: String,
    /// When it was published.
    pub released: Option<Date>,
    /// The benchmark's figure of the period before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<EarlierBenchmarkResult>,
    /// The benchmark's outturn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outturn: Option<EarlierBenchmarkResult>,
    /// The benchmark's figure of the same period a year before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_year: Option<EarlierBenchmarkResult>,
    /// Where it was published, as its rows say.
    pub sources: Vec<String>,
    /// Where it stands: a row, or for a mean those of each benchmark.
    pub places: Vec<String>,
}

/// An earlier figure of a benchmark.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct EarlierBenchmarkResult {
    /// Its month.
    pub month: Month,
    /// Its result.
    pub result: PlainNumber,
    /// The result as it is shown.
    pub display: String,
    /// How the benchmark has moved from it.
    pub direction: Option<Direction>,
}

/// A figure as it is shown.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct FigureResult {
    /// The id of its indicator.
    pub indicator: String,
    /// `all`, or `excluding-` and a cohort.
    pub cohort: String,
    /// The month that it is of.
    pub data_month: Month,
    /// The period that it covers, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub covers: Option<String>,
    /// The numerator.
    pub numerator: Option<PlainNumber>,
    /// The denominator.
    pub denominator: Option<PlainNumber>,
    /// The result.
    pub result: Option<PlainNumber>,
    /// The result as it is shown.
    pub display: String,
    /// The decimal places that it is known to.
    pub known_decimals: Option<u8>,
    /// Its rating.
    pub rag: Option<Rag>,
    /// How it stands to the benchmark that it is rated against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Where it is, seen from its expected range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<RangePosition>,
    /// Whether it is provisional or revised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// How much of what it is about is recorded, where that decides whether it is rated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coverage: Option<CoverageResult>,
    /// Of a gap: the figures of the two groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gap: Option<GapResult>,
    /// What it was and is, where it is not what was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revised: Option<WasAndNow>,
    /// What it is rated against.
    pub target: Option<TargetInfo>,
    /// The previous result.
    pub previous: Option<ComparisonResult>,
    /// The outturn.
    pub outturn: Option<ComparisonResult>,
    /// The result of the same period a year before, where it is compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_year: Option<ComparisonResult>,
    /// What leaving the cohort out changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variance: Option<PlainNumber>,
    /// What statistics say of it, if they are asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statistics: Option<StatisticsResult>,
    /// Where it came from.
    pub from: FigureOrigin,
    /// Its exception report, where it is red.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exception: Option<ExceptionReport>,
    /// What the service says about it, where it is not red.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commentary: Option<String>,
}

impl FigureResult {
    /// What it was worked out from.
    #[must_use]
    pub fn amount(&self) -> Amount {
        match (&self.numerator, &self.denominator, &self.result) {
            (Some(numerator), Some(denominator), _) => {
                Amount::Ratio { numerator: numerator.0.clone(), denominator: denominator.0.clone() }
            }
            (_, _, Some(value)) => {
                Amount::Value(value.0.clone().padded(self.known_decimals.unwrap_or(0)))
            }
            _ if self.display == LOW => Amount::Low,
            _ => Reason::from_words(&self.display).map_or(Amount::Suppressed, Amount::NoFigure),
        }
    }

    /// Its result, as exactly as it is known.
    #[must_use]
    pub fn exact(&self, indicator: &IndicatorInfo) -> Option<Ratio> {
        let times = match indicator.unit.as_str() {
            "percent" => 100,
            "rate" => indicator.per.unwrap_or(1),
            _ => 1,
        };
        match &self.amount() {
            Amount::Ratio { numerator, denominator } => Ratio::new(numerator, denominator, times),
            Amount::Value(value) => Some(value.into()),
            Amount::Gap(gap) => Some(gap.exact.clone()),
            Amount::Suppressed | Amount::Low | Amount::NoFigure(_) => None,
        }
    }

    /// Whether it is rated against the same as another figure. What is said of it in words may be
    /// said in other words by another version of the program.
    #[must_use]
    pub fn is_rated_as(&self, other: &Self) -> bool {
        let limits = |figure: &Self| figure.target.as_ref().map(TargetInfo::limits);
        limits(self) == limits(other)
    }

    /// What the service says about it: Markdown.
    #[must_use]
    pub fn said(&self) -> Option<&str> {
        let of_red = self.exception.as_ref().and_then(|report| report.commentary.as_deref());
        of_red.or(self.commentary.as_deref())
    }

    /// What it is rated against, in words.
    #[must_use]
    pub fn bandings(&self) -> Option<&str> {
        self.target.as_ref().map(|target| target.bandings.as_str())
    }
}

/// How much of what a figure is about is recorded.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct CoverageResult {
    /// The id of the indicator that says so.
    pub indicator: String,
    /// The month that it says it of.
    pub month: Month,
    /// How many are recorded.
    pub numerator: Option<PlainNumber>,
    /// Out of how many.
    pub denominator: Option<PlainNumber>,
    /// The share that is recorded, in percent.
    pub result: PlainNumber,
    /// The share that is needed for a rating.
    pub needed: PlainNumber,
    /// The share above which the figure is robust.
    pub robust: Option<PlainNumber>,
    /// Whether too little is recorded for a rating.
    pub is_too_low: bool,
}

/// The figures of the two groups that a gap is between.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct GapResult {
    /// That of the group whose result comes first.
    pub from: GroupResult,
    /// That of the group whose result is taken from it.
    pub to: GroupResult,
}

/// The figure of one of the groups that a gap is between.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct GroupResult {
    /// Whom it is about.
    pub cohort: String,
    /// The numerator.
    pub numerator: Option<PlainNumber>,
    /// The denominator.
    pub denominator: Option<PlainNumber>,
    /// The result.
    pub result: Option<PlainNumber>,
    /// The result as it is shown.
    pub display: String,
}

/// What a figure was when it was published, and what it is now.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct WasAndNow {
    /// The published result.
    pub was: Option<PlainNumber>,
    /// The result now.
    pub now: Option<PlainNumber>,
}

/// What a figure is rated against.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct TargetInfo {
    /// The financial year.
    pub year: String,
    /// The month from which it is, where it is not from the first of the year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Month>,
    /// The target, or its lower end.
    pub low: PlainNumber,
    /// The target, or its upper end.
    pub high: PlainNumber,
    /// The lower end of the green band.
    pub green_low: Option<PlainNumber>,
    /// The upper end of the green band.
    pub green_high: Option<PlainNumber>,
    /// The floor below.
    pub floor_low: Option<PlainNumber>,
    /// The floor above.
    pub floor_high: Option<PlainNumber>,
    /// What a result exactly on the floor is.
    pub at_floor: String,
    /// All of it in words.
    pub bandings: String,
    /// Of a target with a profile, of which the rest is what is due by the data month: the target
    /// for the year, or its lower end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year_low: Option<PlainNumber>,
    /// The same, or its upper end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year_high: Option<PlainNumber>,
    /// How it was worked out, where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working: Option<String>,
    /// Where it is defined.
    pub defined: String,
}

impl TargetInfo {
    /// All that a rating goes by: the target, the green band, the floors, and what is on a floor.
    fn limits(&self) -> ([Option<PlainNumber>; 6], String) {
        let limits = [
            Some(self.low.clone()),
            Some(self.high.clone()),
            self.green_low.clone(),
            self.green_high.clone(),
            self.floor_low.clone(),
            self.floor_high.clone(),
        ];
        (limits, self.at_floor.clone())
    }
}

/// An earlier result, as it is shown beside a figure.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct ComparisonResult {
    /// The month that it is of.
    pub month: Month,
    /// The result.
    pub result: PlainNumber,
    /// The result as it is shown.
    pub display: String,
    /// Whether it is provisional or revised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// What it was and is, where it is not what was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revised: Option<WasAndNow>,
    /// Its rating.
    pub rag: Option<Rag>,
    /// How the figure has moved from it.
    pub direction: Option<Direction>,
    /// Where it came from.
    pub from: FigureOrigin,
}

/// Where a figure came from.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct FigureOrigin {
    /// `row`, `sum`, `difference`, ...
    pub how: String,
    /// The rows, by file and line or cell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
    /// How it has been counted, where it is from a list with a row a child or case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<String>,
}

/// The exception report of a red figure.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct ExceptionReport {
    /// The first period of the run of reds.
    pub red_since: Month,
    /// Whether the period before is known not to have been red.
    pub red_since_is_start: bool,
    /// The last periods, the oldest first.
    pub trend: Vec<TrendResult>,
    /// What the service says.
    pub commentary: Option<String>,
    /// Which way is better, in words.
    pub polarity: String,
    /// What the figure covers, in words.
    pub period: String,
}

/// A period of a trend.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct TrendResult {
    /// The last month of the period.
    pub month: Month,
    /// The result.
    pub result: Option<PlainNumber>,
    /// The result as it is shown.
    pub display: Option<String>,
    /// Whether it is provisional or revised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// What it was and is, where it is not what was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revised: Option<WasAndNow>,
    /// Its rating.
    pub rag: Option<Rag>,
    /// What it was rated against.
    pub target: Option<TargetInfo>,
}

/// What an area or team did.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct AreaActivity {
    /// Its name.
    pub area: String,
    /// `area` or `team`.
    pub kind: String,
    /// The area that it is part of.
    pub part_of: Option<String>,
    /// Its activities.
    pub activity: Vec<ActivityResult>,
}

/// An activity of an area or team.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct ActivityResult {
    /// The id of the activity.
    pub id: String,
    /// The count of the month.
    pub this_month: Option<ActivityCount>,
    /// The count of the month before.
    pub last_month: Option<ActivityCount>,
}

/// A count of activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActivityCount {
    /// The count.
    Number(PlainNumber),
    /// It may not be shown.
    Suppressed,
    /// It rounds to 0 and is not 0.
    Low,
    /// There is none, and why.
    NoFigure(Reason),
}

/// How a count that may not be shown is written, and one that rounds to 0 and is not 0.
const SUPPRESSED: &str = "[c]";
const LOW: &str = "[low]";

impl ActivityCount {
    /// The count of an amount; nothing, where it is no count.
    #[must_use]
    pub fn of(amount: &Amount) -> Option<Self> {
        match amount {
            Amount::Value(count) => Some(Self::Number(count.into())),
            Amount::Suppressed => Some(Self::Suppressed),
            Amount::Low => Some(Self::Low),
            Amount::NoFigure(reason) => Some(Self::NoFigure(*reason)),
            Amount::Ratio { .. } | Amount::Gap(_) => None,
        }
    }

    /// The amount.
    #[must_use]
    pub fn amount(&self) -> Amount {
        match self {
            Self::Number(count) => Amount::Value(count.0.clone()),
            Self::Suppressed => Amount::Suppressed,
            Self::Low => Amount::Low,
            Self::NoFigure(reason) => Amount::NoFigure(*reason),
        }
    }
}

impl Serialize for ActivityCount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(count) => count.serialize(serializer),
            Self::Suppressed => SUPPRESSED.serialize(serializer),
            Self::Low => LOW.serialize(serializer),
            Self::NoFigure(reason) => reason.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for ActivityCount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        if let Some(text) = raw.get().strip_prefix('"') {
            let reason = Reason::from_words(text.trim_end_matches('"')).map(Self::NoFigure);
            let other = if text.starts_with(LOW) { Self::Low } else { Self::Suppressed };
            return Ok(reason.unwrap_or(other));
        }
        PlainNumber::parse(raw.get()).map(Self::Number).map_err(D::Error::custom)
    }
}

/// A number with exactly the digits that it is written with: a plain decimal of at most six
/// places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainNumber(pub Decimal);

impl PlainNumber {
    fn parse(text: &str) -> Result<Self, String> {
        text.parse().map(Self).map_err(|_| format!("{text} is not a figure"))
    }
}

impl From<&Ratio> for PlainNumber {
    fn from(exact: &Ratio) -> Self {
        Self(exact.round(PLACES).trimmed())
    }
}

impl From<&Threshold> for PlainNumber {
    fn from(threshold: &Threshold) -> Self {
        Self(threshold.plain())
    }
}

impl From<&Decimal> for PlainNumber {
    fn from(number: &Decimal) -> Self {
        Self::from(&Ratio::from(number))
    }
}

impl fmt::Display for PlainNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for PlainNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digits = RawValue::from_string(self.0.to_string());
        digits.expect("a plain decimal is a number in JSON").serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for PlainNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        Self::parse(raw.get()).map_err(D::Error::custom)
    }
}

impl Results {
    /// Reads what has been written.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn parse(json: &[u8]) -> Result<Self, String> {
        serde_json::from_slice(json).map_err(|error| error.to_string())
    }

    /// Leaves what a product shows: its indicators, those of the comparisons that it asks for, and
    /// activity if it has the table. What a figure is compared with is up to the register, which a
    /// record is of.
    pub fn show(&mut self, definition: &Definition, product: &Product) {
        let ids: HashSet<_> =
            product.indicators.iter().map(|id| definition.indicator(*id).id.as_str()).collect();
        let is_asked = |with| product.compare.is_none_or(|compare| compare.has(with));
        self.title.clone_from(&product.title);
        self.indicators.retain(|indicator| ids.contains(indicator.id.as_str()));
        for area in &mut self.areas {
            area.figures.retain(|figure| ids.contains(figure.indicator.as_str()));
            for figure in &mut area.figures {
                figure.previous.take_if(|_| !is_asked(CompareWith::Previous));
                figure.outturn.take_if(|_| !is_asked(CompareWith::Outturn));
                figure.last_year.take_if(|_| !is_asked(CompareWith::LastYear));
            }
        }
        if !product.tables.is_empty() && !product.tables.contains(&TableName::Activity) {
            self.activity.clear();
        }
    }

    /// The results of the area that all others are part of.
    #[must_use]
    pub fn top(&self) -> Option<&AreaResults> {
        self.areas.iter().find(|area| area.parent.is_none())
    }

    /// The indicator with this id.
    #[must_use]
    pub fn indicator(&self, id: &str) -> Option<&IndicatorInfo> {
        self.indicators.iter().find(|indicator| indicator.id == id)
    }
}
