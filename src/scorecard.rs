//! The assessed scorecard of a month, as plain data: what pages are laid out from.

use std::sync::Arc;

use crate::assess::{
    Assessed, AssessedArea, Assessor, Benchmarks, Earlier, Entry, Figure, Revised,
};
use crate::definition::{ActivityId, AreaId, AreaKind, Definition, IndicatorId};
use crate::extract::{Checked, Extract};
use crate::figure::Amount;
use crate::history::History;
use crate::month::Month;
use crate::population::Population;
use crate::record::{Manifest, Published};
use crate::scope::Scope;

/// Which areas of a scorecard are assessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Those that the report is about.
    Chosen,
    /// Their parts too.
    WithParts,
}

/// A month's scorecard for some areas.
#[derive(Debug)]
pub struct Scorecard<'e> {
    /// The definitions.
    pub definition: &'e Definition,
    /// The months that it was assessed from.
    pub history: &'e History<'e>,
    /// The report month.
    pub month: Month,
    /// The last month of the financial year before.
    pub outturn_month: Month,
    /// The areas that the report is about.
    pub scope: Scope,
    /// What was assessed, in the order of the definitions: the areas that the report is about,
    /// with trends, and where they were asked for their parts.
    pub areas: Vec<AssessedArea<'e>>,
    /// The activity of the areas and teams of the report.
    pub activity: Vec<AssessedActivity>,
    /// The figures of benchmarks.
    pub benchmarks: Arc<Benchmarks<'e>>,
    /// Whether the month has been published, as this report has it.
    pub status: PublicationStatus<'e>,
}

/// The activity of an area or team, in the month and the month before.
#[derive(Clone, Debug)]
pub struct AssessedActivity {
    /// The area or team.
    pub area: AreaId,
    /// For each activity of the definitions its counts.
    pub counts: Vec<ActivityCounts>,
}

/// The counts of an activity.
#[derive(Clone, Debug)]
pub struct ActivityCounts {
    /// The count of the month.
    pub this_month: Option<Amount>,
    /// The count of the month before, as it was reported.
    pub last_month: Option<Amount>,
    /// What that was and is, where it is not what was published.
    pub revised: Option<Revised>,
}

/// How a report stands to what has been published of its month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublicationStatus<'e> {
    /// The month has not been published.
    Draft,
    /// It has been, and the figures and ratings of this report are those.
    Published(&'e Manifest),
    /// It has been, and they are not.
    Changed(&'e Manifest),
}

impl<'e> Scorecard<'e> {
    /// Assesses the areas of a report.
    #[must_use]
    pub fn assess(assessor: &Assessor<'e>, scope: Scope, depth: Depth) -> Self {
        Self::of(assessor, scope, depth, None)
    }

    /// The same, with one indicator of each of their parts.
    #[must_use]
    pub fn with_parts_of(assessor: &Assessor<'e>, scope: Scope, indicator: IndicatorId) -> Self {
        Self::of(assessor, scope, Depth::WithParts, Some(indicator))
    }

    fn of(
        assessor: &Assessor<'e>,
        scope: Scope,
        depth: Depth,
        of_parts: Option<IndicatorId>,
    ) -> Self {
        let history = assessor.history();
        let definition = history.definition();
        let is_wanted = |area: &AreaId| {
            definition.area(*area).kind == AreaKind::Area
                && (scope.is_chosen(*area) || depth == Depth::WithParts)
        };
        let assess = |area: AreaId| match of_parts {
            _ if scope.is_chosen(area) => assessor.shown_with_trends(area),
            None => assessor.shown(area),
            Some(id) => AssessedArea { area, entries: vec![assessor.entry(area, id)] },
        };
        let areas: Vec<_> = scope.within().iter().copied().filter(is_wanted).map(assess).collect();
        let reported = |area: &AreaId| AssessedActivity::of(assessor, *area);
        let activity = scope.within().iter().filter_map(reported).collect();
        let status = status(assessor, &scope, &areas);
        Self {
            definition,
            history,
            month: assessor.month(),
            outturn_month: assessor.outturn_month(),
            scope,
            areas,
            activity,
            benchmarks: Arc::clone(assessor.benchmarks()),
            status,
        }
    }

    /// The areas that the report is about.
    pub fn chosen(&self) -> impl Iterator<Item = &AssessedArea<'e>> {
        self.areas.iter().filter(|assessed| self.scope.is_chosen(assessed.area))
    }

    /// An area, where it has been assessed.
    #[must_use]
    pub fn area(&self, area: AreaId) -> Option<&AssessedArea<'e>> {
        let index = self.areas.binary_search_by_key(&area, |assessed| assessed.area).ok()?;
        Some(&self.areas[index])
    }

    /// An indicator of an area, where it has been assessed.
    #[must_use]
    pub fn entry(&self, area: AreaId, indicator: IndicatorId) -> Option<&Entry<'e>> {
        self.area(area)?.entries.iter().find(|entry| entry.indicator == indicator)
    }

    /// The figure of a month that an area has for a population, where it has been assessed.
    #[must_use]
    pub fn figure(
        &self,
        area: AreaId,
        indicator: IndicatorId,
        population: Population,
        month: Month,
    ) -> Option<&Figure<'e>> {
        let entry = self.entry(area, indicator)?;
        let assessed = match population {
            Population::Everyone => entry.including.as_ref()?,
            Population::Excluding(cohort) => entry.without(cohort)?,
            Population::Cohort(cohort) => entry.of_cohort(cohort)?,
        };
        let mut figures = [Some(&assessed.figure)]
            .into_iter()
            .chain(assessed.earlier().map(Earlier::figure))
            .flatten();
        figures.find(|figure| figure.month == month)
    }

    /// The extract of the report month.
    #[must_use]
    pub fn extract(&self) -> Option<&'e Extract> {
        self.history.extract(self.month)
    }

    /// Whether the report month has any figure or activity of its own: its folder may have been made
    /// before there was anything to put into it.
    #[must_use]
    pub fn has_figures(&self) -> bool {
        self.extract().is_none_or(Extract::has_figures)
    }

    /// What members are told about the figure of an indicator: why a finding of the month is right
    /// as it is.
    pub fn data_notes(
        &self,
        area: AreaId,
        indicator: IndicatorId,
    ) -> impl Iterator<Item = &'e str> + use<'e> {
        self.public_reasons(move |checked| {
            checked.indicator == Some(indicator) && checked.area.is_none_or(|of| of == area)
        })
    }

    /// The same of the activity of an area or team.
    pub fn data_notes_of_activity(
        &self,
        area: AreaId,
        activity: ActivityId,
    ) -> impl Iterator<Item = &'e str> + use<'e> {
        self.public_reasons(move |checked| {
            checked.activity == Some(activity) && checked.area.is_none_or(|of| of == area)
        })
    }

    /// The same of an area as a whole, or of the month.
    pub fn data_notes_of_area(&self, area: AreaId) -> impl Iterator<Item = &'e str> + use<'e> {
        self.public_reasons(move |checked| {
            let is_general = checked.indicator.is_none() && checked.activity.is_none();
            is_general && checked.area.is_none_or(|of| of == area)
        })
    }

    fn public_reasons<F: Fn(&Checked) -> bool>(
        &self,
        is_about: F,
    ) -> impl Iterator<Item = &'e str> + use<'e, F> {
        let checked = self.extract().into_iter().flat_map(|extract| &extract.about.checked);
        let public = checked.filter(move |checked| checked.is_public && is_about(checked));
        public.map(|checked| checked.reason.as_str())
    }

    /// What the service says about an indicator in the report month: Markdown.
    #[must_use]
    pub fn commentary(&self, area: AreaId, indicator: IndicatorId) -> Option<&'e str> {
        self.extract()?.commentary.of(area, indicator)
    }
}

