//! `json`: everything, nested, with the evidence; written as it is assessed.
//!
//! Documented in `docs/json.md`. Numbers are written with the digits of tidy: plain decimals of at
//! most six places.

use std::io::{self, Write};

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::json_text::write_pretty;
use super::tidy::plain;
use crate::assess::{
    Assessed, Comparison, Entry, Excluding, Figure, Origin, Outcome, RedSince, TrendPoint, Variance,
};
use crate::definition::{AreaId, Bands, Definition, Frequency, Indicator, Standard, Unit};
use crate::extract::{Mark, Observation};
use crate::figure::{Amount, Decimal, Ratio};
use crate::month::{Date, Month};
use crate::population::Population;
use crate::rating::{Direction, Rag};
use crate::scorecard::Scorecard;
use crate::wording;

/// Writes the whole scorecard.
///
/// # Errors
///
/// Those of writing to `out`.
pub fn write(scorecard: &Scorecard<'_>, out: impl Write) -> io::Result<()> {
    let definition = scorecard.definition;
    let about = scorecard.extract().map(|extract| &extract.about);
    let date = |date: Option<Date>| date.map(|date| date.to_string());
    let document = Document {
        program: THIS,
        title: &definition.title,
        organisation: definition.organisation.as_deref(),
        month: scorecard.month.to_string(),
        financial_year: definition.financial_year(scorecard.month).to_string(),
        outturn_month: scorecard.assessor.outturn_month().to_string(),
        as_at: date(about.and_then(|about| about.as_at)),
        extracted: date(about.and_then(|about| about.extracted)),
        meeting: date(about.and_then(|about| about.meeting)),
        status: about.and_then(|about| about.status).map(crate::extract::Status::as_str),
        precision: definition.precision.as_str(),
        indicators: definition
            .indicators_in_force(scorecard.month)
            .map(|id| describe(definition, definition.indicator(id)))
            .collect(),
        cohorts: definition
            .cohorts
            .iter()
            .map(|cohort| Named { id: &cohort.id, name: &cohort.name })
            .collect(),
        activities: definition
            .activities
            .iter()
            .map(|activity| Named { id: &activity.id, name: &activity.name })
            .collect(),
        areas: Areas(scorecard),
        activity: Activity(scorecard),
        inputs: Inputs(scorecard),
    };
    write_pretty(&document, out)
}

#[derive(Serialize)]
struct Document<'s> {
    program: Program,
    title: &'s str,
    organisation: Option<&'s str>,
    month: String,
    financial_year: String,
    outturn_month: String,
    as_at: Option<String>,
    extracted: Option<String>,
    meeting: Option<String>,
    status: Option<&'s str>,
    precision: &'s str,
    indicators: Vec<Described<'s>>,
    cohorts: Vec<Named<'s>>,
    activities: Vec<Named<'s>>,
    areas: Areas<'s>,
    activity: Activity<'s>,
    /// The last, as files are read until the last of the others is written.
    inputs: Inputs<'s>,
}

/// What has written a file.
#[derive(Serialize)]
pub(super) struct Program {
    name: &'static str,
    version: &'static str,
}

/// This program.
pub(super) const THIS: Program =
    Program { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };

/// The files that have been read.
struct Inputs<'s>(&'s Scorecard<'s>);

#[derive(Serialize)]
struct Read {
    path: String,
    sha256: String,
}

impl Serialize for Inputs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let inputs = self.0.archive().ledger().inputs();
        serializer.collect_seq(
            inputs
                .into_iter()
                .map(|input| Read { path: input.path, sha256: input.digest.to_string() }),
        )
    }
}

#[derive(Serialize)]
struct Named<'s> {
    id: &'s str,
    name: &'s str,
}

