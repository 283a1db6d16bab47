//! Encodings, line ends, delimiters and headers.

use super::project::{read, read_csv};

const HEADER: &str = "indicator,area,cohort,numerator,denominator,value";

fn utf_16(text: &str, big: bool) -> Vec<u8> {
    text.encode_utf16()
        .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
        .collect()
}

#[test]
fn text_is_read_in_the_encodings_that_people_save_it_in() {
    let text = format!("{HEADER}\n9,St Mary’s,,20,25,\n");
    let marked = format!("\u{feff}{text}");
    for bytes in [
        text.clone().into_bytes(),
        marked.clone().into_bytes(),
        utf_16(&marked, false),
        utf_16(&marked, true),
        utf_16(&text, false),
    ] {
        let month = read_csv(bytes);
        assert_eq!(month.figure("9", "St Mary’s"), "20 of 25");
        assert_eq!(month.found(), [""; 0]);
    }
}

#[test]
fn what_is_not_utf_8_is_read_as_windows_1252_and_noted() {
    let month = read_csv(b"indicator,area,cohort,numerator,denominator,value\n9,St Mary\x92s,,\xa320,25,\n7,Kent,,,,\x96\n");
    assert_eq!(
        (month.figure("9", "St Mary’s"), month.figure("7", "Kent")),
        ("20 of 25".into(), "no figure".into())
    );
    assert_eq!(
        month.found(),
        ["read-as-windows-1252 results.csv:2: the file is not UTF-8 and is read as Windows-1252"]
    );
    assert_eq!(month.marked(), ["’"]);
}

#[test]
fn text_that_is_in_no_one_encoding_is_refused() {
    let month = read_csv(b"indicator,area,cohort,numerator,denominator,value\n9,St Mary\xe2\x80\x99s,,1,2,\n7,Ch\xe2teau,,,,1\n");
    assert_eq!(
        month.found(),
        [
            "damaged-text results.csv:3: the file is in two encodings: some lines are UTF-8 and some are not"
        ]
    );
    assert_eq!(month.rows(), 0);
    let month = read_csv(b"\xff\xfei\0n\0d");
    assert_eq!(
        month.found(),
        ["damaged-text results.csv: the file is marked as UTF-16 and is not, or is cut short"]
    );
    assert_eq!(read_csv(b"a\x92\0").codes(), ["nul-byte"]);
}

#[test]
fn commentary_is_read_as_extracts_are() {
    let month = read(&[
        ("results.csv", format!("{HEADER}\n9,,,1,2,\n").as_bytes()),
        ("commentary/9.md", b"The council\x92s own.\n"),
    ]);
    assert_eq!(month.codes(), ["read-as-windows-1252"]);
    assert_eq!(
        month.found(),
        ["read-as-windows-1252 9.md:1: the file is not UTF-8 and is read as Windows-1252"]
    );
}

/// The definitions and `month.toml` as Notepad saves them: whatever it calls the encoding, they are
/// the same definitions.
#[test]
fn definitions_are_read_as_extracts_are() {
    let project = crate::common::copy_of_sample();
    let path = |name: &str| project.path().join(name);
    let (definitions, month) = (path("indicators.toml"), path("data/2016-01/month.toml"));
    let run = |arguments: &[&str]| {
        crate::common::scorecard(project.path()).args(arguments).output().expect("it runs")
    };
    let text = |path: &std::path::Path| std::fs::read_to_string(path).expect("text");
    // Both have a letter that is another one in each encoding.
    let texts =
        [&definitions, &month].map(|path| format!("# The council’s own – £\r\n{}", text(path)));
    for (path, text) in [&definitions, &month].iter().zip(&texts) {
        std::fs::write(path, text).expect("written");
    }
    let tidy = run(&["-f", "tidy"]).stdout;
    assert!(!tidy.is_empty());
    let windows = |text: &str| encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    let marked = |text: &str| format!("\u{feff}{text}");
    for (saved, note) in [
        (texts.each_ref().map(|text| marked(text).into_bytes()), false),
        (texts.each_ref().map(|text| utf_16(&marked(text), false)), false),
        (texts.each_ref().map(|text| utf_16(&marked(text), true)), false),
        (texts.each_ref().map(|text| utf_16(text, false)), false),
        (texts.each_ref().map(|text| utf_16(text, true)), false),
        (texts.each_ref().map(|text| windows(text)), true),
    ] {
        for (path, bytes) in [&definitions, &month].iter().zip(saved) {
            std::fs::write(path, bytes).expect("written");
        }
        assert_eq!(run(&["-f", "tidy"]).stdout, tidy);
        let check = String::from_utf8(run(&["check"]).stdout).expect("text");
        assert_eq!(check.matches("note[read-as-windows-1252]").count(), 2 * usize::from(note));
    }
    // What cannot be read says how to save it.
    let odd = utf_16(&marked(&texts[0]), false);
    for bytes in [&odd[..odd.len() - 1], b"\xef\xbb\xbf# \xa3", b"# \xc2\xa3\n# \xa3", b"# \x81"] {
        std::fs::write(&definitions, bytes).expect("written");
        let run = run(&[]);
        let said = String::from_utf8(run.stderr).expect("text");
        assert_eq!(run.status.code(), Some(1));
        assert!(said.contains("error[damaged-text]") && said.contains("in Notepad"), "{said}");
    }
    std::fs::write(&definitions, b"{\\rtf1\\ansi [scorecard]\\par}").expect("written");
    let said = String::from_utf8(run(&[]).stderr).expect("text");
    assert!(said.contains("it is a Rich Text document") && said.contains("plain text"), "{said}");
    std::fs::write(&definitions, b"PK\x03\x04\0").expect("written");
    let said = String::from_utf8(run(&[]).stderr).expect("text");
    assert!(said.contains("error[nul-byte]"), "{said}");
}

