//! Excel workbooks.

use super::book::{Book, HEADER, row};
use super::project::{Month, read};

fn of(book: &Book) -> Month {
    read(&[("results.xlsx", &book.bytes())])
}

/// What is read of one cell of a sheet, as the value of an average, and what is found.
fn cell(book: Book, cell: &str) -> (String, Vec<String>) {
    let month = of(&book.results(&row(2, &["\"01\"", "", "", "", "", cell])));
    (month.figure("01", "Kent"), month.found())
}

#[test]
fn a_sheet_is_read_as_a_csv_file_is() {
    let rows = row(2, &["9", "\"St Mary’s\"", "", "20", "25"])
        + &row(4, &["7", "\"Kent\"", "\"ALL\"", "", "", "12542"]);
    let month = of(&Book::default().results(&rows));
    assert_eq!(
        (month.figure("9", "St Mary’s"), month.figure("7", "Kent")),
        ("20 of 25".into(), "12542".into())
    );
    assert_eq!(
        (month.place("9", "St Mary’s"), month.place("7", "Kent")),
        ("results.xlsx:Sheet1!A2".into(), "results.xlsx:Sheet1!A4".into())
    );
    assert_eq!(month.found(), [""; 0]);
    let book = Book::default().sheet(
        "Team's work",
        &(row(1, &["\"Area\"", "\"Referrals\""])
            + &row(2, &["\"Kent\"", "12"])
            + &row(3, &["", "x"])),
    );
    let month = read(&[("activity.xlsm", &book.bytes())]);
    assert_eq!(month.activity("referrals", "Kent"), "12");
    assert_eq!(
        month.found()[0],
        "not-a-number activity.xlsm:'Team''s work'!B3: \"x\" is a symbol that means different things in different files"
    );
}

#[test]
fn texts_may_be_shared_inline_or_in_parts() {
    let book = Book::default().string("St Mary’s").string("9 &amp; more").part(
        "xl/sharedStrings.xml",
        "<sst uniqueCount=\"99999999999999999\"><si><r><t>St </t></r><r><t xml:space=\"preserve\">Mary&#8217;s</t></r><rPh><t>no</t></rPh></si><si/></sst>"
            .as_bytes(),
    );
    let month = of(&book.results(&row(
        2,
        &[
            "\"9\"",
            "<c t=\"s\"><v>0</v></c>",
            "<c t=\"s\"><v>1</v></c>",
            "\"1,020\"",
            "<c t=\"str\"><f>A1</f><v>2000</v></c>",
        ],
    )));
    assert_eq!(month.figure("9", "St Mary’s"), "1020 of 2000");
    assert_eq!(month.found(), [""; 0]);
    let book =
        Book::default().results(&row(2, &["\"9\"", "\"St_x0020_Mary’s_x000D_\"", "", "1", "2"]));
    assert_eq!(of(&book).figure("9", "St Mary’s"), "1 of 2");
}

#[test]
fn stored_numbers_become_what_was_typed() {
    for (stored, figure) in [
        ("0.57999999999999996", "0.58"),
        ("333.60000000000002", "333.6"),
        ("1.2542E+4", "12542"),
        ("1.2E-2", "0.012"),
        ("-1.5", "-1.5"),
        ("0.33333333333333331", "0.333333333333333"),
        ("5.5511151231257827E-17", "0"),
    ] {
        assert_eq!(cell(Book::default(), stored), (figure.to_owned(), vec![]), "{stored}");
    }
    let (figure, found) = cell(Book::default(), "1E+20");
    assert_eq!(
        (figure.as_str(), &found[0][..35]),
        ("no row", "too-many-digits results.xlsx:Sheet1")
    );
}

#[test]
fn a_percentage_is_what_its_cell_shows() {
    let book = Book::default().format("0.0%").format("0.0\"%\"");
    let rows = row(2, &["9", "", "", "", "", "<c s=\"1\"><v>0.78400000000000003</v></c>"])
        + &row(3, &["9", "\"North Kent\"", "", "", "", "<c s=\"2\"><v>78.4</v></c>"])
        + &row(4, &["7", "", "", "", "", "<c s=\"1\"><v>0.5</v></c>"]);
    let month = of(&book.results(&rows));
    assert_eq!(
        (month.figure("9", "Kent"), month.figure("9", "North Kent")),
        ("78.4".into(), "78.4".into())
    );
    assert_eq!(
        of(&Book::default()
            .format("0.0%")
            .results(&row(2, &["9", "", "", "", "", "<c s=\"1\"><v>0.78</v></c>"])))
        .figure("9", "Kent"),
        "78.0"
    );
    assert_eq!(
        month.found(),
        [
            "not-a-number results.xlsx:Sheet1!F4: a % sign on what is not a percentage: indicator 7 is a number"
        ]
    );
}

