//! Limits, intervals and trends, from definitions and months to what is printed.

use std::collections::BTreeMap;
use std::fs;
use std::process::Output;

use crate::common::printed;
use snapbox::cmd::Command;
use tempfile::TempDir;

/// A project whose indicator 1 has the keys of `keys`, with a row of each month, the first in April
/// 2014: numerator, denominator and value, or nothing for a month without a figure.
struct Project {
    folder: TempDir,
    last: String,
}

const WHOLE: &str = "[statistics]\nspc = true\nintervals = 95\n";
const PERCENT: &str = "polarity = 'H'\nperiod = 'SS'\nunit = 'percent'\n";
const NUMBER_TO_DATE: &str = "polarity = 'L'\nperiod = 'YTD'\nunit = 'number'\n";

impl Project {
    fn new<T: AsRef<str>>(tables: &str, keys: &str, rows: &[T]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let definitions = format!(
            "[scorecard]\ntitle = 'T'\narea = 'Kent'\n{tables}\n[[area]]\nname = 'Kent'\n\
             [[indicator]]\nid = '1'\nsection = 'S'\nname = 'N'\n{keys}"
        );
        fs::write(folder.path().join("indicators.toml"), definitions).expect("written");
        let mut last = String::new();
        for (index, row) in rows.iter().map(AsRef::as_ref).enumerate() {
            let (year, month) = (2014 + (index + 3) / 12, (index + 3) % 12 + 1);
            last = format!("{year}-{month:02}");
            let month = folder.path().join("data").join(&last);
            fs::create_dir_all(&month).expect("made");
            let header = "indicator,area,cohort,numerator,denominator,value";
            let row = if row.is_empty() { String::new() } else { format!("1,Kent,all,{row}\n") };
            fs::write(month.join("results.csv"), format!("{header}\n{row}")).expect("written");
        }
        Self { folder, last }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_scorecard"))
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .expect("it runs")
    }

    fn printed(&self, arguments: &[&str]) -> String {
        printed(arguments, self.run(arguments))
    }

    /// The columns of statistics of its figure.
    fn tidy(&self) -> BTreeMap<String, String> {
        let text = self.printed(&["-m", &self.last, "-f", "tidy", "--statistics"]);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        reader.deserialize().next().expect("a row").expect("a row")
    }

    fn assert_tidy(&self, expected: &[(&str, &str)]) {
        let row = self.tidy();
        for (column, value) in expected {
            assert_eq!(row[*column], *value, "{column} of {row:?}");
        }
    }

    /// What the definitions are refused for.
    fn refused(&self) -> String {
        let output = self.run(&["check"]);
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stdout).expect("text")
    }
}

/// Percentages of 100.
fn of_100(numerators: &[u32]) -> Vec<String> {
    numerators.iter().map(|numerator| format!("{numerator},100,")).collect()
}

fn values(values: &[i32]) -> Vec<String> {
    values.iter().map(|value| format!(",,{value}")).collect()
}

const NONE: [(&str, &str); 6] = [
    ("mean", ""),
    ("limit_low", ""),
    ("limit_high", ""),
    ("variation", ""),
    ("variation_rule", ""),
    ("assurance", ""),
];

const EXAMPLE: [u32; 14] = [82, 85, 79, 84, 88, 81, 83, 86, 80, 84, 87, 82, 96, 97];

fn example() -> Project {
    let keys = format!("{PERCENT}target = 85\nfloor = 70\nbaseline = 12\n");
    Project::new(WHOLE, &keys, &of_100(&EXAMPLE))
}

#[test]
fn the_worked_example_comes_out() {
    example().assert_tidy(&[
        ("mean", "83.416667"),
        ("limit_low", "71.809394"),
        ("limit_high", "95.023939"),
        ("variation", "improvement_high"),
        ("variation_rule", "outside"),
        ("assurance", "?"),
        ("benchmark", ""),
        ("comparison", ""),
    ]);
}

#[test]
fn every_output_says_it_in_words() {
    let project = example();
    let words = "Improving: the latest figure is outside what is usual, above it.";
    let page = project.printed(&[]);
    assert!(page.contains("◆ Improving: unusually high") && page.contains(words), "{page}");
    assert!(page.contains("Part of it"), "{page}");
    let explained = project.printed(&["explain", "1"]);
    let explained = flowing(&explained);
    for said in ["mean moving range 4.363636 (of 11)", "71.809394%", "91.154848%", words] {
        assert!(explained.contains(said), "{said} in {explained}");
    }
    let json = project.printed(&["-f", "json"]);
    assert!(json.contains("\"mean\": 83.416667") && json.contains(words), "{json}");
}

