//! Every text of a document, in one walk: what holds of all of them is done here.
//!
//! Each type is taken apart by name, so that a field that is added has to be thought of.

use super::prose::{Prose, Span};
use super::{
    Block, Cell, Chart, Column, Counts, Document, Field, Glance, News, Page, Point, Row, Series,
    Table, Under, Working,
};
use crate::text::printable;

/// What has texts in it.
pub trait Texts {
    /// Does `work` with each text that a format may show.
    fn each_text(&mut self, work: &mut impl FnMut(&mut String));

    /// Leaves nothing in the texts that a terminal, a spreadsheet or a browser would act on.
    fn make_printable(&mut self) {
        self.each_text(&mut |text| {
            if let std::borrow::Cow::Owned(printable) = printable(text) {
                *text = printable;
            }
        });
    }
}

impl Texts for String {
    fn each_text(&mut self, work: &mut impl FnMut(&mut String)) {
        work(self);
    }
}

impl<T: Texts> Texts for Vec<T> {
    fn each_text(&mut self, work: &mut impl FnMut(&mut String)) {
        for part in self {
            part.each_text(work);
        }
    }
}

impl<T: Texts> Texts for Option<T> {
    fn each_text(&mut self, work: &mut impl FnMut(&mut String)) {
        if let Some(part) = self {
            part.each_text(work);
        }
    }
}

/// The fields of a type that have texts in them, and after the semicolon those that have none.
macro_rules! texts {
    ($($type:ident { $($text:ident),*; $($other:ident),* })*) => {
        $(impl Texts for $type {
            fn each_text(&mut self, work: &mut impl FnMut(&mut String)) {
                let Self { $($text,)* $($other: _,)* } = self;
                $($text.each_text(work);)*
            }
        })*
    };
}

texts! {
    Document { title, organisation, subject, facts, key, covering, pages, workings; dated }
    Working { page; area, indicator }
    Page { name, title, area, blocks, notes; table }
    Field { label, text; }
    Table { caption, columns, rows; }
    Column { heading, full_heading, short_heading, under; align, room, alone_only }
    Under { group, heading; }
    Cell { text; value, notes, mark, about }
    Glance { counts, news; }
    News { title, items; }
    Series { table, chart; }
    Chart { title, summary, points; axis }
    Point { label; result, rag, target, floor_low, floor_high }
    Span { text; emphasis, strong }
}

impl Texts for Counts {
    fn each_text(&mut self, work: &mut impl FnMut(&mut String)) {
        let Self { title, kinds } = self;
        title.each_text(work);
        for (kind, _) in kinds {
            kind.each_text(work);
        }
    }
}

impl Texts for Row {
    fn each_text(&mut self, work: &mut impl FnMut(&mut String)) {
        match self {
            Self::Section(title) => title.each_text(work),
            Self::Cells(cells) => cells.each_text(work),
        }
    }
}

impl Texts for Block {
    fn each_text(&mut self, work: &mut impl FnMut(&mut String)) {
        match self {
            Self::Heading(heading) => heading.each_text(work),
            Self::Fields(fields) => fields.each_text(work),
            Self::Table(table) => table.each_text(work),
            Self::Series(series) => series.each_text(work),
            Self::Glance(glance) => glance.each_text(work),
            Self::Prose(prose) => prose.each_text(work),
        }
    }
}

impl Texts for Prose {
    fn each_text(&mut self, work: &mut impl FnMut(&mut String)) {
        match self {
            Self::Paragraph(spans)
            | Self::Heading(spans)
            | Self::Item { depth: _, number: _, spans } => spans.each_text(work),
            Self::Row { is_header: _, cells } => cells.each_text(work),
        }
    }
}
