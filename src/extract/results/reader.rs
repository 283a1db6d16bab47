//! Reads the results of a month.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::super::cell::CellValue;
use super::super::contents::Contents;
use super::super::mark::Mark;
use super::super::names::NameFinder;
use super::super::plain::{PlainLayout, PlainNames, PlainRowReader};
use super::super::table::{ExtractTable, TableOrigin, TableRow};
use super::super::twice::{Second, Twice};
use super::blank_areas::BlankAreas;
use super::columns::{ColumnLayout, ResultsColumn, ResultsColumns};
use super::file_rows::FileRows;
use super::observation::RowFigure;
use super::row::{ParsedRow, RowReader};
use super::rows::RowCollector;
use super::unused::UnusedColumns;
use super::whole::{compare_parts_with_whole, describe};
use super::{AreaRows, Observation, Results};
use crate::definition::{AreaId, Definition, IndicatorId, StandardColumn};
use crate::diagnostic::{Findings, Place};
use crate::input::File;
use crate::month::Month;
use crate::population::Population;
use crate::toml_file::Words as _;

/// A figure of a numerator and a denominator that stand in two places.
pub(in super::super) struct JoinedRow {
    /// What it is about.
    pub(in super::super) about: About,
    /// What the two cells say.
    pub(in super::super) cells: [CellValue; 2],
    /// How firm it is.
    pub(in super::super) mark: Option<Mark>,
    /// Where the two stand.
    pub(in super::super) places: [Place; 2],
}

/// Reads the results files of a month into one list.
pub(in super::super) struct Reader<'n, 'd> {
    names: &'n NameFinder<'d>,
    plain_names: PlainNames<'d>,
    month: Month,
    rows: RowCollector,
    results: Results,
    /// How firm figures are, by the lines of their rows.
    marks: BTreeMap<u32, (About, Mark)>,
    twice: Twice,
    /// The files whose figures give way to those of others.
    gives_way: HashSet<Arc<str>>,
}

/// What a row is about.
pub(in super::super) type About = (AreaId, IndicatorId, Population);

impl<'n, 'd> Reader<'n, 'd> {
    /// A reader that has not read any file yet.
    pub(in super::super) fn new(names: &'n NameFinder<'d>, month: Month) -> Self {
        let plain_names = PlainNames::new(names.definition(), month);
        Self {
            names,
            plain_names,
            month,
            rows: RowCollector::default(),
            results: Results::default(),
            marks: BTreeMap::new(),
            twice: Twice::default(),
            gives_way: HashSet::new(),
        }
    }

    /// Reads one file.
    pub(in super::super) fn read(&mut self, file: &File, findings: &mut Findings) {
        let columns = ResultsColumns(self.names);
        let Some(contents) = Contents::read(file, "an extract of results", &columns, findings)
        else {
            return;
        };
        let Some(mut table) = ExtractTable::open(&file.name, &contents, &columns, findings) else {
            return;
        };
        let above = self.rows.last_line();
        self.results.files.push((above, table.source.clone()));
        self.rows.make_room(table.rest());
        let layout = ColumnLayout::new(&table.columns);
        let plain_layout =
            table.in_order().and_then(|(columns, delimiter)| PlainLayout::new(&columns, delimiter));
        let plain = plain_layout.as_ref();
        let plain = plain.map(|layout| PlainRowReader::new(&self.plain_names, layout));
        let start = self.rows.len();
        let mut rows = FileRows {
            reader: RowReader::new(self.names, self.month, layout),
            plain,
            above,
            rows: &mut self.rows,
            marks: &mut self.marks,
            blank_areas: BlankAreas::default(),
            unused: UnusedColumns::of(&mut table),
        };
        rows.read(&mut table, findings);
        let FileRows { blank_areas, unused, .. } = rows;
        self.results.unused.extend(unused.finish());
        let rows = self.rows.from(start);
        self.twice.count(&file.name, rows.len());
        blank_areas.report(rows, &table.source, self.names.definition(), findings);
    }

