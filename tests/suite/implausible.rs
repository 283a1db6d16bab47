//! Figures that cannot be shown to be wrong, and that no careful officer would let pass; and the
//! ordinary figures beside them, of which nothing is said.

use scorecard::check::Depth;
use scorecard::diagnostic::{Code, Severity};

use crate::checks::{Project, SNAPSHOT, YTD, lines, project, run, several};
use crate::excel::book::{Book, row};

const NUMBER: &str = "period = 'SS'\nunit = 'number'";

/// Indicator 1 of the county in some months: what stands behind the cohort in its row.
fn months(keys: &str, figures: &[(&str, &str)]) -> Project {
    figures.iter().fold(project(&[("1", keys)]), |project, (month, figure)| {
        project.results(month, &format!("1,County,,{figure}"))
    })
}

#[test]
fn ten_or_more_do_not_become_none() {
    let found = |keys: &str, before: &str, now: &str| {
        months(keys, &[("2015-12", before), ("2016-01", now)]).found(Code::FellToZero)
    };
    assert_eq!(
        found(NUMBER, ",,401", ",,0"),
        ["indicator 1 of County has gone from 401 to 0 since December 2015"]
    );
    assert_eq!(
        found(SNAPSHOT, "22,174,", "0,175,"),
        ["the numerator of indicator 1 of County has gone from 22 to 0 since December 2015"]
    );
    assert_eq!(found(NUMBER, ",,10", ",,0").len(), 1);
    for (keys, before, now) in [
        (NUMBER, ",,9", ",,0"),
        (NUMBER, ",,401", ",,1"),
        (NUMBER, ",,401", ",,[c]"),
        (SNAPSHOT, "9,174,", "0,175,"),
        // Nobody to count among is something else, and so is a percentage of 0.
        (SNAPSHOT, "22,174,", "0,0,"),
        (SNAPSHOT, ",,12", ",,0"),
    ] {
        assert_eq!(found(keys, before, now), [""; 0], "{keys} {before} {now}");
    }
}

#[test]
fn a_new_year_starts_at_0() {
    let found = |keys: &str, month: &str, next: &str| {
        let number = format!("period = '{keys}'\nunit = 'number'");
        months(&number, &[(month, ",,40"), (next, ",,0")]).found(Code::FellToZero).len()
    };
    assert_eq!(found("YTD", "2016-03", "2016-04"), 0);
    assert_eq!(found("YTD", "2016-04", "2016-05"), 1);
    assert_eq!(found("SS", "2016-03", "2016-04"), 1);
}

#[test]
fn what_is_0_every_august_is_no_finding() {
    let found = |july: &str, august: &str| {
        let last_year = [("2015-07", july), ("2015-08", august)];
        let this_year = [("2016-07", ",,31"), ("2016-08", ",,0")];
        months(NUMBER, &[last_year, this_year].concat()).found(Code::FellToZero).len()
    };
    assert_eq!(found(",,28", ",,0"), 0, "0 as well");
    assert_eq!(found("-,-,-", ",,0"), 0, "whatever was before it");
    assert_eq!(found(",,28", ",,2"), 0, "2 is less than a tenth of 28");
    assert_eq!(found(",,28", ",,3"), 1);
    assert_eq!(found(",,28", "-,-,-"), 1);
}

#[test]
fn sums_cohorts_and_activity_become_none_too() {
    let rolled_up = format!("{NUMBER}\nrollup = 'sum'");
    let sum = project(&[("1", &rolled_up)])
        .results("2015-12", "1,North,,,,6\n1,South,,,,7")
        .results("2016-01", "1,North,,,,0\n1,South,,,,0");
    sum.assert_found(
        Code::FellToZero,
        &["indicator 1 of County has gone from 13 to 0 since December 2015"],
    );
    assert_eq!(sum.places(Code::FellToZero), ["2016-01/results.csv:2"]);
    // A part that says so says it for the sum.
    project(&[("1", &rolled_up)])
        .results("2015-12", "1,North,,,,16\n1,South,,,,0")
        .results("2016-01", "1,North,,,,0\n1,South,,,,0")
        .assert_found(
            Code::FellToZero,
            &["indicator 1 of North has gone from 16 to 0 since December 2015"],
        );
    let cohort = |all: &str| {
        project(&[("1", SNAPSHOT)])
            .results("2015-12", "1,County,,40,50,\n1,County,uasc,12,15,")
            .results("2016-01", &format!("1,County,,{all},50,\n1,County,uasc,0,15,"))
            .found(Code::FellToZero)
    };
    assert_eq!(
        cohort("30"),
        ["the numerator of indicator 1 of County, uasc has gone from 12 to 0 since December 2015"]
    );
    assert_eq!(cohort("0").len(), 1, "what everyone's figure says is said once");
    let activity = project(&[("1", SNAPSHOT)])
        .with("[[activity]]\nid = 'cases'\nname = 'Cases'\n")
        .results("2016-01", "1,County,,1,2,")
        .activity("2015-12", "area,cases\nCounty,30\nTeam,12\nSouth,9\n")
        .activity("2016-01", "area,cases\nCounty,20\nTeam,0\nSouth,0\n");
    activity.assert_found(
        Code::FellToZero,
        &["\"Cases\" of Team has gone from 12 to 0 since December 2015"],
    );
    activity.activity("2015-01", "area,cases\nTeam,0\n").assert_found(Code::FellToZero, &[]);
}

const LOWER: &str = "period = 'SS'\nunit = 'percent'\npolarity = 'L'\ntarget = 10\nfloor = 14";

/// As [`months`], of any polarity.
fn months_of(keys: &str, figures: &[(&str, &str)]) -> Project {
    let mut project = months(keys, figures);
    project.tables = project.tables.replace("polarity = 'H'\nperiod", "period");
    project
}

#[test]
fn a_percentage_is_no_fraction() {
    let found = |keys: &str, before: &str, now: &str| {
        months(keys, &[("2015-12", before), ("2016-01", now)]).found(Code::FractionForPercent)
    };
    assert_eq!(
        found(SNAPSHOT, ",,81.2", ",,0.784"),
        [
            "indicator 1 of County is 0.784%, and 78.4% would be nearer to the result of the period before"
        ]
    );
    assert_eq!(found(SNAPSHOT, "57,100,", ",,0.6").len(), 1);
    // 1% of 50.5% is nearer to 0.5% by as much as 50% is: it is a draw.
    assert_eq!(found(SNAPSHOT, ",,25.25", ",,0.5").len(), 0);
    assert_eq!(found(SNAPSHOT, ",,25.26", ",,0.5").len(), 1);
    for (before, now) in [
        (",,1.2", ",,0.8"),
        ("1,150,", ",,0.7"),
        (",,81.2", ",,1.1"),
        (",,81.2", ",,0"),
        (",,81.2", "0.5,80,"),
        ("-,-,-", ",,0.784"),
    ] {
        assert_eq!(found(SNAPSHOT, before, now), [""; 0], "{before} {now}");
    }
    for unit in ["number", "average"] {
        let keys = format!("period = 'SS'\nunit = '{unit}'");
        assert_eq!(found(&keys, ",,81.2", ",,0.784"), [""; 0], "{unit}");
    }
}

