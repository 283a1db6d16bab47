//! A file whose rows are read as everyone, while a column that is not read has the same part of
//! everyone in all of them: `Male`, `0-4`.

use std::path::Path;

use super::{Collected, Context};
use crate::definition::Definition;
use crate::diagnostic::{Code, Finding};
use crate::extract::UnusedValues;
use crate::text::{fold, name_key, plural, quote};

/// Looks at the columns of the month's results that are not read.
pub(super) fn check(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    for column in context.this.results.unused() {
        let Some(value) = column.only_value() else { continue };
        let heading = words(&column.column.heading);
        let rows = rows_of_everyone(context.definition, column, &words(value));
        if rows == 0 || is_defined_place(context.definition, value) {
            continue;
        }
        if is_part(context.definition, &heading, value) || was_whole(context, column, value) {
            collected.add(Code::OneOfASplit, || finding(column, value, rows));
        }
    }
}

fn finding(column: &UnusedValues, value: &str, rows: usize) -> Finding {
    let found = format!(
        "the column {} is {} in every row, and {rows} {} read as everyone",
        quote(&column.column.heading),
        quote(value),
        plural(rows, "row is", "rows are")
    );
    let remedy = "take the extract of everyone, or name the cohort in a column cohort; delete the \
        column if everyone is meant";
    let mut finding = Finding::new(Code::OneOfASplit, column.column.place.clone(), found, remedy);
    finding.excerpt.clone_from(&column.column.excerpt);
    finding
}

/// How many rows are read as everyone, without those of indicators that name the part themselves,
/// such as "Life expectancy (male)".
fn rows_of_everyone(definition: &Definition, column: &UnusedValues, part: &[String]) -> usize {
    let singular = |word: &String| word.strip_suffix('s').unwrap_or(word).to_owned();
    let names_it = |name: &str| {
        let name: Vec<_> = words(name).iter().map(singular).collect();
        part.iter().all(|word| name.contains(&singular(word)))
    };
    let rows = column.rows.iter();
    rows.filter(|(id, _)| !names_it(&definition.indicator(**id).name)).map(|(_, rows)| rows).sum()
}

/// Whether a value is an area or a section, which a column may well repeat.
fn is_defined_place(definition: &Definition, value: &str) -> bool {
    let key = name_key(value);
    definition.area_names().any(|(name, _)| name_key(name) == key)
        || definition.indicators.iter().any(|indicator| name_key(&indicator.section) == key)
}

/// Whether the same column of the latest earlier month that has been read shows that a value is a
/// part: it said "All" there, or had the value in the rows of a cohort alone.
fn was_whole(context: Context<'_, '_>, column: &UnusedValues, value: &str) -> bool {
    let before = context.history.months_read().rev().filter(|month| *month < context.month);
    let mut before = before.filter_map(|month| context.history.extract(month));
    let same = |other: &&UnusedValues| {
        file_name(other) == file_name(column)
            && name_key(&other.column.heading) == name_key(&column.column.heading)
    };
    let Some(before) = before.find_map(|extract| extract.results.unused().iter().find(same)) else {
        return false;
    };
    let is_name = value.chars().any(char::is_alphabetic) && !is_everyone(value);
    is_name
        && !before.of_everyone.contains(value)
        && (before.of_cohorts.contains(value)
            || before.of_everyone.iter().any(|value| is_everyone(value)))
}

fn file_name(column: &UnusedValues) -> Option<String> {
    let name = Path::new(&*column.column.place.path).file_name()?;
    Some(name.to_string_lossy().to_lowercase())
}

/// The words of a text, in lower case; a band of ages is three, `0 to 4`.
fn words(text: &str) -> Vec<String> {
    let text = fold(text).to_lowercase();
    let dash = if text.contains(|letter: char| letter.is_ascii_digit()) { " to " } else { " " };
    let text = text.replace('-', dash);
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '+');
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn is_everyone(value: &str) -> bool {
    const EVERYONE: [&str; 7] =
        ["all", "everyone", "total", "overall", "persons", "people", "both"];
    words(value).first().is_some_and(|first| EVERYONE.contains(&first.as_str()))
}

const MALE: [&str; 6] = ["male", "males", "boy", "boys", "man", "men"];
const FEMALE: [&str; 6] = ["female", "females", "girl", "girls", "woman", "women"];
const AGE: [&str; 3] = ["age", "ages", "aged"];
/// What may stand beside a part without changing it.
const BESIDE: [&str; 13] = [
    "aged", "age", "ages", "only", "year", "years", "yrs", "old", "olds", "children", "people",
    "pupils", "persons",
];
const ETHNIC: [&str; 6] = ["white", "black", "asian", "minority", "bme", "bame"];
/// What an ethnic group is called besides, and one whose column says what it is about.
const ETHNIC_BESIDE: [&str; 18] = [
    "mixed",
    "other",
    "any",
    "chinese",
    "arab",
    "british",
    "english",
    "irish",
    "african",
    "caribbean",
    "ethnic",
    "ethnicity",
    "background",
    "group",
    "groups",
    "non",
    "or",
    "and",
];
const YES_OR_NO: [&str; 4] = ["yes", "no", "y", "n"];
/// Headings of what children have or have not.
const HAVING: [&str; 6] = ["disabled", "disability", "sen", "send", "ehcp", "fsm"];
/// Headings below which 16-17 is no band of ages.
const NOT_AGES: [&str; 14] = [
    "year",
    "month",
    "quarter",
    "period",
    "date",
    "week",
    "version",
    "ref",
    "id",
    "row",
    "page",
    "line",
    "indicators",
    "section",
];

