//! The impact of a cohort: each indicator with it and without it, and the variance.

use super::notes::Notes;
use super::periods::TargetColumn;
use super::report_name;
use super::{
    Block, Cell, Column, Page, TableBuilder, TableName, against_cell, denominator_cell,
    difference_column, excluding_cell, latest_cell, numerator_cell, rating_cell,
};
use crate::assess::{Assessed, Entry, Excluding, Variance};
use crate::definition::{AreaId, CohortGroup, Indicator, IndicatorId, Unit};
use crate::figure::Amount;
use crate::population::CohortId;
use crate::scorecard::Scorecard;

/// A page for each cohort.
pub(super) fn pages(scorecard: &Scorecard<'_>) -> Vec<Page> {
    scorecard.definition.cohort_ids().map(|cohort| page(scorecard, cohort)).collect()
}

fn page(scorecard: &Scorecard<'_>, id: CohortId) -> Page {
    let definition = scorecard.definition;
    let cohort = definition.cohort(id);
    let notes = Notes::default();
    let figures = scorecard.areas.iter().flat_map(|assessed| &assessed.entries);
    let figures = figures.flat_map(|entry| &entry.excluding).filter(|one| one.cohort == id);
    let with_target = figures.filter(|one| one.assessed.standard().is_some());
    let targets = TargetColumn::of(scorecard, with_target.map(|one| one.assessed.figure.month));
    let mut table = columns(scorecard, &cohort.name, &targets, &notes);
    let everything = [CohortGroup::default()];
    let groups = if cohort.groups.is_empty() { &everything[..] } else { &cohort.groups[..] };
    for group in groups {
        let blocks: Vec<_> = scorecard
            .areas
            .iter()
            .map(|assessed| (assessed.area, &assessed.entries))
            .filter(|(area, _)| group.areas.as_ref().is_none_or(|areas| areas.contains(area)))
            .map(|(area, entries)| (area, of_group(entries, id, group)))
            .filter(|(_, found)| !found.is_empty())
            .collect();
        // The paper names the area in the heading of a block, unless the group is of one area
        // alone.
        let is_of_one_area = group.areas.as_ref().is_some_and(|areas| areas.len() == 1);
        for (area, found) in blocks {
            let name = &definition.area(area).name;
            let heading = match &group.title {
                Some(title) if is_of_one_area => title.clone(),
                Some(title) => format!("{title} - {}", name.to_uppercase()),
                None => name.to_uppercase(),
            };
            table.section(heading.clone());
            for (entry, excluding) in found {
                let indicator = definition.indicator(entry.indicator);
                let heading = heading.clone();
                let row =
                    ImpactRow { area_id: area, area: name, heading, entry, excluding, indicator };
                row.number_footnotes(scorecard, &notes);
                table.row(&row);
            }
        }
    }
    let title = cohort.title.clone().unwrap_or_else(|| format!("Impact of {}", cohort.name));
    let nothing = table
        .is_empty()
        .then(|| Block::paragraph(format!("There are no figures without {}.", cohort.name)));
    let table = table.finish(format!("{title}, {}", report_name(scorecard)));
    let blocks = nothing.into_iter().chain([Block::Table(table)]).collect();
    Page {
        table: Some(TableName::Impact),
        notes: notes.into_texts(),
        ..Page::titled(title, blocks)
    }
}

/// The entries of a group that have a figure without the cohort, in the group's order.
///
/// An indicator that leaves the cohort out anyway says nothing of its impact: it is there only
/// where the group names it.
fn of_group<'e, 'a>(
    entries: &'a [Entry<'e>],
    cohort: CohortId,
    group: &CohortGroup,
) -> Vec<(&'a Entry<'e>, &'a Excluding<'e>)> {
    let without = |entry: &'a Entry<'e>| {
        Some((entry, entry.excluding.iter().find(|excluding| excluding.cohort == cohort)?))
    };
    if let Some(indicators) = &group.indicators {
        return indicators.iter().filter_map(|id| without(find(entries, *id)?)).collect();
    }
    let applies =
        |found: &(&Entry<'_>, &Excluding<'_>)| !matches!(found.1.variance, Variance::NotApplicable);
    entries.iter().filter_map(without).filter(applies).collect()
}

fn find<'e, 'a>(entries: &'a [Entry<'e>], id: IndicatorId) -> Option<&'a Entry<'e>> {
    entries.iter().find(|entry| entry.indicator == id)
}

/// An indicator of an area with the cohort and without it.
struct ImpactRow<'r> {
    area_id: AreaId,
    area: &'r str,
    heading: String,
    entry: &'r Entry<'r>,
    excluding: &'r Excluding<'r>,
    indicator: &'r Indicator,
}

