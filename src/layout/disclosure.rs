//! A public edition as the officer sees it who signs it off: what is left out and why, what could
//! not be protected, and what shows that the rest is.

use super::{Block, Cell, Column, Document, Page, TableBuilder, TableName, prose};
use crate::definition::{AllButAFew, Definition, Disclosure, IndicatorId, Zeros};
use crate::disclosure::{Certificate, Key, PublicEdition, PublicMonth, Reason, Sensitive};
use crate::month::Month;
use crate::scope::Scope;
use crate::text::plural;
use crate::wording::disclosure as words;

/// The page to sign of a month's public edition.
#[must_use]
pub fn sign_off(definition: &Definition, edition: &PublicEdition, month: Month) -> Document {
    let mut pages = Vec::new();
    if let (Some(disclosure), Some(of)) = (definition.public(), edition.month(month)) {
        pages.push(SignOff { definition, disclosure, of, month }.page());
    }
    Document::about(definition.shown_title().to_owned(), month.long(), Vec::new(), pages)
}

struct SignOff<'a> {
    definition: &'a Definition,
    disclosure: &'a Disclosure,
    of: &'a PublicMonth,
    month: Month,
}

impl SignOff<'_> {
    fn page(&self) -> Page {
        let title = format!("Public edition of {}: to be signed off", self.month.long());
        let mut blocks = vec![Block::Prose(vec![
            prose::paragraph(thresholds(self.disclosure)),
            prose::paragraph(self.counted()),
        ])];
        let kinds: [(&str, bool); 2] = [("Not shown", true), ("Not part of the edition", false)];
        for (heading, is_hidden) in kinds {
            let of_kind: Vec<_> = self
                .of
                .hidden
                .iter()
                .filter(|(_, reason)| (*reason != Reason::NotInEdition) == is_hidden)
                .collect();
            if of_kind.is_empty() {
                continue;
            }
            let mut table = TableBuilder::<&(Key, Reason)>::new();
            table.column(Column::text("Figure"), |(key, _)| {
                Cell::text(words::key(self.definition, key, self.month))
            });
            table.column(Column::flexible("Why"), |(_, reason)| Cell::text(self.why(*reason)));
            for hidden in of_kind {
                table.row(&hidden);
            }
            blocks.push(Block::Heading(heading.to_owned()));
            blocks.push(Block::Table(table.finish(heading)));
        }
        blocks.push(Block::Heading("Could not be protected".to_owned()));
        blocks.push(Block::Prose(lines(
            self.of.exposed().map(|what| self.named(&what)).collect(),
            "Nothing: none of the small counts can be worked out from what is shown.",
        )));
        blocks.push(Block::Heading("Published before".to_owned()));
        let known = self.of.known.iter().map(|key| words::key(self.definition, key, self.month));
        blocks.push(Block::Prose(lines(
            known.collect(),
            "Nothing that is left out now has been published before.",
        )));
        let mut table = TableBuilder::<(Sensitive, [i64; 2])>::new();
        table.column(Column::flexible("Small count"), |(what, _)| Cell::text(self.named(what)));
        table.column(Column::text("Could be anything"), |(_, [low, high])| {
            Cell::text(format!("from {low} to {high}"))
        });
        for (what, shows) in self.of.protected() {
            table.row(&(what, shows.range(&self.of.system)));
        }
        if !table.is_empty() {
            blocks.push(Block::Heading("Protected".to_owned()));
            blocks.push(Block::Table(table.finish("Protected")));
        }
        blocks.push(Block::Heading("Signed off".to_owned()));
        blocks.push(Block::Prose(vec![
            prose::paragraph("Name: ______________________________"),
            prose::paragraph("Date: ______________________________"),
        ]));
        Page {
            table: None,
            name: "Public edition".to_owned(),
            title,
            area: None,
            blocks,
            notes: Vec::new(),
        }
    }

    fn counted(&self) -> String {
        let hidden = |is: fn(&Reason) -> bool| {
            self.of.hidden.iter().filter(|(_, reason)| is(reason)).count()
        };
        let beside = hidden(|reason| matches!(reason, Reason::ToProtect(_)));
        let outside = hidden(|reason| *reason == Reason::NotInEdition);
        let own = self.of.hidden.len() - beside - outside;
        format!(
            "{own} {} not shown for what they say themselves, and {beside} {} so that those cannot \
                be worked out. {outside} {} not part of the edition.",
            plural(own, "figure is", "figures are"),
            plural(beside, "other is withheld", "others are withheld"),
            plural(outside, "figure is", "figures are"),
        )
    }

    fn named(&self, what: &Sensitive) -> String {
        words::sensitive(self.definition, what, self.month)
    }

    fn why(&self, reason: Reason) -> String {
        words::reason(self.definition, self.disclosure, self.of, reason, self.month)
    }

    /// The numbers of another world that differ from the true ones.
    fn world(&self, world: &[(crate::disclosure::Item, i64)]) -> String {
        let numbers: Vec<String> = world
            .iter()
            .map(|(item, value)| {
                let name = self.of.key_of(*item).map_or_else(
                    || "what is shown nowhere".to_owned(),
                    |key| words::key(self.definition, &key, self.month),
                );
                format!("{name}: {value} instead of {}", self.of.system.value_of(*item))
            })
            .collect();
        if numbers.is_empty() { "the true numbers".to_owned() } else { numbers.join("; ") }
    }

    fn certificate(&self, what: &Sensitive, shows: &Certificate) -> String {
        let [low, high] = shows.range(&self.of.system);
        format!(
            "Protected: {} could be anything from {low} to {high}. {low} with {}. {high} with {}. \
                Both add up to all that is shown.",
            self.named(what),
            self.world(&shows.low),
            self.world(&shows.high)
        )
    }
}

