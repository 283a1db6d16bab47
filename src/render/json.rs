//! `json`: everything, nested, with the evidence. Each area is written as soon as it is assessed.
//!
//! The output is [`Results`], which is also the type that a record is read into. It is documented
//! in `docs/json.md`.

use std::io::{self, Write};
use std::path::Path;

use serde::{Serialize, Serializer};

use super::json_statistics;
use super::json_text::write_pretty;
use crate::assess::{
    Assessed, AssessedArea, Assessor, Before, Comparison, Covered, Earlier, Entry, Excluding,
    Figure, GapSides, Origin, Outcome, RedSince, Statistics, TrendPoint, Variance, shortfall,
};
use crate::definition::{
    AreaId, Bands, CompareWith, CoverageLevel, Definition, Frequency, Indicator, Similar, Standard,
    Unit,
};
use crate::diagnostic::Place;
use crate::extract::Observation;
use crate::figure::{Amount, PLACES};
use crate::history::History;
use crate::month::Month;
use crate::population::Population;
use crate::rating::Rag;
use crate::record::PUBLIC;
use crate::record::results::{
    ActivityCount, ActivityResult, AreaActivity, AreaResults, BenchmarkResult, ComparisonResult,
    CoverageInfo, CoverageResult, EarlierBenchmarkResult, ExceptionReport, FigureOrigin,
    FigureResult, GapInfo, GapResult, GroupResult, IndicatorInfo, ListedFile, Named, PlainNumber,
    Program, Results, SourceFile, Summary, TargetInfo, TermInfo, TrendResult, WasAndNow,
};
use crate::scope::Scope;
use crate::scorecard::AssessedActivity;
use crate::wording;

/// Writes the results of the areas of `scope`.
///
/// # Errors
///
/// If writing to `out` fails.
pub fn write(assessor: &Assessor<'_>, scope: &Scope, out: impl Write) -> io::Result<()> {
    let json = Json::new(assessor, scope);
    let results = json.results(
        OneByOne(|| json.areas()),
        OneByOne(|| json.activity()),
        OneByOne(|| json.inputs()),
    );
    write_pretty(&results, out)
}

/// The results of the areas of `scope`, as a record is read.
#[must_use]
pub fn results(assessor: &Assessor<'_>, scope: &Scope) -> Results {
    let json = Json::new(assessor, scope);
    json.results(json.areas().collect(), json.activity().collect(), json.inputs().collect())
}