#[test]
fn nothing_is_there_that_is_not_asked_for() {
    let keys = format!("{PERCENT}target = 85\nfloor = 70\n");
    let plain = Project::new("", &keys, &of_100(&EXAMPLE));
    plain.assert_tidy(&NONE);
    plain.assert_tidy(&[("interval_low", ""), ("interval_high", "")]);
    let page = plain.printed(&[]);
    assert!(!page.contains("Variation") && !page.contains("usual"), "{page}");
    assert!(!plain.printed(&["-f", "json"]).contains("statistics"));
    let off = format!("{keys}spc = false\n");
    Project::new("[statistics]\nspc = true\n", &off, &of_100(&EXAMPLE)).assert_tidy(&NONE);
}

/// An indicator may ask for itself.
#[test]
fn an_indicator_asks_for_limits_without_the_table() {
    let keys = format!("{PERCENT}spc = true\nbaseline = 12\n");
    let project = Project::new("", &keys, &of_100(&EXAMPLE));
    project.assert_tidy(&[("mean", "83.416667"), ("assurance", "")]);
}

#[test]
fn counts_of_the_year_to_date_are_of_single_months() {
    // 5 a month; the year starts again in April 2015.
    let mut rows: Vec<i32> = (1..=12).map(|month| month * 5).collect();
    rows.extend([6, 10, 15]);
    let project = Project::new(WHOLE, NUMBER_TO_DATE, &values(&rows));
    // 12 times 5, then 6, 4 and 5; the ranges are 1, 2 and 1 of 14.
    project.assert_tidy(&[("mean", "5"), ("limit_low", "4.24"), ("limit_high", "5.76")]);
    project.assert_tidy(&[("variation", "common"), ("assurance", "")]);
}

#[test]
fn a_count_that_fell_and_one_after_a_hole_are_gaps() {
    let mut rows: Vec<i32> = (1..=12).map(|month| month * 5).collect();
    rows.extend([5, 10, 9]);
    let fell = Project::new(WHOLE, NUMBER_TO_DATE, &values(&rows));
    fell.assert_tidy(&[("mean", "5"), ("limit_high", "5"), ("variation", "")]);
    let mut rows = values(&rows);
    rows[13] = ",,[c]".to_owned();
    let hole = Project::new(WHOLE, NUMBER_TO_DATE, &rows);
    hole.assert_tidy(&[("mean", "5"), ("variation", "")]);
}

#[test]
fn a_percentage_of_the_year_to_date_is_unrolled_both_above_and_below() {
    let keys = "polarity = 'H'\nperiod = 'YTD'\nunit = 'percent'\ntarget = 50\nfloor = 40\n";
    // 5 of 10 and 7 of 10 in turn, added up.
    let (mut above, mut below) = (0, 0);
    let rows: Vec<_> = (0..12)
        .map(|month| {
            above += [5, 7][month % 2];
            below += 10;
            format!("{above},{below},")
        })
        .collect();
    Project::new(WHOLE, keys, &rows).assert_tidy(&[
        ("mean", "60"),
        ("limit_low", "6.8"),
        ("limit_high", "100"),
        ("assurance", "?"),
    ]);
    let bare: Vec<_> = (0..14).map(|month| format!(",,{}.5", 50 + month)).collect();
    let bare = Project::new(WHOLE, keys, &bare);
    bare.assert_tidy(&NONE);
    assert!(bare.printed(&[]).contains("nothing says what each period added"));
}

#[test]
fn rolling_figures_have_no_limits() {
    let keys = "polarity = 'H'\nperiod = 'R12M'\nunit = 'percent'\n";
    let rolling = Project::new(WHOLE, keys, &of_100(&EXAMPLE));
    rolling.assert_tidy(&NONE);
    assert!(rolling.printed(&[]).contains("shares most of its months with the one before"));
    let own = Project::new("", &format!("{keys}spc = true\n"), &of_100(&EXAMPLE));
    assert!(own.refused().contains("rolling 12 months cannot have limits"));
}

