//! Where a line must not break: between a month and its year, or `indicator` and its id.
//!
//! A format whose reader breaks the lines, such as Word or a browser, writes spaces at which it does
//! not: [`kept_together`]. One that breaks them itself asks for [`lines`], whose spaces are plain, so
//! that what is printed can be searched.

use crate::layout::prose::Prose;
use crate::layout::{Block, Document, Glance, Page, Table, Texts};
use crate::month::is_name;

/// A space at which no line breaks.
const NO_BREAK: &str = "\u{a0}";

/// The document, as it is printable, with what belongs together kept on a line, in its running text and
/// headings. What a cell or a fact of the report has is left as it is: it is copied and looked up.
pub(super) fn kept_together(document: &Document) -> Document {
    let mut document = document.printable().into_owned();
    document.covering.iter_mut().for_each(keep_in_block);
    let workings = document.workings.iter_mut().map(|working| &mut working.page);
    document.pages.iter_mut().chain(workings).for_each(keep_in_page);
    document
}

fn keep_in_page(page: &mut Page) {
    keep(&mut page.title);
    page.notes.change_texts(&mut keep);
    page.blocks.iter_mut().for_each(keep_in_block);
}

fn keep_in_block(block: &mut Block) {
    match block {
        Block::Heading(text) => keep(text),
        Block::Prose(prose) => prose.iter_mut().filter(is_no_row).for_each(keep_in_prose),
        Block::Table(table) => keep_in_table(table),
        Block::Series(series) => {
            keep_in_table(&mut series.table);
            keep(&mut series.chart.title);
        }
        Block::Fields(fields) => fields.change_texts(&mut keep),
        Block::Glance(glance) => keep_in_glance(glance),
        Block::Alone(_) => {}
    }
}

fn keep_in_glance(Glance { counts, said }: &mut Glance) {
    keep(said);
    for counts in counts {
        keep(&mut counts.title);
        counts.note.iter_mut().for_each(keep);
    }
}

fn is_no_row(prose: &&mut Prose) -> bool {
    !matches!(prose, Prose::Row { .. })
}

fn keep_in_prose(prose: &mut Prose) {
    prose.change_texts(&mut keep);
}

fn keep_in_table(table: &mut Table) {
    keep(&mut table.caption);
}

/// Whether all words of a text belong together, as those of a date do.
pub(super) fn is_whole(text: &str) -> bool {
    text.trim().contains(' ') && pieces(text).len() == 1
}

/// Puts spaces at which no line breaks where two words belong together.
fn keep(text: &mut String) {
    let mut kept = String::with_capacity(text.len());
    let mut before = "";
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            kept.push_str(if belong_together(before, word) { NO_BREAK } else { " " });
        }
        kept.push_str(word);
        before = word;
    }
    *text = kept;
}

/// The lines of a text, of which each `fits`. What belongs together is on one line, if a line has room
/// for it; a word that no line has room for is on a line of its own.
pub(super) fn lines(text: &str, fits: impl Fn(&str) -> bool) -> Vec<String> {
    let mut lines = Vec::<String>::new();
    for piece in pieces(text) {
        let words: Vec<_> =
            if fits(&piece) { vec![piece.as_str()] } else { piece.split(' ').collect() };
        for word in words {
            let longer = lines.last().map(|line| format!("{line} {word}"));
            match (lines.last_mut(), longer.filter(|line| fits(line))) {
                (Some(line), Some(longer)) => *line = longer,
                _ => lines.push(word.to_owned()),
            }
        }
    }
    lines
}

/// The words of a text, those that belong together in one piece.
fn pieces(text: &str) -> Vec<String> {
    let (mut pieces, mut before) = (Vec::<String>::new(), "");
    for word in text.split_whitespace() {
        match pieces.last_mut() {
            Some(piece) if belong_together(before, word) => {
                piece.push(' ');
                piece.push_str(word);
            }
            _ => pieces.push(word.to_owned()),
        }
        before = word;
    }
    pieces
}

/// Whether two words are `indicator 9`, `31 January`, `January 2016` or `Q3 2015/16`.
fn belong_together(before: &str, after: &str) -> bool {
    let before = before.trim_start_matches(['(', '"']);
    let after = after.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    let is_number = |text: &str, digits: usize| {
        (1..=digits).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_year = after.get(..4).is_some_and(|year| is_number(year, 4));
    match before {
        "indicator" | "Indicator" | "indicators" => after.bytes().any(|byte| byte.is_ascii_digit()),
        "Q1" | "Q2" | "Q3" | "Q4" => is_year,
        _ => (is_name(before) && is_year) || (is_number(before, 2) && is_name(after)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_together_stays_on_a_line() {
        for (text, expected) in [
            ("Visits (indicator 9): 68.4%", "Visits (indicator_9): 68.4%"),
            ("indicators A1 and 9", "indicators_A1 and 9"),
            ("since December 2015, 5 of 57", "since December_2015, 5 of 57"),
            ("as at 31 January 2016.", "as at 31_January_2016."),
            ("Sep 2015 to Q3 2015/16", "Sep_2015 to Q3_2015/16"),
            ("an indicator is red", "an indicator is red"),
            ("it may 2 or March on", "it may 2 or March on"),
            ("", ""),
        ] {
            let mut kept = text.to_owned();
            keep(&mut kept);
            assert_eq!(kept.replace(NO_BREAK, "_"), expected);
        }
    }

    #[test]
    fn a_date_is_whole() {
        assert!(["22 March 2016", "Nov 2015", "Q3 2015/16"].into_iter().all(is_whole));
        assert!(!["", "Newly red", "Oct 2015 or before", "9"].into_iter().any(is_whole));
    }

    #[test]
    fn lines_break_between_words_that_do_not_belong_together() {
        let of = |text, most| lines(text, |line| line.len() <= most);
        assert_eq!(of("one two  three four", 7), ["one two", "three", "four"]);
        assert_eq!(of("since December 2015", 14), ["since", "December 2015"]);
        assert_eq!(of("up to 31 January 2016, 9", 18), ["up to", "31 January 2016, 9"]);
        // No line has room for the date, nor for the long word.
        assert_eq!(of("on 31 January 2016", 8), ["on 31", "January", "2016"]);
        assert_eq!(of("0000000000 one", 7), ["0000000000", "one"]);
        assert_eq!(of("  ", 7), <[String; 0]>::default());
    }
}
