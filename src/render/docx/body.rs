//! The main text: paragraphs, lists, tables and charts, in portrait and landscape sections.

use super::run::{Run, paragraph, run};
use super::section::{Reference, section};
use super::table;
use crate::definition::GlossaryTerm;
use crate::layout::prose::{self, Prose, Span};
use crate::layout::{Block, Chart, Document, Field, Page, Series, Table};
use crate::render::palette;
use crate::render::paper::{Orientation, TablePlan, starts_page};
use crate::render::xml::XmlWriter;
use crate::wording;

/// The size of a chart: 170 by 70 millimetres, in the units of drawings.
const CHART: [(&str, &str); 2] = [("cx", "6120000"), ("cy", "2520000")];

/// The body of the document, and what its other parts need to know about it.
pub(super) struct Body<'d> {
    xml: XmlWriter,
    /// The charts, in order; the first is number 1.
    pub charts: Vec<&'d Chart>,
    /// The first number of each numbered list.
    pub lists: Vec<u64>,
    /// Whether its pages have a header.
    is_marked: bool,
    /// How many tables there are so far.
    tables: usize,
    /// The orientation of the current pages.
    orientation: Orientation,
    /// The number of heading levels above the current blocks.
    level: usize,
    /// The headers and footers of the council's own document.
    own: Vec<Reference>,
}

impl<'d> Body<'d> {
    pub(super) const NAMESPACES: [(&'static str, &'static str); 5] = [
        ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
        ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
        ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
        ("xmlns:c", "http://schemas.openxmlformats.org/drawingml/2006/chart"),
    ];

    /// Lays out the document, with the headers and footers of the council's own.
    pub(super) fn of(document: &'d Document, own: &[Reference]) -> Self {
        let mut body = Self {
            xml: XmlWriter::default(),
            charts: Vec::new(),
            lists: Vec::new(),
            is_marked: document.marking.is_some(),
            tables: 0,
            orientation: Orientation::Portrait,
            level: 0,
            own: own.to_vec(),
        };
        body.paragraph("Title", &[Run { text: &document.title, ..Run::default() }]);
        body.fields(&document.facts);
        if !document.covering.is_empty() {
            body.heading("Performance report", None);
            body.level = 1;
            body.blocks(&document.covering, &[], &document.terms_in(&document.covering));
            body.level = 0;
            body.contents(&document.pages);
            body.level = 1;
        }
        for (index, page) in document.pages.iter().enumerate() {
            // Without a report the first page follows the title.
            if index > 0 || !document.covering.is_empty() {
                body.end_section();
            }
            body.orientation = Orientation::of(page);
            body.page(page, &document.terms_of(page), index);
        }
        body
    }

    /// The body as a part of the package.
    pub(super) fn into_part(self) -> Vec<u8> {
        XmlWriter::part("w:document", &Self::NAMESPACES, |xml| {
            xml.element("w:body", &[], |xml| self.write(xml));
        })
    }

    /// The inside of the body, with its last section.
    pub(super) fn into_text(self) -> String {
        let mut xml = XmlWriter::default();
        self.write(&mut xml);
        xml.into_text()
    }

    fn write(&self, xml: &mut XmlWriter) {
        xml.append(&self.xml);
        section(xml, self.orientation, &self.own, self.is_marked);
    }

    /// A list of the following pages, each with a link.
    fn contents(&mut self, pages: &[Page]) {
        self.heading("Appendix", None);
        for (index, page) in pages.iter().enumerate() {
            let anchor = bookmark(index);
            self.xml.element("w:p", &[], |xml| {
                xml.element("w:pPr", &[], |xml| {
                    xml.val("w:pStyle", "ListParagraph");
                    numbered(xml, 1, 0);
                });
                xml.element("w:hyperlink", &[("w:anchor", &anchor)], |xml| {
                    run(
                        xml,
                        &Run { text: &page.title, colour: Some(palette::DARK), ..Run::default() },
                    );
                });
            });
        }
    }

    fn page(&mut self, page: &'d Page, terms: &[&GlossaryTerm], index: usize) {
        self.heading(&page.title, Some(&bookmark(index)));
        self.level += 1;
        self.blocks(&page.blocks, &page.notes, terms);
        self.level -= 1;
    }

