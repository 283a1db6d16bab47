//! Where a line must not break: between a month and its year, or `indicator` and its id.

use crate::layout::prose::Prose;
use crate::layout::{Block, Document, Page, Table, Texts};
use crate::month::is_name;

/// A space at which no line breaks.
const NO_BREAK: &str = "\u{a0}";

/// The document with what belongs together kept on a line, in its running text and headings. What a
/// cell has is left as it is: it is copied and looked up, and columns are narrow.
pub(super) fn kept_together(document: &Document) -> Document {
    let mut document = document.clone();
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
        Block::Glance(_) | Block::Alone(_) => {}
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
}
