//! What a careful officer looks for in a month's figures before a member does: a file for each kind
//! of check.
//!
//! Checks read what has been assessed and change nothing. Whatever one finds is a [`Finding`] with
//! a place and a remedy, and never an error: an error is what the extracts and definitions
//! themselves show to be impossible, such as [`refused_limits`], and is looked for before anything is
//! laid out.
//!
//! What is looked for row by row is looked for in one pass over the rows, so that a nation of areas
//! costs a report little; what is about the report as a whole is about its top area, where a member
//! would look first.

mod above;
mod activity;
mod benchmarks;
mod cohort_gap;
mod cohorts;
mod commentary;
mod comparison;
mod copied;
mod coverage;
mod dates;
mod denominator;
mod disclosure;
mod fell_to_zero;
mod flow;
mod fraction;
mod gap_negative;
mod gone;
mod identity;
mod limits;
mod look_alike;
mod misquoted;
mod moved;
mod movements;
mod one_of_a_split;
mod outstanding;
mod parts;
mod percent_as_counts;
mod quarters;
mod quoted;
mod result_gone;
mod result_jump;
mod settled;
mod statistics;
mod sum_incomplete;
mod suppressed;
mod targets;
mod too_often;
mod trend;
mod unused;
mod year_to_date;

pub use disclosure::{public, public_earlier_commentary, public_text};
pub use settled::{entry, settle, settle_all};
pub use statistics::refused_limits;

use std::cell::OnceCell;
use std::sync::Arc;

use crate::assess::{AssessedArea, Assessor, Figure, Origin};
use crate::definition::{AreaId, AreaKind, Definition, Frequency, Indicator, IndicatorId, Unit};
use crate::diagnostic::{Code, Finding, Findings, Place, Severities, Subject};
use crate::extract::{self, Extract, Observation, Results};
use crate::figure::Amount;
use crate::history::{History, RED_LOOK_BACK};
use crate::month::Month;
use crate::population::Population;
use crate::scope::Scope;
use crate::text::list;

/// How far a run of the checks goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// With a report: what the months that a report reads show.
    Report,
    /// On its own: also what the history of two years shows, and what is said of no month in
    /// particular.
    Check,
}

/// What a check looks at.
#[derive(Clone, Copy)]
struct Context<'c, 'e> {
    assessor: &'c Assessor<'e>,
    scope: &'c Scope,
    history: &'e History<'e>,
    definition: &'e Definition,
    month: Month,
    depth: Depth,
    /// The extract of the month.
    this: &'e Extract,
    /// The extract of the month before, where there is one.
    last: Option<&'e Extract>,
    /// Whether every extract could be read whole. What could not be is missing because of that,
    /// and has been reported.
    is_whole: bool,
}

/// Makes every check of a month, for a report about the areas of `scope`.
pub fn run(assessor: &Assessor<'_>, scope: &Scope, depth: Depth, findings: &mut Findings) {
    let (history, month) = (assessor.history(), assessor.month());
    let Some(this) = history.extract(month) else { return };
    let definition = history.definition();
    let last = history.extract(month.before(1));
    let is_whole = history.is_whole();
    let context =
        Context { assessor, scope, history, definition, month, depth, this, last, is_whole };
    let mut collected = Collected::new(&definition.severities);

    outstanding::check(context, &mut collected);
    one_of_a_split::check(context, &mut collected);
    dates::check(context, &mut collected);
    rows(context, &mut collected);
    identity::check(context, &mut collected);
    parts::check(context, &mut collected);
    flow::check(context, &mut collected);
    suppressed::check(context, &mut collected);
    if is_whole {
        sum_incomplete::check(context, &mut collected);
        activity::check(context, &mut collected);
        comparison::activity_revised(context, &mut collected);
        comparison::folders(context, &mut collected);
        cohort_gap::check(context, &mut collected);
    }
    coverage::check(context, &mut collected);
    gap_negative::check(context, &mut collected);
    targets::check(context, &mut collected);
    quarters::check(context, &mut collected);
    benchmarks::check(context, &mut collected);
    fraction::targets(context, &mut collected);
    fraction::coverage(context, &mut collected);
    comparison::carried_forward(context, &mut collected);
    if scope.is_chosen(definition.top) {
        let AssessedArea { entries: top, .. } = match depth {
            Depth::Report => assessor.area(definition.top),
            Depth::Check => assessor.area_with_trends(definition.top),
        };
        comparison::across_years(context, &top, &mut collected);
        comparison::revised(context, &top, &mut collected);
        if depth == Depth::Check && is_whole {
            comparison::uncompared(context, &top, &mut collected);
        }
        if depth == Depth::Check {
            statistics::check(context, &top, &mut collected);
        }
        trend::check(context, &top, &mut collected);
        commentary::check(context, &top, &mut collected);
    }
    if depth == Depth::Check {
        comparison::short_history(context, &mut collected);
        let said = movements::check(context, &mut collected);
        limits::check(context, &said, &mut collected);
        look_alike::check(context, &mut collected);
        copied::files::earlier(context, &mut collected);
        copied::areas::elsewhere(context, &mut collected);
        if is_whole {
            unused::check(context, &mut collected);
        }
    }
    collected.finish(findings);
}

