//! Which cells of a table make which cells of standard rows.

use std::collections::HashMap;

use crate::definition::{
    Across, Conditions, Definition, ExtractSource, MeasurePart, NameIndexes, OurColumn, SourceKind,
    StandardColumn,
};
use crate::text::{name_key, nearest, quote};

/// A row that may be one of headings, its cells by their positions.
pub type TopRow = Vec<String>;

/// What a source makes of a table's rows.
#[derive(Debug)]
pub struct Layout<'s> {
    /// The first row of headings among those that were looked at.
    pub start: usize,
    /// The columns that are the same for all that a row says, and where each may stand.
    pub own: Vec<(StandardColumn, Vec<usize>)>,
    /// What a row makes standard rows of, each of these one.
    pub groups: Vec<Group<'s>>,
    /// Where a blank means as above.
    pub fill_down: Vec<usize>,
    /// The column in which one thing stands below another.
    pub outline: Option<usize>,
    /// The columns that conditions and what is counted speak of, and where they stand.
    pub asked: HashMap<String, usize>,
    /// How many columns the headings have. What is looked up in other files stands behind them.
    pub width: usize,
    /// The lowest headings, by their positions.
    pub headings: Vec<String>,
    /// Headings that could not be placed.
    pub unplaced: Vec<Heading>,
}

/// A standard row that every row makes, or those that conditions hold for.
#[derive(Clone, Debug, Default)]
pub struct Group<'s> {
    /// What the headings say of it, and where the first of its figures stands.
    pub fixed: Vec<(StandardColumn, String)>,
    /// Where its figures stand.
    pub figures: Vec<(StandardColumn, usize)>,
    /// Which rows make it; all, where this says nothing.
    pub rows: Option<&'s Conditions>,
    /// The group of people whose count is its denominator.
    pub population: Option<&'s str>,
}

impl Group<'_> {
    /// Which half of a ratio it is; nothing, where it is a whole figure.
    #[must_use]
    pub fn half(&self) -> Option<StandardColumn> {
        match self.figures[..] {
            [(column, _)] if column != StandardColumn::Value => Some(column),
            _ => None,
        }
    }
}

/// A heading with its position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Where it stands.
    pub position: usize,
    /// What it is.
    pub text: String,
    /// What is wrong with it, after its text.
    pub found: String,
    /// What to do about it.
    pub remedy: String,
}

/// Why a table is not what a source says.
#[derive(Debug)]
pub struct NotALayout {
    /// The row that comes nearest to the headings.
    pub start: usize,
    /// How many of the headings it has.
    pub score: usize,
    /// What it lacks, each with the nearest heading that there is.
    pub missing: Vec<(String, Option<String>)>,
}

/// One of our columns, and where it may stand.
type OwnColumn = (StandardColumn, Vec<usize>);

/// The counts of an activity, and where they stand.
type ActivityColumn = (OurColumn, usize);

/// The headings of a table as they stand, one block of rows.
struct Block<'t> {
    rows: &'t [TopRow],
    /// Upper headings reach over the blanks right of them.
    filled: Vec<Vec<String>>,
    keys: Vec<Vec<String>>,
    width: usize,
    /// What is taken from other files, which stands behind the columns of the table.
    taken: Vec<String>,
}

impl<'t> Block<'t> {
    fn new(rows: &'t [TopRow], taken: Vec<String>) -> Self {
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let last = rows.len().saturating_sub(1);
        let filled = rows.iter().enumerate().map(|(index, row)| {
            let mut above = String::new();
            let cells = (0..width).map(|position| row.get(position).map_or("", String::as_str));
            cells
                .map(|cell| {
                    if !cell.is_empty() || index == last {
                        cell.clone_into(&mut above);
                    }
                    above.clone()
                })
                .collect()
        });
        let keys = rows.iter().map(|row| row.iter().map(|cell| name_key(cell)).collect());
        Self { rows, filled: filled.collect(), keys: keys.collect(), width, taken }
    }

    /// The positions with a heading, in any of the rows.
    fn positions(&self, heading: &str) -> Vec<usize> {
        let key = name_key(heading);
        if let Some(place) = self.taken.iter().position(|taken| *taken == key) {
            return vec![self.width + place];
        }
        let is = |position: &usize| self.keys.iter().any(|row| row.get(*position) == Some(&key));
        (0..self.width).filter(is).collect()
    }

