//! Targets and floors as they are written: the keys of an indicator, and of its other years, made
//! the standards that results are rated against.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::{Value, json};
use toml::de::{DeTable, DeValue};

use super::build::Builder;
use super::in_force::InForce;
use super::indicator::IndicatorKeys;
use super::profile::{Profile, ProfileValue};
use super::relative::{RelativeStandard, WrittenRelative};
use super::scale::Scale;
use super::standard::{Bands, Slot, Standard, Standards};
use super::threshold::{Threshold, ValueRange};
use super::words::{Above100, AtFloor, Polarity, UnitWord};
use crate::diagnostic::{Code, Severity};
use crate::figure::{Decimal, Ratio};
use crate::month::{FinancialYear, Month};
use crate::text::quote;
use crate::toml_file::kinds::{Choice, PairValue, Wrong, number, pair};
use crate::toml_file::schema::when;
use crate::toml_file::{Key, KeyKind, KeyValue, Spanned, TableReader, Takes, TomlItem, table};

table! {
    TargetKeys: "[indicator.targets.\"2014/15\"]",
        "The target of another financial year, or of a year from a month on; keys left out are as \
            for the year, or else for the indicator.";
    target: optional TargetValue, "the target then, or \"tbc\"";
    floor: optional FloorValue, "the floor then";
    profile: optional ProfileValue, "how much of that target is due by each month";
    green: optional PairValue, "the green band then";
    expected: optional PairValue, "for N: the expected range then";
    at_floor: optional Choice<AtFloor>, "the rating of a result exactly on that floor";
}

/// What a target or a floor is written as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Band {
    /// `85`
    Number(Decimal),
    /// `[15, 20]`
    Pair(Decimal, Decimal),
    /// `{ points = 5 }`: so far on the worse side of the target.
    Points(Decimal),
    /// `{ percent = 10 }`: so much of the target on its worse side.
    PercentOfTarget(Decimal),
    /// `{ since = "2012-08", change = "-30%" }`, `{ benchmark = "england" }`
    Relative(WrittenRelative),
    /// `"none"`
    None,
    /// `"tbc"`
    ToBeConfirmed,
}

impl Band {
    fn read(value: &DeValue<'_>) -> Result<Self, Wrong> {
        match value {
            DeValue::Array(_) => pair(value).map(|(low, high)| Self::Pair(low, high)),
            _ => number(value).map(Self::Number),
        }
    }

    /// A floor that is so far from the target.
    fn away(table: &DeTable<'_>) -> Result<Self, Wrong> {
        let mut entries = table.iter();
        let (Some((name, value)), None) = (entries.next(), entries.next()) else {
            return Err(Wrong::Value("needs one key: `points` or `percent`".to_owned()));
        };
        let away = number(value.get_ref())?;
        if !away.is_positive() {
            return Err(Wrong::Value(format!("cannot be {away} away from the target")));
        }
        match name.get_ref().as_ref() {
            "points" => Ok(Self::Points(away)),
            "percent" => Ok(Self::PercentOfTarget(away)),
            other => Err(Wrong::Value(format!("has the key {}, which is not one", quote(other)))),
        }
    }
}

/// A target.
pub(crate) struct TargetValue;

impl Takes for TargetValue {
    type Value = Band;
    const KIND: KeyKind = KeyKind::AnyOf {
        kinds: &[
            KeyKind::Number,
            KeyKind::Pair,
            KeyKind::Choice(&["tbc"]),
            KeyKind::RelativeTarget,
        ],
        wanted: "a number such as 85, for polarity T also a pair such as [15, 20], \"tbc\", or what \
            it is worked out from, such as { since = \"2012-08\", change = \"-30%\" } or \
            { benchmark = \"england\" }",
    };

    fn read(_: &mut TableReader<'_>, _: &'static Key, item: &TomlItem<'_>) -> Result<Band, Wrong> {
        match item.get_ref() {
            DeValue::String(word) if word == "tbc" => Ok(Band::ToBeConfirmed),
            DeValue::Table(table) => WrittenRelative::read(table).map(Band::Relative),
            value => Band::read(value),
        }
    }
}

