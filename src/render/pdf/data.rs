//! What is on the pages, as the data that `document.typ` reads: sections of pages that lie the same
//! way, and in each of them headings, paragraphs, lists, tables and charts.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::letters::{shown, shown_in_markup};
use crate::definition::GlossaryTerm;
use crate::layout::prose::{Prose, Span, paragraph};
use crate::layout::{
    Align, Block, Cell, Document, Field, LANGUAGE, NOTHING, Page, Room, Row, Series, Table,
};
use crate::render::html::chart;
use crate::render::measure;
use crate::render::palette::{self, Rgb};
use crate::render::paper::{
    MARGIN_UPRIGHT, Orientation, TablePlan, Twips, caption, room, starts_page, worded,
};
use crate::render::plot::description;
use crate::wording;

/// The style of charts.
const CHART: &str = include_str!("chart.css");
/// A row with more letters than this may run over two pages.
const LONG_ROW: usize = 2000;

/// What is on the pages, and the charts by the names of their files.
pub(super) struct Content {
    pub pages: Value,
    pub charts: Vec<(String, String)>,
}

impl Content {
    /// What is on the pages of a document.
    pub(super) fn of(document: &Document) -> Self {
        let (language, region) = LANGUAGE.split_once('-').unwrap_or((LANGUAGE, ""));
        let mut writer = Writer::default();
        writer.document(document);
        let about = json!({
            "title": named(&document.title),
            "author": document.organisation.as_deref().map(shown),
            "subject": shown(&document.imprint()),
            "marking": document.marking.as_deref().map(shown),
            "language": language,
            "region": region.to_lowercase(),
            "colours": {
                "dark": colour(palette::DARK),
                "light": colour(palette::LIGHT),
                "line": colour(palette::LINE),
            },
            "sections": writer.sections,
        });
        Self { pages: about, charts: writer.charts }
    }
}

/// The paper of a page of the report: A3 for a table whose columns would be narrower than their words.
fn orientation(page: &Page) -> Orientation {
    let is_squeezed = |table: &Table| TablePlan::of(table, Orientation::Landscape).is_squeezed;
    match Orientation::of(page) {
        Orientation::Landscape if page.blocks.iter().filter_map(Block::table).any(is_squeezed) => {
            Orientation::Large
        }
        usual => usual,
    }
}

/// The sections as they are being made.
#[derive(Default)]
struct Writer {
    sections: Vec<Value>,
    /// What is on the pages of the section that is open.
    items: Vec<Value>,
    charts: Vec<(String, String)>,
    orientation: Orientation,
    /// The number of heading levels above the current blocks.
    level: usize,
}

impl Writer {
    fn document(&mut self, document: &Document) {
        self.items.push(json!({ "kind": "title" }));
        self.fields(&document.facts);
        let pages = document.pages.len();
        if document.covering.is_empty() {
            // A single page needs no contents.
            self.items.extend((pages > 1).then(contents));
        } else {
            self.heading("Performance report", false);
            self.level = 1;
            self.blocks(&document.covering, &[], &document.terms_in(&document.covering));
            self.level = 0;
            self.heading("Appendix", false);
            self.items.push(contents());
            self.level = 1;
        }
        for page in &document.pages {
            let orientation = orientation(page);
            // What stands before the pages is read upright; a single page goes on below it.
            if pages > 1 || orientation != Orientation::Portrait || !document.covering.is_empty() {
                self.end_section();
            }
            self.orientation = orientation;
            let title = named(&page.title);
            let level = self.level + 1;
            self.items.push(json!({ "kind": "page", "level": level, "text": title }));
            self.level += 1;
            self.blocks(&page.blocks, &page.notes, &document.terms_of(page));
            self.level -= 1;
        }
        self.end_section();
    }

    fn end_section(&mut self) {
        let items = std::mem::take(&mut self.items);
        if !items.is_empty() {
            let [width, height, side] = self.orientation.paper();
            self.sections.push(json!({
                "width": width, "height": height, "side": side, "upright": MARGIN_UPRIGHT,
                "items": items,
            }));
        }
    }

