//! The working behind one figure: what an officer shows a member who asks why it went red.
//!
//! It lays out the evidence that the rules returned with their answers and works nothing out again.

use std::path::Path;

use super::benchmarks;
use super::notes::Notes;
use super::{
    Block, Cell, Column, Document, Field, Number, Page, Sign, TableBuilder, area_name, block,
    denominator_cell, denominator_column, difference_column, direction_cell, document,
    earlier_cell, excluding_cell, numerator_cell, numerator_column, prose, result_cell, statistics,
};
use crate::assess::shortfall::{missed, weight};
use crate::assess::{Assessed, Comparison, Entry, Figure, GapSides, Origin, Variance};
use crate::definition::{
    AreaId, Bands, CompareWith, Indicator, IndicatorId, Precision, RatedAgainst, Standard, Unit,
};
use crate::diagnostic::Place;
use crate::extract::{Mark, Observation, find};
use crate::figure::{Amount, Decimal, Ratio};
use crate::month::{FinancialYear, Month};
use crate::population::Population;
use crate::rating::Rag;
use crate::scorecard::Scorecard;
use crate::text;
use crate::wording::{self, benchmark as words};

/// The working of an indicator for each of the report's areas.
#[must_use]
pub fn explain(scorecard: &Scorecard<'_>, indicator: IndicatorId) -> Document {
    let pages = scorecard
        .scope
        .areas
        .iter()
        .map(|area| WorkingPage::new(scorecard, *area, indicator).page())
        .collect();
    document(scorecard, Vec::new(), pages)
}

/// The working of an indicator for one area.
pub(super) fn working(
    scorecard: &Scorecard<'_>,
    area: AreaId,
    indicator: IndicatorId,
) -> block::Working {
    let page = WorkingPage::that_leaves(scorecard, area, indicator).page();
    block::Working { area: area_name(scorecard, area).to_owned(), indicator, page }
}

/// The working of an indicator for one area, for a page that has more to say of it.
pub(super) fn blocks(
    scorecard: &Scorecard<'_>,
    area: AreaId,
    indicator: IndicatorId,
    notes: &Notes,
) -> Vec<Block> {
    WorkingPage::that_leaves(scorecard, area, indicator).blocks(notes)
}

/// One figure whose working is shown.
struct WorkingPage<'s, 'e> {
    scorecard: &'s Scorecard<'e>,
    area: AreaId,
    id: IndicatorId,
    indicator: &'s Indicator,
    places: Places,
}

/// How much a page says of where its figures are from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Places {
    /// The files and lines.
    Full,
    /// The same from the folder of the project, on a page that leaves the building: where that
    /// folder is, is nobody's business.
    WithinProject,
    /// Nothing, to the public.
    Nowhere,
}

impl<'s, 'e> WorkingPage<'s, 'e> {
    fn new(scorecard: &'s Scorecard<'e>, area: AreaId, id: IndicatorId) -> Self {
        let indicator = scorecard.definition.indicator(id);
        Self { scorecard, area, id, indicator, places: Places::Full }
    }

    fn that_leaves(scorecard: &'s Scorecard<'e>, area: AreaId, id: IndicatorId) -> Self {
        let is_public = scorecard.definition.public().is_some();
        let places = if is_public { Places::Nowhere } else { Places::WithinProject };
        Self { places, ..Self::new(scorecard, area, id) }
    }
}

impl WorkingPage<'_, '_> {
    fn page(&self) -> Page {
        let notes = Notes::default();
        let mut blocks = vec![Block::Fields(self.about())];
        blocks.extend(self.blocks(&notes));
        let area = area_name(self.scorecard, self.area);
        let named = wording::named(self.indicator);
        let title = format!("{named}: {area}");
        Page {
            area: Some(area.to_owned()),
            notes: notes.into_texts(),
            ..Page::titled(title, blocks)
        }
    }

