//! From the scorecard to pages of blocks: what every page format renders.
//!
//! One file a table. Nothing is rated or rounded here that a rule has not answered; figures become
//! typed cells.

mod activity;
mod areas;
mod axis;
mod benchmarks;
mod block;
mod cells;
mod changes;
mod chart_title;
mod cohorts;
mod covering;
mod definitions;
mod diff;
mod disclosure;
mod exceptions;
mod explain;
mod framework;
mod glossary;
mod impact;
mod indicator;
mod key;
mod notes;
mod outstanding;
mod periods;
pub mod prose;
mod revisions;
mod scorecard;
mod site;
mod sparkline;
mod statistics;
mod summary;
mod summary_rows;
mod table;
mod tally;
mod texts;
mod to_do;
mod trend;

use std::collections::HashSet;

use cells::{
    against_cell, count_cell, defined_cell, denominator_cell, denominator_column, difference_cell,
    difference_column, direction_cell, earlier_cell, excluding_cell, floor_cell, latest_cell,
    limit_number, numerator_cell, numerator_column, outcome_cell, rating_cell, result_cell,
    result_number, target_cell, target_numbers, trend_cell, whole_cell,
};
use table::TableBuilder;

pub use crate::definition::TableName;
pub use axis::Axis;
pub use block::{
    About, Align, Block, Cell, Chart, Column, Counts, DetailPart, Document, Field, Glance,
    LANGUAGE, Link, Medium, NOTHING, Number, POINTS, Page, Point, PointLimits, Room, Row, Series,
    Shown, Sign, Sparkline, Table, Under, Value, Working,
};
pub use changes::{Reproduced, reproduced};
pub use diff::diff;
pub use disclosure::{sign_off, why_hidden, why_hidden_activity};
pub use explain::{explain, explain_activity};
pub use glossary::find as find_term;
pub use indicator::{indicators, through_time};
pub use outstanding::outstanding;
pub use revisions::{Step, revisions};
pub use site::{Paper, PaperMonth, PublishedMonth, SiteIndicator, site_index};
pub use texts::Texts;
pub use to_do::to_do;

use crate::month::{Date, Month};

use crate::assess::{AssessedArea, Entry};
use crate::definition::{AreaId, Definition, Edition, IndicatorId};
use crate::extract::Status;
use crate::scorecard::{Depth, Scorecard};
use crate::wording;

impl TableName {
    /// What is printed on a screen where no table is named: what there is to know first.
    pub const SCREEN: &[Self] = &[Self::Summary, Self::Scorecard];

    /// The tables of a report that names none, in order. The pack has the others too.
    pub const REPORT: &[Self] = &[
        Self::Summary,
        Self::Scorecard,
        Self::Areas,
        Self::Activity,
        Self::Impact,
        Self::Exceptions,
    ];

    /// Which areas the pages of a table are about: those of the report, or their parts too.
    #[must_use]
    pub fn depth(self) -> Depth {
        match self {
            Self::Summary | Self::Areas | Self::Impact => Depth::WithParts,
            _ => Depth::Chosen,
        }
    }
}

/// Lays out `tables` of the scorecard.
pub fn lay_out(scorecard: &Scorecard<'_>, tables: &[TableName]) -> Document {
    let tables = tables.iter().filter(|table| scorecard.definition.has_table(**table));
    let pages = tables.flat_map(|table| pages(*table, scorecard)).collect();
    document(scorecard, Vec::new(), pages)
}

/// Lays out the whole committee pack: every table, a scorecard of each further area that has
/// figures, and the paragraphs of the covering report. Of a product it is the tables that it has.
pub fn pack(scorecard: &Scorecard<'_>) -> Document {
    let of_product = scorecard.definition.product().map(|product| product.tables.as_slice());
    let chosen = of_product.filter(|tables| !tables.is_empty());
    let mut all = Vec::new();
    let has_own = scorecard.definition.own_cohorts().next().is_some();
    let has_table = |table: &&TableName| scorecard.definition.has_table(**table);
    for table in chosen.unwrap_or(&TableName::ALL).iter().filter(has_table) {
        if *table == TableName::Cohorts && !has_own {
            continue;
        }
        all.extend(pages(*table, scorecard));
        if *table == TableName::Areas && chosen.is_none() {
            all.extend(scorecard::further_pages(scorecard));
        }
    }
    let counted = scorecard
        .chosen()
        .flat_map(|assessed| covering::blocks(scorecard, assessed.area, &assessed.entries));
    let covering = covering::written(scorecard).into_iter().chain(counted).collect();
    document(scorecard, covering, all)
}