#[test]
fn a_small_percentage_has_to_look_like_a_fraction() {
    let found = |keys: &str, before: &str, now: &str| {
        months_of(keys, &[("2015-12", before), ("2016-01", now)])
            .found(Code::FractionForPercent)
            .len()
    };
    assert_eq!(found(LOWER, ",,0.113", ",,0.12"), 1, "12% is nearer to the target of 10%");
    assert_eq!(found(LOWER, ",,0.2", ",,0.1"), 0, "one decimal is how percentages are written");
    assert_eq!(found(LOWER, ",,0.21", ",,0.25"), 0, "0.25% is nearer to 10% than 25% is");
    let higher = "period = 'SS'\nunit = 'percent'\npolarity = 'H'\ntarget = 90\nfloor = 80";
    assert_eq!(found(higher, ",,0.8", ",,0.8"), 1, "0.8% would be far from a target of 90%");
}

#[test]
fn a_value_may_be_odd_beside_the_others_of_its_file() {
    let found = |value: &str, others: &str| {
        several(4, SNAPSHOT)
            .results("2016-01", &format!("1,County,,,,{value}\n{others}"))
            .found(Code::FractionForPercent)
    };
    let others = "2,County,,,,71.0\n3,County,,80,100,\n4,County,,,,65.5";
    assert_eq!(
        found("0.784", others),
        [
            "indicator 1 of County is 0.784%, and 78.4% would be nearer to the other percentages of the file"
        ]
    );
    assert_eq!(found("0.7", others), [""; 0]);
    assert_eq!(found("0.784", "2,County,,,,71.0\n3,County,,,,80.0"), [""; 0], "two are too few");
    assert_eq!(found("0.784", "2,County,,,,1.5\n3,County,,2,100,\n4,County,,,,2.5"), [""; 0]);
}

#[test]
fn a_file_may_be_all_fractions() {
    let found = |values: [&str; 4]| {
        let rows = (1..).zip(values).map(|(id, value)| format!("{id},County,,,,{value}\n"));
        several(4, SNAPSHOT)
            .results("2016-01", &rows.collect::<String>())
            .found(Code::FractionForPercent)
    };
    assert_eq!(
        found(["0.915", "0.82", "0.7", "0.331"]),
        [
            "all 4 percentages of this file are at most 1%, such as 0.915% of indicator 1 of County, \
                and 91.5% may be meant"
        ]
    );
    for values in [
        // Three are too few, and what is 0 says nothing.
        ["0.915", "0.82", "0.7", "0"],
        ["0.915", "0.82", "0.7", "-"],
        ["0.915", "0.82", "0.7", "1.2"],
        // Written as percentages are, or as small ones may well be.
        ["0.9", "0.8", "0.7", "0.33"],
        ["0.12", "0.07", "0.33", "0.41"],
    ] {
        assert_eq!(found(values), [""; 0], "{values:?}");
    }
}

#[test]
fn a_percentage_is_no_count() {
    let found = |keys: &str, figure: &str| {
        months(keys, &[("2016-01", figure)]).found(Code::PercentAsCounts)
    };
    assert_eq!(
        found(SNAPSHOT, "71.8,100,"),
        ["indicator 1 of County is 71.8 of 100, which is a percentage and no count"]
    );
    assert_eq!(found(SNAPSHOT, "0.718,1,").len(), 1);
    let rate = "period = 'SS'\nunit = 'rate'\nper = 10000";
    assert_eq!(
        found(rate, "45.2,10000,"),
        ["indicator 1 of County is 45.2 of 10,000, which is a rate and no count"]
    );
    // Full-time posts may be counted in parts, and 72 of 100 are counted.
    for figure in ["72,100,", "72.0,100,", "71.8,120,", ",,71.8"] {
        assert_eq!(found(SNAPSHOT, figure), [""; 0], "{figure}");
    }
    assert_eq!(found("period = 'SS'\nunit = 'average'", "3.5,1,"), [""; 0]);
}

#[test]
fn a_year_is_given_once_a_year() {
    let severity = |keys: &str, figures: &[(&str, &str)]| {
        let found = months(keys, figures).run(Depth::Check);
        let found = found.into_iter().filter(|finding| finding.code == Code::GivenTooOften);
        found.map(|finding| finding.severity).collect::<Vec<_>>()
    };
    let annual = "period = 'A'\nunit = 'percent'";
    let every_month = [("2015-11", "51,90,"), ("2015-12", "55,91,"), ("2016-01", "58,92,")];
    months(annual, &every_month).assert_found(
        Code::GivenTooOften,
        &["indicator 1 of County is annual and has a figure of January 2016, and one of December 2015 \
            and 1 more within the year as well"],
    );
    assert_eq!(severity(annual, &every_month), [Severity::Warning]);
    let quarterly = "period = 'Q'\nunit = 'percent'";
    assert_eq!(severity(quarterly, &every_month), [Severity::Warning]);
    let again = [("2015-12", "55,91,"), ("2016-01", "55,91,")];
    assert_eq!(severity(annual, &again), [Severity::Note], "it may be given again");
    for figures in [
        // A year later; once more within the year, as a correction may be; without a figure.
        [("2015-01", "55,91,"), ("2016-01", "58,92,")],
        [("2015-10", "55,91,"), ("2016-01", "58,92,")],
        [("2015-12", ",,not due"), ("2016-01", "58,92,")],
        [("2015-12", "55,91,"), ("2016-01", ",,not due")],
    ] {
        assert_eq!(severity(annual, &figures), [], "{figures:?}");
    }
    assert_eq!(severity(&format!("{annual}\nfrequency = 'monthly'"), &every_month), []);
    assert_eq!(severity(quarterly, &[("2015-10", "55,91,"), ("2016-01", "58,92,")]), []);
}

