//! `[statistics]`, and what an indicator says about it: limits, intervals and trends, for those who
//! ask for them.

use toml::de::DeValue;

use super::InForce;
use super::build::Builder;
use super::indicator::IndicatorKeys;
use super::words::{Frequency, Period, UnitWord};
use crate::diagnostic::Code;
use crate::figure::Decimal;
use crate::month::Month;
use crate::statistics::{Confidence, Rules};
use crate::text::quote;
use crate::toml_file::kinds::{
    Flag, MonthValue, OneTable, TextValue, Whole, Words, Wrong, number, word,
};
use crate::toml_file::{Key, KeyKind, Spanned, TableReader, Takes, TomlItem, table, words};

/// The most figures that limits can be asked to need, or to be drawn from.
pub const MAX_FIGURES: u32 = 1000;

table! {
    StatisticsKeys: "[statistics]", "Limits, intervals and trends, each where it is asked for.";
    intervals: optional ConfidenceValue,
        "how sure the intervals of figures are, in percent: 95 or 99.8; there are none by default";
    spc: optional Flag,
        "whether indicators that do not say so themselves have limits and icons for more than the \
         usual variation; false by default";
    rules: optional OneTable<RuleKeys>, "what is more than the usual variation";
}

table! {
    RuleKeys: "[statistics.rules]",
        "What is more than the usual variation: the same for all indicators.";
    shift: optional Whole<6, 9>,
        "how many figures in a row on one side of the average are a shift; 7 by default";
    trend: optional Whole<5, 8>,
        "how many figures in a row that each rise, or each fall, are a trend; 7 by default";
    minimum: optional Whole<2, MAX_FIGURES>, "how many figures limits need; 12 by default";
    screen: optional Flag,
        "whether moving ranges of 3.267 average ones or more are left out, once; false by default";
}

table! {
    RebaseKeys: "[[indicator.rebase]]",
        "A period from which the limits start again, because something has changed.";
    from: required MonthValue, "the first period of the new limits";
    reason: required TextValue, "what has changed";
}

/// Whether limits are drawn, as it is written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SpcWord {
    /// `true` or `false`.
    Flag(bool),
    /// One of the words.
    Chart(ChartWord),
}

words! {
    /// How limits are drawn.
    ChartWord {
        /// From the figures and their moving ranges alone.
        Xmr = "xmr",
        /// From the counts of a percentage.
        P = "p",
        /// From the counts of a rate.
        U = "u",
    }
}

/// Whether there are limits, and how they are drawn.
pub(crate) struct SpcValue;

impl Takes for SpcValue {
    type Value = SpcWord;
    const KIND: KeyKind = KeyKind::AnyOf {
        kinds: &[KeyKind::Flag, KeyKind::Choice(ChartWord::WORDS)],
        wanted: "true, false, \"xmr\", \"p\" for a percent or \"u\" for a rate",
    };

    fn read(
        _: &mut TableReader<'_>,
        _: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<SpcWord, Wrong> {
        if let Some(flag) = item.get_ref().as_bool() {
            return Ok(SpcWord::Flag(flag));
        }
        let word = word(item.get_ref(), ChartWord::WORDS)?;
        Ok(SpcWord::Chart(ChartWord::from_word(word).expect("it is one of the words")))
    }
}

/// How sure intervals are.
pub(crate) struct ConfidenceValue;

impl Takes for ConfidenceValue {
    type Value = Confidence;
    const KIND: KeyKind = KeyKind::Numbers(&["95", "99.8"]);

