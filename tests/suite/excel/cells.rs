//! What spreadsheets make of a figure.

use super::project::read_csv;

/// What is read of a cell, and what is found: as the value of an average, which may be anything.
fn cell(text: &str) -> (String, Vec<String>) {
    let quoted = text.replace('"', "\"\"");
    let month = read_csv(format!(
        "indicator,area,cohort,numerator,denominator,value\n01,,,,,\"{quoted}\"\n"
    ));
    (month.figure("01", "Kent"), month.found())
}

#[test]
fn figures_are_read_however_they_are_written() {
    for (text, figure) in [
        ("12542", "12542"),
        ("12,542", "12542"),
        ("1,234,567.80", "1234567.80"),
        ("12 542", "12542"),
        ("12\u{a0}542", "12542"),
        ("12\u{2009}542.5", "12542.5"),
        ("12\u{202f}542", "12542"),
        ("\u{a0}12 ", "12"),
        ("£1,234", "1234"),
        ("-£5", "-5"),
        ("'12", "12"),
        ("12’", "12"),
        ("=\"12\"", "12"),
        ("–1.5", "-1.5"),
        ("\u{2212}1.5", "-1.5"),
        ("–", "no figure"),
        ("—", "no figure"),
        ("N/A", "no figure"),
        ("", "no figure"),
        ("[C]", "[c]"),
        ("c", "[c]"),
        ("[low]", "low"),
        ("z", "no figure"),
        ("[u]", "no figure"),
        ("12.5 [p]", "12.5"),
    ] {
        assert_eq!(cell(text), (figure.to_owned(), vec![]), "{text:?}");
    }
}

#[test]
fn a_percentage_may_have_its_sign() {
    let month = read_csv(
        "indicator,area,cohort,numerator,denominator,value\n9,,,,,84.5 %\n9,North Kent,,188%,200,\n",
    );
    assert_eq!(month.figure("9", "Kent"), "84.5");
    assert_eq!(month.found(), ["not-a-number results.csv:3: a % sign on a count of indicator 9"]);
}

#[test]
fn what_cannot_be_read_says_what_has_happened_to_it() {
    for (text, found) in [
        (
            "1.2E+04",
            "lost-digits results.csv:2: \"1.2E+04\" is in scientific notation, which leaves digits out",
        ),
        ("Jan-16", "became-a-date results.csv:2: \"Jan-16\" is a date or a time"),
        ("12/01/2016", "became-a-date results.csv:2: \"12/01/2016\" is a date or a time"),
        ("2016-01-12", "became-a-date results.csv:2: \"2016-01-12\" is a date or a time"),
        ("12,5", "decimal-comma results.csv:2: \"12,5\" has a comma that may be a decimal comma"),
        (
            "1,23,456",
            "not-a-number results.csv:2: \"1,23,456\" has a comma that does not stand between groups of three digits",
        ),
        ("#DIV/0!", "excel-error results.csv:2: \"#DIV/0!\" is Excel's error for a division by 0"),
        (
            "#REF!",
            "excel-error results.csv:2: \"#REF!\" is Excel's error for a formula whose cells have been deleted",
        ),
        (
            "#N/A",
            "excel-error results.csv:2: \"#N/A\" is Excel's error for a look-up that found nothing",
        ),
        (
            "#VALUE!",
            "excel-error results.csv:2: \"#VALUE!\" is Excel's error for a formula that was given text for a number",
        ),
        (
            "#NAME?",
            "excel-error results.csv:2: \"#NAME?\" is Excel's error for a name or function that it does not know",
        ),
        (
            "#NUM!",
            "excel-error results.csv:2: \"#NUM!\" is Excel's error for a number that is too large or cannot be worked out",
        ),
        (
            "#NULL!",
            "excel-error results.csv:2: \"#NULL!\" is Excel's error for ranges that do not meet",
        ),
        ("#SPILL!", "excel-error results.csv:2: \"#SPILL!\" is an error of a spreadsheet"),
        (
            "######",
            "column-too-narrow results.csv:2: \"######\" is what a program shows where a figure does not fit its column",
        ),
        (
            "=SUM(D2:D9)",
            "not-calculated results.csv:2: \"=SUM(D2:D9)\" is a formula, and its result is not in the file",
        ),
        (
            "(12)",
            "not-a-number results.csv:2: \"(12)\" looks like a negative figure in an accountant's way of writing",
        ),
        ("TRUE", "not-a-number results.csv:2: \"TRUE\" is true or false and not a figure"),
        (
            "12 days",
            "not-a-number results.csv:2: \"12 days\" has something other than the number in it",
        ),
        ("12 of 13", "not-a-number results.csv:2: \"12 of 13\" is more than one number"),
        ("12/13", "not-a-number results.csv:2: \"12/13\" is more than one number"),
        ("<5", "not-a-number results.csv:2: \"<5\" is not a figure"),
        ("five", "not-a-number results.csv:2: \"five\" is not a number"),
        (
            "1234567890123456",
            "too-many-digits results.csv:2: \"1234567890123456\" has more than 15 digits",
        ),
    ] {
        assert_eq!(cell(text), ("no row".to_owned(), vec![found.to_owned()]), "{text:?}");
    }
}