#[derive(Serialize)]
struct Described<'s> {
    id: &'s str,
    #[serde(rename = "ref")]
    reference: Option<&'s str>,
    section: &'s str,
    name: &'s str,
    polarity: &'s str,
    period: &'s str,
    frequency: &'s str,
    unit: &'s str,
    per: Option<u32>,
    decimals: u8,
    rollup: &'s str,
    excludes: Vec<&'s str>,
    note: Option<&'s str>,
    cabinet_member: Option<&'s str>,
    director: Option<&'s str>,
    portfolio: Option<&'s str>,
    division: Option<&'s str>,
    source: Option<&'s str>,
}

fn describe<'s>(definition: &'s Definition, indicator: &'s Indicator) -> Described<'s> {
    let who = &indicator.accountability;
    Described {
        id: &indicator.id,
        reference: indicator.reference.as_deref(),
        section: &indicator.section,
        name: &indicator.name,
        polarity: indicator.polarity.as_str(),
        period: indicator.period.as_str(),
        frequency: Frequency::as_str(indicator.frequency),
        unit: indicator.unit.word().as_str(),
        per: if let Unit::Rate { per } = indicator.unit { Some(per) } else { None },
        decimals: indicator.decimals,
        rollup: indicator.rollup.as_str(),
        excludes: indicator
            .excludes
            .iter()
            .map(|cohort| definition.cohort(*cohort).id.as_str())
            .collect(),
        note: indicator.note.as_deref(),
        cabinet_member: who.cabinet_member.as_deref(),
        director: who.director.as_deref(),
        portfolio: who.portfolio.as_deref(),
        division: who.division.as_deref(),
        source: who.source.as_deref(),
    }
}

/// A number with exactly the digits that it is written with.
fn digits(plain: String) -> Box<RawValue> {
    RawValue::from_string(plain).expect("a plain decimal is a number in JSON")
}

fn ratio(exact: &Ratio) -> Box<RawValue> {
    digits(plain(exact))
}

fn decimal(number: &Decimal) -> Box<RawValue> {
    digits(plain(&number.into()))
}

/// The areas of the report, each assessed when it is written.
struct Areas<'s>(&'s Scorecard<'s>);

impl Serialize for Areas<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let scorecard = self.0;
        let mut sequence = serializer.serialize_seq(Some(scorecard.areas.len()))?;
        for &area in &scorecard.areas {
            let entries: Vec<_> = scorecard.assessor.area(area).collect();
            let parent = scorecard
                .definition
                .area(area)
                .parent
                .map(|parent| scorecard.definition.area(parent).name.as_str());
            let figures =
                entries.iter().flat_map(|entry| figures(scorecard, area, entry)).collect();
            sequence.serialize_element(&Area {
                name: &scorecard.definition.area(area).name,
                parent,
                summary: summary(&entries),
                figures,
            })?;
        }
        sequence.end()
    }
}

#[derive(Serialize)]
struct Area<'s> {
    #[serde(rename = "area")]
    name: &'s str,
    parent: Option<&'s str>,
    summary: Summary,
    figures: Vec<AreaFigure<'s>>,
}

#[derive(Default, Serialize)]
struct Summary {
    indicators: usize,
    green: usize,
    amber: usize,
    red: usize,
    not_rated: usize,
    previous: Moved,
    outturn: Moved,
}

#[derive(Default, Serialize)]
struct Moved {
    improved: usize,
    same: usize,
    worsened: usize,
    not_comparable: usize,
}