#[test]
fn what_is_no_figure_says_what_it_is() {
    for (stored, found) in [
        (
            "<c s=\"1\"><v>42381</v></c>",
            "became-a-date results.xlsx:Sheet1!F2: \"2016-01-12\" is a date or a time",
        ),
        (
            "<c t=\"d\"><v>2016-01-12T00:00:00</v></c>",
            "became-a-date results.xlsx:Sheet1!F2: \"2016-01-12T00:00:00\" is a date or a time",
        ),
        (
            "<c t=\"e\"><v>#DIV/0!</v></c>",
            "excel-error results.xlsx:Sheet1!F2: \"#DIV/0!\" is Excel's error for a division by 0",
        ),
        (
            "<c t=\"b\"><v>1</v></c>",
            "not-a-number results.xlsx:Sheet1!F2: \"TRUE\" is true or false and not a figure",
        ),
        (
            "<c t=\"b\"><v>0</v></c>",
            "not-a-number results.xlsx:Sheet1!F2: \"FALSE\" is true or false and not a figure",
        ),
        (
            "\"12 days\"",
            "not-a-number results.xlsx:Sheet1!F2: \"12 days\" has something other than the number in it",
        ),
        (
            "<c><f>SUM(D2:D9)</f></c>",
            "not-calculated results.xlsx:Sheet1!F2: \"=SUM(D2:D9)\" is a formula, and its result is not in the file",
        ),
        (
            "<c><f>D2</f><v></v></c>",
            "not-calculated results.xlsx:Sheet1!F2: \"=D2\" is a formula, and its result is not in the file",
        ),
    ] {
        assert_eq!(
            cell(Book::default().format("dd/mm/yyyy"), stored),
            ("no row".to_owned(), vec![found.to_owned()]),
            "{stored}"
        );
    }
    for stored in [
        "<c/>",
        "<c><v/></c>",
        "<c t=\"str\"><f>IF(A1,1,\"\")</f><v></v></c>",
        "\" \"",
        "\"-\"",
        "<c t=\"inlineStr\"><is/></c>",
    ] {
        assert_eq!(cell(Book::default(), stored), ("no figure".to_owned(), vec![]), "{stored}");
    }
    assert_eq!(
        cell(Book::default(), "<c><f>1+1</f><v>2</v></c>"),
        ("2".to_owned(), vec![]),
        "what Excel has worked out"
    );
}

#[test]
fn what_is_stored_for_formulas_counts_for_nothing_until_excel_has_calculated() {
    // As programs write workbooks: a 0 for every formula, and a word to Excel to calculate
    // them.
    let book = Book::default().property("<calcPr fullCalcOnLoad=\"1\"/>");
    assert_eq!(cell(book.clone(), "<c><f>SUM(D2:D9)</f><v>0</v></c>").0, "no row");
    assert_eq!(cell(book, "3"), ("3".to_owned(), vec![]));
}

#[test]
fn days_may_be_counted_from_1904() {
    let header = HEADER
        .replace("value</t>", "value</t></is></c><c r=\"G1\" t=\"inlineStr\"><is><t>month</t>");
    let of = |properties: &str, day: &str| {
        let rows = format!(
            "{header}{}",
            row(2, &["9", "", "", "1", "2", "", &format!("<c s=\"1\"><v>{day}</v></c>")])
        );
        self::of(&Book::default().property(properties).format("mmm\\-yy").sheet("Sheet1", &rows))
            .found()
    };
    assert_eq!(of("", "42370"), [""; 0], "1 January 2016");
    assert_eq!(of("<workbookPr date1904=\"1\"/>", "40908"), [""; 0]);
    assert_eq!(
        of("", "42369"),
        [
            "wrong-month results.xlsx:Sheet1!G2: the row is of \"2015-12-31\", in the folder of 2016-01"
        ]
    );
}

