//! Numbers for figures that are suppressed in the extract.

use super::{BOTH, MonthBuilder};
use crate::assess::FigureKey;
use crate::disclosure::{Cost, Key, NumberOf, Reason, Sensitive, Status};
use crate::population::Population;

impl MonthBuilder<'_, '_> {
    /// Numbers for figures of an indicator that are suppressed in the extract. Any numbers will do
    /// that add up, since none of them is shown.
    pub(super) fn guess_suppressed(&mut self, figures: &[FigureKey]) {
        for &(area, id, population, month) in figures {
            let Some(parent) = self.definition.area(area).parent else { continue };
            if self.is_unknown(&Key::Figure((area, id, population, month))) {
                let of = |area| Key::Figure((area, id, population, month));
                let parts: Vec<_> =
                    self.definition.parts_of_sum(parent, id, month).map(of).collect();
                self.guess_parts(of(parent), &parts);
            }
        }
        for key in figures {
            if self.is_unknown(&Key::Figure(*key)) {
                self.guess_from_others(*key);
            }
        }
    }

    /// Whether a figure is suppressed in the extract and has no numbers so far.
    pub(super) fn is_unknown(&self, key: &Key) -> bool {
        self.suppressed.contains(key) && !self.numbers.contains_key(key)
    }

    /// Numbers for the parts of a total that are suppressed in the extract: what it leaves for them,
    /// in equal parts.
    pub(super) fn guess_parts(&mut self, total: Key, parts: &[Key]) {
        let Some(total) = self.numbers.get(&total).copied() else { return };
        let unknown: Vec<Key> = parts.iter().copied().filter(|key| self.is_unknown(key)).collect();
        let left = BOTH.map(|of| {
            let known = parts.iter().filter_map(|part| self.numbers.get(part)?.of(of));
            let known: i64 = known.map(|item| self.system.value_of(item)).sum();
            Some(self.system.value_of(total.of(of)?) - known)
        });
        let Ok(count) = i64::try_from(unknown.len()) else { return };
        if left.iter().flatten().any(|left| *left < 0) {
            return;
        }
        for (part, index) in unknown.into_iter().zip(0..) {
            let share = |left: i64| left / count + i64::from(index < left % count);
            self.guess(part, left.map(|left| left.map(share)));
        }
    }

    /// Numbers for a figure that is suppressed in the extract, of which all else is there: the sum of
    /// its parts, or what everyone, a cohort and the rest make of one another.
    fn guess_from_others(&mut self, key: FigureKey) {
        let (area, id, population, month) = key;
        let number = |area, population, of: NumberOf| {
            let item = self.figure((area, id, population, month))?.of(of)?;
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
            self.guess(Key::Figure(key), values);
        }
    }

    pub(super) fn guess(&mut self, key: Key, values: [Option<i64>; 2]) {
        let figure = self.new_figure(key, Some(Reason::InExtract), Status::Hidden, Cost::default());
        let numbers = self.add_items(key, figure, values);
        let what = match numbers.numerator {
            Some(_) => NumberOf::Numerator,
            None => NumberOf::Denominator,
        };
        if let Some(item) = numbers.of(what) {
            self.add_sensitive(&[(item, 1)], Sensitive::Of(key, what), true);
        }
    }
}
