//! The numbers that a text quotes.

use crate::figure::Decimal;

/// The numbers of a text, in order.
pub(super) struct Numbers {
    numbers: Vec<QuotedNumber>,
}

/// A number of a text.
pub(super) struct QuotedNumber {
    /// The number, with the decimals that it is written with.
    pub(super) value: Decimal,
    /// Whether it is a percentage.
    pub(super) percent: bool,
    /// What stands between it and the number before.
    before: String,
    /// What stands between it and the next number.
    then: String,
}

impl QuotedNumber {
    /// Whether it is what is left of something: `the remaining 19`.
    pub(super) fn is_remaining(&self) -> bool {
        let before = self.before.trim_end_matches(|c: char| c.is_whitespace() || is_markup(c));
        let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        // What is left of a year or of a list of places is not what is left of the children.
        word.eq_ignore_ascii_case("remaining") && !OTHER_THINGS.contains(&self.next_word().as_str())
    }

    fn next_word(&self) -> String {
        let then = self.then.trim_start_matches(|c: char| c.is_whitespace() || is_markup(c));
        then.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase()
    }

    /// Whether it may be a year.
    fn is_year(&self) -> bool {
        let years = Decimal::new(1900, 0)..Decimal::new(2100, 0);
        self.value.scale() == 0 && years.contains(&self.value)
    }
}

/// What there may be a remaining number of beside those who are counted.
const OTHER_THINGS: [&str; 16] = [
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "quarter",
    "quarters",
    "year",
    "years",
    "area",
    "areas",
    "district",
    "districts",
    "team",
    "teams",
];

/// What makes text bold or slanted, or opens a bracket.
fn is_markup(c: char) -> bool {
    matches!(c, '*' | '_' | '(')
}

impl Numbers {
    /// Finds the numbers that stand by themselves: `12.1` in `12.1%` and in `(12.1)`, and not in
    /// `112.1`, `Q12.1` or `12.1.2015`. Thousands may be grouped.
    pub(super) fn of(text: &str) -> Self {
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        let mut numbers = Vec::new();
        let mut rest = text;
        let mut last = None;
        while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
            let before_it = rest[..start].chars().next_back().or(last);
            let run = rest[start..]
                .find(|c| !is_part(c))
                .map_or(&rest[start..], |end| &rest[start..start + end]);
            // A full stop or comma at the end is the sentence's.
            let digits = run.trim_end_matches(['.', ',']);
            let after = &rest[start + digits.len()..];
            let stands_alone = !before_it
                .is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '_'))
                && !after.starts_with(|c: char| c.is_alphanumeric() || c == '_');
            if stands_alone && let Some(value) = number(digits) {
                let then =
                    after.find(|c: char| c.is_ascii_digit()).map_or(after, |end| &after[..end]);
                numbers.push(QuotedNumber {
                    value,
                    percent: is_percent(after),
                    before: rest[..start].to_owned(),
                    then: then.to_owned(),
                });
            }
            last = digits.chars().next_back();
            rest = after;
        }
        Self { numbers }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &QuotedNumber> {
        self.numbers.iter()
    }

    /// Whether a count is among them.
    pub(super) fn has(&self, count: &Decimal) -> bool {
        self.iter().any(|number| !number.percent && number.value == *count)
    }

    /// Whether there is `5 of 12`, `5 out of 12`, `5 of the 12` or `5/12`.
    pub(super) fn has_one_of(&self, part: &Decimal, whole: &Decimal) -> bool {
        let joins = |then: &str| then.trim() == "/" || is_of(then);
        self.numbers
            .windows(2)
            .any(|pair| pair[0].value == *part && pair[1].value == *whole && joins(&pair[0].then))
    }

    /// Every `5 of 12` in words: the part, then the whole.
    pub(super) fn parts_of_wholes(&self) -> impl Iterator<Item = (&Decimal, &Decimal)> {
        let pairs = self.numbers.windows(2).filter(|pair| {
            is_of(&pair[0].then) && !pair.iter().any(|number| number.percent || number.is_year())
        });
        pairs.map(|pair| (&pair[0].value, &pair[1].value))
    }

    /// Every number that is said to remain, with the counts before it, the nearest last.
    pub(super) fn remaining(&self) -> impl Iterator<Item = (&Decimal, Vec<&Decimal>)> {
        let numbers = self.numbers.iter().enumerate();
        let remaining = numbers.filter(|(_, number)| number.is_remaining() && !number.percent);
        remaining.map(|(index, number)| {
            let before = self.numbers[..index].iter();
            let counts = before.filter(|number| !number.percent && !number.is_year());
            (&number.value, counts.map(|number| &number.value).collect())
        })
    }

    /// The only percentage of the text, if it has just one.
    pub(super) fn only_percentage(&self) -> Option<&Decimal> {
        let mut percentages = self.iter().filter(|number| number.percent);
        let first = percentages.next()?;
        percentages.next().is_none().then_some(&first.value)
    }
}

