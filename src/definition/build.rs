//! From the tables of the file to a [`Definition`], in order: what names others comes after them.
//! Each table is built in the file of what it defines.

use std::collections::HashMap;
use std::ops::Range;

use super::keys::DefinitionKeys;
use super::statistics::Statistics;
use super::words::{Comparisons, Precision, PreviousFrom, Rollup};
use super::{Accountability, Definition, Edition, KnownNames, findings};
use crate::diagnostic::{Code, Findings, Place, Source};
use crate::month::{FinancialYear, Month};
use crate::text::{did_you_mean, quote};
use crate::toml_file::Spanned;

/// Builds what can be built; whatever is wrong is in `findings`.
pub(super) fn build(
    source: &Source,
    file: &DefinitionKeys,
    findings: &mut Findings,
) -> Option<Definition> {
    // Where it is missing, which has been reported, everything else is still looked at.
    let scorecard = file.scorecard.value().unwrap_or_default();
    let mut builder = Builder {
        source,
        findings,
        names: KnownNames::default(),
        year_start: scorecard
            .financial_year_start
            .value()
            .and_then(|start| u8::try_from(start).ok())
            .unwrap_or(FinancialYear::USUAL_START),
        targets_for: None,
        rollup: scorecard.rollup.value().unwrap_or(Rollup::None),
        statistics: file.statistics.get().map(Statistics::from).unwrap_or_default(),
        compare: scorecard
            .compare
            .value()
            .map_or_else(Comparisons::default, |asked| asked.into_iter().collect()),
    };
    builder.targets_for = scorecard
        .targets_for
        .spanned()
        .and_then(|label| builder.financial_year("targets_for", label));
    let statistics = builder.statistics;
    let accountability = file.accountability.get().map(Accountability::from).unwrap_or_default();

    let (areas, top) = builder.areas(file, &scorecard);
    builder.register_cohorts(file.cohorts.items());
    builder.register_benchmarks(file.benchmarks.items());
    let indicators = builder.indicators(file, &accountability);
    let cohorts = builder.cohorts(file.cohorts.items(), &areas);
    let benchmarks = builder.benchmarks(file.benchmarks.items());
    let activities = builder.activities(file.activities.items());
    let identities = builder.identities(file.identities.items());
    let frameworks = builder.frameworks(file.frameworks.items(), file.indicators.items());
    let products = builder.products(file.products.items(), &areas, file.indicators.items());
    let glossary = builder.glossary(file.glossary.items());
    let sources = builder.sources(file.sources.items());
    let disclosure = file.disclosure.get().and_then(|keys| builder.disclosure(keys, top));

    Some(Definition {
        path: source.path().clone(),
        title: scorecard.title.value()?,
        organisation: scorecard.organisation.value(),
        template: scorecard.template.value(),
        top: top?,
        year_start: builder.year_start,
        trend: scorecard.trend.value().and_then(|trend| u16::try_from(trend).ok()).unwrap_or(4),
        precision: scorecard.precision.value().unwrap_or(Precision::Unrounded),
        previous: scorecard.previous.value().unwrap_or(PreviousFrom::Published),
        statistics,
        areas,
        indicators,
        cohorts,
        benchmarks,
        activities,
        identities,
        frameworks,
        products,
        glossary,
        sources,
        disclosure,
        marking: scorecard.marking.value(),
        edition: Edition::Directors,
        severities: findings::severities(file.findings.items()),
        names: builder.names,
        shown: None,
    })
}

/// The names of a map in order: the map has them in another one each time, and of two names that
/// are as near, the same is to be guessed.
pub(super) fn in_order<T>(known: &HashMap<String, T>) -> Vec<&str> {
    let mut names: Vec<_> = known.keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

/// What to do about a name that two things go by.
pub(super) const ANOTHER_NAME: &str = "give one of them another name; extracts could mean either";

/// What has been built so far that other tables need.
pub(super) struct Builder<'f> {
    source: &'f Source,
    pub(super) findings: &'f mut Findings,
    /// What extracts and other tables may call things.
    pub(super) names: KnownNames,
    pub(super) year_start: u8,
    /// The year that the indicators' own targets are for.
    pub(super) targets_for: Option<FinancialYear>,
    /// Whether areas are the sum of their parts, for indicators that do not say.
    pub(super) rollup: Rollup,
    /// Which statistics there are.
    pub(super) statistics: Statistics,
    /// What figures are compared with, for indicators that do not say.
    pub(super) compare: Comparisons,
}

