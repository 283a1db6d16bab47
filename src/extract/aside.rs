//! Rows that are no figures: a footer below them, and headings that are printed once more.

use std::collections::HashSet;

use super::cell::CellValue;
use super::punctuation::trim;
use super::unreadable::Unreadable;
use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::text::{plural, quote};

/// How many such rows a table may have: a file that has more of them is no table with a footer.
const MOST: usize = 20;

/// A row that names nothing and gives no figure.
struct Aside {
    number: u32,
    place: Place,
    /// The first of its cells that says anything.
    text: String,
    /// What it may say of how many rows there are.
    count: Option<Count>,
}

/// A number in a row that is no figure.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Count {
    number: String,
    /// Whether it is said to be of rows or records.
    is_of_rows: bool,
}

/// The rows of a table that are no figures, as far as it has been read.
#[derive(Default)]
pub(super) struct Asides {
    left_out: Vec<Aside>,
    /// Those that are left out if no figure follows, each with what else would be wrong with it.
    waiting: Vec<(Aside, Findings)>,
    /// Whether the row before is left out, and a blank row was above it.
    follows_gap: bool,
    /// Where the headings are repeated first, and how often.
    headings: Option<(Place, usize)>,
    /// How many rows are not left out.
    rows: usize,
    /// How many rows are left out because a source says so.
    not_wanted: usize,
    /// Whether one of those has a figure.
    has_figures: bool,
}

impl Asides {
    /// Counts a row that is one of figures; `has_figure`, if it is not blank. Rows above it that
    /// could have been a footer are none.
    pub(super) fn row(&mut self, has_figure: bool, findings: &mut Findings) {
        self.rows += 1;
        self.follows_gap = false;
        if has_figure {
            self.has_figures = true;
            self.are_wrong(findings);
        }
    }

    /// Counts rows that have a figure, and nothing wrong with them.
    #[inline]
    pub(super) fn plain_rows(&mut self, count: usize, findings: &mut Findings) {
        self.rows += count;
        self.has_figures = true;
        if !self.waiting.is_empty() || self.follows_gap {
            self.follows_gap = false;
            self.are_wrong(findings);
        }
    }

    /// The rows that waited are rows of figures with something wrong.
    #[cold]
    fn are_wrong(&mut self, findings: &mut Findings) {
        for (_, found) in self.waiting.drain(..) {
            self.rows += 1;
            findings.append(found);
        }
    }

    /// Takes a row that names nothing and gives no figure, with what is wrong with it otherwise.
    pub(super) fn aside<'c>(
        &mut self,
        (number, place): (u32, Place),
        cells: &(impl Iterator<Item = &'c str> + Clone),
        is_after_gap: bool,
        found: Findings,
        findings: &mut Findings,
    ) {
        if self.left_out.len() + self.waiting.len() >= MOST {
            findings.append(found);
            return self.row(true, findings);
        }
        let text = cells.clone().find(|cell| !cell.is_empty()).unwrap_or_default().to_owned();
        let aside = Aside { number, place, text, count: count(cells) };
        self.follows_gap |= is_after_gap;
        if self.follows_gap {
            self.left_out.push(aside);
        } else {
            self.waiting.push((aside, found));
        }
    }

    /// Counts a row that a source leaves out.
    pub(super) fn not_wanted(&mut self) {
        self.not_wanted += 1;
        self.follows_gap = false;
    }

    /// Leaves out a row that repeats the headings; what stands above it is the title of a page.
    pub(super) fn headings(&mut self, place: Place) {
        self.left_out.extend(self.waiting.drain(..).map(|(aside, _)| aside));
        self.headings.get_or_insert((place, 0)).1 += 1;
    }

    /// Says at the end of a table which rows are left out, and gives their numbers; without their
    /// texts, where those are secret.
    pub(super) fn finish(&mut self, is_secret: bool, findings: &mut Findings) -> HashSet<u32> {
        if self.has_figures {
            self.left_out.extend(self.waiting.drain(..).map(|(aside, _)| aside));
        }
        self.are_wrong(findings);
        if let Some((place, count)) = self.headings.take() {
            let found = format!(
                "{count} {} the headings, and {} left out",
                plural(count, "row repeats", "rows repeat"),
                plural(count, "is", "are")
            );
            findings.push(Finding::new(Code::RowsLeftOut, place, found, "nothing to do"));
        }
        let mut left_out = std::mem::take(&mut self.left_out);
        left_out.sort_by_key(|aside| aside.number);
        self.report(&left_out, is_secret, findings);
        left_out.iter().map(|aside| aside.number).collect()
    }