fn summary(entries: &[Entry<'_>]) -> Summary {
    let mut summary = Summary { indicators: entries.len(), ..Summary::default() };
    for entry in entries {
        let assessed = entry.including.as_ref();
        *match assessed.and_then(|assessed| assessed.rag) {
            Some(Rag::Green) => &mut summary.green,
            Some(Rag::Amber) => &mut summary.amber,
            Some(Rag::Red) => &mut summary.red,
            None => &mut summary.not_rated,
        } += 1;
        summary.previous.add(assessed.and_then(|assessed| assessed.previous.as_ref()));
        summary.outturn.add(assessed.and_then(|assessed| assessed.outturn.as_ref()));
    }
    summary
}

impl Moved {
    fn add(&mut self, comparison: Option<&Comparison<'_>>) {
        use Direction::{Improved, Same, Worsened};
        *match comparison.and_then(|comparison| comparison.direction) {
            Some(Improved) => &mut self.improved,
            Some(Same) => &mut self.same,
            Some(Worsened) => &mut self.worsened,
            None => &mut self.not_comparable,
        } += 1;
    }
}

#[derive(Serialize)]
struct AreaFigure<'s> {
    indicator: &'s str,
    cohort: String,
    data_month: String,
    numerator: Option<Box<RawValue>>,
    denominator: Option<Box<RawValue>>,
    result: Option<Box<RawValue>>,
    display: String,
    known_decimals: Option<u8>,
    rag: Option<&'static str>,
    #[serde(flatten)]
    firmness: Firmness,
    target: Option<Target>,
    previous: Option<Compared>,
    outturn: Option<Compared>,
    #[serde(skip_serializing_if = "Option::is_none")]
    variance: Option<Box<RawValue>>,
    from: Source,
    #[serde(skip_serializing_if = "Option::is_none")]
    exception: Option<Exception>,
}

#[derive(Serialize)]
struct Target {
    year: String,
    low: Box<RawValue>,
    high: Box<RawValue>,
    green_low: Option<Box<RawValue>>,
    green_high: Option<Box<RawValue>>,
    floor_low: Option<Box<RawValue>>,
    floor_high: Option<Box<RawValue>>,
    at_floor: &'static str,
    bandings: String,
    defined: String,
}

#[derive(Serialize)]
struct Compared {
    month: String,
    result: Box<RawValue>,
    display: String,
    #[serde(flatten)]
    firmness: Firmness,
    rag: Option<&'static str>,
    direction: Option<&'static str>,
    from: Source,
}

/// Where a figure came from.
#[derive(Serialize)]
struct Source {
    how: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    places: Vec<String>,
}

#[derive(Serialize)]
struct Exception {
    red_since: String,
    red_since_is_start: bool,
    trend: Vec<Point>,
    commentary: Option<String>,
    polarity: &'static str,
    period: String,
}

#[derive(Serialize)]
struct Point {
    month: String,
    result: Option<Box<RawValue>>,
    display: Option<String>,
    #[serde(flatten)]
    firmness: Firmness,
    rag: Option<&'static str>,
    target: Option<Target>,
}

/// Whether a figure is provisional or revised; nothing is written where it is neither.
#[derive(Default, Serialize)]
struct Firmness {
    #[serde(skip_serializing_if = "Option::is_none")]
    mark: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revised: Option<WasAndNow>,
}

#[derive(Serialize)]
struct WasAndNow {
    was: Option<Box<RawValue>>,
    now: Option<Box<RawValue>>,
}

fn firmness(figure: &Figure<'_>, indicator: &Indicator) -> Firmness {
    let result = |amount: &Option<Amount>| {
        Some(ratio(&crate::assess::outcome(amount.as_ref()?, indicator)?.exact))
    };
    Firmness {
        mark: figure.mark().map(Mark::as_str),
        revised: figure
            .revised
            .as_ref()
            .map(|revised| WasAndNow { was: result(&revised.was), now: result(&revised.now) }),
    }
}

fn figures<'s>(
    scorecard: &'s Scorecard<'_>,
    area: AreaId,
    entry: &Entry<'_>,
) -> Vec<AreaFigure<'s>> {
    let indicator = scorecard.definition.indicator(entry.indicator);
    let including = entry.including.as_ref().map(|assessed| {
        let mut figure = figure(scorecard, indicator, Population::Everyone, assessed, None);
        if assessed.rag == Some(Rag::Red) {
            figure.exception = Some(exception(scorecard, area, entry, assessed));
        }
        figure
    });
    let excluding = entry.excluding.iter().map(|Excluding { cohort, assessed, variance }| {
        let variance =
            if let Variance::Of(difference) = variance { Some(ratio(difference)) } else { None };
        figure(scorecard, indicator, Population::Excluding(*cohort), assessed, variance)
    });
    including.into_iter().chain(excluding).collect()
}

