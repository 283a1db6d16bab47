//! The search for another world, in which a count is larger or smaller than it is.
//!
//! Depth first, from the true numbers outwards: a relation that does not add up is repaired with a
//! change of one of its numbers, and what follows from that is narrowed down before the next. It
//! may give up. Then more is hidden than necessary.

use std::collections::{HashMap, HashSet, VecDeque};

use super::check::World;
use super::system::{Item, System, Term};

/// How many changes are tried before it gives up: where more figures can be hidden instead.
pub(super) const FEW_STEPS: u32 = 100;

/// The same where that has not helped.
pub(super) const MANY_STEPS: u32 = 20_000;

/// The numbers that a reader does not know and that have to do with a quantity, as differences from
/// the true ones.
#[derive(Debug, Default)]
pub(super) struct Unknowns {
    items: Vec<Item>,
    low: Vec<i64>,
    high: Vec<i64>,
    rows: Vec<Row>,
    rows_of: Vec<Vec<usize>>,
    /// The quantity.
    target: Vec<(usize, i64)>,
    /// The true numbers.
    values: Vec<i64>,
}

/// What changes may come to.
#[derive(Clone, Debug, Default)]
struct Row {
    terms: Vec<(usize, i64)>,
    low: i64,
    high: i64,
}

/// Larger than any change.
const ANY: i64 = i64::MAX / 4;

/// The relations of each number.
#[derive(Debug)]
pub(super) struct RelationsOf(Vec<Vec<usize>>);

impl RelationsOf {
    pub fn new(system: &System) -> Self {
        let mut of = vec![Vec::new(); system.numbers.len()];
        for (index, relation) in system.relations.iter().enumerate() {
            for (item, _) in &relation.terms {
                let of: &mut Vec<usize> = &mut of[item.index()];
                if of.last() != Some(&index) {
                    of.push(index);
                }
            }
        }
        Self(of)
    }

    pub fn of(&self, item: Item) -> &[usize] {
        &self.0[item.index()]
    }
}

impl Unknowns {
    /// Those of a quantity, where some figures are shown. Numbers change by at most `reach`.
    pub fn new(
        system: &System,
        relations: &RelationsOf,
        is_shown: &[bool],
        target: &[Term],
        reach: i64,
    ) -> Self {
        let mut unknowns = Self::default();
        let mut known_as = HashMap::new();
        let mut relation_seen = HashSet::new();
        let mut queue: Vec<Item> = Vec::new();
        let mut local = |item: Item, queue: &mut Vec<Item>| {
            let is_open =
                system.numbers[item.index()].figure.is_some_and(|figure| is_shown[figure.index()]);
            (!is_open).then(|| {
                let next = known_as.len();
                *known_as.entry(item).or_insert_with(|| {
                    queue.push(item);
                    next
                })
            })
        };
        for (item, times) in target {
            if let Some(at) = local(*item, &mut queue) {
                unknowns.target.push((at, *times));
            }
        }
        let mut next = 0;
        while let Some(item) = queue.get(next).copied() {
            next += 1;
            for index in relations.of(item) {
                if !relation_seen.insert(*index) {
                    continue;
                }
                let relation = &system.relations[*index];
                let mut terms: Vec<(usize, i64)> = Vec::new();
                for (item, times) in &relation.terms {
                    if let Some(at) = local(*item, &mut queue) {
                        terms.push((at, *times));
                    }
                }
                let (low, high) = match relation.at_least {
                    Some(least) => (least - relation.comes_to, ANY),
                    None => (0, 0),
                };
                unknowns.rows.push(Row { terms, low, high });
            }
        }
        for item in &queue {
            let number = &system.numbers[item.index()];
            unknowns.low.push((number.at_least - number.value).max(-reach));
            unknowns.high.push(reach);
            unknowns.values.push(number.value);
        }
        unknowns.rows_of = vec![Vec::new(); queue.len()];
        for (index, row) in unknowns.rows.iter().enumerate() {
            for (at, _) in &row.terms {
                unknowns.rows_of[*at].push(index);
            }
        }
        unknowns.items = queue;
        // What follows from no change at all is the same for every world: it is narrowed down once.
        let (mut low, mut high) = (unknowns.low.clone(), unknowns.high.clone());
        let all = (0..unknowns.rows.len()).collect();
        let search = Depth { unknowns: &unknowns, target: Row::default(), steps_left: 0 };
        if search.narrow(&mut low, &mut high, all) {
            (unknowns.low, unknowns.high) = (low, high);
        }
        unknowns
    }

