//! The names and ids of the definitions, as extracts write them.
//!
//! A name that is exactly one of the definitions', or was one, is that. Failing that, a name that
//! differs from one of them alone in case, spacing or the kind of its apostrophes, quotation marks
//! and dashes is it, with a note of the last; so is the name of an indicator in place of its id; and
//! an id that is the same number as one alone, `1` for `01`, is it, with a warning: spreadsheets
//! take zeros away.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashSet;
use std::sync::Arc;

use super::dates;
use super::punctuation::without_text_marks;
use super::table::TableRow;
use crate::definition::{
    ActivityId, AreaId, BenchmarkId, Definition, IndicatorId, Lookup, NameIndex, NameIndexes,
    StandardColumn,
};
use crate::diagnostic::{Code, Finding, Findings};
use crate::population::Population;
use crate::text::{self, can_mean, letters_beyond_ascii, look_alike, name_key, quote};

/// Finds what an extract names.
pub(super) struct NameFinder<'d> {
    definition: &'d Definition,
    /// Made when a name is not found as it is.
    indexes: OnceCell<Indexes<'d>>,
    /// What has been said of each file: once is enough, where a column says it a thousand times.
    told: RefCell<HashSet<(Arc<str>, String)>>,
    /// How often it has been guessed what is meant.
    guesses: Cell<usize>,
}

/// The names of the definitions by what those have in common that can be mistaken for each other.
struct Indexes<'d> {
    names: NameIndexes<'d>,
    /// By the number that an id is.
    numbers: NameIndex<'d, IndicatorId>,
}

