//! Which figures are hidden beside those that are hidden for what they say themselves.

use std::collections::{BTreeSet, HashMap, HashSet};

use rayon::prelude::*;

use super::DisclosureRules;
use super::check::{World, agrees, value_in};
use super::components::{Component, components};
use super::search::{FEW_STEPS, MANY_STEPS, RelationsOf, Unknowns};
use super::system::{Cost, FigureId, Item, Quantity, Status, System, comes_to};

/// How many sets of two and of three further figures are tried for each quantity.
const MOST_SETS: usize = 1500;

/// Which figures are hidden, and what shows that nothing can be worked out.
#[derive(Clone, Debug, Default)]
pub struct Protection {
    /// For each figure in the order of the system, why it is hidden. `None` if it is shown.
    pub hidden: Vec<Option<Why>>,
    /// For each quantity that is protected, two other worlds; in the order of the system.
    pub certificates: Vec<Certificate>,
    /// The quantities that cannot be protected, whatever is hidden.
    pub exposed: Vec<Quantity>,
}

/// Why a figure is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// For what it says itself, or what a figure does that shares its fate.
    Itself,
    /// So that this cannot be worked out.
    ToProtect(Quantity),
}

/// Two sets of numbers that agree with everything that is shown, and in which a quantity is as far
/// apart as small counts go. Each has the numbers that differ from the true ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// What is protected.
    pub quantity: Quantity,
    /// The world in which it is smaller.
    pub low: Vec<(Item, i64)>,
    /// The world in which it is larger.
    pub high: Vec<(Item, i64)>,
}

impl Certificate {
    /// What the quantity is in the two worlds.
    #[must_use]
    pub fn range(&self, system: &System) -> [i64; 2] {
        [&self.low, &self.high].map(|world| in_world(system, self.quantity, world))
    }
}

fn in_world(system: &System, quantity: Quantity, world: &World) -> i64 {
    let terms = &system.sensitive[quantity.index()].terms;
    comes_to(terms, |item| value_in(system, world, item))
}

/// A figure, or several that share their fate.
#[derive(Debug, Default)]
struct Fate {
    figures: Vec<FigureId>,
    cost: Cost,
    is_open: bool,
    /// The fates that share a relation with it.
    beside: BTreeSet<usize>,
}

/// Hides what is hidden for itself, and as few others as it finds necessary.
#[must_use]
pub fn protect(system: &System, rules: &DisclosureRules) -> Protection {
    let relations = RelationsOf::new(system);
    let mut shown = vec![true; system.figures.len()];
    let mut hidden = vec![None; system.figures.len()];
    let of_hidden = system.figures.iter().filter(|figure| figure.status == Status::Hidden);
    let hidden_fates: HashSet<FigureId> = of_hidden.map(|figure| figure.fate).collect();
    for (index, figure) in system.figures.iter().enumerate() {
        if hidden_fates.contains(&figure.fate) && figure.status != Status::Known {
            shown[index] = false;
            hidden[index] = Some(Why::Itself);
        }
    }
    let found: Vec<_> = components(system)
        .par_iter()
        .map(|component| Protector::new(system, rules, &relations, component, &shown).run())
        .collect();
    let mut protection = Protection { hidden, ..Protection::default() };
    for (secondary, certificates, exposed) in found {
        for (figure, quantity) in secondary {
            protection.hidden[figure.index()] = Some(Why::ToProtect(quantity));
        }
        protection.certificates.extend(certificates);
        protection.exposed.extend(exposed);
    }
    protection.certificates.sort_by_key(|certificate| certificate.quantity);
    protection.exposed.sort_unstable();
    protection
}

/// What the single person of a count of 1 could work out of others: pairs of the figure with that
/// count, and the quantity.
#[must_use]
pub fn insiders(
    system: &System,
    rules: &DisclosureRules,
    protection: &Protection,
) -> Vec<(FigureId, Quantity)> {
    let relations = RelationsOf::new(system);
    let shown: Vec<bool> = protection.hidden.iter().map(Option::is_none).collect();
    let mut found = Vec::new();
    for component in components(system) {
        for insider in component.figures.iter().filter(|figure| !shown[figure.index()]) {
            let items = &system.figures[insider.index()].items;
            if !items.iter().any(|item| system.value_of(*item) == 1) {
                continue;
            }
            let mut protector = Protector::new(system, rules, &relations, &component, &shown);
            protector.shown[insider.index()] = true;
            for quantity in &component.quantities {
                let (terms, _) = system.quantity(*quantity);
                let is_own =
                    terms.iter().all(|(item, _)| system.figure_of(*item) == Some(*insider));
                let was_protected = !protection.exposed.contains(quantity);
                if !is_own && was_protected && protector.certificate(*quantity).is_none() {
                    found.push((*insider, *quantity));
                }
            }
        }
    }
    found
}