#[test]
fn what_cannot_be_is_refused() {
    let refused = |tables: &str, keys: &str| Project::new(tables, keys, &of_100(&[50])).refused();
    let rate = "polarity = 'H'\nperiod = 'SS'\nunit = 'rate'\nper = 1000\n";
    assert!(refused("", &format!("{rate}spc = 'p'\n")).contains("is for the unit \"percent\""));
    assert!(refused("", &format!("{PERCENT}spc = 'u'\n")).contains("is for the unit \"rate\""));
    assert!(refused("[statistics]\nintervals = 90\n", PERCENT).contains("cannot be 90"));
    let quarter = "polarity = 'H'\nperiod = 'Q'\nunit = 'percent'\n\
                   rebase = [{ from = '2015-04', reason = 'R' }]\n";
    assert!(refused("", quarter).contains("is not a period of the indicator"));
    let twice = format!(
        "{PERCENT}rebase = [{{ from = '2015-04', reason = 'R' }}, \
         {{ from = '2015-04', reason = 'S' }}]\n"
    );
    assert!(refused("", &twice).contains("start again twice"));
    let silent = format!("{PERCENT}rebase = [{{ from = '2015-04' }}]\n");
    assert!(refused("", &silent).contains("missing-key"));
}

#[test]
fn limits_start_again_with_a_reason() {
    let keys = format!("{PERCENT}rebase = [{{ from = '2015-04', reason = 'New front door' }}]\n");
    let before = [10, 11].repeat(6);
    let project = |after: usize| {
        let rows = [before.clone(), [30, 31].repeat(6)[..after].to_vec()].concat();
        Project::new(WHOLE, &keys, &of_100(&rows))
    };
    project(12).assert_tidy(&[("mean", "30.5"), ("variation", "common")]);
    let short = project(5);
    short.assert_tidy(&NONE);
    assert!(short.printed(&[]).contains("5 of 12 months"));
}

/// Nothing is shown beside a figure that may not be, and nothing is worked out from one.
#[test]
fn hidden_figures_stay_hidden() {
    let mut rows = of_100(&EXAMPLE);
    rows[13] = ",,[c]".to_owned();
    let hidden = Project::new(WHOLE, PERCENT, &rows);
    hidden.assert_tidy(&NONE);
    hidden.assert_tidy(&[("interval_low", ""), ("interval_high", "")]);
    let mut rows = of_100(&[50, 60].repeat(7));
    rows[3] = ",,[c]".to_owned();
    let earlier = Project::new(WHOLE, PERCENT, &rows);
    assert_eq!(earlier.tidy()["limit_low"], "28.015385");
}

/// Kent, January 2016: indicators 9, 19, 13 and 7.
#[test]
fn intervals_are_those_of_whole_cases() {
    let ends = |keys: &str, row: &str| {
        let tidy = Project::new("[statistics]\nintervals = 95\n", keys, &[row]).tidy();
        ["interval_low", "interval_high"].map(|end| tidy[end].clone())
    };
    assert_eq!(ends(PERCENT, "39,57,"), ["55.520225", "78.995712"]);
    assert_eq!(ends(PERCENT, "291,2374,"), ["10.9992", "13.638332"]);
    assert_eq!(ends(PERCENT, "760,760,"), ["99.497087", "100"]);
    let number = "polarity = 'L'\nperiod = 'SS'\nunit = 'number'\n";
    assert_eq!(ends(number, ",,2"), ["0.242209", "7.224688"]);
    let rate = "polarity = 'L'\nperiod = 'SS'\nunit = 'rate'\nper = 1000\n";
    assert_eq!(ends(rate, "2,100,"), ["2.422093", "72.246877"]);
    for row in ["333.6,444.3,", ",,75.1", "0,0,"] {
        assert_eq!(ends(PERCENT, row), ["", ""], "{row}");
    }
    let page = Project::new("[statistics]\nintervals = 95\n", PERCENT, &["39,57,"]);
    let said = "68.4%. With so few cases, chance alone could have made it anything from 55.5% to \
                79.0%.";
    let page = page.printed(&["explain", "1"]);
    assert!(page.contains(said), "{page}");
}

/// The words about few cases are only said of few.
#[test]
fn an_interval_of_many_cases_does_not_say_that_they_are_few() {
    let words = |keys: &str, row: &str| {
        let project = Project::new("[statistics]\nintervals = 95\n", keys, &[row]);
        project.printed(&["explain", "1"])
    };
    let many = words(PERCENT, "291,2374,");
    let said = "12.3%. Without anything being done differently, chance alone could have made it \
                anything from 11.0% to 13.6%.";
    assert!(many.contains(said) && !many.contains("few cases"), "{many}");
    let number = "polarity = 'L'\nperiod = 'SS'\nunit = 'number'\n";
    let said = "2. With so few cases, chance alone could have made it anything from 0.2 to 7.2.";
    let few = words(number, ",,2");
    assert!(few.contains(said), "{few}");
    // 441 children in care are no estimate.
    let said = "441. It is counted, not estimated; in the same circumstances it might have come out \
                anywhere from 400.8 to 484.1.";
    let counted = words(number, ",,441");
    assert!(counted.contains(said), "{counted}");
}

