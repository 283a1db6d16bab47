//! `allow`: how far apart figures may be that should agree.

use toml::de::DeValue;

use crate::figure::{Decimal, Ratio};
use crate::text::quote;
use crate::toml_file::kinds::{Whole, Wrong};
use crate::toml_file::{Key, KeyKind, TableReader, Takes, TomlItem};

/// The most that figures may be apart.
const MOST: u32 = 1_000_000;

/// How far apart figures may be that should agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allowance {
    /// So many: `5`.
    Count(Decimal),
    /// So many percent of the larger: `"1%"`.
    Percent(Decimal),
}

impl Allowance {
    /// Whether two figures are as near to each other as they have to be: the same, where there is
    /// no allowance.
    #[must_use]
    pub fn agree(allow: Option<&Self>, one: &Decimal, other: &Decimal) -> bool {
        one == other || allow.is_some_and(|allow| allow.covers(one, other))
    }

    fn covers(&self, one: &Decimal, other: &Decimal) -> bool {
        let (smaller, larger) = if one < other { (one, other) } else { (other, one) };
        let apart = Ratio::from(larger - smaller);
        match self {
            Self::Count(count) => apart <= *count,
            Self::Percent(percent) => apart <= Ratio::from(larger).scaled(percent, 100),
        }
    }
}

/// A whole number, or a percentage in quotes.
pub(crate) struct AllowanceValue;

type Count = Whole<0, MOST>;

impl Takes for AllowanceValue {
    type Value = Allowance;
    const KIND: KeyKind = KeyKind::AnyOf {
        kinds: &[Count::KIND, KeyKind::Percentage],
        wanted: "a whole number such as 5, or a percentage in quotes such as \"1%\"",
    };

    fn read(
        reader: &mut TableReader<'_>,
        key: &'static Key,
        item: &TomlItem<'_>,
    ) -> Result<Allowance, Wrong> {
        match item.get_ref() {
            DeValue::String(text) => percentage(text)
                .map(Allowance::Percent)
                .ok_or_else(|| Wrong::Value(format!("cannot be {}", quote(text)))),
            _ => Count::read(reader, key, item)
                .map(|count| Allowance::Count(Decimal::new(i64::from(count), 0))),
        }
    }
}

/// `1%` or `0.5%`.
fn percentage(text: &str) -> Option<Decimal> {
    let number = text.strip_suffix('%')?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let is_digits = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if is_digits(whole, 3) && is_digits(fraction, 6) { number.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_agree_that_are_no_further_apart_than_they_may_be() {
        let agree = |allow: Option<&Allowance>, one, other| {
            let (one, other) = (Decimal::new(one, 0), Decimal::new(other, 0));
            Allowance::agree(allow, &one, &other) && Allowance::agree(allow, &other, &one)
        };
        assert!(agree(None, 7, 7) && !agree(None, 7, 8));
        let five = Allowance::Count(Decimal::new(5, 0));
        assert!(agree(Some(&five), 100, 105) && !agree(Some(&five), 100, 106));
        // 1% of 200 is 2, and of 199 less than that.
        let one_percent = Allowance::Percent(Decimal::new(1, 0));
        assert!(agree(Some(&one_percent), 198, 200) && !agree(Some(&one_percent), 197, 199));
    }

    #[test]
    fn a_percentage_is_digits_and_a_sign() {
        for (text, read) in [("1%", "1"), ("0.5%", "0.5"), ("100%", "100")] {
            assert_eq!(percentage(text).map(|number| number.to_string()).as_deref(), Some(read));
        }
        for text in ["1", "%", "-1%", "1 %", "1.%", ".5%", "1000%", "1e1%", "1,5%"] {
            assert_eq!(percentage(text), None, "{text}");
        }
    }
}