/// The protection of a component.
struct Protector<'s> {
    system: &'s System,
    rules: &'s DisclosureRules,
    relations: &'s RelationsOf,
    component: &'s Component,
    /// The relations of the component.
    own: Vec<usize>,
    shown: Vec<bool>,
    fates: Vec<Fate>,
}

/// The further figures that are hidden, each for a quantity; what shows that they are enough; and
/// what nothing protects.
type Found = (Vec<(FigureId, Quantity)>, Vec<Certificate>, Vec<Quantity>);

impl<'s> Protector<'s> {
    fn new(
        system: &'s System,
        rules: &'s DisclosureRules,
        relations: &'s RelationsOf,
        component: &'s Component,
        shown: &[bool],
    ) -> Self {
        let items =
            component.figures.iter().flat_map(|figure| &system.figures[figure.index()].items);
        let of_quantities =
            component.quantities.iter().flat_map(|quantity| system.quantity(*quantity).0);
        let items = items.copied().chain(of_quantities.map(|(item, _)| *item));
        let own: BTreeSet<usize> =
            items.flat_map(|item| relations.of(item).iter().copied()).collect();
        let mut protector = Self {
            system,
            rules,
            relations,
            component,
            own: own.into_iter().collect(),
            shown: shown.to_vec(),
            fates: Vec::new(),
        };
        protector.fates = protector.fates();
        protector
    }

    fn fates(&self) -> Vec<Fate> {
        let mut place_of = HashMap::new();
        let mut fates: Vec<Fate> = Vec::new();
        for figure in &self.component.figures {
            let of = &self.system.figures[figure.index()];
            let index = *place_of.entry(of.fate).or_insert(fates.len());
            if index == fates.len() {
                fates.push(Fate { is_open: true, ..Fate::default() });
            }
            let fate = &mut fates[index];
            fate.figures.push(*figure);
            fate.cost = sum([fate.cost, of.cost]);
            fate.is_open &= of.status == Status::Open && self.shown[figure.index()];
        }
        for relation in &self.own {
            let terms = &self.system.relations[*relation].terms;
            let figures = terms.iter().filter_map(|(item, _)| self.system.figure_of(*item));
            let here: BTreeSet<usize> = figures
                .filter_map(|figure| {
                    place_of.get(&self.system.figures[figure.index()].fate).copied()
                })
                .collect();
            for fate in &here {
                fates[*fate].beside.extend(&here);
            }
        }
        fates
    }

    fn run(mut self) -> Found {
        let mut certificates: Vec<Option<Certificate>> = Vec::new();
        let mut secondary: Vec<(usize, Quantity)> = Vec::new();
        let mut exposed = Vec::new();
        for quantity in &self.component.quantities {
            let mut certificate = self
                .worlds_of_others(*quantity, &certificates)
                .or_else(|| self.certificate(*quantity));
            while certificate.is_none() {
                if let Some((more, shows)) = self.cheapest_cover(*quantity) {
                    secondary.extend(more.into_iter().map(|fate| (fate, *quantity)));
                    certificate = Some(shows);
                } else if let Some(shows) = self.certificate_within(*quantity, MANY_STEPS) {
                    certificate = Some(shows);
                } else if let Some(fate) = self.give_up_one(*quantity) {
                    secondary.push((fate, *quantity));
                    certificate = self.certificate(*quantity);
                } else {
                    exposed.push(*quantity);
                    break;
                }
            }
            certificates.push(certificate);
        }
        self.take_back(&mut secondary, &mut certificates);
        for certificate in &mut certificates {
            // The last word.
            if certificate.as_ref().is_some_and(|shows| !self.is_shown_by(shows)) {
                exposed.extend(certificate.take().map(|wrong| wrong.quantity));
            }
        }
        let figures = secondary.iter().flat_map(|(fate, quantity)| {
            self.fates[*fate].figures.iter().map(|figure| (*figure, *quantity))
        });
        (figures.collect(), certificates.into_iter().flatten().collect(), exposed)
    }

