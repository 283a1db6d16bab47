//! The names and ids of the definitions, as extracts write them.
//!
//! A name that is exactly one of the definitions', or was one, is that. Failing that, a name that
//! differs from one of them alone in the kind of its apostrophes, quotation marks, dashes and
//! spaces is it, with a note; and an id that is the same number as one alone, `1` for `01`, is it,
//! with a warning: spreadsheets take noughts away.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::dates;
use super::punctuation::{fold, without_text_marks};
use super::table::Row;
use crate::definition::{AreaId, Definition, IndicatorId};
use crate::diagnostic::{Code, Finding, Findings};
use crate::population::Population;
use crate::text::{did_you_mean, quote};

/// Finds what an extract names.
pub(super) struct Names<'d> {
    definition: &'d Definition,
    /// Made when a name is not found as it is.
    folded: OnceCell<Folded<'d>>,
    /// What has been said of each file: once is enough, where a column says it a thousand times.
    told: RefCell<HashSet<(Arc<str>, String)>>,
    /// How often it has been guessed what is meant.
    guesses: Cell<usize>,
}

/// The names of the definitions, made plain.
struct Folded<'d> {
    areas: Plain<'d, AreaId>,
    indicators: Plain<'d, IndicatorId>,
    /// By the number that an id is.
    numbers: Plain<'d, IndicatorId>,
}

/// Names made plain: what each means and how it is written; nothing, where two that mean different
/// things come to the same.
struct Plain<'d, T>(HashMap<String, Option<(T, &'d str)>>);

impl<'d, T: Copy + PartialEq> Plain<'d, T> {
    /// Names made plain by `key`.
    fn new(
        names: impl Iterator<Item = (&'d str, T)>,
        key: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let mut plain: HashMap<_, Option<(T, &str)>> = HashMap::new();
        for (name, means) in names {
            let Some(key) = key(name) else { continue };
            let entry = plain.entry(key).or_insert(Some((means, name)));
            if !entry.is_some_and(|(first, _)| first == means) {
                *entry = None;
            }
        }
        Self(plain)
    }

    fn find(&self, key: &str) -> Option<(T, &'d str)> {
        self.0.get(key).copied().flatten()
    }
}

/// What a name was found to be, and how that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Match<'d, T> {
    Exact(T),
    /// But for its punctuation.
    Folded(T, &'d str),
    /// But for noughts.
    SameNumber(T, &'d str),
}

impl<T: Copy> Match<'_, T> {
    fn found(self) -> T {
        match self {
            Self::Exact(found) | Self::Folded(found, _) | Self::SameNumber(found, _) => found,
        }
    }
}

impl<'d> Names<'d> {
    pub(super) fn new(definition: &'d Definition) -> Self {
        Self {
            definition,
            folded: OnceCell::new(),
            told: RefCell::default(),
            guesses: Cell::new(0),
        }
    }

    /// The definitions that they are the names of.
    pub(super) fn definition(&self) -> &'d Definition {
        self.definition
    }

