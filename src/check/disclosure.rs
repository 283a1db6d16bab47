//! What is wrong with a public edition: what it cannot protect, what has been published before, and
//! what its texts tell of figures that it does not show.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::quoted::Numbers;
use crate::assess::{Assessor, SeriesKey, outcome};
use crate::definition::{CompareWith, Definition, Disclosure, IndicatorId};
use crate::diagnostic::{Code, Finding, Findings, Place, Severity, Subject};
use crate::disclosure::{Key, PublicEdition, PublicMonth, Reason, Sensitive};
use crate::extract::Extract;
use crate::figure::{Amount, Decimal};
use crate::history::COMMENTARY_LOOK_BACK;
use crate::month::Month;
use crate::text::quote;
use crate::wording;

/// Everything that keeps a public edition of a month from being written, and what an officer should
/// know of it.
pub fn public(assessor: &Assessor<'_>, edition: &PublicEdition, findings: &mut Findings) {
    let history = assessor.history();
    let definition = history.definition();
    let (Some(disclosure), report) = (definition.public(), assessor.month()) else { return };
    for month in &edition.months {
        let was_published = history.published(month.month).is_some();
        let about = About { definition, disclosure, month, was_published, report };
        for what in month.exposed() {
            findings.push(about.exposed(&what));
        }
        findings.extend(about.cannot_judge());
        // What was published stays so: it is told once, with the month that it is of.
        if month.month == report {
            findings.extend(month.known.iter().map(|key| about.known(key)));
            findings.extend(month.revised.iter().map(|key| about.revised(key)));
            findings.extend(about.growth());
            findings.extend(month.insiders.iter().map(|(key, what)| about.insider(key, *what)));
        }
    }
    if let Some(extract) = history.extract(report) {
        texts(assessor, edition, extract, findings);
    }
}

/// What keeps a text from being published that an officer says on the command line: it goes into the
/// record with the public edition.
pub fn public_text(
    assessor: &Assessor<'_>,
    edition: &PublicEdition,
    text: &str,
    findings: &mut Findings,
) {
    let history = assessor.history();
    let Some(extract) = history.extract(assessor.month()) else { return };
    let hidden = hidden_numbers(assessor, edition, assessor.month());
    let subject = Subject::default();
    Told { place: None, subject, extract, definition: history.definition() }
        .look(text, None, &hidden, findings);
}

struct About<'a> {
    definition: &'a Definition,
    disclosure: &'a Disclosure,
    month: &'a PublicMonth,
    /// Whether it has been published for the public.
    was_published: bool,
    report: Month,
}