/// A floor.
pub(crate) struct FloorValue;

impl Takes for FloorValue {
    type Value = Band;
    const KIND: KeyKind = KeyKind::AnyOf {
        kinds: &[
            KeyKind::Number,
            KeyKind::Pair,
            KeyKind::Choice(&["none"]),
            KeyKind::OneNumber(&["points", "percent"]),
        ],
        wanted: "a number such as 76.5, for polarity T a pair such as [2.5, 12.5], { points = 5 } \
            or { percent = 10 } away from the target, or \"none\"",
    };

    fn read(_: &mut TableReader<'_>, _: &'static Key, item: &TomlItem<'_>) -> Result<Band, Wrong> {
        match item.get_ref() {
            DeValue::String(word) if word == "none" => Ok(Band::None),
            DeValue::Table(table) => Band::away(table),
            value => Band::read(value),
        }
    }
}

const ONE_FLOOR: &str = "write one number; only a T has a pair";

/// What the keys say about the polarity and one another, for the JSON Schema of an indicator.
pub(super) fn rules() -> Vec<Value> {
    // Those of other years inherit, so they can only be held against the polarity.
    let with_years = |own: Value| {
        let mut keys = own.clone();
        keys["targets"] = json!({ "additionalProperties": { "properties": own } });
        json!({ "properties": keys })
    };
    let is_near = |word: &&str| *word == Polarity::Target.as_str();
    let is_rated = |word: &&str| *word != Polarity::Neither.as_str();
    let (rated, neither): (Vec<_>, Vec<_>) = Polarity::WORDS.iter().copied().partition(is_rated);
    let (near, one_sided): (Vec<_>, Vec<_>) = rated.iter().copied().partition(is_near);
    let number_only = json!({
        "target": { "type": ["number", "string", "object"] },
        "floor": { "type": ["number", "string", "object"] },
        "green": false,
    });
    let no_target = json!({ "target": false, "floor": false, "green": false, "profile": false });
    let pair_only = json!({ "floor": { "type": ["array", "string", "object"] } });
    let some_target = json!({ "anyOf": [{ "required": ["target"] }, { "required": ["targets"] }] });
    vec![
        when("polarity", &one_sided, &with_years(number_only)),
        when("polarity", &near, &with_years(pair_only)),
        when("polarity", &rated, &with_years(json!({ "expected": false }))),
        when("polarity", &neither, &with_years(no_target)),
        json!({
            "if": {
                "properties": { "target": { "type": ["number", "array"] } },
                "required": ["target"],
            },
            "then": { "required": ["floor"] },
        }),
        json!({ "dependencies": {
            "floor": &some_target,
            "green": &some_target,
            "profile": &some_target,
        } }),
    ]
}

/// The target keys of an indicator, or of one of its years.
struct WrittenTarget<'k> {
    target: &'k KeyValue<Band>,
    floor: &'k KeyValue<Band>,
    green: &'k KeyValue<(Decimal, Decimal)>,
    profile: &'k KeyValue<Profile>,
    expected: &'k KeyValue<(Decimal, Decimal)>,
    at_floor: &'k KeyValue<AtFloor>,
}

impl<'k> WrittenTarget<'k> {
    fn of_indicator(keys: &'k IndicatorKeys) -> Self {
        Self {
            target: &keys.target,
            floor: &keys.floor,
            green: &keys.green,
            profile: &keys.profile,
            expected: &keys.expected,
            at_floor: &keys.at_floor,
        }
    }