    fn blocks(&mut self, blocks: &'d [Block], notes: &[String], terms: &[&GlossaryTerm]) {
        for (index, block) in blocks.iter().enumerate() {
            match block {
                Block::Heading(heading) => {
                    self.heading_with(heading, None, starts_page(blocks, index));
                }
                Block::Fields(fields) => self.fields(fields),
                Block::Glance(glance) => self.prose(&[prose::paragraph(&glance.said)]),
                Block::Alone(_) => {}
                Block::Table(table) if table.rows.is_empty() => {}
                Block::Series(series) if series.table.rows.is_empty() => {}
                Block::Table(table) => self.table(table),
                Block::Series(series) => self.series(series),
                Block::Prose(prose) => self.prose(prose),
            }
        }
        for (index, note) in notes.iter().enumerate() {
            let text = format!("{} {note}", wording::note_mark(index + 1));
            self.paragraph("Note", &[Run { text: &text, ..Run::default() }]);
        }
        for term in terms {
            self.paragraph("Note", &[Run { text: &term.to_string(), ..Run::default() }]);
        }
    }

    /// A table below its caption.
    fn table(&mut self, table: &Table) {
        self.tables += 1;
        self.caption("Table", self.tables, &table.caption);
        table::write(table, &TablePlan::of(table, self.orientation), &mut self.xml);
    }