/// Each part has its column, and only where it is asked for.
#[test]
fn the_scorecard_has_a_column_for_each_part() {
    let header = |tables: &str| {
        let project = Project::new(tables, PERCENT, &of_100(&EXAMPLE));
        let text = project.printed(&["-t", "scorecard", "-f", "csv"]);
        text.lines().next().expect("a header").to_owned()
    };
    let columns = ["95% Interval", "Variation", "Assurance"];
    let there = |tables: &str| columns.map(|column| header(tables).contains(column));
    assert_eq!(there(""), [false, false, false]);
    assert_eq!(there("[statistics]\nintervals = 95\n"), [true, false, false]);
    assert_eq!(there("[statistics]\nspc = true\n"), [false, true, true]);
    assert_eq!(there(WHOLE), [true, true, true]);
}

/// `text` without line ends.
fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// 88 and 92 of 100 in turn, then 2 of 3: a month with few cases has a range of its own (C11 of
/// docs/conformance.md).
#[test]
fn a_month_with_few_cases_says_how_wide_its_range_is() {
    let mut rows = of_100(&[88, 92].repeat(6));
    rows.push("2,3,".to_owned());
    let keys = format!("{PERCENT}spc = 'p'\ntarget = 85\nfloor = 60\n");
    let page = flowing(&Project::new(WHOLE, &keys, &rows).printed(&["explain", "1"]));
    let said = "Over 13 months the average is 89.9%. The usual range is wider in months with fewer \
                cases: from 25.8% to 100.0% with 3, as in April 2015; from 78.8% to 100.0% with 100, as \
                in April 2014. With so few figures this range may still change. Nothing unusual: the \
                figures vary as they usually do. Part of the usual range meets the target: in a usual \
                month it may be met or missed.";
    assert!(page.contains(said), "{page}");
    let even = Project::new(WHOLE, &keys, &of_100(&[88, 92].repeat(6))).printed(&["explain", "1"]);
    assert!(flowing(&even).contains("Over 12 months the usual range is from"), "{even}");
}

/// A target that is met or missed within the usual range is no forecast for figures that move.
#[test]
fn a_change_may_alter_whether_the_target_is_met() {
    let page = flowing(&example().printed(&["explain", "1"]));
    // Of its 14 months the limits are drawn from 12.
    let range =
        "Over the first 12 months the usual range is from 71.8% to 95.0%, and the average 83.4%.";
    assert!(page.contains(range), "{page}");
    let said = "Improving: the latest figure is outside what is usual, above it. Part of the usual range \
                meets the target: in a usual month it may be met or missed. If figures go on as they \
                have of late, it may be met more often.";
    assert!(page.contains(said), "{page}");
    let keys = format!("{PERCENT}target = 5\nfloor = 2\n");
    let usual = Project::new(WHOLE, &keys, &of_100(&[80, 82].repeat(6)));
    let usual = flowing(&usual.printed(&["explain", "1"]));
    let said = "The whole of the usual range meets the target: it will be met if figures stay as they \
                have usually been.";
    assert!(usual.contains(said) && !usual.contains("If figures go on"), "{usual}");
    // Twelve months of 80 and 82 in turn, and then fewer.
    let fell = [&[80, 82].repeat(6)[..], &[70]].concat();
    for (target, then) in
        [("60", "it may come to be missed"), ("80.5", "it may be missed more often")]
    {
        let keys = format!("{PERCENT}target = {target}\nfloor = 2\n");
        let page = Project::new(WHOLE, &keys, &of_100(&fell)).printed(&["explain", "1"]);
        let page = flowing(&page);
        let said = format!("If figures go on as they have of late, {then}.");
        assert!(page.contains("Concerning") && page.contains(&said), "{page}");
    }
    // What cannot be met is not met any sooner by getting worse.
    let keys = format!("{PERCENT}target = 99\nfloor = 2\n");
    let page = flowing(&Project::new(WHOLE, &keys, &of_100(&fell)).printed(&["explain", "1"]));
    assert!(
        page.contains("None of the usual range") && !page.contains("If figures go on"),
        "{page}"
    );
}

/// A footnote says what a signal is of, where that is not the figure beside it.
#[test]
fn a_signal_of_single_months_says_so() {
    let mut rows: Vec<i32> = (1..=12).map(|month| month * 5).collect();
    rows.extend([5, 25]);
    let page = Project::new(WHOLE, NUMBER_TO_DATE, &values(&rows)).printed(&["-t", "scorecard"]);
    let said = "Concerning: the latest figure is outside what is usual, above it. Figures are those \
                of single months.";
    let page = flowing(&page);
    assert!(page.contains(said), "{page}");
}