/// A paragraph each, or what is said where there are none.
fn lines(lines: Vec<String>, none: &str) -> Vec<prose::Prose> {
    if lines.is_empty() {
        return vec![prose::paragraph(none)];
    }
    lines.into_iter().map(prose::paragraph).collect()
}

/// What is not shown, in a sentence for the officer.
fn thresholds(disclosure: &Disclosure) -> String {
    let all_but = match disclosure.all_but_a_few {
        AllButAFew::Hide => {
            format!(
                ", nor percentages that all but fewer than {} are in",
                disclosure.smallest_shown
            )
        }
        AllButAFew::Show => String::new(),
    };
    let zeros = match disclosure.zeros {
        Zeros::Show => "0 and 100% are shown",
        Zeros::Hide => "0 and 100% are not shown",
    };
    format!(
        "Counts of fewer than {} are not shown, nor percentages, rates and averages out of fewer \
            than {}{all_but}. {zeros}.",
        disclosure.smallest_shown, disclosure.smallest_out_of
    )
}

/// Why figures of an indicator are not shown in public, and the two other worlds of those that are
/// protected.
#[must_use]
pub fn why_hidden(
    definition: &Definition,
    edition: &PublicEdition,
    month: Month,
    scope: &Scope,
    indicator: IndicatorId,
) -> Document {
    let mut lines = Vec::new();
    if let (Some(disclosure), Some(of)) = (definition.public(), edition.month(month)) {
        let page = SignOff { definition, disclosure, of, month };
        // A gap has no counts of its own: it is hidden where one of its sides is.
        let gap_of = definition.indicator(indicator).gap.as_ref().map(|gap| gap.indicator);
        let is_about = |id: IndicatorId| id == indicator || Some(id) == gap_of;
        let is_asked = |key: &Key| matches!(key, Key::Figure((area, id, ..)) if is_about(*id) && scope.is_chosen(*area));
        for (key, reason) in of.hidden.iter().filter(|(key, _)| is_asked(key)) {
            let key = words::key(definition, key, month);
            lines.push(format!("{key}: {}.", page.why(*reason)));
        }
        if lines.is_empty() {
            lines.push("The public edition shows every figure of it.".to_owned());
        }
        for (what, shows) in of.protected().filter(|(what, _)| is_asked(&what.key(month))) {
            lines.push(page.certificate(&what, shows));
        }
    }
    let of = definition.indicator(indicator);
    let title = format!("{} {} in the public edition", of.shown_id(), of.name);
    let page = Page {
        table: None,
        name: of.shown_id().to_owned(),
        title,
        area: None,
        blocks: vec![Block::Prose(lines.into_iter().map(prose::paragraph).collect())],
        notes: Vec::new(),
    };
    Document::about(definition.shown_title().to_owned(), month.long(), Vec::new(), vec![page])
}

/// Adds to each page of a public edition what `[c]` means.
pub(super) fn add_footnotes(definition: &Definition, pages: &mut [Page]) {
    let Some(disclosure) = definition.public() else { return };
    let has_figures = |page: &Page| {
        page.table.is_some_and(|table| ![TableName::Definitions, TableName::Notes].contains(&table))
    };
    for page in pages.iter_mut().filter(|page| has_figures(page)) {
        let footnote = prose::paragraph(words::footnote(disclosure));
        page.blocks.push(Block::Prose(vec![footnote]));
    }
}