    fn heading(&mut self, text: &str, new_page: bool) {
        let level = (self.level + 1).min(4);
        let heading =
            json!({ "kind": "heading", "level": level, "text": named(text), "new_page": new_page });
        self.items.push(heading);
    }

    fn blocks(&mut self, blocks: &[Block], notes: &[String], terms: &[&GlossaryTerm]) {
        for (index, block) in blocks.iter().enumerate() {
            match block {
                Block::Heading(heading) => {
                    self.heading(heading, starts_page(blocks, index));
                }
                Block::Fields(fields) => self.fields(fields),
                Block::Glance(glance) => self.prose(&[paragraph(&glance.said)]),
                Block::Alone(_) => {}
                Block::Table(table) | Block::Series(Series { table, .. })
                    if table.rows.is_empty() => {}
                Block::Table(table) => self.table(table),
                Block::Series(series) => self.series(series),
                Block::Prose(prose) => self.prose(prose),
            }
        }
        for (index, note) in notes.iter().enumerate() {
            let text = format!("{} {note}", wording::note_mark(index + 1));
            self.note(&text);
        }
        for term in terms {
            self.note(&term.to_string());
        }
    }

    fn note(&mut self, text: &str) {
        self.items.push(json!({ "kind": "note", "text": shown(text) }));
    }

    fn fields(&mut self, fields: &[Field]) {
        let field = |field: &Field| json!([shown(&field.label), shown(&field.text)]);
        let fields: Vec<_> = fields.iter().map(field).collect();
        self.items
            .extend((!fields.is_empty()).then(|| json!({ "kind": "fields", "fields": fields })));
    }

    /// A table as it is laid out for paper, in one part or in several.
    fn table(&mut self, table: &Table) {
        let plan = TablePlan::of(table, self.orientation);
        for (index, columns) in plan.tables.iter().enumerate() {
            let caption = caption(table, index);
            self.items.push(json!({
                "kind": "table",
                "caption": shown(&caption),
                "is_first": index == 0,
                "size": plan.size,
                "columns": columns.iter().map(|column| column_of(table, *column, plan.size)).collect::<Vec<_>>(),
                "rows": table.rows.iter().map(|row| row_of(row, columns, plan.size)).collect::<Vec<_>>(),
                "names": names(table, columns),
            }));
        }
        if let Some(text) = plan.said() {
            self.note(&text);
        }
    }

    /// The table of a series, with its chart below it, if there is anything to draw.
    fn series(&mut self, series: &Series) {
        self.table(&series.table);
        let about = &series.chart;
        let Some(picture) = chart::picture(about, CHART) else { return };
        let file = format!("chart-{}.svg", self.charts.len() + 1);
        self.items.push(json!({
            "kind": "chart",
            "file": file,
            "name": shown(&about.name),
            "title": shown(&about.title),
            "alt": shown(&description(about)),
        }));
        self.charts.push((file, shown_in_markup(&picture)));
    }

    fn prose(&mut self, prose: &[Prose]) {
        for these in prose.chunk_by(|before, next| next.continues(before)) {
            match &these[0] {
                Prose::Paragraph(text) => {
                    self.items.push(json!({ "kind": "paragraph", "spans": spans(text) }));
                }
                Prose::Heading(text) => {
                    let text: String = text.iter().map(|span| span.text.as_str()).collect();
                    self.heading(&text, false);
                }
                Prose::Item { .. } => {
                    self.items.extend(lists(these));
                }
                Prose::Row { .. } => self.items.push(texts(these)),
            }
        }
    }
}

/// A title or heading: one with nothing in it could not be found by those who cannot see the page.
fn named(text: &str) -> Cow<'_, str> {
    Some(shown(text)).filter(|text| !text.trim().is_empty()).unwrap_or(Cow::Borrowed(NOTHING))
}

fn contents() -> Value {
    json!({ "kind": "contents" })
}

fn colour(colour: Rgb) -> String {
    format!("#{}", palette::hex(colour))
}

fn spans(spans: &[Span]) -> Vec<Value> {
    let of = |span: &Span| json!({ "text": shown(&span.text), "strong": span.strong, "emphasis": span.emphasis });
    spans.iter().map(of).collect()
}