    fn set_shown(&mut self, fate: usize, is_shown: bool) {
        for figure in &self.fates[fate].figures {
            self.shown[figure.index()] = is_shown;
        }
    }

    fn unknowns(&self, quantity: Quantity) -> Unknowns {
        let (terms, _) = self.system.quantity(quantity);
        let reach = 3 * self.rules.smallest_shown;
        Unknowns::new(self.system, self.relations, &self.shown, terms, reach)
    }

    /// Whether a quantity is known at a glance: nothing of it is hidden, or one number that is all
    /// that is hidden of a sum. Most sets of figures that protect nothing are found so.
    fn is_plainly_known(&self, quantity: Quantity) -> bool {
        let is_hidden = |item: Item| {
            self.system.figure_of(item).is_none_or(|figure| !self.shown[figure.index()])
        };
        let (terms, _) = self.system.quantity(quantity);
        let mut hidden = terms.iter().map(|(item, _)| *item).filter(|item| is_hidden(*item));
        let Some(first) = hidden.next() else { return true };
        let leaves_it_alone = |relation: &usize| {
            let relation = &self.system.relations[*relation];
            let mut items = relation.terms.iter().map(|(item, _)| *item);
            relation.at_least.is_none() && !items.any(|item| item != first && is_hidden(item))
        };
        hidden.next().is_none() && self.relations.of(first).iter().any(leaves_it_alone)
    }

    /// Two worlds that show that a quantity cannot be worked out. `None` if none are found.
    fn certificate(&self, quantity: Quantity) -> Option<Certificate> {
        self.certificate_within(quantity, FEW_STEPS)
    }

    fn certificate_within(&self, quantity: Quantity, steps: u32) -> Option<Certificate> {
        if self.is_plainly_known(quantity) {
            return None;
        }
        let unknowns = self.unknowns(quantity);
        if unknowns.items().is_empty() {
            return None;
        }
        let width = self.rules.width();
        let [least, most] = unknowns.reach();
        if most - least < width {
            return None;
        }
        let (up, high) =
            (0..=width.min(most)).rev().find_map(|up| Some((up, unknowns.world(up, steps)?)))?;
        let low = unknowns.world(up - width, steps)?;
        let certificate = Certificate { quantity, low, high };
        self.is_shown_by(&certificate).then_some(certificate)
    }

    /// Two of the worlds that have been found for other quantities, in which this one is far enough
    /// apart, too.
    fn worlds_of_others(
        &self,
        quantity: Quantity,
        others: &[Option<Certificate>],
    ) -> Option<Certificate> {
        let none = World::new();
        let worlds = others.iter().flatten().flat_map(|shows| [&shows.low, &shows.high]);
        let worlds: Vec<_> = worlds
            .chain([&none])
            .map(|world| (in_world(self.system, quantity, world), world))
            .collect();
        let low = worlds.iter().min_by_key(|(value, _)| *value)?.1.clone();
        let high = worlds.iter().max_by_key(|(value, _)| *value)?.1.clone();
        let certificate = Certificate { quantity, low, high };
        self.is_shown_by(&certificate).then_some(certificate)
    }

    /// Whether both worlds agree with everything that is shown, and are far enough apart.
    fn is_shown_by(&self, certificate: &Certificate) -> bool {
        let [low, high] = certificate.range(self.system);
        let (_, value) = self.system.quantity(certificate.quantity);
        let is_around = low <= value && value <= high && high - low >= self.rules.width();
        let agrees = |world| agrees(self.system, &self.own, &self.shown, world);
        is_around && agrees(&certificate.low) && agrees(&certificate.high)
    }

    /// The fates whose numbers have to do with a quantity already.
    fn linked(&self, quantity: Quantity, unknowns: &Unknowns) -> BTreeSet<usize> {
        let (terms, _) = self.system.quantity(quantity);
        let is_of_it = |item: Item| terms.iter().any(|(of, _)| *of == item) || unknowns.has(item);
        let mut linked = BTreeSet::new();
        for (index, fate) in self.fates.iter().enumerate() {
            let mut items =
                fate.figures.iter().flat_map(|figure| &self.system.figures[figure.index()].items);
            if items.any(|item| is_of_it(*item)) {
                linked.insert(index);
            }
        }
        // Numbers that are shown nowhere have relations with figures, too.
        for item in unknowns.items().iter().filter(|item| self.system.figure_of(**item).is_none()) {
            for relation in self.relations.of(*item) {
                let terms = &self.system.relations[*relation].terms;
                let figures = terms.iter().filter_map(|(item, _)| self.system.figure_of(*item));
                for figure in figures {
                    let has = |fate: &Fate| fate.figures.contains(&figure);
                    linked.extend(self.fates.iter().position(has));
                }
            }
        }
        linked
    }

