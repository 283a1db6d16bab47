//! Targets that are worked out from another figure: `{ since = "2012-08", change = "-30%" }`,
//! `{ benchmark = "england" }`.

use toml::de::DeValue;

use super::BenchmarkId;
use super::build::Builder;
use super::standard::{Bands, Standard};
use super::target::Band;
use super::threshold::{Threshold, ValueRange};
use super::words::{AtFloor, Period, Polarity};
use crate::diagnostic::Place;
use crate::figure::{Amount, Decimal, Ratio};
use crate::month::{FinancialYear, Month};
use crate::text::quote;
use crate::toml_file::Spanned;
use crate::toml_file::kinds::{Wrong, number};

/// What a target is worked out from, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Relative {
    /// The result of an earlier month, with so much added.
    Since {
        /// The month.
        month: Month,
        /// How much is added.
        by: TargetChange,
    },
    /// The figure that a benchmark has beside the result.
    Benchmark(BenchmarkId),
}

/// The same as it is written: a benchmark by its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum WrittenRelative {
    Since { month: Month, by: TargetChange },
    Benchmark(Spanned<String>),
}

/// How much is added to a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TargetChange {
    /// So many percent of it.
    Percent(Decimal),
    /// So many in its own unit: percentage points of a percentage.
    Points(Decimal),
}

impl TargetChange {
    /// The result with the change.
    #[must_use]
    pub fn of(&self, result: &Ratio) -> Ratio {
        match self {
            Self::Percent(percent) => {
                let hundred = Decimal::new(100, 0);
                result + &result.scaled(percent, 1).over(&hundred)
            }
            Self::Points(points) => result + &Ratio::from(points),
        }
    }

    /// How much it is.
    #[must_use]
    pub fn size(&self) -> &Decimal {
        match self {
            Self::Percent(size) | Self::Points(size) => size,
        }
    }
}

impl WrittenRelative {
    /// Reads the table after `target =`.
    pub(super) fn read(table: &toml::de::DeTable<'_>) -> Result<Self, Wrong> {
        let (mut since, mut change, mut points, mut benchmark) = (None, None, None, None);
        for (name, value) in table {
            match name.get_ref().as_ref() {
                "since" => since = Some(value.get_ref()),
                "change" => change = Some(value.get_ref()),
                "points" => points = Some(value.get_ref()),
                "benchmark" => benchmark = Some(value),
                other => {
                    return Err(Wrong::Value(format!(
                        "has the key {}, which is not one",
                        quote(other)
                    )));
                }
            }
        }
        match (benchmark, since) {
            (Some(benchmark), None) if change.is_none() && points.is_none() => {
                let id = benchmark.get_ref().as_str().ok_or_else(|| {
                    Wrong::Value("has a `benchmark` that is not an id in quotes".to_owned())
                })?;
                let value = id.trim().to_owned();
                Ok(Self::Benchmark(Spanned { value, span: benchmark.span() }))
            }
            (Some(_), _) => Err(Wrong::Value(
                "has more than a `benchmark`, whose figure is the target as it is".to_owned(),
            )),
            (None, Some(since)) => Self::since(since, change, points),
            (None, None) => Err(Wrong::Value(
                "does not say what it is worked out from: it has neither `since` nor `benchmark`"
                    .to_owned(),
            )),
        }
    }

    fn since(
        since: &DeValue<'_>,
        change: Option<&DeValue<'_>>,
        points: Option<&DeValue<'_>>,
    ) -> Result<Self, Wrong> {
        let month = since.as_str().and_then(|text| text.parse().ok()).ok_or_else(|| {
            Wrong::Value("has a `since` that is not a month, such as \"2012-08\"".to_owned())
        })?;
        let by = match (change, points) {
            (Some(change), None) => TargetChange::Percent(percentage(change)?),
            (None, Some(points)) => TargetChange::Points(number(points)?),
            _ => {
                return Err(Wrong::Value(
                    "needs `change` or `points`, to say by how much".to_owned(),
                ));
            }
        };
        Ok(Self::Since { month, by })
    }
}

impl Builder<'_> {
    /// What a target is worked out from. `None`, with a finding, if that is no benchmark.
    pub(super) fn relative(&mut self, written: &WrittenRelative) -> Option<Relative> {
        match written {
            WrittenRelative::Since { month, by } => {
                Some(Relative::Since { month: *month, by: by.clone() })
            }
            WrittenRelative::Benchmark(id) => self.named_benchmark(id).map(Relative::Benchmark),
        }
    }
}

impl Relative {
    /// The month whose figures it needs, where it is one.
    #[must_use]
    pub fn since(&self) -> Option<Month> {
        if let Self::Since { month, .. } = self { Some(*month) } else { None }
    }

    /// The benchmark whose figure it is, where it is one's.
    #[must_use]
    pub fn benchmark(&self) -> Option<BenchmarkId> {
        if let Self::Benchmark(benchmark) = self { Some(*benchmark) } else { None }
    }
}

/// `-30%`, `+2.5%`.
fn percentage(value: &DeValue<'_>) -> Result<Decimal, Wrong> {
    let wrong = |why: &str| Wrong::Value(format!("has a `change` that {why}"));
    let text = value.as_str().ok_or_else(|| wrong("is not text in quotes, such as \"-30%\""))?;
    let digits = text.trim().strip_suffix('%').map(str::trim_end);
    let percent: Decimal = digits
        .and_then(|digits| digits.parse().ok())
        .ok_or_else(|| wrong("is no percentage, such as \"-30%\""))?;
    if percent < Decimal::new(-100, 0) {
        return Err(wrong("takes away more than there is: at most \"-100%\""));
    }
    Ok(percent)
}

