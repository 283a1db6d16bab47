//! The workbook and the Word document of the pack contain every cell of its pages, with numbers as
//! numbers and text as text.
//!
//! Here the workbook is read with another library, and the document as plain XML. Programs that
//! people use take longer to run, so they are in `tests/readers/run`; the ignored test below runs
//! it.

use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use crate::common::{sample, with_scorecard, written};
use calamine::{Data, DataType, Ods, Range, Reader, Xlsx};
use quick_xml::events::Event;
use scorecard::figure::Decimal;
use scorecard::layout::prose::Prose;
use scorecard::layout::{
    Align, Block, Cell, Document, Medium, Room, Row, Shown, Sign, Table, TableName, Value, pack,
};
use scorecard::rating::Direction;
use scorecard::render::tidy::plain;
use scorecard::render::{docx, html, ods, xlsx};
use zip::ZipArchive;

/// The sample, and the project with every case that is hard to write.
fn projects() -> [(PathBuf, &'static str, &'static [&'static str]); 2] {
    [(sample(), "2016-01", &[]), (sample().join("tests/formats/project"), "2026-10", &["all"])]
}

fn for_each_pack(work: impl Fn(&Document)) {
    for (project, month, areas) in projects() {
        with_scorecard(&project, month, areas, |scorecard| work(&pack(scorecard)));
    }
}

/// The text of a cell as documents write it.
fn worded(cell: &Cell) -> String {
    let arrow = match cell.value {
        Value::Direction(Direction::Improved) => "↑ ",
        Value::Direction(Direction::Same) => "→ ",
        Value::Direction(Direction::Worsened) => "↓ ",
        _ => "",
    };
    // A sparkline is drawn, and the cell below it is empty.
    if matches!(cell.value, Value::Sparkline(_)) {
        return String::new();
    }
    format!("{arrow}{}", cell.lettered())
}

/// The columns that a workbook has of a table, those only for a table that stands alone or the
/// others; or that a document has.
fn columns(table: &Table, medium: Medium, alone: bool) -> Vec<usize> {
    let is_shown = |column: &usize| {
        let column = &table.columns[*column];
        column.is_shown(medium) && (column.shown == Shown::Alone) == alone
    };
    (0..table.columns.len()).filter(is_shown).collect()
}

/// The columns of a table that stands alone on a sheet: ids and names come before what repeats the
/// headings of the page.
fn columns_alone(table: &Table) -> Vec<usize> {
    let [alone, others] = [true, false].map(|alone| columns(table, Medium::Workbook, alone));
    if table.columns[0].heading == "ID" {
        [others, alone].concat()
    } else {
        [alone, others].concat()
    }
}

// The workbook.

#[test]
fn the_workbook_has_every_figure_in_its_cell_as_a_number() {
    for_each_pack(|document| {
        let bytes = written(|out| xlsx::write(document, out));
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        let names = book.sheet_names();
        assert_eq!(
            (names[0].as_str(), names.len()),
            ("Contents", document.pages.len() + 1 + usize::from(has_charts(document)))
        );
        for name in &names {
            let formulas = book.worksheet_formula(name).expect("a sheet");
            assert!(formulas.used_cells().next().is_none(), "{name} has no formula");
        }
        let (mut numbers, mut texts) = (0, 0);
        for (page, name) in document.pages.iter().zip(&names[1..]) {
            let sheet = book.worksheet_range(name).expect("a sheet");
            assert_eq!(
                sheet.get_value((0, 0)).and_then(DataType::as_string),
                Some(page.title.clone()),
                "{name} begins with its title"
            );
            let mut from = 0;
            for block in &page.blocks {
                let (table, order) = match block {
                    Block::Table(table) => (table, columns_alone(table)),
                    Block::Series(series) => {
                        (&series.table, columns(&series.table, Medium::Workbook, false))
                    }
                    _ => continue,
                };
                if table.rows.is_empty() {
                    continue;
                }
                let header = header(&sheet, table, &order, from)
                    .unwrap_or_else(|| panic!("{name} has the table {}", table.caption));
                for (row, cells) in (header + 1..).zip(table.cells()) {
                    for (column, of) in (0..).zip(&order) {
                        let place = format!("{name} row {} column {}", row + 1, column + 1);
                        match (sheet.get_value((row, column)), &cells[*of].value) {
                            (Some(Data::Float(found)), Value::Number(number)) => {
                                let exact: f64 = plain(&number.exact).parse().expect("digits");
                                let shown = if number.unit == Sign::Percent {
                                    found * 100.0
                                } else {
                                    *found
                                };
                                assert!(
                                    (shown - exact).abs() < 0.000_000_6 * exact.abs().max(1.0),
                                    "{place}: {shown} for {exact}"
                                );
                                numbers += 1;
                            }
                            (Some(Data::Float(found)), Value::Text) => {
                                assert_eq!(table.columns[*of].heading, "ID", "{place}");
                                assert_eq!(found.to_string(), cells[*of].text, "{place}");
                            }
                            (Some(Data::String(found)), value) => {
                                assert!(!matches!(value, Value::Number(_)), "{place} is a number");
                                assert_eq!(*found, worded(&cells[*of]), "{place}");
                                texts += 1;
                            }
                            (None | Some(Data::Empty), _) if worded(&cells[*of]).is_empty() => {}
                            (found, _) => panic!("{place}: {found:?} for {:?}", cells[*of]),
                        }
                    }
                    from = row;
                }
            }
        }
        assert!(numbers > 100 && texts > 300, "{numbers} numbers and {texts} texts were compared");
    });
}

/// The OpenDocument spreadsheet has the same sheets, and the same in each of their cells.
#[test]
fn the_opendocument_spreadsheet_has_the_cells_of_the_workbook() {
    for_each_pack(|document| {
        let excel = written(|out| xlsx::write(document, out));
        let mut excel: Xlsx<_> = Xlsx::new(Cursor::new(excel)).expect("a workbook");
        let open = written(|out| ods::write(document, out));
        let mut open: Ods<_> = Ods::new(Cursor::new(open)).expect("a spreadsheet");
        let names = excel.sheet_names();
        assert_eq!(open.sheet_names(), names);
        let (mut numbers, mut texts) = (0, 0);
        for name in &names {
            let sheet = excel.worksheet_range(name).expect("a sheet");
            let other = open.worksheet_range(name).expect("a sheet");
            let (rows, columns) = sheet.end().expect("a cell");
            let (more_rows, more_columns) = other.end().expect("a cell");
            for row in 0..=rows.max(more_rows) {
                for column in 0..=columns.max(more_columns) {
                    let cell = |of: &Range<Data>| match of.get_value((row, column)) {
                        None | Some(Data::Empty) => String::new(),
                        Some(Data::Float(number)) => format!("the number {number}"),
                        Some(Data::String(text)) => text.clone(),
                        Some(other) => panic!("{name} row {row} column {column}: {other:?}"),
                    };
                    let found = cell(&sheet);
                    assert_eq!(cell(&other), found, "{name} row {row} column {column}");
                    numbers += usize::from(found.starts_with("the number "));
                    texts += usize::from(!found.is_empty());
                }
            }
            let formulas = open.worksheet_formula(name).expect("a sheet");
            assert!(formulas.used_cells().next().is_none(), "{name} has no formula");
        }
        assert!(numbers > 300 && texts > 1000, "{numbers} numbers in {texts} cells");
    });
}

/// What is not in its cells: the names of tables, what stays in sight, what stands on paper, and what
/// charts say to those who cannot see them.
#[test]
fn the_opendocument_spreadsheet_has_what_the_workbook_has_beside_its_cells() {
    for_each_pack(|document| {
        let excel = parts(written(|out| xlsx::write(document, out)));
        let open = parts(written(|out| ods::write(document, out)));
        assert_eq!(open[0].0, "mimetype", "what it is stands first");
        assert_eq!(open[0].1, b"application/vnd.oasis.opendocument.spreadsheet");
        let part = |wanted: &str| {
            let found = open.iter().find(|(name, _)| name == wanted);
            String::from_utf8(found.expect("a part").1.clone()).expect("text")
        };
        let (content, settings) = (part("content.xml"), part("settings.xml"));
        let (styles, meta) = (part("styles.xml"), part("meta.xml"));
        let starting = |with: &'static str| {
            let of = excel.iter().filter(move |(name, _)| name.starts_with(with));
            of.map(|(_, bytes)| String::from_utf8_lossy(bytes))
        };
        for table in starting("xl/tables/") {
            let name = attribute(&table, "table", "displayName").expect("a name");
            let range = format!("<table:database-range table:name=\"{name}\" ");
            assert!(content.contains(&range), "{name}");
        }
        let frozen = starting("xl/worksheets/sheet").filter(|sheet| sheet.contains("<pane "));
        let frozen = frozen.count();
        assert!(frozen > 5);
        assert_eq!(settings.matches("\"VerticalSplitMode\"").count(), frozen);
        assert_eq!(content.matches("<table:table-header-rows>").count(), frozen);
        // Each sheet of paper says whose it is, and which page.
        let sheets = starting("xl/worksheets/sheet").count();
        let imprint = format!("<text:p>{}</text:p>", document.imprint().replace('&', "&amp;"));
        assert_eq!(styles.matches(&imprint).count(), sheets);
        assert_eq!(styles.matches("<text:page-count>").count(), sheets);
        assert!(styles.contains("fo:language=\"en\" fo:country=\"GB\""));
        assert!(meta.contains("<dc:title>") && meta.contains("<dc:language>en-GB</dc:language>"));
        // Charts are drawn from the sheet of numbers, and say what they show.
        let charts = starting("xl/charts/chart").count();
        assert!(charts > 3);
        assert_eq!(content.matches("<draw:object ").count(), charts);
        assert_eq!(content.matches("<svg:desc>Line chart. ").count(), charts);
        for number in 1..=charts {
            let chart = part(&format!("Object {number}/content.xml"));
            assert!(chart.contains("chart:values-cell-range-address=\"'Chart data'."), "{number}");
        }
        let sparklines = |text: &str, element: &str| text.matches(element).count();
        let drawn: usize = starting("xl/worksheets/sheet")
            .map(|sheet| sparklines(&sheet, "<x14:sparkline>"))
            .sum();
        assert_eq!(sparklines(&content, "<calcext:sparkline "), drawn);
        // The parts that there are, each in the list of parts.
        let manifest = part("META-INF/manifest.xml");
        for (name, _) in open.iter().filter(|(name, _)| name != "mimetype") {
            let listed = manifest.contains(&format!("manifest:full-path=\"{name}\""));
            assert!(listed || name == "META-INF/manifest.xml", "{name}");
        }
    });
}

/// Each sparkline of the pages is one of the workbook, in its cell, and draws numbers of the sheet
/// with those of the charts.
#[test]
fn the_workbook_has_every_sparkline() {
    for_each_pack(|document| {
        let parts = parts(written(|out| xlsx::write(document, out)));
        let sheets = parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet"));
        let drawn = sheets.map(|(_, bytes)| {
            let text = std::str::from_utf8(bytes).expect("text");
            text.matches("<x14:sparkline><xm:f>'Chart data'!").count()
        });
        let cells = document.pages.iter().flat_map(|page| &page.blocks).filter_map(Block::table);
        let cells = cells.flat_map(Table::cells).flatten();
        let wanted = cells.filter(|cell| matches!(cell.value, Value::Sparkline(_))).count();
        assert_eq!(drawn.sum::<usize>(), wanted);
        assert!(wanted > 3, "{wanted} sparklines");
    });
}

fn has_charts(document: &Document) -> bool {
    document.pages.iter().flat_map(|page| &page.blocks).any(|block| match block {
        Block::Series(series) => !series.chart.points.is_empty(),
        Block::Table(table) => {
            table.cells().flatten().any(|cell| matches!(cell.value, Value::Sparkline(_)))
        }
        _ => false,
    })
}

/// The row at or after `from` with the headings of a table. `None` if there is none.
fn header(sheet: &Range<Data>, table: &Table, order: &[usize], from: u32) -> Option<u32> {
    let is_header = |row: &u32| {
        (0..).zip(order).all(|(column, of)| {
            sheet.get_value((*row, column)).and_then(DataType::as_string).as_deref()
                == Some(table.columns[*of].heading_alone())
        })
    };
    (from..sheet.end()?.0).find(is_header)
}

// The document.

/// The parts of a package, unpacked.
fn parts(bytes: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut parts = Vec::new();
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("its bytes");
        parts.push((part.name().expect("a name").into_owned(), bytes));
    }
    parts
}