/// A list whose items are created while it is written.
struct OneByOne<F>(F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for OneByOne<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

struct Json<'s, 'e> {
    assessor: &'s Assessor<'e>,
    scope: &'s Scope,
    history: &'e History<'e>,
    definition: &'e Definition,
    month: Month,
}

impl<'s, 'e> Json<'s, 'e> {
    fn new(assessor: &'s Assessor<'e>, scope: &'s Scope) -> Self {
        let history = assessor.history();
        let (definition, month) = (history.definition(), assessor.month());
        Self { assessor, scope, history, definition, month }
    }

    fn results<A, B, C>(&self, areas: A, activity: B, inputs: C) -> Results<A, B, C> {
        let (definition, month) = (self.definition, self.month);
        let about = self.history.extract(month).map(|extract| &extract.about);
        let named =
            |id: &str, name: &str| Named { id: id.to_owned(), name: name.to_owned(), own: false };
        Results {
            program: Program::this(),
            title: definition.shown_title().to_owned(),
            product: definition.product().map(|product| named(&product.id, &product.title)),
            organisation: definition.organisation.clone(),
            month,
            financial_year: definition.financial_year(month).to_string(),
            outturn_month: self.assessor.outturn_month(),
            as_at: about.and_then(|about| about.as_at),
            extracted: about.and_then(|about| about.extracted),
            meeting: self.history.meeting(month),
            status: about.and_then(|about| about.status),
            edition: definition.public().map(|_| PUBLIC.to_owned()),
            precision: definition.precision.as_str().to_owned(),
            indicators: definition
                .indicators_shown(month)
                .map(|id| describe(definition, definition.indicator(id)))
                .collect(),
            glossary: definition
                .glossary
                .iter()
                .map(|one| TermInfo { term: one.term.clone(), means: one.means.clone() })
                .collect(),
            cohorts: definition
                .cohorts
                .iter()
                .map(|one| Named { own: one.own, ..named(&one.id, &one.name) })
                .collect(),
            benchmarks: definition.benchmarks.iter().map(|one| named(&one.id, &one.name)).collect(),
            activities: definition.activities.iter().map(|one| named(&one.id, &one.name)).collect(),
            areas,
            activity,
            inputs,
            sources: if definition.public().is_some() {
                Vec::new()
            } else {
                self.history.source_inputs().into_iter().map(SourceFile::from).collect()
            },
        }
    }

    fn inputs(&self) -> impl Iterator<Item = ListedFile> {
        // The hash of an extract would tell whether a guess of a hidden figure is right.
        let is_public = self.definition.public().is_some();
        let inputs = self.history.inputs().into_iter().filter(move |_| !is_public);
        inputs.map(|input| ListedFile::new(&input.path, input.digest))
    }

    fn areas(&self) -> impl Iterator<Item = AreaResults> {
        self.scope.areas.iter().map(|area| self.area(&self.assessor.shown_with_trends(*area)))
    }

    fn area(&self, AssessedArea { area, entries }: &AssessedArea<'_>) -> AreaResults {
        let definition = self.definition;
        let parent = definition.area(*area).parent;
        AreaResults {
            name: definition.area(*area).name.clone(),
            parent: parent.map(|parent| definition.area(parent).name.clone()),
            summary: self.summary(entries),
            figures: entries.iter().flat_map(|entry| self.figures(*area, entry)).collect(),
            benchmarks: entries.iter().flat_map(|entry| self.benchmarks(entry)).collect(),
        }
    }

    /// Counts the indicators by rating, and by direction for each comparison that they have.
    fn summary(&self, entries: &[Entry<'_>]) -> Summary {
        let mut summary = Summary::default();
        for entry in entries {
            let assessed = entry.including.as_ref();
            summary.count(assessed.and_then(|assessed| assessed.rag));
            let is_too_low = |it: &Assessed<'_>| it.figure.is_too_low();
            summary.too_little_recorded += usize::from(assessed.is_some_and(is_too_low));
            if let Some(reason) = assessed.and_then(|assessed| assessed.figure.amount.reason()) {
                summary.count_reason(reason);
            }
            for with in self.definition.indicator(entry.indicator).compare.iter() {
                let earlier = assessed.and_then(|it| it.compared_with(with).result());
                let movement = match with {
                    CompareWith::Previous => &mut summary.previous,
                    CompareWith::Outturn => &mut summary.outturn,
                    CompareWith::LastYear => summary.last_year.get_or_insert_default(),
                };
                movement.count(earlier.and_then(|earlier| earlier.direction));
                let is_by_few = assessed.zip(earlier).is_some_and(|(assessed, earlier)| {
                    let indicator = self.definition.indicator(entry.indicator);
                    shortfall::has_worsened_by_few(assessed, earlier, indicator)
                });
                movement.worsened_by_few += usize::from(is_by_few);
            }
        }
        summary
    }

    fn figures(&self, area: AreaId, entry: &Entry<'_>) -> Vec<FigureResult> {
        let indicator = self.definition.indicator(entry.indicator);
        let statistics = |found: Option<&Statistics<'_>>| {
            found.map(|found| json_statistics::statistics(found, self.definition, indicator))
        };
        let including = entry.including.as_ref().map(|assessed| FigureResult {
            gap: entry.gap.as_deref().and_then(|sides| self.gap(sides)),
            exception: (assessed.rag == Some(Rag::Red))
                .then(|| self.exception(area, entry, assessed)),
            commentary: (assessed.rag != Some(Rag::Red))
                .then(|| self.commentary(area, entry))
                .flatten(),
            statistics: statistics(entry.statistics.as_deref()),
            ..self.figure(indicator, Population::Everyone, assessed)
        });
        let excluding = entry.excluding.iter().map(
            |Excluding { cohort, assessed, variance, statistics: found }| {
                let difference = match variance {
                    Variance::Of(difference) => Some(difference.into()),
                    Variance::NotApplicable | Variance::Unknown | Variance::DifferentMonths => None,
                };
                let population = Population::Excluding(*cohort);
                FigureResult {
                    variance: difference,
                    statistics: statistics(found.as_deref()),
                    ..self.figure(indicator, population, assessed)
                }
            },
        );
        let own = entry.own.iter().map(|own| FigureResult {
            statistics: statistics(own.statistics.as_deref()),
            ..self.figure(indicator, Population::Cohort(own.cohort), &own.assessed)
        });
        including.into_iter().chain(excluding).chain(own).collect()
    }

    /// What benchmarks have beside the figures of an indicator.
    fn benchmarks(&self, entry: &Entry<'_>) -> impl Iterator<Item = BenchmarkResult> {
        let indicator = self.definition.indicator(entry.indicator);
        entry.benchmarks.iter().map(move |beside| {
            let figure = &beside.figure;
            let (numerator, denominator) = figure.amount().map(parts).unwrap_or_default();
            let display = |outcome: &Outcome| wording::outcome_ungrouped(outcome, indicator);
            let earlier = |with: CompareWith| {
                let found = beside.earlier[with as usize].as_ref()?;
                Some(EarlierBenchmarkResult {
                    month: found.figure.month,
                    result: (&found.figure.outcome.exact).into(),
                    display: display(&found.figure.outcome),
                    direction: found.direction,
                })
            };
            BenchmarkResult {
                indicator: indicator.id.clone(),
                benchmark: self.definition.benchmark(figure.benchmark).id.clone(),
                data_month: figure.month,
                period: figure.period.as_str().to_owned(),
                comparable: beside.is_comparable,
                numerator,
                denominator,
                result: (&figure.outcome.exact).into(),
                display: display(&figure.outcome),
                released: figure.released(),
                previous: earlier(CompareWith::Previous),
                outturn: earlier(CompareWith::Outturn),
                last_year: earlier(CompareWith::LastYear),
                sources: figure.rows.iter().filter_map(|row| row.source.clone()).collect(),
                places: figure.rows.iter().map(|row| self.told(&row.place)).collect(),
            }
        })
    }

    fn figure(
        &self,
        indicator: &Indicator,
        population: Population,
        assessed: &Assessed<'_>,
    ) -> FigureResult {
        let (numerator, denominator) = parts(&assessed.figure.amount);
        let outcome = assessed.outcome.as_ref();
        let month = assessed.figure.month;
        // Beside why there is no figure there is nothing to compare or to rate.
        let has_answer = !assessed.figure.says_why();
        let compared = |earlier: &Earlier<'_>| {
            let comparison = earlier.result().filter(|_| has_answer)?;
            Some(self.comparison(indicator, comparison))
        };
        let standard = assessed.standard().filter(|_| has_answer);
        FigureResult {
            indicator: indicator.id.clone(),
            cohort: self.definition.population_name(population).into_owned(),
            data_month: month,
            covers: Some(wording::period_name(self.definition, indicator, month)),
            numerator,
            denominator,
            result: outcome.map(|outcome| (&outcome.exact).into()),
            display: wording::result_ungrouped(assessed, indicator),
            known_decimals: outcome.and_then(|outcome| {
                // Read back, a gap is known to the places that it is written with.
                let is_gap = matches!(assessed.figure.amount, Amount::Gap(_));
                outcome.known.or(is_gap.then_some(PLACES))
            }),
            rag: assessed.rag,
            verdict: assessed.verdict,
            range: assessed.range,
            mark: assessed.figure.mark(),
            coverage: assessed.figure.covered.as_deref().filter(|_| has_answer).map(coverage),
            gap: None,
            revised: revised(&assessed.figure, indicator),
            target: standard.map(|standard| self.target(indicator, standard, month)),
            previous: compared(&assessed.previous),
            outturn: compared(&assessed.outturn),
            last_year: compared(&assessed.last_year),
            variance: None,
            statistics: None,
            from: self.origin(&assessed.figure),
            exception: None,
            commentary: None,
        }
    }

    /// The figures of the two groups that a gap is between.
    fn gap(&self, sides: &GapSides<'_>) -> Option<GapResult> {
        let indicator = self.definition.indicator(sides.gap.indicator);
        let group = |figure: &Option<Figure<'_>>, who| {
            let amount = &figure.as_ref()?.amount;
            let (numerator, denominator) = parts(amount);
            let outcome = crate::assess::outcome(amount, indicator);
            Some(GroupResult {
                cohort: self.definition.population_name(who).into_owned(),
                numerator,
                denominator,
                result: outcome.as_ref().map(|outcome| (&outcome.exact).into()),
                display: outcome.map_or_else(
                    || wording::no_result(amount).to_owned(),
                    |outcome| wording::outcome_ungrouped(&outcome, indicator),
                ),
            })
        };
        Some(GapResult {
            from: group(&sides.from, sides.gap.from)?,
            to: group(&sides.to, sides.gap.to)?,
        })
    }

    fn target(&self, indicator: &Indicator, standard: &Standard, month: Month) -> TargetInfo {
        let (low, high) = standard.bands.target();
        let green =
            if let Bands::Near { green, .. } = &standard.bands { Some(green) } else { None };
        TargetInfo {
            year: self.definition.financial_year(month).to_string(),
            from: standard.from,
            low: low.into(),
            high: high.into(),
            green_low: green.map(|green| (&green.low).into()),
            green_high: green.map(|green| (&green.high).into()),
            floor_low: standard.bands.floor_low().map(PlainNumber::from),
            floor_high: standard.bands.floor_high().map(PlainNumber::from),
            at_floor: standard.at_floor.as_str().to_owned(),
            bandings: wording::bandings(standard, indicator),
            year_low: standard.due.as_ref().map(|due| (&due.of_year[0]).into()),
            year_high: standard.due.as_ref().map(|due| (&due.of_year[1]).into()),
            working: standard
                .working
                .as_ref()
                .map(|working| wording::working(self.definition, indicator, working)),
            defined: self.told(&standard.place),
        }
    }

    fn comparison(&self, indicator: &Indicator, comparison: &Comparison<'_>) -> ComparisonResult {
        ComparisonResult {
            month: comparison.figure.month,
            result: (&comparison.outcome.exact).into(),
            display: wording::outcome_ungrouped(&comparison.outcome, indicator),
            mark: comparison.figure.mark(),
            revised: revised(&comparison.figure, indicator),
            rag: comparison.rag(),
            direction: comparison.direction,
            from: self.origin(&comparison.figure),
        }
    }

    fn origin(&self, figure: &Figure<'_>) -> FigureOrigin {
        let place = |row: &Observation| {
            let extract = self.history.extract(figure.month)?;
            Some(extract.results.places(row))
        };
        let (how, rows) = match figure.origin {
            Origin::Row(row) => ("row", vec![row]),
            Origin::AlreadyExcluded(row) => ("already-excluded", vec![row]),
            Origin::Difference { all, cohort } => ("difference", vec![all, cohort]),
            Origin::Sum => ("sum", Vec::new()),
            Origin::Gap => ("gap", Vec::new()),
            Origin::SumMinusCohort(row) => ("difference", vec![row]),
            Origin::Published(published) => {
                let places = vec![self.told(&published.place())];
                return FigureOrigin { how: "published".to_owned(), places, counted: None };
            }
        };
        if self.definition.public().is_some() {
            // How many rows of a list a figure comes from is a count, too.
            return FigureOrigin { how: how.to_owned(), places: Vec::new(), counted: None };
        }
        let counted = rows.first().and_then(|row| {
            let extract = self.history.extract(figure.month)?;
            wording::counted(self.definition, extract, row).filter(|_| how == "row")
        });
        let places = rows.into_iter().filter_map(place).flatten();
        let places = places.map(|place| self.told(&place)).collect();
        FigureOrigin { how: how.to_owned(), places, counted }
    }

    /// A place as it is told to others: from the folder of the project.
    fn told(&self, place: &Place) -> String {
        let path = self.history.path_within(Path::new(&*place.path));
        Place { path: path.into(), ..place.clone() }.to_string()
    }

    /// What the service says about an indicator.
    fn commentary(&self, area: AreaId, entry: &Entry<'_>) -> Option<String> {
        let extract = self.history.extract(self.month)?;
        extract.commentary.of(area, entry.indicator).map(str::to_owned)
    }

    fn exception(
        &self,
        area: AreaId,
        entry: &Entry<'_>,
        assessed: &Assessed<'_>,
    ) -> ExceptionReport {
        let indicator = self.definition.indicator(entry.indicator);
        let unknown = RedSince { month: assessed.figure.month, before: Before::NoFigure };
        let since = entry.red_since.unwrap_or(unknown);
        ExceptionReport {
            red_since: since.month,
            red_since_is_start: since.is_start(),
            trend: entry.trend.iter().map(|point| self.trend_point(indicator, point)).collect(),
            commentary: self.commentary(area, entry),
            polarity: wording::polarity(indicator.polarity).to_owned(),
            period: wording::period(self.definition, indicator, Some(assessed.figure.month)),
        }
    }

    fn trend_point(&self, indicator: &Indicator, point: &TrendPoint<'_>) -> TrendResult {
        let shown = |outcome: &Outcome| wording::outcome_ungrouped(outcome, indicator);
        let no_result = || Some(wording::no_result(&point.figure.as_ref()?.amount).to_owned());
        let figure = point.figure.as_ref();
        TrendResult {
            month: point.month,
            result: point.outcome.as_ref().map(|outcome| (&outcome.exact).into()),
            display: point.outcome.as_ref().map(shown).or_else(no_result),
            mark: figure.and_then(Figure::mark),
            revised: figure.and_then(|figure| revised(figure, indicator)),
            rag: point.rag,
            target: point.standard().map(|standard| self.target(indicator, standard, point.month)),
        }
    }

    fn activity(&self) -> impl Iterator<Item = AreaActivity> {
        let units = self.scope.within().iter();
        units.filter_map(|area| Some(self.unit(&AssessedActivity::of(self.assessor, *area)?)))
    }

    fn unit(&self, AssessedActivity { area, counts }: &AssessedActivity) -> AreaActivity {
        let definition = self.definition;
        let activity = definition.activity_ids().zip(counts).map(|(id, counts)| ActivityResult {
            id: definition.activity(id).id.clone(),
            this_month: counts.this_month.as_ref().and_then(ActivityCount::of),
            last_month: counts.last_month.as_ref().and_then(ActivityCount::of),
        });
        let has_count =
            |counts: &ActivityResult| counts.this_month.is_some() || counts.last_month.is_some();
        let parent = definition.area(*area).parent;
        AreaActivity {
            area: definition.area(*area).name.clone(),
            kind: definition.area(*area).kind.as_str().to_owned(),
            part_of: parent.map(|parent| definition.area(parent).name.clone()),
            activity: activity.filter(has_count).collect(),
        }
    }
}