    /// The figures that could be hidden and would have to do with the quantity, cheapest first.
    fn neighbours(&self, of: &BTreeSet<usize>, less: &[usize]) -> Vec<usize> {
        let beside = of.iter().chain(less).flat_map(|fate| &self.fates[*fate].beside);
        let near: BTreeSet<usize> = beside.chain(of).copied().collect();
        let can_hide = |fate: &usize| self.can_hide(*fate) && !less.contains(fate);
        let mut near: Vec<_> = near.into_iter().filter(can_hide).collect();
        near.sort_by_key(|fate| (self.fates[*fate].cost, *fate));
        near
    }

    fn can_hide(&self, fate: usize) -> bool {
        let fate = &self.fates[fate];
        fate.is_open && fate.figures.iter().all(|figure| self.shown[figure.index()])
    }

    /// The cheapest of the sets of one, two or three further figures that protect a quantity, which
    /// are hidden with that. `None` if none does.
    fn cheapest_cover(&mut self, quantity: Quantity) -> Option<(Vec<usize>, Certificate)> {
        let linked = self.linked(quantity, &self.unknowns(quantity));
        let mut sets: Vec<Vec<usize>> = vec![Vec::new()];
        for _ in 0..3 {
            let mut larger = BTreeSet::new();
            for set in &sets {
                for fate in self.neighbours(&linked, set) {
                    let mut set = set.clone();
                    set.push(fate);
                    set.sort_unstable();
                    larger.insert((self.cost(&set), set));
                }
            }
            sets = larger.into_iter().map(|(_, set)| set).take(MOST_SETS).collect();
            for set in &sets {
                for fate in set {
                    self.set_shown(*fate, false);
                }
                if let Some(certificate) = self.certificate(quantity) {
                    return Some((set.clone(), certificate));
                }
                for fate in set {
                    self.set_shown(*fate, true);
                }
            }
        }
        None
    }

    fn cost(&self, set: &[usize]) -> Cost {
        sum(set.iter().map(|fate| self.fates[*fate].cost))
    }

    /// Hides the cheapest figure that has to do with a quantity. `None` if there is none left.
    fn give_up_one(&mut self, quantity: Quantity) -> Option<usize> {
        let linked = self.linked(quantity, &self.unknowns(quantity));
        let fate = *self.neighbours(&linked, &[]).first()?;
        self.set_shown(fate, false);
        Some(fate)
    }

    /// Shows again, the most valuable first, what need not be hidden.
    fn take_back(
        &mut self,
        secondary: &mut Vec<(usize, Quantity)>,
        certificates: &mut [Option<Certificate>],
    ) {
        let mut order: Vec<usize> = secondary.iter().map(|(fate, _)| *fate).collect();
        order.sort_by_key(|fate| std::cmp::Reverse((self.fates[*fate].cost, *fate)));
        for fate in order {
            self.set_shown(fate, true);
            let mut without = Vec::new();
            let is_enough = certificates.iter().enumerate().all(|(index, certificate)| {
                let Some(old) = certificate else { return true };
                if self.is_shown_by(old) {
                    return true;
                }
                let found = self.certificate(old.quantity);
                without.extend(found.map(|new| (index, new)));
                without.last().is_some_and(|(last, _)| *last == index)
            });
            if is_enough {
                for (index, new) in without {
                    certificates[index] = Some(new);
                }
                secondary.retain(|(hidden, _)| *hidden != fate);
            } else {
                self.set_shown(fate, false);
            }
        }
    }
}

fn sum(costs: impl IntoIterator<Item = Cost>) -> Cost {
    costs.into_iter().fold(Cost::default(), |sum, cost| Cost {
        is_last_resort: sum.is_last_resort || cost.is_last_resort,
        weight: sum.weight.saturating_add(cost.weight),
        population: sum.population.saturating_add(cost.population),
        size: sum.size.saturating_add(cost.size),
    })
}

#[cfg(test)]
mod tests {
    use super::super::Term;
    use super::*;