/// The months that a check of `month` looks at: those there are of the last two years.
pub fn looked_at<'h>(history: &'h History<'_>, month: Month) -> impl Iterator<Item = Month> + 'h {
    let span = month.before(RED_LOOK_BACK)..=month;
    history.months().filter(move |month| span.contains(month))
}

/// The pass over the rows of the month and of the period before.
fn rows(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let definition = context.definition;
    let indicators: Vec<_> = definition.indicators_in_force(context.month).collect();
    let quarter = OnceCell::new();
    let year = OnceCell::new();
    let mut copied = copied::files::Copied::new(context);
    let mut of_areas = copied::areas::OfAreas::default();
    let fractions = fraction::Fractions::new(context);
    let (mut now, mut before) = (Given::default(), Given::default());
    for area in context.areas().filter(|area| definition.area(*area).kind == AreaKind::Area) {
        for &id in &indicators {
            let indicator = definition.indicator(id);
            now.turn_to(Some(context.this), area, id);
            let is_empty = now.rows.is_empty();
            let step = indicator.frequency.months();
            let read = || context.history.extract(context.month.before(step));
            // A month further back is read where there is something to compare with it, as the
            // report does.
            let earlier = match indicator.frequency {
                Frequency::Monthly => context.last,
                Frequency::Quarterly if !is_empty => *quarter.get_or_init(read),
                Frequency::Annual if !is_empty => *year.get_or_init(read),
                Frequency::Quarterly | Frequency::Annual => None,
            };
            before.turn_to(earlier, area, id);
            let rows = &Rows { area, id, indicator, now: &now, before: &before };
            collected.about(
                || definition.subject(area, id),
                |collected| {
                    look(context, rows, collected);
                    fractions.look(rows, collected);
                },
            );
            if is_empty {
                continue;
            }
            copied.look(rows);
            of_areas.look(rows);
        }
    }
    let files = copied.finish(collected);
    of_areas.finish(context, &files, collected);
    fractions.finish(collected);
    denominator::activities(context, collected);
}

/// What is looked for in the rows of an indicator and area.
fn look(context: Context<'_, '_>, rows: &Rows<'_, '_>, collected: &mut Collected<'_>) {
    if context.is_whole {
        gone::look(context, rows, collected);
    }
    if rows.now.rows.is_empty() {
        return;
    }
    above::look(context, rows, collected);
    parts::look(context, rows, collected);
    cohorts::look(context, rows, collected);
    suppressed::look(context, rows, collected);
    if context.is_whole {
        cohort_gap::look(context, rows, collected);
    }
    year_to_date::look(context, rows, collected);
    denominator::look(context, rows, collected);
    percent_as_counts::look(context, rows, collected);
    too_often::look(context, rows, collected);
}

impl Context<'_, '_> {
    /// The months that are looked at.
    fn months(self) -> impl Iterator<Item = Month> {
        looked_at(self.history, self.month)
    }

    /// The areas and teams in force.
    fn areas(self) -> impl Iterator<Item = AreaId> {
        let definition = self.definition;
        definition.area_ids().filter(move |area| definition.area(*area).in_force.covers(self.month))
    }