    /// From the result to what it is compared with.
    fn blocks(&self, notes: &Notes) -> Vec<Block> {
        let mut blocks = Vec::new();
        let entry = self.scorecard.entry(self.area, self.id);
        match entry.and_then(|entry| Some((entry, entry.including.as_ref()?))) {
            None => {
                blocks.push(Block::paragraph(self.why_nothing(entry)));
                blocks.extend(entry.into_iter().flat_map(|entry| self.benchmarks(entry)));
                blocks.extend(entry.into_iter().flat_map(|entry| self.earlier(entry, notes)));
            }
            Some((entry, assessed)) => {
                blocks.extend(self.result(assessed));
                let amount = &assessed.figure.amount;
                blocks.extend(entry.gap.as_deref().map(|sides| self.gap(sides, amount)));
                blocks.extend(self.rating(entry, assessed));
                blocks.extend(statistics::working(
                    self.scorecard.definition,
                    entry,
                    self.indicator,
                ));
                blocks.extend(self.benchmarks(entry));
                blocks.extend(self.comparisons(entry, notes));
                blocks.extend(self.cohorts(entry, notes));
                blocks.extend(self.parts(assessed));
            }
        }
        blocks
    }

    fn about(&self) -> Vec<Field> {
        let indicator = self.indicator;
        let mut fields = Vec::new();
        if indicator.labels.short.is_some() {
            fields.push(Field::new("Measure", &indicator.name));
        }
        fields.extend([
            Field::new("Section", &indicator.section),
            Field::new("Polarity", wording::polarity(indicator.polarity)),
        ]);
        fields.push(Field::new("Defined in", self.told(&indicator.place)));
        let later =
            wording::later_targets(self.scorecard.definition, indicator, self.scorecard.month);
        if !later.is_empty() {
            fields.push(Field::new("Later targets", later));
        }
        fields.extend(indicator.coverage.as_ref().map(|coverage| {
            let of = self.scorecard.definition.indicator(coverage.indicator);
            let robust = coverage.robust.as_ref().map_or_else(String::new, |robust| {
                format!(", robust above {}", wording::share(robust))
            });
            let needed = wording::share(&coverage.needed);
            let said = format!("{needed} of indicator {} is needed{robust}", of.shown_id());
            Field::new("Coverage", said)
        }));
        fields.extend(indicator.note.as_ref().map(|note| Field::new("Note", note)));
        fields
    }

    fn why_nothing(&self, entry: Option<&Entry<'_>>) -> String {
        let area = area_name(self.scorecard, self.area);
        let month =
            wording::period_end(self.scorecard.definition, self.indicator, self.scorecard.month);
        if !self.indicator.in_force.covers(self.scorecard.month) {
            return format!(
                "The indicator is not in force in {month}: its `from` and `until` say when it is \
                    reported."
            );
        }
        let months = self.indicator.frequency.months();
        let carried = if months > 1 {
            format!(", nor in the {} months before", months - 1)
        } else {
            String::new()
        };
        let none = format!("{area} has no figure for it in {month}{carried}");
        let sides = entry.and_then(|entry| entry.gap.as_deref());
        if let Some(sides) = sides {
            return format!("{none}: {}.", self.sides(sides));
        }
        match entry.and_then(|entry| entry.withheld.as_ref()) {
            Some(sum) => {
                let why = wording::withheld(self.scorecard.definition, sum);
                format!("{none}: it would be the sum of its parts, and {why}.")
            }
            None => format!("{none}."),
        }
    }

    // The result.

