//! Rows that are no figures, and rows of several files about the same figure.

use super::book::{Book, HEADER, row};
use super::project::{Month, read, read_csv};

const COLUMNS: &str = "indicator,area,cohort,numerator,denominator,value";

fn csv(rows: &str) -> Month {
    read_csv(format!("{COLUMNS}\n{rows}"))
}

/// Reads files of results.
fn files(files: &[(&str, &str)]) -> Month {
    let files: Vec<_> =
        files.iter().map(|(name, rows)| (*name, format!("{COLUMNS}\n{rows}"))).collect();
    read(&files.iter().map(|(name, text)| (*name, text.as_bytes())).collect::<Vec<_>>())
}

#[test]
fn a_footer_is_left_out() {
    for footer in [
        "Source: Liberi,,,,,",
        "Source: Liberi",
        ",,,,,Source: Liberi",
        ",,Source: Liberi,,,",
        "\nEnd of report",
        "Source: Liberi\nEnd of report\n",
        "Run by A. Officer,31/01/2016,,,,",
        "\"Source: Liberi, January\",,,,,,,",
    ] {
        for rows in ["7,Kent,,,,3\n", "9,North Kent,\"all\",20,25,\n7,Kent,all,,,3\n"] {
            let month = csv(&format!("{rows}{footer}"));
            assert_eq!(month.figure("7", "Kent"), "3");
            assert_eq!(month.codes(), ["rows-left-out"], "{footer}: {:?}", month.found());
        }
    }
}

#[test]
fn what_may_be_a_figure_is_no_footer() {
    for (row, code) in [
        ("Total,,,20,25,", "unknown-indicator"),
        ("Total,,,,,509", "unknown-indicator"),
        ("99,North Kent,,,,", "unknown-indicator"),
        ("99,,all,,,", "unknown-indicator"),
        ("99,,,c,25,", "unknown-indicator"),
        (",,,20,25,", "unknown-indicator"),
        ("7,Nowhere,,,,", "unknown-area"),
        ("9,,", "row-length"),
    ] {
        for before in ["", "\n", ",,,,,\n"] {
            let month = csv(&format!("7,Kent,,,,3\n{before}{row}\n"));
            assert_eq!(month.codes(), [code], "{row}: {:?}", month.found());
        }
    }
    for (row, code) in [
        (",x", "not-a-number"),
        (",supp", "not-a-number"),
        (",#DIV/0!", "excel-error"),
        (",12 days", "not-a-number"),
        (",Jan-16", "became-a-date"),
    ] {
        let text = format!("area,referrals\nNorth Kent,5\n\n{row}\n");
        assert_eq!(read(&[("activity.csv", text.as_bytes())]).codes(), [code], "{row}");
    }
    // Above a figure, without a blank row between, it is in the midst of them.
    let month = csv("7,Kent,,,,3\nSource: Liberi,,,,,\n9,Kent,,20,25,\n");
    assert_eq!(month.codes(), ["unknown-indicator"]);
    let month = csv("Source: Liberi,,,,,\n");
    assert_eq!(month.codes(), ["unknown-indicator"]);
    // Rows without end that say nothing are no footer.
    let month = csv(&format!("7,Kent,,,,3\n\n{}", "Source: Liberi\n".repeat(50)));
    assert!(month.codes().contains(&"row-length"));
}

