//! What the figures of a month come to: sums, cohorts, equal counts, flows.

use super::known::Known;
use super::{BOTH, MonthBuilder, whole};
use crate::assess::{ActivityKey, FigureKey};
use crate::definition::{
    AreaId, IndicatorId, Part, Period, Rollup, Sensitivity, Term as IdentityTerm, Unit, YearToDate,
};
use crate::disclosure::{Cost, Item, Key, NumberOf, PublicMonth, Sensitive, Status, Term};
use crate::figure::Amount;
use crate::population::Population;

impl MonthBuilder<'_, '_> {
    /// An area and its parts.
    pub(super) fn add_sum(&mut self, key: FigureKey) {
        let (area, id, population, month) = key;
        let Some(total) = self.figure(key) else { return };
        let parts: Vec<_> = self.definition.parts_of_sum(area, id, month).collect();
        let is_rolled_up = self.definition.indicator(id).rollup == Rollup::Sum;
        for of in BOTH {
            let Some(total) = total.of(of) else { continue };
            let items =
                parts.iter().map(|part| self.figure((*part, id, population, month))?.of(of));
            let items: Vec<Option<Item>> = items.collect();
            let elsewhere = Sensitive::Elsewhere(Key::Figure(key), of);
            self.add_total(total, &items, is_rolled_up, elsewhere);
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
    pub(super) fn add_cohorts(&mut self, area: AreaId, id: IndicatorId) {
        let indicator = self.definition.indicator(id);
        let month = self.month;
        let of = |population| (area, id, population, month);
        let Some(all) = self.figure(of(Population::Everyone)) else { return };
        for cohort in self.definition.cohort_ids() {
            let Some(rest) = self.figure(of(Population::Excluding(cohort))) else { continue };
            if indicator.excludes.contains(&cohort) {
                for (one, other) in BOTH.iter().filter_map(|of| all.of(*of).zip(rest.of(*of))) {
                    self.system.same(one, other);
                }
                self.system.share_fate(all.unit, rest.unit);
                continue;
            }
            let own = self.figure(of(Population::Cohort(cohort)));
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
    pub(super) fn add_growth(&mut self, key: FigureKey, before: Option<&PublicMonth>) {
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
        let Some(now) = self.figure(key).and_then(|now| now.numerator) else { return };
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
        if !before.is_some_and(|before| before.hides(&of_last)) {
            self.system.at_least(vec![(now, 1)], earlier);
            self.add_sensitive(&[(now, 1)], Sensitive::Growth(Key::Figure(key)), true);
        }
    }

    pub(super) fn add_activity_sum(&mut self, key: ActivityKey) {
        let (area, activity, month) = key;
        let parts: Vec<AreaId> = self.definition.parts_and_teams(area, month).collect();
        // A count that is suppressed in the extract is what the others leave or make.
        if self.is_unknown(&Key::Activity(key)) && !parts.is_empty() {
            let count = |part: &AreaId| Some(self.system.value_of(self.count(*part, activity)?));
            let sum: Option<i64> = parts.iter().map(count).sum();
            if sum.is_some() {
                self.guess(Key::Activity(key), [sum, None]);
            }
        }
        let Some(total) = self.count(area, activity) else { return };
        let keys: Vec<_> =
            parts.iter().map(|part| Key::Activity((*part, activity, month))).collect();
        self.guess_parts(Key::Activity(key), &keys);
        let items: Vec<Option<Item>> =
            parts.iter().map(|part| self.count(*part, activity)).collect();
        let elsewhere = Sensitive::Elsewhere(Key::Activity(key), NumberOf::Numerator);
        self.add_total(total, &items, true, elsewhere);
    }

    /// Figures that are the same count.
    pub(super) fn add_identities(&mut self, areas: &[AreaId]) {
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
            IdentityTerm::Activity(activity) => Some(vec![(self.count(area, activity)?, 1)]),
            IdentityTerm::Indicator { indicator, part, cohort } => {
                let number = |population| {
                    let numbers = self.figure((area, indicator, population, self.month))?;
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
    pub(super) fn add_flows(&mut self, before: Option<&PublicMonth>) {
        let last = self.month.before(1);
        let area = self.definition.top;
        for stock in self.definition.activity_ids() {
            let Some(flow) = self.definition.activity(stock).flow else { continue };
            let number = |activity| self.count(area, activity);
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
            let key = Key::Activity(key);
            if !before.is_some_and(|before| before.hides(&key)) {
                self.system.relation(terms);
                continue;
            }
            let unit = self.add_unit(key, None, Status::Hidden, Cost::default());
            let item = self.system.item(unit, earlier, &self.rules);
            self.system.relation(terms.into_iter().chain([(item, -1)]).collect());
            let what = Sensitive::Of(key, NumberOf::Numerator);
            let is_small = self.rules.is_small(earlier);
            self.add_sensitive(&[(item, 1)], what, is_small);
        }
    }
}