    /// `indicator 19 of Kent`.
    fn name(self, area: AreaId, id: IndicatorId) -> String {
        format!(
            "indicator {} of {}",
            self.definition.indicator(id).id,
            self.definition.area(area).name
        )
    }

    /// `indicator 19 of Kent, excluding-uasc`.
    fn name_of(self, area: AreaId, id: IndicatorId, who: Population) -> String {
        let name = self.name(area, id);
        match who {
            Population::Everyone => name,
            other => format!("{name}, {}", self.definition.population_name(other)),
        }
    }

    /// Whether an area that is the sum of its parts waits for one of them whose row is still blank,
    /// which is said to be outstanding.
    fn is_outstanding(self, area: AreaId, id: IndicatorId) -> bool {
        if let Some(row) = extract::find(self.this.results.of(area, id), Population::Everyone) {
            return row.is_blank();
        }
        let mut parts = self.definition.parts_of_sum(area, id, self.month);
        parts.any(|part| self.is_outstanding(part, id))
    }

    /// Where the row of a figure stands; nowhere, where it is the sum of areas.
    fn place(self, figure: &Figure<'_>) -> Option<Place> {
        place(self.history, figure)
    }

    /// Whether there is a folder of a month, or a record of it; it is not read.
    fn has_folder(self, month: Month) -> bool {
        self.history.folder(month).is_some() || self.history.record().latest(month).is_some()
    }

    /// The indicators that have ids as text: `9, 19 and 24`.
    fn list(self, ids: &[IndicatorId]) -> String {
        list(&ids.iter().map(|id| self.definition.indicator(*id).id.as_str()).collect::<Vec<_>>())
    }
}

/// Where the row of a figure stands; nowhere, where it is the sum of areas.
fn place(history: &History<'_>, figure: &Figure<'_>) -> Option<Place> {
    let row = match figure.origin {
        Origin::Row(row) | Origin::AlreadyExcluded(row) | Origin::Difference { all: row, .. } => {
            row
        }
        Origin::Published(published) => return Some(published.place()),
        Origin::Sum | Origin::SumMinusCohort(_) | Origin::Gap => return None,
    };
    Some(history.extract(figure.month)?.results.place(row))
}

/// The rows that an area has for an indicator, in the month and in the period before it.
struct Rows<'r, 'e> {
    area: AreaId,
    id: IndicatorId,
    indicator: &'e Indicator,
    now: &'r Given<'e>,
    before: &'r Given<'e>,
}

impl<'r, 'e> Rows<'r, 'e> {
    /// The amount and the row of the month about `who`.
    fn of(&self, who: Population) -> Option<(&'r Amount, &'e Observation)> {
        self.now.of(who)
    }

    /// Every amount that both periods have, with its rows: this period's, then the one before's.
    fn pairs(&self) -> impl Iterator<Item = [(&'r Amount, &'e Observation); 2]> {
        self.now
            .figures
            .iter()
            .filter_map(|(amount, row)| Some([(amount, *row), self.before.of(row.population())?]))
    }

    /// Where a row of the month stands.
    fn place(&self, row: &Observation) -> Place {
        self.now.results.expect("the row is one of them").place(row)
    }

    /// The file that a row of the month stands in.
    fn path(&self, row: &Observation) -> &'e Arc<str> {
        self.now.results.expect("the row is one of them").path(row)
    }

    /// A finding about a row of the month, beside the row of the period before.
    fn beside(&self, finding: Finding, before: &Observation) -> Finding {
        let place = self.before.results.map(|results| results.place(before));
        finding.with_related(place, "the row of the period before")
    }
}

/// The rows of one period.
#[derive(Default)]
struct Given<'e> {
    results: Option<&'e Results>,
    rows: &'e [Observation],
    /// Those of them that have a figure, with the figure.
    figures: Vec<(Amount, &'e Observation)>,
}