/// A table of a document: for each row, whether it is a header, and the text of its cells without
/// the marks of notes.
type Written = Vec<(bool, Vec<String>)>;

fn tables(part: &[u8]) -> Vec<Written> {
    let mut reader = quick_xml::Reader::from_reader(part);
    let (mut tables, mut is_mark, mut in_cell) = (Vec::<Written>::new(), false, false);
    loop {
        match reader.read_event().expect("XML") {
            Event::Eof => return tables,
            Event::Start(element) => match element.name().as_ref() {
                "w:tbl" => tables.push(Vec::new()),
                "w:tr" => tables.last_mut().expect("a table").push((false, Vec::new())),
                "w:tc" => {
                    tables
                        .last_mut()
                        .and_then(|table| table.last_mut())
                        .expect("a row")
                        .1
                        .push(String::new());
                    in_cell = true;
                }
                "w:r" => is_mark = false,
                _ => {}
            },
            Event::Empty(element) => match element.name().as_ref() {
                "w:tblHeader" => {
                    tables.last_mut().and_then(|table| table.last_mut()).expect("a row").0 = true;
                }
                "w:vertAlign" => is_mark = true,
                _ => {}
            },
            Event::End(element) if element.name().as_ref() == "w:tc" => in_cell = false,
            Event::Text(text) if in_cell && !is_mark => push(&mut tables, &text),
            Event::GeneralRef(name) if in_cell && !is_mark => {
                let letter = match name.as_ref() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    other => panic!("{other:?} is not written"),
                };
                push(&mut tables, letter);
            }
            _ => {}
        }
    }
}