#[test]
fn a_target_is_no_fraction_either() {
    let found = |standard: &str, figure: &str| {
        let keys = format!("period = 'SS'\nunit = 'percent'\n{standard}");
        months_of(&keys, &[("2016-01", figure)]).found(Code::FractionForPercent)
    };
    let higher = "polarity = 'H'\ntarget = 0.9\nfloor = 0.8";
    assert_eq!(
        found(higher, "56,100,"),
        [
            "the target of indicator 1 is 0.9%, and 90% would be nearer to the results, such as 56.0%"
        ]
    );
    assert_eq!(found("polarity = 'H'\ntarget = 90\nfloor = 0.8", "56,100,").len(), 1);
    for (standard, figure) in [
        (higher, "1,100,"),
        ("polarity = 'H'\ntarget = 90\nfloor = 80", "56,100,"),
        ("polarity = 'L'\ntarget = 0\nfloor = 5", "56,100,"),
        ("polarity = 'L'\ntarget = 0.5\nfloor = 2", "56,100,"),
        ("polarity = 'L'\ntarget = 0.5\nfloor = 1", "3,100,"),
    ] {
        assert_eq!(found(standard, figure), [""; 0], "{standard} {figure}");
    }
}

fn dated(last: &str, this: &str) -> Project {
    months(SNAPSHOT, &[("2015-12", "1,2,"), ("2016-01", "2,3,")])
        .file("2015-12", "month.toml", last)
        .file("2016-01", "month.toml", this)
}

#[test]
fn figures_are_as_at_the_end_of_their_month() {
    let found = |as_at: &str| dated("", &format!("as_at = {as_at}")).found(Code::DatesStale);
    assert_eq!(
        found("2016-01-26"),
        ["the figures are as at 26 January 2016, and the month is January 2016"]
    );
    assert_eq!(found("2015-12-31").len(), 1);
    assert_eq!(found("2016-01-27"), [""; 0], "a Wednesday before a long weekend");
    assert_eq!(found("2016-01-31"), [""; 0]);
    let late = dated("", "as_at = 2016-02-01").run(Depth::Check);
    let late: Vec<_> = late.iter().filter(|finding| finding.code == Code::DatesStale).collect();
    assert_eq!(late.len(), 1);
    assert_eq!(late[0].severity, Severity::Note);
    let louder = dated("", "as_at = 2016-02-01").with("[findings]\ndates-stale = 'error'\n");
    assert!(louder.run(Depth::Check).iter().any(|finding| finding.severity == Severity::Error));
}

#[test]
fn dates_are_in_order() {
    let found = |dates: &str| dated("", dates).found(Code::DatesStale);
    assert_eq!(
        found("as_at = 2016-01-31\nextracted = 2016-01-30"),
        [
            "the figures are as at 31 January 2016 and were extracted on 30 January 2016, which is earlier"
        ]
    );
    assert_eq!(found("extracted = 2016-03-01\nmeeting = 2016-02-29").len(), 1);
    assert_eq!(found("as_at = 2016-01-31\nmeeting = 2016-01-30").len(), 1);
    for dates in [
        "as_at = 2016-01-31\nextracted = 2016-01-31\nmeeting = 2016-01-31",
        "as_at = 2016-01-29\nextracted = 2016-02-03\nmeeting = 2016-03-22",
        "status = 'final'",
        "",
    ] {
        assert_eq!(found(dates), [""; 0], "{dates}");
    }
}

/// In January a date easily has the year before or after it.
#[test]
fn dates_are_of_their_year() {
    let found = |dates: &str| dated("", dates).found(Code::DatesStale);
    assert_eq!(
        found("as_at = 2017-01-31"),
        ["the figures are as at 31 January 2017, long after the end of January 2016"]
    );
    let of_next_year = dated("", "as_at = 2017-01-31").run(Depth::Report);
    assert!(of_next_year.iter().any(|finding| {
        finding.code == Code::DatesStale && finding.severity == Severity::Warning
    }));
    assert_eq!(found("as_at = 2016-03-31")[0].matches("long after").count(), 0);
    assert_eq!(found("as_at = 2016-04-01")[0].matches("long after").count(), 1);
    assert_eq!(
        found("extracted = 2019-02-01"),
        ["the figures are extracted on 1 February 2019, more than a year after January 2016"]
    );
    assert_eq!(
        found("as_at = 2016-01-31\nmeeting = 2026-03-22"),
        ["the figures are for the meeting of 22 March 2026, more than a year after January 2016"]
    );
    assert_eq!(found("extracted = 2017-01-31\nmeeting = 2017-01-31"), [""; 0]);
}

#[test]
fn a_year_to_date_starts_again_with_the_year() {
    let found = |keys: &str, before: (&str, &str), now: (&str, &str)| {
        months(keys, &[before, now]).found(Code::YtdGoesOn)
    };
    let number = "period = 'YTD'\nunit = 'number'";
    let rate = "period = 'YTD'\nunit = 'rate'\nper = 1000";
    assert_eq!(
        found(number, ("2015-03", ",,100"), ("2015-04", ",,108")),
        [
            "the number of indicator 1 of County, year to date, was 100 in March 2015 and is 108 in April 2015, in a new year"
        ]
    );
    for (keys, before, now, count) in [
        (YTD, "188,200,", "205,218,", 1),
        (YTD, "188,200,", "188,200,", 1),
        (rate, "188,5000,", "205,4900,", 1),
        (&*format!("{number}\nfrequency = 'quarterly'"), ",,100", ",,108", 0),
        (number, ",,100", ",,99", 0),
        (number, ",,9", ",,12", 0),
        (YTD, "188,200,", "15,16,", 0),
        (YTD, "9,200,", "19,218,", 0),
        (YTD, "188,200,", "189,199,", 0),
        (YTD, ",,88", ",,94", 0),
        (&*format!("{number}\ncumulative = false"), ",,100", ",,108", 0),
        (SNAPSHOT, "188,200,", "205,218,", 0),
    ] {
        let found = found(keys, ("2015-03", before), ("2015-04", now));
        assert_eq!(found.len(), count, "{keys} {before} {now}: {found:?}");
    }
    // The first quarter of a year, and a month within it.
    let quarterly = format!("{number}\nfrequency = 'quarterly'");
    assert_eq!(found(&quarterly, ("2015-03", ",,100"), ("2015-06", ",,108")).len(), 1);
    assert_eq!(found(number, ("2015-04", ",,100"), ("2015-05", ",,108")), [""; 0]);
}

/// In a first month, of two that have a target and one that is counted.
#[test]
fn a_fraction_may_stand_beside_others() {
    let found = |north: &str| {
        let target = format!("{SNAPSHOT}\ntarget = 85\nfloor = 75");
        project(&[("1", &target), ("2", SNAPSHOT), ("3", SNAPSHOT)])
            .results(
                "2016-01",
                &format!(
                    "1,County,,,,0.84\n1,North,,,,{north}\n2,County,,,,0.455\n3,County,,30,60,"
                ),
            )
            .found(Code::FractionForPercent)
    };
    let of_second = "indicator 2 of County is 0.455%, and 45.5% would be nearer to the other percentages of the file";
    assert!(found("0.8").contains(&of_second.to_owned()), "{:?}", found("0.8"));
    assert!(!found("[c]").contains(&of_second.to_owned()), "two say too little");
}