/// The figure of the year to date is not the one that is held against the usual range.
#[test]
fn a_single_month_is_named_where_figures_are_of_the_year_to_date() {
    let mut rows: Vec<i32> = (1..=12).map(|month| month * 5).collect();
    rows.extend([5, 25]);
    let page = Project::new(WHOLE, NUMBER_TO_DATE, &values(&rows)).printed(&["explain", "1"]);
    let said = "In May 2015 alone it was 20. Over 14 single months the usual range is from";
    assert!(flowing(&page).contains(said), "{page}");
}

#[test]
fn a_short_series_is_tested_for_a_trend() {
    let rising = Project::new(WHOLE, PERCENT, &of_100(&[50, 51, 52, 53, 54, 55, 56, 57]));
    rising.assert_tidy(&NONE);
    assert!(rising.printed(&[]).contains("Improving over the last 8 months"));
    let few = Project::new(WHOLE, PERCENT, &of_100(&[50, 51, 52, 53, 54, 55, 56]));
    assert!(few.printed(&[]).contains("7 of 12 months"));
    let explained = flowing(&few.printed(&["explain", "1"]));
    let said = "What is usual cannot be said yet: that takes 12 months with figures, and so far there \
                are 7.";
    assert!(explained.contains(said), "{explained}");
}

#[test]
fn five_years_are_tested_for_a_trend() {
    let keys = "polarity = 'L'\nperiod = 'A'\nunit = 'percent'\n";
    let years = |cases: [u32; 5]| {
        let mut rows = vec![String::new(); 49];
        for (year, cases) in cases.into_iter().enumerate() {
            rows[year * 12] = format!("{cases},100,");
        }
        Project::new(WHOLE, keys, &rows).printed(&["explain", "1"])
    };
    assert!(years([50, 56, 62, 68, 74]).contains("Worsening over the last 5 years"));
    assert!(years([50, 50, 50, 50, 90]).contains("one year decides it"));
    assert!(years([50, 52, 50, 52, 50]).contains("No significant change over the last 5 years."));
}

#[test]
fn the_summary_says_how_many_are_more_than_usual() {
    let rows = [[80, 82].repeat(6), vec![79, 60]].concat();
    let project = Project::new(WHOLE, PERCENT, &of_100(&rows));
    let said =
        "1 worsened since April 2015; that is more than the usual variation: N (indicator 1).";
    let page = project.printed(&["-t", "summary"]);
    assert!(page.contains(said), "{page}");
}

/// A share of a year to date does not say what each period added. Where the indicator itself asks for
/// limits that is an error, and nothing is written; where only the council does, it is said in words.
#[test]
fn bare_shares_of_the_year_to_date_are_refused_where_the_indicator_asks_for_limits() {
    let keys = |own: &str| {
        format!(
            "polarity = 'H'\nperiod = 'YTD'\nunit = 'percent'\n{own}\ntarget = 85\nfloor = 70\n"
        )
    };
    let bare = [",,80", ",,81", ",,82"];
    for own in ["spc = true", "spc = 'xmr'", "spc = 'p'"] {
        let project = Project::new("", &keys(own), &bare);
        for arguments in [&["check"][..], &["-f", "tidy"], &["-o", "report.html"]] {
            let run = project.run(arguments);
            let said = [run.stdout, run.stderr].concat();
            let said = String::from_utf8_lossy(&said);
            assert_eq!(run.status.code(), Some(1), "{own} {arguments:?}: {said}");
            assert!(
                said.contains("error[no-limits]: indicator 1 of Kent asks for limits"),
                "{said}"
            );
            assert!(said.contains("data/2014-06/results.csv:2"), "{said}");
        }
        assert!(!project.folder.path().join("report.html").exists());
    }
    // With its counts it can have limits, and so can a count.
    let counts = Project::new("", &keys("spc = true"), &["8,10,", "16,20,", "24,30,"]);
    assert!(counts.run(&["check"]).status.success());
    let number = format!("{NUMBER_TO_DATE}spc = true\n");
    assert!(Project::new("", &number, &[",,8", ",,16", ",,24"]).run(&["check"]).status.success());
    // The council asks, not the indicator; or the indicator says that it wants none.
    for (tables, own) in [(WHOLE, ""), (WHOLE, "spc = false"), ("", "")] {
        let project = Project::new(tables, &keys(own), &bare);
        assert!(!project.printed(&["check"]).contains("no-limits"), "{tables} {own}");
    }
}