fn push(tables: &mut [Written], text: &str) {
    if let Some(cell) =
        tables.last_mut().and_then(|table| table.last_mut()).and_then(|(_, cells)| cells.last_mut())
    {
        cell.push_str(text);
    }
}

#[test]
fn the_document_has_every_cell_and_repeats_every_header() {
    for_each_pack(|document| {
        let parts = parts(written(|out| docx::write(document, out)));
        for (name, bytes) in parts.iter().filter(|(name, _)| !is_workbook(name)) {
            let mut reader = quick_xml::Reader::from_reader(bytes.as_slice());
            while !matches!(
                reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")),
                Event::Eof
            ) {}
        }
        let text = &parts.iter().find(|(name, _)| name == "word/document.xml").expect("the text").1;
        let text_only = String::from_utf8_lossy(text);
        let not_on_paper: String = text_only
            .split("Not shown on paper: ")
            .skip(1)
            .filter_map(|rest| rest.split_once('.').map(|(columns, _)| columns))
            .collect();
        // Tables in the commentary are counted, but not compared.
        let of_prose =
            document.pages.iter().flat_map(|page| &page.blocks).filter_map(|block| match block {
                Block::Prose(prose) => Some(
                    prose
                        .iter()
                        .filter(|part| matches!(part, Prose::Row { is_header: true, .. }))
                        .count(),
                ),
                _ => None,
            });
        let of_prose: usize = of_prose.sum();
        let mut found = tables(text).into_iter();
        let (mut compared, mut skipped) = (0, 0);
        let blocks =
            document.covering.iter().chain(document.pages.iter().flat_map(|page| &page.blocks));
        for table in blocks.filter_map(Block::table).filter(|table| !table.rows.is_empty()) {
            let mut shown = columns(table, Medium::Paper, false);
            let headings = |shown: &[usize]| -> Vec<_> {
                shown.iter().map(|column| table.columns[*column].heading.clone()).collect()
            };
            let keys = shown
                .iter()
                .filter(|column| !matches!(table.columns[**column].room, Room::Group(_)))
                .count();
            // If groups of columns do not fit, they are in further tables, each of which repeats
            // the first columns.
            let mut joined: Option<Written> = None;
            while joined.as_ref().is_none_or(|joined| joined[0].1.len() < shown.len()) {
                let next = found.next().unwrap_or_else(|| panic!("the table {}", table.caption));
                assert!(
                    next[0].0 && !next[1..].iter().any(|(is_header, _)| *is_header),
                    "the first row is the header, and no other"
                );
                match &mut joined {
                    None if next[0].1[0] != table.columns[shown[0]].heading => skipped += 1,
                    None => {
                        // Spare columns of a long table are left out, and named.
                        let is_spare = |column: &usize| {
                            let of = &table.columns[*column];
                            of.align == Align::Left && matches!(of.room, Room::Spare(3..))
                        };
                        let (left_out, there) =
                            shown.into_iter().partition::<Vec<_>, _>(|column| {
                                is_spare(column)
                                    && !next[0].1.contains(&table.columns[*column].heading)
                            });
                        for heading in headings(&left_out) {
                            assert!(not_on_paper.contains(&heading), "{heading} is left out");
                        }
                        shown = there;
                        joined = Some(next);
                    }
                    Some(joined) => joined.iter_mut().zip(next).for_each(|(row, next)| {
                        if next.1.len() > 1 {
                            row.1.extend_from_slice(&next.1[keys..]);
                        }
                    }),
                }
            }
            let joined = joined.expect("it has been found");
            assert_eq!(joined[0].1, headings(&shown), "{}", table.caption);
            assert_eq!(joined.len(), table.rows.len() + 1, "{}", table.caption);
            for (row, (_, found)) in table.rows.iter().zip(&joined[1..]) {
                match row {
                    Row::Section(title) => assert_eq!(found, std::slice::from_ref(title)),
                    Row::Cells(cells) => {
                        let expected: Vec<_> =
                            shown.iter().map(|column| worded(&cells[*column])).collect();
                        let found: Vec<_> =
                            found.iter().map(|cell| cell.replace('\u{a0}', " ")).collect();
                        assert_eq!(found, expected, "{}", table.caption);
                        compared += found.len();
                    }
                }
            }
        }
        skipped += found.count();
        assert!(compared > 500 && skipped == of_prose, "{compared} cells, {skipped} other tables");
    });
}

