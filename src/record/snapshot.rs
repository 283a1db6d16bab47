//! The results of a month as JSON has them, read back: what was published, or what would be today.
//!
//! Numbers have the six places that they were written with. What is compared with them is rounded
//! likewise.

use crate::rating::{Direction, Rag};

use std::str::FromStr;

use crate::figure::{Amount, Decimal, Ratio};
use crate::month::Month;
use serde::Deserialize;
use serde_json::value::RawValue;

/// The results of a month.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The version of the program that made them.
    pub version: String,
    /// The title that the papers carry.
    pub title: String,
    /// The month.
    pub month: Month,
    /// The indicators in force, in their order.
    pub indicators: Vec<Described>,
    /// The ids of the cohorts.
    pub cohorts: Vec<String>,
    /// The areas, in their order.
    pub areas: Vec<Area>,
    /// What areas and teams did in the month.
    pub activity: Vec<Done>,
    /// The files that they were made from: path and SHA-256.
    pub inputs: Vec<(String, String)>,
}

/// What an area or team did of an activity.
#[derive(Clone, Debug)]
pub struct Done {
    /// The name of the area or team.
    pub area: String,
    /// The id of the activity.
    pub activity: String,
    /// How often.
    pub amount: Amount,
}

/// What an indicator was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Described {
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
    /// Whether areas without rows are the sum of their parts.
    pub rollup: String,
    /// The cohorts that it leaves out.
    pub excludes: Vec<String>,
    /// Its footnote.
    pub note: Option<String>,
}

impl Described {
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
                ("excludes", one.excludes.join(", ")),
                ("note", text(&one.note)),
            ]
        };
        let pairs = values(self).into_iter().zip(values(now));
        pairs.filter(|(was, is)| was != is).map(|((key, was), (_, is))| (key, was, is)).collect()
    }
}

/// The figures of an area.
#[derive(Clone, Debug)]
pub struct Area {
    /// Its name.
    pub name: String,
    /// Its figures, in the order of the indicators.
    pub figures: Vec<Figure>,
}

/// A figure as it was shown.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The id of its indicator.
    pub indicator: String,
    /// `all`, or `excluding-` and a cohort.
    pub cohort: String,
    /// The month that it is of.
    pub data_month: Month,
    /// The figure itself.
    pub amount: Amount,
    /// The result as it was shown.
    pub display: String,
    /// Its rating.
    pub rag: Option<Rag>,
    /// What it was rated against, in words.
    pub bandings: Option<String>,
    /// The previous result, and the arrow from it.
    pub previous: Option<Earlier>,
    /// The outturn, likewise.
    pub outturn: Option<Earlier>,
    /// Where it came from.
    pub places: Vec<String>,
}

impl Figure {
    /// Its result, as exactly as it is known.
    #[must_use]
    pub fn exact(&self, indicator: &Described) -> Option<Ratio> {
        let times = match indicator.unit.as_str() {
            "percent" => 100,
            "rate" => indicator.per.unwrap_or(1),
            _ => 1,
        };
        match &self.amount {
            Amount::Ratio { numerator, denominator } => Ratio::new(numerator, denominator, times),
            Amount::Value(value) => Some(value.into()),
            Amount::Suppressed => None,
        }
    }
}

/// An earlier result, as it was shown beside a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// As it was shown.
    pub display: String,
    /// How the figure had moved from it.
    pub direction: Option<Direction>,
    /// Where it came from.
    pub places: Vec<String>,
}

impl Snapshot {
    /// Reads what `--format json` has written.
    ///
    /// # Errors
    ///
    /// What is wrong, where it has not.
    pub fn parse(json: &[u8]) -> Result<Self, String> {
        let raw: Raw<'_> = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        Ok(Self {
            version: raw.program.version,
            title: raw.title,
            month: month(&raw.month)?,
            indicators: raw.indicators,
            cohorts: raw.cohorts.into_iter().map(|cohort| cohort.id).collect(),
            areas: raw.areas.into_iter().map(area).collect::<Result<_, _>>()?,
            activity: raw
                .activity
                .into_iter()
                .map(reported)
                .collect::<Result<Vec<_>, _>>()?
                .into_iter()
                .flatten()
                .collect(),
            inputs: raw.inputs.into_iter().map(|input| (input.path, input.sha256)).collect(),
        })
    }

    /// What an indicator was.
    #[must_use]
    pub fn indicator(&self, id: &str) -> Option<&Described> {
        self.indicators.iter().find(|indicator| indicator.id == id)
    }
}

