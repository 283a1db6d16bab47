//! Results that move further from one period to the next than their counts explain.
//!
//! A result of few cases moves by chance, and one of many hardly does. How far chance takes it
//! follows from the counts:
//!
//! - a percentage is a share of its denominator: the variance of the difference of two shares is
//!   p(1-p)(1/d + 1/d'), where p is that of both together;
//! - a number, or what a rate is of, is as uncertain as its square root is large: its variance is the
//!   number itself;
//! - an average is that of durations, say, which are spread as widely as they are long: its
//!   variance is its square over the denominator.
//!
//! A jump is a move of more than four times the square root of that. Squares are compared, so that
//! nothing is rounded. Two bare values have no counts. They are left to the limits of their history,
//! and before there is enough of it, only a fourfold or a quarter is a jump.
//!
//! Some series move more than their counts explain in every month. So a jump is also more than
//! four times what is usual for the series, where there are six moves to tell that from: what the
//! middle one of them is to its variance, which by chance alone would be 1 in 2.2.

use super::moved::Moved;
use super::{Collected, Context, denominator, fell_to_zero, limits, written};
use crate::assess::{Figure, is_cumulative_count, outcome};
use crate::definition::{Frequency, Indicator, Period, Unit};
use crate::diagnostic::{Code, Finding};
use crate::figure::{Amount, Decimal, Ratio};
use crate::history::RED_LOOK_BACK;
use crate::month::Month;
use crate::wording;

/// The square of how many times its own uncertainty a move has to be.
const SQUARE: i64 = 16;

const ONE: Decimal = Decimal::new(1, 0);

/// As few earlier moves as tell what is usual.
const LEAST: usize = 6;

/// A move of a result from one period to the next.
struct Jump {
    from: Ratio,
    to: Ratio,
    /// How far chance takes the difference, squared.
    variance: Ratio,
}

/// A figure that has jumped. Says whether there is a finding.
pub(super) fn look(
    context: Context<'_, '_>,
    moved: &Moved<'_>,
    collected: &mut Collected<'_>,
) -> bool {
    // What is known better is said by another check.
    if fell_to_zero::is_about(moved)
        || denominator::is_about(moved)
        || moved.starts_again(context, moved.before.month, moved.now.month)
    {
        return false;
    }
    let Some(jump) = jump(context, moved.indicator, [&moved.before, &moved.now]) else {
        let is_jump = is_jump_of_values(context, moved);
        if is_jump {
            collected.add(Code::ResultJump, || finding(context, moved));
        }
        return is_jump;
    };
    if !jump.is_large(moved.indicator)
        || !jump.exceeds(&Ratio::from(ONE))
        || is_season(context, moved, &jump)
        || has_been_there(context, moved)
        || usual(context, moved).is_some_and(|usual| !jump.exceeds(&usual))
    {
        return false;
    }
    collected.add(Code::ResultJump, || finding(context, moved));
    true
}

fn finding(context: Context<'_, '_>, moved: &Moved<'_>) -> Finding {
    let remedy = "look for a lost or added digit, figures of another row or a change in how it is \
        counted; if it is right, the paper should say what has happened";
    let place = moved.place(context);
    let found = found(context, moved);
    let finding = Finding::new(Code::ResultJump, place, found, remedy);
    finding.with_related(context.place(&moved.before), "the figure of the period before")
}

fn found(context: Context<'_, '_>, moved: &Moved<'_>) -> String {
    let indicator = moved.indicator;
    let name = context.name_of(moved.area, moved.id, moved.who);
    let since = moved.before.month.long();
    let jump = jump(context, indicator, [&moved.before, &moved.now]);
    if let (true, Some(jump)) = (is_cumulative_count(indicator), &jump) {
        return format!(
            "{name}, year to date, has grown by {} since {since}, and by {} a {} on average until \
                then",
            jump.to.round(0).grouped(),
            jump.from.round(1).grouped(),
            if indicator.frequency == Frequency::Monthly { "month" } else { "period" },
        );
    }
    let shown = |figure: &Figure<'_>| {
        let result = outcome(&figure.amount, indicator)
            .map_or_else(String::new, |result| wording::outcome(&result, indicator));
        match figure.amount {
            Amount::Ratio { .. } => {
                format!("{result} ({})", written(&figure.amount, indicator.unit))
            }
            _ => result,
        }
    };
    let [before, now] = [shown(&moved.before), shown(&moved.now)];
    let how_far = match jump {
        Some(_) => "further than its counts explain",
        None => "more than four times as much, or less than a quarter",
    };
    format!("{name} has gone from {before} to {now} since {since}: {how_far}")
}

