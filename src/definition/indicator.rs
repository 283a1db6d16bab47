//! `[[indicator]]`: what is measured, and how it is counted.

use super::allowance::{Allowance, AllowanceValue};
use super::benchmark::{RatedAgainst, SimilarValue};
use super::build::{ANOTHER_NAME, Builder, in_order};
use super::coverage::{Coverage, CoverageKeys};
use super::gap::{Gap, GapKeys};
use super::keys::DefinitionKeys;
use super::profile::ProfileValue;
use super::scale::Scale;
use super::statistics::{MAX_FIGURES, RebaseKeys, Spc, SpcValue};
use super::target::{FloorValue, TargetKeys, TargetValue};
use super::words::{
    Above100, AtFloor, CompareWith, Comparisons, Frequency, Period, Polarity, Rollup, Sensitivity,
    UnitWord,
};
use super::{Accountability, Definition, InForce, IndicatorId, Labels, Standards};
use crate::diagnostic::{Code, Place};
use crate::month::Month;
use crate::population::CohortId;
use crate::text::{did_you_mean, quote};
use crate::toml_file::kinds::{
    Choice, ChoiceList, Flag, IdValue, MonthValue, OneTable, PairValue, TableByYear, TableList,
    TextList, TextValue, Whole,
};
use crate::toml_file::{Spanned, table};

/// The most decimal places that a result is shown with.
pub const MAX_DECIMALS: u32 = 9;
/// The largest `per` of a rate.
pub const MAX_PER: u32 = 1_000_000_000;

table! {
    IndicatorKeys: "[[indicator]]", "An indicator.", rules = rules;
    id: required IdValue, "what it goes by in the extracts";
    reference = "ref": optional TextValue, "what is shown instead of the id";
    section: required TextValue, "the heading that it stands under";
    name: required TextValue, "what it measures";
    short: optional TextValue, "what it is called on cards, in titles and in sentences";
    polarity: required Choice<Polarity>,
        "H higher is better, L lower is better, T the nearer to the target the better, N neither";
    period: required Choice<Period>,
        "SS or MS snapshot, YTD year to date, R12M rolling 12 months, Q quarter, A annual";
    frequency: optional Choice<Frequency>,
        "how often there is a new figure; by default what the period implies";
    unit: required Choice<UnitWord>, "what the result is counted in";
    per: optional Whole<1, MAX_PER>, "for a rate: per how many";
    decimals: optional Whole<0, MAX_DECIMALS>,
        "decimal places shown; by default 0 for a number and 1 for the others";
    prefix: optional TextValue, "what stands before its numbers, such as £";
    suffix: optional TextValue, "what stands behind its numbers, such as days";
    counted: optional TextValue,
        "what the numerator, or the number, counts, such as visits in time; for sentences";
    out_of: optional TextValue, "what the denominator counts, such as visits due; for sentences";
    priority: optional Flag, "whether it is one of those that a director looks at first";
    target: optional TargetValue,
        "the value to reach, or what it is worked out from; a T may have a pair";
    floor: optional FloorValue,
        "beyond it a result is red; a pair for T; \"none\" where there is only green or red";
    profile: optional ProfileValue,
        "for a number of the year to date: how much of the target is due by the end of each month";
    green: optional PairValue, "for T: the green band, when it is wider than the target";
    expected: optional PairValue, "for N: the range in which a result is expected";
    at_floor: optional Choice<AtFloor>,
        "the rating of a result exactly on the floor; amber by default";
    rated_against: optional TextValue,
        "the benchmark that it is rated against, in the place of a target";
    similar_within: optional SimilarValue,
        "how many points from the benchmark are similar, or \"interval\"; 0 by default";
    rollup: optional Choice<Rollup>, "whether areas without figures are the sum of their parts";
    excludes: optional TextList, "the cohorts that the indicator already leaves out";
    above_100: optional Choice<Above100>,
        "whether a percentage may be above 100; \"no\" by default";
    cumulative: optional Flag,
        "whether a number or rate of the year to date only grows within a year; true by default";
    compare: optional ChoiceList<CompareWith>,
        "which earlier results it is compared with: as in [scorecard] by default";
    allow: optional AllowanceValue,
        "how far it may be from the sum of its parts, and how far a year to date may fall";
    disclosure: optional Choice<Sensitivity>,
        "what of it a public edition hides where it is small: \"all\" by default; \"counts\" shows where \
         all but a few are in it, \"none\" is for what is not about people";
    coverage: optional OneTable<CoverageKeys>,
        "how many have to be recorded before it is rated";
    spc: optional SpcValue,
        "whether it has limits, and whether they are drawn from its figures alone or from the \
         counts of a percent (\"p\") or a rate (\"u\"); as in [statistics] by default";
    baseline: optional Whole<2, MAX_FIGURES>,
        "from how many figures limits are drawn, the first since they started; all by default";
    rebase: optional TableList<RebaseKeys>, "where limits start again, with the reason";
    was: optional TextList, "other ids that it goes by in extracts";
    from: optional MonthValue, "the first month in which it is reported";
    until: optional MonthValue, "the last month in which it is reported";
    year_name: optional TextValue,
        "for an annual indicator, what its years are called, such as school year";
    period_note: optional TextValue, "replaces the generated words about what the period covers";
    note: optional TextValue, "a footnote";
    tags: optional TextList, "what it contributes to: ids of [[framework.column]]";
    cabinet_member: optional TextValue, "the cabinet member for this indicator";
    director: optional TextValue, "the director for this indicator";
    portfolio: optional TextValue, "the portfolio of this indicator";
    division: optional TextValue, "the division of this indicator";
    source: optional TextValue, "the system that this indicator's figures come from";
    targets: optional TableByYear<TargetKeys>,
        "targets of other financial years, or from a month on; what is left out is as for the \
            year, or else for the indicator";
    gap: optional OneTable<GapKeys>,
        "for the difference between two groups: in which indicator, and between which";
}

