//! Lists with a row a child or case, or files that may be one. Of their cells nothing is shown.

use std::collections::{BTreeMap, HashSet};

use super::columns::{ColumnFacts, is_typed};
use super::names::FileName;
use super::table::{RawRow, RawTable};
use super::write::{key as key_of, text};
use super::{SuggestOptions, Suggestion};
use crate::definition::{AreaKind, CountOf, StandardColumn, Unit};
use crate::extract::names::NameFinder;
use crate::text::{name_key, plural};

/// How many rows from the top may be that of headings.
const MOST_ABOVE: usize = 20;

/// What columns of such lists are called everywhere. A row of headings has two of them, or one and
/// columns of numbers or dates below it.
const KNOWN: [&str; 46] = [
    "address",
    "age",
    "allocatedworker",
    "area",
    "caseid",
    "category",
    "childid",
    "clientid",
    "dateofbirth",
    "district",
    "dob",
    "end",
    "enddate",
    "ethnicity",
    "firstname",
    "forename",
    "gender",
    "id",
    "lastname",
    "legalstatus",
    "locality",
    "locationid",
    "mosaicid",
    "name",
    "nhsnumber",
    "outcome",
    "personid",
    "postcode",
    "recordid",
    "ref",
    "reference",
    "referralid",
    "school",
    "sex",
    "socialworker",
    "start",
    "startdate",
    "status",
    "surname",
    "team",
    "type",
    "uasc",
    "uniqueid",
    "upn",
    "ward",
    "worker",
];

/// The source of a list of records.
pub(super) fn suggest(
    table: &RawTable,
    names: &NameFinder<'_>,
    file: &FileName,
    options: &SuggestOptions,
) -> Suggestion {
    let mut said = Suggestion::default();
    said.keys.push(("kind", text("records")));
    if !options.is_records {
        said.notes.push(
            "It is not certain that the file holds figures, so it is taken to be a list with a row \
             a child or case.\nNothing that stands in its cells is shown."
                .to_owned(),
        );
    }
    let told =
        options.headings.map(|wanted| table.rows.iter().position(|row| row.number == wanted));
    let start = match told {
        Some(told) => told,
        None => (0..table.rows.len().min(MOST_ABOVE)).find(|at| is_heading(table, *at, names)),
    };
    // Whoever mistakes the line would be shown a record.
    let is_record =
        |at: &usize| told.is_some() && table.rows[*at].cells.iter().any(|cell| is_typed(cell));
    match start {
        Some(start) if is_record(&start) => said.notes.push(
            "The line that is named has numbers or dates in it, as a record has and a row of \
             headings has not, so it is not shown."
                .to_owned(),
        ),
        Some(start) => of_headings(table, start, names, file, &mut said),
        None => said.notes.push(
            "No row near the top is certain to be one of headings, so none is shown. Say which one \
             is with --headings and its line."
                .to_owned(),
        ),
    }
    drafts(names, &mut said);
    said
}

fn of_headings(
    table: &RawTable,
    start: usize,
    names: &NameFinder<'_>,
    file: &FileName,
    said: &mut Suggestion,
) {
    let headings = &table.rows[start].cells;
    let rows = &table.rows[start + 1..];
    let facts: BTreeMap<usize, ColumnFacts> = headings
        .iter()
        .enumerate()
        .filter(|(_, heading)| !heading.is_empty())
        .map(|(position, _)| (position, ColumnFacts::of(rows.iter(), position, names)))
        .collect();
    let area = area_column(&facts, rows, names);
    let record = facts.iter().find(|(position, facts)| {
        let is_id = ["id", "ref", "reference", "number"]
            .iter()
            .any(|end| name_key(&headings[**position]).ends_with(end));
        Some(**position) != area && is_id && facts.filled > 0
    });
    let record = record.map(|(position, facts)| (*position, facts));
    if let Some(area) = area {
        said.columns.push((StandardColumn::Area, headings[area].clone()));
        let unknown = facts[&area].filled - facts[&area].named_of(StandardColumn::Area);
        if unknown > 0 {
            said.notes.push(format!(
                "{unknown} {} in {} that names no area and no team: say so under \
                 [source.names.area], or write unknown_areas = \"top only\".",
                plural(unknown, "row has a text", "rows have a text"),
                text(&headings[area])
            ));
        }
    } else if !file.has_area {
        said.notes.push(
            "No column has areas or teams that are defined: say under [source.columns] which is \
             `area`."
                .to_owned(),
        );
    }
    if let Some((position, facts)) = record {
        said.columns.push((StandardColumn::Record, headings[position].clone()));
        if facts.distinct.len() < facts.filled {
            said.key_drafts.push(format!(
                "count_once = {}   # some are there more than once; `keep` takes the latest row",
                text(&headings[position])
            ));
        }
    }
    let is_other =
        |position: &usize| Some(*position) != area && record.map(|(at, _)| at) != Some(*position);
    let kind = |facts: &ColumnFacts| match (facts.has_dates(), facts.has_numbers()) {
        (true, _) => "Columns of dates",
        (false, true) => "Columns of numbers",
        (false, false) => "Other columns",
    };
    for what in ["Columns of dates", "Columns of numbers", "Other columns"] {
        let of_kind =
            facts.iter().filter(|(position, facts)| is_other(position) && kind(facts) == what);
        let of_kind: Vec<_> = of_kind.map(|(position, _)| text(&headings[*position])).collect();
        if !of_kind.is_empty() {
            said.notes.push(format!("{what}: {}.", of_kind.join(", ")));
        }
    }
    said.cohorts = cohorts(headings, &facts, names);
}