    fn position(&self, heading: &str) -> Option<usize> {
        self.positions(heading).first().copied()
    }

    /// Whether a heading stands over a position, or reaches over it.
    fn is_under(&self, position: usize, heading: &str) -> bool {
        let key = name_key(heading);
        self.filled.iter().any(|row| name_key(&row[position]) == key)
    }

    fn nearest(&self, heading: &str) -> Option<String> {
        let texts = self.rows.iter().flatten().filter(|text| !text.is_empty());
        let key = name_key(heading);
        let is_like = |text: &&String| {
            let text = name_key(text);
            text.starts_with(&key) || key.starts_with(&text)
        };
        nearest(heading, texts.clone().map(String::as_str))
            .map(str::to_owned)
            .or_else(|| texts.clone().find(is_like).cloned())
    }
}

/// What is found of a layout while the headings are looked through.
struct Search<'s, 't> {
    source: &'s ExtractSource,
    block: Block<'t>,
    score: usize,
    missing: Vec<(String, Option<String>)>,
}

impl<'s> Search<'s, '_> {
    fn miss(&mut self, heading: &str) {
        if !self.missing.iter().any(|(missing, _)| missing == heading) {
            self.missing.push((heading.to_owned(), self.block.nearest(heading)));
        }
    }

    /// The position of a heading that has to be there.
    fn needed(&mut self, heading: &str) -> Option<usize> {
        let position = self.block.position(heading);
        match position {
            Some(position) => self.count(position),
            None => self.miss(heading),
        }
        position
    }

    /// Counts a heading that is there. What is taken from other files says nothing of the table.
    fn count(&mut self, position: usize) {
        self.score += usize::from(position < self.block.width);
    }

    fn all_needed(&mut self, headings: &[String]) -> Vec<usize> {
        headings.iter().filter_map(|heading| self.needed(heading)).collect()
    }

    /// Where each of our columns stands: as the source says, else by its standard name.
    fn own(&mut self) -> (Vec<OwnColumn>, Vec<ActivityColumn>) {
        let (mut own, mut activities) = (Vec::new(), Vec::new());
        let source = self.source;
        for (column, theirs) in &source.columns {
            // All of several have to be there: with one renamed, another would be taken for it.
            let there = self.all_needed(theirs);
            match (column, there.first()) {
                (_, None) => {}
                (OurColumn::Standard(column), _) => own.push((*column, there)),
                (activity, Some(position)) => activities.push((*activity, *position)),
            }
        }
        for column in source.kind.columns() {
            let is_known = own.iter().any(|(known, _)| *known == column);
            let is_across =
                source.runs_across(column) || source.across.is_some() && column.is_figure();
            if is_known || source.is_fixed(column) || is_across {
                continue;
            }
            if let Some(position) = self.block.position(column.as_str()) {
                // The standard names are common words, which a record may have too.
                if source.kind != SourceKind::Records {
                    self.count(position);
                }
                own.push((column, vec![position]));
            }
        }
        (own, activities)
    }

    /// The figures of the measures: those that stand in the same rows together, the others each by
    /// itself.
    fn measures(&mut self, definition: &Definition) -> Vec<Group<'s>> {
        let mut groups = Vec::new();
        let source = self.source;
        for measure in &source.measures {
            let indicator = definition.indicator(measure.indicator).id.clone();
            let new = || Group {
                fixed: vec![(StandardColumn::Indicator, indicator.clone())],
                ..Group::default()
            };
            let (mut whole, mut apart) = (new(), Vec::new());
            for (column, part) in &measure.parts {
                match part {
                    MeasurePart::Population(group) => whole.population = Some(group.as_str()),
                    MeasurePart::Column { column: theirs, rows } => {
                        let Some(position) = self.needed(theirs) else { continue };
                        match rows {
                            None => whole.figures.push((*column, position)),
                            Some(_) => apart.push(Group {
                                figures: vec![(*column, position)],
                                rows: rows.as_ref(),
                                ..new()
                            }),
                        }
                    }
                }
            }
            // What is the same in all rows is taken from the row of the one part that is not.
            if let [only] = apart.as_mut_slice() {
                only.population = whole.population.take();
                only.figures.append(&mut whole.figures);
                only.figures.sort();
            }
            if !whole.figures.is_empty() {
                groups.push(whole);
            }
            groups.append(&mut apart);
        }
        groups
    }

    /// The figures that run across, by what their headings say.
    fn across(&mut self, across: &Across, taken: &[usize]) -> (Vec<Group<'s>>, Vec<Heading>) {
        let (mut groups, mut unplaced): (Vec<Group<'_>>, Vec<Heading>) = (Vec::new(), Vec::new());
        let mut places: HashMap<Vec<String>, usize> = HashMap::new();
        for position in 0..self.block.width {
            let is_ignored =
                || across.ignore.iter().any(|heading| self.block.is_under(position, heading));
            let lowest = self.block.filled.last().map_or("", |row| row[position].as_str());
            if lowest.is_empty() || taken.contains(&position) || is_ignored() {
                continue;
            }
            let mut fixed = Vec::new();
            let mut figure = across.figures.first().map(|(_, column)| *column);
            for (row, heading) in self.block.filled.iter().zip(&across.headings) {
                let text = row[position].clone();
                match heading {
                    Some(column) => fixed.push((*column, text)),
                    None => figure = figure_column(across, &text),
                }
            }
            let heading = |found: &str, remedy: String| Heading {
                position,
                text: lowest.to_owned(),
                found: found.to_owned(),
                remedy,
            };
            let Some(figure) = figure else {
                let known: Vec<_> =
                    across.figures.iter().map(|(theirs, _)| quote(theirs)).collect();
                let remedy = format!(
                    "say under `figure` which of numerator, denominator and value it is, beside \
                        {}; or put it under `ignore`",
                    known.join(" and ")
                );
                unplaced.push(heading("is no figure that the source names", remedy));
                continue;
            };
            let key = fixed.iter().map(|(_, text)| name_key(text)).collect();
            let place = *places.entry(key).or_insert_with(|| {
                groups.push(Group { fixed, ..Group::default() });
                groups.len() - 1
            });
            if groups[place].figures.iter().any(|(there, _)| *there == figure) {
                let remedy = "put the one that is not meant under `ignore`".to_owned();
                unplaced.push(heading("is there twice for the same", remedy));
            } else {
                groups[place].figures.push((figure, position));
            }
        }
        self.score += groups.len();
        (groups, unplaced)
    }
}