impl AssessedActivity {
    /// That of an area or team. `None` if neither month says anything of it.
    #[must_use]
    pub fn of(assessor: &Assessor<'_>, area: AreaId) -> Option<Self> {
        let (history, month) = (assessor.history(), assessor.month());
        let definition = history.definition();
        let before = month.before(1);
        let this = history.extract(month);
        let months = [this, history.extract(before)];
        let is_reported = |extract: &Extract| extract.activities.has_area(area, definition);
        if !months.into_iter().flatten().any(is_reported) {
            return None;
        }
        let counts = |activity: ActivityId| {
            let (last_month, revised) = assessor.reported_activity(area, activity, before);
            let this_month = this.and_then(|this| this.activities.amount(area, activity)).cloned();
            let this_month = this_month
                .map(|amount| assessor.activity_as_shown(&(area, activity, month), amount));
            ActivityCounts { this_month, last_month, revised }
        };
        Some(Self { area, counts: definition.activity_ids().map(counts).collect() })
    }
}

/// Whether what has been published of the month are the figures and ratings of these areas.
fn status<'e>(
    assessor: &Assessor<'e>,
    scope: &Scope,
    areas: &[AssessedArea<'e>],
) -> PublicationStatus<'e> {
    let Some(published) = assessor.history().published(assessor.month()) else {
        return PublicationStatus::Draft;
    };
    let definition = assessor.history().definition();
    let mut chosen = areas.iter().filter(|assessed| scope.is_chosen(assessed.area));
    let is_same = |AssessedArea { area, entries }: &AssessedArea<'_>| {
        entries.iter().all(|entry| is_as_published(definition, published, *area, entry))
    };
    if chosen.all(is_same) {
        PublicationStatus::Published(&published.manifest)
    } else {
        PublicationStatus::Changed(&published.manifest)
    }
}

fn is_as_published(
    definition: &Definition,
    published: &Published,
    area: AreaId,
    entry: &Entry<'_>,
) -> bool {
    let is_same = |population: Population, now: Option<&Assessed<'_>>| match (
        now,
        published.figures.of_figure(area, entry.indicator, population),
    ) {
        (Some(now), Some(published)) => {
            published.is(&now.figure.amount)
                && published.month == now.figure.month
                && published.rag == now.rag
        }
        (now, published) => now.is_none() && published.is_none(),
    };
    is_same(Population::Everyone, entry.including.as_ref())
        && definition
            .cohort_ids()
            .all(|cohort| is_same(Population::Excluding(cohort), entry.without(cohort)))
        && definition
            .own_cohorts()
            .all(|cohort| is_same(Population::Cohort(cohort), entry.of_cohort(cohort)))
}