#[test]
fn lines_end_as_they_do_and_blank_ones_are_nothing() {
    for end in ["\n", "\r\n", "\r"] {
        let month =
            read_csv([HEADER, "", "9,,,20,25,", ",,,,,", "", "7,North Kent,,,,x", ""].join(end));
        assert_eq!(month.figure("9", "Kent"), "20 of 25", "{end:?}");
        assert_eq!(month.place("9", "Kent"), "results.csv:3", "{end:?}");
        assert_eq!(
            month.found(),
            [
                "not-a-number results.csv:6: \"x\" is a symbol that means different things in different files"
            ],
            "{end:?}"
        );
        assert_eq!(month.marked(), ["x"], "{end:?}");
    }
}

#[test]
fn columns_and_rows_that_excel_leaves_behind_are_nothing() {
    let month =
        read_csv(format!("{HEADER},,\n9,,,20,25,,,\n7,,,,,3\n01,,,,,4,,checked\n,,,,,,,\n"));
    assert_eq!(
        [month.figure("9", "Kent"), month.figure("7", "Kent"), month.figure("01", "Kent")],
        ["20 of 25", "3", "4"]
    );
    assert_eq!(month.found(), [""; 0]);
    // Beyond the cells of the header there is no telling what has been pushed to the right.
    let month = read_csv(format!("{HEADER}\n9,,,1,234,2,345,\n7,,\n"));
    assert_eq!(
        month.found(),
        [
            "row-length results.csv:2: the row has 8 cells and the header has 6",
            "row-length results.csv:3: the row has 3 cells and the header has 6"
        ]
    );
}

#[test]
fn blank_cells_at_the_end_of_a_row_may_be_missing() {
    let month = read_csv(format!("{HEADER}\n9,,,20,25\n9,North Kent,,\n7,,,,,3\n"));
    assert_eq!(
        [month.figure("9", "Kent"), month.figure("9", "North Kent"), month.figure("7", "Kent")],
        ["20 of 25", "no figure", "3"]
    );
    assert_eq!(month.found(), [""; 0]);
}

#[test]
fn columns_that_the_rest_makes_sense_without_may_be_missing() {
    for (text, figure) in [
        ("indicator,area,numerator,denominator\n9,Kent,20,25\n", "20 of 25"),
        ("indicator,area,cohort,numerator,denominator\n9,Kent,all,20,25\n", "20 of 25"),
        ("indicator,area,value\n9,Kent,80\n", "80"),
    ] {
        let month = read_csv(text);
        assert_eq!((month.figure("9", "Kent"), month.found()), (figure.into(), vec![]), "{text}");
    }
    // Another heading that may be theirs has what would be lost.
    for (header, missing) in [
        ("indicator,area,num,denom,value", "columns numerator and denominator"),
        ("indicator,area,cohorts,numerator,denominator", "column cohort"),
        ("indicator,area,cohort,numerator,denominator,value (%)", "column value"),
    ] {
        let found = read_csv(format!("{header}\n")).found();
        assert_eq!(
            found[0],
            format!("missing-column results.csv:1: the header has no {missing}"),
            "{header}"
        );
    }
}

#[test]
fn the_header_is_found_below_titles() {
    let month =
        read_csv(format!("Children in care,,,,,\n\nPage 1,of 3,,,,\n{HEADER}\n9,,,20,25,\n"));
    assert_eq!(month.figure("9", "Kent"), "20 of 25");
    assert_eq!(
        month.found(),
        [
            "rows-above-header results.csv:1: 2 rows above the header are not read: \"Children in care\" to \"Page 1\""
        ]
    );
    let twenty = "title\n".repeat(19);
    assert_eq!(read_csv(format!("{twenty}{HEADER}\n9,,,20,25,\n")).figure("9", "Kent"), "20 of 25");
    assert_eq!(
        read_csv(format!("{twenty}title\n{HEADER}\n9,,,20,25,\n")).codes(),
        ["missing-column"]
    );
}

#[test]
fn figures_above_the_header_are_not_lost() {
    let month = read_csv(format!("9,North Kent,,20,25,\n{HEADER}\n9,,,20,25,\n"));
    assert_eq!(month.codes(), ["figures-above-header", "rows-above-header"]);
    assert_eq!(
        month.found()[0],
        "figures-above-header results.csv:1: a row of figures above the header, which is not read"
    );
}