fn figure<'s>(
    scorecard: &'s Scorecard<'_>,
    indicator: &'s Indicator,
    population: Population,
    assessed: &Assessed<'_>,
    variance: Option<Box<RawValue>>,
) -> AreaFigure<'s> {
    let (numerator, denominator) = match &assessed.figure.amount {
        Amount::Ratio { numerator, denominator } => {
            (Some(decimal(numerator)), Some(decimal(denominator)))
        }
        Amount::Suppressed | Amount::Value(_) => (None, None),
    };
    AreaFigure {
        indicator: &indicator.id,
        cohort: scorecard.definition.population_name(population).into_owned(),
        data_month: assessed.figure.month.to_string(),
        numerator,
        denominator,
        result: assessed.outcome.as_ref().map(|outcome| ratio(&outcome.exact)),
        display: wording::result_ungrouped(assessed, indicator),
        known_decimals: assessed.outcome.as_ref().and_then(|outcome| outcome.known),
        rag: assessed.rag.map(Rag::as_str),
        firmness: firmness(&assessed.figure, indicator),
        target: assessed
            .standard
            .map(|standard| target(scorecard, indicator, standard, assessed.figure.month)),
        previous: assessed
            .previous
            .as_ref()
            .map(|comparison| compared(scorecard, indicator, comparison)),
        outturn: assessed
            .outturn
            .as_ref()
            .map(|comparison| compared(scorecard, indicator, comparison)),
        variance,
        from: from(scorecard, &assessed.figure),
        exception: None,
    }
}

fn target(
    scorecard: &Scorecard<'_>,
    indicator: &Indicator,
    standard: &Standard,
    month: Month,
) -> Target {
    let (low, high) = standard.bands.target();
    let green = if let Bands::Near { green, .. } = &standard.bands { Some(green) } else { None };
    Target {
        year: scorecard.definition.financial_year(month).to_string(),
        low: decimal(low),
        high: decimal(high),
        green_low: green.map(|green| decimal(&green.low)),
        green_high: green.map(|green| decimal(&green.high)),
        floor_low: standard.bands.floor_low().map(decimal),
        floor_high: standard.bands.floor_high().map(decimal),
        at_floor: standard.at_floor.as_str(),
        bandings: wording::bandings(standard, indicator),
        defined: standard.place.to_string(),
    }
}

fn compared(
    scorecard: &Scorecard<'_>,
    indicator: &Indicator,
    comparison: &Comparison<'_>,
) -> Compared {
    Compared {
        month: comparison.figure.month.to_string(),
        result: ratio(&comparison.outcome.exact),
        display: wording::outcome_ungrouped(&comparison.outcome, indicator),
        firmness: firmness(&comparison.figure, indicator),
        rag: comparison.rag().map(Rag::as_str),
        direction: comparison.direction.map(Direction::as_str),
        from: from(scorecard, &comparison.figure),
    }
}

fn from(scorecard: &Scorecard<'_>, figure: &Figure<'_>) -> Source {
    let place = |row: &Observation| {
        scorecard.extract_of(figure.month).map(|extract| extract.results.place(row).to_string())
    };
    let (how, rows) = match figure.origin {
        Origin::Row(row) => ("row", vec![row]),
        Origin::AlreadyExcluded(row) => ("already-excluded", vec![row]),
        Origin::Difference { all, cohort } => ("difference", vec![all, cohort]),
        Origin::Sum => ("sum", Vec::new()),
        Origin::Published(published) => {
            return Source { how: "published", places: vec![published.file.to_string()] };
        }
    };
    Source { how, places: rows.into_iter().filter_map(place).collect() }
}

