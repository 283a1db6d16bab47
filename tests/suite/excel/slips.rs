//! What programs other than Excel write into workbooks, and what people do to the look of a cell.

use super::book::{Book, HEADER, row};
use super::project::{Month, read};

fn of(book: &Book) -> Month {
    read(&[("results.xlsx", &book.bytes())])
}

fn inline(runs: &str) -> String {
    format!("<c t=\"inlineStr\"><is>{runs}</is></c>")
}

const SUPERSCRIPT: &str = "<r><rPr><vertAlign val=\"superscript\"/></rPr><t>1</t></r>";

#[test]
fn a_text_counts_and_not_the_value_beside_it() {
    let both = "<c t=\"inlineStr\"><v>5</v><is><t>5</t></is></c>";
    let month = of(&Book::default().results(&row(2, &["\"7\"", "\"Kent\"", "", "", "", both])));
    assert_eq!((month.figure("7", "Kent"), month.found()), ("5".into(), vec![]));
}

#[test]
fn a_cell_has_one_value() {
    for cell in [
        "<c><v>5</v><v>5</v></c>",
        "<c t=\"str\"><v>5</v><v>5</v></c>",
        "<c t=\"inlineStr\"><is><t>5</t></is><is><t>5</t></is></c>",
    ] {
        let month = of(&Book::default().results(&row(2, &["\"7\"", "\"Kent\"", "", "", "", cell])));
        assert_eq!(
            month.found(),
            [
                "cannot-read results.xlsx: the workbook cannot be read: the cell Sheet1!F2 has two values"
            ],
            "{cell}"
        );
    }
}

#[test]
fn a_footnote_mark_in_superscript_is_no_digit() {
    for (cells, found) in [
        (
            ["\"7\"", "\"Kent\"", &inline(&format!("<r><t>5</t></r>{SUPERSCRIPT}"))],
            "odd-text results.xlsx:Sheet1!F2: \"51\" has \"1\" in superscript in it",
        ),
        (
            [&inline(&format!("<r><t>7</t></r>{SUPERSCRIPT}")), "\"Kent\"", "5"],
            "odd-text results.xlsx:Sheet1!A2: \"71\" has \"1\" in superscript in it",
        ),
        (
            ["\"7\"", &inline(&format!("<r><t>Kent</t></r>{SUPERSCRIPT}")), "5"],
            "odd-text results.xlsx:Sheet1!B2: \"Kent1\" has \"1\" in superscript in it",
        ),
        (
            ["\"7\"", "\"Kent\"", &inline("<r><rPr><strike/></rPr><t>5</t></r>")],
            "odd-text results.xlsx:Sheet1!F2: \"5\" is struck out",
        ),
    ] {
        let [id, area, value] = cells;
        let month = of(&Book::default().results(&row(2, &[id, area, "", "", "", value])));
        assert_eq!(month.found(), [found]);
        assert_eq!(month.figure("7", "Kent"), "no row");
    }
    // Where it is no figure or name, or nothing is odd, nothing is said.
    for value in [
        inline("<r><rPr><strike val=\"0\"/></rPr><t>5</t></r>"),
        inline("<r><rPr><vertAlign val=\"baseline\"/></rPr><t>5</t></r>"),
        inline(&format!("<r><t>5</t></r>{}", SUPERSCRIPT.replace('1', " "))),
    ] {
        let cells = ["\"7\"", "\"Kent\"", "", "", "", &value];
        let month = of(&Book::default().results(&row(2, &cells)));
        assert_eq!((month.figure("7", "Kent"), month.found()), ("5".into(), vec![]), "{value}");
    }
}

#[test]
fn a_shared_text_or_a_whole_cell_may_look_odd() {
    let strings = format!("<sst><si><r><t>5</t></r>{SUPERSCRIPT}</si><si><t>5</t></si></sst>");
    let styles = "<styleSheet><fonts><font/><font><strike/></font></fonts><cellXfs><xf/><xf fontId=\"1\"/></cellXfs></styleSheet>";
    let read = |value: &str| {
        let book = Book::default()
            .part("xl/sharedStrings.xml", strings.as_bytes())
            .part("xl/styles.xml", styles.as_bytes());
        of(&book.results(&row(2, &["\"7\"", "\"Kent\"", "", "", "", value]))).found()
    };
    assert_eq!(
        read("<c t=\"s\"><v>0</v></c>"),
        ["odd-text results.xlsx:Sheet1!F2: \"51\" has \"1\" in superscript in it"]
    );
    assert_eq!(read("<c t=\"s\"><v>1</v></c>"), [""; 0]);
    assert_eq!(
        read("<c s=\"1\"><v>5</v></c>"),
        ["odd-text results.xlsx:Sheet1!F2: \"5\" is struck out"]
    );
}