    fn read(
        _: &mut TableReader<'_>,
        _: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<Confidence, Wrong> {
        let value: &DeValue<'_> = item.get_ref();
        let level = number(value)?;
        if level == Decimal::new(95, 0) {
            Ok(Confidence::NinetyFive)
        } else if level == Decimal::new(998, 1) {
            Ok(Confidence::NinetyNinePointEight)
        } else {
            Err(Wrong::Value(format!("cannot be {level}")))
        }
    }
}

/// Which unit limits from counts are for, and that rolling figures have none, for the JSON Schema
/// of an indicator.
pub(super) fn indicator_rules() -> Vec<serde_json::Value> {
    use crate::toml_file::schema::when;
    let not = |words: &[&str]| serde_json::json!({ "properties": { "spc": { "not": { "enum": words } } } });
    let others = |unit: UnitWord| -> Vec<&str> {
        UnitWord::WORDS.iter().copied().filter(|word| *word != unit.as_str()).collect()
    };
    let refused = serde_json::json!({ "properties": { "spc": { "enum": [false] } } });
    vec![
        when("unit", &others(UnitWord::Percent), &not(&["p"])),
        when("unit", &others(UnitWord::Rate), &not(&["u"])),
        when("period", &[Period::Rolling12Months.as_str()], &refused),
    ]
}

/// What is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Statistics {
    /// How sure intervals are. `None` if there are none.
    pub intervals: Option<Confidence>,
    /// Whether indicators that do not say so themselves have limits.
    pub spc: bool,
    /// What is more than the usual variation.
    pub rules: Rules,
}

impl From<&StatisticsKeys> for Statistics {
    fn from(keys: &StatisticsKeys) -> Self {
        let usual = Rules::default();
        let asked = keys.rules.get().cloned().unwrap_or_default();
        let count = |asked: Option<u32>, usual: usize| {
            asked.and_then(|asked| usize::try_from(asked).ok()).unwrap_or(usual)
        };
        Self {
            intervals: keys.intervals.value(),
            spc: keys.spc.value().unwrap_or(false),
            rules: Rules {
                shift: count(asked.shift.value(), usual.shift),
                trend: count(asked.trend.value(), usual.trend),
                minimum: count(asked.minimum.value(), usual.minimum),
                screen: asked.screen.value().unwrap_or(usual.screen),
            },
        }
    }
}

/// How the limits of an indicator are drawn.
#[derive(Clone, Debug, Default)]
pub struct Spc {
    /// From what. `None` if it has no limits.
    pub chart: Option<ChartWord>,
    /// Whether the indicator itself asks for them.
    pub is_own: bool,
    /// How many figures of each segment they are drawn from. `None` for all.
    pub baseline: Option<usize>,
    /// Where they start again, the earliest first.
    pub rebases: Vec<Rebase>,
}

/// Where limits start again.
#[derive(Clone, Debug)]
pub struct Rebase {
    /// The first period of the new limits.
    pub from: Month,
    /// What has changed.
    pub reason: String,
}

impl Builder<'_> {
    /// What an indicator says about its limits, where it is of this unit, period and frequency.
    pub(super) fn spc(
        &mut self,
        keys: &IndicatorKeys,
        unit: UnitWord,
        period: Period,
        frequency: Frequency,
        in_force: InForce,
    ) -> Spc {
        let asked = keys.spc.spanned();
        if let Some(asked) = asked {
            self.check_spc(asked, unit, period);
        }
        let chart = match asked.map(|asked| &asked.value) {
            None if self.statistics.spc => Some(ChartWord::Xmr),
            None | Some(SpcWord::Flag(false)) => None,
            Some(SpcWord::Flag(true)) => Some(ChartWord::Xmr),
            Some(SpcWord::Chart(chart)) => Some(*chart),
        };
        Spc {
            chart,
            is_own: asked.is_some() && chart.is_some(),
            baseline: keys.baseline.value().and_then(|count| usize::try_from(count).ok()),
            rebases: self.rebases(keys, frequency, in_force),
        }
    }

    fn check_spc(&mut self, asked: &Spanned<SpcWord>, unit: UnitWord, period: Period) {
        let asks = !matches!(asked.value, SpcWord::Flag(false));
        if asks && period == Period::Rolling12Months {
            let found = "rolling 12 months cannot have limits: neighbouring figures share 11 of \
                their 12 months, so that about 2 in 5 ordinary ones would stand out";
            let remedy = "take `spc` out, or give the figures of single months as an indicator";
            self.report(Code::BadValue, asked.span.clone(), found, remedy);
        }
        let wanted = match asked.value {
            SpcWord::Chart(ChartWord::P) => UnitWord::Percent,
            SpcWord::Chart(ChartWord::U) => UnitWord::Rate,
            _ => return,
        };
        if unit != wanted {
            let word = if wanted == UnitWord::Percent { "p" } else { "u" };
            let (wanted, unit) = (quote(wanted.as_str()), quote(unit.as_str()));
            let found = format!("`spc` \"{word}\" is for the unit {wanted}, and this is {unit}");
            let remedy = "make it \"xmr\", which draws limits from the figures alone";
            self.report(Code::BadValue, asked.span.clone(), found, remedy);
        }
    }

    fn rebases(
        &mut self,
        keys: &IndicatorKeys,
        frequency: Frequency,
        in_force: InForce,
    ) -> Vec<Rebase> {
        let mut rebases: Vec<Rebase> = Vec::new();
        for rebase in keys.rebase.items() {
            let Some(from) = rebase.from.spanned() else { continue };
            if !self.is_period(from.value, frequency) || !in_force.covers(from.value) {
                let found = format!("`from` {} is not a period of the indicator", from.value);
                let remedy = "name the last month of the first period of the new limits";
                self.report(Code::BadValue, from.span.clone(), found, remedy);
            }
            if rebases.iter().any(|other| other.from == from.value) {
                let found = format!("the limits start again twice from {}", from.value);
                let remedy = "put both reasons into one";
                self.report(Code::BadValue, from.span.clone(), found, remedy);
            }
            let reason = rebase.reason.value().unwrap_or_default();
            rebases.push(Rebase { from: from.value, reason });
        }
        rebases.sort_by_key(|rebase| rebase.from);
        rebases
    }

    /// Whether a period of this frequency can end in a month. Quarters are those of the financial
    /// year; the figures of a year may be of any twelve months.
    fn is_period(&self, month: Month, frequency: Frequency) -> bool {
        match frequency {
            Frequency::Monthly | Frequency::Annual => true,
            Frequency::Quarterly => (month.number() + 12 - self.year_start) % 3 == 2,
        }
    }
}
