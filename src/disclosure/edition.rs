//! What a public edition hides: the figures of each month as a [`System`], and what comes of it.

use std::collections::HashMap;

use rayon::prelude::*;

use super::primary::{FigureCounts, Primary};
use super::{
    Certificate, Cost, DisclosureRules, Item, Protection, Quantity, Status, System, Term, UnitId,
    Why, insiders, protect,
};
use crate::assess::{ActivityKey, Assessor, FigureKey, Hidden};
use crate::definition::{
    AllButAFew, AreaId, AreaKind, Definition, Disclosure, IndicatorId, Part, Period, Rollup,
    Sensitivity, TableName, Term as IdentityTerm, Unit, YearToDate, Zeros,
};
use crate::figure::{Amount, Decimal};
use crate::month::Month;
use crate::population::{CohortId, Population};

impl From<&Disclosure> for DisclosureRules {
    fn from(of: &Disclosure) -> Self {
        Self {
            smallest_shown: i64::from(of.smallest_shown),
            smallest_out_of: i64::from(of.smallest_out_of),
            hides_all_but_a_few: of.all_but_a_few == AllButAFew::Hide,
            hides_zeros: of.zeros == Zeros::Hide,
        }
    }
}

/// A figure of an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Of an indicator.
    Figure(FigureKey),
    /// Of an activity.
    Activity(ActivityKey),
}

impl Key {
    /// Its month.
    #[must_use]
    pub fn month(&self) -> Month {
        match self {
            Self::Figure((_, _, _, month)) | Self::Activity((_, _, month)) => *month,
        }
    }
}

/// Why a figure is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// For what it says itself.
    Itself(Primary),
    /// It is suppressed in the extract, or rounds to 0.
    InExtract,
    /// It has a result and no counts, so that nobody can tell.
    NoCounts,
    /// It is of an area, a team or a table that the edition does not have.
    NotInEdition,
    /// It was hidden when its month was published.
    HiddenBefore,
    /// It is the same count as one that is hidden, or is hidden with it.
    Same,
    /// So that a small count cannot be worked out: the index of it among
    /// [`PublicMonth::sensitive`].
    ToProtect(usize),
}

/// Which number of a figure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberOf {
    /// The numerator, or the count.
    Numerator,
    /// The denominator.
    Denominator,
    /// Those who are not in the numerator.
    Rest,
}

/// What nobody may be able to work out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sensitive {
    /// A number of a figure.
    Of(Key, NumberOf),
    /// A number of a cohort that has no figure of its own: everyone minus everyone else.
    Cohort(AreaId, IndicatorId, CohortId, NumberOf),
    /// What an area has beside the parts that have a figure.
    Elsewhere(Key, NumberOf),
    /// What a year to date has grown by since the month before.
    Growth(Key),
}

impl Sensitive {
    /// The figure of `month` that tells it: of a cohort, that of everyone else.
    #[must_use]
    pub fn key(&self, month: Month) -> Key {
        match *self {
            Self::Of(key, _) | Self::Elsewhere(key, _) | Self::Growth(key) => key,
            Self::Cohort(area, indicator, cohort, _) => {
                Key::Figure((area, indicator, Population::Excluding(cohort), month))
            }
        }
    }
}

/// A month of a public edition.
#[derive(Debug)]
pub struct PublicMonth {
    /// The month.
    pub month: Month,
    /// Its figures and what they come to.
    pub system: System,
    /// Which are hidden, and what shows that it is enough.
    pub protection: Protection,
    /// For each figure of the system, which it is.
    pub keys: Vec<Key>,
    /// For each quantity of the system, what it is.
    pub sensitive: Vec<Sensitive>,
    /// What is hidden, and why.
    pub hidden: Vec<(Key, Reason)>,
    /// What has been published already and would be hidden now: that protects nothing.
    pub known: Vec<Key>,
    /// Counts of the year to date that tell a small one, with the month before.
    pub growth: Vec<(Key, i64)>,
    /// Where the one person of a count of 1 could work out another: the figure, and the quantity.
    pub insiders: Vec<(Key, usize)>,
    /// Figures that were published with other numbers, few more or few less.
    pub revised: Vec<Key>,
}

impl PublicMonth {
    /// What cannot be protected.
    pub fn exposed(&self) -> impl Iterator<Item = Sensitive> {
        self.protection.exposed.iter().map(|quantity| self.sensitive[quantity.index()])
    }

    /// What is protected, with the two other worlds.
    pub fn protected(&self) -> impl Iterator<Item = (Sensitive, &Certificate)> {
        let certificates = self.protection.certificates.iter();
        certificates.map(|shows| (self.sensitive[shows.quantity.index()], shows))
    }

    /// What a quantity comes to.
    #[must_use]
    pub fn quantity(&self, index: usize) -> i64 {
        self.system.quantity(Quantity::new(index)).1
    }