#[test]
fn every_sheet_of_paper_says_whose_it_is() {
    for_each_pack(|document| {
        let imprint = document.imprint();
        assert!(
            imprint.contains(&document.subject) && imprint.to_lowercase().contains("draft"),
            "{imprint}"
        );
        let (mut sheets, mut names) = (0, Vec::new());
        for (name, bytes) in parts(written(|out| xlsx::write(document, out))) {
            let part = String::from_utf8_lossy(&bytes);
            if name.starts_with("xl/worksheets/sheet") {
                assert!(part.contains(&format!("<oddFooter>&amp;L{imprint}&amp;R")), "{name}");
                sheets += 1;
            }
            if name.starts_with("xl/tables/") {
                let (_, rest) = part.split_once("displayName=\"").expect("a name");
                names.push(rest.split_once('"').expect("its end").0.to_owned());
            }
        }
        assert!(sheets > document.pages.len(), "{sheets} sheets have a footer");
        // Formulas of other workbooks refer to a table by its name, every month.
        for month in [document.subject.as_str(), "2016", "2026"] {
            assert!(!names.iter().any(|name| name.contains(month)), "{names:?}");
        }
        let main = document.pages.iter().find(|page| page.table == Some(TableName::Scorecard));
        let area = main.and_then(|page| page.area.as_deref()).expect("an area");
        assert!(names.contains(&format!("Scorecard_{area}")), "{names:?}");

        let parts = parts(written(|out| docx::write(document, out)));
        let footers: Vec<_> =
            parts.iter().filter(|(name, _)| name.starts_with("word/footer")).collect();
        assert_eq!(footers.len(), 2, "one for each way that the paper lies");
        for (name, bytes) in footers {
            assert!(String::from_utf8_lossy(bytes).contains(&imprint), "{name}");
        }
        let text = &parts.iter().find(|(name, _)| name == "word/document.xml").expect("the text").1;
        let text = String::from_utf8_lossy(text);
        let captions = |kind: &str| text.matches(&format!(" SEQ {kind} ")).count();
        let charts = parts.iter().filter(|(name, _)| name.starts_with("word/charts/chart")).count();
        assert_eq!(captions("Figure"), charts, "every chart has its number");
        assert!(captions("Table") >= document.pages.len(), "and every table");
    });
}