fn exception(
    scorecard: &Scorecard<'_>,
    area: AreaId,
    entry: &Entry<'_>,
    assessed: &Assessed<'_>,
) -> Exception {
    let definition = scorecard.definition;
    let indicator = definition.indicator(entry.indicator);
    let RedSince { month, is_start } =
        scorecard.assessor.red_since(area, entry.indicator, assessed.figure.month);
    let trend =
        scorecard.assessor.trend(area, entry.indicator, assessed.figure.month, definition.trend);
    Exception {
        red_since: month.to_string(),
        red_since_is_start: is_start,
        trend: trend.iter().map(|point| trend_point(scorecard, indicator, point)).collect(),
        commentary: scorecard.commentary(area, entry.indicator),
        polarity: wording::polarity(indicator.polarity),
        period: wording::period(definition, indicator, assessed.figure.month),
    }
}

fn trend_point(scorecard: &Scorecard<'_>, indicator: &Indicator, point: &TrendPoint<'_>) -> Point {
    let shown = |outcome: &Outcome| wording::outcome_ungrouped(outcome, indicator);
    let without =
        || point.figure.as_ref().map(|figure| wording::no_result(&figure.amount).to_owned());
    Point {
        month: point.month.to_string(),
        result: point.outcome.as_ref().map(|outcome| ratio(&outcome.exact)),
        display: point.outcome.as_ref().map(shown).or_else(without),
        firmness: point
            .figure
            .as_ref()
            .map_or_else(Firmness::default, |figure| firmness(figure, indicator)),
        rag: point.rag.map(Rag::as_str),
        target: point.standard.map(|standard| target(scorecard, indicator, standard, point.month)),
    }
}

/// The activity of the areas and teams that the report is about.
struct Activity<'s>(&'s Scorecard<'s>);

#[derive(Serialize)]
struct Reported<'s> {
    area: &'s str,
    kind: &'static str,
    part_of: Option<&'s str>,
    activity: Vec<Done<'s>>,
}

#[derive(Serialize)]
struct Done<'s> {
    id: &'s str,
    this_month: Option<Shown>,
    last_month: Option<Shown>,
}

/// A count, or that it may not be shown.
#[derive(Serialize)]
#[serde(untagged)]
enum Shown {
    Count(Box<RawValue>),
    Suppressed(&'static str),
}

impl Serialize for Activity<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let scorecard = self.0;
        let definition = scorecard.definition;
        let (this, last) = (scorecard.extract(), scorecard.extract_of(scorecard.month.before(1)));
        let is_reported = |area: AreaId| {
            [this, last]
                .into_iter()
                .flatten()
                .any(|extract| extract.activities.has_area(area, definition))
        };
        let units = scorecard.within().filter(|area| is_reported(*area)).map(|area| Reported {
            area: &definition.area(area).name,
            kind: definition.area(area).kind.as_str(),
            part_of: definition
                .area(area)
                .parent
                .map(|parent| definition.area(parent).name.as_str()),
            activity: definition
                .activity_ids()
                .map(|activity| Done {
                    id: &definition.activity(activity).id,
                    this_month: shown(
                        this.and_then(|extract| extract.activities.amount(area, activity)),
                    ),
                    last_month: shown(
                        scorecard
                            .assessor
                            .reported_activity(area, activity, scorecard.month.before(1))
                            .0
                            .as_ref(),
                    ),
                })
                .filter(|done| done.this_month.is_some() || done.last_month.is_some())
                .collect(),
        });
        serializer.collect_seq(units)
    }
}

fn shown(amount: Option<&Amount>) -> Option<Shown> {
    match amount? {
        Amount::Value(count) => Some(Shown::Count(decimal(count))),
        Amount::Suppressed => Some(Shown::Suppressed(wording::SUPPRESSED)),
        Amount::Ratio { .. } => None,
    }
}
