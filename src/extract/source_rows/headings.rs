//! What the headings of a table name: they are placed once, above its rows.

use std::collections::BTreeSet;

use super::super::period::{PeriodText, no_month};
use super::SourceRows;
use crate::definition::{SourceKind, StandardColumn, UnknownAreas};
use crate::diagnostic::{Code, Findings, Place};
use crate::source::Group;
use crate::text::quote;

/// What comes of a heading.
enum Placed {
    /// What it names is read.
    Read,
    /// It is of another month or indicator.
    LeftOut,
    /// It names nothing that is defined.
    Unknown,
}

impl SourceRows<'_, '_, '_> {
    /// Says which headings name nothing, and leaves out those of other months and areas.
    pub(super) fn place_headings(&mut self, findings: &mut Findings) {
        for heading in &self.layout.unplaced {
            let found = format!("the heading {} {}", quote(&heading.text), heading.found);
            let place = self.heading(heading.position);
            let remedy = heading.remedy.clone();
            findings.push(self.reader.finding(Code::UnknownHeading, place, found, remedy));
        }
        let mut groups = std::mem::take(&mut self.layout.groups);
        let mut told = BTreeSet::new();
        groups.retain_mut(|group| self.place_group(group, &mut told, findings));
        if !self.layout.unplaced.is_empty() {
            groups.retain(is_whole);
        }
        self.layout.groups = groups;
    }

    fn heading(&self, position: usize) -> Place {
        self.origin.cell(self.headings, u32::try_from(position).unwrap_or(0))
    }

    /// Places the headings above a figure, as we call what they name, and says whether the figure
    /// is read.
    fn place_group(
        &mut self,
        group: &mut Group<'_>,
        told: &mut BTreeSet<String>,
        findings: &mut Findings,
    ) -> bool {
        let position = group.figures.first().map_or(0, |(_, position)| *position);
        for (column, text) in &mut group.fixed {
            *text = self.reader.our_name(*column, text).to_owned();
            match self.place_heading(*column, text) {
                Placed::Read => {}
                Placed::LeftOut => return false,
                Placed::Unknown => {
                    let leaves_out = self.reader.source.unknown_areas == UnknownAreas::LeaveOut;
                    if leaves_out && *column == self.reader.source.kind.place_column() {
                        self.left_out.unknown_areas += 1;
                    } else if told.insert(text.clone()) {
                        self.report_unknown(*column, text, position, findings);
                    }
                    return false;
                }
            }
        }
        // Figures of benchmarks are of all months, and all others of the one that is read.
        let keeps_month = self.reader.source.kind == SourceKind::Benchmarks;
        group.fixed.retain(|(column, _)| *column != StandardColumn::Month || keeps_month);
        true
    }

    /// Places a heading; that of a month is then written as we write it.
    fn place_heading(&mut self, column: StandardColumn, text: &mut String) -> Placed {
        let reader = self.reader;
        match column {
            StandardColumn::Month => match reader.form.month(text) {
                PeriodText::One(month) if reader.is_of(month) => {
                    self.months_of_headings.insert(month);
                    *text = month.to_string();
                    Placed::Read
                }
                PeriodText::One(month) => {
                    self.left_out.months.insert(month);
                    Placed::LeftOut
                }
                _ => Placed::Unknown,
            },
            _ if reader.names.has(column, text) == Some(false) => Placed::Unknown,
            StandardColumn::Indicator if !reader.takes_indicator(text) => Placed::LeftOut,
            _ => Placed::Read,
        }
    }

    fn report_unknown(
        &self,
        column: StandardColumn,
        text: &str,
        position: usize,
        findings: &mut Findings,
    ) {
        let what = column.as_str();
        let (found, remedy) = if column == StandardColumn::Month {
            let (found, remedy) = no_month(text, &self.reader.form.month(text));
            let ignore = "put it under `ignore` if it does not belong to the figures";
            (format!("the heading {found}"), format!("{remedy}; or {ignore}"))
        } else {
            let guess = self.reader.names.guess_of(column, text);
            let remedy = format!(
                "{guess}put it under `ignore` of the source if it does not belong to the \
                    figures, or say under [source.names.{what}] what it is"
            );
            (format!("the heading {} is no {what}", quote(text)), remedy)
        };
        let place = self.heading(position);
        findings.push(self.reader.finding(Code::UnknownHeading, place, found, remedy));
    }
}

/// Whether a row has both of a numerator and a denominator, or neither.
fn is_whole(group: &Group<'_>) -> bool {
    let has = |column| group.figures.iter().any(|(there, _)| *there == column);
    has(StandardColumn::Numerator) == has(StandardColumn::Denominator)
}
