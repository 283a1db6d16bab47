//! Ids and names that have been through a spreadsheet or a word processor.

use super::project::{read, read_csv};

fn of(indicator: &str, area: &str) -> super::project::Month {
    read_csv(format!(
        "indicator,area,cohort,numerator,denominator,value\n{indicator},{area},,1,2,\n"
    ))
}

#[test]
fn ids_that_lost_their_zeros_are_found_and_told() {
    for id in ["1", "1.0", "001"] {
        let month = of(id, "");
        assert_eq!(month.figure("01", "Kent"), "1 of 2", "{id}");
        assert_eq!(
            month.found(),
            [format!(
                "changed-id results.csv:2: there is no indicator {id:?}: it is read as \"01\", the same number"
            )]
        );
        assert_eq!(month.marked(), [id]);
    }
    for id in ["'01", "\"=\"\"01\"\"\""] {
        assert_eq!(
            (of(id, "").figure("01", "Kent"), of(id, "").found()),
            ("1 of 2".into(), vec![]),
            "{id}"
        );
    }
}

#[test]
fn ids_that_could_be_two_are_not_guessed_at() {
    assert_eq!(of("1.1", "").figure("1.1", "Kent"), "1 of 2");
    assert_eq!(of("1.10", "").figure("1.10", "Kent"), "1 of 2");
    let month = of("1.100", "");
    assert_eq!(month.found(), ["unknown-indicator results.csv:2: there is no indicator \"1.100\""]);
    assert!(
        month.remedies()[0].starts_with("it can mean \"1.1\" or \"1.10\"; "),
        "{:?}",
        month.remedies()
    );
    assert_eq!(
        of("Jan-09", "").found(),
        [
            "unknown-indicator results.csv:2: there is no indicator \"Jan-09\", which is a date: Excel may have made a date of an id"
        ]
    );
}

#[test]
fn it_is_told_once_of_a_file() {
    let month = read_csv(
        "indicator,area,cohort,numerator,denominator,value\n1,,,1,2,\n1,North Kent,,1,2,\n1.0,St Mary's,,1,2,\n",
    );
    assert_eq!(month.rows(), 3);
    assert_eq!(month.codes(), ["changed-id", "changed-id", "other-punctuation"]);
}

#[test]
fn names_may_differ_in_punctuation() {
    for (name, known) in [
        ("St Mary's", "St Mary’s"),
        ("St\u{a0}Mary`s", "St Mary’s"),
        ("Kent – North", "Kent - North"),
    ] {
        let month = of("9", name);
        assert_eq!(month.figure("9", known), "1 of 2", "{name}");
        assert_eq!(
            month.found(),
            [format!(
                "other-punctuation results.csv:2: \"{name}\" is read as \"{known}\": they differ in punctuation alone"
            )]
        );
    }
    assert_eq!(of("9", "\u{feff}St Mary’s\u{200b}").found(), [""; 0], "nobody sees the difference");
    for name in ["st mary’s", "ST MARY’S", "St\u{a0} Mary’s", "stmary’s"] {
        assert_eq!(
            (of("9", name).figure("9", "St Mary’s"), of("9", name).found()),
            ("1 of 2".into(), vec![]),
            "{name}"
        );
    }
    assert_eq!(of("9", "St Marys").codes(), ["unknown-area"]);
    assert_eq!(of("SCS–1", "").codes(), ["other-punctuation"]);
    let month =
        read_csv("indicator,area,cohort,numerator,denominator,value\n9,,excluding–uasc,1,2,\n");
    assert_eq!(
        month.found(),
        [
            "other-punctuation results.csv:2: \"excluding–uasc\" is read as \"excluding-uasc\": they differ in punctuation alone"
        ]
    );
    let month = read(&[("activity.csv", "area,referrals\nSt Mary's,12\n".as_bytes())]);
    assert_eq!(month.activity("referrals", "St Mary’s"), "12");
}

#[test]
fn a_name_that_is_a_page_long_is_not_repeated() {
    let month = of("9", &"x".repeat(100_000));
    assert_eq!(month.codes(), ["unknown-area"]);
    assert!(month.found()[0].len() < 200);
}

#[test]
fn the_name_of_an_indicator_does_for_its_id() {
    let month = of("a PERCENTAGE", "north kent");
    assert_eq!((month.figure("9", "North Kent"), month.found()), ("1 of 2".into(), vec![]));
    let month =
        read_csv("Indicator ,AREA,Cohort,Numer ator,denominator,value\n9,,Excluding - UASC,1,2,\n");
    assert_eq!(month.found(), [""; 0]);
    assert_eq!(month.rows(), 1);
}
