//! Bytes that nobody meant: whatever they are, there is an end to reading them, and a finding.

use proptest::collection::vec;
use proptest::prelude::*;

use super::book::{Book, HEADER, row};
use super::project::{read, read_csv};

const GOOD: &str = "\u{feff}indicator,area,cohort,numerator,denominator,value,month\r\n9,St Mary’s,all,\"1,020\",\"2,500\",40.8%,2016-01\r\n\
                    \"9\",North Kent,uasc,20,25,,Jan-16\r\n7,Kent,,,,-,\r\n01,Kent,excluding-uasc,,,£12.5,\r\n";

/// A change to some bytes: at a place, some are taken out and others put in.
type Change = (prop::sample::Index, usize, Vec<u8>);

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let bytes = prop_oneof![
        vec(any::<u8>(), 0..4),
        Just(b"\"".to_vec()),
        Just(b"\n".to_vec()),
        Just(b";".to_vec()),
        Just(b"\0".to_vec())
    ];
    vec((any::<prop::sample::Index>(), 0usize..6, bytes), 1..5)
}

fn change(bytes: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut changed = bytes.to_vec();
    for (at, out, put) in changes {
        let at = at.index(changed.len() + 1);
        changed.splice(at..(at + out).min(changed.len()), put.iter().copied());
    }
    changed
}

fn good_book() -> Book {
    let rows =
        row(2, &["9", "<c t=\"s\"><v>0</v></c>", "\"all\"", "<c s=\"1\"><v>0.5</v></c>", "25"])
            + &row(
                3,
                &[
                    "<c t=\"e\"><v>#N/A</v></c>",
                    "<c t=\"b\"><v>1</v></c>",
                    "",
                    "<c><f>A1</f><v>1</v></c>",
                    "1.5E-3",
                    "<c s=\"2\"><v>42381</v></c>",
                ],
            );
    let xml = format!(
        "<worksheet><sheetData>{HEADER}{rows}</sheetData><mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells></worksheet>"
    );
    Book::default()
        .string("St Mary’s")
        .format("0%")
        .format("dd/mm/yyyy")
        .whole_sheet("Sheet1", "visible", &xml)
}

const PARTS: [&str; 6] = [
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "_rels/.rels",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_can_be_in_a_file(bytes in vec(any::<u8>(), 0..200), name in "(results|activity)\\.(csv|xlsx)|commentary/9\\.md") {
        read(&[(&name, &bytes)]);
    }

    #[test]
    fn a_good_file_may_go_wrong_anywhere(changes in changes(), encoding in 0..3) {
        let bytes: Vec<u8> = match encoding {
            0 => GOOD.as_bytes().to_vec(),
            1 => GOOD.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            _ => GOOD.trim_start_matches('\u{feff}').replace('’', "'").chars().map(|letter| u8::try_from(letter).expect("Latin")).collect(),
        };
        let month = read_csv(change(&bytes, &changes));
        prop_assert!(month.rows() <= 8);
    }

    /// The zip archive knows that its bytes have changed; its XML, written anew, does not.
    #[test]
    fn a_good_workbook_may_go_wrong_anywhere(changes in changes(), part in 0..PARTS.len()) {
        let book = good_book();
        let bytes = book.bytes();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
        let mut xml = Vec::new();
        std::io::copy(&mut archive.by_name(PARTS[part]).expect("a part"), &mut xml).expect("read");
        read(&[("results.xlsx", &book.part(PARTS[part], &change(&xml, &changes)).bytes())]);
    }

    #[test]
    fn the_bytes_of_a_workbook_may_go_wrong_anywhere(changes in changes()) {
        read(&[("results.xlsx", &change(&good_book().bytes(), &changes))]);
    }
}

#[test]
fn the_good_files_are_good() {
    assert_eq!(read_csv(GOOD).rows(), 4);
    assert_eq!(read_csv(GOOD).found(), [""; 0]);
    let month = read(&[("results.xlsx", &good_book().bytes())]);
    assert_eq!(
        month.codes(),
        ["unknown-indicator", "unknown-area", "not-a-number", "became-a-date", "merged-cells"]
    );
}

/// Cells as far out as there are, and counts of what is not there: no room is made for what is not
/// in the file.
#[test]
fn what_a_workbook_promises_is_not_believed() {
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    let xml = format!(
        "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>{HEADER}{}{far}</sheetData></worksheet>",
        row(2, &["9", "", "", "1", "2"])
    );
    let month =
        read(&[("results.xlsx", &Book::default().whole_sheet("S", "visible", &xml).bytes())]);
    assert_eq!((month.figure("9", "Kent"), month.found()), ("1 of 2".into(), vec![]));
    for (rows, found) in [
        ("<row r=\"2\"><c r=\"XFE2\"><v>1</v></c></row>", "a cell of it has no address"),
        ("<row r=\"9999999999\"/>", "a row of it has no number"),
        ("<row r=\"1048577\"/>", "its rows are not in order at row 1048577"),
        ("<row r=\"1\"/>", "its rows are not in order at row 1"),
        ("<row r=\"2\"><c r=\"B2\"/><c r=\"A2\"/></row>", "its cells are not in order at row 2"),
        (
            "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>7</v></c></row>",
            "a cell of it refers to a text that is not there",
        ),
        ("<row r=\"2\"><c r=\"A2\"><v>&lol;</v></c></row>", "it refers to &lol;"),
    ] {
        let found = format!("cannot-read results.xlsx: the workbook cannot be read: {found}");
        assert_eq!(
            read(&[("results.xlsx", &Book::default().results(rows).bytes())]).found()[0],
            found
        );
    }
    // Ten thousand rows that share one long text: it is not repeated in every finding.
    let rows = "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>0</v></c></row>".repeat(10_000);
    let month = read(&[(
        "results.xlsx",
        &Book::default().string(&"x".repeat(10_000)).results(&rows).bytes(),
    )]);
    assert!(month.found().iter().map(String::len).sum::<usize>() < 1_000_000);
}

/// Rows and cells that go on for ever, and names that are all the same.
#[test]
fn a_row_has_an_end() {
    let commas = ",".repeat(1_000_000);
    let header = "indicator,area,cohort,numerator,denominator,value";
    let month = read_csv(format!(
        "{header}\n9,,,20,25,{commas}\n9,,,20,25,{commas}x\n7,,,,,{}\n",
        "1 ".repeat(1_000_000)
    ));
    assert_eq!(month.codes(), ["row-length", "row-length", "not-a-number"]);
    assert_eq!(
        month.found()[0],
        "row-length results.csv:2: the row has more than 16384 cells and the header has 6"
    );
    assert_eq!(read_csv(format!("{header}{commas}\n9,,,20,25,\n")).figure("9", "Kent"), "20 of 25");
    let month = read_csv(format!("{}{header}\n", "area,".repeat(1_000_000)));
    assert_eq!(month.codes().first(), Some(&"missing-column"));
    assert_eq!(read_csv("\n".repeat(1_000_000)).codes(), ["empty-file"]);
    assert_eq!(read_csv("\"".repeat(1_000_001)).codes(), ["unclosed-quote"]);
}