#[test]
fn a_number_in_a_footer_is_compared_with_the_rows() {
    for (footer, found) in [
        (
            "Total records,2",
            "rows-left-out results.csv:4: 1 row gives no figure, and is left out: \"Total records\"; 2 agrees with the rows that were read",
        ),
        (
            "Total records,,,,,2",
            "rows-left-out results.csv:4: 1 row gives no figure, and is left out: \"Total records\"; 2 agrees with the rows that were read",
        ),
        (
            "2 rows",
            "rows-left-out results.csv:4: 1 row gives no figure, and is left out: \"2 rows\"; 2 agrees with the rows that were read",
        ),
        (
            "Total,509",
            "rows-left-out results.csv:4: 1 row gives no figure, and is left out: \"Total\"; 509 differs from the 2 rows that were read",
        ),
    ] {
        let month = csv(&format!("7,Kent,,,,3\n9,Kent,,20,25,\n{footer}\n"));
        assert_eq!(month.found(), [found]);
    }
    let month = csv("7,Kent,,,,3\n9,Kent,,20,25,\nTotal records,509\n");
    assert_eq!(
        month.found(),
        [
            "row-count results.csv:4: \"Total records\": 509 differs from the 2 rows that were read",
            "rows-left-out results.csv:4: 1 row gives no figure, and is left out: \"Total records\""
        ]
    );
}

#[test]
fn headings_may_be_repeated() {
    let month = csv(&format!(
        "7,Kent,,,,3\n\"INDICATOR\", Area,cohort,numerator,denominator,value\n9,Kent,,20,25,\nPage 2\n{COLUMNS}\n01,Kent,,,,2\n"
    ));
    assert_eq!(month.rows(), 3);
    assert_eq!(
        month.found(),
        [
            "rows-left-out results.csv:3: 2 rows repeat the headings, and are left out",
            "rows-left-out results.csv:5: 1 row gives no figure, and is left out: \"Page 2\""
        ]
    );
    let month =
        read(&[("activity.csv", b"area,referrals\nKent,5\nArea,Referrals\nNorth Kent,2\n")]);
    assert_eq!(month.activity("referrals", "North Kent"), "2");
    assert_eq!(month.codes(), ["no-results", "rows-left-out"]);
}

#[test]
fn a_footer_of_activity_is_left_out() {
    for (footer, codes) in [
        ("Source: Liberi,", &["no-results", "rows-left-out"][..]),
        (",Source: Liberi", &["no-results", "rows-left-out"]),
        ("\nTotal records,2", &["no-results", "rows-left-out"]),
        ("Total,7", &["unknown-area"]),
        ("\nTotal,7", &["unknown-area"]),
    ] {
        let text = format!("area,referrals\nKent,5\nNorth Kent,2\n{footer}\n");
        let month = read(&[("activity.csv", text.as_bytes())]);
        assert_eq!(month.codes(), codes, "{footer}: {:?}", month.found());
        assert_eq!(month.activity("referrals", "Kent"), "5");
    }
}

#[test]
fn a_footer_in_a_workbook_may_be_merged() {
    let rows = row(2, &["7", "\"Kent\"", "", "", "", "3"])
        + &row(4, &["\"Source: Liberi\""])
        + &row(5, &["\"End of report\""]);
    let xml = format!(
        "<worksheet><sheetData>{HEADER}{rows}</sheetData><mergeCells><mergeCell ref=\"A4:F4\"/><mergeCell ref=\"A5:F5\"/></mergeCells></worksheet>"
    );
    let month =
        read(&[("results.xlsx", &Book::default().whole_sheet("Sheet1", "visible", &xml).bytes())]);
    assert_eq!(month.figure("7", "Kent"), "3");
    assert_eq!(
        month.found(),
        [
            "rows-left-out results.xlsx:Sheet1!A4: 2 rows give no figure, and are left out: \"Source: Liberi\" to \"End of report\""
        ]
    );
}