    const RULES: DisclosureRules = DisclosureRules {
        smallest_shown: 6,
        smallest_out_of: 6,
        hides_all_but_a_few: true,
        hides_zeros: false,
    };

    fn cost(weight: u32, size: i64) -> Cost {
        Cost { weight, size, is_last_resort: size == 0, ..Cost::default() }
    }

    /// Adds a count of people: a figure of one number, which is sensitive if it is small.
    fn add_count(
        system: &mut System,
        status: Status,
        cost: Cost,
        value: i64,
        rules: &DisclosureRules,
    ) -> Item {
        let figure = system.add_figure(status, cost);
        let item = system.add_item(figure, value, rules);
        system.add_sensitive(&[(item, 1)], rules.is_small(value));
        item
    }

    /// Adds a count that is hidden if it is small.
    fn count(system: &mut System, value: i64, weight: u32) -> Item {
        let status = if RULES.is_small(value) { Status::Hidden } else { Status::Open };
        add_count(system, status, cost(weight, value), value, &RULES)
    }

    /// A total and its parts.
    fn row(parts: &[i64]) -> System {
        let mut system = System::default();
        let total = count(&mut system, parts.iter().sum(), 10_000);
        let parts: Vec<_> = parts.iter().map(|part| count(&mut system, *part, 100)).collect();
        system.adds_up(total, &parts);
        system
    }

    fn is_hidden(protection: &Protection) -> Vec<bool> {
        protection.hidden.iter().map(Option::is_some).collect()
    }

    #[test]
    fn one_hidden_count_in_a_total_needs_a_second() {
        let protection = protect(&row(&[10, 3, 20]), &RULES);
        assert_eq!(is_hidden(&protection), [false, true, true, false]);
        assert_eq!(protection.hidden[1], Some(Why::ToProtect(Quantity::new(0))));
        let [low, high] = protection.certificates[0].range(&row(&[10, 3, 20]));
        assert!(low <= 3 && high >= low + 4, "{low} to {high}");
    }

    /// 2 + 3 are 5: a 2 could be 1 to 4, which are four values, and there are five small counts.
    /// 3 + 3 hold.
    #[test]
    fn two_hidden_counts_have_to_hold_six_together() {
        assert_eq!(is_hidden(&protect(&row(&[10, 2, 3]), &RULES)), [false, true, true, true]);
        assert_eq!(is_hidden(&protect(&row(&[10, 3, 3]), &RULES)), [false, false, true, true]);
    }

    /// 15 = 10 + 3 + [c] + [c]: both are 1 where every 0 is shown.
    #[test]
    fn two_ones_are_known_where_zeros_are_shown() {
        let protection = protect(&row(&[10, 1, 1]), &RULES);
        assert_eq!(is_hidden(&protection), [false, true, true, true]);
    }

    /// Three ones in a row of 10 with a 7 shown (sdcTools/UserSupport, issue 135).
    #[test]
    fn three_ones_are_known_beside_a_seven() {
        let protection = protect(&row(&[7, 1, 1, 1]), &RULES);
        assert_eq!(is_hidden(&protection), [false, true, true, true, true]);
    }

    /// A + B and A + B + C are both shown, each safe by itself (sdcTools/UserSupport, issue 136).
    #[test]
    fn tables_are_protected_together() {
        let mut system = System::default();
        let two = count(&mut system, 30, 100);
        let three = count(&mut system, 33, 10_000);
        let parts: Vec<_> = [10, 20, 3].map(|part| count(&mut system, part, 1)).into();
        system.adds_up(two, &parts[..2]);
        system.adds_up(three, &parts);
        let protection = protect(&system, &RULES);
        let hidden = is_hidden(&protection);
        assert!(hidden[4], "C itself");
        assert!(hidden[0] || hidden[1], "by subtraction, C is known if both are shown: {hidden:?}");
        assert!(protection.exposed.is_empty());
    }

    /// Kent, January 2016, indicator 20: 396 of 557, and 393 of 551 without unaccompanied children,
    /// who are 3 of 6 by subtraction.
    #[test]
    fn a_cohort_that_no_table_shows_is_protected() {
        let mut system = System::default();
        let all = system.add_figure(Status::Open, Cost { population: 1, ..cost(100, 557) });
        let without = system.add_figure(Status::Open, cost(100, 551));
        let of = |system: &mut System, figure, value| system.add_item(figure, value, &RULES);
        let numerators = [of(&mut system, all, 396), of(&mut system, without, 393)];
        let denominators = [of(&mut system, all, 557), of(&mut system, without, 551)];
        for [all, without] in [numerators, denominators] {
            let cohort = [(all, 1), (without, -1)];
            system.not_negative(cohort.to_vec());
            let is_small = RULES.is_small(system.value(&cohort));
            system.add_sensitive(&cohort, is_small);
        }
        let protection = protect(&system, &RULES);
        assert_eq!(is_hidden(&protection), [false, true], "those without it, before everyone's");
    }