    fn folded(&self) -> &Folded<'d> {
        self.folded.get_or_init(|| Folded {
            areas: Plain::new(self.definition.area_names(), |name| Some(fold(name))),
            indicators: Plain::new(self.definition.indicator_names(), |id| Some(fold(id))),
            numbers: Plain::new(self.definition.indicator_names(), number),
        })
    }

    fn match_area(&self, name: &str) -> Option<Match<'d, AreaId>> {
        let exact = |name| self.definition.find_area(name);
        let found = exact(name).or_else(|| exact(without_text_marks(name))).map(Match::Exact);
        found.or_else(|| {
            self.folded()
                .areas
                .find(&fold(without_text_marks(name)))
                .map(|(area, known)| Match::Folded(area, known))
        })
    }

    fn match_indicator(&self, id: &str) -> Option<Match<'d, IndicatorId>> {
        let exact = |id| self.definition.find_indicator(id);
        if let Some(found) = exact(id).or_else(|| exact(without_text_marks(id))) {
            return Some(Match::Exact(found));
        }
        let id = without_text_marks(id);
        if let Some((indicator, known)) = self.folded().indicators.find(&fold(id)) {
            return Some(Match::Folded(indicator, known));
        }
        // 1.10 is not 1.1: where ids have a point in them, it comes after 1.9.
        let key = number(id).filter(|key| !(key.contains('.') && id.ends_with('0')))?;
        self.folded()
            .numbers
            .find(&key)
            .map(|(indicator, known)| Match::SameNumber(indicator, known))
    }

    /// Whether there is such an indicator.
    pub(super) fn has_indicator(&self, id: &str) -> bool {
        self.match_indicator(id).is_some()
    }

    /// Whether there is such an area.
    pub(super) fn has_area(&self, name: &str) -> bool {
        self.match_area(name).is_some()
    }

    /// The area or team that a row names; the top area, where it names none.
    pub(super) fn area(
        &self,
        row: &Row<'_>,
        column: Option<usize>,
        findings: &mut Findings,
    ) -> Option<AreaId> {
        let name = column.map_or("", |column| row.cell(column));
        if name.is_empty() {
            return Some(self.definition.top);
        }
        if column.is_some_and(|column| row.has_odd_run(column, findings)) {
            return None;
        }
        let Some(found) = self.match_area(name) else {
            let guess =
                self.guess(name, self.definition.areas.iter().map(|area| area.name.as_str()));
            let remedy = format!(
                "{guess}write a name of {}, or add this one to its area's `was`",
                self.definition.path
            );
            findings.push(row.finding(
                Code::UnknownArea,
                column,
                format!("there is no area {}", quote(name)),
                remedy,
            ));
            return None;
        };
        if let Match::Folded(_, known) = found {
            self.tell_punctuation(row, column, name, known, findings);
        }
        Some(found.found())
    }

    /// The indicator that a row names.
    pub(super) fn indicator(
        &self,
        row: &Row<'_>,
        column: Option<usize>,
        findings: &mut Findings,
    ) -> Option<IndicatorId> {
        let id = column.map_or("", |column| row.cell(column));
        if column.is_some_and(|column| row.has_odd_run(column, findings)) {
            return None;
        }
        let Some(found) = self.match_indicator(id) else {
            findings.push(self.unknown_indicator(row, column, id));
            return None;
        };
        match found {
            Match::Exact(_) => {}
            Match::Folded(_, known) => self.tell_punctuation(row, column, id, known, findings),
            Match::SameNumber(_, known) => {
                let remedy = "format the column as Text before ids are typed or pasted into it; \
                              or add this id to the indicator's `was`";
                self.tell_once(row, id, findings, || {
                    let found = format!(
                        "there is no indicator {}: it is read as {}, the same number",
                        quote(id),
                        quote(known)
                    );
                    row.finding(Code::ChangedId, column, found, remedy)
                });
            }
        }
        Some(found.found())
    }

    /// Whom a row is about; everyone, where it does not say.
    pub(super) fn population(
        &self,
        row: &Row<'_>,
        column: Option<usize>,
        findings: &mut Findings,
    ) -> Option<Population> {
        let text = column.map_or("", |column| row.cell(column));
        if let Some(population) = self.find_population(text) {
            return Some(population);
        }
        let plain = fold(text);
        if let Some(population) = self.find_population(&plain) {
            self.tell_punctuation(row, column, text, &plain, findings);
            return Some(population);
        }
        let names: Vec<_> = std::iter::once("all".to_owned())
            .chain(
                self.definition
                    .cohorts
                    .iter()
                    .flat_map(|cohort| [cohort.id.clone(), format!("excluding-{}", cohort.id)]),
            )
            .collect();
        let guess = guess(text, names.iter().map(String::as_str));
        let remedy = format!("{guess}it can be {}; leave it blank for everyone", names.join(", "));
        findings.push(row.finding(
            Code::UnknownCohort,
            column,
            format!("there is no cohort {}", quote(text)),
            remedy,
        ));
        None
    }

    fn find_population(&self, text: &str) -> Option<Population> {
        if text.is_empty() || text.eq_ignore_ascii_case(Population::ALL) {
            return Some(Population::Everyone);
        }
        if let Some(cohort) = self.definition.find_cohort(text) {
            return Some(Population::Cohort(cohort));
        }
        let (prefix, cohort) = text.split_at_checked(Population::EXCLUDING.len())?;
        if !prefix.eq_ignore_ascii_case(Population::EXCLUDING) {
            return None;
        }
        self.definition.find_cohort(cohort).map(Population::Excluding)
    }

    fn unknown_indicator(&self, row: &Row<'_>, column: Option<usize>, id: &str) -> Finding {
        let mut found = if id.is_empty() {
            "the row has no indicator".to_owned()
        } else {
            format!("there is no indicator {}", quote(id))
        };
        if dates::is_date(id) {
            found += ", which is a date: Excel may have made it of an id";
        }
        let ids = || self.definition.indicators.iter().map(|indicator| indicator.id.as_str());
        let same: Vec<_> = ids()
            .filter(|other| number(id).is_some() && number(other) == number(id))
            .map(quote)
            .collect();
        let guess = if same.len() > 1 {
            format!("it can mean {}; ", same.join(" or "))
        } else {
            self.guess(id, ids())
        };
        let remedy = format!(
            "{guess}write an id of {}, or add this one to its indicator's `was`",
            self.definition.path
        );
        row.finding(Code::UnknownIndicator, column, found, remedy)
    }

    /// Says that a name is read as one that differs from it in punctuation alone.
    pub(super) fn tell_punctuation(
        &self,
        row: &Row<'_>,
        column: Option<usize>,
        name: &str,
        known: &str,
        findings: &mut Findings,
    ) {
        self.tell_once(row, name, findings, || {
            let found = format!(
                "{} is read as {}: they differ in punctuation alone",
                quote(name),
                quote(known)
            );
            let remedy = format!(
                "nothing to do; or write it as in {}, or add it to `was` there",
                self.definition.path
            );
            row.finding(Code::OtherPunctuation, column, found, remedy)
        });
    }

    /// A hint at the name that is meant. Nobody reads a thousand of them, and each is looked for
    /// among all names.
    fn guess<'n>(&self, wrong: &str, names: impl IntoIterator<Item = &'n str>) -> String {
        const MOST: usize = 100;
        self.guesses.set(self.guesses.get() + 1);
        if self.guesses.get() > MOST { String::new() } else { guess(wrong, names) }
    }

    fn tell_once(
        &self,
        row: &Row<'_>,
        name: &str,
        findings: &mut Findings,
        finding: impl FnOnce() -> Finding,
    ) {
        if self.told.borrow_mut().insert((Arc::clone(row.path()), name.to_owned())) {
            findings.push(finding());
        }
    }
}

