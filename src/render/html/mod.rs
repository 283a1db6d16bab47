//! `html`: one page for everyone, including people with a screen reader, a phone or only paper.
//!
//! It is a single file that loads nothing else and works without its script. Templates escape all
//! text, and a policy in the page allows the browser to use only its own style and script,
//! identified by their digests.

mod blocks;
pub(in crate::render) mod chart;
mod links;
mod prose;
mod ratings;
mod sparkline;
mod table;
mod terms;

use std::io::{self, Write};

use askama::Template;
use sha2::{Digest, Sha256};

use crate::definition::GlossaryTerm;
use crate::layout::{Document, Field, Link, Page, TableName};
use crate::render::typography::kept_together;
use blocks::Blocks;
use links::{LinkBase, Links, References, TakenIds, working_id};

/// The style sheet of the page.
const STYLE: &str = include_str!("page.css");
/// What is added to it for a document with a marking, which stands on each page that is printed.
const MARKING_STYLE: &str = "
.marking { margin: 0; padding: .35rem; text-align: center; font-weight: 700; }
@media print {
  .marking { position: fixed; top: 0; left: 0; right: 0; padding: 0; font-size: 8pt; }
  .marking.foot { top: auto; bottom: 0; }
}
";
/// What is added to it for a page of a site, which leads to others.
const SITE_STYLE: &str = "
.site ul { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; list-style: none; margin: 0 0 1rem; padding: 0; }
.site a { display: inline-block; padding: .25rem 0; color: #fff; }
.site a:focus-visible { color: #14191f; }
@media print { .site { display: none; } }
";
/// The script of the page, which adds filters, sorting and pop-up workings.
const SCRIPT: &str = include_str!("page.js");

/// Writes the pages.
///
/// # Errors
///
/// If writing to `out` fails.
pub fn write(document: &Document, out: &mut impl Write) -> io::Result<()> {
    let document = &kept_together(document);
    let html = Html::new(document).render().map_err(io::Error::other)?;
    // A definition may contain characters that HTML does not allow. They are invisible, so they are
    // dropped.
    for line in html.split_inclusive(|letter| !is_allowed(letter)) {
        out.write_all(line.trim_end_matches(|letter| !is_allowed(letter)).as_bytes())?;
    }
    Ok(())
}

/// Whether HTML allows a character: no control characters except line ends and tabs, and nothing
/// that Unicode does not count as a character.
fn is_allowed(letter: char) -> bool {
    let is_letter =
        !matches!(letter, '\u{fdd0}'..='\u{fdef}') && u32::from(letter) & 0xfffe != 0xfffe;
    is_letter && (!letter.is_control() || matches!(letter, '\n' | '\t'))
}

/// The whole page.
#[derive(Template)]
#[template(path = "page.html")]
struct Html<'d> {
    title: &'d str,
    /// The title of the window: that of the document, whose it is and of which month.
    window: String,
    facts: &'d [Field],
    /// Where else to go from here.
    links: &'d [Link],
    /// What stands above and below everything, and on each page that is printed.
    marking: Option<&'d str>,
    style: String,
    script: &'static str,
    policy: String,
    pages: Vec<PageView<'d>>,
    workings: Vec<PageView<'d>>,
    /// The key to the marks, unless one of the pages is the key.
    key: Option<table::TableView<'d>>,
}

/// A page of the document, which is one part of the HTML page.
struct PageView<'d> {
    id: String,
    title: &'d str,
    area: Option<&'d str>,
    parts: Vec<blocks::PartView<'d>>,
    notes: blocks::NotesView<'d>,
}

