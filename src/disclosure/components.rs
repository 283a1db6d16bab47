//! The parts of a system that have nothing to do with one another.

use super::system::{FigureId, Item, Quantity, System};

/// Figures that a relation, a fate or a quantity links with one another.
#[derive(Debug, Default)]
pub(super) struct Component {
    /// Its figures, in the order of the system.
    pub figures: Vec<FigureId>,
    /// What nobody may be able to work out of them, in order.
    pub quantities: Vec<Quantity>,
}

/// The components that have something to protect, in the order of their first number.
pub(super) fn components(system: &System) -> Vec<Component> {
    let mut links = Links((0..system.numbers.len()).collect());
    let relations = system.relations.iter().map(|relation| &relation.terms);
    let quantities = system.sensitive.iter().map(|sensitive| &sensitive.terms);
    for terms in relations.chain(quantities) {
        links.link(terms.iter().map(|(item, _)| *item));
    }
    for figure in &system.figures {
        let of_fate = system.figures[figure.fate.index()].items.first();
        links.link(figure.items.iter().chain(of_fate).copied());
    }
    let mut found: Vec<Component> = Vec::new();
    let mut of_root = vec![None; system.numbers.len()];
    for (index, sensitive) in system.sensitive.iter().enumerate() {
        let Some((item, _)) = sensitive.terms.first() else { continue };
        let component = of_root[links.root(item.index())].get_or_insert(found.len());
        if *component == found.len() {
            found.push(Component::default());
        }
        found[*component].quantities.push(Quantity::new(index));
    }
    for (index, figure) in system.figures.iter().enumerate() {
        let Some(item) = figure.items.first() else { continue };
        if let Some(component) = of_root[links.root(item.index())] {
            found[component].figures.push(FigureId::new(index));
        }
    }
    found
}

/// For each number, one that it is linked with; at the end of the chain, itself.
struct Links(Vec<usize>);

impl Links {
    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn link(&mut self, items: impl Iterator<Item = Item>) {
        let mut first = None;
        for item in items {
            let root = self.root(item.index());
            let first = *first.get_or_insert(root);
            let first = self.root(first);
            self.0[root.max(first)] = root.min(first);
        }
    }
}