    /// Those of another year; what is left out there is as in `own`.
    fn of_year(keys: &'k TargetKeys, own: &Self) -> Self {
        fn or<'k, T>(entry: &'k KeyValue<T>, own: &'k KeyValue<T>) -> &'k KeyValue<T> {
            if entry.is_there() { entry } else { own }
        }
        Self {
            target: or(&keys.target, own.target),
            floor: or(&keys.floor, own.floor),
            green: or(&keys.green, own.green),
            profile: or(&keys.profile, own.profile),
            expected: or(&keys.expected, own.expected),
            at_floor: or(&keys.at_floor, own.at_floor),
        }
    }

    /// Whether one of them cannot be read, which has been reported.
    fn is_refused(&self) -> bool {
        self.target.is_refused()
            || self.floor.is_refused()
            || self.green.is_refused()
            || self.profile.is_refused()
    }
}

/// The target keys of an indicator itself, which its years and months inherit.
struct OwnTarget<'k> {
    written: WrittenTarget<'k>,
    /// Whether they have neither a target nor an expected range.
    is_bare: bool,
    /// Whether nothing is wrong with them. What is has been reported where they stand, and is not
    /// reported of the years again.
    is_sound: bool,
}

impl TargetKeys {
    fn is_empty(&self) -> bool {
        let Self { target, floor, profile, green, expected, at_floor, span: _ } = self;
        let is_there = [target.is_there(), floor.is_there(), green.is_there()];
        !is_there.contains(&true)
            && !profile.is_there()
            && !expected.is_there()
            && !at_floor.is_there()
    }
}