impl<'d> Html<'d> {
    fn new(document: &'d Document) -> Self {
        let mut names = TakenIds::default();
        let links: Links<'d> = document
            .workings
            .iter()
            .enumerate()
            .map(|(index, working)| ((working.area.as_str(), working.indicator), index + 1))
            .collect();
        names.take(links.values().map(|number| working_id(*number)));
        let pages = document
            .pages
            .iter()
            .map(|page| {
                PageView::new(page, names.of(&page.name), 3, &links, document.terms_of(page))
            })
            .collect();
        let workings = document.workings.iter().zip(1..);
        let workings = workings
            .map(|(working, number)| {
                let terms = document.terms_of(&working.page);
                PageView::new(&working.page, working_id(number), 4, &Links::new(), terms)
            })
            .collect();
        let has_key_page = document.key.rows.is_empty()
            || document.pages.iter().any(|page| page.table == Some(TableName::Notes));
        let place = LinkBase { page: "key", level: 3, links: &links };
        let key = || {
            table::TableView::of(
                &document.key,
                "key_table".to_owned(),
                &place,
                &mut References::default(),
            )
        };
        let key = (!has_key_page).then(key);
        // Without a marking, or beside no other page, it is as it was before there were any.
        let marking = document.marking.as_ref().map_or("", |_| MARKING_STYLE);
        let site = if document.links.is_empty() { "" } else { SITE_STYLE };
        let style = format!("{STYLE}{}{marking}{site}", footer(document));
        Self {
            title: &document.title,
            window: window(document),
            facts: &document.facts,
            links: &document.links,
            marking: document.marking.as_deref(),
            policy: policy(&style),
            style,
            script: SCRIPT,
            pages,
            workings,
            key,
        }
    }
}

/// The title of the window: that of the document, whose it is and what it is of.
fn window(document: &Document) -> String {
    let Document { title, organisation, subject, .. } = document;
    let subject = Some(subject).filter(|subject| *subject != title);
    let parts = [Some(title), organisation.as_ref(), subject].into_iter().flatten();
    parts.map(String::as_str).collect::<Vec<_>>().join(" - ")
}

impl<'d> PageView<'d> {
    /// A page whose parts have headings of level `level`.
    fn new(
        page: &'d Page,
        id: String,
        level: u8,
        links: &Links<'_>,
        terms: Vec<&'d GlossaryTerm>,
    ) -> Self {
        let place = LinkBase { page: &id, level, links };
        let Blocks { parts, notes } = Blocks::of(page, &place, terms);
        Self { id, title: &page.title, area: page.area.as_deref(), parts, notes }
    }
}

impl PageView<'_> {
    /// Whether its exception reports are listed in the contents too.
    fn has_reports(&self) -> bool {
        self.parts.iter().any(blocks::PartView::is_report)
    }
}

/// The footer of each printed sheet: whose paper it is, of which month, and whether it is a draft.
fn footer(document: &Document) -> String {
    let imprint = css_string(&document.imprint());
    format!(
        "@media print {{ @page {{ \
         @bottom-left {{ content: {imprint}; font: 8pt sans-serif; }} }} }}\n"
    )
}

/// A text as a string of a style sheet. Whatever is no plain letter is written as its number, so
/// that nothing in a text can end the string or the style sheet.
fn css_string(text: &str) -> String {
    let letter = |letter: char| {
        if letter.is_ascii_alphanumeric() {
            letter.to_string()
        } else {
            format!("\\{:x} ", u32::from(letter))
        }
    };
    format!("\"{}\"", text.chars().map(letter).collect::<String>())
}

/// The content security policy of the page, which allows only its own style and script, identified
/// by their digests.
fn policy(style: &str) -> String {
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; \
         form-action 'none'",
        base64(&Sha256::digest(style)),
        base64(&Sha256::digest(SCRIPT))
    )
}

/// Base64 (RFC 4648).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte))
            << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            text.push(if place > three.len() { '=' } else { char::from(letter) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples in RFC 4648.
    #[test]
    fn base64_is_that_of_the_standard() {
        for (text, encoded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(text.as_bytes()), encoded);
        }
    }

    #[test]
    fn a_text_cannot_end_the_style_sheet() {
        assert_eq!(css_string("A\"</style>é"), r#""A\22 \3c \2f style\3e \e9 ""#);
    }

    #[test]
    fn characters_that_html_does_not_allow_are_dropped() {
        let page: String = "a\u{0}b\u{1b}[31m\u{9f}\u{fdd0}\u{1ffff}é\n\t日"
            .chars()
            .filter(|letter| is_allowed(*letter))
            .collect();
        assert_eq!(page, "ab[31mé\n\t日");
    }
}