fn rules() -> Vec<serde_json::Value> {
    [
        per_rules(),
        super::labels::rules(),
        super::target::rules(),
        super::statistics::indicator_rules(),
        super::benchmark::indicator_rules(),
    ]
    .concat()
}

impl IndicatorKeys {
    /// What it goes by in extracts: its id, and those that it had before.
    fn ids(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.id.spanned().into_iter().chain(self.was.items())
    }

    /// How many decimal places results are shown with.
    pub(super) fn decimals_shown(&self) -> u8 {
        let is_number = self.unit.value() == Some(UnitWord::Number);
        let decimals = self.decimals.value().and_then(|decimals| u8::try_from(decimals).ok());
        decimals.unwrap_or(u8::from(!is_number))
    }
}

/// An indicator.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// What it goes by in the extracts.
    pub id: String,
    /// What is shown instead of the id.
    pub reference: Option<String>,
    /// The heading that it stands under.
    pub section: String,
    /// What it measures.
    pub name: String,
    /// Which way is better.
    pub polarity: Polarity,
    /// What a figure covers.
    pub period: Period,
    /// How often there is a new figure.
    pub frequency: Frequency,
    /// What the result is counted in.
    pub unit: Unit,
    /// Decimal places shown.
    pub decimals: u8,
    /// How it is spoken of.
    pub labels: Labels,
    /// Its targets and floors.
    pub standards: Standards,
    /// The benchmark that it is rated against, if there is one.
    pub rated_against: Option<RatedAgainst>,
    /// Whether areas without figures are the sum of their parts.
    pub rollup: Rollup,
    /// The cohorts that it already leaves out.
    pub excludes: Vec<CohortId>,
    /// Whether a percentage may be above 100.
    pub above_100: Above100,
    /// Whether a number or rate of the year to date only grows within a year.
    pub cumulative: bool,
    /// How far it may be from the sum of its parts, and how far a year to date may fall.
    pub allow: Option<Allowance>,
    /// Which earlier results it is compared with.
    pub compare: Comparisons,
    /// What of it a public edition hides where it is small.
    pub sensitivity: Sensitivity,
    /// How many have to be recorded before it is rated.
    pub coverage: Option<Coverage>,
    /// The two groups that it is the difference of, if it is a gap.
    pub gap: Option<Gap>,
    /// How its limits are drawn.
    pub spc: Spc,
    /// When it is reported.
    pub in_force: InForce,
    /// What the years of an annual indicator are called.
    pub year_name: Option<String>,
    /// Replaces the generated words on what the period covers.
    pub period_note: Option<String>,
    /// A footnote.
    pub note: Option<String>,
    /// Who answers for it.
    pub accountability: Accountability,
    /// Where it is defined.
    pub place: Place,
}