/// Lays out the summary of each area of a report, for an e-mail.
pub fn email(scorecard: &Scorecard<'_>) -> Document {
    lay_out(scorecard, &[TableName::Summary])
}

/// The same for plain text, in which the columns of a table would not stand below each other.
pub fn email_without_tables(scorecard: &Scorecard<'_>) -> Document {
    let of_each = |assessed: &AssessedArea<'_>| {
        summary::without_tables(scorecard, assessed.area, &assessed.entries)
    };
    document(scorecard, Vec::new(), scorecard.chosen().map(of_each).collect())
}

/// The pages of a table: one, or one for each area of the report.
fn pages(table: TableName, scorecard: &Scorecard<'_>) -> Vec<Page> {
    let of_each = |page: fn(&Scorecard<'_>, AreaId, &[Entry<'_>]) -> Page| {
        scorecard
            .chosen()
            .map(|assessed| page(scorecard, assessed.area, &assessed.entries))
            .collect()
    };
    match table {
        TableName::Summary => of_each(summary::page),
        TableName::Scorecard => scorecard::pages(scorecard),
        TableName::Areas => areas::page(scorecard).into_iter().collect(),
        TableName::Activity => activity::page(scorecard).into_iter().collect(),
        TableName::Impact => impact::pages(scorecard),
        TableName::Cohorts => of_each(cohorts::page),
        TableName::Exceptions => of_each(exceptions::page),
        TableName::Trend => trend::pages(scorecard),
        TableName::Framework => framework::pages(scorecard),
        TableName::Definitions => vec![definitions::page(scorecard)],
        TableName::Notes => vec![key::page(scorecard)],
    }
}

/// The pages with what is said of all of them.
fn document(scorecard: &Scorecard<'_>, covering: Vec<Block>, mut pages: Vec<Page>) -> Document {
    if let Some(product) = scorecard.definition.product() {
        // A sheet or a page may be copied out of its document.
        for page in &mut pages {
            page.title = format!("{} ({})", page.title, product.id);
        }
    }
    disclosure::add_footnotes(scorecard.definition, &mut pages);
    Document {
        dated: Some(dated(scorecard)),
        key: key::table(&scorecard.definition.glossary),
        glossary: scorecard.definition.glossary.clone(),
        subject: report_name(scorecard),
        covering,
        status: Some(status(scorecard)),
        ..Document::of(scorecard.definition, scorecard.month, facts(scorecard), pages)
    }
}

impl Document {
    /// Pages about a month.
    fn of(definition: &Definition, month: Month, facts: Vec<Field>, pages: Vec<Page>) -> Self {
        Self {
            organisation: definition.organisation.clone(),
            marking: definition
                .marking
                .clone()
                .filter(|_| definition.edition == Edition::Directors),
            dated: Some(Date::last_of(month)),
            ..Self::about(definition.shown_title().to_owned(), month.long(), facts, pages)
        }
    }

    /// Marks pages that have no public edition, where the scorecard has one: what they say is not
    /// for everyone.
    #[must_use]
    pub fn for_directors(mut self, definition: &Definition) -> Self {
        self.marking.clone_from(&definition.marking);
        if definition.disclosure.is_some() {
            self.facts.insert(0, Field::new("For", "Directors; not for publication"));
        }
        self
    }

    /// Whose it is, for which month, and whether it is a draft: what stands at the foot of every
    /// printed page, so that a sheet of paper on its own still says what it is.
    #[must_use]
    pub fn imprint(&self) -> String {
        let parts = [self.organisation.as_ref(), Some(&self.subject), self.status.as_ref()];
        parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ")
    }

    /// Pages about something else.
    fn about(title: String, subject: String, facts: Vec<Field>, pages: Vec<Page>) -> Self {
        Self {
            title,
            organisation: None,
            subject,
            status: None,
            marking: None,
            dated: None,
            facts,
            key: key::table(&[]),
            glossary: Vec::new(),
            covering: Vec::new(),
            pages,
            links: Vec::new(),
            template: None,
            workings: Vec::new(),
        }
    }
}

