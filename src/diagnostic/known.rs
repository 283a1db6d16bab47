//! What is said of a name on the command line that nothing has: which was probably meant, or else
//! which there are.

use std::borrow::Cow;

use super::{Code, Finding};
use crate::text::{has_words, has_words_like, nearest, quote};

/// The names of a kind of thing, such as the areas.
#[derive(Clone, Debug)]
pub struct Known<'n> {
    /// What one of them is: `area`.
    one: &'static str,
    /// What several of them are: `areas`.
    several: &'static str,
    names: Vec<KnownName<'n>>,
    /// Whether one may be written for another by mistake.
    may_be_misspelt: bool,
    /// The command that lists all of them.
    listed_by: Option<&'static str>,
    /// What can be done beside naming one of them.
    or_else: String,
    /// What to do where there are none.
    if_none: String,
}

/// A name, with what it stands for where that is not the same: an id, and the name of what has it.
#[derive(Clone, Debug)]
struct KnownName<'n> {
    name: Cow<'n, str>,
    meaning: Option<&'n str>,
}

impl KnownName<'_> {
    /// `9 (Visits in time)`; a name that needs no explanation as it is.
    fn described(&self) -> String {
        match self.meaning {
            Some(meaning) => format!("{} ({meaning})", self.name),
            None => self.name.clone().into_owned(),
        }
    }
}

/// The most names that are listed in a line.
const MOST_IN_LINE: usize = 20;

/// The most that are listed in a line each.
const MOST_LINES: usize = 12;

impl<'n> Known<'n> {
    /// Names that need no explanation, in the order in which they are listed.
    pub fn names<N: Into<Cow<'n, str>>>(
        one: &'static str,
        several: &'static str,
        names: impl IntoIterator<Item = N>,
    ) -> Self {
        let plain = |name: N| KnownName { name: name.into(), meaning: None };
        Self::new(one, several, names.into_iter().map(plain).collect())
    }

    /// Ids, each with the name of what has it.
    pub fn ids(
        one: &'static str,
        several: &'static str,
        ids: impl IntoIterator<Item = (&'n str, &'n str)>,
    ) -> Self {
        let meant = |(id, name): (&'n str, _)| KnownName { name: id.into(), meaning: Some(name) };
        Self::new(one, several, ids.into_iter().map(meant).collect())
    }

    fn new(one: &'static str, several: &'static str, names: Vec<KnownName<'n>>) -> Self {
        Self {
            one,
            several,
            names,
            may_be_misspelt: true,
            listed_by: None,
            or_else: String::new(),
            if_none: String::new(),
        }
    }

    /// Names of which each differs from the next in a digit, such as months: the nearest is not the
    /// one that is meant.
    #[must_use]
    pub fn never_misspelt(self) -> Self {
        Self { may_be_misspelt: false, ..self }
    }

    /// With the command that lists all of them.
    #[must_use]
    pub fn listed_by(self, command: &'static str) -> Self {
        Self { listed_by: Some(command), ..self }
    }

    /// With what can be done beside naming one of them.
    #[must_use]
    pub fn or_else(self, what: impl Into<String>) -> Self {
        Self { or_else: what.into(), ..self }
    }

    /// With what to do where there are none.
    #[must_use]
    pub fn if_none(self, what: impl Into<String>) -> Self {
        Self { if_none: what.into(), ..self }
    }

    /// The finding that there is nothing of this kind with this name.
    #[must_use]
    pub fn unknown(&self, code: Code, wrong: &str) -> Finding {
        unknown(code, wrong, std::slice::from_ref(self))
    }

    /// Those that were probably meant: one with a few letters wrong, else all that have its words.
    fn meant(&self, wrong: &str) -> Vec<&KnownName<'n>> {
        if !self.may_be_misspelt {
            return Vec::new();
        }
        if let Some(near) = nearest(wrong, self.names.iter().map(|known| &*known.name)) {
            return self.names.iter().filter(|known| known.name == near).take(1).collect();
        }
        let with = |has: fn(&str, &str) -> bool| {
            let names = self.names.iter();
            names.filter(|known| has(known.meaning.unwrap_or(&known.name), wrong)).collect()
        };
        let exactly: Vec<_> = with(has_words);
        if exactly.is_empty() { with(has_words_like) } else { exactly }
    }

    /// Which there are.
    fn list(&self) -> String {
        let Self { several, .. } = self;
        let names: Vec<_> = self.names.iter().collect();
        let list = match names.as_slice() {
            [] => return self.if_none.clone(),
            [only] => format!("the only {} is {}", self.one, only.described()),
            [KnownName { meaning: None, .. }, ..] => {
                format!("the {several} are {}", in_line(&names, self.listed_by))
            }
            _ => format!("the {several} are:{}", in_lines(&names, self.listed_by)),
        };
        match self.or_else.as_str() {
            "" => list,
            // What follows a list in lines would be read as one of them.
            what if list.contains('\n') => format!("{what}; {list}"),
            what => format!("{list}; {what}"),
        }
    }
}