impl About<'_> {
    fn key(&self, key: &Key) -> String {
        wording::disclosure::key(self.definition, key, self.report)
    }

    fn finding(&self, code: Code, key: Option<&Key>, found: String, remedy: &str) -> Finding {
        let subject = key.map_or_else(Subject::default, |key| match key {
            Key::Figure((area, indicator, ..)) => self.definition.subject(*area, *indicator),
            Key::Activity((area, activity, _)) => {
                self.definition.subject_activity(*area, *activity)
            }
        });
        Finding::nowhere(code, found, remedy).about(subject)
    }

    fn exposed(&self, what: &Sensitive) -> Finding {
        let found = format!(
            "{} can be worked out, whatever else is left out",
            wording::disclosure::sensitive(self.definition, what, self.report)
        );
        let remedy = "leave the indicator out of the public edition, with a [[product]] or until \
            its figures are larger; or disclosure = \"none\", if it is not about people";
        // Of a month that has been published nothing more can be done.
        let finding =
            self.finding(Code::CannotProtect, Some(&what.key(self.month.month)), found, remedy);
        if self.was_published {
            Finding { severity: Severity::Warning, ..finding }
        } else {
            finding
        }
    }

    /// That results have no counts, once for all those of a month.
    fn cannot_judge(&self) -> Option<Finding> {
        let no_counts = |(_, reason): &&(Key, Reason)| *reason == Reason::NoCounts;
        let mut without = self.month.hidden.iter().filter(no_counts);
        let (first, _) = without.next()?;
        let more = match without.count() {
            0 => String::new(),
            count => format!(" and {count} more of {}", self.month.month.long()),
        };
        let found = format!(
            "{}{more}: there are no counts, so nobody can tell whether they are small, and it is \
                not shown",
            self.key(first)
        );
        let remedy = "give numerators and denominators; or disclosure = \"none\" for an indicator \
            that is not about people";
        let key = (self.month.month == self.report).then_some(first);
        Some(self.finding(Code::CannotJudge, key, found, remedy))
    }

    fn known(&self, key: &Key) -> Finding {
        let found =
            format!("{} has been published already: hiding it protects nothing", self.key(key));
        let remedy = "say so to whoever signs the edition off; it is left out from now on";
        self.finding(Code::PublishedBefore, Some(key), found, remedy)
    }

    fn revised(&self, key: &Key) -> Finding {
        let found = format!(
            "{} was published with another number: both are known, and they differ by fewer than {}",
            self.key(key),
            self.disclosure.smallest_shown
        );
        let remedy = "look at whether the difference tells of somebody; if it does, leave the \
            figure as it was published";
        self.finding(Code::PublishedBefore, Some(key), found, remedy)
    }

    /// What two papers tell of the months of a year to date, once for all of them.
    fn growth(&self) -> Option<Finding> {
        let mut grown = self.month.growth.iter();
        let (key, number, by) = grown.find_map(|(what, by)| match what {
            Sensitive::Growth(key, number) => Some((key, *number, by)),
            _ => None,
        })?;
        let more = match grown.count() {
            0 => String::new(),
            count => format!(", and {count} more by fewer than are shown"),
        };
        let of = wording::disclosure::grown(self.definition, key, number, self.report);
        let found = format!(
            "{of} has grown by {by} since the month before{more}: two papers tell it by subtraction"
        );
        let remedy = "year_to_date = \"protect\" in [disclosure] hides such figures";
        Some(self.finding(Code::TellsFew, Some(key), found, remedy))
    }

    fn insider(&self, key: &Key, what: usize) -> Finding {
        let found = format!(
            "whoever is the one of {} could work out {}",
            self.key(key),
            wording::disclosure::sensitive(
                self.definition,
                &self.month.sensitive[what],
                self.report
            )
        );
        let remedy = "say so to whoever signs the edition off";
        self.finding(Code::TellsFew, Some(key), found, remedy)
    }
}

/// The hidden numbers of an indicator.
#[derive(Clone, Default)]
struct HiddenNumbers {
    counts: Vec<Decimal>,
    /// Results as they would be displayed.
    results: Vec<Decimal>,
}

/// What the commentary of earlier months tells, for pages that have it.
pub fn public_earlier_commentary(
    assessor: &Assessor<'_>,
    edition: &PublicEdition,
    findings: &mut Findings,
) {
    for month in (1..COMMENTARY_LOOK_BACK).map(|back| assessor.month().before(back)) {
        if let Some(extract) = assessor.history().extract(month) {
            let hidden = hidden_numbers(assessor, edition, month);
            commentary(assessor, extract, &hidden, findings);
        }
    }
}

fn commentary(
    assessor: &Assessor<'_>,
    extract: &Extract,
    hidden: &HiddenByIndicator,
    findings: &mut Findings,
) {
    let definition = assessor.history().definition();
    for (area, indicator) in extract.commentary.subjects() {
        let Some(text) = extract.commentary.of(area, indicator) else { continue };
        let path = extract.commentary.file(area, indicator);
        let place = path.map(Place::of_path);
        let subject = definition.subject(area, indicator);
        let told = Told { place: place.as_ref(), subject, extract, definition };
        told.look(text, Some(indicator), hidden, findings);
    }
}