#[test]
fn a_blank_row_gives_way_to_a_figure_in_another_file() {
    for (first, second) in [("results-a.csv", "results-b.csv"), ("results-b.csv", "results-a.csv")]
    {
        let month = files(&[(first, "9,Kent,,,,\n7,Kent,,,,\n"), (second, "9,Kent,,20,25,\n")]);
        assert_eq!((month.figure("9", "Kent"), month.found()), ("20 of 25".into(), vec![]));
        assert!(month.place("9", "Kent").starts_with(second));
        // A dash says something, and is no blank.
        let month = files(&[(first, "9,Kent,,-,-,\n"), (second, "9,Kent,,20,25,\n")]);
        assert_eq!(month.codes(), ["duplicate-figure"]);
        let month = files(&[(first, "9,Kent,,-,-,\n"), (second, "9,Kent,,,,\n")]);
        assert_eq!((month.figure("9", "Kent"), month.found()), ("no figure".into(), vec![]));
    }
    // Within one file both stand there for somebody to read.
    assert_eq!(csv("9,Kent,,,,\n9,Kent,,20,25,\n").codes(), ["duplicate-figure"]);
    let month = read(&[
        ("activity.csv", b"area,referrals\nKent,\nNorth Kent,3\n"),
        ("activity-late.csv", b"area,referrals\nKent,5\nNorth Kent,\n"),
    ]);
    let figures = ["Kent", "North Kent"].map(|area| month.activity("referrals", area));
    assert_eq!((figures, month.codes()), (["5".to_owned(), "3".to_owned()], vec!["no-results"]));
}

#[test]
fn what_two_files_say_twice_is_said_once() {
    let rows = "9,Kent,,20,25,\n9,North Kent,,2,5,\n7,Kent,,,,1\n";
    let month = files(&[("results-a.csv", rows), ("results-b.csv", rows)]);
    assert_eq!(month.codes(), ["file-repeated"]);
    let month = files(&[("results-a.csv", rows), ("results-b.csv", "7,Kent,,,,1.0\n")]);
    assert_eq!(month.codes(), ["file-repeated"], "{:?}", month.found());
    let more = format!("{rows}7,North Kent,,,,1\n");
    let month = files(&[("results-a.csv", rows), ("results-b.csv", &more)]);
    assert_eq!((month.codes(), month.rows()), (vec!["row-repeated"], 4));
    let month = csv("7,Kent,,,,1\n7,Kent,,,,1\n");
    assert_eq!((month.codes(), month.rows()), (vec!["row-repeated"], 1));
    // Those that differ are one error, which names both.
    let other = "9,Kent,,21,25,\n9,North Kent,,3,5,\n7,Kent,,,,1\n";
    let month = files(&[("results-a.csv", rows), ("results-b.csv", other)]);
    assert_eq!(month.codes(), ["duplicate-figure"]);
    let found = &month.found()[0];
    assert!(found.contains("results-a.csv differ in 2 figures"), "{found}");
    let month = files(&[("results-a.csv", "7,Kent,,,,[c]\n"), ("results-b.csv", "7,Kent,,,,1\n")]);
    assert_eq!(month.codes(), ["duplicate-figure"]);
}

#[test]
fn a_blank_area_below_another_asks_what_is_meant() {
    let found = |rows: &str| csv(rows).codes();
    assert_eq!(found("9,North Kent,,2,5,\n7,,,,,1\n"), ["blank-area"]);
    // No doubt: the first row has none, the area above is the top area or has such a row itself.
    assert_eq!(found("9,,,20,50,\n9,North Kent,,2,5,\n7,,,,,1\n"), [""; 0]);
    assert_eq!(found("9,Kent,,20,50,\n7,,,,,1\n"), [""; 0]);
    assert_eq!(found("9,North Kent,,2,5,\n7,,,,,1\n7,North Kent,,,,1\n"), [""; 0]);
    assert_eq!(found("9,North Kent,,2,5,\n7,North Kent,,,,1\n"), [""; 0]);
}

#[test]
fn a_workbook_of_something_else_is_not_an_extract() {
    let other = |cells: &[&str]| {
        let book = Book::default().sheet("Rota", &row(1, cells));
        read(&[("results.xlsx", &book.bytes())]).codes()
    };
    assert_eq!(other(&["\"Total\"", "3.5"]), ["no-results", "unread-file"]);
    // It may be meant, where anything in it is ours.
    for cell in ["\"Indicators\"", "\"North Kent\"", "\"SCS-1\""] {
        assert_eq!(other(&[cell, "3.5"]), ["missing-column"], "{cell}");
    }
}
