//! Benchmarks with published numbers, from their files to what is printed and published.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;

use tempfile::TempDir;

use crate::common::{printed, read_csv, scorecard};
use crate::excel::book::{Book, row};

/// A project in a folder of its own.
struct Project(TempDir);

/// Every format that has pages.
const PAGES: [&str; 4] = ["text", "csv", "markdown", "html"];

impl Project {
    fn new(definitions: &str) -> Self {
        let project = Self(tempfile::tempdir().expect("a folder"));
        let head = "[scorecard]\ntitle = 'T'\narea = 'Kent'\ntrend = 5\n";
        project.with("indicators.toml", &format!("{head}{definitions}"))
    }

    fn with(self, path: &str, text: &str) -> Self {
        write(&self.0.path().join(path), text);
        self
    }

    fn results(self, month: &str, rows: &str) -> Self {
        let header = "indicator,area,cohort,numerator,denominator,value";
        self.with(&format!("data/{month}/results.csv"), &format!("{header}\n{rows}\n"))
    }

    fn run(&self, args: &[&str]) -> Output {
        scorecard(self.0.path()).args(args).output().expect("it runs")
    }

    fn printed(&self, args: &[&str]) -> String {
        printed(args, self.run(args))
    }

    /// The columns of each row of tidy about an indicator, with a space between them.
    fn tidy(&self, month: &str, id: &str, columns: &[&str]) -> Vec<String> {
        let printed = self.printed(&["-m", month, "-f", "tidy", "--statistics"]);
        let rows = read_csv(printed.as_bytes());
        let named = |row: &Vec<String>| -> BTreeMap<String, String> {
            rows[0].iter().cloned().zip(row.iter().cloned()).collect()
        };
        let rows = rows[1..].iter().map(named).filter(|row| row["id"] == id);
        let joined = |row: BTreeMap<String, String>| {
            columns.iter().map(|column| row[*column].clone()).collect::<Vec<_>>().join(" ")
        };
        rows.map(joined).collect()
    }