    /// The figure that a number of a world is of. `None` if it is shown nowhere.
    #[must_use]
    pub fn key_of(&self, item: Item) -> Option<Key> {
        Some(self.keys[self.system.unit_of(item)?.index()])
    }
}

/// A public edition: what it does not show in each month that was read.
#[derive(Debug)]
pub struct PublicEdition {
    /// The months, in order.
    pub months: Vec<PublicMonth>,
}

impl PublicEdition {
    /// Chooses what is hidden in each month that has been read, for a report. What its assessor
    /// itself shows so far does not matter.
    #[must_use]
    pub fn choose(assessor: &Assessor<'_>, disclosure: &Disclosure) -> Self {
        let assessor = &assessor.showing_all();
        let history = assessor.history();
        let rules = DisclosureRules::from(disclosure);
        let mut months: Vec<Month> =
            history.months_read().chain(history.record().months()).collect();
        months.sort_unstable();
        months.dedup();
        months.retain(|month| *month <= assessor.month());
        let of = |month: Month, before: Option<&PublicMonth>| {
            MonthBuilder::new(assessor, disclosure, rules, month).build(before)
        };
        let definition = history.definition();
        let has_flows = definition.activities.iter().any(|activity| activity.flow.is_some());
        let months = if has_flows || disclosure.year_to_date == YearToDate::Protect {
            // What is hidden in a month depends on the month before.
            let mut built: Vec<PublicMonth> = Vec::new();
            for month in months {
                let before = built.last().filter(|last| last.month == month.before(1));
                built.push(of(month, before));
            }
            built
        } else {
            months.into_par_iter().map(|month| of(month, None)).collect()
        };
        Self { months }
    }

    /// What is not shown.
    #[must_use]
    pub fn hidden(&self) -> Hidden {
        let mut hidden = Hidden::default();
        for month in &self.months {
            hidden.months.insert(month.month);
            for (key, _) in &month.hidden {
                match key {
                    Key::Figure(key) => hidden.figures.insert(*key),
                    Key::Activity(key) => hidden.activity.insert(*key),
                };
            }
        }
        hidden
    }

    /// A month of it.
    #[must_use]
    pub fn month(&self, month: Month) -> Option<&PublicMonth> {
        self.months.iter().find(|of| of.month == month)
    }
}

/// The numbers of a figure in the system; of an average there is no numerator, since it counts no
/// people.
#[derive(Clone, Copy, Debug)]
struct Numbers {
    unit: UnitId,
    numerator: Option<Item>,
    denominator: Option<Item>,
}

impl Numbers {
    fn of(&self, number: NumberOf) -> Option<Item> {
        match number {
            NumberOf::Numerator => self.numerator,
            NumberOf::Denominator => self.denominator,
            NumberOf::Rest => None,
        }
    }
}

const BOTH: [NumberOf; 2] = [NumberOf::Numerator, NumberOf::Denominator];

/// How much it costs to hide a figure of a team, an area, the top area, and one to keep.
const WEIGHTS: [u32; 4] = [1, 100, 10_000, 1_000_000];

/// Builds the system of a month.
struct MonthBuilder<'a, 'e> {
    assessor: &'a Assessor<'e>,
    definition: &'e Definition,
    disclosure: &'a Disclosure,
    rules: DisclosureRules,
    month: Month,
    system: System,
    keys: Vec<Key>,
    reasons: Vec<Option<Reason>>,
    sensitive: Vec<Sensitive>,
    figures: HashMap<FigureKey, Numbers>,
    activity: HashMap<ActivityKey, Numbers>,
    /// Figures without numbers, which stand in no relation: those that are suppressed in the
    /// extract, and those that are hidden because nobody can tell.
    apart: Vec<(Key, Reason)>,
    /// Counts of a suppressed figure that may be anything.
    unknown: Vec<FigureKey>,
    growth: Vec<(Key, i64)>,
    revised: Vec<Key>,
}

/// A figure as a reader gets to know it, and what of it was published.
struct Known {
    amount: Amount,
    /// Whether it was published, and whether its numbers were.
    before: Option<bool>,
}

impl<'a, 'e> MonthBuilder<'a, 'e> {
    fn new(
        assessor: &'a Assessor<'e>,
        disclosure: &'a Disclosure,
        rules: DisclosureRules,
        month: Month,
    ) -> Self {
        Self {
            assessor,
            definition: assessor.history().definition(),
            disclosure,
            rules,
            month,
            system: System::default(),
            keys: Vec::new(),
            reasons: Vec::new(),
            sensitive: Vec::new(),
            figures: HashMap::new(),
            activity: HashMap::new(),
            apart: Vec::new(),
            unknown: Vec::new(),
            growth: Vec::new(),
            revised: Vec::new(),
        }
    }

