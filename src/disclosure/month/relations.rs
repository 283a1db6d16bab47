//! What the figures of a month come to: sums, cohorts, equal counts, flows.

use super::known::Known;
use super::{BOTH, MonthBuilder, Numbers, counts_of, whole};
use crate::assess::{ActivityKey, FigureKey};
use crate::definition::{
    AreaId, IndicatorId, Part, Period, Rollup, Sensitivity, Term as IdentityTerm, Unit, YearToDate,
};
use crate::disclosure::{Item, Key, NumberOf, PublicEdition, Sensitive, Term};
use crate::figure::Amount;
use crate::population::Population;

impl MonthBuilder<'_, '_> {
    /// An area and its parts.
    pub(super) fn add_sum(&mut self, key: FigureKey, earlier: &PublicEdition) {
        let (area, id, population, month) = key;
        let Some(total) = self.figure(key) else { return };
        let parts: Vec<_> = self.definition.parts_of_sum(area, id, month).collect();
        let of_part = |part: &AreaId| (*part, id, population, month);
        let now: Vec<_> = parts.iter().map(|part| self.figure(of_part(part))).collect();
        let period = self.definition.indicator(id).period;
        let mut figures = now.clone();
        if period == Period::YearToDate {
            for (part, figure) in parts.iter().zip(&mut figures) {
                *figure = figure.or_else(|| self.last_of_ended(of_part(part), earlier));
            }
        }
        let left = |builder: &Self, figures: &[Option<Numbers>]| {
            BOTH.map(|of| builder.left(total.of(of)?, &items(figures, of)))
        };
        let is_complete = figures.iter().all(Option::is_some);
        let is_as_then = |left: &i64| if is_complete { *left == 0 } else { *left >= 0 };
        if !left(self, &figures).iter().flatten().all(is_as_then) {
            figures = now;
        }
        // Where a part has no figure, the others tell what it has, if they add up.
        let left = left(self, &figures);
        let is_told = left.iter().flatten().all(|left| *left >= 0)
            && left.iter().flatten().any(|left| self.rules.is_small(*left));
        let must_add_up = self.definition.indicator(id).rollup == Rollup::Sum;
        let missing = parts.iter().zip(&figures).filter(|(_, figure)| figure.is_none());
        let missing: Vec<AreaId> = missing.map(|(part, _)| *part).collect();
        for of in BOTH {
            let Some(total) = total.of(of) else { continue };
            let elsewhere = Sensitive::Elsewhere(Key::Figure(key), of);
            let unseen =
                self.add_total(total, &items(&figures, of), must_add_up, is_told, elsewhere);
            // Of the last twelve months it has no more than when it ended.
            if let (Some(unseen), [part], Period::Rolling12Months) =
                (unseen, missing.as_slice(), period)
                && let Some(last) = self.last_of_ended(of_part(part), earlier)
                && let Some(last) = last.of(of)
            {
                self.system.not_negative(vec![(last, 1), (unseen, -1)]);
            }
        }
    }

    /// What a part that has ended had come to in its last month, which a reader has from the paper of
    /// that month. In a year to date it has the same ever after.
    fn last_of_ended(&mut self, key: FigureKey, earlier: &PublicEdition) -> Option<Numbers> {
        let (area, id, population, month) = key;
        let last = self.definition.area(area).in_force.until.filter(|last| *last < month)?;
        let then = earlier.month(last)?;
        self.import(then, Key::Figure((area, id, population, last)))
    }

    /// What a total has beside its parts.
    fn left(&self, total: Item, parts: &[Option<Item>]) -> Option<i64> {
        let there = parts.iter().flatten();
        let sum: i64 = there.clone().map(|part| self.system.value_of(*part)).sum();
        there.clone().next().map(|_| self.system.value_of(total) - sum)
    }