impl Indicator {
    /// Which results it can have.
    #[must_use]
    pub fn scale(&self) -> Scale {
        Scale::of(self.unit.word(), self.above_100, self.gap.is_some())
    }

    /// What is shown as its id.
    #[must_use]
    pub fn shown_id(&self) -> &str {
        self.reference.as_deref().unwrap_or(&self.id)
    }

    /// What it is called where there is little room, and in sentences.
    #[must_use]
    pub fn short_name(&self) -> &str {
        self.labels.short.as_deref().unwrap_or(&self.name)
    }
}

/// What a result is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Numerator over denominator, times a hundred.
    Percent,
    /// A count.
    Number,
    /// Numerator over denominator.
    Average,
    /// Numerator over denominator, times `per`.
    Rate {
        /// Per how many.
        per: u32,
    },
}

impl Unit {
    /// The word for it in the definitions.
    #[must_use]
    pub fn word(self) -> UnitWord {
        match self {
            Self::Percent => UnitWord::Percent,
            Self::Number => UnitWord::Number,
            Self::Average => UnitWord::Average,
            Self::Rate { .. } => UnitWord::Rate,
        }
    }

    /// Whether it is a count, or follows from one: it grows where more are counted.
    #[must_use]
    pub fn is_count(self) -> bool {
        matches!(self, Self::Number | Self::Rate { .. })
    }

    /// What numerator over denominator is multiplied by.
    #[must_use]
    pub fn times(self) -> u32 {
        match self {
            Self::Percent => 100,
            Self::Number | Self::Average => 1,
            Self::Rate { per } => per,
        }
    }
}

impl Definition {
    /// The indicators in force in `month`.
    pub fn indicators_in_force(&self, month: Month) -> impl Iterator<Item = IndicatorId> {
        self.indicator_ids().filter(move |id| self.indicator(*id).in_force.covers(month))
    }

    /// The first month that a figure of `month` covers.
    #[must_use]
    pub fn first_covered(&self, period: Period, month: Month) -> Month {
        match period {
            Period::Snapshot | Period::MonthSnapshot => month,
            Period::YearToDate => self.financial_year(month).first(),
            Period::Quarter => month.before(2),
            Period::Rolling12Months | Period::Annual => month.before(11),
        }
    }
}

