//! Whether another world agrees with everything that is shown: the last word, by adding up.

use super::system::{Item, System, comes_to};

/// The numbers of another world that differ from the true ones.
pub(super) type World = Vec<(Item, i64)>;

/// Whether a world agrees with everything that a reader knows: the figures that are shown, and what
/// they all come to.
pub(super) fn agrees(
    system: &System,
    relations: &[usize],
    is_shown: &[bool],
    world: &World,
) -> bool {
    let is_possible = world.iter().all(|(item, value)| {
        let number = &system.numbers[item.index()];
        let is_hidden = number.figure.is_none_or(|figure| !is_shown[figure.index()]);
        is_hidden && *value >= number.at_least
    });
    is_possible
        && relations.iter().all(|relation| {
            let relation = &system.relations[*relation];
            let sum = comes_to(&relation.terms, |item| value_in(system, world, item));
            match relation.at_least {
                Some(least) => sum >= least,
                None => sum == relation.comes_to,
            }
        })
}

/// A number in a world.
pub(super) fn value_in(system: &System, world: &World, item: Item) -> i64 {
    let other = world.iter().find(|(of, _)| *of == item);
    other.map_or(system.numbers[item.index()].value, |(_, value)| *value)
}