    fn result(&self, assessed: &Assessed<'_>) -> Vec<Block> {
        let month = assessed.figure.month;
        let mut said = match (&assessed.outcome, &assessed.figure.amount) {
            (Some(outcome), Amount::Ratio { numerator, denominator }) => {
                let times = match self.indicator.unit {
                    Unit::Percent | Unit::Rate { .. } => {
                        format!(
                            " × {}",
                            Decimal::new(i64::from(self.indicator.unit.times()), 0).grouped()
                        )
                    }
                    Unit::Number | Unit::Average => String::new(),
                };
                let shown = outcome.displayed(self.indicator);
                let working = format!("{} ÷ {}{times}", numerator.grouped(), denominator.grouped());
                let result = wording::outcome(outcome, self.indicator);
                if outcome.exact == shown {
                    format!("{working} = {result}")
                } else {
                    format!(
                        "{working} ≈ {}, shown as {result}",
                        wording::told_apart(outcome, &Ratio::from(&shown), self.indicator)
                    )
                }
            }
            (Some(outcome), Amount::Gap(_)) => {
                format!("{} percentage points", outcome.displayed(self.indicator).grouped())
            }
            (Some(outcome), _) => {
                let known = outcome.known.map_or_else(String::new, |places| {
                    format!(
                        ", known to {places} {}",
                        text::plural(usize::from(places), "decimal place", "decimal places")
                    )
                });
                format!("{}, given as a value{known}", wording::outcome(outcome, self.indicator))
            }
            (None, Amount::Suppressed) => format!(
                "The figure is suppressed: there is one, and it may not be shown{}",
                self.suppressed_parts(&assessed.figure)
            ),
            (None, Amount::Low) => {
                "The figure rounds to 0 and is not 0: no more is known of it".to_owned()
            }
            (None, Amount::NoFigure(reason)) => {
                format!(
                    "{}: its row says {}",
                    wording::reason(*reason),
                    text::quote(reason.as_str())
                )
            }
            (None, _) => "The denominator is 0, so there is no result".to_owned(),
        };
        if month != self.scorecard.month {
            let name = wording::period_said(self.scorecard.definition, self.indicator, month);
            said = match assessed.figure.amount {
                Amount::NoFigure(_) => format!("{said} of {name}"),
                _ => format!("{said}. It is the figure of {name}, the latest there is"),
            };
        }
        let mut paragraphs = vec![prose::paragraph(format!("{said}."))];
        paragraphs.extend(assessed.figure.mark().map(|mark| {
            let coverage = assessed.figure.covered.as_deref().and_then(wording::coverage);
            let text = match (&assessed.figure.revised, coverage) {
                (Some(revised), _) => {
                    wording::revised(self.scorecard.definition, self.indicator, revised, month)
                }
                (None, Some(coverage)) if mark == Mark::Unreliable => coverage,
                (None, _) => wording::mark(mark).to_owned(),
            };
            prose::paragraph(format!("{text}."))
        }));
        let period = wording::period(self.scorecard.definition, self.indicator, Some(month));
        let mut fields = vec![Field::new("Data Period", period)];
        if self.has_places() {
            let origin = self.origin(&assessed.figure, Population::Everyone);
            fields.push(Field::new("From", origin));
            fields.extend(self.counted(&assessed.figure).map(|text| Field::new("Counted", text)));
        }
        vec![Block::heading("Result"), Block::Prose(paragraphs), Block::Fields(fields)]
    }

    /// The two groups that a gap is between, and what would close it.
    fn gap(&self, sides: &GapSides<'_>, amount: &Amount) -> Block {
        let definition = self.scorecard.definition;
        let mut said = vec![prose::paragraph(format!("{}.", self.sides(sides)))];
        let turned = wording::gap_turned(definition, sides.gap, amount);
        said.extend(turned.map(|turned| prose::paragraph(format!("{turned}."))));
        said.extend(sides.to_close().filter(|(more, _)| !more.is_zero()).map(|(more, of)| {
            let (count, how) = if more.is_negative() {
                (&Decimal::new(0, 0) - &more, "fewer")
            } else {
                (more, "more")
            };
            prose::paragraph(format!(
                "{} {how} of the {} children of {} would close the gap.",
                count.grouped(),
                of.grouped(),
                wording::population(definition, sides.gap.to)
            ))
        }));
        Block::Prose(said)
    }