/// What a name was found to be, and how that is written.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Match<'d, T> {
    Exact(T),
    /// But for its case, spacing or punctuation, or it is the name of what has the id.
    Alike(T, &'d str),
    /// But for zeros in front or behind.
    SameNumber(T, &'d str),
    /// It could be any of these.
    Several(Vec<&'d str>),
}

impl<'d, T: Copy> Match<'d, T> {
    fn alike(found: Lookup<'d, T>) -> Option<Self> {
        match found {
            Lookup::One(found, known) => Some(Self::Alike(found, known)),
            Lookup::Several(names) => Some(Self::Several(names)),
            Lookup::Nothing => None,
        }
    }
}

impl<'d> NameFinder<'d> {
    pub(super) fn new(definition: &'d Definition) -> Self {
        Self {
            definition,
            indexes: OnceCell::new(),
            told: RefCell::default(),
            guesses: Cell::new(0),
        }
    }

    /// The definitions that they are the names of.
    pub(super) fn definition(&self) -> &'d Definition {
        self.definition
    }

    fn indexes(&self) -> &Indexes<'d> {
        self.indexes.get_or_init(|| Indexes {
            names: NameIndexes::new(self.definition),
            numbers: NameIndex::new(self.definition.indicator_names(), number),
        })
    }

    fn match_area(&self, name: &str) -> Option<Match<'d, AreaId>> {
        let exact = |name| self.definition.find_area(name);
        let found = exact(name).or_else(|| exact(without_text_marks(name))).map(Match::Exact);
        found.or_else(|| {
            let key = name_key(without_text_marks(name));
            Match::alike(self.indexes().names.area_by_key(&key))
        })
    }

    fn match_indicator(&self, id: &str) -> Option<Match<'d, IndicatorId>> {
        let exact = |id| self.definition.find_indicator(id);
        if let Some(found) = exact(id).or_else(|| exact(without_text_marks(id))) {
            return Some(Match::Exact(found));
        }
        let id = without_text_marks(id);
        let alike = self.indexes().names.indicator_by_key(&name_key(id));
        if let Some(found) = Match::alike(alike) {
            return Some(found);
        }
        // 1.10 is not 1.1: where ids have a point in them, it comes after 1.9.
        let key = number(id).filter(|key| !(key.contains('.') && id.ends_with('0')))?;
        match self.indexes().numbers.look_up(&key) {
            Lookup::One(indicator, known) => Some(Match::SameNumber(indicator, known)),
            Lookup::Several(_) | Lookup::Nothing => None,
        }
    }

    /// The activity that a heading names.
    pub(super) fn activity(&self, heading: &str) -> Option<ActivityId> {
        let exact = self.definition.find_activity(heading);
        exact.or_else(|| self.indexes().names.activity_by_key(&name_key(heading)).one())
    }

    /// Whether a text in a column names something that is defined; nothing, where no text in the
    /// column does.
    pub(super) fn has(&self, column: StandardColumn, text: &str) -> Option<bool> {
        match column {
            StandardColumn::Area => Some(self.has_area(text)),
            StandardColumn::Indicator => Some(self.has_indicator(text)),
            StandardColumn::Cohort => Some(self.has_population(text)),
            StandardColumn::Activity => Some(self.activity(text).is_some()),
            StandardColumn::Benchmark => Some(!text.is_empty() && self.has_benchmark(text)),
            _ => None,
        }
    }

    /// Whether there is such an indicator.
    pub(super) fn has_indicator(&self, id: &str) -> bool {
        !id.is_empty() && self.match_indicator(id).is_some()
    }

    /// The area or team that a text means, if one is certain.
    pub(super) fn peek_area(&self, name: &str) -> Option<AreaId> {
        match self.match_area(name)? {
            Match::Exact(found) | Match::Alike(found, _) | Match::SameNumber(found, _) => {
                Some(found)
            }
            Match::Several(_) => None,
        }
    }

    /// The indicator that a text means, if one is certain.
    pub(super) fn peek_indicator(&self, id: &str) -> Option<IndicatorId> {
        match self.match_indicator(id)? {
            Match::Exact(found) | Match::Alike(found, _) | Match::SameNumber(found, _) => {
                Some(found)
            }
            Match::Several(_) => None,
        }
    }

    /// A hint at the name in a column that is meant.
    pub(super) fn guess_of(&self, column: StandardColumn, name: &str) -> String {
        hint(self.nearest_of(column, name))
    }

    /// The name in a column that is probably meant. `None` if none is near.
    pub(super) fn nearest_of(&self, column: StandardColumn, name: &str) -> Option<&'d str> {
        let definition = self.definition;
        match column {
            StandardColumn::Area => {
                self.nearest(name, definition.areas.iter().map(|area| area.name.as_str()))
            }
            StandardColumn::Indicator => {
                let names = definition.indicators.iter();
                self.nearest(name, names.flat_map(|one| [one.id.as_str(), one.name.as_str()]))
            }
            StandardColumn::Cohort => {
                self.nearest(name, definition.cohorts.iter().map(|cohort| cohort.id.as_str()))
            }
            StandardColumn::Benchmark => {
                let names = definition.benchmarks.iter();
                self.nearest(name, names.flat_map(|one| [one.id.as_str(), one.name.as_str()]))
            }
            _ => {
                let names = definition.activities.iter();
                self.nearest(name, names.flat_map(|one| [one.id.as_str(), one.name.as_str()]))
            }
        }
    }

    /// Whether there is such an area.
    pub(super) fn has_area(&self, name: &str) -> bool {
        self.match_area(name).is_some()
    }

    /// The benchmark that a text means.
    pub(super) fn benchmark(&self, text: &str) -> Lookup<'d, BenchmarkId> {
        let id = without_text_marks(text);
        match self.definition.find_benchmark(id) {
            Some(found) => Lookup::One(found, &self.definition.benchmark(found).id),
            None => self.indexes().names.benchmark_by_key(&name_key(id)),
        }
    }

    fn has_benchmark(&self, text: &str) -> bool {
        !matches!(self.benchmark(text), Lookup::Nothing)
    }

    /// Whether this is somebody that a row can be about.
    fn has_population(&self, text: &str) -> bool {
        self.find_population(text).is_some() || self.population_by_key(&name_key(text)).is_some()
    }

    /// The area or team that a row names; the top area, where it names none.
    pub(super) fn area(
        &self,
        row: &TableRow<'_>,
        column: Option<usize>,
        findings: &mut Findings,
    ) -> Option<AreaId> {
        let name = column.map_or("", |column| row.cell(column));
        if name.is_empty() {
            return Some(self.definition.top);
        }
        if let Some(column) = column {
            row.check_odd_text(column, findings).ok()?;
        }
        let found = self.match_area(name);
        match found {
            Some(Match::Exact(area) | Match::SameNumber(area, _)) => return Some(area),
            Some(Match::Alike(area, known)) => {
                self.tell_punctuation(row, column, name, known, findings);
                return Some(area);
            }
            Some(Match::Several(_)) | None => {}
        }
        let names = self.definition.area_names().map(|(known, _)| known);
        self.tell_look_alike(row, column, name, names, findings);
        let found = match found {
            Some(Match::Several(names)) => can_mean(name, &names),
            _ => format!("there is no area {}", quote(name)),
        };
        let guess = self.guess(name, self.definition.areas.iter().map(|area| area.name.as_str()));
        let remedy = format!(
            "{guess}write a name of {}, or add this one to its area's `was`",
            self.definition.path
        );
        findings.push(row.finding(Code::UnknownArea, column, found, remedy));
        None
    }

    /// The indicator that a row names.
    pub(super) fn indicator(
        &self,
        row: &TableRow<'_>,
        column: Option<usize>,
        findings: &mut Findings,
    ) -> Option<IndicatorId> {
        let id = column.map_or("", |column| row.cell(column));
        if let Some(column) = column {
            row.check_odd_text(column, findings).ok()?;
        }
        match self.match_indicator(id) {
            Some(Match::Exact(indicator)) => Some(indicator),
            Some(Match::Alike(indicator, known)) => {
                self.tell_punctuation(row, column, id, known, findings);
                Some(indicator)
            }
            Some(Match::SameNumber(indicator, known)) => {
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
                Some(indicator)
            }
            Some(Match::Several(names)) => {
                let remedy = format!("write it exactly as in {}", self.definition.path);
                let found = can_mean(id, &names);
                findings.push(row.finding(Code::UnknownIndicator, column, found, remedy));
                None
            }
            None => {
                let ids = self.definition.indicator_names().map(|(known, _)| known);
                self.tell_look_alike(row, column, id, ids, findings);
                findings.push(self.unknown_indicator(row, column, id));
                None
            }
        }
    }

    /// Whom a row is about; everyone, where it does not say.
    pub(super) fn population(
        &self,
        row: &TableRow<'_>,
        column: Option<usize>,
        findings: &mut Findings,
    ) -> Option<Population> {
        let text = column.map_or("", |column| row.cell(column));
        if let Some(population) = self.find_population(text) {
            return Some(population);
        }
        let key = name_key(text);
        if let Some((population, known)) = self.population_by_key(&key) {
            self.tell_punctuation(row, column, text, &known, findings);
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
        self.tell_look_alike(row, column, text, names.iter().map(String::as_str), findings);
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

    /// The population that is called so but for case, spacing and punctuation, or whose cohort's
    /// name it is; and how it is written.
    fn population_by_key(&self, key: &str) -> Option<(Population, String)> {
        if key == Population::ALL {
            return Some((Population::Everyone, Population::ALL.to_owned()));
        }
        let cohort = |key: &str| match self.indexes().names.cohort_by_key(key) {
            Lookup::One(cohort, known) => Some((cohort, known)),
            Lookup::Several(_) | Lookup::Nothing => None,
        };
        if let Some((found, known)) = cohort(key) {
            return Some((Population::Cohort(found), known.to_owned()));
        }
        // The hyphen may be a space, which keys have not.
        let key = key.strip_prefix(Population::EXCLUDING.trim_end_matches('-'))?;
        let (found, known) = cohort(key.strip_prefix('-').unwrap_or(key))?;
        Some((Population::Excluding(found), format!("{}{known}", Population::EXCLUDING)))
    }

    fn unknown_indicator(&self, row: &TableRow<'_>, column: Option<usize>, id: &str) -> Finding {
        let mut found = if id.is_empty() {
            "the row has no indicator".to_owned()
        } else {
            format!("there is no indicator {}", quote(id))
        };
        if dates::is_date(id) {
            found += ", which is a date: Excel may have made a date of an id";
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
        row: &TableRow<'_>,
        column: Option<usize>,
        name: &str,
        known: &str,
        findings: &mut Findings,
    ) {
        let without_case = |name: &str| name.to_lowercase().split_whitespace().collect::<String>();
        // Nobody needs to be told of capitals and spaces, nor of a name in place of an id.
        if name_key(name) != name_key(known) || without_case(name) == without_case(known) {
            return;
        }
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

    /// A hint at the name that is meant.
    fn guess<'n>(&self, wrong: &str, names: impl IntoIterator<Item = &'n str>) -> String {
        hint(self.nearest(wrong, names))
    }

    /// The name that is probably meant. Nobody reads a thousand of them, and each is looked for
    /// among all names.
    fn nearest<'n>(
        &self,
        wrong: &str,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Option<&'n str> {
        const MOST: usize = 100;
        self.guesses.set(self.guesses.get() + 1);
        if self.guesses.get() > MOST { None } else { nearest_name(wrong, names) }
    }

    /// Says of an unknown name that it looks like a defined one, which nobody would see.
    fn tell_look_alike<'k>(
        &self,
        row: &TableRow<'_>,
        column: Option<usize>,
        name: &str,
        known: impl Iterator<Item = &'k str>,
        findings: &mut Findings,
    ) {
        let mut known: Vec<_> = known.filter(|known| look_alike(name, known)).collect();
        known.sort_unstable();
        let Some(known) = known.first() else { return };
        self.tell_once(row, name, findings, || {
            let found = format!(
                "{} looks like {} and is not: it is written with {}",
                quote(name),
                quote(known),
                letters_beyond_ascii(name)
            );
            let remedy = "type the name again, or copy it from the definitions";
            row.finding(Code::LookAlike, column, found, remedy)
        });
    }

    fn tell_once(
        &self,
        row: &TableRow<'_>,
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
    hint(nearest_name(wrong, names))
}

fn hint(name: Option<&str>) -> String {
    name.map_or_else(String::new, text::hint)
}

/// The name that is probably meant, unless there is more than a name in the cell.
fn nearest_name<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    /// A name this long has no neighbours, and would take long to compare.
    const LONGEST: usize = 200;
    if wrong.len() > LONGEST { None } else { text::nearest(wrong, names) }
}