/// Which of our columns a heading of figures is.
fn figure_column(across: &Across, heading: &str) -> Option<StandardColumn> {
    let key = name_key(heading);
    let named = across.figures.iter().find(|(theirs, _)| name_key(theirs) == key);
    named
        .map(|(_, ours)| *ours)
        .or_else(|| StandardColumn::named(heading).filter(|column| column.is_figure()))
}

impl<'s> Layout<'s> {
    /// Finds the headings that a source speaks of among the first rows of a table.
    ///
    /// # Errors
    ///
    /// Where none of the rows has all of them: what the nearest lacks.
    pub fn find(
        source: &'s ExtractSource,
        definition: &Definition,
        top: &[TopRow],
    ) -> Result<Self, NotALayout> {
        let mut best: Option<NotALayout> = None;
        for start in 0..top.len() {
            let end = (start + source.header_rows).min(top.len());
            match Self::at(source, definition, start, &top[start..end]) {
                Ok(layout) => return Ok(layout),
                Err(other) if best.as_ref().is_none_or(|best| other.score > best.score) => {
                    best = Some(other);
                }
                Err(_) => {}
            }
        }
        Err(best.unwrap_or(NotALayout { start: 0, score: 0, missing: Vec::new() }))
    }

    fn at(
        source: &'s ExtractSource,
        definition: &Definition,
        start: usize,
        rows: &[TopRow],
    ) -> Result<Self, NotALayout> {
        let block = Block::new(rows, source.taken_columns().map(name_key).collect());
        let mut search = Search { source, block, score: 0, missing: Vec::new() };
        let (mut own, mut activities) = search.own();
        let fill_down = search.all_needed(&source.fill_down);
        let outline = source.outline.as_ref().and_then(|outline| search.needed(&outline.column));
        let mut asked = HashMap::new();
        for column in source.asked_columns() {
            asked.extend(search.needed(column).map(|at| (column.to_owned(), at)));
        }
        let mut unplaced = Vec::new();
        let groups = if source.kind == SourceKind::Records {
            Vec::new()
        } else if let Some(across) = &source.across {
            let mut taken: Vec<usize> = own.iter().flat_map(|(_, places)| places.clone()).collect();
            taken.extend(fill_down.iter().chain(&outline).chain(asked.values()));
            let (groups, not_placed) = search.across(across, &taken);
            unplaced = not_placed;
            if groups.is_empty() {
                search.missing.push(("a column that runs across".to_owned(), None));
            }
            groups
        } else if !source.measures.is_empty() {
            search.measures(definition)
        } else {
            let is_long = own.iter().any(|(column, _)| *column == StandardColumn::Activity)
                || source.is_fixed(StandardColumn::Activity);
            if source.kind == SourceKind::Activity && !is_long {
                activities.extend(named_activities(definition, &search.block, &activities));
                search.score += activities.len();
                activity_groups(definition, &activities)
            } else {
                let figure = |(column, places): &(StandardColumn, Vec<usize>)| {
                    Some((*column, *places.first().filter(|_| column.is_figure())?))
                };
                let mut figures: Vec<_> = own.iter().filter_map(figure).collect();
                figures.sort();
                vec![Group { figures, ..Group::default() }]
            }
        };
        own.retain(|(column, _)| !column.is_figure());
        search.need_all(&own, &groups);
        if !search.missing.is_empty() {
            return Err(NotALayout { start, score: search.score, missing: search.missing });
        }
        let headings = rows.last().cloned().unwrap_or_default();
        Ok(Self {
            start,
            width: search.block.width,
            own,
            groups,
            fill_down,
            outline,
            asked,
            headings,
            unplaced,
        })
    }
}