#[test]
fn every_finding_about_a_cell_says_what_to_do_in_its_own_words() {
    let month = read_csv(
        "indicator,area,cohort,numerator,denominator,value\n\
         01,,,,,1E5\n01,,uasc,,,Jan-16\n01,North Kent,,,,\"12,5\"\n01,North Kent,uasc,,,#REF!\n01,St Mary’s,,,,##\n01,St Mary’s,uasc,,,(1)\n",
    );
    let remedies: std::collections::BTreeSet<_> = month.remedies().into_iter().collect();
    assert_eq!(remedies.len(), 6, "{remedies:?}");
}

#[test]
fn the_month_of_a_row_may_be_what_excel_shows_for_it() {
    let of = |month: &str| {
        read_csv(format!(
            "indicator,area,cohort,numerator,denominator,value,month\n9,,,20,25,,{month}\n"
        ))
    };
    for month in [
        "2016-01",
        "201601",
        "01/2016",
        "31/01/2016",
        "Jan-16",
        "January 2016",
        "2016-01-31",
        "2016-01-01 00:00:00",
        "",
    ] {
        assert_eq!(
            (of(month).figure("9", "Kent"), of(month).found()),
            ("20 of 25".into(), vec![]),
            "{month}"
        );
    }
    for month in ["Dec-15", "01/02/2016", "31/12/2015", "16-Jan", "2015-12-31"] {
        assert_eq!(of(month).codes(), ["wrong-month"], "{month}");
    }
}

#[test]
fn a_symbol_in_one_of_the_two_says_what_the_figure_is() {
    for (cells, figure) in [
        ("[x],25,", "no figure"),
        ("20,-,", "no figure"),
        ("[low],25,", "low"),
        ("[low],,", "low"),
        (",,low", "low"),
        ("[c],25,", "[c]"),
        ("[low],[c],", "[c]"),
        ("[low],[x],", "no figure"),
        // Nothing is said of a value that is there.
        ("-,-,80", "80"),
        ("20,25,-", "20 of 25"),
    ] {
        let month = read_csv(format!(
            "indicator,area,cohort,numerator,denominator,value\n9,Kent,,{cells}\n"
        ));
        assert_eq!((month.figure("9", "Kent"), month.found()), (figure.into(), vec![]), "{cells}");
    }
    for cells in ["20,,", ",25,", "20,x,"] {
        let month = read_csv(format!(
            "indicator,area,cohort,numerator,denominator,value\n9,Kent,,{cells}\n"
        ));
        assert_eq!(month.codes().len(), 1, "{cells}");
    }
    // What may be suppressed is never advised to be written as no figure alone.
    let month = read_csv("indicator,area,cohort,numerator,denominator,value\n9,Kent,,,,x\n");
    assert!(month.remedies()[0].contains("[c]"), "{:?}", month.remedies());
}