    fn build(mut self, before: Option<&PublicMonth>) -> PublicMonth {
        let indicators: Vec<_> = self.definition.indicators_in_force(self.month).collect();
        let areas: Vec<_> = self.definition.area_ids().collect();
        for &indicator in &indicators {
            for population in self.populations(indicator) {
                for &area in &areas {
                    self.add_figure((area, indicator, population, self.month));
                }
            }
            self.guess_suppressed(indicator);
            for population in self.populations(indicator) {
                for &area in &areas {
                    self.add_sum(area, indicator, population);
                }
            }
            for &area in &areas {
                self.add_cohorts(area, indicator);
                self.add_growth((area, indicator, Population::Everyone, self.month), before);
            }
        }
        for activity in self.definition.activity_ids() {
            for &area in &areas {
                self.add_activity((area, activity, self.month));
            }
            for &area in &areas {
                self.add_activity_sum((area, activity, self.month));
            }
        }
        self.add_identities(&areas);
        self.add_flows(before);
        self.finish()
    }

    fn finish(self) -> PublicMonth {
        let protection = protect(&self.system, &self.rules);
        let mut hidden = self.apart;
        let mut known = Vec::new();
        for (index, key) in self.keys.iter().enumerate() {
            let own = self.reasons[index];
            match protection.hidden[index] {
                // It is of the month before, which is hidden there.
                _ if key.month() != self.month => {}
                Some(Why::ToProtect(quantity)) => {
                    hidden.push((*key, Reason::ToProtect(quantity.index())));
                }
                Some(Why::Itself) => hidden.push((*key, own.unwrap_or(Reason::Same))),
                None => {
                    if let Some(reason) = own {
                        known.push(*key);
                        hidden.push((*key, reason));
                    }
                }
            }
        }
        let insiders = if self.disclosure.insider {
            insiders(&self.system, &self.rules, &protection)
        } else {
            Vec::new()
        };
        let insiders = insiders
            .into_iter()
            .map(|(unit, quantity)| (self.keys[unit.index()], quantity.index()))
            .collect();
        PublicMonth {
            month: self.month,
            system: self.system,
            protection,
            keys: self.keys,
            sensitive: self.sensitive,
            hidden,
            known,
            growth: self.growth,
            insiders,
            revised: self.revised,
        }
    }

    /// The populations whose figures somebody could be shown: those that are reported, and those
    /// that a gap is between.
    fn populations(&self, indicator: IndicatorId) -> Vec<Population> {
        let mut populations: Vec<_> = self.definition.populations().collect();
        let of_gaps = self.definition.indicators.iter().filter_map(|other| other.gap);
        for gap in of_gaps.filter(|gap| gap.indicator == indicator) {
            for side in [gap.from, gap.to] {
                if !populations.contains(&side) {
                    populations.push(side);
                }
            }
        }
        populations
    }

    /// A figure as it is shown: of an earlier month, as it was reported.
    fn known(&mut self, key: FigureKey) -> Option<Known> {
        let (area, indicator, population, month) = key;
        if month < self.assessor.month() {
            let reported = self.assessor.reported(area, indicator, population, month)?;
            let Some(published) = reported.published else {
                return Some(Known { amount: reported.amount, before: None });
            };
            if published.amount != Amount::Suppressed {
                return Some(Known { amount: published.amount.clone(), before: Some(true) });
            }
            let now = self.assessor.figure(area, indicator, population, month)?;
            return Some(Known { amount: now.amount, before: Some(false) });
        }
        let now = self.assessor.figure(area, indicator, population, month)?;
        let published = self.assessor.history().published(month);
        let published = published.and_then(|of| of.figures.of_figure(area, indicator, population));
        let published = published.filter(|published| published.month == month);
        let before = match published {
            None => None,
            Some(published) if published.amount == Amount::Suppressed => Some(false),
            Some(published) if published.is(&now.amount) => Some(true),
            Some(published) => {
                if is_few_apart(&published.amount, &now.amount, &self.rules) {
                    self.revised.push(Key::Figure(key));
                }
                None
            }
        };
        Some(Known { amount: now.amount, before })
    }

    fn weight(&self, area: AreaId) -> u32 {
        let is_team = self.definition.area(area).kind == AreaKind::Team;
        let [team, other, top, keep] = WEIGHTS;
        if self.disclosure.keep.contains(&area) {
            keep
        } else if area == self.definition.top {
            top
        } else if is_team {
            team
        } else {
            other
        }
    }

    /// Whether the edition has a figure at all.
    fn is_in_edition(&self, area: AreaId, population: Population) -> bool {
        let mut cohort_tables = [TableName::Impact, TableName::Cohorts].into_iter();
        self.definition.is_about(area)
            && (population == Population::Everyone
                || cohort_tables.any(|table| self.definition.has_table(table)))
    }

    fn unit(&mut self, key: Key, known: &Known, own: Option<Reason>, cost: Cost) -> UnitId {
        let status = match known.before {
            Some(true) => Status::Known,
            Some(false) => Status::Hidden,
            None if own.is_some() => Status::Hidden,
            None => Status::Open,
        };
        let was_hidden = known.before == Some(false);
        self.keys.push(key);
        self.reasons.push(own.or(was_hidden.then_some(Reason::HiddenBefore)));
        self.system.figure(status, cost)
    }