#[test]
fn one_date_alone_is_after_the_end_of_the_month() {
    let found = |dates: &str| dated("", dates).found(Code::DatesStale);
    assert_eq!(
        found("extracted = 2016-01-26"),
        ["the figures are extracted on 26 January 2016, before the end of January 2016"]
    );
    assert_eq!(
        found("meeting = 2016-01-12"),
        ["the figures are for the meeting of 12 January 2016, before the end of January 2016"]
    );
    assert_eq!(found("extracted = 2015-12-31\nmeeting = 2016-01-12").len(), 1, "once");
    for dates in ["extracted = 2016-01-29", "meeting = 2016-02-09", "extracted = 2016-02-01"] {
        assert_eq!(found(dates), [""; 0], "{dates}");
    }
}

#[test]
fn month_toml_is_not_last_months() {
    let last = "as_at = 2015-12-31\nmeeting = 2016-02-09\nstatus = 'final'";
    dated(last, last).assert_found(
        Code::DatesStale,
        &["the dates are those of December 2015, every one of them"],
    );
    let other = "as_at = 2016-01-31\nmeeting = 2016-02-09\nstatus = 'final'";
    dated(last, other).assert_found(Code::DatesStale, &[]);
    dated("status = 'final'", "status = 'final'").assert_found(Code::DatesStale, &[]);
}

/// The rows of an area for five indicators: numerators from `first` up.
fn of_area(area: &str, first: u32) -> String {
    lines(5, |id| format!("{id},{area},,{},{},\n", first + id, 50 + id))
}

#[test]
fn an_area_moves_where_the_others_do() {
    let with = |before: &str, now: &str| {
        several(6, SNAPSHOT).results("2015-12", before).results("2016-01", now)
    };
    let before = of_area("North", 10) + &of_area("South", 20);
    let copied = with(&before, &(of_area("North", 10) + &of_area("South", 21)));
    copied.assert_found(
        Code::AreaCopied,
        &["all 5 figures of results that North shares with December 2015 are the same in both, and those of other areas are not"],
    );
    assert_eq!(copied.places(Code::AreaCopied), ["2016-01/results.csv:2"]);
    // A figure of its own, no other area, or a file that is copied as a whole.
    with(
        &before,
        &(of_area("North", 10).replace("1,North,,11", "1,North,,12") + &of_area("South", 21)),
    )
    .assert_found(Code::AreaCopied, &[]);
    with(&of_area("North", 10), &of_area("North", 10)).assert_found(Code::AreaCopied, &[]);
    with(&before, &before).assert_found(Code::AreaCopied, &[]);
    // Four figures, or one of five that is 0, may stay the same.
    let four = |north: u32| of_area("North", north).replace("5,North,,15,55,\n", "");
    with(&(four(10) + &of_area("South", 20)), &(four(10) + &of_area("South", 21)))
        .assert_found(Code::AreaCopied, &[]);
    let with_0 = of_area("North", 10).replace("5,North,,15", "5,North,,0");
    with(&(with_0.clone() + &of_area("South", 20)), &(with_0 + &of_area("South", 21)))
        .assert_found(Code::AreaCopied, &[]);
}

#[test]
fn the_numerators_of_an_area_move_where_those_of_others_do() {
    let rows = |area: &str, first: u32, more: u32| {
        lines(5, |id| format!("{id},{area},,{},{},\n", first + id, 50 + id + more))
    };
    let found = |north: &str, south: &str| {
        several(5, SNAPSHOT)
            .results("2015-12", &(rows("North", 10, 0) + &rows("South", 20, 0)))
            .results("2016-01", &(north.to_owned() + south))
            .found(Code::AreaCopied)
    };
    assert_eq!(
        found(&rows("North", 10, 1), &rows("South", 21, 1)),
        ["all numerators of results that North shares with December 2015 are the same in both, \
                and its denominators and the numerators of other areas are not"]
    );
    let another = rows("North", 10, 1).replace("1,North,,11", "1,North,,12");
    assert_eq!(found(&another, &rows("South", 21, 1)), [""; 0]);
    // The file is said to be a copy as a whole.
    assert_eq!(found(&rows("North", 10, 1), &rows("South", 20, 1)), [""; 0]);
}

#[test]
fn an_area_has_figures_of_its_own() {
    let with = |now: &str| several(6, SNAPSHOT).results("2016-01", now);
    let found = |now: &str| with(now).found(Code::AreaCopied);
    let same = of_area("North", 10) + &of_area("South", 10);
    assert_eq!(found(&same), ["all 5 figures of results of South are those of North too"]);
    // One that differs, or four that do not.
    for now in [
        of_area("North", 10) + &of_area("South", 10).replace("1,South,,11", "1,South,,12"),
        same.replace("5,North,,15,55,\n", "").replace("5,South,,15,55,\n", ""),
        same.replace(",15,55,", ",0,55,"),
        // The county may well have what its only part has.
        of_area("County", 10) + &of_area("North", 10),
    ] {
        assert_eq!(found(&now), [""; 0], "{now}");
    }
    assert!(!with(&same).run(Depth::Report).iter().any(|one| one.code == Code::AreaCopied));
}

#[test]
fn an_area_has_not_the_figures_of_an_earlier_month() {
    let month = |north: u32, south: u32| of_area("North", north) + &of_area("South", south);
    let found = |north: u32, south: u32| {
        several(6, SNAPSHOT)
            .results("2015-10", &month(10, 30))
            .results("2015-11", &month(10, 31))
            .results("2015-12", &month(12, 32))
            .results("2016-01", &month(north, south))
            .found(Code::AreaCopied)
    };
    assert_eq!(
        found(10, 33),
        [
            "all 5 figures of results that North shares with November 2015 are the same in both, and those of other areas are not"
        ],
        "the latest of them"
    );
    assert_eq!(found(13, 33), [""; 0]);
    assert_eq!(found(10, 31), [""; 0], "the month is a copy");
}