impl Builder<'_> {
    pub(super) fn standards(
        &mut self,
        keys: &IndicatorKeys,
        polarity: Polarity,
        in_force: InForce,
    ) -> Standards {
        let written = WrittenTarget::of_indicator(keys);
        let before = self.findings.count(Severity::Error);
        // A floor alone may wait for the targets of the years.
        let is_bare = written.target.spanned().is_none() && written.expected.spanned().is_none();
        let slot = if is_bare && !keys.targets.items().is_empty() {
            Slot::Nothing
        } else {
            self.slot(keys, polarity, &written, self.targets_for, None)
        };
        let is_sound = self.findings.count(Severity::Error) == before;
        let own = OwnTarget { written, is_bare, is_sound };
        self.report_scale(keys);
        let mut standards =
            Standards { own: Some((self.targets_for, slot)), ..Standards::default() };
        let years = self.targets_of_years(keys, polarity, &own, &mut standards);
        self.targets_of_months(keys, polarity, in_force, &own, &years, &mut standards);
        let has_relative = standards.slots().any(|slot| matches!(slot, Slot::Relative(_)));
        Standards { has_relative, ..standards }
    }

    /// Adds the tables of targets that are for a financial year. What is written in each is what
    /// the months of the year inherit.
    fn targets_of_years<'k>(
        &mut self,
        keys: &'k IndicatorKeys,
        polarity: Polarity,
        own: &OwnTarget<'k>,
        standards: &mut Standards,
    ) -> BTreeMap<FinancialYear, WrittenTarget<'k>> {
        let mut written_years = BTreeMap::new();
        for (label, table) in keys.targets.items() {
            if month_of(label).is_some() {
                continue;
            }
            let Some(year) = self.financial_year("targets", label) else { continue };
            if written_years.contains_key(&year) {
                let found = format!("a second table of targets for {year}");
                let remedy = "keep one table for the year";
                self.report(Code::Duplicate, label.span.clone(), found, remedy);
                continue;
            }
            if self.targets_for == Some(year) && !own.is_bare {
                let found = format!("the indicator's own target is already for {year}");
                let remedy = "change the one above, or take this table out; `targets_for` in \
                    [scorecard] says which year that is";
                self.report(Code::Duplicate, label.span.clone(), found, remedy);
                continue;
            }
            let written = WrittenTarget::of_year(table, &own.written);
            if own.is_sound || !table.is_empty() {
                let slot = self.slot(keys, polarity, &written, Some(year), None);
                standards.by_year.insert(year, slot);
            }
            written_years.insert(year, written);
        }
        written_years
    }

    /// Adds the tables of targets that are from a month on.
    fn targets_of_months(
        &mut self,
        keys: &IndicatorKeys,
        polarity: Polarity,
        in_force: InForce,
        own: &OwnTarget<'_>,
        years: &BTreeMap<FinancialYear, WrittenTarget<'_>>,
        standards: &mut Standards,
    ) {
        for (label, table) in keys.targets.items() {
            let Some(month) = month_of(label) else { continue };
            if !in_force.covers(month) {
                let found = format!("a target from {month}, when the indicator is not reported");
                let remedy = "change the month, or `from` and `until` of the indicator";
                self.report(Code::BadValue, label.span.clone(), found, remedy);
                continue;
            }
            standards.step_places.insert(month, self.place(&label.span));
            let year = self.year_of(month);
            let written = WrittenTarget::of_year(table, years.get(&year).unwrap_or(&own.written));
            if own.is_sound || !table.is_empty() {
                let slot = self.slot(keys, polarity, &written, Some(year), Some(month));
                standards.steps.insert(month, slot);
            }
        }
    }

    /// What the keys of an indicator, a year or a step come to.
    fn slot(
        &mut self,
        keys: &IndicatorKeys,
        polarity: Polarity,
        written: &WrittenTarget<'_>,
        year: Option<FinancialYear>,
        from: Option<Month>,
    ) -> Slot {
        if polarity == Polarity::Neither {
            return self.expected(written).map_or(Slot::Nothing, Slot::Expected);
        }
        if let Some(expected) = written.expected.span() {
            let word = polarity.as_str();
            let found = format!("an expected range on an indicator of polarity {word}");
            let remedy = "take it out, or make the polarity N: neither way is better";
            self.report(Code::BadValue, expected, found, remedy);
        }
        let is_tbc = written.target.get().is_some_and(|target| *target == Band::ToBeConfirmed);
        if is_tbc && !written.is_refused() {
            return Slot::ToBeConfirmed;
        }
        if let Some(Band::Relative(relative)) = written.target.get() {
            if !self.fits_relative(keys, polarity, written, relative) {
                return Slot::Nothing;
            }
            let Some(relative) = self.relative(relative) else { return Slot::Nothing };
            return Slot::Relative(Box::new(RelativeStandard {
                year,
                from,
                relative,
                polarity,
                floor: written.floor.value().filter(|floor| *floor != Band::None),
                green: written.green.value(),
                at_floor: written.at_floor.value().unwrap_or(AtFloor::Amber),
                is_even: written.profile.is_there(),
                decimals: keys.decimals_shown(),
                place: self.place(&written.target.span().unwrap_or_default()),
            }));
        }
        let Some(standard) = self.standard(polarity, written, year, from) else {
            return Slot::Nothing;
        };
        self.report_distance(keys, written.floor, &standard);
        match (written.target.spanned(), written.profile.spanned()) {
            (Some(target), Some(profile)) => {
                self.profiled(keys, target, profile, &standard).map_or(Slot::Nothing, Slot::Profile)
            }
            _ => Slot::Standard(Box::new(standard)),
        }
    }

    /// Whether the other keys go with a target that is worked out; a finding for each that does
    /// not.
    fn fits_relative(
        &mut self,
        keys: &IndicatorKeys,
        polarity: Polarity,
        written: &WrittenTarget<'_>,
        relative: &WrittenRelative,
    ) -> bool {
        if written.is_refused() {
            return false;
        }
        let word = polarity.as_str();
        let before = self.findings.count(Severity::Error);
        if let Some(profile) = written.profile.spanned()
            && self.may_have_profile(keys, &profile.span)
        {
            if let WrittenRelative::Benchmark(_) = relative {
                let found = "a profile of a target that is a benchmark's";
                let remedy = "take it out: the figure of the benchmark is of the same part of the \
                    year as the result";
                self.report(Code::BadProfile, profile.span.clone(), found, remedy);
            } else if profile.value != Profile::Even {
                let found = "a profile by month of a target that is worked out";
                let remedy = "write profile = \"even\" for it, or the target as a number";
                self.report(Code::BadProfile, profile.span.clone(), found, remedy);
            }
        }
        let is_near = polarity == Polarity::Target;
        if let Some(green) = written.green.span().filter(|_| !is_near) {
            self.report_green(word, green);
        }
        if let Some(floor) = written.floor.spanned() {
            match (&floor.value, is_near) {
                (Band::Number(_), true) => self.report_single_floor(floor),
                (Band::Pair(..), false) => self.report_pair(word, floor, "floor", ONE_FLOOR),
                _ => {}
            }
        }
        self.findings.count(Severity::Error) == before
    }

    /// The expected range of an N, which has neither a target nor a floor.
    fn expected(&mut self, written: &WrittenTarget<'_>) -> Option<ValueRange> {
        let others = [
            written.target.span(),
            written.floor.span(),
            written.green.span(),
            written.profile.span(),
        ];
        for (span, what) in others.into_iter().zip(["target", "floor", "green band", "profile"]) {
            if let Some(span) = span {
                let found = format!("a {what} on an indicator of polarity N");
                let remedy = "take it out: an N has `expected`, the range in which it is expected";
                self.report(Code::BadValue, span, found, remedy);
            }
        }
        written.expected.value().map(ValueRange::from)
    }

    fn standard(
        &mut self,
        polarity: Polarity,
        written: &WrittenTarget<'_>,
        year: Option<FinancialYear>,
        from: Option<Month>,
    ) -> Option<Standard> {
        if written.is_refused() {
            return None;
        }
        let Some(target) = written.target.spanned() else {
            self.report_without_target(written);
            return None;
        };
        let Some(floor) = written.floor.spanned() else {
            let remedy = "add a floor, below which (or, for L, above which) a result is red, or \
                floor = \"none\" for green or red only";
            let found = "a target without a floor";
            self.report(Code::TargetWithoutFloor, target.span.clone(), found, remedy);
            return None;
        };
        let green = written.green.spanned();
        let bands = match polarity {
            Polarity::Higher | Polarity::Lower => self.one_sided(polarity, target, floor, green),
            Polarity::Target => self.near(target, floor, green),
            Polarity::Neither => None,
        }?;
        Some(Standard {
            year,
            from,
            bands,
            at_floor: written.at_floor.value().unwrap_or(AtFloor::Amber),
            due: None,
            working: None,
            place: self.place(&target.span),
        })
    }

    /// Targets and floors that no result can be, as they are written. One floor of a T may be
    /// beyond what there can be.
    fn report_scale(&mut self, keys: &IndicatorKeys) {
        let Some(scale) = scale(keys) else { return };
        let of_years = keys.targets.items().iter().map(|(_, year)| [&year.target, &year.floor]);
        let all = std::iter::once([&keys.target, &keys.floor]).chain(of_years);
        for (what, value) in all.flat_map(|[target, floor]| [("target", target), ("floor", floor)])
        {
            let Some(value) = value.spanned() else { continue };
            let ends = match &value.value {
                Band::Number(number) => vec![number],
                Band::Pair(low, high) => vec![low, high],
                _ => continue,
            };
            let mut beyond = ends.iter().filter_map(|end| Some((*end, scale.beyond(end)?)));
            let is_of_one_end = ends.len() == 2 && what == "floor" && beyond.clone().count() == 1;
            if let Some((end, beyond)) = beyond.next().filter(|_| !is_of_one_end) {
                let remedy = if keys.unit.value() == Some(UnitWord::Percent) {
                    "look for a lost decimal point; if it is not a share of a whole, write \
                        above_100 = \"yes\""
                } else {
                    "look for a sign that is not meant: a count is 0 or more"
                };
                let found = format!("the {what} {end} {beyond}");
                self.report(Code::TargetScale, value.span.clone(), found, remedy);
            }
        }
    }

    /// A floor that is so far from its target that nothing can be red.
    fn report_distance(
        &mut self,
        keys: &IndicatorKeys,
        floor: &KeyValue<Band>,
        standard: &Standard,
    ) {
        let (Some(scale), Some(floor)) = (scale(keys), floor.spanned()) else { return };
        if !matches!(floor.value, Band::Points(_) | Band::PercentOfTarget(_)) {
            return;
        }
        if let Some((at, beyond)) = scale.floor_out_of_reach(&standard.bands) {
            let found = format!("the floor {} {beyond}, so that nothing can be red", at.shown());
            let remedy = "write a smaller distance, or floor = \"none\" for green or red only";
            self.report(Code::TargetScale, floor.span.clone(), found, remedy);
        }
    }

    fn report_without_target(&mut self, written: &WrittenTarget<'_>) {
        let (span, what) =
            match (written.floor.span(), written.green.span(), written.profile.span()) {
                (Some(span), ..) => (span, "floor"),
                (None, Some(span), _) => (span, "green band"),
                (None, None, Some(span)) => (span, "profile"),
                (None, None, None) => return,
            };
        self.report(
            Code::TargetWithoutFloor,
            span,
            format!("a {what} without a target"),
            "add the target, or take it out: without a target nothing is rated",
        );
    }

    fn one_sided(
        &mut self,
        polarity: Polarity,
        target: &Spanned<Band>,
        floor: &Spanned<Band>,
        green: Option<&Spanned<(Decimal, Decimal)>>,
    ) -> Option<Bands> {
        let word = polarity.as_str();
        if let Some(green) = green {
            self.report_green(word, green.span.clone());
            return None;
        }
        let Band::Number(target_value) = &target.value else {
            let remedy = "write one number; only a T may have a pair";
            self.report_pair(word, target, "target", remedy);
            return None;
        };
        let floor_value = match &floor.value {
            Band::Number(floor) => Some(floor.clone()),
            Band::None | Band::ToBeConfirmed | Band::Relative(_) => None,
            Band::Points(_) | Band::PercentOfTarget(_) => {
                let away = away_from(target_value, &floor.value);
                Some(match polarity {
                    Polarity::Lower => target_value + &away,
                    _ => target_value - &away,
                })
            }
            Band::Pair(..) => {
                self.report_pair(word, floor, "floor", ONE_FLOOR);
                return None;
            }
        };
        if let Some(floor_value) = &floor_value {
            let is_wrong = match polarity {
                Polarity::Lower => floor_value < target_value,
                _ => floor_value > target_value,
            };
            if is_wrong {
                self.report_floor_side(polarity, target_value, floor_value, &floor.span);
                return None;
            }
        }
        let (target, floor) =
            (Threshold::from(target_value.clone()), floor_value.map(Threshold::from));
        Some(match polarity {
            Polarity::Lower => Bands::Lower { target, floor },
            _ => Bands::Higher { target, floor },
        })
    }

    fn report_green(&mut self, polarity: &str, span: Range<usize>) {
        let found = format!("a green band on an indicator of polarity {polarity}");
        let remedy = "take it out: only a T has one; for H and L green starts at the target";
        self.report(Code::GreenBand, span, found, remedy);
    }

    fn report_pair(&mut self, polarity: &str, pair: &Spanned<Band>, what: &str, remedy: &str) {
        let found = format!("a {what} of two numbers on an indicator of polarity {polarity}");
        self.report(Code::BadValue, pair.span.clone(), found, remedy);
    }

    fn report_single_floor(&mut self, floor: &Spanned<Band>) {
        let found = "an indicator of polarity T with a floor of one number";
        let remedy = "write the pair: floor = [low, high], red beyond either";
        self.report(Code::BadValue, floor.span.clone(), found, remedy);
    }

    fn report_floor_side(
        &mut self,
        polarity: Polarity,
        target: &Decimal,
        floor: &Decimal,
        span: &Range<usize>,
    ) {
        let (side, other_side, better) = match polarity {
            Polarity::Lower => ("below", "above", "lower"),
            _ => ("above", "below", "higher"),
        };
        let found =
            format!("the floor {floor} is {side} the target {target}, but {better} is better");
        let remedy = format!(
            "change the floor, the target or the polarity: for {} the floor is at or {other_side} \
             the target",
            polarity.as_str()
        );
        self.report(Code::FloorSide, span.clone(), found, remedy);
    }

    fn near(
        &mut self,
        target: &Spanned<Band>,
        floor: &Spanned<Band>,
        green: Option<&Spanned<(Decimal, Decimal)>>,
    ) -> Option<Bands> {
        let target_range = match &target.value {
            Band::Number(number) => ValueRange::from((number.clone(), number.clone())),
            Band::Pair(low, high) => ValueRange::from((low.clone(), high.clone())),
            _ => return None,
        };
        let green_range = green
            .map_or_else(|| target_range.clone(), |green| ValueRange::from(green.value.clone()));
        if !target_range.is_within(&green_range) {
            let found = format!(
                "the target is not within the green band {} to {}",
                green_range.low.shown(),
                green_range.high.shown()
            );
            let span = green.map_or(&target.span, |green| &green.span).clone();
            let remedy = "widen the band so that a result on target is green";
            self.report(Code::GreenBand, span, found, remedy);
            return None;
        }
        let floor_range = match &floor.value {
            Band::None | Band::ToBeConfirmed | Band::Relative(_) => None,
            Band::Pair(low, high) => Some(ValueRange::from((low.clone(), high.clone()))),
            away @ (Band::Points(_) | Band::PercentOfTarget(_)) => {
                let (low, high) = (target_range.low.shown(), target_range.high.shown());
                let ends = (low - &away_from(low, away), high + &away_from(high, away));
                Some(ValueRange::from(ends))
            }
            Band::Number(_) => {
                self.report_single_floor(floor);
                return None;
            }
        };
        if let Some(floor_range) = &floor_range
            && !green_range.is_within(floor_range)
        {
            let (code, what) = match green {
                Some(_) => (Code::GreenBand, "green band"),
                None => (Code::FloorSide, "target"),
            };
            let found = format!(
                "the {what} {} to {} is not within the floors {} to {}",
                green_range.low.shown(),
                green_range.high.shown(),
                floor_range.low.shown(),
                floor_range.high.shown()
            );
            let remedy = "widen the floors or narrow the band: red is beyond the floors, green \
                within the band";
            self.report(code, floor.span.clone(), found, remedy);
            return None;
        }
        Some(Bands::Near { target: target_range, green: green_range, floor: floor_range })
    }
}

/// The month that a table of targets is from, where it is not for a financial year.
fn month_of(label: &Spanned<String>) -> Option<Month> {
    label.value.parse().ok()
}

/// Which results an indicator can have. `None` if it has no unit, which has been reported.
fn scale(keys: &IndicatorKeys) -> Option<Scale> {
    let above_100 = keys.above_100.value().unwrap_or(Above100::No);
    Some(Scale::of(keys.unit.value()?, above_100, keys.gap.is_there()))
}

/// How far a floor is from a target.
fn away_from(target: &Decimal, floor: &Band) -> Decimal {
    match floor {
        Band::Points(points) => points.clone(),
        Band::PercentOfTarget(percent) => {
            // As many places as the product can have: nothing is rounded off.
            let places = target.scale() + percent.scale() + 2;
            let hundred = Decimal::new(100, 0);
            let part = Ratio::from(target).scaled(percent, 1).over(&hundred).round(places);
            let part = part.trimmed();
            if part.is_negative() { &Decimal::new(0, 0) - &part } else { part }
        }
        Band::Number(_) | Band::Pair(..) | Band::Relative(_) | Band::None | Band::ToBeConfirmed => {
            Decimal::new(0, 0)
        }
    }
}