#[test]
fn parts_may_be_in_another_encoding() {
    let rows = row(2, &["\"9\"", "\"St Mary’s\"", "", "20", "25"]);
    let sheet = format!("<worksheet><sheetData>{HEADER}{rows}</sheetData></worksheet>");
    let utf16 = |bytes: fn(u16) -> [u8; 2], mark: bool| {
        let text = format!("<?xml version=\"1.0\" encoding=\"UTF-16\"?>{sheet}");
        let mark = if mark { "\u{feff}" } else { "" };
        format!("{mark}{text}").encode_utf16().flat_map(bytes).collect::<Vec<_>>()
    };
    let windows = format!("<?xml version='1.0' encoding='windows-1252'?>{sheet}");
    let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(&windows);
    for part in [
        utf16(u16::to_le_bytes, true),
        utf16(u16::to_be_bytes, true),
        utf16(u16::to_le_bytes, false),
        utf16(u16::to_be_bytes, false),
        windows.into_owned(),
    ] {
        let book = Book::default().sheet("Sheet1", "").part("xl/worksheets/sheet1.xml", &part);
        let month = of(&book);
        assert_eq!(month.figure("9", "St Mary’s"), "20 of 25", "{:?}", month.found());
    }
}

#[test]
fn a_format_that_is_a_word_is_of_numbers() {
    for code in ["Standard", "General", "GENERAL", "Standard;Standard"] {
        let book = Book::default().format(code);
        let rows = row(2, &["\"7\"", "\"Kent\"", "", "", "", "<c s=\"1\"><v>42381</v></c>"]);
        assert_eq!(of(&book.results(&rows)).figure("7", "Kent"), "42381", "{code}");
    }
}

#[test]
fn a_format_that_shows_nothing_is_said() {
    let cells = |cell: &str| row(2, &["\"7\"", "\"Kent\"", "", "", "", cell]);
    let read = |code: &str, cell: &str| {
        let month = of(&Book::default().format(code).results(&cells(cell)));
        (month.figure("7", "Kent"), month.found())
    };
    let unseen = "unseen-cells results.xlsx:Sheet1!F2: 1 cell that is filled shows nothing in Excel \
        because of the number format, and is read all the same";
    assert_eq!(read(";;;", "<c s=\"1\"><v>55</v></c>"), ("55".into(), vec![unseen.into()]));
    assert_eq!(
        read(";;;", "<c s=\"1\" t=\"str\"><v>55</v></c>"),
        ("55".into(), vec![unseen.into()])
    );
    let zero = "unseen-cells results.xlsx:Sheet1!F2: 1 cell with 0 is blank in Excel because of the \
        number format, and is read as 0";
    assert_eq!(read("0;-0;;@", "<c s=\"1\"><v>0</v></c>"), ("0".into(), vec![zero.into()]));
    for (code, cell) in [("0;-0;;@", "<c s=\"1\"><v>55</v></c>"), (";;;", "<c><v>55</v></c>")] {
        let (_, found) = read(code, cell);
        assert_eq!(found, [""; 0], "{code} {cell}");
    }
    // Beside the table nothing is read.
    let beside = cells("5").replace("</row>", "<c r=\"J2\" s=\"1\"><v>3</v></c></row>");
    let month = of(&Book::default().format(";;;").results(&beside));
    assert_eq!((month.figure("7", "Kent"), month.found()), ("5".into(), vec![]));
}

#[test]
fn a_negative_number_is_no_date() {
    let book = Book::default().format("dd/mm/yyyy");
    let rows = row(2, &["\"01\"", "\"Kent\"", "", "", "", "<c s=\"1\"><v>-5</v></c>"]);
    assert_eq!(
        of(&book.results(&rows)).found(),
        ["became-a-date results.xlsx:Sheet1!F2: \"1899-12-26\" is a date or a time"]
    );
}

#[test]
fn only_what_is_said_to_be_hidden_is() {
    let rows = row(2, &["\"7\"", "\"Kent\"", "", "", "", "5"]);
    let sheet = |before: &str, rows: &str| {
        format!("<worksheet>{before}<sheetData>{HEADER}{rows}</sheetData></worksheet>")
    };
    let found = |state: &str, before: &str, rows: &str| {
        let month = of(&Book::default().whole_sheet("Sheet1", state, &sheet(before, rows)));
        assert_eq!(month.figure("7", "Kent"), "5", "{:?}", month.found());
        month.found()
    };
    assert_eq!(found("show", "", &rows), [""; 0]);
    let low = rows.replace("<row ", "<row ht=\"0\" customHeight=\"1\" ");
    let all = "<sheetFormatPr zeroHeight=\"1\"/>";
    for (before, rows) in [("", &low), (all, &rows)] {
        assert_eq!(
            found("visible", before, rows),
            ["hidden-rows results.xlsx:Sheet1!A2: 1 row is hidden in Excel, and read all the same"]
        );
    }
    for column in ["hidden=\"1\"", "width=\"0\""] {
        let columns = format!("<cols><col min=\"6\" max=\"9\" {column}/></cols>");
        assert_eq!(
            found("visible", &columns, &rows),
            [
                "hidden-rows results.xlsx:Sheet1!F1: 1 column is hidden in Excel, and read all the same"
            ]
        );
    }
}