    /// The count is another indicator's denominator.
    #[test]
    fn the_same_count_is_hidden_in_both_places() {
        let mut system = System::default();
        let [one, other] = [Status::Hidden, Status::Open]
            .map(|status| add_count(&mut system, status, cost(1, 3), 3, &RULES));
        system.same(one, other);
        assert_eq!(is_hidden(&protect(&system, &RULES)), [true, true]);
    }

    #[test]
    fn where_there_is_no_relation_a_hidden_count_is_enough() {
        let mut system = System::default();
        count(&mut system, 3, 10_000);
        let protection = protect(&system, &RULES);
        assert_eq!((protection.certificates.len(), protection.exposed.len()), (1, 0));
    }

    /// What has been published cannot be hidden again.
    #[test]
    fn what_is_known_already_exposes_what_follows_from_it() {
        let mut system = System::default();
        let parts = [3, 20].map(|part| {
            let status = if part == 3 { Status::Hidden } else { Status::Known };
            add_count(&mut system, status, cost(100, part), part, &RULES)
        });
        let total = add_count(&mut system, Status::Known, cost(10_000, 23), 23, &RULES);
        system.adds_up(total, &parts);
        let protection = protect(&system, &RULES);
        assert_eq!(protection.exposed, [Quantity::new(0)]);
        assert_eq!(is_hidden(&protection), [true, false, false]);
    }

    #[test]
    fn a_zero_is_hidden_only_where_nothing_else_protects() {
        assert_eq!(is_hidden(&protect(&row(&[0, 3, 8]), &RULES)), [false, false, true, true]);
        let mut system = System::default();
        let total = add_count(&mut system, Status::Known, cost(10_000, 5), 5, &RULES);
        let parts = [5, 0].map(|part| count(&mut system, part, 100));
        system.adds_up(total, &parts);
        assert_eq!(is_hidden(&protect(&system, &RULES)), [false, true, true]);
    }

    /// A is 1, B is 5, and their total of 6 is shown: whoever is the one in A knows B.
    #[test]
    fn who_is_the_only_one_knows_the_other() {
        let system = row(&[1, 5, 20]);
        let protection = protect(&system, &RULES);
        assert_eq!(is_hidden(&protection), [false, true, true, false]);
        assert_eq!(insiders(&system, &RULES, &protection), [(FigureId::new(1), Quantity::new(1))]);
    }

