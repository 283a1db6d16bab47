//! What indicators are called in sentences, captions and headings.

use crate::definition::{Indicator, Unit};
use crate::text::capitalised;

/// The name of an indicator without the sign that its results carry: `Children leaving care who
/// were adopted`, of `% of Children leaving care who were adopted`.
#[must_use]
pub fn name(indicator: &Indicator) -> String {
    bare_name(indicator.short_name(), indicator.unit == Unit::Percent)
}

/// A name without the sign of percentages that it begins with.
#[must_use]
pub fn bare_name(name: &str, is_percent: bool) -> String {
    let bare = name.strip_prefix('%').filter(|_| is_percent);
    let bare = bare.map(str::trim_start).map(|bare| bare.strip_prefix("of ").unwrap_or(bare));
    match bare.map(str::trim_start) {
        Some(bare) if bare.starts_with(char::is_alphabetic) => capitalised(bare),
        _ => name.to_owned(),
    }
}

/// The same with its id behind it, in words, so that no number runs into another: `Children leaving
/// care who were adopted (indicator 31)`.
#[must_use]
pub fn named(indicator: &Indicator) -> String {
    format!("{} ({})", name(indicator), id(indicator))
}

/// The id of an indicator in a sentence: `indicator 31`.
#[must_use]
pub fn id(indicator: &Indicator) -> String {
    format!("indicator {}", indicator.shown_id())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::Definition;

    fn named_of(name: &str, keys: &str) -> String {
        let definition = Definition::for_test(&format!(
            "[scorecard]\ntitle = 'T'\narea = 'Kent'\n[[indicator]]\nid = '31'\nsection = 'S'\n\
             name = '{name}'\nperiod = 'SS'\npolarity = 'H'\n{keys}\n"
        ));
        named(&definition.indicators[0])
    }

    /// "31 % of Children" reads as thirty-one per cent of them.
    #[test]
    fn no_number_runs_into_another() {
        for (name, said) in [
            ("% of Children leaving care", "Children leaving care (indicator 31)"),
            ("% children leaving care", "Children leaving care (indicator 31)"),
            ("Stability: % with 3 or more", "Stability: % with 3 or more (indicator 31)"),
            ("% of 3 and 4 year olds", "% of 3 and 4 year olds (indicator 31)"),
            ("%", "% (indicator 31)"),
        ] {
            assert_eq!(named_of(name, "unit = 'percent'"), said);
        }
        assert_eq!(named_of("% points", "unit = 'number'"), "% points (indicator 31)");
        assert_eq!(
            named_of("% of Children", "unit = 'percent'\nshort = 'Adopted'"),
            "Adopted (indicator 31)"
        );
    }
}
