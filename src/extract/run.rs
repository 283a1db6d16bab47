//! Runs of [usual](super::usual) rows, read ahead of the rows before them by threads that have
//! nothing else to do.
//!
//! A run starts at the start of a line and ends at the first row that is not a usual one. Whether
//! its first line starts a row at all is only known when the reading gets there: it may be within a
//! cell.

use super::results::Rows;
use super::usual::{Last, Order, Usual};

/// By whom a month is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum With {
    /// By whoever asks for it.
    One,
    /// By whichever of rayon's threads are free. Whoever waits for those may be given another task
    /// meanwhile: none that could ask for the same month, or it would wait for itself.
    All,
}

/// Usual rows one after another.
pub(super) struct Run {
    /// Their lines are counted from nought.
    pub(super) rows: Rows,
    /// How much text there is from the first of them to its end.
    pub(super) left: usize,
    /// How much of it they are.
    pub(super) bytes: usize,
    /// How many lines they are.
    pub(super) lines: u32,
}

/// How much text a thread is given at a time: some thousand rows, beside which to hand them over
/// costs nothing.
const PART: usize = 1 << 19;

/// How much text has to be usual rows before more of it is taken for such.
pub(super) const ENOUGH: usize = 1 << 16;

impl Run {
    /// Reads the usual rows that a text starts with, as [`Usual::rows`] does, and beside them the
    /// runs that the text goes on with, as far as threads are free. What those leave is to be read
    /// when the reading gets there.
    pub(super) fn with_others(
        usual: &Usual<'_>,
        text: &[u8],
        order: &Order,
        last: &mut Last,
        line: u32,
        rows: &mut Rows,
    ) -> (Option<(usize, u32)>, Vec<Self>) {
        let end = line_start(text, PART);
        rayon::join_context(
            |_| usual.rows(text, end, order, last, line, rows),
            |context| {
                Self::others(
                    usual,
                    text,
                    end,
                    order,
                    rayon::current_num_threads(),
                    context.migrated(),
                )
            },
        )
    }

    /// The runs from a place on, by all threads but one: none, if the thread is not free.
    fn others(
        usual: &Usual<'_>,
        text: &[u8],
        start: usize,
        order: &Order,
        threads: usize,
        is_free: bool,
    ) -> Vec<Self> {
        // Tests want some whoever is free.
        if start == text.len() || threads < 2 || !(is_free || cfg!(test)) {
            return Vec::new();
        }
        let end = line_start(text, start + PART);
        let (run, others) = rayon::join_context(
            |_| {
                let mut rows = Rows::default();
                rows.make_room(&text[start..end]);
                let read = usual.rows(
                    &text[start..],
                    end - start,
                    order,
                    &mut Last::default(),
                    0,
                    &mut rows,
                );
                let (bytes, lines) = read.unwrap_or_default();
                Self { rows, left: text.len() - start, bytes, lines }
            },
            |context| Self::others(usual, text, end, order, threads - 1, context.migrated()),
        );
        std::iter::once(run).chain(others).collect()
    }
}

