//! The figures of a month as a [`System`]: what they are, and why some are hidden themselves.

mod import;
mod known;
mod relations;
mod suppressed;

use std::collections::{HashMap, HashSet};

use import::Imported;
use known::Published;

use super::primary::FigureCounts;
use super::{
    Cost, DisclosureRules, FigureId, Item, Key, NumberOf, PublicEdition, PublicMonth, Reason,
    Sensitive, Status, System, Term, Why, insiders, protect,
};
use crate::assess::{ActivityKey, Assessor, FigureKey};
use crate::definition::{
    ActivityId, AreaId, AreaKind, Definition, Disclosure, Indicator, IndicatorId, Sensitivity,
    TableName, Unit,
};
use crate::figure::{Amount, Decimal};
use crate::month::Month;
use crate::population::Population;

/// The numbers of a figure in the system; of an average there is no numerator, since it counts no
/// people.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers {
    figure: FigureId,
    numerator: Option<Item>,
    pub denominator: Option<Item>,
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
pub(super) struct MonthBuilder<'a, 'e> {
    assessor: &'a Assessor<'e>,
    definition: &'e Definition,
    disclosure: &'a Disclosure,
    rules: DisclosureRules,
    month: Month,
    system: System,
    keys: Vec<Key>,
    reasons: Vec<Option<Reason>>,
    sensitive: Vec<Sensitive>,
    numbers: HashMap<Key, Numbers>,
    /// Figures to hide that had no numbers when they were added: those that are suppressed in the
    /// extract, which may be given some later, and those that are hidden because nobody can tell.
    apart: Vec<(Key, Reason)>,
    /// The figures that are suppressed in the extract.
    suppressed: HashSet<Key>,
    imported: Imported,
    growth: Vec<(Sensitive, i64)>,
    revised: Vec<Key>,
}