/// A hint at the name that is meant, unless there is more than a name in the cell.
pub(super) fn guess<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> String {
    /// A name this long has no neighbours, and would take long to compare.
    const LONGEST: usize = 200;
    if wrong.len() > LONGEST { String::new() } else { did_you_mean(wrong, names) }
}

/// The number that an id is, without the noughts that spreadsheets take away or add: `1` for `01`
/// and `1.0`.
fn number(id: &str) -> Option<String> {
    let (whole, fraction) = id.split_once('.').unwrap_or((id, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;

    fn definition(areas: &[&str], ids: &[&str]) -> Definition {
        let mut text =
            "[scorecard]\ntitle = \"T\"\narea = \"Top\"\n[[area]]\nname = \"Top\"\n".to_owned();
        for area in areas {
            text += &format!("[[area]]\nname = {area:?}\nparent = \"Top\"\n");
        }
        for id in ids {
            text += &format!(
                "[[indicator]]\nid = {id:?}\nsection = \"S\"\nname = {id:?}\npolarity = \"H\"\nperiod = \"SS\"\nunit = \"number\"\n"
            );
        }
        let mut findings = Findings::default();
        let definition =
            Definition::parse(&Source::new("indicators.toml".into(), text), &mut findings);
        definition.unwrap_or_else(|| panic!("{findings:?}"))
    }

    #[test]
    fn an_id_is_itself_before_it_is_a_number() {
        let definition = definition(&[], &["01", "1.1", "1.10", "2", "2.0", "3", "A1"]);
        let names = Names::new(&definition);
        let found = |id| {
            names.match_indicator(id).map(|found| {
                (definition.indicator(found.found()).id.as_str(), matches!(found, Match::Exact(_)))
            })
        };
        for (id, expected) in [
            ("01", Some(("01", true))),
            ("'01", Some(("01", true))),
            ("1", Some(("01", false))),
            ("1.0", Some(("01", false))),
            ("001", Some(("01", false))),
            ("1.1", Some(("1.1", true))),
            ("1.10", Some(("1.10", true))),
            // Could be either.
            ("1.100", None),
            ("02", None),
            ("03", Some(("3", false))),
            ("3.0", Some(("3", false))),
            ("a1", None),
            ("", None),
            (".", None),
        ] {
            assert_eq!(found(id), expected, "{id}");
        }
    }

    #[test]
    fn an_id_with_a_point_does_not_lose_its_nought() {
        let definition = definition(&[], &["1.1", "2.10"]);
        let names = Names::new(&definition);
        assert_eq!(names.match_indicator("1.10"), None);
        assert!(matches!(names.match_indicator("2.1"), Some(Match::SameNumber(..))));
    }

    #[test]
    fn a_name_may_differ_in_punctuation_if_only_one_does() {
        let definition =
            definition(&["St Mary’s", "A - B", "A – B", "King's \"Lynn\""], &["PH-01"]);
        let names = Names::new(&definition);
        let found =
            |name| names.match_area(name).map(|found| definition.area(found.found()).name.as_str());
        assert_eq!(found("St Mary's"), Some("St Mary’s"));
        assert_eq!(found("St\u{a0}Mary’s"), Some("St Mary’s"));
        assert_eq!(found("King’s “Lynn”"), Some("King's \"Lynn\""));
        assert_eq!(found("A - B"), Some("A - B"));
        assert_eq!(found("A — B"), None, "it could be either");
        assert_eq!(found("st mary's"), None);
        assert!(matches!(names.match_indicator("PH–01"), Some(Match::Folded(..))));
    }
}
