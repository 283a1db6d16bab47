//! What the reader has to know: what ratings, arrows, letters and shorthand mean, and what the
//! checks found.

use super::prose::{self, Prose, Span};
use super::statistics;
use super::{Block, Cell, Column, Document, NOTHING, POINTS, Page, Table, TableBuilder, TableName};
use crate::definition::{
    CompareWith, Definition, GlossaryTerm, Indicator, Period, Polarity, Precision,
};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::extract::Mark;
use crate::figure::Reason;
use crate::rating::{Direction, Rag};
use crate::scorecard::Scorecard;
use crate::text::{list, plural};
use crate::wording;

/// A part of the key: its heading, and each mark with its meaning.
type Part = (&'static str, Vec<(Cell, String)>);

/// What is the same for every scorecard, and what its terms mean.
pub(super) fn table(glossary: &[GlossaryTerm]) -> Table {
    let parts = vec![ratings(), directions(), shorthand()];
    laid_out("Key", parts.into_iter().chain(terms(glossary)).collect())
}

/// The key of a scorecard with its periods, cohorts and headings.
pub(super) fn page(scorecard: &Scorecard<'_>) -> Page {
    let parts = vec![
        ratings(),
        ratings_against_benchmarks(scorecard),
        benchmarks(scorecard),
        directions(),
        shorthand(),
        headings(scorecard),
        polarities(scorecard),
        periods(scorecard),
    ];
    let least = scorecard.definition.statistics.rules.minimum;
    let limits = statistics::has_limits(scorecard).then(|| variations(least));
    let terms = terms(&scorecard.definition.glossary);
    let parts = parts.into_iter().chain(limits).chain(terms).collect();
    let unrounded = match scorecard.definition.precision {
        Precision::Unrounded => {
            "Results are shown rounded. Ratings, directions and variances are worked out from the \
                unrounded results: a result may show the same as its target and miss it."
        }
        Precision::Displayed => {
            "Ratings, directions and variances are worked out from the results as they are shown."
        }
    };
    let blocks = vec![
        Block::Table(laid_out("What the marks and words mean", parts)),
        Block::paragraph(unrounded),
    ];
    Page { table: Some(TableName::Notes), ..Page::titled("Notes", blocks) }
}

impl Document {
    /// Adds to the notes what the checks found and nobody put right: the warnings.
    /// Of a product, those about other indicators are left out.
    pub fn tell(&mut self, definition: &Definition, findings: &Findings) {
        let Some(notes) = self.pages.iter_mut().find(|page| page.table == Some(TableName::Notes))
        else {
            return;
        };
        let is_shown = |finding: &Finding| {
            let about = finding.subject.indicator.as_ref();
            let indicator = about.and_then(|id| definition.find_indicator(id));
            indicator.is_none_or(|indicator| definition.shows(indicator))
        };
        let is_told =
            |finding: &&Finding| finding.severity == Severity::Warning && is_shown(finding);
        let warnings = findings.sorted().into_iter().filter(is_told);
        // Where in which file is for the officer, who has been told.
        let item = |found: &str| Prose::Item {
            depth: 0,
            number: None,
            spans: vec![Span { text: found.to_owned(), ..Span::default() }],
        };
        let warnings: Vec<_> = warnings.map(|finding| item(&finding.found)).collect();
        notes.blocks.push(Block::heading("What the checks found"));
        notes.blocks.push(Block::Prose(if warnings.is_empty() {
            vec![prose::paragraph("The checks of the figures found nothing to warn of.")]
        } else {
            warnings
        }));
    }
}

fn laid_out(caption: &str, parts: Vec<Part>) -> Table {
    let mut table = TableBuilder::<(&str, Cell, String)>::new();
    table.column(Column::text("Mark"), |(_, mark, _)| mark.clone());
    table.column(Column::flexible("Meaning"), |(_, _, meaning)| Cell::text(meaning));
    table.column(Column::alone("About"), |(heading, _, _)| Cell::text(*heading));
    for (heading, marks) in parts {
        for (mark, meaning) in marks {
            table.row_in(heading, &(heading, mark, meaning));
        }
    }
    table.finish(caption)
}

fn ratings() -> Part {
    let meaning = |rag| match rag {
        Rag::Green => "The target is met",
        Rag::Amber => "The target is missed and the floor is met",
        Rag::Red => "The floor is missed, or the target where there is no floor",
    };
    ("Ratings (RAG)", Rag::ALL.map(|rag| (Cell::rag(Some(rag)), meaning(rag).to_owned())).into())
}

/// What ratings mean of indicators that are rated against a benchmark; nothing where none is.
fn ratings_against_benchmarks(scorecard: &Scorecard<'_>) -> Part {
    let definition = scorecard.definition;
    let mut shown = definition.indicators_shown(scorecard.month);
    let is_any = shown.any(|id| definition.indicator(id).rated_against.is_some());
    let meanings = [
        (Rag::Green, "Better than the benchmark"),
        (Rag::Amber, "Similar to the benchmark: no further from it than the definitions say"),
        (Rag::Red, "Worse than the benchmark"),
    ];
    let marks = meanings.into_iter().filter(|_| is_any);
    let marks = marks.map(|(rag, meaning)| (Cell::rag(Some(rag)), meaning.to_owned()));
    ("Ratings against a benchmark", marks.collect())
}

/// What each benchmark is.
fn benchmarks(scorecard: &Scorecard<'_>) -> Part {
    let definition = scorecard.definition;
    let marks = definition.benchmarks.iter().map(|benchmark| {
        let meaning = match &benchmark.mean_of {
            Some(others) => {
                let names = others.iter().map(|other| definition.benchmark(*other).name.as_str());
                format!("The mean of {}", list(&names.collect::<Vec<_>>()))
            }
            None => "The latest figure that had been released when the month's figures were \
                extracted"
                .to_owned(),
        };
        (Cell::text(&benchmark.name), meaning)
    });
    ("Benchmarks", marks.collect())
}

fn directions() -> Part {
    let meaning = |direction| match direction {
        Direction::Improved => "Better than the result compared with",
        Direction::Same => "As good as the result compared with",
        Direction::Worsened => "Worse than the result compared with",
    };
    (
        "Change (direction of travel)",
        Direction::ALL.map(|one| (Cell::direction(Some(one)), meaning(one).to_owned())).into(),
    )
}

/// The icons of the two columns of statistics. Limits need at least so many figures.
fn variations(least: usize) -> Part {
    let so_far = least - least.div_ceil(4);
    let too_few = format!("{so_far} of {least} months");
    let takes = format!(
        "It takes {least} months with figures to say what is usual; so far there {} {so_far}",
        plural(so_far, "is", "are")
    );
    let marks = [
        (
            "Usual range",
            "Where nearly all figures would lie if nothing changed: on both sides of their average, and \
             further from it the more they move from one period to the next. It is of many periods \
             together",
        ),
        ("Ups and downs", "Whether the latest figures do something unusual"),
        (
            "○ As usual",
            "Nothing unusual: a rise or fall like those there have always been, whatever the arrow \
             beside it says",
        ),
        (
            "◆ Improving",
            "Unusual and better: the latest figure is outside the usual range (unusually high or low), \
             figures keep moving one way (rising or falling), or the latest are close to an end of the \
             range or all on one side of the average (high or low of late)",
        ),
        ("▲ Concerning", "The same, and worse"),
        ("■ Changed", "The same, where neither high nor low is better"),
        (
            "Improving trend, Worsening trend",
            "There are too few figures to say what is usual, and they have clearly moved one way",
        ),
        (&too_few, &takes),
        (
            "Usual range meets target",
            "Which figures of the usual range would meet the target. It is no record of whether it has \
             been met",
        ),
        ("All of it", "Ordinary ups and downs do not get as far as missing it"),
        ("None of it", "Something has to change before it can be met"),
        ("Part of it", "Without any change it may be met in some periods and missed in others"),
    ];
    let marks = marks.map(|(mark, meaning): (&str, &str)| (Cell::text(mark), meaning.to_owned()));
    ("Usual and unusual", marks.into())
}

fn shorthand() -> Part {
    let marks = [
        (NOTHING, "Nothing to show: there is no figure, or none that applies"),
        (wording::NO_RESULT, "No result: the denominator is 0"),
        (wording::SUPPRESSED, "There is a figure, and it may not be shown"),
        (wording::LOW, "The figure rounds to 0 and is not 0"),
        (wording::TO_BE_CONFIRMED, "The target, or the figure, is to be confirmed"),
        (POINTS, "Percentage points: the difference of two percentages"),
    ];
    // Of a target and of a figure it is the same word.
    let mut reasons = Reason::ALL.to_vec();
    reasons.retain(|reason| reason.as_str() != wording::TO_BE_CONFIRMED);
    let reasons = reasons.into_iter().map(|reason| (reason.as_str(), wording::reason(reason)));
    let letters = Mark::ALL.map(|mark| (mark.shown(), wording::mark(mark)));
    let marks = marks.into_iter().chain(letters).chain(reasons);
    let marks = marks.map(|(mark, meaning)| (Cell::text(mark), meaning.to_owned()));
    ("Shorthand", marks.collect())
}

/// The glossary, where there is one.
fn terms(glossary: &[GlossaryTerm]) -> Option<Part> {
    let terms = glossary.iter().map(|term| (Cell::text(&term.term), term.means.clone()));
    (!glossary.is_empty()).then(|| ("Terms", terms.collect()))
}

fn headings(scorecard: &Scorecard<'_>) -> Part {
    let definition = scorecard.definition;
    let mut words = vec![
        (
            "Number, Out of".to_owned(),
            "What is counted, and out of how many: what the result is worked out from".to_owned(),
        ),
        (
            "Target".to_owned(),
            "The target for the figure's financial year; with the floor, what ratings go by"
                .to_owned(),
        ),
    ];
    let is_asked = |with: CompareWith| {
        let mut in_force = definition.indicators_shown(scorecard.month);
        in_force.any(|id| definition.indicator(id).compare.has(with))
    };
    let compared = [
        (
            CompareWith::Previous,
            "Previous",
            "The result of the month before, of the quarter before or of the year before",
        ),
        (CompareWith::Outturn, "Outturn", "The result at the end of the financial year before"),
        (CompareWith::LastYear, "Last year", "The result of the same period a year before"),
    ];
    let asked = compared.into_iter().filter(|(with, ..)| is_asked(*with));
    words.extend(asked.map(|(_, word, meaning)| (word.to_owned(), meaning.to_owned())));
    if let Some(confidence) = definition.statistics.intervals {
        let meaning = format!(
            "The two figures between which this one result could have come out by chance alone, with \
             nothing done differently, {}; the fewer the cases, the further apart. The usual range is another thing: it \
             is of many periods together",
            wording::statistics::how_often(confidence)
        );
        words.push((wording::statistics::interval_heading(confidence), meaning));
    }
    if statistics::has_comparisons(scorecard) {
        let meaning = "How the result stands to a benchmark: better or worse by more than chance \
                       alone would make, or similar, where the difference could be chance";
        words.push(("Comparison".to_owned(), meaning.to_owned()));
    }
    words.extend(definition.cohorts.iter().flat_map(|cohort| {
        let name = &cohort.name;
        [
            (format!("Including {name}"), "The result for everyone".to_owned()),
            (format!("Excluding {name}"), format!("Without {name}")),
        ]
    }));
    if !definition.cohorts.is_empty() {
        words.push((
            "Variance".to_owned(),
            "The result without the cohort minus the result for everyone".to_owned(),
        ));
    }
    ("Headings", words.into_iter().map(|(word, meaning)| (Cell::text(word), meaning)).collect())
}

/// The indicators that are shown, in force or not.
fn shown<'s>(scorecard: &Scorecard<'s>) -> impl Iterator<Item = &'s Indicator> {
    let definition = scorecard.definition;
    let shown = definition.indicator_ids().filter(|id| definition.shows(*id));
    shown.map(|id| definition.indicator(id))
}

fn polarities(scorecard: &Scorecard<'_>) -> Part {
    let all = [Polarity::Higher, Polarity::Lower, Polarity::Target, Polarity::Neither];
    let used =
        all.into_iter().filter(|polarity| shown(scorecard).any(|one| one.polarity == *polarity));
    (
        "Polarity",
        used.map(|polarity| {
            (Cell::text(polarity.as_str()), wording::polarity(polarity).to_owned())
        })
        .collect(),
    )
}

fn periods(scorecard: &Scorecard<'_>) -> Part {
    let all = [
        Period::Snapshot,
        Period::MonthSnapshot,
        Period::YearToDate,
        Period::Rolling12Months,
        Period::Quarter,
        Period::Annual,
    ];
    let definition = scorecard.definition;
    let used = all.into_iter().filter_map(|period| {
        let indicator = shown(scorecard).find(|one| one.period == period)?;
        let meaning = wording::period_meaning(period);
        let meaning = match period {
            Period::YearToDate | Period::Rolling12Months => {
                let months = wording::period_name(definition, indicator, scorecard.month);
                format!("{meaning}, {months}")
            }
            _ => meaning.to_owned(),
        };
        Some((Cell::text(period.as_str()), meaning))
    });
    ("Data Period", used.collect())
}