/// Whether these words make a part and a whole of two numbers.
fn is_of(words: &str) -> bool {
    let words = words.replace(is_markup, "").to_lowercase();
    let words: Vec<_> = words.split_whitespace().collect();
    let words = words.strip_prefix(&["out"]).unwrap_or(&words);
    let Some(rest) = words.strip_prefix(&["of"]) else { return false };
    matches!(rest, [] | ["the" | "all" | "these" | "those"] | ["a", "total", "of"])
}

/// Digits with at most one point and thousands grouped or not at all.
fn number(digits: &str) -> Option<Decimal> {
    let (whole, fraction) =
        digits.split_once('.').map_or((digits, ""), |(whole, fraction)| (whole, fraction));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let is_grouped = groups.clone().next().is_some();
    let sound = !is_grouped || first.len() <= 3 && groups.all(|group| group.len() == 3);
    if !sound || fraction.contains(',') {
        return None;
    }
    digits.replace(',', "").parse().ok()
}

fn is_percent(after: &str) -> bool {
    let after = after.trim_start();
    ["%", "per cent", "percent"].iter().any(|sign| after.starts_with(sign))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn numbers(text: &str) -> Vec<String> {
        Numbers::of(text)
            .iter()
            .map(|number| format!("{}{}", number.value, if number.percent { "%" } else { "" }))
            .collect()
    }

    #[test]
    fn numbers_are_whole_tokens() {
        assert_eq!(numbers("It is 12.1%, or (12.1)."), ["12.1%", "12.1"]);
        assert_eq!(numbers("112.1% and Q12.1 and 12.1.2015 and v1.2a"), ["112.1%"]);
        assert_eq!(
            numbers("Of the 2,374 children, 291; **10.9 per cent** of 2374."),
            ["2374", "291", "10.9%", "2374"]
        );
        assert_eq!(numbers("in 1,2 or 12,34 of 31,"), ["31"]);
        assert_eq!(numbers("2015/16 1st A1 £5"), ["2015", "16", "5"]);
    }

    proptest! {
        /// Whatever a service writes can be read.
        #[test]
        fn a_number_among_words_is_found(before in "[^0-9]*[ \
            (*]", number in 0i64..100_000, after in r"( |\.|,|%| %| per cent)?[^0-9]*") {
            let text = format!("{before}{}{after}", Decimal::new(number, 0).grouped());
            let follows_a_word = after.starts_with(|c: char| c.is_alphanumeric() || c == '_');
            prop_assert_eq!(Numbers::of(&text).iter().any(|found| found.value == Decimal::new(number, 0)), !follows_a_word, "{}", text);
        }

        #[test]
        fn no_text_is_too_odd(text in r"([0-9.,%/ ]|\PC)*") {
            Numbers::of(&text);
        }
    }

    #[test]
    fn what_remains_is_said_in_words() {
        let remaining = |text: &str| -> Vec<String> {
            let numbers = Numbers::of(text);
            let found = numbers.remaining();
            found.map(|(count, before)| format!("{count} after {}", before.len())).collect()
        };
        assert_eq!(
            remaining("In 2015 there were 71, and 42 of them; the remaining 19"),
            ["19 after 2"]
        );
        assert_eq!(remaining("The remaining **19** of 71 (59.2%)"), ["19 after 0"]);
        for nothing in ["the remaining 3 months", "19 remaining", "the remaining 19%"] {
            assert_eq!(remaining(nothing), [""; 0], "{nothing}");
        }
    }

    #[test]
    fn a_part_of_a_whole_is_written_in_a_few_ways() {
        let has =
            |text: &str| Numbers::of(text).has_one_of(&Decimal::new(5, 0), &Decimal::new(12, 0));
        for text in
            ["5 of 12 visits", "5 out of the 12", "(5/12)", "5 of the 12", "**5** of **12**"]
        {
            assert!(has(text), "{text}");
        }
        for text in ["5 in the last 12 months", "12 of 5", "5 of 120", "5. Of 12"] {
            assert!(!has(text), "{text}");
        }
    }
}