fn texts(
    assessor: &Assessor<'_>,
    edition: &PublicEdition,
    extract: &Extract,
    findings: &mut Findings,
) {
    let definition = assessor.history().definition();
    let hidden = hidden_numbers(assessor, edition, assessor.month());
    commentary(assessor, extract, &hidden, findings);
    let folder = assessor.history().folder(assessor.month());
    if let Some(text) = &extract.covering {
        let place = folder.map(|folder| Place::of_path(&folder.join("covering.md")));
        let subject = Subject::default();
        Told { place: place.as_ref(), subject, extract, definition }
            .look(text, None, &hidden, findings);
    }
    for checked in extract.about.checked.iter().filter(|checked| checked.is_public) {
        let place = Some(&checked.place);
        let area = checked.area.unwrap_or(definition.top);
        let subject = checked
            .indicator
            .map_or_else(Subject::default, |indicator| definition.subject(area, indicator));
        Told { place, subject, extract, definition }.look(
            &checked.reason,
            checked.indicator,
            &hidden,
            findings,
        );
    }
    let frameworks = definition.frameworks.iter().map(|framework| framework.title.as_str());
    for title in [definition.shown_title()].into_iter().chain(frameworks) {
        let subject = Subject::default();
        Told { place: None, subject, extract, definition }.look(title, None, &hidden, findings);
    }
    for id in definition.indicators_shown(assessor.month()) {
        let indicator = definition.indicator(id);
        let own = hidden.get(&Some(id)).cloned().unwrap_or_default();
        let own = BTreeMap::from([(Some(id), own)]);
        for text in [&indicator.note, &indicator.period_note].into_iter().flatten() {
            let (place, subject) = (Some(&indicator.place), definition.subject(definition.top, id));
            Told { place, subject, extract, definition }.look(text, Some(id), &own, findings);
        }
    }
}

/// Hidden numbers by their indicators; those of activities under none.
type HiddenByIndicator = BTreeMap<Option<IndicatorId>, HiddenNumbers>;

/// The hidden numbers that a text of a month could be about.
fn hidden_numbers(
    assessor: &Assessor<'_>,
    edition: &PublicEdition,
    report: Month,
) -> HiddenByIndicator {
    let definition = assessor.history().definition();
    let mut hidden = HiddenByIndicator::new();
    let is_quoted = |id: IndicatorId, of: Month| is_quoted(definition, id, of, report);
    for month in edition.months.iter().filter(|of| of.month <= report) {
        for (key, reason) in &month.hidden {
            match key {
                Key::Figure((_, id, ..)) if !is_quoted(*id, month.month) => {}
                Key::Figure((area, id, population, of)) => {
                    let numbers = hidden.entry(Some(*id)).or_default();
                    let key = SeriesKey::everyone(*area, *id).about(*population);
                    let figure = assessor.figure(key, *of);
                    let Some(figure) = figure.filter(|_| *reason != Reason::InExtract) else {
                        continue;
                    };
                    let indicator = definition.indicator(*id);
                    numbers.counts.extend(counts_of(&figure.amount));
                    let result = outcome(&figure.amount, indicator);
                    numbers.results.extend(result.map(|it| it.exact.round(indicator.decimals)));
                }
                Key::Activity((.., of)) if report.since(*of) > 1 => {}
                Key::Activity((area, activity, of)) => {
                    let extract = assessor.history().extract(*of);
                    let amount = extract.and_then(|it| it.activities.amount(*area, *activity));
                    if let Some(Amount::Value(value)) = amount {
                        hidden.entry(None).or_default().counts.push(value.clone());
                    }
                }
            }
        }
        // A cohort that is small stands in no table, and a text may still name it.
        for (index, what) in month.sensitive.iter().enumerate() {
            if let Sensitive::Cohort(_, id, ..) = what
                && is_quoted(*id, month.month)
            {
                let value = month.quantity(index);
                hidden.entry(Some(*id)).or_default().counts.push(Decimal::new(value, 0));
            }
        }
    }
    hidden
}

/// Whether a report has the figure of a month: as its latest, or to compare that with.
fn is_quoted(definition: &Definition, id: IndicatorId, of: Month, report: Month) -> bool {
    let indicator = definition.indicator(id);
    let step = i32::from(indicator.frequency.months());
    let is_within = |from: Month, months: i32| (0..months).contains(&from.since(of));
    is_within(report, 2 * step)
        || is_within(definition.financial_year(report).previous_outturn(), step)
        || indicator.compare.has(CompareWith::LastYear) && is_within(report.before(12), step)
}