/// A target that is worked out for each figure, with its floor.
#[derive(Clone, Debug)]
pub struct RelativeStandard {
    /// The financial year that it is for; nothing when it is for every year without one of its own.
    pub year: Option<FinancialYear>,
    /// The month from which it is, within its year; nothing when it is from the first.
    pub from: Option<Month>,
    /// What it is worked out from, and how.
    pub relative: Relative,
    /// Where it is defined.
    pub place: Place,
    pub(super) polarity: Polarity,
    pub(crate) floor: Option<Band>,
    pub(super) green: Option<(Decimal, Decimal)>,
    pub(super) at_floor: AtFloor,
    /// Whether an even part of it is due by the end of each month.
    pub(super) is_even: bool,
    pub(super) decimals: u8,
}

/// What a target was worked out from.
#[derive(Clone, Debug)]
pub enum TargetWorking {
    /// An earlier figure, with so much added to its result.
    Since {
        /// The month of the figure.
        month: Month,
        /// How much was added.
        by: TargetChange,
        /// The figure.
        figure: Amount,
    },
    /// The figure of a benchmark.
    Benchmark {
        /// The benchmark.
        benchmark: BenchmarkId,
        /// What the figure covers.
        period: Period,
        /// The last month of that.
        month: Month,
        /// Its result.
        result: Ratio,
        /// Its numbers; nothing for a mean of others.
        figure: Option<Amount>,
    },
}

impl RelativeStandard {
    /// What a figure of `month`, which is in `year`, is rated against where the target comes to
    /// `target`, which was worked out as `working`. `None` if the floor or the green band does not
    /// fit it.
    #[must_use]
    pub fn standard(
        &self,
        target: Ratio,
        working: TargetWorking,
        (year, month): (FinancialYear, Month),
    ) -> Option<Standard> {
        let bands = self.bands(target)?;
        let standard = Standard {
            year: self.year,
            from: self.from,
            bands,
            at_floor: self.at_floor,
            due: None,
            working: Some(working),
            place: self.place.clone(),
        };
        Some(if self.is_even { standard.evenly_due(year, month, self.decimals) } else { standard })
    }

    /// The target with its floor.
    fn bands(&self, target: Ratio) -> Option<Bands> {
        let threshold = |exact: Ratio| Threshold::worked_out(exact, self.decimals);
        let target = threshold(target);
        let away = |band: &Band| match band {
            Band::Points(points) => Some(Ratio::from(points)),
            Band::PercentOfTarget(percent) => {
                Some(target.exact().size().scaled(percent, 1).over(&Decimal::new(100, 0)))
            }
            _ => None,
        };
        let floor = self.floor.as_ref();
        Some(match self.polarity {
            Polarity::Higher | Polarity::Lower => {
                let is_lower = self.polarity == Polarity::Lower;
                let floor = floor.and_then(|band| match band {
                    Band::Number(number) => Some(Threshold::from(number.clone())),
                    band => {
                        let away = away(band)?;
                        let floor =
                            if is_lower { target.exact() + &away } else { target.exact() - &away };
                        Some(threshold(floor))
                    }
                });
                let is_beyond = |floor: &Threshold| {
                    if is_lower { *floor < target } else { *floor > target }
                };
                if floor.as_ref().is_some_and(is_beyond) {
                    return None;
                }
                if is_lower {
                    Bands::Lower { target, floor }
                } else {
                    Bands::Higher { target, floor }
                }
            }
            Polarity::Target => {
                let floor = floor.and_then(|band| match band {
                    Band::Pair(low, high) => Some(ValueRange::from((low.clone(), high.clone()))),
                    band => {
                        let away = away(band)?;
                        Some(ValueRange {
                            low: threshold(target.exact() - &away),
                            high: threshold(target.exact() + &away),
                        })
                    }
                });
                let target = ValueRange { low: target.clone(), high: target };
                let green = self.green.clone().map_or_else(|| target.clone(), ValueRange::from);
                let fits = target.is_within(&green)
                    && floor.as_ref().is_none_or(|floor| green.is_within(floor));
                if !fits {
                    return None;
                }
                Bands::Near { target, green, floor }
            }
            Polarity::Neither => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    /// 30% less than 33 of 156 is 14.8076...: 231 of 1,560 exactly.
    #[test]
    fn a_change_is_exact() {
        let baseline = Ratio::new(&decimal("33"), &decimal("156"), 100).expect("above 0");
        let less = TargetChange::Percent(decimal("-30")).of(&baseline);
        assert_eq!(Ratio::new(&decimal("231"), &decimal("1560"), 100), Some(less));
        let points = TargetChange::Points(decimal("-5")).of(&baseline);
        assert_eq!(&points - &baseline, Ratio::whole(-5));
    }

    #[test]
    fn a_change_is_a_percentage_of_at_most_all_there_is() {
        let read = |text: &str| percentage(&DeValue::String(text.to_owned().into())).ok();
        assert_eq!(read("-30%"), Some(decimal("-30")));
        assert_eq!(read("+2.5 %"), Some(decimal("2.5")));
        assert_eq!(read("-100%"), Some(decimal("-100")));
        for wrong in ["-100.1%", "30", "%", "a lot", "--3%"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