#[test]
fn an_area_whose_file_is_copied_is_said_once() {
    let text = |rows: &str| format!("indicator,area,cohort,numerator,denominator,value\n{rows}");
    let project = several(5, SNAPSHOT)
        .results("2015-12", &(of_area("North", 10) + &of_area("South", 20)))
        .file("2016-01", "results-north.csv", &text(&of_area("North", 10)))
        .file("2016-01", "results-south.csv", &text(&of_area("South", 21)));
    project.assert_found(Code::AreaCopied, &[]);
    assert_eq!(project.places(Code::MonthCopied), ["2016-01/results-north.csv"]);
}

/// What is found of a column beside the rows of three areas, one value for each of them.
fn column(heading: &str, values: [&str; 3]) -> Project {
    let rows = ["County", "North", "South"].iter().zip(values);
    let rows: Vec<_> = rows.map(|(area, value)| format!("1,{area},{value},1,2\n")).collect();
    let rows = rows.concat();
    let text = format!("indicator,area,{heading},numerator,denominator\n{rows}");
    project(&[("1", SNAPSHOT)]).file("2016-01", "results.csv", &text)
}

#[test]
fn one_part_of_a_split_is_not_everyone() {
    let found = |heading: &str, value: &str| {
        column(heading, [value; 3]).found(Code::OneOfASplit).into_iter().next().unwrap_or_default()
    };
    let male = column("Sex", ["Male"; 3]);
    male.assert_found(
        Code::OneOfASplit,
        &["the column \"Sex\" is \"Male\" in every row, and 3 rows are read as everyone"],
    );
    assert_eq!(male.places(Code::OneOfASplit), ["2016-01/results.csv:1"]);
    // A report says it too.
    assert!(male.run(Depth::Report).iter().any(|finding| finding.code == Code::OneOfASplit));
    for (heading, value) in [
        ("Gender", "F"),
        ("Breakdown", "girls"),
        ("Age group", "0-4"),
        ("Ethnicity", "White British"),
        ("SEN", "Yes"),
        // A cohort that is defined.
        ("Group", "UASC"),
        ("UASC", "y"),
    ] {
        assert_ne!(found(heading, value), "", "{heading} {value}");
    }
    for (heading, value) in [
        ("Authority", "Kent"),
        ("Area type", "County"),
        ("Year", "2016"),
        ("Year", "16-17"),
        ("Sex", "Total"),
        ("Sex", "all"),
        ("Sex", "Persons"),
        ("Sex", "Male and female"),
        ("Sex", ""),
        ("Age", "0-17"),
        ("Checked", "Yes"),
        ("Checked by", "M"),
    ] {
        assert_eq!(found(heading, value), "", "{heading} {value}");
    }
}

#[test]
fn a_column_that_varies_is_no_part() {
    for values in [["Male", "Female", "Male"], ["All", "Male", "Male"], ["", "Male", "Male"]] {
        column("Sex", values).assert_found(Code::OneOfASplit, &[]);
    }
    // Nor is it one where the rows say whom they are about.
    let uasc = "indicator,area,cohort,sex,numerator,denominator\n1,County,uasc,Male,1,2\n";
    project(&[("1", SNAPSHOT)])
        .file("2016-01", "results.csv", uasc)
        .assert_found(Code::OneOfASplit, &[]);
    let both = format!("{uasc}1,County,all,Male,2,4\n");
    project(&[("1", SNAPSHOT)]).file("2016-01", "results.csv", &both).assert_found(
        Code::OneOfASplit,
        &["the column \"sex\" is \"Male\" in every row, and 1 row is read as everyone"],
    );
}

#[test]
fn an_indicator_may_be_about_a_part() {
    let text = "indicator,area,Sex,value\n1,County,Male,1\n2,County,Male,2\n";
    let named = |name: &str| {
        let mut project = project(&[("1", NUMBER), ("2", NUMBER)]);
        project.tables = project.tables.replace("Indicator 1", "Referrals (males)");
        project.tables = project.tables.replace("Indicator 2", name);
        project.file("2016-01", "results.csv", text)
    };
    named("Visits, male").assert_found(Code::OneOfASplit, &[]);
    named("Visits").assert_found(
        Code::OneOfASplit,
        &["the column \"Sex\" is \"Male\" in every row, and 1 row is read as everyone"],
    );
}

#[test]
fn a_column_that_said_everyone_says_a_part() {
    let found = |heading: &str, before: [&str; 3], now: &str, file: &str| {
        let before = column(heading, before);
        let text = |project: &Project| {
            let folder = project.write();
            std::fs::read_to_string(folder.path().join("data/2016-01/results.csv")).expect("text")
        };
        project(&[("1", SNAPSHOT)])
            .file("2015-12", file, &text(&before))
            .file("2016-01", "results.csv", &text(&column(heading, [now; 3])))
            .found(Code::OneOfASplit)
            .len()
    };
    let all = ["All"; 3];
    assert_eq!(found("Placement", all, "Fostering", "results.csv"), 1);
    assert_eq!(found("placement", ["All", "Total", "all"], "Fostering", "Results.csv"), 1);
    // It has been so before, is everyone in other words, or is of another file.
    for (heading, before, now, file) in [
        ("Placement", ["Fostering"; 3], "Fostering", "results.csv"),
        ("Placement", ["All", "Fostering", "All"], "Fostering", "results.csv"),
        ("Placement", all, "All placements", "results.csv"),
        ("Placement", all, "2016", "results.csv"),
        ("Placement", all, "North", "results.csv"),
        ("Placement", all, "Fostering", "results-placed.csv"),
        ("Checked by", ["AR", "AR", "BT"], "BT", "results.csv"),
        ("Extracted", ["4 January"; 3], "2 February", "results.csv"),
    ] {
        assert_eq!(found(heading, before, now, file), 0, "{heading} {now}");
    }
}

#[test]
fn a_value_of_a_cohorts_rows_is_a_part() {
    let month = |rows: &str| format!("indicator,area,cohort,Route,numerator,denominator\n{rows}");
    let before = month("1,County,all,Any,2,4\n1,County,uasc,Asylum,1,2\n");
    let found = |now: &str| {
        project(&[("1", SNAPSHOT)])
            .file("2015-12", "results.csv", &before)
            .file("2016-01", "results.csv", &month(now))
            .found(Code::OneOfASplit)
            .len()
    };
    assert_eq!(found("1,County,,Asylum,1,2\n"), 1);
    assert_eq!(found("1,County,,Any,1,2\n"), 0);
    assert_eq!(found("1,County,,Other,1,2\n"), 0);
}