    fn add_sensitive(&mut self, terms: &[Term], what: Sensitive, if_small: bool) {
        if self.system.sensitive(terms, if_small).is_some() {
            self.sensitive.push(what);
        }
    }

    fn add_figure(&mut self, key: FigureKey) {
        let (area, id, population, _) = key;
        let indicator = self.definition.indicator(id);
        if indicator.gap.is_some() || self.definition.area(area).kind == AreaKind::Team {
            return;
        }
        let Some(mut known) = self.known(key) else { return };
        let of_people = indicator.sensitivity != Sensitivity::None;
        let outside = (!self.is_in_edition(area, population)).then_some(Reason::NotInEdition);
        let whole = |number: &Decimal| whole(number);
        let (numerator, denominator, counts) = match (&known.amount, indicator.unit) {
            (Amount::NoFigure(_) | Amount::Gap(_), _) => return,
            (Amount::Suppressed | Amount::Low, _) => {
                self.apart.push((Key::Figure(key), Reason::InExtract));
                self.unknown.push(key);
                return;
            }
            (Amount::Value(value), Unit::Number) => {
                let value = whole(value);
                (value, None, value.map(FigureCounts::Count))
            }
            (Amount::Value(_), _) => {
                let reason = outside.or(of_people.then_some(Reason::NoCounts));
                self.apart.extend(reason.map(|reason| (Key::Figure(key), reason)));
                return;
            }
            (Amount::Ratio { numerator, denominator }, unit) => {
                let (numerator, denominator) = (whole(numerator), whole(denominator));
                let counts =
                    numerator.zip(denominator).map(|(numerator, denominator)| match unit {
                        Unit::Percent => FigureCounts::Percent {
                            numerator,
                            denominator,
                            counts_only: indicator.sensitivity == Sensitivity::Counts,
                        },
                        _ => FigureCounts::Rate { numerator, denominator },
                    });
                match unit {
                    Unit::Average => {
                        let counts =
                            denominator.map(|denominator| FigureCounts::Average { denominator });
                        (None, denominator, counts)
                    }
                    // A population has decimals, and is no count of the few.
                    Unit::Rate { .. } if denominator.is_none() => {
                        (numerator, None, numerator.map(FigureCounts::Count))
                    }
                    _ => (numerator, denominator, counts),
                }
            }
        };
        let Some(counts) = counts else {
            // Numbers with decimals are no counts.
            self.apart.extend(outside.map(|reason| (Key::Figure(key), reason)));
            return;
        };
        if !of_people && outside.is_none() {
            known.before = Some(true);
        }
        let own = if of_people { counts.reason(&self.rules).map(Reason::Itself) } else { None };
        let size = denominator.or(numerator).unwrap_or(0);
        let cost = Cost {
            is_last_resort: numerator == Some(0) || size == 0,
            weight: self.weight(area),
            population: u8::from(population == Population::Everyone),
            size,
        };
        let unit = self.unit(Key::Figure(key), &known, own.or(outside), cost);
        let mut item =
            |value: Option<i64>| value.map(|value| self.system.item(unit, value, &self.rules));
        let numbers = Numbers { unit, numerator: item(numerator), denominator: item(denominator) };
        self.figures.insert(key, numbers);
        if of_people {
            self.add_numbers(Key::Figure(key), numbers, counts, known.before == Some(true));
        }
    }

    /// What nobody may work out of a figure, unless it has been published, and that its numerator is
    /// part of its denominator.
    fn add_numbers(&mut self, key: Key, numbers: Numbers, counts: FigureCounts, is_known: bool) {
        let rules = self.rules;
        if let Some(numerator) = numbers.numerator {
            let is_small = !is_known && rules.is_small(self.system.value_of(numerator));
            let what = Sensitive::Of(key, NumberOf::Numerator);
            self.add_sensitive(&[(numerator, 1)], what, is_small);
        }
        if let Some(denominator) = numbers.denominator {
            let value = self.system.value_of(denominator);
            let is_small = !is_known && rules.is_small_denominator(value);
            let what = Sensitive::Of(key, NumberOf::Denominator);
            self.add_sensitive(&[(denominator, 1)], what, is_small);
        }
        if let (FigureCounts::Percent { counts_only, .. }, Some(numerator), Some(denominator)) =
            (counts, numbers.numerator, numbers.denominator)
        {
            let rest = vec![(denominator, 1), (numerator, -1)];
            let value = self.system.value(&rest);
            let counts_rest = rules.hides_all_but_a_few && !counts_only;
            let is_small = !is_known && counts_rest && rules.is_small(value);
            self.add_sensitive(&rest, Sensitive::Of(key, NumberOf::Rest), is_small);
            // Where all are in it, it is shown: one that is hidden has somebody who is not.
            self.system.at_least(rest, if counts_rest { rules.least(value) } else { 0 });
        }
    }

