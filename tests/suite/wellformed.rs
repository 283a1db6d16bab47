//! Whatever texts a document contains, every format can be read back, and the mark of a footnote
//! never looks like part of a figure.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use proptest::prelude::*;
use quick_xml::events::Event;
use scorecard::layout::{Document, Page, TableName, Texts, add_workings, pack};
use scorecard::render;
use scorecard::text::{is_unprintable, is_xml};
use zip::ZipArchive;

use crate::common::{sample, with_scorecard, written};

/// The pack of the project with every case that is hard to write, including its workings.
fn document() -> Document {
    let project = sample().join("tests/formats/project");
    with_scorecard(&project, "2026-10", &["all"], |scorecard| {
        let mut document = pack(scorecard);
        add_workings(scorecard, &mut document);
        document
    })
}

/// The XML parts of a package, including those of packages inside it.
fn parts(bytes: &[u8], parts: &mut Vec<(String, String)>) {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("its bytes");
        if name.contains("/embeddings/") {
            self::parts(&bytes, parts);
        } else {
            parts.push((name, String::from_utf8(bytes).expect("UTF-8")));
        }
    }
}

/// Checks that XML is well-formed (section 2.1 of XML 1.0): matching elements, no attribute twice,
/// only known references, and no forbidden characters.
fn assert_well_formed(name: &str, xml: &str) {
    let bad = xml.chars().find(|letter| !is_xml(*letter));
    assert!(bad.is_none(), "{name} has {bad:?}");
    let mut reader = quick_xml::Reader::from_str(xml);
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
            Event::Eof => return,
            Event::Start(element) | Event::Empty(element) => {
                for attribute in element.attributes() {
                    let attribute = attribute.unwrap_or_else(|error| panic!("{name}: {error}"));
                    assert!(!attribute.value.contains('<'), "{name}: {attribute:?}");
                }
            }
            Event::GeneralRef(reference) => {
                let known = ["amp", "lt", "gt", "quot", "apos"];
                assert!(
                    known.contains(&reference.as_ref()) || reference.starts_with('#'),
                    "{name}: {reference:?}"
                );
            }
            _ => {}
        }
    }
}

