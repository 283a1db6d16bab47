//! `[[benchmark]]`: what results are shown beside, such as England, and what an indicator is rated
//! against where that is one.

use serde_json::{Value, json};
use toml::de::DeValue;

use super::build::Builder;
use super::indicator::IndicatorKeys;
use super::standard::Target;
use super::words::Polarity;
use super::{BenchmarkId, Definition, IndicatorId};
use crate::diagnostic::{Code, Place};
use crate::figure::Decimal;
use crate::month::Month;
use crate::population::Population;
use crate::text::quote;
use crate::toml_file::kinds::{IdValue, TextList, TextValue, Wrong, number, word};
use crate::toml_file::schema::when;
use crate::toml_file::{Key, KeyKind, Spanned, TableReader, Takes, TomlItem, table};

table! {
    BenchmarkKeys: "[[benchmark]]", "What results are shown beside, such as England.";
    id: required IdValue, "what it goes by in the files of benchmarks, in any case";
    name: required TextValue, "its name";
    mean_of: optional TextList,
        "the benchmarks that it is the mean of, such as the statistical neighbours";
}

/// What results are shown beside.
#[derive(Clone, Debug)]
pub struct Benchmark {
    /// What it goes by in the files of benchmarks, as it is written in the definitions.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The benchmarks that it is the mean of. `None` if it has figures of its own.
    pub mean_of: Option<Vec<BenchmarkId>>,
    /// Where it is defined.
    pub place: Place,
}

/// The word for the interval of a figure, within which a benchmark is similar.
const INTERVAL: &str = "interval";

/// How near a benchmark is similar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Similar {
    /// So many points, the ends included.
    Points(Decimal),
    /// Within the interval of the figure, the ends included.
    Interval,
}

/// How near a benchmark is similar, as it is written.
pub(crate) struct SimilarValue;

impl Takes for SimilarValue {
    type Value = Similar;
    const KIND: KeyKind = KeyKind::AnyOf {
        kinds: &[KeyKind::Number, KeyKind::Choice(&[INTERVAL])],
        wanted: "a number of points such as 0.1, or \"interval\"",
    };

    fn read(
        _: &mut TableReader<'_>,
        _: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<Similar, Wrong> {
        if matches!(item.get_ref(), DeValue::String(_)) {
            return word(item.get_ref(), &[INTERVAL]).map(|_| Similar::Interval);
        }
        let points = number(item.get_ref())?;
        if points.is_negative() {
            return Err(Wrong::Value(format!("cannot be {points}: a distance cannot be below 0")));
        }
        Ok(Similar::Points(points))
    }
}

/// What an indicator is rated against, where that is a benchmark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatedAgainst {
    /// The benchmark.
    pub benchmark: BenchmarkId,
    /// How near it is similar.
    pub similar: Similar,
}

impl Definition {
    /// The benchmarks with figures of their own that the rating of a figure of `month` depends on.
    #[must_use]
    pub fn benchmarks_rated_against(&self, id: IndicatorId, month: Month) -> Vec<BenchmarkId> {
        let rated = self.indicator(id).rated_against.as_ref().map(|rated| rated.benchmark);
        let target = match self.target(id, month) {
            Some(Target::Relative(standard)) => standard.relative.benchmark(),
            _ => None,
        };
        let Some(benchmark) = rated.or(target) else { return Vec::new() };
        self.benchmark(benchmark).mean_of.clone().unwrap_or_else(|| vec![benchmark])
    }
}