#[test]
fn the_first_sheet_with_a_header_is_read() {
    let with = |figure: &str| format!("{HEADER}{}", row(2, &["9", "", "", figure, "25"]));
    let whole =
        |figure: &str| format!("<worksheet><sheetData>{}</sheetData></worksheet>", with(figure));
    let book = Book::default()
        .sheet("Read me", &row(1, &["\"What the figures mean\""]))
        .whole_sheet("Old", "hidden", &whole("1"))
        .sheet("January", &with("20"))
        .sheet("December", &with("19"))
        .sheet("Blank", "");
    let month = of(&book);
    assert_eq!(
        (month.figure("9", "Kent"), month.place("9", "Kent")),
        ("20 of 25".into(), "results.xlsx:January!A2".into())
    );
    assert_eq!(
        month.found(),
        [
            "second-sheet results.xlsx: the hidden sheet \"Old\" has a header too, and is not read: \"January\" is",
            "second-sheet results.xlsx: the sheet \"December\" has a header too, and is not read: \"January\" is",
            "other-sheets results.xlsx: 2 other sheets are not read: \"Read me\", \"Blank\"",
        ]
    );
    let book = Book::default()
        .sheet("Notes", &row(3, &["", "\"What the figures mean\""]))
        .whole_sheet("Figures", "veryHidden", &whole("1"));
    assert_eq!(
        of(&book).found()[0],
        "missing-column results.xlsx:Notes!A3: the header has no columns indicator, area, numerator, denominator and value"
    );
    assert_eq!(
        of(&Book::default().sheet("Blank", "")).found()[0],
        "empty-file results.xlsx:Blank!A1: the file is empty"
    );
    let hidden = Book::default().whole_sheet("Old", "hidden", &whole("1"));
    assert_eq!(
        of(&hidden).found()[0],
        "cannot-read results.xlsx: the workbook cannot be read: it has no sheet that can be seen"
    );
}

#[test]
fn the_table_may_stand_anywhere_on_its_sheet() {
    let title = row(2, &["", "\"Children in care\""]);
    let header = row(
        5,
        &[
            "",
            "\" Value\"",
            "\"Checked by\"",
            "\"INDICATOR\"",
            "\"Area\"",
            "\"Cohort\"",
            "\"Numerator\"",
            "\"Denominator\"",
        ],
    );
    let rows = row(6, &["\"=\"", "", "\"AR\"", "9", "", "", "20", "25", "\"a word\""])
        + &row(9, &["", "", "", "9", "\"North Kent\"", "", "x", "25"]);
    let month = of(&Book::default().sheet("Data", &format!("{title}{header}{rows}")));
    assert_eq!(
        (month.figure("9", "Kent"), month.place("9", "Kent")),
        ("20 of 25".into(), "results.xlsx:Data!B6".into())
    );
    assert_eq!(
        month.found(),
        [
            "not-a-number results.xlsx:Data!G9: \"x\" is a symbol that means different things in different files",
            "unknown-column results.xlsx:Data!B5: the column \"checked by\" is not used",
            "rows-above-header results.xlsx:Data!B2: 1 row above the header is not read: \"Children in care\"",
        ]
    );
}

#[test]
fn a_heading_twice_is_said_with_its_columns() {
    let header = HEADER.replace(
        "value</t></is></c>",
        "value</t></is></c><c r=\"H1\" t=\"inlineStr\"><is><t>Area</t></is></c>",
    );
    assert_eq!(
        of(&Book::default().sheet("S", &header)).found()[0],
        "repeated-column results.xlsx:S!A1: the column \"area\" is there twice, as columns B and H"
    );
}

#[test]
fn merged_cells_leave_no_figure_with_the_wrong_area() {
    let rows = row(2, &["9", "", "", "20", "25"]) + &row(3, &["7", "", "", "", "", "3"]);
    let with = |merged: &str| {
        let xml = format!(
            "<worksheet><sheetData>{HEADER}{rows}</sheetData><mergeCells><mergeCell ref=\"{merged}\"/></mergeCells></worksheet>"
        );
        of(&Book::default().whole_sheet("Sheet1", "visible", &xml)).found()
    };
    assert_eq!(
        with("B2:B3"),
        [
            "merged-cells results.xlsx:Sheet1!B2:B3: merged cells: only the first of them holds what is shown for all"
        ]
    );
    for harmless in ["A1:F1", "H2:H3", "B4:B9", "B2:B2", "E2:F2"] {
        assert_eq!(with(harmless).len(), usize::from(harmless == "E2:F2"), "{harmless}");
    }
}

