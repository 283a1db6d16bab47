//! Every text of a document, in one walk: what holds of all of them is done here.

use std::borrow::Cow;

use super::prose::{Prose, Span};
use super::{
    About, Block, Cell, Chart, Column, Counts, DetailPart, Document, Field, Glance, Link, Page,
    Point, Row, Series, Sparkline, Table, Under, Value, Working,
};
use crate::definition::GlossaryTerm;
use crate::text::{is_unprintable, printable};

/// What has texts in it.
pub trait Texts: Clone {
    /// Looks at each text that a format may show, until one is what is looked for.
    fn any_text(&self, is_it: &mut impl FnMut(&str) -> bool) -> bool;

    /// Changes each text that a format may show.
    fn change_texts(&mut self, change: &mut impl FnMut(&mut String));

    /// The same with nothing in its texts that a terminal, a spreadsheet or a browser would act on.
    /// Every page format renders this, so that none has to think of it, nor any table.
    fn printable(&self) -> Cow<'_, Self> {
        if !self.any_text(&mut |text| text.contains(is_unprintable)) {
            return Cow::Borrowed(self);
        }
        let mut changed = self.clone();
        changed.change_texts(&mut |text| *text = printable(text).into_owned());
        Cow::Owned(changed)
    }
}

impl Texts for String {
    fn any_text(&self, is_it: &mut impl FnMut(&str) -> bool) -> bool {
        is_it(self)
    }

    fn change_texts(&mut self, change: &mut impl FnMut(&mut String)) {
        change(self);
    }
}

impl<T: Texts> Texts for Vec<T> {
    fn any_text(&self, is_it: &mut impl FnMut(&str) -> bool) -> bool {
        self.iter().any(|part| part.any_text(is_it))
    }

    fn change_texts(&mut self, change: &mut impl FnMut(&mut String)) {
        for part in self {
            part.change_texts(change);
        }
    }
}

impl<T: Texts> Texts for Option<T> {
    fn any_text(&self, is_it: &mut impl FnMut(&str) -> bool) -> bool {
        self.as_ref().is_some_and(|part| part.any_text(is_it))
    }

    fn change_texts(&mut self, change: &mut impl FnMut(&mut String)) {
        if let Some(part) = self {
            part.change_texts(change);
        }
    }
}

impl Texts for (Cell, usize) {
    fn any_text(&self, is_it: &mut impl FnMut(&str) -> bool) -> bool {
        self.0.any_text(is_it)
    }

    fn change_texts(&mut self, change: &mut impl FnMut(&mut String)) {
        self.0.change_texts(change);
    }
}

/// The fields of a type that have texts in them, and after the semicolon those that have none: a
/// field that is added has to be thought of.
macro_rules! texts_of_fields {
    ($($type:ident { $($text:ident),*; $($other:ident),* })*) => {
        $(impl Texts for $type {
            fn any_text(&self, is_it: &mut impl FnMut(&str) -> bool) -> bool {
                let Self { $($text,)* $($other: _,)* } = self;
                false $(|| $text.any_text(is_it))*
            }

            fn change_texts(&mut self, change: &mut impl FnMut(&mut String)) {
                let Self { $($text,)* $($other: _,)* } = self;
                $($text.change_texts(change);)*
            }
        })*
    };
}

/// The forms of a type, each with texts in it.
macro_rules! texts_of_forms {
    ($($type:ident { $($form:ident),* })*) => {
        $(impl Texts for $type {
            fn any_text(&self, is_it: &mut impl FnMut(&str) -> bool) -> bool {
                match self { $(Self::$form(part) => part.any_text(is_it),)* }
            }

            fn change_texts(&mut self, change: &mut impl FnMut(&mut String)) {
                match self { $(Self::$form(part) => part.change_texts(change),)* }
            }
        })*
    };
}

texts_of_fields! {
    Document { title, organisation, subject, status, marking, facts, key, glossary, covering, pages, links, workings; dated, template }
    Link { text, address; }
    Working { area, page; indicator }
    Page { name, title, area, blocks, notes; table }
    Field { label, text; }
    Table { caption, columns, rows; is_noted }
    Column { heading, full_heading, csv_heading, short_heading, under; align, room, shown, is_of_ids }
    Under { group, heading; }
    Cell { text, value, about, id, detail, address; notes, mark, rating }
    DetailPart { text, heading; }
    About { area; indicator }
    Glance { counts, said; }
    Counts { title, kinds, note; }
    Series { table, chart; }
    Chart { name, title, summary, points; axis }
    Point { label, rebased; result, rag, target, floor_low, floor_high, limits }
    Sparkline { name, points; }
    Span { text; emphasis, strong }
    GlossaryTerm { term, means; }
}

texts_of_forms! {
    Block { Heading, Fields, Table, Series, Glance, Alone, Prose }
    Row { Section, Cells }
}

impl Texts for Value {
    fn any_text(&self, is_it: &mut impl FnMut(&str) -> bool) -> bool {
        if let Self::Sparkline(sparkline) = self { sparkline.any_text(is_it) } else { false }
    }

    fn change_texts(&mut self, change: &mut impl FnMut(&mut String)) {
        if let Self::Sparkline(sparkline) = self {
            sparkline.change_texts(change);
        }
    }
}

impl Texts for Prose {
    fn any_text(&self, is_it: &mut impl FnMut(&str) -> bool) -> bool {
        match self {
            Self::Paragraph(spans)
            | Self::Heading(spans)
            | Self::Item { depth: _, number: _, spans } => spans.any_text(is_it),
            Self::Row { is_header: _, cells } => cells.any_text(is_it),
        }
    }

    fn change_texts(&mut self, change: &mut impl FnMut(&mut String)) {
        match self {
            Self::Paragraph(spans)
            | Self::Heading(spans)
            | Self::Item { depth: _, number: _, spans } => spans.change_texts(change),
            Self::Row { is_header: _, cells } => cells.change_texts(change),
        }
    }
}
