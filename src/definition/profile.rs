//! `profile`: how much of a target for the year is due by the end of each month.

use std::ops::Range;

use toml::de::DeValue;

use super::build::Builder;
use super::indicator::IndicatorKeys;
use super::standard::{Bands, Standard};
use super::target::Band;
use super::threshold::Threshold;
use super::words::{Period, UnitWord};
use crate::diagnostic::Code;
use crate::figure::{Decimal, Ratio};
use crate::month::{FinancialYear, Month};
use crate::toml_file::kinds::{Wrong, number};
use crate::toml_file::{Key, KeyKind, Spanned, TableReader, Takes, TomlItem};

/// The months of a year.
const MONTHS: usize = 12;

/// How much of a target for the year is due by the end of each month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// `"even"`: a twelfth more each month.
    Even,
    /// So many by the end of each month, from the first of the financial year.
    ByMonth(Vec<Decimal>),
}

/// `"even"`, or twelve numbers.
pub(crate) struct ProfileValue;

impl Takes for ProfileValue {
    type Value = Profile;
    const KIND: KeyKind = KeyKind::AnyOf {
        kinds: &[KeyKind::Choice(&["even"]), KeyKind::NumberList(MONTHS)],
        wanted: "\"even\", or 12 numbers: what is due by the end of each month, from the first of \
            the financial year",
    };

    fn read(
        _: &mut TableReader<'_>,
        _: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<Profile, Wrong> {
        match item.get_ref() {
            DeValue::String(word) if word == "even" => Ok(Profile::Even),
            DeValue::Array(numbers) if numbers.len() == MONTHS => {
                let numbers = numbers.iter().map(|item| number(item.get_ref()));
                Ok(Profile::ByMonth(numbers.collect::<Result<_, _>>()?))
            }
            DeValue::Array(numbers) => Err(Wrong::Value(format!(
                "has {} {}, and a year has {MONTHS} months",
                numbers.len(),
                if numbers.len() == 1 { "number" } else { "numbers" }
            ))),
            _ => Err(Wrong::Type),
        }
    }
}

/// What of the target for the year is due by the end of a month.
#[derive(Clone, Debug)]
pub struct Due {
    /// The month, or the quarter that ends with it: `May`, `Q1`.
    pub by: String,
    /// Whether that is the end of the year.
    pub is_whole: bool,
    /// Both ends of the target for the year.
    pub of_year: [Threshold; 2],
}

impl Builder<'_> {
    /// The standards of the months of a year, from the first, where its target has a profile.
    /// `None`, with a finding, if the profile does not fit it.
    pub(super) fn profiled(
        &mut self,
        keys: &IndicatorKeys,
        target: &Spanned<Band>,
        profile: &Spanned<Profile>,
        standard: &Standard,
    ) -> Option<Box<[Standard]>> {
        if !self.may_have_profile(keys, &profile.span) {
            return None;
        }
        let (low, _) = standard.bands.target();
        if !low.shown().is_positive() {
            let found = format!("a profile of the target {}", low.shown());
            let remedy = "take it out: only a target above 0 is reached bit by bit";
            self.report(Code::BadProfile, profile.span.clone(), found, remedy);
            return None;
        }
        let shares: Vec<Ratio> = match &profile.value {
            Profile::Even => (0..12).map(even_share).collect(),
            Profile::ByMonth(due) => {
                let Band::Number(whole) = &target.value else {
                    let found = "a profile by month of a target of two numbers";
                    let remedy = "write profile = \"even\", or one number as the target";
                    self.report(Code::BadProfile, profile.span.clone(), found, remedy);
                    return None;
                };
                self.check_profile(due, whole, &profile.span)?;
                due.iter().map(|due| Ratio::from(due).divided(&Ratio::from(whole))).collect()
            }
        };
        // The financial year only gives the names of the months.
        let year = FinancialYear::of(Month::new(2000, 1)?, self.year_start);
        let decimals = keys.decimals_shown();
        let months = shares.iter().zip(0..);
        let due = months.map(|(share, index)| {
            standard.clone().due(share, year, year.first().after(index), decimals)
        });
        Some(due.collect())
    }

    /// Whether the indicator is one whose target is reached bit by bit.
    pub(super) fn may_have_profile(&mut self, keys: &IndicatorKeys, span: &Range<usize>) -> bool {
        let is_to_date = keys.period.value().is_none_or(|period| period == Period::YearToDate);
        let is_number = keys.unit.value().is_none_or(|unit| unit == UnitWord::Number);
        let is_cumulative = keys.cumulative.value().unwrap_or(true);
        if is_to_date && is_number && is_cumulative {
            return true;
        }
        let found = if is_to_date && is_number {
            "a profile on an indicator that is not cumulative"
        } else {
            "a profile on an indicator that is not a number of the year to date"
        };
        let remedy = "take it out: only a count that grows through the year (period \"YTD\", unit \
            \"number\") has so much due by each month";
        self.report(Code::BadProfile, span.clone(), found, remedy);
        false
    }

    /// What is due never falls, and by the end of the year it is the target.
    fn check_profile(
        &mut self,
        due: &[Decimal],
        target: &Decimal,
        span: &Range<usize>,
    ) -> Option<()> {
        let zero = Decimal::new(0, 0);
        let before = std::iter::once(&zero).chain(due);
        let fall = before.zip(due).zip(1..).find(|((before, now), _)| now < before);
        if let Some(((before, now), number)) = fall {
            let found = if number == 1 {
                format!("a profile that starts at {now}, below 0")
            } else {
                format!("a profile that falls from {before} to {now}, number {number}")
            };
            let remedy = "write what is due by the end of each month since the start of the year, \
                not what each month adds";
            self.report(Code::BadProfile, span.clone(), found, remedy);
            return None;
        }
        let last = due.last()?;
        if last != target {
            let found = format!("a profile that ends at {last}, and the target is {target}");
            let remedy = "make its last number the target of the year: write both for the year, or \
                profile = \"even\"";
            self.report(Code::BadProfile, span.clone(), found, remedy);
            return None;
        }
        Some(())
    }
}

/// The share of the target that is due by the end of the month with this index, evenly.
fn even_share(index: i32) -> Ratio {
    Ratio::whole(i64::from(index) + 1).divided(&Ratio::whole(12))
}

impl Standard {
    /// What is due of it by the end of a month of a year, evenly.
    pub(super) fn evenly_due(self, year: FinancialYear, month: Month, decimals: u8) -> Self {
        self.due(&even_share(month.since(year.first())), year, month, decimals)
    }

    /// What is due of it by the end of a month of a year: so large a share.
    fn due(self, share: &Ratio, year: FinancialYear, month: Month, decimals: u8) -> Self {
        let count = month.since(year.first()) + 1;
        let (low, high) = self.bands.target();
        let due = Due {
            by: match count % 3 {
                0 => format!("Q{}", count / 3),
                _ => month.name().to_owned(),
            },
            is_whole: count == 12,
            of_year: [low.clone(), high.clone()],
        };
        Self { bands: self.bands.scaled(share, decimals), due: Some(due), ..self }
    }
}

impl Bands {
    /// All of them times a share: the floor keeps its ratio to the target.
    fn scaled(&self, share: &Ratio, decimals: u8) -> Self {
        self.map(|threshold| Threshold::worked_out(threshold.exact() * share, decimals))
    }
}