    /// `indicator 12 is 65.0% (650 of 1,000) of all but FSM and 40.0% (40 of 100) of FSM`.
    fn sides(&self, sides: &GapSides<'_>) -> String {
        let definition = self.scorecard.definition;
        let of = definition.indicator(sides.gap.indicator);
        let side = |figure: &Option<Figure<'_>>, who| {
            let figure = figure.as_ref().map_or_else(
                || "no figure".to_owned(),
                |figure| wording::amount(&figure.amount, of),
            );
            format!("{figure} for {}", wording::population(definition, who))
        };
        format!(
            "Indicator {} is {} and {}",
            of.shown_id(),
            side(&sides.from, sides.gap.from),
            side(&sides.to, sides.gap.to)
        )
    }

    /// The parts that keep a sum from being shown: `, as South may not be`.
    fn suppressed_parts(&self, figure: &Figure<'_>) -> String {
        let definition = self.scorecard.definition;
        let is_suppressed = |part: &AreaId| {
            let figure = self.scorecard.figure(*part, self.id, Population::Everyone, figure.month);
            figure.is_some_and(|figure| figure.amount == Amount::Suppressed)
        };
        let parts: Vec<_> = match figure.origin {
            // The public is not told why.
            Origin::Sum if self.has_places() => definition
                .parts_of_sum(self.area, self.id, figure.month)
                .filter(is_suppressed)
                .map(|part| definition.area(part).name.as_str())
                .collect(),
            _ => Vec::new(),
        };
        match parts.as_slice() {
            [] => String::new(),
            parts => format!(", as {} may not be", text::list(parts)),
        }
    }

    /// Whether it says where figures are from.
    fn has_places(&self) -> bool {
        self.places != Places::Nowhere
    }

    /// A place as it is told.
    fn told(&self, place: &Place) -> String {
        if self.places == Places::Full {
            return place.to_string();
        }
        let path = self.scorecard.history.path_within(Path::new(&*place.path));
        Place { path: path.into(), ..place.clone() }.to_string()
    }

    /// How a figure has been counted from a list with a row a child or case.
    fn counted(&self, figure: &Figure<'_>) -> Option<String> {
        let Origin::Row(row) = figure.origin else { return None };
        let extract = self.scorecard.history.extract(figure.month)?;
        wording::counted(self.scorecard.definition, extract, row)
    }

    /// Where a figure came from, down to file and line.
    fn origin(&self, figure: &Figure<'_>, population: Population) -> String {
        let place = |row: &Observation| {
            let extract = self.scorecard.history.extract(figure.month);
            let places = extract.map(|extract| extract.results.places(row)).unwrap_or_default();
            let told: Vec<_> = places.iter().map(|place| self.told(place)).collect();
            told.join(" and ")
        };
        match figure.origin {
            Origin::Row(row) => place(row),
            Origin::Published(published) => {
                format!("{}, as it was published", self.told(&published.place()))
            }
            Origin::Gap => "the difference between the two groups".to_owned(),
            Origin::AlreadyExcluded(row) => {
                format!("{}, which leaves the cohort out already", place(row))
            }
            Origin::Difference { all, cohort } => {
                format!("all at {} minus the cohort at {}", place(all), place(cohort))
            }
            Origin::Sum | Origin::SumMinusCohort(_) => {
                let parts: Vec<_> = self
                    .scorecard
                    .definition
                    .parts_of_sum(self.area, self.id, figure.month)
                    .map(|part| {
                        let name = &self.scorecard.definition.area(part).name;
                        match self.row_of_part(part, population, figure.month) {
                            Some(row) => format!("{name} ({})", place(row)),
                            None => name.clone(),
                        }
                    })
                    .collect();
                let sum = format!("the sum of {}", parts.join(", "));
                match figure.origin {
                    Origin::SumMinusCohort(row) => {
                        format!("{sum}, minus the cohort at {}", place(row))
                    }
                    _ => sum,
                }
            }
        }
    }

    /// The row that a part of a sum has. One that has ended has no figure of its own, only that.
    fn row_of_part(
        &self,
        part: AreaId,
        population: Population,
        month: Month,
    ) -> Option<&Observation> {
        let rows = self.scorecard.history.extract(month)?.results.of(part, self.id);
        find(rows, population)
    }

    // The rating.

    /// Why a figure that has a target is not rated.
    fn why_not_rated(assessed: &Assessed<'_>) -> String {
        let is_too_low = assessed.figure.is_too_low();
        let too_low = assessed.figure.covered.as_deref().filter(|_| is_too_low);
        let share = too_low.and_then(wording::coverage);
        let (Some(covered), Some(share)) = (too_low, share) else {
            return "Not rated: there is no result.".to_owned();
        };
        let more = match (&covered.figure.amount, covered.records_needed()) {
            (Amount::Ratio { numerator, denominator }, Some(more)) => format!(
                " Indicator {} is {} of {}: {} more would be enough.",
                covered.indicator.shown_id(),
                numerator.grouped(),
                denominator.grouped(),
                more.grouped()
            ),
            _ => String::new(),
        };
        format!("Not rated: {share}.{more}")
    }

    fn rating(&self, entry: &Entry<'_>, assessed: &Assessed<'_>) -> Vec<Block> {
        if let Some(rated) = &self.indicator.rated_against {
            return self.against_benchmark(entry, assessed, rated);
        }
        let heading = Block::heading("Rating");
        let year = self.scorecard.definition.financial_year(assessed.figure.month);
        let Some(standard) = assessed.standard() else {
            let month = assessed.figure.month;
            let expected = self.indicator.standards.expected(year, month);
            if let (Some(expected), Some(position)) = (expected, assessed.range) {
                let said = format!(
                    "{}: it is expected from {}.",
                    wording::range_position(position),
                    wording::expected_range(expected, self.indicator)
                );
                return vec![heading, Block::paragraph(said)];
            }
            if let Some(no_target) = assessed.against.no_target() {
                let why = wording::no_target(self.scorecard.definition, self.indicator, no_target);
                let said = format!("Not rated. {why}.");
                return vec![heading, Block::paragraph(said)];
            }
            let why = if self.indicator.standards.is_to_be_confirmed(year, month) {
                format!("Not rated: the target for {year} is to be confirmed.")
            } else {
                format!("Not rated: there is no target for {year}.")
            };
            return vec![heading, Block::paragraph(why)];
        };
        let from = match standard.year {
            Some(year) => format!(
                "{} (the target {})",
                self.told(&standard.place),
                wording::target_period(standard, year)
            ),
            None => format!(
                "{} (the target for every year without one of its own)",
                self.told(&standard.place)
            ),
        };
        let mut fields = vec![
            Field::new(
                "Target",
                format!(
                    "{} {}",
                    wording::target(standard, self.indicator),
                    wording::target_period(standard, year)
                ),
            ),
            Field::new("Bandings", wording::bandings(standard, self.indicator)),
        ];
        fields.extend(self.has_places().then(|| Field::new("From", from)));
        fields.extend(self.target_working(standard, year, assessed.figure.month));
        let Some(rag) = assessed.rag else {
            return vec![
                heading,
                Block::paragraph(Self::why_not_rated(assessed)),
                Block::Fields(fields),
            ];
        };
        if rag == Rag::Red {
            fields.insert(
                0,
                Field::new(
                    "How long red",
                    wording::red_since(
                        self.scorecard.definition,
                        entry,
                        assessed,
                        self.scorecard.month,
                    ),
                ),
            );
        }
        let on = match self.scorecard.definition.precision {
            Precision::Unrounded => "the unrounded result",
            Precision::Displayed => "the displayed result",
        };
        let mut paragraphs = vec![prose::paragraph(format!("{}, on {on}.", wording::rag(rag)))];
        paragraphs.extend(self.would_have_met(assessed, standard));
        vec![heading, Block::Prose(paragraphs), Block::Fields(fields)]
    }

    /// How the target was worked out, where it was, or what is due of it by each month.
    fn target_working(
        &self,
        standard: &Standard,
        year: FinancialYear,
        month: Month,
    ) -> Option<Field> {
        if let Some(working) = &standard.working {
            let working = wording::working(self.scorecard.definition, self.indicator, working);
            return Some(Field::new("Worked out as", working));
        }
        let months = self.indicator.standards.profile(year, month)?.iter();
        let due = months.filter_map(|standard| {
            let (low, high) = standard.bands.target();
            let due = wording::limits(low, high, self.indicator);
            Some(format!("{due} by {}", standard.due.as_ref()?.by))
        });
        Some(Field::new("Profile", due.collect::<Vec<_>>().join(", ")))
    }

    /// How many more or fewer would have met the floor and the target.
    fn would_have_met(&self, assessed: &Assessed<'_>, standard: &Standard) -> Vec<prose::Prose> {
        let amount = &assessed.figure.amount;
        let result = assessed.outcome.as_ref().map(|outcome| &outcome.exact);
        let missed = missed(amount, self.indicator.unit, result, standard);
        let said = missed.iter().map(|missed| {
            let by = missed.by().trimmed().grouped();
            let (more, or) =
                if missed.is_short { ("more", "or more") } else { ("fewer", "or fewer") };
            let met = wording::shortfall::would_have_met(missed, amount, self.indicator);
            prose::paragraph(format!(
                "The {} of {} would have been met by {} {or}: {}.",
                wording::shortfall::limit_kind(missed.what),
                wording::limit(&missed.limit, self.indicator),
                missed.needed.count.grouped(),
                met.unwrap_or_else(|| format!("{by} {more}")),
            ))
        });
        said.collect()
    }

    // What benchmarks have.

    fn benchmarks(&self, entry: &Entry<'_>) -> Vec<Block> {
        let told = |place: &Place| self.told(place);
        let places = self.has_places().then_some(&told as &dyn Fn(&Place) -> String);
        benchmarks::working(self.scorecard.definition, entry, places)
    }

    /// The rating of an indicator that is rated against a benchmark.
    fn against_benchmark(
        &self,
        entry: &Entry<'_>,
        assessed: &Assessed<'_>,
        rated: &RatedAgainst,
    ) -> Vec<Block> {
        let definition = self.scorecard.definition;
        let name = &definition.benchmark(rated.benchmark).name;
        let mut entries = entry.benchmarks.iter();
        let beside = entries.find(|beside| beside.figure.benchmark == rated.benchmark);
        let said = match (assessed.rag, assessed.verdict, beside) {
            (Some(rag), Some(verdict), _) => {
                format!("{}: {}", wording::rag(rag), words::stands(verdict, name))
            }
            (Some(rag), None, _) => format!("{}, as it was published", wording::rag(rag)),
            (None, ..) if assessed.outcome.is_none() => "Not rated: there is no result".to_owned(),
            (None, _, None) => format!("Not rated: {name} has no figure to compare with"),
            (None, _, Some(beside)) if !beside.is_comparable => {
                let period = words::period(definition, self.indicator, &beside.figure);
                format!("Not rated: {name} has {period}, a period of another length")
            }
            (None, ..) => "Not rated: the figure has no interval".to_owned(),
        };
        let mut fields =
            vec![Field::new("Bandings", words::bandings(definition, self.indicator, rated))];
        if self.has_places() {
            fields.push(Field::new("From", self.told(&self.indicator.place)));
        }
        if assessed.rag == Some(Rag::Red) {
            let since = wording::red_since(definition, entry, assessed, self.scorecard.month);
            fields.insert(0, Field::new("How long red", since));
        }
        vec![Block::heading("Rating"), Block::paragraph(format!("{said}.")), Block::Fields(fields)]
    }

    // What it is compared with.

    /// The earlier results, where there is no latest one to compare with them.
    fn earlier(&self, entry: &Entry<'_>, notes: &Notes) -> Vec<Block> {
        let has_any = entry
            .earlier()
            .is_some_and(|earlier| earlier.iter().any(|earlier| earlier.figure().is_some()));
        if has_any { self.comparisons(entry, notes) } else { Vec::new() }
    }

    fn comparisons(&self, entry: &Entry<'_>, notes: &Notes) -> Vec<Block> {
        let latest = entry.including.as_ref();
        let Some([previous, outturn, last_year]) = entry.earlier() else { return Vec::new() };
        let mut table = TableBuilder::<ComparisonRow<'_>>::new();
        table.column(Column::text("Compared with"), |row| Cell::text(row.label));
        table.column(Column::text("Period"), |row| {
            row.comparison.map_or_else(Cell::missing, |comparison| {
                let (definition, month) = (self.scorecard.definition, comparison.figure.month);
                Cell::text(wording::period_name(definition, self.indicator, month))
            })
        });
        table.column(numerator_column(), |row| numerator_cell(row.amount()));
        table.column(denominator_column(), |row| denominator_cell(row.amount()));
        table.column(Column::number("Result"), |row| row.result.clone());
        table.column(Column::mark("RAG Status"), |row| {
            Cell::rag(row.comparison.and_then(Comparison::rag))
        });
        table.column(Column::mark("Change").in_csv("DoT"), |row| {
            let definition = self.scorecard.definition;
            direction_cell(definition, latest, row.comparison, self.indicator, notes)
        });
        if self.has_places() {
            table.column(Column::flexible("From"), |row| {
                row.comparison.map_or_else(Cell::missing, |comparison| {
                    Cell::text(self.origin(&comparison.figure, Population::Everyone))
                })
            });
        }
        for with in self.indicator.compare.iter() {
            let (label, earlier) = match with {
                CompareWith::Previous => ("Previous", previous),
                CompareWith::Outturn => ("Outturn", outturn),
                CompareWith::LastYear => ("Last year", last_year),
            };
            table.row(&ComparisonRow {
                label,
                comparison: earlier.result(),
                result: earlier_cell(
                    self.scorecard.definition,
                    Some(earlier),
                    self.indicator,
                    notes,
                ),
            });
        }
        if self.indicator.compare.iter().next().is_none() {
            return Vec::new();
        }
        let heading = if latest.is_some() { "Direction of travel" } else { "Earlier results" };
        vec![
            Block::heading(heading),
            Block::Table(table.finish("What the result is compared with")),
        ]
    }

    // Without each cohort.

    fn cohorts(&self, entry: &Entry<'_>, notes: &Notes) -> Vec<Block> {
        let definition = self.scorecard.definition;
        let mut blocks = Vec::new();
        for excluding in &entry.excluding {
            let cohort = definition.cohort(excluding.cohort);
            blocks.push(Block::heading(format!("Without {}", cohort.name)));
            if matches!(excluding.variance, Variance::NotApplicable) {
                blocks.push(Block::paragraph(format!(
                    "The indicator leaves {} out already.",
                    cohort.name
                )));
                continue;
            }
            let variance = excluding_cell(excluding, entry.including.as_ref(), self.indicator);
            let tie = notes.variance_tie(
                definition,
                &excluding.variance,
                &excluding.assessed,
                entry.including.as_ref(),
                self.indicator,
            );
            let mut table = TableBuilder::<CohortRow<'_>>::new();
            table.column(Column::text("Who"), |row| {
                let which = if row.is_excluding { "Excluding" } else { "Including" };
                Cell::text(format!("{which} {}", cohort.name))
            });
            table.column(numerator_column(), |row| numerator_cell(Some(row.amount())));
            table.column(denominator_column(), |row| denominator_cell(Some(row.amount())));
            table.column(Column::number("Result"), |row| {
                result_cell(Some(row.assessed), self.indicator)
            });
            table.column(Column::mark("RAG Status"), |row| Cell::rag(row.assessed.rag));
            let column =
                difference_column("Variance", "Var.", self.indicator.unit == Unit::Percent);
            table.column(column, |row| {
                if row.is_excluding { variance.clone().noted(tie) } else { Cell::missing() }
            });
            if self.has_places() {
                table.column(Column::flexible("From"), |row| {
                    let population = if row.is_excluding {
                        Population::Excluding(excluding.cohort)
                    } else {
                        Population::Everyone
                    };
                    Cell::text(self.origin(&row.assessed.figure, population))
                });
            }
            if let Some(including) = &entry.including {
                table.row(&CohortRow { assessed: including, is_excluding: false });
            }
            table.row(&CohortRow { assessed: &excluding.assessed, is_excluding: true });
            let caption = format!("With and without {}", cohort.name);
            blocks.push(Block::Table(table.finish(caption)));
        }
        blocks
    }

    // The areas below.

    fn parts(&self, assessed: &Assessed<'_>) -> Vec<Block> {
        let definition = self.scorecard.definition;
        let month: Month = assessed.figure.month;
        let parts: Vec<_> = definition
            .parts(self.area, month)
            .filter_map(|part| {
                Some((part, self.scorecard.entry(part, self.id)?.including.as_ref()?))
            })
            .filter(|(_, part)| part.figure.month == month)
            .collect();
        if parts.is_empty() {
            return Vec::new();
        }
        let bands = assessed.standard().map(|standard| &standard.bands);
        let weights: Vec<_> = parts
            .iter()
            .map(|(_, part)| weight(&part.figure.amount, self.indicator.unit, bands?))
            .collect();
        let mut table = TableBuilder::<PartRow<'_>>::new();
        table.column(Column::flexible("Area"), |row| Cell::text(&definition.area(row.area).name));
        table.column(numerator_column(), |row| numerator_cell(Some(row.amount())));
        table.column(denominator_column(), |row| denominator_cell(Some(row.amount())));
        table.column(Column::number("Result"), |row| {
            result_cell(Some(row.assessed), self.indicator)
        });
        table.column(Column::mark("RAG Status"), |row| Cell::rag(row.assessed.rag));
        table.column(Column::number("Off target by"), |row| {
            row.weight.map_or_else(Cell::missing, weight_cell)
        });
        for ((area, assessed), weight) in parts.iter().zip(&weights) {
            table.row(&PartRow { area: *area, assessed, weight: weight.as_ref() });
        }
        let mut paragraphs = Vec::new();
        let heaviest = parts
            .iter()
            .zip(&weights)
            .filter_map(|((part, figure), weight)| Some((part, figure, weight.as_ref()?)))
            .max_by(|a, b| a.2.cmp(b.2));
        if let Some((part, figure, weight)) =
            heaviest.filter(|(_, _, weight)| **weight > Decimal::new(0, 0))
        {
            paragraphs
                .extend(bands.and_then(|bands| self.weighs_most(*part, figure, weight, bands)));
        }
        paragraphs.extend(coverage(assessed, parts.iter().map(|(_, part)| *part)));
        let mut blocks = vec![Block::heading("Areas")];
        if !paragraphs.is_empty() {
            blocks.push(Block::Prose(paragraphs));
        }
        blocks.push(Block::Table(table.finish("The areas below")));
        blocks
    }

    fn weighs_most(
        &self,
        part: AreaId,
        assessed: &Assessed<'_>,
        weight: &Ratio,
        bands: &Bands,
    ) -> Option<prose::Prose> {
        let Amount::Ratio { numerator, denominator } = &assessed.figure.amount else { return None };
        let is_lower = matches!(bands, Bands::Lower { .. });
        let zero = Ratio::from(Decimal::new(0, 0));
        let has = Ratio::from(numerator);
        let on_target = if is_lower { &has - weight } else { weight - &(&zero - &has) };
        Some(prose::paragraph(format!(
            "{} weighs most: with its {}, the target of {} would be {}, and it has {}, which is \
                {} {}.",
            self.scorecard.definition.area(part).name,
            denominator.grouped(),
            {
                let (low, high) = bands.target();
                wording::limits(low, high, self.indicator)
            },
            on_target.round(1).trimmed().grouped(),
            numerator.grouped(),
            weight.round(1).trimmed().grouped(),
            if is_lower { "more" } else { "fewer" },
        )))
    }
}