    /// Whether a number is among them.
    pub fn has(&self, item: Item) -> bool {
        self.items.contains(&item)
    }

    /// The numbers.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// From where to where the quantity can be at most, as a difference from what it is: where this
    /// is too narrow, there is no world to be looked for.
    pub fn reach(&self) -> [i64; 2] {
        let ends = |(at, times): &(usize, i64)| [times * self.low[*at], times * self.high[*at]];
        let ends: Vec<_> = self.target.iter().map(ends).collect();
        [ends.iter().map(|[a, b]| a.min(b)).sum(), ends.iter().map(|[a, b]| a.max(b)).sum()]
    }

    /// A world in which the quantity is larger by at least `by`, or smaller where it is negative, if
    /// that many changes find one.
    pub fn world(&self, by: i64, most_steps: u32) -> Option<World> {
        if by == 0 {
            return Some(World::new());
        }
        let terms = self.target.iter().map(|(at, times)| (*at, times * by.signum())).collect();
        let target = Row { terms, low: by.abs(), high: ANY };
        let mut search = Depth { unknowns: self, target, steps_left: most_steps };
        let (mut low, mut high) = (self.low.clone(), self.high.clone());
        let found = search.from(&mut low, &mut high, VecDeque::from([self.rows.len()]))?;
        let changed = found.iter().zip(&self.items).zip(&self.values);
        Some(
            changed
                .filter(|((change, _), _)| **change != 0)
                .map(|((change, item), value)| (*item, value + change))
                .collect(),
        )
    }
}

/// A search that is under way.
struct Depth<'u> {
    unknowns: &'u Unknowns,
    target: Row,
    steps_left: u32,
}