impl Search<'_, '_> {
    /// Misses what every standard row needs.
    fn need_all(&mut self, own: &[(StandardColumn, Vec<usize>)], groups: &[Group<'_>]) {
        let source = self.source;
        let is_there = |column: StandardColumn| {
            own.iter().any(|(there, _)| *there == column)
                || source.is_fixed(column)
                || source.runs_across(column)
                || groups.iter().any(|group| group.fixed.iter().any(|(there, _)| *there == column))
        };
        let names = match source.kind {
            SourceKind::Results => &[StandardColumn::Indicator, StandardColumn::Area],
            SourceKind::Activity => &[StandardColumn::Activity, StandardColumn::Area],
            SourceKind::Records => &[StandardColumn::Area][..],
            SourceKind::Benchmarks => &[StandardColumn::Indicator, StandardColumn::Benchmark],
        };
        let is_named = |column: StandardColumn| {
            source.columns.iter().any(|(ours, _)| *ours == OurColumn::Standard(column))
        };
        for column in
            names.iter().copied().filter(|column| !is_there(*column) && !is_named(*column))
        {
            self.miss(column.as_str());
        }
        // One half of a ratio will do where the source says so: another file may have the other.
        let is_said =
            |column| is_named(column) || source.across.is_some() || !source.measures.is_empty();
        let has_figures = groups.iter().any(|group| {
            let has = |column| group.figures.iter().any(|(there, _)| *there == column);
            has(StandardColumn::Value)
                || has(StandardColumn::Numerator) && has(StandardColumn::Denominator)
                || group.figures.iter().any(|(there, _)| is_said(*there))
        });
        if source.kind != SourceKind::Records && !has_figures && self.missing.is_empty() {
            self.miss("value");
        }
    }
}

/// The activities that headings name by themselves.
fn named_activities(
    definition: &Definition,
    block: &Block<'_>,
    known: &[(OurColumn, usize)],
) -> Vec<(OurColumn, usize)> {
    let names = NameIndexes::new(definition);
    let headings = block.rows.last().into_iter().flatten().enumerate();
    let named = headings.filter_map(|(position, heading)| {
        let id = definition
            .find_activity(heading)
            .or_else(|| names.activity_by_key(&name_key(heading)).one())?;
        Some((OurColumn::Activity(id), position))
    });
    named
        .filter(|(activity, position)| {
            !known.iter().any(|(there, at)| there == activity || at == position)
        })
        .collect()
}

fn activity_groups(
    definition: &Definition,
    activities: &[(OurColumn, usize)],
) -> Vec<Group<'static>> {
    let group = |(activity, position): &(OurColumn, usize)| match activity {
        OurColumn::Activity(id) => Some(Group {
            fixed: vec![(StandardColumn::Activity, definition.activity(*id).id.clone())],
            figures: vec![(StandardColumn::Value, *position)],
            ..Group::default()
        }),
        OurColumn::Standard(_) => None,
    };
    activities.iter().filter_map(group).collect()
}