    /// Numbers for figures that are suppressed in the extract: what their area leaves for them, in
    /// equal parts. Any numbers will do that add up, since none of them is shown.
    fn guess_suppressed(&mut self, id: IndicatorId) {
        let unknown = std::mem::take(&mut self.unknown);
        for &(area, _, population, month) in &unknown {
            let key = (area, id, population, month);
            let Some(parent) = self.definition.area(area).parent else { continue };
            let Some(of_parent) = self.figures.get(&(parent, id, population, month)).copied()
            else {
                continue;
            };
            if self.figures.contains_key(&key) {
                continue;
            }
            let parts: Vec<_> = self.definition.parts_of_sum(parent, id, month).collect();
            let guessed: Vec<_> = parts
                .iter()
                .filter(|part| unknown.contains(&(**part, id, population, month)))
                .collect();
            let left = |of: NumberOf| -> Option<i64> {
                let total = self.system.value_of(of_parent.of(of)?);
                let known = parts
                    .iter()
                    .filter_map(|part| self.figures.get(&(*part, id, population, month))?.of(of));
                Some(total - known.map(|item| self.system.value_of(item)).sum::<i64>())
            };
            let left = BOTH.map(left);
            let count = i64::try_from(guessed.len()).unwrap_or(i64::MAX).max(1);
            if left.iter().flatten().any(|left| *left < 0) {
                continue;
            }
            let guessed: Vec<AreaId> = guessed.into_iter().copied().collect();
            for (index, part) in guessed.into_iter().enumerate() {
                let extra =
                    |left: i64| i64::try_from(index).is_ok_and(|index| index < left % count);
                let share = |left: i64| left / count + i64::from(extra(left));
                self.add_guess((part, id, population, month), left.map(|left| left.map(share)));
            }
        }
        for key in unknown {
            if !self.figures.contains_key(&key) {
                self.guess_from_others(key);
            }
        }
    }

    /// Numbers for a figure that is suppressed in the extract, of which all else is there: the sum of
    /// its parts, or what everyone, a cohort and the rest make of one another.
    fn guess_from_others(&mut self, key: FigureKey) {
        let (area, id, population, month) = key;
        let number = |area, population, of: NumberOf| {
            let item = self.figures.get(&(area, id, population, month))?.of(of)?;
            Some(self.system.value_of(item))
        };
        let parts: Vec<_> = self.definition.parts_of_sum(area, id, month).collect();
        let of_parts = |of: NumberOf| -> Option<i64> {
            parts.iter().map(|part| number(*part, population, of)).sum()
        };
        let of_cohorts = |of: NumberOf| {
            let mut cohorts = self.definition.cohort_ids();
            cohorts.find_map(|cohort| {
                let all = number(area, Population::Everyone, of);
                let rest = number(area, Population::Excluding(cohort), of);
                let own = number(area, Population::Cohort(cohort), of);
                match population {
                    Population::Everyone => Some(rest? + own?),
                    Population::Excluding(one) if one == cohort => Some(all? - own?),
                    Population::Cohort(one) if one == cohort => Some(all? - rest?),
                    _ => None,
                }
            })
        };
        let value = |of: NumberOf| {
            let of_parts = (!parts.is_empty()).then(|| of_parts(of)).flatten();
            of_parts.or_else(|| of_cohorts(of)).filter(|value| *value >= 0)
        };
        let values = BOTH.map(value);
        if values != [None, None] {
            self.add_guess(key, values);
        }
    }

    fn add_guess(&mut self, key: FigureKey, values: [Option<i64>; 2]) {
        let unit = self.system.figure(Status::Hidden, Cost::default());
        self.keys.push(Key::Figure(key));
        self.reasons.push(Some(Reason::InExtract));
        self.apart.retain(|(of, _)| *of != Key::Figure(key));
        let mut item =
            |value: Option<i64>| value.map(|value| self.system.item(unit, value, &self.rules));
        let [numerator, denominator] = values.map(&mut item);
        let numbers = Numbers { unit, numerator, denominator };
        self.figures.insert(key, numbers);
        let what = if numerator.is_some() { NumberOf::Numerator } else { NumberOf::Denominator };
        if let Some(item) = numerator.or(denominator) {
            self.add_sensitive(&[(item, 1)], Sensitive::Of(Key::Figure(key), what), true);
        }
    }

    /// An area and its parts.
    fn add_sum(&mut self, area: AreaId, id: IndicatorId, population: Population) {
        let key = (area, id, population, self.month);
        let Some(total) = self.figures.get(&key).copied() else { return };
        let parts: Vec<_> = self.definition.parts_of_sum(area, id, self.month).collect();
        let is_rolled_up = self.definition.indicator(id).rollup == Rollup::Sum;
        for of in BOTH {
            let Some(total) = total.of(of) else { continue };
            let items = parts
                .iter()
                .map(|part| self.figures.get(&(*part, id, population, self.month))?.of(of));
            let items: Vec<Option<Item>> = items.collect();
            let sensitive = Sensitive::Elsewhere(Key::Figure(key), of);
            self.add_total(total, &items, is_rolled_up, sensitive);
        }
    }