/// The finding that nothing of these kinds has this name: which was probably meant, or else which
/// there are of each kind.
#[must_use]
pub fn unknown(code: Code, wrong: &str, kinds: &[Known<'_>]) -> Finding {
    let one: Vec<_> = kinds.iter().map(|kind| kind.one).collect();
    let found = format!("there is no {} {}", one.join(" or "), quote(wrong));
    Finding::mistake(code, found, remedy(wrong, kinds))
}

/// What to write instead of a name that nothing of these kinds has.
#[must_use]
pub fn remedy(wrong: &str, kinds: &[Known<'_>]) -> String {
    let meant: Vec<_> = kinds.iter().flat_map(|kind| kind.meant(wrong)).collect();
    match meant.as_slice() {
        [] => {
            let lists: Vec<_> = kinds.iter().map(Known::list).collect();
            lists.into_iter().filter(|list| !list.is_empty()).collect::<Vec<_>>().join("\n")
        }
        [KnownName { name, meaning: None }] => format!("did you mean {}?", quote(name)),
        [only] => format!("did you mean {}?", only.described()),
        several if several.iter().any(|known| known.meaning.is_some()) => {
            format!("did you mean one of these?{}", in_lines(several, None))
        }
        several => format!("did you mean one of these: {}?", in_line(several, None)),
    }
}

/// Ids and names, a line each: what a text can mean of them.
pub fn one_of<'n>(ids: impl IntoIterator<Item = (&'n str, &'n str)>) -> String {
    let known = Known::ids("", "", ids);
    format!("name one by its id:{}", in_lines(&known.names.iter().collect::<Vec<_>>(), None))
}

/// The names one after another, the first of very many.
fn in_line(names: &[&KnownName<'_>], listed_by: Option<&str>) -> String {
    let shown: Vec<_> = names.iter().take(MOST_IN_LINE).map(|known| &*known.name).collect();
    match names.len() - shown.len() {
        0 => crate::text::and(&shown),
        more => format!("{} and {}", shown.join(", "), and_more(more, listed_by)),
    }
}

/// A line for each, the first of very many.
fn in_lines(names: &[&KnownName<'_>], listed_by: Option<&str>) -> String {
    let shown: Vec<_> = names.iter().take(MOST_LINES).collect();
    let width = shown.iter().map(|known| known.name.chars().count()).max().unwrap_or(0);
    let mut lines = String::new();
    for known in &shown {
        let meaning = known.meaning.unwrap_or_default();
        lines += &format!("\n  {:width$}  {meaning}", known.name);
    }
    match names.len() - shown.len() {
        0 => lines,
        more => format!("{lines}\n  and {}", and_more(more, listed_by)),
    }
}

fn and_more(more: usize, listed_by: Option<&str>) -> String {
    listed_by.map_or_else(
        || format!("{more} more"),
        |command| format!("{more} more, which `{command}` lists"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn areas(names: &[&'static str]) -> Known<'static> {
        Known::names("area", "areas", names.iter().copied())
            .listed_by("scorecard completions --values areas")
            .or_else("all is every one")
            .if_none("define one")
    }

    fn said(known: &Known<'_>, wrong: &str) -> String {
        let finding = known.unknown(Code::UnknownArea, wrong);
        assert!(finding.is_mistake && finding.found.starts_with("there is no area "));
        finding.remedy
    }

    #[test]
    fn a_name_that_is_near_is_asked_for() {
        let areas = areas(&["Kent", "North Kent", "East Kent", "Tunbridge Wells"]);
        assert_eq!(said(&areas, "Nort Kent"), "did you mean \"North Kent\"?");
        assert_eq!(said(&areas, "north"), "did you mean \"North Kent\"?");
        assert_eq!(said(&areas, "Tunbrige"), "did you mean \"Tunbridge Wells\"?");
        assert_eq!(said(&areas, "Kent N"), "did you mean \"North Kent\"?");
    }

    #[test]
    fn where_none_is_near_all_are_listed() {
        assert_eq!(
            said(&areas(&["Kent", "North Kent", "East Kent"]), "Liverpool"),
            "the areas are Kent, North Kent and East Kent; all is every one"
        );
        assert_eq!(said(&areas(&["Kent"]), "Liverpool"), "the only area is Kent; all is every one");
        assert_eq!(said(&areas(&[]), "Liverpool"), "define one");
        let many: Vec<String> = (1..=4560).map(|number| format!("Area {number}")).collect();
        let many = Known::names("area", "areas", many.iter().map(String::as_str));
        let said = said(&many.listed_by("scorecard completions --values areas"), "Liverpool");
        assert!(said.starts_with("the areas are Area 1, Area 2, ") && said.len() < 350, "{said}");
        let end = "Area 20 and 4540 more, which `scorecard completions --values areas` lists";
        assert!(said.ends_with(end), "{said}");
    }

    #[test]
    fn ids_are_listed_with_their_names() {
        let indicators = Known::ids("indicator", "indicators", [("1", "Visits"), ("12", "Plans")]);
        let activities = Known::ids("activity", "activities", [("cp_plans", "Plans in force")]);
        let kinds = [indicators, activities];
        let finding = unknown(Code::UnknownIndicator, "zz", &kinds);
        assert_eq!(finding.found, "there is no indicator or activity \"zz\"");
        assert_eq!(
            finding.remedy,
            "the indicators are:\n  1   Visits\n  12  Plans\nthe only activity is cp_plans (Plans in \
             force)"
        );
        assert_eq!(remedy("cp_plan", &kinds), "did you mean cp_plans (Plans in force)?");
        assert_eq!(
            remedy("plnas", &kinds),
            "did you mean one of these?\n  12        Plans\n  cp_plans  Plans in force"
        );
    }

    #[test]
    fn the_next_month_is_not_the_last_one_misspelt() {
        let months = Known::names("month", "months", ["2016-01", "2015-12"]).never_misspelt();
        assert_eq!(remedy("2016-02", &[months]), "the months are 2016-01 and 2015-12");
    }
}