impl Builder<'_> {
    pub(super) fn register_benchmarks(&mut self, benchmarks: &[BenchmarkKeys]) {
        let ids = benchmarks.iter().map(|keys| keys.id.spanned());
        self.names.benchmarks = self.register_ids(ids, "benchmarks", BenchmarkId::new);
    }

    pub(super) fn benchmarks(&mut self, benchmarks: &[BenchmarkKeys]) -> Vec<Benchmark> {
        benchmarks.iter().filter_map(|keys| self.benchmark(keys, benchmarks)).collect()
    }

    fn benchmark(&mut self, keys: &BenchmarkKeys, all: &[BenchmarkKeys]) -> Option<Benchmark> {
        Some(Benchmark {
            id: keys.id.value()?,
            name: keys.name.value()?,
            mean_of: keys.mean_of.spanned().map(|others| self.mean_of(others, all)),
            place: self.place(&keys.span),
        })
    }

    /// The benchmarks that one is the mean of, each once. None of them is a mean itself, so that
    /// every figure weighs the same.
    fn mean_of(
        &mut self,
        others: &Spanned<Vec<Spanned<String>>>,
        all: &[BenchmarkKeys],
    ) -> Vec<BenchmarkId> {
        if others.value.is_empty() {
            let remedy = "name the benchmarks that it is the mean of, or take `mean_of` out";
            self.report(Code::BadValue, others.span.clone(), "a mean without a benchmark", remedy);
        }
        let mut ids: Vec<BenchmarkId> = Vec::new();
        for other in &others.value {
            let Some(id) = self.named_benchmark(other) else { continue };
            if all[id.index()].mean_of.is_there() {
                let found = format!("the benchmark {} is a mean itself", quote(&other.value));
                let remedy = "name the benchmarks that have figures of their own";
                self.report(Code::BadValue, other.span.clone(), found, remedy);
            } else if ids.contains(&id) {
                let found = format!("the benchmark {} is named twice", quote(&other.value));
                let remedy = "name it once: each counts the same in the mean";
                self.report(Code::BadValue, other.span.clone(), found, remedy);
            } else {
                ids.push(id);
            }
        }
        ids
    }

    /// The benchmark that a key names.
    pub(super) fn named_benchmark(&mut self, id: &Spanned<String>) -> Option<BenchmarkId> {
        self.named(id, |names| &names.benchmarks, ["a", "benchmark"])
    }

    /// What an indicator is rated against, where that is a benchmark.
    pub(super) fn rated_against(&mut self, keys: &IndicatorKeys) -> Option<RatedAgainst> {
        let Some(id) = keys.rated_against.spanned() else {
            if let Some(similar) = keys.similar_within.spanned()
                && !keys.rated_against.is_there()
            {
                let found =
                    "`similar_within` without a benchmark that the indicator is rated against";
                let remedy = "add rated_against with the id of a [[benchmark]], or take it out";
                self.report(Code::MissingKey, similar.span.clone(), found, remedy);
            }
            return None;
        };
        let benchmark = self.named_benchmark(id);
        if keys.target.is_there() || keys.targets.is_there() {
            let remedy = "keep one of the two: a result has one rating";
            let found = "an indicator that is rated against a benchmark has no target";
            self.report(Code::BadValue, id.span.clone(), found, remedy);
        }
        if let Some(polarity @ (Polarity::Target | Polarity::Neither)) = keys.polarity.value() {
            let found = format!(
                "with polarity {} a result is neither better nor worse than a benchmark",
                polarity.as_str()
            );
            let remedy = "make the polarity H or L, or take `rated_against` out: the benchmark is \
                shown all the same";
            self.report(Code::BadValue, id.span.clone(), found, remedy);
        }
        let similar = keys.similar_within.spanned();
        if let Some(similar) = similar.filter(|similar| similar.value == Similar::Interval)
            && self.statistics.intervals.is_none()
        {
            let found = "no figure has an interval: [statistics] does not ask for them";
            let remedy = "add intervals = 95 under [statistics], or write a number of points";
            self.report(Code::MissingKey, similar.span.clone(), found, remedy);
        }
        let similar = similar.map(|similar| similar.value.clone());
        Some(RatedAgainst {
            benchmark: benchmark?,
            similar: similar.unwrap_or(Similar::Points(Decimal::new(0, 0))),
        })
    }
}

/// Whether no cohort may have this id, in lower case, because the rows of a benchmark are called so.
pub(super) fn is_name_of_benchmark(id: &str) -> bool {
    id.starts_with(Population::BENCHMARK)
}

/// What the keys of an indicator say about one another, for the JSON Schema.
pub(super) fn indicator_rules() -> Vec<Value> {
    let both_sided = [Polarity::Target, Polarity::Neither].map(Polarity::as_str);
    vec![
        json!({ "dependencies": {
            "similar_within": ["rated_against"],
            "rated_against": { "properties": { "target": false, "targets": false } },
        } }),
        when("polarity", &both_sided, &json!({ "properties": { "rated_against": false } })),
    ]
}