#[test]
fn a_workbook_may_be_one_part_of_a_split() {
    let found = |value: &str| {
        let value = format!("\"{value}\"");
        let header = ["\"Sex\"", "\"indicator\"", "\"area\"", "\"value\"", "", "\"Band\""];
        let book = Book::default().sheet(
            "S",
            &(row(2, &header)
                + &row(3, &[&value, "\"1\"", "\"County\"", "0.5", "", "\"0-4\""])
                + &row(4, &[&value, "\"1\"", "\"North\"", "0.5", "", "\"5-9\""])),
        );
        let folder = project(&[("1", SNAPSHOT)]).file("2016-01", "note.txt", "").write();
        std::fs::write(folder.path().join("data/2016-01/results.xlsx"), book.bytes())
            .expect("written");
        let findings = run(folder.path(), Depth::Check, &[]).into_iter();
        let found = findings.filter(|finding| finding.code == Code::OneOfASplit);
        let place = |finding: scorecard::diagnostic::Finding| finding.place.and_then(|at| at.cell);
        found.filter_map(place).collect::<Vec<_>>()
    };
    assert_eq!(found("Male"), ["S!A2"]);
    assert_eq!(found("Total"), [""; 0]);
}

#[test]
fn activity_of_an_area_moves_too() {
    let activities = lines(5, |id| format!("[[activity]]\nid = 'a{id}'\nname = 'A{id}'\n"));
    let text =
        |north: &str, south: &str| format!("area,a1,a2,a3,a4,a5\nNorth,{north}\nSouth,{south}\n");
    let project = project(&[("1", SNAPSHOT)])
        .with(&activities)
        .results("2016-01", "1,County,,1,2,")
        .activity("2015-12", &text("3,4,5,6,7", "8,9,10,11,12"));
    let copied = project.clone().activity("2016-01", &text("3,4,5,6,7", "8,9,10,11,13"));
    copied.assert_found(
        Code::AreaCopied,
        &["all 5 figures of activity that North shares with December 2015 are the same in both, and those of other areas are not"],
    );
    project
        .activity("2016-01", &text("3,4,5,6,8", "8,9,10,11,13"))
        .assert_found(Code::AreaCopied, &[]);
}

/// What is not of every month may be given again.
#[test]
fn quarterly_figures_are_not_new_every_month() {
    let quarterly = "period = 'Q'\nunit = 'percent'";
    several(5, quarterly)
        .results("2015-12", &(of_area("North", 10) + &of_area("South", 20)))
        .results("2016-01", &(of_area("North", 10) + &of_area("South", 21)))
        .assert_found(Code::AreaCopied, &[]);
    assert_eq!(
        months(YTD, &[("2015-12", "1,2,"), ("2016-01", "1,2,")]).found(Code::AreaCopied),
        [""; 0]
    );
}

/// What is found of one indicator that goes from one figure to another.
fn jumped(keys: &str, before: &str, now: &str) -> Vec<String> {
    months(keys, &[("2015-12", before), ("2016-01", now)]).found(Code::ResultJump)
}

#[test]
fn a_result_moves_as_far_as_its_counts_explain() {
    let found = "indicator 1 of County has gone from 84.4% (76 of 90) to 8.2% (9 of 110) since December 2015: further than its counts explain";
    for keys in [SNAPSHOT, YTD] {
        assert_eq!(jumped(keys, "76,90,", "9,110,"), [found], "{keys}");
    }
    // 60% and 40%, of 100 each: 20 points are 2.83 times 7.07. Of 200 each they are 4 times 5, and
    // more than that is a jump.
    assert_eq!(jumped(SNAPSHOT, "60,100,", "40,100,"), [""; 0]);
    assert_eq!(jumped(SNAPSHOT, "120,200,", "80,200,"), [""; 0]);
    assert_eq!(jumped(SNAPSHOT, "120,200,", "79,200,").len(), 1);
    // A bare value is of as many as the figure beside it.
    assert_eq!(jumped(SNAPSHOT, ",,60.0", "80,200,"), [""; 0]);
    assert_eq!(jumped(SNAPSHOT, ",,60.0", "79,200,").len(), 1);
    // Without counts it is a fourfold or a quarter.
    assert_eq!(jumped(SNAPSHOT, ",,90.0", ",,22.5"), [""; 0]);
    assert_eq!(
        jumped(SNAPSHOT, ",,90.0", ",,22.4"),
        ["indicator 1 of County has gone from 90.0% to 22.4% since December 2015: more than \
            four times as much, or less than a quarter"]
    );
    assert_eq!(jumped(SNAPSHOT, ",,10.0", ",,40.1").len(), 1);
    assert_eq!(jumped(SNAPSHOT, ",,22.4", ",,0").len(), 1, "0 is no fraction");
    assert_eq!(jumped(SNAPSHOT, ",,2.0", ",,11.9"), [""; 0], "less than ten points");
    // Nine points of very many are not worth a finding.
    assert_eq!(jumped(SNAPSHOT, "5000,10000,", "5900,10000,"), [""; 0]);
    assert_eq!(jumped(SNAPSHOT, "5000,10000,", "6000,10000,").len(), 1);
}

#[test]
fn numbers_rates_and_averages_jump_too() {
    assert_eq!(
        jumped(NUMBER, ",,401", ",,41"),
        [
            "indicator 1 of County has gone from 401 to 41 since December 2015: further than its counts explain"
        ]
    );
    // 30 and 70: 40 are 4 times 10, and 41 more than 4 times 10.05.
    assert_eq!(jumped(NUMBER, ",,30", ",,70"), [""; 0]);
    assert_eq!(jumped(NUMBER, ",,30", ",,71").len(), 1);
    assert_eq!(jumped(NUMBER, ",,4000", ",,7999"), [""; 0], "it has not doubled");
    let rate = "period = 'SS'\nunit = 'rate'\nper = 10000";
    assert_eq!(jumped(rate, "30,9000,", "70,9000,"), [""; 0]);
    assert_eq!(jumped(rate, "30,9000,", "71,9000,").len(), 1);
    // Of 100 each, an average of 4 is as uncertain as 0.4: the difference from 8 as 0.89.
    let average = "period = 'SS'\nunit = 'average'";
    assert_eq!(jumped(average, "400,100,", "700,100,"), [""; 0]);
    assert_eq!(jumped(average, "400,100,", "900,100,").len(), 1);
}

/// Nine months with 45 have five each, and what comes in then is compared with that.
#[test]
fn a_year_to_date_grows_as_it_has_grown() {
    let number = "period = 'YTD'\nunit = 'number'";
    assert_eq!(
        jumped(number, ",,45", ",,85"),
        [
            "indicator 1 of County, year to date, has grown by 40 since December 2015, and by 5.0 a month on average until then"
        ]
    );
    // 12 more than 5, squared, times 9 months over 62 cases: 20.9, and 15 is not three times as many.
    assert_eq!(jumped(number, ",,45", ",,62").len(), 1);
    assert_eq!(jumped(number, ",,45", ",,60"), [""; 0]);
    assert_eq!(jumped(number, ",,45", ",,45"), [""; 0]);
    let keys = format!("{number}\ncumulative = false");
    assert_eq!(jumped(&keys, ",,45", ",,85"), [""; 0], "it has not doubled");
    // A new year starts again, with a few where there were many.
    let april = [("2016-03", "76,90,"), ("2016-04", "0,9,")];
    assert_eq!(months(YTD, &april).found(Code::ResultJump), [""; 0]);
}