impl Jump {
    /// Whether it matters: ten percentage points, half as much again or a third less for an average,
    /// twice as much or half for what is counted.
    fn is_large(&self, indicator: &Indicator) -> bool {
        if indicator.unit == Unit::Percent {
            return self.from.distance(&self.to) >= Decimal::new(10, 0);
        }
        let times = match indicator.unit {
            _ if is_cumulative_count(indicator) => Decimal::new(3, 0),
            Unit::Average => Decimal::new(15, 1),
            _ => Decimal::new(2, 0),
        };
        self.to > self.from.scaled(&times, 1) || self.from > self.to.scaled(&times, 1)
    }

    /// The square of the move over its variance.
    fn square(&self) -> Option<Ratio> {
        let distance = self.from.distance(&self.to);
        (self.variance > Ratio::ZERO).then(|| (&distance * &distance).divided(&self.variance))
    }

    /// Whether it is more than four times what chance explains, where a series moves `usual` times as
    /// far, squared, as chance takes it.
    fn exceeds(&self, usual: &Ratio) -> bool {
        self.square().is_some_and(|square| square > usual.scaled(&Decimal::new(SQUARE, 0), 1))
    }
}

/// The move between two figures, where there are counts to tell how far chance takes it.
fn jump(
    context: Context<'_, '_>,
    indicator: &Indicator,
    figures: [&Figure<'_>; 2],
) -> Option<Jump> {
    if is_cumulative_count(indicator) {
        return in_a_month(context, indicator, figures);
    }
    let [before, now] = figures.map(|figure| &figure.amount);
    let (from, to) = (counted(before, now, indicator.unit)?, counted(now, before, indicator.unit)?);
    let variance = match indicator.unit {
        Unit::Percent => variance_of_shares(&from, &to)?,
        Unit::Number | Unit::Rate { .. } => {
            let of = |one: &Counted| &one.result * &one.one_case;
            &of(&from) + &of(&to)
        }
        Unit::Average => {
            let of = |one: &Counted| &(&one.result * &one.result) * &one.one_case;
            &of(&from) + &of(&to)
        }
    };
    Some(Jump { from: from.result, to: to.result, variance })
}

/// Whether a value without counts, beside another, is a jump: more than four times or less than a
/// quarter of it, with no earlier one as near. Percentages of less than ten points move that far.
fn is_jump_of_values(context: Context<'_, '_>, moved: &Moved<'_>) -> bool {
    let indicator = moved.indicator;
    let value = |figure: &Figure<'_>| match &figure.amount {
        Amount::Value(value) if !indicator.unit.is_count() => Some(Ratio::from(value)),
        _ => None,
    };
    let (Some(before), Some(now)) = (value(&moved.before), value(&moved.now)) else {
        return false;
    };
    let four = Decimal::new(4, 0);
    let is_far = |from: &Ratio| {
        (now > from.scaled(&four, 1) || *from > now.scaled(&four, 1))
            && (indicator.unit != Unit::Percent || from.distance(&now) >= Decimal::new(10, 0))
    };
    // A percentage above 0 and of at most 1 is a fraction, and said to be one.
    let is_fraction = indicator.unit == Unit::Percent && now > Ratio::ZERO && now <= ONE;
    if is_fraction || !is_far(&before) {
        return false;
    }
    let step = indicator.frequency.months();
    let earlier: Vec<_> = (step..=RED_LOOK_BACK)
        .step_by(usize::from(step))
        .filter_map(|back| moved.figure(context, context.month.before(back)))
        .collect();
    let has_limits = limits::can_have_limits(indicator) && earlier.len() >= limits::LEAST;
    !has_limits && earlier.iter().all(|figure| value(figure).is_some_and(|value| is_far(&value)))
}

/// A result, and what one case more or less is to it.
struct Counted {
    result: Ratio,
    one_case: Ratio,
}

/// An amount as a result. A bare value is taken to be of as many as `other` is.
fn counted(amount: &Amount, other: &Amount, unit: Unit) -> Option<Counted> {
    let one = Decimal::new(1, 0);
    let of = |denominator: &Decimal| {
        // A percentage and an average have one case in so many; what is counted has the unit itself.
        Ratio::new(&one, denominator, unit.times())
    };
    match (amount, other) {
        (Amount::Ratio { numerator, denominator }, _) => Some(Counted {
            result: Ratio::new(numerator, denominator, unit.times())?,
            one_case: of(denominator)?,
        }),
        (Amount::Value(value), _) if unit == Unit::Number => {
            Some(Counted { result: Ratio::from(value), one_case: Ratio::from(one) })
        }
        (Amount::Value(value), Amount::Ratio { denominator, .. }) => {
            Some(Counted { result: Ratio::from(value), one_case: of(denominator)? })
        }
        _ => None,
    }
}