    /// The line of the last row that has been read, counted on through all files.
    pub(in super::super) fn last_line(&self) -> u32 {
        self.rows.last_line()
    }

    /// Reads a row in the standard form of a table whose rows are counted on from `above`, and says
    /// whether it has a figure or something wrong.
    pub(in super::super) fn standard_row(
        &mut self,
        row: &TableRow<'_>,
        above: u32,
        findings: &mut Findings,
    ) -> bool {
        let reader = RowReader::new(self.names, self.month, ColumnLayout::standard());
        let Some(ParsedRow { observation, mark, .. }) = reader.read(row, findings) else {
            return true;
        };
        let observation = observation.below(above);
        if let Some(mark) = mark {
            self.marks.insert(observation.line(), (observation.about(), mark));
        }
        self.twice.count(row.path(), 1);
        self.rows.push(observation);
        !observation.is_blank()
    }

    /// The definitions that the results are of.
    pub(in super::super) fn definition(&self) -> &'d Definition {
        self.names.definition()
    }

    /// Reads one half of a ratio from a row in the standard form.
    pub(in super::super) fn standard_half(
        &self,
        row: &TableRow<'_>,
        column: StandardColumn,
        findings: &mut Findings,
    ) -> Option<(About, CellValue, Option<Mark>)> {
        let reader = RowReader::new(self.names, self.month, ColumnLayout::standard());
        let column = ResultsColumn::from_word(column.as_str())?;
        reader.read_half(row, column, findings)
    }

    /// Takes figures whose numerators stand in a file, and whose denominators stand elsewhere.
    pub(in super::super) fn joined_rows(&mut self, path: &Arc<str>, rows: Vec<JoinedRow>) {
        let above = self.rows.last_line();
        let mut origin = TableOrigin::of_text(path, b',');
        self.twice.count(path, rows.len());
        let mut places = HashMap::new();
        for (number, row) in (1..).zip(rows) {
            let JoinedRow { about, cells, mark, places: [place, second] } = row;
            let (area, indicator, population) = about;
            let figure = RowFigure::of_halves(cells);
            let observation = Observation::new(area, indicator, population, figure, number);
            let observation = observation.below(above);
            if let Some(mark) = mark {
                self.marks.insert(observation.line(), (about, mark));
            }
            places.insert(number, place);
            self.results.second_places.insert(observation.line(), second);
            self.rows.push(observation);
        }
        origin.keep_places(places);
        self.results.files.push((above, origin));
    }

    /// Notes that the figures of a file give way to those of others.
    pub(in super::super) fn gives_way(&mut self, path: &Arc<str>) {
        self.gives_way.insert(Arc::clone(path));
    }

    /// Says where the rows of the file that was read last come from, by their lines.
    pub(in super::super) fn keep_places(&mut self, places: HashMap<u32, Vec<Place>>) {
        let Some((above, origin)) = self.results.files.last_mut() else { return };
        let seconds = places.iter().filter_map(|(line, places)| Some((line, places.get(1)?)));
        let seconds = seconds.map(|(line, place)| (line.saturating_add(*above), place.clone()));
        self.results.second_places.extend(seconds);
        let first = |(line, places): (u32, Vec<Place>)| Some((line, places.into_iter().next()?));
        origin.keep_places(places.into_iter().filter_map(first).collect());
    }

    /// Notes where the rows come from that have been read of a table in the standard form.
    pub(in super::super) fn end_source(&mut self, above: u32, origin: TableOrigin) {
        self.results.files.push((above, origin));
    }

    /// Orders the rows, and finds what only all of them together show.
    pub(in super::super) fn finish(self, findings: &mut Findings) -> Results {
        let (definition, mut results) = (self.names.definition(), self.results);
        let (mut twice, mut marks, gives_way) = (self.twice, self.marks, self.gives_way);
        let mut seconds = std::mem::take(&mut results.second_places);
        results.rows = self.rows.in_order(|row, first| {
            let (path, first_path) = (results.path(row), results.path(first));
            if row.is_blank() != first.is_blank() && path != first_path {
                // A row of a template that waits to be filled in gives way to the figure.
                if first.is_blank() {
                    std::mem::swap(row, first);
                }
            } else if gives_way.contains(path) != gives_way.contains(first_path) {
                if gives_way.contains(first_path) {
                    std::mem::swap(row, first);
                }
            } else if row.says_the_same(first) {
                let places = || (results.place(row), results.place(first));
                twice.equal(path, first_path, places);
            } else {
                twice.different(path, first_path, || Second {
                    what: describe(definition, first),
                    subject: definition.subject(first.area(), first.indicator()),
                    place: results.place(row),
                    first: results.place(first),
                    finding: None,
                });
            }
            marks.remove(&row.line());
            seconds.remove(&row.line());
        });
        results.second_places = seconds;
        twice.finish(findings);
        results.marks = marks.into_values().collect();
        let rows = &results.rows;
        // Nearly all areas have rows for the same indicators.
        let typical = rows.get(rows.len() / 2).map_or(&[][..], |middle| {
            let start = rows.partition_point(|row| row.area() < middle.area());
            let end = rows.partition_point(|row| row.area() <= middle.area());
            &rows[start..end]
        });
        let look_at = |rows: &[Observation]| {
            let mut found = Findings::default();
            for rows in rows.chunk_by(|row, next| row.indicator() == next.indicator()) {
                compare_parts_with_whole(definition, &results, rows, &mut found);
            }
            let indicators = rows.iter().map(Observation::indicator);
            let has_common_layout = indicators.eq(typical.iter().map(Observation::indicator));
            let has_reasons = rows.iter().any(|row| row.reason().is_some());
            (rows[0].area(), rows.len(), has_common_layout, has_reasons, found)
        };
        let areas: Vec<_> =
            rows.par_chunk_by(|row, next| row.area() == next.area()).map(look_at).collect();
        let offset = |indicator| typical.partition_point(|row| row.indicator() < indicator);
        let offsets = definition.indicator_ids().map(offset).chain([typical.len()]).collect();
        results.common_offsets = offsets;
        results.areas.resize_with(definition.areas.len(), AreaRows::default);
        let mut start = 0;
        for (area, count, has_common_layout, has_reasons, found) in areas {
            let end = start + count;
            results.areas[area.index()] = AreaRows { start, end, has_common_layout };
            results.has_reasons |= has_reasons;
            findings.append(found);
            start = end;
        }
        results
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::{select, subsequence};

    use super::super::file_rows::second_half;
    use super::*;
    use crate::definition::Definition;
    use crate::diagnostic::Finding;
    use crate::input::Ledger;
    use crate::population::Population;

    const DEFINITIONS: &str = r#"
        scorecard = { title = "T", area = "Top" }
        cohort = [{ id = "uasc", name = "U" }, { id = "cin", name = "C" }]
        area = [
            { name = "Top" },
            { name = "Area 1", parent = "Top" },
            { name = "Area 10", parent = "Top" },
            { name = "A,B", parent = "Top" },
            { name = "A;B", parent = "Top" },
            { name = "\"Q\"", parent = "Top" },
            { name = "Two\nlines", parent = "Top" },
            { name = "Old", parent = "Top", until = "2015-12" },
            { name = "Team", parent = "Top", kind = "team" },
        ]
        indicator = [
            { id = "1", section = "S", name = "I", polarity = "H", period = "SS", unit = "percent" },
            { id = "2", section = "S", name = "J", polarity = "H", period = "SS", unit = "number" },
            { id = "3", section = "S", name = "K", polarity = "H", period = "SS", unit = "percent", until = "2015-12" },
        ]
    "#;

    /// What is read of a file of results: its rows with their places and marks, and the findings.
    fn read(text: &[u8]) -> (Vec<String>, Vec<Finding>) {
        read_with(&Definition::for_test(DEFINITIONS), text)
    }

    fn read_with(definition: &Definition, text: &[u8]) -> (Vec<String>, Vec<Finding>) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("results.csv");
        std::fs::write(&path, text).expect("a file");
        let mut file = Ledger::default().file(&path);
        file.name = "results.csv".into();
        let (names, mut findings) = (NameFinder::new(definition), Findings::default());
        let month = "2016-01".parse().expect("a month");
        let mut reader = Reader::new(&names, month);
        reader.read(&file, &mut findings);
        let results = reader.finish(&mut findings);
        let about = definition
            .area_ids()
            .flat_map(|area| definition.indicator_ids().map(move |indicator| (area, indicator)));
        let rows = about.flat_map(|(area, indicator)| results.of(area, indicator)).map(|row| {
            let (area, indicator, population) = row.about();
            let mark = results.mark(area, indicator, population);
            format!("{row:?} {mark:?} at {:?}", results.place(row))
        });
        (rows.collect(), findings.iter().cloned().collect())
    }

    fn cell(column: &'static str) -> impl Strategy<Value = &'static str> {
        let (plain, others): (&[_], &[_]) = match column {
            "indicator" => (&["1", "2"], &["3", "01", "1.0", " 2", "x", ""]),
            "area" => (
                &["Top", "Area 1", "Area 10"],
                &["A,B", "A;B", "\"Q\"", "Q", "Two\nlines", "Old", "Team", "top", "", "Top "],
            ),
            "cohort" => (
                &["all", "", "uasc", "excluding-uasc", "cin"],
                &["ALL", "UASC", "excluding-UASC", "excluding-", "al"],
            ),
            "month" => (&["", "2016-01"], &["2016-02", "Jan-16", "2016-01-31"]),
            "status" => (&["", "p"], &["q"]),
            "value" => (&["", "", "", "12", "12.50"], &["50%", "1.234", "-"]),
            _ => (
                &["0", "12", "144", "1.25", ""],
                &[
                    "007",
                    ".5",
                    "5.",
                    "1,234",
                    "1.234",
                    "123456789012345",
                    "1234567890123456",
                    "-3",
                    "[c]",
                ],
            ),
        };
        prop_oneof![9 => select(plain), 1 => select(others)]
    }

    /// The columns of a table in any order, and what is in them.
    fn table() -> impl Strategy<Value = Vec<Vec<&'static str>>> {
        let needed = ["indicator", "area", "cohort", "numerator", "denominator", "value"];
        let others = subsequence(vec!["month", "status", "remarks"], 0..=3);
        let columns = others.prop_map(move |others| [&needed[..], &others].concat()).prop_shuffle();
        let columns = prop_oneof![Just(needed.to_vec()), columns];
        columns.prop_flat_map(|columns| {
            let row: Vec<_> = columns.iter().map(|column| cell(column)).collect();
            vec(row, 0..20).prop_map(move |rows| [vec![columns.clone()], rows].concat())
        })
    }

    fn write(table: &[Vec<&str>], writer: &csv::WriterBuilder) -> Vec<u8> {
        let mut writer = writer.from_writer(Vec::new());
        for row in table {
            writer.write_record(row).expect("a row");
        }
        writer.into_inner().expect("all of it")
    }

    /// Findings without their excerpts, which show the quotation marks.
    fn without_excerpts(findings: &[Finding]) -> Vec<String> {
        let finding = |finding: &Finding| Finding { excerpt: None, ..finding.clone() };
        findings.iter().map(|found| format!("{:?}", finding(found))).collect()
    }

    proptest! {
        /// Quotation marks around every cell change nothing, and no row is a plain one then.
        #[test]
        fn cells_say_the_same_in_quotation_marks(
            table in table(),
            delimiter in select(&b",;\t|"[..]),
            is_crlf: bool,
        ) {
            let mut writer = csv::WriterBuilder::new();
            writer.delimiter(delimiter);
            if is_crlf {
                writer.terminator(csv::Terminator::CRLF);
            }
            let (rows, findings) = read(&write(&table, &writer));
            let quoted = write(&table, writer.quote_style(csv::QuoteStyle::Always));
            let (rows_of_quoted, findings_of_quoted) = read(&quoted);
            prop_assert_eq!(rows_of_quoted, rows);
            prop_assert_eq!(without_excerpts(&findings_of_quoted), without_excerpts(&findings));
        }
    }

    /// Whoever reads the second half of a long file, the rows are the same; also where it does not
    /// begin with a row, but within a cell that has a row in it.
    #[test]
    fn a_long_file_says_the_same_if_two_threads_read_it() {
        let padding = "x".repeat(200);
        let name = |number| format!("Area {number:04} {padding}");
        let names: Vec<_> = (0..5_000).map(name).collect();
        let inner_row = format!("1,{},all,3,4,", names[4_000]);
        let two_lines = format!("Two\n{inner_row}\nlines");
        let areas = names.iter().chain([&two_lines]);
        let areas: Vec<_> =
            areas.map(|name| format!("[[area]]\nname = {name:?}\nparent = \"Top\"\n")).collect();
        let areas = areas.concat();
        let definition = Definition::for_test(&format!(
            "[scorecard]\ntitle = \"T\"\narea = \"Top\"\n[[area]]\nname = \"Top\"\n{areas}\
             [[indicator]]\nid = \"1\"\nsection = \"S\"\nname = \"I\"\npolarity = \"H\"\n\
             period = \"SS\"\nunit = \"percent\"\n"
        ));
        let header = "indicator,area,cohort,numerator,denominator,value\n";
        let rows = |names: &[String]| -> String {
            let rows: Vec<_> =
                names.iter().map(|name| format!("1,{name},all,1234,56789,\n")).collect();
            rows.concat()
        };
        let (first, second) = (rows(&names[..2_500]), rows(&names[2_500..]));
        let whole = format!("{header}{first}{second}");
        // The middle is in the first line of a name that has a row in it.
        let row = format!("1,\"{two_lines}\",all,1,2,\n");
        let rest = &second[..second.len() - row.len() + 2 * "1,\"T".len()];
        let cut = format!("{first}{row}{rest}");
        let half = second_half(cut.as_bytes()).expect("it is long");
        assert!(half.starts_with(inner_row.as_bytes()));
        let cut = format!("{header}{cut}");
        let threads = |count| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(count).build();
            pool.expect("threads can be started")
        };
        let (one, two) = (threads(1), threads(2));
        for text in [whole, cut] {
            let read = || read_with(&definition, text.as_bytes());
            let (rows, findings) = one.install(read);
            assert!(rows.len() > 4_900, "{}", rows.len());
            // Whether the second thread comes in time is up to the system.
            for _ in 0..8 {
                let (rows_of_two, findings_of_two) = two.install(read);
                assert!(rows == rows_of_two, "other rows");
                assert_eq!(format!("{findings:?}"), format!("{findings_of_two:?}"));
            }
        }
    }

    #[test]
    fn a_figure_remembers_its_file_and_line() {
        let text = "indicator,area,cohort,numerator,denominator,value\n\n1,Top,all,1,2,\n\n\n1,Area 1,uasc,,,50%\n";
        let (rows, findings) = read(text.as_bytes());
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(rows.len(), 2);
        for (row, line) in rows.iter().zip([3, 6]) {
            assert!(row.contains(&format!("line: Some({line})")), "{row}");
        }
    }

    #[test]
    fn a_cohort_is_found_in_any_case() {
        let (definition, mut findings) = (Definition::for_test(DEFINITIONS), Findings::default());
        let names = NameFinder::new(&definition);
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("results.csv");
        let text = "indicator,area,cohort,numerator,denominator,value\n2,Top,Excluding-CIN,,,5\n";
        std::fs::write(&path, text).expect("a file");
        let month = "2016-01".parse().expect("a month");
        let mut reader = Reader::new(&names, month);
        reader.read(&Ledger::default().file(&path), &mut findings);
        let results = reader.finish(&mut findings);
        assert!(findings.is_empty(), "{findings:?}");
        let (area, indicator) = (definition.top, definition.find_indicator("2").expect("one"));
        let cin = definition.find_cohort("cin").expect("a cohort");
        assert!(results.row(area, indicator, Population::Excluding(cin)).is_some());
    }
}