    /// A caption with the number of its table or figure. The number is a field, so that Word can list
    /// the tables and refer to them, and is there already, so that Word has nothing to ask.
    fn caption(&mut self, kind: &str, number: usize, text: &str) {
        self.xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| xml.val("w:pStyle", "Caption"));
            run(xml, &Run { text: &format!("{kind} "), ..Run::default() });
            let code = format!(" SEQ {kind} \\* ARABIC ");
            xml.element("w:fldSimple", &[("w:instr", &code)], |xml| {
                run(xml, &Run { text: &number.to_string(), ..Run::default() });
            });
            run(xml, &Run { text: &format!(": {text}"), ..Run::default() });
        });
    }

    /// The table of a series, with its chart below it, if there is anything to draw.
    fn series(&mut self, series: &'d Series) {
        self.table(&series.table);
        if series.chart.axis.is_none() {
            return;
        }
        self.charts.push(&series.chart);
        let (number, title) =
            (self.charts.len().to_string(), format!("Line chart: {}", series.chart.name));
        let description = format!("{}. {}", series.chart.title, series.chart.summary);
        self.caption("Figure", self.charts.len(), &series.chart.name);
        self.xml.element("w:p", &[], |xml| {
            xml.element("w:r", &[], |xml| {
                xml.element("w:drawing", &[], |xml| {
                    xml.element(
                        "wp:inline",
                        &[("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")],
                        |xml| {
                            xml.empty("wp:extent", &CHART);
                            let name = format!("Chart {number}");
                            xml.empty(
                                "wp:docPr",
                                &[
                                    ("id", &number),
                                    ("name", &name),
                                    ("descr", &description),
                                    ("title", &title),
                                ],
                            );
                            xml.empty("wp:cNvGraphicFramePr", &[]);
                            xml.element("a:graphic", &[], |xml| {
                                let chart =
                                    "http://schemas.openxmlformats.org/drawingml/2006/chart";
                                xml.element("a:graphicData", &[("uri", chart)], |xml| {
                                    xml.empty("c:chart", &[("r:id", &format!("chart{number}"))]);
                                });
                            });
                        },
                    );
                });
            });
        });
    }

    fn heading(&mut self, text: &str, bookmark: Option<&str>) {
        self.heading_with(text, bookmark, false);
    }

    fn heading_with(&mut self, text: &str, bookmark: Option<&str>, new_page: bool) {
        let style = format!("Heading{}", (self.level + 1).min(4));
        self.xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| {
                xml.val("w:pStyle", &style);
                if new_page {
                    xml.empty("w:pageBreakBefore", &[]);
                }
            });
            // The name of a bookmark ends in its number.
            let id = bookmark.and_then(|name| name.rsplit('_').next()).unwrap_or_default();
            if let Some(name) = bookmark {
                xml.empty("w:bookmarkStart", &[("w:id", id), ("w:name", name)]);
            }
            run(xml, &Run { text, ..Run::default() });
            if bookmark.is_some() {
                xml.empty("w:bookmarkEnd", &[("w:id", id)]);
            }
        });
    }

    /// Labels with their texts.
    fn fields(&mut self, fields: &[Field]) {
        for field in fields {
            self.xml.element("w:p", &[], |xml| {
                xml.element("w:pPr", &[], |xml| xml.val("w:pStyle", "Field"));
                run(xml, &Run { text: &format!("{}:", field.label), bold: true, ..Run::default() });
                xml.element("w:r", &[], |xml| xml.empty("w:tab", &[]));
                run(xml, &Run { text: &field.text, ..Run::default() });
            });
        }
    }

    fn paragraph(&mut self, style: &str, runs: &[Run<'_>]) {
        paragraph(&mut self.xml, style, runs);
    }

    fn prose(&mut self, prose: &[Prose]) {
        let mut list = None;
        let mut rest = prose;
        while let Some((part, further)) = rest.split_first() {
            rest = further;
            match part {
                Prose::Paragraph(spans) => self.paragraph("Normal", &runs(spans)),
                Prose::Heading(spans) => {
                    let style = format!("Heading{}", (self.level + 1).min(4));
                    self.paragraph(&style, &runs(spans));
                }
                Prose::Item { depth, number, spans } => {
                    self.item(*depth, *number, spans, &mut list);
                }
                Prose::Row { .. } => {
                    let count = 1 + rest
                        .iter()
                        .take_while(|part| matches!(part, Prose::Row { is_header: false, .. }))
                        .count();
                    let rows = &prose[prose.len() - rest.len() - 1..][..count];
                    rest = &rest[count - 1..];
                    let texts = rows.iter().filter_map(|row| match row {
                        Prose::Row { is_header, cells } => {
                            Some((*is_header, cells.iter().map(|cell| runs(cell)).collect()))
                        }
                        Prose::Paragraph(_) | Prose::Heading(_) | Prose::Item { .. } => None,
                    });
                    table::write_texts(
                        &texts.collect::<Vec<_>>(),
                        self.orientation.width(),
                        &mut self.xml,
                    );
                }
            }
            if !matches!(part, Prose::Item { .. }) {
                list = None;
            }
        }
    }

    /// An item of a list. `list` is the numbered list that is open, with its depth.
    fn item(
        &mut self,
        depth: usize,
        number: Option<u64>,
        spans: &[Span],
        list: &mut Option<(usize, usize)>,
    ) {
        let depth = depth.min(8);
        let which = match (number, *list) {
            (None, _) => 1,
            (Some(_), Some((open, at))) if at == depth => open,
            (Some(first), _) => {
                self.lists.push(first);
                // List 1 is the one with bullets.
                let new = self.lists.len() + 1;
                *list = Some((new, depth));
                new
            }
        };
        self.xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| {
                xml.val("w:pStyle", "ListParagraph");
                numbered(xml, which, depth);
            });
            for of in runs(spans) {
                run(xml, &of);
            }
        });
    }

    /// Ends the section, so that the next one starts on a new page, which may have another
    /// orientation.
    fn end_section(&mut self) {
        let (orientation, own, is_marked) = (self.orientation, &self.own, self.is_marked);
        self.xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| {
                xml.val("w:pStyle", "Small");
                section(xml, orientation, own, is_marked);
            });
        });
    }
}

fn bookmark(page: usize) -> String {
    format!("page_{}", page + 1)
}

fn runs(spans: &[Span]) -> Vec<Run<'_>> {
    spans
        .iter()
        .map(|span| Run {
            text: &span.text,
            bold: span.strong,
            italic: span.emphasis,
            ..Run::default()
        })
        .collect()
}

fn numbered(xml: &mut XmlWriter, list: usize, depth: usize) {
    xml.element("w:numPr", &[], |xml| {
        xml.val("w:ilvl", &depth.to_string());
        xml.val("w:numId", &list.to_string());
    });
}