/// The day that the report is of: when the figures were extracted, what day they describe, or the
/// end of their month.
fn dated(scorecard: &Scorecard<'_>) -> Date {
    let about = scorecard.extract().map(|extract| &extract.about);
    about
        .and_then(|about| about.extracted.or(about.as_at))
        .unwrap_or_else(|| Date::last_of(scorecard.month))
}

/// What the report is of, by name: its quarter or its year, or else its month.
fn report_name(scorecard: &Scorecard<'_>) -> String {
    wording::report_name(scorecard.definition, scorecard.month)
}

/// Adds the working of every figure on the pages that is of one of the report's own areas, in the
/// order of the definitions.
pub fn add_workings(scorecard: &Scorecard<'_>, document: &mut Document) {
    let mut seen = HashSet::new();
    let mut figures: Vec<(AreaId, IndicatorId)> = document
        .pages
        .iter()
        .flat_map(|page| &page.blocks)
        .filter_map(Block::table)
        .flat_map(Table::cells)
        .flatten()
        .filter_map(|cell| {
            let About { area, indicator } = cell.about.as_ref()?;
            Some((scorecard.definition.find_area(area)?, (*indicator)?))
        })
        .filter(|figure| scorecard.scope.is_chosen(figure.0) && seen.insert(*figure))
        .collect();
    figures.sort_unstable();
    document.workings = figures
        .into_iter()
        .map(|(area, indicator)| explain::working(scorecard, area, indicator))
        .collect();
}

/// Whose report it is, for which month, as at when.
fn facts(scorecard: &Scorecard<'_>) -> Vec<Field> {
    let about = scorecard.extract().map(|extract| &extract.about);
    let mut facts = Vec::new();
    if let Some(organisation) = &scorecard.definition.organisation {
        facts.push(Field::new("Organisation", organisation));
    }
    if let Some(product) = scorecard.definition.product() {
        let of = &scorecard.definition.title;
        facts.push(Field::new("Product", format!("{}, a part of {of}", product.id)));
    }
    if scorecard.definition.public().is_some() {
        facts.push(Field::new("Edition", "Public"));
    }
    // A report of quarters is of its quarter, and of no month.
    facts.push(match wording::report_period(scorecard.definition, scorecard.month) {
        Some(period) => Field::new("Period", period),
        None => Field::new("Month", scorecard.month.long()),
    });
    let dates = [
        ("As at", about.and_then(|about| about.as_at)),
        ("Extracted", about.and_then(|about| about.extracted)),
        ("Meeting", scorecard.history.meeting(scorecard.month)),
    ];
    facts.extend(
        dates.into_iter().filter_map(|(label, date)| Some(Field::new(label, wording::date(date?)))),
    );
    facts.push(Field::new("Status", status(scorecard)));
    facts
}

/// That the report month has no figures, where it has none.
fn no_figures(scorecard: &Scorecard<'_>) -> String {
    let period = wording::report_name_said(scorecard.definition, scorecard.month);
    format!("There are no figures of {period}.")
}

/// What is said where no indicator is red, which says nothing of a month without figures.
fn nothing_red(scorecard: &Scorecard<'_>) -> String {
    if scorecard.has_figures() { "No indicator is red.".to_owned() } else { no_figures(scorecard) }
}

/// Whether the pages are a draft or published.
fn status(scorecard: &Scorecard<'_>) -> String {
    let about = scorecard.extract().map(|extract| &extract.about);
    let is_final = about.is_some_and(|about| about.status == Some(Status::Final));
    wording::publication_status(scorecard.status, is_final)
}

/// What members are told about the data of an area as a whole.
fn data_notes(scorecard: &Scorecard<'_>, area: AreaId) -> Option<Block> {
    let told = scorecard.data_notes_of_area(area);
    let told: Vec<_> = told.map(|reason| prose::paragraph(wording::data_note(reason))).collect();
    (!told.is_empty()).then_some(Block::Prose(told))
}

/// What a page about one area is called where there is little room.
fn page_name(scorecard: &Scorecard<'_>, what: &str, area: AreaId) -> String {
    if area == scorecard.definition.top {
        what.to_owned()
    } else {
        format!("{what} - {}", area_name(scorecard, area))
    }
}

/// The name of an area in headings: the top area's own pages carry it too.
fn area_name<'s>(scorecard: &Scorecard<'s>, area: AreaId) -> &'s str {
    &scorecard.definition.area(area).name
}