    /// The codes of the findings of `check`.
    fn found(&self, month: &str) -> String {
        let run = self.run(&["check", "-m", month]);
        String::from_utf8(run.stdout).expect("text")
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}

fn indicator(id: &str, [polarity, period, unit]: [&str; 3], keys: &str) -> String {
    format!(
        "[[indicator]]\nid = '{id}'\nsection = 'S'\nname = 'Indicator {id}'\n\
         polarity = '{polarity}'\nperiod = '{period}'\nunit = '{unit}'\n{keys}\n"
    )
}

const ENGLAND: &str = "[[benchmark]]\nid = 'england'\nname = 'England'\n";
const ROW: &[&str] = &["cohort", "data_month", "result", "display", "rag", "verdict"];
const LAST_YEAR: &[&str] =
    &["cohort", "last_year_month", "last_year_result", "last_year_direction"];

/// The public health report: women smoking at delivery, 12.8% in Q2 2014/15 and 12.3% in Q2
/// 2015/16, beside 11.5% and 10.5% in England.
fn smoking() -> Project {
    let keys = "compare = ['last_year']";
    let definitions = [
        indicator("SM1", ["L", "Q", "percent"], keys),
        indicator("SM2", ["L", "Q", "number"], keys),
        ENGLAND.to_owned(),
    ];
    Project::new(&definitions.concat())
        .results("2014-09", "SM1,,,,,12.8\nSM2,,,,,543")
        .results("2015-09", "SM1,,,,,12.3\nSM2,,,,,514")
        .with("data/2015-09/month.toml", "extracted = 2015-12-10\n")
        .with(
            "data/benchmarks.csv",
            "Benchmark,Indicator,Month,Value,Source,Released\n\
             England,sm1,Q2 2014/15,11.5%,NHS Digital,14/12/2014\n\
             england,SM1,Sep-15,10.5,NHS Digital,2015-12-03\n\
             england,SM1,2015-09,10.9,NHS Digital,2016-06-03\n",
        )
}

#[test]
fn england_is_beside_smoking_at_delivery() {
    let project = smoking();
    assert_eq!(
        project.tidy("2015-09", "SM1", ROW),
        ["all 2015-09 12.3 12.3%  ", "benchmark-england 2015-09 10.5 10.5%  "]
    );
    assert_eq!(
        project.tidy("2015-09", "SM1", LAST_YEAR),
        ["all 2014-09 12.8 improved", "benchmark-england 2014-09 11.5 improved"]
    );
    assert_eq!(project.tidy("2015-09", "SM2", ROW), ["all 2015-09 514 514  "]);
    let explained = project.printed(&["explain", "SM1", "-m", "2015-09"]);
    let said = "England, Q2 2015/16: 10.5%; the year before (Q2 2014/15) 11.5%, improved";
    assert!(explained.contains(said), "{explained}");
    assert!(explained.contains("NHS Digital"), "{explained}");
    for format in PAGES {
        for table in ["scorecard", "areas", "trend"] {
            let page = project.printed(&["-m", "2015-09", "-f", format, "--table", table]);
            assert!(page.contains("England") && page.contains("10.5%"), "{format} {table}: {page}");
        }
    }
}

#[test]
fn the_trend_has_the_series_of_a_benchmark_as_a_row() {
    let project = smoking();
    let trend = project.printed(&["-m", "2015-09", "-f", "csv", "--table", "trend"]);
    let row = trend.lines().find(|line| line.contains("England")).expect("a row");
    assert!(row.starts_with("SM1,England,") && row.contains("11.5%"), "{trend}");
}

/// What is released later changes neither a publication nor what can be made of it again.
#[test]
fn a_publication_keeps_the_benchmarks_that_it_was_made_from() {
    let project = smoking();
    let published = ["publish", "-m", "2015-09", "--meeting", "2016-01-22"];
    assert!(project.run(&published).status.success());
    let folder = project.0.path().join("published/2015-09/1");
    let manifest = fs::read_to_string(folder.join("manifest.toml")).expect("a manifest");
    assert!(manifest.contains("inputs/data/benchmarks.csv"), "{manifest}");
    let project = project.with(
        "data/benchmarks.csv",
        "benchmark,indicator,month,value,released\nengland,SM1,2015-09,9.9,2015-12-03\n",
    );
    let again = project.run(&["reproduce", "2015-09"]);
    assert!(again.status.success(), "{again:?}");
    let tidy = fs::read_to_string(folder.join("results.csv")).expect("results");
    assert!(tidy.contains("benchmark-england,S,SM1") && tidy.contains("10.5%"), "{tidy}");
}

/// NI 103: 88% of statements in time in 2010/11, beside 95% nationally and 98% of statistical
/// neighbours, here of two with a mean of 98%.
#[test]
fn national_and_neighbours_are_beside_statements_in_time() {
    let definitions = [
        indicator("NI103", ["H", "A", "percent"], "target = 95\nfloor = 90\ndecimals = 0"),
        ENGLAND.to_owned(),
        "[[benchmark]]\nid = 'a'\nname = 'A'\n[[benchmark]]\nid = 'b'\nname = 'B'\n\
         [[benchmark]]\nid = 'neighbours'\nname = 'Statistical neighbours'\nmean_of = ['A', 'b']\n"
            .to_owned(),
    ];
    let project = Project::new(&definitions.concat()).results("2011-03", "NI103,,,,,88").with(
        "data/benchmarks.csv",
        "benchmark,indicator,month,value\nengland,NI103,2011-03,95\na,NI103,2011-03,97\n\
         b,NI103,2011-03,99\na,NI103,2012-03,90\n",
    );
    let rows = project.tidy("2011-03", "NI103", &["cohort", "display", "rag", "target_low"]);
    let expected = [
        "all 88% red 95",
        "benchmark-england 95%  ",
        "benchmark-a 97%  ",
        "benchmark-b 99%  ",
        "benchmark-neighbours 98%  ",
    ];
    assert_eq!(rows, expected);
    let exceptions = project.printed(&["-m", "2011-03", "--table", "exceptions"]);
    assert!(exceptions.contains("Statistical neighbours, 2010/11: 98%"), "{exceptions}");
}

/// Excess weight, rated against England: the first three ratings of the paper come out without a
/// margin, the fourth with one of 0.2, and no margin gives all.
#[test]
fn excess_weight_is_rated_against_england() {
    let rates = |points: &str| {
        let keys = format!(
            "rated_against = 'england'\nsimilar_within = {points}\ndecimals = 0\n\
             year_name = 'school year'"
        );
        let definitions = [
            indicator("R", ["L", "A", "percent"], &keys),
            indicator("6", ["L", "A", "percent"], &keys),
            ENGLAND.to_owned(),
        ];
        let project = Project::new(&definitions.concat())
            .results("2014-08", "R,,,,,21\n6,,,,,33")
            .results("2015-08", "R,,,,,22\n6,,,,,33")
            .with(
                "data/benchmarks.csv",
                "benchmark,indicator,month,value\nengland,R,2014-08,22.5\nengland,R,2015-08,21.9\n\
                 england,6,2014-08,33.5\nengland,6,2015-08,33.2\n",
            );
        let of =
            |month: &str, id: &str| project.tidy(month, id, &["rag", "verdict"]).swap_remove(0);
        let all = [of("2014-08", "R"), of("2015-08", "R"), of("2014-08", "6"), of("2015-08", "6")];
        let red = project.printed(&["-m", "2015-08", "--table", "exceptions"]);
        if points == "0" {
            let bandings = "Green: below England. Amber: the same. Red: above it.";
            assert!(red.contains(bandings) && red.contains("worse than England"), "{red}");
        }
        all
    };
    assert_eq!(rates("0"), ["green better", "red worse", "green better", "green better"]);
    assert_eq!(rates("0.09"), ["green better", "red worse", "green better", "green better"]);
    assert_eq!(rates("0.1"), ["green better", "amber similar", "green better", "green better"]);
    assert_eq!(rates("0.2"), ["green better", "amber similar", "green better", "amber similar"]);
}

/// A year beside a quarter is shown for a percentage, and neither rated nor compared; for a count
/// it is not shown.
#[test]
fn another_length_is_shown_without_a_verdict() {
    let definitions = [
        indicator("P", ["H", "Q", "percent"], "rated_against = 'england'"),
        indicator("N", ["H", "Q", "number"], ""),
        ENGLAND.to_owned(),
    ];
    let project =
        Project::new(&definitions.concat()).results("2015-09", "P,,,4,5,\nN,,,,,12").with(
            "data/benchmarks.csv",
            "benchmark,indicator,month,value,period\nengland,P,2015-03,75,A\nengland,N,2015-03,900,A\n",
        );
    let columns = ["cohort", "period", "data_month", "display", "rag", "verdict"];
    assert_eq!(
        project.tidy("2015-09", "P", &columns),
        ["all Q 2015-09 80.0%  ", "benchmark-england A 2015-03 75.0%  "]
    );
    assert_eq!(project.tidy("2015-09", "N", &columns), ["all Q 2015-09 12  "]);
    let found = project.found("2015-09");
    assert!(found.contains("[benchmark-period]") && found.contains("[no-benchmark]"), "{found}");
    let page = project.printed(&["-m", "2015-09", "--table", "scorecard"]);
    assert!(page.contains("a period of another length, and is not"), "{page}");
}

/// A figure of the quarter to August beside one of the quarter to September: a slip in the month, as a
/// rule the month of its release.
#[test]
fn a_quarter_ends_with_the_month_that_the_indicator_s_end_with() {
    let definitions = [indicator("P", ["H", "Q", "percent"], ""), ENGLAND.to_owned()];
    let found = |month: &str| {
        let figures = format!("benchmark,indicator,month,value\nengland,P,{month},75\n");
        let project = Project::new(&definitions.concat()).results("2015-09", "P,,,4,5,");
        project.with("data/benchmarks.csv", &figures).found("2015-09")
    };
    let said = found("2015-08");
    assert!(said.contains("warning[quarter-month]"), "{said}");
    assert!(
        said.contains("ends with September 2015") && said.contains("benchmarks.csv:2"),
        "{said}"
    );
    for month in ["2015-09", "2015-06"] {
        let said = found(month);
        assert!(!said.contains("quarter-month"), "{month}: {said}");
    }
}

/// Kent's private fostering visits, 39 of 57, against a benchmark of 85: worse, by more than chance
/// alone would make; against 76.5: similar. 95% interval 55.5 to 79.0.
#[test]
fn an_interval_is_held_against_the_first_benchmark() {
    let of = |value: &str, keys: &str| {
        let definitions = [
            "[statistics]\nintervals = 95\n".to_owned(),
            indicator("9", ["H", "YTD", "percent"], keys),
            ENGLAND.to_owned(),
        ];
        let text = format!("benchmark,indicator,month,value\nengland,9,2016-01,{value}\n");
        let project = Project::new(&definitions.concat())
            .results("2016-01", "9,,,39,57,")
            .with("data/benchmarks.csv", &text);
        // Pages have it in words.
        let page = project.printed(&["-m", "2016-01", "-t", "scorecard", "-f", "csv"]);
        let rows = read_csv(page.as_bytes());
        let column = rows[0].iter().position(|heading| heading == "Comparison");
        let columns = ["benchmark", "comparison", "rag", "verdict"];
        let tidy = project.tidy("2016-01", "9", &columns).swap_remove(0);
        (tidy, column.map_or_else(String::new, |column| rows[1][column].clone()))
    };
    let said = |tidy: &str, page: &str| (tidy.to_owned(), page.to_owned());
    let (worse, similar) = ("Worse than England", "Similar to England");
    let target = "target = 85\nfloor = 76.5";
    assert_eq!(of("85", target), said("85 worse red ", worse));
    assert_eq!(of("76.5", target), said("76.5 similar red ", similar));
    let rated = "rated_against = 'england'\nsimilar_within = 'interval'";
    assert_eq!(of("85", rated), said("85 worse red worse", worse));
    assert_eq!(of("76.5", rated), said("76.5 similar amber similar", similar));
}

/// A workbook with days as Excel counts them: 1 September and 3 December 2015.
#[test]
fn a_workbook_of_benchmarks_is_read_as_a_csv_file_is() {
    let headings = ["benchmark", "Indicator", "Month", "Value", "Released"];
    let headings = headings.map(|heading| format!("\"{heading}\""));
    let rows = row(1, &headings.each_ref().map(String::as_str))
        + &row(
            2,
            &[
                "\"ENGLAND\"",
                "\"sm1\"",
                "<c s=\"1\"><v>42248</v></c>",
                "10.4",
                "<c s=\"1\"><v>42341</v></c>",
            ],
        );
    let book = Book::default().format("dd/mm/yyyy").sheet("England", &rows);
    let project = smoking();
    let data = project.0.path().join("data");
    fs::remove_file(data.join("benchmarks.csv")).expect("removed");
    fs::write(data.join("Benchmarks 2015.xlsx"), book.bytes()).expect("written");
    assert_eq!(project.tidy("2015-09", "SM1", ROW)[1], "benchmark-england 2015-09 10.4 10.4%  ");
    let explained = project.printed(&["explain", "SM1", "-m", "2015-09"]);
    assert!(explained.contains("Benchmarks 2015.xlsx:England!A2"), "{explained}");
}

/// The form of the Department for Education's files: every year and authority in one, the halves of
/// a ratio in rows of their own, symbols without brackets. England had 1,200 of 9,600 in 2024/25 and
/// 1,000 of 10,000 in 2025/26.
const NATIONAL: &str = "time_period,geographic_level,country_name,la_name,stability,number\n\
    202425,National,England,,Total children,9600\n\
    202425,National,England,,3 or more placements,1200\n\
    202526,National,England,,Total children,10000\n\
    202526,National,England,,3 or more placements,1000\n\
    202526,National,England,,2 placements,z\n\
    202526,Local authority,England,Wessex,Total children,400\n\
    202526,Local authority,England,Wessex,3 or more placements,c\n\
    202526,Local authority,England,Elsewhere,Total children,70\n\
    202526,Local authority,England,Elsewhere,3 or more placements,7\n";

fn national(folder: &str) -> Project {
    let source = format!(
        "[[benchmark]]\nid = 'wessex'\nname = 'Wessex'\n\
         [[source]]\nid = 'dfe'\nfiles = 'stability*.csv'\nkind = 'benchmarks'\n{folder}\
         unknown_areas = 'leave out'\nmonth_is = 'financial year'\n\
         symbols = {{ c = 'suppressed', z = 'missing' }}\n\
         fixed = {{ source = 'DfE', released = '2026-11-14' }}\n\
         columns = {{ benchmark = ['la_name', 'country_name'], month = 'time_period' }}\n\
         [[source.measure]]\nindicator = 'LA2'\n\
         numerator = {{ column = 'number', where = {{ stability = '3 or more*' }} }}\n\
         denominator = {{ column = 'number', where = {{ stability = 'Total*' }} }}\n"
    );
    let definitions =
        [indicator("LA2", ["L", "A", "percent"], ""), ENGLAND.to_owned(), source].concat();
    Project::new(&definitions).results("2026-03", "LA2,,,12,100,")
}

#[test]
fn a_national_file_is_a_source_of_benchmarks() {
    for (folder, path) in [
        ("folder = '../national'\n", "national/stability 2026.csv"),
        ("", "data/stability 2026.csv"),
        ("", "data/2026-03/stability 2026.csv"),
    ] {
        let project = national(folder).with(path, NATIONAL);
        assert_eq!(
            project.tidy("2026-03", "LA2", ROW),
            ["all 2026-03 12 12.0%  ", "benchmark-england 2026-03 10 10.0%  "],
            "{path}"
        );
        let explained = project.printed(&["explain", "LA2", "-m", "2026-03"]);
        assert!(explained.contains("stability 2026.csv:5") && explained.contains("DfE"), "{path}");
        let found = project.found("2026-03");
        let left_out = "1 row is left out of benchmarks that are not defined";
        assert!(found.contains("2 rows are left out of benchmarks"), "{left_out} {found}");
        assert!(!found.contains("error[") && !found.contains("unread-file"), "{found}");
        // There is a file of benchmarks, so none is made to be filled in.
        let new = project.run(&["new", "2026-03"]);
        assert!(String::from_utf8_lossy(&new.stdout).contains("stability 2026.csv"), "{new:?}");
        assert!(!project.0.path().join("data/benchmarks.csv").exists());
        let extract = project.printed(&["extract", "--source", "dfe", "-m", "2026-03"]);
        assert!(extract.contains("england,LA2,2025-03,1200,9600,,DfE,2026-11-14,A,"), "{extract}");
    }
}

/// Rows of England among those of regions: what `source` describes is read as it stands.
#[test]
fn what_a_file_of_benchmarks_looks_like_is_read() {
    let rows = "Indicator,Area Name,Time period,Value,Count,Denominator\n\
        LA2,England,2025/26 Q3,10.4,1040,10000\n\
        LA2,England,2025/26 Q4,10,1000,10000\n\
        LA2,South East,2025/26 Q4,9.1,91,1000\n";
    let definitions = [indicator("LA2", ["L", "A", "percent"], ""), ENGLAND.to_owned()].concat();
    let project = Project::new(&definitions)
        .results("2026-03", "LA2,,,12,100,")
        .with("data/profile.csv", rows);
    let source = project.printed(&["source", "data/profile.csv"]);
    for said in ["kind = \"benchmarks\"", "benchmark = \"Area Name\"", "numerator = \"Count\""] {
        assert!(source.contains(said), "{source}");
    }
    // `Value` is the name of our column, so it is compared with the two.
    assert!(!source.contains("Not used"), "{source}");
    let said = source.replace("# fixed", "fixed").replace("YYYY-MM-DD", "2026-03-14");
    let project = project.with(
        "indicators.toml",
        &format!("[scorecard]\ntitle = 'T'\narea = 'Kent'\ntrend = 5\n{definitions}{said}"),
    );
    assert_eq!(
        project.tidy("2026-03", "LA2", ROW),
        ["all 2026-03 12 12.0%  ", "benchmark-england 2026-03 10 10.0%  "],
        "{said}"
    );
}

/// The rows of England in a national file are of a benchmark; beside rows of authorities, of a second source.
#[test]
fn the_rows_of_england_in_a_national_file_are_described() {
    let definitions = [indicator("LA2", ["L", "A", "percent"], ""), ENGLAND.to_owned()].concat();
    let project = Project::new(&definitions).with("both.csv", NATIONAL);
    let said = project.printed(&["source", "both.csv"]);
    assert!(said.contains("only = { \"geographic_level\" = \"Local authority\" }"), "{said}");
    let second = "kind = \"benchmarks\", only = { \"geographic_level\" = \"National\" } and \
        benchmark = \"country_name\" under [source.columns]";
    assert!(said.contains(second), "{said}");
    let of_england: Vec<_> =
        NATIONAL.lines().filter(|line| !line.contains("Local authority")).collect();
    let project = project.with("england.csv", &of_england.join("\n"));
    let said = project.printed(&["source", "england.csv"]);
    for line in ["kind = \"benchmarks\"", "benchmark = \"country_name\"", "# fixed = { source"] {
        assert!(said.contains(line), "{said}");
    }
}

/// In the record what was made of the file stands for it.
#[test]
fn a_publication_keeps_what_a_source_of_benchmarks_gave() {
    let project = national("folder = '../national'\n").with("national/stability.csv", NATIONAL);
    let published = ["publish", "-m", "2026-03", "--meeting", "2026-06-22"];
    assert!(project.run(&published).status.success());
    let folder = project.0.path().join("published/2026-03/1");
    let frozen = fs::read_to_string(folder.join("inputs/data/source-dfe.csv")).expect("frozen");
    assert!(!frozen.contains("Elsewhere") && frozen.contains("england,LA2,2026-03"), "{frozen}");
    let manifest = fs::read_to_string(folder.join("manifest.toml")).expect("a manifest");
    assert!(manifest.contains("national/stability.csv"), "{manifest}");
    fs::remove_file(project.0.path().join("national/stability.csv")).expect("removed");
    let again = project.run(&["reproduce", "2026-03"]);
    assert!(again.status.success(), "{again:?}");
}

/// What stands in a row of a benchmark and is wrong is said as of any other source.
#[test]
fn what_is_wrong_in_a_source_of_benchmarks_is_said() {
    let found = |text: &str| {
        national("folder = '../national'\n").with("national/stability.csv", text).found("2026-03")
    };
    let renamed = found(&NATIONAL.replace("la_name", "la name 2026"));
    // Not taken from the column of the country, which would make England of every area.
    assert!(renamed.contains("the table has no column \"la_name\""), "{renamed}");
    let half = found(&NATIONAL.replace("National,England,,Total children,9600", "x,,,,"));
    assert!(half.contains("England, March 2025: a numerator without its denominator"), "{half}");
    let twice = found(&NATIONAL.replace("2 placements,z", "3 or more placements,77"));
    assert!(twice.contains("a second numerator for the same figure"), "{twice}");
    let none = national("folder = '../national'\n").found("2026-03");
    assert!(none.contains("no file is called \"stability*.csv\""), "{none}");
}

/// What is read is not written over, also where the months stand beside the definitions.
#[test]
fn the_file_of_benchmarks_is_not_written_over() {
    let project = smoking();
    let run = project.run(&["-m", "2015-09", "-o", "data/benchmarks.csv"]);
    assert!(!run.status.success(), "{run:?}");
    let text = fs::read_to_string(project.0.path().join("data/benchmarks.csv")).expect("text");
    assert!(text.starts_with("Benchmark,"), "{text}");
}

/// What a figure is rated against.
const TARGET: &[&str] =
    &["cohort", "display", "rag", "target_low", "target_high", "floor_low", "floor_high"];

/// Smoking at delivery in Q2 2015/16, 12.3% (published), with England's 10.5% as the target: a
/// floor 2 points above it is 12.5%, and one a tenth above it 11.55%. The 10.9% of June 2016 had
/// not been released.
#[test]
fn a_target_is_the_figure_that_a_benchmark_has_beside_the_result() {
    let rows = "england,SM1,2014-09,11.5,2014-12-14\nengland,SM1,2015-09,10.5,2015-12-03\n\
                england,SM1,2015-09,10.9,2016-06-03\n";
    let of = |floor: &str| {
        let keys = format!("target = {{ benchmark = 'England' }}\n{floor}");
        Project::new(&format!("{}{ENGLAND}", indicator("SM1", ["L", "Q", "percent"], &keys)))
            .results("2014-09", "SM1,,,,,12.8")
            .results("2015-09", "SM1,,,,,12.3")
            .with("data/2015-09/month.toml", "extracted = 2015-12-10\n")
            .with(
                "data/benchmarks.csv",
                &format!("benchmark,indicator,month,value,released\n{rows}"),
            )
    };
    let all = |project: &Project, month| project.tidy(month, "SM1", TARGET)[0].clone();
    let points = of("floor = { points = 2 }");
    assert_eq!(all(&points, "2015-09"), "all 12.3% amber 10.5 10.5  12.5");
    assert_eq!(all(&points, "2014-09"), "all 12.8% amber 11.5 11.5  13.5");
    assert_eq!(all(&of("floor = { percent = 10 }"), "2015-09"), "all 12.3% red 10.5 10.5  11.55");
    assert_eq!(all(&of("floor = 13"), "2015-09"), "all 12.3% amber 10.5 10.5  13");
    assert_eq!(all(&of(""), "2015-09"), "all 12.3% red 10.5 10.5  ");
    let working = "the figure of England for Q2 2015/16, 10.5%";
    let explained = points.printed(&["explain", "SM1", "-m", "2015-09"]);
    assert!(explained.contains(working), "{explained}");
    let definitions = points.printed(&["-m", "2015-09", "-t", "definitions", "-f", "csv"]);
    let defined = ["the figure of England", "2 percentage points from the target"];
    assert!(defined.iter().all(|text| definitions.contains(text)), "{definitions}");
    let noted = format!("Kent: 10.5%, {working}");
    assert!(definitions.contains(&noted), "{definitions}");
    let json = points.printed(&["-m", "2015-09", "-f", "json"]);
    assert!(json.contains(&format!("\"working\": \"{working}\"")), "{json}");
    for format in PAGES {
        let page = points.printed(&["-m", "2015-09", "-t", "scorecard", "-f", format]);
        let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(page.contains(&format!("The target is {working}")), "{page}");
    }
}

/// Two thirds and a half are 58⅓% in the mean, which 7 of 12 is exactly and 58.333333% is short of.
#[test]
fn a_target_may_be_a_mean_of_benchmarks_and_is_exact() {
    let keys = "target = { benchmark = 'near' }\nfloor = { points = 1 }";
    let benchmarks = "[[benchmark]]\nid = 'devon'\nname = 'Devon'\n[[benchmark]]\nid = 'kent'\n\
                      name = 'Old Kent'\n[[benchmark]]\nid = 'near'\nname = 'Neighbours'\n\
                      mean_of = ['devon', 'kent']\n";
    let project =
        Project::new(&format!("{}{benchmarks}", indicator("1", ["H", "SS", "percent"], keys)))
            .results("2016-01", "1,,,58333333,100000000,")
            .results("2016-02", "1,,,7,12,")
            .with(
                "data/benchmarks.csv",
                "benchmark,indicator,month,numerator,denominator,value\n\
                 devon,1,2016-01,2,3,\nkent,1,2016-01,,,50\n",
            );
    let all = |month| project.tidy(month, "1", TARGET)[0].clone();
    assert_eq!(all("2016-01"), "all 58.3% amber 58.333333 58.333333 57.333333 ");
    assert_eq!(all("2016-02"), "all 58.3% green 58.333333 58.333333 57.333333 ");
    let explained = project.printed(&["explain", "1", "-m", "2016-02"]);
    assert!(explained.contains("the figure of Neighbours for January 2016, 58.3%"), "{explained}");
}

/// A year's figure of England beside a quarter's says something, and is no target of it.
#[test]
fn a_benchmark_without_a_figure_that_can_be_compared_is_no_target() {
    let keys = "target = { benchmark = 'england' }\nfloor = { points = 2 }";
    let of = |row: &str| {
        Project::new(&format!("{}{ENGLAND}", indicator("1", ["L", "Q", "percent"], keys)))
            .results("2015-09", "1,,,,,12.3")
            .with("data/2015-09/month.toml", "extracted = 2015-10-10\n")
            .with(
                "data/benchmarks.csv",
                &format!("benchmark,indicator,month,value,period,released\n{row}\n"),
            )
    };
    for (row, why) in [
        ("england,1,2015-03,10.5,A,", "is of 2014/15, a period of another length"),
        ("england,1,2015-12,10.5,,", "England has no figure at or before September 2015"),
        ("england,1,2015-09,10.5,,2015-10-11", "England has no figure at or before September 2015"),
    ] {
        let project = of(row);
        assert_eq!(project.tidy("2015-09", "1", TARGET)[0], "all 12.3%     ");
        let found = project.found("2015-09");
        assert!(found.contains("warning[no-benchmark]") && found.contains(why), "{found}");
        let page = project.printed(&["-m", "2015-09", "-t", "scorecard", "-f", "csv"]);
        assert!(page.contains("cannot be worked out: ") && page.contains(why), "{page}");
    }
}

#[test]
fn a_benchmark_that_cannot_be_a_target_is_an_error() {
    for (unit, keys, said) in [
        ("percent", "target = { benchmark = 'wales' }", "wales\" is not a benchmark"),
        ("percent", "target = { benchmark = 1 }", "`benchmark` that is not an id"),
        ("percent", "target = { benchmark = 'england', points = 1 }", "more than a `benchmark`"),
        ("percent", "target = { points = 1 }", "neither `since` nor `benchmark`"),
        (
            "number",
            "target = { benchmark = 'england' }\nprofile = 'even'",
            "a profile of a target that is a benchmark's",
        ),
    ] {
        let project =
            Project::new(&format!("{}{ENGLAND}", indicator("1", ["H", "YTD", unit], keys)))
                .results("2016-01", "1,,,,,8");
        let run = project.run(&["-m", "2016-01"]);
        let stderr = String::from_utf8_lossy(&run.stderr);
        assert!(stderr.contains(said) && stderr.contains("indicators.toml:"), "{stderr}");
        assert_eq!(run.status.code(), Some(1), "{stderr}");
    }
}

/// `new` makes the file that what England has goes into, with the rows that ratings wait for.
#[test]
fn a_file_of_benchmarks_is_made_to_be_filled_in() {
    let neighbours = "[[benchmark]]\nid = 'devon'\nname = 'Devon'\n[[benchmark]]\nid = 'near'\n\
                      name = 'Neighbours'\nmean_of = ['england', 'devon']\n";
    let definitions = [
        indicator("1", ["L", "SS", "percent"], "rated_against = 'near'"),
        indicator("2", ["L", "SS", "percent"], "target = { benchmark = 'england' }"),
        indicator("3", ["L", "SS", "percent"], ""),
        ENGLAND.to_owned(),
        neighbours.to_owned(),
    ];
    let project = Project::new(&definitions.concat());
    project.printed(&["new", "2016-01"]);
    let file = project.0.path().join("data/benchmarks.csv");
    let made = fs::read_to_string(&file).expect("it is made");
    let rows = "benchmark,indicator,month,value,source,released\nengland,1,2016-01,,,\n\
                devon,1,2016-01,,,\nengland,2,2016-01,,,\n";
    assert_eq!(made, rows);
    let found = project.found("2016-01");
    assert!(!found.contains("error") && !found.contains("benchmarks.csv"), "{found}");
    // What has been written in it stays.
    fs::write(&file, format!("{rows}england,3,2016-01,10,,\n")).expect("written");
    project.printed(&["new", "2016-02"]);
    assert!(fs::read_to_string(&file).expect("there").ends_with("england,3,2016-01,10,,\n"));
}

/// What no share can be, and a fraction where the results are percentages, is found as it
/// is in the council's own figures.
#[test]
fn a_figure_of_a_benchmark_that_cannot_be_is_found() {
    let found = |unit: &str, row: &str| {
        Project::new(&format!("{}{ENGLAND}", indicator("1", ["L", "Q", unit], "")))
            .results("2015-09", "1,,,,,12.3")
            .with(
                "data/benchmarks.csv",
                &format!("benchmark,indicator,month,numerator,denominator,value\n{row}\n"),
            )
            .found("2015-09")
    };
    for (row, code, said) in [
        ("england,1,2015-09,,,210", "above-100", "indicator 1 of England is above 100%: 210%"),
        ("england,1,2015-09,20,10,", "above-100", "indicator 1 of England is above 100%: 20 of 10"),
        ("england,1,2015-09,,,-5", "above-100", "indicator 1 of England is below 0%: -5%"),
        ("england,1,2015-09,,,0.105", "fraction-for-percent", "is 0.105%, and 10.5% would be"),
    ] {
        let found = found("percent", row);
        let is_placed = found.contains("data/benchmarks.csv:2");
        assert!(found.contains(code) && found.contains(said) && is_placed, "{row}: {found}");
    }
    assert!(!found("average", "england,1,2015-09,,,210").contains("above-100"));
    assert!(!found("percent", "england,1,2015-09,,,10.5").contains("benchmarks.csv"));
}