fn counts_of(amount: &Amount) -> Vec<Decimal> {
    match amount {
        Amount::Ratio { numerator, denominator } => {
            vec![numerator.clone(), denominator.clone(), denominator - numerator]
        }
        Amount::Value(value) => vec![value.clone()],
        _ => Vec::new(),
    }
}

/// A text, and where it stands.
struct Told<'t> {
    place: Option<&'t Place>,
    subject: Subject,
    extract: &'t Extract,
    definition: &'t Definition,
}

impl Told<'_> {
    /// Looks for hidden numbers of the indicator that the text is about, and for larger ones of
    /// others.
    fn look(
        &self,
        text: &str,
        about: Option<IndicatorId>,
        hidden: &HiddenByIndicator,
        findings: &mut Findings,
    ) {
        let smallest = self.definition.public().map_or(0, |public| public.smallest_shown);
        let is_large = |count: &Decimal| *count >= Decimal::new(i64::from(smallest), 0);
        for (index, line) in text.lines().enumerate() {
            for (said, value, is_percent) in numbers_of(line) {
                let is_told = |numbers: &HiddenNumbers, only_large: bool| {
                    let count = numbers.counts.contains(&value)
                        && !is_percent
                        && (!only_large || is_large(&value));
                    count || !only_large && value.scale() > 0 && numbers.results.contains(&value)
                };
                let own = about.and_then(|about| hidden.get(&Some(about)));
                if own.is_some_and(|numbers| is_told(numbers, false)) {
                    findings.push(self.finding(index, &said, Severity::Error));
                } else if hidden.values().any(|numbers| is_told(numbers, true)) {
                    findings.push(self.finding(index, &said, Severity::Warning));
                }
            }
        }
    }

    /// An error is a warning where somebody has read it and says that it is something else.
    fn finding(&self, line: usize, said: &str, severity: Severity) -> Finding {
        let is_read = self.extract.about.checked.iter().any(|checked| {
            checked.code == Code::HiddenInText
                && checked.indicator.is_none_or(|id| {
                    self.subject.indicator.as_deref() == Some(&self.definition.indicator(id).id)
                })
        });
        let place = self.place.map(|place| Place {
            line: place.line.or_else(|| u32::try_from(line + 1).ok()),
            path: Arc::clone(&place.path),
            ..place.clone()
        });
        let found = format!("the text says {}, which is not shown", quote(said));
        let remedy = "write it without the number; if it is another number, say so with a \
            [[checked]] of hidden-in-text in month.toml";
        let finding = Finding::new(Code::HiddenInText, place, found, remedy);
        let severity = if is_read { Severity::Warning } else { severity };
        Finding { severity, ..finding }.about(self.subject.clone())
    }
}

/// The numbers of a text in digits, and those to twenty in words: as it says them, and whether they
/// are percentages.
fn numbers_of(text: &str) -> Vec<(String, Decimal, bool)> {
    let quoted = Numbers::of(text);
    let digits = quoted.iter().map(|one| (one.value.grouped(), one.value.clone(), one.percent));
    let words = text.split(|c: char| !c.is_alphabetic()).filter_map(|word| {
        let lower = word.to_lowercase();
        let value = WORDS.iter().position(|known| *known == lower)?;
        Some((word.to_owned(), Decimal::new(i64::try_from(value).ok()?, 0), false))
    });
    digits.chain(words).collect()
}

const WORDS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_in_digits_and_in_words() {
        let found = numbers_of("Three of the 1,234 children, 12.5% in all, moved");
        let found: Vec<_> = found.iter().map(|(said, value, _)| (said.as_str(), value)).collect();
        assert_eq!(
            found,
            [
                ("1,234", &Decimal::new(1234, 0)),
                ("12.5", &Decimal::new(125, 1)),
                ("Three", &Decimal::new(3, 0))
            ]
        );
    }
}