impl ImpactRow<'_> {
    /// Numbers the footnotes of the row: first what is said of the indicator, its ratings and its
    /// variance, then what is said of single figures.
    fn number_footnotes(&self, scorecard: &Scorecard<'_>, notes: &Notes) {
        let (definition, indicator) = (scorecard.definition, self.indicator);
        let (including, without) = (self.entry.including.as_ref(), &self.excluding.assessed);
        if let Some(note) = &indicator.note {
            notes.mark(note);
        }
        for assessed in including.into_iter().chain([without]) {
            notes.rating_tie(definition, assessed, indicator);
        }
        let month = |assessed: &Assessed<'_>| assessed.figure.month;
        match including {
            Some(including) if month(including) != month(without) => {
                let cohort = &definition.cohort(self.excluding.cohort).name;
                let names =
                    [format!("The figure including {cohort}"), format!("That excluding {cohort}")];
                notes.period_of(&names[0], scorecard, including, indicator);
                notes.period_of(&names[1], scorecard, without, indicator);
            }
            _ => {
                notes.period(scorecard, without, indicator);
            }
        }
        notes.variance_tie(definition, &self.excluding.variance, without, including, indicator);
        for assessed in including.into_iter().chain([without]) {
            notes.provisional_or_revised(definition, &assessed.figure, indicator);
        }
    }

    fn including_amount(&self) -> Option<&Amount> {
        self.entry.including.as_ref().map(|including| &including.figure.amount)
    }

    fn excluding_amount(&self) -> &Amount {
        &self.excluding.assessed.figure.amount
    }
}

/// The columns of the table of a cohort, each with its cell.
fn columns<'c, 'r>(
    scorecard: &'c Scorecard<'_>,
    cohort: &str,
    targets: &'c TargetColumn,
    notes: &'c Notes,
) -> TableBuilder<'c, ImpactRow<'r>> {
    let definition = scorecard.definition;
    // With more than one cohort a table that stands alone has rows of each.
    let several = definition.cohorts.len() > 1;
    let headed_as = |column: fn(String) -> Column, which: &str, what: &str, in_csv: &str| {
        let of = if several { which.to_owned() } else { format!("{which} {cohort}") };
        let short = format!("{} {what}", if which == "Including" { "Incl." } else { "Excl." });
        column(format!("{which} {cohort} {what}"))
            .in_full(format!("{of} {what}"))
            .in_csv(format!("{of} {in_csv}"))
            .in_short(short)
            .under(format!("{which} {cohort}"), what)
    };
    let headed = |column: fn(String) -> Column, which: &str, what: &str| {
        headed_as(column, which, what, what)
    };
    let number = |which: &str| headed_as(Column::number, which, "Number", "Num").spare(2);
    let out_of = |which: &str| headed_as(Column::number, which, "Out of", "Denom").spare(2);
    let mut table = TableBuilder::<ImpactRow<'r>>::noted();
    table.column(Column::alone("Area"), |row| Cell::text(row.area));
    if several {
        table.column(Column::alone("Cohort"), |row| {
            Cell::text(&definition.cohort(row.excluding.cohort).name)
        });
    }
    table.column(Column::ids().not_on_screen(), |row| Cell::text(row.indicator.shown_id()));
    table.column(Column::flexible("Indicators"), |row| {
        let note = row.indicator.note.as_ref().map(|note| notes.mark(note));
        Cell::text(&row.indicator.name).with_id(row.indicator.shown_id()).noted(note)
    });
    table.column(Column::mark("Polarity").in_short("Pol.").spare(3), |row| {
        Cell::text(row.indicator.polarity.as_str())
    });
    table.column(Column::mark("Data Period").in_short("Per.").spare(3), |row| {
        Cell::text(row.indicator.period.as_str())
    });
    table.column(headed(Column::number, "Including", "Result"), |row| {
        let cell = latest_cell(scorecard, row.entry.including.as_ref(), row.indicator, notes)
            .about(row.area, row.entry.indicator);
        notes.data_notes(cell, scorecard.data_notes(row.area_id, row.entry.indicator))
    });
    table.column(headed(Column::mark, "Including", "RAG"), |row| {
        rating_cell(definition, row.entry.including.as_ref(), row.indicator, notes)
    });
    table.column(number("Including"), |row| numerator_cell(row.including_amount()));
    table.column(out_of("Including"), |row| denominator_cell(row.including_amount()));
    table.column(targets.column().spare(1), |row| {
        let without = &row.excluding.assessed;
        let note = targets.note(scorecard, without, row.indicator, notes);
        let month = without.figure.month;
        against_cell(definition, &without.against, row.indicator, month, notes).noted(note)
    });
    table.column(headed(Column::number, "Excluding", "Result"), |row| {
        latest_cell(scorecard, Some(&row.excluding.assessed), row.indicator, notes)
            .about(row.area, row.entry.indicator)
    });
    table.column(headed(Column::mark, "Excluding", "RAG"), |row| {
        rating_cell(definition, Some(&row.excluding.assessed), row.indicator, notes)
    });
    table.column(number("Excluding"), |row| numerator_cell(Some(row.excluding_amount())));
    table.column(out_of("Excluding"), |row| denominator_cell(Some(row.excluding_amount())));
    let has_percentages = scorecard.areas.iter().flat_map(|area| &area.entries).any(|entry| {
        let is_percent = definition.indicator(entry.indicator).unit == Unit::Percent;
        is_percent && entry.excluding.iter().any(|one| matches!(one.variance, Variance::Of(_)))
    });
    table.column(difference_column("Variance", "Var.", has_percentages), |row| {
        let Excluding { variance, assessed: without, .. } = row.excluding;
        let including = row.entry.including.as_ref();
        let tie = notes.variance_tie(definition, variance, without, including, row.indicator);
        excluding_cell(row.excluding, including, row.indicator).noted(tie)
    });
    table.column(Column::alone("Group"), |row| Cell::text(&row.heading));
    table
}