impl<'a, 'e> MonthBuilder<'a, 'e> {
    pub(super) fn new(
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
            numbers: HashMap::new(),
            apart: Vec::new(),
            suppressed: HashSet::new(),
            imported: Imported::default(),
            growth: Vec::new(),
            revised: Vec::new(),
        }
    }

    /// What is hidden of the month, given what was hidden of the months before it; those are left
    /// out where nothing of this month can tell of them.
    pub(super) fn build(mut self, earlier: &PublicEdition) -> PublicMonth {
        let indicators: Vec<_> = self.definition.indicators_in_force(self.month).collect();
        let areas: Vec<_> = self.definition.area_ids().collect();
        for &indicator in &indicators {
            let mut figures: Vec<FigureKey> = Vec::new();
            for population in self.populations(indicator) {
                let of_area = |area: &AreaId| (*area, indicator, population, self.month);
                figures.extend(areas.iter().map(of_area));
            }
            for key in &figures {
                self.add_figure(*key);
            }
            self.guess_suppressed(&figures);
            for key in &figures {
                self.add_sum(*key, earlier);
            }
            for &area in &areas {
                self.add_cohorts(area, indicator);
            }
            for key in figures {
                self.add_growth(key, earlier);
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
        self.add_flows(earlier);
        self.finish()
    }

    fn finish(self) -> PublicMonth {
        let protection = protect(&self.system, &self.rules);
        let mut hidden = self.apart;
        hidden.retain(|(key, _)| !self.numbers.contains_key(key));
        let mut known = Vec::new();
        for (index, key) in self.keys.iter().enumerate() {
            let own = self.reasons[index];
            match protection.hidden[index] {
                // It is of an earlier month, which has said what is hidden there.
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
            .map(|(figure, quantity)| (self.keys[figure.index()], quantity.index()))
            .collect();
        PublicMonth {
            month: self.month,
            system: self.system,
            protection,
            keys: self.keys,
            numbers: self.numbers,
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

    /// Adds a figure, with the reason why it is hidden itself.
    fn new_figure(
        &mut self,
        key: Key,
        own: Option<Reason>,
        status: Status,
        cost: Cost,
    ) -> FigureId {
        self.keys.push(key);
        self.reasons.push(own);
        self.system.add_figure(status, cost)
    }

    /// Adds the numbers of a figure.
    fn add_items(&mut self, key: Key, figure: FigureId, values: [Option<i64>; 2]) -> Numbers {
        let mut item = |value: Option<i64>| {
            value.map(|value| self.system.add_item(figure, value, &self.rules))
        };
        let [numerator, denominator] = values.map(&mut item);
        let numbers = Numbers { figure, numerator, denominator };
        self.numbers.insert(key, numbers);
        numbers
    }

    /// The numbers of a figure of an indicator.
    fn figure(&self, key: FigureKey) -> Option<Numbers> {
        self.numbers.get(&Key::Figure(key)).copied()
    }

    /// The count of an activity.
    fn count(&self, area: AreaId, activity: ActivityId) -> Option<Item> {
        self.numbers.get(&Key::Activity((area, activity, self.month)))?.numerator
    }

    fn add_sensitive(&mut self, terms: &[Term], what: Sensitive, if_small: bool) {
        if self.system.add_sensitive(terms, if_small).is_some() {
            self.sensitive.push(what);
        }
    }

    fn add_figure(&mut self, key: FigureKey) {
        let (area, id, population, _) = key;
        let indicator = self.definition.indicator(id);
        if indicator.gap.is_some() || self.definition.area(area).kind == AreaKind::Team {
            return;
        }
        let Some(known) = self.known(key) else { return };
        let outside = (!self.is_in_edition(area, population)).then_some(Reason::NotInEdition);
        let key = Key::Figure(key);
        match &known.amount {
            Amount::NoFigure(_) | Amount::Gap(_) => {}
            Amount::Suppressed | Amount::Low => self.add_suppressed(key),
            Amount::Value(_) if indicator.unit != Unit::Number => {
                let is_of_people = indicator.sensitivity != Sensitivity::None;
                let reason = outside.or(is_of_people.then_some(Reason::NoCounts));
                self.apart.extend(reason.map(|reason| (key, reason)));
            }
            amount @ (Amount::Value(_) | Amount::Ratio { .. }) => {
                let counts = counts_of(amount, indicator);
                self.add_known(key, known.published, counts, indicator.sensitivity, outside);
            }
        }
    }

    fn add_suppressed(&mut self, key: Key) {
        self.apart.push((key, Reason::InExtract));
        self.suppressed.insert(key);
    }

    /// Adds a figure whose numbers are known here. Those with decimals are no counts.
    fn add_known(
        &mut self,
        key: Key,
        published: Published,
        counts: Option<([Option<i64>; 2], FigureCounts)>,
        sensitivity: Sensitivity,
        outside: Option<Reason>,
    ) {
        let Some((values, counts)) = counts else {
            self.apart.extend(outside.map(|reason| (key, reason)));
            return;
        };
        let is_of_people = sensitivity != Sensitivity::None;
        // What is not about people is shown, as if it had been published.
        let is_free = !is_of_people && outside.is_none();
        let published = if is_free { Published::Numbers } else { published };
        let of_people = is_of_people.then(|| counts.reason(&self.rules)).flatten();
        let own = of_people.map(Reason::Itself).or(outside);
        let (status, own) = match published {
            Published::Numbers => (Status::Known, own),
            Published::Hidden => (Status::Hidden, own.or(Some(Reason::HiddenBefore))),
            Published::Nothing if own.is_some() => (Status::Hidden, own),
            Published::Nothing => (Status::Open, None),
        };
        let [numerator, denominator] = values;
        let size = denominator.or(numerator).unwrap_or(0);
        let cost = Cost {
            is_last_resort: numerator == Some(0) || size == 0,
            weight: self.weight(key.area()),
            population: u8::from(key.is_of_everyone()),
            size,
        };
        let figure = self.new_figure(key, own, status, cost);
        let numbers = self.add_items(key, figure, values);
        if is_of_people {
            self.add_numbers(key, numbers, counts, published == Published::Numbers);
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

    fn add_activity(&mut self, key: ActivityKey) {
        let (area, activity, _) = key;
        let Some(known) = self.known_activity(key) else { return };
        let is_in_edition =
            self.definition.is_about(area) && self.definition.has_table(TableName::Activity);
        let outside = (!is_in_edition).then_some(Reason::NotInEdition);
        let key = Key::Activity(key);
        match &known.amount {
            Amount::NoFigure(_) => {}
            Amount::Value(value) => {
                let counts =
                    whole(value).map(|value| ([Some(value), None], FigureCounts::Count(value)));
                let sensitivity = self.definition.activity(activity).sensitivity;
                self.add_known(key, known.published, counts, sensitivity, outside);
            }
            _ => self.add_suppressed(key),
        }
    }
}

/// A count, if it is a whole number.
fn whole(number: &Decimal) -> Option<i64> {
    let number = number.clone().trimmed();
    number.mantissa().filter(|_| number.scale() == 0 && !number.is_negative())
}

/// The numerator and the denominator of a figure, as far as they are counts, and what they count.
/// `None` if they have decimals.
fn counts_of(amount: &Amount, indicator: &Indicator) -> Option<([Option<i64>; 2], FigureCounts)> {
    let (numerator, denominator) = match amount {
        Amount::Ratio { numerator, denominator } => (whole(numerator), whole(denominator)),
        Amount::Value(value) => {
            let value = whole(value)?;
            return Some(([Some(value), None], FigureCounts::Count(value)));
        }
        _ => return None,
    };
    let counts = match (indicator.unit, numerator, denominator) {
        (Unit::Average, _, denominator) => {
            let denominator = denominator?;
            return Some(([None, Some(denominator)], FigureCounts::Average { denominator }));
        }
        (Unit::Percent, Some(numerator), Some(denominator)) => FigureCounts::Percent {
            numerator,
            denominator,
            counts_only: indicator.sensitivity == Sensitivity::Counts,
        },
        (_, Some(numerator), Some(denominator)) => FigureCounts::Rate { numerator, denominator },
        // A population has decimals, and is no count of the few.
        (Unit::Rate { .. }, Some(numerator), None) => FigureCounts::Count(numerator),
        _ => return None,
    };
    Some(([numerator, denominator], counts))
}