    fn report(&self, left_out: &[Aside], is_secret: bool, findings: &mut Findings) {
        let (Some(first), Some(last)) = (left_out.first(), left_out.last()) else { return };
        let count = left_out.len();
        let mut found = format!(
            "{count} {} no figure, and {} left out",
            plural(count, "row gives", "rows give"),
            plural(count, "is", "are"),
        );
        if !is_secret {
            found += &format!(": {}", quote(&first.text));
        }
        if count > 1 && !is_secret {
            found += &format!(" to {}", quote(&last.text));
        }
        for aside in left_out {
            let Some(count) = &aside.count else { continue };
            let rows = self.rows + self.not_wanted;
            let agrees = count.agrees(rows);
            let says = if is_secret {
                let says = if agrees { "agrees with" } else { "differs from" };
                format!("a number in it {says} the {rows} rows that were read")
            } else if agrees {
                format!("{} agrees with the rows that were read", count.number)
            } else {
                count.against(rows)
            };
            if count.is_of_rows && !agrees {
                let remedy =
                    "check that the file is whole, and export it again if rows are missing";
                let found =
                    if is_secret { says } else { format!("{}: {says}", quote(&aside.text)) };
                findings.push(Finding::new(Code::RowCount, aside.place.clone(), found, remedy));
            } else {
                found += &format!("; {says}");
            }
        }
        let remedy = "nothing to do, if it is a footer; figures need an indicator or an area";
        findings.push(Finding::new(Code::RowsLeftOut, first.place.clone(), found, remedy));
    }
}

impl Count {
    fn agrees(&self, rows: usize) -> bool {
        self.number == rows.to_string()
    }

    fn against(&self, rows: usize) -> String {
        let rows_read = plural(rows, "row that was", "rows that were");
        format!("{} differs from the {rows} {rows_read} read", self.number)
    }
}

/// The one number of a row, if a cell is one or says how many rows there are.
fn count<'c>(cells: &(impl Iterator<Item = &'c str> + Clone)) -> Option<Count> {
    let is_of_rows = cells.clone().any(counts_rows);
    let whole = |text: &str| match CellValue::read(text) {
        Ok(CellValue::Number { number, percent: false, .. }) if number.scale() == 0 => {
            Some(crate::figure::Decimal::from(number).to_string())
        }
        _ => None,
    };
    let mut numbers = cells.clone().filter_map(whole);
    let number = numbers.next().or_else(|| {
        let label = cells.clone().find(|cell| counts_rows(cell))?;
        let words: Vec<_> =
            label.split([' ', ':', '=', '(', ')']).filter(|word| !word.is_empty()).collect();
        let at = words.iter().position(|word| counts_rows(word))?;
        let beside = [at.checked_sub(1).and_then(|before| words.get(before)), words.get(at + 1)];
        beside.into_iter().flatten().find_map(|word| whole(trim(word.trim_end_matches('.'))))
    })?;
    numbers.next().is_none().then_some(Count { number, is_of_rows })
}

/// What a cell is, of a row that may be a footer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellRole {
    /// It names something that is defined.
    Name,
    /// It stands where names do, and names nothing.
    Text,
    /// It stands where figures do.
    Figure,
}

/// Whether a row may be a footer: none of its cells names anything, and none of those that stand
/// where figures do is one, but for the number of rows.
pub(super) fn may_be_footer(cells: &[(CellRole, &str)]) -> bool {
    let has = |wanted| cells.iter().any(|(role, text)| *role == wanted && !text.is_empty());
    if has(CellRole::Name) {
        return false;
    }
    let has_text = has(CellRole::Text);
    let figures = cells
        .iter()
        .filter(|(role, text)| *role == CellRole::Figure && may_be_figure(text, has_text))
        .count();
    figures == 0 || figures == 1 && cells.iter().any(|(_, text)| counts_rows(text))
}

/// Whether a cell is a figure, or one that something has happened to. Where the row says nothing
/// else, a word or a date is one too, and a sentence is none.
fn may_be_figure(cell: &str, has_text: bool) -> bool {
    match CellValue::read(cell) {
        Ok(CellValue::Blank | CellValue::Missing) => false,
        Err(Unreadable::NotANumber) => !has_text && !cell.contains(' '),
        Err(Unreadable::Date | Unreadable::TwoNumbers | Unreadable::Unit) => !has_text,
        Ok(_) | Err(_) => true,
    }
}

/// Whether a cell is a figure, or says why there is none.
pub(super) fn gives_figure(cell: &str) -> bool {
    matches!(
        CellValue::read(cell),
        Ok(CellValue::Number { .. }
            | CellValue::Suppressed
            | CellValue::Low
            | CellValue::NoFigure(_))
    )
}

/// Whether a text is about how many rows there are: `Total records`.
fn counts_rows(text: &str) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric()).any(|word| {
        ["record", "records", "row", "rows"].iter().any(|rows| word.eq_ignore_ascii_case(rows))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_footer_may_say_how_many_rows_there_are() {
        for (cells, number, is_of_rows) in [
            (&["Total records", "509"][..], Some("509"), true),
            (&["Total records: 1,509", ""], Some("1509"), true),
            (&["End of report - 509 rows"], Some("509"), true),
            (&["509 rows"], Some("509"), true),
            (&["Rows=509"], Some("509"), true),
            (&["Total", "509"], Some("509"), false),
            (&["Source: Liberi 2016"], None, false),
            (&["Page", "1", "3"], None, false),
            (&["Total records", "50.5"], None, true),
        ] {
            let found = count(&cells.iter().copied());
            let expected = number.map(|number| Count { number: number.to_owned(), is_of_rows });
            assert_eq!(found, expected, "{cells:?}");
        }
    }
}