/// An earlier figure that the result is compared with, or would be.
struct ComparisonRow<'r> {
    label: &'static str,
    comparison: Option<&'r Comparison<'r>>,
    result: Cell,
}

impl ComparisonRow<'_> {
    fn amount(&self) -> Option<&Amount> {
        self.comparison.map(|comparison| &comparison.figure.amount)
    }
}

/// The figure with a cohort or without it.
struct CohortRow<'r> {
    assessed: &'r Assessed<'r>,
    is_excluding: bool,
}

impl CohortRow<'_> {
    fn amount(&self) -> &Amount {
        &self.assessed.figure.amount
    }
}

/// The figure of an area below.
struct PartRow<'r> {
    area: AreaId,
    assessed: &'r Assessed<'r>,
    /// By how much it misses the target, in the unit of its numerator.
    weight: Option<&'r Ratio>,
}

impl PartRow<'_> {
    fn amount(&self) -> &Amount {
        &self.assessed.figure.amount
    }
}

/// How much of the whole the areas below hold, where it is not all of it.
fn coverage<'a, 'b: 'a>(
    whole: &Assessed<'_>,
    parts: impl Iterator<Item = &'a Assessed<'b>>,
) -> Option<prose::Prose> {
    let denominator = |amount: &Amount| {
        if let Amount::Ratio { denominator, .. } = amount {
            Some(denominator.clone())
        } else {
            None
        }
    };
    let whole = denominator(&whole.figure.amount)?;
    let held = parts
        .map(|part| denominator(&part.figure.amount))
        .try_fold(Decimal::new(0, 0), |sum, part| Some(&sum + &part?))?;
    (held != whole).then(|| {
        prose::paragraph(format!(
            "Together they hold {} of the {}.",
            held.grouped(),
            whole.grouped()
        ))
    })
}

/// How much of a change something brought about, with its sign.
fn weight_cell(weight: &Ratio) -> Cell {
    Cell::number(Number {
        exact: weight.clone(),
        shown: weight.round(1),
        unit: Sign::None,
        signed: true,
    })
}