/// Of the difference of two percentages: p(100-p)(1/d + 1/d'), with p that of both together.
fn variance_of_shares(from: &Counted, to: &Counted) -> Option<Ratio> {
    let cases = &from.one_case + &to.one_case;
    // Weighted by their denominators, which are one over one case.
    let both = &(&from.result * &to.one_case) + &(&to.result * &from.one_case);
    let both = both.divided(&cases);
    let rest = &Ratio::from(Decimal::new(100, 0)) - &both;
    let variance = (&(&both * &rest) * &cases).scaled(&Decimal::new(1, 0), 100);
    // A percentage above 100 is no share.
    (variance > Decimal::new(0, 0)).then_some(variance)
}

/// For what only grows within a year: what came in since the period before, beside what came in
/// in a period of the year until then.
fn in_a_month(
    context: Context<'_, '_>,
    indicator: &Indicator,
    [before, now]: [&Figure<'_>; 2],
) -> Option<Jump> {
    let first = context.definition.first_covered(Period::YearToDate, now.month);
    let months = before.month.since(first) + 1;
    let periods = u32::try_from(months).ok()? / u32::from(indicator.frequency.months());
    let count = |amount: &Amount| match amount {
        Amount::Ratio { numerator, .. } => Some(Ratio::from(numerator)),
        Amount::Value(value) if indicator.unit == Unit::Number => Some(Ratio::from(value)),
        _ => None,
    };
    let (earlier, all) = (count(&before.amount)?, count(&now.amount)?);
    // A year to date that falls is another finding.
    if periods == 0 || all < earlier {
        return None;
    }
    let one = Decimal::new(1, 0);
    Some(Jump {
        from: earlier.scaled(&one, periods),
        to: &all - &earlier,
        variance: all.scaled(&one, periods),
    })
}

/// How far the series moves as a rule, squared, over its variance: at least as far as chance.
fn usual(context: Context<'_, '_>, moved: &Moved<'_>) -> Option<Ratio> {
    let step = moved.indicator.frequency.months();
    let mut squares: Vec<_> = (step..RED_LOOK_BACK)
        .step_by(usize::from(step))
        .filter_map(|back| earlier_jump(context, moved, context.month.before(back))?.square())
        .collect();
    if squares.len() < LEAST {
        return None;
    }
    squares.sort();
    let middle = squares.swap_remove(squares.len() / 2);
    Some(middle.scaled(&Decimal::new(22, 1), 1))
}

/// The move of the series to an earlier month.
fn earlier_jump(context: Context<'_, '_>, moved: &Moved<'_>, month: Month) -> Option<Jump> {
    let [before, now] = moved.at(context, month)?;
    if moved.starts_again(context, before.month, now.month) {
        return None;
    }
    jump(context, moved.indicator, [&before, &now])
}

/// Whether the series has been where it is now, in the two years before: then the figure between
/// was the odd one, or it goes up and down that much.
fn has_been_there(context: Context<'_, '_>, moved: &Moved<'_>) -> bool {
    if is_cumulative_count(moved.indicator) {
        return false;
    }
    let step = moved.indicator.frequency.months();
    let is_count = moved.indicator.unit.is_count();
    let earlier = (2 * step..=RED_LOOK_BACK).step_by(usize::from(step));
    earlier.filter_map(|back| moved.figure(context, context.month.before(back))).any(|earlier| {
        jump(context, moved.indicator, [&earlier, &moved.now]).is_some_and(|jump| {
            !jump.is_large(moved.indicator) || is_count && !jump.exceeds(&Ratio::from(ONE))
        })
    })
}

/// Whether the same month of last year moved the same way, at least half as far.
fn is_season(context: Context<'_, '_>, moved: &Moved<'_>, jump: &Jump) -> bool {
    if moved.indicator.frequency == Frequency::Annual {
        return false;
    }
    earlier_jump(context, moved, context.month.before(12)).is_some_and(|then| {
        let rises = |jump: &Jump| jump.to > jump.from;
        let twice = then.from.distance(&then.to).scaled(&Decimal::new(2, 0), 1);
        rises(&then) == rises(jump) && twice >= jump.from.distance(&jump.to)
    })
}