/// The number that an id is, without the zeros that spreadsheets take away or add: `1` for `01`
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

    fn definition(areas: &[&str], ids: &[&str]) -> Definition {
        let mut text =
            "[scorecard]\ntitle = \"T\"\narea = \"Top\"\n[[area]]\nname = \"Top\"\n".to_owned();
        for area in areas {
            text += &format!("[[area]]\nname = {area:?}\nparent = \"Top\"\n");
        }
        for id in ids {
            text += &format!(
                "[[indicator]]\nid = {id:?}\nsection = \"S\"\nname = {id:?}\npolarity = \
                    \"H\"\nperiod = \"SS\"\nunit = \"number\"\n"
            );
        }
        Definition::for_test(&text)
    }

    #[test]
    fn an_id_is_itself_before_it_is_a_number() {
        let definition = definition(&[], &["01", "1.1", "1.10", "2", "2.0", "3", "A1"]);
        let names = NameFinder::new(&definition);
        let found = |id| {
            names.match_indicator(id).map(|found| {
                let (found, is_number) = match found {
                    Match::Exact(found) | Match::Alike(found, _) => (found, false),
                    Match::SameNumber(found, _) => (found, true),
                    Match::Several(names) => panic!("{names:?}"),
                };
                (definition.indicator(found).id.as_str(), !is_number)
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
            ("a1", Some(("A1", true))),
            ("", None),
            (".", None),
        ] {
            assert_eq!(found(id), expected, "{id}");
        }
    }

    #[test]
    fn an_id_with_a_point_does_not_lose_its_zero() {
        let definition = definition(&[], &["1.1", "2.10"]);
        let names = NameFinder::new(&definition);
        assert_eq!(names.match_indicator("1.10"), None);
        assert!(matches!(names.match_indicator("2.1"), Some(Match::SameNumber(..))));
    }

    #[test]
    fn a_name_may_differ_in_case_spacing_and_punctuation_if_only_one_does() {
        let definition =
            definition(&["St Mary’s", "A - B", "A – B", "King's \"Lynn\""], &["PH-01"]);
        let names = NameFinder::new(&definition);
        let found = |name| match names.match_area(name)? {
            Match::Exact(area) | Match::Alike(area, _) => Some(definition.area(area).name.as_str()),
            other => panic!("{other:?}"),
        };
        assert_eq!(found("St Mary's"), Some("St Mary’s"));
        assert_eq!(found("St\u{a0}Mary’s"), Some("St Mary’s"));
        assert_eq!(found("King’s “Lynn”"), Some("King's \"Lynn\""));
        assert_eq!(found("A - B"), Some("A - B"));
        assert_eq!(found("st  mary's"), Some("St Mary’s"));
        assert_eq!(found("STMARY'S"), Some("St Mary’s"));
        assert_eq!(found("St Marys"), None);
        let either = names.match_area("A — B");
        assert_eq!(either, Some(Match::Several(vec!["A - B", "A – B"])), "it could be either");
        assert!(matches!(names.match_indicator("ph–01"), Some(Match::Alike(..))));
    }
}