#[derive(Deserialize)]
struct Raw<'j> {
    program: RawProgram,
    title: String,
    month: String,
    indicators: Vec<Described>,
    cohorts: Vec<RawCohort>,
    #[serde(borrow)]
    areas: Vec<RawArea<'j>>,
    #[serde(borrow)]
    activity: Vec<RawReported<'j>>,
    inputs: Vec<RawInput>,
}

#[derive(Deserialize)]
struct RawReported<'j> {
    area: String,
    #[serde(borrow)]
    activity: Vec<RawDone<'j>>,
}

#[derive(Deserialize)]
struct RawDone<'j> {
    id: String,
    #[serde(borrow)]
    this_month: Option<&'j RawValue>,
}

#[derive(Deserialize)]
struct RawProgram {
    version: String,
}

#[derive(Deserialize)]
struct RawCohort {
    id: String,
}

#[derive(Deserialize)]
struct RawInput {
    path: String,
    sha256: String,
}

#[derive(Deserialize)]
struct RawArea<'j> {
    area: String,
    #[serde(borrow)]
    figures: Vec<RawFigure<'j>>,
}

#[derive(Deserialize)]
struct RawFigure<'j> {
    indicator: String,
    cohort: String,
    data_month: String,
    #[serde(borrow)]
    numerator: Option<&'j RawValue>,
    #[serde(borrow)]
    denominator: Option<&'j RawValue>,
    #[serde(borrow)]
    result: Option<&'j RawValue>,
    display: String,
    known_decimals: Option<u8>,
    rag: Option<String>,
    target: Option<RawTarget>,
    previous: Option<RawEarlier>,
    outturn: Option<RawEarlier>,
    from: RawFrom,
}

#[derive(Deserialize)]
struct RawTarget {
    bandings: String,
}

#[derive(Deserialize)]
struct RawEarlier {
    display: String,
    direction: Option<String>,
    from: RawFrom,
}

#[derive(Deserialize)]
struct RawFrom {
    #[serde(default)]
    places: Vec<String>,
}

fn area(raw: RawArea<'_>) -> Result<Area, String> {
    let figures = raw.figures.into_iter().map(figure).collect::<Result<_, _>>();
    Ok(Area {
        figures: figures.map_err(|wrong| format!("{wrong}, in {:?}", raw.area))?,
        name: raw.area,
    })
}

fn figure(raw: RawFigure<'_>) -> Result<Figure, String> {
    let result = raw.result.map(number).transpose()?;
    let amount = match (raw.numerator, raw.denominator, result) {
        (Some(numerator), Some(denominator), _) => {
            Amount::Ratio { numerator: number(numerator)?, denominator: number(denominator)? }
        }
        (_, _, Some(value)) => Amount::Value(value.padded(raw.known_decimals.unwrap_or(0))),
        _ => Amount::Suppressed,
    };
    Ok(Figure {
        data_month: month(&raw.data_month)?,
        amount,
        display: raw.display,
        rag: raw.rag.map(|word| one_of(&Rag::ALL, Rag::as_str, &word)).transpose()?,
        bandings: raw.target.map(|target| target.bandings),
        previous: raw.previous.map(earlier).transpose()?,
        outturn: raw.outturn.map(earlier).transpose()?,
        places: raw.from.places,
        indicator: raw.indicator,
        cohort: raw.cohort,
    })
}

/// What an area or team did in the month; what it did in the month before is that month's to say.
fn reported(raw: RawReported<'_>) -> Result<Vec<Done>, String> {
    let RawReported { area, activity } = raw;
    let done = |id: String, count: &RawValue| {
        // It is a number, or the word for one that may not be shown.
        let amount = if count.get().starts_with('"') {
            Amount::Suppressed
        } else {
            Amount::Value(number(count)?)
        };
        Ok(Done { area: area.clone(), activity: id, amount })
    };
    activity.into_iter().filter_map(|raw| Some(done(raw.id, raw.this_month?))).collect()
}

fn earlier(raw: RawEarlier) -> Result<Earlier, String> {
    let direction =
        raw.direction.map(|word| one_of(&Direction::ALL, Direction::as_str, &word)).transpose()?;
    Ok(Earlier { display: raw.display, direction, places: raw.from.places })
}

fn number(raw: &RawValue) -> Result<Decimal, String> {
    Decimal::from_str(raw.get()).map_err(|_| format!("{} is not a figure", raw.get()))
}

fn month(text: &str) -> Result<Month, String> {
    text.parse().map_err(|_| format!("{text:?} is not a month"))
}

fn one_of<T: Copy>(
    all: &[T],
    word_of: impl Fn(T) -> &'static str,
    word: &str,
) -> Result<T, String> {
    all.iter()
        .copied()
        .find(|one| word_of(*one) == word)
        .ok_or_else(|| format!("{word:?} is not one of its words"))
}
