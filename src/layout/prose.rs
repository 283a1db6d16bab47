//! Commentary: Markdown parsed once, so that every format lays out the same paragraphs, lists and
//! tables.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::text::printable;

/// A part of a commentary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prose {
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A heading.
    Heading(Vec<Span>),
    /// An item of a list.
    Item {
        /// How deep it stands, from 0.
        depth: usize,
        /// Its number in a numbered list.
        number: Option<u64>,
        /// What it says.
        spans: Vec<Span>,
    },
    /// A row of a table.
    Row {
        /// Whether it is the header.
        is_header: bool,
        /// Its cells.
        cells: Vec<Vec<Span>>,
    },
}

impl Prose {
    /// Whether it goes on with the list or the table that `before` is part of.
    #[must_use]
    pub fn continues(&self, before: &Self) -> bool {
        match (before, self) {
            (Self::Item { number: before, depth: outer, .. }, Self::Item { number, depth, .. }) => {
                before.is_some() == number.is_some() || depth != outer
            }
            (Self::Row { .. }, Self::Row { is_header, .. }) => !is_header,
            _ => false,
        }
    }
}

/// A run of text in one style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The text, with nothing in it that cannot be printed.
    pub text: String,
    /// Whether it is emphasised.
    pub emphasis: bool,
    /// Whether it is strong.
    pub strong: bool,
}

/// Parses Markdown. Markup that a paper has no use for (raw HTML, links, images, code) is kept as
/// its text.
#[must_use]
pub fn parse(markdown: &str) -> Vec<Prose> {
    let mut reader = Reader::default();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        reader.event(event);
    }
    reader.flush(Prose::Paragraph);
    reader.prose
}

/// Running text in one paragraph, for what the program says itself.
pub fn paragraph(text: impl Into<String>) -> Prose {
    Prose::Paragraph(vec![Span { text: text.into(), ..Span::default() }])
}

/// A heading of one line, likewise.
pub fn heading(text: impl Into<String>) -> Prose {
    Prose::Heading(vec![Span { text: text.into(), ..Span::default() }])
}

#[derive(Default)]
struct Reader {
    prose: Vec<Prose>,
    spans: Vec<Span>,
    emphasis: usize,
    strong: usize,
    /// The lists that are open, each with its next number.
    lists: Vec<Option<u64>>,
    /// The item that is open and has not said anything.
    item: Option<Item>,
    cells: Vec<Vec<Span>>,
}

struct Item {
    number: Option<u64>,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.text(&text);
            }
            Event::SoftBreak | Event::HardBreak => self.text(" "),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Emphasis => self.emphasis += 1,
            Tag::Strong => self.strong += 1,
            Tag::List(first) => {
                self.end_of_block();
                self.lists.push(*first);
            }
            Tag::Item => {
                let number = self.lists.last().copied().flatten();
                if let Some(Some(next)) = self.lists.last_mut() {
                    *next += 1;
                }
                self.item = Some(Item { number });
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.emphasis -= 1,
            TagEnd::Strong => self.strong -= 1,
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Item => {
                self.end_of_block();
            }
            TagEnd::Heading(_) => self.flush(Prose::Heading),
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::TableCell => self.cells.push(std::mem::take(&mut self.spans)),
            TagEnd::TableHead | TagEnd::TableRow => {
                let cells = std::mem::take(&mut self.cells);
                self.prose.push(Prose::Row { is_header: tag == TagEnd::TableHead, cells });
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let text = printable(text);
        let (emphasis, strong) = (self.emphasis > 0, self.strong > 0);
        match self.spans.last_mut() {
            Some(last) if last.emphasis == emphasis && last.strong == strong => {
                last.text.push_str(&text);
            }
            _ => self.spans.push(Span { text: text.into_owned(), emphasis, strong }),
        }
    }

    fn end_of_block(&mut self) {
        let depth = self.lists.len();
        match self.item.take() {
            Some(Item { number }) if depth > 0 => {
                self.flush(|spans| Prose::Item { depth: depth - 1, number, spans });
            }
            _ => self.flush(Prose::Paragraph),
        }
    }

    fn flush(&mut self, make: impl FnOnce(Vec<Span>) -> Prose) {
        let spans = std::mem::take(&mut self.spans);
        if spans.iter().any(|span| !span.text.trim().is_empty()) {
            self.prose.push(make(spans));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Vec<Span> {
        vec![Span { text: text.to_owned(), ..Span::default() }]
    }

    #[test]
    fn paragraphs_lists_and_emphasis() {
        let prose = parse("Of the *18*,\n**5** were due.\n\n- one\n- two\n  1. deeper\n\nEnd.");
        assert_eq!(prose.len(), 5);
        let Prose::Paragraph(spans) = &prose[0] else { panic!("a paragraph") };
        assert!(
            spans[1].emphasis && spans[1].text == "18" && spans[3].strong && spans[3].text == "5"
        );
        assert_eq!(prose[1], Prose::Item { depth: 0, number: None, spans: plain("one") });
        assert_eq!(prose[3], Prose::Item { depth: 1, number: Some(1), spans: plain("deeper") });
        assert_eq!(prose[4], Prose::Paragraph(plain("End.")));
    }

    #[test]
    fn markup_that_is_not_wanted_is_only_text() {
        let text: String =
            parse("a <b>bold</b> \u{1b}[31mred [link](javascript:x)\n\n<script>x</script>")
                .iter()
                .map(|prose| match prose {
                    Prose::Paragraph(spans) => {
                        spans.iter().map(|span| span.text.as_str()).collect()
                    }
                    _ => String::new(),
                })
                .collect();
        assert_eq!(text, "a <b>bold</b> <U+001B>[31mred link<script>x</script>");
    }

    #[test]
    fn tables_are_rows() {
        let prose = parse("| Age | Number |\n|---|---|\n| 0-4 | 18 |");
        assert_eq!(
            prose[0],
            Prose::Row { is_header: true, cells: vec![plain("Age"), plain("Number")] }
        );
        assert_eq!(
            prose[1],
            Prose::Row { is_header: false, cells: vec![plain("0-4"), plain("18")] }
        );
    }
}