/// Whether a value is a part of everyone: a well-known one, or a cohort that is defined.
fn is_part(definition: &Definition, heading: &[String], value: &str) -> bool {
    let is_cohort = |text: &str| {
        let key = name_key(text);
        definition.cohort_names().any(|(name, _)| name_key(name) == key)
    };
    let value_words = words(value);
    let value_words: Vec<_> = value_words.iter().map(String::as_str).collect();
    match value_words[..] {
        [word] if YES_OR_NO.contains(&word) => {
            has(heading, &HAVING) || is_cohort(&heading.concat())
        }
        ["m" | "f"] => has(heading, &["sex", "gender"]),
        _ => is_well_known(heading, &value_words) || is_cohort(value),
    }
}

/// Whether words are a sex, a band of ages, a sex of such a band, or an ethnic group.
fn is_well_known(heading: &[String], value: &[&str]) -> bool {
    let count = |sex: &[&str]| value.iter().filter(|word| sex.contains(word)).count();
    let is_one_sex = (count(&MALE) > 0) != (count(&FEMALE) > 0);
    let is_beside = |word: &&str| [&BESIDE[..], &MALE, &FEMALE].concat().contains(word);
    let rest: Vec<_> = value.iter().copied().filter(|word| !is_beside(word)).collect();
    let says_age = has(heading, &AGE) || value.iter().any(|word| AGE.contains(word));
    let band = AgeBand::read(&rest).filter(|_| says_age || !has(heading, &NOT_AGES));
    match band {
        Some(band) => is_one_sex || !band.may_be_everyone(),
        None if rest.is_empty() => is_one_sex,
        None => is_ethnic(&rest) && !has(heading, &["colour", "rating", "rag"]),
    }
}

fn has(heading: &[String], words: &[&str]) -> bool {
    heading.iter().any(|word| words.contains(&word.as_str()))
}

/// Whether these words name an ethnic group.
fn is_ethnic(words: &[&str]) -> bool {
    words.iter().any(|word| ETHNIC.contains(word))
        && words.iter().all(|word| ETHNIC.contains(word) || ETHNIC_BESIDE.contains(word))
}

/// A band of ages, in years, with both its ends.
#[derive(Clone, Copy)]
struct AgeBand {
    from: u32,
    to: u32,
}

impl AgeBand {
    /// Older than anybody.
    const OLDEST: u32 = 120;

    fn read(words: &[&str]) -> Option<Self> {
        let age = |text: &str| text.parse::<u32>().ok().filter(|age| *age < Self::OLDEST);
        let (from, to) = match words {
            [from, "to", to] => (age(from)?, age(to)?),
            ["under", to] => (0, age(to)?.checked_sub(1)?),
            [to, "and" | "or", "under" | "younger"] => (0, age(to)?),
            ["over", from] | [from, "plus"] | [from, "and" | "or", "over" | "above" | "older"] => {
                (age(from)?, Self::OLDEST)
            }
            [from] => (age(from.strip_suffix('+')?)?, Self::OLDEST),
            _ => return None,
        };
        (from <= to).then_some(Self { from, to })
    }

    /// Whether all of a service may be of these ages: all children, those of school age, those
    /// whom a court can try as children, all adults, those of working age.
    fn may_be_everyone(self) -> bool {
        let Self { from, to } = self;
        from <= 5 && to >= 15 || (from, to) == (10, 17) || (16..=18).contains(&from) && to >= 64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_part(heading: &str, value: &str) -> bool {
        let (heading, value) = (words(heading), words(value));
        is_well_known(&heading, &value.iter().map(String::as_str).collect::<Vec<_>>())
    }

    #[test]
    fn parts_that_everybody_knows() {
        for value in [
            "Male",
            "FEMALES",
            "girls",
            "Boys only",
            "0-4",
            "0\u{2013}4 years",
            "5 to 9",
            "Under 5",
            "aged 10-15",
            "65+",
            "85 and over",
            "over 75",
            "Girls 0-17",
            "males, 5-9",
            "White",
            "White British",
            "Asian or Asian British",
            "BME",
            "non-white",
        ] {
            assert!(is_part("group", value), "{value}");
        }
        assert!(is_part("age in years", "16-17"));
    }

    #[test]
    fn what_may_be_everyone_or_something_else() {
        for value in [
            "",
            "Kent",
            "2016",
            "Total",
            "all",
            "persons",
            "All ages",
            "children",
            "Male and female",
            "boys & girls",
            "0-17",
            "under 18",
            "0 to 25",
            "5-15",
            "10-17",
            "18+",
            "16-64",
            "18 and over",
            "2015-16",
            "2015/16",
            "1/2",
            "Q1",
            "9-5",
            "AR",
            "final",
            "yes",
            "M",
            "Girls' Grammar School",
            "White Cliffs Team",
            "Black Robin Lane",
            "+",
            "to",
            "over 20 days",
            "31/01/2016",
            "2016-01",
            "2016-01-31",
            "99999999999-5",
            "other",
            "0",
        ] {
            assert!(!is_part("group", value), "{value}");
        }
        for (heading, value) in [("financial year", "16-17"), ("RAG", "black"), ("Row", "1-2")] {
            assert!(!is_part(heading, value), "{heading} {value}");
        }
    }
}
