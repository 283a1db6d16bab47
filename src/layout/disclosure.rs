//! A public edition as the officer sees it who signs it off: what is left out and why, what could
//! not be protected, and what shows that the rest is.

use super::{Block, Cell, Column, Document, Page, TableBuilder, TableName, prose};
use crate::definition::{
    ActivityId, AllButAFew, AreaId, Definition, Disclosure, IndicatorId, Sensitivity, Show, Zeros,
};
use crate::disclosure::{
    Certificate, Key, NumberOf, PublicEdition, PublicMonth, Reason, Sensitive,
};
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
        .for_directors(definition)
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
            blocks.push(Block::heading(heading));
            blocks.push(Block::Table(table.finish(heading)));
        }
        blocks.push(Block::heading("Could not be protected"));
        blocks.push(Block::Prose(lines_or(
            self.of.exposed().map(|what| self.named(&what)).collect(),
            "Nothing: none of the small counts can be worked out from what is shown.",
        )));
        blocks.push(Block::heading("Published before"));
        let known = self.of.known.iter().map(|key| words::key(self.definition, key, self.month));
        blocks.push(Block::Prose(lines_or(
            known.collect(),
            "Nothing that is left out now has been published before.",
        )));
        let not_people: Vec<String> = self.not_about_people().collect();
        if !not_people.is_empty() {
            blocks.push(Block::heading("Shown because they are not about people"));
            blocks.push(Block::Prose(lines(not_people)));
        }
        let mut table = TableBuilder::<(Sensitive, [i64; 2])>::new();
        table.column(Column::flexible("Small count"), |(what, _)| Cell::text(self.named(what)));
        table.column(Column::text("Could be anything"), |(_, [low, high])| {
            Cell::text(format!("from {low} to {high}"))
        });
        for (what, shows) in self.of.protected() {
            table.row(&(what, shows.range(&self.of.system)));
        }
        if !table.is_empty() {
            blocks.push(Block::heading("Protected"));
            blocks.push(Block::Table(table.finish("Protected")));
        }
        blocks.push(Block::heading("Signed off"));
        blocks.push(Block::Prose(vec![
            prose::paragraph("Name: ______________________________"),
            prose::paragraph("Date: ______________________________"),
        ]));
        Page { name: "Public edition".to_owned(), ..Page::titled(title, blocks) }
    }

    /// The indicators and activities of which nothing is hidden, with the notes that say why.
    fn not_about_people(&self) -> impl Iterator<Item = String> {
        let indicators = self.definition.indicators_shown(self.month);
        let indicators = indicators.map(|id| self.definition.indicator(id));
        let indicators = indicators.filter(|of| of.sensitivity == Sensitivity::None).map(|of| {
            let note = of.note.as_ref().map_or_else(String::new, |note| format!(": {note}"));
            format!("{} {}{note}", of.shown_id(), of.name)
        });
        let activities = self.definition.activities.iter();
        let activities = activities.filter(|of| of.sensitivity == Sensitivity::None);
        indicators.chain(activities.map(|of| format!("{} {}", of.id, of.name)))
    }

    fn counted(&self) -> String {
        let hidden = |is: fn(&Reason) -> bool| {
            self.of.hidden.iter().filter(|(_, reason)| is(reason)).count()
        };
        let beside = hidden(|reason| matches!(reason, Reason::ToProtect(_)));
        let outside = hidden(|reason| *reason == Reason::NotInEdition);
        let own = self.of.hidden.len() - beside - outside;
        let mut said = match own {
            0 => "No figure is left out because of what it says".to_owned(),
            1 => "1 figure is not shown because of what it says".to_owned(),
            _ => format!("{own} figures are not shown because of what they say"),
        };
        if beside > 0 {
            let others = plural(beside, "other is withheld", "others are withheld");
            let those = plural(own, "it", "they");
            said = format!("{said}, and {beside} {others} so that {those} cannot be worked out");
        }
        if outside > 0 {
            let figures = plural(outside, "figure is", "figures are");
            said = format!("{said}. {outside} {figures} not part of the edition");
        }
        format!("{said}.")
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
                let was = self.of.system.value_of(*item);
                match self.of.number_of(*item) {
                    None => format!("what is shown nowhere: {value} instead of {was}"),
                    Some((key, number)) => {
                        let out_of = if number == NumberOf::Denominator { "out of " } else { "" };
                        let name = words::key(self.definition, &key, self.month);
                        format!("{name}: {out_of}{value} instead of {was}")
                    }
                }
            })
            .collect();
        if numbers.is_empty() { "the true numbers".to_owned() } else { numbers.join("; ") }
    }

    fn certificate(&self, what: &Sensitive, shows: &Certificate) -> String {
        let [low, high] = shows.range(&self.of.system);
        format!(
            "Protected: {}, {}, could be anything from {low} to {high}. {low} with {}. {high} with \
                {}. Both add up to all that is shown.",
            self.named(what),
            self.of.quantity(shows.quantity.index()),
            self.world(&shows.low),
            self.world(&shows.high)
        )
    }
}

/// A paragraph each.
fn lines(lines: Vec<String>) -> Vec<prose::Prose> {
    lines.into_iter().map(prose::paragraph).collect()
}