/// Items as lists, and those that stand deeper as lists within the item before them.
fn lists(items: &[Prose]) -> Vec<Value> {
    let mut lists = Vec::<Value>::new();
    let mut rest = items;
    while let Some(Prose::Item { depth, number, spans: text }) = rest.first() {
        let is_within = |item: &&Prose| matches!(item, Prose::Item { depth: at, .. } if at > depth);
        let within = rest[1..].iter().take_while(is_within).count();
        let item = json!({ "spans": spans(text), "lists": self::lists(&rest[1..=within]) });
        rest = &rest[within + 1..];
        let open = lists.last_mut().filter(|list| list["ordered"] == number.is_some());
        match open.and_then(|list| list["items"].as_array_mut()) {
            Some(items) => items.push(item),
            None => lists.push(json!({
                "kind": "list",
                "ordered": number.is_some(),
                "start": number.unwrap_or(1),
                "items": [item],
            })),
        }
    }
    lists
}

/// Rows of a table of texts, such as one in a commentary.
fn texts(rows: &[Prose]) -> Value {
    let cells = |row: &Prose| match row {
        Prose::Row { cells, .. } => cells.iter().map(|cell| spans(cell)).collect::<Vec<_>>(),
        Prose::Paragraph(_) | Prose::Heading(_) | Prose::Item { .. } => Vec::new(),
    };
    let has_header = matches!(rows.first(), Some(Prose::Row { is_header: true, .. }));
    let rows: Vec<_> = rows.iter().map(cells).collect();
    let width = rows.iter().map(Vec::len).max().unwrap_or(1).max(1);
    json!({ "kind": "texts", "header": has_header, "width": width, "rows": rows })
}

fn column_of(table: &Table, (column, width): (usize, Twips), size: u32) -> Value {
    let about = &table.columns[column];
    let align = match about.align {
        Align::Left => "left",
        Align::Right => "right",
        Align::Centre => "center",
    };
    json!({ "width": width, "align": align, "heading": fitting(&about.heading, width, size, true) })
}

/// The column whose cells say what their rows are about: that of names, or else the first.
fn names(table: &Table, columns: &[(usize, Twips)]) -> usize {
    let is_name = |(column, _): &(usize, Twips)| table.columns[*column].room == Room::Flexible;
    columns.iter().position(is_name).unwrap_or(0)
}

fn row_of(row: &Row, columns: &[(usize, Twips)], size: u32) -> Value {
    match row {
        Row::Section(title) => json!({ "section": shown(title) }),
        Row::Cells(cells) => {
            let of = || columns.iter().map(|(column, width)| (&cells[*column], *width));
            let letters: usize = of().map(|(cell, _)| cell.text.len()).sum();
            let cells: Vec<_> = of().map(|(cell, width)| cell_of(cell, width, size)).collect();
            json!({ "cells": cells, "whole": letters < LONG_ROW })
        }
    }
}

fn cell_of(cell: &Cell, width: Twips, size: u32) -> Value {
    let (fill, letters) = cell.coloured().map(palette::rag).unzip();
    json!({
        "text": fitting(&worded(cell), width, size, fill.is_some()),
        "marks": shown(wording::note_marks(&cell.notes).trim_start()),
        "fill": fill.map(colour),
        "colour": letters.map(colour),
    })
}

/// The text of a cell, with words that are wider than its column hyphenated where they have to be. A
/// number stays whole.
fn fitting(text: &str, width: Twips, size: u32, bold: bool) -> String {
    let text = shown(text);
    let room = room(width, size);
    if measure::longest_word(&text, bold) <= room {
        return text.into_owned();
    }
    let mut fitting = String::new();
    for word in text.split_inclusive(char::is_whitespace) {
        let is_too_wide = measure::width(word.trim_end(), bold) > room;
        let mut before = ' ';
        for letter in word.chars() {
            if is_too_wide && before.is_alphabetic() && letter.is_alphabetic() {
                fitting.push('\u{ad}');
            }
            fitting.push(letter);
            before = letter;
        }
    }
    fitting
}
