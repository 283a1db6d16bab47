//! Properties that hold for any project, tested with generated figures.

use std::fmt::Write;
use std::path::Path;

use crate::common::tidy;
use proptest::prelude::*;

/// A row of results: indicator, area, cohort, numerator, denominator.
type Row = (String, String, String, u32, u32);

/// A county of three areas, with the second indicator rolled up.
fn write_project(folder: &Path, rows: &[Row], files: usize) {
    let definitions = r#"
        [scorecard]
        title = "T"
        area = "County"
        [[area]]
        name = "County"
        [[area]]
        name = "North"
        parent = "County"
        [[area]]
        name = "South"
        parent = "County"
        [[indicator]]
        id = "own"
        section = "S"
        name = "Given for each area"
        polarity = "H"
        period = "SS"
        unit = "percent"
        target = 80
        floor = 60
        [[indicator]]
        id = "sum"
        section = "S"
        name = "Rolled up"
        polarity = "L"
        period = "SS"
        unit = "percent"
        rollup = "sum"
        target = 20
        floor = 40
        [[cohort]]
        id = "uasc"
        name = "UASC"
    "#;
    std::fs::write(folder.join("indicators.toml"), definitions).expect("written");
    let month = folder.join("data/2016-01");
    std::fs::create_dir_all(&month).expect("made");
    for file in 0..files {
        let mut text = "indicator,area,cohort,numerator,denominator,value\n".to_owned();
        for (indicator, area, cohort, numerator, denominator) in
            rows.iter().skip(file).step_by(files)
        {
            writeln!(text, "{indicator},{area},{cohort},{numerator},{denominator},")
                .expect("text grows");
        }
        std::fs::write(month.join(format!("results-{file}.csv")), text).expect("written");
    }
}

/// For each area and indicator, a row for everyone and one for the cohort, which is part of
/// everyone.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let figure = (0u32..5000, 0u32..5000, 0u32..5000, 0u32..5000);
    proptest::collection::vec(figure, 5).prop_map(|figures| {
        let places = [
            ("own", "County"),
            ("own", "North"),
            ("own", "South"),
            ("sum", "North"),
            ("sum", "South"),
        ];
        let mut rows = Vec::new();
        for ((indicator, area), (numerator, denominator, part, of)) in
            places.into_iter().zip(figures)
        {
            let row = |cohort: &str, numerator, denominator| {
                (indicator.to_owned(), area.to_owned(), cohort.to_owned(), numerator, denominator)
            };
            rows.push(row("all", numerator, denominator));
            rows.push(row("uasc", part.min(numerator), of.min(denominator)));
        }
        rows
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn neither_the_order_of_rows_nor_their_files_matter(
        rows in rows(),
        seed in any::<u64>(),
        files in 1usize..4,
    ) {
        let ordered = tempfile::tempdir().expect("a folder");
        let shuffled = tempfile::tempdir().expect("a folder");
        write_project(ordered.path(), &rows, 1);
        let mut mixed = rows.clone();
        // A shuffle that depends only on the seed: sort by a hash of the figures.
        mixed.sort_by_key(|row| {
            (u64::from(row.3) ^ seed).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ u64::from(row.4)
        });
        write_project(shuffled.path(), &mixed, files);
        let [ordered, shuffled] =
            [ordered, shuffled].map(|folder| tidy(folder.path(), "2016-01", &["all"]));
        prop_assert_eq!(ordered, shuffled);
    }

    #[test]
    fn a_rolled_up_area_is_the_sum_of_its_parts_with_and_without_a_cohort(rows in rows()) {
        let folder = tempfile::tempdir().expect("a folder");
        write_project(folder.path(), &rows, 1);
        let printed = crate::common::read_csv(tidy(folder.path(), "2016-01", &["all"]).as_bytes());
        let figure = |area: &str, cohort: &str| {
            let mut rows = printed.iter().filter(|row| row[1] == area && row[2] == cohort);
            let row = rows.find(|row| row[4] == "sum").expect("a row");
            let number = |column: usize| row[column].parse::<u32>().expect("a number");
            (number(10), number(11))
        };
        for cohort in ["all", "excluding-uasc"] {
            let (north, south) = (figure("North", cohort), figure("South", cohort));
            prop_assert_eq!(figure("County", cohort), (north.0 + south.0, north.1 + south.1));
        }
        // The figure without the cohort is everyone's minus the cohort's.
        let whole = &rows[6];
        let part = &rows[7];
        prop_assert_eq!(figure("North", "excluding-uasc"), (whole.3 - part.3, whole.4 - part.4));
    }
}

/// A low figure is shown as low, and nothing is calculated from it.
#[test]
fn a_low_figure_is_neither_rated_nor_summed() {
    let folder = tempfile::tempdir().expect("a folder");
    write_project(folder.path(), &[], 1);
    let rows = "indicator,area,numerator,denominator,value\n\
                own,North,[low],200,\nsum,North,,,[low]\nsum,South,5,50,\n";
    std::fs::write(folder.path().join("data/2016-01/results-0.csv"), rows).expect("written");
    let printed = crate::common::read_csv(tidy(folder.path(), "2016-01", &["all"]).as_bytes());
    let row = |area: &str, id: &str| {
        let found = printed
            .iter()
            .find(|row| row[1] == area && row[2] == "all" && row[4] == id)
            .map(|row| row[10..15].to_vec());
        found.unwrap_or_default()
    };
    // The columns from the numerator to the rating.
    assert_eq!(row("North", "own"), ["", "", "", "[low]", ""]);
    assert_eq!(row("North", "sum"), ["", "", "", "[low]", ""]);
    assert_eq!(row("South", "sum"), ["5", "50", "10", "10.0%", "green"]);
    assert_eq!(row("County", "sum"), [""; 0]);
}

#[test]
fn an_area_is_found_in_any_case_on_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    write_project(folder.path(), &[("own".into(), "North".into(), "all".into(), 1, 2)], 1);
    let exact = tidy(folder.path(), "2016-01", &["North"]);
    assert!(exact.contains("2016-01,North,"));
    assert_eq!(tidy(folder.path(), "2016-01", &[" NORTH "]), exact);
}