/// A paragraph each, or what is said where there are none.
fn lines_or(said: Vec<String>, none: &str) -> Vec<prose::Prose> {
    if said.is_empty() { vec![prose::paragraph(none)] } else { lines(said) }
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
/// protected: of the month, and of the earlier months that a paper goes back to.
#[must_use]
pub fn why_hidden(
    definition: &Definition,
    edition: &PublicEdition,
    month: Month,
    scope: &Scope,
    indicator: IndicatorId,
) -> Document {
    // A gap has no counts of its own: it is hidden where one of its sides is.
    let gap_of = definition.indicator(indicator).gap.as_ref().map(|gap| gap.indicator);
    let is_about = |id: IndicatorId| id == indicator || Some(id) == gap_of;
    let is_asked = |key: &Key| match key {
        Key::Figure((area, id, ..)) => is_about(*id) && scope.is_chosen(*area),
        Key::Activity(_) => false,
    };
    let of = definition.indicator(indicator);
    let name = (of.shown_id(), of.name.as_str());
    Reasons { definition, edition, month }.document(name, &is_asked, Vec::new())
}

/// The same of an activity, in the areas and teams of the report and those below: a paper has its
/// counts of the month and of the one before.
#[must_use]
pub fn why_hidden_activity(
    definition: &Definition,
    edition: &PublicEdition,
    month: Month,
    scope: &Scope,
    activity: ActivityId,
) -> Document {
    let of = definition.activity(activity);
    let before = month.before(1);
    let first = if of.show == Show::Change { before } else { month };
    let is_asked = |key: &Key| match key {
        Key::Activity((area, id, of)) => {
            *id == activity && *of >= first && scope.within().contains(area)
        }
        Key::Figure(_) => false,
    };
    let is_hidden = |area: AreaId, of| {
        let key = Key::Activity((area, activity, of));
        edition.month(of).is_some_and(|of| of.hides(&key))
    };
    let mut changes = Vec::new();
    if of.show == Show::Change {
        for area in scope.within() {
            let name = words::key(definition, &Key::Activity((*area, activity, month)), month);
            let told_by = match [is_hidden(*area, month), is_hidden(*area, before)] {
                [false, false] => continue,
                [true, true] => "it would tell how far apart the two counts are",
                _ => "it would tell the one count by the other",
            };
            changes.push(format!("The change of {name} is not shown: {told_by}."));
        }
    }
    Reasons { definition, edition, month }.document((&of.id, &of.name), &is_asked, changes)
}

/// Why figures of a month's public edition are not shown.
struct Reasons<'a> {
    definition: &'a Definition,
    edition: &'a PublicEdition,
    month: Month,
}

impl Reasons<'_> {
    fn document(
        &self,
        (id, name): (&str, &str),
        is_asked: &dyn Fn(&Key) -> bool,
        more: Vec<String>,
    ) -> Document {
        let of = |is_earlier: bool| {
            let months = self.edition.months.iter().rev();
            let months = months.filter(move |of| (of.month < self.month) == is_earlier);
            months.flat_map(|of| self.of_month(of, is_asked)).collect::<Vec<_>>()
        };
        let (now, earlier) = (of(false), of(true));
        let mut blocks = Vec::new();
        if now.is_empty() && earlier.is_empty() {
            let all = "The public edition shows every figure of it.".to_owned();
            blocks.push(Block::Prose(lines(vec![all])));
        }
        for (heading, said) in [(None, now), (Some("Earlier months"), earlier), (None, more)] {
            if !said.is_empty() {
                blocks.extend(heading.map(Block::heading));
                blocks.push(Block::Prose(lines(said)));
            }
        }
        let title = format!("{id} {name} in the public edition");
        let page = Page { name: id.to_owned(), ..Page::titled(title, blocks) };
        let title = self.definition.shown_title().to_owned();
        Document::about(title, self.month.long(), Vec::new(), vec![page])
            .for_directors(self.definition)
    }

    /// Each figure of a month that is not shown, and each small count that is protected.
    fn of_month(&self, of: &PublicMonth, is_asked: &dyn Fn(&Key) -> bool) -> Vec<String> {
        let (definition, month) = (self.definition, self.month);
        let Some(disclosure) = definition.public() else { return Vec::new() };
        let page = SignOff { definition, disclosure, of, month };
        let hidden = of.hidden.iter().filter(|(key, _)| is_asked(key));
        let hidden = hidden.map(|(key, reason)| {
            format!("{}: {}.", words::key(definition, key, month), page.why(*reason))
        });
        let protected = of.protected().filter(|(what, _)| is_asked(&what.key(of.month)));
        let protected = protected.map(|(what, shows)| page.certificate(&what, shows));
        hidden.chain(protected).collect()
    }
}

/// Adds to each page of a public edition what `[c]` means.
pub(super) fn add_footnotes(definition: &Definition, pages: &mut [Page]) {
    let Some(disclosure) = definition.public() else { return };
    let has_figures = |page: &Page| {
        page.table.is_none_or(|table| ![TableName::Definitions, TableName::Notes].contains(&table))
    };
    for page in pages.iter_mut().filter(|page| has_figures(page)) {
        let footnote = prose::paragraph(words::footnote(disclosure));
        page.blocks.push(Block::Prose(vec![footnote]));
    }
}