#[test]
fn headings_may_have_capitals_and_spaces() {
    let month = read_csv(
        "\u{feff} Indicator ,AREA,Cohort\u{a0},Numerator,Denominator,Value \n9,,,20,25,\n",
    );
    assert_eq!((month.figure("9", "Kent"), month.found()), ("20 of 25".into(), vec![]));
    let month = read(&[("activity.csv", "Area,REFERRALS,Starts – in\nKent,12,3\n".as_bytes())]);
    assert_eq!(
        (month.activity("referrals", "Kent"), month.activity("starts - in", "Kent")),
        ("12".into(), "3".into())
    );
}

#[test]
fn cells_are_separated_by_what_makes_a_header_of_its_row() {
    for delimiter in [",", ";", "\t"] {
        for first in [
            String::new(),
            format!("sep={delimiter}\n"),
            format!("SEP={delimiter}\r\n"),
            format!("A title{delimiter}\n"),
        ] {
            let month =
                read_csv(format!("{first}{HEADER}\n9,St Mary’s,,20,25,\n").replace(',', delimiter));
            assert_eq!(month.figure("9", "St Mary’s"), "20 of 25", "{delimiter:?} {first:?}");
        }
    }
    let month = read_csv("sep=|\nindicator|area|cohort|numerator|denominator|value\n9|||20|25|\n");
    assert_eq!(
        (month.figure("9", "Kent"), month.place("9", "Kent")),
        ("20 of 25".into(), "results.csv:3".into())
    );
    // A row that tells another delimiter than its header has is not believed.
    assert_eq!(read_csv(format!("sep=;\n{HEADER}\n9,,,20,25,\n")).figure("9", "Kent"), "20 of 25");
    let month = read(&[("activity.csv", b"area;referrals\nKent;12\n")]);
    assert_eq!(month.activity("referrals", "Kent"), "12");
}

#[test]
fn a_comma_between_semicolons_may_be_a_decimal_comma() {
    let header = HEADER.replace(',', ";");
    let month = read_csv(format!("{header}\n9;;;1,234;2500;\n01;;;;;1.234\n7;;;;;12,5\n"));
    assert_eq!(month.rows(), 0);
    assert_eq!(month.codes(), ["decimal-comma"; 3]);
    assert_eq!(month.marked(), ["1,234", "1.234", "12,5"]);
    let month = read_csv(format!("{header}\n9;;;1234;2500;\n01;;;;;12.5\n7;;;;;1 234\n"));
    assert_eq!(
        [month.figure("9", "Kent"), month.figure("01", "Kent"), month.figure("7", "Kent")],
        ["1234 of 2500", "12.5", "1234"]
    );
}

#[test]
fn a_header_without_its_columns_says_which() {
    for (text, found) in [
        (
            "title\nindicator,area,cohort,numerator\n9,,,1,2\n",
            "missing-column results.csv:2: the header has no column denominator",
        ),
        (
            "indicator;area;cohort\n",
            "missing-column results.csv:1: the header has no columns numerator, denominator and value",
        ),
        (
            "Whatever\nthis is\n",
            "missing-column results.csv:1: the header has no columns indicator, area, numerator, denominator and value",
        ),
    ] {
        assert_eq!(read_csv(text).found(), [found]);
    }
    for (text, found) in [
        (
            "area,referals\nKent,12\n",
            "missing-column activity.csv:1: the header has no column that is an activity",
        ),
        (
            "team,referrals\nKent,12\n",
            "missing-column activity.csv:1: the header has no column area",
        ),
    ] {
        assert_eq!(
            read(&[("activity.csv", text.as_bytes()), ("results.csv", HEADER.as_bytes())]).found()
                [0],
            found
        );
    }
}

#[test]
fn a_file_that_goes_wrong_in_every_row_is_given_up() {
    let month = read_csv(format!("{HEADER}\n{}", "99,,,1,2,\n".repeat(5000)));
    assert_eq!(month.codes().len(), 1001);
    let last = month.found().into_iter().find(|found| found.starts_with("gave-up"));
    assert_eq!(
        last.as_deref(),
        Some("gave-up results.csv:1001: the rest of the file is not read, after 1000 errors")
    );
}

#[test]
fn files_of_other_kinds_are_not_passed_over_in_silence() {
    let good = format!("{HEADER}\n9,,,20,25,\n");
    let good = good.as_bytes();
    let files = [
        "results.xls",
        "results-2.ods",
        "activity.xlsb",
        "results.txt",
        "~$results.xlsx",
        ".~lock.results.csv#",
        "notes.xls",
        "results.md",
    ];
    let mut files: Vec<_> = files.iter().map(|name| (*name, good)).collect();
    files.push(("RESULTS-1.CSV", good));
    let month = read(&files);
    assert_eq!(month.figure("9", "Kent"), "20 of 25");
    let unread: Vec<_> = ["activity.xlsb", "results-2.ods", "results.txt", "results.xls"]
        .map(|name| format!("unread-file {name}: a file of this kind is not read"))
        .into();
    assert_eq!(month.found(), unread);
}
