//! Runs of [usual](super::usual) rows, read from several places of a long text at once, ahead of the rows before them.
//!
//! A run starts at the start of a line and ends at the first row that is not a usual one. Whether its first line starts a row
//! at all is only known when the reading gets there: it may be within a cell.

use super::results::Observation;
use super::usual::{Last, Order, Usual};

/// Usual rows one after another.
pub(super) struct Run {
    /// Their lines are counted from nought.
    pub(super) rows: Vec<Observation>,
    /// How much text there is from the first of them to its end.
    pub(super) left: usize,
    /// How much of it they are.
    pub(super) bytes: usize,
    /// How many lines they are.
    pub(super) lines: u32,
}

impl Run {
    /// The usual rows from several places of a text on, read by as many threads; of a short one, from its start.
    pub(super) fn each(usual: &Usual<'_>, text: &[u8], order: &Order) -> Vec<Self> {
        /// A thread costs as much as a few thousand rows.
        const BYTES_A_THREAD: usize = 1 << 20;
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(text.len() / BYTES_A_THREAD + 1);
        let line_end = |place: usize| text[place..].iter().position(|byte| *byte == b'\n').map_or(text.len(), |end| place + end + 1);
        let starts = (0..threads).map(|part| if part == 0 { 0 } else { line_end(text.len() / threads * part) });
        let starts: Vec<_> = starts.chain([text.len()]).collect();
        let read = &|start: usize, end: usize| {
            // The first has room for those after it, which are put behind it.
            let room = if start == 0 { text.len() } else { end - start } / line_length(text);
            let mut rows = Vec::with_capacity(room.min(MOST_RESERVED));
            let read = usual.rows(&text[start..], end - start, order, &mut Last::default(), 0, &mut rows);
            let (bytes, lines) = read.unwrap_or_default();
            Self { rows, left: text.len() - start, bytes, lines }
        };
        std::thread::scope(|scope| {
            let parts = starts.windows(2).skip(1).map(|part| (part[0], part[1]));
            let others: Vec<_> = parts.map(|(start, end)| scope.spawn(move || read(start, end))).collect();
            let others = others.into_iter().map(|run| run.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            std::iter::once(read(0, starts[1])).chain(others).collect()
        })
    }
}

/// As many rows as room is made for before they are read, 32 MB of them: what a file says of itself may be wrong.
const MOST_RESERVED: usize = 1 << 20;

/// About how many bytes the lines of a text have, from its first.
fn line_length(text: &[u8]) -> usize {
    let start = &text[..text.len().min(4096)];
    // Nothing that is shorter says anything.
    (start.len() / (1 + start.iter().filter(|byte| **byte == b'\n').count())).max(10)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::definition::{Definition, IndicatorId};
    use crate::diagnostic::{Code, Findings, Source};
    use crate::extract::results::Column;
    use crate::extract::{Extract, Who};
    use crate::input::Ledger;
    use crate::month::Month;

    /// Areas and indicators that make a month long enough for several threads.
    const AREAS: usize = 4000;
    const INDICATORS: usize = 20;

    fn definition() -> Definition {
        let mut text = "[scorecard]\ntitle = \"T\"\narea = \"Area 0\"\n[[area]]\nname = \"Area 0\"\n".to_owned();
        for area in 1..AREAS {
            let _ = write!(text, "[[area]]\nname = \"Area {area}\"\nparent = \"Area 0\"\n");
        }
        for id in 0..INDICATORS {
            let _ = write!(text, "[[indicator]]\nid = \"{id}\"\nsection = \"S\"\nname = \"N{id}\"\n");
            text += "polarity = \"H\"\nperiod = \"SS\"\nunit = \"percent\"\n";
        }
        let mut findings = Findings::default();
        let definition = Definition::parse(&Source::new("indicators.toml".into(), text), &mut findings);
        definition.unwrap_or_else(|| panic!("{findings:?}"))
    }

    fn january() -> Month {
        "2016-01".parse().expect("a month")
    }

    /// A row of every area and indicator, each on its line.
    fn lines() -> Vec<String> {
        let rows = (0..AREAS).flat_map(|area| (0..INDICATORS).map(move |id| format!("{id},Area {area},all,{id},100,")));
        rows.collect()
    }

    #[test]
    fn runs_start_at_lines_and_end_at_what_is_not_usual() {
        let definition = definition();
        let usual = Usual::new(&definition, january());
        let columns = [Column::Indicator, Column::Area, Column::Cohort, Column::Numerator, Column::Denominator, Column::Value];
        let order = Order::new(&columns, b',').expect("all of the columns");
        let mut lines = lines();
        for line in lines.iter_mut().skip(999).step_by(1000) {
            line.push(' ');
        }
        let text = lines.join("\n");
        let runs = Run::each(&usual, text.as_bytes(), &order);
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(text.len() / (1 << 20) + 1);
        assert_eq!(runs.len(), threads);
        for run in &runs {
            let start = text.len() - run.left;
            let (read, rest) = text[start..].split_at(run.bytes);
            assert!(start == 0 || text[..start].ends_with('\n'));
            assert!(rest.lines().next().is_some_and(|line| line.ends_with(' ')), "{start}");
            assert_eq!((run.rows.len(), usize::try_from(run.lines)), (read.lines().count(), Ok(read.lines().count())));
        }
        assert_eq!(runs[0].rows.len(), 999);
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
        let text = format!("indicator,area,cohort,numerator,denominator,value\n{}\n", lines.join("\n"));
        std::fs::write(folder.path().join("results.csv"), text).expect("a file");
        let mut findings = Findings::default();
        let extract = Extract::read(&definition, january(), folder.path(), &Ledger::default(), &mut findings);
        assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::UnknownArea]);
        let is_there = |row: usize| {
            let (area, id) = (definition.area_ids().nth(row / INDICATORS).expect("an area"), IndicatorId::new(row % INDICATORS));
            extract.results.row(area, id, Who::All).map(|found| extract.results.place(found).line)
        };
        for row in [0, first - 1, last + 1, last + 21, lines.len() - 1] {
            assert_eq!(is_there(row), Some(u32::try_from(row + 2).ok()), "{row}");
        }
        for row in [first, first + 1, lines.len() / 2, lines.len() / 2 + 1, last - 1, last] {
            assert_eq!(is_there(row), None, "{row}");
        }
    }
}