/// A council's own document: a header, a footer, a heading style under another id, a list, a line of
/// its own.
fn agenda(change: impl Fn(&str, &str) -> String) -> Vec<u8> {
    const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let related = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
    };
    let relationships = |inside: &str| {
        format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{inside}</Relationships>")
    };
    let typed = |part: &str, kind: &str| {
        format!("<Override PartName=\"/word/{part}.xml\" ContentType=\"{WORD}.{kind}+xml\"/>")
    };
    let types: String = [
        typed("document", "document.main"),
        typed("styles", "styles"),
        typed("numbering", "numbering"),
        typed("header1", "header"),
        typed("footer1", "footer"),
    ]
    .concat();
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
                 ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Default Extension=\"xml\" ContentType=\"application/xml\"/>{types}</Types>"
            ),
        ),
        ("_rels/.rels", relationships(&related("rId1", "officeDocument", "word/document.xml"))),
        (
            "word/_rels/document.xml.rels",
            relationships(
                &[
                    related("rId1", "styles", "styles.xml"),
                    related("rId2", "numbering", "numbering.xml"),
                    related("rId3", "header", "header1.xml"),
                    related("rId4", "footer", "footer1.xml"),
                ]
                .concat(),
            ),
        ),
        (
            "word/document.xml",
            format!(
                "<w:document {W} xmlns:r=\"{OFFICE}\"><w:body><w:p><w:r><w:t>To the Committee</w:t>\
                 </w:r></w:p><w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId3\"/>\
                 <w:footerReference w:type=\"default\" r:id=\"rId4\"/></w:sectPr></w:body>\
                 </w:document>"
            ),
        ),
        (
            "word/styles.xml",
            format!(
                "<w:styles {W}><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Standard\">\
                 <w:name w:val=\"Normal\"/></w:style><w:style w:type=\"paragraph\" \
                 w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/></w:style></w:styles>"
            ),
        ),
        (
            "word/numbering.xml",
            format!(
                "<w:numbering {W}><w:abstractNum w:abstractNumId=\"4\"/><w:num w:numId=\"7\">\
                 <w:abstractNumId w:val=\"4\"/></w:num></w:numbering>"
            ),
        ),
        ("word/header1.xml", format!("<w:hdr {W}><w:p/></w:hdr>")),
        ("word/footer1.xml", format!("<w:ftr {W}><w:p/></w:ftr>")),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("begun");
        zip.write_all(change(name, &part).as_bytes()).expect("written");
    }
    zip.finish().expect("finished").into_inner()
}