    /// A total and its parts, of which some may have no figure. Where they need not add up, they
    /// are taken to if they do.
    fn add_total(
        &mut self,
        total: Item,
        parts: &[Option<Item>],
        must_add_up: bool,
        elsewhere: Sensitive,
    ) {
        let there: Vec<Item> = parts.iter().flatten().copied().collect();
        if there.is_empty() {
            return;
        }
        let sum: i64 = there.iter().map(|part| self.system.value_of(*part)).sum();
        let left = self.system.value_of(total) - sum;
        if there.len() == parts.len() {
            if must_add_up || left == 0 {
                self.system.adds_up(total, &there);
            }
        } else if must_add_up && left >= 0 {
            let unseen = self.system.unseen(left);
            let all: Vec<Item> = there.into_iter().chain([unseen]).collect();
            self.system.adds_up(total, &all);
            self.add_sensitive(&[(unseen, 1)], elsewhere, self.rules.is_small(left));
        }
    }

    /// Everyone, everyone but a cohort, and the cohort.
    fn add_cohorts(&mut self, area: AreaId, id: IndicatorId) {
        let indicator = self.definition.indicator(id);
        let month = self.month;
        let of = |population| (area, id, population, month);
        let Some(all) = self.figures.get(&of(Population::Everyone)).copied() else { return };
        for cohort in self.definition.cohort_ids() {
            let Some(rest) = self.figures.get(&of(Population::Excluding(cohort))).copied() else {
                continue;
            };
            if indicator.excludes.contains(&cohort) {
                for (one, other) in BOTH.iter().filter_map(|of| all.of(*of).zip(rest.of(*of))) {
                    self.system.same(one, other);
                }
                self.system.share_fate(all.unit, rest.unit);
                continue;
            }
            let own = self.figures.get(&of(Population::Cohort(cohort))).copied();
            let is_of_people = indicator.sensitivity != Sensitivity::None;
            for of in BOTH {
                let Some((all, rest)) = all.of(of).zip(rest.of(of)) else { continue };
                let cohort_terms = [(all, 1), (rest, -1)];
                if let Some(own) = own.and_then(|own| own.of(of)) {
                    self.system.relation(vec![(all, 1), (rest, -1), (own, -1)]);
                } else {
                    let value = self.system.value(&cohort_terms);
                    let is_small = match of {
                        NumberOf::Denominator => self.rules.is_small_denominator(value),
                        _ => self.rules.is_small(value),
                    };
                    let what = Sensitive::Cohort(area, id, cohort, of);
                    self.add_sensitive(&cohort_terms, what, is_of_people && is_small);
                }
                self.system.not_negative(cohort_terms.to_vec());
            }
            if indicator.unit == Unit::Percent
                && let (Some(all_n), Some(all_d)) = (all.numerator, all.denominator)
                && let (Some(rest_n), Some(rest_d)) = (rest.numerator, rest.denominator)
            {
                let not_in_it = [(all_d, 1), (all_n, -1), (rest_d, -1), (rest_n, 1)];
                let is_small = own.is_none()
                    && indicator.sensitivity == Sensitivity::All
                    && self.rules.hides_all_but_a_few
                    && self.rules.is_small(self.system.value(&not_in_it));
                let what = Sensitive::Cohort(area, id, cohort, NumberOf::Rest);
                self.add_sensitive(&not_in_it, what, is_small);
                self.system.not_negative(not_in_it.to_vec());
            }
        }
    }

    /// What two months of a year to date tell by subtraction.
    fn add_growth(&mut self, key: FigureKey, before: Option<&PublicMonth>) {
        let (area, id, population, month) = key;
        let indicator = self.definition.indicator(id);
        let last = month.before(1);
        let is_same_year =
            self.definition.financial_year(last) == self.definition.financial_year(month);
        if indicator.period != Period::YearToDate
            || indicator.sensitivity == Sensitivity::None
            || !is_same_year
        {
            return;
        }
        let Some(now) = self.figures.get(&key).copied().and_then(|now| now.numerator) else {
            return;
        };
        let Some(earlier) = self.known((area, id, population, last)) else { return };
        let earlier = match earlier.amount {
            Amount::Ratio { numerator, .. } => whole(&numerator),
            Amount::Value(value) => whole(&value),
            _ => None,
        };
        let Some(earlier) = earlier else { return };
        let growth = self.system.value_of(now) - earlier;
        if growth < 1 || !self.rules.is_small(growth) {
            return;
        }
        if self.disclosure.year_to_date == YearToDate::Note {
            self.growth.push((Key::Figure(key), growth));
            return;
        }
        let of_last = Key::Figure((area, id, population, last));
        let was_hidden =
            before.is_some_and(|before| before.hidden.iter().any(|(hidden, _)| *hidden == of_last));
        if !was_hidden {
            self.system.at_least(vec![(now, 1)], earlier);
            self.add_sensitive(&[(now, 1)], Sensitive::Growth(Key::Figure(key)), true);
        }
    }