    /// A total and its parts, of which some may have no figure. Where they need not add up, they
    /// are taken to if they do, and where what is left of them `is_told`. What those without a
    /// figure have together, if it is known to be that.
    fn add_total(
        &mut self,
        total: Item,
        parts: &[Option<Item>],
        must_add_up: bool,
        is_told: bool,
        elsewhere: Sensitive,
    ) -> Option<Item> {
        let left = self.left(total, parts)?;
        let there: Vec<Item> = parts.iter().flatten().copied().collect();
        if there.len() == parts.len() {
            if must_add_up || left == 0 {
                self.system.adds_up(total, &there);
            }
            return None;
        }
        if left < 0 || !(must_add_up || is_told) {
            return None;
        }
        let unseen = self.system.add_unseen(left);
        let all: Vec<Item> = there.into_iter().chain([unseen]).collect();
        self.system.adds_up(total, &all);
        self.add_sensitive(&[(unseen, 1)], elsewhere, self.rules.is_small(left));
        Some(unseen)
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
                self.system.share_fate(all.figure, rest.figure);
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

    /// What two months of a year to date tell by subtraction: how many more there are, out of how
    /// many more, and how many more are not in it.
    pub(super) fn add_growth(&mut self, key: FigureKey, earlier: &PublicEdition) {
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
        let Some(now) = self.figure(key) else { return };
        let Some(was) = self.known((area, id, population, last)) else { return };
        let Some(([numerator, denominator], _)) = counts_of(&was.amount, indicator) else { return };
        let of_last = Key::Figure((area, id, population, last));
        if earlier.month(last).is_some_and(|then| then.hides(&of_last)) {
            return;
        }
        let hides_rest = indicator.unit == Unit::Percent
            && indicator.sensitivity == Sensitivity::All
            && self.rules.hides_all_but_a_few;
        let in_it = now.numerator.zip(numerator);
        let out_of = now.denominator.zip(denominator);
        let rest = in_it.zip(out_of).filter(|_| hides_rest);
        let (few, out_of_few) = (self.rules.smallest_shown, self.rules.smallest_out_of);
        let grown = [
            in_it.map(|(now, was)| (NumberOf::Numerator, vec![(now, 1)], was, few)),
            out_of.map(|(now, was)| (NumberOf::Denominator, vec![(now, 1)], was, out_of_few)),
            rest.map(|((n, n_was), (d, d_was))| {
                (NumberOf::Rest, vec![(d, 1), (n, -1)], d_was - n_was, few)
            }),
        ];
        for (of, terms, was, limit) in grown.into_iter().flatten() {
            let growth = self.system.value(&terms) - was;
            let what = Sensitive::Growth(Key::Figure(key), of);
            if !(1..limit).contains(&growth) {
                continue;
            }
            match self.disclosure.year_to_date {
                YearToDate::Note => self.growth.push((what, growth)),
                YearToDate::Protect => {
                    self.add_sensitive(&terms, what, true);
                    self.system.at_least(terms, was);
                }
            }
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
        self.add_total(total, &items, true, false, elsewhere);
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
    pub(super) fn add_flows(&mut self, earlier: &PublicEdition) {
        let last = self.month.before(1);
        let area = self.definition.top;
        for stock in self.definition.activity_ids() {
            let Some(flow) = self.definition.activity(stock).flow else { continue };
            let number = |activity| self.count(area, activity);
            let all = [number(stock), number(flow.starts), number(flow.ends)];
            let [Some(now), Some(starts), Some(ends)] = all else { continue };
            let key = (area, stock, last);
            let Some(Known { amount: Amount::Value(was), .. }) = self.known_activity(key) else {
                continue;
            };
            let mut terms = vec![(now, 1), (starts, -1), (ends, 1)];
            if whole(&was) != Some(self.system.value(&terms)) {
                continue;
            }
            let key = Key::Activity(key);
            if let Some(then) = earlier.month(last).filter(|then| then.hides(&key)) {
                let was = self.import(then, key).and_then(|numbers| numbers.numerator);
                let Some(was) = was else { continue };
                terms.push((was, -1));
            }
            self.system.relation(terms);
        }
    }
}

/// One number of each figure.
fn items(figures: &[Option<Numbers>], of: NumberOf) -> Vec<Option<Item>> {
    figures.iter().map(|figure| figure.as_ref()?.of(of)).collect()
}