#[test]
fn a_document_takes_styles_headers_and_footers_from_the_council_s_own() {
    for_each_pack(|document| {
        let mut document = document.clone();
        document.template = Some(agenda(|_, part| part.to_owned()).into());
        document.marking = Some("OFFICIAL: not for publication".to_owned());
        let parts = parts(written(|out| docx::write(&document, out)));
        let part = |path: &str| {
            let found = parts.iter().find(|(name, _)| name == path);
            String::from_utf8_lossy(&found.unwrap_or_else(|| panic!("{path} is there")).1)
                .into_owned()
        };
        assert_eq!(parts[0].0, "[Content_Types].xml");
        for (name, bytes) in parts.iter().filter(|(name, _)| !is_workbook(name)) {
            let mut reader = quick_xml::Reader::from_reader(bytes.as_slice());
            while !matches!(
                reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")),
                Event::Eof
            ) {}
        }
        let text = part("word/document.xml");
        assert!(text.contains("<w:body><w:p><w:r><w:t>To the Committee</w:t>"), "its own words");
        assert!(text.contains("<w:pStyle w:val=\"berschrift1\"/>"), "its own style");
        assert!(!text.contains("<w:pStyle w:val=\"Heading1\"/>"), "and not the program's");
        let sections = text.matches("<w:sectPr>").count();
        let headed = "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId3\"/>\
                      <w:footerReference w:type=\"default\" r:id=\"rId4\"/>";
        assert_eq!(text.matches(headed).count(), sections, "every section has its header");
        assert!(part("word/footer1.xml").contains(&document.imprint()), "and says it is a draft");
        for path in ["word/header1.xml", "word/footer1.xml"] {
            assert!(part(path).contains("OFFICIAL: not for publication"), "{path} has the marking");
        }
        let styles = part("word/styles.xml");
        assert_eq!(styles.matches("<w:name w:val=\"heading 1\"/>").count(), 1, "no style twice");
        assert!(styles.contains("<w:name w:val=\"Cell\"/>"), "the styles that it lacks");
        let numbering = part("word/numbering.xml");
        let (kinds, lists) = numbering.split_at(numbering.find("<w:num ").expect("a list"));
        assert!(kinds.contains("w:abstractNumId=\"5\"") && lists.contains("w:numId=\"8\""));
        assert!(!lists.contains("<w:abstractNum "), "kinds stand before lists");
        assert!(
            text.contains("<w:numId w:val=\"8\"/>") && !text.contains("<w:numId w:val=\"1\"/>")
        );
        // Each relationship of the text leads to a part that has a type.
        let (relationships, types) =
            (part("word/_rels/document.xml.rels"), part("[Content_Types].xml"));
        let targets = relationships.split("Target=\"").skip(1);
        for target in targets.filter_map(|rest| rest.split('"').next()) {
            assert!(types.contains(&format!("PartName=\"/word/{target}\"")), "{target} has a type");
            part(&format!("word/{target}"));
        }
    });
}

