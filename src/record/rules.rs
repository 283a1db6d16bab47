//! Rules that have changed: what of a publication by an older version another rule makes different.

use super::compare::{Change, What};
use super::results::FigureResult;

/// A rule that has changed since the first version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangedRule {
    /// A variance is of one month.
    VarianceOfOneMonth,
    /// An outturn is of a month before the figure's.
    NotComparedWithItself,
    /// A count of the year to date has no arrow from a part of a year.
    CountOfPartOfAYear,
    /// The parts of a sum are those of its period, and an area's own rows come first.
    PartsOfASum,
}

/// The version that all of them came with.
const CHANGED_IN: [u64; 3] = [0, 2, 0];

impl ChangedRule {
    /// The rule that makes a figure of a publication different, where that was made by a version
    /// from before it.
    #[must_use]
    pub fn of(change: &Change<'_>, made_by: &str) -> Option<Self> {
        if version(made_by)? >= CHANGED_IN {
            return None;
        }
        let (was, now) = (change.was, change.now);
        match (change.what, was.zip(now)) {
            (What::Variance, Some((_, now))) if now.variance.is_none() => {
                Some(Self::VarianceOfOneMonth)
            }
            (What::Outturn, Some((was, now))) if now.outturn.is_none() && is_own_outturn(was) => {
                Some(Self::NotComparedWithItself)
            }
            (What::Previous, Some((_, now))) if is_count(change) => {
                let direction = now.previous.as_ref().and_then(|previous| previous.direction);
                direction.is_none().then_some(Self::CountOfPartOfAYear)
            }
            (What::Outturn, Some((_, now))) if is_count(change) => {
                let direction = now.outturn.as_ref().and_then(|outturn| outturn.direction);
                direction.is_none().then_some(Self::CountOfPartOfAYear)
            }
            _ => rests_on_a_sum(change).then_some(Self::PartsOfASum),
        }
    }

    /// The rule as it is now.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::VarianceOfOneMonth => "a variance is of one month",
            Self::NotComparedWithItself => "nothing is compared with itself",
            Self::CountOfPartOfAYear => {
                "a count of the year to date has no direction, since a part of a year is not a \
                 whole one"
            }
            Self::PartsOfASum => {
                "the parts of a sum are those in force in any month that it covers, and an area's \
                 own rows come first"
            }
        }
    }

    /// The version that it came with.
    #[must_use]
    pub fn since(self) -> String {
        CHANGED_IN.map(|number| number.to_string()).join(".")
    }
}

/// `0.1.0`, without what may stand behind it.
fn version(text: &str) -> Option<[u64; 3]> {
    let numbers = text.split(['-', '+']).next()?;
    let numbers: Vec<u64> = numbers.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
    numbers.try_into().ok()
}

/// Whether a figure's outturn was the figure itself, or came after it.
fn is_own_outturn(figure: &FigureResult) -> bool {
    figure.outturn.as_ref().is_some_and(|outturn| outturn.month >= figure.data_month)
}

/// Whether it is a number or a rate of the year to date.
fn is_count(change: &Change<'_>) -> bool {
    let (_, indicator) = change.indicator;
    indicator.period == "YTD" && matches!(indicator.unit.as_str(), "number" | "rate")
}

/// Whether a figure that is different is worked out from others, or is compared with one that is.
fn rests_on_a_sum(change: &Change<'_>) -> bool {
    let figures = || [change.was, change.now].into_iter().flatten();
    let is_worked_out = |how: &str| matches!(how, "sum" | "difference");
    let compared = |figure: &FigureResult| {
        let earlier = match change.what {
            What::Previous => figure.previous.as_ref(),
            What::Outturn => figure.outturn.as_ref(),
            _ => None,
        };
        earlier.is_some_and(|earlier| is_worked_out(&earlier.from.how))
    };
    figures().any(|figure| is_worked_out(&figure.from.how) || compared(figure))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_their_numbers() {
        assert!(version("0.1.0") < version("0.2.0") && version("0.10.0") > version("0.9.9"));
        assert_eq!(version("0.2.0-rc.1"), Some([0, 2, 0]));
        assert_eq!(version("new"), None);
    }
}