/// The column of areas or teams. Teams say more, as each is of an area.
fn area_column(
    facts: &BTreeMap<usize, ColumnFacts>,
    rows: &[RawRow],
    names: &NameFinder<'_>,
) -> Option<usize> {
    let definition = names.definition();
    let teams = |position: usize| {
        let is_team = |row: &&RawRow| {
            let area = names.peek_area(row.cell(position));
            area.is_some_and(|area| definition.area(area).kind == AreaKind::Team)
        };
        rows.iter().filter(is_team).count()
    };
    let columns = facts.iter().filter(|(_, facts)| facts.names(StandardColumn::Area, 50));
    let columns = columns.map(|(position, facts)| {
        (*position, (teams(*position), facts.named_of(StandardColumn::Area)))
    });
    columns.rev().max_by_key(|(_, count)| *count).map(|(position, _)| position)
}

/// Cohorts that headings name: `UASC (Y/N)`.
fn cohorts(
    headings: &[String],
    facts: &BTreeMap<usize, ColumnFacts>,
    names: &NameFinder<'_>,
) -> Vec<String> {
    let cohorts = names.definition().cohorts.iter();
    let lines = cohorts.filter_map(|cohort| {
        let key = name_key(&cohort.id);
        let position = headings.iter().position(|heading| {
            let mut words = heading.split(|letter: char| !letter.is_alphanumeric());
            words.any(|word| name_key(word) == key)
        })?;
        let heading = &headings[position];
        let belongs = match facts.get(&position) {
            Some(facts) if facts.has_dates() => "not blank",
            _ if heading.to_lowercase().contains("(y/n)") => "Y",
            _ => "Yes",
        };
        Some(format!("{} = {{ {} = {} }}", key_of(&cohort.id), text(heading), text(belongs)))
    });
    lines.collect()
}

/// What has to be said by somebody who knows: who belongs to a cohort, and what is counted.
fn drafts(names: &NameFinder<'_>, said: &mut Suggestion) {
    let definition = names.definition();
    if !definition.cohorts.is_empty() {
        let mut lines = said.cohorts.clone();
        if lines.is_empty() {
            let id = &definition.cohorts[0].id;
            lines.push(format!("{} = {{ \"the column\" = \"Yes\" }}", key_of(id)));
        }
        said.drafts
            .push(format!("Which rows belong to a cohort:\n[source.cohort]\n{}", lines.join("\n")));
    }
    let counted = definition.sources.iter().flat_map(|source| &source.counts);
    let counted: Vec<_> = counted.map(|count| count.of).collect();
    let mut free =
        definition.indicator_ids().filter(|id| !counted.contains(&CountOf::Indicator(*id)));
    if let Some(id) = free.next() {
        let indicator = definition.indicator(id);
        let rule = match indicator.unit {
            Unit::Number => "value = { \"the column\" = \"Yes\" }",
            Unit::Average => {
                "numerator = { sum = \"the column\" }   # added up over the rows of the denominator\n\
                 denominator = {}"
            }
            Unit::Percent | Unit::Rate { .. } => {
                "numerator = { \"the column\" = \">= 3\" }   # within the rows of the denominator\n\
                 denominator = {}   # every row"
            }
        };
        said.drafts.push(format!(
            "What is counted, a [[source.count]] for each indicator or activity:\n\
             [[source.count]]\nindicator = {}\n{rule}",
            text(&indicator.id)
        ));
    }
}

/// Whether a row is certain to be one of headings: all of it are different words, which stand
/// nowhere below them, and enough is what such columns are called everywhere, or by a source that
/// is defined.
fn is_heading(table: &RawTable, at: usize, names: &NameFinder<'_>) -> bool {
    let row = &table.rows[at];
    let below = &table.rows[at + 1..];
    let keys: Vec<_> = row.cells.iter().map(|cell| name_key(cell)).collect();
    let filled: Vec<_> = keys.iter().filter(|key| !key.is_empty()).collect();
    let distinct: HashSet<_> = filled.iter().collect();
    let typical = below.iter().take(50).map(RawRow::filled).max().unwrap_or(0);
    let is_wide = filled.len() >= 2 && filled.len() * 10 >= typical * 8;
    if !is_wide || distinct.len() < filled.len() || below.is_empty() {
        return false;
    }
    let is_word = |cell: &String| {
        let begins = cell.chars().next().is_some_and(|letter| !letter.is_ascii_digit());
        cell.is_empty() || begins && !is_typed(cell)
    };
    if !row.cells.iter().all(is_word) {
        return false;
    }
    let repeats = |(position, key): (usize, &String)| {
        !key.is_empty() && below.iter().any(|row| name_key(row.cell(position)) == *key)
    };
    if keys.iter().enumerate().any(repeats) {
        return false;
    }
    let sources = &names.definition().sources;
    let is_defined = |key: &String| {
        let columns = sources.iter().flat_map(|source| {
            let named = source.columns.iter().flat_map(|(_, theirs)| theirs.iter());
            named.map(String::as_str).chain(source.asked_columns()).map(name_key)
        });
        columns.into_iter().any(|column| column == *key)
    };
    let known =
        filled.iter().filter(|key| KNOWN.contains(&key.as_str()) || is_defined(key)).count();
    let typed = (0..row.cells.len()).filter(|position| {
        let cells = below.iter().map(|row| row.cell(*position)).filter(|cell| !cell.is_empty());
        let (all, typed) =
            cells.fold((0, 0), |(all, typed), cell| (all + 1, typed + usize::from(is_typed(cell))));
        !row.cell(*position).is_empty() && all > 0 && typed * 10 >= all * 7
    });
    known >= 2 || known == 1 && typed.count() >= 2
}
