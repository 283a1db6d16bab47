//! How an indicator is spoken of: what stands around its numbers, what its figures count, and what
//! it is called where there is little room.

use std::sync::Arc;

use serde_json::{Value, json};

use super::build::Builder;
use super::indicator::IndicatorKeys;
use super::words::UnitWord;
use crate::diagnostic::Code;
use crate::text::quote;
use crate::toml_file::schema::when;

/// A percentage has its own sign, and what stands next to a number does not read as a part of it.
pub(super) fn rules() -> Vec<Value> {
    vec![
        when(
            "unit",
            &[UnitWord::Percent.as_str()],
            &json!({ "properties": { "prefix": false, "suffix": false } }),
        ),
        json!({ "properties": {
            "prefix": { "pattern": "^ *[^ =+@0-9-][^0-9]*$" },
            "suffix": { "pattern": "^ *[^ 0-9.,]" },
        } }),
    ]
}

/// How an indicator is spoken of.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    /// What it is called on cards, in titles and in sentences, if not by its name.
    pub short: Option<String>,
    /// What stands before its numbers.
    pub prefix: Option<String>,
    /// What stands behind its numbers.
    pub suffix: Option<String>,
    /// The two, if it has any: what stands around its numbers beside a `%`.
    pub affixes: Option<Arc<Affixes>>,
    /// What its numerator, or its number, counts: `visits in time`.
    pub counted: Option<String>,
    /// What its denominator counts: `visits due`.
    pub out_of: Option<String>,
    /// Whether it is one of those that a director looks at first.
    pub is_priority: bool,
}

/// What stands before and behind the numbers of an indicator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Affixes {
    before: String,
    behind: String,
}

/// Signs of money.
const MONEY: [char; 3] = ['£', '€', '$'];
/// The most letters of what shortens a sum of money, as in £2bn.
const SHORTEST: usize = 2;

impl Affixes {
    /// Those of an indicator with a prefix or a suffix. A word stands apart from its number, other
    /// than what shortens a sum of money: `650 days`, `£1.2m`.
    #[must_use]
    pub fn of(prefix: Option<&str>, suffix: Option<&str>) -> Option<Self> {
        if prefix.is_none() && suffix.is_none() {
            return None;
        }
        let before = prefix.unwrap_or_default().to_owned();
        let behind = suffix.unwrap_or_default();
        let is_word = behind.chars().next().is_some_and(char::is_alphanumeric);
        let shortens = before.contains(MONEY) && behind.chars().count() <= SHORTEST;
        let gap = if is_word && !shortens { " " } else { "" };
        Some(Self { behind: format!("{gap}{behind}"), before })
    }

    /// What stands before a number.
    #[must_use]
    pub fn before(&self) -> &str {
        &self.before
    }

    /// What stands behind it, with the space between the two.
    #[must_use]
    pub fn behind(&self) -> &str {
        &self.behind
    }

    /// Whether it is a sum of money.
    #[must_use]
    pub fn is_money(&self) -> bool {
        self.before.contains(MONEY)
    }

    /// A number with them: its sign comes first.
    #[must_use]
    pub fn around(&self, digits: &str) -> String {
        let sign = digits.find(|letter| !matches!(letter, '-' | '+')).unwrap_or(0);
        let (sign, digits) = digits.split_at(sign);
        format!("{sign}{}{digits}{}", self.before, self.behind)
    }
}

impl Builder<'_> {
    pub(super) fn labels(&mut self, keys: &IndicatorKeys) -> Labels {
        if keys.unit.get() == Some(&UnitWord::Percent) {
            for (name, affix) in [("prefix", &keys.prefix), ("suffix", &keys.suffix)] {
                if let Some(affix) = affix.spanned() {
                    let found = format!(
                        "the {name} {} of a percentage, which has its sign",
                        quote(&affix.value)
                    );
                    let remedy = "take it out: a result is shown with a % as it is";
                    self.report(Code::BadValue, affix.span.clone(), found, remedy);
                }
            }
        }
        self.check_affixes(keys);
        let (prefix, suffix) = (keys.prefix.value(), keys.suffix.value());
        let affixes = Affixes::of(prefix.as_deref(), suffix.as_deref());
        Labels {
            short: keys.short.value(),
            affixes: affixes.map(Arc::new),
            prefix,
            suffix,
            counted: keys.counted.value(),
            out_of: keys.out_of.value(),
            is_priority: keys.priority.value().unwrap_or(false),
        }
    }

    /// What stands next to a number must not read as a part of it, nor as a formula.
    fn check_affixes(&mut self, keys: &IndicatorKeys) {
        let before = keys.prefix.spanned().filter(|prefix| {
            let acts = prefix.value.starts_with(['=', '+', '-', '@']);
            acts || prefix.value.contains(|letter: char| letter.is_numeric())
        });
        let behind = keys.suffix.spanned().filter(|suffix| {
            suffix.value.starts_with(|letter: char| letter.is_numeric() || ".,".contains(letter))
        });
        for (name, affix) in [("prefix", before), ("suffix", behind)] {
            let Some(affix) = affix else { continue };
            let found = format!("the {name} {} reads as a part of the number", quote(&affix.value));
            let remedy = "write a sign or a word, such as £ or days";
            self.report(Code::BadValue, affix.span.clone(), found, remedy);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The business plan of 2016/17 writes 650 days and 426 days.
    #[test]
    fn a_word_stands_apart_and_a_sign_comes_first() {
        let around = |prefix, suffix, digits: &str| {
            Affixes::of(prefix, suffix).map(|affixes| affixes.around(digits))
        };
        assert_eq!(around(None, Some("days"), "650").as_deref(), Some("650 days"));
        assert_eq!(around(Some("£"), None, "-1,234.50").as_deref(), Some("-£1,234.50"));
        assert_eq!(around(Some("£"), Some("m"), "+1.2").as_deref(), Some("+£1.2m"));
        assert_eq!(around(Some("£"), Some("a child"), "90").as_deref(), Some("£90 a child"));
        assert_eq!(around(None, Some("‰"), "4").as_deref(), Some("4‰"));
        assert_eq!(around(None, None, "4"), None);
    }
}