    fn known_activity(&mut self, key: ActivityKey) -> Option<Known> {
        let (area, activity, month) = key;
        let history = self.assessor.history();
        let now = history.extract_if_read(month);
        let now = now.and_then(|extract| extract.activities.amount(area, activity)).cloned();
        let published = history.published(month);
        let published = published.and_then(|of| of.figures.of_activity(area, activity)).cloned();
        Some(match published {
            None => Known { amount: now?, before: None },
            Some(Amount::Suppressed) => Known { amount: now?, before: Some(false) },
            Some(published)
                if month < self.assessor.month() || now.as_ref() == Some(&published) =>
            {
                Known { amount: published, before: Some(true) }
            }
            Some(published) => {
                let now = now?;
                if is_few_apart(&published, &now, &self.rules) {
                    self.revised.push(Key::Activity(key));
                }
                Known { amount: now, before: None }
            }
        })
    }

    fn add_activity(&mut self, key: ActivityKey) {
        let (area, activity, _) = key;
        let Some(mut known) = self.known_activity(key) else { return };
        let of_people = self.definition.activity(activity).sensitivity != Sensitivity::None;
        let is_in_edition =
            self.definition.is_about(area) && self.definition.has_table(TableName::Activity);
        let outside = (!is_in_edition).then_some(Reason::NotInEdition);
        let value = match &known.amount {
            Amount::Value(value) => {
                let Some(value) = whole(value) else {
                    self.apart.extend(outside.map(|reason| (Key::Activity(key), reason)));
                    return;
                };
                value
            }
            Amount::NoFigure(_) => return,
            _ => {
                self.apart.push((Key::Activity(key), Reason::InExtract));
                return;
            }
        };
        if !of_people && outside.is_none() {
            known.before = Some(true);
        }
        let own = if of_people {
            FigureCounts::Count(value).reason(&self.rules).map(Reason::Itself)
        } else {
            None
        };
        let cost = Cost {
            is_last_resort: value == 0,
            weight: self.weight(area),
            population: 1,
            size: value,
        };
        let unit = self.unit(Key::Activity(key), &known, own.or(outside), cost);
        let item = self.system.item(unit, value, &self.rules);
        let numbers = Numbers { unit, numerator: Some(item), denominator: None };
        self.activity.insert(key, numbers);
        if of_people {
            let is_known = known.before == Some(true);
            self.add_numbers(Key::Activity(key), numbers, FigureCounts::Count(value), is_known);
        }
    }

    /// A count for one that is suppressed in the extract.
    fn guess_activity(&mut self, key: ActivityKey, value: i64) {
        let unit = self.system.figure(Status::Hidden, Cost::default());
        self.keys.push(Key::Activity(key));
        self.reasons.push(Some(Reason::InExtract));
        self.apart.retain(|(of, _)| *of != Key::Activity(key));
        let item = self.system.item(unit, value, &self.rules);
        let numbers = Numbers { unit, numerator: Some(item), denominator: None };
        self.activity.insert(key, numbers);
        let what = Sensitive::Of(Key::Activity(key), NumberOf::Numerator);
        self.add_sensitive(&[(item, 1)], what, true);
    }

    fn add_activity_sum(&mut self, key: ActivityKey) {
        let (area, activity, month) = key;
        let parts: Vec<AreaId> = self.definition.parts_and_teams(area, month).collect();
        let number = |builder: &Self, area| {
            let item = builder.activity.get(&(area, activity, month))?.numerator?;
            Some(builder.system.value_of(item))
        };
        let is_suppressed = |builder: &Self, area| {
            let key = Key::Activity((area, activity, month));
            builder.apart.contains(&(key, Reason::InExtract))
        };
        // A count that is suppressed in the extract is what the others leave or make.
        if is_suppressed(self, area) && !parts.is_empty() {
            let sum: Option<i64> = parts.iter().map(|part| number(self, *part)).sum();
            if let Some(sum) = sum {
                self.guess_activity(key, sum);
            }
        }
        let Some(total) = self.activity.get(&key).and_then(|numbers| numbers.numerator) else {
            return;
        };
        let known: i64 = parts.iter().filter_map(|part| number(self, *part)).sum();
        let left = self.system.value_of(total) - known;
        let suppressed: Vec<AreaId> =
            parts.iter().copied().filter(|part| is_suppressed(self, *part)).collect();
        let count = i64::try_from(suppressed.len()).unwrap_or(i64::MAX);
        if left >= 0 {
            for (index, part) in suppressed.into_iter().enumerate() {
                let is_more = i64::try_from(index).is_ok_and(|index| index < left % count);
                let value = left / count + i64::from(is_more);
                self.guess_activity((part, activity, month), value);
            }
        }
        let items: Vec<Option<Item>> = parts
            .iter()
            .map(|part| self.activity.get(&(*part, activity, month))?.numerator)
            .collect();
        let elsewhere = Sensitive::Elsewhere(Key::Activity(key), NumberOf::Numerator);
        self.add_total(total, &items, true, elsewhere);
    }

