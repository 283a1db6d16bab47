//! Running text: paragraphs, headings, nested lists and tables.

use askama::Template;

use super::terms::{Terms, TextView};
use crate::layout::prose::{Prose, Span};

/// Running text.
#[derive(Template)]
#[template(path = "prose.html")]
pub(super) struct ProseView<'d> {
    pub(super) nodes: Vec<Node<'d>>,
    /// The level of its headings.
    pub(super) level: u8,
}

impl askama::filters::HtmlSafe for ProseView<'_> {}

/// A part of running text.
pub(super) enum Node<'d> {
    Paragraph(SpansView<'d>),
    Heading(SpansView<'d>),
    List(ListView<'d>),
    Table { header: Option<Vec<SpansView<'d>>>, rows: Vec<Vec<SpansView<'d>>> },
}

/// A list.
#[derive(Template)]
#[template(path = "list.html")]
pub(super) struct ListView<'d> {
    /// The number of its first item. `None` if it is not a numbered list.
    start: Option<u64>,
    items: Vec<ItemView<'d>>,
}

impl askama::filters::HtmlSafe for ListView<'_> {}

struct ItemView<'d> {
    spans: SpansView<'d>,
    lists: Vec<ListView<'d>>,
}

/// Text with bold and italic parts.
#[derive(Clone, Template)]
#[template(path = "spans.html")]
pub(super) struct SpansView<'d> {
    spans: Vec<SpanView<'d>>,
    is_empty: bool,
}

/// Text that is bold, italic, both or neither.
#[derive(Clone)]
struct SpanView<'d> {
    text: TextView<'d>,
    strong: bool,
    emphasis: bool,
}

impl askama::filters::HtmlSafe for SpansView<'_> {}

impl<'d> SpansView<'d> {
    fn of(spans: &'d [Span], terms: &mut Terms<'d>) -> Self {
        let view = |span: &'d Span| SpanView {
            text: terms.text(&span.text),
            strong: span.strong,
            emphasis: span.emphasis,
        };
        Self {
            is_empty: spans.iter().all(|span| span.text.trim().is_empty()),
            spans: spans.iter().map(view).collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.is_empty
    }
}

/// The parts of running text, with the items of a list and the rows of a table put together.
pub(super) fn nodes<'d>(prose: &'d [Prose], terms: &mut Terms<'d>) -> Vec<Node<'d>> {
    let mut nodes = Vec::new();
    for run in prose.chunk_by(|before, next| next.continues(before)) {
        match &run[0] {
            Prose::Paragraph(spans) => nodes.push(Node::Paragraph(SpansView::of(spans, terms))),
            Prose::Heading(spans) => nodes.push(Node::Heading(SpansView::of(spans, terms))),
            Prose::Item { .. } => nodes.extend(lists(run, terms).into_iter().map(Node::List)),
            Prose::Row { .. } => {
                let mut rows = Vec::new();
                let mut header = None;
                for part in run {
                    if let Prose::Row { is_header, cells } = part {
                        let cells = cells.iter().map(|spans| SpansView::of(spans, terms)).collect();
                        if *is_header {
                            header = Some(cells);
                        } else {
                            rows.push(cells);
                        }
                    }
                }
                nodes.push(Node::Table { header, rows });
            }
        }
    }
    nodes
}

/// The lists that a run of items forms. Deeper items become lists inside the item before them.
fn lists<'d>(items: &'d [Prose], terms: &mut Terms<'d>) -> Vec<ListView<'d>> {
    let mut lists: Vec<ListView<'d>> = Vec::new();
    let mut rest = items;
    let depth_of = |item: &Prose| if let Prose::Item { depth, .. } = item { *depth } else { 0 };
    while let Some((Prose::Item { depth, number, spans }, after)) = rest.split_first() {
        let deeper = after.iter().take_while(|item| depth_of(item) > *depth).count();
        let (within, after) = after.split_at(deeper);
        let spans = SpansView::of(spans, terms);
        let item = ItemView { spans, lists: self::lists(within, terms) };
        match lists.last_mut().filter(|list| list.start.is_some() == number.is_some()) {
            Some(list) => list.items.push(item),
            None => lists.push(ListView { start: *number, items: vec![item] }),
        }
        rest = after;
    }
    lists
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::prose::parse;

    fn written(markdown: &str) -> String {
        let prose = parse(markdown);
        let html = ProseView { nodes: nodes(&prose, &mut Terms::default()), level: 4 }
            .render()
            .expect("a template");
        html.lines().map(str::trim).collect()
    }

    #[test]
    fn nested_lists_are_inside_their_items() {
        assert_eq!(
            written("- one\n- two\n\n  3. deeper\n  4. next\n- three\n\nEnd *of* **it**."),
            "<ul><li>one</li><li>two<ol start=\"3\"><li>deeper</li><li>next</li></ol></li>\
             <li>three</li></ul>\
             <p>End <em>of</em> <strong>it</strong>.</p>"
        );
    }

    #[test]
    fn tables_and_headings() {
        assert_eq!(
            written("# Why\n\n| Age | |\n|---|---|\n| 0 | 18 |"),
            "<h4>Why</h4><div class=\"scroll\" role=\"group\" tabindex=\"0\" \
             aria-label=\"A table in the text\"><table><thead><tr><th scope=\"col\">Age</th>\
             <td></td></tr></thead>\
             <tbody><tr><td>0</td><td>18</td></tr></tbody></table></div>"
        );
    }

    #[test]
    fn markup_is_text() {
        assert_eq!(
            written("<script>alert(1)</script> & <b onclick=x>\"'"),
            "<p>&#60;script&#62;alert(1)&#60;/script&#62; &#38; &#60;b onclick=x&#62;&#34;&#39;</p>"
        );
    }
}