#[test]
fn hidden_rows_are_read_and_noted() {
    let rows = row(2, &["9", "", "", "20", "25"])
        + &row(3, &["7", "", "", "", "", "3"]).replace("<row", "<row hidden=\"1\"");
    let month = of(&Book::default().results(&rows));
    assert_eq!(month.figure("7", "Kent"), "3");
    assert_eq!(
        month.found(),
        ["hidden-rows results.xlsx:Sheet1!A3: 1 row is hidden in Excel, and read all the same"]
    );
}

#[test]
fn a_workbook_goes_by_what_it_is_and_not_by_its_name() {
    let bytes = Book::default().results(&row(2, &["9", "", "", "20", "25"])).bytes();
    assert_eq!(read(&[("results.csv", &bytes)]).figure("9", "Kent"), "20 of 25");
    let csv = b"indicator,area,cohort,numerator,denominator,value\n9,,,20,25,\n";
    assert_eq!(
        read(&[("results.xlsx", csv)]).found()[0],
        "cannot-read results.xlsx: it is text, and its name ends with \".xlsx\""
    );
    let old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    for name in ["results.xlsx", "results.csv"] {
        let found = format!(
            "cannot-read {name}: the workbook cannot be read: it has a password, or is in the format of Excel 97 (*.xls)"
        );
        assert_eq!(read(&[(name, old)]).found()[0], found);
    }
}

/// Workbooks that other programs have written, with the same table: `tests/excel/make.py`.
#[test]
fn workbooks_of_other_programs_are_read() {
    for (name, bytes) in [
        ("openpyxl", &include_bytes!("openpyxl.xlsx")[..]),
        ("xlsxwriter", include_bytes!("xlsxwriter.xlsx")),
    ] {
        let month = read(&[("results.xlsx", bytes)]);
        assert_eq!(month.figure("9", "St Mary’s"), "20 of 25", "{name}");
        assert_eq!(month.figure("9", "Kent"), "78.4", "{name}");
        assert_eq!(month.figure("01", "Kent"), "333.6", "{name}");
        assert_eq!(month.figure("7", "Kent"), "no row", "{name}");
        assert_eq!(month.figure("7", "North Kent"), "[c]", "{name}");
        assert_eq!(
            month.found(),
            [
                "became-a-date results.xlsx:January!F7: \"2016-01-12\" is a date or a time",
                "not-calculated results.xlsx:January!F5: \"=SUM(D2:D3)\" is a formula, and its result is not in the file",
                "other-sheets results.xlsx: 1 other sheet is not read: \"Notes & queries\"",
            ],
            "{name}"
        );
    }
}

/// Case systems write other things for Excel, and people send them on.
#[test]
fn what_is_neither_text_nor_a_workbook_is_called_what_it_is() {
    let zip = |part: &str, relation: &str| {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let mut add = |name: &str, text: &str| {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("started");
            std::io::Write::write_all(&mut archive, text.as_bytes()).expect("written");
        };
        add(part, "");
        if !relation.is_empty() {
            let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
            add(
                "_rels/.rels",
                &format!(
                    "<Relationships><Relationship Id=\"a\" Type=\"{kind}\" Target=\"{relation}\"/></Relationships>"
                ),
            );
        }
        archive.finish().expect("finished").into_inner()
    };
    let utf_16: Vec<u8> =
        "\u{feff}<html><table>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, what) in [
        (b"\xef\xbb\xbf\n<!DOCTYPE html><html>".to_vec(), "a web page"),
        (b"<TABLE><tr><td>indicator</td></tr></TABLE>".to_vec(), "a web page"),
        (utf_16, "a web page"),
        (
            b"<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>".to_vec(),
            "an XML spreadsheet",
        ),
        (b"<?xml version=\"1.0\"?><figures/>".to_vec(), "XML"),
        (b"{\\rtf1\\ansi indicator}".to_vec(), "a Rich Text document"),
        (b"%PDF-1.7\n\xe2\xe3".to_vec(), "a PDF document"),
        (zip("word/document.xml", "word/document.xml"), "a Word document"),
        (zip("ppt/presentation.xml", "ppt/presentation.xml"), "a PowerPoint presentation"),
        (zip("mimetype", ""), "an OpenDocument file"),
        (zip("Index/Document.iwa", ""), "a document of Numbers or Pages"),
        (zip("results.csv", ""), "a ZIP archive"),
    ] {
        for name in ["results.csv", "results.xlsx"] {
            let found = read(&[(name, &bytes)]).found();
            assert_eq!(found[0], format!("cannot-read {name}: it is {what}"));
        }
    }
    assert_eq!(read(&[("results.xlsx", b"")]).codes()[0], "empty-file");
}