impl<'e> Given<'e> {
    /// Turns to the rows of an extract, if there is one.
    fn turn_to(&mut self, extract: Option<&'e Extract>, area: AreaId, id: IndicatorId) {
        self.results = extract.map(|extract| &extract.results);
        self.rows = self.results.map_or(&[], |results| results.of(area, id));
        self.figures.clear();
        self.figures.extend(self.rows.iter().filter_map(|row| Some((row.amount()?, row))));
    }

    /// The figure and the row about `who`.
    fn of(&self, who: Population) -> Option<(&Amount, &'e Observation)> {
        self.figures.iter().find(|(_, row)| row.is_about(who)).map(|(amount, row)| (amount, *row))
    }
}

/// The row about `who`, where it has a figure, and the figure.
fn find(rows: &[Observation], who: Population) -> Option<(Amount, &Observation)> {
    let row = extract::find(rows, who)?;
    Some((row.amount()?, row))
}

/// `113 of 1,046`, `10.8%`, `[c]`.
fn written(amount: &Amount, unit: Unit) -> String {
    match amount {
        Amount::Ratio { numerator, denominator } => {
            format!("{} of {}", numerator.grouped(), denominator.grouped())
        }
        Amount::Value(value) if unit == Unit::Percent => format!("{}%", value.grouped()),
        Amount::Value(value) => value.grouped(),
        Amount::Gap(gap) => format!("{}%", gap.exact.round(1)),
        Amount::Suppressed | Amount::Low | Amount::NoFigure(_) => {
            crate::wording::no_result(amount).to_owned()
        }
    }
}

/// The most findings of a code that are made. Nobody reads more, and a nation's extract with one
/// column wrong would otherwise make a finding of every row.
const MOST: usize = 1000;

/// The findings of the checks: at most [`MOST`] of each code, and none of a code that is off.
struct Collected<'s> {
    severities: &'s Severities,
    /// For each code of the catalogue how many there are.
    counts: Vec<usize>,
    findings: Findings,
}

impl<'s> Collected<'s> {
    fn new(severities: &'s Severities) -> Self {
        Self { severities, counts: vec![0; Code::ALL.len()], findings: Findings::default() }
    }

    /// Adds a finding, which is only worded where there is room for it.
    fn add(&mut self, code: Code, finding: impl FnOnce() -> Finding) {
        let count = &mut self.counts[code as usize];
        *count += 1;
        if *count <= MOST && self.severities.of(code).is_some() {
            self.findings.push(finding());
        }
    }

    /// Adds what is found about one thing.
    fn about(&mut self, subject: impl Fn() -> Subject, look: impl FnOnce(&mut Self)) {
        let count = self.findings.len();
        look(self);
        self.findings.about_since(count, subject);
    }

    /// Hands over what there is, and says what there was no room for.
    fn finish(mut self, findings: &mut Findings) {
        let too_many =
            |(code, count): &(&Code, usize)| *count > MOST && self.severities.of(**code).is_some();
        for (&code, count) in Code::ALL.iter().zip(self.counts).filter(too_many) {
            let found = format!(
                "there are {count} findings of this kind, and the first {MOST} of them are listed"
            );
            self.findings.push(Finding::nowhere(
                code,
                found,
                "look for one cause that they share, such as a wrong file or column",
            ));
        }
        findings.append(self.findings);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_an_end_to_findings_of_a_kind() {
        let severities = Severities::default();
        let mut collected = Collected::new(&severities);
        for _ in 0..MOST + 7 {
            collected.add(Code::YtdFell, || Finding::nowhere(Code::YtdFell, "found", "remedy"));
        }
        collected.add(Code::Above100, || Finding::nowhere(Code::Above100, "found", "remedy"));
        let mut findings = Findings::default();
        collected.finish(&mut findings);
        assert_eq!(findings.len(), MOST + 2);
        assert!(
            findings.iter().last().is_some_and(|finding| finding.found.contains("1007 findings"))
        );
    }

    #[test]
    fn what_is_off_is_not_even_worded() {
        let mut severities = Severities::default();
        severities.change(Code::YtdFell, "off");
        let mut collected = Collected::new(&severities);
        collected.add(Code::YtdFell, || unreachable!("it is off"));
        let mut findings = Findings::default();
        collected.finish(&mut findings);
        assert!(findings.is_empty());
    }
}