#[test]
fn what_cannot_be_a_template_is_told_why() {
    let cannot = |bytes: &[u8]| docx::check_template(bytes).expect_err("it cannot");
    assert_eq!(docx::check_template(&agenda(|_, part| part.to_owned())), Ok(()));
    assert_eq!(cannot(b"not a package"), "it is not a Word document (.docx)");
    let with =
        |from: &'static str, to: &'static str| cannot(&agenda(|_, part| part.replace(from, to)));
    assert_eq!(
        with("document.main+xml", "document.macroEnabled.main+xml"),
        "it has macros: save it as a Word document (.docx) without them"
    );
    assert_eq!(with("<w:body>", "<w:other>"), "its text has no body");
    assert_eq!(
        with(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main"
        ),
        "it is in the format Strict Open XML: save it as a Word document"
    );
}

fn is_workbook(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "xlsx")
}

#[test]
fn every_chart_has_its_words_and_its_numbers() {
    for_each_pack(|document| {
        let parts = parts(written(|out| docx::write(document, out)));
        let text = |wanted: &str| {
            let part = parts
                .iter()
                .find(|(name, _)| name == wanted)
                .unwrap_or_else(|| panic!("the part {wanted}"));
            String::from_utf8(part.1.clone()).expect("text")
        };
        let charts =
            document.pages.iter().flat_map(|page| &page.blocks).filter_map(|block| match block {
                Block::Series(series) if !series.table.rows.is_empty() => Some(&series.chart),
                _ => None,
            });
        let body = text("word/document.xml");
        for (number, chart) in (1..).zip(charts) {
            assert!(
                body.contains(&format!("r:id=\"chart{number}\"")),
                "chart {number} is in the text"
            );
            let first = chart.points.first().expect("a point").label.as_str();
            assert!(
                body.contains("descr=\"")
                    && text(&format!("word/charts/chart{number}.xml")).contains(first)
            );
            let book = parts
                .iter()
                .find(|(name, _)| *name == format!("word/embeddings/chart{number}.xlsx"))
                .expect("its workbook");
            let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book.1.clone())).expect("a workbook");
            let sheet = book.worksheet_range("Sheet1").expect("a sheet");
            for (row, point) in (1..).zip(&chart.points) {
                assert_eq!(
                    sheet.get_value((row, 0)).and_then(DataType::as_string),
                    Some(point.label.clone())
                );
                // A missing number is a blank cell, never 0.
                let result = (0..6).find(|column| {
                    sheet.get_value((0, *column)).and_then(DataType::as_string).as_deref()
                        == Some("Result")
                });
                let found =
                    result.and_then(|column| sheet.get_value((row, column))).and_then(Data::as_f64);
                assert_eq!(
                    found.is_some(),
                    point.result.is_some(),
                    "{} of {}",
                    point.label,
                    chart.title
                );
            }
        }
    });
}

// Word, Excel and HTML.

/// An attribute of the first element with this name. `None` if there is no such element or
/// attribute.
fn attribute<'t>(text: &'t str, element: &str, attribute: &str) -> Option<&'t str> {
    let (_, after) = text.split_once(&format!("<{element} "))?;
    let (inside, _) = after.split_once('>')?;
    let (_, value) = inside.split_once(&format!("{attribute}=\""))?;
    Some(value.split_once('"')?.0)
}

/// The vertical axis of a chart in Word or Excel: its minimum, its maximum, its step, and its
/// number format.
fn axis_of_chart(part: &str) -> [String; 4] {
    let axis = &part[part.find("<c:valAx>").expect("an upright axis")..];
    [("c:min", "val"), ("c:max", "val"), ("c:majorUnit", "val"), ("c:numFmt", "formatCode")]
        .map(|(element, name)| attribute(axis, element, name).expect("it is said").to_owned())
}

/// The labels of the vertical axis of each chart on a page, from the bottom to the top.
fn ticks_of_page(page: &str) -> Vec<Vec<&str>> {
    let charts = page.split("<figure class=\"chart").skip(1);
    charts
        .map(|chart| {
            let (chart, _) = chart.split_once("</figure>").expect("its end");
            let ticks = chart.split("<text class=\"tick\"").skip(1);
            ticks
                .map(|tick| {
                    let (_, text) = tick.split_once('>').expect("a text");
                    text.split_once('<').expect("its end").0
                })
                .collect()
        })
        .collect()
}