impl Builder<'_> {
    pub(super) fn indicators(
        &mut self,
        file: &DefinitionKeys,
        accountability: &Accountability,
    ) -> Vec<Indicator> {
        if let Some(list) = file.indicators.spanned()
            && list.value.is_empty()
        {
            let remedy = "add at least one, with its id, section, name, polarity, period and unit";
            self.report(Code::MissingKey, list.span.clone(), "there is no [[indicator]]", remedy);
        }
        let indicators = file.indicators.items();
        self.register_indicators(indicators);
        // One that cannot be built is an error, and then there is no definition whose indices could
        // be off.
        let built = indicators.iter().map(|keys| self.indicator(keys, indicators, accountability));
        built.flatten().collect()
    }

    fn register_indicators(&mut self, indicators: &[IndicatorKeys]) {
        let ids = indicators.iter().flat_map(IndicatorKeys::ids);
        let found = |id: &str| format!("two indicators go by the id {}", quote(id));
        self.check_unique(ids, str::to_owned, found, ANOTHER_NAME);
        let names = indicators.iter().filter_map(|keys| keys.name.spanned());
        let found = |name: &str| format!("two indicators have the name {}", quote(name));
        self.check_unique(names, str::to_owned, found, ANOTHER_NAME);
        for (index, keys) in indicators.iter().enumerate() {
            for id in keys.ids() {
                let known = &mut self.names.indicators;
                known.entry(id.value.clone()).or_insert(IndicatorId::new(index));
            }
        }
    }

    fn indicator(
        &mut self,
        keys: &IndicatorKeys,
        all: &[IndicatorKeys],
        of_all: &Accountability,
    ) -> Option<Indicator> {
        let unit = self.unit(keys);
        let polarity = keys.polarity.value();
        let in_force = self.in_force(&keys.from, &keys.until);
        let standards = polarity.map(|polarity| self.standards(keys, polarity, in_force));
        let excludes =
            keys.excludes.items().iter().filter_map(|id| self.named_cohort(id)).collect();
        let rated_against = self.rated_against(keys);
        let coverage = self.coverage(keys, all);
        let gap = self.gap(keys, all);
        // A gap has no rows: those of its indicator are added up.
        let rollup = if keys.gap.is_there() { Rollup::None } else { self.rollup };
        let period = keys.period.value();
        let unit = unit?;
        let frequency = keys.frequency.value().or(period.map(Frequency::from))?;
        Some(Indicator {
            id: keys.id.value()?,
            reference: keys.reference.value(),
            section: keys.section.value()?,
            name: keys.name.value()?,
            polarity: polarity?,
            frequency,
            period: period?,
            unit,
            decimals: keys.decimals_shown(),
            labels: self.labels(keys),
            standards: standards?,
            rated_against,
            rollup: keys.rollup.value().unwrap_or(rollup),
            excludes,
            above_100: keys.above_100.value().unwrap_or(Above100::No),
            cumulative: keys.cumulative.value().unwrap_or(true),
            allow: keys.allow.value(),
            compare: keys.compare.value().map_or(self.compare, |asked| asked.into_iter().collect()),
            sensitivity: keys.disclosure.value().unwrap_or(Sensitivity::All),
            coverage,
            gap,
            spc: self.spc(keys, unit.word(), period?, frequency, in_force),
            in_force,
            year_name: keys.year_name.value(),
            period_note: keys.period_note.value(),
            note: keys.note.value(),
            accountability: Accountability::of(keys, of_all),
            place: self.place(&keys.span),
        })
    }

    fn unit(&mut self, keys: &IndicatorKeys) -> Option<Unit> {
        let unit = keys.unit.spanned()?;
        match (unit.value, keys.per.spanned()) {
            (UnitWord::Rate, Some(per)) => Some(Unit::Rate { per: per.value }),
            (UnitWord::Rate, None) => {
                if !keys.per.is_there() {
                    let remedy = "add per = 10000, or whatever number the rate is per";
                    self.report(
                        Code::MissingKey,
                        unit.span.clone(),
                        "a rate needs a `per`",
                        remedy,
                    );
                }
                None
            }
            (_, Some(per)) => {
                let found =
                    format!("`per` is for a rate, and this is {}", quote(unit.value.as_str()));
                let remedy = "take it out, or make the unit \"rate\"";
                self.report(Code::BadValue, per.span.clone(), found, remedy);
                None
            }
            (UnitWord::Percent, None) => Some(Unit::Percent),
            (UnitWord::Number, None) => Some(Unit::Number),
            (UnitWord::Average, None) => Some(Unit::Average),
        }
    }

    /// The indicator with an id, which is one of `whose`.
    pub(super) fn named_indicator(
        &mut self,
        id: &Spanned<String>,
        whose: &str,
    ) -> Option<IndicatorId> {
        let found = self.names.indicators.get(&id.value).copied();
        if found.is_none() {
            let guess = did_you_mean(&id.value, in_order(&self.names.indicators));
            let text = format!("{whose} indicator {} is not defined", quote(&id.value));
            let remedy = format!("{guess}correct the id, or define the indicator");
            self.report(Code::UnknownName, id.span.clone(), text, remedy);
        }
        found
    }
}

/// A rate has a `per`, and nothing else has.
fn per_rules() -> Vec<serde_json::Value> {
    use crate::toml_file::schema::when;
    let is_rate = |word: &&str| *word == UnitWord::Rate.as_str();
    let (rate, others): (Vec<_>, Vec<_>) = UnitWord::WORDS.iter().copied().partition(is_rate);
    vec![
        when("unit", &rate, &serde_json::json!({ "required": ["per"] })),
        when("unit", &others, &serde_json::json!({ "properties": { "per": false } })),
    ]
}