/// The numerator and the denominator of an amount that has them.
fn parts(amount: &Amount) -> (Option<PlainNumber>, Option<PlainNumber>) {
    match amount {
        Amount::Ratio { numerator, denominator } => {
            (Some(numerator.into()), Some(denominator.into()))
        }
        Amount::Suppressed
        | Amount::Low
        | Amount::Value(_)
        | Amount::NoFigure(_)
        | Amount::Gap(_) => (None, None),
    }
}

/// How much of what a figure is about is recorded.
fn coverage(covered: &Covered<'_>) -> CoverageResult {
    let (numerator, denominator) = parts(&covered.figure.amount);
    CoverageResult {
        indicator: covered.indicator.id.clone(),
        month: covered.figure.month,
        numerator,
        denominator,
        result: (&covered.outcome.exact).into(),
        needed: (&covered.coverage.needed).into(),
        robust: covered.coverage.robust.as_ref().map(PlainNumber::from),
        is_too_low: covered.level == CoverageLevel::TooLow,
    }
}

fn describe(definition: &Definition, indicator: &Indicator) -> IndicatorInfo {
    let accountability = indicator.accountability.clone();
    let cohort = |cohort| definition.cohort(cohort).id.clone();
    IndicatorInfo {
        id: indicator.id.clone(),
        reference: indicator.reference.clone(),
        section: indicator.section.clone(),
        name: indicator.name.clone(),
        polarity: indicator.polarity.as_str().to_owned(),
        period: indicator.period.as_str().to_owned(),
        frequency: Frequency::as_str(indicator.frequency).to_owned(),
        unit: indicator.unit.word().as_str().to_owned(),
        per: if let Unit::Rate { per } = indicator.unit { Some(per) } else { None },
        decimals: indicator.decimals,
        short: indicator.labels.short.clone(),
        prefix: indicator.labels.prefix.clone(),
        suffix: indicator.labels.suffix.clone(),
        counted: indicator.labels.counted.clone(),
        out_of: indicator.labels.out_of.clone(),
        priority: indicator.labels.is_priority.then_some(true),
        rollup: indicator.rollup.as_str().to_owned(),
        rated_against: indicator
            .rated_against
            .as_ref()
            .map(|rated| definition.benchmark(rated.benchmark).id.clone()),
        similar_within: indicator.rated_against.as_ref().map(|rated| match &rated.similar {
            Similar::Points(points) => points.clone().trimmed().to_string(),
            Similar::Interval => "interval".to_owned(),
        }),
        coverage: indicator.coverage.as_ref().map(|coverage| CoverageInfo {
            indicator: definition.indicator(coverage.indicator).id.clone(),
            needed: (&coverage.needed).into(),
            robust: coverage.robust.as_ref().map(PlainNumber::from),
        }),
        gap: indicator.gap.map(|gap| GapInfo {
            indicator: definition.indicator(gap.indicator).id.clone(),
            from: definition.population_name(gap.from).into_owned(),
            to: definition.population_name(gap.to).into_owned(),
        }),
        compare: Some(indicator.compare.iter().map(|with| with.as_str().to_owned()).collect()),
        excludes: indicator.excludes.iter().copied().map(cohort).collect(),
        note: indicator.note.clone(),
        cabinet_member: accountability.cabinet_member,
        director: accountability.director,
        portfolio: accountability.portfolio,
        division: accountability.division,
        source: accountability.source,
    }
}

/// What was published and what is known now. `None` if the figure is not revised.
fn revised(figure: &Figure<'_>, indicator: &Indicator) -> Option<WasAndNow> {
    let result = |amount: &Option<Amount>| {
        Some((&crate::assess::outcome(amount.as_ref()?, indicator)?.exact).into())
    };
    let revised = figure.revised.as_ref()?;
    Some(WasAndNow { was: result(&revised.was), now: result(&revised.now) })
}