#[test]
fn a_season_and_a_restless_series_are_no_jump() {
    let august = |last_year: [&str; 2]| {
        let [july, august] = last_year;
        let before = [("2015-07", july), ("2015-08", august)];
        let now = [("2016-07", ",,200"), ("2016-08", ",,60")];
        months(NUMBER, &[before, now].concat()).found(Code::ResultJump).len()
    };
    assert_eq!(august([",,180", ",,90"]), 0);
    assert_eq!(august([",,180", ",,150"]), 1, "a fall of 30 is less than half of 140");
    assert_eq!(august([",,150", ",,180"]), 1);
    // A series that has been there before says that the figure between was odd, or that it goes up
    // and down that much.
    let back = [("2015-11", ",,200"), ("2015-12", ",,20"), ("2016-01", ",,190")];
    assert_eq!(months(NUMBER, &back).found(Code::ResultJump), [""; 0]);
    let outturn = [("2015-03", ",,0"), ("2015-12", ",,71"), ("2016-01", ",,2")];
    assert_eq!(months(NUMBER, &outturn).found(Code::ResultJump), [""; 0]);
    assert_eq!(months(NUMBER, &outturn[1..]).found(Code::ResultJump).len(), 1);
    // Ups and downs of 100 every month, and then one of 340.
    let restless = ["2015-05", "2015-06", "2015-07", "2015-08", "2015-09", "2015-10", "2015-11"];
    let mut figures: Vec<_> = restless
        .into_iter()
        .enumerate()
        .map(|(index, month)| (month, if index % 2 == 0 { ",,200" } else { ",,100" }))
        .collect();
    figures.extend([("2015-12", ",,110"), ("2016-01", ",,450")]);
    assert_eq!(months(NUMBER, &figures).found(Code::ResultJump), [""; 0]);
    assert_eq!(months(NUMBER, &figures[4..]).found(Code::ResultJump).len(), 1);
}

/// What another check says better, this one does not say again.
#[test]
fn a_jump_has_one_finding() {
    let project = months(SNAPSHOT, &[("2015-12", "180,200,"), ("2016-01", "1,20,")]);
    project.assert_found(Code::ResultJump, &[]);
    assert_eq!(project.found(Code::DenominatorJump).len(), 1);
    let project = months(SNAPSHOT, &[("2015-12", "180,200,"), ("2016-01", "0,200,")]);
    project.assert_found(Code::ResultJump, &[]);
    assert_eq!(project.found(Code::FellToZero).len(), 1);
}

const SUM: &str = "period = 'SS'\nunit = 'percent'\nrollup = 'sum'";

#[test]
fn what_was_worked_out_can_be_worked_out_again() {
    let cohort = project(&[("1", SNAPSHOT)])
        .results("2015-12", "1,County,,20,30,\n1,County,uasc,5,10,")
        .results("2016-01", "1,County,,20,30,");
    cohort.assert_found(
        Code::ResultGone,
        &["indicator 1 of County, excluding-uasc has no result in January 2016; that of December 2015 was 75.0%"],
    );
    assert_eq!(cohort.places(Code::ResultGone), ["2015-12/results.csv:3"]);
    cohort.assert_found(Code::FigureGone, &[]);
    cohort
        .results("2016-01", "1,County,,20,30,\n1,County,excluding-uasc,12,20,")
        .assert_found(Code::ResultGone, &[]);
    let sum = project(&[("1", SUM)]).results("2015-12", "1,North,,20,30,\n1,South,,2,3,");
    let gone =
        ["indicator 1 of County has no result in January 2016; that of December 2015 was 66.7%"];
    for now in ["1,North,,20,30,", "1,North,,20,30,\n1,South,,,,66.7"] {
        sum.clone().results("2016-01", now).assert_found(Code::ResultGone, &gone);
    }
    // A row of its own, a sum, a suppressed part, or a month without results, of which it is said
    // that it has none.
    for now in [
        "1,County,,,,66.7",
        "1,North,,20,30,\n1,South,,2,3,",
        "1,North,,20,30,\n1,South,,[c],[c],",
        "",
    ] {
        sum.clone().results("2016-01", now).assert_found(Code::ResultGone, &[]);
    }
}

#[test]
fn somebody_is_there_to_be_counted_among() {
    let found = |figures: &[(&str, &str)]| months(SNAPSHOT, figures).found(Code::ResultGone);
    assert_eq!(
        found(&[("2015-12", "7,10,"), ("2016-01", "0,0,")]),
        ["indicator 1 of County has no result in January 2016; that of December 2015 was 70.0%"]
    );
    assert_eq!(found(&[("2015-12", "7,9,"), ("2016-01", "0,0,")]), [""; 0]);
    assert_eq!(found(&[("2015-12", "0,0,"), ("2016-01", "0,0,")]), [""; 0]);
    assert_eq!(found(&[("2015-12", "7,10,"), ("2016-01", "[c],[c],")]), [""; 0]);
    let august = [("2015-08", "0,0,"), ("2016-07", "7,10,"), ("2016-08", "0,0,")];
    assert_eq!(found(&august), [""; 0], "as last year");
    let april = [("2016-03", "7,10,"), ("2016-04", "0,0,")];
    assert_eq!(months(YTD, &april).found(Code::ResultGone), [""; 0]);
}