impl Builder<'_> {
    pub(super) fn report(
        &mut self,
        code: Code,
        span: Range<usize>,
        found: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.findings.push(self.source.finding(code, span, found, remedy));
    }

    /// Reports what is there twice, and where it is first.
    pub(super) fn report_twice(
        &mut self,
        span: Range<usize>,
        first: &Range<usize>,
        found: impl Into<String>,
        remedy: &str,
    ) {
        let first = self.source.place(first);
        let finding = self.source.finding(Code::Duplicate, span, found, remedy);
        self.findings.push(finding.with_related(first, "the first is here"));
    }

    /// Reports each of these names that is the same as an earlier one. What `key` makes of them is
    /// compared: the names themselves, or the names in lower case.
    pub(super) fn check_unique<'k>(
        &mut self,
        names: impl Iterator<Item = &'k Spanned<String>>,
        key: fn(&str) -> String,
        found: impl Fn(&str) -> String,
        remedy: &str,
    ) {
        let mut spans: HashMap<String, &Range<usize>> = HashMap::new();
        for name in names {
            let first = *spans.entry(key(&name.value)).or_insert(&name.span);
            if *first != name.span {
                self.report_twice(name.span.clone(), first, found(&name.value), remedy);
            }
        }
    }

    /// What the ids of a list stand for, by the ids in lower case: those of cohorts, benchmarks and
    /// activities match in any case. `things` is what they are, as in "two cohorts".
    pub(super) fn register_ids<'k, T>(
        &mut self,
        ids: impl Iterator<Item = Option<&'k Spanned<String>>> + Clone,
        things: &str,
        new: fn(usize) -> T,
    ) -> HashMap<String, T> {
        let found = |id: &str| format!("two {things} have the id {}", quote(id));
        self.check_unique(ids.clone().flatten(), str::to_lowercase, found, ANOTHER_NAME);
        let mut registered = HashMap::new();
        for (index, id) in ids.enumerate() {
            if let Some(id) = id {
                registered.entry(id.value.to_lowercase()).or_insert_with(|| new(index));
            }
        }
        registered
    }

    /// What an id stands for, in any case, among `known`. `None`, with a finding, if it is the id of
    /// no such `thing`, as in "an activity".
    pub(super) fn named<T: Copy>(
        &mut self,
        id: &Spanned<String>,
        known: fn(&KnownNames) -> &HashMap<String, T>,
        [article, thing]: [&str; 2],
    ) -> Option<T> {
        let known = known(&self.names);
        let found = known.get(&id.value.to_lowercase()).copied();
        if found.is_none() {
            let guess = did_you_mean(&id.value, in_order(known));
            let text = format!("{} is not {article} {thing}", quote(&id.value));
            let remedy = format!("{guess}define it with {article} [[{thing}]], or correct the id");
            self.report(Code::UnknownName, id.span.clone(), text, remedy);
        }
        found
    }

    /// The line that something is defined in.
    pub(super) fn place(&self, span: &Range<usize>) -> Place {
        Place { column: None, ..self.source.place(span) }
    }

    /// The financial year that a month is in.
    pub(super) fn year_of(&self, month: Month) -> FinancialYear {
        FinancialYear::of(month, self.year_start)
    }

    pub(super) fn financial_year(
        &mut self,
        key: &str,
        label: &Spanned<String>,
    ) -> Option<FinancialYear> {
        let year = FinancialYear::parse(&label.value, self.year_start);
        if year.is_none() {
            let example = if self.year_start == 1 { "\"2016\"" } else { "\"2015/16\"" };
            let found = format!("`{key}` {} is not a financial year", quote(&label.value));
            let mut remedy = format!(
                "write it as {example}: the year that it starts in and the last two digits of the \
                 next"
            );
            if key == "targets" {
                remedy += "; or a month of a year, from which the target counts, as \"2015-07\"";
            }
            self.report(Code::BadValue, label.span.clone(), found, remedy);
        }
        year
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn what_is_said_of_an_unknown_name_is_the_same_each_time() {
        let text = r#"
            scorecard = { title = "S", area = "A" }
            cohort = [{ id = "lac1", name = "1" }, { id = "lac2", name = "2" }]
            activity = [
                { id = "done1", name = "1" },
                { id = "done2", name = "2", starts = "done3", ends = "done1" },
            ]
            benchmark = [{ id = "one1", name = "1" }, { id = "one2", name = "2" }]
            [[indicator]]
            id = "9"
            section = "S"
            name = "N"
            polarity = "N"
            period = "SS"
            unit = "number"
            excludes = ["lac3"]
            [[source]]
            id = "s"
            files = "s.csv"
            kind = "activity"
            columns = { other = "Other" }
            names = { activity = { x = "done3" }, benchmark = { x = "one3" } }
            [disclosure]
            smallest_shown = 6
            keep = ["B"]
        "#;
        let source = Source::new("indicators.toml".into(), text.to_owned());
        let said: BTreeSet<Vec<String>> = (0..16)
            .map(|_| {
                let mut findings = Findings::default();
                assert!(Definition::parse(&source, &mut findings).is_none());
                findings.iter().map(|finding| finding.remedy.clone()).collect()
            })
            .collect();
        assert_eq!(said.len(), 1, "{said:?}");
        let said: Vec<_> = said.into_iter().flatten().collect();
        for guess in ["lac1", "done1", "one1"] {
            let is_guessed =
                |text: &String| text.starts_with(&format!("did you mean \"{guess}\"? "));
            assert!(said.iter().any(is_guessed), "{guess}: {said:?}");
        }
        assert!(
            said.iter().any(|text| text.ends_with("activity, record, done1, done2")),
            "{said:?}"
        );
    }
}