impl Depth<'_> {
    /// A row by its number: the target comes last.
    fn row(&self, index: usize) -> &Row {
        self.unknowns.rows.get(index).unwrap_or(&self.target)
    }

    /// The rows that a number is in.
    fn rows_of(&self, at: usize) -> impl Iterator<Item = usize> {
        let is_target = self.target.terms.iter().any(|(of, _)| *of == at);
        let target = is_target.then_some(self.unknowns.rows.len());
        self.unknowns.rows_of[at].iter().copied().chain(target)
    }

    /// Changes within the bounds that agree with every row, of which those in `changed` have not
    /// been looked at since the bounds changed.
    fn from(
        &mut self,
        low: &mut [i64],
        high: &mut [i64],
        changed: VecDeque<usize>,
    ) -> Option<Vec<i64>> {
        self.steps_left = self.steps_left.checked_sub(1)?;
        if !self.narrow(low, high, changed) {
            return None;
        }
        let point: Vec<i64> =
            low.iter().zip(high.iter()).map(|(low, high)| 0.clamp(*low, *high)).collect();
        let Some((index, lacking)) = self.broken(&point, low, high) else { return Some(point) };
        // The number that can repair it with the fewest consequences.
        let free = self.row(index).terms.iter().filter(|(at, _)| low[*at] < high[*at]);
        let (at, times) = *free.min_by_key(|(at, times)| {
            let room = if (lacking > 0) == (*times > 0) {
                high[*at] - point[*at]
            } else {
                point[*at] - low[*at]
            };
            let is_enough = room * times.abs() >= lacking.abs();
            (!is_enough, self.unknowns.rows_of[*at].len(), *at)
        })?;
        let repair = (point[at] + lacking / times).clamp(low[at], high[at]);
        let mut values: Vec<i64> = (low[at]..=high[at]).collect();
        values.sort_by_key(|value| ((value - repair).abs(), *value));
        for value in values {
            if self.steps_left == 0 {
                return None;
            }
            let (mut low, mut high) = (low.to_vec(), high.to_vec());
            (low[at], high[at]) = (value, value);
            let changed = self.rows_of(at).collect();
            if let Some(found) = self.from(&mut low, &mut high, changed) {
                return Some(found);
            }
        }
        None
    }

    /// The row with the fewest numbers left to change that a point does not agree with, and what it
    /// lacks.
    fn broken(&self, point: &[i64], low: &[i64], high: &[i64]) -> Option<(usize, i64)> {
        let lacking = |index: usize| {
            let row = self.row(index);
            let sum: i64 = row.terms.iter().map(|(at, times)| times * point[*at]).sum();
            if sum < row.low {
                row.low - sum
            } else if sum > row.high {
                row.high - sum
            } else {
                0
            }
        };
        let free =
            |index| self.row(index).terms.iter().filter(|(at, _)| low[*at] < high[*at]).count();
        // The target first, then in order.
        let target = self.unknowns.rows.len();
        let all = std::iter::once(target).chain(0..target);
        let broken = all.map(|index| (index, lacking(index))).filter(|(_, lacking)| *lacking != 0);
        broken.min_by_key(|(index, _)| free(*index))
    }

    /// Narrows the bounds down to what every row allows, from those that have to be looked at. False
    /// if nothing is left.
    fn narrow(&self, low: &mut [i64], high: &mut [i64], mut changed: VecDeque<usize>) -> bool {
        let mut is_waiting = vec![false; self.unknowns.rows.len() + 1];
        for index in &changed {
            is_waiting[*index] = true;
        }
        while let Some(index) = changed.pop_front() {
            is_waiting[index] = false;
            let row = self.row(index);
            let (mut least, mut most) = (0i64, 0i64);
            for (at, times) in &row.terms {
                let (a, b) = (times * low[*at], times * high[*at]);
                least += a.min(b);
                most += a.max(b);
            }
            if least > row.high || most < row.low {
                return false;
            }
            for (at, times) in &row.terms {
                let (a, b) = (times * low[*at], times * high[*at]);
                // What the others leave to it.
                let from = row.low.saturating_sub(most - a.max(b));
                let to = row.high.saturating_sub(least - a.min(b));
                let (smallest, largest) = if *times > 0 {
                    (ceiling(from, *times), floor(to, *times))
                } else {
                    (ceiling(to, *times), floor(from, *times))
                };
                let before = (low[*at], high[*at]);
                low[*at] = low[*at].max(smallest);
                high[*at] = high[*at].min(largest);
                if low[*at] > high[*at] {
                    return false;
                }
                if before != (low[*at], high[*at]) {
                    let (now_a, now_b) = (times * low[*at], times * high[*at]);
                    least += now_a.min(now_b) - a.min(b);
                    most += now_a.max(now_b) - a.max(b);
                    for other in self.rows_of(*at) {
                        if !is_waiting[other] {
                            is_waiting[other] = true;
                            changed.push_back(other);
                        }
                    }
                }
            }
        }
        true
    }
}

fn floor(number: i64, by: i64) -> i64 {
    let quotient = number / by;
    if number % by != 0 && (number < 0) != (by < 0) { quotient - 1 } else { quotient }
}

fn ceiling(number: i64, by: i64) -> i64 {
    -floor(-number, by)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divides_towards_both_sides() {
        assert_eq!([floor(7, 2), floor(-7, 2), floor(7, -2), floor(-6, 2)], [3, -4, -4, -3]);
        assert_eq!([ceiling(7, 2), ceiling(-7, 2), ceiling(7, -2)], [4, -3, -3]);
    }
}
