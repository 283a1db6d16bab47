//! What is hidden in an earlier month, where a later one tells of it.

use std::collections::HashMap;

use super::{MonthBuilder, Numbers};
use crate::disclosure::system::{FigureId, Relation};
use crate::disclosure::{Cost, Item, Key, PublicMonth, Status, Term};
use crate::month::Month;

/// What has been brought over from an earlier month.
#[derive(Default)]
pub(super) struct Imported {
    items: HashMap<(Month, Item), Item>,
    figures: HashMap<(Month, FigureId), FigureId>,
}

impl MonthBuilder<'_, '_> {
    /// The numbers of a figure of an earlier month, with all that is hidden beside them there: what
    /// this month tells of them may tell of the others, too.
    pub(super) fn import(&mut self, then: &PublicMonth, key: Key) -> Option<Numbers> {
        let numbers = *then.numbers.get(&key)?;
        let own: Vec<Item> = numbers.numerator.into_iter().chain(numbers.denominator).collect();
        if own.iter().any(|item| !self.imported.items.contains_key(&(then.month, *item))) {
            self.import_linked(then, own);
        }
        let here = |item: Item| self.imported.items.get(&(then.month, item)).copied();
        Some(Numbers {
            figure: *self.imported.figures.get(&(then.month, numbers.figure))?,
            numerator: numbers.numerator.and_then(here),
            denominator: numbers.denominator.and_then(here),
        })
    }

    /// Brings over numbers, what is hidden that is linked with them, and what they come to.
    fn import_linked(&mut self, then: &PublicMonth, from: Vec<Item>) {
        let system = &then.system;
        let mut relations = Vec::new();
        let mut quantities = Vec::new();
        let mut is_taken = vec![false; system.relations.len()];
        let mut is_protected = vec![false; system.sensitive.len()];
        let mut queue = from;
        while let Some(item) = queue.pop() {
            if self.imported.items.contains_key(&(then.month, item)) {
                continue;
            }
            let is_shown = self.import_item(then, item);
            if is_shown {
                continue;
            }
            let has = |terms: &[Term]| terms.iter().any(|(of, _)| *of == item);
            for (index, relation) in system.relations.iter().enumerate() {
                if !is_taken[index] && has(&relation.terms) {
                    is_taken[index] = true;
                    relations.push(relation);
                    queue.extend(relation.terms.iter().map(|(item, _)| *item));
                }
            }
            for (index, sensitive) in system.sensitive.iter().enumerate() {
                if !is_protected[index] && has(&sensitive.terms) {
                    is_protected[index] = true;
                    quantities.push(index);
                    queue.extend(sensitive.terms.iter().map(|(item, _)| *item));
                }
            }
            if let Some(figure) = system.figure_of(item) {
                queue.extend(&system.figures[figure.index()].items);
            }
        }
        for Relation { terms, at_least, .. } in relations {
            let terms = self.terms_of(then.month, terms);
            match at_least {
                Some(least) => self.system.at_least(terms, *least),
                None => self.system.relation(terms),
            }
        }
        quantities.sort_unstable();
        for index in quantities {
            let is_exposed = then.protection.exposed.iter().any(|of| of.index() == index);
            let terms = self.terms_of(then.month, &system.sensitive[index].terms);
            self.add_sensitive(&terms, then.sensitive[index], !is_exposed);
        }
    }

    /// Brings over a number, and says whether it is shown there: then a reader knows it.
    fn import_item(&mut self, then: &PublicMonth, item: Item) -> bool {
        let number = then.system.numbers[item.index()];
        let Some(figure) = number.figure else {
            let here = self.system.add_unseen(number.value);
            self.imported.items.insert((then.month, item), here);
            return false;
        };
        let is_shown = then.protection.hidden[figure.index()].is_none();
        let here = self.imported.figures.get(&(then.month, figure)).copied().unwrap_or_else(|| {
            let status = if is_shown { Status::Known } else { Status::Hidden };
            self.new_figure(then.keys[figure.index()], None, status, Cost::default())
        });
        self.imported.figures.insert((then.month, figure), here);
        let item_here = self.system.add_item(here, number.value, &self.rules);
        self.imported.items.insert((then.month, item), item_here);
        is_shown
    }

    fn terms_of(&self, month: Month, terms: &[Term]) -> Vec<Term> {
        let here =
            |(item, times): &Term| Some((*self.imported.items.get(&(month, *item))?, *times));
        terms.iter().filter_map(here).collect()
    }
}