#[test]
fn a_target_of_a_percentage_is_at_most_100() {
    let found = |keys: &str| months_of(keys, &[("2016-01", "8,10,")]).found(Code::TargetScale);
    let percent = |keys: &str| found(&format!("period = 'SS'\nunit = 'percent'\n{keys}"));
    assert_eq!(
        percent("polarity = 'H'\ntarget = 850\nfloor = 76.5"),
        ["the target 850 of a percentage is above 100"]
    );
    assert_eq!(
        percent("polarity = 'L'\ntarget = 15\nfloor = 205"),
        ["the floor 205 of a percentage is above 100"]
    );
    assert_eq!(percent("polarity = 'T'\ntarget = [90, 110]\nfloor = [80, 120]").len(), 1);
    let year =
        "polarity = 'H'\ntarget = 85\nfloor = 80\n[indicator.targets.'2014/15']\ntarget = 820";
    assert_eq!(percent(year), ["the target 820 of a percentage is above 100"]);
    for keys in [
        "polarity = 'H'\ntarget = 100\nfloor = 'none'",
        "polarity = 'H'\ntarget = 104\nfloor = 101\nabove_100 = 'yes'",
        "polarity = 'T'\ntarget = 95\nfloor = [80, 110]",
    ] {
        assert_eq!(percent(keys), [""; 0], "{keys}");
    }
    let number = |keys: &str| found(&format!("period = 'SS'\nunit = 'number'\n{keys}"));
    assert_eq!(number("polarity = 'H'\ntarget = 850\nfloor = 800"), [""; 0]);
    // Nor is one below 0, where a result cannot be.
    assert_eq!(
        percent("polarity = 'H'\ntarget = 5\nfloor = -5"),
        ["the floor -5 of a percentage is below 0"]
    );
    assert_eq!(
        number("polarity = 'L'\ntarget = -3\nfloor = 2"),
        ["the target -3 of a count is below 0"]
    );
    assert_eq!(percent("polarity = 'T'\ntarget = 50\nfloor = [-5, 110]").len(), 1);
    assert_eq!(
        percent("polarity = 'H'\ntarget = 5\nfloor = -5\nabove_100 = 'yes'"),
        [""; 0],
        "no share of a whole"
    );
}

/// A floor may be so far from its target that no result can be beyond it.
#[test]
fn a_floor_by_its_distance_is_within_reach() {
    let found = |keys: &str| months_of(keys, &[("2016-01", "8,10,")]).found(Code::TargetScale);
    let of = |unit: &str, keys: &str| found(&format!("period = 'SS'\nunit = '{unit}'\n{keys}"));
    for (unit, keys, said) in [
        (
            "percent",
            "polarity = 'H'\ntarget = 40\nfloor = { percent = 200 }",
            "the floor -40 of a percentage is below 0",
        ),
        (
            "percent",
            "polarity = 'L'\ntarget = 80\nfloor = { points = 50 }",
            "the floor 130 of a percentage is above 100",
        ),
        (
            "percent",
            "polarity = 'T'\ntarget = 50\nfloor = { points = 60 }",
            "the floor -10 of a percentage is below 0",
        ),
        (
            "number",
            "polarity = 'H'\ntarget = 40\nfloor = { percent = 200 }",
            "the floor -40 of a count is below 0",
        ),
    ] {
        assert_eq!(of(unit, keys), [format!("{said}, so that nothing can be red")], "{keys}");
    }
    for (unit, keys) in [
        ("percent", "polarity = 'H'\ntarget = 40\nfloor = { percent = 100 }"),
        ("percent", "polarity = 'L'\ntarget = 80\nfloor = { points = 20 }"),
        ("percent", "polarity = 'T'\ntarget = 5\nfloor = { points = 10 }"),
        ("number", "polarity = 'L'\ntarget = 40\nfloor = { percent = 200 }"),
        ("average", "polarity = 'H'\ntarget = 40\nfloor = { percent = 200 }"),
        ("percent", "polarity = 'H'\ntarget = 40\nfloor = { points = 50 }\nabove_100 = 'yes'"),
    ] {
        assert_eq!(of(unit, keys), [""; 0], "{keys}");
    }
    // Of a target that is worked out, it is known with the figure.
    let since = "period = 'SS'\nunit = 'percent'\npolarity = 'H'\n\
        target = { since = '2015-12', change = '+10%' }\nfloor = { points = 60 }";
    let months = |was: &str| months_of(since, &[("2015-12", was), ("2016-01", "8,10,")]);
    assert_eq!(
        months("5,10,").found(Code::TargetScale),
        [
            "the floor -5 of a percentage is below 0, so that nothing can be red in indicator 1 of County"
        ]
    );
    assert_eq!(months("6,10,").found(Code::TargetScale), [""; 0]);
}

#[test]
fn what_never_agrees_by_a_few_may_be_allowed() {
    let number = "period = 'YTD'\nunit = 'number'";
    let fell = |allow: &str| {
        let keys = format!("{number}\n{allow}");
        months(&keys, &[("2015-12", ",,200"), ("2016-01", ",,198")]).found(Code::YtdFell).len()
    };
    assert_eq!((fell(""), fell("allow = 1"), fell("allow = 2")), (1, 1, 0));
    assert_eq!((fell("allow = '0.9%'"), fell("allow = '1%'")), (1, 0));
    let parts = |allow: &str| {
        project(&[("1", &format!("{SUM}\n{allow}"))])
            .results("2016-01", "1,County,,22,33,\n1,North,,20,30,\n1,South,,2,4,")
            .found(Code::PartsDiffer)
            .len()
    };
    assert_eq!((parts(""), parts("allow = 0"), parts("allow = 1")), (1, 1, 0));
    let activity = |allow: &str, code: Code| {
        project(&[("1", SNAPSHOT)])
            .with(&format!(
                "[[activity]]\nid = 'lac'\nname = 'LAC'\nstarts = 'in'\nends = 'out'\n{allow}\n\
                 [[activity]]\nid = 'in'\nname = 'In'\n[[activity]]\nid = 'out'\nname = 'Out'\n"
            ))
            .results("2016-01", "1,County,,1,2,")
            .activity("2015-12", "area,lac,in,out\nCounty,100,0,0\n")
            .activity("2016-01", "area,lac,in,out\nCounty,104,7,2\nNorth,60,3,1\nSouth,43,4,1\n")
            .found(code)
            .len()
    };
    for code in [Code::DoesNotFlow, Code::PartsDiffer] {
        assert_eq!((activity("", code), activity("allow = 1", code)), (1, 0), "{code:?}");
    }
}

#[test]
fn what_needs_a_history_is_said_once() {
    let with = |count: u16| {
        let last: scorecard::month::Month = "2016-01".parse().expect("a month");
        (0..count)
            .fold(project(&[("1", SNAPSHOT)]), |project, back| {
                project
                    .results(&last.before(back).to_string(), &format!("1,County,,{},30,", 9 + back))
            })
            .found(Code::ShortHistory)
    };
    assert_eq!(
        with(5),
        [
            "with 4 months before January 2016, it cannot be seen what is far outside (8 months are needed), nor what is usual for the season (2015-01 is needed)"
        ]
    );
    assert_eq!(
        with(9),
        [
            "with 8 months before January 2016, it cannot be seen what is usual for the season (2015-01 is needed)"
        ]
    );
    for months in [1, 2, 3, 4, 13] {
        assert_eq!(with(months), [""; 0], "{months}");
    }
}