/// Where the first line starts that starts at a place or after it; the end, where none does.
fn line_start(text: &[u8], place: usize) -> usize {
    let line_end = text.get(place.saturating_sub(1)..).and_then(|rest| memchr::memchr(b'\n', rest));
    line_end.map_or(text.len(), |end| place.saturating_sub(1) + end + 1)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::definition::{Definition, IndicatorId};
    use crate::diagnostic::{Code, Findings, Source};
    use crate::extract::results::Column;
    use crate::extract::{CommentaryPlan, Extract};
    use crate::input::Ledger;
    use crate::month::Month;
    use crate::population::Population;

    /// Areas and indicators that make a month long enough for several threads.
    const AREAS: usize = 4000;
    const INDICATORS: usize = 20;

    fn definition() -> Definition {
        let mut text =
            "[scorecard]\ntitle = \"T\"\narea = \"Area 0\"\n[[area]]\nname = \"Area 0\"\n"
                .to_owned();
        for area in 1..AREAS {
            let _ = write!(text, "[[area]]\nname = \"Area {area}\"\nparent = \"Area 0\"\n");
        }
        for id in 0..INDICATORS {
            let _ =
                write!(text, "[[indicator]]\nid = \"{id}\"\nsection = \"S\"\nname = \"N{id}\"\n");
            text += "polarity = \"H\"\nperiod = \"SS\"\nunit = \"percent\"\n";
        }
        let mut findings = Findings::default();
        let definition =
            Definition::parse(&Source::new("indicators.toml".into(), text), &mut findings);
        definition.unwrap_or_else(|| panic!("{findings:?}"))
    }

    fn january() -> Month {
        "2016-01".parse().expect("a month")
    }

    /// A row of every area and indicator, each on its line.
    fn lines() -> Vec<String> {
        let rows = (0..AREAS).flat_map(|area| {
            (0..INDICATORS).map(move |id| format!("{id},Area {area},all,{id},100,"))
        });
        rows.collect()
    }

    #[test]
    fn runs_start_at_lines_and_end_at_what_is_not_usual() {
        let definition = definition();
        let usual = Usual::new(&definition, january());
        let columns = [
            Column::Indicator,
            Column::Area,
            Column::Cohort,
            Column::Numerator,
            Column::Denominator,
            Column::Value,
        ];
        let order = Order::new(&columns, b',').expect("all of the columns");
        let mut lines = lines();
        for line in lines.iter_mut().skip(999).step_by(1000) {
            line.push(' ');
        }
        let text = lines.join("\n");
        for threads in 1..9 {
            let runs = Run::others(
                &usual,
                text.as_bytes(),
                line_start(text.as_bytes(), PART),
                &order,
                threads,
                true,
            );
            assert_eq!(runs.len(), (threads - 1).min(text.len() / PART));
            for run in &runs {
                let start = text.len() - run.left;
                let (read, rest) = text[start..].split_at(run.bytes);
                assert!(text[..start].ends_with('\n'));
                assert!(rest.lines().next().is_some_and(|line| line.ends_with(' ')), "{start}");
                assert_eq!(
                    (run.rows.len(), usize::try_from(run.lines)),
                    (read.lines().count(), Ok(read.lines().count()))
                );
            }
        }
    }

    /// The rows in the middle of the file are within a quotation mark, where no thread can know it.
    #[test]
    fn what_starts_within_a_cell_is_no_row() {
        let definition = definition();
        let mut lines = lines();
        let (first, last) = (lines.len() / 4, lines.len() / 4 * 3);
        lines[first] = "0,\"Area 1000".to_owned();
        lines[last] = "\",all,1,100,".to_owned();
        let folder = tempfile::tempdir().expect("a folder");
        let text =
            format!("indicator,area,cohort,numerator,denominator,value\n{}\n", lines.join("\n"));
        std::fs::write(folder.path().join("results.csv"), text).expect("a file");
        let extract = Extract::read(
            &definition,
            january(),
            folder.path(),
            &Ledger::default(),
            &CommentaryPlan::None,
            false,
        );
        let findings = &extract.findings;
        assert_eq!(
            findings.iter().map(|finding| finding.code).collect::<Vec<_>>(),
            [Code::UnknownArea]
        );
        let is_there = |row: usize| {
            let (area, id) = (
                definition.area_ids().nth(row / INDICATORS).expect("an area"),
                IndicatorId::new(row % INDICATORS),
            );
            extract
                .results
                .row(area, id, Population::Everyone)
                .map(|found| extract.results.place(found).line)
        };
        for row in [0, first - 1, last + 1, last + 21, lines.len() - 1] {
            assert_eq!(is_there(row), Some(u32::try_from(row + 2).ok()), "{row}");
        }
        for row in [first, first + 1, lines.len() / 2, lines.len() / 2 + 1, last - 1, last] {
            assert_eq!(is_there(row), None, "{row}");
        }
    }
}