/// Texts with characters that formats do not allow or would treat as markup.
pub(crate) fn hostile() -> impl Strategy<Value = String> {
    let letter = prop_oneof![
        4 => "[a-z0-9 %.,]".prop_map(|text| text.chars().next().unwrap_or('a')),
        4 => prop::sample::select("<>&\"'`|*_[]\\=+-@;:#/?!{}".chars().collect::<Vec<_>>()),
        4 => (0_u32..0xa0).prop_map(|number| char::from_u32(number).unwrap_or('\0')),
        2 => prop::sample::select(
            "\u{fffe}\u{ffff}\u{fdd0}\u{1fffe}\u{10ffff}\u{202e}\u{2066}\u{200f}\u{2028}\u{feff}\
             \u{ad}\u{fff9}😀é"
                .chars()
                .collect::<Vec<_>>()
        ),
        1 => any::<char>(),
    ];
    prop_oneof![
        12 => prop::collection::vec(letter, 0..12).prop_map(String::from_iter),
        1 => Just("]]>--><![CDATA[".to_owned()),
        1 => Just("_x0041_ _xFFFE_".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn every_part_of_every_document_is_well_formed(
        texts in prop::collection::vec(hostile(), 1..40),
        long in prop::collection::btree_set(0_usize..4000, 0..4),
    ) {
        let mut document = document();
        let mut next = texts.iter().cycle().enumerate();
        document.change_texts(&mut |text| {
            let (number, hostile) = next.next().expect("a circle");
            // Some texts are longer than a cell of a workbook may be.
            *text = if long.contains(&number) { hostile.repeat(9000) } else { hostile.clone() };
        });
        let mut all = Vec::new();
        parts(&written(|out| render::docx::write(&document, out)), &mut all);
        parts(&written(|out| render::xlsx::write(&document, out)), &mut all);
        parts(&written(|out| render::ods::write(&document, out)), &mut all);
        for (name, xml) in &all {
            assert_well_formed(name, xml);
        }
        prop_assert!(all.len() > 40, "{}", all.len());
        // In HTML, check that no text closes an element too early.
        let page = String::from_utf8(written(|out| render::html::write(&document, out)))
            .expect("UTF-8");
        let acts = page.chars().find(|letter| *letter != '\n' && is_unprintable(*letter));
        prop_assert!(acts.is_none(), "{acts:?}");
        for element in ["html", "main", "section", "table", "tr", "p", "script", "style", "svg"] {
            let [open, close] = [format!("<{element}"), format!("</{element}>")]
                .map(|tag| page.matches(&tag).count());
            // There may be more opening tags, because other elements may begin with the same
            // letters.
            prop_assert!(close > 0 && open >= close, "{element}: {open} and {close}");
        }
        prop_assert_eq!(page.matches("<script").count(), 1);
        // Formats for terminals and programs.
        for text in [
            written(|out| render::text::write(&document, render::text::Style::default(), out)),
            written(|out| render::markdown::write(&document, out)),
            // The tables have different columns, so they are written one at a time.
            written(|out| {
                let is_scorecard = |page: &&Page| page.table == Some(TableName::Scorecard);
                let mut scorecards = document.pages.iter().filter(is_scorecard);
                scorecards.try_for_each(|page| render::csv::write_pages(&[page], out))
            }),
            written(|out| render::listing::write(&document, out)),
        ] {
            let text = String::from_utf8(text).expect("UTF-8");
            let acts = text.chars().find(|letter| *letter != '\n' && is_unprintable(*letter));
            prop_assert!(acts.is_none(), "{acts:?}");
        }
    }
}

/// The numbers in a text, as a reader would see them who does not know what is a footnote mark.
fn figures(text: &str) -> BTreeSet<String> {
    text.split(|letter: char| !letter.is_numeric() && !matches!(letter, '.' | ',' | '%' | '/'))
        .map(|figure| figure.trim_matches(['.', ',', '/']).to_owned())
        .filter(|figure| figure.contains(char::is_numeric))
        .collect()
}

/// The text between the tags of XML or HTML.
fn without_tags(xml: &str) -> String {
    let mut text = String::new();
    for (index, part) in xml.split('<').enumerate() {
        let (tag, rest) =
            if index == 0 { ("", part) } else { part.split_once('>').unwrap_or_default() };
        // A tag that ends a paragraph, a cell or a row also ends a word; one within a line does
        // not.
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if !["", "sup", "a", "span", "em", "strong", "tspan", "w:r", "w:rPr", "w:t", "w:b", "w:i"]
            .contains(&name)
            && !["w:color", "w:sz", "w:szCs", "w:vertAlign"].contains(&name)
        {
            text.push('\n');
        }
        text.push_str(rest);
    }
    for (entity, letter) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#34;", "\"")] {
        text = text.replace(entity, letter);
    }
    text.replace("&#160;", "\u{a0}").replace("&#39;", "'").replace("&amp;", "&")
}

#[test]
fn no_mark_of_a_footnote_becomes_part_of_a_figure() {
    let document = document();
    let marked = document
        .pages
        .iter()
        .flat_map(|page| &page.blocks)
        .filter_map(scorecard::layout::Block::table)
        .flat_map(|table| table.cells().flatten())
        .filter(|cell| {
            !cell.notes.is_empty() && cell.text.ends_with(|c: char| c == '%' || c.is_numeric())
        })
        .count();
    assert!(marked > 3, "{marked} figures have a footnote");
    // The figures in the document, and the numbers that formats use for counting.
    let mut known = BTreeSet::new();
    let mut gather = document.clone();
    gather.change_texts(&mut |text| known.extend(figures(text)));
    let most = document.pages.iter().map(|page| page.notes.len()).max().unwrap_or(0).max(200);
    known.extend((0..=most).map(|number| number.to_string()));
    let mut docx = Vec::new();
    parts(&written(|out| render::docx::write(&document, out)), &mut docx);
    let docx = docx.iter().find(|(name, _)| name == "word/document.xml").expect("the text");
    let html = String::from_utf8(written(|out| render::html::write(&document, out))).expect("text");
    let body = html.split_once("<main").and_then(|(_, body)| body.split_once("</main>"));
    // Charts are left out, because their axes have other numbers.
    let body: String = body
        .expect("a body")
        .0
        .split("<svg")
        .map(|part| part.split_once("</svg>").map_or(part, |(_, after)| after))
        .collect();
    let [text, markdown] = [
        written(|out| {
            render::text::write(&document, render::text::Style { width: 1000, colour: false }, out)
        }),
        written(|out| render::markdown::write(&document, out)),
    ]
    .map(|bytes| String::from_utf8(bytes).expect("text"));
    for (format, text) in [
        ("docx", without_tags(&docx.1)),
        ("html", without_tags(&body)),
        ("text", text),
        ("markdown", without_tags(&markdown)),
    ] {
        let wrong: Vec<_> =
            figures(&text).into_iter().filter(|figure| !known.contains(figure)).collect();
        assert!(wrong.is_empty(), "{format} has figures that are not in the document: {wrong:?}");
        assert!(text.contains("\u{a0}[1]"), "{format} has marks");
    }
}