#[test]
fn a_chart_has_the_same_axis_on_the_page_in_word_and_in_excel() {
    let compared = std::cell::Cell::new(0);
    for_each_pack(|document| {
        let axes: Vec<_> = document
            .pages
            .iter()
            .flat_map(|page| &page.blocks)
            .filter_map(|block| match block {
                Block::Series(series) => series.chart.axis.as_ref(),
                _ => None,
            })
            .collect();
        let page = String::from_utf8(written(|out| html::write(document, out))).expect("text");
        let on_page = ticks_of_page(&page);
        let word = parts(written(|out| docx::write(document, out)));
        let excel = parts(written(|out| xlsx::write(document, out)));
        let chart = |parts: &[(String, Vec<u8>)], name: &str| {
            let (_, bytes) = parts.iter().find(|part| part.0 == name).expect("a chart");
            axis_of_chart(std::str::from_utf8(bytes).expect("text"))
        };
        assert_eq!(on_page.len(), axes.len());
        for (number, (axis, on_page)) in (1..).zip(axes.into_iter().zip(on_page)) {
            let labels: Vec<_> = axis.ticks().iter().map(ToString::to_string).collect();
            assert_eq!(on_page, labels, "chart {number}");
            let in_word = chart(&word, &format!("word/charts/chart{number}.xml"));
            assert_eq!(in_word, chart(&excel, &format!("xl/charts/chart{number}.xml")));
            let [low, high, step, format] = in_word;
            // Calculate the labels as Word or Excel does when it draws the chart.
            let scale = if axis.step.unit == Sign::Percent { 100.0 } else { 1.0 };
            let places = format.split_once('.').map_or(0, |(_, after)| after.matches('0').count());
            let label = |value: f64| {
                let shown: Decimal =
                    format!("{:.places$}", value * scale).parse().expect("a decimal");
                let format = format.replace("&quot;", "\"");
                // Text in a format stands in quotation marks.
                let words = format.split('"').nth(1).unwrap_or_default();
                let percent = if format.ends_with('%') { "%" } else { "" };
                let number = shown.grouped();
                if format.starts_with('"') {
                    format!("{words}{number}{percent}")
                } else {
                    format!("{number}{percent}{words}")
                }
            };
            let [low, high, step] =
                [low, high, step].map(|text| text.parse::<f64>().expect("a number"));
            let steps: f64 = (high - low) / step;
            let drawn: Vec<String> = (0..=u8::MAX)
                .map(f64::from)
                .take_while(|index| *index < steps + 0.5)
                .map(|index| label(low + step * index))
                .collect();
            assert_eq!(drawn, labels, "chart {number}");
            compared.set(compared.get() + 1);
        }
    });
    assert!(compared.get() > 6, "{} charts were compared", compared.get());
}

// Both documents.

#[test]
fn identical_inputs_give_identical_bytes() {
    for_each_pack(|document| {
        assert!(
            written(|out| xlsx::write(document, out)) == written(|out| xlsx::write(document, out)),
            "the workbook"
        );
        assert!(
            written(|out| ods::write(document, out)) == written(|out| ods::write(document, out)),
            "the spreadsheet"
        );
        assert!(
            written(|out| docx::write(document, out)) == written(|out| docx::write(document, out)),
            "the document"
        );
    });
}

/// A report with nothing to show is still a valid document.
#[test]
fn pages_without_rows_are_written() {
    with_scorecard(&sample(), "2016-01", &["Disability Service"], |scorecard| {
        let document =
            scorecard::layout::lay_out(scorecard, &[TableName::Exceptions, TableName::Activity]);
        let book = written(|out| xlsx::write(&document, out));
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book)).expect("a workbook");
        let sheet = book.worksheet_range(&book.sheet_names()[1]).expect("a sheet");
        assert!(
            sheet
                .used_cells()
                .any(|(_, _, cell)| cell.as_string().as_deref() == Some("No indicator is red."))
        );
        let parts = parts(written(|out| docx::write(&document, out)));
        assert!(
            parts
                .iter()
                .any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("No indicator is red."))
        );
    });
}

#[test]
#[ignore = "needs LibreOffice, poppler and Python, and installs them: tests/readers/run"]
fn readers_that_people_use_find_every_figure() {
    let run =
        std::process::Command::new(sample().join("tests/readers/run")).status().expect("it runs");
    assert!(run.success());
}