    /// Figures that are the same count.
    fn add_identities(&mut self, areas: &[AreaId]) {
        for identity in &self.definition.identities {
            for &area in areas {
                let terms: Vec<Vec<Term>> =
                    identity.same.iter().filter_map(|term| self.terms(area, *term)).collect();
                for pair in terms.windows(2) {
                    match [pair[0].as_slice(), pair[1].as_slice()] {
                        [&[(one, 1)], &[(other, 1)]] => self.system.same(one, other),
                        [one, other] => {
                            let other = other.iter().map(|(item, times)| (*item, -times));
                            self.system.relation(one.iter().copied().chain(other).collect());
                        }
                    }
                }
            }
        }
    }

    /// The numbers that a term of an identity is made of.
    fn terms(&self, area: AreaId, term: IdentityTerm) -> Option<Vec<Term>> {
        match term {
            IdentityTerm::Activity(activity) => {
                let numbers = self.activity.get(&(area, activity, self.month))?;
                Some(vec![(numbers.numerator?, 1)])
            }
            IdentityTerm::Indicator { indicator, part, cohort } => {
                let number = |population| {
                    let numbers = self.figures.get(&(area, indicator, population, self.month))?;
                    match part {
                        Part::Numerator | Part::Value => numbers.numerator,
                        Part::Denominator => numbers.denominator,
                    }
                };
                let Some(cohort) = cohort else {
                    return Some(vec![(number(Population::Everyone)?, 1)]);
                };
                if let Some(own) = number(Population::Cohort(cohort)) {
                    return Some(vec![(own, 1)]);
                }
                let rest = number(Population::Excluding(cohort))?;
                Some(vec![(number(Population::Everyone)?, 1), (rest, -1)])
            }
        }
    }

    /// A stock is last month's, with what came in and without what went out, where that is so.
    fn add_flows(&mut self, before: Option<&PublicMonth>) {
        let last = self.month.before(1);
        let area = self.definition.top;
        for stock in self.definition.activity_ids() {
            let Some(flow) = self.definition.activity(stock).flow else { continue };
            let number = |activity| self.activity.get(&(area, activity, self.month))?.numerator;
            let all = [number(stock), number(flow.starts), number(flow.ends)];
            let [Some(now), Some(starts), Some(ends)] = all else { continue };
            let key = (area, stock, last);
            let Some(Known { amount: Amount::Value(earlier), .. }) = self.known_activity(key)
            else {
                continue;
            };
            let Some(earlier) = whole(&earlier) else { continue };
            let terms = vec![(now, 1), (starts, -1), (ends, 1)];
            if self.system.value(&terms) != earlier {
                continue;
            }
            let was_hidden = before.is_some_and(|before| {
                before.hidden.iter().any(|(hidden, _)| *hidden == Key::Activity(key))
            });
            if !was_hidden {
                self.system.relation(terms);
                continue;
            }
            let unit = self.system.figure(Status::Hidden, Cost::default());
            self.keys.push(Key::Activity(key));
            self.reasons.push(None);
            let item = self.system.item(unit, earlier, &self.rules);
            self.system.relation(terms.into_iter().chain([(item, -1)]).collect());
            let what = Sensitive::Of(Key::Activity(key), NumberOf::Numerator);
            let is_small = self.rules.is_small(earlier);
            self.add_sensitive(&[(item, 1)], what, is_small);
        }
    }
}

/// A count, if it is a whole number.
fn whole(number: &Decimal) -> Option<i64> {
    let number = number.clone().trimmed();
    number.mantissa().filter(|_| number.scale() == 0 && !number.is_negative())
}

/// Whether two versions of a figure tell a few people by their difference.
fn is_few_apart(was: &Amount, now: &Amount, rules: &DisclosureRules) -> bool {
    let pairs: Vec<(&Decimal, &Decimal)> = match (was, now) {
        (
            Amount::Ratio { numerator, denominator },
            Amount::Ratio { numerator: now_n, denominator: now_d },
        ) => vec![(numerator, now_n), (denominator, now_d)],
        (Amount::Value(was), Amount::Value(now)) => vec![(was, now)],
        _ => return false,
    };
    pairs.into_iter().any(|(was, now)| {
        let apart = whole(was).zip(whole(now)).map(|(was, now)| (was - now).abs());
        apart.is_some_and(|apart| apart > 0 && apart < rules.smallest_shown)
    })
}