    /// Numbers that look random, the same in every run.
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, limit: i64) -> i64 {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            i64::try_from((self.0 >> 33) % u64::try_from(limit).expect("above 0")).expect("small")
        }
    }

    const TINY: DisclosureRules = DisclosureRules { smallest_shown: 4, ..RULES };

    /// Some areas and their total, for everyone and without a cohort.
    fn random(numbers: &mut Numbers, areas: usize) -> System {
        let mut system = System::default();
        let status = |value| if TINY.is_small(value) { Status::Hidden } else { Status::Open };
        let mut add = |value: i64, weight: u32, population: u8| {
            let cost = Cost { population, ..cost(weight, value) };
            add_count(&mut system, status(value), cost, value, &TINY)
        };
        let parts: Vec<[i64; 2]> = (0..areas)
            .map(|_| {
                let without = numbers.below(9);
                [without + numbers.below(5), without]
            })
            .collect();
        let sum = |at: usize| parts.iter().map(|part| part[at]).sum();
        let mut rows = vec![[add(sum(0), 10_000, 1), add(sum(1), 10_000, 0)]];
        rows.extend(parts.iter().map(|part| [add(part[0], 100, 1), add(part[1], 100, 0)]));
        for at in 0..2 {
            let below: Vec<_> = rows[1..].iter().map(|row| row[at]).collect();
            system.adds_up(rows[0][at], &below);
        }
        for [all, without] in rows {
            let cohort: [Term; 2] = [(all, 1), (without, -1)];
            system.not_negative(cohort.to_vec());
            let is_small = TINY.is_small(system.value(&cohort));
            system.add_sensitive(&cohort, is_small);
        }
        system
    }

    /// What a reader can know of a quantity: every world is tried, number by number.
    fn attack(system: &System, is_hidden: &[bool], quantity: Quantity) -> [i64; 2] {
        let unknown: Vec<Item> = (0..system.numbers.len())
            .map(Item::new)
            .filter(|item| system.figure_of(*item).is_none_or(|figure| is_hidden[figure.index()]))
            .collect();
        let mut values: Vec<i64> = system.numbers.iter().map(|number| number.value).collect();
        let (_, value) = system.quantity(quantity);
        let mut range = [value; 2];
        try_all(system, &unknown, &mut values, quantity, &mut range);
        range
    }

    fn try_all(
        system: &System,
        unknown: &[Item],
        values: &mut Vec<i64>,
        quantity: Quantity,
        range: &mut [i64; 2],
    ) {
        let of = |terms: &[Term], values: &[i64]| -> i64 {
            terms.iter().map(|(item, times)| times * values[item.index()]).sum()
        };
        let is_settled = |terms: &[Term]| terms.iter().all(|(item, _)| !unknown.contains(item));
        let is_possible = system.relations.iter().filter(|it| is_settled(&it.terms)).all(|it| {
            let sum = of(&it.terms, values);
            it.at_least.map_or(sum == it.comes_to, |least| sum >= least)
        });
        if !is_possible {
            return;
        }
        let Some((first, rest)) = unknown.split_first() else {
            let value = of(&system.sensitive[quantity.index()].terms, values);
            *range = [range[0].min(value), range[1].max(value)];
            return;
        };
        let number = system.numbers[first.index()];
        for value in number.at_least..=number.value + 4 {
            values[first.index()] = value;
            try_all(system, rest, values, quantity, range);
        }
        values[first.index()] = number.value;
    }

    fn is_safe(system: &System, is_hidden: &[bool]) -> bool {
        (0..system.sensitive.len()).all(|quantity| {
            let [low, high] = attack(system, is_hidden, Quantity::new(quantity));
            high - low >= TINY.width()
        })
    }

    /// Whatever the search finds, somebody who tries every world finds nothing; and no figure could
    /// be shown again.
    #[test]
    fn an_attacker_who_tries_every_world_learns_nothing() {
        let mut numbers = Numbers(18);
        for round in 0..60 {
            let system = random(&mut numbers, 2);
            let protection = protect(&system, &TINY);
            let hidden = is_hidden(&protection);
            assert!(protection.exposed.is_empty(), "{round}");
            assert!(is_safe(&system, &hidden), "{round}: {system:?} {hidden:?}");
            for (figure, why) in protection.hidden.iter().enumerate() {
                assert!(why.is_some() || system.figures[figure].status != Status::Hidden);
                if matches!(why, Some(Why::ToProtect(_))) {
                    let mut fewer = hidden.clone();
                    fewer[figure] = false;
                    assert!(!is_safe(&system, &fewer), "{round}: {figure} need not be hidden");
                }
            }
            assert_eq!(hidden, is_hidden(&protect(&system, &TINY)), "the same each time");
        }
    }

    /// How many figures are hidden beside the small ones, against the fewest that would do.
    #[test]
    fn hardly_more_is_hidden_than_the_fewest_figures_that_would_do() {
        let mut numbers = Numbers(7);
        let (mut found, mut fewest) = (0, 0);
        for _ in 0..30 {
            let system = random(&mut numbers, 2);
            let protection = protect(&system, &TINY);
            let primary: Vec<bool> =
                system.figures.iter().map(|figure| figure.status == Status::Hidden).collect();
            let open: Vec<usize> = (0..primary.len()).filter(|figure| !primary[*figure]).collect();
            let count = |hidden: &[bool]| hidden.iter().filter(|hidden| **hidden).count();
            found += count(&is_hidden(&protection)) - count(&primary);
            fewest += (0..1usize << open.len())
                .filter(|set| {
                    let mut hidden = primary.clone();
                    for (bit, figure) in open.iter().enumerate() {
                        hidden[*figure] |= set >> bit & 1 == 1;
                    }
                    is_safe(&system, &hidden)
                })
                .map(usize::count_ones)
                .min()
                .expect("hiding all of them does") as usize;
        }
        assert!(found * 10 <= fewest * 11, "{found} were hidden, and {fewest} would do");
    }
}
